package deident

// This file measures the detector on invented notes: ten thousand, with names of eight languages, spelt well and badly, in
// capitals and without.

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

type people struct {
	group         string
	given, family []string
}

func lines(t testing.TB, file string) (out []string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		if s := strings.TrimSpace(in.Text()); s != "" && !strings.HasPrefix(s, "#") {
			out = append(out, s)
		}
	}
	return out
}

func invented(t testing.TB) (out []people) {
	for _, l := range lines(t, "testdata/people.txt") {
		group, rest, _ := strings.Cut(l, ":")
		given, family, _ := strings.Cut(rest, "/")
		out = append(out, people{group, strings.Fields(given), strings.Fields(family)})
	}
	return out
}

// truth is a piece of a note that must be masked.
type truth struct {
	from, to int
	kind     string
}

// write fills a note in; style says how names are spelt.
func write(r *rand.Rand, note string, p people, style string) (text string, must []truth) {
	pick := func(s []string) string { return s[r.IntN(len(s))] }
	spell := func(name string) string {
		switch style {
		case "small":
			return strings.ToLower(name)
		case "capitals":
			return strings.ToUpper(name)
		case "misspelt":
			words := strings.Fields(name)
			for i, w := range words {
				words[i] = misspell(r, w)
			}
			return strings.Join(words, " ")
		}
		return name
	}
	digit := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte(byte('0' + r.IntN(10)))
		}
		return b.String()
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(note, '{')
		if i < 0 {
			break
		}
		b.WriteString(note[:i])
		key, rest, _ := strings.Cut(note[i+1:], "}")
		note = rest
		from := b.Len()
		switch key {
		case "name":
			b.WriteString(spell(pick(p.given) + " " + pick(p.family)))
		case "given":
			b.WriteString(spell(pick(p.given)))
		case "v":
			v := "2" + digit(9)
			b.WriteString([]string{v, v[:3] + " " + v[3:6] + " " + v[6:], v[:3] + "." + v[3:6] + "." + v[6:], v[:5] + "-" + v[5:]}[r.IntN(4)])
		case "phone":
			n := digit(8)
			b.WriteString([]string{"06-" + n, "06 " + n[:4] + " " + n[4:], "+31 6 " + n, "06" + n, "0031-6" + n, "(030) " + n[:3] + " " + n[3:7]}[r.IntN(6)])
		case "iban":
			n := digit(12)
			b.WriteString([]string{"NL" + n[:2] + "INGB0" + n[2:11], "NL" + n[:2] + " RABO 0" + n[2:5] + " " + n[5:9] + " " + n[9:11], "nl" + n[:2] + "abna0" + n[2:11]}[r.IntN(3)])
		case "mail":
			b.WriteString(strings.ToLower(pick(p.given)) + []string{".", "_", ""}[r.IntN(3)] + digit(2) + "@" + []string{"gmail.com", "hotmail.nl", "live.nl"}[r.IntN(3)])
		case "date", "birth":
			d, m, y := 1+r.IntN(28), 1+r.IntN(12), 2024+r.IntN(4)
			if key == "birth" {
				y -= 20 + r.IntN(40)
			}
			b.WriteString([]string{fmt.Sprintf("%d-%d-%d", d, m, y), fmt.Sprintf("%02d/%02d/%d", d, m, y), fmt.Sprintf("%d %s %d", d, dutchMonths[m-1], y), fmt.Sprintf("%d-%02d-%02d", y, m, d), fmt.Sprintf("%d.%d.%02d", d, m, y%100)}[r.IntN(5)])
		case "post":
			b.WriteString(fmt.Sprintf("%d%s%c%c", 1000+r.IntN(8999), []string{"", " "}[r.IntN(2)], 'A'+rune(r.IntN(26)), 'A'+rune(r.IntN(26))))
		case "street":
			b.WriteString([]string{"Lindelaan", "Kerkstraat", "Burgemeester Vosweg", "oude gracht", "Beatrixplein", "J.P. Coenstraat"}[r.IntN(6)] + fmt.Sprintf(" %d%s", 1+r.IntN(300), []string{"", "a", "-b", " II", " bis"}[r.IntN(5)]))
		}
		must = append(must, truth{from, b.Len(), key})
	}
	b.WriteString(note)
	return b.String(), must
}

// misspell takes a letter out, puts one in, changes one, or swaps two.
func misspell(r *rand.Rand, w string) string {
	c := []rune(w)
	if len(c) < 3 {
		return w
	}
	i := 1 + r.IntN(len(c)-2)
	letter := rune('a' + r.IntN(26))
	switch r.IntN(4) {
	case 0:
		return string(slices.Delete(c, i, i+1))
	case 1:
		return string(slices.Insert(c, i, letter))
	case 2:
		c[i] = letter
	default:
		c[i], c[i+1] = c[i+1], c[i]
	}
	return string(c)
}

// tally counts what was found of what.
type tally struct{ found, all int }

func (t tally) share() float64 { return float64(t.found) / float64(max(1, t.all)) }

// covered says whether every letter and digit of a piece lies in a span.
func covered(text string, r Result, must truth) bool {
	for i, c := range text[must.from:must.to] {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			continue
		}
		at := must.from + i
		if !slices.ContainsFunc(r.Spans, func(s Span) bool { return s.From <= at && at < s.To }) {
			return false
		}
	}
	return true
}

// measure masks many notes, with and without knowing the names.
func measure(t testing.TB, groups []people, n int, seed uint64) (unknown, known map[string]tally, patterns map[string]tally, ordinary tally, missed map[string]int) {
	notes := lines(t, "testdata/notes.txt")
	unknown, known, patterns, missed = map[string]tally{}, map[string]tally{}, map[string]tally{}, map[string]int{}
	r := rand.New(rand.NewPCG(seed, 7))
	blind := New(Known{})
	add := func(m map[string]tally, key string, ok bool) {
		x := m[key]
		x.all++
		if ok {
			x.found++
		}
		m[key] = x
	}
	for i := range n {
		p := groups[i%len(groups)]
		style := []string{"plain", "small", "plain", "misspelt", "capitals"}[(i/len(groups))%5]
		text, must := write(r, notes[r.IntN(len(notes))], p, style)
		got := blind.Mask(text)
		var names []string
		for _, m := range must {
			piece := text[m.from:m.to]
			switch ok := covered(text, got, m); m.kind {
			case "name", "given":
				names = append(names, piece)
				add(unknown, p.group, ok)
				if !ok {
					missed[p.group+"/"+style+": "+piece]++
				}
			default:
				add(patterns, m.kind, ok)
				if !ok {
					missed[m.kind+": "+piece]++
				}
			}
		}
		for _, w := range pieces(text) {
			if slices.ContainsFunc(must, func(m truth) bool { return m.from <= w.from && w.to <= m.to }) {
				continue
			}
			ordinary.all++
			if slices.ContainsFunc(got.Spans, func(s Span) bool { return s.From <= w.from && w.from < s.To }) {
				ordinary.found++
				missed["ordinary: "+strings.ToLower(w.text)]++
			}
		}
		told := New(Known{Names: names}).Mask(text)
		for _, m := range must {
			if m.kind == "name" || m.kind == "given" {
				ok := covered(text, told, m)
				add(known, p.group, ok)
				if !ok {
					missed["known "+p.group+": "+text[m.from:m.to]] += 100
				}
			}
		}
	}
	return unknown, known, patterns, ordinary, missed
}

func report(t testing.TB, groups []people, n int, seed uint64, goal float64) {
	unknown, known, patterns, ordinary, missed := measure(t, groups, n, seed)
	for _, p := range groups {
		u, k := unknown[p.group], known[p.group]
		t.Logf("%-10s unknown names %.4f of %d, known names %.4f", p.group, u.share(), u.all, k.share())
		if u.share() < goal || k.share() < 0.999 {
			t.Errorf("%s: %.4f of the unknown names and %.4f of the known ones are masked", p.group, u.share(), k.share())
		}
	}
	all := tally{}
	for kind, x := range patterns {
		all.found, all.all = all.found+x.found, all.all+x.all
		t.Logf("%-10s %.4f of %d", kind, x.share(), x.all)
	}
	t.Logf("patterns %.4f of %d; ordinary words masked %.4f of %d", all.share(), all.all, ordinary.share(), ordinary.all)
	if all.share() < 0.995 || ordinary.share() > 0.06 {
		t.Errorf("patterns %.4f, ordinary words masked %.4f", all.share(), ordinary.share())
	}
	type miss struct {
		what string
		n    int
	}
	var ms []miss
	for k, v := range missed {
		ms = append(ms, miss{k, v})
	}
	slices.SortFunc(ms, func(a, b miss) int { return b.n - a.n })
	for _, m := range ms[:min(40, len(ms))] {
		t.Logf("  %d × %s", m.n, m.what)
	}
}

func TestTenThousandNotes(t *testing.T) { report(t, invented(t), 10_000, 1, 0.98) }

// TestNamesThatNobodyHereTyped does the same with names out of public tables, where they are.
func TestNamesThatNobodyHereTyped(t *testing.T) {
	dir := os.Getenv("REISGEZEL_NAMES")
	if dir == "" {
		dir = "../../../../shared/data/names"
	}
	if _, err := os.Stat(filepath.Join(dir, "table100k.tsv")); err != nil {
		t.Skip("there are no public tables of names here (REISGEZEL_NAMES): " + err.Error())
	}
	by := map[string]*people{}
	for _, l := range lines(t, filepath.Join(dir, "table100k.tsv"))[1:] {
		cells := strings.Split(l, "\t")
		if len(cells) < 3 || cells[2] == "" {
			continue
		}
		words := strings.FieldsFunc(cells[1], func(r rune) bool {
			return unicode.IsSpace(r) || r == '(' || r == ')' || r == ',' || r == '"' || r == '.'
		})
		words = slices.DeleteFunc(words, func(w string) bool { return len([]rune(w)) < 3 || strings.ContainsFunc(w, unicode.IsDigit) })
		if len(words) < 2 {
			continue
		}
		g := cells[2]
		if by[g] == nil {
			by[g] = &people{group: g}
		}
		title := func(s string) string { r := []rune(strings.ToLower(s)); r[0] = unicode.ToUpper(r[0]); return string(r) }
		by[g].given = append(by[g].given, title(words[0]))
		by[g].family = append(by[g].family, title(words[len(words)-1]))
	}
	var groups []people
	for _, p := range by {
		if len(p.given) >= 100 {
			groups = append(groups, *p)
		}
	}
	slices.SortFunc(groups, func(a, b people) int { return strings.Compare(a.group, b.group) })
	report(t, groups, 10_000, 2, 0.97)
}

// BenchmarkMask masks notes; its speed is in bytes.
func BenchmarkMask(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	notes, groups := lines(b, "testdata/notes.txt"), invented(b)
	var text strings.Builder
	for text.Len() < 1<<20 {
		s, _ := write(r, notes[r.IntN(len(notes))], groups[r.IntN(len(groups))], "plain")
		text.WriteString(s + "\n")
	}
	m := New(Known{Names: []string{"Selam Tesfay Haile", "Mohammed Al-Hassan"}, Numbers: []string{"2819940173"}})
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		m.Mask(text.String())
	}
}
