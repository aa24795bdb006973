package information

import (
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/organisation"
)

var today = clock.Date{Year: 2026, Month: time.November, Day: 24}

func good() Input {
	return Input{Theme: "asiel", Team: "t-utrecht", SourceName: "IND", SourceURL: "https://ind.nl/asiel", ReadOn: "2026-11-20",
		Words: map[string]Words{"nl": {Title: "Wie beslist?", Text: "De IND."}, "ar": {Title: "من يقرر؟", Text: "IND."}}, Checked: map[string]bool{}}
}

func check(t *testing.T, in Input, before Content) Content {
	t.Helper()
	c, fs := in.Check(before, []string{"t-utrecht"}, "u-noor", today)
	if len(fs) > 0 {
		t.Fatal(fs)
	}
	return c
}

func TestATranslationIsOlderThanItsSourceUntilSomebodyLooksAgain(t *testing.T) {
	want := func(what string, c Content, state lang.State) {
		t.Helper()
		if got := c.StateOf("ar"); got != state {
			t.Errorf("%s: %q, not %q", what, got, state)
		}
	}
	in := good()
	first := check(t, in, Content{})
	want("fresh from a machine", first, lang.Machine)

	in.Checked["ar"] = true
	vouched := check(t, in, first)
	want("vouched for", vouched, lang.Checked)
	if vouched.Words["ar"].By != "u-noor" {
		t.Error("nobody vouches for it")
	}

	in.Words["nl"] = Words{Title: "Wie beslist?", Text: "De IND beslist."}
	older := check(t, in, vouched) // the tick of before is still on the form
	want("the Dutch changed, the translation did not", older, lang.Outdated)

	in.Checked["ar"] = false
	want("saved again without a look", check(t, in, older), lang.Outdated)

	in.Checked["ar"] = true
	want("looked at again", check(t, in, older), lang.Checked)

	in.Checked["ar"] = false
	in.Words["ar"] = Words{Title: "من يقرر؟", Text: "IND تقرر."}
	want("translated again", check(t, in, older), lang.Machine)
	if c := check(t, in, vouched); c.Words["ar"].By != "" {
		t.Error("new words have the voucher of the old ones")
	}
	want("the tick is taken away", check(t, func() Input { x := good(); return x }(), vouched), lang.Machine)
}

func TestASourceIsCheckedWhenSomebodyReadThePage(t *testing.T) {
	copied := check(t, good(), Content{})
	copied.Source.Copied, copied.Source.Dated = true, clock.Date{Year: 2023, Month: time.May, Day: 30}
	for what, c := range map[string]struct {
		change func(*Input)
		want   bool
	}{
		"words were changed":           {func(in *Input) { in.Words["nl"] = Words{Title: "Wie?", Text: "De IND."} }, true},
		"another day, the page unread": {func(in *Input) { in.ReadOn = "2026-11-24" }, true},
		"the page was read":            {func(in *Input) { in.Seen = true }, false},
		"another source":               {func(in *Input) { in.SourceURL = "https://coa.nl/asiel" }, false},
	} {
		in := good()
		c.change(&in)
		got := check(t, in, copied).Source
		if got.Copied != c.want || got.Dated.IsZero() == c.want {
			t.Errorf("%s: %+v", what, got)
		}
	}
	if in := good(); check(t, in, Content{}).Source.Copied {
		t.Error("a source of one's own is a copy")
	}
}

func TestATextMustBeWhole(t *testing.T) {
	for field, spoil := range map[string]func(*Input){
		"thema":    func(in *Input) { in.Theme = "auto" },
		"team":     func(in *Input) { in.Team = "t-zwolle" },
		"titel-nl": func(in *Input) { in.Words["nl"] = Words{Text: "x"} },
		"tekst-nl": func(in *Input) { in.Words["nl"] = Words{Title: "Wie?", Text: strings.Repeat("x", mostText+1)} },
		"tekst-ar": func(in *Input) { in.Words["ar"] = Words{Title: "x"} },
		"bron":     func(in *Input) { in.SourceName = "" },
		"adres":    func(in *Input) { in.SourceURL = "javascript:alert(1)" },
		"gelezen":  func(in *Input) { in.ReadOn = "2026-11-25" },
	} {
		in := good()
		spoil(&in)
		_, fs := in.Check(Content{}, []string{"t-utrecht"}, "u-noor", today)
		if len(fs) != 1 || fs[0].Name != field {
			t.Errorf("%s: %v", field, fs)
		}
	}
	in := good()
	in.Words["nl"] = Words{Title: "Mijn nummer?", Text: "Het is 111222333."}
	if _, fs := in.Check(Content{}, []string{"t-utrecht"}, "u-noor", today); len(fs) != 1 || fs[0].Key != "information.error.bsn" {
		t.Errorf("a BSN is kept: %v", fs)
	}
	in = good()
	in.Words["nl"], in.SourceURL, in.Theme = Words{Title: "؟", Text: "x"}, "https://u:p@ind.nl", "asiel"
	if _, fs := in.Check(Content{}, []string{"t-utrecht"}, "u-noor", today); !slices.ContainsFunc(fs, func(f fault.Field) bool { return f.Name == "titel-nl" }) {
		t.Errorf("a title without a letter has no address: %v", fs)
	}
}

func TestWhatIsTypedBecomesParagraphsAndLists(t *testing.T) {
	got := Blocks("Een\nregel.\n\n- eerste\n- tweede\nDaarna.\n\n- weer\n\n\n")
	want := []Block{{Text: "Een regel."}, {Items: []string{"eerste", "tweede"}}, {Text: "Daarna."}, {Items: []string{"weer"}}}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i].Text != want[i].Text || !slices.Equal(got[i].Items, want[i].Items) {
			t.Errorf("%d: %+v", i, got[i])
		}
	}
}

func TestANumberInATextCanBeDialled(t *testing.T) {
	for text, want := range map[string]string{
		"Bel 112.": "Bel |*112|.", "GZA: 088 112 2 112. Dag en nacht": "GZA: |*088 112 2 112|. Dag en nacht", "088-1122112": "*088-1122112",
		"Sinds 12 juni 2026, na 1120 dagen": "Sinds 12 juni 2026, na 1120 dagen", "": "", "خط 088 112 2 112، 112": "خط |*088 112 2 112|، |*112",
	} {
		var got []string
		for _, p := range Pieces(text) {
			if p.Number {
				p.Text = "*" + p.Text
			}
			got = append(got, p.Text)
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: %q", text, s)
		}
	}
}

func TestAnAddressOfATitle(t *testing.T) {
	for title, want := range map[string]string{"Krijg ik een tolk?": "krijg-ik-een-tolk", "  Één  café! ": "een-cafe", "؟": "", strings.Repeat("lang ", 30): "lang-lang-lang-lang-lang-lang-lang-lang-lang-lang-lang-lang"} {
		if got := Slug(title); got != want {
			t.Errorf("%q: %q", title, got)
		}
	}
}

func door(id, town, region string, hours ...organisation.Hours) organisation.Door {
	return organisation.Door{Location: organisation.Location{ID: id, Name: id, Town: town, Hours: hours}, Region: region}
}

func TestTheNearestWalkInHourThatIsOpen(t *testing.T) {
	at := func(s string) time.Time {
		x, err := time.ParseInLocation("2006-01-02 15:04", s, clock.Netherlands)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	doors := []organisation.Door{
		door("overvecht", "Utrecht", "Midden", organisation.Hours{Weekday: 1, Opens: "09:00", Shuts: "12:00"}, organisation.Hours{Weekday: 1, Opens: "13:00", Shuts: "16:00"}),
		door("amersfoort", "Amersfoort", "Midden", organisation.Hours{Weekday: 1, Opens: "09:00", Shuts: "17:00"}),
		door("zwolle", "Zwolle", "Oost", organisation.Hours{Weekday: 1, Opens: "08:00", Shuts: "18:00"}),
		door("nooit", "Utrecht", "Midden"),
	}
	easter := clock.Date{Year: 2026, Month: time.April, Day: 6} // a Monday
	free := func(d clock.Date) bool { return d == easter }
	for _, c := range []struct {
		now, town string
		want      string // the places in order, with + when it is open now
		from      string
	}{
		{"2026-11-23 10:00", "", "zwolle+ amersfoort+ overvecht+", "2026-11-23 10:00"},
		{"2026-11-23 10:00", "Utrecht", "overvecht+ amersfoort+", "2026-11-23 10:00"},
		{"2026-11-23 12:00", "Utrecht", "overvecht amersfoort+", "2026-11-23 13:00"}, // shut at the minute it shuts
		{"2026-11-23 16:00", "Utrecht", "overvecht amersfoort+", "2026-11-30 09:00"},
		{"2026-11-23 08:59", "Utrecht", "overvecht amersfoort", "2026-11-23 09:00"},
		{"2026-04-06 10:00", "Utrecht", "overvecht amersfoort", "2026-04-13 09:00"}, // a holiday
		{"2026-11-23 10:00", "Nergens", "", ""},
	} {
		var got []string
		ws := Walks(doors, c.town, at(c.now), free)
		for _, w := range ws {
			s := w.ID
			if w.Now {
				s += "+"
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s %s: %v, not %s", c.now, c.town, got, c.want)
		} else if len(ws) > 0 && !ws[0].From.Equal(at(c.from)) {
			t.Errorf("%s %s: from %s", c.now, c.town, ws[0].From)
		}
	}
}

func TestWhatSomebodyMisses(t *testing.T) {
	for text, key := range map[string]string{"": "information.error.miss", " ": "information.error.miss", strings.Repeat("x", mostMiss+1): "information.error.long", "mijn bsn 111222333": "information.error.missbsn", "De bus?": ""} {
		fs := CheckMiss(text)
		if key == "" && len(fs) == 0 {
			continue
		}
		if len(fs) != 1 || fs[0].Key != key {
			t.Errorf("%.20q: %v", text, fs)
		}
	}
}

func TestTheTextsOfTheHouseAreWhole(t *testing.T) {
	ss, err := Stock()
	if err != nil {
		t.Fatal(err)
	}
	if len(ss) != 9 {
		t.Errorf("%d texts", len(ss))
	}
	for _, s := range ss {
		c, err := s.checked("t-x")
		if err != nil {
			t.Errorf("%s: %v", s.Slug, fault.As(err).Fields)
		}
		if !c.Source.Copied {
			t.Errorf("%s hides that a copy was read", s.Slug)
		}
		for _, l := range lang.Core {
			want := lang.Machine
			if l.Tag == "nl" {
				want = lang.Checked
			}
			if got := c.StateOf(l.Tag); got != want {
				t.Errorf("%s in %s is %q", s.Slug, l.Tag, got)
			}
			// What a translation loses most easily: a number somebody must call, and the steps of a list.
			for i, b := range Blocks(s.Words[l.Tag].Text) {
				dutch := Blocks(s.Words["nl"].Text)
				if i >= len(dutch) || len(b.Items) != len(dutch[i].Items) {
					t.Errorf("%s in %s has another shape than the Dutch", s.Slug, l.Tag)
					break
				}
			}
			for _, number := range []string{"112", "088 112 2 112", "12 "} {
				if strings.Contains(s.Words["nl"].Text, number) && !strings.Contains(s.Words[l.Tag].Text, number) {
					t.Errorf("%s in %s lacks %s", s.Slug, l.Tag, number)
				}
			}
		}
	}
}

func TestTermsAreFoundInEveryLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"De IND beslist.":               "IND",
		"IND’nin kararı":                "IND",
		"تقرر IND بشأن":                 "IND",
		"indien u blind bent":           "",
		"Het COA en de GZA in het azc.": "COA azc GZA",
		"uw V-nummer":                   "V-nummer",
		"VluchtelingenWerk helpt":       "VluchtelingenWerk",
		"COACH, azcs":                   "",
		"IND":                           "IND",
		"(COA)":                         "COA",
	} {
		var got []string
		for _, x := range TermsIn("nl", text) {
			got = append(got, x.Name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
	for tag, text := range map[string]string{"ar": "يمكن تقديم اعتراض في الوقت المحدد", "fr": "Une opposition est possible", "ti": "መቃወሚ ክቐርብ ይከኣል", "uk": "Можна подати заперечення", "nl": "Er kan bezwaar worden gemaakt", "en": "You can file an objection"} {
		if got := TermsIn(tag, text); len(got) != 1 || got[0].ID != "objection" {
			t.Errorf("%s: %q has %v", tag, text, got)
		}
	}
}
