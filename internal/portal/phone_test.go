package portal

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

const selamPhone = "06 12 34 56 78"

var (
	asked  = regexp.MustCompile(`name="vraag" value="([^"]+)"`)
	sixes  = regexp.MustCompile(`\b\d{6}\b`)
	byTele = "/mijn/inloggen/telefoon?taal=nl"
)

// carried is the newest message on a telephone, and how many there were.
func (h house) carried() (to, text string, n int) {
	h.t.Helper()
	if err := h.out.Deliver(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	ms := h.out.Shown()
	if len(ms) == 0 {
		return "", "", 0
	}
	return ms[0].To, ms[0].Text, len(ms)
}

// withPhone is Selam, in, with her telephone as another way in.
func (h house) withPhone() *webtest.Visitor {
	h.t.Helper()
	v := h.in(selamCard)
	page := v.Get("/mijn/instellingen/telefoon?taal=nl")
	h.want("her own page", page, 200, "Uw telefoonnummer")
	h.lacks("a shared telephone is not proposed", page, "612345678")
	if a := v.Post("/mijn/instellingen/telefoon?taal=nl", webtest.Form("nummer", selamPhone, "pin", pin)); a.Code != 303 {
		h.t.Fatalf("asking: %d %s", a.Code, text(a.Body))
	}
	to, said, _ := h.carried()
	if to != "+31612345678" || !strings.Contains(said, "tien minuten") || strings.Contains(said, "Vluchtelingenwerk") || strings.Contains(said, "Reisgezel") {
		h.t.Errorf("sent to %s: %s", to, said)
	}
	h.want("waiting for the code", v.Get("/mijn/instellingen/telefoon?taal=nl"), 200, "••• 678", "Zes cijfers")
	h.want("a wrong code", v.Post("/mijn/instellingen/telefoon?taal=nl", webtest.Form("code", "000000")), 422, "Dit lukte niet")
	if a := v.Post("/mijn/instellingen/telefoon?taal=nl", webtest.Form("code", sixes.FindString(said))); a.Code != 303 || !strings.Contains(a.To, "portal.said.phone") {
		h.t.Fatalf("proving: %d %s", a.Code, text(a.Body))
	}
	return v
}

// ask asks for a code with a number, and gives the sign of that question.
func (h house) ask(v *webtest.Visitor, number string) string {
	h.t.Helper()
	a := v.Post(byTele, webtest.Form("nummer", number))
	h.want("asking for a code with "+number, a, 200, "Als wij dit nummer kennen")
	m := asked.FindStringSubmatch(a.Body)
	if m == nil {
		h.t.Fatal(text(a.Body))
	}
	return m[1]
}

func TestACodeOnTheTelephoneLetsIn(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		mine := h.withPhone()
		h.want("it is on", mine.Get("/mijn/instellingen/telefoon?taal=nl"), 200, "••• 678", "Hiermee stoppen")
		v := h.Guest()
		h.want("the other way in", v.Get("/mijn/inloggen?taal=nl"), 200, "Inloggen met een code op uw telefoon")
		q := h.ask(v, "0031 6-12345678")
		_, said, n := h.carried()
		code := sixes.FindString(said)
		if n != 2 || code == "" {
			t.Fatalf("%d messages, the last one: %s", n, said)
		}
		h.want("the code without the PIN", v.Post(byTele, webtest.Form("vraag", q, "code", code, "pin", "")), 422, "vier tot acht cijfers")
		h.want("letters", v.Post(byTele, webtest.Form("vraag", q, "code", "abc", "pin", pin)), 422, "zes cijfers")
		if a := v.Post(byTele, webtest.Form("vraag", q, "code", code, "pin", "4 8 1 5")); a.Code != 303 || a.To != "/mijn" {
			t.Fatalf("code and PIN: %d %s", a.Code, text(a.Body))
		}
		h.want("in", v.Get("/mijn?taal=nl"), 200, "Selam")
		if n := h.count(db.F(`SELECT COUNT(*) FROM portal_try`)); n != 0 {
			t.Errorf("%d tries are counted at this address: a success must not count", n)
		}
		h.want("the same code again", h.Guest().Post(byTele, webtest.Form("vraag", q, "code", code, "pin", pin)), 422, "Dit lukte niet")
		// Idle: the PIN alone.
		h.clock.Advance(web.IdleClient + time.Second)
		page := v.Get("/mijn/inloggen?taal=nl")
		h.want("the telephone knows who", page, 200, "Uw pincode")
		h.lacks("the telephone knows who", page, "p-selam", "612345678")
		h.want("a wrong PIN", v.Post("/mijn/inloggen?taal=nl", webtest.Form("pin", "9173")), 422, "Dit lukte niet")
		if a := v.Post("/mijn/inloggen?taal=nl", webtest.Form("pin", pin)); a.Code != 303 {
			t.Fatalf("the PIN alone: %d %s", a.Code, text(a.Body))
		}
		// The desk ends it: also for a telephone that remembers.
		h.present()
		ria := h.As(h.ria)
		tab := ria.Get("/dossier/p-selam/portaal?taal=nl")
		h.want("the tab of colleagues", tab, 200, "Inloggen met een code op de telefoon")
		h.lacks("the tab of colleagues", tab, "••• 678")
		if a := ria.Post("/dossier/p-selam/portaal/telefoon", nil); a.Code != 303 {
			t.Fatalf("ending it: %d %s", a.Code, text(a.Body))
		}
		if a := v.Get("/mijn"); a.Code != 303 {
			t.Errorf("still in: %d", a.Code)
		}
		h.want("the telephone that remembers", v.Post("/mijn/inloggen?taal=nl", webtest.Form("pin", pin)), 422, "Dit lukte niet")
		q = h.ask(h.Guest(), selamPhone)
		if _, _, n := h.carried(); n != 2 {
			t.Errorf("%d messages: one was sent after it was ended", n)
		}
		h.want("with a code that nobody got", h.Guest().Post(byTele, webtest.Form("vraag", q, "code", "123456", "pin", pin)), 422, "Dit lukte niet")
		if n := h.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND event IN ('portal.event.phone','portal.event.nophone')`)); n != 2 {
			t.Errorf("%d entries in the log, want that it was begun and ended", n)
		}
	})
}

func TestANumberTellsAStrangerNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.withPhone()
		v := h.Guest()
		tables := func() (n [4]int) {
			for i, f := range []db.Frag{db.F(`SELECT COUNT(*) FROM portal_code`), db.F(`SELECT COUNT(*) FROM portal_try`), db.F(`SELECT COUNT(*) FROM post_message`), db.F(`SELECT COUNT(*) FROM audit_entry`)} {
				n[i] = h.count(f)
			}
			return n
		}
		type answer struct {
			first, second, heads string
			rows                 [4]int
		}
		say := func(number string) answer {
			before := tables()
			a := v.Post(byTele, webtest.Form("nummer", number))
			m := asked.FindStringSubmatch(a.Body)
			if a.Code != 200 || m == nil {
				t.Fatalf("%s: %d %s", number, a.Code, text(a.Body))
			}
			b := v.Post(byTele, webtest.Form("vraag", m[1], "nummer", number, "code", "000000", "pin", pin))
			if b.Code != 422 {
				t.Errorf("a guess for %s: %d", number, b.Code)
			}
			after := tables()
			for i := range after {
				after[i] -= before[i]
			}
			same := strings.NewReplacer(m[1], "VRAAG", number, "NUMMER")
			return answer{same.Replace(a.Body), same.Replace(b.Body), headers(a) + headers(b), after}
		}
		known, unknown := say(selamPhone), say("06 99 99 99 99")
		if known != unknown {
			t.Errorf("a number that is somebody's can be told: %v %v", known.rows, unknown.rows)
		}
		if _, _, n := h.carried(); n != 2 {
			t.Errorf("%d messages, want one for each time that Selam's number was typed", n)
		}
		h.want("no number at all", v.Post(byTele, webtest.Form("nummer", "selam")), 422, "telefoonnummer")
	})
}

func TestCodesAreFewAndEnd(t *testing.T) {
	for i, c := range []struct {
		hour, day int
		may       bool
	}{{0, 0, true}, {2, 7, true}, {3, 3, false}, {0, 8, false}, {2, 8, false}} {
		if MaySend(c.hour, c.day) != c.may {
			t.Errorf("%d: %+v", i, c)
		}
	}
	seen := map[string]bool{}
	for range 200 {
		c := newCode()
		if _, ok := ReadPhoneCode(c); !ok {
			t.Fatalf("%q is no code", c)
		}
		seen[c] = true
	}
	if len(seen) < 190 {
		t.Errorf("200 codes, and only %d of them differ", len(seen))
	}
	for s, want := range map[string]string{"493 817": "493817", "٤٩٣٨١٧": "493817", "۴۹۳۸۱۷": "493817", "49381": "", "4938177": "", "49381a": "", "": ""} {
		if got, ok := ReadPhoneCode(s); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q %v", s, got, ok)
		}
	}
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.withPhone()
		v := h.Guest()
		right := func() (string, string) {
			q := h.ask(v, selamPhone)
			_, said, _ := h.carried()
			return q, sixes.FindString(said)
		}
		q, code := right()
		for range codeTries {
			h.want("a guess", v.Post(byTele, webtest.Form("vraag", q, "code", "000000", "pin", pin)), 422)
		}
		h.want("the right code after five guesses", v.Post(byTele, webtest.Form("vraag", q, "code", code, "pin", pin)), 422, "Dit lukte niet")
		if n := h.count(db.F(`SELECT fails FROM portal_pin WHERE person = 'p-selam'`)); n != 0 {
			t.Errorf("%d tries of the PIN are counted: whoever guesses codes must not lock her out", n)
		}
		q, code = right() // the third in this hour, with the one that proved the number
		_, _, before := h.carried()
		h.ask(v, selamPhone)
		if _, _, n := h.carried(); n != before {
			t.Error("a fourth message in an hour")
		}
		h.clock.Advance(CodeWorks)
		h.want("a code of ten minutes ago", v.Post(byTele, webtest.Form("vraag", q, "code", code, "pin", pin)), 422, "Dit lukte niet")
		h.clock.Advance(25 * time.Hour)
		h.ask(v, "06 99 99 99 99")
		if n := h.count(db.F(`SELECT COUNT(*) FROM portal_code`)); n != 1 {
			t.Errorf("%d codes are kept after a day", n)
		}
	})
}

func TestOneNumberLetsInOnePersonAndLeavesNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.withPhone()
		reem := h.in(reemCard)
		h.want("without her PIN", reem.Post("/mijn/instellingen/telefoon?taal=nl", webtest.Form("nummer", selamPhone, "pin", "9173")), 422, "niet uw pincode")
		if a := reem.Post("/mijn/instellingen/telefoon?taal=nl", webtest.Form("nummer", selamPhone, "pin", pin)); a.Code != 303 {
			t.Fatalf("%d %s", a.Code, text(a.Body))
		}
		_, said, _ := h.carried()
		h.want("another's number", reem.Post("/mijn/instellingen/telefoon?taal=nl", webtest.Form("code", sixes.FindString(said))), 422, "Dit nummer kan niet")
		k := h.p.Keeper()
		if x, err := k.Export(t.Context(), d, h.vault, "p-selam"); err != nil || x.(map[string]any)["phone"] != "+31612345678" {
			t.Errorf("the copy says %v, %v", x, err)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return k.Erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		for _, f := range []db.Frag{db.F(`SELECT COUNT(*) FROM portal_phone`), db.F(`SELECT COUNT(*) FROM portal_code WHERE person = 'p-selam'`)} {
			if n := h.count(f); n != 0 {
				t.Errorf("%d are left: %s", n, f.SQL)
			}
		}
	})
}
