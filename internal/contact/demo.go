package contact

// This file makes the contacts of a demonstration: what was said, promised and planned. The same person always gets the
// same story; dates are relative to now.

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// Demo writes the share of these people.
func (c *Contact) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	counts := map[demoCount]int{}
	for _, d := range batch {
		if err := c.demoPerson(ctx, tx, d, now, counts); err != nil {
			return err
		}
	}
	return putCounts(ctx, tx, counts)
}

type demoCount struct {
	desk, topic string
	day         clock.Date
}

// putCounts adds the counts of one batch; the batches before it may have counted at the same desk.
func putCounts(ctx context.Context, tx *db.Tx, counts map[demoCount]int) error {
	for k, n := range counts {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_count (desk, day, topic, n) VALUES (?,?,?,?) ON CONFLICT (desk, day, topic) DO UPDATE SET n = contact_count.n + excluded.n`,
			k.desk, k.day, k.topic, n)); err != nil {
			return err
		}
	}
	return nil
}

// workTime moves a moment to an hour at which people work, not after now.
func workTime(t, now time.Time, r *rand.Rand) time.Time {
	d := clock.DateOf(t.In(clock.Netherlands))
	for d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		d = d.AddDays(-1)
	}
	at := time.Date(d.Year, d.Month, d.Day, 9+r.IntN(8), 5*r.IntN(12), 0, 0, clock.Netherlands)
	if at.After(now) {
		at = at.AddDate(0, 0, -7)
	}
	return at
}

func (c *Contact) demoPerson(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, now time.Time, counts map[demoCount]int) error {
	r := rand.New(rand.NewPCG(77, uint64(d.N)))
	child, today := d.Part == "child", clock.Today(now)
	n := 2 + r.IntN(7)
	if child {
		n = r.IntN(3)
	}
	days := max(10, min(700, d.Arrived.DaysUntil(today)))
	ats := make([]time.Time, n)
	for i := range ats {
		ats[i] = workTime(now.AddDate(0, 0, -1-r.IntN(days)), now, r)
	}
	slices.SortFunc(ats, func(a, b time.Time) int { return b.Compare(a) })
	last, lastTopic := "", "other"
	for i, at := range ats {
		list := topicsOf[d.Story]
		if len(list) == 0 {
			list = Topics
		}
		topic := list[r.IntN(len(list))]
		notes := telling[topic]
		if child {
			topic = []string{"children", "children", "health", "language"}[r.IntN(4)]
			notes = childTelling[topic]
		}
		b := Body{Topic: topic, Note: toldMore(r, notes), Next: "ready", Minutes: 5 + 5*r.IntN(8), Interpreter: d.Profile.Interpreter != "none" && d.Profile.Interpreter != "" && r.IntN(3) > 0}
		if done := doneOf[topic]; r.IntN(6) > 0 {
			b.Done = []string{done[r.IntN(len(done))]}
		}
		if i == 0 {
			b.Next = "follow"
		} else if r.IntN(9) == 0 {
			b.Next = "referred"
		}
		author, desk, visible := d.Caseworker, "", "client"
		if topic == "asylum" && d.Legal != "" && r.IntN(2) == 0 {
			author = d.Legal
		}
		if r.IntN(4) == 0 {
			desk = d.Desk
			if desk == "d-overvecht" {
				author = "u-ria"
			}
		}
		if r.IntN(8) == 0 {
			visible = "team"
		}
		id := fmt.Sprintf("m-%s-%d", d.ID[2:], i)
		if err := demoMoment(ctx, tx, d.Key, Moment{Talk: Talk{ID: id, At: at, Author: author, Desk: desk, Visible: visible, What: b}, Person: d.ID, Team: d.Team}); err != nil {
			return err
		}
		if day := clock.DateOf(at); desk != "" && day.DaysUntil(today) <= 30 {
			counts[demoCount{desk, topic, day}]++
		}
		if i == 0 {
			last, lastTopic = id, topic
		}
	}
	if last != "" {
		if err := c.demoPromises(ctx, tx, d, r, last, lastTopic, ats[0], now); err != nil {
			return err
		}
	}
	return c.demoMeetings(ctx, tx, d, r, now)
}

func demoMoment(ctx context.Context, tx *db.Tx, k privacy.Key, m Moment) error {
	body, err := privacy.SealJSON(k, momentPlace(m.ID), m.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO contact_moment (id, person, at, author, team, desk, visible, body, version, form) VALUES (?,?,?,?,?,?,?,?,1,'')`,
		m.ID, m.Person, m.At, m.Author, m.Team, m.Desk, m.Visible, body))
	return err
}

// demoPromises makes what is open for one in three people, and what was kept for one in four. Everybody who was written by
// hand was promised something.
func (c *Contact) demoPromises(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, r *rand.Rand, about, topic string, made, now time.Time) error {
	put := func(id, text string, due clock.Date, at, done time.Time) error {
		by := ""
		if !done.IsZero() {
			by = d.Caseworker
		}
		_, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_promise (id, person, about, owner, made_by, team, due, body, visible, made_at, done_at, done_by) VALUES (?,?,?,?,?,?,?,?,'client',?,?,?)`,
			id, d.ID, about, d.Caseworker, d.Caseworker, d.Team, due, d.Key.Seal(promisePlace(id), []byte(text)), at, done, by))
		return err
	}
	if r.IntN(3) == 0 || d.N < dossier.DemoHeroes {
		due := Workday(clock.Today(now).AddDays(r.IntN(14) - 2))
		if err := put("b-"+d.ID[2:], told(r, promisesOf[topic]), due, made, time.Time{}); err != nil {
			return err
		}
	}
	if r.IntN(4) == 0 {
		at := made.AddDate(0, 0, -20-r.IntN(40))
		return put("c-"+d.ID[2:], told(r, promisesOf["other"]), Workday(clock.DateOf(at.AddDate(0, 0, 7))), at, at.AddDate(0, 0, 5))
	}
	return nil
}

// demoMeetings plans an appointment for one in four people and remembers a past one for one in three; the people written
// by hand come today and in the coming days.
func (c *Contact) demoMeetings(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, r *rand.Rand, now time.Time) error {
	today := clock.Today(now)
	when := func(day clock.Date, hour, minute int) time.Time {
		return time.Date(day.Year, day.Month, day.Day, hour, minute, 0, 0, clock.Netherlands)
	}
	a := Appointment{ID: "a-" + d.ID[2:], Person: d.ID, Colleague: d.Caseworker, Location: d.Location, Minutes: 30 + 15*r.IntN(2)}
	a.Meeting.Kind = Kinds[r.IntN(len(Kinds))]
	if i := d.Profile.Interpreter; slices.Contains(Interpreters, i) {
		a.Meeting.Interpreter = i
	}
	day := Workday(today.AddDays(3 + r.IntN(20)))
	a.At = when(day, 9+r.IntN(8), 30*r.IntN(2))
	plan := r.IntN(4) == 0
	switch d.N {
	case 0:
		a.At, a.Colleague, a.Meeting.Kind, plan = when(Workday(today.AddDays(2)), 11, 0), "u-marwan", "legal", true
	case 1:
		a.At, a.Colleague, a.Meeting.Kind, plan = when(Workday(today.AddDays(2)), 10, 30), "u-marwan", "legal", true
	case 3, 4, 5, 6:
		a.At, a.Colleague, a.Meeting.Kind, plan = demoSlot(now, d.N-3), "u-amira", []string{"talk", "talk", "phone", "talk"}[d.N-3], true
		if a.Over(now) {
			a.Kept = a.End().Add(-5 * time.Minute)
		}
	case 8, 9:
		a.At, a.Colleague, a.Meeting.Kind, plan = demoSlot(now, d.N-7), "u-marwan", "legal", true
	}
	if plan {
		if err := c.demoMeeting(ctx, tx, d, r, a); err != nil {
			return err
		}
	}
	if r.IntN(3) == 0 && d.Part != "child" {
		a.ID, a.At, a.Colleague, a.Meeting.Kind = "e-"+d.ID[2:], workTime(now.AddDate(0, 0, -3-r.IntN(60)), now, r), d.Caseworker, "talk"
		a.Kept = a.End()
		return c.demoMeeting(ctx, tx, d, r, a)
	}
	return nil
}

// demoSlot is one of the four appointments of today: one that was, one that is about to begin, and two later. At night
// they stand at the hours of a working day.
func demoSlot(now time.Time, i int) time.Time {
	t := now.In(clock.Netherlands)
	if t.Hour() < 8 || t.Hour() > 18 {
		day := clock.DateOf(t)
		return time.Date(day.Year, day.Month, day.Day, []int{9, 11, 13, 15}[i], []int{30, 0, 30, 0}[i], 0, 0, clock.Netherlands)
	}
	next := t.Truncate(15 * time.Minute).Add(15 * time.Minute)
	return next.Add([]time.Duration{-90 * time.Minute, 0, 2 * time.Hour, 200 * time.Minute}[i]).Truncate(5 * time.Minute)
}

func (c *Contact) demoMeeting(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, r *rand.Rand, a Appointment) error {
	about := meetingsOf[a.Meeting.Kind]
	a.Meeting.About = about[r.IntN(len(about))]
	if a.Meeting.Kind == "talk" || a.Meeting.Kind == "legal" {
		a.Room = fmt.Sprintf("Kamer %d", 1+r.IntN(2))
	}
	body, err := privacy.SealJSON(d.Key, meetingPlace(a.ID), a.Meeting)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO contact_appointment (id, person, colleague, location, room, at, minutes, body, version, kept, made_by) VALUES (?,?,?,?,?,?,?,?,1,?,?)`,
		a.ID, d.ID, a.Colleague, a.Location, a.Room, a.At, a.Minutes, body, a.Kept, d.Caseworker))
	return err
}
