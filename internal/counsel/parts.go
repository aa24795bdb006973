package counsel

// This file is what counsel lends: its doors, who represents somebody, whom a consent may name, its parts of other pages and of
// Vandaag.

import (
	"context"
	"embed"
	"net/http"
	"slices"

	"reisgezel/internal/account"
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Texts are the words of counsel.
//
//go:embed text/*.json
var Texts embed.FS

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// The purposes of a consent that open something here.
const (
	forLawyer = "lawyer"
	forReturn = "return"
)

var errNoConsent = fault.New(fault.Denied, "counsel.error.consent")

// Counsel is the capability.
type Counsel struct {
	db       *db.DB
	org      *organisation.Store
	files    *dossier.Files
	accounts *account.Accounts
	excerpts []dossier.Excerpt
	allowing dossier.Allowing
	events   dossier.Events
	presses  dossier.Presses
}

// New makes the capability.
func New(d *db.DB, org *organisation.Store, files *dossier.Files, accounts *account.Accounts) *Counsel {
	return &Counsel{db: d, org: org, files: files, accounts: accounts}
}

// Lend hands over what can be shown, the way to ask whether the person allows it, the way to record in a procedure, and what comes
// near in one; the app calls it once.
func (c *Counsel) Lend(excerpts []dossier.Excerpt, allowing dossier.Allowing, events dossier.Events, presses dossier.Presses) {
	c.excerpts, c.allowing, c.events, c.presses = excerpts, allowing, events, presses
}

// Routes are the doors: of colleagues, of the person, and of lawyers.
func (c *Counsel) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "counsel.book", Method: get, Path: "/advocaten", May: mayBook, Do: c.lawyers},
		{Name: "counsel.partners", Method: get, Path: "/partners", May: mayBook, Do: c.partners},
		{Name: "counsel.party_new", Method: get, Path: "/adresboek/nieuw", May: mayKeep, Do: c.newParty},
		{Name: "counsel.party_add", Method: post, Path: "/adresboek/nieuw", May: mayKeep, Do: c.addParty},
		{Name: "counsel.party", Method: get, Path: "/adresboek/{party}", May: mayBook, Do: c.party},
		{Name: "counsel.party_edit", Method: get, Path: "/adresboek/{party}/wijzigen", May: mayKeep, Do: c.editParty},
		{Name: "counsel.party_save", Method: post, Path: "/adresboek/{party}/wijzigen", May: mayKeep, Do: c.saveParty},
		{Name: "counsel.party_end", Method: post, Path: "/adresboek/{party}/stop", May: mayKeep, Do: c.endParty},
		{Name: "counsel.party_back", Method: post, Path: "/adresboek/{party}/terug", May: mayKeep, Do: c.backParty},
		{Name: "counsel.move", Method: post, Path: "/adresboek/{party}/overzetten", May: mayKeep, Do: c.move},
		{Name: "counsel.invite", Method: post, Path: "/adresboek/{party}/uitnodigen", May: mayInvite, Do: c.invite},
		{Name: "counsel.close", Method: post, Path: "/adresboek/{party}/account-dicht", May: mayInvite, Do: c.closeAccount},

		{Name: "counsel.file", Method: get, Path: "/dossier/{person}/advocaat", May: mayLook, Do: c.file},
		{Name: "counsel.represent", Method: get, Path: "/dossier/{person}/advocaat/nieuw", May: mayNote, Do: c.representForm},
		{Name: "counsel.represent_save", Method: post, Path: "/dossier/{person}/advocaat/nieuw", May: mayNote, Do: c.saveRepresent},
		{Name: "counsel.rep_end", Method: post, Path: "/dossier/{person}/advocaat/{matter}/stop", May: mayNote, Do: c.endRep},
		{Name: "counsel.rep_back", Method: post, Path: "/dossier/{person}/advocaat/{matter}/terug", May: mayNote, Do: c.backRep},
		{Name: "counsel.word", Method: get, Path: "/dossier/{person}/bericht-advocaat/{letter}", May: mayNote, Do: c.word},
		{Name: "counsel.settle", Method: post, Path: "/dossier/{person}/bericht-advocaat/{letter}", May: mayNote, Do: c.settle},

		{Name: "counsel.return", Method: get, Path: "/dossier/{person}/terugkeer", May: mayReturn, Do: c.talk},
		{Name: "counsel.return_open", Method: post, Path: "/dossier/{person}/terugkeer", May: mayReturn, Do: c.openTalk},
		{Name: "counsel.choice", Method: post, Path: "/dossier/{person}/terugkeer/{talk}/keuze", May: mayReturn, Do: c.choice},
		{Name: "counsel.seat", Method: post, Path: "/dossier/{person}/terugkeer/{talk}/erbij", May: mayReturn, Do: c.seat},
		{Name: "counsel.handover_new", Method: get, Path: "/dossier/{person}/terugkeer/{talk}/overdragen", May: mayReturn, Do: c.newHandover},
		{Name: "counsel.handover_add", Method: post, Path: "/dossier/{person}/terugkeer/{talk}/overdragen", May: mayReturn, Do: c.addHandover},
		{Name: "counsel.handover", Method: get, Path: "/dossier/{person}/terugkeer/{talk}/{handover}", May: mayReturn, Do: c.handover},
		{Name: "counsel.handed", Method: post, Path: "/dossier/{person}/terugkeer/{talk}/{handover}/gegeven", May: mayReturn, Do: c.handed},
		{Name: "counsel.answered", Method: post, Path: "/dossier/{person}/terugkeer/{talk}/{handover}/antwoord", May: mayReturn, Do: c.answered},
		{Name: "counsel.noted", Method: post, Path: "/dossier/{person}/terugkeer/{talk}/{handover}/notitie", May: mayReturn, Do: c.noted},

		{Name: "counsel.mine", Method: get, Path: "/mijn/advocaat", May: maySelf, Do: c.mine},

		{Name: "counsel.clients", Method: get, Path: "/advocaat", May: mayOutside, Do: c.clients},
		{Name: "counsel.client", Method: get, Path: "/advocaat/{matter}", May: mayOutside, Do: c.client},
		{Name: "counsel.paper", Method: get, Path: "/advocaat/{matter}/papier/{paper}", May: mayOutside, Do: c.paper},
		{Name: "counsel.ask", Method: post, Path: "/advocaat/{matter}/bericht", May: mayOutside, Do: c.ask},
	}
}

// Lawyers tells who represents a person on a day.
func (c *Counsel) Lawyers(ctx context.Context, q db.Q, f dossier.File, on clock.Date) ([]dossier.Lawyer, error) {
	rs, ps, err := running(ctx, q, f, on)
	var out []dossier.Lawyer
	for _, r := range rs {
		p := ps[r.Party]
		out = append(out, dossier.Lawyer{Name: p.Name, Office: p.Office, Phone: p.Phone, Email: p.Email, Reachable: p.Reachable, Since: r.Since, Until: r.Until})
	}
	return out, err
}

// running are the representations of a person on a day, with the lawyers.
func running(ctx context.Context, q db.Q, f dossier.File, on clock.Date) ([]Representation, map[string]Party, error) {
	all, err := representations(ctx, q, f.Key(), f.ID())
	if err != nil {
		return nil, nil, err
	}
	rs := slices.DeleteFunc(all, func(r Representation) bool { return !r.Runs(on) })
	var ids []string
	for _, r := range rs {
		ids = append(ids, r.Party)
	}
	ps, err := partiesBy(ctx, q, ids)
	return rs, ps, err
}

// Parties are those whom a consent may name: for a lawyer who represents this person, that lawyer; for return, the partners of
// the talks beside which the colleague was set.
func (c *Counsel) Parties(v *web.Visit, f dossier.File, purpose string) ([]dossier.Party, error) {
	ctx := v.Ctx()
	var out []dossier.Party
	add := func(p Party) {
		if !slices.ContainsFunc(out, func(x dossier.Party) bool { return x.ID == p.ID }) {
			out = append(out, dossier.Party{ID: p.ID, Name: p.full()})
		}
	}
	switch purpose {
	case forLawyer:
		rs, ps, err := running(ctx, c.db, f, clock.Today(v.Now))
		for _, r := range rs {
			if p := ps[r.Party]; p.Ended.IsZero() {
				add(p)
			}
		}
		return out, err
	case forReturn:
		if !mayReturn.Allows(v.Actor) || f.Level() < mayReturn.Level {
			return nil, nil
		}
		ts, err := c.beside(v, f)
		if err != nil {
			return nil, err
		}
		for _, t := range ts {
			hs, err := handovers(ctx, c.db, f.Key(), t.ID)
			if err != nil {
				return nil, err
			}
			for _, h := range hs {
				p, err := party(ctx, c.db, h.Party)
				if err != nil {
					return nil, err
				}
				add(p)
			}
		}
	}
	return out, nil
}

// full is a party with where they work.
func (p Party) full() string {
	switch {
	case p.Kind == Partner:
		return p.Name + " (" + p.Country + ")"
	case p.Office != "":
		return p.Name + ", " + p.Office
	}
	return p.Name
}

// FilePanels are the parts on a person's pages. On the page of the procedures a lawyer stands as one of those who act.
func (c *Counsel) FilePanels() []dossier.Panel {
	return []dossier.Panel{
		{Place: "overview", Order: 15, Show: c.filePanel},
		{Place: "procedure", Order: 10, Show: c.filePanel},
		{Place: "home", Order: 40, Show: c.homePanel},
		{Place: "looks", Order: 5, Show: c.homePanel},
	}
}

func (c *Counsel) filePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	rs, ps, err := running(v.Ctx(), c.db, f, clock.Today(v.Now))
	if err != nil {
		return ui.Part{}, err
	}
	p := panelView{URL: v.URL("counsel.file", "person", f.ID())}
	if mayNote.Allows(v.Actor) && f.Level() >= mayNote.Level {
		p.NewURL = v.URL("counsel.represent", "person", f.ID())
	}
	for _, r := range rs {
		p.Rows = append(p.Rows, repView(v.Ctx(), r, ps[r.Party]))
	}
	if len(p.Rows) == 0 && p.NewURL == "" {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partFile(p), Count: len(p.Rows)}, nil
}

func (c *Counsel) homePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	rs, ps, err := running(v.Ctx(), c.db, f, clock.Today(v.Now))
	if err != nil || len(rs) == 0 {
		return ui.Part{}, err
	}
	var rows []repRow
	for _, r := range rs {
		rows = append(rows, repView(v.Ctx(), r, ps[r.Party]))
	}
	return ui.Part{Body: partHome(rows)}, nil
}

// Panels are for Vandaag: what lawyers left, and people whose lawyer is gone.
func (c *Counsel) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 14, Show: c.todayPanel}}
}

func (c *Counsel) todayPanel(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(access.Case, access.Legal) {
		return ui.Part{}, nil
	}
	ctx := v.Ctx()
	ws, err := waiting(ctx, c.db, v.Actor, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	os, err := orphans(ctx, c.db, v.Actor, clock.Today(v.Now), v.Now)
	if err != nil || len(ws)+len(os) == 0 {
		return ui.Part{}, err
	}
	var people, from []string
	for _, w := range ws {
		people, from = append(people, w.Person), append(from, w.Party)
	}
	for _, r := range os {
		people, from = append(people, r.Person), append(from, r.Party)
	}
	names, err := c.files.Names(ctx, people)
	if err != nil {
		return ui.Part{}, err
	}
	ps, err := partiesBy(ctx, c.db, from)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, w := range ws {
		r := ui.RowP{Href: v.URL("counsel.word", "person", w.Person, "letter", w.ID), Title: lang.T(ctx, "counsel.today."+w.Kind, "name", names[w.Person], "lawyer", ps[w.Party].Name), Sub: lang.When(ctx, w.At, v.Now)}
		if w.Kind == Hearing {
			r.Sub = lang.Day(ctx, w.Day) + " · " + r.Sub
			r.TagKind, r.Tag = "brand", lang.T(ctx, "counsel.today.proposal")
		}
		rows = append(rows, r)
	}
	for _, r := range os {
		rows = append(rows, ui.RowP{Href: v.URL("counsel.file", "person", r.Person), Title: lang.T(ctx, "counsel.today.gone", "name", names[r.Person], "lawyer", ps[r.Party].Name), TagKind: "warn", TagIcon: "warning", Tag: lang.T(ctx, "counsel.today.nobody")})
	}
	return ui.Part{Body: partToday(rows), Count: len(rows), Say: lang.T(ctx, "counsel.say", "n", len(rows), "word", lang.Words(ctx, len(rows)))}, nil
}
