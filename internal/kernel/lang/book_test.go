package lang

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"golang.org/x/text/feature/plural"
	"pgregory.net/rapid"
)

// What goes into a book comes out of it: every text with its forms, its state and what it was made of, and no other.
func TestABookGivesBackWhatWasPacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-c]{1,3}(\.[a-c]{1,2})?`), 1, 30, rapid.ID).Draw(t, "keys")
		number := indexOf(keys)
		texts := map[string]entry{}
		for _, k := range keys {
			if n, ok := number.find(k); !ok || number.key(n) != k {
				t.Fatalf("%s has the number of %q (%v)", k, number.key(n), ok)
			}
			if rapid.IntRange(0, 3).Draw(t, "there") == 0 {
				continue
			}
			e := entry{state: rapid.SampledFrom(statesByNumber[:]).Draw(t, "state"), of: stamp(rapid.SampledFrom([]uint64{0, 1, 2, 1 << 32}).Draw(t, "of"))}
			if rapid.Bool().Draw(t, "plural") {
				e.forms = map[plural.Form]string{plural.One: "x", plural.Other: rapid.String().Draw(t, "other")}
			} else {
				e.one = rapid.String().Draw(t, "one")
			}
			texts[k] = e
		}
		b := pack(number, texts)
		for _, k := range append(keys, "elsewhere") {
			got, ok := b.get(k)
			want, there := texts[k]
			if ok != there || got.one != want.one || got.state != want.state || got.of != want.of || !maps.Equal(got.forms, want.forms) || (got.forms == nil) != (want.forms == nil) {
				t.Fatalf("%s: %v %v, want %v %v", k, got, ok, want, there)
			}
		}
		if got := slices.Collect(b.keys); !slices.Equal(got, slices.Sorted(maps.Keys(texts))) {
			t.Fatalf("keys %q", got)
		}
	})
	var none *book
	if _, ok := none.get("a"); ok || slices.Sorted(none.keys) != nil {
		t.Error("a book that is not there has texts")
	}
}

func TestAFingerprintIsReadBack(t *testing.T) {
	for _, s := range []string{"00000000", "00000001", "0a1b2c3d", "ffffffff"} {
		if got := readStamp(s).String(); got != s {
			t.Errorf("%s became %q", s, got)
		}
	}
	for _, s := range []string{"", "unknown", "100000000"} {
		if got := readStamp(s); got != 0 || fmt.Sprint(got) != "" {
			t.Errorf("%q is taken for the fingerprint %q", s, got)
		}
	}
}
