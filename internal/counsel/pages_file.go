package counsel

// This file holds the page of a person's lawyers, the form for a new one, and what a lawyer left for us.

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

type panelView struct {
	Rows        []repRow
	URL, NewURL string
}

type filePage struct {
	File       dossier.File
	Now, Past  []repRow
	NewURL     string
	ConsentURL string
	Signal     string
	Words      []wordRow
	Errors     fault.Fields
}

// wordRow is one word of a lawyer as a page shows it.
type wordRow struct {
	ID, Title, When, Text, Where string
	Outcome, Reply               string
	Waits                        bool
	URL                          string
}

func (c *Counsel) wordView(v *web.Visit, w Word, lawyer string) wordRow {
	ctx := v.Ctx()
	x := wordRow{ID: w.ID, When: lang.When(ctx, w.At, v.Now), Text: w.What.Text, Waits: w.Settled.IsZero(), Reply: w.Reply,
		Title: lang.T(ctx, "counsel.word."+w.Kind, "lawyer", lawyer)}
	if w.Kind == Hearing {
		x.Where = lang.Dots(lang.LongDay(ctx, w.Day), w.What.Time, w.What.Place)
	}
	if !x.Waits {
		x.Outcome = lang.T(ctx, "counsel.outcome."+w.Kind+"."+w.Outcome)
	}
	return x
}

func (c *Counsel) file(v *web.Visit) error {
	f, err := c.files.Open(v, v.Param("person"), access.DeskLevel, "counsel.event.outside")
	if err != nil {
		return err
	}
	return c.filePage(v, f, nil)
}

func (c *Counsel) filePage(v *web.Visit, f dossier.File, fs fault.Fields) error {
	ctx, today := v.Ctx(), clock.Today(v.Now)
	rs, err := representations(ctx, c.db, f.Key(), f.ID())
	if err != nil {
		return err
	}
	var ids, who []string
	for _, r := range rs {
		ids, who = append(ids, r.Party), append(who, r.NotedBy, r.EndedBy)
	}
	ps, err := partiesBy(ctx, c.db, ids)
	if err != nil {
		return err
	}
	by, err := c.called(v, slices.DeleteFunc(who, func(s string) bool { return s == "" })...)
	if err != nil {
		return err
	}
	p := filePage{File: f, Errors: fs, ConsentURL: v.URL("consent.file", "person", f.ID())}
	whole := mayNote.Allows(v.Actor) && f.Level() >= mayNote.Level
	lasting := whole && f.Lasting() == nil
	if p.Signal, err = c.files.SignalURL(v, f, dossier.Signal{From: "counsel"}); err != nil {
		return err
	}
	if lasting {
		p.NewURL = v.URL("counsel.represent", "person", f.ID())
	}
	for _, r := range rs {
		if !whole {
			r.What = RepWords{}
		}
		x := repView(ctx, r, ps[r.Party])
		x.PartyURL = v.URL("counsel.party", "party", r.Party)
		x.Noted = lang.T(ctx, "counsel.noted", "name", by[r.NotedBy], "day", lang.Day(ctx, dayOf(r.At)), "source", lang.T(ctx, "counsel.source."+r.Source))
		if r.Runs(today) || r.Coming(today) {
			as, err := c.allowing.Now(ctx, c.db, f, forLawyer, r.Party, v.Now)
			if err != nil {
				return err
			}
			if x.Allowed, err = c.titles(ctx, f, as); err != nil {
				return err
			}
			if lasting {
				x.EndURL = v.URL("counsel.rep_end", "person", f.ID(), "matter", r.ID)
				x.AskURL = v.URL("consent.ask_for", "person", f.ID(), "doel", forLawyer, "partij", r.Party)
			}
			p.Now = append(p.Now, x)
			continue
		}
		x.Ended = lang.T(ctx, "counsel.over", "day", lang.Day(ctx, r.Until))
		if !r.Ended.IsZero() {
			x.Ended = lang.Dots(lang.T(ctx, "counsel.endedby", "name", by[r.EndedBy], "day", lang.Day(ctx, dayOf(r.Ended))), r.What.Why)
			if lasting {
				x.BackURL = v.URL("counsel.rep_back", "person", f.ID(), "matter", r.ID)
			}
		}
		p.Past = append(p.Past, x)
	}
	if whole {
		ws, err := wordsOf(ctx, c.db, f.Key(), f.ID(), "")
		if err != nil {
			return err
		}
		for _, w := range ws {
			x := c.wordView(v, w, ps[w.Party].Name)
			x.URL = v.URL("counsel.word", "person", f.ID(), "letter", w.ID)
			p.Words = append(p.Words, x)
		}
	}
	if len(fs) > 0 {
		return v.Invalid(pageFile(p))
	}
	return v.Page(pageFile(p))
}

type repForm struct {
	File                         dossier.File
	In                           RepInput
	Lawyers, InWhat, Sources     []ui.Option
	Action, BackURL, NewPartyURL string
	Errors                       fault.Fields
}

func (c *Counsel) repForm(v *web.Visit, f dossier.File, in RepInput, fs fault.Fields) (repForm, error) {
	ctx := v.Ctx()
	p := repForm{File: f, In: in, Errors: fs, Action: v.URL("counsel.represent_save", "person", f.ID()), BackURL: v.URL("counsel.file", "person", f.ID()), NewPartyURL: v.URL("counsel.party_new", "soort", Lawyer)}
	for _, r := range InWhat {
		p.InWhat = append(p.InWhat, ui.Option{Value: r, Label: lang.T(ctx, "counsel.role."+r)})
	}
	for _, s := range Sources {
		p.Sources = append(p.Sources, ui.Option{Value: s, Label: lang.Capital(lang.T(ctx, "counsel.source."+s))})
	}
	var err error
	p.Lawyers, err = c.lawyerOptions(v)
	return p, err
}

func (c *Counsel) representForm(v *web.Visit) error {
	f, err := c.files.Open(v, v.Param("person"), access.File, "counsel.event.outside")
	if err != nil {
		return err
	}
	if err := f.Lasting(); err != nil {
		return err
	}
	p, err := c.repForm(v, f, RepInput{Party: v.Value("advocaat"), Track: v.Value("zaak"), Since: clock.Today(v.Now).String(), Source: "letter"}, nil)
	if err != nil {
		return err
	}
	return v.Page(pageRepForm(p))
}

// openLasting opens a file for a form that changes something that outlives an emergency.
func (c *Counsel) openLasting(v *web.Visit) (dossier.File, error) {
	f, err := c.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return f, err
	}
	return f, f.Lasting()
}

func (c *Counsel) saveRepresent(v *web.Visit) error {
	f, err := c.openLasting(v)
	if err != nil {
		return err
	}
	in := ReadRep(v.Fields())
	p, err := c.repForm(v, f, in, nil)
	if err != nil {
		return err
	}
	var ids []string
	for _, o := range p.Lawyers {
		if o.Value != "" {
			ids = append(ids, o.Value)
		}
	}
	since, until, fs := in.Check(ids, clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageRepForm(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := represent(v.Ctx(), tx, f, in, since, until)
		return v.URL("counsel.file", "person", f.ID(), "gezegd", "counsel.said.represented"), err
	})
}

func (c *Counsel) endRep(v *web.Visit) error  { return c.turnRep(v, false) }
func (c *Counsel) backRep(v *web.Visit) error { return c.turnRep(v, true) }

func (c *Counsel) turnRep(v *web.Visit, undo bool) error {
	f, err := c.openLasting(v)
	if err != nil {
		return err
	}
	why, said := v.Value("reden"), "counsel.said.stopped"
	var fs fault.Fields
	text(&fs, "reden", why, lineMost)
	if len(fs) > 0 {
		return c.filePage(v, f, fs)
	}
	if undo {
		said = "counsel.said.again"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("counsel.file", "person", f.ID(), "gezegd", said), endRep(v.Ctx(), tx, f, v.Param("matter"), why, undo)
	})
}

type wordPage struct {
	File                  dossier.File
	W                     Word
	Row                   wordRow
	Lawyer                Party
	PhoneURL              string
	Action, BackURL       string
	RecordURL, AgendaURL  string
	Outcomes              []ui.Option
	Outcome, Reply, Wrote string
	Signal                string
	Errors                fault.Fields
}

func (c *Counsel) wordPage(v *web.Visit, f dossier.File) (wordPage, error) {
	ctx := v.Ctx()
	w, err := wordOf(ctx, c.db, f.Key(), f.ID(), v.Param("letter"))
	if err != nil {
		return wordPage{}, err
	}
	l, err := party(ctx, c.db, w.Party)
	if err != nil {
		return wordPage{}, err
	}
	p := wordPage{File: f, W: w, Row: c.wordView(v, w, l.Name), Lawyer: l, PhoneURL: dossier.PhoneURL(l.Phone), BackURL: v.URL("counsel.file", "person", f.ID()),
		RecordURL: v.URL("procedure.choose", "person", f.ID()), AgendaURL: v.URL("contact.appointment", "person", f.ID())}
	if p.Signal, err = c.files.SignalURL(v, f, dossier.Signal{From: "counsel", Month: clock.On(dayOf(w.At).Year, dayOf(w.At).Month, 1)}); err != nil {
		return p, err
	}
	if f.Lasting() == nil {
		p.Action = v.URL("counsel.settle", "person", f.ID(), "letter", w.ID)
	}
	if w.Kind == Hearing {
		p.Outcomes = []ui.Option{{Value: Taken, Label: lang.T(ctx, "counsel.settle.taken")}, {Value: Declined, Label: lang.T(ctx, "counsel.settle.declined")}}
	}
	if w.SettledBy != "" {
		by, err := c.called(v, w.SettledBy)
		if err != nil {
			return p, err
		}
		p.Wrote = lang.T(ctx, "counsel.settled", "name", by[w.SettledBy], "when", lang.When(ctx, w.Settled, v.Now))
	}
	return p, nil
}

func (c *Counsel) word(v *web.Visit) error {
	f, err := c.files.Open(v, v.Param("person"), access.File, "counsel.event.outside")
	if err != nil {
		return err
	}
	p, err := c.wordPage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pageWord(p))
}

// settle notes what came of a word. A date that is taken over is written where dates stand, by the colleague, with its source.
func (c *Counsel) settle(v *web.Visit) error {
	f, err := c.openLasting(v)
	if err != nil {
		return err
	}
	p, err := c.wordPage(v, f)
	if err != nil {
		return err
	}
	p.Outcome, p.Reply = v.Value("uitkomst"), v.Value("antwoord")
	text(&p.Errors, "antwoord", p.Reply, wordMost)
	switch {
	case p.W.Kind == Question:
		p.Outcome = Taken
		if p.Reply == "" {
			p.Errors.Add("antwoord", "counsel.error.reply")
		}
	case p.Outcome != Taken && p.Outcome != Declined:
		p.Errors.Add("uitkomst", "counsel.error.outcome")
	case p.Outcome == Declined && p.Reply == "":
		p.Errors.Add("antwoord", "counsel.error.why")
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageWord(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("counsel.word", "person", f.ID(), "letter", p.W.ID, "gezegd", "counsel.said.settled"), settle(v.Ctx(), tx, f, p.W.ID, p.Outcome, p.Reply)
	})
}
