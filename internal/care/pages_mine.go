package care

// This file holds the refugee's own page: what help they need, in their own words, who can see what, and taking it back.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// mineReader is a colleague who can read why a need is needed.
type mineReader struct{ ID, Name string }

// mineNeed is one need as the person sees it: all of it.
type mineNeed struct {
	Need
	Title   string
	Why     string
	Readers []mineReader
}

type minePage struct {
	Needs  []mineNeed
	Gone   []mineNeed
	In     NeedInput
	Errors fault.Fields
}

func (c *Care) mine(v *web.Visit) error {
	f, err := c.files.Open(v, v.Actor.ID, access.File, "care.event.look")
	if err != nil {
		return err
	}
	p, err := c.minePage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pageMine(p))
}

func (c *Care) minePage(v *web.Visit, f dossier.File) (minePage, error) {
	ctx := v.Ctx()
	var p minePage
	ns, err := needsOf(ctx, c.db, f)
	if err != nil {
		return p, err
	}
	rs, err := readers(ctx, c.db, f.ID())
	if err != nil {
		return p, err
	}
	var ids []string
	for _, r := range rs {
		ids = append(ids, r.Colleague)
	}
	who, err := c.org.Colleagues(ctx, ids)
	if err != nil {
		return p, err
	}
	for _, n := range ns {
		m := mineNeed{Need: n, Title: lang.T(ctx, "care.code."+n.What.Code)}
		if n.Back {
			b, err := background(ctx, c.db, f.Key(), n.ID)
			if err != nil {
				return p, err
			}
			m.Why = b.Words
		}
		for _, r := range rs {
			if r.Need == n.ID && r.Colleague != f.ID() {
				m.Readers = append(m.Readers, mineReader{r.Colleague, who[r.Colleague].Called})
			}
		}
		switch {
		case n.Removed.IsZero():
			p.Needs = append(p.Needs, m)
		case n.RemovedBy == f.ID() && n.Restorable(v.Now):
			p.Gone = append(p.Gone, m)
		}
	}
	return p, nil
}

func (c *Care) own(v *web.Visit) (dossier.File, error) {
	return c.files.OpenFor(v, v.Actor.ID, access.File)
}

func (c *Care) mineAdd(v *web.Visit) error {
	f, err := c.own(v)
	if err != nil {
		return err
	}
	in := NeedInput{Code: v.Value("code"), Note: v.Value("note"), Told: "self", Consent: "yes"}
	t, review, fs := in.Check(clock.Today(v.Now))
	if len(fs) > 0 {
		p, err := c.minePage(v, f)
		if err != nil {
			return err
		}
		p.In, p.Errors = in, fs
		return v.Invalid(pageMine(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("care.mine", "gezegd", "care.said.mine"), addNeed(v.Ctx(), tx, f, t, review, "")
	})
}

func (c *Care) mineRemove(v *web.Visit) error {
	f, err := c.own(v)
	if err != nil {
		return err
	}
	undo := v.Has("undo")
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("care.mine", "gezegd", said(undo)), removeNeed(v.Ctx(), tx, f, v.Param("need"), undo)
	})
}

// mineReader ends what a colleague may read of why. The last one too: it is the person's own.
func (c *Care) mineReader(v *web.Visit) error {
	f, err := c.own(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("care.mine", "gezegd", "care.said.readers"), unname(v.Ctx(), tx, f, v.Param("need"), v.Value("colleague"))
	})
}
