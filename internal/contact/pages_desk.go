package contact

// This file holds the page of the desk: duty, the queue, helping the next person, and how long a visit opens a file.

import (
	"slices"
	"strconv"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

type deskPage struct {
	Places  []organisation.Seat
	On      *organisation.Seat
	Staff   string // who else sits here
	Queue   []Waiter
	Table   []Waiter
	Left    []Waiter
	Fresh   []Waiter // whose note may still be corrected
	Count   int
	Counts  []Count
	Slots   []slot
	In      checkForm
	Errors  fault.Fields
	Now     time.Time
	NoFile  bool // nobody was found: offer to help without a file
	Third   bool // several were found: ask one thing more
	Windows bool // may set how long a visit opens a file
}

// slot is an appointment as a desk may know it before anybody checked in: a time and a colleague, no name of a person.
type slot struct {
	ID, Hour, With string
	Arrived        bool
}

func (c *Contact) desk(v *web.Visit) error { return c.deskPage(v, deskPage{}) }

func (c *Contact) deskPage(v *web.Visit, p deskPage) error {
	ctx := v.Ctx()
	var err error
	if p.Places, err = c.places(ctx, v.Actor); err != nil {
		return err
	}
	p.Now, p.Windows = v.Now, mayWindow.Allows(v.Actor)
	d, err := c.onDuty(v)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	i := slices.IndexFunc(p.Places, func(x organisation.Seat) bool { return err == nil && x.Desk == d.Desk })
	if i < 0 {
		return v.Page(pageDesk(p))
	}
	p.On = &p.Places[i]
	if err := c.atTheDesk(v, d, &p); err != nil {
		return err
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageDesk(p))
	}
	return v.Page(pageDesk(p))
}

// atTheDesk fills in what a colleague on duty sees.
func (c *Contact) atTheDesk(v *web.Visit, d Duty, p *deskPage) error {
	ctx := v.Ctx()
	vs, err := c.visits(ctx, c.db, d.Desk, v.Now)
	if err != nil {
		return err
	}
	ws, err := c.waiters(ctx, vs)
	if err != nil {
		return err
	}
	if p.Slots, err = c.slots(v, d, ws); err != nil {
		return err
	}
	byID := map[string]Waiter{}
	for _, w := range ws {
		byID[w.ID] = w
		switch mine := w.TakenBy == v.Actor.ID; {
		case mine && w.Writable(v.Now):
			p.Table = append(p.Table, w)
		case mine && w.Person != "" && w.Correctable(v.Now):
			p.Fresh = append(p.Fresh, w)
		case w.Taken.IsZero() && w.Returnable(v.Now):
			p.Left = append(p.Left, w)
		}
	}
	for _, x := range Queue(vs) {
		if w, ok := byID[x.ID]; ok {
			p.Queue = append(p.Queue, w)
		}
	}
	if p.Counts, err = c.counts(ctx, d.Desk, v.Now); err != nil {
		return err
	}
	for _, n := range p.Counts {
		p.Count += n.N
	}
	p.Staff, err = c.others(v, d.Desk)
	return err
}

// others tells who else sits at a desk, in words; nobody is an empty text.
func (c *Contact) others(v *web.Visit, desk string) (string, error) {
	ids, err := c.staffed(v.Ctx(), desk, v.Now)
	if err != nil {
		return "", err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == v.Actor.ID })
	called, err := c.called(v.Ctx(), ids)
	if err != nil || len(ids) == 0 {
		return "", err
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = called[id]
	}
	return lang.T(v.Ctx(), "contact.today.staff", "n", len(names), "names", lang.Join(v.Ctx(), names)), nil
}

// slots are today's appointments of the location that are not over, and tells those of the visitors what theirs is.
func (c *Contact) slots(v *web.Visit, d Duty, ws []Waiter) ([]slot, error) {
	as, err := c.appointmentsAt(v.Ctx(), d.Location, v.Now)
	if err != nil || len(as) == 0 {
		return nil, err
	}
	var ids []string
	for _, a := range as {
		ids = append(ids, a.Colleague)
	}
	called, err := c.called(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	var out []slot
	for _, a := range as {
		hour := lang.Time(v.Ctx(), a.At)
		for i := range ws {
			if ws[i].Appointment == a.ID {
				ws[i].Hour, ws[i].With = hour, called[a.Colleague]
			}
		}
		if !a.Over(v.Now) && a.Kept.IsZero() {
			out = append(out, slot{ID: a.ID, Hour: hour, With: called[a.Colleague], Arrived: !a.Arrived.IsZero()})
		}
	}
	return out, nil
}

func (c *Contact) duty(v *web.Visit) error {
	places, err := c.places(v.Ctx(), v.Actor)
	if err != nil {
		return err
	}
	want := v.Value("desk")
	i := slices.IndexFunc(places, func(p organisation.Seat) bool { return p.Desk == want })
	if i < 0 {
		return fault.Gone()
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("contact.desk"), c.begin(v.Ctx(), tx, v.Actor, places[i])
	})
}

func (c *Contact) off(v *web.Visit) error {
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("contact.desk", "gezegd", "contact.said.off"), c.stop(v.Ctx(), tx, v.Actor)
	})
}

// next takes a visitor and opens their file, or the form for somebody without one. A visitor who was not chosen by name is
// the first of whom nobody needs to ask whether they are still there.
func (c *Contact) next(v *web.Visit) error {
	ctx := v.Ctx()
	d, err := c.onDuty(v)
	if err != nil {
		return err
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		var x Visit
		if id := v.Value("visit"); id != "" {
			if x, err = c.visit(ctx, tx, d.Desk, id, tx.Now); err != nil {
				return "", err
			}
		} else {
			vs, err := c.visits(ctx, tx, d.Desk, tx.Now)
			if err != nil {
				return "", err
			}
			var ok bool
			if x, ok = Next(vs, tx.Now); !ok && len(Queue(vs)) > 0 {
				return v.URL("contact.desk", "gezegd", "contact.said.still"), nil
			} else if !ok {
				return v.URL("contact.desk", "gezegd", "contact.said.empty"), nil
			}
		}
		to := v.URL("contact.guest", "visit", x.ID)
		if x.Person != "" {
			to = v.URL("dossier.open", "person", x.Person)
		}
		return to, c.take(ctx, tx, v.Actor, x)
	})
	if fault.Is(err, fault.Conflict) && fault.As(err).Key == "contact.error.taken" {
		return v.Go("contact.desk", "gezegd", "contact.said.taken")
	}
	return err
}

// onVisit does something with a visit at the desk where the colleague is on duty, and comes back to it.
func (c *Contact) onVisit(v *web.Visit, said string, act func(tx *db.Tx, x Visit) error) error {
	d, err := c.onDuty(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		x, err := c.visit(v.Ctx(), tx, d.Desk, v.Value("visit"), tx.Now)
		if err != nil {
			return "", err
		}
		return v.URL("contact.desk", "gezegd", said), act(tx, x)
	})
}

// stillHere answers "is X there still?" with yes.
func (c *Contact) stillHere(v *web.Visit) error {
	return c.onVisit(v, "contact.said.here", func(tx *db.Tx, x Visit) error {
		if !x.Waiting() {
			return fault.New(fault.Conflict, "contact.error.taken")
		}
		return c.still(v.Ctx(), tx, v.Actor, x, "contact.event.still")
	})
}

func (c *Contact) gone(v *web.Visit) error {
	if v.Value("undo") != "" {
		return c.onVisit(v, "contact.said.in", func(tx *db.Tx, x Visit) error { return c.putBack(v.Ctx(), tx, v.Actor, x) })
	}
	return c.onVisit(v, "contact.said.gone", func(tx *db.Tx, x Visit) error { return c.leave(v.Ctx(), tx, v.Actor, x) })
}

// finish closes a visit without a note, or after one: the person left the table.
func (c *Contact) finish(v *web.Visit) error {
	return c.onVisit(v, "contact.said.closed", func(tx *db.Tx, x Visit) error {
		if x.TakenBy != v.Actor.ID {
			return fault.Gone()
		}
		return c.close(v.Ctx(), tx, v.Actor, x, x.Moment)
	})
}

// start is where the button "Contact vastleggen" leads: to the person at the table, to the desk, or to one's own files.
func (c *Contact) start(v *web.Visit) error {
	d, err := c.onDuty(v)
	if fault.Is(err, fault.NotFound) {
		if v.Actor.Has(access.Case, access.Legal) {
			return v.Go("dossier.list")
		}
		return v.Go("contact.desk")
	}
	if err != nil {
		return err
	}
	vs, err := c.visits(v.Ctx(), c.db, d.Desk, v.Now)
	if err != nil {
		return err
	}
	for _, x := range vs {
		if x.TakenBy == v.Actor.ID && x.Writable(v.Now) {
			if x.Person == "" {
				return v.Go("contact.guest", "visit", x.ID)
			}
			return v.Go("contact.record", "person", x.Person)
		}
	}
	return v.Go("contact.desk")
}

type windowRow struct {
	Location, Name, Minutes string
}

type windowPage struct {
	Rows   []windowRow
	At     string // the row that the faults are about
	Errors fault.Fields
}

func (c *Contact) windows(v *web.Visit) error { return c.windowPage(v, "", "", nil) }

func (c *Contact) windowPage(v *web.Visit, at, typed string, fs fault.Fields) error {
	ls, err := c.tended(v.Ctx(), v.Actor)
	if err != nil {
		return err
	}
	ids := make([]string, len(ls))
	for i, l := range ls {
		ids[i] = l.ID
	}
	set, err := windows(v.Ctx(), c.db, ids...)
	if err != nil {
		return err
	}
	p := windowPage{At: at, Errors: fs}
	for _, l := range ls {
		r := windowRow{Location: l.ID, Name: l.Name, Minutes: strconv.Itoa(int(set(l.ID).Minutes()))}
		if l.ID == at {
			r.Minutes = typed
		}
		p.Rows = append(p.Rows, r)
	}
	if len(fs) > 0 {
		return v.Invalid(pageWindow(p))
	}
	return v.Page(pageWindow(p))
}

func (c *Contact) saveWindow(v *web.Visit) error {
	ls, err := c.tended(v.Ctx(), v.Actor)
	if err != nil {
		return err
	}
	at := v.Value("location")
	if !slices.ContainsFunc(ls, func(l organisation.Location) bool { return l.ID == at }) {
		return fault.Gone()
	}
	w, fs := ReadWindow(v.Value("minutes"))
	if len(fs) > 0 {
		return c.windowPage(v, at, v.Value("minutes"), fs)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("contact.window", "gezegd", "contact.said.window"), c.setWindow(v.Ctx(), tx, v.Actor, at, w)
	})
}
