package alarm

// This file holds the pages of an alarm about a group: the question and its number, the purpose, the list, its end.

import (
	"context"
	"slices"
	"strconv"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// groupFormPage is the question, and below it the number and the form that raises the alarm.
type groupFormPage struct {
	In              CriteriaIn
	Origins, Places []ui.Option
	Count           Counted
	Words           string // the criteria of the count
	Reason, Purpose string
	Errors          fault.Fields
	Left            int // counts left today
}

// teamsWithin are the teams of a reach, each with its region.
func (a *Alarms) teamsWithin(ctx context.Context, r Reach) ([]TeamAt, error) {
	rs, err := a.org.Regions(ctx)
	if err != nil {
		return nil, err
	}
	var out []TeamAt
	for _, region := range rs {
		ts, err := a.org.Teams(ctx, region.ID)
		if err != nil {
			return nil, err
		}
		for _, t := range ts {
			if r.Holds(t.ID, region.ID) {
				out = append(out, TeamAt{t.ID, region.ID})
			}
		}
	}
	return out, nil
}

func (a *Alarms) groupForm(v *web.Visit) error {
	p := groupFormPage{}
	if id := v.Value("telling"); id != "" {
		c, err := a.count(v.Ctx(), a.db, v.Actor.ID, id, v.Now)
		if err != nil {
			return err
		}
		p.Count, p.In = c, c.Asked.In
	}
	return a.showForm(v, p, false)
}

// showForm fills in the choices and shows the form.
func (a *Alarms) showForm(v *web.Visit, p groupFormPage, invalid bool) error {
	ctx := v.Ctx()
	for _, o := range dossier.Origins() {
		p.Origins = append(p.Origins, ui.Option{Value: o, Label: lang.T(ctx, "alarm.origin."+o)})
	}
	slices.SortFunc(p.Origins, func(x, y ui.Option) int { return compareText(x.Label, y.Label) })
	r := ReachOf(v.Actor)
	teams, err := a.teamsWithin(ctx, r)
	if err != nil {
		return err
	}
	p.Places = []ui.Option{{Label: lang.T(ctx, "alarm.group.place.all")}}
	region := ""
	for _, t := range teams {
		if t.Region != region && (r.All || slices.Contains(r.Regions, t.Region)) {
			region = t.Region
			x, err := a.org.Region(ctx, region)
			if err != nil {
				return err
			}
			p.Places = append(p.Places, ui.Option{Value: "region:" + x.ID, Label: lang.T(ctx, "alarm.group.place.region", "name", x.Name)})
		}
		x, err := a.org.Team(ctx, t.ID)
		if err != nil {
			return err
		}
		p.Places = append(p.Places, ui.Option{Value: "team:" + t.ID, Label: lang.T(ctx, "alarm.group.place.team", "name", x.Name)})
		if len(teams) > 12 {
			continue // a list of every location in the country helps nobody
		}
		ls, err := a.org.LocationsOf(ctx, t.ID)
		if err != nil {
			return err
		}
		for _, l := range ls {
			p.Places = append(p.Places, ui.Option{Value: "location:" + l.ID, Label: lang.T(ctx, "alarm.group.place.location", "name", l.Name, "team", x.Name)})
		}
	}
	if p.Count.ID != "" {
		if p.Words, err = a.criteriaText(ctx, p.Count.Asked.Criteria); err != nil {
			return err
		}
	}
	if invalid {
		return v.Invalid(pageGroupForm(p))
	}
	return v.Page(pageGroupForm(p))
}

// narrowed are the teams that some criteria reach for the visitor.
func (a *Alarms) narrowed(v *web.Visit, c Criteria) (teams []string, ok bool, err error) {
	ctx := v.Ctx()
	r := ReachOf(v.Actor)
	within, err := a.teamsWithin(ctx, r)
	if err != nil {
		return nil, false, err
	}
	of := ""
	if c.Location != "" {
		l, err := a.org.Location(ctx, c.Location)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, false, err
		}
		of = l.Team
	}
	teams, ok = r.Narrow(c, within, of)
	return teams, ok, nil
}

// countGroup counts. What was asked and what is told stand in the log before it is told.
func (a *Alarms) countGroup(v *web.Visit) error {
	in := CriteriaIn{Origins: v.Values("origins"), Other: v.Value("other"), Unknown: v.Value("unknown") != "", Place: v.Value("place"), Decided: v.Value("decided") != "", From: v.Value("from"), To: v.Value("to"), Removal: v.Value("removal") != ""}
	c, fs := in.Check(v.Now)
	var teams []string
	if len(fs) == 0 {
		var ok bool
		var err error
		if teams, ok, err = a.narrowed(v, c); err != nil {
			return err
		}
		if !ok {
			fs.Add("place", "alarm.error.place")
		}
	}
	if len(fs) > 0 {
		return a.showForm(v, groupFormPage{In: in, Errors: fs}, true)
	}
	n, part, err := a.size(v.Ctx(), c, teams)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := a.putCount(v.Ctx(), tx, v.Actor, countAsked{In: in, Criteria: c, Teams: teams, Part: part}, Told(n))
		return v.URL("alarm.group", "telling", id), err
	})
}

// raiseOfGroup raises the alarm about what was counted.
func (a *Alarms) raiseOfGroup(v *web.Visit) error {
	ctx := v.Ctx()
	c, err := a.count(ctx, a.db, v.Actor.ID, v.Value("telling"), v.Now)
	if err != nil {
		return err
	}
	teams, ok, err := a.narrowed(v, c.Asked.Criteria) // the posts may have changed since
	if err != nil {
		return err
	}
	if !ok {
		return fault.Gone()
	}
	var fs fault.Fields
	reason, purpose := words(&fs, "reason", v.Value("reason"), purposeLeast), words(&fs, "purpose", v.Value("purpose"), purposeLeast)
	if len(fs) > 0 {
		return a.showForm(v, groupFormPage{In: c.Asked.In, Count: c, Reason: reason, Purpose: purpose, Errors: fs}, true)
	}
	var id string
	defer func() {
		if id != "" { // small groups are there at once; the job goes on with the others
			_ = a.look(context.WithoutCancel(ctx), id, 5*a.lookStep)
		}
		a.board.forget()
	}()
	return v.Write(func(tx *db.Tx) (string, error) {
		var err error
		id, err = a.raiseGroup(ctx, tx, v.Actor, Said{Criteria: c.Asked.Criteria, Reason: reason}, teams, purpose)
		return v.URL("alarm.group_show", "group", id, "gezegd", "alarm.said.group"), err
	})
}

// groupPage is an alarm about a group.
type groupPage struct {
	PostedGroup
	Words           string
	Here, Elsewhere int
	Until           time.Time // until when the list is open to the visitor
	People          []personRow
	Page, Pages     int
	Story           []Step
	Names           map[string]string
	Purpose         string
	End             End
	Verdict, Lesson string
	MayReview       bool
	MayEnd          bool
	Errors          fault.Fields
	Now             time.Time
}

// personRow is one person on the list of a group.
type personRow struct {
	ID, Called, Where string
	URL               string // of the file, when the visitor sees it
	Alarm             *Alarm
	Left              string
	Steps             []string
	Taken             []string
	Mine              bool
	Calls             []call
}

// perPage is how many people one page of a list shows; each of them stands in the log, so no page shows more than are read.
const perPage = 25

// ofReach is a group of which something is within the visitor's reach; any other is not there.
func (a *Alarms) ofReach(v *web.Visit) (PostedGroup, Reach, error) {
	r := ReachOf(v.Actor)
	g, err := a.group(v.Ctx(), a.db, v.Param("group"))
	if err != nil {
		return PostedGroup{}, r, err
	}
	a.board.mu.Lock()
	p, err := a.postGroup(v.Ctx(), g, v.Now)
	a.board.mu.Unlock()
	if err != nil {
		return p, r, err
	}
	if g.MadeBy == v.Actor.ID {
		return p, r, nil
	}
	if here, _ := p.Within(r); here > 0 {
		return p, r, nil
	}
	// Over, or nobody found yet: then the teams that it reaches decide.
	teams, err := a.teamsWithin(v.Ctx(), r)
	if err != nil {
		return p, r, err
	}
	reach := g.reach()
	if g.State == Ended && (len(reach) == 0 && r.All || slices.ContainsFunc(teams, func(t TeamAt) bool { return slices.Contains(reach, t.ID) })) {
		return p, r, nil
	}
	return p, r, fault.Gone()
}

func (a *Alarms) showGroup(v *web.Visit) error {
	g, r, err := a.ofReach(v)
	if err != nil {
		return err
	}
	p, err := a.groupOf(v, g, r)
	if err != nil {
		return err
	}
	return v.Page(pageGroup(p))
}

// groupOf gathers the page. The list is read, and each person on it logged, only when its purpose was given.
func (a *Alarms) groupOf(v *web.Visit, g PostedGroup, r Reach) (groupPage, error) {
	ctx := v.Ctx()
	p := groupPage{PostedGroup: g, Now: v.Now, MayEnd: g.State == Running}
	p.Here, p.Elsewhere = g.Within(r)
	var err error
	if p.Words, err = a.criteriaText(ctx, g.Said.Criteria); err != nil {
		return p, err
	}
	if p.Story, err = history(ctx, a.db, g.ID); err != nil {
		return p, err
	}
	var ids []string
	done := false
	for i := range p.Story {
		s := &p.Story[i]
		ids, done = append(ids, s.MadeBy), done || s.Kind == reviewed
	}
	if err := openSteps(a.house(), p.Story); err != nil {
		return p, err
	}
	if p.Names, err = a.names(ctx, append(ids, g.MadeBy)); err != nil {
		return p, err
	}
	p.MayReview = mayJudge.Allows(v.Actor) && g.MayReview(v.Actor.ID) && !done
	if g.State != Running {
		return p, nil
	}
	if p.Until, err = listOpen(ctx, a.db, g.ID, v.Actor.ID, v.Now); err != nil || p.Until.IsZero() {
		return p, err
	}
	p.Page, _ = strconv.Atoi(v.Value("blad"))
	err = a.people(v, &p, r)
	return p, err
}

// people reads one page of the list.
func (a *Alarms) people(v *web.Visit, p *groupPage, r Reach) error {
	ctx := v.Ctx()
	var here []string
	all := make([]string, 0, len(p.members))
	for id := range p.members {
		all = append(all, id)
	}
	teams := a.files.TeamsOf(all)
	for _, id := range all {
		if r.Holds(teams[id], p.Region[teams[id]]) {
			here = append(here, id)
		}
	}
	slices.Sort(here)
	running, err := runningOf(ctx, a.db, here)
	if err != nil {
		return err
	}
	posted, _, err := a.posted(ctx, v.Now)
	if err != nil {
		return err
	}
	// Who will be removed first stands first; then who has an alarm of their own; then the others.
	rank := map[string]int{}
	for i, x := range posted {
		rank[x.Person] = i - len(posted)
	}
	slices.SortStableFunc(here, func(x, y string) int { return rank[x] - rank[y] })
	p.Pages = max(1, (len(here)+perPage-1)/perPage)
	p.Page = min(max(1, p.Page), p.Pages)
	from := (p.Page - 1) * perPage
	fs, err := a.files.Roll(v, here[from:min(len(here), from+perPage)], "", p.ID, "alarm.event.listed")
	if err != nil {
		return err
	}
	for _, f := range fs {
		row, err := a.personRow(v, f, running[f.ID()])
		if err != nil {
			return err
		}
		p.People = append(p.People, row)
	}
	return nil
}

// personRow is what the list tells of somebody: the name, where they are helped, who represents them, and what was done.
func (a *Alarms) personRow(v *web.Visit, f dossier.File, x Alarm) (personRow, error) {
	ctx := v.Ctx()
	r := personRow{ID: f.ID(), Called: f.Called()}
	var err error
	if r.Where, err = a.placeText(ctx, Alarm{Team: f.Team(), Location: f.Location()}); err != nil {
		return r, err
	}
	sees, err := a.seesFile(v, f.ID())
	if err != nil {
		return r, err
	}
	if sees {
		r.URL = v.URL("alarm.file", "person", f.ID())
	}
	if r.Calls, _, err = a.calls(v, f, ""); err != nil || x.ID == "" {
		return r, err
	}
	if err := openDanger(f.Key(), &x); err != nil {
		return r, err
	}
	r.Alarm, r.Left = &x, leftText(ctx, x.Danger, v.Now)
	ss, err := history(ctx, a.db, x.ID)
	if err != nil {
		return r, err
	}
	standing := Standing(ss)
	for _, k := range Steps {
		if s, ok := standing[k]; ok && s.Result == "done" {
			r.Steps = append(r.Steps, lang.T(ctx, "alarm.step."+k))
		}
	}
	ts, err := takenBy(ctx, a.db, []string{x.ID})
	if err != nil {
		return r, err
	}
	ids := onIt(ts)
	r.Mine = slices.Contains(ids, v.Actor.ID)
	names, err := a.names(ctx, slices.Clone(ids))
	for _, id := range ids {
		r.Taken = append(r.Taken, names[id])
	}
	return r, err
}

// openGroup opens the list for a purpose.
func (a *Alarms) openGroup(v *web.Visit) error {
	g, r, err := a.ofReach(v)
	if err != nil {
		return err
	}
	if g.State != Running {
		return fault.New(fault.Conflict, "alarm.conflict.ended")
	}
	var fs fault.Fields
	purpose := words(&fs, "purpose", v.Value("purpose"), purposeLeast)
	if len(fs) > 0 {
		p, err := a.groupOf(v, g, r)
		if err != nil {
			return err
		}
		p.Purpose, p.Errors = purpose, fs
		return v.Invalid(pageGroup(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("alarm.group_show", "group", g.ID), a.openList(v.Ctx(), tx, v.Actor, g.ID, purpose)
	})
}

// takeOfGroup says "I take it" of somebody on the list: an alarm of their own begins, and the visitor is on it.
func (a *Alarms) takeOfGroup(v *web.Visit) error {
	ctx := v.Ctx()
	g, r, err := a.ofReach(v)
	if err != nil {
		return err
	}
	person := v.Value("person")
	team := a.files.TeamsOf([]string{person})[person]
	until, err := listOpen(ctx, a.db, g.ID, v.Actor.ID, v.Now)
	if err != nil {
		return err
	}
	if g.State != Running || until.IsZero() || !g.members[person] || !r.Holds(team, g.Region[team]) {
		return fault.Gone()
	}
	f, err := a.answered(v, person, team)
	if err != nil {
		return err
	}
	defer a.board.forget()
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := raise(ctx, tx, f, g.ID, Danger{Held: "unknown"}, true)
		if err != nil {
			return "", err
		}
		return v.URL("alarm.file", "person", person, "alarm", id, "gezegd", "alarm.said.taken"), take(ctx, tx, f, id)
	})
}

func (a *Alarms) endOfGroup(v *web.Visit) error {
	g, r, err := a.ofReach(v)
	if err != nil {
		return err
	}
	x := End{Outcome: v.Value("outcome"), Note: v.Value("end")}
	var fs fault.Fields
	if !slices.Contains(GroupOutcomes, x.Outcome) {
		fs.Add("outcome", "alarm.error.outcome")
	}
	note := words(&fs, "end", x.Note, 10)
	if len(fs) > 0 {
		p, err := a.groupOf(v, g, r)
		if err != nil {
			return err
		}
		p.End, p.Errors = x, fs
		return v.Invalid(pageGroup(p))
	}
	defer a.board.forget()
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("alarm.list", "gezegd", "alarm.said.group_ended"), a.endGroup(v.Ctx(), tx, v.Actor, g.ID, x.Outcome, note)
	})
}

func (a *Alarms) reopenOfGroup(v *web.Visit) error {
	g, _, err := a.ofReach(v)
	if err != nil {
		return err
	}
	defer a.board.forget()
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("alarm.group_show", "group", g.ID, "gezegd", "alarm.said.reopened"), a.reopenGroup(v.Ctx(), tx, v.Actor, g.ID)
	})
}

func (a *Alarms) judgeGroup(v *web.Visit) error {
	g, r, err := a.ofReach(v)
	if err != nil {
		return err
	}
	p, err := a.groupOf(v, g, r)
	if err != nil {
		return err
	}
	if !p.MayReview {
		return fault.Gone()
	}
	verdict, note, fs := checkVerdict(v.Value("verdict"), v.Value("lesson"))
	if len(fs) > 0 {
		p.Verdict, p.Lesson, p.Errors = verdict, note, fs
		return v.Invalid(pageGroup(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if done, err := reviewedAlready(v.Ctx(), tx, g.ID); err != nil || done {
			return v.URL("alarm.list"), err
		}
		if err := a.groupStep(v.Ctx(), tx, v.Actor.ID, g.ID, reviewed, verdict, note); err != nil {
			return "", err
		}
		return v.URL("alarm.list", "gezegd", "alarm.said.reviewed"), logGroup(v.Ctx(), tx, v.Actor, "alarm.event.group_reviewed", g.ID)
	})
}
