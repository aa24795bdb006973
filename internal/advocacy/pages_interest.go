package advocacy

// This file holds the pages of the register of interests.

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// interestRoutes are the doors of the register.
func (s *Advocacy) interestRoutes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "advocacy.interests", Method: get, Path: "/geldgevers", May: mayRead, Do: s.interestList},
		{Name: "advocacy.interest_new", Method: get, Path: "/geldgevers/nieuw", May: mayDeclare, Do: s.interestForm},
		{Name: "advocacy.interest_add", Method: post, Path: "/geldgevers/nieuw", May: mayDeclare, Body: bodyMost, Do: s.interestSave},
		{Name: "advocacy.interest", Method: get, Path: "/geldgevers/{interest}", May: mayRead, Do: s.oneInterest},
		{Name: "advocacy.interest_edit", Method: get, Path: "/geldgevers/{interest}/wijzigen", May: mayDeclare, Do: s.interestForm},
		{Name: "advocacy.interest_save", Method: post, Path: "/geldgevers/{interest}/wijzigen", May: mayDeclare, Body: bodyMost, Do: s.interestSave},
		{Name: "advocacy.interest_drop", Method: post, Path: "/geldgevers/{interest}/weg", May: mayDeclare, Do: func(v *web.Visit) error { return s.interestDrop(v, true) }},
		{Name: "advocacy.interest_back", Method: post, Path: "/geldgevers/{interest}/terug", May: mayDeclare, Do: func(v *web.Visit) error { return s.interestDrop(v, false) }},
		{Name: "advocacy.tie", Method: post, Path: "/belangen/{advocacy}/geldgever", May: mayTend, Do: func(v *web.Visit) error { return s.tieOne(v, true) }},
		{Name: "advocacy.untie", Method: post, Path: "/belangen/{advocacy}/geldgever-los", May: mayTend, Do: func(v *web.Visit) error { return s.tieOne(v, false) }},
	}
}

// period is since when and until when something was or is.
func period(ctx context.Context, since, until clock.Date) string {
	if until.IsZero() {
		return lang.T(ctx, "advocacy.interest.since", "day", lang.FullDay(ctx, since))
	}
	return lang.T(ctx, "advocacy.interest.between", "since", lang.FullDay(ctx, since), "until", lang.FullDay(ctx, until))
}

func interestRow(v *web.Visit, x Interest) ui.RowP {
	ctx := v.Ctx()
	r := ui.RowP{Href: v.URL("advocacy.interest", "interest", x.ID), Title: x.Said.Party, Sub: lang.Dots(lang.T(ctx, "advocacy.interest.kind."+x.Kind), period(ctx, x.Since, x.Until))}
	switch {
	case !x.Gone.IsZero():
		r.Tag = lang.T(ctx, "advocacy.interest.gone")
	case x.Over(clock.Today(v.Now)):
		r.Tag = lang.T(ctx, "advocacy.interest.over")
	default:
		r.Tag, r.TagKind, r.TagIcon = lang.T(ctx, "advocacy.interest.runs"), "warn", "coins"
	}
	return r
}

type interestsPage struct {
	Rows     []ui.RowP
	Declares bool
}

func (s *Advocacy) interestList(v *web.Visit) error {
	xs, err := s.standing(v.Ctx(), s.db)
	if err != nil {
		return err
	}
	p := interestsPage{Declares: mayDeclare.Allows(v.Actor)}
	for _, x := range xs {
		p.Rows = append(p.Rows, interestRow(v, x))
	}
	return v.Page(pageInterests(p))
}

type wasRow struct {
	InterestWord
	Period, When, By string
}

type interestPage struct {
	Interest
	Period   string
	Dossiers []ui.RowP // that name the party, as this visitor may know of them
	Was      []wasRow
	Declares bool
}

func (s *Advocacy) oneInterest(v *web.Visit) error {
	ctx := v.Ctx()
	x, err := s.interest(ctx, s.db, v.Param("interest"))
	if err != nil {
		return err
	}
	p := interestPage{Interest: x, Period: period(ctx, x.Since, x.Until), Declares: mayDeclare.Allows(v.Actor)}
	if p.Dossiers, err = s.dossiersNear(v, x); err != nil {
		return err
	}
	var ids []string
	for _, w := range x.Said.Was {
		ids = append(ids, w.By)
	}
	names, err := s.org.NamesOf(ctx, ids...)
	if err != nil {
		return err
	}
	for _, w := range slices.Backward(x.Said.Was) {
		p.Was = append(p.Was, wasRow{w, period(ctx, w.Since, w.Until), lang.When(ctx, w.At, v.Now), names[w.By]})
	}
	return v.Page(pageInterest(p))
}

// dossiersNear are the dossiers beside which an interest stands.
func (s *Advocacy) dossiersNear(v *web.Visit, x Interest) ([]ui.RowP, error) {
	ctx, today := v.Ctx(), clock.Today(v.Now)
	ds, err := s.dossiers(ctx, s.db, v.Actor, db.F(`TRUE`), db.F(dueFirst))
	if err != nil {
		return nil, err
	}
	all, err := s.items(ctx, s.db, v.Actor, db.F(`i.gone IS NULL`))
	if err != nil {
		return nil, err
	}
	var near []Dossier
	for _, d := range ds {
		tied, err := s.tied(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		of := slices.DeleteFunc(slices.Clone(all), func(i Item) bool { return i.Dossier != d.ID })
		if len(Beside([]Interest{x}, saidIn(d, of), tied, d.Opened, d.until(today))) > 0 {
			near = append(near, d)
		}
	}
	return s.rows(v, near)
}

// until is the day up to which a dossier was worked on.
func (d Dossier) until(today clock.Date) clock.Date {
	if d.Ended.IsZero() {
		return today
	}
	return d.Ended
}

type interestForm struct {
	ID      string // empty for a new one
	Version int64
	In      InterestInput
	Errors  fault.Fields
}

func (s *Advocacy) interestForm(v *web.Visit) error {
	p := interestForm{ID: v.Param("interest")}
	if p.ID != "" {
		x, err := s.interest(v.Ctx(), s.db, p.ID)
		if err != nil {
			return err
		}
		p.Version = x.Version
		p.In = InterestInput{x.Said.Party, strings.Join(x.Said.Names, ", "), x.Kind, x.Since.String(), x.Until.String(), x.Said.What, x.Said.Decided, x.Said.Apart}
	}
	return v.Page(pageInterestForm(p))
}

func (s *Advocacy) interestSave(v *web.Visit) error {
	p := interestForm{ID: v.Param("interest"), Version: v.Number("versie"),
		In: InterestInput{v.Value("partij"), v.Value("ook"), v.Value("soort"), v.Value("sinds"), v.Value("tot"), v.Value("wat"), v.Value("besloot"), v.Value("apart")}}
	var before Interest
	var err error
	if p.ID != "" {
		if before, err = s.interest(v.Ctx(), s.db, p.ID); err != nil {
			return err
		}
	}
	x, fs := p.In.Check(clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageInterestForm(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id := p.ID
		if id == "" {
			id, err = s.declare(v.Ctx(), tx, v.Actor, x)
		} else {
			err = s.redeclare(v.Ctx(), tx, v.Actor, before, x, p.Version)
		}
		return v.URL("advocacy.interest", "interest", id, "gezegd", "advocacy.said.interest"), err
	})
}

func (s *Advocacy) interestDrop(v *web.Visit, gone bool) error {
	x, err := s.interest(v.Ctx(), s.db, v.Param("interest"))
	if err != nil {
		return err
	}
	said := "advocacy.said.restored"
	if gone {
		said = "advocacy.said.removed"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("advocacy.interest", "interest", x.ID, "gezegd", said), s.undeclare(v.Ctx(), tx, v.Actor, x.ID, gone)
	})
}

// tieOne puts an interest beside a dossier, or takes it off.
func (s *Advocacy) tieOne(v *web.Visit, on bool) error {
	d, err := s.open(v)
	if err != nil {
		return err
	}
	id := v.Value("geldgever")
	xs, err := s.standing(v.Ctx(), s.db)
	if err != nil {
		return err
	}
	if on && !slices.ContainsFunc(xs, func(x Interest) bool { return x.ID == id }) {
		return s.again(v, d, fault.Fields{{Name: "geldgever", Key: "advocacy.error.choose"}}, func(p *onePage) { p.Form = "tie" })
	}
	said := "advocacy.said.unlinked"
	if on {
		said = "advocacy.said.linked"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("advocacy.one", "advocacy", d.ID, "gezegd", said), s.tie(v.Ctx(), tx, v.Actor, d, id, on)
	})
}

// near gathers the interests beside a dossier, and those that can be put there.
func (s *Advocacy) near(v *web.Visit, p *onePage, items []Item) error {
	xs, err := s.interests(v.Ctx(), s.db, db.F(`TRUE`))
	if err != nil {
		return err
	}
	tied, err := s.tied(v.Ctx(), p.ID)
	if err != nil {
		return err
	}
	p.Interests = Beside(xs, saidIn(p.Dossier, items), tied, p.Opened, p.until(p.Today))
	p.Parties = map[string]string{}
	for _, x := range xs {
		p.Parties[x.ID] = x.Said.Party
		if x.Gone.IsZero() && p.Tends && !slices.ContainsFunc(p.Interests, func(n Near) bool { return n.ID == x.ID }) {
			p.Ties = append(p.Ties, ui.Option{Value: x.ID, Label: lang.Dots(x.Said.Party, lang.T(v.Ctx(), "advocacy.interest.kind."+x.Kind))})
		}
	}
	return nil
}

// nearWhere says why an interest stands beside a dossier.
func nearWhere(ctx context.Context, n Near) string {
	var out []string
	for _, k := range n.Where {
		out = append(out, lang.T(ctx, k))
	}
	if len(out) == 0 {
		return lang.T(ctx, "advocacy.interest.tied")
	}
	return lang.T(ctx, "advocacy.interest.named", "where", lang.Join(ctx, out))
}

func interestTitle(ctx context.Context, p interestForm) string {
	if p.ID != "" {
		return lang.T(ctx, "advocacy.interest_edit")
	}
	return lang.T(ctx, "advocacy.interest_new")
}

func interestURL(ctx context.Context, p interestForm) string {
	if p.ID != "" {
		return web.URL(ctx, "advocacy.interest_save", "interest", p.ID)
	}
	return web.URL(ctx, "advocacy.interest_add")
}

func interestBack(ctx context.Context, p interestForm) string {
	if p.ID != "" {
		return web.URL(ctx, "advocacy.interest", "interest", p.ID)
	}
	return web.URL(ctx, "advocacy.interests")
}
