package app

// This file proves that a copy of everything is everything: for each table with something of a person, it takes the rows of one
// person away and looks whether the copy is another one.

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/rights"

	"reflect"
)

// notInCopy are the tables that are not in a copy, and why.
var notInCopy = map[string]string{}

func TestACopyHasEveryTableAboutAPerson(t *testing.T) {
	h, _ := demoHouse(t, Settings{People: 60})
	about := regexp.MustCompile(`(?im)^\s*(person|subject|client)\s+TEXT`)
	column := map[string]string{}
	for _, sql := range schemas(t) {
		for _, m := range created.FindAllStringSubmatch(sql, -1) {
			if c := about.FindStringSubmatch(m[2]); c != nil {
				column[m[1]] = c[1]
			}
		}
	}
	stop := errors.New("put it all back")
	seen := 0
	for _, k := range h.Keepers() {
		for _, table := range k.Tables() {
			col := column[table]
			if col == "" {
				continue
			}
			delete(column, table)
			who := db.F(`SELECT`)
			who.SQL += " " + col + " FROM " + table + " WHERE " + col + " <> '' ORDER BY " + col + " DESC LIMIT 1"
			person, err := db.One[string](t.Context(), h.DB, who)
			if err != nil {
				if notInCopy[table] == "" {
					t.Errorf("%s: nobody in the demonstration has a row, so that nothing is proved", table)
				}
				continue
			}
			differs := false
			err = h.DB.Tx(t.Context(), func(tx *db.Tx) error {
				if _, err := db.Do(t.Context(), tx, db.F(`PRAGMA defer_foreign_keys = ON`)); err != nil {
					return err
				}
				export := func() (string, error) {
					x, err := k.Export(t.Context(), tx, h.Vault, person)
					if err != nil {
						return "", err
					}
					b, err := json.Marshal(x)
					return string(b), err
				}
				before, err := export()
				if err != nil {
					return err
				}
				gone := db.F(`DELETE FROM`)
				gone.SQL += " " + table + " WHERE " + col + " = ?"
				gone.Args = append(gone.Args, person)
				if _, err := db.Do(t.Context(), tx, gone); err != nil {
					return err
				}
				after, err := export()
				differs = err != nil || after != before // what cannot be read without these rows reads them
				return stop
			})
			if !errors.Is(err, stop) {
				t.Errorf("%s: %v", table, err)
				continue
			}
			seen++
			if differs == (notInCopy[table] != "") {
				t.Errorf("%s of %s: in the copy %v; reason why not: %q", table, person, differs, notInCopy[table])
			}
		}
	}
	for table := range column {
		if table != "privacy_key" && notInCopy[table] == "" {
			t.Errorf("%s is in nobody's copy", table)
		}
	}
	if seen < 40 {
		t.Errorf("only %d tables were tried: the search is broken", seen)
	}
}

// TestACopySpeaksDutchAndEnglish holds the names of all that can be exported to words.
func TestACopySpeaksDutchAndEnglish(t *testing.T) {
	h, _ := demoHouse(t, Settings{People: 60})
	missing := map[string]bool{}
	for _, k := range h.Keepers() {
		for _, tag := range []string{"nl", "en"} {
			if !h.Texts.Has(tag, "rights.room."+k.Name) {
				t.Errorf("%s has no name in a copy in %s", k.Name, tag)
			}
		}
		for _, person := range []string{"p-reem", "p-selam"} {
			x, err := k.Export(t.Context(), h.DB, h.Vault, person)
			if err != nil {
				t.Fatal(k.Name, err)
			}
			if x == nil {
				continue
			}
			names := rights.Names(reflect.TypeOf(x))
			for _, n := range rights.Tree(x) {
				names = append(names, rights.Label(n.Key))
			}
			for _, n := range names {
				for _, tag := range []string{"nl", "en"} {
					if n != "" && !h.Texts.Has(tag, "rights.key."+n) {
						missing[n] = true
					}
				}
			}
		}
	}
	var all []string
	for n := range missing {
		all = append(all, n)
	}
	if len(all) > 0 {
		t.Errorf("%d names have no words: %s", len(all), strings.Join(all, " "))
	}
	_ = lang.All
}
