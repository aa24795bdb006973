package account

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/hotp"
	"pgregory.net/rapid"
)

func TestPasswords(t *testing.T) {
	names := []string{"amira.haddad@reisgezel.example", "Amira Haddad", "Amira"}
	for p, want := range map[string]string{
		"vier gele fietsen buiten":     "",
		"kort":                         "account.error.short",
		"elf tekens!":                  "account.error.short",
		"Wachtwoord123!":               "account.error.weak",
		"welkom2026welkom":             "account.error.weak",
		"Reisgezel-2026!":              "account.error.weak",
		"vluchtelingenwerk1":           "account.error.weak",
		"amira.haddad.2026":            "account.error.weak",
		"Haddad Amira 99":              "account.error.weak",
		"aaaaaaaaaaaaaaaa":             "account.error.weak",
		"123456789012":                 "account.error.weak",
		"abcdefghijklmnop":             "account.error.weak",
		"Utrecht!Zomer2026":            "account.error.weak",
		"839201748263":                 "account.error.weak",
		"correct horse battery staple": "",
		"ሰላም ለሁላችሁም ወዳጆቼ": "",
		"Tq7$kfn2!pZx":              "",
		strings.Repeat("lang ", 50): "account.error.long",
	} {
		got := ""
		if fs := CheckPassword("p", p, names...); len(fs) > 0 {
			got = fs[0].Key
		}
		if got != want {
			t.Errorf("%q: %q, want %q", p, got, want)
		}
	}
}

func TestOnePasswordOnEveryKeyboard(t *testing.T) {
	h := newHasher()
	stored, err := h.make(t.Context(), "café au lait voor ons")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := h.same(t.Context(), "cafe\u0301 au lait voor ons", stored); !ok || err != nil {
		t.Errorf("the same word typed with a loose accent: %v %v", ok, err)
	}
	for _, p := range []string{"cafe au lait voor ons", "", " café au lait voor ons"} {
		if ok, _ := h.same(t.Context(), p, stored); ok {
			t.Errorf("%q opened the door", p)
		}
	}
	if ok, _ := h.same(t.Context(), "", ""); ok {
		t.Error("nothing opened an account without a password")
	}
	if _, err := h.same(t.Context(), "x", "$argon2id$v=19$m=1,t=1,p=1$AA$AA"); err == nil {
		t.Error("a hash of another cost was compared")
	}
}

func TestWaitsGrow(t *testing.T) {
	last := time.Duration(0)
	for i := range 60 {
		w := wait(i, freeByAccount)
		if i < freeByAccount && w != 0 || i >= freeByAccount && w < 30*time.Second || w < last || w > longest {
			t.Errorf("after %d fails: %v", i, w)
		}
		last = w
	}
	if last != longest {
		t.Errorf("at last %v", last)
	}
}

func TestACodeCountsOnceAndOnlyNow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		secret, err := newSecret()
		if err != nil {
			r.Fatal(err)
		}
		now := time.Unix(rapid.Int64Range(1e9, 4e9).Draw(r, "now"), 0)
		off := rapid.Int64Range(-4, 4).Draw(r, "off")
		used := rapid.Int64Range(-4, 4).Draw(r, "used")
		here := now.Unix() / 30
		code, err := hotp.GenerateCode(secret, uint64(here+off))
		if err != nil {
			r.Fatal(err)
		}
		got, err := matchCode(secret, code, now, here+used)
		if err != nil {
			r.Fatal(err)
		}
		want := off >= -1 && off <= 1 && off > used
		if (got == here+off) != want && !(got != 0 && got != here+off) { // two steps may share six figures, once in a million
			r.Fatalf("step %+d, last used %+d: %d", off, used, got-here)
		}
	})
}

func TestCodesAreReadAsPeopleTypeThem(t *testing.T) {
	for in, want := range map[string]string{"123 456": "123456", "١٢٣٤٥٦": "123456", "۱۲۳۴۵۶": "123456", "12-34-56": "123456", "12345a": ""} {
		if got := digits(in); got != want {
			t.Errorf("%q is read as %q", in, got)
		}
	}
	cs, err := newCodes()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range cs {
		if len(c) != 11 || !looksLikeRecovery(c) || !looksLikeRecovery(strings.ToUpper(strings.ReplaceAll(c, "-", " "))) || seen[c] {
			t.Errorf("recovery code %q", c)
		}
		seen[c] = true
	}
	if looksLikeRecovery("123456") {
		t.Error("a code of the hour is taken for a recovery code")
	}
}

func TestLabels(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0":                                   "Firefox, Windows",
		"Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Mobile Safari/537.36":           "Chrome, Android",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/17.5 Safari/604": "Safari, iPhone",
		"curl/8": "",
	} {
		if got := label(agent); got != want {
			t.Errorf("%s: %q", agent, got)
		}
	}
}
