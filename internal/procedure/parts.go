package procedure

// This file is what procedure lends to others: its doors, its parts of other pages, its job and its keeper.

import (
	"context"
	"embed"
	"net/http"
	"slices"
	"sort"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Texts are the words of procedure.
//
//go:embed text/*.json
var Texts embed.FS

// Procedure is the capability.
type Procedure struct {
	Book         *Rulebook // the rules of this program; what an organisation changed in them lies on top (see book)
	Organisation *organisation.Store
	Files        *dossier.Files
	db           *db.DB
	shelf        shelf
	news         dossier.News
	turned       dossier.News
	policy       func(v *web.Visit, ids ...string) ([]ui.RowP, error) // see LendPolicy
}

// LendNews hands over how a person hears that a date comes near, and that it is their turn. The app calls it once.
func (p *Procedure) LendNews(date, turn dossier.News) { p.news, p.turned = date, turn }

// New makes the capability. Its rules were checked when the program was built.
func New(d *db.DB, org *organisation.Store, files *dossier.Files) *Procedure {
	book, err := Book()
	if err != nil {
		panic("procedure: the rules are compiled in and tested, so this cannot happen: " + err.Error())
	}
	return &Procedure{Book: book, Organisation: org, Files: files, db: d}
}

// Routes are the doors.
func (p *Procedure) Routes() []web.Route {
	return []web.Route{
		{Name: "procedure.compute", Method: http.MethodGet, Path: "/termijn", May: reckon, Do: p.compute},
		{Name: "procedure.mine", Method: http.MethodGet, Path: "/mijn/zaak/{track}", May: self, Do: p.mine},
		{Name: "procedure.idle", Method: http.MethodGet, Path: "/juridisch/zonder-stap", May: plan, Do: p.showIdle},
		{Name: "procedure.loose", Method: http.MethodGet, Path: "/termijn/los", May: reckon, Do: p.loose},
		{Name: "procedure.file", Method: http.MethodGet, Path: "/dossier/{person}/juridisch", May: look, Do: p.showFile},
		{Name: "procedure.choose", Method: http.MethodGet, Path: "/dossier/{person}/juridisch/vastleggen", May: record, Do: p.choose},
		{Name: "procedure.begin", Method: http.MethodGet, Path: "/dossier/{person}/juridisch/nieuw", May: record, Do: p.begin},
		{Name: "procedure.record", Method: http.MethodGet, Path: "/dossier/{person}/juridisch/vastleggen/{kind}", May: record, Do: p.showForm},
		{Name: "procedure.save", Method: http.MethodPost, Path: "/dossier/{person}/juridisch/vastleggen/{kind}", May: record, Do: p.save},
		{Name: "procedure.takeback", Method: http.MethodPost, Path: "/dossier/{person}/juridisch/gebeurtenis/{event}/terugnemen", May: mind, Do: p.takeBack},
		{Name: "procedure.restore", Method: http.MethodPost, Path: "/dossier/{person}/juridisch/gebeurtenis/{event}/herstellen", May: mind, Do: p.restore},
		{Name: "procedure.deadline", Method: http.MethodGet, Path: "/dossier/{person}/juridisch/termijn/{deadline}", May: look, Do: p.showDeadline},
		{Name: "procedure.done", Method: http.MethodPost, Path: "/dossier/{person}/juridisch/termijn/{deadline}/gedaan", May: mind, Do: p.done},
		{Name: "procedure.reopen", Method: http.MethodPost, Path: "/dossier/{person}/juridisch/termijn/{deadline}/heropenen", May: mind, Do: p.reopen},
		{Name: "procedure.moves_seen", Method: http.MethodPost, Path: "/vandaag/verschoven/gezien", May: told, Do: p.seeMoves},
		{Name: "procedure.rules", Method: http.MethodGet, Path: "/regels", May: rules, Do: p.showRules},
		{Name: "procedure.days", Method: http.MethodGet, Path: "/regels/dagen", May: rules, Do: p.showDays},
		{Name: "procedure.rulefile", Method: http.MethodGet, Path: "/regels/bestand/{file}", May: rules, Do: p.showRulefile},
		{Name: "procedure.propose", Method: http.MethodGet, Path: "/regels/voorstel", May: propose, Do: p.showPropose},
		{Name: "procedure.proposing", Method: http.MethodPost, Path: "/regels/voorstel", May: propose, Do: p.propose},
		{Name: "procedure.amendment", Method: http.MethodGet, Path: "/regels/wijziging/{amendment}", May: rules, Do: p.showAmendment},
		{Name: "procedure.decide", Method: http.MethodPost, Path: "/regels/wijziging/{amendment}/besluit", May: propose, Do: p.decideAmendment},
		{Name: "procedure.agree", Method: http.MethodGet, Path: "/dossier/{person}/juridisch/stap", May: mind, Do: p.agree},
		{Name: "procedure.agree_save", Method: http.MethodPost, Path: "/dossier/{person}/juridisch/stap", May: mind, Do: p.saveAgreed},
		{Name: "procedure.agreed_done", Method: http.MethodPost, Path: "/dossier/{person}/juridisch/stap/{step}/gedaan", May: mind, Do: p.agreedDone},
		{Name: "procedure.agreed_open", Method: http.MethodPost, Path: "/dossier/{person}/juridisch/stap/{step}/heropenen", May: mind, Do: p.agreedOpen},
	}
}

// Tabs are this capability's pages about a person.
func (p *Procedure) Tabs() []dossier.Tab {
	return []dossier.Tab{{Key: "procedure.tab", Route: "procedure.file", Level: access.DeskLevel, Order: 20}}
}

// FilePanels are the parts on a person's pages: for staff where the person stands and what is due, for the refugee the
// same in their own words.
func (p *Procedure) FilePanels() []dossier.Panel {
	return []dossier.Panel{
		{Place: "overview", Order: 10, Show: p.wayPanel},
		{Place: "overview", Order: 20, Show: p.termsPanel},
		{Place: "home", Order: 20, Show: p.homePanel},
		{Place: "family", Order: 10, Level: access.File, Show: p.familyPanel},
	}
}

// Panels are the parts on Vandaag.
func (p *Procedure) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 10, Show: p.todayPanel}, {Place: "today", Order: 12, Show: p.movesPanel}, {Place: "today", Order: 60, Show: p.amendPanel}}
}

// Jobs is the work that runs by itself.
func (p *Procedure) Jobs() []web.Job {
	return []web.Job{
		{Name: "procedure.recompute", Every: time.Minute, Run: p.Recompute},
		{Name: "procedure.count", Every: time.Minute, Run: p.Count},
		{Name: "procedure.escalate", Every: 10 * time.Minute, Run: p.Escalate},
	}
}

// SlowJobs is work that takes minutes in a large house. The app runs it beside all other: an alarm does not wait for it.
func (p *Procedure) SlowJobs() []web.Job {
	return []web.Job{{Name: "procedure.usual", Every: 30 * 24 * time.Hour, Run: p.Usually}}
}

// Keeper exports and erases what stands here about a person.
func (p *Procedure) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "procedure",
		Keeps: []privacy.Class{{Name: "procedure.keeps", Tables: []string{"procedure_track", "procedure_event", "procedure_derivation", "procedure_deadline", "procedure_escalation", "procedure_move", "procedure_agreed"}, From: privacy.WithFile}},
		Export: func(ctx context.Context, q db.Q, v *privacy.Vault, subject string) (any, error) {
			return export(ctx, q, v, subject)
		},
		Erase: erase}
}

// Timeline gives what happened in the procedures, as moments of the file.
func (p *Procedure) Timeline(v *web.Visit, f dossier.File, before time.Time, n int) ([]dossier.Moment, error) {
	if want := f.Wanted(); want.Group != "" && want.Group != "law" {
		return nil, nil
	}
	all, err := p.happened(v, f)
	if err != nil {
		return nil, err
	}
	from := sort.Search(len(all), func(i int) bool { return all[i].At.Before(before) })
	return slices.Clone(all[from:min(from+n, len(all))]), nil
}

// Authors are who recorded what happened in the procedures.
func (p *Procedure) Authors(v *web.Visit, f dossier.File) ([]string, error) {
	all, err := p.happened(v, f)
	var out []string
	for _, m := range all {
		if !slices.Contains(out, m.Author) {
			out = append(out, m.Author)
		}
	}
	return out, err
}

// happened are all moments of the procedures of a person, newest first, read once for a page.
func (p *Procedure) happened(v *web.Visit, f dossier.File) ([]dossier.Moment, error) {
	return web.Memo(v, "procedure.happened/"+f.ID(), func() ([]dossier.Moment, error) {
		of, err := p.tracksOf(v, f)
		if err != nil {
			return nil, err
		}
		l := p.lens(v, f)
		var out []dossier.Moment
		for _, t := range of.tracks {
			rs, err := records(v.Ctx(), p.db, t.ID)
			if err != nil {
				return nil, err
			}
			for _, r := range standing(rs) {
				story := l.story(r, of.derived[t.ID], of.rows)
				m := dossier.Moment{ID: r.ID, At: r.when(), Group: "law", Kind: "law", Icon: "scales", Title: lang.Capital(lang.T(v.Ctx(), "procedure.event."+r.Kind)),
					By: l.t("procedure.by", "name", l.colleague(r.MadeBy)), Body: momentBody(story), Author: r.MadeBy, Words: append(slices.Clone(story.Dates), story.Outcome)}
				if r.Kind == "decision" || r.Kind == "judgment" || r.Kind == "council_judgment" {
					m.Icon = "gavel"
				}
				out = append(out, m)
			}
		}
		sort.SliceStable(out, func(i, j int) bool { return out[i].At.After(out[j].At) })
		return out, nil
	})
}

// when is the instant at which a record stands in the story: the day it happened, at noon, or when it was recorded.
func (r Record) when() time.Time {
	d := r.DayFrom
	if d.IsZero() {
		d = r.DayTo
	}
	if d.IsZero() {
		return r.At
	}
	return d.In(clock.Netherlands).Add(12 * time.Hour)
}
