package dossier

// This file keeps the names of everybody in memory on each node, so that somebody is found by a name as it was heard. At
// rest names are sealed and nothing else; the memory is filled in the background when the program starts, and follows what
// this node and others change. Until it is full, names are found by their exact spelling only.

import (
	"context"
	"iter"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/names"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

// How the memory follows the database.
const (
	followEvery = 2 * time.Second
	// A change carries the moment at which its transaction began, and another node's clock: it may be seen this much later.
	followBack = 5 * time.Minute
	fillPage   = 1000
)

// forgottenKept is how long the id of somebody who was forgotten stays for nodes that were away.
var forgottenKept = privacy.Class{Name: "dossier.keeps.forgotten", Tables: []string{"dossier_forgotten"}, From: privacy.LastTouched, Days: 1, Job: "dossier.forgotten"}

// memory is the names on this node, and beside them what a group is counted by.
type memory struct {
	index *names.Index
	crowd *crowd
	full  atomic.Bool

	mu   sync.Mutex // one at a time follows
	from time.Time  // what changed before this is in
	seen map[string]seenVersion
}

type seenVersion struct {
	version        int64
	team, location string
	at             time.Time
}

func newMemory() *memory {
	return &memory{index: names.NewIndex(), crowd: newCrowd(), seen: map[string]seenVersion{}}
}

// Jobs is the work that runs by itself.
func (s *Files) Jobs() []web.Job {
	return []web.Job{{Name: forgottenKept.Job, Every: time.Hour, Run: func(ctx context.Context, now time.Time) error {
		return s.db.Tx(ctx, func(tx *db.Tx) error {
			if _, err := db.Do(ctx, tx, db.F(`DELETE FROM dossier_asked WHERE at < ?`, askedKept.Before(now))); err != nil {
				return err
			}
			_, err := db.Do(ctx, tx, db.F(`DELETE FROM dossier_forgotten WHERE at < ?`, forgottenKept.Before(now)))
			return err
		})
	}}}
}

// Follow fills the memory and then follows what changes, until ctx ends. Each node runs it beside its doors.
func (s *Files) Follow(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		err := s.Remember(ctx)
		if err != nil && ctx.Err() == nil {
			log.Error("the names in memory do not follow", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Heard says whether everybody is in memory on this node.
func (s *Files) Heard() bool { return s.memory.full.Load() }

// Remember brings the memory up to what is in the database now; the first time that is everybody.
func (s *Files) Remember(ctx context.Context) error {
	m := s.memory
	m.mu.Lock()
	defer m.mu.Unlock()
	now := s.db.Now()
	if !m.full.Load() {
		var failed error
		if err := m.index.Fill(ctx, s.everybody(ctx, &failed)); err != nil {
			return err
		}
		if failed != nil {
			return failed
		}
		m.from = now
		m.full.Store(true)
	}
	if err := s.changed(ctx, m.from.Add(-followBack)); err != nil {
		return err
	}
	m.from = now
	for id, v := range m.seen {
		if v.at.Before(now.Add(-2 * followBack)) {
			delete(m.seen, id)
		}
	}
	return nil
}

type namedRow struct {
	ID             string
	Version        int64
	Team, Location string
	Profile        []byte
}

// everybody reads the names of all people, page by page.
func (s *Files) everybody(ctx context.Context, failed *error) iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		after := ""
		for {
			rows, err := db.Many[namedRow](ctx, s.db, db.F(`SELECT id, version, team, location, profile FROM dossier_person WHERE id > ? ORDER BY id LIMIT ?`, after, fillPage))
			if err != nil || len(rows) == 0 {
				*failed = err
				return
			}
			after = rows[len(rows)-1].ID
			for id, all := range s.named(ctx, rows, failed) {
				if !yield(id, all) {
					return
				}
			}
			if *failed != nil {
				return
			}
		}
	}
}

// named opens the names of rows, and takes in where they come from and where they are helped. Somebody who is erased in this moment has no key any more, and is left out.
func (s *Files) named(ctx context.Context, rows []namedRow, failed *error) iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		ids := make([]string, len(rows))
		for i, r := range rows {
			ids[i] = r.ID
		}
		keys, err := s.vault.Keys(ctx, ids)
		if err != nil {
			*failed = err
			return
		}
		for _, r := range rows {
			k, ok := keys[r.ID]
			if !ok {
				continue
			}
			var p Profile
			if err := privacy.OpenJSON(k, profilePlace(r.ID), r.Profile, &p); err != nil {
				*failed = err
				return
			}
			if *failed = s.memory.crowd.set(r.ID, OriginsOf(p.Nationality), r.Team, r.Location); *failed != nil {
				return
			}
			if !yield(r.ID, p.spelt()) {
				return
			}
		}
	}
}

// spelt are all whole names of a person, each once.
func (p Profile) spelt() []string {
	out := []string{p.Name()}
	add := func(s string) {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	add(p.Called)
	add(p.Own)
	for _, v := range p.Variants {
		add(v.Text)
	}
	return out
}

// wholes are the names of a person that are whole: what they are called stands for one only when no other is known.
func (p Profile) wholes() []string {
	out := p.spelt()
	if len(p.Names) > 0 {
		out = slices.DeleteFunc(out, func(s string) bool { return s == p.Called && s != p.Name() })
	}
	return out
}

// changed takes in who changed since, and forgets who was forgotten.
func (s *Files) changed(ctx context.Context, since time.Time) error {
	m := s.memory
	type row struct {
		ID             string
		Version        int64
		Team, Location string
		ChangedAt      time.Time
		PlacedAt       time.Time
	}
	rows, err := db.Many[row](ctx, s.db, db.F(`SELECT id, version, team, location, changed_at, placed_at FROM dossier_person WHERE changed_at >= ? OR placed_at >= ?`, since, since))
	if err != nil {
		return err
	}
	var ids []string
	for _, r := range rows {
		if v := m.seen[r.ID]; v.version != r.Version || v.team != r.Team || v.location != r.Location {
			ids = append(ids, r.ID)
			at := r.ChangedAt
			if r.PlacedAt.After(at) {
				at = r.PlacedAt
			}
			m.seen[r.ID] = seenVersion{r.Version, r.Team, r.Location, at}
		}
	}
	for some := range slices.Chunk(ids, 500) {
		rows, err := db.Many[namedRow](ctx, s.db, db.F(`SELECT id, version, team, location, profile FROM dossier_person WHERE`).With(db.In("id", some)))
		if err == nil {
			for id, all := range s.named(ctx, rows, &err) {
				m.index.Set(id, all...)
			}
		}
		if err != nil {
			for _, id := range ids { // they are taken in next time
				delete(m.seen, id)
			}
			return err
		}
	}
	gone, err := db.Many[string](ctx, s.db, db.F(`SELECT person FROM dossier_forgotten WHERE at >= ?`, since))
	for _, id := range gone {
		m.index.Remove(id)
		m.crowd.remove(id)
		delete(m.seen, id)
	}
	return err
}

// How near a heard name must be when the birth is the same too: a whole name, or a single part, which says less and is
// enough only with a real day. A year, or a day that an office chose for want of a date, thousands share.
const (
	nearWhole  = 0.5
	nearPart   = 0.15
	heardReads = 400 // names that are held against the birth
)

// soundsLike is who has a name that sounds like one.
type soundsLike struct {
	single bool // see onePart
	found  []names.Match
}

// onePart says whether a name has one part, which says less.
func onePart(name string) bool { return len(names.Read(name).Parts()) == 1 }

// hear finds who has a name that sounds like this one; nobody while the names are not in memory yet.
func (s *Files) hear(name string) soundsLike {
	h := soundsLike{single: onePart(name)}
	least := float32(nearWhole)
	if h.single {
		least = nearPart
	}
	if s.memory.full.Load() {
		h.found = s.memory.index.Likely(name, heardReads, least)
	}
	return h
}

// tells says whether a birth is an identifier beside a name, of one part or of more.
func (b Birth) tells(single bool) bool {
	kind, _ := bornAs(b)
	return b.Year != 0 && (!single || kind != tokenYear && !b.OfAnOffice())
}

// heardAndBorn finds people whose name sounds like this and who have this birth. Two identifiers, as ByNameAndBirth.
func (s *Files) heardAndBorn(ctx context.Context, q db.Q, h soundsLike, b Birth) ([]string, error) {
	if len(h.found) == 0 || !b.tells(h.single) {
		return nil, nil
	}
	kind, when := bornAs(b)
	agree := 2
	if h.single {
		agree = 1
	}
	whose := map[string][]string{} // token → the people of whose own spelling it is made
	var tokens [][]byte
	for _, m := range h.found {
		if agreeing(m.Reasons) < agree {
			continue
		}
		for _, part := range (Profile{Called: m.Name}).Parts() {
			t := s.vault.Token(kind, part+"|"+when)
			if whose[string(t)] == nil {
				tokens = append(tokens, t)
			}
			whose[string(t)] = append(whose[string(t)], m.ID)
		}
	}
	type row struct {
		Token  []byte
		Person string
	}
	var out []string
	for some := range slices.Chunk(tokens, 500) {
		rows, err := db.Many[row](ctx, q, db.F(`SELECT token, person FROM dossier_lookup WHERE`).With(db.In("token", some)))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if slices.Contains(whose[string(r.Token)], r.Person) && !slices.Contains(out, r.Person) {
				out = append(out, r.Person)
			}
		}
	}
	slices.Sort(out)
	return out, nil
}

// agreeing counts the parts that two names have in common. One is not enough when two were said: half the country is
// called Mohammad.
func agreeing(why []names.Reason) int {
	n := 0
	for _, r := range why {
		if r.How != names.Missing && r.How != names.Extra && !r.Light {
			n++
		}
	}
	return n
}

// bornAs is the kind of token for a birth, and how it is written in one.
func bornAs(b Birth) (kind, when string) {
	if b.Day == 0 {
		return tokenYear, strconv.Itoa(b.Year)
	}
	return tokenDay, BirthText(b)
}
