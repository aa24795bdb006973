package procedure

// This file keeps what was derived: the next version of a track, and of its dates those that changed. Whoever records an event
// keeps one track, the walk many at once; both come here.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// present reads the deadlines of some tracks, the version of each that stands, by track.
func present(ctx context.Context, q db.Q, tracks []string) (map[string][]Row, error) {
	rows, err := db.Many[Row](ctx, q, db.F(rowColumns+` WHERE`).With(db.In("d.track", tracks).And(db.F(`d.state <> 'superseded'`))))
	out := make(map[string][]Row, len(tracks))
	for _, r := range rows {
		out[r.Track] = append(out[r.Track], r)
	}
	return out, err
}

// packed is a derivation as it will be kept. It is made before the transaction where many are written: the one writer has
// no time for what others can do.
type packed struct {
	Derivation
	facts, outcome, body []byte
}

// pack makes a derivation ready to be kept, with the facts that it was derived from.
func (d Derivation) pack(f Facts) packed { return packed{d, f.pack(), d.outcome(), d.body()} }

// derived is a track that was derived anew: as it stands, with who minds its dates from now on, what stood, and what came out.
type derived struct {
	Track Track
	was   []Row
	is    packed
}

// renewed is a track after that, with what changed of its dates.
type renewed struct {
	Track
	Changes []Change
}

// keepDerived stores what was derived as the next version of each track. Somebody who derived one of them meanwhile is a
// conflict.
func (p *Procedure) keepDerived(ctx context.Context, tx *db.Tx, ds ...derived) ([]renewed, error) {
	ds = slices.Clone(ds) // the tracks get their next version here
	for i := range ds {
		t, is := &ds[i].Track, ds[i].is
		n, err := db.Do(ctx, tx, db.F(`UPDATE procedure_track SET version = version + 1, owner = ?, facts = ?, outcome = ?, ends = ? WHERE id = ? AND version = ?`,
			t.Owner, is.facts, is.outcome, is.ends(), t.ID, t.Version))
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return nil, fault.New(fault.Conflict, "")
		}
		t.Version++
	}
	if err := keepDerivations(ctx, tx, tx.Now, ds...); err != nil {
		return nil, err
	}
	return p.keepDeadlines(ctx, tx, ds)
}

// keepFirst stores the first derivation of a track whose events were written at once, as of the day of the last one.
func (p *Procedure) keepFirst(ctx context.Context, tx *db.Tx, t Track, f Facts, now, at time.Time) error {
	is := p.Book.Derive(f.About(t.Topic), now).pack(f)
	if _, err := db.Do(ctx, tx, db.F(`UPDATE procedure_track SET facts = ?, outcome = ?, ends = ? WHERE id = ?`, is.facts, is.outcome, is.ends(), t.ID)); err != nil {
		return err
	}
	d := derived{Track: t, is: is}
	if err := keepDerivations(ctx, tx, at, d); err != nil {
		return err
	}
	var fresh []Row
	cs, _ := d.changes(at)
	for _, c := range cs {
		fresh = append(fresh, c.New)
	}
	return insertRows(ctx, tx, fresh)
}

func keepDerivations(ctx context.Context, tx *db.Tx, at time.Time, ds ...derived) error {
	rows := make([][]any, len(ds))
	for i, d := range ds {
		rows[i] = []any{db.ID("dv", at), d.Track.ID, d.Track.Person, d.Track.Version, d.is.Rules, d.is.Calendar, d.is.body, at}
	}
	return db.Insert(ctx, tx, db.F(`INSERT INTO procedure_derivation (id, track, person, version, rules, calendar, body, at) VALUES`), rows)
}

// rowOf is a deadline as a row, without an id.
func rowOf(t Track, d Deadline) Row {
	r := Row{Track: t.ID, Person: t.Person, Owner: t.Owner, Team: t.Team, Name: d.Key, Term: d.Term, Party: d.Party, Kind: d.Kind, Waits: d.Reversed(),
		Safe: d.Safe, Last: d.Last, Urgent: d.Urgent, Sure: d.Sure(), Confirmed: d.Confirmed(), Version: 1, Derived: t.Version, State: "open"}
	if !d.Open() {
		r.State = "met"
	}
	return r
}

// same says whether a new derivation of a deadline tells nothing new.
func (r Row) same(n Row) bool {
	state := r.State == n.State || r.State == "done" && n.State == "open"
	return state && r.Safe == n.Safe && r.Last == n.Last && r.Urgent == n.Urgent && r.Sure == n.Sure && r.Confirmed == n.Confirmed && r.Party == n.Party
}

// changes are the new versions of the deadlines that changed, and the deadlines that no longer follow. Handed are those that stand
// as they did, and which somebody else minds now: who minds a date is no part of the date.
func (d derived) changes(now time.Time) (cs []Change, handed []string) {
	stood := make(map[string]Row, len(d.was))
	for _, o := range d.was {
		if was, ok := stood[o.Name]; !ok || o.Version > was.Version {
			stood[o.Name] = o
		}
	}
	for _, x := range d.is.Deadlines {
		n := rowOf(d.Track, x)
		o, had := stood[n.Name]
		delete(stood, n.Name)
		if had && o.same(n) {
			if o.Owner != n.Owner {
				handed = append(handed, o.ID)
			}
			continue
		}
		n.ID, n.Made = db.ID("dl", now), now
		if had {
			n.Version = o.Version + 1
			if o.State == "done" && n.State == "open" && o.Safe == n.Safe {
				// What was done stays done as long as the date it was done for stands.
				n.State, n.Done, n.DoneBy, n.DoneHow, n.DoneNote = o.State, o.Done, o.DoneBy, o.DoneHow, o.DoneNote
			}
		}
		cs = append(cs, Change{o, n})
	}
	for _, o := range d.was {
		if x, left := stood[o.Name]; left && x.ID == o.ID && o.State != "dropped" {
			cs = append(cs, Change{Old: o})
		}
	}
	return cs, handed
}

// keepDeadlines writes new versions of the deadlines that changed and drops those that no longer follow.
func (p *Procedure) keepDeadlines(ctx context.Context, tx *db.Tx, ds []derived) ([]renewed, error) {
	out := make([]renewed, len(ds))
	var fresh []Row
	var old []string
	for i, d := range ds {
		cs, handed := d.changes(tx.Now)
		out[i] = renewed{d.Track, cs}
		for _, id := range handed {
			if err := own(ctx, tx, id, d.Track.Owner); err != nil {
				return nil, err
			}
		}
		for _, c := range cs {
			if c.New.ID != "" {
				fresh = append(fresh, c.New)
			}
			if c.Old.ID != "" {
				old = append(old, c.Old.ID)
			}
		}
	}
	warn, err := alarmed(ctx, tx, old)
	if err != nil {
		return nil, err
	}
	// A new version must be there before an alarm goes over to it.
	if err := insertRows(ctx, tx, fresh); err != nil {
		return nil, err
	}
	for _, t := range out {
		for _, c := range t.Changes {
			if err := p.replace(ctx, tx, c, warn[c.Old.ID]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// replace marks the version that another takes the place of, or that no longer follows, and deals with its alarms. It goes by what
// is unique beside the id: the versions of one track lie beside each other, ids lie anywhere.
func (p *Procedure) replace(ctx context.Context, tx *db.Tx, c Change, alarmed bool) error {
	if c.Old.ID == "" {
		return nil
	}
	state, by := "dropped", any(nil)
	if c.New.ID != "" {
		state, by = "superseded", c.New.ID
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE procedure_deadline SET state = ?, superseded_by = ? WHERE track = ? AND name = ? AND version = ?`,
		state, by, c.Old.Track, c.Old.Name, c.Old.Version)); err != nil || !alarmed {
		return err
	}
	return p.moveAlarms(ctx, tx, c.Old, c.New)
}

func insertRows(ctx context.Context, tx *db.Tx, rs []Row) error {
	rows := make([][]any, len(rs))
	for i, r := range rs {
		var by any
		if r.SupersededBy != "" {
			by = r.SupersededBy
		}
		rows[i] = []any{r.ID, r.Track, r.Person, r.Owner, r.Team, r.Name, r.Term, string(r.Party), string(r.Kind), r.Waits, r.Safe, r.Last, r.Urgent, r.Sure, r.Confirmed,
			r.Version, r.Derived, r.State, by, r.Made, r.Done, r.DoneBy, r.DoneHow, r.DoneNote}
	}
	return db.Insert(ctx, tx, db.F(`INSERT INTO procedure_deadline (id, track, person, owner, team, name, term, party, kind, waits, safe, last, urgent, sure, confirmed, version, derived, state, superseded_by, made, done, done_by, done_how, done_note) VALUES`), rows)
}
