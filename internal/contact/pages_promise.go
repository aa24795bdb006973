package contact

// This file holds the page of promises.

import (
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// promiseRow is one promise on a page.
type promiseRow struct {
	Promise
	Who  string
	Href string
	For  string // whose promise it is, when the reader stands in for them
}

type promisesPage struct {
	Open, Done []promiseRow
}

// named are the cards of the people who may be seen at this level now; of the others no name is read.
func (c *Contact) named(v *web.Visit, level access.Level, ids []string) (map[string]dossier.Card, error) {
	slices.Sort(ids)
	return c.files.CardsSeen(v.Ctx(), v.Actor, level, slices.Compact(ids), v.Now)
}

// promiseRows adds the names of the people the owner may see now; others are told by the day of the promise.
func (c *Contact) promiseRows(v *web.Visit, ps []Promise) ([]promiseRow, error) {
	var ids, others []string
	for _, p := range ps {
		if p.Person != "" {
			ids = append(ids, p.Person)
		}
		if p.Owner != v.Actor.ID {
			others = append(others, p.Owner)
		}
	}
	cards, err := c.named(v, access.DeskLevel, ids)
	if err != nil {
		return nil, err
	}
	called, err := c.called(v.Ctx(), others)
	if err != nil {
		return nil, err
	}
	out := make([]promiseRow, 0, len(ps))
	for _, p := range ps {
		r := promiseRow{Promise: p, For: called[p.Owner]}
		if card, ok := cards[p.Person]; ok {
			r.Who, r.Href = card.Name, v.URL("dossier.open", "person", p.Person)
		} else {
			r.Who = lang.T(v.Ctx(), "contact.promise.visitor", "day", lang.Near(v.Ctx(), clock.DateOf(p.MadeAt.In(clock.Netherlands)), v.Now))
		}
		out = append(out, r)
	}
	return out, nil
}

// promisesMost is how many promises one page shows of each kind.
const promisesMost = 200

// promises shows what is open, and what was done and can still be put back. What was done today stays where it stood.
func (c *Contact) promises(v *web.Visit) error {
	owners, err := c.owners(v.Ctx(), v.Actor, v.Now)
	if err != nil {
		return err
	}
	open, done, err := c.owed(v.Ctx(), owners, v.Now.AddDate(0, 0, -UndoDays), promisesMost)
	if err != nil {
		return err
	}
	today := clock.Today(v.Now)
	for len(done) > 0 && clock.Today(done[0].DoneAt) == today {
		open, done = append(open, done[0]), done[1:]
	}
	InOrder(open)
	rows, err := c.promiseRows(v, append(open, done...))
	if err != nil {
		return err
	}
	return v.Page(pagePromises(promisesPage{Open: rows[:len(open)], Done: rows[len(open):]}))
}

func (c *Contact) settleForm(v *web.Visit) error {
	owners, err := c.owners(v.Ctx(), v.Actor, v.Now)
	if err != nil {
		return err
	}
	undo := v.Value("undo") != ""
	said := "contact.said.done"
	if undo {
		said = "contact.said.undone"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return back(v, v.URL("contact.promises"), said), c.settle(v.Ctx(), tx, v.Actor, owners, v.Value("promise"), !undo)
	})
}
