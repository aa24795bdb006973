package interview

// This file holds the small rows and facts that the pages are made of.

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
)

// choices are the colleagues who can be asked; the first line chooses nobody.
func choices(ctx context.Context, os []ui.Option) []ui.Option {
	return append([]ui.Option{{Value: "", Label: lang.T(ctx, "interview.choose")}}, os...)
}

// reportFacts are the short answers of our own report.
func reportFacts(ctx context.Context, w ReportText) []ui.FactP {
	return []ui.FactP{{Label: lang.T(ctx, "interview.report.interpreter"), Value: lang.T(ctx, "interview.presence."+w.Interpreter)}, {Label: lang.T(ctx, "interview.report.quality"), Value: lang.T(ctx, "interview.quality."+w.Quality)},
		{Label: lang.T(ctx, "interview.report.lawyer"), Value: lang.T(ctx, "interview.known."+w.Lawyer)}, {Label: lang.T(ctx, "interview.report.hours"), Value: orUnknown(ctx, w.Hours)}}
}

// dateRow is one date for corrections, as the procedure knows it. Without a day it says so.
func dateRow(ctx context.Context, d dossier.CourseDate, today clock.Date) ui.RowP {
	r := ui.RowP{Href: d.URL, Title: d.Title}
	switch {
	case d.Safe.IsZero() && d.Open:
		r.Sub = lang.T(ctx, "interview.dates.unknown")
		return r
	case d.Safe.IsZero():
		return r
	}
	r.Sub = lang.T(ctx, "interview.dates.until", "day", lang.Day(ctx, d.Safe))
	if d.Open {
		r.Due = &ui.DueP{Days: today.DaysUntil(d.Safe), Until: lang.Day(ctx, d.Safe)}
	}
	return r
}

// mineFacts are where, with whom and in which language, for the person.
func mineFacts(ctx context.Context, m minePart) []ui.FactP {
	var out []ui.FactP
	add := func(key, value string) {
		if value != "" {
			out = append(out, ui.FactP{Label: lang.T(ctx, "interview.mine."+key), Value: value})
		}
	}
	add("where", m.Where)
	who := m.Who
	if who == "" {
		who = lang.T(ctx, "interview.mine.nobody")
	}
	add("who", who)
	add("language", m.Language)
	add("interpreter", m.Interpreter)
	add("wish", m.Wish)
	return out
}

// inDutch renders a part in Dutch, whatever the language of the screen.
func inDutch(c templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error { return c.Render(lang.In(ctx, "nl"), w) })
}

// asksOf are what has to be known before a date is sure; of what is done nothing is asked any more.
func asksOf(d dossier.CourseDate) []string {
	if !d.Open {
		return nil
	}
	return d.Asks
}
