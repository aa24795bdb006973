package advocacy

// This file is what the register of interests lends: rows for a case or a pilot that names somebody of it, and sentences for the report
// that everybody reads.

import (
	"context"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Named are the interests whose party is named in some texts, that run or ended not long ago, as rows.
func (s *Advocacy) Named(v *web.Visit, words ...string) (rows []ui.RowP, err error) {
	if !mayRead.Allows(v.Actor) {
		return nil, nil
	}
	xs, err := s.standing(v.Ctx(), s.db)
	if err != nil {
		return nil, err
	}
	today := clock.Today(v.Now)
	for _, n := range Beside(xs, spoken(words), nil, today, today) {
		r := interestRow(v, n.Interest)
		r.Sub = lang.Dots(r.Sub, lang.T(v.Ctx(), "advocacy.interest.apart.short", "who", n.Said.Decided))
		rows = append(rows, r)
	}
	return rows, nil
}

// Line is an interest in the words of the house, in Dutch and in English, and how it is kept apart in the words of whoever declared it.
type Line struct{ NL, EN, Apart string }

// Lines are the interests whose party is named in what was published about some days.
func (s *Advocacy) Lines(ctx context.Context, from, until clock.Date, words ...string) (out []Line, err error) {
	xs, err := s.standing(ctx, s.db)
	if err != nil {
		return nil, err
	}
	for _, n := range Beside(xs, spoken(words), nil, from, until) {
		say := func(tag string) string {
			in := lang.In(ctx, tag)
			return lang.T(in, "advocacy.interest.says."+n.Kind, "party", n.Said.Party) + " " + lang.Capital(period(in, n.Since, n.Until)) + "."
		}
		nl := lang.In(ctx, "nl")
		apart := lang.T(nl, "advocacy.interest.decided") + ": " + n.Said.Decided + ". " + n.Said.Apart
		if n.Said.What != "" {
			apart = n.Said.What + "\n" + apart
		}
		out = append(out, Line{say("nl"), say("en"), apart})
	}
	return out, nil
}

func spoken(words []string) (out []Spoken) {
	for _, w := range words {
		out = append(out, Spoken{Words: w})
	}
	return out
}

// payers are the parties of interests that run, of whom a dossier asks something.
func payers(xs []Interest, d Dossier, today clock.Date) (out []string) {
	for _, n := range Beside(xs, []Spoken{{Words: d.Core.To}}, nil, d.Opened, d.until(today)) {
		if !n.Over(today) {
			out = append(out, n.Said.Party)
		}
	}
	return out
}
