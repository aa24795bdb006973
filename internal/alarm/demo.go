package alarm

// This file makes the alarms of a demonstration: one about Hamid that runs, with a removal in 41 hours, and one about a group
// that ended and at which nobody looked back yet.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// DemoPerson is who is in danger in a demonstration.
const DemoPerson = "p-hamid"

// Demo writes the alarms of a demonstration.
func (a *Alarms) Demo(ctx context.Context, tx *db.Tx, people []dossier.DemoPerson, now time.Time) error {
	for _, p := range people {
		if err := a.demoPerson(ctx, tx, p, now); err != nil {
			return err
		}
	}
	return a.demoGroup(ctx, tx, now.AddDate(0, 0, -9))
}

func (a *Alarms) demoPerson(ctx context.Context, tx *db.Tx, p dossier.DemoPerson, now time.Time) error {
	id := "al-" + p.ID[2:]
	began := now.Add(-95 * time.Minute)
	due := now.Add(41 * time.Hour).Truncate(5 * time.Minute)
	body, err := privacy.SealJSON(p.Key, bodyPlace(id), Danger{Due: due, Exact: true, Held: "detention", Where: "Detentiecentrum Rotterdam", Flight: "naar Kabul, via Istanbul",
		Note: "Hij belde zelf vanuit het centrum. De DT&V gaf hem een papier met de vlucht."})
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO alarm_alarm (id, person, parent, team, location, body, tell, at, made_by, renew_by, state, ended_by, outcome, version) VALUES (?,?,NULL,?,?,?,TRUE,?,?,?,'running','','',1)`,
		id, p.ID, p.Team, p.Location, body, began, p.Caseworker, began.Add(Lasts))); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO alarm_taken (id, alarm, person, colleague, grant_id, at) VALUES (?,?,?,?,'',?)`, "at-"+p.ID[2:], id, p.ID, p.Legal, began.Add(10*time.Minute))); err != nil {
		return err
	}
	for i, s := range []struct {
		kind, result, note, by string
		after                  time.Duration
	}{
		{raised, "", "", p.Caseworker, 0},
		{taken, "", "", p.Legal, 10 * time.Minute},
		{"lawyer", "tried", "Voicemail ingesproken, kantoor belt om 17:30 terug.", p.Legal, 20 * time.Minute},
		{"person", "done", "Hij wil niet terug. Zijn broer mag het niet weten.", p.Caseworker, 40 * time.Minute},
		{"authority", "done", "DT&V bevestigt de vlucht. Zij wachten niet zonder bericht van de rechter.", p.Legal, time.Hour},
	} {
		step := "as-" + p.ID[2:] + "-" + string(rune('0'+i))
		var note []byte
		if s.note != "" {
			note = p.Key.Seal(stepPlace(step), []byte(s.note))
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO alarm_step (id, about, person, kind, result, body, at, made_by) VALUES (?,?,?,?,?,?,?,?)`, step, id, p.ID, s.kind, s.result, note, began.Add(s.after), s.by)); err != nil {
			return err
		}
	}
	return nil
}

// demoGroup is what the region did when an airport fell silent: it ended after four days.
func (a *Alarms) demoGroup(ctx context.Context, tx *db.Tx, began time.Time) error {
	defer func(now time.Time) { tx.Now = now }(tx.Now)
	tx.Now = began
	els := access.Actor{Kind: access.Staff, ID: "u-els", Posts: []access.Post{{Role: access.Region, Scope: access.Scope{Kind: access.InRegion, ID: "r-midden"}}}}
	teams, err := a.teamsWithin(ctx, ReachOf(els))
	if err != nil {
		return err
	}
	var ids []string
	for _, t := range teams {
		ids = append(ids, t.ID)
	}
	id, err := a.raiseGroup(ctx, tx, els, Said{Criteria: Criteria{Origins: []string{"SD", "SS"}}, Reason: "Er zou een vlucht naar Khartoem gaan. Het vliegveld ligt onder vuur."}, ids, "Nagaan wie een aangekondigde uitzetting heeft en wie geen advocaat heeft.")
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE alarm_group SET people = 14, look_at = ? WHERE id = ?`, began, id)); err != nil {
		return err
	}
	tx.Now = began.Add(4 * 24 * time.Hour)
	return a.endGroup(ctx, tx, els, id, "stopped", "De vlucht is geschrapt. Iedereen is gesproken; twee mensen hebben nu een advocaat.")
}
