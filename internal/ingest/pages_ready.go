package ingest

// This file holds what is decided about a batch that was checked: words that nobody understood, rows with a fault, likely
// duplicates, and the whole.

import (
	"bytes"
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/spread"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Word is one word of a closed list that nobody understood, and how often it stands in the file.
type Word struct {
	Field, Text string
	Count       int
}

// id is the name of its form field.
func (w Word) id() string { return w.Field + ":" + dossier.Fold(w.Text) }

// readyView is the page of a batch that was checked.
type readyView struct {
	Batch                    Batch
	Name                     string
	Counts                   Counts
	Words                    []Word
	First                    []Line              // a few of the rows that will be written
	Read                     []map[string]string // and what they will say
	Columns                  []string
	Places                   []organisation.Location
	Teams                    map[string]organisation.Team
	Location, Helper         string
	NeedHelper               bool
	Errors                   fault.Fields
	FaultExample, TwinSample []Line
}

const preview = 5

func (i *Ingest) readyView(v *web.Visit, b Batch) (r readyView, err error) {
	ctx := v.Ctx()
	r.Batch = b
	names, err := i.names(ctx, []string{b.ID})
	if err != nil {
		return r, err
	}
	r.Name = names[b.ID]
	if r.Counts, err = counts(ctx, i.db, b.ID); err != nil {
		return r, err
	}
	m, err := i.match(ctx, i.db, b.ID)
	if err != nil {
		return r, err
	}
	for _, f := range b.Kind.Fields() {
		if slices.Contains(m.Columns, f.Name) {
			r.Columns = append(r.Columns, f.Name)
		}
	}
	if r.First, err = i.lines(ctx, i.db, b.ID, Fresh, 0, preview); err != nil {
		return r, err
	}
	for _, l := range r.First {
		r.Read = append(r.Read, m.asRead(ctx, b.Kind, l.Cells.Values, clock.Today(v.Now)))
	}
	faulty, err := i.lines(ctx, i.db, b.ID, Faulty, 0, 2000)
	if err != nil {
		return r, err
	}
	r.Words = unknown(faulty)
	r.FaultExample = faulty[:min(len(faulty), preview)]
	if r.TwinSample, err = i.lines(ctx, i.db, b.ID, Twin, 0, preview); err != nil {
		return r, err
	}
	if b.Kind != People {
		return r, nil
	}
	n, err := db.One[int](ctx, i.db, db.F(`SELECT COUNT(*) FROM ingest_row WHERE batch = ? AND helper = '' AND (state = ? OR state = ?)`, b.ID, string(Fresh), string(Twin)))
	if err != nil {
		return r, err
	}
	r.NeedHelper = n > 0
	if r.Places, err = i.org.Locations(ctx); err != nil {
		return r, err
	}
	r.Places = slices.DeleteFunc(r.Places, func(l organisation.Location) bool { return l.Closed })
	teams, err := i.org.Teams(ctx, "")
	r.Teams = map[string]organisation.Team{}
	for _, t := range teams {
		r.Teams[t.ID] = t
	}
	return r, err
}

// unknown gathers the words that nobody understood, the most frequent first.
func unknown(rows []Line) []Word {
	var out []Word
	for _, l := range rows {
		for _, f := range l.Cells.Faults {
			if f.Key != "ingest.error.language" && f.Key != "ingest.error.interpreter" || len(f.Args) != 2 {
				continue
			}
			s, _ := f.Args[1].(string)
			k := slices.IndexFunc(out, func(w Word) bool { return w.Field == f.Name && dossier.Fold(w.Text) == dossier.Fold(s) })
			if k < 0 {
				out = append(out, Word{Field: f.Name, Text: s, Count: 1})
			} else {
				out[k].Count++
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Word) int { return b.Count - a.Count })
	return out[:min(len(out), 30)]
}

// ready finds the batch of a form that decides; one that moved on sends the visitor to where it is.
func (i *Ingest) ready(v *web.Visit) (Batch, bool, error) {
	b, err := i.batch(v.Ctx(), i.db, v.Param("batch"))
	return b, err == nil && b.State == Ready, err
}

// explained keeps what unknown words mean and looks at the rows with a fault again.
func (i *Ingest) explained(v *web.Visit) error {
	b, ok, err := i.ready(v)
	if err != nil {
		return err
	}
	if !ok {
		return v.Go("ingest.batch", "batch", b.ID)
	}
	m, err := i.match(v.Ctx(), i.db, b.ID)
	if err != nil {
		return err
	}
	any := false
	for name, vs := range v.Fields() {
		field, word, ok := strings.Cut(name, ":")
		if !ok || len(vs) == 0 || vs[0] == "" || !meaning(field, vs[0]) {
			continue
		}
		if m.Words == nil {
			m.Words = map[string]map[string]string{}
		}
		if m.Words[field] == nil {
			m.Words[field] = map[string]string{}
		}
		value := vs[0]
		if value == "-" {
			value = "" // leave it out
		}
		m.Words[field][word], any = value, true
	}
	if !any {
		return v.Go("ingest.batch", "batch", b.ID)
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		if err := move(v.Ctx(), tx, b, Checking); err != nil {
			return "", err
		}
		if err := i.remember(v.Ctx(), tx, m); err != nil {
			return "", err
		}
		return v.URL("ingest.batch", "batch", b.ID), i.putMatch(v.Ctx(), tx, b.ID, m)
	})
	if err != nil {
		return err
	}
	return i.begin(v.Ctx(), b.ID)
}

// meaning says whether a word of this field can mean that.
func meaning(field, value string) bool {
	switch field {
	case "language":
		return value == "-" || slices.Contains(dossier.Tongues, value)
	case "interpreter":
		return value == "-" || slices.Contains(dossier.Interpreters, value)
	}
	return false
}

// decided brings all rows of a state to another: faults are skipped, likely duplicates are skipped or taken for other
// people. What was skipped can be brought back.
func (i *Ingest) decided(v *web.Visit) error {
	b, ok, err := i.ready(v)
	if err != nil {
		return err
	}
	if !ok {
		return v.Go("ingest.batch", "batch", b.ID)
	}
	n := number64(v.Value("n"))
	type act struct{ from, to RowState }
	acts := map[string]act{"skip-faults": {Faulty, Skip}, "skip-twins": {Twin, Skip}, "add-twins": {Twin, Fresh}}
	a, known := acts[v.Value("what")]
	back := v.Value("what") == "back"
	if !known && !back {
		return fault.New(fault.Invalid, "ingest.error.choose")
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		to := v.URL("ingest.batch", "batch", b.ID, "gezegd", "ingest.said.decided")
		if err := touch(v.Ctx(), tx, b); err != nil {
			return "", err
		}
		if back { // they are looked at again: what is wrong with them was not forgotten
			_, err := settle(v.Ctx(), tx, b.ID, Skip, Faulty, n)
			if err == nil {
				b.Version++
				err = move(v.Ctx(), tx, b, Checking)
			}
			return to, err
		}
		_, err := settle(v.Ctx(), tx, b.ID, a.from, a.to, n)
		return to, err
	})
	if err != nil || !back {
		return err
	}
	return i.begin(v.Ctx(), b.ID)
}

// confirmed writes the batch.
func (i *Ingest) confirmed(v *web.Visit) error {
	b, ok, err := i.ready(v)
	if err != nil {
		return err
	}
	if !ok {
		return v.Go("ingest.batch", "batch", b.ID)
	}
	r, err := i.readyView(v, b)
	if err != nil {
		return err
	}
	r.Location, r.Helper = v.Value("location"), v.Value("helper")
	helper := ""
	if b.Kind == People {
		k := slices.IndexFunc(r.Places, func(l organisation.Location) bool { return l.ID == r.Location })
		if k < 0 {
			r.Errors.Add("location", "ingest.error.location")
		} else {
			b.Location, b.Team = r.Location, r.Places[k].Team
		}
		if r.Helper != "" || r.NeedHelper {
			j := &judge{i: i, now: v.Now, helpers: map[string]string{}}
			if helper, err = j.helper(v.Ctx(), organisation.NormalEmail(r.Helper)); err != nil {
				return err
			}
			if helper == "" {
				r.Errors.Add("helper", "ingest.error.helper", "word", r.Helper)
			}
		}
	}
	if r.Counts.Open() > 0 {
		r.Errors.Add("open", "ingest.error.open", "n", r.Counts.Open())
	} else if !b.Confirmable(r.Counts) {
		r.Errors.Add("open", "ingest.error.nothing")
	}
	if len(r.Errors) > 0 {
		if err := i.shown(v, "ingest.event.shown", b.ID); err != nil {
			return err
		}
		return v.Invalid(readyPage(r))
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		c, err := counts(v.Ctx(), tx, b.ID)
		if err != nil {
			return "", err
		}
		if !b.Confirmable(c) {
			return "", fault.New(fault.Conflict, "ingest.conflict")
		}
		if err := move(v.Ctx(), tx, b, Writing); err != nil {
			return "", err
		}
		if _, err := db.Do(v.Ctx(), tx, db.F(`UPDATE ingest_batch SET team = ?, location = ?, helper = ?, acts = ? WHERE id = ?`, b.Team, b.Location, helper, v.Actor.ID, b.ID)); err != nil {
			return "", err
		}
		return v.URL("ingest.batch", "batch", b.ID), i.log(v.Ctx(), tx, v.Actor, "ingest.event.confirmed", b.ID)
	})
	if err != nil {
		return err
	}
	return i.begin(v.Ctx(), b.ID)
}

func (i *Ingest) dropped(v *web.Visit) error {
	b, err := i.batch(v.Ctx(), i.db, v.Param("batch"))
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("ingest.list", "gezegd", "ingest.said.dropped"), i.drop(v.Ctx(), tx, v.Actor, b)
	})
}

// undone takes a batch back. An official list that a later batch changed cannot be: that one comes first.
func (i *Ingest) undone(v *web.Visit) error {
	b, err := i.batch(v.Ctx(), i.db, v.Param("batch"))
	if err != nil {
		return err
	}
	if b.Kind != People && b.State == Done {
		newer, err := i.newer(v.Ctx(), b)
		if err != nil {
			return err
		}
		if newer {
			return fault.New(fault.Conflict, "ingest.error.newer")
		}
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		if err := move(v.Ctx(), tx, b, Undoing); err != nil {
			return "", err
		}
		if _, err := db.Do(v.Ctx(), tx, db.F(`UPDATE ingest_batch SET acts = ? WHERE id = ?`, v.Actor.ID, b.ID)); err != nil {
			return "", err
		}
		return v.URL("ingest.batch", "batch", b.ID), i.log(v.Ctx(), tx, v.Actor, "ingest.event.undoing", b.ID)
	})
	if err != nil {
		return err
	}
	return i.begin(v.Ctx(), b.ID)
}

// giveBack gives the rows of one state back as a file, with what is wrong with them in the last column. It is a POST,
// because taking names out of the house is an act that is logged.
func (i *Ingest) giveBack(v *web.Visit) error {
	b, ok, err := i.ready(v)
	if err != nil {
		return err
	}
	state := RowState(v.Value("state"))
	if !ok || state != Faulty && state != Skip && state != Twin {
		return fault.Gone()
	}
	if err := i.shown(v, "ingest.event.given", b.ID); err != nil {
		return err
	}
	ctx := v.Ctx()
	var head []string
	fields := b.Kind.Fields()
	for _, f := range fields {
		head = append(head, lang.T(ctx, "ingest.field."+f.Name))
	}
	out := [][]string{append(head, lang.T(ctx, "ingest.row.why"))}
	for after := 0; ; {
		rows, err := i.lines(ctx, i.db, b.ID, state, after, stride)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		for _, l := range rows {
			after = l.N
			var cells []string
			for _, f := range fields {
				cells = append(cells, l.Cells.Values[f.Name])
			}
			out = append(out, append(cells, strings.Join(why(ctx, l), " ")))
		}
	}
	return v.Download("rijen.csv", spread.Kind, bytes.NewReader(spread.Of(out)))
}
