package care

// This file holds the SQL of school, of the way to a doctor, and of how alone somebody is.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

func schools(ctx context.Context, q db.Q, k privacy.Key, person string) ([]School, error) {
	ss, err := db.Many[School](ctx, q, db.F(`SELECT id, child, person, location, state, since, made_by, at, removed, removed_by, body FROM care_school WHERE person = ? ORDER BY at, id`, person))
	return privacy.OpenAll(k, ss, err, func(x *School) (string, []byte, any) { return schoolPlace(x.ID), x.Body, &x.What })
}

// addSchool writes how it stands with a child; an empty child is one that was not written down before.
func addSchool(ctx context.Context, tx *db.Tx, f dossier.File, child, state string, since clock.Date, t SchoolText) error {
	if err := few(ctx, tx, db.F(`SELECT COUNT(*) FROM care_school WHERE person = ?`, f.ID())); err != nil {
		return err
	}
	s := School{ID: db.ID("cs", tx.Now), Child: child, Person: f.ID(), Location: f.Location(), State: state, Since: since, MadeBy: f.Who().ID, At: tx.Now, What: t}
	if s.Child == "" {
		s.Child = s.ID
	}
	if err := putSchool(ctx, tx, f.Key(), s); err != nil {
		return err
	}
	return f.Log(ctx, tx, "care.event.school", s.ID)
}

func putSchool(ctx context.Context, tx *db.Tx, k privacy.Key, s School) error {
	body, err := privacy.SealJSON(k, schoolPlace(s.ID), s.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO care_school (id, child, person, location, state, since, made_by, at, removed_by, body) VALUES (?,?,?,?,?,?,?,?,'',?)`,
		s.ID, s.Child, s.Person, s.Location, s.State, s.Since, s.MadeBy, s.At, body))
	return err
}

// Rows are taken back and put back alike; the table is a word of the program.
type table string

const (
	schoolTable table = "school"
	doctorTable table = "doctor"
	noticeTable table = "notice"
)

var removals = map[table][2]func(tx *db.Tx, f dossier.File, id string) db.Frag{
	schoolTable: {
		func(tx *db.Tx, f dossier.File, id string) db.Frag {
			return db.F(`UPDATE care_school SET removed = ?, removed_by = ? WHERE id = ? AND person = ? AND removed IS NULL`, tx.Now, f.Who().ID, id, f.ID())
		},
		func(tx *db.Tx, f dossier.File, id string) db.Frag {
			return db.F(`UPDATE care_school SET removed = NULL, removed_by = '' WHERE id = ? AND person = ? AND removed > ?`, id, f.ID(), tx.Now.Add(-TakenBack))
		}},
	doctorTable: {
		func(tx *db.Tx, f dossier.File, id string) db.Frag {
			return db.F(`UPDATE care_doctor SET removed = ?, removed_by = ? WHERE id = ? AND person = ? AND removed IS NULL`, tx.Now, f.Who().ID, id, f.ID())
		},
		func(tx *db.Tx, f dossier.File, id string) db.Frag {
			return db.F(`UPDATE care_doctor SET removed = NULL, removed_by = '' WHERE id = ? AND person = ? AND removed > ?`, id, f.ID(), tx.Now.Add(-TakenBack))
		}},
	noticeTable: {
		func(tx *db.Tx, f dossier.File, id string) db.Frag {
			return db.F(`UPDATE care_notice SET removed = ?, removed_by = ? WHERE id = ? AND person = ? AND removed IS NULL`, tx.Now, f.Who().ID, id, f.ID())
		},
		func(tx *db.Tx, f dossier.File, id string) db.Frag {
			return db.F(`UPDATE care_notice SET removed = NULL, removed_by = '' WHERE id = ? AND person = ? AND removed > ?`, id, f.ID(), tx.Now.Add(-TakenBack))
		}},
}

// remove takes a row back, or puts it back. Pressed twice it changes nothing.
func remove(ctx context.Context, tx *db.Tx, f dossier.File, t table, id string, undo bool) error {
	do := removals[t][0]
	if undo {
		do = removals[t][1]
	}
	return logged(ctx, tx, f, do(tx, f, id), "care.event."+string(t), id)
}

func doctors(ctx context.Context, q db.Q, k privacy.Key, person string) ([]Doctor, error) {
	ds, err := db.Many[Doctor](ctx, q, db.F(`SELECT id, person, kind, made_by, at, removed, removed_by, body FROM care_doctor WHERE person = ? ORDER BY at, id`, person))
	return privacy.OpenAll(k, ds, err, func(x *Doctor) (string, []byte, any) { return doctorPlace(x.ID), x.Body, &x.What })
}

func addDoctor(ctx context.Context, tx *db.Tx, f dossier.File, kind string, t DoctorText) error {
	if err := few(ctx, tx, db.F(`SELECT COUNT(*) FROM care_doctor WHERE person = ?`, f.ID())); err != nil {
		return err
	}
	d := Doctor{ID: db.ID("cd", tx.Now), Person: f.ID(), Kind: kind, MadeBy: f.Who().ID, At: tx.Now, What: t}
	if err := putDoctor(ctx, tx, f.Key(), d); err != nil {
		return err
	}
	return f.Log(ctx, tx, "care.event.doctor", d.ID)
}

func putDoctor(ctx context.Context, tx *db.Tx, k privacy.Key, d Doctor) error {
	body, err := privacy.SealJSON(k, doctorPlace(d.ID), d.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO care_doctor (id, person, kind, made_by, at, removed_by, body) VALUES (?,?,?,?,?,'',?)`, d.ID, d.Person, d.Kind, d.MadeBy, d.At, body))
	return err
}

func notices(ctx context.Context, q db.Q, k privacy.Key, person string) ([]Notice, error) {
	ns, err := db.Many[Notice](ctx, q, db.F(`SELECT id, person, worse, made_by, at, minded, minded_by, removed, removed_by, body FROM care_notice WHERE person = ? ORDER BY at, id`, person))
	return privacy.OpenAll(k, ns, err, func(x *Notice) (string, []byte, any) { return noticePlace(x.ID), x.Body, &x.What })
}

// addNotice writes what somebody noticed. Whether it is worse is decided in the transaction that writes it.
func addNotice(ctx context.Context, tx *db.Tx, f dossier.File, t NoticeText) error {
	before, err := notices(ctx, tx, f.Key(), f.ID())
	if err != nil {
		return err
	}
	if err := few(ctx, tx, db.F(`SELECT COUNT(*) FROM care_notice WHERE person = ?`, f.ID())); err != nil {
		return err
	}
	n := Notice{ID: db.ID("ci", tx.Now), Person: f.ID(), Worse: WorseThan(before, t.Circle), MadeBy: f.Who().ID, At: tx.Now, What: t}
	if err := putNotice(ctx, tx, f.Key(), n); err != nil {
		return err
	}
	return f.Log(ctx, tx, "care.event.notice", n.ID)
}

func putNotice(ctx context.Context, tx *db.Tx, k privacy.Key, n Notice) error {
	body, err := privacy.SealJSON(k, noticePlace(n.ID), n.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO care_notice (id, person, worse, made_by, at, minded_by, removed_by, body) VALUES (?,?,?,?,?,'','',?)`, n.ID, n.Person, n.Worse, n.MadeBy, n.At, body))
	return err
}

// mind says that a caseworker took a worsening on.
func mind(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	return logged(ctx, tx, f, db.F(`UPDATE care_notice SET minded = ?, minded_by = ? WHERE id = ? AND person = ? AND worse = TRUE AND minded IS NULL`, tx.Now, f.Who().ID, id, f.ID()), "care.event.minded", id)
}

// Worse is somebody who is more alone than before, and nobody took it on.
type Worse struct {
	ID, Person string
	At         time.Time
}

func (c *Care) worse(ctx context.Context, a access.Actor, now time.Time, n int) ([]Worse, error) {
	return db.Many[Worse](ctx, c.db, db.F(`SELECT n.id, n.person, n.at FROM care_notice n WHERE n.worse = TRUE AND n.minded IS NULL AND n.removed IS NULL AND`).
		With(access.Sees(a, now, access.File, "n.person")).Then(`ORDER BY n.at, n.id LIMIT ?`, n))
}

// latest chooses the newest row of a child that was not taken back.
const latest = `s.removed IS NULL AND NOT EXISTS (SELECT 1 FROM care_school t WHERE t.child = s.child AND t.removed IS NULL AND (t.at > s.at OR (t.at = s.at AND t.id > s.id)))`

// Waits is a child that goes to no school, longer than the norm.
type Waits struct {
	ID, Person, State string
	Since             clock.Date
}

func (c *Care) waits(ctx context.Context, a access.Actor, now time.Time, n int) ([]Waits, error) {
	return db.Many[Waits](ctx, c.db, db.F(`SELECT s.id, s.person, s.state, s.since FROM care_school s WHERE s.state IN ('waiting','none') AND s.since IS NOT NULL AND s.since < ? AND `+latest+` AND`, overBefore(clock.Today(now))).
		With(access.Sees(a, now, access.File, "s.person")).Then(`ORDER BY s.since, s.id LIMIT ?`, n))
}

// Counted is how many children wait for school at one location.
type Counted struct {
	Location string
	N        int
}

func (c *Care) counted(ctx context.Context, locations []string) ([]Counted, error) {
	return db.Many[Counted](ctx, c.db, db.F(`SELECT s.location, COUNT(*) AS n FROM care_school s WHERE s.state IN ('waiting','none') AND `+latest+` AND`).
		With(db.In("s.location", locations)).Then(`GROUP BY s.location`))
}
