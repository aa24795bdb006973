package advocacy

// This file holds the pages of the calendar: what comes, one event, entering one, and reading a file in.

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// calendarRoutes are the doors of the calendar.
func (s *Advocacy) calendarRoutes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "advocacy.calendar", Method: get, Path: "/kalender", May: mayRead, Do: s.calendar},
		{Name: "advocacy.ics", Method: get, Path: "/kalender/bestand", May: mayRead, Do: s.calendarFile},
		{Name: "advocacy.event_new", Method: get, Path: "/kalender/nieuw", May: mayTend, Do: s.eventForm},
		{Name: "advocacy.event_add", Method: post, Path: "/kalender/nieuw", May: mayTend, Body: bodyMost, Do: s.eventAdd},
		{Name: "advocacy.import", Method: get, Path: "/kalender/inlezen", May: mayTend, Do: s.importForm},
		{Name: "advocacy.imported", Method: post, Path: "/kalender/inlezen", May: mayTend, Body: 2 * mostFile, Do: s.importSave},
		{Name: "advocacy.event", Method: get, Path: "/kalender/moment/{happening}", May: mayRead, Do: s.oneEvent},
		{Name: "advocacy.event_save", Method: post, Path: "/kalender/moment/{happening}", May: mayTend, Body: bodyMost, Do: s.eventSave},
		{Name: "advocacy.event_drop", Method: post, Path: "/kalender/moment/{happening}/weg", May: mayTend, Do: func(v *web.Visit) error { return s.eventTurn(v, true) }},
		{Name: "advocacy.event_restore", Method: post, Path: "/kalender/moment/{happening}/terug", May: mayTend, Do: func(v *web.Visit) error { return s.eventTurn(v, false) }},
		{Name: "advocacy.mark", Method: post, Path: "/kalender/moment/{happening}/dossier", May: mayTend, Do: func(v *web.Visit) error { return s.markOne(v, true) }},
		{Name: "advocacy.unmark", Method: post, Path: "/kalender/moment/{happening}/los", May: mayTend, Do: func(v *web.Visit) error { return s.markOne(v, false) }},
	}
}

// dayGroup is one day of the calendar.
type dayGroup struct {
	Day  string
	Rows []ui.RowP
}

type calendarPage struct {
	Kind           string
	Month, Earlier string // addresses of the months beside it, and what this one is called
	Later          string
	Days           []dayGroup
	Tends          bool
	FileURL        string
}

// placeLooks are the icons of what stands in the calendar.
var placeLooks = map[string]string{"tweede": "users-three", "eerste": "users-three", "council": "users-three", "court": "gavel", "europe": "globe", "other": "calendar-blank", Commitment: "handshake"}

// eventRow is one event in a list.
func eventRow(v *web.Visit, e Event, day bool) ui.RowP {
	ctx := v.Ctx()
	r := ui.RowP{Href: v.URL("advocacy.event", "happening", e.ID), Title: e.What.Title, Sub: lang.Dots(lang.T(ctx, "advocacy.place."+e.Kind), e.What.Place)}
	if day {
		r.Sub = lang.Dots(lang.LongDay(ctx, e.Day()), r.Sub)
	}
	if !e.AllDay {
		r.Time = lang.Time(ctx, e.Starts)
	}
	if e.Off {
		r.Tag, r.TagKind, r.TagIcon = lang.T(ctx, "advocacy.event.off"), "danger", "x"
	}
	return r
}

// month is the month that was asked for, and this one otherwise.
func month(v *web.Visit) clock.Date {
	t, err := time.Parse("2006-01", v.Value("maand"))
	if err != nil || t.Year() < 2000 || t.Year() > 2100 {
		d := clock.Today(v.Now)
		return clock.On(d.Year, d.Month, 1)
	}
	return clock.On(t.Year(), t.Month(), 1)
}

func (s *Advocacy) calendar(v *web.Visit) error {
	ctx := v.Ctx()
	first := month(v)
	next := clock.On(first.Year, first.Month+1, 1)
	p := calendarPage{Kind: v.Value("wat"), Month: lang.MonthYear(ctx, first), Tends: mayTend.Allows(v.Actor)}
	at := func(d clock.Date) string {
		return v.URL("advocacy.calendar", "maand", d.String()[:7], "wat", p.Kind)
	}
	p.Earlier, p.Later, p.FileURL = at(clock.On(first.Year, first.Month-1, 1)), at(next), v.URL("advocacy.ics", "wat", p.Kind)
	where := sees(v.Actor).And(between(first.In(clock.Netherlands), next.In(clock.Netherlands)))
	if slices.Contains(Places, p.Kind) {
		where = where.And(db.F(`e.kind = ?`, p.Kind))
	}
	es, err := s.events(ctx, s.db, where)
	if err != nil {
		return err
	}
	var xs []Item
	if p.Kind == "" || p.Kind == Commitment {
		if xs, err = s.items(ctx, s.db, v.Actor, db.F(`i.kind = 'promise' AND i.state = 'due' AND i.gone IS NULL AND i.day >= ? AND i.day < ?`, first, next)); err != nil {
			return err
		}
	}
	rows := map[clock.Date][]ui.RowP{}
	for _, x := range xs {
		rows[x.Day] = append(rows[x.Day], ui.RowP{Href: v.URL("advocacy.one", "advocacy", x.Dossier), Title: lang.T(ctx, "advocacy.today.promise", "who", x.Said.Who), Sub: short(x.Said.What),
			Tag: lang.T(ctx, "advocacy.promise"), TagIcon: placeLooks[Commitment]})
	}
	for _, e := range es {
		if p.Kind == Commitment {
			break
		}
		day := e.Day()
		if day.Before(first) {
			day = first
		}
		rows[day] = append(rows[day], eventRow(v, e, false))
	}
	for d := first; d.Before(next); d = d.AddDays(1) {
		if len(rows[d]) > 0 {
			p.Days = append(p.Days, dayGroup{lang.Capital(lang.LongDay(ctx, d)), rows[d]})
		}
	}
	return v.Page(pageCalendar(p))
}

// fileMonths is how far a file reaches, back and forward.
const fileMonths = 12

// calendarFile gives the calendar as a file for another program. Nothing of a confidential dossier is in it, whoever asks: nobody
// knows where such a file ends up.
func (s *Advocacy) calendarFile(v *web.Visit) error {
	where := public().And(between(v.Now.AddDate(0, -fileMonths, 0), v.Now.AddDate(0, fileMonths, 0)))
	if kind := v.Value("wat"); slices.Contains(Places, kind) {
		where = where.And(db.F(`e.kind = ?`, kind))
	}
	es, err := s.events(v.Ctx(), s.db, where)
	if err != nil {
		return err
	}
	return v.Download("kalender.ics", "text/calendar; charset=utf-8", bytes.NewReader(WriteCalendar(es, lang.T(v.Ctx(), "advocacy.calendar"), v.Now)))
}

type eventPage struct {
	Event
	When     string
	Own      *ui.RowP // the dossier whose it is
	Marked   []ui.RowP
	MarkedID []string
	Choices  []ui.Option // dossiers to which it can matter
	Tends    bool
	Edits    bool
	In       EventInput
	Dossier  string
	Dossiers []ui.Option
	Errors   fault.Fields
}

// when is the day and the hours of an event.
func (e Event) when(v *web.Visit) string {
	ctx := v.Ctx()
	day := lang.LongDay(ctx, e.Day())
	if e.AllDay {
		if last := clock.Today(e.Ends.Add(-time.Minute)); last != e.Day() {
			return lang.T(ctx, "advocacy.event.days", "from", day, "until", lang.LongDay(ctx, last))
		}
		return day
	}
	if e.Ends.Equal(e.Starts) {
		return lang.Dots(day, lang.Time(ctx, e.Starts))
	}
	if last := clock.Today(e.Ends); last != e.Day() {
		return lang.T(ctx, "advocacy.event.days", "from", lang.Dots(day, lang.Time(ctx, e.Starts)), "until", lang.Dots(lang.LongDay(ctx, last), lang.Time(ctx, e.Ends)))
	}
	return lang.Dots(day, lang.Time(ctx, e.Starts)+"–"+lang.Time(ctx, e.Ends))
}

// open dossiers of this colleague's knowledge, to choose from.
func (s *Advocacy) dossierChoices(v *web.Visit) ([]ui.Option, error) {
	ds, err := s.dossiers(v.Ctx(), s.db, v.Actor, db.F(`advocacy_dossier.state <> 'ended'`), db.F(dueFirst))
	var out []ui.Option
	for _, d := range ds {
		o := ui.Option{Value: d.ID, Label: d.Core.Demand}
		if d.Closed {
			o.Label = lang.Dots(o.Label, lang.T(v.Ctx(), "advocacy.closed"))
		}
		out = append(out, o)
	}
	return out, err
}

func (s *Advocacy) eventPage(v *web.Visit) (eventPage, error) {
	ctx := v.Ctx()
	e, err := s.event(ctx, s.db, v.Actor, v.Param("happening"))
	if err != nil {
		return eventPage{}, err
	}
	p := eventPage{Event: e, When: e.when(v), Tends: mayTend.Allows(v.Actor)}
	p.Edits = p.Tends && e.Source == ByHand && e.Gone.IsZero()
	p.In = EventInput{Kind: e.Kind, Title: e.What.Title, Place: e.What.Place, Note: e.What.Note, Link: e.What.Link, Day: e.Day().String()}
	if !e.AllDay {
		p.In.From, p.In.Until = lang.Time(ctx, e.Starts), lang.Time(ctx, e.Ends)
	}
	if e.Dossier != "" {
		d, err := s.dossier(ctx, s.db, v.Actor, e.Dossier)
		if err != nil {
			return p, err
		}
		r := row(v, d, nil, nil)
		r.Due, p.Own = nil, &r
		return p, nil
	}
	ds, err := s.marked(ctx, v.Actor, e.ID)
	if err != nil {
		return p, err
	}
	for _, d := range ds {
		r := row(v, d, nil, nil)
		r.Due = nil
		p.Marked, p.MarkedID = append(p.Marked, r), append(p.MarkedID, d.ID)
	}
	if p.Tends {
		all, err := s.dossierChoices(v)
		if err != nil {
			return p, err
		}
		p.Choices = slices.DeleteFunc(all, func(o ui.Option) bool { return slices.Contains(p.MarkedID, o.Value) })
	}
	return p, nil
}

func (s *Advocacy) oneEvent(v *web.Visit) error {
	p, err := s.eventPage(v)
	if err != nil {
		return err
	}
	return v.Page(pageEvent(p))
}

func eventInput(v *web.Visit) EventInput {
	return EventInput{v.Value("soort"), v.Value("titel"), v.Value("plaats"), v.Value("notitie"), v.Value("adres"), v.Value("dag"), v.Value("van"), v.Value("tot")}
}

func (s *Advocacy) eventForm(v *web.Visit) error {
	p := eventPage{Dossier: v.Value("dossier")}
	var err error
	if p.Dossiers, err = s.dossierChoices(v); err != nil {
		return err
	}
	return v.Page(pageNewEvent(p))
}

func (s *Advocacy) eventAdd(v *web.Visit) error {
	p := eventPage{In: eventInput(v), Dossier: v.Value("dossier")}
	var err error
	if p.Dossiers, err = s.dossierChoices(v); err != nil {
		return err
	}
	e, fs := p.In.Check(clock.Today(v.Now))
	if e.Dossier = p.Dossier; e.Dossier != "" && !slices.ContainsFunc(p.Dossiers, func(o ui.Option) bool { return o.Value == e.Dossier }) {
		fs.Add("dossier", "advocacy.error.choose")
	}
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageNewEvent(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := s.addEvent(v.Ctx(), tx, v.Actor, e)
		if err != nil {
			return "", err
		}
		return v.URL("advocacy.event", "happening", id, "gezegd", "advocacy.said.event"), worked(v.Ctx(), tx, v.Actor)
	})
}

func (s *Advocacy) eventSave(v *web.Visit) error {
	p, err := s.eventPage(v)
	if err != nil {
		return err
	}
	if err := p.mine(); err != nil {
		return err
	}
	p.In = eventInput(v)
	e, fs := p.In.Check(clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageEvent(p))
	}
	e.ID, e.Off = p.ID, v.Value("af") == "1"
	return v.Write(func(tx *db.Tx) (string, error) {
		if p.Event.Dossier != "" {
			if err := hold(v.Ctx(), tx, v.Actor, p.Event.Dossier); err != nil {
				return "", err
			}
		}
		if err := s.putEvent(v.Ctx(), tx, e, v.Number("versie")); err != nil {
			return "", err
		}
		return v.URL("advocacy.event", "happening", p.ID, "gezegd", "advocacy.said.event"), worked(v.Ctx(), tx, v.Actor)
	})
}

func (s *Advocacy) eventTurn(v *web.Visit, gone bool) error {
	p, err := s.eventPage(v)
	if err != nil {
		return err
	}
	said := "advocacy.said.event_restored"
	if gone {
		said = "advocacy.said.event_removed"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := dropEvent(v.Ctx(), tx, p.ID, gone); err != nil {
			return "", err
		}
		return v.URL("advocacy.event", "happening", p.ID, "gezegd", said), worked(v.Ctx(), tx, v.Actor)
	})
}

func (s *Advocacy) markOne(v *web.Visit, on bool) error {
	p, err := s.eventPage(v)
	if err != nil {
		return err
	}
	id := v.Value("dossier")
	if on && !slices.ContainsFunc(p.Choices, func(o ui.Option) bool { return o.Value == id }) {
		p.Errors.Add("dossier", "advocacy.error.choose")
		return v.Invalid(pageEvent(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("advocacy.event", "happening", p.ID, "gezegd", "advocacy.said.event"), s.mark(v.Ctx(), tx, v.Actor, p.ID, id, on)
	})
}

type importPage struct {
	Kind    string
	Faults  []LineFault
	Imports []importRow
	Errors  fault.Fields
}

type importRow struct {
	Import
	When, By string
}

// importsShown is how many files the page tells of.
const importsShown = 10

func (s *Advocacy) importPage(v *web.Visit, p importPage) (importPage, error) {
	is, err := s.imports(v.Ctx(), importsShown)
	if err != nil {
		return p, err
	}
	var ids []string
	for _, i := range is {
		ids = append(ids, i.MadeBy)
	}
	names, err := s.org.NamesOf(v.Ctx(), ids...)
	for _, i := range is {
		p.Imports = append(p.Imports, importRow{i, lang.When(v.Ctx(), i.At, v.Now), names[i.MadeBy]})
	}
	return p, err
}

func (s *Advocacy) importForm(v *web.Visit) error {
	p, err := s.importPage(v, importPage{})
	if err != nil {
		return err
	}
	return v.Page(pageImport(p))
}

// importSave reads a file: all of it, or with one fault nothing.
func (s *Advocacy) importSave(v *web.Visit) error {
	p := importPage{Kind: v.Value("soort")}
	if !slices.Contains(Places, p.Kind) {
		p.Errors.Add("soort", "advocacy.error.choose")
	}
	var c Calendar
	if _, f, size, err := v.File("bestand"); err != nil {
		p.Errors.Add("bestand", "advocacy.error.file")
	} else {
		defer f.Close()
		raw, err := io.ReadAll(io.LimitReader(f, mostFile+1))
		switch {
		case err != nil:
			return err
		case size > mostFile || len(raw) > mostFile:
			p.Errors.Add("bestand", "advocacy.error.large", "mb", mostFile>>20)
		case len(raw) == 0:
			p.Errors.Add("bestand", "advocacy.error.file")
		default:
			if c, p.Faults = ReadCalendar(raw, clock.Today(v.Now)); len(p.Faults) > 0 {
				p.Errors.Add("bestand", "advocacy.error.faults", "n", len(p.Faults))
			}
		}
	}
	if len(p.Errors) > 0 {
		p, err := s.importPage(v, p)
		if err != nil {
			return err
		}
		return v.Invalid(pageImport(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		i, err := s.take(v.Ctx(), tx, v.Actor, p.Kind, c)
		said := "advocacy.said.imported"
		if i.Fresh+i.Altered == 0 {
			said = "advocacy.said.import_same"
		}
		return v.URL("advocacy.import", "gezegd", said), err
	})
}

// faultText is one fault of a file as the page says it.
func faultArgs(f LineFault) []any { return []any{"line", strconv.Itoa(f.Line), "arg", f.Arg} }
