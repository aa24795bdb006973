package counsel

// This file keeps talks about return. Every question to them names the colleague who asks: whoever is not set beside a talk finds
// what they would find if there were none.

import (
	"context"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

func choicePlace(id string) string   { return "counsel_choice.body/" + id }
func handoverPlace(id string) string { return "counsel_handover.body/" + id }
func notePlace(id string) string     { return "counsel_note.body/" + id }

// talks are those about a person beside which one of these colleagues was set.
func talks(ctx context.Context, q db.Q, person string, colleagues []string) ([]Talk, error) {
	return db.Many[Talk](ctx, q, db.F(`SELECT t.id, t.person, t.opened_by, t.at FROM counsel_talk t WHERE t.person = ? AND EXISTS (SELECT 1 FROM counsel_seat s WHERE s.talk = t.id AND`, person).
		With(db.In("s.colleague", colleagues)).Then(`) ORDER BY t.at, t.id`))
}

// openTalk begins a talk, with the colleague who opened it beside it. Another one may be there already, unknown to this
// colleague; that is no fault, and nothing tells it.
func openTalk(ctx context.Context, tx *db.Tx, f dossier.File) (string, error) {
	id := db.ID("tk", tx.Now)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO counsel_talk (id, person, opened_by, at) VALUES (?,?,?,?)`, id, f.ID(), f.Who().ID, tx.Now)); err != nil {
		return "", err
	}
	if err := putSeat(ctx, tx, f.ID(), id, f.Who().ID, f.Who().ID); err != nil {
		return "", err
	}
	return id, f.Log(ctx, tx, "counsel.event.outside", id)
}

func putSeat(ctx context.Context, tx *db.Tx, person, talk, colleague, by string) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO counsel_seat (talk, person, colleague, given_by, at) VALUES (?,?,?,?,?) ON CONFLICT (talk, colleague) DO NOTHING`, talk, person, colleague, by, tx.Now))
	return err
}

// seats are the colleagues beside a talk.
func seats(ctx context.Context, q db.Q, talk string) ([]string, error) {
	return db.Many[string](ctx, q, db.F(`SELECT colleague FROM counsel_seat WHERE talk = ? ORDER BY at, colleague`, talk))
}

// choices are what the person chose, newest first.
func choices(ctx context.Context, q db.Q, k privacy.Key, talk string) ([]Choice, error) {
	cs, err := db.Many[Choice](ctx, q, db.F(`SELECT id, choice, made_by, day, at, body FROM counsel_choice WHERE talk = ? ORDER BY at DESC, id DESC LIMIT 200`, talk))
	return privacy.OpenAll(k, cs, err, func(c *Choice) (string, []byte, any) { return choicePlace(c.ID), c.Body, &c.Words })
}

// choose writes a choice. Stopping ends every handover of the talk and lets go of what the partner was allowed, in the same
// transaction.
func (c *Counsel) choose(ctx context.Context, tx *db.Tx, f dossier.File, talk string, in ChoiceInput) error {
	if err := putChoice(ctx, tx, f.Key(), talk, f.ID(), Choice{ID: db.ID("ch", tx.Now), Choice: in.Choice, MadeBy: f.Who().ID, Day: clock.Today(tx.Now), At: tx.Now, Words: in.Words}); err != nil {
		return err
	}
	if in.Choice == Stop {
		hs, err := handovers(ctx, tx, f.Key(), talk)
		if err != nil {
			return err
		}
		for _, h := range hs {
			if err := c.allowing.End(ctx, tx, f, forReturn, h.Party); err != nil {
				return err
			}
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE counsel_handover SET ended = ? WHERE talk = ? AND ended IS NULL`, tx.Now, talk)); err != nil {
			return err
		}
	}
	return f.Log(ctx, tx, "counsel.event.outside", talk)
}

func putChoice(ctx context.Context, tx *db.Tx, k privacy.Key, talk, person string, c Choice) error {
	body, err := privacy.SealJSON(k, choicePlace(c.ID), c.Words)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO counsel_choice (id, talk, person, choice, day, made_by, at, body) VALUES (?,?,?,?,?,?,?,?)`, c.ID, talk, person, c.Choice, c.Day, c.MadeBy, c.At, body))
	return err
}

const handoverColumns = `SELECT id, talk, person, party, at, made_by, consent, handed, handed_by, answer, answered, ended, body FROM counsel_handover`

func openHandovers(k privacy.Key, hs []Handover, err error) ([]Handover, error) {
	return privacy.OpenAll(k, hs, err, func(h *Handover) (string, []byte, any) { return handoverPlace(h.ID), h.Body, &h.What })
}

func handovers(ctx context.Context, q db.Q, k privacy.Key, talk string) ([]Handover, error) {
	hs, err := db.Many[Handover](ctx, q, db.F(handoverColumns+` WHERE talk = ? ORDER BY at DESC, id DESC`, talk))
	return openHandovers(k, hs, err)
}

func handover(ctx context.Context, q db.Q, k privacy.Key, talk, id string) (Handover, error) {
	hs, err := db.Many[Handover](ctx, q, db.F(handoverColumns+` WHERE talk = ? AND id = ?`, talk, id))
	return db.First(openHandovers(k, hs, err))
}

// putHandover writes a new handover.
func putHandover(ctx context.Context, tx *db.Tx, k privacy.Key, h Handover) error {
	body, err := privacy.SealJSON(k, handoverPlace(h.ID), h.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO counsel_handover (id, talk, person, party, made_by, at, consent, handed, handed_by, answer, answered, body) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
		h.ID, h.Talk, h.Person, h.Party, h.MadeBy, h.At, h.Consent, h.Handed, h.HandedBy, h.Answer, h.Answered, body))
	return err
}

// handedOver notes that somebody was handed over, on a consent that holds in this transaction.
func (c *Counsel) handedOver(ctx context.Context, tx *db.Tx, f dossier.File, h Handover) error {
	as, err := c.allowing.Hold(ctx, tx, f, forReturn, h.Party)
	if err != nil {
		return err
	}
	if len(as) == 0 {
		return errNoConsent
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE counsel_handover SET consent = ?, handed = ?, handed_by = ? WHERE id = ? AND handed IS NULL AND ended IS NULL`, as[0].Consent, tx.Now, f.Who().ID, h.ID))
	if err != nil || n == 0 {
		return err
	}
	return f.Log(ctx, tx, "counsel.event.outside", h.ID)
}

// answer notes what the partner answered.
func answer(ctx context.Context, tx *db.Tx, f dossier.File, h Handover, in AnswerInput, on clock.Date) error {
	body, err := privacy.SealJSON(f.Key(), handoverPlace(h.ID), HandoverWords{Contact: in.Contact, Said: in.Said})
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE counsel_handover SET answer = ?, answered = ?, body = ? WHERE id = ?`, in.Answer, on, body, h.ID)); err != nil {
		return err
	}
	return f.Log(ctx, tx, "counsel.event.outside", h.ID)
}

func notes(ctx context.Context, q db.Q, k privacy.Key, handover string) ([]Note, error) {
	ns, err := db.Many[Note](ctx, q, db.F(`SELECT id, made_by, at, body FROM counsel_note WHERE handover = ? ORDER BY at DESC, id DESC LIMIT 200`, handover))
	return privacy.OpenAll(k, ns, err, func(n *Note) (string, []byte, any) { return notePlace(n.ID), n.Body, &n.Text })
}

func addNote(ctx context.Context, tx *db.Tx, f dossier.File, h Handover, text string) error {
	id := db.ID("rn", tx.Now)
	body, err := privacy.SealJSON(f.Key(), notePlace(id), text)
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO counsel_note (id, handover, person, made_by, at, body) VALUES (?,?,?,?,?,?)`, id, h.ID, f.ID(), f.Who().ID, tx.Now, body)); err != nil {
		return err
	}
	return f.Log(ctx, tx, "counsel.event.outside", h.ID)
}
