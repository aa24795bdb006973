package knelpunt

// This file holds the SQL of mediations.

import (
	"context"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

func mediationPlace(id string) string { return "knelpunt_mediation.body/" + id }

func (k *Knelpunten) mediations(ctx context.Context, q db.Q, where db.Frag) ([]Mediation, error) {
	ms, err := db.Many[Mediation](ctx, q, db.F(`SELECT id, bottleneck, institution, state, day, due, at, made_by, gone, version, body FROM knelpunt_mediation WHERE`).With(where).Then(`ORDER BY day DESC, at DESC, id`))
	return privacy.OpenAll(k.key(), ms, err, func(m *Mediation) (string, []byte, any) { return mediationPlace(m.ID), m.Body, &m.Said })
}

// mediation is one of a bottleneck.
func (k *Knelpunten) mediation(ctx context.Context, q db.Q, bottleneck, id string) (Mediation, error) {
	return db.First(k.mediations(ctx, q, db.F(`bottleneck = ? AND id = ?`, bottleneck, id)))
}

// mediate begins one.
func (k *Knelpunten) mediate(ctx context.Context, tx *db.Tx, a access.Actor, b Bottleneck, m Mediation) error {
	m.ID = db.ID("km", tx.Now)
	body, err := privacy.SealJSON(k.key(), mediationPlace(m.ID), m.Said)
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_mediation (id, bottleneck, institution, state, day, due, at, made_by, version, body) VALUES (?,?,?,?,?,?,?,?,1,?)`,
		m.ID, b.ID, m.Institution, m.State, m.Day, m.Due, tx.Now, a.ID, body)); err != nil {
		return err
	}
	return k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: Mediated, State: b.State, About: m.ID})
}

// outcome keeps what came of one; what somebody else wrote meanwhile is a conflict.
func (k *Knelpunten) outcome(ctx context.Context, tx *db.Tx, a access.Actor, b Bottleneck, m Mediation, version int64, words string) error {
	body, err := privacy.SealJSON(k.key(), mediationPlace(m.ID), m.Said)
	if err != nil {
		return err
	}
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE knelpunt_mediation SET state = ?, due = ?, body = ?, version = version + 1 WHERE id = ? AND version = ? AND gone IS NULL`, m.State, m.Due, body, m.ID, version))); err != nil {
		return err
	}
	return k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: Mediated, State: b.State, About: m.ID, Words: StepWords{Inside: words}})
}

// dropMediation takes one away, or puts it back.
func (k *Knelpunten) dropMediation(ctx context.Context, tx *db.Tx, a access.Actor, b Bottleneck, id string, gone bool) error {
	f := db.F(`UPDATE knelpunt_mediation SET gone = NULL WHERE id = ? AND bottleneck = ? AND gone IS NOT NULL`, id, b.ID)
	if gone {
		f = db.F(`UPDATE knelpunt_mediation SET gone = ? WHERE id = ? AND bottleneck = ? AND gone IS NULL`, tx.Now, id, b.ID)
	}
	n, err := db.Do(ctx, tx, f)
	if err != nil || n == 0 {
		return err
	}
	return k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: Mediated, State: b.State, About: id})
}
