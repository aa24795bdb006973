package interview

// This file holds the lists: of one person, of everybody whose file one sees, and what a team agreed on.

import (
	"context"
	"slices"
	"strconv"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type filePage struct {
	File  dossier.File
	Plans bool
	Here  []ui.RowP // planned
	Past  []ui.RowP
}

// file lists the interviews of one person.
func (x *Interviews) file(v *web.Visit) error {
	f, err := x.files.Open(v, v.Param("person"), access.DeskLevel, "interview.event.look")
	if err != nil {
		return err
	}
	ctx := v.Ctx()
	is, err := interviewsOf(ctx, x.db, f)
	if err != nil {
		return err
	}
	ids := make([]string, len(is))
	for k, i := range is {
		ids[k] = i.ID
	}
	cs, err := x.company(ctx, x.db, ids)
	if err != nil {
		return err
	}
	n, err := x.namesOf(ctx, whoGo(cs)...)
	if err != nil {
		return err
	}
	p := filePage{File: f, Plans: plans(f)}
	for _, i := range is {
		r := ui.RowP{Href: v.URL("interview.show", "person", f.ID(), "interview", i.ID), Title: titleOf(ctx, i), Sub: lang.Dots(whenText(ctx, i.Day, i.Hour), whereText(ctx, i), whoText(ctx, i.State, i.Company, cs[i.ID], n)),
			TagKind: looks[i.State][0], TagIcon: looks[i.State][1], Tag: lang.T(ctx, "interview.state."+i.State)}
		if Nobody(i, cs[i.ID]) {
			r.TagKind, r.TagIcon, r.Tag = "warn", "warning", lang.T(ctx, "interview.nobody")
		}
		if i.State == Planned {
			p.Here = append(p.Here, r)
		} else {
			p.Past = append([]ui.RowP{r}, p.Past...)
		}
	}
	return v.Page(pageFile(p))
}

// whoGo are the colleagues who go along to any of some interviews.
func whoGo(cs map[string][]Companion) []string {
	var out []string
	for _, of := range cs {
		if c, ok := goes(of); ok && !slices.Contains(out, c.Colleague) {
			out = append(out, c.Colleague)
		}
	}
	return out
}

// whoText is who goes along, or went.
func whoText(ctx context.Context, state string, company bool, cs []Companion, n names) string {
	c, ok := goes(cs)
	switch {
	case ok && state == Planned:
		return lang.T(ctx, "interview.goes", "name", n.of(ctx, c.Colleague))
	case ok:
		return lang.T(ctx, "interview.went", "name", n.of(ctx, c.Colleague))
	case state == Planned && company && waits(cs):
		return lang.T(ctx, "interview.asked")
	}
	return ""
}

// group is one part of the list over people.
type group struct {
	Key  string
	Rows []ui.RowP
}

type listPage struct {
	Groups  []group
	Alone   []ui.RowP // of a team that somebody leads: without a name
	Nobody  int
	Waiting int // points of concern that wait for somebody who takes signals in
	Sets    bool
	Full    bool
}

// list shows the interviews of everybody whose file one sees; a team leader also sees where nobody goes along.
func (x *Interviews) list(v *web.Visit) error {
	ctx, today := v.Ctx(), clock.Today(v.Now)
	ls, err := x.listed(ctx, v.Actor, v.Now)
	if err != nil {
		return err
	}
	rows, nobody, err := x.listRows(v, ls)
	if err != nil {
		return err
	}
	p := listPage{Nobody: nobody, Sets: maySet.Allows(v.Actor), Full: len(ls) == listMost}
	week := today.AddDays(7 - (int(today.Weekday())+6)%7) // the Monday that comes
	by := map[string][]ui.RowP{}
	for k, l := range ls {
		by[l.group(today, week)] = append(by[l.group(today, week)], rows[k])
	}
	for _, key := range []string{"today", "week", "later", "undated", "after"} {
		if len(by[key]) > 0 {
			p.Groups = append(p.Groups, group{key, by[key]})
		}
	}
	if p.Waiting, err = x.waiting(ctx, v.Actor, v.Now); err != nil {
		return err
	}
	if p.Alone, err = x.aloneRows(v); err != nil {
		return err
	}
	return v.Page(pageList(p))
}

// group is the part of the list in which an interview stands.
func (l Listed) group(today, week clock.Date) string {
	switch {
	case l.State != Planned:
		return "after"
	case l.Day.IsZero():
		return "undated"
	case !l.Day.After(today):
		return "today"
	case l.Day.Before(week):
		return "week"
	}
	return "later"
}

// listRows are rows of a list over people whose files the reader sees, and how many of them have nobody to go along.
func (x *Interviews) listRows(v *web.Visit, ls []Listed) ([]ui.RowP, int, error) {
	ctx, today := v.Ctx(), clock.Today(v.Now)
	var ids, people []string
	for _, l := range ls {
		ids, people = append(ids, l.ID), append(people, l.Person)
	}
	cs, err := x.company(ctx, x.db, ids)
	if err != nil {
		return nil, 0, err
	}
	n, err := x.namesOf(ctx, whoGo(cs)...)
	if err != nil {
		return nil, 0, err
	}
	called, err := x.files.Names(ctx, people)
	if err != nil {
		return nil, 0, err
	}
	nobody := 0
	var out []ui.RowP
	for _, l := range ls {
		r := ui.RowP{Href: v.URL("interview.show", "person", l.Person, "interview", l.ID), Title: lang.T(ctx, "interview.row", "name", lang.Isolated(called[l.Person]), "what", lang.T(ctx, "interview.kind."+l.Kind)),
			Sub: lang.Dots(whenText(ctx, l.Day, l.Hour), siteText(ctx, l.Site), whoText(ctx, l.State, l.Company, cs[l.ID], n))}
		r.TagKind, r.TagIcon, r.Tag = l.tag(ctx, cs[l.ID], today)
		if Nobody(Interview{State: l.State, Company: l.Company}, cs[l.ID]) {
			nobody++
		}
		out = append(out, r)
	}
	return out, nobody, nil
}

// tag is what about a row asks for somebody.
func (l Listed) tag(ctx context.Context, cs []Companion, today clock.Date) (kind, icon, text string) {
	_, company := goes(cs)
	switch {
	case l.State == Planned && l.Company && !company:
		return "warn", "warning", lang.T(ctx, "interview.nobody")
	case l.State == Planned && l.Day.Before(today) && !l.Day.IsZero():
		return "warn", "question", lang.T(ctx, "interview.tag.held")
	case l.State == Planned:
		return "", "", ""
	case company && l.Reported.IsZero() && !l.Due.IsZero() && l.Due.Before(today):
		return "danger", "warning", lang.T(ctx, "interview.tag.report.late")
	case company && l.Reported.IsZero():
		return "warn", "pencil-simple", lang.T(ctx, "interview.tag.report")
	case l.Received.IsZero():
		return "", "hourglass-medium", lang.T(ctx, "interview.tag.receive")
	case l.Sent == 0:
		return "warn", "pencil-simple", lang.T(ctx, "interview.tag.correct")
	}
	return "ok", "check", lang.T(ctx, "interview.tag.sent")
}

// aloneRows are the interviews of the teams that somebody leads to which nobody goes along, near enough to say so: when and
// where, and who planned it. Whose they are is for those who have the file.
func (x *Interviews) aloneRows(v *web.Visit) ([]ui.RowP, error) {
	ctx := v.Ctx()
	var out []ui.RowP
	for _, team := range v.Actor.At(access.Lead, access.Team) {
		set, err := setting(ctx, x.db, team)
		if err != nil {
			return nil, err
		}
		ls, err := x.alone(ctx, team, clock.Today(v.Now).AddDays(set.Ahead))
		if err != nil {
			return nil, err
		}
		var by []string
		for _, l := range ls {
			by = append(by, l.MadeBy)
		}
		n, err := x.namesOf(ctx, by...)
		if err != nil {
			return nil, err
		}
		for _, l := range ls {
			out = append(out, ui.RowP{Title: lang.Dots(lang.T(ctx, "interview.kind."+l.Kind), whenText(ctx, l.Day, l.Hour)), Sub: lang.Dots(siteText(ctx, l.Site), lang.T(ctx, "interview.planned_by", "name", n.of(ctx, l.MadeBy))),
				Due: &ui.DueP{Days: clock.Today(v.Now).DaysUntil(l.Day), Until: lang.Day(ctx, l.Day)}})
		}
	}
	return out, nil
}

type settingPage struct {
	Teams  []teamSetting
	Errors fault.Fields
	Team   string // whose form had faults
}

type teamSetting struct {
	ID, Name string
	In       SettingInput
}

func (x *Interviews) settingPage(v *web.Visit) (settingPage, error) {
	var p settingPage
	for _, id := range v.Actor.At(access.Lead, access.Team) {
		t, err := x.org.Team(v.Ctx(), id)
		if err != nil {
			return p, err
		}
		s, err := setting(v.Ctx(), x.db, id)
		if err != nil {
			return p, err
		}
		p.Teams = append(p.Teams, teamSetting{id, t.Name, SettingInput{strconv.Itoa(s.Report), strconv.Itoa(s.Ahead)}})
	}
	return p, nil
}

func (x *Interviews) settings(v *web.Visit) error {
	p, err := x.settingPage(v)
	if err != nil {
		return err
	}
	return v.Page(pageSetting(p))
}

func (x *Interviews) saveSetting(v *web.Visit) error {
	p, err := x.settingPage(v)
	if err != nil {
		return err
	}
	k := slices.IndexFunc(p.Teams, func(t teamSetting) bool { return t.ID == v.Value("team") })
	if k < 0 {
		return fault.Gone()
	}
	p.Team, p.Teams[k].In = p.Teams[k].ID, SettingInput{v.Value("report"), v.Value("ahead")}
	s, fs := p.Teams[k].In.Check(p.Team)
	if p.Errors = fs; len(fs) > 0 {
		return v.Invalid(pageSetting(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("interview.list", "gezegd", "interview.said.set"), x.set(v.Ctx(), tx, v.Actor, s)
	})
}
