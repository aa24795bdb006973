package today

// This file holds the page.

import (
	"cmp"
	"context"
	"embed"
	"net/http"
	"slices"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Texts are the words of the page.
//
//go:embed text/*.json
var Texts embed.FS

var may = access.Rule{Action: "today.see", Need: access.SignedIn, Why: "today.may.see"}

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{may} }

// Today is the capability.
type Today struct {
	panels []ui.Panel
	org    *organisation.Store
}

// New makes the page of what the others lend.
func New(org *organisation.Store, panels []ui.Panel) *Today {
	ps := slices.Clone(panels)
	slices.SortStableFunc(ps, func(a, b ui.Panel) int { return a.Order - b.Order })
	return &Today{panels: ps, org: org}
}

// Routes are the doors.
func (t *Today) Routes() []web.Route {
	return []web.Route{{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: may, Do: t.show}}
}

type page struct {
	Hello, Day  string
	Said        []Run
	Main, Aside []ui.Part
}

func (t *Today) show(v *web.Visit) error {
	ctx := v.Ctx()
	called, err := t.called(ctx, v.Actor)
	if err != nil {
		return err
	}
	p := page{Hello: lang.T(ctx, PartOfDay(v.Now), "name", called), Day: lang.Capital(lang.LongDay(ctx, clock.Today(v.Now)))}
	var says []string
	for _, panel := range t.panels {
		part, err := panel.Show(v)
		if err != nil {
			return err
		}
		if part.Say != "" {
			says = append(says, part.Say)
		}
		switch {
		case part.Body == nil:
		case panel.Place == "today.aside":
			p.Aside = append(p.Aside, part)
		default:
			p.Main = append(p.Main, part)
		}
	}
	p.Said = sentence(ctx, says)
	return v.Page(pageToday(p))
}

// sentence joins the clauses into one sentence: what presses most, and how much more stands below, for nobody takes in ten
// things at once. Which words are strong is found after joining, so that the first letter is made large before the stars
// are taken away, strong or not.
func sentence(ctx context.Context, says []string) []Run {
	if len(says) == 0 {
		return Runs(lang.T(ctx, "today.calm"))
	}
	first, more := mostPressing(says)
	said := lang.Join(ctx, first) + "."
	if more > 0 {
		said += " " + lang.T(ctx, "today.more", "n", more)
	}
	runs := Runs(said)
	runs[0].Text = lang.Capital(runs[0].Text)
	return runs
}

// called is how a colleague wants to be called.
func (t *Today) called(ctx context.Context, a access.Actor) (string, error) {
	c, err := t.org.Colleague(ctx, a.ID)
	return cmp.Or(c.Called, FirstName(a.Name)), err
}
