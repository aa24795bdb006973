package handover

// This file makes the handovers of a demonstration: Marwan offers a file to Deniz, and Tijs leaves in ten days.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/organisation"
)

const (
	demoLeaver = "u-tijs"
	demoFiles  = 14 // that he still has
	demoGone   = 3  // that he handed over before
)

// Demo writes the share of these people; everything else of them stands already.
func (h *Handover) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	if len(batch) == 0 || batch[0].N != 0 {
		return nil // the story is told with the first people
	}
	noor := access.Actor{Kind: access.Staff, ID: "u-noor"}
	var his []dossier.DemoPerson
	for _, d := range batch {
		if d.ID == "p-yusuf" && d.Legal == "u-marwan" {
			o := Offer{ID: "ho-yusuf", Person: d.ID, Giver: d.Legal, ToKind: "colleague", ToID: "u-deniz", Taker: "u-deniz", Team: d.Team, Location: d.Location, Before: clock.Today(now).AddDays(3),
				Made: now.AddDate(0, 0, -1), MadeBy: d.Legal, State: Open}
			o.Note = d.Key.Seal(notePlace(o.ID), []byte("Yusuf belt liever dan dat hij langskomt. Hij verwacht deze week antwoord over zijn verlenging."))
			if err := putOffer(ctx, tx, o); err != nil {
				return err
			}
			if err := mayRead(ctx, tx, o); err != nil {
				return err
			}
		}
		if d.N >= dossier.DemoHeroes && d.Team == "t-utrecht" && d.Caseworker != "" && d.Caseworker != demoLeaver && len(his) < demoFiles+demoGone {
			his = append(his, d)
		}
	}
	if len(his) == 0 {
		return nil
	}
	left := his[:min(demoFiles, len(his))]
	for _, d := range left {
		if err := h.files.HandOver(ctx, tx, dossier.Handing{Person: d.ID, From: d.Caseworker, To: demoLeaver, By: noor, Key: d.Key}); err != nil {
			return err
		}
	}
	for i, d := range his[len(left):] {
		at := now.AddDate(0, 0, -3+i%2)
		o := Offer{ID: "ho-" + d.ID[2:], Person: d.ID, Giver: demoLeaver, ToKind: "colleague", ToID: d.Caseworker, Taker: d.Caseworker, Team: d.Team, Location: d.Location, Made: at.AddDate(0, 0, -1), MadeBy: noor.ID, State: Open}
		if err := putOffer(ctx, tx, o); err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE handover_offer SET state = 'accepted', ended = ?, ended_by = ? WHERE id = ?`, at, d.Caseworker, o.ID)); err != nil {
			return err
		}
	}
	for _, d := range slices.Clone(left[:min(2, len(left))]) {
		o := Offer{ID: "ho-" + d.ID[2:], Person: d.ID, Giver: demoLeaver, ToKind: "team", ToID: "t-utrecht", Team: d.Team, Location: d.Location, Before: clock.Today(now).AddDays(10), Made: now.AddDate(0, 0, -4), MadeBy: noor.ID, State: Open}
		if err := putOffer(ctx, tx, o); err != nil {
			return err
		}
	}
	day := clock.Today(now).AddDays(10)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO handover_leaving (id, colleague, team, last_day, total, made, made_by) VALUES ('hl-tijs',?,'t-utrecht',?,?,?,'u-noor')`,
		demoLeaver, day, len(his), now.AddDate(0, 0, -6))); err != nil {
		return err
	}
	return organisation.SetLastDay(ctx, tx, demoLeaver, day, noor.ID)
}
