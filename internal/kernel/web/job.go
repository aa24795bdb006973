package web

// This file runs background work, each job on one node at a time.

import (
	"context"
	"log/slog"
	"time"

	"reisgezel/internal/kernel/db"
)

// busyKey finds in the context of a job what says whether somebody waits for a page.
type busyKey struct{}

// Behind lets the jobs that run in this context give way, in Rest, while busy says that somebody waits.
func Behind(ctx context.Context, busy func() bool) context.Context {
	return context.WithValue(ctx, busyKey{}, busy)
}

// giveWay is how many times as long a job rests as it worked, while somebody waits for a page.
const giveWay = 9

// Rest is called by a long job after each small piece of its work, with how long that piece took. It rests for as long; while somebody
// waits for a page, giveWay times as long: two processors must not seem to be one to whoever stands at a desk, and a job must come to
// its end on a busy day too.
func Rest(ctx context.Context, worked time.Duration) error {
	if busy, ok := ctx.Value(busyKey{}).(func() bool); ok && busy() {
		worked *= giveWay
	}
	if worked <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(worked)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// lease is how long a node may be silent before another takes its job over.
const lease = 10 * time.Minute

// RunJobs runs every job that is due now and returns. A job that fails is tried again at its next time; its fault
// is logged, and the others still run.
func RunJobs(ctx context.Context, d *db.DB, log *slog.Logger, jobs []Job) {
	for _, j := range jobs {
		if ctx.Err() != nil {
			return // the program stops; whoever starts next goes on
		}
		now := d.Now()
		mine := false
		err := d.Tx(ctx, func(tx *db.Tx) error {
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO web_job (name, next, note) VALUES (?,0,'') ON CONFLICT DO NOTHING`, j.Name)); err != nil {
				return err
			}
			n, err := db.Do(ctx, tx, db.F(`UPDATE web_job SET next = ? WHERE name = ? AND next <= ?`, now.Add(lease), j.Name, now))
			mine = n == 1
			return err
		})
		if err != nil || !mine {
			if err != nil && ctx.Err() == nil {
				log.Error("job could not be claimed", "job", j.Name, "err", err)
			}
			continue
		}
		note := "done"
		release := hold(ctx, d, j.Name, lease/3)
		err = j.Run(ctx, now)
		release()
		if err != nil {
			if ctx.Err() != nil {
				return
			}
			note = "failed"
			log.Error("job failed", "job", j.Name, "err", err)
		}
		err = d.Tx(ctx, func(tx *db.Tx) error {
			_, err := db.Do(ctx, tx, db.F(`UPDATE web_job SET next = ?, note = ? WHERE name = ?`, now.Add(j.Every), note, j.Name))
			return err
		})
		if err != nil {
			log.Error("job could not be booked", "job", j.Name, "err", err)
		}
	}
}

// hold renews the lease of a job again and again until it is released: a long job that gives way to visitors may take longer than one.
func hold(ctx context.Context, d *db.DB, name string, every time.Duration) (release func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			// A lease that could not be renewed is tried for again before it ends.
			_ = d.Tx(ctx, func(tx *db.Tx) error {
				_, err := db.Do(ctx, tx, db.F(`UPDATE web_job SET next = ? WHERE name = ?`, tx.Now.Add(lease), name))
				return err
			})
		}
	}()
	return func() { cancel(); <-done }
}

// Sweep forgets idempotency keys after thirty days, sessions a month after their end, and forms that nobody came back for.
func Sweep(d *db.DB) Job {
	return Job{Name: "web.sweep", Every: time.Hour, Run: func(ctx context.Context, now time.Time) error {
		return d.Tx(ctx, func(tx *db.Tx) error {
			old := now.AddDate(0, 0, -30)
			if _, err := db.Do(ctx, tx, db.F(`DELETE FROM web_once WHERE at < ?`, old)); err != nil {
				return err
			}
			if _, err := db.Do(ctx, tx, db.F(`DELETE FROM web_kept WHERE at < ?`, now.Add(-keptFor))); err != nil {
				return err
			}
			_, err := db.Do(ctx, tx, db.F(`DELETE FROM web_session WHERE seen < ?`, old))
			return err
		})
	}}
}

// Upkeep tells the database once a day how its tables are filled.
func Upkeep(d *db.DB) Job {
	return Job{Name: "web.upkeep", Every: 24 * time.Hour, Run: func(ctx context.Context, _ time.Time) error { return d.Analyze(ctx) }}
}
