package names

// This file measures an alignment. What is measured is listed in the same order in featureNames; model.txt refers to
// these names, so a model never outlives a change here unnoticed.

import "math/bits"

var featureNames = [...]string{
	"cover_a", "cover_b", "cover_min", "cover_max", "evidence", "sim_min", "sim_rare", "sim_mean", "sim_low2",
	"lost_a", "lost_b", "lost_n_a", "lost_n_b", "lost_sim", "parts_a", "parts_b", "same_text", "same_sound",
	"whole", "trigrams", "order", "first", "last", "script", "joined", "weak_edges", "weight_a", "weight_b",
	"rare_a_sim", "rare_b_sim", "edges", "initials", "bits", "vowels",
	"letters",
}

const featureCount = len(featureNames)

type features [featureCount]float32

// grams are the trigrams of the folded text, hashed into 512 bits.
type grams [8]uint64

func (g *grams) add(text string) {
	h1, h2 := uint32(' '), uint32(' ')
	put := func(c uint32) {
		x := (h1*31+h2)*31 + c
		x *= 2654435761
		x >>= 23
		g[x>>6] |= 1 << (x & 63)
		h1, h2 = h2, c
	}
	for _, r := range text {
		put(uint32(r))
	}
	put(' ')
}

func gramsOf(ps []part) (g grams) {
	for i := range ps {
		g.add(ps[i].text)
	}
	return g
}

func dice(a, b *grams) float32 {
	var both, all int
	for i := range a {
		both += bits.OnesCount64(a[i] & b[i])
		all += bits.OnesCount64(a[i]) + bits.OnesCount64(b[i])
	}
	if all == 0 {
		return 0
	}
	return 2 * float32(both) / float32(all)
}

// measure fills f from an alignment. It reads a as what was typed and b as what is on file.
func (al *alignment) measure(f *features, ga, gb *grams) {
	*f = features{}
	var sumA, sumB, coverA, coverB, evidence, mean, same, sound, rareBits float32
	for i := range al.a {
		sumA += al.wa[i]
	}
	for j := range al.b {
		sumB += al.wb[j]
	}
	low, low2 := float32(1), float32(1)
	rareAt, rareW := float32(0), float32(-1)
	var rareA, rareB float32 = -1, -1
	var rareASim, rareBSim float32
	var heavy, weakEdges, joins, initials, letterW, letterSum float32
	whole := [2][2*maxSounds + maxSounds]byte{}
	var wn [2]int
	for i := range al.a {
		if al.doneA&(1<<i) == 0 && al.wa[i] > rareA {
			rareA, rareASim = al.wa[i], 0
		}
	}
	for j := range al.b {
		if al.doneB&(1<<j) == 0 && al.wb[j] > rareB {
			rareB, rareBSim = al.wb[j], 0
		}
	}
	placed := al.ordered()
	order := placed[:al.n]
	for _, k := range order {
		e := &al.edges[k]
		var wa, wb float32
		light := true
		for i := e.a; i < e.a+e.an; i++ {
			wa += al.wa[i]
			light = light && al.a[i].light
			if al.wa[i] > rareA {
				rareA, rareASim = al.wa[i], e.s
			}
		}
		for j := e.b; j < e.b+e.bn; j++ {
			wb += al.wb[j]
			if al.wb[j] > rareB {
				rareB, rareBSim = al.wb[j], e.s
			}
		}
		coverA += wa * e.s
		coverB += wb * e.s
		evidence += min(wa, wb) * e.s
		if e.an != e.bn {
			joins++
		}
		if light {
			continue
		}
		heavy++
		mean += e.s
		if e.s < low {
			low, low2 = e.s, low
		} else if e.s < low2 {
			low2 = e.s
		}
		w := (wa + wb) / 2
		letterW += w
		if e.an == 1 && e.bn == 1 {
			a, b := &al.a[e.a], &al.b[e.b]
			if e.s == 1 {
				letterSum += w
			} else if a.script == b.script {
				letterSum += w * al.spelt(int(e.a), int(e.b))
			}
		}
		if w > rareW {
			rareW, rareAt = w, e.s
		}
		if e.s < 0.75 {
			weakEdges++
		}
		if e.s == 1 {
			same++
		}
		if e.s >= sameSound {
			sound++
			rareBits += min(wa, wb)
		}
	}
	var lostA, lostB, lostNA, lostNB, nA, nB, lostSim float32
	for i := range al.a {
		if al.a[i].light {
			continue
		}
		nA++
		if al.doneA&(1<<i) != 0 {
			continue
		}
		lostA = max(lostA, al.wa[i])
		lostNA++
		for j := range al.b {
			if al.doneB&(1<<j) == 0 {
				lostSim = max(lostSim, al.sim[i*maxParts+j])
				if len(al.a[i].sounds) <= 1 != (len(al.b[j].sounds) <= 1) && len(al.a[i].sounds) > 0 && len(al.b[j].sounds) > 0 && al.a[i].sounds[0] == al.b[j].sounds[0] {
					initials++
				}
			}
		}
	}
	for j := range al.b {
		if al.b[j].light {
			continue
		}
		nB++
		if al.doneB&(1<<j) == 0 {
			lostB = max(lostB, al.wb[j])
			lostNB++
		}
	}
	if heavy == 0 {
		low, low2 = 0, 0
	} else {
		mean /= heavy
	}
	// A name in two scripts counts as one in the script that is not Latin, whichever part stands first.
	scriptA, writingA := scriptOfAll(al.a)
	scriptB, writingB := scriptOfAll(al.b)
	*f = features{
		coverA / max(sumA, 0.01), coverB / max(sumB, 0.01), 0, 0, evidence, low, rareAt, mean, low2,
		lostA, lostB, lostNA, lostNB, lostSim, nA, nB, same / max(nA, nB, 1), sound / max(nA, nB, 1),
		0, 0, 0, 0, 0, float32(max(scriptA, scriptB)), joins, weakEdges, sumA, sumB,
		rareASim, rareBSim, heavy, initials, rareBits, 0,
		letterSum / max(letterW, 0.01),
	}
	f[2], f[3] = min(f[0], f[1]), max(f[0], f[1])
	// Whole names: what belongs together, the weightiest first, so that the order of the parts changes nothing; and then
	// what was left.
	for k := range al.n {
		e := &al.edges[k]
		for i := e.a; i < e.a+e.an; i++ {
			wn[0] += copy(whole[0][wn[0]:], al.a[i].sounds)
		}
		for j := e.b; j < e.b+e.bn; j++ {
			wn[1] += copy(whole[1][wn[1]:], al.b[j].sounds)
		}
	}
	for i := range al.a {
		if al.doneA&(1<<i) == 0 && !al.a[i].light {
			wn[0] += copy(whole[0][wn[0]:], al.a[i].sounds)
		}
	}
	for j := range al.b {
		if al.doneB&(1<<j) == 0 && !al.b[j].light {
			wn[1] += copy(whole[1][wn[1]:], al.b[j].sounds)
		}
	}
	x, y := whole[0][:min(wn[0], 2*maxSounds)], whole[1][:min(wn[1], 2*maxSounds)]
	f[18] = table(writingA, writingB).alike(x, y)
	if scriptA == scriptB {
		f[19] = dice(ga, gb)
	}
	inOrder, pairsOf := float32(0), float32(0)
	for k := 1; k < len(order); k++ {
		pairsOf++
		if al.edges[order[k]].b > al.edges[order[k-1]].b {
			inOrder++
		}
	}
	if pairsOf > 0 {
		f[20] = inOrder / pairsOf
	} else {
		f[20] = 1
	}
	if len(al.a) > 0 && len(al.b) > 0 {
		f[21] = al.sim[0]
		f[22] = al.sim[(len(al.a)-1)*maxParts+len(al.b)-1]
	}
	f[33] = vowelsAlike(x, y)
}

func scriptOfAll(ps []part) (s Script, w Writing) {
	for i := range ps {
		s, w = max(s, ps[i].script), max(w, ps[i].writing)
	}
	return s, w
}

// ordered lists the edges by their place in a.
func (al *alignment) ordered() (order [maxParts]uint8) {
	for k := range al.n {
		i := k
		for i > 0 && al.edges[order[i-1]].a > al.edges[k].a {
			order[i] = order[i-1]
			i--
		}
		order[i] = uint8(k)
	}
	return order
}

// vowelsAlike compares only the vowels of two rows of sounds, as a share of the longer.
func vowelsAlike(a, b []byte) float32 {
	var x, y [2 * maxSounds]byte
	pick := func(to *[2 * maxSounds]byte, s []byte) (n int) {
		for _, c := range s {
			if c >= 1 && c <= 5 {
				to[n] = c
				n++
			}
		}
		return n
	}
	n, m := pick(&x, a), pick(&y, b)
	if n == 0 || m == 0 {
		return 0
	}
	var row [2*maxSounds + 1]uint8
	for i := range n {
		var corner uint8
		for j := range m {
			up := row[j+1]
			if x[i] == y[j] {
				row[j+1] = corner + 1
			} else {
				row[j+1] = max(up, row[j])
			}
			corner = up
		}
	}
	return float32(row[m]) / float32(max(n, m))
}

// lettersAlike compares two folded words letter by letter: 1 is equal, 0 nothing in common.
func lettersAlike[A, B string | []byte](a A, b B) float32 {
	var row [64]uint8
	n, m := min(len(a), 63), min(len(b), 63)
	for j := range m + 1 {
		row[j] = uint8(j)
	}
	for i := range n {
		corner := row[0]
		row[0] = uint8(i + 1)
		for j := range m {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, corner+1, row[j]+1)
		}
	}
	return 1 - float32(row[m])/float32(max(n, m, 1))
}
