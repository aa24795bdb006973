package feedback

// This file fills a demonstration: what people thought in the last months, complaints at several steps, and offers to help.

import (
	"context"
	"fmt"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
)

// at does something as if it were that moment.
func at(tx *db.Tx, then time.Time, do func() error) error {
	defer func(now time.Time) { tx.Now = now }(tx.Now)
	tx.Now = then
	return do()
}

// demoPart are the colleagues who helped the people of the demonstration.
const demoPart = "u-amira u-marwan"

// Demo writes what was said without a name in Utrecht; what people said with their names comes with them, in DemoPeople.
func (f *Feedback) Demo(ctx context.Context, tx *db.Tx, now time.Time) error {
	for n := range 120 {
		in := NoteInput{Feel: []string{"good", "good", "soso", "good", "bad"}[n%5], About: Abouts[n%len(Abouts)]}
		tag := []string{"nl", "ar", "ti", "tr"}[n%4]
		switch n {
		case 1:
			in.Text = "انتظرت ساعتين، لكن السيدة كانت لطيفة."
		case 4:
			in.Text, tag = "De tolk kwam niet.", "nl"
		}
		if err := at(tx, now.AddDate(0, 0, -n), func() error {
			id, err := f.putNote(ctx, tx, "", "t-utrecht", tag, in)
			if err != nil || n < 6 {
				return err
			}
			return f.readNote(ctx, tx, id, "u-amira", true)
		}); err != nil {
			return err
		}
	}
	if err := at(tx, now.AddDate(0, 0, -2), func() error { // nobody stands above a regional manager here: the privacy officer handles it
		_, err := f.putComplaint(ctx, tx, Complaint{Team: "t-utrecht", Region: "r-midden", Level: OfRegion, Involved: demoPart, Lang: "nl"}, ComplaintInput{Subject: "treatment", Text: "De manager zei dat ik maar moest wachten als ik klaag.", Code: "CDEF-GHJK-MNPQ"})
		return err
	}); err != nil {
		return err
	}
	els := access.Actor{Kind: access.Staff, ID: "u-els", Posts: []access.Post{{Role: access.Region, Scope: access.Scope{Kind: access.InRegion, ID: "r-midden"}}}}
	var id string
	if err := at(tx, now.AddDate(0, 0, -9), func() (err error) {
		id, err = f.putComplaint(ctx, tx, Complaint{Team: "t-utrecht", Region: "r-midden", Involved: demoPart, Lang: "nl"}, ComplaintInput{Subject: "waiting", Text: "Ik kwam drie keer en drie keer was er niemand die Somalisch spreekt.", Code: "ACDE-FGHJ-KMNP"})
		return err
	}); err != nil {
		return err
	}
	return at(tx, now.AddDate(0, 0, -7), func() error {
		return f.step(ctx, tx, f.vault.House("feedback"), els, id, 1, StepInput{Step: Acknowledged, Text: "Wij hebben uw klacht. Wij vragen aan het team hoe dit kon gebeuren."})
	})
}

// DemoPeople writes what some people said with their names: Reem a complaint about who helps her, and Selam an offer.
func (f *Feedback) DemoPeople(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	for _, d := range batch {
		var err error
		switch d.ID {
		case "p-reem":
			err = at(tx, now.AddDate(0, 0, -4), func() error {
				_, err := f.putComplaint(ctx, tx, Complaint{Person: d.ID, Team: "t-utrecht", Region: "r-midden", Against: "u-marwan", Level: OfTeam, Involved: demoPart, Lang: "ar"},
					ComplaintInput{Subject: "treatment", Text: "تحدّث عن قضيتي في الممر وسمعه الآخرون."})
				return err
			})
		case "p-selam":
			if err = f.demoDecided(ctx, tx, d, now); err != nil {
				break
			}
			if err = at(tx, now.AddDate(0, 0, -2), func() error {
				_, err := f.putOffer(ctx, tx, d.Key, d.ID, "t-utrecht", Said{Called: d.Profile.Called, Joins: []string{"interpret", "council"}, Reach: d.Profile.Reach.Phone})
				return err
			}); err == nil {
				err = at(tx, now.AddDate(0, 0, -1), func() error {
					_, err := f.putNote(ctx, tx, d.ID, "t-utrecht", "ti", NoteInput{Feel: "good", About: "interpreter", Name: "with", Text: "ተርጓሚት ጽቡቕ ገይራ ተረዲኣትኒ።"})
					return err
				})
			}
		}
		if err != nil {
			return fmt.Errorf("what %s said: %w", d.ID, err)
		}
	}
	return nil
}

// demoDecided is a complaint of some weeks ago that was answered.
func (f *Feedback) demoDecided(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, now time.Time) error {
	els := access.Actor{Kind: access.Staff, ID: "u-els", Posts: []access.Post{{Role: access.Region, Scope: access.Scope{Kind: access.InRegion, ID: "r-midden"}}}}
	var id string
	if err := at(tx, now.AddDate(0, 0, -40), func() (err error) {
		id, err = f.putComplaint(ctx, tx, Complaint{Person: d.ID, Team: "t-utrecht", Region: "r-midden", Involved: demoPart, Lang: "ti"}, ComplaintInput{Subject: "waiting", Text: "ክልተ ሰሙን መልሲ ኣይረኸብኩን።"})
		return err
	}); err != nil {
		return err
	}
	for n, in := range []StepInput{{Step: Acknowledged}, {Step: Decided, Outcome: "right", Text: "Dat was te lang. Wij bellen voortaan binnen twee dagen terug."}} {
		if err := at(tx, now.AddDate(0, 0, -38+14*n), func() error { return f.step(ctx, tx, d.Key, els, id, int64(n+1), in) }); err != nil {
			return err
		}
	}
	return nil
}
