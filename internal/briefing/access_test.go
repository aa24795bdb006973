package briefing

// This file tests what must not be seen: names, by whoever has no grant; anything, by who may not come in; and that a pass
// holds for one day and one session, whatever happens to it.

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

// fill is a session with Selam and Mebrahtu on the list.
func (o office) fill(t testing.TB) string {
	id := o.plan(t)
	o.invite(t, id, "p-selam", "p-mebrahtu")
	return id
}

func TestWhoSeesWhat(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		id := o.fill(t)
		selam := o.inviteID(t, id, "p-selam")
		// Deniz has the file of Selam and of nobody else.
		o.give(t, access.Grant{Subject: "p-selam", Holder: "user:u-deniz", Why: access.Assignment, Level: access.File})
		elsewhere := access.Actor{Kind: access.Staff, ID: "u-x", Name: "X", Holders: []string{"user:u-x"}, Posts: []access.Post{{Role: access.Case, Scope: access.Scope{Kind: access.Team, ID: "t-amersfoort"}}}}
		region := access.Actor{Kind: access.Staff, ID: "u-els", Name: "Els", Holders: []string{"user:u-els"}, Posts: []access.Post{{Role: access.Region, Scope: access.Scope{Kind: access.InRegion, ID: "r-midden"}}}}
		jan := ria()
		jan.ID, jan.Name, jan.Holders = "u-jan", "Jan", []string{"user:u-jan"}
		page := "/voorlichting/sessie/" + id
		o.on(t, "2026-11-26", "09:30")
		type sight struct{ page, selam, mebrahtu, invites, attends, file bool }
		for name, c := range map[string]struct {
			a    access.Actor
			want sight
		}{
			"who has both files":         {worker("u-amira", access.Case), sight{true, true, true, true, true, true}},
			"who has one":                {worker("u-deniz", access.Legal), sight{true, true, false, true, true, true}},
			"who leads the team":         {worker("u-noor", access.Lead), sight{true, false, false, true, true, false}},
			"the leader of the session":  {ria(), sight{true, true, true, false, true, false}},
			"another volunteer":          {jan, sight{true, false, false, false, false, false}},
			"the region":                 {region, sight{true, false, false, false, false, false}},
			"a caseworker elsewhere":     {elsewhere, sight{}},
			"the administrator":          {worker("u-beheer", access.Admin), sight{}},
			"the privacy officer":        {worker("u-pieter", access.Privacy), sight{}},
			"Selam, through these doors": {self("p-selam"), sight{}},
		} {
			v := o.As(c.a)
			open := func(path string, want bool) string {
				t.Helper()
				a := v.Get(path)
				if want && a.Code != 200 {
					t.Errorf("%s: %s answers %d", name, path, a.Code)
				}
				if !want {
					o.absent(t, v, a, name+": "+path)
				}
				return a.Body
			}
			body := open(page, c.want.page) + open(page+"/aanwezig", c.want.attends)
			if strings.Contains(body, "Selam") != c.want.selam || strings.Contains(body, "Mebrahtu") != c.want.mebrahtu {
				t.Errorf("%s: Selam %v, Mebrahtu %v", name, strings.Contains(body, "Selam"), strings.Contains(body, "Mebrahtu"))
			}
			lacks(t, name, body, "2819940173", "281 994 0173", "2821560938", "Haile", "kamer 114", "+31612345001", "asylum")
			open(page+"/uitnodigen", c.want.invites)
			open(page+"/wijzigen", c.want.invites)
			open("/dossier/p-selam/voorlichting", c.want.file)
			open("/dossier/p-selam/voorlichting/"+selam, c.want.file)
			open("/dossier/p-selam", c.want.file) // the pass opens no page of the file
			if c.want.attends && !c.want.mebrahtu {
				o.absent(t, v, v.Post(page+"/aanwezig", webtest.Form("invite", o.inviteID(t, id, "p-mebrahtu"), "came", "came")), name+" marks whom they do not see")
				open(page+"/begrepen/"+o.inviteID(t, id, "p-mebrahtu"), false)
			}
			if !c.want.invites {
				for _, x := range []struct {
					path string
					form []string
				}{{page + "/uitnodigen", []string{"person", "p-golnar", "toch", "p-golnar"}}, {page + "/terug", []string{"invite", selam}}, {page + "/afzeggen", []string{"reason", "few"}}, {page + "/wijzigen", nil},
					{"/voorlichting/opnieuw", []string{"person", "p-golnar", "session", id}}, {"/voorlichting/opnieuw/waarom", []string{"person", "p-selam", "invite", selam, "why", "ill"}}} {
					if a := v.Post(x.path, webtest.Form(x.form...)); a.Code != 404 && (c.a.Kind != access.IsSelf || a.Code < 400) {
						t.Errorf("%s: %s answers %d", name, x.path, a.Code)
					}
				}
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM briefing_invite WHERE person NOT IN ('p-selam','p-mebrahtu') OR state <> 'open' OR came <> ''`)); n != 0 {
			t.Errorf("%d invitations were touched by who may not", n)
		}
		// The team leader has no file of anybody, and finds nobody to invite, whatever name is sent.
		noor := o.As(worker("u-noor", access.Lead))
		lacks(t, "whom the team leader may invite", noor.Get(page+"/uitnodigen?taal=alle&waar=alle").Body, "Golnar", "Reem", "p-reem")
		o.absent(t, noor, noor.Post(page+"/uitnodigen", webtest.Form("person", "p-golnar", "toch", "p-golnar")), "inviting whom one may not see")
		o.absent(t, noor, noor.Post(page+"/uitnodigen", webtest.Form("person", "p-nobody", "toch", "p-nobody")), "inviting nobody")
		// Whoever broke the glass may read, and invites nobody.
		o.give(t, access.Grant{Subject: "p-golnar", Holder: "user:u-noor", Why: access.BreakGlass, Level: access.File, Until: d.Now().Add(3 * time.Hour)})
		o.absent(t, noor, noor.Post(page+"/uitnodigen", webtest.Form("person", "p-golnar", "toch", "p-golnar")), "inviting in an emergency")
		// At the desk one sees that there was voorlichting, and no own words.
		amira := o.As(worker("u-amira", access.Case))
		if a := amira.Post(page+"/aanwezig", webtest.Form("invite", selam, "came", "came")); a.Code != 303 {
			t.Fatal(a.Code)
		}
		if a := amira.Post(page+"/begrepen/"+selam, webtest.Form("understood", words, "lang", "ti")); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		desk := jan
		desk.Holders = append(desk.Holders, "desk:d-overvecht")
		o.give(t, access.Grant{Subject: "p-selam", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel, Until: d.Now().Add(90 * time.Minute)})
		v := o.As(desk)
		file := v.Get("/dossier/p-selam/voorlichting").Body + v.Get("/dossier/p-selam").Body
		has(t, "the desk", file, "Voorlichting")
		lacks(t, "the desk", file, words)
		o.absent(t, v, v.Get(page+"/begrepen/"+selam), "own words, at the desk")
		// So does a colleague of the team who plans sessions, and sits at that desk.
		planner := worker("u-begeleider-1", access.Case)
		planner.Holders = append(planner.Holders, "desk:d-overvecht")
		v = o.As(planner)
		has(t, "a planner at the desk", v.Get(page+"/aanwezig").Body, "Selam")
		o.absent(t, v, v.Get(page+"/begrepen/"+selam), "own words, for a planner at the desk")
		o.absent(t, v, v.Post(page+"/aanwezig", webtest.Form("invite", selam, "came", "missed")), "marking, by a planner at the desk")
		has(t, "who has the file", amira.Get("/dossier/p-selam/voorlichting").Body, words)
	})
}

// Nothing of one session or person is reached through the address of another.
func TestWhatBelongsToAnotherIsNotThere(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	id, other := o.fill(t), o.plan(t, "hour", "14:00")
	selam := o.inviteID(t, id, "p-selam")
	o.on(t, "2026-11-26", "09:30")
	for name, a := range map[string]access.Actor{"the leader": ria(), "the caseworker": worker("u-amira", access.Case)} {
		v := o.As(a)
		o.absent(t, v, v.Get("/voorlichting/sessie/"+other+"/begrepen/"+selam), name+", through another session")
		o.absent(t, v, v.Post("/voorlichting/sessie/"+other+"/aanwezig", webtest.Form("invite", selam, "came", "came")), name+", through another session")
		o.absent(t, v, v.Get("/dossier/p-mebrahtu/voorlichting/"+selam), name+", through another file")
		o.absent(t, v, v.Get("/voorlichting/sessie/bs-none"), name+", of no session")
	}
	v := o.As(self("p-mebrahtu"))
	o.absent(t, v, v.Post("/mijn/voorlichting/niet", webtest.Form("invite", selam)), "declining for another")
	if s := o.one(t, db.F(`SELECT state || came FROM briefing_invite WHERE id = ?`, selam)); s != Open {
		t.Errorf("%s", s)
	}
}

// Whatever is planned, moved, given to another leader, invited, withdrawn, declined, cancelled and restored: at every moment
// a leader sees exactly those who are invited to a session that they lead and that is today.
func TestAPassHoldsForOneDayAndOneSession(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		cs := map[string]access.Actor{}
		for _, id := range []string{"u-ria", "u-jan"} {
			a := ria()
			a.ID, a.Holders = id, []string{"user:" + id}
			cs[id] = a
		}
		people := []string{"p-selam", "p-mebrahtu", "p-reem"}
		by := worker("u-amira", access.Case)
		topics := []string{"bt-rights"}
		inTx := func(r *rapid.T, fn func(tx *db.Tx) error) {
			if err := d.Tx(t.Context(), fn); err != nil {
				r.Fatal(err)
			}
		}
		rapid.Check(t, func(r *rapid.T) {
			inTx(r, func(tx *db.Tx) error { // every round begins with an empty house, also after one that failed
				for _, f := range []db.Frag{db.F(`DELETE FROM briefing_act`), db.F(`DELETE FROM briefing_invite`), db.F(`DELETE FROM briefing_subject`), db.F(`DELETE FROM briefing_session`), db.F(`DELETE FROM access_grant WHERE why = 'presence'`)} {
					if _, err := db.Do(t.Context(), tx, f); err != nil {
						return err
					}
				}
				return nil
			})
			start := clock.Today(d.Now()).AddDays(2)
			type model struct {
				s       Session
				invited map[string]bool
			}
			var all []*model
			plan := func(s Session) (string, error) {
				var id string
				err := d.Tx(t.Context(), func(tx *db.Tx) (err error) { id, err = o.b.plan(t.Context(), tx, by, s, topics); return err })
				return id, err
			}
			for i := range 2 {
				s := Session{Team: "t-utrecht", Location: "l-overvecht", Kind: "group", Language: "ti", Leader: []string{"u-ria", "u-jan"}[i], Minutes: 60, Seats: 9, Interpreter: "none",
					At: start.In(clock.Netherlands).Add(10 * time.Hour)}
				id, err := plan(s)
				if err != nil {
					r.Fatal(err)
				}
				s.ID, s.Version = id, 1
				all = append(all, &model{s, map[string]bool{}})
			}
			for range rapid.IntRange(1, 12).Draw(r, "steps") {
				m := rapid.SampledFrom(all).Draw(r, "session")
				p := rapid.SampledFrom(people).Draw(r, "person")
				f := o.file(t, by, p)
				stands := m.s.Cancelled.IsZero()
				switch step := rapid.SampledFrom([]string{"invite", "invite", "withdraw", "cancel", "restore", "leader", "day"}).Draw(r, "step"); {
				case step == "invite" && stands:
					inTx(r, func(tx *db.Tx) error { return o.b.invite(t.Context(), tx, f, m.s.ID) })
					m.invited[p] = true
				case step == "withdraw" && m.invited[p]:
					inTx(r, func(tx *db.Tx) error {
						i, err := inviteOf(t.Context(), tx, f, o.inviteID(t, m.s.ID, p))
						if err != nil {
							return err
						}
						return o.b.withdraw(t.Context(), tx, f, i, rapid.SampledFrom([]string{Withdrawn, Declined}).Draw(r, "state"))
					})
					delete(m.invited, p)
				case step == "cancel" && stands:
					inTx(r, func(tx *db.Tx) error { return o.b.cancel(t.Context(), tx, by, m.s, "few") })
					m.s.Cancelled = d.Now()
					m.s.Version++
				case step == "restore" && !stands:
					err := d.Tx(t.Context(), func(tx *db.Tx) error { return o.b.restore(t.Context(), tx, by, m.s) })
					if err != nil {
						continue // its leader leads the other session at that hour meanwhile
					}
					m.s.Cancelled = time.Time{}
					m.s.Version++
					for _, x := range people { // who has another session to come stays there
						if slices.ContainsFunc(all, func(o *model) bool { return o != m && o.invited[x] && o.s.Cancelled.IsZero() }) {
							delete(m.invited, x)
						}
					}
				case (step == "leader" || step == "day") && stands:
					s := m.s
					if step == "leader" {
						s.Leader = map[string]string{"u-ria": "u-jan", "u-jan": "u-ria"}[s.Leader]
					} else {
						s.At = start.AddDays(rapid.IntRange(0, 2).Draw(r, "day")).In(clock.Netherlands).Add(10 * time.Hour)
					}
					if _, err := plan(s); err != nil {
						continue // they would fall together
					}
					s.Version++
					m.s = s
				}
			}
			for day := -1; day <= 3; day++ {
				for _, hour := range []int{0, 10, 23} {
					at := start.AddDays(day).In(clock.Netherlands).Add(time.Duration(hour) * time.Hour)
					for id, a := range cs {
						got, err := db.Many[string](t.Context(), d, db.F(`SELECT DISTINCT i.person FROM briefing_invite i WHERE i.session IN (?,?) AND`, all[0].s.ID, all[1].s.ID).With(access.Sees(a, at, access.Note, "i.person")).Then(`ORDER BY i.person`))
						if err != nil {
							r.Fatal(err)
						}
						var want []string
						for _, p := range people {
							if slices.ContainsFunc(all, func(m *model) bool {
								return m.s.Cancelled.IsZero() && m.s.Leader == id && m.invited[p] && m.s.Day() == start.AddDays(day)
							}) {
								want = append(want, p)
							}
						}
						slices.Sort(want)
						if !slices.Equal(got, want) {
							r.Fatalf("%s at %v sees %v, and is to see %v", id, at, got, want)
						}
						if n, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM briefing_invite i WHERE`).With(access.Sees(a, at, access.DeskLevel, "i.person"))); err != nil || n != 0 {
							r.Fatalf("a pass opens a file: %d %v", n, err)
						}
					}
				}
			}
		})
	})
}

// Whatever page shows a file, the look stands in the log once.
func TestEveryLookStandsInTheLog(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	id := o.fill(t)
	selam := o.inviteID(t, id, "p-selam")
	o.on(t, "2026-11-26", "10:30")
	logged := func(actor string) int {
		return o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = ?`, actor))
	}
	for _, c := range []struct {
		a    access.Actor
		path string
	}{
		{worker("u-amira", access.Case), "/dossier/p-selam/voorlichting"},
		{worker("u-amira", access.Case), "/dossier/p-selam/voorlichting/" + selam},
		{ria(), fmt.Sprintf("/voorlichting/sessie/%s/begrepen/%s", id, selam)},
		{self("p-selam"), "/mijn/voorlichting"},
	} {
		before := logged(c.a.ID)
		if a := o.As(c.a).Get(c.path); a.Code != 200 {
			t.Fatal(c.path, a.Code)
		}
		if n := logged(c.a.ID) - before; n != 1 {
			t.Errorf("%s stands %d times in the log", c.path, n)
		}
	}
}
