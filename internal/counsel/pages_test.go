package counsel

import (
	"context"
	"html"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/account"
	"reisgezel/internal/consent"
	"reisgezel/internal/dossier"
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

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "privacy", FS: privacy.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "account", FS: account.Schema}, {Name: "dossier", FS: dossier.Schema}, {Name: "consent", FS: consent.Schema}, {Name: "counsel", FS: Schema}}

// house is two people at Amira's hands, and two lawyers: L for Selam, M for Reem. What can be shown has a canary for each
// part; the room of consent is the real one.
type house struct {
	*webtest.House
	t     *testing.T
	c     *Counsel
	d     *db.DB
	vault *privacy.Vault

	selam, reem              *webtest.Visitor
	amira, marwan, jana, ria *webtest.Visitor
	law                      *law
	l, m                     *webtest.Visitor
}

// canaries are what only one part may tell.
var canaries = map[string]string{
	"name": "Selam Tesfay", "birth": "1991", "nationality": "Eritrese", "vnumber": "281 994 0173", "languages": "ትግርኛ", "reach": "612345001",
	"terms": "kanarie-termijn", "papers": "kanarie-lijst", "appointments": "kanarie-afspraak", "documents/pd-1": "kanarie-papier-een", "documents/pd-2": "kanarie-papier-twee",
}

// law is what the room of procedures knows in a test: one of asylum, which knows nothing of return, and those that a test adds.
type law struct {
	returns []string
	told    []dossier.Happening // that reached a transaction
	alarms  int
}

func (l *law) events() dossier.Events {
	return dossier.Events{
		Courses: func(*web.Visit, dossier.File, string) ([]dossier.Course, error) {
			out := []dossier.Course{{ID: "tr-asylum"}}
			for _, id := range l.returns {
				out = append(out, dossier.Course{ID: id, Knows: true})
			}
			return out, nil
		},
		Record: func(_ *web.Visit, _ dossier.File, h dossier.Happening) (func(*db.Tx) (string, error), fault.Fields, error) {
			return func(*db.Tx) (string, error) {
				l.told = append(l.told, h)
				return "ev", nil
			}, nil, nil
		},
		Alarm: func(context.Context, string, time.Time) error { l.alarms++; return nil },
	}
}

func staff(id string, role access.Role, kind access.ScopeKind, at string, holders ...string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: append(holders, "user:"+id), Posts: []access.Post{{Role: role, Scope: access.Scope{Kind: kind, ID: at}}}, Lang: "nl"}
}

func canary(name string, level access.Level) dossier.Excerpt {
	return dossier.Excerpt{Name: name, Key: "counsel.panel", Level: level, Lines: func(*web.Visit, dossier.File) ([]ui.FactP, error) {
		return []ui.FactP{{Label: "Waarde", Value: canaries[name]}}, nil
	}}
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
	accounts := account.New(d, org, v, account.Options{URL: "https://reisgezel.example.org"})
	shared := consent.New(d, org, files)
	c := New(d, org, files, accounts)
	files.Lend(append(c.FilePanels(), shared.FilePanels()...), nil, shared.Tabs())
	files.LendOutsiders(accounts.OutsideNames)
	excerpts := append(files.Excerpts(), canary("terms", access.File), canary("papers", access.File), canary("appointments", access.DeskLevel),
		dossier.Excerpt{Name: "documents", Key: "counsel.panel", Level: access.File, Items: func(ctx context.Context, f dossier.File) ([]dossier.Item, error) {
			var out []dossier.Item
			for _, id := range []string{"pd-1", "pd-2"} {
				out = append(out, dossier.Item{ID: id, Title: "Papier", Lines: []ui.FactP{{Label: "Papier", Value: canaries["documents/"+id]}},
					Open: func(context.Context) (string, string, []byte, error) {
						return id + ".pdf", "application/pdf", []byte("inhoud van " + id), nil
					}})
			}
			return out, nil
		}})
	shared.Lend(excerpts)
	shared.LendParties(c.Parties)
	rules := &law{}
	c.Lend(excerpts, shared.Allowing(), rules.events(), func(_ *web.Visit, f dossier.File) ([]dossier.Pressing, error) {
		return []dossier.Pressing{{Title: "kanarie-zonder-dag"}, {Title: "kanarie-spoed van " + f.ID(), Day: clock.On(2026, 11, 27)}}, nil
	})
	if err := d.Bulk(ctx, func(tx *db.Tx) error { _, err := organisation.Demo(ctx, tx, d.Now(), 20); return err }); err != nil {
		t.Fatal(err)
	}
	for id, pr := range map[string]dossier.Profile{
		"p-selam": {Called: "Selam", VNumber: "2819940173", Own: "ሰላም ተስፋይ", Nationality: "Eritrese", Languages: []dossier.Speech{{Tag: "ti"}}, Names: []dossier.NamePart{{Text: "Selam", Role: "own"}, {Text: "Tesfay", Role: "father"}},
			Births: []dossier.Birth{{Year: 1991, About: true}}, Reach: dossier.Reach{Phone: "31612345001"}},
		"p-reem": {Called: "Reem", VNumber: "2820011427", Languages: []dossier.Speech{{Tag: "ar"}}},
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
	routes := append(append(append(c.Routes(), shared.Routes()...), files.Routes()...), accounts.Routes()...)
	w := webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "account", FS: account.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "consent", FS: consent.Texts}, {Name: "counsel", FS: Texts}},
		append(routes, stub("portal.looks", "/mijn/inzage"), stub("contact.record", "/dossier/{person}/contact"), stub("contact.appointment", "/dossier/{person}/afspraak"), stub("procedure.choose", "/dossier/{person}/juridisch/vastleggen"), stub("procedure.file", "/dossier/{person}/juridisch"),
			stub("organisation.colleague", "/organisatie/collega/{user}"))...)
	h := house{House: w, t: t, c: c, d: d, vault: v, law: rules}
	self := func(id string) *webtest.Visitor {
		return h.As(access.Actor{Kind: access.IsSelf, ID: id, Holders: []string{"self:" + id}, Lang: "nl"})
	}
	h.selam, h.reem = self("p-selam"), self("p-reem")
	h.amira, h.marwan = h.As(staff("u-amira", access.Case, access.Team, "t-utrecht")), h.As(staff("u-marwan", access.Legal, access.Team, "t-utrecht"))
	h.jana, h.ria = h.As(staff("u-jana", access.Case, access.Team, "t-utrecht")), h.As(staff("u-ria", access.Desk, access.AtDesk, "d-overvecht", "desk:d-overvecht"))
	h.l, h.m = h.lawyer("o-l", "mr. A. Voorbeeld"), h.lawyer("o-m", "mr. B. Ander")
	h.represents("rp-1", "p-selam", "o-l", -30)
	h.represents("rp-2", "p-reem", "o-m", -30)
	return h
}

// lawyer puts somebody in the address book, and signs them in.
func (h house) lawyer(id, name string) *webtest.Visitor {
	h.t.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		return putParty(ctx, tx, id, PartyInput{Kind: Lawyer, Name: name, Office: "Kantoor", Phone: "030 123 45 67", Email: id + "@advocaat.example"}, "u-marwan")
	})
	return h.As(access.Actor{Kind: access.Outside, ID: id, Name: name, Holders: []string{"outside:" + id}, Lang: "nl"})
}

func (h house) tx(do func(ctx context.Context, tx *db.Tx) error) {
	h.t.Helper()
	ctx := context.Background()
	if err := h.d.Tx(ctx, func(tx *db.Tx) error { return do(ctx, tx) }); err != nil {
		h.t.Fatal(err)
	}
}

func (h house) represents(id, person, lawyer string, days int) {
	h.t.Helper()
	f, err := h.c.files.Machine(context.Background(), h.d, person)
	if err != nil {
		h.t.Fatal(err)
	}
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		return putRep(ctx, tx, f.Key(), Representation{ID: id, Person: person, Party: lawyer, Role: "asylum", Source: "letter", Since: clock.Today(tx.Now).AddDays(days), NotedBy: "u-amira", At: tx.Now, What: RepWords{Reference: "kenmerk-" + id}})
	})
}

// allows lets Selam say yes on her own page; it tells the id of the consent.
func (h house) allows(who *webtest.Visitor, lawyer string, parts ...string) string {
	h.t.Helper()
	h.d.Clock().(*clock.Manual).Advance(time.Second) // ids made in one moment have no order
	form := webtest.Form("doel", "lawyer", "partij", lawyer, "maanden", "6")
	form["deel"] = parts
	if a := who.Post("/mijn/toestemmingen", form); a.Code != 303 {
		h.t.Fatalf("she says yes: %d\n%s", a.Code, a.Body)
	}
	id, err := db.One[string](context.Background(), h.d, db.F(`SELECT id FROM privacy_consent ORDER BY given DESC, id DESC LIMIT 1`))
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h house) stops(who *webtest.Visitor, consent string) {
	h.t.Helper()
	if a := who.Post("/mijn/toestemmingen/stop", webtest.Form("toestemming", consent)); a.Code != 303 {
		h.t.Fatalf("she stops: %d", a.Code)
	}
}

func (h house) want(what string, a webtest.Answer, code int, has ...string) webtest.Answer {
	h.t.Helper()
	if a.Code != code {
		h.t.Fatalf("%s: answered %d, want %d\n%s", what, a.Code, code, a.Body)
	}
	for _, x := range has {
		if !strings.Contains(html.UnescapeString(a.Body), x) {
			h.t.Errorf("%s: %q is not there in\n%s", what, x, html.UnescapeString(a.Body))
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

// gone holds an answer against that of an id that was never given: the same bytes.
func (h house) gone(what string, got, never webtest.Answer) {
	h.t.Helper()
	if got.Code != 404 || never.Code != 404 || got.Body != never.Body || !reflect.DeepEqual(got.Header, never.Header) {
		h.t.Errorf("%s: can be told from an id that was never given: %d, %d", what, got.Code, never.Code)
	}
}

func (h house) looks(event string) int {
	h.t.Helper()
	n, err := db.One[int](context.Background(), h.d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = ? AND actor_kind = 'outside'`, event))
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

func TestAShortTermComesToTheLawyerWhoMaySeeTheTerms(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		none := func(when string, who *webtest.Visitor) {
			t.Helper()
			h.lacks(when, h.want(when, who.Get("/advocaat"), 200), "kanarie", "Korte termijnen")
		}
		none("nothing was agreed to", h.l)
		id := h.allows(h.selam, "o-l", "name")
		none("the name alone was agreed to", h.l)
		h.lacks("the name alone, her page", h.want("her page", h.l.Get("/advocaat/rp-1"), 200), "kanarie", "Korte termijnen")
		h.stops(h.selam, id)
		id = h.allows(h.selam, "o-l", "terms")
		for _, path := range []string{"/advocaat", "/advocaat/rp-1"} {
			a := h.want(path, h.l.Get(path), 200, "Korte termijnen", "kanarie-spoed van p-selam", "vr 27 nov 2026", "kanarie-zonder-dag", "Dag niet bekend")
			h.lacks(path, a, "Selam", "p-reem")
		}
		none("another lawyer", h.m)
		second := h.allows(h.reem, "o-m", "terms")
		h.lacks("a lawyer of somebody else", h.want("a lawyer of somebody else", h.m.Get("/advocaat"), 200, "kanarie-spoed van p-reem"), "p-selam")
		h.stops(h.selam, id)
		none("she takes it back", h.l)
		h.want("and the other goes on", h.m.Get("/advocaat"), 200, "kanarie-spoed van p-reem")
		h.want("the representation ends", h.amira.Post("/dossier/p-reem/advocaat/rp-2/stop", webtest.Form("reden", "ander kantoor")), 303)
		none("who no longer represents her", h.m)
		h.stops(h.reem, second)
	})
}

func TestALawyerSeesExactlyThePartsThatWereAllowed(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.want("nothing allowed yet", h.l.Get("/advocaat"), 200, "laat niemand u iets zien")
		for part, mine := range canaries {
			id := h.allows(h.selam, "o-l", part)
			a := h.want(part, h.l.Get("/advocaat/rp-1"), 200, mine, "kenmerk-rp-1")
			list := h.want(part+" in the list", h.l.Get("/advocaat"), 200, "/advocaat/rp-1")
			for other, theirs := range canaries {
				if other != part {
					h.lacks(part+" alone", a, theirs)
					h.lacks(part+" alone, in the list", list, theirs)
				}
			}
			if part != "name" {
				h.lacks(part+" alone", a, "Selam", "ሰላም")
				h.lacks(part+" alone, in the list", list, "Selam", "ሰላም")
			}
			h.lacks("of others", a, "Reem", "2820011427", "u-amira", "mr. B. Ander", "inhoud van")
			for _, paper := range []string{"pd-1", "pd-2"} {
				got := h.l.Get("/advocaat/rp-1/papier/" + paper)
				if part == "documents/"+paper {
					if h.want("the paper", got, 200); got.Body != "inhoud van "+paper || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
						t.Errorf("the paper: %q", got.Body)
					}
				} else {
					h.gone("a paper that was not allowed", got, h.l.Get("/advocaat/rp-1/papier/pd-none"))
				}
			}
			h.stops(h.selam, id)
		}
		// Two consents add up; one of them ends, and what only it allowed is gone.
		first, second := h.allows(h.selam, "o-l", "terms"), h.allows(h.selam, "o-l", "papers", "terms")
		h.want("both", h.l.Get("/advocaat/rp-1"), 200, canaries["terms"], canaries["papers"])
		h.stops(h.selam, second)
		h.lacks("one ended", h.want("one is left", h.l.Get("/advocaat/rp-1"), 200, canaries["terms"]), canaries["papers"])
		h.stops(h.selam, first)
	})
}

func TestWhatEndedIsAsIfItHadNeverBeen(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		clk := d.Clock().(*clock.Manual)
		never := func() webtest.Answer { return h.l.Get("/advocaat/rp-none") }
		ask := webtest.Form("wat", "question", "tekst", "hallo")
		shut := func(what string) {
			t.Helper()
			before := h.looks("counsel.event.seen") + h.looks("counsel.event.took") + h.looks("counsel.event.asked")
			h.gone(what, h.l.Get("/advocaat/rp-1"), never())
			h.gone(what+", a paper", h.l.Get("/advocaat/rp-1/papier/pd-1"), never())
			h.gone(what+", a message", h.l.Post("/advocaat/rp-1/bericht", ask), h.l.Post("/advocaat/rp-none/bericht", ask))
			h.gone(what+", a message with faults", h.l.Post("/advocaat/rp-1/bericht", nil), h.l.Post("/advocaat/rp-none/bericht", nil))
			h.lacks(what, h.want(what+", the list", h.l.Get("/advocaat"), 200), "rp-1", "kenmerk")
			if after := h.looks("counsel.event.seen") + h.looks("counsel.event.took") + h.looks("counsel.event.asked"); after != before {
				t.Errorf("%s: %d looks stand in the log that never were", what, after-before)
			}
		}
		shut("never allowed")
		all := []string{"name", "terms", "documents/pd-1"}
		id := h.allows(h.selam, "o-l", all...)
		h.want("allowed", h.l.Get("/advocaat/rp-1"), 200)
		h.stops(h.selam, id)
		shut("the consent ended")

		h.allows(h.selam, "o-l", all...)
		h.want("allowed again", h.l.Get("/advocaat/rp-1"), 200)
		h.gone("another lawyer", h.m.Get("/advocaat/rp-1"), h.m.Get("/advocaat/rp-none"))
		h.want("the representation ends", h.amira.Post("/dossier/p-selam/advocaat/rp-1/stop", webtest.Form("reden", "ander kantoor")), 303)
		shut("the representation ended")
		h.want("that was a mistake", h.amira.Post("/dossier/p-selam/advocaat/rp-1/terug", nil), 303)
		h.want("open again", h.l.Get("/advocaat/rp-1"), 200)

		h.want("the lawyer leaves", h.marwan.Post("/adresboek/o-l/stop", nil), 303)
		shut("the lawyer is gone")
		h.want("that was a mistake", h.marwan.Post("/adresboek/o-l/terug", nil), 303)
		h.want("open again", h.l.Get("/advocaat/rp-1"), 200)

		// A consent of the other purpose, or for a name that was typed, opens nothing.
		clk.Advance(200 * 24 * 3600e9)
		h.l = h.As(access.Actor{Kind: access.Outside, ID: "o-l", Name: "mr. A. Voorbeeld", Holders: []string{"outside:o-l"}, Lang: "nl"})
		h.selam = h.As(access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}, Lang: "nl"})
		shut("its last day is over")
		typed := webtest.Form("doel", "lawyer", "wie", "mr. A. Voorbeeld, Kantoor", "maanden", "6", "deel", "name")
		h.want("a name that was typed", h.selam.Post("/mijn/toestemmingen", typed), 303)
		shut("a name that was typed")
		if a := h.selam.Post("/mijn/toestemmingen", webtest.Form("doel", "lawyer", "partij", "o-m", "maanden", "6", "deel", "name")); a.Code != 422 {
			t.Errorf("the lawyer of somebody else can be chosen: %d", a.Code)
		}
	})
}

func TestEveryLookOfALawyerStandsInTheLogFirst(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.allows(h.selam, "o-l", "name", "documents/pd-1")
		for i, look := range []struct{ path, event string }{{"/advocaat", "counsel.event.seen"}, {"/advocaat/rp-1", "counsel.event.seen"}, {"/advocaat/rp-1/papier/pd-1", "counsel.event.took"}} {
			before := h.looks(look.event)
			h.want(look.path, h.l.Get(look.path), 200)
			if n := h.looks(look.event); n != before+1 {
				t.Errorf("%d %s: %d looks in the log", i, look.path, n-before)
			}
		}
		type entry struct{ Subject, Actor, Why, Object string }
		e, err := db.One[entry](context.Background(), d, db.F(`SELECT subject, actor, why, object FROM audit_entry WHERE event = 'counsel.event.took'`))
		if err != nil || e != (entry{"p-selam", "o-l", "consent", "pd-1"}) {
			t.Errorf("%+v %v", e, err)
		}
		// Reading on is refused when the log cannot be written.
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := db.Do(ctx, tx, db.F(`ALTER TABLE audit_entry RENAME TO audit_entry_away`))
			return err
		})
		for _, path := range []string{"/advocaat", "/advocaat/rp-1", "/advocaat/rp-1/papier/pd-1"} {
			a := h.l.Get(path)
			if a.Code < 500 {
				t.Errorf("%s without a log: %d", path, a.Code)
			}
			h.lacks(path+" without a log", a, "Selam", "inhoud")
		}
	})
}
