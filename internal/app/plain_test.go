package app

// This file walks everything that a refugee can open, on a telephone that runs no script: every page answers and says what it is,
// every form is one that a browser sends by itself, and nothing stands on a page that only a script brings to life.

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web"
)

// notWalked are doors of a refugee to which no page of the demonstration leads by a link, and why.
var notWalked = map[string]string{
	"portal.keys":  "only where the house has a name of its own; key.js looks at it",
	"rights.fetch": "a copy is asked for first; the tests of rights fetch one", "feedback.mine_voice": "a recording; the tests of feedback hear one",
	"app.kept_own": "after a form that was sent when the session had ended; the story looks at it",
}

// plainTag is an opening tag with its attributes.
type plainTag struct {
	name string
	at   map[string]string
}

func (x plainTag) has(attr string) bool { _, ok := x.at[attr]; return ok }

var (
	tags       = regexp.MustCompile(`<(/?)([a-z0-9]+)((?:\s+[a-zA-Z:_-]+(?:="[^"]*")?)*)\s*/?>`)
	attributes = regexp.MustCompile(`([a-zA-Z:_-]+)(?:="([^"]*)")?`)
	void       = strings.Fields("area base br col embed hr img input link meta source track wbr")
	silent     = regexp.MustCompile(`(?s)<(script|style|svg)[^>]*>.*?</(script|style|svg)>`)
)

// plainForm is a form while it is read.
type plainForm struct {
	tag           plainTag
	submits, away bool
}

// withoutScript names what of a page does not work on a telephone that runs no script. To says whether a form leads to a door.
func withoutScript(page string, to func(method, path string) bool) (faults []string) {
	say := func(f string, args ...any) { faults = append(faults, fmt.Sprintf(f, args...)) }
	page = silent.ReplaceAllString(page, "")
	type open struct {
		name   string
		hidden bool
	}
	var up []open
	var form *plainForm
	hidden := func() bool { return len(up) > 0 && up[len(up)-1].hidden }
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		ids[m[1]] = true
	}
	headings := 0
	for _, m := range tags.FindAllStringSubmatchIndex(page, -1) {
		name := page[m[4]:m[5]]
		if page[m[2]:m[3]] == "/" {
			for i := len(up) - 1; i >= 0; i-- {
				if up[i].name == name {
					up = up[:i]
					break
				}
			}
			if name == "form" && form != nil {
				if !form.submits && !form.away {
					say("the form to %s has no button that sends it", form.tag.at["action"])
				}
				form = nil
			}
			continue
		}
		x := plainTag{name, map[string]string{}}
		for _, a := range attributes.FindAllStringSubmatch(page[m[6]:m[7]], -1) {
			x.at[a[1]] = html.UnescapeString(a[2])
			if strings.HasPrefix(a[1], "on") {
				say("<%s> waits for a script: %s", name, a[1])
			}
		}
		away := hidden() || x.has("hidden")
		if !slices.Contains(void, name) {
			up = append(up, open{name, away})
		}
		switch name {
		case "h1":
			if words, _, _ := strings.Cut(page[m[1]:], "</h1>"); strings.TrimSpace(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(words, "")) == "" {
				say("the heading is empty")
			}
			headings++
		case "form":
			form = &plainForm{tag: x, away: away}
			method := strings.ToUpper(x.at["method"])
			if method == "" {
				method = http.MethodGet
			}
			path, _, _ := strings.Cut(x.at["action"], "?")
			if !to(method, path) {
				say("the form to %q goes nowhere by %s", x.at["action"], method)
			}
		case "button", "input", "select", "textarea":
			if away || x.at["type"] == "hidden" {
				continue
			}
			sends := name == "button" && (x.at["type"] == "" || x.at["type"] == "submit") || name == "input" && x.at["type"] == "submit"
			switch {
			case name == "button" && !sends:
				say("the button %v does nothing without a script", x.at)
			case form == nil && !x.has("form"):
				say("<%s> %q is in no form", name, x.at["name"])
			case sends && form != nil && !x.has("disabled"):
				form.submits = true
			}
		case "a":
			href := x.at["href"]
			if anchor, ok := strings.CutPrefix(href, "#"); !away && (href == "" || ok && !ids[anchor] || strings.HasPrefix(href, "javascript:")) {
				say("the link %q leads nowhere", href)
			}
		}
	}
	if headings != 1 {
		say("%d main headings", headings)
	}
	return faults
}

func TestWhatNeedsAScriptIsFound(t *testing.T) {
	to := func(method, path string) bool { return path == "/"+strings.ToLower(method) }
	for page, want := range map[string]int{
		`<h1>Reis</h1><form method="post" action="/post?a=1"><input name="x"><button type="submit">Ja</button></form><a href="#b">b</a><p id="b"></p><div hidden><button type="button">x</button></div>`: 0,
		`<h1>Reis</h1><form action="/get"><input name="x"><button>Ja</button></form>`:                                                                                                                    0,
		`<p>geen kop</p>`:      1,
		`<h1><b></b></h1>`:     1,
		`<h1>a</h1><h1>b</h1>`: 1,
		`<h1>a</h1><form method="post" action="/post"><input name="x"></form>`:                                    1,
		`<h1>a</h1><form method="post" action="/post"><div hidden><button type="submit">Ja</button></div></form>`: 1,
		`<h1>a</h1><form method="post" action="/get"><button type="submit">Ja</button></form>`:                    1,
		`<h1>a</h1><form method="dialog" action="/post"><button type="submit">Ja</button></form>`:                 1,
		`<h1>a</h1><form method="post" action="/post" hidden><button type="submit">Ja</button></form>`:            0, // a script shows it, and the page says what it needs
		`<h1>a</h1><button type="button">Open</button>`:                                                           1,
		`<h1>a</h1><button type="submit">Open</button>`:                                                           1,
		`<h1>a</h1><select name="x"><option>a</option></select>`:                                                  1,
		`<h1>a</h1><a href="#">x</a>`:                                                                             1,
		`<h1>a</h1><p onclick="x()">x</p>`:                                                                        1,
	} {
		if got := withoutScript(page, to); len(got) != want {
			t.Errorf("%s: %q", page, got)
		}
	}
}

// door is the route of an address.
func (h *House) door(method, path string) (web.Route, bool) {
	var best web.Route
	found := false
	for _, r := range h.Site.Routes() {
		p := "^" + regexp.MustCompile(`\\\{[^}]*\\\}`).ReplaceAllString(regexp.QuoteMeta(strings.ReplaceAll(r.Path, "{$}", "")), `[^/]+`) + "$"
		if r.Method == method && regexp.MustCompile(p).MatchString(path) && (!found || strings.Count(r.Path, "{") < strings.Count(best.Path, "{")) {
			best, found = r, true
		}
	}
	return best, found
}

func TestEverythingOfARefugeeWorksWithoutAScript(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	reached := map[string]bool{}
	pages := 0
	links := regexp.MustCompile(` (?:href|src)="(/[^"#]*)`)
	for _, who := range []string{"p-selam", "p-reem", "p-farzaneh", "p-ahmad", "p-oksana", "p-hamid", "p-mebrahtu", "p-almaz", "p-giorgi"} {
		c := browser(t, h, base, "client:"+who)
		seen := map[string]int{}
		queue := []string{"/mijn"}
		for _, r := range h.Site.Routes() {
			if r.Method == http.MethodGet && r.May.Need == access.BySelf && !strings.Contains(r.Path, "{") {
				queue = append(queue, r.Path)
			}
		}
		for len(queue) > 0 {
			path := queue[0]
			queue = queue[1:]
			plain, _, _ := strings.Cut(path, "?")
			if seen[path] > 0 || seen[plain] > 3 || strings.HasPrefix(path, "/static/") {
				continue
			}
			seen[path]++
			seen[plain]++
			r, ok := h.door(http.MethodGet, plain)
			if !ok || notWalked[r.Name] != "" || r.May.Need != access.BySelf && r.May.Need != access.Free {
				continue // a link that leads to no door is found by TestEveryLinkLeadsToADoor
			}
			code, page, to := ask(t, c, base, http.MethodGet, path, nil)
			switch {
			case code == http.StatusSeeOther && r.May.Need == access.Free:
				queue = append(queue, to)
				continue
			case code != http.StatusOK:
				t.Errorf("%s %s answers %d %s", who, path, code, to)
				continue
			}
			reached[r.Name] = true
			if !strings.HasPrefix(page, "<!doctype html>") {
				continue // a recording, a picture, a paper
			}
			pages++
			for _, f := range withoutScript(page, func(method, path string) bool { _, ok := h.door(method, path); return ok }) {
				t.Errorf("%s %s: %s", who, path, f)
			}
			for _, m := range links.FindAllStringSubmatch(page, -1) {
				queue = append(queue, html.UnescapeString(m[1]))
			}
		}
	}
	for _, r := range h.Site.Routes() {
		if r.Method != http.MethodGet || r.May.Need != access.BySelf {
			continue
		}
		if reached[r.Name] == (notWalked[r.Name] != "") {
			t.Errorf("%s (%s): walked %v, excused %q", r.Name, r.Path, reached[r.Name], notWalked[r.Name])
		}
	}
	t.Logf("%d pages", pages)
	if pages < 100 {
		t.Errorf("only %d pages were walked: the search is broken", pages)
	}
}

// TestInformationIsChosenForWhoReadsIt: texts stand on top for the situation of a person, with the reason, and for nobody else.
func TestInformationIsChosenForWhoReadsIt(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	const waits, heard, centre = "Omdat u wacht op uw gehoor", "Omdat uw gehoor is geweest", "Omdat u in een azc woont"
	for who, x := range map[string]struct{ has, not []string }{
		"p-farzaneh": {[]string{waits, centre, "Nu voor u"}, []string{heard}},
		"p-selam":    {[]string{heard, centre}, []string{waits}},
		"p-oksana":   {nil, []string{waits, heard, centre, "Nu voor u"}},
	} {
		code, page, _ := ask(t, browser(t, h, base, "client:"+who), base, http.MethodGet, "/mijn/informatie?taal=nl", nil)
		if code != http.StatusOK || !strings.Contains(page, "Informatie voor u") {
			t.Fatalf("%s: %d", who, code)
		}
		if n, err := db.One[int](t.Context(), h.DB, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = ? AND event = 'portal.event.visit'`, who)); err != nil || n != 1 {
			t.Errorf("%s: the look at where they stand is %d times in the log: %v", who, n, err)
		}
		page = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, "") // hard words in it are links
		for _, w := range x.has {
			if !strings.Contains(page, w) {
				t.Errorf("%s lacks %q", who, w)
			}
		}
		for _, w := range x.not {
			if strings.Contains(page, w) {
				t.Errorf("%s reads %q", who, w)
			}
		}
	}
}
