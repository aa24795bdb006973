package knelpunt

// This file holds the SQL of what comes through the public form.

import (
	"context"
	"sync"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func reportPlace(id string) string       { return "knelpunt_report.body/" + id }
func reportDetailPlace(id string) string { return "knelpunt_report.detail/" + id }

const reportColumns = `SELECT id, code, who, theme, weight, lang, week, state, place, institution, month, seen, body, detail FROM knelpunt_report WHERE`

func (k *Knelpunten) reports(ctx context.Context, q db.Q, where db.Frag) ([]Report, error) {
	rs, err := db.Many[Report](ctx, q, db.F(reportColumns).With(where).Then(`ORDER BY week, id`))
	if rs, err = privacy.OpenAll(k.key(), rs, err, func(r *Report) (string, []byte, any) { return reportPlace(r.ID), r.Body, &r.Words }); err != nil {
		return nil, err
	}
	return privacy.OpenAll(k.key(), rs, nil, func(r *Report) (string, []byte, any) { return reportDetailPlace(r.ID), r.Detail, &r.What })
}

// report is one that nobody took yet.
func (k *Knelpunten) report(ctx context.Context, q db.Q, id string) (Report, error) {
	return db.First(k.reports(ctx, q, db.F(`id = ? AND state = 'new'`, id)))
}

// receive keeps a report. A riddle that let one through already lets no other through.
func (k *Knelpunten) receive(ctx context.Context, tx *db.Tx, riddle string, in ReportInput) error {
	n, err := db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_spent (riddle, day) VALUES (?,?) ON CONFLICT (riddle) DO NOTHING`, riddle, clock.Today(tx.Now)))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "knelpunt.error.spent")
	}
	id := db.Blind("kr")
	body, err := privacy.SealJSON(k.key(), reportPlace(id), in.Words)
	if err != nil {
		return err
	}
	var detail []byte
	if in.Detail.Form != "" {
		if detail, err = privacy.SealJSON(k.key(), reportDetailPlace(id), in.Detail); err != nil {
			return err
		}
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_report (id, code, who, theme, weight, lang, week, state, place, institution, month, seen, body, detail) VALUES (?,?,?,?,?,?,?,'new',?,?,?,?,?,?)`,
		id, k.receiptToken(ReadCode(in.Code)), in.Who, in.Theme, in.Weight, in.Lang, WeekOf(clock.Today(tx.Now)), in.Place, in.Institution, in.Month, in.Seen, body, detail))
	return err
}

// settle ends a report: a colleague made a signal of it, or put it aside. Its words and answers are gone then, and what photographs it
// still has.
func (k *Knelpunten) settle(ctx context.Context, tx *db.Tx, a access.Actor, id, state string) error {
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE knelpunt_report SET state = ?, body = NULL, detail = NULL, place = '', institution = '', month = '', seen = '' WHERE id = ? AND state = 'new'`, state, id))); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM knelpunt_photo WHERE report = ?`, id)); err != nil {
		return err
	}
	return log(ctx, tx, a, "knelpunt.event.report_"+state, "")
}

// lapse ends the reports behind some drafts that go without becoming a signal: whoever holds the code is not told that we use it.
func lapse(drafts db.Frag) db.Frag {
	return db.F(`UPDATE knelpunt_report SET state = 'lapsed' WHERE state = 'taken' AND code IN (SELECT receipt FROM knelpunt_draft WHERE receipt IS NOT NULL AND`).With(drafts).Then(`)`)
}

// standing is where a report is: with the desk, with the team, aside, or lapsed; empty when nobody ever sent it.
func (k *Knelpunten) standing(ctx context.Context, code string) (string, error) {
	s, err := db.One[string](ctx, k.db, db.F(`SELECT state FROM knelpunt_report WHERE code = ?`, k.receiptToken(code)))
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return s, err
}

// held counts in memory what was held back, and writes it down now and then: a flood of forms is no flood of writes.
type held struct {
	mu sync.Mutex
	n  map[string]int
}

func (h *held) add(why string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.n == nil {
		h.n = map[string]int{}
	}
	h.n[why]++
}

func (h *held) take() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := h.n
	h.n = nil
	return n
}

// writeHeld adds what was held back to the numbers of the day.
func (k *Knelpunten) writeHeld(ctx context.Context, day clock.Date) error {
	n := k.held.take()
	if len(n) == 0 {
		return nil
	}
	return k.db.Tx(ctx, func(tx *db.Tx) error {
		for why, x := range n {
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_held (day, why, n) VALUES (?,?,?) ON CONFLICT (day, why) DO UPDATE SET n = knelpunt_held.n + excluded.n`, day, why, x)); err != nil {
				return err
			}
		}
		return nil
	})
}

// heldSince is how many forms were held back since a day.
func (k *Knelpunten) heldSince(ctx context.Context, day clock.Date) (int, error) {
	return db.One[int](ctx, k.db, db.F(`SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM knelpunt_held WHERE day >= ?`, day))
}
