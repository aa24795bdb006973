package information

// This file keeps what people miss in a text.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func missPlace(id string) string { return "information_miss.body/" + id }

// missKept is how long what somebody missed is kept: long enough to write it into the text.
var missKept = privacy.Class{Name: "information.keeps.miss", Tables: []string{"information_miss"}, From: privacy.LastTouched, Days: 365, Assumed: true, Job: "information.sweep"}

func (i *Information) putMiss(ctx context.Context, tx *db.Tx, article, tag, text string) error {
	id := db.Blind("im")
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO information_miss (id, article, lang, day, body, done_by) VALUES (?,?,?,?,?,'')`,
		id, article, tag, clock.Today(tx.Now), i.house().Seal(missPlace(id), []byte(text))))
	return err
}

const missColumns = `SELECT m.id AS id, m.article AS article, m.lang AS lang, m.day AS day, m.done AS done, m.done_by AS done_by, m.body AS body FROM information_miss m`

// misses are what people miss in one text, what is open first, newest first.
func (i *Information) misses(ctx context.Context, article string) ([]Miss, error) {
	ms, err := db.Many[Miss](ctx, i.db, db.F(missColumns).Then(`WHERE m.article = ? ORDER BY CASE WHEN m.done IS NULL THEN 0 ELSE 1 END, m.day DESC, m.id DESC LIMIT 50`, article))
	for n := range ms {
		b, e := i.house().Open(missPlace(ms[n].ID), ms[n].Body)
		if e != nil {
			return nil, e
		}
		ms[n].Text = string(b)
	}
	return ms, err
}

// openMisses counts what is open, by text, in the texts of these teams.
func (i *Information) openMisses(ctx context.Context, teams []string) (map[string]int, error) {
	type row struct {
		Article string
		N       int
	}
	rs, err := db.Many[row](ctx, i.db, db.F(`SELECT m.article AS article, COUNT(*) AS n FROM information_miss m JOIN information_article a ON a.id = m.article WHERE m.done IS NULL AND`).
		With(db.In("a.team", teams)).Then(`GROUP BY m.article`))
	out := map[string]int{}
	for _, r := range rs {
		out[r.Article] = r.N
	}
	return out, err
}

// settle closes what somebody missed, or opens it again.
func (i *Information) settle(ctx context.Context, tx *db.Tx, by access.Actor, article, id string, done bool) error {
	f := db.F(`UPDATE information_miss SET done = NULL, done_by = '' WHERE article = ? AND id = ?`, article, id)
	if done {
		f = db.F(`UPDATE information_miss SET done = ?, done_by = ? WHERE article = ? AND id = ?`, tx.Now, by.ID, article, id)
	}
	n, err := db.Do(ctx, tx, f)
	if err == nil && n == 0 {
		err = fault.Gone()
	}
	return err
}

// sweep removes what people missed when it has had its time.
func (i *Information) sweep(ctx context.Context, now time.Time) error {
	var n int64
	err := i.db.Tx(ctx, func(tx *db.Tx) (err error) {
		n, err = db.Do(ctx, tx, db.F(`DELETE FROM information_miss WHERE day <= ?`, clock.Today(missKept.Before(now))))
		return err
	})
	if err != nil || n == 0 {
		return err
	}
	return i.db.Scrub(ctx)
}
