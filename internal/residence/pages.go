package residence

// This file is the table of doors, and the page of where somebody lives.

import (
	"context"
	"embed"
	"net/http"
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

// Texts are the words of the pages.
//
//go:embed text/*.json
var Texts embed.FS

// Routes are the doors.
func (r *Residence) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	const at = "/dossier/{person}/wonen"
	return []web.Route{
		{Name: "residence.mine", Method: get, Path: "/mijn/wonen", May: maySelf, Do: r.mine},
		{Name: "residence.mine_stay", Method: post, Path: "/mijn/wonen", May: maySelf, Do: r.mineStay},
		{Name: "residence.mine_remove", Method: post, Path: "/mijn/wonen/plek/{stay}/weg", May: maySelf, Do: r.mineRemove},
		{Name: "residence.mine_reach", Method: post, Path: "/mijn/wonen/bereiken", May: maySelf, Do: r.mineReach},
		{Name: "residence.mine_address", Method: post, Path: "/mijn/wonen/adres", May: maySelf, Do: r.mineAddress, Secret: true},
		{Name: "residence.mine_show", Method: post, Path: "/mijn/wonen/adres/tonen", May: maySelf, Do: r.mineShow},
		{Name: "residence.living", Method: get, Path: at, May: mayLook, Do: r.living},
		{Name: "residence.stay_new", Method: get, Path: at + "/plek", May: mayKeep, Do: r.stayNew},
		{Name: "residence.stay_add", Method: post, Path: at + "/plek", May: mayKeep, Do: r.stayAdd},
		{Name: "residence.stay_remove", Method: post, Path: at + "/plek/{stay}/weg", May: mayKeep, Do: r.stayRemove},
		{Name: "residence.stay_seen", Method: post, Path: at + "/plek/{stay}/gezien", May: mayKeep, Do: r.staySeen},
		{Name: "residence.condition_new", Method: get, Path: at + "/hoe", May: mayKeep, Do: r.conditionNew},
		{Name: "residence.condition_add", Method: post, Path: at + "/hoe", May: mayKeep, Do: r.conditionAdd},
		{Name: "residence.condition_remove", Method: post, Path: at + "/hoe/{condition}/weg", May: mayKeep, Do: r.conditionRemove},
		{Name: "residence.signal", Method: post, Path: at + "/hoe/{condition}/signaal", May: mayKeep, Do: r.signal},
		{Name: "residence.address", Method: get, Path: at + "/adres", May: mayReveal, Do: r.address},
		{Name: "residence.address_save", Method: post, Path: at + "/adres", May: mayKeep, Do: r.addressSave, Secret: true},
		{Name: "residence.address_take", Method: post, Path: at + "/adres/overnemen", May: mayKeep, Do: r.addressTake},
		{Name: "residence.guard", Method: post, Path: at + "/adres/beschermen", May: mayKeep, Do: r.guard},
		{Name: "residence.unguard", Method: post, Path: at + "/adres/vrijgeven", May: mayKeep, Do: r.unguard, Secret: true},
		{Name: "residence.reveal", Method: post, Path: at + "/adres/tonen", May: mayReveal, Do: r.reveal, Secret: true},
		{Name: "residence.show", Method: post, Path: at + "/adres/tonen/{request}", May: mayReveal, Do: r.show},
		{Name: "residence.weigh", Method: get, Path: "/adres-verzoek/{request}", May: mayWeigh, Do: r.weigh},
		{Name: "residence.decide", Method: post, Path: "/adres-verzoek/{request}", May: mayWeigh, Do: r.decide},
	}
}

func (r *Residence) look(v *web.Visit) (dossier.File, error) {
	return r.files.Open(v, v.Param("person"), access.File, "residence.event.look")
}

// keep opens a file to change something of it.
func (r *Residence) keep(v *web.Visit) (dossier.File, error) {
	return r.files.OpenToChange(v, v.Param("person"), mayKeep)
}

// lookToKeep opens a file to show an empty form.
func (r *Residence) lookToKeep(v *web.Visit) (dossier.File, error) {
	return r.files.OpenToFill(v, v.Param("person"), mayKeep, "residence.event.look")
}

// names are how colleagues and the person are called on one page.
type names struct {
	self, called string
	colleagues   map[string]string
}

func (r *Residence) namesFor(ctx context.Context, f dossier.File, ids ...string) (names, error) {
	n := names{self: f.ID(), called: f.Called(), colleagues: map[string]string{}}
	cs, err := r.org.Colleagues(ctx, ids)
	for id, c := range cs {
		n.colleagues[id] = c.Name
	}
	return n, err
}

func (n names) by(id string) string {
	if id == n.self {
		return lang.Isolated(n.called)
	}
	return n.colleagues[id]
}

// stayRow is one place in a list.
type stayRow struct {
	Leg
	Title, Span, Length, Why, By string
}

type conditionRow struct {
	Condition
	Place, By string
	Raise     string // the form of a signal; empty when there is none
	Worst     []ui.RowP
}

type livingPage struct {
	File       dossier.File
	Keeps      bool
	Reveals    bool
	Stays      []stayRow
	Removed    []stayRow
	Moves      string
	Norms      []Norm
	Conditions []conditionRow
	Taken      []conditionRow
	Vault      Vault
	Held       bool // an address stands in the profile, from before
}

func (r *Residence) living(v *web.Visit) error {
	f, err := r.look(v)
	if err != nil {
		return err
	}
	ctx, today := v.Ctx(), clock.Today(v.Now)
	p := livingPage{File: f, Keeps: f.Changes(mayKeep), Reveals: mayReveal.Allows(v.Actor)}
	at, err := r.whereabouts(v, f)
	if err != nil {
		return err
	}
	ss := at.stays
	p.Vault = at.vault
	cs, err := conditions(ctx, r.db, f.Key(), f.ID())
	if err != nil {
		return err
	}
	if p.Keeps {
		if p.Held, err = r.files.HoldsAddress(ctx, f); err != nil {
			return err
		}
	}
	var ids []string
	for _, s := range ss {
		ids = append(ids, s.MadeBy)
	}
	for _, c := range cs {
		ids = append(ids, c.MadeBy)
	}
	n, err := r.namesFor(ctx, f, ids...)
	if err != nil {
		return err
	}
	legs := Legs(ss, today)
	for i := len(legs) - 1; i >= 0; i-- { // newest first
		p.Stays = append(p.Stays, stayRowOf(v, n, legs[i]))
	}
	for _, s := range ss {
		if s.Restorable(v.Now) {
			p.Removed = append(p.Removed, stayRowOf(v, n, Leg{Stay: s, From: s.What.From, To: s.What.Until, Days: -1}))
		}
	}
	p.Moves, p.Norms = movesText(ctx, legs, today), Norms(legs, today)
	for _, c := range cs {
		row := conditionRowOf(ctx, n, c, ss)
		if p.Keeps && !c.Signalled {
			if row.Raise, err = r.signalURL(v, f, c.ID, c.At); err != nil {
				return err
			}
		}
		switch {
		case c.Removed.IsZero():
			p.Conditions = append(p.Conditions, row)
		case c.Restorable(v.Now):
			p.Taken = append(p.Taken, row)
		}
	}
	return v.Page(pageLiving(p))
}

func stayRowOf(v *web.Visit, n names, l Leg) stayRow {
	ctx := v.Ctx()
	by := lang.T(ctx, "residence.by", "name", n.by(l.MadeBy), "when", lang.When(ctx, l.At, v.Now))
	why := lang.T(ctx, "residence.reason."+l.What.Reason)
	if l.What.Name != "" {
		why = lang.Dots(lang.T(ctx, "residence.kind."+l.What.Kind), why)
	}
	if l.What.School != "" && l.What.School != "none" {
		why = lang.Dots(why, lang.T(ctx, "residence.school."+l.What.School))
	}
	if l.What.Beside {
		why = lang.Dots(why, lang.T(ctx, "residence.beside.short"))
	}
	return stayRow{Leg: l, Title: placeText(ctx, l.What), Span: spanText(ctx, l), Length: daysText(ctx, l.Days), Why: why, By: by}
}

func conditionRowOf(ctx context.Context, n names, c Condition, ss []Stay) conditionRow {
	row := conditionRow{Condition: c, By: n.by(c.MadeBy)}
	for _, s := range ss {
		if s.ID == c.Stay {
			row.Place = placeText(ctx, s.What)
		}
	}
	for _, a := range c.What.Worst() {
		g := c.What.Grades[a]
		row.Worst = append(row.Worst, ui.RowP{Title: lang.T(ctx, "residence.aspect."+a) + ": " + lang.T(ctx, "residence.grade."+g), TagKind: gradeLook(g)})
	}
	return row
}

type stayPage struct {
	File   dossier.File
	In     StayInput
	Shared []string // places that would share days
	Errors fault.Fields
}

func (r *Residence) stayNew(v *web.Visit) error {
	f, err := r.lookToKeep(v)
	if err != nil {
		return err
	}
	return v.Page(pageStay(stayPage{File: f}))
}

func stayInput(v *web.Visit) StayInput {
	return StayInput{Kind: v.Value("kind"), Town: v.Value("town"), Name: v.Value("name"), From: v.Value("from"), Until: v.Value("until"), Reason: v.Value("reason"),
		School: v.Value("school"), Permit: v.Value("permit"), About: v.Has("about"), Beside: v.Has("beside")}
}

// check reads the form of a place against the places that stand.
func (r *Residence) check(v *web.Visit, f dossier.File, in StayInput) (StayText, []string, fault.Fields, error) {
	today := clock.Today(v.Now)
	at, err := r.whereabouts(v, f)
	if err != nil {
		return StayText{}, nil, nil, err
	}
	legs := Legs(at.stays, today)
	x, fs := in.Check(legs, today)
	var shared []string
	for _, l := range Overlapping(legs, x) {
		shared = append(shared, lang.Dots(placeText(v.Ctx(), l.What), spanText(v.Ctx(), l)))
	}
	return x, shared, fs, nil
}

func (r *Residence) stayAdd(v *web.Visit) error {
	f, err := r.keep(v)
	if err != nil {
		return err
	}
	in := stayInput(v)
	x, shared, fs, err := r.check(v, f, in)
	if err != nil {
		return err
	}
	if len(fs) > 0 {
		return v.Invalid(pageStay(stayPage{File: f, In: in, Shared: shared, Errors: fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("residence.living", "person", f.ID(), "gezegd", "residence.said.moved"), r.addStay(v.Ctx(), tx, f, x)
	})
}

// said chooses the message of what was taken away or put back.
func said(undo bool) string {
	if undo {
		return "residence.said.restored"
	}
	return "residence.said.removed"
}

func (r *Residence) stayRemove(v *web.Visit) error {
	f, err := r.keep(v)
	if err != nil {
		return err
	}
	undo := v.Has("undo")
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("residence.living", "person", f.ID(), "gezegd", said(undo)), r.removeStay(v.Ctx(), tx, f, v.Param("stay"), undo)
	})
}

func (r *Residence) staySeen(v *web.Visit) error {
	f, err := r.keep(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("residence.living", "person", f.ID(), "gezegd", "residence.said.seen"), seen(v.Ctx(), tx, f, v.Param("stay"))
	})
}

type conditionPage struct {
	File   dossier.File
	Grades map[string]string
	Words  string
	Stay   string
	Stays  []ui.Option
	Signal bool
	Errors fault.Fields
}

// conditionPage fills in the places that can be told about, the one of now first.
func (r *Residence) conditionPage(v *web.Visit, f dossier.File) (conditionPage, error) {
	p := conditionPage{File: f, Grades: map[string]string{}}
	at, err := r.whereabouts(v, f)
	legs := Legs(at.stays, clock.Today(v.Now))
	for i := len(legs) - 1; i >= 0; i-- {
		p.Stays = append(p.Stays, ui.Option{Value: legs[i].ID, Label: lang.Dots(placeText(v.Ctx(), legs[i].What), spanText(v.Ctx(), legs[i]))})
	}
	return p, err
}

func (r *Residence) conditionNew(v *web.Visit) error {
	f, err := r.lookToKeep(v)
	if err != nil {
		return err
	}
	p, err := r.conditionPage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pageCondition(p))
}

func (r *Residence) conditionAdd(v *web.Visit) error {
	f, err := r.keep(v)
	if err != nil {
		return err
	}
	p, err := r.conditionPage(v, f)
	if err != nil {
		return err
	}
	grade := func(a string) string { return v.Value(a) }
	p.Words, p.Stay, p.Signal = v.Value("words"), v.Value("stay"), v.Has("signal")
	for _, a := range Aspects {
		p.Grades[a] = grade(a)
	}
	t, fs := CheckCondition(grade, p.Words)
	if !has(p.Stays, p.Stay) {
		fs.Add("stay", "residence.error.stay")
	}
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageCondition(p))
	}
	to := v.URL("residence.living", "person", f.ID(), "gezegd", "residence.said.condition")
	c := Condition{ID: db.ID("rc", v.Now), Stay: p.Stay, Signal: p.Signal, What: t}
	if p.Signal { // from here to the form; until it is sent the report waits
		form, err := r.signalURL(v, f, c.ID, v.Now)
		if err != nil {
			return err
		}
		if form != "" {
			to = form
		}
	}
	return v.Write(func(tx *db.Tx) (string, error) { return to, addCondition(v.Ctx(), tx, f, c) })
}

// signalURL is the way from a report to a signal: the month goes along, and nothing that was told.
func (r *Residence) signalURL(v *web.Visit, f dossier.File, condition string, at time.Time) (string, error) {
	d := clock.Today(at)
	return r.files.SignalURL(v, f, dossier.Signal{From: "residence", Object: condition, Month: clock.On(d.Year, d.Month, 1)})
}

func has(os []ui.Option, value string) bool {
	for _, o := range os {
		if o.Value == value {
			return true
		}
	}
	return false
}

func (r *Residence) conditionRemove(v *web.Visit) error {
	f, err := r.keep(v)
	if err != nil {
		return err
	}
	undo := v.Has("undo")
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("residence.living", "person", f.ID(), "gezegd", said(undo)), removeCondition(v.Ctx(), tx, f, v.Param("condition"), undo)
	})
}

// signal lets a report wait until it is made a signal, or no longer.
func (r *Residence) signal(v *web.Visit) error {
	f, err := r.keep(v)
	if err != nil {
		return err
	}
	on := !v.Has("undo")
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("residence.living", "person", f.ID(), "gezegd", "residence.said.condition"), setSignal(v.Ctx(), tx, f, v.Param("condition"), on)
	})
}

// choose is options with an empty one before them.
func choose(ctx context.Context, prefix string, values []string) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "residence.choose")}}, ui.Options(ctx, prefix, values)...)
}

// reachList is how somebody may be reached, in the words of the profile.
func reachList(ctx context.Context, r dossier.Reach) []ui.FactP {
	var out []ui.FactP
	add := func(key, value, small string) {
		if value != "" {
			out = append(out, ui.FactP{Label: lang.T(ctx, key), Value: value, Small: small})
		}
	}
	shared := ""
	if r.Shared {
		shared = lang.T(ctx, "residence.shared")
	}
	add("residence.phone", r.Phone, shared)
	for _, m := range r.More {
		add("residence.more.phone", m.Number, m.Whose)
	}
	var how []string
	for _, w := range r.How {
		how = append(how, lang.T(ctx, "dossier.way."+w))
	}
	add("residence.how", lang.Commas(how...), "")
	add("residence.when", r.When, "")
	add("residence.say", dossier.SayText(ctx, r), "")
	add("residence.never", r.Never, "")
	return out
}
