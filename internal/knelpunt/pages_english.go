package knelpunt

// This file holds what a bottleneck asks in English: a report outside tells it so, and says where nobody wrote it.

import (
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

type englishPage struct {
	B       Bottleneck
	English string
	Version int64
	Look    doubts
	Errors  fault.Fields
}

func (k *Knelpunten) englishForm(v *web.Visit) error {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return err
	}
	return v.Page(pageEnglish(englishPage{B: b, English: b.Ask.English, Version: b.Version}))
}

// englishSave keeps it; empty takes it away, so that it is missing again where it is told.
func (k *Knelpunten) englishSave(v *web.Visit) error {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return err
	}
	p := englishPage{B: b, English: v.Value("engels"), Version: v.Number("versie")}
	if p.English != "" {
		checkWords(&p.Errors, "engels", p.English, mostQuestion)
	}
	if p.Look, err = checkWritten(&p.Errors, k.mask, v.Value("nagekeken"), written{"engels", "knelpunt.english", p.English}); err != nil {
		return err
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageEnglish(p))
	}
	b.Ask.English = p.English
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.one", "bottleneck", b.ID, "gezegd", "knelpunt.said.step"), k.word(v.Ctx(), tx, v.Actor, b, p.Version)
	})
}
