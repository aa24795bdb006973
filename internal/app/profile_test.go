package app

// This file proves what a telephone keeps of somebody, and how long: it searches the profile of a browser on disk.

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"reisgezel/internal/browsertest"
	"reisgezel/internal/kernel/db"
)

// lax lets every page be kept, as a mistake in one header would, and forgets nothing at signing out.
type lax struct{ http.ResponseWriter }

func (l lax) WriteHeader(code int) {
	h := l.Header()
	if strings.HasPrefix(h.Get("Content-Type"), "text/html") && code == http.StatusOK {
		h.Set("Cache-Control", "private, max-age=3600")
	}
	h.Del("Clear-Site-Data")
	l.ResponseWriter.WriteHeader(code)
}

func TestATelephoneKeepsNothingOfWhoSignedOut(t *testing.T) {
	h, url := demoHouse(t, Settings{People: 20})
	leaky := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.Site.ServeHTTP(lax{w}, r) }))
	t.Cleanup(leaky.Close)
	browsertest.Run(t, "profile.js", url, "LEAKY="+leaky.URL)
}

// A browser writes down what stands in a form, for after a crash, and leaves it on the disk. A form that says so is left out.
func TestNoFormOfAPersonIsKeptByTheirBrowser(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(root, "internal", "*", "*.templ"))
	if err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`<form[^>]*method="post"[^>]*`)
	n := 0
	for _, p := range pages {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(b), "@ui.Portal(") {
			continue
		}
		for _, f := range form.FindAllString(string(b), -1) {
			if n++; !strings.Contains(f, `autocomplete="off"`) {
				t.Errorf("%s: %s> has no autocomplete=\"off\"", p, f)
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d forms were found: the search is broken", n)
	}
}

// weighed counts what goes over the line.
type weighed struct {
	http.ResponseWriter
	sent *atomic.Int64
}

func (w weighed) Write(b []byte) (int, error) {
	w.sent.Add(int64(len(b)))
	return w.ResponseWriter.Write(b)
}

func TestAReadingCopyStaysAsLongAsItsOwnerWants(t *testing.T) {
	h, _ := demoHouse(t, Settings{People: 20})
	var off atomic.Bool
	var sent atomic.Int64
	house := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if off.Load() {
			panic(http.ErrAbortHandler) // as when there is no network
		}
		h.Site.ServeHTTP(weighed{w, &sent}, r)
	}))
	t.Cleanup(house.Close)
	line := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bytes" { // since the last time that it was asked
			_, _ = fmt.Fprint(w, sent.Swap(0))
			return
		}
		off.Store(r.URL.Path == "/off")
	}))
	t.Cleanup(line.Close)
	browsertest.Run(t, "copy.js", house.URL, "LINE="+line.URL)
}

func TestTheLockOfATelephoneLetsIn(t *testing.T) {
	h, url := demoHouse(t, Settings{People: 20})
	step := browsertest.Steps(t, "key.js", strings.Replace(url, "127.0.0.1", "localhost", 1)) // a passkey belongs to a name
	step("make")
	step("enter")
	step("unverified")
	step("ended")
	f, err := h.Files.Machine(t.Context(), h.DB, "p-selam")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.DB.Tx(t.Context(), func(tx *db.Tx) error { return h.Files.Issue(t.Context(), tx, f, "ACDEFGHJ") }); err != nil {
		t.Fatal(err)
	}
	step("refused") // a new card ended it
}
