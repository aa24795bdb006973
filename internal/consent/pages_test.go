package consent

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "privacy", FS: privacy.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "consent", FS: Schema}}

// house is the demonstration's people with Selam at Amira's hands, and a part that only whoever sees the whole file sees.
type house struct {
	*webtest.House
	t     *testing.T
	c     *Consents
	d     *db.DB
	vault *privacy.Vault

	selam, reem            *webtest.Visitor
	amira, ria, noor, jana *webtest.Visitor
}

func staff(id string, role access.Role, kind access.ScopeKind, at string, holders ...string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: append(holders, "user:"+id), Posts: []access.Post{{Role: role, Scope: access.Scope{Kind: kind, ID: at}}}, Lang: "nl"}
}

func setup(t *testing.T, d *db.DB) house {
	t.Helper()
	ctx := context.Background()
	v, err := privacy.Open(ctx, dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	files := dossier.New(d, v, org)
	c := New(d, org, files)
	files.Lend(c.FilePanels(), nil, c.Tabs())
	c.Lend(append(files.Excerpts(), dossier.Excerpt{Name: "terms", Key: "consent.title", Level: access.File, Lines: func(*web.Visit, dossier.File) ([]ui.FactP, error) {
		return []ui.FactP{{Label: "Beroep", Value: "kanarie-termijn"}}, nil
	}}))
	if err := d.Bulk(ctx, func(tx *db.Tx) error { _, err := organisation.Demo(ctx, tx, d.Now(), 20); return err }); err != nil {
		t.Fatal(err)
	}
	for id, pr := range map[string]dossier.Profile{
		"p-selam": {Called: "Selam", VNumber: "2819940173", Own: "ሰላም ተስፋይ", Languages: []dossier.Speech{{Tag: "ti"}}, Names: []dossier.NamePart{{Text: "Selam", Role: "own"}, {Text: "Tesfay", Role: "father"}}, Births: []dossier.Birth{{Year: 1991, About: true}}},
		"p-reem":  {Called: "Reem", VNumber: "2820011427", Languages: []dossier.Speech{{Tag: "ar"}}},
	} {
		k, err := v.NewKey(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error {
			return dossier.Add(ctx, tx, v, k, id, pr, dossier.Placing{Team: "t-utrecht", Location: "l-overvecht", By: "u-amira"})
		}); err != nil {
			t.Fatal(err)
		}
	}
	stub := func(name, path string) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error { return v.Text(200, name) }}
	}
	paper := stub("paper", "/papier/{person}")
	paper.Do = func(v *web.Visit) error {
		f, err := files.Open(v, v.Param("person"), access.DeskLevel, "test")
		if err != nil {
			return err
		}
		facts, err := c.Paper().Lines(v, f)
		if err != nil {
			return err
		}
		return v.Text(200, fmt.Sprint(facts))
	}
	w := webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "consent", FS: Texts}},
		append(append(c.Routes(), files.Routes()...), paper, stub("portal.looks", "/mijn/inzage"), stub("contact.record", "/dossier/{person}/contact"))...)
	w.Static = ui.Static()
	h := house{House: w, t: t, c: c, d: d, vault: v}
	self := func(id string) *webtest.Visitor {
		return h.As(access.Actor{Kind: access.IsSelf, ID: id, Holders: []string{"self:" + id}, Lang: "nl"})
	}
	h.selam, h.reem = self("p-selam"), self("p-reem")
	h.amira = h.As(staff("u-amira", access.Case, access.Team, "t-utrecht"))
	h.jana = h.As(staff("u-jana", access.Case, access.Team, "t-utrecht"))
	h.noor = h.As(staff("u-noor", access.Lead, access.Team, "t-utrecht"))
	h.ria = h.As(staff("u-ria", access.Desk, access.AtDesk, "d-overvecht", "desk:d-overvecht"))
	return h
}

// grant opens Selam's file to a holder.
func (h house) grant(holder string, why access.Why, level access.Level) {
	h.t.Helper()
	if err := h.d.Tx(context.Background(), func(tx *db.Tx) error {
		_, err := access.Give(context.Background(), tx, access.Grant{Subject: "p-selam", Holder: holder, Why: why, Level: level, GivenBy: "u-ria", Place: "d-overvecht", Until: tx.Now.Add(90 * time.Minute)})
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
}

func (h house) want(what string, a webtest.Answer, code int, has ...string) webtest.Answer {
	h.t.Helper()
	if a.Code != code {
		h.t.Fatalf("%s: answered %d, want %d\n%s", what, a.Code, code, a.Body)
	}
	body := html.UnescapeString(a.Body)
	for _, x := range has {
		if !strings.Contains(body, x) {
			h.t.Errorf("%s: %q is not there in\n%s", what, x, body)
		}
	}
	return a
}

func (h house) lacks(what string, a webtest.Answer, not ...string) {
	h.t.Helper()
	for _, x := range not {
		if strings.Contains(html.UnescapeString(a.Body), x) {
			h.t.Errorf("%s: %q must not be there", what, x)
		}
	}
}

func (h house) count(table string) int {
	h.t.Helper()
	n, err := db.One[int](context.Background(), h.d, map[string]db.Frag{"given": db.F(`SELECT COUNT(*) FROM privacy_consent`), "ended": db.F(`SELECT COUNT(*) FROM privacy_consent_end`), "handed": db.F(`SELECT COUNT(*) FROM consent_handed`)}[table])
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// last is the id of the newest row.
func (h house) last(f db.Frag) string {
	h.t.Helper()
	id, err := db.One[string](context.Background(), h.d, f)
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

var lawyerForm = webtest.Form("doel", "lawyer", "wie", "mr. F. Lammers", "deel", "name", "deel", "languages", "maanden", "6")

func with(f url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for k, v := range f {
		out[k] = append([]string(nil), v...)
	}
	for k, v := range webtest.Form(pairs...) {
		out[k] = v
	}
	return out
}

func TestSheAllowsItIsSharedAndSheStopsIt(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.want("nothing yet", h.selam.Get("/mijn/toestemmingen"), 200, "mogen nu niets met anderen delen", "/mijn/toestemmingen/nieuw")
		h.want("with whom", h.selam.Get("/mijn/toestemmingen/nieuw"), 200, "Advocaat", "Gemeente", "doel=lawyer", "dezelfde hulp")
		h.want("what", h.selam.Get("/mijn/toestemmingen/nieuw?doel=lawyer"), 200, "Naam: \u2068Selam Tesfay\u2069", "ሰላም ተስፋይ", "281 994 0173", "rond 1991", "kanarie-termijn", "nu niets bekend")
		h.lacks("what a municipality never gets", h.want("municipality", h.selam.Get("/mijn/toestemmingen/nieuw?doel=municipality"), 200), "kanarie-termijn")
		bad := h.want("every fault at once", h.selam.Post("/mijn/toestemmingen/nieuw", webtest.Form("doel", "lawyer", "wie", "ambassade van Eritrea", "deel", "name")), 422,
			"Een ambassade of consulaat kan nooit iets krijgen", "Kies tot wanneer dit mag", "ambassade van Eritrea")
		if !strings.Contains(bad.Body, `value="name" checked`) {
			t.Error("what was chosen is lost")
		}
		h.want("a purpose of nobody", h.selam.Post("/mijn/toestemmingen/nieuw", with(lawyerForm, "doel", "police")), 404)
		check := h.want("as a whole", h.selam.Post("/mijn/toestemmingen/nieuw", lawyerForm), 200, "mr. F. Lammers (Advocaat) mag dit over mij weten: Naam en Talen", "Selam Tesfay", "ትግርኛ", "maandag 24 mei 2027", "dezelfde hulp")
		h.lacks("as a whole", check, "281 994 0173", "1991", "kanarie-termijn")
		if n := h.count("given"); n != 0 {
			t.Errorf("looking wrote %d consents", n)
		}
		h.want("an embassy, past the form", h.selam.Post("/mijn/toestemmingen", with(lawyerForm, "wie", "Embassy")), 422)
		twice := with(lawyerForm, web.OnceField, db.ID("once", d.Now()))
		h.want("yes", h.selam.Post("/mijn/toestemmingen", twice), 303)
		h.want("yes again", h.selam.Post("/mijn/toestemmingen", twice), 303)
		if n := h.count("given"); n != 1 {
			t.Fatalf("a double press gave %d consents", n)
		}
		id := h.last(db.F(`SELECT id FROM privacy_consent`))
		h.want("it stands", h.selam.Get("/mijn/toestemmingen"), 200, "mr. F. Lammers", "tot en met ma 24 mei 2027", "U zei dit zelf", "Stop dit", "Naam en Talen")

		h.want("on her own paper", h.selam.Get("/papier/p-selam"), 200, "mr. F. Lammers")
		h.lacks("on the paper that a colleague prints", h.want("on the paper that a colleague prints", h.amira.Get("/papier/p-selam"), 200, "uw eigen pagina, bij toestemmingen"), "Lammers")
		amiras := h.want("her caseworker sees it", h.amira.Get("/dossier/p-selam/toestemming"), 200, "mr. F. Lammers", "/dossier/p-selam/toestemming/"+id)
		h.lacks("her caseworker sees it", amiras, "Reem")
		share := h.want("what would leave", h.amira.Get("/dossier/p-selam/toestemming/"+id), 200, "Selam Tesfay", "ትግርኛ", "Maak het blad")
		h.lacks("what would leave", share, "kanarie-termijn")
		to := h.want("it is shared", h.amira.Post("/dossier/p-selam/toestemming/"+id, nil), 303).To
		sheet := h.want("the sheet", h.amira.Get(to), 200, "Gedeeld met mr. F. Lammers", "Selam Tesfay", "ትግርኛ", "dinsdag 24 november 2026", "Amira")
		h.lacks("the sheet", sheet, "281 994 0173", "1991", "kanarie-termijn", "Begeleiders")
		hs := h.last(db.F(`SELECT id FROM consent_handed`))
		h.want("she reads what left", h.selam.Get("/mijn/toestemmingen"), 200, "mr. F. Lammers, di 24 nov 2026", "gedeeld door Amira", "/mijn/toestemmingen/gegeven/"+hs)
		h.want("she reads the sheet", h.selam.Get("/mijn/toestemmingen/gegeven/"+hs), 200, "Selam Tesfay")
		for what, a := range map[string]webtest.Answer{"another's sheet": h.reem.Get("/mijn/toestemmingen/gegeven/" + hs), "stopping for another": h.reem.Post("/mijn/toestemmingen/stop", webtest.Form("toestemming", id)),
			"another's consent in a file": h.amira.Get("/dossier/p-reem/toestemming/" + id), "another's sheet in a file": h.amira.Get("/dossier/p-reem/toestemming/blad/" + hs), "sharing in another file": h.amira.Post("/dossier/p-reem/toestemming/"+id, nil)} {
			h.want(what, a, 404)
		}

		h.want("stop", h.selam.Post("/mijn/toestemmingen/stop", webtest.Form("toestemming", id)), 303)
		h.want("it does not hold any more", h.selam.Get("/mijn/toestemmingen"), 200, "mogen nu niets met anderen delen", "Gestopt door uzelf", "opnieuw="+id)
		h.want("the next request of her caseworker", h.amira.Post("/dossier/p-selam/toestemming/"+id, nil), 403, "geldt niet meer")
		h.lacks("the page says so", h.want("the page", h.amira.Get("/dossier/p-selam/toestemming/"+id), 200, "geldt niet meer"), "Maak het blad", "ትግርኛ</bdi></dd>")
		if n := h.count("handed"); n != 1 {
			t.Errorf("%d sheets", n)
		}
		again := h.want("again", h.selam.Get("/mijn/toestemmingen/nieuw?opnieuw="+id), 200, `value="mr. F. Lammers"`)
		if strings.Count(again.Body, `" checked`) < 3 {
			t.Error("what was allowed is not chosen beforehand")
		}
		if _, err := audit.Verify(t.Context(), d); err != nil {
			t.Error(err)
		}
	})
}

func TestAConsentRunsOut(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	h := setup(t, d)
	h.want("yes", h.selam.Post("/mijn/toestemmingen", with(lawyerForm, "maanden", "1")), 303)
	id := h.last(db.F(`SELECT id FROM privacy_consent`))
	d.Clock().(*clock.Manual).Set(time.Date(2026, 12, 24, 22, 59, 0, 0, time.UTC)) // the last minute of its last day, here
	amira := h.As(staff("u-amira", access.Case, access.Team, "t-utrecht"))
	h.want("on the last day", amira.Post("/dossier/p-selam/toestemming/"+id, nil), 303)
	d.Clock().(*clock.Manual).Advance(time.Minute)
	h.want("the day after", amira.Post("/dossier/p-selam/toestemming/"+id, nil), 403, "geldt niet meer")
	h.want("the day after", amira.Get("/dossier/p-selam/toestemming"), 200, "Liep af op do 24 dec 2026")
}

func TestWhoMayWriteItDownAndWhoMayShare(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		none := h.ria.Get("/dossier/p-nobody/toestemming")
		for who, v := range map[string]*webtest.Visitor{"the desk without her": h.ria, "a colleague without the file": h.jana, "the team leader": h.noor} {
			for _, path := range []string{"/dossier/p-selam/toestemming", "/dossier/p-selam/toestemming/nieuw"} {
				if a := v.Get(path); a.Code != 404 || a.Body != none.Body {
					t.Errorf("%s: %s answers %d and can be told from what is not there", who, path, a.Code)
				}
			}
			h.want(who, v.Post("/dossier/p-selam/toestemming", with(lawyerForm, "hoe", "spoken", "gevraagd", "nl")), 404)
		}
		h.grant("desk:d-overvecht", access.Presence, access.DeskLevel)
		h.want("at the desk", h.ria.Get("/dossier/p-selam/toestemming"), 200, "Toestemming opschrijven")
		form := h.want("at the desk", h.ria.Get("/dossier/p-selam/toestemming/nieuw?doel=lawyer"), 200, "Selam Tesfay", "In welke taal is het gevraagd?", `value="ti" selected`)
		h.lacks("what the desk does not see", form, "kanarie-termijn")
		spoken := with(lawyerForm, "hoe", "spoken", "gevraagd", "ti", "tolk", "tolkentelefoon 1187")
		h.want("more than the desk sees", h.ria.Post("/dossier/p-selam/toestemming", with(spoken, "deel", "terms")), 422, "Kies wat gedeeld mag worden")
		h.want("read out in her language, and in Dutch", h.ria.Post("/dossier/p-selam/toestemming/nieuw", spoken), 200, "ነዚ ብዛዕባይ ክፈልጥ ይፍቀዶ", `lang="ti"`, "mag dit over mij weten", "tolkentelefoon 1187")
		h.want("she said yes", h.ria.Post("/dossier/p-selam/toestemming", spoken), 303)
		id := h.last(db.F(`SELECT id FROM privacy_consent`))
		desk := h.want("the desk reads it", h.ria.Get("/dossier/p-selam/toestemming"), 200, "Ria schreef dit op", "hardop gezegd", "Tolk: tolkentelefoon 1187")
		h.lacks("the desk shares nothing", desk, "Delen op grond hiervan")
		if a := h.ria.Get("/dossier/p-selam/toestemming/" + id); a.Code != 404 && a.Code != 403 {
			t.Errorf("the desk at the door of sharing: %d", a.Code)
		}
		if a := h.ria.Post("/dossier/p-selam/toestemming/"+id, nil); a.Code != 404 && a.Code != 403 {
			t.Errorf("the desk sharing: %d", a.Code)
		}
		h.want("on her own page", h.selam.Get("/mijn/toestemmingen"), 200, "Ria schreef dit op", "hardop gezegd")

		h.grant("user:u-noor", access.BreakGlass, access.File)
		h.want("in an emergency one reads", h.noor.Get("/dossier/p-selam/toestemming"), 200, "mr. F. Lammers")
		h.lacks("the buttons", h.noor.Get("/dossier/p-selam/toestemming"), "/toestemming/nieuw")
		h.lacks("the button", h.noor.Get("/dossier/p-selam/toestemming/"+id), `action="/dossier`)
		never := h.noor.Get("/dossier/p-niemand/toestemming/nieuw")
		for what, a := range map[string]webtest.Answer{
			"and asks for nothing":    h.noor.Get("/dossier/p-selam/toestemming/nieuw"),
			"and previews nothing":    h.noor.Post("/dossier/p-selam/toestemming/nieuw", spoken),
			"and writes nothing down": h.noor.Post("/dossier/p-selam/toestemming", spoken),
			"and shares nothing":      h.noor.Post("/dossier/p-selam/toestemming/"+id, nil),
		} {
			if a.Code != 404 || a.Body != never.Body {
				t.Errorf("in an emergency one reads %s: answered %d and can be told from what does not exist", what, a.Code)
			}
		}
		if h.count("handed") != 0 || h.count("given") != 1 {
			t.Error("an emergency left something behind")
		}
		h.want("stopping stays: it is there", h.noor.Get("/dossier/p-selam/toestemming"), 200, `action="/dossier/p-selam/toestemming/stop"`)
		h.want("the desk stops it when she says so", h.ria.Post("/dossier/p-selam/toestemming/stop", webtest.Form("toestemming", id)), 303)
		h.want("it is told by whom", h.selam.Get("/mijn/toestemmingen"), 200, "opgeschreven door Ria")
		h.want("nothing is shared after that", h.amira.Post("/dossier/p-selam/toestemming/"+id, nil), 403)
	})
}

func TestWhatIsKeptIsSealedExportedAndErased(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.want("yes", h.selam.Post("/mijn/toestemmingen", lawyerForm), 303)
		h.want("hers", h.reem.Post("/mijn/toestemmingen", lawyerForm), 303)
		id := h.last(db.F(`SELECT id FROM privacy_consent WHERE subject = ?`, "p-selam"))
		h.want("shared", h.amira.Post("/dossier/p-selam/toestemming/"+id, nil), 303)
		h.want("stopped", h.selam.Post("/mijn/toestemmingen/stop", webtest.Form("toestemming", id)), 303)
		bodies, err := db.Many[[]byte](t.Context(), d, db.F(`SELECT body FROM privacy_consent UNION ALL SELECT body FROM consent_handed`))
		if err != nil || len(bodies) != 3 {
			t.Fatal(len(bodies), err)
		}
		for _, b := range bodies {
			if s := string(b); strings.Contains(s, "Lammers") || strings.Contains(s, "Tesfay") || strings.Contains(s, "name") {
				t.Error("the database tells what was allowed")
			}
		}
		keeper := h.c.Keeper()
		all, err := keeper.Export(t.Context(), d, h.vault, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []string{"mr. F. Lammers", "mag dit over mij weten", "Selam Tesfay", `"ended":"2026`, `"until":"2027-05-24"`, `"language":"nl"`} {
			if !strings.Contains(string(b), x) {
				t.Errorf("the export has no %s: %s", x, b)
			}
		}
		if strings.Contains(string(b), "Reem") || strings.Contains(string(b), `"Body"`) {
			t.Errorf("the export has too much: %s", b)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return keeper.Erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		if h.count("given") != 1 || h.count("ended") != 0 || h.count("handed") != 0 {
			t.Error("something is left, or too much is gone")
		}
	})
}
