package dossier

// This file holds the SQL of people: writing a profile with its history and its blind tokens, and reading names for lists.

import (
	"cmp"
	"context"
	"embed"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Card is the little that a list shows of a person; it is sealed apart from the profile so that lists stay quick.
type Card struct {
	Called   string     `json:"c"`
	Name     string     `json:"n"`
	Language string     `json:"l,omitempty"`
	VNumber  string     `json:"v,omitempty"`
	Parts    []string   `json:"p,omitempty"` // folded, for searching among one's own people
	Spelt    []Spelling `json:"s,omitempty"` // how others write the whole name
}

// Spelling is a whole name as a source writes it; a name in the person's own script has no source.
type Spelling struct {
	Text   string `json:"t"`
	Source string `json:"b,omitempty"`
}

func cardOf(p Profile) Card {
	c := Card{Called: p.Called, Name: p.Name(), Language: p.Language(), VNumber: p.VNumber, Parts: p.Parts()}
	if p.Own != "" {
		c.Spelt = append(c.Spelt, Spelling{Text: p.Own})
	}
	for _, v := range p.Variants {
		if v.Text != c.Name {
			c.Spelt = append(c.Spelt, Spelling{v.Text, v.Source})
		}
	}
	return c
}

func profilePlace(id string) string { return "dossier_person.profile/" + id }
func cardPlace(id string) string    { return "dossier_person.card/" + id }
func versionPlace(id string, n int64) string {
	return "dossier_version.profile/" + id + "/" + strconv.FormatInt(n, 10)
}

// Placing is where a new person belongs.
type Placing struct {
	Team, Location string
	By             string // the colleague who gets the file; nobody when empty
	Actor          string // who wrote it down, when that is somebody else; gets no right to see it
	Batch          string // of an import
}

func (p Placing) actor() string {
	if p.Actor != "" {
		return p.Actor
	}
	return p.By
}

// Token kinds. Birth joins a name part to a year or a day: two identifiers in one token.
const (
	tokenVNumber = "vnumber"
	tokenZNumber = "znumber"
	tokenPhone   = "phone"
	tokenYear    = "name+year"
	tokenDay     = "name+day"
)

// lookups are the blind tokens of a profile, each once.
func lookups(v *privacy.Vault, p Profile) [][]byte {
	var out [][]byte
	seen := map[string]bool{}
	add := func(kind, value string) {
		if key := kind + "|" + value; value != "" && !seen[key] {
			seen[key] = true
			out = append(out, v.Token(kind, value))
		}
	}
	for _, n := range p.All("vnumber") {
		add(tokenVNumber, n)
	}
	for _, n := range p.All("znumber") {
		add(tokenZNumber, n)
	}
	add(tokenPhone, p.Reach.Phone)
	for _, m := range p.Reach.More {
		add(tokenPhone, m.Number)
	}
	for _, part := range p.Parts() {
		for _, b := range p.Births {
			if b.Year == 0 {
				continue
			}
			add(tokenYear, part+"|"+strconv.Itoa(b.Year))
			if b.Day != 0 {
				add(tokenDay, part+"|"+BirthText(b))
			}
		}
	}
	return out
}

func putLookup(ctx context.Context, tx *db.Tx, token []byte, person string) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_lookup (token, person) VALUES (?,?) ON CONFLICT DO NOTHING`, token, person))
	return err
}

func putLookups(ctx context.Context, tx *db.Tx, person string, tokens [][]byte) error {
	for _, t := range tokens {
		if err := putLookup(ctx, tx, t, person); err != nil {
			return err
		}
	}
	return nil
}

// Add writes a new person whose key was made before. It gives the person their own right to see, and the colleague the
// file.
func Add(ctx context.Context, tx *db.Tx, v *privacy.Vault, k privacy.Key, id string, p Profile, at Placing) error {
	profile, err := privacy.SealJSON(k, profilePlace(id), p)
	if err != nil {
		return err
	}
	card, err := privacy.SealJSON(k, cardPlace(id), cardOf(p))
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_person (id, team, location, card, profile, version, created_at, created_by, changed_at, changed_by, batch) VALUES (?,?,?,?,?,1,?,?,?,?,?)`,
		id, at.Team, at.Location, card, profile, tx.Now, at.actor(), tx.Now, at.actor(), none(at.Batch))); err != nil {
		return err
	}
	if err := putLookups(ctx, tx, id, lookups(v, p)); err != nil {
		return err
	}
	if _, err := access.Give(ctx, tx, access.Grant{Subject: id, Holder: "self:" + id, Why: access.Self, Level: access.File, GivenBy: at.actor()}); err != nil {
		return err
	}
	if at.By != "" {
		if _, err := access.Give(ctx, tx, access.Grant{Subject: id, Holder: "user:" + at.By, Why: access.Registered, Level: access.File, GivenBy: at.actor(), Place: at.Team}); err != nil {
			return err
		}
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "dossier.event.registered", Subject: id, Actor: at.actor(), ActorKind: string(access.Staff), Place: at.Team})
}

func none(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// save writes a changed profile over the version the form began from. Somebody else's newer version is a conflict, and
// nothing is written.
func save(ctx context.Context, tx *db.Tx, v *privacy.Vault, f File, p Profile, from int64) error {
	type row struct {
		Version   int64
		Profile   []byte
		ChangedAt time.Time
		ChangedBy string
	}
	old, err := db.One[row](ctx, tx, db.F(`SELECT version, profile, changed_at, changed_by FROM dossier_person WHERE id = ?`, f.id))
	if err != nil {
		return err
	}
	if old.Version != from {
		return fault.New(fault.Conflict, "dossier.conflict")
	}
	was, err := f.key.Open(profilePlace(f.id), old.Profile)
	if err != nil {
		return err
	}
	var before Profile
	if err := json.Unmarshal(was, &before); err != nil {
		return fault.Wrap(fault.Internal, "read the earlier profile", err)
	}
	p = p.KeepDates(before)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_version (person, version, profile, at, by) VALUES (?,?,?,?,?)`,
		f.id, old.Version, f.key.Seal(versionPlace(f.id, old.Version), was), old.ChangedAt, old.ChangedBy)); err != nil {
		return err
	}
	profile, err := privacy.SealJSON(f.key, profilePlace(f.id), p)
	if err != nil {
		return err
	}
	card, err := privacy.SealJSON(f.key, cardPlace(f.id), cardOf(p))
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE dossier_person SET profile = ?, card = ?, version = version + 1, changed_at = ?, changed_by = ? WHERE id = ? AND version = ?`,
		profile, card, tx.Now, f.who.ID, f.id, from))
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.New(fault.Conflict, "dossier.conflict")
	}
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM dossier_lookup WHERE person = ?`, f.id)); err != nil {
		return err
	}
	if err := putLookups(ctx, tx, f.id, lookups(v, p)); err != nil {
		return err
	}
	return f.Log(ctx, tx, "dossier.event.changed", "")
}

// Version is an earlier profile.
type Version struct {
	Version int64
	At      time.Time
	By      string
	Profile Profile
}

// history reads the earlier profiles, newest first.
func (s *Files) history(ctx context.Context, q db.Q, f File, n int) ([]Version, error) {
	type row struct {
		Version int64
		Profile []byte
		At      time.Time
		By      string
	}
	rows, err := db.Many[row](ctx, q, db.F(`SELECT version, profile, at, by FROM dossier_version WHERE person = ? ORDER BY version DESC LIMIT ?`, f.id, n))
	if err != nil {
		return nil, err
	}
	var out []Version
	for _, r := range rows {
		v := Version{Version: r.Version, At: r.At, By: r.By}
		if err := privacy.OpenJSON(f.key, versionPlace(f.id, r.Version), r.Profile, &v.Profile); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Listed is one person in a list.
type Listed struct {
	ID   string
	Team string
	Card Card
}

// byName puts people in the order of their names. Each name is folded once: in the comparison it would be folded at every
// step, which is most of the time that a list takes.
func byName(ls []Listed) {
	folded := make(map[string]string, len(ls))
	for _, l := range ls {
		folded[l.ID] = Fold(l.Card.Name)
	}
	slices.SortStableFunc(ls, func(a, b Listed) int { return strings.Compare(folded[a.ID], folded[b.ID]) })
}

type listRow struct {
	ID   string
	Team string
	Card []byte
}

// listedWhere are those of whom a condition on dossier_person p is true, in any order.
func (s *Files) listedWhere(ctx context.Context, which db.Frag) ([]Listed, error) {
	rows, err := db.Many[listRow](ctx, s.db, db.F(`SELECT p.id, p.team, p.card FROM dossier_person p WHERE`).With(which))
	if err != nil {
		return nil, err
	}
	return s.open(ctx, rows)
}

func (s *Files) open(ctx context.Context, rows []listRow) ([]Listed, error) {
	out := make([]Listed, 0, len(rows))
	for _, r := range rows {
		c, there, err := s.card(ctx, r)
		if err != nil {
			return nil, err
		}
		if there {
			out = append(out, Listed{ID: r.ID, Team: r.Team, Card: c})
		}
	}
	return out, nil
}

// card opens the card of a row; there is none when the person is erased in this moment.
func (s *Files) card(ctx context.Context, r listRow) (c Card, there bool, err error) {
	c, err = privacy.Opened[Card](ctx, s.vault, r.ID, cardPlace(r.ID), r.Card)
	if fault.Is(err, fault.NotFound) {
		return c, false, nil
	}
	return c, err == nil, err
}

// openAtOnce is how many files are read in one question to the database.
const openAtOnce = 500

// Mine lists all files that the actor may see at this level, newest grant first.
func (s *Files) Mine(ctx context.Context, a access.Actor, level access.Level, now time.Time) ([]Listed, error) {
	ids, err := s.held(ctx, a, level, now)
	if err != nil {
		return nil, err
	}
	return s.those(ctx, a, level, ids, now)
}

// held are the ids of all files that the actor may see, newest grant first.
func (s *Files) held(ctx context.Context, a access.Actor, level access.Level, now time.Time) ([]string, error) {
	return access.Holding(ctx, s.db, a.Holders, level, now, math.MaxInt32)
}

// those are the ones of these files that the actor may see, in this order.
func (s *Files) those(ctx context.Context, a access.Actor, level access.Level, ids []string, now time.Time) ([]Listed, error) {
	var out []Listed
	for some := range slices.Chunk(ids, openAtOnce) {
		ls, err := s.listedWhere(ctx, db.In("p.id", some).And(access.Sees(a, now, level, "p.id")))
		if err != nil {
			return nil, err
		}
		place := make(map[string]int, len(some))
		for i, id := range some {
			place[id] = i
		}
		slices.SortFunc(ls, func(a, b Listed) int { return cmp.Compare(place[a.ID], place[b.ID]) })
		out = append(out, ls...)
	}
	return out, nil
}

// Names tells what people want to be called, for lists whose rows were already filtered by access.Sees.
func (s *Files) Names(ctx context.Context, ids []string) (map[string]string, error) {
	cards, err := s.Cards(ctx, ids)
	out := make(map[string]string, len(cards))
	for id, c := range cards {
		out[id] = c.Called
	}
	return out, err
}

// Cards is Names with the little that lists show.
func (s *Files) Cards(ctx context.Context, ids []string) (map[string]Card, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return s.cards(ctx, db.In("p.id", ids))
}

// CardsSeen are the cards of those whom the actor may see at this level now; of the others nothing is read.
func (s *Files) CardsSeen(ctx context.Context, a access.Actor, level access.Level, ids []string, now time.Time) (map[string]Card, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return s.cards(ctx, db.In("p.id", ids).And(access.Sees(a, now, level, "p.id")))
}

func (s *Files) cards(ctx context.Context, which db.Frag) (map[string]Card, error) {
	ls, err := s.listedWhere(ctx, which)
	out := make(map[string]Card, len(ls))
	for _, l := range ls {
		out[l.ID] = l.Card
	}
	return out, err
}

// byTokens finds people who have at least so many of these values. It decides nothing about access: callers do, and log
// that they asked.
func (s *Files) byTokens(ctx context.Context, q db.Q, kind string, values []string, least, most int) ([]string, error) {
	tokens := make([][]byte, len(values))
	for i, v := range values {
		tokens[i] = s.vault.Token(kind, v)
	}
	return db.Many[string](ctx, q, db.F(`SELECT person FROM dossier_lookup WHERE`).With(db.In("token", tokens)).
		Then(`GROUP BY person HAVING COUNT(*) >= ? ORDER BY person LIMIT ?`, least, most))
}

// ByVNumber finds a person by number, in any notation; nobody is an empty id.
func (s *Files) ByVNumber(ctx context.Context, q db.Q, number string) (string, error) {
	v, ok := VNumber(number)
	if !ok {
		return "", nil
	}
	ids, err := s.byTokens(ctx, q, tokenVNumber, []string{v}, 1, 1)
	if len(ids) == 0 {
		return "", err
	}
	return ids[0], err
}

// Team is the team a person belongs to.
func (s *Files) Team(ctx context.Context, q db.Q, id string) (string, error) {
	return db.One[string](ctx, q, db.F(`SELECT team FROM dossier_person WHERE id = ?`, id))
}
