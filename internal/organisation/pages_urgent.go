package organisation

// This file shows the line for what cannot wait to everybody, and lets an administrator fill it in.

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// UrgentP is the line as a page shows it at one moment. Free says on which days nobody works.
type UrgentP struct {
	Line
	Now  time.Time
	Free func(clock.Date) bool
}

// UrgentNow is the line as a page for everybody shows it.
func (s *Store) UrgentNow(v *web.Visit, free func(clock.Date) bool) (UrgentP, error) {
	l, err := s.Urgent(v.Ctx())
	if free == nil {
		free = func(clock.Date) bool { return false }
	}
	return UrgentP{l, v.Now, free}, err
}

// open says until when the line is open now; empty when it is shut.
func (p UrgentP) open(ctx context.Context) string {
	if p.Always() {
		return lang.T(ctx, "organisation.urgent.always")
	}
	if o := p.Next(p.Now, p.Free); o.Now {
		return lang.T(ctx, "organisation.urgent.open", "time", lang.Time(ctx, o.Until))
	}
	return ""
}

// opens says when a line that is shut is open again.
func (p UrgentP) opens(ctx context.Context) string {
	o := p.Next(p.Now, p.Free)
	if o.From.IsZero() {
		return lang.T(ctx, "organisation.urgent.shut.long")
	}
	return lang.T(ctx, "organisation.urgent.shut", "day", lang.FullDay(ctx, clock.Today(o.From)), "time", lang.Time(ctx, o.From))
}

func (p UrgentP) week(ctx context.Context) []ui.FactP {
	var out []ui.FactP
	for _, d := range (Location{Hours: p.Hours}).Week() {
		out = append(out, ui.FactP{Label: lang.Capital(lang.Weekday(ctx, time.Weekday(d.Weekday%7))), Value: hoursLine(d.Hours)})
	}
	return out
}

var undialled = regexp.MustCompile(`[^0-9+]`)

// dial is a telephone number as a telephone dials it.
func dial(s string) string { return "tel:" + undialled.ReplaceAllString(s, "") }

type urgentForm struct {
	In     LineInput
	Errors fault.Fields
}

func (s *Store) editUrgent(v *web.Visit) error {
	l, err := s.Urgent(v.Ctx())
	if err != nil {
		return err
	}
	f := urgentForm{In: LineInput{l.Phone, l.After, l.Words, append(l.Hours, make([]Hours, spare)...), l.Version}}
	return v.Page(urgentFormPage(f))
}

func (s *Store) saveUrgent(v *web.Visit) error {
	f := urgentForm{In: LineInput{Phone: v.Value("phone"), After: v.Value("after"), Words: v.Value("words"), Version: number(v.Value("version"))}}
	for i := 0; i < most && v.Has(fmt.Sprintf("day-%d", i)); i++ {
		f.In.Hours = append(f.In.Hours, Hours{Weekday: int(number(v.Value(fmt.Sprintf("day-%d", i)))), Opens: tidyTime(v.Value(fmt.Sprintf("opens-%d", i))), Shuts: tidyTime(v.Value(fmt.Sprintf("shuts-%d", i)))})
	}
	if f.Errors = f.In.Check(); len(f.Errors) > 0 {
		return v.Invalid(urgentFormPage(f))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("organisation.overview", "gezegd", "organisation.said.saved"), PutUrgent(v.Ctx(), tx, f.In, v.Actor.ID)
	})
}
