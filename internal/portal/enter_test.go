package portal

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

func TestPINs(t *testing.T) {
	today := clock.On(2026, 11, 24)
	for pin, weak := range map[string]bool{"1234": true, "0000": true, "9876": true, "7890": true, "1991": true, "2026": true, "2027": false, "1370": true, "1405": true, "2580": true,
		"01011991": true, "19910503": true, "030591": true, "910503": true, "4815": false, "27182": false, "493817": false, "49381756": false, "9999999": true, "12345678": true} {
		if Weak(pin, today) != weak {
			t.Errorf("%s: weak is %v", pin, !weak)
		}
	}
	for s, want := range map[string]string{"4815": "4815", "۴۸۱۵": "4815", "٤٨١٥": "4815", " 48 15 ": "4815", "48-15": "4815", "4٨۱5": "4815", "123": "", "123456789": "", "48a5": "", "": "", "፬፰፩፭": ""} {
		if got, ok := ReadPIN(s); (ok && got != want) || ok != (want != "") {
			t.Errorf("%q: %q %v", s, got, ok)
		}
	}
	for n, want := range map[int]time.Duration{0: 0, 2: 0, 3: time.Minute, 4: 2 * time.Minute, 9: 64 * time.Minute, 10: forEver, 50: forEver} {
		if got := CardWait(n); got != want {
			t.Errorf("after %d failures a card waits %v", n, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 10000).Draw(t, "n")
		if a, b := AddressWait(n), AddressWait(n+1); a > b || b > longestWait || (n < freeByAddress && a != 0) {
			t.Fatalf("an address waits %v after %d failures and %v after one more", a, n, b)
		}
	})
}

func TestTheFirstPINIsChosenOnceAndOpensOnesOwnDoor(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		v := h.Guest()
		first := v.Get("/mijn/inloggen?taal=nl&kaart=tree3479")
		h.want("a scanned card", first, 200, `value="TREE 3479"`, "Code van uw kaart")
		h.lacks("a scanned card", first, "pincode kiezen", "Selam")
		h.want("the code", v.Post("/mijn/inloggen?taal=nl", webtest.Form("code", "tree - 3479 ")), 200, "Uw pincode", "Pincode kiezen")
		for bad, key := range map[string]string{"1234": "moeilijker te raden", "12": "vier tot acht cijfers", "abcd": "vier tot acht cijfers", "1991": "moeilijker te raden"} {
			h.want("choosing "+bad, choose(v, selamCard, bad), 422, key)
		}
		a := v.Post("/mijn/inloggen?taal=nl", webtest.Form("code", selamCard, "eerste", "1", "nieuw", pin, "pin2", "4816"))
		h.want("two that differ", a, 422, "niet gelijk", `href="#f-pin2"`)
		if a := choose(v, "tree 3479", "٤٨١٥"); a.Code != 303 || a.To != "/mijn" {
			t.Fatalf("choosing: %d %s", a.Code, text(a.Body))
		}
		home := v.Get("/mijn?taal=nl")
		h.want("home", home, 200, "Selam", "<title>Reisgezel</title>", "De IND en het COA kunnen")
		h.lacks("home", home, "Reem")
		if home.Header.Get("Cache-Control") != "no-store" {
			t.Error("the page may be kept")
		}
		h.want("the page of staff", v.Get("/dossier/p-selam"), 404)
		h.want("the tab of staff", v.Get("/dossier/p-selam/portaal"), 404)
		h.want("choosing again", choose(h.Guest(), selamCard, "93817"), 422, "Dit lukte niet")
		if a := try(h.Guest(), selamCard, "۴۸۱۵"); a.Code != 303 {
			t.Errorf("the PIN in other digits: %d", a.Code)
		}
		if n := h.count(db.F(`SELECT COUNT(*) FROM portal_try`)); n != 1 {
			t.Errorf("%d failures are counted at this address; a success must not count", n)
		}
	})
}

func TestIdleAsksThePINOnly(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		v := h.in(selamCard)
		h.clock.Advance(web.IdleClient)
		h.want("just in time", v.Get("/mijn"), 200)
		h.clock.Advance(web.IdleClient + time.Second)
		if a := v.Get("/mijn/inzage"); a.Code != 303 || !strings.Contains(a.To, "verder=%2Fmijn%2Finzage") {
			t.Fatalf("after ten idle minutes: %d %s", a.Code, a.To)
		}
		page := v.Get("/mijn/inloggen?taal=nl&verder=/mijn/inzage")
		h.want("the telephone knows the card", page, 200, "Uw pincode", "Een andere kaart")
		h.lacks("the telephone knows the card", page, selamCard, "TREE", "Selam", "Pincode kiezen")
		h.want("a wrong PIN", v.Post("/mijn/inloggen?taal=nl", webtest.Form("pin", "9173", "verder", "/mijn/inzage")), 422, "Dit lukte niet", "Een andere kaart")
		if a := v.Post("/mijn/inloggen", webtest.Form("pin", pin, "verder", "/mijn/inzage")); a.Code != 303 || a.To != "/mijn/inzage" {
			t.Errorf("the PIN alone: %d %s", a.Code, a.To)
		}
		h.want("another card", v.Get("/mijn/inloggen?andere=1"), 303) // already in
		v.Post("/mijn/uitloggen", nil)
		out := v.Get("/mijn/inloggen?taal=nl")
		h.want("signed out, the telephone forgot", out, 200, "Code van uw kaart")
		v = h.Guest()
		try(v, selamCard, pin)
		h.clock.Advance(web.MaxAge + time.Minute)
		h.want("after half a day", v.Get("/mijn/inloggen?taal=nl"), 200, "Code van uw kaart")
		for _, to := range []string{"//evil.example", "https://evil.example", "/vandaag", "/mijnevil", "/mijn/\\evil"} {
			if a := h.Guest().Post("/mijn/inloggen", webtest.Form("code", selamCard, "pin", pin, "verder", to)); a.To != "/mijn" {
				t.Errorf("going on to %s: %s", to, a.To)
			}
		}
	})
}

// Every way to no answers with the same bytes, writes the same rows and takes the same hash.
func TestAStrangerLearnsNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.in(selamCard)
		v := h.Guest() // cookies of one stranger: the pages must not differ by them either
		type answer struct{ body, heads, rows string }
		say := func(code, pin string, first bool) answer {
			t.Helper()
			before := [2]int{h.count(db.F(`SELECT COUNT(*) FROM portal_try`)), h.count(db.F(`SELECT COUNT(*) FROM audit_entry`))}
			ask := try
			if first {
				ask = choose
			}
			a := ask(v, code, pin)
			if a.Code != 422 {
				t.Errorf("%s %s: %d", code, pin, a.Code)
			}
			after := [2]int{h.count(db.F(`SELECT COUNT(*) FROM portal_try`)), h.count(db.F(`SELECT COUNT(*) FROM audit_entry`))}
			return answer{strings.ReplaceAll(a.Body, code, "CODE"), headers(a), string(rune('0'+after[0]-before[0])) + string(rune('0'+after[1]-before[1]))}
		}
		step := func(code string) string {
			a := v.Post("/mijn/inloggen?taal=nl", webtest.Form("code", code))
			if a.Code != 200 {
				t.Errorf("the code %s: %d", code, a.Code)
			}
			return strings.ReplaceAll(a.Body, code, "CODE")
		}
		if step(selamCard) != step(noCard) || step(selamCard) != step(reemCard) {
			t.Error("the page of the PIN tells whether a card exists")
		}
		wrong := say(selamCard, "9173", false)
		for name, got := range map[string]answer{"no such card": say(noCard, "9173", false), "a card without a PIN": say(reemCard, "9173", false)} {
			if got != wrong {
				t.Errorf("%s can be told from a wrong PIN: %v %v", name, got.heads, got.rows)
			}
		}
		taken := say(selamCard, "9173", true)
		if got := say(noCard, "9173", true); got != taken {
			t.Errorf("choosing for no card can be told from choosing for one with a PIN")
		}
		for range lastTry {
			h.clock.Advance(3 * time.Hour)
			say(selamCard, "9173", false)
		}
		if got := say(selamCard, pin, false); got != wrong {
			t.Error("a blocked card can be told from a wrong PIN")
		}
		h.clock.Advance(40 * 24 * time.Hour)
		try(v, noCard, "9173") // the tries of before are thrown away by the next one
		if got := say(selamCard, pin, false); got != wrong {
			t.Error("the tenth failure must block until the desk helps")
		}
		if got := say(reemCard, "93817", true); got != taken {
			t.Error("a card older than a fortnight lets nobody choose, and says so like all others")
		}
		h.card("p-selam", "NEXT3479")
		if got := say(selamCard, pin, false); got != wrong {
			t.Error("a card that ended can be told")
		}
	})
}

func TestTriesAtOnceCountAsTriesInARow(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.in(selamCard)
		var wg sync.WaitGroup
		for i := range 12 {
			wg.Go(func() {
				try(h.Guest(), selamCard, "917"+string(rune('0'+i%10)))
			})
		}
		wg.Wait()
		// Three are free; whatever came with them found the card waiting.
		if n := h.count(db.F(`SELECT fails FROM portal_pin WHERE person = 'p-selam'`)); n != freeTries {
			t.Errorf("%d of twelve at once were checked, want %d", n, freeTries)
		}
		if a := try(h.Guest(), selamCard, pin); a.Code != 422 {
			t.Errorf("the right PIN while the card waits: %d", a.Code)
		}
		h.clock.Advance(time.Minute + time.Second)
		if a := try(h.Guest(), selamCard, pin); a.Code != 303 {
			t.Errorf("the right PIN after the wait: %d", a.Code)
		}
		if n := h.count(db.F(`SELECT fails FROM portal_pin WHERE person = 'p-selam'`)); n != 0 {
			t.Errorf("%d failures are left after a success", n)
		}
	})
}

func TestOfTwoWhoChooseAtOnceOneDoes(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		var mu sync.Mutex
		var wg sync.WaitGroup
		in := 0
		for _, p := range []string{"93817", "27182", "60421", "48153"} {
			wg.Go(func() {
				if a := choose(h.Guest(), selamCard, p); a.Code == 303 {
					mu.Lock()
					in++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if in != 1 {
			t.Errorf("%d chose", in)
		}
	})
}

func TestAnAddressWaitsToo(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	h := setup(t, d)
	h.in(selamCard)
	for range freeByAddress {
		try(h.Guest(), noCard, "9173")
	}
	before := h.count(db.F(`SELECT COUNT(*) FROM audit_entry`))
	h.want("the right PIN from an address that waits", try(h.Guest(), selamCard, pin), 422, "Dit lukte niet")
	if after := h.count(db.F(`SELECT COUNT(*) FROM audit_entry`)); after != before {
		t.Error("an address that waits still fills the log")
	}
	h.clock.Advance(31 * time.Second)
	h.want("after the wait", try(h.Guest(), selamCard, pin), 303)
	h.clock.Advance(2 * time.Hour)
	try(h.Guest(), noCard, "9173")
	if n := h.count(db.F(`SELECT COUNT(*) FROM portal_try`)); n != 1 {
		t.Errorf("%d tries are kept longer than an hour", n)
	}
}

func TestFaceToFaceAnotherPINIsChosen(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.in(selamCard)
		h.clock.Advance(30 * 24 * time.Hour)
		for range lastTry {
			h.clock.Advance(3 * time.Hour)
			try(h.Guest(), selamCard, "9173")
		}
		ria := h.As(h.ria)
		h.want("nobody is there", ria.Get("/dossier/p-selam/portaal"), 404)
		h.want("nobody is there", ria.Post("/dossier/p-selam/portaal", nil), 404)
		h.present()
		h.want("the tab", ria.Get("/dossier/p-selam/portaal?taal=nl"), 200, "Geblokkeerd na tien fouten", "Nu nergens ingelogd", "Nieuwe pincode laten kiezen")
		h.want("resetting", ria.Post("/dossier/p-selam/portaal", nil), 303)
		h.want("the tab after it", ria.Get("/dossier/p-selam/portaal?taal=nl"), 200, "kan met de kaart een pincode kiezen, tot morgen")
		h.want("the old PIN", try(h.Guest(), selamCard, pin), 422)
		v := h.Guest()
		h.want("a new one", choose(v, selamCard, "93817"), 303)
		h.want("a second new one", choose(h.Guest(), selamCard, "27182"), 422)
		h.want("the tab", ria.Get("/dossier/p-selam/portaal?taal=nl"), 200, "Pincode gekozen op")
		looks := v.Get("/mijn/inzage?taal=nl")
		h.want("it is told to the person", looks, 200, "Ria", "vrijwilliger", "u was op het spreekuur (\u2068", "liet u een nieuwe pincode kiezen", "koos een pincode", "Iemand probeerde in te loggen")
		h.want("ending every session", ria.Post("/dossier/p-selam/portaal/uitloggen", nil), 303)
		h.want("she is out", v.Get("/mijn"), 303)
		// The offer ends by itself.
		v = h.Guest()
		h.want("in again", try(v, selamCard, "93817"), 303)
		h.want("resetting again", ria.Post("/dossier/p-selam/portaal", nil), 303)
		h.want("a new PIN ends what was open", v.Get("/mijn"), 303)
		h.clock.Advance(Reopened + time.Second)
		h.want("a day later", choose(h.Guest(), selamCard, "93817"), 422)
	})
}

func TestAnEmergencyChangesNothingOfTheDoor(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	h := setup(t, d)
	v := h.in(selamCard)
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := access.Give(t.Context(), tx, access.Grant{Subject: "p-selam", Holder: "user:u-noor", Why: access.BreakGlass, Level: access.File, GivenBy: "u-noor", Until: tx.Now.Add(3 * time.Hour)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	noor := h.As(h.noor)
	page := noor.Get("/dossier/p-selam/portaal?taal=nl")
	h.want("she may look", page, 200, "Pincode gekozen")
	h.lacks("she may look", page, "Nieuwe pincode laten kiezen", "Uitloggen</button>")
	for _, path := range []string{"/dossier/p-selam/portaal", "/dossier/p-selam/portaal/uitloggen"} {
		a, never := noor.Post(path, nil), noor.Post(strings.Replace(path, "p-selam", "p-nobody", 1), nil)
		if a.Code != 404 || a.Body != never.Body {
			t.Errorf("in an emergency %s answers %d and can be told from what does not exist", path, a.Code)
		}
	}
	h.want("she is still in", v.Get("/mijn/inzage?taal=nl"), 200, "noodtoegang, wordt gecontroleerd")
}

func TestChangingThePIN(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		here, there := h.in(selamCard), h.Guest()
		try(there, selamCard, pin)
		change := func(old, a, b string) webtest.Answer {
			return here.Post("/mijn/instellingen?taal=nl", webtest.Form("old", old, "pin", a, "pin2", b))
		}
		h.want("without the old one", change("9173", "27182", "27182"), 422, "niet uw oude pincode", `href="#f-old"`)
		h.want("a year", change(pin, "1991", "1991"), 422, "moeilijker te raden")
		h.want("all faults at once", change("", "1", "2"), 422, "niet uw oude pincode", "vier tot acht cijfers")
		if n := h.count(db.F(`SELECT fails FROM portal_pin WHERE person = 'p-selam'`)); n != 1 {
			t.Errorf("%d tries are counted; a slip in the new PIN must not cost one", n)
		}
		h.want("changing", change(pin, "27182", "27182"), 303)
		if a, b := here.Get("/mijn"), there.Get("/mijn"); a.Code != 200 || b.Code != 303 {
			t.Errorf("here %d, there %d: the other session must end", a.Code, b.Code)
		}
		h.want("the old one", try(h.Guest(), selamCard, pin), 422)
		h.want("the new one", try(h.Guest(), selamCard, "27182"), 303)
		for range freeTries {
			change("9173", "48153", "48153")
		}
		h.want("guessing on an open telephone", change("27182", "48153", "48153"), 422, "Te vaak fout")
	})
}

func TestSessionsAreOnesOwn(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	h := setup(t, d)
	here, there, reem := h.in(selamCard), h.Guest(), h.in(reemCard)
	try(there, selamCard, pin)
	ss, err := web.Sessions(t.Context(), d, access.IsSelf, "p-selam", d.Now())
	if err != nil || len(ss) != 2 {
		t.Fatalf("%v %v", ss, err)
	}
	for _, s := range ss {
		h.want("somebody else's session", reem.Post("/mijn/instellingen/sessie", webtest.Form("session", s.ID)), 303)
	}
	h.want("still in", there.Get("/mijn"), 200)
	h.want("the list", here.Get("/mijn/instellingen?taal=nl"), 200, "dit apparaat", "een ander apparaat", "Uitloggen daar")
	for _, s := range ss {
		if s.Begun.Equal(ss[0].Begun) && s.ID == ss[0].ID {
			here.Post("/mijn/instellingen/sessie", webtest.Form("session", s.ID))
		}
	}
	if a, b := here.Get("/mijn"), there.Get("/mijn"); (a.Code == 200) == (b.Code == 200) {
		t.Errorf("one of two must be out: %d %d", a.Code, b.Code)
	}
}

func TestFormsOfOthersSitesAreRefused(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	h := setup(t, d)
	r, err := http.NewRequest(http.MethodPost, h.Server.URL+"/mijn/inloggen", strings.NewReader("code="+selamCard+"&eerste=1&nieuw=4815&pin2=4815"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "https://evil.example")
	if a := h.Guest().Send(r); a.Code != 403 {
		t.Errorf("%d", a.Code)
	}
}
