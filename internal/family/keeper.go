package family

// This file gives a person everything that is kept here about them, and forgets them.

import (
	"context"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// Exported is everything that is kept here of one person. What others told of them is those others' own, and where a
// relative is that may not be shown is not exported either.
type Exported struct {
	Family Family   `json:"family"`
	Story  []Event  `json:"story,omitempty"`
	Splits []Split  `json:"splits,omitempty"`
	Sights []Seeing `json:"sights,omitempty"` // who sees something for this person
}

// Keeper exports and erases what stands here.
func (x *Families) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "family",
		Keeps:  []privacy.Class{{Name: "family.keeps", Tables: []string{"family_tree", "family_event", "family_link", "family_sight", "family_split", "family_veil"}, From: privacy.WithFile}},
		Export: export, Erase: erase}
}

func export(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
	k, err := vault.Key(ctx, subject)
	if err != nil {
		return nil, err
	}
	s, err := show(ctx, q, k, subject)
	if err != nil {
		return nil, err
	}
	out := Exported{Family: s.Family}
	if out.Story, err = story(ctx, q, k, subject, "*", 1<<30); err != nil {
		return nil, err
	}
	for i := range out.Story {
		out.Story[i] = out.Story[i].without(s.Veiled)
	}
	if out.Splits, err = splits(ctx, q, k, subject); err != nil {
		return nil, err
	}
	for i := range out.Splits { // what the other saw is the other's
		out.Splits[i].What.Grants, out.Splits[i].What.Sights, out.Splits[i].What.Shared = nil, nil, nil
	}
	out.Sights, err = db.Many[Seeing](ctx, q, db.F(sightColumns).Then(`WHERE s.person = ? ORDER BY s.at, s.id`, subject))
	return out, err
}

// erase forgets a person. Grants on others that they held end too; a veil over them in another's family stays, because what
// it hides stands there still.
func erase(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx,
		db.F(`DELETE FROM family_event WHERE person = ?`, subject), db.F(`DELETE FROM family_link WHERE person = ? OR other = ?`, subject, subject),
		db.F(`DELETE FROM family_sight WHERE person = ? OR adult = ?`, subject, subject), db.F(`DELETE FROM family_split WHERE person = ?`, subject),
		db.F(`DELETE FROM family_veil WHERE person = ?`, subject), db.F(`DELETE FROM family_tree WHERE person = ?`, subject))
	return err
}
