package monitor

// This file tests that who begins to signal makes no alarm where the numbers are compared with how eagerly colleagues signal, and that what
// rises in one place for one group of nationalities is found where nothing else rises.

import (
	"math"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

// reporting are quiet weeks with signals about health in Utrecht: so many of so many colleagues in the last weeks, and before twelve of five.
func reporting(signals, colleagues int) []Week {
	ws := quiet(118, nil)
	for i := range ws {
		n, by := 11+i%3, 5
		if i >= len(ws)-3 {
			n, by = signals, colleagues
		}
		ws[i].Cells = append(ws[i].Cells, Cell{"health", "care", "utrecht", "asylum", "ir", n})
		ws[i].Heard, ws[i].HeardAt = 5+by, map[string]int{"utrecht": by, "limburg": 5}
	}
	return ws
}

func alarms(b *Book, theme string) (out []string) {
	fs, _ := b.Judge(b.Len()-1, Inside.Least)
	for _, f := range fs {
		if f.Theme == theme {
			out = append(out, f.Dim+":"+f.Value)
		}
	}
	return out
}

func TestWhoBeginsToSignalMakesNoAlarm(t *testing.T) {
	begins, real := Fold(reporting(25, 11)), Fold(reporting(30, 5))
	if got := alarms(begins.By(ByGuided), "health"); !slices.Contains(got, "place:utrecht") {
		t.Errorf("twice as many signals are no alarm without effort: %v", got)
	}
	if got := alarms(begins.By(ByEffort), "health"); len(got) > 0 {
		t.Errorf("twice as many colleagues make an alarm: %v", got)
	}
	for _, how := range Exposures {
		if got := alarms(real.By(how), "health"); !slices.Contains(got, "place:utrecht") {
			t.Errorf("a real rise is none with %s: %v", how, got)
		}
	}
	// What was compared stands with the finding, and the book that was compared with the people is as it was.
	fs, _ := real.By(ByEffort).Judge(117, Inside.Least)
	for _, f := range fs {
		if !strings.Contains(f.Params, "exposure=effort") || comparedIn(f.Params) != ByEffort {
			t.Errorf("%s", f.Params)
		}
	}
	if got := alarms(begins, "health"); !slices.Equal(got, alarms(begins.By(ByGuided), "health")) {
		t.Errorf("a book compares with the people when nobody says otherwise: %v", got)
	}
	s := Series{"health", "place", "utrecht"}
	if a, b := begins.By(ByEffort).exposure(s, 0), begins.By(ByEffort).exposure(s, 117); a != 6 || b != 12 {
		t.Errorf("the colleagues of Utrecht: %v and %v", a, b)
	}
	if x := begins.By(ByEffort).exposure(Series{Theme: "health"}, 117); x != 17 {
		t.Errorf("all colleagues: %v", x)
	}
	old := Fold(quiet(118, nil)) // counted before places were asked for
	if x := old.By(ByEffort).exposure(s, 3); !math.IsNaN(x) {
		t.Errorf("of a place of which nobody asked: %v", x)
	}
	if x := old.By(ByEffort).exposure(Series{Theme: "health"}, 3); x != 11 {
		t.Errorf("of all places: %v", x)
	}
	// The scan, too.
	if fs, scanned, err := begins.By(ByEffort).Scan("health", 117, Inside.Least); err != nil || !scanned || len(fs) > 0 {
		t.Errorf("the scan with effort: %v %t %v", fs, scanned, err)
	}
	if fs, scanned, err := begins.By(ByGuided).Scan("health", 117, Inside.Least); err != nil || !scanned || len(fs) == 0 {
		t.Errorf("the scan without: %v %t %v", fs, scanned, err)
	}
}

func TestColleaguesOfPlacesComeBack(t *testing.T) {
	in := map[string]int{"utrecht": 3, "groningen": 12}
	got, err := readHeard(writeHeard(in))
	if err != nil || len(got) != 2 || got["utrecht"] != 3 || got["groningen"] != 12 {
		t.Errorf("%v %v", got, err)
	}
	for _, bad := range []string{"utrecht", "utrecht x\n", "utrecht 0\n", "utrecht -1\n"} {
		if _, err := readHeard(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

// hidden are weeks in which only one group in one place rises: its theme, its place and its group stay as they were.
func hiddenRise() []Week {
	ws := quiet(118, nil)
	for i := range ws {
		a, b, c := 1, 6, 6
		if i >= len(ws)-4 {
			a, b, c = 8, 0, 0
		}
		for _, x := range []Cell{{"health", "care", "gelderland", "asylum", "ir", a}, {"health", "care", "gelderland", "asylum", "sy", b}, {"health", "care", "limburg", "asylum", "ir", c}} {
			if x.N > 0 {
				ws[i].Cells = append(ws[i].Cells, x)
			}
		}
	}
	return ws
}

func TestARiseOfOneGroupInOnePlaceIsFound(t *testing.T) {
	b := Fold(hiddenRise())
	got := alarms(b, "health")
	if !slices.Contains(got, "place+group:gelderland+ir") {
		t.Errorf("it is not found: %v", got)
	}
	for _, x := range got {
		if !strings.Contains(x, "+") {
			t.Errorf("%s rises, and should not: the rise is not hidden", x)
		}
	}
	fs, scanned, err := b.ScanOf("health", "ir", 117, Inside.Least)
	if err != nil || !scanned || len(fs) == 0 || fs[0].Dim != "place+group" || fs[0].Value != "gelderland+ir" {
		t.Errorf("the scan of the group: %v %t %v", fs, scanned, err)
	}
	if g := b.groups("health", 117, Inside.Least); !slices.Contains(g, "ir") || len(g) > groupsMost {
		t.Errorf("the groups that are scanned: %v", g)
	}
	s := Combine("health", map[string]string{"group": "ir", "place": "gelderland"})
	if s != (Series{"health", "place+group", "gelderland+ir"}) || s.of("group") != "ir" || s.of("phase") != "" {
		t.Errorf("%+v", s)
	}
	if n, ok := b.Count(s, 117); n != 8 || !ok {
		t.Errorf("%d in the last week", n)
	}
	if n, _ := b.Count(Combine("health", map[string]string{"place": "gelderland", "phase": "appeal"}), 117); n != 0 {
		t.Errorf("%d of nothing", n)
	}
}

func TestTheDeskChoosesWithWhatItCompares(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(reporting(25, 11))
		n, a := o.As(noor), o.As(amira)
		if x := a.Post("/waarschuwingen/maat", webtest.Form("maat", "effort")); x.Code != 404 {
			t.Errorf("who does not judge chooses: %d", x.Code)
		}
		if x := n.Post("/waarschuwingen/maat", webtest.Form("maat", "x")); x.Code != 404 {
			t.Errorf("what is no choice: %d", x.Code)
		}
		if x := n.Post("/waarschuwingen/maat", webtest.Form("maat", "effort")); x.Code != 303 {
			t.Fatalf("choosing answers %d: %.300s", x.Code, x.Body)
		}
		o.weekly(t)
		if x := one[int](t, d, db.F(`SELECT COUNT(*) FROM monitor_warning WHERE theme = 'health'`)); x != 0 {
			t.Errorf("%d warnings of who began to signal", x)
		}
		if x := one[int](t, d, db.F(`SELECT COUNT(*) FROM monitor_run WHERE exposure <> 'effort'`)); x != 0 {
			t.Errorf("%d weeks were compared otherwise", x)
		}
		want(t, "the desk", a.Get("/waarschuwingen"), 200, "aantal collega’s dat signaleerde, en niet met het aantal mensen")
		never(t, "the desk of who does not judge", a.Get("/waarschuwingen"), `name="maat"`)
		series := "/monitor?thema=health&deel=place:utrecht"
		want(t, "a series", a.Get(series), 200, "houdt rekening met het aantal mensen", "boven de grens")
		want(t, "the same with effort", a.Get(series+"&maat=effort"), 200, "aantal collega’s dat signaleerde")
		want(t, "two parts", a.Get(series+"&ook=group:ir"), 200, "Gezondheid · Utrecht · Iran", "25")
		want(t, "two parts of which there are none", a.Get(series+"&ook=group:so"), 200, "Gezondheid · Utrecht · Somalië")
		never(t, "two values of one part", a.Get(series+"&ook=place:limburg"), "Utrecht · Limburg")
	})
}
