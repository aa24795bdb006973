package lang

// This file holds the texts of one language in memory. There are tens of thousands for as long as the program runs, and the collector of
// garbage goes through all that lives many times a second on a busy day: so they stand behind each other in one long text, found by
// number, and hold hardly a pointer that it would have to follow.

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
)

// entry is one text: one form, or a form per plural category.
type entry struct {
	one   string
	forms map[plural.Form]string
	state State
	of    stamp // of the Dutch text it was made from; zero when that is not known
}

// stamp is a fingerprint of a text, of four bytes, and one more; zero when it is not known.
type stamp uint64

func (s stamp) String() string {
	if s == 0 {
		return ""
	}
	return fmt.Sprintf("%08x", uint64(s)-1)
}

// readStamp reads what String wrote; anything else is not known.
func readStamp(s string) stamp {
	n, err := strconv.ParseUint(s, 16, 32)
	if err != nil {
		return 0
	}
	return stamp(n) + 1
}

// book is the texts of one language. It does not change.
type book struct {
	number *index // of a key, in all languages
	at     []spot // by number
	all    string // the texts of one form
	forms  map[int]map[plural.Form]string
	over   map[string]entry // laid over them
}

// spot is where a text stands, and what is known of it.
type spot struct {
	from, size uint32
	of         uint32
	made       bool  // from a Dutch text with that fingerprint
	state      uint8 // one more than its place in statesByNumber; zero when there is no text
}

var statesByNumber = [...]State{Checked, Machine, Outdated}

// pack makes a book of texts by key.
func pack(number *index, texts map[string]entry) *book {
	b := &book{number: number, at: make([]spot, number.len()), forms: map[int]map[plural.Form]string{}}
	size := 0
	for _, e := range texts {
		size += len(e.one)
	}
	var all strings.Builder
	all.Grow(size)
	for n := range b.at {
		e, ok := texts[number.key(n)]
		if !ok {
			continue
		}
		s := spot{from: uint32(all.Len()), size: uint32(len(e.one)), of: uint32(e.of - 1), made: e.of != 0, state: 1}
		for i, x := range statesByNumber {
			if x == e.state {
				s.state = uint8(i) + 1
			}
		}
		all.WriteString(e.one)
		if b.at[n] = s; e.forms != nil {
			b.forms[n] = e.forms
		}
	}
	b.all = all.String()
	return b
}

// get is one text. A book that is not there has none.
func (b *book) get(key string) (entry, bool) {
	if b == nil {
		return entry{}, false
	}
	if e, ok := b.over[key]; ok {
		return e, true
	}
	n, ok := b.number.find(key)
	if !ok {
		return entry{}, false
	}
	s := b.at[n]
	if s.state == 0 {
		return entry{}, false
	}
	e := entry{one: b.all[s.from : s.from+s.size], state: statesByNumber[s.state-1]}
	if s.made {
		e.of = stamp(s.of) + 1
	}
	if s.size == 0 {
		e.forms = b.forms[n]
	}
	return e, true
}

// keys are the keys of all texts, in their order.
func (b *book) keys(yield func(string) bool) {
	if b == nil {
		return
	}
	for n := range b.at {
		if b.at[n].state != 0 && !yield(b.number.key(n)) {
			return
		}
	}
}

// under is the same with these texts laid over it, and no others.
func (b *book) under(over map[string]entry) *book {
	out := *b
	out.over = over
	return &out
}
