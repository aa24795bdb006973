package handover

// This file shows work that belongs to no file on the page of who leaves, and gives it to others. Each reads of it what they may
// know of anyway: a confidential dossier stands there for who may know of it, and for nobody else.

import (
	"slices"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

type chargeRow struct {
	Value, What, URL, Sort string
	Due                    *ui.DueP
	Last, Chosen           bool

	sort organisation.Charges
	id   string
}

// chargeRows are what the visitor may know of; nothing when they may not give it away.
func (h *Handover) chargeRows(v *web.Visit, p *leavingPage, team string) error {
	if !p.Self && !(p.May && p.Set) {
		return nil
	}
	today := clock.Today(v.Now)
	for _, s := range h.lent {
		cs, err := s.Tell(v, p.Colleague.ID)
		if err != nil {
			return err
		}
		for _, c := range cs {
			r := chargeRow{Value: s.Name + "/" + c.ID, What: c.What, URL: c.URL, Sort: lang.T(v.Ctx(), s.Name), Last: c.Last, sort: s, id: c.ID}
			r.Chosen = slices.Contains(v.Values("charge"), r.Value)
			if !c.Due.IsZero() {
				r.Due = &ui.DueP{Days: today.DaysUntil(c.Due), Until: lang.LongDay(v.Ctx(), c.Due)}
			}
			p.Last = p.Last || c.Last
			p.Charges = append(p.Charges, r)
		}
	}
	if len(p.Charges) == 0 {
		return nil
	}
	slices.SortStableFunc(p.Charges, func(a, b chargeRow) int { return daysOf(a) - daysOf(b) })
	var err error
	p.Next, err = h.nexts(v, p.Colleague.ID, team)
	return err
}

// daysOf puts what has no day last.
func daysOf(r chargeRow) int {
	if r.Due == nil {
		return 1 << 30
	}
	return r.Due.Days
}

// nexts are who may mind such work: who works in the team of who leaves in a post that may, who leads it, and the visitor.
func (h *Handover) nexts(v *web.Visit, leaver, team string) ([]ui.Option, error) {
	ctx := v.Ctx()
	ids, err := h.org.Members(ctx, team, v.Now)
	if err != nil {
		return nil, err
	}
	ids = append(ids, v.Actor.ID)
	heir, err := h.heir(ctx, team, leaver, v.Now)
	if err != nil {
		return nil, err
	}
	if heir != "" {
		ids = append(ids, heir)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	cs, err := h.org.Colleagues(ctx, ids)
	if err != nil {
		return nil, err
	}
	posts, err := h.org.PostsOf(ctx, cs, v.Now)
	if err != nil {
		return nil, err
	}
	out := []ui.Option{{Label: lang.T(ctx, "handover.to.choose")}}
	for _, id := range ids {
		c := cs[id]
		if id != leaver && c.LastDay.IsZero() && mayGive.Allows(access.Actor{Kind: access.Staff, ID: id, Posts: posts[id]}) {
			out = append(out, ui.Option{Value: id, Label: c.Name})
		}
	}
	return out, nil
}

// chargeForm gives what was chosen to another.
func (h *Handover) chargeForm(v *web.Visit) error {
	p, team, err := h.whoLeaves(v)
	if err != nil {
		return err
	}
	if err := h.chargeRows(v, &p, team); err != nil {
		return err
	}
	if len(p.Charges) == 0 {
		return fault.Gone()
	}
	rows := slices.DeleteFunc(slices.Clone(p.Charges), func(r chargeRow) bool { return !r.Chosen })
	if p.ToNext = v.Value("next"); len(rows) == 0 {
		p.Errors.Add("charge", "handover.error.charge")
	}
	if p.ToNext == "" || !slices.ContainsFunc(p.Next, func(o ui.Option) bool { return o.Value == p.ToNext }) {
		p.Errors.Add("next", "handover.error.next")
	}
	if len(p.Errors) == 0 {
		err = v.Write(func(tx *db.Tx) (string, error) {
			for _, r := range rows {
				if err := r.sort.Give(v.Ctx(), tx, r.id, p.Colleague.ID, p.ToNext, v.Actor); err != nil {
					return "", err
				}
			}
			return v.URL("handover.leaving", "user", p.Colleague.ID, "gezegd", "handover.said.charges"), nil
		})
		if !fault.Is(err, fault.Conflict) {
			return err
		}
		p.Errors.Add("next", fault.As(err).Key)
	}
	p.Charges, p.Next, p.Last = nil, nil, false // the page reads them again
	return h.leavingPage(v, p, team)
}
