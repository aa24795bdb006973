package portal

// This file holds the refugee's own pages.

import (
	"embed"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of the portal.
//
//go:embed text/*.json
var Texts embed.FS

// Routes are the doors.
func (p *Portal) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "portal.languages", Method: get, Path: "/taal", May: mayEnter, Do: p.languages},
		{Name: "portal.signin", Method: get, Path: "/mijn/inloggen", May: mayEnter, Do: p.signIn},
		{Name: "portal.code", Method: post, Path: "/mijn/inloggen", May: mayEnter, Do: p.code},
		{Name: "portal.enter", Method: post, Path: "/mijn/inloggen/pin", May: mayEnter, Do: p.enter},
		{Name: "portal.signout", Method: post, Path: "/mijn/uitloggen", May: mayEnter, Do: p.signOut},
		{Name: "portal.home", Method: get, Path: "/mijn", May: maySelf, Do: p.home},
		{Name: "portal.appointments", Method: get, Path: "/mijn/afspraken", May: maySelf, Do: p.appointments},
		{Name: "portal.looks", Method: get, Path: "/mijn/inzage", May: maySelf, Do: p.looks},
		{Name: "portal.ask", Method: post, Path: "/mijn/inzage", May: maySelf, Do: p.ask},
		{Name: "portal.facts", Method: get, Path: "/mijn/gegevens", May: maySelf, Do: p.facts},
		{Name: "portal.report", Method: post, Path: "/mijn/gegevens", May: maySelf, Do: p.report},
		{Name: "portal.settings", Method: get, Path: "/mijn/instellingen", May: maySelf, Do: p.settings},
		{Name: "portal.pin", Method: post, Path: "/mijn/instellingen/pin", May: maySelf, Do: p.changePIN},
		{Name: "portal.size", Method: post, Path: "/mijn/instellingen/letters", May: maySelf, Do: p.size},
		{Name: "portal.end", Method: post, Path: "/mijn/instellingen/sessie", May: maySelf, Do: p.endSession},
		{Name: "portal.staff", Method: get, Path: "/dossier/{person}/portaal", May: mayTend, Do: p.staff},
		{Name: "portal.reset", Method: post, Path: "/dossier/{person}/portaal", May: mayTend, Do: p.reset},
		{Name: "portal.settle", Method: post, Path: "/portaal/afgehandeld", May: mayWord, Do: p.settle},
	}
}

func (p *Portal) languages(v *web.Visit) error {
	back := v.Value("terug")
	if !web.Local(back) {
		back = v.URL("portal.signin")
		if v.Actor.Kind == access.IsSelf {
			back = v.URL("portal.home")
		}
	}
	return v.Page(pageLanguages(back))
}

type signInPage struct {
	Code   string
	Second bool
	Next   string
	Errors fault.Fields
	Demo   bool
}

func (p *Portal) signIn(v *web.Visit) error {
	if v.Actor.Kind == access.IsSelf {
		return v.Go("portal.home")
	}
	code, _ := dossier.ReadCard(v.Value("kaart"))
	return v.Page(pageSignIn(signInPage{Code: code, Next: v.Value("verder")}))
}

// code goes on to the PIN for every code that could be one: whether it is one, this page does not tell.
func (p *Portal) code(v *web.Visit) error {
	in := signInPage{Code: v.Value("code"), Next: v.Value("verder")}
	c, ok := dossier.ReadCard(in.Code)
	if !ok {
		in.Errors.Add("code", "portal.error.code")
		return v.Invalid(pageSignIn(in))
	}
	in.Code, in.Second = c, true
	return v.Page(pageSignIn(in))
}

func (p *Portal) enter(v *web.Visit) error {
	in := signInPage{Code: v.Value("code"), Second: true, Next: v.Value("verder")}
	choose := v.Value("eerste") != ""
	pin, ok := ReadPIN(v.Value("pin"))
	if choose {
		again, _ := ReadPIN(v.Value("pin2"))
		switch {
		case !ok:
			in.Errors.Add("pin", "portal.error.pin")
		case Weak(pin, nil):
			in.Errors.Add("pin", "portal.error.weak")
		case pin != again:
			in.Errors.Add("pin2", "portal.error.again")
		}
		if len(in.Errors) > 0 {
			return v.Invalid(pageSignIn(in))
		}
	}
	person, err := p.let(v, in.Code, pin, choose)
	if errors.Is(err, errNo) {
		in.Errors.Add("pin", "portal.error.no")
		return v.Invalid(pageSignIn(in))
	}
	if err != nil {
		return err
	}
	if err := v.SignIn(web.SessionSpec{Kind: access.IsSelf, Actor: person, Label: device(v.R.UserAgent())}); err != nil {
		return err
	}
	if v.Cookie("taal") == "" {
		f, err := p.files.Machine(v.Ctx(), p.db, person)
		if err != nil {
			return err
		}
		v.SetCookie("taal", dossier.PortalTag(f.Profile()), 365*24*time.Hour)
	}
	if strings.HasPrefix(in.Next, "/mijn") && web.Local(in.Next) {
		return v.GoTo(in.Next)
	}
	return v.Go("portal.home")
}

// device is what a person recognises a telephone by; no more of it is kept.
func device(agent string) string {
	for _, x := range []string{"iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"} {
		if strings.Contains(agent, x) {
			return x
		}
	}
	return "?"
}

func (p *Portal) signOut(v *web.Visit) error {
	if err := v.SignOut(); err != nil {
		return err
	}
	return v.Go("portal.signin")
}

func (p *Portal) own(v *web.Visit, event string) (dossier.File, error) {
	return p.files.Open(v, v.Actor.ID, access.File, event)
}

// seen is one line of who looked.
type seen struct {
	Who, Initial, When, Why, Key string
	Self                         bool
}

type homePage struct {
	File  dossier.File
	Parts []ui.Part
	Seen  []seen
	Desk  []string // where and when one can walk in
	Place string
}

func (p *Portal) home(v *web.Visit) error {
	f, err := p.own(v, "portal.event.visit")
	if err != nil {
		return err
	}
	h := homePage{File: f}
	if h.Parts, err = p.files.Show(v, f, "home"); err != nil {
		return err
	}
	looks, _, err := audit.ReadLooks(v.Ctx(), p.db, f.ID(), 0, clock.Netherlands)
	if err != nil {
		return err
	}
	all, err := p.tell(v, f, looks)
	if err != nil {
		return err
	}
	for _, s := range all {
		if !s.Self && len(h.Seen) < 3 {
			h.Seen = append(h.Seen, s)
		}
	}
	if l, err := p.org.Location(v.Ctx(), f.Location()); err == nil {
		h.Place = l.Name + ", " + l.Street + ", " + l.Town
		for _, o := range l.Hours {
			h.Desk = append(h.Desk, lang.Weekday(v.Ctx(), time.Weekday(o.Weekday%7))+" "+o.Opens+"–"+o.Shuts)
		}
	}
	return v.Page(pageHome(h))
}

// tell turns looks into the person's own words: who, when, and why they could.
func (p *Portal) tell(v *web.Visit, f dossier.File, looks []audit.Look) ([]seen, error) {
	var ids []string
	for _, l := range looks {
		if l.ActorKind == string(access.Staff) && !slices.Contains(ids, l.Actor) {
			ids = append(ids, l.Actor)
		}
	}
	names, err := p.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	var out []seen
	for _, l := range looks {
		s := seen{When: lang.When(v.Ctx(), l.Last, v.Now), Key: l.Last.In(clock.Netherlands).Format("2006-01-02") + "/" + l.Actor}
		switch l.ActorKind {
		case string(access.IsSelf):
			s.Self, s.Who, s.Why = true, lang.T(v.Ctx(), "portal.looks.self"), lang.T(v.Ctx(), "portal.why.self")
		case string(access.Staff):
			role := lang.T(v.Ctx(), "portal.role."+l.Role)
			if l.Role == "" || !lang.Has(v.Ctx(), "portal.role."+l.Role) {
				role = lang.T(v.Ctx(), "portal.role.colleague")
			}
			s.Who = lang.T(v.Ctx(), "portal.looks.who", "name", "\u2068"+names[l.Actor].Called+"\u2069", "role", role)
			why := "portal.why." + l.Why
			if l.Why == "" || !lang.Has(v.Ctx(), why) {
				why = "portal.why.work"
			}
			s.Why = lang.T(v.Ctx(), why)
			s.Initial = names[l.Actor].Called
		case string(access.Guest):
			s.Who, s.Why = lang.T(v.Ctx(), "portal.looks.tried"), lang.T(v.Ctx(), "portal.why.tried")
		default:
			continue // what the program did by itself is no look
		}
		out = append(out, s)
	}
	return out, nil
}

func (p *Portal) appointments(v *web.Visit) error {
	f, err := p.own(v, "portal.event.visit")
	if err != nil {
		return err
	}
	parts, err := p.files.Show(v, f, "appointments")
	if err != nil {
		return err
	}
	return v.Page(pageParts(parts))
}

type looksPage struct {
	Seen  []seen
	Asked []string
}

func (p *Portal) looks(v *web.Visit) error {
	f, err := p.own(v, "portal.event.visit")
	if err != nil {
		return err
	}
	looks, _, err := audit.ReadLooks(v.Ctx(), p.db, f.ID(), 0, clock.Netherlands)
	if err != nil {
		return err
	}
	l := looksPage{}
	if l.Seen, err = p.tell(v, f, looks); err != nil {
		return err
	}
	if l.Asked, err = db.Many[string](v.Ctx(), p.db, db.F(`SELECT about FROM portal_word WHERE person = ? AND kind = 'look' AND done_at IS NULL`, f.ID())); err != nil {
		return err
	}
	return v.Page(pageLooks(l))
}

// ask puts a question about a look on the privacy officer's list, with one press.
func (p *Portal) ask(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	about := v.Value("look")
	if len(about) < 12 || len(about) > 60 {
		return fault.Gone()
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("portal.looks", "gezegd", "portal.said.asked"), p.say(v.Ctx(), tx, f, "look", about, "")
	})
}

type factsPage struct {
	File   dossier.File
	Facts  []ui.FactP
	Text   string
	Errors fault.Fields
}

func (p *Portal) facts(v *web.Visit) error {
	f, err := p.own(v, "portal.event.visit")
	if err != nil {
		return err
	}
	return v.Page(pageFacts(factsPage{File: f, Facts: facts(v, f)}))
}

// facts are what is known, in the person's own language, without the words of staff.
func facts(v *web.Visit, f dossier.File) []ui.FactP {
	pr := f.Profile()
	var out []ui.FactP
	add := func(key, value string) {
		if value != "" {
			out = append(out, ui.FactP{Label: lang.T(v.Ctx(), "portal.fact."+key), Value: value})
		}
	}
	add("called", pr.Called)
	add("name", pr.Name())
	add("own", pr.Own)
	for _, b := range pr.Births {
		add("born", dossier.BirthText(b))
	}
	add("nationality", pr.Nationality)
	add("vnumber", dossier.VNumberText(pr.VNumber))
	add("phone", pr.Reach.Phone)
	add("lives", pr.Lives)
	return out
}

func (p *Portal) report(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	text := v.Value("text")
	var fs fault.Fields
	switch {
	case text == "":
		fs.Add("text", "portal.error.text")
	case utf8.RuneCountInString(text) > 1000:
		fs.Add("text", "portal.error.long")
	case privacy.HasBSN(text):
		fs.Add("text", "portal.error.bsn")
	}
	if len(fs) > 0 {
		if f, err = p.own(v, "portal.event.visit"); err != nil {
			return err
		}
		return v.Invalid(pageFacts(factsPage{File: f, Facts: facts(v, f), Text: text, Errors: fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("portal.facts", "gezegd", "portal.said.reported"), p.say(v.Ctx(), tx, f, "fact", "", text)
	})
}

type settingsPage struct {
	Sessions []web.Session
	Current  string
	Now      time.Time
	Size     string
	Errors   fault.Fields
}

func (p *Portal) settings(v *web.Visit) error { return p.settingsPage(v, nil) }

func (p *Portal) settingsPage(v *web.Visit, fs fault.Fields) error {
	ss, err := web.Sessions(v.Ctx(), p.db, access.IsSelf, v.Actor.ID, v.Now)
	if err != nil {
		return err
	}
	s := settingsPage{Sessions: ss, Current: v.Session.ID, Now: v.Now, Size: v.Cookie("maat"), Errors: fs}
	if len(fs) > 0 {
		return v.Invalid(pageSettings(s))
	}
	return v.Page(pageSettings(s))
}

func (p *Portal) changePIN(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	var fs fault.Fields
	old, _ := ReadPIN(v.Value("old"))
	pin, ok := ReadPIN(v.Value("pin"))
	again, _ := ReadPIN(v.Value("pin2"))
	switch {
	case !ok:
		fs.Add("pin", "portal.error.pin")
	case Weak(pin, f.Profile().Births):
		fs.Add("pin", "portal.error.weak")
	case pin != again:
		fs.Add("pin2", "portal.error.again")
	}
	right, err := p.matches(v.Ctx(), f, old)
	if err != nil {
		return err
	}
	if !right {
		fs.Add("old", "portal.error.old")
	}
	if len(fs) > 0 {
		return p.settingsPage(v, fs)
	}
	h, err := p.hash(v.Ctx(), pin, salt())
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := p.put(v.Ctx(), tx, f.Key(), f.ID(), h); err != nil {
			return "", err
		}
		if err := web.EndSessions(v.Ctx(), tx, access.IsSelf, f.ID(), v.Session.ID); err != nil {
			return "", err
		}
		return v.URL("portal.settings", "gezegd", "portal.said.pin"), f.Log(v.Ctx(), tx, "portal.event.pin", "")
	})
}

func (p *Portal) size(v *web.Visit) error {
	s := v.Value("maat")
	if s != "115" && s != "130" {
		s = ""
	}
	v.SetCookie("maat", s, 365*24*time.Hour)
	return v.Go("portal.settings")
}

func (p *Portal) endSession(v *web.Visit) error {
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("portal.settings", "gezegd", "portal.said.ended"), web.EndSession(v.Ctx(), tx, access.IsSelf, v.Actor.ID, v.Value("session"))
	})
}

type staffPage struct {
	File     dossier.File
	Set      time.Time
	Blocked  bool
	Sessions int
	Now      time.Time
}

// staff shows whether a PIN was chosen, never the PIN.
func (p *Portal) staff(v *web.Visit) error {
	f, err := p.files.Open(v, v.Param("person"), access.DeskLevel, "portal.event.tend")
	if err != nil {
		return err
	}
	row, err := p.pin(v.Ctx(), p.db, f.ID())
	if err != nil {
		return err
	}
	ss, err := web.Sessions(v.Ctx(), p.db, access.IsSelf, f.ID(), v.Now)
	if err != nil {
		return err
	}
	return v.Page(pageStaff(staffPage{File: f, Set: row.SetAt, Blocked: v.Now.Before(row.Blocked), Sessions: len(ss), Now: v.Now}))
}

// reset takes the PIN away and ends every session, face to face; a new card lets the person choose again.
func (p *Portal) reset(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Param("person"), access.DeskLevel)
	if err == nil && f.Grant().Why == access.BreakGlass {
		err = fault.New(fault.Denied, "dossier.error.emergency") // an emergency must not end in a card of one's own
	}
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if _, err := db.Do(v.Ctx(), tx, db.F(`DELETE FROM portal_pin WHERE person = ?`, f.ID())); err != nil {
			return "", err
		}
		if err := web.EndSessions(v.Ctx(), tx, access.IsSelf, f.ID(), ""); err != nil {
			return "", err
		}
		return v.URL("dossier.cards", "person", f.ID(), "gezegd", "portal.said.reset"), f.Log(v.Ctx(), tx, "portal.event.reset", "")
	})
}

// settle marks a question or a report dealt with, or open again.
func (p *Portal) settle(v *web.Visit) error {
	back := v.URL("today")
	return v.Write(func(tx *db.Tx) (string, error) {
		w, err := db.One[Word](v.Ctx(), tx, db.F(`SELECT id, person, kind, about, body, at, done_at FROM portal_word WHERE id = ?`, v.Value("word")))
		if err != nil {
			return "", err
		}
		if w.Kind == "look" && !v.Actor.Has(access.Privacy) {
			return "", fault.Gone()
		}
		if w.Kind == "fact" {
			if _, err := access.Find(v.Ctx(), tx, v.Actor, w.Person, access.File, v.Now); err != nil {
				return "", err
			}
		}
		if _, err := db.Do(v.Ctx(), tx, db.F(`UPDATE portal_word SET done_at = ?, done_by = ? WHERE id = ?`, tx.Now, v.Actor.ID, w.ID)); err != nil {
			return "", err
		}
		q := url.Values{"gezegd": {"portal.said.settled"}}
		return back + "?" + q.Encode(), audit.Append(v.Ctx(), tx, audit.Entry{Event: "portal.event.settled", Subject: w.Person, Actor: v.Actor.ID, ActorKind: string(v.Actor.Kind), Object: w.ID, Session: v.Session.ID})
	})
}
