package residence

// This file tells where somebody lived, to whoever lays two files beside each other: as far as the file itself may tell them.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// Compared is where somebody lives and lived. What is kept apart stays so.
func (r *Residence) Compared() dossier.Compared {
	return dossier.Compared{Key: "residence.compared", Says: func(v *web.Visit, f dossier.File) ([]dossier.Statement, bool, error) {
		if !reads(v, f) {
			return nil, false, nil
		}
		at, err := r.whereabouts(v, f)
		if err != nil {
			return nil, false, err
		}
		legs := Legs(at.stays, clock.Today(v.Now))
		var who []string
		for _, l := range legs {
			who = append(who, l.MadeBy)
		}
		by, err := r.namesFor(v.Ctx(), f, who...)
		var out []dossier.Statement
		for _, l := range legs {
			said := lang.T(v.Ctx(), "residence.by", "name", by.by(l.MadeBy), "when", lang.Day(v.Ctx(), clock.Today(l.At)))
			if l.Own {
				said = lang.T(v.Ctx(), "residence.told", "name", f.Called())
			}
			place := placeText(v.Ctx(), l.What)
			out = append(out, dossier.Statement{Text: lang.Dots(place, spanText(v.Ctx(), l)), By: said, Core: place})
		}
		return out, true, err
	}}
}
