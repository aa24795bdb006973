package app

// This file steals the database and looks for people in it.

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/residence"
)

var dbNow = time.Date(2026, time.November, 24, 9, 0, 0, 0, time.UTC)

// testSession makes a session of a refugee without the PIN page, which has its own tests, and tells its token.
func testSession(t *testing.T, h *House, kind access.Kind, actor string) string {
	t.Helper()
	token, err := web.GrantSession(context.Background(), h.DB, web.SessionSpec{Kind: kind, Actor: actor, Label: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// A stolen database, with its log and everything beside it but the keys, tells no name, number, note or promise.
func TestAStolenDatabaseTellsOfNobody(t *testing.T) {
	h, _ := demoHouse(t, Settings{People: 120})
	if err := h.DB.Scrub(context.Background()); err != nil {
		t.Fatal(err)
	}
	canaries := []string{"Farzaneh", "Kovalenko", "al-Khatib", "Mebrahtu", "ሰላም", "ريم", "2819940173", "281 994 0173", "31612345001", "kamer 114", "nooit bellen",
		"Brief van de gemeente samen gelezen", "Vogelkersstraat", "Noem geen naam aan de deur", "sporthal", "met zestig mensen", "de chauffeur moet weten", "ex-man zoekt", "rustige ruimte", "discreet", "De Klimroos", "Inhalator", "Terugbellen over de tandarts", "voortgangsgesprek", "TREE3479", "REEM3479"}
	files, err := filepath.Glob(filepath.Join(h.Settings.Data, "reisgezel.db*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v %v", files, err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range canaries {
			if bytes.Contains(b, []byte(c)) {
				t.Errorf("%s holds %q in the clear", filepath.Base(f), c)
			}
		}
		if !bytes.Contains(b, []byte("p-selam")) && filepath.Ext(f) == ".db" {
			t.Error("the search is broken: not even an id was found")
		}
	}
}

// Erasing a person leaves nothing of them anywhere, and everybody else whole.
func TestErasingAPersonLeavesNothing(t *testing.T) {
	h, _ := demoHouse(t, Settings{People: 40})
	ctx := context.Background()
	var all bytes.Buffer
	if err := h.Export(ctx, "p-selam", &all); err != nil {
		t.Fatal(err)
	}
	for _, x := range []string{`"dossier": {`, `"contact": {`, `"procedure": {`, `"portal": {`, `"consent": {`, `"residence": {`, `"care": {`, "kamer 114", "sporthal", "harde geluiden", "Selam", "2819940173", "mr. F. Lammers", "decision"} {
		if !strings.Contains(all.String(), x) {
			t.Errorf("what is given to her lacks %s", x)
		}
	}
	if strings.Contains(all.String(), "Reem") {
		t.Error("what is given to her tells of somebody else")
	}
	n, err := db.One[int](ctx, h.DB, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = ? AND event = ?`, "p-selam", "app.event.exported"))
	if err != nil || n != 1 {
		t.Errorf("giving it stands %d times in the log, %v", n, err)
	}
	if err := h.Erase(ctx, "p-selam"); err != nil {
		t.Fatal(err)
	}
	for _, k := range h.Keepers() {
		if _, err := k.Export(ctx, h.DB, h.Vault, "p-selam"); err == nil && k.Name == "dossier" {
			t.Error("the dossier still exports her")
		}
		if _, err := k.Export(ctx, h.DB, h.Vault, "p-reem"); err != nil {
			t.Errorf("%s lost somebody else: %v", k.Name, err)
		}
	}
	var left int
	for _, q := range []db.Frag{db.F(`SELECT COUNT(*) FROM dossier_person WHERE id = ?`, "p-selam"), db.F(`SELECT COUNT(*) FROM dossier_lookup WHERE person = ?`, "p-selam"),
		db.F(`SELECT COUNT(*) FROM residence_vault WHERE person = ?`, "p-selam"), db.F(`SELECT COUNT(*) FROM care_background WHERE person = ?`, "p-selam"),
		db.F(`SELECT COUNT(*) FROM contact_moment WHERE person = ?`, "p-selam"), db.F(`SELECT COUNT(*) FROM access_grant WHERE subject = ?`, "p-selam")} {
		n, err := db.One[int](ctx, h.DB, q)
		if err != nil {
			t.Fatal(err)
		}
		left += n
	}
	if left != 0 {
		t.Errorf("%d rows are left", left)
	}
	if _, err := h.Vault.Key(ctx, "p-selam"); err == nil {
		t.Error("her key is left")
	}
	if _, err := h.Vault.Key(ctx, residence.VaultSubject("p-selam")); err == nil {
		t.Error("the key of her address is left")
	}
	if _, err := h.Vault.Key(ctx, residence.VaultSubject("p-reem")); err != nil {
		t.Errorf("the key of another's address is gone: %v", err)
	}
}
