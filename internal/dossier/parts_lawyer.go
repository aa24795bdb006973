package dossier

// This file is how one capability tells the others who represents a person, without either knowing the other.

import (
	"context"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web"
)

// Lawyer is somebody who represents a person, and how to reach them.
type Lawyer struct {
	Name, Office string
	Phone, Email string
	Reachable    string     // when, in the words of whoever wrote it down: "ma–do 9–17, spoed via kantoor"
	Since, Until clock.Date // Until is zero while it lasts
}

// Lawyers gives who represents a person on a day; the file is open already, so the caller may know.
type Lawyers func(ctx context.Context, q db.Q, f File, on clock.Date) ([]Lawyer, error)

// Pressing is a date that comes near. Day is zero when nobody knows it and it may be over tomorrow.
type Pressing struct {
	Title string
	Day   clock.Date
}

// Presses gives what comes near of an opened file, the first one first; whoever asks has asked whether it may be shown.
type Presses func(v *web.Visit, f File) ([]Pressing, error)
