package organisation

// This file makes the organisation of a demonstration: invented colleagues in real towns, as many as the number of
// people asks for. The same number always gives the same organisation; its dates follow today.

import (
	"context"
	"fmt"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// PeoplePerCaseworker is about how many people one caseworker of a demonstration has.
const PeoplePerCaseworker = 60

// Plan tells what stands, so that others can share out their invented people over it.
type Plan struct{ Teams []PlanTeam }

// PlanTeam is one team with those who carry a caseload in it.
type PlanTeam struct {
	ID, Name, Region, Town                string
	Locations                             []PlanLocation
	Caseworkers, Legal, Leads, Volunteers []string // ids of colleagues
}

// PlanLocation is one location with its desks.
type PlanLocation struct {
	ID, Name string
	Desks    []string
}

// demoMaker keeps what the making of one demonstration needs.
type demoMaker struct {
	ctx    context.Context
	tx     *db.Tx
	today  clock.Date
	since  time.Time
	seq    map[string]int
	people int // how many colleagues were made, to choose names by
}

// Demo makes the organisation for so many people.
func Demo(ctx context.Context, tx *db.Tx, now time.Time, people int) (Plan, error) {
	m := &demoMaker{ctx: ctx, tx: tx, today: clock.Today(now), since: now.AddDate(-1, 0, 0), seq: map[string]int{}}
	if err := NameFoundation(ctx, tx, "Stichting Reisgezel"); err != nil {
		return Plan{}, err
	}
	for _, r := range demoRegions {
		if err := m.do(db.F(`INSERT INTO organisation_region (id, name, version) VALUES (?,?,1)`, r.id, r.name)); err != nil {
			return Plan{}, err
		}
	}
	if err := m.catalogue(); err != nil {
		return Plan{}, err
	}
	line := LineInput{Phone: "030 000 00 11", After: "030 000 00 12", Words: "Een jurist neemt op. Noem het V-nummer niet aan de telefoon als iemand meeluistert."}
	for day := 1; day <= 5; day++ {
		line.Hours = append(line.Hours, Hours{day, "08:30", "18:00"})
	}
	if err := PutUrgent(ctx, tx, line, "u-beheer"); err != nil {
		return Plan{}, err
	}
	cases := max(8, (people+PeoplePerCaseworker-1)/PeoplePerCaseworker)
	teams := max(4, (cases+9)/10)
	var p Plan
	for i := range teams {
		n := cases*(i+1)/teams - cases*i/teams // the caseworkers shared out evenly
		t, err := m.team(i, n)
		if err != nil {
			return Plan{}, err
		}
		p.Teams = append(p.Teams, t)
	}
	return p, m.named()
}

func (m *demoMaker) do(f db.Frag) error {
	_, err := db.Do(m.ctx, m.tx, f)
	return err
}

// team makes team number i with n caseworkers. The first is Utrecht, where the named colleagues work.
func (m *demoMaker) team(i, n int) (PlanTeam, error) {
	town := demoTowns[i%len(demoTowns)]
	t := PlanTeam{ID: "t-" + town.slug, Name: town.name, Region: town.region, Town: town.name}
	round := i/len(demoTowns) + 1
	if round > 1 {
		t.ID, t.Name = fmt.Sprintf("t-%s-%d", town.slug, round), fmt.Sprintf("%s %d", town.name, round)
	}
	if err := m.do(db.F(`INSERT INTO organisation_team (id, region, name, version) VALUES (?,?,?,1)`, t.ID, t.Region, t.Name)); err != nil {
		return t, err
	}
	for j := range 2 {
		name := demoQuarters[(i+j*3)%len(demoQuarters)]
		id, desk := fmt.Sprintf("l-%s-%d", t.ID[2:], j+1), fmt.Sprintf("d-%s-%d", t.ID[2:], j+1)
		if i == 0 {
			name = []string{"Overvecht", "Kanaleneiland"}[j]
			id, desk = []string{"l-overvecht", "l-kanaleneiland"}[j], []string{"d-overvecht", "d-kanaleneiland"}[j]
		}
		l, err := m.location(t, town, id, desk, name, i*2+j)
		if err != nil {
			return t, err
		}
		t.Locations = append(t.Locations, l)
	}
	if i == 0 { // the named ones come first in their lists
		t.Caseworkers, t.Legal, t.Leads, t.Volunteers = []string{"u-amira"}, []string{"u-marwan", "u-deniz"}, []string{"u-noor"}, []string{"u-ria", "u-jan"}
	}
	inTeam := access.Scope{Kind: access.Team, ID: t.ID}
	for len(t.Caseworkers) < n {
		if err := m.fill(&t.Caseworkers, "begeleider", true, access.Case, inTeam); err != nil {
			return t, err
		}
	}
	for len(t.Legal) < max(1, n/5) {
		if err := m.fill(&t.Legal, "jurist", true, access.Legal, inTeam); err != nil {
			return t, err
		}
	}
	if len(t.Leads) == 0 {
		if err := m.fill(&t.Leads, "teamleider", true, access.Lead, inTeam); err != nil {
			return t, err
		}
	}
	for _, l := range t.Locations {
		for k := range 2 {
			desk := access.Scope{Kind: access.AtDesk, ID: l.Desks[k%len(l.Desks)]}
			if err := m.fill(&t.Volunteers, "spreekuur", false, access.Desk, desk); err != nil {
				return t, err
			}
		}
	}
	return t, nil
}

func (m *demoMaker) location(t PlanTeam, town demoTown, id, desk, name string, n int) (PlanLocation, error) {
	l := PlanLocation{ID: id, Name: name, Desks: []string{desk, desk + "-b"}}
	street := fmt.Sprintf("%s %d", demoStreets[n%len(demoStreets)], 3+n*7%180)
	if err := m.do(db.F(`INSERT INTO organisation_location (id, team, name, street, postcode, town, phone, remark, closed, version, changed, changed_by)
		VALUES (?,?,?,?,?,?,?,?,FALSE,1,?,'u-beheer')`, id, t.ID, name, street, fmt.Sprintf("%d AB", town.postcode+n%40), town.name,
		fmt.Sprintf("0%d 555 01 %02d", town.area, n%100), "De ingang is naast de bibliotheek. Er is een lift.", m.since)); err != nil {
		return l, err
	}
	for day := 1; day <= 5; day++ {
		opens, shuts := "09:00", "17:00"
		if id != "l-overvecht" { // Overvecht is open the whole week, so that the story can always be played
			if (day+n)%2 == 0 {
				continue
			}
			opens, shuts = []string{"09:00", "09:30", "13:00"}[n%3], []string{"12:30", "13:00", "17:00"}[n%3]
		}
		if err := m.do(db.F(`INSERT INTO organisation_hours (location, weekday, opens, shuts) VALUES (?,?,?,?)`, id, day, opens, shuts)); err != nil {
			return l, err
		}
	}
	for k := range 2 {
		if err := m.do(db.F(`INSERT INTO organisation_room (id, location, name, closed) VALUES (?,?,?,FALSE)`,
			fmt.Sprintf("k-%s-%d", id[2:], k+1), id, fmt.Sprintf("Kamer %d", k+1))); err != nil {
			return l, err
		}
		if err := m.do(db.F(`INSERT INTO organisation_desk (id, location, name, closed) VALUES (?,?,?,FALSE)`, l.Desks[k], id, fmt.Sprintf("Tafel %d", k+1))); err != nil {
			return l, err
		}
	}
	return l, nil
}

// fill makes one invented colleague with one post and adds the id to a list.
func (m *demoMaker) fill(list *[]string, work string, paid bool, r access.Role, sc access.Scope) error {
	m.seq[work]++
	m.people++
	n := m.people
	first, last := demoFirst[n*7%len(demoFirst)], demoLast[(n*11+n/len(demoFirst))%len(demoLast)]
	id := fmt.Sprintf("u-%s-%d", work, m.seq[work])
	vog := m.today.AddDays(-30 - n*37%900)
	if id == "u-spreekuur-3" {
		vog = clock.Date{} // one whose VOG nobody has seen yet, so that the rule can be looked at
	}
	c := Colleague{ID: id, Name: first + " " + last, Called: first, Email: fmt.Sprintf("%s.%d@reisgezel.example", work, m.seq[work]),
		Lang: "nl", Paid: paid, VOGSeen: vog}
	spoken := "nl " + Languages[1+n%10]
	if err := m.colleague(c, spoken); err != nil {
		return err
	}
	*list = append(*list, id)
	return m.post(id, r, sc)
}

func (m *demoMaker) colleague(c Colleague, spoken string) error {
	return m.do(db.F(`INSERT INTO organisation_colleague (id, name, called, email, phone, languages, lang, paid, active, vog_seen, version)
		VALUES (?,?,?,?,?,?,?,?,TRUE,?,1)`, c.ID, c.Name, c.Called, c.Email, c.Phone, spoken, c.Lang, c.Paid, c.VOGSeen))
}

func (m *demoMaker) post(id string, r access.Role, sc access.Scope) error {
	return m.do(db.F(`INSERT INTO organisation_post (id, colleague, role, scope_kind, scope_id, since, given_by, ended_by) VALUES (?,?,?,?,?,?,'u-beheer','')`,
		fmt.Sprintf("h-%s-%s", id[2:], r), id, string(r), string(sc.Kind), sc.ID, m.since))
}

// named makes the colleagues of the story.
func (m *demoMaker) named() error {
	team := access.Scope{Kind: access.Team, ID: "t-utrecht"}
	desk := func(id string) access.Scope { return access.Scope{Kind: access.AtDesk, ID: id} }
	for i, c := range []struct {
		id, name, called, spoken string
		paid                     bool
		role                     access.Role
		scope                    access.Scope
	}{
		{"u-ria", "Ria de Boer", "Ria", "nl en", false, access.Desk, desk("d-overvecht")},
		{"u-jan", "Jan Mulder", "Jan", "nl de", false, access.Desk, desk("d-kanaleneiland")},
		{"u-amira", "Amira Haddad", "Amira", "nl ar fr", true, access.Case, team},
		{"u-marwan", "Marwan Saleh", "Marwan", "nl ar en", true, access.Legal, team},
		{"u-deniz", "Deniz Kaya", "Deniz", "nl tr", true, access.Legal, team},
		{"u-tijs", "Tijs van Dam", "Tijs", "nl en", true, access.Case, team},
		{"u-noor", "Noor Visser", "Noor", "nl en", true, access.Lead, team},
		{"u-els", "Els Bakker", "Els", "nl", true, access.Region, access.Scope{Kind: access.InRegion, ID: "r-midden"}},
		{"u-pieter", "Pieter Smit", "Pieter", "nl en", true, access.Privacy, access.Scope{Kind: access.National}},
		{"u-beheer", "Fatma Yilmaz", "Fatma", "nl tr en", true, access.Admin, access.Scope{Kind: access.National}},
	} {
		x := Colleague{ID: c.id, Name: c.name, Called: c.called, Email: c.id[2:] + "@reisgezel.example", Phone: fmt.Sprintf("06 555 010 %02d", i),
			Lang: "nl", Paid: c.paid, VOGSeen: m.today.AddDays(-100 - i*40)}
		if err := m.colleague(x, c.spoken); err != nil {
			return err
		}
		if err := m.post(c.id, c.role, c.scope); err != nil {
			return err
		}
	}
	for _, v := range []Variant{
		{Location: "l-overvecht", Service: "v-werk", Offered: true, Remark: "Alleen op dinsdag en op afspraak: de jobcoach werkt ook in Amersfoort."},
		{Location: "l-kanaleneiland", Service: "v-geld", Offered: false, Remark: "Het buurtteam in hetzelfde gebouw doet dit. Loop samen even mee."},
	} {
		if err := PutVariant(m.ctx, m.tx, v.Location, v.Service, VariantInput{Offered: v.Offered, Remark: v.Remark}, "u-beheer"); err != nil {
			return err
		}
	}
	// Amira began as a volunteer; the history keeps it.
	if err := m.do(db.F(`INSERT INTO organisation_post (id, colleague, role, scope_kind, scope_id, since, ended, given_by, ended_by)
		VALUES ('h-amira-before','u-amira','desk','location','l-kanaleneiland',?,?,'u-beheer','u-beheer')`, m.since.AddDate(-1, 0, 0), m.since)); err != nil {
		return err
	}
	return m.do(db.F(`INSERT INTO organisation_deputy (id, colleague, deputy, since, until, made_by) VALUES ('w-marwan','u-marwan','u-deniz',?,NULL,'u-noor')`, m.today.AddDays(-7)))
}

// catalogue makes the services and a first handful of the official lists; the whole lists are imported.
func (m *demoMaker) catalogue() error {
	for i, s := range demoServices {
		if err := m.do(db.F(`INSERT INTO organisation_service (id, name, about, place, closed, version) VALUES (?,?,?,?,FALSE,1)`, s.id, s.name, s.about, i+1)); err != nil {
			return err
		}
	}
	for kind, rows := range demoReferences {
		if _, err := PutReference(m.ctx, m.tx, kind, rows); err != nil {
			return err
		}
	}
	return nil
}
