package organisation

// This file holds the doors of the organisation and its first page.

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Routes are the doors of this capability.
func (s *Store) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "organisation.overview", Method: get, Path: "/organisatie", May: look, Do: s.overview},
		{Name: "organisation.shape", Method: get, Path: "/organisatie/inrichten", May: build, Do: s.shape},
		{Name: "organisation.name", Method: post, Path: "/organisatie/inrichten/naam", May: build, Do: s.saveName},
		{Name: "organisation.region_add", Method: post, Path: "/organisatie/inrichten/regio", May: build, Do: s.addRegion},
		{Name: "organisation.team_add", Method: post, Path: "/organisatie/inrichten/team", May: build, Do: s.addTeam},
		{Name: "organisation.team", Method: get, Path: "/organisatie/team/{team}", May: look, Do: s.team},
		{Name: "organisation.location_new", Method: get, Path: "/organisatie/team/{team}/locatie", May: tend, Do: s.newLocation},
		{Name: "organisation.location_add", Method: post, Path: "/organisatie/team/{team}/locatie", May: tend, Do: s.addLocation},
		{Name: "organisation.location", Method: get, Path: "/organisatie/locatie/{location}", May: look, Do: s.location},
		{Name: "organisation.location_edit", Method: get, Path: "/organisatie/locatie/{location}/wijzigen", May: tend, Do: s.editLocation},
		{Name: "organisation.location_save", Method: post, Path: "/organisatie/locatie/{location}/wijzigen", May: tend, Do: s.saveLocation},
		{Name: "organisation.variant", Method: get, Path: "/organisatie/locatie/{location}/dienst/{service}", May: tend, Do: s.variant},
		{Name: "organisation.variant_save", Method: post, Path: "/organisatie/locatie/{location}/dienst/{service}", May: tend, Do: s.saveVariant},
		{Name: "organisation.services", Method: get, Path: "/organisatie/diensten", May: look, Do: s.services},
		{Name: "organisation.service_new", Method: get, Path: "/organisatie/diensten/nieuw", May: build, Do: s.newService},
		{Name: "organisation.service_add", Method: post, Path: "/organisatie/diensten/nieuw", May: build, Do: s.addService},
		{Name: "organisation.service", Method: get, Path: "/organisatie/dienst/{service}", May: look, Do: s.service},
		{Name: "organisation.service_edit", Method: get, Path: "/organisatie/dienst/{service}/wijzigen", May: build, Do: s.editService},
		{Name: "organisation.service_save", Method: post, Path: "/organisatie/dienst/{service}/wijzigen", May: build, Do: s.saveService},
		{Name: "organisation.urgent", Method: get, Path: "/organisatie/spoedlijn", May: build, Do: s.editUrgent},
		{Name: "organisation.urgent_save", Method: post, Path: "/organisatie/spoedlijn", May: build, Do: s.saveUrgent},
		{Name: "organisation.lists", Method: get, Path: "/organisatie/lijsten", May: look, Do: s.lists},
		{Name: "organisation.colleagues", Method: get, Path: "/organisatie/collegas", May: look, Do: s.colleagues},
		{Name: "organisation.colleague_new", Method: get, Path: "/organisatie/collegas/nieuw", May: staff, Do: s.newColleague},
		{Name: "organisation.colleague_add", Method: post, Path: "/organisatie/collegas/nieuw", May: staff, Do: s.addColleague},
		{Name: "organisation.colleague", Method: get, Path: "/organisatie/collega/{user}", May: look, Do: s.colleague},
		{Name: "organisation.colleague_edit", Method: get, Path: "/organisatie/collega/{user}/wijzigen", May: staff, Do: s.editColleague},
		{Name: "organisation.colleague_save", Method: post, Path: "/organisatie/collega/{user}/wijzigen", May: staff, Do: s.saveColleague},
		{Name: "organisation.post", Method: get, Path: "/organisatie/collega/{user}/functie", May: staff, Do: s.post},
		{Name: "organisation.post_give", Method: post, Path: "/organisatie/collega/{user}/functie", May: staff, Do: s.givePost},
		{Name: "organisation.post_end", Method: post, Path: "/organisatie/functie/{post}/beeindigen", May: staff, Do: s.endPost},
		{Name: "organisation.post_back", Method: post, Path: "/organisatie/functie/{post}/terug", May: staff, Do: s.restorePost},
		{Name: "organisation.deputy", Method: get, Path: "/organisatie/collega/{user}/vervanger", May: standIn, Do: s.deputy},
		{Name: "organisation.deputy_add", Method: post, Path: "/organisatie/collega/{user}/vervanger", May: standIn, Do: s.addDeputy},
		{Name: "organisation.deputy_end", Method: post, Path: "/organisatie/vervanging/{deputy}/beeindigen", May: standIn, Do: s.endDeputy},
	}
}

// manyTeams is from how many teams on the first page shows regions only.
const manyTeams = 40

// overviewView is what the first page shows.
type overviewView struct {
	Name    string
	Region  Region // only this one, when chosen
	Regions []Region
	Teams   map[string][]Team   // by region
	Where   map[string][]string // names of the locations of the teams that are shown
	Count   int
	Places  int
	Mine    []Team
	Open    []Location // of the visitor's own teams, or of all when there are few: where one can walk in now
	Build   bool
}

func (s *Store) overview(v *web.Visit) error {
	o := overviewView{Teams: map[string][]Team{}, Build: build.Allows(v.Actor)}
	var err error
	if o.Name, _, err = s.Foundation(v.Ctx()); err != nil {
		return err
	}
	if o.Name == "" {
		o.Name = lang.T(v.Ctx(), "organisation.overview.title")
	}
	if o.Regions, err = s.Regions(v.Ctx()); err != nil {
		return err
	}
	if id := v.Value("regio"); id != "" {
		if o.Region, err = s.Region(v.Ctx(), id); err != nil {
			return err
		}
	}
	teams, err := s.Teams(v.Ctx(), "")
	if err != nil {
		return err
	}
	for _, t := range teams {
		o.Teams[t.Region] = append(o.Teams[t.Region], t)
	}
	o.Count = len(teams)
	if o.Places, err = s.countLocations(v.Ctx()); err != nil {
		return err
	}
	mine, err := s.TeamsOf(v.Ctx(), v.Actor.ID, v.Now)
	if err != nil {
		return err
	}
	for _, id := range mine {
		t, err := s.Team(v.Ctx(), id)
		if err != nil {
			return err
		}
		o.Mine = append(o.Mine, t)
	}
	shown := slices.Clone(o.Mine)
	for region, ts := range o.Teams {
		if o.Count <= manyTeams || region == o.Region.ID {
			shown = append(shown, ts...)
		}
	}
	if o.Where, err = s.locationNames(v.Ctx(), shown); err != nil {
		return err
	}
	if o.Open, err = s.openNow(v, o); err != nil {
		return err
	}
	return v.Page(overviewPage(o))
}

// openNow lists where somebody can walk in at this moment: near the visitor, or everywhere while that is a short list.
func (s *Store) openNow(v *web.Visit, o overviewView) ([]Location, error) {
	near := o.Mine
	if len(near) == 0 && o.Count <= manyTeams {
		for _, ts := range o.Teams {
			near = append(near, ts...)
		}
	}
	var out []Location
	for _, t := range near {
		ls, err := s.LocationsOf(v.Ctx(), t.ID)
		if err != nil {
			return nil, err
		}
		for _, l := range ls {
			if l.Hours, err = s.hours(v.Ctx(), l.ID); err != nil {
				return nil, err
			}
			if l.OpenAt(v.Now) {
				out = append(out, l)
			}
		}
	}
	slices.SortFunc(out, func(a, b Location) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
	return out, nil
}

// shapeView is what the page for the shape of the foundation shows: three small forms.
type shapeView struct {
	Name, Region, Team, TeamRegion string
	Regions                        []Region
	Errors                         fault.Fields
}

func (s *Store) shapeView(v *web.Visit) (shapeView, error) {
	var x shapeView
	var err error
	if x.Name, _, err = s.Foundation(v.Ctx()); err != nil {
		return x, err
	}
	x.Regions, err = s.Regions(v.Ctx())
	return x, err
}

func (s *Store) shape(v *web.Visit) error {
	x, err := s.shapeView(v)
	if err != nil {
		return err
	}
	return v.Page(shapePage(x))
}

func (s *Store) saveName(v *web.Visit) error {
	x, err := s.shapeView(v)
	if err != nil {
		return err
	}
	x.Name = v.Value("naam")
	need(&x.Errors, "naam", x.Name, 80, "organisation.error.place_name")
	return s.shaped(v, x, "naam", func(tx *db.Tx) error {
		if err := NameFoundation(v.Ctx(), tx, x.Name); err != nil {
			return err
		}
		return note(v.Ctx(), tx, v.Actor.ID, "organisation.event.shape", "f")
	})
}

func (s *Store) addRegion(v *web.Visit) error {
	x, err := s.shapeView(v)
	if err != nil {
		return err
	}
	x.Region = v.Value("regio")
	need(&x.Errors, "regio", x.Region, 60, "organisation.error.place_name")
	return s.shaped(v, x, "regio", func(tx *db.Tx) error {
		id, err := AddRegion(v.Ctx(), tx, x.Region)
		if err != nil {
			return err
		}
		return note(v.Ctx(), tx, v.Actor.ID, "organisation.event.shape", id)
	})
}

func (s *Store) addTeam(v *web.Visit) error {
	x, err := s.shapeView(v)
	if err != nil {
		return err
	}
	x.Team, x.TeamRegion = v.Value("team"), v.Value("teamregio")
	need(&x.Errors, "team", x.Team, 60, "organisation.error.place_name")
	known := false
	for _, r := range x.Regions {
		known = known || r.ID == x.TeamRegion
	}
	if !known {
		x.Errors.Add("teamregio", "organisation.error.region")
	}
	return s.shaped(v, x, "team", func(tx *db.Tx) error {
		id, err := AddTeam(v.Ctx(), tx, x.TeamRegion, x.Team)
		if err != nil {
			return err
		}
		return note(v.Ctx(), tx, v.Actor.ID, "organisation.event.shape", id)
	})
}

// shaped writes one of the three forms, or shows the page again with what is wrong.
func (s *Store) shaped(v *web.Visit, x shapeView, field string, fn func(tx *db.Tx) error) error {
	if len(x.Errors) > 0 {
		return v.Invalid(shapePage(x))
	}
	err := v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("organisation.shape", "gezegd", "organisation.said.saved"), fn(tx)
	})
	if f := fault.As(err); err != nil && f.Kind == fault.Conflict && f.Key == "" {
		x.Errors.Add(field, "organisation.error.exists")
		return v.Invalid(shapePage(x))
	}
	return err
}

// page is what the shell needs.
func page(v *web.Visit, title string, fs fault.Fields) ui.Page {
	return ui.Page{Title: title, Nav: "organisation.overview", Errors: fs}
}

// conflict says whether somebody else saved the same thing first.
func conflict(err error) bool {
	return err != nil && fault.As(err).Kind == fault.Conflict && fault.As(err).Key == "organisation.conflict"
}

// taken says whether a name is in use.
func taken(err error) bool {
	return err != nil && fault.As(err).Kind == fault.Conflict && fault.As(err).Key == ""
}

// number reads a whole number; anything else is 0.
func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// listsView is what the page of the official lists shows.
type listsView struct {
	Kind  ReferenceKind
	Text  string
	Lines []Reference
	More  bool
	Count map[ReferenceKind]int
}

func (s *Store) lists(v *web.Visit) error {
	l := listsView{Kind: ReferenceKind(v.Value("lijst")), Text: v.Value("q"), Count: map[ReferenceKind]int{}}
	if !l.Kind.Known() {
		l.Kind = Municipality
	}
	var err error
	for _, k := range ReferenceKinds {
		if l.Count[k], err = s.countReferences(v.Ctx(), k); err != nil {
			return err
		}
	}
	const most = 100
	if l.Lines, err = s.findReferences(v.Ctx(), l.Kind, l.Text, most+1); err != nil {
		return err
	}
	if l.More = len(l.Lines) > most; l.More {
		l.Lines = l.Lines[:most]
	}
	return v.Page(listsPage(l, v.Now))
}
