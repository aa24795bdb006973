package ingest

import (
	"bytes"
	"context"
	"html"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
	"reisgezel/internal/residence"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema},
	{Name: "organisation", FS: organisation.Schema}, {Name: "dossier", FS: dossier.Schema}, {Name: "residence", FS: residence.Schema}, {Name: "ingest", FS: Schema}}

// scene is the demonstration's organisation, one known person, and an administrator before the page.
type scene struct {
	t     *testing.T
	d     *db.DB
	keys  *db.DB
	vault *privacy.Vault
	files *dossier.Files
	home  *residence.Residence // the real one
	in    *Ingest
	h     *webtest.House
	admin *webtest.Visitor
}

var (
	fatma = access.Actor{Kind: access.Staff, ID: "u-beheer", Name: "Fatma Yilmaz", Holders: []string{"user:u-beheer"}, Posts: []access.Post{{Role: access.Admin, Scope: access.Scope{Kind: access.National}}}}
	amira = access.Actor{Kind: access.Staff, ID: "u-amira", Name: "Amira Haddad", Holders: []string{"user:u-amira", "team:t-utrecht"}, Posts: []access.Post{{Role: access.Case, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}
)

func setup(t *testing.T, d *db.DB) *scene {
	t.Helper()
	ctx := t.Context()
	keys, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "keys.db"), d.Clock())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = keys.Close() })
	if err := keys.Migrate(ctx, []db.Line{{Name: "keys", FS: privacy.KeySchema}}); err != nil {
		t.Fatal(err)
	}
	vault, err := privacy.Open(ctx, keys, bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Bulk(ctx, func(tx *db.Tx) error { _, err := organisation.Demo(ctx, tx, tx.Now, 20); return err }); err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	s := &scene{t: t, d: d, keys: keys, vault: vault, files: dossier.New(d, vault, org)}
	s.home = residence.New(d, vault, org, s.files)
	s.in = New(d, vault, org, s.files, Apart{Subject: residence.VaultSubject, Receive: s.home.Receive, TakeOut: s.home.Keeper().Erase})
	k, err := vault.NewKey(ctx, "p-selam")
	if err != nil {
		t.Fatal(err)
	}
	s.tx(func(tx *db.Tx) error {
		return dossier.Add(ctx, tx, vault, k, "p-selam", dossier.Profile{Called: "Selam", Names: []dossier.NamePart{{Text: "Selam", Role: "own"}, {Text: "Tesfay", Role: "father"}},
			Births: []dossier.Birth{{Year: 1991, Month: 3, Day: 4, Source: "ind"}}, VNumber: "2819940173"}, dossier.Placing{Team: "t-utrecht", Location: "l-overvecht", By: "u-amira"})
	})
	s.h = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "ingest", FS: Texts}}, s.in.Routes()...)
	s.admin = s.h.As(fatma)
	return s
}

func (s *scene) tx(fn func(tx *db.Tx) error) {
	s.t.Helper()
	if err := s.d.Tx(context.Background(), fn); err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) count(f db.Frag) int {
	s.t.Helper()
	n, err := db.One[int](s.t.Context(), s.d, f)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// upload sends a file as a browser does.
func (s *scene) upload(kind Kind, name string, b []byte) webtest.Answer {
	s.t.Helper()
	return s.admin.Hand("/inlezen", name, "kind", string(kind), "@file", string(b))
}

// began uploads a file and chooses its columns; it gives the id of the batch.
func (s *scene) began(kind Kind, name string, b []byte, columns ...string) string {
	s.t.Helper()
	a := s.upload(kind, name, b)
	if a.Code != 303 {
		s.t.Fatalf("uploading answered %d %s", a.Code, a.Body)
	}
	id := regexp.MustCompile(`b-[0-9a-z]+`).FindString(a.To)
	form := webtest.Form("head", "1", "source", "ind", "order", "dmy", "seen", seen(s.must(s.admin.Get("/inlezen/"+id), 200)))
	for c, f := range columns {
		form.Set(column(c), f)
	}
	s.must(s.admin.Post("/inlezen/"+id+"/kolommen", form), 303)
	return id
}

// seen is how the page says that it read the file.
func seen(a webtest.Answer) string {
	m := regexp.MustCompile(`name="seen" value="([^"]*)"`).FindStringSubmatch(a.Body)
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}

func (s *scene) must(a webtest.Answer, code int) webtest.Answer {
	s.t.Helper()
	if a.Code != code {
		s.t.Fatalf("answered %d, want %d: %s", a.Code, code, a.Body)
	}
	return a
}

func (s *scene) state(id string) Batch {
	s.t.Helper()
	b, err := s.in.batch(s.t.Context(), s.d, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

func (s *scene) counts(id string) Counts {
	s.t.Helper()
	c, err := counts(s.t.Context(), s.d, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// mine is who a caseworker sees.
func (s *scene) mine(a access.Actor) []string {
	s.t.Helper()
	ls, err := s.files.Mine(s.t.Context(), a, access.File, s.d.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	var out []string
	for _, l := range ls {
		out = append(out, l.Card.Name)
	}
	slices.Sort(out)
	return out
}

const people = `id;voornaam;vader;geboren;taal;v-nummer;e-mail begeleider
1;Selam;Tesfay;04-03-1991;Tigrinya;2819940173;
2;Ali;Hassan;vorig jaar;Somali;;
3;Omar;Hassan;1990;Klingon;2820011427;
4;Layla;Ahmad;1985;ar;;amira@reisgezel.example
5;Layla;Ahmad;1985;ar;;niemand@reisgezel.example
6;Yusuf;Demir;30-11-1984;tr/ku;2795501128;
6;Yusuf;Demir;30-11-1984;tr/ku;2795501128;
`

var peopleColumns = []string{"ref", "own", "father", "birth", "language", "vnumber", "helper"}

func TestPeopleComeInAfterEverythingWasDecided(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		id := s.began(People, `C:\oud\Ahmed zijn lijst.csv`, []byte(people), peopleColumns...)
		if c := s.counts(id); c[Faulty] != 3 || c[Twin] != 2 || c[Fresh] != 2 {
			t.Fatalf("rows: %v", c)
		}
		page := s.must(s.admin.Get("/inlezen/"+id), 200).Body
		for _, want := range []string{"3 rijen met een fout", "2 rijen van mensen die misschien al bekend zijn", "Klingon", "De datum “vorig jaar” begrijpen we niet", "Er is al een dossier met dit V-nummer",
			"Dezelfde gegevens staan ook in rij 7", "“niemand@reisgezel.example” is geen begeleider bij ons", "Layla Ahmad"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		if strings.Contains(page, "p-selam") || strings.Contains(page, "C:\\oud") {
			t.Error("the page tells who the known person is, or where the file lay")
		}
		// Not yet: rows wait for a decision.
		a := s.must(s.admin.Post("/inlezen/"+id+"/bevestigen", webtest.Form("location", "l-overvecht", "helper", "amira@reisgezel.example")), 422)
		if !strings.Contains(a.Body, "Neem eerst een besluit over 5 rijen") {
			t.Error("the page does not say what waits")
		}
		// A word, once, for the whole file.
		s.must(s.admin.Post("/inlezen/"+id+"/woorden", webtest.Form("language:klingon", "so")), 303)
		// A row, in the page: first wrong again, then right.
		bad := webtest.Form("ref", "2", "own", "Ali", "father", "Hassan", "birth", "31-02-1990", "language", "so")
		if a := s.must(s.admin.Post("/inlezen/"+id+"/rij/3", bad), 422); !strings.Contains(a.Body, `value="31-02-1990"`) || !strings.Contains(a.Body, "bestaat niet") {
			t.Error("what was typed is lost, or the fault is not told")
		}
		bad.Set("birth", "rond 1990")
		if a := s.must(s.admin.Post("/inlezen/"+id+"/rij/3", bad), 303); !strings.Contains(a.To, "/rij/6") {
			t.Errorf("after a row was repaired comes %s, not the next one with a fault", a.To)
		}
		s.must(s.admin.Post("/inlezen/"+id+"/rij/6", webtest.Form("ref", "5", "own", "Layla", "father", "Ahmad", "birth", "1985", "language", "ar", "helper", "amira@reisgezel.example")), 303)
		s.must(s.admin.Post("/inlezen/"+id+"/besluit", webtest.Form("what", "skip-twins")), 303)
		if c := s.counts(id); c.Open() != 0 || c[Fresh] != 5 || c[Skip] != 2 {
			t.Fatalf("after deciding: %v", c)
		}
		s.must(s.admin.Post("/inlezen/"+id+"/besluit", webtest.Form("what", "back", "n", "8")), 303)
		if c := s.counts(id); c[Twin] != 1 || c[Skip] != 1 {
			t.Fatalf("after a row was brought back: %v", c)
		}
		s.must(s.admin.Post("/inlezen/"+id+"/besluit", webtest.Form("what", "skip-twins", "n", "8")), 303)
		// Faults of the last form.
		a = s.must(s.admin.Post("/inlezen/"+id+"/bevestigen", webtest.Form("location", "l-nergens", "helper", "ria@reisgezel.example")), 422)
		if !strings.Contains(a.Body, "Kies een locatie") || !strings.Contains(a.Body, "is geen begeleider bij ons") {
			t.Error("the last form does not tell its faults")
		}
		if got := s.mine(amira); !slices.Equal(got, []string{"Selam Tesfay"}) {
			t.Fatalf("before confirming the caseworker sees %q", got)
		}
		s.must(s.admin.Post("/inlezen/"+id+"/bevestigen", webtest.Form("location", "l-overvecht", "helper", "amira@reisgezel.example")), 303)
		if b := s.state(id); b.State != Done || b.Written != 5 || b.Team != "t-utrecht" {
			t.Fatalf("the batch is %+v", b)
		}
		if got := s.mine(amira); !slices.Equal(got, []string{"Ali Hassan", "Layla Ahmad", "Layla Ahmad", "Omar Hassan", "Selam Tesfay", "Yusuf Demir"}) {
			t.Errorf("the caseworker sees %q", got)
		}
		if got := s.mine(fatma); len(got) != 0 {
			t.Errorf("the administrator sees %q", got)
		}
		for _, f := range []db.Frag{db.F(`SELECT COUNT(*) FROM ingest_row`), db.F(`SELECT COUNT(*) FROM ingest_file`), db.F(`SELECT COUNT(*) FROM ingest_batch WHERE matched IS NOT NULL`)} {
			if n := s.count(f); n != 0 {
				t.Errorf("%s: %d stayed", f.SQL, n)
			}
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'ingest.event.registered' AND actor = 'u-beheer' AND on_behalf = 'u-amira'`)); n != 5 {
			t.Errorf("the log tells of %d people", n)
		}
		s.must(s.admin.Get("/inlezen/"+id), 200)
		s.must(s.admin.Get("/inlezen"), 200)
		// The same file again, and its rows in another file.
		if a := s.upload(People, "kopie.csv", []byte(people)); !strings.Contains(a.To, id) {
			t.Errorf("the same file begins anew: %s", a.To)
		}
		again := s.began(People, "anders.csv", []byte("v-nummer;voornaam;vader;geboren;taal;nr\n2795501128;Yusuf;Demir;30-11-1984;tr/ku;6\n"), "vnumber", "own", "father", "birth", "language", "ref")
		if c := s.counts(again); c[Known] != 1 || c[Fresh] != 0 {
			t.Errorf("a row that was imported: %v", c)
		}
		if a := s.must(s.admin.Post("/inlezen/"+again+"/bevestigen", webtest.Form("location", "l-overvecht")), 422); !strings.Contains(a.Body, "niets nieuws") {
			t.Error("an import of nothing was not refused")
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM dossier_person`)); n != 6 {
			t.Errorf("%d people", n)
		}
	})
}

func TestABatchIsTakenBackButNotWhoWasHelped(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		file := []byte("voornaam;geboren\nAli;1990\nOmar;1991\nLayla;1992\n")
		id := s.began(People, "x.csv", file, "own", "birth")
		s.must(s.admin.Post("/inlezen/"+id+"/bevestigen", webtest.Form("location", "l-overvecht", "helper", "amira@reisgezel.example")), 303)
		type row struct{ Person string }
		people, err := db.Many[row](t.Context(), d, db.F(`SELECT person FROM ingest_print ORDER BY person`))
		if err != nil || len(people) != 3 {
			t.Fatalf("%v %v", people, err)
		}
		// One was looked at, one was helped.
		s.tx(func(tx *db.Tx) error {
			if err := audit.Append(t.Context(), tx, audit.Entry{Event: "dossier.event.open", Subject: people[0].Person, Actor: "u-amira", ActorKind: "staff"}); err != nil {
				return err
			}
			return audit.Append(t.Context(), tx, audit.Entry{Event: "contact.event.saved", Subject: people[1].Person, Actor: "u-amira", ActorKind: "staff"})
		})
		s.must(s.admin.Post("/inlezen/"+id+"/terug", nil), 303)
		b := s.state(id)
		if b.State != Undone || b.Stays != 1 {
			t.Fatalf("the batch is %+v", b)
		}
		if got := s.mine(amira); len(got) != 2 { // Selam, and who was helped
			t.Errorf("the caseworker sees %q", got)
		}
		for i, p := range people {
			_, err := s.vault.Key(t.Context(), p.Person)
			if stays := i == 1; (err == nil) != stays {
				t.Errorf("key of %d: %v", i, err)
			}
		}
		if !strings.Contains(s.must(s.admin.Get("/inlezen/"+id), 200).Body, "1 dossier is blijven staan") {
			t.Error("the page does not say who stayed")
		}
		s.must(s.admin.Post("/inlezen/"+id+"/terug", nil), 409)
		// The file can be imported again; who stayed is known.
		again := s.began(People, "x.csv", file, "own", "birth")
		if again == id {
			t.Fatal("a batch that was taken back blocks its file")
		}
		if c := s.counts(again); c[Fresh] != 2 || c[Known] != 1 {
			t.Errorf("rows: %v", c)
		}
	})
}

func TestNobodyElseComesInAndTheLogTellsWhoLooked(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	s := setup(t, d)
	id := s.began(People, "x.csv", []byte("voornaam\nAli\n"), "own")
	for _, a := range []access.Actor{amira, {Kind: access.Staff, ID: "u-els", Posts: []access.Post{{Role: access.Region, Scope: access.Scope{Kind: access.InRegion, ID: "r-midden"}}}}} {
		v := s.h.As(a)
		nowhere := v.Get("/nergens").Body
		for _, p := range []string{"/inlezen", "/inlezen/" + id, "/inlezen/" + id + "/rijen", "/inlezen/" + id + "/rij/2"} {
			if got := v.Get(p); got.Code != 404 || got.Body != nowhere {
				t.Errorf("%s sees %s: %d", a.ID, p, got.Code)
			}
		}
		if got := v.Post("/inlezen/"+id+"/bevestigen", nil); got.Code != 404 {
			t.Errorf("%s confirms: %d", a.ID, got.Code)
		}
	}
	before := s.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'ingest.event.shown' AND object = ?`, id))
	s.must(s.admin.Get("/inlezen/"+id+"/rij/2"), 200)
	s.must(s.admin.Get("/inlezen/"+id+"/rijen?soort=new"), 200)
	if n := s.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'ingest.event.shown' AND object = ?`, id)); n != before+2 {
		t.Errorf("two looks are %d entries", n-before)
	}
	for _, p := range []string{"/inlezen/b-nergens", "/inlezen/" + id + "/rij/99", "/inlezen/" + id + "/rij/x"} {
		if got := s.admin.Get(p); got.Code != 404 {
			t.Errorf("%s answers %d", p, got.Code)
		}
	}
}

func TestNothingOfAFileIsReadableInTheDatabase(t *testing.T) {
	s := setup(t, dbtest.SQLite(t, lines))
	id := s.began(People, "Geheimzinnige.csv", []byte("voornaam;opmerking;telefoon\nZarathustra;Vertrouwelijk;0612345001\n"), "own", "", "phone")
	page := s.must(s.admin.Get("/inlezen/"+id), 200).Body
	if !strings.Contains(page, "Zarathustra") || strings.Contains(page, "Vertrouwelijk") {
		t.Error("the page does not show the row, or shows a column that was left out")
	}
	type row struct {
		Name, Matched, Cells, Print []byte
	}
	r, err := db.One[row](t.Context(), s.d, db.F(`SELECT b.name, b.matched, r.cells, r.print FROM ingest_batch b JOIN ingest_row r ON r.batch = b.id`))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range [][]byte{r.Name, r.Matched, r.Cells, r.Print} {
		for _, word := range []string{"Zarathustra", "Geheimzinnige", "Vertrouwelijk", "31612345001", "voornaam"} {
			if bytes.Contains(b, []byte(word)) {
				t.Errorf("%s is readable", word)
			}
		}
	}
	if n := s.count(db.F(`SELECT COUNT(*) FROM ingest_file`)); n != 0 {
		t.Error("the file stayed after it was read")
	}
	l, err := s.in.line(t.Context(), s.d, id, 2)
	if err != nil || len(l.Cells.Values) != 2 {
		t.Errorf("kept of the row: %+v %v", l.Cells, err)
	}
}
