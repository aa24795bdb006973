package evidence

// This file turns claims, pieces, documents and their stories into words.

import (
	"context"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
)

// claimTitle is what must be proven.
func claimTitle(ctx context.Context, c Claim) string {
	t := lang.T(ctx, "evidence.claim."+c.Kind)
	switch {
	case c.Kind == "other":
		t = lang.Isolated(c.What.Title)
	case c.What.Title != "":
		t += ": " + lang.Isolated(c.What.Title)
	}
	if c.What.About != "" {
		t += " (" + lang.Isolated(c.What.About) + ")"
	}
	return t
}

// paperTitle is what a piece or a document is.
func paperTitle(ctx context.Context, kind, title string) string {
	switch {
	case title == "":
		return lang.T(ctx, "evidence.paper."+kind)
	case kind == "other":
		return lang.Isolated(title)
	}
	return lang.T(ctx, "evidence.paper."+kind) + ": " + lang.Isolated(title)
}

// look of a state: kind and picture of its tag.
var stateLooks = map[string][2]string{
	Missing: {"warn", "warning"}, Asked: {"", "hourglass-medium"}, Sent: {"brand", "envelope-simple"}, Translating: {"", "translate"},
	There: {"ok", "check"}, Disputed: {"danger", "warning"}, Unneeded: {"", ""},
}

// alarmText tells the last day of a document, or nothing.
func alarmText(ctx context.Context, expires, today clock.Date) string {
	switch {
	case expires.IsZero():
		return ""
	case AlarmOf(expires, today) == Expired:
		return lang.T(ctx, "evidence.expired", "day", lang.FullDay(ctx, expires))
	}
	return lang.T(ctx, "evidence.expires", "day", lang.FullDay(ctx, expires))
}

// alarmLook is kind and picture of the tag of an alarm.
func alarmLook(a Alarm) (kind, icon string) {
	switch a {
	case Expired, OneMonth:
		return "danger", "warning"
	case ThreeMonths, SixMonths:
		return "warn", "clock"
	}
	return "", ""
}

// sizeText is a size as people say it.
func sizeText(ctx context.Context, n int64) string {
	if n < 1<<20 {
		return lang.T(ctx, "evidence.kb", "n", max(1, n>>10))
	}
	return lang.T(ctx, "evidence.mb", "n", (n+1<<19)>>20)
}

// told is one line of a story.
type told struct {
	When, Who, Did, Note string
	Details              []string
}

// tellEvent puts one event into words. Names are of colleagues and of the person.
func (n names) tellEvent(ctx context.Context, e Event, when string) told {
	w := e.What
	t := told{When: when, Who: n.by(e.MadeBy), Did: lang.T(ctx, "evidence.did."+e.Kind), Note: w.Note}
	if e.Kind != claimMade && w.Kind != "" {
		t.Details = append(t.Details, paperTitle(ctx, w.Kind, w.Title))
	}
	if w.State != "" {
		t.Details = append(t.Details, lang.T(ctx, "evidence.state."+w.State))
	}
	if o := n.owner(ctx, w.Owner, w.Who); o != "" {
		t.Details = append(t.Details, o)
	}
	if !w.Due.IsZero() {
		t.Details = append(t.Details, lang.T(ctx, "evidence.due", "day", lang.Day(ctx, w.Due)))
	}
	if !w.Expires.IsZero() {
		t.Details = append(t.Details, lang.T(ctx, "evidence.expires", "day", lang.FullDay(ctx, w.Expires)))
	}
	if w.N > 1 {
		t.Details = append(t.Details, lang.T(ctx, "evidence.scan.n", "n", w.N))
	}
	if w.Alarm != "" {
		t.Details = append(t.Details, lang.T(ctx, "evidence.alarm."+w.Alarm))
	}
	return t
}

// names are how colleagues and the person are called on one page.
type names struct {
	self, called string
	colleagues   map[string]string
}

// by is who did something.
func (n names) by(id string) string {
	if id == n.self {
		return lang.Isolated(n.called)
	}
	return n.colleagues[id]
}

// owner tells who will get a piece.
func (n names) owner(ctx context.Context, owner, who string) string {
	switch owner {
	case "":
		return ""
	case Self:
		return lang.T(ctx, "evidence.getter", "name", lang.Isolated(n.called))
	case Someone:
		return lang.T(ctx, "evidence.getter", "name", lang.Isolated(who))
	}
	if name := n.colleagues[owner]; name != "" {
		return lang.T(ctx, "evidence.getter", "name", name)
	}
	return lang.T(ctx, "evidence.getter.gone")
}

// dayText is a day of a form as people say it.
func dayText(ctx context.Context, s string) string {
	d, err := clock.ParseDate(s)
	if err != nil {
		return s
	}
	return lang.Day(ctx, d)
}
