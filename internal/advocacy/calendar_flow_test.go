package advocacy

// This file walks the calendar through its pages on both databases: by hand, from a file, and as a file.

import (
	"bytes"
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

// upload sends a file as the form does.
func (o *office) upload(t *testing.T, v *webtest.Visitor, kind string, raw []byte) webtest.Answer {
	t.Helper()
	return v.Hand("/kalender/inlezen", "kamer.ics", "soort", kind, "@bestand", string(raw))
}

func TestTheCalendar(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a, r := o.As(amira), o.As(ria)
		count := func() int { return one[int](t, d, db.F(`SELECT COUNT(*) FROM advocacy_event`)) }
		want(t, "empty", r.Get("/kalender"), 200, "Niets in deze maand", "!Moment toevoegen")
		if x := r.Get("/kalender/inlezen"); x.Code != 404 {
			t.Errorf("a volunteer reads a file in: %d", x.Code)
		}
		// A file with one fault brings nothing, and says where it is.
		bad := ics(vevent("good", "DTSTART:20261201T100000Z") + vevent("y", "DTSTART:20261301T100000Z"))
		want(t, "a bad file", o.upload(t, a, "tweede", bad), 422, "Regel 11", "20261301T100000Z", "niets van het bestand")
		want(t, "no kind", o.upload(t, a, "", bad), 422, "Kies wat past")
		want(t, "an empty file", o.upload(t, a, "tweede", nil), 422, "Kies een bestand")
		if count() != 0 {
			t.Fatal("something of a bad file was taken")
		}
		file := ics("BEGIN:VEVENT\nUID:debat-1\nSUMMARY:Commissiedebat nareis\nLOCATION:Zaal 3\nDTSTART;TZID=Europe/Amsterdam:20261126T100000\nDTEND;TZID=Europe/Amsterdam:20261126T140000\nEND:VEVENT\n" + vevent("week", "DTSTART:20261127T100000Z", "RRULE:FREQ=HOURLY"))
		if x := o.upload(t, a, "tweede", file); x.Code != 303 {
			t.Fatal(x.Code, x.Body)
		}
		want(t, "what it brought", a.Get("/kalender/inlezen"), 200, "1 nieuw, 0 gewijzigd", "1 moment niet overgenomen", "Debat")
		want(t, "the calendar", r.Get("/kalender"), 200, "Commissiedebat nareis", "10:00", "Zaal 3", "!Debat</a>")
		was := one[int](t, d, db.F(`SELECT COUNT(*) FROM advocacy_import`))
		if x := o.upload(t, a, "tweede", file); x.Code != 303 || !strings.Contains(x.To, "import_same") || count() != 1 || one[int](t, d, db.F(`SELECT COUNT(*) FROM advocacy_import`)) != was || one[int](t, d, db.F(`SELECT version FROM advocacy_event`)) != 1 {
			t.Errorf("the same file twice: %v, %d events", x, count())
		}
		// A later version moves it; what was taken away stays away.
		moved := bytes.Replace(file, []byte("20261126T100000"), []byte("20261126T110000"), 1)
		if x := o.upload(t, a, "tweede", moved); x.Code != 303 || count() != 1 {
			t.Fatal(x.Code)
		}
		want(t, "moved", r.Get("/kalender?maand=2026-11&wat=tweede"), 200, "Commissiedebat nareis", "11:00", "!10:00")
		want(t, "another kind", r.Get("/kalender?wat=court"), 200, "!Commissiedebat nareis")
		want(t, "another month", r.Get("/kalender?maand=2026-12"), 200, "!Commissiedebat nareis")
		id := one[string](t, d, db.F(`SELECT id FROM advocacy_event`))
		at := "/kalender/moment/" + id
		if x := a.Post(at, webtest.Form("versie", "2")); x.Code != 409 {
			t.Errorf("an event of a file is changed by hand: %d", x.Code)
		}
		must(t, a, at+"/weg", nil)
		o.upload(t, a, "tweede", file)
		want(t, "taken away", r.Get("/kalender"), 200, "!Commissiedebat nareis")
		must(t, a, at+"/terug", nil)
		want(t, "put back", r.Get("/kalender"), 200, "Commissiedebat nareis")

		// By hand, with faults first.
		want(t, "faults", a.Post("/kalender/nieuw", webtest.Form("titel", "", "van", "25:00", "dag", "x")), 422, "Schrijf het in eigen woorden", "Kies wat past")
		open := must(t, a, "/belangen/nieuw", filled("eis", "Open eis."))
		shut := must(t, a, "/belangen/nieuw", filled("eis", "Geheime eis.", "kring", "few"))
		hand := must(t, a, "/kalender/nieuw", webtest.Form("titel", "Zitting rechtbank", "soort", "court", "dag", "2026-11-27", "van", "13:30", "tot", "15:00", "plaats", "Den Haag"))
		must(t, a, "/kalender/nieuw", webtest.Form("titel", "Open gesprek", "soort", "other", "dag", "2026-11-27", "dossier", strings.TrimPrefix(open, "/belangen/")))
		secret := must(t, a, "/kalender/nieuw", webtest.Form("titel", "Geheim gesprek", "soort", "other", "dag", "2026-11-27", "dossier", strings.TrimPrefix(shut, "/belangen/")))
		must(t, a, hand+"/dossier", webtest.Form("dossier", strings.TrimPrefix(shut, "/belangen/")))
		must(t, a, hand, webtest.Form("titel", "Zitting rechtbank", "soort", "court", "dag", "2026-11-27", "van", "14:00", "tot", "15:00", "plaats", "Den Haag", "versie", "1", "af", "1"))
		want(t, "for who may know", a.Get("/kalender"), 200, "Geheim gesprek", "Open gesprek", "14:00", "Gaat niet door")
		want(t, "for who may know", a.Get(hand), 200, "Geheime eis.")
		want(t, "for who may know", a.Get(shut), 200, "Geheim gesprek", "Zitting rechtbank")
		want(t, "for others", r.Get("/kalender"), 200, "!Geheim gesprek", "Open gesprek")
		want(t, "for others", r.Get(hand), 200, "!Geheime eis.", "Nog bij geen dossier")
		if x := r.Get(secret); x.Code != 404 {
			t.Errorf("an event of a confidential dossier: %d", x.Code)
		}
		if x, y := o.As(marwan).Post("/kalender/nieuw", webtest.Form("titel", "x", "soort", "other", "dag", "2026-11-27", "dossier", strings.TrimPrefix(shut, "/belangen/"))), o.As(marwan).Post("/kalender/nieuw", webtest.Form("titel", "x", "soort", "other", "dag", "2026-11-27", "dossier", "ad-none")); x.Code != 422 || y.Code != 422 {
			t.Errorf("an event is put into a dossier that somebody may not know of: %d %d", x.Code, y.Code)
		}
		// The file holds nothing that is confidential, also not for who may know; and read back it brings nothing.
		for _, v := range []*webtest.Visitor{a, r} {
			x := v.Get("/kalender/bestand")
			want(t, "the file", x, 200, "BEGIN:VCALENDAR", "Open gesprek", "Commissiedebat nareis", "STATUS:CANCELLED", "!Geheim")
			n := count()
			if y := o.upload(t, a, "tweede", []byte(x.Body)); y.Code != 303 || !strings.Contains(y.To, "import_same") || count() != n {
				t.Errorf("our own file read back: %d %s", y.Code, y.To)
			}
		}
		// A commitment stands in the calendar of who may know of its dossier.
		must(t, a, shut+"/erbij", webtest.Form("deel", "promise", "belofte-soort", "promise", "belofte-wie", "Wethouder", "belofte-wat", "Bedden.", "belofte-gedaan", "2026-11-20", "belofte-dag", "2026-11-28"))
		want(t, "the commitment", a.Get("/kalender?wat=promise"), 200, "Toezegging van Wethouder", "!Zitting")
		want(t, "for others", r.Get("/kalender"), 200, "!Wethouder")
	})
}
