// Package dbtest gives a test fresh databases: the embedded one, and PostgreSQL where its programs are installed.
package dbtest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// Start is where a test's clock stands: a Tuesday morning.
var Start = time.Date(2026, time.November, 24, 9, 0, 0, 0, clock.Netherlands)

// Each runs fn on a fresh embedded database and on a fresh PostgreSQL one, both migrated along these lines. Their
// clock is a *clock.Manual that stands at Start.
func Each(t *testing.T, lines []db.Line, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, SQLite(t, lines)) })
	t.Run("postgres", func(t *testing.T) { fn(t, Postgres(t, lines)) })
}

// SQLite is a fresh embedded database.
func SQLite(t testing.TB, lines []db.Line) *db.DB {
	t.Helper()
	file := filepath.Join(t.TempDir(), "test.db")
	mu.Lock()
	defer mu.Unlock()
	key := mark(t, lines)
	if b, ok := files[key]; ok {
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return open(t, "sqlite:"+file)
	}
	d := migrated(t, open(t, "sqlite:"+file), lines)
	if err := d.Close(); err != nil { // writes the log back, so that the one file is all of it
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	files[key] = b
	return open(t, "sqlite:"+file)
}

// Postgres is a fresh database on a throw-away server; the test is skipped, saying why, when there is none.
func Postgres(t testing.TB, lines []db.Line) *db.DB {
	t.Helper()
	host := server(t)
	mu.Lock()
	defer mu.Unlock()
	key := mark(t, lines)
	from, ok := templates[key]
	if !ok {
		from = create(t, host, "")
		d := migrated(t, open(t, "host="+host+" user=app dbname="+from), lines)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		templates[key] = from
	}
	return open(t, "host="+host+" user=app dbname="+create(t, host, from))
}

// PostgresAddress makes a fresh, empty PostgreSQL database and tells its address.
func PostgresAddress(t testing.TB) string {
	t.Helper()
	host := server(t)
	return "host=" + host + " user=app dbname=" + create(t, host, "")
}

// server is where the throw-away server listens.
func server(t testing.TB) string {
	t.Helper()
	host, err := cluster()
	if err != nil {
		if os.Getenv("REISGEZEL_REQUIRE_ALL") != "" {
			t.Fatalf("PostgreSQL is required here: %v", err)
		}
		t.Skipf("skipped: no PostgreSQL (%v); install the package postgresql to run this", err)
	}
	return host
}

// create makes a database like another one, or an empty one, and tells its name.
func create(t testing.TB, host, from string) string {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, "host="+host+" user=app dbname=postgres")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	name := fmt.Sprintf("t%d", count.Add(1))
	sql := "CREATE DATABASE " + name
	if from != "" {
		sql += " TEMPLATE " + from
	}
	for range 50 { // a connection that was closed a moment ago may still count as one
		if _, err = c.Exec(ctx, sql); err == nil || !strings.Contains(err.Error(), "55006") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func open(t testing.TB, dsn string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), dsn, clock.NewManual(Start))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func migrated(t testing.TB, d *db.DB, lines []db.Line) *db.DB {
	t.Helper()
	if err := d.Migrate(context.Background(), lines); err != nil {
		t.Fatal(err)
	}
	return d
}

// mark tells the migrations of one test from those of another.
func mark(t testing.TB, lines []db.Line) string {
	t.Helper()
	h := sha256.New()
	for _, l := range lines {
		names, err := fs.Glob(l.FS, "*schema/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			b, err := fs.ReadFile(l.FS, n)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(h, "%s %s %d %s\n", l.Name, n, len(b), b)
		}
	}
	return string(h.Sum(nil))
}

// Migrating takes longer than most tests, so it is done once for each set of migrations, and every database is a copy.
var (
	mu        sync.Mutex
	files     = map[string][]byte{}
	templates = map[string]string{}
)

var (
	count atomic.Int64
	once  sync.Once
	dir   string
	fail  error
)

// cluster starts one server for this test program. It dies with the program, and the next one clears its folder.
func cluster() (string, error) {
	once.Do(func() { dir, fail = start() })
	return dir, fail
}

func binary(name string) (string, error) {
	m, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	sort.Strings(m)
	if len(m) > 0 {
		return m[len(m)-1], nil
	}
	return exec.LookPath(name)
}

func start() (string, error) {
	initdb, err := binary("initdb")
	if err != nil {
		return "", err
	}
	postgres, err := binary("postgres")
	if err != nil {
		return "", err
	}
	sweep()
	dir, err := os.MkdirTemp("", "rgpg")
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(dir, "owner"), []byte(strconv.Itoa(os.Getpid())), 0o600); err != nil {
		return "", err
	}
	sys := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() == 0 { // PostgreSQL refuses to run as root
		u, err := user.Lookup("nobody")
		if err != nil {
			return "", err
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			return "", err
		}
		sys.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	data := filepath.Join(dir, "d")
	c := exec.Command(initdb, "-D", data, "-U", "app", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions")
	c.SysProcAttr, c.Dir = sys, dir
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("initdb: %w: %s", err, out)
	}
	p := exec.Command(postgres, "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off",
		"-c", "synchronous_commit=off", "-c", "shared_buffers=64MB", "-c", "max_connections=200")
	p.SysProcAttr, p.Dir = sys, dir
	if err := p.Start(); err != nil {
		return "", err
	}
	for range 300 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		conn, err := pgx.Connect(ctx, "host="+dir+" user=app dbname=postgres")
		cancel()
		if err == nil {
			_ = conn.Close(context.Background())
			return dir, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	_ = p.Process.Kill()
	return "", fmt.Errorf("postgres did not answer in %s", dir)
}

// sweep removes the folders of test programs that ended.
func sweep() {
	olds, _ := filepath.Glob(filepath.Join(os.TempDir(), "rgpg*"))
	for _, o := range olds {
		b, err := os.ReadFile(filepath.Join(o, "owner"))
		if err != nil {
			continue
		}
		pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
		if err != nil || syscall.Kill(pid, 0) == nil {
			continue
		}
		_ = os.RemoveAll(o)
	}
}
