package ingest

// This file does the long work in the background, in small steps that each are kept, so that it goes on where it stopped.

import (
	"context"
	"errors"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// turn is how long one run of the job lasts; it is shorter than a node may keep a job.
const turn = 4 * time.Minute

// Jobs are the background work.
func (i *Ingest) Jobs() []web.Job {
	return []web.Job{
		{Name: "ingest.work", Every: 20 * time.Second, Run: func(ctx context.Context, now time.Time) error { return i.Work(ctx, turn) }},
		{Name: "ingest.forget", Every: 24 * time.Hour, Run: i.forget},
	}
}

// Work goes on with every batch that has work, until all is done or the time is up. Another run at the same time is not
// waited for: it does the same.
func (i *Ingest) Work(ctx context.Context, most time.Duration) error {
	if !i.working.TryLock() {
		return nil
	}
	defer i.working.Unlock()
	until := i.db.Now().Add(most)
	var errs []error
	busy, err := db.Many[string](ctx, i.db, db.F(`SELECT id FROM ingest_batch WHERE state = ? OR state = ? OR state = ? OR state = ? ORDER BY at, id`,
		string(Reading), string(Checking), string(Writing), string(Undoing)))
	if err != nil {
		return err
	}
	for _, id := range busy {
		if err := i.finish(ctx, id, until); err != nil {
			errs = append(errs, err)
		}
		if i.db.Now().After(until) {
			break
		}
	}
	return errors.Join(errs...)
}

// finish works on one batch until it waits for somebody.
func (i *Ingest) finish(ctx context.Context, id string, until time.Time) error {
	for {
		b, err := i.batch(ctx, i.db, id)
		if err != nil || !b.State.Works() {
			return err
		}
		if b.State == Reading {
			err = i.read(ctx, b, until)
		} else {
			err = i.step(ctx, b)
		}
		if err != nil && fault.As(err).Key == "ingest.conflict" {
			return nil // another node was first; it goes on
		}
		if err != nil || i.db.Now().After(until) || ctx.Err() != nil {
			return err
		}
	}
}

func (i *Ingest) step(ctx context.Context, b Batch) error {
	switch b.State {
	case Checking:
		return i.check(ctx, b)
	case Writing:
		if b.Kind != People {
			return i.writeList(ctx, b)
		}
		return i.write(ctx, b)
	case Undoing:
		if b.Kind != People {
			return i.undoList(ctx, b)
		}
		return i.undo(ctx, b)
	}
	return nil
}

// begin starts the work of a batch at once: a moment of it before the answer, so that a small file is done when the page is
// there, and the rest after it. When the program stops meanwhile, the job goes on.
func (i *Ingest) begin(ctx context.Context, id string) error {
	ctx = context.WithoutCancel(ctx) // a visitor who went away does not stop it
	if err := i.finish(ctx, id, i.db.Now().Add(moment)); err != nil {
		return err
	}
	b, err := i.batch(ctx, i.db, id)
	if err != nil || !b.State.Works() {
		return err
	}
	go func() {
		_ = i.Work(ctx, turn) // a fault here is no loss: the job meets it again, and its log tells it
	}()
	return nil
}

// moment is how long a visitor waits for the answer at most while the work has begun.
const moment = time.Second

// advance books a step: nothing happens when another node booked it first.
func advance(ctx context.Context, tx *db.Tx, b Batch, done int) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE ingest_batch SET done = ? WHERE id = ? AND state = ? AND done = ? AND version = ?`, done, b.ID, string(b.State), b.Done, b.Version))
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "ingest.conflict")
	}
	return err
}

// forget throws away what nobody finished.
func (i *Ingest) forget(ctx context.Context, now time.Time) error {
	old, err := i.stale(ctx, now)
	if err != nil {
		return err
	}
	err = i.db.Tx(ctx, func(tx *db.Tx) error {
		// A file may be called after a person.
		_, err := db.Do(ctx, tx, db.F(`UPDATE ingest_batch SET name = NULL WHERE name IS NOT NULL AND ended < ?`, rowsKept.Before(now)))
		return err
	})
	if err != nil {
		return err
	}
	for _, b := range old {
		err := i.db.Tx(ctx, func(tx *db.Tx) error {
			return i.drop(ctx, tx, access.Actor{Kind: access.Machine, ID: "system"}, b)
		})
		if err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return nil
}
