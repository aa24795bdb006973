package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "t", FS: fstest.MapFS{"schema/0001_t.sql": {Data: []byte("CREATE TABLE t_thing (id TEXT PRIMARY KEY);")}}}}

var free = access.Rule{Action: "t.free"}
var staffOnly = access.Rule{Action: "t.staff", Need: access.SignedIn}

func ria() access.Actor {
	return access.Actor{Kind: access.Staff, ID: "u-ria", Posts: []access.Post{{Role: access.Desk, Scope: access.Scope{Kind: access.Location, ID: "l"}}}}
}

func routes() []web.Route {
	return []web.Route{
		{Name: "t.page", Method: "GET", Path: "/page", May: staffOnly, Do: func(v *web.Visit) error { return v.Page(templ.Raw("page of " + v.Actor.ID)) }},
		{Name: "t.lead", Method: "GET", Path: "/lead", May: access.Rule{Action: "t.lead", Need: access.ByRole, Roles: []access.Role{access.Lead}}, Do: func(v *web.Visit) error { return v.Text(200, "secret") }},
		{Name: "t.self", Method: "GET", Path: "/mijn", May: access.Rule{Action: "t.self", Need: access.BySelf}, Do: func(v *web.Visit) error { return v.Text(200, "mine") }},
		{Name: "t.thing", Method: "GET", Path: "/thing/{id}", May: staffOnly, Do: func(v *web.Visit) error { return fault.Gone() }},
		{Name: "t.save", Method: "POST", Path: "/save", May: staffOnly, Do: func(v *web.Visit) error {
			return v.Write(func(tx *db.Tx) (string, error) {
				id := db.ID("x", tx.Now)
				_, err := db.Do(v.Ctx(), tx, db.F(`INSERT INTO t_thing (id) VALUES (?)`, id))
				return "/thing/" + id, err
			})
		}},
		{Name: "t.big", Method: "POST", Path: "/big", May: staffOnly, Body: 8 << 20, Do: func(v *web.Visit) error { return v.Text(200, fmt.Sprint(len(v.Value("x")))) }},
		{Name: "t.secret", Method: "POST", Path: "/secret", May: staffOnly, Secret: true, Do: func(v *web.Visit) error { return v.GoTo("/page") }},
		{Name: "t.kept", Method: "GET", Path: "/kept/{form}", May: staffOnly, Do: func(v *web.Visit) error {
			k, err := v.Kept(v.Param("form"))
			if err != nil {
				return err
			}
			return v.Text(200, k.To+" "+k.From+" "+k.Form.Encode())
		}},
		{Name: "t.panic", Method: "GET", Path: "/panic", May: free, Do: func(v *web.Visit) error { panic("canary-panic") }},
		{Name: "t.broken", Method: "GET", Path: "/broken", May: free, Do: func(v *web.Visit) error { return errors.New("canary-cause: table x") }},
		{Name: "t.half", Method: "GET", Path: "/half", May: free, Do: func(v *web.Visit) error {
			return v.Page(templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
				fmt.Fprint(w, "canary-half")
				return errors.New("no")
			}))
		}},
		{Name: "t.away", Method: "GET", Path: "/away", May: free, Do: func(v *web.Visit) error { return v.GoTo(v.Value("to")) }},
		{Name: "t.out", Method: "POST", Path: "/out", May: free, Do: func(v *web.Visit) error {
			if err := v.SignOut(); err != nil {
				return err
			}
			return v.GoTo("/webtest")
		}},
	}
}

// What must come before an answer is waited for when the handler is ready, and nothing goes out until it has succeeded.
func TestNothingGoesOutBeforeWhatMustComeFirst(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		var order []string
		handled := make(chan struct{})
		door := func(path string, fn func() error) web.Route {
			return web.Route{Name: "t" + strings.ReplaceAll(path, "/", "."), Method: "GET", Path: path, May: free, Do: func(v *web.Visit) error {
				v.Before(fn)
				defer close(handled)
				order = append(order, "handled")
				return v.Text(200, "canary-answer")
			}}
		}
		h := webtest.New(t, d, nil,
			door("/late", func() error { <-handled; order = append(order, "kept"); return nil }),
			door("/fails", func() error { <-handled; return fault.New(fault.Unavailable, "") }),
			door("/breaks", func() error { <-handled; panic("canary-panic") }),
			web.Route{Name: "t.twice", Method: "GET", Path: "/twice", May: free, Do: func(v *web.Visit) error {
				v.Before(func() error { return errors.New("no") })
				for range 2 {
					if v.Settled() == nil {
						t.Error("whoever waits, once or again, does not hear that it failed")
					}
				}
				return v.Text(200, "canary-answer")
			}})
		for _, c := range []struct {
			path string
			code int
		}{{"/late", 200}, {"/fails", 503}, {"/breaks", 500}, {"/twice", 500}} {
			handled, order = make(chan struct{}), nil
			a := h.Guest().Get(c.path)
			if a.Code != c.code || strings.Contains(a.Body, "canary") != (c.code == 200) {
				t.Errorf("%s answers %d %q", c.path, a.Code, a.Body)
			}
			if c.path == "/late" && strings.Join(order, " ") != "handled kept" {
				t.Errorf("the order is %q", order)
			}
		}
	})
}

func count(t *testing.T, d *db.DB) int {
	t.Helper()
	n, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM t_thing`))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAFormSentTwiceWritesOnce(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := webtest.New(t, d, nil, routes()...)
		v := h.As(ria())
		form := webtest.Form(web.OnceField, "one-and-the-same-key")
		var wg sync.WaitGroup
		to := make([]string, 8)
		for i := range to {
			wg.Go(func() { to[i] = v.Post("/save", form).To })
		}
		wg.Wait()
		for _, x := range to {
			if x == "" || x != to[0] {
				t.Errorf("answers differ: %v", to)
				break
			}
		}
		if n := count(t, d); n != 1 {
			t.Errorf("%d things", n)
		}
		if a := v.Post("/save", nil); a.Code != 303 || a.To == to[0] {
			t.Errorf("another key: %d %s", a.Code, a.To)
		}
		other := ria()
		other.ID = "u-jan"
		if a := h.As(other).Post("/save", form); a.To == to[0] {
			t.Error("another person's key answered with this person's address")
		}
		if a := v.Post("/save", webtest.Form(web.OnceField, "short")); a.Code != 409 {
			t.Errorf("no key: %d", a.Code)
		}
	})
}

func TestForbiddenIsAbsent(t *testing.T) {
	h := webtest.New(t, dbtest.SQLite(t, lines), nil, routes()...)
	v := h.As(ria())
	absent := v.Get("/nothing-here")
	for _, p := range []string{"/lead", "/mijn", "/thing/x", "/thing/y", "/save"} {
		a := v.Get(p)
		if p == "/save" { // only POST is there
			if a.Code != 404 && a.Code != 405 {
				t.Errorf("%s: %d", p, a.Code)
			}
			continue
		}
		if a.Code != absent.Code || a.Body != absent.Body || fmt.Sprint(a.Header) != fmt.Sprint(absent.Header) {
			t.Errorf("%s can be told from a page that is not there:\n%d %v\n%d %v", p, a.Code, a.Header, absent.Code, absent.Header)
		}
	}
}

func TestAGuestIsSentToTheRightDoorAndBack(t *testing.T) {
	h := webtest.New(t, dbtest.SQLite(t, lines), nil, routes()...)
	a := h.Guest().Get("/page?x=1")
	if a.Code != 303 || a.To != "/webtest?verder="+url.QueryEscape("/page?x=1") {
		t.Errorf("%d %s", a.Code, a.To)
	}
	if a := h.Guest().Post("/save", nil); a.Code != 401 {
		t.Errorf("a guest's form: %d", a.Code)
	}
}

func TestAVisitorNeverSeesACause(t *testing.T) {
	h := webtest.New(t, dbtest.SQLite(t, lines), nil, routes()...)
	for _, p := range []string{"/panic", "/broken", "/half"} {
		a := h.Guest().Get(p)
		if a.Code != 500 || strings.Contains(a.Body, "canary") {
			t.Errorf("%s: %d %s", p, a.Code, a.Body)
		}
	}
}

func TestNobodyIsSentAway(t *testing.T) {
	h := webtest.New(t, dbtest.SQLite(t, lines), nil, routes()...)
	for _, to := range []string{"https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""} {
		if a := h.Guest().Get("/away?to=" + url.QueryEscape(to)); a.Code == 303 {
			t.Errorf("%q: sent to %q", to, a.To)
		}
	}
	if a := h.Guest().Get("/away?to=/page"); a.To != "/page" {
		t.Errorf("an own address: %d", a.Code)
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	h := webtest.New(t, d, nil, routes()...)
	v := h.As(ria())
	for name, head := range map[string]map[string]string{
		"another origin":    {"Origin": "https://evil.example"},
		"cross site":        {"Sec-Fetch-Site": "cross-site", "Origin": h.Server.URL},
		"same site":         {"Sec-Fetch-Site": "same-site"},
		"no word about it":  {},
		"an origin of null": {"Origin": "null"},
	} {
		r, _ := http.NewRequest("POST", h.Server.URL+"/save", strings.NewReader(web.OnceField+"=0123456789abcdef"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for k, x := range head {
			r.Header.Set(k, x)
		}
		if a := v.Send(r); a.Code != 403 {
			t.Errorf("%s: %d", name, a.Code)
		}
	}
	if n := count(t, d); n != 0 {
		t.Errorf("%d things were written", n)
	}
}

func TestSessionsRestEndAndAreNeverFixed(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := webtest.New(t, d, nil, routes()...)
		clk := d.Clock().(*clock.Manual)
		v := h.As(ria())
		for range 3 { // used, it lives on
			clk.Advance(web.IdleStaff - time.Second)
			if a := v.Get("/page"); a.Code != 200 {
				t.Fatalf("in use: %d", a.Code)
			}
		}
		clk.Advance(web.IdleStaff + time.Second)
		if a := v.Get("/page"); a.Code != 303 {
			t.Errorf("after a rest: %d", a.Code)
		}
		v = h.As(ria())
		renew := func() int {
			r, _ := http.NewRequest("GET", h.Server.URL+"/page", nil)
			r.Header.Set(web.UnattendedHeader, "1")
			return v.Send(r).Code
		}
		clk.Advance(web.IdleStaff - time.Second)
		if code := renew(); code != 200 {
			t.Errorf("a page that renews itself: %d", code)
		}
		clk.Advance(2 * time.Second)
		if code := renew(); code != 303 {
			t.Errorf("a page that renewed itself kept the session alive: %d", code)
		}
		v = h.As(ria())
		second := h.As(ria())
		ses, err := web.Sessions(t.Context(), d, access.Staff, "u-ria", d.Now())
		if err != nil || len(ses) != 2 {
			t.Fatalf("%d sessions, %v", len(ses), err)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return web.EndSession(t.Context(), tx, access.Staff, "u-jan", ses[0].ID) }); err != nil {
			t.Fatal(err)
		}
		if a := second.Get("/page"); a.Code != 200 {
			t.Errorf("another person ended it: %d", a.Code)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return web.EndSessions(t.Context(), tx, access.Staff, "u-ria", ses[1].ID) }); err != nil {
			t.Fatal(err)
		}
		codes := []int{v.Get("/page").Code, second.Get("/page").Code}
		if codes[0]+codes[1] != 200+303 {
			t.Errorf("after ending all but one: %v", codes)
		}
		if a := v.Post("/out", nil); a.Header.Get("Clear-Site-Data") != `"storage"` {
			t.Errorf("signing out leaves storage: %v", a.Header)
		}
		old := h.As(ria())
		if a := old.Get("/page"); !strings.Contains(a.Body, "u-ria") {
			t.Fatal(a.Body)
		}
		jan := ria()
		jan.ID = "u-jan"
		h.Set(jan)
		old.Post("/webtest/u-jan", nil) // signing in over an old session ends the old one
		left, err := web.Sessions(t.Context(), d, access.Staff, "u-ria", d.Now())
		if err != nil {
			t.Fatal(err)
		}
		if len(left) > 1 {
			t.Errorf("%d old sessions live on", len(left))
		}
	})
}

func TestARoleThatWasTakenAwayIsGoneAtTheNextRequest(t *testing.T) {
	h := webtest.New(t, dbtest.SQLite(t, lines), nil, routes()...)
	a := ria()
	a.Posts = append(a.Posts, access.Post{Role: access.Lead, Scope: access.Scope{Kind: access.Team, ID: "t"}})
	v := h.As(a)
	if x := v.Get("/lead"); x.Code != 200 {
		t.Fatal(x.Code)
	}
	h.Set(ria())
	if x := v.Get("/lead"); x.Code != 404 {
		t.Errorf("still %d", x.Code)
	}
}

func TestHeadersThatProtect(t *testing.T) {
	h := webtest.New(t, dbtest.SQLite(t, lines), nil, routes()...)
	a := h.As(ria()).Get("/page")
	if a.Header.Get("Cache-Control") != "no-store" || !strings.Contains(a.Header.Get("Content-Security-Policy"), "default-src 'none'") ||
		strings.Contains(a.Header.Get("Content-Security-Policy"), "unsafe") || a.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%v", a.Header)
	}
}

func TestRoutesMustBeWhole(t *testing.T) {
	ok := func(*web.Visit) error { return nil }
	for name, rs := range map[string][]web.Route{
		"no rule":  {{Name: "a", Method: "GET", Path: "/a", Do: ok}},
		"no name":  {{Method: "GET", Path: "/a", May: free, Do: ok}},
		"twice":    {{Name: "a", Method: "GET", Path: "/a", May: free, Do: ok}, {Name: "a", Method: "GET", Path: "/b", May: free, Do: ok}},
		"verb":     {{Name: "a", Method: "DELETE", Path: "/a", May: free, Do: ok}},
		"relative": {{Name: "a", Method: "GET", Path: "a", May: free, Do: ok}},
	} {
		if err := new(web.Site).Open(rs, nil); err == nil {
			t.Errorf("%s: it opened", name)
		}
	}
}

func TestAFormThatCameTooLateWaitsForItsSender(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		vault, err := privacy.Open(t.Context(), dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
		if err != nil {
			t.Fatal(err)
		}
		h := webtest.New(t, d, nil, routes()...)
		h.Site.ResumeRoute, h.Site.Forms = "t.kept", vault.House("web-form")
		clk := d.Clock().(*clock.Manual)
		late := func(v *webtest.Visitor, path, accept, note string) webtest.Answer {
			r, err := http.NewRequest("POST", h.Server.URL+path, strings.NewReader(webtest.Form("note", note, web.OnceField, "the-key-of-this-form").Encode()))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Origin", h.Server.URL)
			r.Header.Set("Referer", h.Server.URL+"/page?x=1")
			r.Header.Set("Accept", accept)
			return v.Send(r)
		}
		const page = "text/html,application/xhtml+xml"
		v := h.As(ria())
		clk.Advance(16 * time.Minute)
		if a := late(v, "/save", "*/*", "canary-script"); a.Code != 401 {
			t.Errorf("a script is sent away from its form: %d", a.Code)
		}
		if a := late(v, "/secret", page, "canary-secret"); a.Code != 303 || a.To != "/webtest?verder=%2Fpage%3Fx%3D1" {
			t.Errorf("a form with a secret: %d %s", a.Code, a.To)
		}
		if a := late(h.Guest(), "/save", page, "canary-guest"); a.To != "/webtest?verder=%2Fpage%3Fx%3D1" {
			t.Errorf("somebody who never was signed in: %s", a.To)
		}
		a := late(v, "/save", page, "canary-kept")
		to, err := url.Parse(a.To)
		if err != nil || a.Code != 303 || !strings.HasPrefix(to.Query().Get("verder"), "/kept/f-") {
			t.Fatalf("%d %s %v", a.Code, a.To, err)
		}
		back := to.Query().Get("verder")
		if n := count(t, d); n != 0 {
			t.Errorf("%d things were written by a guest", n)
		}
		bodies, err := db.Many[[]byte](t.Context(), d, db.F(`SELECT body FROM web_kept`))
		if err != nil || len(bodies) != 1 || strings.Contains(string(bodies[0]), "canary") {
			t.Errorf("%d kept, %v: %.60q", len(bodies), err, bodies)
		}
		jan := ria()
		jan.ID = "u-jan"
		if got, none := h.As(jan).Get(back), h.As(jan).Get("/kept/f-nothing"); got.Code != 404 || got.Body != none.Body {
			t.Errorf("a colleague reads it: %d %s", got.Code, got.Body)
		}
		v = h.As(ria())
		if got := v.Get(back); got.Code != 200 || got.Body != "/save /page?x=1 _once=the-key-of-this-form&note=canary-kept" {
			t.Errorf("%d %s", got.Code, got.Body)
		}
		clk.Advance(12*time.Hour + time.Minute)
		if got := h.As(ria()).Get(back); got.Code != 404 {
			t.Errorf("after half a day: %d", got.Code)
		}
		web.RunJobs(t.Context(), d, slog.New(slog.DiscardHandler), []web.Job{web.Sweep(d)})
		if n, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM web_kept`)); err != nil || n != 0 {
			t.Errorf("%d are kept for ever (%v)", n, err)
		}
	})
}

// What is read before it is known who sends it could be sent by anybody, at no cost.
func TestAStrangerCannotMakeTheProgramHoldALargeForm(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	h := webtest.New(t, d, nil, routes()...)
	large := webtest.Form("x", strings.Repeat("a", 3<<20))
	if a := h.As(ria()).Post("/big", large); a.Code != 200 || a.Body != fmt.Sprint(3<<20) {
		t.Errorf("a colleague: %d %.200s", a.Code, a.Body)
	}
	for size, form := range map[string]url.Values{"large": large, "small": webtest.Form("x", "a")} {
		if a := h.Guest().Post("/big", form); a.Code != 401 {
			t.Errorf("a stranger with a %s form: %d", size, a.Code)
		}
	}
	ahead := webtest.New(t, dbtest.SQLite(t, lines), nil, append(routes(), web.Route{Name: "t.ahead", Method: "POST", Path: "/ahead", May: access.Rule{Action: "t.ahead", Need: access.Free}, Body: 4 << 20,
		Ahead: func(v *web.Visit) error {
			if v.R.PostForm != nil || v.R.MultipartForm != nil {
				t.Error("the form was read before anybody looked ahead")
			}
			if v.R.URL.Query().Get("ticket") == "" {
				return fault.New(fault.TooMany, "")
			}
			return nil
		}, Do: func(v *web.Visit) error { return v.Text(200, fmt.Sprint(len(v.Value("x")))) }})...)
	if a := ahead.Guest().Post("/ahead", webtest.Form("x", strings.Repeat("a", 1<<10))); a.Code != 429 {
		t.Errorf("a stranger without a ticket: %d", a.Code)
	}
	if a := ahead.Guest().Post("/ahead?ticket=1", large); a.Code != 200 || a.Body != fmt.Sprint(3<<20) {
		t.Errorf("a stranger with a ticket: %d %.100s", a.Code, a.Body)
	}
	if a := h.As(ria()).Post("/big", webtest.Form("x", strings.Repeat("a", 9<<20))); a.Code != 422 {
		t.Errorf("larger than the route allows: %d", a.Code)
	}
}

func TestAStoreRemembersOnlyWhileAPageIsRead(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		n := 0
		twice := func(v *web.Visit) error {
			for range 2 {
				if _, err := web.OnPage(v.Ctx(), "t.n", func() (int, error) { n++; return n, nil }); err != nil {
					return err
				}
			}
			return v.Text(200, fmt.Sprint(n))
		}
		h := webtest.New(t, d, nil, web.Route{Name: "t.read", Method: "GET", Path: "/read", May: staffOnly, Do: twice},
			web.Route{Name: "t.write", Method: "POST", Path: "/write", May: staffOnly, Do: twice})
		v := h.As(ria())
		if a := v.Get("/read"); a.Body != "1" {
			t.Errorf("a page reads once: %s", a.Body)
		}
		if a := v.Get("/read"); a.Body != "2" {
			t.Errorf("the next page reads again: %s", a.Body)
		}
		if a := v.Post("/write", nil); a.Body != "4" {
			t.Errorf("who writes reads each time: %s", a.Body)
		}
		if _, err := web.OnPage(t.Context(), "t.n", func() (int, error) { n++; return n, nil }); err != nil || n != 5 {
			t.Errorf("without a visit it reads: %d, %v", n, err)
		}
	})
}
