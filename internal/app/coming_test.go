package app

// This file reads the paper that somebody takes along as they hold it: what comes stands on it with its place and its interpreter,
// whoever of us plans it.

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatComesIsOnThePaperWithItsPlaceAndInterpreter(t *testing.T) {
	read, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not here")
	}
	h, base := demoHouse(t, Settings{People: 60})
	for who, words := range map[string][]string{
		"p-selam": {"Uitleg en voorlichting", "Kamer 2", "Kerkstraat 3, Utrecht", "De tolk belt mee.", "Nader gehoor", "IND Den Bosch", "de IND zorgt voor een tolk"},
		"p-reem":  {"Er is een tolk bij.", "Aanvullend gehoor", "IND Utrecht"},
	} {
		code, body, _ := ask(t, browser(t, h, base, "client:"+who), base, http.MethodGet, "/mijn/papier/bestand?taal=nl", nil)
		name := filepath.Join(t.TempDir(), "p.pdf")
		if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := exec.Command(read, "-layout", name, "-").CombinedOutput()
		if code != http.StatusOK || err != nil {
			t.Fatal(code, err)
		}
		for _, w := range words {
			if !strings.Contains(string(text), w) {
				t.Errorf("%q is not on the paper of %s:\n%s", w, who, text)
			}
		}
	}
}
