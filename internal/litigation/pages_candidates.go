package litigation

// This file holds the candidates of a case: first a count, then a wish with a purpose, and in the end who said yes.

import (
	"slices"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type candidatesPage struct {
	Case
	In      CriteriaInput
	Topics  []ui.Option
	Kinds   []ui.Option
	Origins []ui.Option
	Count   string // the last count, as it is told
	When    string
	Purpose string
	Wished  string // when the colleagues were last asked
	Owner   bool
	Read    bool // whoever said yes is on the page
	Agreed  []Agreed
	Errors  fault.Fields
}

func values(os []ui.Option) []string {
	var out []string
	for _, o := range os {
		out = append(out, o.Value)
	}
	return out
}

func monthOf(d clock.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()[:7]
}

func (s *Litigation) candidatesPage(v *web.Visit) (candidatesPage, error) {
	c, err := s.open(v)
	if err != nil {
		return candidatesPage{}, err
	}
	f := c.Core.For
	p := candidatesPage{Case: c, In: CriteriaInput{Topic: f.Topic, Kind: f.Kind, From: monthOf(f.From), To: monthOf(f.To), Origin: f.Origin}, Owner: c.Owner == v.Actor.ID}
	if f.Against {
		p.In.Against = "1"
	}
	p.Topics, p.Kinds, p.Origins = s.lent.Choices(v)
	ss, err := s.steps(v.Ctx(), c.ID)
	if err != nil {
		return p, err
	}
	// The last of each; a count of other criteria than those that stand now is none.
	for _, x := range ss {
		if x.Kind == Counted && p.Count == "" && x.Words.For != nil && *x.Words.For == f {
			p.Count, p.When = shownText(v.Ctx(), x.Words.Shown, x.Words.Small), lang.When(v.Ctx(), x.At, v.Now)
		}
		if x.Kind == Wished && p.Wished == "" {
			p.Wished = lang.When(v.Ctx(), x.At, v.Now)
		}
	}
	return p, nil
}

func (s *Litigation) candidates(v *web.Visit) error {
	p, err := s.candidatesPage(v)
	if err != nil {
		return err
	}
	return v.Page(pageCandidates(p))
}

// count keeps the criteria and tells how many meet them, no closer than Shown.
func (s *Litigation) count(v *web.Visit) error {
	p, err := s.candidatesPage(v)
	if err != nil {
		return err
	}
	p.In = CriteriaInput{v.Value("onderwerp"), v.Value("wat"), v.Value("tegen"), v.Value("vanaf"), v.Value("tot"), v.Value("herkomst")}
	f, fs := p.In.Check(values(p.Topics), values(p.Kinds), values(p.Origins), clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors, p.Count = fs, ""
		return v.Invalid(pageCandidates(p))
	}
	if n, err := s.counted(v.Ctx(), v.Actor, v.Now); err != nil {
		return err
	} else if n >= countsMost {
		return fault.New(fault.TooMany, "litigation.error.counts")
	}
	n, err := s.lent.Count(v.Ctx(), s.db, f)
	if err != nil {
		return err
	}
	shown, small := Shown(n)
	p.Case.Core.For = f
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := s.put(v.Ctx(), tx, p.Case, p.Case.Version); err != nil {
			return "", err
		}
		return v.URL("litigation.candidates", "matter", p.ID), s.step(v.Ctx(), tx, v.Actor, Step{Matter: p.ID, Kind: Counted, State: p.State, Words: StepWords{For: &f, Shown: shown, Small: small}})
	})
}

// wish sends a wish to whoever holds the file of each, for a purpose that is kept. What comes back says nothing of how many they are.
func (s *Litigation) wish(v *web.Visit) error {
	p, err := s.candidatesPage(v)
	if err != nil {
		return err
	}
	p.Purpose = v.Value("doel")
	checkWords(&p.Errors, "doel", p.Purpose, 1000, true)
	if p.Count == "" {
		p.Errors.Add("doel", "litigation.error.uncounted")
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageCandidates(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := s.lent.Wish(v.Ctx(), tx, p.ID, p.Core.Question, p.Purpose, p.Core.For); err != nil {
			return "", err
		}
		return v.URL("litigation.candidates", "matter", p.ID, "gezegd", "litigation.said.wished"), s.step(v.Ctx(), tx, v.Actor, Step{Matter: p.ID, Kind: Wished, State: p.State, Words: StepWords{Words: p.Purpose}})
	})
}

// agreed shows the owner who said yes. It is a press and no link, so that nobody is read by the way.
func (s *Litigation) agreed(v *web.Visit) error {
	p, err := s.candidatesPage(v)
	if err != nil {
		return err
	}
	if !p.Owner {
		return fault.Gone()
	}
	if p.Agreed, err = s.lent.Agreed(v, p.ID); err != nil {
		return err
	}
	slices.SortFunc(p.Agreed, func(a, b Agreed) int { return strings.Compare(a.Called+a.Team, b.Called+b.Team) })
	p.Read = true
	if err := s.db.Tx(v.Ctx(), func(tx *db.Tx) error {
		return s.step(v.Ctx(), tx, v.Actor, Step{Matter: p.ID, Kind: Read, State: p.State})
	}); err != nil {
		return err
	}
	return v.Page(pageCandidates(p))
}
