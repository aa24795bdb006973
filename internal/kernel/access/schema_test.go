package access_test

import (
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

// Grants that stood before the list of reasons went stand after it, ended ones too, and a reason that is new can be given.
func TestGrantsComeForward(t *testing.T) {
	raw, err := fs.ReadFile(access.Schema, "schema/0001_access.sql")
	if err != nil {
		t.Fatal(err)
	}
	then := []db.Line{{Name: "access", FS: fstest.MapFS{"schema/0001_access.sql": {Data: raw}}}}
	dbtest.Each(t, then, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		give(t, d, access.Grant{ID: "g-1", Subject: "p", Holder: "user:a", Why: access.Assignment, Level: access.File},
			access.Grant{ID: "g-2", Subject: "p", Holder: "desk:d", Why: access.Presence, Level: access.DeskLevel, Until: dbtest.Start.AddDate(0, 0, 1)})
		if err := d.Tx(ctx, func(tx *db.Tx) error { return access.End(ctx, tx, "g-2") }); err != nil {
			t.Fatal(err)
		}
		before, err := access.OfSubject(ctx, d, "p")
		if err != nil || len(before) != 2 {
			t.Fatal(before, err)
		}
		if err := d.Migrate(ctx, lines); err != nil {
			t.Fatal(err)
		}
		after, err := access.OfSubject(ctx, d, "p")
		if err != nil || len(after) != 2 || after[0] != before[0] || after[1] != before[1] {
			t.Errorf("%v became %v, %v", before, after, err)
		}
		give(t, d, access.Grant{Subject: "p", Holder: "user:b", Why: access.Offered, Level: access.File})
		if err := d.Tx(ctx, func(tx *db.Tx) error { return access.EndAll(ctx, tx, "p", "user:b") }); err != nil {
			t.Fatal(err)
		}
		if left, err := access.HeldBy(ctx, d, "user:b", dbtest.Start); err != nil || len(left) > 0 {
			t.Errorf("%v %v", left, err)
		}
		if mine, err := access.HeldBy(ctx, d, "user:a", dbtest.Start); err != nil || len(mine) != 1 {
			t.Errorf("%v %v", mine, err)
		}
		var n int64
		if err := d.Tx(ctx, func(tx *db.Tx) (err error) { n, err = access.EndHolder(ctx, tx, "user:a"); return err }); err != nil || n != 1 {
			t.Errorf("%d %v", n, err)
		}
	})
}

// Who may be seen is asked of every row of a list. The embedded database answers it from the index, without the grants themselves.
func TestWhoIsSeenIsAnsweredByTheIndexAlone(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	actor := access.Actor{Kind: access.Staff, ID: "u-a", Holders: []string{"user:u-a", "team:t"}}
	for i := range 200 {
		give(t, d, access.Grant{Subject: "p-" + strconv.Itoa(i), Holder: "team:t", Why: access.Assignment, Level: access.File})
	}
	if err := d.Analyze(t.Context()); err != nil {
		t.Fatal(err)
	}
	type step struct {
		ID, Parent, Notused int64
		Detail              string
	}
	steps, err := db.Many[step](t.Context(), d, db.F(`EXPLAIN QUERY PLAN SELECT p.name FROM pragma_table_list p WHERE`).With(access.Sees(actor, dbtest.Start, access.File, "p.name")))
	if err != nil {
		t.Fatal(err)
	}
	var plan strings.Builder
	for _, s := range steps {
		plan.WriteString(s.Detail + "\n")
	}
	if !strings.Contains(plan.String(), "USING COVERING INDEX access_grant_sees (subject=? AND holder=? AND ended=?") {
		t.Error(plan.String())
	}
}
