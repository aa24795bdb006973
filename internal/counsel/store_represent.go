package counsel

// This file keeps who represents whom, and what lawyers left for us.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func repPlace(id string) string    { return "counsel_representation.body/" + id }
func wordPlace(id string) string   { return "counsel_word.body/" + id }
func answerPlace(id string) string { return "counsel_word.answer/" + id }

const repColumns = `r.id, r.person, r.party, r.track, r.role, r.source, r.since, r.until, r.noted_by, r.at, r.ended, r.ended_by, r.body`

func openReps(k privacy.Key, rs []Representation, err error) ([]Representation, error) {
	return privacy.OpenAll(k, rs, err, func(r *Representation) (string, []byte, any) { return repPlace(r.ID), r.Body, &r.What })
}

// representations are those of one person, newest first, those that ended too.
func representations(ctx context.Context, q db.Q, k privacy.Key, person string) ([]Representation, error) {
	rs, err := db.Many[Representation](ctx, q, db.F(`SELECT `+repColumns+` FROM counsel_representation r WHERE r.person = ? ORDER BY r.since DESC, r.id DESC`, person))
	return openReps(k, rs, err)
}

// representation is one of a person.
func representation(ctx context.Context, q db.Q, k privacy.Key, person, id string) (Representation, error) {
	rs, err := db.Many[Representation](ctx, q, db.F(`SELECT `+repColumns+` FROM counsel_representation r WHERE r.person = ? AND r.id = ?`, person, id))
	return db.First(openReps(k, rs, err))
}

// personOf is whom a representation of this lawyer is about. Whether it counts is asked when the file is opened.
func personOf(ctx context.Context, q db.Q, id, party string) (string, error) {
	return db.One[string](ctx, q, db.F(`SELECT person FROM counsel_representation WHERE id = ? AND party = ?`, id, party))
}

// held are the representations of one lawyer that run on a day, without what is written about them: it is sealed under keys of
// files that are not open yet.
func held(ctx context.Context, q db.Q, party string, on clock.Date) ([]Representation, error) {
	return db.Many[Representation](ctx, q, db.F(`SELECT `+repColumns+` FROM counsel_representation r JOIN counsel_party p ON p.id = r.party
		WHERE r.party = ? AND p.ended IS NULL AND r.ended IS NULL AND r.since <= ? AND (r.until IS NULL OR r.until >= ?) ORDER BY r.since, r.id LIMIT 500`, party, on, on))
}

// toMove are the representations of a lawyer that have not ended, in the files that a colleague may open.
func toMove(ctx context.Context, q db.Q, a access.Actor, party string, today clock.Date, now time.Time) ([]Representation, error) {
	return db.Many[Representation](ctx, q, db.F(`SELECT `+repColumns+` FROM counsel_representation r WHERE r.party = ? AND r.ended IS NULL AND (r.until IS NULL OR r.until >= ?) AND`, party, today).
		With(access.Sees(a, now, access.File, "r.person")).Then(`ORDER BY r.since, r.id LIMIT 200`))
}

// orphans are running representations by lawyers who are gone, in the files that a colleague may open.
func orphans(ctx context.Context, q db.Q, a access.Actor, today clock.Date, now time.Time) ([]Representation, error) {
	return db.Many[Representation](ctx, q, db.F(`SELECT `+repColumns+` FROM counsel_representation r JOIN counsel_party p ON p.id = r.party WHERE p.ended IS NOT NULL AND r.ended IS NULL AND (r.until IS NULL OR r.until >= ?) AND`, today).
		With(access.Sees(a, now, access.File, "r.person")).Then(`ORDER BY r.since, r.id LIMIT 20`))
}

// represent writes that a lawyer represents somebody.
func represent(ctx context.Context, tx *db.Tx, f dossier.File, in RepInput, since, until clock.Date) (string, error) {
	id := db.ID("rp", tx.Now)
	r := Representation{ID: id, Person: f.ID(), Party: in.Party, Track: in.Track, Role: in.Role, Source: in.Source, Since: since, Until: until, NotedBy: f.Who().ID, At: tx.Now, What: RepWords{Reference: in.Reference}}
	if err := putRep(ctx, tx, f.Key(), r); err != nil {
		return "", err
	}
	return id, f.Log(ctx, tx, "counsel.event.lawyer", id)
}

func putRep(ctx context.Context, tx *db.Tx, k privacy.Key, r Representation) error {
	body, err := privacy.SealJSON(k, repPlace(r.ID), r.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO counsel_representation (id, person, party, track, role, source, since, until, noted_by, at, ended_by, body) VALUES (?,?,?,?,?,?,?,?,?,?,'',?)`,
		r.ID, r.Person, r.Party, r.Track, r.Role, r.Source, r.Since, r.Until, r.NotedBy, r.At, body))
	return err
}

// endRep ends a representation with the reason, or takes that back. Pressed twice it changes nothing.
func endRep(ctx context.Context, tx *db.Tx, f dossier.File, id, why string, undo bool) error {
	r, err := representation(ctx, tx, f.Key(), f.ID(), id)
	if err != nil {
		return err
	}
	r.What.Why = why
	body, err := privacy.SealJSON(f.Key(), repPlace(id), r.What)
	if err != nil {
		return err
	}
	do := db.F(`UPDATE counsel_representation SET ended = ?, ended_by = ?, body = ? WHERE id = ? AND person = ? AND ended IS NULL`, tx.Now, f.Who().ID, body, id, f.ID())
	if undo {
		do = db.F(`UPDATE counsel_representation SET ended = NULL, ended_by = '', body = ? WHERE id = ? AND person = ? AND ended IS NOT NULL`, body, id, f.ID())
	}
	if n, err := db.Do(ctx, tx, do); err != nil || n == 0 {
		return err
	}
	return f.Log(ctx, tx, "counsel.event.lawyer", id)
}

const wordColumns = `w.id, w.person, w.representation, w.party, w.kind, w.day, w.at, w.settled, w.settled_by, w.outcome, w.body, w.answer`

func openWords(k privacy.Key, ws []Word, err error) ([]Word, error) {
	ws, err = privacy.OpenAll(k, ws, err, func(w *Word) (string, []byte, any) { return wordPlace(w.ID), w.Body, &w.What })
	for i := range ws {
		if err == nil && len(ws[i].Answer) > 0 {
			err = privacy.OpenJSON(k, answerPlace(ws[i].ID), ws[i].Answer, &ws[i].Reply)
		}
	}
	return ws, err
}

// wordsOf are all words about a person, newest first; of one lawyer only when one is named.
func wordsOf(ctx context.Context, q db.Q, k privacy.Key, person, party string) ([]Word, error) {
	f := db.F(`SELECT `+wordColumns+` FROM counsel_word w WHERE w.person = ?`, person)
	if party != "" {
		f = f.Then(`AND w.party = ?`, party)
	}
	ws, err := db.Many[Word](ctx, q, f.Then(`ORDER BY w.at DESC, w.id DESC LIMIT 200`))
	return openWords(k, ws, err)
}

func wordOf(ctx context.Context, q db.Q, k privacy.Key, person, id string) (Word, error) {
	ws, err := db.Many[Word](ctx, q, db.F(`SELECT `+wordColumns+` FROM counsel_word w WHERE w.person = ? AND w.id = ?`, person, id))
	return db.First(openWords(k, ws, err))
}

// waiting are the words that nobody settled, in the files that a colleague may open, the oldest first. What they say stays sealed.
func waiting(ctx context.Context, q db.Q, a access.Actor, now time.Time) ([]Word, error) {
	return db.Many[Word](ctx, q, db.F(`SELECT `+wordColumns+` FROM counsel_word w WHERE w.settled IS NULL AND`).
		With(access.Sees(a, now, access.File, "w.person")).Then(`ORDER BY w.at, w.id LIMIT 20`))
}

// wordsMost is how many words of one lawyer about one person may wait at once.
const wordsMost = 20

// addWord writes what a lawyer leaves for us; the look that goes with it is logged by whoever opened the file.
func addWord(ctx context.Context, tx *db.Tx, f dossier.File, r Representation, in WordInput, on clock.Date) error {
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM counsel_word WHERE person = ? AND party = ? AND settled IS NULL`, f.ID(), r.Party))
	if err != nil {
		return err
	}
	if n >= wordsMost {
		return fault.New(fault.TooMany, "counsel.error.many")
	}
	return putWord(ctx, tx, f.Key(), Word{ID: db.ID("cw", tx.Now), Person: f.ID(), Representation: r.ID, Party: r.Party, Kind: in.Kind, Day: on, At: tx.Now, What: WordText{Text: in.Text, Time: in.Time, Place: in.Place}})
}

func putWord(ctx context.Context, tx *db.Tx, k privacy.Key, w Word) error {
	body, err := privacy.SealJSON(k, wordPlace(w.ID), w.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO counsel_word (id, person, representation, party, kind, day, at, settled_by, outcome, body) VALUES (?,?,?,?,?,?,?,'','',?)`,
		w.ID, w.Person, w.Representation, w.Party, w.Kind, w.Day, w.At, body))
	return err
}

// settle notes what came of a word, and the answer; whoever is second is told that somebody else was first.
func settle(ctx context.Context, tx *db.Tx, f dossier.File, id, outcome, reply string) error {
	var answer []byte
	var err error
	if reply != "" {
		if answer, err = privacy.SealJSON(f.Key(), answerPlace(id), reply); err != nil {
			return err
		}
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE counsel_word SET settled = ?, settled_by = ?, outcome = ?, answer = ? WHERE id = ? AND person = ? AND settled IS NULL`, tx.Now, f.Who().ID, outcome, answer, id, f.ID()))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "counsel.error.settled")
	}
	if err != nil {
		return err
	}
	return f.Log(ctx, tx, "counsel.event.answered", id)
}
