package interview

// This file plans: the form of an interview, how it moves on, and who is asked to go along.

import (
	"context"
	"net/http"
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
)

type planPage struct {
	File    dossier.File
	ID      string // empty: a new one
	Title   string
	In      Input
	Theirs  *Input // how it stands now, when somebody else changed it meanwhile
	Version string
	Tracks  []ui.Option
	Errors  fault.Fields
	Action  string
	BackURL string
}

// tracksOf are the procedures of a person that an interview may belong to, as choices; the first is that nobody knows.
func (x *Interviews) tracksOf(v *web.Visit, f dossier.File) ([]ui.Option, []string, error) {
	out, ids := []ui.Option{{Value: "", Label: lang.T(v.Ctx(), "interview.track.unknown")}}, []string(nil)
	cs, err := x.events.Courses(v, f, eventReport)
	for _, c := range cs {
		out, ids = append(out, ui.Option{Value: c.ID, Label: c.Title}), append(ids, c.ID)
	}
	return out, ids, err
}

func (x *Interviews) planNew(v *web.Visit) error {
	f, err := x.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	if !plans(f) {
		return fault.Gone()
	}
	if f, err = x.files.Open(v, f.ID(), access.File, "interview.event.look"); err != nil {
		return err
	}
	p, err := x.newPage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pagePlan(p))
}

// newPage is the empty form: what is known of the person is filled in.
func (x *Interviews) newPage(v *web.Visit, f dossier.File) (planPage, error) {
	p := planPage{File: f, Title: lang.T(v.Ctx(), "interview.new"), Action: v.URL("interview.add", "person", f.ID()), BackURL: v.URL("interview.file", "person", f.ID())}
	who := f.Profile()
	p.In = Input{Minutes: strconv.Itoa(wholeDay), Site: "unknown", Interpreter: "ind", Lawyer: "unknown", Company: "yes", Gender: who.Wish.Gender}
	if len(who.Languages) > 0 {
		p.In.Language = who.Languages[0].Tag
	}
	if !slices.Contains(Genders, p.In.Gender) {
		p.In.Gender = ""
	}
	tracks, ids, err := x.tracksOf(v, f)
	p.Tracks = tracks
	if len(ids) == 1 {
		p.In.Track = ids[0]
	}
	return p, err
}

// planInput reads the form of an interview.
func planInput(v *web.Visit) Input {
	return Input{Kind: v.Value("kind"), Title: v.Value("title"), Track: v.Value("track"), Day: v.Value("day"), Hour: v.Value("hour"), Minutes: v.Value("minutes"), Site: v.Value("site"), Where: v.Value("where"),
		Language: v.Value("language"), Interpreter: v.Value("interpreter"), Gender: v.Value("gender"), Dialect: v.Value("dialect"), Lawyer: v.Value("lawyer"), Bring: v.Value("bring"), Company: v.Value("company")}
}

func (x *Interviews) planAdd(v *web.Visit) error {
	f, err := x.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	if !plans(f) {
		return fault.Gone()
	}
	p, err := x.newPage(v, f)
	if err != nil {
		return err
	}
	p.In = planInput(v)
	i, fs := p.In.Check(values(p.Tracks), clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pagePlan(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := x.add(v.Ctx(), tx, f, i)
		return v.URL("interview.show", "person", f.ID(), "interview", id, "gezegd", "interview.said.planned"), err
	})
}

func values(os []ui.Option) []string {
	var out []string
	for _, o := range os {
		out = append(out, o.Value)
	}
	return out
}

func (x *Interviews) editPage(v *web.Visit, o opened) (planPage, error) {
	p := planPage{File: o.File, ID: o.I.ID, Title: titleOf(v.Ctx(), o.I), In: o.I.input(), Version: strconv.FormatInt(o.I.Version, 10), Action: o.url(v, "interview.save"), BackURL: o.url(v, "interview.show")}
	var err error
	p.Tracks, _, err = x.tracksOf(v, o.File)
	return p, err
}

func (x *Interviews) planEdit(v *web.Visit) error {
	o, err := x.lookFor(v, toPlan)
	if err != nil {
		return err
	}
	p, err := x.editPage(v, o)
	if err != nil {
		return err
	}
	return v.Page(pagePlan(p))
}

func (x *Interviews) planSave(v *web.Visit) error {
	o, err := x.open(v, toPlan)
	if err != nil {
		return err
	}
	p, err := x.editPage(v, o)
	if err != nil {
		return err
	}
	theirs := p.In
	p.In = planInput(v)
	if v.Value("version") != p.Version {
		p.Theirs = &theirs
		return v.Status(http.StatusConflict, pagePlan(p))
	}
	i, fs := p.In.Check(values(p.Tracks), clock.Today(v.Now))
	if c, ok := goes(o.Cs); ok && !i.Company && c.State == Yes {
		fs.Add("company", "interview.error.goes")
	}
	if o.I.Event != "" && i.Track != o.I.Track {
		fs.Add("track", "interview.error.recorded")
	}
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pagePlan(p))
	}
	was := o.I
	i.ID, i.Person, i.Team, i.State, i.Due, i.Reported, i.Received, i.Event = was.ID, was.Person, was.Team, was.State, was.Due, was.Reported, was.Received, was.Event
	did, d := didChange, Details{Plan: &was.What}
	if i.Day != was.Day || i.Hour != was.Hour {
		did, d.Day, d.Hour = didMove, i.Day, i.Hour
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return o.back(v, "interview.said.saved"), x.change(v.Ctx(), tx, o.File, was, i, did, d)
	})
}

// facts are what a form of an interview says, to hold two beside each other.
func (p planPage) facts(ctx context.Context, in Input) []ui.FactP {
	track := ""
	for _, o := range p.Tracks {
		if o.Value == in.Track {
			track = o.Label
		}
	}
	var fs fault.Fields
	w := Plan{Gender: in.Gender, Dialect: in.Dialect}
	fact := func(key, value string) ui.FactP {
		return ui.FactP{Label: lang.T(ctx, "interview.fact."+key), Value: value}
	}
	return []ui.FactP{fact("when", whenText(ctx, day(&fs, "day", in.Day), in.Hour)), fact("where", lang.Dots(siteText(ctx, in.Site), in.Where)), fact("track", track),
		fact("language", lang.Dots(tongueText(ctx, in.Language), lang.T(ctx, "interview.interpreter."+in.Interpreter), wishText(ctx, w))), fact("lawyer", lang.T(ctx, "interview.known."+in.Lawyer)), fact("bring", in.Bring)}
}

// movesTo are what a press says, by the state it brings.
var movesTo = map[string]struct{ did, said string }{
	Held:      {didHold, "interview.said.held"},
	Closed:    {didClose, "interview.said.closed"},
	Cancelled: {didCancel, "interview.said.cancelled"},
	Planned:   {didReopen, "interview.said.planned"},
}

// move brings an interview into another state, where the table of moves allows it. Pressed twice it changes nothing.
func (x *Interviews) move(v *web.Visit) error {
	o, err := x.open(v, toPlan)
	if err != nil {
		return err
	}
	to := v.Value("state")
	m, ok := movesTo[to]
	if !ok {
		return fault.Gone()
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		was, err := interview(v.Ctx(), tx, o.File, o.I.ID)
		if err != nil || was.State == to {
			return o.back(v, m.said), err
		}
		if !May(was.State, to) {
			return "", fault.New(fault.Conflict, "interview.error.version")
		}
		if to == Held && !was.Over(clock.Today(v.Now)) {
			return "", fault.New(fault.Conflict, "interview.error.not_yet")
		}
		i := was
		i.State = to
		did := m.did
		if to == Held && was.State == Closed {
			did = didReopen
		}
		return o.back(v, m.said), x.change(v.Ctx(), tx, o.File, was, i, did, Details{})
	})
}

// askOne asks a colleague to go along.
func (x *Interviews) askOne(v *web.Visit) error {
	o, err := x.open(v, toPlan)
	if err != nil {
		return err
	}
	able, err := x.able(v.Ctx(), o.I.Team, v)
	if err != nil {
		return err
	}
	who := v.Value("colleague")
	if !slices.Contains(values(able), who) {
		p, err := x.showPage(v, o)
		if err != nil {
			return err
		}
		p.Errors.Add("colleague", "interview.error.colleague")
		return v.Invalid(pageShow(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return o.back(v, "interview.said.asked"), x.ask(v.Ctx(), tx, o.File, o.I, who)
	})
}

// releaseOne says that a colleague need not go.
func (x *Interviews) releaseOne(v *web.Visit) error {
	o, err := x.open(v, toPlan)
	if err != nil {
		return err
	}
	who := v.Value("colleague")
	return v.Write(func(tx *db.Tx) (string, error) {
		c, err := askedOf(v.Ctx(), tx, who, o.I.ID)
		if err != nil {
			return "", err
		}
		return o.back(v, "interview.said.released"), x.answer(v.Ctx(), tx, o.File, o.I, c, Released, false)
	})
}

// savePrep keeps which items of the list are done.
func (x *Interviews) savePrep(v *web.Visit) error {
	o, err := x.open(v, toWrite)
	if err != nil {
		return err
	}
	items := v.Values("item")
	return v.Write(func(tx *db.Tx) (string, error) {
		return o.back(v, "interview.said.prepared"), prepare(v.Ctx(), tx, o.File, o.I.ID, items)
	})
}

// agenda is one page to take along: where to be, what was agreed, what the person may ask for.
func (x *Interviews) agenda(v *web.Visit) error {
	o, err := x.look(v)
	if err != nil {
		return err
	}
	done, err := prepared(v.Ctx(), x.db, o.I.ID)
	if err != nil {
		return err
	}
	n, err := x.namesOf(v.Ctx(), peopleIn(o.Cs, nil)...)
	if err != nil {
		return err
	}
	return v.Page(pageAgenda(agendaPage{O: o, Title: titleOf(v.Ctx(), o.I), Facts: factsOf(v.Ctx(), o, n), Prepared: done}))
}

type agendaPage struct {
	O        opened
	Title    string
	Facts    []ui.FactP
	Prepared []string
}
