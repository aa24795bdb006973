package care

// This file joins what pages say.

import "strings"

// dots joins what is there with points between.
func dots(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}

// isolated keeps what somebody typed from turning the words around it.
func isolated(s string) string {
	if s == "" {
		return ""
	}
	return "\u2068" + s + "\u2069"
}
