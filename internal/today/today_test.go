package today

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

func TestStrongWords(t *testing.T) {
	for s, want := range map[string]string{
		"":                         "",
		"je hebt *vier afspraken*": "je hebt |<vier afspraken>",
		"*a* en *b*":               "<a>| en |<b>",
		"2 * 3":                    "2 * 3",
		"** leeg **":               "** leeg **",
		"*":                        "*",
	} {
		var got []string
		for _, r := range Runs(s) {
			if r.Strong {
				got = append(got, "<"+r.Text+">")
			} else {
				got = append(got, r.Text)
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q", s, strings.Join(got, "|"))
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.String().Draw(r, "s")
		var b strings.Builder
		for _, x := range Runs(s) {
			b.WriteString(x.Text)
		}
		if strings.ReplaceAll(b.String(), "*", "") != strings.ReplaceAll(s, "*", "") {
			r.Fatalf("%q lost something: %q", s, b.String())
		}
	})
}

func TestTheHourOfGreeting(t *testing.T) {
	for hour, want := range map[int]string{0: Evening, 4: Evening, 5: Morning, 11: Morning, 12: Afternoon, 17: Afternoon, 18: Evening, 23: Evening} {
		if got := PartOfDay(time.Date(2026, 7, 1, hour, 59, 59, 0, clock.Netherlands)); got != want {
			t.Errorf("%d: %s", hour, got)
		}
	}
	if FirstName(" Ria de Boer") != "Ria" || FirstName("") != "" {
		t.Error("first names")
	}
}

func TestTheSentenceTellsWhatPressesMost(t *testing.T) {
	all := []string{"a", "b", "c", "d", "e", "f", "g"}
	for n, want := range []struct{ said, more int }{{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}, {4, 2}, {4, 3}} {
		if first, more := mostPressing(all[:n]); len(first) != want.said || more != want.more {
			t.Errorf("of %d things %d are told and %d left, not %d and %d", n, len(first), more, want.said, want.more)
		}
	}
	var panels []ui.Panel
	for i, say := range all {
		panels = append(panels, lend("today", 10-i, ui.Part{Say: "*" + say + "*"}, nil))
	}
	for l, want := range map[string]string{
		"nl": "<b>G</b>, <b>f</b>, <b>e</b> en <b>d</b>. Daaronder staan nog 3 andere dingen.",
		"en": "<b>G</b>, <b>f</b>, <b>e</b> and <b>d</b>. 3 other things stand below."} {
		if body := spaces.ReplaceAllString(see(t, l, panels...).Body, " "); !strings.Contains(body, want) {
			t.Errorf("%s: %s", l, body[strings.Index(body, "lead"):][:300])
		}
	}
}

func text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, s); return err })
}

func lend(place string, order int, p ui.Part, err error) ui.Panel {
	return ui.Panel{Place: place, Order: order, Show: func(*web.Visit) (ui.Part, error) { return p, err }}
}

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema}}

func see(t *testing.T, lang_ string, panels ...ui.Panel) webtest.Answer {
	t.Helper()
	d := dbtest.SQLite(t, lines)
	org := organisation.New(d)
	if err := d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := organisation.AddColleague(t.Context(), tx, organisation.ColleagueInput{Name: "Maria van der Berg", Called: "Mieke", Email: "m@example.org", Lang: "nl", Active: true}, clock.Date{}, "u-x")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	id, err := db.One[string](t.Context(), d, db.F(`SELECT id FROM organisation_colleague`))
	if err != nil {
		t.Fatal(err)
	}
	h := webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "today", FS: Texts}}, New(org, panels).Routes()...)
	v := h.As(access.Actor{Kind: access.Staff, ID: id, Name: "Maria van der Berg", Posts: []access.Post{{Role: access.Admin, Scope: access.Scope{Kind: access.National}}}})
	return v.Get("/vandaag?taal=" + lang_)
}

var spaces = regexp.MustCompile(`\s+`)

func TestOneSentenceThenWhatIsDueInItsOrder(t *testing.T) {
	panels := []ui.Panel{
		lend("today.aside", 10, ui.Part{Body: text("deel-zij")}, nil),
		lend("today", 30, ui.Part{Say: "je beloofde *drie dingen*", Body: text("deel-3")}, nil),
		lend("today", 5, ui.Part{Say: "er lopen *twee termijnen* deze week af", Body: text("deel-1")}, nil),
		lend("today", 20, ui.Part{Say: "je hebt *vier <afspraken>*", Body: text("deel-2")}, nil),
		lend("today", 40, ui.Part{}, nil),
	}
	a := see(t, "nl", panels...)
	body := spaces.ReplaceAllString(a.Body, " ")
	if a.Code != 200 || !strings.Contains(body, "Goedemorgen, Mieke") {
		t.Errorf("%d %s", a.Code, body)
	}
	if want := "Dinsdag 24 november. Er lopen <b>twee termijnen</b> deze week af, je hebt <b>vier &lt;afspraken&gt;</b> en je beloofde <b>drie dingen</b>."; !strings.Contains(body, want) {
		t.Errorf("the sentence: %s", body[strings.Index(body, "lead"):][:400])
	}
	var order []int
	for _, x := range []string{"<h1>", "deel-1", "deel-2", "deel-3", "<aside", "deel-zij"} {
		order = append(order, strings.Index(body, x))
	}
	if !slices.IsSorted(order) || order[0] < 0 {
		t.Errorf("the order: %v", order)
	}
	if strings.Contains(body, "Hier komt te staan") || strings.Count(body, "<h1") != 1 {
		t.Error("an empty state beside work, or another heading")
	}
	en := spaces.ReplaceAllString(see(t, "en", panels...).Body, " ")
	if !strings.Contains(en, "Good morning, Mieke") || !strings.Contains(en, "</b> and je beloofde") {
		t.Error(en)
	}
}

func TestNothingToDo(t *testing.T) {
	a := see(t, "nl", lend("today", 1, ui.Part{}, nil), lend("today.aside", 1, ui.Part{}, nil))
	if a.Code != 200 || !strings.Contains(a.Body, "Er staat nu niets op je lijst.") || !strings.Contains(a.Body, "Hier komt te staan") || strings.Contains(a.Body, "<aside") {
		t.Error(a.Body)
	}
}

func TestAPanelThatFailsFailsThePage(t *testing.T) {
	a := see(t, "nl", lend("today", 1, ui.Part{Body: text("half")}, nil), lend("today", 2, ui.Part{}, errors.New("kanarie")))
	if a.Code != 500 || strings.Contains(a.Body, "half") || strings.Contains(a.Body, "kanarie") {
		t.Error(fmt.Sprint(a.Code, a.Body))
	}
}

func TestOnlyColleaguesHaveADay(t *testing.T) {
	for a, want := range map[string]bool{"staff": true, "nobody": false, "client": false, "guest": false} {
		who := map[string]access.Actor{"staff": {Kind: access.Staff, Posts: []access.Post{{Role: access.Desk}}}, "nobody": {Kind: access.Staff}, "client": {Kind: access.IsSelf}, "guest": {Kind: access.Guest}}[a]
		if got := Rules()[0].Allows(who); got != want {
			t.Errorf("%s: %v", a, got)
		}
	}
}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "today", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
}
