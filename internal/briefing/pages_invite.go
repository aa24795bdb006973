package briefing

// This file holds inviting: whom to think of, what stands in the way, and taking an invitation back.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

type candidateRow struct {
	Candidate
	Tongue, Place, Lacking, Since string
	First                         bool // never had any voorlichting
	Chosen, Anyway                bool
	Conflicts                     []string // words
}

type invitePage struct {
	Session   Session
	Title     string
	Free      int
	Rows      []candidateRow
	Language  bool // everybody, whatever they speak
	Anywhere  bool // of every location
	LangURL   string
	PlaceURL  string
	Errors    fault.Fields
	BackURL   string
	Conflicts bool
}

// candidates are the people whose files the actor may see and who are not on the list of this session.
func (b *Briefing) candidates(v *web.Visit, s Session, anywhere bool) ([]Candidate, error) {
	ctx := v.Ctx()
	ls, err := b.files.Mine(ctx, v.Actor, mayInvite.Level, v.Now)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(ls))
	for i, l := range ls {
		ids[i] = l.ID
	}
	placed, err := b.files.Placed(ctx, b.db, ids)
	if err != nil {
		return nil, err
	}
	had, err := heard(ctx, b.db, ids)
	if err != nil {
		return nil, err
	}
	on, err := invitesOf(ctx, b.db, s.ID, Open)
	if err != nil {
		return nil, err
	}
	var out []Candidate
	for _, l := range ls {
		at := placed[l.ID]
		if (!anywhere && at.Location != s.Location) || slices.ContainsFunc(on, func(i Invite) bool { return i.Person == l.ID }) {
			continue
		}
		c := had[l.ID]
		c.ID, c.Called, c.Language, c.Location, c.Since = l.ID, l.Card.Called, l.Card.Language, at.Location, at.Since
		out = append(out, c)
	}
	return out, nil
}

func (b *Briefing) inviteForm(v *web.Visit) error {
	s, _, err := b.invitable(v)
	if err != nil {
		return err
	}
	p := invitePage{Language: v.Value("taal") == "alle", Anywhere: v.Value("waar") == "alle"}
	return b.invitePage(v, s, p, nil, nil)
}

// invitable is a session of one's own team to which somebody can still be invited.
func (b *Briefing) invitable(v *web.Visit) (Session, place, error) {
	s, at, err := b.plans(v)
	if err == nil && (!s.Stands(v.Now) || !s.Held.IsZero()) {
		err = fault.New(fault.Conflict, "briefing.error.over")
	}
	return s, at, err
}

// invitePage shows the suggestions. Chosen are those who were ticked; found are the conflicts of each of them.
func (b *Briefing) invitePage(v *web.Visit, s Session, p invitePage, chosen []string, found map[string][]string) error {
	ctx := v.Ctx()
	cs, err := b.candidates(v, s, p.Anywhere)
	if err != nil {
		return err
	}
	ts, err := b.topics(ctx)
	if err != nil {
		return err
	}
	subs, err := subjects(ctx, b.db, []string{s.ID})
	if err != nil {
		return err
	}
	var about []string
	for _, x := range subs[s.ID] {
		about = append(about, x.Topic)
	}
	ps, err := b.places(v)
	if err != nil {
		return err
	}
	n, err := seated(ctx, b.db, s.ID)
	if err != nil {
		return err
	}
	names, anyway := titles(ctx, ts), v.Values("toch")
	for _, c := range Suggest(s.Language, about, cs, p.Language) {
		r := candidateRow{Candidate: c, First: c.Sessions == 0, Chosen: slices.Contains(chosen, c.ID), Anyway: slices.Contains(anyway, c.ID)}
		if c.Language != "" {
			r.Tongue = tongue(ctx, c.Language)
		}
		if p.Anywhere {
			at, _ := placeBy(ps, c.Location)
			r.Place = at.Name
		}
		r.Since = lang.T(ctx, "briefing.since", "day", lang.Day(ctx, dayOf(c.Since)))
		switch {
		case len(c.Lacks) == len(about):
			r.Lacking = lang.T(ctx, "briefing.lacking.all")
		case len(c.Lacks) == 0:
			r.Lacking = lang.T(ctx, "briefing.lacking.none")
		default:
			var missing []string
			for _, t := range c.Lacks {
				missing = append(missing, names[t])
			}
			r.Lacking = lang.T(ctx, "briefing.lacking.some", "topics", lang.Join(ctx, missing))
		}
		for _, k := range found[c.ID] {
			r.Conflicts, p.Conflicts = append(r.Conflicts, lang.T(ctx, "briefing.conflict."+k)), true
		}
		p.Rows = append(p.Rows, r)
	}
	p.Session, p.Free = s, max(0, s.Seats-n)
	p.Title = lang.T(ctx, "briefing.invite.title", "language", tongue(ctx, s.Language), "day", lang.LongDay(ctx, s.Day()))
	p.BackURL = v.URL("briefing.session", "briefing", s.ID)
	arg := func(on bool) string {
		if on {
			return "alle"
		}
		return ""
	}
	p.LangURL = v.URL("briefing.invite", "briefing", s.ID, "taal", arg(!p.Language), "waar", arg(p.Anywhere))
	p.PlaceURL = v.URL("briefing.invite", "briefing", s.ID, "taal", arg(p.Language), "waar", arg(!p.Anywhere))
	if len(p.Errors) > 0 {
		return v.Invalid(pageInvite(p))
	}
	return v.Page(pageInvite(p))
}

func dayOf(t time.Time) clock.Date { return clock.DateOf(t.In(clock.Netherlands)) }

// fit is what stands in the way of a person at a session. The file is open, and the look stands in the log.
func (b *Briefing) fit(ctx context.Context, f dossier.File, s Session) ([]string, error) {
	p := f.Profile()
	cs, err := b.colleagues(ctx, s.Leader)
	if err != nil {
		return nil, err
	}
	there, err := overlapping(ctx, b.db, s, []string{f.ID()})
	if err != nil {
		return nil, err
	}
	x := Fitting{Language: p.Language(), Wish: p.Wish, Interpreter: p.Interpreter, Elsewhere: there[f.ID()]}
	for _, l := range p.Languages { // a second language they follow is good enough
		if Understands(s.Language, l.Tag) {
			x.Language = l.Tag
		}
	}
	if b.busy != nil {
		who, err := b.busy(ctx, b.db, []string{f.ID()}, s.At, s.End())
		if err != nil {
			return nil, err
		}
		x.Busy = len(who) > 0
	}
	return Conflicts(s, speaks(cs[s.Leader], s.Language), x), nil
}

// invitedMost is how many people one form invites: each file is opened, and each look written down.
const invitedMost = 60

func (b *Briefing) invited(v *web.Visit) error {
	s, _, err := b.invitable(v)
	if err != nil {
		return err
	}
	return b.inviteAll(v, s, v.Values("person"), v.Values("toch"), v.URL("briefing.session", "briefing", s.ID, "gezegd", "briefing.said.invited"))
}

// inviteAll invites some people, or shows what stands in the way.
func (b *Briefing) inviteAll(v *web.Visit, s Session, people, anyway []string, to string) error {
	ctx := v.Ctx()
	p := invitePage{Language: v.Value("taal") == "alle", Anywhere: v.Value("waar") == "alle"}
	slices.Sort(people)
	people = slices.Compact(people)
	if len(people) == 0 || len(people) > invitedMost {
		p.Errors.Add("person", "briefing.error.who", "most", invitedMost)
		return b.invitePage(v, s, p, people, nil)
	}
	on, err := invitesOf(ctx, b.db, s.ID, Open)
	if err != nil {
		return err
	}
	extra := len(slices.DeleteFunc(slices.Clone(people), func(id string) bool { // who is on the list already, as when a form is sent twice, takes no other seat
		return slices.ContainsFunc(on, func(i Invite) bool { return i.Person == id })
	}))
	found := map[string][]string{}
	var files []dossier.File
	for _, id := range people {
		f, err := b.files.Open(v, id, mayInvite.Level, "briefing.event.considered")
		if err != nil {
			return err
		}
		if err := f.Lasting(); err != nil {
			return err
		}
		files = append(files, f)
		if slices.Contains(anyway, id) {
			continue
		}
		if found[id], err = b.fit(ctx, f, s); err != nil {
			return err
		}
		if slices.Contains(found[id], "language") {
			p.Language = true // so that they stand on the list that is shown
		}
		if f.Location() != s.Location {
			p.Anywhere = true
		}
		if len(found[id]) > 0 && len(p.Errors) == 0 {
			p.Errors.Add("person", "briefing.error.conflicts")
		}
	}
	if len(on)+extra > s.Seats {
		p.Errors.Add("person", "briefing.error.seatsleft", "n", max(0, s.Seats-len(on)))
	}
	if len(p.Errors) > 0 {
		return b.invitePage(v, s, p, people, found)
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		for _, f := range files {
			if err := b.invite(ctx, tx, f, s.ID); err != nil {
				return "", err
			}
		}
		return to, nil
	})
	if fault.Is(err, fault.Conflict) && fault.As(err).Key == "briefing.error.full" { // somebody else took the last seat
		p.Errors.Add("person", "briefing.error.full")
		return b.invitePage(v, s, p, people, found)
	}
	return err
}

// withdrawForm takes an invitation back, or gives it again.
func (b *Briefing) withdrawForm(v *web.Visit) error {
	s, _, err := b.invitable(v)
	if err != nil {
		return err
	}
	person, err := personOf(v.Ctx(), b.db, s.ID, v.Value("invite"))
	if err != nil {
		return err
	}
	f, err := b.files.OpenToChange(v, person, mayInvite)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		i, err := inviteOf(v.Ctx(), tx, f, v.Value("invite"))
		if err != nil {
			return "", err
		}
		return v.URL("briefing.session", "briefing", s.ID, "gezegd", "briefing.said.withdrawn"), b.withdraw(v.Ctx(), tx, f, i, Withdrawn)
	})
}

// openInvite opens the file that an invitation is about for who may write down what came of it: the leader on the day, by
// the pass, or who has the file.
func (b *Briefing) openInvite(v *web.Visit, s Session, invite, event string) (dossier.File, Invite, error) {
	person, err := personOf(v.Ctx(), b.db, s.ID, invite)
	if err != nil {
		return dossier.File{}, Invite{}, err
	}
	var f dossier.File
	if event != "" {
		f, err = b.files.Open(v, person, access.Note, event)
	} else {
		f, err = b.files.OpenFor(v, person, access.Note)
	}
	if err != nil {
		return f, Invite{}, err
	}
	if s.Leader != v.Actor.ID && f.Level() < access.File {
		return f, Invite{}, fault.Gone()
	}
	i, err := inviteOf(v.Ctx(), b.db, f, invite)
	if err == nil && i.State != Open {
		err = fault.Gone()
	}
	return f, i, err
}
