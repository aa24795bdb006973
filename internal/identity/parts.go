package identity

// This file is what identity lends to others: its doors, its parts of other pages, the judge, and how what stands here is
// exported and erased.

import (
	"context"
	"embed"
	"net/http"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Texts are the words of the pages.
//
//go:embed text/*.json
var Texts embed.FS

// Identity is the capability.
type Identity struct {
	db    *db.DB
	vault *privacy.Vault
	house privacy.Key
	org   *organisation.Store
	files *dossier.Files
	judge dossier.Judge
	lent  []dossier.Compared
}

// New makes the capability. Names are compared as the register compares them: it knows which are common.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files) *Identity {
	return &Identity{db: d, vault: v, house: v.House("identity"), org: org, files: files, judge: JudgeBy(files.Compare)}
}

// LendCompared hands over what other rooms tell of two records that lie beside each other; the app calls it once.
func (i *Identity) LendCompared(cs ...dossier.Compared) { i.lent = cs }

// Judge is what the register asks while somebody is registered or imported.
func (i *Identity) Judge() dossier.Judge { return i.judge }

// Linked is what the register asks for one timeline.
func (i *Identity) Linked(v *web.Visit, person string) ([]string, error) {
	if v.Actor.Kind != access.Staff {
		return nil, nil
	}
	return i.linked(v.Ctx(), v.Actor, person, v.Now)
}

// Routes are the doors.
func (i *Identity) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "identity.pairs", Method: get, Path: "/dubbelen", May: mayPair, Do: i.pairs},
		{Name: "identity.pair", Method: get, Path: "/dubbelen/{pair}", May: mayPair, Do: i.pair},
		{Name: "identity.decide", Method: post, Path: "/dubbelen/{pair}", May: mayPair, Do: i.decidePair},
		{Name: "identity.undo", Method: post, Path: "/dubbelen/{pair}/los", May: mayPair, Do: i.undoPair},
		{Name: "identity.side", Method: post, Path: "/dubbelen/{pair}/antwoord", May: mayPair, Do: i.side},
		{Name: "identity.side_ask", Method: post, Path: "/dubbelen/{pair}/toegang", May: mayPair, Do: i.sideAsk},
		{Name: "identity.ask", Method: get, Path: "/elders/vraag/{check}", May: mayAsk, Do: i.askForm},
		{Name: "identity.asked", Method: post, Path: "/elders/vraag/{check}", May: mayAsk, Do: i.askKnown},
		{Name: "identity.requests", Method: get, Path: "/toegang", May: mayAsk, Do: i.requests},
		{Name: "identity.request", Method: get, Path: "/toegang/{request}", May: mayAsk, Do: i.request},
		{Name: "identity.answer", Method: post, Path: "/toegang/{request}", May: mayAsk, Do: i.answerRequest},
		{Name: "identity.takeback", Method: post, Path: "/toegang/{request}/terug", May: mayAsk, Do: i.takeBackRequest},
		{Name: "identity.checks", Method: get, Path: "/elders", May: mayOver, Do: i.checks},
		{Name: "identity.checked", Method: get, Path: "/elders/{user}/{day}", May: mayOver, Do: i.checked},
		{Name: "identity.review", Method: post, Path: "/elders/{user}/{day}", May: mayOver, Do: i.reviewDay},
	}
}

// FilePanels are the parts on a person's pages: the notice of a link for colleagues, and for the person that there is one.
func (i *Identity) FilePanels() []dossier.Panel {
	return []dossier.Panel{
		{Place: "overview", Order: 2, Show: i.linkPanel},
		{Place: "looks", Order: 20, Show: i.ownPanel},
	}
}

// Panels are the parts on Vandaag.
func (i *Identity) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 45, Show: i.todayPanel}, {Place: "today", Order: 46, Show: i.reviewPanel}}
}

// Waiting is how many pairs and requests wait for the visitor, for the menu.
func (i *Identity) Waiting(v *web.Visit) (pairs, requests int, err error) {
	if !mayPair.Allows(v.Actor) {
		return 0, 0, nil
	}
	w, err := i.work(v)
	return len(w.Mine) + len(w.Sided), len(w.Requests), err
}

// teamsOf is the condition that a request is about somebody of a team that the actor leads.
func teamsOf(a access.Actor) db.Frag {
	if teams := a.At(access.Lead, access.Team); len(teams) > 0 {
		return dossier.InTeams(teams, "r.person")
	}
	return db.F(`FALSE`)
}

// speaks says whether somebody speaks for a file: it is their own work, or they lead its team.
func (i *Identity) speaks(ctx context.Context, q db.Q, a access.Actor, person string, now time.Time) (bool, error) {
	if teams := a.At(access.Lead, access.Team); len(teams) > 0 {
		team, err := i.files.Team(ctx, q, person)
		if err != nil || slices.Contains(teams, team) {
			return err == nil, err
		}
	}
	return i.carries(ctx, q, a, person, now)
}

// carries says whether a file is somebody's own work. The strongest reason is the one that counts.
func (i *Identity) carries(ctx context.Context, q db.Q, a access.Actor, person string, now time.Time) (bool, error) {
	g, err := access.Find(ctx, q, a, person, access.File, now)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil && carries(g), err
}

// reviewsKept is how long what was found about a colleague's questions stays.
var reviewsKept = privacy.Class{Name: "identity.keeps.review", Tables: []string{"identity_review"}, From: privacy.LastTouched, Days: 365, Assumed: true, Job: "identity.forget"}

// Exported is what stands here of one person. Whom the other record is about is not told: that may be somebody else.
type Exported struct {
	Pairs    []ExportedPair    `json:"pairs,omitempty"`
	Requests []ExportedRequest `json:"requests,omitempty"`
}

// ExportedPair is one record that may be of the same person, or is.
type ExportedPair struct {
	Found  time.Time      `json:"found"`
	State  State          `json:"state"`
	Main   bool           `json:"main,omitempty"` // the work goes on in this record
	Steps  []ExportedStep `json:"steps,omitempty"`
	Linked []ExportedLink `json:"linked,omitempty"`
}

// ExportedStep is one decision; its words may be about another person.
type ExportedStep struct {
	At   time.Time `json:"at"`
	By   string    `json:"by" db:"actor"`
	What string    `json:"what"`
}

// ExportedLink is a time during which the record was linked.
type ExportedLink struct {
	Since time.Time `json:"since"`
	Ended time.Time `json:"ended,omitzero"`
}

// ExportedRequest is one request to be let into this file.
type ExportedRequest struct {
	At       time.Time `json:"at"`
	By       string    `json:"by"`
	For      string    `json:"for"`
	Why      string    `json:"why"`
	State    string    `json:"state"`
	Answered time.Time `json:"answered,omitzero"`
	Answerer string    `json:"answeredBy,omitempty"`
	Reply    string    `json:"reply,omitempty"`
	Until    time.Time `json:"until,omitzero"`
}

// Keeper exports and erases what stands here.
func (i *Identity) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "identity",
		Keeps: []privacy.Class{
			{Name: "identity.keeps", Tables: []string{"identity_pair", "identity_step", "identity_link", "identity_request", "identity_walk"}, From: privacy.WithFile},
			reviewsKept,
		},
		Export: export, Erase: erase}
}

func export(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
	var out Exported
	ps, err := db.Many[Pair](ctx, q, db.F(`SELECT `+columns+` FROM identity_pair p WHERE p.person_a = ? OR p.person_b = ? ORDER BY p.id`, subject, subject))
	if err != nil {
		return nil, err
	}
	for _, p := range ps {
		x := ExportedPair{Found: p.Found, State: p.State, Main: p.Main == subject}
		if x.Steps, err = db.Many[ExportedStep](ctx, q, db.F(`SELECT at, actor, what FROM identity_step WHERE pair = ? ORDER BY at, id`, p.ID)); err != nil {
			return nil, err
		}
		if x.Linked, err = db.Many[ExportedLink](ctx, q, db.F(`SELECT since, ended FROM identity_link WHERE pair = ? ORDER BY since, id`, p.ID)); err != nil {
			return nil, err
		}
		out.Pairs = append(out.Pairs, x)
	}
	rs, err := db.Many[Request](ctx, q, db.F(`SELECT `+requestColumns+` FROM identity_request r WHERE r.person = ? ORDER BY r.at, r.id`, subject))
	if err != nil || len(rs) == 0 {
		return out, err
	}
	k, err := vault.Key(ctx, subject)
	if err != nil {
		return nil, err
	}
	for _, r := range rs {
		if err := r.open(k); err != nil {
			return nil, err
		}
		out.Requests = append(out.Requests, ExportedRequest{At: r.At, By: r.Asker, For: r.Reader, Why: r.Why, State: r.State, Answered: r.Answered, Answerer: r.Answerer, Reply: r.Said, Until: r.Until})
	}
	return out, nil
}

func erase(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx,
		db.F(`DELETE FROM identity_step WHERE pair IN (SELECT id FROM identity_pair WHERE person_a = ? OR person_b = ?)`, subject, subject),
		db.F(`DELETE FROM identity_link WHERE pair IN (SELECT id FROM identity_pair WHERE person_a = ? OR person_b = ?)`, subject, subject),
		db.F(`DELETE FROM identity_pair WHERE person_a = ? OR person_b = ?`, subject, subject),
		db.F(`DELETE FROM identity_request WHERE person = ?`, subject),
		db.F(`UPDATE identity_walk SET person = '' WHERE person = ?`, subject))
	return err
}
