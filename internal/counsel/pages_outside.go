package counsel

// This file holds the pages of lawyers: their clients, and of each exactly what that person agreed to, read anew at every request.

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// opened is one client's file as far as this lawyer may see it.
type opened struct {
	Rep     Representation
	File    dossier.File
	Allowed []dossier.Allowed
}

// parts are the names of all that is allowed now, each once, in the order in which parts are lent.
func (o opened) parts() []string {
	var out []string
	for _, a := range o.Allowed {
		for _, p := range a.Parts {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

func (o opened) allows(part string) bool { return slices.Contains(o.parts(), part) }

// until is the last day of what is allowed, the earliest one first: from then on it is less.
func (o opened) until() clock.Date {
	d := o.Allowed[0].Until
	for _, a := range o.Allowed {
		if a.Until.Before(d) {
			d = a.Until
		}
	}
	return d
}

// may is the one question for everything that a lawyer sees or leaves here: does this representation run, is it theirs, are
// they still in the address book, and does a consent hold. It is asked inside the transaction that acts on the answer. Every no
// is the same fault as an id that was never given.
func (c *Counsel) may(ctx context.Context, lawyer string, o *opened) func(tx *db.Tx, f dossier.File) error {
	return func(tx *db.Tx, f dossier.File) error {
		r, err := representation(ctx, tx, f.Key(), f.ID(), o.Rep.ID)
		if err != nil {
			return err
		}
		p, err := party(ctx, tx, lawyer)
		if err != nil {
			return err
		}
		if r.Party != lawyer || !p.Ended.IsZero() || !r.Runs(clock.Today(tx.Now)) {
			return fault.Gone()
		}
		o.Rep = r
		if o.Allowed, err = c.allowing.Hold(ctx, tx, f, forLawyer, lawyer); err != nil {
			return err
		}
		if len(o.Allowed) == 0 {
			return fault.Gone()
		}
		return nil
	}
}

// open opens one client's file for this request; the look stands in the log before anything is shown. What part of it is
// asked for must be allowed, when one is named.
func (c *Counsel) open(v *web.Visit, matter, event, object, part string) (opened, error) {
	o := opened{Rep: Representation{ID: matter}}
	person, err := personOf(v.Ctx(), c.db, matter, v.Actor.ID)
	if err != nil {
		return o, err
	}
	may := c.may(v.Ctx(), v.Actor.ID, &o)
	o.File, err = c.files.OpenOutside(v, person, event, object, func(tx *db.Tx, f dossier.File) error {
		if err := may(tx, f); err != nil {
			return err
		}
		if part != "" && !o.allows(part) {
			return fault.Gone()
		}
		return nil
	})
	return o, err
}

type clientRow struct{ URL, Name, Sub string }

type clientsPage struct {
	Name  string
	Press []pressRow
	Rows  []clientRow
}

// terms is the part of a consent in which the dates stand.
const terms = "terms"

// pressRow is a date of a client that comes near.
type pressRow struct {
	ui.RowP
	day clock.Date
}

// pressing are the dates of a client that come near, when the dates were agreed to. It is asked anew each time: a consent that
// ended has ended here too.
func (c *Counsel) pressing(v *web.Visit, o opened) ([]pressRow, error) {
	if !o.allows(terms) {
		return nil, nil
	}
	ps, err := c.presses(v, o.File)
	var out []pressRow
	for _, p := range ps {
		r := pressRow{ui.RowP{Href: v.URL("counsel.client", "matter", o.Rep.ID), Title: p.Title, Sub: lang.Dots(c.clientName(v.Ctx(), o), o.Rep.What.Reference),
			TagKind: "warn", TagIcon: "warning", Tag: lang.T(v.Ctx(), "counsel.press.unknown")}, p.Day}
		if !p.Day.IsZero() {
			r.TagKind, r.TagIcon, r.Tag = "", "", ""
			r.Due = &ui.DueP{Days: clock.Today(v.Now).DaysUntil(p.Day), Until: lang.Day(v.Ctx(), p.Day)}
		}
		out = append(out, r)
	}
	return out, err
}

// clients lists who represented by this lawyer agreed to anything. A name shows only where the name was agreed to.
func (c *Counsel) clients(v *web.Visit) error {
	ctx := v.Ctx()
	rs, err := held(ctx, c.db, v.Actor.ID, clock.Today(v.Now))
	if err != nil {
		return err
	}
	p := clientsPage{Name: v.Actor.Name}
	for _, r := range rs {
		o, err := c.open(v, r.ID, "counsel.event.seen", r.ID, "")
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		press, err := c.pressing(v, o)
		if err != nil {
			return err
		}
		p.Press = append(p.Press, press...)
		p.Rows = append(p.Rows, clientRow{URL: v.URL("counsel.client", "matter", r.ID), Name: c.clientName(ctx, o),
			Sub: lang.Dots(lang.T(ctx, "counsel.role."+r.Role), o.Rep.What.Reference, lang.T(ctx, "counsel.since", "day", lang.Day(ctx, r.Since)))})
	}
	slices.SortStableFunc(p.Press, func(a, b pressRow) int { return b.day.DaysUntil(a.day) })
	return v.Page(pageClients(p))
}

// clientName is the name of a client, when the name was agreed to.
func (c *Counsel) clientName(ctx context.Context, o opened) string {
	if o.allows("name") {
		return o.File.Profile().Name()
	}
	return lang.T(ctx, "counsel.client.unnamed")
}

// shownPart is one part that was agreed to.
type shownPart struct {
	Title string
	Lines []ui.FactP
	URL   string // where the paper itself is
}

// shown reads the parts that were agreed to, and nothing else.
func (c *Counsel) shown(v *web.Visit, o opened) ([]shownPart, error) {
	var out []shownPart
	for _, e := range c.excerpts {
		if e.Items == nil {
			if !o.allows(e.Name) {
				continue
			}
			lines, err := e.Lines(v, o.File)
			if err != nil {
				return nil, err
			}
			out = append(out, shownPart{Title: lang.T(v.Ctx(), e.Key), Lines: lines})
			continue
		}
		if !slices.ContainsFunc(o.parts(), func(p string) bool { return strings.HasPrefix(p, e.Name+"/") }) {
			continue
		}
		items, err := e.Items(v.Ctx(), o.File)
		if err != nil {
			return nil, err
		}
		for _, x := range items {
			if o.allows(e.Name + "/" + x.ID) {
				out = append(out, shownPart{Title: x.Title, Lines: x.Lines, URL: v.URL("counsel.paper", "matter", o.Rep.ID, "paper", x.ID)})
			}
		}
	}
	return out, nil
}

type clientPage struct {
	Name, Sub, Until string
	Press            []pressRow
	Parts            []shownPart
	Words            []wordRow
	In               WordInput
	Action           string
	Errors           fault.Fields
}

func (c *Counsel) client(v *web.Visit) error { return c.clientPage(v, WordInput{Kind: Question}, nil) }

func (c *Counsel) clientPage(v *web.Visit, in WordInput, fs fault.Fields) error {
	ctx := v.Ctx()
	o, err := c.open(v, v.Param("matter"), "counsel.event.seen", v.Param("matter"), "")
	if err != nil {
		return err
	}
	p := clientPage{Name: c.clientName(ctx, o), Sub: lang.Dots(lang.T(ctx, "counsel.role."+o.Rep.Role), o.Rep.What.Reference), Until: lang.T(ctx, "counsel.client.until", "day", lang.Day(ctx, o.until())),
		In: in, Errors: fs, Action: v.URL("counsel.ask", "matter", o.Rep.ID)}
	if p.Parts, err = c.shown(v, o); err != nil {
		return err
	}
	if p.Press, err = c.pressing(v, o); err != nil {
		return err
	}
	ws, err := wordsOf(ctx, c.db, o.File.Key(), o.File.ID(), v.Actor.ID)
	if err != nil {
		return err
	}
	for _, w := range ws {
		if w.Representation == o.Rep.ID {
			p.Words = append(p.Words, c.wordView(v, w, v.Actor.Name))
		}
	}
	if len(fs) > 0 {
		return v.Invalid(pageClient(p))
	}
	return v.Page(pageClient(p))
}

// paper hands out one paper that was agreed to by itself.
func (c *Counsel) paper(v *web.Visit) error {
	id := v.Param("paper")
	for _, e := range c.excerpts {
		if e.Items == nil {
			continue
		}
		o, err := c.open(v, v.Param("matter"), "counsel.event.took", id, e.Name+"/"+id)
		if err != nil {
			return err
		}
		items, err := e.Items(v.Ctx(), o.File)
		if err != nil {
			return err
		}
		for _, x := range items {
			if x.ID == id {
				name, kind, body, err := x.Open(v.Ctx())
				if err != nil {
					return err
				}
				return v.Download(name, kind, bytes.NewReader(body))
			}
		}
	}
	return fault.Gone()
}

// ask keeps a question or a date for a colleague to decide on. It writes nothing into the file.
func (c *Counsel) ask(v *web.Visit) error {
	in := ReadWord(v.Fields())
	on, fs := in.Check(clock.Today(v.Now))
	if len(fs) > 0 {
		return c.clientPage(v, in, fs)
	}
	matter := v.Param("matter")
	person, err := personOf(v.Ctx(), c.db, matter, v.Actor.ID)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		o := opened{Rep: Representation{ID: matter}}
		f, err := c.files.OpenOutsideIn(v, tx, person, "counsel.event.asked", matter, c.may(v.Ctx(), v.Actor.ID, &o))
		if err != nil {
			return "", err
		}
		return v.URL("counsel.client", "matter", matter, "gezegd", "counsel.said.asked"), addWord(v.Ctx(), tx, f, o.Rep, in, on)
	})
}
