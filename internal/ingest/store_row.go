package ingest

// This file holds the SQL of rows: what they say, sealed, and where they stand.

import (
	"context"
	"strconv"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Cells is what is kept of a row, sealed.
type Cells struct {
	Values map[string]string `json:"v"`
	Faults fault.Fields      `json:"f,omitempty"`
	Twins  []fault.Field     `json:"t,omitempty"` // why it may be known already: text keys
}

// Line is one row of a batch.
type Line struct {
	N      int
	State  RowState
	Print  []byte
	Vtoken []byte
	Helper string // id of the caseworker, when the row names one that exists
	Cells  Cells  `db:"-"`
}

func rowPlace(batch string, n int) string {
	return "ingest_row.cells/" + batch + "/" + strconv.Itoa(n)
}

type lineRow struct {
	N      int
	State  RowState
	Print  []byte
	Vtoken []byte
	Helper string
	Cells  []byte
}

func (i *Ingest) open(batch string, r lineRow) (Line, error) {
	l := Line{N: r.N, State: r.State, Print: r.Print, Vtoken: r.Vtoken, Helper: r.Helper}
	return l, privacy.OpenJSON(i.key, rowPlace(batch, r.N), r.Cells, &l.Cells)
}

const rowColumns = `SELECT n, state, print, vtoken, helper, cells FROM ingest_row`

// line is one row.
func (i *Ingest) line(ctx context.Context, q db.Q, batch string, n int) (Line, error) {
	r, err := db.One[lineRow](ctx, q, db.F(rowColumns+` WHERE batch = ? AND n = ?`, batch, n))
	if err != nil {
		return Line{}, err
	}
	return i.open(batch, r)
}

// lines are rows of one state after a row, in their order.
func (i *Ingest) lines(ctx context.Context, q db.Q, batch string, state RowState, after, most int) ([]Line, error) {
	rows, err := db.Many[lineRow](ctx, q, db.F(rowColumns+` WHERE batch = ? AND state = ? AND n > ? ORDER BY n LIMIT ?`, batch, string(state), after, most))
	if err != nil {
		return nil, err
	}
	out := make([]Line, 0, len(rows))
	for _, r := range rows {
		l, err := i.open(batch, r)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// next is the first row of a state after a row; none is 0.
func (i *Ingest) next(ctx context.Context, q db.Q, batch string, state RowState, after int) (int, error) {
	n, err := db.One[int](ctx, q, db.F(`SELECT n FROM ingest_row WHERE batch = ? AND state = ? AND n > ? ORDER BY n LIMIT 1`, batch, string(state), after))
	if fault.Is(err, fault.NotFound) {
		return 0, nil
	}
	return n, err
}

// put writes a row for the first time.
func (i *Ingest) put(ctx context.Context, tx *db.Tx, batch string, l Line) error {
	cells, err := privacy.SealJSON(i.key, rowPlace(batch, l.N), l.Cells)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO ingest_row (batch, n, state, print, vtoken, cells, helper) VALUES (?,?,?,?,?,?,?)`,
		batch, l.N, string(l.State), l.Print, l.Vtoken, cells, l.Helper))
	return err
}

// again writes a row that was looked at again; was is the state in which it was read.
func (i *Ingest) again(ctx context.Context, tx *db.Tx, batch string, l Line, was RowState) error {
	cells, err := privacy.SealJSON(i.key, rowPlace(batch, l.N), l.Cells)
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE ingest_row SET state = ?, print = ?, vtoken = ?, cells = ?, helper = ? WHERE batch = ? AND n = ? AND state = ?`,
		string(l.State), l.Print, l.Vtoken, cells, l.Helper, batch, l.N, string(was)))
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "ingest.conflict")
	}
	return err
}

// settle brings rows from one state to another: all of them, or one.
func settle(ctx context.Context, tx *db.Tx, batch string, from, to RowState, n int) (int64, error) {
	f := db.F(`UPDATE ingest_row SET state = ? WHERE batch = ? AND state = ?`, string(to), batch, string(from))
	if n > 0 {
		f = f.Then(`AND n = ?`, n)
	}
	return db.Do(ctx, tx, f)
}

// counts is how many rows are in which state.
func counts(ctx context.Context, q db.Q, batch string) (Counts, error) {
	type row struct {
		State RowState
		N     int
	}
	rows, err := db.Many[row](ctx, q, db.F(`SELECT state, COUNT(*) AS n FROM ingest_row WHERE batch = ? GROUP BY state`, batch))
	out := Counts{}
	for _, r := range rows {
		out[r.State] = r.N
	}
	return out, err
}

// printed says whether a row with this fingerprint was imported before.
func printed(ctx context.Context, q db.Q, print []byte) (bool, error) {
	n, err := db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM ingest_print WHERE print = ?`, print))
	return n > 0, err
}

// earlier is the first other row of this batch with the same fingerprint, or with the same V-number; none is 0. The order
// names the indexed column first, so that no database walks through the whole file instead.
func earlier(ctx context.Context, q db.Q, batch string, l Line) (same, number int, err error) {
	first := func(f db.Frag) (int, error) {
		n, err := db.One[int](ctx, q, f)
		if fault.Is(err, fault.NotFound) {
			return 0, nil
		}
		return n, err
	}
	if same, err = first(db.F(`SELECT n FROM ingest_row WHERE batch = ? AND print = ? AND n < ? AND state <> 'skip' ORDER BY print, n LIMIT 1`, batch, l.Print, l.N)); err != nil || len(l.Vtoken) == 0 {
		return same, 0, err
	}
	number, err = first(db.F(`SELECT n FROM ingest_row WHERE batch = ? AND vtoken = ? AND n <> ? AND state <> 'skip' ORDER BY vtoken, n LIMIT 1`, batch, l.Vtoken, l.N))
	return same, number, err
}
