package ui

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

// faults of a page as a screen reader or a strict browser would meet them.
func wrong(page string) []string {
	var out []string
	ids, wanted := map[string]int{}, map[string]string{}
	h1, open := 0, []string{}
	labelled := map[string]bool{}
	type control struct{ name, id string }
	var controls []control
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return append(out, "not well-formed: "+err.Error())
		}
		switch e := t.(type) {
		case xml.StartElement:
			a := map[string]string{}
			for _, x := range e.Attr {
				if _, twice := a[x.Name.Local]; twice {
					out = append(out, e.Name.Local+" has the attribute "+x.Name.Local+" twice")
				}
				a[x.Name.Local] = x.Value
			}
			if id, ok := a["id"]; ok {
				ids[id]++
			}
			for _, ref := range []string{"for", "aria-labelledby", "aria-describedby"} {
				for _, id := range strings.Fields(a[ref]) {
					wanted[id] = e.Name.Local + " " + ref
				}
			}
			if to, ok := strings.CutPrefix(a["href"], "#"); ok && to != "" {
				wanted[to] = "link"
			}
			switch e.Name.Local {
			case "h1":
				h1++
			case "html":
				if a["lang"] == "" || a["dir"] == "" {
					out = append(out, "no language or direction")
				}
			case "label":
				labelled[a["for"]] = true
			case "input", "select", "textarea":
				if a["type"] != "hidden" && !slices.Contains(open, "label") && a["aria-label"] == "" {
					controls = append(controls, control{a["name"], a["id"]})
				}
			case "svg":
				if a["aria-hidden"] != "true" {
					out = append(out, "a picture speaks")
				}
			case "script":
				if a["src"] == "" {
					out = append(out, "a script inside the page")
				}
			case "form":
				if slices.Contains(open, "form") {
					out = append(out, "a form inside a form")
				}
				if m := strings.ToLower(a["method"]); m != "" && m != "post" && m != "get" {
					out = append(out, "a form with the method "+m)
				}
			case "a":
				if slices.Contains(open, "a") || a["href"] == "" {
					out = append(out, "a link that leads nowhere or stands in another: "+a["href"])
				}
			}
			if _, styled := a["style"]; styled {
				out = append(out, "a style inside the page")
			}
			open = append(open, e.Name.Local)
		case xml.EndElement:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
	if h1 != 1 {
		out = append(out, "the page has not one h1")
	}
	for id, n := range ids {
		if n > 1 {
			out = append(out, "the id "+id+" stands twice")
		}
	}
	for id, by := range wanted {
		if ids[id] == 0 {
			out = append(out, by+" names the id "+id+", which is not there")
		}
	}
	for _, c := range controls {
		if !labelled[c.id] {
			out = append(out, "the field "+c.name+" has no label")
		}
	}
	if m := regexp.MustCompile(`\bui\.[a-z]+(\.[a-z0-9-]+)*\b`).FindString(strings.ReplaceAll(page, "ui.css", "")); m != "" {
		out = append(out, "a key instead of a text: "+m)
	}
	return out
}

func TestTheCheckOfPagesSeesWhatIsWrong(t *testing.T) {
	for _, page := range []string{
		`<html lang="nl" dir="ltr"><body></body></html>`,
		`<html lang="nl"><h1>x</h1></html>`,
		`<html lang="nl" dir="ltr"><h1>x</h1><input name="a" id="a"></html>`,
		`<html lang="nl" dir="ltr"><h1>x</h1><b id="a"></b><b id="a"></b></html>`,
		`<html lang="nl" dir="ltr"><h1>x</h1><label for="b">b</label></html>`,
		`<html lang="nl" dir="ltr"><h1>x</h1><p>ui.skip</p></html>`,
		`<html lang="nl" dir="ltr"><h1 style="color:red">x</h1></html>`,
		`<html lang="nl" dir="ltr"><h1>x</h1><script>1</script></html>`,
		`<html lang="nl" dir="ltr"><h1>x</h1><a href="/a">a<a href="/b">b</a></a></html>`,
	} {
		if len(wrong(page)) != 1 {
			t.Errorf("%s: %v", page, wrong(page))
		}
	}
}

var lines = []db.Line{{Name: "web", FS: web.Schema}}

var (
	amira = access.Actor{Kind: access.Staff, ID: "u-amira", Name: "Amira Haddad", Posts: []access.Post{{Role: access.Case, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}
	reem  = access.Actor{Kind: access.IsSelf, ID: "p-reem", Name: "Reem"}
)

func house(t testing.TB) *webtest.House {
	t.Helper()
	shell := func(name string, c func(Page) templ.Component) web.Route {
		return web.Route{Name: "t." + name, Method: http.MethodGet, Path: "/" + name, May: access.Rule{Action: "t.open"},
			Do: func(v *web.Visit) error {
				return v.Page(templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
					return c(Page{Title: "Proef", Nav: "one", Refresh: 5}).Render(templ.WithChildren(ctx, templ.Raw("<h1>Proef</h1>")), w)
				}))
			}}
	}
	broken := web.Route{Name: "t.fault", Method: http.MethodGet, Path: "/fault", May: access.Rule{Action: "t.open"},
		Do: func(v *web.Visit) error {
			for k := fault.Internal; k <= fault.Unavailable; k++ {
				if k.String() == v.Value("kind") {
					return &fault.Fault{Kind: k}
				}
			}
			return errors.New("no such kind")
		}}
	h := webtest.New(t, dbtest.SQLite(t, lines), []lang.Part{{Name: "ui", FS: Texts}}, append(Routes(), broken,
		shell("staff", Staff), shell("portal", Portal), shell("plain", Plain), shell("outside", Outside))...)
	h.Site.Fault = func(v *web.Visit, f *fault.Fault) templ.Component { return FaultPage(v, f) }
	h.Frame = func(v *web.Visit) error {
		items := []NavItem{{Key: "one", Label: "Een", Icon: "house", URL: "/staff", Count: 3}, {Key: "two", Label: "Twee", Icon: "list", URL: "/portal", Count: 1}}
		f := Frame{Nav: []NavGroup{{Items: items}, {Label: "Meer", Items: items}, {Label: "Eén", Items: items[:1]}}, Tabbar: items, Me: v.Actor.Name, Initials: "AH", MeURL: "/staff", HomeURL: "/staff", SearchURL: "/staff", RecordURL: "/staff",
			BellURL: "/staff", Bell: 2, SignOutURL: "/staff", LangURL: "/plain", HideURL: "https://example.org", Demo: true, Size: "115"}
		v.SetCtx(WithFrame(v.Ctx(), f))
		return nil
	}
	return h
}

func TestEveryShellIsSoundInEveryLanguage(t *testing.T) {
	h := house(t)
	staff, client, guest := h.As(amira), h.As(reem), h.Guest()
	for _, l := range lang.All {
		for path, v := range map[string]*webtest.Visitor{"/staff": staff, "/portal": client, "/plain": guest} {
			if path == "/staff" && l.Tag != "nl" && l.Tag != "en" {
				continue
			}
			a := v.Get(path + "?taal=" + l.Tag)
			for _, x := range wrong(a.Body) {
				t.Errorf("%s %s: %s", path, l.Tag, x)
			}
			if !strings.Contains(a.Body, `lang="`+l.Tag+`" dir="`+l.Dir()+`"`) {
				t.Errorf("%s %s: not in this language", path, l.Tag)
			}
			unsure := strings.Contains(a.Body, `class="foot"`)
			if want := l.Tag != "nl" && l.Tag != "en"; unsure != want {
				t.Errorf("%s %s: says that a computer translated: %v", path, l.Tag, unsure)
			}
			if path == "/portal" {
				for _, no := range []string{"woff2", "<title>Proef"} {
					if strings.Contains(a.Body, no) {
						t.Errorf("the refugee's page in %s has %s", l.Tag, no)
					}
				}
				if !strings.Contains(a.Body, "data-hide-now") || !strings.Contains(a.Body, `data-hide="https://example.org"`) {
					t.Errorf("the refugee's page in %s has no way to leave at once", l.Tag)
				}
			}
		}
	}
}

func TestEveryFaultHasAPageInEveryLanguage(t *testing.T) {
	h := house(t)
	for who, v := range map[string]*webtest.Visitor{"staff": h.As(amira), "client": h.As(reem), "guest": h.Guest()} {
		for _, l := range lang.All {
			if who == "staff" && l.Tag != "nl" && l.Tag != "en" {
				continue
			}
			for k := fault.Internal; k <= fault.Unavailable; k++ {
				if k == fault.SignIn {
					continue // leads to the sign-in page
				}
				a := v.Get("/fault?taal=" + l.Tag + "&kind=" + k.String())
				if a.Code < 400 {
					t.Errorf("%s %s: %d", who, k, a.Code)
				}
				for _, x := range wrong(a.Body) {
					t.Errorf("%s %s %s: %s", who, l.Tag, k, x)
				}
			}
		}
	}
}

func TestAFaultPageIsTheSameWhateverWasAskedFor(t *testing.T) {
	v := house(t).As(amira)
	a, b := v.Get("/fault?kind=not-found"), v.Get("/fault?kind=not-found&person=p-reem")
	if a.Body != b.Body {
		t.Error("the page of a fault tells what was asked for")
	}
}

func TestTheStyleguideIsSound(t *testing.T) {
	v := house(t).As(amira)
	for _, path := range []string{"/stijlgids", "/stijlgids?taal=en", "/stijlgids?deel=nl-light", "/stijlgids?deel=ar-dark", "/stijlgids?deel=x"} {
		a := v.Get(path)
		if a.Code != 200 {
			t.Fatalf("%s: %d", path, a.Code)
		}
		for _, x := range wrong(a.Body) {
			t.Errorf("%s: %s", path, x)
		}
		if n := gz([]byte(a.Body)); n > 14<<10 {
			t.Errorf("%s weighs %d bytes packed", path, n)
		}
	}
	if a := v.Get("/stijlgids?deel=ar-dark"); !strings.Contains(a.Body, "أيام") || !strings.Contains(a.Body, "scheme-dark") || strings.Contains(a.Body, "scheme-light") {
		t.Error("the Arabic dark panel is not alone, or not Arabic")
	}
}

// exported are the components of this package, from the pages themselves.
func exported(t *testing.T) []string {
	t.Helper()
	var out []string
	pages, err := filepath.Glob("*.templ")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(pages, "static.go") { // a picture is written by hand
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^(?:templ ([A-Z]\w*)\(|func ([A-Z]\w*)\(.*\) templ\.Component)`).FindAllSubmatch(b, -1) {
			out = append(out, string(m[1])+string(m[2]))
		}
	}
	if len(out) < 30 {
		t.Fatalf("only %d components were found", len(out))
	}
	return out
}

func TestEveryComponentIsShownAndListed(t *testing.T) {
	guide, err := os.ReadFile("styleguide.templ")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	inside := map[string]string{"Once": "Confirm", "Listen": "", "Portal": "", "Words": "", "Plain": "", "Outside": "", "FaultPage": ""} // shown within another, or a page of its own
	for _, name := range exported(t) {
		if by, ok := inside[name]; !ok && !strings.Contains(string(guide), "@"+name+"(") {
			t.Errorf("the styleguide does not show %s", name)
		} else if by != "" && !strings.Contains(string(guide), "@"+by+"(") {
			t.Errorf("the styleguide does not show %s, for it lacks %s", name, by)
		}
		if !regexp.MustCompile(`(?m)^//.*\b` + name + `\(`).Match(doc) {
			t.Errorf("doc.go does not list %s", name)
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^//\t([A-Z]\w*)\(`).FindAllSubmatch(doc, -1) {
		if !slices.Contains(exported(t), string(m[1])) {
			t.Errorf("doc.go lists %s, which is no component", m[1])
		}
	}
}

func TestShortcutsCanBeSwitchedOff(t *testing.T) {
	v := house(t).As(amira)
	if a := v.Get("/staff"); strings.Contains(a.Body, `data-keys="off"`) || !strings.Contains(a.Body, `name="toetsen" value="uit"`) {
		t.Fatal("the shortcuts are not on, or cannot be switched off")
	}
	if a := v.Post("/sneltoetsen", webtest.Form("toetsen", "uit", "terug", "/staff?x=1")); a.Code != 303 || a.To != "/staff?x=1" {
		t.Errorf("%d %s", a.Code, a.To)
	}
	if a := v.Get("/staff"); !strings.Contains(a.Body, `data-keys="off"`) || !strings.Contains(a.Body, `value="aan"`) {
		t.Error("the shortcuts are still on")
	}
	for _, away := range []string{"https://example.org", "//example.org", `/\example.org`, ""} {
		if a := v.Post("/sneltoetsen", webtest.Form("toetsen", "aan", "terug", away)); a.Code != 303 || a.To != "/" {
			t.Errorf("%q leads to %s", away, a.To)
		}
	}
	if a := v.Get("/staff"); strings.Contains(a.Body, `data-keys="off"`) {
		t.Error("the shortcuts stayed off")
	}
}

func TestTheOtherLanguageKeepsThePage(t *testing.T) {
	v := house(t).As(amira)
	if a := v.Get("/staff?taal=nl&q=a%26b&gezegd=x"); !strings.Contains(a.Body, `href="/staff?q=a%26b&amp;taal=en"`) {
		t.Error("the link to the other language leads elsewhere")
	}
}
