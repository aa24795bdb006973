package dossier

// This file is how one capability tells the others who represents a person, without either knowing the other.

import (
	"context"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
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
