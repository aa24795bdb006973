package family

// This file tells what of a family may not stand in a text that leaves the file. It is for masking only, so it knows everybody in
// the family, also who was parted from it.

import (
	"context"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
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

// Related says whether two files are of relatives: one stands in the family of the other, or both stand in the family of a third, each
// as somebody of their own.
func Related(ctx context.Context, q db.Q, a, b string) (bool, error) {
	n, err := db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM family_link WHERE person = ? AND other = ? OR person = ? AND other = ?`, a, b, b, a))
	if err != nil || n > 0 {
		return n > 0, err
	}
	n, err = db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM family_link x JOIN family_link y ON y.person = x.person AND y.member <> x.member WHERE x.other = ? AND y.other = ?`, a, b))
	return n > 0, err
}
