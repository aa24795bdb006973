package lang

// This file writes dates and times as people read them, in the Netherlands' zone and in their language.

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
)

func words(tag string) names {
	if n, ok := dates[tag]; ok {
		return n
	}
	return dates["nl"]
}

// write fills {w}, {m}, {d} and {y} of a pattern of the table. A list shows hundreds of days, so it goes through it once.
func write(pattern string, w, m string, d clock.Date) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		hole, after, _ := strings.Cut(rest, "}")
		switch hole {
		case "w":
			b.WriteString(w)
		case "m":
			b.WriteString(m)
		case "d":
			b.WriteString(strconv.Itoa(d.Day))
		case "y":
			b.WriteString(strconv.Itoa(d.Year))
		}
		pattern = after
	}
}

// Day is a short day with its year: "di 24 nov 2026".
func Day(ctx context.Context, d clock.Date) string {
	return habit(ctx, d, func(n names) (string, [12]string) { return n.shortYear, n.monthShort }, func(n names) [7]string { return n.dayShort }, true)
}

// ShortDay is a short day without its year: "do 26 nov".
func ShortDay(ctx context.Context, d clock.Date) string {
	return habit(ctx, d, func(n names) (string, [12]string) { return n.short, n.monthShort }, func(n names) [7]string { return n.dayShort }, false)
}

// LongDay is a day in full without its year: "dinsdag 24 november".
func LongDay(ctx context.Context, d clock.Date) string {
	return habit(ctx, d, longNames, func(n names) [7]string { return n.day }, false)
}

// FullDay is a day in full with its year: "dinsdag 24 november 2026".
func FullDay(ctx context.Context, d clock.Date) string {
	return habit(ctx, d, func(n names) (string, [12]string) { return n.longYear, n.month }, func(n names) [7]string { return n.day }, true)
}

// DutchLongDay is LongDay in Dutch, for the small second line that matches a letter.
func DutchLongDay(d clock.Date) string {
	if d.IsZero() {
		return ""
	}
	n := words("nl")
	return write(n.long, n.day[d.Weekday()], n.month[d.Month-1], d)
}

func longNames(n names) (string, [12]string) {
	if n.plain {
		return n.long, n.alone
	}
	return n.long, n.month
}

// habit writes a day in the calendar that somebody counts in, and the same day of the letters they hold in brackets behind it.
func habit(ctx context.Context, d clock.Date, pattern func(names) (string, [12]string), days func(names) [7]string, year bool) string {
	if d.IsZero() {
		return ""
	}
	tag := Of(ctx).Tag
	n := words(tag)
	p, months := pattern(n)
	told, month := InHabit(ctx, d)
	if month == "" {
		return write(p, days(n)[d.Weekday()], months[d.Month-1], d)
	}
	common := DayMonth(ctx, d)
	if year {
		common = write(n.dayMonthYear(), "", months[d.Month-1], d)
	}
	return write(p, days(n)[d.Weekday()], month, clock.Date{Year: told.Year, Month: 1, Day: told.Day}) + " (" + common + ")"
}

// MonthYear is a month: "November 2026", with a capital where a heading begins with it.
func MonthYear(ctx context.Context, d clock.Date) string {
	n := words(Of(ctx).Tag)
	m := n.alone
	if n.plain {
		m = n.month
	}
	return Capital(write(n.monthYear, "", m[d.Month-1], d))
}

// DayMonth is a day without its weekday: "24 november".
func DayMonth(ctx context.Context, d clock.Date) string {
	if d.IsZero() {
		return ""
	}
	n := words(Of(ctx).Tag)
	if n.plain {
		return strconv.Itoa(d.Day) + " " + n.alone[d.Month-1]
	}
	return strconv.Itoa(d.Day) + " " + n.month[d.Month-1]
}

// Weekday is the name of a weekday.
func Weekday(ctx context.Context, w time.Weekday) string { return words(Of(ctx).Tag).day[w] }

// Time is the hour in the Netherlands: "11:00".
func Time(_ context.Context, t time.Time) string { return t.In(clock.Netherlands).Format("15:04") }

var nearby = map[string][3]string{ // today, yesterday, tomorrow
	"nl": {"vandaag", "gisteren", "morgen"},
	"en": {"today", "yesterday", "tomorrow"},
	"ar": {"اليوم", "أمس", "غدًا"},
	"fa": {"امروز", "دیروز", "فردا"},
	"ti": {"ሎሚ", "ትማሊ", "ጽባሕ"},
	"tr": {"bugün", "dün", "yarın"},
	"so": {"maanta", "shalay", "berri"},
	"uk": {"сьогодні", "учора", "завтра"},
	"fr": {"aujourd’hui", "hier", "demain"},

	"nl-simple": {"vandaag", "gisteren", "morgen"},

	"prs": {"امروز", "دیروز", "فردا"},
	"ps":  {"نن", "پرون", "سبا"},
	"am":  {"ዛሬ", "ትናንት", "ነገ"},
	"ckb": {"ئەمڕۆ", "دوێنێ", "سبەی"},
	"kmr": {"îro", "duh", "sibê"},
	"ru":  {"сегодня", "вчера", "завтра"},
}

// Near is "vandaag", "gisteren" or "morgen", or the short day; the year is added when it is another one.
func Near(ctx context.Context, d clock.Date, now time.Time) string {
	today := clock.Today(now)
	switch near := nearby[Of(ctx).Tag]; today.DaysUntil(d) {
	case 0:
		return near[0]
	case -1:
		return near[1]
	case 1:
		return near[2]
	}
	if d.Year != today.Year {
		return Day(ctx, d)
	}
	return ShortDay(ctx, d)
}

// When is a moment as people tell it: "vandaag 08:12", "gisteren 14:20", "do 5 nov".
func When(ctx context.Context, t, now time.Time) string {
	d := clock.DateOf(t.In(clock.Netherlands))
	s := Near(ctx, d, now)
	if n := clock.Today(now).DaysUntil(d); n >= -1 && n <= 1 {
		s += " " + Time(ctx, t)
	}
	return s
}

var counted = map[string][]string{
	"nl": {"geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"},
	"en": {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"},
}

// Words writes small numbers as words where that reads better ("vier"), others as digits.
func Words(ctx context.Context, n int) string {
	if w := counted[Of(ctx).Tag]; n >= 0 && n < len(w) {
		return w[n]
	}
	return Number(ctx, n)
}

var groups = map[string]string{"nl": ".", "tr": ".", "so": ",", "en": ",", "fr": "\u202f", "uk": "\u00a0", "ar": ",", "fa": ",", "ti": ",",
	"nl-simple": ".", "prs": ",", "ps": ".", "am": ",", "ckb": ",", "kmr": ".", "ru": "\u00a0"}

// Number writes a whole number with the language's mark between thousands, in Western digits.
func Number(ctx context.Context, n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	mark := groups[Of(ctx).Tag]
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + mark + s[i:]
	}
	return sign + s
}

// Capital writes the first letter large.
func Capital(s string) string {
	if s != "" && (s[0] == fromDutch || s[0] == fromBase) {
		return s[:1] + Capital(s[1:])
	}
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

// lists are the words between the things of a list: between two early ones, before the last, after the last.
var lists = map[string][3]string{
	"nl": {", ", " en ", ""}, "en": {", ", " and ", ""}, "ar": {" و", " و", ""}, "fa": {"،\u200f ", "، و ", ""}, "ti": {"፣ ", "ን ", "ን"},
	"tr": {", ", " ve ", ""}, "so": {", ", " iyo ", ""}, "uk": {", ", " і ", ""}, "fr": {", ", " et ", ""},
	"nl-simple": {", ", " en ", ""}, "prs": {"،\u200f ", "، و ", ""}, "ps": {"، ", "، او ", ""}, "am": {"፣ ", " እና ", ""},
	"ckb": {"، ", " و ", ""}, "kmr": {", ", " û ", ""}, "ru": {", ", " и ", ""},
}

// Join makes a sentence's list: "a, b en c".
func Join(ctx context.Context, parts []string) string {
	w := lists[Of(ctx).Tag]
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0]
	case 2:
		switch Of(ctx).Tag { // no comma between two
		case "fa", "prs":
			return parts[0] + " و " + parts[1]
		case "ps":
			return parts[0] + " او " + parts[1]
		}
	}
	return strings.Join(parts[:len(parts)-1], w[0]) + w[1] + parts[len(parts)-1] + w[2]
}
