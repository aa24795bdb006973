package feedback

// This file holds the capability itself and the SQL of notes and offers.

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
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Feedback is the capability.
type Feedback struct {
	db      *db.DB
	vault   *privacy.Vault
	org     *organisation.Store
	files   *dossier.Files
	working func(clock.Date) bool
	limit   web.Limit // complaints without a sign-in
	guesses web.Limit // codes that are tried
	voices  web.Limit // recordings, of which each takes room
	clean   func(context.Context, []byte) (bool, error)
	news    dossier.News
}

// LendNews hands over how a person hears that something is new. The app calls it once.
func (f *Feedback) LendNews(n dossier.News) { f.news = n }

// New makes it. Working says on which days people work. A whole reception centre may share one address, so that the limits are
// wide; a code is too long to be guessed with so many tries.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files, working func(clock.Date) bool) *Feedback {
	return &Feedback{db: d, vault: v, org: org, files: files, working: working,
		limit: web.Limit{Each: 30, All: 300, Within: time.Hour}, guesses: web.Limit{Each: 30, All: 1000, Within: time.Hour}, voices: web.Limit{Each: 20, All: 120, Within: time.Hour}}
}

// key seals the words: of the person, or of the house when they are of nobody.
func (f *Feedback) key(ctx context.Context, person string) (privacy.Key, error) {
	if person == "" {
		return f.vault.House("feedback"), nil
	}
	return f.vault.Key(ctx, person)
}

// newID is an id; one of something without a name tells no time.
func newID(kind, person string, now time.Time) string {
	if person != "" {
		return db.ID(kind, now)
	}
	return db.Blind(kind)
}

// log writes what a colleague did with something that a person said; without a person it is about nobody.
func log(ctx context.Context, tx *db.Tx, a access.Actor, event, person, object string) error {
	e := audit.Entry{Event: event, Subject: person, Actor: a.ID, ActorKind: string(a.Kind), Object: object, Session: a.Session}
	if person != "" {
		e.Why = "feedback"
	}
	return audit.Append(ctx, tx, e)
}

func notePlace(id string) string { return "feedback_note.body/" + id }

const noteColumns = `SELECT n.id, n.person, n.team, n.feel, n.about, n.lang, n.day, n.body, n.done, n.done_by FROM feedback_note n`

// putNote keeps what somebody thinks. Person is empty when they want no name.
func (f *Feedback) putNote(ctx context.Context, tx *db.Tx, person, team, tag string, in NoteInput) (string, error) {
	k, err := f.key(ctx, person)
	if err != nil {
		return "", err
	}
	id := newID("fn", person, tx.Now)
	var body []byte
	if in.Text != "" {
		body = k.Seal(notePlace(id), []byte(in.Text))
	}
	if in.About == "" {
		in.About = aboutOther
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO feedback_note (id, person, team, feel, about, lang, day, body, done_by) VALUES (?,?,?,?,?,?,?,?,'')`,
		id, person, team, in.Feel, in.About, tag, clock.Today(tx.Now), body))
	return id, err
}

// heard are the latest notes of some teams that this actor may know of: those without a name, and those of people whose
// file they may open. Words of the latter are not opened here.
func (f *Feedback) heard(ctx context.Context, a access.Actor, now time.Time, teams []string, most int) ([]Note, error) {
	ns, err := db.Many[Note](ctx, f.db, db.F(noteColumns).Then(`WHERE`).With(db.In("n.team", teams)).Then(`AND (n.person = '' OR`).
		With(access.Sees(a, now, access.DeskLevel, "n.person")).Then(`) ORDER BY CASE WHEN n.done IS NULL THEN 0 ELSE 1 END, n.day DESC, n.id LIMIT ?`, most))
	if err != nil {
		return nil, err
	}
	house := f.vault.House("feedback")
	for i := range ns {
		if ns[i].Person != "" || ns[i].Body == nil {
			continue
		}
		b, err := house.Open(notePlace(ns[i].ID), ns[i].Body)
		if err != nil {
			return nil, err
		}
		ns[i].Text = string(b)
	}
	return ns, nil
}

func (f *Feedback) note(ctx context.Context, id string) (Note, error) {
	return db.One[Note](ctx, f.db, db.F(noteColumns).Then(`WHERE n.id = ?`, id))
}

// readNote puts a note aside as read, or back.
func (f *Feedback) readNote(ctx context.Context, tx *db.Tx, id, by string, done bool) error {
	q := db.F(`UPDATE feedback_note SET done = NULL, done_by = '' WHERE id = ?`, id)
	if done {
		q = db.F(`UPDATE feedback_note SET done = ?, done_by = ? WHERE id = ?`, tx.Now, by, id)
	}
	_, err := db.Do(ctx, tx, q)
	return err
}

// unread counts the notes of some teams that nobody read, of those this actor may know of.
func (f *Feedback) unread(ctx context.Context, a access.Actor, now time.Time, teams []string) (int, error) {
	return db.One[int](ctx, f.db, db.F(`SELECT COUNT(*) FROM feedback_note n WHERE n.done IS NULL AND`).With(db.In("n.team", teams)).Then(`AND (n.person = '' OR`).
		With(access.Sees(a, now, access.DeskLevel, "n.person")).Then(`)`))
}

// months are the counts of some teams since a day, by team and month, newest month first. They count every note, also those
// of people whom the reader may not know: that is why small numbers are not told.
func (f *Feedback) months(ctx context.Context, teams []string, since clock.Date) ([]Month, error) {
	type row struct {
		Team, Month, Feel string
		N                 int
	}
	rs, err := db.Many[row](ctx, f.db, db.F(`SELECT team, SUBSTR(day, 1, 7) AS month, feel, COUNT(*) AS n FROM feedback_note WHERE day >= ? AND`, since).With(db.In("team", teams)).
		Then(`GROUP BY team, SUBSTR(day, 1, 7), feel ORDER BY SUBSTR(day, 1, 7) DESC, team`))
	if err != nil {
		return nil, err
	}
	type key struct{ team, month string }
	var order []key
	by := map[key]map[string]int{}
	for _, r := range rs {
		k := key{r.Team, r.Month}
		if by[k] == nil {
			by[k] = map[string]int{}
			order = append(order, k)
		}
		by[k][r.Feel] = r.N
	}
	var out []Month
	for _, k := range order {
		d, err := clock.ParseDate(k.month + "-01")
		if err != nil {
			return nil, fault.Wrap(fault.Internal, "read a month", err)
		}
		n := by[k]
		out = append(out, Monthly(k.team, d, n["good"], n["soso"], n["bad"]))
	}
	return out, nil
}

func offerPlace(id string) string { return "feedback_offer.body/" + id }

const offerColumns = `SELECT id, person, team, at, done, done_by, body FROM feedback_offer`

func (f *Feedback) putOffer(ctx context.Context, tx *db.Tx, k privacy.Key, person, team string, s Said) (string, error) {
	id := db.ID("fo", tx.Now)
	body, err := privacy.SealJSON(k, offerPlace(id), s)
	if err != nil {
		return "", err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO feedback_offer (id, person, team, at, done_by, body) VALUES (?,?,?,?,'',?)`, id, person, team, tx.Now, body))
	return id, err
}

// offers are those of some teams, what is open first, without what they say.
func (f *Feedback) offers(ctx context.Context, teams []string) ([]Offer, error) {
	return db.Many[Offer](ctx, f.db, db.F(`SELECT id, person, team, at, done, done_by FROM feedback_offer WHERE`).With(db.In("team", teams)).
		Then(`ORDER BY CASE WHEN done IS NULL THEN 0 ELSE 1 END, at DESC, id LIMIT 100`))
}

func (f *Feedback) openOffers(ctx context.Context, teams []string) (int, error) {
	return db.One[int](ctx, f.db, db.F(`SELECT COUNT(*) FROM feedback_offer WHERE done IS NULL AND`).With(db.In("team", teams)))
}

func (f *Feedback) offer(ctx context.Context, id string) (Offer, error) {
	return db.One[Offer](ctx, f.db, db.F(offerColumns).Then(`WHERE id = ?`, id))
}

func openOffer(k privacy.Key, o *Offer) error {
	return privacy.OpenJSON(k, offerPlace(o.ID), o.Body, &o.Said)
}

func (f *Feedback) settleOffer(ctx context.Context, tx *db.Tx, id, by string, done bool) error {
	q := db.F(`UPDATE feedback_offer SET done = NULL, done_by = '' WHERE id = ?`, id)
	if done {
		q = db.F(`UPDATE feedback_offer SET done = ?, done_by = ? WHERE id = ?`, tx.Now, by, id)
	}
	_, err := db.Do(ctx, tx, q)
	return err
}
