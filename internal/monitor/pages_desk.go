package monitor

// This file holds the desk on which warnings land, and one warning with everything that is known of it.

import (
	"context"
	"slices"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// judgedShown is how many judged warnings the desk shows; measureDays over how long it is measured.
const (
	judgedShown = 20
	measureDays = 365
)

type deskPage struct {
	Open, Judged []ui.RowP
	Measure      Measure
	Share        string // of what was judged, so much was real
	Days         string
	Chance       string // in words
	Run          *Run
	RunWeek      string
	Running      bool
	Began        string // the first week that was counted; empty when none was
	Judges       bool
	Exposure     string // with what the next weeks are compared
	Used         string // and the last one was, in words
}

func (m *Monitor) desk(v *web.Visit) error {
	ctx := v.Ctx()
	p := deskPage{Judges: mayJudge.Allows(v.Actor)}
	open, err := m.warnings(ctx, m.db, db.F(`verdict = '' ORDER BY latest DESC, id`))
	if err != nil {
		return err
	}
	judged, err := m.warnings(ctx, m.db, db.F(`verdict <> '' AND at >= ? ORDER BY judged DESC, id`, v.Now.AddDate(0, 0, -measureDays)))
	if err != nil {
		return err
	}
	for _, w := range open {
		p.Open = append(p.Open, m.warningRow(v, w))
	}
	for _, w := range judged[:min(len(judged), judgedShown)] {
		p.Judged = append(p.Judged, m.warningRow(v, w))
	}
	p.Measure = MeasureOf(append(judged, open...))
	if n := p.Measure.Judged; n > 0 {
		p.Share = lang.T(ctx, "monitor.measure.share", "n", n, "real", p.Measure.Real)
		if p.Days = lang.T(ctx, "monitor.measure.days", "n", p.Measure.Days); p.Measure.Days == 0 {
			p.Days = lang.T(ctx, "monitor.measure.sameday")
		}
	}
	runs, err := m.runs(ctx, 8)
	if err != nil {
		return err
	}
	if p.Exposure, err = m.exposure(ctx); err != nil {
		return err
	}
	p.Chance = chanceWords(ctx, runs)
	if len(runs) > 0 {
		p.Run, p.RunWeek, p.Running = &runs[0], lang.LongDay(ctx, runs[0].Week), runs[0].Ended.IsZero()
		p.Used = lang.T(ctx, "monitor.exposure.used."+runs[0].Exposure)
	}
	b, err := m.weeks(ctx)
	if err != nil {
		return err
	}
	if b.Len() > 0 {
		p.Began = lang.FullDay(ctx, b.First)
	}
	return v.Page(pageDesk(p))
}

// chooseExposure says with what the weeks are compared that are judged from now on.
func (m *Monitor) chooseExposure(v *web.Visit) error {
	how := v.Value("maat")
	if !slices.Contains(Exposures, how) {
		return fault.Gone()
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("monitor.desk", "gezegd", "monitor.said.exposure"), m.choose(v.Ctx(), tx, v.Actor, how)
	})
}

// chanceWords says how many warnings chance alone would bring, by what was judged lately.
func chanceWords(ctx context.Context, runs []Run) string {
	series, scans, n := 0, 0, 0
	for _, r := range runs {
		if !r.Ended.IsZero() {
			series, scans, n = series+r.Series, scans+r.Scans, n+1
		}
	}
	if n == 0 {
		return lang.T(ctx, "monitor.chance.none")
	}
	week := Chance(series, scans) / float64(n)
	said := lang.T(ctx, "monitor.chance.what", "series", lang.Number(ctx, series/n), "scans", lang.Number(ctx, scans/n))
	if week >= 1 {
		return said + " " + lang.T(ctx, "monitor.chance.often", "n", int(week+0.5))
	}
	if week <= 0 {
		return said
	}
	return said + " " + lang.T(ctx, "monitor.chance.seldom", "n", int(1/week+0.5))
}

// lead is what stands for a warning in a list: the most striking of its latest week.
func lead(w Warning) Finding {
	if len(w.Findings) == 0 {
		return Finding{Theme: w.Theme, Week: w.Week}
	}
	return w.Findings[0]
}

func (m *Monitor) warningRow(v *web.Visit, w Warning) ui.RowP {
	ctx, f := v.Ctx(), lead(w)
	r := ui.RowP{Href: v.URL("monitor.warning", "warning", w.ID), Title: seriesName(ctx, Series{w.Theme, f.Dim, f.Value}), Sub: lang.Dots(findingWords(ctx, f), lang.T(ctx, "monitor.week", "day", lang.LongDay(ctx, f.Week))),
		Tag: verdictTag(ctx, w.Verdict), TagKind: verdictLooks[w.Verdict][0], TagIcon: verdictLooks[w.Verdict][1]}
	return r
}

// findingWords say what was found, in numbers that may be shown.
func findingWords(ctx context.Context, f Finding) string {
	if f.Method == Scan {
		return lang.T(ctx, "monitor.found.scan", "n", about(ctx, float64(f.N)), "weeks", lang.T(ctx, "monitor.weeks", "n", f.Span), "expected", about(ctx, f.Expected))
	}
	return lang.T(ctx, "monitor.found.farrington", "n", about(ctx, float64(f.N)), "expected", about(ctx, f.Expected), "upper", about(ctx, f.Upper))
}

type findingRow struct{ What, Found, Chance, Week, Params, Method string }

type wordRow struct{ Title, By, When, Why string }

type tableRow struct {
	Week, Count, Expected, Upper, Guided string
	Alarm                                bool
}

type warningPage struct {
	Warning
	Title, Lead, When string
	Findings          []findingRow
	More              []findingRow // of earlier weeks
	Plot              ui.PlotP
	Key               []ui.Option
	Table             []tableRow
	Heard             string
	Used              string // with what the weeks were compared
	Words             []wordRow
	Judges            bool
	In                struct{ Verdict, Why string }
	Joins             []ui.Option // the bottlenecks in which it can be taken up
	Joined            []ui.RowP   // the one in which it is
	StartURL          string
	Errors            fault.Fields
}

// warningWeeks is how many weeks the plot of a warning shows.
const warningWeeks = 52

func (m *Monitor) warningPage(v *web.Visit) (warningPage, error) {
	ctx := v.Ctx()
	w, err := m.warning(ctx, m.db, v.Param("warning"))
	if err != nil {
		return warningPage{}, err
	}
	f := lead(w)
	s := Series{w.Theme, f.Dim, f.Value}
	if f.Method == Scan { // a cluster is several places: the plot shows the theme, and of its group where it has one
		s = Combine(w.Theme, map[string]string{"group": s.of("group")})
	}
	how := comparedIn(f.Params)
	p := warningPage{Warning: w, Title: seriesName(ctx, Series{w.Theme, f.Dim, f.Value}), Lead: findingWords(ctx, f), Judges: mayJudge.Allows(v.Actor),
		When: lang.T(ctx, "monitor.weeks.from", "from", lang.LongDay(ctx, w.Week), "until", lang.LongDay(ctx, w.Latest))}
	if w.Week == w.Latest {
		p.When = lang.T(ctx, "monitor.week", "day", lang.FullDay(ctx, w.Week))
	}
	for _, x := range w.Findings {
		r := findingRow{What: seriesName(ctx, Series{w.Theme, x.Dim, x.Value}), Found: findingWords(ctx, x), Chance: chanceOf(ctx, x), Week: lang.LongDay(ctx, x.Week), Params: x.Params, Method: lang.T(ctx, "monitor.method."+x.Method)}
		if x.Week == w.Latest {
			p.Findings = append(p.Findings, r)
		} else {
			p.More = append(p.More, r)
		}
	}
	b, err := m.weeks(ctx)
	if err != nil {
		return p, err
	}
	b = b.By(how)
	p.Used = lang.T(ctx, "monitor.exposure.used."+how)
	k := b.Index(w.Latest)
	curve := b.Curve(s, k+1-warningWeeks, k+1, Inside)
	p.Plot, p.Key = plotOf(ctx, lang.T(ctx, "monitor.plot.label", "what", seriesName(ctx, s)), curve, nil, Inside.Least)
	p.Table = tableOf(ctx, curve)
	p.Heard = m.heardWords(ctx, b, k)
	words, err := m.words(ctx, w.ID)
	if err != nil {
		return p, err
	}
	var ids []string
	for _, x := range words {
		ids = append(ids, x.MadeBy)
	}
	names, err := m.org.Colleagues(ctx, ids)
	if err != nil {
		return p, err
	}
	for _, x := range words {
		p.Words = append(p.Words, wordRow{lang.T(ctx, "monitor.word."+x.Kind), names[x.MadeBy].Name, lang.When(ctx, x.At, v.Now), x.Why})
	}
	if w.Bottleneck != "" && m.lent.TakenUp != nil {
		if p.Joined, err = m.lent.TakenUp(v, []string{w.Bottleneck}); err != nil {
			return p, err
		}
	}
	if !p.Judges {
		return p, nil
	}
	if w.Bottleneck == "" && m.lent.Bottlenecks != nil {
		if p.Joins, err = m.lent.Bottlenecks(v, w.Theme); err != nil {
			return p, err
		}
		p.StartURL = v.URL("knelpunt.new", "waarschuwing", w.ID, "thema", w.Theme, "bekend", lang.T(ctx, "monitor.start.known", "what", p.Title, "found", p.Lead, "when", p.When))
	}
	return p, nil
}

// chanceOf says how unlikely something is by chance alone.
func chanceOf(ctx context.Context, f Finding) string {
	if f.P < 0.0001 {
		return lang.T(ctx, "monitor.p.least")
	}
	return lang.T(ctx, "monitor.p", "n", lang.Number(ctx, int(1/f.P+0.5)))
}

// heardWords say how many colleagues signalled in a week, and how many do so mostly: more signals may be more signalling.
func (m *Monitor) heardWords(ctx context.Context, b *Book, k int) string {
	if k < 0 || k >= b.Len() || !b.Known[k] {
		return ""
	}
	sum, n := 0, 0
	for i := max(0, k-52); i < k; i++ {
		if b.Known[i] {
			sum, n = sum+b.Heard[i], n+1
		}
	}
	if n == 0 {
		return lang.T(ctx, "monitor.heard.now", "now", about(ctx, float64(b.Heard[k])))
	}
	return lang.T(ctx, "monitor.heard", "now", about(ctx, float64(b.Heard[k])), "mostly", about(ctx, float64(sum)/float64(n)))
}

// tableOf is the same as the plot, in words and numbers; the latest week first.
func tableOf(ctx context.Context, ps []Point) []tableRow {
	var out []tableRow
	for i := len(ps) - 1; i >= 0; i-- {
		x := ps[i]
		out = append(out, tableRow{lang.FullDay(ctx, x.Week), number(ctx, x.Count, Inside), number(ctx, x.Expected, Inside), number(ctx, x.Upper, Inside), number(ctx, x.Guided, Inside), x.Alarm})
	}
	return out
}

func (m *Monitor) oneWarning(v *web.Visit) error {
	p, err := m.warningPage(v)
	if err != nil {
		return err
	}
	return v.Page(pageWarning(p))
}

func (m *Monitor) judgeOne(v *web.Visit) error {
	verdict, why := v.Value("oordeel"), v.Value("waarom")
	if fs := CheckVerdict(verdict, why); len(fs) > 0 {
		p, err := m.warningPage(v)
		if err != nil {
			return err
		}
		p.In.Verdict, p.In.Why, p.Errors = verdict, why, fs
		return v.Invalid(pageWarning(p))
	}
	w, err := m.warning(v.Ctx(), m.db, v.Param("warning"))
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("monitor.warning", "warning", w.ID, "gezegd", "monitor.said.judged"), m.judge(v.Ctx(), tx, v.Actor, w.ID, verdict, why, v.Number("versie"))
	})
}

func (m *Monitor) undoOne(v *web.Visit) error {
	w, err := m.warning(v.Ctx(), m.db, v.Param("warning"))
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("monitor.warning", "warning", w.ID, "gezegd", "monitor.said.undone"), m.undo(v.Ctx(), tx, v.Actor, w.ID, v.Number("versie"))
	})
}

// tieOne takes a warning up in a bottleneck that is open, or takes that back.
func (m *Monitor) tieOne(v *web.Visit) error {
	w, err := m.warning(v.Ctx(), m.db, v.Param("warning"))
	if err != nil {
		return err
	}
	to, said := v.Value("knelpunt"), "monitor.said.joined"
	if v.Value("los") != "" {
		to, said = "", "monitor.said.parted"
	} else {
		all, err := m.lent.Bottlenecks(v, "")
		if err != nil {
			return err
		}
		found := false
		for _, o := range all {
			found = found || o.Value == to
		}
		if !found {
			p, err := m.warningPage(v)
			if err != nil {
				return err
			}
			p.Errors.Add("knelpunt", "monitor.error.choose")
			return v.Invalid(pageWarning(p))
		}
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("monitor.warning", "warning", w.ID, "gezegd", said), m.tie(v.Ctx(), tx, v.Actor, w, to, v.Number("versie"))
	})
}
