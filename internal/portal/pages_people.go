package portal

// This file holds the page of who helps somebody: their own people, how to reach them, and where and when one can walk in.

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// LendPeople hands over who represents somebody, and which days nobody works. The app calls it once.
func (p *Portal) LendPeople(lawyers dossier.Lawyers, free func(clock.Date) bool) {
	p.lawyers, p.free = lawyers, free
}

// place is where somebody can walk in.
type place struct {
	Name, Address, Remark, Phone, Dial, Map string
	Open                                    string     // when it is open next, holidays counted
	Hours                                   []openPart // an ordinary week
}

type openPart struct{ Days, Hours string }

type peoplePage struct {
	Helpers []helper
	Lawyers []lawyer
	Place   place
}

func (p *Portal) people(v *web.Visit) error {
	f, err := p.open(v)
	if err != nil {
		return err
	}
	var in peoplePage
	if in.Helpers, err = p.helpers(v, f); err != nil {
		return err
	}
	for i := range in.Helpers {
		if err := p.about(v, &in.Helpers[i]); err != nil {
			return err
		}
	}
	if p.lawyers != nil {
		ls, err := p.lawyers(v.Ctx(), p.db, f, clock.Today(v.Now))
		if err != nil {
			return err
		}
		for _, l := range ls {
			in.Lawyers = append(in.Lawyers, lawyer{l, dossier.PhoneURL(l.Phone)})
		}
	}
	in.Place, err = p.walkIn(v, f)
	if err != nil {
		return err
	}
	return v.Page(pagePeople(in))
}

// helpers are the colleagues who have the file as their own work now, who had it longest first; by name and since when.
func (p *Portal) helpers(v *web.Visit, f dossier.File) ([]helper, error) {
	gs, err := access.Live(v.Ctx(), p.db, []string{f.ID()}, v.Now, access.Assignment, access.Registered)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, g := range gs {
		if id, ok := strings.CutPrefix(g.Holder, "user:"); ok {
			ids = append(ids, id)
		}
	}
	names, err := p.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	var out []helper
	for _, g := range gs {
		c := names[strings.TrimPrefix(g.Holder, "user:")]
		if c.Works(v.Now) && !slices.ContainsFunc(out, func(h helper) bool { return h.ID == c.ID }) {
			out = append(out, helper{ID: c.ID, Called: c.Called, Since: clock.Today(g.Since)})
		}
	}
	return out, nil
}

// about adds the role and the telephone of a helper, and who answers while they are away.
func (p *Portal) about(v *web.Visit, h *helper) error {
	ctx := v.Ctx()
	c, posts, err := organisation.Standing(ctx, p.db, h.ID, v.Now)
	if err != nil {
		return err
	}
	h.Called, h.Role, h.Phone, h.Dial = c.Called, lang.T(ctx, roleKey(posts)), c.Phone, dossier.PhoneURL(c.Phone)
	deputy, err := p.org.DeputyOf(ctx, h.ID, v.Now)
	if err != nil || deputy == "" {
		return err
	}
	d, posts, err := organisation.Standing(ctx, p.db, deputy, v.Now)
	if err != nil || !d.Works(v.Now) {
		return err
	}
	h.Instead = &helper{ID: d.ID, Called: d.Called, Role: lang.T(ctx, roleKey(posts)), Phone: d.Phone, Dial: dossier.PhoneURL(d.Phone)}
	return nil
}

// walkIn is the location of a file; nothing when it is gone or closed.
func (p *Portal) walkIn(v *web.Visit, f dossier.File) (place, error) {
	l, err := p.org.Location(v.Ctx(), f.Location())
	if fault.Is(err, fault.NotFound) || l.Closed {
		return place{}, nil
	}
	if err != nil {
		return place{}, err
	}
	free := p.free
	if free == nil {
		free = func(clock.Date) bool { return false }
	}
	out := place{Name: l.Name, Address: lang.Commas(l.Street, strings.TrimSpace(l.Postcode+" "+l.Town)), Remark: l.Remark, Phone: l.Phone, Dial: dossier.PhoneURL(l.Phone),
		Map: "https://www.openstreetmap.org/search?query=" + url.QueryEscape(l.Street+", "+l.Town), Open: dossier.OpenWhen(v.Ctx(), l.Next(v.Now, free), v.Now)}
	for _, s := range Spans(l.Hours) {
		days := lang.Weekday(v.Ctx(), time.Weekday(s.First%7))
		if s.Last != s.First {
			days += " – " + lang.Weekday(v.Ctx(), time.Weekday(s.Last%7))
		}
		out.Hours = append(out.Hours, openPart{days, strings.Join(s.Hours, ", ")})
	}
	return out, nil
}
