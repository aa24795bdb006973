package ingest

// This file holds how the columns of a file are matched, and what is remembered of that for the next file.

import (
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/fault"
)

// Match says how a file is to be read.
type Match struct {
	Format  Format                       `json:"format"`
	Head    bool                         `json:"head"`             // the first row is a heading
	Columns []string                     `json:"columns"`          // per column a field, or nothing
	Source  string                       `json:"source,omitempty"` // who says all this, one of dossier.Sources
	Order   string                       `json:"order,omitempty"`  // one of Orders
	Sign    string                       `json:"sign,omitempty"`   // of its heading
	Words   map[string]map[string]string `json:"words,omitempty"`  // per field: a word of this file, folded, and what it means
}

// Signature is the heading by which a file of the same make is known again; empty when it has none.
func (k Kind) Signature(heads []string) string {
	folded := make([]string, len(heads))
	for i, h := range heads {
		folded[i] = headOf(h)
	}
	return string(k) + "\n" + strings.Join(folded, "\n")
}

// Propose makes a match for a file that was never seen.
func (k Kind) Propose(f Format, rows []Row) Match {
	m := Match{Format: f, Head: k.HasHead(rows), Source: "other", Order: "dmy"}
	if len(rows) == 0 {
		return m
	}
	if m.Head {
		m.Columns = k.Guess(rows[0].Cells)
	} else {
		m.Columns = make([]string, width(rows))
	}
	if i := slices.Index(m.Columns, "birth"); i >= 0 {
		var examples []string
		for _, r := range rows[1:] {
			examples = append(examples, r.cell(i))
		}
		m.Order = OrderOf(examples)
	}
	return m
}

func width(rows []Row) int {
	n := 0
	for _, r := range rows {
		n = max(n, len(r.Cells))
	}
	return n
}

func (r Row) cell(i int) string {
	if i < len(r.Cells) {
		return r.Cells[i]
	}
	return ""
}

// Check names all faults of a match. The fault of a column stands at its choice.
func (m Match) Check(k Kind) fault.Fields {
	var fs fault.Fields
	seen := map[string]bool{}
	for i, c := range m.Columns {
		switch {
		case c == "":
		case !k.has(c):
			fs.Add(column(i), "ingest.error.field")
		case seen[c]:
			fs.Add(column(i), "ingest.error.twice")
		}
		seen[c] = true
	}
	switch {
	case k == People && !seen["called"] && !seen["name"] && !seen["own"]:
		fs.Add(column(0), "ingest.error.noname")
	case k != People && (!seen["code"] || !seen["title"]):
		fs.Add(column(0), "ingest.error.nocode")
	}
	if k == People {
		if !slices.Contains(dossier.Sources, m.Source) {
			fs.Add("source", "ingest.error.choose")
		}
		if !slices.Contains(Orders, m.Order) {
			fs.Add("order", "ingest.error.choose")
		}
	}
	return fs
}

// Values are the cells of a row under the fields of their columns. More cells than the heading has are a fault: the row
// was cut at a mark that belongs to a text.
func (m Match) Values(r Row) (map[string]string, fault.Fields) {
	var fs fault.Fields
	out := map[string]string{}
	for i, c := range r.Cells {
		switch {
		case c == "":
		case i >= len(m.Columns):
			if len(fs) == 0 {
				fs.Add("", "ingest.error.cells", "n", len(r.Cells), "want", len(m.Columns))
			}
		case m.Columns[i] != "":
			out[m.Columns[i]] = c
		}
	}
	return out, fs
}

// Means is what a word of a closed list means in this file.
func (m Match) Means(field, word string, known map[string]string) (string, bool) {
	w := dossier.Fold(word)
	if v, ok := m.Words[field][w]; ok {
		return v, true
	}
	v, ok := known[w]
	return v, ok
}

// Remembered is what of a match is kept for the next file with the same heading. The file's own encoding is not: it is
// looked at again.
func (m Match) Remembered() Match {
	m.Format = Format{Sheet: m.Format.Sheet}
	return m
}

// Recall lays a remembered match over a proposed one.
func (m Match) Recall(old Match) Match {
	if len(old.Columns) == len(m.Columns) {
		m.Columns, m.Source, m.Order, m.Words = old.Columns, old.Source, old.Order, old.Words
	}
	return m
}

func column(i int) string { return "column-" + letters(i) }

// letters is the name of a column as spreadsheets show it: A, B, … AA.
func letters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}
