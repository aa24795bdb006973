package interview

// This file tests what becomes of an interview: a point of concern, the page of the person, and what is given and forgotten.

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

func TestAPointOfConcernBecomesASignal(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		marwan, ria := o.marwan(), o.ria()
		to := o.held(t)
		o.says(t, ria.Post(to+"/knelpunt", webtest.Form("kind", "other")), 422, "Kies wat past", "Schrijf wat er misging")
		o.must(t, ria, to+"/knelpunt", "kind", "interpreter_dialect", "weight", "grave", "words", "hij sprak Amhaars")
		id := o.one(t, db.F(`SELECT id FROM interview_concern`))
		o.says(t, ria.Get(to), 200, "Verkeerde taal of verkeerd dialect", "hij sprak Amhaars")
		o.never(t, ria.Get(to), "Maak er een signaal van") // as long as nobody takes signals in
		// Somebody takes signals in: the page leads to their form, and hears in their transaction what became one.
		var got []dossier.Signal
		o.files.LendSignals(func(_ *web.Visit, sealed string, x dossier.Signal) string {
			got = append(got, x)
			return "/signaal?van=" + sealed
		})
		page := ria.Get(to)
		o.says(t, page, 200, "Maak er een signaal van", "/signaal?van=")
		if len(got) != 1 || got[0] != (dossier.Signal{From: "interview", Object: id, Theme: "interpreter_dialect", Weight: "grave", Place: "denbosch", Month: at("2026-11-01")}) {
			t.Errorf("%+v", got)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Do(t.Context(), tx, db.F(`UPDATE interview_concern SET offered = ?, offered_by = 'u-ria' WHERE id = ?`, d.Now(), id)) // pressed before there were signals
			return err
		}); err != nil {
			t.Fatal(err)
		}
		o.says(t, ria.Get(to), 200, "wacht op een signaal", "Maak er een signaal van")
		o.says(t, marwan.Get("/gehoren"), 200, "1 knelpunt wacht")
		o.never(t, o.As(worker("u-deniz", access.Legal)).Get("/gehoren"), "knelpunt")
		for range 2 {
			o.raised(t, "p-selam", id)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM interview_event WHERE kind = 'offered'`)); n != 1 {
			t.Errorf("told %d times", n)
		}
		o.says(t, marwan.Get(to), 200, "signaal gemaakt")
		o.never(t, marwan.Get(to), "Maak er een signaal van")
		o.never(t, marwan.Get("/gehoren"), "knelpunt")
		o.must(t, marwan, to+"/knelpunt/"+id+"/weg")
		o.never(t, marwan.Get(to), "1 teruggenomen") // what left the file is not taken back from here
		o.must(t, marwan, to+"/knelpunt", "kind", "tone", "weight", "small")
		other := o.one(t, db.F(`SELECT id FROM interview_concern WHERE kind = 'tone'`))
		o.must(t, marwan, to+"/knelpunt/"+other+"/weg")
		o.says(t, marwan.Get(to), 200, "1 teruggenomen")
		o.raised(t, "p-selam", other)
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM interview_concern WHERE signal <> ''`)); n != 1 {
			t.Error("what was taken back became a signal")
		}
		o.must(t, marwan, to+"/knelpunt/"+other+"/weg", "undo", "1")
	})
}

// raised says that a point of concern became a signal, as the form of signals does in its transaction.
func (o office) raised(t *testing.T, person, concern string) {
	t.Helper()
	f, err := o.files.Machine(t.Context(), o.d, person)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.d.Tx(t.Context(), func(tx *db.Tx) error { return Raised(t.Context(), tx, f, concern) }); err != nil {
		t.Fatal(err)
	}
}

func TestThePersonsOwnPage(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		selam, reem := o.As(self("p-selam")), o.As(self("p-reem"))
		o.says(t, selam.Get("/mijn/gehoor?taal=nl"), 200, "Er is nu geen gehoor gepland")
		to := o.plan(t, "bring", "het origineel van de oproep", "gender", "woman")
		o.must(t, o.marwan(), to+"/vragen", "colleague", "u-ria")
		page := selam.Get("/mijn/gehoor?taal=nl")
		o.says(t, page, 200, "donderdag 3 december", "09:00", "kamer 3", "Wij zoeken nog iemand", "ትግርኛ", "de IND zorgt voor een tolk", "liefst een vrouw", "het origineel van de oproep", "Om een pauze vragen")
		o.never(t, page, "Ria") // who was asked has not said yes
		o.must(t, o.ria(), "/gehoren/mee/"+idIn(to), "says", "yes")
		for taal, words := range map[string][]string{"nl": {"Ria"}, "en": {"Ria", "Ask for a break", "donderdag 3 december"}, "ar": {`dir="rtl"`, "طلب استراحة", "Ria", "donderdag 3 december"}, "ti": {"ዕረፍቲ"}, "fa": {"درخواست استراحت"}, "tr": {"Ara istemek"}, "so": {"nasasho"}, "uk": {"перерву"}, "fr": {"pause"}} {
			o.says(t, selam.Get("/mijn/gehoor?taal="+taal), 200, words...)
		}
		o.says(t, selam.Get("/mijn?taal=nl"), 200, "Nader gehoor", "Ria gaat met u mee")
		o.never(t, reem.Get("/mijn/gehoor?taal=nl"), "Nader gehoor", "Ria")
		o.never(t, reem.Get("/mijn?taal=nl"), "gehoor")

		// Afterwards: whose turn it is, and until when. What staff wrote among themselves is not on it.
		o.on(9, "15:00")
		selam = o.As(self("p-selam"))
		o.must(t, o.marwan(), to+"/stand", "state", Held)
		o.must(t, o.ria(), to+"/knelpunt", "kind", "tone", "weight", "grave", "words", "er werd geroepen")
		o.says(t, selam.Get("/mijn/gehoor?taal=nl"), 200, "De IND is aan zet")
		o.must(t, o.marwan(), to+"/rapport", "day", day24(9))
		page = selam.Get("/mijn/gehoor?taal=nl")
		o.says(t, page, 200, "U bent aan zet", "Tot wanneer dat kan, weten wij nog niet")
		o.never(t, page, "er werd geroepen", "tot en met")
		o.law.courses = []dossier.Course{{ID: "tr-1", Title: "Asiel", Knows: true}}
		o.law.dates = []dossier.CourseDate{{Event: "ev-1", Safe: at(day24(11)), Open: true}}
		o.must(t, o.marwan(), to+"/rapport", "day", day24(9), "course", "tr-1")
		o.says(t, selam.Get("/mijn/gehoor?taal=nl"), 200, "Dat kan tot en met zaterdag 5 december")
		o.must(t, o.marwan(), to+"/versturen", "recipient", "lawyer", "sent_on", day24(9))
		page = selam.Get("/mijn/gehoor?taal=nl")
		o.says(t, page, 200, "Uw correcties zijn verstuurd", "Verstuurd op donderdag 3 december")
		o.never(t, page, "tot en met")
	})
}

func TestEverythingIsGivenAndForgotten(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		if err := o.d.Bulk(t.Context(), func(tx *db.Tx) error { return o.x.Demo(t.Context(), tx, o.people, o.d.Now()) }); err != nil {
			t.Fatal(err)
		}
		marwan := o.marwan()
		o.says(t, marwan.Get(files), 200, "Nader gehoor", "Aanmeldgehoor", "Ria de Boer gaat mee", "Ria de Boer ging mee")
		o.says(t, marwan.Get(files+"/iv-selam-1"), 200, "De lijn viel weg", "Ik ben in 2018 uit Keren vertrokken")
		o.says(t, marwan.Get("/gehoren"), 200, "nog niemand gaat mee", "Farzaneh")
		o.must(t, marwan, files+"/iv-selam-2/voorbereiding", "item", "told", "item", "travel")
		x, err := o.x.Keeper().Export(t.Context(), o.d, o.v, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		told := fmt.Sprintf("%+v", x)
		for _, w := range []string{"Magistratenlaan", "de lijn viel twee keer weg", "na de oogst", "e-mail, bevestigd", "tolk was een man", "travel", "u-ria", "said_yes"} {
			if !strings.Contains(told, w) {
				t.Errorf("%q is not in what she is given", w)
			}
		}
		if strings.Contains(told, "Mijn oom werkte") {
			t.Error("she is given what is of somebody else")
		}
		if err := o.d.Tx(t.Context(), func(tx *db.Tx) error { return o.x.Keeper().Erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		for _, f := range []db.Frag{db.F(`SELECT COUNT(*) FROM interview_interview WHERE person = 'p-selam'`), db.F(`SELECT COUNT(*) FROM interview_companion WHERE person = 'p-selam'`), db.F(`SELECT COUNT(*) FROM interview_prep WHERE person = 'p-selam'`),
			db.F(`SELECT COUNT(*) FROM interview_report WHERE person = 'p-selam'`), db.F(`SELECT COUNT(*) FROM interview_sending WHERE person = 'p-selam'`), db.F(`SELECT COUNT(*) FROM interview_correction WHERE person = 'p-selam'`),
			db.F(`SELECT COUNT(*) FROM interview_concern WHERE person = 'p-selam'`), db.F(`SELECT COUNT(*) FROM interview_event WHERE person = 'p-selam'`)} {
			if n := o.count(t, f); n != 0 {
				t.Errorf("%s: %d", f.SQL, n)
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM interview_interview`)); n != 4 {
			t.Errorf("of the others %d are left", n)
		}
	})
}

func TestTheTimelineTellsWhatMayBeTold(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		to := o.held(t)
		o.must(t, o.marwan(), to+"/rapport", "day", day24(0))
		o.must(t, o.marwan(), to+"/versturen", "recipient", "lawyer", "sent_on", day24(0))
		o.says(t, o.marwan().Get("/dossier/p-selam"), 200, "Nader gehoor: gepland", "Nader gehoor: gehouden", "Nader gehoor: rapport ontvangen", "Nader gehoor: correcties verstuurd")
		o.give(t, access.Grant{Subject: "p-selam", Holder: "user:u-jan", Why: access.Presence, Level: access.DeskLevel, Until: o.d.Now().Add(time.Hour)})
		page := o.As(worker("u-jan", access.Desk)).Get("/dossier/p-selam")
		o.says(t, page, 200, "Nader gehoor: gehouden")
		o.never(t, page, "rapport ontvangen", "correcties verstuurd")
	})
}
