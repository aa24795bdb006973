package translation

// This file fills a demonstration: what people missed in the last weeks.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// demoMissed are texts that somebody came upon in a language that has little yet.
var demoMissed = []struct {
	tag, key string
	n        int
}{
	{"ps", "portal.appointments", 14}, {"ps", "portal.question", 11}, {"am", "portal.appointments", 9}, {"ckb", "portal.question.text", 7},
	{"ru", "portal.appointments", 6}, {"kmr", "portal.looks", 4}, {"am", "portal.pin.change", 3}, {"nl-simple", "portal.question.text", 3},
}

// Demo counts what was missing.
func (t *Translation) Demo(ctx context.Context, tx *db.Tx, now time.Time) error {
	for _, m := range demoMissed {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO translation_missed (tag, key, n, since) VALUES (?,?,?,?)`, m.tag, m.key, m.n, clock.Today(now).AddDays(-25))); err != nil {
			return err
		}
	}
	return nil
}
