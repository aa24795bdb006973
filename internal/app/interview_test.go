package app

// This file tries the seam between interviews and procedures where both are real: the report of the authority is recorded in
// an interview, the rules compute the date, and nothing is guessed where they cannot.

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

func TestTheReportOfAnInterviewBringsItsDate(t *testing.T) {
	for name, database := range map[string]func(*testing.T) string{"sqlite": func(*testing.T) string { return "" }, "postgres": func(t *testing.T) string { return dbtest.PostgresAddress(t) }} {
		t.Run(name, func(t *testing.T) {
			h, base := demoHouse(t, Settings{People: 20, Database: database(t)})
			marwan := browser(t, h, base, "u-marwan")
			get := func(path string) string {
				t.Helper()
				code, body, _ := ask(t, marwan, base, http.MethodGet, path, nil)
				if code != 200 {
					t.Fatalf("%s: %d", path, code)
				}
				return body
			}
			post := func(path string, want int, form url.Values) (string, string) {
				t.Helper()
				code, body, to := ask(t, marwan, base, http.MethodPost, path, form)
				if code != want {
					t.Fatalf("%s: %d, not %d: %s", path, code, want, body)
				}
				to, _, _ = strings.Cut(to, "?")
				return body, to
			}
			today := clock.Today(h.DB.Now())
			day := func(n int) string { return today.AddDays(n).String() }
			// held is an interview of somebody that was held, in so many days from today.
			held := func(person string, n int) string {
				_, to := post("/dossier/"+person+"/gehoor/nieuw", 303, url.Values{"kind": {"substantive"}, "minutes": {"480"}, "site": {"zwolle"}, "interpreter": {"ind"}, "lawyer": {"yes"}, "company": {"no"}, "day": {day(n)}})
				post(to+"/stand", 303, url.Values{"state": {"held"}})
				return to
			}
			tracks := func(page string) []string {
				var out []string
				for _, m := range regexp.MustCompile(`name="course"[^>]* value="(tr-[^"]+)"`).FindAllStringSubmatch(page, -1) {
					out = append(out, m[1])
				}
				return out
			}
			events := func() int {
				n, err := db.One[int](t.Context(), h.DB, db.F(`SELECT COUNT(*) FROM procedure_event`))
				if err != nil {
					t.Fatal(err)
				}
				return n
			}
			row := func(event string) (safe, state string) {
				type r struct {
					Safe  clock.Date
					State string
				}
				x, err := db.One[r](t.Context(), h.DB, db.F(`SELECT safe, state FROM procedure_deadline WHERE term = 'corrections' AND state IN ('open','met') AND name LIKE ?`, "%"+event+"%"))
				if err != nil {
					t.Fatal(err)
				}
				return x.Safe.String(), x.State
			}
			eventOf := func(to string) string {
				s, err := db.One[string](t.Context(), h.DB, db.F(`SELECT event FROM interview_interview WHERE id = ?`, to[strings.LastIndexByte(to, '/')+1:]))
				if err != nil {
					t.Fatal(err)
				}
				return s
			}

			// Under the old law the kind of procedure is asked: nothing said is a fault at its field, and nothing is written.
			old := held("p-reem", -8)
			form := get(old + "/rapport")
			ts := tracks(form)
			if len(ts) != 1 || !strings.Contains(form, "Algemene asielprocedure") || !strings.Contains(form, "Laatste dag volgens de brief") || !strings.Contains(form, "al vastgelegd, ontvangen") {
				t.Fatalf("%v of %s", ts, form)
			}
			before := events()
			if body, _ := post(old+"/rapport", 422, url.Values{"day": {day(-7)}, "course": ts}); !strings.Contains(body, `href="#f-route"`) {
				t.Errorf("the kind of procedure is not asked: %s", body)
			}
			if events() != before {
				t.Error("a form with faults wrote an event")
			}
			post(old+"/rapport", 303, url.Values{"day": {day(-7)}, "course": ts, "route": {"aa"}})
			event := eventOf(old)
			safe, state := row(event)
			want, err := clock.ParseDate(safe)
			if err != nil || state != "open" || events() != before+1 {
				t.Fatalf("%s %s, %d events more", safe, state, events()-before)
			}
			works := 0 // the rule counts two working days after the report; the safe date is never later than the last
			for d := today.AddDays(-6); !d.After(want); d = d.AddDays(1) {
				if h.Procedure.WorkingDay(d) {
					works++
				}
			}
			if works < 1 || works > 2 {
				t.Errorf("from %s to %s lie %d working days", day(-7), safe, works)
			}
			page := get(old)
			if !strings.Contains(page, "Correcties en aanvullingen") || !strings.Contains(page, "uiterlijk") || strings.Contains(page, "Er is nog geen datum") {
				t.Error("the date is not on the page of the interview")
			}
			// What goes to the lawyer leaves the date; what goes to the authority ends it.
			post(old+"/versturen", 303, url.Values{"recipient": {"lawyer"}, "sent_on": {day(-6)}})
			if _, state := row(event); state != "open" {
				t.Errorf("sent to the lawyer, and the date is %s", state)
			}
			post(old+"/versturen", 303, url.Values{"recipient": {"ind"}, "sent_on": {day(-6)}})
			if _, state := row(event); state != "met" || events() != before+2 {
				t.Errorf("sent to the authority, and the date is %s; %d events more", state, events()-before)
			}

			// Under the pact the letter names the day: as long as nobody says it, there is a question and no date.
			pact := held("p-mebrahtu", -4)
			ts = tracks(get(pact + "/rapport"))
			if len(ts) != 1 {
				t.Fatal(ts)
			}
			post(pact+"/rapport", 303, url.Values{"day": {day(-3)}, "course": ts})
			if safe, _ := row(eventOf(pact)); safe != "" {
				t.Errorf("nobody knows the letter, and there is a date: %s", safe)
			}
			page = get(pact)
			if !strings.Contains(page, "dag nog niet bekend: kijk in de brief") {
				t.Errorf("the letter is not asked for")
			}
			letter := held("p-mebrahtu", -2)
			post(letter+"/rapport", 303, url.Values{"day": {day(-1)}, "course": ts, "letter": {day(9)}})
			if safe, state := row(eventOf(letter)); safe != day(9) || state != "open" {
				t.Errorf("the letter says %s, the procedure %s", day(9), safe)
			}

			// Who has no procedure gets no date, and one word about it.
			none := held("p-oksana", -4)
			before = events()
			if len(tracks(get(none+"/rapport"))) != 0 {
				t.Error("a procedure that knows no interviews is offered")
			}
			post(none+"/rapport", 303, url.Values{"day": {day(-1)}})
			if page := get(none); !strings.Contains(page, "Er is nog geen datum") || strings.Contains(page, "uiterlijk") || events() != before {
				t.Error("a date was made up")
			}
			// Another person's track cannot be named.
			other := held("p-ahmad", -4)
			post(other+"/rapport", 422, url.Values{"day": {day(-1)}, "course": ts})
			if events() != before {
				t.Error("an event was written in the procedure of somebody else")
			}
		})
	}
}

// The two rooms do not know each other: the demonstration tells one story only when both name the same procedure.
func TestTheInterviewsOfADemonstrationBelongToRealProcedures(t *testing.T) {
	h, _ := demoHouse(t, Settings{People: 20})
	count := func(more db.Frag) int {
		n, err := db.One[int](t.Context(), h.DB, db.F(`SELECT COUNT(*) FROM interview_interview i WHERE i.track <> '' AND`).With(more))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if all := count(db.F(`TRUE`)); all < 5 {
		t.Errorf("%d interviews belong to a procedure", all)
	}
	if n := count(db.F(`NOT EXISTS (SELECT 1 FROM procedure_track t WHERE t.id = i.track AND t.person = i.person)`)); n > 0 {
		t.Errorf("%d belong to a procedure that is not there", n)
	}
}
