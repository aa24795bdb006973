package rights

// This file takes the paper in hand: both languages, what was lent, and a code that says nothing of anybody.

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// free says that nobody works today and tomorrow, so that one can walk in a day later.
func free(d clock.Date) bool {
	return d == clock.Today(dbtest.Start) || d == clock.Today(dbtest.Start).AddDays(1)
}

func TestThePaperIsInTwoLanguagesAndItsCodeSaysNothing(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, schema))
	var asked []string
	o.r.LendPaper("https://reisgezel.example.org", free, []dossier.Excerpt{{Name: "way", Lines: func(v *web.Visit, f dossier.File) ([]ui.FactP, error) {
		asked = append(asked, f.ID())
		return []ui.FactP{{Label: "Wachten op het besluit", Small: "De IND is aan de beurt"}}, nil
	}}})
	reem := o.As(self("p-reem"))
	want(t, "the page", reem.Get("/mijn/papier"), 200, "/mijn/papier/bestand")
	a := reem.Get("/mijn/papier/bestand?taal=ar")
	want(t, "the paper", a, 200, "%PDF-1.7", "/S/Part/", "!p-reem", "!2820011427")
	if len(asked) != 2 || asked[0] != "p-reem" {
		t.Errorf("the parts were asked of %v, not twice of her", asked)
	}
	want(t, "for a colleague", o.As(amira).Get("/mijn/papier/bestand"), 404)
	want(t, "the page of a colleague", o.As(amira).Get("/dossier/p-reem/verzoeken"), 200, "/dossier/p-reem/papier")
	want(t, "for her, by who helps", o.As(amira).Get("/dossier/p-reem/papier"), 200, "%PDF-1.7", "!p-reem")
	want(t, "by who does not have the file", o.As(pieter).Get("/dossier/p-reem/papier"), 404, "!PDF")
	if n := one(t, o.d, logged("rights.event.paper")); n != "2" {
		t.Error("the paper is not in the log")
	}
	name := filepath.Join(t.TempDir(), "p.pdf")
	if err := os.WriteFile(name, []byte(a.Body), 0o600); err != nil {
		t.Fatal(err)
	}
	draw, err := exec.LookPath("pdftoppm")
	if err != nil {
		t.Skip("pdftoppm is not here")
	}
	text, err := exec.Command("pdftotext", "-layout", name, "-").CombinedOutput()
	if err != nil || !strings.Contains(string(text), "Wachten op het besluit") || !strings.Contains(string(text), "112") {
		t.Errorf("the text: %v %.900s", err, text)
	}
	for _, x := range []string{"Open op donderdag 26", "Niet op feestdagen"} {
		if !strings.Contains(string(text), x) {
			t.Errorf("%q is not on the paper:\n%.1500s", x, text)
		}
	}
	if strings.Contains(strings.ToLower(string(text)), "nu open") {
		t.Error("a paper that is read later says that something is open now")
	}
	scan, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Skip("zbarimg is not here")
	}
	if out, err := exec.Command(draw, "-r", "150", "-png", name, strings.TrimSuffix(name, ".pdf")).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	pngs, _ := filepath.Glob(strings.TrimSuffix(name, ".pdf") + "*.png")
	out, err := exec.Command(scan, append([]string{"--quiet", "--raw"}, pngs...)...).Output()
	if got := strings.TrimSpace(string(out)); got != "https://reisgezel.example.org" {
		t.Errorf("the code says %q (%v)", got, err)
	}
}
