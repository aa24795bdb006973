package alarm

import (
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

func TestOnePressTellsWhoCanStillDoSomething(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, dossier.DemoHeroes)
		amira, noor, ria := o.As(amiraA), o.As(noorA), o.As(riaA)
		want(t, "before", noor.Get("/balk"), 200, "-Uitzetting")
		want(t, "the file offers it", amira.Get("/dossier/p-hamid"), 200, "Sla alarm", "-Open het alarm")
		id := o.raised(t)
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM access_grant WHERE why = 'alarm'`)); n != 0 {
			t.Errorf("raising it opened %d files", n)
		}
		// Who is told sees the hours and the place, and nothing that says who it is.
		for name, a := range map[string]access.Actor{"the lead": noorA, "legal staff": denizA, "the region": elsA, "the country": landA} {
			v := o.As(a)
			want(t, name, v.Get("/balk"), 200, "Uitzetting dreigt", "Onbekend hoelang", "-Hamid", "-p-hamid")
			want(t, name, v.Get("/vandaag"), 200, "Iemand bij Utrecht", "-Hamid", "-p-hamid")
			want(t, name, v.Get("/alarm"), 200, "Iemand bij Utrecht", "-Hamid", "-p-hamid")
			want(t, name, v.Get("/alarm/"+id), 200, "Ik pak dit op", "Nog niemand", "-Hamid", "-p-hamid", "-Noori", "-2808813340")
			absent(t, v, v.Get("/dossier/p-hamid"), name+" opens the file")
			absent(t, v, v.Get(hamid), name+" opens the alarm in the file")
		}
		want(t, "who helps is led to the file", amira.Get("/alarm/"+id), 303)
		want(t, "who helps", amira.Get("/vandaag"), 200, "Hamid")
		want(t, "on the file", amira.Get("/dossier/p-hamid"), 200, "Uitzetting dreigt", "Open het alarm", "-Sla alarm")
		for name, a := range map[string]access.Actor{"the desk": riaA, "the lead of Zwolle": zwolleA, "the privacy officer": pieterA, "the administrator": beheerA, "a caseworker": worker("u-x", access.Case, access.Team, "t-utrecht")} {
			v := o.As(a)
			want(t, name, v.Get("/balk"), 200, "-Uitzetting")
			want(t, name, v.Get("/vandaag"), 200, "-Iemand")
			want(t, name, v.Get("/alarm"), 200, "-Iemand")
			absent(t, v, v.Get("/alarm/"+id), name)
			for _, path := range []string{"/alarm/" + id + "/nemen", "/alarm/" + id + "/verlengen", "/alarm/" + id + "/terugblik", hamid, hamid + "/" + id + "/stap", hamid + "/" + id + "/gegevens", hamid + "/" + id + "/loslaten", hamid + "/" + id + "/einde", hamid + "/" + id + "/heropenen"} {
				absent(t, v, v.Post(path, webtest.Form("kind", "lawyer", "result", "done", "outcome", "mistake", "end", "een vergissing toch")), name+": "+path)
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_step`)); n != 1 {
			t.Errorf("%d entries in the history", n)
		}
		// A desk where he checked in may raise too, and two who press at once raise one.
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := access.Give(t.Context(), tx, access.Grant{Subject: "p-hamid", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel, Until: tx.Now.Add(90 * time.Minute)})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		want(t, "the desk", ria.Post(hamid, webtest.Form()), 303)
		want(t, "the desk sees it on the file", ria.Get("/dossier/p-hamid"), 200, "Uitzetting dreigt")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_alarm`)); n != 1 {
			t.Errorf("%d alarms", n)
		}
	})
}

func TestAnAlarmOpensWhatADeskSeesAndItsEndClosesIt(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, dossier.DemoHeroes)
		id := o.raised(t)
		noor, deniz, els := o.As(noorA), o.As(denizA), o.As(elsA)
		for _, v := range []*webtest.Visitor{noor, deniz, els} {
			want(t, "taking it", v.Post("/alarm/"+id+"/nemen", webtest.Form()), 303)
			want(t, "the file", v.Get("/dossier/p-hamid"), 200, "Hamid")
			want(t, "the alarm", v.Get(hamid), 200, "Hamid", "Ik laat dit los")
			absent(t, v, v.Get("/dossier/p-hamid/wijzigen"), "the whole file")
			absent(t, v, v.Get("/dossier/p-selam"), "another file")
		}
		gs, err := access.OfSubject(t.Context(), d, "p-hamid")
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, g := range gs {
			if g.Why == access.Alarm {
				n++
				if g.Level != access.DeskLevel || !g.Until.Equal(d.Now().Add(Lasts)) {
					t.Errorf("%+v", g)
				}
			}
		}
		if n != 3 {
			t.Errorf("%d grants by the alarm", n)
		}
		// Nothing that outlives it: no card, nothing shared.
		if a := noor.Post("/dossier/p-hamid/kaart", webtest.Form()); a.Code == 303 {
			t.Error("an alarm made a card")
		}
		// Letting go closes it for one; the week for all; a lead renews it.
		want(t, "letting go", deniz.Post(hamid+"/"+id+"/loslaten", webtest.Form()), 303)
		absent(t, deniz, deniz.Get("/dossier/p-hamid"), "after letting go")
		o.later(Lasts - time.Minute)
		noor, els = o.As(noorA), o.As(elsA)
		want(t, "in the last minute", noor.Get("/dossier/p-hamid"), 200)
		o.later(time.Minute)
		absent(t, noor, noor.Get("/dossier/p-hamid"), "after a week")
		absent(t, els, els.Get(hamid), "after a week")
		want(t, "nobody takes it now", o.As(denizA).Post("/alarm/"+id+"/nemen", webtest.Form()), 409)
		amira := o.As(amiraA)
		absent(t, amira, amira.Post("/alarm/"+id+"/verlengen", webtest.Form()), "a caseworker renews")
		want(t, "the lead renews", noor.Post("/alarm/"+id+"/verlengen", webtest.Form()), 303)
		want(t, "again", noor.Get("/dossier/p-hamid"), 200)
		want(t, "again", els.Get("/dossier/p-hamid"), 200)
		// The end.
		want(t, "how did it end", noor.Post(hamid+"/"+id+"/einde", webtest.Form("outcome", "mistake")), 422, "minstens 10 tekens", "-Kies hoe")
		want(t, "the end", noor.Post(hamid+"/"+id+"/einde", webtest.Form("outcome", "stopped", "end", "De rechter hield het tegen.")), 303)
		for name, v := range map[string]*webtest.Visitor{"the lead": noor, "the region": els} {
			absent(t, v, v.Get("/dossier/p-hamid"), name+" after the end")
			absent(t, v, v.Get(hamid), name+" after the end")
			absent(t, v, v.Post(hamid+"/"+id+"/stap", webtest.Form("kind", "lawyer", "result", "done")), name+" after the end")
			want(t, name, v.Get("/balk"), 200, "-Uitzetting")
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM access_grant WHERE why = 'alarm' AND ended IS NULL`)); n != 0 {
			t.Errorf("%d grants stand after the end", n)
		}
		// Taking the end back opens nothing by itself.
		want(t, "taken back", amira.Post(hamid+"/"+id+"/heropenen", webtest.Form()), 303)
		absent(t, noor, noor.Get("/dossier/p-hamid"), "after it was taken back")
		want(t, "told again", noor.Get("/balk"), 200, "Uitzetting dreigt")
		want(t, "ended again", amira.Post(hamid+"/"+id+"/einde", webtest.Form("outcome", "stopped")), 303)
		o.later(Undo)
		want(t, "too late", o.As(amiraA).Post(hamid+"/"+id+"/heropenen", webtest.Form()), 409)
	})
}

func TestWhatIsDoneIsAddedAndNeverChanged(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, dossier.DemoHeroes)
		day := d.Now().Add(41 * time.Hour).Format("2006-01-02")
		id := o.raised(t, "day", day, "hour", "7:15", "held", "detention", "where", "Rotterdam", "flight", "TK 1952", "note", "kanarie-notitie")
		amira, marwan := o.As(amiraA), o.As(marwanA)
		want(t, "what is known", amira.Get(hamid), 200, "detentiecentrum", "Rotterdam", "TK 1952", "kanarie-notitie", "Er is geen advocaat bekend", "Marwan Saleh", "r39.echr.coe.int")
		o.lawyers["p-hamid"] = dossier.Lawyer{Name: "mr. F. Lammers", Office: "Lammers advocaten", Phone: "+31 30 555 01 02", Reachable: "ma–vr"}
		want(t, "the lawyer", amira.Get(hamid), 200, "mr. F. Lammers", "tel:+31305550102", "-Er is geen advocaat bekend")
		want(t, "the notice tells no words", o.As(noorA).Get("/alarm/"+id), 200, "detentiecentrum", "-kanarie-notitie", "-TK 1952", "-Lammers", "-Rotterdam")
		step := hamid + "/" + id + "/stap"
		want(t, "nothing said", amira.Post(step, webtest.Form("did", "toch iets")), 422, "Kies wat je hebt gedaan", "Kies hoe het ermee staat", "toch iets")
		want(t, "press without a yes", amira.Post(step, webtest.Form("kind", "press", "result", "done")), 422, "alleen als de persoon dat wil")
		want(t, "a step", marwan.Post(step, webtest.Form("kind", "lawyer", "result", "tried", "did", "belt terug")), 303)
		want(t, "again", marwan.Post(step, webtest.Form("kind", "lawyer", "result", "done", "did", "dient vanavond in")), 303)
		want(t, "both stand", amira.Get(hamid), 200, "belt terug", "dient vanavond in", "Marwan Saleh")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_step WHERE kind = 'lawyer'`)); n != 2 {
			t.Errorf("%d entries", n)
		}
		// A partner's side of it stands at an address, which is as sealed as the note, and no address that would run something.
		for _, bad := range []string{"javascript:alert(1)", "http://partner.example", "https://partner.example/ zaak", `https://x"onclick=`} {
			want(t, "no address", marwan.Post(step, webtest.Form("kind", "authority", "result", "tried", "link", bad)), 422, "Een adres begint met https://")
		}
		const theirs = "https://partner.example/zaak/81"
		want(t, "with an address", marwan.Post(step, webtest.Form("kind", "authority", "result", "tried", "link", theirs)), 303)
		want(t, "the address", amira.Get(hamid), 200, `href="`+theirs+`"`, "Kant van de partner")
		want(t, "the notice tells no address", o.As(noorA).Get("/alarm/"+id), 200, "-partner.example")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_step WHERE link IS NOT NULL`)); n != 1 {
			t.Errorf("%d steps with an address", n)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_step WHERE link = ?`, []byte(theirs))); n != 0 {
			t.Error("the address can be read in the database")
		}
		change := hamid + "/" + id + "/gegevens"
		want(t, "a fault", amira.Post(change, webtest.Form("version", "1", "hour", "7:15", "where", "Schiphol")), 422, "Vul ook de dag in", "Schiphol")
		want(t, "changed", amira.Post(change, webtest.Form("version", "1", "held", "airport")), 303)
		want(t, "somebody was quicker", marwan.Post(change, webtest.Form("version", "1", "held", "police")), 409)
		want(t, "what stands", amira.Get(hamid), 200, "luchthaven", "Onbekend hoelang")
		for _, at := range []string{"p-selam", "p-nobody"} {
			absent(t, amira, amira.Post("/dossier/"+at+"/alarm/"+id+"/stap", webtest.Form("kind", "lawyer", "result", "done")), "through another file "+at)
			absent(t, amira, amira.Get("/dossier/"+at+"/alarm?alarm="+id), "through another file "+at)
		}
		// Every look and every act is in the log of the person, with its reason.
		es, err := audit.Of(t.Context(), d, "p-hamid", 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]int{}
		for _, e := range es {
			seen[e.Event]++
		}
		if seen["alarm.event.raised"] != 1 || seen["alarm.event.did"] != 3 || seen["alarm.event.changed"] != 1 || seen["alarm.event.read"] == 0 {
			t.Errorf("the log: %v", seen)
		}
	})
}

func TestThePersonReadsWhatIsDoneUnlessItIsDangerous(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, dossier.DemoHeroes)
		him, other := o.As(self("p-hamid")), o.As(self("p-selam"))
		want(t, "before", him.Get("/mijn"), 200, "-uitzetting")
		id := o.raised(t)
		want(t, "taken", o.As(marwanA).Post("/alarm/"+id+"/nemen", webtest.Form()), 303)
		want(t, "a step", o.As(marwanA).Post(hamid+"/"+id+"/stap", webtest.Form("kind", "lawyer", "result", "done", "did", "kanarie-notitie")), 303)
		want(t, "his page", him.Get("/mijn"), 200, "Wij helpen u tegen uw uitzetting", "Marwan helpt u", "Uw advocaat bellen", "Gedaan", "Nog niet", "-Bezig", "Teken niets", "-kanarie-notitie", "-Pers")
		want(t, "in Arabic", him.Get("/mijn?taal=ar"), 200, "نحن نساعدكم", "الاتصال بمحاميكم", "-uitzetting")
		want(t, "another's page", other.Get("/mijn"), 200, "-uitzetting")
		want(t, "hidden", o.As(amiraA).Post(hamid+"/"+id+"/gegevens", webtest.Form("version", "1", "hide", "ja")), 303)
		want(t, "his page", him.Get("/mijn?taal=nl"), 200, "-uitzetting", "-Marwan")
		want(t, "shown", o.As(amiraA).Post(hamid+"/"+id+"/gegevens", webtest.Form("version", "2")), 303)
		want(t, "the end", o.As(amiraA).Post(hamid+"/"+id+"/einde", webtest.Form("outcome", "postponed")), 303)
		want(t, "his page", him.Get("/mijn"), 200, "Uw uitzetting is uitgesteld", "-Teken niets")
		o.later(toldDays*24*time.Hour + time.Minute)
		want(t, "a week later", o.As(self("p-hamid")).Get("/mijn"), 200, "-uitgesteld")
	})
}

func TestSomebodyElseLooksBack(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, dossier.DemoHeroes)
		id := o.raised(t)
		want(t, "before the end", o.As(noorA).Get("/alarm/"+id+"/terugblik"), 404)
		want(t, "the end", o.As(marwanA).Post(hamid+"/"+id+"/einde", webtest.Form("outcome", "safe")), 303)
		marwan, noor, pieter := o.As(marwanA), o.As(noorA), o.As(pieterA)
		absent(t, marwan, marwan.Get("/alarm/"+id+"/terugblik"), "who ended it")
		want(t, "the privacy officer", pieter.Get("/alarm/"+id+"/terugblik"), 200, "-Hamid")
		want(t, "all faults", noor.Post("/alarm/"+id+"/terugblik", webtest.Form("lesson", "kort")), 422, "Kies wat je ervan vindt", "minstens 10 tekens", "kort")
		want(t, "looked back", noor.Post("/alarm/"+id+"/terugblik", webtest.Form("verdict", "late", "lesson", "kanarie: eerder bellen met het piket.")), 303)
		want(t, "twice", pieter.Post("/alarm/"+id+"/terugblik", webtest.Form("verdict", "intime", "lesson", "Het ging wel goed.")), 303)
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_step WHERE kind = 'reviewed'`)); n != 1 {
			t.Errorf("looked back %d times", n)
		}
		want(t, "in the file", o.As(amiraA).Get(hamid), 200, "Te laat", "kanarie: eerder bellen")
	})
}

func TestAPersonGetsTheirAlarmsAndIsForgotten(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, dossier.DemoHeroes)
		id := o.raised(t, "note", "kanarie-notitie", "where", "kanarie-plek")
		want(t, "taken", o.As(noorA).Post("/alarm/"+id+"/nemen", webtest.Form()), 303)
		want(t, "a step", o.As(amiraA).Post(hamid+"/"+id+"/stap", webtest.Form("kind", "lawyer", "result", "done", "did", "kanarie-stap")), 303)
		want(t, "another's", o.As(amiraA).Post("/dossier/p-selam/alarm", webtest.Form()), 303)
		x, err := o.a.Keeper().Export(t.Context(), d, o.v, "p-hamid")
		if err != nil {
			t.Fatal(err)
		}
		got := x.([]Exported)
		if len(got) != 1 || got[0].Danger.Note != "kanarie-notitie" || len(got[0].Taken) != 1 || len(got[0].Story) != 3 {
			t.Errorf("%+v", got)
		}
		// At rest nothing of it can be read.
		for _, row := range []db.Frag{db.F(`SELECT body FROM alarm_alarm`), db.F(`SELECT body FROM alarm_step WHERE body IS NOT NULL`)} {
			bs, err := db.Many[[]byte](t.Context(), d, row)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range bs {
				if strings.Contains(string(b), "kanarie") || strings.Contains(string(b), "held") {
					t.Error("what is said lies in the clear")
				}
			}
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return o.a.Keeper().Erase(t.Context(), tx, "p-hamid") }); err != nil {
			t.Fatal(err)
		}
		for _, f := range []db.Frag{db.F(`SELECT COUNT(*) FROM alarm_alarm WHERE person = 'p-hamid'`), db.F(`SELECT COUNT(*) FROM alarm_step WHERE person = 'p-hamid'`), db.F(`SELECT COUNT(*) FROM alarm_taken WHERE person = 'p-hamid'`)} {
			if n := o.count(t, f); n != 0 {
				t.Errorf("%s: %d", f.SQL, n)
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_alarm WHERE person = 'p-selam'`)); n != 1 {
			t.Error("somebody else lost their alarm")
		}
	})
}
