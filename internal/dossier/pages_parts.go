package dossier

// This file makes the parts of the shells that the pages of a file share.

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// keyFacts are the four facts under the name.
func keyFacts(ctx context.Context, f File) []factP {
	p := f.profile
	now := web.From(ctx).Now
	var out []factP
	if t := p.Language(); t != "" {
		small := ""
		if p.Interpreter != "" {
			small = lang.T(ctx, "dossier.interpreter."+p.Interpreter)
		}
		if !p.Languages[0].Reads {
			small = lang.Dots(small, lang.T(ctx, "dossier.fact.noread"))
		}
		out = append(out, factP{Label: lang.T(ctx, "dossier.fact.language"), Value: tongue(ctx, t), Small: small, Icon: "translate"})
	}
	if how := reachText(ctx, p.Reach); p.Reach.Phone != "" || how != "" {
		v, small := how, p.Reach.Phone
		if v == "" {
			v, small = small, ""
		}
		out = append(out, factP{Label: lang.T(ctx, "dossier.fact.reach"), Value: v, Small: small, Icon: "phone"})
	}
	if p.VNumber != "" {
		out = append(out, factP{Label: lang.T(ctx, "dossier.form.vnumber"), Value: VNumberText(p.VNumber), Small: told(ctx, p.Origins["vnumber"]), NoWrap: true, Tag: disputedTag(ctx, p, "vnumber")})
	}
	if len(p.Births) > 0 {
		fact := factP{Label: lang.T(ctx, "dossier.fact.born"), Value: birthShort(ctx, p.Births[0])}
		if Disputed(p.Births) {
			fact.Tag = lang.T(ctx, "dossier.disputed")
		}
		if low, high, known := Age(p.Births, clock.Today(now)); known {
			age := fmt.Sprint(low)
			if low != high {
				age = fmt.Sprintf("%d–%d", low, high)
			}
			fact.Small = lang.T(ctx, "dossier.age", "age", age)
			if Adult(p.Births, clock.Today(now)) == "both" {
				fact.Small = lang.Dots(fact.Small, lang.T(ctx, "dossier.age.limit"))
			}
		}
		out = append(out, fact)
	}
	return out
}

// disputedTag is said beside a fact of which a value is disputed, or of which sources say something else.
func disputedTag(ctx context.Context, p Profile, name string) string {
	if p.Origins[name].Disputed {
		return lang.T(ctx, "dossier.disputed")
	}
	if len(p.All(name)) > 1 {
		return lang.T(ctx, "dossier.several")
	}
	return ""
}

type factP = ui.FactP

// tabs are the parts of a file that this level and role open.
func (f File) tabs(ctx context.Context, current string) []ui.TabP {
	v := web.From(ctx)
	out := []ui.TabP{{Label: lang.T(ctx, "dossier.tab.overview"), URL: v.URL("dossier.open", "person", f.id), Current: current == "overview"}}
	for _, t := range f.all.tabs {
		if f.Level() >= t.Level && web.Known(ctx, t.Route) {
			out = append(out, ui.TabP{Label: lang.T(ctx, t.Key), URL: v.URL(t.Route, "person", f.id), Current: current == t.Route})
		}
	}
	return out
}

// known is the address that answers, while a new person is typed, whether they are known.
func known(v *web.Visit, p formPage) string {
	if p.File != nil {
		return ""
	}
	return v.URL("dossier.known")
}

func tongueOptions(ctx context.Context) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "dossier.tongue.unknown")}}, ui.Options(ctx, "dossier.tongue.", tongueTags(ctx))...)
}

// described ties a field to its hint and its fault.
func described(p formPage, name, hint string) templ.Attributes {
	var ids []string
	out := templ.Attributes{}
	if hint != "" {
		ids = append(ids, "f-"+name+"-h")
	}
	if e := ui.ErrAt(p.Errors, name); e != nil {
		ids = append(ids, "f-"+name+"-e")
		out["aria-invalid"] = "true"
	}
	if len(ids) > 0 {
		out["aria-describedby"] = strings.Join(ids, " ")
	}
	return out
}

// holding is the line that holds, as the form has it.
func holding(p formPage, name string) string {
	if h := p.In.Facts[name].Holds; h != "" {
		return h
	}
	return "0"
}

// groundsText are the words of some grounds, each once.
func groundsText(ctx context.Context, gs []Ground) string {
	var out []string
	for _, g := range gs {
		if s := lang.T(ctx, g.Key, g.Args...); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, "; ")
}
