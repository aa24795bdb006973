package app

// This file lets the search box find the pages of the program: by what they are called in the menu or on top of them, and only those
// whose door opens for whoever asks.

import (
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// sidePages are pages that stand in no menu, with the text key of their title.
var sidePages = []struct{ route, title string }{
	{"account.mine", "account.mine.title"},
	{"account.password", "account.password.title"},
	{"advocacy.interests", "advocacy.interests"},
	{"alarm.group", "alarm.group.title"},
	{"briefing.material", "briefing.material.title"},
	{"briefing.numbers", "briefing.numbers.title"},
	{"briefing.without", "briefing.without.title"},
	{"contact.window", "contact.window.title"},
	{"dossier.elsewhere", "dossier.elsewhere.title"},
	{"dossier.new", "dossier.new.title"},
	{"feedback.terms", "feedback.terms"},
	{"handover.new", "handover.new"},
	{"information.access", "information.access"},
	{"information.help", "information.help"},
	{"information.index", "information.index"},
	{"information.rights", "information.rights"},
	{"information.us", "information.us"},
	{"interview.setting", "interview.setting"},
	{"knelpunt.board", "knelpunt.board"},
	{"knelpunt.mine", "knelpunt.mine"},
	{"knelpunt.new", "knelpunt.new"},
	{"monitor.policies", "monitor.policies"},
	{"monitor.reports", "monitor.reports"},
	{"monitor.shares", "monitor.shares"},
	{"organisation.lists", "organisation.lists.title"},
	{"organisation.services", "organisation.services.title"},
	{"organisation.shape", "organisation.shape.title"},
	{"organisation.urgent", "organisation.urgent"},
	{"oversight.keeping", "oversight.keeping.title"},
	{"pilot.decisions", "pilot.decisions"},
	{"procedure.days", "procedure.rules.days"},
	{"procedure.loose", "procedure.compute.tab.loose"},
	{"procedure.propose", "procedure.rules.propose"},
}

// pagesMost is how many pages one question gets; those of the menu come first.
const pagesMost = 12

func (h *House) findPages(v *web.Visit, typed string) ([]dossier.Hit, error) {
	want := dossier.Fold(typed)
	if len([]rune(want)) < 2 {
		return nil, nil
	}
	called := func(title string) bool { return strings.Contains(" "+dossier.Fold(title), " "+want) }
	var out []dossier.Hit
	for _, g := range h.menu(v, nil) {
		for _, i := range g.Items {
			if called(i.Label) {
				out = append(out, dossier.Hit{Title: i.Label, Why: lang.T(v.Ctx(), "app.search.page"), URL: i.URL})
			}
		}
	}
	for _, p := range sidePages {
		title, url := lang.T(v.Ctx(), p.title), h.ifAllowed(v, p.route)
		if url != "" && called(title) && !slices.ContainsFunc(out, func(x dossier.Hit) bool { return x.URL == url }) {
			out = append(out, dossier.Hit{Title: title, Why: lang.T(v.Ctx(), "app.search.side"), URL: url})
		}
	}
	return out[:min(len(out), pagesMost)], nil
}
