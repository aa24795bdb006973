package residence

// This file holds the refugee's own page: where they live, who may be called and what may be said then, and their own
// address.

import (
	"strconv"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type minePage struct {
	Now     string // where the person lives
	Since   string
	Moves   string
	Told    []stayRow // what the person told and can take back
	Removed []stayRow
	Stay    StayInput
	Shared  []string
	Reach   dossier.Reach
	Address Address
	Vault   Vault
	Asked   []requestRow // who asked for the address, and what became of it
	Errors  fault.Fields
	Of      string // which form the faults are of
}

// minePage reads everything of the page but the address.
func (r *Residence) minePage(v *web.Visit, f dossier.File) (minePage, error) {
	ctx, today := v.Ctx(), clock.Today(v.Now)
	p := minePage{Reach: f.Profile().Reach}
	ss, err := stays(ctx, r.db, f.Key(), f.ID())
	if err != nil {
		return p, err
	}
	legs := Legs(ss, today)
	if l, ok := Current(legs); ok {
		p.Now, p.Since = placeText(ctx, l.What), spanText(ctx, l)
	}
	if len(legs) > 0 {
		p.Moves = movesText(ctx, legs, today)
	}
	n := names{self: f.ID(), called: f.Called()}
	for _, l := range legs {
		if l.MadeBy == f.ID() {
			p.Told = append(p.Told, stayRowOf(v, n, l))
		}
	}
	for _, s := range ss {
		if s.MadeBy == f.ID() && s.RemovedBy == f.ID() && s.Restorable(v.Now) {
			p.Removed = append(p.Removed, stayRowOf(v, n, Leg{Stay: s, From: s.What.From, Days: -1}))
		}
	}
	if p.Vault, err = vaultOf(ctx, r.db, f); err != nil {
		return p, err
	}
	rs, err := requestsOf(ctx, r.db, f.Key(), f.ID(), 10)
	if err != nil {
		return p, err
	}
	var ids []string
	for _, q := range rs {
		ids = append(ids, q.AskedBy)
	}
	who, err := r.org.Colleagues(ctx, ids)
	for _, q := range rs {
		if q.What == Reveal {
			state := "unseen"
			if !q.Shown.IsZero() {
				state = "shown"
			}
			p.Asked = append(p.Asked, requestRow{Request: q, Who: who[q.AskedBy].Called, When: lang.When(ctx, q.Asked, v.Now), State: state})
		}
	}
	return p, err
}

func (r *Residence) mine(v *web.Visit) error {
	f, err := r.files.Open(v, v.Actor.ID, access.File, "residence.event.look")
	if err != nil {
		return err
	}
	p, err := r.minePage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pageMine(p))
}

// mineAgain shows the page with what was typed in one of its forms.
func (r *Residence) mineAgain(v *web.Visit, f dossier.File, of string, fs fault.Fields, fill func(p *minePage)) error {
	p, err := r.minePage(v, f)
	if err != nil {
		return err
	}
	p.Of, p.Errors = of, fs
	fill(&p)
	return v.Invalid(pageMine(p))
}

func (r *Residence) own(v *web.Visit) (dossier.File, error) {
	return r.files.OpenFor(v, v.Actor.ID, access.File)
}

func (r *Residence) mineStay(v *web.Visit) error {
	f, err := r.own(v)
	if err != nil {
		return err
	}
	in := stayInput(v)
	if in.Reason == "" {
		in.Reason = "unknown"
	}
	x, shared, fs, err := r.check(v, f, in)
	if err != nil {
		return err
	}
	if len(fs) > 0 {
		return r.mineAgain(v, f, "stay", fs, func(p *minePage) { p.Stay, p.Shared = in, shared })
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("residence.mine", "gezegd", "residence.said.mine"), r.addStay(v.Ctx(), tx, f, x)
	})
}

func (r *Residence) mineRemove(v *web.Visit) error {
	f, err := r.own(v)
	if err != nil {
		return err
	}
	undo := v.Has("undo")
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("residence.mine", "gezegd", said(undo)), r.removeStay(v.Ctx(), tx, f, v.Param("stay"), undo)
	})
}

func (r *Residence) mineReach(v *web.Visit) error {
	f, err := r.own(v)
	if err != nil {
		return err
	}
	reach, fs := dossier.ReadReach(v.Fields())
	for i := range fs { // the words of colleagues' forms are Dutch and English; these are in every language
		fs[i].Key = strings.Replace(fs[i].Key, "dossier.error.", "residence.error.", 1)
	}
	if len(fs) > 0 {
		return r.mineAgain(v, f, "reach", fs, func(p *minePage) { p.Reach = typedReach(v, reach) })
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("residence.mine", "gezegd", "residence.said.mine"), r.files.SetReach(v.Ctx(), tx, f, reach, "person")
	})
}

// typedReach is what was typed, a wrong number too.
func typedReach(v *web.Visit, r dossier.Reach) dossier.Reach {
	r.Phone, r.More = v.Value("phone"), nil
	whose := v.Values("more_whose")
	for i, n := range v.Values("more_phone") {
		r.More = append(r.More, dossier.Phoned{Number: n, Whose: dossier.At(whose, i)})
	}
	return r
}

func (r *Residence) mineAddress(v *web.Visit) error {
	f, err := r.own(v)
	if err != nil {
		return err
	}
	a := Address{Lines: v.Value("lines"), Note: v.Value("note")}
	if fs := CheckAddress(a, v.Has("remove")); len(fs) > 0 {
		return r.mineAgain(v, f, "address", fs, func(p *minePage) { p.Address = a })
	}
	k, err := r.key(v.Ctx(), f.ID())
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("residence.mine", "gezegd", "residence.said.mine"), r.saveAddress(v.Ctx(), tx, f, k, a)
	})
}

// mineShow shows somebody their own address. It stands in the log as theirs: on a telephone that others hold, it may not
// have been them.
func (r *Residence) mineShow(v *web.Visit) error {
	f, err := r.own(v)
	if err != nil {
		return err
	}
	vault, err := vaultOf(v.Ctx(), r.db, f)
	if err != nil {
		return err
	}
	if !vault.There {
		return fault.Gone()
	}
	return r.reveals(v, f, func(tx *db.Tx) error { return f.Log(v.Ctx(), tx, "residence.event.own", "") })
}

// moreRows are the other telephones with one empty line below them.
func moreRows(r dossier.Reach) []dossier.Phoned {
	return append(append([]dossier.Phoned(nil), r.More...), dossier.Phoned{})
}

// mineErr is the fault of a field of one of the forms of the page.
func mineErr(p minePage, of, name string) *fault.Field {
	if p.Of != of {
		return nil
	}
	return ui.ErrAt(p.Errors, name)
}

// moreName is the name of a line of the other telephones, as faults name it.
func moreName(name string, i int) string {
	if i == 0 {
		return name
	}
	return name + "-" + strconv.Itoa(i)
}
