package contact

// This file is what may leave the house when a person agrees: the appointments that come; and the same for the person, with more.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// sharedMost is how many appointments are shared at most.
const sharedMost = 10

// Excerpts is the part of the appointments: when and with whom, not what about.
func (c *Contact) Excerpts() []dossier.Excerpt {
	return []dossier.Excerpt{{Name: "appointments", Key: "contact.excerpt", Lines: func(v *web.Visit, f dossier.File) ([]ui.FactP, error) {
		as, err := c.coming(v.Ctx(), f, v.Now, sharedMost)
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, a := range as {
			ids = append(ids, a.Colleague)
		}
		called, err := c.called(v.Ctx(), ids)
		var out []ui.FactP
		for _, a := range as {
			if a.Cancelled.IsZero() {
				day := lang.Day(v.Ctx(), clock.DateOf(a.At.In(clock.Netherlands))) + " " + lang.Time(v.Ctx(), a.At)
				out = append(out, ui.FactP{Label: day, Value: called[a.Colleague]})
			}
		}
		return out, err
	}}}
}

// Coming are the appointments for the person themselves: also where, and whether somebody interprets.
func (c *Contact) Coming(v *web.Visit, f dossier.File) ([]dossier.Coming, error) {
	hs, err := c.heroes(v, f, sharedMost)
	var out []dossier.Coming
	for _, h := range hs {
		out = append(out, dossier.Coming{At: h.At, Fact: ui.FactP{Label: lang.Day(v.Ctx(), h.Day) + " " + h.Hour, Value: h.With, Small: lang.Dots(h.Where, h.Interpreter)}})
	}
	return out, err
}
