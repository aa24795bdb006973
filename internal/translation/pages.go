package translation

// This file holds the doors, and the overview: how far each language is, and what is missed most.

import (
	"net/http"
	"strconv"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Routes are the doors.
func (t *Translation) Routes() []web.Route {
	return []web.Route{
		{Name: "translation.list", Method: http.MethodGet, Path: "/vertalen", May: mayLook, Do: t.list},
	}
}

type listPage struct {
	Langs []langRow
	Needs []ui.RowP
}

// langRow says how far a language is: how many of the texts on the refugee's pages it has, and how sure we are of them.
type langRow struct {
	lang.Lang
	Have, All, Machine, Outdated, Checked int
}

// Part is how much is there, of a hundred. Nothing missing is a hundred, and nothing else is.
func (r langRow) Part() string {
	if r.All == 0 {
		return "100"
	}
	return strconv.Itoa(r.Have * 100 / r.All)
}

func (t *Translation) row(l lang.Lang) langRow {
	r := langRow{Lang: l}
	keys := t.texts.Read()
	r.All = len(keys)
	for _, k := range keys {
		i, ok := t.texts.Item(l.Tag, k)
		if !ok {
			continue
		}
		r.Have++
		switch i.State {
		case lang.Machine:
			r.Machine++
		case lang.Outdated:
			r.Outdated++
		default:
			r.Checked++
		}
	}
	return r
}

// needsShown is how many missed texts the overview tells.
const needsShown = 10

func (t *Translation) list(v *web.Visit) error {
	ctx := v.Ctx()
	var p listPage
	for _, l := range lang.All {
		if l.Tag != "nl" {
			p.Langs = append(p.Langs, t.row(l))
		}
	}
	ns, err := t.needs(ctx, "", needsShown)
	if err != nil {
		return err
	}
	for _, n := range ns {
		text, _ := t.texts.Item("nl", n.Key)
		p.Needs = append(p.Needs, ui.RowP{Title: short(text.Text), Sub: lang.Dots(lang.Find(n.Tag).Dutch, lang.T(ctx, "translation.times", "n", n.N), lang.T(ctx, "translation.since", "day", lang.Day(ctx, n.Since)))})
	}
	return v.Page(pageList(p))
}

// short is the beginning of a text, for a list.
func short(t lang.Text) string {
	s := []rune(t.All()[len(t.All())-1].Text)
	if len(s) > 90 {
		return string(s[:90]) + "…"
	}
	return string(s)
}
