package care

// This file holds why a need is needed: a page for those who are named, and not there for anybody else.

import (
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type backgroundPage struct {
	File    dossier.File
	Keeps   bool
	Need    Need
	Title   string
	Words   string
	By      string
	Readers []ui.Option // who is named
	Others  []ui.Option // who could be
	Errors  fault.Fields
}

// readable is a need whose background the visitor may read: there is one, and they are named for it. Without a background
// whoever keeps the file may write the first words.
func (c *Care) readable(v *web.Visit, f dossier.File, q db.Q) (Need, error) {
	n, err := need(v.Ctx(), q, f, v.Param("need"))
	if err != nil || !n.Back && n.Removed.IsZero() && f.Changes(mayKeep) {
		return n, err
	}
	ok, err := named(v.Ctx(), q, n.ID, v.Actor.ID)
	if err == nil && !ok {
		err = fault.Gone()
	}
	return n, err
}

// background shows why. Whether one is named is asked before the file is opened, so that a page that is not there leaves no
// look behind; the look at the background stands in the log under its own name.
func (c *Care) background(v *web.Visit) error {
	f, err := c.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	n, err := c.readable(v, f, c.db)
	if err != nil {
		return err
	}
	if f, err = c.look(v); err != nil {
		return err
	}
	if n.Back {
		if err := c.db.Tx(v.Ctx(), func(tx *db.Tx) error { return f.Log(v.Ctx(), tx, "care.event.background", n.ID) }); err != nil {
			return err
		}
	}
	p, err := c.backgroundPage(v, f, n)
	if err != nil {
		return err
	}
	return v.Page(pageBackground(p))
}

func (c *Care) backgroundPage(v *web.Visit, f dossier.File, n Need) (backgroundPage, error) {
	ctx := v.Ctx()
	p := backgroundPage{File: f, Keeps: f.Changes(mayKeep), Need: n, Title: lang.T(ctx, "care.code."+n.What.Code)}
	rs, err := readers(ctx, c.db, f.ID())
	if err != nil {
		return p, err
	}
	helpers, err := c.files.Helpers(ctx, c.db, f.ID(), v.Now)
	if err != nil {
		return p, err
	}
	var b Background
	if n.Back {
		if b, err = background(ctx, c.db, f.Key(), n.ID); err != nil {
			return p, err
		}
	}
	ids := append(slices.Clone(helpers), b.MadeBy)
	for _, r := range rs {
		ids = append(ids, r.Colleague)
	}
	who, err := c.namesFor(ctx, f, ids...)
	if err != nil {
		return p, err
	}
	p.Words = b.Words
	if n.Back {
		p.By = lang.T(ctx, "care.by", "name", who.by(b.MadeBy), "when", lang.When(ctx, b.At, v.Now))
	}
	for _, r := range rs {
		if r.Need == n.ID {
			p.Readers = append(p.Readers, ui.Option{Value: r.Colleague, Label: who.by(r.Colleague)})
		}
	}
	p.Others = []ui.Option{{Label: lang.T(ctx, "care.choose")}}
	for _, id := range helpers {
		if !slices.ContainsFunc(p.Readers, func(o ui.Option) bool { return o.Value == id }) {
			p.Others = append(p.Others, ui.Option{Value: id, Label: who.by(id)})
		}
	}
	return p, nil
}

// open opens a file to change a background of it.
func (c *Care) openBackground(v *web.Visit) (dossier.File, Need, error) {
	f, err := c.keep(v)
	if err != nil {
		return f, Need{}, err
	}
	n, err := c.readable(v, f, c.db)
	if err == nil && !n.Removed.IsZero() {
		err = fault.Gone()
	}
	return f, n, err
}

func (c *Care) backgroundSave(v *web.Visit) error {
	f, n, err := c.openBackground(v)
	if err != nil {
		return err
	}
	words := v.Value("words")
	var fs fault.Fields
	if words == "" {
		fs.Add("words", "care.error.words")
	}
	text(&fs, "words", words, wordsMost)
	if len(fs) > 0 {
		p, err := c.backgroundPage(v, f, n)
		if err != nil {
			return err
		}
		p.Words, p.Errors = words, fs
		return v.Invalid(pageBackground(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if _, err := c.readable(v, f, tx); err != nil { // somebody else may have written the first words meanwhile
			return "", err
		}
		return v.URL("care.background", "person", f.ID(), "need", n.ID, "gezegd", "care.said.background"), setBackground(v.Ctx(), tx, f, n.ID, words)
	})
}

// reader names a colleague for a background, or ends that. Only who is named does either; the last one stays, or nobody
// could ever read it again.
func (c *Care) reader(v *web.Visit) error {
	f, n, err := c.openBackground(v)
	if err != nil {
		return err
	}
	if !n.Back {
		return fault.Gone()
	}
	p, err := c.backgroundPage(v, f, n)
	if err != nil {
		return err
	}
	to := v.URL("care.background", "person", f.ID(), "need", n.ID, "gezegd", "care.said.readers")
	if id := v.Value("end"); id != "" {
		if len(p.Readers) < 2 {
			return c.readerAgain(v, p, "care.error.last")
		}
		if id == v.Actor.ID {
			to = v.URL("care.needs", "person", f.ID(), "gezegd", "care.said.readers")
		}
		return v.Write(func(tx *db.Tx) (string, error) { return to, unname(v.Ctx(), tx, f, n.ID, id) })
	}
	id := v.Value("colleague")
	if id == "" || !slices.ContainsFunc(p.Others, func(o ui.Option) bool { return o.Value == id }) {
		return c.readerAgain(v, p, "care.error.colleague")
	}
	return v.Write(func(tx *db.Tx) (string, error) { return to, name(v.Ctx(), tx, f, n.ID, id) })
}

// readerAgain shows the page with what is wrong. It shows the background, so that is logged.
func (c *Care) readerAgain(v *web.Visit, p backgroundPage, key string) error {
	if err := c.db.Tx(v.Ctx(), func(tx *db.Tx) error { return p.File.Log(v.Ctx(), tx, "care.event.background", p.Need.ID) }); err != nil {
		return err
	}
	p.Errors.Add("colleague", key)
	return v.Invalid(pageBackground(p))
}

// take lets a leader who has the file take over a background of which nobody who is named works with the person any more.
func (c *Care) take(v *web.Visit) error {
	f, err := c.keep(v)
	if err != nil {
		return err
	}
	p, err := c.needsPage(v, f)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(p.Needs, func(r needRow) bool { return r.ID == v.Param("need") && r.Take })
	if i < 0 {
		return fault.Gone()
	}
	id := p.Needs[i].ID
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("care.background", "person", f.ID(), "need", id, "gezegd", "care.said.readers"), name(v.Ctx(), tx, f, id, v.Actor.ID)
	})
}
