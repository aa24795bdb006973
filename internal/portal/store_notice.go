package portal

// This file holds the SQL of notices, the job that writes them, and what other rooms call when something is new.

import (
	"context"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

const noticeColumns = `SELECT person, body, kinds, lang, since, news, sent, message, outcome FROM portal_notice`

// noticeAt is the telephone that is told.
type noticeAt struct {
	Number string
	Shared bool
}

// noticeAsked is what is kept sealed with a code until the telephone is proved.
type noticeAsked struct {
	At    noticeAt
	Kinds []string
}

func noticePlace(person string) string { return "portal_notice.body/" + person }

// noticeOf is what somebody chose; who chose nothing has no Since.
func noticeOf(ctx context.Context, q db.Q, person string) (notice, error) {
	n, err := db.One[notice](ctx, q, db.F(noticeColumns).Then(`WHERE person = ?`, person))
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return n, err
}

func (n notice) at(k privacy.Key) (at noticeAt, err error) {
	return at, privacy.OpenJSON(k, noticePlace(n.Person), n.Body, &at)
}

// putNotice begins the notices of somebody anew; what happened before is no news.
func putNotice(ctx context.Context, tx *db.Tx, k privacy.Key, person, tag string, a noticeAsked) error {
	body, err := privacy.SealJSON(k, noticePlace(person), a.At)
	if err != nil {
		return err
	}
	if err := dropNotice(ctx, tx, person); err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO portal_notice (person, body, kinds, lang, since, message, outcome) VALUES (?,?,?,?,?,'','')`, person, body, strings.Join(a.Kinds, " "), tag, tx.Now))
	return err
}

// keepKinds changes of what somebody hears, and in which language. What was chosen no longer is not told either when it is new already.
func keepKinds(ctx context.Context, tx *db.Tx, person, tag string, kinds []string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE portal_notice SET kinds = ?, lang = ?, news = NULL WHERE person = ?`, strings.Join(kinds, " "), tag, person))
	return err
}

// dropNotice ends it. A message that is on its way still arrives; it says nothing.
func dropNotice(ctx context.Context, tx *db.Tx, person string) error {
	_, err := db.DoAll(ctx, tx, db.F(`DELETE FROM portal_code WHERE person = ? AND goal = ?`, person, toNotice), db.F(`DELETE FROM portal_notice WHERE person = ?`, person))
	return err
}

// News is what another room calls, in the transaction in which it writes something of this kind for a person. Which thing it is
// does not come in here, so it cannot go out.
func (p *Portal) News(kind string) func(ctx context.Context, tx *db.Tx, person string) error {
	return func(ctx context.Context, tx *db.Tx, person string) error {
		if err := putFresh(ctx, tx, person, kind); err != nil {
			return err
		}
		n, err := noticeOf(ctx, tx, person)
		if err != nil || !n.wants(kind) {
			return err
		}
		_, err = db.Do(ctx, tx, db.F(`UPDATE portal_notice SET news = ? WHERE person = ?`, tx.Now, person))
		return err
	}
}

// LendWords gives the portal the texts of the house and its plain address, for messages that no visit writes.
func (p *Portal) LendWords(texts *lang.Catalogue, address string) {
	p.texts, p.address = texts, address
}

// Jobs writes the messages that are due, and lets words climb.
func (p *Portal) Jobs() []web.Job {
	return []web.Job{{Name: "portal.notice", Every: time.Minute, Run: p.notify}, {Name: "portal.climb", Every: time.Hour, Run: p.climb}}
}

// notify looks at everybody for whom something is new. It may run as often as it likes: a message is written in the transaction
// that says so, and none is written while one is on its way.
func (p *Portal) notify(ctx context.Context, now time.Time) error {
	if !p.post.Works() {
		return nil
	}
	wrote := false
	for after := ""; ; {
		ns, err := db.Many[notice](ctx, p.db, db.F(noticeColumns).Then(`WHERE news IS NOT NULL AND person > ? ORDER BY person LIMIT 200`, after))
		if err != nil || len(ns) == 0 {
			if wrote {
				p.post.Push()
			}
			return err
		}
		after = ns[len(ns)-1].Person
		for _, n := range ns {
			did, err := p.notifyOne(ctx, n, now)
			if err != nil {
				return err
			}
			wrote = wrote || did
		}
	}
}

func (p *Portal) notifyOne(ctx context.Context, n notice, now time.Time) (wrote bool, err error) {
	opened, err := web.LastSeen(ctx, p.db, access.IsSelf, n.Person)
	if err != nil {
		return false, err
	}
	what := n.next(opened, now)
	if what == noticeWait {
		return false, nil
	}
	if what == noticeForget {
		return false, p.db.Tx(ctx, func(tx *db.Tx) error {
			_, err := db.Do(ctx, tx, db.F(`UPDATE portal_notice SET news = NULL WHERE person = ? AND news = ?`, n.Person, n.News))
			return err
		})
	}
	k, err := p.vault.Key(ctx, n.Person)
	if fault.Is(err, fault.NotFound) {
		return false, nil // erased in this moment
	}
	if err != nil {
		return false, err
	}
	at, err := n.at(k)
	if err != nil {
		return false, err
	}
	text := lang.T(lang.With(ctx, n.Lang, p.texts), "portal.notice.sms")
	if p.address != "" {
		text += "\n" + p.address
	}
	_, quiet := Quiet(now)
	return true, p.db.Tx(ctx, func(tx *db.Tx) error {
		// Asked again inside: they may have stopped it, or another node may have been here.
		fresh, err := noticeOf(ctx, tx, n.Person)
		if err != nil || fresh.next(opened, now) != noticeSend || !fresh.Since.Equal(n.Since) {
			return err
		}
		id, err := p.post.Send(ctx, tx, at.Number, text, min(noticeWorth, quiet.Sub(now)))
		if err != nil {
			return err
		}
		_, err = db.Do(ctx, tx, db.F(`UPDATE portal_notice SET sent = ?, message = ?, outcome = '' WHERE person = ?`, tx.Now, id, n.Person))
		return err
	})
}

// noticeEnded is how it ended with a message. What was not handed over stays news, and is tried once more when the time between two
// messages is over.
func noticeEnded(ctx context.Context, tx *db.Tx, id string, handed bool) error {
	outcome := noticeUnknown
	if handed {
		outcome = noticeHanded
		if _, err := db.Do(ctx, tx, db.F(`UPDATE portal_notice SET news = NULL WHERE message = ? AND news <= sent`, id)); err != nil {
			return err
		}
	}
	_, err := db.Do(ctx, tx, db.F(`UPDATE portal_notice SET message = '', outcome = ? WHERE message = ?`, outcome, id))
	return err
}
