package contact

// This file holds recording a contact: about a person, about a visitor without a file, and correcting what one wrote.

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// recordPage is the form of a contact.
type recordPage struct {
	Called   string // empty: a visitor without a name
	Name     string // as the file has it, for who may see more than the note
	Person   string // empty: a visitor without a file
	Visit    string
	Moment   string // of a correction
	Sub      string
	In       Input
	Errors   fault.Fields
	Today    clock.Date
	Owners   []ui.Option
	Saved    time.Time // when the draft was kept
	Count    int
	Waiting  int
	DeskName string
	Lasted   int    // minutes so far
	CanOpen  bool   // more of the file than the note may be seen
	Signal   string // the form of a signal from this file; empty when there is none
	Other    string
	Parts    []ui.Part    // what others lend to whoever begins a talk
	Theirs   *ui.VersionP // of a correction: what was saved meanwhile
	Mine     *ui.VersionP
}

// recordable opens a file for writing a note: at the desk or by assignment, or for one's own visit until the quarter of an
// hour after it.
func (c *Contact) recordable(v *web.Visit) (dossier.File, Visit, error) {
	f, err := c.files.OpenFor(v, v.Param("person"), access.Note)
	if err != nil {
		return f, Visit{}, err
	}
	x, err := c.table(v.Ctx(), v.Actor.ID, f.ID(), v.Now)
	if err != nil {
		return f, x, err
	}
	if f.Level() < access.DeskLevel && x.ID == "" {
		return f, x, fault.Gone() // only the correcting of a note one wrote is left, see fix
	}
	return f, x, nil
}

func (c *Contact) record(v *web.Visit) error {
	f, x, err := c.recordable(v)
	if err != nil {
		return err
	}
	p := recordPage{In: Input{Visible: "client"}}
	if p.In, p.Saved, err = c.resume(v.Ctx(), f.Key(), v.Actor.ID, f.ID(), p.In); err != nil {
		return err
	}
	p.In = p.In.As(v.Value("soort"))
	return c.recordPage(v, f, x, p)
}

// resume is what was typed before, if it was not saved.
func (c *Contact) resume(ctx context.Context, k privacy.Key, colleague, about string, in Input) (Input, time.Time, error) {
	fields, at, err := c.draft(ctx, k, colleague, about)
	if err != nil || fields == nil {
		return in, at, err
	}
	return ReadInput(fields), at, nil
}

// recordPage fills in what every showing of the form needs, and writes into the log that it was shown.
func (c *Contact) recordPage(v *web.Visit, f dossier.File, x Visit, p recordPage) error {
	f, err := c.files.Open(v, f.ID(), access.Note, "contact.event.form")
	if err != nil {
		return err
	}
	p.Today = clock.Today(v.Now)
	p.Called, p.Person, p.Visit, p.CanOpen = f.Called(), f.ID(), x.ID, f.Level() >= access.DeskLevel
	if p.CanOpen {
		p.Name = f.Profile().Name()
	}
	if p.Sub, err = c.about(v, f); err != nil {
		return err
	}
	if p.CanOpen {
		if p.Signal, err = c.signalURL(v, f, p.In.Topic, v.Now); err != nil {
			return err
		}
		if p.Parts, err = c.files.Show(v, f, "desk"); err != nil {
			return err
		}
	}
	if x.ID != "" {
		p.Lasted = Lasted(x.Taken, v.Now)
	}
	if p.Moment == "" {
		owners, err := c.askable(v, f)
		if err != nil {
			return err
		}
		if p.Owners, err = c.colleagueOptions(v, owners); err != nil {
			return err
		}
	}
	return c.showRecord(v, p)
}

func (c *Contact) showRecord(v *web.Visit, p recordPage) error {
	if err := c.deskLine(v, &p); err != nil {
		return err
	}
	switch {
	case p.Theirs != nil:
		return v.Status(409, pageRecord(p))
	case len(p.Errors) > 0:
		return v.Invalid(pageRecord(p))
	}
	return v.Page(pageRecord(p))
}

// about is the line under the name: what the writer needs to know the right person sits there. Whoever only finishes a
// note sees the language, nothing more of the file.
func (c *Contact) about(v *web.Visit, f dossier.File) (string, error) {
	ctx := v.Ctx()
	var parts []string
	prof := f.Profile()
	if f.Level() >= access.DeskLevel && prof.VNumber != "" {
		parts = append(parts, "V "+dossier.VNumberText(prof.VNumber))
	}
	if t := prof.Language(); t != "" {
		s := lang.T(ctx, "dossier.tongue."+t)
		if prof.Interpreter != "" && prof.Interpreter != "none" {
			s += ", " + lang.T(ctx, "contact.interpreter."+prof.Interpreter)
		}
		parts = append(parts, s)
	}
	if f.Level() >= access.DeskLevel {
		a, err := c.appointmentNow(ctx, c.db, f.ID(), f.Location(), v.Now)
		if err != nil {
			return "", err
		}
		if a.ID != "" {
			parts = append(parts, lang.T(ctx, "contact.record.appointment", "time", lang.Time(ctx, a.At)))
		}
	}
	return lang.Dots(parts...), nil
}

// askable are the colleagues who can be asked to follow something up: those who have the file, or who leads the team
// while nobody has it.
func (c *Contact) askable(v *web.Visit, f dossier.File) ([]string, error) {
	ids, err := c.files.Helpers(v.Ctx(), c.db, f.ID(), v.Now)
	if err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == v.Actor.ID })
	if len(ids) > 0 {
		return ids, nil
	}
	ids, err = c.org.Lead(v.Ctx(), f.Team(), v.Now)
	return slices.DeleteFunc(ids, func(id string) bool { return id == v.Actor.ID }), err
}

func (c *Contact) deskLine(v *web.Visit, p *recordPage) error {
	d, err := c.onDuty(v)
	if fault.Is(err, fault.NotFound) {
		p.Other = v.URL("dossier.list")
		return nil
	}
	if err != nil {
		return err
	}
	p.Other = v.URL("contact.desk")
	at, err := c.org.Where(v.Ctx(), access.Scope{Kind: access.Location, ID: d.Location})
	if err != nil {
		return err
	}
	p.DeskName = at.Name
	if p.Count, err = c.today(v.Ctx(), d.Desk, v.Now); err != nil {
		return err
	}
	vs, err := c.visits(v.Ctx(), c.db, d.Desk, v.Now)
	p.Waiting = len(Queue(vs))
	return err
}

// team is the team of a writer's note: of the person where the writer works in it, else the writer's own.
func (c *Contact) team(v *web.Visit, f dossier.File) (string, error) {
	mine, err := c.teams(v.Ctx(), v.Actor)
	if err != nil || len(mine) == 0 || slices.Contains(mine, f.Team()) {
		return f.Team(), err
	}
	return mine[0], nil
}

func (c *Contact) saveForm(v *web.Visit) error {
	f, x, err := c.recordable(v)
	if err != nil {
		return err
	}
	in := ReadInput(v.Fields())
	b, prom, fs := in.Check(clock.Today(v.Now))
	if prom.Owner != "" {
		owners, err := c.askable(v, f)
		if err != nil {
			return err
		}
		if !slices.Contains(owners, prom.Owner) {
			fs.Add("owner", "contact.error.owner")
		}
	}
	if len(fs) > 0 {
		return c.recordPage(v, f, x, recordPage{In: in, Errors: fs})
	}
	if b.Minutes == 0 {
		b.Minutes = Lasted(x.Taken, v.Now)
	}
	m := Moment{Talk: Talk{Author: v.Actor.ID, Visible: in.Visibility(), What: b, Desk: x.Desk}, Person: f.ID(), Form: v.Value(web.OnceField)}
	if m.Team, err = c.team(v, f); err != nil {
		return err
	}
	signal := ""
	if v.Value("naar") == "signaal" {
		if signal, err = c.signalURL(v, f, b.Topic, v.Now); err != nil {
			return err
		}
	}
	stay := v.Value("naar") == "dossier" && f.Level() >= access.DeskLevel || signal != "" || x.ID == ""
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := c.save(v.Ctx(), tx, f.Key(), m, prom)
		if err != nil {
			return "", err
		}
		if err := drop(v.Ctx(), tx, v.Actor.ID, f.ID()); err != nil {
			return "", err
		}
		if err := f.Log(v.Ctx(), tx, "contact.event.saved", id); err != nil {
			return "", err
		}
		if !stay {
			return v.URL("contact.desk", "gezegd", "contact.said.saved"), c.close(v.Ctx(), tx, v.Actor, x, id)
		}
		if x.ID != "" {
			err = noted(v.Ctx(), tx, x, id)
		}
		if signal != "" {
			return signal, err
		}
		return v.URL("dossier.open", "person", f.ID(), "gezegd", "contact.said.saved"), err
	})
}

// saidKept is the line under the form.
func saidKept(v *web.Visit) error {
	return v.Text(200, lang.T(v.Ctx(), "contact.draft.kept", "time", lang.Time(v.Ctx(), v.Now)))
}

func (c *Contact) keepDraft(v *web.Visit) error {
	f, _, err := c.recordable(v)
	if err != nil {
		return err
	}
	return c.keepFields(v, f.Key(), f.ID(), f.ID())
}

// keepFields keeps the form as it stands; one on which nothing was done is no draft.
func (c *Contact) keepFields(v *web.Visit, k privacy.Key, about, person string) error {
	fields := v.Fields()
	if ReadInput(fields).Empty() {
		return v.Text(200, "")
	}
	if err := c.keep(v.Ctx(), k, v.Actor.ID, about, person, v.Value(web.OnceField), fields); err != nil {
		return err
	}
	return saidKept(v)
}

// discard puts one's own draft aside, or back; whose it is, is decided by the key it stands under.
func (c *Contact) discard(v *web.Visit) error {
	undo := v.Value("undo") != ""
	said := "contact.said.discarded"
	if undo {
		said = "contact.said.draft"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("today", "gezegd", said), discard(v.Ctx(), tx, v.Actor.ID, v.Value("about"), undo)
	})
}

// ownMoment opens a file for correcting one's own note; nothing else of the file.
func (c *Contact) ownMoment(v *web.Visit) (dossier.File, Moment, error) {
	f, err := c.files.OpenFor(v, v.Param("person"), access.Note)
	if err != nil {
		return f, Moment{}, err
	}
	m, err := c.own(v.Ctx(), f, v.Param("moment"))
	return f, m, err
}

// typed is a moment as a form shows it.
func typed(m Moment) Input {
	in := Input{Topic: m.What.Topic, Done: m.What.Done, Note: m.What.Note, Next: m.What.Next, Visible: m.Visible, Interpreter: m.What.Interpreter, Version: m.Version}
	if m.What.Minutes > 0 {
		in.Minutes = strconv.Itoa(m.What.Minutes)
	}
	return in
}

func (c *Contact) fix(v *web.Visit) error {
	f, m, err := c.ownMoment(v)
	if err != nil {
		return err
	}
	p := recordPage{Moment: m.ID}
	if p.In, p.Saved, err = c.resume(v.Ctx(), f.Key(), v.Actor.ID, m.ID, typed(m)); err != nil {
		return err
	}
	return c.recordPage(v, f, Visit{}, p)
}

func (c *Contact) fixDraft(v *web.Visit) error {
	f, m, err := c.ownMoment(v)
	if err != nil {
		return err
	}
	return c.keepFields(v, f.Key(), m.ID, f.ID())
}

// correctForm writes a new version. How it goes on was promised at the time and stays as it was.
func (c *Contact) correctForm(v *web.Visit) error {
	f, m, err := c.ownMoment(v)
	if err != nil {
		return err
	}
	in := ReadInput(v.Fields())
	in.Next = "ready"
	b, _, fs := in.Check(clock.Today(v.Now))
	b.Next = m.What.Next
	p := recordPage{Moment: m.ID, In: in, Errors: fs}
	if in.Version != m.Version {
		return c.bothVersions(v, f, m, b, p)
	}
	if len(fs) > 0 {
		return c.recordPage(v, f, Visit{}, p)
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		if err := c.correct(v.Ctx(), tx, f.Key(), m, b, in.Visibility()); err != nil {
			return "", err
		}
		if err := drop(v.Ctx(), tx, v.Actor.ID, m.ID); err != nil {
			return "", err
		}
		to := v.URL("contact.desk", "gezegd", "contact.said.corrected")
		if f.Level() >= access.DeskLevel {
			to = v.URL("dossier.open", "person", f.ID(), "gezegd", "contact.said.corrected")
		}
		return to, f.Log(v.Ctx(), tx, "contact.event.corrected", m.ID)
	})
	if fault.Is(err, fault.Conflict) && fault.As(err).Key == "contact.error.version" {
		if m, err = c.own(v.Ctx(), f, m.ID); err != nil {
			return err
		}
		return c.bothVersions(v, f, m, b, p)
	}
	return err
}

// bothVersions shows what was saved meanwhile beside what was typed, and the form with what was typed: saving it now
// makes it the newest version.
func (c *Contact) bothVersions(v *web.Visit, f dossier.File, m Moment, mine Body, p recordPage) error {
	p.Theirs = &ui.VersionP{Title: lang.T(v.Ctx(), "contact.record.theirs"), By: lang.When(v.Ctx(), m.Corrected, v.Now), Facts: versionFacts(v.Ctx(), m.What, m.Visible, f.Called())}
	p.Mine = &ui.VersionP{Title: lang.T(v.Ctx(), "contact.record.mine"), Facts: versionFacts(v.Ctx(), mine, p.In.Visibility(), f.Called())}
	p.In.Version = m.Version
	return c.recordPage(v, f, Visit{}, p)
}

// guest opens the form for somebody without a file who sits at this colleague's table.
func (c *Contact) guest(v *web.Visit) (Duty, Waiter, error) {
	d, err := c.onDuty(v)
	if err != nil {
		return d, Waiter{}, err
	}
	x, err := c.visit(v.Ctx(), c.db, d.Desk, v.Param("visit"), v.Now)
	if err != nil {
		return d, Waiter{}, err
	}
	if x.Person != "" || x.TakenBy != v.Actor.ID || !x.Writable(v.Now) {
		return d, Waiter{}, fault.Gone()
	}
	ws, err := c.waiters(v.Ctx(), []Visit{x})
	if err != nil {
		return d, Waiter{}, err
	}
	return d, ws[0], nil
}

// guestAskable are the colleagues who can be asked about a visitor without a file: who else sits at the desk, and who
// leads its team.
func (c *Contact) guestAskable(v *web.Visit, d Duty) ([]string, error) {
	ids, err := c.staffed(v.Ctx(), d.Desk, v.Now)
	if err != nil {
		return nil, err
	}
	lead, err := c.org.Lead(v.Ctx(), d.Team, v.Now)
	return slices.DeleteFunc(append(ids, lead...), func(id string) bool { return id == v.Actor.ID }), err
}

func (c *Contact) guestForm(v *web.Visit) error {
	d, w, err := c.guest(v)
	if err != nil {
		return err
	}
	in, at, err := c.resume(v.Ctx(), c.house(), v.Actor.ID, w.ID, Input{})
	if err != nil {
		return err
	}
	return c.guestPage(v, d, w, recordPage{In: in.As(v.Value("soort")), Saved: at})
}

func (c *Contact) guestPage(v *web.Visit, d Duty, w Waiter, p recordPage) error {
	p.Called, p.Visit, p.Today, p.Lasted = w.Called, w.ID, clock.Today(v.Now), Lasted(w.Taken, v.Now)
	if w.Language != "" {
		p.Sub = lang.T(v.Ctx(), "dossier.tongue."+w.Language)
	}
	owners, err := c.guestAskable(v, d)
	if err != nil {
		return err
	}
	if p.Owners, err = c.colleagueOptions(v, owners); err != nil {
		return err
	}
	return c.showRecord(v, p)
}

func (c *Contact) guestDraft(v *web.Visit) error {
	_, w, err := c.guest(v)
	if err != nil {
		return err
	}
	return c.keepFields(v, c.house(), w.ID, "")
}

func (c *Contact) guestSave(v *web.Visit) error {
	d, w, err := c.guest(v)
	if err != nil {
		return err
	}
	in := ReadInput(v.Fields())
	b, prom, fs := in.Check(clock.Today(v.Now))
	if prom.Owner != "" {
		owners, err := c.guestAskable(v, d)
		if err != nil {
			return err
		}
		if !slices.Contains(owners, prom.Owner) {
			fs.Add("owner", "contact.error.owner")
		}
	}
	if len(fs) > 0 {
		return c.guestPage(v, d, w, recordPage{In: in, Errors: fs})
	}
	if b.Minutes == 0 {
		b.Minutes = Lasted(w.Taken, v.Now)
	}
	m := Moment{Talk: Talk{Author: v.Actor.ID, Visible: "team", What: b, Desk: w.Desk}, Team: d.Team, Form: v.Value(web.OnceField)}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := c.save(v.Ctx(), tx, c.house(), m, prom)
		if err != nil {
			return "", err
		}
		if err := drop(v.Ctx(), tx, v.Actor.ID, w.ID); err != nil {
			return "", err
		}
		return v.URL("contact.desk", "gezegd", "contact.said.saved"), c.close(v.Ctx(), tx, v.Actor, w.Visit, id)
	})
}

// back is the address to which a form returns: one of this house, with the message that it is done.
func back(v *web.Visit, otherwise, said string) string {
	u, err := url.Parse(v.Value("terug"))
	if err != nil || !web.Local(v.Value("terug")) {
		u = &url.URL{Path: otherwise}
	}
	q := u.Query()
	q.Set("gezegd", said)
	u.RawQuery = q.Encode()
	return u.String()
}
