package access_test

import (
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

// A database that was filled before there was a reason more keeps every grant, to the last value, and takes the new reason.
func TestAReasonMoreLosesNoGrant(t *testing.T) {
	b, err := fs.ReadFile(access.Schema, "schema/0001_access.sql")
	if err != nil {
		t.Fatal(err)
	}
	first := []db.Line{{Name: "access", FS: fstest.MapFS{"schema/0001_access.sql": {Data: b}}}}
	dbtest.Each(t, first, func(t *testing.T, d *db.DB) {
		old := access.Grant{ID: "g-1", Subject: "p", Holder: "user:a", Why: access.Assignment, Level: access.File, GivenBy: "user:b", Place: "t", Since: dbtest.Start.Add(-time.Hour), Until: dbtest.Start.Add(time.Hour)}
		ended := access.Grant{ID: "g-2", Subject: "p", Holder: "desk:d", Why: access.Presence, Level: access.DeskLevel, Since: dbtest.Start}
		give(t, d, old, ended)
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return access.End(t.Context(), tx, "g-2") }); err != nil {
			t.Fatal(err)
		}
		before, err := access.OfSubject(t.Context(), d, "p")
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Migrate(t.Context(), lines); err != nil {
			t.Fatal(err)
		}
		after, err := access.OfSubject(t.Context(), d, "p")
		if err != nil || len(after) != 2 || after[0] != before[0] || after[1] != before[1] || after[0].Ended.IsZero() {
			t.Errorf("%v\n%+v\n%+v", err, before, after)
		}
		give(t, d, access.Grant{Subject: "p", Holder: "user:c", Why: access.Companion, Level: access.DeskLevel, Since: dbtest.Start})
		g, err := access.Find(t.Context(), d, access.Actor{Kind: access.Staff, Holders: []string{"user:c"}}, "p", access.DeskLevel, dbtest.Start)
		if err != nil || g.Why != access.Companion {
			t.Errorf("%+v %v", g, err)
		}
		err = d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := access.Give(t.Context(), tx, access.Grant{Subject: "p", Holder: "user:c", Why: "curiosity", Level: access.File})
			return err
		})
		if err == nil {
			t.Error("a reason that nobody knows is taken")
		}
	})
}
