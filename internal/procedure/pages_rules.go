package procedure

// This file shows the rules of law that the dates rest on: the rule files, what the organisation changed in them, and the
// table of equated days.

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// rulesView is the page of all rules.
type rulesView struct {
	Waiting, InForce, Past []ui.RowP
	Unfit                  []string // titles of changes that do not fit this program
	Packs                  []ui.RowP
	Walk                   Walk
	Walking                bool
	MayPropose             bool
	Rules, Confirmed       int
}

// pastShown is how many changes that are over the page names.
const pastShown = 50

func (p *Procedure) showRules(v *web.Visit) error {
	ctx := v.Ctx()
	b, unfit, err := p.bookAndUnfit(ctx, p.db)
	if err != nil {
		return err
	}
	l := p.bare(v)
	view := rulesView{MayPropose: propose.Allows(v.Actor)}
	for _, list := range []struct {
		rows   *[]ui.RowP
		states []AmendmentState
		n      int
	}{{&view.Waiting, []AmendmentState{Proposed, Leaving}, 200}, {&view.InForce, []AmendmentState{InForce, Leaving}, 500}, {&view.Past, []AmendmentState{Refused, Retracted, Withdrawn}, pastShown}} {
		as, err := amendments(ctx, p.db, list.n, list.states...)
		if err != nil {
			return err
		}
		for _, a := range as {
			*list.rows = append(*list.rows, l.amendmentRow(a))
			if unfit[a.ID] != nil && list.states[0] == InForce {
				view.Unfit = append(view.Unfit, a.Title)
			}
		}
	}
	today := clock.Today(v.Now)
	for i := range b.Packs {
		pack := &b.Packs[i]
		confirmed := 0
		for _, r := range pack.Terms {
			if r.Confirmed != nil {
				confirmed++
			}
		}
		view.Rules, view.Confirmed = view.Rules+len(pack.Terms), view.Confirmed+confirmed
		row := ui.RowP{Title: l.t("procedure.pack." + pack.Name), Href: v.URL("procedure.rulefile", "file", pack.Name),
			Sub: l.t("procedure.rules.pack.sub", "n", len(pack.Terms), "confirmed", confirmed, "day", lang.Day(ctx, pack.ReviewBy))}
		if today.After(pack.ReviewBy) {
			row.TagKind, row.TagIcon, row.Tag = "warn", "warning", l.t("procedure.stale")
		}
		view.Packs = append(view.Packs, row)
	}
	if view.Walk, err = lastWalk(ctx, p.db); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	view.Walking = view.Walk.Rules != b.Version || view.Walk.Calendar != b.Calendar.Version || view.Walk.Ended.IsZero()
	return v.Page(rulesPage(view))
}

// bare is a lens on no file.
func (p *Procedure) bare(v *web.Visit) lens {
	l := lens{p: p, v: v, ctx: v.Ctx(), today: clock.Today(v.Now), voice: VoiceOf(v.Ctx())}
	l.learn()
	return l
}

// tagOf is how a state looks.
var tagOf = map[AmendmentState]string{Proposed: "warn", Leaving: "warn", InForce: "ok"}

func (l lens) amendmentRow(a Amended) ui.RowP {
	return ui.RowP{Title: a.Title, Href: l.v.URL("procedure.amendment", "amendment", a.ID), TagKind: tagOf[a.State], Tag: l.t("procedure.rules.state." + string(a.State)),
		Sub: l.t("procedure.rules.by", "name", l.colleague(a.MadeBy), "when", lang.When(l.ctx, a.At, l.v.Now))}
}

// ruleView is one rule as the page of its file shows it.
type ruleView struct {
	ID, Title, Term, Words, Article string
	Source                          Source
	Valid, Confidence, Confirmed    string
	Stale                           bool
	ChangedURL, ProposeURL          string
	ConfirmURL                      string // only where no lawyer gave their word
}

type rulefileView struct {
	Name, Review string
	Stale        bool
	Rules        []ruleView
	Policy       []ui.RowP // changes of policy that belong to it
}

func (p *Procedure) showRulefile(v *web.Visit) error {
	ctx := v.Ctx()
	b, err := p.book(ctx, p.db)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(b.Packs, func(x Pack) bool { return x.Name == v.Param("file") })
	if i < 0 {
		return fault.Gone()
	}
	l, pack, may := p.bare(v), &b.Packs[i], propose.Allows(v.Actor)
	view := rulefileView{Name: l.t("procedure.pack." + pack.Name), Review: lang.Day(ctx, pack.ReviewBy), Stale: l.today.After(pack.ReviewBy)}
	for k := range pack.Terms {
		r := &pack.Terms[k]
		x := ruleView{ID: r.ID, Title: l.t("procedure.term." + r.Key), Article: r.Article, Source: b.Source(r.Source), Valid: l.valid(r.Valid),
			Confidence: l.t("procedure.confidence." + string(r.Confidence)), Stale: l.today.After(r.reviewBy(pack))}
		if x.Words = l.wordsOf(r); r.Term != nil {
			x.Term = r.Term.String()
		}
		if r.Confirmed != nil {
			x.Confirmed = l.t("procedure.rules.confirmed", "name", r.Confirmed.By, "day", lang.Day(ctx, r.Confirmed.On))
		}
		if r.brought != nil {
			x.ChangedURL = v.URL("procedure.amendment", "amendment", r.brought.ID)
		}
		if may {
			x.ProposeURL = v.URL("procedure.propose", "regel", r.ID)
			if r.Confirmed == nil {
				x.ConfirmURL = v.URL("procedure.propose", "bevestig", r.ID)
			}
		}
		view.Rules = append(view.Rules, x)
	}
	if view.Policy, err = p.policyOf(v, pack.Name); err != nil {
		return err
	}
	return v.Page(rulefilePage(view))
}

// valid says for which cases a rule holds.
func (l lens) valid(x Valid) string {
	if x.To.IsZero() {
		return l.t("procedure.rules.valid.from", "trigger", l.t("procedure.rules.trigger."+x.Trigger), "day", lang.Day(l.ctx, x.From))
	}
	return l.t("procedure.rules.valid.between", "trigger", l.t("procedure.rules.trigger."+x.Trigger), "day", lang.Day(l.ctx, x.From), "to", lang.Day(l.ctx, x.To))
}

type dayRow struct {
	Day, Source, Confidence string
	Moves                   bool // it moves a deadline: its decree was read
}

type daysView struct {
	Days       []dayRow
	ProposeURL string
}

func (p *Procedure) showDays(v *web.Visit) error {
	b, err := p.book(v.Ctx(), p.db)
	if err != nil {
		return err
	}
	l := p.bare(v)
	var view daysView
	if propose.Allows(v.Actor) {
		view.ProposeURL = v.URL("procedure.propose", "dagen", "1")
	}
	for _, d := range b.Days {
		view.Days = append(view.Days, dayRow{lang.Day(v.Ctx(), d.Day), d.Source, l.t("procedure.confidence." + string(d.Confidence)), d.Confidence == Read})
	}
	return v.Page(daysPage(view))
}

// begun is the text that a proposal begins with: a copy of the rule that is to be replaced, or a day of the table.
func (p *Procedure) begun(ctx context.Context, rule, days string, today clock.Date) (string, error) {
	switch {
	case days != "":
		return "days:\n  - {day: " + today.AddDays(30).String() + ", source: Stcrt. 2026, confidence: V}\n", nil
	case rule == "":
		return "", nil
	}
	id, _, _ := strings.Cut(rule, "@") // what is left of a rule after a period is called rule@day
	fresh := id + "-" + today.String()
	text, err := example(RuleFiles(), id, fresh)
	if !errors.Is(err, fs.ErrNotExist) {
		return text, err
	}
	as, err := amendments(ctx, p.db, 500, InForce, Leaving)
	for _, a := range as {
		if text := exampleIn([]byte(a.Body), id, fresh); text != "" {
			return text, nil
		}
	}
	return "", err
}

// few is how many tracks a request counts by itself; more are left to the job.
const few = 20000

// countSoon counts at once what a proposal does when there are few tracks, so that nobody need come back for it.
func (p *Procedure) countSoon(ctx context.Context, id string) error {
	n, err := db.One[int](ctx, p.db, db.F(`SELECT COUNT(*) FROM (SELECT 1 AS one FROM procedure_track LIMIT ?) counted`, few+1))
	if err != nil || n > few {
		return err
	}
	w, err := walkOf(ctx, p.db, id)
	if err != nil || !w.Ended.IsZero() {
		return err
	}
	if err := p.count(ctx, &w); !fault.Is(err, fault.Conflict) { // the job was at it: that is as good
		return err
	}
	return nil
}
