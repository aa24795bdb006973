package handover

// This file shows one offer: to who answers it the list of all that comes along, to who made it how it stands, and to who
// leads the team that it waits.

import (
	"net/http"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// group is the work of one sort on a list.
type group struct {
	Title string
	Lines []Line
}

// receipt is the page of an offer for who may see the file.
type receipt struct {
	File    dossier.File
	Offer   Offer
	Giver   string
	To      string
	Note    string
	Groups  []group
	Near    int // terms that must be read
	Places  []ui.Option
	Place   string
	Errors  fault.Fields
	Changed bool // something came to it since the list was read
	Taker   bool // who looks may answer
	Today   clock.Date
}

// status is the page of an offer for who may not see the file.
type status struct {
	Offer  Offer
	Row    ui.RowP
	Counts []ui.FactP
	Take   bool
	Undo   bool
	Kept   bool // who looks gave it or took it over
}

// lines are the pieces of work that come along, as the visitor reads them.
func (h *Handover) lines(v *web.Visit, f dossier.File, o Offer) ([]group, error) {
	// The file itself is the first thing to say yes or no to.
	out, err := grouped(v, f, h.itself(), []dossier.Task{{ID: "file", Person: o.Person, Kind: "file"}}, nil)
	if err != nil {
		return nil, err
	}
	for _, w := range h.files.Works() {
		ts, err := w.Open(v.Ctx(), h.db, o.Giver, o.Person, v.Now)
		if err != nil {
			return nil, err
		}
		if out, err = grouped(v, f, w, ts, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// itself is the file as a piece of work, beside that of the rooms.
func (h *Handover) itself() dossier.Work {
	return dossier.Work{Name: "handover.file", Tell: h.tellFile}
}

// grouped lets a room say what some of its work is, and puts it behind the groups that are there; none without work.
func grouped(v *web.Visit, f dossier.File, w dossier.Work, ts []dossier.Task, out []group) ([]group, error) {
	if len(ts) == 0 {
		return out, nil
	}
	if err := w.Tell(v, f, ts); err != nil {
		return nil, err
	}
	g := group{Title: lang.T(v.Ctx(), w.Name)}
	for _, t := range ts {
		g.Lines = append(g.Lines, Line{Task: t, Work: w.Name})
	}
	return append(out, g), nil
}

// kept are the pieces of work that came along, as they were answered. What one of them is may have changed since, or be gone.
func (h *Handover) kept(v *web.Visit, f dossier.File, o Offer) ([]group, error) {
	as, err := answers(v.Ctx(), h.db, f.Key(), o.ID)
	if err != nil {
		return nil, err
	}
	var out []group
	for _, w := range append([]dossier.Work{h.itself()}, h.files.Works()...) {
		var ts []dossier.Task
		for _, a := range as {
			if a.Work == w.Name {
				ts = append(ts, dossier.Task{ID: a.Task, Person: o.Person, Kind: a.Kind, Due: a.Due})
			}
		}
		if out, err = grouped(v, f, w, ts, out); err != nil {
			return nil, err
		}
	}
	for _, g := range out {
		for i := range g.Lines {
			l := &g.Lines[i]
			if l.Answer = "yes"; l.Task.What == "" {
				l.Task.What = lang.T(v.Ctx(), "handover.kept.gone")
			}
		}
	}
	return out, nil
}

// tellFile says that the file itself came along.
func (h *Handover) tellFile(v *web.Visit, f dossier.File, ts []dossier.Task) error {
	for i := range ts {
		ts[i].What, ts[i].URL = lang.T(v.Ctx(), "handover.file.what", "name", f.Profile().Name()), v.URL("dossier.open", "person", f.ID())
	}
	return nil
}

// receipt reads the page for who has the file open.
func (h *Handover) receipt(v *web.Visit, f dossier.File, o Offer) (receipt, error) {
	p := receipt{File: f, Offer: o, Taker: o.Taker == v.Actor.ID && o.State == Open && mayTake.Allows(v.Actor), Today: clock.Today(v.Now), Place: v.Value("location")}
	names, err := h.names(v.Ctx(), o.Giver, o.Taker)
	if err != nil {
		return p, err
	}
	p.Giver = names[o.Giver]
	if p.To, err = h.whom(v, o, names); err != nil {
		return p, err
	}
	if p.Note, err = o.text(f.Key()); err != nil {
		return p, err
	}
	if o.settled() {
		p.Groups, err = h.kept(v, f, o)
		return p, err
	}
	if p.Groups, err = h.lines(v, f, o); err != nil {
		return p, err
	}
	for _, g := range p.Groups {
		for _, l := range g.Lines {
			if l.Near(p.Today) {
				p.Near++
			}
		}
	}
	if p.Taker {
		p.Places, err = h.places(v, f)
	}
	return p, err
}

// places are where the file may go when the taker works in another team: the locations of the own teams. Nothing has to be
// chosen when the team stays the same.
func (h *Handover) places(v *web.Visit, f dossier.File) ([]ui.Option, error) {
	r, err := h.reachOf(v.Ctx(), v.Actor)
	if err != nil || slices.Contains(r.Teams, f.Team()) || len(r.Teams) == 0 {
		return nil, err
	}
	out := []ui.Option{{Label: lang.T(v.Ctx(), "handover.place.choose")}}
	for _, t := range r.Teams {
		ls, err := h.org.LocationsOf(v.Ctx(), t)
		if err != nil {
			return nil, err
		}
		for _, l := range ls {
			if !l.Closed {
				out = append(out, ui.Option{Value: l.ID, Label: l.Name})
			}
		}
	}
	return out, nil
}

// leads says whether somebody looks after the handovers of a team.
func (h *Handover) leads(v *web.Visit, team string) (bool, error) {
	if !mayUndo.Allows(v.Actor) {
		return false, nil
	}
	teams, err := h.led(v)
	return slices.Contains(teams, team), err
}

func (h *Handover) show(v *web.Visit) error {
	o, err := offer(v.Ctx(), h.db, v.Param("offer"))
	if err != nil {
		return err
	}
	if o.settled() && o.of(v.Actor.ID) {
		f, err := h.files.Open(v, o.Person, access.File, "handover.event.read")
		if fault.Is(err, fault.NotFound) {
			return h.showStatus(v, o) // the file is no longer theirs; what they gave or took stays known to them
		}
		if err != nil {
			return err
		}
		p, err := h.receipt(v, f, o)
		if err != nil {
			return err
		}
		return v.Page(pageReceipt(p))
	}
	if o.Taker == v.Actor.ID && o.State == Open || o.Giver == v.Actor.ID && slices.Contains([]string{Open, Refused, Lapsed}, o.State) {
		f, err := h.files.Open(v, o.Person, access.File, "handover.event.read")
		if err != nil {
			return err
		}
		p, err := h.receipt(v, f, o)
		if err != nil {
			return err
		}
		if o.State == Refused {
			as, err := answers(v.Ctx(), h.db, f.Key(), o.ID)
			if err != nil {
				return err
			}
			answered(&p, as)
		}
		return v.Page(pageReceipt(p))
	}
	return h.showStatus(v, o)
}

// answered puts what was said beside the work that is still open.
func answered(p *receipt, as []Answered) {
	for g := range p.Groups {
		for i := range p.Groups[g].Lines {
			l := &p.Groups[g].Lines[i]
			for _, a := range as {
				if a.Work == l.Work && a.Task == l.ID {
					l.Reason = a.Why
					if l.Answer = "no"; a.Yes {
						l.Answer = "yes"
					}
				}
			}
		}
	}
}

// showStatus is for who may take it up and for who leads: how much it is, and of whom nothing.
func (h *Handover) showStatus(v *web.Visit, o Offer) error {
	lead, err := h.leads(v, o.Team)
	if err != nil {
		return err
	}
	r, err := h.reachOf(v.Ctx(), v.Actor)
	if err != nil {
		return err
	}
	p := status{Offer: o, Undo: lead && o.Undoable(v.Now), Take: o.State == Open && o.Taker == "" && o.Giver != v.Actor.ID && r.covers(o) && mayTake.Allows(v.Actor)}
	p.Kept = o.settled() && o.of(v.Actor.ID)
	if !lead && !p.Take && !p.Kept {
		return fault.Gone()
	}
	rows, err := h.rows(v, []Offer{o})
	if err != nil {
		return err
	}
	names, err := h.names(v.Ctx(), o.Giver)
	if err != nil {
		return err
	}
	p.Row = rows[0]
	p.Row.Title = lang.T(v.Ctx(), "handover.row.file", "name", names[o.Giver]) // also for who may see it by chance: here nobody opened it
	if p.Kept {
		if p.Counts, err = h.keptCounts(v, o); err != nil {
			return err
		}
	}
	if o.State == Open {
		work, err := h.files.OpenWork(v.Ctx(), h.db, o.Giver, o.Person, v.Now)
		if err != nil {
			return err
		}
		for _, w := range h.files.Works() {
			if n := len(work[w.Name]); n > 0 {
				p.Counts = append(p.Counts, ui.FactP{Label: lang.T(v.Ctx(), w.Name), Value: lang.Number(v.Ctx(), n)})
			}
		}
	}
	return v.Page(pageStatus(p))
}

// keptCounts is how much of which sort came along, without what it was.
func (h *Handover) keptCounts(v *web.Visit, o Offer) ([]ui.FactP, error) {
	type row struct {
		Work string
		N    int
	}
	rows, err := db.Many[row](v.Ctx(), h.db, db.F(`SELECT work, COUNT(*) AS n FROM handover_answer WHERE offer = ? AND yes = TRUE GROUP BY work ORDER BY work`, o.ID))
	var out []ui.FactP
	for _, r := range rows {
		out = append(out, ui.FactP{Label: lang.T(v.Ctx(), r.Work), Value: lang.Number(v.Ctx(), r.N)})
	}
	return out, err
}

// readAnswers reads the form onto the lines. One button accepts all that was not marked otherwise.
func readAnswers(v *web.Visit, p *receipt) []Line {
	var out []Line
	for g := range p.Groups {
		for i := range p.Groups[g].Lines {
			l := &p.Groups[g].Lines[i]
			switch v.Value("yes/" + l.Name()) {
			case "ja":
				l.Answer = "yes"
			case "nee":
				l.Answer = "no"
			default:
				if v.Value("all") == "ja" {
					l.Answer = "yes"
				}
			}
			l.Reason, l.Read = v.Value("why/"+l.Name()), v.Value("read/"+l.Name()) != ""
			if l.Answer != "no" {
				l.Reason = ""
			}
			out = append(out, *l)
		}
	}
	return out
}

// answer takes the whole list: accepted as a whole, or given back with the reasons.
func (h *Handover) answer(v *web.Visit) error {
	o, err := offer(v.Ctx(), h.db, v.Param("offer"))
	if err != nil {
		return err
	}
	if o.Taker != v.Actor.ID {
		return fault.Gone()
	}
	f, err := h.files.OpenFor(v, o.Person, access.File)
	if err != nil {
		return err
	}
	p, err := h.receipt(v, f, o)
	if err != nil {
		return err
	}
	ls := readAnswers(v, &p)
	all, fs := Check(ls, p.Today)
	to := place{}
	if all && len(p.Places) > 0 {
		l, err := h.org.Location(v.Ctx(), p.Place)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if !slices.ContainsFunc(p.Places, func(x ui.Option) bool { return x.Value != "" && x.Value == p.Place }) {
			fs.Add("location", "handover.error.place")
		}
		to = place{l.Team, l.ID}
	}
	if p.Errors = fs; len(fs) > 0 {
		return v.Invalid(pageReceipt(p))
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		if !all {
			return v.URL("handover.list", "gezegd", "handover.said.refused"), h.refuse(v.Ctx(), tx, v.Actor, f.Key(), o, ls)
		}
		return v.URL("dossier.open", "person", o.Person, "gezegd", "handover.said.accepted"), h.accept(v.Ctx(), tx, v.Actor, f.Key(), o, ls, to)
	})
	if fault.Is(err, fault.Conflict) && fault.As(err).Key == "handover.error.changed" && o.State == Open {
		if p, err = h.receipt(v, f, o); err != nil {
			return err
		}
		readAnswers(v, &p)
		p.Changed = true
		return v.Status(http.StatusConflict, pageReceipt(p))
	}
	return err
}

func (h *Handover) takeUp(v *web.Visit) error {
	o, err := offer(v.Ctx(), h.db, v.Param("offer"))
	if err != nil {
		return err
	}
	r, err := h.reachOf(v.Ctx(), v.Actor)
	if err != nil {
		return err
	}
	if !r.covers(o) || o.Giver == v.Actor.ID {
		return fault.Gone()
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("handover.offer", "offer", o.ID), h.take(v.Ctx(), tx, v.Actor, o)
	})
}

// own is an offer that the visitor made.
func (h *Handover) own(v *web.Visit) (Offer, error) {
	o, err := offer(v.Ctx(), h.db, v.Param("offer"))
	if err == nil && o.Giver != v.Actor.ID {
		err = fault.Gone()
	}
	return o, err
}

func (h *Handover) takeBack(v *web.Visit) error {
	o, err := h.own(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("handover.list", "gezegd", "handover.said.withdrawn"), h.withdraw(v.Ctx(), tx, v.Actor, o)
	})
}

// seenBack puts an offer that came back aside.
func (h *Handover) seenBack(v *web.Visit) error {
	o, err := h.own(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := db.Do(v.Ctx(), tx, db.F(`UPDATE handover_offer SET seen = ? WHERE id = ? AND seen IS NULL AND state IN ('refused','lapsed')`, tx.Now, o.ID))
		return v.URL("handover.list"), err
	})
}

// undoForm takes a handover back, for who leads the team that had the file.
func (h *Handover) undoForm(v *web.Visit) error {
	o, err := offer(v.Ctx(), h.db, v.Param("offer"))
	if err != nil {
		return err
	}
	if lead, err := h.leads(v, o.Team); err != nil || !lead {
		if err != nil {
			return err
		}
		return fault.Gone()
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("handover.list", "gezegd", "handover.said.undone"), h.undo(v.Ctx(), tx, v.Actor, o)
	})
}
