package identity

// This file makes the demonstration's share: the pairs that the rules find among the people of the demonstration who have
// two records, a request to be let in, and questions to review.

import (
	"context"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
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
	asker := access.Actor{Kind: access.Staff, ID: doubles[len(doubles)-1].Caseworker}
	if _, err := i.ask(ctx, tx, asker, doubles[len(doubles)-2].ID, "", asker.ID, "Amanuel zit bij mij aan tafel. Hij zegt dat hij eerst in Utrecht hulp kreeg en wil niet opnieuw beginnen."); err != nil {
		return err
	}
	if err := i.files.DemoAsked(ctx, tx, "u-amira", 2, 6, doubles[len(doubles)-1].ID); err != nil {
		return err
	}
	return i.files.DemoAsked(ctx, tx, "u-marwan", 1, manyChecks+3, "")
}
