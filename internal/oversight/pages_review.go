package oversight

// This file holds the pages of the privacy officer: what waits to be judged, and one emergency with all that is needed to
// judge it. The person's name is not needed for that, so it is not shown.

import (
	"slices"
	"strconv"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

const (
	judgedPage = 50
	missDays   = 30
)

type reviewsPage struct {
	Waiting, Judged []Glass
	Names           map[string]string
	Missed          []Missed
	Check           Check
	Older           string
	Now             time.Time
}

func (o *Oversight) reviews(v *web.Visit) error {
	ctx := v.Ctx()
	p := reviewsPage{Now: v.Now}
	before := v.Now.Add(time.Second)
	if ms, err := strconv.ParseInt(v.Value("voor"), 10, 64); err == nil && ms > 0 {
		before = time.UnixMilli(ms)
	}
	var err error
	if p.Waiting, err = waiting(ctx, o.db); err != nil {
		return err
	}
	if p.Judged, err = judged(ctx, o.db, before, judgedPage+1); err != nil {
		return err
	}
	if len(p.Judged) > judgedPage {
		p.Judged = p.Judged[:judgedPage]
		p.Older = v.URL("oversight.reviews", "voor", strconv.FormatInt(p.Judged[judgedPage-1].At.UnixMilli(), 10))
	}
	if p.Missed, err = missed(ctx, o.db, v.Now.AddDate(0, 0, -missDays)); err != nil {
		return err
	}
	if p.Check, err = lastCheck(ctx, o.db); err != nil {
		return err
	}
	var more []string
	for _, m := range p.Missed {
		more = append(more, m.Actor)
	}
	if p.Names, err = o.names(ctx, slices.Concat(p.Waiting, p.Judged), more...); err != nil {
		return err
	}
	return v.Page(pageReviews(p))
}

type reviewPage struct {
	Glass     Glass
	Why       why
	Steps     []Step
	Looks     []audit.Look
	Helpers   []string
	Names     map[string]string
	Team      string // of the leader
	Theirs    string // the person's own
	Elsewhere bool   // the person belongs to another team
	Missed    int
	Mine      bool // opened by the one who looks: not to be judged
	In        Verdict
	Errors    fault.Fields
	Now       time.Time
}

func (o *Oversight) review(v *web.Visit) error {
	g, err := glass(v.Ctx(), o.db, v.Param("glass"))
	if err != nil {
		return err
	}
	return o.showReview(v, g, Verdict{}, nil)
}

func (o *Oversight) showReview(v *web.Visit, g Glass, in Verdict, fs fault.Fields) error {
	ctx := v.Ctx()
	w, ss, err := o.read(v, access.Privacy, g)
	if err != nil {
		return err
	}
	p := reviewPage{Glass: g, Why: w, Steps: ss, In: in, Errors: fs, Now: v.Now, Mine: g.Actor == v.Actor.ID}
	es, err := audit.Search(ctx, o.db, audit.Filter{Subject: g.Person, Grant: g.Access}, 500)
	if err != nil {
		return err
	}
	p.Looks = audit.Looks(es, zone)
	if p.Helpers, err = o.files.Helpers(ctx, o.db, g.Person, v.Now); err != nil {
		return err
	}
	if p.Missed, err = missedBy(ctx, o.db, g.Actor, g.At.Add(-24*time.Hour), g.At); err != nil {
		return err
	}
	theirs, err := o.files.Team(ctx, o.db, g.Person)
	if err != nil {
		return err
	}
	places := map[string]string{}
	if p.Team, err = o.place(ctx, g.Team, places); err != nil {
		return err
	}
	if p.Theirs, err = o.place(ctx, theirs, places); err != nil {
		return err
	}
	p.Elsewhere = theirs != g.Team
	if p.Names, err = o.names(ctx, []Glass{g}, append(speakers(ss), p.Helpers...)...); err != nil {
		return err
	}
	if len(fs) > 0 {
		return v.Invalid(pageReview(p))
	}
	return v.Page(pageReview(p))
}

// judge writes a judgement or a question.
func (o *Oversight) judge(v *web.Visit) error {
	g, err := glass(v.Ctx(), o.db, v.Param("glass"))
	if err != nil {
		return err
	}
	if !MayJudge(v.Actor, g) {
		return fault.New(fault.Denied, "oversight.error.own")
	}
	in := Verdict{State: v.Value("verdict"), Note: v.Value("note")}
	if fs := in.Check(g); len(fs) > 0 {
		return o.showReview(v, g, in, fs)
	}
	k, err := o.vault.Key(v.Ctx(), g.Person)
	if err != nil {
		return err
	}
	said := map[string]string{string(Right): "oversight.said.right", string(Wrong): "oversight.said.wrong", string(Asked): "oversight.said.asked"}
	event := "oversight.event.judged"
	if in.State == string(Asked) {
		event = "oversight.event.asked"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("oversight.reviews", "gezegd", said[in.State]), step(v.Ctx(), tx, v.Actor, k, g, in.State, in.Note, event)
	})
}

// take makes a review one's own.
func (o *Oversight) take(v *web.Visit) error {
	g, err := glass(v.Ctx(), o.db, v.Param("glass"))
	if err != nil {
		return err
	}
	if !MayJudge(v.Actor, g) {
		return fault.New(fault.Denied, "oversight.error.own")
	}
	k, err := o.vault.Key(v.Ctx(), g.Person)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("oversight.review", "glass", g.ID, "gezegd", "oversight.said.taken"), step(v.Ctx(), tx, v.Actor, k, g, taken, "", "oversight.event.taken")
	})
}

// said is what an event is called; an event whose room has no word for it is still told.
func said(v *web.Visit, event string) string {
	if lang.Has(v.Ctx(), event) {
		return lang.T(v.Ctx(), event)
	}
	return lang.T(v.Ctx(), "oversight.event.other")
}
