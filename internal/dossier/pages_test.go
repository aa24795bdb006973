package dossier

import (
	"context"
	"html"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

func (s *scene) want(what string, a webtest.Answer, code int, has ...string) {
	s.t.Helper()
	if a.Code != code {
		s.t.Fatalf("%s: answered %d, want %d (to %s)\n%s", what, a.Code, code, a.To, seen(a.Body))
	}
	text := html.UnescapeString(a.Body)
	for _, x := range has {
		if !strings.Contains(text, x) {
			s.t.Errorf("%s: %q is not there in\n%s", what, x, seen(text))
		}
	}
	if code == 200 && strings.Contains(a.Body, "<html") {
		if n := strings.Count(a.Body, "<h1"); n != 1 {
			s.t.Errorf("%s: %d headings of the first order", what, n)
		}
	}
}

func seen(body string) string {
	if _, main, ok := strings.Cut(body, "<main"); ok {
		body = main
	}
	return body[:min(4000, len(body))]
}

func (s *scene) lacks(what string, a webtest.Answer, not ...string) {
	s.t.Helper()
	text := html.UnescapeString(a.Body)
	for _, x := range not {
		if i := strings.Index(text, x); i >= 0 {
			s.t.Errorf("%s: %q must not be there: …%s…", what, x, text[max(0, i-80):min(len(text), i+80)])
		}
	}
}

var (
	controls = regexp.MustCompile(`(?s)<input([^>]*)>|<select([^>]*)>(.*?)</select>|<textarea([^>]*)>(.*?)</textarea>`)
	choices  = regexp.MustCompile(`<option([^>]*)>`)
	attrsOf  = regexp.MustCompile(`([a-z][a-z_-]*)(?:="([^"]*)")?`)
	actions  = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
)

func attrMap(s string) map[string]string {
	out := map[string]string{}
	for _, m := range attrsOf.FindAllStringSubmatch(s, -1) {
		out[m[1]] = html.UnescapeString(m[2])
	}
	return out
}

// fill reads the form that goes to an address, as a browser would send it when nothing is touched.
func fill(t *testing.T, body, action string) url.Values {
	t.Helper()
	for _, f := range actions.FindAllStringSubmatch(body, -1) {
		if html.UnescapeString(f[1]) != action {
			continue
		}
		out := url.Values{}
		for _, c := range controls.FindAllStringSubmatch(f[2], -1) {
			switch {
			case strings.HasPrefix(c[0], "<select"):
				a, picked, first := attrMap(c[2]), "", true
				for _, o := range choices.FindAllStringSubmatch(c[3], -1) {
					oa := attrMap(o[1])
					if _, sel := oa["selected"]; sel || first {
						picked, first = oa["value"], false
					}
				}
				out.Add(a["name"], picked)
			case strings.HasPrefix(c[0], "<textarea"):
				out.Add(attrMap(c[4])["name"], html.UnescapeString(c[5]))
			default:
				a := attrMap(c[1])
				_, on := a["checked"]
				if _, dead := a["disabled"]; a["name"] != "" && !dead && (on || (a["type"] != "checkbox" && a["type"] != "radio")) {
					out.Add(a["name"], a["value"])
				}
			}
		}
		return out
	}
	t.Fatalf("there is no form to %s in\n%s", action, seen(body))
	return nil
}

// door is every address of a file, with what a form would send there.
type door struct {
	method, path string
	form         url.Values
}

func doors(person string) []door {
	p := "/dossier/" + person
	return []door{
		{"GET", p, nil}, {"GET", p + "?wat=law&voor=1", nil}, {"GET", p + "/verloop", nil}, {"POST", p + "/verloop", webtest.Form("woorden", "brief")}, {"GET", p + "/verloop/papier", nil}, {"GET", p + "/gegevens", nil}, {"GET", p + "/gegevens/eerder", nil}, {"GET", p + "/begeleiders", nil}, {"GET", p + "/kaart", nil},
		{"POST", p + "/gegevens", webtest.Form("called", "X", "version", "1")}, {"POST", p + "/gegevens", webtest.Form("called", "", "version", "1")},
		{"POST", p + "/begeleiders", webtest.Form("colleague", "u-marwan")}, {"POST", p + "/begeleiders/weg", webtest.Form("colleague", "u-amira")},
		{"POST", p + "/begeleiders/locatie", webtest.Form("location", "l-overvecht")},
		{"POST", p + "/gezin", webtest.Form("other", "p-selam", "part", "parent", "otherpart", "child")}, {"POST", p + "/gezin/weg", webtest.Form("household", "h-1")},
		{"POST", p + "/kaart", nil}, {"POST", p + "/kaart/weg", webtest.Form("card", "c-1")},
	}
}

func (d door) knock(v *webtest.Visitor) webtest.Answer {
	if d.method == "GET" {
		return v.Get(d.path)
	}
	return v.Post(d.path, d.form)
}

// What somebody may not see answers with the same bytes as what does not exist, at every door of a file.
func TestForbiddenIsAbsent(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		before := s.count(db.F(`SELECT COUNT(*) FROM audit_entry`))
		covered := map[string]bool{}
		for _, who := range []access.Actor{s.amira, s.ria, s.noor, s.pieter} {
			v := s.h.As(who)
			for i, there := range doors("p-reem") {
				absent, forbidden := doors("p-nobody")[i].knock(v), there.knock(v)
				if forbidden.Code != 404 || absent.Code != 404 || forbidden.Body != absent.Body || forbidden.To != "" {
					t.Errorf("%s at %s %s: %d, absent %d, same bytes %v", who.ID, there.method, there.path, forbidden.Code, absent.Code, forbidden.Body == absent.Body)
				}
				if !reflect.DeepEqual(headers(forbidden), headers(absent)) {
					t.Errorf("%s at %s: the headers differ: %v and %v", who.ID, there.path, headers(forbidden), headers(absent))
				}
				s.lacks("a forbidden file", forbidden, "Reem", "2820011427", "Kanaalstraat")
				path, _, _ := strings.Cut(there.path, "?")
				covered[there.method+" "+strings.Replace(path, "p-reem", "{person}", 1)] = true
			}
		}
		if after := s.count(db.F(`SELECT COUNT(*) FROM audit_entry`)); after != before {
			t.Errorf("%d looks were logged that never happened", after-before)
		}
		for _, r := range s.files.Routes() {
			if strings.Contains(r.Path, "{person}") && !covered[r.Method+" "+r.Path] {
				t.Errorf("the door %s %s was not tried", r.Method, r.Path)
			}
		}
		for _, r := range s.files.Routes() {
			path := strings.Replace(r.Path, "{person}", "p-selam", 1)
			try := func(v *webtest.Visitor) webtest.Answer {
				if r.Method == "GET" {
					return v.Get(path)
				}
				return v.Post(path, nil)
			}
			if a := try(s.h.Guest()); (r.Method == "GET" && a.Code != 303) || (r.Method == "POST" && a.Code != 401) {
				t.Errorf("a guest at %s %s: %d", r.Method, path, a.Code)
			}
			other := s.selam // the person herself at the doors of colleagues, a colleague at her own
			if strings.HasPrefix(path, "/mijn/") {
				other = s.amira
			}
			if a := try(s.h.As(other)); a.Code != 404 {
				t.Errorf("%s at %s %s: %d", other.ID, r.Method, path, a.Code)
			}
		}
	})
}

func headers(a webtest.Answer) map[string]string {
	out := map[string]string{}
	for k := range a.Header {
		if k != "Set-Cookie" {
			out[k] = a.Header.Get(k)
		}
	}
	return out
}

func TestAWindowAtTheDeskOpensTheFirstPageAndCloses(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		ria := s.h.As(s.ria)
		absent := ria.Get("/dossier/p-nobody")
		s.present()
		page := ria.Get("/dossier/p-selam")
		s.want("the desk", page, 200, "Selam Tesfay Haile", "ሰላም ተስፋይ ሃይለ", "Gedeelde telefoon", "nooit via de buurman", "tolk telefonisch", "rond 1991", "betwist", "Amira Haddad", "maatschappelijk begeleider", "Jij")
		s.lacks("the desk", page, "/gegevens", "/begeleiders", "Gegevens veranderen")
		for _, p := range []string{"/gegevens", "/gegevens/eerder", "/begeleiders"} {
			if a := ria.Get("/dossier/p-selam" + p); a.Code != 404 || a.Body != absent.Body {
				t.Errorf("the desk at %s: %d", p, a.Code)
			}
		}
		s.want("the desk's cards", ria.Get("/dossier/p-selam/kaart"), 200)
		s.want("the desk's list", ria.Get("/dossiers"), 200, "Selam Tesfay Haile")
		s.clk.Advance(90 * time.Minute)
		ria = s.h.As(s.ria) // an hour and a half is longer than a session stands still
		for i, there := range doors("p-selam") {
			if a, b := there.knock(ria), doors("p-nobody")[i].knock(ria); a.Code != 404 || a.Body != b.Body {
				t.Errorf("after the window %s %s: %d", there.method, there.path, a.Code)
			}
		}
		s.lacks("the list after the window", ria.Get("/dossiers"), "Selam")
		s.want("the caseworker works on", s.h.As(s.amira).Get("/dossier/p-selam"), 200, "Selam Tesfay Haile")
		if got := s.log("p-selam"); !slices.Equal(got, []string{"registered u-amira ", "open u-ria presence", "cards u-ria presence", "open u-amira registered"}) {
			t.Errorf("log %q", got)
		}
	})
}

// When the look cannot be written down, nothing is shown.
func TestWhatCannotBeLoggedIsNotShown(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		amira := s.h.As(s.amira)
		s.want("with a log", amira.Get("/dossier/p-selam"), 200, "Selam")
		s.tx(func(tx *db.Tx) error {
			_, err := db.Do(context.Background(), tx, db.F(`ALTER TABLE audit_entry RENAME TO audit_away`))
			return err
		})
		for _, there := range append(doors("p-selam"), door{"POST", "/dossier/p-selam/begeleiders", webtest.Form("colleague", "u-pieter")}, door{"POST", "/dossier/p-selam/begeleiders/weg", webtest.Form("colleague", "u-amira")}) {
			a := there.knock(amira)
			if a.Code == 422 || a.Code == 200 || a.Code == 303 || a.Code == 409 {
				t.Errorf("%s %s answered %d without a log", there.method, there.path, a.Code)
			}
			s.lacks(there.path, a, "Selam", "Tesfay", "281 994", "kamer 114", "buurman")
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM dossier_version`)); n != 0 {
			t.Error("a change was kept that was not logged")
		}
	})
}
