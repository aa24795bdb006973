package sound

// This file plays with recordings of every kind: what they tell besides their sound stays out, and what is no sound too.

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

// secret is what a recording may tell besides its sound.
const secret = "52.0907N 5.1214E"

// el is an element of EBML; a size of 0x01ffffffffffffff is one that nobody knew.
func el(id string, in ...[]byte) []byte {
	body := slices.Concat(in...)
	size := make([]byte, 8)
	binary.BigEndian.PutUint64(size, 1<<56|uint64(len(body)))
	return slices.Concat([]byte(id), size, body)
}

func open(id string, in ...[]byte) []byte {
	return slices.Concat([]byte(id), []byte("\x01\xff\xff\xff\xff\xff\xff\xff"), slices.Concat(in...))
}

func webmFile(kind byte, codec string) []byte {
	return slices.Concat(el("\x1a\x45\xdf\xa3", el("\x42\x82", []byte("webm"))), open("\x18\x53\x80\x67",
		el("\x15\x49\xa9\x66", el("\x7b\xa9", []byte(secret)), el("\x44\x61", []byte("12345678"))),
		el("\x16\x54\xae\x6b", el("\xae", el("\x83", []byte{kind}), el("\x86", []byte(codec)))),
		el("\x12\x54\xc3\x67", []byte(secret)),
		open("\x1f\x43\xb6\x75", el("\xe7", []byte{0}), el("\xa3", []byte("sound"))),
		open("\x1f\x43\xb6\x75", el("\xe7", []byte{9}), el("\xa3", []byte("sound")))))
}

func box(kind string, in ...[]byte) []byte {
	body := slices.Concat(in...)
	return slices.Concat(binary.BigEndian.AppendUint32(nil, uint32(8+len(body))), []byte(kind), body)
}

func mp4File(handler string) []byte {
	return slices.Concat(box("ftyp", []byte("M4A \x00\x00\x00\x00")), box("moov", box("udta", []byte(secret)),
		box("trak", box("mdia", box("hdlr", make([]byte, 8), []byte(handler), make([]byte, 12))), box("meta", []byte(secret)))), box("mdat", []byte("sound")))
}

func page(flags byte, in string) []byte {
	b := slices.Concat([]byte("OggS\x00"), []byte{flags}, make([]byte, 20), []byte{1, byte(len(in))})
	return append(b, in...)
}

func oggFile(head string) []byte {
	return slices.Concat(page(2, head+"\x01\x01"), page(0, "OpusTags\x04\x00\x00\x00home\x01\x00\x00\x00\x10\x00\x00\x00"+secret), page(4, "sound"))
}

func wavFile() []byte {
	part := func(name string, in []byte) []byte {
		return slices.Concat([]byte(name), binary.LittleEndian.AppendUint32(nil, uint32(len(in))), in, make([]byte, len(in)&1))
	}
	body := slices.Concat([]byte("WAVE"), part("LIST", []byte(secret)), part("fmt ", []byte("\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00")), part("data", []byte("sound")))
	return slices.Concat([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(body))), body)
}

func mp3File() []byte {
	frame := append([]byte{0xff, 0xfb, 0x90, 0x00}, make([]byte, 413)...)
	return slices.Concat([]byte("ID3\x04\x00\x00\x00\x00\x00\x10"), []byte(secret), bytes.Repeat(frame, 5), []byte("TAG"+secret))
}

func TestWhatIsSoundComesInWithoutWhatItTellsBesides(t *testing.T) {
	for kind, b := range map[string][]byte{"audio/webm": webmFile(2, "A_OPUS"), "audio/mp4": mp4File("soun"), "audio/ogg": oggFile("OpusHead"), "audio/wav": wavFile(), "audio/mpeg": mp3File()} {
		if !bytes.Contains(b, []byte(secret)) {
			t.Fatalf("%s: the test tells nothing", kind)
		}
		s, why := Read(b)
		if why != "" || s.Kind != kind {
			t.Errorf("%s: %q, %s", kind, s.Kind, why)
			continue
		}
		if bytes.Contains(s.Bytes, []byte(secret)) || bytes.Contains(s.Bytes, []byte("52.09")) {
			t.Errorf("%s still tells where it was made", kind)
		}
		if kind != "audio/mpeg" && !bytes.Contains(s.Bytes, []byte("sound")) {
			t.Errorf("%s has no sound left", kind)
		}
		again, why := Read(s.Bytes)
		if why != "" || !bytes.Equal(again.Bytes, s.Bytes) {
			t.Errorf("%s: what came in does not come in again: %s", kind, why)
		}
		for n := range len(b) { // half a file never panics, nor comes in as something else
			if s, why := Read(b[:n]); why == "" && s.Kind != kind {
				t.Errorf("%s: %d bytes of it are %s", kind, n, s.Kind)
			}
		}
	}
}

func TestWhatIsNoSoundStaysOut(t *testing.T) {
	png := []byte("\x89PNG\r\n\x1a\n" + strings.Repeat("x", 500))
	for what, b := range map[string][]byte{
		"nothing": nil, "a picture": png, "a page": []byte("<html><script>alert(1)</script>" + strings.Repeat(" ", 500)),
		"a film": webmFile(1, "V_VP8"), "a film that says it is sound": webmFile(2, "V_VP8"), "a film of a telephone": mp4File("vide"),
		"a film with sound":   slices.Concat(mp4File("soun"), box("moov", box("trak", box("mdia", box("hdlr", make([]byte, 8), []byte("vide"), make([]byte, 12)))))),
		"an Ogg of something": oggFile("\x80theora"), "an MP4 without a track": slices.Concat(box("ftyp", []byte("M4A ")), box("mdat", []byte("x"))),
		"too much": make([]byte, Most+1), "a page behind two frames": append(append([]byte{0xff, 0xfb, 0x90, 0x00}, make([]byte, 413)...), bytes.Repeat([]byte("<script>"), 900)...),
		"a matroska": bytes.Replace(webmFile(2, "A_OPUS"), []byte("webm"), []byte("mkva"), 1), "an endless box": []byte("\x00\x00\x00\x01ftyp\xff\xff\xff\xff\xff\xff\xff\xffM4A "),
	} {
		if s, why := Read(b); why == "" {
			t.Errorf("%s came in as %s", what, s.Kind)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, b := range [][]byte{webmFile(2, "A_OPUS"), mp4File("soun"), oggFile("OpusHead"), wavFile(), mp3File()} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, why := Read(b)
		if why != "" {
			return
		}
		if again, why := Read(s.Bytes); why != "" || again.Kind != s.Kind || len(again.Bytes) != len(s.Bytes) {
			t.Errorf("what came in as %s does not come in again: %s", s.Kind, why)
		}
	})
}
