package feedback

// This file holds the SQL of recordings. A form that came back keeps its recording for a day, of nobody: whoever says something
// without a name must not be known by a form that they did not fill at once.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func voicePlace(id string) string { return "feedback_voice.body/" + id }

// Voice is one recording.
type Voice struct {
	ID, Person, PartOf, Type string
	Body                     []byte
}

const voiceColumns = `SELECT id, person, part_of, type, body FROM feedback_voice`

func (f *Feedback) storeVoice(ctx context.Context, tx *db.Tx, x Voice) (string, error) {
	k, err := f.key(ctx, x.Person)
	if err != nil {
		return "", err
	}
	x.ID = db.Blind("fv")
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO feedback_voice (id, person, part_of, type, day, body) VALUES (?,?,?,?,?,?)`,
		x.ID, x.Person, x.PartOf, x.Type, clock.Today(tx.Now), k.Seal(voicePlace(x.ID), x.Body)))
	return x.ID, err
}

// putVoice keeps what was said with an opinion or a complaint; what waited in a form is no longer held.
func (f *Feedback) putVoice(ctx context.Context, tx *db.Tx, person, partOf string, s spoken) error {
	if s.none() {
		return nil
	}
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM feedback_voice WHERE id = ? AND part_of = ''`, s.held)); err != nil {
		return err
	}
	_, err := f.storeVoice(ctx, tx, Voice{Person: person, PartOf: partOf, Type: s.kind, Body: s.body})
	return err
}

// heldVoice is a recording that waits in a form.
func (f *Feedback) heldVoice(ctx context.Context, id string) (Voice, error) {
	x, err := db.One[Voice](ctx, f.db, db.F(voiceColumns).Then(`WHERE id = ? AND part_of = ''`, id))
	if err == nil {
		x.Body, err = f.vault.House("feedback").Open(voicePlace(x.ID), x.Body)
	}
	return x, err
}

// voiced says which of some opinions or complaints have a recording.
func voiced(ctx context.Context, q db.Q, ids []string) (map[string]bool, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	with, err := db.Many[string](ctx, q, db.F(`SELECT part_of FROM feedback_voice WHERE`).With(db.In("part_of", ids)))
	out := map[string]bool{}
	for _, id := range with {
		out[id] = true
	}
	return out, err
}

// voice is the recording of an opinion or a complaint, opened.
func voice(ctx context.Context, q db.Q, k privacy.Key, partOf string) (Voice, error) {
	if partOf == "" {
		return Voice{}, fault.Gone()
	}
	x, err := db.One[Voice](ctx, q, db.F(voiceColumns).Then(`WHERE part_of = ?`, partOf))
	if err == nil {
		x.Body, err = k.Open(voicePlace(x.ID), x.Body)
	}
	return x, err
}

func exportVoices(ctx context.Context, q db.Q, k privacy.Key, person string) ([]ExportedVoice, error) {
	type row struct {
		ID, Type string
		Day      clock.Date
		Body     []byte
	}
	rs, err := db.Many[row](ctx, q, db.F(`SELECT id, type, day, body FROM feedback_voice WHERE person = ? ORDER BY day, id`, person))
	if err != nil {
		return nil, err
	}
	var out []ExportedVoice
	for _, r := range rs {
		b, err := k.Open(voicePlace(r.ID), r.Body)
		if err != nil {
			return nil, err
		}
		out = append(out, ExportedVoice{r.Day, r.Type, b})
	}
	return out, nil
}

// sweepVoices destroys what nobody sent, and what belonged to something that is gone.
func sweepVoices(ctx context.Context, tx *db.Tx, now time.Time) (int64, error) {
	return db.DoAll(ctx, tx,
		db.F(`DELETE FROM feedback_voice WHERE part_of = '' AND day < ?`, clock.Today(now)),
		db.F(`DELETE FROM feedback_voice WHERE part_of <> '' AND part_of NOT IN (SELECT id FROM feedback_note) AND part_of NOT IN (SELECT id FROM feedback_complaint)`),
	)
}
