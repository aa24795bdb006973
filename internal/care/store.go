package care

// This file holds the SQL of needs, and of why they are needed.

import (
	"context"
	"embed"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
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

// Care is the capability.
type Care struct {
	db    *db.DB
	org   *organisation.Store
	files *dossier.Files
}

// New makes the capability.
func New(d *db.DB, org *organisation.Store, files *dossier.Files) *Care {
	return &Care{db: d, org: org, files: files}
}

func needPlace(id string) string       { return "care_need.body/" + id }
func backgroundPlace(id string) string { return "care_background.body/" + id }
func schoolPlace(id string) string     { return "care_school.body/" + id }
func doctorPlace(id string) string     { return "care_doctor.body/" + id }
func noticePlace(id string) string     { return "care_notice.body/" + id }

// own says whether it is the person who does something.
func own(f dossier.File) bool { return f.Who().Kind == access.IsSelf }

// most is how many rows of one sort a person may have: far more than anybody has.
const most = 400

func few(ctx context.Context, tx *db.Tx, of db.Frag) error {
	n, err := db.One[int](ctx, tx, of)
	if err == nil && n >= most {
		err = fault.New(fault.Invalid, "care.error.many")
	}
	return err
}

const needColumns = `n.id, n.person, n.desk, n.own, n.made_by, n.at, n.review, n.removed, n.removed_by, n.body, EXISTS (SELECT 1 FROM care_background b WHERE b.need = n.id) AS back`

func needs(ctx context.Context, q db.Q, k privacy.Key, of db.Frag) ([]Need, error) {
	ns, err := db.Many[Need](ctx, q, db.F(`SELECT `+needColumns+` FROM care_need n WHERE`).With(of).Then(`ORDER BY n.at, n.id`))
	return privacy.OpenAll(k, ns, err, func(x *Need) (string, []byte, any) { return needPlace(x.ID), x.Body, &x.What })
}

// needsOf are all needs of a person.
func needsOf(ctx context.Context, q db.Q, f dossier.File) ([]Need, error) {
	return needs(ctx, q, f.Key(), db.F(`n.person = ?`, f.ID()))
}

// deskNeeds are those that a desk may open.
func deskNeeds(ctx context.Context, q db.Q, f dossier.File) ([]Need, error) {
	return needs(ctx, q, f.Key(), db.F(`n.person = ? AND n.desk = TRUE AND n.removed IS NULL`, f.ID()))
}

// need is one need of this person; another's is not there.
func need(ctx context.Context, q db.Q, f dossier.File, id string) (Need, error) {
	return db.First(needs(ctx, q, f.Key(), db.F(`n.person = ? AND n.id = ?`, f.ID(), id)))
}

// addNeed writes a need; words are its background, which only the writer can read until they name others.
func addNeed(ctx context.Context, tx *db.Tx, f dossier.File, t NeedText, review clock.Date, words string) error {
	if err := few(ctx, tx, db.F(`SELECT COUNT(*) FROM care_need WHERE person = ?`, f.ID())); err != nil {
		return err
	}
	code, _ := codeOf(t.Code)
	n := Need{ID: db.ID("cn", tx.Now), Person: f.ID(), Desk: code.Desk, Own: own(f), MadeBy: f.Who().ID, At: tx.Now, Review: review, What: t}
	if err := putNeed(ctx, tx, f.Key(), n); err != nil {
		return err
	}
	if err := f.Log(ctx, tx, "care.event.need", n.ID); err != nil || words == "" {
		return err
	}
	return setBackground(ctx, tx, f, n.ID, words)
}

func putNeed(ctx context.Context, tx *db.Tx, k privacy.Key, n Need) error {
	body, err := privacy.SealJSON(k, needPlace(n.ID), n.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO care_need (id, person, desk, own, made_by, at, review, removed_by, body) VALUES (?,?,?,?,?,?,?,'',?)`,
		n.ID, n.Person, n.Desk, n.Own, n.MadeBy, n.At, n.Review, body))
	return err
}

// removeNeed takes a need back, or puts it back. The person may take back every need, whoever wrote it; what the person
// took back, only the person puts back.
func removeNeed(ctx context.Context, tx *db.Tx, f dossier.File, id string, undo bool) error {
	do := db.F(`UPDATE care_need SET removed = ?, removed_by = ? WHERE id = ? AND person = ? AND removed IS NULL`, tx.Now, f.Who().ID, id, f.ID())
	if undo {
		do = db.F(`UPDATE care_need SET removed = NULL, removed_by = '' WHERE id = ? AND person = ? AND removed > ? AND (removed_by = ? OR removed_by <> ?)`,
			id, f.ID(), tx.Now.Add(-TakenBack), f.Who().ID, f.ID())
	}
	return logged(ctx, tx, f, do, "care.event.need", id)
}

// logged does something and logs it; what changed nothing is not logged.
func logged(ctx context.Context, tx *db.Tx, f dossier.File, do db.Frag, event, object string) error {
	n, err := db.Do(ctx, tx, do)
	if err != nil || n == 0 {
		return err
	}
	return f.Log(ctx, tx, event, object)
}

// reviewNeed moves the day on which to ask again.
func reviewNeed(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	return logged(ctx, tx, f, db.F(`UPDATE care_need SET review = ? WHERE id = ? AND person = ? AND removed IS NULL`, clock.Today(tx.Now).AddDays(reviewDays), id, f.ID()), "care.event.need", id)
}

// Background is why a need is needed.
type Background struct {
	Need   string
	At     time.Time
	MadeBy string
	Words  string
}

// Reader is somebody who is named for a background.
type Reader struct {
	ID, Need, Colleague, GivenBy string
	Since                        time.Time
	Ended                        time.Time
}

// setBackground writes why. Who writes the first words is named for them; later words are for who is named already, which
// the caller asked.
func setBackground(ctx context.Context, tx *db.Tx, f dossier.File, need, words string) error {
	if err := putBackground(ctx, tx, f.Key(), f.ID(), Background{Need: need, At: tx.Now, MadeBy: f.Who().ID, Words: words}); err != nil {
		return err
	}
	if err := putReader(ctx, tx, f.ID(), Reader{ID: db.ID("cr", tx.Now), Need: need, Colleague: f.Who().ID, GivenBy: f.Who().ID, Since: tx.Now}); err != nil {
		return err
	}
	return f.Log(ctx, tx, "care.event.written", need)
}

func putBackground(ctx context.Context, tx *db.Tx, k privacy.Key, person string, b Background) error {
	body, err := privacy.SealJSON(k, backgroundPlace(b.Need), b.Words)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO care_background (need, person, at, made_by, body) VALUES (?,?,?,?,?)
		ON CONFLICT (need) DO UPDATE SET at = excluded.at, made_by = excluded.made_by, body = excluded.body`, b.Need, person, b.At, b.MadeBy, body))
	return err
}

// background opens why. Callers asked whether the reader is named, and logged the look.
func background(ctx context.Context, q db.Q, k privacy.Key, need string) (Background, error) {
	type row struct {
		Need   string
		At     time.Time
		MadeBy string
		Body   []byte
	}
	r, err := db.One[row](ctx, q, db.F(`SELECT need, at, made_by, body FROM care_background WHERE need = ?`, need))
	if err != nil {
		return Background{}, err
	}
	b := Background{Need: r.Need, At: r.At, MadeBy: r.MadeBy}
	return b, privacy.OpenJSON(k, backgroundPlace(need), r.Body, &b.Words)
}

func putReader(ctx context.Context, tx *db.Tx, person string, r Reader) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO care_reader (id, need, person, colleague, given_by, since, ended_by) VALUES (?,?,?,?,?,?,'') ON CONFLICT DO NOTHING`,
		r.ID, r.Need, person, r.Colleague, r.GivenBy, r.Since))
	return err
}

// named says whether a colleague is named for a background now.
func named(ctx context.Context, q db.Q, need, colleague string) (bool, error) {
	n, err := db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM care_reader WHERE need = ? AND colleague = ? AND ended IS NULL`, need, colleague))
	return n > 0, err
}

// readers are who is named for the backgrounds of a person now.
func readers(ctx context.Context, q db.Q, person string) ([]Reader, error) {
	return db.Many[Reader](ctx, q, db.F(`SELECT id, need, colleague, given_by, since, ended FROM care_reader WHERE person = ? AND ended IS NULL ORDER BY since, id`, person))
}

// name names a colleague for a background.
func name(ctx context.Context, tx *db.Tx, f dossier.File, need, colleague string) error {
	if err := putReader(ctx, tx, f.ID(), Reader{ID: db.ID("cr", tx.Now), Need: need, Colleague: colleague, GivenBy: f.Who().ID, Since: tx.Now}); err != nil {
		return err
	}
	return f.Log(ctx, tx, "care.event.named", need)
}

// unname ends what a colleague may read.
func unname(ctx context.Context, tx *db.Tx, f dossier.File, need, colleague string) error {
	return logged(ctx, tx, f, db.F(`UPDATE care_reader SET ended = ?, ended_by = ? WHERE need = ? AND person = ? AND colleague = ? AND ended IS NULL`, tx.Now, f.Who().ID, need, f.ID(), colleague), "care.event.unnamed", need)
}
