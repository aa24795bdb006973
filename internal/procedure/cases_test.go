package procedure

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

//	go test ./internal/procedure -run 'Cases|Translations' -update
//
// writes the reasons of the worked examples anew, and the states of the texts. The dates are never written by the program.
var update = flag.Bool("update", false, "write the reasons of the worked examples anew")

func dutch(t testing.TB) Voice {
	t.Helper()
	v, err := Dutch()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestCases(t *testing.T) {
	b, v := book(t), dutch(t)
	cases, err := ReadCases(os.DirFS("rules"))
	if err != nil || len(cases) < 100 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, c := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(c.Name), ".txtar"), func(t *testing.T) {
			r := c.Check(b, v)
			if *update && r.Reasons != "" {
				c = c.with("reasons", r.Reasons)
				if err := os.WriteFile(filepath.Join("rules", c.Name), []byte(c.String()), 0o644); err != nil {
					t.Fatal(err)
				}
				r = c.Check(b, v)
			}
			for _, f := range r.Faults {
				t.Error(f)
			}
			if by := c.section("signed").body; by != "by: nobody yet\n" && !strings.Contains(by, "on: ") {
				t.Error("a case says who signed it and on which day, or that nobody has yet")
			}
		})
	}
}

// TestEveryRuleHasAWorkedExample holds for every rule: a rule that no example sets off was never looked at by hand.
func TestEveryRuleHasAWorkedExample(t *testing.T) {
	b, v := book(t), dutch(t)
	cases, err := ReadCases(os.DirFS("rules"))
	if err != nil {
		t.Fatal(err)
	}
	var used []string
	for _, c := range cases {
		used = append(used, c.Check(b, v).Rules...)
	}
	for _, p := range b.Packs {
		for _, r := range p.Terms {
			if !slices.Contains(used, r.ID) {
				t.Errorf("%s: no worked example sets off the rule %s", p.Name, r.ID)
			}
		}
	}
}

func TestACaseThatIsNotMetSaysWhereAndWhat(t *testing.T) {
	b, v := book(t), dutch(t)
	good := "A story\n-- story --\nx\n-- facts --\n2026-03-14 lodged\n2026-11-24 decision outcome=rejected route=aa how=handed\n-- expected --\nappeal safe=2026-12-01 last=2026-12-01\n-- reasons --\n-- sources --\nVw\n"
	for _, c := range []struct{ from, to, says string }{
		{"appeal safe=2026-12-01", "appeal safe=2026-12-02", "x.txtar:8: "},
		{"appeal safe=2026-12-01", "appeal sofe=2026-12-01", `"sofe" is nothing`},
		{"appeal safe", "apeal safe", "no such term"},
		{"appeal safe=2026-12-01 last=2026-12-01", "appeal", "expects nothing"},
		{"appeal safe=2026-12-01 last=2026-12-01", "no appeal", "it is there"},
		{"appeal safe=2026-12-01 last=2026-12-01", "stands at granted", "it stands at rejected"},
		{"appeal safe=2026-12-01 last=2026-12-01", "asks contradiction", "it asks"},
		{"appeal safe=2026-12-01 last=2026-12-01", "regime PACT", "it is [VW-OLD]"},
		{"2026-03-14 lodged", "2026-02-30 lodged", "x.txtar:5: "},
		{"2026-03-14 lodged", "2026-03-14 ledged", "no event"},
		{"2026-03-14 lodged", "topic asylom", "no topic"},
		{"2026-03-14 lodged", "lodged", "says a day"},
		{"route=aa", "roete=aa", "roete"},
		{"-- facts --", "-- fakten --", `no section "facts"`},
	} {
		s := strings.Replace(good, c.from, c.to, 1)
		if s == good {
			t.Fatalf("no %q", c.from)
		}
		r := ReadCase("x.txtar", s).Check(b, v)
		if err := r.Faults.err(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v, want it to say %q", c.to, err, c.says)
		}
	}
	c := ReadCase("x.txtar", good)
	if r := c.with("reasons", c.Check(b, v).Reasons).Check(b, v); len(r.Faults) > 0 {
		t.Errorf("a good case is refused: %v", r.Faults)
	}
	if c.String() != good {
		t.Error("a case is not written as it was read")
	}
}
