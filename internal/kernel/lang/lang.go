// Package lang speaks: the languages of the house, the catalogue of all texts, plurals, dates, and the direction of a
// page.
//
// Every text that a person sees stands in a catalogue, one JSON file per language beside the capability that shows it.
// Dutch is the source. The state of a translation is known: checked by a person, made by a machine, or outdated because
// the Dutch text changed since. Digits are always Western, so that numbers match the letters people hold.
package lang

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Lang is one language.
type Lang struct {
	Tag   string // BCP 47
	Name  string // in its own script
	Dutch string // in Dutch
	RTL   bool

	Base     string // the language whose texts stand in for those it lacks; without one that is Dutch
	Calendar string // the calendar people count their days in beside the common one, as clock.InCalendar names it
	plurals  string // whose rules of plural it has, when its own tag has none
}

// Core are the languages in which everything stands that somebody needs on the way of the core journey, Dutch and English first.
// Staff pages exist in the first two.
var Core = []Lang{
	{Tag: "nl", Name: "Nederlands", Dutch: "Nederlands"},
	{Tag: "en", Name: "English", Dutch: "Engels"},
	{Tag: "ar", Name: "العربية", Dutch: "Arabisch", RTL: true},
	{Tag: "fa", Name: "فارسی", Dutch: "Farsi", RTL: true, Calendar: "solar"},
	{Tag: "ti", Name: "ትግርኛ", Dutch: "Tigrinya"},
	{Tag: "tr", Name: "Türkçe", Dutch: "Turks"},
	{Tag: "so", Name: "Soomaali", Dutch: "Somalisch"},
	{Tag: "uk", Name: "Українська", Dutch: "Oekraïens"},
	{Tag: "fr", Name: "Français", Dutch: "Frans"},
}

// All are the languages that somebody can choose on the refugee's pages: those of the core, and those that are being translated.
// What these lack stands in their base, or in Dutch, and the page says so.
var All = append(slices.Clone(Core),
	Lang{Tag: "nl-simple", Name: "Makkelijk Nederlands", Dutch: "Nederlands in korte zinnen", Base: "nl"},
	Lang{Tag: "prs", Name: "دری", Dutch: "Dari", RTL: true, Base: "fa", Calendar: "solar", plurals: "fa"},
	Lang{Tag: "ps", Name: "پښتو", Dutch: "Pasjtoe", RTL: true, Calendar: "solar"},
	Lang{Tag: "am", Name: "አማርኛ", Dutch: "Amhaars", Calendar: "ethiopian"},
	Lang{Tag: "ckb", Name: "کوردیی ناوەندی", Dutch: "Koerdisch (Sorani)", RTL: true},
	Lang{Tag: "kmr", Name: "Kurmancî", Dutch: "Koerdisch (Kurmandji)", plurals: "ku"},
	Lang{Tag: "ru", Name: "Русский", Dutch: "Russisch"},
)

// others are tags by which a browser or a file may name a language of ours.
var others = map[string]string{"ku": "kmr", "fa-af": "prs"}

// Lookup finds a language by its tag.
func Lookup(tag string) (Lang, bool) {
	tag = strings.ToLower(tag)
	if own, ok := others[tag]; ok {
		tag = own
	}
	for _, l := range All {
		if l.Tag == tag {
			return l, true
		}
	}
	return Lang{}, false
}

// Like finds the language that is nearest to a tag with a region or a script in it: "uk-UA" is Ukrainian, "fa-AF" is Dari.
func Like(tag string) (Lang, bool) {
	for {
		if l, ok := Lookup(tag); ok {
			return l, true
		}
		i := strings.LastIndexByte(tag, '-')
		if i < 0 {
			return Lang{}, false
		}
		tag = tag[:i]
	}
}

// Whole says whether a language has all texts of the core journey itself.
func (l Lang) Whole() bool {
	return slices.ContainsFunc(Core, func(c Lang) bool { return c.Tag == l.Tag })
}

// IsDutch says whether a page is in Dutch, so that Dutch words beside it would say the same twice.
func (l Lang) IsDutch() bool { return l.Tag == "nl" || l.Base == "nl" }

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
	text *book // in the language itself
	base *book // in the language that stands in for it; nil when it has none
	src  *book // in Dutch

	where    string // the route of the page, to remember where a text stands
	calendar string // empty: that of the language
	page     bool   // a page for somebody who chose this language: what it lacks is counted, and marked in the text
	unsure   atomic.Bool
	more     atomic.Pointer[map[string]map[string]string]

	mu   sync.Mutex
	fell map[string]bool // keys whose text was not there in the language
}

// With puts a language and the texts into a context.
func With(ctx context.Context, tag string, c *Catalogue) context.Context {
	return context.WithValue(ctx, key{}, speak(tag, c))
}

func speak(tag string, c *Catalogue) *speech {
	l, now := Find(tag), c.now()
	s := &speech{lang: l, cat: c, text: now[l.Tag], src: now["nl"]}
	if l.Base != "" {
		s.base = now[l.Base]
	}
	return s
}

// Page is With for a page that somebody reads who chose this language: a text that it lacks is counted, and Settle gives it its
// own language attribute. Calendar is the one that they chose; empty means that of the language.
func Page(ctx context.Context, tag, calendar string, c *Catalogue) context.Context {
	s := speak(tag, c)
	s.page = true
	if calendar == Common || slices.Contains(Calendars, calendar) {
		s.calendar = calendar
	}
	return context.WithValue(ctx, key{}, s)
}

// At says of which route the page of this context is, so that whoever translates a text can be told where it stands.
func At(ctx context.Context, route string) {
	if s := of(ctx); s.page {
		s.where = route
	}
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

// find looks for a text where it should be, and then where it may be borrowed, and says in which language it was found.
func (s *speech) find(key string) (entry, Lang, bool) {
	if e, ok := s.text.get(key); ok {
		return e, s.lang, true
	}
	if e, ok := s.brought(s.lang.Tag, key); ok {
		return e, s.lang, true
	}
	if e, ok := s.base.get(key); ok {
		return e, Find(s.lang.Base), true
	}
	if e, ok := s.src.get(key); ok {
		return e, All[0], true
	}
	e, ok := s.brought(All[0].Tag, key)
	return e, All[0], ok
}

// In is the same context in another language, for a part of a page.
func In(ctx context.Context, tag string) context.Context {
	s := of(ctx)
	if s.cat == nil {
		return ctx
	}
	return With(ctx, tag, s.cat)
}

// SeenIn is the language in which a text is shown in this context: another one than asked for when the text is not there.
func SeenIn(ctx context.Context, key string) Lang {
	s := of(ctx)
	if _, l, ok := s.find(key); ok {
		return l
	}
	return s.lang
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
