package app

// This file is what stands around every page: the menus of each role, the name on top, the ways out.

import (
	"maps"
	"strings"

	"reisgezel/internal/information"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// hideAddress is where the hide button leads: a page that says nothing about who looks at it.
const hideAddress = "https://www.buienradar.nl"

// door is an entry of the menu. With tab it stands in the bar at the bottom of a phone too.
type door struct {
	route, icon string
	tab         bool
}

// staffMenu is the main menu in its order; an entry shows only to who may open its door. What somebody needs every day, and
// what cannot wait, stands in the first group, which is always open; the others fold under their name.
var staffMenu = []struct {
	name  string
	doors []door
}{
	{"", []door{
		{"today", "house", true},
		{"contact.desk", "chats-circle", true},
		{"dossier.list", "folders", true},
		{"contact.agenda", "calendar-blank", true},
		{"contact.promises", "check-circle", false},
		{"question.list", "question", false},
		{"alarm.list", "warning", false},
		{"oversight.glass", "lock-simple", false},
	}},
	{"files", []door{
		{"dossier.share", "users-three", false},
		{"handover.list", "handshake", false},
		{"identity.pairs", "users", false},
		{"identity.requests", "lock-simple", false},
	}},
	{"guide", []door{
		{"briefing.list", "megaphone", false},
		{"interview.list", "microphone", false},
		{"interview.going", "suitcase-rolling", false},
		{"procedure.idle", "flag-banner", false},
		{"procedure.compute", "hourglass-medium", false},
		{"counsel.book", "scales", false},
		{"counsel.partners", "globe", false},
	}},
	{"heard", []door{
		{"feedback.complaints", "megaphone", false},
		{"feedback.notes", "chat-circle-text", false},
		{"feedback.offers", "handshake", false},
	}},
	{"signal", []door{
		{"knelpunt.raise", "pencil-simple", false},
		{"knelpunt.list", "megaphone", false},
		{"knelpunt.bottlenecks", "signpost", false},
		{"knelpunt.waiting", "eye", false},
		{"knelpunt.desk", "bell", false},
		{"monitor.desk", "bell", false},
		{"monitor.series", "chart-line-up", false},
		{"advocacy.list", "scales", false},
		{"advocacy.calendar", "calendar-check", false},
		{"litigation.list", "gavel", false},
		{"pilot.list", "chart-line-up", false},
	}},
	{"house", []door{
		{"organisation.overview", "users-three", false},
		{"organisation.colleagues", "user-circle", false},
		{"information.texts", "globe", false},
		{"translation.list", "translate", false},
		{"ingest.list", "folders", false},
		{"procedure.rules", "book-open", false},
		{"question.terms", "hourglass-medium", false},
	}},
	{"watch", []door{
		{"rights.list", "file-text", false},
		{"oversight.reviews", "shield-check", false},
		{"identity.checks", "magnifying-glass", false},
		{"oversight.log", "list", false},
		{"oversight.may", "scales", false},
	}},
}

// portalMenu is the bar at the bottom of a refugee's phone.
var portalMenu = []struct{ route, icon string }{
	{"portal.home", "house"},
	{"portal.appointments", "calendar-blank"},
	{"question.mine", "chats-circle"},
	{"portal.facts", "user-circle"},
	{"portal.settings", "globe"},
}

func (h *House) frame(v *web.Visit) error {
	ctx := v.Ctx()
	f := ui.Frame{Demo: h.Settings.Demo, HomeURL: "/", LangURL: v.URL("portal.languages")}
	f.Aloud = h.Translation.Hears(v)
	switch v.Actor.Kind {
	case access.Staff:
		f.LangURL = ""
		f.Me, f.Initials = v.Actor.Name, initials(v.Actor.Name)
		f.MeURL, f.SignOutURL = v.URL("account.mine"), v.URL("account.signout")
		counts, err := h.menuCounts(v)
		if err != nil {
			return err
		}
		alarm, err := h.Alarm.Banner(v) // never kept: an alarm is on every page at once
		if err != nil {
			return err
		}
		f.Top = alarm.Body
		counts = maps.Clone(counts) // what is remembered is shared by all requests of this colleague
		counts["alarm.list"] = alarm.Count
		f.Nav = h.menu(v, counts)
		if len(f.Nav) > 0 {
			f.HomeURL = f.Nav[0].Items[0].URL
		}
		for _, m := range staffMenu[0].doors {
			if u := h.ifAllowed(v, m.route); m.tab && u != "" {
				f.Tabbar = append(f.Tabbar, ui.NavItem{Key: m.route, Label: lang.T(ctx, "app.nav."+m.route), Icon: m.icon, URL: u})
			}
		}
		f.Tabbar = append(f.Tabbar, ui.NavItem{Key: "app.more", Label: lang.T(ctx, "app.nav.more"), Icon: "list", URL: v.URL("app.more")})
		f.SearchURL, f.HintsURL = h.ifAllowed(v, "search"), h.ifAllowed(v, "dossier.hints")
		f.RecordURL = h.ifAllowed(v, "contact.start")
	case access.Outside:
		f.LangURL = ""
		f.HomeURL, f.MeURL, f.SignOutURL = v.URL("counsel.clients"), v.URL("account.mine"), v.URL("account.signout")
	case access.IsSelf:
		f.HomeURL, f.HideURL = v.URL("portal.home"), hideAddress
		for _, m := range portalMenu {
			if _, ok := h.doors[m.route]; ok {
				f.Tabbar = append(f.Tabbar, ui.NavItem{Key: m.route, Label: lang.T(ctx, "app.nav."+m.route), Icon: m.icon, URL: v.URL(m.route)})
			}
		}
		f.Size, f.AskURL, f.Glossary = v.Cookie("maat"), v.URL("question.ask"), information.Glossary(lang.Of(ctx).Tag)
	default:
		f.HideURL, f.Glossary = hideAddress, information.Glossary(lang.Of(ctx).Tag)
	}
	v.SetCtx(ui.WithFrame(ctx, f))
	return h.Portal.Forget(v)
}

// menu are the doors that this colleague may open, with what waits behind them.
func (h *House) menu(v *web.Visit, counts map[string]int) []ui.NavGroup {
	var out []ui.NavGroup
	for _, g := range staffMenu {
		items := make([]ui.NavItem, 0, len(g.doors))
		for _, m := range g.doors {
			if u := h.ifAllowed(v, m.route); u != "" {
				items = append(items, ui.NavItem{Key: m.route, Label: lang.T(v.Ctx(), "app.nav."+m.route), Icon: m.icon, URL: u, Count: counts[m.route]})
			}
		}
		switch {
		case len(items) == 0:
		case g.name == "":
			out = append(out, ui.NavGroup{Items: items})
		default:
			out = append(out, ui.NavGroup{Label: lang.T(v.Ctx(), "app.menu."+g.name), Items: items})
		}
	}
	return out
}

func (h *House) ifAllowed(v *web.Visit, route string) string {
	if r, ok := h.doors[route]; ok && r.May.Allows(v.Actor) {
		return v.URL(route)
	}
	return ""
}

// initials are the first letters of the first and the last part of a name: "Ria de Boer" is RB.
func initials(name string) string {
	parts := strings.Fields(name)
	if len(parts) == 0 {
		return "?"
	}
	first := []rune(parts[0])[:1]
	if len(parts) == 1 {
		return strings.ToUpper(string(first))
	}
	last := []rune(parts[len(parts)-1])[:1]
	return strings.ToUpper(string(first) + string(last))
}
