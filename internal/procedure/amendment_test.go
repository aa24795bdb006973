package procedure

import (
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/clock"
)

// amend is the rulebook of the program with one change; any fault fails the test.
func amend(t testing.TB, b *Rulebook, text string) *Rulebook {
	t.Helper()
	l, err := b.Look(text, "wr-test")
	if err != nil || len(l.Faults) > 0 {
		t.Fatalf("%v %v\n%s", err, l.Faults, text)
	}
	return l.Then
}

// twoWeeks is a new version of the term of appeal of a week: two weeks for decisions announced since a day.
func twoWeeks(valid string) string {
	s := withTerm("old-appeal-week", "P2W|roll=ATW")
	return strings.Replace(s, "valid: {trigger: announced, from: 2010-07-01}", "valid: "+valid, 1)
}

func TestANewVersionOfARuleHoldsFromItsDayAndTheOldOneBeforeIt(t *testing.T) {
	b := book(t)
	then := amend(t, b, twoWeeks("{trigger: announced, from: 2026-12-01, to: 2026-12-31}"))
	for _, c := range []struct{ day, rule, safe string }{
		{"2026-11-30", "old-appeal-week", "2026-12-07"},
		{"2026-12-01", "old-appeal-week-bench", "2026-12-15"},
		{"2026-12-31", "old-appeal-week-bench", "2027-01-14"},
		{"2027-01-04", "old-appeal-week@2027-01-01", "2027-01-11"},
	} {
		f := Sorted([]Event{ev("lodged", "2026-01-20"), ev("decision", c.day, outcome("rejected"), route("aa"), how(Handed))})
		d := then.Derive(f, noon)
		x := find(t, d, "appeal")
		if len(x.Candidates) != 1 || x.Candidates[0].Rule != c.rule || x.Safe.String() != c.safe {
			t.Errorf("%s: %s %+v", c.day, x.Safe, x.Candidates)
		}
		if c.rule == "old-appeal-week-bench" && (x.Candidates[0].Pack != "asylum_old@wr-test" || !strings.HasSuffix(d.Rules, " +wr-test")) {
			t.Errorf("the derivation does not say by which change: %s, %s", x.Candidates[0].Pack, d.Rules)
		}
	}
	if r, _ := b.Rule("old-appeal-week"); !r.Valid.To.IsZero() {
		t.Error("the rulebook underneath was changed")
	}
}

func TestRulesThatStandInsteadOfAReplacedRuleStandInsteadOfItsNewVersion(t *testing.T) {
	b := book(t)
	// old-decide-dublin stands instead of old-decide.
	then := amend(t, b, strings.Replace(withTerm("old-decide", "P8M"), "valid: {trigger: lodged, from: 2001-04-01}", "valid: {trigger: lodged, from: 2026-01-01}", 1))
	f := Sorted([]Event{ev("lodged", "2026-01-20"), ev("nl_responsible", "2026-03-20")})
	var decide []string
	for _, x := range then.Derive(f, noon).Deadlines {
		if x.Term == "decide" {
			for _, c := range x.Candidates {
				decide = append(decide, c.Rule)
			}
		}
	}
	if strings.Join(decide, " ") != "old-decide-dublin" {
		t.Errorf("the term to decide comes from %v", decide)
	}
}

func TestALawyersWordAndADecreeAreChangesToo(t *testing.T) {
	b := book(t)
	then := amend(t, b, "confirm:\n  - {id: old-appeal-week, by: mr. A. Voorbeeld, on: 2026-11-20}\n")
	f := Sorted([]Event{ev("lodged", "2026-01-20"), ev("decision", "2026-11-23", outcome("rejected"), route("aa"), how(Handed))})
	if x := find(t, then.Derive(f, noon), "appeal"); !x.Confirmed() || x.Candidates[0].Confirmed != "mr. A. Voorbeeld" {
		t.Errorf("not confirmed: %+v", x.Candidates)
	}
	if x := find(t, b.Derive(f, noon), "appeal"); x.Confirmed() {
		t.Error("the rulebook underneath was changed")
	}
	// 15 May 2026 is likely an equated day: it moves nothing until somebody has read the decree.
	g := Sorted([]Event{ev("lodged", "2026-01-20"), ev("decision", "2026-05-08", outcome("rejected"), route("aa"), how(Handed))})
	if x := find(t, b.Derive(g, noon), "appeal"); x.Safe.String() != "2026-05-15" {
		t.Fatal(x.Safe)
	}
	read := amend(t, b, "days:\n  - {day: 2026-05-15, source: Stb. 2023 123, confidence: V}\n")
	d := read.Derive(g, noon)
	if x := find(t, d, "appeal"); x.Last.String() != "2026-05-18" || d.Calendar == b.Calendar.Version {
		t.Errorf("%s by %s", x.Last, d.Calendar)
	}
	gone := amend(t, b, "days:\n  - {day: 2026-05-15, drop: true}\n")
	for _, r := range find(t, gone.Derive(g, noon), "appeal").Candidates[0].Chain {
		if r.Key == "equated_likely" {
			t.Error("a day that left the table is still spoken of")
		}
	}
}

func TestAnUnfitChangeIsRefusedAtItsLineAndColumn(t *testing.T) {
	b := book(t)
	good := twoWeeks("{trigger: announced, from: 2026-12-01}")
	for _, c := range []struct{ from, to, at, says string }{
		{"term: P2W|roll=ATW", "term: P2Q", "voorstel:12:11", "days, weeks, months or years"},
		{"party: lawyer", "partij: lawyer", "voorstel:10:5", "partij"},
		{"party: lawyer", "party: nobody", "voorstel:10:5", "unknown party"},
		{"replaces: old-appeal-week\n", "replaces: old-nothing\n", "voorstel:4:5", "no rule of asylum_old"},
		{"key: appeal", "key: response", "voorstel:6:5", "another question"},
		{"trigger: announced", "trigger: lodged", "voorstel:17:5", "another trigger"},
		{"pack: asylum_old", "pack: asylum_older", "voorstel", "no rule file"},
		{"source: BWBR0011823", "source: STB-2027", "voorstel:15:5", "sources.yaml does not know"},
		{"review_by: 2027-06-01\n", "", "voorstel", "looked at again"},
		{"id: old-appeal-week-bench", "id: old-decide", "voorstel:4:5", "used before"},
		{"  - replaces: old-appeal-week\n    id", "  - id", "voorstel:4:5", "overlap"},
		{"from: 2026-12-01", "from: 2026-12-01, to: 2026-11-01", "voorstel:17:5", "ends before it begins"},
		{"done: [appeal_lodged]", "done: [appeal_logded]", "voorstel:4:5", "no event here"},
		{"key: appeal", "key: [appeal", "voorstel:5:", "expected"},
	} {
		text := strings.Replace(good, c.from, c.to, 1)
		if text == good {
			t.Fatalf("the change has no %q:\n%s", c.from, good)
		}
		l, err := b.Look(text, "x")
		if err != nil || len(l.Faults) == 0 || l.Then != nil {
			t.Errorf("%q is taken: %v", c.to, err)
			continue
		}
		if s := l.Faults.Error(); !strings.Contains(s, c.at) || !strings.Contains(s, c.says) {
			t.Errorf("%q: want %s … %s, and it says\n%s", c.to, c.at, c.says, s)
		}
	}
	for _, text := range []string{"", "pack: asylum_old\n", "days:\n  - {day: 2026-05-15}\n", "days:\n  - {day: 1900-05-15, source: x, confidence: V}\n", "days:\n  - {day: 2026-05-16, drop: true}\n",
		"confirm:\n  - {id: nothing, by: x, on: 2026-11-20}\n", "confirm:\n  - {id: old-decide, by: '', on: 2026-11-20}\n", "sources:\n  - {id: X, title: x, url: 'javascript:alert(1)'}\nconfirm:\n  - {id: old-decide, by: x, on: 2026-11-20}\n"} {
		if l, err := b.Look(text, "x"); err != nil || len(l.Faults) == 0 {
			t.Errorf("%q is taken, %v", text, err)
		}
	}
}

func TestAChangeSaysWordForWordWhatBecomesDifferentAndWhichExamples(t *testing.T) {
	l, err := book(t).Look(twoWeeks("{trigger: announced, from: 2010-07-01}"), "x")
	if err != nil || len(l.Faults) > 0 {
		t.Fatal(err, l.Faults)
	}
	var words []string
	for _, w := range l.Rules[0].Words {
		words = append(words, w.Word+": "+w.Was+" → "+w.Becomes)
	}
	if got := strings.Join(words, "; "); got != "id: old-appeal-week → old-appeal-week-bench; term: P1W|roll=ATW → P2W|roll=ATW" {
		t.Error(got)
	}
	if len(l.Notes) == 0 || !strings.Contains(l.Notes.Error(), "the program says") {
		t.Errorf("no worked example comes out differently: %v", l.Notes)
	}
}

func TestFourEyesGoByTheAccount(t *testing.T) {
	for _, c := range []struct {
		state AmendmentState
		d     Decision
		to    AmendmentState
	}{{Proposed, Approve, InForce}, {Proposed, Refuse, Refused}, {Proposed, Retract, Retracted}, {InForce, AskLeave, Leaving}, {Leaving, ApproveLeave, Withdrawn}, {Leaving, RefuseLeave, InForce}} {
		if to, ok := c.state.after(c.d); !ok || to != c.to {
			t.Errorf("%s after %s: %s %v", c.state, c.d, to, ok)
		}
	}
	for _, end := range []AmendmentState{Refused, Retracted, Withdrawn} {
		if ds := end.open("u-a", "u-b"); len(ds) > 0 {
			t.Errorf("%s can still be %v", end, ds)
		}
	}
	if ds := Proposed.open("u-a", "u-a"); len(ds) != 1 || ds[0] != Retract {
		t.Errorf("who proposed may %v", ds)
	}
	if ds := Proposed.open("u-b", "u-a"); len(ds) != 2 || ds[0] != Approve || ds[1] != Refuse {
		t.Errorf("another may %v", ds)
	}
	if ds := Leaving.open("u-a", "u-a"); len(ds) != 0 {
		t.Errorf("who asked to withdraw may %v", ds)
	}
}

// newQuestion asks what no rule of the program asks, with words of its own.
const newQuestion = `pack: asylum_old
review_by: 2027-12-01
texts:
  nl:
    term.sworn_statement: Beëdigde verklaring inleveren
    term.sworn_statement.means: De rechtbank wil deze verklaring op papier.
    note.sworn_how: Bij een notaris, niet bij de gemeente.
  en:
    term.sworn_statement: Hand in the sworn statement
    term.sworn_statement.means: The court wants this statement on paper.
    note.sworn_how: With a notary, not with the municipality.
  fr:
    term.sworn_statement: Remettre la déclaration sous serment
terms:
  - id: own-sworn
    key: sworn_statement
    on: decision
    outcomes: [rejected]
    party: person
    kind: order
    term: P2W
    instrument: brief
    article: Brief van de rechtbank
    source: ADVIES
    read_on: 2026-11-20
    valid: {trigger: announced, from: 2026-11-01}
    confidence: P
    done: [appeal_lodged]
    note: sworn_how
`

func TestANewQuestionBringsItsOwnWords(t *testing.T) {
	b := book(t)
	for _, c := range []struct{ name, from, to, says string }{
		{"as it is", "", "", ""},
		{"no English", "  en:\n    term.sworn_statement: Hand in the sworn statement\n", "  en:\n", "the text procedure.term.sworn_statement is missing in: en"},
		{"no Dutch", "    term.sworn_statement: Beëdigde verklaring inleveren\n", "", "has no Dutch"},
		{"a step's words", "    note.sworn_how: Bij", "    step.lodged: Bij", "does not begin with term. or note."},
		{"an unknown language", "  fr:\n", "  xx:\n", "does not know the language"},
		{"an empty text", "Bij een notaris, niet bij de gemeente.", `""`, "is empty or longer"},
	} {
		l, err := b.Look(strings.Replace(newQuestion, c.from, c.to, 1), "wr-test")
		switch {
		case err != nil:
			t.Fatal(err)
		case c.says == "" && len(l.Faults) > 0:
			t.Errorf("%s: %v", c.name, l.Faults)
		case c.says != "" && !strings.Contains(l.Faults.Error(), c.says):
			t.Errorf("%s: %v", c.name, l.Faults)
		}
	}
	if len(b.Texts) > 0 {
		t.Error("the rulebook underneath has words that it does not have")
	}
	other := strings.NewReplacer("own-sworn", "own-other", "op papier", "op steen").Replace(newQuestion)
	c, faults := ReadAmendment(other)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if _, faults = amend(t, b, newQuestion).With([]*Amendment{c}, "+2"); !strings.Contains(faults.Error(), "already says something else") {
		t.Errorf("two changes say different words for one thing: %v", faults)
	}
}

func TestALawMayApplyFromAnotherDay(t *testing.T) {
	b := book(t)
	l, err := b.Look("regimes:\n  - {id: PACT, from: 2026-07-12}\n", "wr-test")
	if err != nil || len(l.Faults) > 0 {
		t.Fatal(err, l.Faults)
	}
	if want := (RegimeDifference{"PACT", clock.On(2026, 6, 12), clock.On(2026, 7, 12)}); len(l.Regimes) != 1 || l.Regimes[0] != want {
		t.Errorf("%+v", l.Regimes)
	}
	for day, want := range map[string]RegimeID{"2026-06-12": "VW-OLD", "2026-07-11": "VW-OLD", "2026-07-12": "PACT"} {
		d := l.Then.Derive(Sorted([]Event{ev("lodged", day)}), noon)
		if got := d.Choices[0].Regimes; len(got) != 1 || got[0] != want {
			t.Errorf("lodged on %s: %v", day, got)
		}
		x := find(t, d, "decide")
		if x.Safe.IsZero() || slices.ContainsFunc(x.Candidates, func(c Candidate) bool { return c.Regime != want }) {
			t.Errorf("lodged on %s there is no term to decide: %+v", day, x.Candidates)
		}
	}
	if d := b.Derive(Sorted([]Event{ev("lodged", "2026-06-12")}), noon); d.Choices[0].Regimes[0] != "PACT" {
		t.Error("the rulebook underneath was changed")
	}
	if turn := l.Then.turn(); turn != clock.On(2026, 7, 12) {
		t.Errorf("the form asks about %s", turn)
	}
	for _, text := range []string{"regimes:\n  - {id: NOTHING, from: 2026-07-12}\n", "regimes:\n  - {id: RVA, from: 2026-07-12}\n", "regimes:\n  - {id: PACT}\n"} {
		if l, err := b.Look(text, "wr-test"); err != nil || len(l.Faults) == 0 {
			t.Errorf("%q: %v %v", text, err, l.Faults)
		}
	}
}

func TestACopyOfARuleIsNotConfirmed(t *testing.T) {
	raw := []byte("pack: x\nterms:\n  - id: a\n    confirmed: {by: mr. A. Voorbeeld, on: 2026-11-20}\n    note: n\n")
	if got := exampleIn(raw, "a", "b"); strings.Contains(got, "confirmed") || !strings.Contains(got, "note: n") {
		t.Error(got)
	}
}
