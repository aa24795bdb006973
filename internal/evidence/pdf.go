package evidence

// This file reads a PDF to its end, without showing anything of it, and refuses one that can act.
//
// Two looks, because readers differ in how much disorder they forgive. The strict one reads object after object and takes
// nothing that does not fit: no second file before, behind or between. The broad one looks for the names of acts in every
// byte, and in every byte of what is packed, however the name is written. A text that only speaks of /JavaScript may so be
// refused; its sender is told to send a print or a photo.

import (
	"bytes"
	"compress/zlib"
	"io"
	"strconv"
)

const (
	pdfDeep     = 100       // how deep values may lie in each other
	pdfUnpacked = 200 << 20 // how many bytes may come out of everything that is packed
)

// pdfActs are names without which a PDF cannot start anything, reach outside, or carry another file.
var pdfActs = map[string]string{
	"JavaScript": "active", "Launch": "active", "EmbeddedFile": "active", "EmbeddedFiles": "active", "RichMedia": "active", "Rendition": "active",
	"Movie": "active", "SubmitForm": "active", "ImportData": "active", "GoToR": "active", "GoToE": "active", "XFA": "active", "Encrypt": "locked",
}

type pdf struct {
	b        []byte
	i        int
	unpacked int64
	bad      string // why it is refused
}

// checkPDF reads a whole PDF.
func checkPDF(b []byte) error {
	p := &pdf{b: b}
	p.names(b)
	if p.bad == "" && !p.document() && p.bad == "" {
		p.bad = "pdf"
	}
	if p.bad != "" {
		return refused(p.bad)
	}
	return nil
}

// document is the strict look: header, objects, tables, and the end.
func (p *pdf) document() bool {
	if len(p.b) < 9 || (p.b[5] != '1' && p.b[5] != '2') || p.b[6] != '.' {
		return false
	}
	if !bytes.HasSuffix(bytes.TrimRight(p.b, "\x00\t\n\f\r "), []byte("%%EOF")) {
		return false
	}
	objects, starts, tables := 0, 0, 0
	for {
		p.space()
		switch {
		case p.i == len(p.b):
			return objects > 0 && starts > 0 && tables > 0
		case p.word("xref"):
			tables++
			p.table()
		case p.word("trailer"):
			if v, ok := p.value(0); !ok || v.kind != '<' {
				return false
			}
		case p.word("startxref"):
			starts++
			if _, ok := p.whole(); !ok {
				return false
			}
		default:
			table, ok := p.object()
			if !ok {
				return false
			}
			objects++
			if table {
				tables++
			}
		}
	}
}

// object is "1 0 obj", a value, perhaps a stream, "endobj"; it says whether it was a table of objects.
func (p *pdf) object() (table, ok bool) {
	if _, ok := p.whole(); !ok {
		return false, false
	}
	if _, ok := p.whole(); !ok {
		return false, false
	}
	p.space()
	if !p.word("obj") {
		return false, false
	}
	v, ok := p.value(0)
	if !ok {
		return false, false
	}
	p.space()
	if v.kind == '<' && p.word("stream") {
		if !p.stream(v) {
			return false, false
		}
		table = v.dict["Type"].name == "XRef"
		p.space()
	}
	p.word("endobj") // some writers forget it
	return table, true
}

// table is a list of where objects stand: numbers, and the letters n and f.
func (p *pdf) table() {
	for {
		p.space()
		if !p.word("n") && !p.word("f") {
			if _, ok := p.whole(); !ok {
				return
			}
		}
	}
}

// val is a value as far as it matters here.
type val struct {
	kind byte // '<' a dictionary, '[' a list, '/' a name, '0' a number, 'R' a reference, '?' anything else
	name string
	n    int
	dict map[string]val
	list []val
}

// wanted are the entries of a dictionary that are kept while reading.
var wanted = map[string]bool{"Type": true, "Subtype": true, "Filter": true, "DecodeParms": true, "Length": true, "N": true, "First": true, "F": true, "FFilter": true}

func (p *pdf) value(deep int) (val, bool) {
	p.space()
	if p.i >= len(p.b) || deep > pdfDeep {
		return val{}, false
	}
	switch c := p.b[p.i]; {
	case c == '<' && p.i+1 < len(p.b) && p.b[p.i+1] == '<':
		return p.dict(deep)
	case c == '[':
		p.i++
		v := val{kind: '['}
		for {
			p.space()
			if p.i < len(p.b) && p.b[p.i] == ']' {
				p.i++
				return v, true
			}
			x, ok := p.value(deep + 1)
			if !ok {
				return v, false
			}
			if len(v.list) < 8 {
				v.list = append(v.list, x)
			}
		}
	case c == '<':
		end := bytes.IndexByte(p.b[p.i:], '>')
		if end < 0 {
			return val{}, false
		}
		p.i += end + 1
		return val{kind: '?'}, true
	case c == '(':
		return val{kind: '?'}, p.text()
	case c == '/':
		name, n := pdfName(p.b[p.i:])
		p.i += n
		if name == "JS" {
			p.bad = "active"
		}
		return val{kind: '/', name: name}, true
	}
	if n, ok := p.whole(); ok {
		back := p.i
		if _, ok := p.whole(); ok {
			p.space()
			if p.word("R") {
				return val{kind: 'R'}, true
			}
		}
		p.i = back
		return val{kind: '0', n: n}, true
	}
	for _, w := range []string{"true", "false", "null"} {
		if p.word(w) {
			return val{kind: '?'}, true
		}
	}
	return val{kind: '0'}, p.real()
}

func (p *pdf) dict(deep int) (val, bool) {
	p.i += 2
	v := val{kind: '<', dict: map[string]val{}}
	for {
		p.space()
		if bytes.HasPrefix(p.b[p.i:], []byte(">>")) {
			p.i += 2
			return v, true
		}
		key, ok := p.value(deep + 1)
		if !ok || key.kind != '/' {
			return v, false
		}
		x, ok := p.value(deep + 1)
		if !ok {
			return v, false
		}
		if wanted[key.name] {
			if _, twice := v.dict[key.name]; twice {
				return v, false // one reader takes the first, another the last
			}
			v.dict[key.name] = x
		}
	}
}

// text is a text in brackets, which may hold brackets in pairs.
func (p *pdf) text() bool {
	for open := 0; p.i < len(p.b); p.i++ {
		switch p.b[p.i] {
		case '\\':
			p.i++
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				p.i++
				return true
			}
		}
	}
	return false
}

// stream is what follows a dictionary: its bytes, packed or not.
func (p *pdf) stream(d val) bool {
	for p.i < len(p.b) && p.b[p.i] == ' ' {
		p.i++
	}
	switch {
	case bytes.HasPrefix(p.b[p.i:], []byte("\r\n")):
		p.i += 2
	case p.i < len(p.b) && (p.b[p.i] == '\n' || p.b[p.i] == '\r'):
		p.i++
	default:
		return false
	}
	end := -1
	if l := d.dict["Length"]; l.kind == '0' && l.n >= 0 && l.n <= len(p.b)-p.i {
		after := bytes.TrimLeft(p.b[p.i+l.n:min(len(p.b), p.i+l.n+16)], "\r\n ")
		if bytes.HasPrefix(after, []byte("endstream")) {
			end = p.i + l.n
		}
	}
	if end < 0 {
		n := bytes.Index(p.b[p.i:], []byte("endstream"))
		if n < 0 {
			return false
		}
		end = p.i + n
	}
	body := p.b[p.i:end]
	p.i = end + bytes.Index(p.b[end:], []byte("endstream")) + len("endstream")
	return p.packed(d, body)
}

// packed looks into a stream. One that holds objects must be packed in the one way that is read here, or not at all; any
// other that cannot be unpacked to its end is a broken picture or page, which acts nowhere.
func (p *pdf) packed(d val, body []byte) bool {
	_, n := d.dict["N"]
	_, first := d.dict["First"]
	objects := d.dict["Type"].name == "ObjStm" || n && first
	if _, elsewhere := d.dict["F"]; elsewhere {
		p.bad = "active"
		return false
	}
	how := d.dict["Filter"]
	if how.kind == '[' && len(how.list) == 1 {
		how = how.list[0]
	}
	flate := how.name == "FlateDecode" || how.name == "Fl"
	if objects {
		_, parms := d.dict["DecodeParms"]
		if parms || how.kind != 0 && !flate {
			return false
		}
	} else if d.dict["Subtype"].name == "Image" || how.kind == '[' && (len(how.list) == 0 || how.list[0].name != "FlateDecode") {
		return true
	}
	if how.kind == '[' {
		flate = true // the first of several ways to pack
	}
	if !flate {
		return true // its bytes were looked at with the rest
	}
	z, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return !objects
	}
	buf := make([]byte, 64<<10)
	kept := 0 // bytes of the last piece that may hold the beginning of a name
	for {
		got, err := z.Read(buf[kept:])
		if p.unpacked += int64(got); p.unpacked > pdfUnpacked {
			p.bad = "pdf"
			return false
		}
		piece := buf[:kept+got]
		if p.names(piece); p.bad != "" {
			return false
		}
		if err != nil {
			return err == io.EOF || !objects
		}
		kept = copy(buf, piece[max(0, len(piece)-pdfLongest):])
	}
}

// pdfLongest is how many bytes a name of pdfActs takes at most, each letter written as a number.
const pdfLongest = 64

// names is the broad look: it finds the names of acts, however they are written.
func (p *pdf) names(b []byte) {
	for {
		at := bytes.IndexByte(b, '/')
		if at < 0 {
			return
		}
		b = b[at:]
		name, n := pdfName(b[:min(len(b), pdfLongest)])
		if why := pdfActs[name]; why != "" && (p.bad == "" || why == "locked") {
			p.bad = why
		}
		b = b[n:]
	}
}

// pdfName reads a name and how many bytes it takes; #4A is a letter too.
func pdfName(b []byte) (string, int) {
	var name []byte
	i := 1
	for ; i < len(b) && !pdfEnds(b[i]); i++ {
		if b[i] == '#' && i+2 < len(b) {
			if x, err := strconv.ParseUint(string(b[i+1:i+3]), 16, 8); err == nil {
				name = append(name, byte(x))
				i += 2
				continue
			}
		}
		name = append(name, b[i])
	}
	return string(name), i
}

// pdfEnds says whether a byte ends a name, a word or a number.
func pdfEnds(c byte) bool { return bytes.IndexByte([]byte("\x00\t\n\f\r ()<>[]{}/%"), c) >= 0 }

// space passes over white space and remarks.
func (p *pdf) space() {
	for p.i < len(p.b) {
		switch p.b[p.i] {
		case 0, '\t', '\n', '\f', '\r', ' ':
			p.i++
		case '%':
			for p.i < len(p.b) && p.b[p.i] != '\n' && p.b[p.i] != '\r' {
				p.i++
			}
		default:
			return
		}
	}
}

// word passes over one word when it stands here.
func (p *pdf) word(w string) bool {
	if !bytes.HasPrefix(p.b[p.i:], []byte(w)) || p.i+len(w) < len(p.b) && !pdfEnds(p.b[p.i+len(w)]) {
		return false
	}
	p.i += len(w)
	return true
}

// whole reads a whole number that stands here.
func (p *pdf) whole() (int, bool) {
	p.space()
	i := p.i
	if i < len(p.b) && (p.b[i] == '-' || p.b[i] == '+') {
		i++
	}
	from := i
	for i < len(p.b) && p.b[i] >= '0' && p.b[i] <= '9' {
		i++
	}
	if i == from || i < len(p.b) && !pdfEnds(p.b[i]) {
		return 0, false
	}
	n, err := strconv.Atoi(string(p.b[p.i:i]))
	if err != nil {
		n = -1 // too large to be a length; still a number
	}
	p.i = i
	return n, true
}

// real passes over any other number.
func (p *pdf) real() bool {
	from := p.i
	for p.i < len(p.b) && bytes.IndexByte([]byte("+-.0123456789eE"), p.b[p.i]) >= 0 {
		p.i++
	}
	return p.i > from
}
