package procedure

import (
	"bytes"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
)

// anyFacts draws a track: events of every kind, with days that are known, half known or unknown.
func anyFacts(t *rapid.T) Facts {
	day := func(name string) clock.Date {
		if rapid.Bool().Draw(t, name+"?") {
			return clock.Date{}
		}
		return anyDay(t)
	}
	var es []Event
	for range rapid.IntRange(0, 6).Draw(t, "events") {
		e := Event{ID: rapid.StringN(1, 24, 40).Draw(t, "id"), Kind: rapid.SampledFrom([]string{"lodged", "registered", "intention", "decision", "extended"}).Draw(t, "kind"),
			On: Moment{day("from"), day("to")}, How: rapid.SampledFrom([]How{"", Sent, Handed}).Draw(t, "how"), Outcome: rapid.SampledFrom([]string{"", "rejected", NotKnown}).Draw(t, "outcome"),
			Route: rapid.SampledFrom([]string{"", "va", "aa", NotKnown}).Draw(t, "route"), Letter: day("letter"), At: time.UnixMilli(rapid.Int64Range(0, 1<<42).Draw(t, "at")).UTC()}
		if rapid.Bool().Draw(t, "extends") {
			e.Extend = Term{N: rapid.IntRange(1, 15).Draw(t, "n"), Unit: Months}
		}
		es = append(es, e)
	}
	return Sorted(es).About("permit")
}

func TestPackedFactsComeOutAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		got, err := unpackFacts(f.pack(), f.Topic)
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Events) == 0 {
			f.Events = []Event{}
		}
		if !reflect.DeepEqual(f, got) {
			t.Fatalf("%+v\n%+v", f, got)
		}
	})
}

func FuzzPackedFacts(f *testing.F) {
	f.Add(Sorted([]Event{ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"))}).pack())
	f.Add([]byte{packedForm})
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := unpackFacts(raw, Asylum)
		if err != nil {
			return
		}
		again, err := unpackFacts(got.pack(), Asylum)
		if err != nil || len(again.Events) != len(got.Events) {
			t.Errorf("%v: %+v is packed as %+v", err, got, again)
		}
	})
}

// everyField is a derivation in which every field holds something.
func everyField() Derivation {
	n := 7
	reasons := []Reason{{Key: "k", Args: []Arg{{Name: "n", Day: clock.On(2026, 1, 2), N: &n, Text: "t", Word: "w"}}}}
	qs := []Question{{Key: "q", Event: "e", Kind: "k"}}
	return Derivation{Rules: "r", Calendar: "c", Choices: []Choice{{Topic: Asylum, Regimes: []RegimeID{"X"}, Chain: reasons}},
		Steps: []Standing{{Step: "s", Group: "g", State: Now, Since: OnDay(clock.On(2026, 1, 3)), Who: []Party{IND}, Next: []string{"t"}}},
		Deadlines: []Deadline{{Key: "k", Term: "t", Event: "e", On: "o", Party: IND, Kind: Order, Safe: clock.On(2026, 1, 4), Last: clock.On(2026, 1, 5), Met: "m", MetOn: OnDay(clock.On(2026, 1, 6)), Questions: qs,
			Candidates: []Candidate{{Rule: "r", Pack: "p", Regime: "X", Term: "t", Note: "n", From: clock.On(2026, 1, 7), Safe: clock.On(2026, 1, 8), Last: clock.On(2026, 1, 9), Chain: reasons, Article: "a", Source: "s", Confidence: Read, Confirmed: "c", Proof: "p"}}}},
		Questions: qs, Stale: []string{"p"}}
}

// TestNothingThatADerivationSaysEscapesItsOutcome changes every field of a derivation, one after the other: the outcome
// must be another each time, save for the versions it was made from and for what is stale. And each comes back as it was packed.
func TestNothingThatADerivationSaysEscapesItsOutcome(t *testing.T) {
	d := everyField()
	was := d.outcome()
	silent := map[string]bool{"Rules": true, "Calendar": true, "Stale": true, "Deadlines.Stale": true, "Deadlines.Candidates.Pack": true}
	seen := 0
	var visit func(path string, v reflect.Value)
	visit = func(path string, v reflect.Value) {
		changed := func(change func()) {
			old := reflect.New(v.Type()).Elem()
			old.Set(v)
			change()
			if same := bytes.Equal(d.outcome(), was); same != silent[path] {
				t.Errorf("%s: the outcome stays the same: %v", path, same)
			}
			if got, err := unpack(d.body(), d.Rules, d.Calendar); err != nil || !reflect.DeepEqual(got, d) {
				t.Errorf("%s: %v\n%+v\n%+v", path, err, d, got)
			}
			v.Set(old)
			seen++
		}
		switch v.Kind() {
		case reflect.String:
			changed(func() { v.SetString(v.String() + "!") })
		case reflect.Bool:
			changed(func() { v.SetBool(!v.Bool()) })
		case reflect.Int:
			changed(func() { v.SetInt(v.Int() + 1) })
		case reflect.Pointer:
			changed(func() { v.SetZero() })
		case reflect.Slice:
			changed(func() { v.Set(reflect.AppendSlice(v, v)) })
			if path != "Stale" {
				visit(path, v.Index(0))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				name := v.Type().Field(i).Name
				if path != "" {
					name = path + "." + name
				}
				visit(name, v.Field(i))
			}
		}
	}
	visit("", reflect.ValueOf(&d).Elem())
	if seen < 60 {
		t.Errorf("only %d fields were changed", seen)
	}
}
