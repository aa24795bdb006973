package app

// This file is what stands around every page: the menus of each role, the name on top, the ways out.

import (
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// hideAddress is where the hide button leads: a page that says nothing about who looks at it.
const hideAddress = "https://www.buienradar.nl"

// staffMenu is the main menu in its order; an entry shows only to who may open its door.
var staffMenu = []struct {
	route, icon string
	rule        bool
	tab         bool // also in the bar at the bottom of a phone
}{
	{"today", "house", false, true},
	{"contact.desk", "chats-circle", false, true},
	{"dossier.list", "folders", false, true},
	{"dossier.share", "users-three", false, false},
	{"alarm.list", "warning", false, false},
	{"handover.list", "handshake", false, false},
	{"identity.pairs", "users", false, false},
	{"identity.requests", "lock-simple", false, false},
	{"contact.agenda", "calendar-blank", false, true},
	{"contact.promises", "check-circle", false, false},
	{"feedback.complaints", "megaphone", false, false},
	{"feedback.notes", "chat-circle-text", false, false},
	{"feedback.offers", "handshake", false, false},
	{"briefing.list", "megaphone", false, false},
	{"interview.list", "microphone", false, false},
	{"interview.going", "suitcase-rolling", false, false},
	{"procedure.idle", "flag-banner", false, false},
	{"procedure.compute", "hourglass-medium", false, false},
	{"oversight.glass", "warning", true, false},
	{"oversight.reviews", "shield-check", false, false},
	{"identity.checks", "magnifying-glass", false, false},
	{"oversight.log", "list", false, false},
	{"counsel.book", "scales", true, false},
	{"counsel.partners", "globe", false, false},
	{"organisation.overview", "users-three", false, false},
	{"organisation.colleagues", "user-circle", false, false},
	{"information.texts", "globe", false, false},
	{"ingest.list", "folders", false, false},
	{"procedure.rules", "book-open", false, false},
	{"oversight.may", "scales", false, false},
}

// portalMenu is the bar at the bottom of a refugee's phone.
var portalMenu = []struct{ route, icon string }{
	{"portal.home", "house"},
	{"portal.appointments", "calendar-blank"},
	{"portal.looks", "shield-check"},
	{"portal.facts", "user-circle"},
	{"portal.settings", "globe"},
}

func (h *House) frame(v *web.Visit) error {
	ctx := v.Ctx()
	f := ui.Frame{Demo: h.Settings.Demo, HomeURL: "/", LangURL: v.URL("portal.languages")}
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
		for _, m := range staffMenu {
			r, ok := h.doors[m.route]
			if !ok || !r.May.Allows(v.Actor) {
				continue
			}
			item := ui.NavItem{Key: m.route, Label: lang.T(ctx, "app.nav."+m.route), Icon: m.icon, URL: v.URL(m.route), Rule: m.rule && len(f.Nav) > 0, Count: counts[m.route]}
			if m.route == "alarm.list" {
				item.Count = alarm.Count
			}
			f.Nav = append(f.Nav, item)
			if m.tab {
				f.Tabbar = append(f.Tabbar, item)
			}
		}
		if len(f.Nav) > 0 {
			f.HomeURL = f.Nav[0].URL
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
		f.Size = v.Cookie("maat")
	default:
		f.HideURL = hideAddress
	}
	v.SetCtx(ui.WithFrame(ctx, f))
	return nil
}

// findPages finds the pages of the menu by a part of their names, for the search box.
func (h *House) findPages(v *web.Visit, typed string) ([]dossier.Hit, error) {
	want := dossier.Fold(typed)
	if len([]rune(want)) < 2 {
		return nil, nil
	}
	var out []dossier.Hit
	for _, m := range staffMenu {
		label := lang.T(v.Ctx(), "app.nav."+m.route)
		if to := h.ifAllowed(v, m.route); to != "" && strings.Contains(" "+dossier.Fold(label), " "+want) {
			out = append(out, dossier.Hit{Title: label, Why: lang.T(v.Ctx(), "app.search.page"), URL: to})
		}
	}
	return out, nil
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
