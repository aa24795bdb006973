package consent

// This file is what stands on the paper of the person themselves: to whom they allow something now, and until when.

import (
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Paper is the part of the consents that hold, for the person and nobody else.
func (c *Consents) Paper() dossier.Excerpt {
	return dossier.Excerpt{Name: "consents", Lines: func(v *web.Visit, f dossier.File) ([]ui.FactP, error) {
		r := roomOf(v)
		if !r.self {
			return []ui.FactP{{Label: lang.T(v.Ctx(), "consent.paper.elsewhere")}}, nil // whoever prints it for them need not know
		}
		p, err := c.list(v, r, f)
		var out []ui.FactP
		for _, x := range p.Now {
			out = append(out, ui.FactP{Label: x.Party, Value: strings.Join(x.Parts, ", "), Small: x.Until})
		}
		return out, err
	}}
}
