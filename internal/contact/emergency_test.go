package contact

import (
	"html"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

// In an emergency one reads where somebody is expected and plans nothing; what was said and done is still written down.
func TestInAnEmergencyNothingIsPlannedAndTheNoteIsKept(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		const page = "/dossier/p-selam/afspraak"
		o.must(t, o.As(marwan), page, meeting()...)
		id := o.one(t, db.F(`SELECT id FROM contact_appointment WHERE person = 'p-selam'`))
		o.tx(t, func(tx *db.Tx) error {
			_, err := access.Give(t.Context(), tx, access.Grant{Subject: "p-selam", Holder: "user:u-noor", Why: access.BreakGlass, Level: access.File, Until: tx.Now.Add(3 * time.Hour)})
			return err
		})
		noor := o.As(access.Actor{Kind: access.Staff, ID: "u-noor", Name: "u-noor", Holders: []string{"user:u-noor"}, Posts: []access.Post{{Role: access.Lead, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}})
		seen := html.UnescapeString(noor.Get(page).Body)
		if !strings.Contains(seen, "11:00") {
			t.Errorf("what is planned cannot be read:\n%s", seen)
		}
		for _, not := range []string{`action="` + page, page + "/", "Nieuwe afspraak"} {
			if strings.Contains(seen, not) {
				t.Errorf("the page offers %s", not)
			}
		}
		if with := html.UnescapeString(o.As(marwan).Get(page).Body); !strings.Contains(with, `action="`+page) || !strings.Contains(with, page+"/"+id) {
			t.Error("who has the file is offered nothing either")
		}
		o.absent(t, noor, page+"/"+id, "moving in an emergency")
		never := noor.Post("/dossier/p-nobody/afspraak", webtest.Form(meeting()...))
		for _, path := range []string{page, page + "/" + id, page + "/weg"} {
			a := noor.Post(path, webtest.Form(meeting("version", "1", "appointment", id)...))
			if a.Code != 404 || a.Body != never.Body {
				t.Errorf("in an emergency %s answers %d and can be told from what does not exist", path, a.Code)
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_appointment WHERE cancelled IS NULL`)); n != 1 {
			t.Errorf("%d appointments", n)
		}
		o.must(t, noor, "/dossier/p-selam/contact", "topic", "family", "next", "ready", "visible", "client")
	})
}
