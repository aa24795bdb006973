package procedure

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// TestManyAreKeptAsOneByOne stores the same tracks twice and does the same to the dates of both: some are done, some warn, some have
// gone to another colleague. Then everything comes out differently. Of one half the tracks are kept one after the other, of the other
// half all at once: what stands in the tables afterwards is the same.
func TestManyAreKeptAsOneByOne(t *testing.T) {
	each(t, func(b *bench) {
		ctx, today := b.t.Context(), clock.Today(b.d.Now())
		rng := rand.New(rand.NewPCG(4, 2026))
		base := b.p.Book
		books := []*Rulebook{base, amend(b.t, base, withTerm("old-appeal-week", "P2W|roll=ATW")), amend(b.t, base, withTerm("old-response-dublin", "P3W|roll=ATW")),
			amend(b.t, base, "pack: asylum_old\nconfirm:\n  - {id: old-response-dublin, by: mr. A. Voorbeeld, on: 2026-11-20}\n")}
		stories := [][]beat{waiting, prepares, heard, appealed, granted, reunited, week, dublin, renewing}
		var single, all []derived
		for i := range 99 {
			story := stories[i%len(stories)]
			was := Sorted(beatsOn(story[:rng.IntN(len(story)+1)], today)).About(Asylum)
			is := Sorted(beatsOn(story[:rng.IntN(len(story)+1)], today)).About(Asylum)
			if rng.IntN(2) == 0 { // only the rules are others
				is = was
			}
			then, now := books[rng.IntN(len(books))], books[rng.IntN(len(books))]
			if i%len(stories) == 7 { // the same date, in other words
				was = Sorted(beatsOn(story, today)).About(Asylum)
				is, then, now = was, base, books[3]
			}
			owner, luck := b.ids[[]string{"Marwan", "Deniz"}[rng.IntN(2)]], rng.Uint64()
			for _, half := range []string{"single", "all"} {
				b.p.Book = then
				tr := Track{ID: fmt.Sprintf("tr-%s-%02d", half, i), Person: fmt.Sprintf("p-%s-%02d", half, i), Topic: Asylum, Owner: b.ids["Marwan"], Team: b.team, Opened: b.d.Now(), OpenedBy: "x", Version: int64(1 + i%3)}
				b.tx(func(tx *db.Tx) error {
					if err := insertTrack(ctx, tx, tr); err != nil {
						return err
					}
					if err := b.p.keepFirst(ctx, tx, tr, was, tx.Now, tx.Now); err != nil {
						return err
					}
					return b.meddle(tx, tr, rand.New(rand.NewPCG(luck, 1)))
				})
				d := now.Derive(is, b.d.Now()).pack(is)
				stood, err := present(ctx, b.d, []string{tr.ID})
				if err != nil {
					b.t.Fatal(err)
				}
				tr.Owner = owner
				if x := (derived{tr, stood[tr.ID], d}); half == "single" {
					single = append(single, x)
				} else {
					all = append(all, x)
				}
			}
		}
		keep := func(ds ...derived) (out []renewed) {
			b.tx(func(tx *db.Tx) (err error) {
				if out, err = b.p.keepDerived(ctx, tx, ds...); err != nil {
					return err
				}
				return tell(ctx, tx, "rules", "", out...)
			})
			return out
		}
		for _, d := range single {
			keep(d)
		}
		keep(all...)
		one, many := b.standing("single"), b.standing("all")
		for i := range max(len(one), len(many)) {
			if i >= len(one) || i >= len(many) || one[i] != many[i] {
				b.t.Fatalf("one by one:\n%s\nat once:\n%s", one[min(i, len(one)-1)], many[min(i, len(many)-1)])
			}
		}
		// When the same comes out again, no date is touched.
		for i, d := range all {
			all[i].Track.Version++
			all[i].was = must(present(ctx, b.d, []string{d.Track.ID}))[d.Track.ID]
		}
		for _, x := range keep(all...) {
			if len(x.Changes) > 0 {
				b.t.Errorf("%s came out as it was, and this changed: %+v", x.ID, x.Changes)
			}
		}
		said := strings.Join(many, "\n")
		for _, want := range []string{"State:open", "State:met", "State:done", "State:dropped", "State:superseded", "alarm ended", "alarm runs on version 1", "alarm runs on version 2", "moved"} {
			if !strings.Contains(said, want) {
				b.t.Errorf("there is nothing with %q among what was kept", want)
			}
		}
	})
}

// meddle does something to some of the dates of a track.
func (b *bench) meddle(tx *db.Tx, t Track, rng *rand.Rand) error {
	ctx := b.t.Context()
	rows, err := db.Many[Row](ctx, tx, db.F(rowColumns).Then(`WHERE d.track = ? AND d.state = 'open' ORDER BY d.name`, t.ID))
	if err != nil {
		return err
	}
	for _, r := range rows {
		switch rng.IntN(4) {
		case 0:
			err = finish(ctx, tx, r, "x", "sent", []byte{1})
		case 1:
			var grant string
			if grant, err = access.Give(ctx, tx, access.Grant{Subject: t.Person, Holder: "user:" + b.ids["Deniz"], Why: access.Escalation, Level: access.File, GivenBy: "system"}); err == nil {
				_, err = db.Do(ctx, tx, db.F(`INSERT INTO procedure_escalation (id, deadline, person, rung, role, holder, grant_id, at) VALUES (?,?,?,7,'deputy',?,?,?)`,
					db.ID("al", tx.Now), r.ID, t.Person, b.ids["Deniz"], grant, tx.Now))
			}
		case 2:
			err = own(ctx, tx, r.ID, b.ids["Noor"])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// standing is what stands of the tracks of one half, a line for each row, without ids.
func (b *bench) standing(half string) []string {
	b.t.Helper()
	ctx, q := b.t.Context(), b.d
	var out []string
	name := map[string]string{"": "-"} // of a version of a deadline
	say := func(format string, args ...any) {
		out = append(out, strings.ReplaceAll(fmt.Sprintf(format, args...), "-"+half+"-", "-"))
	}
	type row struct {
		Track
		Facts, Outcome []byte
		Ends           bool
	}
	like := "tr-" + half + "-%"
	for _, r := range must(db.Many[row](ctx, q, db.F(`SELECT id, person, topic, owner, team, opened, opened_by, version, facts, outcome, ends FROM procedure_track WHERE id LIKE ? ORDER BY id`, like))) {
		say("%+v %x %x %v", r.Track, r.Facts, r.Outcome, r.Ends)
	}
	type said struct {
		Track, Person   string
		Version         int64
		Rules, Calendar string
		Body            []byte
	}
	for _, r := range must(db.Many[said](ctx, q, db.F(`SELECT track, person, version, rules, calendar, body FROM procedure_derivation WHERE track LIKE ? ORDER BY track, version`, like))) {
		say("%+v", r)
	}
	rows := must(db.Many[Row](ctx, q, db.F(rowColumns).Then(`WHERE d.track LIKE ? ORDER BY d.track, d.name, d.version`, like)))
	for _, r := range rows {
		name[r.ID] = fmt.Sprintf("%d of %s %s", r.Version, r.Track, r.Name)
	}
	for _, r := range rows {
		r.ID, r.SupersededBy = name[r.ID], name[r.SupersededBy]
		say("%+v", r)
	}
	var loose []string
	for _, m := range must(db.Many[Move](ctx, q, db.F(moveColumns).Then(`WHERE m.track LIKE ?`, like))) {
		loose = append(loose, fmt.Sprintf("moved %s %s %s %s from %s to %s", m.Track, m.Person, m.Owner, m.Why, name[m.Old], name[m.Fresh]))
	}
	for _, e := range must(db.Many[Raised](ctx, q, db.F(raisedColumns).Then(`WHERE e.person LIKE ?`, "p-"+half+"-%"))) {
		how := map[bool]string{true: "runs", false: "ended"}[e.Ended.IsZero()]
		g := must(access.OfSubject(ctx, q, e.Person))
		i := slices.IndexFunc(g, func(g access.Grant) bool { return g.ID == e.GrantID })
		loose = append(loose, fmt.Sprintf("alarm %s on version %s, its grant ended: %v", how, name[e.Deadline], !g[i].Ended.IsZero()))
	}
	slices.Sort(loose)
	for _, s := range loose {
		say("%s", s)
	}
	return out
}

// TestAWalkLeavesAloneWhatChangedSinceItLooked has somebody record an event, and somebody else be erased, between the moment in which
// the walk derived their tracks and the one in which it writes.
func TestAWalkLeavesAloneWhatChangedSinceItLooked(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		people := []string{"p-selam", "p-reem", "p-third"}
		b.person("p-third", "Derde")
		for _, person := range people {
			b.record(person, ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"), route("aa"), how(Handed)))
		}
		b.force(twoWeeks("{trigger: announced, from: 2026-11-01}"))
		book := must(b.p.book(ctx, b.d))
		b.tx(func(tx *db.Tx) error {
			return beginWalk(ctx, tx, Walk{Kind: "derive", Rules: book.Version, Calendar: book.Calendar.Version})
		})
		w := must(lastWalk(ctx, b.d))
		batch := must(db.Many[stand](ctx, b.d, db.F(`SELECT id, topic, version, facts, outcome FROM procedure_track ORDER BY id`)))
		found := must(b.p.deriveAll(ctx, book, batch))
		b.record("p-reem", ev("appeal_lodged", "2026-11-25"))
		reems := must(tracks(ctx, b.d, "p-reem"))[0]
		thirds := must(tracks(ctx, b.d, "p-third"))[0]
		b.tx(func(tx *db.Tx) error { return erase(ctx, tx, "p-third") })
		before := must(db.One[int](ctx, b.d, db.F(`SELECT COUNT(*) FROM audit_entry`)))
		if err := b.p.keepAll(ctx, &w, batch, found); err != nil {
			b.t.Fatal(err)
		}
		if got := must(lastWalk(ctx, b.d)); got.Looked != 3 || got.Tracks != 1 || got.Later != 1 || got.Reached != batch[2].ID {
			b.t.Errorf("%+v", got)
		}
		if r := b.rows("p-selam")["appeal"]; r.Safe.String() != "2026-12-08" || r.Version != 2 {
			b.t.Errorf("a track that nobody touched: %+v", r)
		}
		if again := must(tracks(ctx, b.d, "p-reem"))[0]; again != reems || b.rows("p-reem")["appeal"].State != "met" {
			b.t.Errorf("what was recorded meanwhile is written over: %+v, was %+v", again, reems)
		}
		for _, f := range []db.Frag{
			db.F(`SELECT COUNT(*) FROM procedure_track WHERE id = ?`, thirds.ID), db.F(`SELECT COUNT(*) FROM procedure_derivation WHERE track = ?`, thirds.ID),
			db.F(`SELECT COUNT(*) FROM procedure_deadline WHERE track = ?`, thirds.ID), db.F(`SELECT COUNT(*) FROM procedure_move WHERE track = ?`, thirds.ID),
		} {
			if n := must(db.One[int](ctx, b.d, f)); n != 0 {
				b.t.Errorf("%s: %d rows of somebody who was erased", f.SQL, n)
			}
		}
		if n := must(db.One[int](ctx, b.d, db.F(`SELECT COUNT(*) FROM audit_entry`))); n != before+1 {
			b.t.Errorf("%d entries in the log for one track", n-before)
		}
		if _, err := audit.Verify(ctx, b.d); err != nil {
			b.t.Error(err)
		}
	})
}

// TestAWalkWritesFewTracksAtATime writes more tracks than one transaction may, in a time that does not go on.
func TestAWalkWritesFewTracksAtATime(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		const many = 2*writeLeast + writeLeast/2
		b.tx(func(tx *db.Tx) error {
			es := beatsOn(week, clock.Today(tx.Now))
			for i := range many {
				tr := Track{ID: fmt.Sprintf("tr-%03d", i), Person: fmt.Sprintf("p-%03d", i), Topic: Asylum, Owner: b.ids["Marwan"], Team: b.team, Opened: tx.Now, OpenedBy: "x", Version: 1}
				if err := insertTrack(ctx, tx, tr); err != nil {
					return err
				}
				if err := b.p.keepFirst(ctx, tx, tr, Sorted(es), tx.Now, tx.Now); err != nil {
					return err
				}
			}
			return nil
		})
		b.force(twoWeeks("{trigger: announced, from: 2010-07-01}"))
		book := must(b.p.book(ctx, b.d))
		b.tx(func(tx *db.Tx) error {
			return beginWalk(ctx, tx, Walk{Kind: "derive", Rules: book.Version, Calendar: book.Calendar.Version})
		})
		w := must(lastWalk(ctx, b.d))
		var reached []string
		err := overAll(ctx, b.p, &w,
			func(ctx context.Context, batch []stand) ([]*anew, error) { return b.p.deriveAll(ctx, book, batch) },
			func(ctx context.Context, batch []stand, found []*anew) error {
				if err := b.p.keepAll(ctx, &w, batch, found); err != nil {
					return err
				}
				reached = append(reached, w.Reached)
				return nil
			})
		if err != nil || len(reached) != 1 || w.Looked != many || w.Tracks != many || w.Later != many {
			b.t.Fatalf("%v %v %+v", err, reached, w)
		}
		// The first was as small as may be, and quick; so was the second, of which there were a quarter more. The rest filled none.
		if second := writeLeast + writeLeast/4; w.few != second+second/4 {
			b.t.Errorf("the next would write %d", w.few)
		}
		if n := must(db.One[int](ctx, b.d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'procedure.event.recomputed'`))); n != many {
			b.t.Errorf("%d entries in the log of %d tracks", n, many)
		}
		if _, err := audit.Verify(ctx, b.d); err != nil {
			b.t.Error(err)
		}
	})
}

func TestTransactionsOfAWalkGrowUntilTheyTakeTheirTime(t *testing.T) {
	for _, c := range []struct {
		n    int
		took time.Duration
		want int
	}{
		{400, writeLong, 400},
		{200, 0, 250},                         // quick: more, not many more at once
		{400, writeLong * 9 / 10, 444},        // nearly
		{400, 4 * writeLong / 3, 300},         // too long
		{400, time.Minute, 200},               // somebody else kept the disk: not at once to the least
		{writeLeast, time.Minute, writeLeast}, // what is left must go on
		{3, time.Second, writeLeast},
		{writeMost, 0, writeMost},
	} {
		if got := fewer(c.n, c.took); got != c.want {
			t.Errorf("%d in %s: %d next, want %d", c.n, c.took, got, c.want)
		}
	}
}
