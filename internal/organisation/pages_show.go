package organisation

// This file turns what the pages of the organisation show into words and options.

import (
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// hoursLine is the walk-in hours of one day.
func hoursLine(hs []Hours) string {
	var out []string
	for _, h := range hs {
		out = append(out, h.Opens+"–"+h.Shuts)
	}
	return strings.Join(out, ", ")
}

func weekFacts(v *web.Visit, l Location) []ui.FactP {
	var out []ui.FactP
	for _, d := range l.Week() {
		out = append(out, ui.FactP{Label: lang.Capital(weekday(v, d.Weekday)), Value: hoursLine(d.Hours)})
	}
	return out
}

// openTag says whether one can walk in now, and else when.
func openTag(v *web.Visit, l Location) string {
	if l.Closed {
		return lang.T(v.Ctx(), "organisation.closed")
	}
	if till := l.Shut(v.Now); till != "" {
		return lang.T(v.Ctx(), "organisation.open.until", "time", till)
	}
	next := l.NextOpen(v.Now)
	if next.IsZero() {
		return lang.T(v.Ctx(), "organisation.open.never")
	}
	day := clock.DateOf(next)
	return lang.T(v.Ctx(), "organisation.open.next", "day", lang.Near(v.Ctx(), day, v.Now), "time", lang.Time(v.Ctx(), next))
}

func openKind(l Location, now time.Time) string {
	switch {
	case l.Closed:
		return "warn"
	case l.OpenAt(now):
		return "ok"
	}
	return ""
}

func locationFacts(v *web.Visit, l Location) []ui.FactP {
	return []ui.FactP{{Label: lang.T(v.Ctx(), "organisation.location.phone"), Value: dash(l.Phone)},
		{Label: lang.T(v.Ctx(), "organisation.location.remark"), Value: dash(l.Remark)},
		{Label: lang.T(v.Ctx(), "organisation.location.rooms"), Value: dash(roomNames(l.Rooms))},
		{Label: lang.T(v.Ctx(), "organisation.location.desks"), Value: dash(deskNames(l.Desks))}}
}

func roleNames(v *web.Visit, rs []access.Role) string {
	var out []string
	for _, r := range rs {
		out = append(out, lang.T(v.Ctx(), "organisation.role."+string(r)))
	}
	return strings.Join(out, ", ")
}

func locationURL(v *web.Visit, f locationForm) string {
	if f.ID == "" {
		return v.URL("organisation.location_add", "team", f.T.ID)
	}
	return v.URL("organisation.location_save", "location", f.ID)
}

func colleagueURL(v *web.Visit, f colleagueForm) string {
	if f.ID == "" {
		return v.URL("organisation.colleague_add")
	}
	return v.URL("organisation.colleague_save", "user", f.ID)
}

func serviceURL(v *web.Visit, f serviceForm) string {
	if f.ID == "" {
		return v.URL("organisation.service_add")
	}
	return v.URL("organisation.service_save", "service", f.ID)
}

// colleagueTag is what one must know of a colleague in a list: no longer active, or without a valid VOG.
func colleagueTag(v *web.Visit, c Colleague, vog bool, now time.Time) string {
	switch {
	case !c.Active:
		return lang.T(v.Ctx(), "organisation.colleague.inactive")
	case vog && !c.VOGValid(now):
		return lang.T(v.Ctx(), "organisation.colleague.novog")
	}
	return ""
}

func colleagueShown(v *web.Visit, x colleagueView, now time.Time) []ui.FactP {
	var spoken []string
	for _, l := range x.C.Languages {
		spoken = append(spoken, lang.T(v.Ctx(), "organisation.lang."+l))
	}
	kind := "organisation.colleague.volunteer"
	if x.C.Paid {
		kind = "organisation.colleague.paid"
	}
	out := []ui.FactP{{Label: lang.T(v.Ctx(), "organisation.colleague.kind"), Value: lang.T(v.Ctx(), kind)}, {Label: lang.T(v.Ctx(), "organisation.colleague.email"), Value: x.C.Email}, {Label: lang.T(v.Ctx(), "organisation.colleague.phone"), Value: dash(x.C.Phone)},
		{Label: lang.T(v.Ctx(), "organisation.colleague.languages"), Value: dash(lang.Join(v.Ctx(), spoken))}}
	if x.VOG {
		f := ui.FactP{Label: lang.T(v.Ctx(), "organisation.colleague.vog"), Value: dash(lang.Day(v.Ctx(), x.C.VOGSeen))}
		if !x.C.VOGValid(now) {
			f.Tag = lang.T(v.Ctx(), "organisation.colleague.novog")
		} else {
			f.Small = lang.T(v.Ctx(), "organisation.colleague.voguntil", "day", lang.Day(v.Ctx(), x.C.VOGUntil()))
		}
		out = append(out, f)
	}
	return out
}

// deputyDays tells on which days somebody stands in.
func deputyDays(v *web.Visit, d Deputy) string {
	if d.Until.IsZero() {
		return lang.T(v.Ctx(), "organisation.deputy.since", "day", lang.Day(v.Ctx(), d.Since))
	}
	return lang.Day(v.Ctx(), d.Since) + " – " + lang.Day(v.Ctx(), d.Until)
}

func where(v *web.Visit, r heldRow) string {
	if r.H.ScopeKind == access.National {
		return lang.T(v.Ctx(), "organisation.country")
	}
	return r.Where
}

// postDays tells from when until when a post stands or stood, and who gave and ended it.
func postDays(v *web.Visit, r heldRow) string {
	day := func(t time.Time) string {
		return lang.Day(v.Ctx(), clock.DateOf(t.In(clock.Netherlands)))
	}
	s := lang.T(v.Ctx(), "organisation.post.since", "day", day(r.H.Since), "name", dash(r.By))
	switch {
	case !r.H.Ended.IsZero():
		s += ", " + lang.T(v.Ctx(), "organisation.post.ended", "day", day(r.H.Ended), "name", dash(r.EndBy))
	case !r.H.Until.IsZero():
		s += ", " + lang.T(v.Ctx(), "organisation.post.until", "day", day(r.H.Until.Add(-time.Second)))
	}
	return s
}

func spoken(v *web.Visit) []ui.Option {
	return ui.Options(v.Ctx(), "organisation.lang.", Languages)
}

func roleOptions(v *web.Visit, rs []access.Role) []ui.Option {
	out := []ui.Option{{Label: "–"}}
	for _, r := range rs {
		out = append(out, ui.Option{Value: string(r), Label: lang.T(v.Ctx(), "organisation.role."+string(r))})
	}
	return out
}

func teamOptions(ts []Team) []ui.Option {
	out := []ui.Option{{Label: "–"}}
	for _, t := range ts {
		out = append(out, ui.Option{Value: t.ID, Label: t.Name})
	}
	return out
}

func placeOptions(ps []placeOption) []ui.Option {
	var out []ui.Option
	for _, p := range ps {
		out = append(out, ui.Option{Value: p.Value, Label: p.Name})
	}
	return out
}

func colleagueOptions(cs []Colleague) []ui.Option {
	out := []ui.Option{{Label: "–"}}
	for _, c := range cs {
		out = append(out, ui.Option{Value: c.ID, Label: c.Name})
	}
	return out
}

func differs(v *web.Visit, r serviceRow) string {
	switch {
	case r.S.Closed:
		return lang.T(v.Ctx(), "organisation.closed")
	case r.Differs > 0:
		return lang.T(v.Ctx(), "organisation.service.count", "n", r.Differs)
	}
	return ""
}

func offered(v *web.Visit, x Variant) string {
	if x.Offered {
		return lang.T(v.Ctx(), "organisation.variant.other")
	}
	return lang.T(v.Ctx(), "organisation.variant.none")
}
