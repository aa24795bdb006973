package procedure

// This file shows a procedure to the person it is about: where am I, whose turn is it, until when, what can I do now and
// what comes next.

import (
	"cmp"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// mineView is one procedure as its person reads it.
type mineView struct {
	Title    string
	Stations []stationView
	Now      string
	Means    string
	Turn     string
	Waited   string // how long somebody waits for whose turn it is
	Yours    bool   // the person has something to do, alone or with the lawyer
	Ends     bool
	Next     []nextView
	Terms    []mineTerm
	Agreed   []agreedView
	Happened []happenedView // newest first; only on the page of one procedure
	URL      string
	Cases    []ui.RowP // the other procedures, on the first page
}

type stationView struct{ Title, Sub, State, Icon string }

type nextView struct{ Title, Means string }

type happenedView struct{ Title, Outcome, Day string }

type mineTerm struct {
	Title, Means, Day, Dutch string
	Days                     int
	Yours, Confirmed         bool
	HasDate, Late            bool
	Since                    string // since when an authority is awaited
	Waited                   string // how long that is
	Usual                    string // how long the step usually takes, or that nobody knows
	Law                      string // how long the law gives for it
	Longer, Still, Stale     bool
	Was                      string // the day it had until lately
	party                    Party
}

var stationIcons = map[string]string{"arrival": "suitcase-rolling", "application": "envelope-simple", "interviews": "chats-circle", "decision": "gavel", "court": "scales",
	"after": "flag-banner", "objection": "pencil-simple", "evidence": "file-text", "journey": "suitcase-rolling", "permit": "shield-check", "home": "house",
	"integration_start": "translate", "learning": "book-open", "work_stage": "briefcase", "other_country": "globe", "reception_stay": "house", "return_stage": "signpost", "growing": "user-circle"}

// waitedLong is after how many days the first page no longer tells of a day on which an authority should have acted.
const waitedLong = 60

// homePanel is the way on the person's own first page: the procedure that asks most of them, and links to the others.
func (p *Procedure) homePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	l := p.lens(v, f)
	of, err := p.tracksOf(v, f)
	if err != nil || len(of.tracks) == 0 {
		return ui.Part{}, err
	}
	views := make([]mineView, 0, len(of.tracks))
	for _, t := range of.tracks {
		view, ok, err := l.mineView(t, of)
		if err != nil {
			return ui.Part{}, err
		}
		if ok {
			views = append(views, view)
		}
	}
	if len(views) == 0 {
		return ui.Part{}, nil
	}
	slices.SortStableFunc(views, func(a, b mineView) int { return cmp.Compare(a.weight(), b.weight()) })
	view := views[0]
	view.Terms = slices.DeleteFunc(view.Terms, func(t mineTerm) bool { return t.Late && t.Days < -waitedLong })
	view.Terms = view.Terms[:min(3, len(view.Terms))]
	for _, x := range views[1:] {
		view.Cases = append(view.Cases, ui.RowP{Href: x.URL, Title: x.Title, Sub: x.Now + " · " + x.Turn})
	}
	return ui.Part{Body: homePart(view), Count: len(view.Terms)}, nil
}

// weight puts the procedure in which the person must act soonest first, then what still runs, then what has ended.
func (m mineView) weight() int {
	const running, ended = 1 << 20, 1 << 21
	if m.Ends {
		return ended
	}
	best := running
	for _, t := range m.Terms {
		if t.Yours && t.HasDate {
			best = min(best, t.Days)
		}
	}
	return best
}

// mine is the page of one procedure.
func (p *Procedure) mine(v *web.Visit) error {
	f, err := p.Files.Open(v, v.Actor.ID, access.File, "procedure.event.looked")
	if err != nil {
		return err
	}
	of, err := p.tracksOf(v, f)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(of.tracks, func(t Track) bool { return t.ID == v.Param("track") })
	if i < 0 {
		return fault.Gone()
	}
	l := p.lens(v, f)
	view, ok, err := l.mineView(of.tracks[i], of)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Gone()
	}
	if view.Happened, err = l.pastOf(of.tracks[i]); err != nil {
		return err
	}
	return v.Page(minePage(view))
}

// pastOf is what is written down of a procedure, as it stands now, newest first.
func (l lens) pastOf(t Track) ([]happenedView, error) {
	rs, err := records(l.ctx, l.p.db, t.ID)
	if err != nil {
		return nil, err
	}
	rs = standing(rs)
	slices.SortStableFunc(rs, func(a, b Record) int { return b.when().Compare(a.when()) })
	out := make([]happenedView, 0, len(rs))
	for _, r := range rs {
		h := happenedView{Title: lang.Capital(l.t("procedure.event." + r.Kind)), Day: l.moment(Moment{r.DayFrom, r.DayTo})}
		if r.Outcome != "" {
			h.Outcome = lang.Capital(l.known("outcome", r.Outcome))
		}
		out = append(out, h)
	}
	return out, nil
}

// mineView gathers one procedure for its person; not ok when nothing is known of where it stands.
func (l lens) mineView(t Track, of tracksOf) (mineView, bool, error) {
	d := of.derived[t.ID]
	now, ok := d.Now()
	if !ok {
		return mineView{}, false, nil
	}
	view := mineView{Title: l.t("procedure.home.topic." + string(t.Topic)), Now: l.t("procedure.step." + now.Step), Means: l.t("procedure.step." + now.Step + ".means"),
		Yours: !now.Who[0].Authority(), Ends: now.Ends, Turn: l.t("procedure.home.turn." + string(now.Who[0])), URL: l.v.URL("procedure.mine", "track", t.ID)}
	for _, s := range l.stations(d) {
		view.Stations = append(view.Stations, stationView{s.Title, s.Sub, s.State, stationIcons[s.group]})
	}
	for _, n := range now.Next {
		view.Next = append(view.Next, nextView{l.t("procedure.step." + n), l.t("procedure.step." + n + ".means")})
	}
	was, err := web.Memo(l.v, "procedure.was", func() (map[string]clock.Date, error) {
		return wasOn(l.ctx, l.p.db, t.Person, l.v.Now.Add(-movedFor))
	})
	if err != nil {
		return view, true, err
	}
	for _, r := range of.rows {
		if r.Track == t.ID && r.State == "open" {
			view.Terms = append(view.Terms, l.mineTerm(r, d, was[r.ID]))
		}
	}
	for _, t := range view.Terms {
		if t.party == now.Who[0] && view.Waited == "" {
			view.Waited = t.Waited
		}
	}
	usual := l.t("procedure.home.usual")
	if law, ok := d.law(t.Topic); ok {
		u, known, err := usually(l.ctx, l.p.db, law, now.Step)
		if err != nil {
			return view, true, err
		}
		if known {
			usual = l.usual(u)
		}
	}
	for i := range view.Terms {
		if x := &view.Terms[i]; x.party == now.Who[0] {
			x.Usual = usual
		} else {
			x.Usual = l.t("procedure.home.usual")
		}
	}
	slices.SortStableFunc(view.Terms, func(a, b mineTerm) int { return cmp.Compare(a.rank(), b.rank()) })
	all, err := l.agreedOf(t.Person)
	if err != nil {
		return view, true, err
	}
	for _, a := range all[t.ID] {
		if a.Ended.IsZero() {
			x, err := l.agreedView(a)
			if err != nil {
				return view, true, err
			}
			x.Day = lang.LongDay(l.ctx, a.Day)
			view.Agreed = append(view.Agreed, x)
		}
	}
	return view, true, nil
}

// usual is how long a step usually takes, in words.
func (l lens) usual(u Usual) string {
	low, high, unit := u.span()
	if low == high {
		return l.t("procedure.home.about."+unit, "n", high)
	}
	return l.t("procedure.home.usual."+unit, "low", low, "n", high)
}

// rank puts what the person must do before what is awaited.
func (t mineTerm) rank() int {
	if t.Yours {
		return 0
	}
	return 1
}

// mineTerm is one day in the words of the person; was is the day it had until lately.
func (l lens) mineTerm(r Row, d Derivation, was clock.Date) mineTerm {
	x, _ := d.find(r.Name)
	m := mineTerm{party: r.Party, Title: l.t("procedure.term." + r.Term), Yours: !r.Waits, Confirmed: r.Confirmed, HasDate: !r.Safe.IsZero(), Still: x.Standstill, Stale: x.Stale}
	if !was.IsZero() && was != r.Safe {
		m.Was = lang.LongDay(l.ctx, was)
	}
	if m.HasDate {
		m.Day, m.Dutch, m.Days = lang.LongDay(l.ctx, r.Safe), lang.DutchLongDay(r.Safe), l.today.DaysUntil(r.Safe)
		m.Late = r.Waits && r.Party.Authority() && m.Days < 0
	}
	c := x.counts()
	for _, reason := range c.Chain {
		m.Longer = m.Longer || reason.Key == "extended"
	}
	if r.Waits && r.Party.Authority() && r.Kind != Chance && !c.From.IsZero() && !c.From.After(l.today) {
		m.Since = l.t("procedure.home.since", "day", lang.Day(l.ctx, c.From))
		n, unit := waited(c.From, l.today)
		if n > 0 {
			m.Waited = l.t("procedure.home.waited."+unit, "n", n)
		}
		if n, unit := c.given(); n > 0 {
			m.Law = l.t("procedure.home.law."+unit, "n", n)
		}
	}
	switch {
	case r.Term == "departure":
		m.Means = l.t("procedure.home.term.departure")
	case !r.Waits:
		m.Means = l.t("procedure.home.term.yours")
	case !r.Party.Authority() || r.Kind == Chance:
		m.Means = l.t("procedure.home.term.chance")
	default:
		m.Means = l.t("procedure.home.term." + string(r.Party))
	}
	return m
}
