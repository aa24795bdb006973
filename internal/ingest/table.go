package ingest

// This file reads the rows of a file, with limits, so that a file that was made to hurt only hurts itself.

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/spread"
)

// Limits of what is read. Assumption: nobody has more people in one file than the whole country helps in a year.
const (
	FileMost = 20 << 20 // bytes
	RowsMost = 200_000
	cellMost = 4_000 // characters; more is a quotation mark that was never closed
	colsMost = 200
	unpacked = 256 << 20 // bytes of an XLSX file when it is unpacked
	inMemory = 64 << 20  // of one sheet; a larger one goes through a folder that only this program can read
)

// Sheet is one sheet of a workbook.
type Sheet struct {
	Name string
	Rows int // as the workbook says; an estimate
	Head []Row
}

// Row is one row as it stands in the file. N counts from 1, as a spreadsheet shows it.
type Row struct {
	N     int
	Cells []string
}

// Each reads row after row, without the empty ones, and stops at fn's first error.
func (f Format) Each(b []byte, fn func(Row) error) error {
	if f.Kind == "xlsx" {
		return f.eachXLSX(b, fn)
	}
	return f.eachCSV(b, fn)
}

// Head reads the first n rows.
func (f Format) Head(b []byte, n int) ([]Row, error) {
	var out []Row
	err := f.Each(b, func(r Row) error {
		out = append(out, r)
		if len(out) == n {
			return errStop
		}
		return nil
	})
	if errors.Is(err, errStop) {
		err = nil
	}
	return out, err
}

// Count is how many rows there are.
func (f Format) Count(b []byte) (n int, err error) {
	err = f.Each(b, func(Row) error { n++; return nil })
	return n, err
}

func (f Format) eachCSV(b []byte, fn func(Row) error) error {
	text := bufio.NewReaderSize(f.text(b), 1<<16)
	if first, err := text.Peek(8); err == nil || errors.Is(err, io.EOF) {
		if _, _, said := separator(string(first)); said {
			if _, err := text.ReadString('\n'); err != nil && !errors.Is(err, io.EOF) {
				return refused("ingest.error.read")
			}
		}
	}
	r := reader(text, f.Comma)
	r.ReuseRecord = true
	for n := 1; ; n++ {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return &fault.Fault{Kind: fault.Invalid, Fields: fault.Fields{{Name: "file", Key: "ingest.error.read"}}, Cause: err}
		}
		if err := hand(n, rec, fn); err != nil {
			return err
		}
	}
}

// hand tidies a row and hands it on, unless it is empty.
func hand(n int, rec []string, fn func(Row) error) error {
	switch {
	case n > RowsMost+1:
		return refused("ingest.error.rows", "n", RowsMost)
	case len(rec) > colsMost:
		return refused("ingest.error.columns", "n", colsMost, "row", n)
	}
	cells := make([]string, len(rec))
	empty := true
	for i, c := range rec {
		if utf8.RuneCountInString(c) > cellMost {
			return refused("ingest.error.quote", "row", n)
		}
		cells[i] = clean(c)
		empty = empty && cells[i] == ""
	}
	if empty {
		return nil
	}
	return fn(Row{N: n, Cells: cells})
}

// clean makes one line of a cell, without marks that cannot be seen, and takes off the mark against formulas that Safe
// put before it.
func clean(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0' || r == '\n' || r == '\r' || r == '\t':
			return ' '
		case r < ' ' || r == 0x7f || r == '\ufeff' || r == '\u200b':
			return -1
		}
		return r
	}, s)), " ")
	if rest, ok := strings.CutPrefix(s, "'"); ok && spread.Formula(rest) {
		return rest
	}
	return s
}

// sheetsMost is how many sheets of a workbook are looked at.
const sheetsMost = 40

// Sheets lists the sheets of a workbook with their first n rows.
func Sheets(b []byte, n int) (out []Sheet, err error) {
	err = book(b, func(x *excelize.File) error {
		for _, name := range x.GetSheetList() {
			dim, err := x.GetSheetDimension(name)
			if err != nil {
				continue // a chart
			}
			if len(out) == sheetsMost {
				return nil
			}
			_, last, _ := strings.Cut(dim, ":")
			_, rows, err := excelize.CellNameToCoordinates(strings.ReplaceAll(last, "$", ""))
			if err != nil {
				rows = 0 // not every program writes how large a sheet is
			}
			s := Sheet{Name: name, Rows: rows}
			err = sheet(x, name, func(r Row) error {
				if len(s.Head) == n {
					return errStop
				}
				s.Head = append(s.Head, r)
				return nil
			})
			if err != nil && !errors.Is(err, errStop) {
				return err
			}
			out = append(out, s)
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = refused("ingest.error.empty")
	}
	return out, err
}

func (f Format) eachXLSX(b []byte, fn func(Row) error) error {
	return book(b, func(x *excelize.File) error { return sheet(x, f.Sheet, fn) })
}

// sheet reads the rows of one sheet.
func sheet(x *excelize.File, name string, fn func(Row) error) error {
	rows, err := x.Rows(name)
	if err != nil {
		return refused("ingest.error.sheet")
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return &fault.Fault{Kind: fault.Invalid, Fields: fault.Fields{{Name: "file", Key: "ingest.error.read"}}, Cause: err}
		}
		if err := hand(n, cells, fn); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return &fault.Fault{Kind: fault.Invalid, Fields: fault.Fields{{Name: "file", Key: "ingest.error.read"}}, Cause: err}
	}
	return nil
}

// book opens a workbook, and closes it and whatever it put into its own folder. Days are written as 2026-11-24, because
// what a cell shows depends on the country of the computer on which it was made.
func book(b []byte, fn func(*excelize.File) error) (err error) {
	dir, err := os.MkdirTemp("", "reisgezel-book")
	if err != nil {
		return fault.Wrap(fault.Unavailable, "make a folder for a workbook", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	defer func() {
		if p := recover(); p != nil { // the library reads what strangers made
			err = &fault.Fault{Kind: fault.Invalid, Fields: fault.Fields{{Name: "file", Key: "ingest.error.book"}}, Cause: fmt.Errorf("reading a workbook: %v", p)}
		}
	}()
	x, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{UnzipSizeLimit: unpacked, UnzipXMLSizeLimit: inMemory, TmpDir: dir,
		ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd", LongTimePattern: "hh:mm"})
	if err != nil {
		return &fault.Fault{Kind: fault.Invalid, Fields: fault.Fields{{Name: "file", Key: "ingest.error.book"}}, Cause: err}
	}
	defer func() {
		if cerr := x.Close(); err == nil && cerr != nil {
			err = fault.Wrap(fault.Unavailable, "close a workbook", cerr)
		}
	}()
	return fn(x)
}
