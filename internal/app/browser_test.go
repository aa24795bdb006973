package app

// This file plays the whole in a real browser, on the embedded database and again on PostgreSQL.

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"reisgezel/internal/browsertest"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

// morning is when the browser's day begins: a Tuesday on which nothing is over yet. At the hour of the machine a session of
// the afternoon would be over in the evening, and its pages would be out of reach.
var morning = time.Date(2026, time.November, 24, 10, 30, 0, 0, clock.Netherlands)

// demoHouse is a filled demonstration on a fresh database, answering on a loopback address.
func demoHouse(t testing.TB, s Settings) (*House, string) {
	t.Helper()
	return demoHouseAt(t, s, clock.From(morning))
}

// demoHouseAt is one with a clock of its own.
func demoHouseAt(t testing.TB, s Settings, c clock.Clock) (*House, string) {
	t.Helper()
	s.Demo, s.Listen, s.Data = true, "127.0.0.1:0", t.TempDir()
	if s.People == 0 {
		s.People = 300
	}
	h, err := Build(context.Background(), s, c, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	if _, err := h.FillDemo(context.Background(), s.People, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h.Site)
	t.Cleanup(srv.Close)
	return h, srv.URL
}

func TestStoryOnTheEmbeddedDatabase(t *testing.T) {
	_, url := demoHouse(t, Settings{})
	browsertest.Run(t, "story.js", url, "NOW="+morning.Format(time.RFC3339))
}

func TestStoryOnPostgreSQL(t *testing.T) {
	_, url := demoHouse(t, Settings{Database: dbtest.PostgresAddress(t)})
	browsertest.Run(t, "story.js", url, "NOW="+morning.Format(time.RFC3339))
}

func TestAnImportFromFileToTakingBack(t *testing.T) {
	_, url := demoHouse(t, Settings{})
	browsertest.Run(t, "import.js", url)
}

func TestAnImportOnPostgreSQL(t *testing.T) {
	_, url := demoHouse(t, Settings{Database: dbtest.PostgresAddress(t)})
	browsertest.Run(t, "import.js", url)
}

func TestConsentFromYesToStop(t *testing.T) {
	_, url := demoHouse(t, Settings{})
	browsertest.Run(t, "consent.js", url)
}

// day plays a day of three people on their telephones, and of who works for them.
func day(t *testing.T, s Settings) {
	s.People = 20
	_, url := demoHouse(t, s)
	letter, err := filepath.Abs(filepath.Join(root, "internal", "question", "demo", "brief.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	browsertest.Run(t, "day.js", url, "LETTER="+letter)
}

func TestADayOfThreePeople(t *testing.T) { day(t, Settings{}) }

func TestADayOfThreePeopleOnPostgreSQL(t *testing.T) {
	day(t, Settings{Database: dbtest.PostgresAddress(t)})
}

func TestTwentyNamesAsTheyAreHeard(t *testing.T) {
	h, url := demoHouse(t, Settings{})
	if err := h.Files.Remember(t.Context()); err != nil {
		t.Fatal(err)
	}
	browsertest.Run(t, "find.js", url)
}

func TestEveryPageIsForEverybody(t *testing.T) {
	h, url := demoHouse(t, Settings{})
	type door struct {
		Name string `json:"name"`
		Path string `json:"path"`
	}
	var doors []door
	for _, r := range h.Site.Routes() {
		if r.Method == http.MethodGet {
			doors = append(doors, door{r.Name, r.Path})
		}
	}
	list, err := json.Marshal(doors)
	if err != nil {
		t.Fatal(err)
	}
	browsertest.Run(t, "pages.js", url, "DOORS="+string(list))
}

// A machine that does other things too measures those: it runs where somebody asks for it, and at night.
func TestAPageStandsThereSoonOnAPoorLine(t *testing.T) {
	if os.Getenv("REISGEZEL_SLOW") == "" {
		t.Skip("skipped: REISGEZEL_SLOW=1 measures a poor line, on a machine that does nothing else")
	}
	_, url := demoHouse(t, Settings{})
	browsertest.Run(t, "slow.js", url)
}

// leaping is a clock that runs, and that a test can push forward.
type leaping struct {
	clock.Clock
	by atomic.Int64
}

func (l *leaping) Now() time.Time { return l.Clock.Now().Add(time.Duration(l.by.Load())) }

type countedWeek struct {
	Week           clock.Date
	Signals, Heard int
}

func countedWeeks(t *testing.T, h *House) []countedWeek {
	t.Helper()
	ws, err := db.Many[countedWeek](t.Context(), h.DB, db.F(`SELECT week, signals, heard FROM monitor_week`))
	if err != nil || len(ws) < 100 {
		t.Fatal(len(ws), err)
	}
	return ws
}

// chain plays the chain from a talk to the report of the quarter in which it was told what came of it.
func chain(t *testing.T, s Settings) {
	s.People = 20
	c := &leaping{Clock: clock.From(morning)}
	h, url := demoHouseAt(t, s, c)
	if n, err := db.One[int](t.Context(), h.DB, db.F(`SELECT CAST(SUM(signals) AS BIGINT) FROM monitor_week`)); err != nil || n < 5000 {
		t.Fatalf("%d signals were counted: %v", n, err)
	}
	for _, w := range countedWeeks(t, h) { // what the demonstration shows is counted from what stands in it
		all, heard, err := h.Knelpunt.WeekCount(t.Context(), w.Week)
		n := 0
		for _, x := range all {
			n += x.N
		}
		if err != nil || n != w.Signals || heard[""] != w.Heard {
			t.Errorf("in the week of %s %d signals of %d colleagues were counted, there are %d of %d: %v", w.Week, w.Signals, w.Heard, n, heard[""], err)
		}
	}
	do := browsertest.Steps(t, "chain.js", url, "DAY="+morning.Format(time.DateOnly))
	do("from the talk to the answer")
	c.by.Store(int64(7 * 7 * 24 * time.Hour)) // the quarter is over, and each of its weeks is counted
	for _, j := range h.Monitor.Jobs() {
		if err := j.Run(t.Context(), h.DB.Now()); err != nil {
			t.Fatal(err)
		}
	}
	do("in the report")
}

func TestTheChainFromATalkToTheReport(t *testing.T) { chain(t, Settings{}) }

func TestTheChainOnPostgreSQL(t *testing.T) {
	chain(t, Settings{Database: dbtest.PostgresAddress(t)})
}
