package identity

// This file walks in the background over whoever changed, and proposes pairs. It can stop anywhere and goes on where it
// stopped; walking twice over the same changes nothing.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

const (
	walkEvery = time.Minute
	walkFor   = 50 * time.Second // of one run: other slow jobs wait
	walkStep  = 50               // people in one transaction
)

// Jobs is the work that runs by itself.
func (i *Identity) Jobs() []web.Job {
	return []web.Job{{Name: reviewsKept.Job, Every: 24 * time.Hour, Run: i.forget}}
}

// SlowJobs is work that takes minutes after a large import. The app runs it beside all other: an alarm does not wait for it.
func (i *Identity) SlowJobs() []web.Job {
	return []web.Job{{Name: "identity.walk", Every: walkEvery, Run: func(ctx context.Context, now time.Time) error { return i.Walk(ctx, now.Add(walkFor)) }}}
}

// Walk goes over the people who changed until there is nobody more or its time is up.
func (i *Identity) Walk(ctx context.Context, until time.Time) error {
	if !i.files.Heard() {
		return nil // who sounds alike is not known yet on this node
	}
	for ctx.Err() == nil && i.db.Now().Before(until) {
		n, err := i.walkOn(ctx)
		if err != nil || n == 0 {
			return err
		}
	}
	return ctx.Err()
}

// found is one judged pair.
type found struct {
	a, b string
	like dossier.Likeness
}

// walkOn judges the next few people and writes what was found together with how far it came.
func (i *Identity) walkOn(ctx context.Context) (int, error) {
	at, err := cursor(ctx, i.db)
	if err != nil {
		return 0, err
	}
	next, err := i.files.Changes(ctx, i.db, at, i.db.Now(), walkStep)
	if err != nil || len(next) == 0 {
		return 0, err
	}
	var all []found
	for _, c := range next {
		began := i.db.Now()
		fs, err := i.around(ctx, i.db, c.ID)
		if err != nil {
			return 0, err
		}
		all = append(all, fs...)
		if err := web.Rest(ctx, i.db.Now().Sub(began)); err != nil {
			return 0, err
		}
	}
	return len(next), i.db.Tx(ctx, func(tx *db.Tx) error {
		for _, f := range all {
			if there, err := i.there(ctx, tx, f.a, f.b); err != nil {
				return err
			} else if !there {
				continue
			}
			if err := propose(ctx, tx, f.a, f.b, f.like); err != nil {
				return err
			}
		}
		last := next[len(next)-1]
		_, err := db.Do(ctx, tx, db.F(`INSERT INTO identity_walk (id, at, person) VALUES ('people', ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, person = excluded.person`, last.ChangedAt, last.ID))
		return err
	})
}

// there says whether both records are still there: somebody may have been erased since they were read.
func (i *Identity) there(ctx context.Context, q db.Q, ids ...string) (bool, error) {
	for _, id := range ids {
		if _, err := i.files.Team(ctx, q, id); fault.Is(err, fault.NotFound) {
			return false, nil
		} else if err != nil {
			return false, err
		}
	}
	return true, nil
}

// around judges one person and whoever may be the same: those who are alike now, and those with whom a pair stood.
func (i *Identity) around(ctx context.Context, q db.Q, person string) ([]found, error) {
	ps, err := i.files.Profiles(ctx, q, []string{person})
	if err != nil {
		return nil, err
	}
	p, ok := ps[person]
	if !ok {
		return nil, nil // erased in this moment
	}
	ids, err := i.files.Alike(ctx, q, p)
	if err != nil {
		return nil, err
	}
	before, err := partners(ctx, q, person)
	if err != nil {
		return nil, err
	}
	for _, id := range before {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == person })
	others, err := i.files.Profiles(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	var out []found
	for _, id := range ids {
		o, ok := others[id]
		if !ok {
			continue
		}
		l := i.judge(p, o, false)
		if l.Class != dossier.No { // whether they live together matters only then
			kin, err := i.files.Kin(ctx, q, person, id)
			if err != nil {
				return nil, err
			}
			if kin {
				l = i.judge(p, o, true)
			}
		}
		if l.Class != dossier.No || slices.Contains(before, id) {
			out = append(out, found{person, id, l})
		}
	}
	return out, nil
}

// cursor is how far the walk has come.
func cursor(ctx context.Context, q db.Q) (dossier.Change, error) {
	type row struct {
		At     time.Time
		Person string
	}
	r, err := db.One[row](ctx, q, db.F(`SELECT at, person FROM identity_walk WHERE id = 'people'`))
	if fault.Is(err, fault.NotFound) {
		return dossier.Change{}, nil
	}
	return dossier.Change{ID: r.Person, ChangedAt: r.At}, err
}

// forget lets go of old reviews of colleagues.
func (i *Identity) forget(ctx context.Context, now time.Time) error {
	return i.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Do(ctx, tx, db.F(`DELETE FROM identity_review WHERE at < ?`, reviewsKept.Before(now)))
		return err
	})
}
