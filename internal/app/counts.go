package app

// This file keeps the numbers of the menu for a moment. The menu stands on every page, and to count on every page was a
// quarter of all work.

import (
	"net/http"
	"sync"
	"time"

	"reisgezel/internal/kernel/web"
)

// counted is for how long a number of the menu is taken as it was. The pages behind it are always as things are now, and
// what the visitor changes is counted at once.
const counted = 20 * time.Second

// countsMost is how many colleagues are remembered; then it begins anew, so that who left does not stay.
const countsMost = 4096

// counts are the numbers that this node made lately, by colleague.
type counts struct {
	mu  sync.Mutex
	all map[string]count
}

type count struct {
	of  map[string]int // by route
	at  time.Time
	old bool // the colleague wrote something since
}

// menuCounts are the numbers in the menu of this visitor. A form that is sent takes what is there, however old, for mostly
// it leads on to a page; that page makes them anew.
func (h *House) menuCounts(v *web.Visit) (map[string]int, error) {
	if c, ok := h.counts.take(v.Actor.ID, v.Now, v.R.Method == http.MethodPost); ok {
		return c, nil
	}
	waiting, err := h.Contact.Waiting(v.Ctx(), v.Actor, v.Now)
	if err != nil {
		return nil, err
	}
	idle, err := h.Procedure.Idle(v)
	if err != nil {
		return nil, err
	}
	offered, err := h.Handover.Waiting(v)
	if err != nil {
		return nil, err
	}
	pairs, requests, err := h.Identity.Waiting(v)
	if err != nil {
		return nil, err
	}
	checks, err := h.Identity.ToReview(v)
	if err != nil {
		return nil, err
	}
	signals, err := h.Knelpunt.Waiting(v)
	if err != nil {
		return nil, err
	}
	reports, err := h.Knelpunt.Unread(v)
	if err != nil {
		return nil, err
	}
	warned, err := h.Monitor.Waiting(v)
	if err != nil {
		return nil, err
	}
	asked, err := h.Question.Waiting(v)
	if err != nil {
		return nil, err
	}
	data, err := h.Rights.Waiting(v)
	if err != nil {
		return nil, err
	}
	of := map[string]int{"question.list": asked, "knelpunt.waiting": signals, "knelpunt.desk": reports, "monitor.desk": warned, "contact.desk": waiting, "procedure.idle": idle, "handover.list": offered, "identity.pairs": pairs, "identity.requests": requests, "identity.checks": checks, "rights.list": data}
	h.counts.keep(v.Actor.ID, count{of: of, at: v.Now, old: v.R.Method == http.MethodPost})
	return of, nil
}

// take gives what was counted lately. Somebody who writes is given anything, and from then on it is old.
func (c *counts) take(actor string, now time.Time, writes bool) (map[string]int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	x, ok := c.all[actor]
	if ok && writes {
		x.old = true
		c.all[actor] = x
		return x.of, true
	}
	return x.of, ok && !x.old && !now.Before(x.at) && now.Sub(x.at) < counted
}

func (c *counts) keep(actor string, x count) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all == nil || len(c.all) >= countsMost {
		c.all = map[string]count{}
	}
	c.all[actor] = x
}
