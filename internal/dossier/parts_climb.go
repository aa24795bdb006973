package dossier

// This file lets a colleague into a file for as long as something waits there that climbed to them, and out again.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// letIn is how long somebody is let in at most; readBack is how long who dealt with it may still see what they sent.
const (
	letIn    = 30 * 24 * time.Hour
	readBack = 24 * time.Hour
)

// Guest is a colleague who was let in.
type Guest struct{ Holder, GrantID string }

// LetIn opens a file to a colleague and logs it as this event; object is what waits.
func LetIn(ctx context.Context, tx *db.Tx, person, team, colleague, event, object string) (grant string, err error) {
	grant, err = access.Give(ctx, tx, access.Grant{Subject: person, Holder: "user:" + colleague, Why: access.Deputy, Level: access.File, GivenBy: "system", Place: team, Since: tx.Now, Until: tx.Now.Add(letIn)})
	if err != nil {
		return "", err
	}
	return grant, audit.Append(ctx, tx, audit.Entry{Event: event, Subject: person, Actor: "system", ActorKind: string(access.Machine), OnBehalf: colleague, Place: team, Why: string(access.Deputy), Grant: grant, Object: object})
}

// LetOut ends what these were let in for. Who dealt with it may read it back for a day; by is empty when nobody did.
func LetOut(ctx context.Context, tx *db.Tx, guests []Guest, by string) error {
	for _, g := range guests {
		var err error
		if g.Holder == by {
			err = access.Extend(ctx, tx, g.GrantID, tx.Now.Add(readBack))
		} else {
			err = access.End(ctx, tx, g.GrantID)
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}
