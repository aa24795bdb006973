package app

// This file sees to it that what is read aloud is what stands on the page: no more, no less, and nothing of a person in it.

import (
	"html"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

func TestWhatIsReadAloudStandsOnThePage(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	stands := map[string]string{"signin": "/mijn/inloggen", "come": "/mijn", "home": "/mijn", "looks": "/mijn/inzage", "facts": "/mijn/gegevens", "ask": "/mijn/vraag", "letters": "/mijn/brief",
		"consents": "/mijn/toestemmingen", "rights": "/mijn/rechten", "copy": "/mijn/rechten/kopie", "hide": "/mijn/instellingen"}
	guest, reem := browser(t, h, base, ""), browser(t, h, base, "client:p-reem")
	term := regexp.MustCompile(`<a class="term"[^>]*>([^<]*)</a>`) // a hard word is a link to what it means
	speaks := regexp.MustCompile(`data-say="([^"]*)"`)
	for _, p := range passages {
		at, ok := stands[p.ID]
		if !ok {
			t.Errorf("%s: nobody knows where it stands", p.ID)
			continue
		}
		who := reem
		if p.ID == "signin" {
			who = guest
		}
		code, body, _ := ask(t, who, base, http.MethodGet, at+"?taal=en", nil)
		if code != http.StatusOK {
			t.Errorf("%s: %s answers %d", p.ID, at, code)
			continue
		}
		body = html.UnescapeString(body)
		whole, heard := p.Text(h.Texts, "en")
		if !heard {
			t.Errorf("%s: not all of it is there in English", p.ID)
		}
		for _, w := range whole {
			if !strings.Contains(term.ReplaceAllString(speaks.ReplaceAllString(body, ""), "$1"), w) {
				t.Errorf("%s: %q is read aloud and does not stand on %s", p.ID, w, at)
			}
		}
		if len(whole) > 0 && !slices.ContainsFunc(speaks.FindAllStringSubmatch(body, -1), func(m []string) bool {
			return strings.HasPrefix(m[1], whole[0]) && strings.Contains(m[1], whole[len(whole)-1])
		}) {
			t.Errorf("%s: nothing on %s reads it aloud", p.ID, at)
		}
		for _, l := range lang.All {
			for _, k := range p.Keys {
				if i, ok := h.Texts.Item(l.Tag, k); ok && (len(i.Forms) > 0 || strings.ContainsAny(i.One, "{}")) {
					t.Errorf("%s: %s in %s counts or has a hole: nobody can read it aloud beforehand", p.ID, k, l.Tag)
				}
			}
		}
		if lang.T(lang.With(t.Context(), "nl", h.Texts), "translation.reading."+p.ID) == "translation.reading."+p.ID {
			t.Errorf("%s has no title at the desk", p.ID)
		}
	}
}

// TestNoPartIsHeardNowhere finds a button on a page for each part, and a part for each button.
func TestNoPartIsHeardNowhere(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, "internal", "*", "*.templ"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`@ui\.Listen\("([^"]+)"\)`).FindAllSubmatch(b, -1) {
			found[string(m[1])]++
		}
	}
	for _, p := range passages {
		if found[p.ID] != 1 {
			t.Errorf("%s can be heard in %d places", p.ID, found[p.ID])
		}
		delete(found, p.ID)
	}
	for id := range found {
		t.Errorf("nobody can read %s aloud", id)
	}
}
