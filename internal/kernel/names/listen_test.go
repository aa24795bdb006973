package names

import (
	"fmt"
	"slices"
	"sync"
	"testing"
)

// manyPeople have more words than one listener takes alone.
func manyPeople(t *testing.T) *Index {
	t.Helper()
	x := NewIndex()
	for i := range 25_000 {
		x.Set(fmt.Sprint(i), fmt.Sprintf("Tesfay %c%c%c%c%c%c", "bdfgklmnrstz"[i%12], "aeiou"[i/12%5], "bdfgklmnrstz"[i/60%12], "aeiou"[i/720%5], "bdfgklmnrstz"[i/3600%12], "aeiou"[i%5]))
	}
	if len(x.words) < manyWords {
		t.Fatalf("there are %d words, fewer than %d: this test proves nothing", len(x.words), manyWords)
	}
	return x
}

func TestListeningTogetherHearsWhatEachHearsAlone(t *testing.T) {
	x := manyPeople(t)
	s := &scratch{}
	q := Read("Tesfai Badola Genamu Tekleberhan")
	for round := range 20 {
		x.candidates(s, q)
		if s.listening != 7 {
			t.Fatalf("%d listened, not seven: four for a part, three for two parts as one", s.listening)
		}
		for k := range s.ears[:s.listening] {
			e := &s.ears[k]
			alone := ear{part: e.part, at: e.at}
			alone.listen(x)
			if !slices.Equal(e.near, alone.near) || !slices.Equal(e.heads, alone.heads) || !slices.Equal(e.tails, alone.tails) {
				t.Fatalf("round %d, part %d: %d words together, %d alone", round, k, len(e.near), len(alone.near))
			}
		}
		s.heard.forget()
	}
}

func TestManySearchWhileTheIndexChanges(t *testing.T) {
	x := manyPeople(t)
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			for i := range 30 {
				if n == 0 {
					x.Set(fmt.Sprint(i), fmt.Sprintf("Tesfay Newcomer%c", 'a'+i%26))
					x.Remove(fmt.Sprint(1000 + i))
				} else if len(x.Search("Tesfai Badola Genamu", 3)) == 0 {
					t.Error("nobody is found")
				}
			}
		})
	}
	all.Wait()
}

func TestAnEarForgetsWhatItListenedFor(t *testing.T) {
	x := indexOf(t, people)
	x.Search("Selamawit Tekle Habtom", 3)
	var s *scratch
	for range cap(x.desks) {
		if d := <-x.desks; d != nil {
			s = d
		}
	}
	if s == nil {
		t.Fatal("a search worked nowhere")
	}
	for _, e := range s.ears[:cap(s.ears)] {
		if e.part.text != "" || e.part.sounds != nil || e.part.shown != "" {
			t.Errorf("an ear still knows %q", e.part.text)
		}
	}
}
