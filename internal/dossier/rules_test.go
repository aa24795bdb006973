package dossier

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

var today = clock.On(2026, 11, 24)

func keys(fs fault.Fields) []string {
	out := []string{}
	for _, f := range fs {
		out = append(out, f.Name+" "+strings.TrimPrefix(f.Key, "dossier.error."))
	}
	return out
}

func TestOnlyTheCallingNameIsRequired(t *testing.T) {
	p, fs := Input{Called: "  Selam "}.Check(today)
	if len(fs) > 0 || !reflect.DeepEqual(p, Profile{Called: "Selam"}) {
		t.Errorf("got %+v, %v", p, fs)
	}
	if p.Name() != "Selam" || p.Language() != "" {
		t.Errorf("name %q, language %q", p.Name(), p.Language())
	}
}

func TestFaultsAreToldAllAtOnceAtTheirFields(t *testing.T) {
	long := strings.Repeat("x", NameMost+1)
	for name, c := range map[string]struct {
		in   Input
		want []string
	}{
		"no name":                     {Input{Called: " "}, []string{"called called"}},
		"a dot is no name":            {Input{Called: "."}, []string{"called letters"}},
		"a dash is no name":           {Input{Called: "-", NameText: []string{"A", ".", "-"}, Own: "--", VariantText: []string{"."}, VariantSource: []string{"brp"}}, []string{"called letters", "name-1 letters", "name-2 letters", "own letters", "variant letters"}},
		"too long":                    {Input{Called: long, Lives: long, NameText: []string{"", long}}, []string{"called long", "name-1 long", "lives long"}},
		"a BSN anywhere":              {Input{Called: "Reem", NameText: []string{"Reem 111222333"}, Lives: "azc, 111222333", When: "111.222.333", Never: "BSN 111222333", Nationality: "111222333", VariantText: []string{"Reem 111222333"}, VariantSource: []string{"ind"}, BirthWords: []string{"BSN 111222333"}}, []string{"birth_words bsn", "name bsn", "variant bsn", "nationality bsn", "lives bsn", "when bsn", "never bsn"}},
		"a source nobody knows":       {Input{Called: "Reem", VariantText: []string{"", "R"}, VariantSource: []string{"", "cia"}, Lives: "azc", Source: map[string]string{"lives": "cia"}}, []string{"variant-1 source", "lives_source source"}},
		"a language nobody knows":     {Input{Called: "Reem", Tongue: []string{"ar", "xx"}, Interpreter: "maybe"}, []string{"tongue-1 tongue", "interpreter choose"}},
		"numbers":                     {Input{Called: "Reem", VNumber: "281.994", ZNumber: "1", Phone: "12"}, []string{"vnumber vnumber", "znumber znumber", "phone phone"}},
		"a second phone":              {Input{Called: "Reem", MorePhone: []string{"0612345678", "x", ""}, MoreWhose: []string{"", "", "broer"}, How: []string{"pigeon"}}, []string{"more_phone-1 phone", "more_phone-2 phone", "how choose"}},
		"a wish nobody can give":      {Input{Called: "Reem", Gender: "other", Digital: "fax"}, []string{"gender choose", "digital choose"}},
		"too many lines":              {Input{Called: "Reem", NameText: slices.Repeat([]string{"a"}, 13), BirthYear: slices.Repeat([]string{"1990"}, 13)}, []string{"birth_day many", "name many"}},
		"day without a month":         {Input{Called: "Reem", BirthYear: []string{"1990"}, BirthDay: []string{"3"}}, []string{"birth_month birth.month"}},
		"a day that never was":        {Input{Called: "Reem", BirthYear: []string{"1991"}, BirthMonth: []string{"2"}, BirthDay: []string{"29"}}, []string{"birth_day birth.none"}},
		"parts that are no numbers":   {Input{Called: "Reem", BirthYear: []string{"1890"}, BirthMonth: []string{"13"}, BirthDay: []string{"x"}}, []string{"birth_day birth", "birth_month birth", "birth_year birth"}},
		"a day to come":               {Input{Called: "Reem", BirthYear: []string{"2026"}, BirthMonth: []string{"11"}, BirthDay: []string{"25"}}, []string{"birth_year birth.future"}},
		"a month to come":             {Input{Called: "Reem", BirthYear: []string{"2026"}, BirthMonth: []string{"12"}}, []string{"birth_year birth.future"}},
		"1 January is asked about":    {Input{Called: "Reem", BirthYear: []string{"1990", "۱۹۹۳"}, BirthMonth: []string{"5", "۱"}, BirthDay: []string{"4", "01"}}, []string{"birth_day-1 birth.january"}},
		"and once it was answered":    {Input{Called: "Reem", BirthYear: []string{"1990", "1993"}, BirthMonth: []string{"5", "1"}, BirthDay: []string{"4", "1"}, BirthAsk: []string{"1"}}, []string{}},
		"without a year":              {Input{Called: "Reem", BirthYear: []string{""}, BirthMonth: []string{"2"}, BirthDay: []string{"29"}}, []string{}},
		"in words only":               {Input{Called: "Reem", BirthWords: []string{"na de oogst"}}, []string{}},
		"a birth source nobody knows": {Input{Called: "Reem", BirthYear: []string{"1990"}, BirthSource: []string{"cia"}}, []string{"birth_source source"}},
	} {
		if _, fs := c.in.Check(today); !slices.Equal(keys(fs), c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, keys(fs), c.want)
		}
	}
}

func TestNumbersAreReadInAnyNotation(t *testing.T) {
	for in, want := range map[string]string{"2819940173": "2819940173", "V 281.994.0173": "2819940173", "v-nr": "", "281 994 0173": "2819940173", "۲۸۱۹۹۴۰۱۷۳": "2819940173", "٢٨١٩٩٤٠١٧٣": "2819940173", "281994017": "281994017", "28199401733": "28199401733", "281994O173": ""} {
		got, ok := VNumber(in)
		if got != want || ok != (len(want) == 10) {
			t.Errorf("VNumber(%q) = %q, %v", in, got, ok)
		}
	}
	if VNumberText("2819940173") != "281 994 0173" || VNumberText("12") != "12" {
		t.Error("the V-number is not written as on letters")
	}
	for in, want := range map[string]string{"06 12345678": "+31612345678", "+31 (0)6-1234 5678": "+31612345678", "0031612345678": "+31612345678", "+963 11 2345678": "+963112345678", "٠٦١٢٣٤٥٦٧٨": "+31612345678", "12345678": "", "06-1234": "", "+12": "", "+1234567890123456": "", "bel": ""} {
		got, ok := Phone(in)
		if ok != (want != "") || (ok && got != want) {
			t.Errorf("Phone(%q) = %q, %v", in, got, ok)
		}
	}
	for in, want := range map[string]string{"06 12345678": "tel:+31612345678", "+31 (0)6-1234 5678": "tel:+31612345678", "112": "tel:112", "0900-8844": "tel:09008844", "14 030": "tel:14030", "٠٦١٢٣٤٥٦٧٨": "tel:+31612345678",
		"030 123 4567 toestel 4": "", "maandag 9-12": "", "+31": "", "12": "", "": "", "javascript:1": "", "1234567890123456": ""} {
		if got := PhoneURL(in); got != want {
			t.Errorf("PhoneURL(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"Z1-234.567 890": "Z1234567890", "z123": "", "----": ""} {
		if got, ok := ZNumber(in); ok != (want != "") || (ok && got != want) {
			t.Errorf("ZNumber(%q) = %q, %v", in, got, ok)
		}
	}
}

func TestAgeIsARangeAndTheLimitShowsBothOutcomes(t *testing.T) {
	for name, c := range map[string]struct {
		births    []Birth
		low, high int
		adult     string
		disputed  bool
	}{
		"nothing known":                {nil, 0, 0, "unknown", false},
		"words only":                   {[]Birth{{Words: "na de oogst"}}, 0, 0, "unknown", false},
		"a day":                        {[]Birth{{Year: 2008, Month: 11, Day: 24, Source: "passport"}}, 18, 18, "yes", false},
		"one day short":                {[]Birth{{Year: 2008, Month: 11, Day: 25, Source: "passport"}}, 17, 17, "no", false},
		"a year":                       {[]Birth{{Year: 2008}}, 17, 18, "both", false},
		"a month":                      {[]Birth{{Year: 2008, Month: 12}}, 17, 17, "no", false},
		"this month":                   {[]Birth{{Year: 2008, Month: 11}}, 17, 18, "both", false},
		"about":                        {[]Birth{{Year: 2010, About: true}}, 13, 18, "both", false},
		"an office's 1 January":        {[]Birth{{Year: 2008, Month: 1, Day: 1, Source: "ind"}}, 17, 18, "both", false},
		"somebody's own 1 January":     {[]Birth{{Year: 2008, Month: 1, Day: 1, Source: "person"}}, 18, 18, "yes", false},
		"two sources that differ":      {[]Birth{{Year: 2009, Month: 6, Source: "person"}, {Year: 2007, Month: 1, Day: 1, Source: "ind"}}, 17, 19, "both", true},
		"two sources that agree":       {[]Birth{{Year: 1991, About: true, Source: "person"}, {Year: 1993, Month: 1, Day: 1, Source: "ind"}}, 32, 37, "yes", false},
		"a source that is disputed":    {[]Birth{{Year: 1991, Disputed: true}}, 34, 35, "yes", true},
		"born on the day of leap year": {[]Birth{{Year: 2008, Month: 2, Day: 29}}, 18, 18, "yes", false},
	} {
		low, high, known := Age(c.births, today)
		if low != c.low || high != c.high || known != (c.adult != "unknown") || Adult(c.births, today) != c.adult || Disputed(c.births) != c.disputed {
			t.Errorf("%s: %d–%d (%v), %s, disputed %v", name, low, high, known, Adult(c.births, today), Disputed(c.births))
		}
	}
}

func TestBirthsAreWrittenWithWhatIsKnown(t *testing.T) {
	for want, b := range map[string]Birth{"": {Words: "x"}, "1991": {Year: 1991}, "03-1991": {Year: 1991, Month: 3}, "07-03-1991": {Year: 1991, Month: 3, Day: 7}, "29-02-????": {Month: 2, Day: 29}, "02-????": {Month: 2}} {
		if got := BirthText(b); got != want {
			t.Errorf("%+v: %q, want %q", b, got, want)
		}
	}
}

func TestADateOfBirthMayBeToldInAnotherCalendar(t *testing.T) {
	line := func(calendar, y, m, d string) Input {
		return Input{Called: "Hamid", BirthCalendar: []string{calendar}, BirthYear: []string{y}, BirthMonth: []string{m}, BirthDay: []string{d}}
	}
	for name, c := range map[string]struct {
		in   Input
		want Birth
	}{
		"a day":                {line("solar", "۱۳۷۰", "1", "1"), Birth{Year: 1991, Month: 3, Day: 21, Told: clock.Told{Calendar: "solar", Year: 1370, Month: 1, Day: 1}}},
		"a month":              {line("solar", "1370", "10", ""), Birth{Year: 1992, Month: 1, About: true, Told: clock.Told{Calendar: "solar", Year: 1370, Month: 10, Day: 0}}},
		"a year":               {line("solar", "1370", "", ""), Birth{Year: 1991, About: true, Told: clock.Told{Calendar: "solar", Year: 1370, Month: 0, Day: 0}}},
		"the thirteenth month": {line("ethiopian", "1983", "13", "6"), Birth{Year: 1991, Month: 9, Day: 11, Told: clock.Told{Calendar: "ethiopian", Year: 1983, Month: 13, Day: 6}}},
	} {
		c.want.Source, c.want.On = "person", today
		p, fs := c.in.Check(today)
		if len(fs) > 0 || len(p.Births) != 1 || p.Births[0] != c.want {
			t.Errorf("%s: %+v, %v", name, p.Births, keys(fs))
			continue
		}
		if again, fs := InputOf(p).Check(today); len(fs) > 0 || !reflect.DeepEqual(again, p) {
			t.Errorf("%s: sent back it is %+v, %v", name, again.Births, keys(fs))
		}
	}
	for name, in := range map[string]Input{"a day too many": line("solar", "1369", "12", "30"), "month 13": line("solar", "1370", "13", "1"), "five days": line("ethiopian", "1984", "13", "6"), "our year": line("solar", "1991", "1", "1"),
		"no year": line("solar", "", "1", "1"), "no month": line("ethiopian", "1983", "", "3"), "another calendar": line("moon", "1410", "1", "1"), "letters": line("solar", "x", "", "")} {
		if _, fs := in.Check(today); !slices.Equal(keys(fs), []string{"birth_day birth.calendar"}) {
			t.Errorf("%s: %v", name, keys(fs))
		}
	}
	if _, fs := line("solar", "1406", "1", "1").Check(today); !slices.Equal(keys(fs), []string{"birth_year birth.future"}) {
		t.Errorf("a day to come: %v", keys(fs))
	}
	born := Birth{Year: 1991, Month: 3, Day: 21, Source: "passport"}
	for tongue, want := range map[string]string{"prs": "1-1-1370", "am": "12-7-1983", "ar": "0", "": "0"} {
		if got := born.Also(tongue).String(); got != want {
			t.Errorf("for %s it is also %s, want %s", tongue, got, want)
		}
	}
	if got := (Birth{Year: 1991, Month: 1, Day: 1, Source: "ind"}).Also("prs"); got.Calendar != "" {
		t.Errorf("an office's 1 January is not a day in another calendar: %v", got)
	}
}

// Plain letters go a shorter way; a letter that is not plain sends the same text the long way.
func TestFoldingPlainLettersIsFolding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom(nil, &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0, Hi: 127, Stride: 1}}})).Draw(t, "s")
		if got, want := Fold(s), strings.TrimSuffix(strings.TrimSuffix(Fold(s+" ø"), "o"), " "); got != want {
			t.Errorf("Fold(%q) = %q, the long way %q", s, got, want)
		}
	})
}

func TestNamesFoldAndMatch(t *testing.T) {
	for in, want := range map[string]string{"Sélam": "selam", "AYŞE Gülistan": "ayse gulistan", "al-Khatib": "alkhatib", "Işık": "isik", "أحمد": "احمد", "حمید": "حميد", "Łukasz Ødegård": "lukasz odegard", "  ": ""} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	p := Profile{Called: "Selam", Names: []NamePart{{Text: "Selam"}, {Text: "Tesfay"}, {Text: "Haile"}}, Own: "ሰላም ተስፋይ", Variants: []Variant{{Text: "Salam Tesfai HAILE"}}}
	if got := p.Parts(); !slices.Equal(got, []string{"selam", "tesfay", "haile", "ሰላም", "ተስፋይ", "salam", "tesfai"}) {
		t.Errorf("parts %q", got)
	}
	for typed, want := range map[string]bool{"selam": true, "hai sel": true, "ሰላ": true, "SALAM": true, "reem": false, "selam reem": false, "": false, "elam": false} {
		if got := answersTo(p.Parts(), strings.Fields(Fold(typed))) > bySound; got != want {
			t.Errorf("%q answers: %v", typed, got)
		}
	}
}

func TestCardsAreReadAsTheyAreTypedAndHoldNoLookAlikes(t *testing.T) {
	if strings.ContainsAny(cardAlphabet, "01ILO2Z5S8BUV") {
		t.Errorf("the alphabet %s has characters that look alike", cardAlphabet)
	}
	for in, want := range map[string]string{"TREE3479": "TREE3479", " tree-3479": "TREE3479", "tree 3479\r\n": "TREE3479", "https://reisgezel.nl/mijn/inloggen?kaart=TREE3479": "TREE3479", "TREE347": "", "TREE34790": "", "TREE347O": "", "": "", "کارت": ""} {
		got, ok := ReadCard(in)
		if ok != (want != "") || (ok && got != want) {
			t.Errorf("ReadCard(%q) = %q, %v", in, got, ok)
		}
	}
	seen := map[rune]int{}
	for range 2000 {
		code := NewCode()
		if got, ok := ReadCard(CardText(code)); !ok || got != code {
			t.Fatalf("the code %q does not read back", code)
		}
		for _, r := range code {
			seen[r]++
		}
	}
	for _, r := range cardAlphabet { // 16,000 characters over 22: 727 each
		if seen[r] < 550 || seen[r] > 920 {
			t.Errorf("the character %c came %d times", r, seen[r])
		}
	}
	if _, ok := CardCode(make([]byte, 7)); ok {
		t.Error("seven bytes are not enough for a code")
	}
	if _, ok := CardCode([]byte(strings.Repeat("\xff", 50))); ok {
		t.Error("bytes that favour some characters were used")
	}
}

// profiles draws any profile that a form can hold.
func profiles(r *rapid.T) Profile {
	word := rapid.SampledFrom([]string{"Selam", "al-Khatib", "ሰላም", "أحمد", "Ayşe Nur", "O’Brien", "Nguyễn"})
	source := rapid.SampledFrom(Sources)
	p := Profile{Called: word.Draw(r, "called"), Interpreter: rapid.SampledFrom(append([]string{""}, Interpreters...)).Draw(r, "interpreter")}
	maybe := func(label string, s *string, of ...string) {
		*s = rapid.SampledFrom(append([]string{""}, of...)).Draw(r, label)
	}
	maybe("own", &p.Own, "ሰላም ተስፋይ")
	maybe("pronoun", &p.Pronoun, "zij/haar")
	maybe("nationality", &p.Nationality, "Eritrea")
	maybe("v", &p.VNumber, "2819940173")
	maybe("z", &p.ZNumber, "Z1234567890")
	maybe("lives", &p.Lives, "azc Utrecht")
	maybe("say", &p.Reach.Say, Says...)
	maybe("phone", &p.Reach.Phone, "+31612345678")
	maybe("when", &p.Reach.When, "na 17:00")
	maybe("never", &p.Reach.Never, "nooit bellen")
	p.Reach.Shared = rapid.Bool().Draw(r, "shared")
	for _, w := range Ways {
		if rapid.Bool().Draw(r, w) {
			p.Reach.How = append(p.Reach.How, w)
		}
	}
	for range rapid.IntRange(0, 3).Draw(r, "phones") {
		m := Phoned{Number: "+49301234567"}
		maybe("whose", &m.Whose, "broer")
		p.Reach.More = append(p.Reach.More, m)
	}
	for range rapid.IntRange(0, 4).Draw(r, "names") {
		p.Names = append(p.Names, NamePart{Text: word.Draw(r, "part"), Role: rapid.SampledFrom(NameRoles).Draw(r, "role")})
	}
	for range rapid.IntRange(0, 2).Draw(r, "variants") {
		p.Variants = append(p.Variants, Variant{Source: source.Draw(r, "source"), Text: word.Draw(r, "variant"), On: today})
	}
	for range rapid.IntRange(0, 3).Draw(r, "births") {
		b := Birth{Source: source.Draw(r, "source"), About: rapid.Bool().Draw(r, "about"), Disputed: rapid.Bool().Draw(r, "disputed"), On: today, Words: rapid.SampledFrom([]string{"", "na de oogst"}).Draw(r, "words")}
		b.Year = rapid.SampledFrom([]int{0, 1950, 1991, 2024}).Draw(r, "year")
		if b.Month = rapid.IntRange(0, 12).Draw(r, "month"); b.Month > 0 {
			b.Day = rapid.IntRange(0, 28).Draw(r, "day")
		}
		if b.Year+b.Month > 0 || b.Words != "" {
			p.Births = append(p.Births, b)
		}
	}
	for _, tag := range Tongues {
		if len(p.Languages) < 5 && rapid.IntRange(0, 4).Draw(r, tag) == 0 {
			p.Languages = append(p.Languages, Speech{Tag: tag, Reads: rapid.Bool().Draw(r, "reads")})
		}
	}
	p.Wish = Wish{Language: rapid.Bool().Draw(r, "speaks"), NotOwn: rapid.Bool().Draw(r, "notown")}
	maybe("gender", &p.Wish.Gender, "woman", "man")
	maybe("digital", &p.Wish.Digital, Meetings...)
	for _, name := range Traced {
		if p.known(name) {
			if p.Origins == nil {
				p.Origins = map[string]Origin{}
			}
			p.Origins[name] = Origin{Source: source.Draw(r, "source"), On: today}
		}
	}
	several(r, &p, source)
	return p
}

// several lets more than one source speak of the facts that may have several values, dispute some and not know some.
func several(r *rapid.T, p *Profile, source *rapid.Generator[string]) {
	texts := map[string][]string{"nationality": {"Syrië", "Eritrea"}, "vnumber": {"2819940173", "2820011427"}, "znumber": {"Z12345", "Z999"}}
	for _, name := range Sourced {
		o, ok := p.Origins[name]
		if !ok && rapid.IntRange(0, 3).Draw(r, "unknown "+name) == 0 {
			o, ok = Origin{Source: source.Draw(r, "source"), On: today, Unknown: true}, true
		}
		if !ok {
			continue
		}
		o.Disputed = rapid.Bool().Draw(r, "disputed")
		if p.Origins == nil {
			p.Origins = map[string]Origin{}
		}
		p.Origins[name] = o
		for range rapid.IntRange(0, 2).Draw(r, "others") {
			v := Value{Source: source.Draw(r, "source"), Disputed: rapid.Bool().Draw(r, "disputed"), On: today}
			if v.Unknown = rapid.Bool().Draw(r, "unknown"); !v.Unknown {
				v.Text = rapid.SampledFrom(texts[name]).Draw(r, name)
			}
			if v.Text == "Z999" {
				v.Text = "Z99999"
			}
			if p.Others == nil {
				p.Others = map[string][]Value{}
			}
			p.Others[name] = append(p.Others[name], v)
		}
	}
	for i := range p.Variants {
		p.Variants[i].Disputed = rapid.Bool().Draw(r, "disputed")
	}
}

// What another source says can be made to hold, and what held stays beside it, each with its own day.
func TestAnotherValueCanBeMadeToHold(t *testing.T) {
	old := clock.On(2025, 6, 3)
	was := Profile{Called: "Selam", VNumber: "2819940173", Origins: map[string]Origin{"vnumber": {Source: "person", On: old}},
		Others: map[string][]Value{"vnumber": {{Text: "2820011427", Source: "ind", On: old}}},
		Births: []Birth{{Year: 1991, Source: "person", On: old}, {Year: 1993, Source: "passport", On: old}}}
	in := InputOf(was)
	f := in.Facts["vnumber"]
	f.Holds, f.Disputed = "1", []string{"0"}
	in.Facts["vnumber"], in.BirthHolds = f, "1"
	now, fs := in.Check(today)
	if len(fs) > 0 {
		t.Fatal(keys(fs))
	}
	now = now.KeepDates(was)
	want := []Value{{Text: "2820011427", Source: "ind", On: old}, {Text: "2819940173", Source: "person", On: today, Disputed: true}}
	if got := now.Values("vnumber"); !reflect.DeepEqual(got, want) {
		t.Errorf("values %+v", got)
	}
	if now.VNumber != "2820011427" || now.Births[0].Year != 1993 || now.Births[1].Year != 1991 || now.Births[0].On != old {
		t.Errorf("%s holds, births %v", now.VNumber, now.Births)
	}
	if got := now.All("vnumber"); !reflect.DeepEqual(got, []string{"2820011427", "2819940173"}) {
		t.Errorf("all %v", got)
	}
}

func TestUnknownIsAValueAndNotWithAText(t *testing.T) {
	in := Input{Called: "Selam", Facts: map[string]FactInput{"nationality": {Unknown: []string{"0"}}}, Source: map[string]string{"nationality": "ind"}}
	p, fs := in.Check(today)
	if len(fs) > 0 || len(p.Values("nationality")) != 1 || !p.Origins["nationality"].Unknown || p.Nationality != "" {
		t.Errorf("%v %+v", keys(fs), p)
	}
	in.Nationality = "Eritrea"
	if _, fs := in.Check(today); !reflect.DeepEqual(keys(fs), []string{"nationality unknown"}) {
		t.Errorf("known and unknown at once: %v", keys(fs))
	}
	in = Input{Called: "Selam", VNumber: "2819940173", Facts: map[string]FactInput{"vnumber": {Text: []string{"12"}, Source: []string{"ind"}}}}
	if _, fs := in.Check(today); !reflect.DeepEqual(keys(fs), []string{"vnumber_more vnumber"}) {
		t.Errorf("a number that is none: %v", keys(fs))
	}
}

func TestAFormThatIsSentBackUnchangedChangesNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := profiles(r)
		got, fs := InputOf(p).Check(today)
		if len(fs) > 0 || !reflect.DeepEqual(got, p) {
			r.Fatalf("faults %v\n was %+v\n got %+v", keys(fs), p, got)
		}
	})
}

func TestFactsKeepTheDayOnWhichTheyWereWrittenDown(t *testing.T) {
	old := clock.On(2025, 6, 3)
	was := Profile{Called: "Selam", Lives: "azc Utrecht", VNumber: "2819940173", Births: []Birth{{Year: 1991, Source: "person", On: old}}, Variants: []Variant{{Source: "ind", Text: "Salam", On: old}},
		Reach: Reach{Phone: "+31612345678"}, Origins: map[string]Origin{"lives": {Source: "person", On: old}, "vnumber": {Source: "ind", On: old}, "reach": {Source: "person", On: old}}}
	in := InputOf(was)
	in.Lives = "Zamenhofdreef"                                                         // changed
	in.Source["vnumber"] = "brp"                                                       // told by somebody else
	in.BirthYear, in.BirthSource = []string{"1991", "1993"}, []string{"person", "ind"} // one more
	now, fs := in.Check(today)
	if len(fs) > 0 {
		t.Fatal(keys(fs))
	}
	got := now.KeepDates(was)
	want := map[string]Origin{"lives": {Source: "person", On: today}, "vnumber": {Source: "brp", On: today}, "reach": {Source: "person", On: old}}
	if !reflect.DeepEqual(got.Origins, want) {
		t.Errorf("origins %v", got.Origins)
	}
	if got.Births[0].On != old || got.Births[1].On != today || got.Variants[0].On != old {
		t.Errorf("births %v, variants %v", got.Births, got.Variants)
	}
	if now.Births[0].On != today || now.Origins["reach"].On != today {
		t.Error("keeping dates changed the profile it was asked of")
	}
}

func TestLinesAreNamedAsTheFormNamesThem(t *testing.T) {
	for i, want := range []string{"f-name", "f-name-1", "f-name-2"} {
		if got := nth("name", i); got != want {
			t.Errorf("line %d is %s", i, got)
		}
	}
	if !holds([]string{"0", "2"}, 2) || holds([]string{"0"}, 1) {
		t.Error("a tick is on another line")
	}
}

func TestWhoSpeaksALanguageOfSomebody(t *testing.T) {
	speaks := func(tags ...string) (p Profile) {
		for _, tag := range tags {
			p.Languages = append(p.Languages, Speech{Tag: tag})
		}
		return p
	}
	for name, x := range map[string]struct {
		of     Profile
		spoken []string
		want   string
	}{
		"the first":                     {speaks("ti", "am"), []string{"nl", "am", "ti"}, "ti"},
		"the second":                    {speaks("ti", "am"), []string{"nl", "am"}, "am"},
		"none":                          {speaks("ti"), []string{"nl", "ar"}, ""},
		"Dari and Persian":              {speaks("prs"), []string{"nl", "fa"}, "prs"},
		"Kurdish, and which":            {speaks("ku"), []string{"nl", "ckb"}, "ku"},
		"Persian and Pashto are two":    {speaks("fa"), []string{"ps"}, ""},
		"Dutch beside it is no answer":  {speaks("ti", "nl", "en"), []string{"nl", "en"}, ""},
		"English, when it is the first": {speaks("en", "ti"), []string{"nl", "en"}, "en"},
		"nobody knows what they speak":  {speaks(), []string{"nl", "ti"}, ""},
		"nobody knows what we speak":    {speaks("ti"), nil, ""},
		"one without a line of its own": {speaks("other"), []string{"nl"}, ""},
	} {
		if got := x.of.Shared(x.spoken); got != x.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
