package question

// This file fills a demonstration: questions in several languages, answered, open and late, and enough first answers to tell
// how soon they come. What the people written by hand ask belongs to their own story.

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// demoFiles are a voice that says no words, and a letter of a town that is not there.
//
//go:embed demo
var demoFiles embed.FS

// demoAsk is one question of the demonstration.
type demoAsk struct {
	person, suffix, lang string
	ago                  int // days
	text                 string
	answer, other, how   string
	after                time.Duration // the answer came so much later
	read                 bool
	file                 string // a recording or a photograph
	letter               Letter
	act                  int // days from now by which the letter asks for something
}

var demoAsks = []demoAsk{
	{person: "p-reem", lang: "ar", ago: 2, text: "وصلتني رسالة من البلدية عن المدرسة لابنتي. هل يجب أن أوقّع عليها قبل يوم الاثنين؟",
		answer: "U hoeft nog niet te tekenen. Neem de brief mee naar de afspraak, dan lezen we hem samen. De school houdt de plek zolang vrij.",
		other:  "لا حاجة للتوقيع الآن. يُرجى إحضار الرسالة إلى الموعد لنقرأها معًا. تحتفظ المدرسة بالمكان حتى ذلك الحين.", how: "interpreter", after: 3 * time.Hour},
	{person: "p-reem", suffix: "-3", lang: "ar", ago: 5, file: "brief.jpg", letter: Letter{Kind: "ask", What: LetterText{From: "gemeente Voorbeeldstad"}}, act: 12,
		answer: "De gemeente wil nog twee papieren zien voor uw bijzondere bijstand: het huurcontract en bankafschriften van drie maanden. Stuur ze op tijd, anders stopt de aanvraag. Wij helpen u vrijdag met kopiëren.",
		other:  "تريد البلدية ورقتين من أجل المساعدة: عقد الإيجار وكشوف البنك لثلاثة أشهر. يجب إرسالهما قبل الموعد، وإلا يتوقف الطلب. سنساعدك في النسخ يوم الجمعة.", how: "interpreter", after: 4 * time.Hour, read: true},
	{person: "p-golnar", lang: "fa", file: "stem.wav"},
	{person: "p-mebrahtu", lang: "ti", ago: 1, file: "brief.jpg"},
	{person: "p-reem", suffix: "-2", lang: "ar", text: "هل يمكن لأختي أن تأتي معي إلى المقابلة؟"},
	{person: "p-selam", lang: "ti", ago: 6, text: "ወደይ ትማሊ ሓሚሙ ነይሩ። ሓኪም ንምርካብ ናበይ ክድውል እየ?"},
	{person: "p-farzaneh", lang: "fa", ago: 9, text: "مصاحبه\u200cام چه روزی است؟ نامه\u200cای نگرفته\u200cام.",
		answer: "De IND heeft nog geen dag gekozen. Zodra er een brief is, krijgt u die ook van ons, en dan bereiden we het samen voor.",
		other:  "اداره مهاجرت هنوز روزی تعیین نکرده است. وقتی نامه بیاید، ما هم به شما می\u200cدهیم و با هم آماده می\u200cشویم.", how: "interpreter", after: 5 * time.Hour, read: true},
	{person: "p-yusuf", lang: "tr", ago: 1, text: "Belediyeden kira yardımı mektubu geldi. Son gün ne zaman, anlamadım."},
	{person: "p-oksana", lang: "uk", ago: 12, text: "Чи може Максим ходити на плавання у школі, якщо в нас ще немає страховки?",
		answer: "Ja. Maksym is via de gemeente verzekerd, ook tijdens zwemles. U hoeft niets te betalen.",
		other:  "Так. Максим застрахований через муніципалітет, також на уроках плавання. Платити нічого не потрібно.", how: "machine", after: 27 * time.Hour, read: true},
	{person: "p-abdirahman", lang: "so", ago: 4, text: "Fasalka luqadda goorma ayuu bilaabmayaa? Warqad ma helin.",
		answer: "De les begint in januari. De brief komt twee weken ervoor. Bel ons als hij er dan niet is.", after: 2 * time.Hour, read: true},
	{person: "p-almaz", lang: "en", ago: 0, text: "My husband asks if he needs his birth certificate for the visa, or if the church paper is enough."},
	{person: "p-hamid", lang: "fa", ago: 20, text: "بعد از جواب منفی چه مدت می\u200cتوانم در کمپ بمانم؟",
		answer: "Dat hangt af van het beroep dat Marwan indiende. Kom vrijdag naar het spreekuur, dan leggen we het uit met een tolk.",
		other:  "این به اعتراضی بستگی دارد که مروان فرستاده است. جمعه به ساعت مشاوره بیایید تا با مترجم توضیح بدهیم.", how: "interpreter", after: 70 * time.Hour, read: true},
}

// demoAsked are short questions of the invented people, so that there are enough to count.
var demoAsked = []string{"Wanneer is mijn afspraak?", "Kan de tolk er volgende keer bij zijn?", "Ik kreeg een brief. Is dat belangrijk?", "Hoe vraag ik een OV-kaart aan?", "Mijn kind heeft een nieuwe school. Wat moet ik doen?"}

// Demo writes what these people asked.
func (q *Questions) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	defer func(t time.Time) { tx.Now = t }(tx.Now)
	for _, d := range batch {
		for _, x := range demoAsks {
			if x.person == d.ID {
				if err := q.demoAsk(ctx, tx, d, x, now); err != nil {
					return err
				}
			}
		}
		if d.N < dossier.DemoHeroes || d.N%9 != 0 || d.Part == "child" || d.Caseworker == "" {
			continue
		}
		x := demoAsk{lang: "nl", ago: 3 + d.N%60, text: demoAsked[d.N/9%len(demoAsked)], answer: "Kom morgen naar het spreekuur, dan kijken we samen.", after: time.Duration(1+d.N%7) * time.Hour, read: true}
		switch {
		case d.N%7 == 1:
			x.ago, x.answer = d.N%2, "" // still waits
		case d.N%5 == 0:
			x.after += 80 * time.Hour
		}
		if err := q.demoAsk(ctx, tx, d, x, now); err != nil {
			return err
		}
	}
	return nil
}

// demoHour is a moment some days ago at an hour at which people write.
func demoHour(now time.Time, days int) time.Time {
	if days == 0 {
		return now.Add(-2 * time.Hour)
	}
	d := clock.Today(now).AddDays(-days)
	return time.Date(d.Year, d.Month, d.Day, 9+days%5, 12*(days%4), 0, 0, clock.Netherlands)
}

func (q *Questions) demoAsk(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, x demoAsk, now time.Time) error {
	tx.Now = demoHour(now, x.ago)
	a := Ask{ID: "qa-" + strings.TrimPrefix(d.ID, "p-") + x.suffix, Person: d.ID, Team: d.Team, Owner: d.Caseworker, Lang: x.lang, At: tx.Now}
	a.wait(tx.Now, assumedTerms, q.working)
	if err := insert(ctx, tx, a); err != nil {
		return err
	}
	if err := demoFile(ctx, tx, d, a.ID, x.file); err != nil {
		return err
	}
	line := func(kind, by string, w Words) error {
		_, err := putLine(ctx, tx, d.Key, Line{ID: fmt.Sprintf("ql-%s-%s", strings.TrimPrefix(a.ID, "qa-"), kind), Ask: a.ID, Person: d.ID, Kind: kind, MadeBy: by, What: w})
		return err
	}
	if err := line(Asked, d.ID, Words{Text: x.text}); err != nil || x.answer == "" {
		return err
	}
	tx.Now = tx.Now.Add(x.after)
	if tx.Now.After(now) {
		tx.Now = now.Add(-time.Hour)
	}
	if err := line(Answered, d.Caseworker, Words{Text: x.answer, Other: x.other, How: x.how}); err != nil {
		return err
	}
	if l := x.letter; l.Kind != "" {
		l.Ask, l.Person, l.MadeBy, l.Day, l.Act = a.ID, d.ID, d.Caseworker, clock.Today(a.At).AddDays(-3), clock.Today(now).AddDays(x.act)
		if err := putLetter(ctx, tx, d.Key, l); err != nil {
			return err
		}
	}
	seen := a.At
	if x.read {
		seen = tx.Now.Add(time.Minute)
	}
	_, err := db.Do(ctx, tx, db.F(`UPDATE question_ask SET since = NULL, first_at = ?, took = ?, late = ?, told = ?, seen = ?, version = 2 WHERE id = ?`,
		tx.Now, int(Worked(a.At, tx.Now, q.working).Minutes()), tx.Now.After(a.Due), tx.Now, seen, a.ID))
	return err
}

// demoFile writes the recording or the photograph with which a question came.
func demoFile(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, ask, name string) error {
	if name == "" {
		return nil
	}
	b, err := demoFiles.ReadFile("demo/" + name)
	if err != nil {
		return err
	}
	rest := strings.TrimPrefix(ask, "qa-")
	f := File{ID: "qf-" + rest, Person: d.ID, Ask: ask, Line: fmt.Sprintf("ql-%s-%s", rest, Asked), Kind: Voice, Type: "audio/wav"}
	var small []byte
	if strings.HasSuffix(name, ".jpg") {
		f.Kind, f.Type, small = Photo, "image/jpeg", b
		if _, err := db.Do(ctx, tx, db.F(`UPDATE question_ask SET letter = TRUE WHERE id = ?`, ask)); err != nil {
			return err
		}
	}
	_, err = putFile(ctx, tx, d.Key, f, b, small)
	return err
}
