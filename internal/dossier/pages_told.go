package dossier

// This file holds what a person hears on their own page of what they reported, or what somebody reported for them: what was done at
// each turn, and opening what was closed too soon. What is told is found from here by a token, and never the other way.

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Reopening is how what was closed is opened again, for a reason out of a few. It hears the token and not who asks.
type Reopening struct {
	Reasons func(ctx context.Context) []ui.Option
	Do      func(ctx context.Context, tx *db.Tx, token, reason string) error
}

// LendReopening hands that over; the app calls it once.
func (s *Files) LendReopening(r Reopening) { s.reopening = r }

// toldItem is one thing that somebody follows. ID says which it is on this page only.
type toldItem struct {
	ID, What string
	Answers  []Answer
	Stands   string // the text key of where it stands, while there are no answers
	Fresh    bool   // something of it was not read
	Shut     bool
	token    string
}

type toldPage struct {
	Items   []toldItem
	Fresh   int
	Reasons []ui.Option
	At      string // the one whose form was sent
	Errors  fault.Fields
}

// toldOf gathers what a person follows: what they reported themselves, and signals of the file of which they wished to hear. Of other
// signals the file alone knows.
func (s *Files) toldOf(ctx context.Context, f File) (toldPage, error) {
	var p toldPage
	if s.answered == nil {
		return p, nil
	}
	list, _, err := follows(ctx, s.db, f.key, f.id)
	if err != nil {
		return p, err
	}
	rs, err := receipts(ctx, s.db, f.key, f.id)
	if err != nil {
		return p, err
	}
	for _, r := range rs {
		if r.Wish {
			p.Items = append(p.Items, toldItem{ID: r.ID, What: r.What, token: r.Token})
		}
	}
	for i, x := range list.Items {
		p.Items = append(p.Items, toldItem{ID: "f" + string(rune('a'+i%26)) + string(rune('a'+i/26)), What: x.What, token: x.Token})
	}
	for i := range p.Items {
		x := &p.Items[i]
		if x.Answers, err = s.answered(ctx, x.token); err != nil {
			return p, err
		}
		if len(x.Answers) == 0 {
			if x.Stands, err = s.standing(ctx, x.token); err != nil {
				return p, err
			}
		}
		for _, a := range x.Answers {
			x.Shut = x.Shut || a.Shut
			if !slices.Contains(list.Read, a.ID) {
				x.Fresh = true
				p.Fresh++
			}
		}
	}
	slices.Reverse(p.Items)
	return p, nil
}

func (s *Files) told(v *web.Visit) error {
	f, err := s.Open(v, v.Actor.ID, access.File, "dossier.event.told")
	if err != nil {
		return err
	}
	p, err := s.toldOf(v.Ctx(), f)
	if err != nil {
		return err
	}
	return v.Page(s.pageOfTold(v, p))
}

// toldRead marks everything as read. It is no part of the log of the file: that would tell colleagues that there was something.
func (s *Files) toldRead(v *web.Visit) error {
	f, err := s.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	p, err := s.toldOf(v.Ctx(), f)
	if err != nil {
		return err
	}
	var ids []string
	for _, x := range p.Items {
		for _, a := range x.Answers {
			ids = append(ids, a.ID)
		}
	}
	v.Nobody()
	return v.Write(func(tx *db.Tx) (string, error) {
		if len(ids) == 0 {
			return v.URL("dossier.told"), nil
		}
		return v.URL("dossier.told"), readAll(v.Ctx(), tx, f, ids)
	})
}

// toldOpen opens what was closed again. Neither the history nor the log says who, nor from which file.
func (s *Files) toldOpen(v *web.Visit) error {
	f, err := s.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	p, err := s.toldOf(v.Ctx(), f)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(p.Items, func(x toldItem) bool { return x.ID == v.Value("welke") && x.Shut })
	if i < 0 || s.reopening.Do == nil {
		return fault.Gone()
	}
	reason := v.Value("reden")
	if !slices.ContainsFunc(s.reopening.Reasons(v.Ctx()), func(o ui.Option) bool { return o.Value == reason }) {
		p.At = p.Items[i].ID
		p.Errors.Add("reden", "dossier.error.reason")
		return v.Invalid(s.pageOfTold(v, p))
	}
	v.Nobody()
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("dossier.told", "gezegd", "dossier.said.reopened"), s.reopening.Do(v.Ctx(), tx, p.Items[i].token, reason)
	})
}

// ToldPanels is what stands of it on the person's first page: a line that tells nothing of what it is about.
func (s *Files) ToldPanels() []Panel {
	return []Panel{{Place: "home", Order: 96, Show: func(v *web.Visit, f File) (ui.Part, error) {
		p, err := s.toldOf(v.Ctx(), f)
		if err != nil || len(p.Items) == 0 {
			return ui.Part{}, err
		}
		return ui.Part{Body: partTold(p.Fresh), Count: p.Fresh}, nil
	}}}
}

func (s *Files) pageOfTold(v *web.Visit, p toldPage) templ.Component {
	if s.reopening.Reasons != nil {
		p.Reasons = s.reopening.Reasons(v.Ctx())
	}
	return pageTold(p)
}

// reasonID is the id of the reasons of one thing; the one with the fault is where the list of faults leads.
func reasonID(p toldPage, id string) string {
	if p.At == id {
		return "f-reden"
	}
	return "f-reden-" + id
}
