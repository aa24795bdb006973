package names

import (
	"slices"
	"strings"
	"testing"
)

// oddNames are names that break programs: what nobody thought of when the form was made.
var oddNames = []string{
	"O'Brien", `Mo"hammed`, "نور\u200cالدین", "Nur\u200dAllah", "\u200fمحمد\u200e Ali", "😀", "😀 Ali", "Ali 👨\u200d👩\u200d👧 Karimi", "A", "Z z", "a b c", "7", "12345 678", "٣٤", "፩፪",
	strings.Repeat("Weldegebriel", 25), strings.Repeat("a ", 150), strings.Repeat("ሃ", 300), strings.Repeat("مح ", 100), "'", "-", "--", "...", "\u200f", "\u0301", "e\u0301", "\x00", "\xff\xfe", "a\xffb",
	"李小龍", "김민준", "ⓐⓛⓘ", "ﷺ", "ﻣﺤﻤﺪ", "ａｌｉ", "Ali\tKarimi\nHaile", "<b>Ali</b>", "Robert'); DROP TABLE", "abd", "abd al", "al", "al al", "bin", "bin bin bin", "abu", "ud", "Saif al-", "عبد", "ال", "Ali / علي / Али", "ı", "İ", "ß", "ŉ", "ǅ",
	"undefined", "null", "van der", "de", "x", "ئ", "ى", "ة", "Ou", "aou", "ousk", "ie", "iie", "tsj", "zjsjtsj",
}

func FuzzNames(f *testing.F) {
	for i, a := range oddNames {
		f.Add(a, oddNames[(i*7+3)%len(oddNames)])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) > 4000 || len(b) > 4000 {
			return
		}
		x, y := Read(a), Read(b)
		if len(x.parts) > maxParts {
			t.Fatalf("%q has %d parts", a, len(x.parts))
		}
		for _, p := range x.parts {
			if len(p.sounds) > maxSounds || len(p.text) > maxText || p.text == "" {
				t.Fatalf("%q has the part %q with %d sounds", a, p.text, len(p.sounds))
			}
		}
		if again := Read(a); again.Fold() != x.Fold() || !slices.Equal(again.Parts(), x.Parts()) {
			t.Fatalf("%q is read in two ways", a)
		}
		p, reasons := Compare(x, y)
		q, _ := Compare(y, x)
		if p < 0 || p > 1 || p != p || p != q {
			t.Fatalf("%q and %q: %v, and %v the other way", a, b, p, q)
		}
		for _, r := range reasons {
			if r.Alike < 0 || r.Alike > 1 || (r.Asked == "" && r.Found == "") {
				t.Fatalf("%q and %q: %+v", a, b, r)
			}
		}
		found(t, a, b)
		found(t, b, a)
	})
}

// found says that a name is found by itself among others, is kept as it was typed, and leaves with its person.
func found(t *testing.T, name, beside string) {
	t.Helper()
	x := NewIndex()
	x.Set("beside", beside)
	x.Set("odd", name)
	for _, o := range []string{"Selam Haile", "Ali Karimi", "A B", "Мария", "ሰላም", "محمد"} {
		x.Set(o, o)
	}
	m := x.Search(name, 10)
	at := slices.IndexFunc(m, func(m Match) bool { return m.ID == "odd" })
	if strings.TrimSpace(name) == "" {
		return
	}
	if at < 0 {
		t.Fatalf("%q is not found by itself: %v", name, ids(m))
	}
	if len(name) <= maxName && m[at].Name != strings.ToValidUTF8(name, "\uFFFD") {
		t.Fatalf("%q is kept as %q", name, m[at].Name)
	}
	for _, before := range m[:at] {
		if before.ID == "beside" && Read(beside).Fold() == Read(name).Fold() {
			continue
		}
		if Read(before.Name).Fold() != Read(name).Fold() {
			t.Fatalf("%q stands before %q, which was typed", before.Name, name)
		}
	}
	x.Remove("odd")
	if slices.Contains(ids(x.Search(name, 10)), "odd") {
		t.Fatalf("%q is found after it was removed", name)
	}
}
