package contact

// This file tells the others whether people are busy, so that nothing is planned across an appointment.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/kernel/db"
)

// Busy tells which of these people have an appointment between two moments.
func (c *Contact) Busy(ctx context.Context, q db.Q, people []string, from, to time.Time) ([]string, error) {
	var out []string
	for some := range slices.Chunk(people, 500) { // a statement takes a bounded number of values
		as, err := db.Many[Appointment](ctx, q, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE at > ? AND at < ? AND cancelled IS NULL AND`, from.Add(-8*time.Hour), to).With(db.In("person", some)))
		if err != nil {
			return nil, err
		}
		for _, a := range as {
			if a.End().After(from) && !slices.Contains(out, a.Person) {
				out = append(out, a.Person)
			}
		}
	}
	return out, nil
}
