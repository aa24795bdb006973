package interview

// This file holds the page of one interview: the next job on top, then before, the report, corrections and points of concern.

import (
	"context"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// companionRow is somebody who was asked.
type companionRow struct {
	Companion
	Name, When string
	Clash      bool
	Free       bool // need not go any more may be said
}

// correctionRow is one correction as the page shows it.
type correctionRow struct {
	Correction
	Place, By, Read, URL string
	Open                 bool // may still be changed
}

// concernRow is one point of concern.
type concernRow struct {
	Concern
	By     string
	Raises string // address of the form of a signal; empty when there is none to make
}

// jobView is the next job: what it is, and where it is done.
type jobView struct {
	Name, Text, Label, URL string
	Post                   string // the state that the one press brings
}

type showPage struct {
	O           opened
	Title       string
	Facts       []ui.FactP
	Course      string
	CourseURL   string
	Job         jobView
	Due         *ui.DueP
	Companions  []companionRow
	Choices     []ui.Option
	Prepared    []string
	Reports     []Report
	ReportBy    string
	Dates       []dossier.CourseDate
	Corrections []correctionRow
	Taken       []correctionRow // taken back
	Unsent      int
	Unread      int
	Sendings    []Sending
	Concerns    []concernRow
	Gone        []concernRow // taken back
	Story       []told
	Today       clock.Date
	Errors      fault.Fields
	known       bool
}

func (x *Interviews) show(v *web.Visit) error {
	o, err := x.look(v)
	if err != nil {
		return err
	}
	p, err := x.showPage(v, o)
	if err != nil {
		return err
	}
	return v.Page(pageShow(p))
}

func (x *Interviews) showPage(v *web.Visit, o opened) (showPage, error) {
	ctx, i := v.Ctx(), o.I
	p := showPage{O: o, Title: titleOf(ctx, i), Today: clock.Today(v.Now)}
	var err error
	if p.Prepared, err = prepared(ctx, x.db, i.ID); err != nil {
		return p, err
	}
	es, err := story(ctx, x.db, o.File, i.ID)
	if err != nil {
		return p, err
	}
	n, err := x.namesOf(ctx, peopleIn(o.Cs, es)...)
	if err != nil {
		return p, err
	}
	if p.Companions, p.Choices, err = x.companionRows(v, o, n); err != nil {
		return p, err
	}
	if o.Inside {
		if err := x.fillInside(v, &p, n); err != nil {
			return p, err
		}
		if err := x.courseOf(v, &p); err != nil {
			return p, err
		}
		p.Story = n.tellAll(ctx, es, v.Now, true)
	}
	p.Facts = factsOf(ctx, o, n)
	p.Job = x.jobOf(v, p)
	if i.State == Held && !i.Due.IsZero() && i.Reported.IsZero() {
		p.Due = &ui.DueP{Days: p.Today.DaysUntil(i.Due), Until: lang.Day(ctx, i.Due)}
	}
	return p, nil
}

// peopleIn are the colleagues whose names stand on the page.
func peopleIn(cs []Companion, es []Event) []string {
	var ids []string
	add := func(id string) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, c := range cs {
		add(c.Colleague)
	}
	for _, e := range es {
		add(e.MadeBy)
		add(e.What.Colleague)
	}
	return ids
}

func factsOf(ctx context.Context, o opened, n names) []ui.FactP {
	i, w := o.I, o.I.What
	fact := func(key, value, small string) ui.FactP {
		return ui.FactP{Label: lang.T(ctx, "interview.fact."+key), Value: value, Small: small}
	}
	who := lang.T(ctx, "interview.nobody")
	switch c, ok := goes(o.Cs); {
	case ok:
		who = n.of(ctx, c.Colleague)
	case !i.Company:
		who = lang.T(ctx, "interview.nobody.needed")
	}
	return []ui.FactP{fact("when", whenText(ctx, i.Day, i.Hour), ""), fact("where", whereText(ctx, i), ""), {Label: whoTitle(ctx, i.State), Value: who},
		fact("language", tongueText(ctx, w.Language), lang.Dots(lang.T(ctx, "interview.interpreter."+w.Interpreter), wishText(ctx, w))),
		fact("lawyer", lang.T(ctx, "interview.known."+w.Lawyer), "")}
}

// companionRows are who was asked, for whoever plans with whom may still be.
func (x *Interviews) companionRows(v *web.Visit, o opened, n names) ([]companionRow, []ui.Option, error) {
	ctx := v.Ctx()
	var ids []string
	for _, c := range o.Cs {
		ids = append(ids, c.Colleague)
	}
	var able []ui.Option
	if o.Plans && o.I.State == Planned {
		cs, err := x.able(ctx, o.I.Team, v)
		if err != nil {
			return nil, nil, err
		}
		for _, c := range cs {
			if at := slices.IndexFunc(o.Cs, func(k Companion) bool { return k.Colleague == c.Value }); at < 0 || o.Cs[at].MaySay(Asked, false) {
				able = append(able, c)
				ids = append(ids, c.Value)
			}
		}
	}
	busy, err := x.busy(ctx, x.db, ids, clock.Today(v.Now))
	if err != nil {
		return nil, nil, err
	}
	clash := func(id string) bool { return slices.ContainsFunc(busy[id], o.I.Meets) }
	for k := range able {
		if clash(able[k].Value) {
			able[k].Label = lang.T(ctx, "interview.ask.busy", "name", able[k].Label)
		}
	}
	var rows []companionRow
	for _, c := range o.Cs {
		r := companionRow{Companion: c, Name: n.of(ctx, c.Colleague), Free: o.Plans && o.I.State == Planned && c.MaySay(Released, false),
			Clash: (c.State == Asked || c.State == Yes) && clash(c.Colleague), When: lang.When(ctx, later(c.Asked, c.Answered), v.Now)}
		rows = append(rows, r)
	}
	return rows, able, nil
}

// able are the colleagues of a team who can be asked, by name.
func (x *Interviews) able(ctx context.Context, team string, v *web.Visit) ([]ui.Option, error) {
	cs, err := x.org.Search(ctx, "", team, v.Now, 0, 300)
	if err != nil {
		return nil, err
	}
	byID := map[string]organisation.Colleague{}
	for _, c := range cs {
		byID[c.ID] = c
	}
	posts, err := x.org.PostsOf(ctx, byID, v.Now)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, c := range cs {
		if slices.ContainsFunc(posts[c.ID], func(p access.Post) bool { return slices.Contains(mayGo.Roles, p.Role) && c.MayHold(p.Role, v.Now) }) {
			out = append(out, ui.Option{Value: c.ID, Label: c.Name})
		}
	}
	return out, nil
}

// fillInside reads what only those may read who write in this interview or see the whole file.
func (x *Interviews) fillInside(v *web.Visit, p *showPage, n names) error {
	ctx, o := v.Ctx(), p.O
	var err error
	if p.Reports, err = reportsOf(ctx, x.db, o.File, o.I.ID); err != nil {
		return err
	}
	cs, err := correctionsOf(ctx, x.db, o.File, o.I.ID)
	if err != nil {
		return err
	}
	if p.Sendings, err = sendingsOf(ctx, x.db, o.File, o.I.ID); err != nil {
		return err
	}
	ks, err := concernsOf(ctx, x.db, o.File, o.I.ID)
	if err != nil {
		return err
	}
	if p.Dates, err = x.datesOf(v, o); err != nil {
		return err
	}
	if len(p.Reports) > 0 {
		p.ReportBy = lang.T(ctx, "interview.by", "name", n.of(ctx, p.Reports[0].MadeBy), "when", lang.When(ctx, p.Reports[0].At, v.Now))
	}
	rest := toSend(cs)
	p.Unsent, p.Unread = len(rest), unread(rest)
	for _, c := range cs {
		r := correctionRowOf(ctx, c)
		r.Open = o.Writes && c.Removed.IsZero() && c.Sent == ""
		r.URL = o.url(v, "interview.correction", "correction", c.ID)
		if c.Removed.IsZero() {
			p.Corrections = append(p.Corrections, r)
		} else {
			p.Taken = append(p.Taken, r)
		}
	}
	for _, c := range ks {
		r := concernRow{Concern: c, By: lang.T(ctx, "interview.by", "name", n.of(ctx, c.MadeBy), "when", lang.When(ctx, c.At, v.Now))}
		if o.Writes && c.Presses() {
			if r.Raises, err = x.files.SignalURL(v, o.File, c.signal(o.I)); err != nil {
				return err
			}
		}
		if c.Removed.IsZero() {
			p.Concerns = append(p.Concerns, r)
		} else {
			p.Gone = append(p.Gone, r)
		}
	}
	return nil
}

func correctionRowOf(ctx context.Context, c Correction) correctionRow {
	w := c.What
	r := correctionRow{Correction: c, By: lang.T(ctx, "interview.teller."+w.By)}
	if w.By == "other" {
		r.By = lang.Isolated(w.Who)
	}
	var at []string
	if w.Page != "" {
		at = append(at, lang.T(ctx, "interview.page", "n", lang.Isolated(w.Page)))
	}
	if w.Line != "" {
		at = append(at, lang.T(ctx, "interview.line", "n", lang.Isolated(w.Line)))
	}
	r.Place = lang.Dots(at...)
	switch c.Agreed {
	case "":
		r.Read = lang.T(ctx, "interview.read.not")
	case "yes", "no":
		key := "interview.read." + c.Agreed
		if c.Interpreted {
			key += ".interpreted"
		}
		r.Read = lang.T(ctx, key, "day", lang.Day(ctx, c.AgreedOn))
	}
	return r
}

// datesOf are the dates for corrections of this interview: those that follow from its report, and those of a plan of days that
// the same corrections end.
func (x *Interviews) datesOf(v *web.Visit, o opened) ([]dossier.CourseDate, error) {
	if o.I.Track == "" || o.I.Event == "" {
		return nil, nil
	}
	ds, err := x.events.Dates(v, o.File, o.I.Track, "corrections_sent")
	return slices.DeleteFunc(ds, func(d dossier.CourseDate) bool { return d.Event != o.I.Event && !d.Open }), err
}

// courseOf reads the procedure an interview belongs to, and whether any procedure of the person could know of its report.
func (x *Interviews) courseOf(v *web.Visit, p *showPage) error {
	cs, err := x.events.Courses(v, p.O.File, eventReport)
	for _, c := range cs {
		p.known = p.known || c.Knows
		if c.ID == p.O.I.Track {
			p.Course, p.CourseURL = c.Title, v.URL("procedure.file", "person", p.O.ID())
		}
	}
	return err
}

// jobOf puts the next job into words, with the door where it is done for whoever may.
func (x *Interviews) jobOf(v *web.Visit, p showPage) jobView {
	ctx, o := v.Ctx(), p.O
	s := standing{companions: o.Cs, prepared: len(p.Prepared), unsent: p.Unsent, sent: len(p.Sendings), known: p.known,
		open: slices.ContainsFunc(p.Dates, func(d dossier.CourseDate) bool { return d.Open })}
	name := next(o.I, s, p.Today)
	if name == "" || !o.Inside && o.I.State != Planned {
		return jobView{}
	}
	j := jobView{Name: name, Text: lang.T(ctx, "interview.job."+name)}
	if name == jobReport && !o.I.Due.IsZero() {
		j.Text = lang.T(ctx, "interview.job.report.due", "day", lang.Day(ctx, o.I.Due))
	}
	door := map[string]struct {
		route string
		may   bool
	}{
		jobDay: {"interview.edit", o.Plans}, jobReport: {"interview.report", o.Writes}, jobReceived: {"interview.receive", o.Plans},
		jobTrack: {"interview.receive", o.Plans}, jobCorrect: {"interview.correct", o.Writes},
	}[name]
	switch {
	case name == jobHeld && o.Plans:
		j.Post = Held
	case name == jobClose && o.Plans:
		j.Post = Closed
	case name == jobCorrect && p.Unsent > 0 && p.Unread == 0 && o.Plans:
		j.Text, j.URL, j.Label = lang.T(ctx, "interview.job.send"), o.url(v, "interview.send"), lang.T(ctx, "interview.do.send")
	case door.may:
		j.URL, j.Label = o.url(v, door.route), lang.T(ctx, "interview.do."+name)
	}
	return j
}
