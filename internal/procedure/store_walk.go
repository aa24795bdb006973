package procedure

// This file walks over all tracks: to derive them anew after the rules changed, and to count what a proposed change of the
// rules would do. It goes in batches and remembers how far it came, so that it can be stopped at any moment and goes on
// from there. It reads beside everybody else, and writes a track only where something comes out differently.

import (
	"context"
	"runtime"
	"sync"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

const (
	atOnce     = 2000                  // tracks that are read and derived at once
	writeLeast = 100                   // tracks that one transaction writes at least
	writeMost  = 500                   // tracks that one transaction writes at most
	writeLong  = 40 * time.Millisecond // how long one transaction should take, so that others who write need not wait long
)

// Walk is one walk over all tracks, and what it found so far.
type Walk struct {
	ID        string
	Kind      string // derive or count
	Amendment string
	Rules     string
	Calendar  string
	Reached   string
	Began     time.Time
	Ended     time.Time
	Moves

	few int // tracks that its next transaction writes
}

const walkColumns = `SELECT id, kind, amendment, rules, calendar, reached, looked, tracks, earlier, later, fresh, gone, other, began, ended FROM procedure_walk`

// beginWalk writes down that a walk is to be made.
func beginWalk(ctx context.Context, tx *db.Tx, w Walk) error {
	var of any
	if w.Amendment != "" {
		of = w.Amendment
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO procedure_walk (id, kind, amendment, rules, calendar, reached, looked, tracks, earlier, later, fresh, gone, other, began) VALUES (?,?,?,?,?,'',0,0,0,0,0,0,0,?)`,
		db.ID("wk", tx.Now), w.Kind, of, w.Rules, w.Calendar, tx.Now))
	return err
}

// walkOf is the newest count of what a change does.
func walkOf(ctx context.Context, q db.Q, amendment string) (Walk, error) {
	return db.One[Walk](ctx, q, db.F(walkColumns).Then(`WHERE amendment = ? ORDER BY began DESC, id DESC LIMIT 1`, amendment))
}

// lastWalk is the newest walk that derived tracks anew.
func lastWalk(ctx context.Context, q db.Q) (Walk, error) {
	return db.One[Walk](ctx, q, db.F(walkColumns).Then(`WHERE kind = 'derive' ORDER BY began DESC, id DESC LIMIT 1`))
}

// step writes how far a walk came. When another node came further meanwhile, that is a conflict.
func (w *Walk) step(ctx context.Context, tx *db.Tx, reached string, m Moves, done bool) error {
	var ended any
	if done {
		ended = tx.Now
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE procedure_walk SET reached = ?, looked = looked + ?, tracks = tracks + ?, earlier = earlier + ?, later = later + ?, fresh = fresh + ?, gone = gone + ?, other = other + ?, ended = ?
		WHERE id = ? AND reached = ? AND ended IS NULL`, reached, m.Looked, m.Tracks, m.Earlier, m.Later, m.Fresh, m.Gone, m.Other, ended, w.ID, w.Reached))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "")
	}
	return err
}

// came takes over what step wrote, once it is committed.
func (w *Walk) came(reached string, m Moves) { w.Reached, w.Moves = reached, w.Moves.plus(m) }

// Recompute derives every track by the rules that hold now, once for each rulebook and each release. It is a job; what was
// stopped goes on at its next time.
func (p *Procedure) Recompute(ctx context.Context, _ time.Time) error {
	b, err := p.book(ctx, p.db)
	if err != nil {
		return err
	}
	w, err := lastWalk(ctx, p.db)
	if fault.Is(err, fault.NotFound) || err == nil && (w.Rules != b.Version || w.Calendar != b.Calendar.Version) {
		if err := p.db.Tx(ctx, func(tx *db.Tx) error {
			return beginWalk(ctx, tx, Walk{Kind: "derive", Rules: b.Version, Calendar: b.Calendar.Version})
		}); err != nil {
			return err
		}
		w, err = lastWalk(ctx, p.db)
	}
	if err != nil || !w.Ended.IsZero() {
		return err
	}
	return overAll(ctx, p, &w,
		func(ctx context.Context, batch []stand) ([]*anew, error) { return p.deriveAll(ctx, b, batch) },
		func(ctx context.Context, batch []stand, found []*anew) error { return p.keepAll(ctx, &w, batch, found) })
}

// Count counts what the proposed changes would do, as far as that was not counted yet. It is a job.
func (p *Procedure) Count(ctx context.Context, _ time.Time) error {
	ws, err := db.Many[Walk](ctx, p.db, db.F(walkColumns).Then(`WHERE kind = 'count' AND ended IS NULL ORDER BY began, id`))
	if err != nil {
		return err
	}
	for _, w := range ws {
		if err := p.count(ctx, &w); err != nil {
			return err
		}
	}
	return nil
}

// count makes one count. A change that fits no more has nothing to count.
func (p *Procedure) count(ctx context.Context, w *Walk) error {
	a, err := amendment(ctx, p.db, w.Amendment)
	if err != nil {
		return err
	}
	old, fresh, err := p.besides(ctx, p.db, a)
	if err != nil {
		return err
	}
	if fresh == nil || a.State != Proposed {
		return p.db.Tx(ctx, func(tx *db.Tx) error { return w.step(ctx, tx, w.Reached, Moves{}, true) })
	}
	now := p.db.Now()
	return overAll(ctx, p, w,
		func(ctx context.Context, batch []stand) (m Moves, err error) {
			found := make([]Moves, len(batch))
			err = spread(len(batch), func(i int) error {
				f, err := batch[i].facts(ctx, p.db)
				if err == nil {
					found[i] = compare(old.Derive(f, now), fresh.Derive(f, now))
				}
				return err
			})
			for _, x := range found {
				m = m.plus(x)
			}
			return m, err
		},
		func(ctx context.Context, batch []stand, m Moves) error {
			reached := batch[len(batch)-1].ID
			if err := p.db.Tx(ctx, func(tx *db.Tx) error { return w.step(ctx, tx, reached, m, false) }); err != nil {
				return err
			}
			w.came(reached, m)
			return nil
		})
}

// besides is the rulebook that holds now and the one that would hold with a change; that one is nil when it does not fit.
func (p *Procedure) besides(ctx context.Context, q db.Q, a Amended) (now, then *Rulebook, err error) {
	if now, err = p.book(ctx, q); err != nil {
		return nil, nil, err
	}
	c, faults := ReadAmendment(a.Body)
	if len(faults) > 0 {
		return now, nil, nil
	}
	c.ID = a.ID
	then, faults = now.With([]*Amendment{c}, "+"+a.ID)
	if len(faults) > 0 {
		return now, nil, nil
	}
	return now, then, nil
}

// stand is what a walk reads of a track.
type stand struct {
	ID      string
	Topic   Topic
	Version int64
	Packed  []byte `db:"facts"`
	Outcome []byte
}

// facts are what a track is derived from. A track that was derived before facts were packed is read from its events.
func (s stand) facts(ctx context.Context, q db.Q) (Facts, error) {
	if f, err := unpackFacts(s.Packed, s.Topic); err == nil {
		return f, nil
	}
	rs, err := records(ctx, q, s.ID)
	return factsOf(Track{ID: s.ID, Topic: s.Topic}, rs), err
}

// overAll goes over all tracks that come after where a walk is, batch by batch in the order of their ids. Look finds out what
// is to be done, and keep does it; while one batch is kept the next ones are looked at, and the one after them read: keeping waits
// for the disk now and then, looking does not. At the end it writes that the walk is done.
func overAll[T any](ctx context.Context, p *Procedure, w *Walk, look func(context.Context, []stand) (T, error), keep func(context.Context, []stand, T) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	type looked struct {
		batch []stand
		found T
		err   error
	}
	read, next := make(chan looked, 1), make(chan looked, 2)
	go func() {
		defer close(read)
		for after := w.Reached; ; {
			var l looked
			l.batch, l.err = db.Many[stand](ctx, p.db, db.F(`SELECT id, topic, version, facts, outcome FROM procedure_track WHERE id > ? ORDER BY id LIMIT ?`, after, atOnce))
			if !hand(ctx, read, l) || l.err != nil || len(l.batch) == 0 {
				return
			}
			after = l.batch[len(l.batch)-1].ID
		}
	}()
	go func() {
		defer close(next)
		for l := range read {
			if l.err == nil && len(l.batch) > 0 {
				l.found, l.err = look(ctx, l.batch)
			}
			if !hand(ctx, next, l) || l.err != nil {
				return
			}
		}
	}()
	for l := range next {
		if l.err != nil {
			return l.err
		}
		if len(l.batch) == 0 {
			return p.db.Tx(ctx, func(tx *db.Tx) error { return w.step(ctx, tx, w.Reached, Moves{}, true) })
		}
		if err := keep(ctx, l.batch, l.found); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// hand gives something to the next in the row; false when the walk was stopped.
func hand[T any](ctx context.Context, to chan<- T, x T) bool {
	select {
	case to <- x:
		return true
	case <-ctx.Done():
		return false
	}
}

// spread does n pieces of work on all processors.
func spread(n int, do func(i int) error) error {
	hands := min(n, runtime.GOMAXPROCS(0))
	errs := make([]error, hands)
	var wg sync.WaitGroup
	for h := range hands {
		wg.Go(func() {
			for i := h; i < n && errs[h] == nil; i += hands {
				errs[h] = do(i)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// anew is a track that came out differently.
type anew struct {
	stand
	packed
}

// deriveAll derives a batch; what came out as it was stays nil. Most tracks do, and of these nothing is written: the walk
// itself says that they were looked at by these rules.
func (p *Procedure) deriveAll(ctx context.Context, b *Rulebook, batch []stand) ([]*anew, error) {
	now := p.db.Now()
	found := make([]*anew, len(batch))
	err := spread(len(batch), func(i int) error {
		f, err := batch[i].facts(ctx, p.db)
		if err != nil {
			return err
		}
		d := b.Derive(f, now)
		if string(d.outcome()) == string(batch[i].Outcome) {
			return nil
		}
		found[i] = &anew{batch[i], d.pack(f)}
		return nil
	})
	return found, err
}

// keepAll writes what changed in a batch, few tracks at a time: as many as the transactions before let hope for.
func (p *Procedure) keepAll(ctx context.Context, w *Walk, batch []stand, found []*anew) error {
	w.few = max(w.few, writeLeast)
	for from := 0; from < len(batch); {
		var changed []*anew
		to := from
		for ; to < len(batch) && len(changed) < w.few; to++ {
			if found[to] != nil {
				changed = append(changed, found[to])
			}
		}
		began := p.db.Now()
		if err := p.writeAll(ctx, w, batch[to-1].ID, to-from, changed); err != nil {
			return err
		}
		if took := p.db.Now().Sub(began); len(changed) == w.few || took > writeLong {
			w.few = fewer(len(changed), took)
		}
		from = to
	}
	return nil
}

// fewer is how many tracks the next transaction may write, when one of so many took so long: less, or more but not many more at once.
func fewer(n int, took time.Duration) int {
	next := int(float64(n) * float64(writeLong) / float64(max(took, time.Millisecond)))
	return max(min(max(next, n/2), n+n/4, writeMost), writeLeast)
}

// writeAll writes the tracks that came out differently, with how far the walk is.
func (p *Procedure) writeAll(ctx context.Context, w *Walk, reached string, looked int, changed []*anew) error {
	var m Moves
	err := p.db.Tx(ctx, func(tx *db.Tx) error {
		m = Moves{Looked: looked}
		if len(changed) > 0 {
			var err error
			if m, err = p.renewAll(ctx, tx, changed); err != nil {
				return err
			}
			m.Looked = looked
		}
		return w.step(ctx, tx, reached, m, false)
	})
	if err == nil {
		w.came(reached, m)
	}
	return err
}

// renewAll writes tracks that came out differently. Somebody may have recorded an event since one was read, and then it is
// up to date; or the person may have been erased.
func (p *Procedure) renewAll(ctx context.Context, tx *db.Tx, changed []*anew) (Moves, error) {
	ids := make([]string, len(changed))
	for i, x := range changed {
		ids[i] = x.ID
	}
	now, err := db.Many[Track](ctx, tx, db.F(trackColumns+` WHERE`).With(db.In("id", ids)))
	if err != nil {
		return Moves{}, err
	}
	byID := map[string]Track{}
	for _, t := range now {
		byID[t.ID] = t
	}
	was, err := present(ctx, tx, ids)
	if err != nil {
		return Moves{}, err
	}
	people := make([]string, 0, len(now))
	for _, t := range now {
		people = append(people, t.Person)
	}
	live, err := access.Live(ctx, tx, people, tx.Now, access.Assignment, access.Registered)
	if err != nil {
		return Moves{}, err
	}
	grants := map[string][]access.Grant{}
	for _, g := range live {
		grants[g.Subject] = append(grants[g.Subject], g)
	}
	var m Moves
	var ds []derived
	for _, x := range changed {
		t, ok := byID[x.ID]
		if !ok || t.Version != x.Version {
			continue
		}
		if same, err := x.asBefore(ctx, tx, t); err != nil {
			return m, err
		} else if same {
			continue
		}
		// The file may have changed hands since the track was last derived: a date that moves now is for who minds it now.
		if t.Owner, err = p.minder(ctx, grants[t.Person], t.Owner, tx.Now); err != nil {
			return m, err
		}
		ds = append(ds, derived{t, was[t.ID], x.packed})
	}
	out, err := p.keepDerived(ctx, tx, ds...)
	if err != nil {
		return m, err
	}
	var log []audit.Entry
	for _, t := range out {
		if len(t.Changes) == 0 {
			continue
		}
		m = m.plus(movesOf(t.Changes))
		log = append(log, audit.Entry{Event: "procedure.event.recomputed", Subject: t.Person, Actor: "system", ActorKind: string(access.Machine), Place: t.Team, Object: t.ID})
	}
	if err := tell(ctx, tx, "rules", "", out...); err != nil {
		return m, err
	}
	return m, audit.Append(ctx, tx, log...)
}

// asBefore says whether a track from before outcomes were kept comes out as it was stored, and gives it its outcome then.
func (x *anew) asBefore(ctx context.Context, tx *db.Tx, t Track) (bool, error) {
	if len(x.stand.Outcome) > 0 {
		return false, nil
	}
	was, err := derivation(ctx, tx, t, 0)
	if fault.Is(err, fault.NotFound) || err == nil && string(was.outcome()) != string(x.outcome) {
		return false, nil
	}
	if err == nil {
		_, err = db.Do(ctx, tx, db.F(`UPDATE procedure_track SET facts = ?, outcome = ?, ends = ? WHERE id = ?`, x.packed.facts, x.outcome, x.ends(), t.ID))
	}
	return true, err
}
