package residence

// This file holds the SQL of places and of how it is to live there.

import (
	"context"
	"embed"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Residence is the capability.
type Residence struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	files *dossier.Files
}

// New makes the capability.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files) *Residence {
	return &Residence{db: d, vault: v, org: org, files: files}
}

func stayPlace(id string) string      { return "residence_stay.body/" + id }
func conditionPlace(id string) string { return "residence_condition.body/" + id }

const stayColumns = `id, person, location, month, own, made_by, at, seen, removed, removed_by, body`

func stays(ctx context.Context, q db.Q, k privacy.Key, person string) ([]Stay, error) {
	ss, err := db.Many[Stay](ctx, q, db.F(`SELECT `+stayColumns+` FROM residence_stay WHERE person = ? ORDER BY at, id`, person))
	return privacy.OpenAll(k, ss, err, func(x *Stay) (string, []byte, any) { return stayPlace(x.ID), x.Body, &x.What })
}

// most is how many places, or reports of one, a person may have: far more than anybody has.
const most = 300

func few(ctx context.Context, tx *db.Tx, of db.Frag) error {
	n, err := db.One[int](ctx, tx, of)
	if err == nil && n >= most {
		err = fault.New(fault.Invalid, "residence.error.many")
	}
	return err
}

// addStay writes a place. What the person tells waits until a colleague saw it.
func (r *Residence) addStay(ctx context.Context, tx *db.Tx, f dossier.File, x StayText) error {
	if err := few(ctx, tx, db.F(`SELECT COUNT(*) FROM residence_stay WHERE person = ?`, f.ID())); err != nil {
		return err
	}
	s := Stay{ID: db.ID("rs", tx.Now), Person: f.ID(), Location: f.Location(), Own: own(f), MadeBy: f.Who().ID, At: tx.Now, What: x}
	if !s.Own {
		s.Seen = tx.Now
	}
	if err := putStay(ctx, tx, f.Key(), s); err != nil {
		return err
	}
	return r.moved(ctx, tx, f, s.ID)
}

// own says whether it is the person who does something.
func own(f dossier.File) bool { return f.Who().Kind == access.IsSelf }

func putStay(ctx context.Context, tx *db.Tx, k privacy.Key, s Stay) error {
	body, err := privacy.SealJSON(k, stayPlace(s.ID), s.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO residence_stay (id, person, location, month, own, made_by, at, seen, removed_by, body) VALUES (?,?,?,?,?,?,?,?,'',?)`,
		s.ID, s.Person, s.Location, s.Month, s.Own, s.MadeBy, s.At, s.Seen, body))
	return err
}

// removeStay takes a place back, or puts it back. Pressed twice it changes nothing. The person takes back what the person
// told.
func (r *Residence) removeStay(ctx context.Context, tx *db.Tx, f dossier.File, id string, undo bool) error {
	n, err := takeBack(ctx, tx, f, undo,
		db.F(`UPDATE residence_stay SET removed = ?, removed_by = ? WHERE id = ? AND person = ? AND removed IS NULL`, tx.Now, f.Who().ID, id, f.ID()),
		db.F(`UPDATE residence_stay SET removed = NULL, removed_by = '' WHERE id = ? AND person = ? AND removed > ?`, id, f.ID(), tx.Now.Add(-TakenBack)))
	if err != nil || n == 0 {
		return err
	}
	return r.moved(ctx, tx, f, id)
}

func takeBack(ctx context.Context, tx *db.Tx, f dossier.File, undo bool, do, back db.Frag) (int64, error) {
	if undo {
		do = back
	}
	if own(f) {
		do = do.Then(`AND made_by = ?`, f.ID())
	}
	return db.Do(ctx, tx, do)
}

// moved logs that the places changed, and settles what follows from it.
func (r *Residence) moved(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	if err := f.Log(ctx, tx, "residence.event.moved", id); err != nil {
		return err
	}
	return r.settle(ctx, tx, f)
}

// settle writes what follows from the places: in which month each move was, and on the file where somebody lives now. Of
// somebody whose address is guarded the file tells the town and no more.
func (r *Residence) settle(ctx context.Context, tx *db.Tx, f dossier.File) error {
	ss, err := stays(ctx, tx, f.Key(), f.ID())
	if err != nil {
		return err
	}
	legs := Legs(ss, clock.Today(tx.Now))
	months := Months(legs)
	for _, s := range ss {
		if m := months[s.ID]; m != s.Month {
			if _, err := db.Do(ctx, tx, db.F(`UPDATE residence_stay SET month = ? WHERE id = ?`, m, s.ID)); err != nil {
				return err
			}
		}
	}
	v, err := vaultOf(ctx, tx, f)
	if err != nil {
		return err
	}
	lives, known := livesIn(legs, v.Guarded())
	if !known || lives == dossier.Place(f.Profile().Lives) {
		return nil
	}
	return r.files.SetLives(ctx, tx, f, lives, "person")
}

// livesIn is the line of the file that says where somebody lives.
func livesIn(legs []Leg, guarded bool) (string, bool) {
	l, ok := Current(legs)
	switch {
	case !ok || l.What.Town == "" && l.What.Name == "":
		return "", false
	case guarded:
		return l.What.Town, true
	}
	return lang.Commas(l.What.Name, l.What.Town), true
}

// seen marks what the person told as seen.
func seen(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE residence_stay SET seen = ? WHERE id = ? AND person = ? AND seen IS NULL`, tx.Now, id, f.ID()))
	if err != nil || n == 0 {
		return err
	}
	return f.Log(ctx, tx, "residence.event.seen", id)
}

const conditionColumns = `id, person, stay, signal, signalled, made_by, at, removed, removed_by, body`

func conditions(ctx context.Context, q db.Q, k privacy.Key, person string) ([]Condition, error) {
	cs, err := db.Many[Condition](ctx, q, db.F(`SELECT `+conditionColumns+` FROM residence_condition WHERE person = ? ORDER BY at DESC, id DESC`, person))
	return privacy.OpenAll(k, cs, err, func(x *Condition) (string, []byte, any) { return conditionPlace(x.ID), x.Body, &x.What })
}

func addCondition(ctx context.Context, tx *db.Tx, f dossier.File, c Condition) error {
	if err := few(ctx, tx, db.F(`SELECT COUNT(*) FROM residence_condition WHERE person = ?`, f.ID())); err != nil {
		return err
	}
	c.Person, c.MadeBy, c.At = f.ID(), f.Who().ID, tx.Now
	if err := putCondition(ctx, tx, f.Key(), c); err != nil {
		return err
	}
	return f.Log(ctx, tx, "residence.event.condition", c.ID)
}

func putCondition(ctx context.Context, tx *db.Tx, k privacy.Key, c Condition) error {
	body, err := privacy.SealJSON(k, conditionPlace(c.ID), c.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO residence_condition (id, person, stay, signal, made_by, at, removed_by, body) VALUES (?,?,?,?,?,?,'',?)`,
		c.ID, c.Person, c.Stay, c.Signal, c.MadeBy, c.At, body))
	return err
}

// Raised hears that a report became a signal. It does not hear which.
func Raised(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE residence_condition SET signal = FALSE, signalled = TRUE WHERE id = ? AND person = ? AND removed IS NULL`, id, f.ID()))
	if err != nil || n == 0 {
		return err
	}
	return f.Log(ctx, tx, "residence.event.condition", id)
}

// setSignal lets a report wait until it is made a signal, or no longer.
func setSignal(ctx context.Context, tx *db.Tx, f dossier.File, id string, on bool) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE residence_condition SET signal = ? WHERE id = ? AND person = ? AND signal <> ? AND removed IS NULL`, on, id, f.ID(), on))
	if err != nil || n == 0 {
		return err
	}
	return f.Log(ctx, tx, "residence.event.condition", id)
}

func removeCondition(ctx context.Context, tx *db.Tx, f dossier.File, id string, undo bool) error {
	n, err := takeBack(ctx, tx, f, undo,
		db.F(`UPDATE residence_condition SET removed = ?, removed_by = ? WHERE id = ? AND person = ? AND removed IS NULL`, tx.Now, f.Who().ID, id, f.ID()),
		db.F(`UPDATE residence_condition SET removed = NULL, removed_by = '' WHERE id = ? AND person = ? AND removed > ?`, id, f.ID(), tx.Now.Add(-TakenBack)))
	if err != nil || n == 0 {
		return err
	}
	return f.Log(ctx, tx, "residence.event.condition", id)
}

// Told is a place that a person told and no colleague saw yet.
type Told struct {
	ID, Person string
	At         time.Time
}

func (r *Residence) told(ctx context.Context, a access.Actor, now time.Time, n int) ([]Told, error) {
	return db.Many[Told](ctx, r.db, db.F(`SELECT s.id, s.person, s.at FROM residence_stay s WHERE s.own = TRUE AND s.seen IS NULL AND s.removed IS NULL AND`).
		With(access.Sees(a, now, access.File, "s.person")).Then(`ORDER BY s.at, s.id LIMIT ?`, n))
}

// Counted is how many moves there were at one location in one month.
type Counted struct {
	Location, Month string
	N               int
}

func (r *Residence) counted(ctx context.Context, locations, months []string) ([]Counted, error) {
	return db.Many[Counted](ctx, r.db, db.F(`SELECT location, month, COUNT(*) AS n FROM residence_stay WHERE removed IS NULL AND`).
		With(db.In("location", locations)).Then(`AND`).With(db.In("month", months)).Then(`GROUP BY location, month`))
}
