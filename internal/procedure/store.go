package procedure

// This file keeps tracks, what happened in them and what follows. It never changes an event, and it never changes a date
// without keeping the old one.

import (
	"bytes"
	"context"
	"embed"
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Track is one legal case.
type Track struct {
	ID       string
	Person   string
	Topic    Topic
	Owner    string
	Team     string
	Opened   time.Time
	OpenedBy string
	Version  int64
}

const trackColumns = `SELECT id, person, topic, owner, team, opened, opened_by, version FROM procedure_track`

// tracks are the cases of one person, oldest first.
func tracks(ctx context.Context, q db.Q, person string) ([]Track, error) {
	return db.Many[Track](ctx, q, db.F(trackColumns).Then(`WHERE person = ? ORDER BY opened, id`, person))
}

// track is one case of one person; another person's is absent.
func track(ctx context.Context, q db.Q, person, id string) (Track, error) {
	return db.One[Track](ctx, q, db.F(trackColumns).Then(`WHERE person = ? AND id = ?`, person, id))
}

// openTrack begins a case.
func openTrack(ctx context.Context, tx *db.Tx, t Track) (Track, error) {
	t.ID, t.Opened, t.Version = db.ID("tr", tx.Now), tx.Now, 0
	return t, insertTrack(ctx, tx, t)
}

func insertTrack(ctx context.Context, tx *db.Tx, t Track) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO procedure_track (id, person, topic, owner, team, opened, opened_by, version) VALUES (?,?,?,?,?,?,?,?)`,
		t.ID, t.Person, string(t.Topic), t.Owner, t.Team, t.Opened, t.OpenedBy, t.Version))
	return err
}

// Record is one stored event.
type Record struct {
	ID         string
	Track      string
	Person     string
	Root       string
	Supersedes string
	Void       bool
	Kind       string
	DayFrom    clock.Date
	DayTo      clock.Date
	How        How
	Outcome    string
	Route      string
	Letter     clock.Date
	Extend     string
	Note       []byte
	At         time.Time
	MadeBy     string
}

const eventColumns = `SELECT id, track, person, root, supersedes, void, kind, day_from, day_to, how, outcome, route, letter, extend, note, at, made_by FROM procedure_event`

// event is the engine's view of a record. It goes by the id of its line, so that a correction changes a deadline and
// does not replace it by another.
func (r Record) event() Event {
	e := Event{ID: r.Root, Kind: r.Kind, On: Moment{r.DayFrom, r.DayTo}, How: r.How, Outcome: r.Outcome, Route: r.Route, Letter: r.Letter, At: r.At}
	if r.Extend != "" {
		// What is stored was parsed before; a fault here would be a damaged row, and then no extension counts.
		_ = e.Extend.UnmarshalText([]byte(r.Extend))
	}
	return e
}

// records are all events of a track, in the order of recording, superseded ones too.
func records(ctx context.Context, q db.Q, track string) ([]Record, error) {
	return db.Many[Record](ctx, q, db.F(eventColumns).Then(`WHERE track = ? ORDER BY at, id`, track))
}

// standing leaves out what was superseded or taken back.
func standing(rs []Record) []Record {
	gone := map[string]bool{}
	for _, r := range rs {
		if r.Supersedes != "" {
			gone[r.Supersedes] = true
		}
	}
	var out []Record
	for _, r := range rs {
		if !gone[r.ID] && !r.Void {
			out = append(out, r)
		}
	}
	return out
}

// factsOf are the facts of a track as they stand.
func factsOf(t Track, rs []Record) Facts {
	var es []Event
	for _, r := range standing(rs) {
		es = append(es, r.event())
	}
	return Sorted(es).About(t.Topic)
}

// addEvent appends one event. A second correction of the same event by somebody else is a conflict.
func addEvent(ctx context.Context, tx *db.Tx, r Record, key privacy.Key, note string) (Record, error) {
	r.ID, r.At = db.ID("ev", tx.Now), tx.Now
	if r.Root == "" {
		r.Root = r.ID
	}
	if note != "" {
		r.Note = key.Seal("procedure_event.note/"+r.ID, []byte(note))
	}
	_, err := db.Do(ctx, tx, insertEvent(r))
	return r, err
}

func insertEvent(r Record) db.Frag {
	var supersedes any
	if r.Supersedes != "" {
		supersedes = r.Supersedes
	}
	return db.F(`INSERT INTO procedure_event (id, track, person, root, supersedes, void, kind, day_from, day_to, how, outcome, route, letter, extend, note, at, made_by) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		r.ID, r.Track, r.Person, r.Root, supersedes, r.Void, r.Kind, r.DayFrom, r.DayTo, string(r.How), r.Outcome, r.Route, r.Letter, r.Extend, r.Note, r.At, r.MadeBy)
}

// readNote opens the sealed note of an event.
func readNote(key privacy.Key, r Record) (string, error) {
	if len(r.Note) == 0 {
		return "", nil
	}
	b, err := key.Open("procedure_event.note/"+r.ID, r.Note)
	return string(b), err
}

// Row is one version of a deadline.
type Row struct {
	ID           string
	Track        string
	Person       string
	Owner        string
	Team         string
	Name         string
	Term         string
	Party        Party
	Kind         Kind
	Waits        bool
	Safe         clock.Date
	Last         clock.Date
	Urgent       bool
	Sure         bool
	Confirmed    bool
	Version      int64
	Derived      int64
	State        string
	SupersededBy string
	Made         time.Time
	Done         time.Time
	DoneBy       string
	DoneHow      string
	DoneNote     []byte
}

const rowColumns = `SELECT d.id, d.track, d.person, d.owner, d.team, d.name, d.term, d.party, d.kind, d.waits, d.safe, d.last, d.urgent, d.sure, d.confirmed, d.version, d.derived, d.state, d.superseded_by, d.made, d.done, d.done_by, d.done_how, d.done_note FROM procedure_deadline d`

// Change is what a derivation changed.
type Change struct {
	Old, New Row // a zero Old is new, a zero New is dropped
}

// derive computes a track anew by the rules that hold now and stores the difference. It answers what changed.
func (p *Procedure) derive(ctx context.Context, tx *db.Tx, t Track) (Derivation, renewed, error) {
	b, err := p.book(ctx, tx)
	if err != nil {
		return Derivation{}, renewed{}, err
	}
	rs, err := records(ctx, tx, t.ID)
	if err != nil {
		return Derivation{}, renewed{}, err
	}
	f := factsOf(t, rs)
	d := b.Derive(f, tx.Now).pack(f)
	was, err := present(ctx, tx, []string{t.ID})
	if err != nil {
		return Derivation{}, renewed{}, err
	}
	if err := p.tellTurn(ctx, tx, t, d.Derivation); err != nil {
		return Derivation{}, renewed{}, err
	}
	out, err := db.First(p.keepDerived(ctx, tx, derived{t, was[t.ID], d}))
	return d.Derivation, out, err
}

// tellTurn tells the person that it is their turn now, when it was not as the track stood.
func (p *Procedure) tellTurn(ctx context.Context, tx *db.Tx, t Track, d Derivation) error {
	if !d.yours() {
		return nil
	}
	old, err := derivation(ctx, tx, t, t.Version)
	switch {
	case fault.Is(err, fault.NotFound): // nothing was known of it yet
	case err != nil || old.yours():
		return err
	}
	return p.turned.Tell(ctx, tx, t.Person)
}

// spoken is what the engine said once, as it is kept.
type spoken struct {
	Track           string
	Rules, Calendar string
	Body            []byte
}

func (s spoken) open() (Derivation, error) { return unpack(s.Body, s.Rules, s.Calendar) }

// derivation is what the engine said of a track, at one version or (0) the last time.
func derivation(ctx context.Context, q db.Q, t Track, version int64) (Derivation, error) {
	if version == 0 {
		version = t.Version
	}
	s, err := db.One[spoken](ctx, q, db.F(`SELECT track, rules, calendar, body FROM procedure_derivation WHERE track = ? AND version = ?`, t.ID, version))
	if err != nil {
		return Derivation{}, err
	}
	return s.open()
}

// derivations are what the engine said the last time, by track. A track whose facts still give the same by the rules of
// today, as its digest tells, is derived again: that takes a tenth of the time of reading what was kept.
func derivations(ctx context.Context, q db.Q, b *Rulebook, ts []Track) (map[string]Derivation, error) {
	type row struct {
		stand
		Rules, Calendar string
	}
	out := map[string]Derivation{}
	var differ []string
	for some := range slices.Chunk(ts, 500) {
		ids := make([]string, len(some))
		for i, t := range some {
			ids[i] = t.ID
		}
		rows, err := db.Many[row](ctx, q, db.F(`SELECT t.id, t.topic, t.version, t.facts, t.outcome, d.rules, d.calendar
			FROM procedure_track t JOIN procedure_derivation d ON d.track = t.id AND d.version = t.version WHERE`).With(db.In("t.id", ids)))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if f, err := unpackFacts(r.Packed, r.Topic); err == nil {
				d := b.Derive(f, time.Time{}) // the day only tells what is stale, which is not in the digest
				if bytes.Equal(d.outcome(), r.Outcome) {
					d.Rules, d.Calendar = r.Rules, r.Calendar
					out[r.ID] = d
					continue
				}
			}
			differ = append(differ, r.ID)
		}
	}
	for some := range slices.Chunk(differ, 500) {
		rows, err := db.Many[spoken](ctx, q, db.F(`SELECT d.track, d.rules, d.calendar, d.body FROM procedure_track t JOIN procedure_derivation d ON d.track = t.id AND d.version = t.version WHERE`).With(db.In("t.id", some)))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if out[r.Track], err = r.open(); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// deadlines are the present deadlines of a person, open ones first, nearest first. Rows without a date come first: they
// wait for an answer.
func deadlines(ctx context.Context, q db.Q, person string) ([]Row, error) {
	return db.Many[Row](ctx, q, db.F(rowColumns).Then(`WHERE d.person = ? AND d.state IN ('open','met','done') ORDER BY CASE d.state WHEN 'open' THEN 0 ELSE 1 END, COALESCE(d.safe, ''), d.id`, person))
}

// deadline is one version of a deadline of one person; another person's is absent.
func deadline(ctx context.Context, q db.Q, person, id string) (Row, error) {
	return db.One[Row](ctx, q, db.F(rowColumns).Then(`WHERE d.person = ? AND d.id = ?`, person, id))
}

// versions are all versions of one deadline, newest first.
func versions(ctx context.Context, q db.Q, r Row) ([]Row, error) {
	return db.Many[Row](ctx, q, db.F(rowColumns).Then(`WHERE d.track = ? AND d.name = ? ORDER BY d.version DESC`, r.Track, r.Name))
}

func own(ctx context.Context, tx *db.Tx, id, owner string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE procedure_deadline SET owner = ? WHERE id = ?`, owner, id))
	return err
}

// notePlace binds the note on what was done to its deadline; it does not name the version, so that the note moves along.
func (r Row) notePlace() string { return "procedure_deadline.done_note/" + r.Track + "/" + r.Name }

// finish marks a deadline as done; reopen takes that back. Both touch only the version that was shown, so that nobody
// finishes a date that has changed meanwhile.
func finish(ctx context.Context, tx *db.Tx, r Row, by, how string, note []byte) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE procedure_deadline SET state = 'done', done = ?, done_by = ?, done_how = ?, done_note = ? WHERE id = ? AND state = 'open'`,
		tx.Now, by, how, note, r.ID))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "")
	}
	if err != nil {
		return err
	}
	return endAlarms(ctx, tx, r.ID)
}

func reopen(ctx context.Context, tx *db.Tx, r Row) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE procedure_deadline SET state = 'open', done = NULL, done_by = '', done_how = '', done_note = NULL WHERE id = ? AND state = 'done'`, r.ID))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "")
	}
	return err
}
