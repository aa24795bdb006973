package knelpunt

// This file tests the structured forms for everybody: their answers, their photographs, and that neither opens a way around the limits.

import (
	"bytes"
	"context"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

var ticketValue = regexp.MustCompile(`action="/meld/foto\?bij=([^"&]+)"`)

// structured is the public form of a reception place, filled and answered.
func structured(t *testing.T, g *webtest.Visitor) url.Values {
	t.Helper()
	f := form(t, g, "In de zaal van Selam Tesfay is geen licht.")
	for i := 0; i+1 < len(lacking); i += 2 {
		f.Set(lacking[i], lacking[i+1])
	}
	f.Set("som", solve(f.Get("raadsel")))
	return f
}

func TestTheStructuredFormForEverybody(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		looked := 0
		o.k.LendPicture(func(_ context.Context, b []byte) ([]byte, error) {
			looked++
			if bytes.HasPrefix(b, []byte("bad")) {
				return nil, fault.Fields{{Name: "file", Key: "evidence.error.kind"}}.Err()
			}
			return append([]byte("small "), b...), nil
		})
		now := d.Clock().(*clock.Manual)
		g, m := o.Guest(), o.As(marwan)
		want(t, "the form", g.Get("/meld?taal=nl&vorm=reception&wie=partner"), 200, "Wat ontbreekt", "Noodopvang", `value="partner" checked`, "!Richtlijn 2024/1346", "!name=\"foto\"")
		want(t, "the other", g.Get("/meld?taal=nl&vorm=pushback"), 200, "Over welke grens", "!Wat ontbreekt")
		want(t, "one that was made up", g.Get("/meld?taal=nl&vorm=moon"), 200, `name="thema"`, "!Wat ontbreekt")

		// All faults at once, and nothing that was typed is lost.
		f := structured(t, g)
		f.Del("v_site")
		f.Set("v_since", "moon")
		f.Del("ernst")
		want(t, "faults", g.Post("/meld?taal=nl", f), 422, "f-v_site", "f-v_since", "f-ernst", "geen licht", `value="bed" checked`, `name="vorm" value="reception"`)
		f = structured(t, g)
		f.Set("thema", "housing")
		want(t, "another theme than that of the form", g.Post("/meld?taal=nl", f), 422, "Kies wat past")

		// With an answer it goes at once; without one the answers wait in the page with the words.
		f = structured(t, g)
		sent := g.Post("/meld?taal=nl", f)
		if sent.Code != 303 || strings.Contains(sent.To, ReadCode(f.Get("code"))) || strings.Contains(sent.To, f.Get("code")) {
			t.Fatalf("%d %s %.600s", sent.Code, sent.To, sent.Body)
		}
		f2 := structured(t, g)
		f2.Del("som")
		wait := g.Post("/meld?taal=nl", f2)
		want(t, "the wait", wait, 200, "Nog even wachten", "!geen licht")
		now.Advance(waits)
		must(t, g, "/meld/versturen", webtest.Form("bewaard", keptValue.FindStringSubmatch(wait.Body)[1]))
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_report WHERE detail IS NOT NULL`)); n != 2 {
			t.Errorf("%d reports with answers", n)
		}
		for _, b := range mustMany[[]byte](t, d, db.F(`SELECT detail FROM knelpunt_report`)) {
			if bytes.Contains(b, []byte("emergency")) {
				t.Error("the answers stand in the clear")
			}
		}

		// Photographs: after the report, with a ticket that is for one report and a while, and nothing else.
		after := g.Get(sent.To + "&taal=nl")
		want(t, "after sending", after, 200, "Foto toevoegen", "hoogstens 8 MB", "!"+f.Get("code"))
		ticket := html.UnescapeString(ticketValue.FindStringSubmatch(after.Body)[1])
		for what, x := range map[string]struct {
			b    []byte
			text string
		}{"bad": {[]byte("bad"), "Dit is geen foto"}, "empty": {nil, "Kies een foto"}, "large": {make([]byte, openPhotoMost+1), "groter dan 8 MB"}} {
			want(t, what, o.photoIn(t, g, "/meld/foto?taal=nl&bij="+ticket, x.b), 422, x.text, "/meld/foto?bij=")
		}
		looked = 0
		for what, sealed := range map[string]string{"made up": "abc", "none": "", "a riddle": f.Get("raadsel"), "too old": Ticket{o.k.receiptToken(ReadCode(f.Get("code"))), d.Now().Add(-ticketAge)}.Seal(o.k.key())} {
			if x := o.photoIn(t, g, "/meld/foto?bij="+sealed, []byte("bed")); x.Code != 409 {
				t.Errorf("a ticket that is %s: %d", what, x.Code)
			}
		}
		if x := o.photoIn(t, g, "/meld/foto?bij="+Ticket{o.k.receiptToken("ACDEFGHJKMNP"), d.Now()}.Seal(o.k.key()), []byte("bed")); x.Code != 409 || looked != 0 {
			t.Errorf("a photograph of no report: %d, %d were looked at", x.Code, looked)
		}
		for range photosMost {
			if x := o.photoIn(t, g, "/meld/foto?bij="+ticket, []byte("bed")); x.Code != 303 {
				t.Fatal(x.Code, x.Body)
			}
		}
		if x := o.photoIn(t, g, "/meld/foto?taal=nl&bij="+ticket, []byte("bed")); x.Code != 422 || looked != photosMost {
			t.Errorf("one more than fits: %d, %d were looked at", x.Code, looked)
		}
		// Whoever holds the code may add some later too, and sees none: they are for the desk.
		want(t, "with the code", g.Post("/meld/volgen?taal=nl", webtest.Form("code", f.Get("code"))), 200, "Er staan 4 van de 4", "!Foto toevoegen", "!<img")
		want(t, "with the other code", g.Post("/meld/volgen?taal=nl", webtest.Form("code", f2.Get("code"))), 200, "Foto toevoegen")
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM web_once WHERE route LIKE 'knelpunt.%' AND who <> 'guest:'`)); n != 0 {
			t.Errorf("%d keys of forms know who sent them", n)
		}

		// The desk sees answers and photographs, and takes them along; nobody else sees them.
		var id string
		for _, x := range reportID.FindAllStringSubmatch(m.Get("/signalen/meldingen").Body, -1) {
			if strings.Contains(m.Get("/signalen/meldingen/"+x[1]).Body, "/signalen/foto/") {
				id = x[1]
			}
		}
		page := m.Get("/signalen/meldingen/" + id)
		want(t, "the desk", page, 200, "Noodopvang", "Bekijk elke foto", `name="v_site" value="emergency"`)
		photo := mustMany[string](t, d, db.F(`SELECT id FROM knelpunt_photo ORDER BY id`))[0]
		for who, x := range map[string]struct {
			v    *webtest.Visitor
			code int
		}{"the desk": {m, 200}, "a caseworker": {o.As(amira), 404}, "a volunteer": {o.As(ria), 404}} {
			if a := x.v.Get("/signalen/foto/" + photo); a.Code != x.code {
				t.Errorf("%s sees a photograph of a report: %d", who, a.Code)
			}
		}
		must(t, m, "/signaal/geven", filled(append(lacking, "melding", id, "woorden", "In een zaal is geen licht.")...))
		draft := one[string](t, d, db.F(`SELECT id FROM knelpunt_draft`))
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_photo WHERE draft = ? AND report IS NULL`, draft)); n != photosMost {
			t.Errorf("%d photographs went along", n)
		}
		want(t, "the author", m.Get("/signalen/mijn/"+draft), 200, "/signalen/foto/"+photo, "Foto weghalen")
		if x := o.photoIn(t, g, "/meld/foto?bij="+ticket, []byte("bed")); x.Code != 409 {
			t.Errorf("a photograph of a report that a colleague has: %d", x.Code)
		}
		// What is put aside takes its photographs along, and so does what nobody took in its time.
		if x := o.photoIn(t, g, "/meld/foto?bij="+Ticket{o.k.receiptToken(ReadCode(f2.Get("code"))), d.Now()}.Seal(o.k.key()), []byte("bed")); x.Code != 303 {
			t.Fatal(x.Code)
		}
		other := reportID.FindStringSubmatch(m.Get("/signalen/meldingen").Body)[1]
		must(t, m, "/signalen/meldingen/"+other, webtest.Form())
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_photo WHERE report IS NOT NULL`)); n != 0 {
			t.Errorf("%d photographs of what was put aside stay", n)
		}
		f3 := structured(t, g)
		must(t, g, "/meld", f3)
		if x := o.photoIn(t, g, "/meld/foto?bij="+Ticket{o.k.receiptToken(ReadCode(f3.Get("code"))), d.Now()}.Seal(o.k.key()), []byte("bed")); x.Code != 303 {
			t.Fatal(x.Code)
		}
		if err := o.k.sweep(t.Context(), d.Now().AddDate(0, 0, 120)); err != nil {
			t.Fatal(err)
		}
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_photo WHERE report IS NOT NULL`)); n != 0 {
			t.Errorf("%d photographs of what nobody took stay", n)
		}
	})
}

func TestAFloodOfPhotographsIsCountedAndNotLookedAt(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	looked := 0
	o.k.LendPicture(func(_ context.Context, b []byte) ([]byte, error) { looked++; return b, nil })
	o.k.photos = web.Limit{Each: 2, All: 10, Within: time.Hour}
	g := o.Guest()
	f := structured(t, g)
	ticket := html.UnescapeString(ticketValue.FindStringSubmatch(g.Get(g.Post("/meld", f).To).Body)[1])
	codes := map[int]int{}
	for range 5 {
		codes[o.photoIn(t, g, "/meld/foto?bij="+ticket, []byte("bed")).Code]++
	}
	if codes[303] != 2 || codes[429] != 3 || looked != 2 {
		t.Errorf("%v, %d were looked at", codes, looked)
	}
	if err := o.k.writeHeld(t.Context(), clock.Today(d.Now())); err != nil {
		t.Fatal(err)
	}
	want(t, "the desk", o.As(marwan).Get("/signalen/meldingen"), 200, "3 formulieren tegengehouden")
}
