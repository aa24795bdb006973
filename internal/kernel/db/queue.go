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
	r     *reader       // that connection, if it comes from another's hand
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

// wait returns when a connection may be lent to somebody who waits since a moment, with the connection if another passed theirs on.
func (p *readers) wait(ctx context.Context, since time.Time) (*reader, error) {
	w := &waiter{since: since, lent: make(chan struct{})}
	p.mu.Lock()
	if p.stopped() {
		p.mu.Unlock()
		return nil, errStopped
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
		return w.r, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-p.stop:
		err = errStopped
	}
	p.mu.Lock()
	if waits := w.at >= 0; waits {
		heap.Remove(&p.queue, w.at)
		p.mu.Unlock()
		return nil, err
	}
	p.mu.Unlock()
	if w.r != nil { // it became theirs in this moment
		p.give(w.r, false)
	} else {
		p.vacate()
	}
	return nil, err
}

// lend gives what is free to who waits the longest. It is called under the lock.
func (p *readers) lend() {
	for p.free > 0 && len(p.queue) > 0 {
		p.free--
		close(heap.Pop(&p.queue).(*waiter).lent)
	}
}

// behind is how long a moment is passed on to who came after it began: so much later may they see what others wrote aside.
const behind = 50 * time.Millisecond

// serves says whether a moment is as good for somebody as one that would begin now: they waited already when it began, or nothing was
// written since but what may be seen a little later. So nobody sees anything older than what they asked for, and nobody can be passed
// a moment from before their own last write, since they asked after it.
func (p *readers) serves(r *reader, w *waiter) bool {
	return w.n <= r.came || !p.marks.hidden(r.asOf) && p.clock.Now().Sub(r.since) < behind
}

// pass lends a connection to who waits the longest, together with the moment that it sees, if that serves them: the pages of the file
// that were read for others need not be read again. It says whether it did. It is called under the lock.
func (p *readers) pass(r *reader) bool {
	if !r.begun || r.slow || r.era != p.era.Load() || p.stopped() || len(p.queue) == 0 || !p.serves(r, p.queue[0]) {
		return false
	}
	w := heap.Pop(&p.queue).(*waiter)
	w.r = r
	close(w.lent)
	return true
}

// vacate says that one more may be lent.
func (p *readers) vacate() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free++
	p.lend()
}

// crowded says whether somebody waits for a connection.
func (p *readers) crowded() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.queue) > 0
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
