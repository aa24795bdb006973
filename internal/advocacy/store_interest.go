package advocacy

// This file holds the SQL of interests.

import (
	"context"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

func interestPlace(id string) string { return "advocacy_interest.body/" + id }

// interests are all that stand in the register, what goes on first; those that were taken away too when gone.
func (s *Advocacy) interests(ctx context.Context, q db.Q, where db.Frag) ([]Interest, error) {
	xs, err := db.Many[Interest](ctx, q, db.F(`SELECT id, kind, since, until, at, made_by, gone, version, body FROM advocacy_interest WHERE`).With(where).Then(`ORDER BY COALESCE(until, '9999') DESC, since DESC, id`))
	return privacy.OpenAll(s.key(), xs, err, func(x *Interest) (string, []byte, any) { return interestPlace(x.ID), x.Body, &x.Said })
}

// standing are those that were not taken away.
func (s *Advocacy) standing(ctx context.Context, q db.Q) ([]Interest, error) {
	return s.interests(ctx, q, db.F(`gone IS NULL`))
}

func (s *Advocacy) interest(ctx context.Context, q db.Q, id string) (Interest, error) {
	return db.First(s.interests(ctx, q, db.F(`id = ?`, id)))
}

func logInterest(ctx context.Context, tx *db.Tx, a access.Actor, id string) error {
	return audit.Append(ctx, tx, audit.Entry{Event: "advocacy.event.interest", Actor: a.ID, ActorKind: string(a.Kind), Object: id, Session: a.Session})
}

// declare puts one into the register.
func (s *Advocacy) declare(ctx context.Context, tx *db.Tx, a access.Actor, x Interest) (string, error) {
	x.ID = db.ID("ag", tx.Now)
	body, err := privacy.SealJSON(s.key(), interestPlace(x.ID), x.Said)
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO advocacy_interest (id, kind, since, until, at, made_by, version, body) VALUES (?,?,?,?,?,?,1,?)`,
		x.ID, x.Kind, x.Since, x.Until, tx.Now, a.ID, body)); err != nil {
		return "", err
	}
	return x.ID, logInterest(ctx, tx, a, x.ID)
}

// redeclare writes one anew; how it read before stays beside it.
func (s *Advocacy) redeclare(ctx context.Context, tx *db.Tx, a access.Actor, before, x Interest, version int64) error {
	was := before.Said
	was.Was = nil
	x.Said.Was = append(before.Said.Was, InterestWord{Kind: before.Kind, Since: before.Since, Until: before.Until, At: tx.Now, By: a.ID, Said: was})
	body, err := privacy.SealJSON(s.key(), interestPlace(before.ID), x.Said)
	if err != nil {
		return err
	}
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE advocacy_interest SET kind = ?, since = ?, until = ?, body = ?, version = version + 1 WHERE id = ? AND version = ? AND gone IS NULL`,
		x.Kind, x.Since, x.Until, body, before.ID, version))); err != nil {
		return err
	}
	return logInterest(ctx, tx, a, before.ID)
}

// undeclare takes one out of the register, or puts it back.
func (s *Advocacy) undeclare(ctx context.Context, tx *db.Tx, a access.Actor, id string, gone bool) error {
	f := db.F(`UPDATE advocacy_interest SET gone = NULL, version = version + 1 WHERE id = ? AND gone IS NOT NULL`, id)
	if gone {
		f = db.F(`UPDATE advocacy_interest SET gone = ?, version = version + 1 WHERE id = ? AND gone IS NULL`, tx.Now, id)
	}
	n, err := db.Do(ctx, tx, f)
	if err != nil || n == 0 {
		return err
	}
	return logInterest(ctx, tx, a, id)
}

// tied are the interests that were put beside a dossier.
func (s *Advocacy) tied(ctx context.Context, dossier string) ([]string, error) {
	return db.Many[string](ctx, s.db, db.F(`SELECT interest FROM advocacy_tie WHERE dossier = ? ORDER BY interest`, dossier))
}

// tie puts an interest beside a dossier that does not name its party, or takes it off.
func (s *Advocacy) tie(ctx context.Context, tx *db.Tx, a access.Actor, d Dossier, interest string, on bool) error {
	if err := hold(ctx, tx, a, d.ID); err != nil {
		return err
	}
	f, kind := db.F(`DELETE FROM advocacy_tie WHERE dossier = ? AND interest = ?`, d.ID, interest), Untied
	if on {
		f, kind = db.F(`INSERT INTO advocacy_tie (dossier, interest) VALUES (?,?) ON CONFLICT DO NOTHING`, d.ID, interest), Tied
	}
	n, err := db.Do(ctx, tx, f)
	if err != nil || n == 0 {
		return err
	}
	return s.step(ctx, tx, a, Step{Dossier: d.ID, Kind: kind, State: d.State, About: interest})
}
