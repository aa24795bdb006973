package identity

// This file is a house with this one capability under test, two teams, and the people in them.

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
	"time"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "privacy", FS: privacy.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "identity", FS: Schema}}

type office struct {
	*webtest.House
	i     *Identity
	d     *db.DB
	v     *privacy.Vault
	files *dossier.Files
	clock *clock.Manual
	north string // another team than Utrecht
}

func newOffice(t testing.TB, d *db.DB) office {
	t.Helper()
	ctx := context.Background()
	v, err := privacy.Open(ctx, dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	o := office{d: d, v: v, files: dossier.New(d, v, org), clock: d.Clock().(*clock.Manual)}
	o.i = New(d, v, org, o.files)
	o.files.Lend(o.i.FilePanels(), []dossier.Source{moments}, nil)
	o.files.LendJudge(o.i.Judge())
	o.files.LendLinked(o.i.Linked)
	var plan organisation.Plan
	if err := d.Bulk(ctx, func(tx *db.Tx) (err error) { plan, err = organisation.Demo(ctx, tx, d.Now(), 100); return err }); err != nil {
		t.Fatal(err)
	}
	for _, x := range plan.Teams {
		if x.ID != "t-utrecht" {
			o.north = x.ID
		}
	}
	if err := o.files.Remember(ctx); err != nil {
		t.Fatal(err)
	}
	home := web.Route{Name: "portal.looks", Method: http.MethodGet, Path: "/mijn/inzage", May: access.Rule{Action: "test", Need: access.BySelf}, Do: func(v *web.Visit) error {
		f, err := o.files.Open(v, v.Actor.ID, access.File, "test")
		if err != nil {
			return err
		}
		parts, err := o.files.Show(v, f, "looks")
		if err != nil || len(parts) == 0 {
			return err
		}
		return v.Page(parts[0].Body)
	}}
	record := web.Route{Name: "contact.record", Method: http.MethodGet, Path: "/dossier/{person}/contact", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error { return v.Text(200, "") }}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "identity", FS: Texts}}, append(append(o.i.Routes(), o.files.Routes()...), home, record)...)
	return o
}

// moments is a source of one moment in each file, so that a timeline shows from which file it reads.
func moments(v *web.Visit, f dossier.File, before time.Time, n int) ([]dossier.Moment, error) {
	return []dossier.Moment{{ID: "m-" + f.ID(), At: before.Add(-time.Hour), Group: "talk", Title: "Gesprek in " + f.ID(), By: "iemand"}}, nil
}

// worker is a colleague of a team who holds what is assigned to them.
func worker(id, team string, r access.Role) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: access.Team, ID: team}}}}
}

var (
	amira  = worker("u-amira", "t-utrecht", access.Case)
	marwan = worker("u-marwan", "t-utrecht", access.Legal)
	noor   = worker("u-noor", "t-utrecht", access.Lead)
	jan    = worker("u-jan", "t-utrecht", access.Case) // holds nothing
	pieter = access.Actor{Kind: access.Staff, ID: "u-pieter", Name: "u-pieter", Holders: []string{"user:u-pieter"}, Posts: []access.Post{{Role: access.Privacy, Scope: access.Scope{Kind: access.National}}}}
	desk   = worker("u-ria", "t-utrecht", access.Desk)
)

// far are the colleagues of the other team: a caseworker and the leader.
func (o office) far() (access.Actor, access.Actor) {
	return worker("u-far", o.north, access.Case), worker("u-farlead", o.north, access.Lead)
}

func self(person string) access.Actor {
	return access.Actor{Kind: access.IsSelf, ID: person, Holders: []string{"self:" + person}}
}

// add registers a person whom a colleague carries.
func (o office) add(t testing.TB, id string, p dossier.Profile, team, colleague string) {
	t.Helper()
	k, err := o.v.NewKey(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	location := "l-overvecht"
	if team != "t-utrecht" {
		location = "l-" + team[2:] + "-1"
	}
	o.tx(t, func(tx *db.Tx) error {
		return dossier.Add(t.Context(), tx, o.v, k, id, p, dossier.Placing{Team: team, Location: location, By: colleague})
	})
}

func (o office) tx(t testing.TB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := o.d.Tx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func (o office) give(t testing.TB, person, user string, why access.Why, level access.Level) {
	t.Helper()
	o.tx(t, func(tx *db.Tx) error {
		_, err := access.Give(t.Context(), tx, access.Grant{Subject: person, Holder: "user:" + user, Why: why, Level: level, GivenBy: "u-noor", Place: "t-utrecht"})
		return err
	})
}

// walk lets the changes settle, brings the names into memory and walks to the end.
func (o office) walk(t testing.TB) {
	t.Helper()
	o.clock.Advance(6 * time.Minute)
	if err := o.files.Remember(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := o.i.Walk(t.Context(), o.d.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
}

// pairs are all pairs, as "a+b class state".
func (o office) pairs(t testing.TB) []string {
	t.Helper()
	ps, err := db.Many[Pair](t.Context(), o.d, db.F(`SELECT `+columns+` FROM identity_pair p ORDER BY p.person_a, p.person_b`))
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, p := range ps {
		out = append(out, fmt.Sprintf("%s+%s %s %s", p.PersonA, p.PersonB, p.Class, p.State))
	}
	return out
}

// theOne is the id of the only pair.
func (o office) theOne(t testing.TB) string {
	t.Helper()
	id, err := db.One[string](t.Context(), o.d, db.F(`SELECT id FROM identity_pair`))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (o office) count(t testing.TB, f db.Frag) int {
	t.Helper()
	n, err := db.One[int](t.Context(), o.d, f)
	if err != nil {
		t.Fatalf("%s: %v", f.SQL, err)
	}
	return n
}

// absent says whether an answer is the one for what does not exist.
func (o office) absent(t testing.TB, v *webtest.Visitor, a webtest.Answer, what string) {
	t.Helper()
	none := v.Get("/dossier/p-nobody")
	if a.Code != 404 || a.Body != none.Body || fmt.Sprint(a.Header) != fmt.Sprint(none.Header) {
		t.Errorf("%s: %d, and can be told from what does not exist", what, a.Code)
	}
}

// Tesfay, and the same man as another office wrote him down.
var (
	tesfay = who("own:Tesfay, father:Habtom, grandfather:Woldu", "12-3-1987", "person", script("ተስፋይ ሃብቶም ወልዱ"), from("Eritrea"))
	again2 = who("ተስፋይ, ሃብቶም", "12-3-1987", "unhcr", from("Eritrea"))
)
