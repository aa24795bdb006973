package procedure

// This file packs what one track is derived from, and what came of it, into a few bytes, so that a sweep over every track
// reads one row for each and writes only where something came out differently.

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"sync"
	"time"

	"reisgezel/internal/kernel/clock"
)

// packedForm is the first byte of packed facts; another form gets another byte.
const packedForm = 1

// packer writes values one after the other, each so that the next one can be told from it.
type packer []byte

func (p *packer) str(s string) {
	*p = binary.AppendUvarint(*p, uint64(len(s)))
	*p = append(*p, s...)
}

func (p *packer) num(n int64) { *p = binary.AppendVarint(*p, n) }

func (p *packer) day(d clock.Date) { p.num(int64(d.Year)<<9 | int64(d.Month)<<5 | int64(d.Day)) }

func (p *packer) yes(b bool) {
	if b {
		p.num(1)
	} else {
		p.num(0)
	}
}

// pack writes the events of a track in their order.
func (f Facts) pack() []byte {
	p := packer{packedForm}
	p.num(int64(len(f.Events)))
	for _, e := range f.Events {
		for _, s := range []string{e.ID, e.Kind, string(e.How), e.Outcome, e.Route} {
			p.str(s)
		}
		for _, d := range []clock.Date{e.On.From, e.On.To, e.Letter} {
			p.day(d)
		}
		extend := ""
		if e.Extend.N > 0 {
			extend = e.Extend.String()
		}
		p.str(extend)
		p.num(e.At.UnixMilli())
	}
	return p
}

var errPacked = errors.New("procedure: packed facts cannot be read")

// unpacker reads what a packer wrote; after a fault everything it reads is empty.
type unpacker struct {
	b   []byte
	bad bool
}

func (u *unpacker) num() int64 {
	n, k := binary.Varint(u.b)
	if k <= 0 {
		u.fail()
		return 0
	}
	u.b = u.b[k:]
	return n
}

func (u *unpacker) count() uint64 {
	n, k := binary.Uvarint(u.b)
	if k <= 0 {
		u.fail()
		return 0
	}
	u.b = u.b[k:]
	return n
}

func (u *unpacker) fail() { u.bad, u.b = true, nil }

func (u *unpacker) str() string {
	n := u.count()
	if n > uint64(len(u.b)) {
		u.fail()
		return ""
	}
	s := string(u.b[:n])
	u.b = u.b[n:]
	return s
}

func (u *unpacker) day() clock.Date {
	n := u.num()
	return clock.Date{Year: int(n >> 9), Month: time.Month(n >> 5 & 15), Day: int(n & 31)}
}

// unpackFacts reads what pack wrote.
func unpackFacts(b []byte, about Topic) (Facts, error) {
	if len(b) == 0 || b[0] != packedForm {
		return Facts{}, errPacked
	}
	u := unpacker{b: b[1:]}
	n := u.num()
	if n < 0 || n > int64(len(b)) {
		return Facts{}, errPacked
	}
	f := Facts{Topic: about, Events: make([]Event, n)}
	for i := range f.Events {
		e := &f.Events[i]
		e.ID, e.Kind, e.How, e.Outcome, e.Route = u.str(), u.str(), How(u.str()), u.str(), u.str()
		e.On.From, e.On.To, e.Letter = u.day(), u.day(), u.day()
		if s := u.str(); s != "" && e.Extend.UnmarshalText([]byte(s)) != nil {
			u.bad = true
		}
		e.At = time.UnixMilli(u.num()).UTC()
	}
	if u.bad || len(u.b) > 0 {
		return Facts{}, errPacked
	}
	return f, nil
}

// ends says whether the track has come to its end.
func (d *Derivation) ends() bool {
	now, ok := d.Now()
	return ok && now.Ends
}

// sheets are used again: a walk makes the outcome of every track.
var sheets = sync.Pool{New: func() any { p := make(packer, 0, 16<<10); return &p }}

// outcome is a digest of everything a derivation says. Left out are the versions it was made from, which change with
// every release although nothing else does, and what is stale, which the day alone decides.
func (d *Derivation) outcome() []byte {
	sheet := sheets.Get().(*packer)
	defer sheets.Put(sheet)
	p := (*sheet)[:0]
	defer func() { *sheet = p }() // it may have grown
	for _, c := range d.Choices {
		p.str("choice")
		p.str(string(c.Topic))
		p.yes(c.Contradiction)
		p.num(int64(len(c.Regimes)))
		for _, r := range c.Regimes {
			p.str(string(r))
		}
		p.reasons(c.Chain)
	}
	for _, s := range d.Steps {
		p.str("step")
		for _, x := range []string{s.Step, s.Group, string(s.State)} {
			p.str(x)
		}
		p.day(s.Since.From)
		p.day(s.Since.To)
		p.yes(s.Ends)
		p.num(int64(len(s.Who)))
		for _, w := range s.Who {
			p.str(string(w))
		}
		p.num(int64(len(s.Next)))
		for _, n := range s.Next {
			p.str(n)
		}
	}
	for i := range d.Deadlines {
		p.deadline(&d.Deadlines[i])
	}
	p.questions(d.Questions)
	sum := sha256.Sum256(p)
	return sum[:16]
}

func (p *packer) deadline(x *Deadline) {
	for _, s := range []string{"deadline", x.Key, x.Term, x.Event, x.On, string(x.Party), string(x.Kind), x.Met} {
		p.str(s)
	}
	for _, d := range []clock.Date{x.Safe, x.Last, x.MetOn.From, x.MetOn.To} {
		p.day(d)
	}
	p.yes(x.Urgent)
	p.yes(x.Standstill)
	p.num(int64(len(x.Candidates)))
	for i := range x.Candidates {
		c := &x.Candidates[i]
		for _, s := range []string{"candidate", c.Rule, string(c.Regime), c.Term, c.Note, c.Article, c.Source, string(c.Confidence), c.Confirmed, c.Proof} {
			p.str(s)
		}
		for _, d := range []clock.Date{c.From, c.Safe, c.Last} {
			p.day(d)
		}
		p.reasons(c.Chain)
	}
	p.questions(x.Questions)
}

func (p *packer) reasons(rs []Reason) {
	p.num(int64(len(rs)))
	for i := range rs {
		p.str(rs[i].Key)
		for k := range rs[i].Args {
			a := &rs[i].Args[k]
			p.str(a.Name)
			p.str(a.Text)
			p.str(a.Word)
			p.day(a.Day)
			if a.N != nil {
				p.num(int64(*a.N))
			}
		}
	}
}

func (p *packer) questions(qs []Question) {
	p.num(int64(len(qs)))
	for _, q := range qs {
		p.str(q.Key)
		p.str(q.Event)
		p.str(q.Kind)
	}
}
