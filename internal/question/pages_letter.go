package question

// This file holds Brief uitleggen: the page on which a person photographs a letter and reads what it says, and the page on
// which a colleague writes that down beside the photograph.

import (
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// letterCard is one letter as its reader sees it.
type letterCard struct {
	URL, When    string
	State        state
	Kind, From   string
	Day, Act     string // in words
	Late         bool   // the day by which something must be done is over
	Words        Words  // the last explanation
	Lang         string
	Explained    bool
	DutchAct     string // beside a day in another language
	Asks, Done   bool   // it still asks for something; somebody said that this is done
	DoneURL      string // where that is said, or taken back
	ProcedureURL string
}

type lettersPage struct {
	compose
	Promise string
	Cards   []letterCard
	Errors  fault.Fields
	Foreign bool
}

// letterFacts puts what is known of a letter into words.
func letterFacts(v *web.Visit, c *letterCard, l Letter) {
	if c.Explained = l.Kind != ""; !c.Explained {
		return
	}
	c.Kind, c.From = lang.T(v.Ctx(), "question.letter."+l.Kind), l.What.From
	if !l.Day.IsZero() {
		c.Day = lang.LongDay(v.Ctx(), l.Day)
	}
	if !l.Act.IsZero() {
		c.Asks, c.Done = l.Asks(), !l.Asks()
		c.Act, c.Late = lang.LongDay(v.Ctx(), l.Act), l.Asks() && l.Act.Before(clock.Today(v.Now))
		if lang.Of(v.Ctx()).Tag != "nl" {
			c.DutchAct = lang.DutchLongDay(l.Act)
		}
	}
}

func (q *Questions) lettersPage(v *web.Visit, p lettersPage, typed bool) (lettersPage, error) {
	ctx := v.Ctx()
	f, err := q.files.Open(v, v.Actor.ID, access.File, "question.event.own")
	if err != nil {
		return p, err
	}
	if p.compose, err = q.composed(v, f, "", p.Text, typed); err != nil {
		return p, err
	}
	t, err := terms(ctx, q.db)
	if err != nil {
		return p, err
	}
	p.Promise, p.Foreign = promise(v, After(v.Now, t.Promise, q.working)), lang.Of(ctx).Tag != "nl"
	as, err := db.Many[Ask](ctx, q.db, db.F(askColumns).Then(`WHERE a.person = ? AND a.letter = TRUE AND a.withdrawn IS NULL ORDER BY a.at DESC, a.id LIMIT ?`, f.ID(), mineMost))
	if err != nil {
		return p, err
	}
	known, err := letters(ctx, q.db, f.Key(), f.ID())
	if err != nil {
		return p, err
	}
	ls, err := openLines(f.Key())(db.Many[Line](ctx, q.db, db.F(lineColumns).Then(`WHERE person = ? AND kind = 'answered' ORDER BY at, id LIMIT 1000`, f.ID())))
	if err != nil {
		return p, err
	}
	last := map[string]Words{}
	for _, l := range ls {
		last[l.Ask] = l.What
	}
	for _, a := range as {
		c := letterCard{URL: v.URL("question.own", "question", a.ID), When: lang.When(ctx, a.At, v.Now), State: stateOf(v, a), Words: last[a.ID], Lang: a.Lang}
		c.DoneURL = v.URL("question.own_done", "question", a.ID)
		letterFacts(v, &c, known[a.ID])
		p.Cards = append(p.Cards, c)
	}
	return p, nil
}

func (q *Questions) lettersForm(v *web.Visit) error {
	p, err := q.lettersPage(v, lettersPage{}, false)
	if err != nil {
		return err
	}
	return v.Page(pageLetters(p))
}

// sendLetter sends what was photographed; without a photograph there is no letter.
func (q *Questions) sendLetter(v *web.Visit) error {
	f, err := q.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	n, err := q.waitingOf(v.Ctx(), f.ID())
	if err != nil {
		return err
	}
	text, fs, done, err := q.compose(v, f, "", n, v.URL("question.letters"))
	if err != nil || done {
		return err
	}
	held, err := heldFiles(v.Ctx(), q.db, f.ID(), "")
	if err != nil {
		return err
	}
	photos := 0
	for _, x := range held {
		if x.Kind == Photo {
			photos++
		}
	}
	if photos == 0 && len(fs) <= 1 && (len(fs) == 0 || fs[0].Key == "question.error.text") {
		fs = fault.Fields{{Name: "file", Key: "question.error.photo"}}
	}
	if len(fs) > 0 {
		p := lettersPage{Errors: fs}
		p.Text = text
		if p, err = q.lettersPage(v, p, true); err != nil {
			return err
		}
		return v.Invalid(pageLetters(p))
	}
	tag := lang.Of(v.Ctx()).Tag
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := q.put(v.Ctx(), tx, f, tag, text)
		if err != nil {
			return "", err
		}
		_, err = db.Do(v.Ctx(), tx, db.F(`UPDATE question_ask SET letter = TRUE WHERE id = ?`, id))
		return v.URL("question.own", "question", id, "gezegd", "question.said.asked"), err
	})
}

type explainPage struct {
	onePage
	Letter LetterInput
}

func (q *Questions) letterForm(v *web.Visit) error {
	f, err := q.files.OpenToFill(v, v.Param("person"), mayAnswer, "question.event.read")
	if err != nil {
		return err
	}
	a, err := q.asked(v)
	if err != nil {
		return err
	}
	l, err := letter(v.Ctx(), q.db, f.Key(), a.ID)
	if err != nil {
		return err
	}
	in, at, err := q.draft(v.Ctx(), f.Key(), a.ID, v.Actor.ID)
	if err != nil {
		return err
	}
	if in.Empty() { // read before: what was said then is there to be mended
		ls, err := lines(v.Ctx(), q.db, f.Key(), a.ID)
		if err != nil {
			return err
		}
		in = LetterInput{Kind: l.Kind, From: l.What.From, Day: l.Day.String(), Act: l.Act.String()}
		for _, x := range ls {
			if x.Kind == Answered && l.Kind != "" {
				in.AnswerInput = AnswerInput{Text: x.What.Text, Other: x.What.Other, How: x.What.How}
			}
		}
	}
	return q.explainPage(v, f, a, in, at, nil)
}

func (q *Questions) explainPage(v *web.Visit, f dossier.File, a Ask, in LetterInput, saved time.Time, fs fault.Fields) error {
	one, err := q.onePage(v, f, a)
	if err != nil {
		return err
	}
	one.In, one.Errors = in.AnswerInput, fs
	if !saved.IsZero() {
		one.Saved = lang.T(v.Ctx(), "question.draft.at", "time", lang.Time(v.Ctx(), saved))
	}
	p := explainPage{one, in}
	if len(fs) > 0 {
		return v.Invalid(pageExplain(p))
	}
	return v.Page(pageExplain(p))
}

func letterInput(v *web.Visit) (LetterInput, int64) {
	answer, version := answerInput(v)
	return LetterInput{Kind: v.Value("soort"), From: strings.Join(strings.Fields(v.Value("van")), " "), Day: v.Value("dag"), Act: v.Value("voor"), AnswerInput: answer}, version
}

func (q *Questions) explainLetter(v *web.Visit) error {
	f, err := q.files.OpenToChange(v, v.Param("person"), mayAnswer)
	if err != nil {
		return err
	}
	a, err := q.asked(v)
	if err != nil {
		return err
	}
	in, version := letterInput(v)
	again := func(a Ask, fs fault.Fields) error {
		f, err := q.files.Open(v, f.ID(), access.File, "question.event.read")
		if err != nil {
			return err
		}
		return q.explainPage(v, f, a, in, time.Time{}, fs)
	}
	l, fs := in.Check(a.Lang, clock.Today(v.Now))
	if len(fs) > 0 {
		return again(a, fs)
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("question.one", "person", f.ID(), "question", a.ID, "gezegd", "question.said.explained"), q.explain(v.Ctx(), tx, f, a.ID, version, l, in.words(a.Lang))
	})
	if fault.Is(err, fault.Conflict) && fault.As(err).Key == "question.conflict" {
		if a, err = q.asked(v); err != nil {
			return err
		}
		return again(a, fault.Fields{{Name: "antwoord", Key: "question.error.moved"}})
	}
	return err
}

// ownDone and staffDone say that what a letter asks is done: the person, or who helps. The same press takes it back.
func (q *Questions) ownDone(v *web.Visit) error {
	f, err := q.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	return q.done(v, f, v.URL("question.letters"))
}

func (q *Questions) staffDone(v *web.Visit) error {
	f, err := q.files.OpenToChange(v, v.Param("person"), mayAnswer)
	if err != nil {
		return err
	}
	return q.done(v, f, v.URL("question.one", "person", f.ID(), "question", v.Param("question")))
}

func (q *Questions) done(v *web.Visit, f dossier.File, back string) error {
	return v.Write(func(tx *db.Tx) (string, error) {
		return back, tick(v.Ctx(), tx, f, v.Param("question"), v.Value("gedaan") != "nee")
	})
}

// procedureURL leads to where the day of a letter becomes an event, from which other days follow; empty where no procedures
// are kept.
func procedureURL(v *web.Visit, person string, l Letter) string {
	if l.Kind == "" || !web.Known(v.Ctx(), "procedure.choose") {
		return ""
	}
	return v.URL("procedure.choose", "person", person, "day", l.Day.String())
}
