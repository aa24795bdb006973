package monitor

// This file makes a released report of a quarter a paper: in Dutch or in English, the same words and numbers as the page.

import (
	"bytes"
	"context"
	"strconv"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/pdf"
	"reisgezel/internal/kernel/tally"
	"reisgezel/internal/kernel/web"
)

// paperTag is the language of the paper for whoever reads a page: a report is written in Dutch and English, and every other reader has
// the Dutch one, which is whole.
func paperTag(ctx context.Context) string {
	if lang.Of(ctx).Tag == "en" {
		return "en"
	}
	return "nl"
}

// paper is a report on its way to paper.
type paper struct {
	*pdf.Doc
	ctx context.Context
	tag string
}

func (p paper) text(s string) pdf.Text { return pdf.Text{S: s, Lang: p.tag} }

func (p paper) t(key string, args ...any) pdf.Text { return p.text(lang.T(p.ctx, key, args...)) }

// words says what somebody wrote, in the language in which it is there, and says so where that is another than that of the paper.
func (p paper) words(s section, put func(a, b pdf.Text)) {
	if s.borrowed(p.ctx) {
		p.Para(p.t("monitor.public.borrowed"), pdf.Text{})
	}
	put(pdf.Text{S: s.Words, Lang: s.Lang}, pdf.Text{})
}

// publicPDF is the same as the page as a paper: in its language, with its title in the other.
func (m *Monitor) publicPDF(v *web.Visit) error {
	r, _, err := m.released(v)
	if err != nil {
		return err
	}
	tag, other := paperTag(v.Ctx()), "en"
	if tag == "en" {
		other = "nl"
	}
	called := pdf.Text{S: reportTitle(lang.In(v.Ctx(), other), r), Lang: other}
	v.SetCtx(lang.In(v.Ctx(), tag))
	s, none := m.show(v, r), pdf.Text{}
	d := paper{pdf.Single(pdf.Text{S: s.Title, Lang: tag}, called), v.Ctx(), tag}
	d.Para(d.text(lang.Dots(lang.T(d.ctx, "monitor.report.version", "n", r.Version), s.When)), none)
	if s.Why != "" {
		d.Para(d.t("monitor.report.why"), none)
		d.words(section{Words: s.Why, Lang: s.WhyLang}, d.Para)
	}
	for _, k := range Sections {
		d.Heading(d.text(s.Sections[k].Title), none)
		d.words(s.Sections[k], d.Para)
		switch k {
		case "numbers":
			d.numbers(s)
		case "done":
			for _, x := range s.Done {
				d.words(x.Question, d.Para)
				for _, t := range x.Told {
					d.words(t, d.Item)
				}
			}
		}
	}
	if r.Said.Interests != nil {
		d.Heading(d.t("monitor.interests"), none)
		d.Para(d.t("monitor.interests.lead"), none)
		if len(r.Said.Interests) == 0 {
			d.Para(d.t("monitor.interests.none"), none)
		}
		for _, x := range r.Said.Interests {
			d.words(x.In(tag), d.Para)
			d.words(section{Words: x.Apart, Lang: "nl"}, d.Item)
		}
	}
	d.Foot(func(n int) (pdf.Text, pdf.Text) {
		return d.t("monitor.report.page", "title", s.Title, "n", n), none
	})
	b, err := d.Bytes()
	if err != nil {
		return err
	}
	name := "signaalrapport-" + r.Quarter + "-" + strconv.FormatInt(r.Version, 10)
	if tag != "nl" {
		name += "-" + tag
	}
	return v.Download(name+".pdf", "application/pdf", bytes.NewReader(b))
}

// numbers puts the figures: the sum, a bar a week with its words, and each list.
func (p paper) numbers(s shownReport) {
	f, none := s.Said.Figures, pdf.Text{}
	p.Para(p.text(s.All), none)
	if f.Weeks < f.Of {
		p.Para(p.t("monitor.split.gaps", "n", f.Weeks, "of", f.Of), none)
	}
	var bars []int
	words := ""
	for i, n := range f.ByWeek {
		if n.Kind == tally.Open {
			bars = append(bars, n.N)
		} else {
			bars = append(bars, -1)
		}
		words += s.Weeks[i][0] + ": " + s.Weeks[i][1] + ". "
	}
	p.Bars(bars, p.text(lang.T(p.ctx, "monitor.report.bars")+" "+words))
	p.Para(p.t("monitor.report.bars"), none)
	for _, l := range s.Lists {
		p.Para(p.t("knelpunt."+l.Dim), none)
		for _, x := range l.Rows {
			p.Item(p.text(x.Name+": "+x.N), none)
		}
		if l.Rest > 0 {
			p.Item(p.t("monitor.split.rest", "n", l.Rest), none)
		}
	}
	p.Para(p.t("monitor.report.small", "n", Outside.Least, "base", Outside.Base), none)
}
