package deident

// This file is the command `reisgezel deidentify [--known FILE] < text`.

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

var (
	// ErrUsage says that the command was not understood.
	ErrUsage = errors.New("usage")
	// ErrLook says that the text was masked and that a person must look at it before it goes anywhere.
	ErrLook = errors.New("a person must look")
)

// largest is how long a text may be, in bytes.
const largest = 64 << 20

// Command masks the text on in. What was masked, and what was left in doubt, goes to errs. Nothing is written when the text
// cannot be read whole.
func Command(args []string, in io.Reader, out, errs io.Writer) error {
	fs := flag.NewFlagSet("deidentify", flag.ContinueOnError)
	fs.SetOutput(errs)
	file := fs.String("known", "", "file with what is known of the person, one thing on a line: a name, a number, an address or a day")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() > 0 {
		return ErrUsage
	}
	var known Known
	if *file != "" {
		f, err := os.Open(*file)
		if err != nil {
			return fmt.Errorf("what is known cannot be read, so nothing is masked: %w", err)
		}
		known, err = ReadKnown(f)
		_ = f.Close()
		if err != nil {
			return fmt.Errorf("what is known cannot be read, so nothing is masked: %w", err)
		}
	}
	raw, err := io.ReadAll(io.LimitReader(in, largest+1))
	switch {
	case err != nil:
		return fmt.Errorf("the text cannot be read: %w", err)
	case len(raw) > largest:
		return fmt.Errorf("the text is longer than %d MB: cut it", largest>>20)
	case !utf8.Valid(raw):
		return errors.New("the text is not in UTF-8, so names in it could be overlooked: save it as UTF-8 first")
	}
	r := New(known).Mask(string(raw))
	if _, err := io.WriteString(out, r.Masked); err != nil {
		return err
	}
	w := bufio.NewWriter(errs)
	for _, s := range r.Spans {
		sure := "look"
		if s.Sure {
			sure = "sure"
		}
		fmt.Fprintf(w, "%d-%d\t%s\t%s\t%q\t%s\n", s.From, s.To, s.Kind, sure, s.Text, s.Mask)
	}
	for _, d := range r.Doubts {
		fmt.Fprintf(w, "%d-%d\tleft\tlook\t%q\t\n", d.From, d.To, d.Text)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if r.Look {
		return ErrLook
	}
	return nil
}

// ReadKnown reads what is known, one thing on a line. A line may say what it is (name:, number:, address:, day:, or naam:,
// nummer:, adres:, dag:); otherwise its form says it. Lines that begin with # are notes.
func ReadKnown(r io.Reader) (k Known, err error) {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		line := strings.TrimSpace(strings.TrimPrefix(in.Text(), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, rest, _ := strings.Cut(line, ":")
		rest = strings.TrimSpace(rest)
		switch strings.ToLower(strings.TrimSpace(word)) {
		case "name", "naam":
			k.Names = append(k.Names, rest)
			continue
		case "number", "nummer":
			k.Numbers = append(k.Numbers, rest)
			continue
		case "address", "adres":
			k.Addresses = append(k.Addresses, rest)
			continue
		case "day", "dag":
			k.Days = append(k.Days, rest)
			continue
		}
		n := count(onlyDigits(line), isDigit)
		switch {
		case len(dates(line, "", nearDigits(line))) > 0 && n <= 8:
			k.Days = append(k.Days, line)
		case strings.Contains(line, "@") || n > 0 && n < 5 || post.MatchString(line):
			k.Addresses = append(k.Addresses, line)
		case n >= 5:
			k.Numbers = append(k.Numbers, line)
		default:
			k.Names = append(k.Names, line)
		}
	}
	return k, in.Err()
}
