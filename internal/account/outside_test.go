package account

import (
	"context"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

const lawyer, mailbox = "o-lawyer", "a.voorbeeld@advocaat.example"

// invited makes a link for the lawyer.
func (b *bundle) invited(email string) (path string, err error) {
	ctx := context.Background()
	err = b.d.Tx(ctx, func(tx *db.Tx) (err error) {
		path, err = b.a.InviteOutside(ctx, tx, lawyer, "mr. A. Voorbeeld", email, "u-marwan")
		return err
	})
	return path, err
}

func TestALawyerComesInByInvitationAndIsNoColleague(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		b := setup(t, d, false)
		path, err := b.invited("  A.Voorbeeld@advocaat.example ")
		if err != nil {
			t.Fatal(err)
		}
		v := b.h.Guest()
		if p := v.Get(path); p.Code != 200 || !strings.Contains(p.Body, "mr. A. Voorbeeld") {
			t.Fatalf("the link: %d", p.Code)
		}
		if r := v.Post(path, webtest.Form("wachtwoord", "kort")); r.Code != 422 {
			t.Errorf("a short password: %d", r.Code)
		}
		if r := v.Post(path, webtest.Form("wachtwoord", good)); r.Code != 303 || !strings.HasPrefix(r.To, "/inloggen/tweede-stap") {
			t.Fatalf("a password is enough to come in: %d %s", r.Code, r.To)
		}
		if r := b.h.Guest().Get(path); r.Code != 404 {
			t.Errorf("the link works twice: %d", r.Code)
		}
		if r := v.Get("/account"); r.Code != 303 {
			t.Errorf("half signed in and inside: %d", r.Code)
		}
		// With a password and no second step one is nobody; sign in again and set the second step up.
		secret, codes := b.enrolOutside(t)
		in := b.h.Guest()
		in.Post("/inloggen", webtest.Form("email", mailbox, "wachtwoord", good))
		b.clk.Advance(2 * step)
		if r := in.Post("/inloggen/code", webtest.Form("code", b.code(secret, 0))); r.Code != 303 || r.To != "/" {
			t.Fatalf("the second step: %d %s", r.Code, r.To)
		}
		if p := in.Get("/account"); p.Code != 200 || !strings.Contains(p.Body, mailbox) || strings.Contains(p.Body, "geen functie") || strings.Contains(p.Body, "VOG") {
			t.Errorf("the own account: %d", p.Code)
		}
		// A page of colleagues is not there.
		absent := in.Get("/nergens")
		for _, path := range []string{"/", "/organisatie", "/organisatie/collegas", "/organisatie/collega/u-ria"} {
			if r := in.Get(path); r.Code != 404 || r.Body != absent.Body {
				t.Errorf("%s for a lawyer: %d", path, r.Code)
			}
		}
		other := b.h.Guest()
		other.Post("/inloggen", webtest.Form("email", mailbox, "wachtwoord", good))
		if r := other.Post("/inloggen/code", webtest.Form("code", codes[0])); r.Code != 303 {
			t.Errorf("a recovery code: %d", r.Code)
		}
		a, err := b.a.Load(ctx, d, web.Session{Kind: access.Outside, Actor: lawyer}, d.Now())
		if err != nil || a.Kind != access.Outside || len(a.Posts) != 0 || len(a.Holders) != 1 || a.Holders[0] != "outside:"+lawyer {
			t.Errorf("who a lawyer is: %+v %v", a, err)
		}
		// The id of a lawyer under the kind of a colleague is nobody.
		if _, err := b.a.Load(ctx, d, web.Session{Kind: access.Staff, Actor: lawyer}, d.Now()); !fault.Is(err, fault.NotFound) {
			t.Errorf("a lawyer as a colleague: %v", err)
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error { return EndOutside(ctx, tx, lawyer, "u-marwan") }); err != nil {
			t.Fatal(err)
		}
		if r := in.Get("/account"); r.Code != 303 {
			t.Errorf("closed, and still inside: %d", r.Code)
		}
		if r := b.h.Guest().Post("/inloggen", webtest.Form("email", mailbox, "wachtwoord", good)); r.Code != 422 {
			t.Errorf("closed, and the password works: %d", r.Code)
		}
	})
}

// enrolOutside is the first whole sign-in of the lawyer.
func (b *bundle) enrolOutside(t *testing.T) (secret string, codes []string) {
	t.Helper()
	v := b.h.Guest()
	if r := v.Post("/inloggen", webtest.Form("email", mailbox, "wachtwoord", good)); r.Code != 303 || !strings.HasPrefix(r.To, "/inloggen/tweede-stap") {
		t.Fatalf("after the first password: %d %s", r.Code, r.To)
	}
	v.Post("/inloggen/tweede-stap/app", nil)
	m := secretText.FindStringSubmatch(v.Get("/inloggen/tweede-stap").Body)
	if m == nil {
		t.Fatal("no secret on the page")
	}
	secret = strings.ReplaceAll(m[1], " ", "")
	r := v.Post("/inloggen/tweede-stap/code", webtest.Form("code", b.code(secret, 0)))
	if r.Code != 303 || !strings.HasPrefix(r.To, "/account/herstelcodes") {
		t.Fatalf("after the code: %d %s", r.Code, r.To)
	}
	for _, m := range codeText.FindAllStringSubmatch(v.Get(r.To).Body, -1) {
		codes = append(codes, m[1])
	}
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes", len(codes))
	}
	if r := v.Post("/account/herstelcodes/bewaard", nil); r.To != "/" {
		t.Errorf("after the codes: %s", r.To)
	}
	return secret, codes
}

func TestNobodyOutsideCanHoldAPost(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		b := setup(t, d, false)
		if _, err := b.invited(mailbox); err != nil {
			t.Fatal(err)
		}
		for _, role := range access.Roles {
			err := d.Tx(ctx, func(tx *db.Tx) error {
				_, err := organisation.Give(ctx, tx, lawyer, access.Post{Role: role, Scope: access.Scope{Kind: access.National}}, tx.Now, clock.Date{}.In(clock.Netherlands), "u-noor")
				return err
			})
			if err == nil {
				t.Errorf("a lawyer holds the post %s", role)
			}
		}
		// Even with posts in hand the sort of visitor decides.
		a := access.Actor{Kind: access.Outside, ID: lawyer, Posts: []access.Post{{Role: access.Admin, Scope: access.Scope{Kind: access.National}}}}
		for _, role := range access.Roles {
			if a.Has(role) {
				t.Errorf("%s counts for somebody outside", role)
			}
		}
		for _, need := range []access.Need{access.SignedIn, access.ByRole, access.ByFile, access.BySelf} {
			if (access.Rule{Need: need, Roles: access.Roles}).Allows(a) {
				t.Errorf("need %d lets somebody outside in", need)
			}
		}
	})
}

func TestAnInvitationIsForAnAddressOfNobodyElse(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		b := setup(t, d, false)
		c, err := b.a.org.Colleague(ctx, "u-ria")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.invited(c.Email); !fault.Is(err, fault.Conflict) {
			t.Errorf("the address of a colleague: %v", err)
		}
		if _, err := b.invited(mailbox); err != nil {
			t.Fatal(err)
		}
		err = d.Tx(ctx, func(tx *db.Tx) error {
			_, err := b.a.InviteOutside(ctx, tx, "o-other", "mr. B. Ander", mailbox, "u-marwan")
			return err
		})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("the address of another lawyer: %v", err)
		}
		b.password(lawyer, good)
		// Another address: the old password is gone with the old mailbox.
		if _, err := b.invited("nieuw@advocaat.example"); err != nil {
			t.Fatal(err)
		}
		if r := b.h.Guest().Post("/inloggen", webtest.Form("email", "nieuw@advocaat.example", "wachtwoord", good)); r.Code != 422 {
			t.Errorf("the password of the old address: %d", r.Code)
		}
	})
}
