package web

// This file knows since when whoever is at a connection has been without an answer. Who waits the longest is served first.

import (
	"context"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// line is one connection.
type line struct {
	free atomic.Pointer[time.Time] // since when nothing is asked on it
}

type lineKey struct{}

// Line is the ConnContext of the server. Without it everybody waits since the moment they are heard.
func (s *Site) Line(ctx context.Context, _ net.Conn) context.Context {
	l := &line{}
	l.end(s.Clock.Now())
	return context.WithValue(ctx, lineKey{}, l)
}

func (l *line) end(now time.Time) { l.free.Store(&now) }

// since is when a connection became free for this request, which came at that moment or later: nothing tells when it came before it
// was heard.
func since(r *http.Request, now time.Time) time.Time {
	if l := lineOf(r); l != nil {
		return *l.free.Load()
	}
	return now
}

// answered frees the connection of a request.
func (s *Site) answered(r *http.Request) {
	if l := lineOf(r); l != nil {
		l.end(s.Clock.Now())
	}
}

// lineOf is the connection of a request; nil when nobody keeps it.
func lineOf(r *http.Request) *line {
	l, _ := r.Context().Value(lineKey{}).(*line)
	return l
}
