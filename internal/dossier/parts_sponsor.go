package dossier

// This file is how the law's side of a file tells the family's side what it knows of the person who is here, without either
// knowing the other.

import (
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/web"
)

// Sponsorship is what stands in the procedures of somebody for whom relatives may come. What is not known is empty.
type Sponsorship struct {
	Lodged  clock.Date // the application for asylum
	Applied clock.Date // the application for the family
	Status  string     // "refugee", "subsidiary", "old_permit"
	Law     string     // "nareis_old" or "nareis_2st", when a letter named the law
	Track   string     // the track of the family's procedure, when there is one
}

// Sponsors tells it; the file is open already, so the caller may know.
type Sponsors func(v *web.Visit, f File) (Sponsorship, error)
