package feedback

// This file holds the complaint without a sign-in, and following it with its code.

import (
	"slices"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

type complainPage struct {
	In     ComplaintInput
	Towns  []string
	Terms  Terms
	Held   string // as on the page of an opinion
	Errors fault.Fields
}

func (f *Feedback) complainPage(v *web.Visit) (complainPage, []organisation.Door, error) {
	var p complainPage
	doors, err := f.org.Doors(v.Ctx())
	if err != nil {
		return p, nil, err
	}
	for _, d := range doors {
		if !slices.Contains(p.Towns, d.Town) {
			p.Towns = append(p.Towns, d.Town)
		}
	}
	p.Terms, err = f.terms(v.Ctx(), f.db)
	return p, doors, err
}

// complain shows the form with a fresh code. The code is written down before sending: so it stands in no address and in no
// table, only its token does.
func (f *Feedback) complain(v *web.Visit) error {
	p, _, err := f.complainPage(v)
	if err != nil {
		return err
	}
	p.In.Code = NewCode()
	return v.Page(pageComplain(p))
}

func (f *Feedback) send(v *web.Visit) error {
	p, doors, err := f.complainPage(v)
	if err != nil {
		return err
	}
	s, fs, err := f.listen(v)
	if err != nil {
		return err
	}
	p.In = ComplaintInput{Subject: v.Value("onderwerp"), Against: v.Value("wie"), Town: v.Value("plaats"), Text: v.Value("klacht"), Code: v.Value("code"), Spoken: !s.none()}
	if p.Errors = append(p.In.Check(Levels), fs...); ReadCode(p.In.Code) == "" {
		p.In.Code = NewCode()
		p.Errors.Add("code", "feedback.error.code")
	}
	if len(p.Errors) > 0 {
		if p.Held, err = f.hold(v, s); err != nil {
			return err
		}
		return v.Invalid(pageComplain(p))
	}
	if err := f.limit.Take(v); err != nil {
		return err
	}
	c := Complaint{Level: p.In.Against, Lang: lang.Of(v.Ctx()).Tag}
	if i := slices.IndexFunc(doors, func(d organisation.Door) bool { return d.Town == p.In.Town }); i >= 0 {
		t, err := f.org.Team(v.Ctx(), doors[i].Team)
		if err != nil {
			return err
		}
		c.Team, c.Region = t.ID, t.Region
	}
	if c, err = f.placed(v.Ctx(), c, v.Now); err != nil {
		return err
	}
	v.Nobody()
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := f.putComplaint(v.Ctx(), tx, c, p.In)
		if err == nil {
			err = f.putVoice(v.Ctx(), tx, "", id, s)
		}
		return v.URL("feedback.track", "gezegd", "feedback.said.anonymous"), err
	})
}

type trackPage struct {
	Code   string
	Told   *told
	Errors fault.Fields
}

func (f *Feedback) track(v *web.Visit) error { return v.Page(pageTrack(trackPage{})) }

// follow shows a complaint to whoever holds its code. It writes nothing; it is a form so that the code stands in no address.
func (f *Feedback) follow(v *web.Visit) error {
	if err := f.guesses.Take(v); err != nil {
		return err
	}
	p := trackPage{Code: v.Value("code")}
	c, err := f.byCode(v.Ctx(), p.Code)
	if fault.Is(err, fault.NotFound) {
		p.Errors.Add("code", "feedback.error.code")
		return v.Invalid(pageTrack(p))
	}
	if err != nil {
		return err
	}
	t, err := f.told(v, c)
	if err != nil {
		return err
	}
	p.Told = &t
	return v.Page(pageTrack(p))
}
