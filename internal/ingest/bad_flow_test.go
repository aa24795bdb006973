package ingest

// This file tests files with faults, work that stopped half-way, official lists and workbooks, and what is thrown away.

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

func TestBadFilesAreRefusedInWordsAndNothingIsKept(t *testing.T) {
	s := setup(t, dbtest.SQLite(t, lines))
	for name, c := range map[string]struct {
		kind Kind
		b    string
		want string
	}{
		"bsn":    {People, "naam;BSN\nAli;111222333\n", "burgerservicenummers"},
		"empty":  {People, "", "leeg"},
		"blank":  {People, "\n\n;;\n", "leeg"},
		"old":    {People, "\xd0\xcf\x11\xe0", "oud Excel-bestand"},
		"binary": {People, "GIF89a\x00\x01\x00", "geen tabel"},
		"kind":   {"iets", "naam\nAli\n", "Kies wat er in het bestand staat"},
		"broken": {People, "PK\x03\x04xxxx", "kan niet geopend worden"},
	} {
		a := s.upload(c.kind, "x.csv", []byte(c.b))
		if a.Code != 422 || !strings.Contains(a.Body, c.want) || !strings.Contains(a.Body, `id="fouten"`) {
			t.Errorf("%s answers %d without %q", name, a.Code, c.want)
		}
	}
	if n := s.count(db.F(`SELECT COUNT(*) FROM ingest_batch`)); n != 0 {
		t.Errorf("%d batches were kept", n)
	}
	if a := s.admin.Post("/inlezen", webtest.Form("kind", "people")); a.Code != 422 {
		t.Errorf("no file answers %d", a.Code)
	}
}

func TestColumnsAreLookedAtAgainAndRemembered(t *testing.T) {
	s := setup(t, dbtest.SQLite(t, lines))
	a := s.upload(People, "x.csv", []byte("wie,wat\nAli,1990\n"))
	id := regexp.MustCompile(`b-[0-9a-z]+`).FindString(a.To)
	url := "/inlezen/" + id + "/kolommen"
	if got := s.must(s.admin.Post(url, webtest.Form("head", "1", "source", "ind", "order", "dmy", "seen", "utf-8,")), 422); !strings.Contains(got.Body, "Zonder naam") {
		t.Error("a match without a name was not refused")
	}
	if got := s.must(s.admin.Post(url, webtest.Form("head", "1", "comma", ";", "what", "look")), 200); !strings.Contains(got.Body, "wie,wat") || strings.Contains(got.Body, "Kolom B") {
		t.Error("the file was not cut at another mark")
	}
	s.must(s.admin.Post(url, webtest.Form("head", "1", "comma", ",", "seen", "utf-8,", "column-A", "own", "column-B", "birth", "source", "ind", "order", "dmy")), 303)
	if s.state(id).State != Ready {
		t.Fatalf("%+v", s.state(id))
	}
	s.must(s.admin.Post("/inlezen/"+id+"/weg", nil), 303)
	if n := s.count(db.F(`SELECT COUNT(*) FROM ingest_row`)); n != 0 {
		t.Error("rows stayed of a file that was thrown away")
	}
	a = s.upload(People, "y.csv", []byte("Wie;Wat\nOmar;1991\n"))
	page := s.must(s.admin.Get(a.To), 200).Body
	if !regexp.MustCompile(`value="own" selected`).MatchString(page) || !regexp.MustCompile(`value="birth" selected`).MatchString(page) || !regexp.MustCompile(`value="ind" selected`).MatchString(page) {
		t.Error("the columns of the last file with this heading were forgotten")
	}
}

func TestWorkGoesOnWhereItStopped(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		var b strings.Builder
		b.WriteString("voornaam;geboren\n")
		const n = 1100
		for i := range n {
			fmt.Fprintf(&b, "Mens%s;%d\n", letters(i), 1940+i%60)
		}
		data := []byte(b.String())
		ctx := t.Context()
		f, _ := Sniff(data)
		m := Match{Format: f, Head: true, Columns: []string{"own", "birth"}, Source: "ind", Order: "dmy"}
		s.tx(func(tx *db.Tx) error { return s.in.add(ctx, tx, fatma, "b-1", People, "x.csv", data, m, n) })
		s.tx(func(tx *db.Tx) error { return move(ctx, tx, s.state("b-1"), Reading) })
		// Reading stops after its first step, as when the program ends.
		past := d.Now().Add(-time.Second)
		steps := 0
		for ; s.state("b-1").State == Reading && steps < 10; steps++ {
			if err := s.in.finish(ctx, "b-1", past); err != nil {
				t.Fatal(err)
			}
			if page := s.must(s.admin.Get("/inlezen/b-1"), 200).Body; s.state("b-1").State == Reading && (!strings.Contains(page, "<progress") || !strings.Contains(page, `http-equiv="refresh"`)) {
				t.Fatal("no progress is shown")
			}
		}
		if c := s.counts("b-1"); steps < 3 || c[Fresh] != n {
			t.Fatalf("after %d steps: %v", steps, c)
		}
		s.tx(func(tx *db.Tx) error { return move(ctx, tx, s.state("b-1"), Writing) })
		s.tx(func(tx *db.Tx) error {
			_, err := db.Do(ctx, tx, db.F(`UPDATE ingest_batch SET team = 't-utrecht', location = 'l-overvecht', helper = 'u-amira' WHERE id = 'b-1'`))
			return err
		})
		for steps = 0; s.state("b-1").State == Writing && steps < 20; steps++ {
			if err := s.in.finish(ctx, "b-1", past); err != nil {
				t.Fatal(err)
			}
			seen := len(s.mine(amira))
			if s.state("b-1").State == Writing && seen != 1 {
				t.Fatalf("half a batch is seen: %d", seen)
			}
		}
		if b := s.state("b-1"); steps < 5 || b.State != Done || b.Written != n {
			t.Fatalf("after %d steps: %+v", steps, b)
		}
		if got := s.count(db.F(`SELECT COUNT(*) FROM access_grant WHERE holder = 'user:u-amira' AND why = 'assignment'`)); got != n {
			t.Errorf("%d grants", got)
		}
		keys, err := db.One[int](ctx, s.keys, db.F(`SELECT COUNT(*) FROM privacy_key`))
		if err != nil || keys != n+1 {
			t.Errorf("%d keys, %v", keys, err)
		}
	})
}

func TestOfficialListsComeInAndGoBack(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		ctx := t.Context()
		before, err := organisation.ReferencesIn(ctx, d, organisation.Country)
		if err != nil || len(before) == 0 {
			t.Fatal(err)
		}
		var code string
		for code = range before {
			break
		}
		file := []byte("Landcode,Omschrijving,Datum ingang\n" + code + ",Anders,19900101\n9001,Nieuwland,\n9001,Nog een,\nXX,Fout,\n")
		id := s.began(Country, "landen.csv", file, "code", "title", "since")
		if c := s.counts(id); c[Fresh] != 2 || c[Faulty] != 2 {
			t.Fatalf("rows: %v", c)
		}
		s.must(s.admin.Post("/inlezen/"+id+"/besluit", webtest.Form("what", "skip-faults")), 303)
		s.must(s.admin.Post("/inlezen/"+id+"/bevestigen", nil), 303)
		now, err := organisation.ReferencesIn(ctx, d, organisation.Country)
		if err != nil || now["9001"].Name != "Nieuwland" || now[code].Name != "Anders" || now[code].Since != clock.On(1990, 1, 1) || len(now) != len(before)+1 {
			t.Fatalf("%+v %v", now, err)
		}
		d.Clock().(*clock.Manual).Advance(time.Minute)
		later := s.began(Country, "later.csv", []byte("code,naam\n9002,Laterland\n"), "code", "title")
		s.must(s.admin.Post("/inlezen/"+later+"/bevestigen", nil), 303)
		s.must(s.admin.Post("/inlezen/"+id+"/terug", nil), 409)
		s.must(s.admin.Post("/inlezen/"+later+"/terug", nil), 303)
		s.must(s.admin.Post("/inlezen/"+id+"/terug", nil), 303)
		after, err := organisation.ReferencesIn(ctx, d, organisation.Country)
		if err != nil || len(after) != len(before) || after[code] != before[code] {
			t.Errorf("the list is not what it was: %v, %+v, want %+v", err, after[code], before[code])
		}
	})
}

func TestWorkbooksComeInByTheSheetThatIsChosen(t *testing.T) {
	s := setup(t, dbtest.SQLite(t, lines))
	b := workbook(t, [][]any{{"Voornaam", "Geboortedatum"}, {"Ali", 33566}, {"Omar", "1990"}})
	a := s.upload(People, "x.xlsx", b)
	id := regexp.MustCompile(`b-[0-9a-z]+`).FindString(a.To)
	s.must(s.admin.Get("/inlezen/"+id), 200)
	// Choosing another sheet shows it first, whichever button was pressed.
	other := s.must(s.admin.Post("/inlezen/"+id+"/kolommen", webtest.Form("sheet", "Mensen", "head", "1", "seen", "Sheet1")), 200)
	if !strings.Contains(other.Body, "Voornaam") {
		t.Error("the other sheet is not shown")
	}
	s.must(s.admin.Post("/inlezen/"+id+"/kolommen", webtest.Form("sheet", "Mensen", "head", "1", "seen", seen(other), "column-A", "own", "column-B", "birth", "source", "ind", "order", "dmy")), 303)
	if c := s.counts(id); c[Fresh] != 2 {
		t.Fatalf("rows: %v, %+v", c, s.state(id))
	}
	l, err := s.in.line(t.Context(), s.d, id, 2)
	if err != nil || l.Cells.Values["birth"] != "1991-11-24" {
		t.Errorf("%+v %v", l, err)
	}
}

func TestRowsAreGivenBack(t *testing.T) {
	s := setup(t, dbtest.SQLite(t, lines))
	id := s.began(People, "x.csv", []byte("voornaam;geboren;woont\nAli;gisteren;=HYPERLINK(\"x\")\n"), "own", "birth", "lives")
	a := s.must(s.admin.Post("/inlezen/"+id+"/bestand", webtest.Form("state", "fault")), 200)
	if !strings.Contains(a.Body, "'=HYPERLINK") || strings.Contains(a.Body, ";=HYPERLINK") || strings.Contains(a.Body, `"=HYPERLINK`) || !strings.Contains(a.Body, "begrijpen we niet") {
		t.Errorf("given back:\n%s", a.Body)
	}
	if !strings.Contains(a.Header.Get("Content-Disposition"), "attachment") || s.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'ingest.event.given'`)) != 1 {
		t.Error("the file is shown in the page, or nobody wrote down that it was fetched")
	}
	s.must(s.admin.Post("/inlezen/"+id+"/bestand", webtest.Form("state", "new")), 404)
}

func TestWhatNobodyFinishesIsThrownAway(t *testing.T) {
	s := setup(t, dbtest.SQLite(t, lines))
	id := s.began(People, "x.csv", []byte("voornaam\nAli\n"), "own")
	s.d.Clock().(*clock.Manual).Advance(time.Duration(rowsKept.Days)*24*time.Hour + time.Hour)
	if err := s.in.forget(t.Context(), s.d.Now()); err != nil {
		t.Fatal(err)
	}
	if b := s.state(id); b.State != Dropped || s.count(db.F(`SELECT COUNT(*) FROM ingest_row`)) != 0 {
		t.Errorf("%+v", b)
	}
	s.d.Clock().(*clock.Manual).Advance(time.Duration(rowsKept.Days)*24*time.Hour + time.Hour)
	if err := s.in.forget(t.Context(), s.d.Now()); err != nil || s.count(db.F(`SELECT COUNT(*) FROM ingest_batch WHERE name IS NOT NULL`)) != 0 {
		t.Errorf("the name of the file stayed (%v)", err)
	}
}

func TestTwoDecideAtOnce(t *testing.T) {
	s := setup(t, dbtest.SQLite(t, lines))
	id := s.began(People, "x.csv", []byte("voornaam\nAli\n"), "own")
	b := s.state(id)
	s.tx(func(tx *db.Tx) error { return touch(t.Context(), tx, b) })
	err := s.d.Tx(t.Context(), func(tx *db.Tx) error { return move(t.Context(), tx, b, Writing) })
	if err == nil {
		t.Error("a batch that changed meanwhile was confirmed")
	}
	once := webtest.Form("location", "l-overvecht", "helper", "amira@reisgezel.example", web.OnceField, "abcdefghijklmnopqrstuvwx")
	s.must(s.admin.Post("/inlezen/"+id+"/bevestigen", once), 303)
	s.must(s.admin.Post("/inlezen/"+id+"/bevestigen", once), 303)
	if n := s.count(db.F(`SELECT COUNT(*) FROM dossier_person`)); n != 2 {
		t.Errorf("%d people after a double press", n)
	}
}

func TestTheKeeperTellsAndForgets(t *testing.T) {
	s := setup(t, dbtest.SQLite(t, lines))
	id := s.began(People, "x.csv", []byte("voornaam\nAli\n"), "own")
	s.must(s.admin.Post("/inlezen/"+id+"/bevestigen", webtest.Form("location", "l-overvecht", "helper", "amira@reisgezel.example")), 303)
	person, err := db.One[string](t.Context(), s.d, db.F(`SELECT person FROM ingest_print`))
	if err != nil {
		t.Fatal(err)
	}
	k := s.in.Keeper()
	if x, err := k.Export(t.Context(), s.d, s.vault, person); err != nil || !strings.Contains(fmt.Sprintf("%+v", x), id) {
		t.Errorf("%+v %v", x, err)
	}
	s.tx(func(tx *db.Tx) error { return k.Erase(t.Context(), tx, person) })
	if n := s.count(db.F(`SELECT COUNT(*) FROM ingest_print`)); n != 0 {
		t.Error("a fingerprint stayed")
	}
}

func TestEveryWordIsThereInDutchAndEnglish(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "ingest", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if fs := c.Faults([]string{"nl", "en"}, "ingest."); len(fs) > 0 {
		t.Error(strings.Join(fs, "\n"))
	}
	var keys []string
	for _, k := range Kinds {
		keys = append(keys, "ingest.kind."+string(k), "ingest.kind."+string(k)+".hint")
		for _, f := range k.Fields() {
			keys = append(keys, "ingest.field."+f.Name)
		}
	}
	for s := range follows {
		keys = append(keys, "ingest.state."+string(s))
	}
	keys = append(keys, "ingest.state.done", "ingest.state.undone", "ingest.state.dropped")
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	quoted := regexp.MustCompile(`"(ingest\.(?:error|twin|said|may|event)\.[a-z._]+)"`)
	for _, f := range sources {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range quoted.FindAllSubmatch(b, -1) {
			keys = append(keys, string(m[1]))
		}
	}
	if len(keys) < 80 {
		t.Fatalf("only %d keys were found", len(keys))
	}
	for _, k := range keys {
		if !c.Has("nl", k) || !c.Has("en", k) {
			t.Errorf("%s is missing", k)
		}
	}
}
