package portal

// This file holds the tab of colleagues about a person's own page: whether a PIN was chosen, never the PIN.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web"
)

type staffPage struct {
	File     dossier.File
	PIN      pinRow
	Phone    time.Time // since when a telephone lets in
	Keys     int       // telephones that let in by their lock
	Copies   int       // to read without a network, on telephones
	Notice   time.Time // since when one is told that something is new
	Sessions []web.Session
	Now      time.Time
	Lasting  bool // false in an emergency: then nothing of the door is changed
}

func (s staffPage) blocked() bool { return s.Now.Before(s.PIN.Blocked) }

// forEver says whether only a colleague can end the block.
func (s staffPage) forEver() bool { return s.PIN.Fails >= lastTry }

func (p *Portal) staff(v *web.Visit) error {
	f, err := p.files.Open(v, v.Param("person"), access.DeskLevel, "portal.event.tend")
	if err != nil {
		return err
	}
	row, err := p.pin(v.Ctx(), p.db, f.ID())
	if err != nil {
		return err
	}
	ss, err := web.Sessions(v.Ctx(), p.db, access.IsSelf, f.ID(), v.Now)
	if err != nil {
		return err
	}
	tel, err := phone(v.Ctx(), p.db, f.ID())
	if err != nil {
		return err
	}
	n, err := noticeOf(v.Ctx(), p.db, f.ID())
	if err != nil {
		return err
	}
	ks, err := p.keys(v.Ctx(), p.db, f.ID())
	if err != nil {
		return err
	}
	cs, err := copies(v.Ctx(), p.db, f.ID(), v.Now)
	if err != nil {
		return err
	}
	return v.Page(pageStaff(staffPage{File: f, PIN: row, Phone: tel.Since, Notice: n.Since, Copies: len(cs), Keys: len(ks), Sessions: ss, Now: v.Now, Lasting: f.Lasting() == nil}))
}

// lasting opens a file for what outlives the access: an emergency must not end in a door of one's own.
func (p *Portal) lasting(v *web.Visit) (dossier.File, error) {
	f, err := p.files.OpenFor(v, v.Param("person"), access.DeskLevel)
	if err == nil {
		err = f.Lasting()
	}
	return f, err
}

// reset takes the PIN away, ends every session and lets the person choose again, face to face.
func (p *Portal) reset(v *web.Visit) error {
	f, err := p.lasting(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := reopen(v.Ctx(), tx, f.ID(), tx.Now.Add(Reopened)); err != nil {
			return "", err
		}
		if err := endDoors(v.Ctx(), tx, f.ID()); err != nil {
			return "", err
		}
		return v.URL("portal.staff", "person", f.ID(), "gezegd", "portal.said.reset"), f.Log(v.Ctx(), tx, "portal.event.reset", "")
	})
}

// endDoors ends what a telephone that is in other hands would still open: every session, and what is kept to be read without one.
func endDoors(ctx context.Context, tx *db.Tx, person string) error {
	if err := endCopies(ctx, tx, person); err != nil {
		return err
	}
	if err := endKeys(ctx, tx, person); err != nil {
		return err
	}
	return web.EndSessions(ctx, tx, access.IsSelf, person, "")
}

// shut ends one session of the person, or all.
func (p *Portal) shut(v *web.Visit) error {
	f, err := p.lasting(v)
	if err != nil {
		return err
	}
	id := v.Value("session")
	return v.Write(func(tx *db.Tx) (string, error) {
		end := func() error { return endDoors(v.Ctx(), tx, f.ID()) }
		if id != "" {
			end = func() error { return endWith(v.Ctx(), tx, f.ID(), id) }
		}
		if err := end(); err != nil {
			return "", err
		}
		return v.URL("portal.staff", "person", f.ID(), "gezegd", "portal.said.shut"), f.Log(v.Ctx(), tx, "portal.event.ended", id)
	})
}
