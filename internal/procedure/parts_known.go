package procedure

// This file tells what of procedures may not stand in a text that leaves the file. It is for masking only: nothing of it is shown.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/web"
)

// Known are the days on which something happened, also what was taken back since, and those that follow.
func (p *Procedure) Known(v *web.Visit, f dossier.File) (deident.Known, error) {
	var k deident.Known
	ts, err := tracks(v.Ctx(), p.db, f.ID())
	if err != nil {
		return k, err
	}
	for _, t := range ts {
		rs, err := records(v.Ctx(), p.db, t.ID)
		if err != nil {
			return k, err
		}
		for _, r := range rs {
			e := r.event()
			k.Days = append(k.Days, dossier.DayTexts(e.On.From, e.On.To, e.Letter)...)
		}
	}
	ds, err := deadlines(v.Ctx(), p.db, f.ID())
	for _, d := range ds {
		k.Days = append(k.Days, dossier.DayTexts(d.Safe, d.Last)...)
	}
	return k, err
}
