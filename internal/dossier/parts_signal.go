package dossier

// This file is how something that went wrong leaves a file without the person: the way to the form of a signal, what has to be
// masked in its words, and the receipt that the file keeps. Whoever takes signals in is lent this, and knows no file afterwards.

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

// Signal is what a page offers for a signal: coarse words only, nothing that somebody said. From and Object say what it was
// offered for; they travel sealed, and come back to who offered it.
type Signal struct {
	From, Object string
	Theme        string
	Weight       string
	Place        string
	Month        clock.Date // the first day of the month in which it happened
}

// Answer is what was told about something that was signalled, in the language of the page when it is there in it.
type Answer struct {
	ID   string
	Day  clock.Date
	Text string
	Lang string // of the text
	Shut bool   // nothing is done any more: who signalled may open it again
}

// Answers gives what was told about the signal of a receipt, the latest first.
type Answers func(ctx context.Context, token string) ([]Answer, error)

// Standing is the text key of where something stands of which nothing was told yet: it waits, it is used, or it came to nothing.
type Standing func(ctx context.Context, token string) (string, error)

// Raised hears, in the transaction of a signal, that what it offered became one.
type Raised func(ctx context.Context, tx *db.Tx, f File, object string) error

// Knows tells what a capability knows of a person, and of those around them, that may not stand in a text that leaves the file.
type Knows func(v *web.Visit, f File) (deident.Known, error)

// LendSignals hands over how the address of the form of a signal is made; the app calls it once. Without it no page offers one.
func (s *Files) LendSignals(form func(v *web.Visit, sealed string, x Signal) string) {
	s.signals = form
}

// LendRaised hands over who hears what became a signal; the app calls it once.
func (s *Files) LendRaised(by map[string]Raised) { s.raised = by }

// LendAnswers hands over what was done with what was signalled, and where it stands until something is; the app calls it once.
func (s *Files) LendAnswers(a Answers, where Standing) { s.answered, s.standing = a, where }

// LendKnows hands over what else is known of people; the app calls it once.
func (s *Files) LendKnows(ks ...Knows) { s.knows = ks }

// offered is what stands sealed in the address of the form.
type offered struct {
	Person string `json:"p"`
	From   string `json:"f,omitempty"`
	Object string `json:"o,omitempty"`
}

// offerPlace binds an offer to one colleague: for another the address holds nothing.
func offerPlace(a access.Actor) string { return "dossier.signal/" + a.ID }

// signals says whether this reader may signal from the file: not in a look that was lent, for it writes a receipt.
func (f File) signals() bool {
	return f.who.Kind == access.Staff && f.Lasting() == nil && f.Level() >= access.DeskLevel
}

// SignalURL is the address of the form of a signal; empty when there is none for this reader. The person stands sealed in it, so
// that neither the history of a shared machine nor a log tells whose file it was.
func (s *Files) SignalURL(v *web.Visit, f File, x Signal) (string, error) {
	if s.signals == nil || !f.signals() {
		return "", nil
	}
	// A timeline offers the same thing at each of its moments.
	sealed, err := web.Memo(v, "dossier.signal "+f.id+" "+x.From+" "+x.Object, func() (string, error) {
		b, err := json.Marshal(offered{f.id, x.From, x.Object})
		if err != nil {
			return "", err
		}
		return base64.RawURLEncoding.EncodeToString(s.vault.House("dossier-signal").Seal(offerPlace(v.Actor), b)), nil
	})
	if err != nil {
		return "", err
	}
	return s.signals(v, sealed, x), nil
}

// SignalAlone is the address of the form of a signal that comes from no file; empty for who cannot signal.
func (s *Files) SignalAlone(v *web.Visit, x Signal) string {
	if s.signals == nil || v.Actor.Kind != access.Staff {
		return ""
	}
	return s.signals(v, "", x)
}

// Offer is a file as it was opened for one signal.
type Offer struct {
	File         File
	from, object string
}

// OpenSignal opens the file of a sealed offer again, by the same predicate and with the same look as any other. An offer to
// somebody else, or none at all, is absent.
func (s *Files) OpenSignal(v *web.Visit, sealed string) (Offer, error) {
	b, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return Offer{}, fault.Gone()
	}
	if b, err = s.vault.House("dossier-signal").Open(offerPlace(v.Actor), b); err != nil || b == nil {
		return Offer{}, fault.Gone()
	}
	var o offered
	if err := json.Unmarshal(b, &o); err != nil {
		return Offer{}, fault.Gone()
	}
	f, err := s.OpenFor(v, o.Person, access.DeskLevel)
	if err != nil {
		return Offer{}, err
	}
	if !f.signals() {
		return Offer{}, fault.Gone()
	}
	return Offer{f, o.From, o.Object}, f.look(v.Ctx(), "dossier.event.signal")
}

// Known is everything of the file that a text may not hold when it leaves: of the person, of the household, and of what others know.
func (s *Files) Known(v *web.Visit, f File) (deident.Known, error) {
	p := f.profile
	k := deident.Known{Names: []string{p.Called, p.Name(), p.Own}, Numbers: []string{p.VNumber, p.ZNumber, p.Reach.Phone}, Addresses: []string{p.Lives}}
	for _, n := range p.Names {
		k.Names = append(k.Names, n.Text)
	}
	for _, n := range p.Variants {
		k.Names = append(k.Names, n.Text)
	}
	for _, b := range p.Births {
		k.Days = append(k.Days, BirthText(b))
	}
	for _, x := range p.Reach.More {
		k.Numbers = append(k.Numbers, x.Number)
		k.Names = append(k.Names, x.Whose)
	}
	for name, vs := range p.Others {
		for _, x := range vs {
			switch name {
			case "lives":
				k.Addresses = append(k.Addresses, x.Text)
			case "vnumber", "znumber", "reach":
				k.Numbers = append(k.Numbers, x.Text)
			}
		}
	}
	around, err := db.Many[string](v.Ctx(), s.db, db.F(`SELECT DISTINCT o.person FROM dossier_member m JOIN dossier_member o ON o.household = m.household WHERE m.person = ? AND o.person <> ?`, f.id, f.id))
	if err != nil {
		return k, err
	}
	cards, err := s.Cards(v.Ctx(), around)
	if err != nil {
		return k, err
	}
	for _, c := range cards {
		k.Names = append(append(k.Names, c.Name, c.Called), c.Parts...)
	}
	for _, knows := range s.knows {
		more, err := knows(v, f)
		if err != nil {
			return k, err
		}
		k = deident.Known{Names: slices.Concat(k.Names, more.Names), Numbers: slices.Concat(k.Numbers, more.Numbers),
			Addresses: slices.Concat(k.Addresses, more.Addresses), Days: slices.Concat(k.Days, more.Days)}
	}
	return k, nil
}

// Receipt is what a file keeps of a signal. What is a text key; Token is how the answer to the signal is found from here, and
// from nowhere else.
type Receipt struct {
	ID     string     `json:"-"`
	Day    clock.Date `json:"day"`
	MadeBy string     `json:"by"`
	Body   []byte     `json:"-"`
	What   string     `json:"what" db:"-"`
	Wish   bool       `json:"hears,omitempty" db:"-"` // the person wants to hear what is done
	Token  string     `json:"-" db:"-"`
}

type receiptBody struct {
	What, Token string
	Wish        bool `json:",omitempty"`
}

func receiptPlace(id string) string { return "dossier_receipt.body/" + id }

// Keep writes the receipt of a signal into the file it was made from, and tells who offered it. Wish says that the person wants to
// hear what is done.
func (s *Files) Keep(ctx context.Context, tx *db.Tx, o Offer, what, token string, wish bool) error {
	f, id := o.File, db.Blind("dr")
	body, err := privacy.SealJSON(f.key, receiptPlace(id), receiptBody{what, token, wish})
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_receipt (id, person, day, made_by, body) VALUES (?,?,?,?,?)`, id, f.id, clock.Today(tx.Now), f.who.ID, body)); err != nil {
		return err
	}
	if hear := s.raised[o.from]; hear != nil {
		if err := hear(ctx, tx, f, o.object); err != nil {
			return err
		}
	}
	return f.Log(ctx, tx, "dossier.event.receipt", "")
}

// DemoReceipts writes receipts of the demonstration: of signals that a colleague made for somebody who wished to hear of it.
func (s *Files) DemoReceipts(ctx context.Context, tx *db.Tx, d DemoPerson, rs ...Receipt) error {
	for _, r := range rs {
		r.ID = db.Blind("dr")
		body, err := privacy.SealJSON(d.Key, receiptPlace(r.ID), receiptBody{r.What, r.Token, r.Wish})
		if err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO dossier_receipt (id, person, day, made_by, body) VALUES (?,?,?,?,?)`, r.ID, d.ID, r.Day, d.Caseworker, body)); err != nil {
			return err
		}
	}
	return nil
}

const receiptColumns = `SELECT id, day, made_by, body FROM dossier_receipt WHERE person = ?`

func openReceipts(k privacy.Key, rs []Receipt, err error) ([]Receipt, error) {
	for i := range rs {
		var b receiptBody
		if err == nil {
			err = privacy.OpenJSON(k, receiptPlace(rs[i].ID), rs[i].Body, &b)
			rs[i].What, rs[i].Token, rs[i].Wish = b.What, b.Token, b.Wish
		}
	}
	return rs, err
}

func receipts(ctx context.Context, q db.Q, k privacy.Key, person string) ([]Receipt, error) {
	rs, err := db.Many[Receipt](ctx, q, db.F(receiptColumns, person).Then(`ORDER BY day, id`))
	return openReceipts(k, rs, err)
}

// Receipts is the part of the timeline that tells of signals. It knows the day and no hour.
func (s *Files) Receipts(v *web.Visit, f File, before time.Time, n int) ([]Moment, error) {
	if want := f.Wanted(); want.Group != "" && want.Group != "plan" || f.Level() < access.File {
		return nil, nil
	}
	rs, err := db.Many[Receipt](v.Ctx(), s.db, db.F(receiptColumns, f.id).Then(`AND day <= ? ORDER BY day DESC, id LIMIT ?`, clock.Today(before.Add(-time.Millisecond)), n))
	if rs, err = openReceipts(f.key, rs, err); err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range rs {
		ids = append(ids, r.MadeBy)
	}
	names, err := s.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	var out []Moment
	for _, r := range rs {
		m := Moment{ID: r.ID, At: r.Day.In(clock.Netherlands), Group: "plan", Icon: "megaphone", Title: lang.T(v.Ctx(), "dossier.moment.receipt", "what", lang.T(v.Ctx(), r.What)), By: names[r.MadeBy].Name, Author: r.MadeBy}
		if s.answered != nil {
			as, err := s.answered(v.Ctx(), r.Token)
			if err != nil {
				return nil, err
			}
			if len(as) > 0 {
				m.Body = answersPart(as)
			}
			for _, a := range as {
				m.Words = append(m.Words, a.Text)
			}
		}
		out = append(out, m)
	}
	return out, nil
}

// DayTexts are the ways in which a day is written in digits, for what may not stand in a text. A day that nobody knows is none.
func DayTexts(ds ...clock.Date) []string {
	var out []string
	for _, d := range ds {
		if !d.IsZero() {
			out = append(out, d.String(), fmt.Sprintf("%02d-%02d-%d", d.Day, int(d.Month), d.Year), fmt.Sprintf("%d-%d-%d", d.Day, int(d.Month), d.Year))
		}
	}
	return out
}

// NamesIn are the words of a short text that may be a name: those with a capital, and those of a script that has none. A practice
// or an office is called by common words too, which would otherwise be taken out of every text.
func NamesIn(texts ...string) []string {
	var out []string
	for _, t := range texts {
		for _, w := range strings.Fields(t) {
			if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) || unicode.Is(unicode.Lo, r) {
				out = append(out, w)
			}
		}
	}
	return out
}
