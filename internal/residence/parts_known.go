package residence

// This file tells what of where somebody lives and lived may not stand in a text that leaves the file. It is for masking only: nothing of it is shown.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

// Known are the places, with the days of moving, and the address that is kept apart: whoever writes a text is never shown it, and
// cannot leave it in one either. It is read under its own key, and no request is spent on it.
func (r *Residence) Known(v *web.Visit, f dossier.File) (deident.Known, error) {
	var k deident.Known
	ss, err := stays(v.Ctx(), r.db, f.Key(), f.ID())
	if err != nil {
		return k, err
	}
	for _, s := range ss {
		k.Addresses = append(k.Addresses, s.What.Town, s.What.Name)
		k.Days = append(k.Days, dossier.DayTexts(s.What.From, s.What.Until, s.What.Permit)...)
	}
	row, err := readVault(v.Ctx(), r.db, f.ID())
	if err != nil || len(row.Body) == 0 {
		return k, err
	}
	apart, err := r.vault.Key(v.Ctx(), VaultSubject(f.ID()))
	if fault.Is(err, fault.NotFound) {
		return k, nil // destroyed with its key
	}
	if err != nil {
		return k, err
	}
	var a Address
	err = privacy.OpenJSON(apart, addressPlace(f.ID()), row.Body, &a)
	k.Addresses = append(k.Addresses, a.Lines)
	return k, err
}
