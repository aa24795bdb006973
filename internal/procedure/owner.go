package procedure

// This file says whose grants make somebody responsible for a person's dates.

import (
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
)

// userOf is the colleague to whom a live assignment belongs.
func userOf(g access.Grant, now time.Time) (string, bool) {
	user, isUser := strings.CutPrefix(g.Holder, "user:")
	live := g.Ended.IsZero() && !now.Before(g.Since) && (g.Until.IsZero() || now.Before(g.Until))
	return user, isUser && live && (g.Why == access.Assignment || g.Why == access.Registered)
}
