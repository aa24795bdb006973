package contact

import (
	"slices"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

func TestWhoIsBusyIsToldAndNothingElse(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		m := o.As(worker("u-marwan", access.Legal, "t-utrecht"))
		o.must(t, m, "/dossier/p-selam/afspraak", meeting()...) // Thursday from 11:00 to 11:45
		at := func(h, min int) time.Time { return time.Date(2026, 11, 26, h, min, 0, 0, clock.Netherlands) }
		everybody := []string{"p-reem", "p-selam", "p-ahmad"}
		for name, c := range map[string]struct {
			people   []string
			from, to time.Time
			busy     bool
		}{
			"around it":            {everybody, at(10, 0), at(13, 0), true},
			"in the middle of it":  {everybody, at(11, 10), at(11, 20), true},
			"until its beginning":  {everybody, at(10, 0), at(11, 0), false},
			"one minute into it":   {everybody, at(10, 0), at(11, 1), true},
			"from its end":         {everybody, at(11, 45), at(13, 0), false},
			"its last minute":      {everybody, at(11, 44), at(13, 0), true},
			"of others":            {[]string{"p-reem", "p-ahmad"}, at(10, 0), at(13, 0), false},
			"of nobody":            {nil, at(10, 0), at(13, 0), false},
			"the same hour, later": {everybody, at(11, 0).AddDate(0, 0, 1), at(12, 0).AddDate(0, 0, 1), false},
		} {
			got, err := o.c.Busy(t.Context(), d, c.people, c.from, c.to)
			if err != nil || slices.Contains(got, "p-selam") != c.busy || (!c.busy && len(got) > 0) || len(got) > 1 {
				t.Errorf("%s: %v %v", name, got, err)
			}
		}
		o.tx(t, func(tx *db.Tx) error {
			_, err := db.Do(t.Context(), tx, db.F(`UPDATE contact_appointment SET cancelled = ? WHERE person = 'p-selam'`, tx.Now))
			return err
		})
		if got, err := o.c.Busy(t.Context(), d, everybody, at(10, 0), at(13, 0)); err != nil || len(got) > 0 {
			t.Errorf("after it was cancelled: %v %v", got, err)
		}
	})
}
