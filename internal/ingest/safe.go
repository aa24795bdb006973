package ingest

// This file gives rows back as a file that a spreadsheet can open without running anything.

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// risky says whether a spreadsheet would take a cell for a formula.
func risky(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n")
	return s != "" && strings.ContainsAny(s[:1], "=+-@|%") || strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") || strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠")
}

// Safe puts a mark before a cell that would be taken for a formula; reading the file again takes it off.
func Safe(s string) string {
	if risky(s) || strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") {
		return "'" + s
	}
	return s
}

// Written is a file of rows that Dutch spreadsheets open by themselves: UTF-8 with its mark, semicolons, CRLF.
func Written(rows [][]string) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = ';', true
	for _, r := range rows {
		out := make([]string, len(r))
		for i, c := range r {
			out[i] = Safe(c)
		}
		_ = w.Write(out) // into memory
	}
	w.Flush()
	return b.Bytes()
}
