package monitor

// This file is the work that runs by itself: a week that is over is counted once, and judged once.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// Jobs is the work that runs by itself. It looks every hour whether a week is over, so that a night without power costs an hour.
func (m *Monitor) Jobs() []web.Job {
	return []web.Job{{Name: "monitor.weekly", Every: time.Hour, Run: m.weekly}}
}

const (
	reach     = 53 * 6 // weeks that are counted at most the first time: all that the methods look at
	judgeBack = 4      // weeks that are judged at most: an older one helps nobody
)

// weekly counts the weeks that are over, and judges the latest that were not judged.
func (m *Monitor) weekly(ctx context.Context, now time.Time) error {
	last := WeekOf(clock.Today(now)).AddDays(-7)
	from, err := db.One[clock.Date](ctx, m.db, db.F(`SELECT week FROM monitor_week ORDER BY week DESC LIMIT 1`))
	switch {
	case err == nil:
		from = from.AddDays(7)
	case fault.Is(err, fault.NotFound):
		if from, err = m.lent.Since(ctx); err != nil {
			return err
		}
		if from.IsZero() {
			return nil // nobody ever signalled
		}
		from = WeekOf(from)
	default:
		return err
	}
	if far := last.AddDays(-7 * reach); from.Before(far) {
		from = far
	}
	for w := from; !w.After(last); w = w.AddDays(7) {
		if err := m.countWeek(ctx, w); err != nil {
			return err
		}
	}
	for w := last.AddDays(-7 * (judgeBack - 1)); !w.After(last); w = w.AddDays(7) {
		if err := m.judgeWeek(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// count counts the signals of one week.
func (m *Monitor) count(ctx context.Context, week clock.Date) (Week, error) {
	cells, heard, err := m.lent.Signals(ctx, week)
	w := Week{Week: week, Heard: heard.All, HeardAt: heard.At, Cells: cells}
	for _, c := range cells {
		w.Signals += c.N
	}
	return w, err
}

// countWeek counts one week, and keeps it.
func (m *Monitor) countWeek(ctx context.Context, week clock.Date) error {
	w, err := m.count(ctx, week)
	if err != nil {
		return err
	}
	if w.Guided, err = m.lent.Guided(ctx, week, week.AddDays(7)); err != nil {
		return err
	}
	if w.Guided == 0 {
		w.Guided = -1 // a week in which nobody was guided is one of which nobody wrote it down
	}
	return m.db.Tx(ctx, func(tx *db.Tx) error { return putWeek(ctx, tx, w) })
}

// judgeWeek judges one week, once: how far it is stands beside it, and what it found is written when all of it is done.
func (m *Monitor) judgeWeek(ctx context.Context, week clock.Date) error {
	b, err := m.weeks(ctx)
	if err != nil {
		return err
	}
	how, err := m.exposure(ctx)
	if err != nil {
		return err
	}
	b = b.By(how)
	k := b.Index(week)
	if k < 0 || k >= b.Len() || !b.Known[k] {
		return nil
	}
	done, err := db.One[int](ctx, m.db, db.F(`SELECT COUNT(*) FROM monitor_run WHERE week = ? AND ended IS NOT NULL`, week))
	if err != nil || done > 0 {
		return err
	}
	themes := append([]string{""}, m.themes()...)
	of := 1 + len(themes)
	step := func(n, series, scans int) error {
		return m.db.Tx(ctx, func(tx *db.Tx) error {
			_, err := db.Do(ctx, tx, db.F(`INSERT INTO monitor_run (week, done, steps, series, scans, at, exposure) VALUES (?,?,?,?,?,?,?) ON CONFLICT (week) DO UPDATE SET done = excluded.done, series = excluded.series, scans = excluded.scans`, week, n, of, series, scans, tx.Now, how))
			return err
		})
	}
	if err := step(0, 0, 0); err != nil {
		return err
	}
	found, series := b.Judge(k, Inside.Least)
	scans := 0
	for i, theme := range themes {
		if err := step(1+i, series, scans); err != nil {
			return err
		}
		for _, group := range append([]string{""}, b.groups(theme, k, Inside.Least)...) {
			fs, scanned, err := b.ScanOf(theme, group, k, Inside.Least)
			if err != nil {
				return err
			}
			if scanned {
				scans++
			}
			found = slices.Concat(found, fs)
		}
	}
	return m.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Do(ctx, tx, db.F(`UPDATE monitor_run SET done = steps, series = ?, scans = ?, ended = ? WHERE week = ? AND ended IS NULL`, series, scans, tx.Now, week))
		if err != nil || n == 0 {
			return err // another node was first
		}
		return keepFindings(ctx, tx, week, ByTheme(found))
	})
}
