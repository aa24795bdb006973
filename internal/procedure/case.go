package procedure

// This file reads and checks the worked examples that lie beside the rules: a story, the facts, the dates that a person
// worked out by hand, the reasons in the program's own words, and the sources. A case with a section "term" asks for one
// length of time; a case without it asks for everything that follows in a procedure.

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
)

// Case is one worked example.
type Case struct {
	Name, Title string
	sections    []section
}

type section struct {
	name, body string
	line       int // of its first line in the file
}

// ReadCase splits a file into the text before the first mark and its sections.
func ReadCase(name, s string) Case {
	c := Case{Name: name}
	line := 0
	for _, l := range strings.SplitAfter(s, "\n") {
		line++
		if mark, ok := strings.CutPrefix(l, "-- "); ok && strings.HasSuffix(strings.TrimSpace(mark), " --") {
			c.sections = append(c.sections, section{name: strings.TrimSuffix(strings.TrimSpace(mark), " --"), line: line + 1})
			continue
		}
		if len(c.sections) == 0 {
			c.Title += l
		} else {
			c.sections[len(c.sections)-1].body += l
		}
	}
	return c
}

// String writes the case as ReadCase reads it.
func (c Case) String() string {
	var b strings.Builder
	b.WriteString(c.Title)
	for _, s := range c.sections {
		fmt.Fprintf(&b, "-- %s --\n%s", s.name, s.body)
	}
	return b.String()
}

// section finds a section; a missing one is empty and on line 0.
func (c Case) section(name string) section {
	for _, s := range c.sections {
		if s.name == name {
			return s
		}
	}
	return section{name: name}
}

// with is the case with another text in one section.
func (c Case) with(name, body string) Case {
	c.sections = slices.Clone(c.sections)
	for i := range c.sections {
		if c.sections[i].name == name {
			c.sections[i].body = body
		}
	}
	return c
}

// CaseResult is what became of a case.
type CaseResult struct {
	Faults  Faults
	Reasons string   // in the program's own words
	Rules   []string // that gave a date or a question
}

// caseNow is the day on which a case plays that does not say "today".
var caseNow = clock.Date{Year: 2026, Month: time.November, Day: 24}

// Check computes a case and compares it with what its author worked out.
func (c Case) Check(b *Rulebook, v Voice) CaseResult {
	r := &caseRun{c: c, b: b, v: v}
	for _, need := range []string{"story", "facts", "expected", "sources"} {
		if strings.TrimSpace(c.section(need).body) == "" {
			r.bad(0, "the case has no section %q, or an empty one", need)
		}
	}
	if c.section("reasons").line == 0 {
		r.bad(0, "the case has no section %q", "reasons")
	}
	if len(r.out.Faults) > 0 {
		return r.out
	}
	if t := c.section("term"); t.line > 0 {
		r.term(t)
	} else {
		r.procedure()
	}
	if len(r.out.Faults) == 0 && r.out.Reasons != c.section("reasons").body {
		r.bad(c.section("reasons").line, "the dates agree, but the reasons are now said in other words; run the tests with -update and read the difference")
	}
	return r.out
}

type caseRun struct {
	c   Case
	b   *Rulebook
	v   Voice
	out CaseResult
}

func (r *caseRun) bad(line int, format string, args ...any) {
	r.out.Faults = append(r.out.Faults, Fault{spot{File: r.c.Name, Line: line}, "case", []any{"what", fmt.Sprintf(format, args...)}})
}

// lines are the lines of a section that say something, with their numbers.
func (s section) lines(each func(line int, text string, words []string)) {
	for i, l := range strings.Split(s.body, "\n") {
		if t := strings.TrimSpace(l); t != "" && !strings.HasPrefix(t, "#") {
			each(s.line+i, t, strings.Fields(t))
		}
	}
}

// term counts one term.
func (r *caseRun) term(s section) {
	t, err := ParseTerm(strings.TrimSpace(s.body))
	if err != nil {
		r.bad(s.line, "%v", err)
		return
	}
	facts := r.c.section("facts")
	word, _, _ := strings.Cut(strings.TrimSpace(facts.body), " ")
	from, err := clock.ParseDate(word)
	if err != nil {
		r.bad(facts.line, "%q is not a day as YYYY-MM-DD", word)
		return
	}
	e, err := t.From(from, Bare())
	if err != nil {
		r.bad(facts.line, "%v", err)
		return
	}
	r.c.section("expected").lines(func(line int, text string, _ []string) {
		what, day, _ := strings.Cut(text, ": ")
		got, ok := map[string]clock.Date{"last": e.Last, "safe": e.Bare}[what]
		if !ok {
			r.bad(line, "%q is not last or safe", what)
		} else if got.String() != strings.TrimSpace(day) {
			r.bad(line, "%s, and the program says %s", text, got)
		}
	})
	var out strings.Builder
	for _, x := range e.Chain {
		fmt.Fprintf(&out, "- %s\n", r.v.Say(x))
	}
	r.out.Reasons = out.String()
}

// facts reads what happened: a day (or two, with .. between, or ?) and an event, then name=value; and perhaps a line
// "topic WHAT" and a line "today DAY".
func (r *caseRun) facts() (f Facts, now time.Time) {
	now = caseNow.In(clock.Netherlands).Add(12 * time.Hour)
	day := func(line int, s string) clock.Date {
		d, err := clock.ParseDate(s)
		if err != nil {
			r.bad(line, "%q is not a day as YYYY-MM-DD", s)
		}
		return d
	}
	var es []Event
	var topic Topic
	r.c.section("facts").lines(func(line int, text string, words []string) {
		if len(words) < 2 {
			r.bad(line, "%q says a day or a ?, and then what happened", text)
			return
		}
		switch words[0] {
		case "today":
			now = day(line, words[1]).In(clock.Netherlands).Add(12 * time.Hour)
			return
		case "topic":
			topic = Topic(words[1])
			if !slices.ContainsFunc(r.b.Topics, func(t TopicDef) bool { return t.ID == topic }) {
				r.bad(line, "%q is no topic of regimes.yaml", topic)
			}
			return
		}
		e := Event{ID: fmt.Sprint(line), Kind: words[1], Outcome: NotKnown, Route: NotKnown}
		if !r.b.hasEvent(e.Kind) {
			r.bad(line, "%q is no event of any rule file", e.Kind)
		}
		if from, to, two := strings.Cut(words[0], ".."); two {
			e.On = Moment{day(line, from), day(line, to)}
		} else if words[0] != "?" {
			e.On = OnDay(day(line, words[0]))
		}
		for _, x := range words[2:] {
			name, value, _ := strings.Cut(x, "=")
			switch name {
			case "outcome":
				e.Outcome = value
			case "route":
				e.Route = value
			case "how":
				e.How = How(value)
			case "letter":
				e.Letter = day(line, value)
			case "by":
				if err := e.Extend.UnmarshalText([]byte(value)); err != nil {
					r.bad(line, "%v", err)
				}
			default:
				r.bad(line, "%q is not known: an event has outcome=, route=, how=, letter= and by=", x)
			}
		}
		es = append(es, e)
	})
	return Sorted(es).About(topic), now
}

// procedure derives a whole track. Expected: a term, then safe=, last= and the like; "no TERM" for what must not be
// there; "stands at STEP"; "asks KEY"; "regime NAME…".
func (r *caseRun) procedure() {
	facts, now := r.facts()
	if len(r.out.Faults) > 0 {
		return
	}
	d := r.b.Derive(facts, now)
	r.c.section("expected").lines(func(line int, text string, words []string) { r.expected(d, line, text, words) })
	var out strings.Builder
	for _, x := range d.Deadlines {
		fmt.Fprintf(&out, "%s\n", r.v.T("procedure.term."+x.Term))
		for _, c := range x.Candidates {
			r.out.Rules = append(r.out.Rules, c.Rule)
			fmt.Fprintf(&out, "  %s (%s)\n", c.Article, c.Confidence)
			for _, reason := range c.Chain {
				fmt.Fprintf(&out, "  - %s\n", r.v.Say(reason))
			}
		}
	}
	r.out.Reasons = out.String()
}

func (r *caseRun) expected(d Derivation, line int, text string, words []string) {
	at := func(term string) int {
		return slices.IndexFunc(d.Deadlines, func(x Deadline) bool { return x.Term == term })
	}
	if len(words) < 2 {
		r.bad(line, "%q expects nothing", text)
		return
	}
	switch words[0] {
	case "stands":
		if s, _ := d.Now(); len(words) < 3 || s.Step != words[2] {
			r.bad(line, "%s, and it stands at %s", text, s.Step)
		}
	case "no":
		if at(words[1]) >= 0 {
			r.bad(line, "%s, and it is there", text)
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
		if !slices.Contains(all, words[1]) {
			r.bad(line, "%s, and it asks %v", text, all)
		}
	case "regime":
		if got := fmt.Sprint(d.Choices[0].Regimes); got != "["+strings.Join(words[1:], " ")+"]" {
			r.bad(line, "%s, and it is %s", text, got)
		}
	default:
		i := at(words[0])
		if i < 0 {
			r.bad(line, "%s, and there is no such term", text)
			return
		}
		x := d.Deadlines[i]
		said := map[string]string{"safe": x.Safe.String(), "last": x.Last.String(), "met": "", "readings": fmt.Sprint(len(x.Candidates)),
			"urgent": fmt.Sprint(x.Urgent), "party": string(x.Party), "standstill": fmt.Sprint(x.Standstill), "kind": string(x.Kind)}
		if x.Met != "" {
			said["met"] = x.MetOn.From.String()
		}
		for _, p := range words[1:] {
			name, want, _ := strings.Cut(p, "=")
			if got, ok := said[name]; !ok {
				r.bad(line, "%s: %q is nothing that a term has", text, name)
			} else if got != want {
				r.bad(line, "%s: the program says %s=%s", text, name, got)
			}
		}
	}
}

// hasEvent says whether any rule file knows an event.
func (b *Rulebook) hasEvent(kind string) bool {
	return slices.ContainsFunc(b.Packs, func(p Pack) bool {
		return slices.ContainsFunc(p.Events, func(e EventDef) bool { return e.ID == kind })
	})
}

// ReadCases reads the worked examples of a folder, in the order of their names.
func ReadCases(dir fs.FS) ([]Case, error) {
	names, err := fs.Glob(dir, "cases/*.txtar")
	if err != nil {
		return nil, err
	}
	var out []Case
	for _, n := range names {
		raw, err := fs.ReadFile(dir, n)
		if err != nil {
			return nil, err
		}
		out = append(out, ReadCase(n, string(raw)))
	}
	return out, nil
}
