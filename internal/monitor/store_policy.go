package monitor

// This file holds the SQL of changes of policy.

import (
	"context"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
)

const policyColumns = `SELECT id, day, title, source, words, themes, at, made_by FROM monitor_policy WHERE gone IS NULL`

// policies are the changes that stand, the latest first.
func (m *Monitor) policies(ctx context.Context, q db.Q) ([]Policy, error) {
	return db.Many[Policy](ctx, q, db.F(policyColumns).Then(`ORDER BY day DESC, id`))
}

func (m *Monitor) policy(ctx context.Context, q db.Q, id string) (Policy, error) {
	return db.One[Policy](ctx, q, db.F(policyColumns).Then(`AND id = ?`, id))
}

func (m *Monitor) putPolicy(ctx context.Context, tx *db.Tx, a access.Actor, p Policy) (string, error) {
	p.ID = db.ID("mp", tx.Now)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO monitor_policy (id, day, title, source, words, themes, at, made_by, gone_by) VALUES (?,?,?,?,?,?,?,?,'')`,
		p.ID, p.Day, p.Title, p.Source, p.Words, p.Themes, tx.Now, a.ID)); err != nil {
		return "", err
	}
	return p.ID, log(ctx, tx, a, "monitor.event.policy", p.ID)
}

// linked are the ids of what a change belongs to.
func (m *Monitor) linked(ctx context.Context, policy, kind string) ([]string, error) {
	return db.Many[string](ctx, m.db, db.F(`SELECT target FROM monitor_policy_link WHERE policy = ? AND kind = ? ORDER BY target`, policy, kind))
}

// linkPolicy says that a change belongs to something, or no more. The log says of which change, and not to what: a dossier may be known
// to a few.
func (m *Monitor) linkPolicy(ctx context.Context, tx *db.Tx, a access.Actor, policy, kind, target string, on bool) error {
	f := db.F(`DELETE FROM monitor_policy_link WHERE policy = ? AND kind = ? AND target = ?`, policy, kind, target)
	if on {
		f = db.F(`INSERT INTO monitor_policy_link (policy, kind, target, at, made_by) VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING`, policy, kind, target, tx.Now, a.ID)
	}
	n, err := db.Do(ctx, tx, f)
	if err != nil || n == 0 {
		return err
	}
	return log(ctx, tx, a, "monitor.event.policy_linked", policy)
}

// dropPolicy takes a change away; it stays in the database, and can be put back.
func (m *Monitor) dropPolicy(ctx context.Context, tx *db.Tx, a access.Actor, id string, back bool) error {
	f, event := db.F(`UPDATE monitor_policy SET gone = ?, gone_by = ? WHERE id = ? AND gone IS NULL`, tx.Now, a.ID, id), "monitor.event.policy_gone"
	if back {
		f, event = db.F(`UPDATE monitor_policy SET gone = NULL, gone_by = '' WHERE id = ? AND gone IS NOT NULL`, id), "monitor.event.policy"
	}
	if err := changed(db.Do(ctx, tx, f)); err != nil {
		return err
	}
	return log(ctx, tx, a, event, id)
}
