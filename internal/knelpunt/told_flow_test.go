package knelpunt

// This file tests that whoever signalled hears what was done, and nobody hears who it was.

import (
	"html"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web/webtest"
)

func TestWhoeverSignalledHearsWhatWasDone(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a, m, r := o.As(amira), o.As(marwan), o.As(ria)
		// Ria signals alone, Amira from a file; Marwan lets both go and makes a bottleneck of them.
		must(t, r, "/signaal/geven", filled())
		page := a.Get(a.Get("/aanbod/p-selam").Body)
		must(t, a, "/signaal/geven", filled("van", html.UnescapeString(hidden.FindStringSubmatch(page.Body)[1])))
		for _, id := range mustMany[string](t, d, db.F(`SELECT id FROM knelpunt_draft`)) {
			must(t, m, "/signalen/vrijgeven/"+id, webtest.Form("besluit", "release", "versie", "1"))
		}
		ids := mustMany[string](t, d, db.F(`SELECT id FROM knelpunt_signal ORDER BY id`))
		to := must(t, m, "/knelpunten/nieuw", started("signaal", ids[0], "eigenaar", "u-marwan"))
		must(t, m, to+"/bij", webtest.Form("signaal", ids[1]))
		step := func(version string, form ...string) {
			t.Helper()
			f := webtest.Form(append([]string{"eigenaar", "u-marwan", "volgende", "2026-11-30", "ernst", "grave", "versie", version}, form...)...)
			must(t, m, to, f)
		}
		for name, x := range map[string]*webtest.Visitor{"Ria": r, "Amira": a} {
			want(t, "Vandaag of "+name, x.Get("/vandaag"), 200, "!antwoord op wat jij signaleerde")
		}
		step("1", "naar", Examined, "woorden", "Alleen voor collega's.", "terug", "Wij zoeken het uit.")
		step("2", "naar", Acting, "woorden", "Alleen voor collega's.", "terug", "Wij spraken met de IND.")
		for name, x := range map[string]*webtest.Visitor{"Ria": r, "Amira": a} {
			want(t, "Vandaag of "+name, x.Get("/vandaag"), 200, "2 antwoorden op wat jij signaleerde")
			want(t, "the signals of "+name, x.Get("/signalen/mijn"), 200, "Wij spraken met de IND.", "nieuw", "!Alleen voor collega's", "!Weer openen")
		}
		want(t, "who did not signal", m.Get("/signalen/mijn"), 200, "!Wij spraken met de IND.")
		want(t, "Vandaag of who did not signal", m.Get("/vandaag"), 200, "!antwoord op wat jij")
		must(t, r, "/signalen/mijn", webtest.Form())
		want(t, "read", r.Get("/vandaag"), 200, "!antwoorden op wat jij signaleerde")
		want(t, "not read by another", a.Get("/vandaag"), 200, "2 antwoorden")
		// It stands in the file from which it came, and in no other.
		want(t, "the file", a.Get("/verloop/p-selam"), 200, "Signaal gemaakt", "Teruggekoppeld op dinsdag 24 november: Wij spraken met de IND.", "!kp-", "!ks-")
		want(t, "another file", a.Get("/verloop/p-reem"), 200, "!Teruggekoppeld", "!Signaal gemaakt")
		// A joined signal is not told yet: a close that was read before it came is a conflict, whatever the form said.
		step("3", "naar", Settled, "woorden", "x", "terug", "Zij controleren de taal.")
		b, err := o.k.bottleneck(t.Context(), d, to[len("/knelpunten/"):])
		if err != nil || !b.Told {
			t.Fatal(b, err)
		}
		late := o.put(t, Signal{Words: "Weer."})
		must(t, m, to+"/bij", webtest.Form("signaal", late[0]))
		b.State = Closed
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return put(t.Context(), tx, b, b.Version, false, false) }); !fault.Is(err, fault.Conflict) {
			t.Errorf("closed over somebody who was not told: %v", err)
		}
		step("4", "naar", Closed, "woorden", "x", "terug", "Zij controleren de taal.")
		// Whoever signalled opens it again, with a reason; nobody else can, and nothing tells who it was.
		if x := m.Post(to+"/heropenen", webtest.Form("waarom", "Het is niet opgelost.")); x.Code != 404 {
			t.Errorf("somebody who did not signal opens it: %d", x.Code)
		}
		want(t, "the way to open it", r.Get("/signalen/mijn"), 200, "Is het niet opgelost?")
		want(t, "without a reason", r.Post(to+"/heropenen", webtest.Form("waarom", " ")), 422, "eigen woorden", "Is het niet opgelost?")
		must(t, r, to+"/heropenen", webtest.Form("waarom", "Gisteren gebeurde het weer."))
		reader := o.As(worker("u-other", access.Desk, access.Location, "l-overvecht")) // whose page lists no colleagues to choose from
		want(t, "open again", reader.Get(to), 200, "Wordt uitgezocht", "Heropend door wie signaleerde", "Gisteren gebeurde het weer.", "!u-ria", "!Ria")
		if x := r.Post(to+"/heropenen", webtest.Form("waarom", "Nog eens.")); x.Code != 409 {
			t.Errorf("opened twice: %d", x.Code)
		}
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_step WHERE kind = 'reopened' AND made_by = ''`)); n != 1 {
			t.Errorf("%d steps tell that it was opened, and of nobody", n)
		}
		for what, f := range map[string]db.Frag{
			"the log tells who":           db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'knelpunt.event.reopened'`),
			"the form key tells who":      db.F(`SELECT COUNT(*) FROM web_once WHERE route = 'knelpunt.reopened' AND who LIKE '%ria%'`),
			"who read stands in clear":    db.F(`SELECT COUNT(*) FROM knelpunt_heard WHERE step LIKE '%ria%'`),
			"it is told after it reopens": db.F(`SELECT COUNT(*) FROM knelpunt_bottleneck WHERE told = TRUE`),
		} {
			if n := one[int](t, d, f); n != 0 {
				t.Errorf("%s: %d", what, n)
			}
		}
		if next := one[string](t, d, db.F(`SELECT next FROM knelpunt_bottleneck`)); next != clock.Today(d.Now()).String() {
			t.Errorf("the owner looks at it on %s", next)
		}
		if strings.Contains(strings.Join(mustMany[string](t, d, db.F(`SELECT dest FROM web_once WHERE route = 'knelpunt.give'`)), " "), "ks-") {
			t.Error("a form key leads to a signal")
		}
	})
}
