package knelpunt

// This file holds the public form and the desk on which it lands.

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type reportPage struct {
	In     ReportInput
	Riddle string
	Errors fault.Fields
}

// openForm shows the form with a fresh riddle and a fresh code. The code is written down before sending: so it stands in no address.
func (k *Knelpunten) openForm(v *web.Visit) error {
	in := ReportInput{Code: NewCode()}
	if who := v.Value("wie"); slices.Contains(Whos, who) {
		in.Who = who
	}
	return v.Page(pageReport(reportPage{In: in, Riddle: NewRiddle(k.key(), v.Now)}))
}

// openSend takes a report whose riddle was answered, and lets every other one wait. Nothing is kept of one that waits: it travels
// sealed in the page.
func (k *Knelpunten) openSend(v *web.Visit) error {
	p := reportPage{Riddle: v.Value("raadsel"), In: ReportInput{v.Value("wie"), v.Value("thema"), v.Value("ernst"), v.Value("woorden"), v.Value("code"), lang.Of(v.Ctx()).Tag, v.Has("volg")}}
	r, ok := ReadRiddle(k.key(), p.Riddle, v.Now)
	p.Errors = p.In.Check()
	if ReadCode(p.In.Code) == "" {
		p.In.Code = NewCode()
	}
	if !ok {
		k.held.add("riddle")
		p.Riddle = NewRiddle(k.key(), v.Now)
		p.Errors.Add("raadsel", "knelpunt.error.old")
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageReport(p))
	}
	if !Answered(p.Riddle, v.Value("som")) {
		w := waiting{r, v.Now, p.In}
		return v.Page(pageOpenWait(k.sealWaiting(w), int(waits/time.Second)))
	}
	return k.take(v, r, p.In)
}

// waiting is a report that waits, as it travels in the page.
type waiting struct {
	Riddle Riddle
	Since  time.Time
	In     ReportInput
}

const waitingPlace = "knelpunt.waiting"

func (k *Knelpunten) sealWaiting(w waiting) string {
	b, _ := json.Marshal(w) // texts and times always become JSON
	return base64.RawURLEncoding.EncodeToString(k.key().Seal(waitingPlace, b))
}

// openWaited takes a report that has waited, or lets it wait the rest.
func (k *Knelpunten) openWaited(v *web.Visit) error {
	var w waiting
	b, err := base64.RawURLEncoding.DecodeString(v.Value("bewaard"))
	if err == nil {
		b, err = k.key().Open(waitingPlace, b)
	}
	if err != nil || b == nil || json.Unmarshal(b, &w) != nil || v.Now.Sub(w.Since) > riddleAge || w.Since.After(v.Now) {
		k.held.add("wait")
		return fault.New(fault.Conflict, "knelpunt.error.old")
	}
	if left := w.Riddle.Waited(w.Since, v.Now); left > 0 {
		return v.Page(pageOpenWait(v.Value("bewaard"), int((left+time.Second-1)/time.Second)))
	}
	return k.take(v, w.Riddle, w.In)
}

// take keeps a report, of nobody. What is too many is counted and not written.
func (k *Knelpunten) take(v *web.Visit, r Riddle, in ReportInput) error {
	if err := k.limit.Take(v); err != nil {
		k.held.add("many")
		return err
	}
	keep := k.files.Follower(v)
	v.Nobody()
	return v.Write(func(tx *db.Tx) (string, error) {
		if in.Follow && keep != nil {
			if err := keep(v.Ctx(), tx, "knelpunt.theme."+in.Theme, ReadCode(in.Code)); err != nil {
				return "", err
			}
		}
		return v.URL("knelpunt.follow", "gezegd", "knelpunt.said.sent"), k.receive(v.Ctx(), tx, r.ID, in)
	})
}

type followPage struct {
	Code    string
	State   string
	Answers []dossier.Answer
	Errors  fault.Fields
}

func (k *Knelpunten) followForm(v *web.Visit) error { return v.Page(pageFollow(followPage{})) }

// follow tells whoever holds a code what was done. It writes nothing; it is a form so that the code stands in no address.
func (k *Knelpunten) follow(v *web.Visit) error {
	if err := k.guesses.Take(v); err != nil {
		k.held.add("guess")
		return err
	}
	p := followPage{Code: v.Value("code")}
	var err error
	if code := ReadCode(p.Code); code != "" {
		if p.State, err = k.standing(v.Ctx(), code); err != nil {
			return err
		}
		if p.Answers, err = k.Answers(v.Ctx(), code); err != nil {
			return err
		}
	}
	if p.State == "" {
		p.Errors.Add("code", "knelpunt.error.code")
		return v.Invalid(pageFollow(p))
	}
	return v.Page(pageFollow(p))
}

type deskPage struct {
	Tabs []ui.TabP
	Rows []ui.RowP
	Held int
}

// heldDays is how far back the desk counts what was held back.
const heldDays = 7

func (k *Knelpunten) desk(v *web.Visit) error {
	rs, err := k.reports(v.Ctx(), k.db, db.F(`state = 'new'`))
	if err != nil {
		return err
	}
	p := deskPage{Tabs: k.tabs(v, "knelpunt.desk")}
	if p.Held, err = k.heldSince(v.Ctx(), clock.Today(v.Now).AddDays(-heldDays)); err != nil {
		return err
	}
	for _, r := range rs {
		p.Rows = append(p.Rows, ui.RowP{Href: v.URL("knelpunt.report", "report", r.ID), Title: lang.T(v.Ctx(), "knelpunt.theme."+r.Theme), Sub: lang.Dots(lang.T(v.Ctx(), "knelpunt.who."+r.Who), lang.Find(r.Lang).Dutch),
			Tag: lang.T(v.Ctx(), "knelpunt.weight."+r.Weight), TagKind: weightLooks[r.Weight][0], TagIcon: weightLooks[r.Weight][1]})
	}
	return v.Page(pageDesk(p))
}

func (k *Knelpunten) oneReport(v *web.Visit) error {
	r, err := k.report(v.Ctx(), k.db, v.Param("report"))
	if err != nil {
		return err
	}
	return v.Page(pageOneReport(r))
}

// dropReport puts a report aside: nothing to signal, or nonsense.
func (k *Knelpunten) dropReport(v *web.Visit) error {
	r, err := k.report(v.Ctx(), k.db, v.Param("report"))
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.desk", "gezegd", "knelpunt.said.dropped"), k.settle(v.Ctx(), tx, v.Actor, r.ID, "dropped")
	})
}
