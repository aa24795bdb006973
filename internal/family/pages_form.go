package family

// This file holds the small helpers of the form of a relative.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

func (p formPage) action(v *web.Visit) string {
	if p.ID == "" {
		return v.URL("family.add", "person", p.File.ID())
	}
	return v.URL("family.save", "person", p.File.ID(), "member", p.ID)
}

// roleOptions are what somebody can be of another, each with its sorts.
func roleOptions(v *web.Visit) []ui.Option {
	out := []ui.Option{{Label: lang.T(v.Ctx(), "family.form.role.choose")}}
	for _, r := range Roles {
		forms := Forms(r)
		if forms == nil {
			out = append(out, ui.Option{Value: r, Label: lang.T(v.Ctx(), "family.role."+r)})
		}
		for _, f := range forms {
			out = append(out, ui.Option{Value: r + "/" + f, Label: lang.T(v.Ctx(), "family.role."+r+"."+f)})
		}
	}
	return out
}

func line(name string, i int) string {
	if i == 0 {
		return name
	}
	return name + "-" + strconv.Itoa(i)
}

func nth(name string, i int) string { return "f-" + line(name, i) }

func ticked(boxes []string, i int) bool { return slices.Contains(boxes, strconv.Itoa(i)) }

func calendarName(c string) string {
	if c == "" {
		return "common"
	}
	return c
}

// january says whether a line is 1 January, about which the form asks.
func january(in dossier.Input, i int) bool {
	one := func(s string) bool { return strings.TrimLeft(s, "0") == "1" }
	return dossier.At(in.BirthCalendar, i) == "" && one(dossier.At(in.BirthDay, i)) && one(dossier.At(in.BirthMonth, i))
}

var birthFields = []string{"birth_day", "birth_month", "birth_year", "birth_words", "birth_source"}

func birthErrs(fs fault.Fields, i int) []fault.Field {
	var out []fault.Field
	for _, n := range birthFields {
		if e := ui.ErrAt(fs, line(n, i)); e != nil {
			out = append(out, *e)
		}
	}
	return out
}

func wrong(fs fault.Fields, name string, i int) templ.Attributes {
	if ui.ErrAt(fs, line(name, i)) == nil {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": nth(name, i) + "-e"}
}

// inputFacts are what a form says, to hold two beside each other.
func inputFacts(ctx context.Context, in MemberInput) []ui.FactP {
	role := in.Role
	if in.Role != "" {
		role = lang.T(ctx, "family.role."+strings.ReplaceAll(in.what(), "/", "."))
	}
	born := strings.Join([]string{dossier.At(in.Birth.BirthDay, 0), dossier.At(in.Birth.BirthMonth, 0), dossier.At(in.Birth.BirthYear, 0)}, "-")
	out := []ui.FactP{}
	for _, f := range []ui.FactP{{Label: "name", Value: in.Name}, {Label: "role", Value: role}, {Label: "birth", Value: strings.Trim(born, "-")},
		{Label: "country", Value: in.Country}, {Label: "place", Value: in.Place}, {Label: "with", Value: in.With}, {Label: "note", Value: in.Note}} {
		if f.Value != "" {
			f.Label = lang.T(ctx, "family.form."+f.Label)
			out = append(out, f)
		}
	}
	return out
}
