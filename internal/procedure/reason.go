package procedure

// This file holds reasons: the links of the chain from a letter to a date, as text keys and values, so that every
// language can say them and a stored derivation still reads well when its words were improved.

import (
	"reisgezel/internal/kernel/clock"
)

// Reason is one link of the chain.
type Reason struct {
	Key  string `json:"key"` // text key procedure.why.<Key>
	Args []Arg  `json:"args,omitempty"`
}

// Arg fills one placeholder of a reason. Exactly one of the values is set.
type Arg struct {
	Name string     `json:"name"`
	Day  clock.Date `json:"day,omitzero"`
	N    *int       `json:"n,omitempty"`
	Text string     `json:"text,omitempty"` // said as it is: an article, a case number
	Word string     `json:"word,omitempty"` // a text key, said in the reader's language
}

func why(key string, args ...Arg) Reason { return Reason{Key: key, Args: args} }

func day(name string, d clock.Date) Arg { return Arg{Name: name, Day: d} }
func num(name string, n int) Arg        { return Arg{Name: name, N: &n} }
func text(name, s string) Arg           { return Arg{Name: name, Text: s} }
func word(name, key string) Arg         { return Arg{Name: name, Word: key} }

// Voice is a language that can say reasons. T says a text key with name, value pairs; Day says a day.
type Voice struct {
	T   func(key string, args ...any) string
	Day func(d clock.Date) string
}

// Say says one reason.
func (v Voice) Say(r Reason) string {
	args := make([]any, 0, 2*len(r.Args))
	for _, a := range r.Args {
		var s any
		switch {
		case !a.Day.IsZero():
			s = v.Day(a.Day)
		case a.N != nil:
			s = *a.N
		case a.Word != "":
			s = v.T(a.Word)
		default:
			s = a.Text
		}
		args = append(args, a.Name, s)
	}
	return v.T("procedure.why."+r.Key, args...)
}
