//go:build unix

package app

// This file measures the pages that people open all day, without a network: to find where the time goes. What people
// wait for is measured by cmd/bench-http.

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/web"
)

func BenchmarkPages(b *testing.B) {
	h, _ := demoHouse(b, Settings{People: 5000})
	token, err := web.GrantSession(b.Context(), h.DB, web.SessionSpec{Kind: access.Staff, Actor: "u-amira"})
	if err != nil {
		b.Fatal(err)
	}
	get := func(b *testing.B, path string) string {
		// As the server does: a request can be given up, and who reads for it watches that.
		ctx, done := context.WithCancel(b.Context())
		defer done()
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: "rg", Value: token})
		w := httptest.NewRecorder()
		h.Site.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Errorf("%s answers %d", path, w.Code)
		}
		return w.Body.String()
	}
	var files []string
	for _, m := range regexp.MustCompile(`href="(/dossier/[^/"?]+)"`).FindAllStringSubmatch(get(b, "/dossiers"), -1) {
		files = append(files, m[1])
	}
	if len(files) < 5 {
		b.Fatal("there are too few files to measure with")
	}
	for _, p := range []struct{ name, path string }{{"file", ""}, {"follow-ups", "/opvolgen"}, {"today", "/vandaag"}, {"files", "/dossiers"}, {"search", "/zoeken?q=sel"}} {
		b.Run(p.name, func(b *testing.B) {
			var turn atomic.Int64
			b.ReportAllocs()
			begin := spent(b)
			defer func() { b.ReportMetric(float64((spent(b)-begin).Nanoseconds())/float64(b.N), "cpu-ns/op") }()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					path := p.path
					if path == "" {
						path = files[int(turn.Add(1))%len(files)]
					}
					get(b, path)
				}
			})
		})
	}
}

// Looking somebody up among everybody: whom a desk means, and whether somebody who is registered has a file elsewhere.
func BenchmarkLookups(b *testing.B) {
	h, _ := demoHouse(b, Settings{People: 5000})
	if err := h.Files.Remember(b.Context()); err != nil {
		b.Fatal(err)
	}
	token, err := web.GrantSession(b.Context(), h.DB, web.SessionSpec{Kind: access.Staff, Actor: "u-amira"})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("desk", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p, err := h.Files.PointAt(b.Context(), h.DB, "Oksana Kowalenko", dossier.Birth{Year: 1990, Month: 7, Day: 21}, "")
			if err != nil || len(p.IDs) == 0 {
				b.Fatal(p, err)
			}
		}
	})
	b.Run("known", func(b *testing.B) {
		b.ReportAllocs()
		form := url.Values{"called": {"Mohamad"}, "name": {"Mohamad", "Hoesseini"}, "role": {"own", "family"}, "birth_day": {"12"}, "birth_month": {"3"}, "birth_year": {"1988"}}.Encode()
		for b.Loop() {
			ctx, done := context.WithCancel(b.Context())
			r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/dossiers/bekend", strings.NewReader(form))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Origin", "http://"+r.Host)
			r.AddCookie(&http.Cookie{Name: "rg", Value: token})
			w := httptest.NewRecorder()
			h.Site.ServeHTTP(w, r)
			done()
			if w.Code != http.StatusOK {
				b.Fatal(w.Code, w.Body.String())
			}
		}
	})
}

// spent is the work that the processors did for us; on a machine that others use it tells more than a clock.
func spent(b *testing.B) time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
