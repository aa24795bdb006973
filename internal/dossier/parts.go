package dossier

// This file is what the dossier lends to others: File, the capability without which nothing of a person is read, and the
// types of the parts that others put on its pages.

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Files is the store of people and the door to them.
type Files struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store

	memory  *memory
	judge   Judge  // nobody judges when nil
	linked  Linked // nothing is linked when nil
	finders []Finder
	panels  []Panel
	sources []Source
	authors []Authors
	works   []Work
	traces  []Trace
	tabs    []Tab
	helper  News // nobody is told when nil

	outsiders Outsiders

	signals  func(v *web.Visit, sealed string, x Signal) string // nobody takes signals in when nil
	raised   map[string]Raised
	knows    []Knows
	kin      func(ctx context.Context, q db.Q, a, b string) (bool, error)
	answered Answers
	standing Standing

	reopening Reopening
}

// New makes the capability.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store) *Files {
	return &Files{db: d, vault: v, org: org, memory: newMemory()}
}

// File is one opened file. Only Files makes one, after the predicate said yes and the log was written.
type File struct {
	id       string
	key      privacy.Key
	grant    access.Grant
	who      access.Actor
	team     string
	location string
	version  int64
	profile  Profile
	limit    Limit
	all      *Files // knows the tabs
	along    []File // linked records that are read along, each opened and logged by itself
	seen     *bool  // the look of this request stands in the log, or will before it is answered
	wanted   Wanted
}

// ID is the person's id.
func (f File) ID() string { return f.id }

// Key seals and opens what belongs to this person.
func (f File) Key() privacy.Key { return f.key }

// Grant is the reason this file is open.
func (f File) Grant() access.Grant { return f.grant }

// Level is how much of it is open.
func (f File) Level() access.Level { return f.grant.Level }

// Who is the actor it was opened for.
func (f File) Who() access.Actor { return f.who }

// Lasting refuses what would outlive a look that was lent: whoever broke the glass, answers an alarm, or was let in for some
// days, may read, and neither give the file away, nor make a card for it, nor share anything of it. In an emergency the door
// is not there at all, like every other door that changes something.
func (f File) Lasting() error {
	switch f.grant.Why {
	case access.BreakGlass:
		return fault.Gone()
	case access.Alarm, access.Asked:
		return fault.New(fault.Denied, "dossier.error.emergency")
	}
	return nil
}

// Changes says whether whoever opened this file may also change something of it. In an emergency one looks and no more; the
// one thing that is still written is the note of what was said and done, which contact keeps.
func (f File) Changes(may access.Rule) bool {
	return may.Allows(f.who) && f.grant.Why != access.BreakGlass
}

// Called is what the person wants to be called.
func (f File) Called() string { return f.profile.Called }

// Profile is what is known of the person.
func (f File) Profile() Profile { return f.profile }

// Team is the team that does the work.
func (f File) Team() string { return f.team }

// Location is where the person is helped.
func (f File) Location() string { return f.location }

// Log writes an entry about this file in a transaction; the event is a text key.
func (f File) Log(ctx context.Context, tx *db.Tx, event, object string) error {
	return audit.Append(ctx, tx, audit.Entry{Event: event, Subject: f.id, Actor: f.who.ID, ActorKind: string(f.who.Kind), Role: roleOf(f.who),
		Place: f.grant.Place, Why: string(f.grant.Why), Grant: f.grant.ID, Object: object, Session: f.who.Session})
}

// roleOf is the role the log tells; the most responsible one.
func roleOf(a access.Actor) string {
	if a.Kind == access.IsSelf {
		return string(access.Client)
	}
	for _, r := range []access.Role{access.Legal, access.Case, access.Lead, access.Region, access.Privacy, access.Admin, access.Desk} {
		if a.Has(r) {
			return string(r)
		}
	}
	return ""
}

// Open opens a file for one request that shows something of it. The access log has the entry, durably, before the first byte
// of the answer; when it cannot be written, nothing is shown. Absent and forbidden are the same fault after the same work.
func (s *Files) Open(v *web.Visit, person string, level access.Level, event string) (File, error) {
	ctx := v.Ctx()
	g, err := access.Find(ctx, s.db, v.Actor, person, level, v.Now)
	if err != nil {
		return File{}, err
	}
	f, err := s.read(ctx, s.db, v.Actor, g)
	if err == nil {
		err = f.unlimited(v)
	}
	if err != nil {
		return File{}, err
	}
	if !*f.seen {
		*f.seen = true
		v.Before(s.db.Begin(ctx, f.entry(ctx, event)))
	}
	return f, nil
}

// look writes that the file was looked at, once in a request.
func (f File) look(ctx context.Context, event string) error {
	if *f.seen {
		return nil
	}
	err := f.all.db.Tx(ctx, f.entry(ctx, event))
	*f.seen = err == nil
	return err
}

// entry is what is written for a look.
func (f File) entry(ctx context.Context, event string) func(*db.Tx) error {
	return func(tx *db.Tx) error { return f.Log(ctx, tx, event, "") }
}

// own is the look that an opened file is having, as the log will tell it.
func (f File) own(now time.Time) audit.Look {
	return audit.Look{Actor: f.who.ID, ActorKind: string(f.who.Kind), Why: string(f.grant.Why), Last: now}
}

// Held lists every file on which the visitor has a live grant of at least this level, for what looks at all of them. Several
// parts of one page ask, so it is read once.
func (s *Files) Held(v *web.Visit, level access.Level) ([]string, error) {
	hs, err := web.Memo(v, "dossier.held", func() ([]access.Held, error) { return access.AllHeld(v.Ctx(), s.db, v.Actor.Holders, v.Now) })
	var out []string
	for _, h := range hs {
		if h.Level >= level {
			out = append(out, h.Subject)
		}
	}
	return out, err
}

// OpenFor opens a file for a form that will write: the writing itself logs, in its own transaction. When the form comes
// back with faults instead, FilePage writes the look before it shows anything.
func (s *Files) OpenFor(v *web.Visit, person string, level access.Level) (File, error) {
	g, err := access.Find(v.Ctx(), s.db, v.Actor, person, level, v.Now)
	if err != nil {
		return File{}, err
	}
	f, err := s.read(v.Ctx(), s.db, v.Actor, g)
	if err == nil {
		err = f.unlimited(v)
	}
	if err != nil {
		return File{}, err
	}
	return f, nil
}

// OpenToChange is OpenFor for whoever may change something of the file; for others it does not exist.
func (s *Files) OpenToChange(v *web.Visit, person string, may access.Rule) (File, error) {
	f, err := s.OpenFor(v, person, may.Level)
	if err == nil && !f.Changes(may) {
		return File{}, fault.Gone()
	}
	return f, err
}

// OpenToFill is OpenToChange for the empty form, which shows something of the person already: the look is in the log first.
func (s *Files) OpenToFill(v *web.Visit, person string, may access.Rule, event string) (File, error) {
	f, err := s.OpenToChange(v, person, may)
	if err != nil {
		return File{}, err
	}
	if err := f.look(v.Ctx(), event); err != nil {
		return File{}, err
	}
	return f, nil
}

func (s *Files) read(ctx context.Context, q db.Q, who access.Actor, g access.Grant) (File, error) {
	type row struct {
		Team, Location string
		Version        int64
		Profile        []byte
		Limited, Until time.Time
	}
	r, err := db.One[row](ctx, q, db.F(`SELECT team, location, version, profile, limited, limited_until AS until FROM dossier_person WHERE id = ?`, g.Subject))
	if err != nil {
		return File{}, err
	}
	k, err := s.vault.Key(ctx, g.Subject)
	if err != nil {
		return File{}, err
	}
	f := File{id: g.Subject, key: k, grant: g, who: who, team: r.Team, location: r.Location, version: r.Version, limit: Limit{r.Limited, r.Until}, all: s, seen: new(bool)}
	return f, privacy.OpenJSON(k, profilePlace(g.Subject), r.Profile, &f.profile)
}

// Machine opens a file for a job that acts for nobody, such as an escalation; the job logs what it does.
func (s *Files) Machine(ctx context.Context, q db.Q, person string) (File, error) {
	return s.read(ctx, q, access.Actor{Kind: access.Machine, ID: "system"}, access.Grant{Subject: person, Level: access.File})
}

// FilePage is the frame of every page about one person: name, key facts, what must not be forgotten, tabs. Whatever led
// here, the look stands in the log before the first byte is made; when it cannot be written, the page fails.
func FilePage(f File, tab string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if err := f.look(ctx, "dossier.event.again"); err != nil {
			return err
		}
		return filePage(f, tab).Render(ctx, w)
	})
}

// Panel is a part that another capability puts on a page about a person.
type Panel struct {
	Place string // "overview", "aside", "procedure"; "family" on the page of the family; on the refugee's own pages "home", "appointments", "looks"
	Order int
	Level access.Level // the least level at which it shows; 0 means DeskLevel
	Show  func(v *web.Visit, f File) (ui.Part, error)
}

// Moment is one thing that happened.
type Moment struct {
	ID    string
	At    time.Time
	Group string // "talk", "law", "plan", "message": what the filter above the timeline chooses
	Kind  string // look of the round sign: "", "law", "talk", "ok"
	Icon  string
	Title string
	By    string
	Body  templ.Component

	Author string   // id of the colleague, or of the person, who did it or wrote it down: what the filter by somebody asks
	Words  []string // the texts in which somebody may search; the title is one already
}

// Source gives the moments of one capability before a point in time, newest first, at most n. They stand at whole
// milliseconds. It tells only what whoever opened the file may read. What f.Wanted says is not asked for may be left out.
type Source func(v *web.Visit, f File, before time.Time, n int) ([]Moment, error)

// Authors gives the ids of who wrote what a source tells to whoever opened the file.
type Authors func(v *web.Visit, f File) ([]string, error)

// Tab is a page of another capability about a person.
type Tab struct {
	Key   string // text key of its name
	Route string // its route, with the argument "person"
	Level access.Level
	Order int
}

// Lend hands over what the others put on the pages of a file; the app calls it once.
func (s *Files) Lend(panels []Panel, sources []Source, tabs []Tab) {
	s.panels, s.sources, s.tabs = slices.Clone(panels), sources, slices.Clone(tabs)
	slices.SortStableFunc(s.panels, func(a, b Panel) int { return a.Order - b.Order })
	slices.SortStableFunc(s.tabs, func(a, b Tab) int { return a.Order - b.Order })
}

// LendAuthors hands over who wrote what the sources tell; the app calls it once.
func (s *Files) LendAuthors(as ...Authors) { s.authors = as }

// Finder answers the search box with something that is no person: a page, an article of law.
type Finder struct {
	Key  string // text key of the heading above its answers
	Find func(v *web.Visit, typed string) ([]Hit, error)
}

// Hit is one answer. Why says what of it matches, where the title does not.
type Hit struct{ Title, Why, URL string }

// LendFinders hands over what else the search box finds; the app calls it once.
func (s *Files) LendFinders(fs ...Finder) { s.finders = fs }

// Show renders the panels of one place, in their order.
func (s *Files) Show(v *web.Visit, f File, place string) ([]ui.Part, error) {
	var out []ui.Part
	for _, p := range s.panels {
		if p.Place != place || f.Level() < max(p.Level, access.DeskLevel) {
			continue
		}
		part, err := p.Show(v, f)
		if err != nil {
			return nil, err
		}
		if part.Body != nil {
			out = append(out, part)
		}
	}
	return out, nil
}
