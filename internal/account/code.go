package account

// This file holds what somebody types as proof besides a password: the code of the hour, and recovery codes.

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp/hotp"
)

// step is how long one code of the second factor counts.
const step = 30 * time.Second

// newSecret makes the shared secret of a second factor, as people may type it over.
func newSecret() (string, error) {
	b := make([]byte, 20)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("random bytes: %w", err)
	}
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b), nil
}

// matchCode finds the time step of a code, one step early or late allowed, that lies after the last one used. Zero
// means that the code is wrong, or was used before.
func matchCode(secret, code string, now time.Time, last int64) (int64, error) {
	code = digits(code)
	here := now.Unix() / int64(step/time.Second)
	var found int64
	for s := here - 1; s <= here+1; s++ {
		want, err := hotp.GenerateCode(secret, uint64(s))
		if err != nil {
			return 0, fmt.Errorf("the second factor: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && s > last {
			found = s
		}
	}
	return found, nil
}

// digits reads a code as people type it: with spaces, or in the figures of their own keyboard.
func digits(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '٠' && r <= '٩':
			b.WriteRune('0' + r - '٠')
		case r >= '۰' && r <= '۹':
			b.WriteRune('0' + r - '۰')
		case r == ' ' || r == '-' || r == '\u00a0':
		default:
			return ""
		}
	}
	return b.String()
}

// secretURL is what an authenticator reads from a QR code.
func secretURL(email, secret string) string {
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/Reisgezel:" + email, RawQuery: url.Values{"secret": {secret}, "issuer": {"Reisgezel"}}.Encode()}
	return u.String()
}

// grouped writes a secret in groups of four, to be typed over.
func grouped(s string) string {
	var parts []string
	for len(s) > 4 {
		parts, s = append(parts, s[:4]), s[4:]
	}
	return strings.Join(append(parts, s), " ")
}

// codes is how many recovery codes somebody gets.
const codes = 10

// alphabet leaves out what is easily misread.
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789"

// newCodes makes recovery codes of ten characters in two groups.
func newCodes() ([]string, error) {
	out := make([]string, codes)
	for i := range out {
		var b strings.Builder
		for b.Len() < 11 {
			if b.Len() == 5 {
				b.WriteByte('-')
			}
			var r [1]byte
			if _, err := rand.Read(r[:]); err != nil {
				return nil, fmt.Errorf("random bytes: %w", err)
			}
			if int(r[0]) < 256-256%len(alphabet) { // without this some characters would be likelier than others
				b.WriteByte(alphabet[int(r[0])%len(alphabet)])
			}
		}
		out[i] = b.String()
	}
	return out, nil
}

// plainCode is a recovery code without what people add or forget.
func plainCode(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(alphabet, r) {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

// looksLikeRecovery tells a recovery code from a code of the hour.
func looksLikeRecovery(s string) bool { return len(plainCode(s)) == 10 && digits(s) == "" }
