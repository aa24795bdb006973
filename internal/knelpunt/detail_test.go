package knelpunt

// This file tests the structured forms and their photographs, from the form to the bottleneck.

import (
	"bytes"
	"context"
	"html"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web/webtest"
)

func TestTheFormsAskWhatTheyMust(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "knelpunt", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	answers, normed := 0, 0
	for _, form := range Forms {
		full := Detail{Form: form, Said: map[string][]string{}}
		if len(Questions(form)) < 7 {
			t.Errorf("%s has %d questions: the list is broken", form, len(Questions(form)))
		}
		for _, q := range Questions(form) {
			for _, tag := range []string{"nl", "en"} {
				for _, key := range append([]string{q.Key()}, keysOf(q)...) {
					if !c.Has(tag, key) {
						t.Errorf("%s has no words in %s", key, tag)
					}
				}
			}
			for _, a := range q.Of {
				answers++
				if q.Norm(a) != "" {
					normed++
				}
			}
			if q.Form == Reception && q.Name == "lack" {
				for _, a := range q.Of {
					if !strings.Contains(q.Norm(a), "art. ") {
						t.Errorf("what is lacking, %s, is held against no article", a)
					}
				}
			}
			full.Said[q.Name] = []string{q.Of[0]}
		}
		if fs := full.Check(); len(fs) > 0 {
			t.Errorf("a filled form of %s has faults: %v", form, fs)
		}
		empty := Detail{Form: form, Said: map[string][]string{}}
		if fs := empty.Check(); len(fs) < 5 {
			t.Errorf("an empty form of %s has %d faults", form, len(fs))
		}
		for _, q := range Questions(form) {
			for what, said := range map[string][]string{"made up": {"moon"}, "both": {q.Of[0], q.Of[1]}} {
				bad := Detail{Form: form, Said: map[string][]string{}}
				for k, v := range full.Said {
					bad.Said[k] = v
				}
				bad.Said[q.Name] = said
				if fs := bad.Check(); len(fs) != 1 && (what == "made up" || !q.Many) {
					t.Errorf("%s %s: %s is taken", form, q.Name, what)
				}
			}
		}
	}
	if answers < 80 || normed < 12 {
		t.Errorf("%d answers, %d with a norm: the list is broken", answers, normed)
	}
	if d := ReadDetail("moon", func(string) []string { return nil }); d.Form != "" {
		t.Error("a form that was made up is one")
	}
	cs, n := Tallied(Reception, []Detail{{Form: Reception, Said: map[string][]string{"lack": {"bed", "bed", "food"}}}, {Form: Reception, Said: map[string][]string{"lack": {"food"}}}, {Form: Pushback}, {}})
	if n != 2 || len(cs) != 1 || !slices.Equal(cs[0].Of, []CountedAnswer{{"food", 2}, {"bed", 1}}) {
		t.Errorf("%d %v", n, cs)
	}
}

func keysOf(q Question) (out []string) {
	for _, a := range q.Of {
		out = append(out, q.Key(a))
	}
	return out
}

var lacking = []string{"vorm", "reception", "thema", "reception", "instantie", "coa", "v_site", "emergency", "v_lack", "bed", "v_since", "weeks", "v_people", "tens", "v_children", "yes", "v_said", "noplace"}

// photoIn sends a form with a photograph.
func (o *office) photoIn(t *testing.T, v *webtest.Visitor, path string, b []byte) webtest.Answer {
	t.Helper()
	return v.Hand(path, "foto.jpg", "@foto", string(b))
}

func TestAReportOfAReceptionPlace(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.k.LendPicture(func(_ context.Context, b []byte) ([]byte, error) {
			if bytes.HasPrefix(b, []byte("bad")) {
				return nil, fault.Fields{{Name: "file", Key: "knelpunt.error.photokind"}}.Err()
			}
			return append([]byte("small "), b...), nil
		})
		a, m := o.As(amira), o.As(marwan)
		want(t, "the form", a.Get("/signaal?vorm=reception"), 200, "Wat ontbreekt", "Richtlijn 2024/1346", "Rva 2005, art. 9", `<option value="reception" selected`)
		want(t, "the other form", a.Get("/signaal?vorm=pushback"), 200, "Over welke grens", `<option value="border" selected`, "!Wat ontbreekt")
		bad := filled(lacking...)
		bad.Del("v_site")
		bad.Set("v_since", "moon")
		want(t, "faults at once", a.Post("/signaal", bad), 422, "f-v_site", "f-v_since", "De tolk sprak de taal niet.", `value="bed" checked`)
		show := a.Post("/signaal", filled(lacking...))
		want(t, "the preview", show, 200, "Noodopvang", "Richtlijn 2024/1346, art. 19", `name="v_lack" value="bed"`, `name="vorm" value="reception"`)
		must(t, a, "/signaal/geven", filled(lacking...))
		id := one[string](t, d, db.F(`SELECT id FROM knelpunt_draft`))

		// A photograph comes in; a bad file is refused at its field and nothing is lost.
		mine := "/signalen/mijn/" + id
		want(t, "the draft", a.Get(mine), 200, "Alleen van een plek of een ding", `value="emergency" checked`)
		for what, x := range map[string]struct {
			b    []byte
			text string
		}{"bad": {[]byte("bad"), "Dit is geen foto"}, "empty": {nil, "Kies een foto"}, "large": {make([]byte, photoMost+1), "groter dan 12 MB"}} {
			want(t, what, o.photoIn(t, a, mine+"/foto", x.b), 422, x.text, "De tolk sprak de taal niet.")
		}
		if x := o.photoIn(t, m, mine+"/foto", []byte("x")); x.Code != 404 {
			t.Errorf("another adds a photograph: %d", x.Code)
		}
		for range photosMost {
			if x := o.photoIn(t, a, mine+"/foto", []byte("bed")); x.Code != 303 {
				t.Fatal(x.Code, x.Body)
			}
		}
		if x := o.photoIn(t, a, mine+"/foto", []byte("bed")); x.Code != 422 {
			t.Errorf("one more than fits: %d", x.Code)
		}
		ps := mustMany[string](t, d, db.F(`SELECT id FROM knelpunt_photo ORDER BY id`))
		must(t, a, mine+"/foto/"+ps[0]+"/weg", webtest.Form())
		if b := one[[]byte](t, d, db.F(`SELECT body FROM knelpunt_photo WHERE id = ?`, ps[1])); bytes.Contains(b, []byte("bed")) {
			t.Error("a photograph stands readable")
		}
		for who, x := range map[string]struct {
			v    *webtest.Visitor
			code int
		}{"the author": {a, 200}, "the second reader": {m, 200}, "another team": {o.As(far), 404}, "a volunteer": {o.As(ria), 404}} {
			if g := x.v.Get("/signalen/foto/" + ps[1]); g.Code != x.code {
				t.Errorf("%s sees a photograph of a draft: %d", who, g.Code)
			}
		}

		// Who lets it go has to have looked at every photograph.
		judge := "/signalen/vrijgeven/" + id
		version := html.EscapeString(one[string](t, d, db.F(`SELECT CAST(version AS TEXT) FROM knelpunt_draft`)))
		want(t, "to judge", m.Get(judge), 200, "Noodopvang", "/signalen/foto/"+ps[1], "Op geen foto is iemand te herkennen", "!/signalen/foto/"+ps[0])
		want(t, "not looked", m.Post(judge, webtest.Form("besluit", "release", "versie", version)), 422, "Bekijk eerst elke foto")
		must(t, m, judge, webtest.Form("besluit", "release", "versie", version, "fotos", "1"))
		after := mustMany[string](t, d, db.F(`SELECT id FROM knelpunt_photo WHERE draft IS NULL ORDER BY id`))
		if len(after) != 3 || slices.Contains(after, ps[1]) {
			t.Errorf("%v of %v", after, ps)
		}
		s := one[string](t, d, db.F(`SELECT id FROM knelpunt_signal`))
		want(t, "the signal", o.As(ria).Get("/signalen/"+s), 200, "Noodopvang", "Richtlijn 2024/1346, art. 19", "/signalen/foto/"+after[0], "10–49")
		if g := o.As(ria).Get("/signalen/foto/" + after[0]); g.Code != 200 || g.Body != "small bed" {
			t.Errorf("%d %q", g.Code, g.Body)
		}
		to := must(t, m, "/knelpunten/nieuw", started("signaal", s, "eigenaar", "u-marwan"))
		want(t, "the bottleneck", m.Get(to), 200, "Hoe het is in een opvang", "Uit 1 melding", "Een bed: 1", "Noodopvang: 1")

		// A draft that is withdrawn takes its photographs along.
		must(t, a, "/signaal/geven", filled(lacking...))
		id = one[string](t, d, db.F(`SELECT id FROM knelpunt_draft`))
		if x := o.photoIn(t, a, "/signalen/mijn/"+id+"/foto", []byte("bed")); x.Code != 303 {
			t.Fatal(x.Code)
		}
		must(t, a, "/signalen/mijn/"+id, webtest.Form("weg", "1", "versie", "2"))
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_photo WHERE signal IS NULL`)); n != 0 {
			t.Errorf("%d photographs stay after their draft was withdrawn", n)
		}
	})
}
