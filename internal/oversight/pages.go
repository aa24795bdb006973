package oversight

// This file holds the pages of a leader: opening a file in an emergency, and what came of it.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

type glassPage struct {
	In     Ask
	Third  bool // one thing more may be said: nobody was found by the name, or several were
	Errors fault.Fields
	Mine   []Glass
	Now    time.Time
}

func (o *Oversight) glassForm(v *web.Visit) error {
	p := glassPage{Now: v.Now}
	var err error
	p.Mine, err = ofActor(v.Ctx(), o.db, v.Actor.ID, 20)
	if err != nil {
		return err
	}
	return v.Page(pageGlass(p))
}

func readAsk(v *web.Visit) Ask {
	return Ask{Number: v.Value("number"), Name: v.Value("name"), Third: v.Value("third"), Day: v.Value("day"), Month: v.Value("month"), Year: v.Value("year"),
		Cause: v.Value("cause"), Reason: v.Value("reason")}
}

// breakGlass opens one file. Nobody and several answer the same, and both are counted and logged before they are told.
func (o *Oversight) breakGlass(v *web.Visit) error {
	ctx := v.Ctx()
	p := glassPage{In: readAsk(v), Now: v.Now}
	again := func() error {
		var err error
		if p.Mine, err = ofActor(ctx, o.db, v.Actor.ID, 20); err != nil {
			return err
		}
		return v.Invalid(pageGlass(p))
	}
	w, fs := p.In.Check(clock.Today(v.Now))
	if p.Errors = fs; len(fs) > 0 {
		return again()
	}
	if err := within(ctx, o.db, v.Actor.ID, v.Now); err != nil {
		return err
	}
	person, err := o.one(ctx, w)
	if err != nil {
		return err
	}
	var k privacy.Key
	if person != "" {
		if k, err = o.vault.Key(ctx, person); fault.Is(err, fault.NotFound) {
			person, err = "", nil // erased in this moment
		}
		if err != nil {
			return err
		}
	}
	if person == "" {
		if err := o.miss(ctx, v.Actor, w.Way); err != nil {
			return err
		}
		if p.Third = w.Way == byName; p.Third {
			p.Errors.Add("name", "oversight.error.nobody.name")
		} else {
			p.Errors.Add("number", "oversight.error.nobody")
		}
		return again()
	}
	switch _, err := access.Find(ctx, o.db, v.Actor, person, access.File, v.Now); {
	case err == nil:
		return v.Go("dossier.open", "person", person, "gezegd", "oversight.said.already")
	case !fault.Is(err, fault.NotFound):
		return err
	}
	owner, err := o.owner(ctx, o.db, v.Actor.ID, v.Now)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := open(ctx, tx, v.Actor, k, Glass{Person: person, Team: teamOf(v.Actor), Way: w.Way, Owner: owner}, why{Cause: p.In.Cause, Text: p.In.Reason})
		return v.URL("dossier.open", "person", person, "gezegd", "oversight.said.opened"), err
	})
}

// one finds the one person who is pointed at; nobody, or several, is an empty id.
func (o *Oversight) one(ctx context.Context, w Wanted) (string, error) {
	switch w.Way {
	case byVNumber:
		return o.files.ByVNumber(ctx, o.db, w.Number)
	case byCard:
		h, err := o.files.ByCard(ctx, o.db, w.Number)
		return h.Person, err
	}
	p, err := o.files.PointAt(ctx, o.db, w.Name, w.Birth, w.Third)
	return p.One(), err
}

// teamOf is the place from which a leader acts: the team, or the region.
func teamOf(a access.Actor) string {
	for _, x := range [][]string{a.At(access.Lead, access.Team), a.At(access.Region, access.InRegion)} {
		if len(x) > 0 {
			return x[0]
		}
	}
	return ""
}

// mine is an emergency of the actor's own; another's does not exist here.
func (o *Oversight) mine(v *web.Visit) (Glass, error) {
	g, err := glass(v.Ctx(), o.db, v.Param("glass"))
	if err == nil && g.Actor != v.Actor.ID {
		err = fault.Gone()
	}
	return g, err
}

type ownPage struct {
	Glass  Glass
	Why    why
	Steps  []Step
	Names  map[string]string
	Answer string
	Errors fault.Fields
	Now    time.Time
}

// read opens what was said about an emergency; the log has it first.
func (o *Oversight) read(v *web.Visit, r access.Role, g Glass) (w why, ss []Step, err error) {
	k, err := o.vault.Key(v.Ctx(), g.Person)
	if err != nil {
		return w, nil, err
	}
	if err := o.db.Tx(v.Ctx(), func(tx *db.Tx) error {
		return audit.Append(v.Ctx(), tx, entry(v.Actor, r, g, "oversight.event.reviewed"))
	}); err != nil {
		return w, nil, err
	}
	if err := privacy.OpenJSON(k, reasonPlace(g.ID), g.Reason, &w); err != nil {
		return w, nil, err
	}
	ss, err = steps(v.Ctx(), o.db, k, g.ID)
	return w, ss, err
}

func (o *Oversight) own(v *web.Visit) error {
	g, err := o.mine(v)
	if err != nil {
		return err
	}
	return o.showOwn(v, g, "", nil)
}

func (o *Oversight) showOwn(v *web.Visit, g Glass, typed string, fs fault.Fields) error {
	w, ss, err := o.read(v, leads(v.Actor), g)
	if err != nil {
		return err
	}
	p := ownPage{Glass: g, Why: w, Steps: ss, Answer: typed, Errors: fs, Now: v.Now}
	if p.Names, err = o.names(v.Ctx(), []Glass{g}, speakers(ss)...); err != nil {
		return err
	}
	if len(fs) > 0 {
		return v.Invalid(pageOwn(p))
	}
	return v.Page(pageOwn(p))
}

func speakers(ss []Step) []string {
	var out []string
	for _, s := range ss {
		out = append(out, s.MadeBy)
	}
	return out
}

// answer is what the leader says to a question.
func (o *Oversight) answer(v *web.Visit) error {
	g, err := o.mine(v)
	if err != nil {
		return err
	}
	typed := v.Value("answer")
	var fs fault.Fields
	checkText(&fs, "answer", typed, noteLeast, noteMost)
	if len(fs) > 0 {
		return o.showOwn(v, g, typed, fs)
	}
	k, err := o.vault.Key(v.Ctx(), g.Person)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("oversight.glass", "gezegd", "oversight.said.answered"), step(v.Ctx(), tx, v.Actor, k, g, answered, typed, "oversight.event.answered")
	})
}

// done closes the file before its time.
func (o *Oversight) done(v *web.Visit) error {
	g, err := o.mine(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		to := v.URL("oversight.glass", "gezegd", "oversight.said.done")
		if !g.Live(tx.Now) {
			return to, nil
		}
		if err := end(v.Ctx(), tx, g); err != nil {
			return "", err
		}
		return to, audit.Append(v.Ctx(), tx, entry(v.Actor, leads(v.Actor), g, "oversight.event.ended"))
	})
}

// place is the name of a team, location, desk or region by its id; empty when there is none.
func (o *Oversight) place(ctx context.Context, id string, known map[string]string) (string, error) {
	if name, ok := known[id]; ok || id == "" {
		return name, nil
	}
	kinds := map[byte]access.ScopeKind{'t': access.Team, 'r': access.InRegion, 'l': access.Location, 'd': access.AtDesk}
	var w organisation.Where
	if kind, ok := kinds[id[0]]; ok {
		var err error
		if w, err = o.org.Where(ctx, access.Scope{Kind: kind, ID: id}); err != nil && !fault.Is(err, fault.NotFound) {
			return "", err
		}
	}
	known[id] = w.Name
	return w.Name, nil
}
