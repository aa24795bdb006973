package contact

// This file holds what the refugee sees and does: what was said and promised, and asking for another time.

import (
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// mineRow is one contact in the words of the person it is about.
type mineRow struct {
	When, Topic, Did, Note, By string
}

type minePage struct {
	Rows     []mineRow
	Promised []Promise
	Older    string
}

const minePerPage = 20

// mine shows what colleagues wrote for the person to read along.
func (c *Contact) mine(v *web.Visit) error {
	f, err := c.files.Open(v, v.Actor.ID, access.File, "contact.event.read")
	if err != nil {
		return err
	}
	before := v.Now.Add(time.Second)
	first := true
	if ms, err := strconv.ParseInt(v.Value("voor"), 10, 64); err == nil && ms > 0 {
		before, first = time.UnixMilli(ms), false
	}
	ms, err := c.talks(v.Ctx(), f, before, minePerPage+1)
	if err != nil {
		return err
	}
	var p minePage
	if len(ms) > minePerPage {
		ms = ms[:minePerPage]
		p.Older = v.URL("contact.mine", "voor", strconv.FormatInt(ms[len(ms)-1].At.UnixMilli(), 10))
	}
	if p.Rows, err = c.mineRows(v, ms); err != nil {
		return err
	}
	if first {
		if p.Promised, err = c.promised(v.Ctx(), f, v.Now.AddDate(0, 0, -UndoDays), 20); err != nil {
			return err
		}
	}
	return v.Page(pageMine(p))
}

func (c *Contact) mineRows(v *web.Visit, ts []Talk) ([]mineRow, error) {
	var ids []string
	for _, t := range ts {
		ids = append(ids, t.Author)
	}
	called, err := c.called(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	var out []mineRow
	for _, t := range ts {
		out = append(out, mineRow{When: lang.When(v.Ctx(), t.At, v.Now), Topic: lang.T(v.Ctx(), "contact.topic."+t.What.Topic), Did: didText(v.Ctx(), t.What), Note: t.What.Note, By: called[t.Author]})
	}
	return out, nil
}

type onePage struct {
	H      heroPart
	In     Answer
	Errors fault.Fields
}

// mineOne shows one appointment that comes, with what one can say to it.
func (c *Contact) mineOne(v *web.Visit) error {
	f, err := c.files.Open(v, v.Actor.ID, access.File, "contact.event.read")
	if err != nil {
		return err
	}
	p, _, err := c.onePage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pageOne(p))
}

func (c *Contact) onePage(v *web.Visit, f dossier.File) (onePage, Appointment, error) {
	a, err := c.appointment(v.Ctx(), c.db, f, v.Param("appointment"))
	if err == nil && (!a.Cancelled.IsZero() || a.Over(v.Now)) {
		err = fault.Gone()
	}
	if err != nil {
		return onePage{}, a, err
	}
	called, err := c.called(v.Ctx(), []string{a.Colleague})
	if err != nil {
		return onePage{}, a, err
	}
	at, err := c.org.LocationsBy(v.Ctx(), []string{a.Location})
	return onePage{H: heroOf(v.Ctx(), a, called[a.Colleague], at[a.Location])}, a, err
}

// answer keeps what the person says to an appointment.
func (c *Contact) answer(v *web.Visit) error {
	f, err := c.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	p, a, err := c.onePage(v, f)
	if err != nil {
		return err
	}
	p.In = Answer{Says: v.Value("zegt"), Why: strings.TrimSpace(v.Value("waarom")), When: strings.TrimSpace(v.Value("wanneer"))}
	if p.Errors = p.In.Check(); len(p.Errors) > 0 {
		return v.Invalid(pageOne(p))
	}
	to := func(said string) string { return v.URL("portal.appointments", "gezegd", said) }
	return v.Write(func(tx *db.Tx) (string, error) {
		switch p.In.Says {
		case saysComes:
			return to("contact.said.comes"), c.comes(v.Ctx(), tx, f, a.ID, false)
		case saysUnsure:
			return to("contact.said.answered"), c.comes(v.Ctx(), tx, f, a.ID, true)
		case saysWants:
			return to("contact.said.wants"), c.wants(v.Ctx(), tx, f, a.ID, askText(v, f, a, "contact.promise.interpreter", p.In), false)
		case saysNoNeed:
			return to("contact.said.answered"), c.wants(v.Ctx(), tx, f, a.ID, "", true)
		case saysAnother:
			return to("contact.said.asked"), c.ask(v.Ctx(), tx, f, a.ID, askText(v, f, a, "contact.promise.othertime", p.In), false)
		}
		return "", fault.Gone()
	})
}

// askForm notes that the person wants another time for an appointment, or takes that back.
func (c *Contact) askForm(v *web.Visit) error {
	f, err := c.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	undo := v.Value("undo") != ""
	said := "contact.said.asked"
	if undo {
		said = "contact.said.stays"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		a, err := c.appointment(v.Ctx(), tx, f, v.Value("appointment"))
		if err != nil {
			return "", err
		}
		return v.URL("portal.appointments", "gezegd", said), c.ask(v.Ctx(), tx, f, a.ID, askText(v, f, a, "contact.promise.othertime", Answer{}), undo)
	})
}

// askText is the promise in Dutch, the language of the colleagues who read it, with what the person wrote in their own.
func askText(v *web.Visit, f dossier.File, a Appointment, key string, said Answer) string {
	nl := lang.In(v.Ctx(), "nl")
	text := lang.T(nl, key, "name", f.Called(), "day", lang.ShortDay(nl, clock.DateOf(a.At.In(clock.Netherlands))), "time", lang.Time(nl, a.At))
	for _, x := range []struct{ key, text string }{{"contact.promise.when", said.When}, {"contact.promise.why", said.Why}} {
		if x.text != "" {
			text += ". " + lang.T(nl, x.key, "text", x.text)
		}
	}
	return text
}
