package db

// This file opens a database and holds its two ways in: a pool for reading, and transactions for writing.

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Pragmas are how every connection to SQLite is set. synchronous must stay FULL: with NORMAL a power cut loses
// writes that were acknowledged.
var Pragmas = []string{
	"journal_mode(WAL)",
	"synchronous(FULL)",
	"foreign_keys(1)",
	"busy_timeout(5000)",
	"secure_delete(1)",
	"temp_store(MEMORY)",
	"cache_size(" + cacheWriting + ")",
}

// How much of the file a connection keeps in memory: kilobytes with a minus, of which the library takes double. A reader's holds one
// page of ours, the writer's one commit of many; a filling goes through many pages again and again.
const (
	cacheReading = "-750"
	cacheWriting = "-1000"
	cacheFilling = "-16000"
)

// readersMost is how many connections read at once: as many as there are processors, since pages that are made side by side on one
// processor are all ready late, and each connection has a cache and statements of its own, which cost memory. That cache is thrown
// away whenever a later moment begins: it serves some pages, of which each reads mostly what is its own, and can be small. Slow
// questions come on top.
func readersMost() int { return min(max(runtime.GOMAXPROCS(0), 2), 16) }

// DB is an open database.
type DB struct {
	clock  clock.Clock
	server *sql.DB  // PostgreSQL only
	w      *writer  // SQLite only
	pool   *readers // SQLite only
	marks  marks    // SQLite only
	pg     bool
	binds  sync.Map // SQL text → text with $1
	broken chan struct{}

	closing sync.Once
	closed  error
}

// Open opens "sqlite:FILE" or a PostgreSQL address ("postgres://…" or "host=…").
func Open(ctx context.Context, dsn string, cl clock.Clock) (*DB, error) {
	d := &DB{clock: cl, broken: make(chan struct{})}
	file, embedded := strings.CutPrefix(dsn, "sqlite:")
	if !embedded {
		return d, d.openPostgres(ctx, dsn)
	}
	c, err := connect(file)
	if err != nil {
		return nil, classify("open "+file, err)
	}
	d.pool = newReaders(readersMost(), cl, &d.marks, func() (*conn, error) { return connect(file, "query_only(1)", "cache_size("+cacheReading+")") })
	d.w = startWriter(c, cl, &d.marks)
	d.broken = d.w.broken
	return d, nil
}

func (d *DB) openPostgres(ctx context.Context, dsn string) error {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "read the address of the database", err)
	}
	// A commit whose wait for the standby was cancelled answers success with only a warning. It must count as unsure.
	cfg.OnNotice = func(c *pgconn.PgConn, n *pgconn.Notice) {
		if n.Code == "01000" && strings.Contains(n.Message, "committed locally") {
			c.CustomData()["unsure"] = true
		}
	}
	d.pg = true
	d.server = stdlib.OpenDB(*cfg)
	d.server.SetMaxOpenConns(16)
	d.server.SetMaxIdleConns(16)
	if err := d.server.PingContext(ctx); err != nil {
		_ = d.server.Close()
		return fault.Wrap(fault.Unavailable, "reach the database", err)
	}
	return nil
}

// Close ends all connections; the write under way is finished first. Closing twice does nothing.
func (d *DB) Close() error {
	d.closing.Do(func() { d.closed = d.close() })
	return d.closed
}

func (d *DB) close() error {
	if d.w == nil {
		return d.server.Close()
	}
	// The writer's connection must be the last: closing it writes the log back and removes it, which a reading
	// connection may not do.
	close(d.w.stop)
	<-d.w.ended
	d.pool.close()
	return d.w.conn.close()
}

// Clock is the clock of this database's transactions.
func (d *DB) Clock() clock.Clock { return d.clock }

// Now is the clock's time.
func (d *DB) Now() time.Time { return d.clock.Now() }

// Postgres says whether this is PostgreSQL; only tools that explain themselves to an operator need to know.
func (d *DB) Postgres() bool { return d.pg }

// Broken is closed when the disk refused to keep a write; the program must then stop.
func (d *DB) Broken() <-chan struct{} { return d.broken }

// Check writes and takes back, to know whether writing is possible.
func (d *DB) Check(ctx context.Context) error {
	undo := errors.New("only a check")
	err := d.Tx(ctx, func(tx *Tx) error {
		if _, err := Do(ctx, tx, F(`UPDATE db_migration SET at = at WHERE line = ''`)); err != nil {
			return err
		}
		return undo
	})
	if errors.Is(err, undo) {
		return nil
	}
	return err
}

// Tx is one transaction. All its parts share one time.
type Tx struct {
	Now time.Time
	w   *writer // SQLite
	sql *sql.Tx // PostgreSQL
	d   *DB
	err error // PostgreSQL: its last error, even when the caller overlooked it
}

// Tx runs fn in a transaction: all of it happens, or nothing. An error of kind fault.Unsure means that the commit may
// have happened. fn must not call Tx again, and must not keep tx.
func (d *DB) Tx(ctx context.Context, fn func(tx *Tx) error) error {
	return d.change(job{ctx: ctx, fn: fn})
}

// Begin is Tx without the wait, for which the function that it returns is: it may be called once. Meanwhile the caller can read, and
// does not see what it writes; on a busy server others see it no later than the time that is called behind.
func (d *DB) Begin(ctx context.Context, fn func(tx *Tx) error) func() error {
	if d.w == nil {
		done := make(chan error, 1)
		go func() { done <- d.txPostgres(ctx, fn) }()
		return func() error { return <-done }
	}
	j := job{ctx: ctx, fn: fn, aside: true}
	if d.pool.crowded() { // no processor is idle that could write meanwhile
		return d.w.lay(j)
	}
	return d.w.begin(j)
}

// Bulk is Tx for filling: a transaction of its own, however long.
func (d *DB) Bulk(ctx context.Context, fn func(tx *Tx) error) error {
	return d.change(job{ctx: ctx, fn: fn, alone: true})
}

func (d *DB) change(j job) error {
	if d.w == nil {
		return d.txPostgres(j.ctx, j.fn)
	}
	defer d.Pause(j.ctx) // a page sees what it wrote
	return d.w.do(j)
}

// Scrub makes what was deleted leave the files too: on SQLite the write-ahead log is written back and emptied (pages are
// overwritten already, by secure_delete). On PostgreSQL that is the work of vacuum and of the archive's term.
func (d *DB) Scrub(ctx context.Context) error {
	if d.w == nil {
		return nil
	}
	return d.w.do(job{ctx: ctx, raw: []string{"PRAGMA wal_checkpoint(TRUNCATE)"}})
}

// Analyze tells the database how its tables are filled, so that it chooses the right index. It is for after a filling, and
// once a day; PostgreSQL also does it by itself.
func (d *DB) Analyze(ctx context.Context) error {
	if d.w == nil {
		_, err := d.server.ExecContext(ctx, "ANALYZE")
		return classify("analyze", err)
	}
	if err := d.w.do(job{ctx: ctx, raw: []string{"PRAGMA analysis_limit = 1000", "ANALYZE"}}); err != nil {
		return err
	}
	// A reading connection learns it when it opens the file, so each is opened anew.
	d.pool.renew()
	return nil
}

func (d *DB) txPostgres(ctx context.Context, fn func(tx *Tx) error) error {
	conn, err := d.server.Conn(ctx)
	if err != nil {
		return classify("begin", err)
	}
	defer conn.Close()
	stx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return classify("begin", err)
	}
	defer func() { _ = stx.Rollback() }() // after a commit this does nothing
	tx := &Tx{Now: d.clock.Now(), sql: stx, d: d}
	if err := protect(fn, tx); err != nil {
		return err
	}
	if tx.err != nil {
		return classify("write", tx.err) // PostgreSQL has given the transaction up; a commit would silently roll back
	}
	if err := stx.Commit(); err != nil {
		var pe *pgconn.PgError
		if errors.As(err, &pe) && strings.HasPrefix(pe.Code, "23") {
			return classify("commit", err)
		}
		return &fault.Fault{Kind: fault.Unsure, Cause: fmt.Errorf("commit: %w", err)}
	}
	unsure := false
	_ = conn.Raw(func(c any) error {
		data := c.(*stdlib.Conn).Conn().PgConn().CustomData()
		_, unsure = data["unsure"]
		delete(data, "unsure")
		return nil
	})
	if unsure {
		return &fault.Fault{Kind: fault.Unsure, Cause: errors.New("commit: the standby did not confirm")}
	}
	return nil
}

func (t *Tx) exec(ctx context.Context, q string, args []any) (int64, error) {
	ctx = context.WithoutCancel(ctx) // an interrupted statement would roll back everybody in this commit
	switch {
	case t.w != nil:
		t.w.wrote[written(q)] = true
		return t.w.conn.exec(q, args)
	case t.sql != nil:
		r, err := t.sql.ExecContext(ctx, t.d.rebind(q), args...)
		if err != nil {
			t.err = err
			return 0, err
		}
		return r.RowsAffected()
	}
	return 0, errOver
}

var errOver = errors.New("db: the transaction is over")

func (t *Tx) query(ctx context.Context, q string, args []any) (rows, error) {
	ctx = context.WithoutCancel(ctx)
	switch {
	case t.w != nil:
		return t.w.conn.query(q, args)
	case t.sql != nil:
		r, err := t.sql.QueryContext(ctx, t.d.rebind(q), args...)
		if err != nil {
			t.err = err
		}
		return sqlRows(r, err)
	}
	return nil, errOver
}

func (d *DB) query(ctx context.Context, q string, args []any) (rows, error) {
	if d.pg {
		return sqlRows(d.server.QueryContext(ctx, d.rebind(q), args...))
	}
	got, _, err := d.ask(ctx, q, args)
	return got, err
}

// once lets SQLite compile a statement once. It plans by the value of a bare "LIMIT ?", and so compiles such a statement
// anew each time that a value is bound; in an expression it is only a number. SQL texts are constants, none of which quotes it.
func once(q string) string { return strings.ReplaceAll(q, "LIMIT ?", "LIMIT ? + 0") }

// rebind turns ? into $1, $2, … and leaves quoted text and comments alone.
func (d *DB) rebind(q string) string {
	if v, ok := d.binds.Load(q); ok {
		return v.(string)
	}
	s := rebind(q)
	d.binds.Store(q, s)
	return s
}

func rebind(q string) string {
	var b strings.Builder
	n := 0
	for i := 0; i < len(q); i++ {
		switch c := q[i]; {
		case c == '\'' || c == '"':
			j := strings.IndexByte(q[i+1:], c)
			if j < 0 {
				b.WriteString(q[i:])
				return b.String()
			}
			b.WriteString(q[i : i+j+2])
			i += j + 1
		case c == '-' && strings.HasPrefix(q[i:], "--"):
			j := strings.IndexByte(q[i:], '\n')
			if j < 0 {
				return b.String()
			}
			i += j
			b.WriteByte('\n')
		case c == '?':
			n++
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
