package app

// This file asks every door of the house who comes in: every route, for every sort of visitor, against a golden table. A
// change of who may do what is a visible difference in testdata/doors.txt.

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web"
)

var update = flag.Bool("update", false, "write testdata/doors.txt and the states of the texts anew")

// visitors are the columns of the table: who asks about the file of Reem.
var visitors = []struct{ name, who string }{
	{"guest", ""},
	{"herself", "client:p-reem"},
	{"other-refugee", "client:p-ahmad"},
	{"desk", "u-ria"},
	{"desk-elsewhere", "u-jan"},
	{"caseworker", "u-amira"},
	{"legal", "u-marwan"},
	{"lead", "u-noor"},
	{"region", "u-els"},
	{"privacy", "u-pieter"},
	{"admin", "u-beheer"},
	{"lawyer", "o-voorbeeld"}, // of somebody else: nothing of Reem
}

// browser is a visitor with a session of their own.
func browser(t *testing.T, h *House, base, who string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if id, ok := strings.CutPrefix(who, "client:"); ok {
		token := testSession(t, h, access.IsSelf, id)
		u, _ := url.Parse(base)
		jar.SetCookies(u, []*http.Cookie{{Name: "rg", Value: token, Path: "/"}})
	} else if who != "" {
		code, _, _ := ask(t, c, base, http.MethodPost, "/inloggen/demo", url.Values{"wie": {who}})
		if code != http.StatusSeeOther {
			t.Fatalf("%s cannot sign in: %d", who, code)
		}
	}
	return c
}

func ask(t *testing.T, c *http.Client, base, method, path string, form url.Values) (int, string, string) {
	t.Helper()
	var body io.Reader
	if method == http.MethodPost {
		if form == nil {
			form = url.Values{}
		}
		form.Set(web.OnceField, db.ID("once", dbNow))
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequest(method, base+path, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", base)
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b), res.Header.Get("Location")
}

// holes fills the parts of a path; a POST gets an id that exists only for the person.
var holes = strings.NewReplacer("{person}", "p-reem", "{moment}", "m-reem-1", "{appointment}", "a-reem", "{visit}", "v-none", "{sheet}", "hs-reem", "{offer}", "ho-none", "{fallen}", "hf-none", "{deadline}", "d-none", "{event}", "e-none", "{kind}", "decision",
	"{tongue}", "ti", "{textkey}", "portal.hello", "{page}", "portal.home", "{bundle}", "vb-none", "{clip}", "vg-none",
	"{report}", "kr-none",
	"{glass}", "x-none", "{user}", "u-ria", "{token}", "none", "{interview}", "iv-reem-1", "{correction}", "ik-none", "{concern}", "in-none", "{claim}", "cl-reem-0", "{piece}", "pc-reem-0-0", "{document}", "pd-reem-0-0", "{scan}", "sc-reem-0-0", "{briefing}", "bs-ar", "{invite}", "bi-reem-1", "{topic}", "bt-rights", "{question}", "qa-reem", "{complaint}", "fk-none", "{note}", "fn-none", "{offering}", "fo-none", "{theme}", "rechten", "{slug}", "krijg-ik-een-tolk", "{tag}", "nl", "{text}", "in-krijg-ik-een-tolk", "{key}", "none", "{session}", "none", "{pair}", "ip-none", "{check}", "none", "{request}", "ir-none", "{day}", "2026-11-24", "{hash}", "none", "{team}", "t-utrecht", "{location}", "l-overvecht",
	"{alarm}", "al-none", "{group}", "ag-none", "{file}", "asylum_old", "{amendment}", "wr-none", "{service}", "none", "{post}", "none", "{deputy}", "none", "{track}", "none", "{party}", "o-lammers", "{matter}", "rp-reem", "{letter}", "none", "{paper}", "none", "{talk}", "none", "{handover}", "none", "{form}", "none", "{step}", "none", "{stay}", "rs-reem-0", "{condition}", "rc-none", "{request}", "rq-reem-1", "{need}", "cn-reem-0", "{row}", "cs-reem-0", "{member}", "fm-reem-0", "{home}", "fh-none", "{split}", "fp-none", "{sight}", "fs-none", "{draft}", "kd-none", "{signal}", "ks-none", "{bottleneck}", "kp-none", "{evidence}", "ke-none", "{warning}", "mw-none", "{policy}", "mp-none", "{quarterly}", "mr-none", "{quarter}", "1999-1", "{edition}", "1", "{advocacy}", "ad-none", "{item}", "ai-none", "{happening}", "ae-none", "{interest}", "ax-none", "{share}", "ms-none", "{mediation}", "km-none", "{pilot}", "pi-none", "{wish}", "cw-none", "{$}", "")

func TestDoors(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	consent, err := db.One[string](t.Context(), h.DB, db.F(`SELECT consent FROM consent_handed WHERE person = ?`, "p-reem"))
	if err != nil {
		t.Fatal(err)
	}
	clip, err := db.One[string](t.Context(), h.DB, db.F(`SELECT id FROM translation_clip WHERE tag = ? AND passed IS NOT NULL`, "ar"))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Translation.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	own := strings.NewReplacer("{consent}", consent, "{tongue}/geluid/{clip}", "ar/geluid/"+clip, "geluid/{tongue}/{clip}", "geluid/ar/"+clip)
	var clients []*http.Client
	for _, v := range visitors {
		clients = append(clients, browser(t, h, base, v.who))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-34s", "route")
	for _, v := range visitors {
		fmt.Fprintf(&b, " %-14s", v.name)
	}
	b.WriteString("\n")
	absent := map[int]string{}
	for i := range visitors {
		_, absent[i], _ = ask(t, clients[i], base, http.MethodGet, "/nergens", nil)
	}
	for _, r := range h.Site.Routes() {
		fmt.Fprintf(&b, "%-34s", r.Name)
		for i, v := range visitors {
			if r.Method == http.MethodPost && r.May.Need != access.ByFile {
				// Whether a form without a file does what it says is tested beside it; here only the door counts.
				a := h.actor(t, v.who)
				fmt.Fprintf(&b, " %-14v", map[bool]string{true: "may", false: "-"}[r.May.Allows(a)])
				continue
			}
			code, body, to := ask(t, clients[i], base, r.Method, holes.Replace(own.Replace(r.Path)), nil)
			got := fmt.Sprint(code)
			if code == http.StatusSeeOther && strings.Contains(to, "verder=") {
				got = "sign-in"
			}
			if code == http.StatusNotFound {
				got = "-"
				if body != absent[i] { // a number in the menu may have changed by what a door before this one wrote
					_, absent[i], _ = ask(t, clients[i], base, http.MethodGet, "/nergens", nil)
				}
				if r.May.Need != access.Free && body != absent[i] { // what is free for all has nothing to hide
					t.Errorf("%s for %s can be told from a page that is not there", r.Name, v.name)
				}
			}
			if code >= 500 {
				t.Errorf("%s for %s: %d", r.Name, v.name, code)
			}
			fmt.Fprintf(&b, " %-14s", got)
		}
		b.WriteString("\n")
	}
	got := trimLines(b.String())
	file := filepath.Join("testdata", "doors.txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		w := strings.Split(string(want), "\n")
		for i, line := range strings.Split(got, "\n") {
			if i >= len(w) || line != w[i] {
				t.Errorf("a door changed:\n%s", line)
			}
		}
		t.Error("if that is meant: go test ./internal/app -run Doors -update, and read the difference")
	}
}

// TestSomebodyOutsideFindsNoDoorOfColleagues knocks as a lawyer at every door that is neither for everybody nor for lawyers,
// with every method, once with ids that exist and once with ids that do not: each answers as a page that is not there.
func TestSomebodyOutsideFindsNoDoorOfColleagues(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	c := browser(t, h, base, "o-voorbeeld")
	_, absent, _ := ask(t, c, base, http.MethodGet, "/nergens", nil)
	selam := strings.NewReplacer("{person}", "p-selam", "{matter}", "rp-selam", "{letter}", "cw-selam", "{document}", "pd-selam-1-1")
	n := 0
	for _, r := range h.Site.Routes() {
		if r.May.Need == access.Free || r.May.Need == access.ByOutside {
			continue
		}
		n++
		for _, path := range []string{holes.Replace(selam.Replace(r.Path)), holes.Replace(r.Path)} {
			path = strings.NewReplacer("{consent}", "none").Replace(path)
			code, body, _ := ask(t, c, base, r.Method, path, nil)
			if code != http.StatusNotFound || body != absent {
				t.Errorf("%s %s answers a lawyer with %d", r.Method, path, code)
			}
		}
	}
	if n < 150 {
		t.Errorf("only %d doors were knocked at: the search is broken", n)
	}
	// And nobody else finds the doors of lawyers.
	for _, v := range visitors {
		if v.who == "" || v.who == "o-voorbeeld" {
			continue
		}
		other := browser(t, h, base, v.who)
		_, absent, _ := ask(t, other, base, http.MethodGet, "/nergens", nil)
		for _, path := range []string{"/advocaat", "/advocaat/rp-selam", "/advocaat/rp-selam/papier/pd-selam-1-1"} {
			if code, body, _ := ask(t, other, base, http.MethodGet, path, nil); code != http.StatusNotFound || body != absent {
				t.Errorf("%s answers %s with %d", path, v.name, code)
			}
		}
	}
	if code, _, _ := ask(t, c, base, http.MethodGet, "/advocaat/rp-selam", nil); code != http.StatusOK {
		t.Errorf("the lawyer's own client answers %d: the test knocks at nothing", code)
	}
}

func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// actor is who a column is, as the house loads them.
func (h *House) actor(t *testing.T, who string) access.Actor {
	t.Helper()
	s := web.Session{Kind: access.Staff, Actor: who}
	if strings.HasPrefix(who, "o-") {
		s.Kind = access.Outside
	}
	if who == "" {
		return access.Actor{Kind: access.Guest}
	}
	if id, ok := strings.CutPrefix(who, "client:"); ok {
		s = web.Session{Kind: access.IsSelf, Actor: id}
	}
	a, err := h.load(context.Background(), s, h.DB.Now())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestNobodyWithoutANameSendsALargeFile: what is read before anybody knows who sends it could be sent by anybody, at no cost.
func TestNobodyWithoutANameSendsALargeFile(t *testing.T) {
	h := testHouse(t)
	n := 0
	for _, r := range h.routes() {
		if r.May.Need == access.Free && r.Body > 1<<20 {
			if n++; r.Ahead == nil {
				t.Errorf("%s takes %d bytes of anybody and looks at nothing before", r.Name, r.Body)
			}
		}
	}
	if n == 0 {
		t.Error("no door takes a file of anybody: the search is broken")
	}
}
