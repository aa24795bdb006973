package procedure

import (
	"context"
	"testing"

	"reisgezel/internal/kernel/db"
)

func TestSomebodyHearsThatItIsTheirTurn(t *testing.T) {
	each(t, func(b *bench) {
		told := 0
		count := func(_ context.Context, _ *db.Tx, person string) error {
			if person == "p-selam" {
				told++
			}
			return nil
		}
		b.p.LendNews(nil, count)
		b.record("p-selam", ev("lodged", "2026-01-20"))
		if told != 0 {
			t.Errorf("the authority is to act, and she heard %d times that it is her turn", told)
		}
		b.record("p-selam", ev("decision", "2026-11-23", outcome("rejected"), route("aa"), how(Sent)))
		if told != 1 {
			t.Errorf("she may appeal, and heard so %d times", told)
		}
		b.tx(func(tx *db.Tx) error {
			ts, err := tracks(t.Context(), tx, "p-selam")
			if err != nil {
				return err
			}
			_, _, err = b.p.derive(t.Context(), tx, ts[0])
			return err
		})
		if told != 1 {
			t.Errorf("it is her turn as it was, and she heard so %d times", told)
		}
	})
}
