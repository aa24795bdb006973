package ui

// This file serves the static files: under an address that changes with their content, packed once, cached for ever.

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html"
	"io"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

//go:embed static
var staticFS embed.FS

// Texts are the words of the shells and components.
//
//go:embed text/*.json
var Texts embed.FS

// kinds are the types of our files. The machine's own table is not asked: it differs from machine to machine, and a
// script of the wrong type is refused by the browser.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".txt": "text/plain; charset=utf-8", ".woff2": "font/woff2",
}

type asset struct {
	kind       string
	body, zips []byte // zips is nil where packing gains nothing
}

// assets are all static files; hash stands for their whole content.
var assets, hash = load()

func load() (map[string]asset, string) {
	out := map[string]asset{}
	sum := sha256.New()
	err := fs.WalkDir(staticFS, "static", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := staticFS.ReadFile(p)
		if err != nil {
			return err
		}
		sum.Write([]byte(p))
		sum.Write(b)
		out[strings.TrimPrefix(p, "static/")] = pack(path.Ext(p), b)
		return nil
	})
	if err != nil {
		panic("ui: the static files are part of the program: " + err.Error())
	}
	out["schemes.css"] = pack(".css", schemes(string(out["app.css"].body)))
	return out, hex.EncodeToString(sum.Sum(nil)[:6])
}

func pack(ext string, b []byte) asset {
	kind, ok := kinds[ext]
	if !ok {
		panic("ui: no type is known for static files that end in " + ext)
	}
	a := asset{kind: kind, body: b}
	if ext != ".woff2" {
		var z bytes.Buffer
		w, _ := gzip.NewWriterLevel(&z, gzip.BestCompression) // the level is a valid one
		_, _ = w.Write(b)
		_ = w.Close()
		a.zips = z.Bytes()
	}
	return a
}

// schemes makes the stylesheet of the styleguide from the one of the pages: the light and the dark tokens as classes, so
// that both are seen on one page and never differ from what pages really use.
func schemes(css string) []byte {
	block := func(begin string) string {
		_, after, ok := strings.Cut(css, begin+"{")
		inside, _, closed := strings.Cut(after, "}")
		if !ok || !closed {
			panic("ui: app.css has no block " + begin)
		}
		return inside
	}
	return []byte(".scheme-light{" + block("\n:root") + ";color-scheme:light}\n.scheme-dark{" + block(":root:not([data-theme=light])") + "}\n" +
		".scheme-light,.scheme-dark{background:var(--rg-paper);color:var(--rg-ink);line-height:var(--rg-lh);border:1px solid var(--rg-line);border-radius:var(--rg-r3);padding:var(--rg-s5)}\n")
}

// Asset is the address of a static file.
func Asset(name string) string {
	file, _, _ := strings.Cut(name, "#")
	if _, ok := assets[file]; !ok {
		panic("ui: there is no static file " + file)
	}
	return "/static/" + hash + "/" + name
}

// Icon is a picture from the sprite; a word always stands beside it. A page has some sixty, so each is written once and not by a
// template.
func Icon(name string) templ.Component {
	if p, ok := pictures[name]; ok {
		return p
	}
	return pictureOf(name)
}

type picture string

func (p picture) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, string(p))
	return err
}

func pictureOf(name string) picture {
	return picture(`<svg class="i" aria-hidden="true"><use href="` + html.EscapeString(Asset("icons.svg#"+name)) + `"></use></svg>`)
}

var pictures = func() map[string]templ.Component {
	all := map[string]templ.Component{"": templ.NopComponent}
	for _, m := range regexp.MustCompile(`<symbol id="([^"]+)"`).FindAllSubmatch(assets["icons.svg"].body, -1) {
		all[string(m[1])] = pictureOf(string(m[1]))
	}
	return all
}()

// Static answers /static/. An address with another content's hash still gets today's file, so that a page in a slow
// browser keeps its looks; but nobody keeps that answer, or after going back to an older program and forward again the
// old file would stay for a year under the new address.
func Static() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		of, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/static/"), "/")
		a, ok := assets[name]
		if !ok || (r.Method != http.MethodGet && r.Method != http.MethodHead) {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.kind)
		if of == hash {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			h.Set("Cache-Control", "no-store")
		}
		body := a.body
		if a.zips != nil {
			h.Set("Vary", "Accept-Encoding")
			if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
				h.Set("Content-Encoding", "gzip")
				body = a.zips
			}
		}
		h.Set("Content-Length", strconv.Itoa(len(body)))
		if r.Method == http.MethodGet {
			_, _ = w.Write(body) // who went away needs no answer
		}
	})
}
