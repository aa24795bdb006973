package counsel

// This file turns what stands here into the words and rows of the pages.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
)

func dayOf(t time.Time) clock.Date { return clock.DateOf(t.In(clock.Netherlands)) }

// repRow is one representation as a page shows it.
type repRow struct {
	ID                     string
	Name, Office, Role     string
	Phone, PhoneURL, Email string
	Reachable, Languages   string
	Period, Noted          string
	Reference, Ended       string
	Gone                   bool // the lawyer is no longer in the address book
	PartyURL               string
	EndURL, BackURL        string
	Allowed                []string
	AskURL                 string
}

func repView(ctx context.Context, r Representation, p Party) repRow {
	x := repRow{ID: r.ID, Name: p.Name, Office: p.Office, Role: lang.T(ctx, "counsel.role."+r.Role), Phone: p.Phone, PhoneURL: dossier.PhoneURL(p.Phone), Email: p.Email, Reachable: p.Reachable, Languages: p.Languages,
		Reference: r.What.Reference, Gone: !p.Ended.IsZero()}
	x.Period = lang.T(ctx, "counsel.since", "day", lang.Day(ctx, r.Since))
	if !r.Until.IsZero() {
		x.Period = lang.T(ctx, "counsel.between", "day", lang.Day(ctx, r.Since), "to", lang.Day(ctx, r.Until))
	}
	return x
}
