package portal

// This file holds the page that tells who looked, and the question about it.

import (
	"context"
	"slices"
	"strconv"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// seen is one line of who looked.
type seen struct {
	Who, Initial     string
	When, Hours, Why string
	Did              []string
	Day              clock.Date
	Key              string // for a question about it; empty where there is nobody to ask
	Self, Emergency  bool
	Question         *Word
}

// tell turns looks into the person's own words: who, when, why they could, and what they did.
func (p *Portal) tell(v *web.Visit, looks []audit.Look) ([]seen, error) {
	ctx := v.Ctx()
	var ids []string
	for _, l := range looks {
		if l.ActorKind == string(access.Staff) && !slices.Contains(ids, l.Actor) {
			ids = append(ids, l.Actor)
		}
	}
	names, err := p.org.Colleagues(ctx, ids)
	if err != nil {
		return nil, err
	}
	var outside []string
	for _, l := range looks {
		if l.ActorKind == string(access.Outside) {
			outside = append(outside, l.Actor)
		}
	}
	outsiders, err := p.files.Outsiders(ctx, outside)
	if err != nil {
		return nil, err
	}
	places := map[string]building{}
	var out []seen
	for _, l := range looks {
		s := seen{Day: clock.DateOf(l.Last.In(clock.Netherlands)), When: lang.When(ctx, l.Last, v.Now), Hours: lang.Time(ctx, l.First), Emergency: l.Why == string(access.BreakGlass)}
		if last := lang.Time(ctx, l.Last); last != s.Hours {
			s.Hours += "–" + last
		}
		for _, a := range Acts(l.Events) {
			s.Did = append(s.Did, lang.T(ctx, "portal.did."+a))
		}
		switch l.ActorKind {
		case string(access.IsSelf):
			s.Self, s.Who, s.Why = true, lang.T(ctx, "portal.looks.self"), lang.T(ctx, "portal.why.self")
			if l.Actor != v.Actor.ID { // an adult who sees something for a child
				s.Self, s.Who, s.Why = false, lang.T(ctx, "portal.looks.adult"), lang.T(ctx, "portal.why.guardian")
				s.Initial = "+"
			}
		case string(access.Staff):
			role := "portal.role." + l.Role
			if l.Role == "" || !lang.Has(ctx, role) {
				role = "portal.role.colleague"
			}
			s.Who, s.Initial = lang.T(ctx, role), "?"
			if c, ok := names[l.Actor]; ok {
				s.Who, s.Initial = lang.T(ctx, "portal.looks.who", "name", lang.Isolated(c.Called), "role", s.Who), c.Called
			}
			why := "portal.why." + l.Why
			if l.Why == "" || !lang.Has(ctx, why) {
				why = "portal.why.work"
			}
			at := ""
			if l.Why == string(access.Presence) {
				desk := false
				if at, desk = p.place(ctx, places, l.Place); at != "" && !desk {
					why = "portal.why.session" // at a building, but at no desk: somebody led a session there
				}
			}
			s.Why = lang.T(ctx, why)
			if at != "" {
				s.Why += " (" + lang.Isolated(at) + ")"
			}
			s.Key = LookKey(s.Day, l.Actor, l.Why)
		case string(access.Outside):
			s.Who, s.Initial, s.Why = lang.T(ctx, "portal.role.outside"), "?", lang.T(ctx, "portal.why.consent")
			if name := outsiders[l.Actor]; name != "" {
				s.Who, s.Initial = lang.T(ctx, "portal.looks.who", "name", lang.Isolated(name), "role", s.Who), name
			}
			s.Key = LookKey(s.Day, l.Actor, l.Why)
		case string(access.Guest):
			s.Who, s.Why, s.Did = lang.T(ctx, "portal.looks.tried"), lang.T(ctx, "portal.why.tried"), nil
		default:
			continue // what the program did by itself is no look
		}
		out = append(out, s)
	}
	return out, nil
}

// building is what a visit was to.
type building struct {
	name string
	desk bool
}

// place is the name of the building of a desk, or of a location itself; nothing when there is none of that id.
func (p *Portal) place(ctx context.Context, known map[string]building, id string) (name string, desk bool) {
	if id == "" {
		return "", false
	}
	at, ok := known[id]
	if !ok {
		location := id
		if d, err := p.org.Desk(ctx, id); err == nil {
			location, at.desk = d.Location, true
		}
		if l, err := p.org.Location(ctx, location); err == nil {
			at.name = l.Name
		}
		known[id] = at
	}
	return at.name, at.desk
}

type looksDay struct {
	Title string
	Seen  []seen
}

type looksPage struct {
	Days  []looksDay
	From  int64 // where this page begins; 0 is the newest
	Older int64 // where the next one begins; 0 is none
	Parts []ui.Part
}

func (p *Portal) looks(v *web.Visit) error {
	f, err := p.open(v)
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
	looks, older, err := audit.ReadLooks(v.Ctx(), p.db, f.ID(), before, clock.Netherlands)
	if err != nil {
		return err
	}
	all, err := p.tell(v, looks)
	if err != nil {
		return err
	}
	asked, err := p.own(v.Ctx(), p.db, f.Key(), f.ID(), AboutLook, 500)
	if err != nil {
		return err
	}
	l := looksPage{From: before, Older: older}
	for _, s := range all {
		for i := range asked {
			if s.Key != "" && asked[i].About == s.Key {
				s.Question = &asked[i]
			}
		}
		title := lang.Capital(lang.FullDay(v.Ctx(), s.Day))
		if n := len(l.Days); n == 0 || l.Days[n-1].Title != title {
			l.Days = append(l.Days, looksDay{Title: title})
		}
		d := &l.Days[len(l.Days)-1]
		d.Seen = append(d.Seen, s)
	}
	if before == 0 {
		if l.Parts, err = p.files.Show(v, f, "looks"); err != nil {
			return err
		}
	}
	return v.Page(pageLooks(l))
}

// ask puts a question about a look on the privacy officer's list, with one press.
func (p *Portal) ask(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	key := v.Value("look")
	day, actor, why, ok := ReadLook(key)
	if !ok || actor == f.ID() {
		return fault.Gone()
	}
	if ok, err = p.looked(v.Ctx(), f.ID(), day, actor, why); err != nil || !ok {
		if err == nil {
			err = fault.Gone()
		}
		return err
	}
	to := v.URL("portal.looks", "gezegd", "portal.said.asked")
	if n, err := strconv.ParseInt(v.Value("voor"), 10, 64); err == nil && n > 0 {
		to = v.URL("portal.looks", "voor", strconv.FormatInt(n, 10), "gezegd", "portal.said.asked")
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return to, p.say(v.Ctx(), tx, f, AboutLook, key, "")
	})
}
