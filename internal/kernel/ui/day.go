package ui

// This file holds the small helpers of a day that may stand in another calendar.

import (
	"github.com/a-h/templ"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// OtherNames are the fields in which DayField asks for a day in another calendar.
func OtherNames(name string) []string {
	return []string{name + "_calendar", name + "_day", name + "_month", name + "_year"}
}

// faulty is a field with its fault.
func faulty(f F, fs fault.Fields) F {
	f.Err = ErrAt(fs, f.Name)
	return f
}

// toldDay is the day of another calendar as it is in ours; none when it is none or another one than stands beside it.
func toldDay(f F, o clock.Other) clock.Date {
	text, bad := o.Beside(f.Value)
	if o.Calendar == "" || bad != "" {
		return clock.Date{}
	}
	d, _ := clock.ReadDay(text)
	return d
}

func dayAttrs(f F, e *fault.Field) templ.Attributes {
	a := templ.Attributes{"aria-describedby": f.ID() + "_day-h"}
	if e != nil {
		a["aria-invalid"], a["aria-describedby"] = "true", f.ID()+"_day-h "+f.ID()+"_day-e"
	}
	return a
}
