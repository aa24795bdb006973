package lang

// This file sets texts beside each other that are no sentence together.

import "strings"

// Dots joins what is there with points between: "vandaag · Utrecht". What is empty is left out.
func Dots(parts ...string) string { return beside(" · ", parts) }

// Commas does the same with commas. A list inside a sentence is Join's.
func Commas(parts ...string) string { return beside(", ", parts) }

func beside(sep string, parts []string) string {
	var b strings.Builder
	for _, p := range parts {
		if p == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(sep)
		}
		b.WriteString(p)
	}
	return b.String()
}

// Isolated keeps what somebody typed from turning the words around it, when it runs the other way: T does so for what it
// fills in, and this is for what stands beside a text. Nothing stays nothing.
func Isolated(s string) string {
	if s == "" {
		return ""
	}
	return "\u2068" + s + "\u2069"
}
