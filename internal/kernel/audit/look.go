package audit

// This file groups the log for people who read it: the looks of one colleague on one day are one line.

import (
	"time"
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
