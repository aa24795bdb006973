package spread

// This file writes the rows, and says which cells a spreadsheet would run.

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// Formula says whether a spreadsheet would take a cell for a formula.
func Formula(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n")
	return s != "" && strings.ContainsAny(s[:1], "=+-@|%") || strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") || strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠")
}

// Cell puts a mark before a cell that would be taken for a formula.
func Cell(s string) string {
	if Formula(s) || strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") {
		return "'" + s
	}
	return s
}

// Kind is what such a file is.
const Kind = "text/csv; charset=utf-8"

// Of is a file of rows that Dutch spreadsheets open by themselves: UTF-8 with its mark, semicolons, CRLF.
func Of(rows [][]string) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = ';', true
	for _, r := range rows {
		out := make([]string, len(r))
		for i, c := range r {
			out[i] = Cell(c)
		}
		_ = w.Write(out) // into memory
	}
	w.Flush()
	return b.Bytes()
}
