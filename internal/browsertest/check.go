package browsertest

// This file holds what is checked of a page as a whole: who can use it, whether it fits, and what it weighs.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// axeTags are the rules that hold: WCAG 2.2 level AA, and good practice.
const axeTags = `["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]`

// axe finds the accessibility checker: $AXE_JS, or where npm puts it in the root of the module.
func axe(t testing.TB) string {
	t.Helper()
	paths := []string{os.Getenv("AXE_JS")}
	if dir, err := os.Getwd(); err == nil {
		for ; ; dir = filepath.Dir(dir) {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				for _, modules := range []string{"node_modules", "build/node_modules"} {
					paths = append(paths, filepath.Join(dir, modules, "axe-core", "axe.min.js"))
				}
				paths = append(paths, filepath.Join(dir, "build", "axe.min.js"))
				break
			}
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	for _, p := range paths {
		if b, err := os.ReadFile(p); p != "" && err == nil {
			return string(b)
		}
	}
	need(t, "the accessibility checker axe-core ($AXE_JS or node_modules/axe-core/axe.min.js)")
	return ""
}

// Axe runs the accessibility checker on the page and tells what it holds against it, a line for each fault. It goes in through
// the debugger, so that the content policy of the page stays as it is.
func (b *Browser) Axe() []string {
	b.t.Helper()
	if b.silent { // the checker waits with timers; the scripts of the page were never loaded and stay so
		b.do("Emulation.setScriptExecutionDisabled", args{"value": false})
		defer b.do("Emulation.setScriptExecutionDisabled", args{"value": true})
	}
	b.must(b.Eval(axe(b.t)+";0", nil))
	var out []string
	b.must(b.Eval(`axe.run(document,{runOnly:`+axeTags+`}).then(r=>r.violations.flatMap(v=>v.nodes.map(n=>v.id+' ('+v.impact+'): '+v.help+': '+n.target.join(' ')+' '+n.html.slice(0,160))))`, &out))
	return out
}

// Scroll fails when the page must be scrolled sideways, and names what sticks out.
func (b *Browser) Scroll() {
	b.t.Helper()
	var out []string
	b.must(b.Eval(`(() => {
		const w = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= w) return [];
		const far = [...document.querySelectorAll('body *')].filter(e => { const r = e.getBoundingClientRect(); return r.width && (r.right > w + 1 || r.left < -1); });
		return ['page: ' + document.documentElement.scrollWidth + ' of ' + w].concat(far.slice(-5).map(e => e.outerHTML.slice(0, 120)));
	})()`, &out))
	if len(out) > 0 {
		b.t.Errorf("browsertest: %s must be scrolled sideways:\n%s", b.URL(), strings.Join(out, "\n"))
	}
}

// Weight is what a page costs: bytes over the line with an empty cache and with a full one, and how many requests.
type Weight struct {
	Cold, Warm                 int64
	ColdRequests, WarmRequests int
}

// Weight opens the page twice more and counts.
func (b *Browser) Weight() Weight {
	b.t.Helper()
	at := b.URL()
	open := func() (int64, int) {
		b.mu.Lock()
		b.bytes, b.asked = 0, 0
		b.mu.Unlock()
		b.Go(at)
		b.wait("the end of loading", func() bool { return b.loaders[b.current]["networkIdle"] })
		b.mu.Lock()
		defer b.mu.Unlock()
		return b.bytes, b.asked
	}
	b.do("Network.clearBrowserCache", nil)
	var w Weight
	w.Cold, w.ColdRequests = open()
	w.Warm, w.WarmRequests = open()
	return w
}
