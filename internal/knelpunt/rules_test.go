package knelpunt

// This file tests the rules: the form, the coarse lists, and what may not leave.

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/deident"
)

var day = clock.On(2026, 11, 24)

func good() Input {
	return Input{Theme: "housing", Institution: "municipality", Place: "utrecht", Phase: "status", Nation: "sy", Month: "2026-11", Weight: "serious", Seen: "few", Words: "De gemeente heeft geen woningen."}
}

func TestAFormNamesAllFaultsAtOnce(t *testing.T) {
	f, fs := good().Check([]string{"t-utrecht"}, day)
	if len(fs) > 0 || f != (Facts{"housing", "municipality", "utrecht", "status", "sy", clock.On(2026, 11, 1), "serious", "few"}) {
		t.Fatalf("%+v %v", f, fs)
	}
	_, fs = Input{}.Check([]string{"t-a", "t-b"}, day)
	var at []string
	for _, x := range fs {
		at = append(at, x.Name)
	}
	if !slices.Equal(at, []string{"thema", "instantie", "plek", "fase", "groep", "ernst", "gezien", "team", "maand", "woorden"}) {
		t.Error(at)
	}
	for what, change := range map[string]func(*Input){
		"month that comes":  func(in *Input) { in.Month = "2026-12" },
		"month long ago":    func(in *Input) { in.Month = "2024-11" },
		"day for a month":   func(in *Input) { in.Month = "2026-11-24" },
		"list made up":      func(in *Input) { in.Place = "Kanaalstraat 12" },
		"site for a place":  func(in *Input) { in.Place = "terapel" },
		"words too long":    func(in *Input) { in.Words = strings.Repeat("a", mostWords+1) },
		"BSN":               func(in *Input) { in.Words = "zijn bsn is 123456782" },
		"not UTF-8":         func(in *Input) { in.Words = "a\xff" },
		"only spaces":       func(in *Input) { in.Words = " \n " },
		"weight of another": func(in *Input) { in.Weight = "few" },
	} {
		in := good()
		change(&in)
		if _, fs := in.Check(nil, day); len(fs) != 1 {
			t.Errorf("%s: %v", what, fs)
		}
	}
}

func TestTheWeekOfADayIsItsMonday(t *testing.T) {
	for d := range 7 {
		if w := WeekOf(clock.On(2026, 11, 23+d)); w != clock.On(2026, 11, 23) {
			t.Errorf("%d: %s", d, w)
		}
	}
}

func TestNationalitiesAreGroups(t *testing.T) {
	for _, x := range []struct {
		written, want string
	}{{"Eritrees", "er"}, {"", "unknown"}, {"Syrië / Palestina", "several"}, {"Soedan, Zuid-Soedan", "sd"}, {"staatloos", "stateless"}, {"Atlantis", "other"}} {
		if g := GroupOf(dossier.OriginsOf(x.written)); g != x.want {
			t.Errorf("%s lies in %s", x.written, g)
		}
	}
	if GroupOf(nil) != "unknown" {
		t.Error("of nothing something is known")
	}
	for _, code := range dossier.Origins() {
		if g := GroupOf([]string{code}); g == "other" {
			t.Errorf("%s lies in no group", code)
		}
	}
	for _, x := range lists["site"] {
		if p := PlaceOf(x); !slices.Contains(lists["place"], p) && p != "unknown" {
			t.Errorf("%s lies in %q", x, p)
		}
	}
	if PlaceOf("kamer 3") != "" {
		t.Error("a place that nobody knows")
	}
}

func TestWhatIsKnownNeverLeavesAndASuspicionMay(t *testing.T) {
	known := deident.Known{Names: []string{"Selam Tesfay"}, Numbers: []string{"2819940173"}}
	text := "Selam belde op 24-11-2026 over Burgerzaakjes."
	r, err := Mask(known, text)
	if err != nil || !Betrays(r) || strings.Contains(r.Masked, "Selam") {
		t.Fatalf("%+v %v", r, err)
	}
	var whole, left strings.Builder
	for _, p := range Pieces(text, r) {
		whole.WriteString(p.Text)
		if p.Mask == "" {
			left.WriteString(p.Text)
		}
	}
	if whole.String() != text || strings.Contains(left.String(), "Selam") || strings.Contains(left.String(), "24-11") {
		t.Errorf("%q, left %q", whole.String(), left.String())
	}
	for words, want := range map[string]bool{
		"Iemand belde over Burgerzaakjes.": false, "Iemand belde 06-12345678.": true, "Tesfaj belde.": true, "Op 24 november 2026 was het dicht.": true,
		"In [november 2026] was het dicht voor [persoon].": false, "V-nummer 281 994 0173": true, "mail naar x@voorbeeld.nl": true, "": false,
	} {
		r, err := Mask(known, words)
		if err != nil || Betrays(r) != want {
			t.Errorf("%q: %v %v %+v", words, Betrays(r), err, r.Spans)
		}
	}
}

func TestARepairWithoutTheFileLetsNothingNewIn(t *testing.T) {
	for _, x := range []struct{ before, after, want string }{
		{"Iemand belde over Kwibusregeling.", "Iemand belde twee keer over Kwibusregeling.", "Iemand belde twee keer over Kwibusregeling."},
		{"Iemand belde.", "Kebede belde.", "[onbekend] belde."},
		{"Iemand belde.", "Iemand belde op 24 november 2026.", "Iemand belde op [november 2026]."},
	} {
		got, err := Remask(noneKnown, x.before, x.after, Mask)
		if err != nil || got != x.want {
			t.Errorf("%q became %q, %v", x.after, got, err)
		}
	}
}

func TestADetectorThatBreaksIsNoCheckThatPassed(t *testing.T) {
	if _, err := Remask(noneKnown, "a", "b", func(deident.Known, string) (deident.Result, error) { return deident.Result{}, errLists }); err == nil {
		t.Error("it passed")
	}
}

// What is kept of a signal has no field for a person, an author or an hour: who adds one reads this first.
func TestASignalHasNoFieldForAPerson(t *testing.T) {
	names := func(x any) (out []string) {
		for f := range reflect.TypeOf(x).Fields() {
			out = append(out, f.Name)
		}
		return out
	}
	if got := names(Signal{}); !slices.Equal(got, []string{"ID", "Facts", "Raiser", "One", "Receipt", "Source", "Lang", "Week", "Body", "Detail", "Words", "What"}) {
		t.Error(got)
	}
	if got := names(Facts{}); !slices.Equal(got, []string{"Theme", "Institution", "Place", "Phase", "Nation", "Month", "Weight", "Seen"}) {
		t.Error(got)
	}
	if got := names(Said{}); !slices.Equal(got, []string{"Facts", "Detail", "Words", "Why", "Lang", "New"}) {
		t.Error(got)
	}
	if got := names(Detail{}); !slices.Equal(got, []string{"Form", "Said"}) { // answers out of lists, and no words
		t.Error(got)
	}
}
