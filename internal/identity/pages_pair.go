package identity

// This file holds the page of one pair: side by side for who may see both records, and for a side that may not, no more
// than that there is somebody.

import (
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// comparePage is two records side by side.
type comparePage struct {
	Pair   Pair
	A, B   dossier.File
	Facts  []fact
	Like   dossier.Likeness
	Steps  []stepRow
	In     Verdict
	Errors fault.Fields
	Speaks bool   // this colleague may decide
	Teams  bool   // the records are of two teams
	Said   bool   // this colleague said yes, and the other side has not
	YesBy  string // who said yes for the other side
	Mains  []ui.Option
	Month  string
}

type stepRow struct{ Title, When, Text string }

// pair shows a pair to who may see both records, or to the side that is asked something.
func (i *Identity) pair(v *web.Visit) error {
	p, both, err := i.reach(v)
	if err != nil {
		return err
	}
	if both {
		return i.compare(v, p, Verdict{Main: p.Main}, nil)
	}
	return i.closed(v, p, nil)
}

// reach reads the pair of the address for a visitor, and tells whether both records are open to them. Who sees neither and
// speaks for neither is told what somebody is told who asks for a pair that does not exist.
func (i *Identity) reach(v *web.Visit) (p Pair, both bool, err error) {
	if p, err = pairOf(v.Ctx(), i.db, v.Param("pair")); err != nil {
		return p, false, err
	}
	see, err := visible(v.Ctx(), i.db, v.Actor, []string{p.PersonA, p.PersonB}, v.Now)
	if err != nil || see[p.PersonA] && see[p.PersonB] {
		return p, err == nil, err
	}
	own, err := i.ownSide(v, p)
	if err == nil && (own == "" || !p.due(clock.Today(v.Now))) {
		err = fault.Gone()
	}
	return p, false, err
}

func (i *Identity) compare(v *web.Visit, p Pair, in Verdict, fs fault.Fields) error {
	ctx := v.Ctx()
	c := comparePage{Pair: p, In: in, Errors: fs, Month: clock.Today(v.Now).AddDays(30).String()}
	var err error
	if c.A, err = i.files.Open(v, p.PersonA, access.DeskLevel, "identity.event.compared"); err != nil {
		return err
	}
	if c.B, err = i.files.Open(v, p.PersonB, access.DeskLevel, "identity.event.compared"); err != nil {
		return err
	}
	kin, err := i.files.Kin(ctx, i.db, p.PersonA, p.PersonB)
	if err != nil {
		return err
	}
	c.Like, c.Facts = i.judge(c.A.Profile(), c.B.Profile(), kin), Compare(i.files.Compare).facts(c.A.Profile(), c.B.Profile())
	for _, l := range i.lent {
		a, readsA, err := l.Says(v, c.A)
		if err != nil {
			return err
		}
		b, readsB, err := l.Says(v, c.B)
		if err != nil {
			return err
		}
		if len(a)+len(b) > 0 {
			f := lent(l.Key, a, b)
			f.HidesA, f.HidesB = !readsA, !readsB
			c.Facts = append(c.Facts, f)
		}
	}
	c.Teams = c.A.Team() != c.B.Team()
	speaksA, speaksB, err := i.sides(v, p)
	if err != nil {
		return err
	}
	c.Speaks = speaksA || speaksB
	if p.State == Half {
		_, more := p.say(v.Actor.ID, speaksA, speaksB, c.Teams)
		c.Said = !more
		by := p.YesA + p.YesB
		called, err := i.called(ctx, []string{by})
		if err != nil {
			return err
		}
		c.YesBy = called[by]
	}
	for _, f := range []dossier.File{c.A, c.B} {
		c.Mains = append(c.Mains, ui.Option{Value: f.ID(), Label: label(f)})
	}
	if c.Steps, err = i.stepRows(v, p); err != nil {
		return err
	}
	if len(fs) > 0 {
		return v.Invalid(pageCompare(c))
	}
	return v.Page(pageCompare(c))
}

// label tells one record from the other: they may carry the same name.
func label(f dossier.File) string {
	if n := f.Profile().VNumber; n != "" {
		return f.Profile().Name() + " · V " + dossier.VNumberText(n)
	}
	return f.Profile().Name()
}

func (i *Identity) stepRows(v *web.Visit, p Pair) ([]stepRow, error) {
	ss, err := i.steps(v.Ctx(), i.db, p)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, s := range ss {
		ids = append(ids, s.Actor)
	}
	called, err := i.called(v.Ctx(), ids)
	var out []stepRow
	for _, s := range ss {
		out = append(out, stepRow{lang.T(v.Ctx(), "identity.step."+s.What, "name", called[s.Actor]), lang.When(v.Ctx(), s.At, v.Now), s.Text})
	}
	return out, err
}

// sides says for which of the two records somebody speaks.
func (i *Identity) sides(v *web.Visit, p Pair) (a, b bool, err error) {
	if a, err = i.speaks(v.Ctx(), i.db, v.Actor, p.PersonA, v.Now); err != nil {
		return false, false, err
	}
	b, err = i.speaks(v.Ctx(), i.db, v.Actor, p.PersonB, v.Now)
	return a, b, err
}

// decidePair writes what somebody who compared both records says of them.
func (i *Identity) decidePair(v *web.Visit) error {
	p, both, err := i.reach(v)
	if err != nil {
		return err
	}
	if !both {
		return fault.Gone()
	}
	in := Verdict{What: v.Value("what"), Main: v.Value("main"), Words: v.Value("words"), Again: v.Value("again")}
	again, fs := in.Check(p, clock.Today(v.Now))
	if len(fs) > 0 {
		return i.compare(v, p, in, fs)
	}
	a, b, err := i.sides(v, p)
	if err != nil {
		return err
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		now, err := i.decide(v.Ctx(), tx, v.Actor, p.ID, in, again, a, b)
		if now.State == Half || now.State == Linked {
			return v.URL("identity.pair", "pair", p.ID, "gezegd", "identity.said."+string(now.State)), err
		}
		return v.URL("identity.pairs", "gezegd", "identity.said."+string(now.State)), err
	})
	if fault.Is(err, fault.Invalid) {
		return i.compare(v, p, in, fault.Fields{{Name: "what", Key: fault.As(err).Key}})
	}
	return err
}

// undoPair ends a link.
func (i *Identity) undoPair(v *web.Visit) error {
	p, both, err := i.reach(v)
	if err != nil {
		return err
	}
	if !both {
		return fault.Gone()
	}
	a, b, err := i.sides(v, p)
	if err != nil {
		return err
	}
	if !a && !b {
		return fault.New(fault.Denied, "identity.error.neither")
	}
	var fs fault.Fields
	needText(&fs, "words", v.Value("words"))
	if len(fs) > 0 {
		return i.compare(v, p, Verdict{Main: p.Main, Words: v.Value("words")}, fs)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("identity.pair", "pair", p.ID, "gezegd", "identity.said.undone"), i.undo(v.Ctx(), tx, v.Actor, p.ID, v.Value("words"))
	})
}

// closedPage is a pair as a side sees it that may not see both records.
type closedPage struct {
	Pair    Pair
	Who     string // the record of this side
	Teams   bool
	Why     []dossier.Ground
	Asked   bool   // the other side said yes, and this one is asked
	YesBy   string // who asks
	Waits   bool   // this side said yes
	For     string // who would be let in
	Request string // a request that waits already
	Words   string // why one asks to be let in
	Said    string // why one says yes or no
	Errors  fault.Fields
}

// closed shows that somebody elsewhere may be the same person. That it was told stands in the log of the other record.
func (i *Identity) closed(v *web.Visit, p Pair, fs fault.Fields) error {
	ctx := v.Ctx()
	own, err := i.ownSide(v, p)
	if err != nil {
		return err
	}
	c := closedPage{Pair: p, Words: v.Value("reason"), Said: v.Value("words"), Errors: fs, Asked: p.State == Half && p.Yes(own) == "", Waits: p.Yes(own) != ""}
	if c.Who, err = i.who(v, own); err != nil {
		return err
	}
	l, err := i.like(ctx, p)
	if err != nil {
		return err
	}
	c.Why = masked(l)
	if c.Teams, err = i.apartTeams(v, p); err != nil {
		return err
	}
	if c.Asked {
		by := p.YesA + p.YesB
		called, err := i.called(ctx, []string{by})
		if err != nil {
			return err
		}
		c.YesBy = called[by]
	}
	reader, err := i.reader(v, own)
	if err != nil {
		return err
	}
	if reader != "" {
		called, err := i.called(ctx, []string{reader})
		if err != nil {
			return err
		}
		c.For = called[reader]
		rs, err := asked(ctx, i.db, v.Actor.ID, 100)
		if err != nil {
			return err
		}
		for _, r := range rs {
			if r.State == waiting && r.Pair == p.ID {
				c.Request = v.URL("identity.request", "request", r.ID)
			}
		}
	}
	err = i.db.Tx(ctx, func(tx *db.Tx) error {
		return audit.Append(ctx, tx, audit.Entry{Event: "identity.event.hinted", Subject: p.Other(own), Actor: v.Actor.ID, ActorKind: string(v.Actor.Kind), Role: roleOf(v.Actor), Object: p.ID, Session: v.Actor.Session})
	})
	if err != nil {
		return err
	}
	if len(fs) > 0 {
		return v.Invalid(pageClosed(c))
	}
	return v.Page(pageClosed(c))
}

func (i *Identity) apartTeams(v *web.Visit, p Pair) (bool, error) {
	a, err := i.files.Team(v.Ctx(), i.db, p.PersonA)
	if err != nil {
		return false, err
	}
	b, err := i.files.Team(v.Ctx(), i.db, p.PersonB)
	return a != b, err
}

// reader is who would be let into the other file: whoever asks, when they carry their own side; else the colleague who
// carries it, for whom a leader asks. Nobody is an empty id.
func (i *Identity) reader(v *web.Visit, own string) (string, error) {
	helpers, err := i.files.Helpers(v.Ctx(), i.db, own, v.Now)
	if err != nil || slices.Contains(helpers, v.Actor.ID) {
		return v.Actor.ID, err
	}
	if ok, err := i.carries(v.Ctx(), i.db, v.Actor, own, v.Now); err != nil || ok {
		return v.Actor.ID, err
	}
	if len(helpers) == 0 {
		return "", nil
	}
	return helpers[0], nil
}

// sideAsk asks those responsible for the closed record to let this side in.
func (i *Identity) sideAsk(v *web.Visit) error {
	p, both, err := i.reach(v)
	if err != nil {
		return err
	}
	if both {
		return v.Go("identity.pair", "pair", p.ID)
	}
	var fs fault.Fields
	needText(&fs, "reason", v.Value("reason"))
	own, err := i.ownSide(v, p)
	if err != nil {
		return err
	}
	reader, err := i.reader(v, own)
	if err != nil {
		return err
	}
	if reader == "" {
		fs.Add("reason", "identity.error.nobody")
	}
	if len(fs) > 0 {
		return i.closed(v, p, fs)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := i.ask(v.Ctx(), tx, v.Actor, p.Other(own), p.ID, reader, v.Value("reason"))
		return v.URL("identity.request", "request", id, "gezegd", "identity.said.asked"), err
	})
}

// side is the answer of a side that may not see the other record: yes, or no with a reason.
func (i *Identity) side(v *web.Visit) error {
	p, both, err := i.reach(v)
	if err != nil {
		return err
	}
	own, err := i.ownSide(v, p)
	if err != nil {
		return err
	}
	if both || own == "" || p.State != Half || p.Yes(own) != "" {
		return fault.Gone()
	}
	in := Verdict{What: same, Main: p.Main, Words: v.Value("words")}
	if v.Value("antwoord") != yes {
		in.What = apart
	}
	if _, fs := in.Check(p, clock.Today(v.Now)); len(fs) > 0 {
		return i.closed(v, p, fs)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		now, err := i.decide(v.Ctx(), tx, v.Actor, p.ID, in, clock.Date{}, own == p.PersonA, own == p.PersonB)
		return v.URL("identity.pairs", "gezegd", "identity.said."+string(now.State)), err
	})
}
