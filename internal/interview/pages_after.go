package interview

// This file holds what comes after an interview: our own report, the report of the authority, and corrections to it.

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// The events of a procedure that an interview brings: what the room of procedures calls them. Which dates follow from them is
// in its rules, and nowhere here.
const (
	eventReport = "interview_report"
	eventSent   = "corrections_sent"
)

type reportPage struct {
	O       opened
	Title   string
	In      ReportInput
	Version string
	Newer   *Report // somebody else wrote meanwhile
	NewerBy string
	Errors  fault.Fields
}

func (x *Interviews) reportPage(v *web.Visit, o opened) (reportPage, []Report, error) {
	p := reportPage{O: o, Title: titleOf(v.Ctx(), o.I), Version: "0", In: ReportInput{Quality: "unknown", Lawyer: "unknown"}}
	rs, err := reportsOf(v.Ctx(), x.db, o.File, o.I.ID)
	if len(rs) > 0 {
		w := rs[0].What
		p.Version = strconv.FormatInt(rs[0].Version, 10)
		p.In = ReportInput(w)
	}
	return p, rs, err
}

func (x *Interviews) reportForm(v *web.Visit) error {
	o, err := x.lookFor(v, toReport)
	if err != nil {
		return err
	}
	p, _, err := x.reportPage(v, o)
	if err != nil {
		return err
	}
	return v.Page(pageReport(p))
}

// toReport says whether a report can be written: by whoever writes, of what was held.
func toReport(o opened) bool { return o.Writes && (o.I.State == Held || o.I.State == Closed) }

func (x *Interviews) saveReport(v *web.Visit) error {
	o, err := x.open(v, toReport)
	if err != nil {
		return err
	}
	p, rs, err := x.reportPage(v, o)
	if err != nil {
		return err
	}
	p.In = ReportInput{Interpreter: v.Value("interpreter"), Quality: v.Value("quality"), Lawyer: v.Value("lawyer"), Hours: v.Value("hours"), Text: v.Value("text")}
	if v.Value("version") != p.Version {
		if len(rs) > 0 {
			n, err := x.namesOf(v.Ctx(), rs[0].MadeBy)
			if err != nil {
				return err
			}
			p.Newer, p.NewerBy = &rs[0], n.of(v.Ctx(), rs[0].MadeBy)
		}
		return v.Status(http.StatusConflict, pageReport(p))
	}
	if p.Errors = p.In.Check(); len(p.Errors) > 0 {
		return v.Invalid(pageReport(p))
	}
	was, _ := strconv.ParseInt(p.Version, 10, 64)
	return v.Write(func(tx *db.Tx) (string, error) {
		return o.back(v, "interview.said.reported"), x.report(v.Ctx(), tx, o.File, o.I, was, p.In)
	})
}

// receivePage is the form that says that the authority's report came. It asks what the procedure must know; what nobody knows
// stays open and is asked again.
type receivePage struct {
	O         opened
	Title     string
	Day       string
	Course    string
	Courses   []ui.Option
	Routes    []ui.Option
	Route     string
	Letter    string
	AskLetter bool
	Asks      []string
	BeginURL  string
	Errors    fault.Fields
	has       map[string]knownEvent // what a procedure knows already, by the value of its choice
}

// toReceive says whether that can still be recorded: it happened, and no procedure has heard of it.
func toReceive(o opened) bool {
	return o.Plans && (o.I.State == Held || o.I.State == Closed) && o.I.Event == ""
}

// knownEvent is a report that stands in a procedure already.
type knownEvent struct {
	course string
	dossier.CourseEvent
}

func (x *Interviews) receivePage(v *web.Visit, o opened) (receivePage, error) {
	ctx := v.Ctx()
	p := receivePage{O: o, Title: titleOf(ctx, o.I), Day: o.I.Received.String(), BeginURL: v.URL("procedure.begin", "person", o.ID()), has: map[string]knownEvent{}}
	cs, err := x.events.Courses(v, o.File, eventReport)
	if err != nil {
		return p, err
	}
	for _, c := range cs {
		if !c.Knows {
			continue
		}
		for _, e := range c.Has {
			value := "has:" + e.ID
			p.has[value] = knownEvent{c.ID, e}
			p.Courses = append(p.Courses, ui.Option{Value: value, Label: lang.T(ctx, "interview.receive.track.has", "title", c.Title, "day", whenText(ctx, e.Day, "")), Hint: lang.T(ctx, "interview.receive.track.has.hint")})
		}
		p.Courses = append(p.Courses, ui.Option{Value: c.ID, Label: c.Title, Hint: lang.T(ctx, "interview.receive.track.new")})
		p.has[c.ID] = knownEvent{course: c.ID}
		if c.ID == o.I.Track && len(c.Has) == 0 {
			p.Course = c.ID
		}
		for _, r := range c.Routes {
			if !slices.ContainsFunc(p.Routes, func(o ui.Option) bool { return o.Value == r.Value }) {
				p.Routes = append(p.Routes, r)
			}
		}
		p.AskLetter = p.AskLetter || c.Letter
		p.Asks = append(p.Asks, c.Asks...)
	}
	if len(p.Courses) > 0 {
		p.Courses = append(p.Courses, ui.Option{Value: "none", Label: lang.T(ctx, "interview.receive.track.unknown"), Hint: lang.T(ctx, "interview.receive.track.unknown.hint")})
	}
	return p, nil
}

func (x *Interviews) receiveForm(v *web.Visit) error {
	o, err := x.lookFor(v, toReceive)
	if err != nil {
		return err
	}
	p, err := x.receivePage(v, o)
	if err != nil {
		return err
	}
	return v.Page(pageReceive(p))
}

func (x *Interviews) saveReceived(v *web.Visit) error {
	o, err := x.open(v, toReceive)
	if err != nil {
		return err
	}
	p, err := x.receivePage(v, o)
	if err != nil {
		return err
	}
	p.Day, p.Course, p.Route, p.Letter = v.Value("day"), v.Value("course"), v.Value("route"), v.Value("letter")
	today := clock.Today(v.Now)
	d := day(&p.Errors, "day", p.Day)
	switch {
	case p.Day == "":
		p.Errors.Add("day", "interview.error.received")
	case d.IsZero(): // told already
	case d.After(today):
		p.Errors.Add("day", "interview.error.future")
	case d.Before(o.I.Day):
		p.Errors.Add("day", "interview.error.before_interview")
	}
	var keep func(*db.Tx) (string, error)
	chosen, known := p.has[p.Course]
	switch {
	case len(p.Courses) == 0:
		p.Course = ""
	case p.Course == "none":
	case !known:
		p.Errors.Add("course", "interview.error.choose")
	case chosen.ID != "":
		if !chosen.Day.IsZero() && !d.IsZero() && chosen.Day != d {
			p.Errors.Add("day", "interview.error.other_day", "day", lang.Day(v.Ctx(), chosen.Day))
		}
	case len(p.Errors) == 0:
		var fs fault.Fields
		if keep, fs, err = x.events.Record(v, o.File, dossier.Happening{Course: p.Course, Kind: eventReport, Day: d.String(), Route: p.Route, Letter: p.Letter}); err != nil {
			return err
		}
		p.Errors = append(p.Errors, fs...)
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageReceive(p))
	}
	wrote := false
	err = v.Write(func(tx *db.Tx) (string, error) {
		was, err := interview(v.Ctx(), tx, o.File, o.I.ID)
		if err != nil {
			return "", err
		}
		if was.Event != "" {
			return "", fault.New(fault.Conflict, "interview.error.version")
		}
		i, did := was, didReceive
		if !was.Received.IsZero() {
			did = didTrack
		}
		i.Received = d
		switch {
		case keep != nil:
			if i.Event, err = keep(tx); err != nil {
				return "", err
			}
			i.Track, wrote = p.Course, true
		case chosen.ID != "":
			i.Track, i.Event = chosen.course, chosen.ID
		}
		return o.back(v, "interview.said.received"), x.change(v.Ctx(), tx, o.File, was, i, did, Details{Day: d})
	})
	return x.alarm(v, o, wrote, err)
}

// alarm lets the alarms of new dates go off, when there may be any.
func (x *Interviews) alarm(v *web.Visit, o opened, wrote bool, err error) error {
	if err != nil || !wrote {
		return err
	}
	return x.events.Alarm(v.Ctx(), o.ID(), v.Now)
}

type correctPage struct {
	O       opened
	Title   string
	ID      string // empty: a new one
	In      CorrectionInput
	Theirs  *CorrectionInput
	Version string
	Errors  fault.Fields
	Action  string
}

// toCorrect says whether corrections can be written: by whoever writes, of what was held.
func toCorrect(o opened) bool { return o.Writes && o.I.State == Held }

func (x *Interviews) correctForm(v *web.Visit) error {
	o, err := x.lookFor(v, toCorrect)
	if err != nil {
		return err
	}
	return v.Page(pageCorrect(correctPage{O: o, Title: titleOf(v.Ctx(), o.I), In: CorrectionInput{By: "person"}, Action: o.url(v, "interview.corrected")}))
}

func correctionInput(v *web.Visit) CorrectionInput {
	return CorrectionInput{Page: v.Value("page"), Line: v.Value("line"), Says: v.Value("says"), Should: v.Value("should"), By: v.Value("by"), Who: v.Value("who"),
		Agreed: v.Value("agreed"), AgreedOn: v.Value("agreed_on"), Interpreted: v.Value("interpreted") != ""}
}

func (x *Interviews) saveCorrection(v *web.Visit) error {
	o, err := x.open(v, toCorrect)
	if err != nil {
		return err
	}
	p := correctPage{O: o, Title: titleOf(v.Ctx(), o.I), In: correctionInput(v), Action: o.url(v, "interview.corrected")}
	c, fs := p.In.Check(clock.Today(v.Now))
	if p.Errors = fs; len(fs) > 0 {
		return v.Invalid(pageCorrect(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return o.back(v, "interview.said.corrected"), correct(v.Ctx(), tx, o.File, o.I.ID, c)
	})
}

func (x *Interviews) recorrectPage(v *web.Visit, o opened) (correctPage, Correction, error) {
	c, err := correction(v.Ctx(), x.db, o.File, o.I.ID, v.Param("correction"))
	if err == nil && (c.Sent != "" || !c.Removed.IsZero()) {
		err = fault.Gone()
	}
	return correctPage{O: o, Title: titleOf(v.Ctx(), o.I), ID: c.ID, In: c.input(), Version: strconv.FormatInt(c.Version, 10), Action: o.url(v, "interview.recorrected", "correction", c.ID)}, c, err
}

func (x *Interviews) recorrectForm(v *web.Visit) error {
	o, err := x.lookFor(v, toCorrect)
	if err != nil {
		return err
	}
	p, _, err := x.recorrectPage(v, o)
	if err != nil {
		return err
	}
	return v.Page(pageCorrect(p))
}

func (x *Interviews) resaveCorrection(v *web.Visit) error {
	o, err := x.open(v, toCorrect)
	if err != nil {
		return err
	}
	p, was, err := x.recorrectPage(v, o)
	if err != nil {
		return err
	}
	theirs := p.In
	p.In = correctionInput(v)
	if v.Value("version") != p.Version {
		p.Theirs = &theirs
		return v.Status(http.StatusConflict, pageCorrect(p))
	}
	c, fs := p.In.Check(clock.Today(v.Now))
	if p.Errors = fs; len(fs) > 0 {
		return v.Invalid(pageCorrect(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return o.back(v, "interview.said.corrected"), recorrect(v.Ctx(), tx, o.File, was, c)
	})
}

// facts are what a form of a correction says, to hold two beside each other.
func (p correctPage) facts(ctx context.Context, in CorrectionInput) []ui.FactP {
	fact := func(key, value string) ui.FactP {
		return ui.FactP{Label: lang.T(ctx, "interview.correct."+key), Value: value}
	}
	agreed := in.Agreed
	if agreed == "" {
		agreed = "none"
	}
	return []ui.FactP{fact("says", in.Says), fact("should", in.Should), fact("agreed", lang.T(ctx, "interview.agreed."+agreed))}
}

// removeCorrection takes a correction back, or puts it back.
func (x *Interviews) removeCorrection(v *web.Visit) error {
	o, err := x.open(v, toCorrect)
	if err != nil {
		return err
	}
	undo := v.Value("undo") != ""
	said := "interview.said.taken"
	if undo {
		said = "interview.said.back"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		c, err := correction(v.Ctx(), tx, o.File, o.I.ID, v.Param("correction"))
		if err != nil {
			return "", err
		}
		return o.back(v, said), uncorrect(v.Ctx(), tx, o.File, c, undo)
	})
}

// sheetPage is what goes to the lawyer or the authority. It is in Dutch, whatever the language of the screen.
type sheetPage struct {
	O       opened
	Title   string
	Name    string
	VNumber string
	Rows    []correctionRow
	BackURL string
}

func (x *Interviews) sheet(v *web.Visit) error {
	o, err := x.look(v)
	if err != nil {
		return err
	}
	if !o.Inside {
		return fault.Gone()
	}
	cs, err := correctionsOf(v.Ctx(), x.db, o.File, o.I.ID)
	if err != nil {
		return err
	}
	nl := lang.In(v.Ctx(), "nl")
	who := o.Profile()
	p := sheetPage{O: o, Title: titleOf(nl, o.I), Name: who.Name(), VNumber: dossier.VNumberText(who.VNumber), BackURL: o.url(v, "interview.show")}
	for _, c := range cs {
		if c.Removed.IsZero() {
			p.Rows = append(p.Rows, correctionRowOf(nl, c))
		}
	}
	return v.Page(pageSheet(p))
}

type sendPage struct {
	O      opened
	Title  string
	In     SendingInput
	Unsent int
	Unread int
	Errors fault.Fields
}

// toSendFrom says whether something can be sent: by whoever plans, once the report is there.
func toSendFrom(o opened) bool { return o.Plans && o.I.State == Held && !o.I.Received.IsZero() }

func (x *Interviews) sendPage(v *web.Visit, o opened) (sendPage, error) {
	cs, err := correctionsOf(v.Ctx(), x.db, o.File, o.I.ID)
	rest := toSend(cs)
	return sendPage{O: o, Title: titleOf(v.Ctx(), o.I), Unsent: len(rest), Unread: unread(rest), In: SendingInput{Recipient: "lawyer", Day: clock.Today(v.Now).String()}}, err
}

func (x *Interviews) sendForm(v *web.Visit) error {
	o, err := x.lookFor(v, toSendFrom)
	if err != nil {
		return err
	}
	p, err := x.sendPage(v, o)
	if err != nil {
		return err
	}
	return v.Page(pageSend(p))
}

// saveSent keeps that corrections left the house. What goes to the authority is also an event in the procedure, which ends the
// term there; what goes to the lawyer is not: the lawyer still has to send it.
func (x *Interviews) saveSent(v *web.Visit) error {
	o, err := x.open(v, toSendFrom)
	if err != nil {
		return err
	}
	p, err := x.sendPage(v, o)
	if err != nil {
		return err
	}
	p.In = SendingInput{Recipient: v.Value("recipient"), Day: v.Value("sent_on"), Proof: v.Value("proof"), Who: v.Value("to_who")}
	s, fs := p.In.Check(o.I.Received, clock.Today(v.Now))
	var keep func(*db.Tx) (string, error)
	if len(fs) == 0 && s.Recipient == "ind" && o.I.Event != "" {
		var told fault.Fields
		if keep, told, err = x.events.Record(v, o.File, dossier.Happening{Course: o.I.Track, Kind: eventSent, Day: s.Day.String()}); err != nil {
			return err
		}
		for _, f := range told {
			if f.Name == "day" {
				f.Name = "sent_on"
			}
			fs = append(fs, f)
		}
	}
	if p.Errors = fs; len(fs) > 0 {
		return v.Invalid(pageSend(p))
	}
	wrote := false
	err = v.Write(func(tx *db.Tx) (string, error) {
		wrote = keep != nil
		return o.back(v, "interview.said.sent"), send(v.Ctx(), tx, o.File, o.I.ID, s, keep)
	})
	return x.alarm(v, o, wrote, err)
}
