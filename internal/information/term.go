package information

// This file finds the short names of services in a text: everybody meets them, in every language they are written in Latin letters,
// and nobody who just came knows what they mean. Under the text each opens on a tap.

import (
	"regexp"
	"strings"
)

// Term is a name and the key under which it is explained.
type Term struct{ ID, Name string }

// Terms are all of them, in the order in which somebody meets them.
var Terms = []Term{{"vluchtelingenwerk", "VluchtelingenWerk"}, {"ind", "IND"}, {"coa", "COA"}, {"azc", "azc"}, {"gza", "GZA"}, {"vnumber", "V-nummer"}}

var termNames = func() map[string]*regexp.Regexp {
	out := map[string]*regexp.Regexp{}
	for _, t := range Terms {
		// A letter or a digit beside it makes it another word; a stroke or a suffix after an apostrophe does not.
		out[t.ID] = regexp.MustCompile(`(?i)(?:^|[^A-Za-z0-9])` + regexp.QuoteMeta(t.Name) + `(?:$|[^A-Za-z0-9])`)
	}
	return out
}()

// TermsIn are the terms that stand in a text.
func TermsIn(text string) []Term {
	var out []Term
	for _, t := range Terms {
		if termNames[t.ID].MatchString(text) {
			out = append(out, t)
		}
	}
	return out
}

// explained are the terms of an article: those of its title and of its text.
func (p articlePage) explained() []Term {
	return TermsIn(strings.Join([]string{p.Title, p.Text}, "\n"))
}
