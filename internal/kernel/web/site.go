package web

// This file holds Site: the way of a request from the socket to a handler, and of a fault to a page.

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"
	"github.com/klauspost/compress/gzip"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
)

// Schema is the migration line of the kernel's own tables.
//
//go:embed schema/*.sql
var Schema embed.FS

// Texts are the words of the kernel's own faults.
//
//go:embed text/*.json
var Texts embed.FS

// Site is the running house.
type Site struct {
	DB     *db.DB
	Clock  clock.Clock
	Texts  *lang.Catalogue
	Log    *slog.Logger
	Secure bool // cookies over TLS only; off only for a demo on a loopback address
	Proxy  bool // the last address of X-Forwarded-For is the visitor's

	// Load says who a complete session belongs to, at every request: a role taken away is gone at the next one.
	Load func(ctx context.Context, s Session, now time.Time) (access.Actor, error)
	// Frame puts what every page of this visitor needs into the context.
	Frame func(v *Visit) error
	// Fault makes the page of a fault.
	Fault func(v *Visit, f *fault.Fault) templ.Component
	// SignInRoute and ClientSignInRoute are where a guest is sent from a page that asks for a sign-in.
	SignInRoute, ClientSignInRoute string
	// ResumeRoute and its like show a form that came too late, to each sort of visitor; without it, and without Forms, none is kept.
	ResumeRoute, ClientResumeRoute, OutsideResumeRoute string
	// Forms seals what is kept of such forms.
	Forms privacy.Key

	table   *table
	mux     *http.ServeMux
	cross   *http.CrossOriginProtection
	waiting atomic.Int64 // requests that have no answer yet
}

// Busy says whether somebody waits for an answer on this node.
func (s *Site) Busy() bool { return s.waiting.Load() > 0 }

const csp = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Open hangs the doors. Raw handlers, such as static files, need no session.
func (s *Site) Open(routes []Route, raw map[string]http.Handler) error {
	t, err := newTable(routes)
	if err != nil {
		return err
	}
	s.table, s.mux, s.cross = t, http.NewServeMux(), http.NewCrossOriginProtection()
	for p, h := range raw {
		s.mux.Handle(p, h)
	}
	for _, r := range routes {
		s.mux.Handle(r.Method+" "+r.Path, s.door(r))
	}
	s.mux.Handle("/", s.door(Route{Name: "nowhere", Method: http.MethodGet, Path: "/", May: access.Rule{Action: "nowhere"},
		Do: func(*Visit) error { return fault.Gone() }}))
	return nil
}

// Routes are all doors in the order of the table of contents; tests walk them.
func (s *Site) Routes() []Route { return s.table.order }

// URL makes the address of a named route outside a visit.
func (s *Site) URL(name string, args ...string) string { return s.table.url(name, args...) }

func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.waiting.Add(1)
	defer s.waiting.Add(-1)
	defer s.answered(r)
	h := w.Header()
	h.Set("Content-Security-Policy", csp)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "geolocation=(), camera=(), microphone=(self), payment=()")
	if s.Secure {
		h.Set("Strict-Transport-Security", "max-age=63072000")
	}
	s.mux.ServeHTTP(w, r)
}

// door wraps one route: it finds out who asks, whether they may, and turns whatever goes wrong into a page.
func (s *Site) door(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &Visit{R: r, Now: s.Clock.Now(), Route: route, site: s, extra: http.Header{}, Actor: access.Actor{Kind: access.Guest}}
		w.Header().Set("Cache-Control", "no-store")
		limit := route.Body
		if limit == 0 {
			limit = bodyMost
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		ctx, end := db.Since(r.Context(), since(r, v.Now)), func() {}
		if route.Method == http.MethodGet {
			ctx, end = s.DB.Reading(ctx)
		}
		defer end()
		v.SetCtx(lang.With(ctx, "nl", s.Texts))
		err := s.enter(v)
		if err == nil {
			err = caught(func() error { return route.Do(v) })
		}
		if late := v.Settled(); err == nil {
			err = late
		}
		end()
		if err == nil && !v.answer.set {
			err = fmt.Errorf("web: the handler of %s gave no answer", route.Name)
		}
		if v.extra.Get("Cache-Control") != "" {
			w.Header().Del("Cache-Control")
		}
		if err != nil {
			s.fail(w, v, err)
			return
		}
		v.write(w)
	})
}

// caught calls fn; a panic becomes an internal fault and never a dead process or a half page.
func caught(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return fn()
}

func (s *Site) enter(v *Visit) error {
	if v.R.Method == http.MethodPost {
		if err := s.sameOrigin(v.R); err != nil {
			return err
		}
	}
	if token := v.Cookie(sessionCookie); token != "" {
		ses, err := s.find(v.ctx, token, v.Now, v.R.Header.Get(UnattendedHeader) == "")
		if err != nil {
			return err
		}
		v.Session = ses
		if ses.ID != "" && ses.Stage == "" {
			a, err := s.Load(v.ctx, ses, v.Now)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			if err == nil {
				v.Actor = a
				v.Actor.Session = ses.ID
			}
		}
	}
	s.speak(v)
	if v.R.Method == http.MethodPost {
		if v.Route.Ahead != nil {
			if err := v.Route.Ahead(v); err != nil {
				return err
			}
		}
		if err := v.readForm(); err != nil {
			return err
		}
	}
	if s.Frame != nil {
		if err := s.Frame(v); err != nil {
			return err
		}
	}
	return s.may(v)
}

// bodyMost is the largest form of a route that does not say otherwise.
const bodyMost = 1 << 20

// readForm reads the form. The whole of it stays in memory, as large as the route allows: what people hand in never
// touches the disk unsealed. Nobody who is not signed in makes the program hold more than an ordinary form,
// unless the route looked ahead at what they have to show.
func (v *Visit) readForm() error {
	stranger := v.Actor.Kind == access.Guest && v.Route.May.Need != access.Free
	if stranger {
		v.R.Body = http.MaxBytesReader(nil, v.R.Body, bodyMost)
	}
	err := v.R.ParseForm() // the second would hide what is wrong with a plain form
	if err == nil {
		err = v.R.ParseMultipartForm(max(8<<20, v.Route.Body))
	}
	if err == nil || errors.Is(err, http.ErrNotMultipart) {
		return nil
	}
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big) && stranger:
		return fault.New(fault.SignIn, "")
	case errors.As(err, &big):
		return fault.New(fault.Invalid, "web.body.big")
	}
	return &fault.Fault{Kind: fault.Invalid, Key: "web.form.broken", Cause: err}
}

// may decides at the door. Whoever may not know a page gets the answer of a page that does not exist.
func (s *Site) may(v *Visit) error {
	rule, a := v.Route.May, v.Actor
	if rule.Need != access.Free && a.Kind == access.Guest {
		return fault.New(fault.SignIn, "")
	}
	if rule.Allows(a) {
		// A browser that fetches ahead would write a look that never happened into the access log.
		if rule.Need == access.ByFile && strings.Contains(v.R.Header.Get("Sec-Purpose"), "prefetch") {
			return fault.New(fault.TooMany, "")
		}
		return nil
	}
	return fault.Gone()
}

// speak chooses the language: asked for now, chosen before, of the account, of the browser, Dutch.
func (s *Site) speak(v *Visit) {
	tag := ""
	if asked := v.R.URL.Query().Get("taal"); asked != "" {
		if l, ok := lang.Lookup(asked); ok {
			tag = l.Tag
			v.SetCookie("taal", tag, 365*24*time.Hour)
		}
	}
	for _, c := range []string{v.Cookie("taal"), v.Actor.Lang, v.R.Header.Get("Accept-Language")} {
		if tag != "" {
			break
		}
		for part := range strings.SplitSeq(c, ",") {
			wanted, _, _ := strings.Cut(strings.TrimSpace(part), ";")
			if l, ok := lang.Like(wanted); ok {
				tag = l.Tag
				break
			}
		}
	}
	if tag == "" {
		tag = "nl"
	}
	if v.Actor.Kind == access.Guest || v.Actor.Kind == access.IsSelf {
		v.SetCtx(lang.Page(v.ctx, tag, v.Cookie(CalendarCookie), s.Texts))
		if v.R.Method == http.MethodGet {
			lang.At(v.ctx, v.Route.Name)
		}
		return
	}
	v.SetCtx(lang.With(v.ctx, tag, s.Texts))
}

// CalendarCookie remembers the calendar somebody counts their days in, when it is not that of their language.
const CalendarCookie = "kalender"

// sameOrigin refuses a form that another site sent. A browser always says where a POST comes from; one that does not
// say it cannot be told from a forger, so it is refused too.
func (s *Site) sameOrigin(r *http.Request) error {
	if err := s.cross.Check(r); err != nil {
		return &fault.Fault{Kind: fault.Denied, Key: "web.origin", Cause: err}
	}
	if r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == "" {
		return fault.New(fault.Denied, "web.origin")
	}
	return nil
}

var codes = map[fault.Kind]int{
	fault.Internal: 500, fault.NotFound: 404, fault.Denied: 403, fault.SignIn: 401, fault.Invalid: 422,
	fault.Conflict: 409, fault.Unsure: 503, fault.TooMany: 429, fault.Unavailable: 503,
}

// fail is the one place where a fault becomes an answer. The cause goes to the log, never to the visitor.
func (s *Site) fail(w http.ResponseWriter, v *Visit, err error) {
	f := fault.As(err)
	if f.Kind == fault.SignIn && asksForAPage(v.R) {
		to, kerr := s.toSignIn(v)
		if kerr == nil {
			for k, vs := range v.extra {
				w.Header()[k] = vs
			}
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusSeeOther)
			return
		}
		f, err = fault.As(kerr), kerr // what was typed could not be kept: that must be said
	}
	switch f.Kind {
	case fault.Internal, fault.Unsure, fault.Unavailable:
		s.Log.Error("request failed", "route", v.Route.Name, "kind", f.Kind.String(), "err", err)
	default:
		s.Log.Info("request refused", "route", v.Route.Name, "kind", f.Kind.String())
	}
	code := codes[f.Kind]
	if f.Kind == fault.TooMany {
		w.Header().Set("Retry-After", "60")
	}
	v.extra.Del("Clear-Site-Data")
	v.Route = Route{Name: "fault"} // the page of a fault must not betray which door was tried
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	if rerr := s.page(v, f, b); rerr != nil {
		s.Log.Error("the page of a fault failed", "err", rerr)
		http.Error(w, "Er ging iets mis. Probeer het later nog eens.", code)
		return
	}
	for _, c := range v.extra["Set-Cookie"] {
		w.Header().Add("Set-Cookie", c)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	send(w, v, code, b.Bytes())
	buffers.Put(b)
}

func (s *Site) page(v *Visit, f *fault.Fault, b *bytes.Buffer) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	if err := s.Fault(v, f).Render(v.ctx, b); err != nil {
		return err
	}
	lang.Settle(v.ctx, b)
	return nil
}

// A page is packed by a library that needs half the time of the standard one. What a refugee reads over a poor line is packed
// tighter than what a colleague reads: a twelfth less, for twice the work and more memory that is gone through.
var loose, tight = newPackers(1), newPackers(5)

// packers are a few that are ready. They are kept for good: a pool would be emptied many times a second, with every collection of
// garbage, and a packer is most of a megabyte to make.
type packers struct {
	level int
	ready chan *gzip.Writer
}

func newPackers(level int) packers {
	return packers{level, make(chan *gzip.Writer, runtime.GOMAXPROCS(0))}
}

func (p packers) pack(w io.Writer, body []byte) {
	var z *gzip.Writer
	select {
	case z = <-p.ready:
		z.Reset(w)
	default:
		z, _ = gzip.NewWriterLevel(w, p.level) // the level is a valid one
	}
	_, _ = z.Write(body) // a visitor who went away is not our fault
	_ = z.Close()
	select {
	case p.ready <- z:
	default:
	}
}

// send writes a body, packed when the browser takes it and it is worth it.
func send(w http.ResponseWriter, v *Visit, code int, body []byte) {
	if len(body) > 1200 && strings.Contains(v.R.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Add("Vary", "Accept-Encoding")
		w.WriteHeader(code)
		p := tight
		if v.Actor.Kind == access.Staff {
			p = loose
		}
		p.pack(w, body)
		return
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	_, _ = w.Write(body)
}

func (s *Site) cookie(name string) string {
	if s.Secure {
		return "__Host-" + name
	}
	return name
}

func (s *Site) address(r *http.Request) string {
	if s.Proxy {
		if f := r.Header.Get("X-Forwarded-For"); f != "" {
			parts := strings.Split(f, ",")
			return strings.TrimSpace(parts[len(parts)-1])
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
