package briefing

// This file holds the capability itself and the SQL of what is told.

import (
	"context"
	"embed"
	"encoding/json"
	"slices"
	"sync"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Briefing is the capability.
type Briefing struct {
	db       *db.DB
	vault    *privacy.Vault
	org      *organisation.Store
	files    *dossier.Files
	busy     dossier.Busy
	hearings dossier.Hearings
	news     dossier.News
	words    sync.Map // wordsKey → map[string]Words, shared: nobody changes one
}

// LendNews hands over how a person hears that something is new. The app calls it once.
func (b *Briefing) LendNews(n dossier.News) { b.news = n }

// wordsKey is one version of a subject.
type wordsKey struct {
	topic   string
	version int64
}

// New makes it. Busy and hearings are what others know; they are asked when somebody is invited, and for the list of who
// heard nothing yet.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files, busy dossier.Busy, hearings dossier.Hearings) *Briefing {
	return &Briefing{db: d, vault: v, org: org, files: files, busy: busy, hearings: hearings}
}

// house seals what belongs to no person: the interpreter of a session.
func (b *Briefing) house() privacy.Key { return b.vault.House("briefing") }

func interpreterPlace(session string) string { return "briefing_interpreter.name/" + session }
func invitePlace(id string) string           { return "briefing_invite.body/" + id }
func actPlace(id string) string              { return "briefing_act.body/" + id }

// interpreterToken is the kind of the blind token by which an interpreter who is planned twice is found.
const interpreterToken = "briefing.interpreter"

// log writes that something was done that is about no person.
func log(ctx context.Context, tx *db.Tx, a access.Actor, event, place, object string) error {
	return audit.Append(ctx, tx, audit.Entry{Event: event, Actor: a.ID, ActorKind: string(a.Kind), Place: place, Object: object, Session: a.Session})
}

// topics are all subjects as they are now, in their order. The words of a version never change, so each node reads them once.
func (b *Briefing) topics(ctx context.Context) ([]Topic, error) {
	ts, err := db.Many[Topic](ctx, b.db, db.F(`SELECT id, place, closed, version FROM briefing_topic ORDER BY place, id`).Often())
	if err != nil {
		return nil, err
	}
	for i, t := range ts {
		key := wordsKey{t.ID, t.Version}
		known, ok := b.words.Load(key)
		if !ok {
			told, err := b.topic(ctx, b.db, t.ID, t.Version)
			if err != nil {
				return nil, err
			}
			known, _ = b.words.LoadOrStore(key, told.Words)
		}
		ts[i].Words = known.(map[string]Words)
	}
	return ts, nil
}

// topic is one subject in one version; 0 is the version of now.
func (b *Briefing) topic(ctx context.Context, q db.Q, id string, version int64) (Topic, error) {
	f := db.F(`SELECT t.id AS id, t.place AS place, t.closed AS closed, x.version AS version, x.words AS words
		FROM briefing_topic t JOIN briefing_text x ON x.topic = t.id WHERE t.id = ?`, id)
	if version == 0 {
		f = f.Then(`AND x.version = t.version`)
	} else {
		f = f.Then(`AND x.version = ?`, version)
	}
	t, err := db.One[Topic](ctx, q, f)
	if err != nil {
		return t, err
	}
	if err := json.Unmarshal([]byte(t.Raw), &t.Words); err != nil {
		return t, fault.Wrap(fault.Internal, "read the words of "+t.ID, err)
	}
	return t, nil
}

func putText(ctx context.Context, tx *db.Tx, topic string, version int64, words map[string]Words, by string) error {
	raw, err := json.Marshal(words)
	if err != nil {
		return fault.Wrap(fault.Internal, "write words", err)
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO briefing_text (topic, version, words, at, made_by) VALUES (?,?,?,?,?)`, topic, version, string(raw), tx.Now, by))
	return err
}

// stockWords are the words of this house about a subject, in every language in which it has them.
func stockWords(ctx context.Context, name string) map[string]Words {
	out := map[string]Words{}
	for _, tag := range Tags {
		in := lang.In(ctx, tag)
		title, text := "briefing.stock."+name, "briefing.stock."+name+".text"
		out[tag] = Words{Title: lang.T(in, title), Text: lang.T(in, text), Machine: lang.StateOf(in, title) == lang.Machine || lang.StateOf(in, text) == lang.Machine}
	}
	return out
}

// adopt begins the list with the subjects that this house knows. From then on it is the organisation's own.
func (b *Briefing) adopt(ctx context.Context, tx *db.Tx, by access.Actor) error {
	for i, name := range Stock {
		id := "bt-" + name
		n, err := db.Do(ctx, tx, db.F(`INSERT INTO briefing_topic (id, place, closed, version) VALUES (?,?,FALSE,1) ON CONFLICT DO NOTHING`, id, (i+1)*10))
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		if err := putText(ctx, tx, id, 1, stockWords(ctx, name), by.ID); err != nil {
			return err
		}
	}
	return log(ctx, tx, by, "briefing.event.adopted", "", "")
}

// saveTopic writes a new version of a subject, or a new subject when id is empty.
func (b *Briefing) saveTopic(ctx context.Context, tx *db.Tx, by access.Actor, id string, from int64, words map[string]Words) (string, error) {
	if id == "" {
		id = db.ID("bt", tx.Now)
		last, err := db.One[int](ctx, tx, db.F(`SELECT CAST(COALESCE(MAX(place), 0) AS BIGINT) FROM briefing_topic`))
		if err != nil {
			return "", err
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO briefing_topic (id, place, closed, version) VALUES (?,?,FALSE,1)`, id, last+10)); err != nil {
			return "", err
		}
		if err := putText(ctx, tx, id, 1, words, by.ID); err != nil {
			return "", err
		}
		return id, log(ctx, tx, by, "briefing.event.topic", "", id)
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE briefing_topic SET version = version + 1 WHERE id = ? AND version = ?`, id, from))
	if err != nil {
		return "", err
	}
	if n == 0 {
		return "", fault.New(fault.Conflict, "briefing.error.version")
	}
	if err := putText(ctx, tx, id, from+1, words, by.ID); err != nil {
		return "", err
	}
	return id, log(ctx, tx, by, "briefing.event.topic", "", id)
}

// closeTopic takes a subject off the list, or puts it back. Sessions that planned it keep it.
func (b *Briefing) closeTopic(ctx context.Context, tx *db.Tx, by access.Actor, id string, closed bool) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE briefing_topic SET closed = ? WHERE id = ?`, closed, id))
	if err == nil && n == 0 {
		err = fault.Gone()
	}
	if err != nil {
		return err
	}
	return log(ctx, tx, by, "briefing.event.topic", "", id)
}

// titles are the names of subjects in the language of the page, by id; of sessions, in the version that was told.
func titles(ctx context.Context, ts []Topic) map[string]string {
	out := make(map[string]string, len(ts))
	for _, t := range ts {
		w, _ := t.In(lang.Of(ctx).Tag)
		out[t.ID] = w.Title
	}
	return out
}

// openTopics are those that can be planned, and those that were chosen already.
func openTopics(ts []Topic, chosen []string) []Topic {
	return slices.DeleteFunc(slices.Clone(ts), func(t Topic) bool { return t.Closed && !slices.Contains(chosen, t.ID) })
}
