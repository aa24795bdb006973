package question

// This file counts working time: the hours of a working day, over weekends and holidays.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
)

// A working day as questions are counted: from nine to five. What is asked in the evening is asked the next morning.
const (
	opens    = 9
	shuts    = 17
	DayHours = shuts - opens
)

// looked is how many days in a row nobody may work before the counting gives up; no calendar has so many.
const looked = 60

// day are the first and the last moment of the working time of a day.
func day(d clock.Date) (from, to time.Time) {
	return time.Date(d.Year, d.Month, d.Day, opens, 0, 0, 0, clock.Netherlands), time.Date(d.Year, d.Month, d.Day, shuts, 0, 0, 0, clock.Netherlands)
}

// After is the moment so many working hours after another one.
func After(from time.Time, hours int, working func(clock.Date) bool) time.Time {
	left := time.Duration(hours) * time.Hour
	d := clock.Today(from)
	for range hours/DayHours + looked {
		if working(d) {
			first, last := day(d)
			if from.After(first) {
				first = from
			}
			if has := last.Sub(first); has > 0 {
				if left <= has {
					return first.Add(left)
				}
				left -= has
			}
		}
		d = d.AddDays(1)
	}
	return from.Add(left) // nobody ever works: then every hour counts
}

// Worked is how much working time lies between two moments.
func Worked(from, to time.Time, working func(clock.Date) bool) time.Duration {
	var sum time.Duration
	for d := clock.Today(from); !d.After(clock.Today(to)); d = d.AddDays(1) {
		if !working(d) {
			continue
		}
		first, last := day(d)
		if from.After(first) {
			first = from
		}
		if to.Before(last) {
			last = to
		}
		sum += max(0, last.Sub(first))
	}
	return sum
}

// Speed is how soon first answers came: in how many minutes of working time half of them were there, and how many kept the
// promise. With too few of them it says nothing: one slow week of one colleague would stand there.
type Speed struct {
	N, Kept int
	Half    int // minutes
}

// fewest is how many answers must be counted before anything is told of them.
const fewest = 5

// Told says whether there are enough.
func (s Speed) Told() bool { return s.N >= fewest }

// First is one first answer.
type First struct {
	Took int
	Late bool
}

// SpeedOf counts.
func SpeedOf(fs []First) Speed {
	s := Speed{N: len(fs)}
	if s.N == 0 {
		return s
	}
	var took []int
	for _, f := range fs {
		took = append(took, f.Took)
		if !f.Late {
			s.Kept++
		}
	}
	slices.Sort(took)
	s.Half = took[(s.N-1)/2]
	return s
}
