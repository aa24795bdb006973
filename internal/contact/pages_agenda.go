package contact

// This file holds the agenda, and making, moving and cancelling an appointment.

import (
	"context"
	"slices"
	"strconv"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

type agendaDay struct {
	Day  clock.Date
	Rows []meetingRow
}

type meetingRow struct {
	Appointment
	Who, Href, Sub string
	Undo           bool // it was cancelled, and can be put back from here
}

type agendaPage struct {
	Days                 []agendaDay
	Back, Next, ThisWeek string
	Here                 string // this page itself
	Week                 int
}

// meetingRows adds the names of the people whose files the colleague may see now.
func (c *Contact) meetingRows(v *web.Visit, as []Appointment) ([]meetingRow, error) {
	ids := make([]string, len(as))
	for i, a := range as {
		ids[i] = a.Person
	}
	cards, err := c.named(v, access.DeskLevel, ids)
	if err != nil {
		return nil, err
	}
	var out []meetingRow
	for _, a := range as {
		r := meetingRow{Appointment: a, Who: lang.T(v.Ctx(), "contact.meeting.someone"), Sub: meetingText(v, a), Undo: a.Plans && mayPlan.Allows(v.Actor) && a.Undoable(v.Now)}
		if card, ok := cards[a.Person]; ok {
			r.Who, r.Href = card.Name, v.URL("dossier.open", "person", a.Person)
		}
		out = append(out, r)
	}
	return out, nil
}

func meetingText(v *web.Visit, a Appointment) string {
	about := a.Meeting.About
	if about == "" || a.Meeting.Kind == "phone" {
		about = lang.Dots(about, lang.T(v.Ctx(), "contact.kind."+a.Meeting.Kind))
	}
	interpreter := ""
	if a.Meeting.Interpreter != "" {
		interpreter = lang.T(v.Ctx(), "contact.interpreter."+a.Meeting.Interpreter)
	}
	return lang.Dots(about, a.Room, interpreter)
}

func (c *Contact) agenda(v *web.Visit) error {
	day := clock.Today(v.Now)
	if d, err := clock.ParseDate(v.Value("week")); err == nil {
		day = d
	}
	monday := day.AddDays(-(int(day.Weekday()) + 6) % 7)
	as, err := c.agendaOf(v.Ctx(), v.Actor, v.Now, monday.In(clock.Netherlands), monday.AddDays(7).In(clock.Netherlands))
	if err != nil {
		return err
	}
	rows, err := c.meetingRows(v, as)
	if err != nil {
		return err
	}
	p := agendaPage{Back: v.URL("contact.agenda", "week", monday.AddDays(-7).String()), Next: v.URL("contact.agenda", "week", monday.AddDays(7).String()), ThisWeek: v.URL("contact.agenda"), Here: v.URL("contact.agenda", "week", monday.String())}
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
	Moving string // id of the appointment that is moved; empty: a new one
	In     MeetingInput
	Errors fault.Fields
	Who    []ui.Option
	Places []ui.Option
	Rooms  []ui.Option
	Coming []meetingRow
	Theirs *ui.VersionP // what somebody else saved meanwhile
	Mine   *ui.VersionP
}

// meetingForm shows what is planned, and the form for who may plan: in an emergency one may read where somebody is expected.
func (c *Contact) meetingForm(v *web.Visit) error {
	f, err := c.files.Open(v, v.Param("person"), access.File, "contact.event.plan")
	if err != nil {
		return err
	}
	return c.meetingPage(v, f, meetingPage{In: MeetingInput{Minutes: "45", Kind: kindFor(f.Profile().Wish), Colleague: v.Actor.ID, Location: f.Location(), Interpreter: wish(f)}})
}

// kindFor is how the person wants to talk, as the form's beginning: by telephone, or at the desk.
func kindFor(w dossier.Wish) string {
	if w.Digital == "digital" {
		return "phone"
	}
	return "talk"
}

// wish is the interpreter that the person asked for, as the form's beginning.
func wish(f dossier.File) string {
	if i := f.Profile().Interpreter; slices.Contains(Interpreters, i) {
		return i
	}
	return ""
}

// meetingPlaces are where an appointment of a file may be: the locations of its team, and their rooms.
func (c *Contact) meetingPlaces(v *web.Visit, f dossier.File) (places []ui.Option, rooms []organisation.Room, err error) {
	ls, err := c.org.LocationsOf(v.Ctx(), f.Team())
	if err != nil {
		return nil, nil, err
	}
	for _, l := range ls {
		if !l.Closed || l.ID == f.Location() {
			places = append(places, ui.Option{Value: l.ID, Label: l.Name})
		}
	}
	rooms, err = c.org.RoomsOf(v.Ctx(), f.Team())
	return places, rooms, err
}

// roomOptions are the names of rooms, each once: which location is meant, is chosen beside it.
func roomOptions(ctx context.Context, rooms []organisation.Room) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "contact.meeting.noroom")}}
	for _, r := range rooms {
		if o := (ui.Option{Value: r.Name, Label: r.Name}); !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	return out
}

func (c *Contact) meetingPage(v *web.Visit, f dossier.File, p meetingPage) error {
	p.File = f
	helpers, err := c.files.Helpers(v.Ctx(), c.db, f.ID(), v.Now)
	if err != nil {
		return err
	}
	if p.Who, err = c.colleagueOptions(v, append([]string{v.Actor.ID}, helpers...)); err != nil {
		return err
	}
	places, rooms, err := c.meetingPlaces(v, f)
	if err != nil {
		return err
	}
	p.Places, p.Rooms = places, roomOptions(v.Ctx(), rooms)
	as, err := c.coming(v.Ctx(), f, v.Now, 20)
	if err != nil {
		return err
	}
	var ids []string
	for _, a := range as {
		ids = append(ids, a.Colleague)
	}
	called, err := c.called(v.Ctx(), ids)
	if err != nil {
		return err
	}
	for _, a := range as {
		with := lang.T(v.Ctx(), "contact.in.with", "name", called[a.Colleague])
		p.Coming = append(p.Coming, meetingRow{Appointment: a, Sub: lang.Dots(with, meetingText(v, a))})
	}
	switch {
	case p.Theirs != nil:
		return v.Status(409, pageMeeting(p))
	case len(p.Errors) > 0:
		return v.Invalid(pageMeeting(p))
	}
	return v.Page(pageMeeting(p))
}

func readMeeting(v *web.Visit) MeetingInput {
	version, _ := strconv.ParseInt(v.Value("version"), 10, 64) // what is no number is no version that exists
	return MeetingInput{Day: v.Value("day"), Hour: v.Value("hour"), Minutes: v.Value("minutes"), Kind: v.Value("kind"), About: v.Value("about"), Interpreter: v.Value("interpreter"),
		Location: v.Value("location"), Room: v.Value("room"), Colleague: v.Value("colleague"), Version: version}
}

// meetingFrom is the form with everything wrong in it named at once: the fields, who has the file, where there is room.
func (c *Contact) meetingFrom(v *web.Visit, f dossier.File, id string) (MeetingInput, Appointment, fault.Fields, error) {
	in := readMeeting(v)
	a, fs := in.Check(v.Now)
	a.ID = id
	helpers, err := c.files.Helpers(v.Ctx(), c.db, f.ID(), v.Now)
	if err != nil {
		return in, a, fs, err
	}
	if in.Colleague != "" && in.Colleague != v.Actor.ID && !slices.Contains(helpers, in.Colleague) {
		fs.Add("colleague", "contact.error.owner")
	}
	places, rooms, err := c.meetingPlaces(v, f)
	if err != nil {
		return in, a, fs, err
	}
	if !slices.ContainsFunc(places, func(o ui.Option) bool { return o.Value == in.Location }) {
		fs.Add("location", "contact.error.choose")
	}
	if in.Room != "" && !slices.ContainsFunc(rooms, func(r organisation.Room) bool { return r.Name == in.Room && r.Location == in.Location }) {
		fs.Add("room", "contact.error.noroom")
	}
	if len(fs) == 0 {
		others, err := around(v.Ctx(), c.db, a)
		if err != nil {
			return in, a, fs, err
		}
		Clash(a, others, &fs)
	}
	return in, a, fs, nil
}

func (c *Contact) planForm(v *web.Visit) error { return c.writeMeeting(v, "") }

func (c *Contact) writeMeeting(v *web.Visit, id string) error {
	f, err := c.files.OpenToChange(v, v.Param("person"), mayPlan)
	if err != nil {
		return err
	}
	if id != "" {
		if _, err := c.appointment(v.Ctx(), c.db, f, id); err != nil {
			return err
		}
	}
	in, a, fs, err := c.meetingFrom(v, f, id)
	if err != nil {
		return err
	}
	p := meetingPage{Moving: id, In: in, Errors: fs}
	if len(fs) > 0 {
		return c.meetingPage(v, f, p)
	}
	said := "contact.said.planned"
	if id != "" {
		said = "contact.said.moved"
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("contact.appointment", "person", f.ID(), "gezegd", said), c.plan(v.Ctx(), tx, f, a)
	})
	switch {
	case fault.Is(err, fault.Invalid): // somebody was planned there in this moment
		p.Errors = fault.As(err).Fields
		return c.meetingPage(v, f, p)
	case fault.Is(err, fault.Conflict) && fault.As(err).Key == "contact.error.version":
		theirs, err := c.appointment(v.Ctx(), c.db, f, id)
		if err != nil {
			return err
		}
		p.Theirs = &ui.VersionP{Title: lang.T(v.Ctx(), "contact.record.theirs"), Facts: meetingFacts(v, theirs)}
		p.Mine = &ui.VersionP{Title: lang.T(v.Ctx(), "contact.record.mine"), Facts: meetingFacts(v, a)}
		p.In.Version = theirs.Version
		return c.meetingPage(v, f, p)
	}
	return err
}

func meetingFacts(v *web.Visit, a Appointment) []ui.FactP {
	return []ui.FactP{
		{Label: lang.T(v.Ctx(), "contact.meeting.day"), Value: lang.LongDay(v.Ctx(), clock.DateOf(a.At.In(clock.Netherlands)))},
		{Label: lang.T(v.Ctx(), "contact.meeting.hour"), Value: lang.Time(v.Ctx(), a.At)},
		{Label: lang.T(v.Ctx(), "contact.meeting.minutes"), Value: strconv.Itoa(a.Minutes)},
		{Label: lang.T(v.Ctx(), "contact.meeting.about"), Value: meetingText(v, a)},
	}
}

func (c *Contact) moveForm(v *web.Visit) error {
	f, err := c.files.OpenToChange(v, v.Param("person"), mayPlan)
	if err != nil {
		return err
	}
	a, err := c.appointment(v.Ctx(), c.db, f, v.Param("appointment"))
	if err != nil {
		return err
	}
	at := a.At.In(clock.Netherlands)
	in := MeetingInput{Day: clock.DateOf(at).String(), Hour: at.Format("15:04"), Minutes: strconv.Itoa(a.Minutes), Kind: a.Meeting.Kind, About: a.Meeting.About, Interpreter: a.Meeting.Interpreter,
		Location: a.Location, Room: a.Room, Colleague: a.Colleague, Version: a.Version}
	return c.meetingPage(v, f, meetingPage{Moving: a.ID, In: in})
}

func (c *Contact) movedForm(v *web.Visit) error { return c.writeMeeting(v, v.Param("appointment")) }

func (c *Contact) cancelForm(v *web.Visit) error {
	f, err := c.files.OpenToChange(v, v.Param("person"), mayPlan)
	if err != nil {
		return err
	}
	undo := v.Value("undo") != ""
	said := "contact.said.cancelled"
	if undo {
		said = "contact.said.planned"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return back(v, v.URL("contact.appointment", "person", f.ID()), said), c.cancel(v.Ctx(), tx, f, v.Value("appointment"), undo)
	})
}
