package handover

// This file is what handing over gives when a person asks for everything, and what it erases.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// leavingKept is how long it stays known how somebody left: who led them may have to tell how their files were handed over.
var leavingKept = privacy.Class{Name: "handover.keeps.leaving", Tables: []string{"handover_leaving"}, From: privacy.LastTouched, Days: 730, Assumed: true, Job: "handover.sweep"}

// Exported is what stands here about one person.
type Exported struct {
	Offers  []Offer    `json:"offers"`
	Notes   []string   `json:"notes,omitempty"`
	Answers []Answered `json:"answers,omitempty"`
	Fallen  []Fallen   `json:"fallen,omitempty"`
}

// Keeper exports and erases what stands here about a person.
func (h *Handover) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "handover",
		Keeps: []privacy.Class{{Name: "handover.keeps.offer", Tables: []string{"handover_offer", "handover_answer", "handover_fallen"}, From: privacy.WithFile}, leavingKept},
		Export: func(ctx context.Context, q db.Q, v *privacy.Vault, subject string) (any, error) {
			return export(ctx, q, v, subject)
		},
		Erase: erase}
}

func export(ctx context.Context, q db.Q, v *privacy.Vault, subject string) (Exported, error) {
	var out Exported
	k, err := v.Key(ctx, subject)
	if err != nil {
		return out, err
	}
	if out.Offers, err = db.Many[Offer](ctx, q, db.F(offerColumns).Then(`WHERE o.person = ? ORDER BY o.made, o.id`, subject)); err != nil {
		return out, err
	}
	for i, o := range out.Offers {
		text, err := o.text(k)
		if err != nil {
			return out, err
		}
		if text != "" {
			out.Notes = append(out.Notes, text)
		}
		as, err := answers(ctx, q, k, o.ID)
		if err != nil {
			return out, err
		}
		out.Answers = append(out.Answers, as...)
		out.Offers[i].Note = nil
	}
	out.Fallen, err = db.Many[Fallen](ctx, q, db.F(`SELECT id, person, leaving, colleague, heir, at, settled FROM handover_fallen WHERE person = ? ORDER BY at, id`, subject))
	return out, err
}

func erase(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx, db.F(`DELETE FROM handover_answer WHERE person = ?`, subject), db.F(`DELETE FROM handover_offer WHERE person = ?`, subject), db.F(`DELETE FROM handover_fallen WHERE person = ?`, subject))
	return err
}

// sweep forgets how somebody left once nobody needs it.
func (h *Handover) sweep(ctx context.Context, now time.Time) error {
	return h.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Do(ctx, tx, db.F(`DELETE FROM handover_leaving WHERE done < ? OR cancelled < ?`, leavingKept.Before(now), leavingKept.Before(now)))
		return err
	})
}

func sortMoments(ms []dossier.Moment) {
	slices.SortStableFunc(ms, func(a, b dossier.Moment) int { return b.At.Compare(a.At) })
}
