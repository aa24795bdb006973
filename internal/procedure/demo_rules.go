package procedure

// This file gives the demonstration one change of the rules that is in force and one that waits. Neither moves a date of
// anybody: the first is a word for a rule that no story uses, the second is not decided.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
)

const demoConfirm = `# Een woord van een (verzonnen) advocaat voor een regel die er al is.
confirm:
  - id: old-response-withdrawal
    by: mr. A. Voorbeeld, advocaat
    on: 2026-11-20
`

func (p *Procedure) demoRules(ctx context.Context, tx *db.Tx, now time.Time) error {
	there, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM procedure_amendment`))
	if err != nil || there > 0 {
		return err
	}
	waits, err := example(RuleFiles(), "old-appeal-week", "old-appeal-week-voorbeeld")
	if err != nil {
		return err
	}
	deniz, marwan := access.Actor{Kind: access.Staff, ID: "u-deniz"}, access.Actor{Kind: access.Staff, ID: "u-marwan"}
	day := 24 * time.Hour
	in := Amended{ID: db.ID("wr", now.Add(-6*day)), Title: "Voorbeeld: een advocaat bevestigt de termijn bij intrekking", Body: demoConfirm, State: InForce, MadeBy: deniz.ID, At: now.Add(-6 * day),
		Reason: "De advocaat heeft de regel gelezen en klopt hem af. (Verzonnen, voor de demonstratie.)"}
	if err := insertAmendment(ctx, tx, in); err != nil {
		return err
	}
	for _, s := range []AmendmentStep{{Kind: "proposed", Note: in.Reason, MadeBy: deniz.ID, At: in.At}, {Kind: string(Approve), Note: "Gelezen en akkoord.", MadeBy: marwan.ID, At: now.Add(-5 * day)}} {
		s.Amendment = in.ID
		if err := insertStep(ctx, tx, s); err != nil {
			return err
		}
	}
	if err := turnPage(ctx, tx, in.ID, db.F(`UPDATE procedure_amendment SET came = (SELECT MAX(number) FROM procedure_rulebook) WHERE id = ?`, in.ID), marwan); err != nil {
		return err
	}
	_, err = proposed(ctx, tx, Amended{Title: "Voorbeeld: de regel van een week voor beroep opnieuw gelezen", Body: waits,
		Reason: "De tekst van de wet is opnieuw gelezen; de termijn blijft een week. (Verzonnen, voor de demonstratie.)"}, deniz, p.Book.Version)
	return err
}
