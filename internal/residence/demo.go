package residence

// This file makes the places of a demonstration: a few people written by hand, and for the others where they lived so far.
// The same person always gets the same; dates are relative to now.

import (
	"context"
	"fmt"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// demoStay is a place; days count back from today.
type demoStay struct {
	kind, name, town, reason, school string
	days                             int
	own                              bool
}

var demoStays = map[string][]demoStay{
	"p-selam": {
		{kind: "coa", name: "aanmeldcentrum", town: "Ter Apel", reason: "first", days: 60},
		{kind: "emergency", name: "noodopvang in de sporthal", town: "Zeist", reason: "coa", days: 53},
		{kind: "emergency", name: "noodopvang op de boot", town: "Utrecht", reason: "closed", days: 41},
		{kind: "coa", name: "azc Amersfoort", town: "Amersfoort", reason: "coa", days: 24},
		{kind: "coa", name: "azc Utrecht", town: "Utrecht", reason: "medical", days: 9, own: true},
	},
	"p-reem": {
		{kind: "coa", name: "aanmeldcentrum", town: "Ter Apel", reason: "first", days: 105},
		{kind: "coa", name: "azc Utrecht", town: "Utrecht", reason: "coa", days: 90},
		{kind: "shelter", town: "Utrecht", reason: "safety", days: 20},
	},
	"p-oksana": {
		{kind: "family", town: "Amersfoort", reason: "first", days: 285},
		{kind: "municipal", name: "gemeentelijke opvang", town: "Utrecht", reason: "wish", school: "changed", days: 96},
	},
	"p-ahmad": {
		{kind: "coa", name: "azc Utrecht", town: "Utrecht", reason: "first", days: 190},
		{kind: "own", town: "Utrecht", reason: "housing", days: 3},
	},
}

// demoAddresses are kept apart, one of them guarded.
var demoAddresses = map[string]Address{
	"p-selam": {Lines: "azc Utrecht, kamer 114"},
	"p-reem":  {Lines: "Vogelkersstraat 7\n3541 BX Utrecht", Note: "Bel eerst. Noem geen naam aan de deur."},
	"p-ahmad": {Lines: "Zamenhofdreef 12\n3562 JW Utrecht"},
}

// Demo writes the share of these people. The keys of addresses are made before, as those of people are.
func (r *Residence) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	var subjects []string
	for _, d := range batch {
		if _, ok := demoAddresses[d.ID]; ok {
			subjects = append(subjects, VaultSubject(d.ID))
		}
	}
	keys, err := r.vault.NewKeys(ctx, subjects)
	if err != nil {
		return err
	}
	for _, d := range batch {
		ss := demoStays[d.ID]
		if ss == nil {
			ss = demoPlaces(d, now)
		}
		if err := demoPut(ctx, tx, d, ss, now); err != nil {
			return err
		}
		a, ok := demoAddresses[d.ID]
		if !ok {
			continue
		}
		if err := putAddress(ctx, tx, keys[VaultSubject(d.ID)], d.ID, a, false, d.Caseworker); err != nil {
			return err
		}
	}
	return demoStories(ctx, tx, batch, now)
}

// demoPlaces are the places of an invented person: most were moved once or twice.
func demoPlaces(d dossier.DemoPerson, now time.Time) []demoStay {
	days := d.Arrived.DaysUntil(clock.Today(now))
	town := dossier.Place(d.Profile.Lives)
	out := []demoStay{{kind: "coa", name: "aanmeldcentrum", town: "Ter Apel", reason: "first", days: days}}
	for i := range d.N % 3 {
		left := days * (2 - i) / 4
		if left < 2 {
			break
		}
		kind, reason := []string{"emergency", "coa"}[i], "coa"
		if d.Story == "permit" && i == 1 {
			kind, reason = "own", "housing"
		}
		out = append(out, demoStay{kind: kind, town: town, reason: reason, days: left})
	}
	return out
}

func demoPut(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, ss []demoStay, now time.Time) error {
	today := clock.Today(now)
	var all []Stay
	for i, x := range ss {
		from := today.AddDays(-x.days)
		s := Stay{ID: fmt.Sprintf("rs-%s-%d", d.ID[2:], i), Person: d.ID, Location: d.Location, MadeBy: d.Caseworker, At: from.In(clock.Netherlands).Add(34 * time.Hour), What: StayText{Kind: x.kind, Name: x.name, Town: x.town, From: from, Reason: x.reason, School: x.school}}
		if s.At.After(now) {
			s.At = now
		}
		s.Seen = s.At
		if x.own {
			s.Own, s.MadeBy, s.Seen = true, d.ID, time.Time{}
		}
		all = append(all, s)
	}
	months := Months(Legs(all, today))
	for _, s := range all {
		s.Month = months[s.ID]
		if err := putStay(ctx, tx, d.Key, s); err != nil {
			return err
		}
	}
	return nil
}

// demoStories are how it was in a place, and a guarded address that was asked for.
func demoStories(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	for _, d := range batch {
		switch d.ID {
		case "p-selam":
			if err := putCondition(ctx, tx, d.Key, Condition{ID: "rc-selam-0", Person: d.ID, Stay: "rs-selam-1", Signal: true, MadeBy: d.Caseworker, At: now.AddDate(0, 0, -45), What: ConditionText{
				Grades: map[string]string{"sleep": "bad", "privacy": "bad", "crowd": "bad", "heating": "poor", "food": "poor", "safety": "good"},
				Words:  "We sliepen met zestig mensen in één zaal. Het licht bleef aan. Ik durfde ’s nachts niet naar de wc."}}); err != nil {
				return err
			}
		case "p-reem":
			if err := putGuard(ctx, tx, d.Key, d.ID, Guard{Danger: "violence", By: d.Caseworker, At: now.AddDate(0, 0, -20)}); err != nil {
				return err
			}
			asked := now.AddDate(0, 0, -6)
			w := Why{Cause: "transport", Words: "Taxi naar de zitting: de chauffeur moet weten waar."}
			if err := demoRequest(ctx, tx, d, Request{ID: "rq-reem-0", AskedBy: d.Caseworker, Asked: asked, Decided: asked.Add(4 * time.Minute), DecidedBy: "u-noor", Granted: true, Shown: asked.Add(6 * time.Minute)}, w); err != nil {
				return err
			}
			if err := demoRequest(ctx, tx, d, Request{ID: "rq-reem-1", AskedBy: d.Legal, Asked: now}, Why{Cause: "letter", Words: "De beschikking moet vandaag bij haar in de bus."}); err != nil {
				return err
			}
		}
	}
	return nil
}

func demoRequest(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, q Request, w Why) error {
	q.Person, q.Team, q.What, q.Why = d.ID, d.Team, Reveal, w
	return putRequest(ctx, tx, d.Key, q)
}
