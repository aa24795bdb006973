package monitor

// This file holds the SQL of warnings, what was found, and what was said of them.

import (
	"context"
	"math"
	"slices"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func wordPlace(id string) string { return "monitor_word.body/" + id }

// Run is how far the judging of a week is.
type Run struct {
	Week                       clock.Date
	Done, Steps, Series, Scans int
	At, Ended                  time.Time
	Exposure                   string
}

func (m *Monitor) runs(ctx context.Context, most int) ([]Run, error) {
	return db.Many[Run](ctx, m.db, db.F(`SELECT week, done, steps, series, scans, at, ended, exposure FROM monitor_run ORDER BY week DESC LIMIT ?`, most))
}

// exposure is with what the desk chose to compare the weeks that are judged from now on.
func (m *Monitor) exposure(ctx context.Context) (string, error) {
	x, err := db.One[string](ctx, m.db, db.F(`SELECT exposure FROM monitor_choice WHERE id = 'm'`))
	if fault.Is(err, fault.NotFound) {
		return ByGuided, nil
	}
	return x, err
}

// choose keeps that choice; weeks that were judged stay as they were.
func (m *Monitor) choose(ctx context.Context, tx *db.Tx, a access.Actor, exposure string) error {
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO monitor_choice (id, exposure, at, made_by) VALUES ('m',?,?,?) ON CONFLICT (id) DO UPDATE SET exposure = excluded.exposure, at = excluded.at, made_by = excluded.made_by`, exposure, tx.Now, a.ID)); err != nil {
		return err
	}
	return log(ctx, tx, a, "monitor.event.exposure", "")
}

// stored is a finding as it stands in the database.
type stored struct {
	Warning, Method, Dim, Value, Params string
	Week                                clock.Date
	Span, N                             int
	Expected, Upper, P                  int64
}

const warningColumns = `SELECT id, theme, week, latest, at, verdict, judged, judged_by, bottleneck, version FROM monitor_warning WHERE`

// warnings reads warnings with what was found.
func (m *Monitor) warnings(ctx context.Context, q db.Q, where db.Frag) ([]Warning, error) {
	ws, err := db.Many[Warning](ctx, q, db.F(warningColumns).With(where))
	if err != nil || len(ws) == 0 {
		return nil, err
	}
	at := map[string]int{}
	var ids []string
	for i, w := range ws {
		at[w.ID] = i
		ids = append(ids, w.ID)
	}
	fs, err := db.Many[stored](ctx, q, db.F(`SELECT warning, week, method, dim, value, span, n, expected, upper, p, params FROM monitor_finding WHERE`).With(db.In("warning", ids)))
	if err != nil {
		return nil, err
	}
	for _, f := range fs {
		w := &ws[at[f.Warning]]
		w.Findings = append(w.Findings, Finding{Warning: f.Warning, Method: f.Method, Dim: f.Dim, Value: f.Value, Params: f.Params, Week: f.Week, Span: f.Span, N: f.N,
			Expected: float64(f.Expected) / 100, Upper: float64(f.Upper) / 100, P: float64(f.P) / 1e6, Theme: w.Theme})
	}
	for _, w := range ws {
		slices.SortStableFunc(w.Findings, func(a, b Finding) int {
			if d := a.Week.DaysUntil(b.Week); d != 0 {
				return d
			}
			return foremost(a, b)
		})
	}
	return ws, nil
}

func (m *Monitor) warning(ctx context.Context, q db.Q, id string) (Warning, error) {
	return db.First(m.warnings(ctx, q, db.F(`id = ?`, id)))
}

// countOpen is how many warnings wait for the desk.
func (m *Monitor) countOpen(ctx context.Context) (int, error) {
	return db.One[int](ctx, m.db, db.F(`SELECT COUNT(*) FROM monitor_warning WHERE verdict = ''`))
}

// keep writes what was found in a week: to the warning of the theme that it follows, or a new one. What was written before is not
// written again.
func keepFindings(ctx context.Context, tx *db.Tx, week clock.Date, by map[string][]Finding) error {
	type last struct {
		ID     string
		Latest clock.Date
	}
	var themes []string
	for t := range by {
		themes = append(themes, t)
	}
	slices.Sort(themes)
	for _, theme := range themes {
		before, err := db.Many[last](ctx, tx, db.F(`SELECT id, latest FROM monitor_warning WHERE theme = ? AND week <= ? ORDER BY latest DESC LIMIT 1`, theme, week))
		if err != nil {
			return err
		}
		id := ""
		if len(before) > 0 && follows(before[0].Latest, week) {
			id = before[0].ID
			if _, err := db.Do(ctx, tx, db.F(`UPDATE monitor_warning SET latest = ? WHERE id = ? AND latest < ?`, week, id, week)); err != nil {
				return err
			}
		} else {
			id = db.ID("mw", tx.Now)
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO monitor_warning (id, theme, week, latest, at, verdict, judged_by, bottleneck, version) VALUES (?,?,?,?,?,'','','',1)`, id, theme, week, week, tx.Now)); err != nil {
				return err
			}
		}
		for _, f := range by[theme] {
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO monitor_finding (warning, week, method, dim, value, span, n, expected, upper, p, params) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING`,
				id, week, f.Method, f.Dim, f.Value, f.Span, f.N, hundredths(f.Expected), hundredths(f.Upper), int64(math.Round(f.P*1e6)), f.Params)); err != nil {
				return err
			}
		}
	}
	return nil
}

func hundredths(x float64) int64 { return int64(math.Round(x * 100)) }

// say adds to what was said of a warning.
func (m *Monitor) say(ctx context.Context, tx *db.Tx, a access.Actor, w Word) error {
	w.ID = db.ID("mz", tx.Now)
	var body []byte
	if w.Why != "" {
		var err error
		if body, err = privacy.SealJSON(m.key(), wordPlace(w.ID), w.Why); err != nil {
			return err
		}
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO monitor_word (id, warning, kind, about, at, made_by, body) VALUES (?,?,?,?,?,?,?)`, w.ID, w.Warning, w.Kind, w.About, tx.Now, a.ID, body)); err != nil {
		return err
	}
	return log(ctx, tx, a, "monitor.event."+w.Kind, w.Warning)
}

func (m *Monitor) words(ctx context.Context, warnings ...string) ([]Word, error) {
	ws, err := db.Many[Word](ctx, m.db, db.F(`SELECT id, warning, kind, about, at, made_by, body FROM monitor_word WHERE`).With(db.In("warning", warnings)).Then(`ORDER BY at DESC, id DESC`))
	if err != nil {
		return nil, err
	}
	for i, w := range ws {
		if len(w.Body) > 0 {
			if err := privacy.OpenJSON(m.key(), wordPlace(w.ID), w.Body, &ws[i].Why); err != nil {
				return nil, err
			}
		}
	}
	return ws, nil
}

// judge keeps what somebody says a warning is; what another said meanwhile is a conflict.
func (m *Monitor) judge(ctx context.Context, tx *db.Tx, a access.Actor, id, verdict, why string, version int64) error {
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE monitor_warning SET verdict = ?, judged = ?, judged_by = ?, version = version + 1 WHERE id = ? AND version = ? AND verdict = ''`,
		verdict, tx.Now, a.ID, id, version))); err != nil {
		return err
	}
	return m.say(ctx, tx, a, Word{Warning: id, Kind: verdict, Why: why})
}

// undo takes a judgement back; what was said stays in the history.
func (m *Monitor) undo(ctx context.Context, tx *db.Tx, a access.Actor, id string, version int64) error {
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE monitor_warning SET verdict = '', judged = NULL, judged_by = '', version = version + 1 WHERE id = ? AND version = ? AND verdict <> ''`, id, version))); err != nil {
		return err
	}
	return m.say(ctx, tx, a, Word{Warning: id, Kind: Undone})
}

// tie says in which bottleneck a warning is taken up; an empty one takes that back.
func (m *Monitor) tie(ctx context.Context, tx *db.Tx, a access.Actor, w Warning, bottleneck string, version int64) error {
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE monitor_warning SET bottleneck = ?, version = version + 1 WHERE id = ? AND version = ?`, bottleneck, w.ID, version))); err != nil {
		return err
	}
	kind, about := Joined, bottleneck
	if bottleneck == "" {
		kind, about = Parted, w.Bottleneck
	}
	return m.say(ctx, tx, a, Word{Warning: w.ID, Kind: kind, About: about})
}
