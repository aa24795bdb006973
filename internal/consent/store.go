package consent

// This file keeps what was given to others: a sealed copy of exactly that, added and never changed.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
)

// Handed is one sheet that was given to somebody else.
type Handed struct {
	ID      string    `json:"id"`
	Consent string    `json:"consent"`
	At      time.Time `json:"at"`
	By      string    `json:"by" db:"made_by"`
	Sheet   Sheet     `json:"sheet" db:"-"`
	Body    []byte    `json:"-"`
}

// Sheet is what was given: to whom, why, and the parts as they were known then.
type Sheet struct {
	Lang    string `json:"language"` // of the titles and labels
	Party   string `json:"party"`
	Purpose string `json:"purpose"`
	Parts   []Part `json:"parts"`
}

// Part is one part of what is known, as lines of label and value.
type Part struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Lines []Line `json:"lines"`
}

// Line is one value with its label.
type Line struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

func handedPlace(id string) string { return "consent_handed.body/" + id }

// hand writes a sheet. The consent is read in the same transaction and must hold; the sheet has the parts of the consent
// and no other.
func hand(ctx context.Context, tx *db.Tx, f dossier.File, consent string, parts []Part) (string, error) {
	c, err := privacy.Use(ctx, tx, f.Key(), f.ID(), consent, "consent.error.over")
	if err != nil {
		return "", err
	}
	id := db.ID("hs", tx.Now)
	body, err := privacy.SealJSON(f.Key(), handedPlace(id), Sheet{Lang: lang.Of(ctx).Tag, Party: c.Asked.Party, Purpose: c.Purpose, Parts: only(parts, c.Asked.Parts)})
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO consent_handed (id, person, consent, at, made_by, body) VALUES (?,?,?,?,?,?)`, id, f.ID(), c.ID, tx.Now, f.Who().ID, body)); err != nil {
		return "", err
	}
	return id, f.Log(ctx, tx, "consent.event.handed", id)
}

// allowedNow are the consents that hold now for a purpose, in favour of one party of an address book.
func allowedNow(ctx context.Context, q db.Q, f dossier.File, purpose, party string, now time.Time) ([]dossier.Allowed, error) {
	cs, err := privacy.Consents(ctx, q, f.Key(), f.ID())
	var out []dossier.Allowed
	for _, c := range cs {
		if c.Purpose == purpose && party != "" && c.Asked.PartyID == party && c.Holds(now) {
			out = append(out, dossier.Allowed{Consent: c.ID, Parts: c.Asked.Parts, Until: c.Until})
		}
	}
	return out, err
}

// allowedHold reads the same in order to act on it: none of them can end before the transaction does.
func allowedHold(ctx context.Context, tx *db.Tx, f dossier.File, purpose, party string) ([]dossier.Allowed, error) {
	as, err := allowedNow(ctx, tx, f, purpose, party, tx.Now)
	if err != nil {
		return nil, err
	}
	for _, a := range as {
		if _, err := privacy.Use(ctx, tx, f.Key(), f.ID(), a.Consent, "consent.error.over"); err != nil {
			return nil, err
		}
	}
	return as, nil
}

// endAllowed ends all of it.
func endAllowed(ctx context.Context, tx *db.Tx, f dossier.File, purpose, party string) error {
	as, err := allowedNow(ctx, tx, f, purpose, party, tx.Now)
	if err != nil {
		return err
	}
	by := f.Who().ID
	if f.Who().Kind == access.IsSelf {
		by = ""
	}
	for _, a := range as {
		if err := privacy.End(ctx, tx, f.ID(), a.Consent, by); err != nil {
			return err
		}
		if err := f.Log(ctx, tx, "consent.event.ended", a.Consent); err != nil {
			return err
		}
	}
	return nil
}

const handedColumns = `id, consent, at, made_by, body`

// handedAll is all that was given of a person, newest first.
func handedAll(ctx context.Context, q db.Q, k privacy.Key, person string) ([]Handed, error) {
	hs, err := db.Many[Handed](ctx, q, db.F(`SELECT `+handedColumns+` FROM consent_handed WHERE person = ? ORDER BY at DESC, id DESC`, person))
	return privacy.OpenAll(k, hs, err, func(h *Handed) (string, []byte, any) { return handedPlace(h.ID), h.Body, &h.Sheet })
}

func handedOne(ctx context.Context, q db.Q, k privacy.Key, person, id string) (Handed, error) {
	h, err := db.One[Handed](ctx, q, db.F(`SELECT `+handedColumns+` FROM consent_handed WHERE person = ? AND id = ?`, person, id))
	if err != nil {
		return h, err
	}
	return h, privacy.OpenJSON(k, handedPlace(id), h.Body, &h.Sheet)
}
