package account

// This file says which passwords are good enough, and turns one into what is stored.

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"unicode"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"reisgezel/internal/kernel/fault"
)

// The length of a password in characters. A long one needs no strange signs.
const (
	MinPassword = 12
	MaxPassword = 200
)

// common are words that a guesser tries first. A password that is nothing but these, with figures and signs around
// them, is refused.
var common = []string{
	"wachtwoord", "welkom", "geheim", "reisgezel", "vluchteling", "vluchtelingen", "vluchtelingenwerk", "spreekuur", "stichting", "begeleider",
	"password", "passwort", "welcome", "letmein", "iloveyou", "qwertyuiop", "qwerty", "azerty", "asdfghjkl", "asdfgh", "zxcvbnm", "admin",
	"administrator", "secret", "login", "master", "monkey", "dragon", "football", "voetbal", "baseball", "sunshine", "princess", "superman",
	"trustno", "whatever", "nederland", "amsterdam", "rotterdam", "utrecht", "feyenoord", "ajax", "januari", "februari", "maart", "april", "mei",
	"juni", "juli", "augustus", "september", "oktober", "november", "december", "lente", "zomer", "herfst", "winter", "summer", "spring", "autumn",
	"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "hallo", "hello", "schatje", "liefde", "computer", "internet",
	"changeme", "abc", "abcd", "test", "demo", "default", "mijn", "my", "de", "het", "the", "is", "in",
}

// Normal writes a password in one Unicode form, so that it is the same on every keyboard.
func Normal(password string) string { return norm.NFC.String(password) }

// CheckPassword names what is wrong with a password that somebody chooses. Names are texts that it may not consist
// of: the account's address and the owner's name.
func CheckPassword(field, password string, names ...string) fault.Fields {
	var fs fault.Fields
	p := Normal(password)
	n := length(p)
	switch {
	case n < MinPassword:
		fs.Add(field, "account.error.short", "n", MinPassword)
	case n > MaxPassword:
		fs.Add(field, "account.error.long", "n", MaxPassword)
	case weak(p, names):
		fs.Add(field, "account.error.weak")
	}
	return fs
}

func weak(p string, names []string) bool {
	low := strings.ToLower(p)
	different := map[rune]bool{}
	for _, r := range low {
		different[r] = true
	}
	if len(different) < 5 || run(low) {
		return true
	}
	words := slices.Clone(common)
	for _, n := range names {
		n = strings.ToLower(norm.NFC.String(n))
		if local, _, ok := strings.Cut(n, "@"); ok {
			if len(local) >= 4 && strings.Contains(low, local) {
				return true
			}
			n = local
		}
		words = append(words, strings.FieldsFunc(n, func(r rune) bool { return !unicode.IsLetter(r) })...)
	}
	// Take away what a guesser would guess, longest words first; too little left means too weak.
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	for _, w := range words {
		if len(w) >= 2 {
			low = strings.ReplaceAll(low, w, " ")
		}
	}
	left := 0
	for _, r := range low {
		if unicode.IsLetter(r) || r > unicode.MaxASCII {
			left++
		}
	}
	return left < 4 && (strings.Contains(low, " ") || digitsOnly(p) && length(p) < 16)
}

func length(s string) int { return len([]rune(s)) }

func digitsOnly(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) && !unicode.IsPunct(r) && r != ' ' }) < 0
}

// run says whether a text is mostly one long row such as 123456789 or abcdefgh.
func run(s string) bool {
	rs := []rune(s)
	longest, here := 1, 1
	for i := 1; i < len(rs); i++ {
		if d := rs[i] - rs[i-1]; d == 1 || d == -1 || d == 0 {
			here++
		} else {
			here = 1
		}
		longest = max(longest, here)
	}
	return longest*3 >= len(rs)*2
}

// The cost of one hash: 19 MiB, two passes, one lane.
const (
	argonTime    = 2
	argonMemory  = 19 * 1024
	argonThreads = 1
)

// hasher makes and compares hashes, a few at a time: each takes much memory, and a storm of sign-ins must not take
// the house down.
type hasher struct {
	room chan struct{}
	line atomic.Int64 // how many wait
	dumb string       // the hash of a password that nobody has, for accounts that do not exist
	work atomic.Int64
}

func newHasher() *hasher {
	h := &hasher{room: make(chan struct{}, 2)}
	h.dumb = encode(make([]byte, 16), make([]byte, 32))
	return h
}

// maxLine is how many may wait for a hash: at thirty milliseconds each, the last one waits about a second.
const maxLine = 60

func (h *hasher) key(ctx context.Context, password string, salt []byte) ([]byte, error) {
	defer h.line.Add(-1)
	if h.line.Add(1) > maxLine {
		return nil, fault.New(fault.TooMany, "account.error.busy")
	}
	select {
	case h.room <- struct{}{}:
	case <-ctx.Done():
		return nil, fault.Wrap(fault.Unavailable, "wait for a hash", ctx.Err())
	}
	defer func() { <-h.room }()
	h.work.Add(1)
	return argon2.IDKey([]byte(Normal(password)), salt, argonTime, argonMemory, argonThreads, 32), nil
}

// make hashes a password that was chosen.
func (h *hasher) make(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("random bytes: %w", err)
	}
	k, err := h.key(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return encode(salt, k), nil
}

// same compares a password with what is stored. When nothing is stored the work is done all the same and the answer
// is no: the time must not tell whether there is an account.
func (h *hasher) same(ctx context.Context, password, stored string) (bool, error) {
	real := stored != ""
	if !real {
		stored = h.dumb
	}
	if length(password) > MaxPassword {
		password, real = "", false
	}
	salt, want, err := decode(stored)
	if err != nil {
		return false, err
	}
	got, err := h.key(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && real, nil
}

func encode(salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads, b.EncodeToString(salt), b.EncodeToString(key))
}

// decode reads a stored hash. One of another cost is refused rather than compared wrongly: the day the cost changes,
// this is the place to know both.
func decode(s string) (salt, key []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || !strings.HasPrefix(s, fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, argonMemory, argonTime, argonThreads)) {
		return nil, nil, fmt.Errorf("account: a stored hash is not one of ours")
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err == nil {
		key, err = base64.RawStdEncoding.DecodeString(parts[5])
	}
	return salt, key, err
}
