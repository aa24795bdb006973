package dossier

// This file tests writing somebody down, likely duplicates, and two people who save the same.

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

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
