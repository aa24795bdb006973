package care

// This file tells what of the help somebody gets may not stand in a text that leaves the file. It is for masking only: nothing of it is shown.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/web"
)

// Known are the doctors, and the children with their schools.
func (c *Care) Known(v *web.Visit, f dossier.File) (deident.Known, error) {
	var k deident.Known
	ds, err := doctors(v.Ctx(), c.db, f.Key(), f.ID())
	if err != nil {
		return k, err
	}
	for _, d := range ds {
		k.Names = append(k.Names, dossier.NamesIn(d.What.By)...)
		k.Addresses = append(k.Addresses, d.What.By)
		k.Days = append(k.Days, dossier.DayTexts(d.What.Since)...)
	}
	ss, err := schools(v.Ctx(), c.db, f.Key(), f.ID())
	for _, s := range ss {
		k.Names = append(append(k.Names, s.What.Name), dossier.NamesIn(s.What.School)...)
		k.Addresses = append(k.Addresses, s.What.School)
		k.Days = append(k.Days, s.What.Born)
	}
	return k, err
}
