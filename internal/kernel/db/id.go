package db

import (
	"crypto/rand"
	"encoding/binary"
	"time"
)

// alphabet is Crockford's base 32: no I, L, O or U, so that an id can be read aloud.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// ID makes a new id: a readable prefix, the time in milliseconds and 52 random bits. Ids of later times sort later,
// which keeps new rows beside each other on the disk.
func ID(prefix string, now time.Time) string {
	var r [8]byte
	if _, err := rand.Read(r[:]); err != nil {
		panic("db: the machine gives no random bytes: " + err.Error())
	}
	return IDFrom(prefix, now, binary.BigEndian.Uint64(r[:]))
}

// Blind makes an id that tells no time, for what somebody says without a name.
func Blind(prefix string) string {
	var r [16]byte
	if _, err := rand.Read(r[:]); err != nil {
		panic("db: the machine gives no random bytes: " + err.Error())
	}
	return IDFrom(prefix, time.UnixMilli(int64(binary.BigEndian.Uint64(r[:8])>>14)), binary.BigEndian.Uint64(r[8:]))
}

// IDFrom makes an id of given random bits, for demonstrations that must be the same every time.
func IDFrom(prefix string, now time.Time, bits uint64) string {
	b := make([]byte, 0, len(prefix)+21)
	b = append(append(b, prefix...), '-')
	ms := uint64(now.UnixMilli())
	for i := 9; i >= 0; i-- {
		b = append(b, alphabet[ms>>(5*i)&31])
	}
	for i := 9; i >= 0; i-- {
		b = append(b, alphabet[bits>>(5*i)&31])
	}
	return string(b)
}
