package feedback

// This file holds the doors, and the pages of the person: what they think, their complaints, and joining in.

import (
	"net/http"
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// bodyMost is the largest form here: words only.
const bodyMost = 64 << 10

// Routes are the doors.
func (f *Feedback) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "feedback.think", Method: get, Path: "/mijn/mening", May: maySelf, Do: f.think},
		{Name: "feedback.give", Method: post, Path: "/mijn/mening", May: maySelf, Body: voiceMost, Ahead: f.roomFor, Do: f.give},
		{Name: "feedback.mine", Method: get, Path: "/mijn/klacht", May: maySelf, Do: f.mine},
		{Name: "feedback.mine_send", Method: post, Path: "/mijn/klacht", May: maySelf, Body: voiceMost, Ahead: f.roomFor, Do: f.mineSend},
		{Name: "feedback.mine_one", Method: get, Path: "/mijn/klacht/{complaint}", May: maySelf, Do: f.mineOne},
		{Name: "feedback.mine_voice", Method: get, Path: "/mijn/klacht/{complaint}/opname", May: maySelf, Do: f.mineVoice},
		{Name: "feedback.join", Method: get, Path: "/mijn/meedoen", May: maySelf, Do: f.join},
		{Name: "feedback.joined", Method: post, Path: "/mijn/meedoen", May: maySelf, Body: bodyMost, Do: f.joined},

		{Name: "feedback.complain", Method: get, Path: "/klacht", May: mayComplain, Do: f.complain},
		{Name: "feedback.send", Method: post, Path: "/klacht", May: mayComplain, Body: voiceMost, Ahead: f.roomFor, Do: f.send},
		{Name: "feedback.track", Method: get, Path: "/klacht/volgen", May: mayComplain, Do: f.track},
		{Name: "feedback.follow", Method: post, Path: "/klacht/volgen", May: mayComplain, Body: 4 << 10, Secret: true, Do: f.follow},

		{Name: "feedback.notes", Method: get, Path: "/meningen", May: mayHear, Do: f.notes},
		{Name: "feedback.note", Method: get, Path: "/meningen/{note}", May: mayHear, Do: f.oneNote},
		{Name: "feedback.note_read", Method: post, Path: "/meningen/{note}", May: mayHear, Do: f.noteRead},
		{Name: "feedback.note_voice", Method: get, Path: "/meningen/{note}/opname", May: mayHear, Do: f.noteVoice},
		{Name: "feedback.complaints", Method: get, Path: "/klachten", May: mayHandle, Do: f.complaints},
		{Name: "feedback.complaint", Method: get, Path: "/klachten/{complaint}", May: mayHandle, Do: f.oneComplaint},
		{Name: "feedback.complaint_voice", Method: get, Path: "/klachten/{complaint}/opname", May: mayHandle, Do: f.complaintVoice},
		{Name: "feedback.step", Method: post, Path: "/klachten/{complaint}", May: mayHandle, Body: bodyMost, Do: f.takeStep},
		{Name: "feedback.terms", Method: get, Path: "/klachten/termijnen", May: mayTerms, Do: f.termsForm},
		{Name: "feedback.terms_save", Method: post, Path: "/klachten/termijnen", May: mayTerms, Do: f.termsSave},
		{Name: "feedback.offers", Method: get, Path: "/meedoen", May: mayInvite, Do: f.offerList},
		{Name: "feedback.offer", Method: get, Path: "/meedoen/{offering}", May: mayInvite, Do: f.oneOffer},
		{Name: "feedback.offer_done", Method: post, Path: "/meedoen/{offering}", May: mayInvite, Do: f.offerDone},
	}
}

type thinkPage struct {
	In     NoteInput
	Held   string // the recording that waits in the form; empty when there is none
	Errors fault.Fields
}

// think shows the form. It opens no file: whoever wants to say something without a name leaves no look behind.
func (f *Feedback) think(v *web.Visit) error {
	return v.Page(pageThink(thinkPage{In: NoteInput{Name: "without"}}))
}

func (f *Feedback) give(v *web.Visit) error {
	s, fs, err := f.listen(v)
	if err != nil {
		return err
	}
	in := NoteInput{v.Value("hoe"), v.Value("over"), v.Value("naam"), v.Value("tekst"), !s.none()}
	if fs = append(in.Check(), fs...); len(fs) > 0 {
		held, err := f.hold(v, s)
		if err != nil {
			return err
		}
		return v.Invalid(pageThink(thinkPage{in, held, fs}))
	}
	file, err := f.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	if err := f.limit.Take(v); err != nil {
		return err
	}
	tag, team, person := lang.Of(v.Ctx()).Tag, file.Team(), file.ID()
	if !in.Named() {
		person = ""
		v.Nobody()
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := f.putNote(v.Ctx(), tx, person, team, tag, in)
		if err == nil {
			err = f.putVoice(v.Ctx(), tx, person, id, s)
		}
		if err != nil || person == "" {
			return v.URL("feedback.think", "gezegd", "feedback.said.thanks"), err
		}
		return v.URL("feedback.think", "gezegd", "feedback.said.thanks"), file.Log(v.Ctx(), tx, "feedback.event.note", id)
	})
}

type minePage struct {
	In     ComplaintInput
	Whom   []ui.Option // colleagues who help this person
	Terms  Terms
	Rows   []ui.RowP
	Held   string // as on the page of an opinion
	Errors fault.Fields
}

// whom are the colleagues whom a complaint can be about: who help somebody, and who lead. The words after a name are the post.
func (f *Feedback) whom(v *web.Visit, file dossier.File) ([]ui.Option, []string, error) {
	gs, err := access.Live(v.Ctx(), f.db, []string{file.ID()}, v.Now, access.Assignment)
	if err != nil {
		return nil, nil, err
	}
	var ids []string
	for _, g := range gs {
		if id, ok := strings.CutPrefix(g.Holder, "user:"); ok && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	led, err := f.leading(v, file.Team())
	if err != nil {
		return nil, nil, err
	}
	level := map[string]string{}
	for _, x := range led {
		level[x.id] = x.level
		if !slices.Contains(ids, x.id) {
			ids = append(ids, x.id)
		}
	}
	names, err := f.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, nil, err
	}
	out := []ui.Option{{Label: lang.T(v.Ctx(), "feedback.whom.nobody")}}
	for _, id := range ids {
		o := ui.Option{Value: id, Label: names[id].Name}
		if level[id] != "" {
			o.Label = lang.Commas(o.Label, lang.T(v.Ctx(), "feedback.level."+level[id]))
		}
		out = append(out, o)
	}
	return out, ids, nil
}

type leader struct{ id, level string }

// leading are those who lead a team and what stands above it, from below, and the privacy officers.
func (f *Feedback) leading(v *web.Visit, team string) ([]leader, error) {
	t, err := f.org.Team(v.Ctx(), team)
	if err != nil {
		return nil, err
	}
	l := f.line(v.Now)
	var out []leader
	for _, x := range []struct {
		role  access.Role
		scope access.ScopeKind
		place string
		level string
	}{{access.Lead, access.Team, t.ID, OfLead}, {access.Region, access.InRegion, t.Region, OfRegion}, {access.Region, access.National, "", OfNation}, {access.Privacy, access.National, "", OfOffice}} {
		ids, err := l.holding(v.Ctx(), x.role, x.scope, x.place)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			out = append(out, leader{id, x.level})
		}
	}
	return out, nil
}

func (f *Feedback) minePage(v *web.Visit, file dossier.File) (minePage, []string, error) {
	var p minePage
	var ids []string
	var err error
	if p.Whom, ids, err = f.whom(v, file); err != nil {
		return p, nil, err
	}
	if p.Terms, err = f.terms(v.Ctx(), f.db); err != nil {
		return p, nil, err
	}
	cs, err := ownComplaints(v.Ctx(), f.db, file.ID())
	for _, c := range cs {
		p.Rows = append(p.Rows, ui.RowP{Href: v.URL("feedback.mine_one", "complaint", c.ID), Title: lang.T(v.Ctx(), "feedback.subject."+c.Subject),
			Sub: lang.LongDay(v.Ctx(), c.Day), Tag: lang.T(v.Ctx(), stateKey(c))})
	}
	return p, ids, err
}

// stateKey is where a complaint stands, in words.
func stateKey(c Complaint) string {
	switch {
	case !c.Open():
		return "feedback.outcome." + c.Outcome
	case c.Acked.IsZero():
		return "feedback.state.sent"
	}
	return "feedback.state.busy"
}

func (f *Feedback) mine(v *web.Visit) error {
	file, err := f.files.Open(v, v.Actor.ID, access.File, "feedback.event.read")
	if err != nil {
		return err
	}
	p, _, err := f.minePage(v, file)
	if err != nil {
		return err
	}
	return v.Page(pageMine(p))
}

func (f *Feedback) mineSend(v *web.Visit) error {
	file, err := f.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	p, ids, err := f.minePage(v, file)
	if err != nil {
		return err
	}
	s, fs, err := f.listen(v)
	if err != nil {
		return err
	}
	p.In = ComplaintInput{Subject: v.Value("onderwerp"), Against: v.Value("wie"), Text: v.Value("klacht"), Spoken: !s.none()}
	if p.Errors = append(p.In.Check(ids), fs...); len(p.Errors) > 0 {
		if p.Held, err = f.hold(v, s); err != nil {
			return err
		}
		return v.Invalid(pageMine(p))
	}
	if err := f.limit.Take(v); err != nil {
		return err
	}
	t, err := f.org.Team(v.Ctx(), file.Team())
	if err != nil {
		return err
	}
	c := Complaint{Person: file.ID(), Team: t.ID, Region: t.Region, Against: p.In.Against, Lang: lang.Of(v.Ctx()).Tag}
	if c, err = f.placed(v.Ctx(), c, v.Now); err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := f.putComplaint(v.Ctx(), tx, c, p.In)
		if err == nil {
			err = f.putVoice(v.Ctx(), tx, c.Person, id, s)
		}
		if err != nil {
			return "", err
		}
		return v.URL("feedback.mine_one", "complaint", id, "gezegd", "feedback.said.complaint"), file.Log(v.Ctx(), tx, "feedback.event.sent", id)
	})
}

// told is a complaint as whoever complained may read it.
type told struct {
	Complaint
	Turn    string
	Ack     string // until when it will be acknowledged; empty when it was
	Handler string
	Steps   []toldStep
	Staff   bool   // a colleague reads it
	Aloud   bool   // it was said aloud too
	Voice   string // where that is heard; empty for who has only a code
}

type toldStep struct{ When, What, Text string }

func (f *Feedback) told(v *web.Visit, c Complaint) (told, error) {
	ctx := v.Ctx()
	k, err := f.key(ctx, c.Person)
	if err != nil {
		return told{}, err
	}
	if err := openComplaint(k, &c); err != nil {
		return told{}, err
	}
	ss, err := steps(ctx, f.db, k, c.ID)
	if err != nil {
		return told{}, err
	}
	names, err := f.org.Colleagues(ctx, []string{c.Handler})
	if err != nil {
		return told{}, err
	}
	with, err := voiced(ctx, f.db, []string{c.ID})
	if err != nil {
		return told{}, err
	}
	p := told{Complaint: c, Handler: names[c.Handler].Name, Aloud: with[c.ID]}
	if c.Open() {
		p.Turn = lang.T(ctx, "feedback.turn", "day", lang.LongDay(ctx, c.Decide))
	}
	if c.Open() && c.Acked.IsZero() {
		p.Ack = lang.T(ctx, "feedback.turn.ack", "day", lang.LongDay(ctx, c.Ack))
	}
	for _, s := range ss {
		what := lang.T(ctx, "feedback.step."+s.Kind)
		if s.Kind == Decided {
			what = lang.T(ctx, "feedback.outcome."+s.Outcome)
		}
		p.Steps = append(p.Steps, toldStep{lang.When(ctx, s.At, v.Now), what, s.Text})
	}
	return p, nil
}

func (f *Feedback) mineOne(v *web.Visit) error {
	c, err := complaint(v.Ctx(), f.db, v.Param("complaint"))
	if err != nil {
		return err
	}
	if c.Person != v.Actor.ID {
		return fault.Gone()
	}
	if _, err := f.files.Open(v, c.Person, access.File, "feedback.event.read"); err != nil {
		return err
	}
	p, err := f.told(v, c)
	if err != nil {
		return err
	}
	if p.Aloud {
		p.Voice = v.URL("feedback.mine_voice", "complaint", c.ID)
	}
	return v.Page(pageMineOne(p))
}

type joinPage struct {
	In     Said
	Errors fault.Fields
}

func (f *Feedback) join(v *web.Visit) error {
	file, err := f.files.Open(v, v.Actor.ID, access.File, "feedback.event.read")
	if err != nil {
		return err
	}
	return v.Page(pageJoin(joinPage{In: Said{Reach: file.Profile().Reach.Phone}}))
}

func (f *Feedback) joined(v *web.Visit) error {
	file, err := f.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	in := Said{Called: file.Called(), Joins: v.Values("wat"), Reach: v.Value("bereik"), Text: v.Value("woorden")}
	if fs := in.Check(); len(fs) > 0 {
		return v.Invalid(pageJoin(joinPage{in, fs}))
	}
	if err := f.limit.Take(v); err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := f.putOffer(v.Ctx(), tx, file.Key(), file.ID(), file.Team(), in)
		if err != nil {
			return "", err
		}
		return v.URL("feedback.join", "gezegd", "feedback.said.offer"), file.Log(v.Ctx(), tx, "feedback.event.offer", id)
	})
}
