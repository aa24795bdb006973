package monitor

// This file holds the report of a quarter: its numbers as they may be published, what the editor writes, and what it takes to release it.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/tally"
)

// Outside is how numbers are shown to everybody.
var Outside = tally.Params{Least: 10, Base: 5}

// The states of a report.
const (
	Drafted  = "draft"
	Released = "released"
)

// Sections are what the editor writes, in the order of the report.
var Sections = []string{"intro", "numbers", "done", "next"}

// Report is a version of the report of a quarter.
type Report struct {
	ID, Quarter, State, Writers, ReleasedBy string
	Version, Revision                       int64
	Changed, Released                       time.Time
	Body                                    []byte
	Said                                    ReportSaid `db:"-"`
}

// ReportSaid is what is sealed of it. NL and EN are the words of the sections; Why says what a correction changed.
type ReportSaid struct {
	NL, EN       map[string]string
	WhyNL, WhyEN string
	Figures      Figures
	Interests    []Interest                   // who pays us and is named in it; nil in a report from before this was asked
	Held         map[string]map[string]string `json:",omitempty"` // what a colleague is typing, by field: no part of the report yet
}

// Interest is somebody who pays us, or has another hold on us, and is named in a report: in Dutch, in English, and in the words of whoever
// declared how it is kept apart.
type Interest struct{ NL, EN, Apart string }

// In is what ties us to them, as it is read in a language.
func (x Interest) In(tag string) section {
	if tag == "en" {
		return section{Words: x.EN, Lang: "en"}
	}
	return section{Words: x.NL, Lang: "nl"}
}

// words are all texts of a report that name somebody: what was written, and what was told of each bottleneck that is in it.
func (s ReportSaid) words() (out []string) {
	for _, f := range s.fields() {
		out = append(out, f.words)
	}
	for _, d := range s.Figures.Done {
		if !d.Out {
			out = append(append(append(out, d.Question, d.Asked), d.Told...), d.English...)
		}
	}
	return out
}

// Figures are the numbers of a quarter, and what was done in it.
type Figures struct {
	Weeks, Of int
	All       tally.Shown
	ByWeek    []tally.Shown
	Themes    []Part
	Parts     map[string][]Part
	Done      []Done
}

// Done is a bottleneck and what was told about it in the quarter to whoever signalled. Few says that it rests on fewer signals than a number
// may be told of; Out that the editor leaves it out.
type Done struct {
	ID                     string `json:",omitempty"`
	Question, Theme, State string
	Asked                  string `json:",omitempty"` // the question in English, empty where nobody wrote it
	Told                   []string
	English                []string `json:",omitempty"` // of each what is told in English, likewise
	Few, Out               bool     `json:",omitempty"`
}

// key is by which the form knows it.
func (d Done) key() string {
	if d.ID == "" {
		return d.Question
	}
	return d.ID
}

// Choose says which of what was told comes into the report: as the editor ticked it of what was offered, as it was before, and of what is
// new at the beginning all but what rests on few signals. What came in while somebody chose, and was not offered, stays out.
func Choose(ds, before []Done, offered, ticked []string) []Done {
	out := slices.Clone(ds)
	for i := range out {
		d := &out[i]
		d.Out = d.Few || offered != nil
		if j := slices.IndexFunc(before, func(b Done) bool { return b.key() == d.key() || b.ID == "" && b.Question == d.Question }); j >= 0 {
			d.Out = before[j].Out
		}
		if slices.Contains(offered, d.key()) {
			d.Out = !slices.Contains(ticked, d.key())
		}
	}
	return out
}

// Asks is the question as it is read in a language.
func (d Done) Asks(tag string) section {
	if tag == "en" && d.Asked != "" {
		return section{Words: d.Asked, Lang: "en"}
	}
	return section{Words: d.Question, Lang: "nl"}
}

// Dutch says whether something of it is there in Dutch only.
func (d Done) Dutch() bool {
	return d.Asked == "" || slices.ContainsFunc(d.In("en"), func(s section) bool { return s.Lang != "en" })
}

// In is what was told as it is read in a language: in English where it is there, and else in Dutch.
func (d Done) In(tag string) (out []section) {
	for i, t := range d.Told {
		if tag == "en" && i < len(d.English) && d.English[i] != "" {
			out = append(out, section{Words: d.English[i], Lang: "en"})
		} else {
			out = append(out, section{Words: t, Lang: "nl"})
		}
	}
	return out
}

// ReadQuarter reads a quarter as an address has it: "2026-3".
func ReadQuarter(s string) (Quarter, bool) {
	y, n, ok := strings.Cut(s, "-")
	year, e1 := strconv.Atoi(y)
	of, e2 := strconv.Atoi(n)
	q := Quarter{year, of}
	return q, ok && e1 == nil && e2 == nil && of >= 1 && of <= 4 && year >= 2000 && year < 3000 && q.String() == s
}

func (q Quarter) String() string { return fmt.Sprintf("%d-%d", q.Year, q.N) }

// Over says whether all weeks of a quarter are over on a day.
func (q Quarter) Over(day clock.Date) bool { _, until := q.Weeks(); return !until.After(day) }

// Figures makes the numbers of a quarter for everybody: all lists and the weeks share one total, and are decided about together. Earlier
// are the editions of this quarter that were released already: what one of them showed or hid stays so, and where a week was counted or
// a list changed in between, the difference is a number too, that nobody may work out when it is small.
func (b *Book) Figures(q Quarter, choices map[string][]string, p tally.Params, earlier ...Figures) (Figures, error) {
	from, until := q.Weeks()
	i, k := b.Index(from), b.Index(until)
	out := Figures{Of: from.DaysUntil(until) / 7, Parts: map[string][]Part{}}
	var f tally.Family
	_, out.Weeks = b.Sum(Series{}, i, k)
	if out.Weeks == 0 {
		return out, nil
	}
	t := table{b, valuesOf(choices, earlier), map[string]bool{}}
	t.count(&f, "", i, k, func(w int) bool { _, ok := b.Count(Series{}, w); return ok })
	for n, x := range earlier {
		t.hold(&f, n, i, k, x)
	}
	shown, err := f.Publish(p)
	if err != nil {
		return out, err
	}
	out.All = shown["all"]
	for w := i; w < k; w++ {
		out.ByWeek = append(out.ByWeek, shown["week "+strconv.Itoa(w)]) // one that was not counted is a gap
	}
	for _, v := range choices["theme"] {
		out.Themes = append(out.Themes, Part{v, shown["theme "+v]})
	}
	for _, dim := range Dims {
		for _, v := range choices[dim] {
			out.Parts[dim] = append(out.Parts[dim], Part{v, shown[dim+" "+v]})
		}
	}
	return out, nil
}

// Wrote says whether somebody wrote in it.
func (r Report) Wrote(who string) bool { return slices.Contains(strings.Fields(r.Writers), who) }

const mostSection = 6000

// CheckDraft names what is wrong with what was written: it may be empty yet, but not too long.
func CheckDraft(s ReportSaid) fault.Fields {
	var fs fault.Fields
	for _, x := range s.fields() {
		switch n := utf8.RuneCountInString(x.words); {
		case !utf8.ValidString(x.words):
			fs.Add(x.field, "monitor.error.utf8")
		case n > mostSection:
			fs.Add(x.field, "monitor.error.long", "n", n, "most", mostSection)
		case privacy.HasBSN(x.words):
			fs.Add(x.field, "monitor.error.bsn")
		}
	}
	return fs
}

// CheckRelease says why a report cannot be released by somebody: who wrote in it does not, and everything must be written in Dutch, and
// of a correction what it changed.
func CheckRelease(r Report, who string) error {
	if r.Wrote(who) {
		return fault.New(fault.Conflict, "monitor.error.own")
	}
	if r.State != Drafted {
		return fault.New(fault.Conflict, "monitor.error.version")
	}
	for _, s := range Sections {
		if strings.TrimSpace(r.Said.NL[s]) == "" {
			return fault.New(fault.Conflict, "monitor.error.unwritten")
		}
	}
	if r.Version > 1 && strings.TrimSpace(r.Said.WhyNL) == "" {
		return fault.New(fault.Conflict, "monitor.error.why")
	}
	return nil
}

type field struct{ field, words string }

// fields are all words by the field of the form that has them.
func (s ReportSaid) fields() []field {
	out := []field{{"waarom-nl", s.WhyNL}, {"waarom-en", s.WhyEN}}
	for _, x := range Sections {
		out = append(out, field{x + "-nl", s.NL[x]}, field{x + "-en", s.EN[x]})
	}
	return out
}
