package translation

// This file holds the SQL of recordings, and which of them everybody can hear now.

import (
	"context"
	"slices"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/sound"
)

const clipColumns = `SELECT id, part, tag, mark, kind, size, speaker, spoken, made_by, at, passed, passed_by, closed, closed_by, close FROM translation_clip`

// clipsOf are all recordings in a language without their bytes, newest first.
func (t *Translation) clipsOf(ctx context.Context, tag string) ([]Clip, error) {
	return db.Many[Clip](ctx, t.db, db.F(clipColumns).Then(`WHERE tag = ? ORDER BY at DESC, id DESC`, tag))
}

// waitingClips are the recordings that wait for a second listener in these languages, oldest first, of words that still stand there.
func (t *Translation) waitingClips(ctx context.Context, tags ...string) ([]Clip, error) {
	cs, err := db.Many[Clip](ctx, t.db, db.F(clipColumns).Then(`WHERE passed IS NULL AND closed IS NULL AND`).With(db.In("tag", tags)).Then(`ORDER BY at, id`))
	return slices.DeleteFunc(cs, func(c Clip) bool {
		p, ok := t.passage(c.Part)
		return !ok || p.Mark(t.texts, c.Tag) != c.Mark
	}), err
}

func (t *Translation) clip(ctx context.Context, q db.Q, tag, id string) (Clip, error) {
	return db.One[Clip](ctx, q, db.F(clipColumns).Then(`WHERE id = ? AND tag = ?`, id, tag))
}

func (t *Translation) clipBody(ctx context.Context, id string) ([]byte, error) {
	return db.One[[]byte](ctx, t.db, db.F(`SELECT body FROM translation_clip WHERE id = ?`, id))
}

// addClip keeps a recording; one of the same part that still waits makes place for it.
func (t *Translation) addClip(ctx context.Context, tx *db.Tx, by access.Actor, c Clip, s sound.Sound) (string, error) {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE translation_clip SET closed = ?, closed_by = ?, close = ?, body = ? WHERE part = ? AND tag = ? AND passed IS NULL AND closed IS NULL`, tx.Now, by.ID, Replaced, []byte{}, c.Part, c.Tag)); err != nil {
		return "", err
	}
	id := db.ID("vg", tx.Now)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO translation_clip (id, part, tag, mark, kind, size, body, speaker, spoken, made_by, at, passed_by, closed_by, close) VALUES (?,?,?,?,?,?,?,?,?,?,?,'','','')`,
		id, c.Part, c.Tag, c.Mark, s.Kind, int64(len(s.Bytes)), s.Bytes, c.Speaker, clock.Today(tx.Now).String(), by.ID, tx.Now)); err != nil {
		return "", err
	}
	return id, log(ctx, tx, by, "translation.event.clip", id)
}

// passClip lets everybody hear a recording. Who made it cannot.
func (t *Translation) passClip(ctx context.Context, tx *db.Tx, by access.Actor, id string) error {
	if err := once(db.Do(ctx, tx, db.F(`UPDATE translation_clip SET passed = ?, passed_by = ? WHERE id = ? AND made_by <> ? AND passed IS NULL AND closed IS NULL`, tx.Now, by.ID, id, by.ID))); err != nil {
		return err
	}
	if err := t.rise(ctx, tx); err != nil {
		return err
	}
	return log(ctx, tx, by, "translation.event.clip_passed", id)
}

// endClip ends a recording that waits, or takes one away that everybody can hear: the one before it is heard again. Its voice goes.
func (t *Translation) endClip(ctx context.Context, tx *db.Tx, by access.Actor, id, how string) error {
	was := db.F(`passed IS NULL`)
	if how == Undone {
		was = db.F(`passed IS NOT NULL`)
	}
	err := once(db.Do(ctx, tx, db.F(`UPDATE translation_clip SET closed = ?, closed_by = ?, close = ?, body = ? WHERE id = ? AND closed IS NULL AND`, tx.Now, by.ID, how, []byte{}, id).With(was)))
	if err == nil && how == Undone {
		err = t.rise(ctx, tx)
	}
	if err != nil {
		return err
	}
	return log(ctx, tx, by, "translation.event.clip_ended", id)
}

// heard are the recordings that everybody may hear, by language and part: of each the one agreed to last.
func (t *Translation) heard(ctx context.Context) (map[[2]string]Clip, error) {
	cs, err := db.Many[Clip](ctx, t.db, db.F(clipColumns).Then(`WHERE passed IS NOT NULL AND closed IS NULL ORDER BY passed, id`))
	out := map[[2]string]Clip{}
	for _, c := range cs {
		out[[2]string{c.Tag, c.Part}] = c
	}
	return out, err
}

// LendPassages says which parts of pages can be read aloud.
func (t *Translation) LendPassages(rs []Passage) { t.passages = rs }

func (t *Translation) passage(part string) (Passage, bool) {
	i := slices.IndexFunc(t.passages, func(r Passage) bool { return r.ID == part })
	if i < 0 {
		return Passage{}, false
	}
	return t.passages[i], true
}

// Aloud is the recording of a part of a page in a language, of the words that stand there now.
func (t *Translation) Aloud(tag, part string) (Clip, bool) {
	known := t.clips.Load()
	if known == nil {
		return Clip{}, false
	}
	c, ok := (*known)[[2]string{tag, part}]
	if !ok {
		return c, false
	}
	r, ok := t.passage(part)
	return c, ok && r.Mark(t.texts, tag) == c.Mark
}
