package rights

// This file holds the doors, and the pages of the person: what they may ask, what became of it, and their copy.

import (
	"net/http"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// bodyMost is the largest form here: words only.
const bodyMost = 64 << 10

// Routes are the doors.
func (r *Rights) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "rights.mine", Method: get, Path: "/mijn/rechten", May: maySelf, Do: r.mine},
		{Name: "rights.ask", Method: get, Path: "/mijn/rechten/vraag", May: maySelf, Do: r.ask},
		{Name: "rights.send", Method: post, Path: "/mijn/rechten/vraag", May: maySelf, Body: bodyMost, Do: r.send},
		{Name: "rights.copy", Method: get, Path: "/mijn/rechten/kopie", May: maySelf, Do: r.copyForm},
		{Name: "rights.make", Method: post, Path: "/mijn/rechten/kopie", May: maySelf, Body: bodyMost, Do: r.makeCopy},
		{Name: "rights.paper", Method: get, Path: "/mijn/papier", May: maySelf, Do: r.paper},
		{Name: "rights.paper_file", Method: get, Path: "/mijn/papier/bestand", May: maySelf, Do: r.paperFile},
		{Name: "rights.mine_one", Method: get, Path: "/mijn/rechten/{right}", May: maySelf, Do: r.mineOne},
		{Name: "rights.mine_step", Method: post, Path: "/mijn/rechten/{right}", May: maySelf, Body: bodyMost, Do: r.mineStep},
		{Name: "rights.fetch", Method: get, Path: "/mijn/rechten/{right}/kopie/{form}", May: maySelf, Do: r.fetch},

		{Name: "rights.list", Method: get, Path: "/gegevensverzoeken", May: mayDecide, Do: r.list},
		{Name: "rights.one", Method: get, Path: "/gegevensverzoeken/{right}", May: mayDecide, Do: r.one},
		{Name: "rights.step", Method: post, Path: "/gegevensverzoeken/{right}", May: mayDecide, Body: bodyMost, Do: r.takeStep},
		{Name: "rights.fetch_desk", Method: get, Path: "/gegevensverzoeken/{right}/kopie/{form}", May: mayDecide, Do: r.fetchDesk},
		{Name: "rights.file", Method: get, Path: "/dossier/{person}/verzoeken", May: mayLodge, Do: r.file},
		{Name: "rights.paper_for", Method: get, Path: "/dossier/{person}/papier", May: mayPrint, Do: r.paperFor},
		{Name: "rights.lodge", Method: post, Path: "/dossier/{person}/verzoeken", May: mayLodge, Body: bodyMost, Do: r.lodgeFor},
		{Name: "rights.carry", Method: post, Path: "/dossier/{person}/verzoeken/{right}", May: mayCarry, Body: bodyMost, Do: r.carry},
	}
}

type minePage struct {
	Rows []ui.RowP
}

// turnTag is whose turn it is, as a tag.
func turnTag(v *web.Visit, q Request) (kind, text string) {
	switch q.Turn() {
	case Theirs:
		kind = "brand"
	case Over:
		kind = ""
	}
	return kind, lang.T(v.Ctx(), "rights.turn."+q.Turn())
}

// mineRow is one request on the person's own pages.
func mineRow(v *web.Visit, q Request) ui.RowP {
	ctx := v.Ctx()
	row := ui.RowP{Href: v.URL("rights.mine_one", "right", q.ID), Title: lang.T(ctx, "rights.kind."+q.Kind), Sub: lang.T(ctx, "rights.state."+q.State())}
	if q.Open() {
		row.Sub = lang.Dots(row.Sub, lang.T(ctx, "rights.before", "day", lang.LongDay(ctx, q.Due)))
	} else {
		row.Sub = lang.Dots(row.Sub, lang.Day(ctx, q.Decided))
	}
	row.TagKind, row.Tag = turnTag(v, q)
	return row
}

func (r *Rights) mine(v *web.Visit) error {
	f, err := r.files.Open(v, v.Actor.ID, access.File, "rights.event.read")
	if err != nil {
		return err
	}
	qs, err := ofPerson(v.Ctx(), r.db, f.ID())
	if err != nil {
		return err
	}
	var p minePage
	for _, q := range qs {
		p.Rows = append(p.Rows, mineRow(v, q))
	}
	return v.Page(pageMine(p))
}

type askPage struct {
	In     Asking
	Due    string // by when there is an answer when it is asked today
	Errors fault.Fields
}

// asked are the kinds that go to the privacy desk from the person's own page; a copy needs nobody.
var asked = Kinds[1:]

func (r *Rights) askPage(v *web.Visit) askPage {
	return askPage{In: Asking{Kind: v.Value("soort"), Text: v.Value("tekst")}, Due: lang.LongDay(v.Ctx(), Due(clock.Today(v.Now), false, r.working))}
}

func (r *Rights) ask(v *web.Visit) error {
	if _, err := r.files.Open(v, v.Actor.ID, access.File, "rights.event.read"); err != nil {
		return err
	}
	return v.Page(pageAsk(r.askPage(v)))
}

// from is a request of somebody who asks themselves.
func from(v *web.Visit, f dossier.File, kind string) Request {
	return Request{Person: f.ID(), Team: f.Team(), Kind: kind, How: OnPage, Lang: lang.Of(v.Ctx()).Tag, Day: clock.Today(v.Now)}
}

func (r *Rights) send(v *web.Visit) error {
	f, err := r.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	p := r.askPage(v)
	if _, p.Errors = p.In.Check(clock.Today(v.Now), false); p.In.Kind == Copy {
		p.Errors.Add("soort", "rights.error.kind")
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageAsk(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := r.lodge(v.Ctx(), tx, f.Key(), from(v, f, p.In.Kind), Words{Called: f.Called(), Text: p.In.Text})
		if err != nil {
			return "", err
		}
		return v.URL("rights.mine_one", "right", id, "gezegd", "rights.said.sent"), f.Log(v.Ctx(), tx, "rights.event.sent", id)
	})
}

func (r *Rights) copyForm(v *web.Visit) error {
	if _, err := r.files.Open(v, v.Actor.ID, access.File, "rights.event.read"); err != nil {
		return err
	}
	return v.Page(pageCopy())
}

func (r *Rights) makeCopy(v *web.Visit) error {
	f, err := r.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := r.giveCopy(v.Ctx(), tx, f.Key(), from(v, f, Copy), Words{Called: f.Called(), Apart: v.Has("apart")})
		if err != nil {
			return "", err
		}
		return v.URL("rights.mine_one", "right", id), f.Log(v.Ctx(), tx, "rights.event.copy", id)
	})
}

// told is a request as the person and the privacy officer may read it.
type told struct {
	Request
	Until   string // by when it is answered, or carried out
	Handler string
	Steps   []toldStep
	Staff   bool
	CanGet  bool // a copy lies ready
	Undo    bool
	Answer  bool
	End     bool
	In      StepInput
	Errors  fault.Fields
}

type toldStep struct{ When, Who, What, Ground, Text string }

func (r *Rights) told(v *web.Visit, q Request) (told, error) {
	ctx := v.Ctx()
	k, err := r.vault.Key(ctx, q.Person)
	if err != nil {
		return told{}, err
	}
	if err := q.open(k); err != nil {
		return told{}, err
	}
	ss, err := steps(ctx, r.db, k, q.ID)
	if err != nil {
		return told{}, err
	}
	who := []string{q.Handler}
	for _, s := range ss {
		who = append(who, s.MadeBy)
	}
	names, err := r.org.Colleagues(ctx, who)
	if err != nil {
		return told{}, err
	}
	today := clock.Today(v.Now)
	p := told{Request: q, Handler: names[q.Handler].Name, CanGet: q.Kind == Copy && q.Granted() && v.Now.Before(q.Ready),
		Undo: q.May(Undone, today), Answer: q.May(Answered, today), End: q.May(Ended, today)}
	switch {
	case q.Open():
		p.Until = lang.T(ctx, "rights.until.answer", "day", lang.LongDay(ctx, q.Due))
	case q.Turn() == Wait:
		p.Until = lang.T(ctx, "rights.until.erase", "day", lang.LongDay(ctx, q.Effect))
	case q.Kind == Less && q.Granted():
		f, err := r.files.Machine(ctx, r.db, q.Person)
		if err != nil {
			return told{}, err
		}
		switch l := f.Limit(); {
		case !l.Holds(v.Now):
			p.End = false
			p.Until = lang.T(ctx, "rights.until.ended")
		case !l.Until.IsZero():
			p.Until = lang.T(ctx, "rights.until.lift", "day", lang.LongDay(ctx, clock.Today(l.Until)))
		}
	}
	for _, s := range ss {
		t := toldStep{When: lang.When(ctx, s.At, v.Now), Who: names[s.MadeBy].Name, What: lang.T(ctx, "rights.step."+s.Kind), Text: s.Text}
		if s.Kind == Decide {
			t.What = lang.T(ctx, "rights.outcome."+s.Outcome)
		}
		if s.Ground != "" {
			t.Ground = lang.T(ctx, "rights.ground."+s.Ground)
		}
		p.Steps = append(p.Steps, t)
	}
	return p, nil
}

// own is a request of the visitor; every other one is not there.
func (r *Rights) own(v *web.Visit) (Request, error) {
	q, err := r.request(v.Ctx(), r.db, v.Param("right"))
	if err == nil && q.Person != v.Actor.ID {
		err = fault.Gone()
	}
	return q, err
}

func (r *Rights) mineOne(v *web.Visit) error {
	q, err := r.own(v)
	if err != nil {
		return err
	}
	if _, err := r.files.Open(v, q.Person, access.File, "rights.event.read"); err != nil {
		return err
	}
	p, err := r.told(v, q)
	if err != nil {
		return err
	}
	return v.Page(pageMineOne(p))
}

// ownSteps are those that the person takes.
var ownSteps = map[string]bool{Answered: true, Undone: true, Ended: true}

func (r *Rights) mineStep(v *web.Visit) error {
	q, err := r.own(v)
	if err != nil {
		return err
	}
	f, err := r.files.OpenFor(v, q.Person, access.File)
	if err != nil {
		return err
	}
	in := StepInput{Step: v.Value("stap"), Text: v.Value("woorden")}
	if !ownSteps[in.Step] {
		return fault.Gone()
	}
	if fs := in.Check(q); len(fs) > 0 {
		if _, err := r.files.Open(v, q.Person, access.File, "rights.event.read"); err != nil {
			return err
		}
		p, err := r.told(v, q)
		if err != nil {
			return err
		}
		p.In, p.Errors = in, fs
		return v.Invalid(pageMineOne(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := r.step(v.Ctx(), tx, f.Key(), "", q.ID, v.Number("versie"), in); err != nil {
			return "", err
		}
		return v.URL("rights.mine_one", "right", q.ID, "gezegd", "rights.said."+in.Step), f.Log(v.Ctx(), tx, "rights.event."+in.Step, q.ID)
	})
}

// fetch gives the person their copy. That they took it stands in the log before the first byte.
func (r *Rights) fetch(v *web.Visit) error {
	q, err := r.own(v)
	if err != nil {
		return err
	}
	if q.Kind != Copy || !q.Granted() || !v.Now.Before(q.Ready) {
		return fault.Gone()
	}
	f, err := r.files.Open(v, q.Person, access.File, "rights.event.fetched")
	if err != nil {
		return err
	}
	return r.download(v, q, f.Key())
}
