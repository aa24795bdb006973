package portal

// This file holds what only the person decides: how they are called, and by whom and how they wish to be helped.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// anyway is the answer of who has no wish, so that a form can tell it from no answer.
const anyway = "any"

type ownPage struct {
	In     dossier.Own
	Errors fault.Fields
}

func (p *Portal) ownForm(v *web.Visit) error {
	f, err := p.open(v)
	if err != nil {
		return err
	}
	pr := f.Profile()
	return v.Page(pageOwn(ownPage{In: dossier.Own{Called: pr.Called, Wish: pr.Wish}}))
}

func (p *Portal) ownSave(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	in := dossier.Own{Called: v.Value("called"), Wish: dossier.Wish{Language: v.Has("wish_language"), NotOwn: v.Has("not_own"), Gender: chosen(v, "gender"), Digital: chosen(v, "digital")}}
	in, fs := in.Check()
	for i := range fs {
		if own, ok := ownFaults[fs[i].Key]; ok {
			fs[i].Key = own
		}
	}
	if len(fs) > 0 {
		return v.Invalid(pageOwn(ownPage{In: in, Errors: fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("portal.facts", "gezegd", "portal.said.own"), p.files.SetOwn(v.Ctx(), tx, f, in)
	})
}

// ownFaults say in a person's own language what is wrong; the form of colleagues says it in two.
var ownFaults = map[string]string{"dossier.error.called": "portal.error.called", "dossier.error.letters": "portal.error.called", "dossier.error.long": "portal.error.long", "dossier.error.bsn": "portal.error.bsn"}

func chosen(v *web.Visit, field string) string {
	if x := v.Value(field); x != anyway {
		return x
	}
	return ""
}

// or is a choice as its form shows it.
func or(x string) []string {
	if x == "" {
		return []string{anyway}
	}
	return []string{x}
}

// ownURL is where the person changes a fact that is theirs alone; empty for every other.
func ownURL(v *web.Visit, key string) string {
	if key == "called" || key == "wish" {
		return v.URL("portal.own")
	}
	return ""
}

// nothingWished is the row of who has no wish yet, so that there is a place to tell one.
func nothingWished(v *web.Visit) factRow {
	return factRow{Key: "wish", Label: factLabel(v, "wish"), Value: lang.T(v.Ctx(), "portal.own.none"), Own: ownURL(v, "wish")}
}
