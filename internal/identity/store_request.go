package identity

// This file holds the SQL of requests to be let into a file, and of the reviews of who asked about people elsewhere.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Request asks those responsible for a file to let a colleague in for some days.
type Request struct {
	ID       string
	Person   string
	Pair     string
	Asker    string
	Reader   string // who is let in: the asker, or the colleague for whom a leader asks
	At       time.Time
	Reason   []byte
	State    string // waiting, yes, no, back
	Answered time.Time
	Answerer string
	Reply    []byte
	Access   string
	Until    time.Time

	Why  string `db:"-"`
	Said string `db:"-"`
}

// The states of a request.
const (
	waiting = "waiting"
	yes     = "yes"
	no      = "no"
	back    = "back" // taken back by the asker
)

const requestColumns = `r.id, r.person, COALESCE(r.pair, '') AS pair, r.asker, r.reader, r.at, r.reason, r.state, r.answered, COALESCE(r.answerer, '') AS answerer, r.reply, COALESCE(r.access, '') AS access, r.until`

func reasonPlace(id string) string { return "identity_request.reason/" + id }
func replyPlace(id string) string  { return "identity_request.reply/" + id }

// ask writes a request. One that waits already is left as it is, and its id given.
func (i *Identity) ask(ctx context.Context, tx *db.Tx, a access.Actor, person, pair, reader, reason string) (string, error) {
	old, err := db.One[string](ctx, tx, db.F(`SELECT id FROM identity_request WHERE person = ? AND asker = ? AND reader = ? AND state = ?`, person, a.ID, reader, waiting))
	if err == nil || !fault.Is(err, fault.NotFound) {
		return old, err
	}
	k, err := i.vault.Key(ctx, person)
	if err != nil {
		return "", err
	}
	id := db.ID("ir", tx.Now)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO identity_request (id, person, pair, asker, reader, at, reason, state) VALUES (?,?,?,?,?,?,?,?)`,
		id, person, none(pair), a.ID, reader, tx.Now, k.Seal(reasonPlace(id), []byte(reason)), waiting)); err != nil {
		return "", err
	}
	return id, requestNote(ctx, tx, a, Request{ID: id, Person: person, Reader: reader}, "identity.event.asked")
}

func requestNote(ctx context.Context, tx *db.Tx, a access.Actor, r Request, event string) error {
	e := audit.Entry{Event: event, Subject: r.Person, Actor: a.ID, ActorKind: string(a.Kind), Role: roleOf(a), Object: r.ID, Session: a.Session}
	if r.Reader != a.ID {
		e.OnBehalf = r.Reader
	}
	return audit.Append(ctx, tx, e)
}

// requestOf reads one request, still sealed.
func requestOf(ctx context.Context, q db.Q, id string) (Request, error) {
	return db.One[Request](ctx, q, db.F(`SELECT `+requestColumns+` FROM identity_request r WHERE r.id = ?`, id))
}

// openRequest opens the words of a request: for the asker and for those responsible.
func (i *Identity) openRequest(ctx context.Context, r *Request) error {
	k, err := i.vault.Key(ctx, r.Person)
	if err != nil {
		return err
	}
	return r.open(k)
}

func (r *Request) open(k privacy.Key) error {
	b, err := k.Open(reasonPlace(r.ID), r.Reason)
	if err != nil {
		return err
	}
	r.Why = string(b)
	if len(r.Reply) == 0 {
		return nil
	}
	if b, err = k.Open(replyPlace(r.ID), r.Reply); err == nil {
		r.Said = string(b)
	}
	return err
}

// asked are the requests that somebody made, newest first.
func asked(ctx context.Context, q db.Q, actor string, n int) ([]Request, error) {
	return db.Many[Request](ctx, q, db.F(`SELECT `+requestColumns+` FROM identity_request r WHERE r.asker = ? OR r.reader = ? ORDER BY r.at DESC, r.id LIMIT ?`, actor, actor, n))
}

// toAnswer are the requests that wait for an answer of somebody: who carries the file, or leads its team. Nobody answers
// their own.
func (i *Identity) toAnswer(ctx context.Context, a access.Actor, now time.Time) ([]Request, error) {
	all, err := db.Many[Request](ctx, i.db, db.F(`SELECT `+requestColumns+` FROM identity_request r WHERE r.state = ? AND r.asker <> ? AND r.reader <> ? AND (`, waiting, a.ID, a.ID).
		With(access.Sees(a, now, access.File, "r.person").Or(teamsOf(a))).Then(`) ORDER BY r.at, r.id LIMIT 200`))
	if err != nil {
		return nil, err
	}
	var out []Request
	for _, r := range all {
		ok, err := i.speaks(ctx, i.db, a, r.Person, now)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, r)
		}
	}
	return out, nil
}

// answer writes yes or no. A yes gives the reader the file for some days, at the level of a desk: enough to compare.
func (i *Identity) answer(ctx context.Context, tx *db.Tx, a access.Actor, id string, ok bool, words string) error {
	r, err := requestOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if r.State != waiting {
		return fault.New(fault.Conflict, "identity.error.meanwhile")
	}
	k, err := i.vault.Key(ctx, r.Person)
	if err != nil {
		return err
	}
	state, event := no, "identity.event.refused"
	var grant, until any
	if ok {
		state, event = yes, "identity.event.letin"
		team, err := i.files.Team(ctx, tx, r.Person)
		if err != nil {
			return err
		}
		end := tx.Now.Add(letInFor)
		g, err := access.Give(ctx, tx, access.Grant{Subject: r.Person, Holder: "user:" + r.Reader, Why: access.Asked, Level: access.DeskLevel, GivenBy: a.ID, Place: team, Until: end})
		if err != nil {
			return err
		}
		grant, until = g, end
	}
	var reply any
	if words != "" {
		reply = k.Seal(replyPlace(id), []byte(words))
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE identity_request SET state = ?, answered = ?, answerer = ?, reply = ?, access = ?, until = ? WHERE id = ? AND state = ?`,
		state, tx.Now, a.ID, reply, grant, until, id, waiting)); err != nil {
		return err
	}
	return requestNote(ctx, tx, a, r, event)
}

// takeBack ends a request before it is answered, or the access that it gave. The asker may, and those responsible.
func (i *Identity) takeBack(ctx context.Context, tx *db.Tx, a access.Actor, id string) error {
	r, err := requestOf(ctx, tx, id)
	if err != nil {
		return err
	}
	switch r.State {
	case waiting:
	case yes:
		if err := access.End(ctx, tx, r.Access); err != nil {
			return err
		}
	default:
		return fault.New(fault.Conflict, "identity.error.meanwhile")
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE identity_request SET state = ?, until = ? WHERE id = ?`, back, tx.Now, id)); err != nil {
		return err
	}
	return requestNote(ctx, tx, a, r, "identity.event.takenback")
}

// Review is what somebody found about the questions of a colleague on one day.
type Review struct {
	Actor, Day string
	At         time.Time
	By         string
	Verdict    string // fine, talk, wrong
	Words      []byte
	Text       string `db:"-"`
}

// Verdicts are what a review may find.
var Verdicts = []string{"fine", "talk", "wrong"}

func reviewPlace(actor, day string) string { return "identity_review.words/" + actor + "/" + day }

const reviewColumns = `actor, day, at, by, verdict, words`

// reviews are all since a day.
func reviews(ctx context.Context, q db.Q, since string) (map[string]Review, error) {
	rs, err := db.Many[Review](ctx, q, db.F(`SELECT `+reviewColumns+` FROM identity_review WHERE day >= ?`, since))
	out := make(map[string]Review, len(rs))
	for _, r := range rs {
		out[r.Actor+"/"+r.Day] = r
	}
	return out, err
}

// reviewOf is the review of one day; none is the zero Review.
func (i *Identity) reviewOf(ctx context.Context, q db.Q, actor, day string) (Review, error) {
	r, err := db.One[Review](ctx, q, db.F(`SELECT `+reviewColumns+` FROM identity_review WHERE actor = ? AND day = ?`, actor, day))
	if fault.Is(err, fault.NotFound) {
		return Review{}, nil
	}
	if err != nil || len(r.Words) == 0 {
		return r, err
	}
	b, err := i.house.Open(reviewPlace(actor, day), r.Words)
	r.Text = string(b)
	return r, err
}

// review writes what was found; a later finding takes the place of an earlier one, and the log keeps both.
func (i *Identity) review(ctx context.Context, tx *db.Tx, a access.Actor, actor, day, verdict, words string) error {
	var sealed []byte
	if words != "" {
		sealed = i.house.Seal(reviewPlace(actor, day), []byte(words))
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO identity_review (actor, day, at, by, verdict, words) VALUES (?,?,?,?,?,?)
		ON CONFLICT (actor, day) DO UPDATE SET at = excluded.at, by = excluded.by, verdict = excluded.verdict, words = excluded.words`, actor, day, tx.Now, a.ID, verdict, sealed)); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "identity.event.reviewed." + verdict, Actor: a.ID, ActorKind: string(a.Kind), Role: roleOf(a), Object: actor + "/" + day, Session: a.Session})
}
