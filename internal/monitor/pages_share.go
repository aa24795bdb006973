package monitor

// This file holds the pages of what was shared with networks and researchers, and the figures of a released report as a file.

import (
	"bytes"
	"context"
	"net/http"
	"strconv"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/spread"
	"reisgezel/internal/kernel/tally"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// shareRoutes are the doors of what was shared.
func (m *Monitor) shareRoutes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "monitor.shares", Method: get, Path: "/monitor/gedeeld", May: mayRead, Do: m.shareList},
		{Name: "monitor.share_new", Method: get, Path: "/monitor/gedeeld/nieuw", May: mayMark, Do: m.shareForm},
		{Name: "monitor.share_add", Method: post, Path: "/monitor/gedeeld/nieuw", May: mayMark, Body: bodyMost, Do: m.shareSave},
		{Name: "monitor.share", Method: get, Path: "/monitor/gedeeld/{share}", May: mayRead, Do: m.oneShare},
		{Name: "monitor.share_answer", Method: post, Path: "/monitor/gedeeld/{share}", May: mayMark, Body: bodyMost, Do: m.shareAnswer},
		{Name: "monitor.share_drop", Method: post, Path: "/monitor/gedeeld/{share}/weg", May: mayMark, Do: func(v *web.Visit) error { return m.shareDrop(v, true) }},
		{Name: "monitor.share_back", Method: post, Path: "/monitor/gedeeld/{share}/terug", May: mayMark, Do: func(v *web.Visit) error { return m.shareDrop(v, false) }},
		{Name: "monitor.public_csv", Method: get, Path: "/signaalrapport/{quarter}/{edition}/cijfers", May: mayFree, Do: m.publicCSV},
	}
}

func shareRow(v *web.Visit, x Share, reports map[string]Report) ui.RowP {
	ctx := v.Ctx()
	r := ui.RowP{Href: v.URL("monitor.share", "share", x.ID), Title: lang.Dots(lang.T(ctx, "monitor.network."+x.Network), x.Said.Whom),
		Sub: lang.Dots(lang.T(ctx, "monitor.share.what."+x.What), reportTitle(ctx, reports[x.Report]), lang.FullDay(ctx, x.Day)), Tag: lang.T(ctx, "monitor.share.waits"), TagKind: "warn", TagIcon: "hourglass-medium"}
	if !x.Answered.IsZero() {
		r.Tag, r.TagKind, r.TagIcon = lang.T(ctx, "monitor.share.answered"), "ok", "check"
	}
	return r
}

// releasedReports are the reports that were released, by id.
func (m *Monitor) releasedReports(ctx context.Context) (map[string]Report, []Report, error) {
	rs, err := m.reports(ctx, m.db, db.F(`state = 'released' ORDER BY quarter DESC, version DESC`))
	by := make(map[string]Report, len(rs))
	for _, r := range rs {
		by[r.ID] = r
	}
	return by, rs, err
}

type sharesPage struct {
	Rows    []ui.RowP
	Marking bool
	Can     bool // something was released
}

func (m *Monitor) shareList(v *web.Visit) error {
	by, rs, err := m.releasedReports(v.Ctx())
	if err != nil {
		return err
	}
	xs, err := m.shares(v.Ctx(), m.db, db.F(`gone IS NULL`))
	if err != nil {
		return err
	}
	p := sharesPage{Marking: mayMark.Allows(v.Actor), Can: len(rs) > 0}
	for _, x := range xs {
		p.Rows = append(p.Rows, shareRow(v, x, by))
	}
	return v.Page(pageShares(p))
}

type shareForm struct {
	In      ShareInput
	Reports []ui.Option
	Errors  fault.Fields
}

// shareChoices are the reports that can be shared, and when each was released.
func (m *Monitor) shareChoices(v *web.Visit) (out []ui.Option, days map[string]clock.Date, err error) {
	_, rs, err := m.releasedReports(v.Ctx())
	days = map[string]clock.Date{}
	for _, r := range rs {
		days[r.ID] = clock.Today(r.Released)
		out = append(out, ui.Option{Value: r.ID, Label: lang.Dots(reportTitle(v.Ctx(), r), lang.T(v.Ctx(), "monitor.report.version", "n", r.Version))})
	}
	return out, days, err
}

func (m *Monitor) shareForm(v *web.Visit) error {
	p := shareForm{In: ShareInput{Report: v.Value("rapport"), What: "report", Day: clock.Today(v.Now).String()}}
	var err error
	if p.Reports, _, err = m.shareChoices(v); err != nil {
		return err
	}
	return v.Page(pageShareForm(p))
}

func (m *Monitor) shareSave(v *web.Visit) error {
	p := shareForm{In: ShareInput{v.Value("rapport"), v.Value("wat"), v.Value("netwerk"), v.Value("dag"), v.Value("wie"), v.Value("waarvoor")}}
	var days map[string]clock.Date
	var err error
	if p.Reports, days, err = m.shareChoices(v); err != nil {
		return err
	}
	x, fs := p.In.Check(days, clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageShareForm(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := m.putShare(v.Ctx(), tx, v.Actor, x)
		return v.URL("monitor.share", "share", id, "gezegd", "monitor.said.shared"), err
	})
}

type sharePage struct {
	Share
	Title, ReportTitle, ReportURL, FiguresURL string
	When, By, AnsweredOn                      string
	Marking                                   bool
	In                                        AnswerInput
	Errors                                    fault.Fields
}

func (m *Monitor) sharePage(v *web.Visit) (sharePage, error) {
	ctx := v.Ctx()
	x, err := m.share(ctx, m.db, v.Param("share"))
	if err != nil {
		return sharePage{}, err
	}
	r, err := m.report(ctx, m.db, x.Report)
	if err != nil {
		return sharePage{}, err
	}
	who, err := m.org.NamesOf(ctx, x.MadeBy)
	if err != nil {
		return sharePage{}, err
	}
	at := []string{"quarter", r.Quarter, "edition", strconv.FormatInt(r.Version, 10)}
	p := sharePage{Share: x, Title: lang.Dots(lang.T(ctx, "monitor.network."+x.Network), x.Said.Whom), ReportTitle: lang.Dots(reportTitle(ctx, r), lang.T(ctx, "monitor.report.version", "n", r.Version)),
		ReportURL: v.URL("monitor.public_one", at...), FiguresURL: v.URL("monitor.public_csv", at...), When: lang.FullDay(ctx, x.Day), By: who[x.MadeBy], Marking: mayMark.Allows(v.Actor), In: AnswerInput{clock.Today(v.Now).String(), x.Said.Answer}}
	if !x.Answered.IsZero() {
		p.AnsweredOn, p.In.Day = lang.FullDay(ctx, x.Answered), x.Answered.String()
	}
	return p, nil
}

func (m *Monitor) oneShare(v *web.Visit) error {
	p, err := m.sharePage(v)
	if err != nil {
		return err
	}
	return v.Page(pageShare(p))
}

func (m *Monitor) shareAnswer(v *web.Visit) error {
	p, err := m.sharePage(v)
	if err != nil {
		return err
	}
	p.In = AnswerInput{v.Value("dag"), v.Value("antwoord")}
	x, fs := p.In.Check(p.Share, clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageShare(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("monitor.share", "share", x.ID, "gezegd", "monitor.said.answered"), m.answerShare(v.Ctx(), tx, v.Actor, x, v.Number("versie"))
	})
}

func (m *Monitor) shareDrop(v *web.Visit, gone bool) error {
	x, err := m.share(v.Ctx(), m.db, v.Param("share"))
	if err != nil {
		return err
	}
	said := "monitor.said.shared"
	if gone {
		said = "monitor.said.unshared"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("monitor.share", "share", x.ID, "gezegd", said), m.dropShare(v.Ctx(), tx, v.Actor, x.ID, gone)
	})
}

// publicCSV gives the figures of a released report as a file: those that everybody reads on its page, and no other.
func (m *Monitor) publicCSV(v *web.Visit) error {
	r, _, err := m.released(v)
	if err != nil {
		return err
	}
	return v.Download("signaalrapport-"+r.Quarter+"-"+strconv.FormatInt(r.Version, 10)+".csv", spread.Kind, bytes.NewReader(spread.Of(figureRows(v.Ctx(), r))))
}

// figureRows are the figures as they were released: what was hidden there has no number here.
func figureRows(ctx context.Context, r Report) [][]string {
	var head []string
	for _, k := range []string{"quarter", "version", "list", "value", "n", "note"} {
		head = append(head, lang.T(ctx, "monitor.csv."+k, "n", Outside.Least, "base", Outside.Base))
	}
	f := r.Said.Figures
	out := [][]string{head}
	add := func(list, value string, n tally.Shown) {
		number, note := "", ""
		switch n.Kind {
		case tally.Open:
			number = strconv.Itoa(n.N)
		case tally.Hidden:
			note = lang.T(ctx, "monitor.hidden")
		default:
			note = lang.T(ctx, "monitor.gap")
		}
		out = append(out, []string{r.Quarter, strconv.FormatInt(r.Version, 10), list, value, number, note})
	}
	add(lang.T(ctx, "monitor.all"), "", f.All)
	q, _ := ReadQuarter(r.Quarter)
	from, _ := q.Weeks()
	for i, n := range f.ByWeek {
		add(lang.T(ctx, "monitor.table.week"), from.AddDays(7*i).String(), n)
	}
	for _, dim := range tableDims {
		for _, x := range f.of(dim) {
			add(lang.T(ctx, "knelpunt."+dim), valueName(ctx, dim, x.Value), x.N)
		}
	}
	return out
}

// sharedWith are the times that a report was shared, as rows.
func (m *Monitor) sharedWith(v *web.Visit, r Report) (rows []ui.RowP, err error) {
	xs, err := m.shares(v.Ctx(), m.db, db.F(`gone IS NULL AND report = ?`, r.ID))
	for _, x := range xs {
		rows = append(rows, shareRow(v, x, map[string]Report{r.ID: r}))
	}
	return rows, err
}
