package procedure

// This file shows a person's procedures: where each stands, what is due, and how one date was computed.

import (
	"context"
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

type link struct{ URL, Label string }

// trackView is one procedure as a page shows it.
type trackView struct {
	ID, Title, Regime string
	RegimeWhy         []string
	Steps             []ui.StepP
	Now, Means, Turn  string
	Since             string
	Next              []string
	Ends              bool
	Questions         []string
	Until             string     // the day that goes with the turn
	Due, Waits, Can   []termView // what must be done, what is awaited, what may be done from a day on
	Closed            []termView
	Agreed            []agreedView
	AgreeURL          string
	Idle              bool // nothing is to be done and nothing is awaited
	Happened          []eventView
	Stale             bool
	RecordURL         string
	TalkURL           string // of a return: what the person chooses, and the handover to an organisation there
}

// eventView is one thing that happened.
type eventView struct {
	ID, Title, When, How, Outcome, Route, Letter string
	Note, By, At, Extend                         string
	Standing                                     bool
	Void                                         bool
	Corrects                                     bool
	CorrectURL, TakeBackURL, RestoreURL          string
}

type fileView struct {
	Called    string
	Tracks    []trackView
	RecordURL string // empty for who may not
	BeginURL  string // another procedure
	Gap       bool   // a renewal came too late, or did not come
	Parts     []ui.Part
}

// lens is what is needed to show things of one file to one visitor.
type lens struct {
	p     *Procedure
	v     *web.Visit
	ctx   context.Context
	f     dossier.File
	today clock.Date
	voice Voice
	mind  bool
}

func (p *Procedure) lens(v *web.Visit, f dossier.File) lens {
	l := p.bare(v)
	l.f, l.mind = f, f.Level() >= access.File && f.Changes(mind)
	return l
}

// learn brings the words of the rulebook that holds now. When it cannot be read, the page fails where it reads a rule.
func (l lens) learn() {
	if b, err := l.book(); err == nil {
		lang.Bring(l.ctx, b.Texts)
	}
}

// book is the rulebook that holds now, read once for a page.
func (l lens) book() (*Rulebook, error) {
	return web.Memo(l.v, "procedure.book", func() (*Rulebook, error) { return l.p.book(l.ctx, l.p.db) })
}

func (l lens) t(key string, args ...any) string { return lang.T(l.ctx, key, args...) }

// colleague is what a colleague is called; one that left is still named, an unknown one is "the system".
func (l lens) colleague(id string) string {
	if id == "" {
		return l.t("procedure.nobody")
	}
	c, err := web.Memo(l.v, "procedure.colleague/"+id, func() (organisation.Colleague, error) { return l.p.Organisation.Colleague(l.ctx, id) })
	if err != nil {
		return l.t("procedure.somebody")
	}
	return c.Called
}

func (p *Procedure) showFile(v *web.Visit) error {
	f, err := p.Files.Open(v, v.Param("person"), access.DeskLevel, "procedure.event.looked")
	if err != nil {
		return err
	}
	l := p.lens(v, f)
	view := fileView{Called: f.Called(), RecordURL: l.recordURL()}
	if view.RecordURL != "" {
		view.BeginURL = v.URL("procedure.begin", "person", f.ID())
	}
	of, err := p.tracksOf(v, f)
	if err != nil {
		return err
	}
	view.Gap = gap(of, l.today)
	for _, t := range of.tracks {
		tv, err := l.track(t, of)
		if err != nil {
			return err
		}
		view.Tracks = append(view.Tracks, tv)
	}
	if view.Parts, err = p.Files.Show(v, f, "procedure"); err != nil {
		return err
	}
	return v.Page(filePage(f, view))
}

// recordURL leads to where an event is recorded; nothing for who may not.
func (l lens) recordURL(of ...string) string {
	if !l.f.Changes(record) {
		return ""
	}
	return l.v.URL("procedure.choose", append([]string{"person", l.f.ID()}, of...)...)
}

// track gathers one procedure.
func (l lens) track(t Track, of tracksOf) (trackView, error) {
	d := of.derived[t.ID]
	book, err := l.book()
	if err != nil {
		return trackView{}, err
	}
	rs, err := records(l.ctx, l.p.db, t.ID)
	if err != nil {
		return trackView{}, err
	}
	tv := trackView{ID: t.ID, Title: l.t("procedure.topic." + string(t.Topic)), Steps: l.steps(d), Stale: d.anyStale(),
		RecordURL: l.recordURL("track", t.ID)}
	if t.Topic == Return && l.mind && web.Known(l.ctx, "counsel.return") {
		tv.TalkURL = l.v.URL("counsel.return", "person", t.Person)
	}
	if len(d.Choices) > 0 {
		c := d.Choices[0]
		var names []string
		for _, r := range c.Regimes {
			names = append(names, l.regime(book, r))
		}
		tv.Regime = strings.Join(names, " / ")
		for _, r := range c.Chain {
			tv.RegimeWhy = append(tv.RegimeWhy, l.voice.Say(r))
		}
	}
	if now, ok := d.Now(); ok {
		tv.Now, tv.Means, tv.Ends = l.t("procedure.step."+now.Step), l.t("procedure.step."+now.Step+".means"), now.Ends
		tv.Turn, tv.Until = l.turn(now), l.until(now, of.rows, t.ID)
		if !now.Since.Unknown() {
			tv.Since = lang.Day(l.ctx, now.Since.From)
		}
		for _, n := range now.Next {
			tv.Next = append(tv.Next, l.t("procedure.step."+n))
		}
	}
	for _, q := range d.Questions {
		tv.Questions = append(tv.Questions, l.ask(q))
	}
	idle := true
	for _, r := range of.rows {
		if r.Track != t.ID {
			continue
		}
		x := l.term(r, d)
		switch {
		case r.State != "open":
			tv.Closed = append(tv.Closed, x)
			continue
		case x.Chance:
			tv.Can = append(tv.Can, x)
		case r.Waits:
			x.Letters = l.letters(book, r, d)
			tv.Waits = append(tv.Waits, x)
		default:
			tv.Due = append(tv.Due, x)
		}
		idle = idle && !r.planned(l.today)
	}
	if idle, err = l.plan(&tv, t, idle); err != nil {
		return tv, err
	}
	tv.Idle = idle && !tv.Ends
	tv.Happened, err = l.happened(rs)
	return tv, err
}

// planned says whether an open deadline is something to do or to wait for; see idle.
func (r Row) planned(today clock.Date) bool {
	return r.Safe.IsZero() || !r.Safe.Before(today) || !r.Waits && r.Kind == Fatal
}

// plan adds the agreed steps of a track, and the days that authorities named.
func (l lens) plan(tv *trackView, t Track, idle bool) (bool, error) {
	all, err := l.agreedOf(t.Person)
	if err != nil {
		return idle, err
	}
	if l.mind {
		tv.AgreeURL = l.v.URL("procedure.agree", "person", t.Person, "track", t.ID)
	}
	for _, a := range all[t.ID] {
		x, err := l.agreedView(a)
		if err != nil {
			return idle, err
		}
		tv.Agreed = append(tv.Agreed, x)
		if !a.Ended.IsZero() {
			continue
		}
		idle = idle && a.Day.Before(l.today)
		for i := range tv.Waits {
			if w := &tv.Waits[i]; a.Promised && w.party == a.Party {
				w.Promised = l.t("procedure.promised", "day", x.Day)
			}
		}
	}
	return idle, nil
}

// letters are the letters by which an authority gives itself more time for a term, or stops the clock.
func (l lens) letters(book *Rulebook, r Row, d Derivation) []link {
	if !l.mind {
		return nil
	}
	x, _ := d.find(r.Name)
	var kinds []string
	for _, c := range x.Candidates {
		rule, _ := book.Rule(c.Rule)
		if len(rule.Extend) > 0 {
			kinds = join(kinds, []string{"extended"})
		}
		if rule.Suspend && !x.Standstill {
			kinds = join(kinds, []string{"paused"})
		} else if rule.Suspend {
			kinds = join(kinds, []string{"resumed"})
		}
	}
	var out []link
	for _, k := range kinds {
		out = append(out, link{l.v.URL("procedure.record", "person", r.Person, "kind", k, "track", r.Track), l.t("procedure.record.this", "event", l.t("procedure.event."+k))})
	}
	return out
}

// until is the nearest running day of whoever's turn it is.
func (l lens) until(s Standing, rows []Row, track string) string {
	var best Row
	for _, r := range rows {
		ours := !r.Party.Authority() && !s.Who[0].Authority()
		if r.Track != track || r.State != "open" || r.Kind == Chance || r.Safe.IsZero() || r.Party != s.Who[0] && !ours {
			continue
		}
		if best.ID == "" || r.Safe.Before(best.Safe) {
			best = r
		}
	}
	switch days := l.today.DaysUntil(best.Safe); {
	case best.ID == "":
		return ""
	case days < 0:
		return l.t("procedure.until.late", "day", lang.Day(l.ctx, best.Safe), "n", -days)
	default:
		return l.t("procedure.until", "day", lang.Day(l.ctx, best.Safe), "n", days)
	}
}

// gap says whether residence may have been broken: a day of which the rules say that there must be no gap went by.
func gap(of tracksOf, today clock.Date) bool {
	for _, d := range of.derived {
		for _, x := range d.Deadlines {
			if x.Safe.IsZero() || !slices.ContainsFunc(x.Candidates, func(c Candidate) bool { return c.Note == "renew_no_gap" }) {
				continue
			}
			if x.Open() && x.Last.Before(today) || !x.Open() && !x.MetOn.Unknown() && x.MetOn.To.After(x.Last) {
				return true
			}
		}
	}
	return false
}

// station is one large station of a procedure.
type station struct {
	ui.StepP
	group string
}

// around says whether a track can have come to where it stands without any step of a group.
func (d Derivation) around(group string) bool {
	if len(d.Steps) == 0 {
		return false
	}
	now, _ := d.Now()
	queue := append(make([]int, 0, len(d.Steps)), 0) // places among the steps, each once
	for k := 0; k < len(queue); k++ {
		s := d.Steps[queue[k]]
		switch {
		case s.Group == group:
			continue
		case s.Step == now.Step:
			return true
		}
		for i, t := range d.Steps {
			if slices.Contains(s.Next, t.Step) && !slices.Contains(queue, i) {
				queue = append(queue, i)
			}
		}
	}
	return false
}

// stations are the large stations of a procedure, each once. One at which nothing is known to have happened, and that the
// track need not have come by, is left out: nobody who was given a permit at once has been to court. There always was a
// decision, also where nobody recorded it.
func (l lens) stations(d Derivation) []station {
	var out []station
	at := map[string]int{}
	now, _ := d.Now()
	known := map[string]bool{}
	for _, s := range d.Steps {
		known[s.Group] = known[s.Group] || s.State != Skipped
	}
	for _, s := range d.Steps {
		if !known[s.Group] && s.Group != "decision" && d.around(s.Group) {
			continue
		}
		i, ok := at[s.Group]
		if !ok {
			i = len(out)
			at[s.Group] = i
			out = append(out, station{ui.StepP{Title: l.t("procedure.group." + s.Group)}, s.Group})
		}
		switch {
		case s.Group == now.Group:
			out[i].State, out[i].Sub = "now", l.t("procedure.step."+now.Step)
		case s.State == Skipped && out[i].State == "":
			out[i].State = "done"
		case s.State == Done:
			out[i].State = "done"
			if !s.Since.Unknown() {
				out[i].Sub = lang.MonthYear(l.ctx, s.Since.From)
			}
		}
	}
	return out
}

// steps are the stations as a line.
func (l lens) steps(d Derivation) []ui.StepP {
	var out []ui.StepP
	for _, s := range l.stations(d) {
		out = append(out, s.StepP)
	}
	return out
}

// turn says whose turn it is, in one sentence.
func (l lens) turn(s Standing) string {
	var who []string
	for _, p := range s.Who {
		who = append(who, l.t("procedure.party."+string(p)))
	}
	return l.t("procedure.turn", "who", lang.Join(l.ctx, who))
}

func (l lens) ask(q Question) string {
	if q.Kind == "" {
		return l.t("procedure.ask." + q.Key)
	}
	return l.t("procedure.ask."+q.Key, "kind", l.t("procedure.event."+q.Kind))
}

// find is a deadline in a derivation.
func (d Derivation) find(name string) (Deadline, bool) {
	for _, x := range d.Deadlines {
		if x.Key == name {
			return x, true
		}
	}
	return Deadline{}, false
}

// counts is the candidate whose safe date is the deadline's.
func (d Deadline) counts() Candidate {
	for _, c := range d.Candidates {
		if c.Safe == d.Safe {
			return c
		}
	}
	if len(d.Candidates) > 0 {
		return d.Candidates[0]
	}
	return Candidate{}
}

// happened is the story of a track, newest first, with what was corrected still readable.
func (l lens) happened(rs []Record) ([]eventView, error) {
	superseded := map[string]Record{}
	for _, r := range rs {
		if r.Supersedes != "" {
			superseded[r.Supersedes] = r
		}
	}
	var out []eventView
	for i := len(rs) - 1; i >= 0; i-- {
		r := rs[i]
		next, gone := superseded[r.ID]
		if r.Void {
			continue // the event it took back is shown, struck through
		}
		e := eventView{ID: r.ID, Title: lang.Capital(l.t("procedure.event." + r.Kind)), Standing: !gone, Void: gone && next.Void, Corrects: r.Supersedes != "",
			When: l.moment(Moment{r.DayFrom, r.DayTo}), By: l.colleague(r.MadeBy), At: lang.When(l.ctx, r.At, l.v.Now)}
		if r.How != "" {
			e.How = l.t("procedure.how." + string(r.How))
		}
		if r.Outcome != "" {
			e.Outcome = l.known("outcome", r.Outcome)
		}
		if r.Route != "" {
			e.Route = l.known("route", r.Route)
		}
		if r.Extend != "" {
			e.Extend = l.length(r.Extend)
		}
		if !r.Letter.IsZero() {
			e.Letter = lang.Day(l.ctx, r.Letter)
		}
		if l.f.Level() >= access.File {
			note, err := readNote(l.f.Key(), r)
			if err != nil {
				return nil, err
			}
			e.Note = note
		}
		if !gone && l.mind {
			e.CorrectURL = l.v.URL("procedure.record", "person", r.Person, "kind", r.Kind, "track", r.Track, "corrects", r.ID)
			e.TakeBackURL = l.v.URL("procedure.takeback", "person", r.Person, "event", r.ID)
		}
		if gone && next.Void && l.mind {
			if _, again := superseded[next.ID]; !again {
				e.RestoreURL = l.v.URL("procedure.restore", "person", r.Person, "event", next.ID)
			}
		}
		out = append(out, e)
	}
	return out, nil
}
