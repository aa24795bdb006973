package feedback

// This file holds the pages of colleagues: what a team heard, complaints with their dates, and who offers to help.

import (
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

// teams are the teams a colleague works in, or those of their region.
func (f *Feedback) teams(v *web.Visit) ([]organisation.Team, error) {
	return web.Memo(v, "feedback.teams", func() ([]organisation.Team, error) {
		in, err := f.org.TeamsOf(v.Ctx(), v.Actor.ID, v.Now)
		if err != nil {
			return nil, err
		}
		all, err := f.org.Teams(v.Ctx(), "")
		if err != nil {
			return nil, err
		}
		regions := v.Actor.At(access.Region, access.InRegion)
		return slices.DeleteFunc(all, func(t organisation.Team) bool {
			return !slices.Contains(in, t.ID) && !slices.Contains(regions, t.Region)
		}), nil
	})
}

func teamIDs(ts []organisation.Team) []string {
	var out []string
	for _, t := range ts {
		out = append(out, t.ID)
	}
	return out
}

func teamNames(ts []organisation.Team) map[string]string {
	out := map[string]string{}
	for _, t := range ts {
		out[t.ID] = t.Name
	}
	return out
}

// monthsShown is how far back the numbers go; notesShown how many notes a page holds, of which readShown that were read.
const (
	monthsShown = 6
	notesShown  = 60
	readShown   = 10
)

type noteRow struct {
	Note
	Title, Sub, URL string
	Signal          string // the form of a signal; empty when there is none
	State           string // that it was read
	Voice           string // where what was said aloud is heard; empty when nothing was, or when it is of somebody
	Words           string // empty when there are none, or when they are of somebody
}

type notesPage struct {
	Rows   []noteRow
	Months []monthRow
}

type monthRow struct {
	Month
	Name, When string
}

func (f *Feedback) notes(v *web.Visit) error {
	ctx := v.Ctx()
	ts, err := f.teams(v)
	if err != nil {
		return err
	}
	names := teamNames(ts)
	ns, err := f.heard(ctx, v.Actor, v.Now, teamIDs(ts), notesShown)
	if err != nil {
		return err
	}
	var ids []string
	for _, n := range ns {
		ids = append(ids, n.ID)
	}
	aloud, err := voiced(ctx, f.db, ids)
	if err != nil {
		return err
	}
	var p notesPage
	read := 0
	for _, n := range ns {
		if !n.Done.IsZero() {
			if read++; read > readShown {
				break // what is not read yet stands before it
			}
		}
		r := noteRow{Note: n, Title: lang.Dots(lang.T(ctx, "feedback.feel."+n.Feel), lang.T(ctx, "feedback.about."+n.About)), Words: n.Text}
		who := lang.T(ctx, "feedback.without")
		if !n.Done.IsZero() {
			r.State = lang.T(ctx, "feedback.isread")
		}
		if n.Person == "" && n.Text != "" {
			r.Signal = f.files.SignalAlone(v, dossier.Signal{From: "note", Month: firstOf(n.Day)})
		}
		if n.Person == "" && aloud[n.ID] {
			r.Voice = v.URL("feedback.note_voice", "note", n.ID)
		}
		if n.Person != "" {
			who, r.URL = lang.T(ctx, "feedback.with"), v.URL("feedback.note", "note", n.ID)
		}
		r.Sub = lang.Dots(lang.Day(ctx, n.Day), names[n.Team], lang.Find(n.Lang).Dutch, who, r.State)
		p.Rows = append(p.Rows, r)
	}
	today := clock.Today(v.Now)
	since := clock.On(today.Year, today.Month-monthsShown+1, 1)
	ms, err := f.months(ctx, teamIDs(ts), since)
	if err != nil {
		return err
	}
	for _, m := range ms {
		p.Months = append(p.Months, monthRow{m, names[m.Team], lang.MonthYear(ctx, m.Month)})
	}
	return v.Page(pageNotes(p))
}

// heardBy is a note that this colleague may know of; every other one is not there.
func (f *Feedback) heardBy(v *web.Visit) (Note, error) {
	n, err := f.note(v.Ctx(), v.Param("note"))
	if err != nil {
		return n, err
	}
	ts, err := f.teams(v)
	if err != nil {
		return n, err
	}
	if !slices.Contains(teamIDs(ts), n.Team) {
		return n, fault.Gone()
	}
	if n.Person == "" {
		return n, nil
	}
	_, err = access.Find(v.Ctx(), f.db, v.Actor, n.Person, access.DeskLevel, v.Now)
	return n, err
}

type notePage struct {
	Note
	Called, Title, When, URL, Signal, Voice string
}

// oneNote shows what somebody said with their name; that is a look at their file.
func (f *Feedback) oneNote(v *web.Visit) error {
	n, err := f.heardBy(v)
	if err != nil {
		return err
	}
	if n.Person == "" {
		return v.Go("feedback.notes")
	}
	file, err := f.files.Open(v, n.Person, access.DeskLevel, "feedback.event.heard")
	if err != nil {
		return err
	}
	if n.Body != nil {
		b, err := file.Key().Open(notePlace(n.ID), n.Body)
		if err != nil {
			return err
		}
		n.Text = string(b)
	}
	ctx := v.Ctx()
	signal, err := f.files.SignalURL(v, file, dossier.Signal{From: "note", Month: firstOf(n.Day)})
	if err != nil {
		return err
	}
	aloud, err := voiced(ctx, f.db, []string{n.ID})
	if err != nil {
		return err
	}
	p := notePage{Note: n, Called: file.Called(), Title: lang.Dots(lang.T(ctx, "feedback.feel."+n.Feel), lang.T(ctx, "feedback.about."+n.About)), When: lang.Day(ctx, n.Day), URL: v.URL("dossier.open", "person", n.Person), Signal: signal}
	if aloud[n.ID] {
		p.Voice = v.URL("feedback.note_voice", "note", n.ID)
	}
	return v.Page(pageNote(p))
}

func (f *Feedback) noteRead(v *web.Visit) error {
	n, err := f.heardBy(v)
	if err != nil {
		return err
	}
	done := v.Value("open") == ""
	said := "feedback.said.read"
	if !done {
		said = "feedback.said.unread"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("feedback.notes", "gezegd", said), f.readNote(v.Ctx(), tx, n.ID, v.Actor.ID, done)
	})
}

func firstOf(d clock.Date) clock.Date { return clock.On(d.Year, d.Month, 1) }

type complaintsPage struct {
	Open, Past []ui.RowP
	Terms      Terms
	MayTerms   bool
}

// complaintRow is one complaint in a list: what is due and when, how old it is, whose it is.
func complaintRow(v *web.Visit, c Complaint, teams map[string]string, names map[string]organisation.Colleague) ui.RowP {
	ctx := v.Ctx()
	today := clock.Today(v.Now)
	who := lang.T(ctx, "feedback.without")
	if c.Person != "" {
		who = lang.T(ctx, "feedback.with")
	}
	owner := lang.T(ctx, "feedback.noowner")
	if c.Handler != "" {
		owner = names[c.Handler].Name
	}
	r := ui.RowP{Href: v.URL("feedback.complaint", "complaint", c.ID), Title: lang.T(ctx, "feedback.subject."+c.Subject),
		Sub: lang.Dots(lang.T(ctx, "feedback.age", "n", c.Day.DaysUntil(today)), teams[c.Team], owner, who)}
	if d, step := c.Due(); step != "" {
		r.Due = &ui.DueP{Days: today.DaysUntil(d), Until: lang.LongDay(ctx, d)}
		r.Tag = lang.T(ctx, "feedback.due."+step)
	} else {
		r.Tag = lang.T(ctx, "feedback.outcome."+c.Outcome)
	}
	return r
}

func (f *Feedback) complaintRows(v *web.Visit, cs []Complaint) ([]ui.RowP, error) {
	all, err := f.org.Teams(v.Ctx(), "")
	if err != nil {
		return nil, err
	}
	var who []string
	for _, c := range cs {
		who = append(who, c.Handler)
	}
	names, err := f.org.Colleagues(v.Ctx(), who)
	var out []ui.RowP
	for _, c := range cs {
		out = append(out, complaintRow(v, c, teamNames(all), names))
	}
	return out, err
}

func (f *Feedback) complaints(v *web.Visit) error {
	cs, err := f.handled(v.Ctx(), v.Actor, v.Now, false)
	if err != nil {
		return err
	}
	rows, err := f.complaintRows(v, cs)
	if err != nil {
		return err
	}
	p := complaintsPage{MayTerms: mayTerms.Allows(v.Actor)}
	for i, c := range cs {
		if c.Open() {
			p.Open = append(p.Open, rows[i])
		} else {
			p.Past = append(p.Past, rows[i])
		}
	}
	if p.Terms, err = f.terms(v.Ctx(), f.db); err != nil {
		return err
	}
	return v.Page(pageComplaints(p))
}

type complaintPage struct {
	told
	Against, Team, When, Lang string
	In                        StepInput
	Signal                    string
	Options                   []ui.Option
	Errors                    fault.Fields
}

// toHandle is a complaint that this colleague may handle; every other one is not there.
func (f *Feedback) toHandle(v *web.Visit) (Complaint, error) {
	c, err := complaint(v.Ctx(), f.db, v.Param("complaint"))
	if err != nil {
		return c, err
	}
	ok, err := f.line(v.Now).handles(v.Ctx(), v.Actor, c)
	if err == nil && !ok {
		err = fault.Gone()
	}
	return c, err
}

func (f *Feedback) complaintPage(v *web.Visit, c Complaint) (complaintPage, error) {
	ctx := v.Ctx()
	t, err := f.told(v, c)
	if err != nil {
		return complaintPage{}, err
	}
	if t.Staff = true; t.Aloud {
		t.Voice = v.URL("feedback.complaint_voice", "complaint", c.ID)
	}
	p := complaintPage{told: t, When: lang.LongDay(ctx, c.Day), Lang: lang.Find(c.Lang).Dutch}
	if c.Team != "" {
		team, err := f.org.Team(ctx, c.Team)
		if err != nil {
			return p, err
		}
		p.Team = team.Name
	}
	if c.Against != "" {
		names, err := f.org.Colleagues(ctx, []string{c.Against})
		if err != nil {
			return p, err
		}
		p.Against = names[c.Against].Name
	} else if slices.Contains(Levels, c.Level) {
		p.Against = lang.T(ctx, "feedback.level."+c.Level)
	}
	if p.Signal, err = f.signalURL(v, c); err != nil {
		return p, err
	}
	for _, s := range []string{Acknowledged, Taken, Extended, Decided, Reopened} {
		if c.May(s) && (s != Taken || c.Handler != v.Actor.ID) {
			p.Options = append(p.Options, ui.Option{Value: s, Label: lang.T(ctx, "feedback.do."+s)})
		}
	}
	return p, nil
}

// signalURL is the way from a complaint to a signal. Whoever handles a complaint often may not see the file of who complained; then
// the signal comes from no file.
func (f *Feedback) signalURL(v *web.Visit, c Complaint) (string, error) {
	x := dossier.Signal{From: "complaint", Theme: c.Subject, Month: firstOf(c.Day)}
	if c.Person != "" {
		file, err := f.files.OpenFor(v, c.Person, access.DeskLevel)
		if err == nil {
			return f.files.SignalURL(v, file, x)
		}
		if !fault.Is(err, fault.NotFound) {
			return "", err
		}
	}
	return f.files.SignalAlone(v, x), nil
}

func (f *Feedback) oneComplaint(v *web.Visit) error {
	c, err := f.toHandle(v)
	if err != nil {
		return err
	}
	// The look is in the log before anything is shown; without a person it is a look at nobody.
	if err := f.db.Tx(v.Ctx(), func(tx *db.Tx) error {
		return log(v.Ctx(), tx, v.Actor, "feedback.event.looked", c.Person, c.ID)
	}); err != nil {
		return err
	}
	p, err := f.complaintPage(v, c)
	if err != nil {
		return err
	}
	return v.Page(pageComplaint(p))
}

func (f *Feedback) takeStep(v *web.Visit) error {
	c, err := f.toHandle(v)
	if err != nil {
		return err
	}
	version := v.Number("versie")
	in := StepInput{Step: v.Value("stap"), Outcome: v.Value("uitkomst"), Text: v.Value("woorden")}
	fs := in.Check()
	if !c.May(in.Step) {
		fs.Add("stap", "feedback.error.step")
	}
	if len(fs) > 0 {
		if err := f.db.Tx(v.Ctx(), func(tx *db.Tx) error {
			return log(v.Ctx(), tx, v.Actor, "feedback.event.looked", c.Person, c.ID)
		}); err != nil {
			return err
		}
		p, err := f.complaintPage(v, c)
		if err != nil {
			return err
		}
		p.In, p.Errors = in, fs
		return v.Invalid(pageComplaint(p))
	}
	k, err := f.key(v.Ctx(), c.Person)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("feedback.complaint", "complaint", c.ID, "gezegd", "feedback.said.step"), f.step(v.Ctx(), tx, k, v.Actor, c.ID, version, in)
	})
}

type termsPage struct {
	Now    Terms
	In     TermsInput
	Errors fault.Fields
}

func (f *Feedback) termsForm(v *web.Visit) error {
	t, err := f.terms(v.Ctx(), f.db)
	if err != nil {
		return err
	}
	return v.Page(pageTerms(termsPage{Now: t, In: TermsInput{strconv.Itoa(t.Ack), strconv.Itoa(t.Decide), strconv.Itoa(t.More), t.Source}}))
}

func (f *Feedback) termsSave(v *web.Visit) error {
	now, err := f.terms(v.Ctx(), f.db)
	if err != nil {
		return err
	}
	in := TermsInput{v.Value("ontvangst"), v.Value("besluit"), v.Value("uitstel"), v.Value("bron")}
	t, fs := in.Check()
	if len(fs) > 0 {
		return v.Invalid(pageTerms(termsPage{now, in, fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("feedback.complaints", "gezegd", "feedback.said.terms"), f.putTerms(v.Ctx(), tx, v.Actor, t)
	})
}

type offersPage struct{ Open, Past []ui.RowP }

func (f *Feedback) offerList(v *web.Visit) error {
	ctx := v.Ctx()
	os, err := f.offers(ctx, v.Actor.At(access.Lead, access.Team))
	if err != nil {
		return err
	}
	var p offersPage
	for _, o := range os {
		r := ui.RowP{Href: v.URL("feedback.offer", "offering", o.ID), Title: lang.T(ctx, "feedback.offer.row", "day", lang.LongDay(ctx, clock.Today(o.At)))}
		if o.Done.IsZero() {
			r.Sub = lang.T(ctx, "feedback.age", "n", clock.Today(o.At).DaysUntil(clock.Today(v.Now)))
			p.Open = append(p.Open, r)
		} else {
			p.Past = append(p.Past, r)
		}
	}
	return v.Page(pageOffers(p))
}

type offerPage struct {
	Offer
	What []string
	When string
}

// offered is an offer to one of the teams this colleague leads; every other one is not there.
func (f *Feedback) offered(v *web.Visit) (Offer, error) {
	o, err := f.offer(v.Ctx(), v.Param("offering"))
	if err == nil && !slices.Contains(v.Actor.At(access.Lead, access.Team), o.Team) {
		err = fault.Gone()
	}
	return o, err
}

func (f *Feedback) oneOffer(v *web.Visit) error {
	o, err := f.offered(v)
	if err != nil {
		return err
	}
	ctx := v.Ctx()
	if err := f.db.Tx(ctx, func(tx *db.Tx) error { return log(ctx, tx, v.Actor, "feedback.event.offered", o.Person, o.ID) }); err != nil {
		return err
	}
	k, err := f.key(ctx, o.Person)
	if err != nil {
		return err
	}
	if err := openOffer(k, &o); err != nil {
		return err
	}
	p := offerPage{Offer: o, When: lang.When(ctx, o.At, v.Now)}
	for _, x := range o.Joins {
		p.What = append(p.What, lang.T(ctx, "feedback.join."+x))
	}
	return v.Page(pageOffer(p))
}

func (f *Feedback) offerDone(v *web.Visit) error {
	o, err := f.offered(v)
	if err != nil {
		return err
	}
	done := v.Value("open") == ""
	said := "feedback.said.settled"
	if !done {
		said = "feedback.said.reopened"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := f.settleOffer(v.Ctx(), tx, o.ID, v.Actor.ID, done); err != nil {
			return "", err
		}
		return v.URL("feedback.offers", "gezegd", said), log(v.Ctx(), tx, v.Actor, "feedback.event.settled", o.Person, o.ID)
	})
}
