package alarm

// This file holds the SQL of alarms about groups: counts, openings, and the members, who are one sealed value.

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func (a *Alarms) house() privacy.Key { return a.vault.House("alarm") }

func groupPlace(id string) string   { return "alarm_group.body/" + id }
func membersPlace(id string) string { return "alarm_group.members/" + id }
func foundPlace(id string) string   { return "alarm_group.found/" + id }
func purposePlace(id string) string { return "alarm_opening.purpose/" + id }
func countPlace(id string) string   { return "alarm_count.body/" + id }

const groupColumns = `SELECT id, body, teams, state, at, made_by, members, people, reached, found, looked, of, look_at, ended_at, ended_by, outcome, version FROM alarm_group`

func (a *Alarms) openGroups(gs []Group, err error) ([]Group, error) {
	return privacy.OpenAll(a.house(), gs, err, func(g *Group) (string, []byte, any) { return groupPlace(g.ID), g.Body, &g.Said })
}

func (a *Alarms) group(ctx context.Context, q db.Q, id string) (Group, error) {
	g, err := db.One[Group](ctx, q, db.F(groupColumns).Then(`WHERE id = ?`, id))
	if err != nil {
		return g, err
	}
	return g, privacy.OpenJSON(a.house(), groupPlace(id), g.Body, &g.Said)
}

// groups are the running ones, and those that ended since a moment, newest first.
func (a *Alarms) groups(ctx context.Context, q db.Q, since time.Time) ([]Group, error) {
	gs, err := db.Many[Group](ctx, q, db.F(groupColumns).Then(`WHERE state = 'running' OR ended_at >= ? ORDER BY CASE state WHEN 'running' THEN 0 ELSE 1 END, at DESC, id DESC LIMIT 200`, since))
	return a.openGroups(gs, err)
}

// ids opens a sealed list of ids.
func (a *Alarms) ids(place string, sealed []byte) ([]string, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	b, err := a.house().Open(place, sealed)
	if err != nil {
		return nil, err
	}
	var out []string
	if err := json.Unmarshal(b, &out); err != nil {
		return nil, fault.Wrap(fault.Internal, "read the members", err)
	}
	return out, nil
}

func (a *Alarms) sealIDs(place string, ids []string) ([]byte, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return privacy.SealJSON(a.house(), place, ids)
}

// Counted is one count as it was told.
type Counted struct {
	ID, Colleague string
	Body          []byte
	Told          int
	At            time.Time
	Asked         countAsked `db:"-"`
}

// countAsked is what was asked in one count. Part says that only the memory was asked, because they are too many to ask
// procedures about at once.
type countAsked struct {
	In       CriteriaIn `json:"in"`
	Criteria Criteria   `json:"criteria"`
	Teams    []string   `json:"teams"`
	Part     bool       `json:"part,omitzero"`
}

var errCounts = fault.New(fault.TooMany, "alarm.error.counts", "n", countMost)

// putCount keeps a count with what it told, before it is told. Too many in a day are refused.
func (a *Alarms) putCount(ctx context.Context, tx *db.Tx, who access.Actor, x countAsked, told int) (string, error) {
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM alarm_count WHERE colleague = ? AND at > ?`, who.ID, tx.Now.Add(-24*time.Hour)))
	if err != nil {
		return "", err
	}
	if n >= countMost {
		return "", errCounts
	}
	id := db.ID("ac", tx.Now)
	body, err := privacy.SealJSON(a.house(), countPlace(id), x)
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO alarm_count (id, colleague, body, told, at) VALUES (?,?,?,?,?)`, id, who.ID, body, told, tx.Now)); err != nil {
		return "", err
	}
	return id, logGroup(ctx, tx, who, "alarm.event.counted", id)
}

// count is a count of one's own of the last day.
func (a *Alarms) count(ctx context.Context, q db.Q, who, id string, now time.Time) (Counted, error) {
	c, err := db.One[Counted](ctx, q, db.F(`SELECT id, colleague, body, told, at FROM alarm_count WHERE id = ? AND colleague = ? AND at > ?`, id, who, now.Add(-countShown)))
	if err != nil {
		return c, err
	}
	return c, privacy.OpenJSON(a.house(), countPlace(id), c.Body, &c.Asked)
}

// raiseGroup begins an alarm about a group. The one who raises it has said what for, and so may open the list.
func (a *Alarms) raiseGroup(ctx context.Context, tx *db.Tx, who access.Actor, s Said, teams []string, purpose string) (string, error) {
	id := db.ID("ag", tx.Now)
	body, err := privacy.SealJSON(a.house(), groupPlace(id), s)
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO alarm_group (id, body, teams, state, at, made_by, people, reached, looked, of, ended_by, outcome, version) VALUES (?,?,?,'running',?,?,0,'',0,0,'','',1)`,
		id, body, strings.Join(teams, " "), tx.Now, who.ID)); err != nil {
		return "", err
	}
	if err := a.groupStep(ctx, tx, who.ID, id, raised, "", ""); err != nil {
		return "", err
	}
	if err := logGroup(ctx, tx, who, "alarm.event.group", id); err != nil {
		return "", err
	}
	return id, a.openList(ctx, tx, who, id, purpose)
}

func (a *Alarms) groupStep(ctx context.Context, tx *db.Tx, who, group, kind, result, note string) error {
	id := db.ID("as", tx.Now)
	var body []byte
	if note != "" {
		body = a.house().Seal(stepPlace(id), []byte(note))
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO alarm_step (id, about, person, kind, result, body, at, made_by) VALUES (?,?,NULL,?,?,?,?,?)`, id, group, kind, result, body, tx.Now, who))
	return err
}

// openList lets somebody read the list for three days, for a purpose that is kept.
func (a *Alarms) openList(ctx context.Context, tx *db.Tx, who access.Actor, group, purpose string) error {
	id := db.ID("ao", tx.Now)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO alarm_opening (id, about, colleague, purpose, at, until) VALUES (?,?,?,?,?,?)`,
		id, group, who.ID, a.house().Seal(purposePlace(id), []byte(purpose)), tx.Now, tx.Now.Add(opened))); err != nil {
		return err
	}
	if err := a.groupStep(ctx, tx, who.ID, group, listed, "", purpose); err != nil {
		return err
	}
	return logGroup(ctx, tx, who, "alarm.event.purpose", group)
}

// listOpen says until when the list is open to somebody; zero when it is not.
func listOpen(ctx context.Context, q db.Q, group, who string, now time.Time) (time.Time, error) {
	until, err := db.Many[time.Time](ctx, q, db.F(`SELECT until FROM alarm_opening WHERE about = ? AND colleague = ? AND until > ? ORDER BY until DESC LIMIT 1`, group, who, now))
	if err != nil || len(until) == 0 {
		return time.Time{}, err
	}
	return until[0], nil
}

// endGroup ends an alarm about a group; who belonged to it is forgotten, how many they were stays.
func (a *Alarms) endGroup(ctx context.Context, tx *db.Tx, who access.Actor, id, outcome, note string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE alarm_group SET state = 'ended', ended_at = ?, ended_by = ?, outcome = ?, members = NULL, found = NULL, reached = '', version = version + 1 WHERE id = ? AND state = 'running'`, tx.Now, who.ID, outcome, id))
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.New(fault.Conflict, "alarm.conflict.ended")
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE alarm_opening SET until = ? WHERE about = ? AND until > ?`, tx.Now, id, tx.Now)); err != nil {
		return err
	}
	if err := a.groupStep(ctx, tx, who.ID, id, ended, outcome, note); err != nil {
		return err
	}
	return logGroup(ctx, tx, who, "alarm.event.group_ended", id)
}

// reopenGroup takes the end back; the members are looked for anew.
func (a *Alarms) reopenGroup(ctx context.Context, tx *db.Tx, who access.Actor, id string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE alarm_group SET state = 'running', ended_at = NULL, ended_by = '', outcome = '', look_at = NULL, looked = 0, of = 0, version = version + 1 WHERE id = ? AND state = 'ended' AND ended_at > ?`, id, tx.Now.Add(-Undo)))
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.New(fault.Conflict, "alarm.conflict.late")
	}
	if err := a.groupStep(ctx, tx, who.ID, id, reopened, "", ""); err != nil {
		return err
	}
	return logGroup(ctx, tx, who, "alarm.event.group_reopened", id)
}

// How a group is looked for: so many people are asked about in one transaction, and so many in one run.
const (
	lookStep  = 2000
	lookMost  = 100000
	lookEvery = time.Minute
)

// look goes on looking for the members of a group, from where it was stopped. Every step is kept, so that a program that
// stops goes on where it was. It waits until everybody is in the memory of this node.
func (a *Alarms) look(ctx context.Context, id string, most int) error {
	for most > 0 {
		g, err := a.group(ctx, a.db, id)
		if err != nil || g.State != Running {
			return err
		}
		if g.Reached == "" && g.Looked == 0 && !g.LookAt.IsZero() && a.db.Now().Before(g.LookAt.Add(lookEvery)) {
			return nil
		}
		all, ok := a.files.InGroup(g.Said.Criteria.Group(g.reach()))
		if !ok {
			return nil
		}
		from, _ := slices.BinarySearch(all, g.Reached+"\x00")
		if g.Reached == "" {
			from = 0
		}
		some := all[from:min(len(all), from+a.lookStep)]
		meets, err := a.meets(ctx, g.Said.Criteria, some)
		if err != nil {
			return err
		}
		found, err := a.ids(foundPlace(id), g.Found)
		if err != nil {
			return err
		}
		found = append(found, meets...)
		last := from+len(some) >= len(all)
		if err := a.db.Tx(ctx, func(tx *db.Tx) error { return a.keepLook(ctx, tx, g, some, found, len(all), last) }); err != nil {
			return err
		}
		if last {
			a.board.forget()
			return nil
		}
		most -= len(some)
	}
	return nil
}

// meets asks procedures, where the criteria ask for something that only they know.
func (a *Alarms) meets(ctx context.Context, c Criteria, people []string) ([]string, error) {
	ask, any := c.Law()
	if !any || len(people) == 0 {
		return people, nil
	}
	if a.law == nil {
		return nil, fault.New(fault.Unavailable, "alarm.error.law")
	}
	return a.law(ctx, a.db, people, ask)
}

// keepLook keeps one step; the last one makes what was found the members. Another node that looked at the same time, or
// somebody who ended the alarm, was quicker: then nothing is written.
func (a *Alarms) keepLook(ctx context.Context, tx *db.Tx, g Group, some, found []string, of int, last bool) error {
	if !last {
		sealed, err := a.sealIDs(foundPlace(g.ID), found)
		if err != nil {
			return err
		}
		_, err = db.Do(ctx, tx, db.F(`UPDATE alarm_group SET reached = ?, found = ?, looked = ?, of = ?, version = version + 1 WHERE id = ? AND version = ? AND state = 'running'`,
			some[len(some)-1], sealed, g.Looked+len(some), of, g.ID, g.Version))
		return err
	}
	before, err := a.ids(membersPlace(g.ID), g.Members)
	if err != nil {
		return err
	}
	if !g.LookAt.IsZero() && slices.Equal(before, found) { // nobody came or went: the version stays, and no node reads them again
		_, err := db.Do(ctx, tx, db.F(`UPDATE alarm_group SET reached = '', found = NULL, looked = 0, of = 0, look_at = ? WHERE id = ? AND version = ? AND state = 'running'`, tx.Now, g.ID, g.Version))
		return err
	}
	sealed, err := a.sealIDs(membersPlace(g.ID), found)
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE alarm_group SET members = ?, people = ?, reached = '', found = NULL, looked = 0, of = 0, look_at = ?, version = version + 1 WHERE id = ? AND version = ? AND state = 'running'`,
		sealed, len(found), tx.Now, g.ID, g.Version))
	if err != nil || n != 1 || g.LookAt.IsZero() {
		return err
	}
	came := 0
	for _, id := range found {
		if _, was := slices.BinarySearch(before, id); !was {
			came++
		}
	}
	if came == 0 {
		return nil
	}
	return a.groupStep(ctx, tx, "system", g.ID, joined, "", "")
}

// forgetMember takes somebody who is erased out of every group.
func (a *Alarms) forgetMember(ctx context.Context, tx *db.Tx, person string) error {
	gs, err := db.Many[Group](ctx, tx, db.F(groupColumns).Then(`WHERE members IS NOT NULL OR found IS NOT NULL`))
	if err != nil {
		return err
	}
	for _, g := range gs {
		members, err := a.ids(membersPlace(g.ID), g.Members)
		if err != nil {
			return err
		}
		found, err := a.ids(foundPlace(g.ID), g.Found)
		if err != nil {
			return err
		}
		if !slices.Contains(members, person) && !slices.Contains(found, person) {
			continue
		}
		is := func(id string) bool { return id == person }
		members, found = slices.DeleteFunc(members, is), slices.DeleteFunc(found, is)
		m, err := a.sealIDs(membersPlace(g.ID), members)
		if err != nil {
			return err
		}
		f, err := a.sealIDs(foundPlace(g.ID), found)
		if err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE alarm_group SET members = ?, people = ?, found = ?, version = version + 1 WHERE id = ?`, m, len(members), f, g.ID)); err != nil {
			return err
		}
	}
	return nil
}

// size counts a group for a question: exactly, and whether procedures were asked about all of them.
func (a *Alarms) size(ctx context.Context, c Criteria, teams []string) (n int, part bool, err error) {
	g := c.Group(teams)
	if _, any := c.Law(); !any {
		n, ok := a.files.CountGroup(g)
		if !ok {
			return 0, false, fault.New(fault.Unavailable, "alarm.error.memory")
		}
		return n, false, nil
	}
	all, ok := a.files.InGroup(g)
	if !ok {
		return 0, false, fault.New(fault.Unavailable, "alarm.error.memory")
	}
	if len(all) > a.lookStep {
		return len(all), true, nil
	}
	meets, err := a.meets(ctx, c, all)
	return len(meets), false, err
}
