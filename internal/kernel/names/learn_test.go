package names

// This file learns the numbers in costs.txt and model.txt. `make names-learn` runs it; in a plain test run it is
// skipped. It reads pairs of spellings that lie beside the repository and are no part of it.

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// shared is the folder of public data beside the repository.
const shared = "../../../../shared/data/names"

// rows reads a table without its header; a test that needs it is skipped where it is absent.
func rows(t testing.TB, name string) [][]string {
	t.Helper()
	dir := shared
	if d := os.Getenv("REISGEZEL_NAMES"); d != "" {
		dir = d
	}
	path := filepath.Join(dir, name)
	if filepath.IsAbs(name) {
		path = name
	}
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("skipped: the data beside the repository is absent: %v", err)
	}
	defer f.Close()
	var out [][]string
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		out = append(out, strings.Split(sc.Text(), "\t"))
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	return out[1:]
}

// kept says whether a person of dev.tsv belongs to the half that is measured and never looked at.
func kept(canonical string) bool {
	h := fnv.New32a()
	h.Write([]byte(Read(canonical).Fold()))
	return h.Sum32()&1 == 1
}

type spelling struct {
	a, b part
	n    float64
}

func learning(t *testing.T, what string) {
	if os.Getenv("REISGEZEL_LEARN") != what {
		t.Skip("skipped: this is the program that learns the numbers; see `make names-learn`")
	}
}

func TestLearnCosts(t *testing.T) {
	learning(t, "costs")
	learnCosts(t, "")
	writeCosts(t)
}

// learnCosts learns from every language but one.
func learnCosts(t *testing.T, without string) {
	t.Helper()
	var all []spelling
	add := func(a, b string, n float64) {
		x, y := Read(a), Read(b)
		if len(x.parts) == 1 && len(y.parts) == 1 {
			all = append(all, spelling{x.parts[0], y.parts[0], n})
		}
	}
	for _, r := range rows(t, "wikidata_latin_variant_groups.tsv") {
		if r[0] == scriptOfLanguage[without] {
			continue
		}
		if r[0] == "Cyrl" { // mostly European names, whose spellings are not our subject
			add(r[1], r[3], 0.1)
			continue
		}
		add(r[1], r[3], 0.4)
		add(r[2], r[3], 0.2)
	}
	for _, r := range rows(t, "dev.tokens.tsv") {
		if r[3] != without {
			add(r[1], r[2], 1)
		}
	}
	var names [][2]string
	for _, r := range rows(t, "dev.tsv") {
		if r[6] == "1" && !kept(r[1]) && r[3] != without {
			names = append(names, [2]string{r[1], r[2]})
		}
	}
	for i := range learnt {
		learnt[i] = seed()
		learnt[i].measureOut(i)
	}
	for round := range 6 {
		pairs := all
		for _, n := range names { // parts of whole names, as far as they can be recognised
			a, b := Read(n[0]), Read(n[1])
			for i := range a.parts {
				best, at := float32(0.55), -1
				for j := range b.parts {
					if s := likeness(&a.parts[i], &b.parts[j]); s > best {
						best, at = s, j
					}
				}
				if at >= 0 {
					pairs = append(pairs, spelling{a.parts[i], b.parts[at], 5})
				}
			}
		}
		used := relearn(pairs)
		t.Logf("round %d: %d of %d pairs", round, used, len(pairs))
	}
}

// scriptOfLanguage is the script under which pairs of single words of a language are listed.
var scriptOfLanguage = map[string]string{"ar": "Arab", "fa": "Arab", "ur": "Arab", "ru/uk": "Cyrl"}

func writeCosts(t *testing.T) {
	t.Helper()
	var out strings.Builder
	out.WriteString("# What it takes to change one sound into another, or to leave it out (-), by the writing of the two parts.\n" +
		"# 0 is nothing, 1 is as rare as chance; what is not listed costs 1. The sounds are explained in sound.go.\n" +
		"# Written by learn_test.go (make names-learn) out of pairs of spellings; do not edit by hand.\n")
	for i, name := range tableNames {
		for a := 1; a < len(alphabet); a++ {
			if d := learnt[i].drop[a]; d < 100 {
				fmt.Fprintf(&out, "%s %c - %.2f\n", name, alphabet[a], float64(d)/100)
			}
			for b := a + 1; b < len(alphabet); b++ {
				if d := learnt[i].change[a*sounds+b]; d < 100 {
					fmt.Fprintf(&out, "%s %c %c %.2f\n", name, alphabet[a], alphabet[b], float64(d)/100)
				}
			}
		}
	}
	if err := os.WriteFile("costs.txt", []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// seed are costs that somebody who knows the scripts would guess; the first alignments are made with them.
func seed() costs {
	c := plainCosts()
	set := func(group string, v hundredths) {
		for _, x := range []byte(group) {
			for _, y := range []byte(group) {
				if x != y {
					c.change[int(soundOf[x])*sounds+int(soundOf[y])] = v
				}
			}
		}
	}
	set("aeiouI", 30)
	set("aAEUH", 15)
	set("eAEUH", 30)
	set("iyYjeAEU", 30)
	set("uowWvAEU", 30)
	for _, g := range []string{"bp", "tdPD", "kgqc", "xhXG", "gGh", "fvwW", "szTZ", "SCJZj", "cs", "Pts", "Dzd", "nm", "kx", "Hht", "jy"} {
		set(g, 35)
	}
	for _, x := range []byte("aeiouAEUIHhWYy") {
		c.drop[soundOf[x]] = 40
	}
	c.drop[soundOf['I']] = 10
	return c
}

// relearn aligns all pairs with the costs there are, counts, and makes costs of the counts.
func relearn(pairs []spelling) (used int) {
	var count [tablesOfCosts][sounds][sounds]float64
	for i := range count {
		for a := 1; a < len(alphabet); a++ {
			for b := range len(alphabet) {
				count[i][a][b] = 0.3
			}
		}
	}
	for i := range pairs {
		p := &pairs[i]
		a, b := p.a, p.b
		which := sameWriting
		switch table(a.writing, b.writing) {
		case &learnt[abjadOther]:
			which = abjadOther
		case &learnt[ethiopicFull]:
			which = ethiopicFull
		}
		if likeness(&a, &b) < 0.4 {
			continue
		}
		used++
		for _, op := range learnt[which].align(a.sounds, b.sounds) {
			x, y := op[0], op[1]
			if x == 0 {
				x, y = y, x
			}
			count[which][x][y] += p.n
			if y != 0 && x != y {
				count[which][y][x] += p.n
			}
		}
	}
	const scale = 5.5
	for i := range learnt {
		c := plainCosts()
		var best [sounds]float64
		for a := 1; a < len(alphabet); a++ {
			for b := range len(alphabet) {
				best[a] = max(best[a], count[i][a][b])
			}
		}
		cost := func(v float64) hundredths { return hundredths(math.Round(100 * min(1, max(0.03, v/scale)))) }
		for a := 1; a < len(alphabet); a++ {
			c.drop[a] = cost(math.Log(best[a]) - math.Log(count[i][a][0]))
			if best[a] < 3 {
				c.drop[a] = 80 // hardly ever seen
			}
			for b := 1; b < len(alphabet); b++ {
				if a != b {
					v := (math.Log(best[a])+math.Log(best[b]))/2 - math.Log(count[i][a][b])
					if count[i][a][b] < 2 {
						v = scale
					}
					c.change[a*sounds+b] = cost(v)
				}
			}
		}
		for _, k := range known {
			a, b := soundOf[k.from], soundOf[k.to]
			if b == 0 {
				c.drop[a] = min(c.drop[a], k.most)
				continue
			}
			at := &c.change[int(a)*sounds+int(b)]
			*at = min(*at, k.most)
			c.change[int(b)*sounds+int(a)] = *at
		}
		c.measureOut(i)
		learnt[i] = c
	}
	return used
}

// known are changes of languages that the pairs hold too few of: Turkish and Kurmanji c is dzh and x is kh, Somali c
// is ayn and x is h, j is y for a Dutch or German ear, ch is sh in French and k in the Italian of Eritrea. A Dutch ear
// hears g in kh, f in v and z in s, and no voice at the end of a word. Persian and Turkish say z where Arabic has dad;
// Sudan, Yemen and Somalia say g for qaf; Arabic has b for p, Pashto p for f. Ta marbuta is t in Hayat, and the last
// letter of Yahya is an a.
var known = []struct {
	from, to byte
	most     hundredths
}{{'c', 'J', 30}, {'c', 'E', 25}, {'c', '-', 45}, {'c', 'k', 20}, {'X', 'h', 25}, {'X', 'x', 15}, {'j', 'y', 20}, {'j', 'J', 20}, {'j', 'Z', 30}, {'J', 'Z', 35},
	{'C', 'S', 40}, {'C', 'k', 40}, {'C', 'x', 35}, {'G', 'g', 12}, {'q', 'G', 30}, {'q', 'k', 20}, {'P', 't', 20}, {'D', 'd', 15}, {'D', 'z', 30}, {'P', 's', 30}, {'T', 's', 35}, {'T', 'S', 50},
	{'v', 'w', 15}, {'v', 'f', 40}, {'s', 'z', 40}, {'d', 'z', 40}, {'d', 't', 60}, {'b', 'p', 45}, {'f', 'p', 50}, {'g', 'x', 40}, {'k', 'x', 60}, {'q', 'g', 35}, {'H', 't', 25}, {'H', 'h', 20}, {'H', '-', 35}, {'Y', 'a', 35},
	{'Q', '-', 20}, {'Q', 'g', 10}, {'Q', 'G', 10}, {'Q', 'w', 25}, {'Q', 'y', 20}, {'Q', 'h', 25}, {'Q', 'x', 30}, {'W', 'w', 10}, {'W', 'v', 15}, {'W', 'o', 15}, {'W', 'u', 10}, {'Y', 'i', 10}, {'Y', 'e', 20}, {'Y', 'y', 10}, {'h', 'g', 50}}

// align is distance with the way that was taken: pairs of sounds, 0 for nothing.
func (c *costs) align(a, b []byte) (ops [][2]byte) {
	d := make([][]hundredths, len(a)+1)
	for i := range d {
		d[i] = make([]hundredths, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 && j == 0:
			case i == 0:
				d[i][j] = d[i][j-1] + c.drop[b[j-1]]
			case j == 0:
				d[i][j] = d[i-1][j] + c.drop[a[i-1]]
			default:
				d[i][j] = min(d[i-1][j-1]+c.change[int(a[i-1])*sounds+int(b[j-1])], d[i-1][j]+c.drop[a[i-1]], d[i][j-1]+c.drop[b[j-1]])
			}
		}
	}
	for i, j := len(a), len(b); i > 0 || j > 0; {
		switch {
		case i > 0 && j > 0 && d[i][j] == d[i-1][j-1]+c.change[int(a[i-1])*sounds+int(b[j-1])]:
			ops = append(ops, [2]byte{a[i-1], b[j-1]})
			i, j = i-1, j-1
		case i > 0 && d[i][j] == d[i-1][j]+c.drop[a[i-1]]:
			ops = append(ops, [2]byte{a[i-1], 0})
			i--
		default:
			ops = append(ops, [2]byte{0, b[j-1]})
			j--
		}
	}
	return ops
}

// loadIndex fills an index with the table of 100,000 names, and answers their folded names too.
func loadIndex(t testing.TB) (*Index, map[string]string) { return loadTable(t, "table100k.tsv") }

func loadTable(t testing.TB, table string) (*Index, map[string]string) {
	x := NewIndex()
	names := map[string]string{}
	began := time.Now()
	for _, r := range rows(t, table) {
		x.Set(r[0], r[1])
		names[r[0]] = Read(r[1]).Fold()
	}
	t.Logf("built in %v, %d words, %d MB", time.Since(began), len(x.words), x.Bytes()>>20)
	return x, names
}

// isHit is what the evaluation calls a hit: the person, or somebody of the same folded name.
func isHit(x *Index, slot uint32, id, fold string, folds map[string]string) bool {
	got := string(x.idOf(slot))
	return got == id || folds[got] == fold
}

// gathered are the examples for both models, from one half of dev.tsv or from all of it.
type gathered struct {
	lists, pairs, strangers []example
	info                    []queryInfo // by list
}

// strangers is what a pair of people from a list counts, against one from the table.
const strangers = 0.5

const scriptFeature = 23

func onlyLatin(ex []example, only bool) (out []example) {
	for _, e := range ex {
		if !only || e.f[scriptFeature] == 0 {
			out = append(out, e)
		}
	}
	return out
}

func onlyOther(ex []example) (out []example) {
	for _, e := range ex {
		if e.f[scriptFeature] != 0 {
			out = append(out, e)
		}
	}
	return out
}

type queryInfo struct {
	key, canonical, variant string
	slots                   []uint32
	hit                     bool
	fold                    int
}

func foldOf(canonical string) int {
	h := fnv.New32a()
	h.Write([]byte("fold " + Read(canonical).Fold()))
	return int(h.Sum32()>>4) % 4
}

// gather measures candidates and pairs. keep chooses the people, and the language of their names.
func gather(t *testing.T, x *Index, folds map[string]string, keep func(canonical, language string) bool) gathered {
	var g gathered
	s := &scratch{}
	n := 0
	for _, r := range rows(t, "dev.tsv") {
		if !keep(r[1], r[3]) {
			continue
		}
		n++
		right := r[6] == "1"
		a, b := Read(r[2]), Read(r[1])
		ga, gb := gramsOf(a.parts), gramsOf(b.parts)
		al := alignments.Get().(*alignment)
		two := func(a, b []part, ga, gb *grams) features {
			var f features
			al.a, al.b = a, b
			al.weigh(a, &al.wa, x.rare)
			al.weigh(b, &al.wb, x.rare)
			al.align()
			al.measure(&f, ga, gb)
			return f
		}
		g.pairs = append(g.pairs, example{f: two(a.parts, b.parts, &ga, &gb), right: right, w: 1, list: n, fold: foldOf(r[1])},
			example{f: two(b.parts, a.parts, &gb, &ga), right: right, w: 1, list: n, fold: foldOf(r[1])})
		if !right {
			continue
		}
		target := b.Fold()
		x.candidates(s, a)
		x.best(s.scored)
		info := queryInfo{key: r[3] + " " + r[4], canonical: r[1], variant: r[2], fold: foldOf(r[1])}
		list, left := len(g.info), 0
		for k := range s.scored {
			c := &s.scored[k]
			e := example{list: list, w: 1, fold: info.fold, right: isHit(x, c.slot, r[0], target, folds)}
			if !e.right && k >= 60 && k%6 != 0 { // there are too many of those who came last
				continue
			}
			s.matcher(0).measure(x, c, &e.f, &ga)
			info.hit = info.hit || e.right
			if k := left; !e.right && (k < 4 || k == 20 || k == 60) {
				// Other people who sound alike, in every script: the table has such pairs in Latin only, and a judge that
				// learnt from it alone would hold every pair in two scripts to be one person.
				gb := gramsOf(s.matcher(0).parts)
				other := slices.Clone(s.matcher(0).parts)
				g.strangers = append(g.strangers, example{f: two(a.parts, other, &ga, &gb), w: strangers, list: n, fold: info.fold},
					example{f: two(other, a.parts, &gb, &ga), w: strangers, list: n, fold: info.fold})
			}
			left++
			info.slots = append(info.slots, c.slot)
			g.lists = append(g.lists, e)
		}
		g.info = append(g.info, info)
		s.matcher(0).seen.forget()
		s.heard.forget()
	}
	return g
}

func pick(ex []example, fold int, same bool) (out []example) {
	for _, e := range ex {
		if (e.fold == fold) == same {
			out = append(out, e)
		}
	}
	return out
}

// Features that a model does not use. The judge must not care in which order the parts stand.
const (
	rankSkip  = ""
	judgeSkip = " order first last "
)

func TestLearnModel(t *testing.T) {
	learning(t, "model")
	x, folds := loadIndex(t)
	g := gather(t, x, folds, func(c, _ string) bool { return !kept(c) })
	t.Logf("%d queries, %d candidates, %d pairs", len(g.info), len(g.lists), len(g.pairs)/2)
	c := tally{}
	for fold := range 4 {
		m := learnModel(thin(pick(g.lists, fold, false)), true, rankSkip)
		measureLists(x, &m, pick(g.lists, fold, true), g.info, c, func(q queryInfo, at int, found []candidate) {
			if os.Getenv("REISGEZEL_SHOW") != "" && (at < 0 || at > 9) {
				t.Logf("%s: %d  %s | %s", q.key, at, q.canonical, q.variant)
			}
		})
		j := learnModel(append(pick(g.pairs, fold, false), pick(g.strangers, fold, false)...), false, judgeSkip)
		mine := pick(g.pairs, fold, true)
		for _, latin := range []bool{false, true} {
			auc, rec := measurePairs(onlyLatin(mine, latin), &j)
			t.Logf("pairs, fold %d, only Latin %v: AUC %.3f, recall at 95 %% precision %.3f", fold, latin, auc, rec)
		}
		auc, rec := measurePairs(append(onlyOther(mine), pick(g.strangers, fold, true)...), &j)
		t.Logf("pairs, fold %d, other scripts against strangers from the lists: AUC %.3f, recall at 95 %% precision %.3f", fold, auc, rec)
	}
	c.log(t)
	if os.Getenv("REISGEZEL_WRITE") == "" {
		return
	}
	m, j := learnModel(thin(g.lists), true, rankSkip), learnModel(append(slices.Clone(g.pairs), g.strangers...), false, judgeSkip)
	writeModels(t, &m, &j, glancer)
}

// TestLearnGlance learns what a glance is worth. Among a million people there are more who sound alike, so it learns
// from a table of REISGEZEL_TABLE, if there is one.
func TestLearnGlance(t *testing.T) {
	learning(t, "glance")
	table := os.Getenv("REISGEZEL_TABLE")
	if table == "" {
		table = "table100k.tsv"
	}
	x, folds := loadTable(t, table)
	s := &scratch{}
	var ex []example
	list := 0
	for _, r := range rows(t, "dev.tsv") {
		if kept(r[1]) || r[6] != "1" {
			continue
		}
		list++
		q, target := Read(r[2]), Read(r[1]).Fold()
		x.ask(s, q)
		x.collect(s, q, glanced)
		x.best(s.scored)
		for k := range s.scored {
			e := example{list: list, w: 1, right: isHit(x, s.scored[k].slot, r[0], target, folds)}
			if !e.right && (k >= 90 && k < 150 || k >= 150 && k%20 != 0) {
				continue
			}
			var f [glanceCount]float32
			x.glance(s, &s.scored[k], &f)
			copy(e.f[:], f[:])
			ex = append(ex, e)
		}
		s.heard.forget()
	}
	m := learnModel(thin(ex), true, "")
	var w [glanceCount]float32
	copy(w[:], m.weight[:])
	writeModels(t, &ranker, &judge, w)
}

func writeModels(t *testing.T, rank, jud *model, glance [glanceCount]float32) {
	t.Helper()
	var text strings.Builder
	text.WriteString("# What each measure is worth: \"glance\" (glance.go) chooses who is judged, \"rank\" (features.go) puts a list in order,\n" +
		"# \"judge\" says whether two names are one person's. Written by learn_test.go (make names-learn); do not edit by hand.\n")
	for k, v := range glance {
		fmt.Fprintf(&text, "glance %s %.4g\n", glanceNames[k], v)
	}
	rank.print(&text, "rank")
	jud.print(&text, "judge")
	if err := os.WriteFile("model.txt", []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// thin leaves out lists in which nothing is right.
func thin(ex []example) (out []example) {
	for from := 0; from < len(ex); {
		to, right := from, false
		for to < len(ex) && ex[to].list == ex[from].list {
			right = right || ex[to].right
			to++
		}
		if right {
			out = append(out, ex[from:to]...)
		}
		from = to
	}
	return out
}
