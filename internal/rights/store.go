package rights

// This file holds the capability itself and the SQL of requests and their steps.

import (
	"context"
	"embed"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Texts are the words of this capability.
//
//go:embed text/*.json
var Texts embed.FS

// Rights is the capability.
type Rights struct {
	db      *db.DB
	vault   *privacy.Vault
	org     *organisation.Store
	files   *dossier.Files
	working func(clock.Date) bool

	onPaper []dossier.Excerpt
	free    func(clock.Date) bool
	address string
	keepers func() []privacy.Keeper
	erase   func(ctx context.Context, person string) error
	news    dossier.News
}

// New makes it. Working says on which days people work.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files, working func(clock.Date) bool) *Rights {
	return &Rights{db: d, vault: v, org: org, files: files, working: working}
}

// Lend hands over who keeps what, for a copy, and how a person is forgotten. The app calls it once.
func (r *Rights) Lend(keepers func() []privacy.Keeper, erase func(ctx context.Context, person string) error) {
	r.keepers, r.erase = keepers, erase
}

// LendNews hands over how a person hears that something is new. The app calls it once.
func (r *Rights) LendNews(n dossier.News) { r.news = n }

// LendPaper hands over the parts of the paper that somebody takes along, the address of the house, and the days on which nobody
// works. The app calls it once.
func (r *Rights) LendPaper(address string, free func(clock.Date) bool, parts []dossier.Excerpt) {
	r.address, r.free, r.onPaper = address, free, parts
}

func bodyPlace(id string) string { return "rights_request.body/" + id }
func stepPlace(id string) string { return "rights_step.body/" + id }

const (
	heads   = `SELECT r.id, r.person, r.team, r.kind, r.how, r.lang, r.day, r.due, r.extended, r.asks, r.handler, r.made_by, r.outcome, r.ground, r.decided, r.effect, r.done, r.ready, r.version FROM rights_request r`
	columns = `SELECT r.id, r.person, r.team, r.kind, r.how, r.lang, r.day, r.due, r.extended, r.asks, r.handler, r.made_by, r.outcome, r.ground, r.decided, r.effect, r.done, r.ready, r.version, r.body FROM rights_request r`
)

// mostOpen is how many requests of one person can be open, so that nobody fills the desk.
const mostOpen = 12

// lodge keeps a request and tells its id. MadeBy is the colleague who wrote it down; empty when the person did.
func (r *Rights) lodge(ctx context.Context, tx *db.Tx, k privacy.Key, q Request, w Words) (string, error) {
	id := db.ID("rr", tx.Now)
	body, err := privacy.SealJSON(k, bodyPlace(id), w)
	if err != nil {
		return "", err
	}
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM rights_request WHERE person = ? AND decided IS NULL`, q.Person))
	if err != nil {
		return "", err
	}
	if n >= mostOpen {
		return "", fault.New(fault.TooMany, "rights.error.many")
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO rights_request (id, person, team, kind, how, lang, day, due, extended, asks, handler, made_by, outcome, ground, version, body)
		VALUES (?,?,?,?,?,?,?,?,FALSE,FALSE,'',?,'','',1,?)`, id, q.Person, q.Team, q.Kind, q.How, q.Lang, q.Day, Due(q.Day, false, r.working), q.MadeBy, body))
	return id, err
}

// giveCopy keeps that a person took a copy themselves: asked and given at once. It can be fetched for a day.
func (r *Rights) giveCopy(ctx context.Context, tx *db.Tx, k privacy.Key, q Request, w Words) (string, error) {
	id, err := r.lodge(ctx, tx, k, q, w)
	if err != nil {
		return "", err
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE rights_request SET outcome = 'granted', decided = ?, done = ?, ready = ? WHERE id = ?`, q.Day, q.Day, tx.Now.Add(copyFor), id))
	return id, err
}

func (r *Rights) request(ctx context.Context, q db.Q, id string) (Request, error) {
	return db.One[Request](ctx, q, db.F(columns).Then(`WHERE r.id = ?`, id))
}

func (q *Request) open(k privacy.Key) error {
	err := privacy.OpenJSON(k, bodyPlace(q.ID), q.Body, &q.Words)
	q.Body = nil
	return err
}

// ofPerson are all requests of a person, newest first, without what was said.
func ofPerson(ctx context.Context, q db.Q, person string) ([]Request, error) {
	return db.Many[Request](ctx, q, db.F(heads).Then(`WHERE r.person = ? ORDER BY r.day DESC, r.id DESC LIMIT 200`, person))
}

// desk are the requests of everybody, what must be answered first on top; only those with something to do when it says so.
func (r *Rights) desk(ctx context.Context, todo bool) ([]Request, error) {
	f := db.F(heads)
	if todo {
		f = f.Then(`WHERE r.done IS NULL AND NOT (r.kind = 'erase' AND r.decided IS NOT NULL) AND r.asks = FALSE`)
	}
	return db.Many[Request](ctx, r.db, f.Then(`ORDER BY CASE WHEN r.decided IS NULL THEN 0 WHEN r.done IS NULL THEN 1 ELSE 2 END, CASE WHEN r.decided IS NULL THEN r.due ELSE '' END, r.day DESC, r.id LIMIT 400`))
}

// carrying are the corrections and objections that were decided and must be carried out in files that somebody may change.
func (r *Rights) carrying(ctx context.Context, a access.Actor, now time.Time) ([]Request, error) {
	return db.Many[Request](ctx, r.db, db.F(heads).Then(`WHERE r.kind IN ('correct','object') AND r.decided IS NOT NULL AND r.done IS NULL AND`).
		With(access.Sees(a, now, access.File, "r.person")).Then(`ORDER BY r.decided, r.id LIMIT 20`))
}

// steps are what happened to a request, oldest first, with their words.
func steps(ctx context.Context, q db.Q, k privacy.Key, id string) ([]Step, error) {
	ss, err := db.Many[Step](ctx, q, db.F(`SELECT id, request, kind, outcome, ground, made_by, at, body FROM rights_step WHERE request = ? ORDER BY at, id`, id))
	for i := range ss {
		if err != nil || ss[i].Body == nil {
			continue
		}
		var b []byte
		if b, err = k.Open(stepPlace(ss[i].ID), ss[i].Body); err == nil {
			ss[i].Text, ss[i].Body = string(b), nil
		}
	}
	return ss, err
}

// step writes a step, and does what follows from it: restricts the use of a file or lets that end, opens a copy for a while.
// Somebody else who was faster is a conflict; so is a step that cannot follow any more. By is empty for the person.
func (r *Rights) step(ctx context.Context, tx *db.Tx, k privacy.Key, by, id string, version int64, in StepInput) error {
	q, err := r.request(ctx, tx, id)
	if err != nil {
		return err
	}
	today := clock.Today(tx.Now)
	if q.Version != version || !q.May(in.Step, today) {
		return fault.New(fault.Conflict, "rights.error.version")
	}
	n := q.After(in, by, today, r.working)
	if n.Kind == Copy && n.Granted() && n.Ready.IsZero() {
		n.Ready = tx.Now.AddDate(0, 0, Regret)
	}
	m, err := db.Do(ctx, tx, db.F(`UPDATE rights_request SET due = ?, extended = ?, asks = ?, handler = ?, outcome = ?, ground = ?, decided = ?, effect = ?, done = ?, ready = ?, version = version + 1 WHERE id = ? AND version = ?`,
		n.Due, n.Extended, n.Asks, n.Handler, n.Outcome, n.Ground, n.Decided, n.Effect, n.Done, n.Ready, id, version))
	if err != nil {
		return err
	}
	if m != 1 {
		return fault.New(fault.Conflict, "rights.error.version")
	}
	if by != "" {
		if err := r.news.Tell(ctx, tx, q.Person); err != nil {
			return err
		}
	}
	switch {
	case q.Kind == Less && in.Step == Decide && n.Granted():
		err = r.files.Restrict(ctx, tx, q.Person)
	case in.Step == Lifted:
		err = r.files.Unrestrict(ctx, tx, q.Person, today.AddDays(liftAfter).In(clock.Netherlands))
	case in.Step == Ended:
		err = r.files.Unrestrict(ctx, tx, q.Person, tx.Now)
	}
	if err != nil {
		return err
	}
	s := db.ID("rt", tx.Now)
	var body []byte
	if in.Text != "" {
		body = k.Seal(stepPlace(s), []byte(in.Text))
	}
	outcome, ground := "", ""
	if in.Step == Decide {
		outcome, ground = in.Outcome, n.Ground
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO rights_step (id, request, kind, outcome, ground, at, made_by, body) VALUES (?,?,?,?,?,?,?,?)`, s, id, in.Step, outcome, ground, tx.Now, by, body))
	return err
}

// whyRights is the reason that the log tells for the privacy officer, who has no grant on the file.
const whyRights = "rights"

// log writes what the privacy officer did with a request.
func log(ctx context.Context, tx *db.Tx, a access.Actor, event, person, object string) error {
	return audit.Append(ctx, tx, audit.Entry{Event: event, Subject: person, Actor: a.ID, ActorKind: string(a.Kind), Role: string(access.Privacy), Why: whyRights, Object: object, Session: a.Session})
}

// due are those whose erasure waited long enough, and those at whom the program stopped halfway.
func (r *Rights) dueErasures(ctx context.Context, today clock.Date) ([]string, error) {
	return db.Many[string](ctx, r.db, db.F(`SELECT person FROM rights_request WHERE kind = 'erase' AND outcome = 'granted' AND done IS NULL AND effect <= ?
		UNION SELECT person FROM rights_erasing`, today))
}

// eraseDue erases them. One that fails does not stop the others.
func (r *Rights) eraseDue(ctx context.Context, now time.Time) error {
	people, err := r.dueErasures(ctx, clock.Today(now))
	if err != nil {
		return err
	}
	var failed error
	for _, p := range people {
		if err := r.eraseOne(ctx, p); err != nil && failed == nil {
			failed = err
		}
	}
	return failed
}

func (r *Rights) eraseOne(ctx context.Context, person string) error {
	err := r.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Do(ctx, tx, db.F(`INSERT INTO rights_erasing (person, since) VALUES (?,?) ON CONFLICT (person) DO NOTHING`, person, tx.Now))
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{Event: "rights.event.erased", Subject: person, Actor: "system", ActorKind: string(access.Machine), Why: whyRights})
	})
	if err != nil {
		return err
	}
	if err := r.erase(ctx, person); err != nil {
		return err
	}
	return r.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Do(ctx, tx, db.F(`DELETE FROM rights_erasing WHERE person = ?`, person))
		return err
	})
}
