package family

// This file says what of a family is worth a look now, and from when.

import (
	"cmp"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
)

// The sorts of what is due.
const (
	DueVisa     = "visa"     // a visa loses its validity
	DueWait     = "wait"     // a step waits longer than is usual, or its day passed
	DueEighteen = "eighteen" // somebody who is to come turns eighteen
	DueGuardian = "guardian" // the guardianship ends
)

// Due is one thing that is worth a look.
type Due struct {
	Member string // Own for the person
	Kind   string
	Step   string     // of DueWait
	On     clock.Date // the day that matters
}

// visaAhead is how many days before a visa ends it is shown.
const visaAhead = 30

// DueOn is what is worth a look on a day, nearest first.
func (f Family) DueOn(today clock.Date) []Due {
	var out []Due
	for _, d := range f.dues(today) {
		if !d.from.After(today) {
			out = append(out, d.Due)
		}
	}
	slices.SortStableFunc(out, func(a, b Due) int { return cmp.Compare(a.On.String(), b.On.String()) })
	return out
}

// Watch is the first day of the month in which something is worth a look, or zero. It is stored outside the seal, and so it
// is no day: a day would tell a birthday.
func (f Family) Watch(today clock.Date) clock.Date {
	var first clock.Date
	for _, d := range f.dues(today) {
		if first.IsZero() || d.from.Before(first) {
			first = d.from
		}
	}
	if first.IsZero() {
		return first
	}
	return clock.On(first.Year, first.Month, 1)
}

type dueFrom struct {
	Due
	from clock.Date
}

func (f Family) dues(today clock.Date) []dueFrom {
	var out []dueFrom
	for _, m := range f.Living() {
		if m.Where.State == Died {
			continue
		}
		w := WayOf(m, today)
		if !w.Visa.IsZero() {
			out = append(out, dueFrom{Due{m.ID, DueVisa, "", w.Visa}, w.Visa.AddDays(-visaAhead)})
		}
		switch n, counted := normal[w.Next]; {
		case w.Next == "" || w.Ended != "":
		case !w.Planned.IsZero():
			out = append(out, dueFrom{Due{m.ID, DueWait, w.Next, w.Planned}, w.Planned.AddDays(1)})
		case counted && !w.Since.IsZero():
			out = append(out, dueFrom{Due{m.ID, DueWait, w.Next, w.Since.AddDays(n)}, w.Since.AddDays(n + 1)})
		}
		// A birthday matters until the application is in: the age on that day is the age that counts.
		applied, ok := w.Told(Applied)
		if first, _ := Eighteen(m.Births); !first.IsZero() && today.Before(first) && m.Coming == "yes" && !(ok && applied.State == Done) && f.child(m.ID, today) {
			out = append(out, dueFrom{Due{m.ID, DueEighteen, "", first}, first.AddDays(-warned)})
		}
	}
	if g := f.Guardian; g.Stands(today) && !g.Grown.IsZero() {
		ends := g.Grown
		if !today.Before(g.Grown) { // perhaps eighteen already: it ends on the latest day
			ends = g.Latest
		}
		out = append(out, dueFrom{Due{Own, DueGuardian, "", ends}, ends.AddDays(-warned)})
	}
	return out
}

// child says whether somebody is here for whom being a minor matters: a child, a ward or a grandchild of the person.
func (f Family) child(id string, on clock.Date) bool {
	k, ok := f.Bond(id, on)
	return ok && (k.Role == Child || k.Role == Ward || k.Role == Grandchild || k.Role == Sibling)
}

// Minor says whether somebody is a minor on a day: "yes", "no", "both" when the sources leave it open, or "unknown".
func Minor(bs []dossier.Birth, on clock.Date) string {
	switch dossier.Adult(bs, on) {
	case "yes":
		return "no"
	case "no":
		return "yes"
	case "both":
		return "both"
	}
	return "unknown"
}
