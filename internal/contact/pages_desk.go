package contact

// This file holds the pages of the desk: duty, the queue, checking in, helping the next person.

import (
	"net/http"
	"slices"
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

// Routes are the doors.
func (c *Contact) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "contact.desk", Method: get, Path: "/spreekuur", May: mayDesk, Do: c.desk},
		{Name: "contact.duty", Method: post, Path: "/spreekuur/begin", May: mayDesk, Do: c.duty},
		{Name: "contact.off", Method: post, Path: "/spreekuur/stop", May: mayDesk, Do: c.off},
		{Name: "contact.checkin", Method: post, Path: "/spreekuur/inchecken", May: mayCheckIn, Do: c.checkin},
		{Name: "contact.next", Method: post, Path: "/spreekuur/volgende", May: mayCheckIn, Do: c.next},
		{Name: "contact.leave", Method: post, Path: "/spreekuur/weg", May: mayCheckIn, Do: c.gone},
		{Name: "contact.start", Method: get, Path: "/contact", May: mayDesk, Do: c.start},
		{Name: "contact.guest", Method: get, Path: "/spreekuur/contact/{visit}", May: mayCheckIn, Do: c.guestForm},
		{Name: "contact.guestsave", Method: post, Path: "/spreekuur/contact/{visit}", May: mayCheckIn, Do: c.guestSave},
		{Name: "contact.record", Method: get, Path: "/dossier/{person}/contact", May: mayRecord, Do: c.record},
		{Name: "contact.save", Method: post, Path: "/dossier/{person}/contact", May: mayRecord, Do: c.saveForm},
		{Name: "contact.draft", Method: post, Path: "/dossier/{person}/contact/concept", May: mayRecord, Do: c.keepDraft},
		{Name: "contact.discard", Method: post, Path: "/dossier/{person}/contact/concept/weg", May: mayRecord, Do: c.discard},
		{Name: "contact.fix", Method: get, Path: "/dossier/{person}/contact/{moment}", May: mayRecord, Do: c.fix},
		{Name: "contact.correct", Method: post, Path: "/dossier/{person}/contact/{moment}", May: mayRecord, Do: c.correctForm},
		{Name: "contact.promises", Method: get, Path: "/opvolgen", May: mayOwn, Do: c.promises},
		{Name: "contact.settle", Method: post, Path: "/opvolgen", May: mayOwn, Do: c.settleForm},
		{Name: "contact.agenda", Method: get, Path: "/agenda", May: mayOwn, Do: c.agenda},
		{Name: "contact.appointment", Method: get, Path: "/dossier/{person}/afspraak", May: mayPlan, Do: c.meetingForm},
		{Name: "contact.plan", Method: post, Path: "/dossier/{person}/afspraak", May: mayPlan, Do: c.planForm},
		{Name: "contact.cancel", Method: post, Path: "/dossier/{person}/afspraak/weg", May: mayPlan, Do: c.cancelForm},
	}
}

// checkForm is the check-in as it was typed.
type checkForm struct {
	How, Code, Name, Day, Month, Year, Called, Language, Appointment string
}

type deskPage struct {
	Places []Place
	On     *Place
	Queue  []Waiter
	Table  []Waiter
	Left   []Waiter
	Count  int
	Slots  []slot
	In     checkForm
	Errors fault.Fields
	Now    time.Time
	NoFile bool // nobody was found: offer to help without a file
}

// slot is an appointment as a desk may know it before anybody checked in: a time and a colleague, no name of a person.
type slot struct {
	ID, Hour, With string
}

func (c *Contact) desk(v *web.Visit) error { return c.deskPage(v, checkForm{}, nil, false) }

func (c *Contact) deskPage(v *web.Visit, in checkForm, fs fault.Fields, noFile bool) error {
	ctx := v.Ctx()
	places, err := c.places(ctx, v.Actor)
	if err != nil {
		return err
	}
	p := deskPage{Places: places, In: in, Errors: fs, Now: v.Now, NoFile: noFile}
	d, err := c.Duty(ctx, c.db, v.Actor, v.Now)
	if fault.Is(err, fault.NotFound) {
		return v.Page(pageDesk(p))
	}
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(places, func(x Place) bool { return x.Desk == d.Desk }); i >= 0 {
		p.On = &places[i]
	} else {
		return v.Page(pageDesk(p))
	}
	vs, err := c.visits(ctx, d.Desk, v.Now)
	if err != nil {
		return err
	}
	ws, err := c.waiters(ctx, v.Actor, v.Now, vs)
	if err != nil {
		return err
	}
	order := map[string]int{}
	for i, x := range Queue(vs) {
		order[x.ID] = i + 1
	}
	p.Queue = make([]Waiter, len(order))
	for _, w := range ws {
		switch {
		case order[w.ID] > 0:
			p.Queue[order[w.ID]-1] = w
		case w.AtTable() && w.TakenBy == v.Actor.ID:
			p.Table = append(p.Table, w)
		case !w.Gone.IsZero() && v.Now.Sub(w.Gone) < 10*time.Minute:
			p.Left = append(p.Left, w)
		}
	}
	if p.Count, err = c.today(ctx, d.Desk, v.Now); err != nil {
		return err
	}
	if p.Slots, err = c.slots(v, d.Location); err != nil {
		return err
	}
	if len(fs) > 0 {
		return v.Invalid(pageDesk(p))
	}
	return v.Page(pageDesk(p))
}

func (c *Contact) slots(v *web.Visit, location string) ([]slot, error) {
	day := clock.Today(v.Now)
	as, err := c.appointmentsAt(v.Ctx(), location, day.In(clock.Netherlands), day.AddDays(1).In(clock.Netherlands))
	if err != nil || len(as) == 0 {
		return nil, err
	}
	var ids []string
	for _, a := range as {
		ids = append(ids, a.Colleague)
	}
	names, err := c.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	var out []slot
	for _, a := range as {
		if !a.Over(v.Now) {
			out = append(out, slot{ID: a.ID, Hour: lang.Time(v.Ctx(), a.At), With: names[a.Colleague].Name})
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
	i := slices.IndexFunc(places, func(p Place) bool { return p.Desk == want })
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

// checkin lets somebody in. What does not lead to one person says only that it did not, and is counted and logged.
func (c *Contact) checkin(v *web.Visit) error {
	ctx := v.Ctx()
	d, err := c.Duty(ctx, c.db, v.Actor, v.Now)
	if err != nil {
		return err
	}
	in := checkForm{How: v.Value("how"), Code: v.Value("code"), Name: v.Value("name"), Day: v.Value("day"), Month: v.Value("month"), Year: v.Value("year"),
		Called: v.Value("called"), Language: v.Value("language"), Appointment: v.Value("appointment")}
	n, err := c.failed(ctx, d.Desk, v.Now)
	if err != nil {
		return err
	}
	if n >= TriesMost && in.How != "anonymous" {
		return fault.New(fault.TooMany, "contact.error.tries")
	}
	person, fs, err := c.who(v, d, in)
	if err != nil {
		return err
	}
	if len(fs) > 0 {
		if fs[0].Key == "contact.error.nobody" || fs[0].Key == "contact.error.several" {
			if err := c.miss(ctx, v.Actor, d, in.How); err != nil {
				return err
			}
		}
		return c.deskPage(v, in, fs, fs[0].Key == "contact.error.nobody")
	}
	g := Guest{Called: in.Called, Language: in.Language}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("contact.desk", "gezegd", "contact.said.in"), c.arrive(ctx, tx, v.Actor, d, person, in.How, g)
	})
}

// who finds the one person a check-in is about; anonymous is nobody without a fault.
func (c *Contact) who(v *web.Visit, d Duty, in checkForm) (person string, fs fault.Fields, err error) {
	ctx := v.Ctx()
	switch in.How {
	case "card":
		if in.Code == "" {
			fs.Add("code", "contact.error.code")
			return "", fs, nil
		}
		h, err := c.files.ByCard(ctx, c.db, in.Code)
		if err != nil {
			return "", nil, err
		}
		if h.Person == "" {
			fs.Add("code", "contact.error.nobody")
		}
		return h.Person, fs, nil
	case "appointment":
		a, err := c.appointmentHere(ctx, d.Location, in.Appointment)
		if fault.Is(err, fault.NotFound) || (err == nil && clock.Today(a.At) != clock.Today(v.Now)) {
			fs.Add("appointment", "contact.error.nobody")
			return "", fs, nil
		}
		return a.Person, nil, err
	case "name":
		b, key := birthOf(in, clock.Today(v.Now))
		if strings.TrimSpace(in.Name) == "" {
			fs.Add("name", "contact.error.name")
		}
		if key != "" {
			fs.Add("day", key)
		}
		if len(fs) > 0 {
			return "", fs, nil
		}
		ids, err := c.files.ByNameAndBirth(ctx, c.db, in.Name, b)
		if err != nil {
			return "", nil, err
		}
		switch len(ids) {
		case 0:
			fs.Add("name", "contact.error.nobody")
		case 1:
			return ids[0], nil, nil
		default:
			fs.Add("name", "contact.error.several")
		}
		return "", fs, nil
	case "anonymous":
		if len([]rune(in.Called)) > 60 {
			fs.Add("called", "contact.error.long", "n", 60)
		}
		if in.Language != "" && !slices.Contains(dossier.Tongues, in.Language) {
			fs.Add("language", "contact.error.choose")
		}
		return "", fs, nil
	}
	fs.Add("code", "contact.error.choose")
	return "", fs, nil
}

// birthOf reads the birth asked at the desk: a whole date, or a year alone where no more is known.
func birthOf(in checkForm, today clock.Date) (dossier.Birth, string) {
	p, fs := dossier.Input{Called: "x", BirthYear: []string{in.Year}, BirthMonth: []string{in.Month}, BirthDay: []string{in.Day}, BirthAsk: []string{"0"}}.Check(today)
	if len(fs) > 0 {
		return dossier.Birth{}, fs[0].Key
	}
	if len(p.Births) == 0 {
		return dossier.Birth{}, "contact.error.birth"
	}
	b := p.Births[0]
	if b.Day == 0 {
		b.Month = 0
	}
	return b, ""
}

// next takes a visitor and opens their file, or the form for somebody without one.
func (c *Contact) next(v *web.Visit) error {
	ctx := v.Ctx()
	d, err := c.Duty(ctx, c.db, v.Actor, v.Now)
	if err != nil {
		return err
	}
	var x Visit
	if id := v.Value("visit"); id != "" {
		x, err = c.visit(ctx, c.db, d.Desk, id)
	} else {
		var vs []Visit
		if vs, err = c.visits(ctx, d.Desk, v.Now); err == nil {
			q := Queue(vs)
			if len(q) == 0 {
				return v.Go("contact.desk", "gezegd", "contact.said.empty")
			}
			x = q[0]
		}
	}
	if err != nil {
		return err
	}
	to := v.URL("contact.guest", "visit", x.ID)
	if x.Person != "" {
		to = v.URL("dossier.open", "person", x.Person)
	}
	err = v.Write(func(tx *db.Tx) (string, error) { return to, c.take(ctx, tx, v.Actor, d, x) })
	if fault.Is(err, fault.Conflict) && fault.As(err).Key == "contact.error.taken" {
		return v.Go("contact.desk", "gezegd", "contact.said.taken")
	}
	return err
}

func (c *Contact) gone(v *web.Visit) error {
	d, err := c.Duty(v.Ctx(), c.db, v.Actor, v.Now)
	if err != nil {
		return err
	}
	x, err := c.visit(v.Ctx(), c.db, d.Desk, v.Value("visit"))
	if err != nil {
		return err
	}
	said := "contact.said.gone"
	if v.Value("undo") != "" {
		said = "contact.said.in"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("contact.desk", "gezegd", said), c.leave(v.Ctx(), tx, v.Actor, d, x, v.Value("undo") != "")
	})
}

// start is where the button "Contact vastleggen" leads: to the person at the table, to the desk, or to one's own files.
func (c *Contact) start(v *web.Visit) error {
	d, err := c.Duty(v.Ctx(), c.db, v.Actor, v.Now)
	if fault.Is(err, fault.NotFound) {
		if v.Actor.Has(access.Case, access.Legal) {
			return v.Go("dossier.list")
		}
		return v.Go("contact.desk")
	}
	if err != nil {
		return err
	}
	vs, err := c.visits(v.Ctx(), d.Desk, v.Now)
	if err != nil {
		return err
	}
	for _, x := range vs {
		if x.AtTable() && x.TakenBy == v.Actor.ID {
			if x.Person == "" {
				return v.Go("contact.guest", "visit", x.ID)
			}
			return v.Go("contact.record", "person", x.Person)
		}
	}
	return v.Go("contact.desk")
}

// languageOptions are the languages a visitor may name at the desk.
func languageOptions(v *web.Visit) []ui.Option {
	out := []ui.Option{{Label: lang.T(v.Ctx(), "contact.language.unknown")}}
	for _, t := range dossier.Tongues {
		out = append(out, ui.Option{Value: t, Label: lang.T(v.Ctx(), "dossier.tongue."+t)})
	}
	return out
}
