package organisation

// This file holds the catalogue of services, the official lists, and how a location may differ.

import (
	"slices"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Service is one thing the foundation offers, everywhere the same.
type Service struct {
	ID, Name, About string
	Place           int // in the list
	Closed          bool
	Version         int64
}

// Variant is how one location differs from the catalogue in one service.
type Variant struct {
	Location, Service string
	Offered           bool
	Remark            string
	Version           int64
}

// Offer is a service as one location gives it.
type Offer struct {
	Service Service
	Variant Variant // the zero Variant when the location does as everywhere
}

// Differs says whether the location does something else than the catalogue.
func (o Offer) Differs() bool { return o.Variant.Location != "" }

// Given says whether the location gives the service at all.
func (o Offer) Given() bool { return !o.Differs() || o.Variant.Offered }

// ServiceInput is what a form says about a service.
type ServiceInput struct {
	Name, About string
	Closed      bool
	Version     int64
}

// Check names all faults at once.
func (in ServiceInput) Check() fault.Fields {
	var fs fault.Fields
	need(&fs, "name", in.Name, 60, "organisation.error.service_name")
	need(&fs, "about", in.About, 600, "organisation.error.service_about")
	return fs
}

// VariantInput is what a form says about a difference. Like is "as everywhere": the difference ends.
type VariantInput struct {
	Like, Offered bool
	Remark        string
	Version       int64
}

// Check asks a reason for every difference: one that nobody can explain is a fault, not tailoring.
func (in VariantInput) Check() fault.Fields {
	var fs fault.Fields
	if !in.Like {
		need(&fs, "remark", in.Remark, 300, "organisation.error.variant")
	}
	return fs
}

// ReferenceKind is one of the official lists.
type ReferenceKind string

// The official lists that are kept.
const (
	Municipality ReferenceKind = "municipality"
	Nationality  ReferenceKind = "nationality"
	Country      ReferenceKind = "country"
)

// ReferenceKinds are all lists.
var ReferenceKinds = []ReferenceKind{Municipality, Nationality, Country}

// Known says whether there is such a list.
func (k ReferenceKind) Known() bool { return slices.Contains(ReferenceKinds, k) }

// Reference is one line of an official list. Until is the day from which the code no longer holds.
type Reference struct {
	Code, Name   string
	Since, Until clock.Date
}

// Holds says whether the line counts on this day.
func (r Reference) Holds(day clock.Date) bool {
	return !r.Since.After(day) && (r.Until.IsZero() || r.Until.After(day))
}
