package organisation

// This file shows colleagues with their posts and deputies, and lets those be changed.

import (
	"net/http"
	"slices"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// pageSize is how many colleagues stand on one page of the list.
const pageSize = 50

// colleaguesView is what the list shows.
type colleaguesView struct {
	Text    string
	Team    Team
	List    []Colleague
	Page    int
	More    bool
	MayAdd  bool
	ShowVOG bool
}

func (s *Store) colleagues(v *web.Visit) error {
	x := colleaguesView{Text: v.Value("q"), Page: max(1, int(min(number(v.Value("bladzijde")), 100000))), MayAdd: staff.Allows(v.Actor), ShowVOG: seesVOG(v.Actor)}
	var err error
	if id := v.Value("team"); id != "" {
		if x.Team, err = s.Team(v.Ctx(), id); err != nil {
			return err
		}
	}
	if x.List, err = s.Search(v.Ctx(), x.Text, x.Team.ID, v.Now, (x.Page-1)*pageSize, pageSize+1); err != nil {
		return err
	}
	if x.More = len(x.List) > pageSize; x.More {
		x.List = x.List[:pageSize]
	}
	return v.Page(colleaguesPage(x, v.Now))
}

// seesVOG says who sees whether a VOG is in order: those who must act on it.
func seesVOG(a access.Actor) bool {
	return a.Has(access.Lead, access.Region, access.Admin, access.Privacy)
}

// heldRow is a post with the name of its place, and whether this actor may end or restore it.
type heldRow struct {
	H          Held
	Where      string
	MayEnd     bool
	MayRestore bool
	By, EndBy  string
}

// deputyRow is an arrangement with the name of the one who stands in.
type deputyRow struct {
	D    Deputy
	Name string
}

// colleagueView is what the page of a colleague shows.
type colleagueView struct {
	C              Colleague
	Now, Before    []heldRow // held now or later; ended
	Deputies       []deputyRow
	For            []Colleague // for whom this colleague stands in today
	Manage, Deputy bool
	Give           bool
	VOG            bool
}

func (s *Store) colleague(v *web.Visit) error {
	c, err := s.Colleague(v.Ctx(), v.Param("user"))
	if err != nil {
		return err
	}
	x := colleagueView{C: c, VOG: seesVOG(v.Actor) || v.Actor.ID == c.ID}
	hs, err := s.History(v.Ctx(), c.ID)
	if err != nil {
		return err
	}
	teams, regions, err := s.places(v, hs)
	if err != nil {
		return err
	}
	x.Manage = manages(v.Actor, hs, regions, v)
	x.Give = staff.Allows(v.Actor) && v.Actor.ID != c.ID
	x.Deputy = MayDeputise(v.Actor, c.ID, teams, regions)
	names, err := s.namesOf(v, hs)
	if err != nil {
		return err
	}
	for _, h := range hs {
		w, err := s.Where(v.Ctx(), h.Post().Scope)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		may := staff.Allows(v.Actor) && MayGive(v.Actor, c.ID, h.Post(), w.Region)
		row := heldRow{H: h, Where: w.Name, By: names[h.GivenBy].Name, EndBy: names[h.EndedBy].Name}
		if h.Live(v.Now) || h.Coming(v.Now) {
			row.MayEnd = may
			x.Now = append(x.Now, row)
		} else {
			row.MayRestore = may && !h.Ended.IsZero() && v.Now.Sub(h.Ended).Hours() < RestoreDays*24
			x.Before = append(x.Before, row)
		}
	}
	if err := s.deputies(v, &x); err != nil {
		return err
	}
	return v.Page(colleaguePage(x, v.Now))
}

func (s *Store) deputies(v *web.Visit, x *colleagueView) error {
	ds, err := s.Deputies(v.Ctx(), x.C.ID)
	if err != nil {
		return err
	}
	for _, d := range ds {
		if !d.Over(clock.Today(v.Now)) {
			x.Deputies = append(x.Deputies, deputyRow{d, s.nameOf(v, d.Deputy)})
		}
	}
	ids, err := s.StandsInFor(v.Ctx(), x.C.ID, v.Now)
	if err != nil {
		return err
	}
	for _, id := range ids {
		c, err := s.Colleague(v.Ctx(), id)
		if err != nil {
			return err
		}
		x.For = append(x.For, c)
	}
	return nil
}

// namesOf are the colleagues who gave and ended these posts.
func (s *Store) namesOf(v *web.Visit, hs []Held) (map[string]Colleague, error) {
	var ids []string
	for _, h := range hs {
		ids = appendNew(appendNew(ids, h.GivenBy), h.EndedBy)
	}
	return s.Colleagues(v.Ctx(), ids)
}

// places are the teams and regions in which these posts stand now or later.
func (s *Store) places(v *web.Visit, hs []Held) (teams, regions []string, err error) {
	for _, h := range hs {
		if !h.Live(v.Now) && !h.Coming(v.Now) {
			continue
		}
		w, err := s.Where(v.Ctx(), h.Post().Scope)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, nil, err
		}
		if w.Team != "" {
			teams = appendNew(teams, w.Team)
		}
		if w.Region != "" {
			regions = appendNew(regions, w.Region)
		}
	}
	return teams, regions, nil
}

// manages says whether the actor may change a colleague: an administrator everybody, a regional manager those whose
// every post lies in the own region, and those who have none yet.
func manages(a access.Actor, hs []Held, regions []string, v *web.Visit) bool {
	if a.Has(access.Admin) {
		return true
	}
	if !staff.Allows(a) {
		return false
	}
	for _, h := range hs {
		if (h.Live(v.Now) || h.Coming(v.Now)) && h.ScopeKind == access.National {
			return false
		}
	}
	for _, r := range regions {
		if !MayTend(a, r) {
			return false
		}
	}
	return true
}

// colleagueForm is what the form of a colleague shows. ID is empty for a new one.
type colleagueForm struct {
	ID     string
	In     ColleagueInput
	Errors fault.Fields
	Theirs *ui.VersionP
	Mine   ui.VersionP
}

func readColleague(v *web.Visit) ColleagueInput {
	return ColleagueInput{Name: v.Value("name"), Called: v.Value("called"), Email: v.Value("email"), Phone: v.Value("phone"), Lang: v.Value("lang"),
		Languages: v.Values("languages"), Paid: v.Value("paid") == "ja", Active: v.Value("active") == "ja", VOGSeen: v.Value("vog"), Version: number(v.Value("version"))}
}

func (s *Store) newColleague(v *web.Visit) error {
	return v.Page(colleagueFormPage(colleagueForm{In: ColleagueInput{Lang: "nl", Languages: []string{"nl"}, Active: true}}))
}

func (s *Store) addColleague(v *web.Visit) error {
	f := colleagueForm{In: readColleague(v)}
	f.In.Active = true
	seen, fs := f.In.Check(v.Now)
	if f.Errors = fs; len(fs) > 0 {
		return v.Invalid(colleagueFormPage(f))
	}
	err := v.Write(func(tx *db.Tx) (string, error) {
		id, err := AddColleague(v.Ctx(), tx, f.In, seen, v.Actor.ID)
		return v.URL("organisation.colleague", "user", id, "gezegd", "organisation.said.colleague"), err
	})
	if x := fault.As(err); err != nil && x.Kind == fault.Invalid {
		f.Errors = x.Fields
		return v.Invalid(colleagueFormPage(f))
	}
	return err
}

// toManage finds a colleague whom the actor may change.
func (s *Store) toManage(v *web.Visit) (Colleague, error) {
	c, err := s.Colleague(v.Ctx(), v.Param("user"))
	if err != nil {
		return c, err
	}
	hs, err := s.History(v.Ctx(), c.ID)
	if err != nil {
		return c, err
	}
	_, regions, err := s.places(v, hs)
	if err != nil {
		return c, err
	}
	if !manages(v.Actor, hs, regions, v) {
		return c, fault.Gone()
	}
	return c, nil
}

func (c Colleague) asInput() ColleagueInput {
	return ColleagueInput{Name: c.Name, Called: c.Called, Email: c.Email, Phone: c.Phone, Lang: c.Lang, Languages: c.Languages, Paid: c.Paid, Active: c.Active,
		VOGSeen: c.VOGSeen.String(), Version: c.Version}
}

func (s *Store) editColleague(v *web.Visit) error {
	c, err := s.toManage(v)
	if err != nil {
		return err
	}
	return v.Page(colleagueFormPage(colleagueForm{ID: c.ID, In: c.asInput()}))
}

func (s *Store) saveColleague(v *web.Visit) error {
	c, err := s.toManage(v)
	if err != nil {
		return err
	}
	f := colleagueForm{ID: c.ID, In: readColleague(v)}
	seen, fs := f.In.Check(v.Now)
	if c.ID == v.Actor.ID && f.In.VOGSeen != c.VOGSeen.String() {
		fs.Add("vog", "organisation.error.own_vog") // nobody sees their own VOG
	}
	if f.Errors = fs; len(fs) > 0 {
		return v.Invalid(colleagueFormPage(f))
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("organisation.colleague", "user", c.ID, "gezegd", "organisation.said.saved"), SaveColleague(v.Ctx(), tx, c.ID, f.In, seen, v.Actor.ID)
	})
	if err == nil {
		return nil
	}
	switch x := fault.As(err); {
	case x.Kind == fault.Invalid:
		f.Errors = x.Fields
		return v.Invalid(colleagueFormPage(f))
	case x.Key == "organisation.error.last_admin":
		f.Errors.Add("active", x.Key)
		return v.Invalid(colleagueFormPage(f))
	case conflict(err):
		now, err := s.Colleague(v.Ctx(), c.ID)
		if err != nil {
			return err
		}
		f.Mine = ui.VersionP{Title: lang.T(v.Ctx(), "organisation.version.mine"), Facts: colleagueFacts(v, f.In)}
		f.Theirs = &ui.VersionP{Title: lang.T(v.Ctx(), "organisation.version.theirs"), Facts: colleagueFacts(v, now.asInput())}
		f.In.Version = now.Version
		return v.Status(http.StatusConflict, colleagueFormPage(f))
	}
	return err
}

// colleagueFacts are the fields of a colleague for comparing two versions.
func colleagueFacts(v *web.Visit, in ColleagueInput) []ui.FactP {
	yes := func(b bool) string {
		if b {
			return lang.T(v.Ctx(), "organisation.yes")
		}
		return lang.T(v.Ctx(), "organisation.no")
	}
	var spoken []string
	for _, l := range in.Languages {
		spoken = append(spoken, lang.T(v.Ctx(), "organisation.lang."+l))
	}
	return []ui.FactP{
		{Label: lang.T(v.Ctx(), "organisation.colleague.name"), Value: in.Name}, {Label: lang.T(v.Ctx(), "organisation.colleague.called"), Value: dash(in.Called)},
		{Label: lang.T(v.Ctx(), "organisation.colleague.email"), Value: in.Email}, {Label: lang.T(v.Ctx(), "organisation.colleague.phone"), Value: dash(in.Phone)},
		{Label: lang.T(v.Ctx(), "organisation.colleague.languages"), Value: lang.Join(v.Ctx(), spoken)}, {Label: lang.T(v.Ctx(), "organisation.colleague.paid"), Value: yes(in.Paid)},
		{Label: lang.T(v.Ctx(), "organisation.colleague.active"), Value: yes(in.Active)}, {Label: lang.T(v.Ctx(), "organisation.colleague.vog"), Value: dash(in.VOGSeen)},
	}
}

// postView is what the form for giving a post shows, in two steps: which role and team, then which place and days.
type postView struct {
	C      Colleague
	Roles  []access.Role // that this actor may give
	Teams  []Team
	Role   access.Role
	Team   string
	Places []placeOption // second step
	In     PostInput
	Errors fault.Fields
}

// placeOption is one place to hold a post at; Value is its kind and id.
type placeOption struct{ Value, Name string }

func (s *Store) postView(v *web.Visit) (postView, error) {
	c, err := s.Colleague(v.Ctx(), v.Param("user"))
	if err != nil {
		return postView{}, err
	}
	if c.ID == v.Actor.ID {
		return postView{}, fault.New(fault.Denied, "organisation.error.own_post")
	}
	x := postView{C: c, Role: access.Role(v.Value("rol")), Team: v.Value("team"), In: PostInput{Since: clock.Today(v.Now).String()}}
	all, err := s.Teams(v.Ctx(), "")
	if err != nil {
		return x, err
	}
	for _, t := range all {
		if MayTend(v.Actor, t.Region) {
			x.Teams = append(x.Teams, t)
		}
	}
	for _, r := range access.Roles {
		if v.Actor.Has(access.Admin) || slices.Contains([]access.Role{access.Desk, access.Case, access.Legal, access.Lead}, r) {
			x.Roles = append(x.Roles, r)
		}
	}
	if !slices.Contains(x.Roles, x.Role) {
		x.Role = ""
		return x, nil
	}
	return x, s.placesFor(v, &x)
}

// placesFor fills in where the chosen role can be held.
func (s *Store) placesFor(v *web.Visit, x *postView) error {
	if Fits(x.Role, access.National) {
		x.Places = append(x.Places, placeOption{string(access.National) + ":", lang.T(v.Ctx(), "organisation.country")})
	}
	if Fits(x.Role, access.InRegion) {
		rs, err := s.Regions(v.Ctx())
		if err != nil {
			return err
		}
		for _, r := range rs {
			if MayTend(v.Actor, r.ID) {
				x.Places = append(x.Places, placeOption{string(access.InRegion) + ":" + r.ID, lang.T(v.Ctx(), "organisation.in_region", "name", r.Name)})
			}
		}
	}
	i := slices.IndexFunc(x.Teams, func(t Team) bool { return t.ID == x.Team })
	if i < 0 {
		return nil
	}
	if Fits(x.Role, access.Team) {
		x.Places = append(x.Places, placeOption{string(access.Team) + ":" + x.Team, lang.T(v.Ctx(), "organisation.in_team", "name", x.Teams[i].Name)})
	}
	if !Fits(x.Role, access.Location) && !Fits(x.Role, access.AtDesk) {
		return nil
	}
	ls, err := s.LocationsOf(v.Ctx(), x.Team)
	if err != nil {
		return err
	}
	for _, l := range ls {
		if l.Closed {
			continue
		}
		if Fits(x.Role, access.Location) {
			x.Places = append(x.Places, placeOption{string(access.Location) + ":" + l.ID, l.Name})
		}
		if !Fits(x.Role, access.AtDesk) {
			continue
		}
		ds, err := s.Desks(v.Ctx(), l.ID)
		if err != nil {
			return err
		}
		for _, d := range ds {
			x.Places = append(x.Places, placeOption{string(access.AtDesk) + ":" + d.ID, l.Name + " · " + d.Name})
		}
	}
	return nil
}

func (s *Store) post(v *web.Visit) error {
	x, err := s.postView(v)
	if err != nil {
		return err
	}
	return v.Page(postPage(x))
}

func (s *Store) givePost(v *web.Visit) error {
	x, err := s.postView(v)
	if err != nil {
		return err
	}
	x.In = PostInput{Role: x.Role, Since: v.Value("since"), Until: v.Value("until")}
	chosen := v.Value("place")
	for _, p := range x.Places { // only what was offered: nothing else is looked at
		if p.Value == chosen {
			for _, k := range []access.ScopeKind{access.National, access.InRegion, access.Team, access.Location, access.AtDesk} {
				if len(chosen) > len(k) && chosen[:len(k)+1] == string(k)+":" {
					x.In.Kind, x.In.Place = k, chosen[len(k)+1:]
				}
			}
		}
	}
	since, until, fs := x.In.Check(v.Now)
	if x.Errors = fs; len(fs) > 0 {
		return v.Invalid(postPage(x))
	}
	p := access.Post{Role: x.In.Role, Scope: access.Scope{Kind: x.In.Kind, ID: x.In.Place}}
	w, err := s.Where(v.Ctx(), p.Scope)
	if err != nil {
		return err
	}
	if !MayGive(v.Actor, x.C.ID, p, w.Region) {
		return fault.Gone()
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		_, err := Give(v.Ctx(), tx, x.C.ID, p, since, until, v.Actor.ID)
		return v.URL("organisation.colleague", "user", x.C.ID, "gezegd", "organisation.said.given"), err
	})
	if f := fault.As(err); err != nil && f.Kind == fault.Invalid {
		x.Errors = f.Fields
		return v.Invalid(postPage(x))
	}
	return err
}

func (s *Store) endPost(v *web.Visit) error {
	return s.turnPost(v, EndPost, "organisation.said.ended")
}

func (s *Store) restorePost(v *web.Visit) error {
	return s.turnPost(v, RestorePost, "organisation.said.restored")
}
