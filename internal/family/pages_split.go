package family

// This file holds the page on which a colleague writes down that two parted, and a lead takes it back.

import (
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type splitRow struct {
	ID, Member, Name string
	Kind, When, Note string
	Undone           string // when and by whom it was taken back
	UndoURL          string
	Why              string // as it was sent, when something is wrong with it
	Err              *fault.Field
}

// field is the name of the field with the reason: each parting on a page has one of its own.
func (s splitRow) field() string { return "why-" + s.ID }

// splitRows are the partings of a family, newest first.
func (x *Families) splitRows(v *web.Visit, r room) ([]splitRow, error) {
	ctx := v.Ctx()
	ss, err := splits(ctx, x.db, r.Key(), r.ID())
	if err != nil || len(ss) == 0 {
		return nil, err
	}
	var ids []string
	for _, s := range ss {
		ids = append(ids, s.MadeBy, s.EndedBy)
	}
	slices.Sort(ids)
	names, err := x.org.Colleagues(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	may := r.Changes(mayUndo)
	var out []splitRow
	for _, s := range ss {
		row := splitRow{ID: s.ID, Member: s.Member, Name: lang.T(ctx, "family.somebody"), Kind: lang.T(ctx, "family.part."+s.What.Kind), Note: s.What.Note,
			When: lang.T(ctx, "family.part.when", "day", lang.Day(ctx, clock.Today(s.At)), "name", names[s.MadeBy].Name)}
		if m, ok := r.Member(s.Member); ok {
			row.Name = lang.Isolated(m.Name)
		}
		switch {
		case !s.Ended.IsZero():
			row.Undone = lang.Dots(lang.T(ctx, "family.part.undone", "day", lang.Day(ctx, clock.Today(s.Ended)), "name", names[s.EndedBy].Name), s.What.Undone)
		case may:
			row.UndoURL = v.URL("family.unpart", "person", r.ID(), "split", s.ID)
		}
		out = append(out, row)
	}
	return out, nil
}

type partPage struct {
	room
	M      Member
	In     SplitInput
	Stay   []ui.Option
	Bare   []string // children who may stay and have no linked file
	Errors fault.Fields
}

func (x *Families) partForm(v *web.Visit) error {
	f, err := x.lookToKeep(v)
	if err != nil {
		return err
	}
	return x.partPage(v, f, partPage{})
}

// partPage shows the form. Everybody who is a minor stays with the person unless somebody says otherwise.
func (x *Families) partPage(v *web.Visit, f dossier.File, p partPage) error {
	var err error
	if p.room, err = x.enter(v, f); err != nil {
		return err
	}
	if p.M, err = p.one(v); err != nil {
		return err
	}
	fresh := len(p.Errors) == 0
	ls, err := db.Many[string](v.Ctx(), x.db, db.F(`SELECT DISTINCT member FROM family_link WHERE person = ?`, f.ID()))
	if err != nil {
		return err
	}
	linked := map[string]bool{}
	for _, m := range ls {
		linked[m] = true
	}
	for _, m := range p.Living() {
		k, ok := p.Bond(m.ID, p.Today)
		if m.ID == p.M.ID || !ok || m.Where.State == Died || k.Role == Partner {
			continue
		}
		p.Stay = append(p.Stay, ui.Option{Value: m.ID, Label: lang.Dots(lang.Isolated(m.Name), role(v.Ctx(), k))})
		if k.Role == Child && Minor(m.Births, p.Today) != "no" && !linked[m.ID] {
			p.Bare = append(p.Bare, lang.Isolated(m.Name))
		}
		if fresh && k.Role == Child && Minor(m.Births, p.Today) != "no" {
			p.In.Stay = append(p.In.Stay, m.ID)
		}
	}
	if !fresh {
		return v.Invalid(pagePart(p))
	}
	return v.Page(pagePart(p))
}

func (x *Families) part(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	fam, _, err := load(v.Ctx(), x.db, f.Key(), f.ID())
	if err != nil {
		return err
	}
	m, ok := fam.Member(v.Param("member"))
	if !ok {
		return fault.Gone()
	}
	in := SplitInput{Kind: v.Value("kind"), Note: v.Value("note"), Stay: v.Values("stay"), Over: v.Value("over") != ""}
	if fs := in.Check(fam, m.ID); len(fs) > 0 {
		return x.partPage(v, f, partPage{In: in, Errors: fs})
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := x.split(v.Ctx(), tx, f, m.ID, in)
		return v.URL("family.file", "person", f.ID(), "gezegd", "family.said.parted"), err
	})
}

// unpart takes a parting back. It asks why: what comes back may be what somebody was kept safe from.
func (x *Families) unpart(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	if _, err := splitOne(v.Ctx(), x.db, f, v.Param("split")); err != nil {
		return err
	}
	field := splitRow{ID: v.Param("split")}.field()
	why := v.Value(field)
	var fs fault.Fields
	if why == "" {
		fs.Add(field, "family.error.why")
	}
	text(&fs, field, why, noteMost)
	if len(fs) > 0 {
		return x.overviewPage(v, f, overviewPage{Errors: fs, Split: v.Param("split"), Why: why})
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("family.file", "person", f.ID(), "gezegd", "family.said.unparted"), unsplit(v.Ctx(), tx, f, v.Param("split"), why)
	})
}
