package counsel

// This file lets the search box find lawyers and partner organisations.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// findMost is how many entries of the address book one question gets.
const findMost = 8

// Finders find in the address book: by name, office, country and what a partner does.
func (c *Counsel) Finders() []dossier.Finder {
	return []dossier.Finder{{Key: "counsel.find", Find: c.find}}
}

func (c *Counsel) find(v *web.Visit, typed string) ([]dossier.Hit, error) {
	seek := dossier.NewSeeker(typed)
	if !mayBook.Allows(v.Actor) || seek.Empty() {
		return nil, nil
	}
	var out []dossier.Hit
	for _, kind := range []string{Lawyer, Partner} {
		ps, err := parties(v.Ctx(), c.db, kind)
		if err != nil {
			return nil, err
		}
		for _, p := range ps {
			if len(out) < findMost && p.Ended.IsZero() && seek.Finds(p.Name, p.Office, p.Area, p.Country, p.Offers) {
				out = append(out, dossier.Hit{Title: p.Name, URL: v.URL("counsel.party", "party", p.ID),
					Why: lang.Dots(lang.T(v.Ctx(), "counsel.find."+kind), p.Office, p.Country)})
			}
		}
	}
	return out, nil
}
