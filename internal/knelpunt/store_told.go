package knelpunt

// This file holds the SQL of what is told back: to the colleague who signalled, by their blind token, and into the file from which
// a signal came, by the key that the file alone has.

import (
	"context"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// Answer is what was told at one turn of a bottleneck.
type Answer struct {
	Step     Step
	Question string
	State    string // of the bottleneck now
	Read     bool
}

// mineIn is the condition that somebody signalled what a bottleneck is about.
func mineIn(raiser []byte) db.Frag {
	return db.F(`EXISTS (SELECT 1 FROM knelpunt_member m JOIN knelpunt_signal s ON s.id = m.signal WHERE m.bottleneck = t.bottleneck AND s.raiser = ?)`, raiser)
}

// unheard counts what was told to somebody and not read yet.
func (k *Knelpunten) unheard(ctx context.Context, a access.Actor) (int, error) {
	r := k.raiser(a)
	return db.One[int](ctx, k.db, db.F(`SELECT COUNT(*) FROM knelpunt_step t WHERE t.told = TRUE AND`).With(mineIn(r)).
		Then(`AND NOT EXISTS (SELECT 1 FROM knelpunt_heard h WHERE h.raiser = ? AND h.step = t.id)`, r))
}

// answers are what was told to somebody, the latest first.
func (k *Knelpunten) answers(ctx context.Context, a access.Actor, most int) ([]Answer, error) {
	r := k.raiser(a)
	ids, err := db.Many[string](ctx, k.db, db.F(`SELECT t.id FROM knelpunt_step t WHERE t.told = TRUE AND`).With(mineIn(r)).Then(`ORDER BY t.at DESC, t.id DESC LIMIT ?`, most))
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	ss, err := k.steps(ctx, k.db, db.In("id", ids))
	if err != nil {
		return nil, err
	}
	read, err := db.Many[string](ctx, k.db, db.F(`SELECT step FROM knelpunt_heard WHERE raiser = ?`, r))
	if err != nil {
		return nil, err
	}
	was := map[string]bool{}
	for _, id := range read {
		was[id] = true
	}
	var out []Answer
	for _, s := range ss {
		b, err := k.bottleneck(ctx, k.db, s.Bottleneck)
		if err != nil {
			return nil, err
		}
		out = append(out, Answer{s, b.Ask.Question, b.State, was[s.ID]})
	}
	return out, nil
}

// hear keeps that somebody read what was told to them.
func (k *Knelpunten) hear(ctx context.Context, tx *db.Tx, a access.Actor) error {
	r := k.raiser(a)
	ids, err := db.Many[string](ctx, tx, db.F(`SELECT t.id FROM knelpunt_step t WHERE t.told = TRUE AND`).With(mineIn(r)))
	for _, id := range ids {
		if err == nil {
			_, err = db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_heard (raiser, step) VALUES (?,?) ON CONFLICT (raiser, step) DO NOTHING`, r, id))
		}
	}
	return err
}

// signalled says whether somebody signalled what a bottleneck is about.
func (k *Knelpunten) signalled(ctx context.Context, q db.Q, a access.Actor, bottleneck string) (bool, error) {
	n, err := db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM knelpunt_member m JOIN knelpunt_signal s ON s.id = m.signal WHERE m.bottleneck = ? AND s.raiser = ?`, bottleneck, k.raiser(a)))
	return n > 0, err
}

// reopen opens a closed bottleneck again for somebody who signalled it. Neither the history nor the log tells who: it would tell
// who signalled.
func (k *Knelpunten) reopen(ctx context.Context, tx *db.Tx, b Bottleneck, why string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE knelpunt_bottleneck SET state = 'examined', closed = NULL, next = ?, told = FALSE, version = version + 1 WHERE id = ? AND state = 'closed'`, clock.Today(tx.Now), b.ID))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "knelpunt.error.notclosed")
	}
	return k.step(ctx, tx, access.Actor{}, Step{Bottleneck: b.ID, Kind: Reopened, State: Examined, Words: StepWords{Inside: why}})
}

// Answers are what was told about the signal of one receipt. It says what was done, and not which signal it was.
func (k *Knelpunten) Answers(ctx context.Context, receipt string) ([]dossier.Answer, error) {
	ss, err := k.steps(ctx, k.db, db.F(`told = TRUE AND bottleneck IN (SELECT m.bottleneck FROM knelpunt_member m JOIN knelpunt_signal s ON s.id = m.signal WHERE s.receipt = ?)`, k.receiptToken(receipt)))
	var out []dossier.Answer
	for _, s := range ss {
		out = append(out, dossier.Answer{Day: clock.Today(s.At), Text: s.Words.Told})
	}
	return out, err
}
