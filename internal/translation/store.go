package translation

// This file holds the capability itself, and keeps what was missing.

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Translation is the capability.
type Translation struct {
	db    *db.DB
	org   *organisation.Store
	texts *lang.Catalogue
	door  func(route string) (web.Route, bool) // where a text stands

	passages []Passage
	clips    atomic.Pointer[map[[2]string]Clip] // what everybody may hear

	mu      sync.Mutex
	laid    bool  // what was agreed to lies over the catalogue
	edition int64 // which edition of it
}

// New makes it.
func New(d *db.DB, org *organisation.Store, texts *lang.Catalogue) *Translation {
	return &Translation{db: d, org: org, texts: texts, door: func(string) (web.Route, bool) { return web.Route{}, false }}
}

// Lend says what the doors of the house are, by the names of their routes.
func (t *Translation) Lend(door func(route string) (web.Route, bool)) { t.door = door }

// lookEvery is how often each machine looks whether a text was agreed to; in keepEvery of them it writes down what was missing on
// the pages that it made.
const (
	lookEvery = 2 * time.Second
	keepEvery = 10
)

// Follow shows what is agreed to, and writes down what is missing, until ctx ends; then it writes once more.
func (t *Translation) Follow(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			if err := t.keep(last); err != nil {
				log.Error("texts that were missing are not counted", "err", err)
			}
			return
		case <-tick.C:
			err := t.Refresh(ctx)
			if n%keepEvery == 0 && err == nil {
				if err = t.keep(ctx); err == nil {
					err = t.keepPlaces(ctx)
				}
			}
			if err != nil && ctx.Err() == nil {
				log.Error("the translations are not up to date", "err", err)
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
