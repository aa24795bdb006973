// Package dbtest gives a test fresh databases: the embedded one, and PostgreSQL where its programs are installed.
package dbtest

import (
	"context"
	"fmt"
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
	return open(t, "sqlite:"+filepath.Join(t.TempDir(), "test.db"), lines)
}

// Postgres is a fresh database on a throw-away server; the test is skipped, saying why, when there is none.
func Postgres(t testing.TB, lines []db.Line) *db.DB {
	t.Helper()
	return open(t, PostgresAddress(t), lines)
}

// PostgresAddress makes a fresh, empty PostgreSQL database and tells its address.
func PostgresAddress(t testing.TB) string {
	t.Helper()
	host, err := cluster()
	if err != nil {
		if os.Getenv("REISGEZEL_REQUIRE_ALL") != "" {
			t.Fatalf("PostgreSQL is required here: %v", err)
		}
		t.Skipf("skipped: no PostgreSQL (%v); install the package postgresql to run this", err)
	}
	ctx := context.Background()
	c, err := pgx.Connect(ctx, "host="+host+" user=app dbname=postgres")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	name := fmt.Sprintf("t%d", count.Add(1))
	if _, err := c.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	return "host=" + host + " user=app dbname=" + name
}

func open(t testing.TB, dsn string, lines []db.Line) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), dsn, clock.NewManual(Start))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(context.Background(), lines); err != nil {
		t.Fatal(err)
	}
	return d
}

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
