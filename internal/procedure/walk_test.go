package procedure

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/privacy"
)

var (
	benchPeople = flag.Int("people", 2000, "of how many people BenchmarkRecompute derives the tracks anew, two for each")
	benchDir    = flag.String("store", "", "where BenchmarkRecompute keeps its filled store between runs; it is filled further when it has too few people")
)

// beatsOn are the events of a story as seen from a day.
func beatsOn(beats []beat, today clock.Date) []Event {
	var es []Event
	for i, x := range beats {
		day := today.AddDays(-x.ago)
		es = append(es, Event{ID: fmt.Sprintf("e%d", i), Kind: x.kind, On: OnDay(day), Outcome: x.outcome, Route: x.route, How: x.how, At: day.In(clock.Netherlands).Add(10 * time.Hour)})
	}
	return es
}

// The stories that only the benchmark has: a permit that ends, a term of appeal of a week, and an answer to an intention
// under Dublin.
var (
	renewing = []beat{{kind: "permit_from", ago: 1700, route: "asylum", how: Sent}, {kind: "permit_until", ago: -120, route: "asylum"}}
	week     = []beat{{kind: "registered", ago: 402}, {kind: "lodged", ago: 400}, {kind: "interview_report", ago: 30}, {kind: "decision", ago: 3, outcome: "rejected", route: "aa", how: Handed}}
	dublin   = []beat{{kind: "registered", ago: 302}, {kind: "lodged", ago: 300}, {kind: "intention", ago: 4, route: "dublin", how: ToLawyer}}
)

// storyAt is the story of one of the two tracks of a person of the benchmark. One track in a hundred has a running term of
// appeal, one in ten a running term to answer an intention; the others are spread over the other stories.
func storyAt(person, track int) (Topic, []beat) {
	switch n := person*2 + track; {
	case n%100 == 7:
		return Asylum, week
	case n%10 == 3:
		return Asylum, dublin
	case track == 1 && person%2 == 0:
		return "permit", renewing
	default:
		rest := [][]beat{waiting, prepares, heard, appealed, granted, reunited, arrived}
		return Asylum, rest[(person+3*track)%len(rest)]
	}
}

// benchStore is a store as production has it: a file on disk, every event with a note sealed by the key of its person.
func benchStore(b *testing.B, want int) *Procedure {
	b.Helper()
	ctx, dir := b.Context(), *benchDir
	if dir == "" {
		dir = b.TempDir()
	} else if err := os.MkdirAll(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	c := &going{clock.From(dbtest.Start)}
	open := func(name string, lines []db.Line) *db.DB {
		d, err := db.Open(ctx, "sqlite:"+filepath.Join(dir, name), c)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = d.Close() })
		if err := d.Migrate(ctx, lines); err != nil {
			b.Fatal(err)
		}
		return d
	}
	d := open("main.db", lines)
	vault, err := privacy.Open(ctx, open("keys.db", []db.Line{{Name: "keys", FS: privacy.KeySchema}}), []byte(strings.Repeat("k", 32)))
	if err != nil {
		b.Fatal(err)
	}
	p := New(d, nil, nil)
	if w, err := lastWalk(ctx, d); err == nil { // of an earlier run, on a clock that began at the same instant
		c.Clock = clock.From(w.Began.Add(time.Hour))
	}
	have, err := db.One[int](ctx, d, db.F(`SELECT COUNT(*) FROM procedure_track`))
	if err != nil {
		b.Fatal(err)
	}
	const chunk = 2000
	for from := have / 2; from < want; from += chunk {
		var ids []string
		for i := from; i < min(want, from+chunk); i++ {
			ids = append(ids, fmt.Sprintf("p-%07d", i))
		}
		keys, err := vault.NewKeys(ctx, ids)
		if err != nil {
			b.Fatal(err)
		}
		if err := d.Bulk(ctx, func(tx *db.Tx) error {
			for i, id := range ids {
				for k := range 2 {
					if err := benchTrack(b, p, tx, id, from+i, k, keys[id]); err != nil {
						return err
					}
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	if err := d.Analyze(ctx); err != nil {
		b.Fatal(err)
	}
	return p
}

// going is a clock that runs, as in production: ids of later rows sort later. In a store of an earlier run it goes on after it.
type going struct{ clock.Clock }

func benchTrack(b *testing.B, p *Procedure, tx *db.Tx, person string, n, k int, key privacy.Key) error {
	ctx := b.Context()
	topic, beats := storyAt(n, k)
	t := Track{ID: fmt.Sprintf("tr-%07d-%d", n, k), Person: person, Topic: topic, Owner: fmt.Sprintf("u-%04d", n%2000), Team: fmt.Sprintf("t-%02d", n%80), Opened: tx.Now, OpenedBy: "x", Version: 1}
	if err := insertTrack(ctx, tx, t); err != nil {
		return err
	}
	shift := n % 3
	es := beatsOn(beats, clock.Today(tx.Now).AddDays(-shift))
	for i := range es {
		r := recordOf(t, es[i], Record{}, t.Owner)
		r.ID, r.At = db.ID("ev", es[i].At), es[i].At
		r.Root, es[i].ID = r.ID, r.ID
		r.Note = key.Seal("procedure_event.note/"+r.ID, []byte("Besproken met de advocaat; de brief ligt in het dossier."))
		if _, err := db.Do(ctx, tx, insertEvent(r)); err != nil {
			return err
		}
	}
	return p.keepFirst(ctx, tx, t, Sorted(es), tx.Now, es[len(es)-1].At)
}

// withTerm is the change that gives a rule another term.
func withTerm(id, term string) string {
	text, err := example(RuleFiles(), id, id+"-bench")
	if err != nil {
		panic(err)
	}
	return regexp.MustCompile(`(?m)^( *term: ).*$`).ReplaceAllString(text, "${1}"+term)
}

// moving are changes of the rules that move a date in none, one in a hundred, and one in ten of all tracks.
var moving = []struct{ name, text string }{
	{"none", "pack: asylum_old\nconfirm:\n  - {id: old-response-withdrawal, by: mr. A. Voorbeeld, on: 2026-11-20}\n"},
	{"one-in-hundred", withTerm("old-appeal-week", "P2W|roll=ATW")},
	{"one-in-ten", withTerm("old-response-dublin", "P3W|roll=ATW")},
}

// BenchmarkRecompute derives every track anew after a change of the rules, as the job does it, while somebody reads and
// somebody writes:
//
//	make bench-recompute PEOPLE=1000000
//
// It tells how much of the processors it took (cpu-s: beside others on one machine that says more than the clock), and for
// how long the slowest reader and the slowest writer waited.
func BenchmarkRecompute(b *testing.B) {
	p := benchStore(b, *benchPeople)
	base := p.Book
	for _, m := range moving {
		b.Run(m.name, func(b *testing.B) {
			c, faults := ReadAmendment(m.text)
			if len(faults) > 0 {
				b.Fatal(faults)
			}
			c.ID = m.name
			changed, faults := base.With([]*Amendment{c}, "+"+m.name)
			if len(faults) > 0 {
				b.Fatal(faults)
			}
			p.Book = base
			if err := p.Recompute(b.Context(), p.db.Now()); err != nil { // whatever was measured before is put back
				b.Fatal(err)
			}
			books, turn := []*Rulebook{changed, base}, 0
			var w Walk
			stop, busy := beside(b, p), processor(b)
			for b.Loop() {
				p.Book = books[turn%2]
				turn++
				if err := p.Recompute(b.Context(), p.db.Now()); err != nil {
					b.Fatal(err)
				}
			}
			reader, writer := stop()
			var err error
			if w, err = lastWalk(b.Context(), p.db); err != nil || w.Looked != 2**benchPeople {
				b.Fatalf("%+v, %v", w, err)
			}
			b.ReportMetric(float64(w.Tracks)/float64(w.Looked)*100, "%moved")
			b.ReportMetric(float64(b.N*w.Looked)/b.Elapsed().Seconds(), "tracks/s")
			b.ReportMetric((processor(b)-busy).Seconds()/float64(b.N), "cpu-s/op")
			b.ReportMetric(float64(reader)/1e6, "ms/slowest-read")
			b.ReportMetric(float64(writer)/1e6, "ms/slowest-write")
		})
	}
}

// processor is how long this process has been at work.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// beside reads the dates of one person after the other, and writes a line now and then, until it is stopped. It answers how
// long the slowest of each took.
func beside(b *testing.B, p *Procedure) func() (read, write time.Duration) {
	ctx, cancel := context.WithCancel(b.Context())
	var wg sync.WaitGroup
	var read, write time.Duration
	each := func(slowest *time.Duration, pause time.Duration, do func(n int) error) {
		wg.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				began := time.Now()
				if err := do(n); err != nil && ctx.Err() == nil {
					b.Error(err)
					return
				}
				*slowest = max(*slowest, time.Since(began))
				select {
				case <-ctx.Done():
				case <-time.After(pause):
				}
			}
		})
	}
	each(&read, 5*time.Millisecond, func(n int) error {
		rows, err := deadlines(ctx, p.db, fmt.Sprintf("p-%07d", n*7919%*benchPeople))
		if err == nil && len(rows) == 0 {
			err = fmt.Errorf("person %d has no dates", n)
		}
		return err
	})
	each(&write, 20*time.Millisecond, func(n int) error {
		return p.db.Tx(ctx, func(tx *db.Tx) error {
			_, err := db.Do(ctx, tx, db.F(`UPDATE procedure_deadline SET owner = owner WHERE person = ?`, fmt.Sprintf("p-%07d", n*6131%*benchPeople)))
			return err
		})
	})
	return func() (time.Duration, time.Duration) {
		cancel()
		wg.Wait()
		return read, write
	}
}
