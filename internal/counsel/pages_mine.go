package counsel

// This file holds the person's own page: who represents them, how to reach that lawyer, and what the lawyer may see.

import (
	"context"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

type minePage struct {
	Rows       []repRow
	ConsentURL string
}

func (c *Counsel) mine(v *web.Visit) error {
	f, err := c.files.Open(v, v.Actor.ID, access.File, "portal.event.visit")
	if err != nil {
		return err
	}
	rs, ps, err := running(v.Ctx(), c.db, f, clock.Today(v.Now))
	if err != nil {
		return err
	}
	p := minePage{ConsentURL: v.URL("consent.mine")}
	for _, r := range rs {
		x := repView(v.Ctx(), r, ps[r.Party])
		as, err := c.allowing.Now(v.Ctx(), c.db, f, forLawyer, r.Party, v.Now)
		if err != nil {
			return err
		}
		if x.Allowed, err = c.titles(v.Ctx(), f, as); err != nil {
			return err
		}
		if ps[r.Party].Ended.IsZero() {
			x.AskURL = v.URL("consent.ask", "doel", forLawyer, "partij", r.Party)
		}
		p.Rows = append(p.Rows, x)
	}
	return v.Page(pageMine(p))
}

// titles are the names of what is allowed, in the order in which parts are lent. To whom a part itself is closed, its things are
// not named: what a paper is called tells what is in it.
func (c *Counsel) titles(ctx context.Context, f dossier.File, as []dossier.Allowed) ([]string, error) {
	o := opened{Allowed: as}
	var out []string
	for _, e := range c.excerpts {
		if e.Items == nil {
			if o.allows(e.Name) {
				out = append(out, lang.T(ctx, e.Key))
			}
			continue
		}
		asked := false
		for _, p := range o.parts() {
			asked = asked || strings.HasPrefix(p, e.Name+"/")
		}
		if !asked {
			continue
		}
		if f.Level() < e.Level {
			out = append(out, lang.T(ctx, e.Key))
			continue
		}
		items, err := e.Items(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, x := range items {
			if o.allows(e.Name + "/" + x.ID) {
				out = append(out, x.Title)
			}
		}
	}
	return out, nil
}
