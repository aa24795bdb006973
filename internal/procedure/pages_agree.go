package procedure

// This file agrees on a next step, says that it was taken, and lists the tracks that have none.

import (
	"cmp"
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

// agreedView is one agreed step as a page shows it.
type agreedView struct {
	What, Who, Day, By string
	Due                *ui.DueP
	Promised, Ended    bool
	EndURL, OpenURL    string
}

// agreedOf are the agreed steps of a person by track, read once for a page. Whoever may not read the file sees who and when,
// and not what.
func (l lens) agreedOf(person string) (map[string][]Agreed, error) {
	return web.Memo(l.v, "procedure.agreed/"+person, func() (map[string][]Agreed, error) {
		as, err := agreed(l.ctx, l.p.db, person, l.v.Now)
		out := map[string][]Agreed{}
		for _, a := range as {
			out[a.Track] = append(out[a.Track], a)
		}
		return out, err
	})
}

func (l lens) agreedView(a Agreed) (agreedView, error) {
	v := agreedView{What: l.t("procedure.agree.closed"), Who: l.t("procedure.party." + string(a.Party)), Day: lang.Day(l.ctx, a.Day), Promised: a.Promised, Ended: !a.Ended.IsZero()}
	v.By = l.t("procedure.agree.by", "name", l.colleague(a.MadeBy), "when", lang.When(l.ctx, a.Made, l.v.Now))
	if l.f.Level() >= access.File {
		what, err := a.words(l.f.Key())
		if err != nil {
			return v, err
		}
		v.What = what
	}
	if v.Ended {
		v.By = l.t("procedure.agree.ended", "name", l.colleague(a.EndedBy), "when", lang.When(l.ctx, a.Ended, l.v.Now))
	} else {
		v.Due = &ui.DueP{Days: l.today.DaysUntil(a.Day), Until: lang.LongDay(l.ctx, a.Day)}
	}
	if l.mind {
		v.EndURL = l.v.URL("procedure.agreed_done", "person", a.Person, "step", a.ID)
		v.OpenURL = l.v.URL("procedure.agreed_open", "person", a.Person, "step", a.ID)
	}
	return v, nil
}

type agreeView struct {
	Called, Title   string
	In              AgreeInput
	Parties         []ui.Option
	Errors          fault.Fields
	Action, BackURL string
}

func (l lens) agreeForm(t Track, in AgreeInput) agreeView {
	view := agreeView{Called: l.f.Called(), Title: l.t("procedure.topic." + string(t.Topic)), In: in, Action: l.v.URL("procedure.agree_save", "person", l.f.ID()),
		BackURL: l.v.URL("procedure.file", "person", l.f.ID())}
	for _, p := range actors {
		view.Parties = append(view.Parties, ui.Option{Value: string(p), Label: lang.Capital(l.t("procedure.party." + string(p)))})
	}
	return view
}

func (p *Procedure) agree(v *web.Visit) error {
	f, err := p.Files.OpenToFill(v, v.Param("person"), mind, "procedure.event.looked")
	if err != nil {
		return err
	}
	t, err := track(v.Ctx(), p.db, f.ID(), v.Value("track"))
	if err != nil {
		return err
	}
	return v.Page(agreePage(f, p.lens(v, f).agreeForm(t, AgreeInput{Track: t.ID, Party: string(Us)})))
}

func (p *Procedure) saveAgreed(v *web.Visit) error {
	in := AgreeInput{Track: v.Value("track"), What: tidy(v.Value("what")), Party: v.Value("party"), Day: v.Value("day"), Promised: v.Value("promised") != ""}
	a, fs := in.Check(clock.Today(v.Now))
	open := p.Files.OpenToChange
	if len(fs) > 0 {
		open = func(v *web.Visit, person string, may access.Rule) (dossier.File, error) {
			return p.Files.OpenToFill(v, person, may, "procedure.event.looked")
		}
	}
	f, err := open(v, v.Param("person"), mind)
	if err != nil {
		return err
	}
	t, err := track(v.Ctx(), p.db, f.ID(), in.Track)
	if err != nil {
		return err
	}
	if len(fs) > 0 {
		view := p.lens(v, f).agreeForm(t, in)
		view.Errors = fs
		return v.Invalid(agreePage(f, view))
	}
	a.Person, a.MadeBy = f.ID(), v.Actor.ID
	return v.Write(func(tx *db.Tx) (string, error) {
		a, err := agree(v.Ctx(), tx, a, f.Key(), in.What)
		if err != nil {
			return "", err
		}
		return v.URL("procedure.file", "person", f.ID(), "gezegd", "procedure.said.agreed"), f.Log(v.Ctx(), tx, "procedure.event.agreed", a.ID)
	})
}

func (p *Procedure) agreedDone(v *web.Visit) error { return p.turnAgreed(v, false) }

func (p *Procedure) agreedOpen(v *web.Visit) error { return p.turnAgreed(v, true) }

func (p *Procedure) turnAgreed(v *web.Visit, open bool) error {
	f, err := p.Files.OpenToChange(v, v.Param("person"), mind)
	if err != nil {
		return err
	}
	event, said := "procedure.event.agreed_done", "procedure.said.agreed_done"
	if open {
		event, said = "procedure.event.agreed_open", "procedure.said.agreed_open"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := endAgreed(v.Ctx(), tx, f.ID(), v.Param("step"), v.Actor.ID, open); err != nil {
			return "", err
		}
		return v.URL("procedure.file", "person", f.ID(), "gezegd", said), f.Log(v.Ctx(), tx, event, v.Param("step"))
	})
}

// Idle counts the tracks without a next step, for the menu.
func (p *Procedure) Idle(v *web.Visit) (int, error) {
	if !plan.Allows(v.Actor) {
		return 0, nil
	}
	return p.idleCount(v.Ctx(), v.Actor, v.Now)
}

type idleView struct {
	Rows []ui.RowP
	Most bool // there may be more
}

// showIdle lists the tracks without a next step, the longest quiet first.
func (p *Procedure) showIdle(v *web.Visit) error {
	ts, err := p.idle(v.Ctx(), v.Actor, v.Now)
	if err != nil {
		return err
	}
	book, err := p.book(v.Ctx(), p.db)
	if err != nil {
		return err
	}
	ds, err := derivations(v.Ctx(), p.db, book, ts)
	if err != nil {
		return err
	}
	var ids []string
	for _, t := range ts {
		ids = append(ids, t.Person)
	}
	names, err := p.Files.Names(v.Ctx(), ids)
	if err != nil {
		return err
	}
	l := p.bare(v)
	type row struct {
		ui.RowP
		since clock.Date
	}
	var rows []row
	for _, t := range ts {
		now, ok := ds[t.ID].Now()
		r := row{RowP: ui.RowP{Href: v.URL("procedure.file", "person", t.Person) + "#h-" + t.ID, Title: l.t("procedure.idle.row", "name", names[t.Person], "topic", l.t("procedure.topic."+string(t.Topic)))}}
		if ok {
			r.Sub = l.t("procedure.step." + now.Step)
			if !now.Since.Unknown() {
				r.since = now.Since.From
				r.Sub += " " + l.t("procedure.since", "day", lang.Day(v.Ctx(), r.since))
			}
			r.Sub += " · " + l.turn(now)
		}
		if late, who := lastLate(ds[t.ID], l.today); !late.IsZero() {
			r.TagKind, r.Tag = "warn", lang.Capital(l.t("procedure.idle.late", "who", l.t("procedure.party."+string(who)), "n", late.DaysUntil(l.today)))
		}
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.since.String(), b.since.String()) })
	view := idleView{Most: len(ts) >= idleMost}
	for _, r := range rows {
		view.Rows = append(view.Rows, r.RowP)
	}
	return v.Page(idlePage(view))
}

// lastLate is the last day on which an authority should have acted and did not.
func lastLate(d Derivation, today clock.Date) (clock.Date, Party) {
	var last clock.Date
	var who Party
	for _, x := range d.Deadlines {
		if x.Open() && x.Party.Authority() && x.Kind != Chance && !x.Safe.IsZero() && x.Safe.Before(today) && x.Safe.After(last) {
			last, who = x.Safe, x.Party
		}
	}
	return last, who
}
