package briefing

// This file holds the counts per month and location.

import (
	"context"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

type tallyRow struct {
	Month, Place, Languages       string
	Planned, Held, Out            int
	Invited, Came, Missed, Others string
}

type numbersPage struct {
	Lead string
	Rows []tallyRow
	Few  bool
}

// monthsShown is how far back the counts go.
const monthsShown = 12

func (b *Briefing) numbers(v *web.Visit) error {
	ctx := v.Ctx()
	ps, err := b.places(v)
	if err != nil {
		return err
	}
	first := MonthOf(clock.Today(v.Now))
	for range monthsShown - 1 {
		first = MonthOf(first.AddDays(-1))
	}
	ss, err := b.sessionsAt(ctx, b.db, placeIDs(ps), first.In(clock.Netherlands), v.Now.Add(ahead))
	if err != nil {
		return err
	}
	var ids []string
	for _, s := range ss {
		ids = append(ids, s.ID)
	}
	people, err := livePeople(ctx, b.db, ids)
	if err != nil {
		return err
	}
	var p numbersPage
	held := 0
	for _, t := range Count(ss, people) {
		at, _ := placeBy(ps, t.Location)
		var tongues []string
		for _, l := range t.Languages {
			tongues = append(tongues, tongue(ctx, l))
		}
		r := tallyRow{Month: lang.MonthYear(ctx, t.Month), Place: at.Name, Languages: lang.Join(ctx, tongues), Planned: t.Planned, Held: t.Held, Out: t.Out}
		invited, came, missed, others := t.Shown(at.Own)
		r.Invited, r.Came, r.Missed, r.Others = number(ctx, invited), number(ctx, came), number(ctx, missed), number(ctx, others)
		p.Few = p.Few || invited < 0 || came < 0 || others < 0
		held += t.Held
		p.Rows = append(p.Rows, r)
	}
	p.Lead = lang.T(ctx, "briefing.numbers.lead", "n", held)
	return v.Page(pageNumbers(p))
}

func number(ctx context.Context, n int) string {
	switch n {
	case Few:
		return lang.T(ctx, "briefing.few")
	case Hidden:
		return lang.T(ctx, "briefing.withheld")
	}
	return lang.Number(ctx, n)
}
