package briefing

// This file is the table of doors, and what several pages share: which places a colleague may look at, and how a session is
// shown.

import (
	"context"
	"embed"
	"net/http"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Texts are the words of the pages.
//
//go:embed text/*.json
var Texts embed.FS

// Routes are the doors.
func (b *Briefing) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "briefing.list", Method: get, Path: "/voorlichting", May: mayLook, Do: b.list},
		{Name: "briefing.new", Method: get, Path: "/voorlichting/nieuw", May: mayPlan, Do: b.newForm},
		{Name: "briefing.plan", Method: post, Path: "/voorlichting/nieuw", May: mayPlan, Do: b.planForm},
		{Name: "briefing.session", Method: get, Path: "/voorlichting/sessie/{briefing}", May: mayLook, Do: b.show},
		{Name: "briefing.edit", Method: get, Path: "/voorlichting/sessie/{briefing}/wijzigen", May: mayPlan, Do: b.editForm},
		{Name: "briefing.change", Method: post, Path: "/voorlichting/sessie/{briefing}/wijzigen", May: mayPlan, Do: b.changeForm},
		{Name: "briefing.cancel", Method: post, Path: "/voorlichting/sessie/{briefing}/afzeggen", May: mayPlan, Do: b.cancelForm},
		{Name: "briefing.invite", Method: get, Path: "/voorlichting/sessie/{briefing}/uitnodigen", May: mayInvite, Do: b.inviteForm},
		{Name: "briefing.invited", Method: post, Path: "/voorlichting/sessie/{briefing}/uitnodigen", May: mayInvite, Do: b.invited},
		{Name: "briefing.withdraw", Method: post, Path: "/voorlichting/sessie/{briefing}/terug", May: mayInvite, Do: b.withdrawForm},
		{Name: "briefing.attend", Method: get, Path: "/voorlichting/sessie/{briefing}/aanwezig", May: mayLead, Do: b.attend},
		{Name: "briefing.mark", Method: post, Path: "/voorlichting/sessie/{briefing}/aanwezig", May: mayLead, Do: b.markForm},
		{Name: "briefing.close", Method: post, Path: "/voorlichting/sessie/{briefing}/afronden", May: mayLead, Do: b.closeForm},
		{Name: "briefing.understood", Method: get, Path: "/voorlichting/sessie/{briefing}/begrepen/{invite}", May: mayLead, Do: b.understoodForm},
		{Name: "briefing.understand", Method: post, Path: "/voorlichting/sessie/{briefing}/begrepen/{invite}", May: mayLead, Do: b.understand},
		{Name: "briefing.again", Method: get, Path: "/voorlichting/opnieuw", May: mayInvite, Do: b.again},
		{Name: "briefing.reinvite", Method: post, Path: "/voorlichting/opnieuw", May: mayInvite, Do: b.reinvite},
		{Name: "briefing.why", Method: post, Path: "/voorlichting/opnieuw/waarom", May: mayInvite, Do: b.whyForm},
		{Name: "briefing.without", Method: get, Path: "/voorlichting/zonder", May: mayLook, Do: b.without},
		{Name: "briefing.numbers", Method: get, Path: "/voorlichting/cijfers", May: mayLook, Do: b.numbers},
		{Name: "briefing.material", Method: get, Path: "/voorlichting/stof", May: mayRead, Do: b.material},
		{Name: "briefing.adopt", Method: post, Path: "/voorlichting/stof/begin", May: mayMaterial, Do: b.adoptForm},
		{Name: "briefing.newtopic", Method: get, Path: "/voorlichting/stof/nieuw", May: mayMaterial, Do: b.newTopicForm},
		{Name: "briefing.addtopic", Method: post, Path: "/voorlichting/stof/nieuw", May: mayMaterial, Do: b.addTopic},
		{Name: "briefing.topic", Method: get, Path: "/voorlichting/stof/{topic}", May: mayRead, Do: b.topicPage},
		{Name: "briefing.edittopic", Method: get, Path: "/voorlichting/stof/{topic}/wijzigen", May: mayMaterial, Do: b.editTopicForm},
		{Name: "briefing.savetopic", Method: post, Path: "/voorlichting/stof/{topic}/wijzigen", May: mayMaterial, Do: b.saveTopicForm},
		{Name: "briefing.closetopic", Method: post, Path: "/voorlichting/stof/{topic}/sluiten", May: mayMaterial, Do: b.closeTopicForm},

		{Name: "briefing.file", Method: get, Path: "/dossier/{person}/voorlichting", May: mayFile, Do: b.file},
		{Name: "briefing.letter", Method: get, Path: "/dossier/{person}/voorlichting/{invite}", May: mayLetter, Do: b.letter},

		{Name: "briefing.mine", Method: get, Path: "/mijn/voorlichting", May: maySelf, Do: b.mineForm},
		{Name: "briefing.decline", Method: post, Path: "/mijn/voorlichting/niet", May: maySelf, Do: b.decline},
		{Name: "briefing.choose", Method: post, Path: "/mijn/voorlichting/kies", May: maySelf, Do: b.choose},
	}
}

// teams are those in which the actor holds one of these roles: of the team itself, or of one of its places.
func (b *Briefing) teams(ctx context.Context, a access.Actor, roles ...access.Role) ([]string, error) {
	var out []string
	for _, p := range a.Posts {
		if !slices.Contains(roles, p.Role) {
			continue
		}
		team := p.Scope.ID
		switch p.Scope.Kind {
		case access.Team:
		case access.Location, access.AtDesk:
			w, err := b.org.Where(ctx, p.Scope)
			if err != nil {
				return nil, err
			}
			team = w.Team
		default:
			continue
		}
		if !slices.Contains(out, team) {
			out = append(out, team)
		}
	}
	return out, nil
}

// place is a location that a colleague may look at. Own says whether it is of their own team.
type place struct {
	organisation.Location
	Own bool
}

// places are the locations of one's own teams, and of the region that somebody manages.
func (b *Briefing) places(v *web.Visit) ([]place, error) {
	ctx := v.Ctx()
	own, err := b.teams(ctx, v.Actor, leading...)
	if err != nil {
		return nil, err
	}
	reach := slices.Clone(own)
	for _, region := range v.Actor.At(access.Region, access.InRegion) {
		ts, err := b.org.Teams(ctx, region)
		if err != nil {
			return nil, err
		}
		for _, t := range ts {
			reach = append(reach, t.ID)
		}
	}
	all, err := b.org.Locations(ctx)
	if err != nil {
		return nil, err
	}
	var out []place
	for _, l := range all {
		if slices.Contains(reach, l.Team) {
			out = append(out, place{l, slices.Contains(own, l.Team)})
		}
	}
	return out, nil
}

func placeIDs(ps []place) []string {
	ids := make([]string, len(ps))
	for i, p := range ps {
		ids[i] = p.ID
	}
	return ids
}

func placeBy(ps []place, id string) (place, bool) {
	i := slices.IndexFunc(ps, func(p place) bool { return p.ID == id })
	if i < 0 {
		return place{}, false
	}
	return ps[i], true
}

// found is the session of the address with its place. One that lies outside the places of the actor is absent.
func (b *Briefing) found(v *web.Visit, q db.Q) (Session, place, error) {
	s, err := session(v.Ctx(), q, v.Param("briefing"))
	if err != nil {
		return s, place{}, err
	}
	ps, err := b.places(v)
	if err != nil {
		return s, place{}, err
	}
	p, ok := placeBy(ps, s.Location)
	if !ok {
		return s, p, fault.Gone()
	}
	return s, p, nil
}

// plans is found for who may plan with it.
func (b *Briefing) plans(v *web.Visit) (Session, place, error) {
	s, p, err := b.found(v, b.db)
	if err != nil {
		return s, p, err
	}
	teams, err := b.teams(v.Ctx(), v.Actor, helping...)
	if err == nil && !slices.Contains(teams, s.Team) {
		err = fault.Gone()
	}
	return s, p, err
}

// planner says whether the actor may plan the sessions of a team.
func (b *Briefing) planner(v *web.Visit, team string) (bool, error) {
	teams, err := b.teams(v.Ctx(), v.Actor, helping...)
	return mayPlan.Allows(v.Actor) && slices.Contains(teams, team), err
}

// colleagues are the names of colleagues, and what they speak.
func (b *Briefing) colleagues(ctx context.Context, ids ...string) (map[string]organisation.Colleague, error) {
	slices.Sort(ids)
	return b.org.Colleagues(ctx, slices.Compact(ids))
}

func called(cs map[string]organisation.Colleague, id string) string {
	if c, ok := cs[id]; ok {
		return c.Called
	}
	return "?"
}

// speaks says whether a colleague speaks a language well enough to lead a session in it.
func speaks(c organisation.Colleague, language string) bool {
	return slices.ContainsFunc(c.Languages, func(t string) bool { return Understands(language, t) })
}

func tongue(ctx context.Context, tag string) string { return lang.T(ctx, "dossier.tongue."+tag) }

// sessionRow is a session as a list shows it.
type sessionRow struct {
	Session
	URL, Title, Sub         string
	Count                   string
	TagKind, TagIcon, State string
}

// rowsOf make sessions readable for a list; own are the places where small counts may be read.
func (b *Briefing) rowsOf(v *web.Visit, ss []Session, ps []place) ([]sessionRow, error) {
	ctx := v.Ctx()
	ids, leaders := make([]string, len(ss)), make([]string, len(ss))
	for i, s := range ss {
		ids[i], leaders[i] = s.ID, s.Leader
	}
	people, err := livePeople(ctx, b.db, ids)
	if err != nil {
		return nil, err
	}
	subs, err := subjects(ctx, b.db, ids)
	if err != nil {
		return nil, err
	}
	ts, err := b.topics(ctx)
	if err != nil {
		return nil, err
	}
	cs, err := b.colleagues(ctx, leaders...)
	if err != nil {
		return nil, err
	}
	names := titles(ctx, ts)
	var out []sessionRow
	for _, s := range ss {
		p, _ := placeBy(ps, s.Location)
		r := sessionRow{Session: s, URL: v.URL("briefing.session", "briefing", s.ID), Title: lang.T(ctx, "briefing.row", "language", tongue(ctx, s.Language), "kind", lang.T(ctx, "briefing.kind."+s.Kind))}
		var about []string
		for _, x := range subs[s.ID] {
			about = append(about, names[x.Topic])
		}
		r.Sub = lang.Dots(p.Name, s.Room, called(cs, s.Leader), lang.Join(ctx, about))
		t := people[s.ID]
		r.Count = taken(ctx, s, t, p.Own)
		r.TagKind, r.TagIcon, r.State = stateTag(ctx, s, speaks(cs[s.Leader], s.Language), v)
		out = append(out, r)
	}
	return out, nil
}

// taken says how many seats of a session are taken.
func taken(ctx context.Context, s Session, t Tally, own bool) string {
	n := t.Invited - t.Declined
	if !own && small(n) {
		return lang.T(ctx, "briefing.few")
	}
	return lang.T(ctx, "briefing.seats", "n", n, "of", s.Seats)
}

// stateTag is the one thing about a session that asks for attention.
func stateTag(ctx context.Context, s Session, leaderSpeaks bool, v *web.Visit) (kind, icon, text string) {
	switch {
	case !s.Cancelled.IsZero():
		return "", "x", lang.T(ctx, "briefing.state.cancelled")
	case !s.Held.IsZero():
		return "ok", "check", lang.T(ctx, "briefing.state.held")
	case s.Over(v.Now):
		return "warn", "hourglass-medium", lang.T(ctx, "briefing.state.unclosed")
	}
	switch Lacks(s, leaderSpeaks) {
	case "none":
		return "warn", "translate", lang.T(ctx, "briefing.lacks.none")
	case "asked":
		return "warn", "translate", lang.T(ctx, "briefing.lacks.asked")
	case "out":
		return "danger", "translate", lang.T(ctx, "briefing.lacks.out")
	}
	return "", "", ""
}

// options are choices with their words.
func options(ctx context.Context, prefix string, values []string) []ui.Option {
	out := make([]ui.Option, len(values))
	for i, x := range values {
		key := prefix + x
		if x == "" {
			key = prefix + "unknown"
		}
		out[i] = ui.Option{Value: x, Label: lang.T(ctx, key)}
	}
	return out
}

func languageOptions(ctx context.Context) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "briefing.choose")}}, options(ctx, "dossier.tongue.", dossier.Tongues)...)
}
