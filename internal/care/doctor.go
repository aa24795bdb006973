package care

// This file holds whether somebody has a way to a doctor.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Doctors are to whom one may need a way, in the order of the page.
var Doctors = []string{"gp", "dentist", "midwife", "mental", "youth", "pharmacy", "specialist"}

// DoctorStates are how it stands.
var DoctorStates = []string{"registered", "waiting", "refused", "none", "unneeded", "unknown"}

// YesNo are the answers about an interpreter.
var YesNo = []string{"yes", "no", "unknown"}

// Doctor is how it stood with one of Doctors. A change is a new row.
type Doctor struct {
	ID        string
	Person    string
	Kind      string
	MadeBy    string
	At        time.Time
	Removed   time.Time
	RemovedBy string
	Body      []byte     `json:"-"`
	What      DoctorText `db:"-"`
}

// DoctorText is what is written about it; it is kept sealed.
type DoctorText struct {
	State       string     `json:"state"`
	Since       clock.Date `json:"since,omitzero"`
	By          string     `json:"by,omitempty"` // who it is, or who refused
	Interpreter string     `json:"interpreter,omitempty"`
	Note        string     `json:"note,omitempty"`
}

// Newest gives of each kind how it stands. Rows are oldest first.
func Newest(rows []Doctor) map[string]Doctor {
	out := map[string]Doctor{}
	for _, r := range rows {
		if r.Removed.IsZero() {
			out[r.Kind] = r
		}
	}
	return out
}

// DoctorInput is the form of it.
type DoctorInput struct{ Kind, State, Since, By, Interpreter, Note string }

// Check finds all faults of a form.
func (in DoctorInput) Check(today clock.Date) (DoctorText, fault.Fields) {
	var fs fault.Fields
	if !slices.Contains(Doctors, in.Kind) {
		fs.Add("kind", "care.error.choose")
	}
	if !slices.Contains(DoctorStates, in.State) {
		fs.Add("state", "care.error.state")
	}
	since := day(&fs, "since", in.Since)
	if since.After(today) {
		fs.Add("since", "care.error.future")
	}
	text(&fs, "by", in.By, 120)
	known(&fs, "interpreter", in.Interpreter, YesNo)
	text(&fs, "note", in.Note, noteMost)
	return DoctorText{State: in.State, Since: since, By: in.By, Interpreter: in.Interpreter, Note: in.Note}, fs
}
