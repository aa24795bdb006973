package dossier

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema},
	{Name: "organisation", FS: organisation.Schema}, {Name: "dossier", FS: Schema}}

// scene is a small organisation with two caseworkers, a volunteer at a desk, a leader, and the people p-selam (of Amira)
// and p-reem (of Marwan).
type scene struct {
	t     *testing.T
	d     *db.DB
	keys  *db.DB
	vault *privacy.Vault
	files *Files
	h     *webtest.House
	clk   *clock.Manual

	amira, marwan, ria, noor, pieter, selam access.Actor
}

func staff(id string, role access.Role, kind access.ScopeKind, place string, holders ...string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Posts: []access.Post{{Role: role, Scope: access.Scope{Kind: kind, ID: place}}}, Holders: append(holders, "user:"+id)}
}

var selam = Profile{Called: "Selam", Pronoun: "zij/haar", Names: []NamePart{{"Selam", "own"}, {"Tesfay", "father"}, {"Haile", "grandfather"}}, Own: "ሰላም ተስፋይ ሃይለ",
	Variants: []Variant{{Source: "ind", Text: "Salam Tesfai HAILE"}}, Births: []Birth{{Year: 1991, About: true, Source: "person"}, {Year: 1993, Month: 1, Day: 1, Source: "ind", Disputed: true}},
	Nationality: "Eritrea", Languages: []Speech{{Tag: "ti", Reads: true}, {Tag: "ar"}, {Tag: "nl"}}, Interpreter: "phone", VNumber: "2819940173", ZNumber: "Z1234567890", Lives: "azc Utrecht, kamer 114",
	Reach: Reach{Phone: "+31612345001", When: "na 17:00", Shared: true, Never: "nooit via de buurman", How: []string{"call"}, More: []Phoned{{"+31612345009", "zus"}}},
	Wish:  Wish{Gender: "woman", NotOwn: true, Digital: "person"}}

var reem = Profile{Called: "Reem", Names: []NamePart{{"Reem", "own"}, {"al-Ahmad", "family"}}, Own: "ريم الأحمد", Births: []Birth{{Year: 1988, Month: 5, Day: 14, Source: "passport"}},
	Languages: []Speech{{Tag: "ar", Reads: true}}, VNumber: "2820011427", Lives: "Kanaalstraat 12", Reach: Reach{Phone: "+31612345002"}}

func setup(t *testing.T, d *db.DB, sources ...Source) *scene {
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
	s := &scene{t: t, d: d, keys: keys, vault: vault, files: New(d, vault, organisation.New(d)), clk: d.Clock().(*clock.Manual),
		amira:  staff("u-amira", access.Case, access.Team, "t-utrecht", "team:t-utrecht"),
		marwan: staff("u-marwan", access.Legal, access.Team, "t-utrecht", "team:t-utrecht"),
		ria:    staff("u-ria", access.Desk, access.AtDesk, "d-overvecht", "desk:d-overvecht"),
		noor:   staff("u-noor", access.Lead, access.Team, "t-utrecht", "team:t-utrecht"),
		pieter: staff("u-pieter", access.Privacy, access.National, ""),
		selam:  access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}}}
	if err := d.Bulk(ctx, func(tx *db.Tx) error { _, err := organisation.Demo(ctx, tx, tx.Now, 20); return err }); err != nil {
		t.Fatal(err)
	}
	s.files.Lend(nil, sources, nil)
	s.add("p-selam", selam, "u-amira")
	s.add("p-reem", reem, "u-marwan")
	s.h = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "dossier", FS: Texts}},
		append(s.files.Routes(), web.Route{Name: "contact.record", Method: http.MethodGet, Path: "/contact/{person}", May: access.Rule{Action: "t", Need: access.SignedIn}, Do: func(v *web.Visit) error { return v.Text(200, "") }})...)
	return s
}

func (s *scene) add(id string, p Profile, by string) {
	s.t.Helper()
	k, err := s.vault.NewKey(context.Background(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	s.tx(func(tx *db.Tx) error {
		return Add(context.Background(), tx, s.vault, k, id, p, Placing{Team: "t-utrecht", Location: "l-overvecht", By: by})
	})
}

func (s *scene) tx(fn func(tx *db.Tx) error) {
	s.t.Helper()
	if err := s.d.Tx(context.Background(), fn); err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) give(g access.Grant) {
	s.t.Helper()
	s.tx(func(tx *db.Tx) error { _, err := access.Give(context.Background(), tx, g); return err })
}

// present opens Selam's file to Ria's desk for an hour and a half.
func (s *scene) present() {
	s.t.Helper()
	s.give(access.Grant{Subject: "p-selam", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel, Place: "d-overvecht", Until: s.clk.Now().Add(90 * time.Minute)})
}

func (s *scene) file(a access.Actor, person string) File {
	s.t.Helper()
	g, err := access.Find(s.t.Context(), s.d, a, person, access.Note, s.clk.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	f, err := s.files.read(s.t.Context(), s.d, a, g)
	if err != nil {
		s.t.Fatal(err)
	}
	return f
}

func (s *scene) count(f db.Frag) int {
	s.t.Helper()
	n, err := db.One[int](s.t.Context(), s.d, f)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// log is what the access log tells of a person, oldest first.
func (s *scene) log(person string) []string {
	s.t.Helper()
	es, err := audit.Of(s.t.Context(), s.d, person, 0, 1000)
	if err != nil {
		s.t.Fatal(err)
	}
	var out []string
	for _, e := range slices.Backward(es) {
		out = append(out, strings.TrimPrefix(e.Event, "dossier.event.")+" "+e.Actor+" "+e.Why)
	}
	return out
}

func TestAPersonIsKeptSealedAndFoundByTokens(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		ctx := t.Context()
		if f := s.file(s.amira, "p-selam"); !reflect.DeepEqual(f.profile, selam) || f.Team() != "t-utrecht" || f.Location() != "l-overvecht" || f.Grant().Why != access.Registered {
			t.Errorf("read back %+v", f)
		}
		for number, want := range map[string]string{"V 281.994.0173": "p-selam", "2820011427": "p-reem", "2820011428": "", "x": ""} {
			if got, err := s.files.ByVNumber(ctx, d, number); err != nil || got != want {
				t.Errorf("ByVNumber(%s) = %q, %v", number, got, err)
			}
		}
		for _, c := range []struct {
			name  string
			birth Birth
			want  []string
		}{
			{"Selam", Birth{Year: 1991}, []string{"p-selam"}},
			{"haile SELAM", Birth{Year: 1993}, []string{"p-selam"}},
			{"ሰላም", Birth{Year: 1993, Month: 1, Day: 1}, []string{"p-selam"}},
			{"Salam Tesfai", Birth{Year: 1991}, []string{"p-selam"}},
			{"Reem", Birth{Year: 1988, Month: 5, Day: 14}, []string{"p-reem"}},
			{"Reem", Birth{Year: 1988, Month: 5, Day: 15}, nil},
			{"Reem", Birth{Year: 1989}, nil},
			{"Selam Ahmad", Birth{Year: 1991}, nil},
			{"Sel", Birth{Year: 1991}, nil},
			{"Selam", Birth{}, nil},
			{"", Birth{Year: 1991}, nil},
		} {
			if got, err := s.files.ByNameAndBirth(ctx, d, c.name, c.birth); err != nil || !slices.Equal(got, c.want) {
				t.Errorf("ByNameAndBirth(%q, %v) = %v, %v", c.name, c.birth, got, err)
			}
		}
		names, err := s.files.Names(ctx, []string{"p-reem", "p-selam", "p-nobody"})
		if err != nil || !reflect.DeepEqual(names, map[string]string{"p-selam": "Selam", "p-reem": "Reem"}) {
			t.Errorf("names %v, %v", names, err)
		}
	})
}

// Nothing that was said about a person stands readable in any column of any table.
func TestNothingOfAPersonStandsReadable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "data.db")
	d, err := db.Open(t.Context(), "sqlite:"+file, clock.NewManual(dbtest.Start))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(t.Context(), lines); err != nil {
		t.Fatal(err)
	}
	s := setup(t, d)
	f := s.file(s.amira, "p-selam")
	p := selam
	p.Lives = "Zamenhofdreef 9"
	s.tx(func(tx *db.Tx) error { return save(t.Context(), tx, s.vault, f, p, 1) })
	s.tx(func(tx *db.Tx) error { return s.files.Issue(t.Context(), tx, f, "TREE3479") })
	needles := []string{"Selam", "Tesfay", "tesfay", "Salam", "ሰላም", "HAILE", "2819940173", "281 994", "Z1234567890", "612345001", "612345009", "Zamenhof", "kamer 114", "buurman", "na 17:00", "zij/haar", "TREE3479", "Kanaalstraat", "Reem"}
	if err := d.Close(); err != nil { // writes the log back into the file
		t.Fatal(err)
	}
	raw := ""
	for _, name := range []string{file, file + "-wal"} {
		b, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		raw += string(b)
	}
	if !strings.Contains(raw, "t-utrecht") {
		t.Fatal("the dump shows nothing: the search is broken")
	}
	for _, n := range needles {
		if i := strings.Index(raw, n); i >= 0 {
			t.Errorf("%q stands in the database: …%q…", n, raw[max(0, i-60):min(len(raw), i+60)])
		}
	}
}

func TestWhoWritesSomebodyDownNeedNotSeeThem(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	s := setup(t, d)
	add := func(id string, at Placing) {
		k, err := s.vault.NewKey(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		s.tx(func(tx *db.Tx) error {
			return Add(t.Context(), tx, s.vault, k, id, Profile{Called: "Imported", Births: []Birth{{Year: 1970}}}, at)
		})
	}
	add("p-for", Placing{Team: "t-utrecht", By: "u-amira", Actor: "u-beheer", Batch: "b-1"})
	add("p-none", Placing{Team: "t-utrecht", Actor: "u-beheer", Batch: "b-1"})
	for id, want := range map[string][]string{"p-for": {"u-amira"}, "p-none": nil} {
		if hs, err := s.files.Helpers(t.Context(), d, id, s.clk.Now()); err != nil || !slices.Equal(hs, want) {
			t.Errorf("%s is with %v, %v", id, hs, err)
		}
		if got := s.log(id); !slices.Equal(got, []string{"registered u-beheer "}) {
			t.Errorf("log %q", got)
		}
		if _, err := access.Find(t.Context(), d, access.Actor{Kind: access.Staff, Holders: []string{"user:u-beheer"}}, id, access.Note, s.clk.Now()); !fault.Is(err, fault.NotFound) {
			t.Errorf("who imported %s sees it: %v", id, err)
		}
	}
	if ids, _, err := s.files.same(t.Context(), d, Profile{Called: "imported", Births: []Birth{{Year: 1970}}}); err != nil || !slices.Equal(ids, []string{"p-for", "p-none"}) {
		t.Errorf("the same person: %v, %v", ids, err)
	}
}

func TestTwoSaversAndTheHistory(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		f := s.file(s.amira, "p-selam")
		first, second := selam, selam
		first.Lives, second.Lives = "Zamenhofdreef 9", "azc Zeist"
		second.VNumber = ""
		s.tx(func(tx *db.Tx) error { return save(t.Context(), tx, s.vault, f, first, 1) })
		err := d.Tx(t.Context(), func(tx *db.Tx) error { return save(t.Context(), tx, s.vault, f, second, 1) })
		if !fault.Is(err, fault.Conflict) {
			t.Fatalf("the second saver got %v", err)
		}
		s.clk.Advance(time.Hour)
		s.tx(func(tx *db.Tx) error { return save(t.Context(), tx, s.vault, f, second, 2) })
		now := s.file(s.amira, "p-selam")
		if now.profile.Lives != "azc Zeist" || now.version != 3 {
			t.Errorf("now %+v, version %d", now.profile, now.version)
		}
		past, err := s.files.history(t.Context(), d, now, 9)
		if err != nil || len(past) != 2 || past[0].Profile.Lives != "Zamenhofdreef 9" || past[1].Profile.Lives != selam.Lives || past[1].By != "u-amira" {
			t.Errorf("history %+v, %v", past, err)
		}
		if id, err := s.files.ByVNumber(t.Context(), d, "2819940173"); id != "" || err != nil {
			t.Errorf("the number that was taken away still finds %q, %v", id, err)
		}
		if got := s.log("p-selam"); !slices.Equal(got, []string{"registered u-amira ", "changed u-amira registered", "changed u-amira registered"}) {
			t.Errorf("log %q", got)
		}
	})
}

func TestCardsEndAndAreNeverKept(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		f := s.file(s.amira, "p-selam")
		holder := func(code string) string {
			h, err := s.files.ByCard(t.Context(), d, code)
			if err != nil {
				t.Fatal(err)
			}
			return h.Person
		}
		s.tx(func(tx *db.Tx) error { return s.files.Issue(t.Context(), tx, f, "TREE3479") })
		if holder("tree-3479") != "p-selam" || holder("TREE3477") != "" || holder("nonsense") != "" {
			t.Error("a card does not find its person, or another finds one")
		}
		s.clk.Advance(time.Minute)
		s.tx(func(tx *db.Tx) error { return s.files.Issue(t.Context(), tx, f, "FARH3479") })
		if holder("TREE3479") != "" || holder("FARH3479") != "p-selam" {
			t.Error("the replaced card still opens, or the new one does not")
		}
		cs, err := cards(t.Context(), d, "p-selam")
		if err != nil || len(cs) != 2 || cs[0].Tail != "79" || !cs[0].Ended.IsZero() || cs[1].Ended.IsZero() {
			t.Fatalf("cards %+v, %v", cs, err)
		}
		other := s.file(s.marwan, "p-reem")
		s.tx(func(tx *db.Tx) error { return s.files.EndCard(t.Context(), tx, other, cs[0].ID) })
		if holder("FARH3479") != "p-selam" {
			t.Error("the card of one person was ended through the file of another")
		}
		s.tx(func(tx *db.Tx) error { return s.files.EndCard(t.Context(), tx, f, cs[0].ID) })
		if holder("FARH3479") != "" {
			t.Error("an ended card still opens")
		}
	})
}

func TestAssigningIsLoggedAndNobodyIsLeftAlone(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		ctx := t.Context()
		helpers := func() []string {
			hs, err := s.files.Helpers(ctx, d, "p-selam", s.clk.Now())
			if err != nil {
				t.Fatal(err)
			}
			return hs
		}
		told := 0
		s.files.LendNews(func(_ context.Context, _ *db.Tx, person string) error {
			if person == "p-selam" {
				told++
			}
			return nil
		})
		s.clk.Advance(time.Minute)
		s.tx(func(tx *db.Tx) error {
			return s.files.Assign(ctx, tx, "p-selam", "t-utrecht", "u-marwan", s.amira, "t-utrecht")
		})
		s.tx(func(tx *db.Tx) error {
			return s.files.Assign(ctx, tx, "p-selam", "t-utrecht", "u-marwan", s.amira, "t-utrecht")
		})
		if got := helpers(); !slices.Equal(got, []string{"u-amira", "u-marwan"}) {
			t.Fatalf("helpers %v", got)
		}
		if told != 1 {
			t.Errorf("she hears %d times of one who helps her now", told)
		}
		s.tx(func(tx *db.Tx) error { return s.files.Unassign(ctx, tx, "p-selam", "u-amira", s.marwan) })
		if _, err := access.Find(ctx, d, s.amira, "p-selam", access.Note, s.clk.Now()); !fault.Is(err, fault.NotFound) {
			t.Errorf("who left still sees the file: %v", err)
		}
		for who, kind := range map[string]fault.Kind{"u-marwan": fault.Invalid, "u-amira": fault.NotFound, "u-nobody": fault.NotFound} {
			if err := d.Tx(ctx, func(tx *db.Tx) error { return s.files.Unassign(ctx, tx, "p-selam", who, s.marwan) }); !fault.Is(err, kind) {
				t.Errorf("taking the file from %s: %v", who, err)
			}
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error { return s.files.Assign(ctx, tx, "p-nobody", "t", "u-marwan", s.amira, "") }); !fault.Is(err, fault.NotFound) {
			t.Errorf("assigning nobody: %v", err)
		}
		if got := s.log("p-selam"); !slices.Equal(got, []string{"registered u-amira ", "assigned u-amira ", "unassigned u-marwan "}) {
			t.Errorf("log %q", got)
		}
	})
}

// Many visits to a desk must not hide who has the file.
func TestManyVisitsDoNotHideWhoHasTheFile(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	s := setup(t, d)
	s.tx(func(tx *db.Tx) error {
		for i := range 600 {
			if _, err := access.Give(t.Context(), tx, access.Grant{ID: fmt.Sprintf("g-visit-%03d", i), Subject: "p-selam", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel,
				Since: s.clk.Now().Add(time.Duration(i) * time.Second), Until: s.clk.Now().Add(time.Hour)}); err != nil {
				return err
			}
		}
		return nil
	})
	if hs, err := s.files.Helpers(t.Context(), d, "p-selam", s.clk.Now()); err != nil || !slices.Equal(hs, []string{"u-amira"}) {
		t.Errorf("helpers %v, %v", hs, err)
	}
}

func TestErasingLeavesNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		ctx := t.Context()
		f := s.file(s.amira, "p-selam")
		p := selam
		p.Lives = "Zamenhofdreef 9"
		s.tx(func(tx *db.Tx) error { return save(ctx, tx, s.vault, f, p, 1) })
		s.tx(func(tx *db.Tx) error { return s.files.Issue(ctx, tx, f, "TREE3479") })
		s.tx(func(tx *db.Tx) error {
			return errors.Join(Join(ctx, tx, "p-selam", Member{"h-1", "parent"}), Join(ctx, tx, "p-reem", Member{"h-1", "other"}))
		})
		k := s.files.Keeper()
		out, err := k.Export(ctx, d, s.vault, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("%+v", out)
		for _, want := range []string{"Zamenhofdreef 9", "azc Utrecht, kamer 114", "nooit via de buurman", "2819940173", "registered", "h-1", "parent", "u-amira"} {
			if !strings.Contains(text, want) {
				t.Errorf("the export lacks %q", want)
			}
		}
		for _, not := range []string{"Reem", "p-reem", "Kanaalstraat", "TREE3479"} {
			if strings.Contains(text, not) {
				t.Errorf("the export has %q, which is somebody else's or a secret", not)
			}
		}
		s.tx(func(tx *db.Tx) error { return k.Erase(ctx, tx, "p-selam") })
		if err := s.vault.Shred(ctx, "p-selam"); err != nil {
			t.Fatal(err)
		}
		for name, f := range map[string]db.Frag{
			"dossier_person": db.F(`SELECT COUNT(*) FROM dossier_person WHERE id = 'p-selam'`), "dossier_version": db.F(`SELECT COUNT(*) FROM dossier_version WHERE person = 'p-selam'`),
			"dossier_lookup": db.F(`SELECT COUNT(*) FROM dossier_lookup WHERE person = 'p-selam'`), "dossier_card": db.F(`SELECT COUNT(*) FROM dossier_card WHERE person = 'p-selam'`),
			"dossier_member": db.F(`SELECT COUNT(*) FROM dossier_member WHERE person = 'p-selam'`), "access_grant": db.F(`SELECT COUNT(*) FROM access_grant WHERE subject = 'p-selam'`),
		} {
			if n := s.count(f); n != 0 {
				t.Errorf("%s still has %d rows", name, n)
			}
		}
		if id, err := s.files.ByVNumber(ctx, d, "2819940173"); id != "" || err != nil {
			t.Errorf("the number still finds %q, %v", id, err)
		}
		if ls, err := s.files.Mine(ctx, s.amira, access.DeskLevel, s.clk.Now()); err != nil || len(ls) != 0 {
			t.Errorf("the list has %v, %v", ls, err)
		}
		if reem, err := s.files.ByVNumber(ctx, d, reem.VNumber); reem != "p-reem" || err != nil {
			t.Errorf("somebody else went too: %q, %v", reem, err)
		}
		if n, err := audit.Verify(ctx, d); err != nil || n == 0 {
			t.Errorf("the log is no longer whole: %d, %v", n, err)
		}
	})
}

// A key that was destroyed while its row still stands must not take a list of others with it.
func TestAShreddedPersonIsLeftOutOfLists(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	s := setup(t, d)
	s.add("p-two", Profile{Called: "Farzaneh"}, "u-amira")
	if err := s.vault.Shred(t.Context(), "p-selam"); err != nil {
		t.Fatal(err)
	}
	ls, err := s.files.Mine(t.Context(), s.amira, access.DeskLevel, s.clk.Now())
	if err != nil || len(ls) != 1 || ls[0].Card.Called != "Farzaneh" {
		t.Errorf("%v, %v", ls, err)
	}
}
