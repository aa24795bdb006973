package warn

// This file reads and writes tables of counts: the command `reisgezel warn FILE.csv`.

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// RowError is what is wrong with one cell, and where.
type RowError struct {
	Line, Column int
	What         string
}

func (e RowError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.What)
}

// RowErrors are all of them; what could be read was judged.
type RowErrors []RowError

func (es RowErrors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Named is a series with its name and the weeks as they were written.
type Named struct {
	Name  string
	Weeks []string
	Series
}

type cell struct {
	line            int
	week            string
	number          int
	day             time.Time
	count, exposure float64
}

// ReadTable reads a table with the columns week, series, count and exposure, in any order. Without the column series all rows
// are one; without exposure it is the same in every week. A week that is not there is one of which nothing is known. Bad
// rows are left out and told, as RowErrors beside the series.
func ReadTable(r io.Reader) ([]Named, error) {
	in := csv.NewReader(noMark(r))
	in.FieldsPerRecord = -1
	in.TrimLeadingSpace = true
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, RowErrors{{1, 1, "the table is empty"}}
	}
	if err != nil {
		return nil, RowErrors{{1, 1, "the first line cannot be read: " + err.Error()}}
	}
	at := map[string]int{"week": -1, "series": -1, "count": -1, "exposure": -1}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		if was, ok := at[name]; ok && was < 0 {
			at[name] = i
		}
	}
	for _, need := range []string{"week", "count"} {
		if at[need] < 0 {
			return nil, RowErrors{{1, 1, "the first line must name the column " + need + "; it says " + strings.Join(head, ", ")}}
		}
	}
	var faults RowErrors
	var order []string
	rows := map[string][]cell{}
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
			return nil, err
		}
		name, c, bad := readCell(in, row, at)
		if bad != nil {
			faults = append(faults, *bad)
			continue
		}
		if _, ok := rows[name]; !ok {
			order = append(order, name)
		}
		rows[name] = append(rows[name], c)
	}
	var out []Named
	for _, name := range order {
		n, bad := join(name, rows[name])
		faults = append(faults, bad...)
		out = append(out, n)
	}
	if len(faults) > 0 {
		slices.SortStableFunc(faults, func(a, b RowError) int { return a.Line - b.Line })
		return out, faults
	}
	return out, nil
}

func noMark(r io.Reader) io.Reader {
	buf := bufio.NewReader(r)
	if mark, _ := buf.Peek(3); string(mark) == "\xef\xbb\xbf" {
		_, _ = buf.Discard(3)
	}
	return buf
}

func readCell(in *csv.Reader, row []string, at map[string]int) (name string, c cell, bad *RowError) {
	get := func(name string) string {
		if i := at[name]; i >= 0 && i < len(row) {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	c.line, _ = in.FieldPos(0)
	fault := func(column, what string) (string, cell, *RowError) {
		f := RowError{c.line, 1, what}
		if i := at[column]; i >= 0 && i < len(row) {
			f.Line, f.Column = in.FieldPos(i)
		}
		return "", c, &f
	}
	var err error
	c.week = get("week")
	if c.number, c.day, err = weekOf(c.week); err != nil {
		return fault("week", err.Error())
	}
	if c.count, err = amount(get("count")); err != nil {
		return fault("count", "the count "+err.Error())
	}
	if !math.IsNaN(c.count) && c.count != math.Trunc(c.count) {
		return fault("count", "the count is not a whole number: "+get("count"))
	}
	c.exposure = 1
	if at["exposure"] >= 0 {
		if c.exposure, err = amount(get("exposure")); err != nil {
			return fault("exposure", "the exposure "+err.Error())
		}
	}
	return get("series"), c, nil
}

// largest is the largest count: above it a cell is a typing error.
const largest = 1e9

// amount reads a number that is not negative. Nothing, NA and a dash are NaN: not known.
func amount(s string) (float64, error) {
	switch strings.ToUpper(s) {
	case "", "NA", "-", "–":
		return math.NaN(), nil
	}
	x, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil || math.IsNaN(x) || math.IsInf(x, 0):
		return 0, fmt.Errorf("is no number: %q", s)
	case x < 0:
		return 0, fmt.Errorf("is negative: %s", s)
	case x > largest:
		return 0, fmt.Errorf("is larger than a thousand million: %s", s)
	}
	return x, nil
}

// longest is how many weeks a series may span: a century. A wrong year would make it longer.
const longest = 5300

// join puts the rows of a series into the order of their weeks. How its weeks are written is said by its first row.
func join(name string, cells []cell) (Named, RowErrors) {
	way := cells[0]
	var faults RowErrors
	bad := func(c cell, format string, args ...any) {
		faults = append(faults, RowError{c.line, 1, fmt.Sprintf(format, args...)})
	}
	var fit []cell
	for _, c := range cells {
		switch {
		case c.day.IsZero() != way.day.IsZero():
			bad(c, "the series %q writes its weeks in two ways: %s and %s", name, way.week, c.week)
		case !c.day.IsZero() && (days(c.day)-days(way.day))%7 != 0:
			bad(c, "the weeks of the series %q do not begin on one day of the week: %s and %s", name, way.week, c.week)
		default:
			fit = append(fit, c)
		}
	}
	slices.SortStableFunc(fit, func(a, b cell) int { return a.number - b.number })
	first := fit[0]
	n := Named{Name: name}
	n.Day = first.day
	for _, c := range fit {
		i := c.number - first.number
		if i >= longest {
			bad(c, "the series %q would span more than a century, from %s to %s", name, first.week, c.week)
			continue
		}
		if i < len(n.Weeks) && n.Weeks[i] != "" {
			bad(c, "the week %s of the series %q stands twice", c.week, name)
			continue
		}
		for len(n.Weeks) <= i {
			n.Weeks, n.Count, n.Exposure = append(n.Weeks, ""), append(n.Count, math.NaN()), append(n.Exposure, math.NaN())
		}
		n.Weeks[i], n.Count[i], n.Exposure[i] = c.week, c.count, c.exposure
	}
	return n, faults
}

// JudgeTable judges every week of every series, on all processors.
func JudgeTable(series []Named, p Params) [][]Result {
	out := make([][]Result, len(series))
	spread(len(series), func(i int) { out[i] = series[i].JudgeAll(0, p) })
	return out
}

// NewestOf judges the newest week of every series, on all processors.
func NewestOf(series []Named, p Params) []Result {
	out := make([]Result, len(series))
	spread(len(series), func(i int) { out[i] = series[i].Judge(len(series[i].Count)-1, p) })
	return out
}

// spread does n pieces of work on all processors.
func spread(n int, do func(i int)) {
	hands := min(n, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for h := range hands {
		wg.Go(func() {
			for i := h; i < n; i += hands {
				do(i)
			}
		})
	}
	wg.Wait()
}

// WriteTable writes week, series, count, expected, upper, alarm, score, p and why for every week that the table had. A week
// that could not be judged has no numbers, and why says why: history, few, fit or nothing.
func WriteTable(w io.Writer, series []Named, results [][]Result) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"week", "series", "count", "expected", "upper", "alarm", "score", "p", "why"}); err != nil {
		return err
	}
	number := func(x float64) string {
		if math.IsNaN(x) {
			return ""
		}
		return strconv.FormatFloat(x, 'g', 8, 64)
	}
	for i, s := range series {
		for k, r := range results[i] {
			if s.Weeks[k] == "" {
				continue
			}
			alarm := ""
			if r.Why == "" {
				alarm = strconv.FormatBool(r.Alarm)
			}
			if err := out.Write([]string{s.Weeks[k], s.Name, number(s.Count[k]), number(r.Expected), number(r.Upper), alarm, number(r.Score), number(r.P), r.Why}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
