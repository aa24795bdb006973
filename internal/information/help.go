package information

// This file says where somebody can walk in: open now first, near before far.

import (
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/organisation"
)

// Walk is a place where one can walk in, and when.
type Walk struct {
	organisation.Door
	organisation.Opening
	Here bool // in the town that was asked for
}

// Walks are the places with a walk-in hour within a month, in the order in which they help: those in the town before the
// others of its region, what is open before what opens later. Without a town it is all of the country by when they open.
func Walks(doors []organisation.Door, town string, now time.Time, free func(clock.Date) bool) []Walk {
	var regions []string
	for _, d := range doors {
		if town != "" && d.Town == town && !slices.Contains(regions, d.Region) {
			regions = append(regions, d.Region)
		}
	}
	var out []Walk
	for _, d := range doors {
		if town != "" && !slices.Contains(regions, d.Region) {
			continue
		}
		if o := d.Next(now, free); !o.From.IsZero() {
			out = append(out, Walk{Door: d, Opening: o, Here: town != "" && d.Town == town})
		}
	}
	slices.SortStableFunc(out, func(a, b Walk) int {
		switch {
		case a.Here != b.Here:
			if a.Here {
				return -1
			}
			return 1
		case !a.From.Equal(b.From):
			return a.From.Compare(b.From)
		case a.Now && !a.Until.Equal(b.Until):
			return b.Until.Compare(a.Until) // the one that stays open longest
		}
		return strings.Compare(a.Town+a.Name+a.ID, b.Town+b.Name+b.ID)
	})
	return out
}

// Towns are the towns that have a place, by name.
func Towns(doors []organisation.Door) []string {
	var out []string
	for _, d := range doors {
		if !slices.Contains(out, d.Town) {
			out = append(out, d.Town)
		}
	}
	slices.Sort(out)
	return out
}
