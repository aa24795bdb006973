package procedure

// This file is what the law lends to the page of a family: the terms of the person for whom relatives may come, and the few
// facts on which it hangs whether a relative counts. They are recorded here and computed here, and nowhere twice.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// family is the topic of a procedure for relatives.
const family Topic = "family"

type familyView struct {
	Terms     []termView
	URL       string
	RecordURL string
	Track     bool
}

// familyTerms are the terms that begin with the permit or with the application for the family, in whichever track they stand.
var familyTerms = map[string]bool{"family": true, "family_wait": true, "parents_before": true}

// familyPanel shows the terms for the family, and the way to the track in which they are computed.
func (p *Procedure) familyPanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	l := p.lens(v, f)
	of, err := p.tracksOf(v, f)
	if err != nil {
		return ui.Part{}, err
	}
	topics := map[string]Topic{}
	view := familyView{URL: v.URL("procedure.file", "person", f.ID()), RecordURL: l.recordURL("zaak", string(family))}
	for _, t := range of.tracks {
		topics[t.ID] = t.Topic
		if t.Topic == family {
			view.Track, view.RecordURL = true, l.recordURL("track", t.ID)
		}
	}
	for _, r := range of.rows {
		if r.State == "open" && (topics[r.Track] == family || familyTerms[r.Term]) {
			view.Terms = append(view.Terms, l.term(r, of.derived[r.Track]))
		}
	}
	return ui.Part{Body: familyPart(view), Count: len(view.Terms)}, nil
}

// Sponsorship tells what stands in the procedures of somebody for whom relatives may come; what was superseded or taken back
// is left out.
func (p *Procedure) Sponsorship(v *web.Visit, f dossier.File) (dossier.Sponsorship, error) {
	var s dossier.Sponsorship
	of, err := p.tracksOf(v, f)
	if err != nil {
		return s, err
	}
	for _, t := range of.tracks {
		rs, err := records(v.Ctx(), p.db, t.ID)
		if err != nil {
			return s, err
		}
		if t.Topic == family {
			s.Track = t.ID
		}
		for _, r := range standing(rs) {
			exact := r.DayFrom // of a day that lies between two, none is told: what hangs on it would look certain
			if r.DayTo != r.DayFrom {
				exact.Year, exact.Month, exact.Day = 0, 0, 0
			}
			switch {
			case r.Kind == "lodged" && t.Topic == Asylum:
				s.Lodged = exact
			case r.Kind == "family_applied":
				s.Applied = exact
			case r.Kind == "sponsor_granted" && r.Outcome != NotKnown:
				s.Status = r.Outcome
			case r.Kind == "decision" && t.Topic == Asylum && r.Outcome == "granted_refugee":
				s.Status = "refugee"
			case r.Kind == "decision" && t.Topic == Asylum && r.Outcome == "granted_subsidiary":
				s.Status = "subsidiary"
			case r.Kind == "law_named" && r.Route != NotKnown:
				s.Law = r.Route
			}
		}
	}
	return s, nil
}
