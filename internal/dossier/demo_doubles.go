package dossier

// This file makes the people of a demonstration who may have two records: one spelt in two scripts, twins with names that
// sound alike, and one who came to two teams.

import (
	"context"
	"encoding/hex"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/organisation"
)

// DemoDoubles are those people, two by two, without their keys. The last two are of two teams.
func DemoDoubles(plan organisation.Plan, now time.Time) []DemoPerson {
	named := func(own string, parts ...string) []NamePart {
		out := []NamePart{{Text: own, Role: "own"}}
		for _, p := range parts {
			role, text, _ := strings.Cut(p, ":")
			out = append(out, NamePart{Text: text, Role: role})
		}
		return out
	}
	written := func(parts ...string) (out []NamePart) {
		for _, p := range parts {
			out = append(out, NamePart{Text: p, Role: "other"})
		}
		return out
	}
	out := []DemoPerson{
		{ID: "p-tesfay", Profile: Profile{Called: "Tesfay", Names: named("Tesfay", "father:Habtom", "grandfather:Woldu"), Own: "ተስፋይ ሃብቶም ወልዱ", Births: []Birth{{Year: 1987, Month: 3, Day: 12, Source: "person"}},
			Nationality: "Eritrea", Languages: []Speech{{Tag: "ti", Reads: true}}, VNumber: "2818830416", Lives: "azc Utrecht", Reach: Reach{Phone: "+31612345021"}}},
		{ID: "p-tesfay-2", Profile: Profile{Called: "ተስፋይ", Names: written("ተስፋይ", "ሃብቶም"), Variants: []Variant{{Source: "unhcr", Text: "Tesfai Habtom"}}, Births: []Birth{{Year: 1987, Month: 3, Day: 12, Source: "unhcr"}, {Year: 1987, Month: 1, Day: 1, Source: "ind", Disputed: true}},
			Nationality: "Eritrea", Languages: []Speech{{Tag: "ti"}}}},
		{ID: "p-zahra", Profile: Profile{Called: "Zahra", Names: written("Zahra", "Rahimi"), Births: []Birth{{Year: 2012, Month: 9, Day: 9, Source: "ind"}}, Nationality: "Afghanistan", Languages: []Speech{{Tag: "prs"}}, Lives: "azc Utrecht", Reach: Reach{Phone: "+31612345022", Shared: true}}},
		{ID: "p-zohra", Profile: Profile{Called: "Zohra", Names: written("Zohra", "Rahimi"), Births: []Birth{{Year: 2012, Month: 9, Day: 9, Source: "ind"}}, Nationality: "Afghanistan", Languages: []Speech{{Tag: "prs"}}, Lives: "azc Utrecht", Reach: Reach{Phone: "+31612345022", Shared: true}}},
		{ID: "p-amanuel", Profile: Profile{Called: "Amanuel", Names: named("Amanuel", "father:Kidane", "grandfather:Tekle"), Own: "ኣማኑኤል ኪዳነ ተኽለ", Births: []Birth{{Year: 1999, Month: 11, Day: 4, Source: "passport"}}, Nationality: "Eritrea",
			Languages: []Speech{{Tag: "ti", Reads: true}}, VNumber: "2815570238", Lives: "azc Utrecht"}},
		{ID: "p-amanuel-2", Profile: Profile{Called: "Amanuel", Names: named("Amaniel", "father:Kidane"), Births: []Birth{{Year: 1999, Month: 4, Day: 11, Source: "person"}}, Nationality: "Eritrea",
			Languages: []Speech{{Tag: "ti", Reads: true}}, VNumber: "2815570238", Lives: "Utrecht"}},
	}
	at, other := plan.Teams[0], plan.Teams[len(plan.Teams)-1]
	for _, t := range plan.Teams {
		if t.ID == "t-utrecht" {
			at = t
		}
	}
	for i := range out {
		d := &out[i]
		t := at
		if i == len(out)-1 && other.ID != at.ID {
			t = other
		}
		d.N, d.Arrived = DemoHeroes+i, clock.Today(now).AddDays(-30-20*i)
		d.Team, d.Location = t.ID, t.Locations[0].ID
		d.Caseworker, d.Legal = t.Caseworkers[0], t.Legal[0]
		d.Story = "asylum-old"
		d.date()
	}
	return out
}

// DemoAsked writes what a colleague asked while registering, some days ago: so many questions, and who was found once.
func (s *Files) DemoAsked(ctx context.Context, tx *db.Tx, actor string, daysAgo, questions int, found string) error {
	at := tx.Now.Add(-time.Duration(daysAgo) * 24 * time.Hour)
	day := clock.Today(at).String()
	for i := range questions {
		id := hex.EncodeToString(s.vault.Token("asked", actor+"|"+day+"|demo "+string(rune('a'+i%26))+string(rune('a'+i/26))))
		hits, person := 0, ""
		if i == questions-1 && found != "" {
			hits, person = 1, found
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_asked (id, actor, day, at, hits, kind, person) VALUES (?,?,?,?,?,?,?) ON CONFLICT DO NOTHING`,
			id, actor, day, at.Add(time.Duration(i)*time.Minute), hits, tokenYear, none(person))); err != nil {
			return err
		}
	}
	return nil
}
