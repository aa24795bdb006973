package family

// This file tells what of a family may not stand in a text that leaves the file. It is for masking only, so it knows everybody in
// the family, also who was parted from it.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/web"
)

// Known are the names, days of birth and telephones of the relatives of a person.
func (x *Families) Known(v *web.Visit, f dossier.File) (deident.Known, error) {
	fam, _, err := load(v.Ctx(), x.db, f.Key(), f.ID())
	var k deident.Known
	for _, m := range fam.Members {
		k.Names = append(k.Names, m.Name, m.Own)
		k.Numbers = append(k.Numbers, m.Reach)
		for _, b := range m.Births {
			k.Days = append(k.Days, dossier.BirthText(b))
		}
	}
	return k, err
}
