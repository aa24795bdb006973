package dossier

// This file answers whether somebody who is being registered may have a file already. It searches everybody and tells
// almost nothing: one's own people by name, and of others only that there may be a file, on two identifiers or none.

import (
	"context"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// How often a colleague may ask in one day about people whose files they may not see, and how often they may be told
// that there is one. More is a search through the country. Assumption: nobody registers so many people in one day.
const (
	askMost = 150
	hitMost = 30
)

// Known is what somebody may hear about a possible duplicate.
type Known struct {
	Mine      []Listed // one's own people, by name
	Likely    bool     // one of them has two equal identifiers
	Elsewhere bool     // somebody with two equal identifiers has a file that the asker may not see
	Limit     bool     // the asker asked too often today: nothing is told about others
}

// any says whether there is something to show, asks whether it must be answered before a person is registered.
func (k Known) any() bool  { return len(k.Mine) > 0 || k.Elsewhere || k.Limit }
func (k Known) asks() bool { return k.Likely || k.Elsewhere }

// mineMost is how many of one's own people are shown.
const mineMost = 5

// Same finds people who may be the one of a profile: by two equal identifiers, never by one. It decides nothing about
// access: callers do, and log that they asked.
func (s *Files) Same(ctx context.Context, q db.Q, p Profile) ([]string, error) {
	ids, _, err := s.same(ctx, q, p)
	return ids, err
}

// same finds people with two equal identifiers: a number that only one person has, or two name parts and the year of
// birth. Somebody of whom one name is known is found by it with the whole day of birth, or with the year. asked is the
// question in one text, the same for the same question.
func (s *Files) same(ctx context.Context, q db.Q, p Profile) (ids []string, asked string, err error) {
	type question struct {
		kind   string
		values []string
		least  int
	}
	var qs []question
	if p.VNumber != "" {
		qs = append(qs, question{tokenVNumber, []string{p.VNumber}, 1})
	}
	if p.ZNumber != "" {
		qs = append(qs, question{tokenZNumber, []string{p.ZNumber}, 1})
	}
	parts := p.Parts()
	for _, b := range p.Births {
		if b.Year == 0 || len(parts) == 0 {
			continue
		}
		kind, when := tokenYear, strconv.Itoa(b.Year)
		if len(parts) == 1 && b.Day != 0 && !b.Placeholder() {
			kind, when = tokenDay, BirthText(b)
		}
		x := question{kind: kind, least: min(2, len(parts))}
		for _, part := range parts {
			x.values = append(x.values, part+"|"+when)
		}
		qs = append(qs, x)
	}
	var all []string
	for _, x := range qs {
		found, err := s.byTokens(ctx, q, x.kind, x.values, x.least, 50)
		if err != nil {
			return nil, "", err
		}
		for _, id := range found {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		slices.Sort(x.values)
		all = append(all, x.kind+"="+strings.Join(x.values, ","))
	}
	slices.Sort(all)
	return ids, strings.Join(all, ";"), nil
}

// known looks for people who may be the same, for one colleague, and keeps count.
func (s *Files) known(ctx context.Context, a access.Actor, p Profile, now time.Time) (Known, error) {
	var out Known
	ids, asked, err := s.same(ctx, s.db, p)
	if err != nil {
		return out, err
	}
	for _, b := range p.Births {
		like, err := s.heardAndBorn(ctx, s.db, p.Name(), b)
		if err != nil {
			return out, err
		}
		for _, id := range like {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	visible := map[string]bool{}
	if len(ids) > 0 {
		rows, err := db.Many[listRow](ctx, s.db, db.F(`SELECT p.id, p.team, p.card FROM dossier_person p WHERE`).
			With(db.In("p.id", ids).And(access.Sees(a, now, access.DeskLevel, "p.id"))).Then(`ORDER BY p.id`))
		if err != nil {
			return out, err
		}
		for _, r := range rows {
			visible[r.ID] = true
		}
		out.Likely = len(rows) > 0
		if out.Mine, err = s.open(ctx, rows[:min(len(rows), mineMost)]); err != nil {
			return out, err
		}
	}
	if err := s.namesakes(ctx, a, p, now, &out); err != nil || asked == "" {
		return out, err
	}
	others := len(ids) - len(visible)
	told, err := s.count(ctx, a, asked, others, now)
	out.Elsewhere, out.Limit = told && others > 0, !told
	return out, err
}

// namesakes adds one's own people whose names begin as those that are typed, or sound like them.
func (s *Files) namesakes(ctx context.Context, a access.Actor, p Profile, now time.Time, out *Known) error {
	mine, err := s.Mine(ctx, a, access.DeskLevel, now)
	if err != nil {
		return err
	}
	for _, typed := range []string{p.Name(), p.Called} {
		like, _ := readQuery(typed).answers(mine)
		for _, l := range like {
			if len(out.Mine) >= mineMost {
				return nil
			}
			if !slices.ContainsFunc(out.Mine, func(x Listed) bool { return x.ID == l.ID }) {
				out.Mine = append(out.Mine, l)
			}
		}
	}
	return nil
}

// count keeps how often a colleague asked about others, and says whether they may be told. The same question again on
// one day counts once: a form asks at every key that is pressed.
func (s *Files) count(ctx context.Context, a access.Actor, asked string, hits int, now time.Time) (told bool, err error) {
	day := clock.Today(now).String()
	id := hex.EncodeToString(s.vault.Token("asked", a.ID+"|"+day+"|"+asked))
	type row struct{ Hits int }
	old, err := db.One[row](ctx, s.db, db.F(`SELECT hits FROM dossier_asked WHERE id = ?`, id))
	if err == nil && (old.Hits > 0) == (hits > 0) {
		return true, nil
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		return false, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		type sum struct{ Asked, Hits int }
		n, err := db.One[sum](ctx, tx, db.F(`SELECT COUNT(*) AS asked, COALESCE(SUM(CASE WHEN hits > 0 THEN 1 ELSE 0 END), 0) AS hits FROM dossier_asked WHERE actor = ? AND day = ?`, a.ID, day))
		if err != nil {
			return err
		}
		if told = n.Asked < askMost && n.Hits < hitMost; !told {
			return nil
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_asked (id, actor, day, at, hits) VALUES (?,?,?,?,?)
			ON CONFLICT (id) DO UPDATE SET hits = excluded.hits`, id, a.ID, day, tx.Now, hits)); err != nil {
			return err
		}
		if hits == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{Event: "dossier.event.asked", Actor: a.ID, ActorKind: string(a.Kind), Role: roleOf(a), Object: id, Session: a.Session})
	})
	return told, err
}
