package handover

// This file holds the SQL of somebody who leaves: what they hold, and the end of it.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

const leavingColumns = `SELECT l.id, l.colleague, l.team, l.last_day, l.total, l.made, l.made_by, l.cancelled, l.done FROM handover_leaving l`

// leavingOf is the last day that stands for a colleague, or the last one that stood; none is fault.NotFound.
func leavingOf(ctx context.Context, q db.Q, colleague string) (Leaving, error) {
	return db.One[Leaving](ctx, q, db.F(leavingColumns).Then(`WHERE l.colleague = ? AND l.cancelled IS NULL ORDER BY l.made DESC, l.id DESC LIMIT 1`, colleague))
}

// leavers are those who have a last day and were not finished with.
func leavers(ctx context.Context, q db.Q, f db.Frag) ([]Leaving, error) {
	return db.Many[Leaving](ctx, q, db.F(leavingColumns).Then(`WHERE l.cancelled IS NULL AND l.done IS NULL AND`).With(f).Then(`ORDER BY l.last_day, l.id LIMIT 200`))
}

// holdings are all that a colleague has: files, and open work in any file.
func (h *Handover) holdings(ctx context.Context, q db.Q, colleague string, now time.Time) ([]Holding, error) {
	gs, err := access.HeldBy(ctx, q, "user:"+colleague, now)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, g := range gs {
		if dossier.Helping(g.Why) && !slices.Contains(files, g.Subject) {
			files = append(files, g.Subject)
		}
	}
	work, err := h.files.OpenWork(ctx, q, colleague, "", now)
	if err != nil {
		return nil, err
	}
	offers, err := db.Many[Offer](ctx, q, db.F(offerColumns).Then(`WHERE o.giver = ? AND o.state = 'open'`, colleague))
	return gather(files, work, offers), err
}

// announce writes a last day down. An earlier one that stood gives way.
func (h *Handover) announce(ctx context.Context, tx *db.Tx, by access.Actor, colleague, team string, day clock.Date) error {
	if err := h.cancel(ctx, tx, by, colleague); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	hs, err := h.holdings(ctx, tx, colleague, tx.Now)
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO handover_leaving (id, colleague, team, last_day, total, made, made_by) VALUES (?,?,?,?,?,?,?)`,
		db.ID("hl", tx.Now), colleague, team, day, len(hs), tx.Now, by.ID)); err != nil {
		return err
	}
	return organisation.SetLastDay(ctx, tx, colleague, day, by.ID)
}

// cancel takes a last day back; what was handed over stays where it is.
func (h *Handover) cancel(ctx context.Context, tx *db.Tx, by access.Actor, colleague string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE handover_leaving SET cancelled = ? WHERE colleague = ? AND cancelled IS NULL AND done IS NULL`, tx.Now, colleague))
	if err == nil && n == 0 {
		err = fault.Gone()
	}
	if err != nil {
		return err
	}
	return organisation.SetLastDay(ctx, tx, colleague, clock.Date{}, by.ID)
}

// heir is to whom something falls that nobody took over: who leads the team of the file, else who manages its region, else
// who manages the country. Empty when nobody does.
func (h *Handover) heir(ctx context.Context, team, but string, now time.Time) (string, error) {
	posts := []access.Post{{Role: access.Lead, Scope: access.Scope{Kind: access.Team, ID: team}}}
	t, err := h.org.Team(ctx, team)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return "", err
	}
	if t.Region != "" {
		posts = append(posts, access.Post{Role: access.Region, Scope: access.Scope{Kind: access.InRegion, ID: t.Region}})
	}
	posts = append(posts, access.Post{Role: access.Region, Scope: access.Scope{Kind: access.National}})
	for _, p := range posts {
		who, err := h.org.Holding(ctx, p, now)
		if err != nil {
			return "", err
		}
		for _, id := range who {
			if id != but {
				return id, nil
			}
		}
	}
	return "", nil
}

// depart ends everything of a colleague who no longer works here. Each file goes in a transaction of its own, so that a long
// list keeps nobody waiting; what has no heir stays for the next time, and is counted. Then the rest ends at once.
func (h *Handover) depart(ctx context.Context, l Leaving, now time.Time) error {
	hs, err := h.holdings(ctx, h.db, l.Colleague, now)
	if err != nil {
		return err
	}
	for _, x := range hs {
		if err := h.fall(ctx, l, x.Person, now); err != nil {
			return err
		}
	}
	if err := h.fallCharges(ctx, l, now); err != nil {
		return err
	}
	return h.db.Tx(ctx, func(tx *db.Tx) error {
		left, err := h.holdings(ctx, tx, l.Colleague, tx.Now)
		if err != nil {
			return err
		}
		charges, err := h.charges(ctx, tx, l.Colleague, tx.Now)
		if err != nil {
			return err
		}
		// Nothing may open for them, whatever is left: what has no heir is found again by its open work.
		if _, err := access.EndHolder(ctx, tx, "user:"+l.Colleague); err != nil {
			return err
		}
		taken, err := db.Many[Offer](ctx, tx, db.F(offerColumns).Then(`WHERE o.taker = ? AND o.state = 'open'`, l.Colleague))
		if err != nil {
			return err
		}
		for _, o := range taken {
			if err := settle(ctx, tx, machine, o, Lapsed, false); err != nil {
				return err
			}
			if err := note(ctx, tx, machine, "handover.event.lapsed", o, o.Giver); err != nil {
				return err
			}
		}
		for _, t := range h.files.Traces() {
			if err := t.Clear(ctx, tx, l.Colleague); err != nil {
				return err
			}
		}
		if err := web.EndSessions(ctx, tx, access.Staff, l.Colleague, ""); err != nil {
			return err
		}
		if err := organisation.Leave(ctx, tx, l.Colleague, "system"); err != nil {
			return err
		}
		if len(left)+len(charges) > 0 {
			return nil // it is tried again; whoever runs the house sees it meanwhile
		}
		_, err = db.Do(ctx, tx, db.F(`UPDATE handover_leaving SET done = ? WHERE id = ? AND done IS NULL`, tx.Now, l.ID))
		return err
	})
}

// fall gives one file to the heir.
func (h *Handover) fall(ctx context.Context, l Leaving, person string, now time.Time) error {
	team, _, err := h.files.Place(ctx, h.db, person)
	if fault.Is(err, fault.NotFound) {
		return nil // erased in this moment
	}
	if err != nil {
		return err
	}
	heir, err := h.heir(ctx, team, l.Colleague, now)
	if err != nil || heir == "" {
		return err
	}
	return h.db.Tx(ctx, func(tx *db.Tx) error {
		// An offer that waits goes on, from the heir; unless the heir offers the file already, or it is offered to the heir.
		if _, err := db.Do(ctx, tx, db.F(`UPDATE handover_offer SET giver = ? WHERE person = ? AND giver = ? AND state = 'open' AND taker <> ? AND NOT EXISTS (SELECT 1 FROM handover_offer x WHERE x.person = ? AND x.giver = ? AND x.state = 'open')`,
			heir, person, l.Colleague, heir, person, heir)); err != nil {
			return err
		}
		if err := h.files.HandOver(ctx, tx, dossier.Handing{Person: person, From: l.Colleague, To: heir, By: machine}); err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO handover_fallen (id, person, leaving, colleague, heir, at) VALUES (?,?,?,?,?,?)`, db.ID("hf", tx.Now), person, l.ID, l.Colleague, heir, tx.Now)); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{Event: "handover.event.fallen", Subject: person, Actor: "system", ActorKind: string(access.Machine), OnBehalf: heir, Place: team, Object: l.ID})
	})
}

// Depart ends what stands of everybody who no longer works here: whose last day is over, and who was made inactive without
// one. It is a job, and may run as often as it likes.
func (h *Handover) Depart(ctx context.Context, now time.Time) error {
	cs, err := h.org.Departed(ctx, clock.Today(now))
	if err != nil {
		return err
	}
	for _, c := range cs {
		l, err := leavingOf(ctx, h.db, c.ID)
		if fault.Is(err, fault.NotFound) || err == nil && !l.Done.IsZero() {
			if l, err = h.unannounced(ctx, c, now); err == nil && l.ID == "" {
				continue
			}
		}
		if err == nil {
			err = h.depart(ctx, l, now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unannounced makes a last day for somebody who was made inactive at once, when anything still stands with them.
func (h *Handover) unannounced(ctx context.Context, c organisation.Colleague, now time.Time) (Leaving, error) {
	gs, err := access.HeldBy(ctx, h.db, "user:"+c.ID, now)
	if err != nil {
		return Leaving{}, err
	}
	work, err := h.files.OpenWork(ctx, h.db, c.ID, "", now)
	if err != nil {
		return Leaving{}, err
	}
	charges, err := h.charges(ctx, h.db, c.ID, now)
	if err != nil || len(gs)+len(work)+len(charges) == 0 {
		return Leaving{}, err
	}
	team := ""
	if len(gs) > 0 {
		if team, _, err = h.files.Place(ctx, h.db, gs[0].Subject); err != nil && !fault.Is(err, fault.NotFound) {
			return Leaving{}, err
		}
	}
	l := Leaving{ID: "", Colleague: c.ID, Team: team, LastDay: clock.Today(now).AddDays(-1), Made: now, MadeBy: "system"}
	err = h.db.Tx(ctx, func(tx *db.Tx) error {
		l.ID = db.ID("hl", tx.Now)
		_, err := db.Do(ctx, tx, db.F(`INSERT INTO handover_leaving (id, colleague, team, last_day, total, made, made_by) VALUES (?,?,?,?,?,?,?)`, l.ID, l.Colleague, l.Team, l.LastDay, len(gs), l.Made, l.MadeBy))
		return err
	})
	return l, err
}

// fallenTo are what fell to somebody and was neither handed over nor taken on.
func fallenTo(ctx context.Context, q db.Q, heir string, n int) ([]Fallen, error) {
	return db.Many[Fallen](ctx, q, db.F(`SELECT id, person, leaving, colleague, heir, at, settled FROM handover_fallen WHERE heir = ? AND settled IS NULL ORDER BY at, id LIMIT ?`, heir, n))
}

// keep takes on what fell to somebody: from now on it is one of their files.
func keep(ctx context.Context, tx *db.Tx, heir, id string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE handover_fallen SET settled = ? WHERE id = ? AND heir = ? AND settled IS NULL`, tx.Now, id, heir))
	if err == nil && n == 0 {
		err = fault.Gone()
	}
	return err
}
