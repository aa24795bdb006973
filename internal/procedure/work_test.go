package procedure

import (
	"strings"
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
)

// A file changes hands, and afterwards a date moves by new rules: it is for who minds it now, on every page and in every
// alarm. Once without handing the work over, as an assignment that was taken away long ago, and once with it.
func TestADateThatMovesIsForWhoMindsItNow(t *testing.T) {
	for name, hand := range map[string]bool{"the assignment alone": false, "with the work": true} {
		each(t, func(b *bench) {
			ctx := b.t.Context()
			marwan, deniz := b.ids["Marwan"], b.ids["Deniz"]
			b.record("p-selam", ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"), route("aa"), how(Handed)))
			before := b.rows("p-selam")["appeal"]
			if before.Owner != marwan {
				b.t.Fatalf("%s: it begins with %q", name, before.Owner)
			}
			b.grant("p-selam", "Deniz", access.Assignment, access.File)
			b.tx(func(tx *db.Tx) error {
				if err := access.EndAll(ctx, tx, "p-selam", "user:"+marwan); err != nil || !hand {
					return err
				}
				for _, w := range b.p.Work() {
					if err := w.Move(ctx, tx, dossier.Handing{Person: "p-selam", From: marwan, To: deniz}); err != nil {
						return err
					}
				}
				return nil
			})
			if hand {
				for _, w := range b.p.Work() {
					mine, err := w.Open(ctx, b.d, deniz, "p-selam", b.d.Now())
					if err != nil || len(mine) == 0 {
						b.t.Errorf("%s: %s of the next one: %v, %v", name, w.Name, mine, err)
					}
					if left, err := w.Open(ctx, b.d, marwan, "", b.d.Now()); err != nil || len(left) > 0 {
						b.t.Errorf("%s: %s stayed behind: %v, %v", name, w.Name, left, err)
					}
				}
			}
			next := New(b.d, b.org, b.files)
			next.Book.Version = "asylum_old@2027"
			for i := range next.Book.Packs {
				for j := range next.Book.Packs[i].Terms {
					if r := &next.Book.Packs[i].Terms[j]; r.ID == "old-appeal-week" {
						r.Term = &Term{N: 2, Unit: Weeks, Roll: ATW}
					}
				}
			}
			if err := next.Recompute(ctx, b.d.Now()); err != nil {
				b.t.Fatal(err)
			}
			after := b.rows("p-selam")["appeal"]
			if after.Safe == before.Safe || after.Owner != deniz {
				b.t.Errorf("%s: the date that moved (%s) is with %q", name, after.Safe, after.Owner)
			}
			owner, err := db.One[string](ctx, b.d, db.F(`SELECT owner FROM procedure_move WHERE person = 'p-selam' AND seen IS NULL`))
			if err != nil || owner != deniz {
				b.t.Errorf("%s: that it moved is told to %q, %v", name, owner, err)
			}
			if due, err := dueFor(ctx, b.d, b.actor("Deniz"), after.Safe.AddDays(-3), b.d.Now()); err != nil || len(due) == 0 {
				b.t.Errorf("%s: it is not due for the next one: %v", name, err)
			}
		})
	}
}

// An alarm that was raised for the first ends with the work, and with it what it opened.
func TestAlarmsOfTheFirstEndWhenTheWorkMoves(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		b.record("p-selam", ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"), route("aa"), how(Handed)))
		if err := b.p.Escalate(ctx, b.d.Now()); err != nil {
			b.t.Fatal(err)
		}
		holders := func() string {
			hs, err := db.Many[string](ctx, b.d, db.F(`SELECT DISTINCT holder FROM procedure_escalation WHERE person = 'p-selam' AND ended IS NULL ORDER BY holder`))
			if err != nil {
				b.t.Fatal(err)
			}
			return strings.Join(hs, " ")
		}
		marwan := b.ids["Marwan"]
		if !strings.Contains(holders(), marwan) {
			b.t.Fatalf("alarms are with %s", holders())
		}
		b.tx(func(tx *db.Tx) error {
			return b.p.moveDates(ctx, tx, dossier.Handing{Person: "p-selam", From: marwan, To: b.ids["Deniz"]})
		})
		if strings.Contains(holders(), marwan) {
			b.t.Errorf("alarms are still with the first: %s", holders())
		}
	})
}
