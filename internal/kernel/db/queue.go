package db

// This file is the order in which connections are lent: who has been waiting the longest goes first. The order in which they ask is
// another one. Go wakes what became ready at the same moment in reverse, so on a busy server the last to come would be served first,
// again and again, and the slowest page would take twice as long as the one in the middle.

import (
	"cmp"
	"container/heap"
	"context"
	"runtime"
	"time"
)

type sinceKey struct{}

// Since says since when whoever asks with a context has been waiting. Without it that is since they ask.
func Since(ctx context.Context, at time.Time) context.Context {
	return context.WithValue(ctx, sinceKey{}, at)
}

func (d *DB) since(ctx context.Context) time.Time {
	if at, ok := ctx.Value(sinceKey{}).(time.Time); ok {
		return at
	}
	return d.clock.Now()
}

// waiter is somebody who wants a connection.
type waiter struct {
	since time.Time
	n     int64         // which of those that wait since one moment
	lent  chan struct{} // closed when a connection is theirs
	at    int           // in the queue; -1 when no longer
}

// queue is a heap with who waits the longest in front.
type queue []*waiter

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	return cmp.Or(q[i].since.Compare(q[j].since), cmp.Compare(q[i].n, q[j].n)) < 0
}

func (q queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].at, q[j].at = i, j
}

// Push is for container/heap.
func (q *queue) Push(x any) {
	w := x.(*waiter)
	w.at = len(*q)
	*q = append(*q, w)
}

// Pop is for container/heap.
func (q *queue) Pop() any {
	last := len(*q) - 1
	w := (*q)[last]
	(*q)[last] = nil
	*q, w.at = (*q)[:last], -1
	return w
}

// wait returns when a connection may be lent to somebody who waits since a moment.
func (p *readers) wait(ctx context.Context, since time.Time) error {
	w := &waiter{since: since, lent: make(chan struct{})}
	p.mu.Lock()
	if p.stopped() {
		p.mu.Unlock()
		return errStopped
	}
	p.came++
	w.n = p.came
	heap.Push(&p.queue, w)
	p.mu.Unlock()
	runtime.Gosched() // who became ready at the same moment stands in the queue before any of them is served
	p.mu.Lock()
	p.lend()
	p.mu.Unlock()
	var err error
	select {
	case <-w.lent:
		return nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-p.stop:
		err = errStopped
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if w.at < 0 { // it became theirs in this moment
		p.free++
		p.lend()
	} else {
		heap.Remove(&p.queue, w.at)
	}
	return err
}

// lend gives what is free to who waits the longest. It is called under the lock.
func (p *readers) lend() {
	for p.free > 0 && len(p.queue) > 0 {
		p.free--
		close(heap.Pop(&p.queue).(*waiter).lent)
	}
}

// vacate says that one more may be lent.
func (p *readers) vacate() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free++
	p.lend()
}

// stopped is asked under the lock.
func (p *readers) stopped() bool {
	select {
	case <-p.stop:
		return true
	default:
		return false
	}
}
