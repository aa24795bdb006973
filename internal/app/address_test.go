package app

// This file looks for an address that is kept apart through every door of the house, as every sort of visitor.

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// Markers are a part of each address that stands nowhere else in the demonstration: of Reem, whose address is guarded, and
// of Selam, whose address one colleague may see with a reason.
var markers = map[string]string{"p-reem": "Vogelkersstraat", "p-selam": "kamer 114"}

// shows are the answers in which an address may stand: who posts what about whom. There are no others.
var shows = []string{"residence.reveal p-selam caseworker", "residence.reveal p-selam legal", "residence.mine_show p-reem herself"}

func TestAnAddressStandsOnNoPageButTheOneThatShowsIt(t *testing.T) {
	log := &paper{}
	h, err := Build(context.Background(), Settings{Demo: true, Listen: "127.0.0.1:0", Data: t.TempDir()}, clock.System(), slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	if _, err := h.FillDemo(context.Background(), 40, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h.Site)
	t.Cleanup(srv.Close)
	consent, err := db.One[string](t.Context(), h.DB, db.F(`SELECT consent FROM consent_handed WHERE person = ?`, "p-reem"))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	look := func(route, person, who, body string) {
		for _, m := range markers {
			if strings.Contains(body, m) {
				found = append(found, route+" "+person+" "+who)
			}
		}
	}
	asked := 0
	form := func() url.Values {
		return url.Values{"cause": {"visit"}, "words": {"ik ga vanmiddag langs"}, "why": {"x"}, "code": {"quiet"}, "circle": {"few"}, "answer": {"yes"}}
	}
	for _, v := range visitors {
		c := browser(t, h, srv.URL, v.who)
		for person := range markers {
			paths := strings.NewReplacer("{consent}", consent)
			at := func(path string) string {
				return strings.ReplaceAll(holes.Replace(paths.Replace(path)), "-reem", person[1:])
			}
			for _, r := range h.Site.Routes() {
				if r.Method == http.MethodGet {
					_, body, _ := ask(t, c, srv.URL, r.Method, at(r.Path), nil)
					look(r.Name, person, v.name, body)
					asked++
				}
			}
			// Forms last: what they change must not make the looking easier. Those that would write over the address, and those
			// that end the session, are left out.
			for _, r := range h.Site.Routes() {
				file := r.May.Need == access.ByFile || r.May.Need == access.BySelf
				if r.Method != http.MethodPost || !file || slices.Contains([]string{"residence.address_save", "residence.mine_address", "portal.signout", "portal.end"}, r.Name) {
					continue
				}
				_, body, _ := ask(t, c, srv.URL, r.Method, at(r.Path), form())
				look(r.Name, person, v.name, body)
				asked++
			}
			for _, q := range []string{"Vogelkers", "3541", "114", "kamer"} {
				_, body, _ := ask(t, c, srv.URL, http.MethodGet, "/zoeken?q="+q, nil)
				look("search", person, v.name, body)
			}
		}
	}
	if asked < 2000 {
		t.Errorf("only %d answers were looked at", asked)
	}
	// Herself is Reem, under whichever file the door was tried.
	for i := range found {
		found[i] = strings.Replace(found[i], "residence.mine_show p-selam herself", "residence.mine_show p-reem herself", 1)
	}
	slices.Sort(found)
	found = slices.Compact(found)
	want := slices.Sorted(slices.Values(shows))
	if !slices.Equal(found, want) {
		t.Errorf("an address stands in the answers of\n%s\nand not of\n%s", strings.Join(found, "\n"), strings.Join(want, "\n"))
	}
	h.RunJobs(t.Context())
	if err := h.DB.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(h.Settings.Data, "reisgezel.db*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, m := range markers {
		if strings.Contains(log.String(), m) {
			t.Errorf("%s stands in the log of the program", m)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil || bytes.Contains(b, []byte(m)) {
				t.Errorf("%s stands in %s: %v", m, filepath.Base(f), err)
			}
		}
	}
}
