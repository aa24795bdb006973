package alarm

// This file tells what of an alarm may not stand in a text that leaves the file. It is for masking only: nothing of it is shown.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/web"
)

// Known are the flights, the places and the days.
func (x *Alarms) Known(v *web.Visit, f dossier.File) (deident.Known, error) {
	var k deident.Known
	as, err := ofPerson(v.Ctx(), x.db, f.Key(), f.ID(), 100)
	for _, a := range as {
		k.Numbers = append(k.Numbers, a.Danger.Flight)
		k.Addresses = append(k.Addresses, a.Danger.Where)
		if !a.Danger.Due.IsZero() {
			k.Days = append(k.Days, dossier.DayTexts(clock.DateOf(a.Danger.Due.In(clock.Netherlands)))...)
		}
	}
	return k, err
}
