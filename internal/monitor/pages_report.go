package monitor

// This file holds the pages of the report of a quarter: written by one colleague, released by another, and then for everybody.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/tally"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type reportsPage struct {
	Rows    []ui.RowP
	Begin   []ui.Option // the quarters that can have one and have none
	Writing bool
}

// beginBack is over how many quarters back a report can be begun.
const beginBack = 8

func (m *Monitor) reportList(v *web.Visit) error {
	ctx := v.Ctx()
	rs, err := m.reports(ctx, m.db, db.F(`TRUE ORDER BY quarter DESC, version DESC`))
	if err != nil {
		return err
	}
	p := reportsPage{Writing: mayMark.Allows(v.Actor)}
	has := map[string]bool{}
	for _, r := range rs {
		has[r.Quarter] = true
		p.Rows = append(p.Rows, reportRow(v, r))
	}
	b, err := m.weeks(ctx)
	if err != nil || b.Len() == 0 {
		if err != nil {
			return err
		}
		return v.Page(pageReports(p))
	}
	for q, n := lastQuarter(b), 0; n < beginBack && !q.Before(QuarterOf(b.First)); q, n = q.Add(-1), n+1 {
		if !has[q.String()] && q.Over(clock.Today(v.Now)) {
			p.Begin = append(p.Begin, ui.Option{Value: q.String(), Label: quarterName(ctx, q)})
		}
	}
	return v.Page(pageReports(p))
}

func reportTitle(ctx context.Context, r Report) string {
	q, _ := ReadQuarter(r.Quarter)
	return lang.T(ctx, "monitor.report.title", "quarter", quarterName(ctx, q))
}

func reportRow(v *web.Visit, r Report) ui.RowP {
	ctx := v.Ctx()
	out := ui.RowP{Href: v.URL("monitor.report", "quarterly", r.ID), Title: reportTitle(ctx, r), Sub: lang.T(ctx, "monitor.report.version", "n", r.Version), Tag: lang.T(ctx, "monitor.report.state."+r.State)}
	if r.State == Released {
		out.TagKind, out.TagIcon, out.Sub = "ok", "check", lang.Dots(out.Sub, lang.FullDay(ctx, clock.Today(r.Released)))
	}
	return out
}

// figures makes the numbers of a quarter, and what was done in it. Earlier are the editions that were released.
func (m *Monitor) figures(ctx context.Context, q Quarter, earlier ...Figures) (Figures, error) {
	b, err := m.weeks(ctx)
	if err != nil {
		return Figures{}, err
	}
	f, err := b.Figures(q, m.lent.Choices, Outside, earlier...)
	if err != nil && len(earlier) > 0 { // what would have to be hidden now was shown then: the numbers stay as they were
		f, err = earlier[len(earlier)-1], nil
	}
	if err != nil || f.Weeks == 0 {
		return f, err
	}
	f.Done, err = m.lent.Told(ctx, q.Start(), q.Add(1).Start())
	return f, err
}

// interests are who pays us and is named in a report: in what was written, in what was done, and among the institutions of its numbers.
func (m *Monitor) interests(ctx context.Context, q Quarter, s ReportSaid) ([]Interest, error) {
	if m.lent.Interests == nil {
		return nil, nil
	}
	words, nl := s.words(), lang.In(ctx, "nl")
	for _, p := range s.Figures.Parts["institution"] {
		if p.N.Kind == tally.Open {
			words = append(words, valueName(nl, "institution", p.Value))
		}
	}
	return m.lent.Interests(ctx, q.Start(), q.Add(1).Start(), words...)
}

func (m *Monitor) reportNew(v *web.Visit) error {
	q, ok := ReadQuarter(v.Value("kwartaal"))
	if !ok || !q.Over(clock.Today(v.Now)) {
		return fault.Gone()
	}
	f, err := m.figures(v.Ctx(), q)
	if err != nil {
		return err
	}
	if f.Weeks == 0 {
		return fault.New(fault.Conflict, "monitor.error.uncounted")
	}
	f.Done = Choose(f.Done, nil, nil, nil)
	said := ReportSaid{Figures: f}
	if said.Interests, err = m.interests(v.Ctx(), q, said); err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := m.beginReport(v.Ctx(), tx, v.Actor, q.String(), 1, said)
		return v.URL("monitor.report_write", "quarterly", id), err
	})
}

// section is one part of a report, in the language of the page or in Dutch.
type section struct {
	Key, Title, Words string
	Lang              string // of the words
}

// borrowed says whether words are read on a page in another language: the page says so.
func (s section) borrowed(ctx context.Context) bool {
	return s.Words != "" && s.Lang != lang.Of(ctx).Tag
}

// shownReport is a report as everybody reads it.
type shownReport struct {
	Report
	Title, When, Why, WhyLang string
	Sections                  map[string]section
	Plot                      ui.PlotP
	Key                       []ui.Option
	Weeks                     [][2]string
	All                       string
	Lists                     []splitList
	Done                      []shownDone
	PDF, CSV                  string
	Newer                     string
	Older                     []ui.Option
}

// shownDone is a bottleneck and what was told about it, each in its language.
type shownDone struct {
	Question section
	Told     []section
}

// borrowed says whether something of it is in another language than the page.
func (d shownDone) borrowed(ctx context.Context) bool {
	return d.Question.borrowed(ctx) || slices.ContainsFunc(d.Told, func(s section) bool { return s.borrowed(ctx) })
}

func (m *Monitor) show(v *web.Visit, r Report) shownReport {
	ctx := v.Ctx()
	s := shownReport{Report: r, Title: reportTitle(ctx, r), Sections: map[string]section{}, All: sum(ctx, r.Said.Figures.All)}
	pick := func(nl, en string) (string, string) {
		if lang.Of(ctx).Tag == "en" && en != "" {
			return en, "en"
		}
		return nl, "nl"
	}
	s.Why, s.WhyLang = pick(r.Said.WhyNL, r.Said.WhyEN)
	for _, k := range Sections {
		x := section{Key: k, Title: lang.T(ctx, "monitor.section."+k)}
		x.Words, x.Lang = pick(r.Said.NL[k], r.Said.EN[k])
		s.Sections[k] = x
	}
	if r.State == Released {
		s.When = lang.T(ctx, "monitor.report.released", "day", lang.FullDay(ctx, clock.Today(r.Released)))
	}
	for _, d := range r.Said.Figures.Done {
		if !d.Out {
			s.Done = append(s.Done, shownDone{d.Asks(lang.Of(ctx).Tag), d.In(lang.Of(ctx).Tag)})
		}
	}
	q, _ := ReadQuarter(r.Quarter)
	from, _ := q.Weeks()
	var ps []Point
	for i, n := range r.Said.Figures.ByWeek {
		week := from.AddDays(7 * i)
		ps = append(ps, Point{Week: week, Count: n})
		s.Weeks = append(s.Weeks, [2]string{lang.FullDay(ctx, week), inTable(ctx, n)})
	}
	s.Plot, s.Key = plotOf(ctx, lang.T(ctx, "monitor.plot.label", "what", themeName(ctx, "")), ps, nil, 0)
	for _, dim := range append([]string{"theme"}, Dims...) {
		parts := r.Said.Figures.Parts[dim]
		if dim == "theme" {
			parts = r.Said.Figures.Themes
		}
		s.Lists = append(s.Lists, listOf(ctx, dim, parts, nil))
	}
	return s
}

type reportPage struct {
	shownReport
	Lacks        []ui.Option // what is not there in English, with where it is written
	Writing, Own bool
	WrittenBy    string
	Public       string
	Shared       []ui.RowP
}

func (m *Monitor) oneReport(v *web.Visit) error {
	ctx := v.Ctx()
	r, err := m.report(ctx, m.db, v.Param("quarterly"))
	if err != nil {
		return err
	}
	p := reportPage{shownReport: m.show(v, r), Lacks: lacks(ctx, r), Writing: mayMark.Allows(v.Actor), Own: r.Wrote(v.Actor.ID)}
	if r.State == Released {
		if p.Shared, err = m.sharedWith(v, r); err != nil {
			return err
		}
		p.Public = v.URL("monitor.public_one", "quarter", r.Quarter, "edition", strconv.FormatInt(r.Version, 10))
	}
	return v.Page(pageReport(p))
}

// lacks is what of a draft is not there in English, and the address where it is written.
func lacks(ctx context.Context, r Report) (out []ui.Option) {
	if r.State != Drafted {
		return nil
	}
	for _, k := range Sections {
		if strings.TrimSpace(r.Said.EN[k]) == "" {
			out = append(out, ui.Option{Label: lang.T(ctx, "monitor.section."+k), Value: web.URL(ctx, "monitor.report_write", "quarterly", r.ID)})
		}
	}
	if r.Version > 1 && strings.TrimSpace(r.Said.WhyEN) == "" {
		out = append(out, ui.Option{Label: lang.T(ctx, "monitor.report.why"), Value: web.URL(ctx, "monitor.report_write", "quarterly", r.ID)})
	}
	for _, d := range r.Said.Figures.Done {
		if d.Out || !d.Dutch() {
			continue
		}
		o := ui.Option{Label: d.Question}
		if d.ID != "" { // the question is written at its own door, what was told at its step
			if o.Value = web.URL(ctx, "knelpunt.one", "bottleneck", d.ID); d.Asked == "" {
				o.Value = web.URL(ctx, "knelpunt.english", "bottleneck", d.ID)
			}
		}
		out = append(out, o)
	}
	return out
}

type reportForm struct {
	Report
	Lacks  []ui.Option
	Title  string
	Values map[string]string
	Held   bool
	Errors fault.Fields
}

// draftReport is a report that can still be written.
func (m *Monitor) draftReport(v *web.Visit) (Report, error) {
	r, err := m.report(v.Ctx(), m.db, v.Param("quarterly"))
	if err == nil && r.State != Drafted {
		err = fault.New(fault.Conflict, "monitor.error.released")
	}
	return r, err
}

func (m *Monitor) reportForm(v *web.Visit) error {
	r, err := m.draftReport(v)
	if err != nil {
		return err
	}
	if q, ok := ReadQuarter(r.Quarter); ok && r.Version == 1 { // what was told since is offered too
		now, err := m.lent.Told(v.Ctx(), q.Start(), q.Add(1).Start())
		if err != nil {
			return err
		}
		r.Said.Figures.Done = Choose(now, r.Said.Figures.Done, nil, nil)
	}
	p := reportForm{Report: r, Lacks: lacks(v.Ctx(), r), Title: reportTitle(v.Ctx(), r), Values: map[string]string{}}
	for _, f := range r.Said.fields() {
		p.Values[f.field] = f.words
	}
	for k, x := range r.Said.Held[v.Actor.ID] {
		p.Values[k], p.Held = x, true
	}
	return v.Page(pageReportForm(p))
}

// typed is what stands in the form, by field.
func typed(v *web.Visit) map[string]string {
	out := map[string]string{}
	for _, f := range (ReportSaid{}).fields() {
		out[f.field] = v.Value(f.field)
	}
	return out
}

// offered is what the form let somebody choose of; not nothing, also when there was none.
func offered(v *web.Visit) []string { return append([]string{}, v.Values("gedaan-stond")...) }

func (m *Monitor) reportSave(v *web.Visit) error {
	r, err := m.draftReport(v)
	if err != nil {
		return err
	}
	in := typed(v)
	r.Said.NL, r.Said.EN, r.Said.WhyNL, r.Said.WhyEN = map[string]string{}, map[string]string{}, in["waarom-nl"], in["waarom-en"]
	for _, k := range Sections {
		r.Said.NL[k], r.Said.EN[k] = in[k+"-nl"], in[k+"-en"]
	}
	if fs := CheckDraft(r.Said); len(fs) > 0 {
		r.Said.Figures.Done = Choose(r.Said.Figures.Done, r.Said.Figures.Done, offered(v), v.Values("gedaan"))
		return v.Invalid(pageReportForm(reportForm{Report: r, Lacks: lacks(v.Ctx(), r), Title: reportTitle(v.Ctx(), r), Values: in, Errors: fs}))
	}
	delete(r.Said.Held, v.Actor.ID)
	before := r.Said.Figures.Done
	q, _ := ReadQuarter(r.Quarter)
	if r.Version == 1 { // what was done may have gone on; the numbers of weeks that are over do not change
		if r.Said.Figures, err = m.figures(v.Ctx(), q); err != nil {
			return err
		}
	}
	r.Said.Figures.Done = Choose(r.Said.Figures.Done, before, offered(v), v.Values("gedaan"))
	if r.Said.Interests, err = m.interests(v.Ctx(), q, r.Said); err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("monitor.report", "quarterly", r.ID, "gezegd", "monitor.said.saved"), m.writeReport(v.Ctx(), tx, v.Actor, r, v.Number("versie"))
	})
}

func (m *Monitor) reportHold(v *web.Visit) error {
	r, err := m.draftReport(v)
	if err != nil {
		return err
	}
	in := typed(v)
	if err := m.db.Tx(v.Ctx(), func(tx *db.Tx) error { return m.holdReport(v.Ctx(), tx, v.Actor, r.ID, v.Number("versie"), in) }); err != nil {
		return err
	}
	return v.Text(200, lang.T(v.Ctx(), "monitor.report.held", "time", lang.Time(v.Ctx(), v.Now)))
}

func (m *Monitor) reportRelease(v *web.Visit) error {
	r, err := m.report(v.Ctx(), m.db, v.Param("quarterly"))
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("monitor.report", "quarterly", r.ID, "gezegd", "monitor.said.released"), m.releaseReport(v.Ctx(), tx, v.Actor, r.ID, v.Number("versie"))
	})
}

// corrected are the numbers of a correction: made anew, and held against every edition that was released.
func (m *Monitor) corrected(ctx context.Context, r Report) (Figures, error) {
	rs, err := m.reports(ctx, m.db, db.F(`quarter = ? AND state = 'released' ORDER BY version`, r.Quarter))
	if err != nil {
		return Figures{}, err
	}
	var earlier []Figures
	for _, x := range rs {
		earlier = append(earlier, x.Said.Figures)
	}
	q, _ := ReadQuarter(r.Quarter)
	return m.figures(ctx, q, earlier...)
}

// reportCorrect begins a new version of what was released: the old one stays as it was.
func (m *Monitor) reportCorrect(v *web.Visit) error {
	r, err := m.report(v.Ctx(), m.db, v.Param("quarterly"))
	if err != nil {
		return err
	}
	if r.State != Released {
		return fault.New(fault.Conflict, "monitor.error.version")
	}
	s := r.Said
	s.WhyNL, s.WhyEN, s.Held = "", "", nil
	if s.Figures, err = m.corrected(v.Ctx(), r); err != nil {
		return err
	}
	s.Figures.Done = Choose(s.Figures.Done, r.Said.Figures.Done, nil, nil)
	q, _ := ReadQuarter(r.Quarter)
	if s.Interests, err = m.interests(v.Ctx(), q, s); err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := m.beginReport(v.Ctx(), tx, v.Actor, r.Quarter, r.Version+1, s)
		return v.URL("monitor.report_write", "quarterly", id), err
	})
}

func (m *Monitor) publicList(v *web.Visit) error {
	ctx := v.Ctx()
	rs, err := m.reports(ctx, m.db, db.F(`state = 'released' ORDER BY quarter DESC, version DESC`))
	if err != nil {
		return err
	}
	var rows []ui.RowP
	seen := map[string]bool{}
	for _, r := range rs {
		if !seen[r.Quarter] {
			seen[r.Quarter] = true
			rows = append(rows, ui.RowP{Href: v.URL("monitor.public_one", "quarter", r.Quarter, "edition", strconv.FormatInt(r.Version, 10)), Title: reportTitle(ctx, r), Sub: lang.FullDay(ctx, clock.Today(r.Released))})
		}
	}
	return v.Page(pagePublicList(rows))
}

// released is a version that was released; every other one is not there.
func (m *Monitor) released(v *web.Visit) (Report, []Report, error) {
	rs, err := m.reports(v.Ctx(), m.db, db.F(`quarter = ? AND state = 'released' ORDER BY version DESC`, v.Param("quarter")))
	if err != nil {
		return Report{}, nil, err
	}
	for _, r := range rs {
		if strconv.FormatInt(r.Version, 10) == v.Param("edition") {
			return r, rs, nil
		}
	}
	return Report{}, nil, fault.Gone()
}

func (m *Monitor) publicOne(v *web.Visit) error {
	r, all, err := m.released(v)
	if err != nil {
		return err
	}
	p := m.show(v, r)
	to := func(route string, n int64) string {
		return v.URL(route, "quarter", r.Quarter, "edition", strconv.FormatInt(n, 10))
	}
	p.PDF, p.CSV = v.URL("monitor.public_pdf", "quarter", r.Quarter, "edition", v.Param("edition"), "taal", paperTag(v.Ctx())), to("monitor.public_csv", r.Version)
	if all[0].Version > r.Version {
		p.Newer = to("monitor.public_one", all[0].Version)
	}
	for _, x := range all {
		if x.Version < r.Version {
			p.Older = append(p.Older, ui.Option{Label: lang.T(v.Ctx(), "monitor.report.version", "n", x.Version), Value: to("monitor.public_one", x.Version)})
		}
	}
	return v.Page(pagePublic(p))
}

// doneOptions are what the editor can take in or leave out, with the words that everybody would read.
func doneOptions(ctx context.Context, ds []Done) (out []ui.Option, ticked []string) {
	for _, d := range ds {
		hint := strings.Join(d.Told, " ")
		if d.Few {
			hint = lang.T(ctx, "monitor.report.done.few", "n", Outside.Least) + " " + hint
		}
		out = append(out, ui.Option{Value: d.key(), Label: d.Question, Hint: hint})
		if !d.Out {
			ticked = append(ticked, d.key())
		}
	}
	return out, ticked
}
