package dossier

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

// madeSource is a source of made moments; some are for whoever sees the whole file only.
func madeSource(all []Moment, deep map[string]bool) Source {
	return func(v *web.Visit, f File, before time.Time, n int) (out []Moment, err error) {
		for _, m := range all {
			if m.At.Before(before) && len(out) < n && (!deep[m.ID] || f.Level() >= access.File) {
				out = append(out, m)
			}
		}
		return out, nil
	}
}

func (s *scene) desk() *webtest.Visitor {
	s.tx(func(tx *db.Tx) error {
		_, err := access.Give(s.t.Context(), tx, access.Grant{Subject: "p-selam", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel})
		return err
	})
	return s.h.As(s.ria)
}

// seek sends words and follows to the answer.
func (s *scene) seek(v *webtest.Visitor, words string, more ...string) (webtest.Answer, string) {
	s.t.Helper()
	a := v.Post("/dossier/p-selam/verloop", webtest.Form(append([]string{"woorden", words}, more...)...))
	if a.Code != 303 {
		s.t.Fatalf("searching %q answers %d: %s", words, a.Code, a.Body)
	}
	return v.Get(a.To), a.To
}

var momentNames = regexp.MustCompile(`moment-\d+`)

func shown(body string) string {
	_, main, _ := strings.Cut(body, "<main")
	return strings.Join(momentNames.FindAllString(strings.NewReplacer("<mark>", "", "</mark>", "").Replace(main), -1), " ")
}

func TestTheTimelineIsFilteredAndSearched(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		at := func(days int) time.Time { return dbtest.Start.AddDate(0, 0, -days) }
		all := []Moment{
			{ID: "m-1", At: at(1), Group: "talk", Title: "moment-1", Author: "u-amira", Words: []string{"Brief van de IND gelezen"}},
			{ID: "m-2", At: at(2), Group: "law", Title: "moment-2", Author: "u-marwan", Words: []string{"Zienswijze"}},
			{ID: "m-3", At: at(40), Group: "talk", Title: "moment-3", Author: "u-marwan", Words: []string{"brief, GEMEENTE <b>"}},
			{ID: "m-4", At: at(400), Group: "talk", Title: "moment-4", Author: "p-selam", Words: []string{"رِسالة"}},
			{ID: "m-5", At: at(401), Group: "talk", Title: "moment-5", Author: "u-amira", Words: []string{"geheime brief"}},
		}
		s := setup(t, d, madeSource(all, map[string]bool{"m-5": true}))
		s.files.LendAuthors(func(*web.Visit, File) ([]string, error) { return []string{"u-amira", "u-marwan", "p-selam"}, nil })
		amira, ria := s.h.As(s.amira), s.desk()
		const page = "/dossier/p-selam/verloop"
		for query, want := range map[string]string{
			"":                                     "moment-1 moment-2 moment-3 moment-4 moment-5",
			"?wat=law":                             "moment-2",
			"?wie=u-marwan":                        "moment-2 moment-3",
			"?wie=p-selam":                         "moment-4",
			"?periode=2026-11":                     "moment-1 moment-2",
			"?periode=2025":                        "moment-4 moment-5",
			"?van=2026-10-01&tot=2026-11-22":       "moment-2 moment-3",
			"?tot=2025-10-20&wat=talk":             "moment-4 moment-5",
			"?wat=talk&wie=u-amira&van=2026-01-01": "moment-1",
			"?voor=" + spot{at(2), "m-2"}.String(): "moment-3 moment-4 moment-5",
			"?voor=nonsense":                       "moment-1 moment-2 moment-3 moment-4 moment-5",
		} {
			a := amira.Get(page + query)
			if s.want(query, a, 200); shown(a.Body) != want {
				t.Errorf("%s shows %q, want %q", query, shown(a.Body), want)
			}
		}
		for _, query := range []string{"?wie=u-nobody", "?van=x", "?van=2026-02-02&tot=2026-02-01", "?periode=x"} {
			if a := amira.Get(page + query); a.Code != 422 || shown(a.Body) != "" {
				t.Errorf("%s answers %d", query, a.Code)
			}
		}
		for words, want := range map[string]string{"brief": "moment-1 moment-3 moment-5", "BRIEF gemeente": "moment-3", "رسالة": "moment-4", "zienswijze": "moment-2", "niets": ""} {
			a, to := s.seek(amira, words)
			if shown(a.Body) != want {
				t.Errorf("%q finds %q, want %q", words, shown(a.Body), want)
			}
			if strings.Contains(to, url.QueryEscape(words)) || strings.Contains(strings.ToLower(to), "brief") {
				t.Errorf("the address %s tells what was searched for", to)
			}
		}
		// The filter stays while searching, and the words stay while filtering.
		a, to := s.seek(amira, "brief", "wie", "u-marwan")
		if shown(a.Body) != "moment-3" || !strings.Contains(to, "wie=u-marwan") {
			t.Errorf("filter and words: %q at %s", shown(a.Body), to)
		}
		if !strings.Contains(a.Body, `name="zoek"`) || strings.Contains(a.Body, "GEMEENTE <b>") {
			t.Error("the form of the filter forgets the words, or a text is not escaped")
		}
		// What the desk may not see is not found, not counted and no page of its own.
		a, deskTo := s.seek(ria, "brief")
		if shown(a.Body) != "moment-1 moment-3" || !strings.Contains(a.Body, "2 keer gevonden") {
			t.Errorf("the desk finds %q", shown(a.Body))
		}
		if a := ria.Get(page + "?periode=2025"); shown(a.Body) != "moment-4" {
			t.Errorf("the desk sees %q", shown(a.Body))
		}
		// Sealed words are for who searched, in this file.
		for what, bad := range map[string]string{"somebody else's words": deskTo, "another file's": strings.Replace(to, "zoek=", "zoek=A", 1), "no words": page + "?zoek=!"} {
			if a := amira.Get(bad); a.Code != 404 {
				t.Errorf("%s: %d", what, a.Code)
			}
		}
		for _, bad := range []string{strings.Repeat("a", 201), "…"} {
			if a := amira.Post(page, webtest.Form("woorden", bad, "wat", "talk")); a.Code != 422 || !strings.Contains(a.Body, html.EscapeString(bad)) || !strings.Contains(a.Body, `name="wat" value="talk"`) {
				t.Errorf("%q: %d", bad, a.Code)
			}
		}
		if log := strings.Join(s.log("p-selam"), "\n"); !strings.Contains(log, "searched u-amira") || strings.Contains(log, "brief") {
			t.Errorf("log %s", log)
		}
	})
}

func TestWhatIsPrintedSaysWhoAndWhen(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	var all []Moment
	for i := range paperSize + 5 {
		all = append(all, Moment{ID: fmt.Sprintf("m-%04d", i), At: dbtest.Start.Add(-time.Duration(i) * time.Hour), Group: "talk", Title: fmt.Sprintf("moment-%d", i), Author: "u-amira", Words: []string{"brief"}})
	}
	s := setup(t, d, madeSource(all, nil))
	s.files.LendAuthors(func(*web.Visit, File) ([]string, error) { return []string{"u-amira"}, nil })
	const page = "/dossier/p-selam/verloop/papier"
	amira, ria := s.h.As(s.amira), s.desk()
	a := amira.Get(page)
	s.want("paper", a, 200)
	_, main, _ := strings.Cut(a.Body, "<main")
	for _, want := range []string{"Selam Tesfay Haile", "Afgedrukt door u-amira", "24 november 2026, 09:00", "Volgend deel"} {
		if !strings.Contains(main, want) {
			t.Errorf("the paper does not say %q", want)
		}
	}
	if n := len(strings.Fields(shown(a.Body))); n != paperSize {
		t.Errorf("one part holds %d", n)
	}
	next := html.UnescapeString(regexp.MustCompile(`href="([^"]*voor=[^"]*)"`).FindStringSubmatch(a.Body)[1])
	if b := amira.Get(next); shown(b.Body) != "moment-400 moment-401 moment-402 moment-403 moment-404" || strings.Contains(b.Body, "voor=") {
		t.Errorf("the last part holds %q", shown(b.Body))
	}
	if log := strings.Join(s.log("p-selam"), "\n"); strings.Count(log, "printed u-amira") != 2 {
		t.Errorf("log %s", log)
	}
	none := ria.Get("/dossier/p-nobody/verloop/papier")
	if b := ria.Get(page); b.Code != 404 && b.Code != 403 || b.Body != none.Body {
		t.Errorf("the desk prints: %d", b.Code)
	}
	// A caseworker to whom the file is open for the desk only does not print either.
	s.give(access.Grant{Subject: "p-selam", Holder: "user:u-marwan", Why: access.Presence, Level: access.DeskLevel})
	if b := s.h.As(s.marwan).Get(page); b.Code != 404 || b.Body != none.Body {
		t.Errorf("somebody with the desk's part prints: %d", b.Code)
	}
	if b := s.h.As(s.marwan).Get("/dossier/p-selam/verloop"); b.Code != 200 || strings.Contains(b.Body, "/papier") {
		t.Errorf("somebody with the desk's part is offered to print: %d", b.Code)
	}
	if b := ria.Get("/dossier/p-selam/verloop"); strings.Contains(b.Body, "/papier") {
		t.Error("the desk is offered to print")
	}
}
