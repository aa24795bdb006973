package feedback

// This file walks the ways of what is said aloud on both databases: with a name and without one, kept while a form comes back, heard
// by who may read the words and by nobody else, and gone with the person or when nobody sent it.

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

// hand sends a form with files, which tell by their name whose they are.
func (o office) hand(t *testing.T, v *webtest.Visitor, path string, parts ...string) webtest.Answer {
	t.Helper()
	return v.Hand(path, "stem_van_Reem.webm", parts...)
}

// secret is what a recording may tell besides its sound; aloud is one that tells it in its title, as WebM.
const (
	secret = "52.0907N 5.1214E"
	aloud  = "\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" +
		"\x15\x49\xa9\x66\x93\x7b\xa9\x90" + secret +
		"\x16\x54\xae\x6b\x8d\xae\x8b\x83\x81\x02\x86\x86A_OPUS" +
		"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff\xa3\x85sound"
)

var waits = regexp.MustCompile(`name="opname" value="([^"]+)"`)

func TestWhatIsSaidAloudWithoutANameLeadsToNobody(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		selam, page := o.As(self("p-selam")), "/mijn/mening"
		want(t, "the form", selam.Get(page), 200, `accept="audio/*"`, `enctype="multipart/form-data"`, "kan uw stem herkennen")
		logged := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry`))
		want(t, "no sound", o.hand(t, selam, page, "hoe", "bad", "naam", "without", "@geluid", "<html>"), 422, "geen opname die wij kunnen afspelen", "Kies waar het over gaat")
		want(t, "a virus", o.hand(t, selam, page, "hoe", "bad", "naam", "without", "@geluid", aloud+"virus"), 422, "zit een virus")
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM feedback_voice`)); n != 0 {
			t.Fatalf("%d recordings that were refused are kept", n)
		}

		// A form that comes back keeps the recording, of nobody.
		a := o.hand(t, selam, page, "naam", "without", "@geluid", aloud)
		want(t, "without a face", a, 422, "Kies hoe het was", "Uw opname is er nog", "!Kies waar het over gaat")
		held := waits.FindStringSubmatch(a.Body)
		if held == nil {
			t.Fatal("the recording waits nowhere")
		}
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM feedback_voice WHERE person = '' AND part_of = ''`)); n != 1 {
			t.Errorf("%d wait", n)
		}
		if strings.HasPrefix(held[1], db.ID("fv", d.Now())[:12]) {
			t.Errorf("the id %s tells the time", held[1])
		}
		want(t, "sending", o.hand(t, selam, page, "hoe", "bad", "naam", "without", "opname", held[1]), 303)
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry`)); n != logged {
			t.Errorf("the log has %d lines more", n-logged)
		}
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM feedback_voice WHERE person <> '' OR part_of = ''`)); n != 0 {
			t.Error("it leads to somebody, or is kept twice")
		}
		if got := text(t, d, db.F(`SELECT about FROM feedback_note`)); got != aboutOther {
			t.Errorf("it is about %q", got)
		}
		b, err := db.One[[]byte](t.Context(), d, db.F(`SELECT body FROM feedback_voice`))
		if err != nil || bytes.Contains(b, []byte("webm")) {
			t.Errorf("the voice lies open: %v", err)
		}
		id := text(t, d, db.F(`SELECT id FROM feedback_note`))
		place := "/meningen/" + id + "/opname"
		want(t, "the team", o.As(amira).Get("/meningen"), 200, place)
		if a := o.As(amira).Get(place); a.Code != 200 || !strings.HasPrefix(a.Header.Get("Content-Type"), "audio/webm") || strings.Contains(a.Body, secret) {
			t.Errorf("playing it answers %d %s, or tells where it was recorded", a.Code, a.Header.Get("Content-Type"))
		}
		want(t, "another team", o.As(far).Get(place), 404)
		want(t, "a refugee", o.As(self("p-reem")).Get(place), 404)
		want(t, "what was sent already", o.hand(t, selam, page, "hoe", "bad", "naam", "without", "opname", held[1]), 422, "Uw opname is er niet meer")

		// What nobody sends is destroyed; what was sent goes with the opinion.
		want(t, "another that waits", o.hand(t, selam, page, "naam", "without", "@geluid", aloud), 422, "Uw opname is er nog")
		for _, x := range []struct{ days, left int }{{0, 2}, {1, 1}, {notesKept.Days + 1, 0}} {
			if err := o.f.sweep(t.Context(), d.Now().AddDate(0, 0, x.days)); err != nil {
				t.Fatal(err)
			}
			if n := rows(t, d, db.F(`SELECT COUNT(*) FROM feedback_voice`)); n != x.left {
				t.Errorf("after %d days %d are left, not %d", x.days, n, x.left)
			}
		}
	})
}

func TestWhatIsSaidAloudWithANameIsHeardByWhoMayRead(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		selam := o.As(self("p-selam"))
		want(t, "an opinion", o.hand(t, selam, "/mijn/mening", "hoe", "good", "over", "desk", "naam", "with", "@geluid", aloud), 303)
		id := text(t, d, db.F(`SELECT id FROM feedback_note`))
		place := "/meningen/" + id + "/opname"
		want(t, "the list", o.As(amira).Get("/meningen"), 200, "!"+place)
		want(t, "its page", o.As(amira).Get("/meningen/"+id), 200, place, "!Zonder woorden")
		looks := func(who string) int {
			return rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = ? AND event = 'feedback.event.listened'`, who))
		}
		want(t, "hearing it", o.As(amira).Get(place), 200)
		if looks("u-amira") != 1 {
			t.Error("hearing it is no look in the log")
		}
		stranger := worker("u-tijs", "case", "team", "t-utrecht")
		stranger.Holders = nil
		want(t, "a colleague without her file", o.As(stranger).Get(place), 404)

		a := o.hand(t, selam, "/mijn/klacht", "onderwerp", "privacy", "wie", "u-marwan", "@geluid", aloud)
		want(t, "a complaint without words", a, 303)
		own, _, _ := strings.Cut(a.To, "?")
		want(t, "neither words nor voice", o.hand(t, selam, "/mijn/klacht", "onderwerp", "privacy"), 422, "Schrijf op wat er is gebeurd")
		want(t, "her page", selam.Get(own), 200, own+"/opname")
		want(t, "her voice", selam.Get(own+"/opname"), 200)
		want(t, "her voice for another", o.As(self("p-reem")).Get(own+"/opname"), 404)
		staff := strings.Replace(own, "/mijn/klacht/", "/klachten/", 1)
		want(t, "who handles it", o.As(noor).Get(staff), 200, staff+"/opname")
		want(t, "hearing it", o.As(noor).Get(staff+"/opname"), 200)
		if looks("u-noor") != 1 {
			t.Error("hearing a complaint is no look in the log")
		}
		want(t, "whom it is about", o.As(worker("u-marwan", "lead", "team", "t-utrecht")).Get(staff+"/opname"), 404)
		x, err := o.f.Keeper().Export(t.Context(), d, o.v, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := json.Marshal(x); bytes.Count(b, []byte(`"type":"audio/webm"`)) != 2 {
			t.Error("her copy lacks what she said aloud")
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM feedback_voice`)); n != 0 {
			t.Errorf("%d recordings outlive her", n)
		}
	})
}

func TestAComplaintWithoutANameIsSaidAloud(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a := o.hand(t, o.Guest(), "/klacht", "onderwerp", "waiting", "plaats", "Utrecht", "code", "ACDE-FGHJ-KMNP", "@geluid", aloud)
		want(t, "sending", a, 303)
		want(t, "by its code", o.Guest().Post("/klacht/volgen", webtest.Form("code", "ACDE-FGHJ-KMNP")), 200, "U hebt ook iets ingesproken", "!<audio")
		id := text(t, d, db.F(`SELECT id FROM feedback_complaint`))
		want(t, "who handles it", o.As(els).Get("/klachten/"+id+"/opname"), 200)
		want(t, "who does not", o.As(far).Get("/klachten/"+id+"/opname"), 404)
		want(t, "without signing in", o.Guest().Get("/klachten/"+id+"/opname"), 303)
	})
}
