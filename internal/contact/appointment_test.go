package contact

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

func meeting(more ...string) []string {
	return append([]string{"day", "2026-11-26", "hour", "11:00", "minutes", "45", "kind", "legal", "colleague", "u-marwan", "location", "l-overvecht", "room", "Kamer 1", "interpreter", "phone", "about", "gezinshereniging"}, more...)
}

func with(form []string, pairs ...string) []string {
	out := append([]string(nil), form...)
	for i := 0; i < len(pairs); i += 2 {
		for j := 0; j < len(out); j += 2 {
			if out[j] == pairs[i] {
				out[j+1] = pairs[i+1]
			}
		}
	}
	return out
}

func TestAnAppointmentIsMadeMovedCancelledAndPutBack(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.tx(t, func(tx *db.Tx) error {
			_, err := organisation.AddLocation(t.Context(), tx, "t-utrecht", organisation.LocationInput{Name: "Lombok", Rooms: []organisation.Room{{Name: "Zijkamer"}}}, "u-els")
			return err
		})
		m := o.As(marwan)
		const page = "/dossier/p-selam/afspraak"
		if a := m.Get(page); !strings.Contains(a.Body, "Wensen over wie helpt") || !strings.Contains(a.Body, "Een vrouw") {
			t.Errorf("whoever plans does not read what she wishes: %.800s", a.Body)
		}
		if a := m.Post(page, webtest.Form("day", "2026-11-23", "hour", "x", "minutes", "0", "kind", "", "about", "bsn 123456782", "location", "l-verkeerd", "room", "Zolder")); a.Code != 422 {
			t.Errorf("everything wrong: %d", a.Code)
		} else {
			for _, f := range []string{"day", "hour", "minutes", "kind", "about", "colleague", "location", "room"} {
				if !strings.Contains(a.Body, `href="#f-`+f+`"`) {
					t.Errorf("the summary does not lead to %s", f)
				}
			}
			if !strings.Contains(a.Body, "bsn 123456782") {
				t.Error("what was typed is lost")
			}
		}
		o.must(t, m, page, meeting()...)
		id := o.one(t, db.F(`SELECT id FROM contact_appointment WHERE person = 'p-selam'`))
		for name, c := range map[string]struct {
			person string
			form   []string
			field  string
		}{
			"the same colleague at once": {"p-reem", with(meeting(), "room", ""), "hour"},
			"the end of the other":       {"p-reem", with(meeting(), "hour", "11:44", "room", ""), "hour"},
			"the same room":              {"p-reem", with(meeting(), "colleague", "u-amira"), "room"},
			"a room of another location": {"p-reem", with(meeting(), "hour", "13:00", "room", "Zijkamer"), "room"},
		} {
			v := m
			if strings.Contains(strings.Join(c.form, " "), "u-amira") {
				v = o.As(amira)
			}
			if a := v.Post("/dossier/"+c.person+"/afspraak", webtest.Form(c.form...)); a.Code != 422 || !strings.Contains(a.Body, `href="#f-`+c.field+`"`) {
				t.Errorf("%s: %d", name, a.Code)
			}
		}
		o.must(t, m, "/dossier/p-reem/afspraak", with(meeting(), "hour", "11:45")...)
		if a := m.Get(page + "/" + id); a.Code != 200 || !strings.Contains(a.Body, `value="2026-11-26"`) || !strings.Contains(a.Body, `value="11:00"`) || !strings.Contains(a.Body, "gezinshereniging") {
			t.Errorf("moving: %d", a.Code)
		}
		if a := m.Get("/dossier/p-reem/afspraak/" + id); a.Code != 404 {
			t.Errorf("through another file: %d", a.Code)
		}
		if a := m.Post(page+"/"+id, webtest.Form(with(meeting("version", "1"), "hour", "12:00")...)); a.Code != 422 {
			t.Errorf("onto Reem's time: %d", a.Code)
		}
		o.must(t, m, page+"/"+id, with(meeting("version", "1"), "hour", "14:00")...)
		if a := m.Post(page+"/"+id, webtest.Form(with(meeting("version", "1"), "hour", "15:00")...)); a.Code != 409 || !strings.Contains(a.Body, "14:00") || !strings.Contains(a.Body, "15:00") {
			t.Errorf("two who move it: %d", a.Code)
		}
		o.must(t, m, page+"/weg", "appointment", id)
		if body := m.Get(page).Body; !strings.Contains(body, "struck") || !strings.Contains(body, "Ongedaan maken") {
			t.Error("no way back is offered")
		}
		if strings.Contains(o.As(self("p-selam")).Get("/mijn/afspraken").Body, "14:00") {
			t.Error("she still expects it")
		}
		const week = "/agenda?week=2026-11-23"
		if body := m.Get(week).Body; strings.Count(body, "Zet terug") != 1 {
			t.Error("the agenda offers no way back, or for more than what was cancelled")
		}
		if to := o.must(t, m, page+"/weg", "appointment", id, "undo", "1", "terug", week); !strings.HasPrefix(to, "/agenda?") || !strings.Contains(to, "week=2026-11-23") {
			t.Errorf("put back from the agenda leads to %s", to)
		}
		if body := m.Get(week).Body; strings.Contains(body, "Zet terug") {
			t.Error("what is on again is offered")
		}
		o.must(t, m, page+"/weg", "appointment", id)
		o.must(t, m, "/dossier/p-reem/afspraak", with(meeting(), "hour", "14:00")...)
		if a := m.Post(page+"/weg", webtest.Form("appointment", id, "undo", "1")); a.Code != 409 {
			t.Errorf("put back onto somebody else's time: %d", a.Code)
		}
	})
}

func TestTheDayShowsWhatMattersOfAnAppointment(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		m := o.As(marwan)
		o.must(t, m, "/dossier/p-selam/afspraak", with(meeting(), "day", "2026-11-24", "hour", "09:14")...)
		o.must(t, m, "/dossier/p-reem/afspraak", with(meeting(), "day", "2026-11-24", "hour", "13:30", "kind", "phone")...)
		body := m.Get("/vandaag").Body
		for _, want := range []string{"je hebt *twee afspraken*", `class="now"`, "<b>Over 14 minuten</b>", "Selam Tesfay Haile", "tolk telefonisch", "Kamer 1", "Bellen"} {
			if !strings.Contains(body, want) {
				t.Errorf("%q is missing", want)
			}
		}
		if strings.Count(body, `class="now"`) != 1 {
			t.Error("more than one row of this moment")
		}
		o.clock.Advance(14 * time.Minute)
		if !strings.Contains(m.Get("/vandaag").Body, "<b>Nu</b>") {
			t.Error("it does not begin")
		}
		o.must(t, m, "/dossier/p-selam/contact", "topic", "family", "next", "ready", "visible", "client")
		if body := m.Get("/vandaag").Body; !strings.Contains(body, "Vastgelegd") || strings.Contains(body, `class="now"`) {
			t.Error("what was recorded still waits")
		}
		if body := m.Get("/agenda").Body; !strings.Contains(body, "Week 48") || strings.Count(body, "<h2") != 5 || !strings.Contains(body, "13:30") {
			t.Error("the week")
		}
		if body := m.Get("/agenda?week=2026-12-01").Body; !strings.Contains(body, "Week 49") || strings.Contains(body, "13:30") {
			t.Error("the next week")
		}
		// Who lost the file sees the hour, not the name.
		o.tx(t, func(tx *db.Tx) error {
			return access.EndHeld(t.Context(), tx, "p-reem", "user:u-marwan", access.Assignment)
		})
		if body := m.Get("/vandaag").Body; strings.Contains(body, "Reem") || !strings.Contains(body, "Iemand") {
			t.Error("the name of somebody whose file is no longer there")
		}
	})
}

func TestThePersonReadsAndAsksForAnotherTime(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.must(t, o.As(marwan), "/dossier/p-reem/afspraak", meeting()...)
		id := o.one(t, db.F(`SELECT id FROM contact_appointment WHERE person = 'p-reem'`))
		reem := o.As(self("p-reem"))
		ar := reem.Get("/mijn?taal=ar").Body
		for _, want := range []string{"موعدك القادم", "الخميس 26 نوفمبر", `<bdi dir="ltr">11:00</bdi>`, "donderdag 26 november", "Marwan", "المترجم معنا على الهاتف", "openstreetmap"} {
			if !strings.Contains(ar, want) {
				t.Errorf("%q is missing", want)
			}
		}
		if strings.Contains(ar, "gezinshereniging") {
			t.Error("what it is about stands on the first screen of a shared telephone")
		}
		if nl := reem.Get("/mijn?taal=nl").Body; strings.Count(nl, "onderdag 26 november") != 1 {
			t.Error("the Dutch day stands twice")
		}
		for _, l := range lang.All {
			if a := reem.Get("/mijn/gesprekken?taal=" + l.Tag); a.Code != 200 || strings.Contains(a.Body, "contact.") {
				t.Errorf("%s: %d", l.Tag, a.Code)
			}
		}
		reem.Get("/mijn?taal=nl")
		if a := o.As(self("p-selam")).Post("/mijn/afspraken/anders", webtest.Form("appointment", id)); a.Code != 404 {
			t.Errorf("somebody else's appointment: %d", a.Code)
		}
		if to := o.must(t, reem, "/mijn/afspraken/anders", "appointment", id); !strings.HasPrefix(to, "/mijn/afspraken") {
			t.Error(to)
		}
		o.must(t, reem, "/mijn/afspraken/anders", "appointment", id) // asked again: nothing more happens
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_promise WHERE person = 'p-reem' AND owner = 'u-marwan' AND done_at IS NULL`)); n != 1 {
			t.Errorf("%d promises", n)
		}
		body := o.As(marwan).Get("/opvolgen").Body
		if !strings.Contains(body, "Reem vraagt een andere tijd voor de afspraak van do 26 nov om 11:00") {
			t.Error("the colleague does not know")
		}
		if !strings.Contains(reem.Get("/mijn/afspraken").Body, "Toch laten staan") {
			t.Error("no way back is offered")
		}
		o.must(t, reem, "/mijn/afspraken/anders", "appointment", id, "undo", "1")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_promise WHERE person = 'p-reem' AND done_at IS NULL`)); n != 0 {
			t.Error("the question stays after it was taken back")
		}
		o.must(t, reem, "/mijn/afspraken/anders", "appointment", id)
		o.must(t, o.As(marwan), "/dossier/p-reem/afspraak/"+id, with(meeting("version", "1"), "hour", "15:00")...)
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_promise WHERE person = 'p-reem' AND done_at IS NULL`)); n != 0 {
			t.Error("the question stays after it was moved")
		}
		if body := reem.Get("/mijn").Body; !strings.Contains(body, "15:00") || strings.Contains(body, "Toch laten staan") {
			t.Error("she does not see the new time")
		}
		if a := o.As(marwan).Get("/mijn/gesprekken"); a.Code != 404 {
			t.Errorf("a colleague at her own pages: %d", a.Code)
		}
	})
}

// What a person says to an appointment: that they come, that they need an interpreter, another time with a reason.
func TestThePersonAnswersAnAppointment(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.must(t, o.As(marwan), "/dossier/p-reem/afspraak", with(meeting(), "interpreter", "")...)
		id := o.one(t, db.F(`SELECT id FROM contact_appointment WHERE person = 'p-reem'`))
		reem, page := o.As(self("p-reem")), "/mijn/afspraken/"+id
		shows := func(what, body string, words ...string) {
			t.Helper()
			for _, w := range words {
				if not := strings.TrimPrefix(w, "!"); strings.Contains(body, not) == (not != w) {
					t.Errorf("%s: %q", what, w)
				}
			}
		}
		open := func(about string) int {
			return o.count(t, db.F(`SELECT COUNT(*) FROM contact_promise WHERE person = 'p-reem' AND about = ? AND done_at IS NULL`, about))
		}
		shows("the list", reem.Get("/mijn/afspraken?taal=nl").Body, "Ik kom", `href="`+page, "openstreetmap", "Andere tijd of tolk vragen")
		shows("one", reem.Get(page+"?taal=nl").Body, "onderdag 26 november", "11:00", "Marwan", "Ik heb een tolk nodig", "openstreetmap", "Wanneer kunt u wel?")
		for _, tag := range []string{"en", "ar", "fa", "ti", "tr", "so", "uk", "fr"} {
			shows(tag, reem.Get(page+"?taal="+tag).Body, "!contact.portal", "!Ik kom")
		}
		for _, who := range []access.Actor{self("p-selam"), marwan} {
			if a, b := o.As(who).Get(page), o.As(who).Post(page, webtest.Form("zegt", "komt")); a.Code != 404 || b.Code != 404 {
				t.Errorf("%s at her appointment: %d %d", who.ID, a.Code, b.Code)
			}
		}
		if a := reem.Post(page, webtest.Form("zegt", "iets")); a.Code != 404 {
			t.Errorf("saying what cannot be said: %d", a.Code)
		}

		o.must(t, reem, page, "zegt", "komt")
		shows("she comes", reem.Get("/mijn?taal=nl").Body, "U hebt gezegd dat u komt", "!Ik kom<")
		shows("who plans sees it", o.As(marwan).Get("/dossier/p-reem/afspraak").Body, "Komt")
		o.must(t, reem, page, "zegt", "tolk")
		o.must(t, reem, page, "zegt", "tolk") // again: nothing more happens
		if n := open(id + "/tolk"); n != 1 {
			t.Errorf("%d promises of an interpreter", n)
		}
		shows("who plans sees it", o.As(marwan).Get("/dossier/p-reem/afspraak").Body, "Vraagt een tolk")
		shows("as a promise", o.As(marwan).Get("/opvolgen").Body, "Reem vraagt een tolk bij de afspraak van do 26 nov om 11:00")
		o.must(t, reem, page, "zegt", "geen-tolk")
		if n := open(id + "/tolk"); n != 0 {
			t.Error("the interpreter stays asked after it was taken back")
		}

		long := strings.Repeat("x", 301)
		a := reem.Post(page+"?taal=nl", webtest.Form("zegt", "anders", "wanneer", "mijn nummer is 123456782", "waarom", long))
		shows("too much", a.Body, "hoogstens 300 tekens", long, `href="#f-wanneer"`, `href="#f-waarom"`)
		if a.Code != 422 || open(id) != 0 {
			t.Error(a.Code)
		}
		o.must(t, reem, page, "zegt", "anders", "wanneer", "na 14 uur", "waarom", "lecția mea")
		shows("with a reason", o.As(marwan).Get("/opvolgen").Body, "andere tijd voor de afspraak van do 26 nov om 11:00", "Kan wel: na 14 uur", "lecția mea")
		shows("she may not come then", reem.Get("/mijn?taal=nl").Body, "!U hebt gezegd dat u komt", "U vroeg om een andere tijd")
		o.must(t, reem, page, "zegt", "komt") // and comes all the same
		if open(id) != 0 {
			t.Error("another time stays asked of somebody who comes")
		}
		o.must(t, reem, page, "zegt", "tolk")
		o.must(t, o.As(marwan), "/dossier/p-reem/afspraak/"+id, with(meeting("version", "1"), "hour", "15:00")...)
		shows("after it was moved she is asked anew", reem.Get("/mijn?taal=nl").Body, "15:00", "Ik kom", "!U hebt gezegd", "!U vroeg om een tolk")
		if open(id+"/tolk") != 0 {
			t.Error("the interpreter stays asked after it was moved")
		}
	})
}

func TestTwoWhoPlanAtOnceDoNotGetTheSameRoom(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		var wg sync.WaitGroup
		var got atomic.Int32
		start := make(chan struct{})
		for i, person := range []string{"p-selam", "p-reem", "p-ahmad", "p-selam", "p-reem", "p-ahmad"} {
			f, err := o.files.Machine(t.Context(), d, person)
			if err != nil {
				t.Fatal(err)
			}
			a, fs := MeetingInput{Day: "2026-11-26", Hour: "11:00", Minutes: "45", Kind: "talk", Colleague: fmt.Sprint("u-", i), Location: "l-overvecht", Room: "Kamer 1"}.Check(d.Now())
			if len(fs) > 0 {
				t.Fatal(fs)
			}
			wg.Go(func() {
				<-start
				switch err := d.Tx(context.Background(), func(tx *db.Tx) error { return o.c.plan(context.Background(), tx, f, a) }); {
				case err == nil:
					got.Add(1)
				case !fault.Is(err, fault.Invalid):
					t.Errorf("the room of somebody else: %v", err)
				}
			})
		}
		close(start)
		wg.Wait()
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_appointment`)); n != 1 || got.Load() != 1 {
			t.Errorf("%d appointments, %d of them told so", n, got.Load())
		}
	})
}

func TestAppointmentsMeet(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		draw := func(id string) Appointment {
			return Appointment{ID: id, Colleague: rapid.SampledFrom([]string{"u-a", "u-b"}).Draw(r, "who"), Location: rapid.SampledFrom([]string{"l-a", "l-b"}).Draw(r, "where"), Room: rapid.SampledFrom([]string{"", "1"}).Draw(r, "room"),
				At: dbtest.Start.Add(time.Duration(rapid.IntRange(0, 120).Draw(r, "at")) * time.Minute), Minutes: rapid.IntRange(5, 60).Draw(r, "minutes")}
		}
		a, b := draw("a"), draw("b")
		c1, r1 := a.Meets(b)
		c2, r2 := b.Meets(a)
		if c1 != c2 || r1 != r2 {
			r.Fatal("one meets the other, and not the other way round")
		}
		together := false
		for m := range 200 { // minute by minute
			at := dbtest.Start.Add(time.Duration(m) * time.Minute)
			in := func(x Appointment) bool { return !at.Before(x.At) && at.Before(x.End()) }
			together = together || in(a) && in(b)
		}
		if c1 != (together && a.Colleague == b.Colleague) || r1 != (together && a.Room != "" && a.Room == b.Room && a.Location == b.Location) {
			r.Fatalf("%+v %+v: %v %v", a, b, c1, r1)
		}
		b.Cancelled = dbtest.Start
		if c, x := a.Meets(b); c || x {
			r.Fatal("what was cancelled is in the way")
		}
		if c, x := a.Meets(a); c || x {
			r.Fatal("it is in its own way")
		}
	})
}

func TestAnAppointmentIsChecked(t *testing.T) {
	now := dbtest.Start
	good := MeetingInput{Day: "2026-11-24", Hour: "09:00", Minutes: "45", Kind: "talk", Colleague: "u-a"}
	if a, fs := good.Check(now); len(fs) > 0 || !a.At.Equal(now) {
		t.Errorf("%v %v", a, fs)
	}
	// In the night in which the clock goes back, half past two is one moment, not none.
	if a, fs := (MeetingInput{Day: "2027-10-31", Hour: "02:30", Minutes: "30", Kind: "talk", Colleague: "u-a"}).Check(now); len(fs) > 0 || clock.DateOf(a.At.In(clock.Netherlands)) != clock.On(2027, 10, 31) {
		t.Errorf("%v %v", a, fs)
	}
	for name, c := range map[string]struct {
		change func(*MeetingInput)
		want   string
	}{
		"yesterday":             {func(in *MeetingInput) { in.Day = "2026-11-23" }, "day"},
		"a minute ago":          {func(in *MeetingInput) { in.Hour = "08:59" }, "hour"},
		"no day of the month":   {func(in *MeetingInput) { in.Day = "2026-02-30" }, "day"},
		"in ten years":          {func(in *MeetingInput) { in.Day = "2036-11-24" }, "day"},
		"half past twenty-five": {func(in *MeetingInput) { in.Hour = "25:30" }, "hour"},
		"for ever":              {func(in *MeetingInput) { in.Minutes = "481" }, "minutes"},
		"no kind":               {func(in *MeetingInput) { in.Kind = "x" }, "kind"},
		"an interpreter":        {func(in *MeetingInput) { in.Interpreter = "x" }, "interpreter"},
		"nobody":                {func(in *MeetingInput) { in.Colleague = "" }, "colleague"},
		"a long story":          {func(in *MeetingInput) { in.About = strings.Repeat("x", 301) }, "about"},
		"a number":              {func(in *MeetingInput) { in.About = "123456782" }, "about"},
	} {
		in := good
		c.change(&in)
		_, fs := in.Check(now)
		if len(fs) != 1 || fs[0].Name != c.want {
			t.Errorf("%s: %v", name, fs)
		}
	}
	var fs fault.Fields
	a, _ := good.Check(now)
	b := a
	b.ID = "b"
	if Clash(a, []Appointment{b, b}, &fs); len(fs) != 1 {
		t.Errorf("one fault for one clash: %v", fs)
	}
}

func TestTheFormBeginsWithHowThePersonWantsToTalk(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	for id, x := range map[string]struct{ wish, kind string }{"p-far": {"digital", "phone"}, "p-near": {"person", "talk"}, "p-any": {"", "talk"}} {
		o.person(t, id, dossier.Profile{Called: "Iemand", Wish: dossier.Wish{Digital: x.wish}})
		body := o.As(amira).Get("/dossier/" + id + "/afspraak").Body
		if !regexp.MustCompile(`<input[^>]*value="` + x.kind + `"[^>]* checked`).MatchString(body) {
			t.Errorf("%s wishes %q, and the form does not begin with %s", id, x.wish, x.kind)
		}
	}
}
