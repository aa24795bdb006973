package knelpunt

// This file holds the structured forms: how it is in a reception place, and people who were pushed back over a border. They ask
// beside the coarse facts what can be counted and laid beside a norm; every answer is out of a list, so that nobody stands in it.

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"reisgezel/internal/kernel/fault"
)

// The structured forms.
const (
	Reception = "reception"
	Pushback  = "pushback"
)

// Forms are all of them.
var Forms = []string{Reception, Pushback}

//go:embed lists/forms.txt
var formLines string

// formTheme is what each form is about, by form.
var formTheme = map[string]string{Reception: "reception", Pushback: "border"}

// formOf is the structured form that fits a theme; empty when none does.
func formOf(theme string) string {
	for form, about := range formTheme {
		if about == theme {
			return form
		}
	}
	return ""
}

// Question is one question of a structured form.
type Question struct {
	Form, Name string
	Many, Must bool
	Of         []string
}

// Key is the text key of the question, and with an answer that of the answer.
func (q Question) Key(answer ...string) string {
	return strings.Join(append([]string{"knelpunt", q.Form, q.Name}, answer...), ".")
}

// Field is the name of its field.
func (q Question) Field() string { return "v_" + q.Name }

// questions are those of each form in their order; norms are what an answer is held against, by its text key.
var questions, norms = func() (map[string][]Question, map[string]string) {
	qs, ns := map[string][]Question{}, map[string]string{}
	for line := range strings.Lines(formLines) {
		f := strings.Fields(line)
		switch {
		case len(f) == 5 && f[0] == "form":
			qs[f[1]] = append(qs[f[1]], Question{Form: f[1], Name: f[2], Many: f[3] == "many", Must: f[4] == "must"})
		case len(f) >= 4 && f[0] == "answer":
			of := qs[f[1]]
			q := &of[len(of)-1]
			q.Of = append(q.Of, f[3])
			if len(f) > 4 {
				ns[q.Key(f[3])] = strings.Join(f[4:], " ")
			}
		}
	}
	return qs, ns
}()

// Questions are the questions of a form.
func Questions(form string) []Question { return questions[form] }

// Norm is what an answer is held against; empty when there is none.
func (q Question) Norm(answer string) string { return norms[q.Key(answer)] }

// Detail is what a structured form says, by question; empty for a signal without one.
type Detail struct {
	Form string              `json:"form,omitempty"`
	Said map[string][]string `json:"said,omitempty"`
}

// ReadDetail takes from a request what belongs to a form. What is no answer stays in it, to be refused.
func ReadDetail(form string, values func(field string) []string) Detail {
	if !slices.Contains(Forms, form) {
		return Detail{}
	}
	d := Detail{Form: form, Said: map[string][]string{}}
	for _, q := range questions[form] {
		if vs := slices.DeleteFunc(slices.Clone(values(q.Field())), func(s string) bool { return s == "" }); len(vs) > 0 {
			d.Said[q.Name] = vs
		}
	}
	return d
}

// Check names all faults at once.
func (d Detail) Check() fault.Fields {
	var fs fault.Fields
	for _, q := range questions[d.Form] {
		vs := d.Said[q.Name]
		bad := slices.ContainsFunc(vs, func(s string) bool { return !slices.Contains(q.Of, s) })
		if bad || len(vs) == 0 && q.Must || len(vs) > 1 && !q.Many {
			fs.Add(q.Field(), "knelpunt.error.choose")
		}
	}
	return fs
}

// Counted is how often each answer to a question was given.
type Counted struct {
	Question
	Of []CountedAnswer
}

// CountedAnswer is one answer and how many reports gave it.
type CountedAnswer struct {
	Answer string
	N      int
}

// Tallied counts the answers of the reports of one form, in the order of the form; of answers to one question the most given first.
// Many gives how many reports there are.
func Tallied(form string, ds []Detail) (out []Counted, many int) {
	n := map[string]int{}
	for _, d := range ds {
		if d.Form != form {
			continue
		}
		many++
		for name, vs := range d.Said {
			for _, a := range slices.Compact(slices.Sorted(slices.Values(vs))) {
				n[name+"."+a]++
			}
		}
	}
	if many == 0 {
		return nil, 0
	}
	for _, q := range questions[form] {
		c := Counted{Question: q}
		for _, a := range q.Of {
			if x := n[q.Name+"."+a]; x > 0 {
				c.Of = append(c.Of, CountedAnswer{a, x})
			}
		}
		slices.SortStableFunc(c.Of, func(a, b CountedAnswer) int { return b.N - a.N })
		if len(c.Of) > 0 {
			out = append(out, c)
		}
	}
	return out, many
}

// text is a count as a page shows it.
func (c CountedAnswer) text() string { return strconv.Itoa(c.N) }
