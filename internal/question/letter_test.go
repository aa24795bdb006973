package question

// This file walks the way of a letter on both databases: photographed, read by a colleague, explained in the person's
// language; and the faults of its form.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

func TestALetterIsExplained(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.q.Lend(lent)
		reem := o.As(self("p-reem"))
		want(t, "the way there", reem.Get("/mijn"), 200, "/mijn/brief")
		want(t, "the page", reem.Get("/mijn/brief?taal=ar"), 200, "شرح رسالة", `name="file"`, "!رسائلك")
		want(t, "without a photo", o.hand(t, reem, "/mijn/brief", "tekst", "ما هذا؟"), 422, "يُرجى تصوير الرسالة أولًا", "ما هذا؟")
		want(t, "photographing", o.hand(t, reem, "/mijn/brief", "tekst", "ما هذا؟", "@file", "picture of a letter"), 303)
		want(t, "the page", reem.Get("/mijn/brief"), 200, "تأكّد من وضوح الصورة", "ما هذا؟")
		sent := o.hand(t, reem, "/mijn/brief", "tekst", "ما هذا؟")
		want(t, "sending", sent, 303)
		own, _, _ := strings.Cut(sent.To, "?")
		id := strings.TrimPrefix(own, "/mijn/berichten/")
		page := "/dossier/p-reem/vraag/" + id
		want(t, "the page", reem.Get("/mijn/brief"), 200, "رسائلك", "بانتظار الجواب")
		want(t, "Vandaag", o.As(amira).Get("/vandaag"), 200, "Brief van Reem", "!ما هذا")
		want(t, "the question", o.As(amira).Get(page), 200, page+"/brief", "Brief uitleggen")
		want(t, "the form", o.As(amira).Get(page+"/brief"), 200, "Van wie?", "deel=small", "ما هذا؟")
		want(t, "a colleague without the file", o.As(deniz).Get(page+"/brief"), 404)
		want(t, "a colleague without the file", o.As(deniz).Post(page+"/brief", webtest.Form("versie", "1", "soort", "ask", "antwoord", "x")), 404)
		want(t, "nothing", o.As(amira).Post(page+"/brief", webtest.Form("versie", "1", "van", "gemeente", "dag", "2027-01-01", "vertaling", "نعم")), 422,
			"Kies wat voor brief het is", "Deze datum kan niet bij een brief horen", "Schrijf het antwoord in het Nederlands", "Kies wie het vertaalde", "gemeente", "2027-01-01", "نعم")
		form := webtest.Form("_once", "een-keer-en-niet-meer", "versie", "1", "soort", "ask", "van", "gemeente Utrecht", "dag", "2026-11-20", "voor", "2026-12-10", "antwoord", "Stuur twee papieren op.", "vertaling", "أرسل ورقتين.", "hoe", "interpreter")
		want(t, "explaining", o.As(amira).Post(page+"/brief", form), 303)
		want(t, "explaining again", o.As(amira).Post(page+"/brief", form), 303)
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_line WHERE kind = 'answered'`)); n != 1 {
			t.Errorf("it was explained %d times", n)
		}
		want(t, "the question", o.As(amira).Get(page), 200, "Wat deze brief is", "gemeente Utrecht", "donderdag 10 december")
		want(t, "her letters", reem.Get("/mijn/brief"), 200, "طلب أوراق أو بيانات", "gemeente Utrecht", "أرسل ورقتين.", "Stuur twee papieren op.", "donderdag 10 december", "10 ديسمبر")
		draft := webtest.Form("versie", "2", "soort", "bill", "van", "CJIB", "antwoord", "Betaal")
		want(t, "a draft", o.As(amira).Post(page+"/concept", draft), 200)
		want(t, "the draft in the form", o.As(amira).Get(page+"/brief"), 200, "CJIB", "Betaal", "!Stuur twee papieren")
		want(t, "a draft in the short form", o.As(amira).Post(page+"/concept", webtest.Form("versie", "2", "antwoord", "Betaal snel")), 200)
		want(t, "both in the form", o.As(amira).Get(page+"/brief"), 200, "CJIB", "Betaal snel")
		want(t, "the draft goes", o.As(amira).Post(page+"/concept", webtest.Form("versie", "2", "van", "")), 200)
		want(t, "what was said is there to be mended", o.As(amira).Get(page+"/brief"), 200, "Stuur twee papieren", "gemeente Utrecht", "أرسل ورقتين")

		// What a letter asks is told until somebody says that it is done.
		want(t, "her first page", reem.Get("/mijn"), 200, "رسالة تطلب شيئًا قبل", "10 ديسمبر", "!gemeente")
		want(t, "too early for Vandaag", o.As(amira).Get("/vandaag"), 200, "!Brieven die iets vragen")
		o.clock.Advance(3 * 24 * time.Hour)
		reem = o.As(self("p-reem"))
		want(t, "Vandaag", o.As(amira).Get("/vandaag"), 200, "Brieven die iets vragen", "vóór do 10 dec", "Brief van Reem")
		want(t, "a colleague without the file", o.As(deniz).Get("/vandaag"), 200, "!Brieven die iets vragen")
		want(t, "a colleague without the file", o.As(deniz).Post(page+"/gedaan", webtest.Form()), 404)
		want(t, "another person", o.As(self("p-selam")).Post("/mijn/brief/"+id+"/gedaan", webtest.Form()), 404)
		want(t, "it is done", reem.Post("/mijn/brief/"+id+"/gedaan", webtest.Form()), 303)
		want(t, "her first page after", reem.Get("/mijn"), 200, "!رسالة تطلب شيئًا")
		want(t, "her letters after", reem.Get("/mijn/brief?taal=nl"), 200, "gedaan", "Toch nog niet gedaan")
		want(t, "Vandaag after", o.As(amira).Get("/vandaag"), 200, "!Brieven die iets vragen")
		want(t, "not after all", o.As(amira).Post(page+"/gedaan", webtest.Form("gedaan", "nee")), 303)
		want(t, "Vandaag again", o.As(amira).Get("/vandaag"), 200, "Brieven die iets vragen")
		want(t, "her letters in Dutch", reem.Get("/mijn/brief?taal=nl"), 200, "Vraag om papieren of gegevens", "Doe iets vóór:")
		want(t, "of somebody else", o.As(self("p-selam")).Get("/mijn/brief"), 200, "!gemeente Utrecht")
		b, err := db.One[[]byte](t.Context(), d, db.F(`SELECT body FROM question_letter`))
		if err != nil || bytes.Contains(b, []byte("Utrecht")) {
			t.Errorf("the sender lies open: %v", err)
		}
		x, err := o.q.Keeper().Export(t.Context(), d, o.v, "p-reem")
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := json.Marshal(x); !bytes.Contains(b, []byte(`"from":"gemeente Utrecht","day":"2026-11-20","actBefore":"2026-12-10"`)) {
			t.Errorf("the export lacks it: %.1500s", b)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return o.q.Keeper().Erase(t.Context(), tx, "p-reem") }); err != nil {
			t.Fatal(err)
		}
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_letter`)); n != 0 {
			t.Error("the letter stays")
		}
	})
}

func TestTheFormOfALetter(t *testing.T) {
	today := clock.On(2026, 11, 24)
	ok := AnswerInput{Text: "Ja.", Other: "نعم", How: "self"}
	for _, c := range []struct {
		in   LetterInput
		want string
	}{
		{LetterInput{Kind: "info", AnswerInput: AnswerInput{Text: "Ja."}}, "[{vertaling question.error.other []}]"},
		{LetterInput{Kind: "info", AnswerInput: AnswerInput{Text: "Ja.", How: "machine"}}, "[{vertaling question.error.other []}]"},
		{LetterInput{Kind: "info", AnswerInput: AnswerInput{Text: "Ja.", How: "aloud"}}, "[]"},
		{LetterInput{Kind: "info", AnswerInput: AnswerInput{Text: "Ja.", Other: "نعم", How: "aloud"}}, "[{hoe question.error.how []}]"},
		{LetterInput{Kind: "info", AnswerInput: ok}, "[]"},
		{LetterInput{Kind: "bill", Day: "2026-11-24", Act: "2026-12-24", AnswerInput: ok}, "[]"},
		{LetterInput{Kind: "poem", Day: "morgen", Act: "2050-01-01", AnswerInput: ok}, "[{soort question.error.kind []} {dag question.error.day []} {voor question.error.day []}]"},
		{LetterInput{Kind: "bill", Day: "2026-11-20", Act: "2026-11-19", AnswerInput: ok}, "[{voor question.error.act []}]"},
		{LetterInput{Kind: "bill", From: "111222333", AnswerInput: ok}, "[{van question.error.bsn []}]"},
	} {
		if _, fs := c.in.Check("ar", today); fmt.Sprint(fs) != c.want {
			t.Errorf("%+v: %v", c.in, fs)
		}
	}
}
