package portal

// This file is what the portal lends: what refugees say back, on the right colleague's Vandaag, its tab on a file, and how
// what stands here is exported and erased.

import (
	"context"
	"strings"
	"time"

	"github.com/a-h/templ"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// mostShown is how many words Vandaag shows; the oldest come first.
const mostShown = 20

// Panels are for Vandaag: reports for who helps, questions about looks for the privacy officer. They tell that something
// was said and by whom, not what; that is read, and logged, on its own page.
func (p *Portal) Panels() []ui.Panel {
	return []ui.Panel{
		{Place: "today", Order: 15, Show: p.todayFacts},
		{Place: "today", Order: 15, Show: p.todayLooks},
	}
}

func (p *Portal) todayFacts(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(access.Case, access.Legal, access.Lead, access.Region) {
		return ui.Part{}, nil
	}
	ctx := v.Ctx()
	ws, err := p.heads(ctx, v.Actor, v.Now, AboutFact, mostShown)
	if err != nil || len(ws) == 0 {
		return ui.Part{}, err
	}
	var ids []string
	for _, w := range ws {
		ids = append(ids, w.Person)
	}
	names, err := p.files.Names(ctx, ids)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, w := range ws {
		r := ui.RowP{Href: v.URL("portal.word", "word", w.ID), Title: lang.T(ctx, "portal.word.fact", "name", names[w.Person], "fact", factLabel(v, w.About)), Sub: lang.When(ctx, w.At, v.Now)}
		dueTag(v, &r, w)
		rows = append(rows, r)
	}
	return ui.Part{Body: partWords("h-klopt-niet", lang.T(ctx, "portal.today.facts"), rows), Count: len(rows), Say: lang.T(ctx, "portal.say.facts", "n", len(rows), "word", lang.Words(ctx, len(rows)))}, nil
}

// dueTag says by when a word must be answered.
func dueTag(v *web.Visit, r *ui.RowP, w Word) {
	due := w.Due()
	r.Tag = lang.T(v.Ctx(), "portal.today.due", "day", lang.ShortDay(v.Ctx(), due))
	switch n := clock.Today(v.Now).DaysUntil(due); {
	case n < 0:
		r.TagKind, r.TagIcon = "danger", "warning"
	case n <= 14:
		r.TagKind, r.TagIcon = "warn", "hourglass-medium"
	}
}

func (p *Portal) todayLooks(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(access.Privacy) {
		return ui.Part{}, nil
	}
	ctx := v.Ctx()
	ws, err := p.heads(ctx, v.Actor, v.Now, AboutLook, mostShown)
	if err != nil || len(ws) == 0 {
		return ui.Part{}, err
	}
	var who []string
	for _, w := range ws {
		_, actor, _, _ := ReadLook(w.About)
		who = append(who, actor)
	}
	names, err := p.lookers(ctx, who)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for i, w := range ws {
		day, _, _, _ := ReadLook(w.About)
		r := ui.RowP{Href: v.URL("portal.word", "word", w.ID), Title: lang.T(ctx, "portal.word.look", "name", names[who[i]], "day", lang.Day(ctx, day)), Sub: lang.When(ctx, w.At, v.Now)}
		dueTag(v, &r, w)
		rows = append(rows, r)
	}
	return ui.Part{Body: partWords("h-waarom", lang.T(ctx, "portal.today.looks"), rows), Count: len(rows), Say: lang.T(ctx, "portal.say.looks", "n", len(rows), "word", lang.Words(ctx, len(rows)))}, nil
}

// Tabs is the page of colleagues about a person's door.
func (p *Portal) Tabs() []dossier.Tab {
	return []dossier.Tab{{Key: "portal.tab", Route: "portal.staff", Level: access.DeskLevel, Order: 60}}
}

// Keeper exports and erases what stands here.
func (p *Portal) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "portal",
		Keeps: []privacy.Class{{Name: "portal.keeps", Tables: []string{"portal_pin", "portal_word", "portal_climb", "portal_phone", "portal_code", "portal_notice", "portal_fresh", "portal_copy", "portal_key"}, From: privacy.WithFile}},
		Export: func(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
			k, err := vault.Key(ctx, subject)
			if err != nil {
				return nil, err
			}
			row, err := p.pin(ctx, q, subject)
			if err != nil {
				return nil, err
			}
			out := map[string]any{}
			if !row.SetAt.IsZero() {
				out["pinChosen"] = row.SetAt // the PIN itself is not known here
			}
			tel, err := phone(ctx, q, subject)
			if err != nil {
				return nil, err
			}
			if !tel.Since.IsZero() {
				if out["phone"], err = tel.number(k, subject); err != nil {
					return nil, err
				}
			}
			n, err := noticeOf(ctx, q, subject)
			if err != nil {
				return nil, err
			}
			if !n.Since.IsZero() {
				at, err := n.at(k)
				if err != nil {
					return nil, err
				}
				out["notices"] = map[string]any{"phone": at.Number, "shared": at.Shared, "about": n.Kinds, "since": n.Since, "sent": n.Sent}
			}
			fs, err := freshOf(ctx, q, subject, time.UnixMilli(0))
			if err != nil {
				return nil, err
			}
			var fresh []map[string]any
			for _, x := range fs {
				fresh = append(fresh, map[string]any{"about": x.Kind, "at": x.At})
			}
			if len(fresh) > 0 {
				out["new"] = fresh
			}
			cs, err := allCopies(ctx, q, subject)
			if err != nil {
				return nil, err
			}
			var kept []map[string]any
			for _, c := range cs {
				kept = append(kept, map[string]any{"device": c.Label, "made": c.Made, "until": c.Until, "ended": c.Ended})
			}
			if len(kept) > 0 {
				out["readingCopies"] = kept
			}
			ks, err := db.Many[phoneKey](ctx, q, db.F(keyColumns).Then(`WHERE person = ? ORDER BY made, id`, subject))
			if err != nil {
				return nil, err
			}
			var keys []map[string]any
			for _, x := range ks {
				keys = append(keys, map[string]any{"device": x.Label, "made": x.Made, "used": x.Used, "ended": x.Gone})
			}
			if len(keys) > 0 {
				out["phoneLocks"] = keys
			}
			for _, kind := range []string{AboutFact, AboutLook} {
				ws, err := p.own(ctx, q, k, subject, kind, 100000)
				if err != nil {
					return nil, err
				}
				out[kind] = ws
			}
			climbed, err := db.Many[time.Time](ctx, q, db.F(`SELECT at FROM portal_climb WHERE person = ? ORDER BY at, word, holder`, subject))
			if err != nil {
				return nil, err
			}
			if len(climbed) > 0 {
				out["climbed"] = climbed // when somebody above was told that something waits
			}
			return out, nil
		},
		Erase: func(ctx context.Context, tx *db.Tx, subject string) error {
			if err := dropPhone(ctx, tx, subject); err != nil {
				return err
			}
			if err := dropNotice(ctx, tx, subject); err != nil {
				return err
			}
			_, err := db.DoAll(ctx, tx, db.F(`DELETE FROM portal_fresh WHERE person = ?`, subject), db.F(`DELETE FROM portal_climb WHERE person = ?`, subject), db.F(`DELETE FROM portal_word WHERE person = ?`, subject), db.F(`DELETE FROM portal_pin WHERE person = ?`, subject),
				db.F(`DELETE FROM portal_copy WHERE person = ?`, subject), db.F(`DELETE FROM portal_key WHERE person = ?`, subject))
			return err
		}}
}

func first(s string) string {
	for _, r := range s {
		return strings.ToUpper(string(r))
	}
	return "?"
}

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
