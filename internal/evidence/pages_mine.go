package evidence

// This file holds the refugee's own page: what is there, what is still needed, and sending a photo of a paper.

import (
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// minePiece is one piece in the person's own words.
type minePiece struct {
	ID, Title, Sub, State, SendURL string
}

type mineDoc struct {
	Document
	Title, Sub, URL string
}

type minePage struct {
	Yours []minePiece // what the person gets
	Ours  []minePiece // what somebody else gets, or looks at
	There []minePiece
	Sent  []mineDoc // what the person sent
	Kept  []mineDoc // what colleagues added
	Back  []mineDoc // what the person took back and can put back
}

func (e *Evidence) mine(v *web.Visit) error {
	f, err := e.files.Open(v, v.Actor.ID, access.File, "evidence.event.look")
	if err != nil {
		return err
	}
	ctx := v.Ctx()
	var p minePage
	ps, err := e.minePieces(v, f)
	if err != nil {
		return err
	}
	for _, x := range ps {
		m := minePiece{ID: x.ID, Title: paperTitle(ctx, x.Kind, x.What.Title), State: x.State}
		if !x.Due.IsZero() && Open(x.State) {
			m.Sub = lang.T(ctx, "evidence.due", "day", lang.Day(ctx, x.Due))
		}
		switch {
		case x.State == There:
			p.There = append(p.There, m)
		case x.Yours():
			m.SendURL = v.URL("evidence.mine_new", "stuk", x.ID)
			p.Yours = append(p.Yours, m)
		case Open(x.State):
			p.Ours = append(p.Ours, m)
		}
	}
	ds, err := documentsOf(ctx, e.db, f)
	if err != nil {
		return err
	}
	for _, d := range ds {
		if !d.Removed.IsZero() {
			if d.Own && d.RemovedBy == f.ID() && d.Restorable(v.Now) {
				p.Back = append(p.Back, mineDoc{Document: d, Title: paperTitle(ctx, d.Kind, d.What.Title)})
			}
			continue
		}
		ss, err := scans(ctx, e.db, d.ID)
		if err != nil {
			return err
		}
		m := mineDoc{Document: d, Title: paperTitle(ctx, d.Kind, d.What.Title), Sub: lang.Dots(lang.When(ctx, d.At, v.Now), alarmText(ctx, d.Expires, clock.Today(v.Now)))}
		if len(ss) > 0 {
			m.URL = v.URL("evidence.mine_file", "document", d.ID, "scan", ss[0].ID)
		}
		if d.Own {
			p.Sent = append(p.Sent, m)
		} else {
			p.Kept = append(p.Kept, m)
		}
	}
	return v.Page(pageMine(p))
}

// minePieces are the pieces of the claims that are open, in order.
func (e *Evidence) minePieces(v *web.Visit, f dossier.File) ([]Piece, error) {
	ps, err := pieces(v.Ctx(), e.db, f.Key(), db.F(`person = ? AND claim IN (SELECT id FROM evidence_claim WHERE person = ? AND closed IS NULL)`, f.ID(), f.ID()))
	InOrder(ps)
	return ps, err
}

// sendPage is the form of the person.
type sendPage struct {
	Piece  minePiece // what it is for; empty when it is for nothing in particular
	In     DocumentInput
	Kinds  []ui.Option
	Held   string
	Errors fault.Fields
}

// sendFor fills the form: for one piece, or for anything.
func (e *Evidence) sendFor(v *web.Visit, f dossier.File, id string) (sendPage, []Piece, error) {
	p := sendPage{Kinds: paperOptions(v.Ctx())}
	ps, err := e.minePieces(v, f)
	if err != nil || id == "" {
		return p, ps, err
	}
	i := slices.IndexFunc(ps, func(x Piece) bool { return x.ID == id && Open(x.State) })
	if i < 0 {
		return p, ps, nil // it was closed meanwhile: what is sent is welcome all the same
	}
	p.Piece = minePiece{ID: id, Title: paperTitle(v.Ctx(), ps[i].Kind, ps[i].What.Title)}
	p.In = DocumentInput{Kind: ps[i].Kind, Title: ps[i].What.Title, Pieces: []string{id}}
	return p, ps, nil
}

func (e *Evidence) mineForm(v *web.Visit) error {
	f, err := e.files.Open(v, v.Actor.ID, access.File, "evidence.event.look")
	if err != nil {
		return err
	}
	p, _, err := e.sendFor(v, f, v.Value("stuk"))
	if err != nil {
		return err
	}
	return v.Page(pageSend(p))
}

func (e *Evidence) mineSend(v *web.Visit) error {
	f, err := e.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	p, ps, err := e.sendFor(v, f, v.Value("stuk"))
	if err != nil {
		return err
	}
	if p.Piece.ID == "" {
		p.In = DocumentInput{Kind: v.Value("kind"), Title: v.Value("title")}
	}
	_, fs := p.In.Check(ps, clock.Today(v.Now))
	n, err := sentToday(v.Ctx(), e.db, f, v.Now)
	if err != nil {
		return err
	}
	if n >= sentMost {
		fs.Add("file", "evidence.refused.many")
	}
	paper, held, err := e.receive(v, f)
	if p.Held, err = e.keepFaults(v, f, &fs, paper, held, err); err != nil {
		return err
	}
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageSend(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := e.addDocument(v.Ctx(), tx, f, p.In, clock.Date{}, paper)
		return v.URL("evidence.mine", "gezegd", "evidence.said.sent"), err
	})
}

func (e *Evidence) mineFile(v *web.Visit) error {
	f, err := e.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	return e.give(v, f, "whole", "evidence.event.taken")
}

// mineRemove takes back what the person sent, or puts it back. What a colleague added is not theirs to take away, and what
// a colleague took back is not theirs to put back.
func (e *Evidence) mineRemove(v *web.Visit) error {
	f, err := e.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	undo := v.Value("undo") != ""
	said := "evidence.said.removed"
	if undo {
		said = "evidence.said.restored"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		d, err := document(v.Ctx(), tx, f, v.Param("document"))
		if err != nil {
			return "", err
		}
		if !d.Own || undo && d.RemovedBy != "" && d.RemovedBy != f.ID() {
			return "", fault.Gone()
		}
		return v.URL("evidence.mine", "gezegd", said), e.takeBack(v.Ctx(), tx, f, d, undo)
	})
}
