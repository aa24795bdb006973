package monitor

// This file fills a demonstration: two years and more of weekly numbers of the whole country, with a season, a few earlier rises that the
// desk judged, and one that grows now.

import (
	"context"
	"math"
	"math/rand/v2"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// demoWeeks is how many weeks the demonstration has; demoNow is of how many the latest rise is.
const (
	demoWeeks = 118
	demoNow   = 5
)

// demoFlow is a stream of signals that say the same: so many a week, more or less.
type demoFlow struct {
	theme, institution, phase string
	mean                      float64
	places, groups            []string // each as often as it stands here
}

var demoFlows = []demoFlow{
	{"reception", "coa", "arrival", 9, []string{"groningen", "groningen", "groningen", "noordbrabant", "gelderland", "utrecht", "noordholland"}, []string{"sy", "sy", "er", "tr", "several", "ye"}},
	{"reception", "coa", "asylum", 8, []string{"overijssel", "drenthe", "utrecht", "zuidholland", "limburg", "friesland", "gelderland"}, []string{"sy", "er", "tr", "several", "so", "iq"}},
	{"housing", "municipality", "status", 10, []string{"utrecht", "noordholland", "zuidholland", "noordbrabant", "gelderland", "flevoland", "overijssel"}, []string{"sy", "sy", "er", "ye", "ir"}},
	{"family", "ind", "family", 8, []string{"unknown", "online", "unknown", "abroad"}, []string{"sy", "sy", "er", "ye", "so"}},
	{"family", "abroad", "family", 4, []string{"abroad"}, []string{"sy", "ye", "er", "sd"}},
	{"interview", "ind", "asylum", 11, []string{"gelderland", "noordbrabant", "overijssel", "groningen"}, []string{"er", "er", "so", "ir", "tr"}},
	{"waiting", "ind", "asylum", 9, []string{"unknown", "online"}, []string{"sy", "tr", "ye", "iq", "several"}},
	{"health", "care", "asylum", 5, []string{"utrecht", "gelderland", "zuidholland", "limburg", "groningen"}, []string{"ir", "er", "sy", "af"}},
	{"integration", "duo", "settling", 4, []string{"online", "utrecht", "zuidholland", "noordbrabant"}, []string{"er", "sy", "tr"}},
	{"integration", "municipality", "settling", 4, []string{"utrecht", "noordholland", "limburg", "zeeland"}, []string{"er", "sy", "ir"}},
	{"school", "school", "arrival", 3, []string{"utrecht", "friesland", "zuidholland"}, []string{"ua", "sy", "ua"}},
	{"papers", "municipality", "status", 3, []string{"noordholland", "utrecht", "zuidholland"}, []string{"sy", "er", "af"}},
	{"lawyer", "lawyers", "appeal", 2, []string{"limburg", "drenthe", "zeeland"}, []string{"so", "iq", "northafrica"}},
	{"detention", "dtv", "detention", 1, []string{"noordholland", "zuidholland"}, []string{"northafrica", "westafrica"}},
	{"work", "employer", "settling", 2, []string{"noordbrabant", "gelderland", "flevoland"}, []string{"sy", "er", "tr"}},
	{"digital", "bank", "settling", 2, []string{"online"}, []string{"er", "sy"}},
}

// demoRise is more than usual for some weeks: from so many weeks ago, for so many, so many signals a week.
type demoRise struct {
	ago, weeks, n              int
	theme, institution, phase  string
	places, groups             []string
	verdict, why, by, dim, val string
	after                      int // days until it was judged
}

var demoRises = []demoRise{
	{ago: demoNow, weeks: demoNow, n: 16, theme: "interview", institution: "ind", phase: "asylum", places: []string{"gelderland", "noordbrabant", "overijssel", "gelderland"}, groups: []string{"er", "er", "er", "et"}},
	{ago: 19, weeks: 2, n: 14, theme: "reception", institution: "coa", phase: "arrival", places: []string{"groningen"}, groups: []string{"sy", "several", "tr"},
		verdict: Real, why: "Mensen sliepen twee weken buiten. Het stond nog in geen krant. Knelpunt begonnen en het COA gebeld.", by: "u-noor", dim: "place", val: "groningen", after: 1},
	{ago: 31, weeks: 2, n: 12, theme: "integration", institution: "duo", phase: "settling", places: []string{"online"}, groups: []string{"sy", "er", "tr"},
		verdict: Known, why: "De storing van het inlogmiddel. DUO had die al gemeld en de termijnen verlengd.", by: "u-marwan", dim: "institution", val: "duo", after: 3},
	{ago: 43, weeks: 1, n: 13, theme: "housing", institution: "municipality", phase: "status", places: []string{"zuidholland"}, groups: []string{"sy", "er"},
		verdict: Noise, why: "Eén team voerde op een middag de signalen van een heel kwartaal in.", by: "u-els", dim: "place", val: "zuidholland", after: 2},
}

// demoPast is how many weeks ago the reception of families changed by a new rule, and to what part of the signals it led.
const demoPast = 40

// Demo writes the weeks, and what the desk judged before. What grows now is found by the job, as in earnest.
func (m *Monitor) Demo(ctx context.Context, tx *db.Tx, now time.Time) error {
	r := rand.New(rand.NewPCG(20, 25))
	last := WeekOf(clock.Today(now)).AddDays(-7)
	var weeks []Week
	for ago := demoWeeks; ago >= 1; ago-- {
		week := last.AddDays(-7 * (ago - 1))
		season := 1 + 0.15*math.Sin(2*math.Pi*float64(week.UTC().YearDay())/365)
		guided := int(9200 * (1 + 0.03*season) * (1 + float64(demoWeeks-ago)/1500))
		cells := map[Cell]int{}
		add := func(theme, institution, phase string, places, groups []string) {
			cells[Cell{Theme: theme, Institution: institution, Phase: phase, Place: places[r.IntN(len(places))], Group: groups[r.IntN(len(groups))]}]++
		}
		for _, f := range demoFlows {
			mean := f.mean * season
			if f.theme == "family" && f.institution == "ind" && ago > demoPast {
				mean *= 1.7 // before the letters changed
			}
			for range poisson(r, mean) {
				add(f.theme, f.institution, f.phase, f.places, f.groups)
			}
		}
		for _, x := range demoRises {
			if ago <= x.ago && ago > x.ago-x.weeks {
				for range x.n {
					add(x.theme, x.institution, x.phase, x.places, x.groups)
				}
			}
		}
		w := Week{Week: week, Guided: guided}
		for c, n := range cells {
			c.N = n
			w.Cells = append(w.Cells, c)
			w.Signals += n
		}
		w.Heard = w.Signals * 6 / 10
		if ago == 70 || ago == 71 { // two weeks in which the counting did not run: a gap
			continue
		}
		weeks = append(weeks, w)
		if err := putWeek(ctx, tx, w); err != nil {
			return err
		}
	}
	if err := m.demoPolicies(ctx, tx, last); err != nil {
		return err
	}
	if err := m.demoReports(ctx, tx, Fold(weeks), now); err != nil {
		return err
	}
	return m.demoJudged(ctx, tx, now, last)
}

// demoReports writes the report of the quarter before last, released, and that of the last one, in which a colleague is writing.
func (m *Monitor) demoReports(ctx context.Context, tx *db.Tx, b *Book, now time.Time) error {
	last := lastQuarter(b)
	real := tx.Now
	defer func() { tx.Now = real }()
	for n, said := range []ReportSaid{
		{NL: map[string]string{"intro": "Dit kwartaal gaat over opvang die steeds verhuist, en over gezinnen die wachten zonder te weten waarop.", "numbers": "Vooral over opvang en wonen kwamen signalen. Dat zegt waar onze mensen dingen zien misgaan, niet hoe vaak het in heel Nederland misgaat.", "done": "Over deze knelpunten spraken wij met de instanties, en dit vertelden wij terug.", "next": "Wij vragen het COA om gezinnen met schoolgaande kinderen niet meer te verhuizen binnen een schooljaar."},
			EN: map[string]string{"intro": "This quarter is about reception that moves people again and again, and about families who wait without knowing for what.", "numbers": "Most signals were about reception and housing. That says where our people see things go wrong, not how often it goes wrong in the whole country.", "done": "We talked about these bottlenecks with the institutions, and this is what we told back.", "next": "We ask the COA not to move families with children at school within a school year."}},
		{NL: map[string]string{"intro": "Sinds een paar weken komen er veel meer signalen over tolken bij het gehoor."}, EN: map[string]string{}},
	} {
		q := last.Add(n - 1)
		if tx.Now = real; n == 0 {
			tx.Now = q.Add(1).Start().AddDays(18).In(clock.Netherlands).Add(11 * time.Hour)
		}
		var err error
		if said.Figures, err = b.Figures(q, m.lent.Choices, Outside); err != nil {
			return err
		}
		if n == 0 {
			said.Figures.Done = []Done{{Question: "Waarom slapen gezinnen met kinderen zonder bed bij aankomst?", Theme: "reception", State: "acting", Told: []string{"Wij vroegen het COA om een wachtruimte die ’s nachts open blijft. Die is er sinds deze maand."}}}
		}
		id, err := m.beginReport(ctx, tx, access.Actor{Kind: access.Staff, ID: "u-marwan"}, q.String(), 1, said)
		if err != nil {
			return err
		}
		if n == 0 {
			if err := m.releaseReport(ctx, tx, access.Actor{Kind: access.Staff, ID: "u-els"}, id, 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// demoPolicies writes two changes of policy: one that brought fewer signals, and one of which nothing can be told yet.
func (m *Monitor) demoPolicies(ctx context.Context, tx *db.Tx, last clock.Date) error {
	a := access.Actor{Kind: access.Staff, ID: "u-marwan"}
	for _, p := range []Policy{
		{Day: last.AddDays(-7*demoPast + 8), Title: "Brieven van de IND over nareis noemen een team en een nummer", Source: "https://ind.nl", Themes: "family", Words: "Sinds deze dag staat in elke brief over verlenging welk team de zaak heeft, met een telefoonnummer. Wij vroegen daarom in het overleg met de IND."},
		{Day: last.AddDays(-7*9 + 1), Title: "Nieuwe werkinstructie over tolken bij het gehoor", Source: "https://ind.nl", Themes: "interview", Words: "Een gehoor wordt gestopt als de tolk de taal van de aanvrager niet spreekt. Of dat helpt, moet uit de signalen blijken."},
	} {
		if _, err := m.putPolicy(ctx, tx, a, p); err != nil {
			return err
		}
	}
	return nil
}

// demoJudged writes the warnings that the desk judged, when it did.
func (m *Monitor) demoJudged(ctx context.Context, tx *db.Tx, now time.Time, last clock.Date) error {
	real := tx.Now
	defer func() { tx.Now = real }()
	p, _ := ParamsFor(demoWeeks - 20)
	for _, x := range demoRises {
		if x.verdict == "" {
			continue
		}
		by := map[string][]Finding{}
		for w := range x.weeks {
			week := last.AddDays(-7 * (x.ago - 1 - w))
			tx.Now = week.AddDays(7).In(clock.Netherlands).Add(6 * time.Hour)
			usual := 6.0
			f := Finding{Method: Farrington, Theme: x.theme, Dim: x.dim, Value: x.val, Week: week, Span: 1, N: x.n + 5, Expected: usual, Upper: usual + 8, P: 0.0008, Params: Said(p)}
			by[x.theme] = []Finding{f}
			if err := keepFindings(ctx, tx, week, by); err != nil {
				return err
			}
		}
		id, err := db.One[string](ctx, tx, db.F(`SELECT id FROM monitor_warning WHERE theme = ? AND week = ?`, x.theme, last.AddDays(-7*(x.ago-1))))
		if err != nil {
			return err
		}
		tx.Now = last.AddDays(-7 * (x.ago - 2)).In(clock.Netherlands).Add(time.Duration(24*x.after+10) * time.Hour)
		if err := m.judge(ctx, tx, access.Actor{Kind: access.Staff, ID: x.by}, id, x.verdict, x.why, 1); err != nil {
			return err
		}
	}
	return nil
}

// poisson draws a number by chance, as Knuth wrote it.
func poisson(r *rand.Rand, mean float64) int {
	n, p, stop := 0, 1.0, math.Exp(-mean)
	for {
		if p *= r.Float64(); p <= stop {
			return n
		}
		n++
	}
}
