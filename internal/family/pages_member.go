package family

// This file holds the pages of one relative: who they are, whether they count, how far they are, and the forms for that.

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// formPage is the form of a relative, new or known.
type formPage struct {
	room
	ID     string // empty: a new one
	In     MemberInput
	Bound  bool // the form asks how they are bound
	Rev    int64
	Hidden bool
	To     []ui.Option
	Theirs *MemberInput // how it stands now, when somebody else changed it meanwhile
	Errors fault.Fields
}

// memberInput reads the form. What somebody is of another is one question: "child/foster".
func memberInput(v *web.Visit) MemberInput {
	role, form, _ := strings.Cut(v.Value("role"), "/")
	to := v.Value("to")
	if to == "self" {
		to = Own
	}
	b := dossier.ReadInput(v.Fields())
	since, began := v.Day("since")
	until, ended := v.Day("until")
	return MemberInput{Name: v.Value("name"), Own: v.Value("own"), Birth: b, Country: v.Value("country"), Place: v.Value("place"), With: v.Value("with"), State: v.Value("state"),
		Contact: v.Value("contact"), Reach: v.Value("reach"), Coming: v.Value("coming"), Note: v.Value("note"), Role: role, Form: form,
		Certainty: v.Value("certainty"), Source: v.Value("source"), Told: v.Value("told"), Since: since, Until: until, To: to,
		Others: map[string]clock.Other{"since": began, "until": ended}}
}

// inputOf fills the form with what is known.
func inputOf(m Member, k Kin) MemberInput {
	return MemberInput{Name: m.Name, Own: m.Own, Birth: dossier.InputOf(dossier.Profile{Births: m.Births}), Country: m.Where.Country, Place: m.Where.Place, With: m.Where.With, State: m.Where.State,
		Contact: m.Where.Contact.String(), Reach: m.Reach, Coming: m.Coming, Note: m.Note, Role: k.Role, Form: k.Tie.Form, Certainty: k.Tie.Certainty, Source: k.Tie.Source, Told: k.Tie.Told,
		Since: k.Tie.Since.String(), Until: k.Tie.Until.String()}
}

func (in MemberInput) what() string {
	if in.Form == "" {
		return in.Role
	}
	return in.Role + "/" + in.Form
}

func (x *Families) formPage(v *web.Visit, p formPage) error {
	p.To = []ui.Option{{Value: "self", Label: lang.Isolated(p.Called())}}
	for _, m := range p.Living() {
		if m.ID != p.ID {
			p.To = append(p.To, ui.Option{Value: m.ID, Label: lang.Isolated(m.Name)})
		}
	}
	switch {
	case p.Theirs != nil:
		return v.Status(http.StatusConflict, pageForm(p))
	case len(p.Errors) > 0:
		return v.Invalid(pageForm(p))
	}
	return v.Page(pageForm(p))
}

func (x *Families) newMember(v *web.Visit) error {
	f, err := x.lookToKeep(v)
	if err != nil {
		return err
	}
	r, err := x.enter(v, f)
	if err != nil {
		return err
	}
	return x.formPage(v, formPage{room: r, Bound: true, In: MemberInput{Coming: "unknown", Certainty: "stated", Source: "person"}})
}

func (x *Families) addMember(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	r, err := x.enter(v, f)
	if err != nil {
		return err
	}
	p := formPage{room: r, Bound: true, In: memberInput(v)}
	id := db.ID("fm", v.Now)
	m, t, fs := p.In.Read(Member{ID: id}, true, r.Today)
	grown := r.Family
	grown.Members = append(slices.Clone(grown.Members), m)
	if t.ID = db.ID("ft", v.Now); len(fs) == 0 {
		if key := grown.Fault(t, grownBirths(r, m)); key != "" {
			fs.Add(faultField(key), key)
		}
	}
	if len(r.Members) >= membersMost {
		fs.Add("name", "family.error.many")
	}
	if p.Errors = fs; len(fs) > 0 {
		return x.formPage(v, p)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		m.Rev = 1
		return v.URL("family.member", "person", f.ID(), "member", id, "gezegd", "family.said.added"), change(v.Ctx(), tx, f, func(fam *Family) (Event, error) {
			fam.Members = append(fam.Members, m)
			if fam.Fault(t, nil) != "" {
				return Event{}, fault.New(fault.Conflict, "family.error.version")
			}
			fam.Ties = append(fam.Ties, t)
			return Event{About: id, Kind: memberMade, What: Details{Member: bare(m), Tie: &t}}, nil
		})
	})
}

// grownBirths is births with what the form says of one.
func grownBirths(r room, m Member) func(string) []dossier.Birth {
	return func(id string) []dossier.Birth {
		if id == m.ID {
			return m.Births
		}
		return r.births(id)
	}
}

// one finds the relative of an address.
func (r room) one(v *web.Visit) (Member, error) {
	m, ok := r.Member(v.Param("member"))
	if !ok {
		return m, fault.Gone()
	}
	return m, nil
}

func (r room) form(m Member) formPage {
	k, bound := r.Bond(m.ID, r.Today)
	return formPage{room: r, ID: m.ID, In: inputOf(m, k), Bound: bound, Rev: m.Rev, Hidden: r.Hidden(m.ID)}
}

func (x *Families) editMember(v *web.Visit) error {
	f, err := x.lookToKeep(v)
	if err != nil {
		return err
	}
	r, err := x.enter(v, f)
	if err != nil {
		return err
	}
	m, err := r.one(v)
	if err != nil {
		return err
	}
	return x.formPage(v, r.form(m))
}

func (x *Families) saveMember(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	r, err := x.enter(v, f)
	if err != nil {
		return err
	}
	was, err := r.one(v)
	if err != nil {
		return err
	}
	p := r.form(was)
	theirs := p.In
	k, _ := r.Bond(was.ID, r.Today)
	if p.In = memberInput(v); p.In.To != Own {
		p.In.To = Own // the form of a known relative is about the person
	}
	if v.Value("rev") != strconv.FormatInt(was.Rev, 10) {
		p.Theirs = &theirs
		return x.formPage(v, p)
	}
	m, t, fs := p.In.Read(was, p.Bound, r.Today)
	if t.ID = k.Tie.ID; p.Bound && len(fs) == 0 {
		if key := r.Fault(t, grownBirths(r, m)); key != "" {
			fs.Add(faultField(key), key)
		}
	}
	if p.Errors = fs; len(fs) > 0 {
		return x.formPage(v, p)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		to := v.URL("family.member", "person", f.ID(), "member", was.ID, "gezegd", "family.said.saved")
		return to, change(v.Ctx(), tx, f, func(fam *Family) (Event, error) {
			i := fam.at(was.ID)
			if i < 0 || fam.Members[i].Rev != was.Rev {
				return Event{}, fault.New(fault.Conflict, "family.error.version")
			}
			stored := fam.Members[i]
			m.Steps, m.Answers, m.Rev = stored.Steps, stored.Answers, stored.Rev+1
			if p.Hidden { // what may not be shown was not on the form
				died := m.Where.State == Died
				if m.Where, m.Reach, m.Note = stored.Where, stored.Reach, stored.Note; died {
					m.Where.State = Died
				}
			}
			fam.Members[i] = m
			e := Event{About: m.ID, Kind: memberChanged, What: Details{Member: bare(m)}}
			if p.Bound {
				j := slices.IndexFunc(fam.Ties, func(x Tie) bool { return x.ID == t.ID })
				if j < 0 || fam.Fault(t, nil) != "" {
					return Event{}, fault.New(fault.Conflict, "family.error.version")
				}
				if fam.Ties[j] != t {
					e.What.Tie = &t
				}
				fam.Ties[j] = t
			}
			return e, nil
		})
	})
}

// removeMember takes a relative out of the family, or puts them back. Nothing of them is destroyed.
func (x *Families) removeMember(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	undo := v.Value("undo") != ""
	return v.Write(func(tx *db.Tx) (string, error) {
		to, kind := v.URL("family.file", "person", f.ID(), "gezegd", "family.said.removed"), memberRemoved
		if undo {
			to, kind = v.URL("family.file", "person", f.ID(), "gezegd", "family.said.back"), memberBack
		}
		return to, change(v.Ctx(), tx, f, func(fam *Family) (Event, error) {
			i := slices.IndexFunc(fam.Members, func(m Member) bool { return m.ID == v.Param("member") })
			if i < 0 {
				return Event{}, fault.Gone()
			}
			if fam.Members[i].Removed = tx.Now; undo {
				fam.Members[i].Removed = time.Time{}
			}
			return Event{About: fam.Members[i].ID, Kind: kind, What: Details{Member: bare(fam.Members[i])}}, nil
		})
	})
}

type memberPage struct {
	room
	M        Member
	P        person
	Facts    []ui.FactP
	Findings []findingView
	Asks     []askView
	Before   string
	Way      Way
	Steps    []stepRow
	Step     StepInput
	Record   string // address for recording the same in the law's track
	Ties     []tieRow
	Tie      MemberInput
	To       []ui.Option
	Files    []ui.Option // one's own files, to say which one this relative has
	Parted   bool
	CanPart  bool
	Story    []told
	Errors   fault.Fields
}

func (x *Families) member(v *web.Visit) error {
	f, err := x.look(v)
	if err != nil {
		return err
	}
	return x.memberPage(v, f, memberPage{})
}

func (x *Families) memberPage(v *web.Visit, f dossier.File, p memberPage) error {
	ctx := v.Ctx()
	var err error
	if p.room, err = x.enter(v, f); err != nil {
		return err
	}
	if p.M, err = p.one(v); err != nil {
		return err
	}
	p.P, p.Facts, p.Way = p.person(v, p.M), p.facts(ctx, p.M), WayOf(p.M, p.Today)
	p.Findings, p.Asks = p.findings(ctx, p.M)
	p.Before, p.Steps = p.beforeText(ctx, p.Findings), p.stepRows(ctx, p.M)
	if p.Step.Kind == "" {
		p.Step = StepInput{Kind: p.Way.Next, State: Done}
		if p.Step.Kind == Decision {
			p.Step.State = Waiting
		}
	}
	if s, ok := p.Way.Told(v.Value("stap")); ok && p.Keeps {
		if kind := recorded(s); kind != "" {
			p.Record = p.recordURL(v, kind)
		}
	}
	p.Ties = p.tieRows(ctx, p.M)
	for _, m := range p.Living() {
		if m.ID != p.M.ID {
			p.To = append(p.To, ui.Option{Value: m.ID, Label: lang.Isolated(m.Name)})
		}
	}
	if _, bound := p.Bond(p.M.ID, p.Today); !bound {
		p.To = append([]ui.Option{{Value: "self", Label: lang.Isolated(f.Called())}}, p.To...)
	}
	if p.Tie.Certainty == "" {
		p.Tie.Certainty, p.Tie.Source = "stated", "person"
	}
	k, _ := p.Bond(p.M.ID, p.Today)
	p.CanPart = p.Keeps && k.Role != "" && p.M.Where.State != Died
	rows, err := x.splitRows(v, p.room)
	if err != nil {
		return err
	}
	p.Parted = slices.ContainsFunc(rows, func(s splitRow) bool { return s.Member == p.M.ID && s.Undone == "" })
	if p.Keeps {
		if p.Files, err = x.fileOptions(v, f); err != nil {
			return err
		}
	}
	if p.Story, err = x.told(v, p.room, p.M.ID); err != nil {
		return err
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageMember(p))
	}
	return v.Page(pageMember(p))
}

// recordURL is where the same event is recorded in the track of the family, so that its dates are computed there.
func (r room) recordURL(v *web.Visit, kind string) string {
	if r.Track != "" {
		return v.URL("procedure.record", "person", r.ID(), "kind", kind, "track", r.Track)
	}
	return v.URL("procedure.record", "person", r.ID(), "kind", kind, "zaak", "family")
}

// fileOptions are the files that a colleague may see, except this one.
func (x *Families) fileOptions(v *web.Visit, f dossier.File) ([]ui.Option, error) {
	mine, err := x.files.Mine(v.Ctx(), v.Actor, access.File, v.Now)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(mine, func(a, b dossier.Listed) int { return strings.Compare(a.Card.Name+a.ID, b.Card.Name+b.ID) })
	out := []ui.Option{{Label: lang.T(v.Ctx(), "family.link.choose")}}
	for _, l := range mine {
		if l.ID != f.ID() {
			out = append(out, ui.Option{Value: l.ID, Label: lang.Dots(lang.Isolated(l.Card.Name), dossier.VNumberText(l.Card.VNumber))})
		}
	}
	return out, nil
}

func (x *Families) tellStep(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	in := StepInput{Kind: v.Value("kind"), State: v.Value("state"), On: v.Value("on"), Until: v.Value("valid"), Who: v.Value("who"), Note: v.Value("note")}
	s, fs := in.Read(clock.Today(v.Now))
	if len(fs) > 0 {
		return x.memberPage(v, f, memberPage{Step: in, Errors: fs})
	}
	id := v.Param("member")
	return v.Write(func(tx *db.Tx) (string, error) {
		to := v.URL("family.member", "person", f.ID(), "member", id, "stap", s.Kind, "gezegd", "family.said.step")
		return to, change(v.Ctx(), tx, f, func(fam *Family) (Event, error) {
			i := fam.at(id)
			if i < 0 {
				return Event{}, fault.Gone()
			}
			if len(fam.Members[i].Steps) >= stepsMost {
				return Event{}, fault.New(fault.Denied, "family.error.many")
			}
			s.At, s.By = tx.Now, f.Who().ID
			m := &fam.Members[i]
			m.Steps = append(slices.Clone(m.Steps), s)
			if s.Kind == Applied && m.Coming != "yes" {
				m.Coming = "yes"
			}
			return Event{About: id, Kind: stepTold, What: Details{Step: &s}}, nil
		})
	})
}

// tellAnswers writes the answers to the questions of the rules.
func (x *Families) tellAnswers(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	given := map[string]string{}
	for _, q := range slices.Concat(Helpful, Harmful) {
		if a := v.Value("q_" + q); v.Has("q_"+q) && (a == "yes" || a == "no" || a == "unknown") {
			given[q] = a
		}
	}
	id := v.Param("member")
	return v.Write(func(tx *db.Tx) (string, error) {
		to := v.URL("family.member", "person", f.ID(), "member", id, "gezegd", "family.said.answers")
		return to, change(v.Ctx(), tx, f, func(fam *Family) (Event, error) {
			i := fam.at(id)
			if i < 0 {
				return Event{}, fault.Gone()
			}
			all := map[string]string{}
			for q, a := range fam.Members[i].Answers {
				all[q] = a
			}
			changed := map[string]string{}
			for q, a := range given {
				if was := all[q]; a != was && !(a == "unknown" && was == "") {
					changed[q], all[q] = a, a
				}
			}
			fam.Members[i].Answers = all
			return Event{About: id, Kind: answered, What: Details{Answers: changed}}, nil
		})
	})
}

func (x *Families) addTie(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	r, err := x.enter(v, f)
	if err != nil {
		return err
	}
	m, err := r.one(v)
	if err != nil {
		return err
	}
	var fs fault.Fields
	in := memberInput(v)
	t := in.tie(&fs, m.ID, r.Today)
	t.ID = db.ID("ft", v.Now)
	if len(fs) == 0 {
		if key := r.Fault(t, r.births); key != "" {
			fs.Add(faultField(key), key)
		}
	}
	if len(r.Ties) >= tiesMost {
		fs.Add("role", "family.error.many")
	}
	if len(fs) > 0 {
		return x.memberPage(v, f, memberPage{Tie: in, Errors: fs})
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("family.member", "person", f.ID(), "member", m.ID, "gezegd", "family.said.saved"), change(v.Ctx(), tx, f, func(fam *Family) (Event, error) {
			if fam.Fault(t, nil) != "" {
				return Event{}, fault.New(fault.Conflict, "family.error.version")
			}
			fam.Ties = append(fam.Ties, t)
			return Event{About: m.ID, Kind: tieMade, What: Details{Tie: &t}}, nil
		})
	})
}

func (x *Families) removeTie(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	id := v.Param("member")
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("family.member", "person", f.ID(), "member", id, "gezegd", "family.said.removed"), change(v.Ctx(), tx, f, func(fam *Family) (Event, error) {
			for i, t := range fam.Ties {
				if _, _, ok := t.Of(id); ok && t.ID == v.Value("tie") {
					fam.Ties = append(fam.Ties[:i:i], fam.Ties[i+1:]...)
					return Event{About: id, Kind: tieRemoved, What: Details{Tie: &t}}, nil
				}
			}
			return Event{}, fault.Gone()
		})
	})
}

// linkMember says which file a relative has, or that it is not theirs. Both files are open to who says it.
func (x *Families) linkMember(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	id := v.Param("member")
	var fs fault.Fields
	other, err := x.files.OpenFor(v, v.Value("file"), access.File)
	switch {
	case fault.Is(err, fault.NotFound), err == nil && (other.ID() == f.ID() || !other.Changes(mayKeep)):
		fs.Add("file", "family.error.choose")
		return x.memberPage(v, f, memberPage{Errors: fs})
	case err != nil:
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		to := v.URL("family.member", "person", f.ID(), "member", id, "gezegd", "family.said.saved")
		if v.Value("undo") != "" {
			return to, unlink(v.Ctx(), tx, f, id, other.ID())
		}
		return to, link(v.Ctx(), tx, f, other, id)
	})
}
