package translation

// This file writes and reads XLIFF 1.2 (OASIS, 2008), the format that translators' programs know best.

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"reisgezel/internal/kernel/lang"
)

// WriteXLIFF writes texts for a translator.
func WriteXLIFF(w io.Writer, tag string, units []Unit) error {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	b.WriteString(`<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">` + "\n")
	fmt.Fprintf(&b, ` <file original="reisgezel" source-language="nl" target-language=%s datatype="plaintext">`+"\n  <body>\n", quoted(tag))
	for _, u := range units {
		if !u.Dutch.Plural() {
			writeUnit(&b, "   ", u, u.id(), u.Dutch.One, form(u.Text, "other"), notes(u, ""))
			continue
		}
		fmt.Fprintf(&b, "   <group id=%s resname=%s restype=\"x-gettext-plurals\">\n", quoted(u.id()), quoted(u.Key))
		for _, f := range lang.Counted(tag) {
			writeUnit(&b, "    ", u, u.id()+"|"+f, u.Dutch.Forms[dutchForm(tag, f)], form(u.Text, f), notes(u, fmt.Sprintf("%s: %d", f, lang.Example(tag, f))))
		}
		b.WriteString("   </group>\n")
	}
	b.WriteString("  </body>\n </file>\n</xliff>\n")
	_, err := b.WriteTo(w)
	return err
}

// dutchForm is the Dutch form beside a form of another language: one for one, the other for all else.
func dutchForm(tag, category string) string {
	if lang.Example(tag, category) == 1 {
		return "one"
	}
	return "other"
}

func notes(u Unit, form string) string {
	var out []string
	if form != "" {
		out = append(out, form)
	}
	if s := source(u.English); s != "" {
		out = append(out, "English: "+s)
	}
	if h := u.Dutch.Holes(); len(h) > 0 {
		out = append(out, "Keep: {"+strings.Join(h, "} {")+"}")
	}
	if len(u.Where) > 0 {
		out = append(out, "Page: "+strings.Join(u.Where, ", "))
	}
	return strings.Join(out, "\n")
}

// targets says how far a text is, in the words of XLIFF.
var targets = map[string]string{Missing: "needs-translation", Outdated: "needs-adaptation", Machine: "needs-review-translation", Checked: "signed-off"}

func writeUnit(b *bytes.Buffer, indent string, u Unit, id, dutch, now, note string) {
	fmt.Fprintf(b, "%s<trans-unit id=%s resname=%s xml:space=\"preserve\">\n", indent, quoted(id), quoted(u.Key))
	fmt.Fprintf(b, "%s <source>%s</source>\n", indent, escaped(dutch))
	fmt.Fprintf(b, "%s <target state=%s>%s</target>\n", indent, quoted(targets[u.State]), escaped(now))
	if note != "" {
		fmt.Fprintf(b, "%s <note>%s</note>\n", indent, escaped(note))
	}
	fmt.Fprintf(b, "%s</trans-unit>\n", indent)
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}

func quoted(s string) string { return `"` + escaped(s) + `"` }

// ReadXLIFF reads what came back in a language. A text without a translation says nothing, and a file that breaks off gives what
// stood before.
func ReadXLIFF(raw []byte, tag string) ([]Got, []LineFault) {
	r := xliffReader{d: xml.NewDecoder(bytes.NewReader(raw)), tag: tag, at: map[string]int{}}
	r.read()
	return r.got, r.faults
}

type xliffReader struct {
	d      *xml.Decoder
	tag    string
	got    []Got
	at     map[string]int // key of a plural → its place in got
	faults []LineFault
	found  bool // the file is XLIFF
	other  bool // this file is in another language
}

func (r *xliffReader) line() int { n, _ := r.d.InputPos(); return n }

func (r *xliffReader) fault(line int, key, what, about string) {
	r.faults = append(r.faults, LineFault{line, key, what, about})
}

func (r *xliffReader) read() {
	for {
		t, err := r.d.Token()
		if errors.Is(err, io.EOF) {
			if !r.found {
				r.fault(1, "", "not_xliff", "")
			}
			return
		}
		if err != nil {
			r.fault(r.line(), "", "broken", "")
			return
		}
		s, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch s.Name.Local {
		case "xliff":
			r.found = true
		case "file":
			to := attr(s, "target-language")
			l, known := lang.Like(to)
			if r.other = to != "" && (!known || l.Tag != r.tag); r.other {
				r.fault(r.line(), "", "language", to)
			}
		case "trans-unit":
			if len(r.got) >= mostUnits {
				r.fault(r.line(), "", "many", "")
				return
			}
			if !r.unit(s) {
				return
			}
		}
	}
}

func attr(s xml.StartElement, name string) string {
	for _, a := range s.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// unit reads one text to its end; it is false when the file breaks off in it.
func (r *xliffReader) unit(s xml.StartElement) bool {
	line, id := r.line(), attr(s, "id")
	var target strings.Builder
	in, depth, marked := "", 1, 0
	for depth > 0 {
		t, err := r.d.Token()
		if err != nil {
			r.fault(r.line(), "", "broken", "")
			return false
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			switch {
			case in == "target":
				marked = r.line()
			case depth == 2:
				in = t.Name.Local
			}
		case xml.EndElement:
			depth--
			if depth == 1 {
				in = ""
			}
		case xml.CharData:
			if in == "target" && depth == 2 {
				target.Write(t)
			}
		}
	}
	key, rest, _ := strings.Cut(id, "|")
	of, category, plural := strings.Cut(rest, "|")
	switch _, _, ok := ofID(key + "|" + of); {
	case r.other:
	case !ok:
		r.fault(line, "", "name", id)
	case marked > 0:
		r.fault(marked, key, "markup", "")
	case strings.TrimSpace(target.String()) == "":
	case !plural:
		r.got = append(r.got, Got{line, key, of, lang.Text{One: target.String()}})
	default:
		i, ok := r.at[key]
		if !ok {
			i = len(r.got)
			r.at[key] = i
			r.got = append(r.got, Got{line, key, of, lang.Text{Forms: map[string]string{}}})
		}
		if _, twice := r.got[i].Text.Forms[category]; twice {
			r.fault(line, key, "twice", category)
			break
		}
		r.got[i].Text.Forms[category] = target.String()
	}
	return true
}
