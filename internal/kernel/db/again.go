package db

// This file keeps answers that seldom change, for as long as they are true. SQLite has one writer, and it is ours: it marks
// each table that it changes. On PostgreSQL others write too, so nothing is kept there.

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"sync"
)

// marks count the changes, and know the last one of each table.
type marks struct {
	mu    sync.Mutex
	last  uint64
	must  uint64 // the last one that everybody sees who asks after it
	table map[string]uint64
	kept  map[question]*answer
}

// question is SQL with its values, written out.
type question struct{ sql, args string }

// answer is what a question was answered, true up to a change.
type answer struct {
	cols []string
	rows [][]any
	asOf uint64
}

// answers is how many answers are kept.
const answers = 4096

func (m *marks) now() uint64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.last
}

// hidden says whether something that everybody must see may be written after a change.
func (m *marks) hidden(asOf uint64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.must > asOf
}

// wrote marks tables that a commit changed, and whether everybody must see that who asks after it.
func (m *marks) wrote(tables map[string]bool, must bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.last++; must {
		m.must = m.last
	}
	if tables[""] {
		clear(m.kept)
	}
	if m.table == nil {
		m.table = map[string]uint64{}
	}
	for t := range tables {
		m.table[t] = m.last
	}
}

// all marks that anything may have changed.
func (m *marks) all() { m.wrote(map[string]bool{"": true}, true) }

// since says whether one of these tables changed after a change.
func (m *marks) since(tables []string, asOf uint64) bool {
	if m.table[""] > asOf {
		return true
	}
	for _, t := range tables {
		if m.table[t] > asOf {
			return true
		}
	}
	return false
}

var (
	writes = regexp.MustCompile(`^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+([a-z_0-9]+)`)
	reads  = regexp.MustCompile(`(?:FROM|JOIN)\s+([a-z_0-9]+)`)

	writesOf, readsOf sync.Map // SQL text → what it names
)

// written is the table that a statement changes; none means that it may be any.
func written(q string) string {
	if t, ok := writesOf.Load(q); ok {
		return t.(string)
	}
	t := ""
	if m := writes.FindStringSubmatch(q); m != nil {
		t = m[1]
	}
	writesOf.Store(q, t)
	return t
}

// named are the tables that a question reads.
func named(q string) []string {
	if t, ok := readsOf.Load(q); ok {
		return t.([]string)
	}
	var ts []string
	for _, m := range reads.FindAllStringSubmatch(q, -1) {
		ts = append(ts, m[1])
	}
	readsOf.Store(q, ts)
	return ts
}

func (d *DB) again(ctx context.Context, q string, args []any) (rows, error) {
	var b strings.Builder
	for _, a := range args {
		fmt.Fprintf(&b, " %#v", a)
	}
	key, tables := question{q, b.String()}, named(q)
	m := &d.marks
	m.mu.Lock()
	a, ok := m.kept[key]
	if ok && m.since(tables, a.asOf) {
		delete(m.kept, key)
		ok = false
	}
	m.mu.Unlock()
	if ok {
		return &kept{a: a}, nil
	}
	got, asOf, err := d.ask(ctx, q, args)
	if err != nil {
		return nil, err
	}
	defer got.Close()
	a = &answer{asOf: asOf}
	if a.cols, err = got.Columns(); err != nil {
		return nil, err
	}
	for {
		more, err := got.next()
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
		row := make([]any, len(a.cols))
		for i := range row {
			row[i] = got.value(i)
		}
		a.rows = append(a.rows, row)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil || len(m.kept) >= answers {
		m.kept = map[question]*answer{}
	}
	m.kept[key] = a
	return &kept{a: a}, nil
}

// kept are the rows of an answer that was kept.
type kept struct {
	a *answer
	n int
}

func (k *kept) Columns() ([]string, error) { return k.a.cols, nil }

func (k *kept) next() (bool, error) {
	k.n++
	return k.n <= len(k.a.rows), nil
}

func (k *kept) value(i int) any {
	x := k.a.rows[k.n-1][i]
	if b, ok := x.([]byte); ok {
		x = append([]byte(nil), b...) // the caller may write in it
	}
	return x
}

func (k *kept) into(i int, v reflect.Value, how how) error { return set(v, how, k.value(i)) }

func (k *kept) Close() error { return nil }
