package counsel

// This file holds the pages of the address book.

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/account"
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type bookPage struct {
	Kind   string
	Rows   []ui.RowP
	Past   []ui.RowP
	NewURL string
	Typed  string
	Found  bool // something was looked for
}

func (c *Counsel) lawyers(v *web.Visit) error  { return c.book(v, Lawyer) }
func (c *Counsel) partners(v *web.Visit) error { return c.book(v, Partner) }

func (c *Counsel) book(v *web.Visit, kind string) error {
	ctx := v.Ctx()
	ps, err := parties(ctx, c.db, kind)
	if err != nil {
		return err
	}
	b := bookPage{Kind: kind, Typed: v.Value("zoek")}
	want := strings.ToLower(b.Typed)
	if mayKeep.Allows(v.Actor) {
		b.NewURL = v.URL("counsel.party_new", "soort", kind)
	}
	for _, p := range ps {
		if want != "" && !strings.Contains(strings.ToLower(strings.Join([]string{p.Name, p.Office, p.Area, p.Country, p.Offers, p.Languages}, " ")), want) {
			continue
		}
		r := ui.RowP{Href: v.URL("counsel.party", "party", p.ID), Title: p.Name, Sub: lang.Dots(p.Office, p.Area, p.Country, p.Phone)}
		if p.Ended.IsZero() {
			b.Rows = append(b.Rows, r)
			continue
		}
		r.Tag = lang.T(ctx, "counsel.ended", "day", lang.Day(ctx, dayOf(p.Ended)))
		b.Past = append(b.Past, r)
	}
	return v.Page(pageBook(b))
}

type partyPage struct {
	P                        Party
	PhoneURL                 string
	Changed, Verified, Ended string
	Account                  string // how it stands with the account; empty for a partner
	HasAccount               bool
	MayKeep, MayInvite       bool
	EditURL, EndURL, BackURL string
	InviteURL, CloseURL      string
	MoveURL, BookURL         string
	Moves, To                []ui.Option
	Earlier                  []earlierRow
	Errors                   fault.Fields
}

type earlierRow struct{ When, Text string }

func (c *Counsel) party(v *web.Visit) error {
	p, err := c.partyPage(v)
	if err != nil {
		return err
	}
	return v.Page(pageParty(p))
}

func (c *Counsel) partyPage(v *web.Visit) (partyPage, error) {
	ctx, id := v.Ctx(), v.Param("party")
	x, err := party(ctx, c.db, id)
	if err != nil {
		return partyPage{}, err
	}
	p := partyPage{P: x, PhoneURL: dossier.PhoneURL(x.Phone), MayKeep: mayKeep.Allows(v.Actor), MayInvite: mayInvite.Allows(v.Actor) && x.Kind == Lawyer && x.Ended.IsZero() && x.Email != "",
		EditURL: v.URL("counsel.party_edit", "party", id), EndURL: v.URL("counsel.party_end", "party", id), BackURL: v.URL("counsel.party_back", "party", id),
		InviteURL: v.URL("counsel.invite", "party", id), CloseURL: v.URL("counsel.close", "party", id), MoveURL: v.URL("counsel.move", "party", id), BookURL: bookURL(v, x.Kind)}
	by, err := c.called(v, x.ChangedBy, x.VerifiedBy)
	if err != nil {
		return p, err
	}
	p.Changed = lang.T(ctx, "counsel.changed", "name", by[x.ChangedBy], "when", lang.When(ctx, x.Changed, v.Now))
	if !x.Verified.IsZero() {
		p.Verified = lang.T(ctx, "counsel.verified", "name", by[x.VerifiedBy], "when", lang.When(ctx, x.Verified, v.Now))
	}
	if !x.Ended.IsZero() {
		p.Ended = lang.T(ctx, "counsel.ended", "day", lang.Day(ctx, dayOf(x.Ended)))
	}
	if x.Kind == Lawyer {
		if err := c.addAccount(v, &p); err != nil {
			return p, err
		}
		if err := c.addMoves(v, &p); err != nil {
			return p, err
		}
	}
	was, err := earlier(ctx, c.db, id)
	if err != nil {
		return p, err
	}
	for _, w := range was {
		var in PartyInput
		if err := json.Unmarshal([]byte(w.Body), &in); err != nil {
			return p, err
		}
		p.Earlier = append(p.Earlier, earlierRow{lang.When(ctx, w.At, v.Now), lang.Dots(in.Name, in.Office, in.Area, in.Country, in.Phone, in.Email, in.Reachable, in.Languages, in.Offers, in.Data)})
	}
	return p, nil
}

// addAccount tells whether the lawyer can sign in.
func (c *Counsel) addAccount(v *web.Visit, p *partyPage) error {
	ctx := v.Ctx()
	o, err := account.OutsideIn(ctx, c.db, p.P.ID)
	switch {
	case fault.Is(err, fault.NotFound):
		p.Account = lang.T(ctx, "counsel.account.none")
	case err != nil:
		return err
	case !o.Ended.IsZero():
		p.Account = lang.T(ctx, "counsel.account.closed", "day", lang.Day(ctx, dayOf(o.Ended)))
	case o.SignedIn.IsZero():
		p.Account, p.HasAccount = lang.T(ctx, "counsel.account.invited"), true
	default:
		p.Account, p.HasAccount = lang.T(ctx, "counsel.account.seen", "when", lang.When(ctx, o.SignedIn, v.Now)), true
	}
	return nil
}

// addMoves lists whom this lawyer represents, as far as the colleague may open their files, and who could take over. It is
// asked for when the lawyer is gone, and then only.
func (c *Counsel) addMoves(v *web.Visit, p *partyPage) error {
	if p.P.Ended.IsZero() || !p.MayKeep {
		return nil
	}
	ctx := v.Ctx()
	rs, err := toMove(ctx, c.db, v.Actor, p.P.ID, clock.Today(v.Now), v.Now)
	if err != nil || len(rs) == 0 {
		return err
	}
	var people []string
	for _, r := range rs {
		people = append(people, r.Person)
	}
	names, err := c.files.Names(ctx, people)
	if err != nil {
		return err
	}
	for _, r := range rs {
		p.Moves = append(p.Moves, ui.Option{Value: r.ID, Label: names[r.Person], Hint: lang.T(ctx, "counsel.role."+r.Role) + " · " + lang.T(ctx, "counsel.since", "day", lang.Day(ctx, r.Since))})
	}
	p.To, err = c.lawyerOptions(v)
	return err
}

// lawyerOptions are the lawyers who may be chosen.
func (c *Counsel) lawyerOptions(v *web.Visit) ([]ui.Option, error) {
	ps, err := parties(v.Ctx(), c.db, Lawyer)
	out := []ui.Option{{Label: lang.T(v.Ctx(), "counsel.choose")}}
	for _, p := range ps {
		if p.Ended.IsZero() {
			out = append(out, ui.Option{Value: p.ID, Label: p.full()})
		}
	}
	return out, err
}

// called are what colleagues are called.
func (c *Counsel) called(v *web.Visit, ids ...string) (map[string]string, error) {
	cs, err := c.org.Colleagues(v.Ctx(), ids)
	out := map[string]string{}
	for _, id := range ids {
		out[id] = lang.T(v.Ctx(), "counsel.somebody")
		if x, ok := cs[id]; ok {
			out[id] = x.Called
		}
	}
	return out, err
}

type partyForm struct {
	In              PartyInput
	New             bool
	Action, BackURL string
	Errors          fault.Fields
}

func bookURL(v *web.Visit, kind string) string {
	if kind == Partner {
		return v.URL("counsel.partners")
	}
	return v.URL("counsel.book")
}

func (c *Counsel) newParty(v *web.Visit) error {
	in := PartyInput{Kind: Lawyer}
	if v.Value("soort") == Partner {
		in.Kind = Partner
	}
	return v.Page(pagePartyForm(partyForm{In: in, New: true, Action: v.URL("counsel.party_add"), BackURL: bookURL(v, in.Kind)}))
}

func (c *Counsel) addParty(v *web.Visit) error {
	in := ReadParty(v.Fields())
	if in.Kind != Lawyer && in.Kind != Partner {
		return fault.Gone() // no form of ours sends another
	}
	if fs := in.Check(); len(fs) > 0 {
		return v.Invalid(pagePartyForm(partyForm{In: in, New: true, Action: v.URL("counsel.party_add"), BackURL: bookURL(v, in.Kind), Errors: fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := addParty(v.Ctx(), tx, in, v.Actor.ID)
		if err != nil {
			return "", err
		}
		return v.URL("counsel.party", "party", id, "gezegd", "counsel.said.added"), note(v.Ctx(), tx, v.Actor, "counsel.event.book", id)
	})
}

func (c *Counsel) editParty(v *web.Visit) error {
	p, err := party(v.Ctx(), c.db, v.Param("party"))
	if err != nil {
		return err
	}
	in := p.Input()
	in.Version = strconv.FormatInt(p.Version, 10)
	return v.Page(pagePartyForm(partyForm{In: in, Action: v.URL("counsel.party_save", "party", p.ID), BackURL: v.URL("counsel.party", "party", p.ID)}))
}

func (c *Counsel) saveParty(v *web.Visit) error {
	was, err := party(v.Ctx(), c.db, v.Param("party"))
	if err != nil {
		return err
	}
	in := ReadParty(v.Fields())
	in.Kind = was.Kind
	fs := in.Check()
	if len(fs) == 0 && in.Version != strconv.FormatInt(was.Version, 10) {
		fs.Add("naam", "counsel.error.version")
		in.Version = strconv.FormatInt(was.Version, 10)
	}
	if len(fs) > 0 {
		return v.Invalid(pagePartyForm(partyForm{In: in, Action: v.URL("counsel.party_save", "party", was.ID), BackURL: v.URL("counsel.party", "party", was.ID), Errors: fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := saveParty(v.Ctx(), tx, was, in, v.Actor.ID); err != nil {
			return "", err
		}
		return v.URL("counsel.party", "party", was.ID, "gezegd", "counsel.said.saved"), note(v.Ctx(), tx, v.Actor, "counsel.event.book", was.ID)
	})
}

func (c *Counsel) endParty(v *web.Visit) error  { return c.turnParty(v, false) }
func (c *Counsel) backParty(v *web.Visit) error { return c.turnParty(v, true) }

func (c *Counsel) turnParty(v *web.Visit, undo bool) error {
	p, err := c.partyPage(v)
	if err != nil {
		return err
	}
	why := v.Value("reden")
	text(&p.Errors, "reden", why, lineMost)
	if len(p.Errors) > 0 {
		return v.Invalid(pageParty(p))
	}
	said := "counsel.said.ended"
	if undo {
		said = "counsel.said.back"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := endParty(v.Ctx(), tx, p.P.ID, why, v.Actor.ID, undo); err != nil {
			return "", err
		}
		return v.URL("counsel.party", "party", p.P.ID, "gezegd", said), note(v.Ctx(), tx, v.Actor, "counsel.event.book", p.P.ID)
	})
}

// move lets another lawyer take over: each old representation ends with that reason, and a new one begins today. Whoever gets
// the work sees what the person allows them, which is nothing until the person says so.
func (c *Counsel) move(v *web.Visit) error {
	p, err := c.partyPage(v)
	if err != nil {
		return err
	}
	ctx, today, to := v.Ctx(), clock.Today(v.Now), v.Value("naar")
	chosen := v.Values("zaak")
	rs, err := toMove(ctx, c.db, v.Actor, p.P.ID, today, v.Now)
	if err != nil {
		return err
	}
	byID := map[string]Representation{}
	for _, r := range rs {
		byID[r.ID] = r
	}
	if len(chosen) == 0 {
		p.Errors.Add("zaak", "counsel.error.moves")
	}
	next, err := party(ctx, c.db, to)
	if fault.Is(err, fault.NotFound) || (err == nil && (next.Kind != Lawyer || !next.Ended.IsZero() || next.ID == p.P.ID)) {
		p.Errors.Add("naar", "counsel.error.lawyer")
	} else if err != nil {
		return err
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageParty(p))
	}
	why := lang.T(lang.In(ctx, "nl"), "counsel.moved", "name", next.full())
	type open struct {
		id string
		do func(tx *db.Tx) error
	}
	var all []open
	for _, id := range chosen {
		r, ok := byID[id]
		if !ok {
			return fault.Gone()
		}
		f, err := c.files.OpenFor(v, r.Person, access.File)
		if err != nil {
			return err
		}
		if err := f.Lasting(); err != nil {
			return err
		}
		all = append(all, open{id, func(tx *db.Tx) error {
			if err := endRep(ctx, tx, f, r.ID, why, false); err != nil {
				return err
			}
			_, err := represent(ctx, tx, f, RepInput{Party: next.ID, Track: r.Track, Role: r.Role, Source: "told"}, today, clock.Date{})
			return err
		}})
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		for _, x := range all {
			if err := x.do(tx); err != nil {
				return "", err
			}
		}
		return v.URL("counsel.party", "party", p.P.ID, "gezegd", "counsel.said.moved"), nil
	})
}

type invitePage struct {
	P       Party
	Link    string
	Until   time.Time
	BackURL string
}

// invite makes a link with which the lawyer chooses a password, and shows it once. Nothing here sends mail: the colleague
// hands it over themselves, and says so that they made sure of the address.
func (c *Counsel) invite(v *web.Visit) error {
	p, err := c.partyPage(v)
	if err != nil {
		return err
	}
	if !p.MayInvite {
		return fault.Gone()
	}
	if v.Value("nagekeken") != "ja" {
		p.Errors.Add("nagekeken", "counsel.error.verify")
		return v.Invalid(pageParty(p))
	}
	var path string
	err = c.db.Tx(v.Ctx(), func(tx *db.Tx) (err error) {
		if path, err = c.accounts.InviteOutside(v.Ctx(), tx, p.P.ID, p.P.Name, p.P.Email, v.Actor.ID); err != nil {
			return err
		}
		return verify(v.Ctx(), tx, p.P.ID, v.Actor.ID)
	})
	if x := fault.As(err); err != nil && x.Kind == fault.Conflict {
		p.Errors.Add("nagekeken", x.Key, x.Args...)
		return v.Invalid(pageParty(p))
	}
	if err != nil {
		return err
	}
	return v.Page(pageInvite(invitePage{P: p.P, Link: c.accounts.LinkURL(v, path), Until: v.Now.Add(account.InviteLasts), BackURL: v.URL("counsel.party", "party", p.P.ID)}))
}

// closeAccount takes the way in away and leaves the entry.
func (c *Counsel) closeAccount(v *web.Visit) error {
	p, err := party(v.Ctx(), c.db, v.Param("party"))
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("counsel.party", "party", p.ID, "gezegd", "counsel.said.closed"), account.EndOutside(v.Ctx(), tx, p.ID, v.Actor.ID)
	})
}
