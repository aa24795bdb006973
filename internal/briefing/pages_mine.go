package briefing

// This file holds what the refugee sees and does: where they are invited, that they cannot come, another session, and what
// was told.

import (
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// invitation is one session as the person reads it.
type invitation struct {
	Invite
	Letter    letterPart
	At        time.Time
	Day       clock.Date
	Hour      string
	Cancelled bool
	Passed    bool
}

type toldRow struct {
	Title, Text, Tag, Dir string
	Unsure                bool
}

type pastRow struct {
	Day        clock.Date
	Missed     bool
	Told       []toldRow
	Understood string
	Questions  string
}

type choiceRow struct {
	ID, Hour, Where, Speaks, Interpreter string
	Day                                  clock.Date
	About                                []letterSubject
}

type minePage struct {
	Coming  []invitation
	Choices []choiceRow
	Past    []pastRow
}

func (b *Briefing) mineForm(v *web.Visit) error {
	f, err := b.files.Open(v, v.Actor.ID, maySelf.Level, "briefing.event.read")
	if err != nil {
		return err
	}
	var p minePage
	if p.Coming, err = b.invitations(v, f); err != nil {
		return err
	}
	if p.Choices, err = b.choices(v, f); err != nil {
		return err
	}
	if p.Past, err = b.past(v, f); err != nil {
		return err
	}
	return v.Page(pageMine(p))
}

// invitations are those whose session is still to come: open, declined by themselves, and cancelled ones, so that nobody
// travels for nothing.
func (b *Briefing) invitations(v *web.Visit, f dossier.File) ([]invitation, error) {
	is, ss, err := b.mine(v.Ctx(), f)
	if err != nil {
		return nil, err
	}
	var out []invitation
	for _, i := range is {
		s := ss[i.Session]
		if s.Over(v.Now) || i.State == Withdrawn || !s.Held.IsZero() {
			continue
		}
		l, err := b.letterIn(v, f, s, lang.Of(v.Ctx()).Tag)
		if err != nil {
			return nil, err
		}
		out = append(out, invitation{Invite: i, Letter: l, At: s.At, Day: s.Day(), Hour: lang.Time(v.Ctx(), s.At), Cancelled: !s.Cancelled.IsZero(), Passed: s.At.Before(v.Now)})
	}
	slices.Reverse(out) // the soonest first
	return out, nil
}

// Coming are the sessions to which somebody goes, for their own paper.
func (b *Briefing) Coming(v *web.Visit, f dossier.File) ([]dossier.Coming, error) {
	is, err := b.invitations(v, f)
	var out []dossier.Coming
	for _, i := range is {
		if !i.Cancelled && i.State != Declined {
			l := i.Letter
			out = append(out, dossier.Coming{At: i.At, Fact: ui.FactP{Label: lang.Day(v.Ctx(), i.Day) + " " + l.From, Value: lang.T(v.Ctx(), "briefing.portal.title"), Small: lang.Dots(l.Where, l.Room, l.Speaks, l.Interpreter)}})
		}
	}
	return out, err
}

// choices are the other sessions that somebody can follow, with a free seat.
func (b *Briefing) choices(v *web.Visit, f dossier.File) ([]choiceRow, error) {
	ctx := v.Ctx()
	os, err := b.offersFor(v, f)
	if err != nil {
		return nil, err
	}
	var out []choiceRow
	for _, o := range os {
		s, err := session(ctx, b.db, o.ID)
		if err != nil {
			return nil, err
		}
		l, err := b.letterIn(v, f, s, lang.Of(ctx).Tag)
		if err != nil {
			return nil, err
		}
		out = append(out, choiceRow{ID: s.ID, Hour: l.From, Where: l.Where, Speaks: l.Speaks, Interpreter: l.Interpreter, Day: s.Day(), About: l.Subjects})
	}
	return out, nil
}

// past is what was told, in simple words and in the version that was told.
func (b *Briefing) past(v *web.Visit, f dossier.File) ([]pastRow, error) {
	ctx := v.Ctx()
	is, ss, err := b.mine(ctx, f)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, i := range is {
		ids = append(ids, i.Session)
	}
	subs, err := subjects(ctx, b.db, ids)
	if err != nil {
		return nil, err
	}
	want := lang.Of(ctx).Tag
	var out []pastRow
	for _, i := range is {
		s := ss[i.Session]
		if i.State != Open || s.Held.IsZero() || i.Came == "" || i.Came == "unknown" {
			continue
		}
		r := pastRow{Day: s.Day(), Missed: i.Came == "missed", Understood: i.Said.Understood, Questions: i.Said.Questions}
		for _, x := range subs[s.ID] {
			if !x.Told || r.Missed {
				continue
			}
			t, err := b.topic(ctx, b.db, x.Topic, x.Version)
			if err != nil {
				return nil, err
			}
			w, tag := t.In(want)
			r.Told = append(r.Told, toldRow{Title: w.Title, Text: w.Text, Tag: tag, Dir: lang.Find(tag).Dir(), Unsure: w.Unsure()})
		}
		out = append(out, r)
	}
	return out, nil
}

// decline notes with one press that the person cannot come, or that they come after all.
func (b *Briefing) decline(v *web.Visit) error {
	f, err := b.files.OpenFor(v, v.Actor.ID, maySelf.Level)
	if err != nil {
		return err
	}
	i, err := inviteOf(v.Ctx(), b.db, f, v.Value("invite"))
	if err != nil {
		return err
	}
	s, err := session(v.Ctx(), b.db, i.Session)
	if err != nil {
		return err
	}
	if !s.Stands(v.Now) || i.Came != "" || (i.State != Open && i.State != Declined) {
		return fault.Gone()
	}
	if v.Value("undo") != "" {
		return b.take(v, f, s, "briefing.said.coming")
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("briefing.mine", "gezegd", "briefing.said.declined"), b.withdraw(v.Ctx(), tx, f, i, Declined)
	})
}

// choose takes a seat in another session.
func (b *Briefing) choose(v *web.Visit) error {
	f, err := b.files.OpenFor(v, v.Actor.ID, maySelf.Level)
	if err != nil {
		return err
	}
	os, err := b.offersFor(v, f)
	if err != nil {
		return err
	}
	id := v.Value("session")
	if !slices.ContainsFunc(os, func(o offer) bool { return o.ID == id }) {
		return fault.Gone() // never offered to them, or full meanwhile
	}
	s, err := session(v.Ctx(), b.db, id)
	if err != nil {
		return err
	}
	return b.take(v, f, s, "briefing.said.coming")
}

// take invites the person themselves. A seat that somebody else took in this moment is said, not hidden.
func (b *Briefing) take(v *web.Visit, f dossier.File, s Session, said string) error {
	err := v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("briefing.mine", "gezegd", said), b.invite(v.Ctx(), tx, f, s.ID)
	})
	if fault.Is(err, fault.Conflict) && (fault.As(err).Key == "briefing.error.full" || fault.As(err).Key == "briefing.error.over") {
		return v.Go("briefing.mine", "gezegd", "briefing.said.full")
	}
	return err
}

// homePanel is on the person's own first page: the next invitation, or the way to what was told.
func (b *Briefing) homePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	is, err := b.invitations(v, f)
	if err != nil {
		return ui.Part{}, err
	}
	if len(is) > 0 {
		return ui.Part{Body: partInvitation(is[0]), Count: len(is)}, nil
	}
	ps, err := b.past(v, f)
	if err != nil || len(ps) == 0 {
		return ui.Part{}, err
	}
	return ui.Part{Body: partTold()}, nil
}

// comingPanel is on the page of appointments.
func (b *Briefing) comingPanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	is, err := b.invitations(v, f)
	if err != nil || len(is) == 0 {
		return ui.Part{}, err
	}
	return ui.Part{Body: partInvitations(is), Count: len(is)}, nil
}
