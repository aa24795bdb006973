package contact

// This file holds checking in: how somebody who comes to the desk is found, and what is told when they are not.

import (
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

// checkForm is the check-in as it was typed.
type checkForm struct {
	How, Code, Name, Day, Month, Year, Third, Called, Language, Appointment string
}

func readCheck(v *web.Visit) checkForm {
	return checkForm{How: v.Value("how"), Code: v.Value("code"), Name: v.Value("name"), Day: v.Value("day"), Month: v.Value("month"), Year: v.Value("year"),
		Third: v.Value("third"), Called: v.Value("called"), Language: v.Value("language"), Appointment: v.Value("appointment")}
}

// asked names what the form itself lacks. It is decided before anybody is looked up, so a form that was sent half empty
// is no attempt.
func (in checkForm) asked(today clock.Date) (dossier.Birth, fault.Fields) {
	var fs fault.Fields
	switch in.How {
	case "card":
		if in.Code == "" {
			fs.Add("code", "contact.error.code")
		}
	case "appointment":
	case "name":
		if strings.TrimSpace(in.Name) == "" {
			fs.Add("name", "contact.error.name")
		}
		b, key := birthOf(in, today)
		if key != "" {
			fs.Add("day", key)
		}
		return b, fs
	case "anonymous":
		return dossier.Birth{}, CheckGuest(Guest{in.Called, in.Language}, func(tag string) bool { return slices.Contains(dossier.Tongues, tag) })
	default:
		fs.Add("code", "contact.error.choose")
	}
	return dossier.Birth{}, fs
}

// checkin lets somebody in. What does not lead to one person says only that it did not, and is counted and logged.
func (c *Contact) checkin(v *web.Visit) error {
	ctx := v.Ctx()
	d, err := c.onDuty(v)
	if err != nil {
		return err
	}
	in := readCheck(v)
	birth, fs := in.asked(clock.Today(v.Now))
	if len(fs) > 0 {
		return c.deskPage(v, deskPage{In: in, Errors: fs})
	}
	x := Arrival{How: in.How, Key: c.house(), Guest: Guest{Called: in.Called, Language: in.Language}}
	if in.How != "anonymous" {
		if x.Try, err = c.attempt(ctx, v.Actor, d); err != nil {
			return err
		}
		who, err := c.found(v, d, in, birth)
		if err != nil {
			return err
		}
		if who.One() == "" {
			if err := c.miss(ctx, v.Actor, d, in.How); err != nil {
				return err
			}
			p := deskPage{In: in, NoFile: len(who.IDs) == 0, Third: who.More()}
			field := map[string]string{"card": "code", "appointment": "appointment", "name": "name"}[in.How]
			if p.Third {
				p.Errors.Add("third", "contact.error.several")
			} else {
				p.Errors.Add(field, "contact.error.nobody")
			}
			return c.deskPage(v, p)
		}
		x.Person = who.One()
		if x.Key, err = c.vault.Key(ctx, x.Person); err != nil {
			return err
		}
		cards, err := c.files.Cards(ctx, who.IDs)
		if err != nil {
			return err
		}
		x.Guest = Guest{Called: cards[x.Person].Called, Language: cards[x.Person].Language}
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("contact.desk", "gezegd", "contact.said.in"), c.arrive(ctx, tx, v.Actor, d, x)
	})
	if fault.Is(err, fault.Conflict) { // somebody else checked them in at this moment
		return v.Go("contact.desk", "gezegd", "contact.said.in")
	}
	return err
}

// found lists whom a check-in may mean: nobody, one, or somebody of whom one thing more must be asked.
func (c *Contact) found(v *web.Visit, d Duty, in checkForm, birth dossier.Birth) (dossier.Pointed, error) {
	ctx := v.Ctx()
	one := func(id string) dossier.Pointed { return dossier.Pointed{IDs: []string{id}} }
	switch in.How {
	case "card":
		h, err := c.files.ByCard(ctx, c.db, in.Code)
		if err != nil || h.Person == "" {
			return dossier.Pointed{}, err
		}
		return one(h.Person), nil
	case "appointment":
		as, err := c.appointmentsAt(ctx, d.Location, v.Now)
		for _, a := range as {
			if a.ID == in.Appointment && !a.Over(v.Now) {
				return one(a.Person), err
			}
		}
		return dossier.Pointed{}, err
	}
	return c.files.PointAt(ctx, c.db, in.Name, birth, in.Third)
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

// languageOptions are the languages a visitor may name at the desk.
func languageOptions(v *web.Visit) []ui.Option {
	return append([]ui.Option{{Label: lang.T(v.Ctx(), "contact.language.unknown")}}, ui.Options(v.Ctx(), "dossier.tongue.", dossier.Tongues)...)
}
