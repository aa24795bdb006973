package contact

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

// storyOf writes so many contacts about Selam, over eight years; the oldest one alone holds the word "naald".
func (o office) storyOf(t testing.TB, n int) {
	t.Helper()
	notes := []string{"Brief van de gemeente gelezen en uitgelegd. De uitkering wordt volgende maand hersteld.", "Samen gebeld met de huisarts over een afspraak voor haar dochter.",
		"ሰላም መጺኣ፣ ደብዳበ ናይ IND ኣንቢብና።", "شرحنا رسالة البلدية وملأنا النموذج معا."}
	authors := []string{"u-amira", "u-ria", "u-marwan", "u-jan"}
	k, err := o.v.Key(t.Context(), "p-selam")
	if err != nil {
		t.Fatal(err)
	}
	if err := o.d.Bulk(t.Context(), func(tx *db.Tx) error {
		for i := range n {
			note := notes[i%len(notes)]
			if i == n-1 {
				note = "De naald in de hooiberg."
			}
			if err := demoMoment(t.Context(), tx, k, Moment{Talk: Talk{ID: fmt.Sprintf("m-story-%06d", i), At: o.d.Now().Add(-time.Duration(i) * 7 * time.Hour), Author: authors[i%len(authors)], Visible: "client",
				What: Body{Topic: Topics[i%len(Topics)], Note: note, Next: "ready", Done: []string{"read"}}}, Person: "p-selam", Team: "t-utrecht"}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkStory asks for the pages of a file with ten thousand contacts, through a real server and with everything that a
// page costs: the session, the log, opening what is sealed, the HTML.
func BenchmarkStory(b *testing.B) {
	o := newOffice(b, dbtest.SQLite(b, lines))
	o.files.LendAuthors(o.c.Authors)
	o.storyOf(b, 10_000)
	v := o.As(amira)
	const page = "/dossier/p-selam/verloop"
	seek := func(words string) string {
		a := v.Post(page, webtest.Form("woorden", words))
		if a.Code != 303 {
			b.Fatal(a.Code, a.Body)
		}
		return a.To
	}
	middle := page + "?tot=2022-11-24"
	for _, c := range []struct{ name, url, want string }{
		{"overview", "/dossier/p-selam", "Wat er gebeurde"},
		{"page", page, "Ouder laden"},
		{"page-in-the-middle", middle, "Ouder laden"},
		{"filter-by-somebody", page + "?wie=u-marwan", "Ouder laden"},
		{"filter-that-finds-nothing", page + "?wat=message", "Hier staat niets"},
		{"search-on-every-page", seek("gemeente brief"), "<mark>gemeente</mark>"},
		{"search-the-oldest", seek("naald"), "<mark>naald</mark>"},
		{"search-nothing", seek("bestaatniet"), "Niets gevonden"},
		{"print", page + "/papier", "Volgend deel"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if a := v.Get(c.url); a.Code != 200 || !strings.Contains(a.Body, c.want) {
					b.Fatal(c.url, a.Code, a.Body)
				}
			}
		})
	}
}

// Every one of the contacts is on exactly one page, all the way down.
func TestALongStoryLosesNothing(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	o.files.LendAuthors(o.c.Authors)
	o.storyOf(t, 1_000)
	v := o.As(amira)
	want := o.count(t, db.F(`SELECT COUNT(*) FROM contact_moment WHERE person = ? AND visible = 'client'`, "p-selam"))
	entry, older := regexp.MustCompile(`<time datetime="([^"]*)"`), regexp.MustCompile(`href="([^"]*voor=[^"]*)"`)
	got, last := 0, "9999"
	for next, pages := "/dossier/p-selam/verloop", 0; next != ""; pages++ {
		a := v.Get(next)
		if a.Code != 200 || pages > want/20 {
			t.Fatalf("%s answers %d on page %d", next, a.Code, pages)
		}
		for _, m := range entry.FindAllStringSubmatch(a.Body, -1) {
			if m[1] > last {
				t.Fatalf("%s comes after %s", m[1], last)
			}
			got, last = got+1, m[1]
		}
		next = ""
		if m := older.FindStringSubmatch(a.Body); m != nil {
			next = html.UnescapeString(m[1])
		}
	}
	if got < 1_000 || got < want {
		t.Errorf("%d moments on the pages, %d in the file", got, want)
	}
}
