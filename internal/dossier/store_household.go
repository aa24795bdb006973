package dossier

// This file holds who belongs together. A household opens nothing: nobody sees a relative's file because of it, and who a
// relative is, is told only to those who may see that file for a reason of their own.

import (
	"context"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// Member is one place in a household.
type Member struct {
	Household string
	Part      string // of MemberParts
}

// MemberParts are the places in a household.
var MemberParts = []string{"parent", "partner", "child", "other"}

// Join puts a person in a household.
func Join(ctx context.Context, tx *db.Tx, person string, m Member) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_member (household, person, part) VALUES (?,?,?) ON CONFLICT (household, person) DO UPDATE SET part = excluded.part`, m.Household, person, m.Part))
	return err
}

func households(ctx context.Context, q db.Q, person string) ([]Member, error) {
	return db.Many[Member](ctx, q, db.F(`SELECT household, part FROM dossier_member WHERE person = ? ORDER BY household`, person))
}

// together puts two people in one household: one that either of them has, or a new one.
func together(ctx context.Context, tx *db.Tx, f, other File, part, otherPart string) error {
	hs, err := households(ctx, tx, f.id)
	if err != nil {
		return err
	}
	theirs, err := households(ctx, tx, other.id)
	if err != nil {
		return err
	}
	household := db.ID("h", tx.Now)
	if all := slices.Concat(theirs, hs); len(all) > 0 {
		household = all[len(all)-1].Household // one's own before the other's
	}
	if err := Join(ctx, tx, f.id, Member{household, part}); err != nil {
		return err
	}
	if err := Join(ctx, tx, other.id, Member{household, otherPart}); err != nil {
		return err
	}
	if err := f.Log(ctx, tx, "dossier.event.household", household); err != nil {
		return err
	}
	return other.Log(ctx, tx, "dossier.event.household", household)
}

// apart takes somebody out of a household. One who would be alone in it then has none.
func apart(ctx context.Context, tx *db.Tx, f File, household string) error {
	n, err := db.Do(ctx, tx, db.F(`DELETE FROM dossier_member WHERE household = ? AND person = ?`, household, f.id))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Gone()
	}
	left, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM dossier_member WHERE household = ?`, household))
	if err != nil {
		return err
	}
	if left == 1 {
		if _, err := db.Do(ctx, tx, db.F(`DELETE FROM dossier_member WHERE household = ?`, household)); err != nil {
			return err
		}
	}
	return f.Log(ctx, tx, "dossier.event.household", household)
}

// Part takes a person out of every household that they share with another, whoever is looking; what it did can be taken back
// with Rejoin. It logs nothing: in whose file that stands, the caller knows.
func Part(ctx context.Context, tx *db.Tx, person, other string) (parted []string, err error) {
	ms, err := db.Many[Member](ctx, tx, db.F(`SELECT m.household, m.part FROM dossier_member m JOIN dossier_member o ON o.household = m.household WHERE m.person = ? AND o.person = ? ORDER BY m.household`, person, other))
	if err != nil {
		return nil, err
	}
	for _, m := range ms {
		if _, err := db.Do(ctx, tx, db.F(`DELETE FROM dossier_member WHERE household = ? AND person = ?`, m.Household, person)); err != nil {
			return nil, err
		}
		parted = append(parted, m.Household+"|"+person+"|"+m.Part)
		left, err := db.Many[seat](ctx, tx, db.F(`SELECT person, part FROM dossier_member WHERE household = ?`, m.Household))
		if err != nil {
			return nil, err
		}
		if len(left) == 1 { // one who would be alone in it has none
			if _, err := db.Do(ctx, tx, db.F(`DELETE FROM dossier_member WHERE household = ?`, m.Household)); err != nil {
				return nil, err
			}
			parted = append(parted, m.Household+"|"+left[0].Person+"|"+left[0].Part)
		}
	}
	return parted, nil
}

type seat struct{ Person, Part string }

// Rejoin puts back whom Part took out; who was erased meanwhile stays out.
func Rejoin(ctx context.Context, tx *db.Tx, parted []string) error {
	for _, p := range parted {
		household, rest, _ := strings.Cut(p, "|")
		person, part, ok := strings.Cut(rest, "|")
		if !ok {
			return fault.New(fault.Internal, "")
		}
		if there, err := There(ctx, tx, person); err != nil {
			return err
		} else if !there {
			continue
		}
		if err := Join(ctx, tx, person, Member{household, part}); err != nil {
			return err
		}
	}
	return nil
}

// There says whether somebody has a file. It tells a program, never a page.
func There(ctx context.Context, q db.Q, person string) (bool, error) {
	n, err := db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM dossier_person WHERE id = ?`, person))
	return n > 0, err
}

// relative is another of the same household. Name and ID are only there for who may see that file.
type relative struct {
	ID, Name, Household, Part string
}

func (s *Files) relatives(ctx context.Context, a access.Actor, person string, now time.Time) ([]relative, error) {
	type row struct{ Person, Household, Part string }
	rows, err := db.Many[row](ctx, s.db, db.F(`SELECT o.person, o.household, o.part FROM dossier_member m JOIN dossier_member o ON o.household = m.household AND o.person <> m.person WHERE m.person = ? ORDER BY o.part, o.person`, person))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.Person
	}
	cards, err := s.CardsSeen(ctx, a, access.DeskLevel, ids, now)
	if err != nil {
		return nil, err
	}
	var out []relative
	for _, r := range rows {
		x := relative{Household: r.Household, Part: r.Part}
		if c, ok := cards[r.Person]; ok {
			x.ID, x.Name = r.Person, c.Name
		}
		out = append(out, x)
	}
	return out, nil
}
