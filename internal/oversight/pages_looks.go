package oversight

// This file holds the tab Inzage of a file: who looked, on which day, what they did, and why that was open to them.

import (
	"context"
	"maps"
	"strconv"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// zone is where a day of looks begins and ends.
var zone = clock.Netherlands

type looksPage struct {
	File  dossier.File
	Days  []day
	Older string
	First bool // the page with the newest looks
}

type day struct {
	Title string
	Looks []lookRow
}

// lookRow is one colleague on one day, in words.
type lookRow struct {
	Time, Who, What   string
	Kind, Icon, Label string // the reason
}

func (o *Oversight) looks(v *web.Visit) error {
	ctx := v.Ctx()
	f, err := o.files.Open(v, v.Param("person"), access.File, "oversight.event.looks")
	if err != nil {
		return err
	}
	before, err := strconv.ParseInt(v.Value("voor"), 10, 64)
	if err != nil || before < 0 {
		before = 0
	}
	if err := v.Settled(); err != nil { // this look is one of them
		return err
	}
	ls, older, err := audit.ReadLooks(ctx, o.db, f.ID(), before, zone)
	if err != nil {
		return err
	}
	p := looksPage{File: f, First: before == 0}
	if older > 0 {
		p.Older = v.URL("oversight.looks", "person", f.ID(), "voor", strconv.FormatInt(older, 10))
	}
	var ids []string
	for _, l := range ls {
		if l.ActorKind == string(access.Staff) {
			ids = append(ids, l.Actor)
		}
	}
	names, err := o.called(ctx, ids)
	if err != nil {
		return err
	}
	if err := o.addOutsiders(ctx, ls, names); err != nil {
		return err
	}
	places := map[string]string{}
	for _, l := range ls {
		place, err := o.place(ctx, l.Place, places)
		if err != nil {
			return err
		}
		title := lang.Capital(lang.FullDay(ctx, clock.DateOf(l.Last.In(zone))))
		if len(p.Days) == 0 || p.Days[len(p.Days)-1].Title != title {
			p.Days = append(p.Days, day{Title: title})
		}
		d := &p.Days[len(p.Days)-1]
		d.Looks = append(d.Looks, row(v, f, l, names[l.Actor], place))
	}
	return v.Page(pageLooks(p))
}

// addOutsiders adds the names of people outside who looked.
func (o *Oversight) addOutsiders(ctx context.Context, ls []audit.Look, names map[string]string) error {
	var ids []string
	for _, l := range ls {
		if l.ActorKind == string(access.Outside) {
			ids = append(ids, l.Actor)
		}
	}
	outsiders, err := o.files.Outsiders(ctx, ids)
	maps.Copy(names, outsiders)
	return err
}

// row tells one look in words: who, what, how often and between which hours, and the reason.
func row(v *web.Visit, f dossier.File, l audit.Look, name, place string) lookRow {
	ctx := v.Ctx()
	r := lookRow{Time: lang.Time(ctx, l.Last)}
	switch l.ActorKind {
	case string(access.Staff):
		r.Who = name
		if l.Actor == v.Actor.ID {
			r.Who = lang.T(ctx, "oversight.looks.you")
		}
		if role := roleText(ctx, l.Role); role != "" {
			r.Who += ", " + role
		}
	case string(access.Outside):
		r.Who = name + ", " + lang.T(ctx, "oversight.role.outside")
	case string(access.IsSelf):
		r.Who = f.Called()
	default:
		r.Who = lang.T(ctx, "oversight.looks.machine")
	}
	r.What = did(v, l)
	r.Kind, r.Icon, r.Label = reason(ctx, l.Why, place)
	return r
}

// did is what happened, as a sentence: "Bekeek het dossier en veranderde gegevens, 3 keer tussen 09:12 en 10:40."
func did(v *web.Visit, l audit.Look) string {
	var acts []string
	for _, e := range l.Events {
		acts = appendNew(acts, said(v, e))
	}
	s := lang.Capital(lang.Join(v.Ctx(), acts))
	if l.Times > 1 {
		from, to := lang.Time(v.Ctx(), l.First), lang.Time(v.Ctx(), l.Last)
		if from == to {
			return lang.T(v.Ctx(), "oversight.looks.at", "did", s, "n", l.Times, "time", to)
		}
		return lang.T(v.Ctx(), "oversight.looks.between", "did", s, "n", l.Times, "from", from, "to", to)
	}
	return lang.T(v.Ctx(), "oversight.looks.once", "did", s)
}

func appendNew(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}

func roleText(ctx context.Context, role string) string {
	if key := "oversight.role." + role; lang.Has(ctx, key) {
		return lang.T(ctx, key)
	}
	return ""
}

// reason is why a file was open, as a tag.
func reason(ctx context.Context, why, place string) (kind, icon, label string) {
	switch access.Why(why) {
	case access.BreakGlass:
		return "danger", "warning", lang.T(ctx, "oversight.why.breakglass")
	case access.Presence:
		if place != "" {
			return "brand", "map-pin", lang.T(ctx, "oversight.why.presence.at", "place", place)
		}
		return "brand", "map-pin", lang.T(ctx, "oversight.why.presence")
	case access.Companion:
		return "brand", "users", lang.T(ctx, "oversight.why.companion")
	case access.Alarm:
		return "danger", "warning", lang.T(ctx, "oversight.why.alarm")
	case access.Escalation:
		return "warn", "hourglass-medium", lang.T(ctx, "oversight.why.escalation")
	case access.Assignment, access.Registered, access.Deputy, access.Offered, access.Asked, access.Guardian, access.Self, access.Consent:
		return "", "", lang.T(ctx, "oversight.why."+why)
	}
	return "", "", ""
}
