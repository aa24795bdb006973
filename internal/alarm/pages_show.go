package alarm

// This file puts alarms into words: how much time is left, where somebody is held, what was done.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// leftText is how much time there is, as the begin of a sentence: "Nog 38 uur en 5 minuten".
func leftText(ctx context.Context, d Danger, now time.Time) string {
	l := d.Left(now)
	minutes := ""
	if l.Key == "hours" && l.M > 0 {
		minutes = " " + lang.T(ctx, "alarm.left.and", "n", l.M)
	}
	return lang.T(ctx, "alarm.left."+l.Key, "n", l.N) + minutes
}

// dueText is when it will happen: "zondag 29 november, 07:15".
func dueText(ctx context.Context, d Danger) string {
	switch day := clock.DateOf(d.Due.In(clock.Netherlands)); {
	case d.Due.IsZero():
		return lang.T(ctx, "alarm.due.unknown")
	case d.Exact:
		return lang.T(ctx, "alarm.due.at", "day", lang.LongDay(ctx, day), "time", lang.Time(ctx, d.Due))
	default:
		return lang.T(ctx, "alarm.due.day", "day", lang.LongDay(ctx, day))
	}
}

// heldText is where somebody is held.
func heldText(ctx context.Context, d Danger) string {
	return lang.Dots(lang.T(ctx, "alarm.held."+d.Held), d.Where)
}

// dangerFacts are what is known of the danger; what nobody knows is said too.
func dangerFacts(ctx context.Context, d Danger) []ui.FactP {
	or := func(s string) string {
		if s == "" {
			return lang.T(ctx, "alarm.unknown")
		}
		return s
	}
	return []ui.FactP{
		{Label: lang.T(ctx, "alarm.due"), Value: dueText(ctx, d)},
		{Label: lang.T(ctx, "alarm.held.fact"), Value: heldText(ctx, d)},
		{Label: lang.T(ctx, "alarm.flight"), Value: or(d.Flight)},
	}
}

// urgency is the look of a countdown; the words beside it say the same.
func urgency(d Danger, now time.Time) string {
	if d.Urgent(now) {
		return "danger"
	}
	return "warn"
}

// stepRow is one standard step as it stands.
type stepRow struct {
	Kind, Title, Hint string
	Tag, TagKind      string
	TagIcon           string
	By, Note, Link    string
	Open              bool
}

// stepRows are the standard steps in their order, each with what came of it.
func stepRows(ctx context.Context, a Alarm, standing map[string]Step, names map[string]string, now time.Time) []stepRow {
	var out []stepRow
	for _, k := range Steps {
		r := stepRow{Kind: k, Title: lang.T(ctx, "alarm.step."+k), Hint: lang.T(ctx, "alarm.step."+k+".hint"), Open: true}
		if k == "interim" {
			r.Hint += " " + courtText(ctx, a.Danger, now)
		}
		if s, ok := standing[k]; ok {
			r.Open, r.Tag, r.Note, r.Link = s.Result == "tried", lang.T(ctx, "alarm.result."+s.Result), s.Note, s.Address
			r.By = lang.T(ctx, "alarm.step.by", "name", names[s.MadeBy], "when", lang.When(ctx, s.At, now))
			r.TagKind, r.TagIcon = map[string]string{"done": "ok", "tried": "warn"}[s.Result], map[string]string{"done": "check", "tried": "hourglass-medium", "none": "x"}[s.Result]
		} else {
			r.Tag = lang.T(ctx, "alarm.result.todo")
		}
		out = append(out, r)
	}
	return out
}

// courtText says whether the European Court reads a request before the removal.
func courtText(ctx context.Context, d Danger, now time.Time) string {
	reads, open := Court(now)
	switch {
	case CourtTooLate(d, now):
		return lang.T(ctx, "alarm.court.late", "when", lang.When(ctx, reads, now))
	case open:
		return lang.T(ctx, "alarm.court.open")
	default:
		return lang.T(ctx, "alarm.court.shut", "when", lang.When(ctx, reads, now))
	}
}

// stepTitle is one entry of the history, with the names of those in it.
func stepTitle(ctx context.Context, s Step, names map[string]string) string {
	if slices.Contains(Steps, s.Kind) {
		return lang.T(ctx, "alarm.story.step", "step", lang.T(ctx, "alarm.step."+s.Kind), "result", lang.T(ctx, "alarm.result."+s.Result))
	}
	switch s.Kind {
	case ended:
		return lang.T(ctx, "alarm.story.ended", "outcome", lang.T(ctx, "alarm.outcome."+s.Result))
	case named, unnamed:
		return lang.T(ctx, "alarm.story."+s.Kind, "name", names[s.Result])
	case reviewed:
		return lang.T(ctx, "alarm.story.reviewed", "verdict", lang.T(ctx, "alarm.verdict."+s.Result))
	}
	return lang.T(ctx, "alarm.story."+s.Kind)
}

// story is a history as a timeline, newest first.
func story(ctx context.Context, ss []Step, names map[string]string, now time.Time) []ui.MomentP {
	var out []ui.MomentP
	for _, s := range slices.Backward(ss) {
		m := ui.MomentP{Icon: stepIcon(s), Title: stepTitle(ctx, s, names), When: lang.When(ctx, s.At, now), DateTime: s.At.In(clock.Netherlands).Format("2006-01-02T15:04"), By: names[s.MadeBy]}
		if s.Note != "" || s.Address != "" {
			m.Body = noteBody(s.Note, s.Address)
		}
		out = append(out, m)
	}
	return out
}

func stepIcon(s Step) string {
	switch s.Kind {
	case raised, reopened:
		return "warning"
	case taken, left, named, unnamed:
		return "user-circle"
	case renewed:
		return "clock"
	case ended, reviewed:
		return "check-circle"
	case changed:
		return "pencil-simple"
	case listed:
		return "eye"
	case joined:
		return "users"
	}
	return "list-checks"
}

// names are what colleagues are called; one who is not there any more, and the program itself, keep a word.
func (a *Alarms) names(ctx context.Context, ids []string) (map[string]string, error) {
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" || id == "system" })
	cs, err := a.org.Colleagues(ctx, ids)
	out := map[string]string{"system": lang.T(ctx, "alarm.by.machine")}
	for _, id := range ids {
		out[id] = "?"
		if c, ok := cs[id]; ok {
			out[id] = c.Name
		}
	}
	return out, err
}

// placeText is where somebody is helped: the team and the location.
func (a *Alarms) placeText(ctx context.Context, x Alarm) (string, error) {
	var team, place string
	if x.Team != "" {
		t, err := a.org.Team(ctx, x.Team)
		if err == nil {
			team = t.Name
		}
	}
	if x.Location != "" {
		ls, err := a.org.LocationsBy(ctx, []string{x.Location})
		if err != nil {
			return "", err
		}
		place = ls[x.Location].Name
	}
	if team == "" && place == "" {
		return lang.T(ctx, "alarm.place.unknown"), nil
	}
	return lang.Dots(team, place), nil
}

// call is somebody to call.
type call struct{ Name, About, Phone, Email string }

// calls are the lawyers of somebody, and, when none is known, who of the team can help to find one.
func (a *Alarms) calls(v *web.Visit, f dossier.File, team string) (lawyers, instead []call, err error) {
	ctx := v.Ctx()
	if a.lawyers != nil {
		ls, err := a.lawyers(ctx, a.db, f, clock.Today(v.Now))
		if err != nil {
			return nil, nil, err
		}
		for _, l := range ls {
			lawyers = append(lawyers, call{Name: l.Name, About: lang.Dots(l.Office, l.Reachable), Phone: l.Phone, Email: l.Email})
		}
	}
	if len(lawyers) > 0 || v.Actor.Kind != "staff" {
		return lawyers, nil, nil
	}
	instead, err = a.legalOf(ctx, team, v.Now)
	return nil, instead, err
}

// legalOf are the legal staff and the leads of a team, with their telephones.
func (a *Alarms) legalOf(ctx context.Context, team string, now time.Time) ([]call, error) {
	if team == "" {
		return nil, nil
	}
	var ids []string
	for _, role := range callRoles {
		held, err := a.org.Holding(ctx, postAt(role, team), now)
		if err != nil {
			return nil, err
		}
		for _, id := range held {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	cs, err := a.org.Colleagues(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []call
	for _, id := range ids {
		if c, ok := cs[id]; ok && len(out) < 6 {
			out = append(out, call{Name: c.Name, Phone: c.Phone, Email: c.Email})
		}
	}
	return out, nil
}

func options(ctx context.Context, prefix string, values []string) []ui.Option {
	out := make([]ui.Option, len(values))
	for i, x := range values {
		out[i] = ui.Option{Value: x, Label: lang.T(ctx, prefix+x)}
		if key := prefix + x + ".hint"; lang.Has(ctx, key) && prefix != "alarm.step." {
			out[i].Hint = lang.T(ctx, key)
		}
	}
	return out
}

func namesOf(ids []string, names map[string]string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = names[id]
	}
	return out
}

// rowSub is the second line of an alarm in a list.
func rowSub(ctx context.Context, r row) string {
	if r.State == Ended {
		return lang.Dots(r.Where, lang.Day(ctx, clock.DateOf(r.EndedAt.In(clock.Netherlands))))
	}
	who := lang.T(ctx, "alarm.taken.nobody")
	if len(r.Who) > 0 {
		who = lang.T(ctx, "alarm.taken.by", "n", len(r.Who), "names", lang.Join(ctx, r.Who))
	}
	where := r.Where
	if !r.Named {
		where = "" // the title says it
	}
	asked := ""
	if r.AskedBy != "" {
		asked = lang.T(ctx, "alarm.named.you", "name", r.AskedBy)
	}
	return lang.Dots(asked, dueText(ctx, r.Danger), heldText(ctx, Danger{Held: r.Danger.Held}), where, who)
}

// groupSub is the second line of an alarm about a group.
func groupSub(ctx context.Context, r groupRow, now time.Time) string {
	if r.State == Ended {
		return lang.Dots(lang.T(ctx, "alarm.group.were", "n", r.Group.People), lang.Day(ctx, clock.DateOf(r.EndedAt.In(clock.Netherlands))))
	}
	elsewhere := ""
	if r.Elsewhere > 0 {
		elsewhere = lang.T(ctx, "alarm.group.elsewhere", "number", fewText(ctx, r.Elsewhere))
	}
	return lang.Dots(lang.When(ctx, r.At, now), elsewhere)
}

// questionTitle is above the criteria: the question, or asking something else.
func questionTitle(ctx context.Context, p groupFormPage) string {
	if p.Count.ID == "" {
		return lang.T(ctx, "alarm.group.who")
	}
	return lang.T(ctx, "alarm.group.again")
}

// refresh lets the page ask for itself again as long as the members are looked for.
func refresh(p groupPage) int {
	if p.State == Running && p.LookAt.IsZero() {
		return 3
	}
	return 0
}

// reviewRow leads to the notice, where looking back begins, also for who sees the file.
func reviewRow(ctx context.Context, r row) row {
	if r.MayReview(web.From(ctx).Actor.ID) && mayJudge.Allows(web.From(ctx).Actor) {
		r.URL = web.URL(ctx, "alarm.review", "alarm", r.ID)
	}
	return r
}
