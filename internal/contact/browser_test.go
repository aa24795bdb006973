package contact

// This file plays the desk in a real browser: a queue that renews itself.

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"reisgezel/internal/browsertest"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

func TestTheQueueRenewsItself(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	o.Set(volunteer("u-ria", "l-overvecht"))
	o.Set(volunteer("u-jan", "l-overvecht"))
	mux := http.NewServeMux()
	mux.Handle("GET /static/", ui.Static())
	mux.Handle("/", o.Site)
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	step := browsertest.Steps(t, "desk.js", s.URL)
	step("renews")
	step("keepsTheFocus")
	o.clock.Advance(web.IdleStaff + time.Second)
	step("staysWhileTyped")
	step("signsOut")
}
