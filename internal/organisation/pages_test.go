package organisation

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

type bundle struct {
	t *testing.T
	d *db.DB
	s *Store
	h *webtest.House
}

func open(t *testing.T, d *db.DB) *bundle {
	t.Helper()
	s, _ := demoStore(t, d, 500)
	rule := access.Rule{Action: "x", Need: access.ByRole, Roles: []access.Role{access.Admin}}
	stub := func(v *web.Visit) error { return v.Text(200, "") }
	h := webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: Texts}}, append(s.Routes(),
		web.Route{Name: "account.invite", Method: "POST", Path: "/i/{user}", May: rule, Do: stub}, web.Route{Name: "account.reset", Method: "POST", Path: "/r/{user}", May: rule, Do: stub})...)
	h.Site.Load = func(ctx context.Context, ses web.Session, now time.Time) (access.Actor, error) {
		c, posts, err := Standing(ctx, d, ses.Actor, now)
		return access.Actor{Kind: access.Staff, ID: c.ID, Name: c.Name, Posts: posts}, err
	}
	return &bundle{t, d, s, h}
}

// as signs a colleague of the demonstration in; the posts are read from the database at every request.
func (b *bundle) as(id string) *webtest.Visitor {
	return b.h.As(access.Actor{Kind: access.Staff, ID: id})
}

var hidden = regexp.MustCompile(`name="(version|room-id-\d+|desk-id-\d+)" value="([^"]*)"`)

// form is the form of the edit page of Overvecht as a browser would send it back, with some fields changed.
func (b *bundle) form(v *webtest.Visitor, change ...string) map[string][]string {
	b.t.Helper()
	p := v.Get("/organisatie/locatie/l-overvecht/wijzigen")
	if p.Code != 200 {
		b.t.Fatalf("the form: %d", p.Code)
	}
	f := webtest.Form("name", "Overvecht", "street", "Kerkstraat 3", "postcode", "3561ab", "town", "Utrecht", "phone", "030 555 01 00",
		"day-0", "1", "opens-0", "9:00", "shuts-0", "12.30", "day-1", "0", "opens-1", "", "shuts-1", "",
		"room-0", "Kamer 1", "room-1", "Kamer 2", "room-2", "", "desk-0", "Tafel 1", "desk-1", "Tafel 2", "desk-2", "")
	for _, m := range hidden.FindAllStringSubmatch(p.Body, -1) {
		f.Set(m[1], m[2])
	}
	for i := 0; i < len(change); i += 2 {
		f.Set(change[i], change[i+1])
	}
	return f
}

func TestEveryPageStandsForWhoMaySeeIt(t *testing.T) {
	b := open(t, dbtest.SQLite(t, lines))
	look := []string{"/organisatie", "/organisatie?regio=r-noord", "/organisatie/team/t-utrecht", "/organisatie/locatie/l-kanaleneiland", "/organisatie/diensten",
		"/organisatie/dienst/v-werk", "/organisatie/lijsten", "/organisatie/lijsten?lijst=country&q=er", "/organisatie/collegas", "/organisatie/collegas?q=ria&team=t-utrecht",
		"/organisatie/collega/u-amira", "/organisatie/collega/u-marwan"}
	change := []string{"/organisatie/team/t-utrecht/locatie", "/organisatie/locatie/l-overvecht/wijzigen", "/organisatie/locatie/l-overvecht/dienst/v-werk",
		"/organisatie/collegas/nieuw", "/organisatie/collega/u-ria/wijzigen", "/organisatie/collega/u-ria/functie", "/organisatie/collega/u-ria/functie?rol=desk&team=t-utrecht"}
	shape := []string{"/organisatie/inrichten", "/organisatie/diensten/nieuw", "/organisatie/dienst/v-werk/wijzigen"}
	raw := regexp.MustCompile(`organisation\.[a-z_.]+`)
	for who, want := range map[string][3]int{"u-ria": {200, 404, 404}, "u-noor": {200, 404, 404}, "u-els": {200, 200, 404}, "u-beheer": {200, 200, 200}} {
		v := b.as(who)
		for i, pages := range [][]string{look, change, shape} {
			for _, p := range pages {
				for _, tag := range []string{"nl", "en"} {
					sep := "?"
					if strings.Contains(p, "?") {
						sep = "&"
					}
					r := v.Get(p + sep + "taal=" + tag)
					if r.Code != want[i] {
						t.Errorf("%s as %s: %d, want %d", p, who, r.Code, want[i])
					}
					if r.Code == 200 && (strings.Count(r.Body, "<h1") != 1 || raw.MatchString(r.Body)) {
						t.Errorf("%s as %s in %s has no single heading, or shows a key: %s", p, who, tag, raw.FindString(r.Body))
					}
				}
			}
		}
	}
	if p := b.as("u-ria").Get("/organisatie/collega/u-amira"); strings.Contains(p.Body, "VOG") || strings.Contains(p.Body, "/wijzigen") {
		t.Error("a volunteer sees the VOG of a colleague, or a door that is shut")
	}
	if p := b.as("u-els").Get("/organisatie/collega/u-amira"); !strings.Contains(p.Body, "VOG") || !strings.Contains(p.Body, "sinds") {
		t.Error("a regional manager misses the VOG or the history")
	}
	if p := b.as("u-ria").Get("/organisatie/locatie/l-overvecht"); !strings.Contains(p.Body, "Open tot 17:00") {
		t.Error("on a Tuesday morning Overvecht is open and the page does not say so")
	}
}

func TestALocationIsChangedWithAllFaultsAtOnceAndNothingLost(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		els := b.as("u-els")
		r := els.Post("/organisatie/locatie/l-overvecht/wijzigen", b.form(els, "street", "", "postcode", "nul", "day-1", "1", "opens-1", "12:00", "shuts-1", "11:00", "desk-1", "tafel 1"))
		for _, id := range []string{"#f-street", "#f-postcode", "#f-shuts-1", "#f-desk-1"} {
			if !strings.Contains(r.Body, `href="`+id+`"`) || !strings.Contains(r.Body, `id="`+id[1:]+`"`) {
				t.Errorf("%s is not named in the summary, or its field has no such id", id)
			}
		}
		if r.Code != 422 || !strings.Contains(r.Body, `value="11:00"`) || !strings.Contains(r.Body, `value="nul"`) && !strings.Contains(r.Body, `value="NUL"`) {
			t.Errorf("%d: what was typed is lost", r.Code)
		}
		f := b.form(els, "street", "Nieuwstraat 9", "desk-2", "Tafel 3", "room-0", "")
		f["_once"] = []string{"once-once-once-once"}
		for range 2 { // a double press
			if r := els.Post("/organisatie/locatie/l-overvecht/wijzigen", f); r.Code != 303 {
				t.Fatalf("save: %d %s", r.Code, r.Body)
			}
		}
		l, err := b.s.Location(context.Background(), "l-overvecht")
		if err != nil || l.Street != "Nieuwstraat 9" || l.Postcode != "3561 AB" || l.Version != 2 || len(l.Desks) != 3 || len(l.Hours) != 1 || l.Hours[0].Shuts != "12:30" {
			t.Errorf("saved %+v %v", l, err)
		}
		if d, err := b.s.Desk(context.Background(), "d-overvecht"); err != nil || d.Name != "Tafel 1" {
			t.Errorf("the desk lost its id: %v %v", d, err)
		}
		if r := els.Post("/organisatie/locatie/l-rotterdam-1/wijzigen", b.form(els)); r.Code != 404 {
			t.Errorf("another region's location: %d", r.Code)
		}
		if r := els.Get("/organisatie/locatie/l-rotterdam-1/wijzigen"); r.Code != 404 {
			t.Errorf("another region's form: %d", r.Code)
		}
		if r := b.as("u-ria").Post("/organisatie/locatie/l-overvecht/wijzigen", f); r.Code != 404 {
			t.Errorf("a volunteer changes a location: %d", r.Code)
		}
	})
}

func TestTwoPeopleSavingSeeBothVersions(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		els, beheer := b.as("u-els"), b.as("u-beheer")
		mine := b.form(els, "street", "Elsweg 1")
		if r := beheer.Post("/organisatie/locatie/l-overvecht/wijzigen", b.form(beheer, "street", "Beheerplein 2")); r.Code != 303 {
			t.Fatal(r.Code)
		}
		r := els.Post("/organisatie/locatie/l-overvecht/wijzigen", mine)
		if r.Code != 409 || !strings.Contains(r.Body, "Elsweg 1") || !strings.Contains(r.Body, "Beheerplein 2") || !strings.Contains(r.Body, "Fatma Yilmaz") {
			t.Fatalf("%d: both versions and who saved are not shown", r.Code)
		}
		if l, _ := b.s.Location(context.Background(), "l-overvecht"); l.Street != "Beheerplein 2" {
			t.Errorf("the second save was written: %s", l.Street)
		}
		again := b.form(els, "street", "Elsweg 1")
		if r := els.Post("/organisatie/locatie/l-overvecht/wijzigen", again); r.Code != 303 {
			t.Errorf("deciding: %d", r.Code)
		}

		c := webtest.Form("name", "Amira Haddad", "email", "amira@reisgezel.example", "lang", "nl", "languages", "nl", "active", "ja", "paid", "ja", "vog", "2026-01-05", "version", "1")
		if r := beheer.Post("/organisatie/collega/u-amira/wijzigen", c); r.Code != 303 {
			t.Fatalf("%d %s", r.Code, r.Body)
		}
		c.Set("phone", "06 1234 5678")
		if r := els.Post("/organisatie/collega/u-amira/wijzigen", c); r.Code != 409 || !strings.Contains(r.Body, "06 1234 5678") {
			t.Errorf("a colleague saved twice: %d", r.Code)
		}
		s := webtest.Form("name", "Werk", "about", "Werk en studie.", "version", "1")
		if r := beheer.Post("/organisatie/dienst/v-werk/wijzigen", s); r.Code != 303 {
			t.Fatal(r.Code)
		}
		s.Set("about", "Iets anders.")
		if r := beheer.Post("/organisatie/dienst/v-werk/wijzigen", s); r.Code != 409 || !strings.Contains(r.Body, "Werk en studie.") || !strings.Contains(r.Body, "Iets anders.") {
			t.Errorf("a service saved twice: %d", r.Code)
		}
	})
}

func TestPostsOverTheWeb(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		beheer, els, ria := b.as("u-beheer"), b.as("u-els"), b.as("u-ria")
		give := func(v *webtest.Visitor, user, role, team, place string) int {
			return v.Post("/organisatie/collega/"+user+"/functie", webtest.Form("rol", role, "team", team, "place", place, "since", "2026-11-24")).Code
		}
		for _, c := range []struct {
			who                     *webtest.Visitor
			user, role, team, place string
			want                    int
		}{
			{els, "u-ria", "case", "t-utrecht", "team:t-utrecht", 303},
			{els, "u-ria", "case", "t-utrecht", "team:t-utrecht", 422},       // she holds it already
			{els, "u-ria", "desk", "t-utrecht", "team:t-utrecht", 422},       // a volunteer never reaches over a team
			{els, "u-ria", "case", "t-rotterdam", "team:t-rotterdam", 422},   // not offered: another region
			{els, "u-ria", "admin", "", "national:", 422},                    // not hers to give
			{els, "u-els", "case", "t-utrecht", "team:t-utrecht", 403},       // nobody gives themselves a post
			{beheer, "u-beheer", "case", "t-utrecht", "team:t-utrecht", 403}, // not even the administrator
			{beheer, "u-ria", "privacy", "", "national:", 303},
			{ria, "u-jan", "case", "t-utrecht", "team:t-utrecht", 404},
		} {
			if got := give(c.who, c.user, c.role, c.team, c.place); got != c.want {
				t.Errorf("%s for %s at %q: %d, want %d", c.role, c.user, c.place, got, c.want)
			}
		}
		// what was given is there at the next request of the one who got it
		if p := ria.Get("/organisatie/collega/u-jan"); !strings.Contains(p.Body, "VOG") {
			t.Error("the new post does not count yet")
		}
		page := els.Get("/organisatie/collega/u-ria")
		ends := regexp.MustCompile(`/organisatie/functie/([^/"]+)/beeindigen`).FindAllStringSubmatch(page.Body, -1)
		if len(ends) != 2 { // caseworker and walk-in volunteer; the national one is not hers to end
			t.Fatalf("a regional manager may end %d posts", len(ends))
		}
		hs, err := b.s.History(context.Background(), "u-ria")
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range hs {
			want := 303
			if h.Role == access.Privacy {
				want = 404
			}
			if got := els.Post("/organisatie/functie/"+h.ID+"/beeindigen", nil).Code; got != want {
				t.Errorf("ending %s: %d, want %d", h.Role, got, want)
			}
		}
		page = els.Get("/organisatie/collega/u-ria")
		back := regexp.MustCompile(`/organisatie/functie/[^/"]+/terug`).FindAllString(page.Body, -1)
		if len(back) != 2 {
			t.Fatalf("%d endings can be taken back", len(back))
		}
		if r := els.Post(back[0], nil); r.Code != 303 {
			t.Errorf("taking back: %d", r.Code)
		}
	})
}

func TestDeputiesOverTheWeb(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		add := func(who, user string, pairs ...string) int {
			return b.as(who).Post("/organisatie/collega/"+user+"/vervanger", webtest.Form(pairs...)).Code
		}
		if got := add("u-amira", "u-amira", "deputy", "u-noor", "since", "2026-11-24", "until", "2026-12-01"); got != 303 {
			t.Errorf("one's own deputy: %d", got)
		}
		if got := add("u-noor", "u-amira", "deputy", "u-deniz", "since", "2026-12-01"); got != 422 {
			t.Errorf("two deputies on one day: %d", got)
		}
		if got := add("u-noor", "u-amira", "deputy", "u-deniz", "since", "2026-12-02"); got != 303 {
			t.Errorf("the team leader arranges the next: %d", got)
		}
		if got := add("u-noor", "u-amira", "deputy", "u-amira", "since", "2027-12-02"); got != 422 {
			t.Errorf("standing in for oneself: %d", got)
		}
		if got := add("u-ria", "u-amira", "deputy", "u-deniz", "since", "2027-01-02"); got != 404 {
			t.Errorf("a stranger arranges a deputy: %d", got)
		}
		if who, _ := b.s.DeputyOf(context.Background(), "u-amira", d.Now()); who != "u-noor" {
			t.Errorf("today it is %q", who)
		}
		p := b.as("u-amira").Get("/organisatie/collega/u-amira")
		end := regexp.MustCompile(`/organisatie/vervanging/[^/"]+/beeindigen`).FindAllString(p.Body, -1)
		if len(end) != 2 {
			t.Fatalf("%d arrangements can be ended", len(end))
		}
		if got := b.as("u-ria").Post(end[0], nil).Code; got != 404 {
			t.Errorf("a stranger ends it: %d", got)
		}
		for _, e := range end {
			if r := b.as("u-amira").Post(e, nil); r.Code != 303 {
				t.Errorf("ending: %d", r.Code)
			}
		}
		if who, _ := b.s.DeputyOf(context.Background(), "u-amira", d.Now()); who != "" {
			t.Errorf("ended, and still %q", who)
		}
	})
}

func TestTheHouseIsBuiltFromNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		v := b.as("u-beheer")
		if r := v.Post("/organisatie/inrichten/regio", webtest.Form("regio", "Midden")); r.Code != 422 || !strings.Contains(r.Body, "bestaat al") {
			t.Errorf("a region twice: %d", r.Code)
		}
		if r := v.Post("/organisatie/inrichten/team", webtest.Form("team", "Zeist", "teamregio", "r-nergens")); r.Code != 422 {
			t.Errorf("a team in no region: %d", r.Code)
		}
		if r := v.Post("/organisatie/inrichten/team", webtest.Form("team", "Zeist", "teamregio", "r-midden")); r.Code != 303 {
			t.Fatalf("%d", r.Code)
		}
		var team string
		ts, _ := b.s.Teams(context.Background(), "r-midden")
		for _, x := range ts {
			if x.Name == "Zeist" {
				team = x.ID
			}
		}
		if p := v.Get("/organisatie/team/" + team); p.Code != 200 || !strings.Contains(p.Body, "nog geen locatie") {
			t.Errorf("a new team: %d", p.Code)
		}
		f := webtest.Form("name", "Slot", "street", "Laan 1", "postcode", "3700 AA", "town", "Zeist", "desk-0", "Balie")
		if r := v.Post("/organisatie/team/"+team+"/locatie", f); r.Code != 303 {
			t.Fatalf("a new location: %d %s", r.Code, r.Body)
		}
		f.Set("desk-0", "")
		f.Set("name", "Slot 2")
		if r := v.Post("/organisatie/team/"+team+"/locatie", f); r.Code != 422 || !strings.Contains(r.Body, "#f-desk-0") {
			t.Errorf("a location without a desk: %d", r.Code)
		}
		bad := webtest.Form("name", "", "email", "geen adres", "lang", "nl", "vog", "2030-01-01")
		if r := v.Post("/organisatie/collegas/nieuw", bad); r.Code != 422 || strings.Count(r.Body, `href="#f-`) != 3 {
			t.Errorf("a colleague with three faults: %d", r.Code)
		}
		c := webtest.Form("name", "Mies Bos", "email", "Mies@Reisgezel.example", "lang", "nl", "languages", "nl")
		r := v.Post("/organisatie/collegas/nieuw", c)
		if r.Code != 303 || !strings.HasPrefix(r.To, "/organisatie/collega/") {
			t.Fatalf("a new colleague: %d", r.Code)
		}
		if r := v.Post("/organisatie/collegas/nieuw", c); r.Code != 422 || !strings.Contains(r.Body, "#f-email") {
			t.Errorf("an address twice: %d", r.Code)
		}
		if p := v.Get(r.To); !strings.Contains(p.Body, "/i/u-") || !strings.Contains(p.Body, "Vrijwilliger") {
			t.Error("the page of a new colleague offers no invitation")
		}
		self := webtest.Form("name", "Fatma Yilmaz", "email", "beheer@reisgezel.example", "lang", "nl", "vog", "2026-11-01", "active", "ja", "version", "1")
		if r := v.Post("/organisatie/collega/u-beheer/wijzigen", self); r.Code != 422 {
			t.Errorf("who writes down their own VOG: %d", r.Code)
		}
		vf := webtest.Form("keuze", "none", "remark", "", "version", "0")
		if r := v.Post("/organisatie/locatie/l-overvecht/dienst/v-geld", vf); r.Code != 422 {
			t.Errorf("a difference without a reason: %d", r.Code)
		}
		vf.Set("remark", "Het buurtteam doet dit.")
		if r := v.Post("/organisatie/locatie/l-overvecht/dienst/v-geld", vf); r.Code != 303 {
			t.Errorf("a difference: %d", r.Code)
		}
		if r := v.Post("/organisatie/locatie/l-overvecht/dienst/v-geld", vf); r.Code != 409 {
			t.Errorf("over somebody else's difference: %d", r.Code)
		}
		if p := b.as("u-ria").Get("/organisatie/dienst/v-geld"); !strings.Contains(p.Body, "Het buurtteam doet dit.") {
			t.Error("the difference is not visible")
		}
	})
}

func TestTextsAreWhole(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "organisation", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Faults([]string{"nl", "en"}, "organisation.") {
		t.Error(f)
	}
	for _, l := range Languages {
		if !c.Has("nl", "organisation.lang."+l) {
			t.Errorf("the language %s has no name", l)
		}
	}
	for _, r := range access.Roles {
		if !c.Has("nl", "organisation.role."+string(r)) {
			t.Errorf("the role %s has no name", r)
		}
	}
}
