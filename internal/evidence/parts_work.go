package evidence

// This file tells which papers a colleague would get, and gives them to the next one when a file changes hands.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// Work are the pieces that are still to come.
func (e *Evidence) Work() []dossier.Work {
	return []dossier.Work{{Name: "evidence.work", Open: piecesHeld, Tell: e.tellPieces, Move: movePieces}}
}

const piecesOpen = `state IN ('missing','asked','sent','translating','disputed') AND NOT EXISTS (SELECT 1 FROM evidence_claim c WHERE c.id = p.claim AND c.closed IS NOT NULL)`

func piecesHeld(ctx context.Context, q db.Q, holder, person string, _ time.Time) ([]dossier.Task, error) {
	// What the person or somebody outside gets is nobody's own work, but whoever takes a file over must know that it was asked.
	f := db.F(`SELECT p.id, p.person, p.kind, p.due, FALSE AS term FROM evidence_piece p WHERE p.`+piecesOpen+` AND p.person = ? AND p.owner IN (?,?,?)`, person, holder, Self, Someone)
	if person == "" {
		f = db.F(`SELECT p.id, p.person, p.kind, p.due, FALSE AS term FROM evidence_piece p WHERE p.`+piecesOpen+` AND p.owner = ?`, holder)
	}
	return db.Many[dossier.Task](ctx, q, f.Then(`ORDER BY p.due, p.id`))
}

func (e *Evidence) tellPieces(v *web.Visit, f dossier.File, ts []dossier.Task) error {
	ps, err := piecesOf(v.Ctx(), e.db, f)
	for _, p := range ps {
		for i := range ts {
			if ts[i].ID == p.ID {
				if ts[i].What = lang.T(v.Ctx(), "evidence.paper."+p.Kind); p.What.Title != "" {
					ts[i].What += " · " + p.What.Title
				}
				switch p.Owner {
				case Self:
					ts[i].What = lang.T(v.Ctx(), "evidence.work.asked", "what", ts[i].What, "name", f.Called())
				case Someone:
					ts[i].What = lang.T(v.Ctx(), "evidence.work.asked", "what", ts[i].What, "name", p.What.Who)
				}
				ts[i].URL = v.URL("evidence.piece", "person", f.ID(), "piece", p.ID)
			}
		}
	}
	return err
}

// movePieces moves all pieces of a colleague, also what is there: it may be disputed tomorrow. Each keeps in its story whose it
// became.
func movePieces(ctx context.Context, tx *db.Tx, h dossier.Handing) error {
	w := db.F(`person = ? AND owner = ?`, h.Person, h.From)
	if h.Only != nil {
		w = w.Then(`AND`).With(db.In("id", h.Only))
	}
	ps, err := pieces(ctx, tx, h.Key, w)
	if err != nil {
		return err
	}
	for _, p := range ps {
		if _, err := db.Do(ctx, tx, db.F(`UPDATE evidence_piece SET owner = ?, changed = ?, version = version + 1 WHERE id = ?`, h.To, tx.Now, p.ID)); err != nil {
			return err
		}
		p.Owner = h.To
		if err := putEvent(ctx, tx, h.Key, Event{ID: db.ID("ee", tx.Now), Person: h.Person, About: p.ID, Kind: pieceChanged, MadeBy: h.By.ID, At: tx.Now, What: detailsOf(p)}); err != nil {
			return err
		}
	}
	return nil
}
