package app

// This file guards the translations: of each it stands beside it from which Dutch text it was made, so that a text that
// was left behind shows itself as outdated, on the page too.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

func TestTranslationsSayFromWhichTextTheyWereMade(t *testing.T) {
	n := 0
	for _, p := range textParts() {
		dir := filepath.Join(root, "internal", p.Name)
		if _, err := os.Stat(dir); err != nil {
			dir = filepath.Join(root, "internal", "kernel", p.Name)
		}
		if others, _ := filepath.Glob(filepath.Join(dir, "text", "*.json")); len(others) <= 3 {
			continue // words of colleagues only: Dutch and English are both written by people
		}
		n++
		want, err := lang.Fingerprints(lang.Part{Name: p.Name, FS: os.DirFS(dir)}, lang.Machine)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "text", "states.json")
		if *update {
			if err := os.WriteFile(path, append(want, '\n'), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		have, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		if strings.TrimSpace(string(have)) != strings.TrimSpace(string(want)) {
			t.Errorf("%s: a text changed after it was translated: look at the translations, then go test ./internal/app -run Translations -update", p.Name)
		}
	}
	if n < 5 {
		t.Errorf("only %d rooms have translations: the search is broken", n)
	}
}
