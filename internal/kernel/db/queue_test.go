package db

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
)

// Whoever waits the longest is lent a connection first, in whatever order they ask; of those who wait since one moment, who asked first.
func TestWhoWaitsTheLongestIsServedFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newReaders(1, clock.System(), &marks{}, nil)
		at := time.Unix(1_800_000_000, 0)
		if _, err := p.wait(context.Background(), at); err != nil { // the only place is taken
			t.Fatal(err)
		}
		since := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 12).Draw(t, "since")
		type turn struct{ since, n int }
		var served []turn
		var all sync.WaitGroup
		for n, s := range since {
			all.Go(func() {
				if _, err := p.wait(context.Background(), at.Add(time.Duration(s)*time.Second)); err != nil {
					t.Error(err)
				}
				served = append(served, turn{s, n}) // whoever has the only place is alone
				p.vacate()
			})
			for standing(p) <= n {
				time.Sleep(10 * time.Microsecond)
			}
		}
		p.vacate()
		all.Wait()
		if !slices.IsSortedFunc(served, func(a, b turn) int { return slices.Compare([]int{a.since, a.n}, []int{b.since, b.n}) }) || len(served) != len(since) {
			t.Fatalf("%v were served in the order %v", since, served)
		}
	})
}

func standing(p *readers) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.queue)
}

// However many come, go away while they wait and come back, never more are lent than there are, and in the end all are free.
func TestNoPlaceIsLostByWhoGoesAway(t *testing.T) {
	const most = 3
	p := newReaders(most, clock.System(), &marks{}, nil)
	var held, went atomic.Int64
	var all sync.WaitGroup
	for i := range 400 {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Duration(i%7)*100*time.Microsecond+1)
			defer cancel()
			switch _, err := p.wait(ctx, time.Unix(int64(i*7919%100), 0)); {
			case err == nil:
				if n := held.Add(1); n > most {
					t.Errorf("%d are lent at once", n)
				}
				time.Sleep(50 * time.Microsecond)
				held.Add(-1)
				p.vacate()
			case errors.Is(err, context.DeadlineExceeded):
				went.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if p.free != most || len(p.queue) != 0 {
		t.Errorf("%d of %d are free, %d still stand in the queue", p.free, most, len(p.queue))
	}
	if went.Load() == 0 || went.Load() == 400 {
		t.Errorf("%d of 400 went away: that tries nothing", went.Load())
	}
}

func TestWhoWaitsHearsThatTheDatabaseIsClosed(t *testing.T) {
	p := newReaders(1, clock.System(), &marks{}, nil)
	if _, err := p.wait(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	heard := make(chan error)
	go func() { _, err := p.wait(context.Background(), time.Now()); heard <- err }()
	for standing(p) == 0 {
		time.Sleep(10 * time.Microsecond)
	}
	p.close()
	if err := <-heard; !errors.Is(err, errStopped) {
		t.Error(err)
	}
	if _, err := p.wait(t.Context(), time.Now()); !errors.Is(err, errStopped) {
		t.Errorf("after the end: %v", err)
	}
}
