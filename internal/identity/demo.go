package identity

// This file makes the demonstration's share: the pairs that the rules find among the people of the demonstration who have
// two records, a request to be let in, and questions to review.

import (
	"context"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// Demo proposes the pairs of these people, two by two, as the walk would.
func (i *Identity) Demo(ctx context.Context, tx *db.Tx, doubles []dossier.DemoPerson) error {
	for n := 0; n+1 < len(doubles); n += 2 {
		a, b := doubles[n], doubles[n+1]
		if err := propose(ctx, tx, a.ID, b.ID, i.judge(a.Profile, b.Profile, false)); err != nil {
			return err
		}
	}
	if err := i.demoSides(ctx, tx, doubles[len(doubles)-2], doubles[len(doubles)-1]); err != nil {
		return err
	}
	asker := access.Actor{Kind: access.Staff, ID: doubles[len(doubles)-1].Legal}
	if _, err := i.ask(ctx, tx, asker, doubles[0].ID, "", asker.ID, "Tesfay zit bij mij aan tafel. Hij zegt dat hij eerst in Utrecht hulp kreeg en wil zijn verhaal niet opnieuw vertellen."); err != nil {
		return err
	}
	if err := i.files.DemoAsked(ctx, tx, "u-amira", 2, 6, doubles[len(doubles)-1].ID); err != nil {
		return err
	}
	return i.files.DemoAsked(ctx, tx, "u-marwan", 1, manyChecks+3, "")
}

// demoSides lets the other team ask to look along, be let in, and say that the two are one person: so that the own team is
// asked for its yes.
func (i *Identity) demoSides(ctx context.Context, tx *db.Tx, own, other dossier.DemoPerson) error {
	a, b := order(own.ID, other.ID)
	id, err := db.One[string](ctx, tx, db.F(`SELECT id FROM identity_pair WHERE person_a = ? AND person_b = ?`, a, b))
	if err != nil {
		return err
	}
	they, we := access.Actor{Kind: access.Staff, ID: other.Caseworker}, access.Actor{Kind: access.Staff, ID: own.Caseworker}
	r, err := i.ask(ctx, tx, they, own.ID, id, they.ID, "Hij noemt de naam van zijn oude begeleider in Utrecht. Ik wil weten of hij het is.")
	if err != nil {
		return err
	}
	if err := i.answer(ctx, tx, we, r, true, ""); err != nil {
		return err
	}
	_, err = i.decide(ctx, tx, they, id, Verdict{What: same, Main: other.ID, Words: "Hij herkent zijn brief, en alle data kloppen."}, clock.Date{}, other.ID == a, other.ID == b)
	return err
}
