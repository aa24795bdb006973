package knelpunt

// This file holds the SQL of what is told back: to the colleague who signalled, by their blind token, and into the file from which
// a signal came, by the key that the file alone has.

import (
	"context"
	"maps"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
)

// Answer is what was told at one turn of a bottleneck.
type Answer struct {
	Step     Step
	Question string
	State    string // of the bottleneck now
	Read     bool
	Here     bool // what they signalled is in it now
}

// toldTo is the condition that a step t was told to who signalled: of some signals s, each in the bottleneck now, or still in it when that
// was told.
func toldTo(signals db.Frag) db.Frag {
	return db.F(`(EXISTS (SELECT 1 FROM knelpunt_member m JOIN knelpunt_signal s ON s.id = m.signal WHERE m.bottleneck = t.bottleneck AND`).With(signals).
		Then(`) OR EXISTS (SELECT 1 FROM knelpunt_past p JOIN knelpunt_signal s ON s.id = p.signal WHERE p.bottleneck = t.bottleneck AND p.until >= t.at AND`).With(signals).Then(`))`)
}

func mineIn(raiser []byte) db.Frag { return toldTo(db.F(`s.raiser = ?`, raiser)) }

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
	here, err := db.Many[string](ctx, k.db, db.F(`SELECT DISTINCT m.bottleneck FROM knelpunt_member m JOIN knelpunt_signal s ON s.id = m.signal WHERE s.raiser = ?`, r))
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
		out = append(out, Answer{s, b.Ask.Question, b.State, was[s.ID], slices.Contains(here, b.ID)})
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
func (k *Knelpunten) reopen(ctx context.Context, tx *db.Tx, b Bottleneck, why Step) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE knelpunt_bottleneck SET state = 'examined', closed = NULL, next = ?, told = FALSE, version = version + 1 WHERE id = ? AND state = 'closed'`, clock.Today(tx.Now), b.ID))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "knelpunt.error.notclosed")
	}
	why.Bottleneck, why.Kind, why.State = b.ID, Reopened, Examined
	return k.step(ctx, tx, access.Actor{}, why)
}

// Answers are what was told about the signal of one receipt, in the language of who asks where it is there. It says what was done, and
// not which signal it was.
func (k *Knelpunten) Answers(ctx context.Context, receipt string) ([]dossier.Answer, error) {
	token := k.receiptToken(receipt)
	ids, err := db.Many[string](ctx, k.db, db.F(`SELECT t.id FROM knelpunt_step t WHERE t.told = TRUE AND`).With(toldTo(db.F(`s.receipt = ?`, token))))
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	ss, err := k.steps(ctx, k.db, db.In("id", ids))
	if err != nil {
		return nil, err
	}
	state, err := db.One[string](ctx, k.db, db.F(`SELECT b.state FROM knelpunt_bottleneck b JOIN knelpunt_member m ON m.bottleneck = b.id JOIN knelpunt_signal s ON s.id = m.signal WHERE s.receipt = ?`, token))
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	in, err := k.toldIn(ctx, k.db, ids...)
	if err != nil {
		return nil, err
	}
	var out []dossier.Answer
	for _, s := range ss {
		a := dossier.Answer{ID: s.ID, Day: clock.Today(s.At), Text: s.Words.Told, Lang: "nl", Shut: state == Closed}
		if words := in[s.ID][lang.Of(ctx).Tag]; words != "" {
			a.Text, a.Lang = words, lang.Of(ctx).Tag
		}
		out = append(out, a)
	}
	return out, nil
}

// Standing is the text key of where what somebody follows stands, while nothing was told: of a report what the page with its code says,
// and of a signal from a file whether it waits, left the team, or came to nothing.
func (k *Knelpunten) Standing(ctx context.Context, receipt string) (string, error) {
	state, err := k.standing(ctx, receipt)
	if err != nil || state != "" {
		return "knelpunt.standing." + state, err
	}
	token := k.receiptToken(receipt)
	for _, x := range []struct {
		state string
		is    db.Frag
	}{{"taken", db.F(`SELECT COUNT(*) FROM knelpunt_signal WHERE receipt = ?`, token)}, {"new", db.F(`SELECT COUNT(*) FROM knelpunt_draft WHERE receipt = ?`, token)}} {
		n, err := db.One[int](ctx, k.db, x.is)
		if err != nil {
			return "", err
		}
		if n > 0 {
			return "knelpunt.standing." + x.state, nil
		}
	}
	return "knelpunt.standing.lapsed", nil
}

func toldPlace(step, tag string) string { return "knelpunt_told.body/" + step + "/" + tag }

type toldRow struct {
	Step, Lang string
	Body       []byte
	Words      string `db:"-"`
}

// toldIn is what was told at steps in other languages, by step and language.
func (k *Knelpunten) toldIn(ctx context.Context, q db.Q, steps ...string) (map[string]map[string]string, error) {
	rs, err := db.Many[toldRow](ctx, q, db.F(`SELECT step, lang, body FROM knelpunt_told WHERE`).With(db.In("step", steps)))
	rs, err = privacy.OpenAll(k.key(), rs, err, func(r *toldRow) (string, []byte, any) { return toldPlace(r.Step, r.Lang), r.Body, &r.Words })
	out := map[string]map[string]string{}
	for _, r := range rs {
		if out[r.Step] == nil {
			out[r.Step] = map[string]string{}
		}
		out[r.Step][r.Lang] = r.Words
	}
	return out, err
}

// needed are the languages in which those read who signalled what a bottleneck is about.
func (k *Knelpunten) needed(ctx context.Context, q db.Q, bottleneck string) ([]string, error) {
	return db.Many[string](ctx, q, db.F(`SELECT DISTINCT s.lang FROM knelpunt_member m JOIN knelpunt_signal s ON s.id = m.signal WHERE m.bottleneck = ? AND s.lang <> '' ORDER BY s.lang`, bottleneck))
}

// unheardIn are the languages, by name, in which who signalled could not read what was told last; fresh says that it is told only now.
func (k *Knelpunten) unheardIn(ctx context.Context, bottleneck string, fresh bool) (string, error) {
	need, err := k.needed(ctx, k.db, bottleneck)
	if err != nil || len(need) == 0 || fresh {
		return unspoken(need, nil), err
	}
	last, err := db.Many[string](ctx, k.db, db.F(`SELECT id FROM knelpunt_step WHERE bottleneck = ? AND told = TRUE ORDER BY at DESC, id DESC LIMIT 1`, bottleneck))
	if err != nil || len(last) == 0 {
		return "", err
	}
	in, err := k.toldIn(ctx, k.db, last...)
	return unspoken(need, in[last[0]]), err
}

// tellIn keeps what was told at a step in other languages; a language without words is taken away.
func (k *Knelpunten) tellIn(ctx context.Context, tx *db.Tx, a access.Actor, step Step, in map[string]string) error {
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM knelpunt_told WHERE step = ?`, step.ID)); err != nil {
		return err
	}
	for _, tag := range slices.Sorted(maps.Keys(in)) {
		if in[tag] == "" {
			continue
		}
		body, err := privacy.SealJSON(k.key(), toldPlace(step.ID, tag), in[tag])
		if err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_told (step, lang, made_by, body) VALUES (?,?,?,?)`, step.ID, tag, a.ID, body)); err != nil {
			return err
		}
	}
	return log(ctx, tx, a, "knelpunt.event.told", step.Bottleneck)
}

// Reopening is how whoever holds the token of a signal opens what was closed, for a reason out of a few: no words, because no check
// reads every language.
func (k *Knelpunten) Reopening() dossier.Reopening {
	return dossier.Reopening{Reasons: func(ctx context.Context) []ui.Option { return ui.Options(ctx, "knelpunt.reason.", Reasons) },
		Do: func(ctx context.Context, tx *db.Tx, token, reason string) error {
			id, err := db.One[string](ctx, tx, db.F(`SELECT m.bottleneck FROM knelpunt_member m JOIN knelpunt_signal s ON s.id = m.signal WHERE s.receipt = ?`, k.receiptToken(token)))
			if err != nil {
				return err
			}
			return k.reopen(ctx, tx, Bottleneck{ID: id}, Step{About: reason})
		}}
}
