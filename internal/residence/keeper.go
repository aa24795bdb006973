package residence

// This file gives a person everything that is kept here, the own address too, and forgets them.

import (
	"context"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Exported is everything that is kept here about one person. It is given to the person and to nobody else, so the address
// is in it: it is theirs (bron: AVG-15).
type Exported struct {
	Stays      []Stay
	Conditions []Condition
	Address    *Address
	Guard      *Guard
	Requests   []Request
}

// Keeper exports and erases what stands here. The key of the address is destroyed with the person's.
func (r *Residence) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "residence",
		Keeps:  []privacy.Class{{Name: "residence.keeps", Tables: []string{"residence_stay", "residence_condition", "residence_vault", "residence_request"}, From: privacy.WithFile}},
		Export: export, Erase: erase,
		Apart: func(exported any) any {
			x, ok := exported.(Exported)
			if !ok {
				return nil // what is not known is given to nobody
			}
			x.Address, x.Guard = nil, nil
			return x
		}}
}

func export(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
	k, err := vault.Key(ctx, subject)
	if err != nil {
		return nil, err
	}
	var x Exported
	if x.Stays, err = stays(ctx, q, k, subject); err != nil {
		return nil, err
	}
	if x.Conditions, err = conditions(ctx, q, k, subject); err != nil {
		return nil, err
	}
	if x.Requests, err = requestsOf(ctx, q, k, subject, 1<<30); err != nil {
		return nil, err
	}
	row, err := readVault(ctx, q, subject)
	if err != nil {
		return nil, err
	}
	if len(row.Guard) > 0 {
		if err := privacy.OpenJSON(k, guardPlace(subject), row.Guard, &x.Guard); err != nil {
			return nil, err
		}
	}
	if len(row.Body) == 0 {
		return x, nil
	}
	ak, err := vault.Key(ctx, VaultSubject(subject))
	if fault.Is(err, fault.NotFound) {
		return x, nil
	}
	if err != nil {
		return nil, err
	}
	return x, privacy.OpenJSON(ak, addressPlace(subject), row.Body, &x.Address)
}

func erase(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx, db.F(`DELETE FROM residence_request WHERE person = ?`, subject), db.F(`DELETE FROM residence_vault WHERE person = ?`, subject),
		db.F(`DELETE FROM residence_condition WHERE person = ?`, subject), db.F(`DELETE FROM residence_stay WHERE person = ?`, subject))
	return err
}
