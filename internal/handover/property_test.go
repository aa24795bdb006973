package handover

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
)

// Whatever is offered, taken up, accepted, refused, withdrawn, undone, assigned and left, in whatever order: every open piece
// of work is with exactly one colleague who works here and has the file, and none disappears.
func TestNothingIsLost(t *testing.T) {
	colleagues := []string{"u-amira", "u-marwan", "u-deniz", "u-begeleider-1", "u-begeleider-2"}
	d := dbtest.SQLite(t, lines)
	w := newWorld(t, d)
	ctx := t.Context()
	rapid.Check(t, func(r *rapid.T) {
		w.anew()
		if wrong := w.minded(); len(wrong) > 0 {
			r.Fatalf("to begin with: %v", wrong)
		}
		noor := w.actor("u-noor")
		left := 0
		want := len(w.held())
		do := func(what string, fn func(tx *db.Tx) error) bool {
			err := d.Tx(ctx, fn)
			switch {
			case err == nil:
				return true
			case fault.Is(err, fault.Conflict), fault.Is(err, fault.NotFound), fault.Is(err, fault.Invalid):
				return false
			}
			r.Fatalf("%s: %v", what, err)
			return false
		}
		for step := range rapid.IntRange(1, 14).Draw(r, "steps") {
			person := rapid.SampledFrom(people).Draw(r, "person")
			who := rapid.SampledFrom(colleagues).Draw(r, "who")
			helpers, err := w.files.Helpers(ctx, d, person, w.clock.Now())
			if err != nil {
				r.Fatal(err)
			}
			helper := rapid.SampledFrom(helpers).Draw(r, "helper")
			offers, err := db.Many[Offer](ctx, d, db.F(offerColumns).Then(`WHERE o.person = ? ORDER BY o.id`, person))
			if err != nil {
				r.Fatal(err)
			}
			some := Offer{}
			if len(offers) > 0 {
				some = rapid.SampledFrom(offers).Draw(r, "offer")
			}
			op := rapid.SampledFrom([]string{"offer", "offer", "offer-team", "take", "accept", "accept", "accept-old", "refuse", "withdraw", "undo", "unassign", "assign", "leave", "work"}).Draw(r, "op")
			actor := w.actor(who)
			switch op {
			case "offer", "offer-team":
				o := Offer{Person: person, Giver: helper, ToKind: "colleague", ToID: who}
				if op == "offer-team" {
					o.ToKind, o.ToID = "team", "t-utrecht"
				}
				if o.ToID != helper && len(actor.Posts) > 0 {
					do(op, func(tx *db.Tx) error { _, err := w.h.give(ctx, tx, w.actor(helper), o, "let op"); return err })
				}
			case "take":
				if some.Giver != who && len(actor.Posts) > 0 {
					do(op, func(tx *db.Tx) error { return w.h.take(ctx, tx, actor, some) })
				}
			case "accept", "accept-old":
				if some.Taker == "" || some.State != Open {
					continue
				}
				ls := w.yes(some)
				if op == "accept-old" {
					w.work(person, some.Giver) // comes to it after the list was read
					want += 5
				}
				moved := do(op, func(tx *db.Tx) error {
					return w.h.accept(ctx, tx, w.actor(some.Taker), w.key(person), some, ls, place{})
				})
				if moved && op == "accept-old" {
					r.Fatal("what nobody read was accepted")
				}
				if moved {
					if _, err := access.Find(ctx, d, w.actor(some.Giver), person, access.Note, w.clock.Now()); !fault.Is(err, fault.NotFound) {
						r.Fatalf("%s still sees %s: %v", some.Giver, person, err)
					}
				}
			case "refuse":
				if some.Taker != "" {
					ls := w.yes(some)
					ls[0].Answer, ls[0].Reason = "no", "te vol"
					do(op, func(tx *db.Tx) error { return w.h.refuse(ctx, tx, w.actor(some.Taker), w.key(person), some, ls) })
				}
			case "withdraw":
				if some.ID != "" {
					do(op, func(tx *db.Tx) error { return w.h.withdraw(ctx, tx, w.actor(some.Giver), some) })
				}
			case "undo":
				if some.ID != "" {
					do(op, func(tx *db.Tx) error { return w.h.undo(ctx, tx, noor, some) })
				}
			case "unassign":
				do(op, func(tx *db.Tx) error { return w.files.Unassign(ctx, tx, person, helper, noor) })
			case "assign":
				if len(actor.Posts) > 0 {
					do(op, func(tx *db.Tx) error { return w.files.Assign(ctx, tx, person, "t-utrecht", who, noor, "t-utrecht") })
				}
			case "leave":
				if left == 3 || len(actor.Posts) == 0 {
					continue
				}
				left++
				do(op, func(tx *db.Tx) error {
					return w.h.announce(ctx, tx, noor, who, "t-utrecht", clock.Today(w.clock.Now()))
				})
				w.clock.Advance(24 * 3600e9)
				if err := w.h.Depart(ctx, w.clock.Now()); err != nil {
					r.Fatal(err)
				}
				if gs, err := access.HeldBy(ctx, d, "user:"+who, w.clock.Now()); err != nil || len(gs) > 0 {
					r.Fatalf("%s left and holds %v %v", who, gs, err)
				}
			case "work":
				w.work(person, helper)
				want += 5
			}
			if wrong := w.minded(); len(wrong) > 0 {
				r.Fatalf("step %d, %s: %v", step, op, wrong)
			}
			if got := len(w.held()); got != want {
				r.Fatalf("step %d, %s: %d open pieces of work, want %d", step, op, got, want)
			}
			// An open offer is from somebody who has the file, and nobody reads a file because of one that is over.
			loose, err := db.Many[string](ctx, d, db.F(`SELECT g.holder FROM access_grant g WHERE g.why = 'offered' AND g.ended IS NULL AND NOT EXISTS (SELECT 1 FROM handover_offer o WHERE o.state = 'open' AND o.person = g.subject AND 'user:' || o.taker = g.holder)`))
			if err != nil || len(loose) > 0 {
				r.Fatalf("step %d, %s: %v read on without an offer, %v", step, op, loose, err)
			}
			open, err := db.Many[Offer](ctx, d, db.F(offerColumns).Then(`WHERE o.state = 'open'`))
			if err != nil {
				r.Fatal(err)
			}
			for _, o := range open {
				hs, err := w.files.Helpers(ctx, d, o.Person, w.clock.Now())
				if err != nil || !slices.Contains(hs, o.Giver) {
					r.Fatalf("step %d, %s: %s offers a file of %v, %v", step, op, o.Giver, hs, err)
				}
			}
		}
	})
}
