package knelpunt

// This file holds the public form and the desk on which it lands.

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

type reportPage struct {
	In     ReportInput
	Months []clock.Date
	Riddle string
	Urgent organisation.UrgentP
	Errors fault.Fields
}

// openForm shows the form with a fresh riddle and a fresh code. The code is written down before sending: so it stands in no address.
func (k *Knelpunten) openForm(v *web.Visit) error {
	in := ReportInput{Code: NewCode()}
	if who := v.Value("wie"); slices.Contains(Whos, who) {
		in.Who = who
	}
	in.Detail = ReadDetail(v.Value("vorm"), func(string) []string { return nil })
	in.Theme = formTheme[in.Detail.Form]
	p := reportPage{In: in, Months: Months(clock.Today(v.Now)), Riddle: NewRiddle(k.key(), v.Now)}
	var err error
	if p.Urgent, err = k.org.UrgentNow(v, k.free); err != nil {
		return err
	}
	return v.Page(pageReport(p))
}

// openTabs are the forms to choose from: what goes wrong anywhere, or one that asks more of less.
func openTabs(ctx context.Context, in ReportInput) []ui.TabP {
	out := []ui.TabP{{Label: lang.T(ctx, "knelpunt.open.form.none"), URL: web.URL(ctx, "knelpunt.open", "wie", in.Who), Current: in.Detail.Form == ""}}
	for _, f := range Forms {
		out = append(out, ui.TabP{Label: lang.T(ctx, "knelpunt.form."+f), URL: web.URL(ctx, "knelpunt.open", "wie", in.Who, "vorm", f), Current: in.Detail.Form == f})
	}
	return out
}

// openSend takes a report whose riddle was answered, and lets every other one wait. Nothing is kept of one that waits: it travels
// sealed in the page.
func (k *Knelpunten) openSend(v *web.Visit) error {
	p := reportPage{Riddle: v.Value("raadsel"), Months: Months(clock.Today(v.Now)), In: ReportInput{Who: v.Value("wie"), Theme: v.Value("thema"), Weight: v.Value("ernst"), Words: v.Value("woorden"), Code: v.Value("code"),
		Lang: lang.Of(v.Ctx()).Tag, Follow: v.Has("volg"), Detail: ReadDetail(v.Value("vorm"), v.Values), Place: v.Value("plek"), Institution: v.Value("instantie"), Month: v.Value("maand"), Seen: v.Value("gezien")}}
	r, ok := ReadRiddle(k.key(), p.Riddle, v.Now)
	p.Errors = p.In.Check(clock.Today(v.Now))
	if ReadCode(p.In.Code) == "" {
		p.In.Code = NewCode()
	}
	if !ok {
		k.held.add("riddle")
		p.Riddle = NewRiddle(k.key(), v.Now)
		p.Errors.Add("raadsel", "knelpunt.error.old")
	}
	if len(p.Errors) > 0 {
		var err error
		if p.Urgent, err = k.org.UrgentNow(v, k.free); err != nil {
			return err
		}
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
		to := []string{"gezegd", "knelpunt.said.sent"}
		if in.Detail.Form != "" { // what a place looks like says more than words
			to = append(to, "bij", Ticket{k.receiptToken(ReadCode(in.Code)), tx.Now}.Seal(k.key()))
		}
		return v.URL("knelpunt.follow", to...), k.receive(v.Ctx(), tx, r.ID, in)
	})
}

type followPage struct {
	Code    string
	State   string
	Answers []dossier.Answer
	Ticket  string // for photographs; empty when there can be none
	Photos  int
	Shut    bool   // nothing is done any more: whoever holds the code may open it again
	Why     string // for this reason
	Errors  fault.Fields
}

// followForm asks for the code. Who just sent a report may add photographs first.
func (k *Knelpunten) followForm(v *web.Visit) error {
	var p followPage
	if t, ok := k.ticket(v); ok {
		if err := k.offerPhotos(v, &p, t); err != nil {
			return err
		}
	}
	return v.Page(pageFollow(p))
}

// offerPhotos lets photographs be added to a report that no colleague took yet.
func (k *Knelpunten) offerPhotos(v *web.Visit, p *followPage, t Ticket) error {
	report, n, err := openPhotos(v.Ctx(), k.db, t)
	if err == nil && report != "" {
		p.State, p.Photos, p.Ticket = "new", n, t.Seal(k.key())
	}
	return err
}

// mayPhoto looks at the ticket and at the limits before a byte of a photograph is read: a ticket is had by who answered a riddle.
func (k *Knelpunten) mayPhoto(v *web.Visit) error {
	if _, ok := k.ticket(v); !ok {
		k.held.add("photo")
		return fault.New(fault.Conflict, "knelpunt.error.old")
	}
	err := k.photos.Take(v)
	if err != nil {
		k.held.add("photo")
	}
	return err
}

// ticket is the one in the address.
func (k *Knelpunten) ticket(v *web.Visit) (Ticket, bool) {
	return ReadTicket(k.key(), v.R.URL.Query().Get("bij"), v.Now)
}

// openPhoto keeps a photograph of a report, of nobody.
func (k *Knelpunten) openPhoto(v *web.Visit) error {
	t, ok := k.ticket(v)
	if !ok {
		return fault.New(fault.Conflict, "knelpunt.error.old")
	}
	p := followPage{}
	if err := k.offerPhotos(v, &p, t); err != nil {
		return err
	}
	if p.Ticket == "" {
		return fault.New(fault.Conflict, "knelpunt.error.taken")
	}
	if p.Photos >= photosMost {
		p.Errors.Add("foto", "knelpunt.error.photos", "n", photosMost)
		return v.Invalid(pageFollow(p))
	}
	b, err := k.readPhoto(v, openPhotoMost)
	if f := fault.As(err); err != nil && f.Kind == fault.Invalid {
		for _, x := range f.Fields {
			if !strings.HasPrefix(x.Key, "knelpunt.") { // what exactly is wrong with the bytes helps nobody who means well
				x.Key, x.Args = "knelpunt.error.photokind", nil
			}
			p.Errors.Add("foto", x.Key, x.Args...)
		}
		return v.Invalid(pageFollow(p))
	}
	if err != nil {
		return err
	}
	v.Nobody()
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.follow", "gezegd", "knelpunt.said.photo", "bij", p.Ticket), k.addOpenPhoto(v.Ctx(), tx, t, b)
	})
}

// follow tells whoever holds a code what was done. It writes nothing; it is a form so that the code stands in no address.
func (k *Knelpunten) follow(v *web.Visit) error {
	if err := k.guesses.Take(v); err != nil {
		k.held.add("guess")
		return err
	}
	p, err := k.followed(v)
	if err != nil {
		return err
	}
	if p.State == "" {
		return v.Invalid(pageFollow(p))
	}
	return v.Page(pageFollow(p))
}

// followed is what the page shows to whoever holds a code; a fault at it when there is no such code.
func (k *Knelpunten) followed(v *web.Visit) (p followPage, err error) {
	p.Code = v.Value("code")
	if code := ReadCode(p.Code); code != "" {
		if p.State, err = k.standing(v.Ctx(), code); err != nil {
			return p, err
		}
		if p.Answers, err = k.Answers(v.Ctx(), code); err != nil {
			return p, err
		}
		if err = k.offerPhotos(v, &p, Ticket{k.receiptToken(code), v.Now}); err != nil {
			return p, err
		}
	}
	for _, a := range p.Answers {
		p.Shut = p.Shut || a.Shut
	}
	if p.State == "" {
		p.Errors.Add("code", "knelpunt.error.code")
	}
	return p, nil
}

// again opens what was closed, for whoever holds the code of a report and gives a reason. It is counted with the guesses; neither the
// history nor the log says from which report.
func (k *Knelpunten) again(v *web.Visit) error {
	if err := k.guesses.Take(v); err != nil {
		k.held.add("guess")
		return err
	}
	p, err := k.followed(v)
	if err != nil {
		return err
	}
	if p.State == "" {
		return v.Invalid(pageFollow(p))
	}
	if p.Why = v.Value("reden"); !slices.Contains(Reasons, p.Why) {
		p.Errors.Add("reden", "dossier.error.reason")
	}
	if !p.Shut {
		return fault.New(fault.Conflict, "knelpunt.error.notclosed")
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageFollow(p))
	}
	v.Nobody()
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.follow", "gezegd", "dossier.said.reopened"), k.Reopening().Do(v.Ctx(), tx, ReadCode(p.Code), p.Why)
	})
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
	firstRead(rs)
	for _, r := range rs {
		row := ui.RowP{Href: v.URL("knelpunt.report", "report", r.ID), Title: lang.T(v.Ctx(), "knelpunt.theme."+r.Theme), Sub: lang.Dots(lang.T(v.Ctx(), "knelpunt.who."+r.Who), lang.Find(r.Lang).Dutch),
			Tag: lang.T(v.Ctx(), "knelpunt.weight."+r.Weight), TagKind: weightLooks[r.Weight][0], TagIcon: weightLooks[r.Weight][1]}
		if r.Presses() {
			row.Sub = lang.Dots(lang.T(v.Ctx(), "knelpunt.desk.presses"), row.Sub)
		}
		p.Rows = append(p.Rows, row)
	}
	return v.Page(pageDesk(p))
}

func (k *Knelpunten) oneReport(v *web.Visit) error {
	r, err := k.report(v.Ctx(), k.db, v.Param("report"))
	if err != nil {
		return err
	}
	ps, err := photos(v.Ctx(), k.db, db.F(`report = ?`, r.ID))
	if err != nil {
		return err
	}
	return v.Page(pageOneReport(r, ps))
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
