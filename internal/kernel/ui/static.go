package ui

// This file serves the static files: under an address that changes with their content, packed once, cached for ever.

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed static
var staticFS embed.FS

// Texts are the words of the shells and components.
//
//go:embed text/*.json
var Texts embed.FS

type asset struct {
	kind       string
	body, zips []byte
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
		a := asset{kind: mime.TypeByExtension(path.Ext(p)), body: b}
		if path.Ext(p) == ".woff2" {
			a.kind = "font/woff2"
		} else {
			var z bytes.Buffer
			w, _ := gzip.NewWriterLevel(&z, gzip.BestCompression)
			_, _ = w.Write(b)
			_ = w.Close()
			a.zips = z.Bytes()
		}
		out[strings.TrimPrefix(p, "static/")] = a
		return nil
	})
	if err != nil {
		panic("ui: the static files are part of the program: " + err.Error())
	}
	return out, hex.EncodeToString(sum.Sum(nil)[:6])
}

// Asset is the address of a static file.
func Asset(name string) string {
	file, _, _ := strings.Cut(name, "#")
	if _, ok := assets[file]; !ok {
		panic("ui: there is no static file " + file)
	}
	return "/static/" + hash + "/" + name
}

// Static answers /static/. An older address still gets today's file, so that a page in a slow browser keeps its looks.
func Static() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/static/"), "/")
		a, ok := assets[name]
		if !ok || (r.Method != http.MethodGet && r.Method != http.MethodHead) {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
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
			_, _ = w.Write(body)
		}
	})
}
