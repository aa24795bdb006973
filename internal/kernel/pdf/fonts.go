package pdf

// This file holds the three fonts: Noto, under the SIL Open Font License (font/OFL.txt).

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"sync"

	"github.com/go-text/typesetting/font"
)

//go:embed font/*.ttf.gz
var packed embed.FS

// typeface is one font: its bytes, and how it is read.
type typeface struct {
	name string
	data []byte
	font *font.Font
}

// names are the fonts in the order in which a letter is looked for.
var names = []string{"NotoSans-Regular", "NotoNaskhArabic-Regular", "NotoSansEthiopic-Regular"}

// faces unpacks the fonts, once, when the first paper is made: most programs that start make none.
var faces = sync.OnceValues(func() ([]typeface, error) {
	var out []typeface
	for _, n := range names {
		f, err := packed.Open("font/" + n + ".ttf.gz")
		if err != nil {
			return nil, err
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("pdf: the font %s: %w", n, err)
		}
		b, err := io.ReadAll(z)
		if err != nil {
			return nil, fmt.Errorf("pdf: the font %s: %w", n, err)
		}
		face, err := font.ParseTTF(bytes.NewReader(b))
		if err != nil {
			return nil, fmt.Errorf("pdf: the font %s: %w", n, err)
		}
		out = append(out, typeface{n, b, face.Font})
	}
	return out, nil
})
