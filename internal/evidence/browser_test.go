package evidence

// This file sends papers from a real browser.

import (
	"encoding/base64"
	"encoding/binary"
	"testing"

	"reisgezel/internal/browsertest"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/ui"
)

func TestPapersFromAPhone(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	o.fill(t)
	o.Static = ui.Static()
	o.Set(self("p-selam"))
	o.Set(worker("u-amira", access.Case))
	in := func(name string, b []byte) string { return name + "=" + base64.StdEncoding.EncodeToString(b) }
	browsertest.Run(t, "papers.js", o.Server.URL,
		in("PHOTO", withMark(jpegOf(t, 40, 30), 0xe1, append([]byte("Exif\x00\x00"), exif(binary.BigEndian, 6)...))), in("PDF", []byte(plain(t))), in("ACTS", []byte(plain(t, "<</S /JavaScript>>"))))
}
