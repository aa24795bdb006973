package organisation

import (
	"context"
	"slices"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

var lines = []db.Line{{Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "web", FS: web.Schema}, {Name: "organisation", FS: Schema}}

func demoStore(t *testing.T, d *db.DB, people int) (*Store, Plan) {
	t.Helper()
	var p Plan
	if err := d.Bulk(context.Background(), func(tx *db.Tx) (err error) {
		p, err = Demo(context.Background(), tx, d.Now(), people)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return New(d), p
}

func write(t *testing.T, d *db.DB, fn func(tx *db.Tx) error) error {
	t.Helper()
	return d.Tx(context.Background(), fn)
}

func TestDemoIsSpreadAndTheSameEveryTime(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s, p := demoStore(t, d, 2000)
		ctx := context.Background()
		cases := 0
		for _, team := range p.Teams {
			if len(team.Caseworkers) == 0 || len(team.Legal) == 0 || len(team.Leads) != 1 || len(team.Locations) != 2 {
				t.Errorf("team %s is not whole: %+v", team.ID, team)
			}
			cases += len(team.Caseworkers)
			for _, id := range append(append(append([]string(nil), team.Caseworkers...), team.Legal...), team.Leads...) {
				ts, err := s.TeamsOf(ctx, id, d.Now())
				if err != nil || len(ts) != 1 || ts[0] != team.ID {
					t.Errorf("%s works in %v, %v; the plan says %s", id, ts, err, team.ID)
				}
			}
		}
		if cases != 34 {
			t.Errorf("2000 people have %d caseworkers, want 34", cases)
		}
		for id, want := range map[string]access.Post{
			"u-ria":    {Role: access.Desk, Scope: access.Scope{Kind: access.AtDesk, ID: "d-overvecht"}},
			"u-amira":  {Role: access.Case, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}},
			"u-els":    {Role: access.Region, Scope: access.Scope{Kind: access.InRegion, ID: "r-midden"}},
			"u-beheer": {Role: access.Admin, Scope: access.Scope{Kind: access.National}},
		} {
			posts, err := s.Posts(ctx, id, d.Now())
			if err != nil || len(posts) != 1 || posts[0] != want {
				t.Errorf("%s holds %v, %v; want %v", id, posts, err, want)
			}
		}
		if got, err := s.DeputyOf(ctx, "u-marwan", d.Now()); got != "u-deniz" || err != nil {
			t.Errorf("Marwan's deputy is %q, %v", got, err)
		}
		if got, err := s.Lead(ctx, "t-utrecht", d.Now()); len(got) != 1 || got[0] != "u-noor" || err != nil {
			t.Errorf("Utrecht is led by %v, %v", got, err)
		}
		l, err := s.Location(ctx, "l-overvecht")
		if err != nil || !l.OpenAt(d.Now()) || len(l.Desks) != 2 || l.Desks[0].ID != "d-overvecht" {
			t.Errorf("Overvecht: %+v %v", l, err)
		}
		if posts, err := s.Posts(ctx, "u-spreekuur-3", d.Now()); len(posts) != 0 || err != nil {
			t.Errorf("without a VOG there are posts: %v, %v", posts, err)
		}
	})
}

func TestPlanDoesNotDependOnWhenItIsMade(t *testing.T) {
	a, b := dbtest.SQLite(t, lines), dbtest.SQLite(t, lines)
	b.Clock().(*clock.Manual).Advance(400 * 24 * 3600 * 1e9)
	_, p := demoStore(t, a, 700)
	_, q := demoStore(t, b, 700)
	if len(p.Teams) != len(q.Teams) || p.Teams[1].Caseworkers[0] != q.Teams[1].Caseworkers[0] {
		t.Errorf("%v and %v differ", p, q)
	}
}

func TestVOGAndActivityDecideAboutPosts(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s, _ := demoStore(t, d, 100)
		ctx := context.Background()
		set := func(id string, change func(*ColleagueInput)) {
			c, err := s.Colleague(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			in := ColleagueInput{Name: c.Name, Called: c.Called, Email: c.Email, Lang: c.Lang, Paid: c.Paid, Active: true, VOGSeen: c.VOGSeen.String(), Version: c.Version}
			change(&in)
			seen, fs := in.Check(d.Now())
			if len(fs) > 0 {
				t.Fatal(fs)
			}
			if err := write(t, d, func(tx *db.Tx) error { return SaveColleague(ctx, tx, id, in, seen, "u-beheer") }); err != nil {
				t.Fatal(err)
			}
		}
		holds := func(id string) int {
			posts, err := s.Posts(ctx, id, d.Now())
			if err != nil {
				t.Fatal(err)
			}
			return len(posts)
		}
		set("u-amira", func(in *ColleagueInput) { in.VOGSeen = "2023-11-25" }) // today is the last day
		if holds("u-amira") != 1 {
			t.Error("the VOG counts up to and including its last day")
		}
		set("u-amira", func(in *ColleagueInput) { in.VOGSeen = "2023-11-24" })
		if holds("u-amira") != 0 {
			t.Error("an old VOG still gives posts")
		}
		set("u-marwan", func(in *ColleagueInput) { in.Active = false })
		if holds("u-marwan") != 0 {
			t.Error("somebody who left still holds a post")
		}
		set("u-beheer", func(in *ColleagueInput) { in.VOGSeen = "" })
		if holds("u-beheer") != 1 {
			t.Error("nobody is left who could write down a VOG")
		}
	})
}

func TestPostsAreGivenEndedAndRestored(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s, _ := demoStore(t, d, 100)
		ctx, now := context.Background(), d.Now()
		p := access.Post{Role: access.Case, Scope: access.Scope{Kind: access.Location, ID: "l-overvecht"}}
		var id string
		give := func() error {
			return write(t, d, func(tx *db.Tx) error {
				made, err := Give(ctx, tx, "u-ria", p, now, now.AddDate(0, 0, 10), "u-beheer")
				if err == nil {
					id = made
				}
				return err
			})
		}
		if err := give(); err != nil {
			t.Fatal(err)
		}
		if posts, _ := s.Posts(ctx, "u-ria", now); len(posts) != 2 {
			t.Errorf("roles add up; she holds %v", posts)
		}
		if err := give(); !fault.Is(err, fault.Invalid) {
			t.Errorf("the same post twice: %v", err)
		}
		if posts, _ := s.Posts(ctx, "u-ria", now.AddDate(0, 0, 10)); len(posts) != 1 {
			t.Errorf("after its last moment the post still stands: %v", posts)
		}
		h, err := s.HeldPost(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if err := write(t, d, func(tx *db.Tx) error { return EndPost(ctx, tx, h, "u-beheer") }); err != nil {
			t.Fatal(err)
		}
		if posts, _ := s.Posts(ctx, "u-ria", now); len(posts) != 1 {
			t.Errorf("an ended post still stands: %v", posts)
		}
		if hs, _ := s.History(ctx, "u-ria"); len(hs) != 2 {
			t.Errorf("the history forgot: %v", hs)
		}
		if err := write(t, d, func(tx *db.Tx) error { return RestorePost(ctx, tx, h, "u-beheer") }); err != nil {
			t.Fatal(err)
		}
		if posts, _ := s.Posts(ctx, "u-ria", now); len(posts) != 2 {
			t.Errorf("taking back did nothing: %v", posts)
		}
		last, err := s.History(ctx, "u-beheer")
		if err != nil {
			t.Fatal(err)
		}
		if err := write(t, d, func(tx *db.Tx) error { return EndPost(ctx, tx, last[0], "u-noor") }); !fault.Is(err, fault.Conflict) {
			t.Errorf("the last administrator may go: %v", err)
		}
		if posts, _ := s.Posts(ctx, "u-beheer", now); len(posts) != 1 {
			t.Error("the refused ending was written")
		}
		if n, err := audit.Verify(ctx, d); err != nil || n == 0 {
			t.Errorf("log: %d %v", n, err)
		}
	})
}

func TestTwoPeopleSaveTheSameLocation(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s, _ := demoStore(t, d, 100)
		ctx := context.Background()
		l, err := s.Location(ctx, "l-overvecht")
		if err != nil {
			t.Fatal(err)
		}
		in := LocationInput{Name: l.Name, Street: l.Street, Postcode: l.Postcode, Town: l.Town, Phone: l.Phone, Version: l.Version,
			Hours: []Hours{{2, "10:00", "12:00"}}, Rooms: []Room{{ID: l.Rooms[0].ID}, {Name: "Stilteruimte"}}, Desks: []Desk{{ID: l.Desks[0].ID, Name: "Balie"}}}
		save := func(in LocationInput) error {
			return write(t, d, func(tx *db.Tx) error { return SaveLocation(ctx, tx, l.ID, in, "u-els") })
		}
		if err := save(in); err != nil {
			t.Fatal(err)
		}
		in.Street = "Elders 1"
		if err := save(in); !fault.Is(err, fault.Conflict) {
			t.Errorf("the second save: %v", err)
		}
		got, err := s.Location(ctx, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got.Street != l.Street || len(got.Hours) != 1 || got.Desks[0].Name != "Balie" || got.ChangedBy != "u-els" {
			t.Errorf("saved: %+v", got)
		}
		rooms, err := s.RoomsOf(ctx, l.Team)
		if err != nil {
			t.Fatal(err)
		}
		rooms = slices.DeleteFunc(rooms, func(r Room) bool { return r.Location != l.ID })
		if len(rooms) != 2 || rooms[0].Name != "Kamer 2" || rooms[1].Name != "Stilteruimte" {
			t.Errorf("rooms in use: %v", rooms)
		}
		if diff := in.Differences(got, func(int) string { return "dag" }); len(diff) == 0 {
			t.Error("two versions differ and nothing is shown")
		}
	})
}

func TestVariantsAndReferences(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s, _ := demoStore(t, d, 100)
		ctx := context.Background()
		offers, err := s.Offers(ctx, "l-kanaleneiland")
		if err != nil {
			t.Fatal(err)
		}
		differ := 0
		for _, o := range offers {
			if o.Differs() {
				differ++
				if o.Given() || o.Service.ID != "v-geld" {
					t.Errorf("%+v", o)
				}
			}
		}
		if differ != 1 {
			t.Errorf("%d differences", differ)
		}
		if err := write(t, d, func(tx *db.Tx) error {
			return PutVariant(ctx, tx, "l-kanaleneiland", "v-geld", VariantInput{Like: true, Version: 7}, "u-els")
		}); !fault.Is(err, fault.Conflict) {
			t.Errorf("an old version: %v", err)
		}
		day := clock.On(2026, 11, 24)
		rows := []Reference{{Code: "0001", Name: "Adorp", Until: clock.On(1990, 1, 1)}, {Code: "0344", Name: "Utrecht"}, {Code: "1980", Name: "Dijk en Waard", Since: clock.On(2022, 1, 1)}}
		for i, want := range []int64{2, 0} {
			if err := write(t, d, func(tx *db.Tx) error {
				n, err := PutReference(ctx, tx, Municipality, rows)
				if n != want {
					t.Errorf("time %d: %d lines changed, want %d", i+1, n, want)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		now, err := s.Municipalities(ctx, day)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range now {
			if r.Name == "Adorp" {
				t.Error("a municipality of long ago is offered")
			}
		}
		if old, err := s.Reference(ctx, Municipality, "0001"); err != nil || old.Name != "Adorp" {
			t.Errorf("an old code is forgotten: %v %v", old, err)
		}
	})
}

func TestSearchFindsByAnyWordAndTakesNoPatterns(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s, _ := demoStore(t, d, 100)
		ctx := context.Background()
		for text, want := range map[string]string{"boer": "u-ria", "de boer": "u-ria", "RIA": "u-ria", "marwan@": "u-marwan", "%": "", "_oor": "", `\`: ""} {
			cs, err := s.Search(ctx, text, "", d.Now(), 0, 20)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, c := range cs {
				if c.ID == want {
					got = c.ID
				}
			}
			if got != want || (want == "" && len(cs) > 0) {
				t.Errorf("%q finds %v", text, cs)
			}
		}
		team, err := s.Search(ctx, "", "t-utrecht", d.Now(), 0, 100)
		if err != nil || len(team) < 6 {
			t.Errorf("Utrecht: %d %v", len(team), err)
		}
		for _, c := range team {
			if c.ID == "u-els" {
				t.Error("the regional manager is no member of a team")
			}
		}
	})
}
