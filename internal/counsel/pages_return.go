package counsel

// This file holds the pages of a talk about return. Whoever is not set beside one gets the page that stands there when there is
// none, or the answer of a page that does not exist: nothing tells the two apart.

import (
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// beside are the talks that this colleague knows of: their own, and those of a colleague whom they stand in for.
func (c *Counsel) beside(v *web.Visit, f dossier.File) ([]Talk, error) {
	who, err := c.org.StandsInFor(v.Ctx(), v.Actor.ID, v.Now)
	if err != nil {
		return nil, err
	}
	return talks(v.Ctx(), c.db, f.ID(), append(who, v.Actor.ID))
}

// besideOne is the talk that the address names.
func (c *Counsel) besideOne(v *web.Visit, f dossier.File) (Talk, error) {
	ts, err := c.beside(v, f)
	if err != nil {
		return Talk{}, err
	}
	i := slices.IndexFunc(ts, func(t Talk) bool { return t.ID == v.Param("talk") })
	if i < 0 {
		return Talk{}, fault.Gone()
	}
	return ts[i], nil
}

// look opens the file for a page. In an emergency nobody is beside a talk.
func (c *Counsel) look(v *web.Visit) (dossier.File, error) {
	f, err := c.files.Open(v, v.Param("person"), access.File, "counsel.event.outside")
	if err != nil {
		return f, err
	}
	return f, f.Lasting()
}

type choiceRow struct{ Title, When, Words string }

type talkView struct {
	ID          string
	Beside      []string
	Others      []ui.Option
	Choices     []choiceRow
	Stopped     bool
	Handovers   []ui.RowP
	ChoiceURL   string
	SeatURL     string
	HandoverURL string
	Options     []ui.Option
	In          ChoiceInput
	Errors      fault.Fields
}

type talkPage struct {
	File         dossier.File
	Talks        []talkView
	OpenURL      string
	ProcedureURL string
	Errors       fault.Fields
}

func (c *Counsel) talk(v *web.Visit) error {
	f, err := c.look(v)
	if err != nil {
		return err
	}
	p, err := c.talkPage(v, f, "", ChoiceInput{}, nil)
	if err != nil {
		return err
	}
	return v.Page(pageTalk(p))
}

func (c *Counsel) talkPage(v *web.Visit, f dossier.File, talk string, in ChoiceInput, fs fault.Fields) (talkPage, error) {
	p := talkPage{File: f, Errors: fs, OpenURL: v.URL("counsel.return_open", "person", f.ID()), ProcedureURL: v.URL("procedure.file", "person", f.ID())}
	ts, err := c.beside(v, f)
	if err != nil {
		return p, err
	}
	for _, t := range ts {
		x, err := c.talkView(v, f, t)
		if err != nil {
			return p, err
		}
		if t.ID == talk {
			x.In, x.Errors = in, fs
		}
		p.Talks = append(p.Talks, x)
	}
	return p, nil
}

func (c *Counsel) talkView(v *web.Visit, f dossier.File, t Talk) (talkView, error) {
	ctx := v.Ctx()
	x := talkView{ID: t.ID, ChoiceURL: v.URL("counsel.choice", "person", f.ID(), "talk", t.ID), SeatURL: v.URL("counsel.seat", "person", f.ID(), "talk", t.ID), HandoverURL: v.URL("counsel.handover_new", "person", f.ID(), "talk", t.ID)}
	ids, err := seats(ctx, c.db, t.ID)
	if err != nil {
		return x, err
	}
	helpers, err := c.files.Helpers(ctx, c.db, f.ID(), v.Now)
	if err != nil {
		return x, err
	}
	cs, err := choices(ctx, c.db, f.Key(), t.ID)
	if err != nil {
		return x, err
	}
	all := append(slices.Clone(ids), helpers...)
	for _, ch := range cs {
		all = append(all, ch.MadeBy)
	}
	by, err := c.called(v, all...)
	if err != nil {
		return x, err
	}
	for _, id := range ids {
		x.Beside = append(x.Beside, by[id])
	}
	for _, id := range helpers {
		if !slices.Contains(ids, id) {
			x.Others = append(x.Others, ui.Option{Value: id, Label: by[id]})
		}
	}
	for i, ch := range cs {
		x.Stopped = x.Stopped || (i == 0 && ch.Choice == Stop)
		x.Choices = append(x.Choices, choiceRow{Title: lang.T(ctx, "counsel.choice."+ch.Choice), When: lang.T(ctx, "counsel.choice.by", "day", lang.Day(ctx, ch.Day), "name", by[ch.MadeBy]), Words: ch.Words})
	}
	for _, ch := range Choices {
		if ch != Stop {
			x.Options = append(x.Options, ui.Option{Value: ch, Label: lang.T(ctx, "counsel.choice."+ch)})
		}
	}
	hs, err := handovers(ctx, c.db, f.Key(), t.ID)
	if err != nil {
		return x, err
	}
	for _, h := range hs {
		p, err := party(ctx, c.db, h.Party)
		if err != nil {
			return x, err
		}
		x.Handovers = append(x.Handovers, ui.RowP{Href: v.URL("counsel.handover", "person", f.ID(), "talk", t.ID, "handover", h.ID), Title: p.full(), Sub: lang.T(ctx, "counsel.handover."+h.state(), "day", lang.Day(ctx, dayOf(h.when())))})
	}
	return x, nil
}

func (c *Counsel) openTalk(v *web.Visit) error {
	f, err := c.openLasting(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := openTalk(v.Ctx(), tx, f)
		return v.URL("counsel.return", "person", f.ID(), "gezegd", "counsel.said.talk"), err
	})
}

// write opens the file and the talk for a form.
func (c *Counsel) write(v *web.Visit) (dossier.File, Talk, error) {
	f, err := c.openLasting(v)
	if err != nil {
		return f, Talk{}, err
	}
	t, err := c.besideOne(v, f)
	return f, t, err
}

// choice notes what the person chooses. Stopping is one press, without a question.
func (c *Counsel) choice(v *web.Visit) error {
	f, t, err := c.write(v)
	if err != nil {
		return err
	}
	in := ReadChoice(v.Fields())
	if fs := in.Check(); len(fs) > 0 {
		p, err := c.talkPage(v, f, t.ID, in, fs)
		if err != nil {
			return err
		}
		return v.Invalid(pageTalk(p))
	}
	said := "counsel.said.choice"
	if in.Choice == Stop {
		said = "counsel.said.stop"
	}
	record, err := c.happened(v, f, in.Choice)
	if err != nil {
		return err
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		for _, write := range record {
			if _, err := write(tx); err != nil {
				return "", err
			}
		}
		return v.URL("counsel.return", "person", f.ID(), "gezegd", said), c.choose(v.Ctx(), tx, f, t.ID, in)
	})
	if err != nil || len(record) == 0 {
		return err
	}
	return c.events.Alarm(v.Ctx(), f.ID(), v.Now)
}

// happened is what records a choice in the procedures of return that are there. It begins none: that somebody speaks of it is
// known to those beside the talk, and a procedure shows to everybody who has the whole file.
func (c *Counsel) happened(v *web.Visit, f dossier.File, choice string) ([]func(*db.Tx) (string, error), error) {
	h := happenings[choice]
	h.Day = clock.Today(v.Now).String()
	courses, err := c.events.Courses(v, f, h.Kind)
	if err != nil {
		return nil, err
	}
	var out []func(*db.Tx) (string, error)
	for _, course := range courses {
		if !course.Knows {
			continue
		}
		h.Course = course.ID
		write, fs, err := c.events.Record(v, f, h)
		switch {
		case err != nil:
			return nil, err
		case len(fs) > 0:
			return nil, fs.Err()
		}
		out = append(out, write)
	}
	return out, nil
}

// happenings are the choices as the procedure knows them.
var happenings = map[string]dossier.Happening{
	"go_on": {Kind: "return_choice", Outcome: "wants_return"}, "wait": {Kind: "return_choice", Outcome: "undecided"}, Stop: {Kind: "return_stopped"},
}

// seat sets a colleague beside a talk: somebody who has the file already.
func (c *Counsel) seat(v *web.Visit) error {
	f, t, err := c.write(v)
	if err != nil {
		return err
	}
	helpers, err := c.files.Helpers(v.Ctx(), c.db, f.ID(), v.Now)
	if err != nil {
		return err
	}
	who := v.Value("collega")
	if !slices.Contains(helpers, who) {
		p, err := c.talkPage(v, f, t.ID, ChoiceInput{}, fault.Fields{{Name: "collega", Key: "counsel.error.helper"}})
		if err != nil {
			return err
		}
		return v.Invalid(pageTalk(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := putSeat(v.Ctx(), tx, f.ID(), t.ID, who, v.Actor.ID); err != nil {
			return "", err
		}
		return v.URL("counsel.return", "person", f.ID(), "gezegd", "counsel.said.seat"), f.Log(v.Ctx(), tx, "counsel.event.outside", t.ID)
	})
}

type newHandoverPage struct {
	File            dossier.File
	Partners        []Party
	Action, BackURL string
	Errors          fault.Fields
}

func (c *Counsel) newHandover(v *web.Visit) error {
	f, err := c.look(v)
	if err != nil {
		return err
	}
	t, err := c.besideOne(v, f)
	if err != nil {
		return err
	}
	p, err := c.newHandoverPage(v, f, t)
	if err != nil {
		return err
	}
	return v.Page(pageNewHandover(p))
}

func (c *Counsel) newHandoverPage(v *web.Visit, f dossier.File, t Talk) (newHandoverPage, error) {
	p := newHandoverPage{File: f, Action: v.URL("counsel.handover_add", "person", f.ID(), "talk", t.ID), BackURL: v.URL("counsel.return", "person", f.ID())}
	ps, err := parties(v.Ctx(), c.db, Partner)
	for _, x := range ps {
		if x.Ended.IsZero() {
			p.Partners = append(p.Partners, x)
		}
	}
	return p, err
}

// addHandover prepares a handover and goes on to the consent: what may be told the partner is asked there, in the person's
// language. Nothing has left the house yet.
func (c *Counsel) addHandover(v *web.Visit) error {
	f, t, err := c.write(v)
	if err != nil {
		return err
	}
	p, err := c.newHandoverPage(v, f, t)
	if err != nil {
		return err
	}
	to := v.Value("partner")
	if !slices.ContainsFunc(p.Partners, func(x Party) bool { return x.ID == to }) {
		p.Errors.Add("partner", "counsel.error.partner")
		return v.Invalid(pageNewHandover(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id := db.ID("ho", tx.Now)
		if err := putHandover(v.Ctx(), tx, f.Key(), Handover{ID: id, Talk: t.ID, Person: f.ID(), Party: to, At: tx.Now, MadeBy: v.Actor.ID}); err != nil {
			return "", err
		}
		return v.URL("counsel.handover", "person", f.ID(), "talk", t.ID, "handover", id), f.Log(v.Ctx(), tx, "counsel.event.outside", id)
	})
}

type handoverPage struct {
	File                        dossier.File
	H                           Handover
	P                           Party
	PhoneURL                    string
	State                       string
	Allowed                     []string // what the partner may be told; empty without a consent that holds
	Until                       string
	AskURL, SheetURL            string
	HandURL, AnswerURL, NoteURL string
	BackURL, ProcedureURL       string
	Answers                     []ui.Option
	In                          AnswerInput
	NoteText                    string
	Notes                       []choiceRow
	Errors                      fault.Fields
}

func (c *Counsel) handoverPage(v *web.Visit, f dossier.File, t Talk) (handoverPage, error) {
	ctx := v.Ctx()
	h, err := handover(ctx, c.db, f.Key(), t.ID, v.Param("handover"))
	if err != nil {
		return handoverPage{}, err
	}
	args := []string{"person", f.ID(), "talk", t.ID, "handover", h.ID}
	p := handoverPage{File: f, H: h, HandURL: v.URL("counsel.handed", args...), AnswerURL: v.URL("counsel.answered", args...), NoteURL: v.URL("counsel.noted", args...),
		BackURL: v.URL("counsel.return", "person", f.ID()), ProcedureURL: v.URL("procedure.file", "person", f.ID()),
		In: AnswerInput{Answer: h.Answer, Day: h.Answered.String(), Contact: h.What.Contact, Said: h.What.Said}}
	if h.Answered.IsZero() {
		p.In.Day = clock.Today(v.Now).String()
	}
	if p.P, err = party(ctx, c.db, h.Party); err != nil {
		return p, err
	}
	p.PhoneURL, p.State = dossier.PhoneURL(p.P.Phone), lang.T(ctx, "counsel.handover."+h.state(), "day", lang.Day(ctx, dayOf(h.when())))
	as, err := c.allowing.Now(ctx, c.db, f, forReturn, h.Party, v.Now)
	if err != nil {
		return p, err
	}
	if len(as) > 0 {
		p.Until = lang.T(ctx, "counsel.client.until", "day", lang.Day(ctx, opened{Allowed: as}.until()))
		p.SheetURL = v.URL("consent.share", "person", f.ID(), "consent", as[0].Consent)
		if p.Allowed, err = c.titles(ctx, f, as); err != nil {
			return p, err
		}
	} else if h.Ended.IsZero() {
		p.AskURL = v.URL("consent.ask_for", "person", f.ID(), "doel", forReturn, "partij", h.Party)
	}
	for _, a := range Answers {
		p.Answers = append(p.Answers, ui.Option{Value: a, Label: lang.T(ctx, "counsel.answer."+a)})
	}
	ns, err := notes(ctx, c.db, f.Key(), h.ID)
	if err != nil {
		return p, err
	}
	var who []string
	for _, n := range ns {
		who = append(who, n.MadeBy)
	}
	by, err := c.called(v, who...)
	for _, n := range ns {
		p.Notes = append(p.Notes, choiceRow{Title: by[n.MadeBy], When: lang.When(ctx, n.At, v.Now), Words: n.Text})
	}
	return p, err
}

func (c *Counsel) handover(v *web.Visit) error {
	f, err := c.look(v)
	if err != nil {
		return err
	}
	t, err := c.besideOne(v, f)
	if err != nil {
		return err
	}
	p, err := c.handoverPage(v, f, t)
	if err != nil {
		return err
	}
	return v.Page(pageHandover(p))
}

// change opens a handover for a form.
func (c *Counsel) change(v *web.Visit) (handoverPage, error) {
	f, t, err := c.write(v)
	if err != nil {
		return handoverPage{}, err
	}
	return c.handoverPage(v, f, t)
}

func (p handoverPage) to(v *web.Visit, said string) string {
	return v.URL("counsel.handover", "person", p.File.ID(), "talk", p.H.Talk, "handover", p.H.ID, "gezegd", said)
}

func (c *Counsel) handed(v *web.Visit) error {
	p, err := c.change(v)
	if err != nil {
		return err
	}
	if !p.H.Ended.IsZero() {
		return fault.New(fault.Conflict, "counsel.error.stopped")
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return p.to(v, "counsel.said.handed"), c.handedOver(v.Ctx(), tx, p.File, p.H)
	})
}

func (c *Counsel) answered(v *web.Visit) error {
	p, err := c.change(v)
	if err != nil {
		return err
	}
	if p.H.Handed.IsZero() {
		return fault.New(fault.Conflict, "counsel.error.nothanded")
	}
	p.In = ReadAnswer(v.Fields())
	on, fs := p.In.Check(clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageHandover(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return p.to(v, "counsel.said.answered"), answer(v.Ctx(), tx, p.File, p.H, p.In, on)
	})
}

func (c *Counsel) noted(v *web.Visit) error {
	p, err := c.change(v)
	if err != nil {
		return err
	}
	p.NoteText = v.Value("notitie")
	if p.NoteText == "" {
		p.Errors.Add("notitie", "counsel.error.text")
	}
	text(&p.Errors, "notitie", p.NoteText, wordMost)
	if len(p.Errors) > 0 {
		return v.Invalid(pageHandover(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return p.to(v, "counsel.said.note"), addNote(v.Ctx(), tx, p.File, p.H, p.NoteText)
	})
}
