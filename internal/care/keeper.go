package care

// This file gives a person everything that is kept here, and forgets them.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Exported is everything that is kept here about one person, why a need is needed too: it is about them.
type Exported struct {
	Needs       []Need
	Backgrounds []Background
	Readers     []Named
	Schools     []School
	Doctors     []Doctor
	Notices     []Notice
}

// Named is who could read a background, and when.
type Named struct {
	Need, Colleague string
	Since, Ended    time.Time
}

// Keeper exports and erases what stands here.
func (c *Care) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "care",
		Keeps:  []privacy.Class{{Name: "care.keeps", Tables: []string{"care_need", "care_background", "care_reader", "care_school", "care_doctor", "care_notice"}, From: privacy.WithFile}},
		Export: export, Erase: erase}
}

func export(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
	k, err := vault.Key(ctx, subject)
	if err != nil {
		return nil, err
	}
	var x Exported
	if x.Needs, err = needs(ctx, q, k, db.F(`n.person = ?`, subject)); err != nil {
		return nil, err
	}
	for _, n := range x.Needs {
		b, err := background(ctx, q, k, n.ID)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		x.Backgrounds = append(x.Backgrounds, b)
	}
	if x.Readers, err = db.Many[Named](ctx, q, db.F(`SELECT need, colleague, since, ended FROM care_reader WHERE person = ? ORDER BY since, id`, subject)); err != nil {
		return nil, err
	}
	if x.Schools, err = schools(ctx, q, k, subject); err != nil {
		return nil, err
	}
	if x.Doctors, err = doctors(ctx, q, k, subject); err != nil {
		return nil, err
	}
	x.Notices, err = notices(ctx, q, k, subject)
	return x, err
}

func erase(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx, db.F(`DELETE FROM care_reader WHERE person = ?`, subject), db.F(`DELETE FROM care_background WHERE person = ?`, subject),
		db.F(`DELETE FROM care_need WHERE person = ?`, subject), db.F(`DELETE FROM care_school WHERE person = ?`, subject),
		db.F(`DELETE FROM care_doctor WHERE person = ?`, subject), db.F(`DELETE FROM care_notice WHERE person = ?`, subject))
	return err
}
