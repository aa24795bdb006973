package pdf

// This file lays a paper out: rows with one language on each side, pages, and the order in which it is read.

import (
	"bytes"
	"fmt"
)

// Measures of an A4 page, in points.
const (
	pageW, pageH = 595.28, 841.89
	marginX      = 45.0
	marginTop    = 48.0
	marginFoot   = 54.0
	gutter       = 24.0
	colW         = (pageW - 2*marginX - gutter) / 2
	leading      = 1.5
	indent       = 12.0
)

// sizes are those of each role.
var sizes = map[string]float64{"H1": 19, "H2": 13.5, "P": 10.5, "LI": 10.5, "Caption": 9}

// Doc is a paper while it is made. Left and right are the two languages.
type Doc struct {
	Left, Right Text // the title, and with it the languages
	foot        func(page int) (left, right Text)
	single      bool // one column: the second language is only the title

	sh    *shaper
	err   error
	pages []*sheet
	y     float64
	roots [2][]*element // what is read, by side
	used  []map[cid]int // by font: the numbers of glyphs with their letters
	order [][]cid
}

// cid is a glyph together with what it stands for: the same sign for other letters has a number of its own, so that copying gives
// back what was written.
type cid struct {
	gid   uint16
	runes string
}

type sheet struct {
	content bytes.Buffer
	marked  []*element // by number of marked content
}

// element is one part of what is read.
type element struct {
	role, lang, alt string
	kids            []*element
	marks           []mark
}

type mark struct{ page, id int }

// New begins a paper with its title in both languages.
func New(left, right Text) *Doc {
	d := begin(left, right)
	d.row("H1", left, right)
	return d
}

// Single begins a paper in one language, over the whole width, with its title in another one under its own.
func Single(title, other Text) *Doc {
	d := begin(title, other)
	d.single = true
	d.row("H1", title, Text{})
	d.row("P", other, Text{})
	return d
}

// col is how wide a column is.
func (d *Doc) col() float64 {
	if d.single {
		return pageW - 2*marginX
	}
	return colW
}

func begin(left, right Text) *Doc {
	fs, err := faces()
	d := &Doc{Left: left, Right: right, err: err}
	if err != nil {
		return d
	}
	d.sh = newShaper(fs)
	d.used, d.order = make([]map[cid]int, len(fs)), make([][]cid, len(fs))
	for i := range d.used {
		d.used[i] = map[cid]int{}
	}
	d.page()
	return d
}

// Foot says what stands under every page, such as its number.
func (d *Doc) Foot(foot func(page int) (left, right Text)) { d.foot = foot }

// Heading is the heading of a part.
func (d *Doc) Heading(left, right Text) {
	d.space(10)
	if d.y < marginFoot+90 { // a heading does not stand alone at the foot of a page
		d.page()
	}
	d.row("H2", left, right)
	d.rule()
}

// Para is a paragraph.
func (d *Doc) Para(left, right Text) { d.row("P", left, right) }

// Item is an item of a list; items that follow each other are one list.
func (d *Doc) Item(left, right Text) { d.row("LI", left, right) }

func (d *Doc) space(n float64) {
	if d.err == nil && d.y < pageH-marginTop {
		d.y -= n
	}
}

func (d *Doc) page() {
	d.pages = append(d.pages, &sheet{})
	d.y = pageH - marginTop
}

func (d *Doc) now() *sheet { return d.pages[len(d.pages)-1] }

// rule is a thin line; nobody has to hear it.
func (d *Doc) rule() {
	if d.err != nil {
		return
	}
	d.y -= 3
	fmt.Fprintf(&d.now().content, "/Artifact BMC\n0.6 G 0.6 w %.2f %.2f m %.2f %.2f l S\nEMC\n", marginX, d.y, pageW-marginX, d.y)
	d.y -= 4
}

// elementOf is the place in the order of reading of a row on one side.
func (d *Doc) elementOf(side int, role string, t Text) *element {
	e := &element{role: role, lang: t.Lang}
	list := d.roots[side]
	if role != "LI" {
		d.roots[side] = append(list, e)
		return e
	}
	body := &element{role: "LBody", lang: t.Lang}
	e.kids = []*element{body}
	if n := len(list); n > 0 && list[n-1].role == "L" {
		list[n-1].kids = append(list[n-1].kids, e)
	} else {
		d.roots[side] = append(list, &element{role: "L", lang: t.Lang, kids: []*element{e}})
	}
	return body
}

// row puts two texts beside each other, line by line, over as many pages as they need.
func (d *Doc) row(role string, left, right Text) {
	if d.err != nil {
		return
	}
	size := sizes[role]
	width, off := d.col(), 0.0
	if role == "LI" {
		width, off = d.col()-indent, indent
	}
	sides := [2]Text{left, right}
	var ls [2][]line
	var es [2]*element
	for i, t := range sides {
		if t.S == "" {
			continue
		}
		ls[i] = d.sh.lines(t, size, width)
		es[i] = d.elementOf(i, role, t)
	}
	for n := 0; n < max(len(ls[0]), len(ls[1])); n++ {
		if d.y-size*leading < marginFoot {
			d.page()
		}
		d.y -= size * leading
		for i, t := range sides {
			if n < len(ls[i]) {
				d.write(es[i], ls[i][n], t, i, size, width, off, n == 0 && role == "LI")
			}
		}
	}
	d.y -= size * 0.45
}

// write puts one line on the page as a part of what is read.
func (d *Doc) write(e *element, l line, t Text, side int, size, width, off float64, dot bool) {
	s := d.now()
	x := marginX + float64(side)*(colW+gutter)
	start := x + off
	if t.RTL {
		start = x + width - l.width
	}
	if dot {
		at := x + 3
		if t.RTL {
			at = x + d.col() - 3
		}
		fmt.Fprintf(&s.content, "/Artifact BMC\n0.2 g %.2f %.2f 2.4 2.4 re f\nEMC\n", at-1.2, d.y+size*0.28)
	}
	if len(l.glyphs) == 0 {
		return
	}
	id := len(s.marked)
	s.marked = append(s.marked, e)
	e.marks = append(e.marks, mark{len(d.pages) - 1, id})
	role := e.role
	if role == "LBody" {
		role = "P"
	}
	fmt.Fprintf(&s.content, "/%s <</MCID %d>> BDC\n0 g\n", role, id)
	d.glyphs(&s.content, l, start, d.y, size)
	s.content.WriteString("EMC\n")
}

// glyphs writes the signs of a line, each at its place.
func (d *Doc) glyphs(w *bytes.Buffer, l line, x, y, size float64) {
	font := -1
	w.WriteString("BT\n")
	for _, g := range l.glyphs {
		if g.font != font {
			font = g.font
			fmt.Fprintf(w, "/F%d %.2f Tf\n", font, size)
		}
		fmt.Fprintf(w, "1 0 0 1 %.2f %.2f Tm <%04X> Tj\n", x+g.x, y+g.y, d.number(g))
	}
	w.WriteString("ET\n")
}

func (d *Doc) number(g glyph) int {
	c := cid{g.gid, g.runes}
	n, ok := d.used[g.font][c]
	if !ok {
		d.order[g.font] = append(d.order[g.font], c)
		n = len(d.order[g.font])
		d.used[g.font][c] = n
	}
	return n
}

// Figure is a picture of black squares, such as a QR code, with the words for who cannot see it, and a caption under it.
func (d *Doc) Figure(squares int, black func(x, y int) bool, left, right Text) {
	if d.err != nil || squares == 0 {
		return
	}
	const side = 84.0
	if d.y-side-40 < marginFoot {
		d.page()
	}
	s := d.now()
	d.y -= side + 6
	unit := side / float64(squares)
	e := &element{role: "Figure", lang: left.Lang, alt: left.S}
	id := len(s.marked)
	s.marked = append(s.marked, e)
	e.marks = append(e.marks, mark{len(d.pages) - 1, id})
	d.roots[0] = append(d.roots[0], e)
	fmt.Fprintf(&s.content, "/Figure <</MCID %d>> BDC\n0 g\n", id)
	for y := range squares {
		for x := 0; x < squares; x++ {
			if !black(x, y) {
				continue
			}
			n := 1
			for x+n < squares && black(x+n, y) {
				n++
			}
			fmt.Fprintf(&s.content, "%.3f %.3f %.3f %.3f re\n", marginX+float64(x)*unit, d.y+side-float64(y+1)*unit, float64(n)*unit, unit)
			x += n
		}
	}
	s.content.WriteString("f\nEMC\n")
	d.row("P", left, right)
}

// feet writes what stands under every page, when the number of pages is known.
func (d *Doc) feet() {
	if d.foot == nil {
		return
	}
	for i, s := range d.pages {
		left, right := d.foot(i + 1)
		s.content.WriteString("/Artifact <</Type/Pagination/Subtype/Footer>> BDC\n0.35 g\n")
		for side, t := range []Text{left, right} {
			for _, l := range d.sh.lines(t, 8.5, d.col())[:1] {
				x := marginX + float64(side)*(colW+gutter)
				if t.RTL {
					x += d.col() - l.width
				}
				d.glyphs(&s.content, l, x, 32, 8.5)
			}
		}
		s.content.WriteString("EMC\n")
	}
}

// Bars is a picture of numbers in their order, with the words for who cannot see it. A negative one is not known: it has no bar.
func (d *Doc) Bars(ns []int, alt Text) {
	most := 1
	for _, n := range ns {
		most = max(most, n)
	}
	if d.err != nil || len(ns) == 0 {
		return
	}
	const high = 84.0
	if d.y-high-40 < marginFoot {
		d.page()
	}
	s := d.now()
	d.y -= high + 6
	e := &element{role: "Figure", lang: alt.Lang, alt: alt.S}
	id := len(s.marked)
	s.marked = append(s.marked, e)
	e.marks = append(e.marks, mark{len(d.pages) - 1, id})
	d.roots[0] = append(d.roots[0], e)
	unit := d.col() / float64(len(ns))
	fmt.Fprintf(&s.content, "/Figure <</MCID %d>> BDC\n0.06 0.36 0.4 rg\n", id)
	for i, n := range ns {
		if n > 0 {
			fmt.Fprintf(&s.content, "%.2f %.2f %.2f %.2f re\n", marginX+(float64(i)+0.15)*unit, d.y, 0.7*unit, high*float64(n)/float64(most))
		}
	}
	s.content.WriteString("f\nEMC\n")
	d.rule()
}
