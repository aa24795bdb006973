package rights

// This file gathers a copy of everything that is kept of a person, and writes it to read and for a machine.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

// part is what one capability keeps.
type part struct {
	room string
	data any
}

// gather asks every capability. Apart says whether what is kept apart is in it.
func (r *Rights) gather(ctx context.Context, q db.Q, person string, apart bool) ([]part, error) {
	var out []part
	for _, k := range r.keepers() {
		x, err := k.Export(ctx, q, r.vault, person)
		if err != nil {
			return nil, fmt.Errorf("a copy of what %s keeps: %w", k.Name, err)
		}
		if !apart && k.Apart != nil {
			x = k.Apart(x)
		}
		out = append(out, part{k.Name, x})
	}
	return out, nil
}

// download writes one of the two files of a copy.
func (r *Rights) download(v *web.Visit, q Request, k privacy.Key) error {
	if err := q.open(k); err != nil {
		return err
	}
	ps, err := r.gather(v.Ctx(), r.db, q.Person, q.Words.Apart)
	if err != nil {
		return err
	}
	name := "reisgezel-" + clock.Today(v.Now).String()
	switch v.Param("form") {
	case "lezen":
		var b bytes.Buffer
		d, err := r.readable(v, q, ps)
		if err != nil {
			return err
		}
		if err := document(d).Render(v.Ctx(), &b); err != nil {
			return err
		}
		return v.Download(name+".html", "text/html; charset=utf-8", &b)
	case "machine":
		all := map[string]any{}
		for _, p := range ps {
			all[p.room] = p.data
		}
		b, err := json.MarshalIndent(map[string]any{"made": v.Now.UTC(), "apart": q.Words.Apart, "data": all}, "", " ")
		if err != nil {
			return fault.Wrap(fault.Internal, "write a copy", err)
		}
		return v.Download(name+".json", "application/json", bytes.NewReader(b))
	}
	return fault.Gone()
}

// line is one thing of the copy as it is read.
type line struct {
	Label, Value, Link, Image string
	Items                     []line
	List                      bool
}

type section struct {
	Title string
	Items []line
}

// looks is how the file to read looks, within the file itself: wide enough for a telephone, far enough apart for a finger, and
// a long number breaks off instead of running out of the screen.
var looks = DataURL("text/css", []byte(`:root{color-scheme:light dark;font:100%/1.6 system-ui,sans-serif}
body{margin:0 auto;max-width:44rem;padding:1rem;overflow-wrap:anywhere}
nav li{padding-block:.4rem}
dt{font-weight:600;margin-block-start:.5rem}
dd{margin-inline-start:1rem}
ol,ul{padding-inline-start:1.4rem}
img{max-width:100%;height:auto}
section{break-before:auto;border-block-start:1px solid;margin-block-start:2rem}
`))

type documentP struct {
	Called, Made string
	Apart        bool
	Parts        []section
}

// readable writes a copy in the language of the page. Codes are told in the words of the pages where those have them.
func (r *Rights) readable(v *web.Visit, q Request, ps []part) (documentP, error) {
	ctx := v.Ctx()
	d := documentP{Called: q.Words.Called, Made: lang.FullDay(ctx, clock.Today(v.Now)) + ", " + lang.Time(ctx, v.Now), Apart: q.Words.Apart}
	var trees [][]Node
	ids := map[string]bool{}
	for _, p := range ps {
		t := Tree(p.data)
		gatherIDs(t, ids)
		trees = append(trees, t)
	}
	var all []string
	for id := range ids {
		all = append(all, id)
	}
	slices.Sort(all)
	names, err := r.org.Colleagues(ctx, all)
	if err != nil {
		return d, err
	}
	w := writer{ctx: ctx, name: func(id string) string { return names[id].Name }}
	for i, p := range ps {
		w.room = p.room
		if ls := w.lines(trees[i]); len(ls) > 0 {
			d.Parts = append(d.Parts, section{lang.T(ctx, "rights.room."+p.room), ls})
		}
	}
	return d, nil
}

func gatherIDs(ns []Node, out map[string]bool) {
	for _, n := range ns {
		if strings.HasPrefix(n.Text, "u-") && len(n.Text) < 60 {
			out[n.Text] = true
		}
		gatherIDs(n.Items, out)
	}
}

type writer struct {
	ctx  context.Context
	room string
	name func(id string) string
}

func (w writer) lines(ns []Node) []line {
	var out []line
	for _, n := range ns {
		l := line{Label: w.label(n.Key), List: n.List, Items: w.lines(n.Items)}
		switch {
		case !n.At.IsZero():
			l.Value = lang.FullDay(w.ctx, clock.Today(n.At)) + ", " + lang.Time(w.ctx, n.At)
		case !n.Day.IsZero():
			l.Value = lang.FullDay(w.ctx, n.Day)
		case n.Yes:
			l.Value = lang.T(w.ctx, "rights.copy.yes")
		case len(n.Bytes) > 0:
			kind := http.DetectContentType(n.Bytes)
			if strings.HasPrefix(kind, "image/") {
				l.Image = DataURL(kind, n.Bytes)
			}
			l.Link = DataURL(kind, n.Bytes)
			l.Value = lang.T(w.ctx, "rights.copy.open")
		default:
			l.Value = w.value(n.Key, n.Text)
		}
		out = append(out, l)
	}
	return out
}

// label is the name of a field in words; what a person wrote themselves as a name, such as a topic, stays as it is.
func (w writer) label(key string) string {
	if key == "" {
		return ""
	}
	if k := "rights.key." + Label(key); lang.Has(w.ctx, k) {
		return lang.T(w.ctx, k)
	}
	return key
}

// value is a value in words: who a colleague is, and what a code means, where a page of the same capability says it.
func (w writer) value(key, text string) string {
	if name := w.name(text); name != "" {
		return name
	}
	if !code(text) {
		return text
	}
	l := Label(key)
	for _, k := range []string{"rights.value." + text, text, w.room + "." + l + "." + text, w.room + "." + strings.TrimSuffix(l, "s") + "." + text, w.room + "." + text} {
		if strings.Contains(k, ".") && lang.Has(w.ctx, k) {
			if t := lang.T(w.ctx, k); !strings.Contains(t, "{") {
				return t
			}
		}
	}
	return text
}

// code says whether a text looks like a code of the program, and not like words of a person.
func code(s string) bool {
	return len(s) > 1 && len(s) < 60 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_.-0123456789") == ""
}

// named says whether every line has a name of its own.
func named(ls []line) bool {
	return !slices.ContainsFunc(ls, func(l line) bool { return l.Label == "" })
}

func partID(i int) string { return "deel-" + strconv.Itoa(i+1) }
