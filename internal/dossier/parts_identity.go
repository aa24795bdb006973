package dossier

// This file is what the register lends to who looks for records of one person: who changed, who is alike, and the
// register's own comparing of names. Nothing here decides about access: a job that acts for nobody asks, and whoever
// shows anything of it asks the one predicate first.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/names"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

// Linked tells which other records of the same person the visitor may see.
type Linked func(v *web.Visit, person string) ([]string, error)

// LendJudge hands over who judges whether two people are one; the app calls it once.
func (s *Files) LendJudge(j Judge) { s.judge = j }

// LendLinked hands over who knows the linked records; the app calls it once.
func (s *Files) LendLinked(l Linked) { s.linked = l }

// Compare compares two names, knowing which are common among the people in memory.
func (s *Files) Compare(a, b names.Name) (float32, []names.Reason) {
	return s.memory.index.Compare(a, b)
}

// Change is one record as it last changed.
type Change struct {
	ID        string
	Version   int64
	ChangedAt time.Time
}

// Changes are the records that changed after a place in their order, until a moment, in that order. The moment lies some
// minutes back: a change carries the instant at which its transaction began, and shows later.
func (s *Files) Changes(ctx context.Context, q db.Q, after Change, now time.Time, n int) ([]Change, error) {
	return db.Many[Change](ctx, q, db.F(`SELECT id, version, changed_at FROM dossier_person WHERE changed_at <= ? AND (changed_at > ? OR (changed_at = ? AND id > ?)) ORDER BY changed_at, id LIMIT ?`,
		now.Add(-followBack), millis(after.ChangedAt), millis(after.ChangedAt), after.ID, n))
}

// millis keeps the zero moment a number: as NULL it would compare with nothing.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Profiles reads what is known of some people, for a job. Who was erased in this moment is left out. A job passes by everybody: their
// keys are not kept in memory, where they would push out those of the people whom somebody is working for.
func (s *Files) Profiles(ctx context.Context, q db.Q, ids []string) (map[string]Profile, error) {
	out := make(map[string]Profile, len(ids))
	for some := range slices.Chunk(ids, 500) {
		rows, err := db.Many[namedRow](ctx, q, db.F(`SELECT id, version, profile FROM dossier_person WHERE`).With(db.In("id", some)))
		if err != nil {
			return nil, err
		}
		keys, err := s.vault.Keys(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			k, ok := keys[r.ID]
			if !ok {
				continue
			}
			var p Profile
			if err := privacy.OpenJSON(k, profilePlace(r.ID), r.Profile, &p); err != nil {
				return nil, err
			}
			out[r.ID] = p
		}
	}
	return out, nil
}

// How many people who sound alike, or share a telephone, are looked at for one.
const (
	alikeMost = 20
	phoneMost = 20
)

// Alike finds people who may be the one of a profile: by equal numbers, by an equal telephone, by name and birth as they
// are written or heard, and by a name that sounds very much like it. It looks at a few dozen people, never at all.
func (s *Files) Alike(ctx context.Context, q db.Q, p Profile) ([]string, error) {
	ids, _, err := s.same(ctx, q, p)
	if err != nil {
		return nil, err
	}
	add := func(more ...string) {
		for _, id := range more {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	phones := p.phones()
	if len(phones) > 0 {
		found, err := s.byTokens(ctx, q, tokenPhone, phones, 1, phoneMost)
		if err != nil {
			return nil, err
		}
		add(found...)
	}
	var hs []soundsLike
	for _, name := range p.wholes() {
		hs = append(hs, s.hear(name))
	}
	if ids, err = s.bornAmong(ctx, q, p, hs, ids); err != nil {
		return nil, err
	}
	for _, h := range hs {
		n := 0
		for _, m := range h.found {
			if m.Chance >= nearWhole && n < alikeMost {
				n++
				add(m.ID)
			}
		}
	}
	return ids, nil
}

// Twin is how likely it is that somebody has a record already, by the likeliest of those who are found by their numbers, by
// name and birth as they are written or heard, or by name and telephone. It says what agrees and no value: whoever imports a list sees no file.
// Without a judge two equal identifiers are a maybe.
func (s *Files) Twin(ctx context.Context, q db.Q, p Profile) (Likeness, error) {
	ids, _, err := s.same(ctx, q, p)
	if err != nil {
		return Likeness{Class: No}, err
	}
	if ids, err = s.heardAs(ctx, q, p, ids); err != nil {
		return Likeness{Class: No}, err
	}
	best := Likeness{Class: No}
	if len(ids) == 0 {
		return best, nil
	}
	if s.judge == nil {
		return Likeness{Class: Maybe}, nil
	}
	ps, err := s.Profiles(ctx, q, ids)
	if err != nil {
		return best, err
	}
	for _, other := range ps {
		if l := s.judge(p, other, false); l.Class != No && (best.Class == No || l.Bits > best.Bits) {
			best = l
		}
	}
	best.Grounds = typed(best)
	return best, nil
}

// Kin says whether two people are known to be two, for they stand in one household, or as relatives in a family.
func (s *Files) Kin(ctx context.Context, q db.Q, a, b string) (bool, error) {
	n, err := db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM dossier_member m JOIN dossier_member o ON o.household = m.household WHERE m.person = ? AND o.person = ?`, a, b))
	if err != nil || n > 0 || s.kin == nil {
		return n > 0, err
	}
	return s.kin(ctx, q, a, b)
}

// LendKin hands over who knows relatives that do not live together; the app calls it once.
func (s *Files) LendKin(kin func(ctx context.Context, q db.Q, a, b string) (bool, error)) {
	s.kin = kin
}

// expr is a constant SQL expression, such as "p.id".
type expr string

// InTeams is the predicate: the person is helped in one of these teams.
func InTeams(teams []string, person expr) db.Frag {
	f := db.F(`EXISTS (SELECT 1 FROM dossier_person t WHERE t.id =`)
	f.SQL += " " + string(person) // a constant of the program, see expr
	return f.Then(`AND`).With(db.In("t.team", teams)).Then(`)`)
}

// others are the linked records that the visitor may see, each opened and logged as a look of its own. Only a visitor who
// asks for them sees them.
func (s *Files) others(v *web.Visit, f File) ([]File, error) {
	if s.linked == nil {
		return nil, nil
	}
	ids, err := s.linked(v, f.id)
	if err != nil {
		return nil, err
	}
	var out []File
	for _, id := range ids {
		o, err := s.Open(v, id, access.DeskLevel, "dossier.event.together")
		if fault.Is(err, fault.NotFound) {
			continue // the grant ended in this moment
		}
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}
