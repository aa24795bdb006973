package ingest

// This file finds out how a file is written: its kind, its encoding and the mark between its cells.

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"reisgezel/internal/kernel/fault"
)

// Format is how a file is written.
type Format struct {
	Kind     string `json:"kind"`               // "csv" or "xlsx"
	Encoding string `json:"encoding,omitempty"` // of CSV, one of Encodings
	Comma    string `json:"comma,omitempty"`    // of CSV, one of Commas
	Sheet    string `json:"sheet,omitempty"`    // of XLSX
}

// mark tells one format from another, for a form that asks whether it was shown like this.
func (f Format) mark() string { return f.Encoding + f.Comma + f.Sheet }

// Encodings are the ways in which text is written that can be read.
var Encodings = []string{"utf-8", "utf-16le", "utf-16be", "windows-1252"}

// Commas are the marks between cells.
var Commas = []string{",", ";", "\t", "|"}

// refused is the fault of a file that cannot be read; it stands at the field of the file.
func refused(key string, args ...any) error {
	var fs fault.Fields
	fs.Add("file", key, args...)
	return fs.Err()
}

// Sniff looks at the bytes of a file, never at its name.
func Sniff(b []byte) (Format, error) {
	switch {
	case len(b) == 0:
		return Format{}, refused("ingest.error.empty")
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		return Format{Kind: "xlsx"}, nil
	case bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0")):
		return Format{}, refused("ingest.error.xls")
	}
	f := Format{Kind: "csv", Encoding: encodingOf(b)}
	if f.Encoding == "" {
		return f, refused("ingest.error.binary")
	}
	f.Comma = commaOf(head(f.text(b)))
	return f, nil
}

// encodingOf is the encoding of a text; empty when it is no text.
func encodingOf(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return "utf-16be"
	}
	part := b[:min(len(b), 4096)&^1]
	even, odd := 0, 0
	for i, c := range part {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	switch {
	case odd > len(part)/8 && even == 0:
		return "utf-16le"
	case even > len(part)/8 && odd == 0:
		return "utf-16be"
	case bytes.IndexByte(b, 0) >= 0:
		return ""
	case utf8.Valid(b):
		return "utf-8"
	}
	return "windows-1252"
}

// text gives the file as UTF-8 while it is read. What cannot be written in it becomes U+FFFD, which a row then tells.
func (f Format) text(b []byte) io.Reader {
	r := io.Reader(bytes.NewReader(b))
	switch f.Encoding {
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case "windows-1252":
		return charmap.Windows1252.NewDecoder().Reader(r)
	}
	return unicode.UTF8BOM.NewDecoder().Reader(r)
}

// head is the beginning of a text, up to the end of a line.
func head(r io.Reader) string {
	b, _ := io.ReadAll(io.LimitReader(r, 64<<10)) // what cannot be read here fails again when the file is read
	if len(b) == 64<<10 {
		if i := bytes.LastIndexByte(b, '\n'); i > 0 {
			b = b[:i+1]
		}
	}
	return string(b)
}

// commaOf is the mark that cuts the first lines into the same number of cells, and the most of them.
func commaOf(s string) string {
	if said, _, ok := separator(s); ok {
		return said
	}
	best, score := ",", 0
	for _, c := range Commas {
		counts := map[int]int{}
		r := reader(strings.NewReader(s), c)
		for range 60 {
			rec, err := r.Read()
			if err != nil {
				break
			}
			counts[len(rec)]++
		}
		for n, times := range counts {
			if n > 1 && times*100+n > score {
				best, score = c, times*100+n
			}
		}
	}
	return best
}

// separator reads the line "sep=;" that spreadsheets write and understand.
func separator(s string) (mark, rest string, ok bool) {
	line, rest, _ := strings.Cut(s, "\n")
	line = strings.Trim(strings.TrimSuffix(line, "\r"), `"`)
	mark, ok = strings.CutPrefix(strings.ToLower(line), "sep=")
	for _, c := range Commas {
		if ok && mark == c {
			return c, rest, true
		}
	}
	return "", s, false
}

func reader(r io.Reader, comma string) *csv.Reader {
	c := csv.NewReader(r)
	c.Comma = rune(comma[0])
	c.LazyQuotes = true
	c.FieldsPerRecord = -1
	return c
}

var errStop = errors.New("stop")
