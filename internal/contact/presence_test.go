package contact

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web/webtest"
)

// walker plays a walk-in hour at random against a model that is written down plainly: who may open which file, and
// which form, at every moment.
type walker struct {
	t     *testing.T
	o     office
	r     *rand.Rand
	trail []string

	desk  map[string]string               // colleague → desk of duty
	file  map[string]map[string]time.Time // desk → person → end of the window
	note  map[string]map[string]time.Time // colleague → person → end of finishing
	queue []wait                          // who waits, in order; nobody at two desks
	table map[string]map[string]wait      // colleague → person → the visit at their table
	tried int
}

// wait is a visit in the model.
type wait struct {
	person, desk string
	until        time.Time
}

var (
	walkers = map[string]access.Actor{"u-ria": volunteer("u-ria", "l-overvecht"), "u-jan": volunteer("u-jan", "l-overvecht"), "u-kees": volunteer("u-kees", "l-kanaleneiland")}
	desks   = map[string][]string{"u-ria": {"d-overvecht", "d-overvecht-b"}, "u-jan": {"d-overvecht", "d-overvecht-b"}, "u-kees": {"d-kanaleneiland"}}
	cards   = map[string]string{"p-selam": "TREE3479", "p-reem": "REEM3479", "p-ahmad": "AHMD3479"}
	people  = []string{"p-selam", "p-reem", "p-ahmad"}
	staff   = []string{"u-ria", "u-jan", "u-kees"}
)

func (w *walker) as(user string) *webtest.Visitor { return w.o.As(walkers[user]) }

func (w *walker) do(what string, args ...any) { w.trail = append(w.trail, fmt.Sprintf(what, args...)) }

// queued is where a person waits; -1: nowhere.
func (w *walker) queued(person string) int {
	return slices.IndexFunc(w.queue, func(x wait) bool { return x.person == person })
}

// seated says whether a person sits at a table of this desk, and the note of it can still be written.
func (w *walker) seated(person, desk string, now time.Time) bool {
	for _, t := range w.table {
		if x, ok := t[person]; ok && x.desk == desk && now.Before(x.until.Add(Finish)) {
			return true
		}
	}
	return false
}

// mine says whether a colleague may still write the note of a person at their table.
func (w *walker) mine(user, person string, now time.Time) bool {
	x, ok := w.table[user][person]
	return ok && now.Before(x.until.Add(Finish)) && (w.opens(user, person, now) || now.Before(w.note[user][person]))
}

func (w *walker) step() {
	w.o.clock.Advance(time.Millisecond) // who comes in the same millisecond stands in the order of ids, which is chance
	now := w.o.d.Now()
	user := staff[w.r.IntN(len(staff))]
	v, on := w.as(user), w.desk[user]
	person := people[w.r.IntN(len(people))]
	switch op := w.r.IntN(12); {
	case op == 0:
		d := desks[user][w.r.IntN(len(desks[user]))]
		w.do("%s begins at %s", user, d)
		w.o.must(w.t, v, "/spreekuur/begin", "desk", d)
		w.desk[user] = d
	case op == 1:
		w.do("%s stops", user)
		w.o.must(w.t, v, "/spreekuur/stop")
		delete(w.desk, user)
	case op <= 4:
		w.do("%s checks %s in", user, person)
		a := v.Post("/spreekuur/inchecken", webtest.Form("how", "card", "code", cards[person]))
		if on == "" {
			if a.Code != 404 {
				w.t.Fatalf("checking in off duty: %d", a.Code)
			}
			return
		}
		if a.Code != 303 {
			w.t.Fatalf("%v\nchecking in: %d %s", w.trail, a.Code, a.Body)
		}
		if w.tried++; w.tried%15 == 0 { // the limit on check-ins is another test's
			w.o.tx(w.t, func(tx *db.Tx) error { _, err := db.Do(w.t.Context(), tx, db.F(`DELETE FROM contact_try`)); return err })
		}
		i := w.queued(person)
		switch {
		case i >= 0 && w.queue[i].desk == on: // keeps the place in the queue
			w.queue[i].until = now.Add(Window)
		case w.seated(person, on, now):
			return // already at a table here: nothing opens anew
		default:
			if i >= 0 { // whoever is here does not wait there
				delete(w.file[w.queue[i].desk], person)
				w.queue = slices.Delete(w.queue, i, i+1)
			}
			w.queue = append(w.queue, wait{person, on, now.Add(Window)})
		}
		w.file[on][person] = now.Add(Window)
	case op <= 6 && on != "":
		w.do("%s helps the next", user)
		a := v.Post("/spreekuur/volgende", nil)
		next, want := -1, "/spreekuur?gezegd=contact.said.empty"
		for i, x := range w.queue {
			if x.desk == on {
				want = "/spreekuur?gezegd=contact.said.still"
				if now.Before(x.until) {
					next, want = i, "/dossier/"+x.person
					break
				}
			}
		}
		if a.Code != 303 || a.To != want {
			w.t.Fatalf("%v\nhelping led to %d %q, not %q", w.trail, a.Code, a.To, want)
		}
		if next >= 0 {
			p := w.queue[next].person
			w.queue = slices.Delete(w.queue, next, next+1)
			if x, ok := w.table[user][p]; ok && x.desk != on {
				delete(w.file[x.desk], p) // they sit here now
			}
			w.table[user][p] = wait{p, on, now.Add(Window)}
			w.file[on][p] = now.Add(Window)
			w.note[user][p] = now.Add(Window + Finish)
		}
	case op == 7:
		w.do("%s saves about %s", user, person)
		a := v.Post("/dossier/"+person+"/contact", saved)
		x, sat := w.table[user][person]
		if !w.opens(user, person, now) && !w.mine(user, person, now) {
			if a.Code != 404 {
				w.t.Fatalf("%v\nsaving what is closed: %d", w.trail, a.Code)
			}
			return
		}
		if a.Code != 303 {
			w.t.Fatalf("%v\nsaving: %d %s", w.trail, a.Code, a.Body)
		}
		if sat && now.Before(x.until.Add(Finish)) {
			delete(w.table[user], person)
			delete(w.file[x.desk], person)
			w.note[user][person] = now.Add(Finish)
		}
	case op == 8 && on != "":
		i := w.queued(person)
		if i < 0 || w.queue[i].desk != on {
			return
		}
		w.do("%s says that %s went away", user, person)
		w.o.must(w.t, v, "/spreekuur/weg", "visit", w.o.one(w.t, db.F(`SELECT id FROM contact_visit WHERE person = ? AND desk = ? AND taken IS NULL AND gone IS NULL`, person, on)))
		w.queue = slices.Delete(w.queue, i, i+1)
		delete(w.file[on], person)
	case op == 9 && on != "":
		if x, ok := w.table[user][person]; !ok || x.desk != on {
			return
		}
		w.do("%s closes the visit of %s", user, person)
		id := w.o.one(w.t, db.F(`SELECT id FROM contact_visit WHERE person = ? AND desk = ? AND taken_by = ? AND done IS NULL AND gone IS NULL ORDER BY taken DESC LIMIT 1`, person, on, user))
		w.o.must(w.t, v, "/spreekuur/klaar", "visit", id)
		delete(w.table[user], person)
		delete(w.file[on], person)
		delete(w.note[user], person)
	default:
		by := []time.Duration{time.Millisecond, time.Minute, 14 * time.Minute, Finish, Window - time.Millisecond, Window, Window + time.Millisecond}[w.r.IntN(7)]
		if w.r.IntN(2) == 0 { // to the edge of a window
			edges := []time.Time{}
			for _, of := range []map[string]map[string]time.Time{w.file, w.note} {
				for _, k := range slices.Sorted(maps.Keys(of)) {
					for _, p := range people {
						edges = append(edges, of[k][p])
					}
				}
			}
			if e := edges[w.r.IntN(len(edges))].Sub(now) - time.Duration(w.r.IntN(2))*time.Millisecond; e > 0 {
				by = e
			}
		}
		if now.Add(by).Sub(dbtest.Start) > 8*time.Hour {
			return // one working day: a duty lasts ten hours, and the queue is today's
		}
		w.do("%s later", by)
		w.o.clock.Advance(by)
	}
}

// opens says whether the model lets a colleague see a file from a desk.
func (w *walker) opens(user, person string, now time.Time) bool {
	d := w.desk[user]
	return d != "" && now.Before(w.file[d][person])
}

func (w *walker) check() {
	now := w.o.d.Now()
	for _, user := range staff {
		v := w.as(user)
		none := v.Get("/dossier/p-nobody")
		for _, person := range people {
			a := v.Get("/dossier/" + person)
			if want := w.opens(user, person, now); want != (a.Code == 200) {
				w.t.Fatalf("%s\n%s opens %s: %d, the model says %v", strings.Join(w.trail, "\n"), user, person, a.Code, want)
			} else if !want && (a.Code != none.Code || a.Body != none.Body) {
				w.t.Fatalf("%s and %s: what is closed can be told from what is not there", user, person)
			}
			form := v.Get("/dossier/" + person + "/contact")
			may := w.opens(user, person, now) || w.mine(user, person, now)
			if may != (form.Code == 200) {
				w.t.Fatalf("%s\nthe form of %s for %s: %d, the model says %v", strings.Join(w.trail, "\n"), person, user, form.Code, may)
			}
			if other := v.Get("/dossier/" + person + "/gegevens"); other.Code != 404 {
				w.t.Fatalf("%s changes the facts of %s", user, person)
			}
		}
	}
}

func TestAWholeDayAtTheDeskOpensOnlyWhatItShould(t *testing.T) {
	seeds := 4
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			d := dbtest.SQLite(t, lines)
			w := &walker{t: t, o: newOffice(t, d), r: rand.New(rand.NewPCG(uint64(seed), 7)), desk: map[string]string{}, file: map[string]map[string]time.Time{}, note: map[string]map[string]time.Time{},
				table: map[string]map[string]wait{}}
			for _, x := range []string{"d-overvecht", "d-overvecht-b", "d-kanaleneiland"} {
				w.file[x] = map[string]time.Time{}
			}
			for _, x := range staff {
				w.note[x], w.table[x] = map[string]time.Time{}, map[string]wait{}
			}
			for range 90 {
				w.step()
				w.check()
			}
			if len(w.trail) < 40 {
				t.Fatalf("only %d things happened", len(w.trail))
			}
		})
	}
}

func TestTheWindowOfALocation(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		noor := worker("u-noor", access.Lead, "t-utrecht")
		if a := o.As(noor).Post("/spreekuur/duur", webtest.Form("location", "l-overvecht", "minutes", "14")); a.Code != 422 || !strings.Contains(a.Body, `value="14"`) {
			t.Errorf("too short: %d", a.Code)
		}
		if a := o.As(worker("u-x", access.Lead, "t-elders")).Post("/spreekuur/duur", webtest.Form("location", "l-overvecht", "minutes", "30")); a.Code != 404 {
			t.Errorf("somebody else's location: %d", a.Code)
		}
		if a := o.As(volunteer("u-ria", "l-overvecht")).Get("/spreekuur/duur"); a.Code != 404 {
			t.Errorf("a volunteer sets windows: %d", a.Code)
		}
		o.must(t, o.As(noor), "/spreekuur/duur", "location", "l-overvecht", "minutes", "30")
		ria := o.As(volunteer("u-ria", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
		began := d.Now()
		o.clock.Set(began.Add(30*time.Minute - time.Millisecond))
		ria = o.As(volunteer("u-ria", "l-overvecht"))
		o.open(t, ria, "/dossier/p-selam", "the last millisecond of half an hour")
		o.clock.Set(began.Add(30 * time.Minute))
		o.absent(t, ria, "/dossier/p-selam", "after half an hour")
		kees := o.As(volunteer("u-kees", "l-kanaleneiland"))
		o.begin(t, kees, "d-kanaleneiland")
		o.must(t, kees, "/spreekuur/inchecken", "how", "card", "code", "REEM3479")
		o.clock.Advance(Window - time.Millisecond)
		o.open(t, o.As(volunteer("u-kees", "l-kanaleneiland")), "/dossier/p-reem", "another location keeps its ninety minutes")
	})
}

func TestWhoWaitsTooLongIsAskedAfter(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ria := o.As(volunteer("u-ria", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
		o.clock.Advance(Window)
		ria = o.As(volunteer("u-ria", "l-overvecht"))
		if to := o.must(t, ria, "/spreekuur/volgende"); to != "/spreekuur?gezegd=contact.said.still" {
			t.Errorf("the next of nobody sure: %s", to)
		}
		if body := ria.Get("/spreekuur").Body; !strings.Contains(body, "Is Selam er nog?") {
			t.Error("it is not asked")
		}
		o.absent(t, ria, "/dossier/p-selam", "while nobody knows")
		id := o.one(t, db.F(`SELECT id FROM contact_visit WHERE person = 'p-selam'`))
		o.must(t, ria, "/spreekuur/er-nog", "visit", id)
		o.open(t, ria, "/dossier/p-selam", "she is still here")
		if strings.Contains(ria.Get("/spreekuur").Body, "er nog?") {
			t.Error("it is asked again at once")
		}
		o.clock.Advance(Window - time.Millisecond)
		o.open(t, o.As(volunteer("u-ria", "l-overvecht")), "/dossier/p-selam", "the window counts from the answer")
		jan := o.As(volunteer("u-jan", "l-kanaleneiland"))
		o.begin(t, jan, "d-kanaleneiland")
		if a := jan.Post("/spreekuur/er-nog", webtest.Form("visit", id)); a.Code != 404 {
			t.Errorf("another desk answers for her: %d", a.Code)
		}
	})
}

func TestWhoWentAwayCanBePutBackForAnHour(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ria := o.As(volunteer("u-ria", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
		o.clock.Advance(time.Second)
		o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "REEM3479")
		id := o.one(t, db.F(`SELECT id FROM contact_visit WHERE person = 'p-selam'`))
		o.must(t, ria, "/spreekuur/weg", "visit", id)
		o.absent(t, ria, "/dossier/p-selam", "after she left")
		if !strings.Contains(ria.Get("/spreekuur").Body, "Ongedaan maken") {
			t.Error("no way back is offered")
		}
		o.must(t, ria, "/spreekuur/weg", "visit", id, "undo", "1")
		o.open(t, ria, "/dossier/p-selam", "put back")
		if to := o.must(t, ria, "/spreekuur/volgende"); to != "/dossier/p-selam" {
			t.Errorf("she lost her place: %s", to)
		}
		if a := ria.Post("/spreekuur/weg", webtest.Form("visit", id, "undo", "1")); a.Code != 409 {
			t.Errorf("putting back who sits at the table: %d", a.Code)
		}
		reem := o.one(t, db.F(`SELECT id FROM contact_visit WHERE person = 'p-reem'`))
		o.must(t, ria, "/spreekuur/weg", "visit", reem)
		o.clock.Advance(PutBack)
		ria = o.As(volunteer("u-ria", "l-overvecht"))
		if a := ria.Post("/spreekuur/weg", webtest.Form("visit", reem, "undo", "1")); a.Code != 409 {
			t.Errorf("after an hour: %d", a.Code)
		}
		o.absent(t, ria, "/dossier/p-reem", "after an hour")
	})
}

// A visit that nobody closed is no key for the next day.
func TestAForgottenVisitOpensNothingTheNextDay(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ria := o.As(volunteer("u-ria", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
		id := o.one(t, db.F(`SELECT id FROM contact_visit WHERE person = 'p-selam'`))
		o.clock.Advance(24 * time.Hour)
		ria = o.As(volunteer("u-ria", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		for path, form := range map[string][]string{"/spreekuur/er-nog": nil, "/spreekuur/volgende": nil, "/spreekuur/weg": nil, "/spreekuur/weg ": {"undo", "1"}, "/spreekuur/klaar": nil} {
			if a := ria.Post(strings.TrimSpace(path), webtest.Form(append(form, "visit", id)...)); a.Code != 404 {
				t.Errorf("%s %v: %d", path, form, a.Code)
			}
		}
		o.absent(t, ria, "/dossier/p-selam", "with a visit of yesterday")
		o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
		o.open(t, ria, "/dossier/p-selam", "checked in again today")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_visit WHERE person = 'p-selam' AND taken IS NULL AND gone IS NULL`)); n != 1 {
			t.Errorf("she waits %d times", n)
		}
	})
}

func TestWhoComesBackAfterTheWindowWaitsAnew(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	ria := o.As(volunteer("u-ria", "l-overvecht"))
	o.begin(t, ria, "d-overvecht")
	o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
	o.must(t, ria, "/spreekuur/volgende")
	o.clock.Advance(Window)
	ria = o.As(volunteer("u-ria", "l-overvecht"))
	o.absent(t, ria, "/dossier/p-selam", "after the window")
	o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
	o.open(t, ria, "/dossier/p-selam", "the card was shown again")
	if body := ria.Get("/spreekuur").Body; !strings.Contains(body, "Volgende helpen") {
		t.Error("she is not in the queue")
	}
}

func TestTwoDesksAtOnceOnePlaceInTheQueue(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		k, err := o.v.Key(t.Context(), "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		start := make(chan struct{})
		for _, desk := range []string{"d-overvecht", "d-overvecht-b", "d-kanaleneiland", "d-overvecht"} {
			wg.Go(func() {
				<-start
				err := d.Tx(context.Background(), func(tx *db.Tx) error {
					return o.c.arrive(context.Background(), tx, volunteer("u-ria", "l-overvecht"), Duty{Desk: desk, Location: "l-overvecht"}, Arrival{Person: "p-selam", Key: k, How: "card"})
				})
				if err != nil && !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			})
		}
		close(start)
		wg.Wait()
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_visit WHERE person = 'p-selam' AND gone IS NULL`)); n != 1 {
			t.Errorf("she waits %d times", n)
		}
	})
}

func TestOnlyOneHelperTakesAVisitor(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ria, jan := o.As(volunteer("u-ria", "l-overvecht")), o.As(volunteer("u-jan", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		o.begin(t, jan, "d-overvecht")
		o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
		id := o.one(t, db.F(`SELECT id FROM contact_visit WHERE person = 'p-selam'`))
		if to := o.must(t, ria, "/spreekuur/volgende", "visit", id); to != "/dossier/p-selam" {
			t.Fatal(to)
		}
		if to := o.must(t, jan, "/spreekuur/volgende", "visit", id); !strings.Contains(to, "taken") {
			t.Errorf("a second helper: %s", to)
		}
		if by := o.one(t, db.F(`SELECT taken_by FROM contact_visit WHERE id = ?`, id)); by != "u-ria" {
			t.Errorf("taken by %s", by)
		}
		if a := jan.Post("/spreekuur/klaar", webtest.Form("visit", id)); a.Code != 404 {
			t.Errorf("closing somebody else's visit: %d", a.Code)
		}
		o.must(t, ria, "/spreekuur/klaar", "visit", id)
		o.absent(t, ria, "/dossier/p-selam", "closed without a note")
		o.absent(t, ria, "/dossier/p-selam/contact", "the form, closed without a note")
		o.absent(t, jan, "/dossier/p-selam", "closed, for the colleague at the same desk")
	})
}

func TestForbiddenIsAbsentAtEveryDoorOfAFile(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	ria := o.As(volunteer("u-ria", "l-overvecht"))
	o.begin(t, ria, "d-overvecht")
	other := o.As(worker("u-ander", access.Case, "t-utrecht"))
	n := 0
	for _, r := range o.c.Routes() {
		if !strings.Contains(r.Path, "{person}") {
			continue
		}
		n++
		path := func(person string) string {
			return strings.NewReplacer("{person}", person, "{moment}", "m-none", "{appointment}", "a-none").Replace(r.Path)
		}
		for name, v := range map[string]*webtest.Visitor{"volunteer": ria, "caseworker without the file": other} {
			ask := func(person string) webtest.Answer {
				if r.Method == "GET" {
					return v.Get(path(person))
				}
				return v.Post(path(person), saved)
			}
			a, none := ask("p-selam"), ask("p-nobody")
			if a.Code != 404 || a.Body != none.Body || fmt.Sprint(a.Header) != fmt.Sprint(none.Header) {
				t.Errorf("%s at %s %s: %d, and it can be told from what does not exist", name, r.Method, r.Path, a.Code)
			}
		}
	}
	if n < 9 {
		t.Errorf("only %d doors were tried", n)
	}
	if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_moment`)); n != 0 {
		t.Error("something was written")
	}
}

func TestAHelperWhoChangesDesksLeavesNoFormOpen(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	ria := o.As(volunteer("u-ria", "l-overvecht"))
	for _, desk := range []string{"d-overvecht", "d-overvecht-b"} {
		o.begin(t, ria, desk)
		o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
		if to := o.must(t, ria, "/spreekuur/volgende"); to != "/dossier/p-selam" {
			t.Fatal(to)
		}
		o.clock.Advance(time.Minute)
	}
	if n := o.count(t, db.F(`SELECT COUNT(*) FROM access_grant WHERE subject = 'p-selam' AND holder = 'desk:d-overvecht' AND ended IS NULL`)); n != 0 {
		t.Error("the file stays open at the desk that was left")
	}
	o.must(t, ria, "/dossier/p-selam/contact", "topic", "letter", "next", "ready")
	o.absent(t, ria, "/dossier/p-selam/contact", "a second note after saving")
}
