package dossier

// This file is how the register asks whether two people may be one, without knowing the rules of it: another room judges.

// Class is how likely it is that two records are of one person.
type Class string

// The classes.
const (
	Very  Class = "very"
	Maybe Class = "maybe"
	No    Class = "no"
)

// Ground is one reason for or against, as a text key with its arguments. Bits is how much it weighs: below zero is against,
// zero is neither, because something is not known. What names values of both records is for who may see both.
type Ground struct {
	Key  string
	Args []any
	Bits float64
}

// Likeness is a judgement with its grounds, the weightiest first.
type Likeness struct {
	Class   Class
	Bits    float64
	Grounds []Ground
}

// For are the grounds that speak for one person, Against those that speak against it.
func (l Likeness) For() []Ground     { return l.of(func(g Ground) bool { return g.Bits > 0 }) }
func (l Likeness) Against() []Ground { return l.of(func(g Ground) bool { return g.Bits < 0 }) }

// Open are the grounds that say nothing, because one of the two is not known.
func (l Likeness) Open() []Ground { return l.of(func(g Ground) bool { return g.Bits == 0 }) }

func (l Likeness) of(want func(Ground) bool) (out []Ground) {
	for _, g := range l.Grounds {
		if want(g) {
			out = append(out, g)
		}
	}
	return out
}

// Judge holds two profiles against each other. Kin says that the two are known to belong to one household: two people who
// live together were written down as two by somebody who knew them.
type Judge func(a, b Profile, kin bool) Likeness
