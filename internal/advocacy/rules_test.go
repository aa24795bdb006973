package advocacy

// This file tests the rules that need no database: turns, forms, and the numbers of parliament.

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
)

var today = clock.On(2026, 11, 24)

func TestEveryStateIsReachedAndCanGoOn(t *testing.T) {
	reached := map[string]bool{Prepared: true}
	for _, to := range turns {
		for _, s := range to {
			reached[s] = true
		}
	}
	for _, s := range States {
		if !reached[s] || len(turns[s]) == 0 {
			t.Errorf("%s is never reached, or nothing follows it", s)
		}
	}
	if len(turns) != len(States) || len(fates) != len(Fates) {
		t.Error("the map of turns and the list of states differ")
	}
}

func names(fs fault.Fields) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Name)
	}
	return strings.Join(out, " ")
}

func TestFormsNameAllFaultsAtOnce(t *testing.T) {
	if _, fs := (CoreInput{}).Check(); names(fs) != "eis aan waarom hoe" {
		t.Error(names(fs))
	}
	if _, fs := (CoreInput{Demand: strings.Repeat("x", 201), To: "\xff", Why: "V-nummer 281 994 0173", Mode: "visible"}).Check(); names(fs) != "eis aan waarom" {
		t.Error(names(fs))
	}
	if _, fs := (TurnInput{To: Prepared}).Check(Dossier{State: Ended}, nil, today); names(fs) != "naar eigenaar woorden volgende" {
		t.Error(names(fs))
	}
	d, fs := (TurnInput{To: Ended, Owner: "u-a", Result: "part", Words: "Half."}).Check(Dossier{State: Running, Next: today}, []string{"u-a"}, today)
	if len(fs) > 0 || d.State != Ended || d.Result != "part" || d.Core.Came != "Half." || d.Ended != today || !d.Next.IsZero() {
		t.Errorf("%+v %v", d, fs)
	}
	if d, fs = (TurnInput{To: Running, Owner: "u-a", Next: "2026-12-01", Words: "Toch weer."}).Check(d, []string{"u-a"}, today); len(fs) > 0 || d.Result != "" || !d.Ended.IsZero() {
		t.Errorf("%+v %v", d, fs)
	}
	// A day that stood there may be over; a new one may not.
	over := today.AddDays(-3)
	if _, fs = (TurnInput{Owner: "u-a", Next: over.String(), Words: "Gebeld."}).Check(Dossier{State: Running, Next: over}, []string{"u-a"}, today); len(fs) > 0 {
		t.Error(names(fs))
	}
	if _, fs = (TurnInput{Owner: "u-a", Next: over.String(), Words: "Gebeld."}).Check(Dossier{State: Running, Next: today}, []string{"u-a"}, today); names(fs) != "volgende" {
		t.Error(names(fs))
	}
	if _, fs = (ItemInput{Form: "promise", Kind: Commitment, Link: "http://x"}).Check(today); names(fs) != "belofte-wie belofte-wat belofte-adres belofte-gedaan belofte-dag" {
		t.Error(names(fs))
	}
	if _, fs = (ItemInput{Form: "voice", Kind: Motion, Who: "a", What: "b", Day: "2026-11-24"}).Check(today); names(fs) != "stem-soort" {
		t.Error(names(fs))
	}
	if _, fs = (ItemInput{Form: "doing", Kind: Motion, Who: "a", What: "b", Day: "2026-11-25", Number: "2025Z01234"}).Check(today); names(fs) != "daad-dag daad-nummer" {
		t.Error(names(fs))
	}
	for from, to := range map[string]string{Due: Kept, Kept: Due, Broken: Kept} {
		if _, fs := (FateInput{to, "Gezien."}).Check(Item{Kind: Commitment, State: from}); len(fs) > 0 {
			t.Errorf("%s to %s: %s", from, to, names(fs))
		}
	}
	if _, fs := (FateInput{Broken, ""}).Check(Item{Kind: Commitment, State: Kept}); names(fs) != "uitkomst kwam" {
		t.Error(names(fs))
	}
}

func TestNumbersOfAPersonAreSeen(t *testing.T) {
	for s, want := range map[string]bool{"2819940173": true, "Zaak 281.994.0173 loopt": true, "281 994 0173.": true, "19 637, nr. 3201": false, "in 2026 en 2027": false, "0612345678": true, "": false, "12345678901": false, "tel. 030 2349800": false} {
		if hasVNumber(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestReferences(t *testing.T) {
	for in, want := range map[string]Reference{
		"19 637, nr. 3201":            {Paper, "19 637, nr. 3201"},
		"19637-3201":                  {Paper, "19 637, nr. 3201"},
		"Kamerstuk 19 637 nr. 3201":   {Paper, "19 637, nr. 3201"},
		"Kamerstukken II 19637, nr 7": {Paper, "19 637, nr. 7"},
		"36 600 VI, nr. 12":           {Paper, "36 600 VI, nr. 12"},
		"36 600-XX, nr. 9":            {Paper, "36 600 XX, nr. 9"},
		"36 600 A, nr. 3":             {Paper, "36 600 A, nr. 3"},
		"Kamerstukken I 36 582, A":    {Paper, "36 582, A"},
		"35 925 (R2114), nr. 4":       {Paper, "35 925 (R2114), nr. 4"},
		"2025Z01234":                  {Question, "2025Z01234"},
		"2025z1234":                   {Question, "2025Z01234"},
		"TZ202501-123":                {Promised, "TZ202501-123"},
		"T03456":                      {Promised, "T03456"},
		" 19\u00a0637,  nr. 3201  ":   {Paper, "19 637, nr. 3201"},
	} {
		if got, ok := ReadReference(in); !ok || got != want {
			t.Errorf("%q: %v %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "19 637", "nr. 3201", "1 637, nr. 2", "09 637, nr. 2", "19 637, nr. 0", "19 637 IIX, nr. 2", "19 637, nr. 12345", "2025Z00000", "1999Z01234", "TZ202513-1", "TZ202501-0", "T00000", "T1234", "2025Y01234", "19 637, nr. 3201 x", "ECLI:NL:RVS:2024:1"} {
		if got, ok := ReadReference(in); ok {
			t.Errorf("%q is taken as %v", in, got)
		}
	}
}

// What is read reads the same again, whatever it was; and what a paper can have is always read.
func TestReferencesStayTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`(Kamerstuk )?[0-9]{2} ?[0-9]{3}( [IVX]{1,4}|-[A-Z])?(, nr\. |-)[0-9]{1,4}`), rapid.StringMatching(`20[0-9]{2}[Zz][0-9]{4,5}`)).Draw(t, "s")
		r, ok := ReadReference(s)
		if !ok {
			return
		}
		if again, ok := ReadReference(r.Text); !ok || again != r {
			t.Fatalf("%q reads as %v, and that as %v", s, r, again)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[1-9][0-9] [0-9]{3}( (I|II|IV|VI|VIII|IX|XIV|XX))?, nr\. [1-9][0-9]{0,3}`).Draw(t, "s")
		if r, ok := ReadReference(s); !ok || r.Text != s || r.Kind != Paper {
			t.Fatalf("%q: %v %v", s, r, ok)
		}
	})
}

func TestWordsOfARowAreShort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := short(rapid.String().Draw(t, "s"))
		if utf8.RuneCountInString(s) > 120 || strings.Contains(s, "\n") {
			t.Fatal(s)
		}
	})
}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "advocacy", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	// What is put together while running, the search for missing texts cannot see.
	for before, all := range map[string][]string{"state.": States, "mode.": Modes, "result.": Results, "kind.": Kinds, "fate.": Fates, "step.": StepKinds, "turn.": {Running, Waiting, Ended}, "place.": Places, "source.": {ByHand, FromFile}, "import.not.": {"repeats", "beyond", "much", "from_then", "one_of_many"},
		"ics.":    {"encoding", "line", "begin", "end", "outside", "version", "none", "unended", "many", "twice", "uid", "uid_twice", "title", "start", "both", "order", "duration", "far", "zone", "day", "hour", "gap"},
		"column.": {"demand", "to", "state", "mode", "owner", "next", "result", "opened", "closed"}} {
		for _, x := range all {
			for _, tag := range []string{"nl", "en"} {
				if !c.Has(tag, "advocacy."+before+x) {
					t.Errorf("advocacy.%s%s has no words in %s", before, x, tag)
				}
			}
		}
	}
	for _, r := range Rules() {
		if !c.Has("nl", r.Why) {
			t.Errorf("%s does not say who may do it", r.Action)
		}
	}
}
