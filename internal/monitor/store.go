package monitor

// This file holds the capability itself, what other rooms lend it, and the SQL of the weeks.

import (
	"context"
	"embed"
	"sync"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Lent is what other rooms hand over. All of it are counts, lists and words for everybody: nothing that leads to a person.
type Lent struct {
	Choices     map[string][]string                                                                    // the coarse lists, by kind
	Since       func(ctx context.Context) (clock.Date, error)                                          // the first week with signals; the zero date when there are none
	Signals     func(ctx context.Context, week clock.Date) (cells []Cell, heard Heard, err error)      // of one week
	Guided      func(ctx context.Context, from, until clock.Date) (int, error)                         // how many people were guided; nought when nobody knows
	Told        func(ctx context.Context, from, until clock.Date) ([]Done, error)                      // what was told about bottlenecks in some days
	Bottlenecks func(v *web.Visit, theme string) ([]ui.Option, error)                                  // that are open, about a theme
	TakenUp     func(v *web.Visit, ids []string) ([]ui.RowP, error)                                    // bottlenecks by their ids
	Interests   func(ctx context.Context, from, until clock.Date, words ...string) ([]Interest, error) // who pays us and is named in some texts
	Belongs     map[string]Belongs                                                                     // where a change of policy can belong, by kind
}

// Belongs is what a room lends to which a change of policy can belong: what can be chosen, and rows of some, as this visitor may know of
// them.
type Belongs struct {
	Choices func(v *web.Visit) ([]ui.Option, error)
	Rows    func(v *web.Visit, ids []string) ([]ui.RowP, error)
}

// The kinds of what a change of policy can belong to.
const (
	OfDossier = "dossier"
	OfRule    = "rule"
)

// BelongKinds are all of them, in the order of pages.
var BelongKinds = []string{OfDossier, OfRule}

// Monitor is the capability.
type Monitor struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	lent  Lent

	mu   sync.Mutex
	read map[clock.Date]Week // what was read of the weeks; they never change
	book *Book
}

// New makes it.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, l Lent) *Monitor {
	return &Monitor{db: d, vault: v, org: org, lent: l, read: map[clock.Date]Week{}}
}

// key seals what colleagues write: it belongs to no person.
func (m *Monitor) key() privacy.Key { return m.vault.House("monitor") }

// themes are all themes that can be followed.
func (m *Monitor) themes() []string { return m.lent.Choices["theme"] }

func log(ctx context.Context, tx *db.Tx, a access.Actor, event, object string) error {
	return audit.Append(ctx, tx, audit.Entry{Event: event, Actor: a.ID, ActorKind: string(a.Kind), Object: object, Session: a.Session})
}

func changed(n int64, err error) error {
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "monitor.error.version")
	}
	return err
}

// Weeks gives the book of all weeks that were counted. Each week is read from the database once.
func (m *Monitor) weeks(ctx context.Context) (*Book, error) {
	have, err := db.Many[clock.Date](ctx, m.db, db.F(`SELECT week FROM monitor_week ORDER BY week`))
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var missing []clock.Date
	for _, w := range have {
		if _, ok := m.read[w]; !ok {
			missing = append(missing, w)
		}
	}
	if m.book != nil && len(missing) == 0 && len(have) == len(m.read) {
		return m.book, nil
	}
	type row struct {
		Week           clock.Date
		Guided         int
		Heard, Signals int
		Cells, HeardAt string
	}
	for len(missing) > 0 {
		some := missing[:min(len(missing), 100)]
		missing = missing[len(some):]
		rows, err := db.Many[row](ctx, m.db, db.F(`SELECT week, COALESCE(guided, -1) AS guided, heard, signals, cells, heard_at FROM monitor_week WHERE`).With(db.In("week", some)))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			w := Week{Week: r.Week, Guided: r.Guided, Heard: r.Heard, Signals: r.Signals}
			if w.Cells, err = readCells(r.Cells); err != nil {
				return nil, err
			}
			if w.HeardAt, err = readHeard(r.HeardAt); err != nil {
				return nil, err
			}
			m.read[r.Week] = w
		}
	}
	ws := make([]Week, 0, len(have))
	for _, w := range have {
		ws = append(ws, m.read[w])
	}
	m.book = Fold(ws)
	return m.book, nil
}

// putWeek keeps a week; one that was counted before stays as it is.
func putWeek(ctx context.Context, tx *db.Tx, w Week) error {
	var guided any
	if w.Guided >= 0 {
		guided = w.Guided
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO monitor_week (week, guided, heard, signals, at, cells, heard_at) VALUES (?,?,?,?,?,?,?) ON CONFLICT DO NOTHING`,
		w.Week, guided, w.Heard, w.Signals, tx.Now, writeCells(w.Cells), writeHeard(w.HeardAt)))
	return err
}
