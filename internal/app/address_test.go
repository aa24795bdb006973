package app

// This file looks for an address that is kept apart through every door of the house, as every sort of visitor.

import (
	"bytes"
	"context"
	"errors"
	"html"
	"log/slog"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web"
)

// Markers are a part of each address that stands nowhere else in the demonstration: of Reem, whose address is guarded, and
// of Selam, whose address one colleague may see with a reason.
var markers = map[string]string{"p-reem": "Vogelkersstraat", "p-selam": "kamer 114"}

// shows are the answers in which an address may stand: who posts what about whom. There are no others.
var shows = []string{"residence.reveal p-selam caseworker", "residence.reveal p-selam legal", "residence.mine_show p-reem herself", "residence.reveal p-imported caseworker"}

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
	// Somebody comes in with an address in a file.
	const imported = "Kanariegracht"
	came := importOne(t, h, srv.URL, "voornaam;geboren;adres;plaats\nZefir;1990;"+imported+" 12;Utrecht\n", "own", "birth", "address", "lives")
	markers := maps.Clone(markers)
	markers[came] = imported
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
			for _, q := range []string{"Vogelkers", "3541", "114", "kamer", "Kanarie", "Zefir"} {
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
		for _, other := range []string{"p-selam", came} {
			found[i] = strings.Replace(found[i], "residence.mine_show "+other+" herself", "residence.mine_show p-reem herself", 1)
		}
		found[i] = strings.Replace(found[i], came, "p-imported", 1)
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

// importOne brings a table with one person in, as the administrator does, and tells who came.
func importOne(t *testing.T, h *House, base, table string, columns ...string) string {
	t.Helper()
	c := browser(t, h, base, "u-beheer")
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", "mensen.csv")
	if err != nil {
		t.Fatal(err)
	}
	_, err = part.Write([]byte(table))
	for k, v := range map[string]string{"kind": "people", web.OnceField: db.ID("once", dbNow)} {
		err = errors.Join(err, w.WriteField(k, v))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, base+"/inlezen", &body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Origin", base)
	a, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = a.Body.Close()
	at := regexp.MustCompile(`/inlezen/b-[0-9a-z]+`).FindString(a.Header.Get("Location"))
	if at == "" {
		t.Fatalf("the upload answered %d", a.StatusCode)
	}
	_, page, _ := ask(t, c, base, http.MethodGet, at, nil)
	seen := regexp.MustCompile(`name="seen" value="([^"]*)"`).FindStringSubmatch(page)
	if seen == nil {
		t.Fatalf("no columns to choose:\n%s", page)
	}
	form := url.Values{"head": {"1"}, "source": {"ind"}, "order": {"dmy"}, "seen": {html.UnescapeString(seen[1])}}
	for i, field := range columns {
		form.Set("column-"+string(rune('A'+i)), field)
	}
	if code, body, _ := ask(t, c, base, http.MethodPost, at+"/kolommen", form); code != http.StatusSeeOther {
		t.Fatalf("the columns answered %d\n%s", code, body)
	}
	if code, body, _ := ask(t, c, base, http.MethodPost, at+"/bevestigen", url.Values{"location": {"l-overvecht"}, "helper": {"amira@reisgezel.example"}}); code != http.StatusSeeOther {
		t.Fatalf("confirming answered %d\n%s", code, body)
	}
	person, err := db.One[string](t.Context(), h.DB, db.F(`SELECT person FROM ingest_print WHERE batch = ?`, strings.TrimPrefix(at, "/inlezen/")))
	if err != nil {
		t.Fatal(err)
	}
	return person
}
