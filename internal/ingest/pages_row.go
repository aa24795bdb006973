package ingest

// This file holds the pages of rows: the list of one state, and the row that is repaired in the page.

import (
	"context"
	"slices"
	"strconv"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// rowsView is a list of rows in one state.
type rowsView struct {
	Batch  Batch
	State  RowState
	Lines  []Line
	Counts Counts
	After  int // where the next page begins; 0 when this is the last
}

const perPage = 50

func (i *Ingest) rows(v *web.Visit) error {
	b, err := i.batch(v.Ctx(), i.db, v.Param("batch"))
	if err != nil {
		return err
	}
	if b.State != Ready {
		return v.Go("ingest.batch", "batch", b.ID)
	}
	r := rowsView{Batch: b, State: RowState(v.Value("soort"))}
	if !slices.Contains(RowStates, r.State) {
		r.State = Faulty
	}
	if r.Counts, err = counts(v.Ctx(), i.db, b.ID); err != nil {
		return err
	}
	if err := i.shown(v, "ingest.event.shown", b.ID); err != nil {
		return err
	}
	if r.Lines, err = i.lines(v.Ctx(), i.db, b.ID, r.State, number64(v.Value("na")), perPage+1); err != nil {
		return err
	}
	if len(r.Lines) > perPage {
		r.Lines = r.Lines[:perPage]
		r.After = r.Lines[perPage-1].N
	}
	return v.Page(rowsPage(r))
}

// why tells in words what is wrong with a row, or why it may be known already.
func why(ctx context.Context, l Line) []string {
	var out []string
	for _, f := range slices.Concat([]fault.Field(l.Cells.Faults), l.Cells.Twins) {
		s := lang.T(ctx, f.Key, f.Args...)
		if f.Name != "" {
			s = lang.T(ctx, "ingest.field."+f.Name) + ": " + s
		}
		out = append(out, s)
	}
	return out
}

// rowView is the page of one row.
type rowView struct {
	Batch  Batch
	Line   Line
	Errors fault.Fields
	Next   int             // the next row with a fault
	Used   map[string]bool // fields that the file has, or that are at fault; the others fold away
}

// more says whether there are fields that the file does not have.
func (r rowView) more() bool {
	return slices.ContainsFunc(r.Batch.Kind.Fields(), func(f Field) bool { return !r.Used[f.Name] })
}

func (i *Ingest) row(v *web.Visit) error {
	b, ok, err := i.ready(v)
	if err != nil {
		return err
	}
	if !ok {
		return v.Go("ingest.batch", "batch", b.ID)
	}
	l, err := i.line(v.Ctx(), i.db, b.ID, number64(v.Param("n")))
	if err != nil {
		return err
	}
	if err := i.shown(v, "ingest.event.shown", b.ID); err != nil {
		return err
	}
	return i.rowPage(v, b, l, false)
}

func (i *Ingest) rowPage(v *web.Visit, b Batch, l Line, invalid bool) error {
	r := rowView{Batch: b, Line: l, Used: map[string]bool{}}
	m, err := i.match(v.Ctx(), i.db, b.ID)
	if err != nil {
		return err
	}
	for _, f := range m.Columns {
		r.Used[f] = true
	}
	for f := range l.Cells.Values {
		r.Used[f] = true
	}
	for _, f := range l.Cells.Faults {
		if f.Name == "" { // the whole row: told above the form
			f.Name = b.Kind.Fields()[0].Name
		}
		r.Errors = append(r.Errors, f)
		r.Used[f.Name] = true
	}
	if r.Next, err = i.next(v.Ctx(), i.db, b.ID, Faulty, l.N); err != nil {
		return err
	}
	if invalid {
		return v.Invalid(rowPage(r))
	}
	return v.Page(rowPage(r))
}

// repair takes a row as it was mended, looks at it again, and goes on to the next one with a fault.
func (i *Ingest) repair(v *web.Visit) error {
	ctx := v.Ctx()
	b, ok, err := i.ready(v)
	if err != nil {
		return err
	}
	if !ok {
		return v.Go("ingest.batch", "batch", b.ID)
	}
	old, err := i.line(ctx, i.db, b.ID, number64(v.Param("n")))
	if err != nil {
		return err
	}
	m, err := i.match(ctx, i.db, b.ID)
	if err != nil {
		return err
	}
	values := map[string]string{}
	for _, f := range b.Kind.Fields() {
		if s := clean(v.Value(f.Name)); s != "" {
			values[f.Name] = s
		}
	}
	j, err := i.judge(ctx, i.db, b.Kind, m)
	if err != nil {
		return err
	}
	l, err := j.look(ctx, i.db, b.ID, old.N, values, nil)
	if err != nil {
		return err
	}
	if l.State == Faulty {
		if err := i.shown(v, "ingest.event.shown", b.ID); err != nil {
			return err
		}
		return i.rowPage(v, b, l, true)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := touch(ctx, tx, b); err != nil {
			return "", err
		}
		if err := i.again(ctx, tx, b.ID, l, old.State); err != nil {
			return "", err
		}
		if l.State == Twin {
			return v.URL("ingest.row", "batch", b.ID, "n", v.Param("n"), "gezegd", "ingest.said.twin"), nil
		}
		next, err := i.next(ctx, tx, b.ID, Faulty, l.N)
		if err != nil {
			return "", err
		}
		if next == 0 {
			next, err = i.next(ctx, tx, b.ID, Faulty, 0)
		}
		if err != nil || next == 0 {
			return v.URL("ingest.batch", "batch", b.ID, "gezegd", "ingest.said.repaired"), err
		}
		return v.URL("ingest.row", "batch", b.ID, "n", strconv.Itoa(next), "gezegd", "ingest.said.repaired"), nil
	})
}

// touch makes a decision about rows and the confirmation of their batch exclude each other.
func touch(ctx context.Context, tx *db.Tx, b Batch) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE ingest_batch SET version = version + 1 WHERE id = ? AND state = ? AND version = ?`, b.ID, string(Ready), b.Version))
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "ingest.conflict")
	}
	return err
}
