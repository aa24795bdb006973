package consent

// This file holds for what reasons something may be shared, and how much at most. With whom never is privacy.Forbidden.

import (
	"slices"

	"reisgezel/internal/kernel/privacy"
)

// forLawyer is the purpose of what a lawyer may know.
const forLawyer = "lawyer"

// Purposes are the reasons, each with the least that serves it. A form can never ask for more.
var Purposes = []privacy.Purpose{
	{Name: forLawyer, Parts: []string{"name", "birth", "nationality", "vnumber", "languages", "reach", "terms", "papers", "documents", "appointments"}, Days: 366},
	{Name: "municipality", Parts: []string{"name", "birth", "vnumber", "languages", "reach"}, Days: 366},
	{Name: "partner", Parts: []string{"name", "languages", "reach", "appointments"}, Days: 366},
	{Name: "return", Parts: []string{"name", "languages", "reach"}, Days: 366},
	{Name: forCourt, Parts: []string{"name", "nationality", "languages", "reach", "terms"}, Days: 366},
}

// closed are purposes that are never offered: their page is reached only from the room that knows that the person spoke of it,
// and a consent for one shows only to colleagues to whom that room names its party. The person always sees it.
var closed = []string{"return", forCourt}

// Purpose finds a reason by its name.
func Purpose(name string) (privacy.Purpose, bool) {
	i := slices.IndexFunc(Purposes, func(p privacy.Purpose) bool { return p.Name == name })
	if i < 0 {
		return privacy.Purpose{}, false
	}
	return Purposes[i], true
}

// Months are the times for which somebody may choose to share.
var Months = []string{"1", "3", "6", "12"}
