package knelpunt

// This file tests that what was told stays told when signals move, and that a repair is checked with what the file knows, or read with
// more care.

import (
	"context"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

func TestWhatWasToldStaysToldWhenSignalsMove(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		now := d.Clock().(*clock.Manual)
		r, m, g := o.As(ria), o.As(marwan), o.Guest()
		code := o.report(t, g, "Mensen sliepen buiten.")
		must(t, o.As(amira), "/signalen/vrijgeven/"+o.taken(t, m), webtest.Form("besluit", "release", "versie", "1"))
		open := one[string](t, d, db.F(`SELECT id FROM knelpunt_signal`))
		mine := o.put(t, Signal{Words: "De tolk sprak de taal niet.", Raiser: o.k.raiser(ria)})[0]
		stays := o.put(t, Signal{Words: "De tolk kwam niet."})[0]
		from := must(t, m, "/knelpunten/nieuw", started("signaal", open, "eigenaar", "u-marwan"))
		for _, id := range []string{mine, stays} {
			must(t, m, from+"/bij", webtest.Form("signaal", id))
		}
		tell := func(at, version, words string) {
			t.Helper()
			now.Advance(time.Minute)
			must(t, m, at, webtest.Form("eigenaar", "u-marwan", "volgende", "2026-11-30", "ernst", "grave", "versie", version, "woorden", "x", "terug", words))
			now.Advance(time.Minute)
		}
		hears := func(what string, texts ...string) {
			t.Helper()
			want(t, what+", by the code", g.Post("/meld/volgen?taal=nl", webtest.Form("code", code)), 200, texts...)
			want(t, what+", who signalled", r.Get("/signalen/mijn"), 200, texts...)
		}
		tell(from, "1", "Eerst gevraagd.")
		hears("before", "Eerst gevraagd.")
		// Split off: what was told before stays, what is told there afterwards is not for them.
		f := started("vraag", "Waarom slapen mensen buiten?", "eigenaar", "u-marwan")
		f["signalen"] = []string{open, mine}
		part := must(t, m, from+"/splitsen", f)
		tell(from, "2", "Over iets anders.")
		tell(part, "1", "Over slapen gevraagd.")
		hears("after a split", "Eerst gevraagd.", "Over slapen gevraagd.", "!Over iets anders.")
		// Merged.
		whole := must(t, m, "/knelpunten/nieuw", started("vraag", "Waarom is er geen bed?", "eigenaar", "u-marwan"))
		must(t, m, part+"/samen", webtest.Form("in", whole[len("/knelpunten/"):], "waarom", "Het is hetzelfde.", "versie", "2"))
		tell(whole, "1", "Er komen bedden.")
		hears("after a merge", "Eerst gevraagd.", "Over slapen gevraagd.", "Er komen bedden.")
		// Taken out.
		for _, id := range []string{open, mine} {
			must(t, m, whole+"/uit", webtest.Form("signaal", id))
		}
		tell(whole, "2", "Later nog iets.")
		hears("after it was taken out", "Eerst gevraagd.", "Er komen bedden.", "!Later nog iets.", "!Is het niet opgelost")
		want(t, "Vandaag", r.Get("/vandaag"), 200, "3 antwoorden op wat jij signaleerde")
		must(t, r, "/signalen/mijn", webtest.Form())
		want(t, "read", r.Get("/vandaag"), 200, "!antwoorden op wat jij")
	})
}

func TestWhatIsDoneAboutAMergedOneStandsWhereItGoesOn(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	a := o.As(amira)
	one1 := must(t, a, "/knelpunten/nieuw", started())[len("/knelpunten/"):]
	two := must(t, a, "/knelpunten/nieuw", started("vraag", "Waar blijft de tolk?"))[len("/knelpunten/"):]
	three := must(t, a, "/knelpunten/nieuw", started("vraag", "Wie betaalt de tolk?"))[len("/knelpunten/"):]
	must(t, a, "/knelpunten/"+one1+"/samen", webtest.Form("in", two, "waarom", "Hetzelfde.", "versie", "1"))
	must(t, a, "/knelpunten/"+two+"/samen", webtest.Form("in", three, "waarom", "Hetzelfde.", "versie", "1"))
	var asked []string
	o.k.LendBeside(Beside{Rows: func(_ *web.Visit, ids ...string) ([]ui.RowP, error) { asked = ids; return nil, nil }, Begin: func(*web.Visit, string) (string, string) { return "", "" }})
	want(t, "the page", a.Get("/knelpunten/"+three), 200)
	if slices.Sort(asked); len(asked) != 3 || !slices.Contains(asked, one1) || !slices.Contains(asked, two) {
		t.Errorf("asked about %v", asked)
	}
	want(t, "the first", a.Get("/knelpunten/"+one1), 200)
	if !slices.Equal(asked, []string{one1}) {
		t.Errorf("of the first: %v", asked)
	}
}

var repairFrom = regexp.MustCompile(`href="(/signalen/mijn/kd-[^"]+van=[^"]+)"`)

func TestARepairIsCheckedWithTheFile(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a, m := o.As(amira), o.As(marwan)
		page := a.Get(a.Get("/aanbod/p-selam").Body)
		must(t, a, "/signaal/geven", filled("van", html.UnescapeString(hidden.FindStringSubmatch(page.Body)[1])))
		id := one[string](t, d, db.F(`SELECT id FROM knelpunt_draft`))
		must(t, m, "/signalen/vrijgeven/"+id, webtest.Form("besluit", "back", "waarom", "Korter.", "versie", "1"))
		// From the file: what it knows goes, though it is an ordinary word elsewhere; the look stands in the log of the file.
		file := a.Get("/naast/p-selam")
		want(t, "the file of the author", file, 200, "Terug naar jou")
		way := html.UnescapeString(repairFrom.FindStringSubmatch(file.Body)[1])
		if strings.Contains(way, "selam") {
			t.Fatal(way)
		}
		want(t, "the file of a colleague", m.Get("/naast/p-selam"), 200, "!/signalen/mijn/kd-")
		want(t, "another file", a.Get("/naast/p-reem"), 200, "!/signalen/mijn/kd-")
		want(t, "without the file", a.Get("/signalen/mijn/"+id), 200, "Open het liever vanuit dat dossier")
		looks := func() int {
			return one[int](t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND event = 'dossier.event.signal'`))
		}
		before := looks()
		form := a.Get(way)
		want(t, "with the file", form, 200, "alles wat het dossier weet", "!Open het liever")
		if looks() == before {
			t.Error("the look at the file is not in the log")
		}
		van := html.UnescapeString(hidden.FindStringSubmatch(form.Body)[1])
		must(t, a, "/signalen/mijn/"+id, filled("versie", "2", "van", van, "woorden", "De tolk van Selam sprak de taal niet."))
		want(t, "what was repaired with the file", m.Get("/signalen/vrijgeven/"+id), 200, "[persoon]", "!Selam", "!<mark>taal</mark>")
		// The file of somebody else, one that was made up, and another's are not there.
		reem := html.UnescapeString(hidden.FindStringSubmatch(a.Get(a.Get("/aanbod/p-reem").Body).Body)[1])
		for what, x := range map[string]webtest.Answer{"another file": a.Post("/signalen/mijn/"+id, filled("versie", "3", "van", reem)), "made up": a.Get("/signalen/mijn/" + id + "?van=abc"), "another colleague": m.Get(way)} {
			if x.Code != 404 {
				t.Errorf("%s: %d", what, x.Code)
			}
		}
		// Without the file each new word is marked for the second reader.
		must(t, a, "/signalen/mijn/"+id, filled("versie", "3", "woorden", "De tolk van [persoon] uit de bakkerij sprak de taal niet."))
		want(t, "what was repaired without the file", m.Get("/signalen/vrijgeven/"+id), 200, "<mark>bakkerij</mark>", "!<mark>taal</mark>")
		// A signal without a file has no file to come from.
		must(t, a, "/signaal/geven", filled())
		alone := one[string](t, d, db.F(`SELECT id FROM knelpunt_draft WHERE one IS NULL`))
		want(t, "alone", a.Get("/signalen/mijn/"+alone), 200, "!Open het liever")
		if x := a.Get("/signalen/mijn/" + alone + "?van=" + van); x.Code != 404 {
			t.Errorf("with a file that is not its own: %d", x.Code)
		}
	})
}

func TestPhotographsStandWithTheEvidence(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	o.k.LendPicture(func(_ context.Context, b []byte) ([]byte, error) { return b, nil })
	a, m, r := o.As(amira), o.As(marwan), o.As(ria)
	want(t, "the form", a.Get("/signaal"), 200, "foto toevoegen")
	must(t, a, "/signaal/geven", filled())
	id := one[string](t, d, db.F(`SELECT id FROM knelpunt_draft`))
	want(t, "right after giving", a.Get("/signalen/mijn?gezegd=knelpunt.said.given"), 200, "/signalen/mijn/"+id+"#h-foto", "Foto toevoegen")
	if x := o.photoIn(t, a, "/signalen/mijn/"+id+"/foto", []byte("bed")); x.Code != 303 {
		t.Fatal(x.Code)
	}
	must(t, m, "/signalen/vrijgeven/"+id, webtest.Form("besluit", "release", "fotos", "1", "versie", "2"))
	signal := one[string](t, d, db.F(`SELECT id FROM knelpunt_signal`))
	photo := one[string](t, d, db.F(`SELECT id FROM knelpunt_photo`))
	other := must(t, m, "/knelpunten/nieuw", started("vraag", "Waar zijn de woningen?"))
	to := must(t, m, "/knelpunten/nieuw", started("signaal", signal))
	want(t, "the bottleneck", r.Get(to), 200, "/signalen/foto/"+photo, "bij de signalen")
	want(t, "another bottleneck", r.Get(other), 200, "!/signalen/foto/")
	want(t, "the list", r.Get("/signalen"), 200, "dit aantal is precies")
}

// What is told outside is told with how much it rests on, and in English where it is there.
func TestWhatIsToldIsLentWithWhatItRestsOn(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	m := o.As(marwan)
	to := must(t, m, "/knelpunten/nieuw", started("signaal", o.put(t, Signal{Words: "De tolk kwam niet."})[0], "eigenaar", "u-marwan"))
	must(t, m, to, webtest.Form("eigenaar", "u-marwan", "volgende", "2026-11-30", "ernst", "grave", "versie", "1", "naar", Examined, "woorden", "x", "terug", "Wij zoeken het uit."))
	must(t, m, to+"/terug/"+one[string](t, d, db.F(`SELECT id FROM knelpunt_step WHERE told = TRUE`)), webtest.Form("in_en", "We find out."))
	got, err := o.k.ToldAbout(t.Context(), clock.On(2026, 10, 1), clock.On(2027, 1, 1))
	if err != nil || len(got) != 1 || got[0].Signals != 1 || got[0].ID != to[len("/knelpunten/"):] || !slices.Equal(got[0].English, []string{"We find out."}) {
		t.Errorf("%+v %v", got, err)
	}
	want(t, "the hint", m.Get(to), 200, "openbare kwartaalrapport")
}
