package procedure

// This file counts once a month how long each step took, and reads it.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// usualBatch is how many tracks are read at a time.
const usualBatch = 200

// Usually counts how long each step took in the last years. It writes only what came of it: no person, and no number of people. In
// between it rests: nobody waits for what is read once a month.
func (p *Procedure) Usually(ctx context.Context, now time.Time) error {
	b, err := p.book(ctx, p.db)
	if err != nil {
		return err
	}
	type key struct {
		law  RegimeID
		step string
	}
	since := clock.Today(now.AddDate(-usualYears, 0, 0))
	lengths := map[key]map[int]int{} // of each number of days, how many people it took that long
	var last Track
	counted := map[key]bool{} // of the person who is read now: somebody with two procedures counts once
	for {
		began := p.db.Now()
		ts, err := db.Many[Track](ctx, p.db, db.F(trackColumns).Then(`WHERE version > 0 AND (person > ? OR person = ? AND id > ?) ORDER BY person, id LIMIT ?`, last.Person, last.Person, last.ID, usualBatch))
		if err != nil {
			return err
		}
		if len(ts) == 0 {
			break
		}
		ds, err := derivations(ctx, p.db, b, ts)
		if err != nil {
			return err
		}
		for _, t := range ts {
			if t.Person != last.Person {
				clear(counted)
			}
			last = t
			d := ds[t.ID]
			law, ok := d.law(t.Topic)
			if !ok {
				continue
			}
			for _, x := range d.took() {
				k := key{law, x.step}
				if !counted[k] && !x.over.Before(since) {
					counted[k] = true
					if lengths[k] == nil {
						lengths[k] = map[int]int{}
					}
					lengths[k][x.days]++
				}
			}
		}
		if err := web.Rest(ctx, p.db.Now().Sub(began)); err != nil {
			return err
		}
	}
	return p.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Do(ctx, tx, db.F(`DELETE FROM procedure_usual WHERE TRUE`)); err != nil {
			return err
		}
		for k, days := range lengths {
			u, ok := usual(days)
			if !ok {
				continue
			}
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO procedure_usual (regime, step, low, mid, high) VALUES (?,?,?,?,?)`, string(k.law), k.step, u.Low, u.Mid, u.High)); err != nil {
				return err
			}
		}
		return nil
	})
}

// usually is how long a step usually takes; not ok when that is not known.
func usually(ctx context.Context, q db.Q, law RegimeID, step string) (Usual, bool, error) {
	u, err := db.One[Usual](ctx, q, db.F(`SELECT regime, step, low, mid, high FROM procedure_usual WHERE regime = ? AND step = ?`, string(law), step))
	if fault.Is(err, fault.NotFound) {
		return Usual{}, false, nil
	}
	return u, err == nil, err
}
