package monitor

// This file holds the pages of the monitor: one series over the weeks, how a quarter is split, and what changed when the rules did.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/tally"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// spans are the numbers of weeks that a plot may show.
var spans = []int{52, 104, 260}

type seriesPage struct {
	Theme, Part, Span string
	Also, How         string // a second part of the series, and with what it is compared
	Used              string
	Title             string
	Empty             bool
	Plot              ui.PlotP
	Key               []ui.Option
	Table             []tableRow
	Marks             []markRow
	Split             Split
	Quarter           string
	Older, Newer      string
	Tiles             []tileRow
	Lists             []splitList
	Parts             []ui.Option
	Themes            []ui.Option
	Marking           bool // this colleague may enter changes of policy
}

type markRow struct {
	Title, Day, URL string
	Effect          []string
	Says            string
	Belongs         []belongsPart
}

type tileRow struct {
	Tile
	Name, N, URL string
	Shade        int // 0 to 4
}

type splitList struct {
	Dim  string
	Rows []splitRow
	Rest int // so many values have too few to be shown
}

type splitRow struct{ Name, N, URL string }

// choice reads what of the form is one of the choices; what is not asks for nothing.
func (m *Monitor) choice(v *web.Visit) (Series, string, string) {
	s := Series{}
	if t := v.Value("thema"); slices.Contains(m.themes(), t) {
		s.Theme = t
	}
	dim, value, _ := strings.Cut(v.Value("deel"), ":")
	if slices.Contains(Dims, dim) && slices.Contains(m.lent.Choices[dim], value) {
		s.Dim, s.Value = dim, value
	}
	part := ""
	if s.Dim != "" {
		part = s.Dim + ":" + s.Value
	}
	// A second part narrows the first; of one dimension there is only one.
	if also, more, _ := strings.Cut(v.Value("ook"), ":"); s.Dim != "" && also != s.Dim && slices.Contains(Dims, also) && slices.Contains(m.lent.Choices[also], more) {
		s = Combine(s.Theme, map[string]string{s.Dim: s.Value, also: more})
	}
	span := v.Value("weken")
	if n, err := strconv.Atoi(span); err != nil || !slices.Contains(spans, n) {
		span = strconv.Itoa(spans[0])
	}
	return s, part, span
}

func (m *Monitor) series(v *web.Visit) error {
	ctx := v.Ctx()
	s, part, span := m.choice(v)
	p := seriesPage{Theme: s.Theme, Part: part, Span: span, How: ByGuided, Title: seriesName(ctx, s), Parts: partOptions(ctx, m.lent.Choices), Themes: themeOptions(ctx, m.themes()), Marking: mayMark.Allows(v.Actor)}
	if s.combined() {
		p.Also = v.Value("ook")
	}
	if v.Value("maat") == ByEffort {
		p.How = ByEffort
	}
	p.Used = lang.T(ctx, "monitor.exposure.used."+p.How)
	b, err := m.weeks(ctx)
	if err != nil {
		return err
	}
	b = b.By(p.How)
	if p.Empty = b.Len() == 0; p.Empty {
		return v.Page(pageSeries(p))
	}
	n, _ := strconv.Atoi(span) // it is one of spans
	from := max(0, b.Len()-n)
	curve := b.Curve(s, from, b.Len(), Inside)
	all, err := m.policies(ctx, m.db)
	if err != nil {
		return err
	}
	var marks []ui.PlotMark
	for _, x := range slices.Backward(all) {
		if !x.Touches(s.Theme) {
			continue
		}
		at := b.Index(WeekOf(x.Day.AddDays(6)))
		if at < from || at >= b.Len() {
			continue
		}
		e := b.Effect(s, x.Day)
		marks = append(marks, markOf(e, at, from)...)
		to, err := m.belongs(v, x.ID, false)
		if err != nil {
			return err
		}
		p.Marks = append(p.Marks, markRow{x.Title, lang.FullDay(ctx, x.Day), v.URL("monitor.policy", "policy", x.ID), effectWords(ctx, e), e.Says(), to})
	}
	p.Plot, p.Key = plotOf(ctx, lang.T(ctx, "monitor.plot.label", "what", p.Title), curve, marks, Inside.Least)
	p.Table = tableOf(ctx, curve)
	return m.splitPart(v, b, s, p)
}

// markOf draws a change: the moment, and the levels before and after it when something can be said of them.
func markOf(e Effect, at, from int) []ui.PlotMark {
	out := []ui.PlotMark{{X: at - from}}
	if e.Few {
		return out
	}
	return append(out, ui.PlotMark{From: max(0, e.From-from), To: e.At - from, Level: e.Before.Mean}, ui.PlotMark{From: e.At - from, To: e.Until - from, Level: e.After.Mean})
}

// splitPart adds how a quarter is split, and sends the page.
func (m *Monitor) splitPart(v *web.Visit, b *Book, s Series, p seriesPage) error {
	ctx := v.Ctx()
	last := lastQuarter(b)
	q := last
	if y, n, ok := strings.Cut(v.Value("kwartaal"), "-"); ok {
		year, e1 := strconv.Atoi(y)
		of, e2 := strconv.Atoi(n)
		if got := (Quarter{year, of}); e1 == nil && e2 == nil && of >= 1 && of <= 4 && !last.Before(got) && !got.Before(QuarterOf(b.First)) {
			q = got
		}
	}
	var err error
	if p.Split, err = b.Split(s.Theme, q, m.lent.Choices, Inside); err != nil {
		return err
	}
	p.Quarter = quarterName(ctx, q)
	to := func(part string, q Quarter) string {
		return v.URL("monitor.series", "thema", s.Theme, "deel", part, "weken", p.Span, "maat", p.How, "kwartaal", quarterValue(q))
	}
	if QuarterOf(b.First).Before(q) {
		p.Older = to(p.Part, q.Add(-1))
	}
	if q.Before(last) {
		p.Newer = to(p.Part, q.Add(1))
	}
	most := 0
	at := map[string]tally.Shown{}
	for _, x := range p.Split.Parts["place"] {
		at[x.Value] = x.N
		if slices.ContainsFunc(Tiles, func(t Tile) bool { return t.Place == x.Value }) {
			most = max(most, x.N.N)
		}
	}
	for _, t := range Tiles {
		n := at[t.Place]
		shade := 0
		if n.Kind == tally.Open && most > 0 {
			shade = min(4, 1+n.N*4/(most+1))
		}
		p.Tiles = append(p.Tiles, tileRow{t, valueName(ctx, "place", t.Place), inTable(ctx, n), to("place:"+t.Place, q), shade})
	}
	for _, dim := range Dims {
		p.Lists = append(p.Lists, listOf(ctx, dim, p.Split.Parts[dim], func(value string) string { return to(dim+":"+value, q) }))
	}
	return v.Page(pageSeries(p))
}

// listOf is one list of a split, the largest first; what is not shown is counted. Link gives where a line leads; nil is nowhere.
func listOf(ctx context.Context, dim string, parts []Part, link func(value string) string) splitList {
	l := splitList{Dim: dim}
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b Part) int { return b.N.N - a.N.N })
	for _, x := range parts {
		if x.N.Kind != tally.Open {
			l.Rest++
			continue
		}
		r := splitRow{Name: valueName(ctx, dim, x.Value), N: inTable(ctx, x.N)}
		if link != nil {
			r.URL = link(x.Value)
		}
		l.Rows = append(l.Rows, r)
	}
	return l
}

// lastQuarter is the latest quarter of which all weeks are over; with less than one, the one that runs.
func lastQuarter(b *Book) Quarter {
	next := b.At(b.Len())
	q := QuarterOf(next)
	for {
		if _, until := q.Weeks(); !until.After(next) {
			return q
		}
		if q == QuarterOf(b.First) {
			return q
		}
		q = q.Add(-1)
	}
}
