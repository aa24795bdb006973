package procedure

// This file computes a table of terms without any file of a person: the command `reisgezel terms FILE.csv`.

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
)

// RowError is what is wrong with one row, and where.
type RowError struct {
	Line, Column int
	What         string
}

func (e RowError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.What)
}

// RowErrors are all bad rows of a table; the good ones were computed.
type RowErrors []RowError

func (es RowErrors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Dutch is the voice of papers that have no reader with a language of their own.
func Dutch() (Voice, error) { return voice("nl") }

func voice(tag string) (Voice, error) {
	cat, err := lang.Load(lang.Part{Name: "procedure", FS: Texts})
	if err != nil {
		return Voice{}, err
	}
	return VoiceOf(lang.With(context.Background(), tag, cat)), nil
}

// VoiceOf is the language of a context.
func VoiceOf(ctx context.Context) Voice {
	return Voice{
		T:   func(key string, args ...any) string { return lang.T(ctx, key, args...) },
		Day: func(d clock.Date) string { return lang.Day(ctx, d) },
	}
}

// TermsCSV reads a table with the columns id, event_date, term and perhaps equated_days (days of article 3(3), with
// spaces between them), in any order and with any other columns, and writes id, deadline, safe_date and why. No day is
// taken as equated unless the row says so. A bad row gets its fault in the column why and no dates, the others are
// computed all the same, and the answer is RowErrors.
func TermsCSV(r io.Reader, w io.Writer) error {
	voice, err := Dutch()
	if err != nil {
		return err
	}
	in := tableReader(r)
	out := csv.NewWriter(w)
	var faults RowErrors
	columns, err := termColumns(in)
	if err != nil {
		return err
	}
	if err := out.Write([]string{"id", "deadline", "safe_date", "why"}); err != nil {
		return err
	}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if pe := (*csv.ParseError)(nil); errors.As(err, &pe) {
			faults = append(faults, RowError{pe.Line, pe.Column, "this line cannot be read: " + pe.Err.Error()})
			continue
		}
		if err != nil {
			return err
		}
		cells, fault := termRow(in, row, columns, voice)
		if fault != nil {
			faults = append(faults, *fault)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

// tableReader reads a table as spreadsheets write it: perhaps with a byte order mark, perhaps with semicolons.
func tableReader(r io.Reader) *csv.Reader {
	buf := bufio.NewReader(r)
	if mark, _ := buf.Peek(3); string(mark) == "\xef\xbb\xbf" {
		_, _ = buf.Discard(3)
	}
	head, _ := buf.Peek(2048)
	line, _, _ := strings.Cut(string(head), "\n")
	in := csv.NewReader(buf)
	if strings.Count(line, ";") > strings.Count(line, ",") {
		in.Comma = ';'
	}
	in.FieldsPerRecord = -1
	return in
}

// termColumns reads the header and says in which place each column stands; -1 for one that is not there.
func termColumns(in *csv.Reader) (map[string]int, error) {
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, RowErrors{{1, 1, "the table is empty"}}
	}
	if err != nil {
		return nil, err
	}
	at := map[string]int{"id": -1, "event_date": -1, "term": -1, "equated_days": -1}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		if was, ok := at[name]; ok && was < 0 {
			at[name] = i
		}
	}
	for _, need := range []string{"id", "event_date", "term"} {
		if at[need] < 0 {
			return nil, RowErrors{{1, 1, "the first line must name the column " + need + "; it says " + strings.Join(head, ", ")}}
		}
	}
	return at, nil
}

// termRow computes one row.
func termRow(in *csv.Reader, row []string, at map[string]int, voice Voice) ([]string, *RowError) {
	cell := func(name string) string {
		if i := at[name]; i >= 0 && i < len(row) {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	bad := func(name, what string) ([]string, *RowError) {
		i := min(max(at[name], 0), len(row)-1)
		line, column := in.FieldPos(i)
		e := RowError{line, column, what}
		return []string{cell("id"), "", "", e.Error()}, &e
	}
	if cell("id") == "" {
		return bad("id", "the row has no id")
	}
	if cell("event_date") == "" {
		return bad("event_date", "the row has no event_date")
	}
	event, err := clock.ParseDate(cell("event_date"))
	if err != nil {
		return bad("event_date", fmt.Sprintf("%q is not a day as YYYY-MM-DD", cell("event_date")))
	}
	if cell("term") == "" {
		return bad("term", "the row has no term")
	}
	term, err := ParseTerm(cell("term"))
	if err != nil {
		return bad("term", err.Error())
	}
	var equated []clock.Date
	for _, s := range strings.Fields(cell("equated_days")) {
		d, err := clock.ParseDate(s)
		if err != nil {
			return bad("equated_days", fmt.Sprintf("%q is not a day as YYYY-MM-DD", s))
		}
		equated = append(equated, d)
	}
	end, err := term.From(event, Bare().With(equated...))
	if err != nil {
		return bad("event_date", err.Error())
	}
	words := make([]string, len(end.Chain))
	for i, reason := range end.Chain {
		words[i] = voice.Say(reason)
	}
	return []string{cell("id"), end.Last.String(), end.Bare.String(), strings.Join(words, " ")}, nil
}
