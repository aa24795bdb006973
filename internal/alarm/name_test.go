package alarm

import (
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

// tijsA is a caseworker of the team who has no file: nobody tells him of an alarm until he is named.
var tijsA = worker("u-tijs", access.Case, access.Team, "t-utrecht")

func TestALeadOrWhoIsOnItNamesAnother(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, dossier.DemoHeroes)
		id := o.raised(t)
		noor, tijs, deniz, amira, marwan, him := o.As(noorA), o.As(tijsA), o.As(denizA), o.As(amiraA), o.As(marwanA), o.As(self("p-hamid"))
		notice, door := "/alarm/"+id, "/alarm/"+id+"/aanwijzen"
		want(t, "before", tijs.Get("/vandaag"), 200, "-wees jou aan", "-Hamid")
		absent(t, tijs, tijs.Get(notice), "a colleague who was not told")
		// Who is told may not name: only a lead, a manager, and whoever is on it.
		for what, v := range map[string]*webtest.Visitor{"legal staff": deniz, "who helps": amira, "not told": tijs, "the desk": o.As(riaA), "the lead of Zwolle": o.As(zwolleA), "the privacy officer": o.As(pieterA)} {
			absent(t, v, v.Post(door, webtest.Form("colleague", "u-tijs")), what+" names")
		}
		want(t, "legal staff", deniz.Get(notice), 200, "Ik pak dit op", "-Wijs aan")
		// The lead chooses from the team without opening the file.
		want(t, "the choice", noor.Get(notice), 200, "Wijs aan", "Tijs van Dam", "Deniz Kaya", "-Ria de Boer", "-Els Bakker", "-Fatma Yilmaz", `value="u-tijs"`, `-value="u-noor"`, "-Hamid")
		for _, who := range []string{"", "u-ria", "u-els", "u-zwolle", "u-beheer", "u-noor", "u-nobody"} {
			want(t, "naming "+who, noor.Post(door, webtest.Form("colleague", who)), 422, "Kies een collega uit de lijst", "-Hamid")
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_taken`)); n != 0 {
			t.Fatalf("%d people are on it after refusals", n)
		}
		want(t, "named", noor.Post(door, webtest.Form("colleague", "u-tijs")), 303)
		absent(t, noor, noor.Get("/dossier/p-hamid"), "naming opened the file for who named")
		want(t, "on Vandaag", tijs.Get("/vandaag"), 200, "Hamid", "Noor Visser wees jou aan")
		want(t, "nobody else was named", deniz.Get("/vandaag"), 200, "-Tijs van Dam is ermee bezig", "-wees jou aan")
		want(t, "who helps", amira.Get(hamid), 200, "Aangewezen: Tijs van Dam", "-Tijs van Dam is ermee bezig")
		want(t, "himself", him.Get("/mijn"), 200, "-Tijs")
		absent(t, tijs, tijs.Post(door, webtest.Form("colleague", "u-marwan")), "who was named and did not say yes names another")
		want(t, "the choice of the named", tijs.Get(hamid), 200, "Ik pak dit op", "Ik kan dit niet oppakken")
		want(t, "the file", tijs.Get("/dossier/p-hamid"), 200, "Hamid")
		absent(t, tijs, tijs.Get("/dossier/p-hamid/wijzigen"), "the whole file")
		absent(t, tijs, tijs.Get("/dossier/p-selam"), "another file")
		want(t, "the history", tijs.Get(hamid), 200, "Aangewezen: Tijs van Dam", "aangewezen door Noor Visser")
		if g := o.one(t, db.F(`SELECT holder || ' ' || given_by FROM access_grant WHERE why = 'alarm' AND ended IS NULL`)); g != "user:u-tijs u-noor" {
			t.Errorf("the grant: %s", g)
		}
		at := func(colleague string) string {
			return door + "/" + o.one(t, db.F(`SELECT id FROM alarm_taken WHERE ended IS NULL AND colleague = ?`, colleague)) + "/terug"
		}
		// Taking back, before he said yes: who named him, or a lead; nobody else.
		want(t, "deniz takes it", deniz.Post(notice+"/nemen", webtest.Form()), 303)
		absent(t, deniz, deniz.Post(at("u-tijs"), webtest.Form()), "who did not name takes back")
		absent(t, amira, amira.Post(at("u-tijs"), webtest.Form()), "who helps takes back")
		absent(t, tijs, tijs.Post(at("u-tijs"), webtest.Form()), "the named one withdraws what the lead said")
		absent(t, noor, noor.Post(at("u-deniz"), webtest.Form()), "the lead takes off who took it themselves")
		want(t, "deniz lets go", deniz.Post(hamid+"/"+id+"/loslaten", webtest.Form()), 303)
		want(t, "the lead takes back", noor.Post(at("u-tijs"), webtest.Form()), 303)
		absent(t, tijs, tijs.Get("/dossier/p-hamid"), "after it was taken back")
		absent(t, tijs, tijs.Get(notice), "after it was taken back")
		want(t, "on Vandaag", tijs.Get("/vandaag"), 200, "-wees jou aan", "-Hamid")
		want(t, "the history", amira.Get(hamid), 200, "Aanwijzing ingetrokken: Tijs van Dam")
		// He says yes: from then on everybody reads that he is on it, and nobody takes him off.
		want(t, "named again", noor.Post(door, webtest.Form("colleague", "u-tijs")), 303)
		want(t, "yes", tijs.Post(notice+"/nemen", webtest.Form()), 303)
		want(t, "now he is on it", deniz.Get("/vandaag"), 200, "Tijs van Dam is ermee bezig")
		want(t, "himself", him.Get("/mijn"), 200, "Tijs")
		want(t, "the history", amira.Get(hamid), 200, "Opgepakt", "Aangewezen: Tijs van Dam")
		absent(t, noor, noor.Post(at("u-tijs"), webtest.Form()), "the lead takes off who said yes")
		// Whoever is on it names the next. Who has the file gets no second reason to see it.
		want(t, "who is on it names", tijs.Post(door, webtest.Form("colleague", "u-marwan")), 303)
		want(t, "whose file it is", marwan.Get("/vandaag"), 200, "Tijs van Dam wees jou aan")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM access_grant WHERE why = 'alarm' AND ended IS NULL`)); n != 1 {
			t.Errorf("%d grants", n)
		}
		want(t, "a fault in the file", tijs.Post(door, webtest.Form()), 422, "Kies een collega uit de lijst", "Hamid")
		want(t, "who named takes back", tijs.Post(at("u-marwan"), webtest.Form()), 303)
		want(t, "his own file stays", marwan.Get("/dossier/p-hamid"), 200, "Hamid")
		es, err := audit.Of(t.Context(), d, "p-hamid", 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]int{}
		for _, e := range es {
			seen[e.Event]++
		}
		if seen["alarm.event.named"] != 3 || seen["alarm.event.unnamed"] != 2 || seen["alarm.event.taken"] != 2 {
			t.Errorf("the log: %v", seen)
		}
		want(t, "letting go", tijs.Post(hamid+"/"+id+"/loslaten", webtest.Form()), 303)
		absent(t, tijs, tijs.Get("/dossier/p-hamid"), "after letting go")
		// Who was named says no; the end closes it, and after the week nobody is named.
		want(t, "named again", noor.Post(door, webtest.Form("colleague", "u-tijs")), 303)
		want(t, "letting go", tijs.Post(hamid+"/"+id+"/loslaten", webtest.Form()), 303)
		absent(t, tijs, tijs.Get("/dossier/p-hamid"), "after letting go")
		want(t, "named once more", noor.Post(door, webtest.Form("colleague", "u-tijs")), 303)
		o.later(Lasts)
		noor, tijs = o.As(noorA), o.As(tijsA)
		absent(t, tijs, tijs.Get("/dossier/p-hamid"), "after a week")
		absent(t, noor, noor.Post(door, webtest.Form("colleague", "u-amira")), "after a week")
		want(t, "renewed", noor.Post("/alarm/"+id+"/verlengen", webtest.Form()), 303)
		want(t, "again", tijs.Get("/dossier/p-hamid"), 200, "Hamid")
		want(t, "the end", o.As(amiraA).Post(hamid+"/"+id+"/einde", webtest.Form("outcome", "safe")), 303)
		absent(t, tijs, tijs.Get("/dossier/p-hamid"), "after the end")
		absent(t, noor, noor.Post(door, webtest.Form("colleague", "u-tijs")), "after the end")
	})
}
