package monitor

// This file fills a demonstration: the weeks are counted from its signals, and colleagues judged, wrote and marked.

import (
	"context"
	"math"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// demoJudgements are what the desk said of the rises before this one: so many weeks ago, for so many weeks.
var demoJudgements = []struct {
	ago, weeks, n                     int
	theme, verdict, why, by, dim, val string
	after                             int // days until it was judged
}{
	{19, 2, 14, "reception", Real, "Mensen sliepen twee weken buiten. Het stond nog in geen krant. Knelpunt begonnen en het COA gebeld.", "u-noor", "place", "groningen", 1},
	{31, 2, 12, "integration", Known, "De storing van het inlogmiddel. DUO had die al gemeld en de termijnen verlengd.", "u-marwan", "institution", "duo", 3},
	{43, 1, 13, "housing", Noise, "Eén team voerde op een middag de signalen van een heel kwartaal in.", "u-els", "place", "zuidholland", 2},
}

// demoPast is how many weeks ago the reception of families changed by a new rule, and to what part of the signals it led.
const demoPast = 40

// DemoCount counts the weeks of the demonstration, each from the signals of that week and in the way of every week. Only how many people
// were guided is made up: a demonstration holds some hundreds of people, and these signals are of a country in which we guide thousands.
// In two weeks the counting did not run: they are gaps.
func (m *Monitor) DemoCount(ctx context.Context, now time.Time) error {
	from, err := m.lent.Since(ctx)
	if err != nil {
		return err
	}
	last := WeekOf(clock.Today(now)).AddDays(-7)
	var weeks []Week
	for week := WeekOf(from); !week.After(last); week = week.AddDays(7) {
		ago := week.DaysUntil(last)/7 + 1
		if ago == 70 || ago == 71 {
			continue
		}
		w, err := m.count(ctx, week)
		if err != nil {
			return err
		}
		season := 1 + 0.15*math.Sin(2*math.Pi*float64(week.UTC().YearDay())/365)
		w.Guided = int(9200 * (1 + 0.03*season) * (1.08 - float64(ago)/1500))
		weeks = append(weeks, w)
	}
	return m.db.Bulk(ctx, func(tx *db.Tx) error {
		for _, w := range weeks {
			if err := putWeek(ctx, tx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

// Demo writes what colleagues made of the weeks: changes of policy, reports, and what the desk judged before. What grows now is found by the
// job, as in earnest.
func (m *Monitor) Demo(ctx context.Context, tx *db.Tx, now time.Time) error {
	last := WeekOf(clock.Today(now)).AddDays(-7)
	b, err := m.weeks(ctx)
	if err != nil {
		return err
	}
	if err := m.demoPolicies(ctx, tx, last); err != nil {
		return err
	}
	if err := m.demoReports(ctx, tx, b, now); err != nil {
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
			tx.Now = tx.Now.AddDate(0, 0, 9)
			if _, err := m.putShare(ctx, tx, access.Actor{Kind: access.Staff, ID: "u-marwan"}, Share{Report: id, What: "figures", Network: "aida", Day: clock.Today(tx.Now),
				Said: ShareSaid{Whom: "Redactie van het landenrapport", Why: "Zij vroegen hoe vaak signalen over opvang gaan, per provincie."}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// demoPolicies writes two changes of policy: one that brought fewer signals, and one of which nothing can be told yet.
func (m *Monitor) demoPolicies(ctx context.Context, tx *db.Tx, last clock.Date) error {
	a := access.Actor{Kind: access.Staff, ID: "u-marwan"}
	rules := []string{"family_old", "asylum_old"} // the rule file that each belongs to
	for i, p := range []Policy{
		{Day: last.AddDays(-7*demoPast + 8), Title: "Brieven van de IND over nareis noemen een team en een nummer", Source: "https://ind.nl", Themes: "family", Words: "Sinds deze dag staat in elke brief over verlenging welk team de zaak heeft, met een telefoonnummer. Wij vroegen daarom in het overleg met de IND."},
		{Day: last.AddDays(-7*9 + 1), Title: "Nieuwe werkinstructie over tolken bij het gehoor", Source: "https://ind.nl", Themes: "interview", Words: "Een gehoor wordt gestopt als de tolk de taal van de aanvrager niet spreekt. Of dat helpt, moet uit de signalen blijken."},
	} {
		id, err := m.putPolicy(ctx, tx, a, p)
		if err != nil {
			return err
		}
		if err := m.linkPolicy(ctx, tx, a, id, OfRule, rules[i], true); err != nil {
			return err
		}
	}
	return nil
}

// demoJudged writes the warnings that the desk judged, when it did.
func (m *Monitor) demoJudged(ctx context.Context, tx *db.Tx, now time.Time, last clock.Date) error {
	real := tx.Now
	defer func() { tx.Now = real }()
	p, _ := ParamsFor(100)
	for _, x := range demoJudgements {
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
