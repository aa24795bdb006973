package knelpunt

// This file holds the SQL of signals: in the team, and after they left it.

import (
	"context"
	"slices"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func draftPlace(id string) string  { return "knelpunt_draft.body/" + id }
func signalPlace(id string) string { return "knelpunt_signal.body/" + id }
func detailPlace(id string) string { return "knelpunt_signal.detail/" + id }

const draftColumns = `SELECT id, team, raiser, one, receipt, state, week, version, body FROM knelpunt_draft WHERE`

// drafts read signals of the team. Their order is that of the weeks and then of random ids: it tells nothing of who came when.
func (k *Knelpunten) drafts(ctx context.Context, q db.Q, where db.Frag) ([]Draft, error) {
	ds, err := db.Many[Draft](ctx, q, db.F(draftColumns).With(where).Then(`ORDER BY week, id`))
	return privacy.OpenAll(k.key(), ds, err, func(d *Draft) (string, []byte, any) { return draftPlace(d.ID), d.Body, &d.Said })
}

func (k *Knelpunten) ownDrafts(ctx context.Context, a access.Actor) ([]Draft, error) {
	return k.drafts(ctx, k.db, db.F(`raiser = ?`, k.raiser(a)))
}

// ownDraft is one's own; another's is not there.
func (k *Knelpunten) ownDraft(ctx context.Context, a access.Actor, id string) (Draft, error) {
	return db.First(k.drafts(ctx, k.db, db.F(`id = ? AND raiser = ?`, id, k.raiser(a))))
}

// toRelease is the condition for what somebody may let go: of these teams, and not their own.
func (k *Knelpunten) toRelease(a access.Actor, teams []string) db.Frag {
	return db.F(`state = 'waiting' AND raiser <> ? AND`, k.raiser(a)).With(db.In("team", teams))
}

func (k *Knelpunten) countRelease(ctx context.Context, a access.Actor, teams []string) (int, error) {
	return db.One[int](ctx, k.db, db.F(`SELECT COUNT(*) FROM knelpunt_draft WHERE`).With(k.toRelease(a, teams)))
}

// giveDraft keeps a signal for the second reader.
func (k *Knelpunten) giveDraft(ctx context.Context, tx *db.Tx, d Draft) (string, error) {
	d.ID, d.State, d.Week, d.Version = db.Blind("kd"), Waiting, WeekOf(clock.Today(tx.Now)), 1
	body, err := privacy.SealJSON(k.key(), draftPlace(d.ID), d.Said)
	if err != nil {
		return "", err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_draft (id, team, raiser, one, receipt, state, week, version, body) VALUES (?,?,?,?,?,?,?,?,?)`,
		d.ID, d.Team, d.Raiser, d.One, d.Receipt, d.State, d.Week, d.Version, body))
	return d.ID, err
}

// turn changes what is said of a draft and who has it; from now on it has its whole time again. What somebody else changed meanwhile is a conflict.
func (k *Knelpunten) turn(ctx context.Context, tx *db.Tx, d Draft, version int64, state string, s Said) error {
	body, err := privacy.SealJSON(k.key(), draftPlace(d.ID), s)
	if err != nil {
		return err
	}
	return changed(db.Do(ctx, tx, db.F(`UPDATE knelpunt_draft SET state = ?, body = ?, week = ?, version = version + 1 WHERE id = ? AND version = ?`, state, body, WeekOf(clock.Today(tx.Now)), d.ID, version)))
}

// dropDraft takes a draft away: withdrawn, or let go.
func dropDraft(ctx context.Context, tx *db.Tx, id string, version int64) error {
	return changed(db.Do(ctx, tx, db.F(`DELETE FROM knelpunt_draft WHERE id = ? AND version = ?`, id, version)))
}

// withdraw takes a draft away that its author does not want to leave; a report behind it has then come to nothing.
func withdraw(ctx context.Context, tx *db.Tx, id string, version int64) error {
	if _, err := db.Do(ctx, tx, lapse(db.F(`id = ?`, id))); err != nil {
		return err
	}
	if err := dropPhotos(ctx, tx, id); err != nil {
		return err
	}
	return dropDraft(ctx, tx, id, version)
}

func changed(n int64, err error) error {
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "knelpunt.error.version")
	}
	return err
}

// release lets a draft go: a new row with a new id in the week of today, and the draft is gone. So the order of what was written
// is not the order of what left.
func (k *Knelpunten) release(ctx context.Context, tx *db.Tx, a access.Actor, d Draft, version int64) error {
	if err := dropDraft(ctx, tx, d.ID, version); err != nil {
		return err
	}
	source := FromWork
	switch {
	case len(d.One) > 0:
		source = FromFile
	case len(d.Receipt) > 0:
		source = FromOpen
	}
	id, err := k.putSignal(ctx, tx, Signal{Facts: d.Said.Facts, Raiser: d.Raiser, One: d.One, Receipt: d.Receipt, Source: source, Lang: d.Said.Lang, Week: WeekOf(clock.Today(tx.Now)), Words: d.Said.Words, What: d.Said.Detail})
	if err != nil {
		return err
	}
	if err := k.releasePhotos(ctx, tx, d.ID, id); err != nil {
		return err
	}
	return log(ctx, tx, a, "knelpunt.event.released", "") // which one it was would tell when it was let go, and in whose file its receipt came then
}

func (k *Knelpunten) putSignal(ctx context.Context, tx *db.Tx, s Signal) (string, error) {
	if s.ID == "" {
		s.ID = db.Blind("ks")
	}
	body, err := privacy.SealJSON(k.key(), signalPlace(s.ID), s.Words)
	if err != nil {
		return "", err
	}
	var detail []byte
	if s.What.Form != "" {
		if detail, err = privacy.SealJSON(k.key(), detailPlace(s.ID), s.What); err != nil {
			return "", err
		}
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_signal (id, raiser, one, receipt, theme, institution, place, phase, nation, month, weight, seen, source, lang, week, body, detail) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		s.ID, s.Raiser, s.One, s.Receipt, s.Theme, s.Institution, s.Place, s.Phase, s.Nation, s.Month, s.Weight, s.Seen, s.Source, s.Lang, s.Week, body, detail))
	return s.ID, err
}

const signalColumns = `SELECT s.id, s.raiser, s.one, s.receipt, s.theme, s.institution, s.place, s.phase, s.nation, s.month, s.weight, s.seen, s.source, s.lang, s.week, s.body, s.detail FROM knelpunt_signal s WHERE`

func (k *Knelpunten) signals(ctx context.Context, q db.Q, where db.Frag) ([]Signal, error) {
	ss, err := db.Many[Signal](ctx, q, db.F(signalColumns).With(where))
	if ss, err = privacy.OpenAll(k.key(), ss, err, func(s *Signal) (string, []byte, any) { return signalPlace(s.ID), s.Body, &s.Words }); err != nil {
		return nil, err
	}
	for i := range ss {
		if len(ss[i].Detail) > 0 {
			if err := privacy.OpenJSON(k.key(), detailPlace(ss[i].ID), ss[i].Detail, &ss[i].What); err != nil {
				return nil, err
			}
		}
	}
	return ss, nil
}

func (k *Knelpunten) signal(ctx context.Context, q db.Q, id string) (Signal, error) {
	return db.First(k.signals(ctx, q, db.F(`s.id = ?`, id)))
}

func (k *Knelpunten) ownSignals(ctx context.Context, a access.Actor, most int) ([]Signal, error) {
	return k.signals(ctx, k.db, db.F(`s.raiser = ? ORDER BY s.week DESC, s.id LIMIT ?`, k.raiser(a), most))
}

// Filter is what of the signals is asked for; what is empty, or no choice of its list, asks for nothing.
type Filter struct{ Theme, Institution, Place, Phase, Nation string }

func (f Filter) where() db.Frag {
	out := db.F(`TRUE`)
	add := func(kind, value string, cond db.Frag) {
		if slices.Contains(lists[kind], value) {
			out = out.And(cond)
		}
	}
	add("theme", f.Theme, db.F(`s.theme = ?`, f.Theme))
	add("institution", f.Institution, db.F(`s.institution = ?`, f.Institution))
	add("place", f.Place, db.F(`s.place = ?`, f.Place))
	add("phase", f.Phase, db.F(`s.phase = ?`, f.Phase))
	add("group", f.Nation, db.F(`s.nation = ?`, f.Nation))
	return out
}

// found is one page of the signals that a filter lets through, the latest week first.
func (k *Knelpunten) found(ctx context.Context, f Filter, from, most int) ([]Signal, error) {
	return k.signals(ctx, k.db, f.where().Then(`ORDER BY s.week DESC, s.id LIMIT ? OFFSET ?`, most, from))
}

func (k *Knelpunten) countFound(ctx context.Context, f Filter) (int, error) {
	return db.One[int](ctx, k.db, db.F(`SELECT COUNT(*) FROM knelpunt_signal s WHERE`).With(f.where()))
}
