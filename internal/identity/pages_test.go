package identity

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/names"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

// has and hasNot say what must stand in an answer, and what must not.
func has(t *testing.T, a webtest.Answer, what string, texts ...string) {
	t.Helper()
	if a.Code != 200 && a.Code != 422 {
		t.Fatalf("%s: %d %s", what, a.Code, a.Body)
	}
	for _, s := range texts {
		if !strings.Contains(a.Body, s) {
			t.Errorf("%s: %q is missing", what, s)
		}
	}
}

func hasNot(t *testing.T, a webtest.Answer, what string, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if n := strings.Index(a.Body, s); n >= 0 {
			t.Errorf("%s: %q must not be there: …%s…", what, s, a.Body[max(0, n-60):min(len(a.Body), n+60)])
		}
	}
}

func moved(t *testing.T, a webtest.Answer, what string) {
	t.Helper()
	if a.Code != 303 {
		t.Fatalf("%s: %d %s", what, a.Code, a.Body)
	}
}

// looks counts the entries of one event in the log of one person.
func (o office) looks(t *testing.T, person, event string) int {
	t.Helper()
	es, err := audit.Of(t.Context(), o.d, person, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range es {
		if e.Event == event {
			n++
		}
	}
	return n
}

func TestWhoSeesBothComparesLinksAndUndoes(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
		o.add(t, "p-b", again2, "t-utrecht", "u-amira")
		o.walk(t)
		path := "/dubbelen/" + o.theOne(t)
		v := o.As(amira)
		has(t, v.Get("/dubbelen"), "the list", "Tesfay Habtom Woldu", "ተስፋይ ሃብቶም", "heel waarschijnlijk", path)
		page := v.Get(path)
		has(t, page, "side by side", "= gelijk", "12-03-1987", "UNHCR", "Ervoor", "dezelfde geboortedatum")
		for _, person := range []string{"p-a", "p-b"} {
			if n := o.looks(t, person, "identity.event.compared"); n != 1 {
				t.Errorf("comparing stands %d times in the log of %s", n, person)
			}
		}
		has(t, v.Post(path, webtest.Form("what", "apart")), "not the same without why", "Schrijf kort waarom")
		has(t, v.Post(path, webtest.Form("what", "same")), "the same without a main record", "in welk dossier")
		moved(t, v.Post(path, webtest.Form("what", "later", "again", "2026-12-24")), "later")
		hasNot(t, v.Get("/dubbelen"), "the list until that day", path)
		o.clock.Set(dbtest.Start.AddDate(0, 1, 1))
		v = o.As(amira)
		has(t, v.Get("/dubbelen"), "the list on that day", path)
		moved(t, v.Post(path, webtest.Form("what", "same", "main", "p-a")), "the same")
		hasNot(t, v.Get("/dubbelen"), "the list after the link", path)
		has(t, v.Get("/dossier/p-a"), "the main record", "Deze persoon heeft nog een dossier", "Het werk gaat hier verder", "/dossier/p-b")
		has(t, v.Get("/dossier/p-b"), "the other record", "Het werk gaat verder in het andere dossier", "/dossier/p-a")
		if a := v.Post(path, webtest.Form("what", "apart", "words", "nee")); a.Code != 409 {
			t.Errorf("deciding over a link that stands: %d", a.Code)
		}
		has(t, v.Post(path+"/los", nil), "undoing without why", "Schrijf kort waarom")
		moved(t, v.Post(path+"/los", webtest.Form("words", "het zijn neven")), "undoing")
		hasNot(t, v.Get("/dossier/p-a"), "after undoing", "Deze persoon heeft nog een dossier")
		o.tx(t, func(tx *db.Tx) error { _, err := db.Do(t.Context(), tx, db.F(`DELETE FROM identity_walk`)); return err })
		o.walk(t)
		hasNot(t, v.Get("/dubbelen"), "the list after undoing and walking again", path)
		has(t, v.Get(path), "what was said stays to be read", "het zijn neven", "weer losgehaald", "dezelfde persoon")
		moved(t, v.Post(path, webtest.Form("what", "same", "main", "p-b")), "a person may link again")
		if got := o.pairs(t); fmt.Sprint(got) != "[p-a+p-b very linked]" || o.count(t, db.F(`SELECT COUNT(*) FROM identity_link`)) != 2 {
			t.Errorf("%v", got)
		}
	})
}

// What other rooms tell is shown beside each other, each side only as far as that file may be read, and not at all to who sees one.
func TestWhatOtherRoomsTellLiesBesideEachOther(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.i.LendCompared(dossier.Compared{Key: "identity.compare", Says: func(v *web.Visit, f dossier.File) ([]dossier.Statement, bool, error) {
			if f.Level() < access.File {
				return nil, false, nil
			}
			return []dossier.Statement{{Text: "Gilze · " + f.ID(), By: "door Sara", Core: "Gilze"}, {Text: "kanarie " + f.ID(), Core: f.ID()}}, true, nil
		}})
		o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
		o.add(t, "p-b", again2, o.north, "u-far")
		o.walk(t)
		path := "/dubbelen/" + o.theOne(t)
		amira := o.As(amira)
		// Who may read one of the two sees nothing of the other, and nothing that the rooms tell: the caseworker not even that there is
		// one, the leader no more than that.
		o.absent(t, amira, amira.Get(path), "the pair, for who has one of the two")
		closed := o.As(noor).Get(path)
		has(t, closed, "the leader of one side", "dezelfde geboortedatum")
		hasNot(t, closed, "the leader of one side", "kanarie", "Gilze", "door Sara", "p-b", again2.Name())
		o.give(t, "p-b", "u-amira", access.Presence, access.DeskLevel)
		half := amira.Get(path)
		has(t, half, "the second as at the desk", "kanarie p-a", "door Sara", "mag u hier niet lezen", "niet opgeschreven van wie dit komt")
		hasNot(t, half, "the second as at the desk", "kanarie p-b", "Gilze · p-b")
		o.give(t, "p-b", "u-amira", access.Assignment, access.File)
		whole := amira.Get(path)
		has(t, whole, "both", "kanarie p-a", "kanarie p-b", "Gilze · p-b")
		hasNot(t, whole, "both", "mag u hier niet lezen")
	})
}

// The whole of what somebody without grants on both sees must be the same bytes, whether there is another record or not.
func TestNobodyElseCanTellThatThereIsAnotherRecord(t *testing.T) {
	with, without := newOffice(t, dbtest.SQLite(t, lines)), newOffice(t, dbtest.SQLite(t, lines))
	for n, o := range []office{with, without} {
		o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
		o.add(t, "p-x", who("own:Reem, family:Haddad", "1988", "person"), "t-utrecht", "u-jan")
		if n == 0 {
			o.add(t, "p-b", again2, "t-utrecht", "u-marwan")
			o.add(t, "p-c", who("Tesfay, Habtom", "12-3-1987", "ind", from("Eritrea")), o.north, "u-far")
		} else {
			o.add(t, "p-b", who("own:Almaz", "1970", "person"), "t-utrecht", "u-marwan")
			o.add(t, "p-c", who("own:Yusuf", "1971", "person"), o.north, "u-far")
		}
		o.walk(t)
	}
	if len(with.pairs(t)) != 3 || len(without.pairs(t)) != 0 {
		t.Fatalf("the worlds: %v and %v", with.pairs(t), without.pairs(t))
	}
	pair := with.theOnes(t)
	for _, a := range []access.Actor{amira, jan, desk, pieter} {
		x, y := with.As(a), without.As(a)
		for _, path := range []string{"/dubbelen", "/toegang", "/elders", "/dossiers", "/dossier/p-a", "/dossier/p-a?samen=1", "/dossier/p-b", "/zoeken?q=Tesfay", "/dubbelen/" + pair[0], "/dubbelen/" + pair[1], "/dubbelen/" + pair[2]} {
			got, want := x.Get(path), y.Get(path)
			if got.Code != want.Code || plainBody(got.Body) != plainBody(want.Body) {
				t.Errorf("%s, %s: %d and %d can be told apart", a.ID, path, got.Code, want.Code)
			}
		}
		for _, id := range pair {
			for _, act := range []string{"", "/los", "/antwoord", "/toegang"} {
				with.absent(t, x, x.Post("/dubbelen/"+id+act, webtest.Form("what", "same", "main", "p-a", "words", "x", "reason", "x", "antwoord", "yes")), a.ID+" "+act)
			}
		}
	}
	for _, state := range with.pairs(t) {
		if !strings.HasSuffix(state, string(Open)) {
			t.Errorf("somebody without both records changed %s", state)
		}
	}
}

// plainBody is a page without the keys of its forms, which differ every time.
func plainBody(s string) string {
	var out []string
	for line := range strings.SplitSeq(s, "<input") {
		if strings.Contains(line, `name="_once"`) {
			_, line, _ = strings.Cut(line, ">")
		}
		out = append(out, line)
	}
	return strings.Join(out, "<input")
}

func (o office) theOnes(t *testing.T) []string {
	t.Helper()
	ids, err := db.Many[string](t.Context(), o.d, db.F(`SELECT id FROM identity_pair ORDER BY id`))
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// Between two teams: the leader hears that there is somebody, asks, is answered by the other side, and both say yes.
func TestTwoTeamsFindEachOther(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		far, farLead := o.far()
		o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
		o.add(t, "p-b", who("ተስፋይ, ሃብቶም", "12-3-1987", "unhcr", from("Eritrea"), at("Geheimstraat 7")), o.north, "u-far")
		o.walk(t)
		id := o.theOne(t)
		path := "/dubbelen/" + id
		lead, work := o.As(noor), o.As(amira)

		hasNot(t, work.Get("/dubbelen"), "a caseworker of one side hears nothing", path)
		has(t, lead.Get("/dubbelen"), "the leader hears", path, "Iemand elders is misschien dezelfde persoon")
		closed := lead.Get(path)
		has(t, closed, "what the leader is shown", "hetzelfde", "dezelfde geboortedatum", "de naam klinkt hetzelfde")
		secrets := []string{"p-a", "p-b", "Tesfay", "Habtom", "ተስፋይ", "Geheimstraat", "12-03", "1987", "u-far", o.north}
		hasNot(t, closed, "of nobody a name, a day or a place", secrets...)
		hasNot(t, lead.Get("/dubbelen"), "nor on the list", secrets...)
		if n := o.looks(t, "p-b", "identity.event.hinted"); n != 1 {
			t.Errorf("the hint stands %d times in the log of the other record", n)
		}
		o.absent(t, lead, lead.Post(path, webtest.Form("what", "same", "main", "p-a")), "linking what is closed")

		has(t, lead.Post(path+"/toegang", nil), "asking without why", "Schrijf kort waarom")
		asked := lead.Post(path+"/toegang", webtest.Form("reason", "hij zit aan tafel"))
		moved(t, asked, "asking")
		request, _, _ := strings.Cut(asked.To, "?")
		own := lead.Get(request)
		has(t, own, "the asker reads", "wacht op antwoord", "hij zit aan tafel")
		hasNot(t, own, "the asker is not told of whom", "p-b", "ተስፋይ", "u-far")
		o.absent(t, o.As(jan), o.As(jan).Get(request), "somebody else's request")
		if a := lead.Post(request, webtest.Form("antwoord", "yes")); a.Code != 403 {
			t.Errorf("answering one's own request: %d", a.Code)
		}

		other := o.As(far)
		has(t, other.Get("/toegang"), "those responsible", request, "ተስፋይ ሃብቶም")
		has(t, other.Get(request), "they read", "hij zit aan tafel", "14 dagen")
		has(t, o.As(farLead).Get(request), "so does their leader", "hij zit aan tafel")
		hasNot(t, o.As(farLead).Get(request), "without the name", "ተስፋይ")
		has(t, other.Post(request, webtest.Form("antwoord", "no")), "no without why", "Schrijf kort waarom")
		moved(t, other.Post(request, webtest.Form("antwoord", "yes")), "yes")
		if a := other.Post(request, webtest.Form("antwoord", "no", "words", "toch niet")); a.Code != 409 {
			t.Errorf("answering twice: %d", a.Code)
		}

		// The caseworker for whom the leader asked is let in; the leader is not.
		g, err := access.Find(t.Context(), d, amira, "p-b", access.DeskLevel, d.Now())
		if err != nil || g.Why != access.Asked || g.Level != access.DeskLevel || !g.Until.Equal(d.Now().Add(letInFor)) {
			t.Errorf("the grant: %+v %v", g, err)
		}
		if _, err := access.Find(t.Context(), d, noor, "p-b", access.Note, d.Now()); err == nil {
			t.Error("the leader was let in")
		}
		work = o.As(amira)
		has(t, work.Get(path), "now she compares", "= gelijk", "Geheimstraat 7")
		moved(t, work.Post(path, webtest.Form("what", "same", "main", "p-b")), "her yes")
		if got := o.pairs(t); fmt.Sprint(got) != "[p-a+p-b very half]" {
			t.Fatalf("after one yes: %v", got)
		}
		has(t, work.Post(path, webtest.Form("what", "same", "main", "p-b")), "a second yes of the same side", "andere team")
		has(t, other.Get("/dubbelen"), "the other side is asked", path)
		asks := other.Get(path)
		has(t, asks, "what it is asked", "zegt: dit is dezelfde persoon", "Amira Haddad")
		hasNot(t, asks, "and shown nothing of the other record", "p-a", "Woldu")
		has(t, other.Post(path+"/antwoord", webtest.Form("antwoord", "no")), "no without why", "Schrijf kort waarom")
		moved(t, other.Post(path+"/antwoord", webtest.Form("antwoord", "yes")), "its yes")
		if got := o.pairs(t); fmt.Sprint(got) != "[p-a+p-b very linked]" {
			t.Fatalf("after both: %v", got)
		}

		// A link is not a look: after the fourteen days she sees no more than the notice.
		o.clock.Advance(letInFor)
		work = o.As(amira)
		file := work.Get("/dossier/p-a?samen=1")
		has(t, file, "the notice", "Deze persoon heeft nog een dossier", "niet voor jou open")
		hasNot(t, file, "nothing of the other record", "p-b", "ሃብቶም</a>", "Geheimstraat", "Gesprek in p-b")
		o.absent(t, work, work.Get("/dossier/p-b"), "the other record")
		has(t, work.Get(request), "the request is over", "voorbij")
	})
}

func TestAGrantThatWasLentEndsWhenItIsTakenBack(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
	var id string
	o.tx(t, func(tx *db.Tx) (err error) {
		id, err = o.i.ask(t.Context(), tx, jan, "p-a", "", "u-jan", "waarom")
		return err
	})
	again := ""
	o.tx(t, func(tx *db.Tx) (err error) {
		again, err = o.i.ask(t.Context(), tx, jan, "p-a", "", "u-jan", "nog eens")
		return err
	})
	if again != id {
		t.Error("a request that waits was made twice")
	}
	moved(t, o.As(amira).Post("/toegang/"+id, webtest.Form("antwoord", "yes")), "yes")
	v := o.As(jan)
	has(t, v.Get("/dossier/p-a"), "he looks along", "Tesfay Habtom Woldu")
	if a := v.Post("/dossier/p-a/kaart", nil); a.Code != 403 {
		t.Errorf("a card by who looks along: %d", a.Code)
	}
	o.absent(t, v, v.Get("/dossier/p-a/gegevens"), "changing facts")
	moved(t, o.As(amira).Post("/toegang/"+id+"/terug", nil), "taking it back")
	o.absent(t, v, v.Get("/dossier/p-a"), "after it was taken back")
	has(t, v.Get("/toegang/"+id), "he reads that it ended", "gestopt")
}

// One timeline is shown only to who may see both, when they ask, and each record has a look of its own in its log.
func TestOneTimelineIsALookAtEachRecord(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
	o.add(t, "p-b", again2, "t-utrecht", "u-amira")
	o.give(t, "p-a", "u-marwan", access.Assignment, access.File)
	o.walk(t)
	o.tx(t, func(tx *db.Tx) error {
		_, err := o.i.decide(t.Context(), tx, amira, o.theOne(t), Verdict{What: same, Main: "p-a"}, clock.Date{}, true, true)
		return err
	})
	both, one := o.As(amira), o.As(marwan)
	alone := both.Get("/dossier/p-a")
	has(t, alone, "without asking", "Gesprek in p-a", "Toon ook het gekoppelde dossier")
	hasNot(t, alone, "without asking", "Gesprek in p-b")
	if n := o.looks(t, "p-b", "dossier.event.together"); n != 0 {
		t.Errorf("%d looks at the other record before anybody asked", n)
	}
	has(t, both.Get("/dossier/p-a?samen=1"), "when she asks", "Gesprek in p-a", "Gesprek in p-b", "uit het dossier van ተስፋይ ሃብቶም")
	if n := o.looks(t, "p-b", "dossier.event.together"); n != 1 {
		t.Errorf("%d looks at the other record after she asked", n)
	}
	page := one.Get("/dossier/p-a?samen=1")
	has(t, page, "who may see one", "Gesprek in p-a", "niet voor jou open")
	hasNot(t, page, "who may see one", "Gesprek in p-b", "p-b", "Toon ook")
	hasNot(t, one.Get("/dossier/p-a"), "who may see one is offered nothing", "Toon ook", "p-b")
	// The person is told, and of the other record nothing.
	mine := o.As(self("p-b"))
	told := mine.Get("/mijn/inzage")
	has(t, told, "the person", "Twee dossiers van u")
	hasNot(t, told, "nothing of the other record", "Tesfay", "p-a", "amira")
}

// Two identifiers, one masked answer, a request, and a review.
func TestKnownElsewhereIsMaskedAskedAndReviewed(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.add(t, "p-b", who("own:Tesfay, father:Habtom, grandfather:Woldu", "12-3-1987", "unhcr", from("Eritrea"), at("Geheimstraat 7"), v("2819940173")), o.north, "u-far")
		o.add(t, "p-c", who("Tesfay, Habtom", "12-3-1987", "ind", from("Eritrea")), o.north, "u-far")
		o.add(t, "p-d", who("own:Dawit, father:Habtom, grandfather:Woldu", "12-3-1987", "ind", from("Eritrea")), o.north, "u-far") // the twin
		o.walk(t)
		v := o.As(amira)
		one := v.Post("/dossiers/bekend", webtest.Form("called", "Tesfay Habtom"))
		hasNot(t, one, "one identifier", "elders", "toegang", "andere collega")
		form := webtest.Form("called", "Tesfai Habtom", "birth_day", "12", "birth_month", "3", "birth_year", "1987")
		told := v.Post("/dossiers/bekend", form)
		has(t, told, "two identifiers", "bij een andere collega", "dezelfde geboortedatum", "/elders/vraag/")
		hasNot(t, told, "one masked answer", "Woldu", "p-b", "p-c", "281", "Geheimstraat", "u-far", "Tesfay")
		if n := strings.Count(told.Body, "/elders/vraag/"); n != 1 {
			t.Errorf("%d answers", n)
		}
		twin := v.Post("/dossiers/bekend", webtest.Form("called", "Mehari", "name", "Mehari", "role", "own", "name", "Habtom", "role", "father", "name", "Woldu", "role", "grandfather", "birth_day", "12", "birth_month", "3", "birth_year", "1987"))
		hasNot(t, twin, "a brother of them", "andere collega")

		_, rest, _ := strings.Cut(told.Body, "/elders/vraag/")
		check, _, _ := strings.Cut(rest, `"`)
		has(t, v.Get("/elders/vraag/"+check), "asking", "Waarmee iemand gevonden is", "de naam")
		o.absent(t, o.As(jan), o.As(jan).Get("/elders/vraag/"+check), "another's question")
		asked := v.Post("/elders/vraag/"+check, webtest.Form("reason", "zij zit bij mij"))
		moved(t, asked, "asking")
		request, _, _ := strings.Cut(asked.To, "?")
		far, _ := o.far()
		has(t, o.As(far).Get(request), "those responsible", "zij zit bij mij", "Amira Haddad")
		moved(t, o.As(far).Post(request, webtest.Form("antwoord", "no", "words", "dit is iemand anders")), "no")
		refused := v.Get(request)
		has(t, refused, "the answer", "Het antwoord is nee", "dit is iemand anders")
		hasNot(t, refused, "and not by whom", "u-far")

		day := clock.Today(d.Now()).String()
		list := "/elders/u-amira/" + day
		has(t, o.As(pieter).Get("/elders"), "the privacy officer", list, "1 keer iemand gevonden")
		has(t, o.As(noor).Get("/elders"), "the leader of the team", list)
		// What four hundred days of others take no place of theirs.
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			for i := range 400 {
				if _, err := db.Do(t.Context(), tx, db.F(`INSERT INTO dossier_asked (id, actor, day, at, hits) VALUES (?,?,?,?,1)`, db.ID("da", tx.Now), fmt.Sprintf("a-%03d", i), day, tx.Now)); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		has(t, o.As(noor).Get("/elders"), "the leader of the team, among many", list)
		_, farLead := o.far()
		hasNot(t, o.As(farLead).Get("/elders"), "a leader elsewhere", list)
		o.absent(t, o.As(farLead), o.As(farLead).Get(list), "a day of another team")
		both := amira
		both.Posts = append(both.Posts, noor.Posts...)
		o.absent(t, o.As(both), o.As(both).Get(list), "one's own day")
		page := o.As(noor).Get(list)
		has(t, page, "the day", "iemand, één antwoord zonder naam", "1 keer is daarna om toegang gevraagd")
		hasNot(t, page, "of nobody a name", "p-b", "p-c", "Tesfa", "Habtom")
		has(t, o.As(noor).Post(list, webtest.Form("verdict", "wrong")), "not in order without why", "Schrijf kort waarom")
		moved(t, o.As(noor).Post(list, webtest.Form("verdict", "talk", "words", "even vragen")), "reviewed")
		has(t, o.As(pieter).Get(list), "what was found", "gesprek nodig", "even vragen")

		// A question of yesterday asks for nothing any more.
		o.clock.Advance(24 * time.Hour)
		o.absent(t, o.As(amira), o.As(amira).Get("/elders/vraag/"+check), "yesterday's question")
	})
}

func TestWhatIsKeptIsToldAndErased(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, lines))
	o.add(t, "p-a", tesfay, "t-utrecht", "u-amira")
	o.add(t, "p-b", again2, "t-utrecht", "u-amira")
	o.walk(t)
	o.tx(t, func(tx *db.Tx) error {
		if _, err := o.i.decide(t.Context(), tx, amira, o.theOne(t), Verdict{What: same, Main: "p-a", Words: "over de ander"}, clock.Date{}, true, true); err != nil {
			return err
		}
		_, err := o.i.ask(t.Context(), tx, jan, "p-a", "", "u-jan", "mijn reden")
		return err
	})
	x, err := o.i.Keeper().Export(t.Context(), o.d, o.v, "p-a")
	if err != nil {
		t.Fatal(err)
	}
	told := fmt.Sprintf("%+v", x)
	for _, s := range []string{"linked", "mijn reden", "u-amira"} {
		if !strings.Contains(told, s) {
			t.Errorf("%q is not in the export: %s", s, told)
		}
	}
	for _, s := range []string{"p-b", "over de ander"} {
		if strings.Contains(told, s) {
			t.Errorf("%q of the other record is in the export", s)
		}
	}
	o.tx(t, func(tx *db.Tx) error { return o.i.Keeper().Erase(t.Context(), tx, "p-a") })
	for _, f := range []db.Frag{db.F(`SELECT COUNT(*) FROM identity_pair`), db.F(`SELECT COUNT(*) FROM identity_step`), db.F(`SELECT COUNT(*) FROM identity_link`), db.F(`SELECT COUNT(*) FROM identity_request`), db.F(`SELECT COUNT(*) FROM identity_walk WHERE person = 'p-a'`)} {
		if n := o.count(t, f); n != 0 {
			t.Errorf("%s: %d", f.SQL, n)
		}
	}
}

func TestFactsLieBesideEachOtherWithASign(t *testing.T) {
	a := who("own:Tesfay, father:Habtom", "12-3-1987", "person", v("2819940173"), from("Eritrea"), tel("+31612345111"))
	b := who("ተስፋይ, ሃብቶም", "3-12-1987", "ind", from("Ethiopië"))
	b.Others = map[string][]dossier.Value{"nationality": {{Unknown: true, Source: "unhcr"}}, "vnumber": {{Text: "2819940173", Source: "ind", Disputed: true}}}
	want := map[string]string{"name": signAlike, "called": signAlike, "birth": signAlike, "vnumber": signSame, "nationality": signDiffers, "phone": signUnknown}
	fs := map[string]string{}
	for _, f := range Compare(names.Compare).facts(a, b) {
		fs[f.Name] = f.Sign
	}
	for name, s := range want {
		if fs[name] != s {
			t.Errorf("%s: %s, want %s", name, fs[name], s)
		}
	}
	if _, ok := fs["lives"]; ok {
		t.Error("a fact that neither has is shown")
	}
	said := func(ss ...string) (out []dossier.Statement) {
		for _, s := range ss {
			out = append(out, dossier.Statement{Text: s + " sinds 2019", Core: s})
		}
		return out
	}
	if f := lent("x", said("Gilze", "Ter Apel"), said("ter apel")); f.Sign != signSame {
		t.Errorf("the same place: %q", f.Sign)
	}
	if f := lent("x", said("Gilze"), said("Ter Apel")); f.Sign != "" {
		t.Errorf("another place is a sign: %q", f.Sign)
	}
	p := dossier.Profile{Called: "Tesfay", Lives: "Gilze", Origins: map[string]dossier.Origin{"lives": {Source: "ind", Disputed: true}}}
	for _, f := range Compare(names.Compare).facts(p, dossier.Profile{}) {
		switch {
		case f.Name == "lives" && (f.A[0].Source != "ind" || !f.A[0].Disputed), f.Name == "called" && f.A[0].Source != "person":
			t.Errorf("%s comes from %+v", f.Name, f.A[0])
		}
	}
}
