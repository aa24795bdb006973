package procedure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web/webtest"
)

// refusedSelam gives Selam a rejection with a week to appeal, and answers that term.
func (b *bench) refusedSelam() Row {
	b.t.Helper()
	b.record("p-selam", ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"), route("aa"), how(Handed)))
	return b.rows("p-selam")["appeal"]
}

// force brings a change into force: Marwan proposes, Deniz approves.
func (b *bench) force(text string) string {
	b.t.Helper()
	ctx := b.t.Context()
	var a Amended
	b.tx(func(tx *db.Tx) (err error) {
		a, err = proposed(ctx, tx, Amended{Title: "Een wijziging", Body: text, Reason: "De wet is anders."}, b.actor("Marwan"), "x")
		return err
	})
	b.clock().Advance(time.Second)
	if err := b.p.Count(ctx, b.d.Now()); err != nil {
		b.t.Fatal(err)
	}
	b.tx(func(tx *db.Tx) error { return b.p.decide(ctx, tx, a.ID, Approve, "Akkoord.", b.actor("Deniz")) })
	b.clock().Advance(time.Second)
	return a.ID
}

func (b *bench) clock() *clock.Manual { return b.d.Clock().(*clock.Manual) }

func (b *bench) recompute() {
	b.t.Helper()
	b.clock().Advance(time.Second)
	if err := b.p.Recompute(b.t.Context(), b.d.Now()); err != nil {
		b.t.Fatal(err)
	}
}

func TestAChangeNeedsFourEyesAndTheDatesFollowIt(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		before := b.refusedSelam()
		h := b.house()
		marwan, deniz, ria := h.As(b.actor("Marwan")), h.As(b.actor("Deniz")), h.As(b.actor("Ria"))

		// Whoever is no legal caseworker may look, and not propose.
		if a := ria.Get("/regels"); a.Code != 200 || strings.Contains(a.Body, "Wijziging voorstellen") {
			b.t.Errorf("the desk reads the rules with %d", a.Code)
		}
		if a := ria.Get("/regels/voorstel"); a.Code != 403 && a.Code != 404 {
			b.t.Errorf("the desk may propose: %d", a.Code)
		}
		// The form begins with the rule that is to be replaced.
		a := marwan.Get("/regels/voorstel?regel=old-appeal-week")
		b.mustSay(a, "replaces: old-appeal-week", "term: P1W|roll=ATW")
		// A fault is told at its place, and nothing is lost.
		bad := strings.Replace(twoWeeks("{trigger: announced, from: 2026-11-01}"), "party: lawyer", "party: nobody", 1)
		a = marwan.Post("/regels/voorstel", webtest.Form("title", "Twee weken", "reason", "", "text", bad, "stap", "bekijk"))
		if a.Code != 422 {
			b.t.Errorf("an unfit change answers %d", a.Code)
		}
		b.mustSay(a, "Regel 10, teken 5", "onbekende partij", "party: nobody", "Schrijf waarom", `value="Twee weken"`)
		// What is fit is shown first: word for word, and nothing is kept yet.
		good := webtest.Form("title", "Twee weken", "reason", "De wet is veranderd.", "text", twoWeeks("{trigger: announced, from: 2026-11-01}"), "stap", "bekijk")
		a = marwan.Post("/regels/voorstel", good)
		m := seenField.FindStringSubmatch(a.Body)
		if a.Code != 200 || m == nil {
			b.t.Fatalf("%d %s", a.Code, a.Body)
		}
		b.mustSay(a, "<del>P1W|roll=ATW</del>", "<ins>P2W|roll=ATW</ins>", "opmerkingen")
		if as, err := amendments(ctx, b.d, 10, Proposed); err != nil || len(as) != 0 {
			b.t.Fatalf("%v %v", as, err)
		}
		good.Set("stap", "voorstellen")
		good.Set("seen", "something else")
		if a = marwan.Post("/regels/voorstel", good); a.Code != 200 {
			b.t.Errorf("what was not looked at is proposed: %d", a.Code)
		}
		good.Set("seen", m[1])
		a = marwan.Post("/regels/voorstel", good)
		path, _, _ := strings.Cut(a.To, "?")
		if a.Code != 303 || !strings.HasPrefix(path, "/regels/wijziging/") {
			b.t.Fatalf("%d %s", a.Code, a.To)
		}
		id := strings.TrimPrefix(path, "/regels/wijziging/")

		// One date would move, to a later day; who proposed cannot decide, whatever roles the account has.
		a = marwan.Get(path)
		b.mustSay(a, "In 1 van 1 procedures", "Dit wacht op een besluit van een ander", "Voorstel terugnemen")
		b.mustNotSay(a, ">Goedkeuren<")
		lead := b.actor("Marwan")
		lead.Posts = append(lead.Posts, access.Post{Role: access.Lead})
		for _, d := range []Decision{Approve, Refuse} {
			if a := h.As(lead).Post(path+"/besluit", webtest.Form("besluit", string(d), "note", "ja")); a.Code != 403 {
				b.t.Errorf("who proposed decides %s: %d", d, a.Code)
			}
		}
		if got := b.rows("p-selam")["appeal"]; got.Safe != before.Safe {
			b.t.Error("a proposal moved a date")
		}
		b.mustSay(deniz.Get(path), ">Goedkeuren<", ">Afkeuren<")
		b.mustSay(deniz.Get("/beslissen"), "Twee weken")
		b.mustNotSay(marwan.Get("/beslissen"), "Twee weken")
		b.mustNotSay(ria.Get("/beslissen"), "Twee weken")
		if a := deniz.Post(path+"/besluit", webtest.Form("besluit", "approved", "note", "")); a.Code != 422 {
			b.t.Errorf("a decision without a reason: %d", a.Code)
		}
		if a := deniz.Post(path+"/besluit", webtest.Form("besluit", "leave_asked", "note", "x")); a.Code != 409 {
			b.t.Errorf("a proposal is withdrawn as if it were in force: %d", a.Code)
		}
		if a := deniz.Post(path+"/besluit", webtest.Form("besluit", "approved", "note", "Nagelezen in het Staatsblad.")); a.Code != 303 {
			b.t.Fatalf("%d %s", a.Code, a.Body)
		}
		if a := deniz.Post(path+"/besluit", webtest.Form("besluit", "refused", "note", "toch niet")); a.Code != 409 {
			b.t.Errorf("it is decided twice: %d", a.Code)
		}
		b.mustSay(marwan.Get(path), "Goedgekeurd", "Nagelezen in het Staatsblad.", "Vraag om intrekken")

		// The date moves in the background; the old one is kept, and the worker and the person are told.
		b.recompute()
		after := b.rows("p-selam")["appeal"]
		if after.Safe != before.Safe.AddDays(7) || after.Version != 2 {
			b.t.Fatalf("%s version %d", after.Safe, after.Version)
		}
		d, err := derivation(ctx, b.d, must(track(ctx, b.d, "p-selam", after.Track)), 0)
		if err != nil || !strings.HasSuffix(d.Rules, " +1") || find(b.t, d, "appeal").Candidates[0].Pack != "asylum_old@"+id {
			b.t.Errorf("the derivation was made by %s, %v", d.Rules, err)
		}
		day, was := "di 8 dec 2026", "di 1 dec 2026"
		a = b.moves(marwan)
		b.mustSay(a, "Verschoven datums", "Was "+was+", nu "+day, "door andere regels")
		b.mustNotSay(b.moves(deniz), "Verschoven datums")

		// What is kept of the move goes with the person.
		if x := must(b.p.Keeper().Export(ctx, b.d, b.vault, "p-selam")); !strings.Contains(fmt.Sprintf("%+v", x), "Why:rules") {
			b.t.Error("the export does not tell that a date moved")
		}

		// It leaves by four eyes too, and the date moves back.
		if a := deniz.Post(path+"/besluit", webtest.Form("besluit", "leave_asked", "note", "Het was een vergissing.")); a.Code != 303 {
			b.t.Fatal(a.Code)
		}
		if a := deniz.Post(path+"/besluit", webtest.Form("besluit", "leave_approved", "note", "x")); a.Code != 403 {
			b.t.Errorf("who asked to withdraw it approves: %d", a.Code)
		}
		b.recompute()
		if got := b.rows("p-selam")["appeal"]; got.Safe != after.Safe {
			b.t.Error("asking to withdraw it moved a date")
		}
		if a := marwan.Post(path+"/besluit", webtest.Form("besluit", "leave_approved", "note", "Inderdaad.")); a.Code != 303 {
			b.t.Fatal(a.Code)
		}
		b.recompute()
		if got := b.rows("p-selam")["appeal"]; got.Safe != before.Safe || got.Version != 3 {
			b.t.Errorf("%s version %d", got.Safe, got.Version)
		}
		steps, err := amendmentSteps(ctx, b.d, id)
		var kinds []string
		for _, s := range steps {
			kinds = append(kinds, s.Kind)
		}
		if got := strings.Join(kinds, " "); got != "proposed approved leave_asked leave_approved" || err != nil {
			b.t.Errorf("%s %v", got, err)
		}
		if _, err := audit.Verify(ctx, b.d); err != nil {
			b.t.Error(err)
		}
	})
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// moves is what Vandaag tells a visitor of dates that moved.
func (b *bench) moves(v *webtest.Visitor) webtest.Answer { return v.Get("/verschoven") }

func TestEveryNodeTakesANewRulebookAtOnce(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		other := New(b.d, b.org, b.files) // another node on the same database
		first, err := other.book(ctx, b.d)
		if err != nil || first != other.Book {
			b.t.Fatal(err)
		}
		b.force("confirm:\n  - {id: old-appeal-week, by: mr. A. Voorbeeld, on: 2026-11-20}\n")
		second, err := other.book(ctx, b.d)
		if err != nil {
			b.t.Fatal(err)
		}
		if r, _ := second.Rule("old-appeal-week"); r.Confirmed == nil {
			b.t.Error("the other node still has the old rules")
		}
		if third, err := other.book(ctx, b.d); err != nil || third != second {
			b.t.Error("the rulebook is built for every page")
		}
		// What is recorded there is derived by the new rules, before any walk.
		b.p = other
		b.refusedSelam()
		if r := b.rows("p-selam")["appeal"]; !r.Confirmed {
			b.t.Error("a date was derived by old rules")
		}
	})
}

func TestAChangeThatFitsNoMoreIsLeftOutAndSaidLoudly(t *testing.T) {
	each(t, func(b *bench) {
		b.refusedSelam()
		id := b.force(twoWeeks("{trigger: announced, from: 2026-11-01}"))
		b.recompute()
		// The next release has no such rule.
		next := New(b.d, b.org, b.files)
		for i := range next.Book.Packs {
			for k := range next.Book.Packs[i].Terms {
				if r := &next.Book.Packs[i].Terms[k]; r.ID == "old-appeal-week" {
					r.ID = "old-appeal-seven-days"
				}
			}
		}
		_, unfit, err := next.bookAndUnfit(b.t.Context(), b.d)
		if err != nil || unfit[id] == nil {
			b.t.Fatalf("%v %v", unfit, err)
		}
		b.p = next
		a := b.house().As(b.actor("Marwan")).Get("/regels")
		b.mustSay(a, "Past niet bij deze versie", "Een wijziging")
	})
}

func TestTheWordsOfANewQuestionAreReadByEverybody(t *testing.T) {
	each(t, func(b *bench) {
		b.refusedSelam()
		b.tx(func(tx *db.Tx) error {
			_, err := access.Give(b.t.Context(), tx, access.Grant{Subject: "p-selam", Holder: "self:p-selam", Why: access.Self, Level: access.File, Since: tx.Now.Add(-time.Minute)})
			return err
		})
		selam := access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}}
		track := must(tracks(b.t.Context(), b.d, "p-selam"))[0].ID
		b.mustNotSay(b.house().As(b.actor("Marwan")).Get("/dossier/p-selam/juridisch"), "sworn", "Beëdigde")
		b.force(newQuestion)
		b.recompute()
		h := b.house()
		marwan := h.As(b.actor("Marwan"))
		b.mustSay(marwan.Get("/dossier/p-selam/juridisch"), "Beëdigde verklaring inleveren", "di 8 dec 2026")
		b.mustSay(marwan.Get("/dossier/p-selam/juridisch?taal=en"), "Hand in the sworn statement")
		b.mustSay(h.As(selam).Get("/mijn/zaak/"+track), "Beëdigde verklaring inleveren")
		b.mustSay(h.As(selam).Get("/mijn/zaak/"+track+"?taal=fr"), "Remettre la déclaration sous serment")
		b.mustSay(h.As(selam).Get("/mijn/zaak/"+track+"?taal=so"), "Beëdigde verklaring inleveren") // not translated: Dutch
	})
}

func TestARecomputationThatWasStoppedGoesOnWhereItWas(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		b.refusedSelam()
		b.grant("p-reem", "Marwan", access.Assignment, access.File)
		b.record("p-reem", ev("lodged", "2026-02-01"), ev("decision", "2026-11-23", outcome("rejected"), route("aa"), how(Handed)))
		b.recompute() // of the program's own rules: nothing changes
		if w := must(lastWalk(ctx, b.d)); w.Looked != 2 || w.Tracks != 0 || w.Ended.IsZero() {
			b.t.Fatalf("%+v", w)
		}
		b.force(twoWeeks("{trigger: announced, from: 2026-11-01}"))
		book := must(b.p.book(ctx, b.d))
		b.tx(func(tx *db.Tx) error {
			return beginWalk(ctx, tx, Walk{Kind: "derive", Rules: book.Version, Calendar: book.Calendar.Version})
		})
		w := must(lastWalk(ctx, b.d))
		// The program stops after the first track.
		stopped := errors.New("stopped")
		err := overAll(ctx, b.p, &w,
			func(ctx context.Context, batch []stand) ([]*anew, error) { return b.p.deriveAll(ctx, book, batch) },
			func(ctx context.Context, batch []stand, found []*anew) error {
				if err := b.p.keepAll(ctx, &w, batch[:1], found[:1]); err != nil {
					return err
				}
				return stopped
			})
		if !errors.Is(err, stopped) {
			b.t.Fatal(err)
		}
		half := must(lastWalk(ctx, b.d))
		if half.Looked != 1 || half.Later != 1 || half.Reached == "" || !half.Ended.IsZero() {
			b.t.Fatalf("%+v", half)
		}
		// Another node that stood at the same place finds that somebody was faster.
		late := half
		late.Reached = ""
		if err := b.d.Tx(ctx, func(tx *db.Tx) error { return late.step(ctx, tx, "x", Moves{}, false) }); !fault.Is(err, fault.Conflict) {
			b.t.Errorf("two walks at once: %v", err)
		}
		b.recompute()
		if w := must(lastWalk(ctx, b.d)); w.ID != half.ID || w.Looked != 2 || w.Later != 2 || w.Ended.IsZero() {
			b.t.Errorf("%+v", w)
		}
		for _, person := range []string{"p-selam", "p-reem"} {
			if r := b.rows(person)["appeal"]; r.Version != 2 {
				b.t.Errorf("%s has version %d", person, r.Version)
			}
		}
		b.recompute()
		if r := b.rows("p-selam")["appeal"]; r.Version != 2 {
			b.t.Error("what was derived is derived again")
		}
	})
}

func TestACorrectedFactIsToldToWhoMindsTheDateAndToThePerson(t *testing.T) {
	each(t, func(b *bench) {
		b.grant("p-selam", "Noor", access.Assignment, access.File)
		h := b.house()
		b.keep(h.As(b.actor("Marwan")), recordDecision, rejection())
		b.clock().Advance(time.Minute)
		es := b.events(b.rows("p-selam")["appeal"].Track)
		var decision Record
		for _, e := range es {
			if e.Kind == "decision" {
				decision = e
			}
		}
		// Noor finds that it was made known two days earlier; Marwan, who minds the date, hears of it.
		b.keep(h.As(b.actor("Noor")), recordDecision, rejection("day", "2026-11-20", "corrects", decision.ID, "track", decision.Track, "lodged", ""))
		b.mustSay(b.moves(h.As(b.actor("Marwan"))), "Verschoven datums", "door wat is vastgelegd")
		a := b.moves(h.As(b.actor("Marwan")))
		until := regexp.MustCompile(`name="tot" value="(\d+)"`).FindStringSubmatch(a.Body)[1]
		if a := h.As(b.actor("Marwan")).Post("/vandaag/verschoven/gezien", webtest.Form("tot", until)); a.Code != 303 {
			b.t.Fatal(a.Code)
		}
		b.mustNotSay(b.moves(h.As(b.actor("Marwan"))), "Verschoven datums")
		self := h.As(access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}})
		b.mustSay(self.Get("/panelen/p-selam"), "Deze datum is veranderd. Eerst was het")
		b.mustSay(self.Get("/panelen/p-selam?taal=fr"), "Cette date a changé")
		b.clock().Advance(31 * 24 * time.Hour)
		b.mustNotSay(h.As(access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}}).Get("/panelen/p-selam"), "Deze datum is veranderd")
	})
}

func TestAChangeThatIsTooLongOrHoldsACitizenNumberIsRefused(t *testing.T) {
	for _, c := range []struct {
		in    Proposal
		field string
	}{
		{Proposal{"", "r", "t"}, "title"}, {Proposal{"t", "", "t"}, "reason"}, {Proposal{"t", "r", ""}, "text"}, {Proposal{strings.Repeat("a", 121), "r", "t"}, "title"},
		{Proposal{"t", strings.Repeat("a", 2001), "t"}, "reason"}, {Proposal{"t", "r", strings.Repeat("a", textMost+1)}, "text"}, {Proposal{"t", "het nummer is 123456782", "t"}, "reason"},
	} {
		if fs := c.in.Check(); len(fs) != 1 || fs[0].Name != c.field {
			t.Errorf("%.40v: %v", c.in, fs)
		}
	}
	if fs := (Proposal{"t", "r", "x"}).Check(); len(fs) > 0 {
		t.Error(fs)
	}
	if a, b := (Proposal{"a", "b", "c"}), (Proposal{"a", "bc", ""}); a.Fingerprint() == b.Fingerprint() {
		t.Error("two proposals look the same")
	}
}

func TestWhatIsShownIsWhatWasKept(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		b.record("p-selam", ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"), route("aa"), how(Handed)))
		ts := must(tracks(ctx, b.d, "p-selam"))
		kept := must(derivation(ctx, b.d, ts[0], 0))
		plain := func(d Derivation) string {
			d.Stale = nil
			for i := range d.Deadlines {
				d.Deadlines[i].Stale = false
				for k := range d.Deadlines[i].Candidates {
					d.Deadlines[i].Candidates[k].Pack = ""
				}
			}
			return string(must(json.Marshal(d)))
		}
		want := plain(kept)
		if got := plain(must(derivations(ctx, b.d, b.p.Book, ts))[ts[0].ID]); got != want {
			b.t.Errorf("by the rules it was derived by:\n%s\nwant\n%s", got, want)
		}
		// Other rules that no walk has gone over yet: until then what was kept is shown.
		next := New(b.d, b.org, b.files)
		for i := range next.Book.Packs {
			for j := range next.Book.Packs[i].Terms {
				if r := &next.Book.Packs[i].Terms[j]; r.ID == "old-appeal-week" {
					r.Term = &Term{N: 2, Unit: Weeks, Roll: ATW}
				}
			}
		}
		if got := plain(must(derivations(ctx, b.d, next.Book, ts))[ts[0].ID]); got != want {
			b.t.Errorf("by other rules:\n%s\nwant\n%s", got, want)
		}
	})
}

func TestALawyerConfirmsARuleWhereItStands(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		marwan, deniz, ria := h.As(b.actor("Marwan")), h.As(b.actor("Deniz")), h.As(b.actor("Ria"))
		const link, pack = "/regels/voorstel?bevestig=old-appeal-week", "/regels/bestand/asylum_old"
		b.mustSay(marwan.Get(pack), `href="`+link+`"`)
		b.mustNotSay(ria.Get(pack), "bevestig=") // who may not propose has no link, and no form behind it
		if a := ria.Get(link); a.Code != 403 && a.Code != 404 {
			b.t.Errorf("the desk may confirm: %d", a.Code)
		}
		if a := marwan.Get("/regels/voorstel?bevestig=nothing"); a.Code != http.StatusNotFound {
			b.t.Errorf("a rule that is not there: %d", a.Code)
		}
		a := marwan.Get(link)
		b.mustSay(a, "by: Marwan", "id: old-appeal-week", "2026-11-24", "(old-appeal-week)")
		_, text, _ := strings.Cut(a.Body, `name="text"`)
		_, text, _ = strings.Cut(text, ">")
		text, _, _ = strings.Cut(text, "</textarea>")
		form := webtest.Form("title", "Bevestigd", "reason", "Gelezen in de wet.", "text", html.UnescapeString(text), "stap", "bekijk")
		a = marwan.Post("/regels/voorstel", form)
		m := seenField.FindStringSubmatch(a.Body)
		if a.Code != 200 || m == nil {
			b.t.Fatalf("%d %s", a.Code, a.Body)
		}
		b.mustSay(a, "by: Marwan")
		form.Set("stap", "voorstellen")
		form.Set("seen", m[1])
		a = marwan.Post("/regels/voorstel", form)
		at, _, _ := strings.Cut(a.To, "?")
		decide := webtest.Form("besluit", "approved", "note", "Akkoord.")
		if a := marwan.Post(at+"/besluit", decide); a.Code == http.StatusSeeOther {
			b.t.Error("whoever gave their word decides about it alone")
		}
		b.mustNotSay(marwan.Get(pack), "Bevestigd door Marwan")
		if a := deniz.Post(at+"/besluit", decide); a.Code != http.StatusSeeOther {
			b.t.Fatalf("%d %s", a.Code, a.Body)
		}
		a = marwan.Get(pack)
		b.mustSay(a, "Bevestigd door Marwan op")
		b.mustNotSay(a, `href="`+link+`"`)
	})
}

func TestTheNameOfALawTellsTheDayItAppliesFrom(t *testing.T) {
	each(t, func(b *bench) {
		b.record("p-selam", ev("lodged", "2026-08-20"))
		marwan := b.house().As(b.actor("Marwan"))
		const page = "/dossier/p-selam/juridisch"
		b.mustSay(marwan.Get(page), "Europees pact (sinds vr 12 jun 2026)")
		b.force("regimes:\n  - {id: PACT, from: 2026-07-12}\n")
		b.recompute()
		a := marwan.Get(page)
		b.mustSay(a, "Europees pact (sinds zo 12 jul 2026)")
		b.mustNotSay(a, "12 jun 2026")
	})
}
