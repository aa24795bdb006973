package organisation

// This file tells other rooms what colleagues are called, and who of them can own a piece of work.

import (
	"context"
	"slices"
	"strings"

	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// NamesOf tells what colleagues are called, by id; who does not exist has no name.
func (s *Store) NamesOf(ctx context.Context, ids ...string) (map[string]string, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	cs, err := s.Colleagues(ctx, ids)
	out := make(map[string]string, len(cs))
	for id, c := range cs {
		out[id] = c.Name
	}
	return out, err
}

// Owners are the colleagues who can own a piece of work: oneself, who works in one's teams, and more, such as who owns it now. They
// come as choices, oneself first, and as ids.
func (s *Store) Owners(v *web.Visit, more ...string) ([]ui.Option, []string, error) {
	ids := append([]string{v.Actor.ID}, more...)
	teams, err := s.TeamsOf(v.Ctx(), v.Actor.ID, v.Now)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range teams {
		ms, err := s.Members(v.Ctx(), t, v.Now)
		if err != nil {
			return nil, nil, err
		}
		ids = append(ids, ms...)
	}
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
	names, err := s.NamesOf(v.Ctx(), ids...)
	if err != nil {
		return nil, nil, err
	}
	out := []ui.Option{}
	for _, id := range ids {
		if names[id] != "" {
			out = append(out, ui.Option{Value: id, Label: names[id]})
		}
	}
	slices.SortStableFunc(out, func(a, b ui.Option) int {
		if (a.Value == v.Actor.ID) != (b.Value == v.Actor.ID) {
			return map[bool]int{true: -1, false: 1}[a.Value == v.Actor.ID]
		}
		return strings.Compare(a.Label, b.Label)
	})
	return out, ids, nil
}
