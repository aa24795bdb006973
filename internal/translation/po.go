package translation

// This file writes and reads PO, the format of GNU gettext. The name of a text stands in msgctxt, which every program gives back as
// it was.

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"reisgezel/internal/kernel/lang"
)

// rules are the plural rules of gettext, in the order of CLDR's categories for whole numbers.
var rules = map[string]string{
	"ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
	"uk": slavic, "ru": slavic,
	"fa": zeroIsOne, "prs": zeroIsOne, "am": zeroIsOne, "ti": zeroIsOne, "fr": zeroIsOne,
}

const (
	slavic    = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
	zeroIsOne = "nplurals=2; plural=(n > 1);"
	ordinary  = "nplurals=2; plural=(n != 1);"
)

func ruleOf(tag string) string {
	if r, ok := rules[tag]; ok {
		return r
	}
	return ordinary
}

// WritePO writes texts for a translator.
func WritePO(w io.Writer, tag string, units []Unit) error {
	var b bytes.Buffer
	b.WriteString("msgid \"\"\nmsgstr \"\"\n")
	for _, h := range []string{"Project-Id-Version: reisgezel", "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit", "Language: " + tag, "Plural-Forms: " + ruleOf(tag)} {
		b.WriteString(poQuoted(h+"\n") + "\n")
	}
	for _, u := range units {
		b.WriteString("\n")
		for line := range strings.Lines(notes(u, "")) {
			b.WriteString("#. " + strings.TrimRight(line, "\n") + "\n")
		}
		fmt.Fprintf(&b, "#. %s\n", u.State)
		fmt.Fprintf(&b, "msgctxt %s\n", poQuoted(u.id()))
		if !u.Dutch.Plural() {
			fmt.Fprintf(&b, "msgid %s\nmsgstr %s\n", poQuoted(u.Dutch.One), poQuoted(form(u.Text, "other")))
			continue
		}
		fmt.Fprintf(&b, "msgid %s\nmsgid_plural %s\n", poQuoted(u.Dutch.Forms["one"]), poQuoted(u.Dutch.Forms["other"]))
		for i, f := range lang.Counted(tag) {
			fmt.Fprintf(&b, "msgstr[%d] %s\n", i, poQuoted(form(u.Text, f)))
		}
	}
	_, err := b.WriteTo(w)
	return err
}

var poEscape = strings.NewReplacer("\\", `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`)

func poQuoted(s string) string { return `"` + poEscape.Replace(s) + `"` }

// poEntry is an entry as it stands in a file, with the lines on which its parts begin.
type poEntry struct {
	line    int
	context string
	plural  bool
	strs    map[int]string // -1: the only one
	fuzzy   bool
	bad     bool
	parts   int
}

// ReadPO reads what came back in a language. An entry that is broken is left out, and the next one is read.
func ReadPO(raw []byte, tag string) ([]Got, []LineFault) {
	r := poReader{tag: tag, forms: lang.Counted(tag)}
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(raw), "\ufeff")) {
		n++
		r.take(n, strings.TrimSpace(line))
		if len(r.got) >= mostUnits {
			r.fault(n, "", "many", "")
			return r.got, r.faults
		}
	}
	r.end()
	if len(r.got) == 0 && len(r.faults) == 0 && !r.headed {
		r.fault(1, "", "not_po", "")
	}
	return r.got, r.faults
}

type poReader struct {
	tag    string
	forms  []string
	got    []Got
	faults []LineFault
	e      *poEntry
	into   func(string) // where a line of nothing but a text goes
	fuzzy  bool         // said above the entry that comes
	headed bool
	other  bool // the file says that it is in another language
}

func (r *poReader) fault(line int, key, what, about string) {
	r.faults = append(r.faults, LineFault{line, key, what, about})
}

// bad says what is wrong with an entry, and leaves it out.
func (r *poReader) bad(line int, what, about string) {
	if r.e == nil {
		r.e = &poEntry{line: line, strs: map[int]string{}}
	}
	if !r.e.bad {
		key, _, _ := strings.Cut(r.e.context, "|")
		r.fault(line, key, what, about)
	}
	r.e.bad = true
	r.into = func(string) {}
}

func (r *poReader) take(n int, line string) {
	switch {
	case line == "":
		r.end()
		return
	case strings.HasPrefix(line, "#"):
		if strings.HasPrefix(line, "#,") && strings.Contains(line, "fuzzy") {
			r.end()
			r.fuzzy = true
		}
		return
	case strings.HasPrefix(line, `"`):
		s, ok := poText(line)
		if !ok || r.into == nil {
			r.bad(n, "quotes", "")
			return
		}
		r.into(s)
		return
	}
	word, rest, _ := strings.Cut(line, " ")
	if r.e != nil && (word == "msgctxt" || word == "msgid" && len(r.e.strs) > 0) {
		r.end()
	}
	if r.e == nil {
		r.e = &poEntry{line: n, strs: map[int]string{}, fuzzy: r.fuzzy}
		r.fuzzy = false
	}
	s, ok := poText(strings.TrimSpace(rest))
	if !ok {
		r.bad(n, "quotes", "")
		return
	}
	e := r.e
	e.parts++
	switch {
	case word == "msgctxt":
		e.context = s
		r.into = func(s string) { e.context += s }
	case word == "msgid":
		r.into = func(string) {}
	case word == "msgid_plural":
		e.plural = true
		r.into = func(string) {}
	case word == "msgstr":
		r.str(n, -1, s)
	case strings.HasPrefix(word, "msgstr[") && strings.HasSuffix(word, "]"):
		i, err := strconv.Atoi(word[len("msgstr[") : len(word)-1])
		if err != nil || i < 0 || i >= len(r.forms) {
			r.bad(n, "form", word)
			return
		}
		r.str(n, i, s)
	default:
		r.bad(n, "word", word)
	}
}

func (r *poReader) str(n, i int, s string) {
	e := r.e
	if _, twice := e.strs[i]; twice {
		r.bad(n, "twice", "")
		return
	}
	e.strs[i] = s
	r.into = func(s string) { e.strs[i] += s }
}

// end closes the entry that was being read.
func (r *poReader) end() {
	e := r.e
	r.e, r.into = nil, nil
	if e == nil || e.bad || e.parts == 0 {
		return
	}
	if e.context == "" {
		if s, ok := e.strs[-1]; ok && !r.headed {
			r.headed = true
			r.header(e.line, s)
			return
		}
		r.fault(e.line, "", "name", "")
		return
	}
	key, of, ok := ofID(e.context)
	switch {
	case r.other:
	case !ok:
		r.fault(e.line, "", "name", e.context)
	case e.fuzzy:
		r.fault(e.line, key, "fuzzy", "")
	default:
		t := lang.Text{One: e.strs[-1]}
		if e.plural {
			t = lang.Text{Forms: map[string]string{}}
			for i, f := range r.forms {
				if s := e.strs[i]; strings.TrimSpace(s) != "" {
					t.Forms[f] = s
				}
			}
			if len(t.Forms) == 0 {
				return
			}
		} else if strings.TrimSpace(t.One) == "" {
			return
		}
		r.got = append(r.got, Got{e.line, key, of, t})
	}
}

func (r *poReader) header(line int, s string) {
	for h := range strings.Lines(s) {
		name, value, _ := strings.Cut(h, ":")
		if value = strings.TrimSpace(value); !strings.EqualFold(name, "Language") || value == "" {
			continue
		}
		if l, ok := lang.Like(strings.ReplaceAll(value, "_", "-")); !ok || l.Tag != r.tag {
			r.other = true
			r.fault(line, "", "language", value)
		}
	}
}

// poText reads a text within quotes.
func poText(s string) (string, bool) {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return "", false
	}
	s = s[1 : len(s)-1]
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return "", false
		case s[i] != '\\':
			b.WriteByte(s[i])
		case i+1 == len(s):
			return "", false
		default:
			i++
			switch s[i] {
			case 'n':
				b.WriteByte('\n')
			case 't':
				b.WriteByte('\t')
			case 'r':
				b.WriteByte('\r')
			case '"', '\\':
				b.WriteByte(s[i])
			default:
				return "", false
			}
		}
	}
	return b.String(), true
}
