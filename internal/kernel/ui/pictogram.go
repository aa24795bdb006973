package ui

// This file holds the twelve pictures by which somebody who reads little finds the way. Each always means the same, and its word
// always stands beside it.

// Pictogram is a picture with a meaning.
type Pictogram struct{ Name, Icon string }

// Key is the text key of its word.
func (p Pictogram) Key() string { return "ui.pictogram." + p.Name }

// Pictograms are all of them, always in this order.
var Pictograms = []Pictogram{
	{"arrival", "suitcase-rolling"}, {"procedure", "scales"}, {"home", "house"}, {"family", "users"}, {"language", "translate"}, {"work", "briefcase"},
	{"health", "first-aid-kit"}, {"money", "coins"}, {"school", "book-open"}, {"papers", "file-text"}, {"question", "question"}, {"alarm", "warning"},
}

// PictogramOf is the icon of a meaning; a meaning that is not one of the twelve is a mistake of who writes the page.
func PictogramOf(name string) string {
	for _, p := range Pictograms {
		if p.Name == name {
			return p.Icon
		}
	}
	panic("ui: there is no picture for " + name)
}
