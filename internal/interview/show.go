package interview

// This file turns interviews and their stories into words.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
)

// titleOf is what an interview is.
func titleOf(ctx context.Context, i Interview) string {
	if i.Kind == "other" && i.What.Title != "" {
		return lang.Isolated(i.What.Title)
	}
	return lang.T(ctx, "interview.kind."+i.Kind)
}

// whenText is the day and hour, as far as anybody knows them.
func whenText(ctx context.Context, d clock.Date, hour string) string {
	switch {
	case d.IsZero():
		return lang.T(ctx, "interview.day.unknown")
	case hour == "":
		return lang.Day(ctx, d)
	}
	return lang.T(ctx, "interview.day.hour", "day", lang.Day(ctx, d), "hour", hour)
}

func siteText(ctx context.Context, site string) string { return lang.T(ctx, "interview.site."+site) }

// whereText is the place with the address that was written down.
func whereText(ctx context.Context, i Interview) string {
	if i.What.Where == "" {
		return siteText(ctx, i.Site)
	}
	if i.Site == "other" || i.Site == "unknown" {
		return lang.Isolated(i.What.Where)
	}
	return siteText(ctx, i.Site) + ", " + lang.Isolated(i.What.Where)
}

// tongueText is the language of an interview.
func tongueText(ctx context.Context, tag string) string {
	if tag == "" {
		return lang.T(ctx, "interview.unknown")
	}
	if key := "dossier.tongue." + tag; lang.Has(ctx, key) {
		return lang.T(ctx, key)
	}
	return dossier.Tongue(tag)
}

// wishText is what the person wishes of the interpreter.
func wishText(ctx context.Context, p Plan) string {
	gender := ""
	if p.Gender != "" {
		gender = lang.T(ctx, "interview.gender."+p.Gender)
	}
	dialect := ""
	if p.Dialect != "" {
		dialect = lang.Isolated(p.Dialect)
	}
	return lang.Dots(gender, dialect)
}

// names are how colleagues are called on one page.
type names map[string]string

func (n names) of(ctx context.Context, id string) string {
	if name := n[id]; name != "" {
		return name
	}
	return lang.T(ctx, "interview.somebody")
}

// told is one line of a story.
type told struct{ When, Who, Did, More string }

// tellAll puts a story into words. What a correction said before is told only to who may read corrections.
func (n names) tellAll(ctx context.Context, es []Event, now time.Time, inside bool) []told {
	var out []told
	for _, e := range es {
		w := e.What
		t := told{When: lang.When(ctx, e.At, now), Who: n.of(ctx, e.MadeBy), Did: lang.T(ctx, "interview.did."+e.Kind)}
		switch e.Kind {
		case didPlan, didMove:
			t.More = whenText(ctx, w.Day, w.Hour)
		case didAsk, didRelease, didYes, didNo, didCannot:
			t.More = n.of(ctx, w.Colleague)
		case didReceive, didTrack:
			t.More = lang.Day(ctx, w.Day)
		case didSend:
			t.More = lang.Dots(lang.T(ctx, "interview.recipient."+w.To), lang.Day(ctx, w.Day))
		case didRecorrect:
			if inside && w.Text != nil {
				t.More = lang.T(ctx, "interview.was", "text", lang.Isolated(w.Text.Should))
			}
		}
		out = append(out, t)
	}
	return out
}

// looks are kind and picture of the tag of a state.
var looks = map[string][2]string{Planned: {"brand", "calendar-blank"}, Held: {"", "check"}, Closed: {"ok", "check-circle"}, Cancelled: {"", "x"}}

// answerLooks are those of an answer.
var answerLooks = map[string][2]string{Asked: {"warn", "hourglass-medium"}, Yes: {"ok", "check"}, No: {"", "x"}, Cannot: {"", "x"}, Released: {"", ""}}

// weightLooks are those of how bad something was.
var weightLooks = map[string][2]string{"small": {"", ""}, "serious": {"warn", "warning"}, "grave": {"danger", "warning"}}

// whoTitle is the heading above who goes along, or went.
func whoTitle(ctx context.Context, state string) string {
	if state == Held || state == Closed {
		return lang.T(ctx, "interview.who.went")
	}
	return lang.T(ctx, "interview.who")
}

// Rights are what a person may ask for in an interview, in the order in which pages show them.
var Rights = []string{"pause", "interpreter", "gender", "unknown", "wrong", "private", "company", "report"}

// readLook is the kind of the tag that says whether a correction was read back.
func readLook(c Correction) string {
	return map[string]string{"": "warn", "no": "danger", "yes": "ok"}[c.Agreed]
}

func recipientText(ctx context.Context, s Sending) string {
	if s.Recipient == "other" && s.What.Who != "" {
		return lang.Isolated(s.What.Who)
	}
	return lang.T(ctx, "interview.recipient."+s.Recipient)
}

func orUnknown(ctx context.Context, s string) string {
	if s == "" {
		return lang.T(ctx, "interview.unknown")
	}
	return s
}
