package family

// This file holds the refugee's own pages: who is noted as family, where, and how far each is; and what an adult may see for
// a child. They show what stands in the own file and nothing of anybody else's.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type mineRow struct {
	Name, Own, Role string
	Where, State    string
	Steps           []stepRow
	Next, Turn      string
	Visa            string
}

type childRow struct{ Name, URL string }

type minePage struct {
	Rows     []mineRow
	Children []childRow
	Guardian string
	Ends     string
}

// mine shows the own family. Notes of colleagues, what rules say and who has a file are not for this page.
func (x *Families) mine(v *web.Visit) error {
	f, err := x.files.Open(v, v.Actor.ID, access.File, "family.event.look")
	if err != nil {
		return err
	}
	ctx, today := v.Ctx(), clock.Today(v.Now)
	s, err := show(ctx, x.db, f.Key(), f.ID())
	if err != nil {
		return err
	}
	var p minePage
	for _, m := range s.Living() {
		p.Rows = append(p.Rows, s.mineRow(v, m, today))
	}
	if g := s.Guardian; g.Stands(today) {
		p.Guardian = lang.Dots(lang.Isolated(g.Name), g.Office)
		if g.Name == "" {
			p.Guardian = g.Office
		}
		g.Grown, g.Latest = Eighteen(f.Profile().Births)
		p.Ends = endsText(ctx, g)
	}
	kids, err := seenFor(ctx, x.db, f.ID(), v.Now)
	if err != nil {
		return err
	}
	names, err := x.files.Names(ctx, kids)
	if err != nil {
		return err
	}
	for _, id := range kids {
		if names[id] != "" {
			p.Children = append(p.Children, childRow{lang.Isolated(names[id]), v.URL("family.child", "person", id)})
		}
	}
	return v.Page(pageMine(p))
}

func (s Shown) mineRow(v *web.Visit, m Member, today clock.Date) mineRow {
	ctx := v.Ctx()
	k, _ := s.Bond(m.ID, today)
	w := WayOf(m, today)
	row := mineRow{Name: m.Name, Own: m.Own, Where: whereText(ctx, Where{Country: m.Where.Country, Place: m.Where.Place}), State: m.Where.State}
	if k.Role != "" {
		row.Role = role(ctx, k)
	}
	for _, t := range w.Steps {
		if !t.over() || t.State == Unneeded {
			continue
		}
		r := stepRow{Title: lang.T(ctx, "family.step."+t.Kind)}
		if t.Kind == Decision {
			r.Title = lang.T(ctx, "family.mine."+t.State)
		}
		if !t.On.IsZero() {
			r.Sub = lang.Day(ctx, t.On)
		}
		row.Steps = append(row.Steps, r)
	}
	switch {
	case w.Next == "":
	case !w.Planned.IsZero():
		row.Next = lang.T(ctx, "family.mine.planned", "step", lang.T(ctx, "family.step."+w.Next), "day", lang.Day(ctx, w.Planned))
	default:
		row.Next = lang.T(ctx, "family.mine.next", "step", lang.T(ctx, "family.step."+w.Next))
	}
	if w.Next != "" {
		row.Turn = lang.T(ctx, "family.mine.turn."+w.Who)
	}
	if !w.Visa.IsZero() {
		row.Visa = lang.T(ctx, "family.visa.until", "day", lang.FullDay(ctx, w.Visa))
	}
	return row
}

type childPage struct {
	Name, Until string
	Parts       []childPart
}

type childPart struct {
	Title string
	Lines []ui.FactP
}

// forChild are the parts of a child's file that an adult sees for them.
var forChild = []string{"name", "birth", "languages", "appointments", "terms", "papers"}

// child shows an adult what they may see for a child. The grant says whether, and the child's age on this day: a birth that
// was corrected since counts at once.
func (x *Families) child(v *web.Visit) error {
	kids, err := seenFor(v.Ctx(), x.db, v.Actor.ID, v.Now)
	if err != nil {
		return err
	}
	person := v.Param("person")
	for _, id := range kids {
		if id == person {
			return x.showChild(v, id)
		}
	}
	return fault.Gone()
}

func (x *Families) showChild(v *web.Visit, id string) error {
	peek, err := x.files.OpenFor(v, id, access.DeskLevel)
	if err != nil {
		return err
	}
	until, ok := Sight(peek.Profile().Births, clock.Today(v.Now))
	if !ok {
		return fault.Gone()
	}
	f, err := x.files.Open(v, id, access.DeskLevel, "family.event.forchild")
	if err != nil {
		return err
	}
	p := childPage{Name: lang.Isolated(f.Called()), Until: lang.FullDay(v.Ctx(), clock.Today(until))}
	for _, name := range forChild {
		for _, e := range x.excerpts {
			if e.Name != name || f.Level() < max(e.Level, access.DeskLevel) {
				continue
			}
			lines, err := e.Lines(v, f)
			if err != nil {
				return err
			}
			if len(lines) > 0 {
				p.Parts = append(p.Parts, childPart{lang.T(v.Ctx(), e.Key), lines})
			}
		}
	}
	return v.Page(pageChild(p))
}

// homePanel is the way to the own family on the person's first page.
func (x *Families) homePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	s, err := show(v.Ctx(), x.db, f.Key(), f.ID())
	if err != nil {
		return ui.Part{}, err
	}
	kids, err := seenFor(v.Ctx(), x.db, f.ID(), v.Now)
	if err != nil || len(s.Living())+len(kids) == 0 && s.Guardian.Zero() {
		return ui.Part{}, err
	}
	return ui.Part{Body: partHome(len(s.Living()))}, nil
}
