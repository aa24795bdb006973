package names

// This file knows how names are built: articles, servants of God, words of descent, titles; and what is one word in
// one passport and two in the next.

import (
	"bytes"
	"strings"
)

// set makes a set out of a list of words.
func set(words string) map[string]bool {
	t := map[string]bool{}
	for _, w := range strings.Fields(words) {
		t[w] = true
	}
	return t
}

// articles stand before a name and are spelt in every way, or not at all. Those that take the sound of the next
// letter (ash-Sharif, ar-Rahman) are articles only before that letter: An and At are names elsewhere.
var (
	articles = set("al el ul il ol ال")
	sunny    = set("ash ush ech esh as us es ar ur er ad ud ed az uz ez an un en at ut et")
)

// isArticle says whether a word is the article of the next one.
func isArticle(w, next []byte) bool {
	if articles[string(w)] {
		return true
	}
	if !sunny[string(w)] || len(next) < 2 {
		return false
	}
	return next[0] == w[1] && (len(w) == 2 || next[1] == 'h')
}

// light are words of descent, titles and particles, folded. They say little about who it is.
var lights = set(`bin ben ibn ibnu ebn bint bent binti binte ould wuld walad weld ait ag mint
	haj hajj haji hajji hadji hacı haci alhaj elhaj hadj sheikh shaykh sheik shekh cheikh sheekh seykh mullah mulla molla mawlawi maulvi mawlavi maulawi qari hafiz
	mr mrs ms dr prof eng ing ir de van der den von du da di la le y e oglu ogli ogly uulu kyzy qizi kizi
	بن ابن بنت ولد حاج حاجي الحاج شيخ الشيخ ملا مولوي مولوى قاري оглы оглу кызы улы уулу угли кизи`)

// servants are what "servant of" looks like when it begins a name; fathers and mothers begin a kunya.
var (
	servants = set("abd abdoul abdool abdal abdel abdul abdol abdil abdur abdus abdun abdud abdar abder abdir abdas abdes cabdul cabdi abdu abdou abdo عبد")
	fathers  = set("abu abou abo ebu ابو")
	mothers  = set("umm um oum oumm om ام")
	alone    = set("abdi abdu abdou abdo cabdi") // names by themselves, unless an article follows
)

// closers end a name of two words that is as often one word: Saif al-Din, Nur Allah. Some need their article to be
// one: Zia ur-Rahman, but Mohammad Rahman.
var (
	closers        = set("din dine deen eddin eddine uddin addin aldin aldine allah ullah alah الدين الله الرحمن الرحمان الحق")
	closersArticle = set("rahman rehman rahmaan haq haqq haqu islam")
)

// lean is the least that must be left of a word when an article is taken off it.
const lean = 3

// assemble makes parts of words: takes articles off, joins what is one name.
func assemble(parts []part, words []word) []part {
	for i := 0; i < len(words) && len(parts) < maxParts; i++ {
		text := words[i].text
		article := i+1 < len(words) && isArticle(words[i].text, words[i+1].text)
		if i+1 < len(words) && (servants[string(text)] || fathers[string(text)] || mothers[string(text)]) {
			last := i + 1
			held := last+1 < len(words) && isArticle(words[last].text, words[last+1].text)
			if held {
				last++
			}
			if held || !alone[string(text)] && !lights[string(words[last].text)] {
				parts = append(parts, join(words[i:last+1]))
				i = last
				continue
			}
		}
		if n := len(parts); n > 0 && !parts[n-1].light && !parts[n-1].article && i > 0 {
			last := i
			if article {
				last++
			}
			if end := words[last].text; closers[string(end)] || article && closersArticle[string(end)] {
				parts[n-1] = join(words[i-1 : last+1])
				i = last
				continue
			}
		}
		if article {
			p := one(words[i+1])
			p.shown = words[i].shown + " " + p.shown
			p.article = true
			parts = append(parts, p)
			i++
			continue
		}
		p := one(words[i])
		p.light = lights[string(text)]
		if words[i].apart && repeats(parts, p) {
			break // the name once more, in another language
		}
		parts = append(parts, p)
	}
	return parts
}

// repeats says whether a part was already said in other words.
func repeats(parts []part, p part) bool {
	for i := range parts {
		if likeness(&parts[i], &p) > 0.6 {
			return true
		}
	}
	return false
}

// one makes a part of one word.
func one(w word) part {
	p := part{text: cut(string(w.text), maxText), shown: w.shown, script: w.script}
	switch {
	case w.script == Arabic:
		p.writing = Abjad
	case w.script == Ethiopic:
		p.writing = Syllabic
	}
	said := w.said
	if w.script == Arabic {
		if rest, ok := bytes.CutPrefix(said, []byte("Al")); ok && len(rest) >= lean && !strings.HasPrefix(p.text, "اله") {
			said, p.article = rest, true
		}
	}
	var s [maxSounds]byte
	p.sounds = bytes.Clone(speak(s[:0], said, w.script))
	p.finish()
	return p
}

// speak turns letters into sounds.
func speak(s, said []byte, sc Script) []byte {
	if len(said) > 2*maxSounds {
		said = said[:2*maxSounds]
	}
	switch sc {
	case Latin:
		s = latinSounds(s, compound(said))
	case Cyrillic:
		said = compound(said)
	case Arabic:
		said = compoundArabic(said)
	}
	if sc != Latin {
		for _, c := range said {
			if c >= 128 {
				s = append(s, foreign+c-128)
				continue
			}
			s = say(s, soundOf[c])
		}
	}
	if len(s) > maxSounds {
		s = s[:maxSounds]
	}
	return s
}

// finish computes what follows from the sounds.
func (p *part) finish() {
	p.blade = bladeOf(p.sounds)
	p.frame = frame(p.sounds)
	p.form = formOf(p)
}

// join makes one part of several words: abd + al + rahman, abu + bakr, saif + al + din. Articles inside are left out,
// since everybody spells them otherwise.
func join(words []word) part {
	var w word
	var shown []string
	for i, x := range words {
		shown = append(shown, x.shown)
		if i > 0 && i < len(words)-1 && isArticle(x.text, words[i+1].text) {
			w.text = append(w.text, x.text...)
			continue
		}
		said := x.said
		if x.script == Arabic && i > 0 {
			if rest, ok := bytes.CutPrefix(said, []byte("Al")); ok && len(rest) >= 2 {
				said = rest
			}
		}
		if x.script == Latin && i == 0 {
			switch { // however its vowels are written
			case servants[string(x.text)]:
				said = []byte("abd'")
			case fathers[string(x.text)]:
				said = []byte("abu")
			case mothers[string(x.text)]:
				said = []byte("um")
			}
		}
		w.text = append(w.text, x.text...)
		w.said = append(w.said, said...)
		w.script = max(w.script, x.script)
	}
	w.shown = strings.Join(shown, " ")
	return one(w)
}

// compound writes Abdurrahman, Abdelkader and Abdallah as abd + name, and Seifeddine as seif + din, so that one word
// and two words sound alike. It works on letters: doubled ones still tell where the article was.
func compound(w []byte) []byte {
	at := bytes.Index(w, []byte("abd"))
	if at == 0 || at == 1 && w[0] == 'c' {
		rest := w[at+3:]
		i := 0
		for i < len(rest) && strings.IndexByte("aeiou", rest[i]) >= 0 {
			i++
		}
		if i > 0 && i < len(rest) && rest[i] == 'l' {
			i++
		}
		if tail := rest[i:]; len(tail) >= lean && i > 0 {
			w = append([]byte("abd'"), tail...) // the sign keeps d and h from being dh
		}
	}
	for _, end := range []struct{ from, to string }{{"uddine", "din"}, {"eddine", "din"}, {"addine", "din"}, {"eddin", "din"}, {"uddin", "din"}, {"addin", "din"}, {"oddin", "din"},
		{"aldin", "din"}, {"aldine", "din"}, {"eldin", "din"}, {"eldine", "din"}, {"udin", "din"}, {"ullah", "lah"}, {"ollah", "lah"}, {"allah", "lah"}, {"ulla", "lah"}, {"olla", "lah"}, {"alla", "lah"}, {"ellah", "lah"},
		{"urrahman", "rahman"}, {"urrehman", "rahman"}, {"ulhaq", "haq"}} {
		if len(w) >= len(end.from)+2 && bytes.HasSuffix(w, []byte(end.from)) {
			return append(bytes.Clone(w[:len(w)-len(end.from)]), end.to...)
		}
	}
	return w
}

// compoundArabic does the same for عبدالرحمن and سيف‌الدين written as one word.
func compoundArabic(w []byte) []byte {
	if rest, ok := bytes.CutPrefix(w, []byte("EbdAl")); ok && len(rest) >= 2 {
		return append([]byte("Ebd"), rest...)
	}
	if head, ok := bytes.CutSuffix(w, []byte("AldYn")); ok && len(head) >= 2 {
		return append(bytes.Clone(head), "dYn"...)
	}
	return w
}
