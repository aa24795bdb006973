package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/spread"
)

var today = clock.On(2026, 11, 24)

// keyOf is the text key of a refusal.
func keyOf(err error) string {
	if f := fault.As(err); err != nil && len(f.Fields) > 0 {
		return f.Fields[0].Key
	}
	return ""
}

func TestAFileIsReadAsItWasWritten(t *testing.T) {
	text := "naam;geboren;taal\r\nMaría Ñandú;24-11-1991;ti\r\n\"Ali; \"\"de jonge\"\"\";1990;so\r\n"
	want := [][]string{{"naam", "geboren", "taal"}, {"María Ñandú", "24-11-1991", "ti"}, {"Ali; \"de jonge\"", "1990", "so"}}
	le, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	be, _ := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(text)
	old, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ in, encoding, comma string }{
		"utf-8":              {text, "utf-8", ";"},
		"utf-8 with a mark":  {"\ufeff" + text, "utf-8", ";"},
		"utf-16 with a mark": {le, "utf-16le", ";"},
		"utf-16 without one": {be, "utf-16be", ";"},
		"windows":            {old, "windows-1252", ";"},
		"says its separator": {"sep=;\r\n" + text, "utf-8", ";"},
		"comma":              {strings.NewReplacer("; ", "; ", ";", ",").Replace(text), "utf-8", ","},
		"tab":                {strings.NewReplacer("; ", "; ", ";", "\t").Replace(text), "utf-8", "\t"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Sniff([]byte(c.in))
			if err != nil || f.Encoding != c.encoding || f.Comma != c.comma {
				t.Fatalf("sniffed %+v, %v", f, err)
			}
			rows, err := f.Head([]byte(c.in), 10)
			if err != nil {
				t.Fatal(err)
			}
			var got [][]string
			for _, r := range rows {
				got = append(got, r.Cells)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("read %q", got)
			}
		})
	}
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "ingest.error.empty",
		"\xd0\xcf\x11\xe0rest":     "ingest.error.xls",
		"\x7fELF\x00\x00\x01\x02z": "ingest.error.binary",
	} {
		if _, err := Sniff([]byte(in)); keyOf(err) != want {
			t.Errorf("%q gives %v", in, err)
		}
	}
	if _, err := Sheets([]byte("PK\x03\x04 and nothing else"), 1); keyOf(err) != "ingest.error.book" {
		t.Errorf("a broken workbook gives %v", err)
	}
	open := "naam,taal\n\"Ali," + strings.Repeat("x\n", 3000)
	if _, err := (Format{Kind: "csv", Encoding: "utf-8", Comma: ","}).Head([]byte(open), 10); keyOf(err) != "ingest.error.quote" {
		t.Errorf("a quotation mark that stays open gives %v", err)
	}
	wide := strings.Repeat("a,", colsMost+1) + "\n"
	if _, err := (Format{Kind: "csv", Encoding: "utf-8", Comma: ","}).Head([]byte(wide), 10); keyOf(err) != "ingest.error.columns" {
		t.Errorf("too many columns give %v", err)
	}
	long := []byte(strings.Repeat("a\n", RowsMost+2))
	if _, err := (Format{Kind: "csv", Encoding: "utf-8", Comma: ","}).Count(long); keyOf(err) != "ingest.error.rows" {
		t.Errorf("too many rows give %v", err)
	}
}

// workbook makes a file of two sheets, with a real date in it.
func workbook(t *testing.T, rows [][]any) []byte {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	if _, err := x.NewSheet("Mensen"); err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		if err := x.SetSheetRow("Mensen", fmt.Sprintf("A%d", i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
	style, err := x.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	if err := x.SetCellStyle("Mensen", "B2", "B2", style); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAWorkbookIsReadBySheetAndItsDaysByTheirNumber(t *testing.T) {
	b := workbook(t, [][]any{{"Naam", "Geboortedatum", "V-nummer"}, {"Selam Tesfay", 33566, "2819940173"}, {}, {"Ali", "1990", 2820011427}})
	f, err := Sniff(b)
	if err != nil || f.Kind != "xlsx" {
		t.Fatalf("sniffed %+v, %v", f, err)
	}
	sheets, err := Sheets(b, 10)
	if err != nil || len(sheets) != 2 || sheets[1].Name != "Mensen" {
		t.Fatalf("sheets %+v, %v", sheets, err)
	}
	f.Sheet = "Mensen"
	rows, err := f.Head(b, 10)
	if err != nil || len(rows) != 3 {
		t.Fatalf("rows %+v, %v", rows, err)
	}
	if got := rows[1].Cells[1]; got != "1991-11-24" {
		t.Errorf("the day was read as %q", got)
	}
	if rows[2].N != 4 || rows[2].Cells[2] != "2820011427" {
		t.Errorf("the row after the empty one is %+v", rows[2])
	}
	f.Sheet = "Nergens"
	if _, err := f.Head(b, 10); keyOf(err) != "ingest.error.sheet" {
		t.Errorf("a sheet that is not there gives %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "reisgezel-book*")); len(left) > 0 {
		t.Errorf("folders stayed behind: %v", left)
	}
}

func TestDaysAreReadOrRefused(t *testing.T) {
	for in, want := range map[string]When{
		"24-11-1991": {1991, 11, 24, false}, "24/11/1991": {1991, 11, 24, false}, "24.11.1991": {1991, 11, 24, false},
		"1991-11-24": {1991, 11, 24, false}, "1991-11-24 00:00:00": {1991, 11, 24, false}, "1991-11-24T00:00:00Z": {1991, 11, 24, false},
		"19911124": {1991, 11, 24, false}, "1991": {1991, 0, 0, false}, "11-1991": {1991, 11, 0, false}, "1991-11": {1991, 11, 0, false},
		"00-00-1991": {1991, 0, 0, false}, "??-??-1991": {1991, 0, 0, false}, "1991-00-00": {1991, 0, 0, false}, "19910000": {1991, 0, 0, false},
		"rond 1991": {1991, 0, 0, true}, "ca. 1991": {1991, 0, 0, true}, "±1991": {1991, 0, 0, true},
		"24 november 1991": {1991, 11, 24, false}, "24 nov. 1991": {1991, 11, 24, false}, "Nov 24, 1991": {1991, 11, 24, false}, "3 mei 1990": {1990, 5, 3, false},
		"٢٤-١١-١٩٩١": {1991, 11, 24, false}, "33566": {1991, 11, 24, false},
	} {
		if got, bad := ReadWhen(in, "dmy"); bad != "" || got != want {
			t.Errorf("%q is read as %+v %s, want %+v", in, got, bad, want)
		}
	}
	for in, want := range map[string]string{
		"24-11-91": "ingest.error.date.year", "31-02-1991": "ingest.error.date.none", "24-13-1991": "ingest.error.date", "gisteren": "ingest.error.date",
		"1-2-3-4": "ingest.error.date", "": "ingest.error.date", "99999999": "ingest.error.date", "24-00-1991": "ingest.error.date", "123": "ingest.error.date",
	} {
		if got, bad := ReadWhen(in, "dmy"); bad != want {
			t.Errorf("%q is read as %+v %q, want %q", in, got, bad, want)
		}
	}
	if got, _ := ReadWhen("11/24/1991", "mdy"); got != (When{1991, 11, 24, false}) {
		t.Errorf("with the month first: %+v", got)
	}
	if OrderOf([]string{"03/04/1990", "11/24/1991"}) != "mdy" || OrderOf([]string{"03/04/1990", "24/11/1991"}) != "dmy" {
		t.Error("the order was not found")
	}
}

func TestReadingADayNeverBreaks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9?x./ -]{0,12}`)).Draw(t, "s")
		w, bad := ReadWhen(s, "dmy")
		if bad == "" && (w.Year < 1000 || w.Month > 12 || w.Day > 31 || w.Day != 0 && w.Month == 0) {
			t.Errorf("%q is read as %+v", s, w)
		}
	})
}

func TestColumnsAreGuessedAndForbiddenOnesFound(t *testing.T) {
	heads := []string{"Person ID", "Voornaam", "Achternaam", "Geb.datum", "V-nummer", "E-mail begeleider", "Iets anders", "voornaam"}
	want := []string{"ref", "own", "family", "birth", "vnumber", "helper", "", ""}
	if got := People.Guess(heads); !slices.Equal(got, want) {
		t.Errorf("guessed %q", got)
	}
	for _, h := range []string{"BSN", "Burgerservicenummer", "sofi-nummer"} {
		if c, found := Forbidden([]Row{{1, []string{"naam", h}}}); !found || c != 1 {
			t.Errorf("%q was not found", h)
		}
	}
	if c, found := Forbidden([]Row{{1, []string{"naam", "nr"}}, {2, []string{"a", "111222333"}}, {3, []string{"b", "123456782"}}}); !found || c != 1 {
		t.Error("a column of citizen service numbers without its name was not found")
	}
	if _, found := Forbidden([]Row{{1, []string{"naam", "nr"}}, {2, []string{"a", "2819940173"}}, {3, []string{"b", "2820011427"}}}); found {
		t.Error("V-numbers were taken for citizen service numbers")
	}
	if letters(0) != "A" || letters(25) != "Z" || letters(26) != "AA" || letters(701) != "ZZ" {
		t.Error("columns have wrong letters")
	}
}

func TestAMatchIsChecked(t *testing.T) {
	for name, c := range map[string]struct {
		kind Kind
		cols []string
		want string
	}{
		"no name":      {People, []string{"birth", ""}, "ingest.error.noname"},
		"twice":        {People, []string{"name", "name"}, "ingest.error.twice"},
		"unknown":      {People, []string{"name", "bsn"}, "ingest.error.field"},
		"list":         {Country, []string{"code", ""}, "ingest.error.nocode"},
		"people field": {Country, []string{"code", "title", "vnumber"}, "ingest.error.field"},
	} {
		fs := Match{Columns: c.cols, Source: "other", Order: "dmy"}.Check(c.kind)
		if !slices.ContainsFunc(fs, func(f fault.Field) bool { return f.Key == c.want }) {
			t.Errorf("%s: %+v", name, fs)
		}
	}
	if fs := (Match{Columns: []string{"own", "", "birth"}, Source: "other", Order: "dmy"}).Check(People); len(fs) > 0 {
		t.Errorf("a good match has faults: %+v", fs)
	}
}

func TestARowBecomesAPersonByTheDossiersRules(t *testing.T) {
	m := Match{Source: "ind", Order: "dmy"}
	p, fs := m.ReadPerson(map[string]string{"own": "Selam", "father": "Tesfay", "family": "Haile", "name": "Salam TESFAI", "birth": "01-01-1993", "nationality": "27",
		"language": "Tigrinya / Arabisch", "interpreter": "Telefonisch", "phone": "06 12 34 50 01", "vnumber": "V 281.994.0173", "helper": " Amira@Reisgezel.example", "script": "ሰላም"},
		map[string]string{"0027": "Slowaakse"}, today)
	if len(fs) > 0 {
		t.Fatalf("faults: %+v", fs)
	}
	want := dossier.Profile{Called: "Selam", Names: []dossier.NamePart{{Text: "Selam", Role: "own"}, {Text: "Tesfay", Role: "father"}, {Text: "Haile", Role: "family"}}, Own: "ሰላም",
		Variants: []dossier.Variant{{Source: "ind", Text: "Salam TESFAI", On: today}}, Births: []dossier.Birth{{Year: 1993, Month: 1, Day: 1, Source: "ind", On: today}},
		Nationality: "Slowaakse", Languages: []dossier.Speech{{Tag: "ti"}, {Tag: "ar"}}, Interpreter: "phone", VNumber: "2819940173"}
	want.Reach.Phone = "+31612345001"
	want.Origins = map[string]dossier.Origin{"nationality": {Source: "ind", On: today}, "vnumber": {Source: "ind", On: today}, "reach": {Source: "ind", On: today}}
	if !reflect.DeepEqual(p.Profile, want) {
		t.Errorf("got  %+v\nwant %+v", p.Profile, want)
	}
	if p.Helper != "amira@reisgezel.example" {
		t.Errorf("helper %q", p.Helper)
	}
	if p, fs := m.ReadPerson(map[string]string{"name": "Marwan AL-JARROUCHEH"}, nil, today); len(fs) > 0 || p.Profile.Called != "Marwan AL-JARROUCHEH" || p.Profile.Name() != "Marwan AL-JARROUCHEH" {
		t.Errorf("a name alone: %+v %+v", p, fs)
	}
}

func TestEveryFaultOfARowStandsAtItsColumn(t *testing.T) {
	m := Match{Source: "other", Order: "dmy"}
	for name, c := range map[string]struct {
		v          map[string]string
		field, key string
	}{
		"no name":        {map[string]string{"birth": "1990"}, "called", "dossier.error.called"},
		"no letters":     {map[string]string{"own": "Ali", "father": "??"}, "father", "dossier.error.letters"},
		"date":           {map[string]string{"own": "Ali", "birth": "vorige week"}, "birth", "ingest.error.date"},
		"future":         {map[string]string{"own": "Ali", "birth": "25-11-2026"}, "birth", "dossier.error.birth.future"},
		"century":        {map[string]string{"own": "Ali", "birth_year": "1850"}, "birth_year", "ingest.error.date.century"},
		"language":       {map[string]string{"own": "Ali", "language": "Klingon"}, "language", "ingest.error.language"},
		"interpreter":    {map[string]string{"own": "Ali", "interpreter": "misschien"}, "interpreter", "ingest.error.interpreter"},
		"nation":         {map[string]string{"own": "Ali", "nationality": "9999"}, "nationality", "ingest.error.nation"},
		"vnumber":        {map[string]string{"own": "Ali", "vnumber": "123"}, "vnumber", "dossier.error.vnumber"},
		"phone":          {map[string]string{"own": "Ali", "phone": "geen"}, "phone", "dossier.error.phone"},
		"bsn":            {map[string]string{"own": "Ali", "ref": "111222333"}, "ref", "ingest.error.bsn"},
		"bsn in a place": {map[string]string{"own": "Ali", "lives": "azc, 111222333"}, "lives", "ingest.error.bsn"},
		"broken letters": {map[string]string{"own": "Al\ufffd"}, "own", "ingest.error.letters"},
		"long":           {map[string]string{"own": strings.Repeat("a", 301)}, "own", "dossier.error.long"},
	} {
		_, fs := m.ReadPerson(c.v, nil, today)
		if !slices.ContainsFunc(fs, func(f fault.Field) bool { return f.Name == c.field && f.Key == c.key }) {
			t.Errorf("%s: %+v", name, fs)
		}
		for _, f := range fs {
			if f.Name != "" && !People.has(f.Name) {
				t.Errorf("%s: the fault stands at %q, which is no column", name, f.Name)
			}
		}
	}
}

func TestEveryFaultHasAColumnThatExists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := map[string]string{}
		for _, f := range peopleFields {
			if rapid.Bool().Draw(t, f.Name) {
				v[f.Name] = clean(rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9 -]{0,12}`)).Draw(t, f.Name+" text"))
			}
		}
		_, fs := Match{Source: "other", Order: "dmy"}.ReadPerson(v, nil, today)
		for _, f := range fs {
			if !People.has(f.Name) {
				t.Errorf("%v: a fault at %q", v, f.Name)
			}
		}
	})
}

func TestLinesOfOfficialLists(t *testing.T) {
	m := Match{}
	r, fs := m.ReadLine(map[string]string{"code": "GM14", "title": "Groningen", "since": "19700101", "until": ""})
	if len(fs) > 0 || r.Code != "0014" || r.Name != "Groningen" || r.Since != clock.On(1970, 1, 1) || !r.Until.IsZero() {
		t.Errorf("got %+v %+v", r, fs)
	}
	for name, c := range map[string]struct {
		v   map[string]string
		key string
	}{
		"no code":   {map[string]string{"title": "x"}, "ingest.error.code.none"},
		"bad code":  {map[string]string{"code": "NL", "title": "x"}, "ingest.error.code"},
		"no name":   {map[string]string{"code": "1"}, "ingest.error.title"},
		"half day":  {map[string]string{"code": "1", "title": "x", "since": "1990"}, "ingest.error.date.whole"},
		"backwards": {map[string]string{"code": "1", "title": "x", "since": "19900101", "until": "19800101"}, "ingest.error.until"},
	} {
		if _, fs := m.ReadLine(c.v); len(fs) != 1 || fs[0].Key != c.key {
			t.Errorf("%s: %+v", name, fs)
		}
	}
}

func TestWhatIsGivenBackRunsNothing(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "+31612345001": "'+31612345001", "-2": "'-2", "@SUM(A1)": "'@SUM(A1)", " =1": "' =1", "＝1": "'＝1", "%x": "'%x", "Ali": "Ali", "a=b": "a=b", "": ""} {
		if got := spread.Cell(in); got != want {
			t.Errorf("%q is given back as %q", in, got)
		}
	}
	b := spread.Of([][]string{{"naam", "telefoon"}, {"=cmd|' /C calc'!A0", "+31612345001"}, {"a;b \"c\"", ""}})
	f, err := Sniff(b)
	if err != nil || f.Comma != ";" {
		t.Fatalf("%+v %v", f, err)
	}
	rows, err := f.Head(b, 10)
	if err != nil || len(rows) != 3 || rows[1].Cells[0] != "=cmd|' /C calc'!A0" || rows[1].Cells[1] != "+31612345001" || rows[2].Cells[0] != "a;b \"c\"" {
		t.Errorf("read again: %+v %v", rows, err)
	}
	if strings.Contains(string(b), ";=") || strings.Contains(string(b), "\n=") || strings.Contains(string(b), "\"=") {
		t.Errorf("a formula is left:\n%s", b)
	}
}

func TestARowIsKnownAgain(t *testing.T) {
	a := Same(People, map[string]string{"own": "Ali", "birth": "1990", "helper": "x"})
	if a != Same(People, map[string]string{"birth": "1990", "own": "Ali", "phone": "", "helper": "y"}) {
		t.Error("the same said in another order is not the same")
	}
	if a == Same(People, map[string]string{"own": "Ali", "birth": "1991"}) || a == Same(Country, map[string]string{"own": "Ali", "birth": "1990"}) {
		t.Error("what differs is the same")
	}
}

func TestAWordOfTheFileMeansWhatWasSaid(t *testing.T) {
	m := Match{Source: "other", Order: "dmy", Words: map[string]map[string]string{"language": {"klingon": "so", "onbekend": ""}}}
	p, fs := m.ReadPerson(map[string]string{"own": "Ali", "language": "KLINGON"}, nil, today)
	if len(fs) > 0 || p.Profile.Language() != "so" {
		t.Errorf("%+v %+v", p, fs)
	}
	if p, fs := m.ReadPerson(map[string]string{"own": "Ali", "language": "onbekend"}, nil, today); len(fs) > 0 || p.Profile.Language() != "" {
		t.Errorf("a word that is left out: %+v %+v", p, fs)
	}
}

func TestStatesFollowTheirOrder(t *testing.T) {
	for _, c := range []struct {
		from, to State
		ok       bool
	}{{Matching, Reading, true}, {Ready, Writing, true}, {Matching, Writing, false}, {Writing, Dropped, false}, {Done, Dropped, false}, {Done, Undoing, true}, {Undone, Undoing, false}, {Dropped, Reading, false}} {
		if c.to.Follows(c.from) != c.ok {
			t.Errorf("%s after %s: %v", c.to, c.from, !c.ok)
		}
	}
	b := Batch{State: Ready}
	if !b.Confirmable(Counts{Fresh: 1, Skip: 3}) || b.Confirmable(Counts{Fresh: 1, Faulty: 1}) || b.Confirmable(Counts{Fresh: 1, Twin: 1}) || b.Confirmable(Counts{Known: 4}) {
		t.Error("what may be confirmed is wrong")
	}
	if !Untouched([]string{"dossier.event.registered", "dossier.event.open"}) || Untouched([]string{"dossier.event.registered", "contact.event.saved"}) || Untouched([]string{"dossier.event.changed"}) {
		t.Error("who was worked with is wrong")
	}
}

func FuzzReadingAFile(f *testing.F) {
	f.Add([]byte("naam;taal\nAli;ar\n"))
	f.Add([]byte("\xff\xfea\x00,\x00b\x00\n\x00"))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("sep=;\n\"a;b\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		format, err := Sniff(b)
		if err != nil {
			return
		}
		rows, err := format.Head(b, 50)
		if err != nil && fault.KindOf(err) != fault.Invalid {
			t.Errorf("a bad file gives %v", err)
		}
		if errors.Is(err, errStop) {
			t.Error("the inner stop came out")
		}
		for _, r := range rows {
			m := People.Propose(format, rows)
			_, _ = m.Values(r)
		}
	})
}
