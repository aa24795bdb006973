package deident

// This file shows that patterns find in the pieces that are looked at what they find in the whole text.

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestInPiecesIsFoundWhatIsFoundInTheWhole(t *testing.T) {
	parts := []string{"@", " @ ", "(at)", " [AT] ", "(At]", ".", " . ", " (dot) ", "(punt)", "www.", "https://", "HTTP://a", "voorbeeld.nl", "nl", "com", "a-b", "x", "Selam", "ሰላም", "أهلا", " ", "\n", "\t", "\v", "\u00a0", "…", "/", "/pad?x=1", "\"", "<b>", "12", ",", "..", "mail", "at", "(", ")", "é"}
	forms := []struct {
		form   *regexp.Regexp
		places func(string) [][2]int
	}{{mail, mailPlaces}, {page, pagePlaces}}
	r, seen := rand.New(rand.NewPCG(3, 4)), [2]int{}
	for range 20_000 {
		var b strings.Builder
		for range 1 + r.IntN(24) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		text := b.String()
		for i, f := range forms {
			var got [][]int
			within(text, f.form, f.places(text), func(at []int) { got = append(got, at) })
			want := f.form.FindAllStringIndex(text, -1)
			if !slices.EqualFunc(got, want, slices.Equal[[]int]) {
				t.Fatalf("%q: %v in pieces, %v in the whole", text, got, want)
			}
			seen[i] += len(want)
		}
	}
	if seen[0] < 500 || seen[1] < 500 {
		t.Errorf("too little was found to say anything: %v", seen)
	}
}
