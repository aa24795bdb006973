package handover

// This file holds the small values of the pages.

import (
	"strconv"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/fault"
)

// nth is the id of the i-th choice of a field; the first is the one the summary of errors links to.
func nth(name string, i int) string {
	if i == 0 {
		return "f-" + name
	}
	return "f-" + name + "-" + strconv.Itoa(i+1)
}

// described ties a field to its fault.
func described(fs fault.Fields, name string) templ.Attributes {
	for _, f := range fs {
		if f.Name == name {
			return templ.Attributes{"aria-invalid": "true", "aria-describedby": "f-" + name + "-e"}
		}
	}
	return nil
}

func dayValue(p leavingPage) string {
	if p.Day != "" || !p.Set {
		return p.Day
	}
	return p.Leaving.LastDay.String()
}
