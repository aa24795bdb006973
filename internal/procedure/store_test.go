package procedure

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

var lines = []db.Line{{Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "web", FS: web.Schema},
	{Name: "organisation", FS: organisation.Schema}, {Name: "dossier", FS: dossier.Schema}, {Name: "procedure", FS: Schema}}

// bench is a small office: a legal caseworker with a deputy, a leader, a volunteer, and two people with files.
type bench struct {
	t     *testing.T
	d     *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	files *dossier.Files
	p     *Procedure
	team  string
	ids   map[string]string // colleagues by name
}

func each(t *testing.T, fn func(*bench)) {
	t.Helper()
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		keys := dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}})
		vault, err := privacy.Open(t.Context(), keys, []byte(strings.Repeat("k", 32)))
		if err != nil {
			t.Fatal(err)
		}
		b := &bench{t: t, d: d, vault: vault, org: organisation.New(d), ids: map[string]string{}}
		b.files = dossier.New(d, vault, b.org)
		b.p = New(d, b.org, b.files)
		b.tx(func(tx *db.Tx) error {
			if err := organisation.NameFoundation(t.Context(), tx, "Stichting"); err != nil {
				return err
			}
			region, err := organisation.AddRegion(t.Context(), tx, "Midden")
			if err != nil {
				return err
			}
			b.team, err = organisation.AddTeam(t.Context(), tx, region, "Utrecht")
			return err
		})
		for name, role := range map[string]access.Role{"Marwan": access.Legal, "Deniz": access.Legal, "Noor": access.Lead, "Amira": access.Case, "Ria": access.Desk} {
			b.colleague(name, role)
		}
		b.tx(func(tx *db.Tx) error {
			return organisation.AddDeputy(t.Context(), tx, b.ids["Marwan"], organisation.DeputyInput{Deputy: b.ids["Deniz"], Since: "2026-11-24", Until: "2027-11-24"}, "x")
		})
		b.person("p-selam", "Selam")
		b.person("p-reem", "Reem")
		b.grant("p-selam", "Marwan", access.Assignment, access.File)
		fn(b)
	})
}

func (b *bench) tx(fn func(tx *db.Tx) error) {
	b.t.Helper()
	if err := b.d.Tx(b.t.Context(), fn); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) colleague(name string, role access.Role) {
	b.t.Helper()
	b.tx(func(tx *db.Tx) error {
		id, err := organisation.AddColleague(b.t.Context(), tx, organisation.ColleagueInput{Name: name + " Jansen", Called: name, Email: name + "@voorbeeld.nl", Lang: "nl"}, clock.On(2026, 1, 10), "x")
		if err != nil {
			return err
		}
		b.ids[name] = id
		_, err = organisation.Give(b.t.Context(), tx, id, access.Post{Role: role, Scope: access.Scope{Kind: access.Team, ID: b.team}}, tx.Now.Add(-time.Hour), time.Time{}, "x")
		return err
	})
}

func (b *bench) person(id, called string) {
	b.t.Helper()
	k, err := b.vault.NewKey(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	b.tx(func(tx *db.Tx) error {
		return dossier.Add(b.t.Context(), tx, b.vault, k, id, dossier.Profile{Called: called}, dossier.Placing{Team: b.team})
	})
}

func (b *bench) grant(person, name string, why access.Why, level access.Level) {
	b.t.Helper()
	b.tx(func(tx *db.Tx) error {
		_, err := access.Give(b.t.Context(), tx, access.Grant{Subject: person, Holder: "user:" + b.ids[name], Why: why, Level: level, Since: tx.Now.Add(-time.Minute)})
		return err
	})
}

// actor is a colleague as they sign in.
func (b *bench) actor(name string) access.Actor {
	b.t.Helper()
	id := b.ids[name]
	posts, err := b.org.Posts(b.t.Context(), id, b.d.Now())
	if err != nil || len(posts) == 0 {
		b.t.Fatalf("%s holds %v, %v", name, posts, err)
	}
	return access.Actor{Kind: access.Staff, ID: id, Name: name, Posts: posts, Holders: []string{"user:" + id}}
}

// record adds events to a person's only track and derives.
func (b *bench) record(person string, es ...Event) []Change {
	b.t.Helper()
	key, err := b.vault.Key(b.t.Context(), person)
	if err != nil {
		b.t.Fatal(err)
	}
	var changes []Change
	for _, e := range es {
		b.tx(func(tx *db.Tx) error {
			ts, err := tracks(b.t.Context(), tx, person)
			if err != nil {
				return err
			}
			var t Track
			if len(ts) > 0 {
				t = ts[0]
			} else if t, err = openTrack(b.t.Context(), tx, Track{Person: person, Topic: Asylum, Owner: b.ids["Marwan"], Team: b.team, OpenedBy: "x"}); err != nil {
				return err
			}
			if _, err := addEvent(b.t.Context(), tx, recordOf(t, e, Record{}, "x"), key, "geheime notitie"); err != nil {
				return err
			}
			_, moved, err := b.p.derive(b.t.Context(), tx, t)
			changes = moved.Changes
			return err
		})
	}
	return changes
}

func (b *bench) rows(person string) map[string]Row {
	b.t.Helper()
	rs, err := deadlines(b.t.Context(), b.d, person)
	if err != nil {
		b.t.Fatal(err)
	}
	out := map[string]Row{}
	for _, r := range rs {
		out[r.Term] = r
	}
	return out
}

func (b *bench) day(n int) { b.d.Clock().(*clock.Manual).Advance(time.Duration(n) * 24 * time.Hour) }

func TestDatesAreKeptAndNeverOverwritten(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		b.record("p-selam", ev("lodged", "2026-01-20"), ev("decision", "2026-11-23", outcome("rejected"), route("va"), how(Sent)))
		first := b.rows("p-selam")["appeal"]
		if first.Safe.String() != "2026-12-21" || first.State != "open" || first.Version != 1 || first.Confirmed {
			b.t.Fatalf("%+v", first)
		}
		// A correction: it was handed out in the general procedure, two days earlier.
		var old Record
		b.tx(func(tx *db.Tx) error {
			rs, err := records(ctx, tx, first.Track)
			if err != nil {
				return err
			}
			for _, r := range rs {
				if r.Kind == "decision" {
					old = r
				}
			}
			t, err := track(ctx, tx, "p-selam", first.Track)
			if err != nil {
				return err
			}
			if _, err := addEvent(ctx, tx, recordOf(t, ev("decision", "2026-11-21", outcome("rejected"), route("aa"), how(Handed)), old, "x"), privacy.Key{}, ""); err != nil {
				return err
			}
			_, moved, err := b.p.derive(ctx, tx, t)
			for _, c := range moved.Changes {
				if c.New.Term == "appeal" && (c.Old.Safe.String() != "2026-12-21" || c.New.Safe.String() != "2026-11-28") {
					b.t.Errorf("the change told is %s to %s", c.Old.Safe, c.New.Safe)
				}
			}
			return err
		})
		second := b.rows("p-selam")["appeal"]
		if second.Safe.String() != "2026-11-28" || second.Version != 2 || second.ID == first.ID || second.Name != first.Name || !second.Urgent {
			b.t.Fatalf("%+v", second)
		}
		vs, err := versions(ctx, b.d, second)
		if err != nil || len(vs) != 2 || vs[1].State != "superseded" || vs[1].SupersededBy != second.ID || vs[1].Safe.String() != "2026-12-21" {
			b.t.Fatalf("%+v, %v", vs, err)
		}
		// The same event cannot be corrected twice.
		err = b.d.Tx(ctx, func(tx *db.Tx) error {
			t, err := track(ctx, tx, "p-selam", first.Track)
			if err != nil {
				return err
			}
			_, err = addEvent(ctx, tx, recordOf(t, ev("decision", "2026-11-20"), old, "x"), privacy.Key{}, "")
			return err
		})
		if !fault.Is(err, fault.Conflict) {
			b.t.Errorf("a second correction: %v", err)
		}
		// Nothing changed: nothing is written.
		n := len(vs)
		b.tx(func(tx *db.Tx) error {
			t, err := track(ctx, tx, "p-selam", first.Track)
			if err != nil {
				return err
			}
			_, moved, err := b.p.derive(ctx, tx, t)
			if len(moved.Changes) != 0 {
				b.t.Errorf("nothing happened and %d dates changed", len(moved.Changes))
			}
			return err
		})
		if vs, _ = versions(ctx, b.d, second); len(vs) != n {
			b.t.Error("nothing happened and there is a new version")
		}
		t1, err := track(ctx, b.d, "p-selam", first.Track)
		if err != nil {
			b.t.Fatal(err)
		}
		for v := int64(1); v <= t1.Version; v++ {
			d, err := derivation(ctx, b.d, t1, v)
			if err != nil || d.Rules == "" || len(d.Choices) != 2 {
				b.t.Errorf("version %d: %+v, %v", v, d, err)
			}
		}
	})
}

func TestAnotherPersonsThingsAreAbsent(t *testing.T) {
	each(t, func(b *bench) {
		b.record("p-selam", ev("lodged", "2026-01-20"))
		r := b.rows("p-selam")["decide"]
		if _, err := deadline(b.t.Context(), b.d, "p-reem", r.ID); !fault.Is(err, fault.NotFound) {
			b.t.Errorf("a deadline of somebody else: %v", err)
		}
		if _, err := track(b.t.Context(), b.d, "p-reem", r.Track); !fault.Is(err, fault.NotFound) {
			b.t.Errorf("a track of somebody else: %v", err)
		}
	})
}

func (b *bench) raised() string {
	b.t.Helper()
	type row struct {
		Rung         int
		Role, Holder string
	}
	rs, err := db.Many[row](b.t.Context(), b.d, db.F(`SELECT rung, role, holder FROM procedure_escalation WHERE ended IS NULL ORDER BY rung DESC, role, holder`))
	if err != nil {
		b.t.Fatal(err)
	}
	names := map[string]string{}
	for n, id := range b.ids {
		names[id] = n
	}
	var out []string
	for _, r := range rs {
		out = append(out, fmt.Sprintf("%d:%s", r.Rung, names[r.Holder]))
	}
	return strings.Join(out, " ")
}

func (b *bench) sees(name string) bool {
	_, err := access.Find(b.t.Context(), b.d, b.actor(name), "p-selam", access.File, b.d.Now())
	return err == nil
}

func TestAlarmsClimbOnceAndOpenTheFileForAWhile(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		run := func(want string) {
			b.t.Helper()
			for range 2 { // twice: an alarm goes off once
				if err := b.p.Escalate(ctx, b.d.Now()); err != nil {
					b.t.Fatal(err)
				}
			}
			if got := b.raised(); got != want {
				b.t.Errorf("at %s: %q, want %q", clock.Today(b.d.Now()), got, want)
			}
		}
		b.record("p-selam", ev("lodged", "2026-01-20"), ev("decision", "2026-11-23", outcome("inadmissible"), how(Sent)))
		// Appeal and provisional measure on 30 November: six days. The rules are not confirmed, and warn all the same.
		want := "14:Marwan 14:Marwan 7:Deniz 7:Deniz"
		run(want)
		if !b.sees("Deniz") || b.sees("Noor") || b.sees("Ria") || b.sees("Amira") {
			b.t.Error("six days before, the deputy and nobody else sees the file")
		}
		b.day(3)
		run(want + " 3:Noor 3:Noor")
		if !b.sees("Noor") {
			b.t.Error("three days before, the team leader does not see the file")
		}
		gs, err := access.OfSubject(ctx, b.d, "p-selam")
		if err != nil {
			b.t.Fatal(err)
		}
		for _, g := range gs {
			if g.Why == access.Escalation && !g.Until.Equal(time.Date(2026, 12, 8, 0, 0, 0, 0, clock.Netherlands)) {
				b.t.Errorf("a grant of an alarm ends %s", g.Until)
			}
		}
		// The appeal is lodged: its alarms end, and with them the reason to look, once the other term is done too.
		b.record("p-selam", ev("appeal_lodged", "2026-11-27"))
		if r := b.rows("p-selam")["appeal"]; r.State != "met" {
			b.t.Errorf("the appeal is %s", r.State)
		}
		if !b.sees("Deniz") {
			b.t.Error("one term still runs, and the deputy sees nothing")
		}
		r := b.rows("p-selam")["provisional"]
		b.tx(func(tx *db.Tx) error { return finish(ctx, tx, r, b.ids["Marwan"], "sent", nil) })
		if b.raised() != "" || b.sees("Deniz") || b.sees("Noor") {
			b.t.Errorf("all is done, and alarms stand: %q", b.raised())
		}
		// Undone: the alarms go off again.
		b.tx(func(tx *db.Tx) error { return reopen(ctx, tx, r) })
		run("14:Marwan 7:Deniz 3:Noor")
		es, err := audit.Of(ctx, b.d, "p-selam", 0, 100)
		if err != nil {
			b.t.Fatal(err)
		}
		n := 0
		for _, e := range es {
			if e.Event == "procedure.event.escalated" {
				n++
				if e.OnBehalf == "" || e.Object == "" {
					b.t.Errorf("the log says %+v", e)
				}
			}
		}
		if n != 9 {
			b.t.Errorf("%d alarms are in the log", n)
		}
		// Seven days after the deadline the grants are over.
		b.day(11)
		if b.sees("Deniz") || b.sees("Noor") {
			b.t.Error("the grants of the alarms never end")
		}
	})
}

func TestWhenNobodyMindsAFileTheLeaderHearsOfIt(t *testing.T) {
	each(t, func(b *bench) {
		b.tx(func(tx *db.Tx) error {
			return access.EndHeld(b.t.Context(), tx, "p-selam", "user:"+b.ids["Marwan"], access.Assignment)
		})
		b.record("p-selam", ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"), route("aa"), how(Handed)))
		if err := b.p.Escalate(b.t.Context(), b.d.Now()); err != nil {
			b.t.Fatal(err)
		}
		if got := b.raised(); got != "14:Noor 7:Noor" {
			b.t.Errorf("%q", got)
		}
		if r := b.rows("p-selam")["appeal"]; r.Owner != "" {
			b.t.Errorf("the owner is %q", r.Owner)
		}
		// A caseworker is assigned: from the next run the date is theirs.
		b.grant("p-selam", "Amira", access.Assignment, access.File)
		if err := b.p.Escalate(b.t.Context(), b.d.Now()); err != nil {
			b.t.Fatal(err)
		}
		if r := b.rows("p-selam")["appeal"]; r.Owner != b.ids["Amira"] {
			b.t.Errorf("the owner is %q", r.Owner)
		}
	})
}

func TestExportTellsAllAndErasureLeavesNothing(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		b.record("p-selam", ev("lodged", "2026-01-20"), ev("decision", "2026-11-23", outcome("rejected"), route("aa"), how(Sent)))
		b.force(twoWeeks("{trigger: announced, from: 2026-11-01}"))
		b.recompute()
		if n := must(db.One[int](ctx, b.d, db.F(`SELECT COUNT(*) FROM procedure_move`))); n == 0 {
			b.t.Fatal("no date moved")
		}
		if err := b.p.Escalate(ctx, b.d.Now()); err != nil {
			b.t.Fatal(err)
		}
		k := b.p.Keeper()
		x, err := k.Export(ctx, b.d, b.vault, "p-selam")
		if err != nil {
			b.t.Fatal(err)
		}
		if s := fmt.Sprintf("%+v", x); !strings.Contains(s, "geheime notitie") || !strings.Contains(s, "old-appeal-week") {
			b.t.Error("the export lacks the note or the reasons")
		}
		raw, err := db.Many[[]byte](ctx, b.d, db.F(`SELECT note FROM procedure_event WHERE note IS NOT NULL`))
		if err != nil || len(raw) == 0 {
			b.t.Fatal(err)
		}
		for _, n := range raw {
			if strings.Contains(string(n), "geheim") {
				b.t.Error("a note lies unsealed in the database")
			}
		}
		b.tx(func(tx *db.Tx) error { return k.Erase(ctx, tx, "p-selam") })
		for _, f := range []db.Frag{db.F(`SELECT COUNT(*) FROM procedure_track`), db.F(`SELECT COUNT(*) FROM procedure_event`), db.F(`SELECT COUNT(*) FROM procedure_derivation`),
			db.F(`SELECT COUNT(*) FROM procedure_deadline`), db.F(`SELECT COUNT(*) FROM procedure_escalation`), db.F(`SELECT COUNT(*) FROM procedure_move`)} {
			if n, err := db.One[int](ctx, b.d, f); err != nil || n != 0 {
				b.t.Errorf("%s: %d rows, %v", f.SQL, n, err)
			}
		}
	})
}

func TestNewRulesGiveNewVersionsOfDates(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		b.record("p-selam", ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"), route("aa"), how(Handed)))
		before := b.rows("p-selam")["appeal"]
		// A change of law: two weeks instead of one, as the next release would bring it.
		next := New(b.d, b.org, b.files)
		next.Book.Version = "asylum_old@2027"
		for i := range next.Book.Packs {
			for j := range next.Book.Packs[i].Terms {
				if r := &next.Book.Packs[i].Terms[j]; r.ID == "old-appeal-week" {
					r.Term = &Term{N: 2, Unit: Weeks, Roll: ATW}
				}
			}
		}
		for range 2 {
			if err := next.Recompute(ctx, b.d.Now()); err != nil {
				b.t.Fatal(err)
			}
		}
		after := b.rows("p-selam")["appeal"]
		if after.Safe != before.Safe.AddDays(7) || after.Version != 2 {
			b.t.Errorf("%s version %d", after.Safe, after.Version)
		}
		if old, err := deadline(ctx, b.d, "p-selam", before.ID); err != nil || old.State != "superseded" || old.Safe != before.Safe {
			b.t.Errorf("the old date: %+v, %v", old, err)
		}
		es, err := audit.Of(ctx, b.d, "p-selam", 0, 10)
		if err != nil || es[0].Event != "procedure.event.recomputed" || es[0].Object != after.Track {
			b.t.Errorf("the log says %+v, %v", es, err)
		}
		if r := b.rows("p-selam")["departure"]; r.Version != 1 {
			b.t.Errorf("a date that did not change has version %d", r.Version)
		}
	})
}
