package lang

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"reisgezel/internal/kernel/clock"
)

func part(files map[string]string) Part {
	fs := fstest.MapFS{}
	for n, s := range files {
		fs["text/"+n+".json"] = &fstest.MapFile{Data: []byte(s)}
	}
	return Part{Name: "t", FS: fs}
}

func TestTextsPluralsAndPlaceholders(t *testing.T) {
	c, err := Load(part(map[string]string{
		"nl": `{"t.hi":"Dag {name}","t.wait":{"one":"{n} mens wacht","other":"{n} mensen wachten"},"t.only":"Alleen Nederlands"}`,
		"ar": `{"t.hi":"أهلًا {name}","t.wait":{"zero":"لا أحد","one":"شخص واحد","two":"شخصان","few":"{n} أشخاص","many":"{n} شخصًا","other":"{n} شخص"}}`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	nl, ar := With(t.Context(), "nl", c), With(t.Context(), "ar", c)
	for _, x := range []struct{ got, want string }{
		{T(nl, "t.hi", "name", "{n}"), "Dag {n}"}, // what a value holds is never filled again
		{T(nl, "t.wait", "n", 1), "1 mens wacht"},
		{T(nl, "t.wait", "n", 0), "0 mensen wachten"},
		{T(ar, "t.wait", "n", 2), "شخصان"},
		{T(ar, "t.wait", "n", 5), "5 أشخاص"},
		{T(ar, "t.wait", "n", 12), "12 شخصًا"},
		{T(ar, "t.only"), "Alleen Nederlands"},
		{T(ar, "t.none"), "t.none"},
		{T(t.Context(), "t.hi"), "t.hi"},
	} {
		if x.got != x.want {
			t.Errorf("%q, want %q", x.got, x.want)
		}
	}
	if Of(ar).Dir() != "rtl" || Of(nl).Dir() != "ltr" {
		t.Error("a direction is wrong")
	}
}

func TestTextsBesideEachOther(t *testing.T) {
	for _, x := range []struct{ got, want string }{
		{Dots("vandaag", "", "Utrecht"), "vandaag · Utrecht"},
		{Dots("", "Utrecht"), "Utrecht"},
		{Dots("", ""), ""},
		{Commas("Utrecht", "", "kamer 2", ""), "Utrecht, kamer 2"},
		{Isolated("ريم"), "\u2068ريم\u2069"},
		{Dots("taal", Isolated("")), "taal"}, // nothing stays nothing, so no point stands beside it
	} {
		if x.got != x.want {
			t.Errorf("%q, want %q", x.got, x.want)
		}
	}
}

func TestCatalogueFaultsAreNamed(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"foreign key":       {"nl": `{"x.a":"a"}`},
		"no Dutch":          {"nl": `{}`, "en": `{"t.a":"a"}`},
		"unknown language":  {"nl": `{}`, "xx": `{}`},
		"broken":            {"nl": `{`},
		"cut off":           {"nl": `{"t.a":"a"`},
		"a list":            {"nl": `["t.a"]`},
		"a key twice":       {"nl": `{"t.a":"a","t.a":"b"}`},
		"no such state":     {"nl": `{"t.a":"a"}`, "states": `{"so":{"state":"machine","except":{"t.a":"good"}}}`},
		"plural lacks rest": {"nl": `{"t.a":{"one":"x"}}`},
		"no such category":  {"nl": `{"t.a":{"some":"x","other":"y"}}`},
	} {
		if _, err := Load(part(files)); err == nil {
			t.Errorf("%s: not noticed", name)
		}
	}
	c, err := Load(part(map[string]string{
		"nl": `{"t.a":"{x} en {y}","t.b":"b","t.c":{"one":"{n} dag","other":"{n} dagen"}}`,
		"uk": `{"t.a":"{x}","t.c":{"one":"{n} день","other":"{n} дня"}}`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(c.Faults([]string{"uk"}), "\n")
	for _, want := range []string{"t.a has the placeholders", "uk misses t.b", "t.c lacks the plural for"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not among the faults:\n%s", want, got)
		}
	}
	if f := c.Faults([]string{"nl"}); len(f) > 0 {
		t.Error(f)
	}
	six := map[string]string{"zero": "a", "one": "a", "two": "a", "few": "{n} a", "many": "{n} a", "other": "{n} a"}
	for lost := range six {
		if lost == "other" {
			continue // without it the catalogue does not load at all
		}
		five := map[string]string{}
		for k, v := range six {
			if k != lost {
				five[k] = v
			}
		}
		b, err := json.Marshal(five)
		if err != nil {
			t.Fatal(err)
		}
		c, err := Load(part(map[string]string{"nl": `{"t.a":{"one":"{n} dag","other":"{n} dagen"}}`, "ar": `{"t.a":` + string(b) + `}`}))
		if err != nil {
			t.Fatal(err)
		}
		if f := c.Faults([]string{"ar"}); len(f) != 1 {
			t.Errorf("an Arabic plural without %q: %v", lost, f)
		}
	}
}

func TestATranslationOfAnOlderTextIsOutdated(t *testing.T) {
	files := map[string]string{"nl": `{"t.a":"oud","t.b":"zelfde","t.c":"c"}`, "so": `{"t.a":"x","t.b":"y","t.c":"z"}`}
	write := func() {
		t.Helper()
		st, err := Fingerprints(part(files), Machine)
		if err != nil {
			t.Fatal(err)
		}
		files["states"] = string(st)
	}
	is := func(tag, key string, want State) {
		t.Helper()
		c, err := Load(part(files))
		if err != nil {
			t.Fatal(err)
		}
		if s := StateOf(With(t.Context(), tag, c), key); s != want {
			t.Errorf("%s %s is %s, want %s", tag, key, s, want)
		}
	}
	is("so", "t.a", Machine)
	write()
	files["nl"] = `{"t.a":"nieuw", "t.b":"zelfde","t.c":"c"}`
	is("so", "t.a", Outdated)
	is("so", "t.b", Machine)
	is("nl", "t.a", Checked)
	write()
	is("so", "t.a", Outdated) // writing the file anew repairs nothing
	files["so"] = `{"t.a":"x2","t.b":"y","t.c":"z"}`
	write()
	is("so", "t.a", Machine)
	// A person checked two texts; one of them is then translated anew.
	var st states
	if err := json.Unmarshal([]byte(files["states"]), &st); err != nil {
		t.Fatal(err)
	}
	so := st["so"]
	so.Except = map[string]State{"t.b": Checked, "t.c": Checked}
	st["so"] = so
	b, err := json.Marshal(st)
	if err != nil {
		t.Fatal(err)
	}
	files["states"] = string(b)
	is("so", "t.b", Checked)
	files["so"] = `{"t.a":"x2","t.b":"y2","t.c":"z"}`
	write()
	is("so", "t.b", Machine)
	is("so", "t.c", Checked)
}

func TestAPageKnowsWhetherATextWasUnsure(t *testing.T) {
	files := map[string]string{"nl": `{"t.a":"a","t.b":"b"}`, "fr": `{"t.a":"x","t.b":"y"}`, "states": `{"fr":{"state":"machine","except":{"t.a":"checked"}}}`}
	c, err := Load(part(files))
	if err != nil {
		t.Fatal(err)
	}
	fr := With(t.Context(), "fr", c)
	if T(fr, "t.a"); Unsure(fr) {
		t.Error("a checked text made the page unsure")
	}
	if T(fr, "t.b"); !Unsure(fr) {
		t.Error("nobody checked t.b")
	}
	if T(In(fr, "nl"), "t.b"); Unsure(With(t.Context(), "fr", c)) {
		t.Error("one page told another")
	}
}

func TestAValueThatRunsTheOtherWayStandsApart(t *testing.T) {
	c, err := Load(part(map[string]string{"nl": `{"t.a":"Dag {x}!"}`, "ar": `{"t.a":"أهلًا {x}!"}`, "uk": `{"t.a":"Вітаємо {x}!"}`}))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ tag, value, want string }{
		{"nl", "Selam", "Dag Selam!"},
		{"nl", "ريم", "Dag \u2068ريم\u2069!"},
		{"nl", "281 994 0173", "Dag 281 994 0173!"},
		{"uk", "Оксана", "Вітаємо Оксана!"},
		{"ar", "ريم", "أهلًا ريم!"},
		{"ar", "Reem", "أهلًا \u2068Reem\u2069!"},
		{"ar", "ሰላም", "أهلًا \u2068ሰላም\u2069!"},
		{"ar", "281 994 0173", "أهلًا \u2068281 994 0173\u2069!"},
		{"ar", "الخميس 26 نوفمبر", "أهلًا الخميس 26 نوفمبر!"},
		{"ar", "11:00", "أهلًا 11:00!"},
	} {
		if got := T(With(t.Context(), x.tag, c), "t.a", "x", x.value); got != x.want {
			t.Errorf("%s: %q, want %q", x.tag, got, x.want)
		}
	}
}

func TestDates(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 23, 30, 0, 0, clock.Netherlands)
	d := clock.On(2026, 11, 24)
	for _, x := range []struct{ tag, day, long, when string }{
		{"nl", "di 24 nov 2026", "dinsdag 24 november", "gisteren 14:20"},
		{"en", "Tue 24 Nov 2026", "Tuesday 24 November", "yesterday 14:20"},
		{"ar", "الثلاثاء 24 نوفمبر 2026", "الثلاثاء 24 نوفمبر", "أمس 14:20"},
		{"uk", "вт, 24 лист. 2026\u202fр.", "вівторок, 24 листопада", "учора 14:20"},
		{"tr", "24 Kas 2026 Sal", "24 Kasım Salı", "dün 14:20"},
	} {
		ctx := With(t.Context(), x.tag, c)
		if got := Day(ctx, d); got != x.day {
			t.Errorf("%s: %q, want %q", x.tag, got, x.day)
		}
		if got := LongDay(ctx, d); got != x.long {
			t.Errorf("%s: %q, want %q", x.tag, got, x.long)
		}
		if got := When(ctx, time.Date(2026, 11, 23, 14, 20, 0, 0, clock.Netherlands), now); got != x.when {
			t.Errorf("%s: %q, want %q", x.tag, got, x.when)
		}
	}
	nl := With(t.Context(), "nl", c)
	if got := When(nl, time.Date(2026, 11, 5, 9, 0, 0, 0, clock.Netherlands), now); got != "do 5 nov" {
		t.Error(got)
	}
	if got := When(nl, time.Date(2026, 11, 24, 23, 15, 0, 0, time.UTC), now); got != "morgen 00:15" {
		t.Error(got, "the day must be the Netherlands' day")
	}
	if MonthYear(nl, d) != "November 2026" || Words(nl, 4) != "vier" || Words(nl, 13) != "13" || Number(nl, 1234567) != "1.234.567" || Number(nl, -1000) != "-1.000" {
		t.Error(MonthYear(nl, d), Words(nl, 4), Number(nl, 1234567), Number(nl, -1000))
	}
	for tag, want := range map[string]string{"nl": "a, b en c", "ar": "a وb وc", "fa": "a،\u200f b، و c", "ti": "a፣ bን cን"} {
		if got := Join(With(t.Context(), tag, c), []string{"a", "b", "c"}); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
	if got := Join(With(t.Context(), "fa", c), []string{"a", "b"}); got != "a و b" {
		t.Error(got)
	}
	fa := With(t.Context(), "fa", c)
	if got := FullDay(fa, clock.On(2026, 5, 5)) + " " + LongDay(fa, clock.On(2026, 5, 5)); got != "سه\u200cشنبه 15 اردیبهشت 1405 (5 مهٔ 2026) سه\u200cشنبه 15 اردیبهشت (5 مه)" {
		t.Error(got)
	}
	for _, l := range All {
		if words(l.Tag).long == "" || nearby[l.Tag][0] == "" || groups[l.Tag] == "" || lists[l.Tag][1] == "" {
			t.Errorf("%s has no names of days", l.Tag)
		}
	}
}

func BenchmarkT(b *testing.B) {
	c, err := Load(part(map[string]string{"nl": `{"t.wait":{"one":"{n} mens wacht","other":"{n} mensen wachten"}}`}))
	if err != nil {
		b.Fatal(err)
	}
	ctx := With(b.Context(), "nl", c)
	for b.Loop() {
		T(ctx, "t.wait", "n", 3)
	}
}

func TestWhatAnOrganisationBringsStandsBesideTheCatalogue(t *testing.T) {
	c, err := Load(Part{Name: "x", FS: fstest.MapFS{"text/nl.json": {Data: []byte(`{"x.own": "van het programma"}`)}}})
	if err != nil {
		t.Fatal(err)
	}
	ctx := With(t.Context(), "fr", c)
	Bring(ctx, map[string]map[string]string{"nl": {"x.new": "nieuw voor {name}", "x.own": "iets anders"}, "fr": {"x.french": "bonjour"}})
	for key, want := range map[string]string{"x.own": "van het programma", "x.new": "nieuw voor Ria", "x.french": "bonjour", "x.none": "x.none"} {
		if got := T(ctx, key, "name", "Ria"); got != want {
			t.Errorf("%s says %q", key, got)
		}
	}
	if !Has(ctx, "x.new") || Has(ctx, "x.none") || T(With(t.Context(), "fr", c), "x.new") != "x.new" {
		t.Error("what was brought to one request is known elsewhere")
	}
}

func TestADayInTheCalendarSomebodyCountsIn(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	d := clock.On(2026, 11, 24)
	for _, x := range []struct{ tag, calendar, long, full string }{
		{"fa", "", "سه\u200cشنبه 3 آذر (24 نوامبر)", "سه\u200cشنبه 3 آذر 1405 (24 نوامبر 2026)"},
		{"prs", "", "سه\u200cشنبه 3 قوس (24 نومبر)", "سه\u200cشنبه 3 قوس 1405 (24 نومبر 2026)"},
		{"ps", "", "درېنۍ، 3 لیندۍ (24 نومبر)", "درېنۍ، 3 لیندۍ 1405 (24 نومبر 2026)"},
		{"am", "", "ማክሰኞ፣ 15 ኅዳር (24 ኖቬምበር)", "ማክሰኞ፣ 15 ኅዳር 2019 (24 ኖቬምበር 2026)"},
		{"ti", "", "ሰሉስ፣ 24 ሕዳር", "ሰሉስ፣ 24 ሕዳር 2026"}, // in Eritrea the common calendar is the usual one
		{"ti", "ethiopian", "ሰሉስ፣ 15 ሕዳር (24 ሕዳር)", "ሰሉስ፣ 15 ሕዳር 2019 (24 ሕዳር 2026)"},
		{"ar", "", "الثلاثاء 24 نوفمبر", "الثلاثاء 24 نوفمبر 2026"},
		{"ar", "qura", "الثلاثاء 14 جمادى الآخرة (24 نوفمبر)", "الثلاثاء 14 جمادى الآخرة 1448 (24 نوفمبر 2026)"},
		{"fa", Common, "سه\u200cشنبه 24 نوامبر", "سه\u200cشنبه 24 نوامبر 2026"},
		{"fa", "lunar", "سه\u200cشنبه 3 آذر (24 نوامبر)", "سه\u200cشنبه 3 آذر 1405 (24 نوامبر 2026)"}, // no such calendar: that of the language
		{"nl", "solar", "dinsdag 3 Azar (24 november)", "dinsdag 3 Azar 1405 (24 november 2026)"},
		{"kmr", "", "sêşem, 24 mijdar", "sêşem, 24 mijdar 2026"},
		{"ckb", "", "سێشەممە، 24ی تشرینی دووەم", "سێشەممە، 24ی تشرینی دووەمی 2026"},
		{"ru", "", "вторник, 24 ноября", "вторник, 24 ноября 2026\u202fг."},
		{"nl-simple", "", "dinsdag 24 november", "dinsdag 24 november 2026"},
	} {
		ctx := Page(t.Context(), x.tag, x.calendar, c)
		if got := LongDay(ctx, d); got != x.long {
			t.Errorf("%s %s: %q, want %q", x.tag, x.calendar, got, x.long)
		}
		if got := FullDay(ctx, d); got != x.full {
			t.Errorf("%s %s: %q, want %q", x.tag, x.calendar, got, x.full)
		}
	}
	if got := LongDay(Page(t.Context(), "ar", "qura", c), clock.On(1930, 1, 5)); got != "الأحد 5 يناير" {
		t.Error(got, "the calendar does not reach so far back")
	}
	for calendar, by := range moons {
		for tag, names := range by {
			if want := map[string]int{"solar": 12, "ethiopian": 13, "qura": 12}[calendar]; len(names) != want {
				t.Errorf("%s has %d months in %q", calendar, len(names), tag)
			}
		}
	}
}

func TestPluralsOfEveryLanguage(t *testing.T) {
	for tag, want := range map[string]string{"nl": "one other", "nl-simple": "one other", "en": "one other", "ar": "zero one two few many other", "fa": "one other", "prs": "one other", "ps": "one other",
		"ti": "one other", "am": "one other", "tr": "one other", "so": "one other", "ckb": "one other", "kmr": "one other", "uk": "one few many other", "ru": "one few many other", "fr": "one other"} {
		if got := strings.Join(Categories(tag), " "); got != want {
			t.Errorf("%s: %s, want %s", tag, got, want)
		}
	}
	if len(All) != 16 {
		t.Errorf("%d languages", len(All))
	}
	for tag, want := range map[string]string{"ku": "kmr", "fa-AF": "prs", "FA-af": "prs", "uk-UA": "uk", "nl-Simple": "nl-simple", "ckb-IQ": "ckb", "nl-BE": "nl", "tlh": "", "": ""} {
		if l, _ := Like(tag); l.Tag != want {
			t.Errorf("%q is like %q, want %q", tag, l.Tag, want)
		}
	}
}
