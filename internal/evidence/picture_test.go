package evidence

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// canvas has another colour in each corner.
func canvas(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, color.NRGBA{uint8(x * 255 / max(1, w-1)), uint8(y * 255 / max(1, h-1)), 90, 255})
		}
	}
	return m
}

func jpegOf(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, canvas(w, h), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, canvas(w, h)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const placeTaken = "52 deg 5' 27.1 N, 5 deg 7' 17.0 E"

// exif says how the camera was held and, as a GPS part, where.
func exif(o binary.AppendByteOrder, turn uint16) []byte {
	b := []byte("MM\x00*")
	if o.String() == "LittleEndian" {
		b = []byte("II*\x00")
	}
	b = o.AppendUint32(b, 8)
	b = o.AppendUint16(b, 2)
	for _, e := range []struct {
		tag, kind uint16
		v         uint32
	}{{0x0112, 3, 0}, {0x8825, 4, 38}} {
		b = o.AppendUint16(b, e.tag)
		b = o.AppendUint16(b, e.kind)
		b = o.AppendUint32(b, 1)
		if e.tag == 0x0112 {
			b = o.AppendUint16(o.AppendUint16(b, turn), 0)
		} else {
			b = o.AppendUint32(b, e.v)
		}
	}
	b = o.AppendUint32(b, 0)
	return append(b, "GPSLatitude "+placeTaken...)
}

// withMark puts a part into a JPEG, right after its beginning.
func withMark(b []byte, mark byte, part []byte) []byte {
	out := append([]byte{0xff, 0xd8, 0xff, mark}, binary.BigEndian.AppendUint16(nil, uint16(len(part)+2))...)
	return append(append(out, part...), b[2:]...)
}

// withChunk puts a chunk into a PNG, right after its header.
func withChunk(b []byte, name string, data []byte) []byte {
	const head = 8 + 25
	out := binary.BigEndian.AppendUint32(bytes.Clone(b[:head]), uint32(len(data)))
	body := append([]byte(name), data...)
	out = append(out, body...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
	return append(out, b[head:]...)
}

func TestNothingRidesAlongInAPicture(t *testing.T) {
	zip := "PK\x03\x04 a second file"
	j, p := jpegOf(t, 40, 30), pngOf(t, 40, 30)
	tests := map[string]struct {
		b []byte
		t Type
	}{
		"a photo that says where":         {withMark(j, 0xe1, append([]byte("Exif\x00\x00"), exif(binary.BigEndian, 1)...)), JPEG},
		"the same, the other way round":   {withMark(j, 0xe1, append([]byte("Exif\x00\x00"), exif(binary.LittleEndian, 1)...)), JPEG},
		"a photo with XMP":                {withMark(j, 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x exif:GPSLatitude='"+placeTaken+"'/>")), JPEG},
		"a photo with a remark":           {withMark(j, 0xfe, []byte(placeTaken+zip+"%PDF-1.7 <script>")), JPEG},
		"a photo with a file behind it":   {append(bytes.Clone(j), zip+"%PDF-1.7 <script>"+placeTaken...), JPEG},
		"a picture with words":            {withChunk(p, "tEXt", []byte("Location\x00"+placeTaken+"%PDF-1.7 <script>"+zip)), PNG},
		"a picture that says where":       {withChunk(p, "eXIf", exif(binary.BigEndian, 1)), PNG},
		"a picture with a file behind it": {append(bytes.Clone(p), zip+"%PDF-1.7 <script>"+placeTaken...), PNG},
	}
	for name, x := range tests {
		if !bytes.Contains(x.b, []byte(placeTaken)) {
			t.Fatalf("%s: nothing is in it", name)
		}
		got, err := Read(x.b)
		if err != nil || got.Type != x.t {
			t.Errorf("%s: %v %v", name, got.Type, err)
			continue
		}
		for _, b := range [][]byte{got.Bytes, got.Preview} {
			for _, never := range []string{placeTaken, "Exif", "eXIf", "GPS", "PK\x03\x04", "%PDF", "<script>", "tEXt"} {
				if bytes.Contains(b, []byte(never)) {
					t.Errorf("%s: %q is still in it", name, never)
				}
			}
		}
	}
}

// What the eye saw is what is kept, however the camera was held.
func TestPicturesAreTurnedUpright(t *testing.T) {
	up := canvas(5, 3)
	// where each point of the upright picture lies in the picture as it was taken
	taken := map[uint16]func(x, y int) (int, int){
		1: func(x, y int) (int, int) { return x, y }, 2: func(x, y int) (int, int) { return 4 - x, y }, 3: func(x, y int) (int, int) { return 4 - x, 2 - y }, 4: func(x, y int) (int, int) { return x, 2 - y },
		5: func(x, y int) (int, int) { return y, x }, 6: func(x, y int) (int, int) { return y, 4 - x }, 7: func(x, y int) (int, int) { return 2 - y, 4 - x }, 8: func(x, y int) (int, int) { return 2 - y, x },
	}
	for how, at := range taken {
		w, h := 5, 3
		if how >= 5 {
			w, h = 3, 5
		}
		m := image.NewNRGBA(image.Rect(0, 0, w, h))
		for y := range 3 {
			for x := range 5 {
				tx, ty := at(x, y)
				m.Set(tx, ty, up.At(x, y))
			}
		}
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		got, err := Read(withChunk(b.Bytes(), "eXIf", exif(binary.LittleEndian, how)))
		if err != nil {
			t.Fatal(err)
		}
		is, err := png.Decode(bytes.NewReader(got.Bytes))
		if err != nil || is.Bounds() != up.Bounds() {
			t.Fatalf("%d: %v %v", how, err, is.Bounds())
		}
		for y := range 3 {
			for x := range 5 {
				if color.NRGBAModel.Convert(is.At(x, y)) != up.At(x, y) {
					t.Fatalf("held in way %d, point %d,%d is %v and was %v", how, x, y, is.At(x, y), up.At(x, y))
				}
			}
		}
	}
	side := withMark(jpegOf(t, 40, 30), 0xe1, append([]byte("Exif\x00\x00"), exif(binary.BigEndian, 6)...))
	got, err := Read(side)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := jpeg.DecodeConfig(bytes.NewReader(got.Bytes)); err != nil || c.Width != 30 || c.Height != 40 {
		t.Errorf("a photo on its side stays on its side: %v %v", c, err)
	}
}

// sized is the beginning of a picture that would take this much room.
func sizedPNG(t *testing.T, w, h uint32, kind byte) []byte {
	b := pngOf(t, 1, 1)
	binary.BigEndian.PutUint32(b[16:], w)
	binary.BigEndian.PutUint32(b[20:], h)
	if kind != 0 {
		b[24], b[25] = 16, kind
	}
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func sizedJPEG(t *testing.T, w, h uint16, start byte) []byte {
	b := jpegOf(t, 1, 1)
	i := bytes.Index(b, []byte{0xff, 0xc0})
	b[i+1] = start
	binary.BigEndian.PutUint16(b[i+5:], h)
	binary.BigEndian.PutUint16(b[i+7:], w)
	return b
}

func TestAPictureThatFillsTheMemoryIsNeverOpened(t *testing.T) {
	tests := map[string]struct {
		b   []byte
		why string
	}{
		"60000 by 60000":                  {sizedPNG(t, 60000, 60000, 0), "huge"},
		"a strip":                         {sizedPNG(t, 1<<20, 1, 0), "huge"},
		"one too many for wide numbers":   {sizedPNG(t, 4001, 4001, 6), "huge"},
		"the largest there is":            {sizedPNG(t, 1<<31-1, 1<<31-1, 0), "picture"}, // the reader itself says no
		"a photo of 65000 by 65000":       {sizedJPEG(t, 65000, 65000, 0xc0), "huge"},
		"a photo in passes":               {sizedJPEG(t, 4100, 4100, 0xc2), "huge"},
		"as large, in one pass":           {sizedJPEG(t, 4100, 4100, 0xc0), "picture"}, // it is opened, and broken
		"a photo without width":           {sizedJPEG(t, 0, 10, 0xc0), "picture"},
		"a photo that breaks off":         {jpegOf(t, 400, 300)[:700], "picture"},
		"a picture that breaks off":       {pngOf(t, 40, 30)[:60], "picture"},
		"the beginning of a photo":        {[]byte("\xff\xd8\xff"), "picture"},
		"the beginning of a picture":      {[]byte("\x89PNG\r\n\x1a\n"), "picture"},
		"a page of a site called a photo": {[]byte("<html><script>alert(1)</script>"), "other"},
	}
	for name, x := range tests {
		if why := reasonOf(t, string(x.b)); why != x.why {
			t.Errorf("%s: %q, not %q", name, why, x.why)
		}
	}
}

func TestAPreviewIsSmallAndOnWhite(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 2500, 1300)) // nothing on it: seen through, it is white
	m.Set(0, 0, color.NRGBA{0, 0, 0, 255})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	p, err := Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	small, err := jpeg.Decode(bytes.NewReader(p.Preview))
	if err != nil {
		t.Fatal(err)
	}
	if s := small.Bounds().Size(); s.X > previewSide || s.Y > previewSide || s.X < previewSide/2 {
		t.Errorf("the preview is %v", s)
	}
	if r, g, bl, _ := small.At(500, 250).RGBA(); r < 0xf000 || g < 0xf000 || bl < 0xf000 {
		t.Error("what is seen through is not white")
	}
}

func TestStrangersAreToldWhatToSend(t *testing.T) {
	for name, x := range map[string]struct{ b, why string }{
		"nothing":          {"", "empty"},
		"too large":        {"\xff\xd8\xff" + strings.Repeat("x", FileMost), "big"},
		"HEIC":             {"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "heic"},
		"a film":           {"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "other"},
		"Word":             {"PK\x03\x04....[Content_Types].xml word/document.xml", "office"},
		"OpenDocument":     {"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", "office"},
		"old Word":         {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"},
		"rich text":        {`{\rtf1 x}`, "office"},
		"zip":              {"PK\x03\x04....photo.jpg", "archive"},
		"rar":              {"Rar!\x1a\x07", "archive"},
		"gzip":             {"\x1f\x8b\x08", "archive"},
		"SVG":              {`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "other"},
		"GIF":              {"GIF89a", "other"},
		"a program":        {"MZ\x90\x00", "other"},
		"a page of a site": {"<!doctype html>", "other"},
	} {
		if why := reasonOf(t, x.b); why != x.why {
			t.Errorf("%s: %q, not %q", name, why, x.why)
		}
	}
}

func BenchmarkPhoto(b *testing.B) {
	photo := jpegOf(b, 4000, 3000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(photo); err != nil {
			b.Fatal(err)
		}
	}
}
