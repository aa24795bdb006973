package ui

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
)

func gz(b []byte) int {
	var z bytes.Buffer
	w, _ := gzip.NewWriterLevel(&z, 6)
	_, _ = w.Write(b)
	_ = w.Close()
	return z.Len()
}

func TestStaticFilesStayLight(t *testing.T) {
	for name, most := range map[string]int{"app.css": 12 << 10, "app.js": 4 << 10, "icons.svg": 10 << 10} {
		if n := gz(assets[name].body); n > most {
			t.Errorf("%s is %d bytes packed, at most %d", name, n, most)
		}
	}
	fonts := 0
	for name, a := range assets {
		if strings.HasSuffix(name, ".woff2") {
			fonts += len(a.body)
		}
	}
	if fonts > 40<<10 {
		t.Errorf("the fonts are %d bytes", fonts)
	}
}

func TestTheSchemesOfTheStyleguideAreThoseOfThePages(t *testing.T) {
	css := string(assets["schemes.css"].body)
	for _, want := range []string{".scheme-light{", "--rg-paper:#faf8f4", ".scheme-dark{", "--rg-paper:#12191b"} {
		if !strings.Contains(css, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestPagesUseClassesThatExist(t *testing.T) {
	css := regexp.MustCompile(`\.([a-zA-Z][\w-]*)`).FindAllStringSubmatch(string(assets["app.css"].body), -1)
	known := map[string]bool{}
	for _, m := range css {
		known[m[1]] = true
	}
	pages, err := fs.Glob(os.DirFS("."), "*.templ")
	if err != nil || len(pages) < 4 {
		t.Fatal(pages, err)
	}
	for _, p := range pages {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`class="([^"]*)"`).FindAllSubmatch(b, -1) {
			for _, c := range strings.Fields(string(m[1])) {
				if !known[c] {
					t.Errorf("%s uses the class %s, which the stylesheet does not know", p, c)
				}
			}
		}
	}
}

func TestTheStylesheetKnowsNoLeftOrRight(t *testing.T) {
	css := string(assets["app.css"].body)
	css = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(css, "")
	for _, m := range regexp.MustCompile(`(margin|padding|border)-(left|right)|text-align: ?(left|right)|[;{ ](left|right):`).FindAllString(css, -1) {
		t.Errorf("physical direction: %s", m)
	}
	outside := regexp.MustCompile(`(?s):root[^{]*\{.*?\}`).ReplaceAllString(css, "")
	for _, m := range regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|rgba?\(`).FindAllString(outside, -1) {
		t.Errorf("a colour outside the tokens: %s", m)
	}
}

func TestNoPageCarriesStyleOrScriptInline(t *testing.T) {
	n := 0
	err := fs.WalkDir(os.DirFS("../.."), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(p, ".templ") {
			return err
		}
		n++
		b, err := os.ReadFile("../../" + p)
		if err != nil {
			return err
		}
		if regexp.MustCompile(`[\s"]style=|<style|\son[a-z]+="|<script>|templ\.Raw|javascript:`).Match(b) {
			t.Errorf("%s carries an inline style or script, or raw text", p)
		}
		return nil
	})
	if err != nil || n < 3 {
		t.Errorf("%d pages looked at, %v", n, err)
	}
}

func TestEveryIconThatIsNamedExists(t *testing.T) {
	sprite := string(assets["icons.svg"].body)
	named := regexp.MustCompile(`(?:Icon\("|Icon: *"|TagIcon: *")([a-z-]+)"`)
	err := fs.WalkDir(os.DirFS("../.."), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || !(strings.HasSuffix(p, ".templ") || strings.HasSuffix(p, ".go")) || strings.HasSuffix(p, "_test.go") {
			return err
		}
		b, err := os.ReadFile("../../" + p)
		if err != nil {
			return err
		}
		for _, m := range named.FindAllSubmatch(b, -1) {
			if !strings.Contains(sprite, `id="`+string(m[1])+`"`) {
				t.Errorf("%s: there is no icon %q", p, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestStaticAnswers(t *testing.T) {
	for path, code := range map[string]int{Asset("app.css"): 200, "/static/old/app.css": 200, Asset("fonts/OFL.txt"): 200, Asset("icons.LICENSE.txt"): 200, "/static/x/../ui.go": 404, "/static/x/none": 404, "/static/": 404, "/static": 404} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "http://x/", nil)
		r.URL.Path = path
		r.Header.Set("Accept-Encoding", "gzip")
		Static().ServeHTTP(w, r)
		if w.Code != code {
			t.Errorf("%s: %d", path, w.Code)
		}
		if keep := strings.Contains(w.Header().Get("Cache-Control"), "immutable"); code == 200 && keep != strings.HasPrefix(path, "/static/"+hash+"/") {
			t.Errorf("%s: kept for a year: %v", path, keep)
		}
		if code == 200 {
			z, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			b, err := io.ReadAll(z)
			if name := path[strings.Index(path[8:], "/")+9:]; err != nil || string(b) != string(assets[name].body) {
				t.Errorf("%s is not what was packed (%v)", path, err)
			}
		}
	}
}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "ui", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(f)
	}
	shared := []string{"ui.demo", "ui.skip", "ui.home", "ui.tabbar", "ui.language", "ui.hide", "ui.machine", "ui.optional", "ui.error", "ui.due", "ui.done", "ui.fault"}
	if f := c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, shared...); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
}

func TestErrorsAreSaidInTheSummaryAndAtTheField(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "ui", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	ctx := lang.With(context.Background(), "nl", c)
	var fs fault.Fields
	fs.Add("name", "ui.skip")
	var b bytes.Buffer
	if err := Errors(fs).Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	if err := Field(F{Name: "name", Label: "Naam", Value: `<"x">`, Err: ErrAt(fs, "name")}).Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`href="#f-name"`, `id="f-name"`, `aria-invalid="true"`, `aria-describedby="f-name-e"`, `id="f-name-e"`, `for="f-name"`, `&lt;&#34;x&#34;&gt;`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s is missing in %s", want, b.String())
		}
	}
}
