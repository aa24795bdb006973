package app

// This file proves that a copy of everything is everything: for each table with something of a person, it takes the rows of one
// person away and looks whether the copy is another one.

import (
	"encoding/json"
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/rights"
)

// notInCopy are the tables that are not in a copy, and why.
var notInCopy = map[string]string{
	"dossier_lookup":    "blind tokens for searching, made of what stands in the copy; nobody can read them",
	"dossier_follow":    "what somebody follows without a name: they see it on their own page; a copy goes through other hands, and would tell them",
	"dossier_forgotten": "says to every node that somebody was erased; who was erased takes no copy",
	"rights_erasing":    "stands only while somebody is being erased",
	"family_link":       "which other file is that of a relative: it says something of the relative",
	"identity_walk":     "how far the search for double files has come: one row for the whole house",
	"ingest_row":        "rows of a table that is being read in, gone within a month; what was taken over stands in the file",
	"question_held":     "words in a form that was not sent, gone within a day: the person wrote them",
	"portal_code":       "codes that were sent to a telephone, gone within a day",
	"evidence_held":     "a file that waits for its form for a day: the person has it themselves",
}

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
			if fault.Is(err, fault.NotFound) {
				person, err = "", nil
			}
			if err != nil {
				t.Fatal(table, err)
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
				change := db.F(`DELETE FROM`)
				change.SQL += " " + table + " WHERE " + col + " = ?"
				change.Args = append(change.Args, person)
				if person == "" { // nobody has one: then one is put there
					person = "p-reem"
					var err error
					if p, ok := parents[table]; ok {
						type parent struct{ ID, Person string }
						q := db.F(`SELECT id, person FROM`)
						q.SQL += " " + p[1] + " LIMIT 1"
						of, err := db.One[parent](t.Context(), tx, q)
						if err != nil {
							return err
						}
						person, values[table+"."+p[0]] = of.Person, of.ID
					}
					if table == "ingest_print" { // its batch is planted with it: the same words in every column make them fit
						batch, err := planted(t, tx, "ingest_batch", "", "")
						if err != nil {
							return err
						}
						if _, err := db.Do(t.Context(), tx, batch); err != nil {
							return err
						}
					}
					if change, err = planted(t, tx, table, col, person); err != nil {
						return err
					}
				}
				before, err := export()
				if err != nil {
					return err
				}
				if _, err := db.Do(t.Context(), tx, change); err != nil {
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

// planted is a row of a table about a person, with something in every column.
func planted(t *testing.T, tx *db.Tx, table, col, person string) (db.Frag, error) {
	type column struct{ Name, Type string }
	q := db.F(`SELECT name, type FROM`)
	q.SQL += " pragma_table_info('" + table + "')"
	cs, err := db.Many[column](t.Context(), tx, q)
	f := db.F(`INSERT INTO`)
	f.SQL += " " + table + " VALUES ("
	for i, c := range cs {
		if i > 0 {
			f.SQL += ", "
		}
		f.SQL += "?"
		var x any = "2026-11-20"
		switch {
		case c.Name == col:
			x = person
		case values[table+"."+c.Name] != "":
			x = values[table+"."+c.Name]
		case c.Type == "BIGINT", c.Type == "INTEGER":
			x = 1
		case c.Type == "BOOLEAN":
			x = true
		case c.Type == "BYTEA", c.Type == "BLOB":
			x = []byte("not sealed with the key of this person")
		}
		f.Args = append(f.Args, x)
	}
	f.SQL += ")"
	return f, err
}

// values are those that a planted row must have to be one.
var values = map[string]string{"procedure_escalation.role": "owner", "procedure_move.why": "rules", "portal_word.kind": "fact", "portal_code.kind": "enter", "ingest_row.state": "new", "ingest_batch.kind": "people", "ingest_batch.state": "done"}

// parents are the tables whose rows a row must belong to before it is read, and the column that says to which.
var parents = map[string][2]string{"counsel_note": {"handover", "counsel_handover"}, "handover_answer": {"offer", "handover_offer"}, "question_climb": {"ask", "question_ask"}, "question_draft": {"ask", "question_ask"}}

// TestACopySpeaksTheLanguagesOfAPerson holds the names of all that can be exported to words, in each language of the core.
func TestACopySpeaksTheLanguagesOfAPerson(t *testing.T) {
	h, _ := demoHouse(t, Settings{People: 60})
	missing := map[string]bool{}
	for _, k := range h.Keepers() {
		for _, l := range lang.Core {
			if !h.Texts.Has(l.Tag, "rights.room."+k.Name) {
				t.Errorf("%s has no name in a copy in %s", k.Name, l.Tag)
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
				for _, l := range lang.Core {
					if n != "" && !h.Texts.Has(l.Tag, "rights.key."+n) {
						missing[l.Tag+" "+n] = true
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
}
