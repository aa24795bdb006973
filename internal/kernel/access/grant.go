package access

// This file holds grants: every reason to see a file is one row of access_grant, and Sees is the one question to it.

import (
	"context"
	"embed"
	"slices"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Why is the reason of a grant.
type Why string

// The reasons, strongest first: when several hold, the log tells the most ordinary one that explains the look.
const (
	Self       Why = "self"
	Assignment Why = "assignment"
	Registered Why = "registered"
	Deputy     Why = "deputy"
	Offered    Why = "offered" // it is offered to somebody, who reads it before they take it over
	Escalation Why = "escalation"
	Asked      Why = "asked"     // those responsible said yes to a request, for some days
	Companion  Why = "companion" // goes along to an appointment, and sees what that takes for as long as it takes
	Guardian   Why = "guardian"  // an adult who sees something for a child
	Presence   Why = "presence"
	Alarm      Why = "alarm" // somebody may be removed to danger, and this colleague said that they are on it
	BreakGlass Why = "breakglass"
)

// Whys are the reasons there can be, in the order of strength. Each has its words where looks are shown.
var Whys = []Why{Self, Assignment, Registered, Deputy, Offered, Escalation, Asked, Companion, Guardian, Presence, Alarm, BreakGlass}

// Consent is never a grant: it stands in the log only, for somebody outside, whose reason is asked of the ledger of consents at
// every request. A row here would be a second truth beside it.
const Consent Why = "consent"

// Grant is one reason to see one subject. A zero Until stands until it is ended.
type Grant struct {
	ID      string
	Subject string
	Holder  string
	Why     Why
	Level   Level
	GivenBy string
	Place   string // the team or desk it belongs to
	Since   time.Time
	Until   time.Time
	Ended   time.Time
}

// Opens says whether this grant lets the actor in, now and at this level. It is the same decision as the predicate of
// Sees, in Go; a test holds the two against each other.
func (g Grant) Opens(a Actor, now time.Time, level Level) bool {
	if a.Kind == Guest || a.Kind == "" || level == 0 || g.Level < level || !g.Ended.IsZero() || now.Before(g.Since) || (!g.Until.IsZero() && !now.Before(g.Until)) {
		return false
	}
	for _, h := range a.Holders {
		if h == g.Holder {
			return true
		}
	}
	return false
}

// expr is a constant SQL expression, such as "p.id".
type expr string

// Sees is the predicate: the actor holds a live grant of at least this level on the subject.
func Sees(a Actor, now time.Time, level Level, subject expr) db.Frag {
	if a.Kind == Guest || a.Kind == "" || level == 0 || len(a.Holders) == 0 {
		return db.F(`FALSE`)
	}
	f := db.F(`EXISTS (SELECT 1 FROM access_grant g WHERE g.subject =`)
	f.SQL += " " + string(subject) // a constant of the program, see expr
	return f.Then(`AND`).With(stands(a, now, level)).Then(`)`)
}

// Holds is Sees, read the other way round: from what the actor holds to the rows. It is for a list that would otherwise ask of every
// row of the house whether it may be seen.
func Holds(a Actor, now time.Time, level Level, subject expr) db.Frag {
	if a.Kind == Guest || a.Kind == "" || level == 0 || len(a.Holders) == 0 {
		return db.F(`FALSE`)
	}
	f := db.F("")
	f.SQL = string(subject) // a constant of the program, see expr
	return f.Then(`IN (SELECT g.subject FROM access_grant g WHERE`).With(stands(a, now, level)).Then(`)`)
}

// stands is the condition that a grant stands now and opens this much to the actor.
func stands(a Actor, now time.Time, level Level) db.Frag {
	return db.F(`g.ended IS NULL AND g.since <= ? AND (g.until IS NULL OR g.until > ?) AND g.level >= ? AND`, now, now, int(level)).
		With(db.In("g.holder", a.Holders))
}

// live is the condition that a grant stands now.
func live(now time.Time) db.Frag {
	return db.F(`ended IS NULL AND since <= ? AND (until IS NULL OR until > ?)`, now, now)
}

// strength orders the reasons for the log, as Whys does; a test holds the two against each other.
const strength = `CASE why WHEN 'self' THEN 0 WHEN 'assignment' THEN 1 WHEN 'registered' THEN 2 WHEN 'deputy' THEN 3 WHEN 'offered' THEN 4 WHEN 'escalation' THEN 5
	WHEN 'asked' THEN 6 WHEN 'companion' THEN 7 WHEN 'guardian' THEN 8 WHEN 'presence' THEN 9 WHEN 'alarm' THEN 10 ELSE 11 END`

const columns = `id, subject, holder, why, level, given_by, place, since, until, ended`

// Find is the reason for which the actor may see the subject now. None is fault.NotFound, as for a subject that does
// not exist.
func Find(ctx context.Context, q db.Q, a Actor, subject string, level Level, now time.Time) (Grant, error) {
	if a.Kind == Guest || a.Kind == "" || level == 0 || len(a.Holders) == 0 {
		return Grant{}, fault.Gone()
	}
	return db.One[Grant](ctx, q, db.F(`SELECT `+columns+` FROM access_grant WHERE subject = ? AND`, subject).With(live(now)).Then(`AND level >= ? AND`, int(level)).
		With(db.In("holder", a.Holders)).Then(`ORDER BY level DESC, `+strength+`, since LIMIT 1`))
}

// Give writes a grant and tells its id.
func Give(ctx context.Context, tx *db.Tx, g Grant) (string, error) {
	if g.ID == "" {
		g.ID = db.ID("g", tx.Now)
	}
	if g.Since.IsZero() {
		g.Since = tx.Now
	}
	if g.Subject == "" || g.Holder == "" || !slices.Contains(Whys, g.Why) || g.Level == 0 {
		return "", fault.New(fault.Internal, "")
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO access_grant (id, subject, holder, why, level, given_by, place, since, until) VALUES (?,?,?,?,?,?,?,?,?)`,
		g.ID, g.Subject, g.Holder, string(g.Why), int(g.Level), g.GivenBy, g.Place, g.Since, g.Until))
	return g.ID, err
}

// End ends a grant; the next request already feels it.
func End(ctx context.Context, tx *db.Tx, id string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE access_grant SET ended = ? WHERE id = ? AND ended IS NULL`, tx.Now, id))
	return err
}

// EndHeld ends what one holder has on a subject for one reason.
func EndHeld(ctx context.Context, tx *db.Tx, subject, holder string, why Why) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE access_grant SET ended = ? WHERE subject = ? AND holder = ? AND why = ? AND ended IS NULL`, tx.Now, subject, holder, string(why)))
	return err
}

// Extend moves the end of a grant that still stands.
func Extend(ctx context.Context, tx *db.Tx, id string, until time.Time) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE access_grant SET until = ? WHERE id = ? AND ended IS NULL`, until, id))
	return err
}

// Holding lists the subjects on which one of the holders has a live grant, newest grant first.
func Holding(ctx context.Context, q db.Q, holders []string, level Level, now time.Time, limit int) ([]string, error) {
	return db.Many[string](ctx, q, db.F(`SELECT subject FROM access_grant WHERE`).With(live(now)).Then(`AND level >= ? AND`, int(level)).
		With(db.In("holder", holders)).Then(`GROUP BY subject ORDER BY MAX(since) DESC, subject LIMIT ?`, limit))
}

// Held is a subject on which somebody has live grants, and the highest level of them.
type Held struct {
	Subject string
	Level   Level
}

// AllHeld lists every subject on which one of the holders has a live grant, for what looks at all of somebody's files.
func AllHeld(ctx context.Context, q db.Q, holders []string, now time.Time) ([]Held, error) {
	return db.Many[Held](ctx, q, db.F(`SELECT subject, MAX(level) AS level FROM access_grant WHERE`).With(live(now)).Then(`AND`).
		With(db.In("holder", holders)).Then(`GROUP BY subject ORDER BY subject`))
}

// OfSubject lists all grants on a subject, newest first: who could see, and why.
func OfSubject(ctx context.Context, q db.Q, subject string) ([]Grant, error) {
	return db.Many[Grant](ctx, q, db.F(`SELECT `+columns+` FROM access_grant WHERE subject = ? ORDER BY since DESC, id DESC`, subject))
}

// Live lists the grants on some subjects that stand now for one of these reasons, oldest first.
func Live(ctx context.Context, q db.Q, subjects []string, now time.Time, whys ...Why) ([]Grant, error) {
	var out []Grant
	for some := range slices.Chunk(subjects, 500) { // a statement takes a bounded number of values
		gs, err := db.Many[Grant](ctx, q, db.F(`SELECT `+columns+` FROM access_grant WHERE`).With(live(now)).Then(`AND`).
			With(db.In("subject", some)).Then(`AND`).With(db.In("why", whys)).Then(`ORDER BY since, id`))
		if err != nil {
			return nil, err
		}
		out = append(out, gs...)
	}
	return out, nil
}

// Unheld is the predicate: nobody holds a live grant on the subject for one of these reasons.
func Unheld(now time.Time, subject expr, whys ...Why) db.Frag {
	f := db.F(`NOT EXISTS (SELECT 1 FROM access_grant g WHERE g.subject =`)
	f.SQL += " " + string(subject) // a constant of the program, see expr
	return f.Then(`AND g.ended IS NULL AND g.since <= ? AND (g.until IS NULL OR g.until > ?) AND`, now, now).With(db.In("g.why", whys)).Then(`)`)
}

// Forget removes every grant on a subject that is erased.
func Forget(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.Do(ctx, tx, db.F(`DELETE FROM access_grant WHERE subject = ?`, subject))
	return err
}

// EndAll ends everything that one holder has on a subject, for whatever reason.
func EndAll(ctx context.Context, tx *db.Tx, subject, holder string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE access_grant SET ended = ? WHERE subject = ? AND holder = ? AND ended IS NULL`, tx.Now, subject, holder))
	return err
}

// EndHolder ends everything that one holder has anywhere, and tells how much that was.
func EndHolder(ctx context.Context, tx *db.Tx, holder string) (int64, error) {
	return db.Do(ctx, tx, db.F(`UPDATE access_grant SET ended = ? WHERE holder = ? AND ended IS NULL`, tx.Now, holder))
}

// HeldBy lists the grants that one holder has now, oldest first.
func HeldBy(ctx context.Context, q db.Q, holder string, now time.Time) ([]Grant, error) {
	return db.Many[Grant](ctx, q, db.F(`SELECT `+columns+` FROM access_grant WHERE holder = ? AND`, holder).With(live(now)).Then(`ORDER BY since, id`))
}
