package identity

// This file holds the SQL of pairs and links: proposing, deciding, undoing, and what a colleague may see of them.

import (
	"context"
	"embed"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

const columns = `p.id, p.person_a, p.person_b, p.class, p.bits, p.state, p.again, COALESCE(p.main, '') AS main, COALESCE(p.yes_a, '') AS yes_a, COALESCE(p.yes_b, '') AS yes_b, p.found, p.changed`

func stepPlace(id string) string { return "identity_step.words/" + id }

// none keeps an empty text out of the database.
func none(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// propose writes that two records may be of one person. A pair that somebody decided on is left as it is; one that is no
// longer alike is forgotten unless somebody spoke about it.
func propose(ctx context.Context, tx *db.Tx, x, y string, l dossier.Likeness) error {
	a, b := order(x, y)
	if l.Class == dossier.No {
		_, err := db.Do(ctx, tx, db.F(`DELETE FROM identity_pair WHERE person_a = ? AND person_b = ? AND state = ? AND NOT EXISTS (SELECT 1 FROM identity_step s WHERE s.pair = identity_pair.id)`, a, b, string(Open)))
		return err
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO identity_pair (id, person_a, person_b, class, bits, state, found, changed) VALUES (?,?,?,?,?,?,?,?)
		ON CONFLICT (person_a, person_b) DO UPDATE SET class = excluded.class, bits = excluded.bits WHERE identity_pair.state IN ('open', 'later', 'half')`,
		db.ID("ip", tx.Now), a, b, string(l.Class), int(l.Bits), string(Open), tx.Now, tx.Now))
	return err
}

// pairOf reads one pair.
func pairOf(ctx context.Context, q db.Q, id string) (Pair, error) {
	return db.One[Pair](ctx, q, db.F(`SELECT `+columns+` FROM identity_pair p WHERE p.id = ?`, id))
}

// partners are the records with which one stands in a pair.
func partners(ctx context.Context, q db.Q, person string) ([]string, error) {
	ps, err := db.Many[Pair](ctx, q, db.F(`SELECT `+columns+` FROM identity_pair p WHERE p.person_a = ? OR p.person_b = ? ORDER BY p.id`, person, person))
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = p.Other(person)
	}
	return out, err
}

// waits is the condition that a pair waits for somebody on a day.
func waits(today clock.Date) db.Frag {
	return db.F(`(p.state = 'open' OR p.state = 'half' OR (p.state = 'later' AND p.again <= ?))`, today.String())
}

// both is the condition that the actor may see both records.
func both(a access.Actor, now time.Time) db.Frag {
	return access.Sees(a, now, access.DeskLevel, "p.person_a").And(access.Sees(a, now, access.DeskLevel, "p.person_b"))
}

// mine are the pairs that wait and of which the actor may see both records, the likeliest first.
func (i *Identity) mine(ctx context.Context, a access.Actor, seen []string, now time.Time) ([]Pair, error) {
	var out []Pair
	for some := range slices.Chunk(seen, 500) {
		ps, err := db.Many[Pair](ctx, i.db, db.F(`SELECT `+columns+` FROM identity_pair p WHERE`).With(db.In("p.person_a", some)).Then(`AND`).With(waits(clock.Today(now))).Then(`AND`).With(both(a, now)))
		if err != nil {
			return nil, err
		}
		out = append(out, ps...)
	}
	slices.SortFunc(out, func(x, y Pair) int {
		if x.Class != y.Class {
			if x.Class == dossier.Very {
				return -1
			}
			return 1
		}
		if x.Bits != y.Bits {
			return y.Bits - x.Bits
		}
		return x.Found.Compare(y.Found)
	})
	return out, nil
}

// sided are the pairs that wait, of which one record is of these teams or waits for the yes of who carries it, and of which
// the actor may not see both.
func (i *Identity) sided(ctx context.Context, a access.Actor, whole []string, now time.Time) ([]Pair, error) {
	var out []Pair
	seen := map[string]bool{}
	add := func(f db.Frag) error {
		ps, err := db.Many[Pair](ctx, i.db, db.F(`SELECT `+columns+` FROM identity_pair p WHERE`).With(waits(clock.Today(now))).Then(`AND NOT (`).With(both(a, now)).Then(`) AND (`).With(f).Then(`) ORDER BY p.bits DESC, p.id LIMIT 200`))
		for _, p := range ps {
			if !seen[p.ID] {
				seen[p.ID] = true
				out = append(out, p)
			}
		}
		return err
	}
	if teams := a.At(access.Lead, access.Team); len(teams) > 0 {
		if err := add(dossier.InTeams(teams, "p.person_a").Or(dossier.InTeams(teams, "p.person_b"))); err != nil {
			return nil, err
		}
	}
	for some := range slices.Chunk(whole, 500) {
		half := db.F(`p.state = 'half' AND ((p.yes_a IS NULL AND`).With(db.In("p.person_a", some)).Then(`) OR (p.yes_b IS NULL AND`).With(db.In("p.person_b", some)).Then(`))`)
		if err := add(half); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// step appends what somebody decided.
func (i *Identity) step(ctx context.Context, tx *db.Tx, p Pair, actor, what, words string) error {
	id := db.ID("is", tx.Now)
	var sealed []byte
	if words != "" {
		k, err := i.vault.Key(ctx, p.PersonA)
		if err != nil {
			return err
		}
		sealed = k.Seal(stepPlace(id), []byte(words))
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO identity_step (id, pair, at, actor, what, words) VALUES (?,?,?,?,?,?)`, id, p.ID, tx.Now, actor, what, sealed))
	return err
}

// Step is one decision about a pair.
type Step struct {
	ID    string
	At    time.Time
	Actor string
	What  string
	Words []byte
	Text  string `db:"-"`
}

// steps are the decisions about a pair, the newest first, with their words: for who may see both records.
func (i *Identity) steps(ctx context.Context, q db.Q, p Pair) ([]Step, error) {
	ss, err := db.Many[Step](ctx, q, db.F(`SELECT id, at, actor, what, words FROM identity_step WHERE pair = ? ORDER BY at DESC, id DESC`, p.ID))
	if err != nil || len(ss) == 0 {
		return nil, err
	}
	k, err := i.vault.Key(ctx, p.PersonA)
	if err != nil {
		return nil, err
	}
	for n, s := range ss {
		if len(s.Words) == 0 {
			continue
		}
		b, err := k.Open(stepPlace(s.ID), s.Words)
		if err != nil {
			return nil, err
		}
		ss[n].Text = string(b)
	}
	return ss, nil
}

// put writes the state of a pair, when it is still as it was read.
func put(ctx context.Context, tx *db.Tx, was, p Pair) error {
	var again any
	if p.State == Later {
		again = p.Again
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE identity_pair SET state = ?, again = ?, main = ?, yes_a = ?, yes_b = ?, changed = ? WHERE id = ? AND state = ? AND COALESCE(yes_a, '') = ? AND COALESCE(yes_b, '') = ?`,
		string(p.State), again, none(p.Main), none(p.YesA), none(p.YesB), tx.Now, p.ID, string(was.State), was.YesA, was.YesB))
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "identity.error.meanwhile")
	}
	return err
}

// note writes into the log of both records what was decided. It names no other record: the object is the pair.
func note(ctx context.Context, tx *db.Tx, a access.Actor, p Pair, event string) error {
	for _, person := range []string{p.PersonA, p.PersonB} {
		e := audit.Entry{Event: event, Subject: person, Actor: a.ID, ActorKind: string(a.Kind), Role: roleOf(a), Object: p.ID, Session: a.Session}
		if err := audit.Append(ctx, tx, e); err != nil {
			return err
		}
	}
	return nil
}

// roleOf is the role the log tells.
func roleOf(a access.Actor) string {
	for _, r := range []access.Role{access.Legal, access.Case, access.Lead, access.Region, access.Privacy} {
		if a.Has(r) {
			return string(r)
		}
	}
	return ""
}

// decide writes a verdict of somebody who speaks for some of the two records.
func (i *Identity) decide(ctx context.Context, tx *db.Tx, a access.Actor, id string, v Verdict, again clock.Date, speaksA, speaksB bool) (Pair, error) {
	was, err := pairOf(ctx, tx, id)
	if err != nil {
		return was, err
	}
	if was.State == Linked {
		return was, fault.New(fault.Conflict, "identity.error.meanwhile")
	}
	teamA, err := i.files.Team(ctx, tx, was.PersonA)
	if err != nil {
		return was, err
	}
	teamB, err := i.files.Team(ctx, tx, was.PersonB)
	if err != nil {
		return was, err
	}
	if !speaksA && !speaksB {
		return was, fault.New(fault.Denied, "identity.error.neither")
	}
	p, event := was, "identity.event."+v.What
	switch v.What {
	case same:
		said := false
		if p, said = was.say(a.ID, speaksA, speaksB, teamA != teamB); !said {
			return was, fault.New(fault.Invalid, "identity.error.otherside")
		}
		if p.Main == "" || was.State != Half {
			p.Main = v.Main
		}
		if p.State == Linked {
			event = "identity.event.linked"
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO identity_link (id, pair, main, since) VALUES (?,?,?,?)`, db.ID("il", tx.Now), p.ID, p.Main, tx.Now)); err != nil {
				return was, err
			}
		}
	case apart:
		p.State, p.YesA, p.YesB, p.Main = Apart, "", "", ""
	case later:
		p.State, p.YesA, p.YesB, p.Main, p.Again = Later, "", "", "", again
	default:
		return was, fault.New(fault.Internal, "")
	}
	if err := put(ctx, tx, was, p); err != nil {
		return was, err
	}
	if err := i.step(ctx, tx, p, a.ID, v.What, v.Words); err != nil {
		return was, err
	}
	return p, note(ctx, tx, a, p, event)
}

// undo ends a link. The pair is never proposed again; only a person can link it anew.
func (i *Identity) undo(ctx context.Context, tx *db.Tx, a access.Actor, id, words string) error {
	was, err := pairOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if was.State != Linked {
		return fault.New(fault.Conflict, "identity.error.meanwhile")
	}
	p := was
	p.State, p.YesA, p.YesB, p.Main = Undone, "", "", ""
	if err := put(ctx, tx, was, p); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE identity_link SET ended = ? WHERE pair = ? AND ended IS NULL`, tx.Now, id)); err != nil {
		return err
	}
	if err := i.step(ctx, tx, p, a.ID, undo, words); err != nil {
		return err
	}
	return note(ctx, tx, a, p, "identity.event.undone")
}

// link is a link that stands, as one of its records sees it.
type link struct {
	Pair    string
	PersonA string
	PersonB string
	Main    string
	Since   time.Time
}

func (l link) other(person string) string {
	return Pair{PersonA: l.PersonA, PersonB: l.PersonB}.Other(person)
}

// linksOf are the links of a record that stand.
func linksOf(ctx context.Context, q db.Q, person string) ([]link, error) {
	return web.OnPage(ctx, "identity.links."+person, func() ([]link, error) {
		return db.Many[link](ctx, q, db.F(`SELECT p.id AS pair, p.person_a, p.person_b, l.main, l.since FROM identity_link l JOIN identity_pair p ON p.id = l.pair
			WHERE l.ended IS NULL AND (p.person_a = ? OR p.person_b = ?) ORDER BY l.since, l.id`, person, person))
	})
}

// visible are which of these records the actor may see.
func visible(ctx context.Context, q db.Q, a access.Actor, ids []string, now time.Time) (map[string]bool, error) {
	out := map[string]bool{}
	for _, id := range ids {
		if _, err := access.Find(ctx, q, a, id, access.DeskLevel, now); err == nil {
			out[id] = true
		} else if !fault.Is(err, fault.NotFound) {
			return nil, err
		}
	}
	return out, nil
}

// linked are the records that hang together with one and that the actor may see. The way leads over records that they may
// see, so that nothing is learnt of one between.
func (i *Identity) linked(ctx context.Context, a access.Actor, person string, now time.Time) ([]string, error) {
	var out []string
	met := map[string]bool{person: true}
	for todo := []string{person}; len(todo) > 0; todo = todo[1:] {
		ls, err := linksOf(ctx, i.db, todo[0])
		if err != nil {
			return nil, err
		}
		for _, l := range ls {
			o := l.other(todo[0])
			if met[o] {
				continue
			}
			met[o] = true
			see, err := visible(ctx, i.db, a, []string{o}, now)
			if err != nil {
				return nil, err
			}
			if see[o] {
				out, todo = append(out, o), append(todo, o)
			}
		}
	}
	return out, nil
}
