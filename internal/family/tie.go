package family

// This file holds who belongs to whom: ties between two people of one family, and what can never be true of them.

import (
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
)

// Own is the end of a tie that is the person whose family it is.
const Own = ""

// The kinds of a tie. A tie reads "A is KIND of B"; partners, siblings and others are so both ways.
const (
	Partner     = "partner"
	Parent      = "parent"
	Sibling     = "sibling"
	Grandparent = "grandparent"
	Guardian    = "guardian"
	Other       = "other"

	// What somebody is who stands at the other end; they are stored the other way round.
	Child      = "child"
	Grandchild = "grandchild"
	Ward       = "ward"
)

// Roles are what a relative can be of somebody, in the order in which pages show them.
var Roles = []string{Partner, Child, Parent, Sibling, Grandparent, Grandchild, Guardian, Ward, Other}

// PartnerForms and ParentForms are what sort of partners two are, and of parent and child.
var (
	PartnerForms = []string{"marriage", "registered", "traditional", "unmarried"}
	ParentForms  = []string{"biological", "adopted", "foster", "step"}
)

// Forms are the sorts of a role; none when it has none.
func Forms(role string) []string {
	switch role {
	case Partner:
		return PartnerForms
	case Parent, Child:
		return ParentForms
	}
	return nil
}

// Certainties are how sure a tie is.
var Certainties = []string{"stated", "documented", "dna", "disputed", "unknown"}

// Sources are who said that a tie is there.
var Sources = []string{"person", "relative", "paper", "ind", "other"}

// Tie is what binds two people, and how that is known.
type Tie struct {
	ID        string     `json:"id"`
	A         string     `json:"a,omitempty"`
	B         string     `json:"b,omitempty"`
	Kind      string     `json:"kind"`
	Form      string     `json:"form,omitempty"`
	Certainty string     `json:"certainty"`
	Source    string     `json:"source,omitempty"`
	Told      string     `json:"told,omitempty"` // who said so, or which paper says it
	Since     clock.Date `json:"since,omitzero"`
	Until     clock.Date `json:"until,omitzero"`
}

var inverses = map[string]string{Partner: Partner, Sibling: Sibling, Other: Other, Parent: Child, Child: Parent,
	Grandparent: Grandchild, Grandchild: Grandparent, Guardian: Ward, Ward: Guardian}

// Inverse is what B is of A when A is this of B.
func Inverse(role string) string { return inverses[role] }

// TieOf makes the tie by which a is this of b: what is said of a child stands as what is said of its parent.
func TieOf(a, role, b string) Tie {
	switch role {
	case Child, Grandchild, Ward:
		return Tie{A: b, B: a, Kind: Inverse(role)}
	}
	return Tie{A: a, B: b, Kind: role}
}

// Between says whether the tie binds these two.
func (t Tie) Between(x, y string) bool { return t.A == x && t.B == y || t.A == y && t.B == x }

// Of is the other end of a tie and what that one is of x; ok is false when x is at neither end.
func (t Tie) Of(x string) (other, role string, ok bool) {
	switch x {
	case t.B:
		return t.A, t.Kind, true
	case t.A:
		return t.B, Inverse(t.Kind), true
	}
	return "", "", false
}

// Over says whether the tie has ended.
func (t Tie) Over(on clock.Date) bool { return !t.Until.IsZero() && !t.Until.After(on) }

// elder says whether a tie goes from an older generation to a younger one.
func (t Tie) elder() bool { return t.Kind == Parent || t.Kind == Grandparent }

// The faults of a family; each is a text key.
const (
	FaultSelf     = "family.error.tie.self"     // somebody tied to themselves
	FaultTwice    = "family.error.tie.twice"    // the same tie twice
	FaultAncestor = "family.error.tie.ancestor" // somebody would be their own ancestor
	FaultParents  = "family.error.tie.parents"  // more than two parents by birth
	FaultYounger  = "family.error.tie.younger"  // a parent born after the child
	FaultBoth     = "family.error.tie.both"     // a partner who is also an ancestor
	FaultNobody   = "family.error.tie.nobody"   // an end that is nobody here
	FaultDays     = "family.error.tie.days"     // it ended before it began
	FaultUnborn   = "family.error.tie.unborn"   // it began before one of them was born
)

// Fault says what can never be true if this tie is added to those that are there, or nothing. born gives what is known of
// somebody's birth.
func (f Family) Fault(t Tie, born func(id string) []dossier.Birth) string {
	switch {
	case t.A == t.B:
		return FaultSelf
	case !f.has(t.A) || !f.has(t.B):
		return FaultNobody
	case !t.Since.IsZero() && !t.Until.IsZero() && t.Until.Before(t.Since):
		return FaultDays
	case born != nil && (t.beforeBirth(born(t.A)) || t.beforeBirth(born(t.B))):
		return FaultUnborn
	}
	others := slices.DeleteFunc(slices.Clone(f.Ties), func(x Tie) bool { return x.ID == t.ID })
	for _, x := range others {
		if x.Between(t.A, t.B) && (x.Kind == t.Kind && (x.A == t.A || !t.elder() && t.Kind != Guardian)) && x.Until.IsZero() == t.Until.IsZero() {
			return FaultTwice
		}
	}
	up := ancestry(others)
	switch {
	case t.elder():
		if up.reaches(t.A, t.B) {
			return FaultAncestor
		}
		up = ancestry(append(others, t)) // the tie may put somebody far away above their own partner
		if slices.ContainsFunc(others, func(x Tie) bool { return x.Kind == Partner && (up.reaches(x.A, x.B) || up.reaches(x.B, x.A)) }) {
			return FaultBoth
		}
		if t.Form == "biological" || t.Kind == Grandparent {
			if born != nil && younger(born(t.A), born(t.B)) {
				return FaultYounger
			}
		}
		if t.Form == "biological" && count(others, func(x Tie) bool { return x.Kind == Parent && x.Form == "biological" && x.B == t.B }) >= 2 {
			return FaultParents
		}
	case t.Kind == Partner:
		if up.reaches(t.A, t.B) || up.reaches(t.B, t.A) {
			return FaultBoth
		}
	}
	return ""
}

// beforeBirth says whether a tie, by all that is known, surely began before somebody was born.
func (t Tie) beforeBirth(bs []dossier.Birth) bool {
	first, _ := earliest(bs)
	return !t.Since.IsZero() && !first.IsZero() && t.Since.Before(first)
}

// faultField is the field of the form at which a fault of a tie stands.
func faultField(key string) string {
	if key == FaultUnborn {
		return "since"
	}
	return "role"
}

func count(ts []Tie, is func(Tie) bool) int {
	n := 0
	for _, t := range ts {
		if is(t) {
			n++
		}
	}
	return n
}

// younger says whether a, by all that is known, was surely born after b.
func younger(a, b []dossier.Birth) bool {
	first, _ := earliest(a)
	_, last := earliest(b)
	return !first.IsZero() && !last.IsZero() && !first.Before(last)
}

// earliest is the first and the last day on which somebody may have been born, by any of the sources.
func earliest(bs []dossier.Birth) (first, last clock.Date) {
	for _, b := range bs {
		lo, hi := b.Range()
		if lo.IsZero() {
			continue
		}
		if first.IsZero() || lo.Before(first) {
			first = lo
		}
		if last.IsZero() || hi.After(last) {
			last = hi
		}
	}
	return first, last
}

// lineage is who stands directly above whom.
type lineage map[string][]string

func ancestry(ts []Tie) lineage {
	up := lineage{}
	for _, t := range ts {
		if t.elder() {
			up[t.B] = append(up[t.B], t.A)
		}
	}
	return up
}

// reaches says whether, going up from one, the other is met.
func (l lineage) reaches(from, to string) bool {
	seen := map[string]bool{}
	var walk func(string) bool
	walk = func(x string) bool {
		if seen[x] {
			return false
		}
		seen[x] = true
		for _, y := range l[x] {
			if y == to || walk(y) {
				return true
			}
		}
		return false
	}
	return walk(from)
}

// Kin is somebody who is bound to another, and how.
type Kin struct {
	ID, Role string
	Tie      Tie
}

// Kin are all who are bound to somebody, in the order of Roles. Both ends of a tie tell the same.
func (f Family) Kin(of string) []Kin {
	var out []Kin
	for _, t := range f.Ties {
		if other, role, ok := t.Of(of); ok && f.has(other) {
			out = append(out, Kin{other, role, t})
		}
	}
	slices.SortStableFunc(out, func(a, b Kin) int { return slices.Index(Roles, a.Role) - slices.Index(Roles, b.Role) })
	return out
}

// Bond is how somebody is bound to the person whose family it is: the tie that stands, or else the last one that ended.
// ok is false when they are bound only to another relative.
func (f Family) Bond(id string, on clock.Date) (k Kin, ok bool) {
	for _, x := range f.Kin(id) {
		if x.ID == Own && (!ok || k.Tie.Over(on) && !x.Tie.Over(on)) {
			k, ok = Kin{id, Inverse(x.Role), x.Tie}, true
		}
	}
	return k, ok
}
