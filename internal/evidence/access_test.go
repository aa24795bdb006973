package evidence

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

// doors are all that can be looked at of Selam's evidence in the demonstration.
var doors = []string{list, list + "/punt/cl-selam-0", list + "/stuk/pc-selam-0-0", list + "/document/pd-selam-0-0", list + "/document/pd-selam-0-0/sc-selam-0-0", list + "/document/pd-selam-0-0/sc-selam-0-0/beeld"}

// changes are all that can be changed of it.
var changes = []struct {
	path string
	form []string
}{
	{list + "/nieuw", []string{"kind", "identity"}},
	{list + "/punt/cl-selam-0", []string{"kind", "passport", "state", "missing"}},
	{list + "/punt/cl-selam-0/afsluiten", nil},
	{list + "/stuk/pc-selam-0-0", []string{"kind", "birth", "state", "there", "version", "1"}},
	{list + "/document", []string{"kind", "birth"}},
	{list + "/document/pd-selam-0-0", []string{"kind", "birth", "version", "1"}},
	{list + "/document/pd-selam-0-0/scan", nil},
	{list + "/document/pd-selam-0-0/bekeken", nil},
	{list + "/document/pd-selam-0-0/alarm", nil},
	{list + "/document/pd-selam-0-0/weg", nil},
}

func TestWhoSeesTheEvidence(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(t)
		desk := access.Actor{Kind: access.Staff, ID: "u-ria", Name: "Ria", Holders: []string{"user:u-ria", "desk:d-overvecht"}, Posts: []access.Post{{Role: access.Desk, Scope: access.Scope{Kind: access.Location, ID: "l-overvecht"}}}}
		o.give(t, access.Grant{Subject: "p-selam", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel, Until: d.Now().Add(90 * time.Minute)})
		o.give(t, access.Grant{Subject: "p-selam", Holder: "user:u-noor", Why: access.BreakGlass, Level: access.File, Until: d.Now().Add(3 * hour)})
		temporary := o.give(t, access.Grant{Subject: "p-selam", Holder: "user:u-els", Why: access.Assignment, Level: access.File, Until: d.Now().Add(hour)})
		for name, x := range map[string]struct {
			a           access.Actor
			sees, keeps bool
		}{
			"who helps her":                     {worker("u-amira", access.Case), true, true},
			"who helps her in law":              {worker("u-marwan", access.Legal), true, true},
			"in an emergency":                   {worker("u-noor", access.Lead), true, false},
			"a manager who was let in":          {worker("u-els", access.Region), true, false},
			"a colleague who does not":          {worker("u-deniz", access.Legal), false, false},
			"the desk where she is":             {desk, false, false},
			"the administrator":                 {worker("u-beheer", access.Admin), false, false},
			"the privacy officer":               {worker("u-pieter", access.Privacy), false, false},
			"another refugee":                   {self("p-reem"), false, false},
			"herself, through the staff's door": {self("p-selam"), false, false},
		} {
			v := o.As(x.a)
			for _, path := range doors {
				if a := v.Get(path); x.sees && a.Code != 200 {
					t.Errorf("%s: %s answers %d", name, path, a.Code)
				} else if !x.sees {
					o.absent(t, v, a, name+": "+path)
				}
			}
			for _, form := range []string{list + "/nieuw", list + "/document"} {
				if a := v.Get(form); x.keeps && a.Code != 200 {
					t.Errorf("%s: %s answers %d", name, form, a.Code)
				} else if !x.keeps {
					o.absent(t, v, a, name+": "+form)
				}
			}
			if x.keeps {
				continue // what they change stands in the tests of each change
			}
			for _, c := range changes {
				a := o.send(t, v, c.path, "a.jpg", jpegOf(t, 9, 7), c.form...)
				if x.a.Kind == access.IsSelf && a.Code == 404 {
					continue // the form of a door that is not theirs
				}
				o.absent(t, v, a, name+" changes "+c.path)
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM evidence_event WHERE made_by NOT IN ('u-amira','u-marwan','p-selam','p-reem')`)); n != 0 {
			t.Errorf("%d things were done by who may not", n)
		}
		// What ends, ends at once: when somebody ends it, in the middle of a session, or at its hour.
		els := o.As(worker("u-els", access.Region))
		if a := els.Get(list); a.Code != 200 {
			t.Fatal(a.Code)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return access.End(t.Context(), tx, temporary) }); err != nil {
			t.Fatal(err)
		}
		for _, path := range doors {
			o.absent(t, els, els.Get(path), "after it was ended: "+path)
		}
		o.clock.Advance(3*hour + time.Second)
		noor := o.As(worker("u-noor", access.Lead))
		for _, path := range doors {
			o.absent(t, noor, noor.Get(path), "after the emergency: "+path)
		}
	})
}

// Nobody reaches one person's papers through the address of another.
func TestWhatBelongsToAnotherIsNotThere(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(t)
		amira, reem := o.As(worker("u-amira", access.Case)), o.As(self("p-reem"))
		for _, path := range doors[1:] {
			o.absent(t, amira, amira.Get(strings.Replace(path, "p-selam", "p-reem", 1)), path+" through another's file")
		}
		o.absent(t, amira, amira.Get(list+"/document/pd-selam-0-0/sc-reem-0-0"), "another's scan under an own document")
		for _, c := range changes[1:] {
			if strings.HasSuffix(c.path, "/document") {
				continue
			}
			path := strings.Replace(c.path, "p-selam", "p-reem", 1)
			if a := o.send(t, amira, path, "a.jpg", jpegOf(t, 9, 7), c.form...); a.Code != 404 {
				t.Errorf("%s through another's file: %d", path, a.Code)
			}
		}
		o.absent(t, reem, reem.Get("/mijn/bewijs/pd-selam-0-0/sc-selam-0-0"), "another's paper")
		if a := reem.Post("/mijn/bewijs/pd-selam-0-0/weg", nil); a.Code != 404 {
			t.Errorf("another's paper is taken back: %d", a.Code)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM evidence_document WHERE removed IS NOT NULL`)); n != 0 {
			t.Error("something was taken back")
		}
		// A document cannot be laid at another's piece.
		a := o.send(t, amira, "/dossier/p-reem/bewijs/document", "a.jpg", jpegOf(t, 9, 7), "kind", "birth", "pieces", "pc-selam-0-0")
		if a.Code != 422 || strings.Contains(a.Body, "Keren") {
			t.Errorf("a document at another's piece: %d", a.Code)
		}
	})
}

// Every look stands in the log before its first byte: when it cannot be written, nothing is shown.
func TestWhatCannotBeLoggedIsNotShown(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(t)
		amira, selam := o.As(worker("u-amira", access.Case)), o.As(self("p-selam"))
		own := []string{"/mijn/bewijs", "/mijn/bewijs/sturen", "/mijn/bewijs/pd-selam-0-0/sc-selam-0-0"}
		logged := func() int { return o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam'`)) }
		look := func(v *webtest.Visitor, path string) {
			t.Helper()
			before := logged()
			if a := v.Get(path); a.Code != 200 {
				t.Errorf("%s answers %d", path, a.Code)
			}
			if n := logged() - before; n != 1 {
				t.Errorf("%s leaves %d lines in the log", path, n)
			}
		}
		for _, path := range doors {
			look(amira, path)
		}
		for _, path := range own {
			look(selam, path)
		}
		for event, n := range map[string]int{"evidence.event.taken": 2, "evidence.event.seen": 1, "evidence.event.look": 6} {
			if got := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND event = ?`, event)); got != n {
				t.Errorf("%s stands %d times in the log", event, got)
			}
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Do(context.Background(), tx, db.F(`ALTER TABLE audit_entry RENAME TO audit_away`))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		closed := func(v *webtest.Visitor, path string) {
			t.Helper()
			a := v.Get(path)
			if a.Code < 500 || strings.Contains(a.Body, "Keren") || strings.Contains(a.Body, "\xff\xd8\xff") || a.Header.Get("Content-Disposition") != "" {
				t.Errorf("without a log, %s answers %d", path, a.Code)
			}
		}
		for _, path := range doors {
			closed(amira, path)
		}
		for _, path := range own {
			closed(selam, path)
		}
		if a := o.send(t, amira, list+"/document", "a.jpg", jpegOf(t, 9, 7), "kind", "photo"); a.Code < 500 {
			t.Errorf("without a log, a document comes in: %d", a.Code)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM evidence_document WHERE kind = 'photo'`)); n != 0 {
			t.Error("a change without its line in the log")
		}
	})
}

// What leaves the house is a file to save, of a type that nobody guesses, under a name that tells nothing.
func TestADownloadIsAFileAndNothingElse(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	o.fill(t)
	amira := o.As(worker("u-amira", access.Case))
	for path, kind := range map[string]string{list + "/document/pd-selam-0-0/sc-selam-0-0": "image/jpeg", list + "/document/pd-selam-0-0/sc-selam-0-0/beeld": "image/jpeg", "/dossier/p-ahmad/bewijs/document/pd-ahmad-0-0/sc-ahmad-0-0": "application/pdf"} {
		a := amira.Get(path)
		name := a.Header.Get("Content-Disposition")
		if a.Code != http.StatusOK || a.Header.Get("Content-Type") != kind || !strings.HasPrefix(name, "attachment") || a.Header.Get("X-Content-Type-Options") != "nosniff" || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", path, a.Code, a.Header)
		}
		for _, never := range []string{"selam", "Selam", "birth", "ahmad", "payslip"} {
			if strings.Contains(name, never) {
				t.Errorf("the name %q tells %q", name, never)
			}
		}
		if kind == "image/jpeg" {
			if _, err := jpeg.DecodeConfig(bytes.NewReader([]byte(a.Body))); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	if a := amira.Get("/dossier/p-ahmad/bewijs/document/pd-ahmad-0-0/sc-ahmad-0-0/beeld"); a.Code != 404 {
		t.Errorf("the preview of a PDF: %d", a.Code)
	}
}

// What is written about people is nowhere to be read in the database.
func TestNothingStandsInTheOpen(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira := o.As(worker("u-amira", access.Case))
		claim := o.must(t, amira, list+"/nieuw", "kind", "family", "about", "kanarie-broer", "title", "kanarie-titel")
		o.must(t, amira, list+"/punt/"+claim, "kind", "other", "title", "kanarie-stuk", "state", "asked", "owner", "other", "who", "kanarie-ander", "note", "kanarie-notitie")
		photo := jpegOf(t, 60, 40)
		idOf(t, o.send(t, amira, list+"/document", "kanarie-bestand.jpg", photo, "kind", "other", "title", "kanarie-document"))
		if a := o.send(t, amira, list+"/document", "kanarie.jpg", photo, "kind", "nonsense"); a.Code != 422 {
			t.Fatal(a.Code)
		}
		type sealed struct{ Body []byte }
		n := 0
		for _, f := range []db.Frag{db.F(`SELECT body FROM evidence_claim`), db.F(`SELECT body FROM evidence_piece`), db.F(`SELECT body FROM evidence_document`), db.F(`SELECT body FROM evidence_event`),
			db.F(`SELECT body FROM evidence_content`), db.F(`SELECT body FROM evidence_held`), db.F(`SELECT preview AS body FROM evidence_held`)} {
			rows, err := db.Many[sealed](t.Context(), d, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				n++
				if bytes.Contains(r.Body, []byte("kanarie")) || bytes.Contains(r.Body, []byte("JFIF")) || bytes.Contains(r.Body, []byte("\xff\xd8\xff")) {
					t.Errorf("%s: something can be read", f.SQL)
				}
			}
		}
		if n != 1+1+1+3+2+1+1 {
			t.Errorf("%d sealed values", n)
		}
		for _, a := range []string{fmt.Sprint(o.d.Check(t.Context())), amira.Get(list).Body} {
			if strings.Contains(a, "kanarie-bestand") {
				t.Error("the name of the file was kept")
			}
		}
	})
}
