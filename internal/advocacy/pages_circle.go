package advocacy

// This file holds who may know of a dossier: shutting it, opening it, and naming the few.

import (
	"slices"
	"strings"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type circlePage struct {
	Dossier
	Few         []ui.Option
	Typed, Why  string
	Meant       []ui.Option // several have this name
	WhoIsMeant  string
	OwnerIsLast bool
	Errors      fault.Fields
}

func (s *Advocacy) circlePage(v *web.Visit) (circlePage, error) {
	d, err := s.open(v)
	if err != nil {
		return circlePage{}, err
	}
	p := circlePage{Dossier: d}
	ks, err := knowers(v.Ctx(), s.db, d.ID)
	if err != nil {
		return p, err
	}
	names, err := s.org.NamesOf(v.Ctx(), ks...)
	for _, id := range ks {
		p.Few = append(p.Few, ui.Option{Value: id, Label: names[id]})
	}
	slices.SortFunc(p.Few, func(a, b ui.Option) int { return strings.Compare(a.Label, b.Label) })
	p.OwnerIsLast = len(ks) < 2
	return p, err
}

func (s *Advocacy) circle(v *web.Visit) error {
	p, err := s.circlePage(v)
	if err != nil {
		return err
	}
	return v.Page(pageCircle(p))
}

// circleSave shuts, opens, names one more or one less.
func (s *Advocacy) circleSave(v *web.Visit) error {
	p, err := s.circlePage(v)
	if err != nil {
		return err
	}
	switch act := v.Value("doe"); {
	case act == "dicht" && !p.Closed:
		return s.shut(v, p, true)
	case act == "open" && p.Closed:
		return s.shut(v, p, false)
	case act == "erbij" && p.Closed:
		return s.nameOne(v, p)
	case act == "eruit" && p.Closed:
		return v.Write(func(tx *db.Tx) (string, error) {
			to := v.URL("advocacy.circle", "advocacy", p.ID, "gezegd", "advocacy.said.circle")
			if v.Value("wie") == v.Actor.ID { // whoever steps out reads it no more
				to = v.URL("advocacy.list", "gezegd", "advocacy.said.circle")
			}
			return to, s.setKnowers(v.Ctx(), tx, v.Actor, p.Dossier, v.Number("versie"), v.Value("wie"), false)
		})
	}
	return fault.New(fault.Conflict, "advocacy.error.version")
}

func (s *Advocacy) shut(v *web.Visit, p circlePage, shut bool) error {
	p.Why = v.Value("reden")
	checkWords(&p.Errors, "reden", p.Why, mostLine*5, true)
	if len(p.Errors) > 0 {
		return v.Invalid(pageCircle(p))
	}
	d, kind := p.Dossier, Opened
	if d.Closed = shut; shut {
		kind = Shut
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		ctx := v.Ctx()
		if err := s.put(ctx, tx, v.Actor, d, v.Number("versie")); err != nil {
			return "", err
		}
		if _, err := db.Do(ctx, tx, db.F(`DELETE FROM advocacy_knower WHERE dossier = ?`, d.ID)); err != nil {
			return "", err
		}
		if shut {
			for _, c := range []string{v.Actor.ID, d.Owner} {
				if err := name(ctx, tx, d.ID, c); err != nil {
					return "", err
				}
			}
		}
		return v.URL("advocacy.circle", "advocacy", d.ID, "gezegd", "advocacy.said.circle"), s.step(ctx, tx, v.Actor, Step{Dossier: d.ID, Kind: kind, State: d.State, Words: StepWords{Words: p.Why}})
	})
}

// nameOne lets one more know: found by name, and asked again when several have it.
func (s *Advocacy) nameOne(v *web.Visit, p circlePage) error {
	p.Typed, p.WhoIsMeant = v.Value("naam"), v.Value("bedoeld")
	id := ""
	cs, err := s.org.Search(v.Ctx(), p.Typed, "", v.Now, 0, 20)
	if err != nil {
		return err
	}
	for _, c := range cs {
		if p.Typed != "" && c.Works(v.Now) {
			p.Meant = append(p.Meant, ui.Option{Value: c.ID, Label: c.Name, Hint: c.Email})
			if c.ID == p.WhoIsMeant {
				id = c.ID
			}
		}
	}
	switch {
	case id != "":
	case len(p.Meant) == 1:
		id = p.Meant[0].Value
	case len(p.Meant) > 1:
		p.Errors.Add("bedoeld", "advocacy.error.several")
	default:
		p.Errors.Add("naam", "advocacy.error.nobody")
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageCircle(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("advocacy.circle", "advocacy", p.ID, "gezegd", "advocacy.said.circle"), s.setKnowers(v.Ctx(), tx, v.Actor, p.Dossier, v.Number("versie"), id, true)
	})
}
