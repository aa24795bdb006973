package portal

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/post"
	"reisgezel/internal/kernel/web/webtest"
)

func TestWhenATelephoneIsToldThatSomethingIsNew(t *testing.T) {
	noon := time.Date(2026, time.November, 24, 12, 0, 0, 0, clock.Netherlands)
	ago := func(d time.Duration) time.Time { return noon.Add(-d) }
	for _, c := range []struct {
		name   string
		n      notice
		opened time.Time
		now    time.Time
		want   int
	}{
		{"nothing is new", notice{}, time.Time{}, noon, noticeWait},
		{"just now: it may be taken back", notice{News: ago(9 * time.Minute)}, time.Time{}, noon, noticeWait},
		{"ten minutes", notice{News: ago(noticeRest)}, time.Time{}, noon, noticeSend},
		{"she looked meanwhile", notice{News: ago(time.Hour)}, ago(time.Minute), noon, noticeForget},
		{"she looked before", notice{News: ago(time.Hour)}, ago(2 * time.Hour), noon, noticeSend},
		{"one is on its way", notice{News: ago(time.Hour), Message: "m"}, time.Time{}, noon, noticeWait},
		{"told today, and not looked", notice{News: ago(time.Hour), Sent: ago(23 * time.Hour)}, ago(30 * time.Hour), noon, noticeWait},
		{"told yesterday, and not looked", notice{News: ago(time.Hour), Sent: ago(noticeUnread)}, ago(30 * time.Hour), noon, noticeSend},
		{"told, looked, new again", notice{News: ago(time.Hour), Sent: ago(3 * time.Hour)}, ago(2 * time.Hour), noon, noticeSend},
		{"told, looked, new again at once", notice{News: ago(time.Hour), Sent: ago(119 * time.Minute)}, ago(90 * time.Minute), noon, noticeWait},
		{"old news", notice{News: ago(noticeStale + time.Minute)}, time.Time{}, noon, noticeForget},
		{"at nine in the evening", notice{News: noon}, time.Time{}, noon.Add(9 * time.Hour), noticeWait},
		{"just before", notice{News: noon}, time.Time{}, noon.Add(9*time.Hour - time.Second), noticeSend},
		{"before eight", notice{News: noon}, time.Time{}, noon.Add(20*time.Hour - time.Second), noticeWait},
		{"at eight", notice{News: noon}, time.Time{}, noon.Add(20 * time.Hour), noticeSend},
	} {
		if got := c.n.next(c.opened, c.now); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if _, from := Quiet(noon); !from.Equal(noon.Add(9 * time.Hour)) {
		t.Errorf("quiet from %s", from)
	}
}

const byNews = "/mijn/instellingen/nieuws?taal=nl"

func noticeOn(more ...string) url.Values {
	return webtest.Form(append([]string{"soort", NewAnswer, "nummer", selamPhone, "pin", pin}, more...)...)
}

// told is Selam, in, who wishes to hear of answers.
func (h house) told() *webtest.Visitor {
	h.t.Helper()
	v := h.in(selamCard)
	if a := v.Post(byNews, noticeOn("van", "shared", "begrepen", "1")); a.Code != 303 {
		h.t.Fatalf("asking: %d %s", a.Code, text(a.Body))
	}
	_, said, _ := h.carried()
	if a := v.Post(byNews, webtest.Form("code", sixes.FindString(said))); a.Code != 303 || !strings.Contains(a.To, "portal.said.notice") {
		h.t.Fatalf("proving: %d %s", a.Code, text(a.Body))
	}
	return v
}

func (h house) news(kind, person string) {
	h.t.Helper()
	if err := h.d.Tx(context.Background(), func(tx *db.Tx) error { return h.p.News(kind)(context.Background(), tx, person) }); err != nil {
		h.t.Fatal(err)
	}
}

// minute is what the house does each minute.
func (h house) minute() {
	h.t.Helper()
	if err := h.p.notify(context.Background(), h.d.Now()); err != nil {
		h.t.Fatal(err)
	}
}

// toNoon moves the clock to twelve o'clock of the next day.
func (h house) toNoon() {
	now := h.d.Now().In(clock.Netherlands)
	h.clock.Advance(time.Date(now.Year(), now.Month(), now.Day()+1, 12, 0, 0, 0, clock.Netherlands).Sub(now))
}

func TestANoticeIsChosenAndSaysNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.p.LendWords(h.Site.Texts, "https://reisgezel.example")
		v := h.in(selamCard)
		page := v.Get(byNews)
		h.want("the choice", page, 200, "Er is nieuws voor u in Reisgezel.", "Anderen gebruiken hem ook", "Zij zien dan")
		h.lacks("a shared telephone is not proposed", page, "612345678")
		h.want("everything wrong at once", v.Post(byNews, webtest.Form("soort", "everything", "nummer", "selam", "pin", "")), 422, "Kies waarover", "Kies van wie", "telefoonnummer", "vier tot acht cijfers")
		h.want("shared, and not understood", v.Post(byNews, noticeOn("van", "shared")), 422, "Kruis dit aan")
		h.want("nothing is lost", v.Post(byNews, noticeOn("van", "shared")), 422, selamPhone)
		h.want("another's PIN", v.Post(byNews, webtest.Form("soort", NewAnswer, "nummer", selamPhone, "van", "own", "pin", "9173")), 422, "niet uw pincode")
		h.news(NewAnswer, "p-selam")
		h.toNoon()
		h.minute()
		if _, _, n := h.carried(); n != 0 {
			t.Fatalf("%d messages to who chose none", n)
		}

		v = h.Guest()
		if a := try(v, selamCard, pin); a.Code != 303 {
			t.Fatalf("in again: %d", a.Code)
		}
		if a := v.Post(byNews, noticeOn("van", "shared", "begrepen", "1")); a.Code != 303 {
			t.Fatalf("choosing: %d %s", a.Code, text(a.Body))
		}
		_, code, _ := h.carried()
		h.want("waiting", v.Get(byNews), 200, "••• 678")
		h.want("not for signing in", v.Get("/mijn/instellingen/telefoon?taal=nl"), 200, "Uw telefoonnummer")
		h.want("a wrong code", v.Post(byNews, webtest.Form("code", "000000")), 422, "Dit lukte niet")
		if a := v.Post(byNews, webtest.Form("code", sixes.FindString(code))); a.Code != 303 {
			t.Fatalf("proving: %d %s", a.Code, text(a.Body))
		}
		h.want("it is on", v.Get(byNews), 200, "••• 678")
		h.want("it is no way in", h.Guest().Get("/mijn/inloggen?taal=nl"), 200)
		h.ask(h.Guest(), selamPhone)
		if _, _, n := h.carried(); n != 1 {
			t.Error("a number for notices lets somebody in")
		}

		h.clock.Advance(time.Minute)
		h.news(NewAppointment, "p-selam") // not chosen
		h.news(NewAnswer, "p-reem")       // chose nothing
		h.clock.Advance(noticeRest)
		h.minute()
		if _, _, n := h.carried(); n != 1 {
			t.Errorf("%d messages: of what was not chosen, or to another", n)
		}
		h.news(NewAnswer, "p-selam")
		h.minute()
		h.clock.Advance(noticeRest)
		h.minute()
		h.minute()
		to, said, n := h.carried()
		if n != 2 || to != "+31612345678" || said != "Er is nieuws voor u in Reisgezel.\nhttps://reisgezel.example" {
			t.Errorf("%d messages, the last to %s: %s", n, to, said)
		}
		if a := try(v, selamCard, pin); a.Code != 303 {
			t.Fatalf("in once more: %d", a.Code)
		}
		h.want("how it went", v.Get(byNews), 200, "Of het is aangekomen, weten wij niet")
		h.present()
		staff := h.As(h.ria).Get("/dossier/p-selam/portaal?taal=nl")
		h.want("the desk can end it", staff, 200, "Een bericht als er nieuws is")
		h.lacks("the desk", staff, "verstuurd", "••• 678", "aangekomen")

		// Another language, other kinds, and the end.
		if a := v.Post("/mijn/instellingen/nieuws?taal=ar", webtest.Form("soort", NewAppointment)); a.Code != 303 {
			t.Fatalf("other kinds: %d", a.Code)
		}
		h.want("none is no choice", v.Post(byNews, webtest.Form("x", "1")), 422, "Kies waarover")
		h.toNoon()
		h.clock.Advance(time.Hour)
		h.news(NewAppointment, "p-selam")
		h.clock.Advance(noticeRest)
		h.minute()
		if _, said, n := h.carried(); n != 3 || !strings.HasPrefix(said, "يوجد جديد") {
			t.Errorf("%d messages, the last: %s", n, said)
		}
		if a := h.As(h.ria).Post("/dossier/p-selam/portaal/telefoon", nil); a.Code != 303 && a.Code != 404 {
			t.Errorf("the desk: %d", a.Code)
		}
		if n := h.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND event = 'portal.event.notice'`)); n != 1 {
			t.Errorf("%d entries in the log", n)
		}
	})
}

func TestANoticeIsWrittenOnceAndTriedAgain(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.p.LendWords(h.Site.Texts, "")
		h.told()
		h.toNoon()
		messages := func() int { return h.count(db.F(`SELECT COUNT(*) FROM post_message`)) }
		h.news(NewAnswer, "p-selam")
		h.news(NewAnswer, "p-selam")
		h.clock.Advance(noticeRest)
		for range 3 { // two nodes, and a third after a restart
			h.minute()
		}
		if n := messages(); n != 1 {
			t.Fatalf("%d messages are on their way", n)
		}
		// The gateway is silent until the message comes too late.
		silent := post.New(d, h.vault, func(context.Context, string, string) error { return errors.New("no answer") }, slog.New(slog.DiscardHandler))
		silent.Told(noticeEnded)
		for range 40 {
			if err := silent.Deliver(t.Context()); err != nil {
				t.Fatal(err)
			}
			h.clock.Advance(10 * time.Minute)
		}
		if n := messages(); n != 0 {
			t.Fatalf("%d messages wait for ever", n)
		}
		n, err := noticeOf(t.Context(), d, "p-selam")
		if err != nil || n.Outcome != noticeUnknown || n.Message != "" || n.News.IsZero() {
			t.Errorf("%+v %v: it must be unknown, and still news", n, err)
		}
		h.minute()
		if messages() != 0 {
			t.Error("tried again the same day")
		}
		h.toNoon()
		h.clock.Advance(time.Hour)
		h.minute()
		_, said, before := h.carried()
		if !strings.Contains(said, "nieuws") {
			t.Errorf("not tried again the next day: %q", said)
		}
		if n, err := noticeOf(t.Context(), d, "p-selam"); err != nil || n.Outcome != noticeHanded || !n.News.IsZero() {
			t.Errorf("%+v %v: handed over, and no news any longer", n, err)
		}
		// She looks before it is time: nothing is sent.
		h.clock.Advance(noticeUnread)
		h.news(NewAnswer, "p-selam")
		h.clock.Advance(2 * time.Minute)
		if a := try(h.Guest(), selamCard, pin); a.Code != 303 {
			t.Fatal(a.Code)
		}
		h.clock.Advance(noticeRest)
		h.minute()
		if _, _, n := h.carried(); n != before {
			t.Errorf("%d messages, %d before: one for what she saw herself", n, before)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return h.p.Keeper().Erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		if n := h.count(db.F(`SELECT COUNT(*) FROM portal_notice`)); n != 0 {
			t.Errorf("%d rows are left", n)
		}
		h.news(NewAnswer, "p-selam")
		h.minute()
	})
}
