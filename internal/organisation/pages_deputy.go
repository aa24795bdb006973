package organisation

// This file ends and restores posts, and arranges who stands in for whom.

import (
	"context"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

func (s *Store) turnPost(v *web.Visit, turn func(context.Context, *db.Tx, Held, string) error, said string) error {
	h, err := s.HeldPost(v.Ctx(), v.Param("post"))
	if err != nil {
		return err
	}
	w, err := s.Where(v.Ctx(), h.Post().Scope)
	if err != nil {
		return err
	}
	if !MayGive(v.Actor, h.Colleague, h.Post(), w.Region) {
		return fault.Gone()
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("organisation.colleague", "user", h.Colleague, "gezegd", said), turn(v.Ctx(), tx, h, v.Actor.ID)
	})
}

// deputyView is what the form for a deputy shows.
type deputyView struct {
	C      Colleague
	Others []Colleague
	In     DeputyInput
	Errors fault.Fields
}

// deputyView finds a colleague for whom the actor may arrange a deputy, and who could be it: the colleagues of the
// same teams, or of everywhere for who works in none.
func (s *Store) deputyView(v *web.Visit, user string) (deputyView, error) {
	c, err := s.Colleague(v.Ctx(), user)
	if err != nil {
		return deputyView{}, err
	}
	hs, err := s.History(v.Ctx(), c.ID)
	if err != nil {
		return deputyView{}, err
	}
	teams, regions, err := s.places(v, hs)
	if err != nil {
		return deputyView{}, err
	}
	if !MayDeputise(v.Actor, c.ID, teams, regions) {
		return deputyView{}, fault.Gone()
	}
	x := deputyView{C: c, In: DeputyInput{Since: clock.Today(v.Now).String()}}
	if len(teams) == 0 {
		teams = []string{""}
	}
	seen := map[string]bool{c.ID: true}
	for _, t := range teams {
		cs, err := s.Search(v.Ctx(), "", t, v.Now, 0, 200)
		if err != nil {
			return x, err
		}
		for _, o := range cs {
			if o.Works(v.Now) && !seen[o.ID] {
				seen[o.ID] = true
				x.Others = append(x.Others, o)
			}
		}
	}
	return x, nil
}

func (s *Store) deputy(v *web.Visit) error {
	x, err := s.deputyView(v, v.Param("user"))
	if err != nil {
		return err
	}
	return v.Page(deputyPage(x))
}

func (s *Store) addDeputy(v *web.Visit) error {
	x, err := s.deputyView(v, v.Param("user"))
	if err != nil {
		return err
	}
	x.In = DeputyInput{Deputy: v.Value("deputy"), Since: v.Value("since"), Until: v.Value("until")}
	theirs, err := s.Deputies(v.Ctx(), x.C.ID)
	if err != nil {
		return err
	}
	if _, _, x.Errors = x.In.Check(x.C.ID, theirs, v.Now); len(x.Errors) > 0 {
		return v.Invalid(deputyPage(x))
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("organisation.colleague", "user", x.C.ID, "gezegd", "organisation.said.deputy"), AddDeputy(v.Ctx(), tx, x.C.ID, x.In, v.Actor.ID)
	})
	if f := fault.As(err); err != nil && f.Kind == fault.Invalid {
		x.Errors = f.Fields
		return v.Invalid(deputyPage(x))
	}
	return err
}

func (s *Store) endDeputy(v *web.Visit) error {
	d, err := s.DeputyRow(v.Ctx(), v.Param("deputy"))
	if err != nil {
		return err
	}
	if _, err := s.deputyView(v, d.Colleague); err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("organisation.colleague", "user", d.Colleague, "gezegd", "organisation.said.deputy_ended"), EndDeputy(v.Ctx(), tx, d, v.Actor.ID)
	})
}
