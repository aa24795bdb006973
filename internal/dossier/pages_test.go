package dossier

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
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
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

func TestRegisteringWithTheLeast(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		amira := s.h.As(s.amira)
		page := amira.Get("/dossiers/nieuw")
		s.want("the empty form", page, 200, "Hoe wil deze persoon genoemd worden?")
		form := fill(t, page.Body, "/dossiers/nieuw")
		form.Set("called", "Yohannes")
		form.Set("location", "l-overvecht")
		first := amira.Post("/dossiers/nieuw", form)
		if first.Code != 303 || !strings.HasPrefix(first.To, "/dossier/p-") {
			t.Fatalf("registering: %d to %s\n%s", first.Code, first.To, seen(first.Body))
		}
		if again := amira.Post("/dossiers/nieuw", form); again.To != first.To {
			t.Errorf("the same form again leads to %s, not %s\n%s", again.To, first.To, seen(again.Body))
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM dossier_person`)); n != 3 {
			t.Errorf("there are %d people, want 3", n)
		}
		s.want("the new file", amira.Get(first.To), 200, "Yohannes", "De persoon is opgeslagen.")
		id := strings.TrimPrefix(strings.SplitN(first.To, "?", 2)[0], "/dossier/")
		if got := s.log(id); !slices.Equal(got, []string{"registered u-amira ", "open u-amira registered"}) {
			t.Errorf("log %q", got)
		}
		if a := s.h.As(s.marwan).Get("/dossier/" + id); a.Code != 404 {
			t.Errorf("a colleague in the same team sees the new file: %d", a.Code)
		}
		for _, who := range []access.Actor{s.ria, s.noor, s.pieter} {
			for _, a := range []webtest.Answer{s.h.As(who).Get("/dossiers/nieuw"), s.h.As(who).Post("/dossiers/nieuw", form), s.h.As(who).Post("/dossiers/bekend", form)} {
				if a.Code != 404 {
					t.Errorf("%s may register: %d", who.ID, a.Code)
				}
			}
		}
	})
}

func TestAFormWithFaultsLosesNothing(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	s := setup(t, d)
	amira := s.h.As(s.amira)
	form := webtest.Form("called", "", "name", "Yohannes", "role", "own", "name", "-", "role", "father", "own", "ዮሃንስ", "birth_day", "1", "birth_month", "1", "birth_year", "1990", "birth_source", "ind", "birth_about", "0", "birth_words", "bij het feest",
		"tongue", "ti", "tongue", "ar", "reads", "1", "interpreter", "phone", "vnumber", "123", "vnumber_source", "ind", "phone", "06 11111111", "more_phone", "x1", "more_whose", "oom", "how", "call", "when", "’s avonds", "never", "BSN 111222333",
		"gender", "woman", "digital", "person", "not_own", "1", "location", "l-elders")
	a := amira.Post("/dossiers/nieuw", form)
	s.want("faults", a, 422, "Vul in hoe deze persoon genoemd wil worden", "Een naam heeft letters", "Staat er 1 januari omdat", "tien cijfers", "Schrijf het nummer als", "Dit lijkt een BSN", "Kies een van de mogelijkheden")
	back := fill(t, a.Body, "/dossiers/nieuw")
	for name, values := range form {
		if name == "location" { // not one of the choices
			continue
		}
		got := slices.DeleteFunc(slices.Clone(back[name]), func(x string) bool { return x == "" })
		if want := slices.DeleteFunc(slices.Clone(values), func(x string) bool { return x == "" }); !slices.Equal(got[:min(len(got), len(want))], want) {
			t.Errorf("%s came back as %q, was %q", name, got, want)
		}
	}
	for _, m := range regexp.MustCompile(`href="#(f-[^"]+)"`).FindAllStringSubmatch(a.Body, -1) {
		if !strings.Contains(a.Body, `id="`+m[1]+`"`) {
			t.Errorf("the summary leads to %s, which is not there", m[1])
		}
	}
	if n := s.count(db.F(`SELECT COUNT(*) FROM dossier_person`)); n != 2 {
		t.Errorf("something was kept: %d people", n)
	}
}

// Of somebody else's people nothing is told but that there may be a file, and that only on two identifiers.
func TestLikelyDuplicates(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		amira := s.h.As(s.amira)
		ask := func(pairs ...string) webtest.Answer {
			t.Helper()
			a := amira.Post("/dossiers/bekend", webtest.Form(pairs...))
			if a.Code != 200 {
				t.Fatalf("asking: %d\n%s", a.Code, a.Body)
			}
			s.lacks("the answer", a, "Reem", "p-reem", "Marwan", "2820011427", "Kanaalstraat")
			return a
		}
		elsewhere := "Er is misschien al een dossier"
		for name, c := range map[string]struct {
			ask  []string
			told bool
		}{
			"a name":                       {[]string{"called", "Reem"}, false},
			"a year":                       {[]string{"called", "X", "birth_year", "1988"}, false},
			"name and another year":        {[]string{"called", "Reem", "birth_year", "1987"}, false},
			"name and year":                {[]string{"called", "Reem", "birth_year", "1988"}, true},
			"two names and year":           {[]string{"called", "Reem", "name", "Reem", "role", "own", "name", "Al-Ahmad", "role", "family", "birth_year", "1988"}, true},
			"one of two names and year":    {[]string{"called", "Reem", "name", "Reem", "role", "own", "name", "Haddad", "role", "family", "birth_year", "1988"}, false},
			"name and another day":         {[]string{"called", "Reem", "birth_year", "1988", "birth_month", "5", "birth_day", "15"}, false},
			"the V-number":                 {[]string{"called", "X", "vnumber", "V 282.001.1427"}, false},
			"the V-number without a name":  {[]string{"vnumber", "2820011427"}, false},
			"the V-number and a name":      {[]string{"called", "Reem", "vnumber", "V 282.001.1427"}, true},
			"as it is heard":               {[]string{"called", "Riem", "vnumber", "2820011427"}, true},
			"the V-number and the day":     {[]string{"vnumber", "2820011427", "birth_year", "1988", "birth_month", "5", "birth_day", "14"}, true},
			"the V-number and the year":    {[]string{"vnumber", "2820011427", "birth_year", "1988"}, false},
			"the V-number and another day": {[]string{"vnumber", "2820011427", "birth_year", "1988", "birth_month", "5", "birth_day", "15"}, false},
			"a telephone and a name":       {[]string{"called", "Reem", "phone", "06 12345002"}, true},
			"another V-number":             {[]string{"called", "X", "vnumber", "2820011428"}, false},
			"a telephone":                  {[]string{"called", "X", "phone", "+31612345002"}, false},
			"an address":                   {[]string{"called", "X", "lives", "Kanaalstraat 12"}, false},
		} {
			if a := ask(c.ask...); strings.Contains(a.Body, elsewhere) != c.told {
				t.Errorf("%s: told %v", name, !c.told)
			}
		}
		short := "Een nummer alleen is te weinig"
		s.want("a number alone", ask("vnumber", "2820011427"), 200, short)
		s.want("a number of nobody", ask("vnumber", "2820011428"), 200, short)
		s.lacks("with a name", ask("called", "Reem", "vnumber", "2820011428"), short)
		s.want("one's own by number alone", ask("vnumber", "2819940173"), 200, "Selam Tesfay Haile")
		s.want("one's own", ask("called", "sel"), 200, "Selam Tesfay Haile", "/dossier/p-selam", "V 281 994 0173")
		s.lacks("one's own", ask("called", "sel"), elsewhere)
		s.lacks("a name of nobody", ask("called", "Zzz"), "Misschien")

		form := webtest.Form("called", "Reem", "birth_year", "1988", "location", "l-overvecht")
		a := amira.Post("/dossiers/nieuw", form)
		s.want("without script", a, 422, elsewhere, "Ik heb gekeken")
		s.lacks("without script", a, "al-Ahmad", "p-reem", "2820011427")
		form.Set("sure", "1")
		form.Set(web.OnceField, "once-once-once-once")
		first := amira.Post("/dossiers/nieuw", form)
		if first.Code != 303 {
			t.Fatalf("somebody else of that name: %d\n%s", first.Code, seen(first.Body))
		}
		form.Del("sure")
		if again := amira.Post("/dossiers/nieuw", form); again.To != first.To {
			t.Errorf("after a lost answer the form leads to %q: %d", again.To, again.Code)
		}
		own := amira.Post("/dossiers/nieuw", webtest.Form("called", "Selam", "birth_year", "1991", "location", "l-overvecht"))
		s.want("one's own again", own, 422, "Selam Tesfay Haile", "Ik heb gekeken")
		if a := amira.Post("/dossiers/nieuw", webtest.Form("called", "Selamawit", "location", "l-overvecht")); a.Code != 303 {
			t.Errorf("a namesake without a second identifier must not stop anybody: %d", a.Code)
		}
	})
}

// Whoever finds nobody can ask on, by two identifiers, and is told no more than a registration tells.
func TestWhoFindsNobodyCanAskWhetherTheyAreKnownElsewhere(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		amira, ria := s.h.As(s.amira), s.h.As(s.ria)
		for _, page := range []string{"/zoeken?q=Riemm", "/dossiers?q=Riemm"} {
			s.want("an empty search", amira.Get(page), 200, `href="/dossiers/elders"`, "Misschien elders bekend?")
			s.lacks("who may not register", ria.Get(page), "/dossiers/elders", "elders bekend")
		}
		s.lacks("a search that found somebody", amira.Get("/zoeken?q=selam"), "/dossiers/elders")
		if a := ria.Get("/dossiers/elders"); a.Code == 200 {
			t.Errorf("a volunteer gets the form: %d", a.Code)
		}
		s.want("the form", amira.Get("/dossiers/elders"), 200, `name="called"`, `name="birth_year"`, `name="vnumber"`, `name="phone"`)
		elsewhere := "Er is misschien al een dossier"
		for name, c := range map[string]struct {
			form []string
			code int
			says string
		}{
			"a name":                    {[]string{"called", "Reem"}, 422, "Vul twee gegevens in"},
			"a number":                  {[]string{"vnumber", "2820011427"}, 422, "Vul twee gegevens in"},
			"nothing":                   {nil, 422, "Vul twee gegevens in"},
			"a birth and a telephone":   {[]string{"birth_year", "1988", "phone", "0612345002"}, 422, "Vul twee gegevens in"},
			"a month that is none":      {[]string{"called", "Reem", "birth_year", "1988", "birth_month", "13"}, 422, `value="13"`},
			"a number that is none":     {[]string{"called", "Reem", "vnumber", "12"}, 422, `value="12"`},
			"a name and a year":         {[]string{"called", "Reem", "birth_year", "1988"}, 200, elsewhere},
			"a number and a name":       {[]string{"called", "Reem", "vnumber", "282 001 1427"}, 200, elsewhere},
			"a telephone and a name":    {[]string{"called", "Reem", "phone", "0612345002"}, 200, elsewhere},
			"a number and another name": {[]string{"called", "Oksana", "vnumber", "2820011427"}, 200, "niemand bekend"},
			"one's own":                 {[]string{"called", "Selam", "birth_year", "1991"}, 200, "/dossier/p-selam"},
			"the first of January":      {[]string{"called", "Selam", "birth_year", "1993", "birth_month", "1", "birth_day", "1"}, 200, "/dossier/p-selam"},
		} {
			a := amira.Post("/dossiers/elders", webtest.Form(c.form...))
			s.want(name, a, c.code, c.says)
			s.lacks(name, a, "p-reem", "al-Ahmad", "Marwan")
			if c.says != elsewhere {
				s.lacks(name, a, elsewhere)
			}
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'dossier.event.asked'`)); n != 3 {
			t.Errorf("%d of three answers stand in the log", n)
		}
		if a := ria.Post("/dossiers/elders", webtest.Form("called", "Reem", "birth_year", "1988")); a.Code == 200 {
			t.Errorf("a volunteer is answered: %d", a.Code)
		}
		for i := range hitMost {
			amira.Post("/dossiers/elders", webtest.Form("called", "Reem", "birth_year", "1988", "phone", fmt.Sprintf("06200000%02d", i)))
		}
		s.want("past the limit", amira.Post("/dossiers/elders", webtest.Form("called", "Reem", "birth_year", "1988", "phone", "0611111111")), 200, "al vaak gezocht")
	})
}

func TestAskingIsCountedAndEnds(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		amira := s.h.As(s.amira)
		asked := func() int {
			return s.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'dossier.event.asked'`))
		}
		reem := webtest.Form("called", "Reem", "birth_year", "1988")
		for range 3 { // the same question at three keys
			amira.Post("/dossiers/bekend", reem)
		}
		if n := asked(); n != 1 {
			t.Errorf("one question was logged %d times", n)
		}
		for i := range hitMost {
			amira.Post("/dossiers/bekend", webtest.Form("called", "Reem", "birth_year", "1988", "vnumber", fmt.Sprintf("20000000%02d", i)))
		}
		a := amira.Post("/dossiers/bekend", webtest.Form("called", "Xandra", "vnumber", "2820011427"))
		s.want("past the limit", a, 200, "al vaak gezocht")
		s.lacks("past the limit", a, "Er is misschien al een dossier")
		if n := asked(); n != hitMost {
			t.Errorf("%d questions were answered, the limit is %d", n, hitMost)
		}
		amira.Post("/dossiers/bekend", webtest.Form("called", "Reem", "vnumber", "2820011427"))
		if n := s.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'dossier.event.asked-limit'`)); n != 1 {
			t.Errorf("that the limit was reached stands in the log %d times, not once", n)
		}
		if ds, err := s.files.CheckDays(t.Context(), d, clock.Today(s.clk.Now()), 1000, Askers{All: true}); err != nil || len(ds) != 1 || ds[0].Refused != 3 || ds[0].Asked != hitMost || ds[0].Found != hitMost {
			t.Errorf("the day for the review: %+v %v", ds, err)
		}
		s.want("one's own people stay", amira.Post("/dossiers/bekend", webtest.Form("called", "Selam")), 200, "Selam Tesfay Haile")
		if a := amira.Post("/dossiers/nieuw", webtest.Form("called", "Nieuw", "birth_year", "2000", "location", "l-overvecht")); a.Code != 303 {
			t.Errorf("registering must go on: %d", a.Code)
		}
		s.want("a colleague has a limit of their own", s.h.As(s.marwan).Post("/dossiers/bekend", webtest.Form("called", "Selam", "birth_year", "1991")), 200, "Er is misschien al een dossier")
		s.clk.Advance(24 * time.Hour)
		s.want("the next day", s.h.As(s.amira).Post("/dossiers/bekend", reem), 200, "Er is misschien al een dossier")
	})
}

func TestTheFormOfAPersonSentBackUnchangedChangesNothing(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	s := setup(t, d)
	amira := s.h.As(s.amira)
	page := amira.Get("/dossier/p-selam/gegevens")
	s.want("the form", page, 200, "Gegevens veranderen")
	if a := amira.Post("/dossier/p-selam/gegevens", fill(t, page.Body, "/dossier/p-selam/gegevens")); a.Code != 303 {
		t.Fatalf("saving: %d\n%s", a.Code, seen(a.Body))
	}
	got := s.file(s.amira, "p-selam").profile
	day := clock.Today(dbtest.Start)
	s.clk.Advance(26 * time.Hour)
	amira = s.h.As(s.amira)
	form := fill(t, amira.Get("/dossier/p-selam/gegevens").Body, "/dossier/p-selam/gegevens")
	form.Set("lives", "Zamenhofdreef")
	if a := amira.Post("/dossier/p-selam/gegevens", form); a.Code != 303 {
		t.Fatalf("saving a day later: %d\n%s", a.Code, seen(a.Body))
	}
	later := s.file(s.amira, "p-selam").profile
	if later.Origins["vnumber"].On != day || later.Origins["lives"].On != day.AddDays(1) {
		t.Errorf("a day later the facts are of %v", later.Origins)
	}
	got.Origins = nil // they were unknown, and are now of the person, today
	for i := range got.Births {
		got.Births[i].On = selam.Births[i].On
	}
	got.Variants[0].On = selam.Variants[0].On
	if !reflect.DeepEqual(got, selam) {
		t.Errorf("it became\n%+v\nit was\n%+v", got, selam)
	}
}

func TestTwoPeopleSavingSeeBothVersions(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		s.tx(func(tx *db.Tx) error {
			return s.files.Assign(context.Background(), tx, "p-selam", "t-utrecht", "u-marwan", s.amira, "")
		})
		amira, marwan := s.h.As(s.amira), s.h.As(s.marwan)
		const to = "/dossier/p-selam/gegevens"
		hers, his := fill(t, amira.Get(to).Body, to), fill(t, marwan.Get(to).Body, to)
		hers.Set("lives", "Zamenhofdreef")
		his.Set("lives", "azc Zeist")
		his.Set("when", "alleen ’s ochtends")
		if a := amira.Post(to, hers); a.Code != 303 {
			t.Fatalf("the first: %d", a.Code)
		}
		if a := amira.Post(to, hers); a.Code != 303 {
			t.Errorf("the first again: %d", a.Code)
		}
		a := marwan.Post(to, his)
		s.want("the second", a, 409, "Zamenhofdreef", "azc Zeist", "alleen ’s ochtends", "Amira Haddad")
		again := fill(t, a.Body, to)
		if again.Get("lives") != "azc Zeist" || again.Get("version") != "2" {
			t.Errorf("the form after it has %q, version %s", again.Get("lives"), again.Get("version"))
		}
		if a := marwan.Post(to, again); a.Code != 303 {
			t.Errorf("deciding: %d", a.Code)
		}
		s.want("the history", marwan.Get(to+"/eerder"), 200, "Zamenhofdreef", "azc Utrecht", "Amira Haddad")
		s.want("the file", marwan.Get("/dossier/p-selam"), 200, "azc Zeist", "alleen ’s ochtends")
	})
}

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
