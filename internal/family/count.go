package family

// This file says who counts under which rule, and why. It answers for one relative and every law that may govern; what is
// not settled stays a question, with every answer that is possible beside it. The age that counts is the age on the day of
// the application, and not today's.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
)

// Verdicts are what a rule can say.
const (
	Counts     = "counts"
	Conditions = "conditions" // it counts when something is so
	Not        = "not"        // not under this rule
	Unknown    = "unknown"    // something must be known first
)

// Sponsor is what is known of the person who is here. A day or a word that is not known is empty.
type Sponsor struct {
	Lodged  clock.Date // the application for asylum
	Entered clock.Date // the day they came
	Applied clock.Date // the application for the family
	Status  string     // refugee, subsidiary, old_permit
	Law     string     // OldLaw or TwoStatus, when a letter named one
	Births  []dossier.Birth
}

// Finding is what one law says of one relative.
type Finding struct {
	Rule
	Verdict string
	Why     []Reason
	Asks    []string   // questions; an answer may change the verdict
	Before  clock.Date // apply before this day: then a birthday changes it
}

// Reason is one thing that was taken into account: a text key, and the days and numbers in it.
type Reason struct {
	Key  string
	Args []any
}

// Questions that a colleague can answer on the page of the relative. A yes to the first list helps, a yes to the second
// does not.
var (
	Helpful = []string{"always_lived", "dependent", "cared", "parent_agrees", "adoption_valid", "lasting", "marriage_valid", "before_entry", "alone", "only_partner"}
	Harmful = []string{"own_family", "own_income"}
)

// Noted are the questions that are answered by what is known, and not on the page.
var Noted = []string{"applied", "birth", "own_birth", "lodged", "bond", "status", "circle", "parents_2st", "since"}

// about is one relative, while a rule is read.
type about struct {
	s     Sponsor
	m     Member
	k     Kin
	f     Family
	today clock.Date
	out   Finding
}

func (a *about) rule(id, verdict string) Finding {
	a.out.Rule, a.out.Verdict = RuleOf(id), verdict
	return a.out
}

func (a *about) why(key string, args ...any) { a.out.Why = append(a.out.Why, Reason{key, args}) }
func (a *about) ask(q string)                { a.out.Asks = append(a.out.Asks, q) }

// answer asks a question and gives its answer: "yes", "no" or nothing.
func (a *about) answer(q string) string {
	a.ask(q)
	x := a.m.Answers[q]
	if x == "yes" || x == "no" {
		a.why("answer."+q+"."+x, nil...)
	}
	return x
}

// applied is the day on which age counts: that of the application, or today as long as there is none. A relative may have
// been applied for apart from the others.
func (a *about) applied() clock.Date {
	if on, done := a.own(); done && !on.IsZero() {
		return on
	}
	if a.s.Applied.IsZero() {
		return a.today
	}
	return a.s.Applied
}

// own is when this relative was applied for, as their own way tells it; a zero day is unknown.
func (a *about) own() (on clock.Date, done bool) {
	s, ok := WayOf(a.m, a.today).Told(Applied)
	return s.On, ok && s.State == Done
}

// open says whether nothing was applied for yet.
func (a *about) open() bool {
	_, done := a.own()
	return !done && a.s.Applied.IsZero()
}

// entry is the day before which the tie must have been there. Who did not tell when they came was here on the day of the
// application for asylum.
func (a *about) entry() clock.Date {
	if a.s.Entered.IsZero() {
		return a.s.Lodged
	}
	return a.s.Entered
}

// Count says what each law that may govern says of a relative. When a letter named the law of family reunification, the
// other one is left out.
func (f Family) Count(id string, s Sponsor, today clock.Date) []Finding {
	m, ok := f.Member(id)
	if !ok {
		return nil
	}
	var out []Finding
	for _, r := range Regimes {
		if (r == OldLaw || r == TwoStatus) && s.Law != "" && s.Law != r {
			continue
		}
		a := &about{s: s, m: m, f: f, today: today}
		out = append(out, a.judge(r))
	}
	return out
}

// What a list says of somebody, beside the verdicts.
const (
	Depends   = "depends"   // the laws that may govern say different things
	Elsewhere = "elsewhere" // not by family reunification, perhaps by another way
)

// Short is what a list says: the verdict on which the laws of family reunification agree. Where they do not, it hangs on
// which of them governs, and the list does not choose.
func Short(fs []Finding) string {
	said, other := "", false
	for _, f := range fs {
		switch {
		case f.Regime != OldLaw && f.Regime != TwoStatus:
			other = other || f.Verdict == Conditions || f.Verdict == Unknown
		case said == "":
			said = f.Verdict
		case said != f.Verdict:
			return Depends
		}
	}
	if said == Not && other {
		return Elsewhere
	}
	return said
}

func (a *about) judge(regime string) Finding {
	none := map[string]string{OldLaw: "old-none", TwoStatus: "two-none", Regular: "regular-none", Life: "life-none"}[regime]
	if a.m.Where.State == Died {
		a.why("died")
		return a.rule(none, Not)
	}
	var ok bool
	if a.k, ok = a.f.Bond(a.m.ID, a.today); !ok {
		a.why("nobond")
		a.ask("bond")
		return a.rule(none, Unknown)
	}
	if a.k.Tie.Over(a.today) {
		a.why("over", "day", a.k.Tie.Until)
		return a.rule(none, Not)
	}
	a.why("bond."+a.k.Role+form(a.k.Tie), nil...)
	switch regime {
	case OldLaw:
		return a.proven(a.old())
	case TwoStatus:
		return a.proven(a.two())
	case Regular:
		return a.regular()
	}
	return a.life()
}

func form(t Tie) string {
	if t.Form == "" {
		return ""
	}
	return "." + t.Form
}

// proven lowers what counts to what counts when it is proven, as long as nothing but a word proves the tie.
func (a *about) proven(f Finding) Finding {
	switch c := a.k.Tie.Certainty; {
	case c == "documented" || c == "dna":
		f.Why = append(f.Why, Reason{"sure." + c, nil})
	default:
		f.Why = append(f.Why, Reason{"sure." + c, nil})
		if f.Verdict == Counts {
			f.Verdict = Conditions
		}
	}
	if a.m.Where.State == Missing {
		f.Why = append(f.Why, Reason{"missing", nil})
		if f.Verdict == Counts {
			f.Verdict = Conditions
		}
	}
	return f
}

// The ages of a child on the days that matter.
const (
	isMinor    = "minor"
	wasMinor   = "then"  // on the day of the application for asylum, and no longer on that for the family
	isAdult    = "adult" // on both
	needBirth  = "birth"
	needLodged = "lodged"
)

// age says how old the relative is on the days that matter, and says so as a reason.
func (a *about) age() string {
	low, high, known := dossier.Age(a.m.Births, a.applied())
	if !known {
		a.why("nobirth")
		a.ask("birth")
		return needBirth
	}
	on, done := a.own()
	unsure := done && on.IsZero() && a.s.Applied.IsZero()
	switch {
	case a.open():
		a.why("age.today", "age", years(low, high), "day", a.applied())
	case unsure:
		a.why("age.undated", "age", years(low, high))
	default:
		a.why("age.applied", "age", years(low, high), "day", a.applied())
	}
	switch Minor(a.m.Births, a.applied()) {
	case "yes":
		a.before()
		return isMinor
	case "both":
		a.why("age.both")
		a.ask("birth")
		return needBirth
	}
	if unsure { // older now than on a day that nobody knows
		a.ask("applied")
		return needBirth
	}
	if a.s.Lodged.IsZero() {
		a.why("nolodged")
		a.ask("lodged")
		return needLodged
	}
	low, high, _ = dossier.Age(a.m.Births, a.s.Lodged)
	a.why("age.lodged", "age", years(low, high), "day", a.s.Lodged)
	switch Minor(a.m.Births, a.s.Lodged) {
	case "yes":
		return wasMinor
	case "both":
		a.why("age.both")
		a.ask("birth")
		return needBirth
	}
	return isAdult
}

// before says by when a minor must be applied for, as long as nothing was.
func (a *about) before() {
	if a.open() {
		a.out.Before, _ = Eighteen(a.m.Births)
	}
}

// span is an age that is known as one number or two.
type span struct{ Low, High int }

func years(low, high int) span { return span{low, high} }

// old is article 29 as it was before the act on two statuses.
func (a *about) old() Finding {
	switch a.k.Role {
	case Partner:
		return a.oldPartner()
	case Child, Ward, Grandchild:
		return a.oldChild()
	case Parent:
		return a.parents("old-parents")
	}
	a.why("circle.none")
	return a.rule("old-none", Not)
}

// early says whether the tie was there before the person came: "yes", "no" or nothing.
func (a *about) early() string {
	since, entry := a.k.Tie.Since, a.entry()
	switch {
	case a.k.Tie.beforeBirth(a.m.Births) || a.k.Tie.beforeBirth(a.s.Births): // a slip of the pen proves nothing
	case !since.IsZero() && !entry.IsZero() && since.After(entry):
		a.why("since.after", "day", since, "entry", entry)
		return "no"
	case !since.IsZero() && !entry.IsZero():
		a.why("since.before", "day", since, "entry", entry)
		return "yes"
	}
	return a.answer("before_entry")
}

func (a *about) oldPartner() Finding {
	rule, verdict := "old-spouse", Counts
	switch a.k.Tie.Form {
	case "unmarried":
		rule, verdict = "old-partner", Conditions
		if a.answer("lasting") == "no" {
			verdict = Not
		}
	case "traditional":
		switch a.answer("marriage_valid") {
		case "yes":
		case "no":
			rule, verdict = "old-partner", Conditions
			if a.answer("lasting") == "no" {
				verdict = Not
			}
		default:
			verdict = Conditions
		}
	}
	switch a.early() {
	case "no":
		return a.rule(rule, Not)
	case "":
		verdict = worse(verdict, Conditions)
	}
	if count(a.f.Ties, func(t Tie) bool { _, _, mine := t.Of(Own); return mine && t.Kind == Partner && !t.Over(a.today) }) > 1 {
		a.why("partners")
		if a.answer("only_partner") != "yes" {
			verdict = worse(verdict, Conditions)
		}
	}
	if m := Minor(a.m.Births, a.applied()); m != "no" && m != "unknown" {
		a.why("partner.young")
		verdict = worse(verdict, Conditions)
	}
	return a.rule(rule, verdict)
}

// worse is the less favourable of two verdicts.
func worse(a, b string) string {
	rank := map[string]int{Counts: 3, Conditions: 2, Unknown: 1, Not: 0}
	if rank[b] < rank[a] {
		return b
	}
	return a
}

// raised says whether the relative is a child by birth or one that was taken in.
func (a *about) raised() bool { return a.k.Role != Child || a.k.Tie.Form != "biological" }

func (a *about) oldChild() Finding {
	age := a.age()
	if age == needBirth || age == needLodged {
		return a.rule("old-child", Unknown)
	}
	if age == isAdult {
		return a.oldGrown()
	}
	rule, verdict := "old-child", Counts
	if age == wasMinor {
		rule, verdict = "old-child-then", Conditions
	}
	if !a.raised() {
		return a.rule(rule, verdict)
	}
	if a.k.Tie.Form != "adopted" {
		rule = "old-foster"
	}
	return a.rule(rule, worse(verdict, a.takenIn()))
}

// takenIn asks what is asked of a child that is not one's own by birth: whether it belonged to the family, and whether
// those who have a say agree.
func (a *about) takenIn() string {
	verdict, asks := Counts, []string{"cared", "parent_agrees"}
	if a.k.Tie.Form == "adopted" {
		asks = []string{"adoption_valid"}
	}
	for _, q := range asks {
		switch a.answer(q) {
		case "yes":
		case "no":
			verdict = worse(verdict, Not)
		default:
			verdict = worse(verdict, Conditions)
		}
	}
	if a.k.Tie.Form != "adopted" {
		entry := a.entry()
		switch a.f.Together(a.m.ID, entry) {
		case "yes":
			a.why("home.yes", "day", entry)
		case "no":
			a.why("home.no", "day", entry)
			verdict = worse(verdict, Conditions)
		default:
			a.why("home.unknown")
			verdict = worse(verdict, Conditions)
		}
	}
	return verdict
}

// oldGrown is the child who was an adult on every day that matters: the policy for young adults, and else a dependency that
// is more than usual.
func (a *about) oldGrown() Finding {
	low, _, _ := dossier.Age(a.m.Births, a.applied())
	young := low <= 25
	if young {
		a.why("young", "age", 25)
		for _, q := range []string{"own_family", "own_income"} {
			young = a.answer(q) != "yes" && young
		}
		young = a.answer("always_lived") != "no" && young
	} else {
		a.why("notyoung", "age", 25)
	}
	if !young && a.answer("dependent") == "no" {
		return a.rule("old-grown", Not)
	}
	return a.rule("old-grown", Conditions)
}

// parents are those of a minor who is alone: the age of the minor on the day of the application for asylum counts.
func (a *about) parents(rule string) Finding {
	if a.s.Lodged.IsZero() {
		a.why("nolodged")
		a.ask("lodged")
		return a.rule(rule, Unknown)
	}
	low, high, known := dossier.Age(a.s.Births, a.s.Lodged)
	if !known {
		a.ask("own_birth")
		return a.rule(rule, Unknown)
	}
	a.why("self.age", "age", years(low, high), "day", a.s.Lodged)
	switch Minor(a.s.Births, a.s.Lodged) {
	case "no":
		a.why("self.adult")
		return a.rule(rule, Not)
	case "both":
		a.why("age.both")
		a.ask("own_birth")
		return a.rule(rule, Unknown)
	}
	switch a.answer("alone") {
	case "yes":
		return a.rule(rule, Counts)
	case "no":
		return a.rule(rule, Not)
	}
	return a.rule(rule, Conditions)
}

// two is the act on two statuses, as papers tell of it. It was not read: who keeps the wider circle is not settled.
func (a *about) two() Finding {
	core := a.k.Role == Partner && (a.k.Tie.Form == "marriage" || a.k.Tie.Form == "registered") || a.k.Role == Child
	wide := a.k.Role == Partner || a.k.Role == Ward || a.k.Role == Grandchild
	switch {
	case a.k.Role == Parent:
		f := a.parents("two-parents")
		if f.Verdict == Not {
			return f
		}
		a.why("two.parents")
		a.ask("parents_2st")
		return a.rule("two-parents", Unknown)
	case !core && !wide:
		a.why("circle.none")
		return a.rule("two-none", Not)
	}
	verdict := Counts
	if a.k.Role == Child || a.k.Role == Ward || a.k.Role == Grandchild {
		switch a.age() {
		case needBirth, needLodged:
			return a.rule("two-core", Unknown)
		case isAdult:
			core = false
		case wasMinor:
			verdict = Conditions
		}
		if core && a.raised() {
			verdict = worse(verdict, a.takenIn())
		}
	} else {
		switch a.early() {
		case "no":
			return a.rule("two-core", Not)
		case "":
			verdict = Conditions
		}
	}
	if core {
		return a.twoCore(verdict)
	}
	switch a.s.Status {
	case "subsidiary":
		a.why("two.narrow")
		return a.rule("two-none", Not)
	case "refugee":
		a.why("two.circle")
		a.ask("circle")
	default:
		a.why("two.circle")
		a.why("two.narrow")
		a.ask("status")
		a.ask("circle")
	}
	return a.rule("two-circle", Unknown)
}

// twoCore is the inner circle: at once with the first status, after two years and with an income and a home with the second.
func (a *about) twoCore(verdict string) Finding {
	switch a.s.Status {
	case "refugee":
		a.why("two.refugee")
		return a.rule("two-core", verdict)
	case "subsidiary":
		a.why("two.wait")
		return a.rule("two-wait", worse(verdict, Conditions))
	}
	a.why("two.refugee")
	a.why("two.wait")
	a.ask("status")
	return a.rule("two-core", worse(verdict, Unknown))
}

// regular is a permit like everybody else's, with an income and fees.
func (a *about) regular() Finding {
	switch a.k.Role {
	case Partner:
		a.why("regular.partner")
		return a.rule("regular-partner", Conditions)
	case Child, Ward, Grandchild:
		switch Minor(a.m.Births, a.applied()) {
		case "yes":
			a.before()
			a.why("regular.child")
			return a.rule("regular-child", Conditions)
		case "no":
			a.why("regular.adult")
			return a.rule("regular-none", Not)
		}
		a.ask("birth")
		return a.rule("regular-child", Unknown)
	}
	a.why("circle.none")
	return a.rule("regular-none", Not)
}

// life is the right to family life: for partners and minor children it is there; for adults it needs a dependency that is
// more than usual.
func (a *about) life() Finding {
	minor := Minor(a.m.Births, a.applied())
	switch {
	case a.k.Role == Partner, a.k.Role == Child && minor == "yes":
		a.why("life.core")
		return a.rule("life", Conditions)
	case a.k.Role == Other:
		a.why("life.other")
	}
	switch a.answer("dependent") {
	case "yes":
		return a.rule("life", Conditions)
	case "no":
		a.why("life.usual")
		return a.rule("life-none", Not)
	}
	return a.rule("life", Unknown)
}
