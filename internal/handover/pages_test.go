package handover

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

// give offers a file through the page.
func (w *world) give(who, to string, more ...string) {
	w.t.Helper()
	a := w.visit(who).Post("/overdracht/nieuw", webtest.Form(append([]string{"to", to, "person", "p-selam", "note", "Let op haar zus."}, more...)...))
	if a.Code != 303 {
		w.t.Fatalf("%s offers to %s: %d %s", who, to, a.Code, main(a.Body))
	}
}

func main(body string) string {
	_, m, _ := strings.Cut(body, "<main")
	return m[:min(len(m), 4000)]
}

// answers is a form that says yes to everything, with the near terms read.
func yesTo(body string) url.Values {
	f := webtest.Form()
	for _, m := range regexp.MustCompile(`name="((?:yes|read)/[^"]+)"`).FindAllStringSubmatch(body, -1) {
		f.Set(m[1], "ja")
	}
	return f
}

func (w *world) events(person string) string {
	w.t.Helper()
	es, err := audit.Of(context.Background(), w.d, person, 0, 200)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for i := len(es) - 1; i >= 0; i-- {
		out = append(out, es[i].Event+" "+es[i].Actor)
	}
	return strings.Join(out, "\n")
}

func (w *world) gone(who *webtest.Visitor, path, when string) {
	w.t.Helper()
	a, none := who.Get(path), who.Get("/dossier/p-nobody")
	if a.Code != 404 || a.Body != none.Body {
		w.t.Errorf("%s: %s answers %d and can be told from what does not exist", when, path, a.Code)
	}
}

func TestAFileChangesHandsWithEverythingInIt(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		amira, deniz := w.visit("u-amira"), w.visit("u-deniz")
		w.gone(deniz, "/dossier/p-selam", "before anything was offered")
		w.give("u-amira", "colleague:u-deniz", "before", clock.Today(w.clock.Now()).AddDays(2).String())
		o := w.offerOf("p-selam")
		page := "/overdracht/" + o.ID
		if a := amira.Get("/dossier/p-selam"); a.Code != 200 {
			t.Errorf("the giver sees the file no more before it was accepted: %d", a.Code)
		}
		if a := deniz.Get("/vandaag"); !strings.Contains(a.Body, "Selam Tesfay Haile") || !strings.Contains(a.Body, "één dossier is jou aangeboden") {
			t.Errorf("Vandaag of the one who answers: %s", a.Body)
		}
		w.gone(w.visit("u-begeleider-1"), page, "for a colleague whom it does not concern")
		list := deniz.Get(page)
		for _, want := range []string{"Ontvangstlijst", "Let op haar zus.", "bellen met de gemeente b-test-1", "paspoort pc-test-1", "nog 5 dagen", "Ik heb deze termijn gelezen"} {
			if !strings.Contains(list.Body, want) {
				t.Errorf("the list does not say %q: %s", want, main(list.Body))
			}
		}
		if strings.Contains(list.Body, "b-test-2") {
			t.Error("the list shows the work of somebody else")
		}
		if a := deniz.Post(page, webtest.Form("all", "ja")); a.Code != 422 || !strings.Contains(a.Body, "f-read/procedure.work.term/dl-test-1") {
			t.Errorf("a term that comes near was taken over unread: %d", a.Code)
		}
		half := yesTo(list.Body)
		half.Set("yes/contact.work.promise/b-test-1", "nee")
		if a := deniz.Post(page, half); a.Code != 422 || !strings.Contains(a.Body, "f-why/contact.work.promise/b-test-1") {
			t.Errorf("something was refused without a reason: %d", a.Code)
		}
		// Something comes to it while the list is being read.
		late := yesTo(list.Body)
		w.work("p-selam", "u-amira")
		if a := deniz.Post(page, late); a.Code != 422 || !strings.Contains(a.Body, "b-test-7") {
			t.Errorf("what was not on the list was accepted: %d", a.Code)
		}
		list = deniz.Get(page)
		all := yesTo(list.Body)
		if a := amira.Post(page, all); a.Code != 404 {
			t.Errorf("the giver accepts the own offer: %d", a.Code)
		}
		if a := deniz.Post(page, all); a.Code != 303 || !strings.HasPrefix(a.To, "/dossier/p-selam") {
			t.Fatalf("accepting answers %d %s", a.Code, main(a.Body))
		}
		if wrong := w.minded(); len(wrong) > 0 {
			t.Error(wrong)
		}
		for _, x := range w.held() {
			if x.Person == "p-selam" && x.Owner == "u-amira" {
				t.Errorf("%s stayed behind", x.ID)
			}
			if x.Person == "p-reem" && x.Owner == "u-deniz" {
				t.Errorf("%s of another person came along", x.ID)
			}
		}
		for _, path := range []string{"/dossier/p-selam", "/dossier/p-selam/verloop", "/dossier/p-selam/juridisch", "/dossier/p-selam/bewijs"} {
			w.gone(amira, path, "for the giver, afterwards")
		}
		// The receipt stays: with all that stood on it for who has the file, and for the giver how much of what it was.
		const link = "Ontvangstlijst lezen"
		got := deniz.Get(page)
		for _, want := range []string{"Ontvangstlijst", "Let op haar zus.", "bellen met de gemeente b-test-1", "bellen met de gemeente b-test-7", "paspoort pc-test-1", "Overgenomen", "Dit kwam mee"} {
			if got.Code != 200 || !strings.Contains(got.Body, want) {
				t.Errorf("the receipt of the taker says no %q: %d %s", want, got.Code, main(got.Body))
			}
		}
		if strings.Contains(main(got.Body), "<form") {
			t.Error("the receipt can be answered once more")
		}
		if a := deniz.Get("/dossier/p-selam/verloop"); !strings.Contains(a.Body, link) || !strings.Contains(a.Body, `href="`+page+`"`) {
			t.Error("the file does not lead to the receipt")
		}
		gave := amira.Get(page)
		for _, want := range []string{"Deniz Kaya", "Dit kwam mee", "Beloften", "overgenomen"} {
			if gave.Code != 200 || !strings.Contains(gave.Body, want) {
				t.Errorf("the receipt of the giver says no %q: %d %s", want, gave.Code, main(gave.Body))
			}
		}
		for _, not := range []string{"Selam", "zus", "gemeente", "paspoort", "p-selam"} {
			if strings.Contains(main(gave.Body), not) {
				t.Errorf("the receipt of the giver says %q", not)
			}
		}
		if a := amira.Get("/overdracht"); !strings.Contains(a.Body, `href="`+page+`"`) {
			t.Error("the giver finds no way to the receipt")
		}
		w.gone(w.visit("u-begeleider-1"), page, "for a colleague whom it does not concern, afterwards")
		if a := deniz.Get("/dossier/p-selam/verloop"); !strings.Contains(a.Body, "Overgedragen van Amira Haddad aan Deniz Kaya") || !strings.Contains(a.Body, "Let op haar zus.") {
			t.Error("the file does not tell how it changed hands")
		}
		self := w.As(access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}})
		if a := self.Get("/mijn"); !strings.Contains(a.Body, "Uw begeleider is nu Deniz.") {
			t.Errorf("the person is not told: %s", a.Body)
		}
		if a := self.Get("/mijn?taal=ti"); !strings.Contains(a.Body, "ሕጂ መሰነይታኹም Deniz እዩ።") {
			t.Errorf("the person is not told in their language: %s", a.Body)
		}
		for _, want := range []string{"handover.event.offered u-amira", "handover.event.read u-deniz", "handover.event.accepted u-deniz", "dossier.event.assigned u-deniz", "dossier.event.unassigned u-deniz"} {
			if !strings.Contains(w.events("p-selam"), want) {
				t.Errorf("the log does not say %s", want)
			}
		}
		// The leader sees that it happened, and of whom nothing; and takes it back.
		noor := w.visit("u-noor")
		status := noor.Get(page)
		if status.Code != 200 || strings.Contains(status.Body, "Selam") || strings.Contains(status.Body, "zus") {
			t.Errorf("the leader reads: %s", main(status.Body))
		}
		if a := deniz.Post(page+"/ongedaan", webtest.Form()); a.Code != 404 && a.Code != 403 {
			t.Errorf("the taker undoes it: %d", a.Code)
		}
		if a := noor.Post(page+"/ongedaan", webtest.Form()); a.Code != 303 {
			t.Fatalf("undoing answers %d %s", a.Code, a.Body)
		}
		w.gone(deniz, "/dossier/p-selam", "for the taker, after it was undone")
		if a := amira.Get("/dossier/p-selam"); a.Code != 200 {
			t.Errorf("it did not come back: %d", a.Code)
		}
		if a := deniz.Get(page); a.Code != 200 || strings.Contains(main(a.Body), "Selam") || strings.Contains(a.Body, "gemeente") {
			t.Errorf("the receipt of whom it was taken back from: %d %s", a.Code, main(a.Body))
		}
		if a := amira.Get(page); a.Code != 200 || !strings.Contains(a.Body, "Ongedaan gemaakt") || !strings.Contains(a.Body, "paspoort pc-test-1") {
			t.Errorf("the receipt of who has it again: %d %s", a.Code, main(a.Body))
		}
		if wrong := w.minded(); len(wrong) > 0 {
			t.Error(wrong)
		}
		if a := self.Get("/mijn"); strings.Contains(a.Body, "Deniz") {
			t.Error("the person still reads of a companion who is none")
		}
	})
}

func TestARefusalChangesNothingAndSaysWhy(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, lines))
	amira, deniz := w.visit("u-amira"), w.visit("u-deniz")
	w.give("u-amira", "colleague:u-deniz")
	before := w.held()
	page := "/overdracht/" + w.offerOf("p-selam").ID
	no := yesTo(deniz.Get(page).Body)
	no.Set("yes/contact.work.promise/b-test-1", "nee")
	no.Set("why/contact.work.promise/b-test-1", "dat heb ik niet beloofd")
	if a := deniz.Post(page, no); a.Code != 303 {
		t.Fatalf("refusing answers %d %s", a.Code, main(a.Body))
	}
	for i, x := range w.held() {
		if x != before[i] {
			t.Errorf("%v became %v", before[i], x)
		}
	}
	w.gone(deniz, "/dossier/p-selam", "for who refused")
	if a := amira.Get(page); !strings.Contains(a.Body, "dat heb ik niet beloofd") || !strings.Contains(a.Body, "bij jou gebleven") {
		t.Errorf("the giver does not read why: %s", main(a.Body))
	}
	if a := amira.Get("/vandaag"); !strings.Contains(a.Body, "teruggekomen") {
		t.Error("Vandaag does not say that it came back")
	}
	if a := amira.Post(page+"/gezien", webtest.Form()); a.Code != 303 || strings.Contains(amira.Get("/vandaag").Body, "teruggekomen") {
		t.Errorf("it cannot be put aside: %d", a.Code)
	}
	w.give("u-amira", "team:t-utrecht") // and it can be offered anew
	if raw, err := db.Many[string](t.Context(), w.d, db.F(`SELECT COALESCE(CAST(reason AS TEXT), '') FROM handover_answer UNION ALL SELECT COALESCE(CAST(note AS TEXT), '') FROM handover_offer`)); err != nil || strings.Contains(strings.Join(raw, ""), "beloofd") || strings.Contains(strings.Join(raw, ""), "zus") {
		t.Errorf("the words stand readable in the database: %v", err)
	}
}

func TestATeamSeesThatSomethingWaitsAndNotOfWhom(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, lines))
	w.give("u-amira", "team:t-utrecht")
	o := w.offerOf("p-selam")
	page := "/overdracht/" + o.ID
	deniz := w.visit("u-deniz")
	for _, path := range []string{"/overdracht", page, "/vandaag"} {
		if a := deniz.Get(path); a.Code != 200 || strings.Contains(a.Body, "Selam") || !strings.Contains(a.Body, "Een dossier van Amira Haddad") {
			t.Errorf("%s tells of whom it is: %s", path, main(a.Body))
		}
	}
	w.gone(deniz, "/dossier/p-selam", "before it was taken up")
	if a := deniz.Post(page, webtest.Form("all", "ja")); a.Code != 404 {
		t.Errorf("it was answered before it was taken up: %d", a.Code)
	}
	if a := deniz.Post(page+"/oppakken", webtest.Form()); a.Code != 303 {
		t.Fatalf("taking up answers %d", a.Code)
	}
	if a := w.visit("u-marwan").Post(page+"/oppakken", webtest.Form()); a.Code != 409 {
		t.Errorf("two took it up: %d", a.Code)
	}
	if a := deniz.Get(page); !strings.Contains(a.Body, "Ontvangstlijst voor Selam") {
		t.Errorf("who took it up does not read it: %s", main(a.Body))
	}
	// After some days the leader hears of it; after two weeks it goes back by itself.
	noor := w.visit("u-noor")
	if a := noor.Get("/vandaag"); strings.Contains(a.Body, "wacht te lang") {
		t.Error("the leader hears of it at once")
	}
	w.clock.Advance(WaitDays * 24 * time.Hour)
	noor = w.visit("u-noor")
	if a := noor.Get("/vandaag"); !strings.Contains(a.Body, "wacht te lang") || strings.Contains(a.Body, "Selam") {
		t.Errorf("the leader does not hear that it waits: %s", a.Body)
	}
	w.clock.Advance((LapseDays - WaitDays) * 24 * time.Hour)
	w.gone(w.visit("u-deniz"), "/dossier/p-selam", "after two weeks")
	if err := w.h.lapse(t.Context(), w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	if o = w.offerOf("p-selam"); o.State != Lapsed {
		t.Errorf("it is %s", o.State)
	}
	if wrong := w.minded(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

func TestOnlyOnesOwnFilesAreOffered(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, lines))
	deniz := w.visit("u-deniz")
	if a := deniz.Post("/overdracht/nieuw", webtest.Form("person", "p-selam", "to", "colleague:u-marwan")); a.Code != 422 {
		t.Errorf("somebody else's file is offered: %d", a.Code)
	}
	if a := deniz.Get("/overdracht/nieuw?person=p-selam"); strings.Contains(a.Body, "Selam") {
		t.Error("somebody else's file is on the form")
	}
	amira := w.visit("u-amira")
	for name, f := range map[string]url.Values{
		"nobody":       webtest.Form("person", "p-selam"),
		"no file":      webtest.Form("to", "colleague:u-deniz"),
		"oneself":      webtest.Form("person", "p-selam", "to", "colleague:u-amira"),
		"a volunteer":  webtest.Form("person", "p-selam", "to", "colleague:u-ria"),
		"an old day":   webtest.Form("person", "p-selam", "to", "colleague:u-deniz", "before", "2020-01-01"),
		"a BSN":        webtest.Form("person", "p-selam", "to", "colleague:u-deniz", "note", "bsn 111222333"),
		"a long note":  webtest.Form("person", "p-selam", "to", "colleague:u-deniz", "note", strings.Repeat("a", noteMost+1)),
		"nowhere else": webtest.Form("person", "p-selam", "to", "moon:x"),
	} {
		if a := amira.Post("/overdracht/nieuw", f); a.Code != 422 {
			t.Errorf("%s: %d", name, a.Code)
		}
	}
	w.give("u-amira", "colleague:u-deniz")
	if a := amira.Post("/overdracht/nieuw", webtest.Form("person", "p-selam", "to", "colleague:u-deniz")); a.Code != 422 {
		t.Errorf("offered twice: %d", a.Code)
	}
	// In an emergency one may read, and give nothing away.
	w.tx(func(tx *db.Tx) error {
		_, err := access.Give(t.Context(), tx, access.Grant{Subject: "p-reem", Holder: "user:u-noor", Why: access.BreakGlass, Level: access.File, Until: w.clock.Now().Add(time.Hour)})
		return err
	})
	if a := w.visit("u-noor").Post("/overdracht/nieuw", webtest.Form("person", "p-reem", "to", "colleague:u-deniz")); a.Code != 422 {
		t.Errorf("in an emergency a file was offered: %d", a.Code)
	}
}

func TestSomebodyLeaves(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		const page = "/vertrek/u-amira"
		amira, noor := w.visit("u-amira"), w.visit("u-noor")
		w.gone(w.visit("u-deniz"), page, "for a colleague")
		if a := amira.Post(page, webtest.Form("day", "2026-12-01")); a.Code != 403 && a.Code != 404 {
			t.Errorf("somebody arranges their own leaving: %d", a.Code)
		}
		for _, bad := range []string{"", "x", "2026-11-23", "2028-01-01"} {
			if a := noor.Post(page, webtest.Form("day", bad)); a.Code != 422 {
				t.Errorf("last day %q: %d", bad, a.Code)
			}
		}
		day := clock.Today(w.clock.Now()).AddDays(10)
		if a := noor.Post(page, webtest.Form("day", day.String())); a.Code != 303 {
			t.Fatalf("setting a last day answers %d %s", a.Code, main(a.Body))
		}
		gs, err := access.HeldBy(t.Context(), d, "user:u-amira", w.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		gs = slices.DeleteFunc(gs, func(g access.Grant) bool { return !dossier.Helping(g.Why) })
		a := noor.Get(page)
		if a.Code != 200 || strings.Contains(a.Body, "Selam") || !strings.Contains(a.Body, fmt.Sprintf("0 van %d overgedragen", len(gs))) {
			t.Errorf("the leader reads %s", main(a.Body))
		}
		if a := amira.Get(page); !strings.Contains(a.Body, "Selam Tesfay Haile") {
			t.Errorf("who leaves does not see the own files: %s", main(a.Body))
		}
		if a := noor.Post(page+"/verdelen", webtest.Form("person", "p-selam", "to", "colleague:u-deniz")); a.Code != 303 {
			t.Fatalf("spreading answers %d %s", a.Code, main(a.Body))
		}
		if a := noor.Post(page+"/verdelen", webtest.Form("person", "p-reem", "person", "p-ahmad", "to", "even")); a.Code != 303 {
			t.Fatalf("sharing out evenly answers %d %s", a.Code, main(a.Body))
		}
		if o := w.offerOf("p-reem"); o.Giver != "u-amira" || o.Taker == "" || o.Taker == "u-amira" || o.Taker == "u-noor" {
			t.Errorf("shared out as %+v", o)
		}
		deniz := w.visit("u-deniz")
		offer := "/overdracht/" + w.offerOf("p-selam").ID
		if a := deniz.Post(offer, yesTo(deniz.Get(offer).Body)); a.Code != 303 {
			t.Fatalf("accepting answers %d %s", a.Code, main(a.Body))
		}
		if a := noor.Get(page); !strings.Contains(a.Body, fmt.Sprintf("1 van %d overgedragen", len(gs))) {
			t.Errorf("progress: %s", main(a.Body))
		}
		// On the last day everything still opens; the day after nothing does, before any job ran.
		w.clock.Set(day.In(clock.Netherlands).Add(23*time.Hour + 59*time.Minute))
		if a := w.visit("u-amira").Get("/dossier/p-reem"); a.Code != 200 {
			t.Errorf("on the last day: %d", a.Code)
		}
		w.clock.Set(day.AddDays(1).In(clock.Netherlands))
		if a := w.actor("u-amira"); len(a.Posts)+len(a.Holders) > 0 {
			t.Errorf("the day after: %+v", a)
		}
		for range 2 { // a second run changes nothing
			if err := w.h.Depart(t.Context(), w.clock.Now()); err != nil {
				t.Fatal(err)
			}
		}
		if gs, err := access.HeldBy(t.Context(), d, "user:u-amira", w.clock.Now()); err != nil || len(gs) > 0 {
			t.Errorf("grants are left: %v %v", gs, err)
		}
		if n, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM web_session WHERE actor = 'u-amira' AND ended IS NULL`)); err != nil || n > 0 {
			t.Errorf("%d sessions are left, %v", n, err)
		}
		if wrong := w.minded(); len(wrong) > 0 {
			t.Error(wrong)
		}
		if hs, err := w.files.Helpers(t.Context(), d, "p-ahmad", w.clock.Now()); err != nil || strings.Join(hs, " ") != "u-marwan u-noor" {
			t.Errorf("what nobody took over is with %v, %v", hs, err)
		}
		n, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM handover_fallen WHERE heir = 'u-noor' AND settled IS NULL`))
		if err != nil || n != len(gs)-1 {
			t.Errorf("%d files fell, %v", n, err)
		}
		noor = w.visit("u-noor")
		if a := noor.Get("/vandaag"); !strings.Contains(a.Body, "aan jou gevallen") || !strings.Contains(a.Body, "overdrachten vragen aandacht") {
			t.Errorf("the alarm is not counted: %s", a.Body)
		}
		id, err := db.One[string](t.Context(), d, db.F(`SELECT id FROM handover_fallen WHERE person = 'p-ahmad'`))
		if err != nil {
			t.Fatal(err)
		}
		if a := noor.Post("/gevallen/"+id, webtest.Form()); a.Code != 303 {
			t.Errorf("keeping it answers %d", a.Code)
		}
		if a := w.visit("u-els").Post("/gevallen/"+id, webtest.Form()); a.Code != 404 {
			t.Errorf("somebody else keeps it: %d", a.Code)
		}
		if c, err := w.org.Colleague(t.Context(), "u-amira"); err != nil || c.Active {
			t.Errorf("still active: %v", err)
		}
	})
}

func TestSomebodyMadeInactiveAtOnceLeavesNothingBehind(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, lines))
	w.tx(func(tx *db.Tx) error {
		_, err := db.Do(t.Context(), tx, db.F(`UPDATE organisation_colleague SET active = FALSE WHERE id = 'u-amira'`))
		return err
	})
	if err := w.h.Depart(t.Context(), w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	if wrong := w.minded(); len(wrong) > 0 {
		t.Error(wrong)
	}
	if gs, err := access.HeldBy(t.Context(), w.d, "user:u-amira", w.clock.Now()); err != nil || len(gs) > 0 {
		t.Errorf("grants are left: %v %v", gs, err)
	}
}

func TestALastDayCanBeTakenBackAndALeaderNeedsAnHeir(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, lines))
	els := w.visit("u-els")
	day := clock.Today(w.clock.Now()).AddDays(3).String()
	for _, who := range []string{"u-amira", "u-noor"} { // what a leader has falls to who manages the region
		if a := els.Post("/vertrek/"+who, webtest.Form("day", day)); a.Code != 303 {
			t.Errorf("%s leaves: %d %s", who, a.Code, main(a.Body))
		}
		if a := els.Post("/vertrek/"+who+"/blijft", webtest.Form()); a.Code != 303 {
			t.Errorf("%s stays: %d", who, a.Code)
		}
		if c, err := w.org.Colleague(t.Context(), who); err != nil || !c.LastDay.IsZero() {
			t.Errorf("%s: %v %v", who, c.LastDay, err)
		}
	}
	w.tx(func(tx *db.Tx) error {
		_, err := db.Do(t.Context(), tx, db.F(`UPDATE organisation_post SET ended = ? WHERE role = 'region'`, tx.Now))
		return err
	})
	if a := w.visit("u-beheer").Post("/vertrek/u-noor", webtest.Form("day", day)); a.Code != 422 {
		t.Errorf("the last one to whom things fall may go: %d", a.Code)
	}
}

func TestWhatIsKeptOfAPersonIsGivenAndForgotten(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, lines))
	w.give("u-amira", "colleague:u-deniz")
	x, err := export(t.Context(), w.d, w.v, "p-selam")
	if err != nil || len(x.Offers) != 1 || len(x.Notes) != 1 || x.Notes[0] != "Let op haar zus." {
		t.Errorf("%+v %v", x, err)
	}
	w.tx(func(tx *db.Tx) error { return erase(t.Context(), tx, "p-selam") })
	if x, err = export(t.Context(), w.d, w.v, "p-selam"); err != nil || len(x.Offers)+len(x.Answers)+len(x.Fallen) > 0 {
		t.Errorf("%+v %v", x, err)
	}
}

func TestFilesAreSharedOutToWhoHasFewest(t *testing.T) {
	got := spread([]string{"a", "b", "c", "d", "e"}, map[string]int{"x": 3, "y": 0, "z": 2})
	n := map[string]int{"x": 3, "y": 0, "z": 2}
	for _, to := range got {
		n[to]++
	}
	if len(got) != 5 || n["x"]+n["y"]+n["z"] != 10 || min(n["x"], n["y"], n["z"]) != 3 {
		t.Errorf("%v: %v", got, n)
	}
	if len(spread([]string{"a"}, nil)) != 0 {
		t.Error("shared out to nobody")
	}
}

func TestAnAnswerIsWhole(t *testing.T) {
	today := clock.On(2026, 11, 24)
	near := Line{Work: "w", Task: dossier.Task{ID: "1", Term: true, Due: today.AddDays(7)}}
	far := Line{Work: "w", Task: dossier.Task{ID: "2", Term: true, Due: today.AddDays(8)}}
	yes := func(l Line) Line { l.Answer = "yes"; return l }
	read := func(l Line) Line { l.Read = true; return l }
	no := func(l Line, why string) Line { l.Answer, l.Reason = "no", why; return l }
	for name, c := range map[string]struct {
		ls     []Line
		all    bool
		faults string
	}{
		"nothing said":             {[]Line{near, far}, false, "yes/w/1 yes/w/2"},
		"a near term unread":       {[]Line{yes(near), yes(far)}, true, "read/w/1"},
		"all":                      {[]Line{read(yes(near)), yes(far)}, true, ""},
		"one refused without why":  {[]Line{no(near, ""), yes(far)}, false, "why/w/1"},
		"one refused":              {[]Line{no(near, "vol"), yes(far)}, false, ""},
		"a reason with a number":   {[]Line{no(near, "bsn 111222333")}, false, "why/w/1"},
		"a refused near one is no": {[]Line{no(near, "vol")}, false, ""},
	} {
		all, fs := Check(c.ls, today)
		var names []string
		for _, f := range fs {
			names = append(names, f.Name)
		}
		if all != c.all || strings.Join(names, " ") != c.faults {
			t.Errorf("%s: %v %v", name, all, names)
		}
	}
}
