package dossier

// This file holds the SQL of cards, of assignments, and of the question whether somebody is known elsewhere.

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

const tokenCard = "card"

// Issued is one printed card.
type Issued struct {
	ID, Tail, By  string
	Issued, Ended time.Time
}

// Cards of a person, newest first.
func (s *Files) cards(ctx context.Context, person string) ([]Issued, error) {
	return db.Many[Issued](ctx, s.db, db.F(`SELECT id, tail, by, issued, ended FROM dossier_card WHERE person = ? ORDER BY issued DESC, id DESC LIMIT 50`, person))
}

// NewCode makes the code of a card.
func NewCode() string {
	for {
		b := make([]byte, 32)
		if _, err := rand.Read(b); err != nil {
			panic("dossier: the machine gives no random bytes: " + err.Error())
		}
		if code, ok := CardCode(b); ok {
			return code
		}
	}
}

// Issue gives a person a new card with this code; the earlier ones end, so that a card that was lost opens nothing.
func (s *Files) Issue(ctx context.Context, tx *db.Tx, f File, code string) error {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE dossier_card SET ended = ? WHERE person = ? AND ended IS NULL`, tx.Now, f.id)); err != nil {
		return err
	}
	if err := s.putCard(ctx, tx, f.id, code, f.who.ID); err != nil {
		return err
	}
	return f.Log(ctx, tx, "dossier.event.card", "")
}

func (s *Files) putCard(ctx context.Context, tx *db.Tx, person, code, by string) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_card (id, person, token, tail, issued, by) VALUES (?,?,?,?,?,?)`,
		db.ID("c", tx.Now), person, s.vault.Token(tokenCard, code), code[CardLength-2:], tx.Now, by))
	return err
}

// EndCard ends one card of this person.
func (s *Files) EndCard(ctx context.Context, tx *db.Tx, f File, id string) error {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE dossier_card SET ended = ? WHERE id = ? AND person = ? AND ended IS NULL`, tx.Now, id, f.id)); err != nil {
		return err
	}
	return f.Log(ctx, tx, "dossier.event.card-ended", id)
}

// CardHolder is whose card this is.
type CardHolder struct {
	Person string
	Card   string
	Issued time.Time
}

// ByCard finds whose valid card a code is; nobody is the zero CardHolder. The caller decides, and logs that it asked.
func (s *Files) ByCard(ctx context.Context, q db.Q, code string) (CardHolder, error) {
	c, ok := ReadCard(code)
	if !ok {
		c = strings.Repeat("A", CardLength) // the same work for what cannot be a code
	}
	h, err := db.One[CardHolder](ctx, q, db.F(`SELECT person, id AS card, issued FROM dossier_card WHERE token = ? AND ended IS NULL`, s.vault.Token(tokenCard, c)))
	if fault.Is(err, fault.NotFound) || (err == nil && !ok) {
		return CardHolder{}, nil
	}
	return h, err
}

// Assign gives a colleague the file. Who already has it keeps it.
func (s *Files) Assign(ctx context.Context, tx *db.Tx, person, team, colleague string, by access.Actor, place string) error {
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM dossier_person WHERE id = ?`, person))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Gone()
	}
	held, err := access.OfSubject(ctx, tx, person)
	if err != nil {
		return err
	}
	for _, g := range held {
		if g.Holder == "user:"+colleague && (g.Why == access.Assignment || g.Why == access.Registered) && g.Ended.IsZero() {
			return nil
		}
	}
	if _, err := access.Give(ctx, tx, access.Grant{Subject: person, Holder: "user:" + colleague, Why: access.Assignment, Level: access.File, GivenBy: by.ID, Place: team}); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "dossier.event.assigned", Subject: person, Actor: by.ID, ActorKind: string(by.Kind), Role: roleOf(by), Place: place, OnBehalf: colleague, Session: by.Session})
}

// Unassign takes the file from a colleague. The last one cannot leave: a file without anybody would be forgotten.
func (s *Files) Unassign(ctx context.Context, tx *db.Tx, person, colleague string, by access.Actor) error {
	held, err := access.OfSubject(ctx, tx, person)
	if err != nil {
		return err
	}
	others, theirs := 0, 0
	for _, g := range held {
		if !g.Ended.IsZero() || (g.Why != access.Assignment && g.Why != access.Registered) {
			continue
		}
		if g.Holder == "user:"+colleague {
			theirs++
		} else {
			others++
		}
	}
	if theirs == 0 {
		return fault.Gone()
	}
	if others == 0 {
		return fault.New(fault.Invalid, "dossier.assign.last")
	}
	for _, why := range []access.Why{access.Assignment, access.Registered} {
		if err := access.EndHeld(ctx, tx, person, "user:"+colleague, why); err != nil {
			return err
		}
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "dossier.event.unassigned", Subject: person, Actor: by.ID, ActorKind: string(by.Kind), Role: roleOf(by), OnBehalf: colleague, Session: by.Session})
}

// Helpers are the colleagues to whom a file is assigned now.
func (s *Files) Helpers(ctx context.Context, q db.Q, person string, now time.Time) ([]string, error) {
	gs, err := access.OfSubject(ctx, q, person)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, g := range gs {
		if u, ok := strings.CutPrefix(g.Holder, "user:"); ok && (g.Why == access.Assignment || g.Why == access.Registered) && g.Ended.IsZero() && (g.Until.IsZero() || now.Before(g.Until)) {
			known := false
			for _, x := range out {
				known = known || x == u
			}
			if !known {
				out = append(out, u)
			}
		}
	}
	return out, nil
}

// askMost is how often a colleague may ask in one day whether people are known. More is a search through the country.
const askMost = 40

// Known is what somebody may hear about a possible duplicate.
type Known struct {
	Mine      []Listed // one's own people, by name
	Elsewhere bool     // somebody with two equal identifiers has a file that the asker may not see
	Strong    bool     // by a number that only one person has
}

// known looks for people who may be the same. Name and year, or a number: two identifiers, or none at all.
func (s *Files) known(ctx context.Context, a access.Actor, p Profile, now time.Time, count bool) (Known, error) {
	var out Known
	ids := map[string]bool{}
	if p.VNumber != "" {
		id, err := s.ByVNumber(ctx, s.db, p.VNumber)
		if err != nil {
			return out, err
		}
		if id != "" {
			ids[id], out.Strong = true, true
		}
	}
	for _, b := range p.Births {
		if b.Year == 0 {
			continue
		}
		found, err := s.ByNameAndBirth(ctx, s.db, p.Called, Birth{Year: b.Year})
		if err != nil {
			return out, err
		}
		full, err := s.ByNameAndBirth(ctx, s.db, p.Name(), Birth{Year: b.Year})
		if err != nil {
			return out, err
		}
		for _, id := range append(found, full...) {
			ids[id] = true
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	rows, err := db.Many[listRow](ctx, s.db, db.F(`SELECT p.id, p.team, p.card FROM dossier_person p WHERE`).
		With(db.In("p.id", list).And(access.Sees(a, now, access.DeskLevel, "p.id"))).Then(`ORDER BY p.id LIMIT 5`))
	if err != nil {
		return out, err
	}
	if out.Mine, err = s.open(ctx, rows); err != nil {
		return out, err
	}
	out.Elsewhere = len(rows) < len(list) && len(rows) < 5
	if !count || !out.Elsewhere {
		return out, nil
	}
	day := clock.Today(now).String()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM dossier_asked WHERE actor = ? AND day = ?`, a.ID, day))
		if err != nil {
			return err
		}
		if n >= askMost {
			return errLimit
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_asked (id, actor, day, at, hits) VALUES (?,?,?,?,?)`, db.ID("k", tx.Now), a.ID, day, tx.Now, len(list))); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{Event: "dossier.event.asked", Actor: a.ID, ActorKind: string(a.Kind), Role: roleOf(a), Session: a.Session})
	})
	if errors.Is(err, errLimit) {
		return Known{Mine: out.Mine}, nil // past the limit nothing about others is told
	}
	return out, err
}
