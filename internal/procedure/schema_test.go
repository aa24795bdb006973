package procedure

import (
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

// TestATrackComesForwardFromEveryEarlierSchema stores two tracks as each earlier program did, brings the schema forward and
// derives anew: the one whose dates stand keeps them and gets its packed facts, the one that was derived from other rules
// gets a new version beside the old one.
func TestATrackComesForwardFromEveryEarlierSchema(t *testing.T) {
	names, err := fs.Glob(Schema, "schema/*.sql")
	if err != nil || len(names) < 2 {
		t.Fatalf("%v %v", names, err)
	}
	for k := range names[1:] {
		early := fstest.MapFS{}
		for _, n := range names[:k+1] {
			raw, err := fs.ReadFile(Schema, n)
			if err != nil {
				t.Fatal(err)
			}
			early[n] = &fstest.MapFile{Data: raw}
		}
		then := append(lines[:len(lines)-1:len(lines)-1], db.Line{Name: "procedure", FS: early})
		t.Run(names[k], func(t *testing.T) {
			dbtest.Each(t, then, func(t *testing.T, d *db.DB) {
				ctx := t.Context()
				p := New(d, nil, nil)
				es := []Event{ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"), route("aa"), how(Handed))}
				for _, id := range []string{"stands", "moves"} {
					if err := d.Tx(ctx, func(tx *db.Tx) error { return storeEarly(t, tx, p, id, es) }); err != nil {
						t.Fatal(err)
					}
				}
				if err := d.Migrate(ctx, lines); err != nil {
					t.Fatal(err)
				}
				if err := p.Recompute(ctx, d.Now()); err != nil {
					t.Fatal(err)
				}
				for id, want := range map[string]int64{"stands": 1, "moves": 2} {
					s, err := db.One[stand](ctx, d, db.F(`SELECT id, topic, version, facts, outcome FROM procedure_track WHERE id = ?`, id))
					if err != nil || s.Version != want || len(s.Packed) == 0 || len(s.Outcome) != 16 {
						t.Errorf("%s: %+v %v", id, s, err)
					}
					rows, err := db.Many[Row](ctx, d, db.F(rowColumns).Then(`WHERE d.track = ? AND d.term = 'appeal' ORDER BY d.version`, id))
					if err != nil || int64(len(rows)) != want || rows[len(rows)-1].Safe.String() != "2026-12-01" {
						t.Errorf("%s: %+v %v", id, rows, err)
					}
				}
			})
		})
	}
}

// storeEarly stores a track with the columns of the first schema. The track "moves" was derived when the term of appeal
// was two weeks.
func storeEarly(t *testing.T, tx *db.Tx, p *Procedure, id string, es []Event) error {
	ctx := t.Context()
	tr := Track{ID: id, Person: "p-" + id, Topic: Asylum, Owner: "u-x", Team: "t-x", Opened: tx.Now, OpenedBy: "u-x", Version: 1}
	if err := insertTrack(ctx, tx, tr); err != nil {
		return err
	}
	var own []Event
	for i, e := range es {
		r := recordOf(tr, e, Record{}, "u-x")
		r.ID, r.At = id+e.Kind, tx.Now.Add(time.Duration(i)*time.Millisecond)
		r.Root = r.ID
		if _, err := db.Do(ctx, tx, insertEvent(r)); err != nil {
			return err
		}
		e.ID, e.At = r.ID, r.At
		own = append(own, e)
	}
	b := p.Book
	if id == "moves" {
		b = amend(t, b, twoWeeks("{trigger: announced, from: 2010-07-01}"))
	}
	f := Sorted(own).About(Asylum)
	d := b.Derive(f, tx.Now).pack(f)
	d.body = deflated(t, d.Derivation)
	if err := keepDerivations(ctx, tx, tx.Now, derived{Track: tr, is: d}); err != nil {
		return err
	}
	var rows []Row
	for _, x := range d.Deadlines {
		r := rowOf(tr, x)
		r.ID, r.Made = db.ID("dl", tx.Now), tx.Now
		if id == "moves" && r.Term == "appeal" && r.Safe != clock.On(2026, 12, 8) {
			t.Fatalf("it was derived as %s", r.Safe)
		}
		rows = append(rows, r)
	}
	return insertRows(ctx, tx, rows)
}
