package portal

// This file holds the doors, the choice of a language and the first page.

import (
	"net/http"
	"net/url"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Routes are the doors. A form and the page that shows it again with its faults have one address, so that the link to
// the Dutch text below it leads somewhere.
func (p *Portal) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return append([]web.Route{
		{Name: "portal.languages", Method: get, Path: "/taal", May: mayEnter, Do: p.languages},
		{Name: "portal.signin", Method: get, Path: "/mijn/inloggen", May: mayEnter, Do: p.signIn},
		{Name: "portal.enter", Method: post, Path: "/mijn/inloggen", May: mayEnter, Do: p.enter},
		{Name: "portal.phone", Method: get, Path: "/mijn/inloggen/telefoon", May: mayEnter, Do: p.phone},
		{Name: "portal.phone_enter", Method: post, Path: "/mijn/inloggen/telefoon", May: mayEnter, Secret: true, Do: p.phoneEnter},
		{Name: "portal.signout", Method: post, Path: "/mijn/uitloggen", May: mayEnter, Do: p.signOut},
		{Name: "portal.home", Method: get, Path: "/mijn", May: maySelf, Do: p.home},
		{Name: "portal.appointments", Method: get, Path: "/mijn/afspraken", May: maySelf, Do: p.appointments},
		{Name: "portal.people", Method: get, Path: "/mijn/begeleiders", May: maySelf, Do: p.people},
		{Name: "portal.looks", Method: get, Path: "/mijn/inzage", May: maySelf, Do: p.looks},
		{Name: "portal.ask", Method: post, Path: "/mijn/inzage", May: maySelf, Do: p.ask},
		{Name: "portal.facts", Method: get, Path: "/mijn/gegevens", May: maySelf, Do: p.facts},
		{Name: "portal.wrong", Method: get, Path: "/mijn/gegevens/klopt-niet", May: maySelf, Do: p.wrong},
		{Name: "portal.report", Method: post, Path: "/mijn/gegevens/klopt-niet", May: maySelf, Do: p.report},
		{Name: "portal.settings", Method: get, Path: "/mijn/instellingen", May: maySelf, Do: p.settings},
		{Name: "portal.pin", Method: post, Path: "/mijn/instellingen", May: maySelf, Secret: true, Do: p.changePIN},
		{Name: "portal.size", Method: post, Path: "/mijn/instellingen/letters", May: maySelf, Do: p.size},
		{Name: "portal.own", Method: get, Path: "/mijn/gegevens/wensen", May: maySelf, Do: p.ownForm},
		{Name: "portal.own_save", Method: post, Path: "/mijn/gegevens/wensen", May: maySelf, Do: p.ownSave},
		{Name: "portal.calendar", Method: post, Path: "/mijn/instellingen/kalender", May: maySelf, Do: p.calendar},
		{Name: "portal.phone_mine", Method: get, Path: "/mijn/instellingen/telefoon", May: maySelf, Do: p.myPhone},
		{Name: "portal.phone_save", Method: post, Path: "/mijn/instellingen/telefoon", May: maySelf, Secret: true, Do: p.savePhone},
		{Name: "portal.phone_end", Method: post, Path: "/mijn/instellingen/telefoon/stop", May: maySelf, Do: p.endPhone},
		{Name: "portal.notices", Method: get, Path: "/mijn/instellingen/nieuws", May: maySelf, Do: p.notices},
		{Name: "portal.notices_save", Method: post, Path: "/mijn/instellingen/nieuws", May: maySelf, Secret: true, Do: p.saveNotices},
		{Name: "portal.notices_end", Method: post, Path: "/mijn/instellingen/nieuws/stop", May: maySelf, Do: p.endNotices},
		{Name: "portal.copy", Method: get, Path: "/mijn/instellingen/leeskopie", May: maySelf, Do: p.copyPage},
		{Name: "portal.copy_make", Method: post, Path: "/mijn/instellingen/leeskopie", May: maySelf, Secret: true, Do: p.makeCopy},
		{Name: "portal.copy_renew", Method: post, Path: "/mijn/instellingen/leeskopie/nieuw", May: maySelf, Do: p.renewCopy},
		{Name: "portal.copy_end", Method: post, Path: "/mijn/instellingen/leeskopie/stop", May: maySelf, Do: p.endOneCopy},
		{Name: "portal.copy_asks", Method: get, Path: "/mijn/lezen/nog", May: mayEnter, Do: p.asksCopy},
		{Name: "portal.read", Method: get, Path: "/mijn/lezen", May: mayEnter, Do: p.readCopy},
		{Name: "portal.worker", Method: get, Path: "/mijn/lezen/werker.js", May: mayEnter, Do: p.worker},
		{Name: "portal.key_ask", Method: post, Path: "/mijn/inloggen/slot", May: mayEnter, Do: p.askKey},
		{Name: "portal.key_enter", Method: post, Path: "/mijn/inloggen/slot/in", May: mayEnter, Secret: true, Do: p.enterKey},
		{Name: "portal.keys", Method: get, Path: "/mijn/instellingen/slot", May: maySelf, Do: p.myKeys},
		{Name: "portal.key_new", Method: post, Path: "/mijn/instellingen/slot/nieuw", May: maySelf, Secret: true, Do: p.newKey},
		{Name: "portal.key_keep", Method: post, Path: "/mijn/instellingen/slot", May: maySelf, Secret: true, Do: p.keepKey},
		{Name: "portal.key_end", Method: post, Path: "/mijn/instellingen/slot/stop", May: maySelf, Do: p.endOneKey},
		{Name: "portal.end", Method: post, Path: "/mijn/instellingen/sessie", May: maySelf, Do: p.endSession},
		{Name: "portal.staff", Method: get, Path: "/dossier/{person}/portaal", May: mayTend, Do: p.staff},
		{Name: "portal.reset", Method: post, Path: "/dossier/{person}/portaal", May: mayTend, Do: p.reset},
		{Name: "portal.shut", Method: post, Path: "/dossier/{person}/portaal/uitloggen", May: mayTend, Do: p.shut},
		{Name: "portal.phone_off", Method: post, Path: "/dossier/{person}/portaal/telefoon", May: mayTend, Do: p.dropFor},
		{Name: "portal.word", Method: get, Path: "/melding/{word}", May: mayWord, Do: p.word},
		{Name: "portal.settle", Method: post, Path: "/melding/{word}", May: mayWord, Do: p.settle},
		{Name: "portal.again", Method: post, Path: "/melding/{word}/opnieuw", May: mayWord, Do: p.reopenWord},
	}, p.demoRoutes()...)
}

func (p *Portal) languages(v *web.Visit) error {
	back := v.Value("terug")
	if back == "" {
		back = cameFrom(v)
	}
	if !web.Local(back) {
		back = v.URL("portal.signin")
		if v.Actor.Kind == access.IsSelf {
			back = v.URL("portal.home")
		}
	}
	return v.Page(pageLanguages(back))
}

// cameFrom is the page of this house from which the language is changed, so that one comes back to it without what was
// chosen or said there.
func cameFrom(v *web.Visit) string {
	u, err := url.Parse(v.CameFrom())
	if err != nil || u.Path == v.R.URL.Path {
		return ""
	}
	q := u.Query()
	q.Del("taal")
	q.Del("gezegd")
	u.RawQuery = q.Encode()
	return u.String()
}

// open opens the person's own file; the visit stands in the log before anything is shown.
func (p *Portal) open(v *web.Visit) (dossier.File, error) {
	return p.files.Open(v, v.Actor.ID, access.File, "portal.event.visit")
}

// homeLooks is how many looks the first page tells.
const homeLooks = 3

type homePage struct {
	New   []ui.RowP // what came since the visit before this one
	File  dossier.File
	Parts []ui.Part
	Seen  []seen
	Place place
	Copy  bool // this telephone has a reading copy

	Helpers []string
}

func (p *Portal) home(v *web.Visit) error {
	f, err := p.open(v)
	if err != nil {
		return err
	}
	here, err := p.hasCopy(v)
	if err != nil {
		return err
	}
	h := homePage{File: f, Copy: here.ID != ""}
	if h.Parts, err = p.files.Show(v, f, "home"); err != nil {
		return err
	}
	if h.New, err = p.fresh(v, f.ID()); err != nil {
		return err
	}
	if err := v.Settled(); err != nil { // this look is one of them
		return err
	}
	looks, _, err := audit.ReadLooks(v.Ctx(), p.db, f.ID(), 0, clock.Netherlands)
	if err != nil {
		return err
	}
	all, err := p.tell(v, looks)
	if err != nil {
		return err
	}
	for _, s := range all {
		if !s.Self && len(h.Seen) < homeLooks {
			h.Seen = append(h.Seen, s)
		}
	}
	if h.Place, err = p.walkIn(v, f); err != nil {
		return err
	}
	helpers, err := p.helpers(v, f)
	if err != nil {
		return err
	}
	for _, x := range helpers {
		h.Helpers = append(h.Helpers, lang.Isolated(x.Called))
	}
	return v.Page(pageHome(h))
}

func (p *Portal) appointments(v *web.Visit) error {
	f, err := p.open(v)
	if err != nil {
		return err
	}
	parts, err := p.files.Show(v, f, "appointments")
	if err != nil {
		return err
	}
	return v.Page(pageAppointments(parts))
}
