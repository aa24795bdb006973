package family

// This file is the table of doors and the first page of a family: who belongs to it, as a tree or as a list.

import (
	"embed"
	"net/http"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of the pages.
//
//go:embed text/*.json
var Texts embed.FS

// Routes are the doors.
func (x *Families) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	const at, one = "/dossier/{person}/gezin", "/dossier/{person}/gezin/lid/{member}"
	return []web.Route{
		{Name: "family.mine", Method: get, Path: "/mijn/gezin", May: maySelf, Do: x.mine},
		{Name: "family.child", Method: get, Path: "/mijn/gezin/kind/{person}", May: maySelf, Do: x.child},
		{Name: "family.file", Method: get, Path: at, May: mayLook, Do: x.overview},
		{Name: "family.new", Method: get, Path: at + "/lid", May: mayKeep, Do: x.newMember},
		{Name: "family.add", Method: post, Path: at + "/lid", May: mayKeep, Do: x.addMember},
		{Name: "family.member", Method: get, Path: one, May: mayLook, Do: x.member},
		{Name: "family.edit", Method: get, Path: one + "/wijzigen", May: mayKeep, Do: x.editMember},
		{Name: "family.save", Method: post, Path: one + "/wijzigen", May: mayKeep, Do: x.saveMember},
		{Name: "family.step", Method: post, Path: one + "/stap", May: mayKeep, Do: x.tellStep},
		{Name: "family.answer", Method: post, Path: one + "/vragen", May: mayKeep, Do: x.tellAnswers},
		{Name: "family.tie", Method: post, Path: one + "/band", May: mayKeep, Do: x.addTie},
		{Name: "family.untie", Method: post, Path: one + "/band/weg", May: mayKeep, Do: x.removeTie},
		{Name: "family.link", Method: post, Path: one + "/dossier", May: mayKeep, Do: x.linkMember},
		{Name: "family.part", Method: get, Path: one + "/uit-elkaar", May: mayKeep, Do: x.partForm},
		{Name: "family.parted", Method: post, Path: one + "/uit-elkaar", May: mayKeep, Do: x.part},
		{Name: "family.unpart", Method: post, Path: at + "/uit-elkaar/{split}/terug", May: mayUndo, Do: x.unpart},
		{Name: "family.homes", Method: get, Path: at + "/samen", May: mayLook, Do: x.homes},
		{Name: "family.home", Method: post, Path: at + "/samen", May: mayKeep, Do: x.addHome},
		{Name: "family.home_remove", Method: post, Path: at + "/samen/{home}/weg", May: mayKeep, Do: x.removeHome},
		{Name: "family.entered", Method: post, Path: at + "/binnenkomst", May: mayKeep, Do: x.tellEntered},
		{Name: "family.guardian", Method: get, Path: at + "/voogd", May: mayLook, Do: x.guardianForm},
		{Name: "family.guarded", Method: post, Path: at + "/voogd", May: mayKeep, Do: x.tellGuardian},
		{Name: "family.sight", Method: post, Path: at + "/meekijken", May: mayKeep, Do: x.addSight},
		{Name: "family.sight_end", Method: post, Path: at + "/meekijken/{sight}/weg", May: mayKeep, Do: x.endSight},
		{Name: "family.remove", Method: post, Path: one + "/weg", May: mayKeep, Do: x.removeMember},
	}
}

// look opens a file to show something of its family; the look stands in the log before anything is shown.
func (x *Families) look(v *web.Visit) (dossier.File, error) {
	return x.files.Open(v, v.Param("person"), access.File, "family.event.look")
}

// keep opens a file to change something of its family.
func (x *Families) keep(v *web.Visit) (dossier.File, error) {
	return x.files.OpenToChange(v, v.Param("person"), mayKeep)
}

// lookToKeep opens a file to show an empty form.
func (x *Families) lookToKeep(v *web.Visit) (dossier.File, error) {
	return x.files.OpenToFill(v, v.Param("person"), mayKeep, "family.event.look")
}

// room is an open file with its family as it may be shown, and what pages need to tell of it.
type room struct {
	dossier.File
	Shown
	Keeps   bool
	Today   clock.Date
	Sponsor Sponsor
	Track   string // of the family's procedure
	links   map[string]string
}

// enter reads the family of an open file.
func (x *Families) enter(v *web.Visit, f dossier.File) (room, error) {
	r := room{File: f, Keeps: f.Changes(mayKeep), Today: clock.Today(v.Now)}
	var err error
	if r.Shown, err = show(v.Ctx(), x.db, f.Key(), f.ID()); err != nil {
		return r, err
	}
	if r.links, err = x.links(v.Ctx(), v.Actor, f.ID(), v.Now); err != nil {
		return r, err
	}
	r.Sponsor = Sponsor{Entered: r.Entered, Births: f.Profile().Births}
	if x.sponsors != nil {
		s, err := x.sponsors(v, f)
		if err != nil {
			return r, err
		}
		r.Sponsor.Lodged, r.Sponsor.Applied, r.Sponsor.Status, r.Sponsor.Law, r.Track = s.Lodged, s.Applied, s.Status, s.Law, s.Track
	}
	return r, nil
}

// births are what is known of the birth of anybody in the family.
func (r room) births(id string) []dossier.Birth {
	if id == Own {
		return r.Profile().Births
	}
	m, _ := r.Member(id)
	return m.Births
}

type overviewPage struct {
	room
	Say      string
	List     bool // as a list instead of a tree
	Root     Node
	People   map[string]person
	Order    []string // the members as the list shows them
	Due      []ui.RowP
	Terms    []ui.Part
	Homes    []homeRow
	Removed  []person
	Splits   []splitRow
	Guardian bool // the page about a minor fits here
	Alone    bool
	Errors   fault.Fields // of taking back a parting
	Split    string       // which one
	Why      string
}

func (x *Families) overview(v *web.Visit) error {
	f, err := x.look(v)
	if err != nil {
		return err
	}
	return x.overviewPage(v, f, overviewPage{})
}

func (x *Families) overviewPage(v *web.Visit, f dossier.File, p overviewPage) error {
	r, err := x.enter(v, f)
	if err != nil {
		return err
	}
	p.room, p.List, p.Root, p.People = r, v.Value("als") == "lijst", r.Tree(r.Today), map[string]person{}
	for _, m := range r.Living() {
		p.People[m.ID] = r.person(v, m)
		p.Order = append(p.Order, m.ID)
	}
	for _, m := range r.Members {
		if !m.Removed.IsZero() {
			p.Removed = append(p.Removed, r.person(v, m))
		}
	}
	for _, d := range r.DueOn(r.Today) {
		p.Due = append(p.Due, r.dueRow(v, d, ""))
	}
	p.Homes = r.homeRows(v)
	p.Say = r.say(v.Ctx())
	minor := dossier.Adult(r.Profile().Births, r.Today)
	p.Guardian, p.Alone = minor == "no" || minor == "both" || !r.Family.Guardian.Zero(), r.Family.Alone(r.Profile().Births, r.Today)
	if p.Terms, err = x.files.Show(v, f, "family"); err != nil {
		return err
	}
	if p.Splits, err = x.splitRows(v, r); err != nil {
		return err
	}
	for i, s := range p.Splits {
		if s.ID == p.Split {
			p.Splits[i].Why, p.Splits[i].Err = p.Why, ui.ErrAt(p.Errors, s.field())
		}
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageOverview(p))
	}
	return v.Page(pageOverview(p))
}

// tellEntered writes when the person came into the country.
func (x *Families) tellEntered(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	var fs fault.Fields
	d := day(&fs, "entered", v.Value("entered"), clock.Today(v.Now))
	if len(fs) > 0 {
		return x.homesPage(v, f, homesPage{Errors: fs, Entered: v.Value("entered")})
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("family.homes", "person", f.ID(), "gezegd", "family.said.saved"), change(v.Ctx(), tx, f, func(fam *Family) (Event, error) {
			fam.Entered = d
			return Event{About: Own, Kind: enteredTold, What: Details{Day: d}}, nil
		})
	})
}

type homesPage struct {
	room
	Rows    []homeRow
	In      HomeInput
	Entered string
	Who     []ui.Option
	Errors  fault.Fields
}

func (x *Families) homes(v *web.Visit) error {
	f, err := x.look(v)
	if err != nil {
		return err
	}
	return x.homesPage(v, f, homesPage{})
}

func (x *Families) homesPage(v *web.Visit, f dossier.File, p homesPage) error {
	var err error
	if p.room, err = x.enter(v, f); err != nil {
		return err
	}
	p.Rows = p.homeRows(v)
	if p.Entered == "" {
		p.Entered = p.room.Entered.String()
	}
	p.Who = append(p.Who, ui.Option{Value: "self", Label: lang.Isolated(f.Called())})
	for _, m := range p.Living() {
		p.Who = append(p.Who, ui.Option{Value: m.ID, Label: lang.Isolated(m.Name)})
	}
	if p.In.Who == nil {
		p.In.Who = []string{"self"}
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageHomes(p))
	}
	return v.Page(pageHomes(p))
}

func (x *Families) addHome(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	in := HomeInput{Who: v.Values("who"), Country: v.Value("country"), Place: v.Value("place"), Since: v.Value("since"), Until: v.Value("until")}
	fam, _, err := load(v.Ctx(), x.db, f.Key(), f.ID())
	if err != nil {
		return err
	}
	h, fs := in.Read(fam, clock.Today(v.Now))
	if len(fam.Homes) >= homesMost {
		fs.Add("who", "family.error.many")
	}
	if len(fs) > 0 {
		return x.homesPage(v, f, homesPage{In: in, Errors: fs})
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		h.ID = db.ID("fh", tx.Now)
		return v.URL("family.homes", "person", f.ID(), "gezegd", "family.said.saved"), change(v.Ctx(), tx, f, func(fam *Family) (Event, error) {
			fam.Homes = append(fam.Homes, h)
			return Event{About: Own, Kind: homeMade, What: Details{Home: &h}}, nil
		})
	})
}

func (x *Families) removeHome(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("family.homes", "person", f.ID(), "gezegd", "family.said.removed"), change(v.Ctx(), tx, f, func(fam *Family) (Event, error) {
			for i, h := range fam.Homes {
				if h.ID == v.Param("home") {
					fam.Homes = append(fam.Homes[:i:i], fam.Homes[i+1:]...)
					return Event{About: Own, Kind: homeRemoved, What: Details{Home: &h}}, nil
				}
			}
			return Event{}, fault.Gone()
		})
	})
}
