package oversight

// This file holds the page of the log: whether the chain is whole, and its entries by period, colleague, person and reason.

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// logPageSize is how many entries one page shows.
const logPageSize = 100

// personID is what an id of a person looks like. Nothing else may be looked for, because what is looked for is written into
// the log, which holds no names.
var personID = regexp.MustCompile(`^p-[a-z0-9-]{1,40}$`)

// Reasons are the reasons by which the log can be filtered.
var Reasons = append(slices.Clone(access.Whys), access.Consent)

// Query is what was typed in the filter.
type Query struct{ From, To, Colleague, Person, Why string }

type logPage struct {
	In      Query
	Errors  fault.Fields
	Choose  []ui.Option // several colleagues answer to what was typed
	Rows    []logRow
	Check   Check
	By      string
	Seq     int64
	Hash    string
	Older   string
	Now     time.Time
	Reasons []ui.Option
}

type logRow struct {
	Seq                                       int64
	When, Who, Role, What, Person, Why, Place string
	Kind                                      string
}

func (o *Oversight) log(v *web.Visit) error {
	ctx := v.Ctx()
	p := logPage{Now: v.Now, In: Query{From: v.Value("van"), To: v.Value("tot"), Colleague: v.Value("collega"), Person: v.Value("persoon"), Why: v.Value("reden")}}
	p.Reasons = []ui.Option{{Label: lang.T(ctx, "oversight.log.why.any")}}
	for _, w := range Reasons {
		p.Reasons = append(p.Reasons, ui.Option{Value: string(w), Label: lang.T(ctx, "oversight.why."+string(w))})
	}
	f, err := o.filter(v, &p)
	if err != nil {
		return err
	}
	// Whoever looks in the log is in the log, and whoever looks in it for one person is in that person's own list.
	err = o.db.Tx(ctx, func(tx *db.Tx) error {
		return audit.Append(ctx, tx, audit.Entry{Event: "oversight.event.log", Subject: f.Subject, Actor: v.Actor.ID, ActorKind: string(v.Actor.Kind),
			Role: string(access.Privacy), Session: v.Actor.Session})
	})
	if err != nil {
		return err
	}
	if p.Check, err = lastCheck(ctx, o.db); err != nil {
		return err
	}
	if p.Seq, p.Hash, err = audit.Head(ctx, o.db); err != nil {
		return err
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageLog(p))
	}
	es, err := audit.Search(ctx, o.db, f, logPageSize+1)
	if err != nil {
		return err
	}
	if len(es) > logPageSize {
		es = es[:logPageSize]
		p.Older = v.URL("oversight.log", "van", p.In.From, "tot", p.In.To, "collega", p.In.Colleague, "persoon", p.In.Person, "reden", p.In.Why,
			"voor", strconv.FormatInt(es[logPageSize-1].Seq, 10))
	}
	if p.Rows, err = o.logRows(v, es); err != nil {
		return err
	}
	if p.Check.MadeBy != "" {
		names, err := o.called(ctx, []string{p.Check.MadeBy})
		if err != nil {
			return err
		}
		p.By = names[p.Check.MadeBy]
	}
	return v.Page(pageLog(p))
}

// filter reads what was typed; all faults at once.
func (o *Oversight) filter(v *web.Visit, p *logPage) (audit.Filter, error) {
	f := audit.Filter{Subject: p.In.Person, Why: p.In.Why}
	day := func(field, s string) clock.Date {
		if s == "" {
			return clock.Date{}
		}
		d, err := clock.ParseDate(s)
		if err != nil {
			p.Errors.Add(field, "oversight.error.day")
		}
		return d
	}
	from, to := day("van", p.In.From), day("tot", p.In.To)
	if !from.IsZero() {
		f.From = from.In(zone)
	}
	if !to.IsZero() {
		f.Until = to.AddDays(1).In(zone)
		if to.Before(from) {
			p.Errors.Add("tot", "oversight.error.period")
		}
	}
	if f.Why != "" && !slices.Contains(Reasons, access.Why(f.Why)) {
		p.Errors.Add("reden", "oversight.error.reason")
	}
	if f.Subject != "" && !personID.MatchString(f.Subject) {
		p.Errors.Add("persoon", "oversight.error.person")
		f.Subject = ""
	}
	if n, err := strconv.ParseInt(v.Value("voor"), 10, 64); err == nil && n > 0 {
		f.Before = n
	}
	if p.In.Colleague == "" {
		return f, nil
	}
	id, options, err := o.colleague(v.Ctx(), p.In.Colleague, v.Now)
	if err != nil {
		return f, err
	}
	switch f.Actor = id; {
	case len(options) > 0:
		p.Choose = options
		p.Errors.Add("collega", "oversight.error.several")
	case id == "":
		p.Errors.Add("collega", "oversight.error.colleague")
	}
	return f, nil
}

// colleague finds who is meant: by id, or by a name that only one has.
func (o *Oversight) colleague(ctx context.Context, typed string, now time.Time) (id string, options []ui.Option, err error) {
	if strings.HasPrefix(typed, "u-") {
		c, err := o.org.Colleague(ctx, typed)
		if fault.Is(err, fault.NotFound) {
			return "", nil, nil
		}
		return c.ID, nil, err
	}
	cs, err := o.org.Search(ctx, typed, "", now, 0, 20)
	if err != nil || len(cs) == 0 {
		return "", nil, err
	}
	if len(cs) == 1 {
		return cs[0].ID, nil, nil
	}
	for _, c := range cs {
		options = append(options, ui.Option{Value: c.ID, Label: c.Name, Hint: c.Email})
	}
	return "", options, nil
}

func (o *Oversight) logRows(v *web.Visit, es []audit.Entry) ([]logRow, error) {
	ctx := v.Ctx()
	var ids []string
	for _, e := range es {
		if e.ActorKind == string(access.Staff) {
			ids = append(ids, e.Actor)
		}
	}
	names, err := o.called(ctx, ids)
	if err != nil {
		return nil, err
	}
	var outside []string
	for _, e := range es {
		if e.ActorKind == string(access.Outside) {
			outside = append(outside, e.Actor)
		}
	}
	outsiders, err := o.files.Outsiders(ctx, outside)
	if err != nil {
		return nil, err
	}
	places := map[string]string{}
	var out []logRow
	for _, e := range es {
		r := logRow{Seq: e.Seq, When: when(ctx, e.At), Role: roleText(ctx, e.Role), What: lang.Capital(said(v, e.Event)), Person: e.Subject}
		switch e.ActorKind {
		case string(access.Staff):
			r.Who = names[e.Actor]
		case string(access.Outside):
			r.Who, r.Role = outsiders[e.Actor], lang.T(ctx, "oversight.role.outside")
		case string(access.IsSelf):
			r.Who, r.Role = lang.T(ctx, "oversight.log.self"), ""
		default:
			r.Who = lang.T(ctx, "oversight.looks.machine")
		}
		if r.Place, err = o.place(ctx, e.Place, places); err != nil {
			return nil, err
		}
		r.Kind, _, r.Why = reason(ctx, e.Why, "")
		out = append(out, r)
	}
	return out, nil
}

// verify walks the log now.
func (o *Oversight) verify(v *web.Visit) error {
	if _, err := o.walk(v.Ctx(), v.Actor.ID); err != nil {
		return err
	}
	return v.Go("oversight.log")
}
