package briefing

// This file holds the plan of the locations: what comes, what was, and what waits.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// ahead and back are how far the plan looks.
const (
	ahead = 92 * 24 * time.Hour
	back  = 92 * 24 * time.Hour
)

type dayRows struct {
	Title string
	Rows  []sessionRow
}

type listPage struct {
	Lead                                          string
	Places                                        []ui.Option
	Place                                         string
	Past                                          bool
	Days                                          []dayRows
	Empty                                         bool // no material yet
	NewURL, AgainURL, PastURL, WithoutURL, NumURL string
	Again                                         int
}

func (b *Briefing) list(v *web.Visit) error {
	ctx := v.Ctx()
	ps, err := b.places(v)
	if err != nil {
		return err
	}
	p := listPage{Place: v.Value("locatie"), Past: v.Value("eerder") != "", Places: []ui.Option{{Label: lang.T(ctx, "briefing.places.all")}}}
	for _, x := range ps {
		p.Places = append(p.Places, ui.Option{Value: x.ID, Label: x.Name})
	}
	chosen := ps
	if x, ok := placeBy(ps, p.Place); ok {
		chosen = []place{x}
	} else {
		p.Place = ""
	}
	today := clock.Today(v.Now).In(clock.Netherlands)
	from, to := today, today.Add(ahead)
	if p.Past {
		from, to = today.Add(-back), today
	}
	ss, err := b.sessionsAt(ctx, b.db, placeIDs(chosen), from, to)
	if err != nil {
		return err
	}
	if p.Past {
		slices.Reverse(ss)
	}
	rows, err := b.rowsOf(v, ss, ps)
	if err != nil {
		return err
	}
	for _, r := range rows {
		title := lang.Capital(lang.LongDay(ctx, r.Day()))
		if n := len(p.Days); n == 0 || p.Days[n-1].Title != title {
			p.Days = append(p.Days, dayRows{Title: title})
		}
		d := &p.Days[len(p.Days)-1]
		d.Rows = append(d.Rows, r)
	}
	ts, err := b.topics(ctx)
	if err != nil {
		return err
	}
	p.Empty = len(ts) == 0
	if mayPlan.Allows(v.Actor) {
		p.NewURL = v.URL("briefing.new", "locatie", p.Place)
	}
	if mayInvite.Allows(v.Actor) {
		rs, err := b.repeats(v)
		if err != nil {
			return err
		}
		p.Again, p.AgainURL = len(rs), v.URL("briefing.again")
	}
	p.PastURL, p.WithoutURL, p.NumURL = v.URL("briefing.list", "locatie", p.Place, "eerder", "1"), v.URL("briefing.without"), v.URL("briefing.numbers")
	p.Lead = b.leadLine(v, ss, p)
	return v.Page(pageList(p))
}

// leadLine is the answer of the page in one sentence.
func (b *Briefing) leadLine(v *web.Visit, ss []Session, p listPage) string {
	ctx := v.Ctx()
	if p.Past {
		return lang.T(ctx, "briefing.lead.past", "n", len(ss))
	}
	week := v.Now.AddDate(0, 0, 7)
	n := 0
	for _, s := range ss {
		if s.Cancelled.IsZero() && s.At.Before(week) && !s.Over(v.Now) {
			n++
		}
	}
	out := lang.T(ctx, "briefing.lead.week", "n", n, "word", lang.Words(ctx, n))
	if p.Again > 0 {
		out += " " + lang.T(ctx, "briefing.lead.again", "n", p.Again, "word", lang.Capital(lang.Words(ctx, p.Again)))
	}
	return out
}
