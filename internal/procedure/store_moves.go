package procedure

// This file keeps which dates moved without the colleague who minds them having moved them, until that colleague has seen
// it. The versions of the deadlines hold the dates; here stands only that somebody is to be told.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// Move is one date that moved.
type Move struct {
	ID     string
	Track  string
	Person string
	Owner  string
	Team   string
	Old    string // version of the deadline; empty: the date is new
	Fresh  string // empty: it is gone
	Why    string // rules or fact
	At     time.Time
	Seen   time.Time
	SeenBy string
}

const moveColumns = `SELECT m.id, m.track, m.person, m.owner, m.team, m.old, m.fresh, m.why, m.at, m.seen, m.seen_by FROM procedure_move m`

// moved says whether a change of a deadline is one to tell: its day is another, or it appeared or went away by new rules.
func (c Change) moved(why string) bool {
	switch {
	case c.Old.ID == "":
		return why == "rules" && c.New.State == "open"
	case c.New.ID == "":
		return c.Old.State == "open"
	}
	return c.Old.Safe != c.New.Safe && c.New.State != "met"
}

// movesOf counts changes of deadlines.
func movesOf(cs []Change) Moves {
	m := Moves{Tracks: 1}
	for _, c := range cs {
		switch {
		case !c.moved("rules"):
			m.Other++
		case c.Old.ID == "" || c.Old.Safe.IsZero():
			m.Fresh++
		case c.New.ID == "" || c.New.Safe.IsZero():
			m.Gone++
		case c.New.Safe.Before(c.Old.Safe):
			m.Earlier++
		default:
			m.Later++
		}
	}
	return m
}

// tell writes down which dates moved. Whoever minds the dates and moved them knows it already.
func tell(ctx context.Context, tx *db.Tx, why, by string, ts ...renewed) error {
	var rows [][]any
	for _, t := range ts {
		var seen time.Time
		seenBy := ""
		if by != "" && by == t.Owner {
			seen, seenBy = tx.Now, by
		}
		for _, c := range t.Changes {
			if c.moved(why) {
				rows = append(rows, []any{db.ID("mv", tx.Now), t.ID, t.Person, t.Owner, t.Team, c.Old.ID, c.New.ID, why, tx.Now, seen, seenBy})
			}
		}
	}
	return db.Insert(ctx, tx, db.F(`INSERT INTO procedure_move (id, track, person, owner, team, old, fresh, why, at, seen, seen_by) VALUES`), rows)
}

// unseen are the moves that a colleague has not seen yet: of dates they mind, or that nobody minds in a file they may see.
func unseen(ctx context.Context, q db.Q, a access.Actor, now time.Time, n int) ([]Move, error) {
	return db.Many[Move](ctx, q, db.F(moveColumns).Then(`WHERE m.owner IN (?, '') AND m.seen IS NULL AND`, a.ID).
		With(access.Sees(a, now, access.File, "m.person")).Then(`ORDER BY m.at DESC, m.id DESC LIMIT ?`, n))
}

// see marks moves as seen by a colleague, up to the instant at which the page was made: a date that moved meanwhile is told
// again.
func see(ctx context.Context, tx *db.Tx, a access.Actor, until time.Time) (int64, error) {
	return db.Do(ctx, tx, db.F(`UPDATE procedure_move SET seen = ?, seen_by = ? WHERE owner IN (?, '') AND seen IS NULL AND at <= ? AND`,
		tx.Now, a.ID, a.ID, until).With(access.Sees(a, tx.Now, access.File, "person")))
}

// movedSince are the moves of one person's dates since an instant, newest first.
func movedSince(ctx context.Context, q db.Q, person string, since time.Time) ([]Move, error) {
	return db.Many[Move](ctx, q, db.F(moveColumns).Then(`WHERE m.person = ? AND m.at >= ? ORDER BY m.at DESC, m.id DESC`, person, max(0, since.UnixMilli())))
}

// rowsOf are versions of deadlines, by id.
func rowsOf(ctx context.Context, q db.Q, ids []string) (map[string]Row, error) {
	rows, err := db.Many[Row](ctx, q, db.F(rowColumns+` WHERE`).With(db.In("d.id", ids)))
	out := make(map[string]Row, len(rows))
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, err
}

// wasOn is the day that a date of a person had before it moved lately, by the id of its present version.
func wasOn(ctx context.Context, q db.Q, person string, since time.Time) (map[string]clock.Date, error) {
	ms, err := movedSince(ctx, q, person, since)
	if err != nil || len(ms) == 0 {
		return nil, err
	}
	var ids []string
	for _, m := range ms {
		if m.Old != "" {
			ids = append(ids, m.Old)
		}
	}
	rows, err := rowsOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	out := map[string]clock.Date{}
	for _, m := range ms {
		if was := rows[m.Old]; m.Fresh != "" && !was.Safe.IsZero() {
			out[m.Fresh] = was.Safe
		}
	}
	return out, nil
}
