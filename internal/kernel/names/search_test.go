package names

import (
	"fmt"
	"slices"
	"testing"
)

func TestWhoIsTypedComesFirst(t *testing.T) {
	x := indexOf(t, map[string][]string{
		"same":    {"Ahmad Karimi"},
		"sound":   {"Ahmed Kareemi"},
		"order":   {"Karimi Ahmad"},
		"more":    {"Ahmad Reza Karimi"},
		"near":    {"Hamed Karimi"},
		"other":   {"Ahmad Nazari"},
		"nothing": {"Oleksandr Shevchuk"},
	})
	got := ids(x.Search("Ahmad Karimi", 10))
	for _, before := range [][2]string{{"same", "sound"}, {"same", "order"}, {"sound", "near"}, {"order", "near"}, {"more", "near"}, {"near", "other"}} {
		a, b := slices.Index(got, before[0]), slices.Index(got, before[1])
		if a < 0 || b >= 0 && b < a {
			t.Errorf("%q does not come before %q: %v", before[0], before[1], got)
		}
	}
	if len(got) == 0 || got[0] != "same" {
		t.Errorf("the first is not who was typed: %v", got)
	}
	if slices.Contains(got, "nothing") {
		t.Errorf("somebody who is called otherwise is found: %v", got)
	}
}

func TestTheOrderDoesNotDependOnHowTheIndexCameAbout(t *testing.T) {
	a, b := NewIndex(), NewIndex()
	for i := range 300 {
		a.Set(fmt.Sprintf("p-%03d", i), "Fatima Haidari")
		b.Set(fmt.Sprintf("p-%03d", 299-i), "Fatima Haidari")
	}
	b.Set("gone", "Fatima Haidari")
	b.Remove("gone")
	x, y := ids(a.Search("Fatemeh Heydari", 10)), ids(b.Search("Fatemeh Heydari", 10))
	if !slices.Equal(x, y) || len(x) != 10 || x[0] != "p-000" {
		t.Errorf("%v is not %v", x, y)
	}
}

func TestASearchAnswersNoMoreThanWasAskedFor(t *testing.T) {
	x := NewIndex()
	for i := range 50 {
		x.Set(fmt.Sprintf("p-%d", i), "Ahmad Karimi", "Ahmed Karimi", "احمد کریمی")
	}
	for _, n := range []int{-1, 0, 1, 7, 50, 80} {
		found := ids(x.Search("Ahmad Karimi", n))
		if want := max(0, min(n, 50)); len(found) != want {
			t.Errorf("%d were asked for, %d found, not %d", n, len(found), want)
		}
		slices.Sort(found)
		if len(slices.Compact(found)) != len(found) {
			t.Errorf("somebody with three names is found twice")
		}
	}
}

// TestLikelyIsASearchWithoutTheUnlikely holds the short way against the long one, of names of two parts and of one.
func TestLikelyIsASearchWithoutTheUnlikely(t *testing.T) {
	given := []string{"Ahmad", "Ahmed", "Achmat", "Mohamed", "Muhammad", "Mahmoud", "Selam", "Selamawit", "Tesfay", "Tesfai", "Oleksandr", "Aleksandr", "محمد", "ተስፋይ"}
	family := []string{"Karimi", "Karimy", "Kareem", "Haidari", "Heydari", "Haider", "Tekle", "Teklay", "Shevchuk", "Шевчук", "al-Masri", "Almasri"}
	x := NewIndex()
	for i, g := range given {
		x.Set(fmt.Sprintf("p-%d", i), g)
		for k, f := range family {
			x.Set(fmt.Sprintf("p-%d-%d", i, k), g+" "+f, f)
		}
	}
	likely, skipped := 0, 0
	for _, q := range slices.Concat(given, family, []string{"Ahmed Karimi", "Mohammed Heidari", "Selamawit Teklai", "Tesfay Tekle", "Alexander Schewtschuk", "Mahmud Al Masri"}) {
		for _, least := range []float32{0.15, 0.5} {
			var want []Match
			all := x.Search(q, 60)
			for _, m := range all {
				if m.Chance >= least {
					want = append(want, m)
				}
			}
			likely, skipped = likely+len(want), skipped+len(all)-len(want)
			if got := x.Likely(q, 60, least); !slices.Equal(ids(got), ids(want)) {
				t.Errorf("%q from %v: %v, by reading everybody %v", q, least, ids(got), ids(want))
			}
		}
	}
	if likely == 0 || skipped == 0 {
		t.Errorf("%d were likely and %d not: this compares nothing", likely, skipped)
	}
}

func TestReasonsAreWhatAPersonWouldSay(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want []Reason
	}{
		{"Tesfay Haile", "Tesfay Haile", []Reason{{Asked: "Tesfay", Found: "Tesfay", How: Same}, {Asked: "Haile", Found: "Haile", How: Same}}},
		{"Tesfai", "ተስፋይ", []Reason{{Asked: "Tesfai", Found: "ተስፋይ", How: InScript}}},
		{"Sherko", "Şêrko", []Reason{{Asked: "Sherko", Found: "Şêrko", How: SameSound}}},
		{"Mykola", "Nikolai", []Reason{{Asked: "Mykola", Found: "Nikolai", How: Form}}},
		{"Katja", "Ekaterina", []Reason{{Asked: "Katja", Found: "Ekaterina", How: Form}}},
		{"Tesfa Mariam", "Tesfamariam", []Reason{{Asked: "Tesfa Mariam", Found: "Tesfamariam", How: Joined}}},
		{"Haile Tesfay", "Tesfay Haile", []Reason{{Asked: "Haile", Found: "Haile", How: Same}, {Asked: "Tesfay", Found: "Tesfay", How: Same, Moved: true}}},
		{"Haile Bekele", "Haile", []Reason{{Asked: "Haile", Found: "Haile", How: Same}, {Asked: "Bekele", How: Missing}}},
		{"Haile", "Haile Bekele", []Reason{{Asked: "Haile", Found: "Haile", How: Same}, {Found: "Bekele", How: Extra}}},
		{"Haji Karim", "Karim", []Reason{{Asked: "Karim", Found: "Karim", How: Same}, {Asked: "Haji", How: Missing, Light: true}}},
	} {
		p, got := Compare(Read(c.a), Read(c.b))
		if p <= 0 || p > 1 {
			t.Errorf("%s and %s: the chance is %v", c.a, c.b, p)
		}
		for i := range got {
			if got[i].How == Same && got[i].Alike != 1 || got[i].Rare < 0 || got[i].Rare > 1 {
				t.Errorf("%s and %s: %+v", c.a, c.b, got[i])
			}
			got[i].Alike, got[i].Rare = 0, 0
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s and %s:\n got %+v\nwant %+v", c.a, c.b, got, c.want)
		}
	}
	x := indexOf(t, map[string][]string{"p-1": {"Tesfay Haile"}})
	if found := x.Search("Tesfai Haile", 1); len(found) != 1 || len(found[0].Reasons) != 2 || found[0].Reasons[0].Found != "Tesfay" || found[0].Chance < 0.8 {
		t.Errorf("a search gives no reasons: %+v", found)
	}
}

// The ears and pens of a language: what one line says is one name, and must stay it.
func TestWhatAnEarMakesOfAName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		most float32
	}{
		{"Tsjatsjenko", "Chachenko", 0.97}, {"Sjariefi", "Sharifi", 0.97}, {"Zjoekov", "Zhukov", 0.97}, {"Fatiema", "Fatima", 0.97}, {"Amierie", "Amiri", 0.97}, {"Joesoef", "Yusuf", 0.95},
		{"Hancharou", "Goncharov", 0.8}, {"Kazlouskaya", "Kozlovskaja", 0.85}, {"Yağmur", "Jamoer", 0.9}, {"Mustafa", "مصطفى", 0.85}, {"Doğan", "Dogan", 0.97}, {"Mihemed", "Mohammad", 0.9}, {"Sasja", "Oleksandr", 0.9},
		{"Hayat", "حياة", 0.75}, {"Safi", "ساپی", 0.75}, {"Reza", "Rida", 0.7},
	} {
		a, b := Read(c.a), Read(c.b)
		if s := likeness(&a.parts[0], &b.parts[0]); s < c.most {
			t.Errorf("%s (%s) and %s (%s): %.2f, want %.2f", c.a, letters(a.parts[0].sounds), c.b, letters(b.parts[0].sounds), s, c.most)
		}
	}
	for _, c := range [][2]string{{"Daniel", "daniel"}, {"Yosief", "yosief"}, {"Isaiev", "isaiev"}} {
		if got := letters(Read(c[0]).parts[0].sounds); got != c[1] {
			t.Errorf("%s is read %s: it has two vowels there", c[0], got)
		}
	}
}
