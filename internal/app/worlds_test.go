package app

// This file looks at every page of the chain from signal to change twice: while somebody is in the data who is behind signals, reports, an
// interview and a case, and after they are not. For whoever may not see that file both worlds answer alike, byte for byte: no page, plot,
// number, search, file or code of any of these rooms hangs on one person.

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// chainRooms are the rooms of which every page is asked.
var chainRooms = []string{"knelpunt", "monitor", "advocacy", "litigation", "pilot"}

// perVisit is what is new in every answer: the key of a form, and of the public form its riddle and its code.
var perVisit = regexp.MustCompile(`name="(_once|raadsel|code)"[^>]* value="[^"]*"|value="[^"]*" name="_once"|<bdi dir="ltr">[-A-Z0-9]{8,}</bdi>|nonce-[^'"; ]+|nonce="[^"]*"`)

// chainHoles are what stands in the paths of these rooms, by the placeholder: where its ids lie.
var chainHoles = map[string]db.Frag{
	"{signal}": db.F(`SELECT id FROM knelpunt_signal ORDER BY week DESC, id`), "{bottleneck}": db.F(`SELECT id FROM knelpunt_bottleneck ORDER BY id`), "{draft}": db.F(`SELECT id FROM knelpunt_draft ORDER BY id`), "{report}": db.F(`SELECT id FROM knelpunt_report ORDER BY id`),
	"{warning}": db.F(`SELECT id FROM monitor_warning ORDER BY id`), "{policy}": db.F(`SELECT id FROM monitor_policy ORDER BY id`), "{quarterly}": db.F(`SELECT id FROM monitor_report ORDER BY id`), "{quarter}": db.F(`SELECT quarter FROM monitor_report WHERE state = 'released' ORDER BY id`),
	"{advocacy}": db.F(`SELECT id FROM advocacy_dossier ORDER BY id`), "{happening}": db.F(`SELECT id FROM advocacy_event ORDER BY id`), "{interest}": db.F(`SELECT id FROM advocacy_interest ORDER BY id`), "{matter}": db.F(`SELECT id FROM litigation_case ORDER BY id`),
	"{pilot}": db.F(`SELECT id FROM pilot_plan ORDER BY id`), "{mediation}": db.F(`SELECT id FROM knelpunt_mediation ORDER BY id`), "{share}": db.F(`SELECT id FROM monitor_share ORDER BY id`), "{photo}": db.F(`SELECT id FROM knelpunt_photo ORDER BY id`), "{step}": db.F(`SELECT id FROM knelpunt_step WHERE told = TRUE ORDER BY id`),
	"{item}": db.F(`SELECT id FROM advocacy_item WHERE kind = 'promise' ORDER BY id`),
}

var hole = regexp.MustCompile(`\{[a-z]+\}`)

func TestTheWholeChainInTwoWorlds(t *testing.T) {
	const person = "p-selam"
	h, base := demoHouseAt(t, Settings{People: 20}, clock.NewManual(morning)) // a clock that ticks would tell the worlds apart
	if n, err := db.One[int](t.Context(), h.DB, db.F(`SELECT COUNT(*) FROM dossier_receipt WHERE person = ?`, person)); err != nil || n == 0 {
		t.Fatalf("%d signals came from the file: %v", n, err)
	}
	ids := map[string][]string{}
	for at, f := range chainHoles {
		all, err := db.Many[string](t.Context(), h.DB, f)
		if err != nil {
			t.Fatal(at, err)
		}
		ids[at] = append(all[:min(len(all), 6)], "none")
	}
	ids["{edition}"] = []string{"1", "9"}

	// The paths: each page of these rooms with each of its ids, with the questions that narrow down, and what searches across rooms.
	var paths []string
	for _, r := range h.Site.Routes() {
		room, _, _ := strings.Cut(r.Name, ".")
		if r.Method != http.MethodGet || !slices.Contains(chainRooms, room) {
			continue
		}
		open := []string{r.Path}
		for hole.MatchString(open[0]) {
			at := hole.FindString(open[0])
			if len(ids[at]) == 0 {
				t.Errorf("%s has %s, and nobody says where its ids lie", r.Name, at)
				break
			}
			var next []string
			for _, p := range open {
				for _, id := range ids[at] {
					next = append(next, strings.Replace(p, at, id, 1))
				}
			}
			open = next
		}
		paths = append(paths, open...)
	}
	paths = append(paths, "/signalen?thema=interview&groep=er", "/signalen?plek=utrecht&fase=asylum", "/knelpunten?thema=interview", "/knelpunten?wie=ik", "/monitor?thema=interview&deel=group:er", "/monitor?thema=interview&deel=place:utrecht&weken=104", "/monitor?deel=phase:asylum&kwartaal=2026-2",
		"/zoeken?q=tolk", "/zoeken?q=Selam", "/zoeken?q=opvang", "/belangen?zoek=tolk", "/signaal?thema=interview", "/meld?vorm=reception", "/hulp")

	var who []string
	for _, id := range []string{"u-marwan", "u-els", "u-beheer", "u-jan", "u-ria", "u-noor", ""} {
		if code, _, _ := ask(t, browser(t, h, base, id), base, http.MethodGet, "/dossier/"+person, nil); code != http.StatusOK {
			who = append(who, id)
		}
	}
	if len(who) < 4 {
		t.Fatalf("only %v may not see the file", who)
	}
	clients := map[string]*http.Client{}
	for _, id := range who {
		clients[id] = browser(t, h, base, id)
	}
	shown := 0
	world := func() map[string]string {
		out := map[string]string{}
		for _, id := range who {
			for _, p := range paths {
				code, body, to := ask(t, clients[id], base, http.MethodGet, p, nil)
				if code >= 500 {
					t.Errorf("%s for %s: %d", p, id, code)
				}
				if code == http.StatusOK {
					shown++
				}
				out[id+" "+p] = fmt.Sprint(code, to, perVisit.ReplaceAllString(body, ""))
			}
		}
		return out
	}
	world() // once before, for what looking itself changes
	shown = 0
	with := world()
	if err := h.Erase(t.Context(), person); err != nil {
		t.Fatal(err)
	}
	if n, err := db.One[int](t.Context(), h.DB, db.F(`SELECT COUNT(*) FROM dossier_receipt WHERE person = ?`, person)); err != nil || n != 0 {
		t.Fatalf("%d receipts of somebody who was erased: %v", n, err)
	}
	h.counts.mu.Lock()
	h.counts.all = nil // the menu counts anew
	h.counts.mu.Unlock()
	without := world()
	for at, x := range with {
		if y := without[at]; x != y {
			i := 0
			for i < min(len(x), len(y)) && x[i] == y[i] {
				i++
			}
			t.Errorf("%s tells that somebody is there: …%.240s… and without them …%.240s…", at, x[max(0, i-120):], y[max(0, i-120):])
		}
	}
	if len(paths) < 150 || shown < 300 {
		t.Errorf("only %d paths, %d pages shown: the search is broken", len(paths), shown)
	}
	t.Logf("%d paths, %d visitors, %d pages shown twice", len(paths), len(who), shown/2)
}
