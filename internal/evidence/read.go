package evidence

// This file says what a file is, by its bytes, and whether it may come in.

import (
	"bytes"

	"reisgezel/internal/kernel/fault"
)

// Type is what a kept file is.
type Type string

// The types that are kept.
const (
	PDF  Type = "pdf"
	JPEG Type = "jpeg"
	PNG  Type = "png"
)

// Mime is the type as browsers call it.
func (t Type) Mime() string {
	if t == PDF {
		return "application/pdf"
	}
	return "image/" + string(t)
}

// Ending is how the name of a download ends.
func (t Type) Ending() string {
	if t == JPEG {
		return "jpg"
	}
	return string(t)
}

// FileMost is the largest file in bytes.
const FileMost = 20 << 20

// Paper is a file that may be kept. Preview is a small picture of it; a PDF has none, because making one would mean running
// what somebody sent.
type Paper struct {
	Type    Type
	Bytes   []byte
	Preview []byte
}

// refused says why a file does not come in, at the field where it was chosen.
func refused(why string) error {
	return fault.Fields{{Name: "file", Key: "evidence.refused." + why}}.Err()
}

// Read takes a file in, or says why not. What comes out is not always what went in: pictures are written anew.
func Read(b []byte) (Paper, error) {
	switch {
	case len(b) == 0:
		return Paper{}, refused("empty")
	case len(b) > FileMost:
		return Paper{}, refused("big")
	case bytes.HasPrefix(b, []byte("%PDF-")):
		if err := checkPDF(b); err != nil {
			return Paper{}, err
		}
		return Paper{Type: PDF, Bytes: b}, nil
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return picture(b, JPEG)
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return picture(b, PNG)
	}
	return Paper{}, refused(stranger(b))
}

// stranger names a file that is not kept, as closely as its sender must know to send something else.
func stranger(b []byte) string {
	begins := func(heads ...string) bool {
		for _, h := range heads {
			if bytes.HasPrefix(b, []byte(h)) {
				return true
			}
		}
		return false
	}
	switch {
	case len(b) >= 12 && string(b[4:8]) == "ftyp":
		switch string(b[8:12]) {
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis":
			return "heic"
		}
	case begins("PK\x03\x04", "PK\x05\x06", "PK\x07\x08"):
		if bytes.Contains(b, []byte("word/")) || bytes.Contains(b, []byte("[Content_Types].xml")) || bytes.Contains(b, []byte("application/vnd.oasis")) {
			return "office"
		}
		return "archive"
	case begins("\xd0\xcf\x11\xe0", `{\rtf`):
		return "office"
	case begins("Rar!", "7z\xbc\xaf", "\x1f\x8b", "BZh", "\xfd7zXZ"):
		return "archive"
	}
	return "other"
}
