package ingest

// This file reads the rows of a file and checks them, a few hundred at a time.

import (
	"context"
	"errors"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/organisation"
)

// stride is how many rows one step reads.
const stride = 500

// judge checks rows. It knows the official lists and the caseworkers it has met.
type judge struct {
	i       *Ingest
	kind    Kind
	m       Match
	today   clock.Date
	now     time.Time
	nations map[string]string
	lines   map[string]organisation.Reference
	helpers map[string]string // mail address → id, empty when there is no such caseworker
}

func (i *Ingest) judge(ctx context.Context, q db.Q, kind Kind, m Match) (*judge, error) {
	j := &judge{i: i, kind: kind, m: m, now: i.db.Now(), nations: map[string]string{}, helpers: map[string]string{}}
	j.today = clock.Today(j.now)
	list := organisation.ReferenceKind(kind)
	if kind == People {
		list = organisation.Nationality
	}
	var err error
	if j.lines, err = organisation.ReferencesIn(ctx, q, list); err != nil {
		return nil, err
	}
	for code, r := range j.lines {
		j.nations[code] = r.Name
	}
	return j, nil
}

// look checks the values of a row and gives it its state.
func (j *judge) look(ctx context.Context, q db.Q, batch string, n int, v map[string]string, before fault.Fields) (Line, error) {
	l := Line{N: n, Cells: Cells{Values: v, Faults: before}, Print: j.i.vault.Token("ingest.row", Same(j.kind, v))}
	if len(before) > 0 {
		l.State = Faulty
		return l, nil
	}
	if j.kind != People {
		return j.lookList(ctx, q, batch, l)
	}
	p, fs := j.m.ReadPerson(v, j.nations, j.today)
	if p.Helper != "" {
		id, err := j.helper(ctx, p.Helper)
		if err != nil {
			return l, err
		}
		if l.Helper = id; id == "" {
			fs.Add("helper", "ingest.error.helper", "word", v["helper"])
		}
	}
	if p.Profile.VNumber != "" {
		l.Vtoken = j.i.vault.Token("ingest.vnumber", p.Profile.VNumber)
	}
	if l.Cells.Faults = fs; len(fs) > 0 {
		l.State = Faulty
		return l, nil
	}
	return l, j.known(ctx, q, batch, &l, p.Profile)
}

// known looks whether a person was imported before, stands twice in the file, or may have a file already. Nothing of that
// file is told.
func (j *judge) known(ctx context.Context, q db.Q, batch string, l *Line, p dossier.Profile) error {
	l.State = Fresh
	if was, err := printed(ctx, q, l.Print); err != nil || was {
		l.State = Known
		return err
	}
	twin := func(key string, args ...any) {
		l.State = Twin
		l.Cells.Twins = append(l.Cells.Twins, fault.Field{Key: key, Args: args})
	}
	same, number, err := earlier(ctx, q, batch, *l)
	if err != nil {
		return err
	}
	switch {
	case same > 0:
		twin("ingest.twin.row", "row", same)
	case number > 0:
		twin("ingest.twin.number", "row", number)
	}
	id, err := j.i.files.ByVNumber(ctx, q, p.VNumber)
	if err != nil {
		return err
	}
	if id != "" {
		twin("ingest.twin.vnumber")
		return nil
	}
	like, err := j.i.files.Twin(ctx, q, p)
	if err != nil || like.Class == dossier.No {
		return err
	}
	twin("ingest.twin." + string(like.Class))
	for _, g := range like.Grounds {
		twin(g.Key, g.Args...)
	}
	return nil
}

func (j *judge) lookList(ctx context.Context, q db.Q, batch string, l Line) (Line, error) {
	r, fs := j.m.ReadLine(l.Cells.Values)
	l.Vtoken = j.i.vault.Token("ingest.code", r.Code)
	if r.Code != "" {
		_, other, err := earlier(ctx, q, batch, l)
		if err != nil {
			return l, err
		}
		if other > 0 && other < l.N {
			fs.Add("code", "ingest.error.code.twice", "word", r.Code, "row", other)
		}
	}
	switch l.Cells.Faults = fs; {
	case len(fs) > 0:
		l.State = Faulty
	case j.lines[r.Code] == r:
		l.State = Known
	default:
		l.State = Fresh
	}
	return l, nil
}

// helper finds the caseworker of a mail address: somebody who may have files.
func (j *judge) helper(ctx context.Context, email string) (string, error) {
	if id, met := j.helpers[email]; met {
		return id, nil
	}
	c, err := j.i.org.ColleagueByEmail(ctx, email)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return "", err
	}
	id := ""
	if err == nil {
		ok, err := j.i.works(ctx, c, j.now)
		if err != nil {
			return "", err
		}
		if ok {
			id = c.ID
		}
	}
	j.helpers[email] = id
	return id, nil
}

// works says whether a colleague has a post in which somebody has files.
func (i *Ingest) works(ctx context.Context, c organisation.Colleague, now time.Time) (bool, error) {
	if !c.Works(now) {
		return false, nil
	}
	posts, err := i.org.Posts(ctx, c.ID, now)
	if err != nil {
		return false, err
	}
	return access.Actor{Kind: access.Staff, Posts: posts}.Has(access.Case, access.Legal), nil
}

// read goes through the file from where it stopped. A file that breaks off in the middle goes back to its columns with the
// reason; its rows are deleted.
func (i *Ingest) read(ctx context.Context, b Batch, until time.Time) error {
	data, err := i.file(ctx, i.db, b.ID)
	if err != nil {
		return err
	}
	m, err := i.match(ctx, i.db, b.ID)
	if err != nil {
		return err
	}
	j, err := i.judge(ctx, i.db, b.Kind, m)
	if err != nil {
		return err
	}
	seen := 0
	var some []Row
	flush := func() error {
		err := i.db.Tx(ctx, func(tx *db.Tx) error {
			if err := advance(ctx, tx, b, seen); err != nil {
				return err
			}
			for _, r := range some {
				v, fs := m.Values(r)
				if len(v) == 0 && len(fs) == 0 {
					continue // nothing in the columns that count
				}
				l, err := j.look(ctx, tx, b.ID, r.N, v, fs)
				if err != nil {
					return err
				}
				if err := i.put(ctx, tx, b.ID, l); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		b.Done, some = seen, nil
		if i.db.Now().After(until) || ctx.Err() != nil {
			return errStop
		}
		return nil
	}
	first := m.Head
	err = m.Format.Each(data, func(r Row) error {
		if first {
			first = false
			return nil
		}
		if seen++; seen <= b.Done {
			return nil
		}
		if some = append(some, r); len(some) == stride {
			return flush()
		}
		return nil
	})
	if err == nil && len(some) > 0 {
		err = flush()
	}
	if errors.Is(err, errStop) {
		return nil
	}
	if f := fault.As(err); err != nil && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return i.broken(ctx, b, f.Fields[0].Key)
	}
	if err != nil {
		return err
	}
	return i.db.Tx(ctx, func(tx *db.Tx) error {
		if err := move(ctx, tx, b, Ready); err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE ingest_batch SET total = ? WHERE id = ?`, seen, b.ID)); err != nil {
			return err
		}
		_, err := db.Do(ctx, tx, db.F(`DELETE FROM ingest_file WHERE batch = ?`, b.ID))
		return err
	})
}

func (i *Ingest) broken(ctx context.Context, b Batch, key string) error {
	return i.db.Tx(ctx, func(tx *db.Tx) error {
		if err := move(ctx, tx, b, Matching); err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`DELETE FROM ingest_row WHERE batch = ?`, b.ID)); err != nil {
			return err
		}
		_, err := db.Do(ctx, tx, db.F(`UPDATE ingest_batch SET note = ? WHERE id = ?`, key, b.ID))
		return err
	})
}

// check looks at rows with a fault again, after words were explained.
func (i *Ingest) check(ctx context.Context, b Batch) error {
	m, err := i.match(ctx, i.db, b.ID)
	if err != nil {
		return err
	}
	j, err := i.judge(ctx, i.db, b.Kind, m)
	if err != nil {
		return err
	}
	rows, err := i.lines(ctx, i.db, b.ID, Faulty, b.Done, stride)
	if err != nil {
		return err
	}
	return i.db.Tx(ctx, func(tx *db.Tx) error {
		if len(rows) == 0 {
			return move(ctx, tx, b, Ready)
		}
		if err := advance(ctx, tx, b, rows[len(rows)-1].N); err != nil {
			return err
		}
		for _, old := range rows {
			if torn(old.Cells.Faults) {
				continue
			}
			l, err := j.look(ctx, tx, b.ID, old.N, old.Cells.Values, nil)
			if err != nil {
				return err
			}
			if err := i.again(ctx, tx, b.ID, l, Faulty); err != nil {
				return err
			}
		}
		return nil
	})
}

// torn says whether a row was cut at the wrong places: no word can mend that.
func torn(fs fault.Fields) bool { return len(fs) > 0 && fs[0].Name == "" }
