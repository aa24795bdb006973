package browsertest

// This file is a visitor: a window with cookies of its own, and what a person does in it.

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Options say what window a visitor has. The zero Options is a desk with scripts, by light, in Dutch.
type Options struct {
	Width, Height int    // 1280 × 900 when zero; narrower than 600 is a phone
	Dark          bool   // prefers dark
	NoScript      bool   // scripts are switched off
	Lang          string // Accept-Language; nl when empty
}

// Browser is one visitor.
type Browser struct {
	t       testing.TB
	c       *chromium
	session string
	frame   string
	silent  bool // scripts are off

	mu      sync.Mutex
	change  *sync.Cond
	loaders map[string]map[string]bool // loader → what happened to it: load, networkIdle
	current string                     // loader of the document that is shown
	started int                        // navigations that began
	shown   int                        // navigations that ended in a document
	bytes   int64
	asked   int
	faults  []string
}

// New opens a window for a new visitor. It closes with the test, which fails when a page answered 5xx, broke its own
// content policy, or threw an error that nobody caught.
func New(t testing.TB, o Options) *Browser {
	t.Helper()
	if o.Width == 0 {
		o.Width = 1280
	}
	if o.Height == 0 {
		o.Height = 900
	}
	if o.Lang == "" {
		o.Lang = "nl"
	}
	b := &Browser{t: t, c: of(t), loaders: map[string]map[string]bool{}}
	b.change = sync.NewCond(&b.mu)
	var made struct{ BrowserContextID, TargetID, SessionID, UserAgent string }
	b.must(b.c.call("", "Browser.getVersion", nil, &made))
	b.must(b.c.call("", "Target.createBrowserContext", nil, &made))
	b.must(b.c.call("", "Target.createTarget", args{"url": "about:blank", "browserContextId": made.BrowserContextID}, &made))
	b.must(b.c.call("", "Target.attachToTarget", args{"targetId": made.TargetID, "flatten": true}, &made))
	b.session, b.frame = made.SessionID, made.TargetID // the main frame has the id of its target
	b.c.mu.Lock()
	b.c.on[b.session] = b.event
	b.c.mu.Unlock()
	scheme := "light"
	if o.Dark {
		scheme = "dark"
	}
	b.do("Page.enable", nil)
	b.do("Page.setLifecycleEventsEnabled", args{"enabled": true})
	b.do("Runtime.enable", nil)
	b.do("Network.enable", nil)
	b.do("Log.enable", nil)
	b.do("Emulation.setDeviceMetricsOverride", args{"width": o.Width, "height": o.Height, "deviceScaleFactor": 1, "mobile": o.Width < 600})
	b.do("Emulation.setEmulatedMedia", args{"features": []args{{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}}})
	b.do("Emulation.setUserAgentOverride", args{"userAgent": made.UserAgent, "acceptLanguage": o.Lang})
	if b.silent = o.NoScript; b.silent {
		b.do("Emulation.setScriptExecutionDisabled", args{"value": true})
	}
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, f := range b.faults {
			t.Errorf("browsertest: %s", f)
		}
	})
	return b
}

type args map[string]any

func (b *Browser) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("browsertest: %v", err)
	}
}

func (b *Browser) do(method string, params any) {
	b.t.Helper()
	b.must(b.c.call(b.session, method, params, nil))
}

// event notes what the page does; it runs in the reader and must not call.
func (b *Browser) event(method string, params json.RawMessage) {
	var e struct {
		FrameID, LoaderID, Name, Type string
		EncodedDataLength             int64
		Response                      struct {
			Status float64
			URL    string
		}
		Entry            struct{ Source, Level, Text string }
		ExceptionDetails struct {
			Text      string
			Exception struct{ Description string }
		}
		Frame struct{ ID, ParentID, LoaderID string }
	}
	if json.Unmarshal(params, &e) != nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	switch method {
	case "Page.lifecycleEvent":
		if e.FrameID == b.frame {
			if b.loaders[e.LoaderID] == nil {
				b.loaders[e.LoaderID] = map[string]bool{}
			}
			b.loaders[e.LoaderID][e.Name] = true
		}
	case "Page.frameRequestedNavigation", "Page.frameScheduledNavigation":
		if e.FrameID == b.frame {
			b.started++
		}
	case "Page.frameNavigated":
		if e.Frame.ID == b.frame {
			b.current = e.Frame.LoaderID
			b.shown++
		}
	case "Network.loadingFinished":
		if e.EncodedDataLength > 0 { // nothing came over the line for what the cache had
			b.bytes += e.EncodedDataLength
			b.asked++
		}
	case "Network.responseReceived":
		if e.Response.Status >= 500 {
			b.faults = append(b.faults, fmt.Sprintf("%s answered %.0f", e.Response.URL, e.Response.Status))
		}
	case "Log.entryAdded":
		if e.Entry.Source == "security" || strings.Contains(e.Entry.Text, "Content Security Policy") {
			b.faults = append(b.faults, e.Entry.Text)
		}
	case "Runtime.exceptionThrown":
		b.faults = append(b.faults, e.ExceptionDetails.Text+" "+e.ExceptionDetails.Exception.Description)
	}
	b.change.Broadcast()
}

// wait waits until ok, with the lock held.
func (b *Browser) wait(what string, ok func() bool) {
	b.t.Helper()
	late := false
	timer := time.AfterFunc(limit, func() {
		b.mu.Lock()
		late = true
		b.change.Broadcast()
		b.mu.Unlock()
	})
	defer timer.Stop()
	b.mu.Lock()
	for !ok() && !late {
		b.change.Wait()
	}
	done := ok()
	b.mu.Unlock()
	if !done {
		b.t.Fatalf("browsertest: %s did not happen within %v on %s", what, limit, b.URL())
	}
}

// Go opens an address and waits until it is there.
func (b *Browser) Go(url string) {
	b.t.Helper()
	var nav struct{ LoaderID, ErrorText string }
	b.must(b.c.call(b.session, "Page.navigate", args{"url": url}, &nav))
	if nav.ErrorText != "" {
		b.t.Fatalf("browsertest: %s: %s", url, nav.ErrorText)
	}
	if nav.LoaderID != "" {
		b.wait("loading "+url, func() bool { return b.loaders[nav.LoaderID]["load"] })
	}
}

// settle waits for the page that a press may lead to. A press that leads nowhere costs a few questions to the page.
func (b *Browser) settle(before, shown int) {
	b.t.Helper()
	for range 4 { // the browser begins a navigation in a task of its own; each question lets the tasks before it run
		var x any
		if b.c.call(b.session, "Runtime.evaluate", args{"expression": "0"}, &x) != nil {
			break // the page is being replaced
		}
	}
	b.mu.Lock()
	moved := b.started > before || b.shown > shown
	b.mu.Unlock()
	if moved {
		b.wait("the next page", func() bool { return b.shown > shown && b.loaders[b.current]["load"] })
	}
}

func (b *Browser) counts() (started, shown int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.started, b.shown
}

// Eval runs an expression in the page and reads its value.
func (b *Browser) Eval(expression string, out any) error {
	var r struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	if err := b.c.call(b.session, "Runtime.evaluate", args{"expression": expression, "returnByValue": true, "awaitPromise": true}, &r); err != nil {
		return err
	}
	if r.ExceptionDetails != nil {
		return fmt.Errorf("%s %s", r.ExceptionDetails.Text, r.ExceptionDetails.Exception.Description)
	}
	if out == nil || len(r.Result.Value) == 0 {
		return nil
	}
	return json.Unmarshal(r.Result.Value, out)
}

// fn calls a function of the page with values, which are never part of the script.
func (b *Browser) fn(body string, out any, values ...any) error {
	v, err := json.Marshal(values)
	if err != nil {
		return err
	}
	return b.Eval("("+body+")(..."+string(v)+")", out)
}

// until asks the page again and again until the answer is not empty.
func (b *Browser) until(what, body string, values ...any) json.RawMessage {
	b.t.Helper()
	end := time.Now().Add(limit)
	for {
		var got json.RawMessage
		err := b.fn(body, &got, values...) // fails while one page replaces another
		if s := string(got); err == nil && s != "" && s != "null" && s != "false" {
			return got
		}
		if time.Now().After(end) {
			b.t.Fatalf("browsertest: %s: not within %v on %s (%v)\n%s", what, limit, b.URL(), err, b.Text())
		}
	}
}

// URL is the address of the page.
func (b *Browser) URL() string {
	var s string
	if err := b.Eval("location.href", &s); err != nil {
		return "?"
	}
	return s
}

// Text is what a person can read on the page.
func (b *Browser) Text() string {
	var s string
	if err := b.Eval("document.body.innerText", &s); err != nil {
		return err.Error()
	}
	return s[:min(len(s), 4000)]
}

// HTML is the whole page as it stands now.
func (b *Browser) HTML() string {
	var s string
	b.must(b.Eval("document.documentElement.outerHTML", &s))
	return s
}

// See waits until a text can be read on the page. Spaces and the marks of direction do not count.
func (b *Browser) See(text string) {
	b.t.Helper()
	b.until("seeing “"+text+"”", `t => { const n = s => s.replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/\s+/g, ' '); return n(document.body.innerText).includes(n(t)) }`, text)
}

// NotSee fails when a text stands anywhere in the page, also where nobody can read it.
func (b *Browser) NotSee(text string) {
	b.t.Helper()
	if html := b.HTML(); strings.Contains(html, text) {
		i := strings.Index(html, text)
		b.t.Errorf("browsertest: %q stands on %s: …%s…", text, b.URL(), html[max(0, i-80):min(len(html), i+80)])
	}
}

// find looks for what a person would press: a selector when it begins with # . or [, and otherwise the text or the
// label of a link, a button or a choice; the whole text before a part of it.
const find = `what => {
	const n = s => (s || '').replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/\s+/g, ' ').trim();
	const shown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
	let e;
	if (/^[#.[]/.test(what)) e = [...document.querySelectorAll(what)].find(shown);
	else {
		const all = [...document.querySelectorAll('a[href],button,summary,label,input[type=submit],[role=button]')].filter(shown);
		const text = x => n(x.innerText || x.value), name = x => n(x.getAttribute('aria-label'));
		e = all.find(x => text(x) === n(what) || name(x) === n(what)) || all.find(x => text(x).includes(n(what)) || name(x).includes(n(what)));
	}
	if (!e) return null;
	e.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
	const r = e.getClientRects()[0], x = r.left + r.width / 2, y = r.top + r.height / 2, top = document.elementFromPoint(x, y);
	if (!top || !(e.contains(top) || top.contains(e) || (top.closest('label') && top.closest('label').control === e))) return null;
	return { x, y };
}`

type point struct{ X, Y float64 }

func (b *Browser) press(p point) {
	b.t.Helper()
	started, shown := b.counts()
	for _, kind := range []string{"mouseMoved", "mousePressed", "mouseReleased"} {
		err := b.c.call(b.session, "Input.dispatchMouseEvent", args{"type": kind, "x": p.X, "y": p.Y, "button": "left", "clickCount": 1}, nil)
		if _, now := b.counts(); err != nil && now == shown {
			b.must(err) // a page that is being replaced does not answer; anything else is a fault
		}
	}
	b.settle(started, shown)
}

// Click presses what a person would: by its text, or by a selector beginning with # . or [. Something that is covered by
// something else is not pressed.
func (b *Browser) Click(what string) {
	b.t.Helper()
	var p point
	b.must(json.Unmarshal(b.until("pressing “"+what+"”", find, what), &p))
	b.press(p)
}

// Fill types a value into the field of this name, over what stood there.
func (b *Browser) Fill(name, value string) {
	b.t.Helper()
	typed := string(b.until("filling "+name, `(name, value) => {
		const e = [...document.getElementsByName(name)].find(e => e.type !== 'hidden' && e.getClientRects().length);
		if (!e) return null;
		e.scrollIntoView({ block: 'center', behavior: 'instant' });
		e.focus();
		if (/^(date|time|month|week|color|range)$/.test(e.type) || value === '') {
			e.value = value; e.dispatchEvent(new Event('input', { bubbles: true })); e.dispatchEvent(new Event('change', { bubbles: true }));
			return 'set';
		}
		e.select();
		return 'type';
	}`, name, value))
	if typed == `"type"` {
		b.do("Input.insertText", args{"text": value})
	}
}

// Choose presses a choice: a radio, a box or an entry of a list, by its name and value.
func (b *Browser) Choose(name, value string) {
	b.t.Helper()
	got := b.until("choosing "+name+"="+value, `(name, value) => {
		for (const e of document.getElementsByName(name)) {
			if (e.tagName === 'SELECT') {
				if (![...e.options].some(o => o.value === value)) continue;
				e.value = value; e.dispatchEvent(new Event('input', { bubbles: true })); e.dispatchEvent(new Event('change', { bubbles: true }));
				return 'set';
			}
			if ((e.type !== 'radio' && e.type !== 'checkbox') || e.value !== value) continue;
			const to = e.closest('label') || (e.labels && e.labels[0]) || e;
			to.scrollIntoView({ block: 'center', behavior: 'instant' });
			const r = to.getClientRects()[0];
			return r ? { x: r.left + r.width / 2, y: r.top + r.height / 2 } : null;
		}
		return null;
	}`, name, value)
	var p point
	if json.Unmarshal(got, &p) == nil {
		b.press(p)
	}
}

var keys = map[string]struct {
	code int
	text string
}{"Tab": {9, ""}, "Enter": {13, "\r"}, "Escape": {27, ""}, "Space": {32, " "}, "ArrowUp": {38, ""}, "ArrowDown": {40, ""}, "ArrowLeft": {37, ""}, "ArrowRight": {39, ""}, "Backspace": {8, ""}}

// Press presses a key: a character, a name such as Tab or Escape, or Control+Enter.
func (b *Browser) Press(key string) {
	b.t.Helper()
	mods := 0
	for name, bit := range map[string]int{"Alt+": 1, "Control+": 2, "Shift+": 8} {
		if rest, ok := strings.CutPrefix(key, name); ok {
			key, mods = rest, mods|bit
		}
	}
	k, ok := keys[key]
	if !ok {
		k.text = key
		if len(key) == 1 {
			k.code = int(strings.ToUpper(key)[0])
		}
	}
	if mods&3 != 0 {
		k.text = "" // with Control or Alt a key writes nothing
	}
	name := key
	if key == "Space" {
		name = " "
	}
	started, shown := b.counts()
	down := args{"type": "keyDown", "key": name, "code": key, "windowsVirtualKeyCode": k.code, "modifiers": mods, "text": k.text}
	if k.text == "" {
		down["type"] = "rawKeyDown"
		delete(down, "text")
	}
	b.do("Input.dispatchKeyEvent", down)
	err := b.c.call(b.session, "Input.dispatchKeyEvent", args{"type": "keyUp", "key": name, "code": key, "windowsVirtualKeyCode": k.code, "modifiers": mods}, nil)
	if _, now := b.counts(); err != nil && now == shown {
		b.must(err)
	}
	b.settle(started, shown)
}

// Shot writes a picture of the whole page.
func (b *Browser) Shot(path string) {
	b.t.Helper()
	var shot struct{ Data string }
	b.must(b.c.call(b.session, "Page.captureScreenshot", args{"format": "png", "captureBeyondViewport": true}, &shot))
	png, err := base64.StdEncoding.DecodeString(shot.Data)
	b.must(err)
	b.must(os.MkdirAll(filepath.Dir(path), 0o755))
	b.must(os.WriteFile(path, png, 0o644))
}
