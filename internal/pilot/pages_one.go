package pilot

// This file holds the page of one pilot and the steps that are taken on it.

import (
	"context"
	"slices"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type stepRow struct {
	Step
	Title, By, When string
}

// change is a change of the locked plan.
type change struct {
	Part, Reads, Why, Line string
}

type onePage struct {
	Plan
	OwnerName, DeciderName string
	Names                  map[string]string
	Partners               []Item
	Spendings              []Item
	Measures               []Item
	Courses                []Course
	GoneItems              []Item
	Changes                []change
	Total                  int64
	Bottle                 []ui.RowP
	Interests              []ui.RowP // who of the partners pays us
	Steps                  []stepRow
	Tends, Decides         bool
	Owners                 []ui.Option
	In                     TurnInput
	Add                    ItemInput
	Amend                  AmendInput
	Decide                 DecideInput
	Form                   string // which form came back with faults
	Errors                 fault.Fields
	Today                  clock.Date
}

// page gathers everything that one page shows.
func (s *Pilots) page(v *web.Visit, x Plan) (onePage, error) {
	ctx := v.Ctx()
	p := onePage{Plan: x, Tends: mayTend.Allows(v.Actor), Decides: mayDecide.Allows(v.Actor), In: TurnInput{Owner: x.Owner, Checked: x.Checked.String()}, Today: clock.Today(v.Now)}
	is, err := s.items(ctx, s.db, x.ID)
	if err != nil {
		return p, err
	}
	ss, err := s.steps(ctx, x.ID)
	if err != nil {
		return p, err
	}
	ids, what := []string{x.Owner, x.DecidedBy}, map[string]Item{}
	for _, i := range is {
		ids, what[i.ID] = append(ids, i.MadeBy), i
		switch {
		case !i.Gone.IsZero():
			p.GoneItems = append(p.GoneItems, i)
		case i.Kind == Partner:
			p.Partners = append(p.Partners, i)
		case i.Kind == Spent:
			p.Spendings, p.Total = append(p.Spendings, i), p.Total+i.Amount
		case i.Kind == Measure:
			p.Measures = append(p.Measures, i)
		}
	}
	for _, m := range p.Measures {
		p.Courses = append(p.Courses, CourseOf(m, is))
	}
	for _, st := range ss {
		ids = append(ids, st.MadeBy)
	}
	if p.Names, err = s.org.NamesOf(ctx, ids...); err != nil {
		return p, err
	}
	p.OwnerName, p.DeciderName = p.Names[x.Owner], p.Names[x.DecidedBy]
	for _, st := range ss {
		r := stepRow{Step: st, By: p.Names[st.MadeBy], When: lang.When(ctx, st.At, v.Now), Title: lang.T(ctx, "pilot.step."+st.Kind)}
		switch st.Kind {
		case Turned:
			r.Title = lang.T(ctx, "pilot.state."+st.State)
		case Added, Removed, Restored:
			i := what[st.About]
			name := i.Said.Name
			if i.Kind == Value {
				name = what[i.About].Said.Name
			}
			r.Title = lang.Dots(r.Title, lang.T(ctx, "pilot.kind."+i.Kind), name)
		case Amended:
			r.Title = lang.Dots(r.Title, lang.T(ctx, "pilot.part."+st.Words.Part))
			p.Changes = append(p.Changes, change{st.Words.Part, st.Words.Reads, st.Words.Words, lang.Dots(r.When, r.By)})
		case Settled:
			r.Title = lang.Dots(r.Title, lang.T(ctx, "pilot.decision."+st.About))
		}
		p.Steps = append(p.Steps, r)
	}
	slices.Reverse(p.Changes) // as they followed each other
	if x.Bottleneck != "" {
		if p.Bottle, err = s.lent.Rows(v, []string{x.Bottleneck}); err != nil {
			return p, err
		}
	}
	if s.lent.Named != nil {
		var named []string
		for _, i := range p.Partners {
			named = append(named, i.Said.Name)
		}
		if p.Interests, err = s.lent.Named(v, named...); err != nil {
			return p, err
		}
	}
	if p.Tends {
		p.Owners, _, err = s.org.Owners(v, x.Owner)
	}
	return p, err
}

func (s *Pilots) open(v *web.Visit) (Plan, error) {
	return s.plan(v.Ctx(), s.db, v.Param("pilot"))
}

func (s *Pilots) one(v *web.Visit) error {
	x, err := s.open(v)
	if err != nil {
		return err
	}
	p, err := s.page(v, x)
	if err != nil {
		return err
	}
	return v.Page(pageOne(p))
}

// again shows the page with a form that came back.
func (s *Pilots) again(v *web.Visit, x Plan, form string, fs fault.Fields, set func(*onePage)) error {
	p, err := s.page(v, x)
	if err != nil {
		return err
	}
	set(&p)
	p.Form, p.Errors = form, fs
	return v.Invalid(pageOne(p))
}

func (s *Pilots) turn(v *web.Visit) error {
	x, err := s.open(v)
	if err != nil {
		return err
	}
	_, owners, err := s.org.Owners(v, x.Owner)
	if err != nil {
		return err
	}
	ms, err := s.measures(v.Ctx(), x.ID)
	if err != nil {
		return err
	}
	in := TurnInput{v.Value("naar"), v.Value("eigenaar"), v.Value("evaluatie"), v.Value("woorden")}
	after, fs := in.Check(x, owners, len(ms), clock.Today(v.Now))
	if x.State == Decided && in.To == Evaluated && !mayDecide.Allows(v.Actor) {
		fs.Add("naar", "pilot.error.decider")
	}
	if len(fs) > 0 {
		return s.again(v, x, "step", fs, func(p *onePage) { p.In = in })
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := s.put(v.Ctx(), tx, after, v.Number("versie")); err != nil {
			return "", err
		}
		kind := Noted
		if in.To != "" {
			kind = Turned
		}
		return v.URL("pilot.one", "pilot", x.ID, "gezegd", "pilot.said.step"), s.step(v.Ctx(), tx, v.Actor, Step{Pilot: x.ID, Kind: kind, State: after.State, Words: StepWords{Words: in.Words}})
	})
}

// measures are the measures that stand in a pilot.
func (s *Pilots) measures(ctx context.Context, pilot string) ([]Item, error) {
	is, err := s.items(ctx, s.db, pilot)
	return slices.DeleteFunc(is, func(i Item) bool { return i.Kind != Measure || !i.Gone.IsZero() }), err
}

func (s *Pilots) amend(v *web.Visit) error {
	x, err := s.open(v)
	if err != nil {
		return err
	}
	in := AmendInput{v.Value("onderdeel"), v.Value("nieuw"), v.Value("reden")}
	after, fs := in.Check(x)
	if len(fs) > 0 {
		return s.again(v, x, "amend", fs, func(p *onePage) { p.Amend = in })
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := s.put(v.Ctx(), tx, after, v.Number("versie")); err != nil {
			return "", err
		}
		return v.URL("pilot.one", "pilot", x.ID, "gezegd", "pilot.said.amended"), s.step(v.Ctx(), tx, v.Actor, Step{Pilot: x.ID, Kind: Amended, State: x.State, Words: StepWords{Words: in.Why, Part: in.Part, Reads: strings.TrimSpace(in.Reads)}})
	})
}

func (s *Pilots) addItem(v *web.Visit) error {
	x, err := s.open(v)
	if err != nil {
		return err
	}
	kind := v.Value("deel")
	pre, ok := before[kind]
	if !ok {
		return fault.Gone()
	}
	if x.State == Decided || x.State == Withdrawn {
		return fault.New(fault.Conflict, "pilot.error.over")
	}
	ms, err := s.measures(v.Ctx(), x.ID)
	if err != nil {
		return err
	}
	in := ItemInput{kind, v.Value(pre + "naam"), v.Value(pre + "wat"), v.Value(pre + "eenheid"), v.Value(pre + "beter"), v.Value(pre + "vergelijk"), v.Value(pre + "groep"), v.Value(pre+"bedrag") + v.Value(pre+"getal"), v.Value(pre + "dag"), v.Value(pre + "maat")}
	i, fs := in.Check(ms, clock.Today(v.Now))
	if len(fs) > 0 {
		return s.again(v, x, kind, fs, func(p *onePage) { p.Add = in })
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := s.add(v.Ctx(), tx, v.Actor, x, i)
		return v.URL("pilot.one", "pilot", x.ID, "gezegd", "pilot.said.added"), err
	})
}

func (s *Pilots) dropItem(v *web.Visit, gone bool) error {
	x, err := s.open(v)
	if err != nil {
		return err
	}
	is, err := s.items(v.Ctx(), s.db, x.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(is, func(i Item) bool { return i.ID == v.Param("item") })
	if i < 0 {
		return fault.Gone()
	}
	if x.State == Decided || gone && is[i].Kind == Measure && x.Locked() {
		return fault.New(fault.Conflict, "pilot.error.locked")
	}
	said := "pilot.said.restored"
	if gone {
		said = "pilot.said.removed"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("pilot.one", "pilot", x.ID, "gezegd", said), s.drop(v.Ctx(), tx, v.Actor, x, is[i].ID, gone)
	})
}

func (s *Pilots) decide(v *web.Visit) error {
	x, err := s.open(v)
	if err != nil {
		return err
	}
	in := DecideInput{v.Value("besluit"), v.Value("redenen"), v.Value("opnieuw")}
	after, fs := in.Check(x, v.Actor.ID, clock.Today(v.Now))
	if len(fs) > 0 {
		return s.again(v, x, "decide", fs, func(p *onePage) { p.Decide = in })
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := s.put(v.Ctx(), tx, after, v.Number("versie")); err != nil {
			return "", err
		}
		return v.URL("pilot.one", "pilot", x.ID, "gezegd", "pilot.said.decided"), s.step(v.Ctx(), tx, v.Actor, Step{Pilot: x.ID, Kind: Settled, State: after.State, About: in.Decision, Words: StepWords{Words: in.Reasons}})
	})
}

func eurosText(ctx context.Context, n int64) string { return "€ " + lang.Number(ctx, int(n)) }

// movedText is how far something moved, with its sign.
func movedText(n int64, unit string) string {
	s := numberText(n)
	if n > 0 {
		s = "+" + s
	}
	return s + " " + unit
}
