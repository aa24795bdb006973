package warn

// This file holds Farrington's method against the reference implementation and against its own promises.

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// settings are the names under which testdata/reference.R wrote what the reference says.
var settings = map[string]func() Params{
	"default":  Defaults,
	"improved": Improved,
	"muan": func() Params {
		p := Improved()
		p.ThresholdMethod, p.Alpha = Muan, 0.01
		return p
	},
	"delta10": func() Params {
		p := Improved()
		p.ThresholdMethod, p.B, p.Alpha = Delta, 4, 0.1
		return p
	},
	"half": func() Params {
		p := Defaults()
		p.PowerTrans, p.B, p.W, p.Reweight = "1/2", 3, 2, false
		return p
	},
}

// TestItAgreesWithTheReference holds every bound against those that farringtonFlexible gave for the same invented series:
// weeks by date and by number, a changing exposure, a season, past outbreaks, gaps. Where the first week of its past is a gap,
// the reference counts time from one week in the regression and from another in the prediction; there, and only there, we
// differ by more than rounding.
func TestItAgreesWithTheReference(t *testing.T) {
	f, err := os.Open("testdata/series.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	series, err := ReadTable(f)
	if err != nil {
		t.Fatal(err)
	}
	r, err := os.Open("testdata/reference.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	said, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	results := map[string]map[string]Result{}
	for name, p := range settings {
		for i, rs := range JudgeTable(series, p()) {
			for k, x := range rs {
				key := name + " " + series[i].Name
				if results[key] == nil {
					results[key] = map[string]Result{}
				}
				results[key][series[i].Weeks[k]] = x
			}
		}
	}
	worst, n, alarms := 0.0, 0, 0
	for _, row := range said[1:] {
		name, week := row[0]+" "+row[1], row[2]
		got, ok := results[name][week]
		if !ok {
			t.Fatalf("%s has no week %s", name, week)
		}
		if row[4] == "NA" {
			if got.Why == "" {
				t.Errorf("%s %s: the reference gives no bound, we say %v", name, week, got.Upper)
			}
			continue
		}
		expected, _ := strconv.ParseFloat(row[3], 64)
		upper, _ := strconv.ParseFloat(row[4], 64)
		n++
		off := math.Abs(got.Upper-upper) / upper
		if worst = max(worst, off); !(off < 0.002) || !(math.Abs(got.Expected-expected) <= 0.002*expected) {
			t.Errorf("%s %s: expected %v and %v, the reference says %v and %v", name, week, got.Expected, got.Upper, expected, upper)
		}
		if alarm := row[5] == "TRUE"; alarm != got.Alarm {
			t.Errorf("%s %s: alarm %v", name, week, got.Alarm)
		} else if alarm {
			alarms++
		}
	}
	if n < 2000 || alarms < 20 {
		t.Errorf("only %d bounds and %d alarms were compared", n, alarms)
	}
	t.Logf("%d bounds, %d alarms; the largest difference is %.1e of the bound", n, alarms, worst)
}

// noise is a series without outbreaks: a season, and counts whose variance is twice their mean.
func noise(r *rand.Rand, weeks int, mean float64) Series {
	s := Series{Day: time.Date(2016, time.January, 4, 0, 0, 0, 0, time.UTC)}
	for k := range weeks {
		mu := mean * (1 + 0.3*math.Sin(2*math.Pi*float64(k)/52.18))
		c := counts{mu, 2}
		u, sum, n := r.Float64(), 0.0, 0
		for ; ; n++ {
			if sum += math.Exp(c.logOf(n)); sum > u || n > 10_000 {
				break
			}
		}
		s.Count = append(s.Count, float64(n))
	}
	return s
}

// TestFalseAlarmsAreAsRareAsAlphaSays counts alarms in series that have no outbreak.
func TestFalseAlarmsAreAsRareAsAlphaSays(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	p := Improved()
	p.ThresholdMethod, p.Alpha = Muan, 0.01
	weeks, alarms := 0, 0
	for range 60 {
		s := noise(r, 6*52, 12)
		for k := 5*52 + 10; k < len(s.Count); k++ {
			if x := s.Judge(k, p); x.Why == "" {
				weeks++
				if x.Alarm {
					alarms++
				}
			}
		}
	}
	share := float64(alarms) / float64(weeks)
	t.Logf("%d alarms in %d weeks: %.4f", alarms, weeks, share)
	// Muan leaves room for the uncertainty of the expected count, so it stays below alpha.
	if weeks < 2000 || share > 0.015 {
		t.Errorf("%d of %d weeks without an outbreak are alarms", alarms, weeks)
	}
}

func TestAnOutbreakIsSeenAndAPastOneDoesNotHideTheNext(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	p := Improved()
	seen, hidden := 0, 0
	for range 40 {
		s := noise(r, 6*52+20, 12)
		k := len(s.Count) - 1
		quiet := s.Judge(k, p).Upper
		for i := k - 55; i < k-49; i++ { // an outbreak a year ago, in the very weeks that are compared with
			s.Count[i] *= 5
		}
		s.Count[k] = 45
		if s.Judge(k, p).Alarm {
			seen++
		}
		if s.Judge(k, p).Upper > 1.6*quiet {
			hidden++
		}
	}
	if seen < 36 || hidden > 6 {
		t.Errorf("%d of 40 outbreaks are seen, and %d bounds were lifted by a past one", seen, hidden)
	}
	// Without the weights it would hide more.
	loose := p
	loose.Reweight = false
	s := noise(r, 6*52+20, 12)
	k := len(s.Count) - 1
	for i := k - 55; i < k-49; i++ {
		s.Count[i] *= 5
	}
	if a, b := s.Judge(k, p), s.Judge(k, loose); !(a.Upper < b.Upper) {
		t.Errorf("past outbreaks weigh as much: %v and %v", a.Upper, b.Upper)
	}
}

func TestAWeekIsJudgedByItsPastAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		s := noise(r, 6*52, rapid.Float64Range(0.2, 60).Draw(t, "mean"))
		p := settings[rapid.SampledFrom([]string{"default", "improved", "muan", "delta10", "half"}).Draw(t, "settings")]()
		k := rapid.IntRange(5*52+8, len(s.Count)-2).Draw(t, "week")
		was := s.Judge(k, p)
		for i := k + 1; i < len(s.Count); i++ {
			s.Count[i] = 9999
		}
		if now := s.Judge(k, p); now.Upper != was.Upper && !(math.IsNaN(now.Upper) && math.IsNaN(was.Upper)) || now.Why != was.Why {
			t.Fatalf("later weeks change %v into %v", was, now)
		}
		if was.Why != "" {
			return
		}
		if !(was.Upper > was.Expected) || was.Expected < 0 || !(was.P >= 0 && was.P <= 1) || was.Alarm != (s.Count[k] > was.Upper) {
			t.Fatalf("%+v for %v", was, s.Count[k])
		}
		// Twice the exposure in the week itself doubles what is expected.
		s.Exposure = make([]float64, len(s.Count))
		for i := range s.Exposure {
			s.Exposure[i] = 7
		}
		same := s.Judge(k, p)
		if math.Abs(same.Expected-was.Expected) > 1e-6*was.Expected {
			t.Fatalf("an exposure that never changes changes %v into %v", was.Expected, same.Expected)
		}
		s.Exposure[k] = 14
		if twice := s.Judge(k, p); twice.Why == "" && same.Trend == twice.Trend && math.Abs(twice.Expected-2*was.Expected) > 1e-6*was.Expected {
			t.Fatalf("twice the exposure: %v became %v", was.Expected, twice.Expected)
		}
	})
}

func TestWhatCannotBeJudgedSaysWhy(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	s := noise(r, 6*52, 12)
	last := len(s.Count) - 1
	p := Defaults()
	if x := s.Judge(200, p); x.Why != NoHistory || !math.IsNaN(x.Upper) || x.Alarm {
		t.Errorf("%+v", x)
	}
	s.Count[last] = math.NaN()
	if x := s.Judge(last, p); x.Why != NoCount {
		t.Errorf("%+v", x)
	}
	for i := range 4 {
		s.Count[last-i] = 1
	}
	if x := s.Judge(last, p); x.Why != TooFew {
		t.Errorf("%+v", x)
	}
	s.Count[last] = 50
	if x := s.Judge(last, p); !x.Alarm {
		t.Errorf("%+v", x)
	}
	// Nothing ever, and then something: an alarm.
	for i := range s.Count {
		s.Count[i] = 0
	}
	s.Count[last] = 6
	for name, p := range settings {
		if x := s.Judge(last, p()); x.Why == "" && !x.Alarm {
			t.Errorf("%s: %+v", name, x)
		}
	}
}

func TestWeeks(t *testing.T) {
	for in, want := range map[string]string{"2026-W48": "2026-11-23", "2026W01": "2025-12-29", "2020-W53": "2020-12-28", "2026-11-24": "2026-11-24", "17": "17",
		"2025-W53": "", "2026-W53": "2026-12-28", "2026-W00": "", "2026-48": "", "0": "", "-3": "", "24-11-2026": "", "2026-13-01": "", "": "", "w": "", "2026-W5": "", "202648": ""} {
		n, d, err := weekOf(in)
		got := ""
		switch {
		case err != nil:
		case d.IsZero():
			got = strconv.Itoa(n)
		default:
			got = d.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	for _, c := range []struct{ from, want string }{{"2026-11-23", "2025-11-24"}, {"2024-02-29", "2023-03-02"}, {"2021-01-04", "2020-01-06"}} {
		d, _ := time.Parse(time.DateOnly, c.from)
		if got := yearsBefore(d, 1).Format(time.DateOnly); got != c.want || yearsBefore(d, 1).Weekday() != d.Weekday() {
			t.Errorf("a year before %s is %s", c.from, got)
		}
	}
}

func TestATableSaysWhatIsWrongWhere(t *testing.T) {
	in := "week,series,count,exposure\n2026-W01,a,3,10\n2026-W02,a,-1,10\n2026-W03,a,x,10\n2026-W04,a,1.5,10\n2026-W05,b,2,-3\n2026-W99,b,2,1\n2026-W01,a,4,10\n17,a,4,10\n2026-01-06,a,4,10\n2026-W08,a,,10\n\"2026-W09,a\n"
	series, err := ReadTable(strings.NewReader(in))
	said := err.Error()
	for _, want := range []string{"line 3, column 12: the count is negative", "line 4, column 12: the count is no number", "line 5, column 12: the count is not a whole number",
		"line 6, column 14: the exposure is negative", "line 7, column 1: the year 2026 has no week 99", "stands twice", "in two ways", "do not begin on one day of the week", "line 12"} {
		if !strings.Contains(said, want) {
			t.Errorf("nothing says %q in\n%s", want, said)
		}
	}
	if len(series) != 1 || series[0].Name != "a" || len(series[0].Count) != 8 || series[0].Count[0] != 3 || !math.IsNaN(series[0].Count[1]) {
		t.Errorf("%+v", series)
	}
	for in, want := range map[string]string{"": "empty", "count\n": "column week", "week,count\n2026-W01,2000000000\n": "larger than"} {
		if _, err := ReadTable(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func FuzzReadTable(f *testing.F) {
	f.Add("week,series,count,exposure\n2026-W01,a,3,10\n")
	f.Add("count,week\n3,1\n4,2\n,3\n")
	f.Fuzz(func(t *testing.T, in string) {
		series, _ := ReadTable(strings.NewReader(in))
		for _, s := range series {
			if len(s.Count) != len(s.Weeks) || len(s.Count) > longest || len(s.Count) != len(s.Exposure) {
				t.Fatalf("%d weeks, %d counts", len(s.Weeks), len(s.Count))
			}
			for _, c := range s.Count {
				if c < 0 {
					t.Fatalf("a count of %v", c)
				}
			}
		}
		JudgeTable(series, Improved())
	})
}

func TestQuantiles(t *testing.T) {
	for _, c := range []struct{ got, want float64 }{
		{normalQuantile(0.95), 1.6448536269514722}, {normalAbove(1.96), 0.024997895148220435},
		{studentTwoSided(2.1, 30), 0.04424247}, {studentTwoSided(0.1, 3), 0.9266523}, {studentTwoSided(12, 5), 7.089493e-05},
	} {
		if math.Abs(c.got-c.want) > 1e-6*math.Max(1e-2, c.want) {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
	for _, c := range []struct {
		c    counts
		p    float64
		want int
	}{{counts{5, 1}, 0.95, 9}, {counts{0, 1}, 0.99, 0}, {counts{1000, 1}, 0.99, 1074}, {counts{10, 3}, 0.95, 20}, {counts{250, 8}, 0.995, 379}} {
		if got, ok := c.c.quantile(c.p); !ok || got != c.want {
			t.Errorf("%v at %v: %d, want %d", c.c, c.p, got, c.want)
		}
		if a := c.c.above(c.want + 1); a > 1-c.p || c.want > 0 && c.c.above(c.want) < 1-c.p {
			t.Errorf("%v: above %d lies %v", c.c, c.want, a)
		}
	}
}

// BenchmarkJudge judges the newest week of 480,000 series of ten years: 20 themes in 400 places of 60 nationalities. Most of
// them are nearly empty, as in practice; the busy ones are one in fifty.
func BenchmarkJudge(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const n = 480_000
	busy := noise(r, 520, 6)
	series := make([]Named, n)
	for i := range series {
		s := Named{Series: Series{Day: busy.Day, Count: make([]float64, 520)}}
		if i%50 == 0 {
			copy(s.Count, busy.Count)
		}
		for range 8 {
			s.Count[r.IntN(520)]++
		}
		series[i] = s
	}
	p := Improved()
	b.ResetTimer()
	for b.Loop() {
		NewestOf(series, p)
	}
	b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "series/s")
}

// BenchmarkJudgeBusy judges one series in which every regression is made.
func BenchmarkJudgeBusy(b *testing.B) {
	s := noise(rand.New(rand.NewPCG(1, 2)), 520, 6)
	p := Improved()
	for b.Loop() {
		s.Judge(519, p)
	}
}
