package procedure

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
)

// The case files in testdata/cases are for lawyers: a story, the facts, the dates that a person worked out by hand, the
// reasons in the program's own words, and the sources. A case with a section "term" asks for one length of time; a case
// without it asks for everything that follows in a procedure.
//
//	go test ./internal/procedure -run Cases -update
//
// writes the reasons anew. The dates are never written by the program.
var update = flag.Bool("update", false, "write the reasons of the case files anew")

type section struct{ name, body string }

// readCase splits a txtar file into the text before the first mark and its sections.
func readCase(s string) (title string, out []section) {
	for _, line := range strings.SplitAfter(s, "\n") {
		if name, ok := strings.CutPrefix(line, "-- "); ok && strings.HasSuffix(strings.TrimSpace(name), " --") {
			out = append(out, section{name: strings.TrimSuffix(strings.TrimSpace(name), " --")})
			continue
		}
		if len(out) == 0 {
			title += line
		} else {
			out[len(out)-1].body += line
		}
	}
	return title, out
}

func writeCase(title string, ss []section) string {
	var b strings.Builder
	b.WriteString(title)
	for _, s := range ss {
		fmt.Fprintf(&b, "-- %s --\n%s", s.name, s.body)
	}
	return b.String()
}

func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(names) < 50 {
		t.Fatalf("%d cases, %v", len(names), err)
	}
	voice, err := Dutch()
	if err != nil {
		t.Fatal(err)
	}
	b := book(t)
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			title, ss := readCase(string(raw))
			at := map[string]int{}
			for i, s := range ss {
				at[s.name] = i
			}
			for _, need := range []string{"story", "facts", "expected", "reasons", "sources"} {
				i, ok := at[need]
				if !ok || strings.TrimSpace(ss[i].body) == "" && need != "reasons" {
					t.Fatalf("the case has no section %q", need)
				}
			}
			var got string
			if i, ok := at["term"]; ok {
				got = termCase(t, voice, ss[i].body, ss[at["facts"]].body, ss[at["expected"]].body)
			} else {
				got = procedureCase(t, b, voice, ss[at["facts"]].body, ss[at["expected"]].body)
			}
			if *update {
				ss[at["reasons"]].body = got
				if err := os.WriteFile(name, []byte(writeCase(title, ss)), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != ss[at["reasons"]].body {
				t.Errorf("the reasons are now:\n%s", got)
			}
		})
	}
}

// termCase counts one term and answers its reasons.
func termCase(t *testing.T, v Voice, term, facts, expected string) string {
	tm, err := ParseTerm(strings.TrimSpace(term))
	if err != nil {
		t.Fatal(err)
	}
	date, _, _ := strings.Cut(strings.TrimSpace(facts), " ")
	e, err := tm.From(on(t, date), Bare())
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(expected), "\n") {
		what, day, _ := strings.Cut(line, ": ")
		got := map[string]clock.Date{"last": e.Last, "safe": e.Bare}[what]
		if got.String() != strings.TrimSpace(day) {
			t.Errorf("%s: the engine says %s", line, got)
		}
	}
	var out strings.Builder
	for _, r := range e.Chain {
		fmt.Fprintf(&out, "- %s\n", v.Say(r))
	}
	return out.String()
}

// procedureCase derives a whole track. Facts: a day (or two, with .. between, or ?) and an event, then name=value.
// Expected: a term, then safe=, last= and the like; "no TERM" for what must not be there; "stands at STEP"; "asks KEY".
func procedureCase(t *testing.T, b *Rulebook, v Voice, facts, expected string) string {
	now := noon
	var es []Event
	for i, line := range strings.Split(strings.TrimSpace(facts), "\n") {
		f := strings.Fields(line)
		if f[0] == "today" {
			now = on(t, f[1]).In(clock.Netherlands).Add(12 * time.Hour)
			continue
		}
		e := Event{ID: fmt.Sprint(i + 1), Kind: f[1], Outcome: NotKnown, Route: NotKnown}
		if from, to, two := strings.Cut(f[0], ".."); two {
			e.On = Moment{on(t, from), on(t, to)}
		} else if f[0] != "?" {
			e.On = OnDay(on(t, f[0]))
		}
		for _, x := range f[2:] {
			name, value, _ := strings.Cut(x, "=")
			switch name {
			case "outcome":
				e.Outcome = value
			case "route":
				e.Route = value
			case "how":
				e.How = How(value)
			case "letter":
				e.Letter = on(t, value)
			case "by":
				if err := e.Extend.UnmarshalText([]byte(value)); err != nil {
					t.Fatal(err)
				}
			default:
				t.Fatalf("the fact %q says %q", line, x)
			}
		}
		es = append(es, e)
	}
	d := b.Derive(Sorted(es), now)
	for _, line := range strings.Split(strings.TrimSpace(expected), "\n") {
		f := strings.Fields(line)
		switch f[0] {
		case "stands":
			if s, _ := d.Now(); s.Step != f[2] {
				t.Errorf("%s: it stands at %s", line, s.Step)
			}
		case "no":
			if has(d, f[1]) {
				t.Errorf("%s: it is there", line)
			}
		case "asks":
			var all []string
			for _, q := range d.Questions {
				all = append(all, q.Key)
			}
			for _, x := range d.Deadlines {
				for _, q := range x.Questions {
					all = append(all, q.Key)
				}
			}
			if !strings.Contains(" "+strings.Join(all, " ")+" ", " "+f[1]+" ") {
				t.Errorf("%s: it asks %v", line, all)
			}
		case "regime":
			if got := fmt.Sprint(d.Choices[0].Regimes); got != "["+strings.Join(f[1:], " ")+"]" {
				t.Errorf("%s: it is %s", line, got)
			}
		default:
			if !has(d, f[0]) {
				t.Errorf("%s: there is no such term", line)
				continue
			}
			x := find(t, d, f[0])
			for _, p := range f[1:] {
				name, want, _ := strings.Cut(p, "=")
				got := map[string]string{"safe": x.Safe.String(), "last": x.Last.String(), "met": x.Met, "readings": fmt.Sprint(len(x.Candidates)),
					"urgent": fmt.Sprint(x.Urgent), "party": string(x.Party)}[name]
				if got != want {
					t.Errorf("%s: %s is %q", f[0], p, got)
				}
			}
		}
	}
	var out strings.Builder
	for _, x := range d.Deadlines {
		fmt.Fprintf(&out, "%s\n", v.T("procedure.term."+x.Term))
		for _, c := range x.Candidates {
			fmt.Fprintf(&out, "  %s (%s)\n", c.Article, c.Confidence)
			for _, r := range c.Chain {
				fmt.Fprintf(&out, "  - %s\n", v.Say(r))
			}
		}
	}
	return out.String()
}
