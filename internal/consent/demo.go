package consent

// This file makes the consents of a demonstration: some that hold and on which something was shared, one that ended.

import (
	"context"
	"fmt"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
)

// Demo writes the share of these people; the context holds the texts, because a consent keeps its words. Selam and Reem let
// their lawyers know who they are, and the lawyers were told; Reem allowed her municipality something too, and stopped it.
func (c *Consents) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	for _, d := range batch {
		var err error
		switch d.ID {
		case "p-selam":
			err = c.demoShared(ctx, tx, d, now, "mr. F. Lammers", "tolkentelefoon 1187")
		case "p-reem":
			if err = c.demoShared(ctx, tx, d, now, "mr. S. de Wit", ""); err == nil {
				err = c.demoStopped(ctx, tx, d, now)
			}
		}
		if err != nil {
			return fmt.Errorf("the consents of %s: %w", d.ID, err)
		}
	}
	return nil
}

// demoShared is a consent that was given to the caseworker, and the sheet that was made on it.
func (c *Consents) demoShared(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, now time.Time, party, interpreter string) error {
	a := demoAsked(now.AddDate(0, 0, -21), dossier.PortalTag(d.Profile), party, forLawyer, "name", "languages", "reach")
	id, err := c.demoGive(ctx, tx, d, a, privacy.Consent{How: privacy.Spoken, By: d.Caseworker, Asked: privacy.Asked{Interpreter: interpreter}})
	if err != nil {
		return err
	}
	sheet := "hs-" + d.ID[2:]
	body, err := privacy.SealJSON(d.Key, handedPlace(sheet), Sheet{Lang: "nl", Party: party, Purpose: "lawyer", Parts: []Part{
		{Name: "name", Title: "Naam", Lines: []Line{{"Naam", d.Profile.Name()}, {"In eigen schrift", d.Profile.Own}}},
		{Name: "languages", Title: "Talen", Lines: []Line{{"Talen", dossier.Tongue(d.Profile.Language())}}},
		{Name: "reach", Title: "Hoe te bereiken", Lines: []Line{{"Telefoon", d.Profile.Reach.Phone}}},
	}})
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO consent_handed (id, person, consent, at, made_by, body) VALUES (?,?,?,?,?,?)`, sheet, d.ID, id, now.AddDate(0, 0, -20), d.Caseworker, body))
	return err
}

// demoStopped is a consent that she gave on her own telephone, and stopped there.
func (c *Consents) demoStopped(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, now time.Time) error {
	a := demoAsked(now.AddDate(0, 0, -40), dossier.PortalTag(d.Profile), "Gemeente Utrecht, Werk en Inkomen", "municipality", "name", "birth")
	id, err := c.demoGive(ctx, tx, d, a, privacy.Consent{How: privacy.OnScreen})
	if err != nil {
		return err
	}
	return at(tx, now.AddDate(0, 0, -12), func() error { return privacy.End(ctx, tx, d.ID, id, "") })
}

// at does something as if it were that moment.
func at(tx *db.Tx, then time.Time, do func() error) error {
	defer func(now time.Time) { tx.Now = now }(tx.Now)
	tx.Now = then
	return do()
}

// demoAsk is what was asked, and when.
type demoAsk struct {
	asked
	At time.Time
}

func demoAsked(at time.Time, tag, party, purpose string, parts ...string) demoAsk {
	p, _ := Purpose(purpose)
	a := demoAsk{asked{In: Input{Purpose: purpose, Party: party, Parts: parts, Months: "6"}, Purpose: p, Lang: lang.Find(tag)}, at}
	a.Until = a.In.Until(clock.Today(at))
	for _, name := range parts {
		a.Parts = append(a.Parts, Part{Name: name})
	}
	return a
}

func (c *Consents) demoGive(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, a demoAsk, x privacy.Consent) (id string, err error) {
	x.Subject, x.Purpose, x.Until, x.Lang = d.ID, a.Purpose.Name, a.Until, a.Lang.Tag
	x.Asked.Party, x.Asked.PartyID, x.Asked.Parts = a.In.Party, a.In.Known, a.In.Parts
	if x.Asked.Words, err = c.words(ctx, a.asked, a.Lang.Tag); err != nil {
		return "", err
	}
	err = at(tx, a.At, func() error {
		id, err = privacy.Give(ctx, tx, d.Key, a.Purpose, x)
		return err
	})
	return id, err
}

// DemoReturn lets a partner abroad know who comes, and gives the id of that consent.
func (c *Consents) DemoReturn(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, to dossier.Party, at time.Time) (string, error) {
	a := demoAsked(at, dossier.PortalTag(d.Profile), to.Name, "return", "name", "reach")
	a.In.Known = to.ID
	return c.demoGive(ctx, tx, d, a, privacy.Consent{How: privacy.Spoken, By: d.Caseworker})
}

// DemoLawyer lets a lawyer who signs in see a part of a person's file: after everything else, because a consent names each
// paper by itself.
func (c *Consents) DemoLawyer(ctx context.Context, tx *db.Tx, person string, to dossier.Party, now time.Time) error {
	f, err := c.files.Machine(ctx, tx, person)
	if fault.Is(err, fault.NotFound) {
		return nil // a small demonstration may have no such person
	}
	if err != nil {
		return err
	}
	names := []string{"name", "languages", "terms", "papers"}
	if e, ok := c.excerpt("documents"); ok {
		items, err := e.Items(ctx, f)
		if err != nil {
			return err
		}
		for _, x := range items {
			names = append(names, "documents/"+x.ID)
		}
	}
	a := demoAsked(now.AddDate(0, 0, -14), dossier.PortalTag(f.Profile()), to.Name, forLawyer, names...)
	a.File, a.In.Known = f, to.ID
	_, err = c.demoGive(ctx, tx, dossier.DemoPerson{ID: person, Key: f.Key()}, a, privacy.Consent{How: privacy.OnScreen})
	return err
}
