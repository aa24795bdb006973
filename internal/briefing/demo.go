package briefing

// This file makes the voorlichting of a demonstration: sessions past and coming at the two locations of the first team, in
// Tigrinya and Arabic, with who came, who missed and what was understood. Dates are relative to now.

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// demoSession is one session of the demonstration; days are from today.
type demoSession struct {
	id, location, language, leader, interpreter, how, gender string
	days, hour                                               int
	cancelled                                                string
	topics                                                   []string
}

var demoSessions = []demoSession{
	{"bs-past-ti", "l-overvecht", "ti", "u-ria", "booked", "phone", "woman", -21, 10, "", []string{"rights", "procedure"}},
	{"bs-past-ti-2", "l-overvecht", "ti", "u-ria", "booked", "present", "man", -8, 14, "", []string{"lawyer", "health"}},
	{"bs-past-ar", "l-overvecht", "ar", "u-amira", "none", "", "", -12, 10, "", []string{"rights", "procedure", "lawyer"}},
	{"bs-today", "l-overvecht", "ti", "u-ria", "booked", "present", "woman", 0, 14, "", []string{"interviews", "lawyer"}},
	{"bs-off", "l-overvecht", "ti", "u-ria", "out", "phone", "", 3, 10, "interpreter", []string{"family"}},
	{"bs-ar", "l-overvecht", "ar", "u-amira", "none", "", "", 5, 10, "", []string{"interviews", "health"}},
	{"bs-ti", "l-overvecht", "ti", "u-ria", "asked", "", "", 8, 10, "", []string{"rights", "procedure"}},
	{"bs-past-k", "l-kanaleneiland", "ar", "u-jan", "out", "phone", "", -15, 13, "", []string{"rights", "reception"}},
	{"bs-k-ti", "l-kanaleneiland", "ti", "u-jan", "booked", "phone", "man", 6, 13, "", []string{"rights", "procedure", "lawyer"}},
	{"bs-k-ar", "l-kanaleneiland", "ar", "u-jan", "asked", "", "", 13, 13, "", []string{"rights", "procedure"}},
}

// demoInvites are the invitations of the people that were written by hand.
var demoInvites = map[string][]struct{ session, came, state string }{
	"p-selam":    {{"bs-past-ti", "came", Open}, {"bs-off", "", Cancelled}, {"bs-today", "", Open}},
	"p-mebrahtu": {{"bs-past-ti", "missed", Open}, {"bs-past-ti-2", "missed", Open}},
	"p-reem":     {{"bs-past-ar", "late", Open}, {"bs-ar", "", Open}},
	"p-ahmad":    {{"bs-past-ar", "missed", Open}},
}

// demoWords are what people said afterwards, in their own language.
var demoWords = map[string][]string{
	"ti": {"ጠበቓይ ንዓይ እዩ ዝሰርሕ። ክሓትት እኽእል እየ።", "ተርጓሚ እንተዘይተረድኣኒ ክነግር ኣሎኒ።"},
	"ar": {"المحامي يعمل من أجلي وليس من أجل الحكومة.", "يحق لي أن أطلب استراحة وأن أطلب امرأة."},
}

// DemoList writes what is told and the sessions; the people come after it, in batches.
func (b *Briefing) DemoList(ctx context.Context, tx *db.Tx, now time.Time) error {
	by := access.Actor{Kind: access.Staff, ID: "u-noor"}
	if err := b.adopt(ctx, tx, by); err != nil {
		return err
	}
	for i, d := range demoSessions {
		day := workday(clock.Today(now).AddDays(d.days), d.days)
		s := Session{ID: d.id, Team: "t-utrecht", Location: d.location, Room: "Kamer 2", Kind: "group", Language: d.language, Leader: d.leader, At: time.Date(day.Year, day.Month, day.Day, d.hour, 0, 0, 0, clock.Netherlands),
			Minutes: 90, Seats: 12, Interpreter: d.interpreter, How: d.how, Gender: d.gender, Reason: d.cancelled}
		if d.cancelled != "" {
			s.Cancelled = now.Add(-2 * time.Hour)
		}
		if s.Over(now) && d.days < 0 {
			s.Held = s.End().Add(10 * time.Minute)
			s.Others = i % 3
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO briefing_session (`+sessionColumns+`) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,0,0,?,?,1,?,'u-amira')`, s.ID, s.Team, s.Location, s.Room, s.Kind, s.Language, s.Leader, s.At, s.Minutes, s.Seats,
			s.Interpreter, s.How, s.Gender, s.Held, s.Others, s.Cancelled, s.Reason, s.At.AddDate(0, 0, -14))); err != nil {
			return err
		}
		if s.Interpreter == "booked" {
			s.Who = fmt.Sprintf("Tolk %d", 4100+i)
			if err := b.putInterpreter(ctx, tx, s); err != nil {
				return err
			}
		}
		for _, t := range d.topics {
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO briefing_subject (session, topic, version, told) VALUES (?,?,1,?)`, s.ID, "bt-"+t, !s.Held.IsZero())); err != nil {
				return err
			}
		}
	}
	return nil
}

// workday moves a day out of the weekend, away from today; today itself stays, so that the story can always be played.
func workday(d clock.Date, days int) clock.Date {
	step := 1
	if days < 0 {
		step = -1
	}
	for days != 0 && (d.Weekday() == time.Saturday || d.Weekday() == time.Sunday) {
		d = d.AddDays(step)
	}
	return d
}

// Demo writes the share of these people.
func (b *Briefing) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	for _, d := range batch {
		r := rand.New(rand.NewPCG(31, uint64(d.N)))
		if d.N < dossier.DemoHeroes {
			for k, x := range demoInvites[d.ID] {
				if err := b.demoInvite(ctx, tx, d, fmt.Sprintf("bi-%s-%d", d.ID[2:], k), x.session, x.came, x.state, r); err != nil {
					return err
				}
			}
			continue
		}
		if d.Part == "child" || len(d.Profile.Languages) == 0 {
			continue
		}
		k := 0
		for _, s := range demoSessions {
			if s.location != d.Location || s.cancelled != "" || !Understands(s.language, d.Profile.Language()) || r.IntN(3) == 0 {
				continue
			}
			came := ""
			if s.days < 0 {
				came = []string{"came", "came", "came", "late", "missed", "left", "unknown"}[r.IntN(7)]
			}
			if n, err := seated(ctx, tx, s.id); err != nil || n >= 11 {
				if err != nil {
					return err
				}
				continue
			}
			k++
			if err := b.demoInvite(ctx, tx, d, fmt.Sprintf("bi-%s-%d", d.ID[2:], k), s.id, came, Open, r); err != nil {
				return err
			}
		}
	}
	for _, s := range demoSessions {
		if err := recount(ctx, tx, s.id); err != nil {
			return err
		}
	}
	return nil
}

func (b *Briefing) demoInvite(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, id, in, came, state string, r *rand.Rand) error {
	s, err := session(ctx, tx, in)
	if err != nil {
		return err
	}
	i := Invite{ID: id, Session: in, Person: d.ID}
	var body []byte
	if Heard(came) && (r.IntN(2) == 0 || d.N < dossier.DemoHeroes) {
		words := demoWords[s.Language]
		said := Said{Understood: words[r.IntN(len(words))], Lang: s.Language, By: s.Leader}
		if r.IntN(3) == 0 {
			said.Questions = "Wanneer komt de brief van de IND?"
		}
		if body, err = privacy.SealJSON(d.Key, invitePlace(id), said); err != nil {
			return err
		}
	}
	made := s.At.AddDate(0, 0, -9)
	if made.After(tx.Now) {
		made = tx.Now.Add(-time.Hour)
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO briefing_invite (id, session, person, state, came, again, pass, body, version, made, made_by) VALUES (?,?,?,?,?,FALSE,'',?,1,?,?)`, id, in, d.ID, state, came, body, made, d.Caseworker)); err != nil {
		return err
	}
	for n, kind := range slices.DeleteFunc([]string{"invited", came}, func(k string) bool { return k == "" }) {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO briefing_act (id, invite, person, kind, at, made_by) VALUES (?,?,?,?,?,?)`, fmt.Sprintf("ba-%s-%d", id[3:], n), id, d.ID, kind, made.Add(time.Duration(n)*time.Minute), d.Caseworker)); err != nil {
			return err
		}
	}
	if state != Open {
		return nil
	}
	return b.pass(ctx, tx, s, i, d.Caseworker)
}
