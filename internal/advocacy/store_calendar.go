package advocacy

// This file holds the SQL of the calendar.

import (
	"context"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func eventPlace(id string) string  { return "advocacy_event.body/" + id }
func importPlace(id string) string { return "advocacy_import.body/" + id }

const eventColumns = `SELECT e.id, e.kind, e.source, COALESCE(e.uid, '') AS uid, e.starts, e.ends, e.all_day, e.off, COALESCE(e.dossier, '') AS dossier, e.gone, e.version, e.body FROM advocacy_event e WHERE`

// sees is which events this colleague may know of: those of everybody, and those of a dossier that they may know of.
func sees(a access.Actor) db.Frag {
	return db.F(`(e.dossier IS NULL OR EXISTS (SELECT 1 FROM advocacy_dossier WHERE advocacy_dossier.id = e.dossier AND`).With(knows(a)).Then(`))`)
}

func (s *Advocacy) events(ctx context.Context, q db.Q, where db.Frag) ([]Event, error) {
	es, err := db.Many[Event](ctx, q, db.F(eventColumns).With(where).Then(`ORDER BY e.starts, e.id`))
	return privacy.OpenAll(s.key(), es, err, func(e *Event) (string, []byte, any) { return eventPlace(e.ID), e.Body, &e.What })
}

func (s *Advocacy) event(ctx context.Context, q db.Q, a access.Actor, id string) (Event, error) {
	return db.First(s.events(ctx, q, sees(a).And(db.F(`e.id = ?`, id))))
}

// between are the events that touch a time.
func between(from, to time.Time) db.Frag {
	return db.F(`e.gone IS NULL AND e.starts < ? AND (e.ends > ? OR e.starts >= ?)`, to, from, from)
}

// ofDossier are the events of a dossier, its own and those that matter to it.
func ofDossier(id string) db.Frag {
	return db.F(`e.gone IS NULL AND (e.dossier = ? OR e.id IN (SELECT event FROM advocacy_mark WHERE dossier = ?))`, id, id)
}

// public are the events that may leave the house in a file: none of a confidential dossier, whoever asks.
func public() db.Frag {
	return db.F(`(e.dossier IS NULL OR EXISTS (SELECT 1 FROM advocacy_dossier d WHERE d.id = e.dossier AND d.closed = FALSE))`)
}

// addEvent puts an event into the calendar.
func (s *Advocacy) addEvent(ctx context.Context, tx *db.Tx, a access.Actor, e Event) (string, error) {
	if e.Dossier != "" {
		if err := hold(ctx, tx, a, e.Dossier); err != nil {
			return "", err
		}
	}
	e.ID = db.ID("ae", tx.Now)
	body, err := privacy.SealJSON(s.key(), eventPlace(e.ID), e.What)
	if err != nil {
		return "", err
	}
	var uid, dossier any
	if e.UID != "" {
		uid = e.UID
	}
	if e.Dossier != "" {
		dossier = e.Dossier
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO advocacy_event (id, kind, source, uid, starts, ends, all_day, off, dossier, version, made_by, body) VALUES (?,?,?,?,?,?,?,?,?,1,?,?)`,
		e.ID, e.Kind, e.Source, uid, e.Starts, e.Ends, e.AllDay, e.Off, dossier, a.ID, body))
	return e.ID, err
}

// putEvent keeps an event after it was changed.
func (s *Advocacy) putEvent(ctx context.Context, tx *db.Tx, e Event, version int64) error {
	body, err := privacy.SealJSON(s.key(), eventPlace(e.ID), e.What)
	if err != nil {
		return err
	}
	return changed(db.Do(ctx, tx, db.F(`UPDATE advocacy_event SET kind = ?, starts = ?, ends = ?, all_day = ?, off = ?, version = version + 1, body = ? WHERE id = ? AND version = ?`,
		e.Kind, e.Starts, e.Ends, e.AllDay, e.Off, body, e.ID, version)))
}

// dropEvent takes an event out of the calendar, or puts it back.
func dropEvent(ctx context.Context, tx *db.Tx, id string, gone bool) error {
	f := db.F(`UPDATE advocacy_event SET gone = NULL WHERE id = ?`, id)
	if gone {
		f = db.F(`UPDATE advocacy_event SET gone = ? WHERE id = ?`, tx.Now, id)
	}
	_, err := db.Do(ctx, tx, f)
	return err
}

// worked is an entry in the log that names nothing.
func worked(ctx context.Context, tx *db.Tx, a access.Actor) error {
	return audit.Append(ctx, tx, audit.Entry{Event: "advocacy.event.calendar", Actor: a.ID, ActorKind: string(a.Kind), Session: a.Session})
}

// mark says that an event matters to a dossier, or no more.
func (s *Advocacy) mark(ctx context.Context, tx *db.Tx, a access.Actor, event, dossier string, on bool) error {
	if err := hold(ctx, tx, a, dossier); err != nil {
		return err
	}
	f := db.F(`DELETE FROM advocacy_mark WHERE event = ? AND dossier = ?`, event, dossier)
	if on {
		f = db.F(`INSERT INTO advocacy_mark (event, dossier) VALUES (?,?) ON CONFLICT DO NOTHING`, event, dossier)
	}
	_, err := db.Do(ctx, tx, f)
	return err
}

// Import is a file that brought something.
type Import struct {
	ID, Kind, MadeBy     string
	Fresh, Altered, Same int64
	At                   time.Time
	Body                 []byte
	NotTaken             []NotTaken `db:"-"`
}

func (s *Advocacy) imports(ctx context.Context, n int) ([]Import, error) {
	is, err := db.Many[Import](ctx, s.db, db.F(`SELECT id, kind, made_by, fresh, altered, same, at, body FROM advocacy_import ORDER BY at DESC, id DESC LIMIT ?`, n))
	return privacy.OpenAll(s.key(), is, err, func(i *Import) (string, []byte, any) { return importPlace(i.ID), i.Body, &i.NotTaken })
}

// ownUID ends what this house gave out itself: read back it is the same, whatever a file says of it.
const ownUID = "@reisgezel"

// take brings a whole file into the calendar, or nothing of it.
func (s *Advocacy) take(ctx context.Context, tx *db.Tx, a access.Actor, kind string, c Calendar) (Import, error) {
	i := Import{Kind: kind, NotTaken: c.NotTaken}
	var uids []string
	for _, e := range c.Events {
		uids = append(uids, e.UID)
	}
	there := map[string]Event{}
	for len(uids) > 0 {
		n := min(len(uids), 500)
		es, err := s.events(ctx, tx, db.In("e.uid", uids[:n]))
		if err != nil {
			return i, err
		}
		for _, e := range es {
			there[e.UID] = e
		}
		uids = uids[n:]
	}
	for _, e := range c.Events {
		old, ok := there[e.UID]
		e.Kind = kind
		switch {
		case strings.HasSuffix(e.UID, ownUID), ok && old.same(e):
			i.Same++
		case ok:
			e.ID, e.Kind = old.ID, old.Kind
			if err := s.putEvent(ctx, tx, e, old.Version); err != nil {
				return i, err
			}
			i.Altered++
		default:
			if _, err := s.addEvent(ctx, tx, a, e); err != nil {
				return i, err
			}
			i.Fresh++
		}
	}
	n, err := s.callOff(ctx, tx, c)
	if err != nil {
		return i, err
	}
	if i.Altered += n; i.Fresh+i.Altered == 0 {
		return i, nil
	}
	i.ID = db.ID("am", tx.Now)
	body, err := privacy.SealJSON(s.key(), importPlace(i.ID), i.NotTaken)
	if err != nil {
		return i, err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO advocacy_import (id, kind, fresh, altered, same, at, made_by, body) VALUES (?,?,?,?,?,?,?,?)`, i.ID, kind, i.Fresh, i.Altered, i.Same, tx.Now, a.ID, body)); err != nil {
		return i, err
	}
	return i, worked(ctx, tx, a)
}

// callOff says of the times that a file has no more, of an event or series that is in it, that they do not go on: they stand on somebody's
// page, and a day that is gone without a word is missed by nobody. What lies outside of what the file was read for stays as it is.
func (s *Advocacy) callOff(ctx context.Context, tx *db.Tx, c Calendar) (int64, error) {
	if len(c.Whole) == 0 {
		return 0, nil
	}
	whole, has := map[string]bool{}, map[string]bool{}
	for _, uid := range c.Whole {
		whole[uid] = !strings.HasSuffix(uid, ownUID)
	}
	for _, e := range c.Events {
		has[e.UID] = true
	}
	type kept struct {
		ID, UID string
		Starts  time.Time
	}
	all, err := db.Many[kept](ctx, tx, db.F(`SELECT id, uid, starts FROM advocacy_event WHERE source = 'file' AND uid IS NOT NULL AND off = FALSE ORDER BY id`))
	if err != nil {
		return 0, err
	}
	var n int64
	for _, x := range all {
		then, one := timeOf(x.UID)
		if !one {
			then = x.Starts
		}
		if !whole[family(x.UID)] || has[x.UID] || then.Before(c.From) || !then.Before(c.Until) {
			continue
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE advocacy_event SET off = TRUE, version = version + 1 WHERE id = ?`, x.ID)); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// marked are the dossiers to which an event matters, as this colleague may know of them.
func (s *Advocacy) marked(ctx context.Context, a access.Actor, event string) ([]Dossier, error) {
	return s.dossiers(ctx, s.db, a, db.F(`advocacy_dossier.id IN (SELECT dossier FROM advocacy_mark WHERE event = ?)`, event), db.F(dueFirst))
}

// mine says that an event can be changed here: it was entered by hand.
func (e Event) mine() error {
	if e.Source != ByHand {
		return fault.New(fault.Conflict, "advocacy.error.from_file")
	}
	return nil
}
