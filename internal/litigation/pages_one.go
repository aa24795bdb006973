package litigation

// This file holds the page of one case and the steps that are taken on it.

import (
	"slices"
	"strconv"

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

type onePage struct {
	Case
	OwnerName string
	Names     map[string]string
	Sides     []Item
	Hearings  []Item
	Deadlines []Item
	Judgments []Item
	Gone      []Item
	Bottle    []ui.RowP
	Interests []ui.RowP // who of those that take part pays us
	Steps     []stepRow
	Tends     bool
	Owners    []ui.Option
	Remedies  []Remedy
	Propose   string
	In        TurnInput
	Add       ItemInput
	Effect    EffectInput
	Form      string // which form came back with faults
	Errors    fault.Fields
	Today     clock.Date
}

// page gathers everything that one page shows.
func (s *Litigation) page(v *web.Visit, c Case) (onePage, error) {
	ctx := v.Ctx()
	p := onePage{Case: c, Tends: mayTend.Allows(v.Actor), In: TurnInput{Instance: c.Instance, Owner: c.Owner, Next: c.Next.String()}, Today: clock.Today(v.Now), Effect: EffectInput{Changes: c.Core.Changes, Told: c.Core.Told}}
	if c.Core.People != nil {
		p.Effect.People = strconv.Itoa(*c.Core.People)
	}
	xs, err := s.items(ctx, s.db, db.F(`i.matter = ?`, c.ID))
	if err != nil {
		return p, err
	}
	ss, err := s.steps(ctx, c.ID)
	if err != nil {
		return p, err
	}
	ids, what := []string{c.Owner}, map[string]Item{}
	for _, x := range xs {
		ids, what[x.ID] = append(ids, x.MadeBy), x
		switch {
		case !x.Gone.IsZero():
			p.Gone = append(p.Gone, x)
		case x.Kind == Hearing:
			p.Hearings = append(p.Hearings, x)
		case x.Kind == Deadline:
			p.Deadlines = append(p.Deadlines, x)
		case x.Kind == Judgment:
			p.Judgments = append(p.Judgments, x)
		default:
			p.Sides = append(p.Sides, x)
		}
	}
	slices.SortStableFunc(p.Sides, func(a, b Item) int { return slices.Index(Sides, a.Kind) - slices.Index(Sides, b.Kind) })
	slices.SortStableFunc(p.Deadlines, func(a, b Item) int {
		return map[bool]int{true: 0, false: 1}[a.State == Due] - map[bool]int{true: 0, false: 1}[b.State == Due]
	})
	for _, x := range ss {
		ids = append(ids, x.MadeBy)
	}
	if p.Names, err = s.org.NamesOf(ctx, ids...); err != nil {
		return p, err
	}
	p.OwnerName = p.Names[c.Owner]
	for _, x := range ss {
		r := stepRow{Step: x, By: p.Names[x.MadeBy], When: lang.When(ctx, x.At, v.Now), Title: lang.T(ctx, "litigation.step."+x.Kind)}
		switch x.Kind {
		case Turned:
			r.Title = lang.T(ctx, "litigation.state."+x.State)
		case Added, Removed, Restored:
			r.Title = lang.Dots(r.Title, lang.T(ctx, "litigation.kind."+what[x.About].Kind), what[x.About].Said.Who)
		case Fated:
			r.Title = lang.Dots(lang.T(ctx, "litigation.fate."+x.State), what[x.About].Said.Who)
		case Counted:
			r.Title = lang.Dots(r.Title, shownText(ctx, x.Words.Shown, x.Words.Small))
		}
		p.Steps = append(p.Steps, r)
	}
	if c.Bottleneck != "" {
		if p.Bottle, err = s.lent.Bottlenecks(v, []string{c.Bottleneck}); err != nil {
			return p, err
		}
	}
	if s.lent.Named != nil {
		var named []string
		for _, x := range p.Sides {
			named = append(named, x.Said.Who)
		}
		if p.Interests, err = s.lent.Named(v, named...); err != nil {
			return p, err
		}
	}
	if !p.Tends {
		return p, nil
	}
	if c.Core.Changes != "" {
		p.Propose = s.lent.Propose(v, cutTitle(c.Core.Question), c.Core.Changes)
	}
	if p.Remedies, err = s.lent.Remedies(v, c.Instance); err != nil {
		return p, err
	}
	p.Owners, _, err = s.org.Owners(v, c.Owner)
	return p, err
}

// cutTitle is the question as the title of a proposal can be.
func cutTitle(s string) string {
	if r := []rune(s); len(r) > 100 {
		return string(r[:99]) + "…"
	}
	return s
}

func (s *Litigation) open(v *web.Visit) (Case, error) {
	return s.one(v.Ctx(), s.db, v.Param("matter"))
}

func (s *Litigation) show(v *web.Visit) error {
	c, err := s.open(v)
	if err != nil {
		return err
	}
	p, err := s.page(v, c)
	if err != nil {
		return err
	}
	return v.Page(pageOne(p))
}

// again shows the page with a form that came back.
func (s *Litigation) again(v *web.Visit, c Case, fs fault.Fields, set func(*onePage)) error {
	p, err := s.page(v, c)
	if err != nil {
		return err
	}
	set(&p)
	p.Errors = fs
	return v.Invalid(pageOne(p))
}

func (s *Litigation) turn(v *web.Visit) error {
	c, err := s.open(v)
	if err != nil {
		return err
	}
	_, owners, err := s.org.Owners(v, c.Owner)
	if err != nil {
		return err
	}
	in := TurnInput{v.Value("naar"), v.Value("instantie"), v.Value("eigenaar"), v.Value("volgende"), v.Value("woorden")}
	after, fs := in.Check(c, owners, clock.Today(v.Now))
	if len(fs) > 0 {
		return s.again(v, c, fs, func(p *onePage) { p.In, p.Form = in, "step" })
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := s.put(v.Ctx(), tx, after, v.Number("versie")); err != nil {
			return "", err
		}
		kind := Noted
		if in.To != "" {
			kind = Turned
		}
		return v.URL("litigation.one", "matter", c.ID, "gezegd", "litigation.said.step"), s.step(v.Ctx(), tx, v.Actor, Step{Matter: c.ID, Kind: kind, State: after.State, Words: StepWords{Words: in.Words}})
	})
}

func (s *Litigation) addItem(v *web.Visit) error {
	c, err := s.open(v)
	if err != nil {
		return err
	}
	form := v.Value("deel")
	pre, ok := before[form]
	if !ok {
		return fault.Gone()
	}
	rs, err := s.lent.Remedies(v, c.Instance)
	if err != nil {
		return err
	}
	var rules []string
	for _, r := range rs {
		rules = append(rules, r.ID)
	}
	in := ItemInput{form, v.Value(pre + "soort"), v.Value(pre + "wie"), v.Value(pre + "wat"), v.Value(pre + "dag"), v.Value(pre + "ecli"), v.Value(pre + "uitkomst"), v.Value(pre + "regel"), v.Value(pre + "vanaf")}
	x, fs := in.Check(rules, clock.Today(v.Now))
	if len(fs) > 0 {
		return s.again(v, c, fs, func(p *onePage) { p.Add, p.Form = in, form })
	}
	if x.Said.Rule != "" {
		i := slices.Index(rules, x.Said.Rule)
		x.Said.Law = rs[i].Article
		if x.Said.Safe, x.Day, err = s.lent.Term(v.Ctx(), s.db, x.Said.Rule, x.Said.From); err != nil {
			return err
		}
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("litigation.one", "matter", c.ID, "gezegd", "litigation.said.added"), s.add(v.Ctx(), tx, v.Actor, c, x)
	})
}

// itemOf finds something of a case.
func (s *Litigation) itemOf(v *web.Visit, c Case) (Item, error) {
	return db.First(s.items(v.Ctx(), s.db, db.F(`i.matter = ? AND i.id = ?`, c.ID, v.Param("item"))))
}

func (s *Litigation) dropItem(v *web.Visit, gone bool) error {
	c, err := s.open(v)
	if err != nil {
		return err
	}
	x, err := s.itemOf(v, c)
	if err != nil {
		return err
	}
	said := "litigation.said.restored"
	if gone {
		said = "litigation.said.removed"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("litigation.one", "matter", c.ID, "gezegd", said), s.drop(v.Ctx(), tx, v.Actor, c, x.ID, gone)
	})
}

func (s *Litigation) fateOne(v *web.Visit) error {
	c, err := s.open(v)
	if err != nil {
		return err
	}
	x, err := s.itemOf(v, c)
	if err != nil {
		return err
	}
	to := v.Value("naar")
	if x.Kind != Deadline || !x.Gone.IsZero() || !slices.Contains(fates[x.State], to) {
		return fault.New(fault.Conflict, "litigation.error.version")
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("litigation.one", "matter", c.ID, "gezegd", "litigation.said.fate"), s.fate(v.Ctx(), tx, v.Actor, c, x, to)
	})
}

// effect writes down what a judgment changed, and tells it back to whoever signalled.
func (s *Litigation) effect(v *web.Visit) error {
	c, err := s.open(v)
	if err != nil {
		return err
	}
	in := EffectInput{v.Value("mensen"), v.Value("regels"), v.Value("verteld")}
	core, fs := in.Check(c)
	tells := c.Bottleneck != "" && in.Told != "" && in.Told != c.Core.Told
	if tells && len(fs) == 0 {
		ok, err := s.lent.MayTell(in.Told)
		if err != nil {
			return err
		}
		if !ok {
			fs.Add("verteld", "litigation.error.number")
		}
	}
	if len(fs) > 0 {
		return s.again(v, c, fs, func(p *onePage) { p.Effect, p.Form = in, "effect" })
	}
	c.Core = core
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := s.put(v.Ctx(), tx, c, v.Number("versie")); err != nil {
			return "", err
		}
		if tells {
			if err := s.lent.Tell(v, tx, c.Bottleneck, in.Told); err != nil {
				return "", err
			}
		}
		return v.URL("litigation.one", "matter", c.ID, "gezegd", "litigation.said.effect"), s.step(v.Ctx(), tx, v.Actor, Step{Matter: c.ID, Kind: Effected, State: c.State, Words: StepWords{Words: in.Told}})
	})
}
