package evidence

// This file tells what of papers may not stand in a text that leaves the file. It is for masking only: nothing of it is shown.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/web"
)

// Known are the people a claim is about, who gets a paper, and until when a document is valid.
func (e *Evidence) Known(v *web.Visit, f dossier.File) (deident.Known, error) {
	var k deident.Known
	cs, err := claims(v.Ctx(), e.db, f.Key(), db.F(`person = ?`, f.ID()))
	if err != nil {
		return k, err
	}
	for _, c := range cs {
		k.Names = append(k.Names, dossier.NamesIn(c.What.About)...)
	}
	ps, err := piecesOf(v.Ctx(), e.db, f)
	if err != nil {
		return k, err
	}
	for _, p := range ps {
		k.Names = append(k.Names, dossier.NamesIn(p.What.Who)...)
		k.Days = append(k.Days, dossier.DayTexts(p.Due)...)
	}
	ds, err := db.Many[Document](v.Ctx(), e.db, db.F(`SELECT id, expires FROM evidence_document WHERE person = ?`, f.ID()))
	for _, d := range ds {
		k.Days = append(k.Days, dossier.DayTexts(d.Expires)...)
	}
	return k, err
}
