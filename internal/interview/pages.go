package interview

// This file is the table of doors, and what the pages share: opening a file, and who may write in an interview.

import (
	"context"
	"embed"
	"net/http"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
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
func (x *Interviews) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	const at = "/dossier/{person}/gehoor"
	const one = at + "/{interview}"
	return []web.Route{
		{Name: "interview.mine", Method: get, Path: "/mijn/gehoor", May: maySelf, Do: x.mine},
		{Name: "interview.list", Method: get, Path: "/gehoren", May: mayList, Do: x.list},
		{Name: "interview.setting", Method: get, Path: "/gehoren/afspraken", May: maySet, Do: x.settings},
		{Name: "interview.set", Method: post, Path: "/gehoren/afspraken", May: maySet, Do: x.saveSetting},
		{Name: "interview.going", Method: get, Path: "/gehoren/mee", May: mayGo, Do: x.showGoing},
		{Name: "interview.invited", Method: get, Path: "/gehoren/mee/{interview}", May: mayGo, Do: x.invited},
		{Name: "interview.answer", Method: post, Path: "/gehoren/mee/{interview}", May: mayGo, Do: x.saveAnswer},
		{Name: "interview.file", Method: get, Path: at, May: mayLook, Do: x.file},
		{Name: "interview.new", Method: get, Path: at + "/nieuw", May: mayPlan, Do: x.planNew},
		{Name: "interview.add", Method: post, Path: at + "/nieuw", May: mayPlan, Do: x.planAdd},
		{Name: "interview.show", Method: get, Path: one, May: mayLook, Do: x.show},
		{Name: "interview.edit", Method: get, Path: one + "/plan", May: mayPlan, Do: x.planEdit},
		{Name: "interview.save", Method: post, Path: one + "/plan", May: mayPlan, Do: x.planSave},
		{Name: "interview.move", Method: post, Path: one + "/stand", May: mayPlan, Do: x.move},
		{Name: "interview.ask", Method: post, Path: one + "/vragen", May: mayPlan, Do: x.askOne},
		{Name: "interview.release", Method: post, Path: one + "/hoeft-niet", May: mayPlan, Do: x.releaseOne},
		{Name: "interview.prepare", Method: post, Path: one + "/voorbereiding", May: mayWrite, Do: x.savePrep},
		{Name: "interview.agenda", Method: get, Path: one + "/mee", May: mayLook, Do: x.agenda},
		{Name: "interview.report", Method: get, Path: one + "/verslag", May: mayWrite, Do: x.reportForm},
		{Name: "interview.reported", Method: post, Path: one + "/verslag", May: mayWrite, Do: x.saveReport},
		{Name: "interview.receive", Method: get, Path: one + "/rapport", May: mayPlan, Do: x.receiveForm},
		{Name: "interview.received", Method: post, Path: one + "/rapport", May: mayPlan, Do: x.saveReceived},
		{Name: "interview.correct", Method: get, Path: one + "/correctie", May: mayWrite, Do: x.correctForm},
		{Name: "interview.corrected", Method: post, Path: one + "/correctie", May: mayWrite, Do: x.saveCorrection},
		{Name: "interview.correction", Method: get, Path: one + "/correctie/{correction}", May: mayWrite, Do: x.recorrectForm},
		{Name: "interview.recorrected", Method: post, Path: one + "/correctie/{correction}", May: mayWrite, Do: x.resaveCorrection},
		{Name: "interview.uncorrect", Method: post, Path: one + "/correctie/{correction}/weg", May: mayWrite, Do: x.removeCorrection},
		{Name: "interview.sheet", Method: get, Path: one + "/correcties", May: mayLook, Do: x.sheet},
		{Name: "interview.send", Method: get, Path: one + "/versturen", May: mayPlan, Do: x.sendForm},
		{Name: "interview.sent", Method: post, Path: one + "/versturen", May: mayPlan, Do: x.saveSent},
		{Name: "interview.concern", Method: get, Path: one + "/knelpunt", May: mayWrite, Do: x.concernForm},
		{Name: "interview.concerned", Method: post, Path: one + "/knelpunt", May: mayWrite, Do: x.saveConcern},
		{Name: "interview.unconcern", Method: post, Path: one + "/knelpunt/{concern}/weg", May: mayWrite, Do: x.removeOne},
	}
}

// plans says whether whoever opened this file may plan in it. In an emergency one looks and no more.
func plans(f dossier.File) bool {
	return f.Level() >= access.File && f.Changes(mayPlan)
}

// opened is one interview with the file it is in, and what whoever opened it may do.
type opened struct {
	dossier.File
	I      Interview
	Cs     []Companion
	Plans  bool // may plan, and send
	Writes bool // may write reports, corrections and points of concern: who plans, and who goes along
	Inside bool // may read those
}

func (x *Interviews) interviewIn(v *web.Visit, f dossier.File) (opened, error) {
	o := opened{File: f}
	i, err := interview(v.Ctx(), x.db, f, v.Param("interview"))
	if err != nil {
		return o, err
	}
	o.I = i
	if o.Cs, err = x.companionsOf(v.Ctx(), x.db, i.ID); err != nil {
		return o, err
	}
	mine := false
	for _, c := range o.Cs {
		mine = mine || c.State == Yes && c.Colleague == v.Actor.ID
	}
	o.Plans = plans(f)
	o.Writes = o.Plans || mine && f.Changes(mayWrite)
	o.Inside = o.Writes || f.Level() >= access.File
	return o, nil
}

// look opens an interview to show something of it; the look stands in the log before anything is shown.
func (x *Interviews) look(v *web.Visit) (opened, error) {
	f, err := x.files.Open(v, v.Param("person"), access.DeskLevel, "interview.event.look")
	if err != nil {
		return opened{}, err
	}
	return x.interviewIn(v, f)
}

// open opens an interview for a form that writes; may is what of opened it takes.
func (x *Interviews) open(v *web.Visit, may func(opened) bool) (opened, error) {
	f, err := x.files.OpenFor(v, v.Param("person"), access.DeskLevel)
	if err != nil {
		return opened{}, err
	}
	o, err := x.interviewIn(v, f)
	if err == nil && !may(o) {
		err = fault.Gone()
	}
	return o, err
}

// lookFor opens an interview to show an empty form.
func (x *Interviews) lookFor(v *web.Visit, may func(opened) bool) (opened, error) {
	if _, err := x.open(v, may); err != nil {
		return opened{}, err
	}
	return x.look(v)
}

func toPlan(o opened) bool  { return o.Plans }
func toWrite(o opened) bool { return o.Writes }

// url is the address of something of this interview.
func (o opened) url(v *web.Visit, route string, args ...string) string {
	return v.URL(route, append([]string{"person", o.ID(), "interview", o.I.ID}, args...)...)
}

// back is the page of the interview with a word about what was done.
func (o opened) back(v *web.Visit, said string) string {
	return o.url(v, "interview.show", "gezegd", said)
}

// namesOf gathers how colleagues are called.
func (x *Interviews) namesOf(ctx context.Context, ids ...string) (names, error) {
	cs, err := x.org.Colleagues(ctx, ids)
	n := names{}
	for id, c := range cs {
		n[id] = c.Name
	}
	return n, err
}

// options are choices with a text each.
func options(ctx context.Context, prefix string, values []string) []ui.Option {
	out := make([]ui.Option, len(values))
	for i, s := range values {
		key := prefix + s
		if s == "" {
			key = prefix + "none"
		}
		out[i] = ui.Option{Value: s, Label: lang.T(ctx, key)}
	}
	return out
}

// action is the address of a form of this interview.
func (o opened) action(ctx context.Context, route string, args ...string) string {
	return web.URL(ctx, route, append([]string{"person", o.ID(), "interview", o.I.ID}, args...)...)
}

// page is the address of the page of this interview.
func (o opened) page(ctx context.Context) string { return o.action(ctx, "interview.show") }

func kindOptions(ctx context.Context) []ui.Option {
	return append([]ui.Option{{Value: "", Label: lang.T(ctx, "interview.choose")}}, options(ctx, "interview.kind.", Kinds)...)
}

func tongueOptions(ctx context.Context) []ui.Option {
	out := []ui.Option{{Value: "", Label: lang.T(ctx, "interview.unknown")}}
	for _, tag := range dossier.Tongues {
		out = append(out, ui.Option{Value: tag, Label: tongueText(ctx, tag)})
	}
	return out
}

func recipientOptions(ctx context.Context) []ui.Option {
	out := options(ctx, "interview.recipient.", Recipients)
	for i := range out {
		out[i].Hint = lang.T(ctx, "interview.recipient."+out[i].Value+".hint")
	}
	return out
}
