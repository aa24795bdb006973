package family

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web/webtest"
)

func TestWhoSeesAFamily(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(t)
		desk := access.Actor{Kind: access.Staff, ID: "u-ria", Name: "Ria", Holders: []string{"user:u-ria", "desk:d-overvecht"}, Posts: []access.Post{{Role: access.Desk, Scope: access.Scope{Kind: access.Location, ID: "l-overvecht"}}}}
		o.give(t, access.Grant{Subject: "p-reem", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel, Until: d.Now().Add(90 * time.Minute)})
		o.give(t, access.Grant{Subject: "p-reem", Holder: "user:u-noor", Why: access.BreakGlass, Level: access.File, Until: d.Now().Add(3 * time.Hour)})
		one := at("p-reem") + "/lid/fm-reem-0"
		shown := []string{at("p-reem"), one, at("p-reem") + "/samen", at("p-reem") + "/voogd"}
		forms := []string{at("p-reem") + "/lid", one + "/wijzigen", one + "/uit-elkaar"}
		writes := []string{at("p-reem") + "/lid", one + "/wijzigen", one + "/weg", one + "/stap", one + "/vragen", one + "/band", one + "/band/weg", one + "/dossier", one + "/uit-elkaar",
			at("p-reem") + "/samen", at("p-reem") + "/samen/fh-reem-0/weg", at("p-reem") + "/binnenkomst", at("p-reem") + "/voogd", at("p-reem") + "/meekijken", at("p-reem") + "/meekijken/x/weg"}
		was := o.count(t, db.F(`SELECT COUNT(*) FROM family_event`))
		for name, c := range map[string]struct {
			a           access.Actor
			sees, keeps bool
		}{
			"who helps her":             {worker("u-amira", access.Case), true, true},
			"in an emergency":           {worker("u-noor", access.Lead), true, false},
			"a colleague who does not":  {worker("u-deniz", access.Legal), false, false},
			"the desk where she is":     {desk, false, false},
			"the privacy officer":       {worker("u-pieter", access.Privacy), false, false},
			"another refugee":           {client("p-ahmad"), false, false},
			"herself, the staff's door": {client("p-reem"), false, false},
		} {
			v := o.As(c.a)
			for _, path := range append(slices.Clone(shown), forms...) {
				may := c.sees && (slices.Contains(shown, path) || c.keeps)
				if a := v.Get(path); may && a.Code != 200 {
					t.Errorf("%s: %s answers %d", name, path, a.Code)
				} else if !may {
					o.absent(t, v, a, name+": "+path)
				}
			}
			if !c.keeps {
				for _, path := range writes {
					if a := v.Post(path, webtest.Form("name", "x")); c.a.Kind == access.Staff {
						o.absent(t, v, a, name+" writes "+path)
					} else if a.Code != 404 {
						t.Errorf("%s writes %s: %d", name, path, a.Code)
					}
				}
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM family_event`)); n != was {
			t.Errorf("%d things were told by who may not", n-was)
		}
		// A member or a home of one family is not reached through another.
		amira := o.As(worker("u-amira", access.Case))
		for _, path := range []string{"/lid/fm-reem-0", "/lid/fm-reem-0/wijzigen", "/lid/fm-reem-0/uit-elkaar"} {
			o.absent(t, amira, amira.Get(at("p-almaz")+path), path)
		}
		for _, path := range []string{"/lid/fm-reem-0/weg", "/samen/fh-reem-0/weg", "/lid/fm-reem-0/stap"} {
			if a := amira.Post(at("p-almaz")+path, webtest.Form("kind", Applied, "state", Done)); a.Code != 404 {
				t.Errorf("%s through another's family: %d", path, a.Code)
			}
		}
		if !strings.Contains(o.log(t, "p-reem"), "family.event.look u-amira") {
			t.Error("a look does not stand in the log")
		}
	})
}

// That a relative has a file here is told only to who may see that file: for everybody else every page is the same as
// without, byte for byte.
func TestALinkIsToldToNobodyWhoMayNotKnow(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		deniz := worker("u-deniz", access.Legal)
		o.give(t, access.Grant{Subject: "p-reem", Holder: "user:u-deniz", Why: access.Assignment, Level: access.File})
		both, one := o.As(worker("u-amira", access.Case)), o.As(deniz)
		id := o.added(t, both, "p-reem", "Ahmad", "sibling")
		member := at("p-reem") + "/lid/" + id
		pages := []string{at("p-reem"), at("p-reem") + "?als=lijst", member, member + "/wijzigen", member + "/uit-elkaar", at("p-reem") + "/voogd", at("p-reem") + "/samen"}
		look := func() (out []string) {
			for _, p := range pages {
				out = append(out, bareText(one.Get(p).Body))
			}
			return out
		}
		o.must(t, both, member+"/dossier", "file", "p-ahmad")
		never := at("p-reem") + "/lid/" + o.added(t, both, "p-reem", "Ahmad", "sibling")
		with := look()
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM family_link WHERE person = 'p-reem' AND other = 'p-ahmad'`)); n != 1 {
			t.Fatal(n)
		}
		o.says(t, both.Get(member), 200, "/dossier/p-ahmad", "Eigen dossier openen")
		o.must(t, both, member+"/dossier", "file", "p-ahmad", "undo", "1")
		for i, without := range look() {
			if without != with[i] {
				t.Errorf("%s is another page when the relative has a file", pages[i])
			}
			if strings.Contains(with[i], "p-ahmad") || strings.Contains(with[i], "gekoppeld") {
				t.Errorf("%s names the file", pages[i])
			}
		}
		// Nor does one who once had a file differ from one who never had.
		if a, b := bareText(one.Get(member).Body), bareText(one.Get(never).Body); anyone.ReplaceAllString(a, "") != anyone.ReplaceAllString(b, "") {
			t.Error("it can be told who has a file")
		}
		o.absent(t, one, one.Get("/dossier/p-ahmad"), "the file of the relative")
		o.absent(t, one, one.Get(at("p-ahmad")), "the family of the relative")
		// Nor can it be found out by trying: a file that is not theirs is answered as one that is not there.
		a, b := one.Post(member+"/dossier", webtest.Form("file", "p-ahmad")), one.Post(member+"/dossier", webtest.Form("file", "p-nobody"))
		if a.Code != 422 || bareText(a.Body) != bareText(b.Body) {
			t.Errorf("%d %d, and the answers differ", a.Code, b.Code)
		}
	})
}

// anyone is the id of any member.
var anyone = regexp.MustCompile(`fm-[0-9a-z]+`)

// Both families tell of each other, the one the other way round; and neither is opened by it.
func TestALinkIsTheSameFromBothSides(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira := o.As(worker("u-amira", access.Case))
		id := o.added(t, amira, "p-reem", "Ahmad", "partner/marriage", "since", "2012-05-01")
		o.must(t, amira, at("p-reem")+"/lid/"+id+"/dossier", "file", "p-ahmad")
		f := o.family(t, "p-ahmad")
		if len(f.Members) != 1 || f.Members[0].Name != "Reem" {
			t.Fatalf("%+v", f.Members)
		}
		k, ok := f.Bond(f.Members[0].ID, today)
		if !ok || k.Role != Partner || k.Tie.Form != "marriage" || k.Tie.Since != on(2012, 5, 1) {
			t.Errorf("%+v", k)
		}
		child := o.added(t, amira, "p-oksana", "Maks", "child/biological")
		o.must(t, amira, at("p-oksana")+"/lid/"+child+"/dossier", "file", "p-maksym")
		f = o.family(t, "p-maksym")
		if k, _ := f.Bond(f.Members[0].ID, today); k.Role != Parent || k.Tie.Form != "biological" {
			t.Errorf("a child's mother is their %s", k.Role)
		}
		// Linked again, nobody stands there twice. Let go, it is gone on both sides, and the people stay.
		o.must(t, amira, at("p-reem")+"/lid/"+id+"/dossier", "file", "p-ahmad")
		if f := o.family(t, "p-ahmad"); len(f.Members) != 1 {
			t.Errorf("%d members", len(f.Members))
		}
		for _, pair := range [][2]string{{"p-reem", "p-ahmad"}, {"p-ahmad", "p-reem"}} {
			v := o.As(client(pair[0]))
			o.absent(t, v, v.Get("/dossier/"+pair[1]), "the file of a relative")
			o.absent(t, v, v.Get("/mijn/gezin/kind/"+pair[1]), "the file of a relative, through the door for children")
			o.silent(t, v.Get("/mijn/gezin"), pair[1])
			if a := v.Get("/mijn/gezin"); a.Code != 200 {
				t.Errorf("the own family: %d", a.Code)
			}
		}
		o.must(t, amira, at("p-reem")+"/lid/"+id+"/dossier", "file", "p-ahmad", "undo", "1")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM family_link WHERE person IN ('p-reem','p-ahmad')`)); n != 0 {
			t.Errorf("%d links", n)
		}
	})
}

// cutting sets up two partners with a child who stays, all with a file, and everything that one may see of another.
func cutting(t *testing.T, o office) (member string) {
	t.Helper()
	amira := o.As(worker("u-amira", access.Case))
	member = o.added(t, amira, "p-oksana", "Yusuf", "partner/marriage")
	o.must(t, amira, at("p-oksana")+"/lid/"+member+"/dossier", "file", "p-yusuf")
	child := o.added(t, amira, "p-oksana", "Maksym", "child/biological", "birth_day", "8", "birth_month", "2", "birth_year", "2016", "birth_source", "person")
	o.must(t, amira, at("p-oksana")+"/lid/"+child+"/dossier", "file", "p-maksym")
	theirs := o.added(t, amira, "p-yusuf", "Maksym", "child/step", "birth_year", "2016", "birth_source", "person", "country", "Nederland", "place", "Schuilplein 9, Amersfoort")
	o.must(t, amira, at("p-yusuf")+"/lid/"+theirs+"/dossier", "file", "p-maksym")
	f := o.family(t, "p-yusuf")
	i := slices.IndexFunc(f.Members, func(m Member) bool { return m.Name == "Oksana" })
	if i < 0 {
		t.Fatal("she does not stand in his family")
	}
	o.must(t, amira, at("p-yusuf")+"/lid/"+f.Members[i].ID+"/wijzigen", "rev", "1", "name", "Oksana", "role", "partner/marriage", "certainty", "stated", "source", "person", "coming", "no",
		"country", "Nederland", "place", "Schuilplein 9, Amersfoort", "reach", "0612345678", "note", "woont bij Olena")
	his := o.family(t, "p-maksym")
	for _, m := range his.Members {
		if m.Name == "Yusuf" {
			o.must(t, amira, at("p-maksym")+"/meekijken", "adult", m.ID)
		}
	}
	if n := o.count(t, db.F(`SELECT COUNT(*) FROM family_sight WHERE adult = 'p-yusuf' AND ended IS NULL`)); n != 1 {
		t.Fatalf("he sees for %d children", n)
	}
	if err := o.d.Tx(t.Context(), func(tx *db.Tx) error {
		for _, p := range []string{"p-oksana", "p-maksym", "p-yusuf"} {
			if err := dossier.Join(t.Context(), tx, p, dossier.Member{Household: "h-oksana", Part: "parent"}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return member
}

func TestAPartingCutsEverythingAtOnce(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		member := cutting(t, o)
		amira, yusuf := o.As(worker("u-amira", access.Case)), o.As(client("p-yusuf"))
		o.says(t, yusuf.Get("/mijn/gezin/kind/p-maksym"), 200, "Maksym")
		o.says(t, yusuf.Get("/mijn/gezin"), 200, "Schuilplein")
		until := d.Now().Add(9 * time.Hour)
		o.give(t, access.Grant{Subject: "p-oksana", Holder: self("p-yusuf"), Why: access.Guardian, Level: access.DeskLevel})
		o.give(t, access.Grant{Subject: "p-yusuf", Holder: self("p-oksana"), Why: access.Guardian, Level: access.DeskLevel, Until: until})
		before := o.log(t, "p-yusuf")

		form := amira.Get(at("p-oksana") + "/lid/" + member + "/uit-elkaar")
		o.says(t, form, 200, "Maksym", `checked`, "krijgt geen bericht")
		child := ""
		for _, m := range o.family(t, "p-oksana").Members {
			if m.Name == "Maksym" {
				child = m.ID
			}
		}
		if a := amira.Post(at("p-oksana")+"/lid/"+member+"/uit-elkaar", webtest.Form("kind", "", "note", "blijft staan")); a.Code != 422 || !strings.Contains(a.Body, "blijft staan") {
			t.Errorf("an empty form: %d", a.Code)
		}
		o.must(t, amira, at("p-oksana")+"/lid/"+member+"/uit-elkaar", "kind", "unsafe", "stay", child, "note", "sinds gisteren in de opvang")

		// No grant is left, in whichever direction, and none on the child.
		for _, pair := range [][2]string{{"p-oksana", "p-yusuf"}, {"p-yusuf", "p-oksana"}, {"p-maksym", "p-yusuf"}} {
			for _, level := range []access.Level{access.Note, access.DeskLevel, access.File} {
				if _, err := access.Find(t.Context(), d, client(pair[1]), pair[0], level, d.Now()); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s still sees %s: %v", pair[1], pair[0], err)
				}
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM access_grant WHERE ended IS NULL AND holder IN ('self:p-yusuf','self:p-oksana') AND holder <> 'self:' || subject`)); n != 0 {
			t.Errorf("%d grants are left", n)
		}
		o.absent(t, yusuf, yusuf.Get("/mijn/gezin/kind/p-maksym"), "the child")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM dossier_member WHERE person = 'p-yusuf'`)); n != 0 {
			t.Error("he is still in the household")
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM dossier_member WHERE person IN ('p-oksana','p-maksym')`)); n != 2 {
			t.Errorf("of the two who stay together, %d are in the household", n)
		}

		// Where they are stands nowhere in his file: not on his own page, not for who helps him, not in what he takes home.
		secret := []string{"Schuilplein", "Amersfoort", "0612345678", "Olena"}
		own := yusuf.Get("/mijn/gezin")
		o.says(t, own, 200, "Oksana", "Maksym")
		o.silent(t, own, secret...)
		o.silent(t, own, "uit elkaar", "opvang", "niet veilig")
		for _, m := range o.family(t, "p-yusuf").Members {
			for _, path := range []string{"", "/wijzigen", "/uit-elkaar"} {
				a := amira.Get(at("p-yusuf") + "/lid/" + m.ID + path)
				o.silent(t, a, secret...)
				if path == "" {
					o.says(t, a, 200, "Vraag er niet naar")
				}
			}
		}
		o.silent(t, amira.Get(at("p-yusuf")), secret...)
		kept, err := export(t.Context(), d, o.v, "p-yusuf")
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(kept)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range append(secret, "parted", "unsafe", "opvang") {
			if strings.Contains(string(raw), s) {
				t.Errorf("what he takes home tells %q", s)
			}
		}
		// Nothing tells him that it happened: his log is as it was, but for the looks of this test.
		for _, line := range strings.Split(o.log(t, "p-yusuf"), "\n") {
			if !strings.Contains(before, line) && !strings.HasPrefix(line, "family.event.look ") && !strings.HasPrefix(line, "dossier.event.again ") {
				t.Errorf("his log tells %q", line)
			}
		}
		if !strings.Contains(o.log(t, "p-oksana"), "family.event.parted u-amira") {
			t.Error("her log does not tell it")
		}
		o.says(t, amira.Get(at("p-oksana")), 200, "sinds gisteren in de opvang", "Uit elkaar")

		// It cannot be worked around: a change of his form keeps what is hidden, a new link is veiled, nobody sees along again.
		for _, m := range o.family(t, "p-yusuf").Members {
			if m.Name == "Oksana" {
				o.must(t, amira, at("p-yusuf")+"/lid/"+m.ID+"/wijzigen", "rev", "2", "name", "Oksana", "role", "partner/marriage", "certainty", "disputed", "source", "person", "coming", "no", "place", "ergens")
				now, _ := o.family(t, "p-yusuf").Member(m.ID)
				if now.Where.Place != "Schuilplein 9, Amersfoort" || now.Note != "woont bij Olena" {
					t.Errorf("what was hidden was lost: %+v", now.Where)
				}
			}
		}
		again := o.added(t, amira, "p-yusuf", "O.", "other", "place", "Schuilplein 9")
		o.must(t, amira, at("p-yusuf")+"/lid/"+again+"/dossier", "file", "p-oksana")
		o.silent(t, amira.Get(at("p-yusuf")+"/lid/"+again), "Schuilplein")
		for _, m := range o.family(t, "p-maksym").Members {
			if m.Name == "Yusuf" {
				a := amira.Post(at("p-maksym")+"/meekijken", webtest.Form("adult", m.ID))
				o.says(t, a, 422, "afgesloten omdat zij uit elkaar zijn")
			}
		}
		if a := amira.Post(at("p-oksana")+"/lid/"+member+"/uit-elkaar", webtest.Form("kind", "apart")); a.Code != 409 {
			t.Errorf("parted twice: %d", a.Code)
		}

		// A lead takes it back, with a reason; a caseworker does not.
		id, err := db.One[string](t.Context(), d, db.F(`SELECT id FROM family_split WHERE person = 'p-oksana'`))
		if err != nil {
			t.Fatal(err)
		}
		undo := at("p-oksana") + "/uit-elkaar/" + id + "/terug"
		o.absent(t, amira, amira.Post(undo, webtest.Form("why-"+id, "vergissing")), "a caseworker undoes")
		noor := o.As(worker("u-noor", access.Lead))
		o.absent(t, noor, noor.Post(undo, webtest.Form("why-"+id, "vergissing")), "a lead without the file undoes")
		o.give(t, access.Grant{Subject: "p-oksana", Holder: "user:u-noor", Why: access.Assignment, Level: access.File})
		if a := noor.Post(undo, nil); a.Code != 422 {
			t.Errorf("without a reason: %d", a.Code)
		}
		o.clock.Set(until) // one of the grants has ended by itself meanwhile
		noor, yusuf = o.As(worker("u-noor", access.Lead)), o.As(client("p-yusuf"))
		if a := noor.Post(undo, webtest.Form("why-"+id, strings.Repeat("lang ", 900))); a.Code != 422 || !strings.Contains(a.Body, "lang lang") || !strings.Contains(a.Body, `id="f-why-`+id+`-e"`) {
			t.Errorf("a reason that is too long is lost: %d", a.Code)
		}
		o.must(t, noor, undo, "why-"+id, "het ging om iemand anders")
		if a := noor.Post(undo, webtest.Form("why-"+id, "nog eens")); a.Code != 409 {
			t.Errorf("twice: %d", a.Code)
		}
		o.says(t, yusuf.Get("/mijn/gezin/kind/p-maksym"), 200, "Maksym")
		o.says(t, yusuf.Get("/mijn/gezin"), 200, "Schuilplein")
		if _, err := access.Find(t.Context(), d, client("p-yusuf"), "p-oksana", access.DeskLevel, d.Now()); err != nil {
			t.Errorf("what had no end came not back: %v", err)
		}
		if _, err := access.Find(t.Context(), d, client("p-oksana"), "p-yusuf", access.DeskLevel, d.Now()); !fault.Is(err, fault.NotFound) {
			t.Errorf("what had ended came back: %v", err)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM dossier_member WHERE household = 'h-oksana'`)); n != 3 {
			t.Errorf("%d in the household", n)
		}
		o.says(t, noor.Get(at("p-oksana")), 200, "Teruggedraaid", "het ging om iemand anders")
	})
}

// Whatever grants there are between two people and a child, a parting leaves none of them, and takes no other.
func TestAPartingLeavesNoGrant(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	member := cutting(t, o)
	f, err := o.files.Machine(t.Context(), d, "p-oksana")
	if err != nil {
		t.Fatal(err)
	}
	child := ""
	for _, m := range o.family(t, "p-oksana").Members {
		if m.Name == "Maksym" {
			child = m.ID
		}
	}
	fam := []string{"p-oksana", "p-yusuf", "p-maksym"}
	rapid.Check(t, func(r *rapid.T) {
		stay := []string{}
		ours := []string{"p-oksana"}
		if rapid.Bool().Draw(r, "the child stays") {
			stay, ours = []string{child}, append(ours, "p-maksym")
		}
		var others []string
		for range rapid.IntRange(0, 8).Draw(r, "grants") {
			g := access.Grant{Subject: rapid.SampledFrom(append(fam, "p-reem")).Draw(r, "subject"), Holder: rapid.SampledFrom([]string{"self:p-oksana", "self:p-yusuf", "self:p-reem", "user:u-amira"}).Draw(r, "holder"),
				Why: access.Guardian, Level: access.Level(rapid.IntRange(1, 3).Draw(r, "level"))}
			if rapid.Bool().Draw(r, "ends") {
				g.Until = d.Now().Add(time.Hour)
			}
			id := o.give(t, g)
			holder := strings.TrimPrefix(g.Holder, "self:")
			cut := g.Subject == "p-yusuf" && holder == "p-oksana" || holder == "p-yusuf" && slices.Contains(ours, g.Subject)
			if !cut {
				others = append(others, id)
			}
		}
		var split1 string
		if err := d.Tx(t.Context(), func(tx *db.Tx) (err error) {
			split1, err = o.x.split(t.Context(), tx, f, member, SplitInput{Kind: "apart", Stay: stay})
			return err
		}); err != nil {
			r.Fatal(err)
		}
		for _, one := range ours {
			if _, err := access.Find(t.Context(), d, client("p-yusuf"), one, access.Note, d.Now()); !fault.Is(err, fault.NotFound) {
				r.Fatalf("he sees %s: %v", one, err)
			}
		}
		if _, err := access.Find(t.Context(), d, access.Actor{Kind: access.IsSelf, ID: "p-oksana", Holders: []string{"self:p-oksana"}}, "p-yusuf", access.Note, d.Now()); !fault.Is(err, fault.NotFound) {
			r.Fatalf("she sees him: %v", err)
		}
		for _, id := range others {
			if n := o.count(t, db.F(`SELECT COUNT(*) FROM access_grant WHERE id = ? AND ended IS NULL`, id)); n != 1 {
				r.Fatal("a grant of somebody else was ended")
			}
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { // for the next round
			if err := unsplit(t.Context(), tx, f, split1, "test"); err != nil {
				return err
			}
			_, err := db.Do(t.Context(), tx, db.F(`UPDATE access_grant SET ended = ? WHERE ended IS NULL AND why = 'guardian'`, tx.Now))
			return err
		}); err != nil {
			r.Fatal(err)
		}
	})
}

// An adult sees for a child until the first moment of the day on which the child may be eighteen; a birth that is corrected
// counts at once.
func TestSeeingForAChildEndsByItself(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(t)
		oksana := o.As(client("p-oksana"))
		page := oksana.Get("/mijn/gezin/kind/p-maksym")
		o.says(t, page, 200, "Maksym", "Kovalenko", "08-02-2016")
		o.silent(t, page, "opvang, Utrecht") // where the child lives is no part of it
		o.says(t, oksana.Get("/mijn/gezin"), 200, "/mijn/gezin/kind/p-maksym")
		if !strings.Contains(o.log(t, "p-maksym"), "family.event.forchild p-oksana") {
			t.Error("the child does not read that she looked")
		}
		maksym := o.As(client("p-maksym"))
		o.absent(t, maksym, maksym.Get("/mijn/gezin/kind/p-oksana"), "the other way round")
		birthday := time.Date(2034, 2, 8, 0, 0, 0, 0, clock.Netherlands)
		o.clock.Set(birthday.Add(-time.Millisecond))
		oksana = o.As(client("p-oksana"))
		o.says(t, oksana.Get("/mijn/gezin/kind/p-maksym"), 200, "Maksym")
		o.clock.Set(birthday)
		o.absent(t, oksana, oksana.Get("/mijn/gezin/kind/p-maksym"), "on the birthday")
		o.silent(t, oksana.Get("/mijn/gezin"), "/mijn/gezin/kind/")
	})
}

func TestAChildWhoseAgeIsNotSureIsSeenForByNobody(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira := o.As(worker("u-amira", access.Case))
		id := o.added(t, amira, "p-mebrahtu", "Selam", "sibling") // perhaps eighteen already
		o.must(t, amira, at("p-mebrahtu")+"/lid/"+id+"/dossier", "file", "p-selam")
		o.says(t, amira.Post(at("p-mebrahtu")+"/meekijken", webtest.Form("adult", id)), 422, "zeker jonger is dan 18")
		o.says(t, amira.Get(at("p-mebrahtu")+"/voogd"), 200, "De leeftijd is niet zeker", "tussen")
		// A child cannot see for a child, nor anybody whose file the colleague may not see.
		other := o.added(t, amira, "p-maksym", "Vriend", "other")
		o.says(t, amira.Post(at("p-maksym")+"/meekijken", webtest.Form("adult", other)), 422, "Kies er een")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM family_sight`)); n != 0 {
			t.Errorf("%d", n)
		}
	})
}
