package contact

// This file turns what the pages of contacts show into words and options.

import (
	"context"
	"strings"

	"github.com/a-h/templ"

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

func called(ctx context.Context, w Waiter) string {
	if w.Hidden {
		return lang.T(ctx, "contact.hidden")
	}
	return calledOr(ctx, w.Called)
}

func language(ctx context.Context, w Waiter) string {
	if w.Language == "" {
		return lang.T(ctx, "contact.language.unknown")
	}
	return lang.T(ctx, "dossier.tongue."+w.Language)
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

// draftAttrs make the form save itself; corrections and visitors without a file keep no draft.
func draftAttrs(v *web.Visit, p recordPage) templ.Attributes {
	if p.Person == "" || p.Moment != "" {
		return nil
	}
	return templ.Attributes{"data-draft": v.URL("contact.draft", "person", p.Person), "data-offline": lang.T(v.Ctx(), "contact.draft.offline")}
}

func options(ctx context.Context, prefix string, values []string) []ui.Option {
	var out []ui.Option
	for _, x := range values {
		out = append(out, ui.Option{Value: x, Label: lang.T(ctx, prefix+x)})
	}
	return out
}

func topicOptions(ctx context.Context) []ui.Option {
	out := options(ctx, "contact.topic.", Topics)
	for i := range out {
		out[i].Icon = topicIcons[out[i].Value]
	}
	return out
}

func nextOptions(ctx context.Context) []ui.Option {
	out := options(ctx, "contact.next.", Nexts)
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

func whenOptions(ctx context.Context, today clock.Date) []ui.Option {
	return []ui.Option{
		{Value: "tomorrow", Label: lang.T(ctx, "contact.when.tomorrow")},
		{Value: "days", Label: lang.Capital(lang.ShortDay(ctx, today.AddDays(2)))},
		{Value: "week", Label: lang.T(ctx, "contact.when.week")},
		{Value: "other", Label: lang.T(ctx, "contact.when.other")},
	}
}

func interpreterOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "", Label: lang.T(ctx, "dossier.interpreter.none")}, {Value: "phone", Label: lang.T(ctx, "dossier.interpreter.phone")}, {Value: "present", Label: lang.T(ctx, "dossier.interpreter.present")}}
}

func anyErr(p recordPage, names ...string) bool {
	for _, n := range names {
		if ui.ErrAt(p.Errors, n) != nil {
			return true
		}
	}
	return false
}

func meetingTag(ctx context.Context, r meetingRow) string {
	if !r.Cancelled.IsZero() {
		return lang.T(ctx, "contact.meeting.cancelled")
	}
	return ""
}
