package names

import (
	"fmt"
	"testing"
)

// crowd is n invented people, put together from the names of the property tests.
func crowd(n int) *Index {
	x := NewIndex()
	for i := range n {
		g, f := given[i%len(given)], given[i/7%len(given)]
		x.Set(fmt.Sprint(i), fmt.Sprintf("%s %s%c%c %s%c", g, f, 'a'+i%26, 'a'+i/26%26, family[i/11%len(family)], 'a'+i/5%26))
	}
	return x
}

func BenchmarkSearch(b *testing.B) {
	x := crowd(100_000)
	typed := []string{"Tesfai Jordanos Habtoom", "Mohammed Fatma Haddad", "Oleksander Sjevtsjenko", "ተስፋይ ሃይለ", "محمد فاطمة حداد", "Tesfay"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if len(x.Search(typed[i%len(typed)], 10)) == 0 {
			b.Fatal("nobody is found")
		}
	}
}

func BenchmarkCompare(b *testing.B) {
	x, y := Read("Tesfai Jordanos Habtoom"), Read("ተስፋይ ዮርዳኖስ ሃብቶም")
	b.ReportAllocs()
	for b.Loop() {
		Compare(x, y)
	}
}

func BenchmarkRead(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Read("Abd al-Rahman Gebremedhin ዮርዳኖስ Шевченко")
	}
}

func BenchmarkSet(b *testing.B) {
	x := crowd(100_000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		x.Set(fmt.Sprint(i%100_000), "Tesfai Jordanos Habtoom", "ተስፋይ ዮርዳኖስ ሃብቶም")
	}
}
