package names

// This file says why two names are held to be one, as data: the words come from whoever shows it.

// Agreement is how two parts agree.
type Agreement string

// The agreements, the clearest first.
const (
	Same      Agreement = "same"    // the same spelling
	SameSound Agreement = "sound"   // another spelling of the same sounds
	InScript  Agreement = "script"  // the same in another script
	Form      Agreement = "form"    // another language's form of the same given name: Mykola, Nikolai
	Near      Agreement = "near"    // nearly the same
	Far       Agreement = "far"     // something like it
	Joined    Agreement = "joined"  // two words here, one word there
	Missing   Agreement = "missing" // asked for, not on file
	Extra     Agreement = "extra"   // on file, not asked for
)

// Reason is one part of the two names and how it agrees.
type Reason struct {
	Asked string // as it was typed; empty with Extra
	Found string // as it is on file; empty with Missing
	How   Agreement
	Alike float32 // 0 to 1
	Rare  float32 // how much this part says, 0 to 1
	Light bool    // a title or word of descent
	Moved bool    // it stands in another place
}

// Compare tells how likely it is that two names are one person's, and why. It does not matter which name comes first.
func Compare(a, b Name) (float32, []Reason) {
	return explain(a, b, worldRarity)
}

// Compare is the package's Compare, with the frequencies of the names in the index.
func (x *Index) Compare(a, b Name) (float32, []Reason) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return explain(a, b, x.rare)
}

func explain(a, b Name, rare rarity) (float32, []Reason) {
	if len(a.parts) == 0 || len(b.parts) == 0 {
		return 0, nil
	}
	al := alignments.Get().(*alignment)
	defer al.giveBack()
	var f features
	ga, gb := gramsOf(a.parts), gramsOf(b.parts)
	two := func(a, b []part, ga, gb *grams) float32 {
		al.a, al.b = a, b
		al.weigh(a, &al.wa, rare)
		al.weigh(b, &al.wb, rare)
		al.align()
		al.measure(&f, ga, gb)
		return judge.raw(&f)
	}
	back := two(b.parts, a.parts, &gb, &ga)
	forth := two(a.parts, b.parts, &ga, &gb)
	p := chance((forth + back) / 2)
	if a.folded == b.folded {
		p = max(p, 0.99)
	}
	return p, al.reasons()
}

// reasons lists what the alignment found, in the order of what was asked.
func (al *alignment) reasons() []Reason {
	var out []Reason
	last := int8(-1)
	order := al.ordered()
	for _, k := range order[:al.n] {
		e := al.edges[k]
		r := Reason{Alike: e.s, Rare: max(al.wa[e.a], al.wb[e.b]), Light: al.a[e.a].light && al.b[e.b].light, Moved: e.b < last}
		last = max(last, e.b)
		r.Asked, r.Found = shown(al.a[e.a:e.a+e.an]), shown(al.b[e.b:e.b+e.bn])
		a, b := &al.a[e.a], &al.b[e.b]
		switch {
		case e.an != e.bn:
			r.How = Joined
		case e.s == 1:
			r.How = Same
		case a.script != b.script && e.s >= 0.8:
			r.How = InScript
		case e.s >= 0.95:
			r.How = SameSound
		case a.form != 0 && a.form == b.form:
			r.How = Form
		case e.s >= 0.75:
			r.How = Near
		default:
			r.How = Far
		}
		out = append(out, r)
	}
	for i := range al.a {
		if al.doneA&(1<<i) == 0 {
			out = append(out, Reason{Asked: al.a[i].shown, How: Missing, Rare: al.wa[i], Light: al.a[i].light})
		}
	}
	for j := range al.b {
		if al.doneB&(1<<j) == 0 {
			out = append(out, Reason{Found: al.b[j].shown, How: Extra, Rare: al.wb[j], Light: al.b[j].light})
		}
	}
	return out
}

func shown(ps []part) string {
	s := ps[0].shown
	for _, p := range ps[1:] {
		s += " " + p.shown
	}
	return s
}
