package ingest

// This file makes the choices and facts that the templates show.

import (
	"context"
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

func kindOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, k := range Kinds {
		out = append(out, ui.Option{Value: string(k), Label: lang.T(ctx, "ingest.kind."+string(k)), Hint: lang.T(ctx, "ingest.kind."+string(k)+".hint")})
	}
	return out
}

var commaNames = map[string]string{",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}

func commaOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, c := range Commas {
		out = append(out, ui.Option{Value: c, Label: lang.T(ctx, "ingest.comma."+commaNames[c])})
	}
	return out
}

func encodingOptions(ctx context.Context) []ui.Option {
	return ui.Options(ctx, "ingest.encoding.", Encodings)
}

func sheetOptions(ss []Sheet) []ui.Option {
	var out []ui.Option
	for _, s := range ss {
		out = append(out, ui.Option{Value: s.Name, Label: s.Name})
	}
	return out
}

func fieldOptions(ctx context.Context, k Kind) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "ingest.field.none")}}
	for _, f := range k.Fields() {
		out = append(out, ui.Option{Value: f.Name, Label: lang.T(ctx, "ingest.field."+f.Name)})
	}
	return out
}

func sourceOptions(ctx context.Context) []ui.Option {
	return ui.Options(ctx, "dossier.source.", dossier.Sources)
}

func orderOptions(ctx context.Context) []ui.Option { return ui.Options(ctx, "ingest.order.", Orders) }

// wordOptions are what a word may mean.
func wordOptions(ctx context.Context, field string) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "ingest.word.choose")}, {Value: "-", Label: lang.T(ctx, "ingest.word.leave")}}
	if field == "language" {
		more := ui.Options(ctx, "dossier.tongue.", dossier.Tongues)
		slices.SortFunc(more, func(a, b ui.Option) int {
			if a.Label < b.Label {
				return -1
			}
			return 1
		})
		return append(out, more...)
	}
	return append(out, ui.Options(ctx, "dossier.interpreter.", dossier.Interpreters)...)
}

func placeOptions(ctx context.Context, r readyView) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "ingest.location.choose")}}
	for _, l := range r.Places {
		out = append(out, ui.Option{Value: l.ID, Label: l.Name + " – " + r.Teams[l.Team].Name})
	}
	return out
}

func helperHint(ctx context.Context, r readyView) string {
	if r.NeedHelper {
		return lang.T(ctx, "ingest.helper.hint")
	}
	return lang.T(ctx, "ingest.helper.none")
}

func countFacts(ctx context.Context, c Counts) []ui.FactP {
	var out []ui.FactP
	for _, s := range []RowState{Fresh, Faulty, Twin, Known, Skip} {
		if c[s] > 0 || s == Fresh {
			out = append(out, ui.FactP{Label: lang.T(ctx, "ingest.row.states."+string(s)), Value: lang.Number(ctx, c[s])})
		}
	}
	return out
}

func stateTabs(ctx context.Context, r rowsView) []ui.TabP {
	var out []ui.TabP
	for _, s := range []RowState{Faulty, Twin, Fresh, Known, Skip} {
		if r.Counts[s] > 0 || s == r.State {
			out = append(out, ui.TabP{Label: lang.T(ctx, "ingest.row.states."+string(s)) + " (" + lang.Number(ctx, r.Counts[s]) + ")",
				URL: web.URL(ctx, "ingest.rows", "batch", r.Batch.ID, "soort", string(s)), Current: s == r.State})
		}
	}
	return out
}

func stateFacts(ctx context.Context, s stateView) []ui.FactP {
	out := []ui.FactP{{Label: lang.T(ctx, "ingest.fact.rows"), Value: lang.Number(ctx, s.Batch.Total)}, {Label: lang.T(ctx, "ingest.fact.written"), Value: lang.Number(ctx, s.Batch.Written)}}
	if !s.Batch.Ended.IsZero() {
		out = append(out, ui.FactP{Label: lang.T(ctx, "ingest.fact.ended"), Value: lang.When(ctx, s.Batch.Ended, s.Now)})
	}
	if s.By != "" {
		out = append(out, ui.FactP{Label: lang.T(ctx, "ingest.fact.by"), Value: s.By})
	}
	return out
}

// asRead is what a row will say once it is written: days, numbers and languages as they were understood. What is taken
// over as it stands is shown as it stands.
func (m Match) asRead(ctx context.Context, k Kind, v map[string]string, today clock.Date) map[string]string {
	out := map[string]string{}
	for f, s := range v {
		out[f] = s
	}
	if k != People {
		r, _ := m.ReadLine(v)
		out["code"] = r.Code
		for f, d := range map[string]clock.Date{"since": r.Since, "until": r.Until} {
			if !d.IsZero() {
				out[f] = lang.Day(ctx, d)
			}
		}
		return out
	}
	p, _ := m.ReadPerson(v, nil, today)
	for f := range out {
		switch f {
		case "birth", "birth_year":
			for _, b := range p.Profile.Births {
				if out[f] = dossier.BirthText(b); b.About {
					out[f] = lang.T(ctx, "ingest.about", "when", out[f])
				}
			}
		case "language":
			var names []string
			for _, s := range p.Profile.Languages {
				names = append(names, lang.T(ctx, "dossier.tongue."+s.Tag))
			}
			out[f] = strings.Join(names, ", ")
		case "interpreter":
			if out[f] = ""; p.Profile.Interpreter != "" {
				out[f] = lang.T(ctx, "dossier.interpreter."+p.Profile.Interpreter)
			}
		case "phone":
			out[f] = p.Profile.Reach.Phone
		case "vnumber":
			out[f] = dossier.VNumberText(p.Profile.VNumber)
		case "znumber":
			out[f] = p.Profile.ZNumber
		}
	}
	return out
}
