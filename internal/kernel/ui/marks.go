package ui

// This file marks in a text what somebody searched for.

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

type marksKey struct{}

// WithMarks lets every Marked text of a page show what find finds in it. It tells pieces from a byte
// to a byte, in order, of which none lies over another.
func WithMarks(ctx context.Context, find func(text string) [][2]int) context.Context {
	return context.WithValue(ctx, marksKey{}, find)
}

// Marked is a text with what was searched for between <mark> tags; without a search it is the text.
func Marked(text string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		find, _ := ctx.Value(marksKey{}).(func(string) [][2]int)
		at := 0
		if find != nil {
			for _, s := range find(text) {
				if _, err := io.WriteString(w, templ.EscapeString(text[at:s[0]])+"<mark>"+templ.EscapeString(text[s[0]:s[1]])+"</mark>"); err != nil {
					return err
				}
				at = s[1]
			}
		}
		_, err := io.WriteString(w, templ.EscapeString(text[at:]))
		return err
	})
}
