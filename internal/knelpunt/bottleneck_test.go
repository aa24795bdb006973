package knelpunt

// This file tests the rules of bottlenecks: every turn there is and is not, what each asks, how signals add up, and which are alike.

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/clock"
)

// The map of states, once more and by hand: a row is where it is, a column where it goes, in the order of States.
const turnsByHand = `
           new examined acting settled parked closed merged
new         -     x       -      -       x      -      -
examined    -     -       x      x       x      -      -
acting      -     x       -      x       x      -      -
settled     -     x       x      -       -      x      -
parked      -     x       -      -       -      x      -
closed      -     x       -      -       -      -      -
merged      -     -       -      -       -      -      -
`

func TestEveryTurn(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(turnsByHand), "\n")
	columns := strings.Fields(lines[0])
	if !slices.Equal(columns, States) || len(lines) != len(States)+1 {
		t.Fatal("the table names other states: ", columns)
	}
	for i, line := range lines[1:] {
		f := strings.Fields(line)
		if f[0] != States[i] {
			t.Fatal(f[0])
		}
		for j, to := range States {
			if want := f[j+1] == "x"; MayTurn(f[0], to) != want {
				t.Errorf("from %s to %s: %v", f[0], to, !want)
			}
		}
	}
	if MayTurn("", Examined) || MayTurn(Fresh, "") || MayTurn("somewhere", Examined) {
		t.Error("a turn from or to nowhere")
	}
	for _, s := range States { // nothing is stuck: from each open state somebody comes to the end, through words for who signalled
		if s != Merged && !slices.Contains(reach(s), Closed) {
			t.Errorf("from %s nobody comes to the end", s)
		}
	}
}

func reach(from string) []string {
	seen := []string{from}
	for i := 0; i < len(seen); i++ {
		for _, to := range Turns(seen[i]) {
			if !slices.Contains(seen, to) {
				seen = append(seen, to)
			}
		}
	}
	return seen
}

func TestWhatATurnAsks(t *testing.T) {
	full := TurnInput{Owner: "u-a", Next: "2026-12-01", Weight: "grave", Inside: "Gebeld.", Told: "Wij belden."}
	for _, x := range []struct {
		name   string
		from   string
		told   bool
		change func(*TurnInput)
		at     string // fields with a fault
	}{
		{"a note", Acting, false, func(in *TurnInput) {}, ""},
		{"a note without words", Acting, false, func(in *TurnInput) { in.Inside, in.Told = "", "" }, "woorden"},
		{"a note only for who signalled", Acting, false, func(in *TurnInput) { in.Inside = "" }, ""},
		{"a turn that is not there", Fresh, false, func(in *TurnInput) { in.To = Closed }, "naar terug!"},
		{"a state that is not there", Fresh, false, func(in *TurnInput) { in.To = "gone" }, "naar"},
		{"a turn without words", Fresh, false, func(in *TurnInput) { in.To, in.Inside = Examined, "" }, "woorden"},
		{"no owner", Fresh, false, func(in *TurnInput) { in.To, in.Owner = Examined, "" }, "eigenaar"},
		{"another owner", Fresh, false, func(in *TurnInput) { in.To, in.Owner = Examined, "u-z" }, "eigenaar"},
		{"no day", Examined, false, func(in *TurnInput) { in.To, in.Next = Parked, "" }, "volgende"},
		{"a day that was", Examined, false, func(in *TurnInput) { in.To, in.Next = Parked, "2026-11-01" }, "volgende"},
		{"no such day", Examined, false, func(in *TurnInput) { in.To, in.Next = Parked, "morgen" }, "volgende"},
		{"found out and nobody told", Fresh, false, func(in *TurnInput) { in.To, in.Told = Examined, "" }, "terug"},
		{"open again and nobody told", Closed, true, func(in *TurnInput) { in.To, in.Told = Examined, "" }, "terug"},
		{"a result nobody sees to", Acting, false, func(in *TurnInput) { in.To, in.Owner, in.Next = Settled, "", "" }, "eigenaar volgende"},
		{"a note on a result nobody sees to", Settled, true, func(in *TurnInput) { in.Owner, in.Next = "", "" }, "eigenaar volgende"},
		{"closed without an owner", Settled, true, func(in *TurnInput) { in.To, in.Owner, in.Next = Closed, "", "" }, ""},
		{"something done and nobody told", Examined, false, func(in *TurnInput) { in.To, in.Told = Acting, "" }, "terug"},
		{"a result and nobody told", Acting, true, func(in *TurnInput) { in.To, in.Told = Settled, "" }, "terug"},
		{"parked and nobody told", Acting, true, func(in *TurnInput) { in.To, in.Told = Parked, "" }, "terug"},
		{"closed and nobody told", Settled, false, func(in *TurnInput) { in.To, in.Told = Closed, "" }, "terug"},
		{"closed, told now", Settled, false, func(in *TurnInput) { in.To = Closed }, ""},
		{"closed, told before", Settled, true, func(in *TurnInput) { in.To, in.Told = Closed, "" }, ""},
		{"a weight that is not there", Acting, false, func(in *TurnInput) { in.Weight = "huge" }, "ernst"},
		{"a BSN", Acting, false, func(in *TurnInput) { in.Inside = "bsn 123456782" }, "woorden"},
	} {
		in := full
		x.change(&in)
		_, fs := in.Check(Bottleneck{State: x.from, Told: x.told}, []string{"u-a"}, day)
		var at []string
		for _, f := range fs {
			at = append(at, f.Name)
		}
		want := strings.Fields(strings.ReplaceAll(x.at, " terug!", ""))
		if fmt.Sprint(at) != fmt.Sprint(want) {
			t.Errorf("%s: faults at %v, want %v", x.name, at, want)
		}
	}
	after, fs := TurnInput{To: Examined, Owner: "u-a", Next: "2026-12-01", Weight: "grave", Inside: "Het begint weer.", Told: "Wij kijken opnieuw."}.Check(Bottleneck{State: Closed, Told: true, Closed: day}, []string{"u-a"}, day)
	if len(fs) > 0 || !after.Told || !after.Closed.IsZero() || after.State != Examined {
		t.Errorf("reopened: %+v %v", after, fs)
	}
	after, _ = TurnInput{To: Closed, Weight: "grave", Inside: "Klaar.", Told: "Klaar."}.Check(Bottleneck{State: Settled, Next: day}, nil, day)
	if after.Closed != day || !after.Next.IsZero() {
		t.Errorf("closed: %+v", after)
	}
}

func TestSignalsAddUpToAtLeast(t *testing.T) {
	nov, aug := clock.On(2026, 11, 1), clock.On(2026, 8, 1)
	s := func(who, person, seen string, month clock.Date) Signal {
		x := Signal{Facts: Facts{Seen: seen, Weight: "serious", Month: month}}
		if who != "" {
			x.Raiser = []byte(who)
		}
		if person != "" {
			x.One = []byte(person)
		}
		return x
	}
	for name, x := range map[string]struct {
		ss   []Signal
		want Tally
	}{
		"none":                     {nil, Tally{}},
		"one person twice":         {[]Signal{s("a", "p", "once", nov), s("b", "p", "once", nov)}, Tally{Signals: 2, People: 1, Colleague: 2, Seen: 2, Recent: 2}},
		"one colleague thrice":     {[]Signal{s("a", "p", "often", nov), s("a", "q", "often", aug), s("a", "p", "few", aug)}, Tally{Signals: 3, People: 2, Colleague: 1, Seen: 5, Recent: 1, Before: 2}},
		"nobody knows about whom":  {[]Signal{s("a", "", "few", nov), s("", "", "many", nov)}, Tally{Signals: 2, Unknown: 2, Colleague: 1, Seen: 3, Recent: 2}},
		"more people than sights":  {[]Signal{s("a", "p", "once", nov), s("a", "q", "once", nov), s("a", "r", "once", nov)}, Tally{Signals: 3, People: 3, Colleague: 1, Seen: 3, Recent: 3}},
		"long ago is in no trend":  {[]Signal{s("a", "p", "once", clock.On(2026, 5, 1))}, Tally{Signals: 1, People: 1, Colleague: 1, Seen: 1}},
		"the first of the quarter": {[]Signal{s("a", "p", "once", clock.On(2026, 9, 1)), s("a", "q", "once", clock.On(2026, 6, 1))}, Tally{Signals: 2, People: 2, Colleague: 1, Seen: 2, Recent: 1, Before: 1}},
	} {
		if got := Count(x.ss, day); got != x.want {
			t.Errorf("%s: %+v, want %+v", name, got, x.want)
		}
	}
	for _, x := range []struct {
		recent, before int
		want           string
	}{{0, 0, Same}, {2, 0, Same}, {3, 0, Grows}, {4, 3, Same}, {6, 3, Grows}, {0, 3, Shrinks}, {1, 4, Shrinks}, {5, 8, Same}} {
		if got := (Tally{Recent: x.recent, Before: x.before}).Trend(); got != x.want {
			t.Errorf("%d after %d: %s", x.recent, x.before, got)
		}
	}
}

// Each signal of the demonstration finds those of its own bottleneck among all others, by words and facts in two languages.
func TestWhatIsAlikeIsFoundInTwoLanguages(t *testing.T) {
	var all []Text
	of := map[string]int{}
	for n, x := range demoSignals {
		all = append(all, Text{ID: fmt.Sprint(n), Words: BagOf(x.words), Facts: Facts{Theme: x.theme, Institution: x.institution, Place: x.place, Nation: x.nation}})
	}
	for b, x := range demoBottlenecks {
		for _, n := range x.signals {
			of[fmt.Sprint(n)] = b + 1
		}
	}
	r := Rare(all)
	found, right := 0, 0
	for n, x := range all {
		if of[x.ID] == 0 {
			continue
		}
		var others []Text
		for m, y := range all {
			if m != n && of[y.ID] != 0 {
				others = append(others, Text{ID: fmt.Sprint(of[y.ID]), Words: y.Words, Facts: y.Facts})
			}
		}
		found++
		if ms := Nearest(r, []Text{x}, others, 1); len(ms) == 1 && ms[0].ID == fmt.Sprint(of[x.ID]) {
			right++
		} else {
			t.Logf("%s: %v, belongs to %d", x.ID, ms, of[x.ID])
		}
	}
	if right*100 < found*85 {
		t.Errorf("%d of %d find their bottleneck first", right, found)
	}
	english := Text{Words: BagOf("The embassy was closed and the border too; the family could not come to the appointment.")}
	dutch := Text{Words: BagOf("De ambassade en de grens waren dicht. Het gezin kon niet naar de afspraak.")}
	other := Text{Words: BagOf("Een rekening openen lukt niet bij de bank.")}
	if a, b := r.Alike(english, dutch), r.Alike(english, other); a < 0.3 || b > 0.1 {
		t.Errorf("two languages: %.2f, and something else: %.2f", a, b)
	}
	if s := r.Alike(Text{}, Text{}); s != 0 {
		t.Errorf("nothing is like nothing: %.2f", s)
	}
	unknown := Text{Facts: Facts{Theme: "other", Institution: "unknown", Place: "unknown", Nation: "unknown"}}
	if s := r.Alike(unknown, unknown); s != 0 {
		t.Errorf("what is not known is alike: %.2f", s)
	}
}

func TestAQuoteNeedsAYes(t *testing.T) {
	good := EvidenceInput{Kind: "quote", Quote: "Ik begreep de tolk niet.", For: "talks", How: "spoken", Read: true}
	if _, fs := good.Check(); len(fs) > 0 {
		t.Error(fs)
	}
	for what, change := range map[string]func(*EvidenceInput){"not read": func(in *EvidenceInput) { in.Read = false }, "for nothing": func(in *EvidenceInput) { in.For = "" }, "no words": func(in *EvidenceInput) { in.Quote = "" },
		"no way": func(in *EvidenceInput) { in.How = "guess" }, "no kind": func(in *EvidenceInput) { in.Kind = "rumour" }} {
		in := good
		change(&in)
		if _, fs := in.Check(); len(fs) != 1 {
			t.Errorf("%s: %v", what, fs)
		}
	}
	for link, ok := range map[string]bool{"": true, "https://ind.nl/x": true, "http://ind.nl": false, "javascript:alert(1)": false, "https://a b": false} {
		if _, fs := (EvidenceInput{Kind: "source", Title: "Rapport", Link: link}).Check(); (len(fs) == 0) != ok {
			t.Errorf("%q: %v", link, fs)
		}
	}
}
