package identity

// This file judges whether two records are of one person. Each piece of evidence weighs so many bits: about the base-2
// logarithm of how much likelier it is with one person than with two. The weights are assumptions, set by hand and held
// against the cases in judge_test.go; what they must never do is guarded there too.

import (
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/names"
)

// Where the classes begin. "Very likely" also asks for two of the strong agreements, and for nothing strong against it.
const (
	veryFrom  = 20
	maybeFrom = 13

	phonedFrom = 6 // with a telephone and a name that agree: less only when something is against it
)

// strong is what one kind of evidence settles.
type strong int

const (
	open    strong = iota // nothing is settled
	agree                 // this alone singles somebody out among thousands
	against               // two records of one person hardly ever look so
)

// finding is what one kind of evidence says.
type finding struct {
	dossier.Ground
	says strong
}

func says(bits float64, s strong, key string, args ...any) finding {
	return finding{dossier.Ground{Key: "identity.why." + key, Args: args, Bits: bits}, s}
}

// Compare compares two names. The one of an index knows which names are common among its people.
type Compare func(a, b names.Name) (float32, []names.Reason)

// Judge judges two profiles with names.Compare, which knows no people.
func Judge(a, b dossier.Profile, kin bool) dossier.Likeness { return JudgeBy(names.Compare)(a, b, kin) }

// JudgeBy is a judge that compares names so. It does not matter which profile comes first.
func JudgeBy(compare Compare) dossier.Judge {
	return func(a, b dossier.Profile, kin bool) dossier.Likeness { return judge(compare, a, b, kin) }
}

func judge(compare Compare, a, b dossier.Profile, kin bool) dossier.Likeness {
	fs := slices.Concat([]finding{compare.judgeName(a, b)}, judgeBirth(a, b), judgeNumbers(a, b), judgeAround(a, b))
	if kin {
		fs = append(fs, says(-14, against, "kin"))
	}
	var l dossier.Likeness
	agreed, refused := 0, false
	for _, f := range fs {
		l.Bits += f.Bits
		l.Grounds = append(l.Grounds, f.Ground)
		if f.says == agree {
			agreed++
		}
		refused = refused || f.says == against
	}
	slices.SortStableFunc(l.Grounds, func(x, y dossier.Ground) int {
		switch w := abs(y.Bits) - abs(x.Bits); {
		case w > 0:
			return 1
		case w < 0:
			return -1
		}
		return strings.Compare(x.Key, y.Key)
	})
	switch {
	case l.Bits >= veryFrom && agreed >= 2 && !refused:
		l.Class = dossier.Very
	case l.Bits >= maybeFrom, sameNumber(fs), !refused && compare.samePhone(a, b, fs, l.Bits):
		l.Class = dossier.Maybe
	default:
		l.Class = dossier.No
	}
	return l
}

func abs(x float64) float64 { return max(x, -x) }

// sameNumber says whether a V-number is equal: then somebody looks, even when everything else differs, because one of the
// two records has the number of another.
func sameNumber(fs []finding) bool {
	return slices.ContainsFunc(fs, func(f finding) bool { return f.Key == "identity.why.vnumber.same" })
}

// samePhone says whether a name agrees and a telephone too, so that somebody looks although no birth is known. Who is known
// by one single name agrees with who bears it among others, when the telephone is shared with nobody.
func (compare Compare) samePhone(a, b dossier.Profile, fs []finding, bits float64) bool {
	has := func(bits float64, keys ...string) bool {
		return slices.ContainsFunc(fs, func(f finding) bool { return slices.Contains(keys, f.Key) && f.Bits >= bits })
	}
	one := func(x, y dossier.Profile) bool {
		return len(names.Read(x.Name()).Parts()) == 1 && compare.carries(x.Name(), y)
	}
	return bits >= phonedFrom && has(1, "identity.why.phone.same") && has(1, "identity.why.name.same", "identity.why.name.near") ||
		bits >= 0 && has(phoneBits, "identity.why.phone.same") && (one(a, b) || one(b, a))
}

// spelt are the whole names of a person, each once, those that the person gives first.
func spelt(p dossier.Profile) []string {
	var out []string
	add := func(s string) {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	add(p.Name())
	add(p.Own)
	for _, v := range p.Variants {
		add(v.Text)
	}
	return out
}

// own is the name that is the person's alone: what their father and their brothers do not carry too.
func own(p dossier.Profile) string {
	for _, n := range p.Names {
		if n.Role == "own" {
			return n.Text
		}
	}
	return ""
}

// judgeName compares every spelling of the one with every spelling of the other and takes the best. When the names that
// are theirs alone differ, the family's part may agree as it will: that is a brother or a sister.
func (compare Compare) judgeName(a, b dossier.Profile) finding {
	var best float32
	var why []names.Reason
	for _, x := range spelt(a) {
		for _, y := range spelt(b) {
			p, reasons := compare(names.Read(x), names.Read(y))
			if why == nil || p > best {
				best, why = p, reasons
			}
		}
	}
	var shared, apart, vague int // parts that agree; that do not; of those that agree, not surely
	var rare float32
	for _, r := range why {
		switch {
		case r.Light:
		case r.How == names.Missing || r.How == names.Extra:
			apart++
		case r.How == names.Far:
			apart += 2
		default:
			if shared++; !clear(r) {
				vague++
			}
			rare += r.Rare * r.Alike
		}
	}
	alike := likeWords(why)
	if x, y := own(a), own(b); x != "" && y != "" && !compare.carries(x, b) && !compare.carries(y, a) {
		p, reasons := compare(names.Read(x), names.Read(y))
		if p < 0.5 || gendered(x, y) || len(reasons) == 0 {
			return says(-14, against, "own.differs", "one", x, "other", y)
		}
		return says(float64(2*shared), open, "own.near", "one", x, "other", y)
	}
	oneSided := !slices.ContainsFunc(why, func(r names.Reason) bool { return r.How == names.Far }) &&
		(!slices.ContainsFunc(why, func(r names.Reason) bool { return r.How == names.Missing && !r.Light }) ||
			!slices.ContainsFunc(why, func(r names.Reason) bool { return r.How == names.Extra && !r.Light }))
	bits := min(6+5*float64(rare), 15)
	switch {
	case best >= 0.5 && shared >= 2 && oneSided && vague == 0:
		return says(bits, agree, "name.same", "parts", alike)
	case best >= 0.5 && shared >= 2 && oneSided:
		return says(bits-2, open, "name.near", "parts", alike)
	case best >= 0.5 && shared >= 2:
		return says(3, open, "name.part", "parts", alike)
	case best >= 0.5 && shared == 1:
		return says(3+2*float64(rare), open, "name.one", "parts", alike)
	case best < 0.1:
		return says(-8, open, "name.differs")
	}
	return says(-2, open, "name.unlike")
}

// carries says whether a name that is the one's alone is surely one of the parts of the other's name, in any spelling: parts
// may stand in another order.
func (compare Compare) carries(name string, p dossier.Profile) bool {
	for _, s := range spelt(p) {
		for _, part := range names.Read(s).Parts() {
			_, reasons := compare(names.Read(name), names.Read(part))
			if len(reasons) == 1 && clear(reasons[0]) {
				return true
			}
		}
	}
	return false
}

// clear says whether two parts are surely one name, in whatever spelling or script. Hassan and Hussein are not, nor are
// Karim and Karima, nor Zahra and Zohra.
func clear(r names.Reason) bool {
	switch r.How {
	case names.Same, names.SameSound, names.InScript, names.Form, names.Joined:
		return !gendered(r.Asked, r.Found)
	case names.Near:
		return r.Alike >= 0.9 && !gendered(r.Asked, r.Found)
	}
	return false
}

// gendered says whether one name is the other with the ending of a woman's name: Samir and Samira are brother and sister.
func gendered(x, y string) bool {
	bare := func(s string) string { return strings.TrimSuffix(dossier.Fold(s), "h") }
	x, y = bare(x), bare(y)
	if len(x) > len(y) {
		x, y = y, x
	}
	for _, end := range []string{"a", "e", "ه", "а"} {
		if x+end == y {
			return true
		}
	}
	return false
}

// likeWords are the parts that agree, as they are written in both.
func likeWords(why []names.Reason) string {
	var out []string
	for _, r := range why {
		switch {
		case r.How == names.Missing || r.How == names.Extra || r.How == names.Far:
		case r.Asked == r.Found:
			out = append(out, r.Asked)
		default:
			out = append(out, r.Asked+" ≈ "+r.Found)
		}
	}
	return strings.Join(out, ", ")
}

// birthKinds are the ways in which two dates can agree, with what each weighs, the best first.
var birthKinds = []struct {
	name string
	bits float64
	says strong
}{
	{"day", 11, agree}, {"calendar", 6, open}, {"swapped", 6, open}, {"month", 6, open}, {"decade", 4, open}, {"digit", 4, open},
	{"year", 3, open}, {"january", 3, open}, {"about", 1, open}, {"unknown", 0, open}, {"near", -4, open}, {"differs", -9, open}, {"generation", -14, against},
}

// generation is how many years lie between a parent and a child, at the least.
const generation = 14

// judgeBirth takes the pair of sources that agree best: one of them may be a placeholder.
func judgeBirth(a, b dossier.Profile) []finding {
	best := len(birthKinds)
	for _, x := range a.Births {
		for _, y := range b.Births {
			if k := birthKind(x, y); k < best {
				best = k
			}
		}
	}
	if best == len(birthKinds) {
		best = slices.IndexFunc(birthKinds, func(k struct {
			name string
			bits float64
			says strong
		}) bool {
			return k.name == "unknown"
		})
	}
	k := birthKinds[best]
	return []finding{says(k.bits, k.says, "birth."+k.name)}
}

// birthKind is how two dates agree, as a place in birthKinds.
func birthKind(x, y dossier.Birth) int {
	is := func(name string) int {
		for i, k := range birthKinds {
			if k.name == name {
				return i
			}
		}
		return len(birthKinds)
	}
	if x.Year == 0 || y.Year == 0 {
		return is("unknown")
	}
	between := max(x.Year, y.Year) - min(x.Year, y.Year)
	if otherCalendar(x, y) || otherCalendar(y, x) {
		return is("calendar")
	}
	placeholder := x.Placeholder() || y.Placeholder()
	whole := x.Day != 0 && y.Day != 0 && !placeholder
	if whole && !(x.About || y.About) {
		day := x.Day == y.Day && x.Month == y.Month
		switch {
		case day && between == 0:
			return is("day")
		case between == 0 && x.Day == y.Month && x.Month == y.Day:
			return is("swapped")
		case day && between%10 == 0 && between <= 30:
			return is("decade")
		case day && between < 10, between == 0 && (x.Month == y.Month || x.Day == y.Day):
			return is("digit")
		case between == 0:
			return is("near")
		}
	} else {
		switch {
		case between == 0 && x.Placeholder() && y.Placeholder():
			return is("january")
		case between == 0 && !placeholder && x.Month != 0 && x.Month == y.Month:
			return is("month")
		case between == 0 && !placeholder && x.Month != 0 && y.Month != 0:
			return is("near")
		case between == 0:
			return is("year")
		case overlap(x, y):
			return is("about")
		}
	}
	switch {
	case between >= generation:
		return is("generation")
	case between <= 2:
		return is("near")
	}
	return is("differs")
}

func overlap(x, y dossier.Birth) bool {
	xf, xl := x.Range()
	yf, yl := y.Range()
	return !xl.Before(yf) && !yl.Before(xf)
}

// otherCalendar says whether x is y when the parts of x were written in the Ethiopian calendar, as happens when a date is
// copied from a paper.
func otherCalendar(x, y dossier.Birth) bool {
	if x.Told.Calendar != "" || x.Day == 0 || x.About || y.About {
		return false
	}
	t := clock.Told{Calendar: "ethiopian", Year: x.Year, Month: x.Month, Day: x.Day}
	if !t.Valid() {
		return false
	}
	year, month, day, exact := t.Common()
	return exact && year == y.Year && month == y.Month && day == y.Day
}

// judgeNumbers compares the numbers of the immigration service. A case number is shared by a family, and relatives who
// came together have numbers that differ in one digit.
func judgeNumbers(a, b dossier.Profile) []finding {
	var out []finding
	vs, ws := a.All("vnumber"), b.All("vnumber")
	switch {
	case len(vs) == 0 || len(ws) == 0:
		out = append(out, says(0, open, "vnumber.unknown"))
	case meets(vs, ws):
		out = append(out, says(16, agree, "vnumber.same"))
	case oneOff(vs, ws):
		out = append(out, says(1, open, "vnumber.digit"))
	default:
		out = append(out, says(-8, open, "vnumber.differs"))
	}
	if meets(a.All("znumber"), b.All("znumber")) {
		out = append(out, says(5, open, "znumber.same"))
	}
	return out
}

func meets(xs, ys []string) bool {
	return slices.ContainsFunc(xs, func(x string) bool { return slices.Contains(ys, x) })
}

// oneOff says whether two of these differ in one digit, or by two neighbours in the wrong order.
func oneOff(xs, ys []string) bool {
	for _, x := range xs {
		for _, y := range ys {
			if len(x) != len(y) {
				continue
			}
			var at []int
			for i := range len(x) {
				if x[i] != y[i] {
					at = append(at, i)
				}
			}
			if len(at) == 1 || len(at) == 2 && at[1] == at[0]+1 && x[at[0]] == y[at[1]] && x[at[1]] == y[at[0]] {
				return true
			}
		}
	}
	return false
}

// phoneBits is what a telephone weighs that neither of the two shares.
const phoneBits = 3

// judgeAround weighs what families share: little for, and only nationality and how somebody is spoken of against.
func judgeAround(a, b dossier.Profile) []finding {
	var out []finding
	if meets(phones(a), phones(b)) {
		bits := float64(phoneBits)
		if a.Reach.Shared || b.Reach.Shared {
			bits = 1
		}
		out = append(out, says(bits, open, "phone.same"))
	}
	if a.Lives != "" && dossier.Fold(a.Lives) == dossier.Fold(b.Lives) {
		out = append(out, says(1, open, "lives.same"))
	}
	switch ns, ms := folded(a.All("nationality")), folded(b.All("nationality")); {
	case len(ns) == 0 || len(ms) == 0:
	case meets(ns, ms):
		out = append(out, says(1, open, "nationality.same"))
	default:
		out = append(out, says(-3, open, "nationality.differs"))
	}
	if x, y := dossier.Fold(a.Pronoun), dossier.Fold(b.Pronoun); x != "" && y != "" && x != y {
		out = append(out, says(-3, open, "pronoun.differs"))
	}
	return out
}

func folded(in []string) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = dossier.Fold(s)
	}
	return out
}

func phones(p dossier.Profile) []string {
	var out []string
	if p.Reach.Phone != "" {
		out = append(out, p.Reach.Phone)
	}
	for _, m := range p.Reach.More {
		out = append(out, m.Number)
	}
	return out
}
