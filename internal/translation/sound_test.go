package translation

// This file lets parts of pages be read aloud on both databases: heard by nobody before a second colleague listened, and never beside
// other words than those that were read.

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/sound"
	"reisgezel/internal/kernel/web/webtest"
)

// speech are some frames of MP3 behind a title that tells something.
func speech() []byte {
	return append([]byte("ID3\x04\x00\x00\x00\x00\x00\x0552.09"), bytes.Repeat(append([]byte{0xff, 0xfb, 0x90, 0x00}, make([]byte, 413)...), 5)...)
}

func speak(t *testing.T, v *webtest.Visitor, part string, b []byte, values ...string) webtest.Answer {
	t.Helper()
	parts := append([]string{"deel", part}, values...)
	if b != nil {
		parts = append(parts, "@geluid", string(b))
	}
	return v.Hand("/vertalen/ar/geluid", "stem.mp3", parts...)
}

func TestAPartOfAPageIsHeardWhenTwoAgreedAndTheWordsAreThose(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.t.LendPassages([]Passage{{ID: "ask", Keys: []string{"ui.fault.home", "ui.skip"}}, {ID: "copy", Keys: []string{"ui.nav"}}})
		amira, marwan, noor := o.As(amira), o.As(marwan), o.As(noor)
		const desk = "/vertalen/ar/geluid"
		skip, _ := o.Site.Texts.Item("ar", "ui.skip")
		want(t, "the desk", amira.Get(desk), 200, skip.One, "!<audio")
		want(t, "whoever does not read it", noor.Get(desk), 200, skip.One, "!type=\"file\"")
		for what, a := range map[string]webtest.Answer{
			"nothing":      speak(t, amira, "ask", nil),
			"a page":       speak(t, amira, "ask", []byte("<html><script>"), "spreker-ask", "", "mag-ask", ""),
			"not a person": speak(t, amira, "ask", speech()),
		} {
			want(t, what, a, 422, "Schrijf wie voorleest")
		}
		want(t, "whoever does not read it sends one", speak(t, noor, "ask", speech(), "spreker-ask", "Noor", "mag-ask", "1"), 404)
		want(t, "a part that is not there", speak(t, amira, "all", speech(), "spreker-all", "Amira", "mag-all", "1"), 404)
		wave := slices.Concat([]byte("RIFF\x2c\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x08\x00\x00\x00"), make([]byte, 8))
		if s, why := sound.Read(wave); why != "" || s.Kind != "audio/wav" {
			t.Fatal("the test has no wave", s.Kind, why)
		}
		want(t, "what an old telephone does not play", speak(t, amira, "ask", wave, "spreker-ask", "Amira", "mag-ask", "1"), 422, "Kies een mp3 of m4a")
		want(t, "too much", speak(t, amira, "ask", make([]byte, sound.ForAll+1), "spreker-ask", "Amira", "mag-ask", "1"), 422, "groter dan 3 MB", `value="Amira"`)
		want(t, "a recording", speak(t, amira, "ask", speech(), "spreker-ask", "Amira", "mag-ask", "1"), 303)
		cs, err := o.t.clipsOf(t.Context(), "ar")
		if err != nil || len(cs) != 1 {
			t.Fatal(cs, err)
		}
		public, decide := "/geluid/ar/"+cs[0].ID, desk+"/"+cs[0].ID
		if _, ok := o.t.Aloud("ar", "ask"); ok {
			t.Error("it is heard before anybody agreed")
		}
		want(t, "everybody before", o.Guest().Get(public), 404)
		want(t, "a colleague before", marwan.Get(decide), 200)
		want(t, "a second listener hears of it", marwan.Get("/vertalen"), 200, "Opname van: Stel uw vraag")
		want(t, "its maker does not", amira.Get("/vertalen"), 200, "!Opname van:")
		want(t, "its maker agrees", amira.Post(decide, webtest.Form("besluit", "passed")), 409)
		want(t, "who does not read it agrees", noor.Post(decide, webtest.Form("besluit", "passed")), 409)
		want(t, "a second listener", marwan.Post(decide, webtest.Form("besluit", "passed")), 303)
		a := o.Guest().Get(public)
		if a.Code != 200 || a.Header.Get("Content-Type") != "audio/mpeg" || !strings.HasPrefix(a.Header.Get("Cache-Control"), "public") || strings.Contains(a.Body, "52.09") {
			t.Errorf("everybody hears %d %v", a.Code, a.Header)
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.Server.URL+public, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Range", "bytes=0-3")
		if a := o.Guest().Send(r); a.Code != http.StatusPartialContent || len(a.Body) != 4 {
			t.Errorf("a part of it answers %d with %d bytes", a.Code, len(a.Body))
		}
		other := New(d, o.t.org, o.fresh(t)) // another machine
		other.LendPassages(o.t.passages)
		if err := other.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, ok := other.Aloud("ar", "ask"); !ok {
			t.Error("another machine does not know it")
		}

		// Other words than those that were read have no sound.
		want(t, "other words", amira.Post("/vertalen/ar/tekst/ui.skip", webtest.Form("tekst", "إلى المحتوى الآن")), 303)
		want(t, "and agreed", marwan.Post("/vertalen/ar/tekst/ui.skip/besluit", webtest.Form("voorstel", o.latest(t), "besluit", "passed")), 303)
		if err := o.t.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if now, _ := o.Site.Texts.Item("ar", "ui.skip"); now.One != "إلى المحتوى الآن" {
			t.Fatalf("the words did not change: %s", now.One)
		}
		want(t, "the old recording", o.Guest().Get(public), 404)
		want(t, "the desk says so", amira.Get(desk), 200, "de tekst is veranderd")
		want(t, "it is taken away", amira.Post(decide, webtest.Form("besluit", Undone)), 303)
		want(t, "and nobody hears it any more, at the desk neither", amira.Get(desk), 200, "weggehaald", "!<audio")
		want(t, "nor by its address", amira.Get(decide), 404)
		if kept, err := o.t.clipBody(t.Context(), cs[0].ID); err != nil || len(kept) != 0 {
			t.Errorf("its voice stays: %d bytes, %v", len(kept), err)
		}
		want(t, "and no longer there to take", amira.Post(decide, webtest.Form("besluit", Undone)), 409)
	})
}
