package procedure

// This file says where a track stands on its way: which steps it has passed, and on which it is now.

import "slices"

// State is where a step lies on the way.
type State string

// The states.
const (
	Done    State = "done"
	Now     State = "now"
	Later   State = "later"
	Skipped State = "skipped"
)

// Standing is one step and where it lies.
type Standing struct {
	Step  string   `json:"step"`
	Group string   `json:"group"`
	State State    `json:"state"`
	Since Moment   `json:"since,omitzero"`
	Who   []Party  `json:"who,omitempty"` // on the step that is now
	Next  []string `json:"next,omitempty"`
	Ends  bool     `json:"ends,omitempty"`
}

// yours says whether the person, or their lawyer for them, is to act.
func (d Derivation) yours() bool {
	now, ok := d.Now()
	return ok && !now.Ends && len(now.Who) > 0 && !now.Who[0].Authority()
}

// Now is the step the track stands on.
func (d Derivation) Now() (Standing, bool) {
	for _, s := range d.Steps {
		if s.State == Now {
			return s, true
		}
	}
	return Standing{}, false
}

// surelyBegun says whether an event of a track brings it to a step, whatever is not known.
func (s *Step) surelyBegun(f Facts, kinds []string) bool {
	for w := range s.Begins {
		for i := range f.Events {
			if _, sure := s.Begins[w].fits(f, &f.Events[i], kinds); sure {
				return true
			}
		}
	}
	return false
}

// steps says where a track stands on its way. The steps of a law that only goes along with it, such as objection and
// appeal, are shown once something of it has happened.
func steps(way []*Pack, f Facts) []Standing {
	type stop struct {
		step *Step
		pack *Pack
	}
	n := 0
	for _, p := range way {
		if p != nil {
			n += len(p.Steps)
		}
	}
	all := make([]stop, 0, n)
	for i, p := range way {
		if p == nil {
			continue
		}
		begun := i == 0
		for k := 0; k < len(p.Steps) && !begun; k++ {
			begun = p.Steps[k].surelyBegun(f, p.Routes)
		}
		if !begun {
			continue
		}
		for k := range p.Steps {
			all = append(all, stop{&p.Steps[k], p})
		}
	}
	if len(all) == 0 {
		return nil
	}
	out := make([]Standing, len(all))
	for i, x := range all {
		out[i] = Standing{Step: x.step.ID, Group: x.step.Group, State: Later, Next: x.step.Next, Ends: x.step.Ends}
	}
	cur := 0
	begun := make([]bool, len(all))
	begun[0] = true
	for k := range f.Events {
		e := &f.Events[k]
		best, surely := -1, false
		for i, x := range all {
			for w := range x.step.Begins {
				fits, sure := x.step.Begins[w].fits(f, e, x.pack.Routes)
				if came := x.step.Begins[w].Unless; len(came) > 0 && slices.ContainsFunc(f.Events[:k], func(o Event) bool { return slices.Contains(came, o.Kind) }) {
					continue
				}
				if fits && (best < 0 || sure && !surely) {
					best, surely = i, sure
				}
			}
		}
		if best >= 0 {
			cur = best
			begun[best] = true
			out[best].Since = e.On
		}
	}
	for i := range out {
		switch {
		case i == cur:
			out[i].State, out[i].Who = Now, all[i].step.Who
		case i < cur && begun[i]:
			out[i].State = Done
		case i < cur:
			out[i].State = Skipped
		}
	}
	return out
}
