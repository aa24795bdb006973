package procedure

// This file lets a legal caseworker propose a change of the rules, and another one decide it.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Proposal is a proposed change as the form sends it.
type Proposal struct{ Title, Reason, Text string }

// textMost is the longest text of a change, in bytes; the longest rule file of the program is a third of it.
const textMost = 64 << 10

// Fingerprint tells one proposal from another that says something else.
func (in Proposal) Fingerprint() string {
	h := sha256.Sum256([]byte(in.Title + "\x00" + in.Reason + "\x00" + in.Text))
	return hex.EncodeToString(h[:8])
}

// Check names every fault of the form; the text has a check of its own.
func (in Proposal) Check() fault.Fields {
	var fs fault.Fields
	for _, x := range []struct {
		name, value string
		most        int
	}{{"title", in.Title, 120}, {"reason", in.Reason, 2000}, {"text", in.Text, textMost}} {
		switch {
		case x.value == "":
			fs.Add(x.name, "procedure.rules.error."+x.name)
		case utf8.RuneCountInString(x.value) > x.most:
			fs.Add(x.name, "procedure.rules.error.long", "n", x.most)
		case privacy.HasBSN(x.value):
			fs.Add(x.name, "procedure.error.bsn")
		}
	}
	return fs
}

// lookView is what a change would do, as a page shows it.
type lookView struct {
	Faults, Notes []faultView
	Rules         []Difference
	Regimes, Days []dayChange // Day: the name of the law
}

type faultView struct{ At, What string }

type dayChange struct{ Day, Was, Becomes string }

type proposeView struct {
	In      Proposal
	Errors  fault.Fields
	Look    lookView
	Looked  bool
	Fit     bool
	Seen    string
	BackURL string
}

func (p *Procedure) showPropose(v *web.Visit) error {
	if id := v.Value("bevestig"); id != "" {
		return p.showConfirm(v, id)
	}
	text, err := p.begun(v.Ctx(), v.Value("regel"), v.Value("dagen"), p.bare(v).today)
	if err != nil {
		return err
	}
	return v.Page(proposePage(proposeView{In: Proposal{Title: v.Value("title"), Reason: tidy(v.Value("reason")), Text: text}, BackURL: v.URL("procedure.rules")}))
}

// showConfirm is the form with the word of whoever asks for it, as a lawyer, for a rule as it stands: they read who and when, and
// somebody else decides.
func (p *Procedure) showConfirm(v *web.Visit, id string) error {
	b, err := p.book(v.Ctx(), p.db)
	if err != nil {
		return err
	}
	r, ok := b.Rule(id)
	if !ok {
		return fault.Gone()
	}
	l := p.bare(v)
	text, err := confirming(id, l.colleague(v.Actor.ID), l.today)
	if err != nil {
		return err
	}
	return v.Page(proposePage(proposeView{In: Proposal{Title: l.t("procedure.rules.confirm.title", "term", l.t("procedure.term."+r.Key), "rule", id), Text: text}, BackURL: v.URL("procedure.rules")}))
}

// propose shows what a change would do (stap=bekijk), or proposes it (stap=voorstellen).
func (p *Procedure) propose(v *web.Visit) error {
	in := Proposal{Title: v.Value("title"), Reason: tidy(v.Value("reason")), Text: strings.ReplaceAll(v.Value("text"), "\r\n", "\n")}
	view := proposeView{BackURL: v.URL("procedure.rules")}
	if _, file, size, err := v.File("file"); err == nil {
		defer file.Close()
		raw, err := io.ReadAll(io.LimitReader(file, textMost+1))
		switch {
		case err != nil || size > textMost:
			view.Errors.Add("file", "procedure.rules.error.long", "n", textMost)
		case len(raw) > 0 && !utf8.Valid(raw):
			view.Errors.Add("file", "procedure.rules.error.file")
		case len(raw) > 0:
			in.Text = strings.ReplaceAll(string(raw), "\r\n", "\n")
		}
	}
	view.In = in
	view.Errors = append(view.Errors, in.Check()...)
	if in.Text == "" || utf8.RuneCountInString(in.Text) > textMost {
		return v.Invalid(proposePage(view))
	}
	ctx := v.Ctx()
	b, err := p.book(ctx, p.db)
	if err != nil {
		return err
	}
	look, err := b.Look(in.Text, "new")
	if err != nil {
		return err
	}
	view.Look, view.Looked = p.bare(v).look(look), true
	if len(look.Faults) > 0 {
		view.Errors.Add("text", "procedure.rules.error.unfit_text", "n", len(look.Faults))
	}
	if len(view.Errors) > 0 {
		return v.Invalid(proposePage(view))
	}
	view.Fit, view.Seen = true, in.Fingerprint()
	if v.Value("stap") != "voorstellen" || v.Value("seen") != view.Seen {
		return v.Page(proposePage(view))
	}
	var id string
	err = v.Write(func(tx *db.Tx) (string, error) {
		a, err := proposed(ctx, tx, Amended{Title: in.Title, Reason: in.Reason, Body: in.Text}, v.Actor, b.Version)
		id = a.ID
		return v.URL("procedure.amendment", "amendment", a.ID, "gezegd", "procedure.said.proposed"), err
	})
	if err != nil || id == "" {
		return err
	}
	return p.countSoon(ctx, id)
}

// look puts what a check found into words.
func (l lens) look(x Look) lookView {
	var out lookView
	for _, list := range []struct {
		from Faults
		to   *[]faultView
	}{{x.Faults, &out.Faults}, {x.Notes, &out.Notes}} {
		for _, f := range list.from {
			at := f.String()
			if f.File == amendmentFile {
				at = l.t("procedure.rules.whole")
				if f.Line > 0 {
					at = l.t("procedure.rules.at", "line", f.Line, "column", f.Column)
				}
			}
			*list.to = append(*list.to, faultView{at, f.What(VoiceOf(l.ctx))})
		}
	}
	out.Rules = x.Rules
	for _, d := range x.Regimes {
		out.Regimes = append(out.Regimes, dayChange{lang.Capital(l.t("procedure.regime." + string(d.ID))), lang.Day(l.ctx, d.Was), lang.Day(l.ctx, d.Becomes)})
	}
	say := func(d EquatedDay) string {
		return d.Source + " (" + l.t("procedure.confidence."+string(d.Confidence)) + ")"
	}
	for _, d := range x.Days {
		c := dayChange{Day: lang.Day(l.ctx, d.Becomes.Day), Was: "–", Becomes: "–"}
		if !d.New {
			c.Was = say(d.Was)
		}
		if !d.Gone {
			c.Becomes = say(d.Becomes)
		}
		out.Days = append(out.Days, c)
	}
	return out
}

type stepView struct{ What, Note, By, At string }

type amendmentView struct {
	Amended
	StateWord, StateKind string
	By, When             string
	Look                 lookView
	Count                Walk
	Counted, Counts      bool
	Steps                []stepView
	Open                 []Decision
	MayDecide            bool
	Own                  bool // waits for somebody else
	Errors               fault.Fields
	Note                 string
	BackURL, Action      string
	Unfit                bool
	Policy               []ui.RowP // changes of policy that belong to it
}

func (p *Procedure) showAmendment(v *web.Visit) error { return p.amendmentPage(v, nil) }

func (p *Procedure) amendmentPage(v *web.Visit, fs fault.Fields) error {
	ctx := v.Ctx()
	a, err := amendment(ctx, p.db, v.Param("amendment"))
	if err != nil {
		return err
	}
	l := p.bare(v)
	view := amendmentView{Amended: a, StateWord: l.t("procedure.rules.state." + string(a.State)), StateKind: tagOf[a.State], By: l.colleague(a.MadeBy), When: lang.When(ctx, a.At, v.Now),
		MayDecide: propose.Allows(v.Actor), Errors: fs, Note: v.Value("note"), BackURL: v.URL("procedure.rules"), Action: v.URL("procedure.decide", "amendment", a.ID)}
	b, err := p.without(ctx, p.db, a)
	if err != nil {
		return err
	}
	look, err := b.Look(a.Body, a.ID)
	if err != nil {
		return err
	}
	view.Look, view.Unfit = l.look(look), len(look.Faults) > 0
	if view.Count, err = walkOf(ctx, p.db, a.ID); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	view.Counts, view.Counted = err == nil, !view.Count.Ended.IsZero()
	steps, err := amendmentSteps(ctx, p.db, a.ID)
	if err != nil {
		return err
	}
	for _, s := range steps {
		view.Steps = append(view.Steps, stepView{l.t("procedure.rules.step." + s.Kind), s.Note, l.colleague(s.MadeBy), lang.When(ctx, s.At, v.Now)})
	}
	if n := len(steps); view.MayDecide && n > 0 {
		asked := steps[n-1].MadeBy
		view.Open = a.State.open(v.Actor.ID, asked)
		view.Own = (a.State == Proposed || a.State == Leaving) && asked == v.Actor.ID
		if a.State == Proposed && (!view.Counted || view.Unfit) {
			view.Open = slices.DeleteFunc(view.Open, func(d Decision) bool { return d == Approve })
		}
	}
	if view.Policy, err = p.policyOf(v, a.ID); err != nil {
		return err
	}
	if len(fs) > 0 {
		return v.Invalid(amendmentPage(view))
	}
	return v.Page(amendmentPage(view))
}

// without is the rulebook that a change lies on: the one that holds now, without the change itself.
func (p *Procedure) without(ctx context.Context, q db.Q, a Amended) (*Rulebook, error) {
	if a.Came == 0 || a.Went != 0 {
		return p.book(ctx, q)
	}
	number, err := db.One[int64](ctx, q, db.F(`SELECT COALESCE(MAX(number), 0) FROM procedure_rulebook`))
	if err != nil {
		return nil, err
	}
	as, err := inForce(ctx, q, number)
	if err != nil {
		return nil, err
	}
	b, _ := p.Book.amended(slices.DeleteFunc(as, func(x Amended) bool { return x.ID == a.ID }), number)
	return b, nil
}

// decideAmendment takes a decision, with its reason.
func (p *Procedure) decideAmendment(v *web.Visit) error {
	d, note := Decision(v.Value("besluit")), tidy(v.Value("note"))
	var fs fault.Fields
	switch {
	case note == "":
		fs.Add("note", "procedure.rules.error.reason")
	case utf8.RuneCountInString(note) > 2000:
		fs.Add("note", "procedure.rules.error.long", "n", 2000)
	case privacy.HasBSN(note):
		fs.Add("note", "procedure.error.bsn")
	}
	if len(fs) > 0 {
		return p.amendmentPage(v, fs)
	}
	id := v.Param("amendment")
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("procedure.amendment", "amendment", id, "gezegd", "procedure.said."+saidAfter[d]), p.decide(v.Ctx(), tx, id, d, note, v.Actor)
	})
}

// saidAfter is what is said after a decision.
var saidAfter = map[Decision]string{Approve: "rules_approved", Refuse: "rules_refused", Retract: "rules_retracted", AskLeave: "rules_leave_asked", ApproveLeave: "rules_leave_approved", RefuseLeave: "rules_leave_refused"}

// amendPanel tells on Vandaag which changes of the rules wait for a decision by this colleague, and which do not fit the
// program any more.
func (p *Procedure) amendPanel(v *web.Visit) (ui.Part, error) {
	if !propose.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ctx := v.Ctx()
	waiting, err := toDecide(ctx, p.db, v.Actor)
	if err != nil {
		return ui.Part{}, err
	}
	_, unfit, err := p.bookAndUnfit(ctx, p.db)
	if err != nil {
		return ui.Part{}, err
	}
	l := p.bare(v)
	var rows []ui.RowP
	for _, a := range waiting {
		rows = append(rows, l.amendmentRow(a))
	}
	for id := range unfit {
		a, err := amendment(ctx, p.db, id)
		if err != nil {
			return ui.Part{}, err
		}
		row := l.amendmentRow(a)
		row.TagKind, row.TagIcon, row.Tag = "danger", "warning", l.t("procedure.rules.unfit")
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return ui.Part{}, nil
	}
	return ui.Part{Body: amendPart(rows), Count: len(rows)}, nil
}

// toDecide are the changes that wait for a decision which this colleague may take.
func toDecide(ctx context.Context, q db.Q, a access.Actor) ([]Amended, error) {
	as, err := amendments(ctx, q, 200, Proposed, Leaving)
	if err != nil {
		return nil, err
	}
	var out []Amended
	for _, x := range as {
		s, err := lastStep(ctx, q, x.ID)
		if err != nil {
			return nil, err
		}
		if s.MadeBy != a.ID {
			out = append(out, x)
		}
	}
	return out, nil
}
