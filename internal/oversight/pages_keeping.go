package oversight

// This file holds the page Bewaren: how long everything about people is kept, from the same classes by which the program
// removes it.

import (
	"context"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

type keepRow struct {
	What, Long, Who string
	Assumed         bool
}

func (o *Oversight) keeping(v *web.Visit) error {
	var rows []keepRow
	for _, c := range o.keeps {
		rows = append(rows, keepRowOf(v.Ctx(), c))
	}
	return v.Page(pageKeeping(rows))
}

func keepRowOf(ctx context.Context, c privacy.Class) keepRow {
	r := keepRow{What: lang.T(ctx, c.Name), Long: lang.T(ctx, "oversight.keeping.from."+string(c.From), "n", c.Days), Assumed: c.Assumed}
	switch {
	case c.Job != "":
		r.Who = lang.T(ctx, "oversight.keeping.itself")
	case c.From == privacy.Always:
		r.Who = lang.T(ctx, "oversight.keeping.nobody")
	default:
		r.Who = lang.T(ctx, "oversight.keeping.person")
	}
	return r
}
