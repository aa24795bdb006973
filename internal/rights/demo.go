package rights

// This file fills a demonstration: requests of every kind at every step.

import (
	"context"
	"fmt"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// at does something as if it were that moment.
func at(tx *db.Tx, then time.Time, do func() error) error {
	defer func(now time.Time) { tx.Now = now }(tx.Now)
	tx.Now = then
	return do()
}

// demoDesk is the privacy officer of the demonstration.
const demoDesk = "u-pieter"

type demoStep struct {
	days int // ago
	StepInput
}

type demoAsking struct {
	person, kind, how, lang, by, text string
	days                              int // ago
	steps                             []demoStep
}

var demoAskings = []demoAsking{
	{person: "p-reem", kind: Correct, how: OnPage, lang: "ar", text: "تاريخ ميلادي ليس 1 يناير. ولدت في 14 مارس 1991.", days: 20, steps: []demoStep{{15, StepInput{Step: Taken}}}},
	{person: "p-selam", kind: Correct, how: AtDesk, lang: "ti", by: "u-amira", text: "De naam van haar moeder staat verkeerd: Letebrhan, niet Letebirhan.", days: 12, steps: []demoStep{{3, StepInput{Step: Decide, Outcome: Granted, Text: "ሓቅኹም ኢኹም። ነእርሞ ኣለና።"}}}},
	{person: "p-selam", kind: Copy, how: OnPaper, lang: "ti", by: "u-amira", days: 26},
	{person: "#11", kind: Less, how: OnPage, lang: "en", text: "I do not agree with what is written about my journey. Do not use it until it is clear.", days: 9, steps: []demoStep{{6, StepInput{Step: Decide, Outcome: Granted, Text: "We keep your data and do not use them while we look into it."}}}},
	{person: "#12", kind: Erase, how: OnPage, lang: "tr", text: "Artık yardıma ihtiyacım yok. Her şeyin silinmesini istiyorum.", days: 10, steps: []demoStep{{4, StepInput{Step: Decide, Outcome: Granted, Text: "Her şeyi sileceğiz. O güne kadar fikrinizi değiştirebilirsiniz."}}}},
	{person: "#13", kind: Object, how: OnPaper, lang: "fr", by: "u-amira", text: "Je ne veux pas être compté dans vos chiffres.", days: 34, steps: []demoStep{{20, StepInput{Step: Longer, Text: "Nous devons demander à l'équipe des chiffres comment cela peut se faire. Cela prend plus de temps."}}}},
	{person: "#14", kind: Erase, how: OnPage, lang: "en", text: "Please delete my file.", days: 8, steps: []demoStep{{2, StepInput{Step: Asked, Text: "Your appeal is still running. If we erase everything now, nobody here can guard its dates. Do you want to wait until the court has decided?"}}}},
}

// Demo writes what these people asked.
func (r *Rights) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	for _, d := range batch {
		for _, x := range demoAskings {
			if x.person != d.ID && x.person != fmt.Sprintf("#%d", d.N) {
				continue
			}
			if err := r.demoOne(ctx, tx, d, x, now); err != nil {
				return fmt.Errorf("what %s asked about their data: %w", d.ID, err)
			}
		}
	}
	return nil
}

func (r *Rights) demoOne(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, x demoAsking, now time.Time) error {
	var id string
	if err := at(tx, now.AddDate(0, 0, -x.days), func() (err error) {
		id, err = r.lodge(ctx, tx, d.Key, Request{Person: d.ID, Team: d.Team, Kind: x.kind, How: x.how, Lang: x.lang, Day: clock.Today(tx.Now), MadeBy: x.by}, Words{Called: d.Profile.Called, Text: x.text})
		return err
	}); err != nil {
		return err
	}
	for n, s := range x.steps {
		if err := at(tx, now.AddDate(0, 0, -s.days), func() error { return r.step(ctx, tx, d.Key, demoDesk, id, int64(n+1), s.StepInput) }); err != nil {
			return err
		}
	}
	return nil
}
