package knelpunt

// This file holds the doors, and what the pages of signals share.

import (
	"context"
	"net/http"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// bodyMost is the largest form here: words only.
const bodyMost = 64 << 10

// Routes are the doors.
func (k *Knelpunten) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return append([]web.Route{
		{Name: "knelpunt.raise", Method: get, Path: "/signaal", May: mayRaise, Do: k.raise},
		{Name: "knelpunt.preview", Method: post, Path: "/signaal", May: mayRaise, Body: bodyMost, Do: k.preview},
		{Name: "knelpunt.give", Method: post, Path: "/signaal/geven", May: mayRaise, Body: bodyMost, Do: k.give},
		{Name: "knelpunt.urgent", Method: get, Path: "/signaal/alarm", May: mayRaise, Do: k.urgent},
		{Name: "knelpunt.open", Method: get, Path: "/meld", May: mayReport, Do: k.openForm},
		{Name: "knelpunt.send", Method: post, Path: "/meld", May: mayReport, Body: bodyMost, Do: k.openSend},
		{Name: "knelpunt.waited", Method: post, Path: "/meld/versturen", May: mayReport, Body: bodyMost, Do: k.openWaited},
		{Name: "knelpunt.photo_open", Method: post, Path: "/meld/foto", May: mayReport, Body: openPhotoRead, Ahead: k.mayPhoto, Do: k.openPhoto},
		{Name: "knelpunt.follow", Method: get, Path: "/meld/volgen", May: mayReport, Do: k.followForm},
		{Name: "knelpunt.followed", Method: post, Path: "/meld/volgen", May: mayReport, Body: 4 << 10, Secret: true, Do: k.follow},
		{Name: "knelpunt.again", Method: post, Path: "/meld/heropenen", May: mayReport, Body: 4 << 10, Secret: true, Do: k.again},
		{Name: "knelpunt.desk", Method: get, Path: "/signalen/meldingen", May: mayDesk, Do: k.desk},
		{Name: "knelpunt.report", Method: get, Path: "/signalen/meldingen/{report}", May: mayDesk, Do: k.oneReport},
		{Name: "knelpunt.report_drop", Method: post, Path: "/signalen/meldingen/{report}", May: mayDesk, Do: k.dropReport},
		{Name: "knelpunt.list", Method: get, Path: "/signalen", May: mayRead, Do: k.list},
		{Name: "knelpunt.mine", Method: get, Path: "/signalen/mijn", May: mayRaise, Do: k.mine},
		{Name: "knelpunt.repair", Method: get, Path: "/signalen/mijn/{draft}", May: mayRaise, Do: k.repair},
		{Name: "knelpunt.repaired", Method: post, Path: "/signalen/mijn/{draft}", May: mayRaise, Body: bodyMost, Do: k.repaired},
		{Name: "knelpunt.photo_add", Method: post, Path: "/signalen/mijn/{draft}/foto", May: mayRaise, Body: photoRead, Do: k.photoAdd},
		{Name: "knelpunt.photo_drop", Method: post, Path: "/signalen/mijn/{draft}/foto/{photo}/weg", May: mayRaise, Do: k.photoDrop},
		{Name: "knelpunt.photo", Method: get, Path: "/signalen/foto/{photo}", May: mayRead, Do: k.photo},
		{Name: "knelpunt.heard", Method: post, Path: "/signalen/mijn", May: mayRaise, Do: k.heard},
		{Name: "knelpunt.waiting", Method: get, Path: "/signalen/vrijgeven", May: mayRelease, Do: k.waiting},
		{Name: "knelpunt.draft", Method: get, Path: "/signalen/vrijgeven/{draft}", May: mayRelease, Do: k.oneDraft},
		{Name: "knelpunt.judge", Method: post, Path: "/signalen/vrijgeven/{draft}", May: mayRelease, Body: bodyMost, Do: k.judge},
		{Name: "knelpunt.signal", Method: get, Path: "/signalen/{signal}", May: mayRead, Do: k.oneSignal},

		{Name: "knelpunt.bottlenecks", Method: get, Path: "/knelpunten", May: mayRead, Do: k.bottleneckList},
		{Name: "knelpunt.board", Method: get, Path: "/knelpunten/bord", May: mayRead, Do: k.board},
		{Name: "knelpunt.new", Method: get, Path: "/knelpunten/nieuw", May: mayTend, Do: k.startForm},
		{Name: "knelpunt.start", Method: post, Path: "/knelpunten/nieuw", May: mayTend, Body: bodyMost, Do: k.startSave},
		{Name: "knelpunt.one", Method: get, Path: "/knelpunten/{bottleneck}", May: mayRead, Do: k.one},
		{Name: "knelpunt.step", Method: post, Path: "/knelpunten/{bottleneck}", May: mayTend, Body: bodyMost, Do: k.turnOne},
		{Name: "knelpunt.join", Method: post, Path: "/knelpunten/{bottleneck}/bij", May: mayTend, Do: k.joinOne},
		{Name: "knelpunt.leave", Method: post, Path: "/knelpunten/{bottleneck}/uit", May: mayTend, Do: k.leaveOne},
		{Name: "knelpunt.merge", Method: post, Path: "/knelpunten/{bottleneck}/samen", May: mayTend, Body: bodyMost, Do: k.mergeOne},
		{Name: "knelpunt.split", Method: get, Path: "/knelpunten/{bottleneck}/splitsen", May: mayTend, Do: k.splitForm},
		{Name: "knelpunt.splitted", Method: post, Path: "/knelpunten/{bottleneck}/splitsen", May: mayTend, Body: bodyMost, Do: k.splitSave},
		{Name: "knelpunt.english", Method: get, Path: "/knelpunten/{bottleneck}/engels", May: mayTend, Do: k.englishForm},
		{Name: "knelpunt.worded", Method: post, Path: "/knelpunten/{bottleneck}/engels", May: mayTend, Body: bodyMost, Do: k.englishSave},
		{Name: "knelpunt.told", Method: get, Path: "/knelpunten/{bottleneck}/terug/{step}", May: mayTend, Do: k.toldForm},
		{Name: "knelpunt.tell", Method: post, Path: "/knelpunten/{bottleneck}/terug/{step}", May: mayTend, Body: bodyMost, Do: k.toldSave},
		{Name: "knelpunt.reopened", Method: post, Path: "/knelpunten/{bottleneck}/heropenen", May: mayRaise, Body: bodyMost, Do: k.reopened},
		{Name: "knelpunt.prove", Method: post, Path: "/knelpunten/{bottleneck}/bewijs", May: mayTend, Body: bodyMost, Do: k.proveOne},
		{Name: "knelpunt.pass", Method: post, Path: "/knelpunten/{bottleneck}/bewijs/{evidence}/gelezen", May: mayTend, Do: k.passOne},
		{Name: "knelpunt.unprove", Method: post, Path: "/knelpunten/{bottleneck}/bewijs/{evidence}/weg", May: mayTend, Do: k.unproveOne},
	}, k.mediationRoutes()...)
}

// teams are the teams a colleague works in.
func (k *Knelpunten) teams(v *web.Visit) ([]string, error) {
	return web.Memo(v, "knelpunt.teams", func() ([]string, error) { return k.org.TeamsOf(v.Ctx(), v.Actor.ID, v.Now) })
}

// teamChoices are the teams to which somebody can give a signal: their own, or any when they have none.
func (k *Knelpunten) teamChoices(v *web.Visit) ([]organisation.Team, error) {
	own, err := k.teams(v)
	if err != nil {
		return nil, err
	}
	all, err := k.org.Teams(v.Ctx(), "")
	if err != nil || len(own) == 0 {
		return all, err
	}
	var out []organisation.Team
	for _, t := range all {
		for _, id := range own {
			if t.ID == id {
				out = append(out, t)
			}
		}
	}
	return out, nil
}

func teamIDs(ts []organisation.Team) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = t.ID
	}
	return out
}

// choices are the options of one coarse list, after one that chooses nothing.
func choices(ctx context.Context, kind, none string) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, none)}}, ui.Options(ctx, "knelpunt."+kind+".", lists[kind])...)
}

// titleOf is a signal in one line.
func titleOf(ctx context.Context, f Facts) string {
	return lang.Dots(lang.T(ctx, "knelpunt.theme."+f.Theme), lang.T(ctx, "knelpunt.institution."+f.Institution))
}

// aboutOf is to whom, where and when, in one line.
func aboutOf(ctx context.Context, f Facts) string {
	return lang.Dots(lang.T(ctx, "knelpunt.group."+f.Nation), lang.T(ctx, "knelpunt.place."+f.Place), lang.MonthYear(ctx, f.Month))
}

func factsOf(ctx context.Context, f Facts) []ui.FactP {
	var out []ui.FactP
	for _, x := range [][2]string{{"theme", f.Theme}, {"institution", f.Institution}, {"place", f.Place}, {"phase", f.Phase}, {"group", f.Nation}} {
		out = append(out, ui.FactP{Label: lang.T(ctx, "knelpunt."+x[0]), Value: lang.T(ctx, "knelpunt."+x[0]+"."+x[1])})
	}
	return append(out, ui.FactP{Label: lang.T(ctx, "knelpunt.month"), Value: lang.MonthYear(ctx, f.Month)},
		ui.FactP{Label: lang.T(ctx, "knelpunt.weight"), Value: lang.T(ctx, "knelpunt.weight."+f.Weight)},
		ui.FactP{Label: lang.T(ctx, "knelpunt.seen"), Value: lang.T(ctx, "knelpunt.seen."+f.Seen)})
}

// looks of the weights: the kind and the icon of their tag.
var weightLooks = map[string][2]string{"small": {"", ""}, "serious": {"warn", "warning"}, "grave": {"danger", "warning"}}
