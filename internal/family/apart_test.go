package family

import (
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
)

// A parting finds what the other sees also where only the other side knows it; and whoever is let go of sees nothing any more.
func TestAPartingFindsWhatOnlyTheOtherSideKnows(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		member := cutting(t, o)
		amira := o.As(worker("u-amira", access.Case))
		sees := func() bool {
			_, err := access.Find(t.Context(), d, client("p-yusuf"), "p-maksym", access.Note, d.Now())
			return !fault.Is(err, fault.NotFound)
		}
		// The child is linked in the family of the father alone.
		child := ""
		for _, m := range o.family(t, "p-oksana").Members {
			if m.Name == "Maksym" {
				child = m.ID
			}
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.DoAll(t.Context(), tx, db.F(`DELETE FROM family_link WHERE person = 'p-oksana'`), db.F(`DELETE FROM family_link WHERE other = 'p-oksana' AND person = 'p-maksym'`))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if !sees() {
			t.Fatal("he sees nothing")
		}
		form := amira.Get(at("p-oksana") + "/lid/" + member + "/uit-elkaar")
		o.says(t, form, 200, "Zonder gekoppeld dossier", "Maksym")
		o.must(t, amira, at("p-oksana")+"/lid/"+member+"/uit-elkaar", "kind", "unsafe", "stay", child)
		if sees() {
			t.Error("he still sees the child")
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM family_sight WHERE adult = 'p-yusuf' AND ended IS NULL`)); n != 0 {
			t.Errorf("%d sights stand", n)
		}
	})
}

func TestLettingGoOfAFileEndsWhatOneSawForTheOther(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	cutting(t, o)
	f, err := o.files.Machine(t.Context(), d, "p-yusuf")
	if err != nil {
		t.Fatal(err)
	}
	theirs := ""
	for _, m := range o.family(t, "p-yusuf").Members {
		if m.Name == "Maksym" {
			theirs = m.ID
		}
	}
	if related, err := Related(t.Context(), d, "p-maksym", "p-yusuf"); err != nil || !related {
		t.Errorf("they are no relatives, %v", err)
	}
	if related, err := Related(t.Context(), d, "p-maksym", "p-reem"); err != nil || related {
		t.Errorf("strangers are relatives, %v", err)
	}
	if err := d.Tx(t.Context(), func(tx *db.Tx) error { return unlink(t.Context(), tx, f, theirs, "p-maksym") }); err != nil {
		t.Fatal(err)
	}
	if _, err := access.Find(t.Context(), d, client("p-yusuf"), "p-maksym", access.Note, d.Now()); !fault.Is(err, fault.NotFound) {
		t.Errorf("he still sees the child: %v", err)
	}
	if n := o.count(t, db.F(`SELECT COUNT(*) FROM family_sight WHERE adult = 'p-yusuf' AND ended IS NULL`)); n != 0 {
		t.Errorf("%d sights stand", n)
	}
}
