package monitor

// This file tests that nothing that was told comes into a public report without a choice, and that it is read in English where it is there.

import (
	"context"
	"strings"
	"testing"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

func TestTheEditorChoosesWhatIsToldOutside(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.m.lent.Told = func(context.Context, clock.Date, clock.Date) ([]Done, error) {
			return []Done{{ID: "kp-many", Question: "Waarom een tolk in de verkeerde taal?", Asked: "Why an interpreter of the wrong language?", Told: []string{"Wij spraken met de IND.", "Er kwam een lijst."}, English: []string{"", "There is a list now."}},
				{ID: "kp-few", Question: "Waarom slaapt een gezin buiten?", Told: []string{"Wij belden de locatie."}, Few: true},
				{ID: "kp-other", Question: "Waar zijn de woningen?", Told: []string{"Wij vroegen het na."}}}, nil
		}
		n, e, guest := o.As(noor), o.As(els), o.Guest()
		o.fill(quiet(118, func(int) []Cell { return nil }))
		o.weekly(t)
		write := n.Post("/monitor/rapporten", webtest.Form("kwartaal", "2026-3")).To
		at := strings.TrimSuffix(write, "/schrijven")
		want(t, "at first", n.Get(at), 200, "Wij spraken met de IND.", "Waar zijn de woningen?")
		never(t, "what rests on few", n.Get(at), "Waarom slaapt een gezin buiten?", "Wij belden")
		form := n.Get(write)
		want(t, "what is not in English", form, 200, "nog niet in het Engels", "/knelpunten/kp-other/engels", `href="/knelpunten/kp-many"`)
		never(t, "what is not in English", form, "/knelpunten/kp-many/engels", "/knelpunten/kp-few")
		want(t, "the form", form, 200, `value="kp-many" checked`, `value="kp-other" checked`, `value="kp-few"`, "Rust op minder dan 10 signalen", "Wij belden de locatie.")
		never(t, "the form", form, `value="kp-few" checked`)
		first := o.m.lent.Told
		o.m.lent.Told = func(ctx context.Context, from, until clock.Date) ([]Done, error) {
			ds, err := first(ctx, from, until)
			return append(ds, Done{ID: "kp-late", Question: "Wat kwam later?", Told: []string{"Net verteld."}}), err
		}
		full := webtest.Form("versie", "1")
		for _, k := range Sections {
			full.Set(k+"-nl", "Tekst.")
		}
		full["gedaan-stond"], full["gedaan"] = []string{"kp-many", "kp-few", "kp-other"}, []string{"kp-many", "kp-few"}
		bad := webtest.Form("versie", "1", "intro-nl", strings.Repeat("a", 6001))
		bad["gedaan-stond"], bad["gedaan"] = full["gedaan-stond"], full["gedaan"]
		again := n.Post(write, bad)
		want(t, "a fault loses no tick", again, 422, `value="kp-few" checked`)
		never(t, "a fault loses no tick", again, `value="kp-other" checked`)
		if x := n.Post(write, full); x.Code != 303 {
			t.Fatalf("%d %.500s", x.Code, x.Body)
		}
		if x := e.Post(at+"/vrijgeven", webtest.Form("versie", "2")); x.Code != 303 {
			t.Fatalf("%d %.500s", x.Code, x.Body)
		}
		public := "/signaalrapport/2026-3/1"
		dutch := guest.Get(public + "?taal=nl")
		want(t, "outside", dutch, 200, "Wij spraken met de IND.", "Er kwam een lijst.", "Wij belden de locatie.")
		never(t, "outside", dutch, "Waar zijn de woningen?", "Wij vroegen het na.", "Rust op minder", "Net verteld.")
		english := guest.Get(public + "?taal=en")
		want(t, "the question in English", english, 200, `lang="en">Why an interpreter of the wrong language?`, `lang="nl">Waarom slaapt een gezin buiten?`)
		if n := strings.Count(english.Body, "not there in your language yet"); n != 4+2 {
			t.Errorf("%d times it says that something is in Dutch, of four sections and two bottlenecks", n)
		}
		never(t, "the question in English", english, "Waarom een tolk")
		never(t, "in Dutch", dutch, "Why an interpreter", "nog niet in uw taal")
		want(t, "in English", english, 200, `lang="nl" dir="ltr">Wij spraken met de IND.`, `lang="en" dir="ltr">There is a list now.`)
		never(t, "in English", english, "Er kwam een lijst.", "Waar zijn de woningen?")
	})
}

func TestWhatIsNewIsLeftOutWhereItRestsOnFew(t *testing.T) {
	ds := []Done{{ID: "a", Question: "A"}, {ID: "b", Question: "B", Few: true}, {ID: "c", Question: "C"}}
	out := func(ds []Done) (s string) {
		for _, d := range ds {
			if !d.Out {
				s += d.ID
			}
		}
		return s
	}
	for what, x := range map[string]struct {
		got  []Done
		want string
	}{
		"at first":               {Choose(ds, nil, nil, nil), "ac"},
		"as it was before":       {Choose(ds, []Done{{ID: "a", Out: true}, {ID: "b", Few: true}}, nil, nil), "bc"},
		"an edition without ids": {Choose(ds, []Done{{Question: "C", Out: true}}, nil, nil), "a"},
		"ticked":                 {Choose(ds, nil, []string{"a", "b"}, []string{"b"}), "b"},
		"came in meanwhile":      {Choose(ds, []Done{{ID: "a"}}, []string{"a"}, []string{"a"}), "a"},
		"chosen of nothing":      {Choose(ds, nil, []string{}, nil), ""},
		"nothing ticked":         {Choose(ds, nil, []string{"a", "b", "c"}, nil), ""},
	} {
		if got := out(x.got); got != x.want {
			t.Errorf("%s: %q, want %q", what, got, x.want)
		}
	}
}
