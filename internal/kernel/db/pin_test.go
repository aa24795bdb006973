package db_test

// This file guards what the driver of SQLite says about its own libc: another version of it crashes or corrupts.

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

func TestLibcIsTheOneThatTheDriverPins(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "modernc.org/sqlite").Output()
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(strings.TrimSpace(string(dir)) + "/go.mod")
	if err != nil {
		t.Fatal(err)
	}
	want := regexp.MustCompile(`modernc\.org/libc (v\S+)`).FindSubmatch(theirs)
	if want == nil {
		t.Fatal("the driver's go.mod names no libc: the test reads the wrong file")
	}
	ours, err := exec.Command("go", "list", "-m", "-json", "modernc.org/libc").Output()
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Version string
		Replace *struct{ Path, Version string }
	}
	if err := json.NewDecoder(bytes.NewReader(ours)).Decode(&m); err != nil {
		t.Fatal(err)
	}
	if m.Version != string(want[1]) || m.Replace != nil {
		t.Errorf("modernc.org/libc is %s (replaced: %v), the driver was made with %s", m.Version, m.Replace, want[1])
	}
}
