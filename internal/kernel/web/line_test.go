package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
)

// A request waits since its connection was last answered; a new one since it was opened; one that nobody knows since it is heard.
func TestARequestWaitsSinceItsConnectionBecameFree(t *testing.T) {
	c := clock.NewManual(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
	s := &Site{Clock: c}
	opened := c.Now()
	ctx := s.Line(t.Context(), nil)
	r := httptest.NewRequest(http.MethodGet, "/", nil).WithContext(ctx)
	c.Advance(3 * time.Second)
	if got := since(r, c.Now()); !got.Equal(opened) {
		t.Errorf("a new connection waits since %v", got)
	}
	s.answered(r)
	answered := c.Now()
	c.Advance(2 * time.Second)
	if got := since(r, c.Now()); !got.Equal(answered) {
		t.Errorf("after an answer it waits since %v", got)
	}
	alone := httptest.NewRequest(http.MethodGet, "/", nil)
	s.answered(alone)
	if got := since(alone, c.Now()); !got.Equal(c.Now()) {
		t.Errorf("without a line it waits since %v", got)
	}
}
