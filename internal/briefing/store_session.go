package briefing

// This file holds the SQL of sessions: planning, changing, cancelling and closing them.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

const sessionColumns = `id, team, location, room, kind, language, leader, at, minutes, seats, interpreter, how, gender, held, others, invited, came, missed, cancelled, reason, version, made, made_by`

// sessionsAt are the sessions of some locations between two moments, cancelled ones too.
func (b *Briefing) sessionsAt(ctx context.Context, q db.Q, locations []string, from, to time.Time) ([]Session, error) {
	return db.Many[Session](ctx, q, db.F(`SELECT `+sessionColumns+` FROM briefing_session WHERE at >= ? AND at < ? AND`, from, to).With(db.In("location", locations)).Then(`ORDER BY at, id`))
}

// ledBy are the sessions that a colleague leads between two moments.
func (b *Briefing) ledBy(ctx context.Context, leader string, from, to time.Time) ([]Session, error) {
	return db.Many[Session](ctx, b.db, db.F(`SELECT `+sessionColumns+` FROM briefing_session WHERE leader = ? AND at >= ? AND at < ? ORDER BY at, id`, leader, from, to))
}

func session(ctx context.Context, q db.Q, id string) (Session, error) {
	return db.One[Session](ctx, q, db.F(`SELECT `+sessionColumns+` FROM briefing_session WHERE id = ?`, id))
}

// interpreterOf is who interprets; empty when it is not written down, or forgotten.
func (b *Briefing) interpreterOf(ctx context.Context, q db.Q, id string) (string, error) {
	sealed, err := db.One[[]byte](ctx, q, db.F(`SELECT name FROM briefing_interpreter WHERE session = ?`, id))
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	name, err := b.house().Open(interpreterPlace(id), sealed)
	return string(name), err
}

// Subject is one subject of a session.
type Subject struct {
	Session, Topic string
	Version        int64
	Told           bool
}

// subjects are those of some sessions.
func subjects(ctx context.Context, q db.Q, sessions []string) (map[string][]Subject, error) {
	out := map[string][]Subject{}
	if len(sessions) == 0 {
		return out, nil
	}
	xs, err := db.Many[Subject](ctx, q, db.F(`SELECT s.session AS session, s.topic AS topic, s.version AS version, s.told AS told
		FROM briefing_subject s JOIN briefing_topic t ON t.id = s.topic WHERE`).With(db.In("s.session", sessions)).Then(`ORDER BY t.place, t.id`))
	for _, x := range xs {
		out[x.Session] = append(out[x.Session], x)
	}
	return out, err
}

// around are the sessions that may fall together with this one, and which of them have the same interpreter.
func (b *Briefing) around(ctx context.Context, q db.Q, s Session) (others []Session, same []string, err error) {
	if s.Who != "" {
		token := b.vault.Token(interpreterToken, folded(s.Who))
		same, err = db.Many[string](ctx, q, db.F(`SELECT i.session FROM briefing_interpreter i JOIN briefing_session s ON s.id = i.session WHERE i.token = ? AND s.at > ? AND s.at < ?`,
			token, s.At.Add(-minutesMost*time.Minute), s.End()))
		if err != nil {
			return nil, nil, err
		}
	}
	w := db.F(`leader = ?`, s.Leader).Or(db.In("id", same))
	if s.Room != "" {
		w = w.Or(db.F(`location = ? AND room = ?`, s.Location, s.Room))
	}
	others, err = db.Many[Session](ctx, q, db.F(`SELECT `+sessionColumns+` FROM briefing_session WHERE at > ? AND at < ? AND cancelled IS NULL AND (`, s.At.Add(-minutesMost*time.Minute), s.End()).With(w).Then(`)`))
	return others, same, err
}

// plan writes a session, new or changed. Two that fall together are refused here too, inside the transaction, because two
// colleagues may plan the same room at once: the log comes first, writers wait for each other at the head of its chain.
// When the leader or the day changes, what opened names to the old one ends.
func (b *Briefing) plan(ctx context.Context, tx *db.Tx, by access.Actor, s Session, topics []string) (string, error) {
	isNew := s.ID == ""
	event := "briefing.event.changed"
	if isNew {
		s.ID, event = db.ID("bs", tx.Now), "briefing.event.planned"
	}
	if err := log(ctx, tx, by, event, s.Location, s.ID); err != nil {
		return "", err
	}
	others, same, err := b.around(ctx, tx, s)
	if err != nil {
		return "", err
	}
	var fs fault.Fields
	if Clash(s, others, same, &fs); len(fs) > 0 {
		return "", fs.Err()
	}
	if isNew {
		_, err = db.Do(ctx, tx, db.F(`INSERT INTO briefing_session (id, team, location, room, kind, language, leader, at, minutes, seats, interpreter, how, gender, others, invited, came, missed, reason, version, made, made_by)
			VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,0,0,0,0,'',1,?,?)`, s.ID, s.Team, s.Location, s.Room, s.Kind, s.Language, s.Leader, s.At, s.Minutes, s.Seats, s.Interpreter, s.How, s.Gender, tx.Now, by.ID))
		if err != nil {
			return "", err
		}
	} else {
		taken, err := seated(ctx, tx, s.ID)
		if err != nil {
			return "", err
		}
		if taken > s.Seats {
			fs.Add("seats", "briefing.error.taken", "n", taken)
			return "", fs.Err()
		}
		n, err := db.Do(ctx, tx, db.F(`UPDATE briefing_session SET team = ?, location = ?, room = ?, kind = ?, language = ?, leader = ?, at = ?, minutes = ?, seats = ?, interpreter = ?, how = ?, gender = ?, version = version + 1
			WHERE id = ? AND version = ? AND held IS NULL AND cancelled IS NULL`, s.Team, s.Location, s.Room, s.Kind, s.Language, s.Leader, s.At, s.Minutes, s.Seats, s.Interpreter, s.How, s.Gender, s.ID, s.Version))
		if err != nil {
			return "", err
		}
		if n == 0 {
			return "", fault.New(fault.Conflict, "briefing.error.version")
		}
	}
	if err := b.putInterpreter(ctx, tx, s); err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM briefing_subject WHERE session = ?`, s.ID)); err != nil {
		return "", err
	}
	for _, t := range topics {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO briefing_subject (session, topic, version, told) SELECT ?, id, version, FALSE FROM briefing_topic WHERE id = ?`, s.ID, t)); err != nil {
			return "", err
		}
	}
	if isNew {
		return s.ID, nil
	}
	return s.ID, b.renewPasses(ctx, tx, s, by)
}

func (b *Briefing) putInterpreter(ctx context.Context, tx *db.Tx, s Session) error {
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM briefing_interpreter WHERE session = ?`, s.ID)); err != nil || s.Who == "" {
		return err
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO briefing_interpreter (session, name, token) VALUES (?,?,?)`, s.ID, b.house().Seal(interpreterPlace(s.ID), []byte(s.Who)), b.vault.Token(interpreterToken, folded(s.Who))))
	return err
}

// cancel cancels a session: everybody who was invited reads it on their own page and comes on the list of who must be
// invited again.
func (b *Briefing) cancel(ctx context.Context, tx *db.Tx, by access.Actor, s Session, reason string) error {
	if err := log(ctx, tx, by, "briefing.event.cancelled", s.Location, s.ID); err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE briefing_session SET cancelled = ?, reason = ?, version = version + 1 WHERE id = ? AND cancelled IS NULL AND held IS NULL`, tx.Now, reason, s.ID))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "briefing.error.version")
	}
	open, err := invitesOf(ctx, tx, s.ID, Open)
	if err != nil {
		return err
	}
	for _, i := range open {
		if err := b.setState(ctx, tx, i, Cancelled, "cancelled", by.ID); err != nil {
			return err
		}
	}
	return nil
}

// restore takes the cancelling back. Who was invited elsewhere meanwhile stays there.
func (b *Briefing) restore(ctx context.Context, tx *db.Tx, by access.Actor, s Session) error {
	if err := log(ctx, tx, by, "briefing.event.restored", s.Location, s.ID); err != nil {
		return err
	}
	s, err := session(ctx, tx, s.ID)
	if err != nil {
		return err
	}
	if !s.Undoable(tx.Now) {
		return fault.New(fault.Conflict, "briefing.error.undo")
	}
	s.Cancelled = time.Time{}
	if s.Who, err = b.interpreterOf(ctx, tx, s.ID); err != nil {
		return err
	}
	others, same, err := b.around(ctx, tx, s)
	if err != nil {
		return err
	}
	var fs fault.Fields
	if Clash(s, others, same, &fs); len(fs) > 0 {
		return fault.New(fault.Conflict, "briefing.error.filled")
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE briefing_session SET cancelled = NULL, reason = '', version = version + 1 WHERE id = ?`, s.ID)); err != nil {
		return err
	}
	gone, err := invitesOf(ctx, tx, s.ID, Cancelled)
	if err != nil {
		return err
	}
	for _, i := range gone {
		n, err := elsewhere(ctx, tx, i.Person, s.ID, tx.Now)
		if err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		if err := b.setState(ctx, tx, i, Open, "restored", by.ID); err != nil {
			return err
		}
		if err := b.pass(ctx, tx, s, i, by.ID); err != nil {
			return err
		}
	}
	return nil
}

// Closing is what is written down when a session is over.
type Closing struct {
	Told   []string // subjects
	Out    bool     // the interpreter fell out
	Others int
}

// close writes what was told, in the version of now, and the counts. Closing twice corrects.
func (b *Briefing) close(ctx context.Context, tx *db.Tx, by access.Actor, s Session, c Closing) error {
	if err := log(ctx, tx, by, "briefing.event.held", s.Location, s.ID); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE briefing_subject SET told = FALSE WHERE session = ?`, s.ID)); err != nil {
		return err
	}
	for _, t := range c.Told {
		// What was told before this correction keeps its version; only what is told for the first time takes that of now.
		q := db.F(`UPDATE briefing_subject SET told = TRUE WHERE session = ? AND topic = ?`, s.ID, t)
		if s.Held.IsZero() {
			q = db.F(`UPDATE briefing_subject SET told = TRUE, version = (SELECT t.version FROM briefing_topic t WHERE t.id = briefing_subject.topic) WHERE session = ? AND topic = ?`, s.ID, t)
		}
		if _, err := db.Do(ctx, tx, q); err != nil {
			return err
		}
	}
	interpreter := s.Interpreter
	switch {
	case c.Out && interpreter != "none":
		interpreter = "out"
	case !c.Out && interpreter == "out":
		interpreter = "booked"
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE briefing_session SET held = COALESCE(held, ?), interpreter = ?, others = ?, version = version + 1 WHERE id = ? AND cancelled IS NULL`, tx.Now, interpreter, c.Others, s.ID)); err != nil {
		return err
	}
	return recount(ctx, tx, s.ID)
}

// recount writes the counts of a session that was closed.
func recount(ctx context.Context, tx *db.Tx, id string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE briefing_session SET
		invited = (SELECT COUNT(*) FROM briefing_invite i WHERE i.session = briefing_session.id AND i.state IN ('open','declined')),
		came = (SELECT COUNT(*) FROM briefing_invite i WHERE i.session = briefing_session.id AND i.state = 'open' AND i.came IN ('came','late','left')),
		missed = (SELECT COUNT(*) FROM briefing_invite i WHERE i.session = briefing_session.id AND i.state = 'open' AND i.came = 'missed')
		WHERE id = ? AND held IS NOT NULL`, id))
	return err
}

// livePeople are the counts of sessions, from who is invited now.
func livePeople(ctx context.Context, q db.Q, sessions []string) (map[string]Tally, error) {
	type row struct {
		Session, State, Came string
		N                    int
	}
	out := map[string]Tally{}
	rs, err := db.Many[row](ctx, q, db.F(`SELECT session, state, came, COUNT(*) AS n FROM briefing_invite WHERE`).With(db.In("session", sessions)).Then(`GROUP BY session, state, came`))
	for _, r := range rs {
		t := out[r.Session]
		switch {
		case r.State == Open:
			t.Invited += r.N
			switch r.Came {
			case "came", "late", "left":
				t.Came += r.N
			case "missed":
				t.Missed += r.N
			}
		case r.State == Declined:
			t.Invited, t.Declined = t.Invited+r.N, t.Declined+r.N
		}
		out[r.Session] = t
	}
	return out, err
}

// sweep forgets who interpreted, some time after.
func (b *Briefing) sweep(ctx context.Context, now time.Time) error {
	var n int64
	err := b.db.Tx(ctx, func(tx *db.Tx) (err error) {
		n, err = db.Do(ctx, tx, db.F(`DELETE FROM briefing_interpreter WHERE session IN (SELECT id FROM briefing_session WHERE at <= ?)`, interpreterKept.Before(now)))
		return err
	})
	if err != nil || n == 0 {
		return err
	}
	return b.db.Scrub(ctx)
}
