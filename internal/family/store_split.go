package family

// This file cuts what two see of each other when they part, in one transaction, and lets a lead take that back.
//
// Only the file of the one who says it tells that it happened. The other reads of it nowhere: not in a story, not in the
// list of who looked, not on a page. What they saw is no longer there, and where the one is no longer stands in their file.

import (
	"context"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// self is the key under which a person holds what they see.
func self(person string) string { return "self:" + person }

// split writes that somebody parted from a relative and cuts everything at once. Who does it need not know whether that
// relative has a file.
func (x *Families) split(ctx context.Context, tx *db.Tx, f dossier.File, member string, in SplitInput) (string, error) {
	today, id := clock.Today(tx.Now), db.ID("fp", tx.Now)
	if standing, err := db.Many[string](ctx, tx, db.F(`SELECT id FROM family_split WHERE person = ? AND member = ? AND ended IS NULL`, f.ID(), member)); err != nil || len(standing) > 0 {
		if err == nil {
			err = fault.New(fault.Conflict, "family.error.parted")
		}
		return "", err
	}
	cut := Cut{Kind: in.Kind, Note: in.Note, Stay: in.Stay}
	who, stay, err := x.apart(ctx, tx, f, member, in.Stay)
	if err != nil {
		return "", err
	}
	ours := append(slices.Clone(stay), f.ID())
	for _, other := range who {
		if err := cut.sights(ctx, tx, ours, other); err != nil {
			return "", err
		}
		if err := cut.grants(ctx, tx, ours, other); err != nil {
			return "", err
		}
		for _, one := range ours {
			shared, err := dossier.Part(ctx, tx, other, one)
			if err != nil {
				return "", err
			}
			cut.Shared = append(cut.Shared, shared...)
			if err := veilIn(ctx, tx, other, one, id); err != nil {
				return "", err
			}
		}
	}
	err = change(ctx, tx, f, func(fam *Family) (Event, error) {
		if _, ok := fam.Member(member); !ok {
			return Event{}, fault.Gone()
		}
		cut.Homes, cut.Tie = fam.part(member, in.Over, today)
		return Event{About: member, Kind: parted, What: Details{Note: in.Note}}, nil
	})
	if err != nil {
		return "", err
	}
	body, err := privacy.SealJSON(f.Key(), splitPlace(id), cut)
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO family_split (id, person, member, made_by, at, ended_by, body) VALUES (?,?,?,?,?,'',?)`, id, f.ID(), member, f.Who().ID, tx.Now, body)); err != nil {
		return "", err
	}
	return id, f.Log(ctx, tx, "family.event.parted", id)
}

// grants ends every reason that one has to see the other, and that the other has to see one of ours.
func (c *Cut) grants(ctx context.Context, tx *db.Tx, ours []string, other string) error {
	for _, one := range ours {
		for _, pair := range [][2]string{{one, other}, {other, one}} {
			gs, err := access.OfSubject(ctx, tx, pair[0])
			if err != nil {
				return err
			}
			for _, g := range gs {
				if g.Holder != self(pair[1]) || !g.Ended.IsZero() || !g.Until.IsZero() && !g.Until.After(tx.Now) {
					continue
				}
				if err := access.End(ctx, tx, g.ID); err != nil {
					return err
				}
				c.Grants = append(c.Grants, g)
			}
		}
	}
	return nil
}

// sights ends what the other sees for a child, and the person for a child of the other.
func (c *Cut) sights(ctx context.Context, tx *db.Tx, ours []string, other string) error {
	for _, one := range ours {
		ids, err := db.Many[string](ctx, tx, db.F(`SELECT id FROM family_sight WHERE ended IS NULL AND (person = ? AND adult = ? OR person = ? AND adult = ?) ORDER BY id`, one, other, other, one))
		if err != nil {
			return err
		}
		c.Sights = append(c.Sights, ids...)
		if _, err := db.Do(ctx, tx, db.F(`UPDATE family_sight SET ended = ? WHERE ended IS NULL AND (person = ? AND adult = ? OR person = ? AND adult = ?)`, tx.Now, one, other, other, one)); err != nil {
			return err
		}
	}
	return nil
}

// guards ends the grants of sights that ended.
func (c *Cut) guards(ctx context.Context, tx *db.Tx, sights []string) error {
	gs, err := db.Many[string](ctx, tx, db.F(`SELECT grant_id FROM family_sight WHERE`).With(db.In("id", sights)))
	for _, g := range gs {
		if err == nil {
			err = access.End(ctx, tx, g)
		}
	}
	return err
}

// veilIn leaves out of another's family where one is.
func veilIn(ctx context.Context, tx *db.Tx, person, one, split string) error {
	ms, err := db.Many[string](ctx, tx, db.F(`SELECT member FROM family_link WHERE person = ? AND other = ?`, person, one))
	if err != nil {
		return err
	}
	for _, m := range ms {
		if err := veil(ctx, tx, person, m, split); err != nil {
			return err
		}
	}
	return nil
}

func veil(ctx context.Context, tx *db.Tx, person, member, split string) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO family_veil (person, member, split, at) VALUES (?,?,?,?) ON CONFLICT DO NOTHING`, person, member, split, tx.Now))
	return err
}

// unsplit takes back a parting: everything that was cut and has not ended by itself meanwhile comes back.
func unsplit(ctx context.Context, tx *db.Tx, f dossier.File, id, why string) error {
	s, err := splitOne(ctx, tx, f, id)
	if err != nil {
		return err
	}
	if !s.Ended.IsZero() {
		return fault.New(fault.Conflict, "family.error.undone")
	}
	s.What.Undone = why
	body, err := privacy.SealJSON(f.Key(), splitPlace(id), s.What)
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE family_split SET ended = ?, ended_by = ?, body = ? WHERE id = ? AND ended IS NULL`, tx.Now, f.Who().ID, body, id))
	if err := orConflict(n, err); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE family_veil SET ended = ? WHERE split = ? AND ended IS NULL`, tx.Now, id)); err != nil {
		return err
	}
	again := map[string]string{}
	for _, g := range s.What.Grants {
		if !g.Until.IsZero() && !g.Until.After(tx.Now) {
			continue
		}
		holder, ok := strings.CutPrefix(g.Holder, "self:")
		for _, one := range []string{g.Subject, holder} {
			there, err := dossier.There(ctx, tx, one)
			if err != nil {
				return err
			}
			ok = ok && there // one who was erased meanwhile sees and is seen no more
		}
		if !ok {
			continue
		}
		old := g.ID
		g.ID, g.Since, g.Ended, g.GivenBy = "", time.Time{}, time.Time{}, f.Who().ID
		if again[old], err = access.Give(ctx, tx, g); err != nil {
			return err
		}
	}
	for _, sight := range s.What.Sights {
		was, err := db.One[string](ctx, tx, db.F(`SELECT grant_id FROM family_sight WHERE id = ?`, sight))
		if fault.Is(err, fault.NotFound) {
			continue // the child was erased
		}
		if err != nil {
			return err
		}
		if again[was] == "" {
			continue // it would have ended by now
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE family_sight SET ended = NULL, grant_id = ? WHERE id = ?`, again[was], sight)); err != nil {
			return err
		}
	}
	if err := dossier.Rejoin(ctx, tx, s.What.Shared); err != nil {
		return err
	}
	err = change(ctx, tx, f, func(fam *Family) (Event, error) {
		fam.rejoin(s.What)
		return Event{About: s.Member, Kind: unparted, What: Details{Note: why}}, nil
	})
	if err != nil {
		return err
	}
	return f.Log(ctx, tx, "family.event.unparted", id)
}

const splitColumns = `SELECT id, person, member, made_by, at, ended, ended_by, body FROM family_split`

func splitOne(ctx context.Context, q db.Q, f dossier.File, id string) (Split, error) {
	s, err := db.One[Split](ctx, q, db.F(splitColumns).Then(`WHERE person = ? AND id = ?`, f.ID(), id))
	if err != nil {
		return s, err
	}
	return s, privacy.OpenJSON(f.Key(), splitPlace(s.ID), s.Body, &s.What)
}

// splits are all partings of a person, newest first.
func splits(ctx context.Context, q db.Q, k privacy.Key, person string) ([]Split, error) {
	ss, err := db.Many[Split](ctx, q, db.F(splitColumns).Then(`WHERE person = ? ORDER BY at DESC, id DESC`, person))
	return privacy.OpenAll(k, ss, err, func(s *Split) (string, []byte, any) { return splitPlace(s.ID), s.Body, &s.What })
}
