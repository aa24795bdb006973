package residence

// This file is what residence lends to an import: the address with which somebody comes in goes behind the lock at once, and
// goes out again when the import is taken back. Who imports does not have the file, so none is opened.

import (
	"context"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// Receive keeps the address apart with which somebody comes in, in the transaction in which the person is written, under a
// key that was made for it. By whom, and in which batch, stands in the log.
func (r *Residence) Receive(ctx context.Context, tx *db.Tx, k privacy.Key, person, lines, by, batch string) error {
	if err := putAddress(ctx, tx, k, person, Address{Lines: lines}, false, by); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "residence.event.received", Subject: person, Actor: by, ActorKind: string(access.Staff), Role: string(access.Admin), Object: batch})
}
