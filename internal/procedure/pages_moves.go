package procedure

// This file tells which dates moved, and which rest on a rule that may be stale: to the colleague on Vandaag.

import (
	"context"
	"strconv"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// movedFor is how long a person reads on their own page that a date moved.
const movedFor = 30 * 24 * time.Hour

// aged are what the engine said the last time, by track, with what is stale today.
func (p *Procedure) aged(ctx context.Context, ts []Track, today clock.Date) (map[string]Derivation, error) {
	b, err := p.book(ctx, p.db)
	if err != nil {
		return nil, err
	}
	out, err := derivations(ctx, p.db, b, ts)
	if err != nil {
		return nil, err
	}
	for id, d := range out {
		b.age(&d, today)
		out[id] = d
	}
	return out, nil
}

// warnStale says on rows of Vandaag which dates rest on a stale rule.
func (l lens) warnStale(rows []todayRow) error {
	var ts []Track
	for _, r := range rows {
		ts = append(ts, Track{ID: r.row.Track})
	}
	derived, err := l.p.aged(l.ctx, ts, l.today)
	if err != nil {
		return err
	}
	for i := range rows {
		if x, ok := derived[rows[i].row.Track].find(rows[i].row.Name); ok && x.Stale {
			rows[i].Sub += " · " + l.t("procedure.stale")
		}
	}
	return nil
}

// movesView is what Vandaag tells of dates that moved.
type movesView struct {
	Rows  []ui.RowP
	More  bool
	Until string // the instant up to which "seen" holds
}

// shownMoves is how many moved dates Vandaag shows at once.
const shownMoves = 8

// movesPanel are the dates that moved without this colleague having moved them.
func (p *Procedure) movesPanel(v *web.Visit) (ui.Part, error) {
	if !mind.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ctx := v.Ctx()
	ms, err := unseen(ctx, p.db, v.Actor, v.Now, shownMoves+1)
	if err != nil || len(ms) == 0 {
		return ui.Part{}, err
	}
	var people, versions []string
	for _, m := range ms {
		people = append(people, m.Person)
		versions = append(versions, m.Old, m.Fresh)
	}
	names, err := p.Files.Names(ctx, people)
	if err != nil {
		return ui.Part{}, err
	}
	rows, err := rowsOf(ctx, p.db, versions)
	if err != nil {
		return ui.Part{}, err
	}
	l := p.bare(v)
	view := movesView{More: len(ms) > shownMoves, Until: strconv.FormatInt(ms[0].At.UnixMilli(), 10)}
	for _, m := range ms[:min(shownMoves, len(ms))] {
		if names[m.Person] != "" {
			view.Rows = append(view.Rows, l.moveRow(m, names[m.Person], rows[m.Old], rows[m.Fresh]))
		}
	}
	if len(view.Rows) == 0 {
		return ui.Part{}, nil
	}
	n := len(view.Rows)
	return ui.Part{Say: lang.T(ctx, "procedure.moves.say", "n", n, "count", lang.Words(ctx, n)), Body: movesPart(view), Count: n}, nil
}

// moveRow is one date that moved: what it was, what it is, and why.
func (l lens) moveRow(m Move, name string, old, fresh Row) ui.RowP {
	term, at, key := fresh, fresh, "procedure.moves.moved"
	switch {
	case m.Old == "":
		key = "procedure.moves.fresh"
	case m.Fresh == "":
		term, at, key = old, old, "procedure.moves.gone"
	}
	return ui.RowP{Title: l.t("procedure.today.row", "name", name, "term", l.t("procedure.term."+term.Term)),
		Href: l.v.URL("procedure.deadline", "person", m.Person, "deadline", at.ID),
		Sub:  l.t(key, "was", l.dayOr(old.Safe), "day", l.dayOr(fresh.Safe)) + " · " + l.t("procedure.moves.why."+m.Why, "when", lang.When(l.ctx, m.At, l.v.Now))}
}

// dayOr is a day in words, or that there is none.
func (l lens) dayOr(d clock.Date) string {
	if d.IsZero() {
		return l.t("procedure.tag.none")
	}
	return lang.Day(l.ctx, d)
}

// seeMoves marks what Vandaag told as seen.
func (p *Procedure) seeMoves(v *web.Visit) error {
	until := v.Now
	if ms, err := strconv.ParseInt(v.Value("tot"), 10, 64); err == nil && ms > 0 {
		until = time.UnixMilli(ms)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := see(v.Ctx(), tx, v.Actor, until)
		return v.URL("today", "gezegd", "procedure.said.moves_seen"), err
	})
}
