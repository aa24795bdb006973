package app

// This file lets a colleague leave in the whole house, and then tries every door with the session that is still in their
// browser.

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

func TestNothingOpensAfterTheLastDay(t *testing.T) {
	hands := clock.NewManual(time.Date(2026, 11, 24, 10, 0, 0, 0, clock.Netherlands))
	h, err := Build(t.Context(), Settings{Demo: true, Listen: "127.0.0.1:0", Data: t.TempDir()}, hands, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	if _, err := h.FillDemo(t.Context(), 300, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h.Site)
	t.Cleanup(srv.Close)
	held := func() int {
		n, err := db.One[int](t.Context(), h.DB, db.F(`SELECT COUNT(*) FROM access_grant WHERE holder = 'user:u-tijs' AND ended IS NULL`))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := held(); n != 14 {
		t.Fatalf("he has %d files", n)
	}
	person, err := db.One[string](t.Context(), h.DB, db.F(`SELECT subject FROM access_grant WHERE holder = 'user:u-tijs' AND ended IS NULL ORDER BY subject LIMIT 1`))
	if err != nil {
		t.Fatal(err)
	}
	// At one minute before midnight of the last day he works; one minute later nothing opens, before any job has run.
	hands.Set(time.Date(2026, 12, 4, 23, 59, 0, 0, clock.Netherlands))
	c := browser(t, h, srv.URL, "u-tijs")
	if code, _, _ := ask(t, c, srv.URL, http.MethodGet, "/dossier/"+person, nil); code != http.StatusOK {
		t.Fatalf("on the last day: %d", code)
	}
	closed := func(when string) {
		t.Helper()
		for _, r := range h.Site.Routes() {
			if r.May.Need == 0 { // whoever comes
				continue
			}
			path := holes.Replace(strings.Replace(r.Path, "{person}", person, 1))
			code, body, to := ask(t, c, srv.URL, r.Method, path, nil)
			if code == http.StatusOK || code == http.StatusUnprocessableEntity || code == http.StatusConflict || code == http.StatusSeeOther && !strings.HasPrefix(to, "/inloggen") && !strings.HasPrefix(to, "/mijn/inloggen") {
				_, main, _ := strings.Cut(body, "<main")
				t.Errorf("%s: %s %s answers %d %s %.200s", when, r.Method, path, code, to, main)
			}
		}
	}
	hands.Set(time.Date(2026, 12, 5, 0, 0, 0, 0, clock.Netherlands))
	closed("before the job")
	h.RunJobs(t.Context())
	if n := held(); n != 0 {
		t.Errorf("%d grants are left", n)
	}
	if n, err := db.One[int](t.Context(), h.DB, db.F(`SELECT COUNT(*) FROM web_session WHERE actor = 'u-tijs' AND ended IS NULL`)); err != nil || n > 0 {
		t.Errorf("%d sessions are left, %v", n, err)
	}
	closed("after the job")
	if code, _, _ := ask(t, c, srv.URL, http.MethodPost, "/inloggen/demo", map[string][]string{"wie": {"u-tijs"}}); code == http.StatusSeeOther {
		if code, _, _ := ask(t, c, srv.URL, http.MethodGet, "/vandaag", nil); code == http.StatusOK {
			t.Error("he signs in again")
		}
	}
	n, err := db.One[int](t.Context(), h.DB, db.F(`SELECT COUNT(*) FROM handover_fallen WHERE colleague = 'u-tijs' AND heir = 'u-noor'`))
	if err != nil || n != 14 {
		t.Errorf("%d files fell to the leader, %v", n, err)
	}
	leavePage(t, h, srv.URL)
	leaveAll(t, h, hands, "u-noor", "u-marwan", "u-amira")
}
