package web

// This file slows down who sends a form that needs no sign-in again and again.

import (
	"sync"
	"time"

	"reisgezel/internal/kernel/fault"
)

// Limit lets so many forms through in a time: Each from one address, All together. It remembers addresses in memory only, for
// no longer than that time, and writes none down: who asks something without a name must not be kept after all. Because All is
// bounded, so is what it remembers. Several nodes each count for themselves.
type Limit struct {
	Each, All int
	Within    time.Duration

	mu    sync.Mutex
	since time.Time
	all   int
	by    map[string]int
}

// Take counts one form of this visitor, or says that it is too many for now.
func (l *Limit) Take(v *Visit) error {
	if !l.take(v.Address(), v.Now) {
		return fault.New(fault.TooMany, "")
	}
	return nil
}

func (l *Limit) take(address string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.by == nil || !now.Before(l.since.Add(l.Within)) {
		l.since, l.all, l.by = now, 0, map[string]int{}
	}
	if l.all >= l.All || l.by[address] >= l.Each {
		return false
	}
	l.all++
	l.by[address]++
	return true
}
