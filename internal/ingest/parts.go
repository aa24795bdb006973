package ingest

// This file is what an import answers when a person asks for everything, or to be forgotten.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// rowsKept is how long a batch that nobody finishes waits. Assumption: who stops for a month uploads anew.
var rowsKept = privacy.Class{Name: "ingest.keeps.rows", Tables: []string{"ingest_row"}, From: privacy.LastTouched, Days: 30, Assumed: true, Job: "ingest.forget"}

// Keeper exports and erases what stands here about a person: that they came in by an import, and when.
func (i *Ingest) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "ingest",
		Keeps: []privacy.Class{rowsKept, {Name: "ingest.keeps.print", Tables: []string{"ingest_print"}, From: privacy.WithFile}},
		Export: func(ctx context.Context, q db.Q, v *privacy.Vault, subject string) (any, error) {
			type came struct {
				Batch string    `json:"batch"`
				At    time.Time `json:"at"`
			}
			return db.Many[came](ctx, q, db.F(`SELECT DISTINCT b.id AS batch, b.at FROM ingest_print p JOIN ingest_batch b ON b.id = p.batch WHERE p.person = ?`, subject))
		},
		Erase: func(ctx context.Context, tx *db.Tx, subject string) error {
			if _, err := db.Do(ctx, tx, db.F(`DELETE FROM ingest_row WHERE person = ?`, subject)); err != nil {
				return err
			}
			_, err := db.Do(ctx, tx, db.F(`DELETE FROM ingest_print WHERE person = ?`, subject))
			return err
		}}
}
