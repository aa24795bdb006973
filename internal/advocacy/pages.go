package advocacy

// This file holds the doors, and what the pages of dossiers share: names, owners, rows.

import (
	"net/http"
	"slices"

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
func (s *Advocacy) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return append([]web.Route{
		{Name: "advocacy.list", Method: get, Path: "/belangen", May: mayRead, Do: s.list},
		{Name: "advocacy.export", Method: get, Path: "/belangen/bestand", May: mayRead, Do: s.export},
		{Name: "advocacy.new", Method: get, Path: "/belangen/nieuw", May: mayTend, Do: s.startForm},
		{Name: "advocacy.start", Method: post, Path: "/belangen/nieuw", May: mayTend, Body: bodyMost, Do: s.startSave},
		{Name: "advocacy.one", Method: get, Path: "/belangen/{advocacy}", May: mayRead, Do: s.one},
		{Name: "advocacy.step", Method: post, Path: "/belangen/{advocacy}", May: mayTend, Body: bodyMost, Do: s.turn},
		{Name: "advocacy.edit", Method: get, Path: "/belangen/{advocacy}/eis", May: mayTend, Do: s.editForm},
		{Name: "advocacy.edited", Method: post, Path: "/belangen/{advocacy}/eis", May: mayTend, Body: bodyMost, Do: s.editSave},
		{Name: "advocacy.add", Method: post, Path: "/belangen/{advocacy}/erbij", May: mayTend, Body: bodyMost, Do: s.addItem},
		{Name: "advocacy.promise", Method: get, Path: "/belangen/{advocacy}/toezegging/{item}", May: mayTend, Do: s.fateForm},
		{Name: "advocacy.fate", Method: post, Path: "/belangen/{advocacy}/toezegging/{item}", May: mayTend, Body: bodyMost, Do: s.fateSave},
		{Name: "advocacy.drop", Method: post, Path: "/belangen/{advocacy}/weg/{item}", May: mayTend, Do: func(v *web.Visit) error { return s.dropItem(v, true) }},
		{Name: "advocacy.restore", Method: post, Path: "/belangen/{advocacy}/terug/{item}", May: mayTend, Do: func(v *web.Visit) error { return s.dropItem(v, false) }},
		{Name: "advocacy.link", Method: post, Path: "/belangen/{advocacy}/knelpunt", May: mayTend, Do: func(v *web.Visit) error { return s.linkOne(v, true) }},
		{Name: "advocacy.unlink", Method: post, Path: "/belangen/{advocacy}/los", May: mayTend, Do: func(v *web.Visit) error { return s.linkOne(v, false) }},
		{Name: "advocacy.circle", Method: get, Path: "/belangen/{advocacy}/wie", May: mayTend, Do: s.circle},
		{Name: "advocacy.circled", Method: post, Path: "/belangen/{advocacy}/wie", May: mayTend, Body: bodyMost, Do: s.circleSave},
	}, slices.Concat(s.calendarRoutes(), s.interestRoutes())...)
}

// looks of the states: the kind and the icon of their tag.
var stateLooks = map[string][2]string{Prepared: {"", "pencil-simple"}, Running: {"warn", "megaphone"}, Waiting: {"", "hourglass-medium"}, Ended: {"ok", "check-circle"}}

// row is one dossier in a list, with who of those of whom it asks something pays us.
func row(v *web.Visit, d Dossier, names map[string]string, pay []string) ui.RowP {
	ctx := v.Ctx()
	sub := []string{d.Core.To, names[d.Owner]}
	if len(pay) > 0 {
		sub = append(sub, lang.T(ctx, "advocacy.interest.row", "who", lang.Join(ctx, pay)))
	}
	if d.Closed {
		sub = append(sub, lang.T(ctx, "advocacy.closed"))
	}
	r := ui.RowP{Href: v.URL("advocacy.one", "advocacy", d.ID), Title: d.Core.Demand, Sub: lang.Dots(sub...),
		Tag: lang.T(ctx, "advocacy.state."+d.State), TagKind: stateLooks[d.State][0], TagIcon: stateLooks[d.State][1]}
	if d.State == Ended {
		r.Tag = lang.T(ctx, "advocacy.result."+d.Result)
	}
	if !d.Next.IsZero() {
		r.Due = &ui.DueP{Days: clock.Today(v.Now).DaysUntil(d.Next), Until: lang.LongDay(ctx, d.Next)}
	}
	return r
}

func (s *Advocacy) rows(v *web.Visit, ds []Dossier) ([]ui.RowP, error) {
	var ids []string
	for _, d := range ds {
		ids = append(ids, d.Owner)
	}
	if len(ds) == 0 {
		return nil, nil
	}
	names, err := s.org.NamesOf(v.Ctx(), ids...)
	if err != nil {
		return nil, err
	}
	xs, err := s.standing(v.Ctx(), s.db)
	var out []ui.RowP
	for _, d := range ds {
		out = append(out, row(v, d, names, payers(xs, d, clock.Today(v.Now))))
	}
	return out, err
}

// listShown is how many dossiers one list shows.
const listShown = 200

type listPage struct {
	State, Whose, Words string
	Count               int
	Rows                []ui.RowP
	Tends               bool
}

// found are the dossiers that the filters of the list leave.
func (s *Advocacy) found(v *web.Visit) (listPage, []Dossier, error) {
	p := listPage{State: v.Value("stand"), Whose: v.Value("wie"), Words: v.Value("zoek"), Tends: mayTend.Allows(v.Actor)}
	where := db.F(`TRUE`)
	if slices.Contains(States, p.State) {
		where = where.And(db.F(`advocacy_dossier.state = ?`, p.State))
	}
	if p.Whose == "ik" {
		where = where.And(db.F(`advocacy_dossier.owner = ?`, v.Actor.ID))
	}
	ds, err := s.dossiers(v.Ctx(), s.db, v.Actor, where, db.F(dueFirst))
	if p.Words != "" {
		ds = slices.DeleteFunc(ds, func(d Dossier) bool { return !d.Core.has(p.Words) })
	}
	p.Count = len(ds)
	return p, ds, err
}

func (s *Advocacy) list(v *web.Visit) error {
	p, ds, err := s.found(v)
	if err != nil {
		return err
	}
	if p.Rows, err = s.rows(v, ds[:min(len(ds), listShown)]); err != nil {
		return err
	}
	return v.Page(pageList(p))
}

// Find answers the search box with the dossiers that this colleague may know of.
func (s *Advocacy) Find(v *web.Visit, typed string) ([]ui.RowP, error) {
	if !mayRead.Allows(v.Actor) || len([]rune(typed)) < 3 {
		return nil, nil
	}
	ds, err := s.dossiers(v.Ctx(), s.db, v.Actor, db.F(`TRUE`), db.F(dueFirst))
	if err != nil {
		return nil, err
	}
	ds = slices.DeleteFunc(ds, func(d Dossier) bool { return !d.Core.has(typed) })
	return s.rows(v, ds[:min(len(ds), 5)])
}

type startPage struct {
	ID      string // of the dossier whose demand is written anew
	Version int64
	In      CoreInput
	Owner   string
	Next    string
	Who     string
	Bottle  string // the bottleneck from which it begins
	Owners  []ui.Option
	Errors  fault.Fields
}

func coreInput(v *web.Visit) CoreInput {
	return CoreInput{Demand: v.Value("eis"), To: v.Value("aan"), Why: v.Value("waarom"), Mode: v.Value("hoe"), Strategy: v.Value("aanpak")}
}

func (s *Advocacy) startForm(v *web.Visit) error {
	p := startPage{In: CoreInput{Mode: "visible"}, Owner: v.Actor.ID, Next: clock.Today(v.Now).AddDays(28).String(), Who: "open", Bottle: v.Value("knelpunt")}
	var err error
	if p.Owners, _, err = s.org.Owners(v); err != nil {
		return err
	}
	return v.Page(pageStart(p))
}

func (s *Advocacy) startSave(v *web.Visit) error {
	p := startPage{In: coreInput(v), Owner: v.Value("eigenaar"), Next: v.Value("volgende"), Who: v.Value("kring"), Bottle: v.Value("knelpunt")}
	var ids []string
	var err error
	if p.Owners, ids, err = s.org.Owners(v); err != nil {
		return err
	}
	core, fs := p.In.Check()
	d := Dossier{State: Prepared, Mode: p.In.Mode, Owner: p.Owner, Closed: p.Who == "few", Core: core, Next: checkNext(&fs, p.Next, clock.Date{}, clock.Today(v.Now), true)}
	if !slices.Contains(ids, p.Owner) {
		fs.Add("eigenaar", "advocacy.error.owner")
	}
	if p.Who != "open" && p.Who != "few" {
		fs.Add("kring", "advocacy.error.choose")
	}
	known, err := s.choices(v)
	if err != nil {
		return err
	}
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageStart(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := s.start(v.Ctx(), tx, v.Actor, d)
		if err != nil {
			return "", err
		}
		if d.ID = id; slices.ContainsFunc(known, func(o ui.Option) bool { return o.Value == p.Bottle && o.Value != "" }) {
			if err := s.link(v.Ctx(), tx, v.Actor, d, p.Bottle, true); err != nil {
				return "", err
			}
		}
		return v.URL("advocacy.one", "advocacy", id, "gezegd", "advocacy.said.began"), nil
	})
}

func (s *Advocacy) choices(v *web.Visit) ([]ui.Option, error) {
	if s.lent.Choices == nil {
		return nil, nil
	}
	return s.lent.Choices(v)
}
