package oversight

// This file makes the emergencies of a demonstration: one that waits too long, one about which something was asked, and one
// that was judged.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// DemoFile is an invented person in whose file there was an emergency.
type DemoFile struct {
	ID  string
	Key privacy.Key
}

// Demo makes up to three emergencies, in the files of the first three people.
func Demo(ctx context.Context, tx *db.Tx, now time.Time, people []DemoFile) error {
	defer func(was time.Time) { tx.Now = was }(tx.Now)
	noor := access.Actor{Kind: access.Staff, ID: "u-noor", Posts: []access.Post{{Role: access.Lead, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}
	els := access.Actor{Kind: access.Staff, ID: "u-els", Posts: []access.Post{{Role: access.Region, Scope: access.Scope{Kind: access.InRegion, ID: "r-midden"}}}}
	pieter := access.Actor{Kind: access.Staff, ID: "u-pieter", Posts: []access.Post{{Role: access.Privacy, Scope: access.Scope{Kind: access.National}}}}
	for i, x := range []struct {
		who        access.Actor
		way        string
		ago        time.Duration
		why        why
		kind, note string // what the privacy officer said, a day later
		event      string
	}{
		{who: noor, way: byCard, ago: 21 * 24 * time.Hour, why: why{"here", "Mevrouw stond aan de balie met een brief van de rechtbank. Haar begeleider had vakantie."},
			kind: string(Right), note: "Duidelijk uitgelegd, en na twintig minuten weer gesloten.", event: "oversight.event.judged"},
		{who: noor, way: byVNumber, ago: 9 * 24 * time.Hour, why: why{"deadline", "De termijn voor beroep liep die dag af en de jurist was ziek."}},
		{who: els, way: byName, ago: 2 * 24 * time.Hour, why: why{"other", "De gemeente belde over een woning die dezelfde dag bezet moest worden."},
			kind: string(Asked), note: "Waarom kon het team van Utrecht de gemeente niet zelf terugbellen?", event: "oversight.event.asked"},
	} {
		if i >= len(people) {
			return nil
		}
		p := people[i]
		tx.Now = now.Add(-x.ago)
		g, err := open(ctx, tx, x.who, p.Key, Glass{Person: p.ID, Team: teamOf(x.who), Way: x.way, Owner: pieter.ID}, x.why)
		if err != nil {
			return err
		}
		if x.kind == "" {
			continue
		}
		tx.Now = tx.Now.Add(26 * time.Hour)
		if err := step(ctx, tx, pieter, p.Key, g, x.kind, x.note, x.event); err != nil {
			return err
		}
	}
	return nil
}
