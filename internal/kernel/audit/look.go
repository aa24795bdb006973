package audit

// This file groups the log for people who read it: the looks of one colleague on one day are one line.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/kernel/db"
)

// Look is what one actor did on one day in one file, for one reason.
type Look struct {
	Actor     string
	ActorKind string
	Role      string
	Place     string
	Why       string
	First     time.Time
	Last      time.Time
	Times     int
	Events    []string // in the order in which they first happened, each once
}

// Looks groups entries (newest first, as Of gives them) by day in this zone, actor and reason; newest first.
func Looks(es []Entry, zone *time.Location) []Look {
	type key struct {
		day, actor, why string
	}
	at := map[key]int{}
	var out []Look
	for _, e := range es {
		k := key{e.At.In(zone).Format("2006-01-02"), e.ActorKind + ":" + e.Actor, e.Why}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, Look{Actor: e.Actor, ActorKind: e.ActorKind, Role: e.Role, Place: e.Place, Why: e.Why, First: e.At, Last: e.At})
		}
		l := &out[i]
		l.Times++
		if e.At.Before(l.First) {
			l.First = e.At
		}
		if e.At.After(l.Last) {
			l.Last = e.At
		}
		known := false
		for _, ev := range l.Events {
			known = known || ev == e.Event
		}
		if !known {
			l.Events = append([]string{e.Event}, l.Events...)
		}
	}
	return out
}

// Latest are who looked last, newest first: one line for each actor and reason among the last thirty entries, with the
// last time only. The look of who asks comes first, which is being written while its page is made. It is for the corner of a page
// that is opened all day, and reads nothing but the index audit_entry_latest; ReadLooks tells everything.
func Latest(ctx context.Context, q db.Q, subject string, own Look) ([]Look, error) {
	out := []Look{own}
	err := db.Each(ctx, q, db.F(`SELECT actor, actor_kind, why, at AS last FROM audit_entry WHERE subject = ? ORDER BY seq DESC LIMIT 30`, subject), func(l Look) error {
		if !slices.ContainsFunc(out, func(o Look) bool { return o.Actor == l.Actor && o.ActorKind == l.ActorKind && o.Why == l.Why }) {
			out = append(out, l)
		}
		return nil
	})
	return out, err
}

// Of one page of looks so many entries are read; a day that has more is read on, up to wholeDay.
const (
	looksPage = 200
	wholeDay  = 5000
)

// ReadLooks reads the looks in one file before an entry number (0: from the newest), whole days at a time, so that what
// one colleague did on one day is one line and never two. older is where the next page begins, 0 when there is none.
func ReadLooks(ctx context.Context, q db.Q, subject string, before int64, zone *time.Location) (looks []Look, older int64, err error) {
	var es []Entry
	for {
		more, err := Of(ctx, q, subject, before, looksPage)
		if err != nil {
			return nil, 0, err
		}
		es = append(es, more...)
		if len(more) < looksPage {
			return Looks(es, zone), 0, nil
		}
		before = es[len(es)-1].Seq
		day := func(i int) string { return es[i].At.In(zone).Format("2006-01-02") }
		cut := len(es) - 1
		for cut > 0 && day(cut-1) == day(len(es)-1) {
			cut--
		}
		if cut > 0 {
			return Looks(es[:cut], zone), es[cut-1].Seq, nil
		}
		if len(es) >= wholeDay {
			return Looks(es, zone), before, nil
		}
	}
}
