package alarm

// This file is what alarm lends to others: its doors, the line above every page of staff, its parts of Vandaag, of a file and
// of the refugee's own first page, what it tells on the timeline, its job and its keeper.

import (
	"context"
	"embed"
	"net/http"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Texts are the words of the pages.
//
//go:embed text/*.json
var Texts embed.FS

// Alarms is the capability.
type Alarms struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	files *dossier.Files

	lawyers dossier.Lawyers
	law     dossier.Law
	board   board

	lookStep int
}

// New makes the capability.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files) *Alarms {
	return &Alarms{db: d, vault: v, org: org, files: files, lookStep: lookStep}
}

// Lend hands over what only others know: who represents somebody, and what happened in procedures. Without lawyers the pages
// say that none is known, and whom to call.
func (a *Alarms) Lend(lawyers dossier.Lawyers, law dossier.Law) { a.lawyers, a.law = lawyers, law }

// Routes are the doors.
func (a *Alarms) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "alarm.list", Method: get, Path: "/alarm", May: mayKnow, Do: a.list},
		{Name: "alarm.notice", Method: get, Path: "/alarm/{alarm}", May: mayKnow, Do: a.notice},
		{Name: "alarm.take", Method: post, Path: "/alarm/{alarm}/nemen", May: mayTake, Do: a.take},
		{Name: "alarm.name", Method: post, Path: "/alarm/{alarm}/aanwijzen", May: mayName, Do: a.name},
		{Name: "alarm.take_back", Method: post, Path: "/alarm/{alarm}/aanwijzen/{taken}/terug", May: mayName, Do: a.takeBack},
		{Name: "alarm.renew", Method: post, Path: "/alarm/{alarm}/verlengen", May: mayRenew, Do: a.renew},
		{Name: "alarm.review", Method: get, Path: "/alarm/{alarm}/terugblik", May: mayJudge, Do: a.reviewForm},
		{Name: "alarm.judge", Method: post, Path: "/alarm/{alarm}/terugblik", May: mayJudge, Do: a.judge},

		{Name: "alarm.file", Method: get, Path: "/dossier/{person}/alarm", May: mayWork, Do: a.file},
		{Name: "alarm.raise", Method: post, Path: "/dossier/{person}/alarm", May: mayRaise, Do: a.raise},
		{Name: "alarm.change", Method: post, Path: "/dossier/{person}/alarm/{alarm}/gegevens", May: mayWork, Do: a.change},
		{Name: "alarm.did", Method: post, Path: "/dossier/{person}/alarm/{alarm}/stap", May: mayWork, Do: a.did},
		{Name: "alarm.leave", Method: post, Path: "/dossier/{person}/alarm/{alarm}/loslaten", May: mayWork, Do: a.leave},
		{Name: "alarm.end", Method: post, Path: "/dossier/{person}/alarm/{alarm}/einde", May: mayEnd, Do: a.end},
		{Name: "alarm.reopen", Method: post, Path: "/dossier/{person}/alarm/{alarm}/heropenen", May: mayEnd, Do: a.reopen},

		{Name: "alarm.help", Method: get, Path: "/mijn/nood", May: mayMine, Do: a.help},
		{Name: "alarm.call", Method: post, Path: "/mijn/nood", May: mayMine, Do: a.call},

		{Name: "alarm.group", Method: get, Path: "/groepsalarm", May: mayGroup, Do: a.groupForm},
		{Name: "alarm.count", Method: post, Path: "/groepsalarm/tellen", May: mayGroup, Do: a.countGroup},
		{Name: "alarm.group_raise", Method: post, Path: "/groepsalarm", May: mayGroup, Do: a.raiseOfGroup},
		{Name: "alarm.group_show", Method: get, Path: "/groepsalarm/{group}", May: mayGroup, Do: a.showGroup},
		{Name: "alarm.group_open", Method: post, Path: "/groepsalarm/{group}/lijst", May: mayGroup, Do: a.openGroup},
		{Name: "alarm.group_take", Method: post, Path: "/groepsalarm/{group}/nemen", May: mayGroup, Do: a.takeOfGroup},
		{Name: "alarm.group_end", Method: post, Path: "/groepsalarm/{group}/einde", May: mayGroup, Do: a.endOfGroup},
		{Name: "alarm.group_reopen", Method: post, Path: "/groepsalarm/{group}/heropenen", May: mayGroup, Do: a.reopenOfGroup},
		{Name: "alarm.group_judge", Method: post, Path: "/groepsalarm/{group}/terugblik", May: mayGroup, Do: a.judgeGroup},
	}
}

// FilePanels are the parts on a person's pages.
func (a *Alarms) FilePanels() []dossier.Panel {
	return []dossier.Panel{
		{Place: "overview", Order: 0, Show: a.filePanel},
		{Place: "aside", Order: 5, Show: a.asidePanel},
		{Place: "home", Order: 1, Show: a.homePanel},
		{Place: "home", Order: 94, Show: func(v *web.Visit, _ dossier.File) (ui.Part, error) {
			runs, err := a.runs(v)
			if err != nil || runs {
				return ui.Part{}, err
			}
			return ui.Part{Body: partHelp()}, nil
		}},
	}
}

// Panels stand on top of Vandaag.
func (a *Alarms) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 0, Show: a.todayPanel}}
}

// Jobs is the work that runs by itself: who meets the criteria of a group joins, and what had its time is removed.
func (a *Alarms) Jobs() []web.Job {
	return []web.Job{
		{Name: "alarm.look", Every: lookEvery, Run: func(ctx context.Context, _ time.Time) error {
			gs, err := db.Many[string](ctx, a.db, db.F(`SELECT id FROM alarm_group WHERE state = 'running' ORDER BY look_at, id`))
			for _, id := range gs {
				if err := a.look(ctx, id, lookMost); err != nil {
					return err
				}
			}
			return err
		}},
		{Name: countsKept.Job, Every: 24 * time.Hour, Run: a.sweep},
	}
}

// How long the rest is kept. Both numbers are ours.
var (
	countsKept = privacy.Class{Name: "alarm.keeps.counts", Tables: []string{"alarm_count"}, From: privacy.LastTouched, Days: 365, Assumed: true, Job: "alarm.sweep"}
	groupsKept = privacy.Class{Name: "alarm.keeps.groups", Tables: []string{"alarm_group", "alarm_opening"}, From: privacy.LastTouched, Days: 5 * 365, Assumed: true, Job: "alarm.sweep"}
)

// sweep removes what had its time.
func (a *Alarms) sweep(ctx context.Context, now time.Time) error {
	return a.db.Tx(ctx, func(tx *db.Tx) error {
		old := groupsKept.Before(now)
		_, err := db.DoAll(ctx, tx,
			db.F(`DELETE FROM alarm_count WHERE at < ?`, countsKept.Before(now)),
			db.F(`DELETE FROM alarm_step WHERE person IS NULL AND about IN (SELECT id FROM alarm_group WHERE ended_at < ?)`, old),
			db.F(`DELETE FROM alarm_opening WHERE about IN (SELECT id FROM alarm_group WHERE ended_at < ?)`, old),
			db.F(`DELETE FROM alarm_group WHERE ended_at < ?`, old))
		return err
	})
}

// Exported is one alarm with its history, as it is given to the person.
type Exported struct {
	Alarm
	Taken []Taken
	Story []Step
}

// Keeper exports and erases what stands here about a person.
func (a *Alarms) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "alarm",
		Keeps: []privacy.Class{{Name: "alarm.keeps", Tables: []string{"alarm_alarm", "alarm_taken", "alarm_step"}, From: privacy.WithFile}, countsKept, groupsKept},
		Export: func(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
			k, err := vault.Key(ctx, subject)
			if err != nil {
				return nil, err
			}
			as, err := ofPerson(ctx, q, k, subject, 10000)
			if err != nil {
				return nil, err
			}
			var out []Exported
			for _, x := range as {
				e := Exported{Alarm: x}
				if e.Taken, err = db.Many[Taken](ctx, q, db.F(takenColumns).Then(`WHERE alarm = ? ORDER BY at, id`, x.ID)); err != nil {
					return nil, err
				}
				if e.Story, err = history(ctx, q, x.ID); err != nil {
					return nil, err
				}
				if err := openSteps(k, e.Story); err != nil {
					return nil, err
				}
				out = append(out, e)
			}
			return out, nil
		},
		Erase: func(ctx context.Context, tx *db.Tx, subject string) error {
			if _, err := db.DoAll(ctx, tx, db.F(`DELETE FROM alarm_step WHERE person = ?`, subject), db.F(`DELETE FROM alarm_taken WHERE person = ?`, subject), db.F(`DELETE FROM alarm_alarm WHERE person = ?`, subject)); err != nil {
				return err
			}
			a.board.forget()
			return a.forgetMember(ctx, tx, subject)
		}}
}

// seesFile says whether somebody sees the file now, by the one predicate.
func (a *Alarms) seesFile(v *web.Visit, person string) (bool, error) {
	_, err := access.Find(v.Ctx(), a.db, v.Actor, person, access.DeskLevel, v.Now)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}
