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
func (s *Files) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "dossier.list", Method: get, Path: "/dossiers", May: mayList, Do: s.list},
		{Name: "search", Method: get, Path: "/zoeken", May: maySearch, Do: s.search},
		{Name: "dossier.new", Method: get, Path: "/dossiers/nieuw", May: mayRegister, Do: s.newForm},
		{Name: "dossier.register", Method: post, Path: "/dossiers/nieuw", May: mayRegister, Do: s.register},
		{Name: "dossier.known", Method: post, Path: "/dossiers/bekend", May: mayRegister, Do: s.suggest},
		{Name: "dossier.open", Method: get, Path: "/dossier/{person}", May: mayOpen, Do: s.show},
		{Name: "dossier.edit", Method: get, Path: "/dossier/{person}/gegevens", May: mayChange, Do: s.editForm},
		{Name: "dossier.change", Method: post, Path: "/dossier/{person}/gegevens", May: mayChange, Do: s.change},
		{Name: "dossier.history", Method: get, Path: "/dossier/{person}/gegevens/eerder", May: mayChange, Do: s.earlier},
		{Name: "dossier.people", Method: get, Path: "/dossier/{person}/begeleiders", May: mayAssign, Do: s.people},
		{Name: "dossier.assign", Method: post, Path: "/dossier/{person}/begeleiders", May: mayAssign, Do: s.assign},
		{Name: "dossier.unassign", Method: post, Path: "/dossier/{person}/begeleiders/weg", May: mayAssign, Do: s.unassign},
		{Name: "dossier.cards", Method: get, Path: "/dossier/{person}/kaart", May: mayCard, Do: s.cardPage},
		{Name: "dossier.issue", Method: post, Path: "/dossier/{person}/kaart", May: mayCard, Do: s.issue},
		{Name: "dossier.endcard", Method: post, Path: "/dossier/{person}/kaart/weg", May: mayCard, Do: s.endCard},
	}
}

// listPage is the page of one's own files.
type listPage struct {
	Query  string
	Rows   []Listed
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
	if p.Query != "" {
		all = slices.DeleteFunc(all, func(l Listed) bool { return !l.finds(p.Query) })
	}
	sort.SliceStable(all, func(i, j int) bool { return Fold(all[i].Card.Name) < Fold(all[j].Card.Name) })
	p.Pages = (len(all) + perPage - 1) / perPage
	p.Page = 1
	if n, err := strconv.Atoi(v.Value("blad")); err == nil && n > 1 && n <= p.Pages {
		p.Page = n
	}
	from := (p.Page - 1) * perPage
	p.Rows = all[min(from, len(all)):min(from+perPage, len(all))]
	return v.Page(pageList(p))
}

// finds says whether a person of one's own answers to what was typed: a name or a number.
func (l Listed) finds(q string) bool {
	if n, ok := VNumber(q); ok && n == l.Card.VNumber {
		return true
	}
	return matches(l.Card.Parts, q)
}

// searchPage is the answer of the search box.
type searchPage struct {
	Query string
	Rows  []Listed
	Why   map[string]string
}

// search looks among the files that the actor may see, by name part, V-number, telephone or card. What they may not see
// does not exist here.
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
		ids, err := byToken(v.Ctx(), s.db, tokenPhone, s.vault.Token(tokenPhone, n), 50)
		if err != nil {
			return err
		}
		for _, id := range ids {
			exact[id] = "dossier.search.phone"
		}
	}
	for _, l := range all {
		why := exact[l.ID]
		if n, ok := VNumber(p.Query); why == "" && ok && n == l.Card.VNumber {
			why = "dossier.search.vnumber"
		}
		if why == "" && matches(l.Card.Parts, p.Query) {
			why = "dossier.search.name"
		}
		if why != "" && len(p.Rows) < perPage {
			p.Rows = append(p.Rows, l)
			p.Why[l.ID] = lang.T(v.Ctx(), why)
		}
	}
	return v.Page(pageSearch(p))
}

// formPage is the form of a person, new or known.
type formPage struct {
	In      Input
	Errors  fault.Fields
	Known   Known
	Sure    bool // the question about likely duplicates was answered
	Person  string
	Version int64
	File    *File
	Theirs  *Profile // after a conflict: what somebody else wrote
	Mine    *Profile
	By      string
}

func (s *Files) newForm(v *web.Visit) error { return v.Page(pageForm(formPage{})) }

// place is where the people of a colleague's register belong: the first team or location of their posts.
func (s *Files) place(v *web.Visit) (team, location string, err error) {
	for _, r := range []access.Role{access.Case, access.Legal} {
		for _, p := range v.Actor.Posts {
			if p.Role != r {
				continue
			}
			switch p.Scope.Kind {
			case access.Team:
				ls, err := s.org.LocationsOf(v.Ctx(), p.Scope.ID)
				if err != nil || len(ls) == 0 {
					return p.Scope.ID, "", err
				}
				return p.Scope.ID, ls[0].ID, nil
			case access.Location:
				l, err := s.org.Location(v.Ctx(), p.Scope.ID)
				return l.Team, l.ID, err
			}
		}
	}
	return "", "", nil
}

func (s *Files) register(v *web.Visit) error {
	in := ReadInput(v.Fields())
	p, fs := in.Check(clock.Today(v.Now))
	page := formPage{In: in, Errors: fs, Sure: v.Value("sure") != ""}
	if len(fs) > 0 {
		return v.Invalid(pageForm(page))
	}
	known, err := s.known(v.Ctx(), v.Actor, p, v.Now, true)
	if err != nil {
		return err
	}
	if (len(known.Mine) > 0 || known.Elsewhere) && !page.Sure {
		page.Known = known
		page.Errors.Add("sure", "dossier.error.known")
		return v.Invalid(pageForm(page))
	}
	team, location, err := s.place(v)
	if err != nil {
		return err
	}
	id := db.ID("p", v.Now)
	k, err := s.vault.NewKey(v.Ctx(), id)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("dossier.open", "person", id, "gezegd", "dossier.said.registered"),
			Add(v.Ctx(), tx, s.vault, k, id, p, Placing{Team: team, Location: location, By: v.Actor.ID})
	})
}

// suggest answers, while somebody types, whether this person may be known already.
func (s *Files) suggest(v *web.Visit) error {
	in := ReadInput(v.Fields())
	p, _ := in.Check(clock.Today(v.Now))
	if p.Called == "" {
		return v.Page(partKnown(Known{}))
	}
	known, err := s.known(v.Ctx(), v.Actor, p, v.Now, true)
	if err != nil {
		return err
	}
	return v.Page(partKnown(known))
}

// filePage is the first page of a file.
type filePage struct {
	File      File
	Overview  []ui.Part
	Aside     []ui.Part
	Months    []month
	Filter    string
	Groups    []string
	Older     string // address of what happened before
	People    []helper
	Looks     []look
	Household []string
}

type month struct {
	Title string
	Items []ui.MomentP
}

type helper struct{ Name, Role string }

type look struct{ Who, When string }

// timelineSize is how many moments one page shows.
const timelineSize = 20

func (s *Files) show(v *web.Visit) error {
	f, err := s.Open(v, v.Param("person"), access.DeskLevel, "dossier.event.open")
	if err != nil {
		return err
	}
	p := filePage{File: f, Filter: v.Value("wat")}
	if p.Overview, err = s.Show(v, f, "overview"); err != nil {
		return err
	}
	if p.Aside, err = s.Show(v, f, "aside"); err != nil {
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

func (s *Files) timeline(v *web.Visit, f File, p *filePage) error {
	before := v.Now.Add(time.Second)
	if ms, err := strconv.ParseInt(v.Value("voor"), 10, 64); err == nil && ms > 0 {
		before = time.UnixMilli(ms)
	}
	var all []Moment
	for _, src := range s.sources {
		ms, err := src(v, f, before, timelineSize+1)
		if err != nil {
			return err
		}
		all = append(all, ms...)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].At.After(all[j].At) })
	more := len(all) > timelineSize
	all = all[:min(len(all), timelineSize)]
	for _, m := range all {
		if !slices.Contains(p.Groups, m.Group) {
			p.Groups = append(p.Groups, m.Group)
		}
	}
	for _, m := range all {
		if p.Filter != "" && m.Group != p.Filter {
			continue
		}
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
		args := []string{"person", f.id, "voor", strconv.FormatInt(all[len(all)-1].At.UnixMilli(), 10)}
		if p.Filter != "" {
			args = append(args, "wat", p.Filter)
		}
		p.Older = v.URL("dossier.open", args...)
	}
	return nil
}

// around gathers the people around somebody and the last looks.
func (s *Files) around(v *web.Visit, f File, p *filePage) error {
	helpers, err := s.Helpers(v.Ctx(), s.db, f.id, v.Now)
	if err != nil {
		return err
	}
	es, err := audit.Of(v.Ctx(), s.db, f.id, 0, 30)
	if err != nil {
		return err
	}
	ids := slices.Clone(helpers)
	for _, e := range es {
		if e.ActorKind == string(access.Staff) && e.Actor != "" && !slices.Contains(ids, e.Actor) {
			ids = append(ids, e.Actor)
		}
	}
	names, err := s.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return err
	}
	for _, h := range helpers {
		p.People = append(p.People, helper{Name: nameOf(names, h)})
	}
	for _, l := range audit.Looks(es, clock.Netherlands) {
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
		p.Looks = append(p.Looks, look{Who: who, When: lang.When(v.Ctx(), l.Last, v.Now)})
	}
	members, err := db.Many[string](v.Ctx(), s.db, db.F(`SELECT o.part FROM dossier_member m JOIN dossier_member o ON o.household = m.household AND o.person <> m.person WHERE m.person = ? ORDER BY o.part, o.person`, f.id))
	if err != nil {
		return err
	}
	for _, m := range members {
		p.Household = append(p.Household, lang.T(v.Ctx(), "dossier.member."+m))
	}
	return nil
}

func nameOf(m map[string]organisation.Colleague, id string) string {
	if c, ok := m[id]; ok {
		return c.Name
	}
	return "?"
}

func (s *Files) editForm(v *web.Visit) error {
	f, err := s.Open(v, v.Param("person"), access.File, "dossier.event.edit")
	if err != nil {
		return err
	}
	return v.Page(pageForm(formPage{In: InputOf(f.profile), Person: f.id, Version: f.version, File: &f}))
}

func (s *Files) change(v *web.Visit) error {
	f, err := s.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	in := ReadInput(v.Fields())
	from, _ := strconv.ParseInt(v.Value("version"), 10, 64)
	p, fs := in.Check(clock.Today(v.Now))
	page := formPage{In: in, Errors: fs, Person: f.id, Version: from, File: &f}
	if len(fs) > 0 {
		return v.Invalid(pageForm(page))
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("dossier.open", "person", f.id, "gezegd", "dossier.said.changed"), save(v.Ctx(), tx, s.vault, f, p, from)
	})
	if !fault.Is(err, fault.Conflict) {
		return err
	}
	// Somebody else was first. Their version is shown beside this one, and it is looked at, so it is logged.
	f, err = s.Open(v, v.Param("person"), access.File, "dossier.event.edit")
	if err != nil {
		return err
	}
	by, err := db.One[string](v.Ctx(), s.db, db.F(`SELECT changed_by FROM dossier_person WHERE id = ?`, f.id))
	if err != nil {
		return err
	}
	names, err := s.org.Colleagues(v.Ctx(), []string{by})
	if err != nil {
		return err
	}
	page.Theirs, page.Mine, page.By, page.Version, page.File = &f.profile, &p, nameOf(names, by), f.version, &f
	return v.Status(http.StatusConflict, pageForm(page))
}

type earlierPage struct {
	File  File
	Past  []Version
	Names map[string]organisation.Colleague
	Now   time.Time
}

func (s *Files) earlier(v *web.Visit) error {
	f, err := s.Open(v, v.Param("person"), access.File, "dossier.event.history")
	if err != nil {
		return err
	}
	past, err := s.history(v.Ctx(), f)
	if err != nil {
		return err
	}
	var ids []string
	for _, x := range past {
		ids = append(ids, x.By)
	}
	names, err := s.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return err
	}
	return v.Page(pageEarlier(earlierPage{File: f, Past: past, Names: names, Now: v.Now}))
}

type peoplePage struct {
	File   File
	Mine   []organisation.Colleague
	Others []ui.Option
	Errors fault.Fields
}

func (s *Files) people(v *web.Visit) error {
	f, err := s.Open(v, v.Param("person"), access.File, "dossier.event.people")
	if err != nil {
		return err
	}
	return s.peoplePage(v, f, nil)
}

func (s *Files) peoplePage(v *web.Visit, f File, fs fault.Fields) error {
	helpers, err := s.Helpers(v.Ctx(), s.db, f.id, v.Now)
	if err != nil {
		return err
	}
	names, err := s.org.Colleagues(v.Ctx(), helpers)
	if err != nil {
		return err
	}
	p := peoplePage{File: f, Errors: fs, Others: []ui.Option{{Label: lang.T(v.Ctx(), "dossier.assign.choose")}}}
	for _, h := range helpers {
		if c, ok := names[h]; ok {
			p.Mine = append(p.Mine, c)
		}
	}
	may, err := s.assignable(v, f)
	if err != nil {
		return err
	}
	for _, c := range may {
		if !slices.Contains(helpers, c.ID) {
			p.Others = append(p.Others, ui.Option{Value: c.ID, Label: c.Name})
		}
	}
	if len(fs) > 0 {
		return v.Invalid(pagePeople(p))
	}
	return v.Page(pagePeople(p))
}

// assignable are the caseworkers of the person's team: who may be given the file.
func (s *Files) assignable(v *web.Visit, f File) ([]organisation.Colleague, error) {
	var ids []string
	for _, r := range []access.Role{access.Case, access.Legal} {
		who, err := s.org.Holding(v.Ctx(), access.Post{Role: r, Scope: access.Scope{Kind: access.Team, ID: f.team}}, v.Now)
		if err != nil {
			return nil, err
		}
		ids = append(ids, who...)
	}
	names, err := s.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	var out []organisation.Colleague
	for _, id := range ids {
		if c, ok := names[id]; ok && !slices.ContainsFunc(out, func(x organisation.Colleague) bool { return x.ID == id }) {
			out = append(out, c)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out, nil
}

func (s *Files) assign(v *web.Visit) error {
	f, err := s.OpenFor(v, v.Param("person"), access.File)
	if err == nil {
		err = lasting(f)
	}
	if err != nil {
		return err
	}
	may, err := s.assignable(v, f)
	if err != nil {
		return err
	}
	who := v.Value("colleague")
	if !slices.ContainsFunc(may, func(c organisation.Colleague) bool { return c.ID == who }) {
		return s.peoplePage(v, f, fault.Fields{{Name: "colleague", Key: "dossier.error.colleague"}})
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("dossier.people", "person", f.id, "gezegd", "dossier.said.assigned"), s.Assign(v.Ctx(), tx, f.id, f.team, who, v.Actor, f.grant.Place)
	})
}

// lasting refuses what would turn an emergency into a standing access: whoever broke the glass may read for three hours,
// and neither give the file away nor make a card for it.
func lasting(f File) error {
	if f.grant.Why == access.BreakGlass {
		return fault.New(fault.Denied, "dossier.error.emergency")
	}
	return nil
}

func (s *Files) unassign(v *web.Visit) error {
	f, err := s.OpenFor(v, v.Param("person"), access.File)
	if err == nil {
		err = lasting(f)
	}
	if err != nil {
		return err
	}
	to := v.URL("dossier.people", "person", f.id, "gezegd", "dossier.said.unassigned")
	if v.Value("colleague") == v.Actor.ID {
		to = v.URL("dossier.list", "gezegd", "dossier.said.left")
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return to, s.Unassign(v.Ctx(), tx, f.id, v.Value("colleague"), v.Actor)
	})
	if fault.Is(err, fault.Invalid) {
		return s.peoplePage(v, f, fault.Fields{{Name: "colleague", Key: "dossier.assign.last"}})
	}
	return err
}

type cardPage struct {
	File  File
	Cards []Issued
	Code  string // only in the answer to issuing it
	QR    string
	Size  int
	Now   time.Time
}

func (s *Files) cardPage(v *web.Visit) error {
	f, err := s.Open(v, v.Param("person"), access.DeskLevel, "dossier.event.cards")
	if err != nil {
		return err
	}
	cs, err := s.cards(v.Ctx(), f.id)
	if err != nil {
		return err
	}
	return v.Page(pageCards(cardPage{File: f, Cards: cs, Now: v.Now}))
}

// issue makes a card and shows its code once; afterwards only the last two characters are known here.
func (s *Files) issue(v *web.Visit) error {
	f, err := s.OpenFor(v, v.Param("person"), access.DeskLevel)
	if err == nil {
		err = lasting(f)
	}
	if err != nil {
		return err
	}
	code := NewCode()
	before := ""
	if err := v.Write(func(tx *db.Tx) (string, error) {
		before = code
		return v.URL("dossier.cards", "person", f.id), s.Issue(v.Ctx(), tx, f, code)
	}); err != nil {
		return err
	}
	if before == "" { // the same form again: the card was made, its code was shown then
		return nil
	}
	cs, err := s.cards(v.Ctx(), f.id)
	if err != nil {
		return err
	}
	path, size, err := qrPath(v.R.Host, code)
	if err != nil {
		return err
	}
	return v.Page(pageCards(cardPage{File: f, Cards: cs, Code: code, QR: path, Size: size, Now: v.Now}))
}

func (s *Files) endCard(v *web.Visit) error {
	f, err := s.OpenFor(v, v.Param("person"), access.DeskLevel)
	if err == nil {
		err = lasting(f)
	}
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("dossier.cards", "person", f.id, "gezegd", "dossier.said.card"), s.EndCard(v.Ctx(), tx, f, v.Value("card"))
	})
}

// chip is the address of the page of a file with one filter.
func chip(v *web.Visit, person, group string) string {
	u := v.URL("dossier.open", "person", person)
	if group == "" {
		return u
	}
	return u + "?" + url.Values{"wat": {group}}.Encode()
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

func pageNumber(n int) string { return fmt.Sprint(n) }
