package contact

// This file makes the walk-in hour of a demonstration that is going on now: who sits there, who waits in which language,
// what was helped this morning, and notes that are not finished.

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/organisation"
)

// DemoHour makes the walk-in hour at Overvecht: Amira helps one, five others wait.
func (c *Contact) DemoHour(ctx context.Context, tx *db.Tx, now time.Time) error {
	place := organisation.Seat{Desk: "d-overvecht", Location: "l-overvecht", Team: "t-utrecht"}
	d := Duty{Desk: place.Desk, Location: place.Location, Team: place.Team}
	amira := access.Actor{Kind: access.Staff, ID: "u-amira"}
	if err := c.begin(ctx, tx, amira, place); err != nil {
		return err
	}
	for _, x := range []struct {
		person, how string
		guest       Guest
		ago         time.Duration
		helped      bool
	}{
		{"p-ahmad", "card", Guest{"Ahmad", "ar"}, 24 * time.Minute, true},
		{"p-hamid", "card", Guest{"Hamid", "prs"}, 12 * time.Minute, false},
		{"p-mebrahtu", "card", Guest{"Mebrahtu", "ti"}, 9 * time.Minute, false},
		{"", "anonymous", Guest{"Hodan", "so"}, 7 * time.Minute, false},
		{"p-yusuf", "name", Guest{"Yusuf", "tr"}, 5 * time.Minute, false},
		{"p-oksana", "card", Guest{"Oksana", "uk"}, 2 * time.Minute, false},
	} {
		k, err := c.key(ctx, x.person)
		if err != nil {
			return err
		}
		if err := c.arrive(ctx, tx, amira, d, Arrival{Person: x.person, Key: k, How: x.how, Guest: x.guest}); err != nil {
			return err
		}
		came := now.Add(-x.ago)
		if from, _ := dayOf(now); came.Before(from) {
			came = from // a demonstration that begins just after midnight
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE contact_visit SET came = ? WHERE desk = ? AND person = ? AND taken IS NULL`, came, place.Desk, x.person)); err != nil {
			return err
		}
		if x.helped {
			v, err := db.One[Visit](ctx, tx, db.F(`SELECT `+visitColumns+` FROM contact_visit WHERE desk = ? AND person = ?`, place.Desk, x.person))
			if err != nil {
				return err
			}
			if err := c.take(ctx, tx, amira, v); err != nil {
				return err
			}
		}
	}
	if err := c.demoMorning(ctx, tx, now); err != nil {
		return err
	}
	return c.demoDrafts(ctx, tx, now)
}

// demoMorning is who was helped before; visitors without a file, of whom only the talk is kept.
func (c *Contact) demoMorning(ctx context.Context, tx *db.Tx, now time.Time) error {
	from, _ := dayOf(now)
	counts := map[demoCount]int{}
	for i, x := range []Body{
		{Topic: "letter", Done: []string{"read"}, Note: "Brief van de gemeente uitgelegd."}, {Topic: "money", Done: []string{"explained"}}, {Topic: "letter", Done: []string{"read", "called"}},
		{Topic: "housing", Done: []string{"referred"}, Note: "Verwezen naar het wijkteam."}, {Topic: "language", Done: []string{"explained"}}, {Topic: "letter", Done: []string{"filled"}},
		{Topic: "health", Done: []string{"called"}, Note: "Samen de huisarts gebeld."}, {Topic: "other", Done: []string{"listened"}}, {Topic: "children", Done: []string{"filled"}},
	} {
		at := now.Add(-time.Duration(28+13*i) * time.Minute)
		if at.Before(from) {
			break
		}
		x.Next, x.Minutes = "ready", 6+2*i
		m := Moment{Talk: Talk{ID: fmt.Sprintf("m-hour-%d", i), At: at, Author: []string{"u-ria", "u-amira"}[i%2], Desk: "d-overvecht", Visible: "team", What: x}, Team: "t-utrecht"}
		if err := demoMoment(ctx, tx, c.house(), m); err != nil {
			return err
		}
		counts[demoCount{m.Desk, x.Topic, clock.Today(now)}]++
	}
	return putCounts(ctx, tx, counts)
}

// demoDrafts are notes that were begun and not saved.
func (c *Contact) demoDrafts(ctx context.Context, tx *db.Tx, now time.Time) error {
	for _, x := range []struct {
		colleague, person string
		ago               time.Duration
		form              url.Values
	}{
		{"u-amira", "p-farzaneh", 18 * time.Hour, url.Values{"topic": {"asylum"}, "done": {"explained"}, "note": {"Voornemen doorgenomen met"}, "visible": {"client"}}},
		{"u-marwan", "p-selam", 3 * time.Hour, url.Values{"topic": {"family"}, "note": {"Gebeld met de vertaler, de akte is"}, "visible": {"client"}, "next": {"follow"}}},
	} {
		k, err := c.vault.Key(ctx, x.person)
		if err != nil {
			return err
		}
		b, err := json.Marshal(x.form)
		if err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_draft (colleague, about, person, body, at) VALUES (?,?,?,?,?)`,
			x.colleague, x.person, x.person, k.Seal(draftPlace(x.colleague, x.person), b), now.Add(-x.ago))); err != nil {
			return err
		}
	}
	return nil
}
