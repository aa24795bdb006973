package briefing

// This file holds the day itself, for a telephone: who came, what was told, and what was understood.

import (
	"slices"
	"strconv"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type attendPage struct {
	Session  Session
	Title    string
	Lead     string
	Guests   []guest
	Hidden   int // invited, but not to be named to this reader
	Subjects []subjectRow
	Others   string
	Out      bool
	Asks     bool // an interpreter was planned
	Leads    bool
	Errors   fault.Fields
	BackURL  string
}

// attendable is a session whose attendance may be written down now: by its leader, or by who plans there.
func (b *Briefing) attendable(v *web.Visit) (Session, place, error) {
	s, at, err := b.found(v, b.db)
	if err != nil {
		return s, at, err
	}
	if s.Leader != v.Actor.ID {
		if ok, err := b.planner(v, s.Team); err != nil || !ok {
			return s, at, orGone(err)
		}
	}
	if !s.Open(v.Now) {
		return s, at, fault.Gone()
	}
	return s, at, nil
}

func orGone(err error) error {
	if err != nil {
		return err
	}
	return fault.Gone()
}

func (b *Briefing) attend(v *web.Visit) error {
	s, at, err := b.attendable(v)
	if err != nil {
		return err
	}
	p := attendPage{Others: strconv.Itoa(s.Others), Out: s.Interpreter == "out"}
	if s.Held.IsZero() && s.Others == 0 {
		p.Others = ""
	}
	return b.attendPage(v, s, at, p, nil)
}

func (b *Briefing) attendPage(v *web.Visit, s Session, at place, p attendPage, told []string) error {
	ctx := v.Ctx()
	p.Session, p.Leads, p.Asks = s, s.Leader == v.Actor.ID, s.Interpreter != "none"
	p.Title = lang.T(ctx, "briefing.attend.title", "language", tongue(ctx, s.Language))
	p.Lead = lang.Dots(lang.Near(ctx, s.Day(), v.Now), lang.T(ctx, "briefing.session.time", "from", lang.Time(ctx, s.At), "to", lang.Time(ctx, s.End())), at.Name, s.Room)
	p.BackURL = v.URL("briefing.session", "briefing", s.ID)
	gs, err := b.guests(v, s)
	if err != nil {
		return err
	}
	gs = slices.DeleteFunc(gs, func(g guest) bool { return g.State != Open })
	for i := range gs {
		g := &gs[i]
		g.Marks = Comings
		if Heard(g.Came) || g.Came == "left" {
			g.Understood = v.URL("briefing.understood", "briefing", s.ID, "invite", g.ID)
			g.Noted = g.Body != nil
		}
	}
	p.Guests = gs
	n, err := seated(ctx, b.db, s.ID)
	if err != nil {
		return err
	}
	p.Hidden = max(0, n-len(gs))
	if p.Subjects, err = b.subjectRows(v, s); err != nil {
		return err
	}
	for i := range p.Subjects {
		switch {
		case told != nil:
			p.Subjects[i].Told = slices.Contains(told, p.Subjects[i].ID)
		case s.Held.IsZero():
			p.Subjects[i].Told = true // most sessions tell what they planned
		}
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageAttend(p))
	}
	return v.Page(pageAttend(p))
}

// markForm writes with one press whether somebody came, or takes it back.
func (b *Briefing) markForm(v *web.Visit) error {
	s, _, err := b.attendable(v)
	if err != nil {
		return err
	}
	came := v.Value("came")
	if came != "" && !slices.Contains(Comings, came) {
		return fault.Gone()
	}
	f, i, err := b.openInvite(v, s, v.Value("invite"), "")
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("briefing.attend", "briefing", s.ID) + "#g-" + i.ID, b.mark(v.Ctx(), tx, f, i, came)
	})
}

// closeForm writes what was told and closes the session.
func (b *Briefing) closeForm(v *web.Visit) error {
	s, at, err := b.attendable(v)
	if err != nil {
		return err
	}
	c := Closing{Told: v.Values("told"), Out: v.Value("out") != ""}
	p := attendPage{Others: v.Value("others"), Out: c.Out}
	if p.Others != "" {
		if c.Others, err = strconv.Atoi(p.Others); err != nil || c.Others < 0 || c.Others > 200 {
			p.Errors.Add("others", "briefing.error.others")
		}
	}
	if v.Now.Before(s.At) {
		p.Errors.Add("told", "briefing.error.early")
	}
	if len(p.Errors) > 0 {
		return b.attendPage(v, s, at, p, append([]string{}, c.Told...))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("briefing.session", "briefing", s.ID, "gezegd", "briefing.said.held"), b.close(v.Ctx(), tx, v.Actor, s, c)
	})
}

type understoodPage struct {
	Session   Session
	File      dossier.File
	Invite    Invite
	In        UnderstoodInput
	Errors    fault.Fields
	Languages []ui.Option
	BackURL   string
	RecordURL string
}

func (b *Briefing) understoodForm(v *web.Visit) error {
	s, _, err := b.attendable(v)
	if err != nil {
		return err
	}
	f, i, err := b.openInvite(v, s, v.Param("invite"), "briefing.event.form")
	if err != nil {
		return err
	}
	in := UnderstoodInput{Understood: i.Said.Understood, Lang: i.Said.Lang, Questions: i.Said.Questions, Again: i.Again}
	if i.Body == nil {
		in.Lang = s.Language
	}
	return b.understoodPage(v, understoodPage{Session: s, File: f, Invite: i, In: in})
}

func (b *Briefing) understoodPage(v *web.Visit, p understoodPage) error {
	p.Languages = languageOptions(v.Ctx())
	p.BackURL = v.URL("briefing.attend", "briefing", p.Session.ID) + "#g-" + p.Invite.ID
	if p.File.Level() >= access.DeskLevel && web.Known(v.Ctx(), "contact.record") {
		p.RecordURL = v.URL("contact.record", "person", p.File.ID())
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageUnderstood(p))
	}
	return v.Page(pageUnderstood(p))
}

// understand writes what somebody understood, in their own words.
func (b *Briefing) understand(v *web.Visit) error {
	s, _, err := b.attendable(v)
	if err != nil {
		return err
	}
	in := UnderstoodInput{Understood: v.Value("understood"), Lang: v.Value("lang"), Questions: v.Value("questions"), Again: v.Value("again") != ""}
	f, i, err := b.openInvite(v, s, v.Param("invite"), "briefing.event.form")
	if err != nil {
		return err
	}
	if fs := in.Check(); len(fs) > 0 {
		return b.understoodPage(v, understoodPage{Session: s, File: f, Invite: i, In: in, Errors: fs})
	}
	i.Said.Understood, i.Said.Lang, i.Said.Questions, i.Said.By = in.Understood, in.Lang, in.Questions, v.Actor.ID
	if in.Understood == "" && in.Questions == "" {
		i.Said.Lang = ""
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("briefing.attend", "briefing", s.ID, "gezegd", "briefing.said.understood") + "#g-" + i.ID, b.say(v.Ctx(), tx, f, i, "understood", in.Again, false)
	})
}
