package handover

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"reisgezel/internal/contact"
	"reisgezel/internal/dossier"
	"reisgezel/internal/evidence"
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
	"reisgezel/internal/procedure"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "contact", FS: contact.Schema}, {Name: "procedure", FS: procedure.Schema}, {Name: "evidence", FS: evidence.Schema}, {Name: "handover", FS: Schema}}

// world is an office with people, their open work in every capability, and colleagues who hand over.
type world struct {
	*webtest.House
	t     testing.TB
	d     *db.DB
	v     *privacy.Vault
	org   *organisation.Store
	files *dossier.Files
	h     *Handover
	clock *clock.Manual
	n     int
}

// people of the world; each is with Amira and Marwan.
var people = []string{"p-selam", "p-reem", "p-ahmad"}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	ctx := t.Context()
	keys := dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}})
	v, err := privacy.Open(ctx, keys, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	files := dossier.New(d, v, org)
	c, p, e, h := contact.New(d, v, org, files), procedure.New(d, org, files), evidence.New(d, org, files, evidence.NoScanner), New(d, v, org, files)
	files.Lend(h.FilePanels(), []dossier.Source{h.Source, c.Source, p.Timeline}, nil)
	files.LendAuthors(h.Authors)
	files.LendWork(append(append(append(p.Work(), c.Work()...), e.Work()...), h.Work()...), c.Traces())
	var plan organisation.Plan
	if err := d.Bulk(ctx, func(tx *db.Tx) (err error) { plan, err = organisation.Demo(ctx, tx, d.Now(), 600); return err }); err != nil {
		t.Fatal(err)
	}
	for batch := range dossier.DemoPeople(plan, dossier.DemoHeroes, d.Now()) {
		for i := range batch {
			if batch[i].Key, err = v.NewKey(ctx, batch[i].ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Bulk(ctx, func(tx *db.Tx) error { return files.Demo(ctx, tx, batch) }); err != nil {
			t.Fatal(err)
		}
	}
	show := func(name, path string, rule access.Rule, do func(v *web.Visit) ([]ui.Part, error)) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: rule, Do: func(v *web.Visit) error {
			parts, err := do(v)
			if err != nil {
				return err
			}
			var b strings.Builder
			for _, x := range parts {
				fmt.Fprintf(&b, "[%s]", x.Say)
				if x.Body == nil {
					continue
				}
				if err := x.Body.Render(v.Ctx(), &b); err != nil {
					return err
				}
			}
			return v.Text(200, b.String())
		}}
	}
	site := webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "contact", FS: contact.Texts},
		{Name: "procedure", FS: procedure.Texts}, {Name: "evidence", FS: evidence.Texts}, {Name: "handover", FS: Texts}},
		append(append(append(append(append(h.Routes(), files.Routes()...), c.Routes()...), p.Routes()...), e.Routes()...),
			show("today", "/vandaag", access.Rule{Action: "test"}, func(v *web.Visit) (out []ui.Part, err error) {
				for _, x := range h.Panels() {
					part, err := x.Show(v)
					if err != nil {
						return nil, err
					}
					out = append(out, part)
				}
				return out, nil
			}),
			show("portal.home", "/mijn", access.Rule{Action: "self", Need: access.BySelf}, func(v *web.Visit) ([]ui.Part, error) {
				f, err := files.Open(v, v.Actor.ID, access.File, "test")
				if err != nil {
					return nil, err
				}
				return files.Show(v, f, "home")
			}))...)
	w := &world{House: site, t: t, d: d, v: v, org: org, files: files, h: h, clock: d.Clock().(*clock.Manual)}
	for _, person := range people {
		for _, owner := range []string{"u-amira", "u-marwan"} {
			w.work(person, owner)
		}
	}
	return w
}

func (w *world) tx(do func(tx *db.Tx) error) {
	w.t.Helper()
	if err := w.d.Tx(context.Background(), do); err != nil {
		w.t.Fatal(err)
	}
}

// work gives a colleague one open piece of work of every sort with a person.
func (w *world) work(person, owner string) {
	w.t.Helper()
	k, err := w.v.Key(context.Background(), person)
	if err != nil {
		w.t.Fatal(err)
	}
	w.n++
	id := func(kind string) string { return fmt.Sprintf("%s-test-%d", kind, w.n) }
	today := clock.Today(w.clock.Now())
	sealed := func(place string, x any) []byte {
		b, err := privacy.SealJSON(k, place, x)
		if err != nil {
			w.t.Fatal(err)
		}
		return b
	}
	w.tx(func(tx *db.Tx) error {
		for _, f := range []db.Frag{
			db.F(`INSERT INTO contact_promise (id, person, about, owner, made_by, team, due, body, visible, made_at, done_by) VALUES (?,?,'x',?,?,'t-utrecht',?,?,'client',?,'')`, id("b"), person, owner, owner, today.AddDays(2),
				k.Seal("contact_promise.body/"+id("b"), []byte("bellen met de gemeente "+id("b"))), tx.Now),
			db.F(`INSERT INTO contact_appointment (id, person, colleague, location, room, at, minutes, body, version, made_by) VALUES (?,?,?,'l-overvecht','',?,30,?,1,?)`, id("a"), person, owner, tx.Now.AddDate(0, 1, w.n),
				sealed("contact_appointment.body/"+id("a"), contact.Meeting{Kind: "talk"}), owner),
			db.F(`INSERT INTO procedure_track (id, person, topic, owner, team, opened, opened_by, version) VALUES (?,?,'asylum',?,'t-utrecht',?,?,1)`, id("tr"), person, owner, tx.Now, owner),
			db.F(`INSERT INTO procedure_deadline (id, track, person, owner, team, name, term, party, kind, waits, safe, urgent, sure, confirmed, version, derived, state, made, done_by, done_how) VALUES (?,?,?,?,'t-utrecht','appeal','appeal','person','fatal',FALSE,?,FALSE,TRUE,TRUE,1,1,'open',?,'','')`,
				id("dl"), id("tr"), person, owner, today.AddDays(5), tx.Now),
			db.F(`INSERT INTO evidence_claim (id, person, kind, made_by, at, version, body) VALUES (?,?,'identity',?,?,1,?)`, id("cl"), person, owner, tx.Now, sealed("evidence_claim.body/"+id("cl"), evidence.ClaimText{})),
			db.F(`INSERT INTO evidence_piece (id, claim, person, kind, state, owner, at, changed, version, body) VALUES (?,?,?,'passport','asked',?,?,?,1,?)`, id("pc"), id("cl"), person, owner, tx.Now, tx.Now, sealed("evidence_piece.body/"+id("pc"), evidence.PieceText{Title: "paspoort " + id("pc")})),
		} {
			if _, err := db.Do(context.Background(), tx, f); err != nil {
				return err
			}
		}
		return nil
	})
}

// anew brings everything back to the beginning, for the next round of a property; the clock goes on.
func (w *world) anew() {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		for _, f := range []db.Frag{db.F(`DELETE FROM handover_answer`), db.F(`DELETE FROM handover_offer`), db.F(`DELETE FROM handover_fallen`), db.F(`DELETE FROM handover_leaving`),
			db.F(`DELETE FROM contact_promise`), db.F(`DELETE FROM contact_appointment`), db.F(`DELETE FROM procedure_deadline`), db.F(`DELETE FROM procedure_track`),
			db.F(`DELETE FROM evidence_event`), db.F(`DELETE FROM evidence_piece`), db.F(`DELETE FROM evidence_claim`), db.F(`DELETE FROM access_grant WHERE why <> 'self'`),
			db.F(`UPDATE organisation_colleague SET active = TRUE, last_day = NULL`), db.F(`UPDATE organisation_post SET ended = NULL WHERE ended_by = 'system'`)} {
			if _, err := db.Do(context.Background(), tx, f); err != nil {
				return err
			}
		}
		for _, p := range people {
			for _, owner := range []string{"u-amira", "u-marwan"} {
				if _, err := access.Give(context.Background(), tx, access.Grant{Subject: p, Holder: "user:" + owner, Why: access.Assignment, Level: access.File, Place: "t-utrecht"}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	for _, p := range people {
		for _, owner := range []string{"u-amira", "u-marwan"} {
			w.work(p, owner)
		}
	}
}

// held is one open piece of work with who minds it.
type held struct{ ID, Person, Owner string }

func (w *world) held() []held {
	w.t.Helper()
	now := w.clock.Now()
	hs, err := db.Many[held](context.Background(), w.d, db.F(`SELECT id, person, owner FROM contact_promise WHERE done_at IS NULL
		UNION ALL SELECT id, person, colleague AS owner FROM contact_appointment WHERE cancelled IS NULL AND at > ?
		UNION ALL SELECT id, person, owner FROM procedure_track
		UNION ALL SELECT id, person, owner FROM procedure_deadline WHERE state = 'open'
		UNION ALL SELECT id, person, owner FROM evidence_piece WHERE state = 'asked' ORDER BY id`, now))
	if err != nil {
		w.t.Fatal(err)
	}
	return hs
}

// minded says of every open piece of work that is wrong with who minds it: exactly one colleague who works here and has the
// file.
func (w *world) minded() []string {
	w.t.Helper()
	var wrong []string
	for _, x := range w.held() {
		c, posts, err := organisation.Standing(context.Background(), w.d, x.Owner, w.clock.Now())
		if err != nil || !c.Works(w.clock.Now()) || len(posts) == 0 {
			wrong = append(wrong, fmt.Sprintf("%s of %s is with %q, who does not work here (%v)", x.ID, x.Person, x.Owner, err))
			continue
		}
		helpers, err := w.files.Helpers(context.Background(), w.d, x.Person, w.clock.Now())
		if err != nil {
			w.t.Fatal(err)
		}
		if !strings.Contains(" "+strings.Join(helpers, " ")+" ", " "+x.Owner+" ") {
			wrong = append(wrong, fmt.Sprintf("%s of %s is with %s, who does not have the file", x.ID, x.Person, x.Owner))
		}
	}
	return wrong
}

// actor is a colleague as the house would load them now.
func (w *world) actor(id string) access.Actor {
	w.t.Helper()
	c, posts, err := organisation.Standing(context.Background(), w.d, id, w.clock.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	a := access.Actor{Kind: access.Staff, ID: id, Name: c.Name, Posts: posts}
	if len(posts) > 0 {
		a.Holders = []string{"user:" + id}
	}
	return a
}

func (w *world) visit(id string) *webtest.Visitor { return w.As(w.actor(id)) }

func (w *world) offerOf(person string) Offer {
	w.t.Helper()
	o, err := db.One[Offer](context.Background(), w.d, db.F(offerColumns).Then(`WHERE o.person = ? ORDER BY o.made DESC, o.id DESC LIMIT 1`, person))
	if err != nil {
		w.t.Fatal(err)
	}
	return o
}

// yes answers every piece of work of an offer with yes, as the page does.
func (w *world) yes(o Offer) []Line {
	w.t.Helper()
	work, err := w.files.OpenWork(context.Background(), w.d, o.Giver, o.Person, w.clock.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	ls := []Line{{Work: "handover.file", Task: dossier.Task{ID: "file", Kind: "file"}, Answer: "yes"}}
	for name, ts := range work {
		for _, t := range ts {
			ls = append(ls, Line{Work: name, Task: t, Answer: "yes", Read: true})
		}
	}
	return ls
}

func (w *world) key(person string) privacy.Key {
	w.t.Helper()
	k, err := w.v.Key(context.Background(), person)
	if err != nil {
		w.t.Fatal(err)
	}
	return k
}
