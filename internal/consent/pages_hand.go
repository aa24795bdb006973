package consent

// This file shares: the sheet with what somebody allowed, made once and kept as it was.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

type sharePage struct {
	File      dossier.File
	Row       row
	Parts     []Part
	Holds     bool
	Lasting   bool
	HandURL   string
	BackURL   string
	WordsLang string
}

// share shows what would leave the house now.
func (c *Consents) share(v *web.Visit) error {
	f, err := c.files.Open(v, v.Param("person"), access.File, "consent.event.read")
	if err != nil {
		return err
	}
	x, err := c.consentOf(v, office, f, v.Param("consent"))
	if err != nil {
		return err
	}
	names, err := c.names(v, []privacy.Consent{x}, nil)
	if err != nil {
		return err
	}
	w, err := c.row(v, office, f, x, names)
	if err != nil {
		return err
	}
	p := sharePage{File: f, Row: w, Holds: x.Holds(v.Now), Lasting: f.Lasting() == nil, WordsLang: x.Lang,
		HandURL: v.URL("consent.hand", "person", f.ID(), "consent", x.ID), BackURL: v.URL("consent.file", "person", f.ID())}
	if p.Holds {
		if p.Parts, err = c.parts(v, f, x.Asked.Parts); err != nil {
			return err
		}
	}
	return v.Page(pageShare(p))
}

// hand makes the sheet.
func (c *Consents) hand(v *web.Visit) error {
	f, err := c.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	if err := f.Lasting(); err != nil {
		return err
	}
	x, err := c.consentOf(v, office, f, v.Param("consent"))
	if err != nil {
		return err
	}
	parts, err := c.parts(v, f, x.Asked.Parts)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := hand(v.Ctx(), tx, f, x.ID, parts)
		return v.URL("consent.sheet", "person", f.ID(), "sheet", id), err
	})
}

type sheetPage struct {
	Sheet      Sheet
	Purpose    string
	Line       string // who shared it, and when
	BackURL    string
	BackCalled string // empty on the person's own page
}

func (c *Consents) sheetPage(v *web.Visit, f dossier.File) (sheetPage, error) {
	h, err := handedOne(v.Ctx(), c.db, f.Key(), f.ID(), v.Param("sheet"))
	if err != nil {
		return sheetPage{}, err
	}
	if _, err := c.consentOf(v, roomOf(v), f, h.Consent); err != nil {
		return sheetPage{}, err
	}
	names, err := c.names(v, nil, []Handed{h})
	if err != nil {
		return sheetPage{}, err
	}
	ctx := v.Ctx()
	return sheetPage{Sheet: h.Sheet, Purpose: lang.T(ctx, "consent.purpose."+h.Sheet.Purpose), Line: lang.T(ctx, "consent.sheet.line", "name", names[h.By], "when", lang.FullDay(ctx, dayOf(h.At)))}, nil
}

func (c *Consents) sheet(v *web.Visit) error {
	f, err := c.files.Open(v, v.Param("person"), access.File, "consent.event.read")
	if err != nil {
		return err
	}
	p, err := c.sheetPage(v, f)
	if err != nil {
		return err
	}
	p.BackURL, p.BackCalled = v.URL("consent.file", "person", f.ID()), f.Called()
	return v.Page(pageSheet(p))
}

// gave shows the person what was shared of them.
func (c *Consents) gave(v *web.Visit) error {
	_, f, err := c.open(v)
	if err != nil {
		return err
	}
	p, err := c.sheetPage(v, f)
	if err != nil {
		return err
	}
	p.BackURL = v.URL("consent.mine")
	return v.Page(pageGave(p))
}
