package procedure

// This file packs a derivation into the few bytes that are kept of it. What is said of each part stands here once: the same lines write
// it and read it.

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"io"
	"sync"

	"reisgezel/internal/kernel/clock"
)

// bodyForm is the first byte of a packed derivation. Those of before are deflated JSON, which can never begin with it: it would name a
// kind of block that there is none of.
const bodyForm = 6

// scribe writes a derivation, or reads one. A word that was there before is told by its number.
type scribe struct {
	reading bool
	out     packer
	in      unpacker
	known   map[string]uint64 // while writing
	words   []string          // while reading
}

// scribes are used again: a walk packs many.
var scribes = sync.Pool{New: func() any { return &scribe{out: make(packer, 0, 4<<10), known: map[string]uint64{}} }}

// body is what a derivation says. Left out are the versions it was made from: they stand beside it.
func (d *Derivation) body() []byte {
	b := scribes.Get().(*scribe)
	defer scribes.Put(b)
	b.out = append(b.out[:0], bodyForm)
	clear(b.known)
	b.derivation(d)
	return bytes.Clone(b.out)
}

// unpack reads a derivation that was made from these versions.
func unpack(raw []byte, rules, calendar string) (d Derivation, err error) {
	if len(raw) == 0 || raw[0] != bodyForm {
		return inflate(raw)
	}
	b := scribe{reading: true, in: unpacker{b: raw[1:]}}
	b.derivation(&d)
	if b.in.bad || len(b.in.b) > 0 {
		return Derivation{}, errPacked
	}
	d.Rules, d.Calendar = rules, calendar
	return d, nil
}

// inflate reads a derivation from before.
func inflate(raw []byte) (d Derivation, err error) {
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(raw)), 4<<20))
	if err == nil {
		err = json.Unmarshal(text, &d)
	}
	return d, err
}

func (b *scribe) derivation(d *Derivation) {
	list(b, &d.Choices, b.choice)
	list(b, &d.Steps, b.standing)
	list(b, &d.Deadlines, b.deadline)
	list(b, &d.Questions, b.question)
	spellAll(b, &d.Stale)
}

func (b *scribe) choice(c *Choice) {
	spell(b, &c.Topic)
	spellAll(b, &c.Regimes)
	list(b, &c.Chain, b.reason)
	b.yes(&c.Contradiction)
}

func (b *scribe) standing(s *Standing) {
	spell(b, &s.Step)
	spell(b, &s.Group)
	spell(b, &s.State)
	b.moment(&s.Since)
	spellAll(b, &s.Who)
	spellAll(b, &s.Next)
	b.yes(&s.Ends)
}

func (b *scribe) deadline(x *Deadline) {
	spell(b, &x.Key)
	spell(b, &x.Term)
	spell(b, &x.Event)
	spell(b, &x.On)
	spell(b, &x.Party)
	spell(b, &x.Kind)
	b.day(&x.Safe)
	b.day(&x.Last)
	list(b, &x.Candidates, b.candidate)
	list(b, &x.Questions, b.question)
	b.yes(&x.Urgent)
	b.yes(&x.Stale)
	b.yes(&x.Standstill)
	spell(b, &x.Met)
	b.moment(&x.MetOn)
}

func (b *scribe) candidate(c *Candidate) {
	spell(b, &c.Rule)
	spell(b, &c.Pack)
	spell(b, &c.Regime)
	spell(b, &c.Term)
	spell(b, &c.Note)
	b.day(&c.From)
	b.day(&c.Safe)
	b.day(&c.Last)
	list(b, &c.Chain, b.reason)
	spell(b, &c.Article)
	spell(b, &c.Source)
	spell(b, &c.Confidence)
	spell(b, &c.Confirmed)
	spell(b, &c.Proof)
}

func (b *scribe) reason(r *Reason) {
	spell(b, &r.Key)
	list(b, &r.Args, b.arg)
}

func (b *scribe) arg(a *Arg) {
	spell(b, &a.Name)
	b.day(&a.Day)
	given := a.N != nil
	b.yes(&given)
	if given {
		if b.reading {
			a.N = new(int)
		}
		n := int64(*a.N)
		b.num(&n)
		if b.reading { // a number of a rule may be shared, and is not written to
			*a.N = int(n)
		}
	}
	spell(b, &a.Text)
	spell(b, &a.Word)
}

func (b *scribe) question(q *Question) {
	spell(b, &q.Key)
	spell(b, &q.Event)
	spell(b, &q.Kind)
}

func (b *scribe) moment(m *Moment) {
	b.day(&m.From)
	b.day(&m.To)
}

func (b *scribe) num(n *int64) {
	if b.reading {
		*n = b.in.num()
	} else {
		b.out.num(*n)
	}
}

func (b *scribe) day(d *clock.Date) {
	if b.reading {
		*d = b.in.day()
	} else {
		b.out.day(*d)
	}
}

func (b *scribe) yes(y *bool) {
	if b.reading {
		*y = b.in.num() != 0
	} else {
		b.out.yes(*y)
	}
}

// spell is a text: its number when it was there before, and else a nought and the text.
func spell[S ~string](b *scribe, s *S) {
	if b.reading {
		*s = S(b.told())
		return
	}
	if n, ok := b.known[string(*s)]; ok {
		b.out = binary.AppendUvarint(b.out, n)
		return
	}
	b.known[string(*s)] = uint64(len(b.known) + 1)
	b.out = append(b.out, 0)
	b.out.str(string(*s))
}

// told reads a word.
func (b *scribe) told() string {
	switch n := b.in.count(); {
	case n == 0:
		s := b.in.str()
		b.words = append(b.words, s)
		return s
	case n <= uint64(len(b.words)):
		return b.words[n-1]
	}
	b.in.fail()
	return ""
}

func spellAll[S ~string](b *scribe, ss *[]S) { list(b, ss, func(s *S) { spell(b, s) }) }

// list is a nought for none at all, and else one more than how many there are, and each.
func list[T any](b *scribe, xs *[]T, one func(*T)) {
	n := int64(0)
	if !b.reading && *xs != nil {
		n = int64(len(*xs) + 1)
	}
	b.num(&n)
	if b.reading {
		if n < 0 || n > int64(len(b.in.b))+1 { // each takes a byte at least
			b.in.fail()
		} else if n > 0 {
			*xs = make([]T, n-1)
		}
	}
	for i := range *xs {
		one(&(*xs)[i])
	}
}
