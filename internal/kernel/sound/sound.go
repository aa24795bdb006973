// Package sound says what a recording is, by its bytes, and whether it may come in: nothing but sound, in a form that browsers
// play. What the file tells besides, such as where it was made, is taken out.
package sound

import (
	"bytes"
	"encoding/binary"
	"io"

	"reisgezel/internal/kernel/fault"
)

// Most is the largest recording in bytes: about twenty minutes as our pages record, one or two as a telephone does.
const Most = 4 << 20

// Sound is a recording that may be kept.
type Sound struct {
	Kind  string // as browsers call it
	Bytes []byte
}

// ForAll is the largest recording in bytes that everybody is offered: some minutes of speech, and no more than an old telephone can pay
// for.
const ForAll = 3 << 20

// everywhere says whether every telephone plays a kind of recording, old ones too, without much data.
func everywhere(kind string) bool { return kind == "audio/mpeg" || kind == "audio/mp4" }

// Why a recording does not come in.
const (
	Empty = "empty"
	Big   = "big"
	Not   = "sound" // it is no sound, or more than sound
)

// Read takes a recording in, or says why not; an empty why is that it came in.
func Read(b []byte) (s Sound, why string) {
	switch {
	case len(b) == 0:
		return Sound{}, Empty
	case len(b) > Most:
		return Sound{}, Big
	}
	b = bytes.Clone(b) // parts of it are wiped
	kind, ok := "", false
	switch {
	case bytes.HasPrefix(b, []byte("\x1a\x45\xdf\xa3")):
		kind, ok = "audio/webm", webm(b)
	case bytes.HasPrefix(b, []byte("OggS")):
		kind, ok = "audio/ogg", ogg(b)
	case len(b) > 12 && string(b[4:8]) == "ftyp":
		kind = "audio/mp4"
		tracks := 0
		ok = boxes(b, &tracks) && tracks > 0
	case bytes.HasPrefix(b, []byte("RIFF")) && len(b) > 12 && string(b[8:12]) == "WAVE":
		kind = "audio/wav"
		b, ok = wave(b)
	default:
		kind = "audio/mpeg"
		if len(b) > 1 && b[0] == 0xff && b[1]&0xf6 == 0xf0 {
			kind = "audio/aac"
		}
		b, ok = mpeg(b)
	}
	if !ok {
		return Sound{}, Not
	}
	return Sound{kind, b}, ""
}

// Take reads a recording that everybody is to hear, or says why it does not come in: it is no larger than ForAll, and of a kind that
// every telephone plays.
func Take(r io.Reader) (Sound, string, error) {
	b, err := io.ReadAll(io.LimitReader(r, ForAll+1))
	if err != nil {
		return Sound{}, "", fault.Wrap(fault.Internal, "read a recording", err)
	}
	if len(b) > ForAll {
		return Sound{}, Big, nil
	}
	s, why := Read(b)
	if why == "" && !everywhere(s.Kind) {
		why = Not
	}
	return s, why, nil
}

// vint reads a number of variable length as EBML writes it, and how many bytes it takes; unknown is the number that says
// that nobody knew yet. A head keeps its marker.
func vint(b []byte, head bool) (n uint64, size int, unknown bool) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0, false
	}
	for size = 1; b[0]&(0x80>>(size-1)) == 0; size++ {
	}
	if size > len(b) {
		return 0, 0, false
	}
	n = uint64(b[0])
	if !head {
		n &= 0xff >> size
	}
	ones := n == 0xff>>size
	for _, x := range b[1:size] {
		n, ones = n<<8|uint64(x), ones && x == 0xff
	}
	return n, size, ones && !head
}

// The elements of WebM that matter here.
const (
	ebmlHead    = 0x1a45dfa3
	ebmlType    = 0x4282
	ebmlSegment = 0x18538067
	ebmlCluster = 0x1f43b675
	ebmlTracks  = 0x1654ae6b
	ebmlTrack   = 0xae
	ebmlIs      = 0x83
	ebmlCodec   = 0x86
	ebmlInfo    = 0x1549a966
	ebmlTitle   = 0x7ba9
	ebmlDate    = 0x4461
	ebmlTags    = 0x1254c367
	ebmlFiles   = 0x1941a469
	ebmlChapter = 0x1043a770
	ebmlBlock   = 0xa3
	ebmlGroup   = 0xa0
)

// webm walks a WebM file. Every track must be sound; tags, titles and files inside become nothing.
func webm(b []byte) bool {
	seen := struct{ head, tracks, blocks int }{}
	var walk func(from, to int) bool
	walk = func(from, to int) bool {
		for at := from; at < to; {
			id, n, _ := vint(b[at:to], true)
			if n == 0 {
				return false
			}
			size, m, unknown := vint(b[at+n:to], false)
			if m == 0 || n > 4 {
				return false
			}
			begin := at + n + m
			if id == ebmlSegment || id == ebmlCluster { // their size may be unknown: what is in them comes next either way
				at = begin
				continue
			}
			if unknown || size > uint64(to-begin) {
				return false
			}
			end := begin + int(size)
			in := b[begin:end]
			switch id {
			case ebmlHead:
				seen.head++
				if !walk(begin, end) {
					return false
				}
			case ebmlType:
				if string(bytes.TrimRight(in, "\x00")) != "webm" {
					return false
				}
			case ebmlTracks, ebmlInfo:
				if !walk(begin, end) {
					return false
				}
			case ebmlTrack:
				seen.tracks++
				if !soundTrack(in) {
					return false
				}
			case ebmlTitle, ebmlDate, ebmlTags, ebmlFiles, ebmlChapter:
				void(b[at:end])
			case ebmlBlock, ebmlGroup:
				seen.blocks++
			}
			at = end
		}
		return true
	}
	return walk(0, len(b)) && seen.head == 1 && seen.tracks > 0 && seen.blocks > 0
}

// soundTrack says whether a track of WebM is sound.
func soundTrack(b []byte) bool {
	is, codec := false, false
	for at := 0; at < len(b); {
		id, n, _ := vint(b[at:], true)
		if n == 0 {
			return false
		}
		size, m, unknown := vint(b[at+n:], false)
		begin := at + n + m
		if m == 0 || unknown || size > uint64(len(b)-begin) {
			return false
		}
		in := b[begin : begin+int(size)]
		switch id {
		case ebmlIs:
			if len(in) != 1 || in[0] != 2 {
				return false
			}
			is = true
		case ebmlCodec:
			codec = bytes.HasPrefix(in, []byte("A_"))
		}
		at = begin + int(size)
	}
	return is && codec
}

// void makes an element of EBML an empty one of the same length.
func void(b []byte) {
	clear(b)
	b[0] = 0xec
	if len(b) >= 9 {
		binary.BigEndian.PutUint64(b[1:], 1<<56|uint64(len(b)-9))
	} else {
		b[1] = 0x80 | byte(len(b)-2)
	}
}

// boxes walks the boxes of MP4. Every track must be sound; what is written about the recording becomes nothing.
func boxes(b []byte, tracks *int) bool {
	for at := 0; at < len(b); {
		if len(b)-at < 8 {
			return false
		}
		size, begin := uint64(binary.BigEndian.Uint32(b[at:])), at+8
		switch {
		case size == 1 && len(b)-at >= 16:
			size, begin = binary.BigEndian.Uint64(b[at+8:]), at+16
		case size == 0:
			size = uint64(len(b) - at)
		}
		if size < uint64(begin-at) || size > uint64(len(b)-at) {
			return false
		}
		end := at + int(size)
		switch string(b[at+4 : at+8]) {
		case "trak":
			*tracks++
			if !bytes.Contains(b[begin:end], []byte("hdlr")) || !boxes(b[begin:end], tracks) {
				return false
			}
		case "moov", "mdia":
			if !boxes(b[begin:end], tracks) {
				return false
			}
		case "hdlr": // of a track; what stands elsewhere is inside meta, which is wiped
			if end-begin < 12 || string(b[begin+8:begin+12]) != "soun" {
				return false
			}
		case "udta", "meta", "uuid":
			copy(b[at+4:], "free")
			clear(b[begin:end])
		}
		at = end
	}
	return true
}

// oggSum is the check of a page of Ogg.
var oggSum = func() (t [256]uint32) {
	for i := range t {
		r := uint32(i) << 24
		for range 8 {
			if r&0x80000000 != 0 {
				r = r<<1 ^ 0x04c11db7
			} else {
				r <<= 1
			}
		}
		t[i] = r
	}
	return t
}()

// ogg walks the pages of Ogg. Every stream must be Opus; its comments become nothing.
func ogg(b []byte) bool {
	streams, tags, pages := 0, 0, 0
	for at := 0; at < len(b); pages++ {
		if len(b)-at < 27 || string(b[at:at+4]) != "OggS" || b[at+4] != 0 {
			return false
		}
		parts := int(b[at+26])
		begin := at + 27 + parts
		if begin > len(b) {
			return false
		}
		end := begin
		for _, n := range b[at+27 : begin] {
			end += int(n)
		}
		if end > len(b) {
			return false
		}
		in := b[begin:end]
		switch {
		case b[at+5]&2 != 0: // the first page of a stream
			if streams++; !bytes.HasPrefix(in, []byte("OpusHead")) {
				return false
			}
		case bytes.HasPrefix(in, []byte("OpusTags")):
			if tags++; len(in) < 16 || parts > 0 && b[begin-1] == 255 {
				return false // it goes on on the next page: somebody put a picture into it
			}
			clear(in[8:]) // no maker, no comments; what follows is padding
			clear(b[at+22 : at+26])
			var sum uint32
			for _, x := range b[at:end] {
				sum = sum<<8 ^ oggSum[byte(sum>>24)^x]
			}
			binary.LittleEndian.PutUint32(b[at+22:], sum)
		}
		at = end
	}
	return streams == 1 && tags == 1 && pages > 2
}

// wave writes a WAV file anew: its shape and its sound, and nothing else.
func wave(b []byte) ([]byte, bool) {
	out := []byte("RIFF\x00\x00\x00\x00WAVE")
	format, data := false, false
	for at := 12; at+8 <= len(b); {
		size := int(binary.LittleEndian.Uint32(b[at+4:]))
		end := at + 8 + size
		if size < 0 || end > len(b) {
			return nil, false
		}
		name := string(b[at : at+4])
		if name == "fmt " && (size < 16 || format) || name == "data" && (!format || data || size == 0) {
			return nil, false
		}
		format, data = format || name == "fmt ", data || name == "data"
		if name == "fmt " || name == "data" {
			out = append(out, b[at:end]...)
			out = append(out, make([]byte, size&1)...) // each part takes an even number of bytes
		}
		at = end + size&1
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out, format && data
}

// The speeds of MPEG layer III, in thousands of bits, for version 1 and for 2 and 2.5; and its samples a second.
var (
	mpegBits  = [2][15]int{{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}, {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}}
	mpegRates = [3]int{44100, 48000, 32000}
)

// mpeg takes the frames of MP3 or of AAC out of what stands around them. Only whole frames come in.
func mpeg(b []byte) ([]byte, bool) {
	if len(b) > 10 && string(b[:3]) == "ID3" {
		size := int(b[6]&0x7f)<<21 | int(b[7]&0x7f)<<14 | int(b[8]&0x7f)<<7 | int(b[9]&0x7f)
		if 10+size > len(b) {
			return nil, false
		}
		b = b[10+size:]
	}
	at, frames := 0, 0
	for len(b)-at >= 8 {
		size := frame(b[at:])
		if size == 0 || at+size > len(b) {
			break
		}
		at += size
		frames++
	}
	return b[:at], frames >= 4 && len(b)-at < 4096 // what stands after the last whole frame is a tag, or half a frame
}

// frame is how long a frame of MP3 or AAC is; zero when it is none.
func frame(b []byte) int {
	switch {
	case b[0] != 0xff:
		return 0
	case b[1]&0xf6 == 0xf0: // AAC
		if n := int(b[3]&3)<<11 | int(b[4])<<3 | int(b[5])>>5; n > 7 {
			return n
		}
		return 0
	case b[1]&0xe6 != 0xe2 || b[1]&0x18 == 0x08: // layer III only
		return 0
	}
	version, bits, rate := b[1]>>3&3, int(b[2]>>4), int(b[2]>>2&3)
	if bits == 0 || bits == 15 || rate == 3 {
		return 0
	}
	speed, samples, per := mpegBits[1][bits], mpegRates[rate], 72
	switch version {
	case 3:
		speed, per = mpegBits[0][bits], 144
	case 2:
		samples /= 2
	default:
		samples /= 4
	}
	return per*speed*1000/samples + int(b[2]>>1&1)
}
