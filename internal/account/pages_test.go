package account

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/hotp"

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

var lines = []db.Line{{Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "web", FS: web.Schema},
	{Name: "organisation", FS: organisation.Schema}, {Name: "account", FS: Schema}}

type bundle struct {
	t   *testing.T
	d   *db.DB
	a   *Accounts
	h   *webtest.House
	clk *clock.Manual
}

const good = "vier gele fietsen buiten"

// setup is a house with the demonstration's colleagues, in serve mode unless demo is set.
func setup(t *testing.T, d *db.DB, demo bool) *bundle {
	t.Helper()
	ctx := context.Background()
	keys, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "keys.db"), d.Clock())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = keys.Close() })
	if err := keys.Migrate(ctx, []db.Line{{Name: "keys", FS: privacy.KeySchema}}); err != nil {
		t.Fatal(err)
	}
	master := make([]byte, 32)
	_, _ = rand.Read(master)
	vault, err := privacy.Open(ctx, keys, master)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Bulk(ctx, func(tx *db.Tx) error { _, err := organisation.Demo(ctx, tx, tx.Now, 20); return err }); err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	o := Options{URL: "https://reisgezel.example.org"}
	if demo {
		o = Options{Demo: true}
	}
	a := New(d, org, vault, o)
	home := web.Route{Name: "home", Method: "GET", Path: "/{$}", May: access.Rule{Action: "home", Need: access.SignedIn},
		Do: func(v *web.Visit) error { return v.Text(200, "home of "+v.Actor.ID) }}
	draft := web.Route{Name: "draft", Method: "GET", Path: "/ver/weg", May: access.Rule{Action: "home", Need: access.SignedIn},
		Do: func(v *web.Visit) error { return v.Text(200, "far away") }}
	h := webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "account", FS: Texts}},
		append(append(a.Routes(), org.Routes()...), home, draft)...)
	h.Site.SignInRoute = "account.signin"
	h.Site.Load = func(ctx context.Context, s web.Session, now time.Time) (access.Actor, error) {
		return a.Load(ctx, d, s, now)
	}
	return &bundle{t, d, a, h, d.Clock().(*clock.Manual)}
}

func (b *bundle) password(id, password string) {
	b.t.Helper()
	hash, err := b.a.hash.make(context.Background(), password)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := b.d.Tx(context.Background(), func(tx *db.Tx) error { return setPassword(context.Background(), tx, id, hash, "") }); err != nil {
		b.t.Fatal(err)
	}
}

var secretText = regexp.MustCompile(`<b class="ltr">([A-Z2-7 ]+)</b>`)
var codeText = regexp.MustCompile(`<code class="ltr">([a-z0-9-]+)</code>`)

func (b *bundle) code(secret string, shift int64) string {
	b.t.Helper()
	c, err := hotp.GenerateCode(secret, uint64(b.clk.Now().Unix()/30+shift))
	if err != nil {
		b.t.Fatal(err)
	}
	return c
}

// enrol signs somebody in for the first time and gives the secret of the app and the recovery codes.
func (b *bundle) enrol(v *webtest.Visitor, email string) (secret string, codes []string) {
	b.t.Helper()
	r := v.Post("/inloggen", webtest.Form("email", email, "wachtwoord", good, "verder", "/ver/weg"))
	if r.Code != 303 || !strings.HasPrefix(r.To, "/inloggen/tweede-stap") {
		b.t.Fatalf("after the first password: %d %s", r.Code, r.To)
	}
	if r := v.Get("/ver/weg"); r.Code != 303 {
		b.t.Fatalf("half signed in and already inside: %d", r.Code)
	}
	if r := v.Post("/inloggen/tweede-stap/app", webtest.Form("verder", "/ver/weg")); r.Code != 303 {
		b.t.Fatalf("begin the app: %d %s", r.Code, r.Body)
	}
	p := v.Get("/inloggen/tweede-stap?verder=%2Fver%2Fweg")
	m := secretText.FindStringSubmatch(p.Body)
	if p.Code != 200 || m == nil || !strings.Contains(p.Body, "data:image/png") {
		b.t.Fatalf("no secret on the page: %d", p.Code)
	}
	secret = strings.ReplaceAll(m[1], " ", "")
	if r := v.Post("/inloggen/tweede-stap/code", webtest.Form("code", "000000")); r.Code != 422 {
		b.t.Fatalf("a wrong code: %d", r.Code)
	}
	r = v.Post("/inloggen/tweede-stap/code", webtest.Form("code", b.code(secret, 0), "verder", "/ver/weg"))
	if r.Code != 303 || !strings.HasPrefix(r.To, "/account/herstelcodes") {
		b.t.Fatalf("after the right code: %d %s", r.Code, r.To)
	}
	p = v.Get(r.To)
	for _, m := range codeText.FindAllStringSubmatch(p.Body, -1) {
		codes = append(codes, m[1])
	}
	if len(codes) != 10 {
		b.t.Fatalf("%d recovery codes: %s", len(codes), p.Body)
	}
	r = v.Post("/account/herstelcodes/bewaard", webtest.Form("verder", "/ver/weg"))
	if r.To != "/ver/weg" || v.Get(r.To).Body != "far away" {
		b.t.Fatalf("after keeping the codes: %s", r.To)
	}
	if p := v.Get("/account/herstelcodes"); codeText.MatchString(p.Body) {
		b.t.Error("kept codes are shown again")
	}
	return secret, codes
}

func TestFirstSignInSetsUpASecondStepAndReturnsToWhereOneWas(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		b := setup(t, d, false)
		b.password("u-amira", good)
		v := b.h.Guest()
		if r := v.Get("/ver/weg"); r.To != "/inloggen?verder=%2Fver%2Fweg" {
			t.Fatalf("a guest is sent to %s", r.To)
		}
		secret, codes := b.enrol(v, "Amira@Reisgezel.example ")

		second := func() *webtest.Visitor {
			v := b.h.Guest()
			if r := v.Post("/inloggen", webtest.Form("email", "amira@reisgezel.example", "wachtwoord", good)); r.To != "/inloggen/code" {
				t.Fatalf("%d %s", r.Code, r.To)
			}
			if r := v.Get("/"); r.Code != 303 {
				t.Fatalf("inside without a second step: %d", r.Code)
			}
			return v
		}
		send := func(v *webtest.Visitor, code string) int {
			return v.Post("/inloggen/code", webtest.Form("code", code)).Code
		}
		// The code that set the app up is spent.
		if send(second(), b.code(secret, 0)) != 422 {
			t.Error("a code was taken twice")
		}
		if send(second(), b.code(secret, 2)) != 422 {
			t.Error("a code of later was taken")
		}
		if got := send(second(), b.code(secret, 1)); got != 303 {
			t.Errorf("one step early: %d", got)
		}
		if send(second(), b.code(secret, 1)) != 422 || send(second(), b.code(secret, 0)) != 422 {
			t.Error("a replay was taken")
		}
		if got := send(second(), strings.ToUpper(codes[3])); got != 303 {
			t.Errorf("a recovery code: %d", got)
		}
		if send(second(), codes[3]) != 422 {
			t.Error("a recovery code worked twice")
		}
		if got := send(second(), strings.ReplaceAll(codes[4], "-", " ")); got != 303 {
			t.Errorf("another recovery code: %d", got)
		}
		if n, err := audit.Verify(context.Background(), d); err != nil || n < 5 {
			t.Errorf("log: %d %v", n, err)
		}
	})
}

func TestKnownAndUnknownAccountsLookAndCostTheSame(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		b := setup(t, d, false)
		b.password("u-amira", good)
		b.password("u-jan", good)
		if err := d.Tx(context.Background(), func(tx *db.Tx) error {
			_, err := db.Do(context.Background(), tx, db.F(`UPDATE organisation_colleague SET active = FALSE WHERE id = 'u-jan'`))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		var want string
		// known with a password; unknown; known and never invited; known, right password, no longer here
		for i, c := range [][2]string{{"amira@reisgezel.example", "wrong wrong wrong"}, {"nobody@reisgezel.example", "wrong wrong wrong"},
			{"noor@reisgezel.example", "wrong wrong wrong"}, {"jan@reisgezel.example", good}, {"nobody@reisgezel.example", strings.Repeat("x", 300)}} {
			before := b.a.hash.work.Load()
			r := b.h.Guest().Post("/inloggen", webtest.Form("email", c[0], "wachtwoord", c[1]))
			if work := b.a.hash.work.Load() - before; work != 1 {
				t.Errorf("%s: %d hashes were made", c[0], work)
			}
			got := fmt.Sprint(r.Code) + strings.ReplaceAll(r.Body, c[0], "EMAIL")
			if i == 0 {
				want = got
			} else if got != want {
				t.Errorf("%s is answered differently:\n%s\n%s", c[0], got, want)
			}
			if strings.Contains(r.Body, c[1]) {
				t.Error("the password came back in the page")
			}
		}
		// waiting is the same too
		for _, email := range []string{"amira@reisgezel.example", "nobody@reisgezel.example"} {
			var last webtest.Answer
			for range 8 {
				last = b.h.Guest().Post("/inloggen", webtest.Form("email", email, "wachtwoord", "wrong wrong wrong"))
			}
			if last.Code != http.StatusTooManyRequests || !strings.Contains(last.Body, "te vaak") {
				t.Errorf("%s may go on trying: %d", email, last.Code)
			}
		}
	})
}

func TestWaitsGrowAndEvenTheRightPasswordWaits(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		b := setup(t, d, true)
		b.password("u-amira", good)
		try := func(password string) int {
			return b.h.Guest().Post("/inloggen", webtest.Form("email", "amira@reisgezel.example", "wachtwoord", password)).Code
		}
		for i := range 5 {
			if got := try("wrong wrong wrong"); got != 422 {
				t.Fatalf("try %d: %d", i+1, got)
			}
		}
		before := b.a.hash.work.Load()
		if got := try(good); got != 429 {
			t.Errorf("the right password went round the wait: %d", got)
		}
		if b.a.hash.work.Load() != before {
			t.Error("a refused try still cost a hash")
		}
		b.clk.Advance(31 * time.Second)
		if got := try("wrong wrong wrong"); got != 422 {
			t.Errorf("after the wait: %d", got)
		}
		b.clk.Advance(31 * time.Second)
		if got := try(good); got != 429 {
			t.Errorf("the second wait is no longer: %d", got)
		}
		b.clk.Advance(31 * time.Second)
		if got := try(good); got != 303 {
			t.Errorf("after the second wait: %d", got)
		}
		if got := try("wrong wrong wrong"); got != 422 {
			t.Errorf("after a sign-in the count begins anew: %d", got)
		}
		// one address that tries many accounts waits too
		var codes []int
		for i := range freeByAddress + 3 {
			codes = append(codes, b.h.Guest().Post("/inloggen", webtest.Form("email", fmt.Sprintf("x%d@reisgezel.example", i), "wachtwoord", "wrong wrong wrong")).Code)
		}
		if codes[0] != 422 || codes[len(codes)-1] != 429 {
			t.Errorf("by address: %v", codes)
		}
	})
}

func TestDemoDoorsExistInADemonstrationOnly(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		b := setup(t, d, true)
		v := b.h.Guest()
		if p := v.Get("/inloggen"); !strings.Contains(p.Body, "Ria de Boer") || strings.Count(p.Body, "/inloggen/demo") != len(demoAccounts) {
			t.Error("the sign-in page does not name its accounts")
		}
		if r := v.Post("/inloggen/demo", webtest.Form("wie", "u-ria")); r.To != "/" || v.Get("/").Body != "home of u-ria" {
			t.Errorf("one press does not sign in: %s", r.To)
		}
		if r := b.h.Guest().Post("/inloggen/demo", webtest.Form("wie", "u-begeleider-1")); r.Code != 404 {
			t.Errorf("an account that is not named: %d", r.Code)
		}
	})
	b := setup(t, dbtest.SQLite(t, lines), false)
	p := b.h.Guest().Get("/inloggen")
	if strings.Contains(p.Body, "demo") || strings.Contains(p.Body, "Ria") {
		t.Error("the real door speaks of a demonstration")
	}
	if r := b.h.Guest().Post("/inloggen/demo", webtest.Form("wie", "u-ria")); r.Code != 404 && r.Code != 405 {
		t.Errorf("the real house has a demo door: %d", r.Code)
	}
}

func TestSessionsEndFromAfarAndAtAChangeOfPassword(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		b := setup(t, d, true)
		b.password("u-amira", good)
		in := func() *webtest.Visitor {
			v := b.h.Guest()
			if r := v.Post("/inloggen", webtest.Form("email", "amira@reisgezel.example", "wachtwoord", good)); r.To != "/" {
				t.Fatalf("%d %s", r.Code, r.To)
			}
			return v
		}
		one, two, other := in(), in(), b.h.Guest()
		other.Post("/inloggen/demo", webtest.Form("wie", "u-ria"))
		find := regexp.MustCompile(`/account/sessie/([^/"]+)/weg`)
		list := one.Get("/account")
		m := find.FindAllStringSubmatch(list.Body, -1)
		if len(m) != 1 {
			t.Fatalf("%d other sessions are listed", len(m))
		}
		other.Post(m[0][0], nil)
		if two.Get("/").Code != 200 {
			t.Error("somebody else ended a session")
		}
		if r := one.Post(m[0][0], nil); r.Code != 303 {
			t.Errorf("ending: %d %s", r.Code, r.Body)
		}
		if r := two.Get("/"); r.Code != 303 {
			t.Errorf("an ended session still works: %d", r.Code)
		}
		three := in()
		if r := one.Post("/account/wachtwoord", webtest.Form("wachtwoord", "wrong", "nieuw", "kort")); r.Code != 422 ||
			!strings.Contains(r.Body, "#f-nieuw") || !strings.Contains(r.Body, "#f-wachtwoord") {
			t.Errorf("both faults at once: %d", r.Code)
		}
		if r := one.Post("/account/wachtwoord", webtest.Form("wachtwoord", good, "nieuw", "zeven blauwe bergen")); r.Code != 303 {
			t.Fatalf("change: %d %s", r.Code, r.Body)
		}
		if one.Get("/").Code != 200 || three.Get("/").Code != 303 || other.Get("/").Code != 200 {
			t.Error("after a change of password the wrong sessions live")
		}
		if r := b.h.Guest().Post("/inloggen", webtest.Form("email", "amira@reisgezel.example", "wachtwoord", good)); r.Code != 422 {
			t.Errorf("the old password works: %d", r.Code)
		}
		one.Post("/uitloggen", nil)
		if one.Get("/").Code != 303 {
			t.Error("signed out and still inside")
		}
	})
}

func TestWhatIsTakenAwayIsGoneAtTheNextRequest(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		b := setup(t, d, true)
		ctx := context.Background()
		v := b.h.Guest()
		v.Post("/inloggen/demo", webtest.Form("wie", "u-amira"))
		if v.Get("/").Code != 200 {
			t.Fatal("not in")
		}
		a, err := b.a.Load(ctx, d, web.Session{Kind: access.Staff, Actor: "u-amira"}, d.Now())
		if err != nil || fmt.Sprint(a.Holders) != "[user:u-amira team:t-utrecht]" || a.Lang != "nl" {
			t.Errorf("%+v %v", a, err)
		}
		ria, err := b.a.Load(ctx, d, web.Session{Kind: access.Staff, Actor: "u-ria"}, d.Now())
		if err != nil || fmt.Sprint(ria.Holders) != "[user:u-ria]" {
			t.Errorf("a walk-in volunteer holds %v, %v", ria.Holders, err)
		}
		set := func(col string) {
			t.Helper()
			if err := d.Tx(ctx, func(tx *db.Tx) error {
				f := db.F(`UPDATE organisation_colleague SET vog_seen = NULL WHERE id = 'u-amira'`)
				if col == "active" {
					f = db.F(`UPDATE organisation_colleague SET active = FALSE WHERE id = 'u-amira'`)
				}
				_, err := db.Do(ctx, tx, f)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		set("vog")
		if v.Get("/").Code != 404 {
			t.Error("without a VOG she is still at work")
		}
		if p := v.Get("/account"); p.Code != 200 || !strings.Contains(p.Body, "VOG") {
			t.Errorf("her own account tells why: %d", p.Code)
		}
		set("active")
		if r := v.Get("/account"); r.Code != 303 {
			t.Errorf("who left still has an account page: %d", r.Code)
		}
	})
}

func TestSetupAndInvitationsWorkOnceAndNeedTwoPeopleToTakeAnAccountOver(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		b := setup(t, d, false)
		ctx := context.Background()
		path, err := b.a.Setup(ctx, "Hanna Berg", "hanna@reisgezel.example")
		if err != nil {
			t.Fatal(err)
		}
		again, err := b.a.Setup(ctx, "Hanna Berg", "hanna@reisgezel.example")
		if err != nil {
			t.Fatal(err)
		}
		guest := b.h.Guest()
		gone := guest.Get(path)
		if gone.Code != 404 || guest.Get("/uitnodiging/nothing").Body != gone.Body {
			t.Error("an old link and one that never was must look the same")
		}
		if p := guest.Get(again); p.Code != 200 || !strings.Contains(p.Body, "Welkom, Hanna") {
			t.Errorf("the link: %d", p.Code)
		}
		if r := guest.Post(again, webtest.Form("wachtwoord", "hanna berg 1234")); r.Code != 422 {
			t.Errorf("a weak password: %d", r.Code)
		}
		if r := guest.Post(again, webtest.Form("wachtwoord", good)); r.To != "/inloggen/tweede-stap" {
			t.Fatalf("after choosing: %d %s", r.Code, r.To)
		}
		if r := b.h.Guest().Post(again, webtest.Form("wachtwoord", good)); r.Code != 404 {
			t.Errorf("the link worked twice: %d", r.Code)
		}
		if _, err := b.a.Setup(ctx, "Eve", "eve@reisgezel.example"); err == nil {
			t.Error("a second first administrator")
		}
		v := b.h.Guest()
		b.enrol(v, "hanna@reisgezel.example")

		p := v.Post("/organisatie/collega/u-amira/uitnodigen", nil)
		m := regexp.MustCompile(`https://reisgezel\.example\.org(/uitnodiging/[^<\s]+)`).FindStringSubmatch(p.Body)
		if p.Code != 200 || m == nil {
			t.Fatalf("invitation: %d %s", p.Code, p.Body)
		}
		amira := b.h.Guest()
		if r := amira.Post(m[1], webtest.Form("wachtwoord", good)); r.Code != 303 {
			t.Fatalf("accept: %d", r.Code)
		}
		b.enrol(amira, "amira@reisgezel.example")
		if r := amira.Post("/organisatie/collega/u-marwan/uitnodigen", nil); r.Code != 404 {
			t.Errorf("a caseworker invites: %d", r.Code)
		}
		if r := v.Post("/organisatie/collega/u-amira/tweede-stap-weg", nil); r.Code != 409 {
			t.Errorf("who made the link also took the second step away: %d", r.Code)
		}
		// A second administrator may; then whoever did may not make the link.
		b.password("u-beheer", good)
		second := b.h.Guest()
		b.enrol(second, "beheer@reisgezel.example")
		if amira.Get("/").Code != 200 {
			t.Fatal("Amira is out already")
		}
		if r := second.Post("/organisatie/collega/u-amira/tweede-stap-weg", nil); r.Code != 303 {
			t.Errorf("a second administrator takes the second step away: %d", r.Code)
		}
		if amira.Get("/").Code != 303 {
			t.Error("the sessions of the account live on")
		}
		if r := second.Post("/organisatie/collega/u-amira/uitnodigen", nil); r.Code != 409 {
			t.Errorf("the same one makes a link too: %d", r.Code)
		}
		if r := second.Post("/organisatie/collega/u-beheer/tweede-stap-weg", nil); r.Code != 409 {
			t.Errorf("one's own second step: %d", r.Code)
		}
		b.enrol(b.h.Guest(), "amira@reisgezel.example") // sets up anew
	})
}

func TestAnOfficeDoesNotLockItselfOut(t *testing.T) {
	b := setup(t, dbtest.SQLite(t, lines), true)
	b.password("u-amira", good)
	for i := range 200 { // all day long, every ten minutes, somebody mistypes
		if r := b.h.Guest().Post("/inloggen", webtest.Form("email", fmt.Sprintf("x%d@reisgezel.example", i), "wachtwoord", "wrong wrong wrong")); r.Code != 422 {
			t.Fatalf("mistake %d: %d", i, r.Code)
		}
		b.clk.Advance(10 * time.Minute)
	}
	if r := b.h.Guest().Post("/inloggen", webtest.Form("email", "amira@reisgezel.example", "wachtwoord", good)); r.Code != 303 {
		t.Errorf("the right password: %d", r.Code)
	}
}

func TestASecretThatWasLeftLyingAboutIsWorthNothing(t *testing.T) {
	b := setup(t, dbtest.SQLite(t, lines), true)
	v := b.h.Guest()
	v.Post("/inloggen/demo", webtest.Form("wie", "u-amira"))
	v.Post("/inloggen/tweede-stap/app", nil)
	m := secretText.FindStringSubmatch(v.Get("/inloggen/tweede-stap").Body)
	if m == nil {
		t.Fatal("no secret")
	}
	for range 2 {
		b.clk.Advance(10 * time.Minute)
		v.Get("/")
	}
	if secretText.MatchString(v.Get("/inloggen/tweede-stap").Body) {
		t.Error("it is still shown")
	}
	if r := v.Post("/inloggen/tweede-stap/code", webtest.Form("code", b.code(strings.ReplaceAll(m[1], " ", ""), 0))); r.Code != 422 {
		t.Errorf("it still counts: %d", r.Code)
	}
}

func TestPagesStandInEnglishToo(t *testing.T) {
	b := setup(t, dbtest.SQLite(t, lines), true)
	v := b.h.Guest()
	v.Post("/inloggen/demo", webtest.Form("wie", "u-beheer"))
	for _, p := range []string{"/inloggen?taal=en", "/account", "/account/wachtwoord", "/account/herstelcodes", "/inloggen/tweede-stap"} {
		if r := v.Get(p); (r.Code != 200 && r.Code != 303) || strings.Contains(r.Body, "account.") && regexp.MustCompile(`>\s*account\.[a-z]`).MatchString(r.Body) {
			t.Errorf("%s: %d", p, r.Code)
		}
	}
}

func TestNextIsAnAddressOfThisHouse(t *testing.T) {
	b := setup(t, dbtest.SQLite(t, lines), true)
	for _, bad := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"} {
		if r := b.h.Guest().Post("/inloggen/demo", webtest.Form("wie", "u-ria", "verder", bad)); r.To != "/" {
			t.Errorf("%s leads to %s", bad, r.To)
		}
	}
}

func TestTextsAreWhole(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "account", FS: Texts}, lang.Part{Name: "organisation", FS: organisation.Texts})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Faults([]string{"nl", "en"}, "account.") {
		t.Error(f)
	}
}
