package alarm

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

const purpose, danger = "Nagaan wie een vlucht heeft aangekregen.", "Er gaat een vlucht naar Kabul op zondag."

// from lists the people of the demonstration who come from somewhere, and of them those of one team.
func (o office) from(origin, team string) (out []string) {
	for id, p := range o.people {
		if slices.Contains(dossier.OriginsOf(p.Profile.Nationality), origin) && (team == "" || p.Team == team) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// counted counts, and tells the id of the count.
func (o office) counted(t testing.TB, v *webtest.Visitor, form ...string) string {
	t.Helper()
	a := want(t, "counting", v.Post("/groepsalarm/tellen", webtest.Form(form...)), 303)
	_, id, ok := strings.Cut(a.To, "telling=")
	if !ok {
		t.Fatalf("led to %s", a.To)
	}
	return id
}

// groupRaised raises an alarm about a group and tells its id.
func (o office) groupRaised(t testing.TB, v *webtest.Visitor, form ...string) string {
	t.Helper()
	id := o.counted(t, v, form...)
	a := want(t, "raising", v.Post("/groepsalarm", webtest.Form("telling", id, "reason", danger, "purpose", purpose)), 303)
	path, _, _ := strings.Cut(a.To, "?")
	return strings.TrimPrefix(path, "/groepsalarm/")
}

func TestAGroupIsCountedAtOnceAndTheNumberIsRough(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, 120)
		land, noor, zwolle := o.As(landA), o.As(noorA), o.As(zwolleA)
		want(t, "before the memory is full", land.Post("/groepsalarm/tellen", webtest.Form("origins", "AF")), 503)
		o.remember(t)
		all, utrecht := len(o.from("AF", "")), len(o.from("AF", "t-utrecht"))
		if all < 6 || utrecht < 3 || all == utrecht {
			t.Fatalf("the demonstration has %d and %d", all, utrecht)
		}
		say := func(n int) string {
			if Told(n) == 0 {
				return "Minder dan 5 mensen"
			}
			return fmt.Sprintf("Ongeveer %d mensen", Told(n))
		}
		entries := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject <> ''`))
		id := o.counted(t, land, "origins", "AF")
		want(t, "the country", land.Get("/groepsalarm?telling="+id), 200, say(all), "herkomst: Afghanistan", "-Hamid", "-Farzaneh")
		absent(t, noor, noor.Get("/groepsalarm?telling="+id), "another's count")
		absent(t, noor, noor.Post("/groepsalarm", webtest.Form("telling", id, "reason", danger, "purpose", purpose)), "an alarm on another's count")
		mine := o.counted(t, noor, "origins", "AF")
		want(t, "a team", noor.Get("/groepsalarm?telling="+mine), 200, say(utrecht))
		want(t, "all faults", noor.Post("/groepsalarm/tellen", webtest.Form("place", "team:t-zwolle", "other", "111222333")), 422, "burgerservicenummer")
		want(t, "another team", noor.Post("/groepsalarm/tellen", webtest.Form("origins", "AF", "place", "team:t-zwolle")), 422, "Buiten je eigen team")
		want(t, "another region", noor.Post("/groepsalarm/tellen", webtest.Form("origins", "AF", "place", "region:r-oost")), 422, "Buiten je eigen team")
		want(t, "a location elsewhere", noor.Post("/groepsalarm/tellen", webtest.Form("origins", "AF", "place", "location:l-zwolle-1")), 422, "Buiten je eigen team")
		z := o.counted(t, zwolle, "origins", "AF", "place", "team:t-zwolle")
		want(t, "their own team", zwolle.Get("/groepsalarm?telling="+z), 200, say(len(o.from("AF", "t-zwolle"))))
		for name, a := range map[string]access.Actor{"the desk": riaA, "a caseworker": amiraA, "the privacy officer": pieterA, "the administrator": beheerA} {
			v := o.As(a)
			absent(t, v, v.Get("/groepsalarm"), name)
			absent(t, v, v.Post("/groepsalarm/tellen", webtest.Form("origins", "AF")), name)
		}
		// No file was opened, every count stands in the log, and twenty are enough.
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject <> ''`)); n != entries {
			t.Error("a count wrote about somebody")
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'alarm.event.counted'`)); n != 3 || o.count(t, db.F(`SELECT COUNT(*) FROM alarm_count`)) != 3 {
			t.Errorf("%d counts in the log", n)
		}
		for range countMost - 1 {
			o.counted(t, noor, "origins", "ER")
		}
		want(t, "one too many", noor.Post("/groepsalarm/tellen", webtest.Form("origins", "ER")), 429, "vandaag al 20 keer")
		o.later(24 * time.Hour)
		o.counted(t, o.As(noorA), "origins", "ER")
		absent(t, o.As(noorA), o.As(noorA).Get("/groepsalarm?telling="+mine), "a count of yesterday")
	})
}

func TestTheListNeedsAPurposeAndLogsEachName(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, 120)
		o.remember(t)
		land, noor, deniz := o.As(landA), o.As(noorA), o.As(denizA)
		short := o.counted(t, land, "origins", "AF")
		want(t, "no purpose", land.Post("/groepsalarm", webtest.Form("telling", short, "reason", "x")), 422, "minstens 20 tekens")
		id := o.groupRaised(t, land, "origins", "AF")
		all, utrecht := o.from("AF", ""), o.from("AF", "t-utrecht")
		page := "/groepsalarm/" + id
		if n := o.count(t, db.F(`SELECT people FROM alarm_group WHERE id = ?`, id)); n != len(all) {
			t.Fatalf("%d members, want %d", n, len(all))
		}
		// Others see a number first, of their own reach, and how many elsewhere only roughly.
		want(t, "the lead", noor.Get(page), 200, fmt.Sprintf("%d mensen binnen jouw bereik", len(utrecht)), "Open de lijst", "Daar worden de teams gewaarschuwd", "-Hamid", "-Farzaneh", "-Golnar")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'alarm.event.listed'`)); n != 0 {
			t.Errorf("%d names were logged before a purpose", n)
		}
		want(t, "too short", noor.Post(page+"/lijst", webtest.Form("purpose", "zomaar")), 422, "minstens 20 tekens", "zomaar", "-Hamid")
		want(t, "opened", noor.Post(page+"/lijst", webtest.Form("purpose", purpose)), 303)
		before := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'alarm.event.listed'`))
		o.lawyers["p-hamid"] = dossier.Lawyer{Name: "mr. F. Lammers", Phone: "030 555 01 02"}
		a := want(t, "the list", noor.Get(page), 200, "Hamid", "Farzaneh", "Golnar", "mr. F. Lammers", "Er is geen advocaat bekend", "Ik pak dit op", "-Noori", "-2808813340")
		for _, p := range all {
			shown := strings.Contains(a.Body, `value="`+p+`"`)
			if shown != slices.Contains(utrecht, p) {
				t.Errorf("%s is on the list: %v", p, shown)
			}
			n := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'alarm.event.listed' AND subject = ? AND actor = 'u-noor'`, p))
			if (n == 1) != shown {
				t.Errorf("%s: %d entries", p, n)
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'alarm.event.listed'`)); n != before+len(utrecht) {
			t.Errorf("%d entries", n)
		}
		es, err := audit.Of(t.Context(), d, "p-hamid", 0, 1)
		if err != nil || es[0].Why != string(access.Alarm) || es[0].Object != id || es[0].Role != "lead" {
			t.Errorf("%+v %v", es, err)
		}
		// The list opens no file, and nobody gets it through somebody else's purpose.
		absent(t, noor, noor.Get("/dossier/p-hamid"), "the file")
		want(t, "legal staff of the same team", deniz.Get(page), 200, "Open de lijst", "-Hamid")
		absent(t, deniz, deniz.Post(page+"/nemen", webtest.Form("person", "p-hamid")), "taking from a closed list")
		absent(t, noor, noor.Post(page+"/nemen", webtest.Form("person", "p-selam")), "taking who is not on it")
		var elsewhere string
		for _, p := range all {
			if !slices.Contains(utrecht, p) {
				elsewhere = p
			}
		}
		absent(t, noor, noor.Post(page+"/nemen", webtest.Form("person", elsewhere)), "taking who is helped elsewhere")
		// Taking somebody from the list begins an alarm of their own, and opens what a desk sees.
		want(t, "taking", noor.Post(page+"/nemen", webtest.Form("person", "p-hamid")), 303)
		want(t, "the file", noor.Get("/dossier/p-hamid"), 200, "Hamid")
		absent(t, noor, noor.Get("/dossier/p-hamid/wijzigen"), "the whole file")
		if got := o.one(t, db.F(`SELECT parent FROM alarm_alarm WHERE person = 'p-hamid'`)); got != id {
			t.Errorf("it came from %s", got)
		}
		// Three days later it is closed again.
		o.later(opened)
		want(t, "three days later", o.As(noorA).Get(page), 200, "Open de lijst", "-Farzaneh")
	})
}

func TestWhoIsToldOfAGroup(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, 120)
		o.remember(t)
		id := o.groupRaised(t, o.As(noorA), "origins", "AF")
		page := "/groepsalarm/" + id
		for name, a := range map[string]access.Actor{"the lead": noorA, "legal staff": denizA, "the region": elsA, "the country": landA} {
			v := o.As(a)
			want(t, name, v.Get("/balk"), 200, "Groepsalarm")
			want(t, name, v.Get("/vandaag"), 200, "Groep: Afghanistan", "-p-hamid")
			want(t, name, v.Get(page), 200)
		}
		amira := o.As(amiraA)
		want(t, "who helps some of them", amira.Get("/vandaag"), 200, "horen bij een groep die gevaar loopt", "Hamid", "Farzaneh", "-Selam")
		want(t, "on the file", amira.Get("/dossier/p-hamid"), 200, "hoort bij een groep die gevaar loopt", "-"+page)
		want(t, "on another file", amira.Get("/dossier/p-selam"), 200, "-groep die gevaar loopt")
		for name, a := range map[string]access.Actor{"the lead of Zwolle": zwolleA, "a caseworker": amiraA, "the desk": riaA, "the privacy officer": pieterA} {
			v := o.As(a)
			absent(t, v, v.Get(page), name)
			for _, act := range []string{"/lijst", "/nemen", "/einde", "/heropenen", "/terugblik"} {
				absent(t, v, v.Post(page+act, webtest.Form("purpose", purpose, "person", "p-hamid", "outcome", "safe", "end", danger, "verdict", "late", "lesson", danger)), name+act)
			}
			if a.ID != "u-amira" {
				want(t, name, v.Get("/vandaag"), 200, "-Afghanistan", "-Groep")
			}
			want(t, name, v.Get("/balk"), 200, "-Groepsalarm")
		}
		// The end forgets who they were, keeps how many, and somebody else looks back.
		noor, deniz := o.As(noorA), o.As(denizA)
		want(t, "all faults", noor.Post(page+"/einde", webtest.Form()), 422, "Kies hoe het is afgelopen", "minstens 10 tekens")
		want(t, "the end", noor.Post(page+"/einde", webtest.Form("outcome", "stopped", "end", "De vlucht is geschrapt.")), 303)
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_group WHERE members IS NULL AND found IS NULL AND people > 0`)); n != 1 {
			t.Error("who belonged to it is still there")
		}
		want(t, "after the end", amira.Get("/dossier/p-hamid"), 200, "-groep die gevaar loopt")
		want(t, "after the end", noor.Get("/balk"), 200, "-Groepsalarm")
		want(t, "no list any more", noor.Get(page), 200, "De uitzettingen zijn gestopt", "-Open de lijst", "-Hamid", "-Was het op tijd")
		absent(t, noor, noor.Post(page+"/terugblik", webtest.Form("verdict", "late", "lesson", danger)), "who ended it looks back")
		want(t, "somebody else", deniz.Post(page+"/terugblik", webtest.Form("verdict", "intime", "lesson", danger)), 303)
		want(t, "taken back", noor.Post(page+"/heropenen", webtest.Form()), 303)
		if err := o.a.look(t.Context(), id, lookMost); err != nil {
			t.Fatal(err)
		}
		want(t, "again", noor.Get("/balk"), 200, "Groepsalarm")
		want(t, "the list must be asked for again", noor.Get(page), 200, "Open de lijst", "-Hamid")
	})
}

// What only procedures know is asked in steps, which go on where they were stopped; who meets it later joins.
func TestMembersAreFoundInStepsAndJoinLater(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, 120)
		o.remember(t)
		o.a.lookStep = 5
		o.refused["p-hamid"], o.refused["p-golnar"] = true, true
		land := o.As(landA)
		id := o.counted(t, land, "origins", "AF", "decided", "ja")
		want(t, "too many to ask at once", land.Get("/groepsalarm?telling="+id), 200, "Hoogstens")
		if *o.asked != 0 {
			t.Error("procedures were asked while one waits")
		}
		var group string
		if err := d.Tx(t.Context(), func(tx *db.Tx) (err error) {
			group, err = o.a.raiseGroup(t.Context(), tx, landA, Said{Criteria: Criteria{Origins: []string{"AF"}, Decided: true}, Reason: danger}, nil, purpose)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		all := o.from("AF", "")
		steps := (len(all) - 1) / 5 // all but the last; each run is stopped after one step
		for range steps {
			if err := o.a.look(t.Context(), group, 1); err != nil {
				t.Fatal(err)
			}
		}
		want(t, "under way", land.Get("/groepsalarm/"+group), 200, "We zoeken uit", fmt.Sprintf("%d van %d bekeken", 5*steps, len(all)))
		if err := o.a.look(t.Context(), group, lookMost); err != nil {
			t.Fatal(err)
		}
		if want := (len(all) + 4) / 5; *o.asked != want {
			t.Errorf("procedures were asked %d times, want %d: what was looked at is looked at once", *o.asked, want)
		}
		want(t, "found", land.Get("/groepsalarm/"+group), 200, "2 mensen binnen jouw bereik", "Hamid", "Golnar", "-Farzaneh")
		// Before a minute is over nothing is asked again; after it whoever meets it now joins, and who does not leaves.
		asked := *o.asked
		if err := o.a.look(t.Context(), group, lookMost); err != nil || *o.asked != asked {
			t.Errorf("asked again at once: %v", err)
		}
		o.refused["p-farzaneh"], o.refused["p-hamid"] = true, false
		o.later(lookEvery)
		if err := o.a.look(t.Context(), group, lookMost); err != nil {
			t.Fatal(err)
		}
		want(t, "joined", o.As(landA).Get("/groepsalarm/"+group), 200, "2 mensen binnen jouw bereik", "Farzaneh", "Golnar", "-Hamid", "Er kwamen mensen bij")
		// In the table nothing tells who belongs together.
		b, err := db.One[[]byte](t.Context(), d, db.F(`SELECT members FROM alarm_group WHERE id = ?`, group))
		if err != nil || len(b) == 0 || strings.Contains(string(b), "p-") {
			t.Errorf("%q %v", b, err)
		}
		// Somebody who is erased is in no group any more.
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return o.a.Keeper().Erase(t.Context(), tx, "p-golnar") }); err != nil {
			t.Fatal(err)
		}
		g, err := o.a.group(t.Context(), d, group)
		if err != nil {
			t.Fatal(err)
		}
		if ids, err := o.a.ids(membersPlace(group), g.Members); err != nil || !slices.Equal(ids, []string{"p-farzaneh"}) {
			t.Errorf("%v %v", ids, err)
		}
	})
}

// One page of a list shows, and logs, twenty-five people.
func TestALongListIsReadInPages(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d, 500)
	o.remember(t)
	land := o.As(landA)
	id := o.groupRaised(t, land, "origins", "SY")
	all := o.from("SY", "")
	if len(all) <= perPage {
		t.Fatalf("only %d people", len(all))
	}
	one := want(t, "page one", land.Get("/groepsalarm/"+id), 200, "Bladzijde 1 van")
	two := want(t, "page two", land.Get("/groepsalarm/"+id+"?blad=2"), 200, "Bladzijde 2 van")
	n := strings.Count(one.Body, `name="person"`)
	if n != perPage || o.count(t, db.F(`SELECT COUNT(DISTINCT subject) FROM audit_entry WHERE event = 'alarm.event.listed'`)) != n+strings.Count(two.Body, `name="person"`) {
		t.Errorf("%d people on page one; the log and the pages differ", n)
	}
}

func TestWhatHadItsTimeIsRemoved(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, 60)
		o.remember(t)
		noor := o.As(noorA)
		id := o.groupRaised(t, noor, "origins", "AF")
		o.groupRaised(t, noor, "origins", "ER")
		want(t, "the end", noor.Post("/groepsalarm/"+id+"/einde", webtest.Form("outcome", "stopped", "end", "De vlucht is geschrapt.")), 303)
		if err := o.a.sweep(t.Context(), d.Now().AddDate(0, 0, countsKept.Days)); err != nil || o.count(t, db.F(`SELECT COUNT(*) FROM alarm_count`)) != 2 {
			t.Errorf("counts on their last day: %v", err)
		}
		if err := o.a.sweep(t.Context(), d.Now().AddDate(0, 0, groupsKept.Days+1)); err != nil {
			t.Fatal(err)
		}
		if g, c, s := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_group`)), o.count(t, db.F(`SELECT COUNT(*) FROM alarm_count`)), o.count(t, db.F(`SELECT COUNT(*) FROM alarm_step WHERE about = ?`, id)); g != 1 || c != 0 || s != 0 {
			t.Errorf("%d groups, %d counts, %d entries of a group that is gone", g, c, s)
		}
	})
}
