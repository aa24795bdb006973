package dossier

// This file answers when somebody asks for everything that is kept here about them, or to be forgotten.

import (
	"context"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// Exported is everything that is kept here about one person. Others of a household are not in it: they are other people.
type Exported struct {
	Profile    Profile        `json:"profile"`
	Earlier    []Version      `json:"earlier,omitempty"`
	Team       string         `json:"team"`
	Location   string         `json:"location"`
	Households []Member       `json:"households,omitempty"`
	Cards      []Issued       `json:"cards,omitempty"`
	Grants     []access.Grant `json:"grants"` // who could see the file, when and why
	Log        []audit.Entry  `json:"log"`    // who looked and who changed what
	Receipts   []Receipt      `json:"signalled,omitempty"`
	Asked      []Check        `json:"asked,omitempty"` // who was told that there may be a file, without being told whose
}

// Keeper exports and erases what stands here. Destroying the person's key is the app's last step, after all keepers; the
// log keeps its entries, which name nobody.
func (s *Files) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "dossier",
		Keeps: []privacy.Class{
			{Name: "dossier.keeps.file", Tables: []string{"dossier_person", "dossier_version", "dossier_lookup", "dossier_card", "dossier_member", "dossier_receipt", "dossier_follow", "access_grant"}, From: privacy.LastContact, Days: 730, Assumed: true},
			{Name: "dossier.keeps.log", Tables: []string{"audit_entry"}, From: privacy.Always},
			askedKept,
			forgottenKept,
		},
		Export: func(ctx context.Context, q db.Q, _ *privacy.Vault, subject string) (any, error) {
			return s.export(ctx, q, subject)
		},
		Erase: erase}
}

func (s *Files) export(ctx context.Context, q db.Q, subject string) (Exported, error) {
	f, err := s.read(ctx, q, access.Actor{}, access.Grant{Subject: subject})
	if err != nil {
		return Exported{}, err
	}
	e := Exported{Profile: f.profile, Team: f.team, Location: f.location}
	if e.Earlier, err = s.history(ctx, q, f, 1<<30); err != nil {
		return e, err
	}
	if e.Households, err = households(ctx, q, subject); err != nil {
		return e, err
	}
	if e.Cards, err = cards(ctx, q, subject); err != nil {
		return e, err
	}
	if e.Receipts, err = receipts(ctx, q, f.key, subject); err != nil {
		return e, err
	}
	if e.Asked, err = db.Many[Check](ctx, q, db.F(`SELECT `+checkColumns+` FROM dossier_asked WHERE person = ? ORDER BY at, id`, subject)); err != nil {
		return e, err
	}
	if e.Grants, err = access.OfSubject(ctx, q, subject); err != nil {
		return e, err
	}
	for before := int64(0); ; {
		es, err := audit.Of(ctx, q, subject, before, 1000)
		if err != nil || len(es) == 0 {
			return e, err
		}
		e.Log, before = append(e.Log, es...), es[len(es)-1].Seq
	}
}

func erase(ctx context.Context, tx *db.Tx, subject string) error {
	if _, err := db.DoAll(ctx, tx, db.F(`DELETE FROM dossier_lookup WHERE person = ?`, subject), db.F(`DELETE FROM dossier_version WHERE person = ?`, subject),
		db.F(`DELETE FROM dossier_card WHERE person = ?`, subject), db.F(`DELETE FROM dossier_receipt WHERE person = ?`, subject), db.F(`DELETE FROM dossier_member WHERE person = ?`, subject), db.F(`DELETE FROM dossier_follow WHERE person = ?`, subject),
		db.F(`UPDATE dossier_asked SET person = NULL WHERE person = ?`, subject), db.F(`DELETE FROM dossier_person WHERE id = ?`, subject)); err != nil {
		return err
	}
	// Every node forgets the name that it has in memory.
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_forgotten (person, at) VALUES (?,?) ON CONFLICT (person) DO NOTHING`, subject, tx.Now)); err != nil {
		return err
	}
	return access.Forget(ctx, tx, subject)
}
