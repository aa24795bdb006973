package translation

// This file keeps proposals, and lays those that were agreed to over the catalogue.

import (
	"context"
	"encoding/json"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
)

const columns = `SELECT id, tag, key, body, made_of, via, made_by, at, passed, passed_by, closed, closed_by, close FROM translation_proposal`

func proposals(ctx context.Context, q db.Q, f db.Frag) ([]Proposal, error) {
	ps, err := db.Many[Proposal](ctx, q, f)
	if err != nil {
		return nil, err
	}
	for i := range ps {
		if err := json.Unmarshal([]byte(ps[i].Body), &ps[i].Text); err != nil {
			return nil, fault.Wrap(fault.Internal, "read the proposal "+ps[i].ID, err)
		}
	}
	return ps, nil
}

func log(ctx context.Context, tx *db.Tx, a access.Actor, event, object string) error {
	return audit.Append(ctx, tx, audit.Entry{Event: event, Actor: a.ID, ActorKind: string(a.Kind), Object: object, Session: a.Session})
}

// propose keeps a translation that waits for a second reader. One that waited for the same text makes way, and stays in its history.
func (t *Translation) propose(ctx context.Context, tx *db.Tx, by access.Actor, tag, key, of, via string, text lang.Text) (string, error) {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE translation_proposal SET closed = ?, closed_by = ?, close = ? WHERE tag = ? AND key = ? AND passed IS NULL AND closed IS NULL`, tx.Now, by.ID, Replaced, tag, key)); err != nil {
		return "", err
	}
	body, err := json.Marshal(text)
	if err != nil {
		return "", fault.Wrap(fault.Internal, "write a proposal", err)
	}
	id := db.ID("vp", tx.Now)
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO translation_proposal (id, tag, key, body, made_of, via, made_by, at, passed_by, closed_by, close) VALUES (?,?,?,?,?,?,?,?,'','','')`, id, tag, key, string(body), of, via, by.ID, tx.Now))
	return id, err
}

// pass is the second reader's yes. Nobody is the second reader of what they made, whatever page they come from.
func (t *Translation) pass(ctx context.Context, tx *db.Tx, by access.Actor, id string) error {
	if err := once(db.Do(ctx, tx, db.F(`UPDATE translation_proposal SET passed = ?, passed_by = ? WHERE id = ? AND passed IS NULL AND closed IS NULL AND made_by <> ?`, tx.Now, by.ID, id, by.ID))); err != nil {
		return err
	}
	if err := t.rise(ctx, tx); err != nil {
		return err
	}
	return log(ctx, tx, by, "translation.event.passed", id)
}

// end ends a proposal that waits.
func (t *Translation) end(ctx context.Context, tx *db.Tx, by access.Actor, id, how string) error {
	return once(db.Do(ctx, tx, db.F(`UPDATE translation_proposal SET closed = ?, closed_by = ?, close = ? WHERE id = ? AND passed IS NULL AND closed IS NULL`, tx.Now, by.ID, how, id)))
}

// once is for what is decided once: when nothing changed, somebody else was before.
func once(n int64, err error) error {
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "translation.error.decided")
	}
	return err
}

// undo takes a text off the pages; the one before it is shown again.
func (t *Translation) undo(ctx context.Context, tx *db.Tx, by access.Actor, id string) error {
	if err := once(db.Do(ctx, tx, db.F(`UPDATE translation_proposal SET closed = ?, closed_by = ?, close = ? WHERE id = ? AND passed IS NOT NULL AND closed IS NULL`, tx.Now, by.ID, Undone, id))); err != nil {
		return err
	}
	if err := t.rise(ctx, tx); err != nil {
		return err
	}
	return log(ctx, tx, by, "translation.event.undone", id)
}

func (t *Translation) rise(ctx context.Context, tx *db.Tx) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE translation_edition SET n = n + 1 WHERE id = 'texts'`))
	return err
}

// Refresh lays what was agreed to over the catalogue, when that changed since the last time.
func (t *Translation) Refresh(ctx context.Context) error {
	n, err := db.One[int64](ctx, t.db, db.F(`SELECT n FROM translation_edition WHERE id = 'texts'`))
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.laid && n == t.edition {
		return nil
	}
	ps, err := proposals(ctx, t.db, db.F(columns).Then(`WHERE passed IS NOT NULL AND closed IS NULL ORDER BY passed, id`))
	if err != nil {
		return err
	}
	last := map[lang.Missed]int{}
	var over []lang.Over
	for _, p := range ps {
		o := lang.Over{Tag: p.Tag, Key: p.Key, Text: p.Text, Of: p.MadeOf}
		if i, ok := last[lang.Missed{Tag: p.Tag, Key: p.Key}]; ok {
			over[i] = o
			continue
		}
		last[lang.Missed{Tag: p.Tag, Key: p.Key}] = len(over)
		over = append(over, o)
	}
	clips, err := t.heard(ctx)
	if err != nil {
		return err
	}
	t.clips.Store(&clips)
	t.texts.Lay(over)
	t.laid, t.edition = true, n
	return nil
}

// of is all that was ever proposed for a text, newest first.
func (t *Translation) of(ctx context.Context, tag, key string) ([]Proposal, error) {
	return proposals(ctx, t.db, db.F(columns).Then(`WHERE tag = ? AND key = ? ORDER BY at DESC, id DESC`, tag, key))
}

func (t *Translation) one(ctx context.Context, tag, key, id string) (Proposal, error) {
	ps, err := proposals(ctx, t.db, db.F(columns).Then(`WHERE id = ? AND tag = ? AND key = ?`, id, tag, key))
	if err == nil && len(ps) == 0 {
		err = fault.Gone()
	}
	if err != nil {
		return Proposal{}, err
	}
	return ps[0], nil
}

// waiting are the proposals that wait, oldest first, in one language or in all.
func (t *Translation) waiting(ctx context.Context, tags ...string) ([]Proposal, error) {
	return proposals(ctx, t.db, db.F(columns).Then(`WHERE passed IS NULL AND closed IS NULL AND`).With(db.In("tag", tags)).Then(`ORDER BY at, id`))
}

// keepPlaces writes down on which pages texts were seen.
func (t *Translation) keepPlaces(ctx context.Context) error {
	fresh := t.texts.Places()
	if len(fresh) == 0 {
		return nil
	}
	return t.db.Tx(ctx, func(tx *db.Tx) error {
		for _, p := range fresh {
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO translation_seen (key, route) VALUES (?,?) ON CONFLICT DO NOTHING`, p.Key, p.Route)); err != nil {
				return err
			}
		}
		return nil
	})
}

// places are the routes of the pages on which texts were seen, by key.
func (t *Translation) places(ctx context.Context, key string) (map[string][]string, error) {
	q := db.F(`SELECT key, route FROM translation_seen`)
	if key != "" {
		q = q.Then(`WHERE key = ?`, key)
	}
	ps, err := db.Many[lang.Place](ctx, t.db, q.Then(`ORDER BY key, route`))
	out := map[string][]string{}
	for _, p := range ps {
		out[p.Key] = append(out[p.Key], p.Route)
	}
	return out, err
}

// seenOn are the texts that were seen on the page of a route.
func (t *Translation) seenOn(ctx context.Context, route string) ([]string, error) {
	return db.Many[string](ctx, t.db, db.F(`SELECT key FROM translation_seen WHERE route = ? ORDER BY key`, route))
}

// File is a file that came back, with what became of it.
type File struct {
	ID, Tag, Name, MadeBy string
	Report                string
	Told                  Report `db:"-"`
}

// Report is what became of a file.
type Report struct {
	Kept   int         `json:"kept"`
	Same   int         `json:"same"`
	Faults []LineFault `json:"faults"`
}

// faultsMost is how many faults of one file are kept: whoever has more will not repair them one by one.
const faultsMost = 500

// take keeps what is good in a file, and what is said of the rest.
func (t *Translation) take(ctx context.Context, tx *db.Tx, by access.Actor, tag, name, via string, j Judged) (string, error) {
	kept := 0
	for _, g := range j.Good {
		now := t.texts.Source(g.Key)
		if g.Of != now { // a proposal for the Dutch of today does not make way for one that nobody can agree to
			n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM translation_proposal WHERE tag = ? AND key = ? AND made_of = ? AND passed IS NULL AND closed IS NULL`, tag, g.Key, now))
			if err != nil {
				return "", err
			}
			if n > 0 {
				j.Faults = append(j.Faults, LineFault{g.Line, g.Key, "older", ""})
				continue
			}
		}
		kept++
		if _, err := t.propose(ctx, tx, by, tag, g.Key, g.Of, via, g.Text); err != nil {
			return "", err
		}
	}
	body, err := json.Marshal(Report{kept, j.Same, j.Faults[:min(len(j.Faults), faultsMost)]})
	if err != nil {
		return "", fault.Wrap(fault.Internal, "write a report", err)
	}
	id := db.ID("vb", tx.Now)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO translation_file (id, tag, name, made_by, at, report) VALUES (?,?,?,?,?,?)`, id, tag, name, by.ID, tx.Now, string(body))); err != nil {
		return "", err
	}
	return id, log(ctx, tx, by, "translation.event.file", id)
}

func (t *Translation) file(ctx context.Context, id string) (File, error) {
	f, err := db.One[File](ctx, t.db, db.F(`SELECT id, tag, name, made_by, report FROM translation_file WHERE id = ?`, id))
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal([]byte(f.Report), &f.Told); err != nil {
		return f, fault.Wrap(fault.Internal, "read the report "+id, err)
	}
	return f, nil
}
