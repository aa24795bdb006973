package portal

// This file holds the rules of signing in with a code on one's own telephone, in place of the card. The PIN stays: a message can be
// read on a table, and a number can be taken over.

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"time"
)

const (
	codeDigits = 6
	// CodeWorks is how long a code that was sent works.
	CodeWorks = 10 * time.Minute
	// codeTries is how often one code may be tried.
	codeTries = 5
	// codesHour and codesDay are how many codes one number is sent: messages cost money, and wake people.
	codesHour = 3
	codesDay  = 8
)

// newCode is a code that nobody can foresee.
func newCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic("portal: the machine gives no random bytes: " + err.Error())
	}
	return fmt.Sprintf("%0*d", codeDigits, n)
}

// ReadPhoneCode reads the digits of a code in any script that people here write.
func ReadPhoneCode(s string) (string, bool) {
	n, ok := digits(s)
	return n, ok && len(n) == codeDigits
}

// MaySend says whether a number may be sent another code, by how many it was sent in the last hour and the last day.
func MaySend(hour, day int) bool { return hour < codesHour && day < codesDay }

// tail is what somebody recognises their number by: its last three digits.
func tail(number string) string { return "••• " + number[max(0, len(number)-3):] }
