package web

// This file runs background work, each job on one node at a time.

import (
	"context"
	"log/slog"
	"time"

	"reisgezel/internal/kernel/db"
)

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
		if err := j.Run(ctx, now); err != nil {
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
