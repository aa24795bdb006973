package counsel

// This file tells what of who represents somebody may not stand in a text that leaves the file. It is for masking only: nothing of it is shown.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/web"
)

// Known are the lawyers of now and before, how they are reached, and under which number they know the case. Who stands beside
// somebody who thinks of returning is not among them: a word that is masked would betray that talk to who may not know of it.
func (c *Counsel) Known(v *web.Visit, f dossier.File) (deident.Known, error) {
	var k deident.Known
	rs, err := representations(v.Ctx(), c.db, f.Key(), f.ID())
	if err != nil {
		return k, err
	}
	var ids []string
	for _, r := range rs {
		ids = append(ids, r.Party)
		k.Numbers = append(k.Numbers, r.What.Reference)
		k.Days = append(k.Days, dossier.DayTexts(r.Since, r.Until)...)
	}
	ps, err := partiesBy(v.Ctx(), c.db, ids)
	for _, p := range ps {
		k.Names = append(append(k.Names, p.Name), dossier.NamesIn(p.Office)...)
		k.Numbers = append(k.Numbers, p.Phone)
		k.Addresses = append(k.Addresses, p.Email)
	}
	return k, err
}
