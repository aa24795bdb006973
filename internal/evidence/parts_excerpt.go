package evidence

// This file is what may leave the house when a person agrees: which papers there are and which are missing; and, each by
// itself, a paper.

import (
	"context"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Excerpts are the parts of the evidence: the list, and the papers.
func (e *Evidence) Excerpts() []dossier.Excerpt {
	return []dossier.Excerpt{{Name: "papers", Key: "evidence.excerpt", Level: access.File, Lines: func(v *web.Visit, f dossier.File) ([]ui.FactP, error) {
		ps, err := piecesOf(v.Ctx(), e.db, f)
		var out []ui.FactP
		for _, x := range ps {
			if x.State == Unneeded {
				continue
			}
			out = append(out, ui.FactP{Label: paperTitle(v.Ctx(), x.Kind, x.What.Title), Value: lang.T(v.Ctx(), "evidence.mine.state."+x.State)})
		}
		return out, err
	}}, {Name: "documents", Key: "evidence.excerpt.documents", Level: access.File, Items: e.items}}
}

// items are the papers that a colleague has looked at and that were not taken back.
func (e *Evidence) items(ctx context.Context, f dossier.File) ([]dossier.Item, error) {
	ds, err := documentsOf(ctx, e.db, f)
	if err != nil {
		return nil, err
	}
	var out []dossier.Item
	for _, d := range ds {
		if !d.Removed.IsZero() || d.Checked.IsZero() {
			continue
		}
		out = append(out, dossier.Item{ID: d.ID, Title: lang.T(ctx, "evidence.excerpt.document", "paper", paperTitle(ctx, d.Kind, d.What.Title)),
			Lines: []ui.FactP{{Label: paperTitle(ctx, d.Kind, d.What.Title), Value: lang.Day(ctx, clock.DateOf(d.At.In(clock.Netherlands)))}},
			Open:  func(ctx context.Context) (string, string, []byte, error) { return e.handOut(ctx, f, d) }})
	}
	return out, nil
}

// handOut gives the newest scan of a paper that was not taken back.
func (e *Evidence) handOut(ctx context.Context, f dossier.File, d Document) (name, kind string, body []byte, err error) {
	ss, err := scans(ctx, e.db, d.ID)
	if err != nil {
		return "", "", nil, err
	}
	if len(ss) == 0 {
		return "", "", nil, fault.Gone()
	}
	body, err = content(ctx, e.db, f, ss[0].ID, "whole")
	return scanName(ss[0], ss[0].Type), ss[0].Type.Mime(), body, err
}
