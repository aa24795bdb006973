package counsel

// This file makes the address book of a demonstration, and who represents whom in it.

import (
	"context"
	"time"

	"reisgezel/internal/account"
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

var demoParties = []struct {
	id string
	in PartyInput
}{
	{account.DemoLawyer, PartyInput{Kind: Lawyer, Name: "mr. A. Voorbeeld", Office: "Advocatenkantoor Voorbeeld", Area: "Midden-Nederland", Phone: "030 000 00 01", Email: "a.voorbeeld@advocaat.example", Reachable: "ma–do 9–17, spoed via kantoor", Languages: "Nederlands, Engels, Tigrinya"}},
	{"o-lammers", PartyInput{Kind: Lawyer, Name: "mr. F. Lammers", Office: "Lammers Advocatuur", Area: "Midden-Nederland", Phone: "030 000 00 02", Email: "f.lammers@lammers.example", Reachable: "elke ochtend", Languages: "Nederlands, Frans"}},
	{"o-dewit", PartyInput{Kind: Lawyer, Name: "mr. S. de Wit", Office: "De Wit & Partners", Area: "Amsterdam", Phone: "020 000 00 03", Email: "s.dewit@dewit.example", Reachable: "ma–vr 10–16", Languages: "Nederlands, Engels, Arabisch"}},
	{"o-tbilisi", PartyInput{Kind: Partner, Name: "Huis voor Terugkeerders", Country: "Georgië", Offers: "Opvang in de eerste weken, hulp bij werk en school, een arts.", Data: "Kleine stichting, eigen computers in Tbilisi. Zij vragen alleen een naam en een telefoonnummer.", Phone: "+995 32 000 00 00", Email: "hulp@terugkeer.example", Languages: "Georgisch, Engels, Russisch"}},
	{"o-accra", PartyInput{Kind: Partner, Name: "Nieuw Begin Accra", Country: "Ghana", Offers: "Begeleiding naar werk, een kleine startlening.", Data: "Bewaren namen op papier, in een kast op slot.", Phone: "+233 30 000 0000", Languages: "Engels, Twi"}},
}

// DemoBook writes the address book; mr. A. Voorbeeld has an account.
func DemoBook(ctx context.Context, tx *db.Tx) error {
	for _, p := range demoParties {
		if err := putParty(ctx, tx, p.id, p.in, "u-marwan"); err != nil {
			return err
		}
	}
	if err := verify(ctx, tx, account.DemoLawyer, "u-marwan"); err != nil {
		return err
	}
	v := demoParties[0].in
	return account.DemoOutside(ctx, tx, account.Outside{ID: account.DemoLawyer, Name: v.Name, Email: v.Email}, "u-marwan")
}

// DemoParty is what a consent of a demonstration names this lawyer.
func DemoParty() dossier.Party {
	in := demoParties[0].in
	return dossier.Party{ID: demoParties[0].id, Name: Party{Kind: in.Kind, Name: in.Name, Office: in.Office}.full()}
}

// demoAgreed writes the consent on which somebody is handed over, and gives its id; the room of consent lends it.
type demoAgreed func(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, to dossier.Party, at time.Time) (string, error)

// Demo writes the share of these people: Selam has two lawyers, Reem one; Giorgi speaks of going back to Georgia.
func (c *Counsel) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time, agreed demoAgreed) error {
	for _, d := range batch {
		var err error
		switch {
		case d.ID == "p-selam":
			if err = demoRep(ctx, tx, d, now, "rp-selam", account.DemoLawyer, "asylum", "2026-0417", -120); err == nil {
				if err = demoRep(ctx, tx, d, now, "rp-selam-2", "o-lammers", "second", "", -40); err == nil {
					err = demoWord(ctx, tx, d, now)
				}
			}
		case d.ID == "p-reem":
			err = demoRep(ctx, tx, d, now, "rp-reem", "o-dewit", "family", "R/26/88", -90)
		case d.ID == "p-giorgi":
			err = demoTalk(ctx, tx, d, now, agreed)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func demoRep(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, now time.Time, id, lawyer, role, reference string, days int) error {
	at := now.AddDate(0, 0, days)
	return putRep(ctx, tx, d.Key, Representation{ID: id, Person: d.ID, Party: lawyer, Role: role, Source: "letter", Since: clock.Today(at), NotedBy: d.Caseworker, At: at, What: RepWords{Reference: reference}})
}

func demoWord(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, now time.Time) error {
	return putWord(ctx, tx, d.Key, Word{ID: "cw-selam", Person: d.ID, Representation: "rp-selam", Party: account.DemoLawyer, Kind: Hearing, Day: clock.Today(now).AddDays(31), At: now.Add(-20 * time.Hour),
		What: WordText{Text: "De rechtbank belde: de zitting is verplaatst. De brief volgt.", Time: "10:30", Place: "Rechtbank Den Haag, zittingsplaats Utrecht"}})
}

// demoTalk is a talk that he began, with a handover that the partner accepted.
func demoTalk(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, now time.Time, agreed demoAgreed) error {
	at := now.AddDate(0, 0, -60)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO counsel_talk (id, person, opened_by, at) VALUES (?,?,?,?)`, "tk-demo", d.ID, d.Caseworker, at)); err != nil {
		return err
	}
	for _, who := range []string{d.Caseworker, d.Legal} {
		if err := putSeat(ctx, tx, d.ID, "tk-demo", who, d.Caseworker); err != nil {
			return err
		}
	}
	for i, x := range []Choice{{Choice: "wait", Words: "Ik weet het nog niet. Mijn moeder is ziek. Ik wil eerst weten wie mij daar helpt."}, {Choice: "go_on", Words: "Ik heb met hen gebeld. Ik wil dat jullie het regelen."}} {
		x.ID, x.MadeBy, x.At = "ch-demo-"+string(rune('a'+i)), d.Caseworker, at.AddDate(0, 0, 20*i)
		x.Day = clock.Today(x.At)
		if err := putChoice(ctx, tx, d.Key, "tk-demo", d.ID, x); err != nil {
			return err
		}
	}
	to, err := party(ctx, tx, "o-tbilisi")
	if err != nil {
		return err
	}
	consent, err := agreed(ctx, tx, d, dossier.Party{ID: to.ID, Name: to.full()}, at.AddDate(0, 0, 22))
	if err != nil {
		return err
	}
	return putHandover(ctx, tx, d.Key, Handover{ID: "ho-demo", Talk: "tk-demo", Person: d.ID, Party: "o-tbilisi", At: at.AddDate(0, 0, 20), MadeBy: d.Caseworker, Consent: consent, Handed: at.AddDate(0, 0, 25), HandedBy: d.Caseworker,
		Answer: "accepted", Answered: clock.Today(at.AddDate(0, 0, 28)), What: HandoverWords{Contact: "Nino", Said: "Er is plaats vanaf de eerste van de maand. Nino haalt hem op."}})
}
