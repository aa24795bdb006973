package contact

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web/webtest"
)

func TestPresenceOpensOneFileToOneDeskForAWhile(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ria, jan := o.As(volunteer("u-ria", "l-overvecht")), o.As(volunteer("u-jan", "l-kanaleneiland"))
		const selam = "/dossier/p-selam"
		o.absent(t, ria, selam, "before duty")
		o.begin(t, ria, "d-overvecht")
		o.absent(t, ria, selam, "before checking in")
		if a := ria.Post("/spreekuur/begin", webtest.Form("desk", "d-kanaleneiland")); a.Code != 404 {
			t.Errorf("duty at somebody else's desk: %d", a.Code)
		}
		began := d.Now()
		if a := ria.Post("/spreekuur/inchecken", webtest.Form("how", "card", "code", "tree 3479")); a.Code != 303 {
			t.Fatalf("checking in: %d %s", a.Code, a.Body)
		}
		o.open(t, ria, selam, "after checking in")
		o.absent(t, jan, selam, "another location, off duty")
		if a := jan.Post("/spreekuur/begin", webtest.Form("desk", "d-kanaleneiland")); a.Code == 303 {
			o.absent(t, jan, selam, "another location, on duty")
		}
		o.absent(t, ria, "/dossier/p-reem", "somebody who did not check in")
		o.absent(t, ria, selam+"/gegevens", "changing facts from a desk")
		o.clock.Set(began.Add(Window - time.Millisecond))
		// The session rests after fifteen minutes; what ends here is the window, so she signs in again.
		ria = o.As(volunteer("u-ria", "l-overvecht"))
		o.open(t, ria, selam, "one millisecond before the end")
		o.clock.Set(began.Add(Window))
		o.absent(t, ria, selam, "at the end of the window")
		o.absent(t, ria, selam+"/contact", "the form, at the end of the window of somebody who was never helped")
	})
}

func TestHelpingOpensAnewAndSavingCloses(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ria := o.As(volunteer("u-ria", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		ria.Post("/spreekuur/inchecken", webtest.Form("how", "card", "code", "TREE3479"))
		o.clock.Advance(14 * time.Minute)
		a := ria.Post("/spreekuur/volgende", nil)
		if a.Code != 303 || a.To != "/dossier/p-selam" {
			t.Fatalf("helping: %d %s", a.Code, a.To)
		}
		taken := d.Now()
		o.clock.Set(taken.Add(Window - time.Second))
		ria = o.As(volunteer("u-ria", "l-overvecht"))
		o.open(t, ria, "/dossier/p-selam", "the window counts from helping")
		o.clock.Set(taken.Add(Window + time.Second))
		o.absent(t, ria, "/dossier/p-selam", "after the window")
		o.open(t, ria, "/dossier/p-selam/contact", "finishing the note in the quarter of an hour")
		if strings.Contains(ria.Get("/dossier/p-selam/contact").Body, "281 994 0173") {
			t.Error("the form shows more of the file than the note needs")
		}
		if a := ria.Post("/dossier/p-selam/contact", saved); a.Code != 303 || !strings.HasPrefix(a.To, "/spreekuur") {
			t.Fatalf("saving in the quarter of an hour: %d %s %s", a.Code, a.To, a.Body)
		}
		o.absent(t, ria, "/dossier/p-selam", "after saving")
		o.absent(t, ria, "/dossier/p-selam/contact", "a new note after saving")
		id, err := db.One[string](t.Context(), d, db.F(`SELECT id FROM contact_moment WHERE person = 'p-selam' AND author = 'u-ria'`))
		if err != nil {
			t.Fatal(err)
		}
		o.open(t, ria, "/dossier/p-selam/contact/"+id, "correcting one's own note")
		jan := o.As(volunteer("u-jan", "l-overvecht"))
		o.begin(t, jan, "d-overvecht")
		o.absent(t, jan, "/dossier/p-selam/contact/"+id, "somebody else's note")
		o.clock.Advance(Finish)
		ria = o.As(volunteer("u-ria", "l-overvecht"))
		o.absent(t, ria, "/dossier/p-selam/contact/"+id, "after the quarter of an hour")
		if n, err := audit.Verify(t.Context(), d); err != nil || n == 0 {
			t.Errorf("the log: %d %v", n, err)
		}
	})
}

func TestARoleTakenAwayOrDutyEndedClosesTheDesk(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	who := volunteer("u-ria", "l-overvecht")
	ria := o.As(who)
	o.begin(t, ria, "d-overvecht")
	ria.Post("/spreekuur/inchecken", webtest.Form("how", "card", "code", "TREE3479"))
	o.open(t, ria, "/dossier/p-selam", "on duty")
	moved := volunteer("u-ria", "l-kanaleneiland")
	o.Set(moved)
	o.absent(t, ria, "/dossier/p-selam", "the post moved to another location")
	o.Set(who)
	o.open(t, ria, "/dossier/p-selam", "the post is back")
	ria.Post("/spreekuur/stop", nil)
	o.absent(t, ria, "/dossier/p-selam", "off duty")
}

func TestCheckingInByNameNeedsTwoIdentifiersAndStopsGuessing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ria := o.As(volunteer("u-ria", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		for name, c := range map[string]struct {
			form []string
			code int
		}{
			"a name alone":           {[]string{"how", "name", "name", "Ahmad"}, 422},
			"a wrong birth":          {[]string{"how", "name", "name", "Ahmad", "day", "3", "month", "9", "year", "1979"}, 422},
			"a date without a name":  {[]string{"how", "name", "day", "2", "month", "9", "year", "1979"}, 422},
			"another family":         {[]string{"how", "name", "name", "ahmad visser", "day", "2", "month", "9", "year", "1979"}, 422},
			"both, as it is heard":   {[]string{"how", "name", "name", "achmed khatieb", "day", "2", "month", "9", "year", "1979"}, 303},
			"both, as it is spelt":   {[]string{"how", "name", "name", "AHMAD al-Khatib", "day", "2", "month", "9", "year", "1979"}, 303},
			"own script":             {[]string{"how", "name", "name", "أحمد", "day", "٢", "month", "٩", "year", "١٩٧٩"}, 303},
			"nothing":                {[]string{"how", "name"}, 422},
			"no way at all":          {nil, 422},
			"anonymous":              {[]string{"how", "anonymous"}, 303},
			"a language nobody has":  {[]string{"how", "anonymous", "language", "xx"}, 422},
			"an appointment of none": {[]string{"how", "appointment", "appointment", "a-none"}, 422},
		} {
			if a := ria.Post("/spreekuur/inchecken", webtest.Form(c.form...)); a.Code != c.code {
				t.Errorf("%s: %d", name, a.Code)
			}
		}
		for range MissesMost {
			ria.Post("/spreekuur/inchecken", webtest.Form("how", "card", "code", "ACDEFGHJ"))
		}
		if a := ria.Post("/spreekuur/inchecken", webtest.Form("how", "card", "code", "TREE3479")); a.Code != 429 {
			t.Errorf("after many failures: %d", a.Code)
		}
		if a := ria.Post("/spreekuur/inchecken", webtest.Form("how", "anonymous")); a.Code != 303 {
			t.Errorf("help without a file is never refused: %d", a.Code)
		}
	})
}

func TestWhoReadsANote(t *testing.T) {
	for _, c := range []struct {
		visible string
		r       Reader
		want    bool
	}{
		{"client", Reader{Client: true}, true}, {"team", Reader{Client: true}, false}, {"me", Reader{Client: true, User: "a"}, false},
		{"team", Reader{User: "b", Teams: []string{"t"}}, true}, {"team", Reader{User: "b", Teams: []string{"u"}}, false}, {"team", Reader{User: "a"}, true},
		{"me", Reader{User: "a"}, true}, {"me", Reader{User: "b", Teams: []string{"t"}}, false}, {"", Reader{User: "a"}, false},
	} {
		if got := c.r.Reads(c.visible, "a", "t"); got != c.want {
			t.Errorf("%s for %+v: %v", c.visible, c.r, got)
		}
	}
}

// The query that chooses notes is the rule Reads, for every reader.
func TestTheQueryOfNotesIsTheRule(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira := access.Actor{Kind: access.Staff, ID: "u-amira", Name: "Amira", Holders: []string{"user:u-amira"}, Posts: []access.Post{{Role: access.Case, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}
		a := o.As(amira)
		for _, v := range []string{"client", "team", "me"} {
			if x := a.Post("/dossier/p-selam/contact", webtest.Form("topic", "letter", "next", "ready", "visible", v, "note", "kanarie-"+v)); x.Code != 303 {
				t.Fatalf("%s: %d %s", v, x.Code, x.Body)
			}
		}
		marwan := amira
		marwan.ID, marwan.Holders = "u-marwan", []string{"user:u-marwan"}
		elsewhere := marwan
		elsewhere.Posts = []access.Post{{Role: access.Legal, Scope: access.Scope{Kind: access.Team, ID: "t-elders"}}}
		for _, c := range []struct {
			who  access.Actor
			sees []string
			not  []string
		}{
			{amira, []string{"client", "team", "me"}, nil},
			{marwan, []string{"client", "team"}, []string{"me"}},
			{elsewhere, []string{"client"}, []string{"team", "me"}},
		} {
			body := o.As(c.who).Get("/dossier/p-selam").Body
			for _, s := range c.sees {
				if !strings.Contains(body, "kanarie-"+s) {
					t.Errorf("%s does not see %s", c.who.ID, s)
				}
			}
			for _, s := range c.not {
				if strings.Contains(body, "kanarie-"+s) {
					t.Errorf("%s sees %s", c.who.ID, s)
				}
			}
		}
	})
}

func TestPromisesStandWithTheirOwnerAndCanBeUndone(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira := o.As(access.Actor{Kind: access.Staff, ID: "u-amira", Name: "Amira", Holders: []string{"user:u-amira"}, Posts: []access.Post{{Role: access.Case, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}})
		form := webtest.Form("topic", "letter", "next", "colleague", "when", "tomorrow", "promise", "kanarie-belofte", "owner", "u-marwan")
		if a := amira.Post("/dossier/p-selam/contact", webtest.Form("topic", "letter", "next", "colleague", "when", "tomorrow", "promise", "x", "owner", "u-noor")); a.Code != 422 {
			t.Errorf("a colleague without the file was asked: %d", a.Code)
		}
		if a := amira.Post("/dossier/p-selam/contact", form); a.Code != 303 {
			t.Fatalf("%d %s", a.Code, a.Body)
		}
		marwan := o.As(access.Actor{Kind: access.Staff, ID: "u-marwan", Name: "Marwan", Holders: []string{"user:u-marwan"}, Posts: []access.Post{{Role: access.Legal, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}})
		if !strings.Contains(marwan.Get("/opvolgen").Body, "kanarie-belofte") || strings.Contains(amira.Get("/opvolgen").Body, "kanarie-belofte") {
			t.Error("the promise stands with the wrong colleague")
		}
		id, err := db.One[string](t.Context(), d, db.F(`SELECT id FROM contact_promise WHERE person = 'p-selam'`))
		if err != nil {
			t.Fatal(err)
		}
		if a := amira.Post("/opvolgen", webtest.Form("promise", id)); a.Code != 404 {
			t.Errorf("somebody else settled it: %d", a.Code)
		}
		marwan.Post("/opvolgen", webtest.Form("promise", id))
		if n, _ := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM contact_promise WHERE id = ? AND done_at IS NOT NULL`, id)); n != 1 {
			t.Error("it is not done")
		}
		if a := marwan.Post("/opvolgen", webtest.Form("promise", id, "undo", "1")); a.Code != 303 {
			t.Errorf("undo: %d", a.Code)
		}
		marwan.Post("/opvolgen", webtest.Form("promise", id))
		o.clock.Advance((UndoDays*24 + 1) * time.Hour)
		marwan = o.As(access.Actor{Kind: access.Staff, ID: "u-marwan", Name: "Marwan", Holders: []string{"user:u-marwan"}, Posts: []access.Post{{Role: access.Legal, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}})
		if a := marwan.Post("/opvolgen", webtest.Form("promise", id, "undo", "1")); a.Code != 409 {
			t.Errorf("undo after its term: %d", a.Code)
		}
	})
}

func TestFormsRefuseAllAtOnceAndLoseNothing(t *testing.T) {
	today := clock.On(2026, 11, 24)
	_, _, fs := Input{Note: "bsn 123456782", Next: "follow", When: "other", Day: "2026-11-23", Minutes: "x"}.Check(today)
	var got []string
	for _, f := range fs {
		got = append(got, f.Name)
	}
	if strings.Join(got, " ") != "topic note minutes day promise" {
		t.Errorf("%v", got)
	}
	if _, p, fs := (Input{Topic: "letter", Next: "ready", When: "tomorrow", Promise: "x"}).Check(today); len(fs) > 0 || !p.Due.IsZero() {
		t.Errorf("ready made a promise: %+v %v", p, fs)
	}
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	a := o.As(access.Actor{Kind: access.Staff, ID: "u-amira", Name: "Amira", Holders: []string{"user:u-amira"}, Posts: []access.Post{{Role: access.Case, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}).
		Post("/dossier/p-selam/contact", webtest.Form("note", "kanarie <b>", "done", "read"))
	if a.Code != 422 || !strings.Contains(a.Body, "kanarie &lt;b&gt;") || !strings.Contains(a.Body, `value="read" checked`) {
		t.Errorf("%d, what was typed is lost", a.Code)
	}
}

func TestTheQueueNeverWavers(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var vs []Visit
		for i := range rapid.IntRange(0, 12).Draw(r, "n") {
			v := Visit{ID: fmt.Sprintf("v%02d", i), Came: dbtest.Start.Add(time.Duration(rapid.IntRange(0, 4).Draw(r, "came")) * time.Minute)}
			if rapid.IntRange(0, 3).Draw(r, "taken") == 0 {
				v.Taken = dbtest.Start
			}
			vs = append(vs, v)
		}
		q := Queue(vs)
		mixed := rapid.Permutation(vs).Draw(r, "mixed")
		for i, v := range Queue(mixed) {
			if v.ID != q[i].ID {
				r.Fatalf("another order gives another queue")
			}
			if i > 0 && v.Came.Before(q[i-1].Came) {
				r.Fatalf("somebody who came later stands before")
			}
			if !v.Waiting() {
				r.Fatalf("somebody who does not wait stands in the queue")
			}
		}
	})
}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "contact", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	if f := c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, "contact.portal."); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
}

func TestSavingClosesTheFileAtOnce(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	ria := o.As(volunteer("u-ria", "l-overvecht"))
	o.begin(t, ria, "d-overvecht")
	ria.Post("/spreekuur/inchecken", webtest.Form("how", "card", "code", "TREE3479"))
	ria.Post("/spreekuur/volgende", nil)
	o.open(t, ria, "/dossier/p-selam", "at the table")
	if a := ria.Post("/dossier/p-selam/contact/concept", webtest.Form("note", "kanarie-concept")); a.Code != 200 || !strings.Contains(a.Body, "Concept bewaard 09:00") {
		t.Errorf("the draft: %d %s", a.Code, a.Body)
	}
	if !strings.Contains(ria.Get("/dossier/p-selam/contact").Body, "kanarie-concept") {
		t.Error("the draft did not come back")
	}
	if a := ria.Post("/dossier/p-selam/contact", saved); a.Code != 303 {
		t.Fatal(a.Code)
	}
	o.absent(t, ria, "/dossier/p-selam", "right after saving")
	if n, _ := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM contact_draft`)); n != 0 {
		t.Error("the draft is still there")
	}
}
