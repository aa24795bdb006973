package dossier

// This file is how each capability tells what open work somebody has in a file, and how that work goes to somebody else, so
// that a file never changes hands without it.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

// Task is one piece of open work that one colleague minds.
type Task struct {
	ID     string
	Person string
	Kind   string     // what sort of work it is; "<work>.<kind>" is its text key
	Due    clock.Date // zero when it has no day
	Term   bool       // a term of law that somebody has to act on

	What string `db:"-"` // what it is, in the language of the reader; only for who has the file open
	URL  string `db:"-"`
	Mind string `db:"-"` // what the reader should know of it, such as another appointment at that hour
}

// Near says whether a term of law must be read before somebody takes it over.
func (t Task) Near(today clock.Date) bool {
	return t.Term && !t.Due.IsZero() && today.DaysUntil(t.Due) <= nearDays
}

// nearDays is how many days before its day a term of law is marked, and must be read.
const nearDays = 7

// Handing is work that goes from one colleague to another.
type Handing struct {
	Person   string
	From, To string
	Team     string // that does the work from now on; empty when that stays as it is
	Location string
	Only     []string // these pieces of work; nil for all
	By       access.Actor
	Key      privacy.Key // of the person
}

// Work is how one capability tells open work, and moves it.
type Work struct {
	Name string // "contact.work"; also the text key of its heading

	// Open lists the open work of a colleague, of one person or (person empty) of everybody. It opens nothing sealed.
	Open func(ctx context.Context, q db.Q, holder, person string, now time.Time) ([]Task, error)
	// Tell adds what each task is, for who has the file open.
	Tell func(v *web.Visit, f File, ts []Task) error
	// Move gives everything to the next colleague, also what is no longer open and may be opened again.
	Move func(ctx context.Context, tx *db.Tx, h Handing) error
}

// Trace is what a colleague leaves behind that no next one can do anything with: begun notes, a duty at a desk.
type Trace struct {
	Key   string // text key, with the argument n
	Count func(ctx context.Context, q db.Q, colleague string, now time.Time) (int, error)
	Clear func(ctx context.Context, tx *db.Tx, colleague string) error
}

// LendWork hands over how open work is told and moved; the app calls it once.
func (s *Files) LendWork(ws []Work, ts []Trace) { s.works, s.traces = ws, ts }

// Works are all sorts of open work.
func (s *Files) Works() []Work { return s.works }

// Traces are all that is left behind.
func (s *Files) Traces() []Trace { return s.traces }

// HandOver gives a file from one colleague to another: the open work goes along, every reason of the first to see it ends,
// and the second has it. The first need not have the file: work may be left without it.
func (s *Files) HandOver(ctx context.Context, tx *db.Tx, h Handing) error {
	if err := s.moveWork(ctx, tx, h); err != nil {
		return err
	}
	if err := access.EndAll(ctx, tx, h.Person, "user:"+h.From); err != nil {
		return err
	}
	team := h.Team
	if team == "" {
		var err error
		if team, err = s.Team(ctx, tx, h.Person); err != nil {
			return err
		}
	}
	if h.Location != "" {
		if _, err := db.Do(ctx, tx, db.F(`UPDATE dossier_person SET team = ?, location = ?, placed_at = ? WHERE id = ?`, team, h.Location, tx.Now, h.Person)); err != nil {
			return err
		}
	}
	if err := s.Assign(ctx, tx, h.Person, team, h.To, h.By, team); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "dossier.event.unassigned", Subject: h.Person, Actor: h.By.ID, ActorKind: string(h.By.Kind), Role: roleOf(h.By), OnBehalf: h.From, Place: team, Session: h.By.Session})
}

// moveWork moves the open work in one file.
func (s *Files) moveWork(ctx context.Context, tx *db.Tx, h Handing) error {
	if h.Key.Zero() && len(s.works) > 0 {
		var err error
		if h.Key, err = s.vault.Key(ctx, h.Person); err != nil {
			return err
		}
	}
	for _, w := range s.works {
		if err := w.Move(ctx, tx, h); err != nil {
			return err
		}
	}
	return nil
}

// MoveWork moves some open work to somebody who has the file already.
func (s *Files) MoveWork(ctx context.Context, tx *db.Tx, h Handing) error {
	return s.moveWork(ctx, tx, h)
}

// OpenWork is all open work of a colleague, by the name of its sort.
func (s *Files) OpenWork(ctx context.Context, q db.Q, holder, person string, now time.Time) (map[string][]Task, error) {
	out := map[string][]Task{}
	for _, w := range s.works {
		ts, err := w.Open(ctx, q, holder, person, now)
		if err != nil {
			return nil, err
		}
		if len(ts) > 0 {
			out[w.Name] = ts
		}
	}
	return out, nil
}

// Place tells the team and the location of a person.
func (s *Files) Place(ctx context.Context, q db.Q, person string) (team, location string, err error) {
	type row struct{ Team, Location string }
	r, err := db.One[row](ctx, q, db.F(`SELECT team, location FROM dossier_person WHERE id = ?`, person))
	return r.Team, r.Location, err
}

// Caseworkers are the colleagues who may have files of a team.
func (s *Files) Caseworkers(ctx context.Context, team string, now time.Time) ([]string, error) {
	cs, err := s.caseworkers(ctx, team, "", now)
	var out []string
	for _, c := range cs {
		out = append(out, c.ID)
	}
	return out, err
}

// HelpersOf are the helpers of many people, who had each longest first.
func (s *Files) HelpersOf(ctx context.Context, q db.Q, people []string, now time.Time) (map[string][]string, error) {
	return helpersOf(ctx, q, people, now)
}

// Helping says whether a reason is one for which a colleague has a file as their own work.
func Helping(w access.Why) bool { return w == access.Assignment || w == access.Registered }
