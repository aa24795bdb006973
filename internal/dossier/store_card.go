package dossier

// This file holds the SQL of printed cards.

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

const tokenCard = "card"

// Issued is one printed card.
type Issued struct {
	ID, Tail, By  string
	Issued, Ended time.Time
}

// cards of a person, newest first.
func cards(ctx context.Context, q db.Q, person string) ([]Issued, error) {
	return db.Many[Issued](ctx, q, db.F(`SELECT id, tail, by, issued, ended FROM dossier_card WHERE person = ? ORDER BY issued DESC, id DESC LIMIT 50`, person))
}

// NewCode makes the code of a card.
func NewCode() string {
	for {
		b := make([]byte, 32)
		if _, err := rand.Read(b); err != nil {
			panic("dossier: the machine gives no random bytes: " + err.Error())
		}
		if code, ok := CardCode(b); ok {
			return code
		}
	}
}

// Issue gives a person a new card with this code; the earlier ones end, so that a card that was lost opens nothing.
func (s *Files) Issue(ctx context.Context, tx *db.Tx, f File, code string) error {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE dossier_card SET ended = ? WHERE person = ? AND ended IS NULL`, tx.Now, f.id)); err != nil {
		return err
	}
	if err := s.putCard(ctx, tx, f.id, code, f.who.ID); err != nil {
		return err
	}
	return f.Log(ctx, tx, "dossier.event.card", "")
}

func (s *Files) putCard(ctx context.Context, tx *db.Tx, person, code, by string) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_card (id, person, token, tail, issued, by) VALUES (?,?,?,?,?,?)`,
		db.ID("c", tx.Now), person, s.vault.Token(tokenCard, code), code[CardLength-2:], tx.Now, by))
	return err
}

// EndCard ends one card of this person.
func (s *Files) EndCard(ctx context.Context, tx *db.Tx, f File, id string) error {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE dossier_card SET ended = ? WHERE id = ? AND person = ? AND ended IS NULL`, tx.Now, id, f.id)); err != nil {
		return err
	}
	return f.Log(ctx, tx, "dossier.event.card-ended", id)
}

// CardSince is when the newest card of a person was issued; the zero time when they never had one.
func (s *Files) CardSince(ctx context.Context, q db.Q, person string) (time.Time, error) {
	return db.One[time.Time](ctx, q, db.F(`SELECT MAX(issued) FROM dossier_card WHERE person = ?`, person))
}

// CardHolder is whose card this is.
type CardHolder struct {
	Person string
	Card   string
	Issued time.Time
}

// ByCard finds whose valid card a code is; nobody is the zero CardHolder. The caller decides, and logs that it asked.
func (s *Files) ByCard(ctx context.Context, q db.Q, code string) (CardHolder, error) {
	c, ok := ReadCard(code)
	if !ok {
		c = strings.Repeat("A", CardLength) // the same work for what cannot be a code
	}
	h, err := db.One[CardHolder](ctx, q, db.F(`SELECT person, id AS card, issued FROM dossier_card WHERE token = ? AND ended IS NULL`, s.vault.Token(tokenCard, c)))
	if fault.Is(err, fault.NotFound) || (err == nil && !ok) {
		return CardHolder{}, nil
	}
	return h, err
}
