package identity

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func TestTheWalkFindsPairsAndWalkingAgainChangesNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
		o.add(t, "p-b", again2, "t-utrecht", "u-amira")
		o.add(t, "p-c", who("own:Dawit, father:Habtom, grandfather:Woldu", "12-3-1987", "person", from("Eritrea")), "t-utrecht", "u-amira") // his twin
		if err := o.i.Walk(t.Context(), d.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got := o.pairs(t); len(got) != 0 {
			t.Errorf("found before the change has settled: %v", got)
		}
		o.walk(t)
		want := []string{"p-a+p-b very open"}
		if got := o.pairs(t); !slices.Equal(got, want) {
			t.Fatalf("pairs %v", got)
		}
		found := o.count(t, db.F(`SELECT found FROM identity_pair`))
		o.tx(t, func(tx *db.Tx) error { _, err := db.Do(t.Context(), tx, db.F(`DELETE FROM identity_walk`)); return err })
		o.walk(t)
		if got := o.pairs(t); !slices.Equal(got, want) || o.count(t, db.F(`SELECT found FROM identity_pair`)) != found {
			t.Errorf("walking again: %v", got)
		}
		// Somebody new is found though the walk has been here; who is erased is forgotten, by the memory and by the pairs.
		o.clock.Advance(time.Minute)
		o.add(t, "p-d", who("Tesfay, Habtom", "12-3-1987", "ind", from("Eritrea")), o.north, "u-far")
		o.walk(t)
		if got := o.pairs(t); len(got) != 3 {
			t.Errorf("with a third record: %v", got)
		}
		o.tx(t, func(tx *db.Tx) error {
			if err := o.i.Keeper().Erase(t.Context(), tx, "p-a"); err != nil {
				return err
			}
			return o.files.Keeper().Erase(t.Context(), tx, "p-a")
		})
		o.walk(t)
		if got := o.pairs(t); !slices.Equal(got, []string{"p-b+p-d very open"}) {
			t.Errorf("after one was erased: %v", got)
		}
	})
}

func TestTheWalkStopsAnywhereAndGoesOn(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	for n := range 2*walkStep + 7 {
		o.add(t, fmt.Sprintf("p-%03d", n), who(fmt.Sprintf("own:Naam%c%c, father:Vader%c", 'a'+n%26, 'a'+n/26, 'a'+n%7), "", "person"), "t-utrecht", "u-amira")
	}
	o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
	o.add(t, "p-b", again2, "t-utrecht", "u-amira")
	o.clock.Advance(6 * time.Minute)
	if err := o.files.Remember(t.Context()); err != nil {
		t.Fatal(err)
	}
	steps := 0
	for {
		n, err := o.i.walkOn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
		if steps++; n > walkStep {
			t.Fatalf("a step of %d people", n)
		}
	}
	if steps != 3 || !slices.Equal(o.pairs(t), []string{"p-a+p-b very open"}) {
		t.Errorf("%d steps, %v", steps, o.pairs(t))
	}
	if err := o.i.Walk(t.Context(), o.d.Now()); err != nil { // its time is up: nothing is read
		t.Error(err)
	}
}

// household members are two people, whatever their names.
func TestWhoLivesTogetherIsNotProposed(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
	o.add(t, "p-b", again2, "t-utrecht", "u-amira")
	o.tx(t, func(tx *db.Tx) error {
		if err := dossier.Join(t.Context(), tx, "p-a", dossier.Member{Household: "h", Part: "parent"}); err != nil {
			return err
		}
		return dossier.Join(t.Context(), tx, "p-b", dossier.Member{Household: "h", Part: "child"})
	})
	o.walk(t)
	if got := o.pairs(t); len(got) != 0 {
		t.Errorf("pairs %v", got)
	}
}

// Nothing readable of a person stands in the tables of this room.
func TestNoWordsStandInTheClear(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
	o.add(t, "p-b", again2, "t-utrecht", "u-amira")
	o.walk(t)
	id := o.theOne(t)
	o.tx(t, func(tx *db.Tx) error {
		if _, err := o.i.decide(t.Context(), tx, amira, id, Verdict{What: apart, Words: "geheime woorden"}, clock.Date{}, true, true); err != nil {
			return err
		}
		if _, err := o.i.ask(t.Context(), tx, jan, "p-a", "", "u-jan", "geheime reden"); err != nil {
			return err
		}
		return o.i.review(t.Context(), tx, noor, "u-jan", "2026-11-24", "talk", "geheim oordeel")
	})
	for _, f := range []db.Frag{db.F(`SELECT COALESCE(words, '') FROM identity_step`), db.F(`SELECT reason FROM identity_request`), db.F(`SELECT words FROM identity_review`)} {
		b, err := db.One[[]byte](t.Context(), o.d, f)
		if err != nil || len(b) == 0 || strings.Contains(string(b), "gehei") {
			t.Errorf("%s: %q %v", f.SQL, b, err)
		}
	}
	p, err := pairOf(t.Context(), o.d, id)
	if err != nil {
		t.Fatal(err)
	}
	ss, err := o.i.steps(t.Context(), o.d, p)
	if err != nil || len(ss) != 1 || ss[0].Text != "geheime woorden" {
		t.Errorf("steps %+v %v", ss, err)
	}
}

// Whatever is decided and undone, in whatever order, with walks between: a pair that was decided is never open again, and
// what was undone stays undone until a person links it anew. The history only grows.
func TestWhatWasDecidedStaysDecidedUnderEveryWalk(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	round := 0
	rapid.Check(t, func(r *rapid.T) {
		round++
		a, b := fmt.Sprintf("p-%d-a", round), fmt.Sprintf("p-%d-b", round)
		name := fmt.Sprintf("own:Tesfay%c%c%c, father:Habtom%c", 'a'+round%26, 'a'+round/26%26, 'a'+round/676, 'a'+round%26)
		o.add(t, a, who(name, "12-3-1987", "person", v(fmt.Sprintf("28%08d", round))), "t-utrecht", "u-amira")
		o.add(t, b, who(name, "12-3-1987", "ind", v(fmt.Sprintf("28%08d", round))), "t-utrecht", "u-amira")
		o.walk(t)
		id, err := db.One[string](t.Context(), o.d, db.F(`SELECT id FROM identity_pair WHERE person_a = ? AND person_b = ?`, a, b))
		if err != nil {
			r.Fatal(err)
		}
		state, links, steps := Open, 0, 0
		for range rapid.IntRange(1, 8).Draw(r, "acts") {
			act := rapid.SampledFrom([]string{same, apart, later, undo, "walk", "change"}).Draw(r, "act")
			err := o.d.Tx(t.Context(), func(tx *db.Tx) error {
				switch act {
				case undo:
					return o.i.undo(t.Context(), tx, amira, id, "x")
				case "walk", "change":
					return nil
				}
				v := Verdict{What: act, Main: a, Words: "x", Again: "2027-03-01"}
				p, err := pairOf(t.Context(), tx, id)
				if err != nil {
					return err
				}
				again, fs := v.Check(p, clock.Today(tx.Now))
				if len(fs) > 0 {
					return fs.Err()
				}
				_, err = o.i.decide(t.Context(), tx, amira, id, v, again, true, true)
				return err
			})
			switch {
			case act == "walk":
				o.tx(t, func(tx *db.Tx) error { // the walk begins again before these two
					_, err := db.Do(t.Context(), tx, db.F(`UPDATE identity_walk SET at = (SELECT MIN(changed_at) - 1 FROM dossier_person WHERE id IN (?,?)), person = ''`, a, b))
					return err
				})
				o.walk(t)
			case act == "change":
				o.clock.Advance(time.Minute)
				o.tx(t, func(tx *db.Tx) error { // as if the record was saved: the walk comes by again
					_, err := db.Do(t.Context(), tx, db.F(`UPDATE dossier_person SET changed_at = ? WHERE id = ?`, tx.Now, a))
					return err
				})
				o.walk(t)
			case err != nil:
				if !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Invalid) {
					r.Fatal(err)
				}
			default:
				steps++
				switch act {
				case same:
					state, links = Linked, links+1
				case apart:
					state = Apart
				case later:
					state = Later
				case undo:
					state = Undone
				}
			}
			p, err := pairOf(t.Context(), o.d, id)
			if err != nil || p.State != state {
				r.Fatalf("after %s the pair is %s, want %s (%v)", act, p.State, state, err)
			}
			if n := o.count(t, db.F(`SELECT COUNT(*) FROM identity_step WHERE pair = ?`, id)); n != steps {
				r.Fatalf("%d steps in the history, want %d", n, steps)
			}
			if n := o.count(t, db.F(`SELECT COUNT(*) FROM identity_link WHERE pair = ?`, id)); n != links {
				r.Fatalf("%d links, want %d", n, links)
			}
			standing := 0
			if state == Linked {
				standing = 1
			}
			ls, err := linksOf(t.Context(), o.d, a)
			if err != nil || len(ls) != standing {
				r.Fatalf("%d links stand, want %d (%v)", len(ls), standing, err)
			}
			mine, err := o.i.mine(t.Context(), amira, []string{a, b}, o.d.Now())
			if err != nil {
				r.Fatal(err)
			}
			if shown := slices.ContainsFunc(mine, func(x Pair) bool { return x.ID == id }); shown && state.Decided() {
				r.Fatalf("a pair that is %s is on the list", state)
			}
		}
	})
}

// Linking and unlinking change nothing in who may see what: for every actor and every level the answer of the one predicate
// is the same before and after, and so is every row of grants.
func TestALinkNeverWidensAccess(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		far, farLead := o.far()
		o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
		o.add(t, "p-b", again2, o.north, "u-far")
		o.give(t, "p-a", "u-marwan", access.Presence, access.DeskLevel)
		o.give(t, "p-b", "u-jan", access.BreakGlass, access.File)
		o.walk(t)
		actors := []access.Actor{amira, marwan, noor, jan, pieter, desk, far, farLead, self("p-a"), self("p-b"), {Kind: access.Machine, ID: "system"}, {Kind: access.Guest}, {}}
		for n := range actors { // also those who hold what a team or a desk holds
			if actors[n].Kind == access.Staff {
				actors[n].Holders = append(slices.Clone(actors[n].Holders), "team:t-utrecht", "desk:d-overvecht")
			}
		}
		snapshot := func() string {
			var out strings.Builder
			for _, a := range actors {
				for _, person := range []string{"p-a", "p-b"} {
					for level := access.Level(0); level <= access.File; level++ {
						g, err := access.Find(t.Context(), d, a, person, level, d.Now())
						fmt.Fprintln(&out, a.Kind, a.ID, person, level, g.ID, err != nil)
					}
				}
			}
			rows, err := db.Many[access.Grant](t.Context(), d, db.F(`SELECT id, subject, holder, why, level, given_by, place, since, until, ended FROM access_grant ORDER BY id`))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&out, rows)
			return out.String()
		}
		before := snapshot()
		id := o.theOne(t)
		o.tx(t, func(tx *db.Tx) error {
			p, err := o.i.decide(t.Context(), tx, amira, id, Verdict{What: same, Main: "p-a"}, clock.Date{}, true, false)
			if err == nil && p.State != Half {
				t.Errorf("one side was enough: %s", p.State)
			}
			return err
		})
		if got := snapshot(); got != before {
			t.Error("one yes changed who may see what")
		}
		o.tx(t, func(tx *db.Tx) error {
			p, err := o.i.decide(t.Context(), tx, far, id, Verdict{What: same, Main: "p-a"}, clock.Date{}, false, true)
			if err == nil && p.State != Linked {
				t.Errorf("both sides said yes: %s", p.State)
			}
			return err
		})
		if got := snapshot(); got != before {
			t.Errorf("a link changed who may see what:\n%s\n%s", before, got)
		}
		o.tx(t, func(tx *db.Tx) error { return o.i.undo(t.Context(), tx, far, id, "nee") })
		if got := snapshot(); got != before {
			t.Error("undoing changed who may see what")
		}
	})
}

// What somebody allowed for one record is not allowed for the other.
func TestConsentStaysWithTheRecordItWasGivenOn(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
	o.add(t, "p-b", again2, "t-utrecht", "u-amira")
	o.walk(t)
	id := o.theOne(t)
	ka, err := o.v.Key(t.Context(), "p-a")
	if err != nil {
		t.Fatal(err)
	}
	kb, err := o.v.Key(t.Context(), "p-b")
	if err != nil {
		t.Fatal(err)
	}
	purpose := privacy.Purpose{Name: "lawyer", Parts: []string{"name"}, Days: 365}
	var consent string
	o.tx(t, func(tx *db.Tx) (err error) {
		if _, err = o.i.decide(t.Context(), tx, amira, id, Verdict{What: same, Main: "p-a"}, clock.Date{}, true, true); err != nil {
			return err
		}
		consent, err = privacy.Give(t.Context(), tx, ka, purpose, privacy.Consent{Subject: "p-a", Purpose: "lawyer", Lang: "nl", How: privacy.Spoken, By: "u-amira", Until: clock.Today(tx.Now).AddDays(10), Asked: privacy.Asked{Party: "mr. X", Parts: []string{"name"}, Words: "ja"}})
		return err
	})
	use := func(k privacy.Key, person string) error {
		return o.d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := privacy.Use(t.Context(), tx, k, person, consent, "x")
			return err
		})
	}
	if err := use(ka, "p-a"); err != nil {
		t.Errorf("on the record it was given on: %v", err)
	}
	if err := use(kb, "p-b"); err == nil {
		t.Error("a consent held on the other record")
	}
	if cs, err := privacy.Consents(t.Context(), o.d, kb, "p-b"); err != nil || len(cs) != 0 {
		t.Errorf("the other record shows %d consents (%v)", len(cs), err)
	}
}

func TestBetweenTeamsNobodyIsBothSides(t *testing.T) {
	for name, c := range map[string]struct {
		first, second    [2]bool // speaks for A, for B
		sameActor, teams bool
		want             State
		refused          bool
	}{
		"one team, one who speaks for both":      {[2]bool{true, true}, [2]bool{}, false, false, Linked, false},
		"one team, one side":                     {[2]bool{true, false}, [2]bool{false, true}, false, false, Linked, false},
		"one team, twice the same side":          {[2]bool{true, false}, [2]bool{true, false}, false, false, Half, true},
		"two teams, one who speaks for both":     {[2]bool{true, true}, [2]bool{true, true}, true, true, Half, true},
		"two teams, two who speak for both":      {[2]bool{true, true}, [2]bool{true, true}, false, true, Linked, false},
		"two teams, one from each":               {[2]bool{false, true}, [2]bool{true, false}, false, true, Linked, false},
		"two teams, one man in the other's name": {[2]bool{false, true}, [2]bool{true, false}, true, true, Half, true},
		"who speaks for neither":                 {[2]bool{}, [2]bool{}, false, true, Open, true},
	} {
		p := Pair{PersonA: "a", PersonB: "b", State: Open}
		p, said := p.say("one", c.first[0], c.first[1], c.teams)
		if p.State == Half {
			actor := "two"
			if c.sameActor {
				actor = "one"
			}
			p, said = p.say(actor, c.second[0], c.second[1], c.teams)
		}
		if p.State != c.want || said == c.refused {
			t.Errorf("%s: %s, said %v", name, p.State, said)
		}
	}
}

func TestAVerdictNamesAllItsFaults(t *testing.T) {
	p := Pair{PersonA: "a", PersonB: "b", State: Open}
	today := clock.On(2026, 11, 24)
	for name, c := range map[string]struct {
		in   Verdict
		p    Pair
		want string
	}{
		"nothing":              {Verdict{}, p, "what"},
		"same without a main":  {Verdict{What: same}, p, "main"},
		"same, another's main": {Verdict{What: same, Main: "c"}, p, "main"},
		"same":                 {Verdict{What: same, Main: "b"}, p, ""},
		"apart without why":    {Verdict{What: apart}, p, "words"},
		"apart":                {Verdict{What: apart, Words: "twee broers"}, p, ""},
		"later, today":         {Verdict{What: later, Again: "2026-11-24"}, p, "again"},
		"later, no day":        {Verdict{What: later}, p, "again"},
		"later, far off":       {Verdict{What: later, Again: "2028-01-01"}, p, "again"},
		"later":                {Verdict{What: later, Again: "2026-12-01"}, p, ""},
		"a BSN":                {Verdict{What: apart, Words: "BSN 111222333"}, p, "words"},
		"later on a decided":   {Verdict{What: later, Again: "2026-12-01"}, Pair{PersonA: "a", PersonB: "b", State: Undone}, "what"},
		"too long":             {Verdict{What: apart, Words: strings.Repeat("x", textMost+1)}, p, "words"},
	} {
		_, fs := c.in.Check(c.p, today)
		var got []string
		for _, f := range fs {
			got = append(got, f.Name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
