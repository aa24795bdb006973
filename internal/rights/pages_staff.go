package rights

// This file holds the pages of colleagues: the privacy desk, and the file in which somebody writes down a request or carries out
// what was decided.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type listPage struct {
	Open, ToDo, Waits, Past []ui.RowP
}

// rows are requests as the privacy desk lists them: what, from which team, how long it is there. Not whose: that stands on its
// own page, and is logged there.
func (r *Rights) rows(v *web.Visit, qs []Request) ([]ui.RowP, error) {
	ctx := v.Ctx()
	teams, err := r.org.Teams(ctx, "")
	if err != nil {
		return nil, err
	}
	team := map[string]string{}
	for _, t := range teams {
		team[t.ID] = t.Name
	}
	var who []string
	for _, q := range qs {
		who = append(who, q.Handler)
	}
	names, err := r.org.Colleagues(ctx, who)
	if err != nil {
		return nil, err
	}
	today := clock.Today(v.Now)
	var out []ui.RowP
	for _, q := range qs {
		row := ui.RowP{Href: v.URL("rights.one", "right", q.ID), Title: lang.T(ctx, "rights.kind."+q.Kind), Sub: lang.Dots(lang.T(ctx, "rights.age", "n", q.Day.DaysUntil(today)), team[q.Team], lang.T(ctx, "rights.how."+q.How), names[q.Handler].Name)}
		switch {
		case q.Open():
			row.Due = &ui.DueP{Days: today.DaysUntil(q.Due), Until: lang.LongDay(ctx, q.Due)}
		case q.Turn() == Wait:
			row.Due = &ui.DueP{Days: today.DaysUntil(q.Effect), Until: lang.LongDay(ctx, q.Effect)}
		}
		row.Tag = lang.T(ctx, "rights.stands."+q.State())
		if q.Turn() == Theirs {
			row.TagKind = "brand"
		}
		out = append(out, row)
	}
	return out, nil
}

func (r *Rights) list(v *web.Visit) error {
	qs, err := r.desk(v.Ctx(), false)
	if err != nil {
		return err
	}
	rows, err := r.rows(v, qs)
	if err != nil {
		return err
	}
	var p listPage
	for i, q := range qs {
		switch {
		case q.Open():
			p.Open = append(p.Open, rows[i])
		case q.Turn() == Wait:
			p.Waits = append(p.Waits, rows[i])
		case q.Turn() == Ours:
			p.ToDo = append(p.ToDo, rows[i])
		default:
			p.Past = append(p.Past, rows[i])
		}
	}
	return v.Page(pageList(p))
}

type onePage struct {
	told
	Team, When, Lang string
	Open             []string // what is open in the file, for who decides about erasing it
	Options          []ui.Option
	CanMake          bool
}

func (r *Rights) onePage(v *web.Visit, q Request) (onePage, error) {
	ctx := v.Ctx()
	t, err := r.told(v, q)
	if err != nil {
		return onePage{}, err
	}
	t.Staff = true
	p := onePage{told: t, When: lang.LongDay(ctx, q.Day), Lang: lang.Find(q.Lang).Dutch, CanMake: q.May(CopyGiven, clock.Today(v.Now))}
	team, err := r.org.Team(ctx, q.Team)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return p, err
	}
	p.Team = team.Name
	if q.Kind == Erase && q.Open() {
		if p.Open, err = r.openWork(v, q.Person); err != nil {
			return p, err
		}
	}
	for _, s := range []string{Taken, Asked, Longer, Decide, CopyGiven, Carried, Lifted, Reopened} {
		if !q.May(s, clock.Today(v.Now)) || s == Taken && q.Handler == v.Actor.ID || s == Carried && q.Kind == Copy || s == Lifted && !t.End {
			continue
		}
		p.Options = append(p.Options, ui.Option{Value: s, Label: lang.T(ctx, "rights.do."+s)})
	}
	return p, nil
}

// openWork is what colleagues mind in a file, counted: an appeal that runs may be a reason not to erase.
func (r *Rights) openWork(v *web.Visit, person string) ([]string, error) {
	ctx := v.Ctx()
	helpers, err := r.files.Helpers(ctx, r.db, person, v.Now)
	if err != nil {
		return nil, err
	}
	n := map[string]int{}
	for _, h := range helpers {
		all, err := r.files.OpenWork(ctx, r.db, h, person, v.Now)
		if err != nil {
			return nil, err
		}
		for name, ts := range all {
			n[name] += len(ts)
		}
	}
	var out []string
	for _, w := range r.files.Works() {
		if n[w.Name] > 0 {
			out = append(out, lang.T(ctx, w.Name)+": "+lang.Number(ctx, n[w.Name]))
		}
	}
	return out, nil
}

func (r *Rights) one(v *web.Visit) error {
	q, err := r.request(v.Ctx(), r.db, v.Param("right"))
	if err != nil {
		return err
	}
	// The look is in the log before anything is shown.
	if err := r.db.Tx(v.Ctx(), func(tx *db.Tx) error { return log(v.Ctx(), tx, v.Actor, "rights.event.looked", q.Person, q.ID) }); err != nil {
		return err
	}
	p, err := r.onePage(v, q)
	if err != nil {
		return err
	}
	return v.Page(pageOne(p))
}

func (r *Rights) takeStep(v *web.Visit) error {
	q, err := r.request(v.Ctx(), r.db, v.Param("right"))
	if err != nil {
		return err
	}
	in := StepInput{Step: v.Value("stap"), Outcome: v.Value("uitkomst"), Ground: v.Value("grond"), Text: v.Value("woorden")}
	fs := in.Check(q)
	if ownSteps[in.Step] || !q.May(in.Step, clock.Today(v.Now)) && q.Version == v.Number("versie") {
		fs.Add("stap", "rights.error.step")
	}
	if len(fs) > 0 {
		if err := r.db.Tx(v.Ctx(), func(tx *db.Tx) error { return log(v.Ctx(), tx, v.Actor, "rights.event.looked", q.Person, q.ID) }); err != nil {
			return err
		}
		p, err := r.onePage(v, q)
		if err != nil {
			return err
		}
		p.In, p.Errors = in, fs
		return v.Invalid(pageOne(p))
	}
	k, err := r.vault.Key(v.Ctx(), q.Person)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := r.step(v.Ctx(), tx, k, v.Actor.ID, q.ID, v.Number("versie"), in); err != nil {
			return "", err
		}
		return v.URL("rights.one", "right", q.ID, "gezegd", "rights.said.step"), log(v.Ctx(), tx, v.Actor, "rights.event."+in.Step, q.Person, q.ID)
	})
}

// fetchDesk makes a copy for somebody who cannot fetch it themselves. It holds everything, so every time is logged, and the
// person sees it.
func (r *Rights) fetchDesk(v *web.Visit) error {
	q, err := r.request(v.Ctx(), r.db, v.Param("right"))
	if err != nil {
		return err
	}
	if !q.May(CopyGiven, clock.Today(v.Now)) || q.How == OnPage {
		return fault.Gone()
	}
	if err := r.db.Tx(v.Ctx(), func(tx *db.Tx) error { return log(v.Ctx(), tx, v.Actor, "rights.event.made", q.Person, q.ID) }); err != nil {
		return err
	}
	k, err := r.vault.Key(v.Ctx(), q.Person)
	if err != nil {
		return err
	}
	v.SetCtx(lang.In(v.Ctx(), q.Lang))
	return r.download(v, q, k)
}

// fileRow is a request as a colleague of the file sees it: that it is there, and until when. What somebody said stays with the
// privacy officer, until it must be carried out.
type fileRow struct {
	ui.RowP
	ID, Text, Said string
	Carry          bool
	Version        int64
}

type filePage struct {
	File   dossier.File
	Rows   []fileRow
	In     Asking
	Due    string
	Print  bool // the paper to take along can be made
	Errors fault.Fields
}

func (r *Rights) filePage(v *web.Visit, f dossier.File) (filePage, error) {
	ctx := v.Ctx()
	p := filePage{File: f, In: Asking{Kind: v.Value("soort"), How: v.Value("hoe"), Day: v.Value("dag"), Text: v.Value("tekst")}, Due: lang.LongDay(ctx, Due(clock.Today(v.Now), false, r.working)), Print: f.Level() >= mayPrint.Level && mayPrint.Allows(v.Actor)}
	qs, err := ofPerson(ctx, r.db, f.ID())
	if err != nil {
		return p, err
	}
	for _, q := range qs {
		row := fileRow{ID: q.ID, Version: q.Version, RowP: ui.RowP{Title: lang.T(ctx, "rights.kind."+q.Kind), Sub: lang.Dots(lang.T(ctx, "rights.how."+q.How), lang.Day(ctx, q.Day)), Tag: lang.T(ctx, "rights.stands."+q.State())}}
		if q.Open() {
			row.Due = &ui.DueP{Days: clock.Today(v.Now).DaysUntil(q.Due), Until: lang.LongDay(ctx, q.Due)}
		}
		if (q.Kind == Correct || q.Kind == Object) && q.ToDo() && f.Level() >= access.File && f.Changes(mayCarry) {
			if err := r.toCarry(v, f, q.ID, &row); err != nil {
				return p, err
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

// toCarry adds what was asked and what was decided about it.
func (r *Rights) toCarry(v *web.Visit, f dossier.File, id string, row *fileRow) error {
	q, err := r.request(v.Ctx(), r.db, id)
	if err != nil {
		return err
	}
	if err := q.open(f.Key()); err != nil {
		return err
	}
	ss, err := steps(v.Ctx(), r.db, f.Key(), id)
	if err != nil {
		return err
	}
	row.Carry, row.Text = true, q.Words.Text
	for _, s := range ss {
		if s.Kind == Decide {
			row.Said = s.Text
		}
	}
	return nil
}

func (r *Rights) file(v *web.Visit) error {
	f, err := r.files.Open(v, v.Param("person"), mayLodge.Level, "rights.event.read")
	if err != nil {
		return err
	}
	p, err := r.filePage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pageFile(p))
}

func (r *Rights) lodgeFor(v *web.Visit) error {
	f, err := r.files.OpenToChange(v, v.Param("person"), mayLodge)
	if err != nil {
		return err
	}
	in := Asking{Kind: v.Value("soort"), How: v.Value("hoe"), Day: v.Value("dag"), Text: v.Value("tekst")}
	day, fs := in.Check(clock.Today(v.Now), true)
	if len(fs) > 0 {
		p, err := r.filePage(v, f)
		if err != nil {
			return err
		}
		p.Errors = fs
		return v.Invalid(pageFile(p))
	}
	q := Request{Person: f.ID(), Team: f.Team(), Kind: in.Kind, How: in.How, Lang: dossier.PortalTag(f.Profile()), Day: day, MadeBy: v.Actor.ID}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := r.lodge(v.Ctx(), tx, f.Key(), q, Words{Called: f.Called(), Text: in.Text})
		if err != nil {
			return "", err
		}
		return v.URL("rights.file", "person", f.ID(), "gezegd", "rights.said.lodged"), f.Log(v.Ctx(), tx, "rights.event.lodged", id)
	})
}

// carry says that what was decided stands in the file now.
func (r *Rights) carry(v *web.Visit) error {
	f, err := r.files.OpenToChange(v, v.Param("person"), mayCarry)
	if err != nil {
		return err
	}
	q, err := r.request(v.Ctx(), r.db, v.Param("right"))
	if err != nil {
		return err
	}
	if q.Person != f.ID() || q.Kind != Correct && q.Kind != Object {
		return fault.Gone()
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := r.step(v.Ctx(), tx, f.Key(), v.Actor.ID, q.ID, v.Number("versie"), StepInput{Step: Carried}); err != nil {
			return "", err
		}
		return v.URL("rights.file", "person", f.ID(), "gezegd", "rights.said.carried"), f.Log(v.Ctx(), tx, "rights.event."+Carried, q.ID)
	})
}
