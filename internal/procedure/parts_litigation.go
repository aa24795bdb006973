package procedure

// This file lends what only procedures know to whom takes a question to court: who meets objective criteria, and when a term for
// appeal ends.

import (
	"context"
	"slices"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// CaseAsk is what is asked of cases: the topic of the track, what happened in it, whether that went against the person, and between
// which days. Zero days are open ends; an empty kind asks for nothing that happened.
type CaseAsk struct {
	Topic, Kind string
	Against     bool
	From, To    clock.Date
}

// InFavour are the outcomes that give somebody what they asked for; every other one goes against them.
var inFavour = []string{"", "granted", "granted_refugee", "granted_subsidiary", "refugee", "subsidiary", "old_permit", "upheld", "stateless"}

// Meeting are the people whose case meets it, each once, in the order of their ids. An event of which nobody knows the day meets no
// period: criteria for a case are to be sure.
func (p *Procedure) Meeting(ctx context.Context, q db.Q, ask CaseAsk) ([]string, error) {
	f := db.F(`SELECT DISTINCT t.person FROM procedure_track t WHERE t.topic = ?`, ask.Topic)
	if ask.Kind != "" {
		f = f.Then(`AND EXISTS (SELECT 1 FROM procedure_event e WHERE e.track = t.id AND e.kind = ? AND `+stands, ask.Kind)
		if ask.Against {
			f = f.Then(`AND NOT (`).With(db.In("e.outcome", inFavour)).Then(`)`)
		}
		if !ask.From.IsZero() {
			f = f.Then(`AND e.day_from >= ?`, ask.From)
		}
		if !ask.To.IsZero() {
			f = f.Then(`AND e.day_to <= ?`, ask.To)
		}
		f = f.Then(`)`)
	}
	return db.Many[string](ctx, q, f.Then(`ORDER BY t.person`))
}

// caseKinds are the events by which a case can be chosen.
var caseKinds = []string{"decision", "objection_decided", "judgment", "council_judgment", "return_decided", "detained"}

// CaseChoices are the topics and the events by which cases can be chosen.
func (p *Procedure) CaseChoices(v *web.Visit) (topics, kinds []ui.Option) {
	for _, t := range p.Book.Topics {
		if t.Track {
			topics = append(topics, ui.Option{Value: string(t.ID), Label: lang.T(v.Ctx(), "procedure.topic."+string(t.ID))})
		}
	}
	for _, k := range caseKinds {
		kinds = append(kinds, ui.Option{Value: k, Label: lang.Capital(lang.T(v.Ctx(), "procedure.event."+k))})
	}
	return topics, kinds
}

// remedies are the keys of the terms for going to each instance.
var remedies = map[string][]string{"court": {"appeal"}, "council": {"further_appeal"}, "echr": {"echr"}}

// Remedy is a term for going to an instance.
type Remedy struct{ ID, Label, Article string }

// Remedies are the terms that the rules know for an instance, each length of each law once.
func (p *Procedure) Remedies(v *web.Visit, instance string) ([]Remedy, error) {
	b, err := p.book(v.Ctx(), p.db)
	if err != nil {
		return nil, err
	}
	l := p.bare(v)
	var out []Remedy
	for _, pack := range b.Packs {
		for _, r := range pack.Terms {
			if r.Term == nil || r.Party != "lawyer" || !slices.Contains(remedies[instance], r.Key) {
				continue
			}
			x := Remedy{ID: r.ID, Article: r.Article, Label: lang.Dots(lang.T(v.Ctx(), "procedure.topic."+string(pack.Topic)), l.length(r.Term.String()), r.Article)}
			if !slices.ContainsFunc(out, func(o Remedy) bool { return o.Label == x.Label }) {
				out = append(out, x)
			}
		}
	}
	return out, nil
}

// RemedyFrom counts such a term from the day on which something was made known: the safe day, before any law moves the end, and the
// last one.
func (p *Procedure) RemedyFrom(ctx context.Context, q db.Q, rule string, day clock.Date) (safe, last clock.Date, err error) {
	b, err := p.book(ctx, q)
	if err != nil {
		return safe, last, err
	}
	for _, pack := range b.Packs {
		for _, r := range pack.Terms {
			if r.ID == rule && r.Term != nil && r.Party == "lawyer" {
				e, err := r.Term.From(day, b.Calendar)
				if err != nil {
					return safe, last, fault.Wrap(fault.Internal, "count the term "+rule, err)
				}
				return e.Bare, e.Last, nil
			}
		}
	}
	return safe, last, fault.Gone()
}
