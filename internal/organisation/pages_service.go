package organisation

// This file shows the catalogue of services and lets an administrator change it.

import (
	"net/http"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// serviceRow is one service with how many locations differ in it.
type serviceRow struct {
	S       Service
	Differs int
}

func (s *Store) services(v *web.Visit) error {
	all, err := s.Services(v.Ctx())
	if err != nil {
		return err
	}
	vs, err := s.Variants(v.Ctx(), "")
	if err != nil {
		return err
	}
	count := map[string]int{}
	for _, x := range vs {
		count[x.Service]++
	}
	var rows []serviceRow
	for _, x := range all {
		rows = append(rows, serviceRow{x, count[x.ID]})
	}
	return v.Page(servicesPage(rows, build.Allows(v.Actor)))
}

// serviceView is what the page of a service shows: itself, and where it is done differently.
type serviceView struct {
	S        Service
	Variants []Variant
	Places   map[string]Location
	Build    bool
}

func (s *Store) service(v *web.Visit) error {
	x := serviceView{Places: map[string]Location{}, Build: build.Allows(v.Actor)}
	var err error
	if x.S, err = s.Service(v.Ctx(), v.Param("service")); err != nil {
		return err
	}
	if x.Variants, err = s.Variants(v.Ctx(), x.S.ID); err != nil {
		return err
	}
	for _, y := range x.Variants {
		l, err := s.Location(v.Ctx(), y.Location)
		if err != nil {
			return err
		}
		x.Places[y.Location] = l
	}
	return v.Page(servicePage(x))
}

// serviceForm is what the form of a service shows. ID is empty for a new one.
type serviceForm struct {
	ID     string
	In     ServiceInput
	Errors fault.Fields
	Theirs *ui.VersionP
	Mine   ui.VersionP
}

func readService(v *web.Visit) ServiceInput {
	return ServiceInput{Name: v.Value("name"), About: v.Value("about"), Closed: v.Value("closed") == "ja", Version: number(v.Value("version"))}
}

func (s *Store) newService(v *web.Visit) error { return v.Page(serviceFormPage(serviceForm{})) }

func (s *Store) addService(v *web.Visit) error {
	f := serviceForm{In: readService(v)}
	if f.Errors = f.In.Check(); len(f.Errors) > 0 {
		return v.Invalid(serviceFormPage(f))
	}
	err := v.Write(func(tx *db.Tx) (string, error) {
		_, err := AddService(v.Ctx(), tx, f.In, v.Actor.ID)
		return v.URL("organisation.services", "gezegd", "organisation.said.saved"), err
	})
	if taken(err) {
		f.Errors.Add("name", "organisation.error.exists")
		return v.Invalid(serviceFormPage(f))
	}
	return err
}

func (s *Store) editService(v *web.Visit) error {
	x, err := s.Service(v.Ctx(), v.Param("service"))
	if err != nil {
		return err
	}
	return v.Page(serviceFormPage(serviceForm{ID: x.ID, In: ServiceInput{Name: x.Name, About: x.About, Closed: x.Closed, Version: x.Version}}))
}

func (s *Store) saveService(v *web.Visit) error {
	x, err := s.Service(v.Ctx(), v.Param("service"))
	if err != nil {
		return err
	}
	f := serviceForm{ID: x.ID, In: readService(v)}
	if f.Errors = f.In.Check(); len(f.Errors) > 0 {
		return v.Invalid(serviceFormPage(f))
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("organisation.service", "service", x.ID, "gezegd", "organisation.said.saved"), SaveService(v.Ctx(), tx, x.ID, f.In, v.Actor.ID)
	})
	switch {
	case taken(err):
		f.Errors.Add("name", "organisation.error.exists")
		return v.Invalid(serviceFormPage(f))
	case conflict(err):
		now, err := s.Service(v.Ctx(), x.ID)
		if err != nil {
			return err
		}
		facts := func(name, about string) []ui.FactP {
			return []ui.FactP{{Label: lang.T(v.Ctx(), "organisation.service.name"), Value: name}, {Label: lang.T(v.Ctx(), "organisation.service.about"), Value: about}}
		}
		f.Theirs = &ui.VersionP{Title: lang.T(v.Ctx(), "organisation.version.theirs"), Facts: facts(now.Name, now.About)}
		f.Mine = ui.VersionP{Title: lang.T(v.Ctx(), "organisation.version.mine"), Facts: facts(f.In.Name, f.In.About)}
		f.In.Version = now.Version
		return v.Status(http.StatusConflict, serviceFormPage(f))
	}
	return err
}
