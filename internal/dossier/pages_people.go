package dossier

// This file holds the page on which a file is given to colleagues, taken from them, and moved to another location.

import (
	"cmp"
	"context"
	"slices"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// helper is a colleague to whom the file is assigned.
type helper struct {
	ID, Name, Role string
	You            bool
}

// helpers reads who has the file, with the role in which they work.
func (s *Files) helpers(v *web.Visit, f File, names map[string]organisation.Colleague, ids []string) ([]helper, error) {
	posts, err := s.org.PostsOf(v.Ctx(), names, v.Now)
	if err != nil {
		return nil, err
	}
	var out []helper
	for _, id := range ids {
		h := helper{ID: id, Name: nameOf(names, id), You: id == v.Actor.ID}
		if r := roleOf(access.Actor{Kind: access.Staff, Posts: posts[id]}); r != "" {
			h.Role = lang.T(v.Ctx(), "dossier.role."+r)
		}
		out = append(out, h)
	}
	return out, nil
}

type peoplePage struct {
	File    File
	Mine    []helper
	Others  []ui.Option
	Places  []ui.Option
	Family  []relative
	Known   []ui.Option // one's own people, to say who belongs to the family
	Where   string      // the location now
	Errors  fault.Fields
	Unsure  []string // wishes of which nobody can tell here whether a colleague meets them
	Lasting bool     // false in an emergency: then nothing here can be changed
}

func (s *Files) people(v *web.Visit) error {
	f, err := s.Open(v, v.Param("person"), access.File, "dossier.event.people")
	if err != nil {
		return err
	}
	return s.peoplePage(v, f, nil)
}

func (s *Files) peoplePage(v *web.Visit, f File, fs fault.Fields) error {
	ids, err := s.Helpers(v.Ctx(), s.db, f.id, v.Now)
	if err != nil {
		return err
	}
	names, err := s.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return err
	}
	p := peoplePage{File: f, Errors: fs, Lasting: f.Lasting() == nil, Others: []ui.Option{{Label: lang.T(v.Ctx(), "dossier.assign.choose")}}}
	if p.Mine, err = s.helpers(v, f, names, ids); err != nil {
		return err
	}
	may, err := s.assignable(v, f)
	if err != nil {
		return err
	}
	var rest []ui.Option // who speaks a language of the person comes first
	for _, c := range may {
		if slices.Contains(ids, c.ID) {
			continue
		}
		if t := f.profile.Shared(c.Languages); t != "" {
			p.Others = append(p.Others, ui.Option{Value: c.ID, Label: lang.T(v.Ctx(), "dossier.assign.speaks", "name", c.Name, "language", tongue(v.Ctx(), t))})
		} else {
			label := c.Name
			if f.profile.Wish.Language {
				label = lang.T(v.Ctx(), "dossier.assign.unmet", "name", c.Name)
			}
			rest = append(rest, ui.Option{Value: c.ID, Label: label})
		}
	}
	p.Others = append(p.Others, rest...)
	for _, w := range f.profile.Wish.untold() {
		p.Unsure = append(p.Unsure, lang.T(v.Ctx(), "dossier.assign.wish."+w, "name", f.Called()))
	}
	ls, err := s.org.Locations(v.Ctx())
	if err != nil {
		return err
	}
	for _, l := range ls {
		if l.ID == f.location {
			p.Where = l.Name
			continue
		}
		p.Places = append(p.Places, ui.Option{Value: l.ID, Label: l.Name})
	}
	p.Places = append([]ui.Option{{Label: lang.T(v.Ctx(), "dossier.move.choose")}}, p.Places...)
	if p.Family, err = s.relatives(v.Ctx(), v.Actor, f.id, v.Now); err != nil {
		return err
	}
	mine, err := s.Mine(v.Ctx(), v.Actor, access.File, v.Now)
	if err != nil {
		return err
	}
	byName(mine)
	p.Known = []ui.Option{{Label: lang.T(v.Ctx(), "dossier.family.choose")}}
	for _, l := range mine {
		if l.ID != f.id {
			p.Known = append(p.Known, ui.Option{Value: l.ID, Label: lang.Dots(l.Card.Name, vText(l.Card.VNumber))})
		}
	}
	if len(fs) > 0 {
		return v.Invalid(pagePeople(p))
	}
	return v.Page(pagePeople(p))
}

// helpsHere says whether the reader is one of the helpers.
func helpsHere(hs []helper) bool {
	return slices.ContainsFunc(hs, func(h helper) bool { return h.You })
}

// assignable are the caseworkers where the person is helped: who may be given the file.
func (s *Files) assignable(v *web.Visit, f File) ([]organisation.Colleague, error) {
	return s.caseworkers(v.Ctx(), f.team, f.location, v.Now)
}

// caseworkers are the colleagues who may have files of a team, and of one location when it is named, by name.
func (s *Files) caseworkers(ctx context.Context, team, location string, now time.Time) ([]organisation.Colleague, error) {
	where := []access.Scope{{Kind: access.Team, ID: team}}
	if location != "" {
		where = append(where, access.Scope{Kind: access.Location, ID: location})
	} else {
		ls, err := s.org.LocationsOf(ctx, team)
		if err != nil {
			return nil, err
		}
		for _, l := range ls {
			where = append(where, access.Scope{Kind: access.Location, ID: l.ID})
		}
	}
	if t, err := s.org.Team(ctx, team); err == nil {
		where = append(where, access.Scope{Kind: access.InRegion, ID: t.Region})
	} else if !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	var ids []string
	for _, sc := range where {
		for _, r := range []access.Role{access.Case, access.Legal} {
			who, err := s.org.Holding(ctx, access.Post{Role: r, Scope: sc}, now)
			if err != nil {
				return nil, err
			}
			ids = append(ids, who...)
		}
	}
	slices.Sort(ids)
	names, err := s.org.Colleagues(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	var out []organisation.Colleague
	for _, c := range names {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b organisation.Colleague) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// openLasting opens a file for a form whose effect outlives the visit.
func (s *Files) openLasting(v *web.Visit, level access.Level) (File, error) {
	f, err := s.OpenFor(v, v.Param("person"), level)
	if err != nil {
		return File{}, err
	}
	return f, f.Lasting()
}

func (s *Files) assign(v *web.Visit) error {
	f, err := s.openLasting(v, access.File)
	if err != nil {
		return err
	}
	may, err := s.assignable(v, f)
	if err != nil {
		return err
	}
	who := v.Value("colleague")
	if !slices.ContainsFunc(may, func(c organisation.Colleague) bool { return c.ID == who }) {
		return s.peoplePage(v, f, fault.Fields{{Name: "colleague", Key: "dossier.error.colleague"}})
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("dossier.people", "person", f.id, "gezegd", "dossier.said.assigned"), s.Assign(v.Ctx(), tx, f.id, f.team, who, v.Actor, f.grant.Place)
	})
}

func (s *Files) unassign(v *web.Visit) error {
	f, err := s.openLasting(v, access.File)
	if err != nil {
		return err
	}
	to := v.URL("dossier.people", "person", f.id, "gezegd", "dossier.said.unassigned")
	if v.Value("colleague") == v.Actor.ID {
		to = v.URL("dossier.list", "gezegd", "dossier.said.left")
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return to, s.Unassign(v.Ctx(), tx, f.id, v.Value("colleague"), v.Actor)
	})
	if fault.Is(err, fault.Invalid) {
		return s.peoplePage(v, f, fault.Fields{{Name: "colleague", Key: "dossier.assign.last"}})
	}
	return err
}

// move brings a file to another location, and so perhaps to another team. Who had it keeps it, until they hand it over.
func (s *Files) move(v *web.Visit) error {
	f, err := s.openLasting(v, access.File)
	if err != nil {
		return err
	}
	l, err := s.org.Location(v.Ctx(), v.Value("location"))
	if fault.Is(err, fault.NotFound) || (err == nil && l.Closed) {
		return s.peoplePage(v, f, fault.Fields{{Name: "location", Key: "dossier.error.choose"}})
	}
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("dossier.people", "person", f.id, "gezegd", "dossier.said.moved"), s.Move(v.Ctx(), tx, f, l.Team, l.ID)
	})
}

// join says that two people belong together; both files must be open to the one who says it.
func (s *Files) join(v *web.Visit) error {
	f, err := s.openLasting(v, access.File)
	if err != nil {
		return err
	}
	var fs fault.Fields
	other, err := s.OpenFor(v, v.Value("other"), access.File)
	if fault.Is(err, fault.NotFound) || (err == nil && other.id == f.id) {
		fs.Add("other", "dossier.error.choose")
	} else if err != nil {
		return err
	}
	for _, field := range []string{"part", "otherpart"} {
		if !slices.Contains(MemberParts, v.Value(field)) {
			fs.Add(field, "dossier.error.choose")
		}
	}
	if len(fs) > 0 {
		return s.peoplePage(v, f, fs)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("dossier.people", "person", f.id, "gezegd", "dossier.said.joined"), together(v.Ctx(), tx, f, other, v.Value("part"), v.Value("otherpart"))
	})
}

func (s *Files) leave(v *web.Visit) error {
	f, err := s.openLasting(v, access.File)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("dossier.people", "person", f.id, "gezegd", "dossier.said.apart"), apart(v.Ctx(), tx, f, v.Value("household"))
	})
}
