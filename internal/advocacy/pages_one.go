package advocacy

// This file holds the page of one dossier and the steps that are taken on it.

import (
	"slices"
	"strings"
	"time"

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
	Dossier
	OwnerName string
	Names     map[string]string
	Voices    []Item
	Doings    []Item
	Promises  []Item
	Gone      []Item
	Moments   []ui.RowP
	Changes   []ui.RowP // of policy
	Interests []Near
	Ties      []ui.Option       // of the register, that can be put beside it
	Parties   map[string]string // of the register, by id
	Bottle    []ui.RowP
	BottleIDs []string
	Choices   []ui.Option
	Steps     []stepRow
	Tends     bool
	Owners    []ui.Option
	In        TurnInput
	Add       ItemInput
	Form      string // which form came back with faults
	Errors    fault.Fields
	Today     clock.Date
	Now       time.Time
}

// page gathers everything that one page shows.
func (s *Advocacy) page(v *web.Visit, d Dossier) (onePage, error) {
	ctx := v.Ctx()
	p := onePage{Dossier: d, Tends: mayTend.Allows(v.Actor), In: TurnInput{Owner: d.Owner, Next: d.Next.String()}, Today: clock.Today(v.Now), Now: v.Now}
	xs, err := s.items(ctx, s.db, v.Actor, db.F(`i.dossier = ?`, d.ID))
	if err != nil {
		return p, err
	}
	ss, err := s.steps(ctx, d.ID)
	if err != nil {
		return p, err
	}
	ids := []string{d.Owner}
	what := map[string]Item{}
	for _, x := range xs {
		ids, what[x.ID] = append(ids, x.MadeBy), x
		switch {
		case !x.Gone.IsZero():
			p.Gone = append(p.Gone, x)
		case x.Kind == Commitment:
			p.Promises = append(p.Promises, x)
		case slices.Contains(Voices, x.Kind):
			p.Voices = append(p.Voices, x)
		default:
			p.Doings = append(p.Doings, x)
		}
	}
	slices.SortStableFunc(p.Promises, func(a, b Item) int { // what is still due comes first, the nearest first
		if (a.State == Due) != (b.State == Due) {
			return map[bool]int{true: -1, false: 1}[a.State == Due]
		}
		return strings.Compare(a.Day.String(), b.Day.String())
	})
	slices.SortStableFunc(p.Voices, func(a, b Item) int { return strings.Compare(a.Kind, b.Kind) })
	for _, x := range ss {
		ids = append(ids, x.MadeBy)
		if x.Kind == Named || x.Kind == Unnamed || x.Kind == Delivered {
			ids = append(ids, x.About)
		}
	}
	if p.Names, err = s.org.NamesOf(ctx, ids...); err != nil {
		return p, err
	}
	p.OwnerName = p.Names[d.Owner]
	es, err := s.events(ctx, s.db, ofDossier(d.ID))
	if err != nil {
		return p, err
	}
	for _, e := range es {
		p.Moments = append(p.Moments, eventRow(v, e, true))
	}
	if err := s.near(v, &p, xs); err != nil {
		return p, err
	}
	for _, x := range ss {
		r := stepRow{Step: x, By: p.Names[x.MadeBy], When: lang.When(ctx, x.At, v.Now), Title: lang.T(ctx, "advocacy.step."+x.Kind)}
		switch x.Kind {
		case Turned:
			r.Title = lang.T(ctx, "advocacy.state."+x.State)
		case Added, Removed, Restored, Fated:
			i := what[x.About]
			r.Title = lang.Dots(r.Title, lang.T(ctx, "advocacy.kind."+i.Kind), i.Said.Who)
			if x.Kind == Fated {
				r.Title = lang.Dots(lang.T(ctx, "advocacy.fate."+x.State), i.Said.Who)
			}
		case Named, Unnamed, Delivered:
			r.Title = lang.Dots(r.Title, p.Names[x.About])
		case Tied, Untied:
			r.Title = lang.Dots(r.Title, p.Parties[x.About])
		}
		p.Steps = append(p.Steps, r)
	}
	if s.changes != nil {
		if p.Changes, err = s.changes(v, d.ID); err != nil {
			return p, err
		}
	}
	if p.BottleIDs, err = s.links(ctx, d.ID); err != nil || s.lent.Rows == nil {
		return p, err
	}
	if p.Bottle, err = s.lent.Rows(v, p.BottleIDs); err != nil || !p.Tends {
		return p, err
	}
	if p.Choices, err = s.choices(v); err != nil {
		return p, err
	}
	p.Choices = slices.DeleteFunc(p.Choices, func(o ui.Option) bool { return slices.Contains(p.BottleIDs, o.Value) })
	p.Owners, _, err = s.possible(v, d)
	return p, err
}

// possible are those who can own a dossier: of a confidential one also whoever may know of it.
func (s *Advocacy) possible(v *web.Visit, d Dossier) ([]ui.Option, []string, error) {
	ks, err := knowers(v.Ctx(), s.db, d.ID)
	if err != nil {
		return nil, nil, err
	}
	return s.org.Owners(v, append(ks, d.Owner)...)
}

func (s *Advocacy) open(v *web.Visit) (Dossier, error) {
	return s.dossier(v.Ctx(), s.db, v.Actor, v.Param("advocacy"))
}

func (s *Advocacy) one(v *web.Visit) error {
	d, err := s.open(v)
	if err != nil {
		return err
	}
	p, err := s.page(v, d)
	if err != nil {
		return err
	}
	return v.Page(pageOne(p))
}

// again shows the page with a form that came back.
func (s *Advocacy) again(v *web.Visit, d Dossier, fs fault.Fields, set func(*onePage)) error {
	p, err := s.page(v, d)
	if err != nil {
		return err
	}
	set(&p)
	p.Errors = fs
	return v.Invalid(pageOne(p))
}

func (s *Advocacy) turn(v *web.Visit) error {
	d, err := s.open(v)
	if err != nil {
		return err
	}
	_, owners, err := s.possible(v, d)
	if err != nil {
		return err
	}
	in := TurnInput{To: v.Value("naar"), Owner: v.Value("eigenaar"), Next: v.Value("volgende"), Result: v.Value("resultaat"), Words: v.Value("woorden")}
	after, fs := in.Check(d, owners, clock.Today(v.Now))
	if len(fs) > 0 {
		return s.again(v, d, fs, func(p *onePage) { p.In, p.Form = in, "step" })
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		ctx := v.Ctx()
		if err := s.put(ctx, tx, v.Actor, after, v.Number("versie")); err != nil {
			return "", err
		}
		kind := Noted
		if in.To != "" {
			kind = Turned
		}
		if after.Owner != d.Owner {
			if d.Closed {
				if err := name(ctx, tx, d.ID, after.Owner); err != nil {
					return "", err
				}
			}
			if err := s.step(ctx, tx, v.Actor, Step{Dossier: d.ID, Kind: Delivered, State: after.State, About: after.Owner}); err != nil {
				return "", err
			}
		}
		return v.URL("advocacy.one", "advocacy", d.ID, "gezegd", "advocacy.said.step"), s.step(ctx, tx, v.Actor, Step{Dossier: d.ID, Kind: kind, State: after.State, Words: StepWords{Words: in.Words}})
	})
}

func (s *Advocacy) editForm(v *web.Visit) error {
	d, err := s.open(v)
	if err != nil {
		return err
	}
	return v.Page(pageStart(startPage{ID: d.ID, Version: d.Version, In: CoreInput{d.Core.Demand, d.Core.To, d.Core.Why, d.Mode, d.Core.Strategy}}))
}

func (s *Advocacy) editSave(v *web.Visit) error {
	d, err := s.open(v)
	if err != nil {
		return err
	}
	p := startPage{ID: d.ID, Version: v.Number("versie"), In: coreInput(v)}
	core, fs := p.In.Check()
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageStart(p))
	}
	was := d.Core
	core.Came = was.Came
	d.Core, d.Mode = core, p.In.Mode
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := s.put(v.Ctx(), tx, v.Actor, d, p.Version); err != nil {
			return "", err
		}
		return v.URL("advocacy.one", "advocacy", d.ID, "gezegd", "advocacy.said.edited"), s.step(v.Ctx(), tx, v.Actor, Step{Dossier: d.ID, Kind: Edited, State: d.State, Words: StepWords{Before: &was}})
	})
}

func (s *Advocacy) addItem(v *web.Visit) error {
	d, err := s.open(v)
	if err != nil {
		return err
	}
	form := v.Value("deel")
	pre, ok := before[form]
	if !ok {
		return fault.Gone()
	}
	in := ItemInput{form, v.Value(pre + "soort"), v.Value(pre + "wie"), v.Value(pre + "wat"), v.Value(pre + "antwoord"), v.Value(pre + "nummer"), v.Value(pre + "adres"), v.Value(pre + "dag"), v.Value(pre + "gedaan")}
	x, fs := in.Check(clock.Today(v.Now))
	if len(fs) > 0 {
		return s.again(v, d, fs, func(p *onePage) { p.Add, p.Form = in, form })
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("advocacy.one", "advocacy", d.ID, "gezegd", "advocacy.said.added"), s.add(v.Ctx(), tx, v.Actor, d, x)
	})
}

func (s *Advocacy) dropItem(v *web.Visit, gone bool) error {
	d, err := s.open(v)
	if err != nil {
		return err
	}
	x, err := s.item(v.Ctx(), s.db, v.Actor, d.ID, v.Param("item"))
	if err != nil {
		return err
	}
	said := "advocacy.said.restored"
	if gone {
		said = "advocacy.said.removed"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("advocacy.one", "advocacy", d.ID, "gezegd", said), s.drop(v.Ctx(), tx, v.Actor, d, x.ID, gone)
	})
}

type fatePage struct {
	Dossier Dossier
	Item    Item
	In      FateInput
	Errors  fault.Fields
}

// promise finds a commitment that still stands in its dossier.
func (s *Advocacy) promise(v *web.Visit) (Dossier, Item, error) {
	d, err := s.open(v)
	if err != nil {
		return d, Item{}, err
	}
	x, err := s.item(v.Ctx(), s.db, v.Actor, d.ID, v.Param("item"))
	if err == nil && (x.Kind != Commitment || !x.Gone.IsZero()) {
		err = fault.Gone()
	}
	return d, x, err
}

func (s *Advocacy) fateForm(v *web.Visit) error {
	d, x, err := s.promise(v)
	if err != nil {
		return err
	}
	return v.Page(pageFate(fatePage{Dossier: d, Item: x}))
}

func (s *Advocacy) fateSave(v *web.Visit) error {
	d, x, err := s.promise(v)
	if err != nil {
		return err
	}
	in := FateInput{v.Value("uitkomst"), v.Value("kwam")}
	after, fs := in.Check(x)
	if len(fs) > 0 {
		return v.Invalid(pageFate(fatePage{d, x, in, fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("advocacy.one", "advocacy", d.ID, "gezegd", "advocacy.said.fate"), s.fate(v.Ctx(), tx, v.Actor, d, after, v.Number("versie"))
	})
}

func (s *Advocacy) linkOne(v *web.Visit, on bool) error {
	d, err := s.open(v)
	if err != nil {
		return err
	}
	id := v.Value("knelpunt")
	if on {
		known, err := s.choices(v)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(known, func(o ui.Option) bool { return o.Value == id && id != "" }) {
			return s.again(v, d, fault.Fields{{Name: "knelpunt", Key: "advocacy.error.choose"}}, func(p *onePage) { p.Form = "link" })
		}
	}
	said := "advocacy.said.unlinked"
	if on {
		said = "advocacy.said.linked"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("advocacy.one", "advocacy", d.ID, "gezegd", said), s.link(v.Ctx(), tx, v.Actor, d, id, on)
	})
}
