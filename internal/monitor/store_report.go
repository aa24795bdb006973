package monitor

// This file holds the SQL of reports.

import (
	"context"
	"strings"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func reportPlace(id string) string { return "monitor_report.body/" + id }

const reportColumns = `SELECT id, quarter, version, state, writers, changed, revision, released, released_by, body FROM monitor_report WHERE`

func (m *Monitor) reports(ctx context.Context, q db.Q, where db.Frag) ([]Report, error) {
	rs, err := db.Many[Report](ctx, q, db.F(reportColumns).With(where))
	return privacy.OpenAll(m.key(), rs, err, func(r *Report) (string, []byte, any) { return reportPlace(r.ID), r.Body, &r.Said })
}

func (m *Monitor) report(ctx context.Context, q db.Q, id string) (Report, error) {
	return db.First(m.reports(ctx, q, db.F(`id = ?`, id)))
}

// beginReport makes a draft: of a quarter that has none, or a correction of what was released last.
func (m *Monitor) beginReport(ctx context.Context, tx *db.Tx, a access.Actor, quarter string, version int64, s ReportSaid) (string, error) {
	id := db.ID("mr", tx.Now)
	body, err := privacy.SealJSON(m.key(), reportPlace(id), s)
	if err != nil {
		return "", err
	}
	n, err := db.Do(ctx, tx, db.F(`INSERT INTO monitor_report (id, quarter, version, state, writers, changed, revision, released_by, body) VALUES (?,?,?,'draft',?,?,1,'',?) ON CONFLICT DO NOTHING`, id, quarter, version, a.ID, tx.Now, body))
	if err := changed(n, err); err != nil {
		return "", err
	}
	return id, log(ctx, tx, a, "monitor.event.report", id)
}

// writeReport keeps what was written in a draft; a report that was released is never changed, and what another wrote meanwhile is a conflict.
func (m *Monitor) writeReport(ctx context.Context, tx *db.Tx, a access.Actor, r Report, revision int64) error {
	body, err := privacy.SealJSON(m.key(), reportPlace(r.ID), r.Said)
	if err != nil {
		return err
	}
	if !r.Wrote(a.ID) {
		r.Writers = strings.TrimSpace(r.Writers + " " + a.ID)
	}
	return changed(db.Do(ctx, tx, db.F(`UPDATE monitor_report SET body = ?, writers = ?, changed = ?, revision = revision + 1 WHERE id = ? AND revision = ? AND state = 'draft'`, body, r.Writers, tx.Now, r.ID, revision)))
}

// holdReport keeps what somebody is typing, for them alone: it is no part of the report until they save it.
func (m *Monitor) holdReport(ctx context.Context, tx *db.Tx, a access.Actor, id string, revision int64, typed map[string]string) error {
	r, err := m.report(ctx, tx, id)
	if err != nil {
		return err
	}
	if r.Said.Held == nil {
		r.Said.Held = map[string]map[string]string{}
	}
	r.Said.Held[a.ID] = typed
	body, err := privacy.SealJSON(m.key(), reportPlace(id), r.Said)
	if err != nil {
		return err
	}
	return changed(db.Do(ctx, tx, db.F(`UPDATE monitor_report SET body = ? WHERE id = ? AND revision = ? AND state = 'draft'`, body, id, revision)))
}

// releaseReport lets a report go: by somebody who wrote nothing in it, as they saw it.
func (m *Monitor) releaseReport(ctx context.Context, tx *db.Tx, a access.Actor, id string, revision int64) error {
	r, err := m.report(ctx, tx, id)
	if err != nil {
		return err
	}
	if r.Revision != revision {
		return fault.New(fault.Conflict, "monitor.error.version")
	}
	if err := CheckRelease(r, a.ID); err != nil {
		return err
	}
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE monitor_report SET state = 'released', released = ?, released_by = ? WHERE id = ? AND revision = ? AND state = 'draft'`, tx.Now, a.ID, id, revision))); err != nil {
		return err
	}
	return log(ctx, tx, a, "monitor.event.report_released", id)
}
