package procedure

// This file lends the rules of law, and the changes to them, to whom marks a change of policy: it may belong to one of them. The page of a
// rule file, and of a change to the rules, shows it in turn: both ends of the link are walked.

import (
	"slices"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// changesOffered is how many changes to the rules can be chosen: the latest.
const changesOffered = 100

// RuleChoices are the rule files by their names, and the changes that hold or are proposed by their ids.
func (p *Procedure) RuleChoices(v *web.Visit) ([]ui.Option, error) {
	if !rules.Allows(v.Actor) {
		return nil, nil
	}
	b, err := p.book(v.Ctx(), p.db)
	if err != nil {
		return nil, err
	}
	as, err := amendments(v.Ctx(), p.db, changesOffered, Proposed, InForce, Leaving)
	if err != nil {
		return nil, err
	}
	l := p.bare(v)
	var out []ui.Option
	for _, a := range as {
		out = append(out, ui.Option{Value: a.ID, Label: a.Title})
	}
	for i := range b.Packs {
		out = append(out, ui.Option{Value: b.Packs[i].Name, Label: l.t("procedure.pack." + b.Packs[i].Name)})
	}
	return out, nil
}

// LendPolicy hands over which changes of policy belong to a rule file or to a change of the rules, as far as a visitor may read them. The
// app calls it once.
func (p *Procedure) LendPolicy(rows func(v *web.Visit, ids ...string) ([]ui.RowP, error)) {
	p.policy = rows
}

// policyOf are those rows; none in a house that marks no policy.
func (p *Procedure) policyOf(v *web.Visit, id string) ([]ui.RowP, error) {
	if p.policy == nil {
		return nil, nil
	}
	return p.policy(v, id)
}

// RuleRows are some of them, in that order; what is not there is left out.
func (p *Procedure) RuleRows(v *web.Visit, ids []string) (out []ui.RowP, err error) {
	if !rules.Allows(v.Actor) {
		return nil, nil
	}
	b, err := p.book(v.Ctx(), p.db)
	if err != nil {
		return nil, err
	}
	l := p.bare(v)
	for _, id := range ids {
		if slices.ContainsFunc(b.Packs, func(x Pack) bool { return x.Name == id }) {
			out = append(out, ui.RowP{Title: l.t("procedure.pack." + id), Href: v.URL("procedure.rulefile", "file", id)})
			continue
		}
		a, err := amendment(v.Ctx(), p.db, id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, l.amendmentRow(a))
	}
	return out, nil
}
