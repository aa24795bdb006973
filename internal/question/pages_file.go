package question

// This file takes in recordings and photographs, lets them be heard and seen before they are sent, and gives them to who may
// have them.

import (
	"bytes"
	"io"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/sound"
	"reisgezel/internal/kernel/web"
)

// filesMost is the largest form with a recording and a photograph: room beside them, so that one which is a little too large is told
// at its field and no word is lost.
const filesMost = sound.Most + PhotoMost + 8<<20

// shownFile is a recording or a photograph on a page.
type shownFile struct {
	ID, URL, SmallURL string
	Voice             bool
	Label             string
}

func show(v *web.Visit, f File, url func(id, part string) string) shownFile {
	x := shownFile{ID: f.ID, URL: url(f.ID, "body"), Voice: f.Kind == Voice, Label: lang.T(v.Ctx(), "question.file."+f.Kind)}
	if f.Kind == Photo && f.Type != "application/pdf" {
		x.SmallURL = url(f.ID, "small")
	}
	return x
}

// shown are the files of a question by the line with which they came.
func (q *Questions) shown(v *web.Visit, a Ask, url func(id, part string) string) (map[string][]shownFile, error) {
	fs, err := sentFiles(v.Ctx(), q.db, a.ID)
	out := map[string][]shownFile{}
	for _, f := range fs {
		out[f.Line] = append(out[f.Line], show(v, f, url))
	}
	return out, err
}

// compose is a form that writes, speaks and photographs: its words, and what waits to be sent with them.
type compose struct {
	Text string
	Held []shownFile
}

// composed is the form as it waits. What was typed just now goes before what stood there.
func (q *Questions) composed(v *web.Visit, f dossier.File, ask, text string, typed bool) (compose, error) {
	fs, err := heldFiles(v.Ctx(), q.db, f.ID(), ask)
	if err != nil {
		return compose{}, err
	}
	c := compose{Text: text}
	for _, x := range fs {
		c.Held = append(c.Held, show(v, x, func(id, part string) string { return v.URL("question.own_file", "clip", id, "deel", part) }))
	}
	if !typed {
		c.Text, err = heldText(v.Ctx(), q.db, f.Key(), f.ID(), ask)
	}
	return c, err
}

// compose reads a form. A new recording or photograph is kept first, and heard or seen before it is sent: then the answer is
// given, and done is true. So it is when something is taken away. Otherwise it gives the words, and every fault.
func (q *Questions) compose(v *web.Visit, f dossier.File, ask string, waiting int, back string) (text string, fs fault.Fields, done bool, err error) {
	text = v.Value("tekst")
	held, err := heldFiles(v.Ctx(), q.db, f.ID(), ask)
	if err != nil {
		return text, nil, false, err
	}
	if gone := v.Value("weg"); gone != "" {
		return text, nil, true, v.Write(func(tx *db.Tx) (string, error) {
			if err := dropFile(v.Ctx(), tx, f.ID(), gone); err != nil {
				return "", err
			}
			return back, holdText(v.Ctx(), tx, f.Key(), f.ID(), ask, text)
		})
	}
	fresh, err := q.receive(v, held)
	if x := fault.As(err); err != nil && x.Kind == fault.Invalid {
		fs = append(fs, x.Fields...)
	} else if err != nil {
		return text, nil, false, err
	}
	if len(fresh) > 0 && len(fs) == 0 {
		return text, nil, true, v.Write(func(tx *db.Tx) (string, error) {
			for _, x := range fresh {
				x.file.Person, x.file.Ask = f.ID(), ask
				if _, err := putFile(v.Ctx(), tx, f.Key(), x.file, x.body, x.small); err != nil {
					return "", err
				}
			}
			return withSaid(back, "question.said.held"), holdText(v.Ctx(), tx, f.Key(), f.ID(), ask, text)
		})
	}
	return text, append(CheckAsked(text, len(held)+len(fs), waiting), fs...), false, nil
}

func withSaid(to, said string) string { return to + "?gezegd=" + said }

// came is a file that was just sent in.
type came struct {
	file        File
	body, small []byte
}

// refused says why a file does not come in, at the field where it was chosen.
func refused(field, why string) error {
	return fault.Fields{{Name: field, Key: "question.refused." + why}}.Err()
}

// receive reads the files of a form; fields that were left empty are none.
func (q *Questions) receive(v *web.Visit, held []File) ([]came, error) {
	var out []came
	var fs fault.Fields
	add := func(kind string, most int64, why string, read func(b []byte) (came, error), names ...string) error {
		for _, field := range names {
			_, file, size, err := v.File(field)
			if err != nil || size == 0 {
				continue // nothing was chosen
			}
			b, err := io.ReadAll(io.LimitReader(file, most+1))
			_ = file.Close()
			if err == nil {
				err = room(held, kind)
			}
			if err == nil && int64(len(b)) > most {
				err = refused(names[0], why)
			}
			if err == nil && kind == Voice { // whoever reads pictures lets them be looked at too
				var clean bool
				if clean, err = q.lent.Clean(v.Ctx(), b); err != nil {
					return &fault.Fault{Kind: fault.Unavailable, Key: "question.refused.scanner", Cause: err}
				}
				if !clean {
					err = refused(names[0], "virus")
				}
			}
			var x came
			if err == nil {
				x, err = read(b)
			}
			if f := fault.As(err); err != nil && f.Kind == fault.Invalid {
				fs = append(fs, f.Fields...)
				continue
			} else if err != nil {
				return err
			}
			x.file.Kind = kind
			out = append(out, x)
			held = append(held, x.file)
		}
		return nil
	}
	if err := add(Voice, sound.Most, "big", func(b []byte) (came, error) {
		s, why := sound.Read(b)
		if why != "" {
			return came{}, refused("geluid", why)
		}
		return came{file: File{Type: s.Kind}, body: s.Bytes}, nil
	}, "geluid"); err != nil {
		return nil, err
	}
	if err := add(Photo, PhotoMost, "large", func(b []byte) (came, error) {
		p, err := q.lent.Picture(v.Ctx(), b)
		return came{file: File{Type: p.Kind}, body: p.Whole, small: p.Small}, err
	}, "file"); err != nil {
		return nil, err
	}
	return out, fs.Err()
}

// parts are what of a file is given.
var parts = []string{"body", "small"}

// give answers with a file. A recording plays on the page, a photograph is saved; nothing is kept by the browser. The look is
// in the log before.
func (q *Questions) give(v *web.Visit, f dossier.File, x File, event string) error {
	part := v.Value("deel")
	if !slices.Contains(parts, part) {
		part = "body"
	}
	b, err := content(v.Ctx(), q.db, f.Key(), x.ID, part)
	if err != nil {
		return err
	}
	if err := q.db.Tx(v.Ctx(), func(tx *db.Tx) error { return f.Log(v.Ctx(), tx, event, x.ID) }); err != nil {
		return err
	}
	if x.Kind == Voice {
		return v.Sound(x.Type, b)
	}
	if part == "small" {
		x.Type = "image/jpeg"
	}
	return v.Download("foto-"+clock.DateOf(x.At.In(clock.Netherlands)).String()+"."+x.Ending(), x.Type, bytes.NewReader(b))
}

func (q *Questions) ownFile(v *web.Visit) error {
	f, err := q.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	x, err := file(v.Ctx(), q.db, f.ID(), v.Param("clip"))
	if err != nil {
		return err
	}
	return q.give(v, f, x, "question.event.own")
}

func (q *Questions) staffFile(v *web.Visit) error {
	f, err := q.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	a, err := q.asked(v)
	if err != nil {
		return err
	}
	x, err := file(v.Ctx(), q.db, f.ID(), v.Param("clip"))
	if err == nil && (x.Ask != a.ID || x.Line == "") {
		err = fault.Gone()
	}
	if err != nil {
		return err
	}
	event := "question.event.seen"
	if x.Kind == Voice {
		event = "question.event.heard"
	}
	return q.give(v, f, x, event)
}
