package monitor

// This file holds the SQL of what was shared.

import (
	"context"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

func sharePlace(id string) string { return "monitor_share.body/" + id }

// shares are the times that something was shared, the latest first.
func (m *Monitor) shares(ctx context.Context, q db.Q, where db.Frag) ([]Share, error) {
	xs, err := db.Many[Share](ctx, q, db.F(`SELECT id, report, what, network, day, answered, at, made_by, gone, version, body FROM monitor_share WHERE`).With(where).Then(`ORDER BY day DESC, at DESC, id`))
	return privacy.OpenAll(m.key(), xs, err, func(x *Share) (string, []byte, any) { return sharePlace(x.ID), x.Body, &x.Said })
}

func (m *Monitor) share(ctx context.Context, q db.Q, id string) (Share, error) {
	return db.First(m.shares(ctx, q, db.F(`id = ?`, id)))
}

// putShare keeps one. That its report was released is asked again at the moment of writing.
func (m *Monitor) putShare(ctx context.Context, tx *db.Tx, a access.Actor, x Share) (string, error) {
	x.ID = db.ID("ms", tx.Now)
	body, err := privacy.SealJSON(m.key(), sharePlace(x.ID), x.Said)
	if err != nil {
		return "", err
	}
	n, err := db.One[int64](ctx, tx, db.F(`SELECT COUNT(*) FROM monitor_report WHERE id = ? AND state = 'released'`, x.Report))
	if err := changed(n, err); err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO monitor_share (id, report, what, network, day, at, made_by, version, body) VALUES (?,?,?,?,?,?,?,1,?)`,
		x.ID, x.Report, x.What, x.Network, x.Day, tx.Now, a.ID, body)); err != nil {
		return "", err
	}
	return x.ID, log(ctx, tx, a, "monitor.event.shared", x.ID)
}

// answerShare keeps what they answered.
func (m *Monitor) answerShare(ctx context.Context, tx *db.Tx, a access.Actor, x Share, version int64) error {
	body, err := privacy.SealJSON(m.key(), sharePlace(x.ID), x.Said)
	if err != nil {
		return err
	}
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE monitor_share SET answered = ?, body = ?, version = version + 1 WHERE id = ? AND version = ? AND gone IS NULL`, x.Answered, body, x.ID, version))); err != nil {
		return err
	}
	return log(ctx, tx, a, "monitor.event.answered", x.ID)
}

// dropShare takes one away that was written down wrongly, or puts it back.
func (m *Monitor) dropShare(ctx context.Context, tx *db.Tx, a access.Actor, id string, gone bool) error {
	f := db.F(`UPDATE monitor_share SET gone = NULL WHERE id = ? AND gone IS NOT NULL`, id)
	if gone {
		f = db.F(`UPDATE monitor_share SET gone = ? WHERE id = ? AND gone IS NULL`, tx.Now, id)
	}
	n, err := db.Do(ctx, tx, f)
	if err != nil || n == 0 {
		return err
	}
	return log(ctx, tx, a, "monitor.event.shared", id)
}
