package interview

// This file is what interviews lend: their part of Vandaag, of a file, of the refugee's own first page, and of the timeline.

import (
	"slices"
	"sort"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Tabs is the list on a file.
func (x *Interviews) Tabs() []dossier.Tab {
	return []dossier.Tab{{Key: "interview.tab", Route: "interview.file", Level: access.DeskLevel, Order: 22}}
}

// FilePanels are the parts on a person's pages.
func (x *Interviews) FilePanels() []dossier.Panel {
	return []dossier.Panel{{Place: "aside", Order: 12, Show: x.asidePanel}, {Place: "home", Order: 12, Show: x.homePanel}, {Place: "appointments", Order: 20, Show: x.homePanel}}
}

// Panels are for Vandaag.
func (x *Interviews) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 14, Show: x.goingPanel}, {Place: "today", Order: 15, Show: x.todayPanel}}
}

// asidePanel is the next interview.
func (x *Interviews) asidePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	ctx := v.Ctx()
	is, err := interviewsOf(ctx, x.db, f)
	if err != nil {
		return ui.Part{}, err
	}
	k := slices.IndexFunc(is, func(i Interview) bool { return i.State == Planned })
	if k < 0 {
		return ui.Part{}, nil
	}
	i := is[k]
	cs, err := x.companionsOf(ctx, x.db, i.ID)
	if err != nil {
		return ui.Part{}, err
	}
	n, err := x.namesOf(ctx, peopleIn(cs, nil)...)
	if err != nil {
		return ui.Part{}, err
	}
	who := whoText(ctx, i.State, i.Company, cs, n)
	return ui.Part{Body: partAside(titleOf(ctx, i), lang.Dots(whenText(ctx, i.Day, i.Hour), siteText(ctx, i.Site)), who, Nobody(i, cs), v.URL("interview.show", "person", f.ID(), "interview", i.ID))}, nil
}

// Coming are the interviews that are planned, for the person's own paper.
func (x *Interviews) Coming(v *web.Visit, f dossier.File) ([]dossier.Coming, error) {
	p, err := x.mineParts(v, f)
	var out []dossier.Coming
	for _, m := range p.Coming {
		c := dossier.Coming{Fact: ui.FactP{Label: m.Title, Small: lang.Dots(m.Where, m.Who, m.Interpreter, lang.T(v.Ctx(), "interview.mine.undated"))}}
		if !m.I.Day.IsZero() {
			c.At = m.I.Day.In(clock.Netherlands)
			if at, err := time.Parse("15:04", m.I.Hour); err == nil {
				c.At = c.At.Add(time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute)
			}
			c.Fact = ui.FactP{Label: strings.TrimSpace(lang.Day(v.Ctx(), m.I.Day) + " " + m.I.Hour), Value: m.Title, Small: lang.Dots(m.Where, m.Who, m.Interpreter)}
		}
		out = append(out, c)
	}
	return out, err
}

// homePanel tells the refugee what comes, and what can still be said about what was.
func (x *Interviews) homePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	p, err := x.mineParts(v, f)
	if err != nil || len(p.Coming)+len(p.After) == 0 {
		return ui.Part{}, err
	}
	return ui.Part{Body: partHome(p)}, nil
}

// goingAhead is how many days before an interview it stands on Vandaag of whoever goes along.
const goingAhead = 14

// goingPanel is for whoever goes along: what they were asked, where they go soon, and which report they owe.
func (x *Interviews) goingPanel(v *web.Visit) (ui.Part, error) {
	if !mayGo.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ctx, until := v.Ctx(), clock.Today(v.Now).AddDays(goingAhead)
	gs, err := x.going(ctx, v.Actor, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	gs = slices.DeleteFunc(gs, func(g Going) bool {
		return g.State == Planned && g.Answer == Yes && (g.Day.IsZero() || g.Day.After(until))
	})
	if len(gs) == 0 {
		return ui.Part{}, nil
	}
	rows, err := x.goingRows(v, gs)
	return ui.Part{Body: partGoing(rows), Count: len(gs), Say: lang.T(ctx, "interview.say.going", "n", len(gs), "word", lang.Words(ctx, len(gs)))}, err
}

// todayMost is how many rows stand on Vandaag.
const todayMost = 12

// todayPanel is for those who plan: where nobody goes along and the day is near, what was held and waits for somebody here;
// and for who leads a team, where it has nobody.
func (x *Interviews) todayPanel(v *web.Visit) (ui.Part, error) {
	if !mayList.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ctx, today := v.Ctx(), clock.Today(v.Now)
	ls, err := x.near(ctx, v.Actor, v.Now, today.AddDays(aheadMost))
	if err != nil {
		return ui.Part{}, err
	}
	var ids []string
	for _, l := range ls {
		ids = append(ids, l.ID)
	}
	cs, err := x.company(ctx, x.db, ids)
	if err != nil {
		return ui.Part{}, err
	}
	sets := map[string]Setting{}
	nobody := 0
	var pressing []Listed
	for _, l := range ls {
		set, ok := sets[l.Team]
		if !ok {
			if set, err = setting(ctx, x.db, l.Team); err != nil {
				return ui.Part{}, err
			}
			sets[l.Team] = set
		}
		alone := Nobody(Interview{State: l.State, Company: l.Company}, cs[l.ID]) && !l.Day.IsZero() && !l.Day.After(today.AddDays(set.Ahead))
		if alone {
			nobody++
		}
		if alone || l.presses(cs[l.ID], today) {
			pressing = append(pressing, l)
		}
	}
	rows, _, err := x.listRows(v, pressing[:min(len(pressing), todayMost)])
	if err != nil {
		return ui.Part{}, err
	}
	team, err := x.aloneRows(v)
	if err != nil || len(rows)+len(team) == 0 {
		return ui.Part{}, err
	}
	p := ui.Part{Body: partToday(rows, team, v.URL("interview.list")), Count: len(pressing) + len(team)}
	if n := max(nobody, len(team)); n > 0 {
		p.Say = lang.T(ctx, "interview.say.nobody", "n", n, "word", lang.Words(ctx, n))
	}
	return p, nil
}

// presses says whether an interview waits for somebody here: nobody said whether it was held, or it was and our report is
// late, or the authority's report came and nothing was sent.
func (l Listed) presses(cs []Companion, today clock.Date) bool {
	_, company := goes(cs)
	switch {
	case l.State == Planned:
		return !l.Day.IsZero() && l.Day.Before(today)
	case company && l.Reported.IsZero() && !l.Due.IsZero() && l.Due.Before(today):
		return true
	}
	return l.State == Held && !l.Received.IsZero() && l.Sent == 0
}

// momentIcons are the kinds of the story that stand in the timeline of a file. What follows a report is for the whole file.
var momentIcons = map[string]string{didPlan: "calendar-blank", didHold: "microphone", didCancel: "x", didReceive: "file-text", didSend: "envelope-simple"}

// Source gives the interviews for the timeline.
func (x *Interviews) Source(v *web.Visit, f dossier.File, before time.Time, n int) ([]dossier.Moment, error) {
	ctx := v.Ctx()
	is, err := interviewsOf(ctx, x.db, f)
	if err != nil || len(is) == 0 {
		return nil, err
	}
	of := map[string]Interview{}
	for _, i := range is {
		of[i.ID] = i
	}
	kinds := []string{didPlan, didHold}
	if f.Level() >= access.File {
		kinds = append(kinds, didCancel, didReceive, didSend)
	}
	es, err := events(ctx, x.db, f.Key(), db.F(`person = ? AND at < ? AND`, f.ID(), before).With(db.In("kind", kinds)).Then(`ORDER BY at DESC, id DESC LIMIT ?`, n))
	if err != nil {
		return nil, err
	}
	who, err := x.namesOf(ctx, peopleIn(nil, es)...)
	if err != nil {
		return nil, err
	}
	var out []dossier.Moment
	for _, e := range es {
		i := of[e.Interview]
		out = append(out, dossier.Moment{ID: e.ID, At: e.At, Group: "law", Kind: "talk", Icon: momentIcons[e.Kind], By: lang.T(ctx, "interview.moment.by", "name", who.of(ctx, e.MadeBy)), Author: e.MadeBy,
			Title: lang.T(ctx, "interview.moment", "what", titleOf(ctx, i), "did", lang.T(ctx, "interview.moment."+e.Kind)),
			Body:  partMoment(lang.Dots(whenText(ctx, i.Day, i.Hour), siteText(ctx, i.Site)), v.URL("interview.show", "person", f.ID(), "interview", i.ID))})
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].At.After(out[b].At) })
	return out, nil
}
