package dossier

// This file holds the pages of colleagues: their files, one file, finding, registering, changing.

import (
	"embed"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
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
func (s *Files) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "dossier.list", Method: get, Path: "/dossiers", May: mayList, Do: s.list},
		{Name: "search", Method: get, Path: "/zoeken", May: maySearch, Do: s.search},
		{Name: "dossier.hints", Method: post, Path: "/zoeken/terwijl", May: maySearch, Do: s.hints},
		{Name: "dossier.new", Method: get, Path: "/dossiers/nieuw", May: mayRegister, Do: s.newForm},
		{Name: "dossier.register", Method: post, Path: "/dossiers/nieuw", May: mayRegister, Do: s.register},
		{Name: "dossier.known", Method: post, Path: "/dossiers/bekend", May: mayRegister, Do: s.suggest},
		{Name: "dossier.elsewhere", Method: get, Path: "/dossiers/elders", May: mayRegister, Do: s.elsewhereForm},
		{Name: "dossier.elsewhere_ask", Method: post, Path: "/dossiers/elders", May: mayRegister, Do: s.elsewhere},
		{Name: "dossier.share", Method: get, Path: "/dossiers/verdelen", May: mayShare, Do: s.shareForm},
		{Name: "dossier.shareout", Method: post, Path: "/dossiers/verdelen", May: mayShare, Do: s.share},
		{Name: "dossier.open", Method: get, Path: "/dossier/{person}", May: mayOpen, Do: s.show},
		{Name: "dossier.edit", Method: get, Path: "/dossier/{person}/gegevens", May: mayChange, Do: s.editForm},
		{Name: "dossier.change", Method: post, Path: "/dossier/{person}/gegevens", May: mayChange, Do: s.change},
		{Name: "dossier.history", Method: get, Path: "/dossier/{person}/gegevens/eerder", May: mayChange, Do: s.earlier},
		{Name: "dossier.story", Method: get, Path: "/dossier/{person}/verloop", May: mayOpen, Do: s.story},
		{Name: "dossier.seek", Method: post, Path: "/dossier/{person}/verloop", May: mayOpen, Do: s.seekStory},
		{Name: "dossier.paper", Method: get, Path: "/dossier/{person}/verloop/papier", May: mayPrint, Do: s.paper},
		{Name: "dossier.people", Method: get, Path: "/dossier/{person}/begeleiders", May: mayAssign, Do: s.people},
		{Name: "dossier.assign", Method: post, Path: "/dossier/{person}/begeleiders", May: mayAssign, Do: s.assign},
		{Name: "dossier.unassign", Method: post, Path: "/dossier/{person}/begeleiders/weg", May: mayAssign, Do: s.unassign},
		{Name: "dossier.move", Method: post, Path: "/dossier/{person}/begeleiders/locatie", May: mayAssign, Do: s.move},
		{Name: "dossier.join", Method: post, Path: "/dossier/{person}/gezin", May: mayAssign, Do: s.join},
		{Name: "dossier.leave", Method: post, Path: "/dossier/{person}/gezin/weg", May: mayAssign, Do: s.leave},
		{Name: "dossier.cards", Method: get, Path: "/dossier/{person}/kaart", May: mayCard, Do: s.cardPage},
		{Name: "dossier.issue", Method: post, Path: "/dossier/{person}/kaart", May: mayCard, Do: s.issue},
		{Name: "dossier.told", Method: get, Path: "/mijn/gemeld", May: mayFollow, Do: s.told},
		{Name: "dossier.told_read", Method: post, Path: "/mijn/gemeld", May: mayFollow, Do: s.toldRead},
		{Name: "dossier.told_open", Method: post, Path: "/mijn/gemeld/heropenen", May: mayFollow, Body: 4 << 10, Do: s.toldOpen},
		{Name: "dossier.endcard", Method: post, Path: "/dossier/{person}/kaart/weg", May: mayCard, Do: s.endCard},
	}
}

// listPage is the page of one's own files.
type listPage struct {
	Query  string
	Rows   []Listed
	Why    map[string]string // why somebody is shown whose name is written otherwise
	More   bool              // others begin as it was typed and are not here
	Page   int
	Pages  int
	CanNew bool
}

const perPage = 50

func (s *Files) list(v *web.Visit) error {
	p := listPage{Query: v.Value("q"), CanNew: mayRegister.Allows(v.Actor)}
	var all []Listed
	var err error
	if p.Query == "" {
		if all, err = s.Mine(v.Ctx(), v.Actor, access.DeskLevel, v.Now); err != nil {
			return err
		}
		byName(all)
	} else if all, err = s.listed(v, &p); err != nil {
		return err
	}
	p.Pages = (len(all) + perPage - 1) / perPage
	p.Page = 1
	if n, err := strconv.Atoi(v.Value("blad")); err == nil && n > 1 && n <= p.Pages {
		p.Page = n
	}
	from := (p.Page - 1) * perPage
	p.Rows = all[min(from, len(all)):min(from+perPage, len(all))]
	return v.Page(pageList(p))
}

// listed are the files of the list that answer to what was typed: by a number of the person, or by name.
func (s *Files) listed(v *web.Visit, p *listPage) ([]Listed, error) {
	ids, err := s.byNumber(v.Ctx(), s.db, p.Query)
	if err != nil {
		return nil, err
	}
	if all, err := s.those(v.Ctx(), v.Actor, access.DeskLevel, ids, v.Now); err != nil || len(all) > 0 {
		return all, err
	}
	all, more, err := s.near(v, p.Query)
	if err != nil {
		return nil, err
	}
	p.More = more
	all, found := readQuery(p.Query).answers(all)
	p.Why = whyHeard(v.Ctx(), all, found)
	return all, nil
}

// firstPage is the first page of a file.
type firstPage struct {
	File      File
	Overview  []ui.Part
	Aside     []ui.Part
	Months    []month
	Filter    string
	Groups    []string
	Older     string // address of what happened before
	People    []helper
	Looks     []look
	Household []relative
	Together  string // address of the timeline with the linked records, or without them
}

type month struct {
	Title string
	Items []ui.MomentP
}

type look struct{ Who, When, Why string }

func (s *Files) show(v *web.Visit) error {
	f, err := s.Open(v, v.Param("person"), access.DeskLevel, "dossier.event.open")
	if err != nil {
		return err
	}
	p := firstPage{File: f}
	if wat := v.Value("wat"); slices.Contains(groups, wat) {
		p.Filter = wat
	}
	if p.Overview, err = s.Show(v, f, "overview"); err != nil {
		return err
	}
	if p.Aside, err = s.Show(v, f, "aside"); err != nil {
		return err
	}
	if err := s.together(v, &p); err != nil {
		return err
	}
	if err := s.recent(v, p.File, &p); err != nil {
		return err
	}
	if err := s.around(v, f, &p); err != nil {
		return err
	}
	return v.Page(pageFile(p))
}

// together reads the linked records along when the visitor asks for one timeline, and offers it when there are any.
func (s *Files) together(v *web.Visit, p *firstPage) error {
	if s.linked == nil {
		return nil
	}
	if v.Value("samen") != "" {
		var err error
		if p.File.along, err = s.others(v, p.File); len(p.File.along) > 0 {
			p.Together = v.URL("dossier.open", "person", p.File.id)
		}
		return err
	}
	ids, err := s.linked(v, p.File.id)
	if len(ids) > 0 {
		p.Together = v.URL("dossier.open", "person", p.File.id, "samen", "1")
	}
	return err
}

// around gathers the people around somebody and the last looks.
func (s *Files) around(v *web.Visit, f File, p *firstPage) error {
	helpers, err := s.Helpers(v.Ctx(), s.db, f.id, v.Now)
	if err != nil {
		return err
	}
	latest, err := audit.Latest(v.Ctx(), s.db, f.id, f.own(v.Now)) // without waiting until this look is kept
	if err != nil {
		return err
	}
	ids := slices.Clone(helpers)
	var outside []string
	for _, l := range latest {
		if l.ActorKind == string(access.Outside) {
			outside = append(outside, l.Actor)
		}
		if l.ActorKind == string(access.Staff) && l.Actor != "" && !slices.Contains(ids, l.Actor) {
			ids = append(ids, l.Actor)
		}
	}
	names, err := s.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return err
	}
	others, err := s.Outsiders(v.Ctx(), outside)
	if err != nil {
		return err
	}
	if p.People, err = s.helpers(v, f, names, helpers); err != nil {
		return err
	}
	for _, l := range latest {
		if len(p.Looks) == 3 {
			break
		}
		who := nameOf(names, l.Actor)
		switch {
		case l.ActorKind == string(access.IsSelf):
			if who = f.Called(); l.Actor != f.id {
				who = lang.T(v.Ctx(), "dossier.looks.adult")
			}
		case l.ActorKind == string(access.Outside):
			who = others[l.Actor]
		case l.ActorKind != string(access.Staff):
			continue
		case l.Actor == v.Actor.ID:
			who = lang.T(v.Ctx(), "dossier.looks.you")
		}
		why := ""
		if key := "dossier.why." + l.Why; lang.Has(v.Ctx(), key) {
			why = lang.T(v.Ctx(), key)
		}
		p.Looks = append(p.Looks, look{Who: who, When: lang.When(v.Ctx(), l.Last, v.Now), Why: why})
	}
	p.Household, err = s.relatives(v.Ctx(), v.Actor, f.id, v.Now)
	return err
}

func nameOf(m map[string]organisation.Colleague, id string) string {
	if c, ok := m[id]; ok {
		return c.Name
	}
	return "?"
}

// chip is the address of the page of a file with one filter.
func chip(v *web.Visit, p firstPage, group string) string {
	q := url.Values{}
	if group != "" {
		q.Set("wat", group)
	}
	if len(p.File.along) > 0 {
		q.Set("samen", "1")
	}
	u := v.URL("dossier.open", "person", p.File.id)
	if len(q) == 0 {
		return u
	}
	return u + "?" + q.Encode()
}

func pageNumber(n int) string { return fmt.Sprint(n) }
