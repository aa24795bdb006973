package app

// This file erases a person: every capability forgets, then the key is destroyed, so that older copies cannot be read
// either.

import (
	"context"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/residence"
)

// Erase forgets a person. The rows go in one transaction; the key goes last, because without it nothing could be tried
// again.
func (h *House) Erase(ctx context.Context, person string) error {
	keepers := h.Keepers()
	err := h.DB.Tx(ctx, func(tx *db.Tx) error {
		for i := len(keepers) - 1; i >= 0; i-- { // those who lean on others first
			if err := keepers[i].Erase(ctx, tx, person); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := h.Vault.Shred(ctx, person, residence.VaultSubject(person)); err != nil {
		return err
	}
	return h.DB.Scrub(ctx)
}
