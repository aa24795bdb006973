package app

// This file walks the pages of a person as they come over a poor line: how heavy each is, that no picture stands without its word,
// and that hard words are explained where they first stand.

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
)

// What a page may weigh in bytes as it is sent: alone, and with everything that it needs when nothing was kept.
const (
	warmMost = 10 << 10
	coldMost = 30 << 10
)

func gzipped(t *testing.T, b []byte) int {
	t.Helper()
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return z.Len()
}

// assets weighs what the pages of a person load beside themselves: each file once.
func assets(t *testing.T, page string) int {
	t.Helper()
	files := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?:href|src)="(/static/[^"#]+)`).FindAllStringSubmatch(page, -1) {
		files[m[1]] = true
	}
	sum := 0
	for f := range files {
		r := httptest.NewRequest(http.MethodGet, f, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		ui.Static().ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Fatalf("%s is not there", f)
		}
		n, err := io.Copy(io.Discard, w.Result().Body)
		if err != nil {
			t.Fatal(err)
		}
		sum += int(n)
	}
	return sum
}

// element is a piece of a page: enough of it to ask what somebody sees.
type element struct {
	name, tag string
	seen      strings.Builder // the words in it that are seen
	up        *element
}

var (
	tagOrText = regexp.MustCompile(`<[^>]*>|[^<]+`)
	bare      = regexp.MustCompile(`^<(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|!)\b|^<!`)
)

// wordless are the pictures of a page beside which no word is seen: in the same button, link or paragraph, or right beside it.
func wordless(page string) (out []string) {
	_, page, _ = strings.Cut(page, "<main")
	page = "<main" + page
	root := &element{}
	at := root
	var pictures []*element
	for _, x := range tagOrText.FindAllString(page, -1) {
		switch {
		case strings.HasPrefix(x, "</"):
			if at.up != nil {
				at = at.up
			}
		case bare.MatchString(x):
		case strings.HasPrefix(x, "<"):
			e := &element{tag: x, up: at}
			e.name, _, _ = strings.Cut(strings.Trim(x, "<>"), " ")
			at = e
			if e.name == "svg" {
				pictures = append(pictures, e)
			}
		default:
			for e := at; e != nil; e = e.up {
				if strings.Contains(e.tag, `class="vh"`) || e.name == "svg" {
					break
				}
				e.seen.WriteString(strings.TrimSpace(x))
			}
		}
	}
	for _, p := range pictures {
		word := false
		for e, n := p.up, 0; e != nil && n < 2; e, n = e.up, n+1 {
			word = word || e.seen.Len() > 0 && e.name != "main" && e.name != "body"
		}
		if !word || !strings.Contains(p.tag, `aria-hidden="true"`) {
			out = append(out, p.tag+" in "+p.up.tag)
		}
	}
	return out
}

func TestPagesOfAPersonAreLightAndTheirPicturesHaveWords(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	explained, heaviest, where := 0, 0, ""
	for _, who := range []string{"p-selam", "p-reem", "p-ahmad"} {
		c := browser(t, h, base, "client:"+who)
		for _, tag := range []string{"nl", "ar", "ti", "ckb"} {
			for _, r := range h.Site.Routes() {
				if r.Method != http.MethodGet || r.May.Need != access.BySelf || strings.Contains(r.Path, "{") || r.Name == "rights.paper_file" {
					continue
				}
				code, page, _ := ask(t, c, base, http.MethodGet, r.Path+"?taal="+tag, nil)
				if code != http.StatusOK {
					continue
				}
				at := who + " " + tag + " " + r.Path
				warm := gzipped(t, []byte(page))
				if warm > heaviest {
					heaviest, where = warm, at
				}
				if cold := warm + assets(t, page); warm > warmMost || cold > coldMost {
					t.Errorf("%s weighs %d bytes, %d when nothing was kept", at, warm, cold)
				}
				for _, p := range wordless(page) {
					t.Errorf("%s: a picture without a word: %s", at, p)
				}
				explained += hardWords(t, at, page)
			}
		}
	}
	t.Logf("the heaviest is %s: %d bytes", where, heaviest)
	if explained < 20 {
		t.Errorf("only %d hard words are explained on all pages: the search is broken", explained)
	}
}

// hardWords looks at the words that a page explains: each once, with an explanation, and a link only to one that is there.
func hardWords(t *testing.T, at, page string) int {
	t.Helper()
	ids := regexp.MustCompile(`<details id="woord-([a-z]+)">`).FindAllStringSubmatch(page, -1)
	var have []string
	for _, m := range ids {
		have = append(have, m[1])
	}
	links := regexp.MustCompile(`<a class="term" href="#woord-([a-z]+)">`).FindAllStringSubmatch(page, -1)
	seen := map[string]bool{}
	for _, m := range links {
		if !slices.Contains(have, m[1]) || seen[m[1]] {
			t.Errorf("%s: the link to %s leads nowhere, or stands there twice", at, m[1])
		}
		seen[m[1]] = true
	}
	if len(have) > 6 || strings.Contains(page, "information.term.") {
		t.Errorf("%s: explains %v", at, have)
	}
	return len(have)
}

func TestTheTwelvePicturesHaveAWordInEveryLanguage(t *testing.T) {
	if len(ui.Pictograms) != 12 {
		t.Errorf("there are %d pictures, not twelve", len(ui.Pictograms))
	}
	texts, err := lang.Load(textParts()...)
	if err != nil {
		t.Fatal(err)
	}
	icons := map[string]string{}
	for _, p := range ui.Pictograms {
		if was := icons[p.Icon]; was != "" {
			t.Errorf("%s and %s look alike", was, p.Name)
		}
		icons[p.Icon] = p.Name
		for _, l := range lang.All {
			if !texts.Has(l.Tag, p.Key()) {
				t.Errorf("%s has no word for %s", l.Tag, p.Name)
			}
		}
	}
	if got := wordless(`<main><p><svg class="i" aria-hidden="true"></svg></p><a><svg aria-hidden="true"></svg><span class="vh">Terug</span></a><a><svg aria-hidden="true"></svg> Terug</a></main>`); len(got) != 2 {
		t.Errorf("pictures without a word are not found: %v", got)
	}
}
