package portal

// This file keeps of what kind something was new for a person, and says on their first page what came since their last visit.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// freshness is when something of a kind was last new.
type freshness struct {
	Kind string
	At   time.Time
}

func freshOf(ctx context.Context, q db.Q, person string, since time.Time) ([]freshness, error) {
	return db.Many[freshness](ctx, q, db.F(`SELECT kind, at FROM portal_fresh WHERE person = ? AND at > ? ORDER BY at DESC, kind`, person, since))
}

func putFresh(ctx context.Context, tx *db.Tx, person, kind string) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO portal_fresh (person, kind, at) VALUES (?,?,?) ON CONFLICT (person, kind) DO UPDATE SET at = excluded.at`, person, kind, tx.Now))
	return err
}

// freshAt is where something of a kind is read; on the first page itself when there is no page for all of it.
var freshAt = map[string]string{NewAnswer: "question.mine", NewAppointment: "portal.appointments", NewPaper: "evidence.mine", NewHelper: "portal.people"}

// fresh are the rows of what came since the visit before this one. Whoever is here for the first time has seen nothing yet, and is
// told nothing is new.
func (p *Portal) fresh(v *web.Visit, person string) ([]ui.RowP, error) {
	before, err := web.SeenBefore(v.Ctx(), p.db, access.IsSelf, person, v.Session.ID)
	if err != nil || before.IsZero() {
		return nil, err
	}
	fs, err := freshOf(v.Ctx(), p.db, person, before)
	var out []ui.RowP
	for _, f := range fs {
		r := ui.RowP{Title: lang.T(v.Ctx(), "portal.notice.of."+f.Kind), Sub: lang.When(v.Ctx(), f.At, v.Now)}
		if at := freshAt[f.Kind]; at != "" && web.Known(v.Ctx(), at) {
			r.Href = v.URL(at)
		}
		out = append(out, r)
	}
	return out, err
}
