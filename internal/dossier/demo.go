package dossier

// This file makes the people of a demonstration: a dozen written by hand, and as many invented ones as are asked for,
// always the same for the same number. Dates are relative to today.

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

// DemoPerson is one person of the demonstration, with what the other capabilities need to write their share.
type DemoPerson struct {
	ID         string
	N          int // number in the demonstration; below DemoHeroes it was written by hand
	Profile    Profile
	Story      string // "asylum-old", "asylum-pact", "permit", "family", "refused"
	Household  string
	Part       string
	Arrived    clock.Date
	Team       string
	Location   string
	Desk       string
	Caseworker string
	Legal      string
	Card       string
	Key        privacy.Key
}

// Course is the id of this person's first procedure, when the story has one: rooms that do not know each other tell one story.
func (d DemoPerson) Course() string { return "tr-" + strings.TrimPrefix(d.ID, "p-") }

// Report is the id of the event that the report of an interview came, in that first procedure.
func (d DemoPerson) Report() string { return "ev-" + strings.TrimPrefix(d.ID, "p-") + "-report" }

var stories = []string{"asylum-pact", "permit", "asylum-old", "permit", "family", "asylum-pact", "permit", "refused"}

// heroes are the people that the pages of the design know.
func heroes() []DemoPerson {
	name := func(parts ...string) (out []NamePart) {
		for _, p := range parts {
			role, text, _ := strings.Cut(p, ":")
			out = append(out, NamePart{Role: role, Text: text})
		}
		return out
	}
	return []DemoPerson{
		{ID: "p-selam", Card: "TREE3479", Story: "asylum-old", Profile: Profile{Called: "Selam", Pronoun: "zij/haar", Names: name("own:Selam", "father:Tesfay", "grandfather:Haile"), Own: "ሰላም ተስፋይ ሃይለ",
			Variants: []Variant{{Source: "ind", Text: "Salam Tesfai HAILE"}}, Births: []Birth{{Year: 1991, About: true, Words: "na de oogst van 1991", Source: "person"}, {Year: 1993, Month: 1, Day: 1, Source: "ind", Disputed: true}},
			Nationality: "Eritrea", Languages: []Speech{{Tag: "ti", Reads: true}, {Tag: "ar"}, {Tag: "nl"}}, Interpreter: "phone", VNumber: "2819940173", Lives: "azc Utrecht",
			Reach: Reach{Phone: "+31612345001", When: "na 17:00", Say: "callback", Shared: true}, Wish: Wish{Gender: "woman"}}},
		{ID: "p-reem", Card: "REEM3479", Story: "asylum-old", Profile: Profile{Called: "Reem", Pronoun: "zij/haar", Names: name("own:Reem", "family:al-Ahmad"), Own: "ريم الأحمد",
			Births: []Birth{{Year: 1988, Month: 5, Day: 14, Source: "passport"}}, Nationality: "Syrië", Languages: []Speech{{Tag: "ar", Reads: true}, {Tag: "en"}}, Interpreter: "present", VNumber: "2820011427",
			Lives: "Utrecht", Reach: Reach{Phone: "+31612345002", When: "overdag", Say: "callback"}, Wish: Wish{NotOwn: true}}},
		{ID: "p-farzaneh", Card: "FARH3479", Story: "asylum-pact", Profile: Profile{Called: "Farzaneh", Names: name("own:Farzaneh", "family:Rahimi"), Own: "فرزانه رحیمی", Births: []Birth{{Year: 1996, Month: 3, Source: "person"}},
			Nationality: "Afghanistan", Languages: []Speech{{Tag: "prs", Reads: true}}, Interpreter: "phone", VNumber: "2820447719", Lives: "azc Utrecht"}},
		{ID: "p-ahmad", Card: "AHMD3479", Story: "permit", Profile: Profile{Called: "Ahmad", Names: name("own:Ahmad", "family:al-Khatib"), Own: "أحمد الخطيب", Births: []Birth{{Year: 1979, Month: 9, Day: 2, Source: "brp"}},
			Nationality: "Syrië", Languages: []Speech{{Tag: "ar", Reads: true}, {Tag: "nl", Reads: true}}, Interpreter: "none", VNumber: "2790113365", Lives: "Utrecht", Reach: Reach{Phone: "+31612345003"}}},
		{ID: "p-yusuf", Card: "YXRF3479", Story: "permit", Profile: Profile{Called: "Yusuf", Names: name("own:Yusuf", "family:Demir"), Births: []Birth{{Year: 1984, Month: 11, Day: 30, Source: "passport"}},
			Nationality: "Turkije", Languages: []Speech{{Tag: "tr", Reads: true}, {Tag: "ku"}}, Interpreter: "none", VNumber: "2795501128", Lives: "Overvecht, Utrecht", Reach: Reach{Phone: "+31612345004"}}},
		{ID: "p-oksana", Card: "QKXN3479", Story: "permit", Household: "h-oksana", Part: "parent", Profile: Profile{Called: "Oksana", Names: name("own:Oksana", "family:Kovalenko"), Own: "Оксана Коваленко", Births: []Birth{{Year: 1990, Month: 7, Day: 21, Source: "passport"}},
			Nationality: "Oekraïne", Languages: []Speech{{Tag: "uk", Reads: true}, {Tag: "ru", Reads: true}, {Tag: "en"}}, Interpreter: "none", VNumber: "2811190042", Lives: "gemeentelijke opvang, Utrecht", Reach: Reach{Phone: "+31612345005"}}},
		{ID: "p-maksym", Card: "MKXM3479", Story: "permit", Household: "h-oksana", Part: "child", Profile: Profile{Called: "Maksym", Names: name("own:Maksym", "family:Kovalenko"), Own: "Максим Коваленко", Births: []Birth{{Year: 2016, Month: 2, Day: 8, Source: "passport"}},
			Nationality: "Oekraïne", Languages: []Speech{{Tag: "uk"}}, Lives: "gemeentelijke opvang, Utrecht"}},
		{ID: "p-hamid", Card: "HAMD3479", Story: "refused", Profile: Profile{Called: "Hamid", Names: name("own:Hamid", "family:Noori"), Own: "حمید نوری", Births: []Birth{{Year: 2001, Source: "person", About: true}, {Year: 2000, Month: 1, Day: 1, Source: "ind"}},
			Nationality: "Afghanistan", Languages: []Speech{{Tag: "prs"}, {Tag: "ps"}}, Interpreter: "phone", VNumber: "2808813340", Lives: "azc Utrecht", Reach: Reach{Shared: true, Never: "nooit bellen met zijn broer"}}},
		{ID: "p-mebrahtu", Card: "MEFR3479", Story: "asylum-pact", Profile: Profile{Called: "Mebrahtu", Names: name("own:Mebrahtu", "father:Gebremedhin"), Own: "መብራህቱ ገብረመድህን", Births: []Birth{{Year: 2009, Month: 6, Source: "person"}, {Year: 2007, Month: 1, Day: 1, Source: "ind", Disputed: true}},
			Nationality: "Eritrea", Languages: []Speech{{Tag: "ti", Reads: true}}, Interpreter: "phone", VNumber: "2821560938", Lives: "azc Utrecht"}},
		{ID: "p-golnar", Card: "GKNR3479", Story: "asylum-pact", Profile: Profile{Called: "Golnar", Names: name("own:Golnar"), Own: "گلنار", Births: []Birth{{Words: "in de winter, ik ben nu ongeveer veertig", Source: "person"}},
			Nationality: "Afghanistan", Languages: []Speech{{Tag: "prs"}}, Interpreter: "present", VNumber: "2822017745", Lives: "azc Utrecht", Reach: Reach{Never: "nooit praten waar haar man bij is", Shared: true}, Wish: Wish{Gender: "woman", NotOwn: true, Digital: "person"}}},
		{ID: "p-abdirahman", Card: "AFDR3479", Story: "permit", Profile: Profile{Called: "Abdi", Names: name("own:Abdirahman", "father:Warsame", "grandfather:Farah"), Births: []Birth{{Year: 1995, Month: 1, Day: 1, Source: "ind"}},
			Variants: []Variant{{Source: "unhcr", Text: "Cabdiraxmaan Warsame Faarax"}, {Source: "brp", Text: "Abdirahman WARSAME FARAH"}}, Nationality: "Somalië", Languages: []Speech{{Tag: "so", Reads: true}, {Tag: "ar"}}, Interpreter: "phone", VNumber: "2798840216", Lives: "Kanaleneiland, Utrecht",
			Reach: Reach{Phone: "+31612345006", How: []string{"call", "app"}, When: "na het avondgebed"}}},
		{ID: "p-almaz", Card: "AKMX3479", Story: "family", Profile: Profile{Called: "Almaz", Names: name("own:Almaz", "father:Tadesse", "grandfather:Bekele"), Own: "አልማዝ ታደሰ በቀለ", Births: []Birth{{Year: 1986, Month: 9, Day: 11, Source: "passport"}},
			Nationality: "Ethiopië", Languages: []Speech{{Tag: "am", Reads: true}, {Tag: "en", Reads: true}}, Interpreter: "none", VNumber: "2810773304", Lives: "Overvecht, Utrecht", Reach: Reach{Phone: "+31612345007"}}},
		{ID: "p-giorgi", Card: "GERG3479", Story: "refused", Profile: Profile{Called: "Giorgi", Names: name("own:Giorgi", "family:Beridze"), Own: "გიორგი ბერიძე", Births: []Birth{{Year: 1988, Month: 5, Day: 4, Source: "passport"}},
			Nationality: "Georgië", Languages: []Speech{{Tag: "ru", Reads: true}, {Tag: "en"}}, Interpreter: "phone", Lives: "Overvecht, Utrecht", Reach: Reach{Phone: "+31612345008"}}},
	}
}

// DemoHeroes is how many people were written by hand.
var DemoHeroes = len(heroes())

// DemoPeople gives the people of the demonstration in batches, without their keys.
func DemoPeople(plan organisation.Plan, n int, now time.Time) iter.Seq[[]DemoPerson] {
	// The tokens of one batch are written in their order: the larger the batch, the fewer places of the index it touches.
	batch := min(max(2000, n/20), 20000)
	return func(yield func([]DemoPerson) bool) {
		today := clock.Today(now)
		utrecht := plan.Teams[0]
		for _, t := range plan.Teams {
			if t.ID == "t-utrecht" {
				utrecht = t
			}
		}
		var out []DemoPerson
		for i, h := range heroes() {
			h.N = i
			h.Arrived = today.AddDays(-60 - 45*i)
			h.Team, h.Location = utrecht.ID, utrecht.Locations[0].ID
			for _, l := range utrecht.Locations {
				if l.ID == "l-overvecht" {
					h.Location = l.ID
				}
			}
			h.Desk, h.Caseworker, h.Legal = "d-overvecht", "u-amira", "u-marwan"
			h.date()
			out = append(out, h)
		}
		var home household
		for i := len(out); i < n; i++ {
			if home.left == 0 {
				home = newHousehold(i, plan, today)
			}
			p := home.next(i, today)
			p.date()
			out = append(out, p)
			if len(out) == batch {
				if !yield(out) {
					return
				}
				out = nil
			}
		}
		if len(out) > 0 {
			yield(out)
		}
	}
}

// date says of every fact who told it: numbers come from letters, the rest from the person, soon after they came.
func (d *DemoPerson) date() {
	on := d.Arrived.AddDays(9)
	p := &d.Profile
	for _, name := range Traced {
		if !p.known(name) {
			continue
		}
		if p.Origins == nil {
			p.Origins = map[string]Origin{}
		}
		source := "person"
		if name == "vnumber" || name == "znumber" {
			source = "ind"
		}
		p.Origins[name] = Origin{Source: source, On: on}
	}
	for i := range p.Births {
		p.Births[i].On = on
	}
	for i := range p.Variants {
		p.Variants[i].On = on
	}
}

// Demo writes one batch; their keys were made before. Heroes get a card with a code that the sign-in page may show.
func (s *Files) Demo(ctx context.Context, tx *db.Tx, batch []DemoPerson) error {
	type lookup struct {
		token  []byte
		person string
	}
	var found []lookup
	for _, d := range batch {
		at := d.Arrived.In(clock.Netherlands)
		profile, err := privacy.SealJSON(d.Key, profilePlace(d.ID), d.Profile)
		if err != nil {
			return err
		}
		card, err := privacy.SealJSON(d.Key, cardPlace(d.ID), cardOf(d.Profile))
		if err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_person (id, team, location, card, profile, version, created_at, created_by, changed_at, changed_by) VALUES (?,?,?,?,?,1,?,?,?,?)`,
			d.ID, d.Team, d.Location, card, profile, at, d.Caseworker, at, d.Caseworker)); err != nil {
			return err
		}
		for _, t := range lookups(s.vault, d.Profile) {
			found = append(found, lookup{t, d.ID})
		}
		grants := []access.Grant{{Holder: "self:" + d.ID, Why: access.Self}, {Holder: "user:" + d.Caseworker, Why: access.Assignment}, {Holder: "user:" + d.Legal, Why: access.Assignment}}
		if d.Story == "permit" && d.N >= DemoHeroes {
			grants = grants[:2]
		}
		for k, g := range grants {
			if g.Holder == "user:" {
				continue
			}
			g.ID, g.Subject, g.Level, g.GivenBy, g.Place, g.Since = fmt.Sprintf("g-%s-%d", d.ID[2:], k), d.ID, access.File, d.Caseworker, d.Team, at
			if _, err := access.Give(ctx, tx, g); err != nil {
				return err
			}
		}
		if d.Household != "" {
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_member (household, person, part) VALUES (?,?,?)`, d.Household, d.ID, d.Part)); err != nil {
				return err
			}
		}
		if d.Card != "" {
			if err := s.putCard(ctx, tx, d.ID, d.Card, d.Caseworker); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(found, func(a, b lookup) int { return bytes.Compare(a.token, b.token) })
	for _, l := range found {
		if err := putLookup(ctx, tx, l.token, l.person); err != nil {
			return err
		}
	}
	return nil
}
