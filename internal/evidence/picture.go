package evidence

// This file writes pictures anew: decoded, turned upright, encoded. What does not belong to the picture itself, such as
// where it was taken, or a second file behind it, does not survive that.

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// How large a picture may be, asked before it is decoded: a small file can hold a picture that fills the memory.
const (
	pixelsMost      = 50_000_000
	pixelsInPasses  = 16_000_000  // a JPEG in several passes is held as wide numbers until the last
	decodedMost     = 128_000_000 // bytes of a decoded PNG
	previewSide     = 1000
	keptQuality     = 90
	previewQuality  = 72
	samplesPerPixel = 3 // of a preview, in each direction
)

// picture reads a JPEG or a PNG and writes it anew, with a small one beside it.
func picture(b []byte, t Type) (Paper, error) {
	var c image.Config
	var err error
	turn, passes := 1, false
	if t == JPEG {
		c, err = jpeg.DecodeConfig(bytes.NewReader(b))
		turn, passes = jpegMarks(b)
	} else {
		c, err = png.DecodeConfig(bytes.NewReader(b))
		turn = pngTurn(b)
	}
	if err != nil || c.Width <= 0 || c.Height <= 0 {
		return Paper{}, refused("picture")
	}
	pixels := c.Width * c.Height
	if c.Width > 1<<16 || c.Height > 1<<16 || pixels > pixelsMost || passes && pixels > pixelsInPasses || t == PNG && pixels*depth(c.ColorModel) > decodedMost {
		return Paper{}, refused("huge")
	}
	var m image.Image
	if t == JPEG {
		m, err = jpeg.Decode(bytes.NewReader(b))
	} else {
		m, err = png.Decode(bytes.NewReader(b))
	}
	if err != nil {
		return Paper{}, refused("picture")
	}
	if turn != 1 {
		m = turned{m, turn}
	}
	var whole, small bytes.Buffer
	if t == JPEG {
		err = jpeg.Encode(&whole, m, &jpeg.Options{Quality: keptQuality})
	} else {
		err = png.Encode(&whole, m)
	}
	if err != nil {
		return Paper{}, refused("picture")
	}
	if whole.Len() > FileMost {
		return Paper{}, refused("big")
	}
	if err := jpeg.Encode(&small, shrunk(m, previewSide), &jpeg.Options{Quality: previewQuality}); err != nil {
		return Paper{}, refused("picture")
	}
	return Paper{Type: t, Bytes: whole.Bytes(), Preview: small.Bytes()}, nil
}

// depth is how many bytes one decoded pixel takes.
func depth(m color.Model) int {
	switch m {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, palette := m.(color.Palette); palette {
		return 1
	}
	return 4
}

// jpegMarks reads the marks before the picture: how it must be turned, and whether it comes in several passes, which is
// taken to be so until the mark of a single one is seen.
func jpegMarks(b []byte) (turn int, passes bool) {
	turn, passes = 1, true
	for i := 2; i+4 <= len(b) && b[i] == 0xff; {
		mark := b[i+1]
		if mark == 0xff { // filling
			i++
			continue
		}
		if mark == 0xd8 || mark == 0x01 || mark >= 0xd0 && mark <= 0xd7 {
			i += 2
			continue
		}
		n := int(binary.BigEndian.Uint16(b[i+2:]))
		if mark == 0xda || n < 2 || i+2+n > len(b) {
			return turn, passes
		}
		part := b[i+4 : i+2+n]
		switch {
		case mark == 0xc0 || mark == 0xc1:
			passes = false
		case mark == 0xe1 && bytes.HasPrefix(part, []byte("Exif\x00\x00")) && turn == 1:
			turn = exifTurn(part[6:])
		}
		i += 2 + n
	}
	return turn, passes
}

// pngTurn finds how a PNG must be turned; few say it.
func pngTurn(b []byte) int {
	for i := 8; i+12 <= len(b); {
		n := int(binary.BigEndian.Uint32(b[i:]))
		if n < 0 || n > len(b)-i-12 {
			return 1
		}
		if string(b[i+4:i+8]) == "eXIf" {
			return exifTurn(b[i+8 : i+8+n])
		}
		i += 12 + n
	}
	return 1
}

// exifTurn reads one of the eight ways in which a camera was held; whatever cannot be read is upright.
func exifTurn(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var o binary.ByteOrder
	switch string(b[:4]) {
	case "II*\x00":
		o = binary.LittleEndian
	case "MM\x00*":
		o = binary.BigEndian
	default:
		return 1
	}
	at := uint64(o.Uint32(b[4:]))
	if at+2 > uint64(len(b)) {
		return 1
	}
	n := int(o.Uint16(b[at:]))
	for i := range n {
		e := at + 2 + uint64(i)*12
		if e+12 > uint64(len(b)) {
			return 1
		}
		if o.Uint16(b[e:]) == 0x0112 {
			if t := int(o.Uint16(b[e+8:])); t >= 1 && t <= 8 {
				return t
			}
			return 1
		}
	}
	return 1
}

// turned is a picture seen the way the camera was held, without a copy of it.
type turned struct {
	image.Image
	how int
}

// Bounds lie at the origin; the four ways on its side change width and height.
func (t turned) Bounds() image.Rectangle {
	b := t.Image.Bounds()
	if t.how >= 5 {
		return image.Rect(0, 0, b.Dy(), b.Dx())
	}
	return image.Rect(0, 0, b.Dx(), b.Dy())
}

// At finds the point in the picture as it was taken.
func (t turned) At(x, y int) color.Color {
	b := t.Image.Bounds()
	right, bottom := b.Dx()-1, b.Dy()-1
	switch t.how {
	case 2:
		x = right - x
	case 3:
		x, y = right-x, bottom-y
	case 4:
		y = bottom - y
	case 5:
		x, y = y, x
	case 6:
		x, y = y, bottom-x
	case 7:
		x, y = right-y, bottom-x
	case 8:
		x, y = right-y, x
	}
	return t.Image.At(b.Min.X+x, b.Min.Y+y)
}

// shrunk is a picture of at most so many points a side, on white paper.
func shrunk(m image.Image, side int) *image.RGBA {
	b := m.Bounds()
	k := max(1, (max(b.Dx(), b.Dy())+side-1)/side)
	w, h := (b.Dx()+k-1)/k, (b.Dy()+k-1)/k
	step := max(1, k/samplesPerPixel)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			var r, g, bl, n uint32
			for dy := 0; dy < k && y*k+dy < b.Dy(); dy += step {
				for dx := 0; dx < k && x*k+dx < b.Dx(); dx += step {
					pr, pg, pb, pa := m.At(b.Min.X+x*k+dx, b.Min.Y+y*k+dy).RGBA()
					white := 0xffff - pa
					r, g, bl, n = r+(pr+white)>>8, g+(pg+white)>>8, bl+(pb+white)>>8, n+1
				}
			}
			i := out.PixOffset(x, y)
			out.Pix[i], out.Pix[i+1], out.Pix[i+2], out.Pix[i+3] = uint8(r/n), uint8(g/n), uint8(bl/n), 255
		}
	}
	return out
}
