package names

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
)

// The people of these tests are nobody: their names are put together from common parts.
var people = map[string][]string{
	"p-1": {"Selamawit Tekle Habtom", "ሰላማዊት ተክለ ሃብቶም"},
	"p-2": {"Abdulrahman Al-Masri"},
	"p-3": {"Oleksandr Shevchuk", "Олександр Шевчук"},
	"p-4": {"Fatima Qasim"},
	"p-5": {"Tesfamariam Gebremeskel"},
	"p-6": {"Tekle Shevchuk"},
	"p-7": {"Dilşad Berzencî"},
	"p-8": {"Yağmur Işık"},
}

func indexOf(t testing.TB, people map[string][]string) *Index {
	t.Helper()
	x := NewIndex()
	for id, names := range people {
		x.Set(id, names...)
	}
	return x
}

func ids(found []Match) []string {
	out := []string{}
	for _, m := range found {
		out = append(out, m.ID)
	}
	return out
}

func TestEverybodyIsFoundUnderEveryName(t *testing.T) {
	x := indexOf(t, people)
	if x.Len() != len(people) {
		t.Fatalf("there are %d people, not %d", x.Len(), len(people))
	}
	for id, names := range people {
		for _, name := range names {
			found := x.Search(name, 5)
			if len(found) == 0 || found[0].ID != id || found[0].Name != name {
				t.Errorf("%s: %+v is not %s", name, found, id)
			}
		}
	}
	for _, name := range []string{"", " ", "   "} {
		if found := x.Search(name, 5); found != nil {
			t.Errorf("%q finds %v", name, ids(found))
		}
	}
}

func TestSetReplacesEveryName(t *testing.T) {
	x := indexOf(t, people)
	x.Set("p-1", "Yordanos Mehari")
	if x.Len() != len(people) {
		t.Errorf("there are %d people, not %d", x.Len(), len(people))
	}
	for _, old := range people["p-1"] {
		if slices.Contains(ids(x.Search(old, 10)), "p-1") {
			t.Errorf("p-1 is still found as %s", old)
		}
	}
	if found := x.Search("Jordanos Mehary", 1); len(found) != 1 || found[0].ID != "p-1" || found[0].Name != "Yordanos Mehari" {
		t.Errorf("p-1 is not found under the new name: %+v", found)
	}
	x.Set("p-1")
	if got := ids(x.Search("Yordanos Mehari", 10)); slices.Contains(got, "p-1") || x.Len() != len(people)-1 {
		t.Errorf("without a name p-1 is still there: %v, %d people", got, x.Len())
	}
}

func TestRemovingOneLeavesTheOthers(t *testing.T) {
	x := indexOf(t, people)
	x.Remove("p-1")
	x.Remove("p-1")
	x.Remove("nobody")
	if x.Len() != len(people)-1 {
		t.Errorf("there are %d people, not %d", x.Len(), len(people)-1)
	}
	for id, names := range people {
		if id == "p-1" {
			continue
		}
		for _, name := range names {
			if found := x.Search(name, 1); len(found) != 1 || found[0].ID != id {
				t.Errorf("%s is not found as %s after somebody else was removed: %v", id, name, ids(found))
			}
		}
	}
}

// left looks for a text in everything that an index keeps.
func left(x *Index, text string) string {
	for i, b := range slices.Concat(x.bytes.blocks, x.sayings.blocks) {
		if bytes.Contains(b[:cap(b)], []byte(text)) {
			return fmt.Sprintf("block %d", i)
		}
	}
	for range cap(x.desks) {
		s := <-x.desks
		x.desks <- s
		if s == nil {
			continue
		}
		if len(s.matchers) == 0 || s.asked != nil {
			return "a search that judged nobody, or what it was asked"
		}
		var parts []part
		for _, j := range s.matchers {
			parts = slices.Concat(parts, j.parts[:cap(j.parts)], j.seen.parts[:cap(j.seen.parts)], j.al.a, j.al.b)
		}
		for _, p := range parts {
			if p.text != "" || p.sounds != nil {
				return "what a search left behind: " + p.text
			}
		}
	}
	return ""
}

func TestNothingIsLeftOfWhoWasRemoved(t *testing.T) {
	x := indexOf(t, people)
	x.Search("Selamawit Tekle Habtom", 10)
	name, sounds, id := "Selamawit Tekle Habtom", string(Read("Habtom").parts[0].sounds), "p-1"
	for _, s := range []string{name, "habtom", "ሃብቶም", "selamawit", sounds, id} {
		if left(x, s) == "" {
			t.Fatalf("%q is not there to begin with, so this test proves nothing", s)
		}
		x.Search(name, 10)
	}
	x.Remove("p-1")
	for _, s := range []string{name, "Selamawit", "habtom", "ሰላማዊት ተክለ ሃብቶም", "ሃብቶም", "selamawit", sounds, id} {
		if where := left(x, s); where != "" {
			t.Errorf("%q is left in %s", s, where)
		}
	}
	if left(x, "tekle") == "" {
		t.Error("Tekle Shevchuk lost her first name with the other Tekle")
	}
	for id := range people {
		x.Remove(id)
	}
	live := 0
	for _, n := range slices.Concat(x.bytes.live, x.sayings.live) {
		live += n
	}
	for i, b := range slices.Concat(x.bytes.blocks, x.sayings.blocks) {
		if len(bytes.Trim(b[:cap(b)], "\x00")) > 0 {
			t.Errorf("block %d is not empty", i)
		}
	}
	frames, posts, forms := len(x.frames), 0, 0
	for _, p := range x.posts {
		posts += len(p)
	}
	for _, w := range x.forms {
		forms += len(w)
	}
	if x.Len() != 0 || live != 0 || frames != 0 || posts != 0 || forms != 0 {
		t.Errorf("an empty index holds %d people, %d bytes, %d frames, %d records, %d forms", x.Len(), live, frames, posts, forms)
	}
	for w := range x.words {
		if x.words[w] != (word32{row: noRow}) || x.blades[0][w] != 0 || x.blades[1][w] != 0 || x.bladeN[w] != 0 {
			t.Errorf("word %d is left: %+v", w, x.words[w])
		}
	}
}

func TestRoomIsUsedAgain(t *testing.T) {
	x := NewIndex()
	put := func(round int) {
		for i := range 3000 {
			x.Set(fmt.Sprintf("p-%d", i), fmt.Sprintf("Tesfay%c%c%c Haile", 'a'+round, 'a'+i%26, 'a'+i/26%26))
		}
	}
	put(0)
	size, words := x.Bytes(), len(x.words)
	for round := range 20 {
		put(round + 1)
	}
	if now := x.Bytes(); now > 2*size {
		t.Errorf("after everybody changed names twenty times the index holds %d bytes instead of %d", now, size)
	}
	if len(x.words) > 2*words { // halfway a round some have the old name and some the new one
		t.Errorf("there is room for %d words instead of %d", len(x.words), words)
	}
}

// sequence yields people in a fixed order, and calls between after the first.
func sequence(n int, between func()) iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		for i := range n {
			if !yield(fmt.Sprintf("p-%d", i), []string{fmt.Sprintf("Okbay Number%d", i)}) {
				return
			}
			if i == 0 {
				between()
			}
		}
	}
}

func TestFillKnowsLessThanWhatHappensMeanwhile(t *testing.T) {
	x := NewIndex()
	err := x.Fill(context.Background(), sequence(600, func() {
		x.Set("p-400", "Merhawi Sium")
		x.Remove("p-401")
	}))
	if err != nil {
		t.Fatal(err)
	}
	if x.Len() != 599 {
		t.Errorf("there are %d people, not 599", x.Len())
	}
	if found := x.Search("Merhawi Sium", 1); len(found) != 1 || found[0].ID != "p-400" {
		t.Errorf("who was set meanwhile is lost: %v", ids(found))
	}
	if slices.Contains(ids(x.Search("Okbay Number401", 10)), "p-401") {
		t.Error("who was removed meanwhile is back")
	}
	if len(x.changed) != 0 {
		t.Error("the index remembers whom it was told of during a Fill that is over")
	}
	if err := x.Fill(context.Background(), sequence(600, func() {})); err != nil || x.Len() != 600 {
		t.Errorf("the next Fill sets everybody: %d people, %v", x.Len(), err)
	}
}

func TestFillStops(t *testing.T) {
	x := NewIndex()
	ctx, cancel := context.WithCancel(context.Background())
	if err := x.Fill(ctx, sequence(600, cancel)); err == nil {
		t.Error("a Fill that was told to stop says that it is done")
	}
	if x.Len() > 1 {
		t.Errorf("it went on: %d people", x.Len())
	}
}

func TestALongIDAndALongNameAreKept(t *testing.T) {
	x := NewIndex()
	id, name := strings.Repeat("p", 300), strings.Repeat("Weldegebriel ", 23)+"x"
	x.Set(id, name)
	if found := x.Search(name, 1); len(found) != 1 || found[0].ID != id || found[0].Name != name {
		t.Errorf("%d characters: %+v", len(name), found)
	}
}
