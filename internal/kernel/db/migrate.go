package db

// This file brings a database forward: numbered SQL files per capability, each once, never changed afterwards.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"

	"reisgezel/internal/kernel/fault"
)

// Line is the migrations of one capability: files schema/NNNN_name.sql.
type Line struct {
	Name string
	FS   fs.FS
}

type step struct {
	line   string
	number int
	file   string
	sql    string
	sum    string
}

// Migrate runs what has not run yet, in the order of the lines and of their numbers, in one transaction. A file that
// was changed after it ran, or that a newer program ran and this one does not know, is refused.
func (d *DB) Migrate(ctx context.Context, lines []Line) error { return d.migrate(ctx, lines, 0) }

// migrate stops after `upto` steps when that is not 0: for tests that begin at an earlier schema.
func (d *DB) migrate(ctx context.Context, lines []Line, upto int) error {
	steps, err := plan(lines)
	if err != nil {
		return err
	}
	return d.Bulk(ctx, func(tx *Tx) error {
		if d.pg {
			if _, err := tx.exec(ctx, "SELECT pg_advisory_xact_lock(7266154)", nil); err != nil {
				return classify("lock", err)
			}
		}
		if _, err := tx.exec(ctx, `CREATE TABLE IF NOT EXISTS db_migration (
			line TEXT NOT NULL, number BIGINT NOT NULL, file TEXT NOT NULL, sum TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (line, number))`, nil); err != nil {
			return classify("migrate", err)
		}
		type row struct {
			Line   string
			Number int
			Sum    string
		}
		done, err := Many[row](ctx, tx, F(`SELECT line, number, sum FROM db_migration`))
		if err != nil {
			return err
		}
		ran := map[string]string{}
		for _, r := range done {
			ran[r.Line+"/"+strconv.Itoa(r.Number)] = r.Sum
		}
		for i, s := range steps {
			if upto > 0 && i >= upto {
				break
			}
			key := s.line + "/" + strconv.Itoa(s.number)
			if sum, ok := ran[key]; ok {
				if sum != s.sum {
					return fault.Wrap(fault.Internal, "migrate", fmt.Errorf("%s of %s was changed after it ran here; restore it and write a new one", s.file, s.line))
				}
				delete(ran, key)
				continue
			}
			for _, one := range statements(s.sql) {
				if _, err := tx.exec(ctx, one, nil); err != nil {
					return fault.Wrap(fault.Internal, "migrate "+s.line+" "+s.file, err)
				}
			}
			if _, err := Do(ctx, tx, F(`INSERT INTO db_migration (line, number, file, sum, at) VALUES (?,?,?,?,?)`, s.line, s.number, s.file, s.sum, tx.Now)); err != nil {
				return err
			}
		}
		if upto == 0 {
			for key := range ran {
				return fault.Wrap(fault.Internal, "migrate", fmt.Errorf("this database was brought forward by a newer program (%s); use that one", key))
			}
		}
		return nil
	})
}

func plan(lines []Line) ([]step, error) {
	var out []step
	for _, l := range lines {
		names, err := fs.Glob(l.FS, "*schema/*.sql")
		if err != nil {
			return nil, err
		}
		sort.Strings(names)
		last := 0
		for _, n := range names {
			base := path.Base(n)
			num, _, ok := strings.Cut(base, "_")
			k, err := strconv.Atoi(num)
			if !ok || err != nil || k != last+1 {
				return nil, fmt.Errorf("db: %s of %s does not follow on %04d", base, l.Name, last)
			}
			last = k
			b, err := fs.ReadFile(l.FS, n)
			if err != nil {
				return nil, err
			}
			sum := sha256.Sum256(b)
			out = append(out, step{l.Name, k, base, string(b), hex.EncodeToString(sum[:])})
		}
	}
	return out, nil
}

// statements cuts a file at semicolons that end a line.
func statements(sql string) []string {
	var clean strings.Builder
	for line := range strings.SplitSeq(sql, "\n") {
		code, _, _ := strings.Cut(line, "--")
		clean.WriteString(strings.TrimRight(code, " \t\r"))
		clean.WriteByte('\n')
	}
	var out []string
	for s := range strings.SplitSeq(clean.String(), ";\n") {
		if s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), ";")); s != "" {
			out = append(out, s)
		}
	}
	return out
}
