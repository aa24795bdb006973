package db

// This file is one connection to SQLite: it keeps its statements compiled, gives them their values and takes their rows. It does so
// without database/sql, which for each of the many small questions of a page would look up the name and the type of every column
// again, and put every value into a box of its own.

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// conn is one connection. Whoever has it uses it alone.
type conn struct {
	*sqlite.Conn
	stmts map[string]*compiled
	asked int64 // how many statements were looked for
	err   error // the last error that it met
}

// compiled is a statement with the names of its columns.
type compiled struct {
	*sqlite.Stmt
	cols []string
	kept bool // for the next who asks
	busy bool
	last int64 // when it was looked for, by conn.asked
}

// statementsMost is how many statements a connection keeps: those of a page and its neighbours. Each takes some ten kilobytes, and the
// house has more than a thousand.
const statementsMost = 256

// connect opens a file, which is made when it is not there.
func connect(file string, more ...string) (*conn, error) {
	sc, err := sqlite.OpenConn(file, sqlite.OpenReadWrite, sqlite.OpenCreate)
	if err != nil {
		return nil, err
	}
	c := &conn{Conn: sc, stmts: map[string]*compiled{}}
	for _, p := range append(Pragmas[:len(Pragmas):len(Pragmas)], more...) {
		if err := c.script("PRAGMA " + p); err != nil {
			return nil, errors.Join(err, c.close())
		}
	}
	return c, nil
}

func (c *conn) close() error {
	for _, s := range c.stmts {
		_ = s.Finalize() // it tells the error of its last step again
	}
	return c.Conn.Close()
}

// compile gives a statement that nobody uses. One that is being read already, by whoever asks the same within, is compiled again.
func (c *conn) compile(q string) (*compiled, error) {
	c.asked++
	s, ok := c.stmts[q]
	if ok && !s.busy {
		s.last = c.asked
		return s, nil
	}
	stmt, rest, err := c.PrepareTransient(once(q))
	if err == nil && rest > 0 {
		err = errors.Join(errors.New("db: more than one statement"), stmt.Finalize())
	}
	if err != nil {
		c.err = err
		return nil, err
	}
	s = &compiled{Stmt: stmt, kept: !ok && c.room(), last: c.asked}
	for i := range stmt.ColumnCount() {
		s.cols = append(s.cols, stmt.ColumnName(i))
	}
	if s.kept {
		c.stmts[q] = s
	}
	return s, nil
}

// room makes room for one more statement: the one that nobody looked for the longest goes. There is none when all are in use.
func (c *conn) room() bool {
	if len(c.stmts) < statementsMost {
		return true
	}
	var oldest string
	for q, s := range c.stmts {
		if !s.busy && (oldest == "" || s.last < c.stmts[oldest].last) {
			oldest = q
		}
	}
	if oldest == "" {
		return false
	}
	_ = c.stmts[oldest].Finalize()
	delete(c.stmts, oldest)
	return true
}

// done makes a statement ready for the next who asks; one that is not kept is closed.
func (s *compiled) done() {
	s.busy = false
	if !s.kept {
		_ = s.Finalize() // this and Reset tell the error of the last step again
		return
	}
	_ = s.Reset()
	_ = s.ClearBindings() // what somebody asked for does not stay
}

// script runs what is not asked again: its statement is not kept.
func (c *conn) script(q string) error {
	err := sqlitex.ExecuteTransient(c.Conn, q, nil)
	if err != nil {
		c.err = err
	}
	return err
}

// exec runs a statement to its end and says how many rows it changed.
func (c *conn) exec(q string, args []any) (int64, error) {
	got, err := c.query(q, args)
	if err != nil {
		return 0, err
	}
	defer got.Close()
	for {
		if more, err := got.next(); err != nil {
			return 0, err
		} else if !more {
			return int64(c.Changes()), nil
		}
	}
}

// query begins a statement that answers with rows.
func (c *conn) query(q string, args []any) (*read, error) {
	s, err := c.compile(q)
	if err != nil {
		return nil, err
	}
	if n := s.BindParamCount(); n != len(args) {
		s.done()
		return nil, fmt.Errorf("db: %d values for %d question marks", len(args), n)
	}
	for i, a := range args {
		if err := s.bind(i+1, a); err != nil {
			s.done()
			return nil, fmt.Errorf("db: value %d of a question: %w", i+1, err)
		}
	}
	s.busy = true
	return &read{s: s, c: c, end: func() {}}, nil
}

// bind gives a statement one of its values.
func (s *compiled) bind(i int, a any) error {
	switch x := a.(type) {
	case nil:
		s.BindNull(i)
	case string:
		s.BindText(i, x)
	case int64:
		s.BindInt64(i, x)
	case bool:
		s.BindBool(i, x)
	case float64:
		s.BindFloat(i, x)
	case []byte:
		if x == nil {
			s.BindNull(i)
		} else {
			s.BindBytes(i, x)
		}
	case time.Time:
		return errors.New("a time is stored as milliseconds")
	default:
		v, err := driver.DefaultParameterConverter.ConvertValue(a)
		if err != nil {
			return err
		}
		return s.bind(i, v)
	}
	return nil
}

// read is one question that is being answered.
type read struct {
	s    *compiled
	c    *conn
	left bool        // it is broken off when whoever asked leaves
	mu   *sync.Mutex // of the page whose connection it is
	asOf uint64      // what of the changes it sees for certain
	end  func()
}

func (r *read) lock() {
	if r.mu != nil {
		r.mu.Lock()
	}
}

func (r *read) unlock() {
	if r.mu != nil {
		r.mu.Unlock()
	}
}

func (r *read) Columns() ([]string, error) { return r.s.cols, nil }

func (r *read) next() (bool, error) {
	r.lock()
	defer r.unlock()
	more, err := r.s.Step()
	if err != nil {
		r.c.err = err
	}
	return more, err
}

func (r *read) value(i int) any {
	r.lock()
	defer r.unlock()
	return r.s.value(i)
}

func (s *compiled) value(i int) any {
	switch s.ColumnType(i) {
	case sqlite.TypeInteger:
		return s.ColumnInt64(i)
	case sqlite.TypeFloat:
		return s.ColumnFloat(i)
	case sqlite.TypeText:
		return s.ColumnText(i)
	case sqlite.TypeBlob:
		return s.blob(i)
	}
	return nil
}

func (s *compiled) blob(i int) []byte {
	b := make([]byte, s.ColumnLen(i))
	s.ColumnBytes(i, b)
	return b
}

func (r *read) into(i int, v reflect.Value, how how) error {
	r.lock()
	defer r.unlock()
	s := r.s
	t := s.ColumnType(i)
	switch { // what is read most goes to its place without a box
	case how == moment && t == sqlite.TypeInteger:
		*v.Addr().Interface().(*time.Time) = time.UnixMilli(s.ColumnInt64(i)).UTC()
		return nil
	case how != plain:
	case t == sqlite.TypeText && v.Kind() == reflect.String:
		v.SetString(s.ColumnText(i))
		return nil
	case t == sqlite.TypeInteger && v.CanInt() && !v.OverflowInt(s.ColumnInt64(i)):
		v.SetInt(s.ColumnInt64(i))
		return nil
	case t == sqlite.TypeInteger && v.Kind() == reflect.Bool:
		v.SetBool(s.ColumnInt64(i) != 0)
		return nil
	case t == sqlite.TypeBlob && v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		v.SetBytes(s.blob(i))
		return nil
	}
	return set(v, how, s.value(i))
}

func (r *read) Close() error {
	r.lock()
	defer r.unlock()
	if r.s == nil {
		return nil
	}
	if r.left {
		r.c.SetInterrupt(nil)
	}
	r.s.done()
	r.s = nil
	r.end()
	return nil
}
