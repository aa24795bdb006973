package portal

// This file holds the page of one question or report, for the colleague who answers it.

import (
	"context"
	"maps"
	"net/http"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type wordPage struct {
	Word     Word
	Title    string
	Facts    []ui.FactP
	By       string // who dealt with it
	Edit     string // address of the form where the fact is put right
	Log      string // address of the log with these looks
	Reply    string
	Conflict bool
	Errors   fault.Fields
}

// errand is a word in the hands of a colleague who may deal with it.
type errand struct {
	w      Word
	called string // of the person; empty for a privacy officer, who does not see the file
	key    privacy.Key
	log    func(tx *db.Tx, event string) error
}

// whyQuestion is the reason the log tells for a privacy officer, who has no grant on the file.
const whyQuestion = "question"

// allowed finds a word this actor may deal with. A report is part of the file: it is for who may change something there, not
// for who looks in an emergency, and reading it is a look. A question about a look is for the privacy officer, who gets the question and the log of that day,
// not the file. For everybody else it is as if it were not there.
func (p *Portal) allowed(v *web.Visit, reading bool) (e errand, err error) {
	ctx := v.Ctx()
	if e.w, err = p.head(ctx, v.Param("word")); err != nil {
		return e, err
	}
	if e.w.Kind == AboutFact {
		open := p.files.OpenToChange
		if reading {
			open = func(v *web.Visit, person string, may access.Rule) (dossier.File, error) {
				return p.files.OpenToFill(v, person, may, "portal.event.read")
			}
		}
		f, err := open(v, e.w.Person, mayWord)
		if err != nil {
			return e, err
		}
		e.called, e.key = f.Called(), f.Key()
		e.log = func(tx *db.Tx, event string) error { return f.Log(ctx, tx, event, e.w.ID) }
		return e, nil
	}
	if !v.Actor.Has(access.Privacy) {
		return e, fault.Gone()
	}
	e.log = func(tx *db.Tx, event string) error {
		return audit.Append(ctx, tx, audit.Entry{Event: event, Subject: e.w.Person, Actor: v.Actor.ID, ActorKind: string(v.Actor.Kind), Role: string(access.Privacy), Why: whyQuestion, Object: e.w.ID, Session: v.Session.ID})
	}
	if reading {
		if err := p.db.Tx(ctx, func(tx *db.Tx) error { return e.log(tx, "portal.event.read") }); err != nil {
			return e, err
		}
	}
	e.key, err = p.vault.Key(ctx, e.w.Person)
	return e, err
}

// lookers are the names of who looked: colleagues, and lawyers from outside.
func (p *Portal) lookers(ctx context.Context, ids []string) (map[string]string, error) {
	outside, err := p.files.Outsiders(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := maps.Clone(outside)
	if out == nil {
		out = map[string]string{}
	}
	names, err := p.org.Colleagues(ctx, ids)
	for id, c := range names {
		out[id] = c.Name
	}
	return out, err
}

func (p *Portal) wordPage(v *web.Visit) (wordPage, error) {
	ctx := v.Ctx()
	e, err := p.allowed(v, true)
	if err != nil {
		return wordPage{}, err
	}
	w, err := p.whole(ctx, p.db, e.key, e.w.ID)
	if err != nil {
		return wordPage{}, err
	}
	page := wordPage{Word: w, Reply: w.Reply}
	fact := func(key, value string) {
		page.Facts = append(page.Facts, ui.FactP{Label: lang.T(ctx, "portal.word."+key), Value: value})
	}
	if w.Kind == AboutFact {
		page.Title = lang.T(ctx, "portal.word.fact", "name", e.called, "fact", factLabel(v, w.About))
		page.Edit = v.URL("dossier.edit", "person", w.Person)
		fact("told", dayOf(v, w)+", "+lang.Time(ctx, w.At))
	} else {
		day, actor, why, _ := ReadLook(w.About)
		es, err := audit.Search(ctx, p.db, audit.Filter{Subject: w.Person, Actor: actor, Why: why, From: day.In(clock.Netherlands), Until: day.AddDays(1).In(clock.Netherlands)}, 500)
		if err != nil {
			return wordPage{}, err
		}
		names, err := p.lookers(ctx, []string{actor})
		if err != nil {
			return wordPage{}, err
		}
		page.Title = lang.T(ctx, "portal.word.look", "name", names[actor], "day", lang.Day(ctx, day))
		fact("who", names[actor])
		fact("day", lang.FullDay(ctx, day))
		for _, l := range audit.Looks(es, clock.Netherlands) {
			reason := "portal.why." + l.Why
			if !lang.Has(ctx, reason) {
				reason = "portal.why.work"
			}
			fact("reason", lang.T(ctx, reason))
			fact("times", lang.T(ctx, "portal.word.count", "n", l.Times, "from", lang.Time(ctx, l.First), "to", lang.Time(ctx, l.Last)))
			var did []string
			for _, a := range Acts(l.Events) {
				did = append(did, lang.T(ctx, "portal.did."+a))
			}
			if len(did) > 0 {
				fact("did", strings.Join(did, ", "))
			}
		}
		fact("file", w.Person)
		fact("said", dayOf(v, w)+", "+lang.Time(ctx, w.At))
		if web.Known(ctx, "oversight.log") {
			page.Log = v.URL("oversight.log", "persoon", w.Person, "van", day.String(), "tot", day.String())
		}
	}
	if !w.Done() {
		fact("due", lang.LongDay(ctx, w.Due()))
	} else {
		names, err := p.org.Colleagues(ctx, []string{w.DoneBy})
		if err != nil {
			return wordPage{}, err
		}
		page.By = lang.T(ctx, "portal.word.done", "name", names[w.DoneBy].Name, "when", lang.When(ctx, w.DoneAt, v.Now))
	}
	return page, nil
}

func (p *Portal) word(v *web.Visit) error {
	page, err := p.wordPage(v)
	if err != nil {
		return err
	}
	return v.Page(pageWord(page))
}

// settle answers. A question about a look needs an answer: it was promised.
func (p *Portal) settle(v *web.Visit) error {
	e, err := p.allowed(v, false)
	if err != nil {
		return err
	}
	reply, needed := v.Value("reply"), ""
	if e.w.Kind == AboutLook {
		needed = "portal.error.reply"
	}
	var fs fault.Fields
	CheckText(&fs, "reply", reply, needed)
	if len(fs) > 0 {
		page, err := p.wordPage(v)
		if err != nil {
			return err
		}
		page.Reply, page.Errors = reply, fs
		return v.Invalid(pageWord(page))
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		if err := p.answer(v.Ctx(), tx, e.key, e.w, reply, v.Actor.ID); err != nil {
			return "", err
		}
		return v.URL("portal.word", "word", e.w.ID, "gezegd", "portal.said.settled"), e.log(tx, "portal.event.answered")
	})
	if !fault.Is(err, fault.Conflict) {
		return err
	}
	page, perr := p.wordPage(v) // somebody else was first: both answers are shown, nothing is lost
	if perr != nil {
		return perr
	}
	if !page.Word.Done() {
		return err // a form without its key, not a colleague
	}
	page.Reply, page.Conflict = reply, true
	return v.Status(http.StatusConflict, pageWord(page))
}

// reopenWord undoes an answer: the word waits again.
func (p *Portal) reopenWord(v *web.Visit) error {
	e, err := p.allowed(v, false)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := p.again(v.Ctx(), tx, e.w); err != nil {
			return "", err
		}
		return v.URL("portal.word", "word", e.w.ID, "gezegd", "portal.said.reopened"), e.log(tx, "portal.event.reopened")
	})
}
