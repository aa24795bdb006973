package names

import (
	"fmt"
	"slices"
	"testing"
)

func TestWhatAGlanceSees(t *testing.T) {
	x := indexOf(t, map[string][]string{"same": {"Tesfay Haile"}, "turned": {"Haile Tesfay"}, "more": {"Tesfay Bekele Haile"}, "less": {"Tesfay"}, "near": {"Tesfaye Hailu"}})
	s := &scratch{}
	x.candidates(s, Read("Tesfay Haile"))
	seen := map[string]map[string]float32{}
	for i := range s.scored {
		var f [glanceCount]float32
		x.glance(s, &s.scored[i], &f)
		m := map[string]float32{}
		for k, name := range glanceNames {
			m[name] = f[k]
		}
		seen[string(x.idOf(s.scored[i].slot))] = m
	}
	for _, c := range []struct {
		id, what string
		want     float32
	}{
		{"same", "cover", 1}, {"same", "least", 1}, {"same", "lost", 0}, {"same", "extra", 0}, {"same", "letters", 1}, {"same", "first", 1}, {"same", "last", 1}, {"same", "same", 1}, {"same", "shared", 1},
		{"turned", "cover", 1}, {"turned", "first", 0}, {"turned", "last", 0}, {"turned", "extra", 0},
		{"more", "extra", 1}, {"more", "first", 1}, {"more", "last", 1}, {"more", "lost", 0},
		{"less", "least", 0}, {"less", "extra", 0}, {"less", "last", 0},
		{"near", "same", 0}, {"near", "lost", 0},
	} {
		if got, ok := seen[c.id][c.what]; !ok || got != c.want {
			t.Errorf("%s: %s is %v, want %v", c.id, c.what, got, c.want)
		}
	}
	if l := seen["less"]["lost"]; l <= 0 || l >= 1 {
		t.Errorf("less: lost is %v, of one part in two", l)
	}
	if n := seen["near"]; n["letters"] <= 0.5 || n["letters"] >= 1 || n["cover2"] >= n["cover"] {
		t.Errorf("near: %v", n)
	}
}

// Far more people share one part with what was typed than are judged; a glance must keep who shares the rest as well.
func TestAGlanceKeepsWhoIsMeant(t *testing.T) {
	x := NewIndex()
	for i := range 4000 {
		x.Set(fmt.Sprint(i), fmt.Sprintf("Mohammed %c%c%c%c Ahmed", "bdfgklmnrstz"[i%12], "aeiou"[i/12%5], "bdfgklmnrstz"[i/60%12], "aeiou"[i/720%5]))
	}
	x.Set("meant", "Ahmed Mahmadou Zeregaber")
	x.Set("turned", "Zaragabir Ahmet Mohamud")
	s := &scratch{}
	x.candidates(s, Read("Mohamed Ahmed Zerigaber"))
	if len(s.scored) != judged {
		t.Fatalf("%d are judged, not %d", len(s.scored), judged)
	}
	for _, id := range []string{"meant", "turned"} {
		if !slices.ContainsFunc(s.scored, func(c candidate) bool { return string(x.idOf(c.slot)) == id }) {
			t.Errorf("%s was lost by a glance", id)
		}
	}
	s.heard.forget()
	if found := ids(x.Search("Mohamed Ahmed Zerigaber", 2)); !slices.Contains(found, "meant") || !slices.Contains(found, "turned") {
		t.Errorf("the first two are %v", found)
	}
}
