package question

// This file is what questions lend: to Vandaag what waits, to the person's first page the way to ask and that there is an
// answer, to a file what is open in it, and to the timeline what was said.

import (
	"context"
	"embed"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of this capability.
//
//go:embed text/*.json
var Texts embed.FS

// Panels are for Vandaag.
func (q *Questions) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 13, Show: q.today}, {Place: "today", Order: 14, Show: q.todayActs}}
}

// todayMost is how many questions Vandaag shows.
const todayMost = 5

func (q *Questions) today(v *web.Visit) (ui.Part, error) {
	if !mayList.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	n, err := q.owing(v.Ctx(), v.Actor, v.Now)
	if err != nil || n.N == 0 {
		return ui.Part{}, err
	}
	as, err := q.mine(v.Ctx(), v.Actor, v.Now, todayMost)
	if err != nil {
		return ui.Part{}, err
	}
	rows, err := q.rows(v, as)
	if err != nil {
		return ui.Part{}, err
	}
	say := lang.T(v.Ctx(), "question.say", "n", n.N, "word", lang.Words(v.Ctx(), n.N))
	if n.Over > 0 {
		say = lang.T(v.Ctx(), "question.say.over", "n", n.Over, "word", lang.Words(v.Ctx(), n.Over))
	}
	return ui.Part{Body: partToday(rows, n.N), Count: n.N, Say: say}, nil
}

// todayActs are the letters that ask for something by a day that is near, or over.
func (q *Questions) todayActs(v *web.Visit) (ui.Part, error) {
	if !mayList.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ls, err := q.acts(v.Ctx(), v.Actor, v.Now, todayMost)
	if err != nil || len(ls) == 0 {
		return ui.Part{}, err
	}
	var people []string
	for _, l := range ls {
		people = append(people, l.Person)
	}
	called, err := q.files.Names(v.Ctx(), people)
	if err != nil {
		return ui.Part{}, err
	}
	today, rows := clock.Today(v.Now), make([]ui.RowP, 0, len(ls))
	for _, l := range ls {
		r := ui.RowP{Href: v.URL("question.one", "person", l.Person, "question", l.Ask), Title: lang.T(v.Ctx(), "question.row.letter", "name", called[l.Person]),
			Sub: lang.T(v.Ctx(), "question.letter."+l.Kind), Tag: lang.T(v.Ctx(), "question.acts.by", "day", lang.ShortDay(v.Ctx(), l.Act))}
		switch {
		case l.Act.Before(today):
			r.TagKind, r.TagIcon = "danger", "warning"
		case l.Act.Before(today.AddDays(actDays / 2)):
			r.TagKind, r.TagIcon = "warn", "hourglass-medium"
		}
		rows = append(rows, r)
	}
	return ui.Part{Body: partActs(rows), Count: len(rows)}, nil
}

// Waiting is how many questions wait for a colleague, for the number beside the menu.
func (q *Questions) Waiting(v *web.Visit) (int, error) {
	if !mayList.Allows(v.Actor) {
		return 0, nil
	}
	n, err := q.owing(v.Ctx(), v.Actor, v.Now)
	return n.N, err
}

// FilePanels are for the person's own first page, and for a file.
func (q *Questions) FilePanels() []dossier.Panel {
	return []dossier.Panel{
		{Place: "home", Order: 4, Show: q.home},
		{Place: "overview", Order: 12, Level: access.File, Show: q.filePanel},
	}
}

type homePart struct {
	News    []string // addresses of questions with an answer that was not read
	Waiting int
	Any     bool
	Acts    []homeAct
}

// homeAct is a letter that still asks for something.
type homeAct struct {
	Day, Dutch string
	Late       bool
}

// home tells that there is an answer, and never what it says: others may look at this telephone.
func (q *Questions) home(v *web.Visit, f dossier.File) (ui.Part, error) {
	as, err := own(v.Ctx(), q.db, f.ID(), mineMost)
	if err != nil {
		return ui.Part{}, err
	}
	p := homePart{Any: len(as) > 0}
	for _, a := range as {
		if a.New() {
			p.News = append(p.News, v.URL("question.own", "question", a.ID))
		}
		if a.Waits() {
			p.Waiting++
		}
	}
	ls, err := asking(v.Ctx(), q.db, f.ID())
	if err != nil {
		return ui.Part{}, err
	}
	for _, l := range ls {
		a := homeAct{Day: lang.LongDay(v.Ctx(), l.Act), Late: l.Act.Before(clock.Today(v.Now))}
		if lang.Of(v.Ctx()).Tag != "nl" {
			a.Dutch = lang.DutchLongDay(l.Act)
		}
		p.Acts = append(p.Acts, a)
	}
	return ui.Part{Body: partHome(p)}, nil
}

// filePanel is what waits in a file, whoever minds it.
func (q *Questions) filePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	as, err := db.Many[Ask](v.Ctx(), q.db, db.F(askColumns).Then(`WHERE a.person = ? AND `+waiting+` ORDER BY a.due, a.id LIMIT 10`, f.ID()))
	if err != nil || len(as) == 0 || !mayAnswer.Allows(v.Actor) {
		return ui.Part{}, err
	}
	rows, err := q.rows(v, as)
	return ui.Part{Body: partFile(rows)}, err
}

// Source tells the timeline what was asked and answered. What was taken back is not told.
func (q *Questions) Source(v *web.Visit, f dossier.File, before time.Time, n int) ([]dossier.Moment, error) {
	want := f.Wanted()
	if want.Group != "" && want.Group != "message" || f.Level() < access.File {
		return nil, nil
	}
	w := db.F(`person = ? AND at < ? AND ask IN (SELECT id FROM question_ask WHERE person = ? AND withdrawn IS NULL)`, f.ID(), before, f.ID())
	if want.Author != "" {
		w = w.Then(`AND made_by = ?`, want.Author)
	}
	ls, err := openLines(f.Key())(db.Many[Line](v.Ctx(), q.db, db.F(lineColumns).Then(`WHERE`).With(w).Then(`ORDER BY at DESC, id DESC LIMIT ?`, n)))
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, l := range ls {
		ids = append(ids, l.MadeBy)
	}
	names, err := q.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	out := make([]dossier.Moment, 0, len(ls))
	for _, l := range ls {
		m := dossier.Moment{ID: l.ID, At: l.At, Group: "message", Icon: "question", Title: lang.T(v.Ctx(), "question.moment.asked"), By: f.Called(), Author: l.MadeBy,
			Body: partMoment(l, v.URL("question.one", "person", f.ID(), "question", l.Ask)), Words: []string{l.What.Text, l.What.Other, l.What.Heard}}
		if l.Kind == Answered {
			m.Icon, m.Kind, m.Title, m.By = "chat-circle-text", "talk", lang.T(v.Ctx(), "question.moment.answered"), names[l.MadeBy].Name
		}
		out = append(out, m)
	}
	return out, nil
}

// Authors are who asked and answered in a file.
func (q *Questions) Authors(v *web.Visit, f dossier.File) ([]string, error) {
	if f.Level() < access.File {
		return nil, nil
	}
	return db.Many[string](v.Ctx(), q.db, db.F(`SELECT DISTINCT made_by FROM question_line WHERE person = ?`, f.ID()))
}

// Work are the questions that wait.
func (q *Questions) Work() []dossier.Work {
	return []dossier.Work{{Name: "question.work", Open: held, Tell: q.tellHeld, Move: moveHeld}}
}

// held are the questions that a colleague minds.
func held(ctx context.Context, q db.Q, holder, person string, _ time.Time) ([]dossier.Task, error) {
	f := db.F(askColumns).Then(`WHERE a.owner = ? AND `+waiting, holder)
	if person != "" {
		f = f.Then(`AND a.person = ?`, person)
	}
	as, err := db.Many[Ask](ctx, q, f.Then(`ORDER BY a.due, a.id`))
	var out []dossier.Task
	for _, a := range as {
		out = append(out, dossier.Task{ID: a.ID, Person: a.Person, Kind: "ask", Due: clock.DateOf(a.Due.In(clock.Netherlands))})
	}
	return out, err
}

// tellHeld tells since when each waits; the question itself is read on its page.
func (q *Questions) tellHeld(v *web.Visit, f dossier.File, ts []dossier.Task) error {
	as, err := own(v.Ctx(), q.db, f.ID(), 1000)
	for _, a := range as {
		if i := slices.IndexFunc(ts, func(t dossier.Task) bool { return t.ID == a.ID }); i >= 0 {
			ts[i].What = lang.T(v.Ctx(), "question.row.since", "when", lang.When(v.Ctx(), a.Since, v.Now))
			ts[i].URL = v.URL("question.one", "person", f.ID(), "question", a.ID)
		}
	}
	return err
}

// moveHeld gives the questions to the next colleague, answered ones too: something may be added to them. What climbed climbs
// anew for the next one, from the same moment on.
func moveHeld(ctx context.Context, tx *db.Tx, h dossier.Handing) error {
	w := db.F(`person = ? AND owner = ?`, h.Person, h.From)
	if h.Only != nil {
		w = w.Then(`AND`).With(db.In("id", h.Only))
	}
	ids, err := db.Many[string](ctx, tx, db.F(`SELECT id FROM question_ask WHERE`).With(w))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := endClimb(ctx, tx, id, ""); err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE question_ask SET owner = ?, team = CASE WHEN ? = '' THEN team ELSE ? END, rung = 0 WHERE id = ?`, h.To, h.Team, h.Team, id)); err != nil {
			return err
		}
	}
	return nil
}

// Traces are answers that were begun and not sent.
func (q *Questions) Traces() []dossier.Trace {
	return []dossier.Trace{{Key: "question.trace", Count: func(ctx context.Context, q db.Q, colleague string, _ time.Time) (int, error) {
		return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM question_draft WHERE colleague = ?`, colleague))
	}, Clear: func(ctx context.Context, tx *db.Tx, colleague string) error {
		_, err := db.Do(ctx, tx, db.F(`DELETE FROM question_draft WHERE colleague = ?`, colleague))
		return err
	}}}
}

// Jobs is the work that runs by itself.
func (q *Questions) Jobs() []web.Job {
	return []web.Job{{Name: "question.climb", Every: 5 * time.Minute, Run: q.Climb}, {Name: "question.sweep", Every: time.Hour, Run: q.sweep}}
}
