package identity

// This file holds asking to be let into a file, and answering.

import (
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// askPage asks about somebody who was found elsewhere while registering.
type askPage struct {
	Check  string
	With   []string // by which identifiers
	Words  string
	Errors fault.Fields
}

// check reads the question of the address: only whoever asked it, on the same day, and when somebody was found.
func (i *Identity) check(v *web.Visit) (dossier.Check, error) {
	c, err := i.files.CheckOf(v.Ctx(), i.db, v.Param("check"))
	if err == nil && (c.Actor != v.Actor.ID || c.Person == "" || c.Day != clock.Today(v.Now).String()) {
		err = fault.Gone()
	}
	return c, err
}

func (i *Identity) askForm(v *web.Visit) error {
	c, err := i.check(v)
	if err != nil {
		return err
	}
	return v.Page(pageAsk(askPage{Check: c.ID, With: kinds(v, c.Kind)}))
}

func (i *Identity) askKnown(v *web.Visit) error {
	c, err := i.check(v)
	if err != nil {
		return err
	}
	var fs fault.Fields
	needText(&fs, "reason", v.Value("reason"))
	if len(fs) > 0 {
		return v.Invalid(pageAsk(askPage{Check: c.ID, With: kinds(v, c.Kind), Words: v.Value("reason"), Errors: fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := i.ask(v.Ctx(), tx, v.Actor, c.Person, "", v.Actor.ID, v.Value("reason"))
		return v.URL("identity.request", "request", id, "gezegd", "identity.said.asked"), err
	})
}

type requestRow struct {
	URL, Title, Sub string
	State           string
}

type requestsPage struct{ Answer, Asked []requestRow }

func (i *Identity) requests(v *web.Visit) error {
	w, err := i.work(v)
	if err != nil {
		return err
	}
	var p requestsPage
	if p.Answer, err = i.requestRows(v, w.Requests, true); err != nil {
		return err
	}
	mine, err := asked(v.Ctx(), i.db, v.Actor.ID, 100)
	if err != nil {
		return err
	}
	if p.Asked, err = i.requestRows(v, mine, false); err != nil {
		return err
	}
	return v.Page(pageRequests(p))
}

// requestRows are rows of requests: to those who answer, with who asks and about whom; to those who asked, without whom.
func (i *Identity) requestRows(v *web.Visit, rs []Request, answering bool) ([]requestRow, error) {
	ctx := v.Ctx()
	var ids []string
	for _, r := range rs {
		ids = append(ids, r.Asker)
	}
	called, err := i.called(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []requestRow
	for _, r := range rs {
		row := requestRow{URL: v.URL("identity.request", "request", r.ID), State: i.stateOf(v, r), Sub: lang.When(ctx, r.At, v.Now)}
		if answering {
			who, err := i.who(v, r.Person)
			if err != nil {
				return nil, err
			}
			row.Title = lang.T(ctx, "identity.request.row", "name", called[r.Asker], "who", who)
		} else {
			row.Title = lang.T(ctx, "identity.request.mine")
			if r.Asker != v.Actor.ID {
				row.Title = lang.T(ctx, "identity.request.foryou", "name", called[r.Asker])
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// stateOf is the state of a request as it stands now: a yes ends by itself.
func (i *Identity) stateOf(v *web.Visit, r Request) string {
	if r.State == yes && !v.Now.Before(r.Until) {
		return "over"
	}
	return r.State
}

// requestPage is one request, for whoever asked or whoever answers.
type requestPage struct {
	Request  Request
	State    string
	Answers  bool // the visitor may answer
	Back     bool // the visitor may take it back
	Asker    string
	Reader   string
	Team     string // of the asker
	Who      string // whose file, for who answers
	Answerer string
	FileURL  string
	PairURL  string
	Until    string
	Words    string
	Errors   fault.Fields
}

func (i *Identity) request(v *web.Visit) error {
	r, asks, answers, err := i.reachRequest(v)
	if err != nil {
		return err
	}
	return i.showRequest(v, r, asks, answers, "", nil)
}

// reachRequest reads the request of the address, and how the visitor stands to it.
func (i *Identity) reachRequest(v *web.Visit) (r Request, asks, answers bool, err error) {
	if r, err = requestOf(v.Ctx(), i.db, v.Param("request")); err != nil {
		return r, false, false, err
	}
	asks = slices.Contains([]string{r.Asker, r.Reader}, v.Actor.ID)
	if !asks {
		if answers, err = i.speaks(v.Ctx(), i.db, v.Actor, r.Person, v.Now); err != nil {
			return r, false, false, err
		}
	}
	if !asks && !answers {
		err = fault.Gone()
	}
	return r, asks, answers, err
}

func (i *Identity) showRequest(v *web.Visit, r Request, asks, answers bool, words string, fs fault.Fields) error {
	ctx := v.Ctx()
	if err := i.openRequest(ctx, &r); err != nil {
		return err
	}
	p := requestPage{Request: r, State: i.stateOf(v, r), Words: words, Errors: fs, Answers: answers && r.State == waiting}
	p.Back = r.State == waiting && asks || p.State == yes
	called, err := i.called(ctx, []string{r.Asker, r.Reader, r.Answerer})
	if err != nil {
		return err
	}
	p.Asker, p.Reader = called[r.Asker], called[r.Reader]
	if !r.Until.IsZero() {
		p.Until = lang.Day(ctx, clock.DateOf(r.Until.In(clock.Netherlands)))
	}
	if p.State == yes || answers { // who said no is not told: it would say where the person is helped
		p.Answerer = called[r.Answerer]
	}
	if answers {
		if p.Who, err = i.who(v, r.Person); err != nil {
			return err
		}
		team, err := i.org.TeamOf(ctx, r.Asker, v.Now)
		if err != nil {
			return err
		}
		if team != "" {
			t, err := i.org.Team(ctx, team)
			if err != nil {
				return err
			}
			p.Team = t.Name
		}
		err = i.db.Tx(ctx, func(tx *db.Tx) error {
			return audit.Append(ctx, tx, audit.Entry{Event: "identity.event.request.read", Subject: r.Person, Actor: v.Actor.ID, ActorKind: string(v.Actor.Kind), Role: roleOf(v.Actor), Object: r.ID, Session: v.Actor.Session})
		})
		if err != nil {
			return err
		}
	}
	see, err := visible(ctx, i.db, v.Actor, []string{r.Person}, v.Now)
	if err != nil {
		return err
	}
	if see[r.Person] {
		p.FileURL = v.URL("dossier.open", "person", r.Person)
		if r.Pair != "" && p.State == yes {
			p.PairURL = v.URL("identity.pair", "pair", r.Pair)
		}
	}
	if len(fs) > 0 {
		return v.Invalid(pageRequest(p))
	}
	return v.Page(pageRequest(p))
}

func (i *Identity) answerRequest(v *web.Visit) error {
	r, asks, answers, err := i.reachRequest(v)
	if err != nil {
		return err
	}
	if !answers {
		return fault.New(fault.Denied, "identity.error.own")
	}
	var fs fault.Fields
	ok, words := v.Value("antwoord") == yes, v.Value("words")
	checkText(&fs, "words", words)
	if !ok && words == "" {
		fs.Add("words", "identity.error.words")
	}
	if len(fs) > 0 {
		return i.showRequest(v, r, asks, answers, words, fs)
	}
	said := map[bool]string{true: "identity.said.letin", false: "identity.said.refused"}[ok]
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("identity.requests", "gezegd", said), i.answer(v.Ctx(), tx, v.Actor, r.ID, ok, words)
	})
}

func (i *Identity) takeBackRequest(v *web.Visit) error {
	r, asks, _, err := i.reachRequest(v)
	if err != nil {
		return err
	}
	if r.State == waiting && !asks {
		return fault.New(fault.Denied, "identity.error.own")
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("identity.requests", "gezegd", "identity.said.takenback"), i.takeBack(v.Ctx(), tx, v.Actor, r.ID)
	})
}
