package access_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
)

var lines = []db.Line{{Name: "access", FS: access.Schema}}

func give(t testing.TB, d *db.DB, gs ...access.Grant) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		for _, g := range gs {
			if _, err := access.Give(t.Context(), tx, g); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The filter in SQL and the decision in Go are the same decision, for every actor, grant and instant.
func TestTheFilterIsTheDecision(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		round := 0
		rapid.Check(t, func(r *rapid.T) {
			round++
			name := func(s string) string { return fmt.Sprintf("%s%d", s, round) } // a world of its own in each round
			base := dbtest.Start.Truncate(time.Millisecond)
			at := func(label string) time.Time {
				return base.Add(time.Duration(rapid.IntRange(-3, 3).Draw(r, label)) * time.Millisecond)
			}
			holders := []string{"user:a", "user:b", "team:t", "desk:d", "self:p"}
			var grants []access.Grant
			for i := range rapid.IntRange(0, 8).Draw(r, "grants") {
				g := access.Grant{ID: name(fmt.Sprintf("g%d-", i)), Subject: name(rapid.SampledFrom([]string{"p", "q", "r"}).Draw(r, "subject")),
					Holder: name(rapid.SampledFrom(holders).Draw(r, "holder")), Why: rapid.SampledFrom([]access.Why{access.Assignment, access.Presence, access.BreakGlass}).Draw(r, "why"),
					Level: access.Level(rapid.IntRange(1, 3).Draw(r, "level")), Since: at("since")}
				if rapid.Bool().Draw(r, "bounded") {
					g.Until = at("until")
				}
				grants = append(grants, g)
			}
			give(t, d, grants...)
			for i := range grants {
				if rapid.IntRange(0, 3).Draw(r, "end") == 0 {
					if err := d.Tx(t.Context(), func(tx *db.Tx) error { return access.End(t.Context(), tx, grants[i].ID) }); err != nil {
						r.Fatal(err)
					}
					grants[i].Ended = base
				}
			}
			a := access.Actor{Kind: rapid.SampledFrom([]access.Kind{access.Staff, access.IsSelf, access.Guest, ""}).Draw(r, "kind")}
			for _, h := range holders {
				if rapid.Bool().Draw(r, "holds") {
					a.Holders = append(a.Holders, name(h))
				}
			}
			now, level := at("now"), access.Level(rapid.IntRange(0, 3).Draw(r, "asked"))
			got, err := db.Many[string](t.Context(), d, db.F(`SELECT DISTINCT x.subject FROM access_grant x WHERE`).With(access.Sees(a, now, level, "x.subject")).
				Then(`AND x.subject IN (?,?,?) ORDER BY 1`, name("p"), name("q"), name("r")))
			if err != nil {
				r.Fatal(err)
			}
			held, err := db.Many[string](t.Context(), d, db.F(`SELECT DISTINCT x.subject FROM access_grant x WHERE`).With(access.Holds(a, now, level, "x.subject")).
				Then(`AND x.subject IN (?,?,?) ORDER BY 1`, name("p"), name("q"), name("r")))
			if err != nil || !slices.Equal(got, held) {
				r.Fatalf("row by row %v, from the holders %v, %v", got, held, err)
			}
			for _, s := range []string{name("p"), name("q"), name("r")} {
				want := slices.ContainsFunc(grants, func(g access.Grant) bool { return g.Subject == s && g.Opens(a, now, level) })
				if slices.Contains(got, s) != want {
					r.Fatalf("%s: the filter says %v, the decision %v", s, slices.Contains(got, s), want)
				}
				if _, err := access.Find(t.Context(), d, a, s, level, now); (err == nil) != want || (err != nil && !fault.Is(err, fault.NotFound)) {
					r.Fatalf("%s: Find says %v, the decision %v", s, err, want)
				}
			}
		})
	})
}

func TestAWindowEndsToTheMillisecond(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		until := dbtest.Start.Add(90 * time.Minute)
		give(t, d, access.Grant{Subject: "p", Holder: "desk:d", Why: access.Presence, Level: access.DeskLevel, Until: until})
		desk := access.Actor{Kind: access.Staff, Holders: []string{"desk:d"}}
		for _, c := range []struct {
			now   time.Time
			level access.Level
			open  bool
		}{
			{dbtest.Start.Add(-time.Millisecond), access.DeskLevel, false},
			{dbtest.Start, access.DeskLevel, true},
			{dbtest.Start, access.File, false},
			{until.Add(-time.Millisecond), access.DeskLevel, true},
			{until, access.DeskLevel, false},
		} {
			if _, err := access.Find(t.Context(), d, desk, "p", c.level, c.now); (err == nil) != c.open {
				t.Errorf("at %v, level %d: %v", c.now, c.level, err)
			}
		}
		other := access.Actor{Kind: access.Staff, Holders: []string{"desk:e", "user:x"}}
		if _, err := access.Find(t.Context(), d, other, "p", access.Note, dbtest.Start); !fault.Is(err, fault.NotFound) {
			t.Errorf("another desk: %v", err)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return access.EndHeld(t.Context(), tx, "p", "desk:d", access.Presence) }); err != nil {
			t.Fatal(err)
		}
		if _, err := access.Find(t.Context(), d, desk, "p", access.Note, dbtest.Start); !fault.Is(err, fault.NotFound) {
			t.Errorf("after the end: %v", err)
		}
	})
}

func TestTheMostOrdinaryReasonIsTold(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	give(t, d, access.Grant{Subject: "p", Holder: "user:a", Why: access.BreakGlass, Level: access.File},
		access.Grant{Subject: "p", Holder: "team:t", Why: access.Escalation, Level: access.File},
		access.Grant{Subject: "p", Holder: "user:a", Why: access.Assignment, Level: access.File},
		access.Grant{Subject: "p", Holder: "user:a", Why: access.Self, Level: access.Note})
	g, err := access.Find(t.Context(), d, access.Actor{Kind: access.Staff, Holders: []string{"user:a", "team:t"}}, "p", access.Note, dbtest.Start)
	if err != nil || g.Why != access.Assignment {
		t.Errorf("got %+v, %v", g, err)
	}
}

func TestReasonsAreToldInTheirOrderAndOthersAreRefused(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		a := access.Actor{Kind: access.Staff, ID: "u-1", Holders: []string{"user:u-1"}}
		for i := len(access.Whys) - 1; i >= 0; i-- {
			give(t, d, access.Grant{Subject: "p-1", Holder: "user:u-1", Why: access.Whys[i], Level: access.File})
			g, err := access.Find(t.Context(), d, a, "p-1", access.File, d.Now())
			if err != nil || g.Why != access.Whys[i] {
				t.Errorf("%s is told as %s, %v", access.Whys[i], g.Why, err)
			}
		}
		for _, why := range []access.Why{"", "because", access.Consent} {
			if err := d.Tx(t.Context(), func(tx *db.Tx) error {
				_, err := access.Give(t.Context(), tx, access.Grant{Subject: "p-1", Holder: "user:u-1", Why: why, Level: access.File})
				return err
			}); err == nil {
				t.Errorf("a file opens because of %q", why)
			}
		}
	})
}

func TestRolesAddUpAndUnknownNeedsAreRefused(t *testing.T) {
	both := access.Actor{Kind: access.Staff, Posts: []access.Post{{Role: access.Desk, Scope: access.Scope{Kind: access.Location, ID: "l"}}, {Role: access.Lead, Scope: access.Scope{Kind: access.Team, ID: "t"}}}}
	none := access.Actor{Kind: access.Staff}
	self := access.Actor{Kind: access.IsSelf, ID: "p"}
	guest := access.Actor{Kind: access.Guest}
	for name, c := range map[string]struct {
		rule access.Rule
		who  access.Actor
		want bool
	}{
		"free":                     {access.Rule{Need: access.Free}, guest, true},
		"first role":               {access.Rule{Need: access.ByRole, Roles: []access.Role{access.Desk}}, both, true},
		"second role":              {access.Rule{Need: access.ByRole, Roles: []access.Role{access.Lead}}, both, true},
		"other role":               {access.Rule{Need: access.ByRole, Roles: []access.Role{access.Admin}}, both, false},
		"no role listed":           {access.Rule{Need: access.ByRole}, both, false},
		"colleague without a post": {access.Rule{Need: access.SignedIn}, none, false},
		"client on a staff page":   {access.Rule{Need: access.SignedIn}, self, false},
		"client as client role":    {access.Rule{Need: access.ByRole, Roles: []access.Role{access.Client}}, self, false},
		"staff on a client page":   {access.Rule{Need: access.BySelf}, both, false},
		"client on own page":       {access.Rule{Need: access.BySelf}, self, true},
		"guest by file":            {access.Rule{Need: access.ByFile}, guest, false},
		"nobody":                   {access.Rule{Need: access.SignedIn}, access.Actor{}, false},
		"a need nobody knows":      {access.Rule{Need: 99}, both, false},
	} {
		if got := c.rule.Allows(c.who); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestLiveGrantsAreNeverCutOff(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		give(t, d, access.Grant{Subject: "p", Holder: "user:a", Why: access.Assignment, Level: access.File, Since: dbtest.Start.Add(-time.Hour)})
		var many []access.Grant
		for i := range 600 {
			many = append(many, access.Grant{Subject: "p", Holder: "desk:d", Why: access.Presence, Level: access.DeskLevel, Since: dbtest.Start, Until: dbtest.Start.Add(time.Duration(i) * time.Second)})
		}
		give(t, d, many...)
		got, err := access.Live(t.Context(), d, []string{"p"}, dbtest.Start.Add(time.Minute), access.Assignment, access.Registered)
		if err != nil || len(got) != 1 || got[0].Holder != "user:a" {
			t.Errorf("%v %v", got, err)
		}
		if all, err := access.Live(t.Context(), d, []string{"p"}, dbtest.Start.Add(time.Minute), access.Presence); err != nil || len(all) != 539 {
			t.Errorf("%d, %v", len(all), err)
		}
		if all, err := access.OfSubject(t.Context(), d, "p"); err != nil || len(all) != 601 {
			t.Errorf("of the whole history %d, %v", len(all), err)
		}
		subjects := []string{"p"} // more than one statement takes
		for i := range 1200 {
			subjects = append(subjects, fmt.Sprintf("q-%d", i))
		}
		give(t, d, access.Grant{Subject: "q-1199", Holder: "user:b", Why: access.Registered, Level: access.File})
		if all, err := access.Live(t.Context(), d, subjects, dbtest.Start.Add(time.Minute), access.Assignment, access.Registered); err != nil || len(all) != 2 {
			t.Errorf("of many %v, %v", all, err)
		}
	})
}

func TestUnheld(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		at := dbtest.Start
		give(t, d,
			access.Grant{Subject: "held", Holder: "user:a", Why: access.Assignment, Level: access.File, Since: at},
			access.Grant{Subject: "visited", Holder: "desk:d", Why: access.Presence, Level: access.DeskLevel, Since: at},
			access.Grant{Subject: "past", Holder: "user:a", Why: access.Assignment, Level: access.File, Since: at.Add(-time.Hour), Until: at},
			access.Grant{Subject: "later", Holder: "user:a", Why: access.Registered, Level: access.File, Since: at.Add(time.Hour)})
		got, err := db.Many[string](t.Context(), d, db.F(`SELECT DISTINCT x.subject FROM access_grant x WHERE`).
			With(access.Unheld(at, "x.subject", access.Assignment, access.Registered)).Then(`ORDER BY x.subject`))
		if err != nil || !slices.Equal(got, []string{"later", "past", "visited"}) {
			t.Errorf("%v %v", got, err)
		}
	})
}
