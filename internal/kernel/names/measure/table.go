package measure

// This file reads the two tables: who is in the index, and which spellings are looked for.

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Person is a row of the index.
type Person struct{ ID, Name, Language string }

// Pair is a row of the queries: how somebody is called in the index, and how somebody else wrote it.
type Pair struct {
	ID, Canonical, Variant, Language, Script, Class string
	Same                                            bool // false: another person, for the score of pairs
}

// ReadIndex reads a table with the columns person_id and name; language is used where it is there.
func ReadIndex(r io.Reader) ([]Person, error) {
	var out []Person
	err := read(r, []string{"person_id", "name"}, func(get func(string) string) error {
		out = append(out, Person{get("person_id"), get("name"), get("language")})
		return nil
	})
	return out, err
}

// ReadPairs reads a table with the columns person_id, canonical, variant, language, script, class and label.
func ReadPairs(r io.Reader) ([]Pair, error) {
	var out []Pair
	err := read(r, []string{"person_id", "canonical", "variant", "language", "script", "class", "label"}, func(get func(string) string) error {
		p := Pair{get("person_id"), get("canonical"), get("variant"), get("language"), get("script"), get("class"), false}
		switch label := get("label"); label {
		case "0":
		case "1":
			p.Same = true
		default:
			return fmt.Errorf("the label is %q, not 0 or 1", label)
		}
		out = append(out, p)
		return nil
	})
	return out, err
}

func read(r io.Reader, need []string, row func(get func(string) string) error) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	var columns map[string]int
	for n := 1; sc.Scan(); n++ {
		f := strings.Split(sc.Text(), "\t")
		if columns == nil {
			columns = map[string]int{}
			for i, c := range f {
				columns[strings.TrimPrefix(c, "\ufeff")] = i
			}
			for _, c := range need {
				if _, ok := columns[c]; !ok {
					return fmt.Errorf("the first line names no column %q", c)
				}
			}
			continue
		}
		if len(f) == 1 && f[0] == "" {
			continue
		}
		get := func(c string) string {
			if i, ok := columns[c]; ok && i < len(f) {
				return f[i]
			}
			return ""
		}
		for _, c := range need {
			if columns[c] >= len(f) {
				return fmt.Errorf("line %d has no %s", n, c)
			}
		}
		if err := row(get); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return err
	}
	if columns == nil {
		return fmt.Errorf("the table is empty")
	}
	return nil
}
