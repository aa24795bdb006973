package dossier

// This file holds the pages on which a person is registered, changed, and shown as they were before.

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// formPage is the form of a person, new or known.
type formPage struct {
	In      Input
	Errors  fault.Fields
	Known   Known
	Sure    bool // the question about likely duplicates was answered
	Places  []ui.Option
	Place   string
	Person  string
	Version int64
	File    *File
	Theirs  *Profile // after a conflict: what somebody else wrote
	Mine    *Profile
	By      string
}

func (s *Files) newForm(v *web.Visit) error {
	places, err := s.places(v)
	if err != nil {
		return err
	}
	return v.Page(pageForm(formPage{Places: placeOptions(places)}))
}

// place is one location at which a colleague may register people.
type place struct{ team, location, name string }

func placeOptions(ps []place) []ui.Option {
	var out []ui.Option
	for _, p := range ps {
		out = append(out, ui.Option{Value: p.location, Label: p.name})
	}
	return out
}

// places are the locations of the posts in which somebody is a caseworker, those of the first post first.
func (s *Files) places(v *web.Visit) ([]place, error) {
	var out []place
	add := func(l organisation.Location) {
		if !l.Closed && !slices.ContainsFunc(out, func(p place) bool { return p.location == l.ID }) {
			out = append(out, place{l.Team, l.ID, l.Name})
		}
	}
	team := func(id string) error {
		ls, err := s.org.LocationsOf(v.Ctx(), id)
		for _, l := range ls {
			add(l)
		}
		return err
	}
	for _, p := range v.Actor.Posts {
		if p.Role != access.Case && p.Role != access.Legal {
			continue
		}
		switch p.Scope.Kind {
		case access.Location:
			l, err := s.org.Location(v.Ctx(), p.Scope.ID)
			if err != nil {
				return nil, err
			}
			add(l)
		case access.Team:
			if err := team(p.Scope.ID); err != nil {
				return nil, err
			}
		case access.InRegion:
			ts, err := s.org.Teams(v.Ctx(), p.Scope.ID)
			if err != nil {
				return nil, err
			}
			for _, t := range ts {
				if err := team(t.ID); err != nil {
					return nil, err
				}
			}
		}
	}
	return out, nil
}

// errKnown stops a registration that must be looked at first; nothing is written.
var errKnown = errors.New("dossier: this person may be known")

func (s *Files) register(v *web.Visit) error {
	places, err := s.places(v)
	if err != nil {
		return err
	}
	in := ReadInput(v.Fields())
	p, fs := in.Check(clock.Today(v.Now))
	onlyPlace(&fs, p.Lives)
	page := formPage{In: in, Errors: fs, Sure: v.Value("sure") != "", Places: placeOptions(places), Place: v.Value("location")}
	var at place
	switch i := slices.IndexFunc(places, func(x place) bool { return x.location == page.Place }); {
	case len(places) == 0:
		page.Errors.Add("called", "dossier.error.noplace")
	case i >= 0:
		at = places[i]
	case page.Place == "" && len(places) == 1:
		at = places[0]
	default:
		page.Errors.Add("location", "dossier.error.choose")
	}
	if page.Known, err = s.known(v.Ctx(), v.Actor, p, v.Now); err != nil {
		return err
	}
	if len(page.Errors) > 0 {
		return v.Invalid(pageForm(page))
	}
	// Whether the person is known is decided inside the writing: a second press finds the person it made itself, and must
	// still answer with the page of that person.
	err = v.Write(func(tx *db.Tx) (string, error) {
		if page.Known.asks() && !page.Sure {
			return "", errKnown
		}
		id := db.ID("p", tx.Now)
		k, err := s.vault.NewKey(v.Ctx(), id)
		if err != nil {
			return "", err
		}
		return v.URL("dossier.open", "person", id, "gezegd", "dossier.said.registered"),
			Add(v.Ctx(), tx, s.vault, k, id, p, Placing{Team: at.team, Location: at.location, By: v.Actor.ID})
	})
	if errors.Is(err, errKnown) {
		page.Errors.Add("sure", "dossier.error.known")
		return v.Invalid(pageForm(page))
	}
	return err
}

// suggest answers, while somebody types, whether this person may be known already.
func (s *Files) suggest(v *web.Visit) error {
	p, _ := ReadInput(v.Fields()).Check(clock.Today(v.Now))
	if len(p.Parts()) == 0 && len(p.All("vnumber")) == 0 && len(p.All("znumber")) == 0 {
		return v.Page(partKnown(Known{}))
	}
	known, err := s.known(v.Ctx(), v.Actor, p, v.Now)
	if err != nil {
		return err
	}
	return v.Page(partKnown(known))
}

// onlyPlace refuses an address where a place belongs: this page is read by everybody who helps.
func onlyPlace(fs *fault.Fields, lives string) {
	if Addressed(lives) {
		fs.Add("lives", "dossier.error.address")
	}
}

func (s *Files) editForm(v *web.Visit) error {
	f, err := s.OpenToFill(v, v.Param("person"), mayChange, "dossier.event.edit")
	if err != nil {
		return err
	}
	return v.Page(pageForm(formPage{In: InputOf(f.profile), Person: f.id, Version: f.version, File: &f}))
}

func (s *Files) change(v *web.Visit) error {
	f, err := s.OpenToChange(v, v.Param("person"), mayChange)
	if err != nil {
		return err
	}
	in := ReadInput(v.Fields())
	from, _ := strconv.ParseInt(v.Value("version"), 10, 64)
	p, fs := in.Check(clock.Today(v.Now))
	onlyPlace(&fs, p.Lives)
	if p.Lives == Place(f.profile.Lives) {
		p.Lives = f.profile.Lives // an address from before is moved by a page of its own, never lost here
	}
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
	Past  []saving
	Names map[string]organisation.Colleague
	Now   time.Time
}

// saving is one time that somebody wrote facts down, and what it changed.
type saving struct {
	Title   string
	At      time.Time
	By      string
	Changes []changed
}

// changed is one fact before and after.
type changed struct{ Label, Was, Now string }

// earlier is the history of the facts: every saving, newest first, with what it changed.
func (s *Files) earlier(v *web.Visit) error {
	f, err := s.Open(v, v.Param("person"), access.File, "dossier.event.history")
	if err != nil {
		return err
	}
	past, err := s.history(v.Ctx(), s.db, f, 100)
	if err != nil {
		return err
	}
	type row struct {
		ChangedAt time.Time
		ChangedBy string
	}
	last, err := db.One[row](v.Ctx(), s.db, db.F(`SELECT changed_at, changed_by FROM dossier_person WHERE id = ?`, f.id))
	if err != nil {
		return err
	}
	all := append([]Version{{At: last.ChangedAt, By: last.ChangedBy, Profile: f.profile}}, past...)
	p := earlierPage{File: f, Now: v.Now}
	var ids []string
	for i, x := range all {
		one := saving{Title: "dossier.earlier.changed", At: x.At, By: x.By}
		if i+1 < len(all) {
			one.Changes = changes(profileFacts(v.Ctx(), all[i+1].Profile), profileFacts(v.Ctx(), x.Profile))
		} else if x.Version <= 1 {
			one.Title = "dossier.earlier.first"
			one.Changes = changes(nil, profileFacts(v.Ctx(), x.Profile))
		}
		p.Past = append(p.Past, one)
		ids = append(ids, x.By)
	}
	if p.Names, err = s.org.Colleagues(v.Ctx(), ids); err != nil {
		return err
	}
	return v.Page(pageEarlier(p))
}

// changes holds the facts before and after against each other. A label with several values is one fact.
func changes(was, now []factP) []changed {
	gather := func(fs []factP) (labels []string, values map[string]string) {
		values = map[string]string{}
		for _, f := range fs {
			if _, ok := values[f.Label]; !ok {
				labels = append(labels, f.Label)
				values[f.Label] = f.Value
				continue
			}
			values[f.Label] += "; " + f.Value
		}
		return labels, values
	}
	before, old := gather(was)
	labels, fresh := gather(now)
	for _, l := range before {
		if !slices.Contains(labels, l) {
			labels = append(labels, l)
		}
	}
	var out []changed
	for _, l := range labels {
		if old[l] != fresh[l] {
			out = append(out, changed{l, old[l], fresh[l]})
		}
	}
	return out
}
