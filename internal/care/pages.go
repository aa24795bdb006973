package care

// This file is the table of doors, and the page of what somebody needs.

import (
	"context"
	"embed"
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

// Texts are the words of the pages.
//
//go:embed text/*.json
var Texts embed.FS

// Routes are the doors.
func (c *Care) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	const at = "/dossier/{person}/hulp"
	return []web.Route{
		{Name: "care.mine", Method: get, Path: "/mijn/hulp", May: maySelf, Do: c.mine},
		{Name: "care.mine_add", Method: post, Path: "/mijn/hulp", May: maySelf, Do: c.mineAdd},
		{Name: "care.mine_remove", Method: post, Path: "/mijn/hulp/{need}/weg", May: maySelf, Do: c.mineRemove},
		{Name: "care.mine_reader", Method: post, Path: "/mijn/hulp/{need}/lezer", May: maySelf, Do: c.mineReader},
		{Name: "care.needs", Method: get, Path: at, May: mayLook, Do: c.needs},
		{Name: "care.need_new", Method: get, Path: at + "/nodig", May: mayKeep, Do: c.needNew},
		{Name: "care.need_add", Method: post, Path: at + "/nodig", May: mayKeep, Do: c.needAdd, Secret: true},
		{Name: "care.background", Method: get, Path: at + "/nodig/{need}/achtergrond", May: mayBackground, Do: c.background},
		{Name: "care.background_save", Method: post, Path: at + "/nodig/{need}/achtergrond", May: mayBackground, Do: c.backgroundSave, Secret: true},
		{Name: "care.reader", Method: post, Path: at + "/nodig/{need}/lezers", May: mayBackground, Do: c.reader},
		{Name: "care.take", Method: post, Path: at + "/nodig/{need}/overnemen", May: mayBackground, Do: c.take},
		{Name: "care.need_review", Method: post, Path: at + "/nodig/{need}/nog", May: mayKeep, Do: c.needReview},
		{Name: "care.need_remove", Method: post, Path: at + "/nodig/{need}/weg", May: mayKeep, Do: c.needRemove},
		{Name: "care.school_new", Method: get, Path: at + "/school", May: mayKeep, Do: c.schoolNew},
		{Name: "care.school_add", Method: post, Path: at + "/school", May: mayKeep, Do: c.schoolAdd},
		{Name: "care.school_remove", Method: post, Path: at + "/school/{row}/weg", May: mayKeep, Do: c.removal(schoolTable)},
		{Name: "care.doctor_new", Method: get, Path: at + "/zorg", May: mayKeep, Do: c.doctorNew},
		{Name: "care.doctor_add", Method: post, Path: at + "/zorg", May: mayKeep, Do: c.doctorAdd},
		{Name: "care.doctor_remove", Method: post, Path: at + "/zorg/{row}/weg", May: mayKeep, Do: c.removal(doctorTable)},
		{Name: "care.notice_add", Method: post, Path: at + "/alleen", May: mayNotice, Do: c.noticeAdd},
		{Name: "care.notice_remove", Method: post, Path: at + "/alleen/{row}/weg", May: mayKeep, Do: c.removal(noticeTable)},
		{Name: "care.notice_mind", Method: post, Path: at + "/alleen/{row}/gezien", May: mayKeep, Do: c.noticeMind},
	}
}

func (c *Care) look(v *web.Visit) (dossier.File, error) {
	return c.files.Open(v, v.Param("person"), access.File, "care.event.look")
}

// keep opens a file to change something of it.
func (c *Care) keep(v *web.Visit) (dossier.File, error) {
	return c.files.OpenToChange(v, v.Param("person"), mayKeep)
}

// lookToKeep opens a file to show an empty form.
func (c *Care) lookToKeep(v *web.Visit) (dossier.File, error) {
	return c.files.OpenToFill(v, v.Param("person"), mayKeep, "care.event.look")
}

// names are how colleagues and the person are called on one page.
type names struct {
	self, called string
	colleagues   map[string]string
}

func (c *Care) namesFor(ctx context.Context, f dossier.File, ids ...string) (names, error) {
	n := names{self: f.ID(), called: f.Called(), colleagues: map[string]string{}}
	slices.Sort(ids)
	cs, err := c.org.Colleagues(ctx, slices.Compact(ids))
	for id, x := range cs {
		n.colleagues[id] = x.Name
	}
	return n, err
}

func (n names) by(id string) string {
	if id == n.self {
		return lang.Isolated(n.called)
	}
	return n.colleagues[id]
}

// needRow is one need in a list.
type needRow struct {
	Need
	Title, Told, By string
	Readers         []string // names of who is named for the background
	Named           bool     // the visitor is one of them
	Ask             bool     // one should ask again
	Take            bool     // nobody who is named works with this person any more, and the visitor may take it over
}

// childRow is one child.
type childRow struct {
	School
	Status, Sub, By string
	Duty            string
	Over            bool
}

// doctorRow is the way to one sort of doctor.
type doctorRow struct {
	Kind, Title, State, Sub, By, ID, TagKind string
}

type noticeRow struct {
	Notice
	Text, By string
}

type needsPage struct {
	File    dossier.File
	Keeps   bool
	Needs   []needRow
	Gone    []needRow
	Kids    []childRow
	NoKids  []childRow // taken back
	Doctors []doctorRow
	Notices []noticeRow
	Trend   string
	Heard   NoticeText
	Errors  fault.Fields
}

func (c *Care) needs(v *web.Visit) error {
	f, err := c.look(v)
	if err != nil {
		return err
	}
	p, err := c.needsPage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pageNeeds(p))
}

// needsPage reads everything of a person that stands here, except why a need is needed.
func (c *Care) needsPage(v *web.Visit, f dossier.File) (needsPage, error) {
	ctx := v.Ctx()
	p := needsPage{File: f, Keeps: f.Changes(mayKeep)}
	ns, err := needsOf(ctx, c.db, f)
	if err != nil {
		return p, err
	}
	rs, err := readers(ctx, c.db, f.ID())
	if err != nil {
		return p, err
	}
	ss, err := schools(ctx, c.db, f.Key(), f.ID())
	if err != nil {
		return p, err
	}
	ds, err := doctors(ctx, c.db, f.Key(), f.ID())
	if err != nil {
		return p, err
	}
	heard, err := notices(ctx, c.db, f.Key(), f.ID())
	if err != nil {
		return p, err
	}
	helpers, err := c.files.Helpers(ctx, c.db, f.ID(), v.Now)
	if err != nil {
		return p, err
	}
	n, err := c.namesFor(ctx, f, makers(ns, rs, ss, ds, heard)...)
	if err != nil {
		return p, err
	}
	for _, x := range ns {
		row := needRowOf(v, n, x, rs, helpers)
		switch {
		case x.Removed.IsZero():
			p.Needs = append(p.Needs, row)
		case x.Restorable(v.Now) && x.RemovedBy != f.ID():
			p.Gone = append(p.Gone, row)
		}
	}
	p.Kids, p.NoKids = childRows(v, n, ss)
	p.Doctors = doctorRows(v, n, ds)
	p.Notices, p.Trend = noticeRows(v, n, heard), Trend(heard)
	return p, nil
}

// makers are everybody whose name may stand on the page.
func makers(ns []Need, rs []Reader, ss []School, ds []Doctor, heard []Notice) []string {
	var ids []string
	for _, x := range ns {
		ids = append(ids, x.MadeBy)
	}
	for _, x := range rs {
		ids = append(ids, x.Colleague)
	}
	for _, x := range ss {
		ids = append(ids, x.MadeBy)
	}
	for _, x := range ds {
		ids = append(ids, x.MadeBy)
	}
	for _, x := range heard {
		ids = append(ids, x.MadeBy)
	}
	return ids
}

func needRowOf(v *web.Visit, n names, x Need, rs []Reader, helpers []string) needRow {
	ctx := v.Ctx()
	row := needRow{Need: x, Title: lang.T(ctx, "care.code."+x.What.Code), Ask: x.Due(clock.Today(v.Now))}
	row.Told = lang.Dots(lang.T(ctx, "care.told."+x.What.Told), lang.T(ctx, "care.consent."+x.What.Consent))
	row.By = lang.T(ctx, "care.by", "name", n.by(x.MadeBy), "when", lang.When(ctx, x.At, v.Now))
	near := false
	for _, r := range rs {
		if r.Need != x.ID {
			continue
		}
		row.Readers = append(row.Readers, n.by(r.Colleague))
		row.Named = row.Named || r.Colleague == v.Actor.ID
		near = near || slices.Contains(helpers, r.Colleague)
	}
	row.Take = x.Back && !near && !row.Named && v.Actor.Has(access.Lead)
	return row
}

func childRows(v *web.Visit, n names, ss []School) (there, gone []childRow) {
	ctx, today := v.Ctx(), clock.Today(v.Now)
	row := func(s School) childRow {
		r := childRow{School: s, Status: lang.T(ctx, "care.school."+s.State), Duty: DutyOf(s.What.Born, today), Over: s.Over(today)}
		since := ""
		if !s.Since.IsZero() {
			since = lang.T(ctx, "care.since", "day", lang.Day(ctx, s.Since))
		}
		level, transport := "", ""
		if s.What.Level != "" {
			level = lang.T(ctx, "care.level."+s.What.Level)
		}
		if s.What.Transport != "" {
			transport = lang.T(ctx, "care.transport."+s.What.Transport)
		}
		r.Sub = lang.Dots(since, lang.Isolated(s.What.School), level, transport)
		r.By = lang.T(ctx, "care.by", "name", n.by(s.MadeBy), "when", lang.When(ctx, s.At, v.Now))
		return r
	}
	for _, s := range Children(ss) {
		there = append(there, row(s))
	}
	for _, s := range ss {
		if s.RemovedBy != "" && restorable(s.Removed, v.Now) {
			gone = append(gone, row(s))
		}
	}
	return there, gone
}

func doctorRows(v *web.Visit, n names, ds []Doctor) []doctorRow {
	ctx := v.Ctx()
	newest := Newest(ds)
	var out []doctorRow
	for _, k := range Doctors {
		r := doctorRow{Kind: k, Title: lang.T(ctx, "care.doctor."+k), State: "unknown"}
		if d, ok := newest[k]; ok {
			since, interpreter := "", ""
			if !d.What.Since.IsZero() {
				since = lang.T(ctx, "care.since", "day", lang.Day(ctx, d.What.Since))
			}
			if d.What.Interpreter != "" {
				interpreter = lang.T(ctx, "care.interpreter."+d.What.Interpreter)
			}
			r.ID, r.State, r.Sub = d.ID, d.What.State, lang.Dots(lang.Isolated(d.What.By), since, interpreter, lang.Isolated(d.What.Note))
			r.By = lang.T(ctx, "care.by", "name", n.by(d.MadeBy), "when", lang.When(ctx, d.At, v.Now))
		}
		r.TagKind = map[string]string{"registered": "ok", "waiting": "warn", "refused": "danger", "none": "warn"}[r.State]
		out = append(out, r)
	}
	return out
}

func noticeRows(v *web.Visit, n names, ns []Notice) []noticeRow {
	var out []noticeRow
	for _, x := range slices.Backward(ns) {
		if x.Removed.IsZero() || x.RemovedBy == v.Actor.ID && restorable(x.Removed, v.Now) {
			out = append(out, noticeRow{Notice: x, Text: lang.T(v.Ctx(), "care.circle."+x.What.Circle), By: lang.Dots(n.by(x.MadeBy), lang.When(v.Ctx(), x.At, v.Now))})
		}
		if len(out) == 12 {
			break
		}
	}
	return out
}

// said chooses the message of what was taken away or put back.
func said(undo bool) string {
	if undo {
		return "care.said.restored"
	}
	return "care.said.removed"
}

// removal takes a row of one sort back, or puts it back.
func (c *Care) removal(t table) func(v *web.Visit) error {
	return func(v *web.Visit) error {
		f, err := c.keep(v)
		if err != nil {
			return err
		}
		undo := v.Has("undo")
		return v.Write(func(tx *db.Tx) (string, error) {
			return v.URL("care.needs", "person", f.ID(), "gezegd", said(undo)), remove(v.Ctx(), tx, f, t, v.Param("row"), undo)
		})
	}
}

// noticeAdd writes how alone somebody is, from the file or from the desk.
func (c *Care) noticeAdd(v *web.Visit) error {
	f, err := c.files.OpenFor(v, v.Param("person"), access.DeskLevel)
	if err != nil {
		return err
	}
	if err := f.Lasting(); err != nil {
		return err
	}
	t := NoticeText{Circle: v.Value("circle"), Words: v.Value("heard")}
	if fs := CheckNotice(t); len(fs) > 0 {
		if f.Level() < access.File || !mayLook.Allows(v.Actor) {
			return v.Invalid(pageNotice(noticePage{File: f, Heard: t, Errors: fs}))
		}
		p, err := c.needsPage(v, f)
		if err != nil {
			return err
		}
		p.Heard, p.Errors = t, fs
		return v.Invalid(pageNeeds(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		to := v.URL("care.needs", "person", f.ID(), "gezegd", "care.said.notice")
		if f.Level() < access.File || !mayLook.Allows(v.Actor) {
			to = v.URL("dossier.open", "person", f.ID(), "gezegd", "care.said.notice")
		}
		return to, addNotice(v.Ctx(), tx, f, t)
	})
}

// noticePage is the form alone, for a desk whose form had faults.
type noticePage struct {
	File   dossier.File
	Heard  NoticeText
	Errors fault.Fields
}

func (c *Care) noticeMind(v *web.Visit) error {
	f, err := c.keep(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("care.needs", "person", f.ID(), "gezegd", "care.said.minded"), mind(v.Ctx(), tx, f, v.Param("row"))
	})
}

// choose is options with an empty one before them.
func choose(ctx context.Context, prefix string, values []string) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "care.choose")}}, ui.Options(ctx, prefix, values)...)
}
