package consent

// This file holds what whoever holds a file sees of wishes, the page on which they ask, and what the room that wished hears.

import (
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// wishMost is how many people Vandaag names.
const wishMost = 5

// Panels are for Vandaag.
func (c *Consents) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 58, Show: c.todayWishes}}
}

// todayWishes shows whoever holds files whom they might ask.
func (c *Consents) todayWishes(v *web.Visit) (ui.Part, error) {
	if !mayHand.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ws, err := c.openWishes(v.Ctx(), v.Actor, v.Now, wishMost+1)
	if err != nil || len(ws) == 0 {
		return ui.Part{}, err
	}
	var ids []string
	for _, w := range ws {
		ids = append(ids, w.Person)
	}
	called, err := c.files.Names(v.Ctx(), ids)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, w := range ws[:min(len(ws), wishMost)] {
		rows = append(rows, ui.RowP{Href: v.URL("consent.wish", "person", w.Person, "wish", w.ID), Title: lang.T(v.Ctx(), "consent.staff.wish.row", "name", called[w.Person])})
	}
	return ui.Part{Body: partWishes(rows, len(ws) > wishMost), Count: len(ws)}, nil
}

type wishPage struct {
	File     dossier.File
	Wish     Wish
	Code     string
	Open     bool
	AskURL   string
	Answered string
}

func (c *Consents) wish(v *web.Visit) error {
	f, err := c.files.Open(v, v.Param("person"), access.File, "consent.event.read")
	if err != nil {
		return err
	}
	w, err := wishOf(v.Ctx(), c.db, f, v.Param("wish"))
	if err != nil {
		return err
	}
	return v.Page(pageWish(wishPage{File: f, Wish: w, Code: codeOf(w.Matter), Open: w.Open(v.Now), AskURL: v.URL("consent.ask_for", "person", f.ID(), "doel", forCourt, "partij", w.Matter)}))
}

// wished writes that it need not be asked any more, or that it does after all. Whether the person said no, or was not asked, is
// written nowhere.
func (c *Consents) wished(v *web.Visit) error {
	f, err := c.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	if err := f.Lasting(); err != nil {
		return err
	}
	w, err := wishOf(v.Ctx(), c.db, f, v.Param("wish"))
	if err != nil {
		return err
	}
	act, said := doneWish, "consent.staff.said.wish_done"
	if v.Value("toch") == "1" {
		act, said = undoneWish, "consent.staff.said.wish_open"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := act(v.Ctx(), tx, f, w.Matter); err != nil {
			return "", err
		}
		return v.URL("consent.wish", "person", f.ID(), "wish", w.ID, "gezegd", said), f.Log(v.Ctx(), tx, "consent.event.wish", w.ID)
	})
}

// wishParties are the matters that somebody may say yes to: those for which a wish came. A colleague needs the whole file for it; the
// person sees their own.
func (c *Consents) wishParties(v *web.Visit, f dossier.File) ([]dossier.Party, error) {
	if v.Actor.Kind == access.Staff && f.Level() < access.File {
		return nil, nil
	}
	ws, err := wishesOf(v.Ctx(), c.db, f.Key(), f.ID())
	if err != nil {
		return nil, err
	}
	house, _, err := c.org.Foundation(v.Ctx())
	var out []dossier.Party
	for _, w := range ws {
		out = append(out, dossier.Party{ID: w.Matter, Name: lang.T(lang.In(v.Ctx(), "nl"), "consent.staff.wish.party", "house", house, "code", codeOf(w.Matter))})
	}
	return out, err
}

// Agreed are those who said yes in a matter and did not take it back, with what they allowed of themselves and the sheet that was given.
// Whoever said no, was not asked or does not exist: all of them are absent. Each look stands in the log of the person.
func (c *Consents) Agreed(v *web.Visit, matter string) ([]Agreed, error) {
	ctx := v.Ctx()
	wished, err := db.Many[string](ctx, c.db, db.F(`SELECT person FROM consent_wish WHERE matter = ? ORDER BY person`, matter))
	if err != nil {
		return nil, err
	}
	gave, err := privacy.Gave(ctx, c.db, forCourt, v.Now)
	if err != nil {
		return nil, err
	}
	var out []Agreed
	for _, person := range wished {
		if !slices.Contains(gave, person) {
			continue
		}
		var allowed dossier.Allowed
		f, err := c.files.OpenAgreed(v, person, "consent.event.agreed_read", matter, func(tx *db.Tx, f dossier.File) error {
			as, err := allowedHold(ctx, tx, f, forCourt, matter)
			if err == nil && len(as) == 0 {
				err = fault.Gone()
			}
			if err == nil {
				allowed = as[0]
			}
			return err
		})
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		a := Agreed{Until: lang.Day(ctx, allowed.Until)}
		if slices.Contains(allowed.Parts, "name") {
			a.Called = f.Called()
		}
		if t, err := c.org.Team(ctx, f.Team()); err == nil {
			a.Team = t.Name
		} else if !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		hs, err := handedAll(ctx, c.db, f.Key(), person)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(hs, func(h Handed) bool { return h.Consent == allowed.Consent }); i >= 0 {
			for _, p := range hs[i].Sheet.Parts {
				a.Lines = append(a.Lines, p.Lines...)
			}
		}
		out = append(out, a)
	}
	return out, nil
}
