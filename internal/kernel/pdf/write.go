package pdf

// This file writes the objects of a PDF file: pages, fonts, and the tree of what is read.

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/go-text/typesetting/font"
)

// writer numbers the objects and remembers where each begins.
type writer struct {
	b  bytes.Buffer
	at []int
}

// next reserves the number of an object that is written later.
func (w *writer) next() int { w.at = append(w.at, 0); return len(w.at) }

func (w *writer) put(n int, body string) {
	w.at[n-1] = w.b.Len()
	fmt.Fprintf(&w.b, "%d 0 obj\n%s\nendobj\n", n, body)
}

func (w *writer) add(body string) int { n := w.next(); w.put(n, body); return n }

func (w *writer) stream(dict string, data []byte, pack bool) int {
	if pack {
		var z bytes.Buffer
		zw := zlib.NewWriter(&z)
		_, _ = zw.Write(data) // into memory
		_ = zw.Close()
		data, dict = z.Bytes(), dict+"/Filter/FlateDecode"
	}
	n := w.next()
	w.at[n-1] = w.b.Len()
	fmt.Fprintf(&w.b, "%d 0 obj\n<<%s/Length %d>>\nstream\n", n, dict, len(data))
	w.b.Write(data)
	w.b.WriteString("\nendstream\nendobj\n")
	return n
}

func ref(n int) string { return strconv.Itoa(n) + " 0 R" }

// words is a text as PDF keeps it: sixteen bits a sign, in hexadecimal, so that nothing in it can end the string.
func words(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	b.WriteString(">")
	return b.String()
}

// tag is a language, as far as it is one.
func tag(s string) string {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' {
			return "und"
		}
	}
	return s
}

// Bytes is the whole file.
func (d *Doc) Bytes() ([]byte, error) {
	if d.err != nil {
		return nil, d.err
	}
	d.feet()
	w := &writer{}
	w.b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	root, tree, pages := w.next(), w.next(), w.next()
	fonts, err := d.fonts(w)
	if err != nil {
		return nil, err
	}
	sheets := make([]int, len(d.pages))
	for i := range sheets {
		sheets[i] = w.next()
	}
	for i, s := range d.pages {
		c := w.stream("", s.content.Bytes(), true)
		w.put(sheets[i], fmt.Sprintf("<</Type/Page/Parent %s/MediaBox[0 0 %.2f %.2f]/Resources<</Font<<%s>>>>/Contents %s/StructParents %d/Tabs/S>>", ref(pages), pageW, pageH, fonts, ref(c), i))
	}
	var kids []string
	for _, n := range sheets {
		kids = append(kids, ref(n))
	}
	w.put(pages, fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(sheets)))
	d.tree(w, tree, sheets)
	meta := w.stream("/Type/Metadata/Subtype/XML", []byte(d.metadata()), false)
	info := w.add("<</Title" + words(clean(d.Left.S)) + ">>")
	w.put(root, fmt.Sprintf("<</Type/Catalog/Pages %s/Lang(%s)/MarkInfo<</Marked true>>/StructTreeRoot %s/ViewerPreferences<</DisplayDocTitle true>>/Metadata %s>>", ref(pages), tag(d.Left.Lang), ref(tree), ref(meta)))
	from := w.b.Len()
	fmt.Fprintf(&w.b, "xref\n0 %d\n0000000000 65535 f \n", len(w.at)+1)
	for _, at := range w.at {
		fmt.Fprintf(&w.b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&w.b, "trailer\n<</Size %d/Root %s/Info %s>>\nstartxref\n%d\n%%%%EOF\n", len(w.at)+1, ref(root), ref(info), from)
	return w.b.Bytes(), nil
}

var xmlEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// metadata says the title in both languages.
func (d *Doc) metadata() string {
	return `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">` +
		xmlEscape.Replace(clean(d.Left.S)) + `</rdf:li><rdf:li xml:lang="` + tag(d.Right.Lang) + `">` + xmlEscape.Replace(clean(d.Right.S)) + `</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
}

// tree writes what is read: the document, in it the one language whole and then the other.
func (d *Doc) tree(w *writer, root int, sheets []int) {
	doc := w.next()
	numbers := map[*element]int{}
	var put func(e *element, n, parent int)
	put = func(e *element, n, parent int) {
		numbers[e] = n
		var kids []string
		for _, k := range e.kids {
			c := w.next()
			kids = append(kids, ref(c))
			put(k, c, n)
		}
		for _, m := range e.marks {
			kids = append(kids, fmt.Sprintf("<</Type/MCR/Pg %s/MCID %d>>", ref(sheets[m.page]), m.id))
		}
		more := ""
		if e.lang != "" {
			more += "/Lang(" + tag(e.lang) + ")"
		}
		if e.alt != "" {
			more += "/Alt" + words(clean(e.alt))
		}
		w.put(n, fmt.Sprintf("<</Type/StructElem/S/%s/P %s/K[%s]%s>>", e.role, ref(parent), strings.Join(kids, " "), more))
	}
	var parts []string
	for i, t := range []Text{d.Left, d.Right} {
		if len(d.roots[i]) == 0 {
			continue
		}
		n := w.next()
		parts = append(parts, ref(n))
		put(&element{role: "Part", lang: t.Lang, kids: d.roots[i]}, n, doc)
	}
	w.put(doc, fmt.Sprintf("<</Type/StructElem/S/Document/P %s/Lang(%s)/K[%s]>>", ref(root), tag(d.Left.Lang), strings.Join(parts, " ")))
	var nums strings.Builder
	for i, s := range d.pages {
		fmt.Fprintf(&nums, "%d[", i)
		for _, e := range s.marked {
			nums.WriteString(ref(numbers[e]) + " ")
		}
		nums.WriteString("]")
	}
	parents := w.add("<</Nums[" + nums.String() + "]>>")
	w.put(root, fmt.Sprintf("<</Type/StructTreeRoot/K[%s]/ParentTree %s/ParentTreeNextKey %d>>", ref(doc), ref(parents), len(d.pages)))
}

// fonts writes the fonts that are used and gives their names for the pages.
func (d *Doc) fonts(w *writer) (string, error) {
	var names strings.Builder
	for i, f := range d.sh.faces {
		cids := d.order[i]
		if len(cids) == 0 {
			continue
		}
		used := map[uint16]bool{}
		gids := make([]byte, 2*(len(cids)+1))
		var widths strings.Builder
		upem := float64(f.font.Upem())
		for n, c := range cids {
			used[c.gid] = true
			gids[2*n+2], gids[2*n+3] = byte(c.gid>>8), byte(c.gid)
			fmt.Fprintf(&widths, "%d ", int(float64(d.sh.open[i].HorizontalAdvance(gidOf(c)))*1000/upem+0.5))
		}
		small, err := subset(f.data, used)
		if err != nil {
			return "", err
		}
		name := "RGZLAA+" + f.name
		file := w.stream(fmt.Sprintf("/Length1 %d", len(small)), small, true)
		about := w.add(fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[-1000 -600 3000 1400]/ItalicAngle 0/Ascent 1069/Descent -293/CapHeight 714/StemV 80/FontFile2 %s>>", name, ref(file)))
		map2 := w.stream("", gids, true)
		unicode := w.stream("", toUnicode(cids), true)
		desc := w.add(fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %s/W[1[%s]]/CIDToGIDMap %s>>", name, ref(about), strings.TrimSpace(widths.String()), ref(map2)))
		font := w.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>", name, ref(desc), ref(unicode)))
		fmt.Fprintf(&names, "/F%d %s ", i, ref(font))
	}
	return names.String(), nil
}

// toUnicode says which letters each number stands for.
func toUnicode(cids []cid) []byte {
	var rows []string
	for n, c := range cids {
		if c.runes == "" {
			continue
		}
		var h strings.Builder
		for _, u := range utf16.Encode([]rune(c.runes)) {
			fmt.Fprintf(&h, "%04X", u)
		}
		rows = append(rows, fmt.Sprintf("<%04X> <%s>\n", n+1, h.String()))
	}
	sort.Strings(rows)
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for len(rows) > 0 {
		some := rows[:min(100, len(rows))] // no more in one piece
		rows = rows[len(some):]
		fmt.Fprintf(&b, "%d beginbfchar\n%sendbfchar\n", len(some), strings.Join(some, ""))
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}

func gidOf(c cid) font.GID { return font.GID(c.gid) }
