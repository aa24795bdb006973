package names

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// Given and family names out of which people are drawn. No word of descent and no article is among them: those are
// meant to be overlooked.
var (
	given = strings.Fields(`Selam Tesfay Yordanos Kibrom Merhawi Fatima Ahmad Omar Khaled Rania Zainab Parwana Vahid Farkhunda Gulalai Zmarai Berîvan Dilşad Rojda Azad
		Yağmur Gülşen Oğuzhan Xaliimo Axmed Hodan Oleksandr Nataliia Yevhenii Aslanbek Zarema Siarhei Volha ሰላም ተስፋይ ዮርዳኖስ محمد فاطمة خالد شێرکۆ Олена Сергей Уладзімір`)
	family = strings.Fields(`Haile Habtom Weldegebriel Asgedom Zerai Darwish Haddad Mansour Qasim Rezaei Sharifi Bakhtiari Stanikzai Achakzai Wardak Bozan Berzencî
		Öztürk Kılıç Koçyiğit Warsame Jimcaale Shevchuk Kovalenko Magomedov Goncharov Kazlouskaya ሃይለ ገብርኤል حداد درويش رحیمی قادر Шевченко Жук`)
)

func drawName(r *rapid.T) string {
	return rapid.SampledFrom(given).Draw(r, "given") + " " + rapid.SampledFrom(given).Draw(r, "father") + " " + rapid.SampledFrom(family).Draw(r, "family")
}

// twinless is an index in which no two people have the same parts, and the name of everybody in it.
func twinless(r *rapid.T) (*Index, []string) {
	x := NewIndex()
	var all []string
	seen := map[string]bool{}
	for range rapid.IntRange(1, 60).Draw(r, "people") {
		name := drawName(r)
		parts := strings.Fields(Read(name).Fold())
		slices.Sort(parts)
		if key := strings.Join(parts, " "); !seen[key] {
			seen[key] = true
			x.Set(fmt.Sprint(len(all)), name)
			all = append(all, name)
		}
	}
	return x, all
}

func place(x *Index, name string, id int) int {
	return slices.Index(ids(x.Search(name, 10)), fmt.Sprint(id))
}

func TestANameFindsItselfFirst(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		x, all := twinless(r)
		for i, name := range all {
			if at := place(x, name, i); at != 0 {
				r.Fatalf("%s stands at place %d", name, at+1)
			}
		}
	})
}

func TestTheOrderOfPartsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		x, all := twinless(r)
		i := rapid.IntRange(0, len(all)-1).Draw(r, "who")
		turned := strings.Join(rapid.Permutation(strings.Fields(all[i])).Draw(r, "turned"), " ")
		if at := place(x, turned, i); at < 0 || at > 1 { // two who share all but one part may change places
			r.Fatalf("%s as %s stands at place %d", all[i], turned, at+1)
		}
		a, b, other := Read(all[i]), Read(turned), Read(rapid.SampledFrom(all).Draw(r, "other"))
		p, _ := Compare(a, other)
		q, _ := Compare(b, other)
		if p > q+0.02 || q > p+0.02 {
			r.Fatalf("%s, %s: %.3f one way, %.3f the other", all[i], turned, p, q)
		}
	})
}

func TestANameInTwoScriptsIsTheSameWhicheverStandsFirst(t *testing.T) {
	other := Read("Selam Selam Habtom")
	p, _ := Compare(Read("Tesfay ሰላም Habtom"), other)
	q, _ := Compare(Read("ሰላም Tesfay Habtom"), other)
	if p > q+0.01 || q > p+0.01 {
		t.Errorf("%.3f one way, %.3f the other", p, q)
	}
}

func TestItDoesNotMatterWhichNameComesFirst(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a, b := Read(drawName(r)), Read(drawName(r))
		p, _ := Compare(a, b)
		q, _ := Compare(b, a)
		if p != q {
			r.Fatalf("%q, %q: %v and %v", a.Fold(), b.Fold(), p, q)
		}
	})
}

func TestMarksAndCaseLoseNobody(t *testing.T) {
	marks := []string{"", "\u0301", "\u0308", "\u200d", "\u200f", "\u200e", "'", "ʼ"}
	rapid.Check(t, func(r *rapid.T) {
		x, all := twinless(r)
		i := rapid.IntRange(0, len(all)-1).Draw(r, "who")
		var typed strings.Builder
		for _, c := range all[i] {
			switch rapid.IntRange(0, 3).Draw(r, "case") {
			case 0:
				c = unicode.ToUpper(c)
			case 1:
				c = unicode.ToLower(c)
			}
			typed.WriteRune(c)
			if unicode.IsLetter(c) && c < 0x250 {
				typed.WriteString(rapid.SampledFrom(marks).Draw(r, "mark"))
			}
		}
		if at := place(x, typed.String(), i); at != 0 {
			r.Fatalf("%s typed as %s stands at place %d", all[i], typed.String(), at+1)
		}
	})
}

// TestAnIndexIsWhatWasDoneToIt does anything in any order and compares with a plain map.
func TestAnIndexIsWhatWasDoneToIt(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		x, plain := NewIndex(), map[string]string{}
		r.Repeat(map[string]func(*rapid.T){
			"set": func(r *rapid.T) {
				id, name := fmt.Sprint(rapid.IntRange(0, 9).Draw(r, "id")), drawName(r)
				x.Set(id, name)
				plain[id] = name
			},
			"remove": func(r *rapid.T) {
				id := fmt.Sprint(rapid.IntRange(0, 9).Draw(r, "id"))
				x.Remove(id)
				delete(plain, id)
			},
			"": func(r *rapid.T) {
				if x.Len() != len(plain) {
					r.Fatalf("%d people, not %d", x.Len(), len(plain))
				}
				for id, name := range plain {
					at := slices.IndexFunc(x.Search(name, 10), func(m Match) bool { return m.ID == id && m.Name == name })
					if at < 0 {
						r.Fatalf("%s is not found as %s", id, name)
					}
				}
				for _, m := range x.Search("Selam Haile", 20) {
					if plain[m.ID] != m.Name {
						r.Fatalf("%s is found as %s and is called %q", m.ID, m.Name, plain[m.ID])
					}
				}
			},
		})
	})
}

// TestReadersAndWritersAtOnce is for the race detector, and for what must hold for a reader at any moment: who is never
// touched is always found, and nobody is ever found under a name that is not theirs.
func TestReadersAndWritersAtOnce(t *testing.T) {
	x := NewIndex()
	x.Set("stays", "Letebrhan Tsegay")
	var writers, readers sync.WaitGroup
	stop := make(chan struct{})
	for w := range 2 {
		writers.Go(func() {
			for i := range 400 {
				id := fmt.Sprintf("w-%d-%d", w, i%20)
				x.Set(id, given[(i+w)%len(given)]+" "+family[i%len(family)], id+" Tsegay")
				if i%3 == 0 {
					x.Remove(id)
				}
			}
		})
	}
	writers.Go(func() {
		_ = x.Fill(t.Context(), sequence(700, func() {}))
	})
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				found := x.Search("Letebirhan Tsegai", 30)
				if len(found) == 0 || found[0].ID != "stays" {
					t.Errorf("who was never touched is not found: %v", ids(found))
					return
				}
				for _, m := range found {
					if strings.HasPrefix(m.ID, "w-") && strings.HasPrefix(m.Name, "w-") && m.Name != m.ID+" Tsegay" {
						t.Errorf("%s is found as %s", m.ID, m.Name)
					}
				}
				x.Compare(Read("Letebrhan"), Read("ለተብርሃን"))
				x.Len()
			}
		})
	}
	writers.Wait()
	close(stop)
	readers.Wait()
	if x.Len() < 700 {
		t.Errorf("after all that there are %d people", x.Len())
	}
}
