package privacy_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"

	"path/filepath"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

var lines = []db.Line{{Name: "keys", FS: privacy.KeySchema}}

var master = bytes.Repeat([]byte{7}, 32)

func vault(t testing.TB, d *db.DB) *privacy.Vault {
	t.Helper()
	v, err := privacy.Open(t.Context(), d, master)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSealedIsBoundToPersonAndPlace(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		v := vault(t, d)
		a, err := v.NewKey(t.Context(), "p-a")
		if err != nil {
			t.Fatal(err)
		}
		b, err := v.NewKey(t.Context(), "p-b")
		if err != nil {
			t.Fatal(err)
		}
		s := a.Seal("t.note/1", []byte("Selam"))
		if bytes.Contains(s, []byte("Selam")) {
			t.Error("it can be read")
		}
		again := vault(t, d) // another program on the same store
		k, err := again.Key(t.Context(), "p-a")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := k.Open("t.note/1", s); err != nil || string(got) != "Selam" {
			t.Errorf("%q %v", got, err)
		}
		if _, err := k.Open("t.note/2", s); err == nil {
			t.Error("it opened at another place")
		}
		if _, err := b.Open("t.note/1", s); err == nil {
			t.Error("another person's key opened it")
		}
		if _, err := (privacy.Key{}).Open("t.note/1", s); err == nil {
			t.Error("no key opened it")
		}
		for i := range s {
			bad := bytes.Clone(s)
			bad[i] ^= 1
			if _, err := k.Open("t.note/1", bad); err == nil {
				t.Fatalf("changed at byte %d, it still opened", i)
			}
		}
	})
}

func TestADestroyedKeyIsGone(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		v := vault(t, d)
		if _, err := v.NewKeys(t.Context(), []string{"p-a", "p-b"}); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time from the cache
			if _, err := v.Key(t.Context(), "p-a"); err != nil {
				t.Fatal(err)
			}
		}
		if err := v.Shred(t.Context(), "p-a"); err != nil {
			t.Fatal(err)
		}
		if _, err := v.Key(t.Context(), "p-a"); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
		if _, err := v.Key(t.Context(), "p-b"); err != nil {
			t.Errorf("the other one is gone too: %v", err)
		}
		many := []string{"p-b"}
		for i := range 1200 { // more than one statement takes
			many = append(many, fmt.Sprintf("p-%d", i))
		}
		if _, err := v.NewKeys(t.Context(), many[1:]); err != nil {
			t.Fatal(err)
		}
		if err := v.Shred(t.Context(), many...); err != nil {
			t.Fatal(err)
		}
		for _, id := range many {
			if _, err := v.Key(t.Context(), id); !fault.Is(err, fault.NotFound) {
				t.Fatalf("%s of many: %v", id, err)
			}
		}
	})
}

// What was sealed stays sealed for good, also for somebody who kept a copy of the data and all that is left of the keys.
func TestWhatWasSealedWithADestroyedKeyStaysSealed(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		v := vault(t, d)
		k, err := v.NewKey(t.Context(), "p-a")
		if err != nil {
			t.Fatal(err)
		}
		copied := k.Seal("t.note/1", []byte("a note in last month's backup"))
		if err := v.Shred(t.Context(), "p-a"); err != nil {
			t.Fatal(err)
		}
		again := vault(t, d)
		if _, err := again.Key(t.Context(), "p-a"); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
		next, err := again.NewKey(t.Context(), "p-a") // even the same id never gets the same key again
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []privacy.Key{next, again.House("t"), {}} {
			if b, err := x.Open("t.note/1", copied); err == nil {
				t.Errorf("it was opened: %q", b)
			}
		}
	})
}

// Keys that are asked for while one is destroyed must not bring it back into the cache.
func TestADestroyedKeyDoesNotComeBackIntoTheCache(t *testing.T) {
	v := vault(t, dbtest.SQLite(t, lines))
	for i := range 30 {
		id := fmt.Sprintf("p-%d", i)
		if _, err := v.NewKey(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for range 20 {
					if _, err := v.Key(t.Context(), id); err != nil && !fault.Is(err, fault.NotFound) {
						t.Error(err)
					}
				}
			})
		}
		if err := v.Shred(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		wg.Wait()
		if _, err := v.Key(t.Context(), id); !fault.Is(err, fault.NotFound) {
			t.Fatalf("%s is back: %v", id, err)
		}
	}
}

func TestWhatIsKeptOpenedIsWhatWasSealedLast(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		type card struct{ Name string }
		v := vault(t, d)
		keys, err := v.NewKeys(t.Context(), []string{"p-a", "p-b"})
		if err != nil {
			t.Fatal(err)
		}
		seal := func(who, place, name string) []byte {
			b, err := privacy.SealJSON(keys[who], place, card{name})
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		selam, senait, other, dawit := seal("p-a", "t.card/a", "Selam"), seal("p-a", "t.card/a", "Senait"), seal("p-a", "t.note/a", "a note"), seal("p-b", "t.card/b", "Dawit")
		for i, x := range []struct {
			who, place string
			sealed     []byte
			want       string
		}{
			{"p-a", "t.card/a", selam, "Selam"}, {"p-a", "t.card/a", selam, "Selam"}, {"p-b", "t.card/b", dawit, "Dawit"}, {"p-a", "t.card/a", senait, "Senait"},
			{"p-a", "t.note/a", other, "a note"}, {"p-a", "t.card/a", selam, "Selam"}, {"p-b", "t.card/b", dawit, "Dawit"}, {"p-b", "t.card/b", nil, ""},
		} {
			got, err := privacy.Opened[card](t.Context(), v, x.who, x.place, x.sealed)
			if err != nil || got.Name != x.want {
				t.Errorf("%d: %q %v, not %q", i, got.Name, err, x.want)
			}
		}
		if _, err := privacy.Opened[card](t.Context(), v, "p-a", "t.card/a", selam); err != nil {
			t.Fatal(err)
		}
		for name, x := range map[string]struct {
			who, place string
			sealed     []byte
		}{"of somebody else": {"p-b", "t.card/a", selam}, "of another place": {"p-a", "t.card/b", selam}, "changed": {"p-a", "t.card/a", append(bytes.Clone(selam[:len(selam)-1]), selam[len(selam)-1]^1)}} {
			if got, err := privacy.Opened[card](t.Context(), v, x.who, x.place, x.sealed); err == nil {
				t.Errorf("what is %s opened: %q", name, got.Name)
			}
		}
		if n, err := privacy.Opened[int](t.Context(), v, "p-a", "t.card/a", selam); err == nil {
			t.Errorf("a card was read as a number: %d", n)
		}
		room := bytes.Clone(senait)
		if got, err := privacy.Opened[card](t.Context(), v, "p-a", "t.card/a", room); err != nil || got.Name != "Senait" {
			t.Fatalf("%q %v", got.Name, err)
		}
		room[0] ^= 1 // whoever read it uses the room again
		if got, err := privacy.Opened[card](t.Context(), v, "p-a", "t.card/a", room); err == nil {
			t.Errorf("other bytes in the same room opened: %q", got.Name)
		}
		if err := v.Shred(t.Context(), "p-a"); err != nil {
			t.Fatal(err)
		}
		if got, err := privacy.Opened[card](t.Context(), v, "p-a", "t.card/a", selam); !fault.Is(err, fault.NotFound) {
			t.Errorf("the key is destroyed, and it still answers: %q %v", got.Name, err)
		}
		if got, err := privacy.Opened[card](t.Context(), v, "p-b", "t.card/b", dawit); err != nil || got.Name != "Dawit" {
			t.Errorf("%q %v", got.Name, err)
		}
	})
}

func TestAWrongMasterKeyIsRefusedAtTheStart(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	vault(t, d)
	if _, err := privacy.Open(t.Context(), d, bytes.Repeat([]byte{8}, 32)); err == nil {
		t.Error("a wrong master key was taken")
	}
}

func TestAMissingKeyStoreIsUnavailableNotAbsent(t *testing.T) {
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "keys.db"), clock.NewManual(dbtest.Start))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(t.Context(), lines); err != nil {
		t.Fatal(err)
	}
	v := vault(t, d)
	if _, err := v.NewKey(t.Context(), "p-a"); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Key(t.Context(), "p-a"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v", err)
	}
}

// A key that was destroyed must not be found in the files either.
func TestTheFileForgetsADestroyedKey(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "keys.db")
	d, err := db.Open(t.Context(), "sqlite:"+file, clock.NewManual(dbtest.Start))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(t.Context(), lines); err != nil {
		t.Fatal(err)
	}
	v := vault(t, d)
	if _, err := v.NewKeys(t.Context(), []string{"p-canary-one", "p-other"}); err != nil {
		t.Fatal(err)
	}
	wrapped, err := db.One[[]byte](t.Context(), d, db.F(`SELECT wrapped FROM privacy_key WHERE subject = ?`, "p-canary-one"))
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Shred(t.Context(), "p-canary-one"); err != nil {
		t.Fatal(err)
	}
	defer d.Close() // the program goes on; the files must have forgotten already
	files, _ := filepath.Glob(file + "*")
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, wrapped) || bytes.Contains(b, []byte("p-canary-one")) {
			t.Errorf("%s still holds the key", filepath.Base(f))
		}
	}
}

func TestTokensKeepKindsApart(t *testing.T) {
	v := vault(t, dbtest.SQLite(t, lines))
	a, b, c := v.Token("phone", "0612345678"), v.Token("phone", "0612345678"), v.Token("vnumber", "0612345678")
	if !bytes.Equal(a, b) || bytes.Equal(a, c) || len(a) != 16 {
		t.Errorf("%x %x %x", a, b, c)
	}
}

func TestManyAskForKeysAtOnce(t *testing.T) {
	v := vault(t, dbtest.SQLite(t, lines))
	var ids []string
	for i := range 200 {
		ids = append(ids, fmt.Sprintf("p-%d", i))
	}
	if _, err := v.NewKeys(t.Context(), ids); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range ids {
				if _, err := v.Key(t.Context(), ids[(i*7+w)%len(ids)]); err != nil {
					t.Error(err)
				}
				v.Token("k", ids[i])
				v.House("h")
			}
		})
	}
	wg.Wait()
}

func bsn(r *rand.Rand) string {
	for {
		sum := 0
		s := ""
		for i := range 8 {
			d := r.IntN(10)
			s += fmt.Sprint(d)
			sum += (9 - i) * d
		}
		if last := sum % 11; last < 10 && sum-last != 0 {
			return s + fmt.Sprint(last)
		}
	}
}

func script(s string, zero rune) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return zero + r - '0'
		}
		return r
	}, s)
}

func TestEveryNotationOfABSNIsFound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		b := bsn(r)
		for _, n := range []string{
			b, "bsn " + b, b[:3] + "." + b[3:6] + "." + b[6:], b[:4] + " " + b[4:6] + " " + b[6:], b[:3] + "-" + b[3:6] + "-" + b[6:],
			"(" + b + ").", "Haar nummer is " + b + ", zei ze", script(b, '٠'), script(b, '۰'), script(b, '０'), script(b, '०'),
			b[:3] + "\u00a0" + b[3:6] + "\u00a0" + b[6:], b[:3] + "–" + b[3:6] + "–" + b[6:], b[:3] + " - " + b[3:6] + " - " + b[6:],
			"Gesproken op 24-11-2026 " + b, "kamer 5 " + b, b + " 2026", "24-11-2026 " + b[:3] + " " + b[3:6] + " " + b[6:], "bsn" + b,
			"BSN-nummer: " + b[:5] + " " + b[5:], "\u200e" + b[:4] + "\u200f" + b[4:], strings.Join(strings.Split(b, ""), " "),
		} {
			if !privacy.HasBSN(n) {
				t.Fatalf("not found in %q", n)
			}
		}
		if b[0] == '0' && !privacy.HasBSN("BSN: "+b[1:]) {
			t.Fatalf("eight digits not found: %s", b[1:])
		}
	}
}

func TestWhatIsNoBSNPasses(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		ten := fmt.Sprint(1000000000 + r.IntN(8999999999))
		for _, n := range []string{
			ten, "V " + ten[:3] + " " + ten[3:6] + " " + ten[6:], "06-" + ten[:8], "+31 6 " + ten[:8], "0031 6 " + ten[:4] + " " + ten[4:8],
			"NL91ABNA0" + ten[:9], "NL91 ABNA 0" + ten[:3] + " " + ten[3:7] + " " + ten[7:9], ten[:8], "24-11-2026", "kamer 114, 10:30 uur", "Z1-" + ten + "00",
			"24-11-2026 " + ten[:1] + " mensen", "2026-11-24 " + ten[:1], "zaak 2026-" + ten[:5], "0031 " + ten[:3] + " " + ten[3:6] + " " + ten[6:9],
			"06 " + ten[:2] + " " + ten[2:4] + " " + ten[4:6] + " " + ten[6:8], "V" + ten, "0" + ten[:9], ten[:4] + " AB " + ten[4:6],
		} {
			if privacy.HasBSN(n) {
				t.Fatalf("refused %q", n)
			}
		}
	}
}

func FuzzHasBSN(f *testing.F) {
	f.Add("123456782")
	f.Add("١٢٣-٤٥٦-٧٨٢ \u202e")
	f.Fuzz(func(t *testing.T, s string) { privacy.HasBSN(s) })
}

func FuzzOpen(f *testing.F) {
	v := vault(f, dbtest.SQLite(f, lines))
	k := v.House("fuzz")
	f.Add([]byte{}, k.Seal("a", []byte("x")))
	f.Fuzz(func(t *testing.T, plain, sealed []byte) {
		if got, err := k.Open("a", k.Seal("a", plain)); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%q came back as %q, %v", plain, got, err)
		}
		_, _ = k.Open("b", sealed)
	})
}

func BenchmarkSealAndOpenANote(b *testing.B) {
	k := vault(b, dbtest.SQLite(b, lines)).House("bench")
	note := bytes.Repeat([]byte("n"), 300)
	for b.Loop() {
		if _, err := k.Open("t.note/1", k.Seal("t.note/1", note)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkKeyFromTheCache(b *testing.B) {
	v := vault(b, dbtest.SQLite(b, lines))
	if _, err := v.NewKey(b.Context(), "p"); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := v.Key(b.Context(), "p"); err != nil {
			b.Fatal(err)
		}
	}
}
