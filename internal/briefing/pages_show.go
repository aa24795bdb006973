package briefing

// This file holds the small words of the pages that depend on what is shown.

import (
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

func formTitle(ctx context.Context, p sessionForm) string {
	if p.ID == "" {
		return lang.T(ctx, "briefing.form.title")
	}
	return lang.T(ctx, "briefing.form.change")
}

func formSave(ctx context.Context, p sessionForm) string {
	if p.ID == "" {
		return lang.T(ctx, "briefing.form.save")
	}
	return lang.T(ctx, "briefing.save")
}

func formBack(v *web.Visit, p sessionForm) string {
	if p.ID == "" {
		return v.URL("briefing.list")
	}
	return v.URL("briefing.session", "briefing", p.ID)
}

// nth is the id of the i-th choice of a field; the first is the one to which the summary of errors links.
func nth(name string, i int) string {
	if i == 0 {
		return "f-" + name
	}
	return "f-" + name + "-" + strconv.Itoa(i+1)
}

func personID(i int) string { return nth("person", i) }

func closeLabel(ctx context.Context, p attendPage) string {
	if p.Session.Held.IsZero() {
		return lang.T(ctx, "briefing.close.do")
	}
	return lang.T(ctx, "briefing.close.again")
}

// masked is a count, or that it is too small to be shown.
func masked(ctx context.Context, n int, hide bool) string {
	if hide && small(n) {
		return lang.T(ctx, "briefing.few")
	}
	return lang.Number(ctx, n)
}

func topicTitle(ctx context.Context, p topicForm) string {
	if p.ID == "" {
		return lang.T(ctx, "briefing.material.new")
	}
	return lang.T(ctx, "briefing.material.edittitle")
}

func topicURL(v *web.Visit, p topicForm) string {
	if p.ID == "" {
		return v.URL("briefing.addtopic")
	}
	return v.URL("briefing.savetopic", "topic", p.ID)
}

// faulty says whether something is wrong in one language, so that its fields stand open.
func faulty(p topicForm, tag string) bool {
	return slices.ContainsFunc(p.Errors, func(f fault.Field) bool { return f.Name == "title-"+tag || f.Name == "text-"+tag })
}

// spoken renders a part in another language than the page.
func spoken(tag string, c templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error { return c.Render(lang.In(ctx, tag), w) })
}
