package family

// This file holds the SQL of families, their story, and which relative has which file.

import (
	"context"
	"embed"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Families is the capability.
type Families struct {
	db       *db.DB
	vault    *privacy.Vault
	org      *organisation.Store
	files    *dossier.Files
	sponsors dossier.Sponsors
	excerpts []dossier.Excerpt
}

// New makes the capability.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files) *Families {
	return &Families{db: d, vault: v, org: org, files: files}
}

// Lend hands over what the law says of the person who is here, and what an adult may see for a child; the app calls it once.
func (x *Families) Lend(s dossier.Sponsors, excerpts []dossier.Excerpt) {
	x.sponsors, x.excerpts = s, excerpts
}

func treePlace(person string) string { return "family_tree.body/" + person }
func eventPlace(id string) string    { return "family_event.body/" + id }
func splitPlace(id string) string    { return "family_split.body/" + id }

// load reads a family as it is stored; one that was never told of is empty.
func load(ctx context.Context, q db.Q, k privacy.Key, person string) (f Family, version int64, err error) {
	type row struct {
		Version int64
		Body    []byte
	}
	r, err := db.One[row](ctx, q, db.F(`SELECT version, body FROM family_tree WHERE person = ?`, person))
	if fault.Is(err, fault.NotFound) {
		return f, 0, nil
	}
	if err != nil {
		return f, 0, err
	}
	return f, r.Version, privacy.OpenJSON(k, treePlace(person), r.Body, &f)
}

// store writes a family over the version that was read. Two who write at the same moment: the second is told.
func store(ctx context.Context, tx *db.Tx, k privacy.Key, person string, f Family, version int64) error {
	body, err := privacy.SealJSON(k, treePlace(person), f)
	if err != nil {
		return err
	}
	watch := f.Watch(clock.Today(tx.Now))
	if version == 0 {
		n, err := db.Do(ctx, tx, db.F(`INSERT INTO family_tree (person, version, changed, watch, body) VALUES (?,1,?,?,?) ON CONFLICT DO NOTHING`, person, tx.Now, watch, body))
		return orConflict(n, err)
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE family_tree SET version = version + 1, changed = ?, watch = ?, body = ? WHERE person = ? AND version = ?`, tx.Now, watch, body, person, version))
	return orConflict(n, err)
}

func orConflict(n int64, err error) error {
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "family.error.version")
	}
	return err
}

// change lets do change a family, and writes it with the line of its story and the entry in the log.
func change(ctx context.Context, tx *db.Tx, f dossier.File, do func(fam *Family) (Event, error)) error {
	fam, version, err := load(ctx, tx, f.Key(), f.ID())
	if err != nil {
		return err
	}
	e, err := do(&fam)
	if err != nil {
		return err
	}
	if err := store(ctx, tx, f.Key(), f.ID(), fam, version); err != nil {
		return err
	}
	e.ID, e.Person, e.MadeBy, e.At = db.ID("fe", tx.Now), f.ID(), f.Who().ID, tx.Now
	if err := putEvent(ctx, tx, f.Key(), e); err != nil {
		return err
	}
	return f.Log(ctx, tx, "family.event.changed", e.About)
}

func putEvent(ctx context.Context, tx *db.Tx, k privacy.Key, e Event) error {
	body, err := privacy.SealJSON(k, eventPlace(e.ID), e.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO family_event (id, person, about, kind, made_by, at, body) VALUES (?,?,?,?,?,?,?)`, e.ID, e.Person, e.About, e.Kind, e.MadeBy, e.At, body))
	return err
}

// storyMost is how many lines of a story a page shows.
const storyMost = 60

// story is what was told of one member, newest first; of all when about is "*".
func story(ctx context.Context, q db.Q, k privacy.Key, person, about string, n int) ([]Event, error) {
	f := db.F(`SELECT id, person, about, kind, made_by, at, body FROM family_event WHERE person = ?`, person)
	if about != "*" {
		f = f.Then(`AND about = ?`, about)
	}
	es, err := db.Many[Event](ctx, q, f.Then(`ORDER BY at DESC, id DESC LIMIT ?`, n))
	return privacy.OpenAll(k, es, err, func(e *Event) (string, []byte, any) { return eventPlace(e.ID), e.Body, &e.What })
}

// veiled are the members of whom it does not stand here where they are.
func veiled(ctx context.Context, q db.Q, person string) ([]string, error) {
	return db.Many[string](ctx, q, db.F(`SELECT DISTINCT member FROM family_veil WHERE person = ? AND ended IS NULL ORDER BY member`, person))
}

// Shown is a family as it may be shown: of some it is left out where they are.
type Shown struct {
	Family
	Veiled []string
}

// Hidden says whether it is left out where somebody is.
func (s Shown) Hidden(member string) bool { return slices.Contains(s.Veiled, member) }

// show reads a family for showing. Everything that leaves this room comes through here or through exported, which leave
// out the same.
func show(ctx context.Context, q db.Q, k privacy.Key, person string) (Shown, error) {
	f, _, err := load(ctx, q, k, person)
	if err != nil {
		return Shown{}, err
	}
	vs, err := veiled(ctx, q, person)
	return Shown{f.without(vs), vs}, err
}

// without leaves out where some are, and where they live without the person.
func (f Family) without(members []string) Family {
	if len(members) == 0 {
		return f
	}
	f.Members, f.Homes = slices.Clone(f.Members), slices.Clone(f.Homes)
	for i := range f.Members {
		if slices.Contains(members, f.Members[i].ID) {
			f.Members[i] = f.Members[i].unplaced()
		}
	}
	for i := range f.Homes {
		f.Homes[i] = f.Homes[i].unplaced(members)
	}
	return f
}

// unplaced leaves out where somebody is and how to reach them; that they died is no place.
func (m Member) unplaced() Member {
	w := Where{}
	if m.Where.State == Died {
		w.State = Died
	}
	m.Where, m.Reach, m.Note = w, "", ""
	return m
}

func (h Home) unplaced(members []string) Home {
	if !slices.Contains(h.Who, Own) && slices.ContainsFunc(h.Who, func(id string) bool { return slices.Contains(members, id) }) {
		h.Country, h.Place = "", ""
	}
	return h
}

// without leaves the same out of a line of the story.
func (e Event) without(members []string) Event {
	if e.What.Member != nil && slices.Contains(members, e.What.Member.ID) {
		m := e.What.Member.unplaced()
		e.What.Member = &m
	}
	if e.What.Home != nil {
		h := e.What.Home.unplaced(members)
		e.What.Home = &h
	}
	if slices.Contains(members, e.About) {
		e.What.Note = ""
		if e.What.Step != nil {
			s := *e.What.Step
			s.Note = ""
			e.What.Step = &s
		}
	}
	return e
}

// Link is a relative who has a file.
type Link struct{ Member, Other string }

// links are the relatives of whom the actor may see the file for a reason of their own; of others nothing is told.
func (x *Families) links(ctx context.Context, a access.Actor, person string, now time.Time) (map[string]string, error) {
	ls, err := db.Many[Link](ctx, x.db, db.F(`SELECT l.member, l.other FROM family_link l WHERE l.person = ? AND`, person).
		With(access.Sees(a, now, access.DeskLevel, "l.other")).Then(`ORDER BY l.at, l.other`))
	out := map[string]string{}
	for _, l := range ls {
		out[l.Member] = l.Other
	}
	return out, err
}

// link ties a relative to a file. Both files are open to who says it, and both families tell it of each other: one who did
// not yet stand in the other family is put there. The story is silent about it, because it is read by who may not know.
func link(ctx context.Context, tx *db.Tx, f, other dossier.File, member string) error {
	fam, _, err := load(ctx, tx, f.Key(), f.ID())
	if err != nil {
		return err
	}
	if _, ok := fam.Member(member); !ok {
		return fault.Gone()
	}
	k, _ := fam.Bond(member, clock.Today(tx.Now))
	if err := putLink(ctx, tx, f, member, other.ID()); err != nil {
		return err
	}
	theirs, _, err := load(ctx, tx, other.Key(), other.ID())
	if err != nil {
		return err
	}
	ls, err := db.Many[Link](ctx, tx, db.F(`SELECT member, other FROM family_link WHERE person = ?`, other.ID()))
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, l := range ls {
		if _, ok := theirs.Member(l.Member); ok && l.Other == f.ID() {
			return nil // they know each other already
		}
		taken[l.Member] = true
	}
	if id := theirs.counterpart(f.Called(), Inverse(k.Role), taken, clock.Today(tx.Now)); id != "" {
		return putLink(ctx, tx, other, id, f.ID())
	}
	m := Member{ID: db.ID("fm", tx.Now), Name: f.Called(), Coming: "no", Rev: 1}
	err = change(ctx, tx, other, func(fam *Family) (Event, error) {
		fam.Members = append(fam.Members, m)
		e := Event{About: m.ID, Kind: memberMade, What: Details{Member: bare(m)}}
		if k.Role != "" {
			t := k.Tie
			t.ID = db.ID("ft", tx.Now)
			t.A, t.B = swap(t.A, member, m.ID), swap(t.B, member, m.ID)
			fam.Ties, e.What.Tie = append(fam.Ties, t), &t
		}
		return e, nil
	})
	if err != nil {
		return err
	}
	return putLink(ctx, tx, other, m.ID, f.ID())
}

// swap turns an end of a tie round: the person of one family is the member of the other.
func swap(end, member, mirror string) string {
	if end == member {
		return Own
	}
	return mirror
}

// putLink writes a link. Where somebody is stays left out when it was left out of the same person before.
func putLink(ctx context.Context, tx *db.Tx, f dossier.File, member, other string) error {
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO family_link (person, member, other, made_by, at) VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING`, f.ID(), member, other, f.Who().ID, tx.Now)); err != nil {
		return err
	}
	if err := f.Log(ctx, tx, "family.event.linked", member); err != nil {
		return err
	}
	splits, err := db.Many[string](ctx, tx, db.F(`SELECT DISTINCT v.split FROM family_veil v JOIN family_link l ON l.person = v.person AND l.member = v.member WHERE v.person = ? AND l.other = ? AND v.ended IS NULL`, f.ID(), other))
	if err != nil {
		return err
	}
	for _, s := range splits {
		if err := veil(ctx, tx, f.ID(), member, s); err != nil {
			return err
		}
	}
	return nil
}

// unlink lets go of a file, in both families.
func unlink(ctx context.Context, tx *db.Tx, f dossier.File, member, other string) error {
	n, err := db.Do(ctx, tx, db.F(`DELETE FROM family_link WHERE person = ? AND member = ? AND other = ?`, f.ID(), member, other))
	if err != nil || n == 0 {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM family_link WHERE person = ? AND other = ?`, other, f.ID())); err != nil {
		return err
	}
	// What one saw for the other was seen as a relative. Without the link no parting would find it again.
	var cut Cut
	if err := cut.sights(ctx, tx, []string{f.ID()}, other); err != nil {
		return err
	}
	if err := cut.guards(ctx, tx, cut.Sights); err != nil {
		return err
	}
	return f.Log(ctx, tx, "family.event.linked", member)
}

// watched are the families in which something is worth a look, of whom the actor may see the whole file.
func (x *Families) watched(ctx context.Context, a access.Actor, now time.Time, n int) ([]string, error) {
	return db.Many[string](ctx, x.db, db.F(`SELECT t.person FROM family_tree t WHERE t.watch <= ? AND`, clock.Today(now)).
		With(access.Sees(a, now, access.File, "t.person")).Then(`ORDER BY t.watch, t.person LIMIT ?`, n))
}
