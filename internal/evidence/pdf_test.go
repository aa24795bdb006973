package evidence

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"strings"
	"testing"

	"reisgezel/internal/kernel/fault"
)

// pdfOf is a whole PDF of these objects; the first is its catalogue.
func pdfOf(objects ...string) string {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	x := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, x)
	return b.String()
}

func packed(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func streamOf(dict, body string) string {
	return fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(body), body)
}

const (
	catalogue = "<</Type /Catalog /Pages 2 0 R>>"
	tree      = "<</Type /Pages /Kids [3 0 R] /Count 1>>"
	onePage   = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R>>"
)

// plain is an ordinary PDF, with what is added to it.
func plain(t testing.TB, more ...string) string {
	return pdfOf(append([]string{catalogue, tree, onePage, streamOf("/Filter /FlateDecode", packed(t, "BT (Hallo \\) wereld) Tj ET"))}, more...)...)
}

// reasonOf is why a file is refused, or nothing.
func reasonOf(t testing.TB, b string) string {
	t.Helper()
	_, err := Read([]byte(b))
	if err == nil {
		return ""
	}
	f := fault.As(err)
	if f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Name != "file" {
		t.Fatalf("a refusal that no form can show: %v", err)
	}
	return strings.TrimPrefix(f.Fields[0].Key, "evidence.refused.")
}

func TestAPDFThatCanActIsRefused(t *testing.T) {
	whole := plain(t)
	tests := map[string]struct{ b, why string }{
		"ordinary":                        {whole, ""},
		"changed later, as forms are":     {whole + strings.TrimPrefix(pdfOf("<</Type /Catalog /Pages 2 0 R /Lang (nl)>>"), "%PDF-1.7\n"), ""},
		"white space at the end":          {whole + "\r\n\x00\x00", ""},
		"a link to a site":                {plain(t, "<</Type /Annot /Subtype /Link /A <</S /URI /URI (https://example.org)>>>>"), ""},
		"objects packed together":         {plain(t, streamOf("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", packed(t, "9 0 <</Lang (nl)>>"))), ""},
		"objects together, not packed":    {plain(t, streamOf("/Type /ObjStm /N 1 /First 4", "9 0 <</Lang (nl)>>")), ""},
		"a picture":                       {plain(t, streamOf("/Type /XObject /Subtype /Image /Filter /DCTDecode", "\xff\xd8\xff\xe0")), ""},
		"script on opening":               {pdfOf("<</Type /Catalog /Pages 2 0 R /OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>>>", tree, onePage), "active"},
		"script, its name in numbers":     {pdfOf("<</Type /Catalog /Pages 2 0 R /OpenAction <</S /#4a#61vaScript /J#53 (x)>>>>", tree, onePage), "active"},
		"script without its long name":    {plain(t, "<</S /Named /JS 9 0 R>>"), "active"},
		"script among packed objects":     {plain(t, streamOf("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", packed(t, "9 0 <</S /JavaScript /JS (x)>>"))), "active"},
		"the same in a list of one":       {plain(t, streamOf("/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode]", packed(t, "9 0 <</S /JavaScript /JS (x)>>"))), "active"},
		"the same without its type":       {plain(t, streamOf("/N 1 /First 4 /Filter /Fl", packed(t, "9 0 <</S /JavaScript /JS (x)>>"))), "active"},
		"objects packed twice":            {plain(t, streamOf("/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]", packed(t, packed(t, "9 0 <</S /JavaScript>>")))), "pdf"},
		"objects packed in another way":   {plain(t, streamOf("/Type /ObjStm /N 1 /First 4 /Filter /ASCIIHexDecode", "3920303c3c2f532f4a6176615363726970743e3e>")), "pdf"},
		"objects behind a guess":          {plain(t, streamOf("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /DecodeParms <</Predictor 12>>", packed(t, "9 0 <<>>"))), "pdf"},
		"packed in two ways at once":      {plain(t, streamOf("/Type /ObjStm /N 1 /First 4 /Filter /LZWDecode /Filter /FlateDecode", packed(t, "9 0 <<>>"))), "pdf"},
		"packed objects that break off":   {plain(t, streamOf("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", packed(t, strings.Repeat("9 0 <<>>", 99))[:20])), "pdf"},
		"a program to start":              {plain(t, "<</S /Launch /F (cmd.exe)>>"), "active"},
		"another file in it":              {plain(t, streamOf("/Type /EmbeddedFile", "MZ")), "active"},
		"a list of files in it":           {plain(t, "<</Names <</EmbeddedFiles 9 0 R>>>>"), "active"},
		"a form that sends itself":        {plain(t, "<</S /SubmitForm /F (https://example.org)>>"), "active"},
		"a form of the other kind":        {plain(t, "<</AcroForm <</XFA 9 0 R>>>>"), "active"},
		"a film":                          {plain(t, "<</Subtype /Movie>>"), "active"},
		"a way into another file":         {plain(t, "<</S /GoToR /F (//host/share)>>"), "active"},
		"a stream that lies elsewhere":    {plain(t, streamOf("/F (//host/share)", "")), "active"},
		"locked":                          {strings.Replace(whole, "/Root 1 0 R", "/Root 1 0 R /Encrypt 9 0 R", 1), "locked"},
		"locked, and script":              {strings.Replace(plain(t, "<</S /JavaScript>>"), "/Root 1 0 R", "/Root 1 0 R /Encrypt 9 0 R", 1), "locked"},
		"broken off":                      {whole[:len(whole)/2], "pdf"},
		"only its beginning":              {"%PDF-1.7\n", "pdf"},
		"its beginning and its end":       {"%PDF-1.7\n%%EOF\n", "pdf"},
		"without a table":                 {"%PDF-1.7\n1 0 obj\n" + catalogue + "\nendobj\nstartxref\n0\n%%EOF", "pdf"},
		"a page of a site in it":          {strings.Replace(whole, "1 0 obj", "<html><script>alert(1)</script></html>\n1 0 obj", 1), "pdf"},
		"an archive behind it":            {whole + "PK\x03\x04 and so on", "pdf"},
		"an archive behind it, disguised": {whole + "PK\x03\x04 and so on\n%%EOF", "pdf"},
		"a page of a site before it":      {"<html>" + whole, "other"},
		"values without end":              {strings.Replace(whole, catalogue, strings.Repeat("[", 1000)+strings.Repeat("]", 1000), 1), "pdf"},
		"a version that never was":        {strings.Replace(whole, "%PDF-1", "%PDF-x", 1), "pdf"},
	}
	for name, x := range tests {
		if why := reasonOf(t, x.b); why != x.why {
			t.Errorf("%s: %q, not %q", name, why, x.why)
		}
	}
}

// Wherever the name of an act falls, over the edge of a piece too, it is found.
func TestNamesAreFoundOverTheEdgeOfAPiece(t *testing.T) {
	for i := 64<<10 - 70; i < 64<<10+20; i++ {
		body := strings.Repeat("x", i) + " /Java#53cript " + strings.Repeat("y", 1<<17)
		if why := reasonOf(t, plain(t, streamOf("/Filter /FlateDecode", packed(t, body)))); why != "active" {
			t.Fatalf("after %d bytes: %q", i, why)
		}
	}
}

func TestAPDFThatGrowsWithoutEndIsRefused(t *testing.T) {
	one := packed(t, strings.Repeat("\x00", 30<<20))
	var many []string
	for range 6 {
		many = append(many, streamOf("/Filter /FlateDecode", one))
	}
	if why := reasonOf(t, plain(t, many...)); why != "" {
		t.Errorf("180 MB unpacked: %q", why)
	}
	if why := reasonOf(t, plain(t, append(many, streamOf("/Filter /FlateDecode", one))...)); why != "pdf" {
		t.Errorf("210 MB unpacked: %q", why)
	}
}

// A PDF as programs write it, and every piece of it that is broken off.
func TestAPrintedPDFComesIn(t *testing.T) {
	b, err := os.ReadFile("demo/payslip.pdf")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Read(b)
	if err != nil || p.Type != PDF || !bytes.Equal(p.Bytes, b) || p.Preview != nil {
		t.Fatal(err)
	}
	end := len(bytes.TrimRight(b, "\r\n"))
	for n := 1; n < 200; n++ {
		if why := reasonOf(t, string(b[:end*n/200])); why == "" {
			t.Fatalf("the first %d of %d bytes come in", end*n/200, end)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(plain(f)))
	f.Add([]byte(plain(f, streamOf("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", packed(f, "9 0 <</Lang (nl)>>")))))
	f.Add([]byte("%PDF-1.7\n1 0 obj [<a>(b\\))/c -1 .5 true 1 0 R] endobj xref 0 1 trailer <<>> startxref 0 %%EOF"))
	f.Add(jpegOf(f, 9, 7))
	f.Add(pngOf(f, 9, 7))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Read(b)
		if err != nil {
			reasonOf(t, string(b))
			return
		}
		switch p.Type {
		case PDF:
			if !bytes.Equal(p.Bytes, b) || bytes.Contains(b, []byte("/JavaScript ")) || bytes.Contains(b, []byte("/Launch ")) || !bytes.Contains(b, []byte("%%EOF")) {
				t.Error("this came in")
			}
		case JPEG, PNG:
			again, err := Read(p.Bytes)
			if err != nil || again.Type != p.Type || len(p.Preview) == 0 {
				t.Errorf("what was written anew cannot be read: %v", err)
			}
		default:
			t.Errorf("the type %q", p.Type)
		}
	})
}
