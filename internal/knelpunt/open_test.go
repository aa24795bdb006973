package knelpunt

// This file tests the public form: riddles, waiting, the desk, what is told to whoever holds the code, and flooding.

import (
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

func solve(riddle string) string {
	for n := 0; ; n++ {
		if s := strconv.Itoa(n); Answered(riddle, s) {
			return s
		}
	}
}

func TestARiddleCannotBeMadeUp(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	k := newOffice(t, d).k.key()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s := NewRiddle(k, now)
	if r, ok := ReadRiddle(k, s, now.Add(time.Hour)); !ok || r.ID == "" {
		t.Error("a riddle of this house is none")
	}
	for what, x := range map[string]struct {
		s  string
		at time.Time
	}{"made up": {"abc", now}, "empty": {"", now}, "changed": {s[:len(s)-2] + "AA", now}, "too old": {s, now.Add(riddleAge)}, "from tomorrow": {s, now.Add(-time.Hour)}} {
		if _, ok := ReadRiddle(k, x.s, x.at); ok {
			t.Errorf("%s: it is taken", what)
		}
	}
	a := solve(s)
	if !Answered(s, a) || Answered(s, a+"x") || Answered(s+"x", a) || Answered(s, "") || Answered(s, strings.Repeat("1", 21)) {
		t.Error("the answer of one riddle fits another")
	}
}

var (
	riddleValue = regexp.MustCompile(`name="raadsel"[^>]*value="([^"]+)"`)
	codeValue   = regexp.MustCompile(`name="code" value="([^"]+)"`)
	keptValue   = regexp.MustCompile(`name="bewaard" value="([^"]+)"`)
	reportID    = regexp.MustCompile(`/signalen/meldingen/(kr-[a-z0-9]+)`)
)

// form is the public form as a browser would send it, filled.
func form(t *testing.T, g *webtest.Visitor, words string) url.Values {
	t.Helper()
	b := g.Get("/meld").Body
	return webtest.Form("raadsel", html.UnescapeString(riddleValue.FindStringSubmatch(b)[1]), "code", codeValue.FindStringSubmatch(b)[1], "wie", "lawyer", "thema", "reception", "ernst", "grave", "woorden", words)
}

func TestFromThePublicFormToTheAnswer(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		now := d.Clock().(*clock.Manual)
		g, m, a := o.Guest(), o.As(marwan), o.As(amira)
		n := func() int { return one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_report`)) }
		want(t, "the form", g.Get("/meld?taal=nl"), 200, "Melden wat er misgaat", "U hoeft niet te zeggen wie u bent")
		want(t, "the line for what cannot wait", g.Get("/meld?taal=nl"), 200, "Spoedlijn", `href="tel:0300000011"`)
		want(t, "and with a fault", g.Post("/meld?taal=nl", webtest.Form("woorden", "x")), 422, `href="tel:0300000011"`)
		want(t, "faults", g.Post("/meld?taal=nl", webtest.Form("woorden", "x")), 422, "Kies wat past", "te lang open")
		// Answered by a script it goes at once.
		f := form(t, g, "Mensen sliepen buiten. Selam Tesfay ook, bel 06-12345678.")
		f.Set("som", solve(f.Get("raadsel")))
		if x := g.Post("/meld", f); x.Code != 303 || !strings.HasPrefix(x.To, "/meld/volgen?") || strings.Contains(x.To, "kr-") {
			t.Fatalf("%d %s %.500s", x.Code, x.To, x.Body)
		}
		code := f.Get("code")
		if x := g.Post("/meld", f); x.Code != 409 || n() != 1 {
			t.Errorf("one riddle let two through: %d, %d", x.Code, n())
		}
		f.Set("code", NewCode())
		if x := g.Post("/meld", f); x.Code != 409 || n() != 1 {
			t.Errorf("one riddle let two different ones through: %d, %d", x.Code, n())
		}
		// Without a script it waits; nothing is kept meanwhile, and waiting cannot be cut short or made up.
		f2 := form(t, g, "Er was geen bed.")
		wait := g.Post("/meld?taal=nl", f2)
		want(t, "the wait", wait, 200, "Nog even wachten", "over 20 seconden")
		kept := webtest.Form("bewaard", keptValue.FindStringSubmatch(wait.Body)[1])
		now.Advance(5 * time.Second)
		want(t, "too soon", g.Post("/meld/versturen?taal=nl", kept), 200, "over 15 seconden")
		if x := g.Post("/meld/versturen", webtest.Form("bewaard", "abc")); x.Code != 409 || n() != 1 {
			t.Errorf("made up: %d, %d kept", x.Code, n())
		}
		now.Advance(15 * time.Second)
		must(t, g, "/meld/versturen", kept)
		if x := g.Post("/meld/versturen", kept); x.Code != 409 || n() != 2 {
			t.Errorf("twice: %d, %d kept", x.Code, n())
		}
		// Nothing that is kept tells who or when: no key of a form, no hour, no address, no words in the clear.
		for what, q := range map[string]db.Frag{"a form key knows the sender": db.F(`SELECT COUNT(*) FROM web_once WHERE route LIKE 'knelpunt.%' AND who <> 'guest:'`), "the log tells of it": db.F(`SELECT COUNT(*) FROM audit_entry WHERE event LIKE 'knelpunt.%'`)} {
			if x := one[int](t, d, q); x != 0 {
				t.Errorf("%s: %d", what, x)
			}
		}
		for _, b := range mustMany[[]byte](t, d, db.F(`SELECT body FROM knelpunt_report`)) {
			if strings.Contains(string(b), "buiten") {
				t.Error("the words stand in the clear")
			}
		}
		want(t, "following", g.Post("/meld/volgen?taal=nl", webtest.Form("code", code)), 200, "Een collega leest hem")
		want(t, "a code that is none", g.Post("/meld/volgen?taal=nl", webtest.Form("code", "ACDE-FGHJ-KMNP")), 422, "kennen wij niet")
		// The desk: who may, reads it; what becomes a signal is masked like any other and needs a second person.
		if x := o.As(ria).Get("/signalen/meldingen"); x.Code != 404 {
			t.Errorf("a volunteer reads the desk: %d", x.Code)
		}
		var id string
		for _, x := range reportID.FindAllStringSubmatch(m.Get("/signalen/meldingen").Body, -1) {
			if strings.Contains(m.Get("/signalen/meldingen/"+x[1]).Body, "Mensen sliepen buiten") {
				id = x[1]
			}
		}
		want(t, "a report", m.Get("/signalen/meldingen/"+id), 200, "Mensen sliepen buiten", "Ik ben advocaat", "Zeer ernstig")
		want(t, "the form of a signal", m.Post("/signaal", webtest.Form("terug", "1", "melding", id, "thema", "reception", "ernst", "grave", "woorden", "Mensen sliepen buiten.")), 200, `name="melding"`, "Mensen sliepen buiten.")
		if x := a.Post("/signaal/geven", filled("melding", id)); x.Code != 404 {
			t.Errorf("somebody without the desk takes it: %d", x.Code)
		}
		want(t, "with a number", m.Post("/signaal/geven", filled("melding", id, "woorden", "Bel 06-12345678.")), 422, "leidt")
		must(t, m, "/signaal/geven", filled("melding", id, "woorden", "Mensen sliepen buiten, ook kinderen."))
		if x := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_report WHERE state = 'taken' AND body IS NULL`)); x != 1 {
			t.Errorf("the words stay with the desk: %d", x)
		}
		if x := m.Post("/signaal/geven", filled("melding", id)); x.Code != 404 {
			t.Errorf("one report became two signals: %d", x.Code)
		}
		draft := one[string](t, d, db.F(`SELECT id FROM knelpunt_draft`))
		must(t, a, "/signalen/vrijgeven/"+draft, webtest.Form("besluit", "release", "versie", "1"))
		s := one[string](t, d, db.F(`SELECT id FROM knelpunt_signal WHERE source = 'open'`))
		to := must(t, a, "/knelpunten/nieuw", started("signaal", s))
		must(t, a, to, webtest.Form("eigenaar", "u-amira", "volgende", "2026-11-30", "ernst", "grave", "versie", "1", "naar", Examined, "woorden", "x", "terug", "Wij vroegen het COA om bedden."))
		want(t, "told through the code", g.Post("/meld/volgen?taal=nl", webtest.Form("code", strings.ToLower(code))), 200, "Wij vroegen het COA om bedden.", "!"+s, "!kp-")
		// The other is put aside.
		other := reportID.FindStringSubmatch(m.Get("/signalen/meldingen").Body)[1]
		must(t, m, "/signalen/meldingen/"+other, webtest.Form())
		want(t, "told that it was put aside", g.Post("/meld/volgen?taal=nl", webtest.Form("code", f2.Get("code"))), 200, "niets mee doen")
	})
}

func TestAFloodIsCountedAndWritesNothing(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	o.k.limit = web.Limit{Each: 3, All: 5, Within: time.Hour}
	g := o.Guest()
	codes := map[int]int{}
	for range 8 {
		f := form(t, g, "Er was geen bed.")
		f.Set("som", solve(f.Get("raadsel")))
		codes[g.Post("/meld", f).Code]++
	}
	if codes[303] != 3 || codes[429] != 5 {
		t.Errorf("%v", codes)
	}
	if n := one[int](t, d, db.F(`SELECT (SELECT COUNT(*) FROM knelpunt_report) + (SELECT COUNT(*) FROM knelpunt_spent)`)); n != 6 {
		t.Errorf("%d rows of three reports", n)
	}
	if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_held`)); n != 0 {
		t.Errorf("what is held back is written at once: %d", n)
	}
	for range 2 {
		if err := o.k.writeHeld(t.Context(), clock.Today(d.Now())); err != nil {
			t.Fatal(err)
		}
	}
	want(t, "the desk", o.As(marwan).Get("/signalen/meldingen"), 200, "5 formulieren tegengehouden")
	if err := o.k.sweep(t.Context(), d.Now().AddDate(0, 0, 3)); err != nil {
		t.Fatal(err)
	}
	if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_spent`)); n != 0 {
		t.Errorf("%d answered riddles stay", n)
	}
}
