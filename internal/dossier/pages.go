package dossier

// This file holds the pages of colleagues: their files, one file, finding, registering, changing.

import (
	"embed"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
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
		{Name: "dossier.new", Method: get, Path: "/dossiers/nieuw", May: mayRegister, Do: s.newForm},
		{Name: "dossier.register", Method: post, Path: "/dossiers/nieuw", May: mayRegister, Do: s.register},
		{Name: "dossier.known", Method: post, Path: "/dossiers/bekend", May: mayRegister, Do: s.suggest},
		{Name: "dossier.share", Method: get, Path: "/dossiers/verdelen", May: mayShare, Do: s.shareForm},
		{Name: "dossier.shareout", Method: post, Path: "/dossiers/verdelen", May: mayShare, Do: s.share},
		{Name: "dossier.open", Method: get, Path: "/dossier/{person}", May: mayOpen, Do: s.show},
		{Name: "dossier.edit", Method: get, Path: "/dossier/{person}/gegevens", May: mayChange, Do: s.editForm},
		{Name: "dossier.change", Method: post, Path: "/dossier/{person}/gegevens", May: mayChange, Do: s.change},
		{Name: "dossier.history", Method: get, Path: "/dossier/{person}/gegevens/eerder", May: mayChange, Do: s.earlier},
		{Name: "dossier.people", Method: get, Path: "/dossier/{person}/begeleiders", May: mayAssign, Do: s.people},
		{Name: "dossier.assign", Method: post, Path: "/dossier/{person}/begeleiders", May: mayAssign, Do: s.assign},
		{Name: "dossier.unassign", Method: post, Path: "/dossier/{person}/begeleiders/weg", May: mayAssign, Do: s.unassign},
		{Name: "dossier.move", Method: post, Path: "/dossier/{person}/begeleiders/locatie", May: mayAssign, Do: s.move},
		{Name: "dossier.join", Method: post, Path: "/dossier/{person}/gezin", May: mayAssign, Do: s.join},
		{Name: "dossier.leave", Method: post, Path: "/dossier/{person}/gezin/weg", May: mayAssign, Do: s.leave},
		{Name: "dossier.cards", Method: get, Path: "/dossier/{person}/kaart", May: mayCard, Do: s.cardPage},
		{Name: "dossier.issue", Method: post, Path: "/dossier/{person}/kaart", May: mayCard, Do: s.issue},
		{Name: "dossier.endcard", Method: post, Path: "/dossier/{person}/kaart/weg", May: mayCard, Do: s.endCard},
	}
}

// listPage is the page of one's own files.
type listPage struct {
	Query  string
	Rows   []Listed
	Why    map[string]string // why somebody is shown whose name is written otherwise
	Page   int
	Pages  int
	CanNew bool
}

const perPage = 50

func (s *Files) list(v *web.Visit) error {
	all, err := s.Mine(v.Ctx(), v.Actor, access.DeskLevel, v.Now)
	if err != nil {
		return err
	}
	p := listPage{Query: v.Value("q"), CanNew: mayRegister.Allows(v.Actor)}
	byName(all)
	if n, ok := VNumber(p.Query); ok {
		all = slices.DeleteFunc(all, func(l Listed) bool { return l.Card.VNumber != n })
	} else if p.Query != "" {
		var found map[string]heard
		all, found = readQuery(p.Query).answers(all)
		p.Why = whyHeard(v.Ctx(), all, found)
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

// searchPage is the answer of the search box.
type searchPage struct {
	Query  string
	Rows   []Listed
	Why    map[string]string
	Others []hits
}

// hits are the answers of one finder.
type hits struct {
	Key  string
	Hits []Hit
}

// search looks among the files that the actor may see, by name, V-number, telephone or card, and among what else there is
// to find. What they may not see does not exist here.
func (s *Files) search(v *web.Visit) error {
	p := searchPage{Query: v.Value("q"), Why: map[string]string{}}
	if p.Query == "" {
		return v.Page(pageSearch(p))
	}
	all, err := s.Mine(v.Ctx(), v.Actor, access.DeskLevel, v.Now)
	if err != nil {
		return err
	}
	exact := map[string]string{}
	if _, ok := ReadCard(p.Query); ok {
		h, err := s.ByCard(v.Ctx(), s.db, p.Query)
		if err != nil {
			return err
		}
		exact[h.Person] = "dossier.search.card"
	}
	if n, ok := Phone(p.Query); ok {
		ids, err := s.byTokens(v.Ctx(), s.db, tokenPhone, []string{n}, 1, 50)
		if err != nil {
			return err
		}
		for _, id := range ids {
			exact[id] = "dossier.search.phone"
		}
	}
	number, isNumber := VNumber(p.Query)
	for _, l := range all {
		why := exact[l.ID]
		if why == "" && isNumber && number == l.Card.VNumber {
			why = "dossier.search.vnumber"
		}
		if why != "" {
			p.Rows = append(p.Rows, l)
			p.Why[l.ID] = lang.T(v.Ctx(), why)
		}
	}
	byNames, found := readQuery(p.Query).answers(all)
	for id, why := range whyHeard(v.Ctx(), byNames, found) {
		if p.Why[id] == "" {
			p.Why[id] = why
		}
	}
	for _, l := range byNames {
		if len(p.Rows) < perPage && !slices.ContainsFunc(p.Rows, func(x Listed) bool { return x.ID == l.ID }) {
			p.Rows = append(p.Rows, l)
		}
	}
	for _, f := range s.finders {
		found, err := f.Find(v, p.Query)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			p.Others = append(p.Others, hits{f.Key, found[:min(len(found), hitsMost)]})
		}
	}
	return v.Page(pageSearch(p))
}

// hitsMost is how many answers of one finder are shown.
const hitsMost = 8

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
	Others    []File // linked records that are shown along
	Together  string // address of the timeline with the linked records, or without them
}

type month struct {
	Title string
	Items []ui.MomentP
}

type look struct{ Who, When, Why string }

// timelineSize is how many moments one page shows, timelineReads how often a filter reads on to fill it.
const (
	timelineSize  = 20
	timelineReads = 10
)

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
	if err := s.together(v, f, &p); err != nil {
		return err
	}
	if err := s.timeline(v, f, &p); err != nil {
		return err
	}
	if err := s.around(v, f, &p); err != nil {
		return err
	}
	return v.Page(pageFile(p))
}

// groups are what the filter above the timeline chooses.
var groups = []string{"talk", "law", "plan", "message"}

// timeline merges what the others tell, newest first. A filter reads on until the page is full, so that somebody who
// looks for legal moments does not get an almost empty page for every twenty talks.
func (s *Files) timeline(v *web.Visit, f File, p *firstPage) error {
	before := v.Now.Add(time.Second)
	if ms, err := strconv.ParseInt(v.Value("voor"), 10, 64); err == nil && ms > 0 {
		before = time.UnixMilli(ms)
	}
	var found []Moment
	more := true
	for range timelineReads {
		page, older, err := s.moments(v, f, p.Others, before)
		if err != nil {
			return err
		}
		for _, m := range page {
			if !slices.Contains(p.Groups, m.Group) {
				p.Groups = append(p.Groups, m.Group)
			}
			if p.Filter == "" || m.Group == p.Filter {
				found = append(found, m)
			}
		}
		if len(page) > 0 {
			before = page[len(page)-1].At
		}
		if more = older; !more || len(found) >= timelineSize {
			break
		}
	}
	slices.SortFunc(p.Groups, func(a, b string) int { return slices.Index(groups, a) - slices.Index(groups, b) })
	for _, m := range found {
		day := clock.DateOf(m.At.In(clock.Netherlands))
		title := lang.MonthYear(v.Ctx(), day)
		if len(p.Months) == 0 || p.Months[len(p.Months)-1].Title != title {
			p.Months = append(p.Months, month{Title: title})
		}
		last := &p.Months[len(p.Months)-1]
		last.Items = append(last.Items, ui.MomentP{Icon: m.Icon, Kind: m.Kind, Title: m.Title, By: m.By, Body: m.Body,
			When: lang.When(v.Ctx(), m.At, v.Now), DateTime: m.At.In(clock.Netherlands).Format("2006-01-02T15:04")})
	}
	if more {
		args := []string{"person", f.id, "voor", strconv.FormatInt(before.UnixMilli(), 10)}
		if len(p.Others) > 0 {
			args = append(args, "samen", "1")
		}
		if p.Filter != "" {
			args = append(args, "wat", p.Filter)
		}
		p.Older = v.URL("dossier.open", args...)
	}
	return nil
}

// together opens the linked records when the visitor asks for one timeline, and offers it when there are any.
func (s *Files) together(v *web.Visit, f File, p *firstPage) error {
	if s.linked == nil {
		return nil
	}
	if v.Value("samen") != "" {
		others, err := s.others(v, f)
		if p.Others = others; len(others) > 0 {
			p.Together = v.URL("dossier.open", "person", f.id)
		}
		return err
	}
	ids, err := s.linked(v, f.id)
	if len(ids) > 0 {
		p.Together = v.URL("dossier.open", "person", f.id, "samen", "1")
	}
	return err
}

// moments are the next twenty before an instant, and those of the same instant as the last: the next page begins before
// it and would never show them. older says whether there are more.
func (s *Files) moments(v *web.Visit, f File, others []File, before time.Time) (page []Moment, older bool, err error) {
	var all []Moment
	for _, one := range append([]File{f}, others...) {
		for _, src := range s.sources {
			ms, err := src(v, one, before, timelineSize+1)
			if err != nil {
				return nil, false, err
			}
			for i := range ms {
				if one.id != f.id {
					ms[i].By = joined(ms[i].By, lang.T(v.Ctx(), "dossier.together.from", "name", one.profile.Name()))
				}
			}
			all = append(all, ms...)
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].At.After(all[j].At) })
	n := min(len(all), timelineSize)
	for n > 0 && n < len(all) && all[n].At.Equal(all[n-1].At) {
		n++
	}
	return all[:n], n < len(all), nil
}

// around gathers the people around somebody and the last looks.
func (s *Files) around(v *web.Visit, f File, p *firstPage) error {
	helpers, err := s.Helpers(v.Ctx(), s.db, f.id, v.Now)
	if err != nil {
		return err
	}
	latest, err := audit.Latest(v.Ctx(), s.db, f.id)
	if err != nil {
		return err
	}
	ids := slices.Clone(helpers)
	for _, l := range latest {
		if l.ActorKind == string(access.Staff) && l.Actor != "" && !slices.Contains(ids, l.Actor) {
			ids = append(ids, l.Actor)
		}
	}
	names, err := s.org.Colleagues(v.Ctx(), ids)
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
			who = f.Called()
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
	if len(p.Others) > 0 {
		q.Set("samen", "1")
	}
	u := v.URL("dossier.open", "person", p.File.id)
	if len(q) == 0 {
		return u
	}
	return u + "?" + q.Encode()
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

func pageNumber(n int) string { return fmt.Sprint(n) }
