package web

// This file holds Visit: one request, who asks, and the ways to answer.

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
)

// Visit is one request on its way through the house.
type Visit struct {
	R       *http.Request
	Actor   access.Actor
	Session Session // the zero Session when nobody is signed in
	Now     time.Time
	Route   Route

	site   *Site
	ctx    context.Context
	answer answer
	extra  http.Header
	memo   map[string]any
	before []func() error
}

// answer is what will be written after the handler has returned without an error.
type answer struct {
	code int
	kind string
	body *bytes.Buffer
	to   string
	name string
	set  bool

	sound bool // a player may ask for a part of it
}

type visitKey struct{}

// From finds the visit of a context; templates use it to make addresses. A context without a visit is a programming
// error.
func From(ctx context.Context) *Visit {
	v, ok := ctx.Value(visitKey{}).(*Visit)
	if !ok {
		panic("web: this context belongs to no visit")
	}
	return v
}

// Ctx is the context of the request, with the language and the frame of the page in it.
func (v *Visit) Ctx() context.Context { return v.ctx }

// SetCtx replaces the context, for the app's frame and for a page in another language.
func (v *Visit) SetCtx(ctx context.Context) { v.ctx = context.WithValue(ctx, visitKey{}, v) }

// Memo reads something once for a whole page, whichever of its parts ask for it first. The key begins with the name of
// the room that asks. A fault is not remembered.
func Memo[T any](v *Visit, key string, read func() (T, error)) (T, error) {
	if x, ok := v.memo[key].(T); ok {
		return x, nil
	}
	x, err := read()
	if err == nil {
		if v.memo == nil {
			v.memo = map[string]any{}
		}
		v.memo[key] = x
	}
	return x, err
}

// OnPage is Memo for a store, which knows no visit: while a page is only read it remembers, and elsewhere it reads each time.
func OnPage[T any](ctx context.Context, key string, read func() (T, error)) (T, error) {
	if v, ok := ctx.Value(visitKey{}).(*Visit); ok && v.R.Method == http.MethodGet {
		return Memo(v, key, read)
	}
	return read()
}

// Param is a part of the path.
func (v *Visit) Param(name string) string { return v.R.PathValue(name) }

// Value is a form or query field without the spaces around it. Names beginning with _ belong to the kernel.
func (v *Visit) Value(name string) string { return strings.TrimSpace(v.R.FormValue(name)) }

// Day is a day that ui.DayField asked for: as we write it, where the form said it at all, and as it was told in another
// calendar. A faulty day of another calendar changes nothing of what was typed; clock.Other says the fault.
func (v *Visit) Day(name string) (string, clock.Other) {
	o := clock.Other{Calendar: v.Value(name + "_calendar"), Day: v.Value(name + "_day"), Month: v.Value(name + "_month"), Year: v.Value(name + "_year")}
	text, _ := o.Beside(v.Value(name))
	return text, o
}

// Number is a field that the page itself filled with a number, such as the version that a form was made from. What is no number is
// none that exists.
func (v *Visit) Number(name string) int64 {
	n, _ := strconv.ParseInt(v.Value(name), 10, 64)
	return n
}

// Values are all values of a field that may be given more than once.
func (v *Visit) Values(name string) []string {
	_ = v.R.FormValue(name) // parses the form on first use
	return v.R.Form[name]
}

// Has says whether a field was sent at all.
func (v *Visit) Has(name string) bool {
	_ = v.R.FormValue(name)
	_, ok := v.R.Form[name]
	return ok
}

// Fields is the whole form without the kernel's own fields, for drafts.
func (v *Visit) Fields() url.Values {
	_ = v.R.FormValue("_")
	out := url.Values{}
	for k, vs := range v.R.PostForm {
		if !strings.HasPrefix(k, "_") {
			out[k] = vs
		}
	}
	return out
}

// File is an uploaded file of a multipart form. The caller closes it.
func (v *Visit) File(field string) (name string, f io.ReadSeekCloser, size int64, err error) {
	file, head, err := v.R.FormFile(field)
	if err != nil {
		return "", nil, 0, fault.Fields{{Name: field, Key: "web.file.missing"}}.Err()
	}
	return head.Filename, file, head.Size, nil
}

// Address is where the request came from, for rate limits; never stored beside a person.
func (v *Visit) Address() string { return v.site.address(v.R) }

// URL makes the address of a named route.
func (v *Visit) URL(name string, args ...string) string { return v.site.table.url(name, args...) }

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Page answers 200 with a page.
func (v *Visit) Page(c templ.Component) error { return v.Status(http.StatusOK, c) }

// Invalid answers 422 with the same page again: what was typed, and every fault at its field.
func (v *Visit) Invalid(c templ.Component) error { return v.Status(http.StatusUnprocessableEntity, c) }

// Status answers with a page and a code of its own.
func (v *Visit) Status(code int, c templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	if err := c.Render(v.ctx, b); err != nil {
		return fmt.Errorf("render %s: %w", v.Route.Name, err)
	}
	lang.Settle(v.ctx, b)
	v.answer = answer{code: code, kind: "text/html; charset=utf-8", body: b, set: true}
	return nil
}

// Go answers 303 to a named route.
func (v *Visit) Go(route string, args ...string) error { return v.GoTo(v.URL(route, args...)) }

// GoTo answers 303 to an address of this house; anything else is refused, so that no form can send a visitor away.
func (v *Visit) GoTo(to string) error {
	if !Local(to) {
		return fmt.Errorf("web: %q is not an address of this house", to)
	}
	v.answer = answer{code: http.StatusSeeOther, to: to, set: true}
	return nil
}

// Local says whether an address stays in this house: a path, no host, no scheme, no backslash trick.
func Local(to string) bool {
	return strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") && !strings.ContainsAny(to, "\\\r\n\t")
}

// Text answers with a short plain text, for the draft saver's status line.
func (v *Visit) Text(code int, s string) error {
	v.answer = answer{code: code, kind: "text/plain; charset=utf-8", body: bytes.NewBufferString(s), set: true}
	return nil
}

// JSON answers with a value as JSON.
func (v *Visit) JSON(x any) error {
	b, err := json.Marshal(x)
	if err != nil {
		return fmt.Errorf("web: answer as JSON: %w", err)
	}
	v.answer = answer{code: http.StatusOK, kind: "application/json", body: bytes.NewBuffer(b), set: true}
	return nil
}

// Download answers with a file that the browser saves and never shows inside the page's origin.
func (v *Visit) Download(name, kind string, r io.Reader) error {
	b := new(bytes.Buffer)
	if _, err := io.Copy(b, r); err != nil {
		return fmt.Errorf("web: read the file %s: %w", name, err)
	}
	v.answer = answer{code: http.StatusOK, kind: kind, body: b, name: name, set: true}
	return nil
}

// Sound answers with a recording that plays on the page. A player asks for parts of it; without them some telephones play
// nothing.
func (v *Visit) Sound(kind string, b []byte) error {
	if !strings.HasPrefix(kind, "audio/") {
		return fmt.Errorf("web: %q is no sound", kind)
	}
	v.answer = answer{code: http.StatusOK, kind: kind, body: bytes.NewBuffer(b), set: true, sound: true}
	return nil
}

// Static answers with bytes that may be cached for ever because their address changes with them.
func (v *Visit) Static(kind string, b []byte) error {
	v.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	v.answer = answer{code: http.StatusOK, kind: kind, body: bytes.NewBuffer(bytes.Clone(b)), set: true, sound: strings.HasPrefix(kind, "audio/")}
	return nil
}

// Header are extra headers of the answer.
func (v *Visit) Header() http.Header { return v.extra }

// SetCookie adds a cookie to the answer, made safe: this host only, no script, and over TLS outside a demo.
func (v *Visit) SetCookie(name, value string, age time.Duration) {
	c := &http.Cookie{Name: v.site.cookie(name), Value: value, Path: "/", HttpOnly: true, Secure: v.site.Secure, SameSite: http.SameSiteLaxMode}
	if value == "" {
		c.MaxAge = -1
	} else if age > 0 {
		c.MaxAge = int(age.Seconds())
	}
	v.extra.Add("Set-Cookie", c.String())
}

// Cookie reads a cookie that SetCookie wrote; empty when there is none.
func (v *Visit) Cookie(name string) string {
	c, err := v.R.Cookie(v.site.cookie(name))
	if err != nil {
		return ""
	}
	return c.Value
}

// Once is the idempotency key of the forms on this page: one page, one key for each form that asks.
func Once(ctx context.Context) string {
	_ = From(ctx)
	return random(18)
}

// random makes n random bytes as text for an address or a field.
func random(n int) string {
	b := make([]byte, n)
	if _, err := rand.Read(b); err != nil {
		panic("web: the machine gives no random bytes: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// Before keeps the wait for what has begun and must have succeeded before the first byte of the answer goes out; when it fails,
// its fault goes out instead. A commit waits for the disk, and the handler can read meanwhile.
func (v *Visit) Before(wait func() error) {
	v.before = append(v.before, sync.OnceValue(func() error { return caught(wait) }))
}

// Settled waits for all that was given to Before, and tells what failed. The site does it before every answer; a handler that
// reads what was written there does it first.
func (v *Visit) Settled() error {
	v.site.DB.Pause(v.ctx) // others can read while this one waits
	var first error
	for _, wait := range v.before {
		first = cmp.Or(first, wait())
	}
	return first
}

// write sends the answer; it is the only place that touches the ResponseWriter after a handler.
func (v *Visit) write(w http.ResponseWriter) {
	h := w.Header()
	for k, vs := range v.extra {
		h[k] = append(h[k], vs...)
	}
	a := v.answer
	if a.to != "" {
		h.Set("Location", a.to)
		w.WriteHeader(a.code)
		return
	}
	h.Set("Content-Type", a.kind)
	if a.name != "" {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.name}))
		h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	}
	if a.sound {
		h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
		http.ServeContent(w, v.R, "", time.Time{}, bytes.NewReader(a.body.Bytes()))
		return
	}
	send(w, v, a.code, a.body.Bytes())
	if a.kind == "text/html; charset=utf-8" && a.body.Cap() < 1<<18 {
		buffers.Put(a.body)
	}
}
