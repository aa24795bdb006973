package interview

// This file tells what of interviews may not stand in a text that leaves the file. It is for masking only: nothing of it is shown.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/web"
)

// Known are the days and places of interviews, and to whom corrections were sent.
func (x *Interviews) Known(v *web.Visit, f dossier.File) (deident.Known, error) {
	var k deident.Known
	is, err := interviewsOf(v.Ctx(), x.db, f)
	if err != nil {
		return k, err
	}
	for _, i := range is {
		k.Days = append(k.Days, dossier.DayTexts(i.Day, i.Received)...)
		k.Addresses = append(k.Addresses, i.What.Where)
	}
	ss, err := sendings(v.Ctx(), x.db, f.Key(), db.F(`person = ?`, f.ID()))
	for _, s := range ss {
		k.Names = append(k.Names, dossier.NamesIn(s.What.Who)...)
		k.Days = append(k.Days, dossier.DayTexts(s.Day)...)
	}
	return k, err
}
