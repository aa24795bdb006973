package alarm

// This file holds what alarm shows on the pages of others: on top of Vandaag, in a file, on its timeline; and how criteria
// and numbers are said.

import (
	"context"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// wide puts a part above the two columns of the first page of a file.
const wide = -1

// filePart is the alarm on the first page of a file.
type filePart struct {
	File    dossier.File
	Alarm   Alarm
	Left    string
	Taken   []string
	Done    int
	Group   string // the address of the group alarm the person belongs to, or "-" when the visitor has no such page
	Now     time.Time
	Running bool
}

// filePanel stands above everything in a file of which an alarm runs, or that belongs to a group of which one runs.
func (a *Alarms) filePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	ctx := v.Ctx()
	as, err := newest(ctx, a.db, f)
	if err != nil {
		return ui.Part{}, err
	}
	p := filePart{File: f, Now: v.Now}
	if len(as) > 0 && as[0].State == Running {
		p.Alarm, p.Running, p.Left = as[0], true, leftText(ctx, as[0].Danger, v.Now)
		ts, err := takenBy(ctx, a.db, []string{as[0].ID})
		if err != nil {
			return ui.Part{}, err
		}
		ids := onIt(ts)
		names, err := a.names(ctx, slices.Clone(ids))
		if err != nil {
			return ui.Part{}, err
		}
		for _, id := range ids {
			p.Taken = append(p.Taken, names[id])
		}
		ss, err := history(ctx, a.db, as[0].ID)
		if err != nil {
			return ui.Part{}, err
		}
		for _, s := range Standing(ss) {
			if s.Result == "done" {
				p.Done++
			}
		}
	}
	_, groups, err := a.posted(ctx, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	for _, g := range groups {
		if g.members[f.ID()] {
			p.Group = "-"
			if here, _ := g.Within(ReachOf(v.Actor)); here > 0 && mayGroup.Allows(v.Actor) {
				p.Group = v.URL("alarm.group_show", "group", g.ID)
			}
		}
	}
	if !p.Running && p.Group == "" {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partFile(p), Count: wide}, nil
}

// asidePanel is the one press, and the way to alarms that are over.
func (a *Alarms) asidePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	as, err := newest(v.Ctx(), a.db, f)
	if err != nil || len(as) > 0 && as[0].State == Running {
		return ui.Part{}, err
	}
	return ui.Part{Body: partAside(f, len(as) > 0)}, nil
}

// todayPart is what stands on top of Vandaag.
type todayPart struct {
	Rows   []row
	Groups []groupRow
	Mine   []mineRow // own people who belong to a group
	Judge  []row
	Now    time.Time
}

type mineRow struct{ Called, URL string }

// todayMost is how many rows of each sort Vandaag shows.
const todayMost = 8

// todayPanel shows alarms to those who are told of them, and to caseworkers which of their people belong to a group.
func (a *Alarms) todayPanel(v *web.Visit) (ui.Part, error) {
	ctx := v.Ctx()
	people, groups, err := a.posted(ctx, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	p := todayPart{Now: v.Now}
	if p.Rows, err = a.rows(v, people); err != nil {
		return ui.Part{}, err
	}
	if mayGroup.Allows(v.Actor) {
		p.Groups = a.groupRows(v, groups)
	}
	if p.Mine, err = a.mine(v, groups, people); err != nil {
		return ui.Part{}, err
	}
	n := len(p.Rows) + len(p.Groups)
	part := ui.Part{Count: n + len(p.Mine)}
	if part.Count == 0 {
		return ui.Part{}, nil
	}
	if n > 0 {
		part.Say = lang.T(ctx, "alarm.today.say", "n", n, "count", lang.Words(ctx, n))
	}
	part.Body = partToday(p)
	return part, nil
}

// mine are the own people of the visitor who belong to a running group and have no alarm of their own.
func (a *Alarms) mine(v *web.Visit, groups []PostedGroup, people []Posted) ([]mineRow, error) {
	if len(groups) == 0 {
		return nil, nil
	}
	held, err := a.files.Held(v, access.DeskLevel)
	if err != nil {
		return nil, err
	}
	held = slices.DeleteFunc(held, func(id string) bool {
		return slices.ContainsFunc(people, func(p Posted) bool { return p.Person == id }) || !slices.ContainsFunc(groups, func(g PostedGroup) bool { return g.members[id] })
	})
	called, err := a.files.Names(v.Ctx(), held)
	if err != nil {
		return nil, err
	}
	var out []mineRow
	for _, id := range held {
		if called[id] != "" {
			out = append(out, mineRow{called[id], v.URL("alarm.file", "person", id)})
		}
	}
	return out, nil
}

func (a *Alarms) groupRows(v *web.Visit, groups []PostedGroup) []groupRow {
	r := ReachOf(v.Actor)
	var out []groupRow
	for _, g := range groups {
		x := groupRow{PostedGroup: g, Title: a.shortCriteria(v.Ctx(), g.Said.Criteria)}
		x.Here, x.Elsewhere = g.Within(r)
		if x.Here > 0 || g.MadeBy == v.Actor.ID {
			out = append(out, x)
		}
	}
	return out
}

// pastGroups are the groups of which the alarm ended lately, for those whose reach it touched.
func (a *Alarms) pastGroups(v *web.Visit) ([]groupRow, error) {
	ctx := v.Ctx()
	gs, err := a.groups(ctx, a.db, v.Now.Add(-endedShown))
	if err != nil {
		return nil, err
	}
	r := ReachOf(v.Actor)
	teams, err := a.teamsWithin(ctx, r)
	if err != nil {
		return nil, err
	}
	var out []groupRow
	for _, g := range gs {
		reach := g.reach()
		touched := g.MadeBy == v.Actor.ID || len(reach) == 0 && r.All || slices.ContainsFunc(teams, func(t TeamAt) bool { return slices.Contains(reach, t.ID) })
		if g.State == Ended && touched {
			out = append(out, groupRow{PostedGroup: PostedGroup{Group: g}, Title: a.shortCriteria(ctx, g.Said.Criteria)})
		}
	}
	return out, nil
}

// Source tells the timeline of a file when an alarm was raised and how it ended.
func (a *Alarms) Source(v *web.Visit, f dossier.File, before time.Time, n int) ([]dossier.Moment, error) {
	ctx := v.Ctx()
	ss, err := db.Many[Step](ctx, a.db, db.F(`SELECT id, about, person, kind, result, body, at, made_by FROM alarm_step WHERE person = ? AND kind IN ('raised','ended','reopened') AND at < ? ORDER BY at DESC, id DESC LIMIT ?`, f.ID(), before, n))
	if err != nil || len(ss) == 0 {
		return nil, err
	}
	var ids []string
	for _, s := range ss {
		ids = append(ids, s.MadeBy)
	}
	names, err := a.names(ctx, ids)
	if err != nil {
		return nil, err
	}
	names[f.ID()] = f.Called()
	var out []dossier.Moment
	for _, s := range ss {
		out = append(out, dossier.Moment{ID: s.ID, At: s.At, Group: "law", Kind: "law", Icon: stepIcon(s), Title: stepTitle(ctx, s, names), By: names[s.MadeBy], Author: s.MadeBy,
			Body: momentLink(v.URL("alarm.file", "person", f.ID(), "alarm", s.About))})
	}
	return out, nil
}

// runningOf are the running alarms of some people.
func runningOf(ctx context.Context, q db.Q, people []string) (map[string]Alarm, error) {
	out := map[string]Alarm{}
	for some := range slices.Chunk(people, 500) { // a statement takes a bounded number of values
		as, err := db.Many[Alarm](ctx, q, db.F(columns).Then(`WHERE state = 'running' AND`).With(db.In("person", some)))
		if err != nil {
			return nil, err
		}
		for _, x := range as {
			out[x.Person] = x
		}
	}
	return out, nil
}

// originText is the name of where people come from.
func originText(ctx context.Context, code string) string {
	if own, ok := strings.CutPrefix(code, "~"); ok {
		return lang.Capital(own)
	}
	return lang.T(ctx, "alarm.origin."+code)
}

// shortCriteria is a group in a few words.
func (a *Alarms) shortCriteria(ctx context.Context, c Criteria) string {
	var from []string
	for _, o := range c.Origins {
		from = append(from, originText(ctx, o))
	}
	if c.Unknown {
		from = append(from, lang.T(ctx, "alarm.origin.unknown"))
	}
	if len(from) == 0 {
		from = []string{lang.T(ctx, "alarm.criteria.anyone")}
	}
	if len(from) > 3 {
		from = append(from[:3], "…")
	}
	return lang.T(ctx, "alarm.group.of", "from", strings.Join(from, ", "))
}

// criteriaText is a group in words, with every criterion.
func (a *Alarms) criteriaText(ctx context.Context, c Criteria) (string, error) {
	var parts []string
	var from []string
	for _, o := range c.Origins {
		from = append(from, originText(ctx, o))
	}
	if c.Unknown {
		from = append(from, lang.T(ctx, "alarm.origin.unknown"))
	}
	if len(from) > 0 {
		parts = append(parts, lang.T(ctx, "alarm.criteria.origin", "from", strings.Join(from, ", ")))
	}
	place := ""
	switch {
	case c.Region != "":
		if r, err := a.org.Region(ctx, c.Region); err == nil {
			place = lang.T(ctx, "alarm.group.place.region", "name", r.Name)
		} else if !fault.Is(err, fault.NotFound) {
			return "", err
		}
	case c.Team != "":
		if t, err := a.org.Team(ctx, c.Team); err == nil {
			place = lang.T(ctx, "alarm.group.place.team", "name", t.Name)
		} else if !fault.Is(err, fault.NotFound) {
			return "", err
		}
	case c.Location != "":
		ls, err := a.org.LocationsBy(ctx, []string{c.Location})
		if err != nil {
			return "", err
		}
		place = ls[c.Location].Name
	}
	if place != "" {
		parts = append(parts, lang.T(ctx, "alarm.criteria.place", "place", place))
	}
	switch {
	case !c.Decided:
	case c.From.IsZero() && c.To.IsZero():
		parts = append(parts, lang.T(ctx, "alarm.criteria.decided"))
	case c.To.IsZero():
		parts = append(parts, lang.T(ctx, "alarm.criteria.from", "day", lang.Day(ctx, c.From)))
	case c.From.IsZero():
		parts = append(parts, lang.T(ctx, "alarm.criteria.to", "day", lang.Day(ctx, c.To)))
	default:
		parts = append(parts, lang.T(ctx, "alarm.criteria.between", "from", lang.Day(ctx, c.From), "to", lang.Day(ctx, c.To)))
	}
	if c.Removal {
		parts = append(parts, lang.T(ctx, "alarm.criteria.removal"))
	}
	return strings.Join(parts, " · "), nil
}

// toldText is a number before a purpose was given.
func toldText(ctx context.Context, n int, part bool) string {
	switch {
	case n < countStep:
		return lang.T(ctx, "alarm.count.few", "n", countStep)
	case part:
		return lang.T(ctx, "alarm.count.most", "n", n, "number", lang.Number(ctx, n))
	}
	return lang.T(ctx, "alarm.count.about", "n", n, "number", lang.Number(ctx, n))
}

// fewText is a number of people elsewhere: how few they are is nobody's business here.
func fewText(ctx context.Context, n int) string {
	if n < countStep {
		return lang.T(ctx, "alarm.few", "n", countStep)
	}
	return lang.Number(ctx, n)
}

func compareText(a, b string) int { return strings.Compare(dossier.Fold(a), dossier.Fold(b)) }
