package knelpunt

// This file is what signals lend: their places on Vandaag, the number in the menu, the job, and how long things are kept.

import (
	"context"
	"embed"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of this capability.
//
//go:embed text/*.json
var Texts embed.FS

// Panels are for Vandaag.
func (k *Knelpunten) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 60, Show: k.todayPanel}, {Place: "today", Order: 61, Show: k.todayNext}}
}

// Waiting is how many signals wait for this colleague to read them.
func (k *Knelpunten) Waiting(v *web.Visit) (int, error) {
	if !mayRelease.Allows(v.Actor) {
		return 0, nil
	}
	teams, err := k.teams(v)
	if err != nil || len(teams) == 0 {
		return 0, err
	}
	return k.countRelease(v.Ctx(), v.Actor, teams)
}

// Unread is how many reports from outside wait at the desk for this colleague and others to read them.
func (k *Knelpunten) Unread(v *web.Visit) (int, error) {
	if !mayDesk.Allows(v.Actor) {
		return 0, nil
	}
	return db.One[int](v.Ctx(), k.db, db.F(`SELECT COUNT(*) FROM knelpunt_report WHERE state = 'new'`))
}

// deskRow is what waits at the desk, and whether somebody may be in danger behind it; no row when nothing does.
func (k *Knelpunten) deskRow(v *web.Visit) (rows []ui.RowP, n int, err error) {
	if n, err = k.Unread(v); err != nil || n == 0 {
		return nil, 0, err
	}
	ctx := v.Ctx()
	r := ui.RowP{Href: v.URL("knelpunt.desk"), Title: lang.T(ctx, "knelpunt.today.desk", "n", n)}
	hot, err := db.One[int](ctx, k.db, db.F(`SELECT COUNT(*) FROM knelpunt_report WHERE state = 'new' AND (weight = 'grave' OR`).With(db.In("theme", pressing)).Then(`)`))
	if hot > 0 {
		r.Tag, r.TagKind, r.TagIcon = lang.T(ctx, "knelpunt.today.desk.hot", "n", hot), "danger", "warning"
	}
	return []ui.RowP{r}, n, err
}

// quotesRow is which quotes wait for this colleague to read them as the second: of the bottlenecks that they own, and for the desk of
// those whose owner wrote the quote down, or that nobody owns.
func (k *Knelpunten) quotesRow(v *web.Visit) (rows []ui.RowP, n int, err error) {
	if !mayTend.Allows(v.Actor) {
		return nil, 0, nil
	}
	who := db.F(`b.owner = ?`, v.Actor.ID)
	if mayDesk.Allows(v.Actor) {
		who = db.F(`(b.owner = ? OR b.owner = '' OR b.owner = e.made_by)`, v.Actor.ID)
	}
	at, err := db.Many[string](v.Ctx(), k.db, db.F(`SELECT e.bottleneck FROM knelpunt_evidence e JOIN knelpunt_bottleneck b ON b.id = e.bottleneck WHERE e.waits = TRUE AND e.gone IS NULL AND e.made_by <> ? AND`, v.Actor.ID).With(who).Then(`ORDER BY e.day, e.id`))
	if err != nil || len(at) == 0 {
		return nil, 0, err
	}
	return []ui.RowP{{Href: v.URL("knelpunt.one", "bottleneck", at[0]), Title: lang.T(v.Ctx(), "knelpunt.today.quotes", "n", len(at))}}, len(at), nil
}

// todayPanel shows what waits for the second reader and at the desk, and one's own that came back.
func (k *Knelpunten) todayPanel(v *web.Visit) (ui.Part, error) {
	if !mayRaise.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ctx := v.Ctx()
	n, err := k.Waiting(v)
	if err != nil {
		return ui.Part{}, err
	}
	back, err := db.One[int](ctx, k.db, db.F(`SELECT COUNT(*) FROM knelpunt_draft WHERE raiser = ? AND state = 'back'`, k.raiser(v.Actor)))
	if err != nil {
		return ui.Part{}, err
	}
	told, err := k.unheard(ctx, v.Actor)
	if err != nil {
		return ui.Part{}, err
	}
	rows, unread, err := k.deskRow(v)
	if err != nil {
		return ui.Part{}, err
	}
	more, quotes, err := k.quotesRow(v)
	if err != nil {
		return ui.Part{}, err
	}
	late, lapses, err := k.lapsing(v)
	if err != nil {
		return ui.Part{}, err
	}
	rows = append(append(rows, more...), late...)
	if told > 0 {
		rows = append(rows, ui.RowP{Href: v.URL("knelpunt.mine"), Title: lang.T(ctx, "knelpunt.today.told", "n", told)})
	}
	if back > 0 {
		rows = append(rows, ui.RowP{Href: v.URL("knelpunt.mine"), Title: lang.T(ctx, "knelpunt.today.back", "n", back)})
	}
	if n > 0 {
		rows = append(rows, ui.RowP{Href: v.URL("knelpunt.waiting"), Title: lang.T(ctx, "knelpunt.today.waiting", "n", n)})
	}
	if len(rows) == 0 {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partToday(rows), Count: n + back + told + unread + quotes + lapses}, nil
}

// nextDays is how many days before its date Vandaag shows a bottleneck; nextMost how many it shows.
const (
	nextDays = 7
	nextMost = 5
)

// todayNext shows the owner what is to be looked at and what an institution promised by now, and the desk what nobody owns.
func (k *Knelpunten) todayNext(v *web.Visit) (ui.Part, error) {
	if !mayTend.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ctx := v.Ctx()
	whose := db.F(`b.owner = ? AND b.next <= ?`, v.Actor.ID, clock.Today(v.Now).AddDays(nextDays))
	if mayDesk.Allows(v.Actor) {
		whose = db.F(`(b.owner = '' OR b.owner = ? AND b.next <= ?)`, v.Actor.ID, clock.Today(v.Now).AddDays(nextDays))
	}
	bs, err := k.bottlenecks(ctx, k.db, db.F(`b.state NOT IN ('closed','merged') AND`).With(whose).Then(dueFirst))
	if err != nil {
		return ui.Part{}, err
	}
	ms, err := k.mediations(ctx, k.db, db.F(`gone IS NULL AND state = 'promised' AND due <= ? AND bottleneck IN (SELECT id FROM knelpunt_bottleneck WHERE owner = ?)`, clock.Today(v.Now).AddDays(nextDays), v.Actor.ID))
	if err != nil || len(bs)+len(ms) == 0 {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, m := range ms[:min(len(ms), nextMost)] {
		rows = append(rows, mediationRow(v, m))
	}
	for _, b := range bs[:min(len(bs), nextMost)] {
		r := bottleneckRow(v, b, nil)
		if b.Owner == "" {
			r.Sub = lang.Dots(lang.T(ctx, "knelpunt.today.noowner"), r.Sub)
		}
		rows = append(rows, r)
	}
	return ui.Part{Body: partNext(rows), Count: len(bs) + len(ms)}, nil
}

// Jobs is the work that runs by itself.
func (k *Knelpunten) Jobs() []web.Job {
	return []web.Job{{Name: "knelpunt.sweep", Every: 24 * time.Hour, Run: k.sweep},
		{Name: "knelpunt.held", Every: 10 * time.Minute, Run: func(ctx context.Context, now time.Time) error { return k.writeHeld(ctx, clock.Today(now)) }}}
}

var (
	draftKept  = privacy.Class{Name: "knelpunt.keeps.draft", Tables: []string{"knelpunt_draft", "knelpunt_report"}, From: privacy.LastTouched, Days: 90, Assumed: true, Job: "knelpunt.sweep"}
	secretKept = privacy.Class{Name: "knelpunt.keeps.secret", Tables: []string{"knelpunt_secret"}, From: privacy.LastTouched, Days: 365, Assumed: true, Job: "knelpunt.sweep"}
	storyKept  = privacy.Class{Name: "knelpunt.keeps.bottleneck", Tables: []string{"knelpunt_bottleneck", "knelpunt_member", "knelpunt_past", "knelpunt_step", "knelpunt_evidence", "knelpunt_heard", "knelpunt_told", "knelpunt_mediation"}, From: privacy.Always}
	signalKept = privacy.Class{Name: "knelpunt.keeps.signal", Tables: []string{"knelpunt_signal", "knelpunt_photo"}, From: privacy.Always}
)

// soonDays is how long before a draft lapses Vandaag says so.
const soonDays = 7

// soon is the condition that a draft lapses within that time.
func soon(today clock.Date) db.Frag {
	return db.F(`week <= ?`, today.AddDays(soonDays-draftKept.Days))
}

// lapsing is what lapses soon: of one's own, and of a team that one leads.
func (k *Knelpunten) lapsing(v *web.Visit) (rows []ui.RowP, n int, err error) {
	ctx := v.Ctx()
	own, err := db.One[int](ctx, k.db, db.F(`SELECT COUNT(*) FROM knelpunt_draft WHERE raiser = ? AND`, k.raiser(v.Actor)).With(soon(clock.Today(v.Now))))
	if err != nil {
		return nil, 0, err
	}
	if own > 0 {
		rows = append(rows, ui.RowP{Href: v.URL("knelpunt.mine"), Title: lang.T(ctx, "knelpunt.today.lapses", "n", own)})
	}
	var led []string
	for _, p := range v.Actor.Posts {
		if p.Role == access.Lead && p.Scope.Kind == access.Team {
			led = append(led, p.Scope.ID)
		}
	}
	if len(led) == 0 {
		return rows, own, nil
	}
	others, err := db.One[int](ctx, k.db, db.F(`SELECT COUNT(*) FROM knelpunt_draft WHERE raiser <> ? AND`, k.raiser(v.Actor)).With(soon(clock.Today(v.Now))).Then(`AND`).With(db.In("team", led)))
	if err != nil {
		return nil, 0, err
	}
	if others > 0 {
		rows = append(rows, ui.RowP{Href: v.URL("knelpunt.waiting"), Title: lang.T(ctx, "knelpunt.today.lapses.team", "n", others), Sub: lang.T(ctx, "knelpunt.today.lapses.hint")})
	}
	return rows, own + others, nil
}

// sweep destroys the secret that has had its time, and removes what nobody let go.
func (k *Knelpunten) sweep(ctx context.Context, now time.Time) error {
	if err := k.forget(ctx, now); err != nil {
		return err
	}
	var n int64
	err := k.db.Tx(ctx, func(tx *db.Tx) (err error) {
		over := clock.Today(draftKept.Before(now))
		n, err = db.DoAll(ctx, tx, lapse(db.F(`week <= ?`, over)), db.F(`DELETE FROM knelpunt_photo WHERE draft IN (SELECT id FROM knelpunt_draft WHERE week <= ?)`, over), db.F(`DELETE FROM knelpunt_draft WHERE week <= ?`, over),
			db.F(`DELETE FROM knelpunt_photo WHERE report IN (SELECT id FROM knelpunt_report WHERE week <= ?)`, over), db.F(`UPDATE knelpunt_report SET state = 'lapsed', body = NULL, detail = NULL, place = '', institution = '', month = '', seen = '' WHERE state = 'new' AND week <= ?`, over),
			db.F(`DELETE FROM knelpunt_spent WHERE day < ?`, clock.Today(now).AddDays(-1)), db.F(`DELETE FROM knelpunt_held WHERE day <= ?`, clock.Today(secretKept.Before(now))))
		return err
	})
	if err != nil || n == 0 {
		return err
	}
	return k.db.Scrub(ctx)
}

// Keeper says how long things are kept. Nothing here is of a person: what one signalled cannot be found from them, so there is
// nothing to give and nothing to erase.
func (k *Knelpunten) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "knelpunt", Keeps: []privacy.Class{draftKept, secretKept, signalKept, storyKept},
		Export: func(context.Context, db.Q, *privacy.Vault, string) (any, error) { return nil, nil },
		Erase:  func(context.Context, *db.Tx, string) error { return nil }}
}
