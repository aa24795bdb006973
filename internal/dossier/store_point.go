package dossier

// This file says whom a name and a birth point at, for whoever opens one file by them: at a desk, in an emergency. Whoever
// is spelt so and whoever sounds like it stand side by side, because the one who is spelt exactly so may be a stranger.

import (
	"context"
	"slices"
	"strings"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/names"
)

// Pointed is whom a name and a birth may mean.
type Pointed struct {
	IDs   []string
	Vague bool // one thing more must be said before a file opens, even when only one person fits
}

// One is the one who is meant; empty when it is nobody, or not certain.
func (p Pointed) One() string {
	if len(p.IDs) != 1 || p.Vague {
		return ""
	}
	return p.IDs[0]
}

// More says whether one thing more must be asked.
func (p Pointed) More() bool { return len(p.IDs) > 0 && p.One() == "" }

// PointAt finds whom a name and a birth mean; third is one thing more that somebody was asked: another part of the name, a
// V-number or a Z-number. One single name with a day that thousands share, or with a year, is not enough, nor is anything
// while the names are not yet in memory and nobody can be heard.
func (s *Files) PointAt(ctx context.Context, q db.Q, name string, b Birth, third string) (Pointed, error) {
	var out Pointed
	ids, err := s.ByNameAndBirth(ctx, q, name, b)
	if err != nil || len(ids) == 0 {
		return out, err
	}
	out.IDs = ids
	parts := (Profile{Called: name}).Parts()
	out.Vague = len(parts) == 1 && (b.Day == 0 || b.OfAnOffice()) || !s.Heard()
	if strings.TrimSpace(third) == "" || !out.More() {
		return out, nil
	}
	out.IDs, err = s.narrow(ctx, q, ids, name, third)
	out.Vague = false
	return out, err
}

// narrow keeps those of some people to whom one thing more belongs. A part of the name that was said already is no thing more.
func (s *Files) narrow(ctx context.Context, q db.Q, ids []string, name, third string) ([]string, error) {
	numbered, err := s.byNumber(ctx, q, third)
	if err != nil {
		return nil, err
	}
	ps, err := s.Profiles(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	said, more := (Profile{Called: name}).Parts(), (Profile{Called: third}).Parts()
	var out []string
	for _, id := range ids {
		p, ok := ps[id]
		if ok && (slices.Contains(numbered, id) || hasMore(p, said, more) || hearsMore(p, name, third)) {
			out = append(out, id)
		}
	}
	return out, nil
}

// hasMore says whether somebody bears all of these parts, spelt so, and none of them was said before.
func hasMore(p Profile, said, more []string) bool {
	parts := p.Parts()
	for _, m := range more {
		if slices.Contains(said, m) || !slices.Contains(parts, m) {
			return false
		}
	}
	return len(more) > 0
}

// hearsMore says whether a third thing adds to what a name has in common with one spelling of somebody's name: one part
// for each part of it.
func hearsMore(p Profile, name, third string) bool {
	n := len(names.Read(third).Parts())
	if n == 0 {
		return false
	}
	short, long := names.Read(name), names.Read(name+" "+third)
	for _, spelling := range p.spelt() {
		read := names.Read(spelling)
		_, before := names.Compare(short, read)
		_, after := names.Compare(long, read)
		if clearly(after) >= clearly(before)+n {
			return true
		}
	}
	return false
}

// clearly counts the parts that two names surely have in common.
func clearly(why []names.Reason) int {
	n := 0
	for _, r := range why {
		if r.How != names.Far && r.How != names.Missing && r.How != names.Extra && !r.Light {
			n++
		}
	}
	return n
}

// byNumber finds people by a V-number or a Z-number, in any notation and whichever of their numbers it is.
func (s *Files) byNumber(ctx context.Context, q db.Q, typed string) ([]string, error) {
	var out []string
	if n, ok := VNumber(typed); ok {
		ids, err := s.byTokens(ctx, q, tokenVNumber, []string{n}, 1, tokensMost)
		if err != nil {
			return nil, err
		}
		out = append(out, ids...)
	}
	if n, ok := ZNumber(typed); ok {
		ids, err := s.byTokens(ctx, q, tokenZNumber, []string{n}, 1, tokensMost)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out, nil
}

// tokensMost is how many people one look-up by tokens gives.
const tokensMost = 50

// ByNameAndBirth finds people who have every typed part of a name and this birth, a whole day or a year only, and those
// whose name sounds like it and who have this birth. Two identifiers; never one.
func (s *Files) ByNameAndBirth(ctx context.Context, q db.Q, name string, b Birth) ([]string, error) {
	if b.Year == 0 {
		return nil, nil
	}
	kind, when := bornAs(b)
	parts := (Profile{Called: name}).Parts()
	if len(parts) == 0 {
		return nil, nil
	}
	values := make([]string, len(parts))
	for i, part := range parts {
		values[i] = part + "|" + when
	}
	ids, err := s.byTokens(ctx, q, kind, values, len(values), tokensMost)
	if err != nil {
		return nil, err
	}
	if ids, err = s.heardAs(ctx, q, Profile{Called: name, Births: []Birth{b}}, ids); err != nil {
		return nil, err
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}
