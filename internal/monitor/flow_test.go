package monitor

// This file walks the way of a week on both databases: counted, judged, on the desk, and what must not appear.

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

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
	"reisgezel/internal/knelpunt"
	"reisgezel/internal/organisation"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema}, {Name: "monitor", FS: Schema}}

// lastWeek is the week before the clock of the tests.
var lastWeek = WeekOf(clock.Today(dbtest.Start)).AddDays(-7)

type office struct {
	*webtest.House
	m     *Monitor
	d     *db.DB
	weeks map[clock.Date]Week // what the other rooms say of a week
	asked map[clock.Date]int
}

func newOffice(t *testing.T, d *db.DB) *office {
	t.Helper()
	v, err := privacy.Open(t.Context(), dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	if err := d.Bulk(t.Context(), func(tx *db.Tx) error { _, err := organisation.Demo(t.Context(), tx, d.Now(), 50); return err }); err != nil {
		t.Fatal(err)
	}
	o := &office{d: d, weeks: map[clock.Date]Week{}, asked: map[clock.Date]int{}}
	o.m = New(d, v, org, Lent{Choices: lists(), Told: func(context.Context, clock.Date, clock.Date) ([]Done, error) { return nil, nil },
		Since: func(context.Context) (clock.Date, error) {
			first := clock.Date{}
			for w := range o.weeks {
				if first.IsZero() || w.Before(first) {
					first = w
				}
			}
			return first, nil
		},
		Signals: func(_ context.Context, w clock.Date) ([]Cell, Heard, error) {
			o.asked[w]++
			return o.weeks[w].Cells, Heard{o.weeks[w].Heard, o.weeks[w].HeardAt}, nil
		},
		Guided: func(_ context.Context, from, until clock.Date) (int, error) {
			if from.DaysUntil(until) != 7 {
				t.Errorf("people guided from %s until %s", from, until)
			}
			return o.weeks[from].Guided, nil
		},
		Bottlenecks: func(_ *web.Visit, theme string) ([]ui.Option, error) {
			return []ui.Option{{Value: "kp-1", Label: "Waarom een tolk in de verkeerde taal?"}}, nil
		},
		TakenUp: func(_ *web.Visit, ids []string) (rows []ui.RowP, err error) {
			for _, id := range ids {
				rows = append(rows, ui.RowP{Href: "/knelpunten/" + id, Title: "Waarom een tolk in de verkeerde taal?"})
			}
			return rows, nil
		}})
	other := func(name, path string) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error { return v.Text(200, v.R.URL.String()) }}
	}
	vandaag := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		var s strings.Builder
		for _, x := range o.m.Panels() {
			p, err := x.Show(v)
			if err != nil {
				return err
			}
			if p.Body != nil {
				if err := p.Body.Render(v.Ctx(), &s); err != nil {
					return err
				}
			}
		}
		return v.Text(200, s.String())
	}}
	rows := func(name, path string, of func(v *web.Visit) ([]ui.RowP, error)) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
			rs, err := of(v)
			if err != nil {
				return err
			}
			return v.Text(200, fmt.Sprint(rs))
		}}
	}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "knelpunt", FS: knelpunt.Texts}, {Name: "monitor", FS: Texts}},
		append(o.m.Routes(), vandaag, other("knelpunt.new", "/knelpunten/nieuw"), other("knelpunt.one", "/knelpunten/{bottleneck}"), other("knelpunt.english", "/knelpunten/{bottleneck}/engels"),
			rows("beside", "/naast/{bottleneck}", func(v *web.Visit) ([]ui.RowP, error) { return o.m.Beside(v, v.Param("bottleneck")) }),
			rows("changes", "/beleid/{dossier}", func(v *web.Visit) ([]ui.RowP, error) { return o.m.Changes(v, OfDossier, v.Param("dossier")) }))...)
	return o
}

// lists are the coarse lists, by kind.
func lists() map[string][]string {
	out := map[string][]string{}
	for _, k := range knelpunt.Kinds {
		out[k] = knelpunt.Choices(k)
	}
	return out
}

// dutch gives texts in Dutch.
func dutch(t *testing.T) func(key string) string {
	t.Helper()
	c, err := lang.Load(lang.Part{Name: "ui", FS: ui.Texts}, lang.Part{Name: "knelpunt", FS: knelpunt.Texts}, lang.Part{Name: "monitor", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	ctx := lang.With(t.Context(), "nl", c)
	return func(key string) string { return lang.T(ctx, key) }
}

// fill says that these weeks were, the last of them last week.
func (o *office) fill(ws []Week) {
	for i, w := range ws {
		w.Week = lastWeek.AddDays(7 * (i + 1 - len(ws)))
		o.weeks[w.Week] = w
	}
}

func (o *office) weekly(t *testing.T) {
	t.Helper()
	if err := o.m.weekly(t.Context(), o.d.Now()); err != nil {
		t.Fatal(err)
	}
}

func worker(id string, r access.Role, k access.ScopeKind, place string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: k, ID: place}}}}
}

var (
	amira = worker("u-amira", access.Case, access.Team, "t-utrecht")
	noor  = worker("u-noor", access.Lead, access.Team, "t-utrecht")
	els   = worker("u-els", access.Region, access.InRegion, "r-midden")
	ria   = worker("u-ria", access.Desk, access.Location, "l-overvecht")
)

func want(t *testing.T, what string, a webtest.Answer, code int, texts ...string) {
	t.Helper()
	if a.Code != code {
		t.Fatalf("%s answers %d: %.900s", what, a.Code, a.Body)
	}
	for _, x := range texts {
		if !strings.Contains(a.Body, x) {
			t.Errorf("%s does not say %q:\n%.3000s", what, x, a.Body)
		}
	}
}

func never(t *testing.T, what string, a webtest.Answer, texts ...string) {
	t.Helper()
	for _, x := range texts {
		if strings.Contains(a.Body, x) {
			t.Errorf("%s says %q", what, x)
		}
	}
}

func one[T any](t *testing.T, d *db.DB, f db.Frag) T {
	t.Helper()
	x, err := db.One[T](t.Context(), d, f)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func tolkRise(weeks int) func(i int) []Cell {
	return func(i int) []Cell {
		if i < weeks-2 {
			return nil
		}
		return []Cell{{"interview", "ind", "gelderland", "asylum", "er", 14}}
	}
}

func TestAWeekIsCountedAndJudgedOnce(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		want(t, "an empty desk", o.As(amira).Get("/waarschuwingen"), 200, "Er is nog niets geteld")
		o.weekly(t) // nobody ever signalled
		o.fill(quiet(118, tolkRise(118)))
		o.weekly(t)
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM monitor_week`)); n != 118 {
			t.Fatalf("%d weeks were counted", n)
		}
		found := one[int](t, d, db.F(`SELECT COUNT(*) FROM monitor_finding`))
		if found == 0 {
			t.Fatal("a rise of fourteen was not found")
		}
		o.weekly(t)
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM monitor_finding`)); n != found {
			t.Errorf("%d findings, after once more %d", found, n)
		}
		for w, n := range o.asked {
			if n != 1 {
				t.Errorf("the week of %s was counted %d times", w, n)
			}
		}
		// Two weeks above the bound are one warning.
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM monitor_warning WHERE theme = 'interview'`)); n != 1 {
			t.Errorf("%d warnings of one rise", n)
		}
		// The week that runs is not counted; a week later it is.
		o.weeks[lastWeek.AddDays(7)] = Week{Guided: 1000, Heard: 3}
		o.weekly(t)
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM monitor_week WHERE week > ?`, lastWeek)); n != 0 {
			t.Error("a week that is not over was counted")
		}
		d.Clock().(*clock.Manual).Advance(7 * 24 * time.Hour)
		o.weekly(t)
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM monitor_run WHERE week > ? AND ended IS NOT NULL`, lastWeek)); n != 1 {
			t.Error("the next week was not judged")
		}
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM monitor_run`)); n != judgeBack+1 {
			t.Errorf("%d weeks were judged", n)
		}
	})
}

func TestTheDesk(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(quiet(118, tolkRise(118)))
		o.weekly(t)
		n, a, r := o.As(noor), o.As(amira), o.As(ria)
		want(t, "the desk", n.Get("/waarschuwingen"), 200, "Gehoor", "Te beoordelen", "reeksen beoordeeld", "Er wordt geteld vanaf")
		want(t, "Vandaag", n.Get("/vandaag"), 200, "/waarschuwingen/mw")
		if x := r.Get("/vandaag"); strings.Contains(x.Body, "/waarschuwingen") {
			t.Error("Vandaag of who does not judge has warnings")
		}
		id := one[string](t, d, db.F(`SELECT id FROM monitor_warning WHERE theme = 'interview'`))
		at := "/waarschuwingen/" + id
		page := n.Get(at)
		want(t, "the warning", page, 200, "Gehoor", "verwacht", "boven de grens", "thresholdMethod=nbPlugin", "seed=2020", "collega’s een signaal", "role=\"img\"", "/knelpunten/nieuw?", "thema=interview", "Waarom een tolk in de verkeerde taal?", "1 op")
		want(t, "the warning, to who only reads", a.Get(at), 200, "Gehoor")
		never(t, "the warning, to who only reads", a.Get(at), `name="oordeel"`, "/knelpunten/nieuw")
		if x := a.Post(at, webtest.Form("oordeel", "real", "waarom", "x", "versie", "1")); x.Code != 404 {
			t.Errorf("who may not judge is answered %d", x.Code)
		}
		for _, x := range []struct{ f, text string }{{"oordeel", "Kies iets"}, {"waarom", "Schrijf hier iets op"}} {
			want(t, "without "+x.f, n.Post(at, filled(x.f, "")), 422, x.text)
		}
		want(t, "with too much", n.Post(at, filled("waarom", strings.Repeat("a", 1001))), 422, "1001 tekens")
		want(t, "with a number", n.Post(at, filled("waarom", "BSN 111222333")), 422, "burgerservicenummer")
		x := n.Post(at, filled())
		if x.Code != 303 {
			t.Fatalf("judging answers %d: %.300s", x.Code, x.Body)
		}
		want(t, "after it", n.Get(x.To), 200, "Je oordeel is vastgelegd", "Beoordeeld als echt", "Noor Visser", "De tolken zijn op", "Oordeel terugnemen")
		if x := o.As(els).Post(at, filled("oordeel", "noise")); x.Code != 409 {
			t.Errorf("a second judgement answers %d", x.Code)
		}
		want(t, "the desk after it", n.Get("/waarschuwingen"), 200, "echt: 1", "op dezelfde dag", "Beoordeeld in het laatste jaar")
		if x := n.Post(at+"/terug", webtest.Form("versie", "2")); x.Code != 303 {
			t.Errorf("taking it back answers %d", x.Code)
		}
		want(t, "taken back", n.Get(at), 200, "Oordeel teruggenomen", "De tolken zijn op", `name="oordeel"`)
		if x := n.Post(at+"/knelpunt", webtest.Form("versie", "3", "knelpunt", "kp-2")); x.Code != 422 {
			t.Errorf("a bottleneck that is not there answers %d", x.Code)
		}
		if x := n.Post(at+"/knelpunt", webtest.Form("versie", "3", "knelpunt", "kp-1")); x.Code != 303 {
			t.Errorf("taking it up answers %d", x.Code)
		}
		want(t, "taken up", n.Get(at), 200, "/knelpunten/kp-1", "In een knelpunt opgenomen")
		if x := n.Post(at+"/knelpunt", webtest.Form("versie", "4", "los", "1")); x.Code != 303 {
			t.Errorf("taking it out answers %d", x.Code)
		}
		want(t, "taken out", n.Get(at), 200, "Losgemaakt", "/knelpunten/nieuw?")
		for _, p := range []string{"/waarschuwingen/mw-none"} {
			if x := n.Get(p); x.Code != 404 {
				t.Errorf("%s answers %d", p, x.Code)
			}
		}
		// The reasons stand nowhere in the clear.
		for _, b := range mustMany[[]byte](t, d, db.F(`SELECT body FROM monitor_word WHERE body IS NOT NULL`)) {
			if strings.Contains(string(b), "tolken") {
				t.Error("a reason stands in the clear")
			}
		}
		want(t, "in English", n.Get(at+"?taal=en"), 200, "Judgement taken back")
	})
}

func mustMany[T any](t *testing.T, d *db.DB, f db.Frag) []T {
	t.Helper()
	xs, err := db.Many[T](t.Context(), d, f)
	if err != nil {
		t.Fatal(err)
	}
	return xs
}

func filled(more ...string) url.Values {
	f := webtest.Form("oordeel", "real", "waarom", "De tolken zijn op.", "versie", "1")
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

// digits are numbers, and the curves that are drawn with them.
var digits = regexp.MustCompile(`<path[^>]*>|\d+`)

var onceValue = regexp.MustCompile(`name="_once"[^>]* value="[^"]*"|mw-[0-9a-z]+|/mw[0-9A-Za-z-]+`)

// TestTwoWorlds asks every door of the room with and without one person behind signals that stay few: no page, picture, number or
// path may differ.
func TestTwoWorlds(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { twoWorlds(t, dbtest.SQLite) })
	t.Run("postgres", func(t *testing.T) { twoWorlds(t, dbtest.Postgres) })
}

func twoWorlds(t *testing.T, fresh func(testing.TB, []db.Line) *db.DB) {
	world := func(person bool) map[string]string {
		out := map[string]string{}
		o := newOffice(t, fresh(t, lines))
		o.fill(quiet(118, func(i int) []Cell {
			cs := tolkRise(118)(i)
			if i%9 == 0 {
				cs = append(cs, Cell{"nationality", "court", "zeeland", "naturalising", "stateless", 1})
			}
			if person && i >= 104 && i%6 == 0 { // one more, where there was one or none
				cs = append(cs, Cell{"nationality", "court", "zeeland", "naturalising", "stateless", 1})
			}
			return cs
		}))
		o.weekly(t)
		id := one[string](t, o.d, db.F(`SELECT id FROM monitor_warning WHERE theme = 'interview'`))
		h := strings.NewReplacer("{warning}", id)
		for _, who := range []access.Actor{amira, noor, els, ria, worker("u-pieter", access.Privacy, access.National, "")} {
			v := o.As(who)
			for _, r := range o.m.Routes() {
				for _, q := range asks(r.Name) {
					path := h.Replace(r.Path) + q
					var x webtest.Answer
					if r.Method == http.MethodGet {
						x = v.Get(path)
					} else {
						x = v.Post(path, webtest.Form("versie", "999"))
					}
					if x.Code >= 500 {
						t.Errorf("%s %s: %d", r.Method, path, x.Code)
					}
					out[fmt.Sprint(who.ID, " ", r.Method, " ", r.Path, q)] = fmt.Sprint(x.Code, onceValue.ReplaceAllString(x.To+x.Body, ""))
				}
			}
			// All themes together are many: their numbers differ by one, and nothing else does.
			for _, q := range []string{"", "?deel=group:stateless", "?deel=place:zeeland", "?deel=phase:naturalising"} {
				out[who.ID+" all"+q] = digits.ReplaceAllString(onceValue.ReplaceAllString(v.Get("/monitor"+q).Body, ""), "")
			}
			out[who.ID+" vandaag"] = onceValue.ReplaceAllString(v.Get("/vandaag").Body, "")
		}
		return out
	}
	with, without := world(true), world(false)
	for asked, x := range with {
		if y := without[asked]; x != y {
			i := 0
			for i < min(len(x), len(y)) && x[i] == y[i] {
				i++
			}
			t.Errorf("%s tells that somebody is there: …%.200s… and …%.200s…", asked, x[max(0, i-80):], y[max(0, i-80):])
		}
	}
	if len(with) < 25 {
		t.Errorf("only %d requests", len(with))
	}
}

// asks are the questions with which a door is asked, so that what is small is looked for where it would be.
func asks(route string) []string {
	if route == "monitor.series" {
		return []string{"?thema=nationality", "?thema=nationality&weken=104", "?thema=nationality&deel=place:zeeland", "?thema=interview", "?thema=housing&deel=place:limburg"}
	}
	return []string{""}
}
