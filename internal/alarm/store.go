package alarm

// This file holds the SQL of alarms about one person, of who is on them, and of the history.

import (
	"context"
	"embed"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

func bodyPlace(id string) string { return "alarm_alarm.body/" + id }
func stepPlace(id string) string { return "alarm_step.body/" + id }
func linkPlace(id string) string { return "alarm_step.link/" + id }

const columns = `SELECT id, person, parent, team, location, body, tell, at, made_by, renew_by, state, ended_at, ended_by, outcome, version FROM alarm_alarm`

// one reads an alarm without opening what is said in it.
func one(ctx context.Context, q db.Q, id string) (Alarm, error) {
	return db.One[Alarm](ctx, q, db.F(columns).Then(`WHERE id = ?`, id))
}

// openDanger opens what is said in an alarm.
func openDanger(k privacy.Key, a *Alarm) error {
	return privacy.OpenJSON(k, bodyPlace(a.ID), a.Body, &a.Danger)
}

// ofPerson are the alarms of a person, the running one first, then the newest, opened.
func ofPerson(ctx context.Context, q db.Q, k privacy.Key, person string, n int) ([]Alarm, error) {
	as, err := db.Many[Alarm](ctx, q, db.F(columns).Then(`WHERE person = ? ORDER BY CASE state WHEN 'running' THEN 0 ELSE 1 END, at DESC, id DESC LIMIT ?`, person, n))
	return privacy.OpenAll(k, as, err, func(a *Alarm) (string, []byte, any) { return bodyPlace(a.ID), a.Body, &a.Danger })
}

// newest is the running alarm of a person, or else the newest; none when there never was one. Several parts of one page ask.
func newest(ctx context.Context, q db.Q, f dossier.File) ([]Alarm, error) {
	return web.OnPage(ctx, "alarm.newest."+f.ID(), func() ([]Alarm, error) { return ofPerson(ctx, q, f.Key(), f.ID(), 1) })
}

// raise begins an alarm. When one runs already, that one is told: two people who press at once raise one.
func raise(ctx context.Context, tx *db.Tx, f dossier.File, parent string, d Danger, tell bool) (id string, err error) {
	if id, err = db.One[string](ctx, tx, db.F(`SELECT id FROM alarm_alarm WHERE person = ? AND state = 'running'`, f.ID())); !fault.Is(err, fault.NotFound) {
		return id, err
	}
	id = db.ID("al", tx.Now)
	body, err := privacy.SealJSON(f.Key(), bodyPlace(id), d)
	if err != nil {
		return "", err
	}
	var from any
	if parent != "" {
		from = parent
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO alarm_alarm (id, person, parent, team, location, body, tell, at, made_by, renew_by, state, ended_by, outcome, version) VALUES (?,?,?,?,?,?,?,?,?,?,'running','','',1)`,
		id, f.ID(), from, f.Team(), f.Location(), body, tell, tx.Now, f.Who().ID, tx.Now.Add(Lasts))); err != nil {
		return "", err
	}
	if err := addStep(ctx, tx, f, id, raised, "", ""); err != nil {
		return "", err
	}
	return id, f.Log(ctx, tx, "alarm.event.raised", id)
}

// addStep appends to the history of an alarm about a person.
func addStep(ctx context.Context, tx *db.Tx, f dossier.File, alarm, kind, result, note string) error {
	return addLinked(ctx, tx, f, alarm, kind, result, note, "")
}

// addLinked is addStep with where a partner keeps its side of what was done.
func addLinked(ctx context.Context, tx *db.Tx, f dossier.File, alarm, kind, result, note, link string) error {
	id := db.ID("as", tx.Now)
	seal := func(place, s string) []byte {
		if s == "" {
			return nil
		}
		return f.Key().Seal(place, []byte(s))
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO alarm_step (id, about, person, kind, result, body, link, at, made_by) VALUES (?,?,?,?,?,?,?,?,?)`, id, alarm, f.ID(), kind, result, seal(stepPlace(id), note), seal(linkPlace(id), link), tx.Now, f.Who().ID))
	return err
}

// history is what happened, oldest first, with the notes sealed.
func history(ctx context.Context, q db.Q, about string) ([]Step, error) {
	return db.Many[Step](ctx, q, db.F(`SELECT id, about, person, kind, result, body, link, at, made_by FROM alarm_step WHERE about = ? ORDER BY at, id`, about))
}

// openSteps opens the notes of a history.
func openSteps(k privacy.Key, ss []Step) error {
	for i := range ss {
		s := &ss[i]
		for _, x := range []struct {
			place  string
			sealed []byte
			to     *string
		}{{stepPlace(s.ID), s.Body, &s.Note}, {linkPlace(s.ID), s.Link, &s.Address}} {
			if len(x.sealed) == 0 {
				continue
			}
			b, err := k.Open(x.place, x.sealed)
			if err != nil {
				return err
			}
			*x.to = string(b)
		}
	}
	return nil
}

// running says that an alarm of this person runs still, inside the transaction that is going to change something about it.
func running(ctx context.Context, tx *db.Tx, person, id string) (Alarm, error) {
	a, err := one(ctx, tx, id)
	if err != nil {
		return a, err
	}
	if a.Person != person {
		return a, fault.Gone()
	}
	if a.State != Running {
		return a, fault.New(fault.Conflict, "alarm.conflict.ended")
	}
	return a, nil
}

// change writes what is known of the danger now. Somebody who was quicker is a conflict, and nothing is written.
func change(ctx context.Context, tx *db.Tx, f dossier.File, id string, d Danger, tell bool, version int64) error {
	if _, err := running(ctx, tx, f.ID(), id); err != nil {
		return err
	}
	body, err := privacy.SealJSON(f.Key(), bodyPlace(id), d)
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE alarm_alarm SET body = ?, tell = ?, version = version + 1 WHERE id = ? AND version = ? AND state = 'running'`, body, tell, id, version))
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.New(fault.Conflict, "alarm.conflict")
	}
	if err := addStep(ctx, tx, f, id, changed, "", ""); err != nil {
		return err
	}
	return f.Log(ctx, tx, "alarm.event.changed", id)
}

// Taken is somebody who is on it, or who was named by another and has not yet said "I take it": until then nobody is told
// that they are.
type Taken struct {
	ID, Alarm, Person, Colleague, GrantID string
	NamedBy                               string // who asked them; nobody when they took it themselves
	At, Ended                             time.Time
}

const takenColumns = `SELECT id, alarm, person, colleague, grant_id, named_by, at, ended FROM alarm_taken`

// takenBy are those who are on some running alarms or were named, who came first first.
func takenBy(ctx context.Context, q db.Q, alarms []string) ([]Taken, error) {
	return db.Many[Taken](ctx, q, db.F(takenColumns).Then(`WHERE ended IS NULL AND`).With(db.In("alarm", alarms)).Then(`ORDER BY at, id`))
}

// onIt are those who said that they are.
func onIt(ts []Taken) []string {
	var ids []string
	for _, t := range ts {
		if t.NamedBy == "" {
			ids = append(ids, t.Colleague)
		}
	}
	return ids
}

// put puts a colleague on it, by themselves or named by another. Who does not see the file gets what a desk sees of it, until
// the alarm ends or must be renewed. done is false when they are on it already.
func put(ctx context.Context, tx *db.Tx, f dossier.File, id string, who access.Actor, namedBy string) (done bool, err error) {
	a, err := running(ctx, tx, f.ID(), id)
	if err != nil {
		return false, err
	}
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM alarm_taken WHERE alarm = ? AND colleague = ? AND ended IS NULL`, id, who.ID))
	if err != nil || n > 0 {
		return false, err
	}
	if !a.Opens(tx.Now) {
		return false, fault.New(fault.Conflict, "alarm.conflict.renew")
	}
	grant := ""
	switch _, err := access.Find(ctx, tx, who, f.ID(), access.DeskLevel, tx.Now); {
	case fault.Is(err, fault.NotFound):
		if grant, err = access.Give(ctx, tx, access.Grant{Subject: f.ID(), Holder: "user:" + who.ID, Why: access.Alarm, Level: access.DeskLevel, GivenBy: f.Who().ID, Place: f.Team(), Until: a.RenewBy}); err != nil {
			return false, err
		}
	case err != nil:
		return false, err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO alarm_taken (id, alarm, person, colleague, grant_id, named_by, at) VALUES (?,?,?,?,?,?,?)`, db.ID("at", tx.Now), id, f.ID(), who.ID, grant, namedBy, tx.Now))
	return err == nil, err
}

// take puts the actor on it. Who was named says yes to that.
func take(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	done, err := put(ctx, tx, f, id, f.Who(), "")
	if err != nil {
		return err
	}
	if !done {
		n, err := db.Do(ctx, tx, db.F(`UPDATE alarm_taken SET named_by = '' WHERE alarm = ? AND colleague = ? AND ended IS NULL AND named_by <> ''`, id, f.Who().ID))
		if err != nil || n == 0 {
			return err
		}
	}
	if err := addStep(ctx, tx, f, id, taken, "", ""); err != nil {
		return err
	}
	return f.Log(ctx, tx, "alarm.event.taken", id)
}

// name puts another colleague on it. The history tells who named whom.
func name(ctx context.Context, tx *db.Tx, f dossier.File, id string, who access.Actor) error {
	done, err := put(ctx, tx, f, id, who, f.Who().ID)
	if err != nil || !done {
		return err
	}
	if err := addStep(ctx, tx, f, id, named, who.ID, ""); err != nil {
		return err
	}
	return f.Log(ctx, tx, "alarm.event.named", id)
}

// takeBack takes a colleague off it who was named, and closes what that opened. Somebody who left it meanwhile is off it.
func takeBack(ctx context.Context, tx *db.Tx, f dossier.File, id, colleague string) error {
	if _, err := running(ctx, tx, f.ID(), id); err != nil {
		return err
	}
	n, err := release(ctx, tx, id, colleague)
	if err != nil || n == 0 {
		return err
	}
	if err := addStep(ctx, tx, f, id, unnamed, colleague, ""); err != nil {
		return err
	}
	return f.Log(ctx, tx, "alarm.event.unnamed", id)
}

// release takes colleagues off, and closes what the alarm opened to them; nobody in particular means everybody.
func release(ctx context.Context, tx *db.Tx, id, colleague string) (int, error) {
	ts, err := takenBy(ctx, tx, []string{id})
	if err != nil {
		return 0, err
	}
	n := 0
	for _, t := range ts {
		if colleague != "" && t.Colleague != colleague {
			continue
		}
		n++
		if t.GrantID != "" {
			if err := access.End(ctx, tx, t.GrantID); err != nil {
				return 0, err
			}
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE alarm_taken SET ended = ? WHERE id = ?`, tx.Now, t.ID)); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// leave takes the actor off it.
func leave(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	if _, err := running(ctx, tx, f.ID(), id); err != nil {
		return err
	}
	n, err := release(ctx, tx, id, f.Who().ID)
	if err != nil || n == 0 {
		return err
	}
	if err := addStep(ctx, tx, f, id, left, "", ""); err != nil {
		return err
	}
	return f.Log(ctx, tx, "alarm.event.left", id)
}

// renew lets an alarm open the file for another week to those who are on it.
func renew(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	if _, err := running(ctx, tx, f.ID(), id); err != nil {
		return err
	}
	until := tx.Now.Add(Lasts)
	if _, err := db.Do(ctx, tx, db.F(`UPDATE alarm_alarm SET renew_by = ? WHERE id = ?`, until, id)); err != nil {
		return err
	}
	ts, err := takenBy(ctx, tx, []string{id})
	if err != nil {
		return err
	}
	for _, t := range ts {
		if t.GrantID == "" {
			continue
		}
		if err := access.Extend(ctx, tx, t.GrantID, until); err != nil {
			return err
		}
	}
	if err := addStep(ctx, tx, f, id, renewed, "", ""); err != nil {
		return err
	}
	return f.Log(ctx, tx, "alarm.event.renewed", id)
}

// end ends an alarm and closes what it opened.
func end(ctx context.Context, tx *db.Tx, f dossier.File, id, outcome, note string) error {
	if _, err := running(ctx, tx, f.ID(), id); err != nil {
		return err
	}
	if _, err := release(ctx, tx, id, ""); err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE alarm_alarm SET state = 'ended', ended_at = ?, ended_by = ?, outcome = ?, version = version + 1 WHERE id = ? AND state = 'running'`, tx.Now, f.Who().ID, outcome, id))
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.New(fault.Conflict, "alarm.conflict.ended")
	}
	if err := addStep(ctx, tx, f, id, ended, outcome, note); err != nil {
		return err
	}
	return f.Log(ctx, tx, "alarm.event.ended", id)
}

// reopen takes the end back. Who was on it says so again: nothing is opened by itself.
func reopen(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	a, err := one(ctx, tx, id)
	if err != nil {
		return err
	}
	switch {
	case a.Person != f.ID():
		return fault.Gone()
	case a.State == Running:
		return nil
	case !a.Undoable(tx.Now):
		return fault.New(fault.Conflict, "alarm.conflict.late")
	}
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM alarm_alarm WHERE person = ? AND state = 'running'`, f.ID()))
	if err != nil {
		return err
	}
	if n > 0 {
		return fault.New(fault.Conflict, "alarm.conflict.other")
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE alarm_alarm SET state = 'running', ended_at = NULL, ended_by = '', outcome = '', version = version + 1 WHERE id = ?`, id)); err != nil {
		return err
	}
	if err := addStep(ctx, tx, f, id, reopened, "", ""); err != nil {
		return err
	}
	return f.Log(ctx, tx, "alarm.event.reopened", id)
}

// did writes what was done.
func did(ctx context.Context, tx *db.Tx, f dossier.File, id string, x Did, note string) error {
	if _, err := running(ctx, tx, f.ID(), id); err != nil {
		return err
	}
	if err := addLinked(ctx, tx, f, id, x.Kind, x.Result, note, x.Link); err != nil {
		return err
	}
	return f.Log(ctx, tx, "alarm.event.did", id)
}

// review writes what somebody else thinks of it afterwards. Once is enough.
func review(ctx context.Context, tx *db.Tx, f dossier.File, id, verdict, note string) error {
	a, err := one(ctx, tx, id)
	if err != nil {
		return err
	}
	if a.Person != f.ID() || !a.MayReview(f.Who().ID) {
		return fault.Gone()
	}
	if done, err := reviewedAlready(ctx, tx, id); err != nil || done {
		return err
	}
	if err := addStep(ctx, tx, f, id, reviewed, verdict, note); err != nil {
		return err
	}
	return f.Log(ctx, tx, "alarm.event.reviewed", id)
}

func reviewedAlready(ctx context.Context, q db.Q, about string) (bool, error) {
	n, err := db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM alarm_step WHERE about = ? AND kind = 'reviewed'`, about))
	return n > 0, err
}

// endedSince are the alarms that ended after a moment, newest first, without what is said in them.
func endedSince(ctx context.Context, q db.Q, since time.Time, n int) ([]Alarm, error) {
	return db.Many[Alarm](ctx, q, db.F(columns).Then(`WHERE state = 'ended' AND ended_at >= ? ORDER BY ended_at DESC, id DESC LIMIT ?`, since, n))
}

// logGroup writes an entry about a group, of whom the log names nobody.
func logGroup(ctx context.Context, tx *db.Tx, a access.Actor, event, object string) error {
	role := ""
	for _, r := range []access.Role{access.Region, access.Lead, access.Legal, access.Privacy} {
		if role == "" && a.Has(r) {
			role = string(r)
		}
	}
	return audit.Append(ctx, tx, audit.Entry{Event: event, Actor: a.ID, ActorKind: string(a.Kind), Role: role, Object: object, Session: a.Session})
}
