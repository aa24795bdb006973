package information

// This file turns what is known into the small pieces that the pages show.

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

func townOptions(ctx context.Context, towns []string) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "information.help.all")}}
	for _, t := range towns {
		out = append(out, ui.Option{Value: t, Label: t})
	}
	return out
}

func themeOptions(ctx context.Context) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "information.form.choose")}}
	for _, t := range Themes {
		out = append(out, ui.Option{Value: t.ID, Label: lang.T(ctx, "information.theme."+t.ID)})
	}
	return out
}

func teamOptions(ts []organisation.Team) []ui.Option {
	var out []ui.Option
	for _, t := range ts {
		out = append(out, ui.Option{Value: t.ID, Label: t.Name})
	}
	return out
}

func formTitle(ctx context.Context, f formPage) string {
	if f.ID == "" {
		return lang.T(ctx, "information.new")
	}
	return lang.T(ctx, "information.edit.title")
}

func formURL(ctx context.Context, f formPage) string {
	if f.ID == "" {
		return web.URL(ctx, "information.add")
	}
	return web.URL(ctx, "information.save", "text", f.ID)
}

// faulty says whether a folded part of the form has a fault, so that it opens.
func faulty(f formPage, tag string) bool {
	for _, e := range f.Errors {
		if strings.HasSuffix(e.Name, "-"+tag) {
			return true
		}
	}
	return false
}

// The demands of the Dutch are said once, where the Dutch is written.
func titleHint(ctx context.Context, l lang.Lang) string {
	if l.Tag == "nl" {
		return lang.T(ctx, "information.form.title.hint")
	}
	return ""
}

func textHint(ctx context.Context, l lang.Lang) string {
	if l.Tag == "nl" {
		return lang.T(ctx, "information.form.text.hint")
	}
	return ""
}

func soundAttrs(name string, e *fault.Field) templ.Attributes {
	if e == nil {
		return templ.Attributes{"aria-describedby": "f-" + name + "-h"}
	}
	return templ.Attributes{"aria-describedby": "f-" + name + "-h f-" + name + "-e", "aria-invalid": "true"}
}

func inDutch(ctx context.Context, p articlePage) string {
	return web.URL(ctx, "information.article", "theme", p.Theme, "slug", p.Slug, "taal", "nl")
}
