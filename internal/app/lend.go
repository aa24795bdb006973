package app

// This file joins rooms that do not know each other, where what one lends must be put into the words of the other.

import (
	"context"
	"maps"
	"slices"
	"strings"

	"reisgezel/internal/consent"
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/knelpunt"
	"reisgezel/internal/litigation"
	"reisgezel/internal/monitor"
	"reisgezel/internal/procedure"
	"reisgezel/internal/question"
)

// holiday says whether nobody works on a day.
func holiday(d clock.Date) bool { return procedure.Holiday(d) != "" }

// found puts rows that a room of advocacy finds into the answers of the search box, without that room knowing the box.
func found(find func(v *web.Visit, typed string) ([]ui.RowP, error)) func(*web.Visit, string) ([]dossier.Hit, error) {
	return func(v *web.Visit, typed string) ([]dossier.Hit, error) {
		rows, err := find(v, typed)
		var out []dossier.Hit
		for _, r := range rows {
			out = append(out, dossier.Hit{Title: r.Title, Why: r.Sub, URL: r.Href})
		}
		return out, err
	}
}

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
	belongs := map[string]monitor.Belongs{
		monitor.OfRule: {Choices: h.Procedure.RuleChoices, Rows: h.Procedure.RuleRows},
		monitor.OfDossier: {Choices: func(v *web.Visit) ([]ui.Option, error) { return h.Advocacy.Choices(v) },
			Rows: func(v *web.Visit, ids []string) ([]ui.RowP, error) { return h.Advocacy.Rows(v, ids) }}, // it is made after the monitor
	}
	return monitor.Lent{Belongs: belongs, Choices: lists, Since: h.Knelpunt.Since, Guided: h.Contact.Guided, Bottlenecks: h.Knelpunt.OpenAbout, TakenUp: h.Knelpunt.Rows,
		Told: func(ctx context.Context, from, until clock.Date) ([]monitor.Done, error) {
			all, err := h.Knelpunt.ToldAbout(ctx, from, until)
			var out []monitor.Done
			for _, x := range all {
				out = append(out, monitor.Done{ID: x.ID, Question: x.Question, Asked: x.Asked, Theme: x.Theme, State: x.State, Told: x.Told, English: x.English, Few: x.Signals < monitor.Outside.Least})
			}
			return out, err
		},
		Interests: func(ctx context.Context, from, until clock.Date, words ...string) ([]monitor.Interest, error) {
			lines, err := h.Advocacy.Lines(ctx, from, until, words...)
			out := []monitor.Interest{}
			for _, x := range lines {
				out = append(out, monitor.Interest(x))
			}
			return out, err
		},
		Signals: func(ctx context.Context, week clock.Date) ([]monitor.Cell, monitor.Heard, error) {
			all, heard, err := h.Knelpunt.WeekCount(ctx, week)
			var out []monitor.Cell
			for _, x := range all {
				out = append(out, monitor.Cell{Theme: x.Theme, Institution: x.Institution, Place: x.Place, Phase: x.Phase, Group: x.Nation, N: x.N})
			}
			at := maps.Clone(heard)
			delete(at, "")
			return out, monitor.Heard{All: heard[""], At: at}, err
		}}
}

// candidates are the people who meet the criteria of a case. Their ids go to the room of consent only: the room of cases gets their
// number, and from there no closer than it tells it.
func (h *House) candidates(ctx context.Context, q db.Q, c litigation.Criteria) ([]string, error) {
	ids, err := h.Procedure.Meeting(ctx, q, procedure.CaseAsk{Topic: c.Topic, Kind: c.Kind, Against: c.Against, From: c.From, To: c.To})
	if err != nil || c.Origin == "" {
		return ids, err
	}
	from, whole := h.Files.InGroup(dossier.Group{Origins: []string{c.Origin}})
	if !whole { // this node has not read everybody yet: a number now would be too small
		return nil, fault.New(fault.Unavailable, "")
	}
	return slices.DeleteFunc(ids, func(id string) bool { _, in := slices.BinarySearch(from, id); return !in }), nil
}

// lendLitigation is what the room of cases gets from rooms that it does not know.
func (h *House) lendLitigation() litigation.Lent {
	return litigation.Lent{
		Choices: func(v *web.Visit) (topics, kinds, origins []ui.Option) {
			topics, kinds = h.Procedure.CaseChoices(v)
			for _, o := range dossier.Origins() {
				origins = append(origins, ui.Option{Value: o, Label: lang.T(v.Ctx(), "alarm.origin."+o)})
			}
			slices.SortStableFunc(origins, func(a, b ui.Option) int { return strings.Compare(a.Label, b.Label) })
			return topics, kinds, origins
		},
		Count: func(ctx context.Context, q db.Q, c litigation.Criteria) (int, error) {
			ids, err := h.candidates(ctx, q, c)
			return len(ids), err
		},
		Wish: func(ctx context.Context, tx *db.Tx, matter, title, words string, c litigation.Criteria) error {
			ids, err := h.candidates(ctx, tx, c)
			if err != nil {
				return err
			}
			return h.Consent.Wish(ctx, tx, matter, consent.About{Title: title, Words: words}, ids)
		},
		Agreed: func(v *web.Visit, matter string) (out []litigation.Agreed, err error) {
			as, err := h.Consent.Agreed(v, matter)
			for _, a := range as {
				x := litigation.Agreed{Called: a.Called, Team: a.Team, Until: a.Until}
				for _, l := range a.Lines {
					x.Lines = append(x.Lines, ui.FactP{Label: l.Label, Value: l.Value})
				}
				out = append(out, x)
			}
			return out, err
		},
		Remedies: func(v *web.Visit, instance string) (out []litigation.Remedy, err error) {
			rs, err := h.Procedure.Remedies(v, instance)
			for _, r := range rs {
				out = append(out, litigation.Remedy(r))
			}
			return out, err
		},
		Term: func(ctx context.Context, q db.Q, rule string, day clock.Date) (safe, last clock.Date, err error) {
			return h.Procedure.RemedyFrom(ctx, q, rule, day)
		},
		Named:       h.Advocacy.Named,
		Bottlenecks: h.Knelpunt.Rows, BottleneckChoices: h.Knelpunt.Choices, MayTell: h.Knelpunt.MayTell,
		Tell: func(v *web.Visit, tx *db.Tx, bottleneck, words string) error {
			return h.Knelpunt.Tell(v.Ctx(), tx, v.Actor, bottleneck, words)
		},
		Propose: func(v *web.Visit, title, reason string) string {
			if u := h.ifAllowed(v, "procedure.propose"); u == "" {
				return ""
			}
			return v.URL("procedure.propose", "title", title, "reason", reason)
		},
	}
}

// knows are what the rooms know of a person that may not stand in a text that leaves the file.
func (h *House) knows() []dossier.Knows {
	return []dossier.Knows{h.Family.Known, h.Residence.Known, h.Counsel.Known, h.Care.Known, h.Procedure.Known, h.Interview.Known, h.Evidence.Known, h.Alarm.Known}
}
