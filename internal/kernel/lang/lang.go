// Package lang speaks: the languages of the house, the catalogue of all texts, plurals, dates, and the direction of a
// page.
//
// Every text that a person sees stands in a catalogue, one JSON file per language beside the capability that shows it.
// Dutch is the source. The state of a translation is known: checked by a person, made by a machine, or outdated because
// the Dutch text changed since. Digits are always Western, so that numbers match the letters people hold.
package lang

import (
	"context"
	"strings"
	"sync/atomic"
)

// Lang is one language.
type Lang struct {
	Tag   string // BCP 47
	Name  string // in its own script
	Dutch string // in Dutch
	RTL   bool
}

// All are the languages of the refugee's pages, Dutch and English first. Staff pages exist in the first two.
var All = []Lang{
	{"nl", "Nederlands", "Nederlands", false},
	{"en", "English", "Engels", false},
	{"ar", "العربية", "Arabisch", true},
	{"fa", "فارسی", "Farsi / Dari", true},
	{"ti", "ትግርኛ", "Tigrinya", false},
	{"tr", "Türkçe", "Turks", false},
	{"so", "Soomaali", "Somalisch", false},
	{"uk", "Українська", "Oekraïens", false},
	{"fr", "Français", "Frans", false},
}

// Lookup finds a language by its tag.
func Lookup(tag string) (Lang, bool) {
	for _, l := range All {
		if strings.EqualFold(l.Tag, tag) {
			return l, true
		}
	}
	if tag == "prs" || tag == "fa-AF" { // Dari is written like Farsi; its own texts may come later
		return Lookup("fa")
	}
	return Lang{}, false
}

// Find is Lookup that falls to Dutch.
func Find(tag string) Lang {
	if l, ok := Lookup(tag); ok {
		return l
	}
	return All[0]
}

// Dir is the direction of a page: "rtl" or "ltr".
func (l Lang) Dir() string {
	if l.RTL {
		return "rtl"
	}
	return "ltr"
}

type key struct{}

type speech struct {
	lang Lang
	cat  *Catalogue
	text map[string]entry
	src  map[string]entry

	unsure atomic.Bool // a text that nobody checked was asked for
	more   atomic.Pointer[map[string]map[string]string]
}

// With puts a language and the texts into a context.
func With(ctx context.Context, tag string, c *Catalogue) context.Context {
	l := Find(tag)
	return context.WithValue(ctx, key{}, &speech{lang: l, cat: c, text: c.texts[l.Tag], src: c.texts["nl"]})
}

// Bring gives a context texts beside those of the catalogue, by language and key: what an organisation wrote itself, which no
// release knows. What the catalogue says goes before them. They hold for the one request that the context belongs to.
func Bring(ctx context.Context, texts map[string]map[string]string) {
	if s := of(ctx); s != silent && len(texts) > 0 {
		s.more.Store(&texts)
	}
}

// brought is a text that was brought, in a language.
func (s *speech) brought(tag, key string) (entry, bool) {
	more := s.more.Load()
	if more == nil {
		return entry{}, false
	}
	text, ok := (*more)[tag][key]
	return entry{one: text, state: Machine}, ok
}

// In is the same context in another language, for a part of a page.
func In(ctx context.Context, tag string) context.Context {
	s := of(ctx)
	if s.cat == nil {
		return ctx
	}
	return With(ctx, tag, s.cat)
}

var silent = &speech{lang: All[0]}

func of(ctx context.Context) *speech {
	if s, ok := ctx.Value(key{}).(*speech); ok {
		return s
	}
	return silent
}

// Of is the language of a context; Dutch when none was chosen.
func Of(ctx context.Context) Lang { return of(ctx).lang }
