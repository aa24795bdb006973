package procedure

// This file says how one term stands on a page: its dates, which way they were counted, and what is known or asked of it.

import (
	"reisgezel/internal/kernel/lang"
)

// termView is one deadline as a page shows it.
type termView struct {
	party                    Party
	ID, Title, Means, Basis  string
	Who, Owner               string
	Safe, Last               string
	Line                     []string // who, who minds it, the other end, what is doubtful
	HasDate, Reversed        bool
	TagKind, TagIcon, Tag    string
	Passed, Of               int // of the progress from the event to the safe date
	Urgent, Sure, Confirmed  bool
	Stale                    bool
	State, DoneText          string
	Questions, Notes         []string
	Chain                    []string // of the reading that counts
	URL                      string
	Days                     int
	Note                     string // what was written when it was done
	CanFinish, CanReopen     bool
	DoneURL, ReopenURL, What string
	Records                  []link // events that end it
	Chance                   bool   // a first day on which something may be done
	Waiting, Promised        string // since when an authority is awaited; which day it named itself
	Longer, Still            bool   // the authority took more time; the term stands still
	Letters                  []link // letters that lengthen it or make it stand still
}

// length says a term in words: "4 weken".
func (l lens) length(s string) string {
	t, err := ParseTerm(s)
	if err != nil {
		return ""
	}
	length := l.t("procedure.length."+[...]string{"days", "weeks", "months", "years", "workdays"}[t.Unit], "n", t.N)
	if t.Back {
		return l.t("procedure.length.back", "length", length)
	}
	return length
}

// basis says of a date from what it was counted, and which way.
func (l lens) basis(c Candidate, event string) string {
	day := lang.Day(l.ctx, c.From)
	if t, err := ParseTerm(c.Term); err == nil && t.Back {
		t.Back = false // the words say it
		return lang.Capital(l.t("procedure.basis.back", "event", event, "day", day, "length", l.length(t.String())))
	}
	return l.t("procedure.basis", "event", lang.Capital(event), "day", day, "length", l.length(c.Term))
}

// safeLabel and lastLabel name the two dates of a term. What an authority must do is named the other way round: it is late
// for certain only after the last date that is possible.
func (t termView) safeLabel() string {
	if t.Reversed {
		return "procedure.deadline.after"
	}
	return "procedure.deadline.safe"
}

func (t termView) lastLabel() string {
	switch {
	case t.Reversed:
		return "procedure.deadline.earliest"
	case t.Sure:
		return "procedure.deadline.last"
	default:
		return "procedure.deadline.latest"
	}
}

// readingsText says which of several readings counts.
func (t termView) readingsText() string {
	if t.Reversed {
		return "procedure.readings.text.reversed"
	}
	return "procedure.readings.text"
}

// term is one deadline as it is shown.
func (l lens) term(r Row, d Derivation) termView {
	x, _ := d.find(r.Name)
	v := l.dates(r, x)
	v.ID, v.State = r.ID, r.State
	v.URL = l.v.URL("procedure.deadline", "person", r.Person, "deadline", r.ID)
	v.Owner = l.colleague(r.Owner)
	v.Line = append(v.Line, l.t("procedure.term.owner", "name", v.Owner))
	switch r.State {
	case "done":
		v.DoneText = lang.Capital(l.t("procedure.done.said", "what", l.t("procedure.done."+r.DoneHow), "name", l.colleague(r.DoneBy), "day", lang.When(l.ctx, r.Done, l.v.Now)))
		v.CanReopen = l.mind
		v.ReopenURL = l.v.URL("procedure.reopen", "person", r.Person, "deadline", r.ID)
	case "met":
		v.DoneText = l.met(x)
	case "open":
		v.CanFinish = l.mind
		v.DoneURL = l.v.URL("procedure.done", "person", r.Person, "deadline", r.ID)
	}
	return v
}

// met says by which event a term ended, and whether that was in time.
func (l lens) met(x Deadline) string {
	if x.MetOn.Unknown() || x.Safe.IsZero() {
		return l.t("procedure.met")
	}
	day := lang.Day(l.ctx, x.MetOn.From)
	switch {
	case x.Reversed():
		return l.t("procedure.met.on", "day", day)
	case !x.MetOn.From.After(x.Safe):
		return l.t("procedure.met.safe", "day", day)
	case !x.MetOn.From.After(x.Last) && x.Sure():
		return l.t("procedure.met.last", "day", day)
	}
	return l.t("procedure.met.late", "day", day)
}

// dates is the part of a deadline that a preview shows too.
func (l lens) dates(r Row, x Deadline) termView {
	v := termView{Title: l.t("procedure.term." + r.Term), Means: l.t("procedure.term." + r.Term + ".means"), Who: l.t("procedure.party." + string(r.Party)),
		HasDate: !r.Safe.IsZero(), Reversed: r.Waits, Urgent: r.Urgent, Sure: r.Sure, Confirmed: r.Confirmed, Stale: x.Stale, State: r.State}
	v.party, v.Chance, v.Still = r.Party, x.Kind == Chance, x.Standstill
	v.Line = []string{l.t("procedure.term.who", "who", v.Who)}
	if other := l.otherEnd(r); other != "" {
		v.Line = append(v.Line, other)
	}
	if !r.Confirmed {
		v.Line = append(v.Line, l.t("procedure.unconfirmed"))
	}
	if x.Stale {
		v.Line = append(v.Line, l.t("procedure.stale"))
	}
	c := x.counts()
	seen := map[string]bool{}
	for _, a := range x.Candidates {
		if a.Note != "" && !seen[a.Note] {
			seen[a.Note] = true
			v.Notes = append(v.Notes, l.t("procedure.note."+a.Note))
		}
	}
	for _, reason := range c.Chain {
		v.Chain = append(v.Chain, l.voice.Say(reason))
		v.Longer = v.Longer || reason.Key == "extended"
	}
	if r.Waits && !v.Chance && !c.From.IsZero() && c.From.Before(l.today) {
		v.Waiting = l.t("procedure.waiting", "day", lang.Day(l.ctx, c.From), "n", c.From.DaysUntil(l.today))
	}
	for _, q := range x.Questions {
		v.Questions = append(v.Questions, l.ask(q))
	}
	event := l.t("procedure.event." + x.On)
	v.Basis = lang.Capital(event)
	if !c.From.IsZero() {
		v.Basis = l.basis(c, event)
	}
	if !v.HasDate {
		v.TagKind, v.Tag = "", l.t("procedure.tag.none")
		if r.Urgent {
			v.TagKind, v.TagIcon = "danger", "warning"
		}
		if x.Standstill {
			v.Tag = l.t("procedure.tag.still")
		}
		return v
	}
	v.Safe, v.Last = lang.Day(l.ctx, r.Safe), lang.Day(l.ctx, r.Last)
	v.Days = l.today.DaysUntil(r.Safe)
	if !c.From.IsZero() && c.From.Before(r.Safe) {
		v.Of = c.From.DaysUntil(r.Safe)
		v.Passed = min(v.Of, max(0, c.From.DaysUntil(l.today)))
	}
	short := lang.Near(l.ctx, r.Safe, l.v.Now)
	v.TagIcon = "hourglass-medium"
	switch {
	case r.Waits && v.Days < 0:
		v.TagKind, v.Tag = "warn", l.t("procedure.tag.waited", "day", short)
		if x.Kind == Chance {
			v.TagKind, v.Tag = "ok", l.t("procedure.tag.chance", "day", short)
		}
	case r.Waits:
		v.TagKind, v.Tag = "", l.t("procedure.tag.wait", "day", short)
		if x.Kind == Chance {
			v.Tag = l.t("procedure.tag.chance", "day", short)
		}
	case v.Days < 0:
		v.TagKind, v.TagIcon, v.Tag = "danger", "warning", l.t("procedure.tag.late", "n", -v.Days, "day", short)
	default:
		v.Tag = l.t("procedure.tag.left", "n", v.Days, "day", short)
		if v.Days <= 3 {
			v.TagKind = "danger"
		} else if v.Days <= 7 || r.Urgent {
			v.TagKind = "warn"
		}
	}
	return v
}

// otherEnd says the last day the law may allow, or between which days an authority becomes late.
func (l lens) otherEnd(r Row) string {
	switch {
	case r.Safe.IsZero():
	case r.Waits && r.Safe != r.Last:
		return l.t("procedure.term.between", "from", lang.Day(l.ctx, r.Last), "to", lang.Day(l.ctx, r.Safe))
	case r.Waits:
	case r.Sure:
		return l.t("procedure.term.last", "day", lang.Day(l.ctx, r.Last))
	case r.Safe != r.Last:
		return l.t("procedure.term.unsure", "from", lang.Day(l.ctx, r.Safe), "to", lang.Day(l.ctx, r.Last))
	}
	return ""
}
