package organisation

// This file reads and writes colleagues, their posts and their deputies.

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// row is a colleague as stored: languages stand in one text, with spaces between.
type row struct {
	Colleague
	Spoken string
}

func (r row) colleague() Colleague {
	c := r.Colleague
	c.Languages = strings.Fields(r.Spoken)
	return c
}

const colleagueColumns = `SELECT id, name, called, email, phone, languages AS spoken, lang, paid, active, vog_seen, last_day, version FROM organisation_colleague`

func colleagues(ctx context.Context, q db.Q, f db.Frag) ([]Colleague, error) {
	var out []Colleague
	err := db.Each(ctx, q, f, func(r row) error { out = append(out, r.colleague()); return nil })
	return out, err
}

// Colleague is one colleague.
func (s *Store) Colleague(ctx context.Context, id string) (Colleague, error) {
	return ColleagueIn(ctx, s.db, id)
}

// ColleagueIn is one colleague, read inside a transaction or outside one.
func ColleagueIn(ctx context.Context, q db.Q, id string) (Colleague, error) {
	r, err := db.One[row](ctx, q, db.F(colleagueColumns).Then(`WHERE id = ?`, id).Often())
	return r.colleague(), err
}

// ColleagueByEmail finds who has this address, in whatever way it was typed.
func (s *Store) ColleagueByEmail(ctx context.Context, email string) (Colleague, error) {
	r, err := db.One[row](ctx, s.db, db.F(colleagueColumns).Then(`WHERE email = ?`, NormalEmail(email)))
	return r.colleague(), err
}

// Colleagues are colleagues by id; ids that do not exist are left out. Each part of a page names some, mostly the same ones,
// so that a page remembers whom it read.
func (s *Store) Colleagues(ctx context.Context, ids []string) (map[string]Colleague, error) {
	read, _ := web.OnPage(ctx, "organisation.colleagues", func() (map[string]*Colleague, error) { return map[string]*Colleague{}, nil }) // nil: does not exist
	var unread []string
	for _, id := range ids {
		if _, ok := read[id]; !ok {
			unread = append(unread, id)
		}
	}
	for some := range slices.Chunk(unread, 500) { // SQLite takes a bounded number of values
		cs, err := colleagues(ctx, s.db, db.F(colleagueColumns).Then(`WHERE`).With(db.In("id", some)).Often())
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			read[id] = nil
		}
		for i := range cs {
			read[cs[i].ID] = &cs[i]
		}
	}
	out := make(map[string]Colleague, len(ids))
	for _, id := range ids {
		if c := read[id]; c != nil {
			out[id] = *c
		}
	}
	return out, nil
}

// Search lists colleagues whose name, first name or address begins with a text, or all, a page at a time by name. A
// team narrows it to those with a live post in it or in one of its locations and desks.
func (s *Store) Search(ctx context.Context, text, team string, now time.Time, offset, n int) ([]Colleague, error) {
	f := db.F(colleagueColumns).Then(`WHERE TRUE`)
	if text = strings.ToLower(strings.TrimSpace(text)); text != "" {
		like := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
		f = f.Then(`AND (LOWER(name) LIKE ? ESCAPE '\' OR LOWER(name) LIKE ? ESCAPE '\' OR LOWER(called) LIKE ? ESCAPE '\' OR email LIKE ? ESCAPE '\')`,
			like, "% "+like, like, like)
	}
	if team != "" {
		f = f.Then(`AND id IN (SELECT colleague FROM organisation_post WHERE ended IS NULL AND (until IS NULL OR until > ?) AND (
			(scope_kind = 'team' AND scope_id = ?)
			OR (scope_kind = 'location' AND scope_id IN (SELECT id FROM organisation_location WHERE team = ?))
			OR (scope_kind = 'desk' AND scope_id IN (SELECT d.id FROM organisation_desk d JOIN organisation_location l ON l.id = d.location WHERE l.team = ?))))`,
			now, team, team, team)
	}
	return colleagues(ctx, s.db, f.Then(`ORDER BY name, id LIMIT ? OFFSET ?`, n, offset))
}

// AddColleague makes a colleague. An address that is in use is a fault at its field.
func AddColleague(ctx context.Context, tx *db.Tx, in ColleagueInput, seen clock.Date, by string) (string, error) {
	if err := freeEmail(ctx, tx, in.Email, ""); err != nil {
		return "", err
	}
	id := db.ID("u", tx.Now)
	called := in.Called
	if called == "" {
		called = FirstName(in.Name)
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_colleague (id, name, called, email, phone, languages, lang, paid, active, vog_seen, version)
		VALUES (?,?,?,?,?,?,?,?,TRUE,?,1)`, id, in.Name, called, NormalEmail(in.Email), in.Phone, strings.Join(in.Languages, " "), in.Lang, in.Paid, seen))
	if err != nil {
		return "", err
	}
	return id, note(ctx, tx, by, "organisation.event.colleague", id)
}

// SaveColleague changes a colleague; somebody else's change since the version was read is a conflict.
func SaveColleague(ctx context.Context, tx *db.Tx, id string, in ColleagueInput, seen clock.Date, by string) error {
	if err := freeEmail(ctx, tx, in.Email, id); err != nil {
		return err
	}
	called := in.Called
	if called == "" {
		called = FirstName(in.Name)
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE organisation_colleague SET name = ?, called = ?, email = ?, phone = ?, languages = ?, lang = ?, paid = ?, active = ?,
		vog_seen = ?, version = version + 1 WHERE id = ? AND version = ?`,
		in.Name, called, NormalEmail(in.Email), in.Phone, strings.Join(in.Languages, " "), in.Lang, in.Paid, in.Active, seen, id, in.Version))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "organisation.conflict")
	}
	if !in.Active {
		if err := keepAnAdministrator(ctx, tx); err != nil {
			return err
		}
	}
	return note(ctx, tx, by, "organisation.event.colleague", id)
}

func freeEmail(ctx context.Context, tx *db.Tx, email, but string) error {
	other, err := db.One[string](ctx, tx, db.F(`SELECT id FROM organisation_colleague WHERE email = ?`, NormalEmail(email)))
	if err == nil && other != but {
		return fault.Fields{{Name: "email", Key: "organisation.error.email_used"}}.Err()
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return nil
}

const heldColumns = `SELECT id, colleague, role, scope_kind, scope_id, since, until, ended, given_by, ended_by FROM organisation_post`

// Posts are the posts a colleague holds at this moment. A colleague who is not active, or whose VOG is not valid,
// holds none that reaches a file.
func (s *Store) Posts(ctx context.Context, user string, now time.Time) ([]access.Post, error) {
	_, posts, err := Standing(ctx, s.db, user, now)
	return posts, err
}

// PostsOf are the posts that these colleagues hold at this moment, by colleague.
func (s *Store) PostsOf(ctx context.Context, cs map[string]Colleague, now time.Time) (map[string][]access.Post, error) {
	out := make(map[string][]access.Post, len(cs))
	err := db.Each(ctx, s.db, db.F(heldColumns).Then(`WHERE`).With(db.In("colleague", slices.Sorted(maps.Keys(cs)))).Then(`ORDER BY since, id`).Often(), func(h Held) error {
		if h.Live(now) && cs[h.Colleague].MayHold(h.Role, now) {
			out[h.Colleague] = append(out[h.Colleague], h.Post())
		}
		return nil
	})
	return out, err
}

// Standing is a colleague with the posts held at this moment, for the one who lets people in.
func Standing(ctx context.Context, q db.Q, user string, now time.Time) (Colleague, []access.Post, error) {
	c, err := ColleagueIn(ctx, q, user)
	if err != nil {
		return c, nil, err
	}
	var posts []access.Post
	err = db.Each(ctx, q, db.F(heldColumns).Then(`WHERE colleague = ? ORDER BY since, id`, user).Often(), func(h Held) error {
		if h.Live(now) && c.MayHold(h.Role, now) {
			posts = append(posts, h.Post())
		}
		return nil
	})
	return c, posts, err
}

// History is every post of a colleague, newest first.
func (s *Store) History(ctx context.Context, user string) ([]Held, error) {
	return db.Many[Held](ctx, s.db, db.F(heldColumns).Then(`WHERE colleague = ? ORDER BY since DESC, id DESC`, user))
}

// HeldPost is one post.
func (s *Store) HeldPost(ctx context.Context, id string) (Held, error) {
	return db.One[Held](ctx, s.db, db.F(heldColumns).Then(`WHERE id = ?`, id))
}

// At lists who holds live posts at one place, by role and name of the colleague.
func (s *Store) At(ctx context.Context, sc access.Scope, now time.Time) ([]Held, error) {
	return db.Many[Held](ctx, s.db, db.F(heldColumns).Then(`WHERE scope_kind = ? AND scope_id = ? AND ended IS NULL AND since <= ? AND (until IS NULL OR until > ?)
		ORDER BY role, since, id`, string(sc.Kind), sc.ID, now, now))
}

// Give gives a post. A live post of the same role in the same place is a fault: it would change nothing.
func Give(ctx context.Context, tx *db.Tx, colleague string, p access.Post, since, until time.Time, by string) (string, error) {
	theirs, err := db.Many[Held](ctx, tx, db.F(heldColumns).Then(`WHERE colleague = ?`, colleague))
	if err != nil {
		return "", err
	}
	for _, h := range theirs {
		if h.Post() == p && (h.Live(tx.Now) || h.Coming(tx.Now)) {
			return "", fault.Fields{{Name: "rol", Key: "organisation.error.held"}}.Err()
		}
	}
	id := db.ID("h", tx.Now)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_post (id, colleague, role, scope_kind, scope_id, since, until, given_by, ended_by) VALUES (?,?,?,?,?,?,?,?,'')`,
		id, colleague, string(p.Role), string(p.Scope.Kind), p.Scope.ID, since, until, by)); err != nil {
		return "", err
	}
	return id, note(ctx, tx, by, "organisation.event.post_given", colleague)
}

// EndPost ends a post at once; it stays in the history. The last administrator stays.
func EndPost(ctx context.Context, tx *db.Tx, h Held, by string) error {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE organisation_post SET ended = ?, ended_by = ? WHERE id = ? AND ended IS NULL`, tx.Now, by, h.ID)); err != nil {
		return err
	}
	if h.Role == access.Admin {
		if err := keepAnAdministrator(ctx, tx); err != nil {
			return err
		}
	}
	return note(ctx, tx, by, "organisation.event.post_ended", h.Colleague)
}

// RestoreDays is how long ending a post or a deputy can be taken back.
const RestoreDays = 30

// RestorePost takes an ending back.
func RestorePost(ctx context.Context, tx *db.Tx, h Held, by string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE organisation_post SET ended = NULL, ended_by = '' WHERE id = ? AND ended > ?`, h.ID, tx.Now.AddDate(0, 0, -RestoreDays)))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "organisation.conflict")
	}
	if err != nil {
		return err
	}
	return note(ctx, tx, by, "organisation.event.post_given", h.Colleague)
}

// keepAnAdministrator refuses a change after which nobody could run the house.
func keepAnAdministrator(ctx context.Context, tx *db.Tx) error {
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM organisation_post p JOIN organisation_colleague c ON c.id = p.colleague
		WHERE p.role = 'admin' AND p.ended IS NULL AND p.since <= ? AND (p.until IS NULL OR p.until > ?) AND c.active = TRUE AND c.last_day IS NULL`, tx.Now, tx.Now))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "organisation.error.last_admin")
	}
	return err
}

// AnAdministrator says whether anybody holds the post of administrator.
func (s *Store) AnAdministrator(ctx context.Context, now time.Time) (bool, error) {
	n, err := db.One[int](ctx, s.db, db.F(`SELECT COUNT(*) FROM organisation_post p JOIN organisation_colleague c ON c.id = p.colleague
		WHERE p.role = 'admin' AND p.ended IS NULL AND p.since <= ? AND (p.until IS NULL OR p.until > ?) AND c.active = TRUE`, now, now))
	return n > 0, err
}

const deputyColumns = `SELECT id, colleague, deputy, since, until, ended, made_by FROM organisation_deputy`

// Deputies are all who stood, stand or will stand in for a colleague, newest first.
func (s *Store) Deputies(ctx context.Context, colleague string) ([]Deputy, error) {
	return db.Many[Deputy](ctx, s.db, db.F(deputyColumns).Then(`WHERE colleague = ? ORDER BY since DESC, id DESC`, colleague))
}

// DeputyRow is one arrangement.
func (s *Store) DeputyRow(ctx context.Context, id string) (Deputy, error) {
	return db.One[Deputy](ctx, s.db, db.F(deputyColumns).Then(`WHERE id = ?`, id))
}

// DeputyOf is who stands in for a colleague today; empty when nobody does.
func (s *Store) DeputyOf(ctx context.Context, user string, now time.Time) (string, error) {
	day := clock.Today(now)
	ds, err := s.Deputies(ctx, user)
	for _, d := range ds {
		if d.On(day) {
			return d.Deputy, err
		}
	}
	return "", err
}

// StandsInFor lists for whom a colleague stands in today.
func (s *Store) StandsInFor(ctx context.Context, user string, now time.Time) ([]string, error) {
	day := clock.Today(now)
	var out []string
	err := db.Each(ctx, s.db, db.F(deputyColumns).Then(`WHERE deputy = ? AND ended IS NULL ORDER BY since, id`, user).Often(), func(d Deputy) error {
		if d.On(day) {
			out = append(out, d.Colleague)
		}
		return nil
	})
	return out, err
}

// AddDeputy arranges who stands in. Overlap is checked again here, because two people may arrange at once.
func AddDeputy(ctx context.Context, tx *db.Tx, colleague string, in DeputyInput, by string) error {
	theirs, err := db.Many[Deputy](ctx, tx, db.F(deputyColumns).Then(`WHERE colleague = ?`, colleague))
	if err != nil {
		return err
	}
	from, to, fs := in.Check(colleague, theirs, tx.Now)
	if err := fs.Err(); err != nil {
		return err
	}
	if d, err := ColleagueIn(ctx, tx, in.Deputy); fault.Is(err, fault.NotFound) || (err == nil && !d.Works(tx.Now)) {
		return fault.Fields{{Name: "deputy", Key: "organisation.error.deputy"}}.Err()
	} else if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_deputy (id, colleague, deputy, since, until, made_by) VALUES (?,?,?,?,?,?)`,
		db.ID("w", tx.Now), colleague, in.Deputy, from, to, by)); err != nil {
		return err
	}
	return note(ctx, tx, by, "organisation.event.deputy", colleague)
}

// EndDeputy ends an arrangement at once.
func EndDeputy(ctx context.Context, tx *db.Tx, d Deputy, by string) error {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE organisation_deputy SET ended = ? WHERE id = ? AND ended IS NULL`, tx.Now, d.ID)); err != nil {
		return err
	}
	return note(ctx, tx, by, "organisation.event.deputy", d.Colleague)
}

// TeamsOf lists the teams in which a colleague holds a live post: of the team itself or of one of its places.
func (s *Store) TeamsOf(ctx context.Context, user string, now time.Time) ([]string, error) {
	posts, err := s.Posts(ctx, user, now)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, p := range posts {
		if p.Scope.Kind == access.National || p.Scope.Kind == access.InRegion {
			continue
		}
		w, err := s.Where(ctx, p.Scope)
		if err != nil {
			return nil, err
		}
		out = appendNew(out, w.Team)
	}
	return out, nil
}

// Members are the colleagues who hold a post now in a team or one of its places.
func (s *Store) Members(ctx context.Context, team string, now time.Time) ([]string, error) {
	return db.Many[string](ctx, s.db, db.F(`SELECT DISTINCT colleague FROM organisation_post WHERE ended IS NULL AND since <= ? AND (until IS NULL OR until > ?)
		AND (scope_kind = 'team' AND scope_id = ? OR scope_kind = 'location' AND scope_id IN (SELECT id FROM organisation_location WHERE team = ?)
			OR scope_kind = 'desk' AND scope_id IN (SELECT d.id FROM organisation_desk d JOIN organisation_location l ON l.id = d.location WHERE l.team = ?)) ORDER BY colleague`, now, now, team, team, team))
}

// TeamOf is the first team of a colleague; empty when there is none.
func (s *Store) TeamOf(ctx context.Context, user string, now time.Time) (string, error) {
	ts, err := s.TeamsOf(ctx, user, now)
	if err != nil || len(ts) == 0 {
		return "", err
	}
	return ts[0], nil
}

// Lead lists who leads a team now.
func (s *Store) Lead(ctx context.Context, team string, now time.Time) ([]string, error) {
	return s.Holding(ctx, access.Post{Role: access.Lead, Scope: access.Scope{Kind: access.Team, ID: team}}, now)
}

// Above lists who answers for a team now: who leads it, or whoever leads its region while nobody does.
func (s *Store) Above(ctx context.Context, team string, now time.Time) ([]string, error) {
	leads, err := s.Lead(ctx, team, now)
	if err != nil || len(leads) > 0 {
		return leads, err
	}
	t, err := s.Team(ctx, team)
	if err != nil {
		return nil, err
	}
	return s.Holding(ctx, access.Post{Role: access.Region, Scope: access.Scope{Kind: access.InRegion, ID: t.Region}}, now)
}

// Holding lists the colleagues who hold a post now, those whose VOG or standing bars them left out.
func (s *Store) Holding(ctx context.Context, p access.Post, now time.Time) ([]string, error) {
	hs, err := s.At(ctx, p.Scope, now)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, h := range hs {
		if h.Role == p.Role {
			ids = appendNew(ids, h.Colleague)
		}
	}
	known, err := s.Colleagues(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := ids[:0]
	for _, id := range ids {
		if c, ok := known[id]; ok && c.MayHold(p.Role, now) {
			out = append(out, id)
		}
	}
	return out, nil
}

func appendNew(list []string, x string) []string {
	for _, y := range list {
		if y == x {
			return list
		}
	}
	return append(list, x)
}

// SetLang keeps the language in which a colleague reads the screen. It is the colleague's own choice, so it makes no
// new version of what others edit.
func SetLang(ctx context.Context, tx *db.Tx, user, tag string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE organisation_colleague SET lang = ? WHERE id = ?`, tag, user))
	return err
}
