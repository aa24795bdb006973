package question

// This file walks the ways of recordings and photographs on both databases: heard before they are sent, given to nobody
// else, logged before they are given, and destroyed when nobody sends them.

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web/webtest"
)

// lent reads pictures that are the word "picture", and calls what holds "virus" one.
var lent = Lent{
	Clean: func(_ context.Context, b []byte) (bool, error) { return !bytes.Contains(b, []byte("virus")), nil },
	Picture: func(_ context.Context, b []byte) (Picture, error) {
		if !bytes.HasPrefix(b, []byte("picture")) {
			return Picture{}, fault.Fields{{Name: "file", Key: "question.refused.virus"}}.Err()
		}
		return Picture{Kind: "image/jpeg", Whole: b, Small: []byte("small " + string(b))}, nil
	},
}

// hand sends a form with files, which tell by their name whose they are.
func (o office) hand(t *testing.T, v *webtest.Visitor, path string, parts ...string) webtest.Answer {
	t.Helper()
	return v.Hand(path, "IMG_van_Reem.m4a", parts...)
}

// played is the first recording on a page whose address begins so.
func played(t *testing.T, a webtest.Answer, begin string) string {
	t.Helper()
	m := regexp.MustCompile(`<audio[^>]* src="(` + regexp.QuoteMeta(begin) + `[^"]*)"`).FindStringSubmatch(a.Body)
	if m == nil {
		t.Fatalf("nothing plays %s: %.2000s", begin, a.Body)
	}
	return strings.ReplaceAll(m[1], "&amp;", "&")
}

// secret is what a recording may tell besides its sound; spoken is one that tells it in its title, as WebM.
const (
	secret = "52.0907N 5.1214E"
	spoken = "\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" +
		"\x15\x49\xa9\x66\x93\x7b\xa9\x90" + secret +
		"\x16\x54\xae\x6b\x8d\xae\x8b\x83\x81\x02\x86\x86A_OPUS" +
		"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff\xa3\x85sound"
)

func TestASpokenQuestionIsHeardBeforeItIsSent(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.q.Lend(lent)
		selam := o.As(self("p-selam"))
		sound, letter := spoken, "picture of a letter"
		want(t, "the form", selam.Get("/mijn/vraag"), 200, `accept="audio/*"`, `enctype="multipart/form-data"`, "record.js", "data-record", "!Luister naar")
		want(t, "no sound", o.hand(t, selam, "/mijn/vraag", "tekst", "bewaar dit", "@geluid", "<html>"), 422, "geen opname die wij kunnen afspelen", "bewaar dit")
		want(t, "a virus", o.hand(t, selam, "/mijn/vraag", "@geluid", sound+"virus"), 422, "zit een virus")
		want(t, "no picture", o.hand(t, selam, "/mijn/vraag", "@file", "<html>", "@geluid", "<html>"), 422, "zit een virus", "geen opname")
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_file`)); n != 0 {
			t.Fatalf("%d files were kept", n)
		}
		want(t, "speaking", o.hand(t, selam, "/mijn/vraag", "tekst", "Over mijn zoon.", "@geluid", sound), 303)
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_ask`)); n != 0 {
			t.Fatal("it was sent before it was heard")
		}
		form := selam.Get("/mijn/vraag")
		want(t, "the form", form, 200, "Luister naar uw opname", "Over mijn zoon.", `preload="none"`, "!Kijk of")
		clip := played(t, form, "/mijn/bestand/")
		a := selam.Get(clip)
		want(t, "hearing it", a, 200)
		if a.Header.Get("Content-Type") != "audio/webm" || a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Accept-Ranges") != "bytes" || !strings.Contains(a.Header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("the recording comes as %v", a.Header)
		}
		if !strings.Contains(a.Body, "sound") || strings.Contains(a.Body, secret) {
			t.Error("the recording is not what was kept")
		}
		r, _ := http.NewRequest(http.MethodGet, o.Server.URL+clip, nil)
		r.Header.Set("Range", "bytes=0-1")
		if part := selam.Send(r); part.Code != http.StatusPartialContent || len(part.Body) != 2 {
			t.Errorf("a part of it: %d, %d bytes", part.Code, len(part.Body))
		}
		want(t, "of somebody else", o.As(self("p-reem")).Get(clip), 404)
		want(t, "without signing in", o.Guest().Get(clip), 303)
		want(t, "photographing", o.hand(t, selam, "/mijn/vraag", "tekst", "Over mijn zoon.", "@file", letter), 303)
		want(t, "the form", selam.Get("/mijn/vraag"), 200, "Luister naar uw opname", "Kijk of uw foto goed is", "deel=small")
		b, err := db.Many[[]byte](t.Context(), d, db.F(`SELECT body FROM question_file`))
		if err != nil || len(b) != 2 || bytes.Contains(bytes.Join(b, nil), []byte("letter")) || bytes.Contains(bytes.Join(b, nil), []byte("sound")) {
			t.Errorf("the files lie open: %v", err)
		}
		want(t, "a colleague", o.As(amira).Get("/vragen"), 200, "!Selam")

		// Without a word of text it can be sent.
		sent := o.hand(t, selam, "/mijn/vraag", "tekst", "")
		want(t, "sending", sent, 303)
		own, _, _ := strings.Cut(sent.To, "?")
		id := strings.TrimPrefix(own, "/mijn/berichten/")
		page := "/dossier/p-selam/vraag/" + id
		want(t, "the form after", selam.Get("/mijn/vraag"), 200, "!Luister naar", "!Over mijn zoon")
		want(t, "Berichten", selam.Get("/mijn/berichten"), 200, "Gesproken of op een foto")
		want(t, "her question", selam.Get(own), 200, "Opname van een stem", "Foto van een brief", "<audio")
		one := o.As(amira).Get(page)
		want(t, "reading it", one, 200, "<audio", `preload="none"`, "Wat er in de opname werd gezegd")
		staffClip := played(t, one, page+"/qf-")
		heard := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = 'u-amira' AND event = 'question.event.heard'`))
		want(t, "hearing it", o.As(amira).Get(staffClip), 200, "sound")
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = 'u-amira' AND event = 'question.event.heard'`)); n != heard+1 || heard != 0 {
			t.Errorf("hearing it is in the log %d times, and was %d before", n, heard)
		}
		for what, a := range map[string]webtest.Answer{"the lead": o.As(noor).Get(staffClip), "a colleague without the file": o.As(deniz).Get(staffClip), "another team": o.As(far).Get(staffClip),
			"under another file": o.As(amira).Get(strings.Replace(staffClip, "p-selam", "p-reem", 1)), "under another question": o.As(amira).Get(strings.Replace(staffClip, id, "qa-none", 1))} {
			want(t, what, a, 404, "!sound")
		}
		want(t, "the answer", o.As(amira).Post(page, webtest.Form("versie", "1", "antwoord", "Bel de huisarts.", "gehoord", "Haar zoon is ziek.")), 303)
		want(t, "her question", selam.Get(own), 200, "Zo begrepen wij uw opname", "Haar zoon is ziek.", "Bel de huisarts.")
		want(t, "the file", o.As(amira).Get("/dossier/p-selam"), 200, "Begrepen uit de opname", "Gesproken of op een foto")

		// Something that is added is heard first as well, and what is taken away is gone.
		want(t, "speaking on", o.hand(t, selam, own, "tekst", "nog iets", "@geluid", sound), 303)
		more := selam.Get(own)
		want(t, "the form", more, 200, "Luister naar uw opname", "nog iets")
		held := regexp.MustCompile(`name="weg" value="(qf-[^"]+)"`).FindStringSubmatch(more.Body)
		want(t, "what was not sent, for a colleague", o.As(amira).Get(page+"/"+held[1]), 404)
		want(t, "taken away by somebody else", o.hand(t, o.As(self("p-reem")), "/mijn/vraag", "tekst", "x", "weg", held[1]), 303)
		want(t, "the form", selam.Get(own), 200, "Luister naar uw opname")
		want(t, "taking it away", o.hand(t, selam, own, "tekst", "nog iets", "weg", held[1]), 303)
		want(t, "the form", selam.Get(own), 200, "!Luister naar uw opname", "nog iets")
		want(t, "taking away what was sent", o.hand(t, selam, own, "tekst", "", "weg", strings.TrimPrefix(strings.Split(staffClip, "?")[0], page+"/")), 303)
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_file WHERE line <> ''`)); n != 2 {
			t.Errorf("%d of two files stay", n)
		}

		x, err := o.q.Keeper().Export(t.Context(), d, o.v, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := json.Marshal(x); !bytes.Contains(b, []byte(`"audio/webm"`)) || !bytes.Contains(b, []byte("cGljdHVyZSBvZiBhIGxldHRlcg==")) {
			t.Errorf("the export lacks the files: %.2000s", b)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return o.q.Keeper().Erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_file`)); n != 0 {
			t.Errorf("%d files stay", n)
		}
	})
}

func TestWhatNobodySendsIsDestroyed(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.q.Lend(lent)
		selam := o.As(self("p-selam"))
		sound := spoken
		for range mostVoices {
			want(t, "speaking", o.hand(t, selam, "/mijn/vraag", "tekst", "half", "@geluid", sound), 303)
		}
		want(t, "one too many", o.hand(t, selam, "/mijn/vraag", "tekst", "half", "@geluid", sound), 422, "Hooguit 3 opnamen")
		o.clock.Advance(heldFor + time.Minute)
		if err := o.q.sweep(t.Context(), d.Now()); err != nil {
			t.Fatal(err)
		}
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_file`)) + rows(t, d, db.F(`SELECT COUNT(*) FROM question_held`)); n != 0 {
			t.Errorf("%d stay", n)
		}
	})
}
