package dossier

// This file answers whether somebody who is being registered may have a file already. It searches everybody and tells
// almost nothing: one's own people by name, and of others only that there may be a file, on two identifiers or none.

import (
	"cmp"
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
	"reisgezel/internal/kernel/names"
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
	Short     bool     // a number or a telephone alone was typed: it says nothing about others

	Like  map[string]Likeness // of Mine, when there is a judge
	Why   []Ground            // what of the typed agrees with the one elsewhere: nothing that was not typed
	Check string              // the question, by which the asker may ask to be let in
}

// any says whether there is something to show, asks whether it must be answered before a person is registered.
func (k Known) any() bool  { return len(k.Mine) > 0 || k.Elsewhere || k.Limit || k.Short }
func (k Known) asks() bool { return k.Likely || k.Elsewhere }

// mineMost is how many of one's own people are shown.
const mineMost = 5

// same finds people with two equal identifiers: a number that only one person has, two name parts and the year of birth, or
// a telephone and a name. Somebody of whom one name is known is found by it with the whole day of birth, or with the year.
// asked is the question in one text, the same for the same question.
func (s *Files) same(ctx context.Context, q db.Q, p Profile) (ids []string, asked string, err error) {
	type question struct {
		kind   string
		values []string
		least  int
	}
	var qs []question
	for _, n := range p.All("vnumber") {
		qs = append(qs, question{tokenVNumber, []string{n}, 1})
	}
	for _, n := range p.All("znumber") {
		qs = append(qs, question{tokenZNumber, []string{n}, 1})
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
	phones := p.phones()
	if len(phones) > 0 && len(parts) > 0 {
		qs = append(qs, question{tokenPhone, phones, 1})
	}
	var all []string
	beside := false // a question of which the answer hangs on what else was typed
	for _, x := range qs {
		found, err := s.byTokens(ctx, q, x.kind, x.values, x.least, tokensMost)
		if err == nil && x.kind == tokenPhone {
			found, err = s.ofTheName(ctx, q, p, found)
		}
		if err != nil {
			return nil, "", err
		}
		for _, id := range found {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		beside = beside || x.kind != tokenYear && x.kind != tokenDay
		slices.Sort(x.values)
		all = append(all, x.kind+"="+strings.Join(x.values, ","))
	}
	if beside {
		sorted := slices.Clone(parts)
		for _, b := range p.Births {
			sorted = append(sorted, BirthText(b))
		}
		slices.Sort(sorted)
		all = append(all, "with="+strings.Join(sorted, ","))
	}
	slices.Sort(all)
	return ids, strings.Join(all, ";"), nil
}

// phones are all telephones of a person.
func (p Profile) phones() []string {
	var out []string
	if p.Reach.Phone != "" {
		out = append(out, p.Reach.Phone)
	}
	for _, m := range p.Reach.More {
		out = append(out, m.Number)
	}
	return out
}

// ofTheName keeps those of some people who have a part of the name: a telephone is shared by a family.
func (s *Files) ofTheName(ctx context.Context, q db.Q, p Profile, ids []string) ([]string, error) {
	ps, err := s.Profiles(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(ids, func(id string) bool {
		other, ok := ps[id]
		return !ok || !sameName(p, other)
	}), nil
}

// sameName says whether two people have a part of their names in common, as it is written or heard.
func sameName(p, other Profile) bool {
	parts := other.Parts()
	if slices.ContainsFunc(p.Parts(), func(x string) bool { return slices.Contains(parts, x) }) {
		return true
	}
	for _, x := range p.spelt() {
		for _, y := range other.spelt() {
			if _, why := names.Compare(names.Read(x), names.Read(y)); clearly(why) > 0 {
				return true
			}
		}
	}
	return false
}

// sameBirth says whether a date of birth agrees, as far as it is on file. A year says it only when no more is known there.
func sameBirth(p, other Profile) bool {
	for _, x := range p.Births {
		for _, y := range other.Births {
			if x.Year != 0 && x.Year == y.Year && (y.Day == 0 || x.Day == y.Day && x.Month == y.Month) {
				return true
			}
		}
	}
	return false
}

// heardAs finds people whose name sounds like any of the ways in which this person's is written, and who have the birth.
func (s *Files) heardAs(ctx context.Context, q db.Q, p Profile, ids []string) ([]string, error) {
	var hs []soundsLike
	for _, name := range p.wholes() { // a search is not made where no birth tells anything beside the name
		if single := onePart(name); slices.ContainsFunc(p.Births, func(b Birth) bool { return b.tells(single) }) {
			hs = append(hs, s.hear(name))
		}
	}
	return s.bornAmong(ctx, q, p, hs, ids)
}

// bornAmong adds to ids those who were heard and have a birth of p.
func (s *Files) bornAmong(ctx context.Context, q db.Q, p Profile, hs []soundsLike, ids []string) ([]string, error) {
	for _, b := range p.Births {
		for _, h := range hs {
			like, err := s.heardAndBorn(ctx, q, h, b)
			if err != nil {
				return nil, err
			}
			for _, id := range like {
				if !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			}
		}
	}
	return ids, nil
}

// known looks for people who may be the same, for one colleague, and keeps count.
func (s *Files) known(ctx context.Context, a access.Actor, p Profile, now time.Time) (Known, error) {
	var out Known
	ids, asked, err := s.same(ctx, s.db, p)
	if err != nil {
		return out, err
	}
	if ids, err = s.heardAs(ctx, s.db, p, ids); err != nil {
		return out, err
	}
	ps, err := s.Profiles(ctx, s.db, ids)
	if err != nil {
		return out, err
	}
	judged, ids := s.judged(p, ps, ids)
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
	if err := s.namesakes(ctx, a, p, now, &out); err != nil {
		return out, err
	}
	if err := s.weigh(ctx, p, judged, &out); err != nil || asked == "" {
		return out, err
	}
	if len(p.Parts()) == 0 && len(p.Births) == 0 {
		out.Short = true // a number is one identifier: of others nothing is said, and nothing is counted
		return out, nil
	}
	// Of who is elsewhere two identifiers must agree: a number with a part of the name, or with the day of birth.
	others := slices.DeleteFunc(ids, func(id string) bool {
		other, ok := ps[id]
		return visible[id] || !ok || !sameName(p, other) && !sameBirth(p, other)
	})
	best := ""
	for _, id := range others { // one answer, whoever else there is
		if best == "" || judged[id].Bits > judged[best].Bits {
			best = id
		}
	}
	check, told, err := s.count(ctx, a, asked, len(others), best, now)
	out.Elsewhere, out.Limit = told && len(others) > 0, !told
	if out.Elsewhere {
		out.Check, out.Why = check, typed(judged[best])
	}
	return out, err
}

// judged judges who has two equal identifiers, and leaves out who is somebody else all the same: a brother, a child of the
// same name. Without a judge everybody stays.
func (s *Files) judged(p Profile, ps map[string]Profile, ids []string) (map[string]Likeness, []string) {
	if s.judge == nil {
		return nil, ids
	}
	out := map[string]Likeness{}
	var left []string
	for _, id := range ids {
		other, ok := ps[id]
		if !ok {
			continue
		}
		if l := s.judge(p, other, false); l.Class != No {
			out[id], left = l, append(left, id)
		}
	}
	return out, left
}

// weigh says of one's own people how much they are like the one who is typed, and puts the likeliest first.
func (s *Files) weigh(ctx context.Context, p Profile, judged map[string]Likeness, out *Known) error {
	if s.judge == nil || len(out.Mine) == 0 {
		return nil
	}
	out.Like = map[string]Likeness{}
	var ids []string
	for _, l := range out.Mine {
		ids = append(ids, l.ID)
	}
	ps, err := s.Profiles(ctx, s.db, ids)
	if err != nil {
		return err
	}
	for id, other := range ps {
		if l, ok := judged[id]; ok {
			out.Like[id] = l
			continue
		}
		out.Like[id] = s.judge(p, other, false)
	}
	slices.SortStableFunc(out.Mine, func(a, b Listed) int { return cmp.Compare(out.Like[b.ID].Bits, out.Like[a.ID].Bits) })
	return nil
}

// typed is what of a judgement may be told about somebody whose file is closed: that something agrees with what was typed.
// Its words say no value, so that no spelling of a name is learnt here.
func typed(l Likeness) []Ground {
	var out []Ground
	for _, g := range l.For() {
		out = append(out, Ground{Key: g.Key + ".masked", Bits: g.Bits})
	}
	return out
}

// namesakes adds one's own people whose names begin as those that are typed, or sound like them.
func (s *Files) namesakes(ctx context.Context, a access.Actor, p Profile, now time.Time, out *Known) error {
	typed := slices.Compact([]string{p.Name(), p.Called})
	mine, _, err := s.among(ctx, a, access.DeskLevel, now, typed...)
	if err != nil {
		return err
	}
	for _, name := range typed {
		like, _ := readQuery(name).answers(mine)
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
func (s *Files) count(ctx context.Context, a access.Actor, asked string, hits int, person string, now time.Time) (id string, told bool, err error) {
	day := clock.Today(now).String()
	id = hex.EncodeToString(s.vault.Token("asked", a.ID+"|"+day+"|"+asked))
	old, err := s.CheckOf(ctx, s.db, id)
	if err == nil && (old.Hits > 0) == (hits > 0) && old.Person == person {
		return id, true, nil
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		return id, false, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		type sum struct{ Asked, Hits int }
		n, err := db.One[sum](ctx, tx, db.F(`SELECT COUNT(*) AS asked, COALESCE(SUM(CASE WHEN hits > 0 THEN 1 ELSE 0 END), 0) AS hits FROM dossier_asked WHERE actor = ? AND day = ? AND kind <> ?`, a.ID, day, overLimit))
		if err != nil {
			return err
		}
		if told = n.Asked < askMost && n.Hits < hitMost; !told {
			return s.refuse(ctx, tx, a, day)
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_asked (id, actor, day, at, hits, kind, person) VALUES (?,?,?,?,?,?,?)
			ON CONFLICT (id) DO UPDATE SET hits = excluded.hits, person = excluded.person`, id, a.ID, day, tx.Now, hits, askedBy(asked), none(person))); err != nil {
			return err
		}
		if hits == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{Event: "dossier.event.asked", Actor: a.ID, ActorKind: string(a.Kind), Role: roleOf(a), Object: id, Session: a.Session})
	})
	return id, told, err
}

// overLimit is the kind of the one row of a colleague and a day that counts what was refused.
const overLimit = "limit"

// refuse counts a question that is not answered any more. The first of a day is in the log, and puts the day before who
// reviews it: somebody searches on.
func (s *Files) refuse(ctx context.Context, tx *db.Tx, a access.Actor, day string) error {
	id := hex.EncodeToString(s.vault.Token("asked", a.ID+"|"+day+"|"+overLimit))
	n, err := db.Do(ctx, tx, db.F(`UPDATE dossier_asked SET refused = refused + 1, at = ? WHERE id = ?`, tx.Now, id))
	if err != nil || n > 0 {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_asked (id, actor, day, at, hits, kind, refused) VALUES (?,?,?,?,0,?,1)`, id, a.ID, day, tx.Now, overLimit)); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "dossier.event.asked-limit", Actor: a.ID, ActorKind: string(a.Kind), Role: roleOf(a), Object: id, Session: a.Session})
}

// askedBy are the kinds of identifiers of a question, each once: "name+day,vnumber".
func askedBy(asked string) string {
	var out []string
	for part := range strings.SplitSeq(asked, ";") {
		if kind, _, ok := strings.Cut(part, "="); ok && !slices.Contains(out, kind) {
			out = append(out, kind)
		}
	}
	return strings.Join(out, ",")
}
