package alarm

// This file holds the pages of an alarm inside the file of the person: what is known, what was done, who is on it, its end.

import (
	"slices"
	"strconv"
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

var callRoles = []access.Role{access.Legal, access.Lead}

func postAt(role access.Role, team string) access.Post {
	return access.Post{Role: role, Scope: access.Scope{Kind: access.Team, ID: team}}
}

// filePage is the page of an alarm in a file.
type filePage struct {
	File              dossier.File
	Alarm             Alarm // zero when there never was one
	Now               time.Time
	Steps             []stepRow
	Story             []Step
	Names             map[string]string
	Taken             []string
	Mine              bool // the actor is on it
	Asked             bool // the actor was named, and has not said yes
	Opens, MayEnd     bool
	MayRenew, MayTake bool
	Lawyers, Instead  []call
	Past              []Alarm
	In                Ask
	Did               Did
	End               End
	Naming            naming
	Errors            fault.Fields
	Fill              bool   // the form of what is known stands open
	Signal            string // the form of a signal; empty when there is none
}

// file shows the alarm that runs, or one that is over.
func (a *Alarms) file(v *web.Visit) error {
	f, err := a.files.Open(v, v.Param("person"), access.DeskLevel, "alarm.event.read")
	if err != nil {
		return err
	}
	p, err := a.page(v, f, v.Value("alarm"))
	if err != nil {
		return err
	}
	p.Fill = v.Has("invullen")
	p.Did.Kind = v.Value("stap")
	return v.Page(pageAlarm(p))
}

// page gathers what stands on it. An alarm that is not of this person is not there.
func (a *Alarms) page(v *web.Visit, f dossier.File, id string) (filePage, error) {
	ctx := v.Ctx()
	p := filePage{File: f, Now: v.Now, In: Ask{Held: "unknown"}}
	as, err := ofPerson(ctx, a.db, f.Key(), f.ID(), 20)
	if err != nil {
		return p, err
	}
	for i, x := range as {
		if id == "" && i == 0 || x.ID == id {
			p.Alarm = x
			continue
		}
		p.Past = append(p.Past, x)
	}
	if p.Alarm.ID == "" {
		if id != "" {
			return p, fault.Gone()
		}
		return p, nil
	}
	if p.Story, err = history(ctx, a.db, p.Alarm.ID); err != nil {
		return p, err
	}
	if err := openSteps(f.Key(), p.Story); err != nil {
		return p, err
	}
	ts, err := takenBy(ctx, a.db, []string{p.Alarm.ID})
	if err != nil {
		return p, err
	}
	posted := Posted{Alarm: p.Alarm}
	for _, t := range ts {
		posted.put(t)
	}
	p.Taken, p.Mine, p.Asked = posted.Taken, slices.Contains(posted.Taken, v.Actor.ID), posted.NamedBy[v.Actor.ID] != ""
	if p.Names, err = a.names(ctx, idsIn(p.Story, ts)); err != nil {
		return p, err
	}
	p.Names[f.ID()] = f.Called() // who may have raised it themselves
	if p.Lawyers, p.Instead, err = a.calls(v, f, p.Alarm.Team); err != nil {
		return p, err
	}
	a.board.mu.Lock()
	posted.Region, err = a.regionOf(ctx, p.Alarm.Team)
	a.board.mu.Unlock()
	if err != nil {
		return p, err
	}
	if p.Naming, err = a.naming(v, posted, ts, p.Names); err != nil {
		return p, err
	}
	p.Steps = stepRows(ctx, p.Alarm, Standing(p.Story), p.Names, v.Now)
	p.In, p.Opens = asked(p.Alarm), p.Alarm.Opens(v.Now)
	d := clock.Today(p.Alarm.At)
	if p.Signal, err = a.files.SignalURL(v, f, dossier.Signal{From: "alarm", Theme: p.Alarm.Danger.Held, Weight: "grave", Month: clock.On(d.Year, d.Month, 1)}); err != nil {
		return p, err
	}
	p.MayEnd, p.MayTake, p.MayRenew = mayEnd.Allows(v.Actor), mayTake.Allows(v.Actor), posted.Renews(v.Actor)
	return p, nil
}

func readAsk(v *web.Visit) Ask {
	return Ask{Day: v.Value("day"), Hour: v.Value("hour"), Held: v.Value("held"), Where: v.Value("where"), Flight: v.Value("flight"), Note: v.Value("note"), Hide: v.Value("hide") != ""}
}

// raise begins an alarm: one press, and nothing is required.
func (a *Alarms) raise(v *web.Visit) error {
	f, err := a.files.OpenFor(v, v.Param("person"), access.DeskLevel)
	if err != nil {
		return err
	}
	in := readAsk(v)
	d, fs := in.Check(v.Now)
	if len(fs) > 0 {
		p := filePage{File: f, Now: v.Now, In: in, Errors: fs}
		return v.Invalid(pageAlarm(p))
	}
	defer a.board.forget()
	return v.Write(func(tx *db.Tx) (string, error) {
		if _, err := raise(v.Ctx(), tx, f, "", d, !in.Hide); err != nil {
			return "", err
		}
		args := []string{"person", f.ID(), "gezegd", "alarm.said.raised"}
		if d.Due.IsZero() {
			args = append(args, "invullen", "ja")
		}
		return v.URL("alarm.file", args...), nil
	})
}

// write opens the file and runs one change of an alarm; check may refuse what was filled in.
func (a *Alarms) write(v *web.Visit, said string, check func(p *filePage) fault.Fields, do func(tx *db.Tx, f dossier.File, id string) error) error {
	f, err := a.files.OpenFor(v, v.Param("person"), access.DeskLevel)
	if err != nil {
		return err
	}
	id := v.Param("alarm")
	if check != nil {
		var p filePage
		if fs := check(&p); len(fs) > 0 {
			shown, err := a.page(v, f, id)
			if err != nil {
				return err
			}
			if p.In.Held == "" {
				p.In = shown.In
			} else {
				shown.Fill = true
			}
			shown.In, shown.Did, shown.End, shown.Errors = p.In, p.Did, p.End, fs
			return v.Invalid(pageAlarm(shown))
		}
	}
	defer a.board.forget()
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := do(tx, f, id); err != nil {
			return "", err
		}
		return v.URL("alarm.file", "person", f.ID(), "alarm", id, "gezegd", said), nil
	})
}

func (a *Alarms) change(v *web.Visit) error {
	in := readAsk(v)
	if in.Held == "" {
		in.Held = "unknown"
	}
	d, fs := in.Check(v.Now)
	version, _ := strconv.ParseInt(v.Value("version"), 10, 64)
	return a.write(v, "alarm.said.changed", func(p *filePage) fault.Fields { p.In = in; return fs },
		func(tx *db.Tx, f dossier.File, id string) error {
			return change(v.Ctx(), tx, f, id, d, !in.Hide, version)
		})
}

func (a *Alarms) did(v *web.Visit) error {
	x := Did{Kind: v.Value("kind"), Result: v.Value("result"), Note: v.Value("did"), Link: v.Value("link"), Consent: v.Value("consent") != ""}
	note, fs := x.Check()
	return a.write(v, "alarm.said.did", func(p *filePage) fault.Fields { p.Did = x; return fs },
		func(tx *db.Tx, f dossier.File, id string) error { return did(v.Ctx(), tx, f, id, x, note) })
}

func (a *Alarms) leave(v *web.Visit) error {
	f, err := a.files.OpenFor(v, v.Param("person"), access.DeskLevel)
	if err != nil {
		return err
	}
	defer a.board.forget()
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("alarm.list", "gezegd", "alarm.said.left"), leave(v.Ctx(), tx, f, v.Param("alarm"))
	})
}

func (a *Alarms) end(v *web.Visit) error {
	x := End{Outcome: v.Value("outcome"), Note: v.Value("end")}
	note, fs := x.Check()
	f, err := a.files.OpenFor(v, v.Param("person"), access.DeskLevel)
	if err != nil {
		return err
	}
	id := v.Param("alarm")
	if len(fs) > 0 {
		p, err := a.page(v, f, id)
		if err != nil {
			return err
		}
		p.End, p.Errors = x, fs
		return v.Invalid(pageAlarm(p))
	}
	defer a.board.forget()
	return v.Write(func(tx *db.Tx) (string, error) {
		// Who came in by the alarm does not see the file any more after it: the list is where everybody may go.
		return v.URL("alarm.list", "gezegd", "alarm.said.ended"), end(v.Ctx(), tx, f, id, x.Outcome, note)
	})
}

func (a *Alarms) reopen(v *web.Visit) error {
	return a.write(v, "alarm.said.reopened", nil, func(tx *db.Tx, f dossier.File, id string) error { return reopen(v.Ctx(), tx, f, id) })
}

// homePart is what the person reads on the own first page.
type homePart struct {
	Alarm   Alarm
	Over    bool
	Due     string
	DueNL   string
	Steps   []homeStep
	Who     []string
	Lawyers []call
	Office  call
}

// homeStep is one step as the person reads it; State is "done", "busy" or "todo".
type homeStep struct{ Text, State string }

// toldDays is how long the first page of the person says that an alarm is over.
const toldDays = 7

// homeSteps are the steps that the person is told of; what is done about press and family was agreed with them.
var homeSteps = []string{"lawyer", "provisional", "interim", "authority", "medical", "family"}

// homePanel tells the person, in the person's own language, what is being done, unless it was said not to.
func (a *Alarms) homePanel(v *web.Visit, f dossier.File) (part ui.Part, err error) {
	ctx := v.Ctx()
	as, err := newest(ctx, a.db, f)
	if err != nil || len(as) == 0 || !as[0].Tell {
		return part, err
	}
	x := as[0]
	if x.State == Ended && v.Now.After(x.EndedAt.AddDate(0, 0, toldDays)) {
		return part, nil
	}
	p := homePart{Alarm: x, Over: x.State == Ended, Due: dueText(ctx, x.Danger)}
	if !lang.Of(ctx).IsDutch() && !x.Danger.Due.IsZero() {
		p.DueNL = lang.DutchLongDay(clock.DateOf(x.Danger.Due.In(clock.Netherlands)))
	}
	ss, err := history(ctx, a.db, x.ID)
	if err != nil {
		return part, err
	}
	standing := Standing(ss)
	for _, k := range homeSteps {
		s, ok := standing[k]
		if ok && s.Result == "none" {
			continue
		}
		state := "todo" // nothing is said to be under way that nobody began
		switch {
		case ok && s.Result == "done":
			state = "done"
		case ok:
			state = "busy"
		}
		p.Steps = append(p.Steps, homeStep{lang.T(ctx, "alarm.portal.step."+k), state})
	}
	ts, err := takenBy(ctx, a.db, []string{x.ID})
	if err != nil {
		return part, err
	}
	ids := onIt(ts)
	cs, err := a.org.Colleagues(ctx, ids)
	if err != nil {
		return part, err
	}
	for _, id := range ids {
		if c, ok := cs[id]; ok {
			p.Who = append(p.Who, c.Called)
		}
	}
	if p.Lawyers, _, err = a.calls(v, f, x.Team); err != nil {
		return part, err
	}
	if ls, err := a.org.LocationsBy(ctx, []string{f.Location()}); err != nil {
		return part, err
	} else if l, ok := ls[f.Location()]; ok {
		p.Office = call{Name: l.Name, Phone: l.Phone}
	}
	part.Body, part.Count = partHome(p), 1
	return part, nil
}
