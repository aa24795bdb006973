package app

// This file runs the commands as an operator does.

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// paper is an output that may be read while it is written.
type paper struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (p *paper) Write(b []byte) (int, error) { p.mu.Lock(); defer p.mu.Unlock(); return p.b.Write(b) }
func (p *paper) String() string              { p.mu.Lock(); defer p.mu.Unlock(); return p.b.String() }

// started runs a command until the test ends and waits for the address it tells.
func started(t *testing.T, args ...string) (addr string, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, errs := &paper{}, &paper{}
	done := make(chan error, 1)
	go func() {
		done <- Run(ctx, args, strings.NewReader(""), out, errs, func(string) string { return "" })
	}()
	told := regexp.MustCompile(`127\.0\.0\.1:\d+`)
	for range 600 {
		if m := told.FindString(out.String()); m != "" {
			return m, func() error { cancel(); return <-done }
		}
		select {
		case err := <-done:
			cancel()
			t.Fatalf("%v stopped: %v\n%s", args, err, errs)
		case <-time.After(50 * time.Millisecond):
		}
	}
	cancel()
	t.Fatalf("%v told no address:\n%s%s", args, out, errs)
	return "", nil
}

func TestTheCommandsOfTheREADME(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{"go run ./cmd/reisgezel demo", "go test -timeout 60m ./..."} {
		if !strings.Contains(string(b), "    "+c+"\n") {
			t.Errorf("the README does not say %q", c)
		}
	}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	addr, stop := started(t, "demo", "--listen", "127.0.0.1:0", "--people", "50")
	res, err := http.Get("http://" + addr + "/")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK || !strings.HasSuffix(res.Request.URL.Path, "/inloggen") {
		t.Errorf("the front door: %d %s", res.StatusCode, res.Request.URL)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	left, _ := os.ReadDir(temp)
	if len(left) > 0 {
		t.Errorf("the demonstration left %s behind", left[0].Name())
	}
}

func TestTheRealThingBeginsWithSetupAndHasNoOpenDoors(t *testing.T) {
	data, keys := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "keys")
	args := []string{"--data", data, "--keys", keys, "--url", "https://reisgezel.example.org", "--proxy", "--clamd", "none", "--listen", "127.0.0.1:0"}
	run := func(a ...string) (string, error) {
		var out, errs bytes.Buffer
		err := Run(t.Context(), append(a, args...), strings.NewReader(""), &out, &errs, func(string) string { return "" })
		return out.String(), err
	}
	if _, err := run("serve"); err == nil || !strings.Contains(err.Error(), "reisgezel setup") {
		t.Errorf("it serves nobody: %v", err)
	}
	if _, err := run("setup"); err == nil || !strings.Contains(err.Error(), "--name") {
		t.Errorf("setup of nobody: %v", err)
	}
	out, err := run("setup", "--name", "Fatma Yilmaz", "--email=fatma@example.org")
	if err != nil || !strings.Contains(out, "https://reisgezel.example.org/uitnodiging/") {
		t.Fatalf("%s %v", out, err)
	}
	for _, dir := range []string{data, keys} {
		if st, err := os.Stat(dir); err != nil || st.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v %v", dir, st.Mode(), err)
		}
	}
	addr, stop := started(t, append([]string{"serve"}, args...)...)
	res, err := http.Get("http://" + addr + "/inloggen")
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	_, _ = page.ReadFrom(res.Body)
	res.Body.Close()
	if res.StatusCode != 200 || strings.Contains(page.String(), "u-ria") || strings.Contains(page.String(), "/inloggen/demo") {
		t.Errorf("the sign-in page of the real thing: %d, or it has open accounts", res.StatusCode)
	}
	if res.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no word about TLS")
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if out, err := run("log", "verify"); err != nil || out == "" {
		t.Errorf("%q %v", out, err)
	}
	if err := os.Remove(filepath.Join(keys, "master.key")); err != nil {
		t.Fatal(err)
	}
	if _, err := run("serve"); err == nil || !strings.Contains(err.Error(), "master key") {
		t.Errorf("without the master key: %v", err)
	}
	if err := os.RemoveAll(keys); err != nil {
		t.Fatal(err)
	}
	if _, err := run("serve"); err == nil || !strings.Contains(err.Error(), "key store") {
		t.Errorf("without the key store: %v", err)
	}
}

// Erasing asks to be sure, tells an unknown id from a known one, and works beside a running server.
func TestAnOperatorGivesAndErasesOnePerson(t *testing.T) {
	dir := t.TempDir()
	_, stop := started(t, "demo", "--listen", "127.0.0.1:0", "--data", dir, "--people", "20")
	run := func(args ...string) (string, error) {
		var out bytes.Buffer
		err := Run(t.Context(), append(args, "--data", dir), strings.NewReader(""), &out, &out, func(string) string { return "" })
		return out.String(), err
	}
	if out, err := run("person", "export", "p-reem"); err != nil || !strings.Contains(out, "2820011427") {
		t.Errorf("export: %v", err)
	}
	for _, args := range [][]string{{"person", "erase", "p-reem"}, {"person", "erase", "p-nobody", "--sure"}, {"person", "export", "p-nobody"}, {"person", "show", "p-reem"}, {"person", "export"}} {
		if out, err := run(args...); err == nil {
			t.Errorf("%v: %s", args, out)
		}
	}
	if _, err := run("person", "export", "p-reem"); err != nil {
		t.Error("she is gone though nobody was sure:", err)
	}
	if _, err := run("person", "erase", "p-reem", "--sure"); err != nil {
		t.Error(err)
	}
	if _, err := run("person", "export", "p-reem"); err == nil {
		t.Error("she is still there")
	}
	if out, err := run("log", "verify"); err != nil || !strings.Contains(out, "the chain is whole") {
		t.Errorf("the log: %s %v", out, err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestTheHeapMayGrowBySomeMegabytes(t *testing.T) {
	for live, want := range map[uint64]int{0: 50, 10 << 20: 50, 32 << 20: 40, 48 << 20: 27, 64 << 20: 20, 256 << 20: 5, 800 << 20: 4} {
		if got := growth(live); got != want {
			t.Errorf("%d MB live: %d %%, want %d", live>>20, got, want)
		}
	}
}
