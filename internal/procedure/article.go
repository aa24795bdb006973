package procedure

// This file reads articles of law as people write them: "3:109", "Vw 29", "artikel 69 Vw", "Awb 6:7 lid 1", "AMMR 16". The
// same reading serves what somebody types and what stands in the rules, so that the two meet.

import (
	"regexp"
	"strconv"
	"strings"
)

// Cite is one article. What was not said is empty.
type Cite struct{ Law, Article, Para string }

// laws are the names of each law, in small letters, the longest first within one law; the first one is how it is told. A
// regulation of the Union goes by its number.
var laws = []struct {
	id    string
	names []string
}{
	{"Vw 2000", []string{"vreemdelingenwet 2000", "vreemdelingenwet", "vw 2000", "vw2000", "vw"}},
	{"Vb 2000", []string{"vreemdelingenbesluit 2000", "vreemdelingenbesluit", "vb 2000", "vb2000", "vb"}},
	{"Awb", []string{"algemene wet bestuursrecht", "awb"}},
	{"Atw", []string{"algemene termijnenwet", "atw"}},
	{"EVRM", []string{"evrm", "echr", "ehrm"}},
	{"Rva 2005", []string{"rva 2005", "rva2005", "rva"}},
	{"RWN", []string{"rijkswet op het nederlanderschap", "rwn"}},
	{"Wi 2021", []string{"wet inburgering 2021", "wet inburgering", "wi 2021", "wi2021", "wi"}},
	{"Bi 2021", []string{"besluit inburgering 2021", "besluit inburgering", "bi 2021", "bi2021", "bi"}},
	{"Wet BRP", []string{"wet basisregistratie personen", "wet brp", "brp"}},
	{"Huisvestingswet 2014", []string{"huisvestingswet 2014", "huisvestingswet"}},
	{"Zorgverzekeringswet", []string{"zorgverzekeringswet", "zvw"}},
	{"BuWav", []string{"besluit uitvoering wet arbeid vreemdelingen", "buwav"}},
	{"Wav", []string{"wet arbeid vreemdelingen", "wav"}},
	{"2024/1351", []string{"2024/1351", "asiel- en migratiebeheerverordening", "asielbeheerverordening", "ammr", "amr"}},
	{"2024/1348", []string{"2024/1348", "procedureverordening", "apr"}},
	{"2024/1356", []string{"2024/1356", "screeningsverordening"}},
	{"2024/1347", []string{"2024/1347", "kwalificatieverordening"}},
	{"2024/1359", []string{"2024/1359", "crisisverordening"}},
	{"604/2013", []string{"604/2013", "dublin iii", "dublin 3", "dublinverordening", "dublin"}},
	{"2001/55", []string{"2001/55/eg", "2001/55", "richtlijn tijdelijke bescherming"}},
}

var (
	ecli   = regexp.MustCompile(`(?i)\bECLI:[A-Z]{2}:[A-Z0-9]{1,10}:[0-9]{4}:[A-Z0-9.]{1,25}`)
	number = regexp.MustCompile(`^[0-9]{1,3}[a-z]{0,2}(?:[:.][0-9]{1,3}[a-z]{0,2})?$`)
	pieces = regexp.MustCompile(`[0-9]+[a-z]*(?:[:./][0-9]+[a-z]*)*(?:/[a-z]+)?|\pL+(?:-\pL+)*|[(),;]`)
)

// ECLI is the number of a judgment in what was typed, in capitals; empty when there is none.
func ECLI(s string) string { return strings.ToUpper(strings.TrimRight(ecli.FindString(s), ".")) }

// Cites reads all articles in a text. What names only a law is one Cite without an article.
func Cites(text string) []Cite {
	var out []Cite
	for part := range strings.SplitSeq(text, ";") {
		out = append(out, citesOf(part)...)
	}
	return out
}

// words are the parts of a text, in small letters.
func words(text string) []string {
	text = strings.ToLower(text)
	if len(text) > 500 {
		text = text[:500]
	}
	return pieces.FindAllString(text, 60)
}

// lawAt is the law whose name begins at a word, and how many words it takes.
func lawAt(ws []string) (id string, n int) {
	for _, l := range laws {
		for _, name := range l.names {
			ns := words(name)
			if len(ns) > n && len(ns) <= len(ws) && equal(ns, ws[:len(ns)]) {
				id, n = l.id, len(ns)
			}
		}
	}
	return id, n
}

func equal(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// citesOf reads the articles of one law. The law may stand before them or behind them.
func citesOf(text string) []Cite {
	ws := words(text)
	var out []Cite
	law, said, para, upto := "", false, false, false
	last := func() *Cite { return &out[len(out)-1] }
	for i := 0; i < len(ws); {
		if id, n := lawAt(ws[i:]); n > 0 {
			if law == "" {
				law = id
				i += n
				continue
			}
			if id != law {
				break // another law begins: it has a sentence of its own
			}
			i += n
			continue
		}
		w := ws[i]
		i++
		switch {
		case w == "art" || w == "artikel" || w == "artikelen" || w == "article" || w == "articles" || w == "art.":
			said, para = true, false
		case w == "lid" || w == "leden" || w == "para" || w == "paragraph":
			para = len(out) > 0
		case w == "tot":
			upto = len(out) > 0
		case w == "(" || w == ")":
			para = w == "(" && len(out) > 0
		case w == "hoofdstuk" || w == "tekst" || w == "protocol" || w == "wetsvoorstel" || w == "besluit" || w == "zoals":
			i = len(ws) // what follows is no article
		case !number.MatchString(w):
		case para && isPara(w):
			if last().Para == "" {
				last().Para = w
			} else {
				out = append(out, Cite{Article: last().Article, Para: w})
			}
			if upto {
				out = append(out, between(out, true)...)
				upto = false
			}
		case said || law != "" || strings.ContainsAny(w, ":."):
			out, para = append(out, Cite{Article: w}), false
			if upto {
				out = append(out, between(out, false)...)
				upto = false
			}
		}
	}
	if len(out) == 0 && law != "" {
		out = []Cite{{}}
	}
	for k := range out {
		out[k].Law = law
		out[k].Article = strings.ReplaceAll(out[k].Article, ".", ":")
	}
	return out
}

// isPara says whether a number can be the number of a paragraph: small and bare.
func isPara(w string) bool {
	n, err := strconv.Atoi(w)
	return err == nil && n >= 1 && n <= 12
}

// between are the articles or paragraphs between the last two: "4:13 tot en met 4:15", "45a tot en met 45e".
func between(out []Cite, para bool) []Cite {
	if len(out) < 2 {
		return nil
	}
	a, b := out[len(out)-2], out[len(out)-1]
	from, to := a.Article, b.Article
	if para {
		from, to = a.Para, b.Para
	}
	head, x, y := apart(from, to)
	var some []Cite
	add := func(s string) {
		c := Cite{Article: s}
		if para {
			c = Cite{Article: b.Article, Para: s}
		}
		some = append(some, c)
	}
	if m, err := strconv.Atoi(x); err == nil {
		if n, err := strconv.Atoi(y); err == nil && n-m < 100 {
			for k := m + 1; k < n; k++ {
				add(head + strconv.Itoa(k))
			}
		}
	} else if len(x) == 1 && len(y) == 1 {
		for c := x[0] + 1; c < y[0]; c++ {
			add(head + string(c))
		}
	}
	return some
}

// apart takes off what two numbers have in common in front: the chapter, or the article whose letters differ.
func apart(a, b string) (head, x, y string) {
	if i := strings.LastIndexAny(a, ":."); i >= 0 && strings.HasPrefix(b, a[:i+1]) {
		return a[:i+1], a[i+1:], b[i+1:]
	}
	if digits := strings.TrimRight(a, "abcdefghijklmnopqrstuvwxyz"); digits != "" && digits != a && strings.HasPrefix(b, digits) && len(b) > len(digits) {
		return digits, a[len(digits):], b[len(digits):]
	}
	return "", a, b
}

// Answers says whether a rule that rests on c answers somebody who asked for q. Who named no law is answered by every law,
// who named no paragraph by every one; a rule that names none speaks of the whole article.
func (c Cite) Answers(q Cite) bool {
	return (q.Law == "" || c.Law == q.Law) && (q.Article == "" && q.Law != "" || q.Article != "" && c.Article == q.Article) &&
		(q.Para == "" || c.Para == "" || c.Para == q.Para)
}
