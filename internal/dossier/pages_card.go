package dossier

// This file holds the page of printed cards.

import (
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web"
)

type cardPage struct {
	File  File
	Cards []Issued
	Code  string // only in the answer to issuing it
	QR    string
	Size  int

	Lasting bool // false in an emergency: then no card is made or ended
}

func (s *Files) cardPage(v *web.Visit) error {
	f, err := s.Open(v, v.Param("person"), access.DeskLevel, "dossier.event.cards")
	if err != nil {
		return err
	}
	cs, err := cards(v.Ctx(), s.db, f.id)
	if err != nil {
		return err
	}
	return v.Page(pageCards(cardPage{File: f, Cards: cs, Lasting: f.Lasting() == nil}))
}

// issue makes a card and shows its code once; afterwards only the last two characters are known here.
func (s *Files) issue(v *web.Visit) error {
	f, err := s.openLasting(v, access.DeskLevel)
	if err != nil {
		return err
	}
	code := NewCode()
	before := ""
	if err := v.Write(func(tx *db.Tx) (string, error) {
		before = code
		return v.URL("dossier.cards", "person", f.id), s.Issue(v.Ctx(), tx, f, code)
	}); err != nil {
		return err
	}
	if before == "" { // the same form again: the card was made, its code was shown then
		return nil
	}
	path, size, err := qrPath(v.R.Host, code)
	if err != nil {
		return err
	}
	return v.Page(pageCard(cardPage{File: f, Code: code, QR: path, Size: size}))
}

func (s *Files) endCard(v *web.Visit) error {
	f, err := s.openLasting(v, access.DeskLevel)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("dossier.cards", "person", f.id, "gezegd", "dossier.said.card"), s.EndCard(v.Ctx(), tx, f, v.Value("card"))
	})
}
