package organisation

// This file shows teams and locations, and lets a regional manager or an administrator change them.

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// member is a colleague in a team with the roles held there.
type member struct {
	C     Colleague
	Roles []access.Role
}

// teamView is what the page of a team shows.
type teamView struct {
	T         Team
	Region    Region
	Locations []Location
	Members   []member
	Tend      bool
	ShowVOG   bool
}

func (s *Store) team(v *web.Visit) error {
	t, err := s.Team(v.Ctx(), v.Param("team"))
	if err != nil {
		return err
	}
	x := teamView{T: t, Tend: tend.Allows(v.Actor) && MayTend(v.Actor, t.Region), ShowVOG: seesVOG(v.Actor)}
	if x.Region, err = s.Region(v.Ctx(), t.Region); err != nil {
		return err
	}
	ls, err := s.LocationsOf(v.Ctx(), t.ID)
	if err != nil {
		return err
	}
	for _, l := range ls {
		whole, err := s.Location(v.Ctx(), l.ID)
		if err != nil {
			return err
		}
		x.Locations = append(x.Locations, whole)
	}
	if x.Members, err = s.members(v, t, x.Locations); err != nil {
		return err
	}
	return v.Page(teamPage(x, v.Now))
}

// members are those who hold live posts in a team or one of its places, leads first, then by name.
func (s *Store) members(v *web.Visit, t Team, ls []Location) ([]member, error) {
	places := []access.Scope{{Kind: access.Team, ID: t.ID}}
	for _, l := range ls {
		places = append(places, access.Scope{Kind: access.Location, ID: l.ID})
		for _, d := range l.Desks {
			places = append(places, access.Scope{Kind: access.AtDesk, ID: d.ID})
		}
	}
	roles := map[string][]access.Role{}
	var ids []string
	for _, p := range places {
		hs, err := s.At(v.Ctx(), p, v.Now)
		if err != nil {
			return nil, err
		}
		for _, h := range hs {
			ids = appendNew(ids, h.Colleague)
			if !slices.Contains(roles[h.Colleague], h.Role) {
				roles[h.Colleague] = append(roles[h.Colleague], h.Role)
			}
		}
	}
	known, err := s.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	var out []member
	for _, id := range ids {
		if c, ok := known[id]; ok && c.Works(v.Now) {
			out = append(out, member{c, roles[id]})
		}
	}
	rank := func(m member) int {
		if slices.Contains(m.Roles, access.Lead) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b member) int {
		if r := rank(a) - rank(b); r != 0 {
			return r
		}
		if a.C.Name < b.C.Name {
			return -1
		}
		return 1
	})
	return out, nil
}

// locationView is what the page of a location shows.
type locationView struct {
	L      Location
	T      Team
	Offers []Offer
	By     string // who changed it last
	Tend   bool
	Visits bool // may set how long a visit opens a file here
}

func (s *Store) location(v *web.Visit) error {
	l, err := s.Location(v.Ctx(), v.Param("location"))
	if err != nil {
		return err
	}
	x := locationView{L: l}
	if x.T, err = s.Team(v.Ctx(), l.Team); err != nil {
		return err
	}
	x.Tend = tend.Allows(v.Actor) && MayTend(v.Actor, x.T.Region)
	x.Visits = MayArrange(v.Actor, x.T) && web.Known(v.Ctx(), "contact.window")
	if x.Offers, err = s.Offers(v.Ctx(), l.ID); err != nil {
		return err
	}
	x.By = s.nameOf(v, l.ChangedBy)
	return v.Page(locationPage(x, v.Now))
}

// nameOf is the name of a colleague for a line of history; who is not known stays unnamed.
func (s *Store) nameOf(v *web.Visit, id string) string {
	if c, err := s.Colleague(v.Ctx(), id); err == nil {
		return c.Name
	}
	return lang.T(v.Ctx(), "organisation.somebody")
}

// locationForm is what the form of a location shows. ID is empty for a new one.
type locationForm struct {
	ID     string
	T      Team
	In     LocationInput
	Errors fault.Fields
	Theirs *ui.VersionP // what somebody else saved meanwhile
	Mine   ui.VersionP
}

// spare is how many empty lines each list of a form has.
const spare = 2

// pad adds empty lines to the lists of a form.
func (in *LocationInput) pad() {
	in.Hours = append(in.Hours, make([]Hours, spare)...)
	in.Rooms = append(in.Rooms, make([]Room, spare)...)
	in.Desks = append(in.Desks, make([]Desk, spare)...)
}

// asInput is a location as a form begins with it.
func (l Location) asInput() LocationInput {
	in := LocationInput{Name: l.Name, Street: l.Street, Postcode: l.Postcode, Town: l.Town, Phone: l.Phone, Remark: l.Remark, Closed: l.Closed,
		Hours: slices.Clone(l.Hours), Version: l.Version}
	for _, r := range l.Rooms {
		if !r.Closed {
			in.Rooms = append(in.Rooms, r)
		}
	}
	for _, d := range l.Desks {
		if !d.Closed {
			in.Desks = append(in.Desks, d)
		}
	}
	return in
}

// most is how many lines of one list a form may bring.
const most = 60

func readLocation(v *web.Visit) LocationInput {
	in := LocationInput{Name: v.Value("name"), Street: v.Value("street"), Postcode: v.Value("postcode"), Town: v.Value("town"), Phone: v.Value("phone"),
		Remark: v.Value("remark"), Closed: v.Value("closed") == "ja", Version: number(v.Value("version"))}
	for i := 0; i < most && v.Has(fmt.Sprintf("day-%d", i)); i++ {
		in.Hours = append(in.Hours, Hours{Weekday: int(number(v.Value(fmt.Sprintf("day-%d", i)))), Opens: v.Value(fmt.Sprintf("opens-%d", i)), Shuts: v.Value(fmt.Sprintf("shuts-%d", i))})
	}
	for i := 0; i < most && v.Has(fmt.Sprintf("room-%d", i)); i++ {
		in.Rooms = append(in.Rooms, Room{ID: v.Value(fmt.Sprintf("room-id-%d", i)), Name: v.Value(fmt.Sprintf("room-%d", i))})
	}
	for i := 0; i < most && v.Has(fmt.Sprintf("desk-%d", i)); i++ {
		in.Desks = append(in.Desks, Desk{ID: v.Value(fmt.Sprintf("desk-id-%d", i)), Name: v.Value(fmt.Sprintf("desk-%d", i))})
	}
	in.Tidy()
	return in
}

// teamToTend finds a team that the actor may change places of; another region's is not there.
func (s *Store) teamToTend(v *web.Visit, id string) (Team, error) {
	t, err := s.Team(v.Ctx(), id)
	if err != nil {
		return t, err
	}
	if !MayTend(v.Actor, t.Region) {
		return t, fault.Gone()
	}
	return t, nil
}

func (s *Store) newLocation(v *web.Visit) error {
	t, err := s.teamToTend(v, v.Param("team"))
	if err != nil {
		return err
	}
	f := locationForm{T: t}
	f.In.pad()
	return v.Page(locationFormPage(f))
}

func (s *Store) addLocation(v *web.Visit) error {
	t, err := s.teamToTend(v, v.Param("team"))
	if err != nil {
		return err
	}
	f := locationForm{T: t, In: readLocation(v)}
	if f.Errors = f.In.Check(); len(f.Errors) > 0 {
		return v.Invalid(locationFormPage(f))
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		id, err := AddLocation(v.Ctx(), tx, t.ID, f.In, v.Actor.ID)
		return v.URL("organisation.location", "location", id, "gezegd", "organisation.said.saved"), err
	})
	if taken(err) {
		f.Errors.Add("name", "organisation.error.exists")
		return v.Invalid(locationFormPage(f))
	}
	return err
}

func (s *Store) locationToTend(v *web.Visit) (Location, Team, error) {
	l, err := s.Location(v.Ctx(), v.Param("location"))
	if err != nil {
		return l, Team{}, err
	}
	t, err := s.teamToTend(v, l.Team)
	return l, t, err
}

func (s *Store) editLocation(v *web.Visit) error {
	l, t, err := s.locationToTend(v)
	if err != nil {
		return err
	}
	f := locationForm{ID: l.ID, T: t, In: l.asInput()}
	f.In.pad()
	return v.Page(locationFormPage(f))
}

func (s *Store) saveLocation(v *web.Visit) error {
	l, t, err := s.locationToTend(v)
	if err != nil {
		return err
	}
	f := locationForm{ID: l.ID, T: t, In: readLocation(v)}
	if f.Errors = f.In.Check(); len(f.Errors) > 0 {
		return v.Invalid(locationFormPage(f))
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("organisation.location", "location", l.ID, "gezegd", "organisation.said.saved"), SaveLocation(v.Ctx(), tx, l.ID, f.In, v.Actor.ID)
	})
	switch {
	case taken(err):
		f.Errors.Add("name", "organisation.error.exists")
		return v.Invalid(locationFormPage(f))
	case conflict(err):
		return s.bothVersions(v, f)
	}
	return err
}

// bothVersions shows what was typed beside what somebody else saved meanwhile; sending again decides.
func (s *Store) bothVersions(v *web.Visit, f locationForm) error {
	theirs, err := s.Location(v.Ctx(), f.ID)
	if err != nil {
		return err
	}
	mine, other := ui.VersionP{Title: lang.T(v.Ctx(), "organisation.version.mine")}, ui.VersionP{Title: lang.T(v.Ctx(), "organisation.version.theirs"),
		By: lang.T(v.Ctx(), "organisation.changed", "name", s.nameOf(v, theirs.ChangedBy), "when", lang.When(v.Ctx(), theirs.Changed, v.Now))}
	for _, d := range f.In.Differences(theirs, func(day int) string { return weekday(v, day) }) {
		label := lang.T(v.Ctx(), d.Label)
		mine.Facts = append(mine.Facts, ui.FactP{Label: label, Value: dash(d.Mine)})
		other.Facts = append(other.Facts, ui.FactP{Label: label, Value: dash(d.Theirs)})
	}
	f.Mine, f.Theirs, f.In.Version = mine, &other, theirs.Version
	return v.Status(http.StatusConflict, locationFormPage(f))
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// weekday is the name of a day, Monday being 1.
func weekday(v *web.Visit, day int) string { return lang.Weekday(v.Ctx(), time.Weekday(day%7)) }

// variantView is what the form of a local difference shows.
type variantView struct {
	L      Location
	S      Service
	V      Variant
	In     VariantInput
	Choice string // "like", "other", "none"
	Errors fault.Fields
	Clash  bool
}

func (s *Store) variantView(v *web.Visit) (variantView, error) {
	l, _, err := s.locationToTend(v)
	if err != nil {
		return variantView{}, err
	}
	x := variantView{L: l, Choice: "like"}
	if x.S, err = s.Service(v.Ctx(), v.Param("service")); err != nil {
		return x, err
	}
	offers, err := s.Offers(v.Ctx(), l.ID)
	if err != nil {
		return x, err
	}
	for _, o := range offers {
		if o.Service.ID == x.S.ID && o.Differs() {
			x.V = o.Variant
			x.In = VariantInput{Offered: o.Variant.Offered, Remark: o.Variant.Remark, Version: o.Variant.Version}
			if x.Choice = "none"; o.Variant.Offered {
				x.Choice = "other"
			}
		}
	}
	return x, nil
}

func (s *Store) variant(v *web.Visit) error {
	x, err := s.variantView(v)
	if err != nil {
		return err
	}
	return v.Page(variantPage(x))
}

func (s *Store) saveVariant(v *web.Visit) error {
	x, err := s.variantView(v)
	if err != nil {
		return err
	}
	now := x.In.Version
	x.Choice = v.Value("keuze")
	x.In = VariantInput{Like: x.Choice == "like", Offered: x.Choice == "other", Remark: v.Value("remark"), Version: number(v.Value("version"))}
	x.Errors = x.In.Check()
	if !slices.Contains([]string{"like", "other", "none"}, x.Choice) {
		x.Errors = append(fault.Fields{{Name: "keuze", Key: "organisation.error.choice"}}, x.Errors...)
	}
	if len(x.Errors) > 0 {
		return v.Invalid(variantPage(x))
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("organisation.location", "location", x.L.ID, "gezegd", "organisation.said.saved"), PutVariant(v.Ctx(), tx, x.L.ID, x.S.ID, x.In, v.Actor.ID)
	})
	if conflict(err) {
		x.Clash, x.In.Version = true, now
		return v.Status(http.StatusConflict, variantPage(x))
	}
	return err
}
