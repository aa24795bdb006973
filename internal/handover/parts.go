package handover

// This file is what handing over lends: to Vandaag what waits for an answer, to the file its history, and to the person who
// their companion is now.

import (
	"embed"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words.
//
//go:embed text/*.json
var Texts embed.FS

// Panels are for Vandaag.
func (h *Handover) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 14, Show: h.today}, {Place: "today", Order: 15, Show: h.todayLead}}
}

// FilePanels is what a person reads on their own first page.
func (h *Handover) FilePanels() []dossier.Panel {
	return []dossier.Panel{{Place: "home", Order: 5, Show: h.home}}
}

// Jobs is the work that runs by itself.
func (h *Handover) Jobs() []web.Job {
	return []web.Job{
		{Name: "handover.depart", Every: 10 * time.Minute, Run: h.Depart},
		{Name: "handover.lapse", Every: time.Hour, Run: h.lapse},
		{Name: "handover.sweep", Every: 24 * time.Hour, Run: h.sweep},
	}
}

const todayMost = 6

// today is for who has to answer, and for who offered something that came back.
func (h *Handover) today(v *web.Visit) (ui.Part, error) {
	if !mayTake.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	r, err := h.reachOf(v.Ctx(), v.Actor)
	if err != nil {
		return ui.Part{}, err
	}
	os, err := h.toMe(v.Ctx(), h.db, v.Actor, r, todayMost)
	if err != nil {
		return ui.Part{}, err
	}
	n := len(os)
	back, err := db.Many[Offer](v.Ctx(), h.db, db.F(offerColumns).Then(`WHERE o.giver = ? AND o.state IN ('refused','lapsed') AND o.seen IS NULL ORDER BY o.ended DESC, o.id LIMIT ?`, v.Actor.ID, todayMost))
	if err != nil || n+len(back) == 0 {
		return ui.Part{}, err
	}
	rows, err := h.rows(v, append(os, back...))
	p := ui.Part{Body: partToday("handover.today", rows), Count: len(rows)}
	if n > 0 {
		p.Say = lang.T(v.Ctx(), "handover.say.offered", "n", n, "word", lang.Words(v.Ctx(), n))
	}
	return p, err
}

// todayLead is for who leads: what waits too long, who leaves, and what fell to them.
func (h *Handover) todayLead(v *web.Visit) (ui.Part, error) {
	if !mayLeave.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	teams, err := h.led(v)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	if len(teams) > 0 {
		os, err := waiting(v.Ctx(), h.db, teams, clock.Today(v.Now).AddDays(1-WaitDays).In(clock.Netherlands), clock.Today(v.Now), todayMost)
		if err != nil {
			return ui.Part{}, err
		}
		if rows, err = h.rows(v, os); err != nil {
			return ui.Part{}, err
		}
	}
	late := len(rows)
	leaving, err := h.leavingRows(v, teams)
	if err != nil {
		return ui.Part{}, err
	}
	fallen, err := h.fallenRows(v, todayMost)
	if err != nil {
		return ui.Part{}, err
	}
	for _, f := range fallen {
		rows = append(rows, ui.RowP{Href: v.URL("handover.list"), Title: f.Title, Sub: f.Sub, TagKind: "danger", TagIcon: "warning", Tag: lang.T(v.Ctx(), "handover.fallen")})
	}
	if rows = append(rows, leaving...); len(rows) == 0 {
		return ui.Part{}, nil
	}
	p := ui.Part{Body: partToday("handover.today.lead", rows), Count: len(rows)}
	if n := late + len(fallen); n > 0 {
		p.Say = lang.T(v.Ctx(), "handover.say.lead", "n", n, "word", lang.Words(v.Ctx(), n))
	}
	return p, nil
}

// Waiting is how many offers somebody has to answer, for the number beside the menu.
func (h *Handover) Waiting(v *web.Visit) (int, error) {
	if !mayTake.Allows(v.Actor) {
		return 0, nil
	}
	return db.One[int](v.Ctx(), h.db, db.F(`SELECT COUNT(*) FROM handover_offer WHERE taker = ? AND state = 'open'`, v.Actor.ID))
}

// tellDays is for how long a person reads who their companion is now.
const tellDays = 30

// home tells the person who their companion is now, for a while after it changed.
func (h *Handover) home(v *web.Visit, f dossier.File) (ui.Part, error) {
	o, err := db.One[Offer](v.Ctx(), h.db, db.F(offerColumns).Then(`WHERE o.person = ? AND o.state = 'accepted' AND o.ended > ? ORDER BY o.ended DESC, o.id DESC LIMIT 1`, f.ID(), v.Now.AddDate(0, 0, -tellDays)))
	if fault.Is(err, fault.NotFound) {
		return ui.Part{}, nil
	}
	if err != nil {
		return ui.Part{}, err
	}
	helpers, err := h.files.Helpers(v.Ctx(), h.db, f.ID(), v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	cs, err := h.org.Colleagues(v.Ctx(), []string{o.Giver, o.Taker})
	if err != nil {
		return ui.Part{}, err
	}
	for _, id := range helpers {
		if id == o.Taker {
			return ui.Part{Body: partHome(cs[o.Taker].Called, cs[o.Giver].Called, clock.DateOf(o.Ended.In(clock.Netherlands)))}, nil
		}
	}
	return ui.Part{}, nil // who took it over does not have it any more
}

// Source is the history of a file: from whom to whom it went. The note is for who sees the whole file.
func (h *Handover) Source(v *web.Visit, f dossier.File, before time.Time, n int) ([]dossier.Moment, error) {
	if want := f.Wanted(); want.Group != "" && want.Group != "plan" {
		return nil, nil
	}
	os, err := db.Many[Offer](v.Ctx(), h.db, db.F(offerColumns).Then(`WHERE o.person = ? AND o.state IN ('accepted','undone') AND o.ended < ? ORDER BY o.ended DESC, o.id DESC LIMIT ?`, f.ID(), before, n))
	if err != nil {
		return nil, err
	}
	fell, err := db.Many[Fallen](v.Ctx(), h.db, db.F(`SELECT id, person, leaving, colleague, heir, at, settled FROM handover_fallen WHERE person = ? AND at < ? ORDER BY at DESC, id DESC LIMIT ?`, f.ID(), before, n))
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, o := range os {
		ids = append(ids, o.Giver, o.Taker, o.EndedBy)
	}
	for _, x := range fell {
		ids = append(ids, x.Colleague, x.Heir)
	}
	names, err := h.names(v.Ctx(), ids...)
	if err != nil {
		return nil, err
	}
	var out []dossier.Moment
	for _, o := range os {
		m := dossier.Moment{ID: o.ID, At: o.Ended, Group: "plan", Icon: "handshake", Title: lang.T(v.Ctx(), "handover.moment."+o.State, "from", names[o.Giver], "to", names[o.Taker]), Author: o.EndedBy}
		if o.EndedBy != o.Taker {
			m.By = lang.T(v.Ctx(), "handover.by", "name", names[o.EndedBy])
		}
		if f.Level() >= access.File {
			text, err := o.text(f.Key())
			if err != nil {
				return nil, err
			}
			url := ""
			if o.of(v.Actor.ID) {
				url = v.URL("handover.offer", "offer", o.ID)
			}
			if text != "" || url != "" {
				m.Body = partMoment(text, url)
			}
			if text != "" {
				m.Words = []string{text}
			}
		}
		out = append(out, m)
	}
	for _, x := range fell {
		out = append(out, dossier.Moment{ID: x.ID, At: x.At, Group: "plan", Icon: "handshake", Author: x.Heir, Title: lang.T(v.Ctx(), "handover.moment.fallen", "from", names[x.Colleague], "to", names[x.Heir])})
	}
	sortMoments(out)
	return out[:min(n, len(out))], nil
}

// Authors are who took files over, for the filter of the timeline.
func (h *Handover) Authors(v *web.Visit, f dossier.File) ([]string, error) {
	return db.Many[string](v.Ctx(), h.db, db.F(`SELECT DISTINCT ended_by FROM handover_offer WHERE person = ? AND state IN ('accepted','undone')`, f.ID()))
}
