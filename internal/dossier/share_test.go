package dossier

// This file tests who has a file: giving it away, sharing out, a family that opens nothing, and lists that tell no more.

import (
	"context"
	"fmt"
	"html"
	"io"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

func TestACardIsShownOnce(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	s := setup(t, d)
	amira := s.h.As(s.amira)
	form := webtest.Form(web.OnceField, "once-once-once-once")
	a := amira.Post("/dossier/p-selam/kaart", form)
	s.want("a new card", a, 200, "Druk dit nu af", "<svg", "ኮድ")
	code := regexp.MustCompile(`<bdi dir="ltr">([A-Z0-9]{4} [A-Z0-9]{4})</bdi>`).FindStringSubmatch(a.Body)
	if code == nil {
		t.Fatalf("no code in\n%s", seen(a.Body))
	}
	if h, err := s.files.ByCard(t.Context(), d, code[1]); err != nil || h.Person != "p-selam" {
		t.Errorf("the card finds %+v, %v", h, err)
	}
	again := amira.Post("/dossier/p-selam/kaart", form)
	if again.Code != 303 || s.count(db.F(`SELECT COUNT(*) FROM dossier_card`)) != 1 {
		t.Errorf("the same form again: %d", again.Code)
	}
	page := amira.Get("/dossier/p-selam/kaart")
	s.want("afterwards", page, 200, "Kaart die eindigt op "+code[1][7:])
	s.lacks("afterwards", page, code[1], strings.ReplaceAll(code[1], " ", ""))
	end := fill(t, page.Body, "/dossier/p-selam/kaart/weg")
	if a := amira.Post("/dossier/p-selam/kaart/weg", end); a.Code != 303 {
		t.Errorf("ending: %d", a.Code)
	}
	s.want("an ended card", amira.Get("/dossier/p-selam/kaart"), 200, "gestopt")
}

func TestListAndSearchStayAmongOnesOwn(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		f := s.file(s.amira, "p-selam")
		r := s.file(s.marwan, "p-reem")
		s.tx(func(tx *db.Tx) error { return s.files.Issue(context.Background(), tx, f, "TREE3479") })
		s.tx(func(tx *db.Tx) error { return s.files.Issue(context.Background(), tx, r, "REEM3479") })
		amira, ria := s.h.As(s.amira), s.h.As(s.ria)
		for q, why := range map[string]string{"selam": "naam", "TESF": "naam", "ሰላም": "eigen schrift:", "Seelam Tesfai": "klinkt als: Seelam ≈ Selam, Tesfai ≈ Tesfay", "ተስፋይ": "eigen schrift:", "Тесфай": "klinkt als: Тесфай ≈", "2819940173": "V-nummer klopt", "V 281.994.0173": "V-nummer klopt", "06 12345001": "telefoon klopt", "+31612345009": "telefoon klopt", "tree-3479": "kaartcode klopt"} {
			a := amira.Get("/zoeken?q=" + url.QueryEscape(q))
			s.want(q, a, 200, "Selam Tesfay Haile", why)
			s.lacks(q, a, "Reem")
			b := ria.Get("/zoeken?q=" + url.QueryEscape(q))
			s.want(q+" at the desk", b, 200, "Niets gevonden")
			s.lacks(q+" at the desk", b, "Selam Tesfay")
		}
		nothing := strings.ReplaceAll(amira.Get("/zoeken?q=2820011428").Body, "2820011428", "X")
		for _, q := range []string{"reem", "2820011427", "0612345002", "REEM3479", "ريم", "Riem", "Reem al Achmed"} {
			body := strings.NewReplacer("\u2068", "", "\u2069", "").Replace(amira.Get("/zoeken?q=" + url.QueryEscape(q)).Body) // around another script
			if got := strings.ReplaceAll(body, q, "X"); got != nothing {
				t.Errorf("searching %s differs from searching what is not there", q)
			}
		}
		s.want("the list", amira.Get("/dossiers"), 200, "Selam Tesfay Haile", "Nieuwe persoon")
		s.lacks("the list", amira.Get("/dossiers"), "Reem")
		s.lacks("the desk's list", ria.Get("/dossiers"), "Selam", "Reem", "/dossiers/nieuw")
		s.want("a filter", amira.Get("/dossiers?q=zzz"), 200, "Niemand in jouw lijst")
	})
}

func TestAnEmergencyGivesNothingLasting(t *testing.T) {
	for _, why := range []access.Why{access.BreakGlass, access.Alarm} {
		d := dbtest.SQLite(t, lines)
		s := setup(t, d)
		s.give(access.Grant{Subject: "p-selam", Holder: "user:u-noor", Why: why, Level: access.File, Until: s.clk.Now().Add(3 * time.Hour)})
		noor := s.h.As(s.noor)
		s.want("reading", noor.Get("/dossier/p-selam"), 200, "Selam")
		for _, p := range []string{"/begeleiders", "/kaart"} {
			page := noor.Get("/dossier/p-selam" + p)
			s.want(p, page, 200, "Met noodtoegang, of door een alarm, kun je lezen")
			s.lacks(p, page, `action="/dossier/p-selam`)
		}
		for i, there := range doors("p-selam") {
			forms := strings.HasSuffix(there.path, "/gegevens")
			switch {
			case there.method == "GET" && !forms, strings.HasSuffix(there.path, "/verloop"): // searching is reading
			case why == access.BreakGlass:
				a, never := there.knock(noor), doors("p-nobody")[i].knock(noor)
				if a.Code != 404 || a.Body != never.Body || !reflect.DeepEqual(headers(a), headers(never)) {
					t.Errorf("in an emergency %s %s answers %d and can be told from what does not exist", there.method, there.path, a.Code)
				}
			case !forms:
				if a := there.knock(noor); a.Code != 403 {
					t.Errorf("by %s %s answers %d", why, there.path, a.Code)
				}
			}
		}
		if why == access.BreakGlass {
			s.lacks("in an emergency", noor.Get("/dossier/p-selam"), `href="/dossier/p-selam/gegevens"`)
		}
		if hs, _ := s.files.Helpers(t.Context(), d, "p-selam", s.clk.Now()); !slices.Equal(hs, []string{"u-amira"}) {
			t.Errorf("helpers %v", hs)
		}
	}
}

func TestGivingAFileAwayAndMovingIt(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	s := setup(t, d)
	amira := s.h.As(s.amira)
	const at = "/dossier/p-selam/begeleiders"
	page := amira.Get(at)
	s.want("who helps", page, 200, "Amira Haddad", "maatschappelijk begeleider", "een dossier heeft altijd iemand nodig")
	s.lacks("who helps", page, "spreekt Tigrinya")
	s.tx(func(tx *db.Tx) error {
		_, err := db.Do(t.Context(), tx, db.F(`UPDATE organisation_colleague SET languages = 'nl ti' WHERE id = 'u-marwan'`))
		return err
	})
	s.want("who could help speaks their language", amira.Get(at), 200, `value="u-marwan">Marwan Saleh, spreekt Tigrinya`)
	s.lacks("without these wishes", amira.Get(at), "wel gewenst", "hulp van een man")
	s.tx(func(tx *db.Tx) error {
		return s.files.SetOwn(t.Context(), tx, s.file(s.amira, "p-selam"), Own{Called: "Selam", Wish: Wish{Language: true, Gender: "man"}})
	})
	wished := amira.Get(at)
	s.want("wishes, met and not", wished, 200, `value="u-marwan">Marwan Saleh, spreekt Tigrinya`, "spreekt de taal niet, en dat is wel gewenst", "wil hulp van een man")
	s.lacks("a wish that nobody has", wished, "eigen gemeenschap")
	if i, j := strings.Index(wished.Body, "Marwan Saleh, spreekt"), strings.Index(wished.Body, "spreekt de taal niet"); i > j {
		t.Error("who does not meet the wish stands first")
	}
	s.want("a colleague of elsewhere", amira.Post(at, webtest.Form("colleague", "u-pieter")), 422, "Kies een collega uit de lijst")
	if a := amira.Post(at, webtest.Form("colleague", "u-marwan")); a.Code != 303 {
		t.Fatalf("assigning: %d", a.Code)
	}
	s.want("the colleague", s.h.As(s.marwan).Get("/dossier/p-selam"), 200, "Selam")
	if a := amira.Post(at+"/locatie", webtest.Form("location", "l-nowhere")); a.Code != 422 {
		t.Errorf("moving nowhere: %d", a.Code)
	}
	if a := amira.Post(at+"/locatie", webtest.Form("location", "l-kanaleneiland")); a.Code != 303 {
		t.Errorf("moving: %d", a.Code)
	}
	if f := s.file(s.amira, "p-selam"); f.Location() != "l-kanaleneiland" {
		t.Errorf("it stands at %s", f.Location())
	}
	if a := amira.Post(at+"/weg", webtest.Form("colleague", "u-amira")); a.Code != 303 || !strings.HasPrefix(a.To, "/dossiers") {
		t.Errorf("leaving: %d to %s", a.Code, a.To)
	}
	if a := amira.Get("/dossier/p-selam"); a.Code != 404 {
		t.Errorf("after leaving: %d", a.Code)
	}
	if got := s.log("p-selam"); !slices.Contains(got, "moved u-amira registered") || !slices.Contains(got, "assigned u-amira ") || !slices.Contains(got, "unassigned u-amira ") {
		t.Errorf("log %q", got)
	}
}

// A leader divides the work of the own team and reads nothing of it.
func TestALeaderSharesOutFilesWithoutReading(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		for i := range 4 {
			s.clk.Advance(time.Minute)
			s.add(fmt.Sprintf("p-hers-%d", i), Profile{Called: "Verborgen"}, "u-amira")
		}
		s.add("p-alone", Profile{Called: "Verborgen"}, "")
		noor := s.h.As(s.noor)
		page := noor.Get("/dossiers/verdelen")
		s.want("the page", page, 200, "Amira Haddad", "5 dossiers", "Marwan Saleh", "1 dossier", "Zonder begeleider")
		s.lacks("the page", page, "Selam", "Verborgen", "p-hers", "p-selam", "Reem")
		give := func(code int, pairs ...string) webtest.Answer {
			t.Helper()
			a := noor.Post("/dossiers/verdelen", webtest.Form(pairs...))
			if a.Code != code {
				t.Fatalf("giving %v: %d\n%s", pairs, a.Code, seen(a.Body))
			}
			return a
		}
		s.want("faults", give(422, "from", "u-amira", "to", "u-amira", "many", "x"), 422, "Vul een getal in", "Kies een collega uit de lijst")
		give(422, "from", "u-amira", "to", "u-pieter")
		give(422, "from", "u-pieter", "to", "u-amira")
		give(404, "from", "u-amira", "to", "u-marwan", "team", "t-elders")
		give(303, "from", "u-amira", "to", "u-marwan", "many", "2")
		who := func(id string) []string {
			hs, err := s.files.Helpers(t.Context(), d, id, s.clk.Now())
			if err != nil {
				t.Fatal(err)
			}
			return hs
		}
		for id, want := range map[string][]string{"p-selam": {"u-marwan"}, "p-hers-0": {"u-marwan"}, "p-hers-1": {"u-amira"}, "p-reem": {"u-marwan"}, "p-alone": nil} {
			if got := who(id); !slices.Equal(got, want) {
				t.Errorf("%s is with %v, want %v", id, got, want)
			}
		}
		alone := func(want int) {
			t.Helper()
			if n, err := s.files.alone(t.Context(), []string{s.noor.Posts[0].Scope.ID}, s.clk.Now()); err != nil || n != want {
				t.Errorf("%d with nobody, want %d (%v)", n, want, err)
			}
		}
		alone(1)
		give(303, "from", nobody, "to", "u-amira")
		alone(0)
		give(303, "from", "u-marwan", "to", "u-amira", "keep", "both")
		if got := who("p-alone"); !slices.Equal(got, []string{"u-amira"}) {
			t.Errorf("who was with nobody is with %v", got)
		}
		if got := who("p-reem"); !slices.Equal(got, []string{"u-marwan", "u-amira"}) {
			t.Errorf("with both: %v", got)
		}
		if a := noor.Get("/dossier/p-selam"); a.Code != 404 {
			t.Errorf("the leader reads what she divided: %d", a.Code)
		}
		if got := s.log("p-selam"); !slices.Equal(got, []string{"registered u-amira ", "assigned u-noor ", "unassigned u-noor ", "assigned u-noor "}) {
			t.Errorf("log %q", got)
		}
		both := s.amira // a leader with files of her own takes none by herself
		both.Posts = append(both.Posts, s.noor.Posts...)
		if a := s.h.As(both).Post("/dossiers/verdelen", webtest.Form("from", "u-marwan", "to", "u-amira")); a.Code != 422 {
			t.Errorf("a leader gives herself files: %d", a.Code)
		}
		for _, other := range []access.Actor{s.amira, s.ria, s.pieter} {
			if a := s.h.As(other).Get("/dossiers/verdelen"); a.Code != 404 {
				t.Errorf("%s may divide: %d", other.ID, a.Code)
			}
		}
	})
}

// A family opens nothing: who a relative is, is told only to those who may see that file for a reason of their own.
func TestAFamilyOpensNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		s.add("p-rahel", Profile{Called: "Rahel"}, "u-amira")
		amira, marwan := s.h.As(s.amira), s.h.As(s.marwan)
		const at = "/dossier/p-selam/gezin"
		for name, form := range map[string]url.Values{
			"somebody else's": webtest.Form("other", "p-reem", "part", "parent", "otherpart", "child"), "nobody": webtest.Form("other", "p-nobody", "part", "parent", "otherpart", "child"),
			"herself": webtest.Form("other", "p-selam", "part", "parent", "otherpart", "child"), "no part": webtest.Form("other", "p-rahel"),
		} {
			if a := amira.Post(at, form); a.Code != 422 || strings.Contains(a.Body, "Reem") {
				t.Errorf("joining %s: %d", name, a.Code)
			}
		}
		if a := amira.Post(at, webtest.Form("other", "p-rahel", "part", "parent", "otherpart", "child")); a.Code != 303 {
			t.Fatalf("joining: %d\n%s", a.Code, seen(a.Body))
		}
		s.want("the mother", amira.Get("/dossier/p-selam"), 200, "Rahel", "Kind")
		s.want("the child", amira.Get("/dossier/p-rahel"), 200, "Selam Tesfay Haile", "Ouder")
		s.tx(func(tx *db.Tx) error {
			return s.files.Assign(context.Background(), tx, "p-rahel", "t-utrecht", "u-marwan", s.amira, "")
		})
		for _, page := range []string{"/dossier/p-rahel", "/dossier/p-rahel/begeleiders"} {
			his := marwan.Get(page)
			s.want(page, his, 200, "Rahel", "Ouder")
			s.lacks(page, his, "Selam", "p-selam", "Tesfay")
		}
		if a := marwan.Get("/dossier/p-selam"); a.Code != 404 {
			t.Errorf("the file of a relative is open: %d", a.Code)
		}
		leave := fill(t, amira.Get("/dossier/p-selam/begeleiders").Body, at+"/weg")
		if a := amira.Post(at+"/weg", leave); a.Code != 303 {
			t.Errorf("leaving: %d", a.Code)
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM dossier_member`)); n != 0 {
			t.Errorf("%d people are a family of their own", n)
		}
		if got := s.log("p-rahel"); !slices.Contains(got, "household u-amira registered") {
			t.Errorf("log %q", got)
		}
	})
}

// Every moment is shown once, however the pages are cut, also when several happened in one instant.
func TestTheTimelineLosesNothing(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	var all []Moment
	for i := range 60 {
		at := dbtest.Start.Add(-time.Duration(i/3*3) * time.Hour) // three in each instant, so that a page would end between two of them
		all = append(all, Moment{ID: fmt.Sprint(i), At: at, Group: []string{"talk", "law"}[i%2], Title: fmt.Sprintf("moment-%02d", i)})
	}
	source := func(part int) Source {
		return func(v *web.Visit, f File, before time.Time, n int) (out []Moment, err error) {
			for i, m := range all {
				if i%2 == part && m.At.Before(before) && len(out) < n {
					out = append(out, m)
				}
			}
			return out, nil
		}
	}
	s := setup(t, d, source(0), source(1))
	amira := s.h.As(s.amira)
	older := regexp.MustCompile(`href="([^"]*voor=[^"]*)"`)
	for filter, want := range map[string]int{"": 60, "?wat=law": 30, "?wat=talk": 30, "?wat=nonsense": 60} {
		times, pages, next := map[string]int{}, 0, "/dossier/p-selam"+filter
		for next != "" && pages < 20 {
			page := amira.Get(next)
			s.want(next, page, 200)
			for _, m := range regexp.MustCompile(`moment-\d\d`).FindAllString(page.Body, -1) {
				times[m]++
			}
			pages++
			if next = ""; older.MatchString(page.Body) {
				next = html.UnescapeString(older.FindStringSubmatch(page.Body)[1])
			}
		}
		once := 0
		for m, n := range times {
			if n == 1 {
				once++
			} else {
				t.Errorf("%q: %s was shown %d times", filter, m, n)
			}
		}
		if once != want {
			t.Errorf("%q: %d moments on %d pages, want %d", filter, once, pages, want)
		}
	}
}

func TestPanelsShowAtTheirLevelOnly(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	s := setup(t, d)
	say := func(text string) func(v *web.Visit, f File) (ui.Part, error) {
		return func(v *web.Visit, f File) (ui.Part, error) {
			return ui.Part{Body: templ.ComponentFunc(func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, "<p>"+text+"</p>"); return err })}, nil
		}
	}
	s.files.Lend([]Panel{{Place: "overview", Order: 2, Show: say("for-all")}, {Place: "overview", Order: 1, Level: access.File, Show: say("for-caseworkers")}, {Place: "aside", Show: say("beside")}, {Place: "home", Show: say("for-herself")}}, nil, nil)
	s.present()
	desk, work := s.h.As(s.ria).Get("/dossier/p-selam"), s.h.As(s.amira).Get("/dossier/p-selam")
	s.want("the desk", desk, 200, "for-all", "beside")
	s.lacks("the desk", desk, "for-caseworkers", "for-herself")
	s.want("the caseworker", work, 200, "for-all", "beside", "for-caseworkers")
	if strings.Index(work.Body, "for-caseworkers") > strings.Index(work.Body, "for-all") {
		t.Error("the panels are not in their order")
	}
}

// One view is one entry, committed: nothing more, nothing less.
func TestOneViewIsOneEntry(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	s := setup(t, d)
	amira := s.h.As(s.amira)
	for _, there := range doors("p-selam") {
		code := 200
		switch {
		case there.method == "GET":
		case there.form.Get("called") == "" && there.form.Has("called"), there.form.Get("colleague") == "u-amira":
			code = 422 // a form that comes back shows the file too
		default:
			continue
		}
		before := s.count(db.F(`SELECT COUNT(*) FROM audit_entry`))
		s.want(there.path, there.knock(amira), code)
		if n := s.count(db.F(`SELECT COUNT(*) FROM audit_entry`)) - before; n != 1 {
			t.Errorf("%s wrote %d entries", there.path, n)
		}
	}
	es, err := audit.Of(t.Context(), d, "p-selam", 0, 1)
	if err != nil || len(es) != 1 || es[0].Actor != "u-amira" || es[0].Role != "case" || es[0].Why != "registered" || es[0].Session == "" {
		t.Errorf("%+v, %v", es, err)
	}
}

func TestWordsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "web", FS: web.Texts}, lang.Part{Name: "ui", FS: ui.Texts}, lang.Part{Name: "dossier", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Faults([]string{"nl", "en"}, "dossier.") {
		t.Error(f)
	}
	for _, tag := range []string{"ar", "fa", "ti", "tr", "so", "uk", "fr"} {
		for _, key := range []string{"dossier.card.give"} {
			if !c.Has(tag, key) {
				t.Errorf("%s lacks %s, which stands on the card of somebody who reads it", tag, key)
			}
		}
	}
	for prefix, values := range map[string][]string{"dossier.name.": NameRoles, "dossier.source.": Sources, "dossier.tongue.": Tongues, "dossier.interpreter.": Interpreters, "dossier.way.": Ways, "dossier.meet.": Meetings,
		"dossier.filter.": groups, "dossier.member.": MemberParts, "dossier.gender.": {"woman", "man", "any"}} {
		for _, v := range values {
			for _, tag := range []string{"nl", "en"} {
				if !c.Has(tag, prefix+v) {
					t.Errorf("%s lacks %s%s", tag, prefix, v)
				}
			}
		}
	}
	for _, r := range Rules() {
		if !c.Has("nl", r.Why) {
			t.Errorf("the rule %s does not say why", r.Action)
		}
	}
}

// A caseload of hundreds is whole: whoever came first is found by whatever is known of them, stands in the list, and can be
// chosen.
func TestNobodyOfALargeCaseloadIsHidden(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		f := s.file(s.amira, "p-selam") // the oldest grant of Amira's
		s.tx(func(tx *db.Tx) error { return s.files.Issue(context.Background(), tx, f, "TREE3479") })
		s.clk.Advance(time.Hour)
		first, last := []string{"Bahar", "Cemal", "Dilan", "Emin", "Fatma", "Gizem", "Hakan", "Ilgaz", "Jale", "Kemal"}, []string{"Arslan", "Bulut", "Celik", "Dogan", "Erdem"}
		var ids []string
		for i := range 450 {
			ids = append(ids, fmt.Sprintf("p-m%03d", i))
		}
		keys, err := s.vault.NewKeys(t.Context(), ids)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Bulk(t.Context(), func(tx *db.Tx) error {
			for i, id := range ids {
				p := Profile{Called: first[i%10], Names: []NamePart{{Text: first[i%10], Role: "own"}, {Text: last[i/10%5], Role: "father"}, {Text: fmt.Sprintf("Nr%03d", i), Role: "family"}}}
				if err := Add(t.Context(), tx, s.vault, keys[id], id, p, Placing{Team: "t-utrecht", Location: "l-overvecht", By: "u-amira"}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		amira := s.h.As(s.amira)
		look := func(when string) {
			t.Helper()
			for _, q := range []string{"Selam", "tesf", "Seelam Tesfai", "ሰላም", "Salam Tesfai Haile", "2819940173", "Z1234567890", "z-12 345 678 90", "06 12345001", "tree-3479"} {
				a := amira.Get("/zoeken?q=" + url.QueryEscape(q))
				s.want(when+", "+q, a, 200, "Selam Tesfay Haile", "/dossier/p-selam")
				s.lacks(when+", "+q, a, "Reem")
			}
			s.want(when+", in the list", amira.Get("/dossiers?q=selam"), 200, "Selam Tesfay Haile")
			s.want(when+", in the list by Z-number", amira.Get("/dossiers?q=Z1234567890"), 200, "Selam Tesfay Haile")
			s.want(when+", by ear in the list", amira.Get("/dossiers?q=Seelam+Tesfai"), 200, "Selam Tesfay Haile")
			s.want(when+", registering her again", amira.Post("/dossiers/bekend", webtest.Form("called", "Selam")), 200, "Selam Tesfay Haile")
			s.lacks(when+", another's", amira.Get("/zoeken?q=Reem"), "Reem al-Ahmad", "p-reem")
		}
		look("before the names are in memory")
		if err := s.files.Remember(t.Context()); err != nil {
			t.Fatal(err)
		}
		look("with the names in memory")
		s.want("all pages of the list", amira.Get("/dossiers"), 200, "Bladzijde 1 van 10")
		s.want("the last page", amira.Get("/dossiers?blad=10"), 200, "Selam Tesfay Haile")
		s.want("choosing who belongs to the family", amira.Get("/dossier/p-m000/begeleiders"), 200, `value="p-selam"`)
		s.tx(func(tx *db.Tx) error {
			return access.EndHeld(context.Background(), tx, "p-selam", "user:u-amira", access.Registered)
		})
		for _, q := range []string{"Selam", "2819940173", "Z1234567890", "06 12345001", "tree-3479", "Seelam Tesfai"} {
			s.lacks("after the grant ended, "+q, amira.Get("/zoeken?q="+url.QueryEscape(q)), "Selam Tesfay", "p-selam")
		}
	})
}

// Whatever grants there are: the list, the search and the door of a file agree, for everybody and at every moment.
func TestListSearchAndDoorAgree(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	s := setup(t, d)
	ids := []string{"p-selam", "p-reem"}
	for i := range 4 {
		ids = append(ids, fmt.Sprintf("p-x%d", i))
		s.add(ids[len(ids)-1], Profile{Called: fmt.Sprintf("Persoon%d", i), VNumber: fmt.Sprintf("300000000%d", i)}, "")
	}
	names := map[string]string{"p-selam": "Selam Tesfay Haile", "p-reem": "Reem al-Ahmad", "p-x0": "Persoon0", "p-x1": "Persoon1", "p-x2": "Persoon2", "p-x3": "Persoon3"}
	rapid.Check(t, func(r *rapid.T) {
		who := rapid.SampledFrom([]access.Actor{s.amira, s.marwan, s.ria}).Draw(r, "who")
		id := rapid.SampledFrom(ids).Draw(r, "person")
		holder := rapid.SampledFrom(who.Holders).Draw(r, "holder")
		s.tx(func(tx *db.Tx) error {
			if rapid.Bool().Draw(r, "end") {
				for _, why := range []access.Why{access.Assignment, access.Registered, access.Presence} {
					if err := access.EndHeld(context.Background(), tx, id, holder, why); err != nil {
						return err
					}
				}
				return nil
			}
			_, err := access.Give(context.Background(), tx, access.Grant{Subject: id, Holder: holder, Why: access.Presence, Level: access.Level(rapid.IntRange(1, 3).Draw(r, "level")),
				Until: s.clk.Now().Add(time.Duration(rapid.IntRange(1, 3).Draw(r, "hours")) * time.Hour)})
			return err
		})
		s.clk.Advance(time.Duration(rapid.IntRange(0, 40).Draw(r, "minutes")) * time.Minute)
		for _, a := range []access.Actor{s.amira, s.marwan, s.ria} {
			v := s.h.As(a)
			list := v.Get("/dossiers").Body
			for _, id := range ids {
				open := v.Get("/dossier/"+id).Code == 200
				found := strings.Contains(v.Get("/zoeken?q="+url.QueryEscape(names[id])).Body, `href="/dossier/`+id+`"`)
				if listed := strings.Contains(list, `href="/dossier/`+id+`"`); listed != open || found != open {
					r.Fatalf("%s and %s: open %v, listed %v, found %v", a.ID, id, open, listed, found)
				}
			}
		}
	})
}
