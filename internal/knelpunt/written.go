package knelpunt

// This file says what colleagues may write about a bottleneck: no number and no address of somebody, and nothing that may be a name before
// whoever writes it has looked at the word once more. What they write is read by everybody who works here, and told outside.

import (
	"slices"
	"strings"

	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/fault"
)

// written is what somebody wrote in a field. Label is the text key of the field.
type written struct{ Field, Label, Words string }

// doubt is what was written in a field, with the words that may be a name marked.
type doubt struct {
	Label  string
	Pieces []Piece
}

// doubts are the fields to look at once more. Words are all of those words: a form that sends them back was looked at.
type doubts struct {
	Of    []doubt
	Words string
}

// checkWritten refuses what leads to somebody, and asks once about words that may be a name. Sure are the words that were looked at:
// one that came in afterwards is asked about again. Nothing is lost meanwhile.
func checkWritten(fs *fault.Fields, mask Masker, sure string, ws ...written) (doubts, error) {
	var d doubts
	var words []string
	seen := strings.Fields(sure)
	for _, w := range ws {
		if w.Words == "" {
			continue
		}
		r, err := mask(noneKnown, w.Words)
		if err != nil {
			return d, fault.Wrap(fault.Unavailable, "knelpunt: mask", err)
		}
		if numbered(r) {
			fs.Add(w.Field, "knelpunt.error.pattern")
		}
		asks := false
		for _, x := range namelike(r) {
			words = append(words, x)
			asks = asks || !slices.Contains(seen, x)
		}
		if asks {
			d.Of = append(d.Of, doubt{w.Label, marked(w.Words, r)})
		}
	}
	slices.Sort(words)
	if d.Words = strings.Join(slices.Compact(words), " "); len(d.Of) > 0 {
		fs.Add("nagekeken", "knelpunt.error.look")
	}
	return d, nil
}

// namelike are the words of a text that may be a name, folded.
func namelike(r deident.Result) (out []string) {
	for _, s := range r.Spans {
		if s.Kind == deident.Name || s.Kind == deident.Unknown {
			out = append(out, strings.Fields(strings.ToLower(s.Text))...)
		}
	}
	return out
}

// marked are the words as they were written, with what a person must look at.
func marked(text string, r deident.Result) []Piece {
	ps := Pieces(text, r)
	for i := range ps {
		ps[i].Look, ps[i].Mask = ps[i].Look || ps[i].Mask != "" && ps[i].Mask != ps[i].Text, ""
	}
	return ps
}

// numbered says whether a text holds a number, a telephone or an address of somebody; a date of a hearing or a law is none, nor is the
// page of an institution.
func numbered(r deident.Result) bool {
	return slices.ContainsFunc(r.Spans, func(s deident.Span) bool {
		switch s.Kind {
		case deident.Number, deident.Phone, deident.Account:
			return true
		case deident.Address:
			return strings.ContainsAny(s.Text, "@ ") || !strings.Contains(s.Text, ".")
		}
		return false
	})
}
