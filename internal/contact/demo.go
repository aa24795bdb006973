package contact

// This file makes the contacts of a demonstration: what was said, promised and planned, and a walk-in hour that is going
// on now. The same person always gets the same story; dates are relative to now.

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// telling is what is said about one topic; one of the notes is chosen.
var telling = map[string][]string{
	"asylum":   {"Uitgelegd wat het nader gehoor is en wie erbij is.", "Brief van de IND gelezen. Afspraak met de advocaat staat.", "Besproken wat de volgende stap is en hoe lang het kan duren.", "Correcties op het rapport van gehoor doorgenomen."},
	"family":   {"Formulier voor gezinshereniging samen ingevuld.", "Uitgelegd welke documenten nog nodig zijn.", "Gebeld met de IND over de stand van de aanvraag."},
	"housing":  {"Gebeld met de gemeente over de koppeling. Nog geen huis.", "Huurcontract doorgenomen en vragen opgeschreven.", "Sleuteloverdracht voorbereid."},
	"money":    {"Toeslagen aangevraagd, DigiD werkt nu.", "Brief van de gemeente over bijzondere bijstand uitgelegd.", "Uitgelegd hoe de zorgverzekering werkt."},
	"letter":   {"Brief van de gemeente samen gelezen.", "Formulier van DUO samen ingevuld.", "Brief van het ziekenhuis uitgelegd en afspraak gebeld."},
	"language": {"Uitgelegd wanneer de inburgering begint.", "Taalmaatje gezocht in de buurt.", "Uitnodiging voor de brede intake besproken."},
	"work":     {"CV gemaakt. Wil graag weer als monteur werken.", "Vrijwilligerswerk bij de fietsenmaker besproken."},
	"health":   {"Huisarts gevonden en ingeschreven.", "Gebeld met de tandarts, wacht op een afspraak."},
	"children": {"Kind aangemeld bij de basisschool.", "Ouderavond voorbereid en tolk gevraagd."},
	"other":    {"Even gepraat. Mist de familie.", "Fiets geregeld via de buurtactie."},
}

var demoPromises = []string{"Terugbellen over de tandarts", "Fiets regelen via buurtactie", "Uitnodiging taalmaatje doorsturen", "Bellen of de vertaling er is", "Advocaat mailen over de afspraak", "Vragen bij de gemeente hoe lang het duurt"}

var demoAbout = map[string][]string{"talk": {"voortgangsgesprek", "inschrijven basisschool", "post doornemen"}, "legal": {"gezinshereniging", "voorbereiding gehoor", "bezwaar doornemen"}, "phone": {"belafspraak"}, "visit": {"huisbezoek"}}

// Demo writes the share of these people.
func (c *Contact) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	for _, d := range batch {
		r := rand.New(rand.NewPCG(77, uint64(d.N)))
		n := 2 + r.IntN(6)
		at := now.Add(-time.Duration(2+r.IntN(40)) * time.Hour)
		for i := range n {
			topic := Topics[r.IntN(len(Topics))]
			notes := telling[topic]
			b := Body{Topic: topic, Done: []string{Dones[r.IntN(len(Dones))]}, Note: notes[r.IntN(len(notes))], Next: "ready", Minutes: 5 + 5*r.IntN(7), Interpreter: d.Profile.Interpreter == "phone" && r.IntN(2) == 0}
			if i == 0 {
				b.Next = "follow"
			}
			author, desk := d.Caseworker, ""
			if r.IntN(3) == 0 && d.N < dossier.DemoHeroes {
				author, desk = "u-ria", d.Desk
			}
			visible := "client"
			if r.IntN(8) == 0 {
				visible = "team"
			}
			id := fmt.Sprintf("m-%s-%d", d.ID[2:], i)
			body, err := privacy.SealJSON(d.Key, momentPlace(id), b)
			if err != nil {
				return err
			}
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_moment (id, person, at, author, team, desk, visible, body, version) VALUES (?,?,?,?,?,?,?,?,1)`,
				id, d.ID, at, author, d.Team, desk, visible, body)); err != nil {
				return err
			}
			at = at.Add(-time.Duration(4+r.IntN(600)) * time.Hour)
		}
		today := clock.Today(now)
		if r.IntN(2) == 0 || d.N < dossier.DemoHeroes {
			id := "b-" + d.ID[2:]
			due := today.AddDays(r.IntN(12) - 1)
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_promise (id, person, owner, made_by, due, body, visible, made_at, done_by) VALUES (?,?,?,?,?,?,?,?,'')`,
				id, d.ID, d.Caseworker, d.Caseworker, due, d.Key.Seal(promisePlace(id), []byte(demoPromises[r.IntN(len(demoPromises))])), "client", now.AddDate(0, 0, -3))); err != nil {
				return err
			}
		}
		if r.IntN(3) == 0 || d.N < 5 {
			if err := c.demoMeeting(ctx, tx, d, r, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// demoMeeting plans one appointment; those of the first people fall today or on the coming days.
func (c *Contact) demoMeeting(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, r *rand.Rand, now time.Time) error {
	today := clock.Today(now)
	day, hour, minute, who, kind := today.AddDays(1+r.IntN(20)), 9+r.IntN(8), 30*r.IntN(2), d.Caseworker, Kinds[r.IntN(len(Kinds))]
	switch d.N {
	case 0:
		day, hour, minute, who, kind = today.AddDays(2), 11, 0, "u-marwan", "legal"
	case 1:
		day, hour, minute, who, kind = today.AddDays(2), 10, 30, "u-marwan", "legal"
	case 3, 4:
		day, hour, minute, who, kind = today, 9+4*(d.N-3), 30, "u-amira", "talk"
	}
	if day != today {
		for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			day = day.AddDays(1)
		}
	}
	m := Meeting{Kind: kind, About: demoAbout[kind][r.IntN(len(demoAbout[kind]))], Room: fmt.Sprintf("kamer %d", 1+r.IntN(3))}
	if d.Profile.Interpreter != "none" {
		m.Interpreter = d.Profile.Interpreter
	}
	id := "a-" + d.ID[2:]
	body, err := privacy.SealJSON(d.Key, meetingPlace(id), m)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO contact_appointment (id, person, colleague, location, at, minutes, body, made_by) VALUES (?,?,?,?,?,?,?,?)`,
		id, d.ID, who, d.Location, time.Date(day.Year, day.Month, day.Day, hour, minute, 0, 0, clock.Netherlands), 45, body, d.Caseworker))
	return err
}

// DemoHour makes the walk-in hour that is going on: three people of the hand-written ones wait, and one without a file.
func (c *Contact) DemoHour(ctx context.Context, tx *db.Tx, now time.Time) error {
	d := Duty{Desk: "d-overvecht", Location: "l-overvecht", Team: "t-utrecht"}
	ria := access.Actor{Kind: access.Staff, ID: "u-ria"}
	for _, x := range []struct {
		person string
		ago    time.Duration
	}{{"p-hamid", 12}, {"p-mebrahtu", 7}} {
		if err := c.arrive(ctx, tx, ria, d, x.person, "card", Guest{}); err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE contact_visit SET came = ? WHERE person = ?`, now.Add(-x.ago*time.Minute), x.person)); err != nil {
			return err
		}
	}
	if err := c.arrive(ctx, tx, ria, d, "", "anonymous", Guest{Called: "Hodan", Language: "so"}); err != nil {
		return err
	}
	amira := "u-amira"
	k, err := c.vault.Key(ctx, "p-farzaneh")
	if err != nil {
		return err
	}
	b, err := json.Marshal(url.Values{"topic": {"asylum"}, "note": {"Voornemen doorgenomen met"}, "visible": {"client"}})
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO contact_draft (colleague, person, body, at) VALUES (?,?,?,?)`, amira, "p-farzaneh", k.Seal(draftPlace(amira, "p-farzaneh"), b), now.Add(-18*time.Hour)))
	return err
}
