// Package clock is the only place that asks the machine for the time. Everything else is handed `now`, so that a
// test can let 28 days pass, and a deadline can be computed again exactly as it was.
package clock

import (
	"sync"
	"time"
	_ "time/tzdata" // the program must know Amsterdam's summer time on a machine that has no zone files
)

// Clock tells the time.
type Clock interface{ Now() time.Time }

type system struct{}

func (system) Now() time.Time { return time.Now() }

// System is the machine's clock.
func System() Clock { return system{} }

// From is a clock that stands at t now and runs on from there, so that a whole day can be played at any hour.
func From(t time.Time) Clock { return running{from: t, since: time.Now()} }

type running struct{ from, since time.Time }

func (r running) Now() time.Time { return r.from.Add(time.Since(r.since)) }

// Manual is a clock that stands still until it is moved. Tests and demonstrations use it.
type Manual struct {
	mu sync.Mutex
	t  time.Time
}

// NewManual makes a clock that stands at t.
func NewManual(t time.Time) *Manual { return &Manual{t: t} }

// Now tells where the clock stands.
func (m *Manual) Now() time.Time { m.mu.Lock(); defer m.mu.Unlock(); return m.t }

// Set moves the clock to t.
func (m *Manual) Set(t time.Time) { m.mu.Lock(); m.t = t; m.mu.Unlock() }

// Advance moves the clock forward by d.
func (m *Manual) Advance(d time.Duration) { m.mu.Lock(); m.t = m.t.Add(d); m.mu.Unlock() }

// Netherlands is the zone in which this organisation's days begin and end.
var Netherlands = func() *time.Location {
	l, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic("clock: the zone tables are compiled in, so this cannot happen: " + err.Error())
	}
	return l
}()
