package app

// This file joins rooms that do not know each other, where what one lends must be put into the words of the other.

import (
	"context"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/knelpunt"
	"reisgezel/internal/monitor"
	"reisgezel/internal/question"
)

// letterPicture lets the room of papers read the photograph of a letter that comes with a question.
func (h *House) letterPicture(ctx context.Context, b []byte) (question.Picture, error) {
	p, err := h.Evidence.Take(ctx, b)
	return question.Picture{Kind: p.Type.Mime(), Whole: p.Bytes, Small: p.Preview}, err
}

// counted lets the monitor count signals, and the people who were guided: numbers, and nothing that leads to anybody.
func (h *House) counted() monitor.Lent {
	lists := map[string][]string{}
	for _, kind := range knelpunt.Kinds {
		lists[kind] = knelpunt.Choices(kind)
	}
	return monitor.Lent{Choices: lists, Since: h.Knelpunt.Since, Guided: h.Contact.Guided, Bottlenecks: h.Knelpunt.OpenAbout,
		Told: func(ctx context.Context, from, until clock.Date) ([]monitor.Done, error) {
			all, err := h.Knelpunt.ToldAbout(ctx, from, until)
			var out []monitor.Done
			for _, x := range all {
				out = append(out, monitor.Done{Question: x.Question, Theme: x.Theme, State: x.State, Told: x.Told})
			}
			return out, err
		},
		Signals: func(ctx context.Context, week clock.Date) ([]monitor.Cell, int, error) {
			all, heard, err := h.Knelpunt.WeekCount(ctx, week)
			var out []monitor.Cell
			for _, x := range all {
				out = append(out, monitor.Cell{Theme: x.Theme, Institution: x.Institution, Place: x.Place, Phase: x.Phase, Group: x.Nation, N: x.N})
			}
			return out, heard, err
		}}
}
