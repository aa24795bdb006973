package family

// This file tells who belongs to somebody, to whoever lays two files beside each other: as far as the file itself may tell them.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// Compared are the relatives with what they are and who said so. Where they are is not asked: it says nothing of who somebody is.
func (x *Families) Compared() dossier.Compared {
	return dossier.Compared{Key: "family.compared", Says: func(v *web.Visit, f dossier.File) ([]dossier.Statement, bool, error) {
		if f.Level() < mayLook.Level || !mayLook.Allows(v.Actor) {
			return nil, false, nil
		}
		r, err := x.enter(v, f)
		if err != nil {
			return nil, false, err
		}
		var out []dossier.Statement
		for _, m := range r.Living() {
			s := dossier.Statement{Text: lang.Isolated(m.Name), Core: m.Name}
			if k, ok := r.Bond(m.ID, r.Today); ok {
				s.Text, s.By = lang.Dots(s.Text, role(v.Ctx(), k), bornText(v.Ctx(), m.Births, r.Today)), r.sourceText(v.Ctx(), k.Tie)
			}
			out = append(out, s)
		}
		return out, true, nil
	}}
}
