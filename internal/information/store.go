package information

// This file holds the capability itself and the SQL of the texts.

import (
	"context"
	"embed"
	"encoding/json"
	"strconv"
	"sync"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Information is the capability.
type Information struct {
	db      *db.DB
	vault   *privacy.Vault
	org     *organisation.Store
	files   *dossier.Files
	holiday func(clock.Date) bool
	limit   web.Limit
	hearing dossier.Hearings // nobody knows when nil
	known   sync.Map         // versionKey → Content, shared: nobody changes one
}

type versionKey struct {
	article string
	version int64
}

// New makes it. Holiday says on which days no walk-in hour is held. A whole reception centre may share one address, so that the
// limit is wide.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files, holiday func(clock.Date) bool) *Information {
	return &Information{db: d, vault: v, org: org, files: files, holiday: holiday, limit: web.Limit{Each: 30, All: 300, Within: time.Hour}}
}

// house seals what belongs to no person.
func (i *Information) house() privacy.Key { return i.vault.House("information") }

func log(ctx context.Context, tx *db.Tx, a access.Actor, event, object string) error {
	return audit.Append(ctx, tx, audit.Entry{Event: event, Actor: a.ID, ActorKind: string(a.Kind), Object: object, Session: a.Session})
}

const articleColumns = `SELECT id, theme, slug, team, public, version, closed FROM information_article`

// articles are all texts, in the order of their addresses.
func (i *Information) articles(ctx context.Context) ([]Article, error) {
	return db.Many[Article](ctx, i.db, db.F(articleColumns).Then(`ORDER BY slug, id`))
}

func article(ctx context.Context, q db.Q, id string) (Article, error) {
	return db.One[Article](ctx, q, db.F(articleColumns).Then(`WHERE id = ?`, id))
}

// at is the text at an address of the site; what is not on the site is not there.
func (i *Information) at(ctx context.Context, theme, slug string) (Article, Version, error) {
	a, err := db.One[Article](ctx, i.db, db.F(articleColumns).Then(`WHERE theme = ? AND slug = ?`, theme, slug))
	if err != nil {
		return a, Version{}, err
	}
	if !a.Shown() {
		return a, Version{}, fault.Gone()
	}
	v, err := i.version(ctx, i.db, a.ID, a.Public)
	return a, v, err
}

const versionColumns = `SELECT article, version, at, made_by, passed, passed_by, body FROM information_version`

func (i *Information) version(ctx context.Context, q db.Q, id string, n int64) (Version, error) {
	v, err := db.One[Version](ctx, q, db.F(versionColumns).Then(`WHERE article = ? AND version = ?`, id, n))
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(v.Body, &v.Content); err != nil {
		return v, fault.Wrap(fault.Internal, "read version "+strconv.FormatInt(n, 10)+" of "+id, err)
	}
	return v, nil
}

// content is what a version says; a version never changes, so each node reads it once.
func (i *Information) content(ctx context.Context, id string, n int64) (Content, error) {
	key := versionKey{id, n}
	if c, ok := i.known.Load(key); ok {
		return c.(Content), nil
	}
	v, err := i.version(ctx, i.db, id, n)
	if err == nil {
		i.known.Store(key, v.Content)
	}
	return v.Content, err
}

// placed is a text that is on the site, with what it says there.
type placed struct {
	Article
	Content Content
}

// onSite are the texts on the site, in the order of their addresses.
func (i *Information) onSite(ctx context.Context) (out []placed, err error) {
	as, err := i.articles(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range as {
		if !a.Shown() {
			continue
		}
		c, err := i.content(ctx, a.ID, a.Public)
		if err != nil {
			return nil, err
		}
		out = append(out, placed{a, c})
	}
	return out, nil
}

// history are all versions of a text without what they say, newest first.
func (i *Information) history(ctx context.Context, id string) ([]Version, error) {
	return db.Many[Version](ctx, i.db, db.F(`SELECT article, version, at, made_by, passed, passed_by FROM information_version WHERE article = ? ORDER BY version DESC`, id))
}

// save writes a new version of a text, or a new text when id is empty. It is not on the site before a second colleague
// agreed.
func (i *Information) save(ctx context.Context, tx *db.Tx, by access.Actor, id string, in Input, c Content) (string, error) {
	if id == "" {
		slug, err := freeSlug(ctx, tx, in.Theme, Slug(c.Words["nl"].Title))
		if err != nil {
			return "", err
		}
		id = db.ID("in", tx.Now)
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO information_article (id, theme, slug, team, public, version, closed) VALUES (?,?,?,?,0,1,FALSE)`, id, in.Theme, slug, in.Team)); err != nil {
			return "", err
		}
		return id, i.put(ctx, tx, by, id, 1, c)
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE information_article SET version = version + 1, team = ? WHERE id = ? AND version = ?`, in.Team, id, in.From))
	if err != nil {
		return "", err
	}
	if n == 0 {
		return "", fault.New(fault.Conflict, "information.error.version")
	}
	return id, i.put(ctx, tx, by, id, in.From+1, c)
}

func (i *Information) put(ctx context.Context, tx *db.Tx, by access.Actor, id string, n int64, c Content) error {
	body, err := json.Marshal(c)
	if err != nil {
		return fault.Wrap(fault.Internal, "write a text", err)
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO information_version (article, version, body, at, made_by, passed_by) VALUES (?,?,?,?,?,'')`, id, n, body, tx.Now, by.ID)); err != nil {
		return err
	}
	return log(ctx, tx, by, "information.event.written", id)
}

// freeSlug is an address that no other text of the theme has.
func freeSlug(ctx context.Context, tx *db.Tx, theme, slug string) (string, error) {
	for n := 1; ; n++ {
		try := slug
		if n > 1 {
			try += "-" + strconv.Itoa(n)
		}
		taken, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM information_article WHERE theme = ? AND slug = ?`, theme, try))
		if err != nil || taken == 0 {
			return try, err
		}
	}
}

// pass puts the newest version on the site. Who wrote it cannot; nor can anybody pass another version than the one they read.
func (i *Information) pass(ctx context.Context, tx *db.Tx, by access.Actor, id string, n int64) error {
	a, err := article(ctx, tx, id)
	if err != nil {
		return err
	}
	v, err := i.version(ctx, tx, id, a.Version)
	if err != nil {
		return err
	}
	switch {
	case a.Version != n:
		return fault.New(fault.Conflict, "information.error.version")
	case v.MadeBy == by.ID:
		return fault.New(fault.Denied, "information.error.own")
	case !v.Passed.IsZero():
		return nil // two readers at once: it is on the site
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE information_version SET passed = ?, passed_by = ? WHERE article = ? AND version = ? AND passed IS NULL`, tx.Now, by.ID, id, n)); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE information_article SET public = ? WHERE id = ?`, n, id)); err != nil {
		return err
	}
	return log(ctx, tx, by, "information.event.published", id)
}

// shut takes a text from the site, or puts it back.
func (i *Information) shut(ctx context.Context, tx *db.Tx, by access.Actor, id string, closed bool) error {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE information_article SET closed = ? WHERE id = ?`, closed, id)); err != nil {
		return err
	}
	event := "information.event.closed"
	if !closed {
		event = "information.event.opened"
	}
	return log(ctx, tx, by, event, id)
}

// Sound is a text read aloud. Mark is that of the words that were read.
type Sound struct {
	Tag, Mark, Kind string
	Size            int64
	Body            []byte
}

// sounds are the recordings of a text without their bytes.
func (i *Information) sounds(ctx context.Context, id string) (map[string]Sound, error) {
	ss, err := db.Many[Sound](ctx, i.db, db.F(`SELECT tag, mark, kind, LENGTH(body) AS size FROM information_sound WHERE article = ?`, id))
	out := map[string]Sound{}
	for _, s := range ss {
		out[s.Tag] = s
	}
	return out, err
}

func (i *Information) sound(ctx context.Context, id, tag string) (Sound, error) {
	return db.One[Sound](ctx, i.db, db.F(`SELECT tag, mark, kind, body FROM information_sound WHERE article = ? AND tag = ?`, id, tag))
}

func (i *Information) putSound(ctx context.Context, tx *db.Tx, by access.Actor, id string, s Sound) error {
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO information_sound (article, tag, mark, kind, body, at, made_by) VALUES (?,?,?,?,?,?,?)
		ON CONFLICT (article, tag) DO UPDATE SET mark = excluded.mark, kind = excluded.kind, body = excluded.body, at = excluded.at, made_by = excluded.made_by`,
		id, s.Tag, s.Mark, s.Kind, s.Body, tx.Now, by.ID)); err != nil {
		return err
	}
	return log(ctx, tx, by, "information.event.sound", id)
}

// states counts the translations of which we are not sure.
func states(c Content) (machine, outdated int) {
	for tag := range c.Words {
		switch c.StateOf(tag) {
		case lang.Machine:
			machine++
		case lang.Outdated:
			outdated++
		}
	}
	return machine, outdated
}

// waits is a text with whether its newest version waits for somebody else than its writer.
type waits struct {
	Article
	Waits bool
}

// waiting are the texts of these teams that are not closed.
func (i *Information) waiting(ctx context.Context, teams []string, reader string) ([]waits, error) {
	return db.Many[waits](ctx, i.db, db.F(`SELECT a.id AS id, a.theme AS theme, a.slug AS slug, a.team AS team, a.public AS public, a.version AS version, a.closed AS closed,
		CASE WHEN v.passed IS NULL AND v.made_by <> ? THEN TRUE ELSE FALSE END AS waits
		FROM information_article a JOIN information_version v ON v.article = a.id AND v.version = a.version WHERE a.closed = FALSE AND`, reader).
		With(db.In("a.team", teams)).Then(`ORDER BY a.slug, a.id`))
}
