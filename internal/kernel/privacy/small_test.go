package privacy

import "testing"

func TestSmallCountsSayNoMoreThanThat(t *testing.T) {
	for n, want := range map[int]struct {
		shown int
		small bool
	}{0: {0, false}, 1: {5, true}, 4: {5, true}, 5: {5, false}, 12: {12, false}} {
		if shown, small := Small(n); shown != want.shown || small != want.small {
			t.Errorf("%d is shown as %d, small %v", n, shown, small)
		}
	}
}
