package care

// This file makes what help the people of a demonstration need. The same person always gets the same; dates are relative
// to now.

import (
	"context"
	"fmt"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

type demoNeed struct{ code, note, told, why string }

var demoNeeds = map[string][]demoNeed{
	"p-selam": {
		{code: "slow", told: "self"},
		{code: "quiet", note: "Liever niet aan de tafel bij de deur.", told: "colleague", why: "Schrikt van harde geluiden sinds de gevangenis in Eritrea. Wil daar zelf over beginnen, niet gevraagd worden."},
		{code: "woman", told: "self"},
	},
	"p-reem": {
		{code: "discreet", told: "self", why: "Haar ex-man zoekt haar. Hij belde in november twee locaties."},
		{code: "protection", note: "Plan afspraken nooit op de locatie bij het azc.", told: "self"},
	},
	"p-golnar": {{code: "reading", told: "noticed"}, {code: "companion", note: "Haar zus mag mee, haar man niet.", told: "self"}},
	"p-hamid":  {{code: "nightcare", note: "Inhalator moet bij hem blijven.", told: "doctor"}},
}

type demoChild struct {
	name, born, state, school, level, transport string
	days                                        int
}

var demoChildren = map[string][]demoChild{
	"p-reem":   {{name: "Lina", born: "2016-04", state: "waiting", days: 104}, {name: "Sami", born: "2018-09", state: "goes", school: "De Klimroos", level: "newcomers", transport: "walk", days: 60}},
	"p-oksana": {{name: "Maksym", born: "2016-02", state: "goes", school: "Taalschool Utrecht", level: "newcomers", transport: "bus", days: 180}},
	"p-almaz":  {{name: "Hanna", born: "2019-01", state: "none", days: 30}},
}

// Demo writes the share of these people.
func (c *Care) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	for _, d := range batch {
		if err := demoNeedsOf(ctx, tx, d, now); err != nil {
			return err
		}
		if err := demoSchool(ctx, tx, d, now); err != nil {
			return err
		}
		if err := demoAlone(ctx, tx, d, now); err != nil {
			return err
		}
	}
	return nil
}

func demoNeedsOf(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, now time.Time) error {
	for i, x := range demoNeeds[d.ID] {
		at := now.AddDate(0, 0, -20+i)
		code, _ := codeOf(x.code)
		n := Need{ID: fmt.Sprintf("cn-%s-%d", d.ID[2:], i), Person: d.ID, Desk: code.Desk, MadeBy: d.Caseworker, At: at, Review: clock.Today(now).AddDays(150), What: NeedText{Code: x.code, Note: x.note, Told: x.told, Consent: "yes"}}
		if err := putNeed(ctx, tx, d.Key, n); err != nil {
			return err
		}
		if x.why == "" {
			continue
		}
		if err := putBackground(ctx, tx, d.Key, d.ID, Background{Need: n.ID, At: at, MadeBy: d.Caseworker, Words: x.why}); err != nil {
			return err
		}
		if err := putReader(ctx, tx, d.ID, Reader{ID: "cr-" + n.ID, Need: n.ID, Colleague: d.Caseworker, GivenBy: d.Caseworker, Since: at}); err != nil {
			return err
		}
	}
	return nil
}

func demoSchool(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, now time.Time) error {
	for i, x := range demoChildren[d.ID] {
		id := fmt.Sprintf("cs-%s-%d", d.ID[2:], i)
		s := School{ID: id, Child: id, Person: d.ID, Location: d.Location, State: x.state, Since: clock.Today(now).AddDays(-x.days), MadeBy: d.Caseworker, At: now.AddDate(0, 0, -15),
			What: SchoolText{Name: x.name, Born: x.born, School: x.school, Level: x.level, Transport: x.transport}}
		if err := putSchool(ctx, tx, d.Key, s); err != nil {
			return err
		}
	}
	return nil
}

// demoAlone are the way to a doctor and how alone somebody is: Selam gets more alone, so that it stands on Vandaag.
func demoAlone(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, now time.Time) error {
	if d.ID != "p-selam" {
		return nil
	}
	since := clock.Today(now).AddDays(-48)
	for i, x := range []struct {
		kind string
		t    DoctorText
	}{
		{"gp", DoctorText{State: "registered", By: "huisartsenpost azc", Interpreter: "yes"}},
		{"dentist", DoctorText{State: "waiting", Since: since, Interpreter: "unknown"}},
		{"mental", DoctorText{State: "refused", Since: since.AddDays(20), By: "praktijk in de stad", Interpreter: "no", Note: "Geen tolk, dus geen intake."}},
	} {
		if err := putDoctor(ctx, tx, d.Key, Doctor{ID: fmt.Sprintf("cd-selam-%d", i), Person: d.ID, Kind: x.kind, MadeBy: d.Caseworker, At: now.AddDate(0, 0, -14), What: x.t}); err != nil {
			return err
		}
	}
	for i, x := range []struct {
		circle, words string
		days          int
		worse         bool
	}{{"some", "Gaat op zondag naar de kerk.", 40, false}, {"few", "Door de verhuizing kent ze hier nog niemand.", 5, true}} {
		if err := putNotice(ctx, tx, d.Key, Notice{ID: fmt.Sprintf("ci-selam-%d", i), Person: d.ID, Worse: x.worse, MadeBy: "u-ria", At: now.AddDate(0, 0, -x.days), What: NoticeText{Circle: x.circle, Words: x.words}}); err != nil {
			return err
		}
	}
	return nil
}
