package today

// This file holds the page.

import (
	"embed"
	"net/http"
	"sort"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of the page.
//
//go:embed text/*.json
var Texts embed.FS

var may = access.Rule{Action: "today.see", Need: access.SignedIn, Why: "today.may.see"}

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{may} }

// Today is the capability.
type Today struct{ panels []ui.Panel }

// New makes the page of what the others lend.
func New(panels []ui.Panel) *Today {
	ps := append([]ui.Panel(nil), panels...)
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].Order < ps[j].Order })
	return &Today{panels: ps}
}

// Routes are the doors.
func (t *Today) Routes() []web.Route {
	return []web.Route{{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: may, Do: t.show}}
}

type page struct {
	Hello, Day, Said string
	Main, Aside      []ui.Part
}

func (t *Today) show(v *web.Visit) error {
	ctx := v.Ctx()
	p := page{Hello: hello(v), Day: lang.Capital(lang.LongDay(ctx, clock.Today(v.Now)))}
	var says []string
	for _, panel := range t.panels {
		part, err := panel.Show(v)
		if err != nil {
			return err
		}
		if part.Say != "" {
			says = append(says, part.Say)
		}
		if part.Body == nil {
			continue
		}
		if panel.Place == "today.aside" {
			p.Aside = append(p.Aside, part)
		} else {
			p.Main = append(p.Main, part)
		}
	}
	if len(says) > 0 {
		p.Said = lang.Capital(lang.Join(ctx, says)) + "."
	} else {
		p.Said = lang.T(ctx, "today.calm")
	}
	return v.Page(pageToday(p))
}

// hello greets by the hour, by the first name.
func hello(v *web.Visit) string {
	h := v.Now.In(clock.Netherlands).Hour()
	key := "today.evening"
	switch {
	case h >= 5 && h < 12:
		key = "today.morning"
	case h >= 12 && h < 18:
		key = "today.afternoon"
	}
	return lang.T(v.Ctx(), key, "name", firstName(v.Actor.Name))
}

func firstName(name string) string {
	for i, r := range name {
		if r == ' ' {
			return name[:i]
		}
	}
	return name
}
