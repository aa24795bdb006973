package translation

// This file holds the capability itself, and keeps what was missing.

import (
	"context"
	"log/slog"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/organisation"
)

// Translation is the capability.
type Translation struct {
	db    *db.DB
	org   *organisation.Store
	texts *lang.Catalogue
}

// New makes it.
func New(d *db.DB, org *organisation.Store, texts *lang.Catalogue) *Translation {
	return &Translation{db: d, org: org, texts: texts}
}

// keepEvery is how often each machine writes down what was missing on the pages that it made.
const keepEvery = 20 * time.Second

// Follow keeps writing down what is missing until ctx ends, and then once more.
func (t *Translation) Follow(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(keepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			if err := t.keep(last); err != nil {
				log.Error("texts that were missing are not counted", "err", err)
			}
			return
		case <-tick.C:
			if err := t.keep(ctx); err != nil && ctx.Err() == nil {
				log.Error("texts that were missing are not counted yet", "err", err)
			}
		}
	}
}

// keep writes down what was missing since the last time. What cannot be written is counted again later.
func (t *Translation) keep(ctx context.Context) error {
	fallen := t.texts.Fallen()
	if len(fallen) == 0 {
		return nil
	}
	err := t.db.Tx(ctx, func(tx *db.Tx) error {
		for m, n := range fallen {
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO translation_missed (tag, key, n, since) VALUES (?,?,?,?) ON CONFLICT (tag, key) DO UPDATE SET n = translation_missed.n + excluded.n`,
				m.Tag, m.Key, n, clock.Today(tx.Now))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		for m, n := range fallen {
			t.texts.Missing(m, n)
		}
	}
	return err
}

// Need is how often a text was missing in a language.
type Need struct {
	Tag, Key string
	N        int
	Since    clock.Date
}

// needs are what was missing most, in one language or in all of them. What has come since is no longer missing.
func (t *Translation) needs(ctx context.Context, tag string, most int) ([]Need, error) {
	q := db.F(`SELECT tag, key, n, since FROM translation_missed`)
	if tag != "" {
		q = q.Then(`WHERE tag = ?`, tag)
	}
	all, err := db.Many[Need](ctx, t.db, q.Then(`ORDER BY n DESC, tag, key`))
	if err != nil {
		return nil, err
	}
	var out []Need
	for _, n := range all {
		if _, there := t.texts.Item(n.Tag, n.Key); !there && t.texts.Source(n.Key) != "" && len(out) < most {
			out = append(out, n)
		}
	}
	return out, nil
}
