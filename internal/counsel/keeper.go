package counsel

// This file gives a person everything that is kept of them here, and forgets them. The address book is about nobody here.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// Exported is what stands here of one person.
type Exported struct {
	Representations []Representation `json:"representations"`
	Words           []Word           `json:"words"`
	Talks           []ExportedTalk   `json:"talks"`
}

// ExportedTalk is one talk about return.
type ExportedTalk struct {
	Talk
	Seats     []ExportedSeat // who may know of the talk beside who opened it
	Choices   []Choice
	Handovers []ExportedHandover
}

// ExportedSeat is one colleague who may know of a talk.
type ExportedSeat struct {
	Colleague, GivenBy string
	At                 time.Time
}

// ExportedHandover is one handover with how it went.
type ExportedHandover struct {
	Handover
	Notes []Note
}

// Keeper exports and erases what stands here.
func (c *Counsel) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "counsel",
		Keeps:  []privacy.Class{{Name: "counsel.keeps", From: privacy.WithFile, Tables: []string{"counsel_representation", "counsel_word", "counsel_talk", "counsel_seat", "counsel_choice", "counsel_handover", "counsel_note"}}},
		Export: export, Erase: erase}
}

func export(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
	k, err := vault.Key(ctx, subject)
	if err != nil {
		return nil, err
	}
	var out Exported
	if out.Representations, err = representations(ctx, q, k, subject); err != nil {
		return nil, err
	}
	if out.Words, err = wordsOf(ctx, q, k, subject, ""); err != nil {
		return nil, err
	}
	ts, err := db.Many[Talk](ctx, q, db.F(`SELECT id, person, opened_by, at FROM counsel_talk WHERE person = ? ORDER BY at, id`, subject))
	if err != nil {
		return nil, err
	}
	for _, t := range ts {
		x := ExportedTalk{Talk: t}
		if x.Seats, err = db.Many[ExportedSeat](ctx, q, db.F(`SELECT colleague, given_by, at FROM counsel_seat WHERE talk = ? ORDER BY at, colleague`, t.ID)); err != nil {
			return nil, err
		}
		if x.Choices, err = choices(ctx, q, k, t.ID); err != nil {
			return nil, err
		}
		hs, err := handovers(ctx, q, k, t.ID)
		if err != nil {
			return nil, err
		}
		for _, h := range hs {
			ns, err := notes(ctx, q, k, h.ID)
			if err != nil {
				return nil, err
			}
			x.Handovers = append(x.Handovers, ExportedHandover{h, ns})
		}
		out.Talks = append(out.Talks, x)
	}
	return out, nil
}

func erase(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx, db.F(`DELETE FROM counsel_note WHERE person = ?`, subject), db.F(`DELETE FROM counsel_handover WHERE person = ?`, subject),
		db.F(`DELETE FROM counsel_choice WHERE person = ?`, subject), db.F(`DELETE FROM counsel_seat WHERE person = ?`, subject), db.F(`DELETE FROM counsel_talk WHERE person = ?`, subject),
		db.F(`DELETE FROM counsel_word WHERE person = ?`, subject), db.F(`DELETE FROM counsel_representation WHERE person = ?`, subject))
	return err
}
