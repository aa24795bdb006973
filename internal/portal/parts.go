package portal

// This file is what the portal lends: what refugees say back, on the right colleague's Vandaag, and its tab on a file.

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type wordRow struct {
	ID, Kind, Title, Sub, Href string
}

// Panels are for Vandaag.
func (p *Portal) Panels() []ui.Panel {
	return []ui.Panel{
		{Place: "today", Order: 15, Show: func(v *web.Visit) (ui.Part, error) {
			if !v.Actor.Has(access.Case, access.Legal) {
				return ui.Part{}, nil
			}
			ws, err := p.said(v.Ctx(), v.Actor, v.Now, "fact")
			if err != nil || len(ws) == 0 {
				return ui.Part{}, err
			}
			var ids []string
			for _, w := range ws {
				ids = append(ids, w.Person)
			}
			names, err := p.files.Names(v.Ctx(), ids)
			if err != nil {
				return ui.Part{}, err
			}
			var rows []wordRow
			for _, w := range ws {
				rows = append(rows, wordRow{w.ID, w.Kind, w.Text, names[w.Person] + " · " + lang.When(v.Ctx(), w.At, v.Now), v.URL("dossier.edit", "person", w.Person)})
			}
			return ui.Part{Body: partWords(lang.T(v.Ctx(), "portal.today.facts"), rows), Count: len(rows), Say: lang.T(v.Ctx(), "portal.say.facts", "n", len(rows), "word", lang.Words(v.Ctx(), len(rows)))}, nil
		}},
		{Place: "today", Order: 15, Show: func(v *web.Visit) (ui.Part, error) {
			if !v.Actor.Has(access.Privacy) {
				return ui.Part{}, nil
			}
			ws, err := p.said(v.Ctx(), v.Actor, v.Now, "look")
			if err != nil || len(ws) == 0 {
				return ui.Part{}, err
			}
			var who []string
			for _, w := range ws {
				_, id, _ := strings.Cut(w.About, "/")
				who = append(who, id)
			}
			names, err := p.org.Colleagues(v.Ctx(), who)
			if err != nil {
				return ui.Part{}, err
			}
			var rows []wordRow
			for i, w := range ws {
				day, _, _ := strings.Cut(w.About, "/")
				rows = append(rows, wordRow{w.ID, w.Kind, lang.T(v.Ctx(), "portal.today.look", "name", names[who[i]].Name, "day", day), w.Person + " · " + lang.When(v.Ctx(), w.At, v.Now), ""})
			}
			return ui.Part{Body: partWords(lang.T(v.Ctx(), "portal.today.looks"), rows), Count: len(rows), Say: lang.T(v.Ctx(), "portal.say.looks", "n", len(rows), "word", lang.Words(v.Ctx(), len(rows)))}, nil
		}},
	}
}

// Tabs is the page of colleagues about a person's door.
func (p *Portal) Tabs() []dossier.Tab {
	return []dossier.Tab{{Key: "portal.tab", Route: "portal.staff", Level: access.DeskLevel, Order: 60}}
}

// Keeper exports and erases what stands here.
func (p *Portal) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "portal", Retention: "portal.retention", Tables: []string{"portal_pin", "portal_word"},
		Export: func(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
			k, err := vault.Key(ctx, subject)
			if err != nil {
				return nil, err
			}
			ws, err := db.Many[Word](ctx, q, db.F(`SELECT id, person, kind, about, body, at, done_at FROM portal_word WHERE person = ? ORDER BY at`, subject))
			for i := range ws {
				b, err := k.Open(wordPlace(ws[i].ID), ws[i].Body)
				if err != nil {
					return nil, err
				}
				ws[i].Text, ws[i].Body = string(b), nil
			}
			return map[string]any{"words": ws}, err
		},
		Erase: func(ctx context.Context, tx *db.Tx, subject string) error {
			if _, err := db.Do(ctx, tx, db.F(`DELETE FROM portal_word WHERE person = ?`, subject)); err != nil {
				return err
			}
			_, err := db.Do(ctx, tx, db.F(`DELETE FROM portal_pin WHERE person = ?`, subject))
			return err
		}}
}

func first(s string) string {
	for _, r := range s {
		return strings.ToUpper(string(r))
	}
	return "?"
}

func asked(list []string, key string) bool { return slices.Contains(list, key) }

func pressed(on bool) templ.Attributes {
	if on {
		return templ.Attributes{"aria-pressed": "true"}
	}
	return templ.Attributes{"aria-pressed": "false"}
}

// withLang is an address of this house that also chooses a language.
func withLang(back, tag string) string {
	if strings.Contains(back, "?") {
		return back + "&taal=" + tag
	}
	return back + "?taal=" + tag
}
