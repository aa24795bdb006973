package procedure

// This file is the way of a change of the rules: one person proposes, another decides, and it leaves by four eyes too.

// AmendmentState is where a change of the rules stands.
type AmendmentState string

// The states.
const (
	Proposed  AmendmentState = "proposed"
	Refused   AmendmentState = "refused"
	Retracted AmendmentState = "retracted" // taken back by who proposed it
	InForce   AmendmentState = "in_force"
	Leaving   AmendmentState = "leaving" // in force, and somebody asked to withdraw it
	Withdrawn AmendmentState = "withdrawn"
)

// Decision is what somebody does with a change.
type Decision string

// The decisions.
const (
	Approve      Decision = "approved"
	Refuse       Decision = "refused"
	Retract      Decision = "retracted"
	AskLeave     Decision = "leave_asked"
	ApproveLeave Decision = "leave_approved"
	RefuseLeave  Decision = "leave_refused"
)

// ways says to which state a decision leads from which.
var ways = map[AmendmentState]map[Decision]AmendmentState{
	Proposed: {Approve: InForce, Refuse: Refused, Retract: Retracted},
	InForce:  {AskLeave: Leaving},
	Leaving:  {ApproveLeave: Withdrawn, RefuseLeave: InForce},
}

// after is the state that a decision leads to, if it can be taken here.
func (s AmendmentState) after(d Decision) (AmendmentState, bool) {
	next, ok := ways[s][d]
	return next, ok
}

// allowed says whether an account may take a decision about what another account asked. It goes by the account and not by
// its roles: whoever proposed and then changed roles is still the same pair of eyes.
func (d Decision) allowed(account, asked string) bool {
	switch d {
	case Approve, Refuse, ApproveLeave, RefuseLeave:
		return account != asked
	case Retract:
		return account == asked
	}
	return true
}

// open are the decisions that an account may take on a change that another one asked for.
func (s AmendmentState) open(account, asked string) []Decision {
	var out []Decision
	for _, d := range []Decision{Approve, Refuse, Retract, AskLeave, ApproveLeave, RefuseLeave} {
		if _, ok := s.after(d); ok && d.allowed(account, asked) {
			out = append(out, d)
		}
	}
	return out
}
