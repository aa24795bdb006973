package rights

// This file makes the paper that somebody takes along: where they are, what comes, what they allow and whom they call, in Dutch and
// in their own language beside each other. A colleague or a lawyer at the next desk can read along, line by line.
//
// It is made when it is asked for and kept nowhere. The code on it leads to the address of this house and says nothing of anybody.

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"rsc.io/qr"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/pdf"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// beside is the language beside Dutch: somebody's own, or English when that is Dutch already.
func beside(own lang.Lang) lang.Lang {
	if own.Tag != "nl" {
		return own
	}
	return lang.Find("en")
}

func (r *Rights) paper(v *web.Visit) error {
	if _, err := r.files.Open(v, v.Actor.ID, access.File, "rights.event.read"); err != nil {
		return err
	}
	return v.Page(pagePaper(beside(lang.Of(v.Ctx()))))
}

// sheetPart is one part of the paper in one language.
type sheetPart struct {
	title string
	lines []string
}

// sheetParts are all parts in one language. They come in the same order, and with as many lines, in every language.
func (r *Rights) sheetParts(v *web.Visit, f dossier.File, tag string) ([]sheetPart, error) {
	was := v.Ctx()
	v.SetCtx(lang.In(was, tag))
	defer v.SetCtx(was)
	ctx := v.Ctx()
	var out []sheetPart
	for _, e := range r.onPaper {
		facts, err := e.Lines(v, f)
		if err != nil {
			return nil, fmt.Errorf("the part %s of a paper: %w", e.Name, err)
		}
		p := sheetPart{title: lang.T(ctx, "rights.paper."+e.Name)}
		for _, x := range facts {
			p.lines = append(p.lines, factLine(x))
		}
		if len(p.lines) == 0 {
			p.lines = []string{lang.T(ctx, "rights.paper.none")}
		}
		out = append(out, p)
	}
	contacts, err := r.contacts(v, f)
	return append(out, sheetPart{lang.T(ctx, "rights.paper.contacts"), contacts}), err
}

func factLine(x ui.FactP) string {
	s := x.Label
	if x.Value != "" {
		s += ": " + x.Value
	}
	if x.Small != "" {
		s += "\n" + x.Small
	}
	return s
}

// contacts are who helps, and where and when one can walk in.
func (r *Rights) contacts(v *web.Visit, f dossier.File) ([]string, error) {
	ctx := v.Ctx()
	ids, err := r.files.Helpers(ctx, r.db, f.ID(), v.Now)
	if err != nil {
		return nil, err
	}
	names, err := r.org.Colleagues(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, id := range ids {
		if c := names[id]; c.Active {
			out = append(out, lang.T(ctx, "rights.paper.helper", "name", strings.TrimSpace(c.Name+" "+c.Phone)))
		}
	}
	l, err := r.org.Location(ctx, f.Location())
	if err != nil || l.Closed {
		return append(out, lang.T(ctx, "rights.paper.emergency")), nil // a location that is gone is no reason for no paper
	}
	where := lang.T(ctx, "rights.paper.place", "place", l.Name+", "+l.Street+", "+l.Town)
	if l.Phone != "" {
		where += "\n" + lang.Isolated(l.Phone)
	}
	out = append(out, where)
	next := l.Next(v.Now, r.free)
	if next.Now { // whoever reads the paper reads it later
		next = l.Next(next.Until, r.free)
	}
	if open := dossier.OpenWhen(ctx, next, v.Now); open != "" {
		out = append(out, lang.Capital(open))
	}
	for _, h := range l.Hours {
		out = append(out, lang.Weekday(ctx, time.Weekday(h.Weekday%7))+" "+lang.Isolated(h.Opens+"–"+h.Shuts))
	}
	if len(l.Hours) > 0 {
		out = append(out, lang.T(ctx, "rights.paper.holidays"))
	}
	return append(out, lang.T(ctx, "rights.paper.emergency")), nil
}

// sheet writes the paper.
func (r *Rights) sheet(v *web.Visit, f dossier.File, other lang.Lang) ([]byte, error) {
	left, err := r.sheetParts(v, f, "nl")
	if err != nil {
		return nil, err
	}
	right, err := r.sheetParts(v, f, other.Tag)
	if err != nil {
		return nil, err
	}
	nl := func(s string) pdf.Text { return pdf.Text{S: s, Lang: "nl"} }
	own := func(s string) pdf.Text { return pdf.Text{S: s, Lang: other.Tag, RTL: other.RTL} }
	both := func(key string, args ...any) (pdf.Text, pdf.Text) {
		return nl(lang.T(lang.In(v.Ctx(), "nl"), key, args...)), own(lang.T(lang.In(v.Ctx(), other.Tag), key, args...))
	}
	d := pdf.New(both("rights.paper.title"))
	today := clock.Today(v.Now)
	d.Para(nl(f.Called()+" · "+lang.FullDay(lang.In(v.Ctx(), "nl"), today)), own(f.Called()+" · "+lang.FullDay(lang.In(v.Ctx(), other.Tag), today)))
	d.Para(both("rights.paper.care"))
	for i, p := range left {
		q := right[i]
		d.Heading(nl(p.title), own(q.title))
		for n := range max(len(p.lines), len(q.lines)) {
			d.Item(nl(nth(p.lines, n)), own(nth(q.lines, n)))
		}
	}
	address := r.address
	if address == "" {
		address = "https://" + v.R.Host
	}
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return nil, fmt.Errorf("rights: the code of a paper: %w", err)
	}
	d.Figure(code.Size, code.Black, nl(lang.T(lang.In(v.Ctx(), "nl"), "rights.paper.code", "address", address)), own(lang.T(lang.In(v.Ctx(), other.Tag), "rights.paper.code", "address", address)))
	d.Foot(func(n int) (pdf.Text, pdf.Text) { return both("rights.paper.page", "n", n) })
	return d.Bytes()
}

func nth(ls []string, i int) string {
	if i < len(ls) {
		return ls[i]
	}
	return ""
}

func (r *Rights) paperFile(v *web.Visit) error {
	f, err := r.files.Open(v, v.Actor.ID, access.File, "rights.event.paper")
	if err != nil {
		return err
	}
	return r.hand(v, f, beside(lang.Of(v.Ctx())))
}

// paperFor makes it for somebody who has no printer, in the language in which their own pages begin.
func (r *Rights) paperFor(v *web.Visit) error {
	f, err := r.files.Open(v, v.Param("person"), mayPrint.Level, "rights.event.paper")
	if err != nil {
		return err
	}
	return r.hand(v, f, beside(lang.Find(dossier.PortalTag(f.Profile()))))
}

func (r *Rights) hand(v *web.Visit, f dossier.File, other lang.Lang) error {
	b, err := r.sheet(v, f, other)
	if err != nil {
		return err
	}
	return v.Download("reisgezel-"+clock.Today(v.Now).String()+".pdf", "application/pdf", bytes.NewReader(b))
}
