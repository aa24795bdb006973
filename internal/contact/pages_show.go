package contact

// This file turns what the pages of contacts show into words and options.

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

func first(s string) string {
	for _, r := range s {
		return strings.ToUpper(string(r))
	}
	return "?"
}

func calledOr(ctx context.Context, called string) string {
	if called == "" {
		return lang.T(ctx, "contact.anonymous")
	}
	return called
}

func language(ctx context.Context, w Waiter) string {
	if w.Language == "" {
		return lang.T(ctx, "contact.language.unknown")
	}
	return lang.T(ctx, "dossier.tongue."+w.Language)
}

// waiterText is the line under a name in the queue: the language, since when, and today's appointment.
func waiterText(ctx context.Context, w Waiter, now time.Time) string {
	appointment := ""
	if w.Hour != "" {
		appointment = lang.T(ctx, "contact.desk.appointment", "time", w.Hour, "name", w.With)
	}
	since := lang.T(ctx, "contact.desk.new")
	if n := int(now.Sub(w.Came).Minutes()); n > 0 {
		since = lang.T(ctx, "contact.desk.since", "n", n)
	}
	return lang.Dots(language(ctx, w), since, appointment)
}

// renewURL is where the page of the desk renews itself from; while there are faults to mend it stands still.
func renewURL(v *web.Visit, p deskPage) string {
	if p.On == nil || len(p.Errors) > 0 {
		return ""
	}
	return v.URL("contact.desk")
}

func countsText(ctx context.Context, ns []Count) string {
	var parts []string
	for _, n := range ns {
		parts = append(parts, lang.T(ctx, "contact.topic."+n.Topic)+" "+strconv.Itoa(n.N))
	}
	return lang.Dots(parts...)
}

func title(p recordPage) string {
	if p.Moment != "" {
		return "contact.record.fix"
	}
	return "contact.record.title"
}

func saveURL(v *web.Visit, p recordPage) string {
	switch {
	case p.Person == "":
		return v.URL("contact.guestsave", "visit", p.Visit)
	case p.Moment != "":
		return v.URL("contact.correct", "person", p.Person, "moment", p.Moment)
	}
	return v.URL("contact.save", "person", p.Person)
}

// earURL is the other form: with a topic, or without one for a talk in which somebody listened.
func earURL(v *web.Visit, p recordPage, ear bool) string {
	kind := "gewoon"
	if ear {
		kind = "oor"
	}
	if p.Person == "" {
		return v.URL("contact.guest", "visit", p.Visit, "soort", kind)
	}
	return v.URL("contact.record", "person", p.Person, "soort", kind)
}

// draftAttrs make the form save itself.
func draftAttrs(v *web.Visit, p recordPage) templ.Attributes {
	to := ""
	switch {
	case p.Person == "":
		to = v.URL("contact.guestdraft", "visit", p.Visit)
	case p.Moment != "":
		to = v.URL("contact.fixdraft", "person", p.Person, "moment", p.Moment)
	default:
		to = v.URL("contact.draft", "person", p.Person)
	}
	return templ.Attributes{"data-draft": to, "data-offline": lang.T(v.Ctx(), "contact.draft.offline")}
}

func topicOptions(ctx context.Context) []ui.Option {
	out := ui.Options(ctx, "contact.topic.", Topics)
	for i := range out {
		out[i].Icon = topicIcons[out[i].Value]
	}
	return out
}

func nextOptions(ctx context.Context) []ui.Option {
	out := ui.Options(ctx, "contact.next.", Nexts)
	for i := range out {
		out[i].Icon = nextIcons[out[i].Value]
	}
	return out
}

func visibleOptions(ctx context.Context, name string) []ui.Option {
	var out []ui.Option
	for _, x := range Visibilities {
		out = append(out, ui.Option{Value: x, Label: lang.T(ctx, "contact.visible."+x, "name", name)})
	}
	return out
}

// reads tells who reads the note as it stands on the screen.
func reads(ctx context.Context, p recordPage) string {
	if p.Person == "" {
		return lang.T(ctx, "contact.record.reads.guest")
	}
	return lang.T(ctx, "contact.record.reads."+p.In.Visibility(), "name", p.Called)
}

func whenOptions(ctx context.Context, today clock.Date) []ui.Option {
	return []ui.Option{
		{Value: "tomorrow", Label: lang.T(ctx, "contact.when.tomorrow")},
		{Value: "days", Label: lang.Capital(lang.ShortDay(ctx, Workday(today.AddDays(2))))},
		{Value: "week", Label: lang.T(ctx, "contact.when.week")},
		{Value: "other", Label: lang.T(ctx, "contact.when.other")},
	}
}

func interpreterOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "", Label: lang.T(ctx, "contact.interpreter.none")}, {Value: "phone", Label: lang.T(ctx, "contact.interpreter.phone")}, {Value: "present", Label: lang.T(ctx, "contact.interpreter.present")}}
}

func anyErr(p recordPage, names ...string) bool {
	for _, n := range names {
		if ui.ErrAt(p.Errors, n) != nil {
			return true
		}
	}
	return false
}

// faulty marks a field of the form with the fault that stands at it.
func faulty(p recordPage, name string) templ.Attributes {
	if ui.ErrAt(p.Errors, name) == nil {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": "f-" + name + "-e"}
}

// didText is what was done, how long it took, and whether there was an interpreter.
func didText(ctx context.Context, b Body) string {
	var parts []string
	for _, d := range b.Done {
		parts = append(parts, lang.T(ctx, "contact.done."+d))
	}
	if b.Minutes > 0 {
		parts = append(parts, lang.T(ctx, "contact.minutes", "n", b.Minutes))
	}
	if b.Interpreter {
		parts = append(parts, lang.T(ctx, "contact.record.interpreter"))
	}
	return lang.Dots(parts...)
}

// versionFacts are a note as one of two versions beside each other.
func versionFacts(ctx context.Context, b Body, visible, name string) []ui.FactP {
	topic := ""
	if b.Topic != "" {
		topic = lang.T(ctx, "contact.topic."+b.Topic)
	}
	return []ui.FactP{
		{Label: lang.T(ctx, "contact.record.topic"), Value: topic},
		{Label: lang.T(ctx, "contact.record.done"), Value: didText(ctx, b)},
		{Label: lang.T(ctx, "contact.record.notelabel"), Value: b.Note},
		{Label: lang.T(ctx, "contact.record.visible"), Value: lang.T(ctx, "contact.visible."+visible, "name", name)},
	}
}

// soonText is how long until an appointment that is near; empty when it is not.
func soonText(ctx context.Context, a Appointment, now time.Time) string {
	if !a.Now(now) {
		return ""
	}
	if n := int(a.At.Sub(now).Round(time.Minute).Minutes()); n > 0 {
		return lang.T(ctx, "contact.meeting.soon", "n", n)
	}
	return lang.T(ctx, "contact.meeting.on")
}

// tagP is one short state at the end of a row.
type tagP struct{ Kind, Icon, Key string }

// meetingTag tells what matters most of an appointment.
func meetingTag(a Appointment, now time.Time) tagP {
	switch {
	case !a.Cancelled.IsZero():
		return tagP{"", "", "contact.meeting.cancelled"}
	case !a.Kept.IsZero():
		return tagP{"ok", "check", "contact.meeting.kept"}
	case !a.Asked.IsZero():
		return tagP{"warn", "hourglass-medium", "contact.meeting.asked"}
	case !a.Wants.IsZero():
		return tagP{"warn", "translate", "contact.meeting.wants"}
	case !a.Arrived.IsZero():
		return tagP{"brand", "user-circle", "contact.meeting.arrived"}
	case a.Meeting.Kind == "phone":
		return tagP{"", "phone", "contact.kind.phone"}
	case !a.Comes.IsZero():
		return tagP{"ok", "check", "contact.meeting.comes"}
	}
	return tagP{}
}

func dueText(ctx context.Context, p Promise, now time.Time) string {
	return lang.T(ctx, "contact.promise.due", "day", lang.Near(ctx, p.Due, now))
}

// lateText says how late a promise is, and nothing when it is not.
func lateText(ctx context.Context, p Promise, now time.Time) string {
	switch n := p.Late(clock.Today(now)); n {
	case 0:
		return ""
	case 1:
		return lang.T(ctx, "contact.promise.yesterday")
	default:
		return lang.T(ctx, "contact.promise.late", "n", n)
	}
}

// waitingSince is how long the first one waits, after a comma.
func waitingSince(ctx context.Context, d deskPart) string {
	switch {
	case d.Minutes < 0:
		return ". "
	case d.Minutes == 0:
		return ", " + lang.T(ctx, "contact.today.new") + " "
	}
	return ", " + lang.T(ctx, "contact.today.first", "n", d.Minutes) + " "
}

// nextText is how it goes on, where that is more than that it is ready.
func nextText(ctx context.Context, b Body) string {
	if b.Next == "" || b.Next == "ready" {
		return ""
	}
	return lang.T(ctx, "contact.next."+b.Next)
}

func minutesHint(p recordPage, text string) string {
	if p.Visit == "" || p.Moment != "" {
		return ""
	}
	return text
}

func whereIcon(h heroPart) string {
	if h.Route == "" {
		return "phone"
	}
	return "map-pin"
}

// newURL is where a new person is registered, for who may.
func newURL(v *web.Visit) string {
	if v.Actor.Has(access.Case, access.Legal) && web.Known(v.Ctx(), "dossier.new") {
		return v.URL("dossier.new")
	}
	return ""
}
