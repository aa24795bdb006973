package db_test

// This file pulls the plug: a disk that keeps only what was synced, cut at a random moment, with the very settings of
// the real store. A killed process cannot find this fault, because the operating system keeps what it wrote.

import (
	"fmt"
	"io"
	"math/rand"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/embed" // the library itself
	"github.com/ncruces/go-sqlite3/vfs"

	"reisgezel/internal/kernel/db"
)

// write is one change that the disk has not promised yet.
type write struct {
	at   int64
	b    []byte
	trim bool // cut or grow the file to at
}

type image struct {
	kept    []byte // what survives a cut
	now     []byte // what the program reads
	pending []write
}

type disk struct {
	mu    sync.Mutex
	files map[string]*image
	ops   int
	cut   int // the power fails at this operation; 0 never
	dead  bool
}

func change(b []byte, w write) []byte {
	end := w.at
	if !w.trim {
		end += int64(len(w.b))
	}
	for int64(len(b)) < end {
		b = append(b, 0)
	}
	if w.trim {
		return b[:w.at:w.at]
	}
	copy(b[w.at:], w.b)
	return b
}

// on says whether there is still power for one more operation.
func (d *disk) on() bool {
	if d.dead {
		return false
	}
	d.ops++
	d.dead = d.cut > 0 && d.ops >= d.cut
	return !d.dead
}

// after is the disk as it is found when the power is back: what was not synced is lost, kept or torn in sectors, in any
// combination.
func (d *disk) after(r *rand.Rand) *disk {
	out := &disk{files: map[string]*image{}}
	for name, f := range d.files {
		b := append([]byte(nil), f.kept...)
		mode := r.Intn(3)
		for _, w := range f.pending {
			switch {
			case mode == 0:
			case mode == 1 || w.trim:
				if r.Intn(2) == 0 {
					b = change(b, w)
				}
			default:
				for s := 0; s < len(w.b); {
					e := min(len(w.b), s+512-int((w.at+int64(s))%512))
					if r.Intn(2) == 0 {
						b = change(b, write{at: w.at + int64(s), b: w.b[s:e]})
					}
					s = e
				}
			}
		}
		out.files[name] = &image{kept: b, now: append([]byte(nil), b...)}
	}
	return out
}

type plug struct{ d *disk }

func (p plug) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	if name == "" {
		name = fmt.Sprintf("temporary%d", len(p.d.files))
	}
	f := p.d.files[name]
	if f == nil {
		if flags&vfs.OPEN_CREATE == 0 {
			return nil, flags, sqlite3.CANTOPEN
		}
		f = &image{}
		p.d.files[name] = f
	}
	return &handle{d: p.d, f: f}, flags, nil
}

func (p plug) Delete(name string, _ bool) error {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	if !p.d.on() {
		return sqlite3.IOERR_DELETE
	}
	if p.d.files[name] == nil {
		return sqlite3.IOERR_DELETE_NOENT
	}
	delete(p.d.files, name)
	return nil
}

func (p plug) Access(name string, _ vfs.AccessFlag) (bool, error) {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	return p.d.files[name] != nil, nil
}

func (p plug) FullPathname(name string) (string, error) { return name, nil }

type handle struct {
	d    *disk
	f    *image
	lock vfs.LockLevel
}

func (h *handle) Close() error { return nil }

func (h *handle) ReadAt(b []byte, off int64) (int, error) {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	if off >= int64(len(h.f.now)) {
		return 0, io.EOF
	}
	if n := copy(b, h.f.now[off:]); n < len(b) {
		return n, io.EOF
	}
	return len(b), nil
}

func (h *handle) WriteAt(b []byte, off int64) (int, error) {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	w := write{at: off, b: append([]byte(nil), b...)}
	if !h.d.on() {
		if h.d.ops == h.d.cut { // the write in flight may be torn
			h.f.pending = append(h.f.pending, w)
			h.d.ops++
		}
		return 0, sqlite3.IOERR_WRITE
	}
	h.f.now = change(h.f.now, w)
	h.f.pending = append(h.f.pending, w)
	return len(b), nil
}

func (h *handle) Truncate(size int64) error {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	if !h.d.on() {
		return sqlite3.IOERR_TRUNCATE
	}
	w := write{at: size, trim: true}
	h.f.now = change(h.f.now, w)
	h.f.pending = append(h.f.pending, w)
	return nil
}

func (h *handle) Sync(vfs.SyncFlag) error {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	if !h.d.on() {
		return sqlite3.IOERR_FSYNC
	}
	h.f.kept = append([]byte(nil), h.f.now...)
	h.f.pending = nil
	return nil
}

func (h *handle) Size() (int64, error) {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	return int64(len(h.f.now)), nil
}

func (h *handle) Lock(l vfs.LockLevel) error       { h.lock = l; return nil }
func (h *handle) Unlock(l vfs.LockLevel) error     { h.lock = l; return nil }
func (h *handle) CheckReservedLock() (bool, error) { return false, nil }
func (h *handle) LockState() vfs.LockLevel         { return h.lock }
func (h *handle) SectorSize() int                  { return 512 }
func (h *handle) DeviceCharacteristics() vfs.DeviceCharacteristic {
	return vfs.IOCAP_POWERSAFE_OVERWRITE
}

// store opens the database on this disk with settings written as the real store writes them: "synchronous(FULL)".
// One connection holds the file, because a disk in memory has no memory that processes share.
func store(name string, d *disk, settings []string) (*sqlite3.Conn, error) {
	vfs.Register(name, plug{d})
	c, err := sqlite3.Open("file:app.db?vfs=" + name)
	if err != nil {
		return nil, err
	}
	sql := "PRAGMA locking_mode=EXCLUSIVE; "
	for _, s := range settings {
		key, value, _ := strings.Cut(strings.TrimSuffix(s, ")"), "(")
		sql += "PRAGMA " + key + "=" + value + "; "
	}
	return c, c.Exec(sql + "PRAGMA wal_autocheckpoint=20") // often, so that cuts fall into it too
}

// cut writes until the power fails and says how many acknowledged writes are gone afterwards.
func cut(t *testing.T, seed int64, settings []string) (acked, lost int) {
	t.Helper()
	r := rand.New(rand.NewSource(seed))
	d := &disk{files: map[string]*image{}}
	c, err := store("before", d, settings)
	defer vfs.Unregister("before")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Exec("CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT UNIQUE, v BLOB); CREATE TABLE s (n INTEGER); INSERT INTO s VALUES (0); PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	d.mu.Lock()
	d.cut = d.ops + 1 + r.Intn(600)
	d.mu.Unlock()
	for i := 1; i <= 400; i++ {
		if c.Exec(fmt.Sprintf("BEGIN IMMEDIATE; INSERT INTO t VALUES (%d,'k%d',randomblob(%d)); UPDATE s SET n = %d; COMMIT", i, r.Int63(), r.Intn(6000), i)) != nil {
			break
		}
		acked = i
	}
	found := d.after(r)
	_ = c.Close()
	c, err = store("after", found, settings)
	defer vfs.Unregister("after")
	if err != nil {
		t.Fatalf("cut %d: the database does not open any more: %v", seed, err)
	}
	defer c.Close()
	ask := func(sql string) string {
		st, _, err := c.Prepare(sql)
		if err != nil {
			t.Fatalf("cut %d: %v", seed, err)
		}
		defer st.Close()
		st.Step()
		return st.ColumnText(0)
	}
	if ok := ask("PRAGMA integrity_check"); ok != "ok" {
		t.Fatalf("cut %d: the database is damaged: %s", seed, ok)
	}
	var rows, last, n int
	if _, err := fmt.Sscan(ask("SELECT (SELECT count(*) FROM t) || ' ' || (SELECT coalesce(max(id), 0) FROM t) || ' ' || (SELECT n FROM s)"), &rows, &last, &n); err != nil {
		t.Fatalf("cut %d: %v", seed, err)
	}
	if rows != last || last != n {
		t.Errorf("cut %d: half a transaction is there: %d rows, last %d, counted %d", seed, rows, last, n)
	}
	if n > acked+1 {
		t.Errorf("cut %d: %d writes are there, only %d were sent", seed, n, acked+1)
	}
	return acked, max(0, acked-n)
}

func TestAPowerCutLosesNoAcknowledgedWrite(t *testing.T) {
	total, cuts := 0, int64(300)
	if os.Getenv("REISGEZEL_LONG") != "" {
		cuts = 20_000
	}
	for seed := range cuts {
		acked, lost := cut(t, seed, db.Pragmas)
		total += acked
		if lost > 0 {
			t.Fatalf("cut %d lost %d acknowledged writes", seed, lost)
		}
	}
	if total < 1000 {
		t.Fatalf("only %d writes were acknowledged in all cuts: the test tests nothing", total)
	}
}

// The same cuts must find the fault they are made for.
func TestThePowerCutFindsTheSettingThatLosesWrites(t *testing.T) {
	weak := append([]string(nil), db.Pragmas...)
	found := false
	for i, p := range weak {
		if p == "synchronous(FULL)" {
			weak[i], found = "synchronous(NORMAL)", true
		}
	}
	if !found {
		t.Fatal("the store does not ask for synchronous(FULL)")
	}
	for seed := range int64(100) {
		if _, lost := cut(t, seed, weak); lost > 0 {
			return
		}
	}
	t.Error("a hundred cuts lost nothing with synchronous=NORMAL: the test would not see the fault")
}
