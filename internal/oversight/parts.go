package oversight

// This file is what oversight lends to others: its doors, its parts of other pages, its jobs and its keeper.

import (
	"context"
	"embed"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Texts are the words of the pages.
//
//go:embed text/*.json
var Texts embed.FS

// Oversight is the capability.
type Oversight struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	files *dossier.Files

	rules   []access.Rule
	keeps   []privacy.Class
	walking sync.Mutex
}

// New makes the capability.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files) *Oversight {
	return &Oversight{db: d, vault: v, org: org, files: files}
}

// Lend hands over the rules of the whole house, for the page that tells who may do what, and how long everything is kept;
// the app calls it once.
func (o *Oversight) Lend(rules []access.Rule, keeps []privacy.Class) { o.rules, o.keeps = rules, keeps }

// Routes are the doors.
func (o *Oversight) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "oversight.glass", Method: get, Path: "/noodtoegang", May: mayBreak, Do: o.glassForm},
		{Name: "oversight.break", Method: post, Path: "/noodtoegang", May: mayBreak, Do: o.breakGlass},
		{Name: "oversight.own", Method: get, Path: "/noodtoegang/{glass}", May: mayBreak, Do: o.own},
		{Name: "oversight.answer", Method: post, Path: "/noodtoegang/{glass}", May: mayBreak, Do: o.answer},
		{Name: "oversight.done", Method: post, Path: "/noodtoegang/{glass}/klaar", May: mayBreak, Do: o.done},
		{Name: "oversight.reviews", Method: get, Path: "/toezicht", May: mayReview, Do: o.reviews},
		{Name: "oversight.review", Method: get, Path: "/toezicht/noodtoegang/{glass}", May: mayReview, Do: o.review},
		{Name: "oversight.judge", Method: post, Path: "/toezicht/noodtoegang/{glass}", May: mayReview, Do: o.judge},
		{Name: "oversight.take", Method: post, Path: "/toezicht/noodtoegang/{glass}/overnemen", May: mayReview, Do: o.take},
		{Name: "oversight.log", Method: get, Path: "/toezicht/logboek", May: mayLog, Do: o.log},
		{Name: "oversight.verify", Method: post, Path: "/toezicht/logboek/controle", May: mayLog, Do: o.verify},
		{Name: "oversight.may", Method: get, Path: "/wie-mag-wat", May: mayRules, Do: o.whoMay},
		{Name: "oversight.keeping", Method: get, Path: "/bewaren", May: mayRules, Do: o.keeping},
		{Name: "oversight.looks", Method: get, Path: "/dossier/{person}/inzage", May: mayLooks, Do: o.looks},
	}
}

// Tabs are this capability's pages about a person.
func (o *Oversight) Tabs() []dossier.Tab {
	return []dossier.Tab{{Key: "oversight.tab", Route: "oversight.looks", Level: access.File, Order: 90}}
}

// FilePanels are the parts on a person's pages: the leader is reminded that this is an emergency, and the person is told.
func (o *Oversight) FilePanels() []dossier.Panel {
	return []dossier.Panel{
		{Place: "overview", Order: 1, Level: access.File, Show: o.bannerPanel},
		{Place: "home", Order: 80, Show: o.homePanel},
	}
}

// Panels are the parts on Vandaag.
func (o *Oversight) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 30, Show: o.todayPanel}}
}

// Jobs is the work that runs by itself.
func (o *Oversight) Jobs() []web.Job {
	return []web.Job{
		{Name: "oversight.owners", Every: time.Hour, Run: o.owners},
		{Name: "oversight.walk", Every: 24 * time.Hour, Run: o.nightly},
	}
}

// officers are the privacy officers of now.
func (o *Oversight) officers(ctx context.Context, now time.Time) ([]string, error) {
	return o.org.Holding(ctx, access.Post{Role: access.Privacy, Scope: access.Scope{Kind: access.National}}, now)
}

// owner chooses who will judge.
func (o *Oversight) owner(ctx context.Context, q db.Q, actor string, now time.Time) (string, error) {
	who, err := o.officers(ctx, now)
	if err != nil {
		return "", err
	}
	n, err := burden(ctx, q)
	return Choose(who, n, actor), err
}

// owners gives every waiting review an owner who still holds the post.
func (o *Oversight) owners(ctx context.Context, now time.Time) error {
	who, err := o.officers(ctx, now)
	if err != nil {
		return err
	}
	gs, err := waiting(ctx, o.db)
	if err != nil {
		return err
	}
	for _, g := range gs {
		if slices.Contains(who, g.Owner) && g.Owner != g.Actor {
			continue
		}
		n, err := burden(ctx, o.db)
		if err != nil {
			return err
		}
		next := Choose(who, n, g.Actor)
		if next == g.Owner {
			continue
		}
		if err := o.db.Tx(ctx, func(tx *db.Tx) error { return give(ctx, tx, g.ID, next) }); err != nil {
			return err
		}
	}
	return nil
}

// errNotWhole lets the operator's log say it too.
var errNotWhole = errors.New("the access log is not whole: see the page of the log")

func (o *Oversight) nightly(ctx context.Context, _ time.Time) error {
	c, err := o.walk(ctx, "")
	if err == nil && !c.Whole {
		err = errNotWhole
	}
	return err
}

// portalDays is how long the refugee's first page tells of an emergency; the page of who looked tells it for good.
const portalDays = 30

// told is one emergency as the person reads it.
type told struct {
	Who, Role string
	At        time.Time
	Cause     string
	State     State
	Live      bool
	Until     time.Time
}

// homePanel tells the person, in the person's language, on the person's own first page.
func (o *Oversight) homePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	gs, err := ofPerson(v.Ctx(), o.db, f.ID(), v.Now.AddDate(0, 0, -portalDays), 5)
	if err != nil || len(gs) == 0 {
		return ui.Part{}, err
	}
	names, err := o.names(v.Ctx(), gs)
	if err != nil {
		return ui.Part{}, err
	}
	var ts []told
	for _, g := range gs {
		var w why
		if err := privacy.OpenJSON(f.Key(), reasonPlace(g.ID), g.Reason, &w); err != nil {
			return ui.Part{}, err
		}
		t := told{Who: names[g.Actor], At: g.At, Cause: w.Cause, State: g.State, Live: g.Live(v.Now), Until: g.Until}
		if w.Cause == "safety" {
			t.Cause = "other" // somebody may look along on this telephone
		}
		ts = append(ts, t)
	}
	return ui.Part{Body: partHome(ts, v.Now), Count: len(ts)}, nil
}

// names are the names of everybody in these emergencies.
func (o *Oversight) names(ctx context.Context, gs []Glass, more ...string) (map[string]string, error) {
	ids := slices.Clone(more)
	for _, g := range gs {
		ids = append(ids, g.Actor, g.Owner, g.JudgedBy)
	}
	return o.called(ctx, ids)
}

// called are the names of colleagues; one who is not there any more keeps the id.
func (o *Oversight) called(ctx context.Context, ids []string) (map[string]string, error) {
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
	cs, err := o.org.Colleagues(ctx, ids)
	out := make(map[string]string, len(ids))
	for _, id := range ids {
		out[id] = id
		if c, ok := cs[id]; ok {
			out[id] = c.Name
		}
	}
	return out, err
}

// wide puts a part above the two columns of the first page of a file.
const wide = -1

// bannerPanel reminds the leader, on the file itself, in what way it is open.
func (o *Oversight) bannerPanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	if f.Grant().Why != access.BreakGlass {
		return ui.Part{}, nil
	}
	g, err := glassOfGrant(v.Ctx(), o.db, f.Grant().ID)
	if err != nil {
		return ui.Part{}, err
	}
	return ui.Part{Body: partBanner(g, f.Called()), Count: wide}, nil
}

// todo is one row on Vandaag.
type todo struct {
	Glass
	Who string
}

// todayPanel shows privacy officers what waits for them, the oldest first, and leaders what they are asked.
func (o *Oversight) todayPanel(v *web.Visit) (ui.Part, error) {
	ctx, a := v.Ctx(), v.Actor
	if !a.Has(access.Privacy, access.Lead, access.Region) {
		return ui.Part{}, nil
	}
	var p todayPart
	list := func() ([]Glass, error) { return askedOf(ctx, o.db, a.ID) }
	if a.Has(access.Privacy) {
		list = func() ([]Glass, error) { return waiting(ctx, o.db) }
	}
	gs, err := list()
	if err != nil {
		return ui.Part{}, err
	}
	names, err := o.names(ctx, gs)
	if err != nil {
		return ui.Part{}, err
	}
	var instead []string
	if a.Has(access.Privacy) {
		if instead, err = o.org.StandsInFor(ctx, a.ID, v.Now); err != nil {
			return ui.Part{}, err
		}
		c, err := lastCheck(ctx, o.db)
		if err != nil {
			return ui.Part{}, err
		}
		p.Broken = c.ID != "" && !c.Whole
	}
	for _, g := range gs {
		switch t := (todo{g, names[g.Actor]}); {
		case MayJudge(a, g) && (g.Owner == a.ID || g.Owner == "" || slices.Contains(instead, g.Owner)):
			p.Judge = append(p.Judge, t)
			if g.Overdue(v.Now) {
				p.Late++
			}
		case g.Actor == a.ID && g.State == Asked:
			p.Answer = append(p.Answer, t)
		}
	}
	if len(p.Judge) == 0 && len(p.Answer) == 0 && !p.Broken {
		return ui.Part{}, nil
	}
	part := ui.Part{Body: partToday(p, v.Now), Count: len(p.Judge) + len(p.Answer)}
	switch {
	case len(p.Judge) > 0:
		part.Say = lang.T(ctx, "oversight.today.say", "n", len(p.Judge), "count", lang.Words(ctx, len(p.Judge)))
	case len(p.Answer) > 0:
		part.Say = lang.T(ctx, "oversight.today.asked.say", "n", len(p.Answer), "count", lang.Words(ctx, len(p.Answer)))
	}
	return part, nil
}

type todayPart struct {
	Judge, Answer []todo
	Late          int
	Broken        bool
}

// Keeper exports and erases what stands here about a person. The entries in the log stay: they hold identifiers only, and a
// chain with holes proves nothing.
func (o *Oversight) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "oversight",
		Keeps: []privacy.Class{{Name: "oversight.keeps", Tables: []string{"oversight_glass", "oversight_step"}, From: privacy.WithFile}},
		Export: func(ctx context.Context, q db.Q, v *privacy.Vault, subject string) (any, error) {
			k, err := v.Key(ctx, subject)
			if err != nil {
				return nil, err
			}
			type said struct {
				Kind string    `json:"kind"`
				Note string    `json:"note,omitempty"`
				By   string    `json:"by"`
				At   time.Time `json:"at"`
			}
			type emergency struct {
				By     string    `json:"by"`
				At     time.Time `json:"at"`
				Until  time.Time `json:"until"`
				Cause  string    `json:"cause"`
				Reason string    `json:"reason"`
				State  State     `json:"state"`
				Said   []said    `json:"said,omitempty"`
			}
			var out []emergency
			gs, err := ofPerson(ctx, q, subject, time.Unix(0, 0), 10000)
			if err != nil {
				return nil, err
			}
			for _, g := range gs {
				var w why
				if err := privacy.OpenJSON(k, reasonPlace(g.ID), g.Reason, &w); err != nil {
					return nil, err
				}
				ss, err := steps(ctx, q, k, g.ID)
				if err != nil {
					return nil, err
				}
				e := emergency{By: g.Actor, At: g.At, Until: g.Until, Cause: w.Cause, Reason: w.Text, State: g.State}
				for _, s := range ss {
					e.Said = append(e.Said, said{s.Kind, s.Text, s.MadeBy, s.At})
				}
				out = append(out, e)
			}
			return out, nil
		},
		Erase: func(ctx context.Context, tx *db.Tx, subject string) error {
			if _, err := db.Do(ctx, tx, db.F(`DELETE FROM oversight_step WHERE person = ?`, subject)); err != nil {
				return err
			}
			_, err := db.Do(ctx, tx, db.F(`DELETE FROM oversight_glass WHERE person = ?`, subject))
			return err
		}}
}
