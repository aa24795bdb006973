package dossier

// This file invents people, household by household: names follow the custom of where they come from, a child carries the
// names of its father, and who belongs together lives and is helped together.

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/organisation"
)

// bothWays is one name in Latin letters and in its own script.
type bothWays struct{ latin, own string }

func pick(r *rand.Rand, list []string) bothWays {
	latin, own, _ := strings.Cut(list[r.IntN(len(list))], "|")
	return bothWays{latin, own}
}

// household is who is invented together.
type household struct {
	r        *rand.Rand
	id       string
	g        people
	size     int
	left     int
	at       DemoPerson // what all of them share
	man      [3]bothWays
	woman    [3]bothWays
	together bool // there are two parents
	mother   bool // the first of them is the mother, when there is one parent
	born     int  // year of the younger parent
	lives    string
}

// newHousehold begins one with the i-th person. Most are somebody alone.
func newHousehold(i int, plan organisation.Plan, today clock.Date) household {
	r := rand.New(rand.NewPCG(2026, uint64(i)))
	h := household{r: r, id: fmt.Sprintf("h-%08d", i), size: 1}
	share := r.IntN(100)
	for _, g := range peoples {
		if h.g = g; share < g.share {
			break
		}
		share -= g.share
	}
	if r.IntN(100) < 30 {
		h.size = 2 + r.IntN(4)
	}
	h.left = h.size
	h.together = h.size > 2 || (h.size == 2 && r.IntN(2) == 0)
	h.mother = r.IntN(100) < 46
	h.born = 1962 + r.IntN(44)
	if h.size > 1 {
		h.born = 1970 + r.IntN(30)
	}
	for k := range 2 {
		h.man[k], h.woman[k] = pick(r, h.g.men), pick(r, h.g.men)
	}
	h.man[0], h.woman[0] = pick(r, h.g.men), pick(r, h.g.women)
	h.man[2], h.woman[2] = pick(r, h.g.last), pick(r, h.g.last)
	if h.g.shared {
		h.woman[2] = h.man[2]
	}
	h.at = DemoPerson{Story: stories[r.IntN(len(stories))], Arrived: today.AddDays(-20 - r.IntN(1400))}
	t := plan.Teams[i%len(plan.Teams)]
	h.lives = "azc " + t.Town
	if h.at.Story == "permit" && r.IntN(2) == 0 {
		h.lives = t.Town
	}
	turn := i / len(plan.Teams)
	l := t.Locations[turn%len(t.Locations)]
	h.at.Team, h.at.Location = t.ID, l.ID
	if len(l.Desks) > 0 {
		h.at.Desk = l.Desks[0]
	}
	if len(t.Caseworkers) > 0 {
		h.at.Caseworker = t.Caseworkers[turn%len(t.Caseworkers)]
	}
	if len(t.Legal) > 0 {
		h.at.Legal = t.Legal[turn%len(t.Legal)]
	}
	return h
}

// names puts a name together by the custom of the group.
func (g people) names(own, father, grandfather, family bothWays) ([]NamePart, string) {
	parts, roles := []bothWays{own}, []string{"own"}
	switch g.rule {
	case "father":
		parts, roles = append(parts, father, grandfather), append(roles, "father", "grandfather")
	case "full":
		parts, roles = append(parts, father, family), append(roles, "father", "family")
	default:
		parts, roles = append(parts, family), append(roles, "family")
	}
	var out []NamePart
	var script []string
	for i, p := range parts {
		out = append(out, NamePart{Text: p.latin, Role: roles[i]})
		if p.own != "" {
			script = append(script, p.own)
		}
	}
	return out, strings.Join(script, " ")
}

// next makes the next of the household, as the i-th person.
func (h *household) next(i int, today clock.Date) DemoPerson {
	r, nth := rand.New(rand.NewPCG(2027, uint64(i))), h.size-h.left
	h.left--
	p := h.at
	p.ID, p.N = fmt.Sprintf("p-%08d", i), i
	woman, child := h.mother, false
	switch {
	case h.together && nth < 2:
		woman = nth == 1
	case nth > 0:
		woman, child = r.IntN(2) == 0, true
	}
	if h.size > 1 {
		p.Household, p.Part = h.id, "parent"
		switch {
		case child:
			p.Part = "child"
		case h.together && nth == 1:
			p.Part = "partner"
		}
	}
	var names []NamePart
	var own string
	year := h.born
	switch {
	case child:
		list := h.g.men
		if woman {
			list = h.g.women
		}
		names, own = h.g.names(pick(r, list), h.man[0], h.man[1], h.man[2])
		year = min(h.born+19+2*nth+r.IntN(3), today.Year-1)
	case woman:
		names, own = h.g.names(h.woman[0], h.woman[1], pick(r, h.g.men), h.woman[2])
	default:
		names, own = h.g.names(h.man[0], h.man[1], pick(h.r, h.g.men), h.man[2])
		year -= r.IntN(7)
	}
	p.Profile = Profile{Called: names[0].Text, Names: names, Own: own, Births: births(r, year, child), Nationality: h.g.origin, VNumber: number(i), Lives: h.lives}
	h.more(r, &p.Profile, i, today.Year-year, woman)
	return p
}

// number is the V-number of the i-th person. The factor has no divisor in common with the modulus, so no two are the same.
func number(i int) string { return fmt.Sprintf("28%08d", (i*48271+10007531)%100000000) }

// births is what is known of a date of birth: often an office's 1 January, sometimes a year, sometimes two sources that differ.
func births(r *rand.Rand, year int, child bool) []Birth {
	day := Birth{Year: year, Month: 1 + r.IntN(12), Day: 1 + r.IntN(28), Source: "ind"}
	if child {
		day.Source = "passport"
		return []Birth{day}
	}
	january := Birth{Year: year, Month: 1, Day: 1, Source: "ind"}
	switch r.IntN(20) {
	case 0, 1, 2, 3:
		return []Birth{january}
	case 4:
		return []Birth{{Year: year, About: true, Source: "person"}}
	case 5:
		return []Birth{{Year: year, Month: day.Month, Source: "person"}}
	case 6:
		january.Disputed = true
		return []Birth{{Year: year - 1 - r.IntN(3), Month: day.Month, Day: day.Day, Source: "person"}, january}
	case 7:
		return []Birth{{Words: "weet het niet precies", Source: "person"}}
	}
	return []Birth{day}
}

// more fills in how somebody speaks, can be reached, and wants to be helped.
func (h *household) more(r *rand.Rand, p *Profile, i, age int, woman bool) {
	p.Languages = []Speech{{Tag: h.g.tongue, Reads: age >= 8 && r.IntN(10) > 1}}
	if h.g.second != "" && age >= 8 && r.IntN(3) == 0 {
		p.Languages = append(p.Languages, Speech{Tag: h.g.second})
	}
	if age < 14 {
		return
	}
	p.Interpreter = Interpreters[r.IntN(len(Interpreters))]
	if r.IntN(3) > 0 {
		p.Reach.Phone = fmt.Sprintf("+316%08d", 20000000+i)
		p.Reach.Shared = r.IntN(5) == 0
		p.Reach.How = []string{Ways[r.IntN(3)]}
	}
	switch r.IntN(25) {
	case 0:
		p.Reach.Never = "nooit inhoud inspreken op de voicemail"
	case 1:
		p.Reach.When = "alleen overdag"
	case 2:
		p.Reach.When = "na 17:00"
	}
	p.Wish.Language = r.IntN(10) == 0
	p.Wish.NotOwn = r.IntN(12) == 0
	if woman && r.IntN(7) == 0 {
		p.Wish.Gender = "woman"
	}
	if r.IntN(6) == 0 {
		p.Variants = []Variant{{Source: "ind", Text: otherwise(p.Name())}}
	}
}

// otherwise writes a name as an office may write it.
func otherwise(name string) string {
	parts := strings.Fields(spellings.Replace(name))
	if len(parts) > 1 {
		parts[len(parts)-1] = strings.ToUpper(parts[len(parts)-1])
	}
	return strings.Join(parts, " ")
}

var spellings = strings.NewReplacer("Mohammad", "Mohamad", "Yusuf", "Youssef", "Hussein", "Hossein", "al-", "Al ", "ou", "u", "ee", "i", "kh", "ch", "aye", "ae", "sh", "ch", "ay", "ai", "w", "u")
