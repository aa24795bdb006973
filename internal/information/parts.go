package information

// This file is what information lends: its place on Vandaag and on the person's first page, its job, and how long it keeps things.

import (
	"context"
	"embed"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of this capability; the texts for everybody are the organisation's own and lie in the database.
//
//go:embed text/*.json
var Texts embed.FS

// Panels are for Vandaag: what people miss, and what waits for a second reader.
func (i *Information) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 60, Show: i.today}}
}

func (i *Information) today(v *web.Visit) (ui.Part, error) {
	tend, pass := mayTend.Allows(v.Actor), mayPublish.Allows(v.Actor)
	if !tend && !pass {
		return ui.Part{}, nil
	}
	ctx := v.Ctx()
	ts, err := i.teams(v)
	if err != nil || len(ts) == 0 {
		return ui.Part{}, err
	}
	open := map[string]int{}
	if tend {
		if open, err = i.openMisses(ctx, ids(ts)); err != nil {
			return ui.Part{}, err
		}
	}
	waits, err := i.waiting(ctx, ids(ts), v.Actor.ID)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	n := 0
	for _, w := range waits {
		if w.Waits && !pass {
			w.Waits = false
		}
		if open[w.ID] == 0 && !w.Waits {
			continue
		}
		c, err := i.content(ctx, w.ID, w.Version)
		if err != nil {
			return ui.Part{}, err
		}
		r := ui.RowP{Href: v.URL("information.text", "text", w.ID), Title: c.Words["nl"].Title}
		var parts []string
		if k := open[w.ID]; k > 0 {
			n += k
			parts = append(parts, lang.T(ctx, "information.texts.missed", "n", k))
		}
		if w.Waits {
			n++
			parts = append(parts, lang.T(ctx, "information.today.waits"))
		}
		r.Sub = lang.Dots(parts...)
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partToday(rows), Count: n, Say: lang.T(ctx, "information.say", "n", n, "word", lang.Words(ctx, n))}, nil
}

// FilePanels is the way to the texts on the person's own first page.
func (i *Information) FilePanels() []dossier.Panel {
	return []dossier.Panel{{Place: "home", Order: 80, Show: func(v *web.Visit, _ dossier.File) (ui.Part, error) {
		ts, err := i.shown(v)
		if err != nil || len(ts) == 0 {
			return ui.Part{}, err
		}
		return ui.Part{Body: partHome()}, nil
	}}}
}

// Jobs is the work that runs by itself.
func (i *Information) Jobs() []web.Job {
	return []web.Job{{Name: "information.sweep", Every: 24 * time.Hour, Run: i.sweep}}
}

// Keeper says how long what people miss is kept. Nothing here is of a person: there is nothing to export or erase.
func (i *Information) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "information", Keeps: []privacy.Class{missKept},
		Export: func(context.Context, db.Q, *privacy.Vault, string) (any, error) { return nil, nil },
		Erase:  func(context.Context, *db.Tx, string) error { return nil }}
}

// adopt begins the list with the texts of the house, as drafts of a team. A text that is there already stays as it is.
func (i *Information) adopt(ctx context.Context, tx *db.Tx, by access.Actor, team string) error {
	ss, err := Stock()
	if err != nil {
		return err
	}
	for _, s := range ss {
		c, err := s.checked(team)
		if err != nil {
			return err
		}
		id := "in-" + s.Slug
		n, err := db.Do(ctx, tx, db.F(`INSERT INTO information_article (id, theme, slug, team, public, version, closed) VALUES (?,?,?,?,0,1,FALSE) ON CONFLICT DO NOTHING`, id, s.Theme, s.Slug, team))
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		if err := i.put(ctx, tx, by, id, 1, c); err != nil {
			return err
		}
	}
	return nil
}
