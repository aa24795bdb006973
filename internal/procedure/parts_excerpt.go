package procedure

// This file is what may leave the house when a person agrees: the dates that run, without what colleagues noted, and without
// return: that somebody speaks of it is nobody's business, a lawyer's neither unless the person says so.

import (
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Excerpts is the part of the procedures.
func (p *Procedure) Excerpts() []dossier.Excerpt {
	return []dossier.Excerpt{{Name: "terms", Key: "procedure.excerpt", Lines: func(v *web.Visit, f dossier.File) ([]ui.FactP, error) {
		l := p.lens(v, f)
		open, err := l.open(Return)
		var out []ui.FactP
		for _, t := range open {
			day := t.Safe
			if !t.HasDate {
				day = l.t("procedure.day.unknown")
			}
			out = append(out, ui.FactP{Label: t.Title, Value: day})
		}
		return out, err
	}}}
}

// pressing is from which step on a date is told to a lawyer too, in days before it: when the deputy of a colleague hears of it.
const pressing = 7

// Pressing is what the person or their lawyer must do within days, without return, of whatever of a file may be shown.
func (p *Procedure) Pressing(v *web.Visit, f dossier.File) ([]dossier.Pressing, error) {
	of, err := p.tracksOf(v, f)
	if err != nil {
		return nil, err
	}
	own := map[string]bool{}
	for _, t := range of.tracks {
		own[t.ID] = t.Topic == Return
	}
	l := p.lens(v, f)
	var out []dossier.Pressing
	for _, r := range of.rows {
		if !own[r.Track] && !r.Party.Authority() && slices.Contains(r.rungs(l.today), pressing) {
			out = append(out, dossier.Pressing{Title: l.t("procedure.term." + r.Term), Day: r.Safe})
		}
	}
	slices.SortStableFunc(out, func(a, b dossier.Pressing) int { return compareDays(a.Day, b.Day) })
	return out, nil
}

// Way is where the person is in each procedure and whose turn it is, for their own paper. It is for nobody else: what they chose
// themselves, such as return, is in it.
func (p *Procedure) Way() dossier.Excerpt { return p.way("way") }

// Plan is the same for a telephone, on which others may read along: without return.
func (p *Procedure) Plan() dossier.Excerpt { return p.way("plan", Return) }

func (p *Procedure) way(name string, without ...Topic) dossier.Excerpt {
	return dossier.Excerpt{Name: name, Lines: func(v *web.Visit, f dossier.File) ([]ui.FactP, error) {
		l := p.lens(v, f)
		of, err := p.tracksOf(v, f)
		if err != nil {
			return nil, err
		}
		var out []ui.FactP
		for _, t := range of.tracks {
			if slices.Contains(without, t.Topic) {
				continue
			}
			view, ok, err := l.mineView(t, of)
			if err != nil {
				return nil, err
			}
			if ok {
				out = append(out, ui.FactP{Label: view.Title, Value: view.Now, Small: view.Turn})
			}
		}
		return out, nil
	}}
}
