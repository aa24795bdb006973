package evidence

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

func (o office) state(t testing.TB, piece string) string {
	t.Helper()
	return o.one(t, db.F(`SELECT state FROM evidence_piece WHERE id = ?`, piece))
}

func (o office) says(t testing.TB, a webtest.Answer, code int, words ...string) {
	t.Helper()
	if a.Code != code {
		t.Fatalf("%d, not %d: %s", a.Code, code, a.Body)
	}
	for _, w := range words {
		if !strings.Contains(a.Body, w) {
			t.Errorf("%q is not on the page", w)
		}
	}
}

func TestTheListOfACaseworker(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira, marwan := o.As(worker("u-amira", access.Case)), o.As(worker("u-marwan", access.Legal))
		o.says(t, amira.Get(list), 200, "Hier staat straks wat bewezen moet worden", "Nog geen documenten")
		a := amira.Post(list+"/nieuw", webtest.Form("kind", "family", "title", "tot 2019"))
		o.says(t, a, 422, "Schrijf met wie de familieband is", `value="tot 2019"`)
		claim := o.must(t, amira, list+"/nieuw", "kind", "family", "title", "tot 2019", "about", "broer Yonas")
		at := list + "/punt/" + claim
		a = amira.Post(at, webtest.Form("kind", "birth", "state", "missing", "owner", "u-deniz", "due", "2026-11-01", "note", "blijft staan"))
		o.says(t, a, 422, "Kies iemand uit de lijst", "Deze dag is voorbij", "blijft staan")
		o.must(t, amira, at, "kind", "birth", "title", "uit Keren", "state", "missing", "owner", "u-marwan", "due", o.day(0), "note", "ambassade gebeld")
		told := ""
		o.e.LendNews(func(_ context.Context, _ *db.Tx, person string) error { told += person + " "; return nil })
		o.must(t, amira, at, "kind", "photo", "state", "asked", "owner", "other", "who", "tante Saba")
		if told != "" {
			t.Errorf("%s hears of a paper that others must get", told)
		}
		o.must(t, amira, at, "kind", "payslip", "state", "asked", "owner", "self")
		payslip := list + "/stuk/" + o.one(t, db.F(`SELECT id FROM evidence_piece WHERE kind = 'payslip'`))
		if told != "p-selam " {
			t.Errorf("a paper is asked of her, and %q hears of it", told)
		}
		o.must(t, amira, payslip, "kind", "payslip", "state", "asked", "owner", "self", "note", "nog eens", "version", "1")
		if told != "p-selam " {
			t.Errorf("what was asked of her already is told again: %q", told)
		}
		birth := o.one(t, db.F(`SELECT id FROM evidence_piece WHERE kind = 'birth'`))
		piece := list + "/stuk/" + birth
		o.says(t, amira.Get(list), 200, "Familieband: \u2068tot 2019\u2069 (\u2068broer Yonas\u2069)", "Geboorteakte: \u2068uit Keren\u2069", "Marwan Saleh regelt het", "tante Saba", "Binnen: 0. Nog nodig: 3.")
		o.says(t, marwan.Get(piece), 200, "Stuk gevraagd", "ambassade gebeld", "Amira Haddad")

		// Two change the same piece: the second is told.
		change := func(v *webtest.Visitor, version, state string) webtest.Answer {
			return v.Post(piece, webtest.Form("kind", "birth", "title", "uit Keren", "state", state, "owner", "u-marwan", "due", o.day(0), "version", version))
		}
		if a := change(marwan, "1", "translating"); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		for _, old := range []string{"1", "", "x", "99"} {
			o.says(t, change(amira, old, "disputed"), 409, "Dit staat er nu", "Dit vulde jij in", "<bdi>wordt vertaald</bdi>", "<bdi>betwist</bdi>", `name="version" value="2"`)
		}
		if s := o.state(t, birth); s != Translating {
			t.Errorf("it is %s", s)
		}

		// What is laid at a piece that is being translated leaves that to the translator.
		doc := idOf(t, o.send(t, amira, list+"/document", "scan", []byte(plain(t)), "kind", "birth", "expires", o.day(100), "pieces", birth))
		if s := o.state(t, birth); s != Translating {
			t.Errorf("it is %s", s)
		}
		if a := change(marwan, "2", "missing"); a.Code != 303 {
			t.Fatal(a.Code)
		}
		second := idOf(t, o.send(t, amira, list+"/document", "scan", pngOf(t, 30, 20), "kind", "birth", "pieces", birth))
		if s := o.state(t, birth); s != There {
			t.Errorf("with a document it is %s", s)
		}
		// One of two documents goes: it is still there. The other too: it is missing. Put back: it is there.
		document := func(id string) string { return list + "/document/" + id }
		o.must(t, amira, document(second)+"/weg")
		if s := o.state(t, birth); s != There {
			t.Errorf("with one of two it is %s", s)
		}
		o.must(t, amira, document(doc)+"/weg")
		if s := o.state(t, birth); s != Missing {
			t.Errorf("without any it is %s", s)
		}
		for _, gone := range []string{document(doc) + "/" + o.one(t, db.F(`SELECT id FROM evidence_scan WHERE document = ?`, doc))} {
			o.absent(t, amira, amira.Get(gone), "a document that was taken back")
		}
		if a := o.send(t, amira, document(doc)+"/scan", "scan", pngOf(t, 3, 2)); a.Code != 404 {
			t.Errorf("a new scan of what was taken back: %d", a.Code)
		}
		o.must(t, amira, document(doc)+"/weg")
		o.must(t, amira, document(doc)+"/weg", "undo", "1")
		o.must(t, amira, document(doc)+"/weg", "undo", "1")
		if s := o.state(t, birth); s != There {
			t.Errorf("put back it is %s", s)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM evidence_event WHERE about = ? AND kind IN ('doc_gone','doc_back')`, doc)); n != 2 {
			t.Errorf("pressed twice, it is told %d times", n)
		}
		o.says(t, amira.Get(piece), 200, "Document teruggenomen", "Document erbij gelegd")

		// What it is may change, and what it proves. A later scan stands beside the first.
		o.must(t, amira, document(doc), "kind", "translation", "title", "beëdigd", "expires", o.day(400), "version", "3")
		if s := o.state(t, birth); s != Missing {
			t.Errorf("its document belongs elsewhere, and it is %s", s)
		}
		o.says(t, amira.Post(document(doc), webtest.Form("kind", "birth", "version", "3")), 409, "Dit staat er nu", "<bdi>Vertaling: \u2068beëdigd\u2069</bdi>", "<bdi>Geboorteakte</bdi>")
		idOf(t, o.send(t, amira, document(doc)+"/scan", "scan", jpegOf(t, 30, 20), "until", o.day(20)))
		page := amira.Get(document(doc))
		o.says(t, page, 200, "Vertaling: \u2068beëdigd\u2069", "Scan 2", "Scan 1", "pdf", "foto", "verloopt binnen een maand", "Nieuwe scan toegevoegd")
		if n := strings.Count(page.Body, "/beeld"); n != 1 {
			t.Errorf("%d previews are shown", n)
		}

		// A point that is closed asks for nothing, and can be opened again.
		o.must(t, amira, at+"/afsluiten")
		o.must(t, amira, at+"/afsluiten")
		o.says(t, amira.Get(list), 200, "1 afgesloten punt", "Hier staat straks wat bewezen moet worden")
		o.must(t, amira, at+"/afsluiten", "undo", "1")
		o.says(t, amira.Get(at), 200, "Punt heropend", "Punt afgesloten")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM evidence_event WHERE about = ?`, claim)); n != 3 {
			t.Errorf("%d things happened to the point", n)
		}
	})
}

func TestWhatIsRefusedLeavesNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira := o.As(worker("u-amira", access.Case))
		at := list + "/document"
		script := []byte(pdfOf("<</Type /Catalog /OpenAction <</S /JavaScript>>>>", tree))
		for name, x := range map[string]struct {
			file []byte
			say  string
		}{
			"scan.pdf": {script, "In deze pdf zit een programma"}, "foto.jpg": {[]byte("<html><script>"), "Dit soort bestand kan niet"}, "brief.docx.jpg": {[]byte("PK\x03\x04 word/document.xml"), "Bewaar het als pdf"},
			"virus.jpg": {append(jpegOf(t, 9, 7), eicar...), "zit een virus"}, "leeg.png": {nil, "leeg"}, "stuk.jpg": {jpegOf(t, 90, 70)[:300], "stuk of niet compleet"}, "groot.jpg": {bytes.Repeat([]byte("\xff\xd8\xff"), FileMost/3+1), "groter dan 20 MB"},
		} {
			a := o.send(t, amira, at, name, x.file, "kind", "photo", "title", "blijft staan")
			o.says(t, a, 422, x.say, "blijft staan", `aria-invalid="true"`, `href="#f-file"`)
			if strings.Contains(a.Body, name) {
				t.Errorf("the name %s is shown", name)
			}
		}
		o.says(t, o.send(t, amira, at, "", []byte("x"), "kind", "photo"), 422, "Kies een bestand") // browsers send an empty name for no file
		o.says(t, amira.Post(at, webtest.Form("kind", "photo")), 422, "Kies een bestand")
		o.says(t, o.sendAs(t, amira, at, map[string][]byte{"file": jpegOf(t, 3, 2), "photo": jpegOf(t, 3, 2)}, "a", "kind", "photo"), 422, "Kies één bestand")
		*o.scanner = errScanner
		if a := o.send(t, amira, at, "a.jpg", jpegOf(t, 9, 7), "kind", "photo"); a.Code != 503 || !strings.Contains(a.Body, "controle op virussen werkt nu niet") {
			t.Errorf("without a scanner: %d %s", a.Code, a.Body)
		}
		for _, f := range []db.Frag{db.F(`SELECT COUNT(*) FROM evidence_document`), db.F(`SELECT COUNT(*) FROM evidence_content`), db.F(`SELECT COUNT(*) FROM evidence_held`)} {
			if n := o.count(t, f); n != 0 {
				t.Errorf("%s: %d", f.SQL, n)
			}
		}
		*o.scanner = nil
		// What its name says does not matter.
		doc := idOf(t, o.send(t, amira, at, "virus.exe", jpegOf(t, 9, 7), "kind", "photo"))
		if s := o.one(t, db.F(`SELECT type FROM evidence_scan WHERE document = ?`, doc)); s != string(JPEG) {
			t.Errorf("it is kept as %s", s)
		}
		// Sent twice, it is kept once.
		for range 2 {
			idOf(t, o.send(t, amira, at, "a.jpg", jpegOf(t, 9, 7), "kind", "photo", web.OnceField, "once-and-no-more-than-once"))
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM evidence_document`)); n != 2 {
			t.Errorf("%d documents", n)
		}
	})
}

var heldField = regexp.MustCompile(`name="held" value="([^"]+)"`)

// A good file in a form with faults need not be sent again, and waits for nobody else.
func TestAFileWaitsForItsForm(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira, marwan := o.As(worker("u-amira", access.Case)), o.As(worker("u-marwan", access.Legal))
		at := list + "/document"
		hold := func() string {
			t.Helper()
			a := o.send(t, amira, at, "a.jpg", jpegOf(t, 9, 7), "kind", "other")
			o.says(t, a, 422, "Schrijf kort wat het is", "Het bestand is bewaard")
			return heldField.FindStringSubmatch(a.Body)[1]
		}
		id := hold()
		o.says(t, amira.Post(at, webtest.Form("kind", "other", "held", id)), 422, "Het bestand is bewaard")
		for name, a := range map[string]webtest.Answer{
			"by another":     marwan.Post(at, webtest.Form("kind", "photo", "held", id)),
			"for another":    amira.Post("/dossier/p-reem/bewijs/document", webtest.Form("kind", "photo", "held", id)),
			"that never was": amira.Post(at, webtest.Form("kind", "photo", "held", "hf-none")),
		} {
			if a.Code != 422 || !strings.Contains(a.Body, "Kies een bestand") {
				t.Errorf("a file %s: %d", name, a.Code)
			}
		}
		doc := o.must(t, amira, at, "kind", "photo", "held", id)
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM evidence_held`)); n != 0 {
			t.Error("it waits on")
		}
		scan := o.one(t, db.F(`SELECT id FROM evidence_scan WHERE document = ?`, doc))
		if a := amira.Get(at + "/" + doc + "/" + scan); a.Code != 200 || !strings.HasPrefix(a.Body, "\xff\xd8\xff") {
			t.Errorf("what was kept: %d", a.Code)
		}
		id = hold()
		o.clock.Advance(23 * time.Hour)
		o.e.run(t, o.d.Now())
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM evidence_held`)); n != 1 {
			t.Error("it did not wait a day")
		}
		o.clock.Advance(hour)
		amira = o.As(worker("u-amira", access.Case))
		o.says(t, amira.Post(at, webtest.Form("kind", "photo", "held", id)), 422, "Kies een bestand")
		o.e.run(t, o.d.Now())
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM evidence_held`)); n != 0 {
			t.Error("it waits for ever")
		}
	})
}

func (e *Evidence) run(t testing.TB, now time.Time) {
	t.Helper()
	for _, j := range e.Jobs() {
		if err := j.Run(t.Context(), now); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAPersonSendsAPaper(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(t)
		amira, selam := o.As(worker("u-amira", access.Case)), o.As(self("p-selam"))
		o.says(t, selam.Get("/mijn"), 200, "Wij hebben nog 1 papier van u nodig")
		page := selam.Get("/mijn/bewijs")
		o.says(t, page, 200, "Identiteitskaart", "Hier werken wij aan", "Vonnis of oproep", "gestuurd, wij kijken nog")
		if n := strings.Count(page.Body, "sturen?stuk="); n != 1 {
			t.Errorf("%d pieces are asked of her", n)
		}
		if strings.Contains(page.Body, "Yonas") || strings.Contains(page.Body, "forensisch") {
			t.Error("what colleagues write for themselves is on her page")
		}
		const send, card = "/mijn/bewijs/sturen", "pc-selam-0-1"
		o.says(t, selam.Get(send+"?stuk="+card), 200, "Identiteitskaart", `capture="environment"`)
		if a := o.sendAs(t, selam, send, map[string][]byte{"photo": jpegOf(t, 30, 20)}, "IMG_1.jpg", "stuk", card); a.Code != 303 || !strings.HasPrefix(a.To, "/mijn/bewijs?") {
			t.Fatal(a.Code, a.Body)
		}
		if s := o.state(t, card); s != Sent {
			t.Errorf("what she sent is %s", s)
		}
		doc := o.one(t, db.F(`SELECT document FROM evidence_proof WHERE piece = ?`, card))
		o.says(t, amira.Get("/vandaag"), 200, "Selam: Identiteitskaart", "[*vijf papieren* vragen aandacht]")
		o.says(t, amira.Get(list+"/document/"+doc), 200, "Selam stuurde dit", "Dit klopt")

		// She takes it back and puts it back; what a colleague looked at, and what a colleague added, is another matter.
		take := func(id string, form ...string) int {
			return selam.Post("/mijn/bewijs/"+id+"/weg", webtest.Form(form...)).Code
		}
		if c := take(doc); c != 303 || o.state(t, card) != Missing {
			t.Errorf("taken back: %d, %s", c, o.state(t, card))
		}
		o.says(t, selam.Get("/mijn/bewijs"), 200, "Teruggenomen", "Terugzetten")
		if c := take(doc, "undo", "1"); c != 303 || o.state(t, card) != Sent {
			t.Errorf("put back: %d, %s", c, o.state(t, card))
		}
		for range 2 {
			o.must(t, amira, list+"/document/"+doc+"/bekeken")
		}
		if s := o.state(t, card); s != There {
			t.Errorf("after a colleague looked it is %s", s)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM evidence_event WHERE about = ? AND kind = 'doc_seen'`, doc)); n != 1 {
			t.Errorf("looked at %d times", n)
		}
		o.must(t, amira, list+"/document/"+doc+"/weg")
		if c := take(doc, "undo", "1"); c != 404 {
			t.Errorf("she puts back what a colleague took back: %d", c)
		}
		theirs := idOf(t, o.send(t, amira, list+"/document", "a.jpg", jpegOf(t, 9, 7), "kind", "photo"))
		if c := take(theirs); c != 404 {
			t.Errorf("she takes back what a colleague added: %d", c)
		}
		o.says(t, selam.Get("/mijn/bewijs"), 200, "Bewaard door ons")

		// Anything may be sent, with what it is; a piece that was closed meanwhile does not matter.
		o.says(t, o.send(t, selam, send, "a.jpg", jpegOf(t, 9, 7), "kind", "other"), 422, "Schrijf kort wat het is", "Het bestand is bewaard")
		o.says(t, o.send(t, selam, send, "a.pdf", []byte(plain(t, "<</S /Launch>>")), "kind", "court"), 422, "Maak er een foto van")
		if a := o.send(t, selam, send, "a.pdf", []byte(plain(t)), "kind", "court", "stuk", "pc-nobody"); a.Code != 303 {
			t.Errorf("for nothing in particular: %d", a.Code)
		}
		for o.count(t, db.F(`SELECT COUNT(*) FROM evidence_scan WHERE person = 'p-selam' AND own = TRUE AND at > ?`, d.Now().Add(-24*hour))) < sentMost {
			if a := o.send(t, selam, send, "a.jpg", jpegOf(t, 3, 2), "kind", "photo"); a.Code != 303 {
				t.Fatal(a.Code, a.Body)
			}
		}
		o.says(t, o.send(t, selam, send, "a.jpg", jpegOf(t, 3, 2), "kind", "photo"), 422, "U hebt vandaag al veel gestuurd")
		o.clock.Advance(24 * hour)
		if a := o.send(t, o.As(self("p-selam")), send, "a.jpg", jpegOf(t, 3, 2), "kind", "photo"); a.Code != 303 {
			t.Errorf("the next day: %d", a.Code)
		}
	})
}

func TestVandaagTellsWhatExpiresAndWhatIsDue(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(t)
		amira := o.As(worker("u-amira", access.Case))
		a := amira.Get("/vandaag")
		o.says(t, a, 200, "Yusuf: Paspoort", "verlopen", "Reem: Paspoort", "verloopt binnen een maand", "Selam: Geboorteakte", "Selam: Vonnis of oproep", "[*vier papieren* vragen aandacht]")
		if strings.Index(a.Body, "Yusuf") > strings.Index(a.Body, "Reem") {
			t.Error("what has expired does not come first")
		}
		if strings.Contains(a.Body, "Familieboekje") || strings.Contains(a.Body, "gezag") {
			t.Error("what others get, or what is far away, asks for her")
		}
		for name, x := range map[string]access.Actor{"a colleague who helps nobody": worker("u-deniz", access.Case), "the lead": worker("u-noor", access.Lead)} {
			if b := o.As(x).Get("/vandaag").Body; b != "[]" {
				t.Errorf("%s sees %s", name, b)
			}
		}
		passport := "/dossier/p-reem/bewijs/document/pd-reem-0-0"
		o.says(t, amira.Get(passport), 200, "Ik pak dit op")
		for range 2 {
			o.must(t, amira, passport+"/alarm")
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM evidence_event WHERE about = 'pd-reem-0-0' AND kind = 'doc_minded'`)); n != 1 {
			t.Errorf("taken on %d times", n)
		}
		if b := amira.Get("/vandaag").Body; strings.Contains(b, "Reem") || !strings.Contains(b, "Yusuf") {
			t.Error("what was taken on still asks, or another went with it")
		}
		o.clock.Advance(26 * 24 * hour) // it expires
		amira = o.As(worker("u-amira", access.Case))
		o.says(t, amira.Get("/vandaag"), 200, "Reem: Paspoort")
		o.must(t, amira, passport+"/alarm")
		idOf(t, o.send(t, amira, passport+"/scan", "a.jpg", jpegOf(t, 9, 7), "until", o.day(80)))
		o.says(t, amira.Get("/vandaag"), 200, "Reem: Paspoort", "verloopt binnen 3 maanden") // another day has alarms of its own
		o.must(t, amira, passport+"/alarm")
		version := o.one(t, db.F(`SELECT CAST(version AS TEXT) FROM evidence_document WHERE id = 'pd-reem-0-0'`))
		o.must(t, amira, passport, "kind", "passport", "expires", o.day(170), "pieces", "pc-reem-0-0", "version", version)
		o.says(t, amira.Get("/vandaag"), 200, "Reem: Paspoort", "verloopt binnen 6 maanden")
		idOf(t, o.send(t, amira, passport+"/scan", "a.jpg", jpegOf(t, 9, 7), "until", o.day(3000)))
		if b := amira.Get("/vandaag").Body; strings.Contains(b, "Reem: Paspoort") {
			t.Error("a new passport still asks")
		}
		// Who no longer helps is no longer asked.
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return access.EndHeld(t.Context(), tx, "p-yusuf", "user:u-amira", access.Assignment)
		}); err != nil {
			t.Fatal(err)
		}
		if b := amira.Get("/vandaag").Body; strings.Contains(b, "Yusuf") {
			t.Error("a file that is closed to her still asks")
		}
	})
}

// The first page of a file tells a desk that there is a list, and not how it stands.
func TestTheDeskLearnsNothing(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	o.fill(t)
	o.give(t, access.Grant{Subject: "p-selam", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel, Until: o.d.Now().Add(hour)})
	ria := access.Actor{Kind: access.Staff, ID: "u-ria", Holders: []string{"desk:d-overvecht"}, Posts: []access.Post{{Role: access.Desk, Scope: access.Scope{Kind: access.Location, ID: "l-overvecht"}}}}
	desk, amira := o.As(ria).Get("/dossier/p-selam"), o.As(worker("u-amira", access.Case)).Get("/dossier/p-selam")
	o.says(t, desk, 200, "Alleen wie het hele dossier ziet, kan erin")
	o.says(t, amira, 200, "Binnen: 1. Nog nodig: 6. Te laat: 1. Documenten: 2.", list)
	if strings.Contains(desk.Body, "Nog nodig") || strings.Contains(desk.Body, list) {
		t.Error("the desk learns how the list stands")
	}
}

func TestWhatWasTakenBackIsDestroyed(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(t)
		amira := o.As(worker("u-amira", access.Case))
		path := list + "/document/pd-selam-0-0"
		o.must(t, amira, path+"/weg")
		o.clock.Advance(TakenBack - time.Second)
		o.e.run(t, d.Now())
		amira = o.As(worker("u-amira", access.Case))
		o.says(t, amira.Get(path), 200, "Terugzetten")
		o.clock.Advance(time.Second)
		o.absent(t, amira, amira.Get(path), "on the last moment")
		if a := amira.Post(path+"/weg", webtest.Form("undo", "1")); a.Code != 404 {
			t.Errorf("put back too late: %d", a.Code)
		}
		o.e.run(t, d.Now())
		for _, f := range []db.Frag{db.F(`SELECT COUNT(*) FROM evidence_document WHERE id = 'pd-selam-0-0'`), db.F(`SELECT COUNT(*) FROM evidence_scan WHERE document = 'pd-selam-0-0'`), db.F(`SELECT COUNT(*) FROM evidence_content WHERE scan = 'sc-selam-0-0'`),
			db.F(`SELECT COUNT(*) FROM evidence_proof WHERE document = 'pd-selam-0-0'`), db.F(`SELECT COUNT(*) FROM evidence_event WHERE about = 'pd-selam-0-0'`)} {
			if n := o.count(t, f); n != 0 {
				t.Errorf("%s: %d", f.SQL, n)
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'evidence.event.destroyed' AND object = 'pd-selam-0-0' AND subject = 'p-selam'`)); n != 1 {
			t.Errorf("destroying stands %d times in the log", n)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM evidence_document WHERE person = 'p-reem'`)); n != 2 {
			t.Errorf("of another %d papers are left", n)
		}
	})
}

func TestExportAndErase(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(t)
		if a := o.send(t, o.As(worker("u-amira", access.Case)), list+"/document", "a.jpg", jpegOf(t, 9, 7)); a.Code != 422 {
			t.Fatal(a.Code) // a file waits for its form
		}
		k := o.e.Keeper()
		got, err := k.Export(t.Context(), d, o.v, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		x := got.(Exported)
		if len(x.Claims) != 3 || len(x.Pieces) != 7 || len(x.Documents) != 2 || len(x.Story) != 3+7+4 {
			t.Errorf("%d %d %d %d", len(x.Claims), len(x.Pieces), len(x.Documents), len(x.Story))
		}
		i := slices.IndexFunc(x.Documents, func(d ExportedDocument) bool { return d.What.Title == "Keren" })
		if i < 0 || x.Claims[2].What.About != "haar broer Yonas" || !bytes.HasPrefix(x.Documents[i].Scans[0].Content, []byte("\xff\xd8\xff")) || x.Documents[i].Proves[0] != "pc-selam-0-0" {
			t.Errorf("%+v", x.Documents)
		}
		others := func() (n int) {
			for _, f := range perPerson("p-reem") {
				n += o.count(t, f)
			}
			return n
		}
		before := others()
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return k.Erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		tables := 0
		for _, c := range k.Keeps {
			tables += len(c.Tables)
		}
		if len(perPerson("")) != tables {
			t.Errorf("%d tables are kept, %d looked at", tables, len(perPerson("")))
		}
		for _, f := range perPerson("p-selam") {
			if n := o.count(t, f); n != 0 {
				t.Errorf("%s: %d are left", f.SQL, n)
			}
		}
		if after := others(); after != before || after == 0 {
			t.Errorf("of another %d of %d are left", after, before)
		}
	})
}

func perPerson(id string) []db.Frag {
	return []db.Frag{db.F(`SELECT COUNT(*) FROM evidence_claim WHERE person = ?`, id), db.F(`SELECT COUNT(*) FROM evidence_piece WHERE person = ?`, id), db.F(`SELECT COUNT(*) FROM evidence_document WHERE person = ?`, id), db.F(`SELECT COUNT(*) FROM evidence_scan WHERE person = ?`, id),
		db.F(`SELECT COUNT(*) FROM evidence_content WHERE person = ?`, id), db.F(`SELECT COUNT(*) FROM evidence_proof WHERE person = ?`, id), db.F(`SELECT COUNT(*) FROM evidence_event WHERE person = ?`, id), db.F(`SELECT COUNT(*) FROM evidence_held WHERE person = ?`, id)}
}

// Limits: far more than anybody needs, and an end all the same.
func TestThereIsAnEnd(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	amira := o.As(worker("u-amira", access.Case))
	claim := o.must(t, amira, list+"/nieuw", "kind", "identity")
	doc := idOf(t, o.send(t, amira, list+"/document", "a.png", pngOf(t, 3, 2), "kind", "photo"))
	k, err := o.v.Key(t.Context(), "p-selam")
	if err != nil {
		t.Fatal(err)
	}
	err = o.d.Bulk(t.Context(), func(tx *db.Tx) error {
		for i := range piecesMost {
			if err := putPiece(t.Context(), tx, k, Piece{ID: fmt.Sprint("pc-", i), Claim: claim, Person: "p-selam", Kind: "photo", State: Missing, At: tx.Now}); err != nil {
				return err
			}
		}
		for i := 1; i < claimsMost; i++ {
			if err := putClaim(t.Context(), tx, k, Claim{ID: fmt.Sprint("cl-", i), Person: "p-selam", Kind: "identity", At: tx.Now}); err != nil {
				return err
			}
		}
		for i := 2; i <= scansMost; i++ {
			if err := putScan(t.Context(), tx, k, Scan{ID: fmt.Sprint("sc-", i), Document: doc, Person: "p-selam", N: i, At: tx.Now}, Paper{Type: PNG, Bytes: []byte("x")}); err != nil {
				return err
			}
		}
		for i := 1; i < documentsMost; i++ {
			if err := putDocument(t.Context(), tx, k, Document{ID: fmt.Sprint("pd-", i), Person: "p-selam", Kind: "photo", At: tx.Now, Checked: tx.Now}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]webtest.Answer{
		"a claim":    amira.Post(list+"/nieuw", webtest.Form("kind", "identity")),
		"a piece":    amira.Post(list+"/punt/"+claim, webtest.Form("kind", "photo", "state", "missing")),
		"a document": o.send(t, amira, list+"/document", "a.png", pngOf(t, 3, 2), "kind", "photo"),
		"a scan":     o.send(t, amira, list+"/document/"+doc+"/scan", "a.png", pngOf(t, 3, 2)),
	} {
		if a.Code != 422 || !strings.Contains(a.Body, "te veel") {
			t.Errorf("one more of %s: %d", name, a.Code)
		}
	}
}

// The same person always has the same papers, and every paper of the demonstration can be opened.
func TestTheDemonstration(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(t)
		known := map[string]dossier.DemoPerson{}
		for _, p := range o.people {
			known[p.ID] = p
		}
		n := 0
		for person := range demoLists {
			p, ok := known[person]
			if !ok {
				t.Fatalf("%s is nobody", person)
			}
			got, err := o.e.Keeper().Export(t.Context(), d, o.v, person)
			if err != nil {
				t.Fatal(err)
			}
			x := got.(Exported)
			n += len(x.Documents)
			for _, c := range x.Claims {
				if fs := (ClaimInput{Kind: c.Kind, Title: c.What.Title, About: c.What.About}).Check(); len(fs) > 0 {
					t.Errorf("%s: %v", c.ID, fs)
				}
			}
			for _, q := range x.Pieces {
				in := PieceInput{Kind: q.Kind, Title: q.What.Title, State: q.State, Owner: q.Owner, Who: q.What.Who, Due: q.Due.String()}
				if q.Due.IsZero() {
					in.Due = ""
				}
				if _, fs := in.Check(q, []string{p.Caseworker, p.Legal}, date(t, "2026-11-24")); len(fs) > 0 {
					t.Errorf("%s: %v", q.ID, fs)
				}
			}
			for _, doc := range x.Documents {
				if privacy.HasBSN(doc.What.Title) || len(doc.Scans) != 1 || len(doc.Proves) != 1 || doc.At.After(d.Now()) {
					t.Errorf("%+v", doc.Document)
				}
			}
			for _, e := range x.Story {
				if e.At.After(d.Now()) || e.MadeBy == "" {
					t.Errorf("%+v", e)
				}
			}
		}
		if n != 6 {
			t.Errorf("%d documents", n)
		}
	})
}
