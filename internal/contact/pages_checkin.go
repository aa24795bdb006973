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
		ids, err := c.found(v, d, in, birth)
		if err != nil {
			return err
		}
		if len(ids) != 1 {
			if err := c.miss(ctx, v.Actor, d, in.How); err != nil {
				return err
			}
			p := deskPage{In: in, NoFile: len(ids) == 0, Third: len(ids) > 1}
			field := map[string]string{"card": "code", "appointment": "appointment", "name": "name"}[in.How]
			if p.Third {
				p.Errors.Add("third", "contact.error.several")
			} else {
				p.Errors.Add(field, "contact.error.nobody")
			}
			return c.deskPage(v, p)
		}
		x.Person = ids[0]
		if x.Key, err = c.vault.Key(ctx, x.Person); err != nil {
			return err
		}
		cards, err := c.files.Cards(ctx, ids)
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

// found lists whom a check-in may mean: nobody, one, or several of whom one thing more must be asked.
func (c *Contact) found(v *web.Visit, d Duty, in checkForm, birth dossier.Birth) ([]string, error) {
	ctx := v.Ctx()
	switch in.How {
	case "card":
		h, err := c.files.ByCard(ctx, c.db, in.Code)
		if err != nil || h.Person == "" {
			return nil, err
		}
		return []string{h.Person}, nil
	case "appointment":
		as, err := c.appointmentsAt(ctx, d.Location, v.Now)
		for _, a := range as {
			if a.ID == in.Appointment && !a.Over(v.Now) {
				return []string{a.Person}, err
			}
		}
		return nil, err
	}
	ids, err := c.files.ByNameAndBirth(ctx, c.db, in.Name, birth)
	if err != nil || len(ids) < 2 || in.Third == "" {
		return ids, err
	}
	third, err := c.files.ByNameAndBirth(ctx, c.db, in.Third, birth)
	if err != nil {
		return nil, err
	}
	number, err := c.files.ByVNumber(ctx, c.db, in.Third)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(ids, func(id string) bool { return id != number && !slices.Contains(third, id) }), nil
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
