package dossier

// This file is how a room lays what it knows of two people beside each other, for who asks whether they are one, without the rooms
// knowing each other.

import "reisgezel/internal/kernel/web"

// Compared is one fact that a room lends for that.
type Compared struct {
	Key string // text key of its name
	// Says tells what a file says of it, or that whoever opened the file may not read that here.
	Says func(v *web.Visit, f File) (says []Statement, reads bool, err error)
}

// Statement is one value with who said so, in the language of the reader. Two that have the same Core say the same.
type Statement struct{ Text, By, Core string }
