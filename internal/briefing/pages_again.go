package briefing

// This file holds the work lists: who must be invited again, and who heard nothing yet before the first interview.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// offer is the next session that fits somebody.
type offer struct {
	ID, Label string
	PlanURL   string // when there is none
}

type repeatRow struct {
	Repeat
	Called, Tongue, Why, FileURL string
	Offer                        offer
}

type againPage struct {
	Rows   []repeatRow
	Whys   []ui.Option
	Asked  string // the invitation at which a fault stands
	Errors fault.Fields
}

// repeats are those whom the actor may invite and who must be invited again, the longest waiting first.
func (b *Briefing) repeats(v *web.Visit) ([]Repeat, error) {
	ids, err := b.invitedFrom(v.Ctx(), v.Actor, v.Now, mayInvite.Level)
	if err != nil {
		return nil, err
	}
	all, err := tries(v.Ctx(), b.db, ids)
	if err != nil {
		return nil, err
	}
	var out []Repeat
	for _, id := range ids {
		if r, ok := Again(v.Now, all[id]); ok {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b Repeat) int {
		if a.Ask != b.Ask {
			if a.Ask {
				return -1
			}
			return 1
		}
		return a.Try.At.Compare(b.Try.At)
	})
	return out, nil
}

// market is what can be offered now: the coming sessions of a team with their free seats.
type market struct {
	sessions []Session
	free     map[string]int
	places   []place
}

func (b *Briefing) market(v *web.Visit) (market, error) {
	ps, err := b.planned(v)
	if err != nil {
		return market{}, err
	}
	m, err := b.coming(v.Ctx(), placeIDs(ps), v.Now)
	m.places = ps
	return m, err
}

// coming are the sessions at some locations to which somebody can still be invited.
func (b *Briefing) coming(ctx context.Context, locations []string, now time.Time) (market, error) {
	m := market{free: map[string]int{}}
	ss, err := b.sessionsAt(ctx, b.db, locations, now, now.Add(ahead))
	if err != nil {
		return m, err
	}
	m.sessions = ss
	var ids []string
	for _, s := range ss {
		ids = append(ids, s.ID)
	}
	people, err := livePeople(ctx, b.db, ids)
	for _, s := range ss {
		t := people[s.ID]
		m.free[s.ID] = s.Seats - (t.Invited - t.Declined)
	}
	return m, err
}

func (b *Briefing) offer(v *web.Visit, m market, t Try, been []Try) offer {
	ctx := v.Ctx()
	not := map[string]bool{}
	for _, x := range been {
		not[x.Session] = x.State != Cancelled
	}
	s, ok := Next(v.Now, t, m.sessions, m.free, not)
	if !ok {
		return offer{PlanURL: v.URL("briefing.new", "locatie", t.Location, "taal", t.Language)}
	}
	at, _ := placeBy(m.places, s.Location)
	return offer{ID: s.ID, Label: lang.T(ctx, "briefing.offer", "day", lang.ShortDay(ctx, s.Day()), "time", lang.Time(ctx, s.At), "place", at.Name)}
}

func (b *Briefing) again(v *web.Visit) error { return b.againPage(v, againPage{}) }

func (b *Briefing) againPage(v *web.Visit, p againPage) error {
	ctx := v.Ctx()
	rs, err := b.repeats(v)
	if err != nil {
		return err
	}
	m, err := b.market(v)
	if err != nil {
		return err
	}
	var ids []string
	for _, r := range rs {
		ids = append(ids, r.Try.Person)
	}
	cards, err := b.files.Cards(ctx, ids)
	if err != nil {
		return err
	}
	all, err := tries(ctx, b.db, ids)
	if err != nil {
		return err
	}
	for _, r := range rs {
		c, ok := cards[r.Try.Person]
		if !ok {
			continue // erased in this moment
		}
		row := repeatRow{Repeat: r, Called: c.Called, FileURL: v.URL("briefing.file", "person", r.Try.Person)}
		if c.Language != "" {
			row.Tongue = tongue(ctx, c.Language)
		}
		row.Why = lang.T(ctx, "briefing.again."+r.Why, "day", lang.Day(ctx, dayOf(r.Try.At)))
		if r.Misses >= MissesBeforeAsking {
			row.Why = lang.T(ctx, "briefing.again.misses", "n", r.Misses, "word", lang.Capital(lang.Words(ctx, r.Misses)), "day", lang.Day(ctx, dayOf(r.Try.At)))
		}
		row.Offer = b.offer(v, m, r.Try, all[r.Try.Person])
		p.Rows = append(p.Rows, row)
	}
	p.Whys = options(ctx, "briefing.why.", Whys)
	if len(p.Errors) > 0 {
		return v.Invalid(pageAgain(p))
	}
	return v.Page(pageAgain(p))
}

// reinvite invites somebody with one press to the session that was offered. What stands in the way is shown first.
func (b *Briefing) reinvite(v *web.Visit) error {
	s, err := session(v.Ctx(), b.db, v.Value("session"))
	if err != nil {
		return err
	}
	if ok, err := b.planner(v, s.Team); err != nil || !ok {
		return orGone(err)
	}
	if !s.Stands(v.Now) || !s.Held.IsZero() {
		return fault.New(fault.Conflict, "briefing.error.over")
	}
	to := v.URL("briefing.again", "gezegd", "briefing.said.invited")
	if v.Value("terug") == "zonder" {
		to = v.URL("briefing.without", "gezegd", "briefing.said.invited")
	}
	return b.inviteAll(v, s, []string{v.Value("person")}, nil, to)
}

// whyForm writes why somebody missed sessions.
func (b *Briefing) whyForm(v *web.Visit) error {
	f, err := b.files.OpenToChange(v, v.Value("person"), mayInvite)
	if err != nil {
		return err
	}
	i, err := inviteOf(v.Ctx(), b.db, f, v.Value("invite"))
	if err != nil {
		return err
	}
	why := v.Value("why")
	if !slices.Contains(Whys, why) {
		p := againPage{Asked: i.ID}
		p.Errors.Add("why-"+i.ID, "briefing.error.why")
		return b.againPage(v, p)
	}
	i.Said.Why = why
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("briefing.again", "gezegd", "briefing.said.why"), b.say(v.Ctx(), tx, f, i, "explained", i.Again, true)
	})
}

type withoutCount struct {
	Name                 string
	Ahead, Unknown, Past int
	Hide                 bool
}

type withoutRow struct {
	Called, Tongue, Since, FileURL, Person string
	Ahead                                  bool
	Offer                                  offer
	Due                                    int // days known
}

type withoutPage struct {
	Lead   string
	Counts []withoutCount
	Rows   []withoutRow
	Others int
}

// without is who heard nothing yet: counts of the location, names only of one's own people. Whoever has had the first
// interview is counted apart: for them it is too late to be before.
func (b *Briefing) without(v *web.Visit) error {
	ctx := v.Ctx()
	ps, err := b.places(v)
	if err != nil {
		return err
	}
	placed, err := b.files.PlacedAt(ctx, b.db, placeIDs(ps))
	if err != nil {
		return err
	}
	ids := make([]string, len(placed))
	for i, x := range placed {
		ids[i] = x.ID
	}
	had, err := heard(ctx, b.db, ids)
	if err != nil {
		return err
	}
	hearings := map[string]dossier.Hearing{}
	if b.hearings != nil {
		if hearings, err = b.hearings(ctx, b.db, ids); err != nil {
			return err
		}
	}
	counts := map[string]*withoutCount{}
	p := withoutPage{}
	for _, x := range ps {
		counts[x.ID] = &withoutCount{Name: x.Name, Hide: !x.Own}
	}
	bare := map[string]dossier.Placed{}
	total := 0
	for _, x := range placed {
		if had[x.ID].Sessions > 0 {
			continue
		}
		c := counts[x.Location]
		switch hearings[x.ID] {
		case dossier.HearingPast:
			c.Past++
			continue
		case dossier.HearingAhead:
			c.Ahead++
			total++
		default:
			c.Unknown++
		}
		bare[x.ID] = x
	}
	for _, x := range ps {
		p.Counts = append(p.Counts, *counts[x.ID])
	}
	p.Lead = lang.T(ctx, "briefing.without.lead", "n", total, "word", lang.Capital(lang.Words(ctx, total)))
	if len(ps) > 0 && !ps[0].Own && total < privacy.SmallBelow {
		p.Lead = lang.T(ctx, "briefing.without.text")
	}
	if mayInvite.Allows(v.Actor) {
		if err := b.withoutRows(v, &p, bare, hearings); err != nil {
			return err
		}
	}
	return v.Page(pageWithout(p))
}

// withoutRows are the actor's own people among those, whose interview is to come first, then who waits longest.
func (b *Briefing) withoutRows(v *web.Visit, p *withoutPage, bare map[string]dossier.Placed, hearings map[string]dossier.Hearing) error {
	ctx := v.Ctx()
	ls, err := b.files.Mine(ctx, v.Actor, mayInvite.Level, v.Now)
	if err != nil {
		return err
	}
	ls = slices.DeleteFunc(ls, func(l dossier.Listed) bool { return bare[l.ID].ID == "" })
	var ids []string
	for _, l := range ls {
		ids = append(ids, l.ID)
	}
	all, err := tries(ctx, b.db, ids)
	if err != nil {
		return err
	}
	m, err := b.market(v)
	if err != nil {
		return err
	}
	slices.SortStableFunc(ls, func(a, b dossier.Listed) int {
		x, y := hearings[a.ID] == dossier.HearingAhead, hearings[b.ID] == dossier.HearingAhead
		if x != y {
			if x {
				return -1
			}
			return 1
		}
		return bare[a.ID].Since.Compare(bare[b.ID].Since)
	})
	for _, l := range ls {
		if slices.ContainsFunc(all[l.ID], func(t Try) bool { return t.State == Open && !t.over(v.Now) }) {
			p.Others++ // invited already
			continue
		}
		at := bare[l.ID]
		r := withoutRow{Called: l.Card.Called, Person: l.ID, FileURL: v.URL("briefing.file", "person", l.ID), Ahead: hearings[l.ID] == dossier.HearingAhead,
			Since: lang.T(ctx, "briefing.since", "day", lang.Day(ctx, dayOf(at.Since))), Due: dayOf(at.Since).DaysUntil(clock.Today(v.Now))}
		if l.Card.Language != "" {
			r.Tongue = tongue(ctx, l.Card.Language)
			r.Offer = b.offer(v, m, Try{Team: at.Team, Location: at.Location, Language: l.Card.Language}, all[l.ID])
		}
		p.Rows = append(p.Rows, r)
	}
	return nil
}
