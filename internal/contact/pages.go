package contact

// This file is the table of doors, and what several pages share.

import (
	"context"
	"embed"
	"net/http"
	"slices"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of the pages.
//
//go:embed text/*.json
var Texts embed.FS

// Routes are the doors.
func (c *Contact) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "contact.desk", Method: get, Path: "/spreekuur", May: mayDesk, Do: c.desk},
		{Name: "contact.duty", Method: post, Path: "/spreekuur/begin", May: mayDesk, Do: c.duty},
		{Name: "contact.off", Method: post, Path: "/spreekuur/stop", May: mayDesk, Do: c.off},
		{Name: "contact.checkin", Method: post, Path: "/spreekuur/inchecken", May: mayCheckIn, Do: c.checkin},
		{Name: "contact.next", Method: post, Path: "/spreekuur/volgende", May: mayCheckIn, Do: c.next},
		{Name: "contact.still", Method: post, Path: "/spreekuur/er-nog", May: mayCheckIn, Do: c.stillHere},
		{Name: "contact.leave", Method: post, Path: "/spreekuur/weg", May: mayCheckIn, Do: c.gone},
		{Name: "contact.finish", Method: post, Path: "/spreekuur/klaar", May: mayCheckIn, Do: c.finish},
		{Name: "contact.window", Method: get, Path: "/spreekuur/duur", May: mayWindow, Do: c.windows},
		{Name: "contact.setwindow", Method: post, Path: "/spreekuur/duur", May: mayWindow, Do: c.saveWindow},
		{Name: "contact.start", Method: get, Path: "/contact", May: mayDesk, Do: c.start},
		{Name: "contact.guest", Method: get, Path: "/spreekuur/contact/{visit}", May: mayCheckIn, Do: c.guestForm},
		{Name: "contact.guestsave", Method: post, Path: "/spreekuur/contact/{visit}", May: mayCheckIn, Do: c.guestSave},
		{Name: "contact.guestdraft", Method: post, Path: "/spreekuur/contact/{visit}/concept", May: mayCheckIn, Do: c.guestDraft},
		{Name: "contact.record", Method: get, Path: "/dossier/{person}/contact", May: mayRecord, Do: c.record},
		{Name: "contact.save", Method: post, Path: "/dossier/{person}/contact", May: mayRecord, Do: c.saveForm},
		{Name: "contact.draft", Method: post, Path: "/dossier/{person}/contact/concept", May: mayRecord, Do: c.keepDraft},
		{Name: "contact.fix", Method: get, Path: "/dossier/{person}/contact/{moment}", May: mayRecord, Do: c.fix},
		{Name: "contact.correct", Method: post, Path: "/dossier/{person}/contact/{moment}", May: mayRecord, Do: c.correctForm},
		{Name: "contact.fixdraft", Method: post, Path: "/dossier/{person}/contact/{moment}/concept", May: mayRecord, Do: c.fixDraft},
		{Name: "contact.discard", Method: post, Path: "/contact/concept/weg", May: mayOwn, Do: c.discard},
		{Name: "contact.promises", Method: get, Path: "/opvolgen", May: mayOwn, Do: c.promises},
		{Name: "contact.settle", Method: post, Path: "/opvolgen", May: mayOwn, Do: c.settleForm},
		{Name: "contact.agenda", Method: get, Path: "/agenda", May: mayOwn, Do: c.agenda},
		{Name: "contact.appointment", Method: get, Path: "/dossier/{person}/afspraak", May: mayPlan, Do: c.meetingForm},
		{Name: "contact.plan", Method: post, Path: "/dossier/{person}/afspraak", May: mayPlan, Do: c.planForm},
		{Name: "contact.cancel", Method: post, Path: "/dossier/{person}/afspraak/weg", May: mayPlan, Do: c.cancelForm},
		{Name: "contact.move", Method: get, Path: "/dossier/{person}/afspraak/{appointment}", May: mayPlan, Do: c.moveForm},
		{Name: "contact.moved", Method: post, Path: "/dossier/{person}/afspraak/{appointment}", May: mayPlan, Do: c.movedForm},
		{Name: "contact.mine", Method: get, Path: "/mijn/gesprekken", May: maySelf, Do: c.mine},
		{Name: "contact.mine_one", Method: get, Path: "/mijn/afspraken/{appointment}", May: maySelf, Do: c.mineOne},
		{Name: "contact.answer", Method: post, Path: "/mijn/afspraken/{appointment}", May: maySelf, Do: c.answer},
		{Name: "contact.ask", Method: post, Path: "/mijn/afspraken/anders", May: maySelf, Do: c.askForm},
	}
}

// onDuty is where the visitor is on duty; nowhere is fault.NotFound. Who got no desk from Holders at this request is not
// looked for again.
func (c *Contact) onDuty(v *web.Visit) (Duty, error) {
	if deskOf(v.Actor) == "" {
		return Duty{}, fault.Gone()
	}
	return dutyOf(v.Ctx(), c.db, v.Actor, v.Now)
}

// roleOf is the role by which a colleague's name is explained to others: of those at the desk, the one that does most.
func roleOf(posts []access.Post) access.Role {
	for _, r := range []access.Role{access.Case, access.Legal, access.Lead, access.Desk} {
		if slices.ContainsFunc(posts, func(p access.Post) bool { return p.Role == r }) {
			return r
		}
	}
	return ""
}

// colleagueOptions are colleagues to choose from, each with the role they have.
func (c *Contact) colleagueOptions(v *web.Visit, ids []string) ([]ui.Option, error) {
	names, err := c.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	posts, err := c.org.PostsOf(v.Ctx(), names, v.Now)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, id := range ids {
		n, ok := names[id]
		if !ok || slices.ContainsFunc(out, func(o ui.Option) bool { return o.Value == id }) {
			continue
		}
		label := n.Name
		if role := roleOf(posts[id]); role != "" {
			label = lang.T(v.Ctx(), "contact.colleague", "name", n.Name, "role", lang.T(v.Ctx(), "contact.role."+string(role)))
		}
		out = append(out, ui.Option{Value: id, Label: label})
	}
	return out, nil
}

// called are the names by which colleagues are called.
func (c *Contact) called(ctx context.Context, ids []string) (map[string]string, error) {
	names, err := c.org.Colleagues(ctx, ids)
	out := make(map[string]string, len(names))
	for id, n := range names {
		out[id] = n.Called
	}
	return out, err
}
