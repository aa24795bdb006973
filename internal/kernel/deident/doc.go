// Package deident takes out of a text what could lead to a person, before the text leaves those who knew the person.
//
// It does not look for names: nobody has a list of all names. It looks for what is surely no name. Every word that is not
// ordinary Dutch or English is masked, and so is a word that is ordinary and a name too, where it stands like a name.
// Patterns (numbers, addresses, dates) are masked or made coarse, and what is known of the person, in whatever spelling.
//
//	r := deident.New(deident.Known{Names: []string{"Selam Tesfay"}}).Mask(text)
//	r.Masked        // "[naam] belde op een dag in november 2026 over [onbekend]."
//	r.Spans         // what was masked, where, and why
//	r.Look          // a person must look: something was masked on suspicion, or left in doubt
//
// A text that is masked is not thereby anonymous: what happened may tell who it was. The author looks, and a second person.
//
// The list of ordinary words is in lists/, with its sources and licences; lists_test.go says how it is made anew.
package deident
