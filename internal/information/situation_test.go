package information

import (
	"slices"
	"testing"

	"reisgezel/internal/dossier"
)

func TestTextsAreChosenBySituation(t *testing.T) {
	for _, x := range []struct {
		hearing dossier.Hearing
		lives   string
		want    []string
	}{
		{dossier.HearingAhead, "azc Utrecht", []string{ForHearing, ForCentre}}, {dossier.HearingPast, "Utrecht", []string{ForAfter}},
		{dossier.NoHearing, "AZC Ter Apel", []string{ForCentre}}, {dossier.NoHearing, "Hazcoven", nil}, {dossier.NoHearing, "", nil},
	} {
		if got := situationsOf(x.hearing, x.lives); !slices.Equal(got, x.want) {
			t.Errorf("%q in %q is in %v, not %v", x.hearing, x.lives, got, x.want)
		}
	}
	c := Content{For: []string{ForAfter, ForCentre}}
	if got := c.because([]string{ForHearing, ForCentre}); got != ForCentre {
		t.Errorf("chosen because of %q", got)
	}
	if got := c.because([]string{ForHearing}); got != "" {
		t.Errorf("chosen because of %q, for which it is not", got)
	}
	ss, err := Stock()
	if err != nil {
		t.Fatal(err)
	}
	covered := map[string]bool{}
	for _, s := range ss {
		c, err := s.checked("t-utrecht")
		if err != nil || !slices.Equal(c.For, s.For) {
			t.Errorf("%s is for %v, and kept as for %v: %v", s.Slug, s.For, c.For, err)
		}
		for _, f := range c.For {
			covered[f] = true
		}
	}
	for _, s := range Situations {
		if !covered[s] {
			t.Errorf("no text of the house is for %q", s)
		}
	}
}
