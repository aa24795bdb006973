package db

// This file carries values between Go and the databases: by column name into the fields of a struct, times as
// milliseconds, NULL as the zero value.

import (
	"context"
	"database/sql"
	"fmt"
	"math/bits"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"

	"reisgezel/internal/kernel/fault"
)

// Q can be asked: a DB (its reading pool) or a Tx.
type Q interface {
	query(ctx context.Context, sql string, args []any) (rows, error)
}

var timeType = reflect.TypeFor[time.Time]()
var scannerType = reflect.TypeFor[sql.Scanner]()

// values turns Go values into what both drivers take.
func values(args []any) []any {
	for i, a := range args {
		if _, ok := a.(time.Time); ok {
			out := append([]any(nil), args...)
			for j := i; j < len(out); j++ {
				if t, ok := out[j].(time.Time); ok {
					out[j] = nil
					if !t.IsZero() {
						out[j] = t.UnixMilli()
					}
				}
			}
			return out
		}
	}
	return args
}

// shape says for each column where it goes, and how many rows came the last time.
type shape struct {
	places []place
	rows   atomic.Int32
}

type place struct {
	index []int
	how   how
}

// how a value becomes one of Go: some types read themselves.
type how uint8

const (
	plain how = iota
	moment
	scans
)

func howOf(t reflect.Type) how {
	switch {
	case t == timeType:
		return moment
	case reflect.PointerTo(t).Implements(scannerType):
		return scans
	}
	return plain
}

type shapeKey struct {
	t   reflect.Type
	sql string
}

var shapes sync.Map // shapeKey → *shape

func shapeOf(t reflect.Type, q string, cols []string) (*shape, error) {
	k := shapeKey{t, q}
	if p, ok := shapes.Load(k); ok {
		return p.(*shape), nil
	}
	byName := map[string]reflect.StructField{}
	for _, f := range reflect.VisibleFields(t) {
		if !f.IsExported() || (f.Anonymous && f.Type.Kind() == reflect.Struct) {
			continue
		}
		n := f.Tag.Get("db")
		if n == "" {
			n = snake(f.Name)
		}
		byName[n] = f
	}
	p := &shape{places: make([]place, len(cols))}
	for i, c := range cols {
		f, ok := byName[c]
		if !ok {
			return nil, fmt.Errorf("db: %v has no field for the column %q", t, c)
		}
		p.places[i] = place{f.Index, howOf(f.Type)}
	}
	shapes.Store(k, p)
	return p, nil
}

// snake writes GivenBy as given_by and ID as id.
func snake(s string) string {
	var b strings.Builder
	rs := []rune(s)
	for i, r := range rs {
		if unicode.IsUpper(r) && i > 0 && (!unicode.IsUpper(rs[i-1]) || (i+1 < len(rs) && unicode.IsLower(rs[i+1]))) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func set(v reflect.Value, how how, x any) error {
	switch how {
	case moment:
		switch n := x.(type) {
		case nil:
			v.SetZero()
		case int64:
			v.Set(reflect.ValueOf(time.UnixMilli(n).UTC()))
		default:
			return fmt.Errorf("db: a time cannot be read from %T", x)
		}
		return nil
	case scans:
		return v.Addr().Interface().(sql.Scanner).Scan(x)
	}
	if x == nil {
		v.SetZero()
		return nil
	}
	switch v.Kind() {
	case reflect.String:
		switch s := x.(type) {
		case string:
			v.SetString(s)
			return nil
		case []byte:
			v.SetString(string(s))
			return nil
		}
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		if n, ok := x.(int64); ok && !v.OverflowInt(n) {
			v.SetInt(n)
			return nil
		}
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		if n, ok := x.(int64); ok && n >= 0 && !v.OverflowUint(uint64(n)) {
			v.SetUint(uint64(n))
			return nil
		}
	case reflect.Bool:
		switch b := x.(type) {
		case bool:
			v.SetBool(b)
			return nil
		case int64:
			v.SetBool(b != 0)
			return nil
		}
	case reflect.Float64, reflect.Float32:
		switch n := x.(type) {
		case float64:
			v.SetFloat(n)
			return nil
		case int64:
			v.SetFloat(float64(n))
			return nil
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			switch b := x.(type) {
			case []byte:
				v.SetBytes(b)
				return nil
			case string:
				v.SetBytes([]byte(b))
				return nil
			}
		}
	}
	return fmt.Errorf("db: %v cannot be read from %T", v.Type(), x)
}

// Each reads row after row and hands each to fn; it stops at fn's first error.
func Each[T any](ctx context.Context, q Q, f Frag, fn func(T) error) error {
	got, err := open(ctx, q, f)
	if err != nil {
		return classify("read", err)
	}
	defer got.Close()
	cols, err := got.Columns()
	if err != nil {
		return classify("read", err)
	}
	t := reflect.TypeFor[T]()
	alone := howOf(t)
	scalar := t.Kind() != reflect.Struct || alone != plain
	var p *shape
	if !scalar {
		if p, err = shapeOf(t, f.SQL, cols); err != nil {
			return err
		}
	} else if len(cols) != 1 {
		return fmt.Errorf("db: %d columns do not fit into one %v", len(cols), t)
	}
	var one, empty T // one place for every row: a place for each would be thrown away as soon as fn has its copy
	v := reflect.ValueOf(&one).Elem()
	for {
		if err := ctx.Err(); err != nil {
			return classify("read", err)
		}
		more, err := got.next()
		if err != nil {
			return classify("read", err)
		}
		if !more {
			return nil
		}
		one = empty
		if scalar {
			err = got.into(0, v, alone)
		} else {
			for i, to := range p.places {
				if err = got.into(i, v.FieldByIndex(to.index), to.how); err != nil {
					err = fmt.Errorf("%w (column %s)", err, cols[i])
					break
				}
			}
		}
		if err != nil {
			return err
		}
		if err := fn(one); err != nil {
			return err
		}
	}
}

// open puts a question, or has the answer of a moment ago when nothing changed since.
func open(ctx context.Context, q Q, f Frag) (rows, error) {
	args := values(f.Args)
	if d, ok := q.(*DB); ok && f.often && !d.pg {
		return d.again(ctx, f.SQL, args)
	}
	return q.query(ctx, f.SQL, args)
}

// ofSQL are rows that come by way of the standard library.
type ofSQL struct {
	*sql.Rows
	row, ptr []any
}

func sqlRows(r *sql.Rows, err error) (rows, error) {
	if err != nil {
		return nil, err
	}
	return &ofSQL{Rows: r}, nil
}

func (r *ofSQL) value(i int) any { return r.row[i] }

func (r *ofSQL) into(i int, v reflect.Value, how how) error { return set(v, how, r.row[i]) }

func (r *ofSQL) next() (bool, error) {
	if !r.Next() {
		return false, r.Err()
	}
	if r.ptr == nil {
		cols, err := r.Columns()
		if err != nil {
			return false, err
		}
		r.row, r.ptr = make([]any, len(cols)), make([]any, len(cols))
		for i := range cols {
			r.ptr[i] = &r.row[i]
		}
	}
	return true, r.Scan(r.ptr...)
}

// Many reads all rows.
func Many[T any](ctx context.Context, q Q, f Frag) ([]T, error) {
	var out []T
	if p, ok := shapes.Load(shapeKey{reflect.TypeFor[T](), f.SQL}); ok {
		s := p.(*shape)
		if n := int(s.rows.Load()); n > 0 {
			out = make([]T, 0, n)
		}
		defer func() { s.rows.Store(int32(min(len(out), roomMost))) }()
	}
	err := Each(ctx, q, f, func(x T) error { out = append(out, x); return nil })
	if len(out) == 0 {
		out = nil
	}
	return out, err
}

// roomMost is for how many rows Many makes room beforehand, when so many came the last time.
const roomMost = 64

// One reads the first row; no row is fault.NotFound.
func One[T any](ctx context.Context, q Q, f Frag) (T, error) {
	var out T
	found := false
	err := Each(ctx, q, f, func(x T) error {
		if !found {
			out, found = x, true
		}
		return nil
	})
	if err == nil && !found {
		err = fault.Gone()
	}
	return out, err
}

// First is the first of what was read; nothing is fault.NotFound, the same as for somebody who may not know.
func First[T any](rows []T, err error) (T, error) {
	var none T
	if err == nil && len(rows) == 0 {
		err = fault.Gone()
	}
	if err != nil {
		return none, err
	}
	return rows[0], nil
}

// Do changes rows inside a transaction and says how many.
func Do(ctx context.Context, tx *Tx, f Frag) (int64, error) {
	n, err := tx.exec(ctx, f.SQL, values(f.Args))
	return n, classify("write", err)
}

// DoAll runs statements in their order, and says how many rows they touched together.
func DoAll(ctx context.Context, tx *Tx, fs ...Frag) (int64, error) {
	var all int64
	for _, f := range fs {
		n, err := Do(ctx, tx, f)
		if err != nil {
			return all, err
		}
		all += n
	}
	return all, nil
}

// Rows that one Insert statement carries at most, and values: a database takes no more than some thousands.
const (
	insertRows   = 64
	insertValues = 2048
)

// Insert adds rows to a table, in their order: F(`INSERT INTO table (columns) VALUES`). One statement carries many, which on PostgreSQL
// saves a way there and back for each. How many is a power of two: each number is a text of its own, and a connection keeps a
// compiled statement for every text.
func Insert(ctx context.Context, tx *Tx, into Frag, rows [][]any) error {
	for len(rows) > 0 {
		width := len(rows[0])
		n := 1 << (bits.Len(uint(min(len(rows), insertRows, max(insertValues/width, 1)))) - 1)
		f := Frag{SQL: insertSQL(into.SQL, width, n), Args: slices.Concat(rows[:n]...)}
		if _, err := Do(ctx, tx, f); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func insertSQL(into string, width, n int) string {
	row := "(?" + strings.Repeat(",?", width-1) + ")"
	return into + " " + row + strings.Repeat(","+row, n-1)
}
