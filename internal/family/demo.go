package family

// This file makes the families of a demonstration: a few people written by hand have one, with relatives here and far away.
// The same person always gets the same; dates are relative to now.

import (
	"context"
	"fmt"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// demoMember is one relative. Days count from today: turns is when somebody turns eighteen, since how long ago a tie began.
type demoMember struct {
	name, own, role, form, certainty, told string
	year, month, day                       int
	turns                                  int
	country, place, with, state, reach     string
	contact, since                         int
	coming                                 string
	steps                                  []demoStep
	answers                                map[string]string
	file                                   string
	parents                                []int // other members, by number, of whom this one is a child too
}

type demoStep struct {
	kind, state string
	ago         int // 0: nobody knows when
	valid       int // days from today on which a visa ends
	who, note   string
}

type demoFamily struct {
	members  []demoMember
	together []int // members who lived with the person until they left, years ago
	place    string
	country  string
	guardian Warden
	split    string // how the first member and the person parted
	seen     string // the adult who sees along
}

var demoFamilies = map[string]demoFamily{
	"p-reem": {place: "Damascus", country: "Syrië", together: []int{0, 1, 2, 3, 4},
		members: []demoMember{
			{name: "Khaled", own: "خالد", role: Partner, form: "marriage", certainty: "documented", told: "trouwakte Damascus", year: 1985, month: 2, day: 11, country: "Turkije", place: "Gaziantep", with: "zijn zus", state: Safe, reach: "WhatsApp, 's avonds", contact: 4, since: 6400, coming: "yes"},
			{name: "Yasmin", own: "ياسمين", role: Child, form: "biological", certainty: "stated", turns: 41, country: "Turkije", place: "Gaziantep", with: "Khaled", state: Safe, contact: 4, coming: "yes", parents: []int{0}},
			{name: "Omar", own: "عمر", role: Child, form: "biological", certainty: "documented", told: "familieboekje", year: 2014, month: 9, day: 3, country: "Turkije", place: "Gaziantep", with: "Khaled", state: Safe, contact: 4, coming: "yes", parents: []int{0}},
			{name: "Lina", own: "لينا", role: Child, form: "biological", certainty: "documented", told: "familieboekje", year: 2018, month: 1, day: 20, country: "Turkije", place: "Gaziantep", with: "Khaled", state: Safe, contact: 4, coming: "yes", parents: []int{0}},
			{name: "Noor", own: "نور", role: Child, form: "foster", certainty: "stated", year: 2012, country: "Turkije", place: "Gaziantep", with: "Khaled", state: Safe, contact: 4, coming: "yes", answers: map[string]string{"cared": "yes"}},
			{name: "Sami", own: "سامي", role: Sibling, certainty: "stated", year: 1992, state: Missing, contact: 1900, coming: "unknown"},
			{name: "Huda", own: "هدى", role: Parent, form: "biological", certainty: "stated", year: 1958, country: "Syrië", place: "Homs", with: "buren", state: Danger, contact: 21, coming: "no"},
		}},
	"p-almaz": {place: "Addis Abeba", country: "Ethiopië", together: []int{0, 1},
		members: []demoMember{
			{name: "Dawit", own: "ዳዊት", role: Partner, form: "marriage", certainty: "documented", told: "huwelijksakte", year: 1983, month: 6, day: 2, country: "Ethiopië", place: "Addis Abeba", state: Safe, contact: 2, since: 5200, coming: "yes",
				steps: []demoStep{{Applied, Done, 120, 0, "", ""}, {Documents, Done, 95, 0, "", ""}, {DNA, Unneeded, 0, 0, "", ""}, {Interview, Waiting, 70, 0, "embassy", "ambassade belt hem zelf"}}},
			{name: "Hanna", own: "ሃና", role: Child, form: "biological", certainty: "dna", year: 2016, month: 3, day: 14, country: "Ethiopië", place: "Addis Abeba", with: "Dawit", state: Safe, contact: 2, coming: "yes", parents: []int{0},
				steps: []demoStep{{Applied, Done, 120, 0, "", ""}, {Documents, Done, 95, 0, "", ""}, {DNA, Done, 88, 0, "", ""}, {Decision, Granted, 78, 0, "", ""}, {VisaIssued, Done, 68, 22, "", ""}, {Travel, Waiting, 0, 0, "us", "wacht op haar vader"}}},
		}},
	"p-oksana": {place: "Charkiv", country: "Oekraïne", together: []int{0},
		members: []demoMember{
			{name: "Maksym", own: "Максим", role: Child, form: "biological", certainty: "documented", told: "paspoort", year: 2016, month: 2, day: 8, country: Netherlands, place: "Utrecht", with: "Oksana", state: Safe, coming: "no", file: "p-maksym"},
			{name: "Andrij", own: "Андрій", role: Partner, form: "marriage", certainty: "documented", told: "trouwakte", year: 1987, month: 4, day: 1, country: "Oekraïne", place: "Charkiv", state: Danger, contact: 1, since: 4800, coming: "unknown"},
		}},
	"p-maksym": {members: []demoMember{
		{name: "Oksana", own: "Оксана", role: Parent, form: "biological", certainty: "documented", told: "paspoort", year: 1990, month: 7, day: 21, country: Netherlands, place: "Utrecht", state: Safe, coming: "no", file: "p-oksana"},
	}, seen: "p-oksana"},
	"p-mebrahtu": {guardian: Warden{Name: "Sanne de Vries", Office: "Nidos", Phone: "+31612340099"},
		members: []demoMember{
			{name: "Gebremedhin", own: "ገብረመድህን", role: Parent, form: "biological", certainty: "stated", country: "Eritrea", place: "Keren", state: Safe, contact: 60, coming: "unknown"},
			{name: "Letebrhan", own: "ለተብርሃን", role: Parent, form: "biological", certainty: "stated", country: "Eritrea", place: "Keren", state: Safe, contact: 60, coming: "yes"},
		}},
	"p-farzaneh": {split: "unsafe", members: []demoMember{
		{name: "Hamid", own: "حمید", role: Partner, form: "traditional", certainty: "stated", year: 2000, country: Netherlands, state: Safe, since: 1500, coming: "no", file: "p-hamid"},
	}},
	"p-hamid": {members: []demoMember{
		{name: "Farzaneh", own: "فرزانه", role: Partner, form: "traditional", certainty: "stated", year: 1996, month: 3, country: Netherlands, place: "azc Utrecht, kamer 41", state: Safe, since: 1500, coming: "no", file: "p-farzaneh"},
	}},
}

// Demo writes the share of these people.
func (x *Families) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	for _, d := range batch {
		if one, ok := demoFamilies[d.ID]; ok {
			if err := demoFill(ctx, tx, d, one, now); err != nil {
				return fmt.Errorf("the family of %s: %w", d.ID, err)
			}
		}
	}
	return nil
}

func demoID(sort, person string, n int) string { return fmt.Sprintf("%s-%s-%d", sort, person[2:], n) }

func demoFill(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, one demoFamily, now time.Time) error {
	today := clock.Today(now)
	var f Family
	at := now.AddDate(0, 0, -40)
	for i, m := range one.members {
		f.Members = append(f.Members, m.member(demoID("fm", d.ID, i), d, today, at))
		t := TieOf(f.Members[i].ID, m.role, Own)
		t.ID, t.Form, t.Certainty, t.Source, t.Told = demoID("ft", d.ID, i), m.form, m.certainty, "person", m.told
		if m.told != "" {
			t.Source = "paper"
		}
		if m.since > 0 {
			t.Since = today.AddDays(-m.since)
		}
		f.Ties = append(f.Ties, t)
		for k, p := range m.parents {
			t := TieOf(f.Members[i].ID, Child, f.Members[p].ID)
			t.ID, t.Form, t.Certainty, t.Source = demoID("fu", d.ID, 10*i+k), "biological", m.certainty, "person"
			f.Ties = append(f.Ties, t)
		}
	}
	if one.place != "" {
		h := Home{ID: demoID("fh", d.ID, 0), Who: []string{Own}, Country: one.country, Place: one.place, Since: today.AddDays(-3600), Until: d.Arrived.AddDays(-90)}
		for _, i := range one.together {
			h.Who = append(h.Who, f.Members[i].ID)
		}
		f.Homes = append(f.Homes, h)
	}
	if f.Guardian = one.guardian; !f.Guardian.Zero() {
		f.Guardian.Since = d.Arrived.AddDays(3)
		f.Guardian.Grown, f.Guardian.Latest = Eighteen(d.Profile.Births)
	}
	for i, m := range f.Members {
		if err := putEvent(ctx, tx, d.Key, Event{ID: demoID("fe", d.ID, i), Person: d.ID, About: m.ID, Kind: memberMade, MadeBy: d.Caseworker, At: at, What: Details{Member: bare(m), Tie: &f.Ties[i]}}); err != nil {
			return err
		}
		if other := one.members[i].file; other != "" {
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO family_link (person, member, other, made_by, at) VALUES (?,?,?,?,?)`, d.ID, m.ID, other, d.Caseworker, at)); err != nil {
				return err
			}
		}
	}
	if one.seen != "" {
		if until, ok := Sight(d.Profile.Births, today); ok {
			g, err := access.Give(ctx, tx, access.Grant{ID: demoID("gs", d.ID, 0), Subject: d.ID, Holder: self(one.seen), Why: access.Guardian, Level: access.DeskLevel, GivenBy: d.Caseworker, Place: d.Team, Since: at, Until: until})
			if err != nil {
				return err
			}
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO family_sight (id, person, adult, grant_id, made_by, at, until) VALUES (?,?,?,?,?,?,?)`, demoID("fs", d.ID, 0), d.ID, one.seen, g, d.Caseworker, at, until)); err != nil {
				return err
			}
		}
	}
	if one.split != "" {
		if err := demoSplit(ctx, tx, d, one, f, now); err != nil {
			return err
		}
	}
	return store(ctx, tx, d.Key, d.ID, f, 0)
}

func (m demoMember) member(id string, d dossier.DemoPerson, today clock.Date, at time.Time) Member {
	out := Member{ID: id, Name: m.name, Own: m.own, Coming: m.coming, Answers: m.answers, Reach: m.reach, Rev: 1,
		Where: Where{Country: m.country, Place: m.place, With: m.with, State: m.state}}
	if m.contact > 0 {
		out.Where.Contact = today.AddDays(-m.contact)
	}
	b := dossier.Birth{Year: m.year, Month: m.month, Day: m.day, Source: "person", On: clock.Today(at)}
	if m.turns > 0 {
		g := today.AddDays(m.turns)
		b.Year, b.Month, b.Day = g.Year-18, int(g.Month), g.Day
	}
	if b.Year > 0 {
		out.Births = []dossier.Birth{b}
	}
	for _, s := range m.steps {
		x := Step{Kind: s.kind, State: s.state, Who: s.who, Note: s.note, At: at, By: d.Caseworker}
		if s.ago > 0 {
			x.On = today.AddDays(-s.ago)
		}
		if s.valid > 0 {
			x.Until = today.AddDays(s.valid)
		}
		out.Steps = append(out.Steps, x)
	}
	return out
}

// demoSplit writes that the person and the first of the family parted, and leaves out of the other's family where they are.
func demoSplit(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, one demoFamily, f Family, now time.Time) error {
	at, id, other := now.AddDate(0, 0, -9), demoID("fp", d.ID, 0), one.members[0].file
	body, err := privacy.SealJSON(d.Key, splitPlace(id), Cut{Kind: one.split, Note: "Zij vertelde dit alleen, met een tolk. Bel haar nooit als hij erbij is."})
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO family_split (id, person, member, made_by, at, ended_by, body) VALUES (?,?,?,?,?,'',?)`, id, d.ID, f.Members[0].ID, d.Caseworker, at, body)); err != nil {
		return err
	}
	if err := putEvent(ctx, tx, d.Key, Event{ID: demoID("fe", d.ID, 90), Person: d.ID, About: f.Members[0].ID, Kind: parted, MadeBy: d.Caseworker, At: at}); err != nil {
		return err
	}
	i := slices.IndexFunc(demoFamilies[other].members, func(m demoMember) bool { return m.file == d.ID })
	if i < 0 {
		return nil
	}
	return veil(ctx, tx, other, demoID("fm", other, i), id)
}
