package residence

// This file holds the page of the address that is kept apart: writing it, asking to see it, agreeing, and the one page
// that shows it.

import (
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// fieldFaults are the faults of a form.
type fieldFaults = fault.Fields

// requestRow is one earlier asking.
type requestRow struct {
	Request
	Who, Decider, When, State string
	Mine                      bool
}

type addressPage struct {
	File     dossier.File
	Keeps    bool
	Vault    Vault
	Changed  string
	Address  Address // only what was typed in a form with faults, never what is kept
	Why      Why
	Danger   string
	Unguard  string // why the guarding should end, as it was sent
	Remove   bool
	Requests []requestRow
	Lead     []string // who can agree
	Held     bool
	Errors   fault.Fields
}

// addressPage reads everything about an address except the address.
func (r *Residence) addressPage(v *web.Visit, f dossier.File) (addressPage, error) {
	ctx := v.Ctx()
	p := addressPage{File: f, Keeps: f.Changes(mayKeep)}
	var err error
	if p.Vault, err = vaultOf(ctx, r.db, f); err != nil {
		return p, err
	}
	if p.Keeps {
		if p.Held, err = r.files.HoldsAddress(ctx, f); err != nil {
			return p, err
		}
	}
	rs, err := requestsOf(ctx, r.db, f.Key(), f.ID(), 20)
	if err != nil {
		return p, err
	}
	lead, err := r.org.Lead(ctx, f.Team(), v.Now)
	if err != nil {
		return p, err
	}
	ids := append(slices.Clone(lead), p.Vault.ChangedBy, p.Vault.Guard.By)
	for _, q := range rs {
		ids = append(ids, q.AskedBy, q.DecidedBy)
	}
	n, err := r.namesFor(ctx, f, ids...)
	if err != nil {
		return p, err
	}
	for _, id := range lead {
		if id != v.Actor.ID {
			p.Lead = append(p.Lead, n.by(id))
		}
	}
	if p.Vault.There {
		p.Changed = lang.T(ctx, "residence.by", "name", n.by(p.Vault.ChangedBy), "when", lang.When(ctx, p.Vault.Changed, v.Now))
	}
	for _, q := range rs {
		p.Requests = append(p.Requests, requestRow{Request: q, Who: n.by(q.AskedBy), Decider: n.by(q.DecidedBy), When: lang.When(ctx, q.Asked, v.Now), State: stateOf(v, q), Mine: q.AskedBy == v.Actor.ID})
	}
	return p, nil
}

// stateOf is how an asking stands.
func stateOf(v *web.Visit, q Request) string {
	switch {
	case q.Waiting(v.Now):
		return "waiting"
	case q.Decided.IsZero():
		return "lapsed"
	case !q.Granted:
		return "refused"
	case q.What == Unguard:
		return "unguarded"
	case !q.Shown.IsZero():
		return "shown"
	case q.Usable(v.Now):
		return "usable"
	}
	return "unused"
}

func (r *Residence) address(v *web.Visit) error {
	f, err := r.look(v)
	if err != nil {
		return err
	}
	p, err := r.addressPage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pageAddress(p))
}

// again shows the page with what was typed and what is wrong with it.
func (r *Residence) again(v *web.Visit, f dossier.File, fs fault.Fields, fill func(p *addressPage)) error {
	p, err := r.addressPage(v, f)
	if err != nil {
		return err
	}
	p.Errors = fs
	fill(&p)
	return v.Invalid(pageAddress(p))
}

func (r *Residence) addressSave(v *web.Visit) error {
	f, err := r.keep(v)
	if err != nil {
		return err
	}
	a := Address{Lines: v.Value("lines"), Note: v.Value("note")}
	remove := v.Has("remove")
	if fs := CheckAddress(a, remove); len(fs) > 0 {
		return r.again(v, f, fs, func(p *addressPage) { p.Address, p.Remove = a, remove })
	}
	k, err := r.key(v.Ctx(), f.ID())
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("residence.address", "person", f.ID(), "gezegd", "residence.said.address"), r.saveAddress(v.Ctx(), tx, f, k, a)
	})
}

// addressTake moves an address that stands in the profile, from before, to where it is kept apart.
func (r *Residence) addressTake(v *web.Visit) error {
	f, err := r.keep(v)
	if err != nil {
		return err
	}
	k, err := r.key(v.Ctx(), f.ID())
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		to := v.URL("residence.address", "person", f.ID(), "gezegd", "residence.said.taken")
		lines, err := r.files.TakeAddress(v.Ctx(), tx, f)
		if err != nil || lines == "" {
			return to, err
		}
		vault, err := vaultOf(v.Ctx(), tx, f)
		if err != nil {
			return "", err
		}
		if vault.There { // the newer one stays
			return to, f.Log(v.Ctx(), tx, "residence.event.address", "")
		}
		return to, r.saveAddress(v.Ctx(), tx, f, k, Address{Lines: lines})
	})
}

func (r *Residence) guard(v *web.Visit) error {
	f, err := r.keep(v)
	if err != nil {
		return err
	}
	danger := v.Value("danger")
	if !slices.Contains(Dangers, danger) {
		var fs fault.Fields
		fs.Add("danger", "residence.error.danger")
		return r.again(v, f, fs, func(p *addressPage) { p.Danger = danger })
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("residence.address", "person", f.ID(), "gezegd", "residence.said.guarded"), r.setGuard(v.Ctx(), tx, f, danger)
	})
}

// unguard asks a second person to end the guarding: whoever could end it alone could see the address alone.
func (r *Residence) unguard(v *web.Visit) error {
	f, err := r.keep(v)
	if err != nil {
		return err
	}
	w := Why{Cause: "other", Words: v.Value("words")}
	if fs := CheckWhy(w); len(fs) > 0 {
		fs[0].Name = "why"
		return r.again(v, f, fs, func(p *addressPage) { p.Unguard = w.Words })
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := ask(v.Ctx(), tx, f, Unguard, w, false)
		return v.URL("residence.address", "person", f.ID(), "gezegd", "residence.said.asked"), err
	})
}

// reveal shows the address, or for somebody who is guarded asks a second person. The showing is in the log, durably,
// before the first byte is made. The answer is no page one can come back to: it is never stored, and sending the form
// again is another showing.
func (r *Residence) reveal(v *web.Visit) error {
	f, err := r.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	w := Why{Cause: v.Value("cause"), Words: v.Value("words")}
	fs := CheckWhy(w)
	vault, err := vaultOf(v.Ctx(), r.db, f)
	if err != nil {
		return err
	}
	if !vault.There {
		fs.Add("cause", "residence.error.none")
	}
	if len(fs) > 0 {
		return r.again(v, f, fs, func(p *addressPage) { p.Why = w })
	}
	if vault.Guarded() {
		return v.Write(func(tx *db.Tx) (string, error) {
			_, err := ask(v.Ctx(), tx, f, Reveal, w, false)
			return v.URL("residence.address", "person", f.ID(), "gezegd", "residence.said.asked"), err
		})
	}
	return r.reveals(v, f, func(tx *db.Tx) error {
		now, err := vaultOf(v.Ctx(), tx, f)
		if err == nil && now.Guarded() { // since a moment ago
			err = fault.New(fault.Conflict, "residence.error.guarded")
		}
		if err != nil {
			return err
		}
		_, err = ask(v.Ctx(), tx, f, Reveal, w, true)
		return err
	})
}

// show shows the address of somebody who is guarded, once, to the one who asked and after a second person agreed.
func (r *Residence) show(v *web.Visit) error {
	f, err := r.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	return r.reveals(v, f, func(tx *db.Tx) error { return use(v.Ctx(), tx, f, v.Param("request")) })
}

// reveals opens the address in the transaction that logs it, and shows it when that has been committed.
func (r *Residence) reveals(v *web.Visit, f dossier.File, logged func(tx *db.Tx) error) error {
	k, err := r.vault.Key(v.Ctx(), VaultSubject(f.ID()))
	if err != nil {
		return err
	}
	var a Address
	if err := r.db.Tx(v.Ctx(), func(tx *db.Tx) (err error) {
		if err = logged(tx); err != nil {
			return err
		}
		a, err = r.open(v.Ctx(), tx, k, f.ID())
		return err
	}); err != nil {
		return err
	}
	if own(f) {
		return v.Page(pageMineAddress(a))
	}
	return v.Page(pageShown(f, a))
}

type weighPage struct {
	Request
	Who, Called, Until string
	Open               bool
}

// leads says whether somebody leads a team, or the region it lies in.
func (r *Residence) leads(v *web.Visit, team string) (bool, error) {
	if slices.Contains(v.Actor.At(access.Lead, access.Team), team) {
		return true, nil
	}
	regions := v.Actor.At(access.Region, access.InRegion)
	if len(regions) == 0 {
		return false, nil
	}
	t, err := r.org.Team(v.Ctx(), team)
	return slices.Contains(regions, t.Region), err
}

// weighable is a request that the visitor may look at: of a team they lead, and never their own.
func (r *Residence) weighable(v *web.Visit) (Request, error) {
	q, err := request(v.Ctx(), r.db, v.Param("request"))
	if err != nil {
		return q, err
	}
	ok, err := r.leads(v, q.Team)
	if err == nil && (!ok || q.AskedBy == v.Actor.ID) {
		err = fault.Gone()
	}
	return q, err
}

// weigh shows a leader who asks, about whom and why: not the file, and not the address.
func (r *Residence) weigh(v *web.Visit) error {
	q, err := r.weighable(v)
	if err != nil {
		return err
	}
	ctx := v.Ctx()
	p := weighPage{Request: q, Until: lang.Time(ctx, q.Asked.Add(AskLasts)), Open: q.Waiting(v.Now)}
	k, err := r.vault.Key(ctx, q.Person)
	if err != nil {
		return err
	}
	if err := openWhy(k, &p.Request); err != nil {
		return err
	}
	cs, err := r.org.Colleagues(ctx, []string{q.AskedBy})
	if err != nil {
		return err
	}
	called, err := r.files.Names(ctx, []string{q.Person})
	if err != nil {
		return err
	}
	p.Who, p.Called = cs[q.AskedBy].Name, called[q.Person]
	if err := r.db.Tx(ctx, func(tx *db.Tx) error { return weighed(ctx, tx, q, v.Actor, "residence.event.weighed") }); err != nil {
		return err
	}
	return v.Page(pageWeigh(p))
}

func (r *Residence) decide(v *web.Visit) error {
	q, err := r.weighable(v)
	if err != nil {
		return err
	}
	grant := v.Value("answer") == "yes"
	done := "residence.said.refused"
	if grant {
		done = "residence.said.granted"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("today", "gezegd", done), decide(v.Ctx(), tx, q, v.Actor, grant)
	})
}
