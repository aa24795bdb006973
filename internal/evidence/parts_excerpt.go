package evidence

// This file is what may leave the house when a person agrees: which papers there are and which are missing, never a paper
// itself.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Excerpts is the part of the evidence.
func (e *Evidence) Excerpts() []dossier.Excerpt {
	return []dossier.Excerpt{{Name: "papers", Key: "evidence.excerpt", Level: access.File, Lines: func(v *web.Visit, f dossier.File) ([]ui.FactP, error) {
		ps, err := piecesOf(v.Ctx(), e.db, f)
		var out []ui.FactP
		for _, x := range ps {
			if x.State == Unneeded {
				continue
			}
			out = append(out, ui.FactP{Label: paperTitle(v.Ctx(), x.Kind, x.What.Title), Value: lang.T(v.Ctx(), "evidence.mine.state."+x.State)})
		}
		return out, err
	}}}
}
