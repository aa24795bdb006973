package db

// This file holds Frag: SQL with its values, which compose without ever mixing.

import (
	"math/bits"
	"strings"
)

// text is SQL that stands in the program. The type is not exported, so only constants become one: a text that was
// built from what a visitor typed does not compile.
type text string

// Frag is a piece of SQL with the values of its question marks.
type Frag struct {
	SQL   string
	Args  []any
	often bool
}

// F makes a fragment of constant SQL and its values.
func F(sql text, args ...any) Frag { return Frag{SQL: string(sql), Args: args} }

// And joins two conditions; an empty one leaves the other as it is.
func (f Frag) And(g Frag) Frag { return f.join(" AND ", g) }

// Or joins two conditions; an empty one leaves the other as it is.
func (f Frag) Or(g Frag) Frag { return f.join(" OR ", g) }

func (f Frag) join(op string, g Frag) Frag {
	switch {
	case f.SQL == "":
		return g
	case g.SQL == "":
		return f
	}
	return Frag{SQL: "(" + f.SQL + ")" + op + "(" + g.SQL + ")", Args: both(f.Args, g.Args)}
}

// Often marks a question that is asked at nearly every press and whose answer seldom changes: who works here, and what they may.
// Its answer is kept until one of its tables is written.
func (f Frag) Often() Frag { f.often = true; return f }

// Then appends constant SQL and its values.
func (f Frag) Then(sql text, args ...any) Frag {
	return Frag{SQL: f.SQL + " " + string(sql), Args: both(f.Args, args)}
}

// With appends another fragment as it is.
func (f Frag) With(g Frag) Frag { return Frag{SQL: f.SQL + " " + g.SQL, Args: both(f.Args, g.Args)} }

func both(a, b []any) []any {
	out := make([]any, 0, len(a)+len(b))
	return append(append(out, a...), b...)
}

// paddedMost is the longest list that In rounds up: a database takes no more than some thousands of values.
const paddedMost = 1024

// In is the condition that a column holds one of these values; of none, it holds nothing. The list is rounded up to a power of two by
// saying the last value again: each length is a text of its own, and a connection keeps a compiled statement for every text.
func In[T any](col text, vs []T) Frag {
	if len(vs) == 0 {
		return Frag{SQL: "FALSE"}
	}
	n := len(vs)
	if n <= paddedMost {
		n = 1 << bits.Len(uint(n-1))
	}
	args := make([]any, n)
	for i := range args {
		args[i] = vs[min(i, len(vs)-1)]
	}
	return Frag{SQL: string(col) + " IN (?" + strings.Repeat(",?", n-1) + ")", Args: args}
}
