package question

// This file holds the pages of colleagues: what waits, one question with its answer, and how long an answer may take.

import (
	"slices"
	"strconv"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// listMost is how many questions each part of the list holds.
const listMost = 60

// speedDays is over how many days the speed is counted.
const speedDays = 90

type loadRow struct {
	Name, Sub string
	Load
}

type listPage struct {
	Mine, Others, Past []ui.RowP
	Team               []loadRow
	Speed              Speed
	Half               string
	Terms              Terms
}

// rows are questions in a list: who asked, since when, and when the answer must be there. No word of what was asked.
func (q *Questions) rows(v *web.Visit, as []Ask) ([]ui.RowP, error) {
	ctx := v.Ctx()
	var people, owners []string
	for _, a := range as {
		people, owners = append(people, a.Person), append(owners, a.Owner)
	}
	called, err := q.files.Names(ctx, people)
	if err != nil {
		return nil, err
	}
	names, err := q.org.Colleagues(ctx, owners)
	if err != nil {
		return nil, err
	}
	var out []ui.RowP
	for _, a := range as {
		r := ui.RowP{Href: v.URL("question.one", "person", a.Person, "question", a.ID), Title: lang.T(ctx, "question.row", "name", called[a.Person])}
		if a.Letter {
			r.Title = lang.T(ctx, "question.row.letter", "name", called[a.Person])
		}
		owner := ""
		if a.Owner != v.Actor.ID {
			owner = lang.T(ctx, "question.row.owner", "name", names[a.Owner].Name)
			if a.Owner == "" {
				owner = lang.T(ctx, "question.row.noowner")
			}
		}
		if !a.Waits() {
			r.Sub = lang.Dots(lang.When(ctx, a.Told, v.Now), lang.T(ctx, "question.took", "time", tookText(v, a.Took)), owner)
			if a.Seen.Before(a.Told) {
				r.Tag = lang.T(ctx, "question.unread")
			} else {
				r.TagKind, r.TagIcon, r.Tag = "ok", "check", lang.T(ctx, "question.read")
			}
		} else {
			r.Sub = lang.Dots(lang.T(ctx, "question.row.since", "when", lang.When(ctx, a.Since, v.Now)), lang.Find(a.Lang).Dutch, owner)
			today, due := clock.Today(v.Now), clock.DateOf(a.Due.In(clock.Netherlands))
			switch {
			case a.Over(v.Now):
				r.TagKind, r.TagIcon, r.Tag = "danger", "warning", lang.T(ctx, "question.row.over", "when", lang.When(ctx, a.Due, v.Now))
			case due == today:
				r.TagKind, r.TagIcon, r.Tag = "warn", "hourglass-medium", lang.T(ctx, "question.row.today", "time", lang.Time(ctx, a.Due))
			default:
				r.Tag = lang.T(ctx, "question.row.due", "day", lang.ShortDay(ctx, due))
			}
		}
		out = append(out, r)
	}
	return out, nil
}

func (q *Questions) list(v *web.Visit) error {
	ctx := v.Ctx()
	var p listPage
	for _, x := range []struct {
		to   *[]ui.RowP
		read func() ([]Ask, error)
	}{
		{&p.Mine, func() ([]Ask, error) { return q.mine(ctx, v.Actor, v.Now, listMost) }},
		{&p.Others, func() ([]Ask, error) { return q.others(ctx, v.Actor, v.Now, listMost) }},
		{&p.Past, func() ([]Ask, error) { return q.answered(ctx, v.Actor, v.Now, 20) }},
	} {
		as, err := x.read()
		if err != nil {
			return err
		}
		if *x.to, err = q.rows(v, as); err != nil {
			return err
		}
	}
	if led := v.Actor.At(access.Lead, access.Team); len(led) > 0 {
		ls, err := q.loads(ctx, led, v.Now)
		if err != nil {
			return err
		}
		var ids []string
		for _, l := range ls {
			ids = append(ids, l.Owner)
		}
		names, err := q.org.Colleagues(ctx, ids)
		if err != nil {
			return err
		}
		for _, l := range ls {
			r := loadRow{Name: names[l.Owner].Name, Load: l, Sub: lang.T(ctx, "question.load.due", "when", lang.ShortDay(ctx, clock.DateOf(l.Due.In(clock.Netherlands))), "time", lang.Time(ctx, l.Due))}
			if l.Owner == "" {
				r.Name = lang.T(ctx, "question.row.noowner")
			}
			p.Team = append(p.Team, r)
		}
	}
	teams, err := q.org.TeamsOf(ctx, v.Actor.ID, v.Now)
	if err != nil {
		return err
	}
	if p.Speed, err = q.speed(ctx, teams, v.Now.AddDate(0, 0, -speedDays)); err != nil {
		return err
	}
	p.Half = tookText(v, p.Speed.Half)
	if p.Terms, err = terms(ctx, q.db); err != nil {
		return err
	}
	return v.Page(pageList(p))
}

type onePage struct {
	Ask
	File      dossier.File
	Tongue    string // in Dutch, the language of the page on which it was asked
	Due, Took string
	Owner     string
	Over      bool
	Spoken    bool // something of it was spoken
	Photo     bool // there is a photograph in it
	Card      letterCard
	Lines     []toldLine
	May       bool // answer it
	In        AnswerInput
	Saved     string // when the draft was kept
	Errors    fault.Fields
}

// asked is a question in a file that is open; what was taken back is not there.
func (q *Questions) asked(v *web.Visit) (Ask, error) {
	a, err := ask(v.Ctx(), q.db, v.Param("person"), v.Param("question"))
	if err == nil && !a.Withdrawn.IsZero() {
		err = fault.Gone()
	}
	return a, err
}

func (q *Questions) onePage(v *web.Visit, f dossier.File, a Ask) (onePage, error) {
	ctx := v.Ctx()
	p := onePage{Ask: a, File: f, Tongue: lang.Find(a.Lang).Dutch, Over: a.Over(v.Now), May: f.Changes(mayAnswer)}
	ls, err := lines(ctx, q.db, f.Key(), a.ID)
	if err != nil {
		return p, err
	}
	ids := []string{a.Owner}
	for _, l := range ls {
		ids = append(ids, l.MadeBy)
	}
	names, err := q.org.Colleagues(ctx, ids)
	if err != nil {
		return p, err
	}
	files, err := q.shown(v, a, func(id, part string) string {
		return v.URL("question.file", "person", f.ID(), "question", a.ID, "clip", id, "deel", part)
	})
	if err != nil {
		return p, err
	}
	for _, l := range ls {
		by := names[l.MadeBy].Name
		if l.Kind == Asked {
			by = f.Called()
		}
		p.Lines = append(p.Lines, toldLine{Line: l, By: by, When: lang.When(ctx, l.At, v.Now), Mine: l.Kind == Answered, Files: files[l.ID]})
		p.Spoken = p.Spoken || slices.ContainsFunc(files[l.ID], func(x shownFile) bool { return x.Voice })
		p.Photo = p.Photo || slices.ContainsFunc(files[l.ID], func(x shownFile) bool { return !x.Voice })
	}
	l, err := letter(ctx, q.db, f.Key(), a.ID)
	if err != nil {
		return p, err
	}
	p.Card.DoneURL = v.URL("question.done", "person", f.ID(), "question", a.ID)
	letterFacts(v, &p.Card, l)
	p.Card.ProcedureURL = procedureURL(v, f.ID(), l)
	if p.Owner = names[a.Owner].Name; a.Owner == "" {
		p.Owner = lang.T(ctx, "question.row.noowner")
	}
	p.Due = lang.Commas(lang.LongDay(ctx, clock.DateOf(a.Due.In(clock.Netherlands))), lang.Time(ctx, a.Due))
	if !a.FirstAt.IsZero() {
		p.Took = tookText(v, a.Took)
	}
	return p, nil
}

func (q *Questions) one(v *web.Visit) error {
	f, err := q.files.Open(v, v.Param("person"), access.File, "question.event.read")
	if err != nil {
		return err
	}
	a, err := q.asked(v)
	if err != nil {
		return err
	}
	p, err := q.onePage(v, f, a)
	if err != nil {
		return err
	}
	in, at, err := q.draft(v.Ctx(), f.Key(), a.ID, v.Actor.ID)
	if err != nil {
		return err
	}
	if p.In = in.AnswerInput; !at.IsZero() {
		p.Saved = lang.T(v.Ctx(), "question.draft.at", "time", lang.Time(v.Ctx(), at))
	}
	return v.Page(pageOne(p))
}

func answerInput(v *web.Visit) (AnswerInput, int64) {
	version := v.Number("versie")
	return AnswerInput{Text: v.Value("antwoord"), Other: v.Value("vertaling"), How: v.Value("hoe"), Heard: v.Value("gehoord")}, version
}

func (q *Questions) sendAnswer(v *web.Visit) error {
	f, err := q.files.OpenToChange(v, v.Param("person"), mayAnswer)
	if err != nil {
		return err
	}
	a, err := q.asked(v)
	if err != nil {
		return err
	}
	in, version := answerInput(v)
	if fs := in.Check(a.Lang); len(fs) > 0 {
		return q.again(v, f, a, in, fs)
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("question.list", "gezegd", "question.said.answered"), q.answer(v.Ctx(), tx, f, a.ID, version, in.words(a.Lang))
	})
	if fault.Is(err, fault.Conflict) && fault.As(err).Key == "question.conflict" { // somebody else answered, or something was added
		if a, err = q.asked(v); err != nil {
			return err
		}
		return q.again(v, f, a, in, fault.Fields{{Name: "antwoord", Key: "question.error.moved"}})
	}
	return err
}

// again shows the form with what was typed and every fault of it.
func (q *Questions) again(v *web.Visit, f dossier.File, a Ask, in AnswerInput, fs fault.Fields) error {
	f, err := q.files.Open(v, f.ID(), access.File, "question.event.read")
	if err != nil {
		return err
	}
	p, err := q.onePage(v, f, a)
	if err != nil {
		return err
	}
	p.In, p.Errors = in, fs
	return v.Invalid(pageOne(p))
}

func (q *Questions) saveDraft(v *web.Visit) error {
	f, err := q.files.OpenToChange(v, v.Param("person"), mayAnswer)
	if err != nil {
		return err
	}
	in, version := letterInput(v)
	if !v.Has("van") { // the short form, which leaves what was begun about a letter as it is
		had, _, err := q.draft(v.Ctx(), f.Key(), v.Param("question"), v.Actor.ID)
		if err != nil {
			return err
		}
		had.AnswerInput = in.AnswerInput
		in = had
	}
	if err := q.keepDraft(v.Ctx(), f, v.Param("question"), version, in); err != nil {
		return err
	}
	return v.Text(200, lang.T(v.Ctx(), "question.draft.at", "time", lang.Time(v.Ctx(), v.Now)))
}

type termsPage struct {
	Now    Terms
	In     TermsInput
	Errors fault.Fields
}

func (q *Questions) termsForm(v *web.Visit) error {
	t, err := terms(v.Ctx(), q.db)
	if err != nil {
		return err
	}
	return v.Page(pageTerms(termsPage{Now: t, In: TermsInput{strconv.Itoa(t.Promise), strconv.Itoa(t.Deputy), strconv.Itoa(t.Lead)}}))
}

func (q *Questions) termsSave(v *web.Visit) error {
	now, err := terms(v.Ctx(), q.db)
	if err != nil {
		return err
	}
	in := TermsInput{v.Value("belofte"), v.Value("vervanger"), v.Value("leiding")}
	t, fs := in.Check()
	if len(fs) > 0 {
		return v.Invalid(pageTerms(termsPage{now, in, fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("question.terms", "gezegd", "question.said.terms"), putTerms(v.Ctx(), tx, v.Actor.ID, t)
	})
}
