package question

// This file holds the doors, and the pages of the person: asking, and what was said.

import (
	"net/http"
	"slices"
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

// bodyMost is the largest form of words.
const bodyMost = 64 << 10

// Routes are the doors. A form and the page that shows it again with its faults have one address.
func (q *Questions) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "question.mine", Method: get, Path: "/mijn/berichten", May: maySelf, Do: q.mineList},
		{Name: "question.ask", Method: get, Path: "/mijn/vraag", May: maySelf, Do: q.askForm},
		{Name: "question.send", Method: post, Path: "/mijn/vraag", May: maySelf, Body: filesMost, Do: q.send},
		{Name: "question.own", Method: get, Path: "/mijn/berichten/{question}", May: maySelf, Do: q.ownOne},
		{Name: "question.more", Method: post, Path: "/mijn/berichten/{question}", May: maySelf, Body: filesMost, Do: q.sendMore},
		{Name: "question.withdraw", Method: post, Path: "/mijn/berichten/{question}/terug", May: maySelf, Do: q.takeBack},

		{Name: "question.letters", Method: get, Path: "/mijn/brief", May: maySelf, Do: q.lettersForm},
		{Name: "question.letter_send", Method: post, Path: "/mijn/brief", May: maySelf, Body: filesMost, Do: q.sendLetter},
		{Name: "question.own_done", Method: post, Path: "/mijn/brief/{question}/gedaan", May: maySelf, Do: q.ownDone},
		{Name: "question.own_file", Method: get, Path: "/mijn/bestand/{clip}", May: maySelf, Do: q.ownFile},

		{Name: "question.list", Method: get, Path: "/vragen", May: mayList, Do: q.list},
		{Name: "question.terms", Method: get, Path: "/vragen/termijnen", May: mayTerms, Do: q.termsForm},
		{Name: "question.terms_save", Method: post, Path: "/vragen/termijnen", May: mayTerms, Do: q.termsSave},
		{Name: "question.one", Method: get, Path: "/dossier/{person}/vraag/{question}", May: mayAnswer, Do: q.one},
		{Name: "question.answer", Method: post, Path: "/dossier/{person}/vraag/{question}", May: mayAnswer, Body: bodyMost, Do: q.sendAnswer},
		{Name: "question.letter", Method: get, Path: "/dossier/{person}/vraag/{question}/brief", May: mayAnswer, Do: q.letterForm},
		{Name: "question.explain", Method: post, Path: "/dossier/{person}/vraag/{question}/brief", May: mayAnswer, Body: bodyMost, Do: q.explainLetter},
		{Name: "question.done", Method: post, Path: "/dossier/{person}/vraag/{question}/gedaan", May: mayAnswer, Do: q.staffDone},
		{Name: "question.file", Method: get, Path: "/dossier/{person}/vraag/{question}/{clip}", May: mayAnswer, Do: q.staffFile},
		{Name: "question.draft", Method: post, Path: "/dossier/{person}/vraag/{question}/concept", May: mayAnswer, Body: bodyMost, Do: q.saveDraft},
	}
}

// mineMost is how many questions Berichten holds.
const mineMost = 100

// state is where a question stands, in a word and a colour.
type state struct{ Kind, Icon, Text string }

// stateOf is the state as the person reads it.
func stateOf(v *web.Visit, a Ask) state {
	key, kind, icon := "answered", "ok", "check"
	switch {
	case !a.Withdrawn.IsZero():
		key, kind, icon = "withdrawn", "", ""
	case a.New():
		key, kind, icon = "new", "brand", "chat-circle-text"
	case a.Over(v.Now):
		key, kind, icon = "late", "warn", "hourglass-medium"
	case a.Waits():
		key, kind, icon = "waits", "", "hourglass-medium"
	}
	return state{kind, icon, lang.T(v.Ctx(), "question.state."+key)}
}

type mineRow struct {
	Href, Title, When string
	State             state
}

type minePage struct{ Rows []mineRow }

// titleMost is how many letters of a question are its title.
const titleMost = 80

// short is the beginning of a text, on one line.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if rs := []rune(text); len(rs) > titleMost {
		return string(rs[:titleMost]) + "…"
	}
	return text
}

func (q *Questions) mineList(v *web.Visit) error {
	f, err := q.files.Open(v, v.Actor.ID, access.File, "question.event.own")
	if err != nil {
		return err
	}
	as, err := own(v.Ctx(), q.db, f.ID(), mineMost)
	if err != nil {
		return err
	}
	ls, err := openLines(f.Key())(db.Many[Line](v.Ctx(), q.db, db.F(lineColumns).Then(`WHERE person = ? AND kind = 'asked' ORDER BY at DESC, id DESC LIMIT 1000`, f.ID())))
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for _, l := range ls { // the oldest comes last, and stays
		if titles[l.Ask] = short(l.What.Text); l.What.Text == "" {
			titles[l.Ask] = lang.T(v.Ctx(), "question.untold")
		}
	}
	var p minePage
	for _, a := range as {
		if !a.Withdrawn.IsZero() && !a.Undoable(v.Now) {
			continue
		}
		p.Rows = append(p.Rows, mineRow{v.URL("question.own", "question", a.ID), titles[a.ID], lang.When(v.Ctx(), a.At, v.Now), stateOf(v, a)})
	}
	return v.Page(pageMine(p))
}

type askPage struct {
	compose
	Promise string // when there will be an answer to what is asked now
	Who     string // who will answer
	Errors  fault.Fields
}

// promise is by when there will be an answer, in words.
func promise(v *web.Visit, due time.Time) string {
	return lang.T(v.Ctx(), "question.by", "day", lang.LongDay(v.Ctx(), clock.DateOf(due.In(clock.Netherlands))), "time", lang.Time(v.Ctx(), due))
}

func (q *Questions) askPage(v *web.Visit, p askPage) (askPage, error) {
	f, err := q.files.Open(v, v.Actor.ID, access.File, "question.event.own")
	if err != nil {
		return p, err
	}
	t, err := terms(v.Ctx(), q.db)
	if err != nil {
		return p, err
	}
	if p.compose, err = q.composed(v, f, "", p.Text, len(p.Errors) > 0); err != nil {
		return p, err
	}
	p.Promise = promise(v, After(v.Now, t.Promise, q.working))
	who, err := q.minder(v.Ctx(), q.db, f.ID(), v.Now)
	if err != nil {
		return p, err
	}
	p.Who, err = q.name(v, who)
	return p, err
}

// name is the name of a colleague; empty for nobody.
func (q *Questions) name(v *web.Visit, id string) (string, error) {
	names, err := q.org.Colleagues(v.Ctx(), []string{id})
	return names[id].Name, err
}

func (q *Questions) askForm(v *web.Visit) error {
	p, err := q.askPage(v, askPage{})
	if err != nil {
		return err
	}
	return v.Page(pageAsk(p))
}

func (q *Questions) send(v *web.Visit) error {
	f, err := q.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	n, err := q.waitingOf(v.Ctx(), f.ID())
	if err != nil {
		return err
	}
	text, fs, done, err := q.compose(v, f, "", n, v.URL("question.ask"))
	if err != nil || done {
		return err
	}
	if len(fs) > 0 {
		p, err := q.askPage(v, askPage{compose: compose{Text: text}, Errors: fs})
		if err != nil {
			return err
		}
		return v.Invalid(pageAsk(p))
	}
	tag := lang.Of(v.Ctx()).Tag
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := q.put(v.Ctx(), tx, f, tag, text)
		return v.URL("question.own", "question", id, "gezegd", "question.said.asked"), err
	})
}

// toldLine is one thing that was said, as the person reads it.
type toldLine struct {
	Line
	By, When string
	Mine     bool
	Files    []shownFile
}

type ownPage struct {
	Ask
	State state
	Turn  string // whose turn it is
	By    string // until when
	Also  string // who else was told
	Took  string // how long the first answer took
	Card  letterCard
	Lines []toldLine
	compose
	Undo    bool
	Errors  fault.Fields
	Foreign bool // the page is in another language than Dutch
}

// owned is a question of the person who asks; every other one is not there.
func (q *Questions) owned(v *web.Visit) (Ask, error) {
	a, err := ask(v.Ctx(), q.db, v.Actor.ID, v.Param("question"))
	if err == nil && !a.Withdrawn.IsZero() && !a.Undoable(v.Now) {
		err = fault.Gone()
	}
	return a, err
}

func (q *Questions) ownPage(v *web.Visit, f dossier.File, a Ask) (ownPage, error) {
	ctx := v.Ctx()
	p := ownPage{Ask: a, State: stateOf(v, a), Undo: a.Undoable(v.Now), Foreign: lang.Of(ctx).Tag != "nl"}
	ls, err := lines(ctx, q.db, f.Key(), a.ID)
	if err != nil {
		return p, err
	}
	also, err := db.Many[string](ctx, q.db, db.F(`SELECT holder FROM question_climb WHERE ask = ? AND ended IS NULL ORDER BY at, id`, a.ID))
	if err != nil {
		return p, err
	}
	ids := append(slices.Clone(also), a.Owner)
	for _, l := range ls {
		ids = append(ids, l.MadeBy)
	}
	names, err := q.org.Colleagues(ctx, ids)
	if err != nil {
		return p, err
	}
	files, err := q.shown(v, a, func(id, part string) string { return v.URL("question.own_file", "clip", id, "deel", part) })
	if err != nil {
		return p, err
	}
	for _, l := range ls {
		p.Lines = append(p.Lines, toldLine{Line: l, By: names[l.MadeBy].Name, When: lang.When(ctx, l.At, v.Now), Mine: l.Kind == Asked, Files: files[l.ID]})
	}
	if a.Waits() {
		p.Turn, p.By = lang.T(ctx, "question.turn.nobody"), promise(v, a.Due)
		if a.Owner != "" {
			p.Turn = lang.T(ctx, "question.turn", "name", names[a.Owner].Name)
		}
		if a.Over(v.Now) {
			p.By = lang.T(ctx, "question.over", "day", lang.LongDay(ctx, clock.DateOf(a.Due.In(clock.Netherlands))), "time", lang.Time(ctx, a.Due))
		}
		var others []string
		for _, id := range also {
			others = append(others, names[id].Name)
		}
		if len(others) > 0 {
			p.Also = lang.T(ctx, "question.also", "names", lang.Join(ctx, others))
		}
	}
	l, err := letter(ctx, q.db, f.Key(), a.ID)
	if err != nil {
		return p, err
	}
	letterFacts(v, &p.Card, l)
	p.Card.DoneURL = v.URL("question.own_done", "question", a.ID)
	if !a.FirstAt.IsZero() {
		p.Took = lang.T(ctx, "question.took", "time", tookText(v, a.Took))
	}
	return p, nil
}

// tookText is working time in words: hours, or days when it is long.
func tookText(v *web.Visit, minutes int) string {
	hours := (minutes + 59) / 60
	switch {
	case hours <= 1:
		return lang.T(v.Ctx(), "question.took.hour")
	case hours < 2*DayHours:
		return lang.T(v.Ctx(), "question.took.hours", "n", hours)
	}
	return lang.T(v.Ctx(), "question.took.days", "n", (hours+DayHours-1)/DayHours)
}

func (q *Questions) ownOne(v *web.Visit) error {
	a, err := q.owned(v)
	if err != nil {
		return err
	}
	f, err := q.files.Open(v, v.Actor.ID, access.File, "question.event.own")
	if err != nil {
		return err
	}
	p, err := q.ownPage(v, f, a)
	if err != nil {
		return err
	}
	if p.compose, err = q.composed(v, f, a.ID, "", false); err != nil {
		return err
	}
	if a.New() {
		if err := q.db.Tx(v.Ctx(), func(tx *db.Tx) error { return look(v.Ctx(), tx, a.ID) }); err != nil {
			return err
		}
	}
	return v.Page(pageOwn(p))
}

func (q *Questions) sendMore(v *web.Visit) error {
	a, err := q.owned(v)
	if err != nil {
		return err
	}
	f, err := q.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	text, fs, done, err := q.compose(v, f, a.ID, 0, v.URL("question.own", "question", a.ID))
	if err != nil || done {
		return err
	}
	if len(fs) > 0 {
		if f, err = q.files.Open(v, v.Actor.ID, access.File, "question.event.own"); err != nil {
			return err
		}
		p, err := q.ownPage(v, f, a)
		if err != nil {
			return err
		}
		if p.compose, err = q.composed(v, f, a.ID, text, true); err != nil {
			return err
		}
		p.Errors = fs
		return v.Invalid(pageOwn(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("question.own", "question", a.ID, "gezegd", "question.said.more"), q.more(v.Ctx(), tx, f, a.ID, text)
	})
}

func (q *Questions) takeBack(v *web.Visit) error {
	a, err := q.owned(v)
	if err != nil {
		return err
	}
	f, err := q.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	undo := v.Value("undo") != ""
	said := "question.said.withdrawn"
	if undo {
		said = "question.said.asked"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("question.own", "question", a.ID, "gezegd", said), q.withdraw(v.Ctx(), tx, f, a.ID, undo)
	})
}
