package contact

// This file holds the pages of contacts: recording, correcting, promises, appointments.

import (
	"embed"
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
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of the pages.
//
//go:embed text/*.json
var Texts embed.FS

// recordPage is the form of a contact.
type recordPage struct {
	Called   string // empty: a visitor without a file
	Person   string
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
	CanOpen  bool // more of the file than the note may be seen
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
		return f, x, fault.Gone() // only the finishing of a note one wrote is left, see fix
	}
	return f, x, nil
}

func (c *Contact) record(v *web.Visit) error {
	f, x, err := c.recordable(v)
	if err != nil {
		return err
	}
	if f, err = c.files.Open(v, f.ID(), access.Note, "contact.event.form"); err != nil {
		return err
	}
	p := recordPage{Visit: x.ID, In: Input{Visible: "client"}}
	fields, at, err := c.draft(v.Ctx(), f.Key(), v.Actor.ID, f.ID())
	if err != nil {
		return err
	}
	if fields != nil {
		p.In, p.Saved = ReadInput(fields), at
	}
	return c.recordPage(v, f, p)
}

// recordPage fills in what every showing of the form needs.
func (c *Contact) recordPage(v *web.Visit, f dossier.File, p recordPage) error {
	ctx := v.Ctx()
	p.Today = clock.Today(v.Now)
	p.Called, p.Person, p.CanOpen = f.Called(), f.ID(), f.Level() >= access.DeskLevel
	prof := f.Profile()
	sub := ""
	if t := prof.Language(); t != "" {
		sub = lang.T(ctx, "dossier.tongue."+t)
	}
	if prof.Interpreter != "" && prof.Interpreter != "none" {
		sub += ", " + lang.T(ctx, "dossier.interpreter."+prof.Interpreter)
	}
	p.Sub = sub
	helpers, err := c.files.Helpers(ctx, c.db, f.ID(), v.Now)
	if err != nil {
		return err
	}
	names, err := c.org.Colleagues(ctx, helpers)
	if err != nil {
		return err
	}
	for _, h := range helpers {
		if h != v.Actor.ID {
			p.Owners = append(p.Owners, ui.Option{Value: h, Label: names[h].Name})
		}
	}
	if err := c.deskLine(v, &p); err != nil {
		return err
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageRecord(p))
	}
	return v.Page(pageRecord(p))
}

func (c *Contact) deskLine(v *web.Visit, p *recordPage) error {
	d, err := c.Duty(v.Ctx(), c.db, v.Actor, v.Now)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	l, err := c.org.Location(v.Ctx(), d.Location)
	if err != nil {
		return err
	}
	p.DeskName = l.Name
	if p.Count, err = c.today(v.Ctx(), d.Desk, v.Now); err != nil {
		return err
	}
	vs, err := c.visits(v.Ctx(), d.Desk, v.Now)
	p.Waiting = len(Queue(vs))
	return err
}

// team is the team of a writer's note: of the person where the writer works in it, else the writer's own.
func team(a access.Actor, f dossier.File) string {
	mine := a.Places(access.Team)
	if len(mine) == 0 || slices.Contains(mine, f.Team()) {
		return f.Team()
	}
	return mine[0]
}

func (c *Contact) saveForm(v *web.Visit) error {
	f, x, err := c.recordable(v)
	if err != nil {
		return err
	}
	in := ReadInput(v.Fields())
	b, prom, fs := in.Check(clock.Today(v.Now))
	if prom.Owner != "" {
		helpers, err := c.files.Helpers(v.Ctx(), c.db, f.ID(), v.Now)
		if err != nil {
			return err
		}
		if !slices.Contains(helpers, prom.Owner) {
			fs.Add("owner", "contact.error.owner")
		}
	}
	if len(fs) > 0 {
		return c.recordPage(v, f, recordPage{Visit: x.ID, In: in, Errors: fs})
	}
	m := Moment{Person: f.ID(), Author: v.Actor.ID, Team: team(v.Actor, f), Visible: in.Visibility(), What: b, Desk: x.Desk}
	stay := v.Value("naar") == "dossier" && f.Level() >= access.DeskLevel
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
		if stay || x.ID == "" {
			if f.Level() < access.DeskLevel {
				return v.URL("contact.desk", "gezegd", "contact.said.saved"), nil
			}
			return v.URL("dossier.open", "person", f.ID(), "gezegd", "contact.said.saved"), nil
		}
		return v.URL("contact.desk", "gezegd", "contact.said.saved"), c.close(v.Ctx(), tx, v.Actor, x)
	})
}

// keepDraft answers the line under the form.
func (c *Contact) keepDraft(v *web.Visit) error {
	f, _, err := c.recordable(v)
	if err != nil {
		return err
	}
	if err := c.keep(v.Ctx(), f.Key(), v.Actor.ID, f.ID(), v.Fields()); err != nil {
		return err
	}
	return v.Text(200, lang.T(v.Ctx(), "contact.draft.kept", "time", lang.Time(v.Ctx(), v.Now)))
}

func (c *Contact) discard(v *web.Visit) error {
	f, err := c.files.OpenFor(v, v.Param("person"), access.Note)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return "/", drop(v.Ctx(), tx, v.Actor.ID, f.ID())
	})
}

// fix shows one's own note for correcting it; nothing else of the file.
func (c *Contact) fix(v *web.Visit) error {
	f, err := c.files.OpenFor(v, v.Param("person"), access.Note)
	if err != nil {
		return err
	}
	m, err := c.own(v.Ctx(), f, v.Param("moment"))
	if err != nil {
		return err
	}
	if f, err = c.files.Open(v, f.ID(), access.Note, "contact.event.form"); err != nil {
		return err
	}
	in := Input{Topic: m.What.Topic, Done: m.What.Done, Note: m.What.Note, Next: "ready", Visible: m.Visible, Interpreter: m.What.Interpreter}
	if m.What.Minutes > 0 {
		in.Minutes = strconv.Itoa(m.What.Minutes)
	}
	return c.recordPage(v, f, recordPage{Moment: m.ID, In: in})
}

func (c *Contact) correctForm(v *web.Visit) error {
	f, err := c.files.OpenFor(v, v.Param("person"), access.Note)
	if err != nil {
		return err
	}
	m, err := c.own(v.Ctx(), f, v.Param("moment"))
	if err != nil {
		return err
	}
	in := ReadInput(v.Fields())
	in.Next = "ready"
	b, _, fs := in.Check(clock.Today(v.Now))
	if len(fs) > 0 {
		return c.recordPage(v, f, recordPage{Moment: m.ID, In: in, Errors: fs})
	}
	b.Next = m.What.Next
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := c.correct(v.Ctx(), tx, f.Key(), m, b, in.Visibility()); err != nil {
			return "", err
		}
		to := v.URL("contact.desk", "gezegd", "contact.said.corrected")
		if f.Level() >= access.DeskLevel {
			to = v.URL("dossier.open", "person", f.ID(), "gezegd", "contact.said.corrected")
		}
		return to, f.Log(v.Ctx(), tx, "contact.event.corrected", m.ID)
	})
}

// guest opens the form for somebody without a file who sits at this colleague's table.
func (c *Contact) guest(v *web.Visit) (Visit, Guest, error) {
	d, err := c.Duty(v.Ctx(), c.db, v.Actor, v.Now)
	if err != nil {
		return Visit{}, Guest{}, err
	}
	x, err := c.visit(v.Ctx(), c.db, d.Desk, v.Param("visit"))
	if err != nil {
		return x, Guest{}, err
	}
	if x.Person != "" || x.TakenBy != v.Actor.ID || !x.AtTable() {
		return x, Guest{}, fault.Gone()
	}
	ws, err := c.waiters(v.Ctx(), v.Actor, v.Now, []Visit{x})
	if err != nil {
		return x, Guest{}, err
	}
	return x, Guest{Called: ws[0].Called, Language: ws[0].Language}, nil
}

func (c *Contact) guestForm(v *web.Visit) error {
	x, g, err := c.guest(v)
	if err != nil {
		return err
	}
	return c.guestPage(v, x, g, Input{Visible: "team"}, nil)
}

func (c *Contact) guestPage(v *web.Visit, x Visit, g Guest, in Input, fs fault.Fields) error {
	p := recordPage{Called: g.Called, Visit: x.ID, In: in, Errors: fs, Today: clock.Today(v.Now)}
	if g.Language != "" {
		p.Sub = lang.T(v.Ctx(), "dossier.tongue."+g.Language)
	}
	if err := c.deskLine(v, &p); err != nil {
		return err
	}
	if len(fs) > 0 {
		return v.Invalid(pageRecord(p))
	}
	return v.Page(pageRecord(p))
}

func (c *Contact) guestSave(v *web.Visit) error {
	x, g, err := c.guest(v)
	if err != nil {
		return err
	}
	in := ReadInput(v.Fields())
	b, prom, fs := in.Check(clock.Today(v.Now))
	if in.Next == "colleague" {
		fs.Add("next", "contact.error.nobodyto")
	}
	if len(fs) > 0 {
		return c.guestPage(v, x, g, in, fs)
	}
	teams := v.Actor.Places(access.Team)
	m := Moment{Author: v.Actor.ID, Visible: "team", What: b, Desk: x.Desk}
	if len(teams) > 0 {
		m.Team = teams[0]
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if _, err := c.save(v.Ctx(), tx, c.guestKey(), m, prom); err != nil {
			return "", err
		}
		return v.URL("contact.desk", "gezegd", "contact.said.saved"), c.close(v.Ctx(), tx, v.Actor, x)
	})
}

// promiseRow is one promise on a page.
type promiseRow struct {
	Promise
	Who  string
	Href string
}

type promisesPage struct {
	Rows []promiseRow
	Now  time.Time
}

// promiseRows adds the names of the people the owner may see now; others are told by the day of the promise.
func (c *Contact) promiseRows(v *web.Visit, ps []Promise) ([]promiseRow, error) {
	var ids []string
	for _, p := range ps {
		ids = append(ids, p.Person)
	}
	cards, err := c.visible(v.Ctx(), v.Actor, v.Now, ids)
	if err != nil {
		return nil, err
	}
	out := make([]promiseRow, 0, len(ps))
	for _, p := range ps {
		r := promiseRow{Promise: p, Who: lang.T(v.Ctx(), "contact.promise.visitor", "day", lang.ShortDay(v.Ctx(), clock.DateOf(p.MadeAt.In(clock.Netherlands))))}
		if card, ok := cards[p.Person]; ok {
			r.Who, r.Href = card.Name, v.URL("dossier.open", "person", p.Person)
		}
		out = append(out, r)
	}
	return out, nil
}

func (c *Contact) promises(v *web.Visit) error {
	ps, err := c.owed(v.Ctx(), v.Actor.ID, v.Now.AddDate(0, 0, -UndoDays), 100)
	if err != nil {
		return err
	}
	rows, err := c.promiseRows(v, ps)
	if err != nil {
		return err
	}
	return v.Page(pagePromises(promisesPage{Rows: rows, Now: v.Now}))
}

func (c *Contact) settleForm(v *web.Visit) error {
	back := v.Value("terug")
	if !web.Local(back) {
		back = v.URL("contact.promises")
	}
	undo := v.Value("undo") != ""
	q := url.Values{"gezegd": {"contact.said.done"}}
	if undo {
		q.Set("gezegd", "contact.said.undone")
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := c.settle(v.Ctx(), tx, v.Actor.ID, v.Value("promise"), !undo)
		return back + "?" + q.Encode(), err
	})
}

type agendaDay struct {
	Day  clock.Date
	Rows []meetingRow
}

type meetingRow struct {
	Appointment
	Who, Href, Sub string
}

type agendaPage struct {
	Days                 []agendaDay
	Now                  time.Time
	Back, Next, ThisWeek string
	Week                 int
}

func (c *Contact) meetingRows(v *web.Visit, as []Appointment) ([]meetingRow, error) {
	var ids []string
	for _, a := range as {
		ids = append(ids, a.Person)
	}
	cards, err := c.visible(v.Ctx(), v.Actor, v.Now, ids)
	if err != nil {
		return nil, err
	}
	var out []meetingRow
	for _, a := range as {
		r := meetingRow{Appointment: a, Who: lang.T(v.Ctx(), "contact.meeting.someone"), Sub: meetingText(v, a.Meeting)}
		if card, ok := cards[a.Person]; ok {
			r.Who, r.Href = card.Name, v.URL("dossier.open", "person", a.Person)
		}
		out = append(out, r)
	}
	return out, nil
}

func meetingText(v *web.Visit, m Meeting) string {
	s := lang.T(v.Ctx(), "contact.kind."+m.Kind)
	for _, x := range []string{m.About, m.Room} {
		if x != "" {
			s += " · " + x
		}
	}
	if m.Interpreter != "" {
		s += " · " + lang.T(v.Ctx(), "dossier.interpreter."+m.Interpreter)
	}
	return s
}

func (c *Contact) agenda(v *web.Visit) error {
	day := clock.Today(v.Now)
	if d, err := clock.ParseDate(v.Value("week")); err == nil {
		day = d
	}
	monday := day.AddDays(-(int(day.Weekday()) + 6) % 7)
	as, err := c.agendaOf(v.Ctx(), v.Actor.ID, monday.In(clock.Netherlands), monday.AddDays(7).In(clock.Netherlands))
	if err != nil {
		return err
	}
	rows, err := c.meetingRows(v, as)
	if err != nil {
		return err
	}
	p := agendaPage{Now: v.Now, Back: v.URL("contact.agenda", "week", monday.AddDays(-7).String()), Next: v.URL("contact.agenda", "week", monday.AddDays(7).String()), ThisWeek: v.URL("contact.agenda")}
	_, p.Week = monday.UTC().ISOWeek()
	for i := range 7 {
		d := agendaDay{Day: monday.AddDays(i)}
		for _, r := range rows {
			if clock.DateOf(r.At.In(clock.Netherlands)) == d.Day {
				d.Rows = append(d.Rows, r)
			}
		}
		if i < 5 || len(d.Rows) > 0 {
			p.Days = append(p.Days, d)
		}
	}
	return v.Page(pageAgenda(p))
}

type meetingPage struct {
	File   dossier.File
	In     MeetingInput
	Errors fault.Fields
	Who    []ui.Option
	Coming []meetingRow
}

func (c *Contact) meetingForm(v *web.Visit) error {
	f, err := c.files.Open(v, v.Param("person"), access.File, "contact.event.plan")
	if err != nil {
		return err
	}
	return c.meetingPage(v, f, MeetingInput{Minutes: "45", Kind: "talk", Colleague: v.Actor.ID, Interpreter: wish(f)}, nil)
}

// wish is the interpreter that the person asked for, as the form's beginning.
func wish(f dossier.File) string {
	if i := f.Profile().Interpreter; i != "none" {
		return i
	}
	return ""
}

func (c *Contact) meetingPage(v *web.Visit, f dossier.File, in MeetingInput, fs fault.Fields) error {
	p := meetingPage{File: f, In: in, Errors: fs}
	helpers, err := c.files.Helpers(v.Ctx(), c.db, f.ID(), v.Now)
	if err != nil {
		return err
	}
	names, err := c.org.Colleagues(v.Ctx(), append(helpers, v.Actor.ID))
	if err != nil {
		return err
	}
	for _, h := range append([]string{v.Actor.ID}, helpers...) {
		if !slices.ContainsFunc(p.Who, func(o ui.Option) bool { return o.Value == h }) {
			p.Who = append(p.Who, ui.Option{Value: h, Label: names[h].Name})
		}
	}
	as, err := c.coming(v.Ctx(), f, v.Now.AddDate(0, 0, -1), 20)
	if err != nil {
		return err
	}
	for _, a := range as {
		p.Coming = append(p.Coming, meetingRow{Appointment: a, Sub: meetingText(v, a.Meeting)})
	}
	if len(fs) > 0 {
		return v.Invalid(pageMeeting(p))
	}
	return v.Page(pageMeeting(p))
}

func (c *Contact) planForm(v *web.Visit) error {
	f, err := c.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	in := MeetingInput{Day: v.Value("day"), Hour: v.Value("hour"), Minutes: v.Value("minutes"), Kind: v.Value("kind"), About: v.Value("about"), Interpreter: v.Value("interpreter"), Room: v.Value("room"), Colleague: v.Value("colleague")}
	at, minutes, m, fs := in.Check(v.Now)
	helpers, err := c.files.Helpers(v.Ctx(), c.db, f.ID(), v.Now)
	if err != nil {
		return err
	}
	if in.Colleague != "" && in.Colleague != v.Actor.ID && !slices.Contains(helpers, in.Colleague) {
		fs.Add("colleague", "contact.error.owner")
	}
	if len(fs) > 0 {
		return c.meetingPage(v, f, in, fs)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("contact.appointment", "person", f.ID(), "gezegd", "contact.said.planned"),
			c.plan(v.Ctx(), tx, f, Appointment{Colleague: in.Colleague, Location: f.Location(), At: at, Minutes: minutes, Meeting: m})
	})
}

func (c *Contact) cancelForm(v *web.Visit) error {
	f, err := c.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	undo := v.Value("undo") != ""
	said := "contact.said.cancelled"
	if undo {
		said = "contact.said.planned"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("contact.appointment", "person", f.ID(), "gezegd", said), c.cancel(v.Ctx(), tx, f, v.Value("appointment"), undo)
	})
}
