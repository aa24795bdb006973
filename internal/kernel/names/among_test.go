package names

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestAmongLooksAtTheseAndNobodyElse(t *testing.T) {
	x := NewIndex()
	var ids []string
	for i := range 600 {
		id := fmt.Sprintf("p-%03d", i)
		x.Set(id, fmt.Sprintf("Naam%c%c Anders", 'a'+i%26, 'a'+i/26))
		ids = append(ids, id)
	}
	x.Set("mine", "Mohammad Hussaini", "محمد حسینی")
	x.Set("begins", "Mohammadreza Jalali")
	x.Set("two", "Gebremedhin Kidane")
	x.Set("stranger", "Mohammad Hussaini")
	ids = append(ids, "two", "begins", "mine", "not-in-it")
	begins := func(typed string) func(string) int {
		return func(name string) int {
			if strings.HasPrefix(strings.ToLower(name), strings.ToLower(typed)) {
				return 1
			}
			return 0
		}
	}
	for typed, want := range map[string]string{"Moehammed Hoeseini": "mine", "Мухаммад Хусейни": "mine", "mohammadr": "begins", "Hoesseini": "mine", "Gebre Medhin": "two"} {
		got, _ := x.Among(ids, typed, 20, begins(typed))
		if len(got) == 0 || got[0] != want || slices.Contains(got, "stranger") {
			t.Errorf("%s: %v, not %s first", typed, got, want)
		}
	}
	if got, n := x.Among(ids, "naam", 30, begins("naam")); len(got) != 30 || n != 600 {
		t.Errorf("%d of %d, at most 30 of 600", len(got), n)
	}
	if got, _ := x.Among(ids, "", 30, begins("zz")); len(got) != 0 {
		t.Errorf("nothing typed: %v", got)
	}
	if got, _ := x.Among(nil, "Mohammad", 30, begins("mo")); got != nil {
		t.Errorf("among nobody: %v", got)
	}
}
