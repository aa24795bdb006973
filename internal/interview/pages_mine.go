package interview

// This file holds what is somebody's own: for a colleague what they were asked and go along to, for the refugee when, where,
// with whom, and what they may ask for.

import (
	"context"
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

type goingPage struct{ Asked, Coming, Owed []ui.RowP }

// showGoing lists what a colleague was asked for and goes along to. It opens no file.
func (x *Interviews) showGoing(v *web.Visit) error {
	gs, err := x.going(v.Ctx(), v.Actor, v.Now)
	if err != nil {
		return err
	}
	var p goingPage
	rows, err := x.goingRows(v, gs)
	if err != nil {
		return err
	}
	for k, g := range gs {
		switch {
		case g.State == Held:
			p.Owed = append(p.Owed, rows[k])
		case g.Answer == Asked:
			p.Asked = append(p.Asked, rows[k])
		default:
			p.Coming = append(p.Coming, rows[k])
		}
	}
	return v.Page(pageGoing(p))
}

// goingRows tell the name of those whose file is open to the colleague now, and of nobody else.
func (x *Interviews) goingRows(v *web.Visit, gs []Going) ([]ui.RowP, error) {
	ctx, today := v.Ctx(), clock.Today(v.Now)
	var seen []string
	for _, g := range gs {
		if g.Seen {
			seen = append(seen, g.Person)
		}
	}
	called, err := x.files.Names(ctx, seen)
	if err != nil {
		return nil, err
	}
	var out []ui.RowP
	for _, g := range gs {
		r := ui.RowP{Href: v.URL("interview.invited", "interview", g.ID), Title: lang.T(ctx, "interview.kind."+g.Kind), Sub: lang.Dots(whenText(ctx, g.Day, g.Hour), siteText(ctx, g.Site))}
		if name, ok := called[g.Person]; ok {
			r.Title = lang.T(ctx, "interview.row", "name", lang.Isolated(name), "what", r.Title)
			r.Href = v.URL("interview.show", "person", g.Person, "interview", g.ID)
		}
		switch {
		case g.State == Held:
			r.Due = &ui.DueP{Days: today.DaysUntil(g.Due), Until: lang.Day(ctx, g.Due)}
			r.TagKind, r.TagIcon, r.Tag = "warn", "pencil-simple", lang.T(ctx, "interview.tag.report")
		case g.Answer == Asked:
			r.TagKind, r.TagIcon, r.Tag = "warn", "question", lang.T(ctx, "interview.tag.answer")
		}
		if r.Due == nil && !g.Day.IsZero() {
			r.Due = &ui.DueP{Days: today.DaysUntil(g.Day), Until: lang.Day(ctx, g.Day)}
		}
		out = append(out, r)
	}
	return out, nil
}

type invitedPage struct {
	G       Going
	Title   string
	When    string
	Where   string
	AskedBy string
	From    string // the day from which the file is open
	Until   string
	Clash   bool
	Says    []string // what may be answered now
	FileURL string
}

// invited shows one interview to whoever was asked for it: when and where, and not yet with whom.
func (x *Interviews) invited(v *web.Visit) error {
	ctx := v.Ctx()
	g, err := x.goingTo(ctx, x.db, v.Actor, v.Now, v.Param("interview"))
	if err != nil {
		return err
	}
	n, err := x.namesOf(ctx, g.AskedBy)
	if err != nil {
		return err
	}
	i := Interview{ID: g.ID, State: g.State, Day: g.Day, Hour: g.Hour, Minutes: g.Minutes, Due: g.Due}
	p := invitedPage{G: g, Title: lang.T(ctx, "interview.kind."+g.Kind), When: whenText(ctx, g.Day, g.Hour), Where: siteText(ctx, g.Site), AskedBy: n.of(ctx, g.AskedBy)}
	if !g.Day.IsZero() && !g.Due.IsZero() {
		p.From, p.Until = lang.Day(ctx, g.Day.AddDays(-1)), lang.Day(ctx, g.Due)
	}
	busy, err := x.busy(ctx, x.db, []string{v.Actor.ID}, clock.Today(v.Now))
	if err != nil {
		return err
	}
	p.Clash = slices.ContainsFunc(busy[v.Actor.ID], i.Meets)
	if g.State == Planned {
		p.Says = answers[g.Answer].own
	}
	if g.Seen {
		p.FileURL = v.URL("interview.show", "person", g.Person, "interview", g.ID)
	}
	return v.Page(pageInvited(p))
}

// saveAnswer keeps what a colleague says to it. Their own word opens nothing by itself: the grant that a yes brings begins the
// day before.
func (x *Interviews) saveAnswer(v *web.Visit) error {
	ctx, id, says := v.Ctx(), v.Param("interview"), v.Value("says")
	g, err := x.goingTo(ctx, x.db, v.Actor, v.Now, id)
	if err != nil {
		return err
	}
	if _, ok := said[says]; !ok || says == Released {
		return fault.New(fault.Invalid, "interview.error.choose")
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		c, err := askedOf(ctx, tx, v.Actor.ID, g.ID)
		if err != nil {
			return "", err
		}
		f, err := x.files.Machine(ctx, tx, c.Person) // nothing of it is shown: the answer goes into the story under its key
		if err != nil {
			return "", err
		}
		i, err := interview(ctx, tx, f, c.Interview)
		if err != nil {
			return "", err
		}
		return v.URL("interview.going", "gezegd", "interview.said."+said[says]), x.answer(ctx, tx, f, i, c, says, true)
	})
}

// minePart is one interview in the person's own words.
type minePart struct {
	I           Interview
	Title       string
	Day         string // in the language, and in Dutch beneath it: letters use that
	Dutch       string
	Where, Who  string
	Language    string
	Interpreter string
	Wish        string
	Turn        string
	Until       string
	Sent        string
}

type minePage struct {
	Coming []minePart
	After  []minePart
}

// mine is the refugee's own page about interviews.
func (x *Interviews) mine(v *web.Visit) error {
	f, err := x.files.Open(v, v.Actor.ID, access.File, "interview.event.look")
	if err != nil {
		return err
	}
	p, err := x.mineParts(v, f)
	if err != nil {
		return err
	}
	return v.Page(pageMine(p))
}

// mineParts are the interviews to come, and those of which something can still be said.
func (x *Interviews) mineParts(v *web.Visit, f dossier.File) (minePage, error) {
	ctx := v.Ctx()
	var p minePage
	is, err := interviewsOf(ctx, x.db, f)
	if err != nil {
		return p, err
	}
	var ids []string
	for _, i := range is {
		ids = append(ids, i.ID)
	}
	cs, err := x.company(ctx, x.db, ids)
	if err != nil {
		return p, err
	}
	colleagues, err := x.org.Colleagues(ctx, whoGo(cs))
	if err != nil {
		return p, err
	}
	for _, i := range is {
		m := minePartOf(ctx, i)
		if c, ok := goes(cs[i.ID]); ok {
			m.Who = colleagues[c.Colleague].Called
		}
		switch i.State {
		case Planned:
			p.Coming = append(p.Coming, m)
		case Held:
			if err := x.turn(v, f, &m); err != nil {
				return p, err
			}
			p.After = append(p.After, m)
		}
	}
	return p, nil
}

func minePartOf(ctx context.Context, i Interview) minePart {
	m := minePart{I: i, Title: titleOf(ctx, i), Where: whereText(ctx, i), Wish: wishText(ctx, i.What), Interpreter: lang.T(ctx, "interview.mine.interpreter."+i.What.Interpreter)}
	if i.What.Language != "" {
		m.Language = dossier.Tongue(i.What.Language)
	}
	if !i.Day.IsZero() {
		m.Day, m.Dutch = lang.LongDay(ctx, i.Day), lang.DutchLongDay(i.Day)
	}
	return m
}

// turn says whose turn it is after an interview, and until when the person can say what is wrong. The day comes from the
// procedure; when it does not know one, none is said.
func (x *Interviews) turn(v *web.Visit, f dossier.File, m *minePart) error {
	ctx, i := v.Ctx(), m.I
	ss, err := sendingsOf(ctx, x.db, f, i.ID)
	if err != nil {
		return err
	}
	switch {
	case len(ss) > 0:
		m.Turn = lang.T(ctx, "interview.mine.turn.sent")
		m.Sent = lang.LongDay(ctx, ss[len(ss)-1].Day)
	case i.Received.IsZero():
		m.Turn = lang.T(ctx, "interview.mine.turn.ind")
	default:
		m.Turn = lang.T(ctx, "interview.mine.turn.you")
		ds, err := x.datesOf(v, opened{File: f, I: i})
		if err != nil {
			return err
		}
		for _, d := range ds {
			if d.Open && !d.Safe.IsZero() {
				m.Until = lang.LongDay(ctx, d.Safe)
				break
			}
		}
	}
	return nil
}
