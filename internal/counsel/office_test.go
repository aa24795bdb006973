package counsel

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

func (h house) one(f db.Frag) string {
	h.t.Helper()
	s, err := db.One[string](context.Background(), h.d, f)
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

func (h house) number(f db.Frag) int {
	h.t.Helper()
	n, err := db.One[int](context.Background(), h.d, f)
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

func TestTheAddressBookIsKeptCurrentAndNothingIsLost(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		form := webtest.Form("soort", "lawyer", "naam", "mr. C. Nieuw", "kantoor", "Nieuw & Co", "email", "c@nieuw.example", "telefoon", "020 111 22 33")
		h.want("an embassy", h.amira.Post("/adresboek/nieuw", url.Values{"soort": {"partner"}, "naam": {"Georgian Embassy"}, "land": {"Georgië"}, "biedt": {"alles"}}), 422, "nooit iets", "Georgian Embassy")
		h.want("a volunteer adds nobody", h.ria.Post("/adresboek/nieuw", form), 404)
		to := h.want("a new lawyer", h.amira.Post("/adresboek/nieuw", form), 303).To
		id := strings.TrimPrefix(strings.Split(to, "?")[0], "/adresboek/")
		h.want("the book", h.ria.Get("/advocaten"), 200, "mr. C. Nieuw", "020 111 22 33")
		h.want("looked for", h.amira.Get("/advocaten?zoek=nieuw+%26"), 200, "mr. C. Nieuw")
		h.lacks("looked for", h.amira.Get("/advocaten?zoek=nieuw+%26"), "mr. B. Ander")
		h.lacks("the book for a volunteer", h.want("an entry for a volunteer", h.ria.Get("/adresboek/"+id), 200, `href="tel:+31201112233"`), "Wijzigen", "uitnodigen")

		change := webtest.Form("naam", "mr. C. Nieuw", "kantoor", "Ander kantoor", "email", "c@ander.example", "telefoon", "020 111 22 33", "versie", "1")
		h.want("changed", h.amira.Post("/adresboek/"+id+"/wijzigen", change), 303)
		h.want("what was", h.amira.Get("/adresboek/"+id), 200, "Ander kantoor", "Nieuw & Co", "c@nieuw.example")
		h.want("over somebody else's change", h.marwan.Post("/adresboek/"+id+"/wijzigen", change), 422, "wijzigde dit net")

		// Only legal colleagues invite, after they made sure of the address; the link is shown once and works.
		h.want("a caseworker invites nobody", h.amira.Post("/adresboek/"+id+"/uitnodigen", webtest.Form("nagekeken", "ja")), 404)
		h.want("without making sure", h.marwan.Post("/adresboek/"+id+"/uitnodigen", nil), 422, "Kijk eerst na")
		page := h.want("the invitation", h.marwan.Post("/adresboek/"+id+"/uitnodigen", webtest.Form("nagekeken", "ja")), 200, "verstuurt zelf geen mail", "c@ander.example")
		link := regexp.MustCompile(`https://reisgezel\.example\.org(/uitnodiging/[A-Za-z0-9_-]+)`).FindStringSubmatch(page.Body)
		if link == nil {
			t.Fatal("no link on the page")
		}
		h.want("the link", h.Guest().Get(link[1]), 200, "mr. C. Nieuw")
		h.lacks("the link, later", h.want("the entry", h.marwan.Get("/adresboek/"+id), 200, "nagekeken door"), link[1])
		// Another address closes what was opened for the old one.
		change.Set("email", "c@derde.example")
		change.Set("versie", "2")
		h.want("another address", h.amira.Post("/adresboek/"+id+"/wijzigen", change), 303)
		h.want("the old link", h.Guest().Get(link[1]), 404)
		h.lacks("no longer made sure of", h.marwan.Get("/adresboek/"+id), "nagekeken door")
	})
}

func TestALawyerWhoLeavesIsHandedOverInOneList(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.represents("rp-3", "p-reem", "o-l", -10)
		h.want("the lawyer leaves", h.amira.Post("/adresboek/o-l/stop", webtest.Form("reden", "naar een ander kantoor")), 303)
		h.want("the list", h.amira.Get("/adresboek/o-l"), 200, "Wie heeft een andere advocaat nodig", "rp-1", "rp-3", "Selam", "Reem", "naar een ander kantoor")
		// Whoever has none of the files sees nobody.
		h.lacks("another caseworker", h.want("another caseworker", h.jana.Get("/adresboek/o-l"), 200), "Selam", "Reem", "rp-1")
		h.want("nobody chosen", h.amira.Post("/adresboek/o-l/overzetten", nil), 422, "Kies wie er overgaat", "Kies een advocaat")
		h.want("to the one who leaves", h.amira.Post("/adresboek/o-l/overzetten", webtest.Form("zaak", "rp-1", "naar", "o-l")), 422)
		h.want("files of another", h.jana.Post("/adresboek/o-l/overzetten", webtest.Form("zaak", "rp-1", "naar", "o-m")), 404)
		h.want("over", h.amira.Post("/adresboek/o-l/overzetten", url.Values{"zaak": {"rp-1", "rp-3"}, "naar": {"o-m"}}), 303)
		h.lacks("the list is empty", h.amira.Get("/adresboek/o-l"), "rp-1", "rp-3")
		h.want("who represents her", h.amira.Get("/dossier/p-selam/advocaat"), 200, "mr. B. Ander", "mr. A. Voorbeeld", "Overgenomen door mr. B. Ander")
		h.lacks("the new one sees nothing yet", h.want("the new one", h.m.Get("/advocaat"), 200), "Selam", "rp-")
	})
}

func TestWhoRepresentsSomebodyIsToldToWhoHelps(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.want("nothing chosen", h.amira.Post("/dossier/p-selam/advocaat/nieuw", nil), 422, "Kies een advocaat", "Kies waarvoor")
		h.want("a second opinion beside it", h.amira.Post("/dossier/p-selam/advocaat/nieuw", webtest.Form("advocaat", "o-m", "rol", "second", "bron", "told", "vanaf", "2026-11-20", "kenmerk", "S-12")), 303)
		h.want("both", h.amira.Get("/dossier/p-selam/advocaat"), 200, "mr. A. Voorbeeld", "mr. B. Ander", "Second opinion", "S-12", "zei de persoon zelf")
		h.want("on the first page", h.amira.Get("/dossier/p-selam"), 200, "mr. A. Voorbeeld", `href="tel:+31301234567"`)
		h.gone("not somebody's file", h.jana.Get("/dossier/p-selam/advocaat"), h.jana.Get("/dossier/p-none/advocaat"))
		h.want("a volunteer has no file", h.ria.Get("/dossier/p-selam/advocaat"), 404)
		h.allows(h.selam, "o-l", "name", "documents/pd-1")
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := access.Give(ctx, tx, access.Grant{Subject: "p-selam", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel, GivenBy: "u-ria", Place: "d-overvecht", Until: tx.Now.Add(3600e9)})
			return err
		})
		desk := h.want("at the desk", h.ria.Get("/dossier/p-selam/advocaat"), 200, "mr. A. Voorbeeld", "030 123 45 67")
		h.lacks("at the desk", desk, "Papier", "S-12", "kenmerk-rp-1", "Toestemming vragen", "stop")
		h.lacks("the consents at the desk", h.want("the consents at the desk", h.ria.Get("/dossier/p-selam/toestemming"), 200, "mr. A. Voorbeeld"), "Papier")
		f, err := h.c.files.Machine(context.Background(), d, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		ls, err := h.c.Lawyers(context.Background(), d, f, clock.Today(d.Now()))
		if err != nil || len(ls) != 2 || ls[0].Name != "mr. B. Ander" || ls[1].Office != "Kantoor" {
			t.Errorf("lent to others: %+v %v", ls, err)
		}
		h.want("her own page", h.selam.Get("/mijn/advocaat"), 200, "mr. A. Voorbeeld", "Papier", "doel=lawyer&partij=o-l")
		h.lacks("her own page", h.selam.Get("/mijn/advocaat"), "kenmerk-rp-1", "u-amira")
		h.want("another's page", h.reem.Get("/mijn/advocaat"), 200, "mr. B. Ander")
		h.lacks("another's page", h.reem.Get("/mijn/advocaat"), "mr. A. Voorbeeld")
	})
}

func TestWhatALawyerLeavesWaitsForAColleague(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.allows(h.selam, "o-l", "name")
		h.want("nothing", h.l.Post("/advocaat/rp-1/bericht", webtest.Form("wat", "hearing", "tekst", "blijft staan")), 422, "Vul de dag in", "blijft staan")
		twice := webtest.Form("wat", "hearing", "dag", "2026-12-18", "tijd", "10:30", "tekst", "kanarie-bericht", web.OnceField, db.ID("once", d.Now()))
		h.want("a date", h.l.Post("/advocaat/rp-1/bericht", twice), 303)
		h.want("the same again", h.l.Post("/advocaat/rp-1/bericht", twice), 303)
		if n := h.number(db.F(`SELECT COUNT(*) FROM counsel_word`)); n != 1 {
			t.Fatalf("a double press left %d words", n)
		}
		id := h.one(db.F(`SELECT id FROM counsel_word`))
		h.want("it waits", h.l.Get("/advocaat/rp-1"), 200, "kanarie-bericht", "wacht op antwoord")
		h.want("on the file", h.amira.Get("/dossier/p-selam/advocaat"), 200, "stelt een datum voor")
		h.want("read", h.amira.Get("/dossier/p-selam/bericht-advocaat/"+id), 200, "kanarie-bericht", "10:30", "vrijdag 18 december")
		h.gone("in another file", h.amira.Get("/dossier/p-reem/bericht-advocaat/"+id), h.amira.Get("/dossier/p-reem/bericht-advocaat/cw-none"))
		h.want("not taken over, and no reason", h.amira.Post("/dossier/p-selam/bericht-advocaat/"+id, webtest.Form("uitkomst", "declined")), 422, "Schrijf op waarom niet")
		h.want("taken over", h.amira.Post("/dossier/p-selam/bericht-advocaat/"+id, webtest.Form("uitkomst", "taken", "antwoord", "Dank, staat genoteerd.")), 303)
		h.want("too late", h.amira.Post("/dossier/p-selam/bericht-advocaat/"+id, webtest.Form("uitkomst", "declined", "antwoord", "nee")), 409)
		h.want("the lawyer reads the answer", h.l.Get("/advocaat/rp-1"), 200, "Dank, staat genoteerd.", "Overgenomen")
		for range wordsMost {
			h.want("many", h.l.Post("/advocaat/rp-1/bericht", webtest.Form("wat", "question", "tekst", "nog een")), 303)
		}
		h.want("too many", h.l.Post("/advocaat/rp-1/bericht", webtest.Form("wat", "question", "tekst", "nog een")), 429)
	})
}

func TestNobodyKnowsOfATalkAboutReturnButWhoIsBesideIt(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		assign := func(who string) {
			h.tx(func(ctx context.Context, tx *db.Tx) error {
				_, err := access.Give(ctx, tx, access.Grant{Subject: "p-selam", Holder: "user:" + who, Why: access.Assignment, Level: access.File, GivenBy: "u-noor", Place: "t-utrecht"})
				return err
			})
		}
		assign("u-jana") // has the whole file, and is not beside the talk
		bare := h.want("none yet", h.jana.Get("/dossier/p-selam/terugkeer"), 200, "begon er zelf over")
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			return putParty(ctx, tx, "o-p", PartyInput{Kind: Partner, Name: "Huis Tbilisi", Country: "Georgië", Offers: "opvang"}, "u-amira")
		})
		h.want("opened", h.amira.Post("/dossier/p-selam/terugkeer", nil), 303)
		talk := h.one(db.F(`SELECT id FROM counsel_talk`))
		at := "/dossier/p-selam/terugkeer/" + talk
		h.want("a choice without words", h.amira.Post(at+"/keuze", webtest.Form("keuze", "go_on")), 422, "Schrijf op wat de persoon zei")
		h.want("a choice", h.amira.Post(at+"/keuze", webtest.Form("keuze", "go_on", "woorden", "kanarie-heimwee")), 303)
		if len(h.law.told) > 0 {
			t.Errorf("where no procedure of return is, a choice began one: %v", h.law.told)
		}
		h.law.returns = []string{"tr-return"}
		h.want("no partner", h.amira.Post(at+"/overdragen", nil), 422, "Kies een organisatie")
		to := strings.Split(h.want("a partner", h.amira.Post(at+"/overdragen", webtest.Form("partner", "o-p")), 303).To, "?")[0]
		h.want("handing over without a consent", h.amira.Post(to+"/gegeven", nil), 403)
		h.want("asking", h.amira.Get(to), 200, "doel=return&partij=o-p")
		ask := webtest.Form("doel", "return", "partij", "o-p", "deel", "name", "maanden", "3", "hoe", "spoken", "gevraagd", "nl")
		h.want("somebody not beside it cannot ask", h.jana.Post("/dossier/p-selam/toestemming", ask), 404)
		h.want("she says yes", h.amira.Post("/dossier/p-selam/toestemming", ask), 303)
		h.want("handed over", h.amira.Post(to+"/gegeven", nil), 303)
		h.want("the answer", h.amira.Post(to+"/antwoord", webtest.Form("antwoord", "accepted", "dag", "2026-11-24", "contact", "Nino", "gezegd_door", "er is plaats")), 303)
		h.want("a note", h.amira.Post(to+"/notitie", webtest.Form("notitie", "kanarie-notitie")), 303)
		h.want("all of it", h.amira.Get(to), 200, "aangenomen", "Nino", "er is plaats", "kanarie-notitie", "1, 3, 6 en 12 maanden")

		secret := []string{"Tbilisi", "Georgië", "kanarie", "Terugkeer van", talk}
		if now := h.jana.Get("/dossier/p-selam/terugkeer"); strip(now.Body) != strip(bare.Body) {
			t.Error("the page tells somebody not beside it that there is a talk")
		}
		for _, path := range []string{"/dossier/p-selam/toestemming", "/dossier/p-selam", "/dossier/p-selam/advocaat", "/dossier/p-selam/toestemming/nieuw"} {
			h.lacks(path+" for somebody not beside it", h.want(path, h.jana.Get(path), 200), secret[:3]...)
		}
		cs := h.one(db.F(`SELECT id FROM privacy_consent`))
		h.gone("the consent", h.jana.Get("/dossier/p-selam/toestemming/"+cs), h.jana.Get("/dossier/p-selam/toestemming/cs-none"))
		h.gone("its form", h.jana.Get("/dossier/p-selam/toestemming/nieuw?doel=return&partij=o-p"), h.jana.Get("/nergens"))
		h.want("ending it", h.jana.Post("/dossier/p-selam/toestemming/stop", webtest.Form("toestemming", cs)), 404)
		for _, path := range []string{at + "/overdragen", to} {
			h.gone(path, h.jana.Get(path), h.jana.Get("/dossier/p-selam/terugkeer/tk-none/ho-none"))
		}
		for _, path := range []string{at + "/keuze", at + "/erbij", at + "/overdragen", to + "/gegeven", to + "/antwoord", to + "/notitie"} {
			h.want(path, h.jana.Post(path, webtest.Form("keuze", "stop", "partner", "o-p", "antwoord", "none", "dag", "2026-11-24", "notitie", "x", "collega", "u-jana")), 404)
		}
		h.want("she herself sees her consent", h.selam.Get("/mijn/toestemmingen"), 200, "Huis Tbilisi")
		h.lacks("her first pages do not", h.selam.Get("/mijn/advocaat"), "Tbilisi", "Georgi")

		h.want("a colleague beside it", h.amira.Post(at+"/erbij", webtest.Form("collega", "u-jana")), 303)
		h.want("now she knows", h.jana.Get(to), 200, "Huis Tbilisi")
		h.want("somebody without the file", h.amira.Post(at+"/erbij", webtest.Form("collega", "u-marwan")), 422)

		// Stopping is one press: the handover and the consent end at once, and nothing can be handed over any more.
		h.want("waiting", h.amira.Post(at+"/keuze", webtest.Form("keuze", "wait", "woorden", "kanarie-later")), 303)
		h.want("stop", h.amira.Post(at+"/keuze", webtest.Form("keuze", "stop")), 303)
		if want := []dossier.Happening{{Course: "tr-return", Kind: "return_choice", Day: "2026-11-24", Outcome: "undecided"}, {Course: "tr-return", Kind: "return_stopped", Day: "2026-11-24"}}; !slices.Equal(h.law.told, want) || h.law.alarms != 2 {
			t.Errorf("the procedure heard %v, with %d alarms", h.law.told, h.law.alarms)
		}
		h.want("stopped", h.amira.Get(to), 200, "Gestopt op", "geen toestemming")
		if n := h.number(db.F(`SELECT COUNT(*) FROM privacy_consent_end WHERE consent = ?`, cs)); n != 1 {
			t.Error("the consent outlived the stop")
		}
		h.want("after the stop", h.amira.Post(to+"/gegeven", nil), 409)
	})
}

var once = regexp.MustCompile(`name="_once" value="[^"]*"`)

// strip leaves out what differs on every page: the keys of forms.
func strip(s string) string { return once.ReplaceAllString(s, "") }

func TestEverythingOfAPersonIsGivenAndForgotten(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		ctx := context.Background()
		h.allows(h.selam, "o-l", "name")
		h.want("a word", h.l.Post("/advocaat/rp-1/bericht", webtest.Form("wat", "question", "tekst", "kanarie-bericht")), 303)
		h.want("a talk", h.amira.Post("/dossier/p-selam/terugkeer", nil), 303)
		talk := h.one(db.F(`SELECT id FROM counsel_talk`))
		h.want("a choice", h.amira.Post("/dossier/p-selam/terugkeer/"+talk+"/keuze", webtest.Form("keuze", "wait", "woorden", "kanarie-twijfel")), 303)
		k := h.c.Keeper()
		var sealed []byte
		for _, q := range []db.Frag{db.F(`SELECT body FROM counsel_word`), db.F(`SELECT body FROM counsel_choice`), db.F(`SELECT body FROM counsel_representation WHERE person = 'p-selam'`)} {
			b, err := db.One[[]byte](ctx, d, q)
			if err != nil {
				t.Fatal(err)
			}
			sealed = append(sealed, b...)
		}
		if strings.Contains(string(sealed), "kanarie") || strings.Contains(string(sealed), "kenmerk") {
			t.Error("what is written about somebody stands in the clear")
		}
		x, err := k.Export(ctx, d, h.vault, "p-selam")
		out := x.(Exported)
		if err != nil || len(out.Representations) != 1 || len(out.Words) != 1 || out.Words[0].What.Text != "kanarie-bericht" || len(out.Talks) != 1 || out.Talks[0].Choices[0].Words != "kanarie-twijfel" {
			t.Errorf("%+v %v", out, err)
		}
		h.tx(func(ctx context.Context, tx *db.Tx) error { return k.Erase(ctx, tx, "p-selam") })
		for _, q := range []db.Frag{db.F(`SELECT COUNT(*) FROM counsel_representation WHERE person = 'p-selam'`), db.F(`SELECT COUNT(*) FROM counsel_word`), db.F(`SELECT COUNT(*) FROM counsel_talk`), db.F(`SELECT COUNT(*) FROM counsel_seat`), db.F(`SELECT COUNT(*) FROM counsel_choice`)} {
			if n := h.number(q); n != 0 {
				t.Errorf("%d rows are left", n)
			}
		}
		if n := h.number(db.F(`SELECT COUNT(*) FROM counsel_representation WHERE person = 'p-reem'`)); n != 1 {
			t.Error("somebody else lost theirs")
		}
	})
}
