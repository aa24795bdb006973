package family

// This file finds whose files a parting is about: those that are linked in the family of who says it, and those that only the
// other side knows. A child may be linked in the family of the father alone, and what he sees for it must end all the same.

import (
	"context"
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
)

// apart are the files of the one from whom somebody parts, and of those who stay. Who does it need not know of any of them.
func (x *Families) apart(ctx context.Context, tx *db.Tx, f dossier.File, member string, staying []string) (who, stay []string, err error) {
	fam, _, err := load(ctx, tx, f.Key(), f.ID())
	if err != nil {
		return nil, nil, err
	}
	ls, err := db.Many[Link](ctx, tx, db.F(`SELECT member, other FROM family_link WHERE person = ?`, f.ID()))
	if err != nil {
		return nil, nil, err
	}
	linked := map[string]bool{f.ID(): true} // files that are somebody already
	has := map[string]bool{}                // relatives with a file
	for _, l := range ls {
		linked[l.Other], has[l.Member] = true, true
		if l.Member == member {
			who = append(who, l.Other)
		}
		if slices.Contains(staying, l.Member) {
			stay = append(stay, l.Other)
		}
	}
	// The other, by whoever has this person or a child of theirs as a relative, or sees something for them.
	ours := append([]string{f.ID()}, stay...)
	near, err := db.Many[string](ctx, tx, db.F(`SELECT person FROM family_link WHERE`).With(db.In("other", ours)).Then(`UNION SELECT other FROM family_link WHERE`).With(db.In("person", stay)).
		Then(`UNION SELECT adult FROM family_sight WHERE ended IS NULL AND`).With(db.In("person", ours)))
	if err != nil {
		return nil, nil, err
	}
	if m, ok := fam.Member(member); ok && !has[member] {
		found, err := x.named(ctx, tx, []Member{m}, near, linked)
		if err != nil {
			return nil, nil, err
		}
		who = append(who, found...)
	}
	// Those who stay, by whom the other has as a relative, or sees something for.
	var bare []Member
	for _, id := range staying {
		if m, ok := fam.Member(id); ok && !has[id] {
			bare = append(bare, m)
		}
	}
	theirs, err := db.Many[string](ctx, tx, db.F(`SELECT other FROM family_link WHERE`).With(db.In("person", who)).Then(`UNION SELECT person FROM family_sight WHERE ended IS NULL AND`).With(db.In("adult", who)))
	if err != nil {
		return nil, nil, err
	}
	for _, w := range who {
		linked[w] = true
	}
	found, err := x.named(ctx, tx, bare, theirs, linked)
	return who, append(stay, found...), err
}

// named are the files among some that may be of one of these relatives, by name and birth. One too many is cut off for a while,
// which a lead takes back; one too few goes on being seen by who must not.
func (x *Families) named(ctx context.Context, q db.Q, ms []Member, files []string, but map[string]bool) ([]string, error) {
	files = slices.DeleteFunc(slices.Clone(files), func(id string) bool { return but[id] })
	slices.Sort(files)
	files = slices.Compact(files)
	if len(ms) == 0 || len(files) == 0 {
		return nil, nil
	}
	ps, err := x.files.Profiles(ctx, q, files)
	var out []string
	for _, id := range files {
		if p, ok := ps[id]; ok && slices.ContainsFunc(ms, func(m Member) bool { return m.maybe(p) }) {
			out = append(out, id)
		}
	}
	return out, err
}

// maybe says whether a file may be of this relative: the words of one name are all in the other, and nothing known of the birth
// speaks against it.
func (m Member) maybe(p dossier.Profile) bool {
	words := func(texts ...string) map[string]bool {
		out := map[string]bool{}
		for _, t := range texts {
			for _, w := range strings.Fields(dossier.Fold(t)) {
				out[w] = true
			}
		}
		return out
	}
	within := func(a, b map[string]bool) bool {
		for w := range a {
			if !b[w] {
				return false
			}
		}
		return len(a) > 0
	}
	all := []string{p.Called, p.Name(), p.Own}
	for _, n := range p.Names {
		all = append(all, n.Text)
	}
	for _, n := range p.Variants {
		all = append(all, n.Text)
	}
	theirs := words(all...)
	if !within(words(m.Name), theirs) && !within(words(m.Own), theirs) && !within(words(p.Name()), words(m.Name, m.Own)) {
		return false
	}
	for _, a := range m.Births {
		for _, b := range p.Births {
			if a.Year == 0 || b.Year == 0 || a.Year-b.Year <= 2 && b.Year-a.Year <= 2 {
				return true
			}
		}
	}
	return len(m.Births) == 0 || len(p.Births) == 0
}
