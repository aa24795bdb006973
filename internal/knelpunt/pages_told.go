package knelpunt

// This file holds what somebody who signalled hears: what was done at each turn, and opening what was closed too soon.

import (
	"slices"
	"strings"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

func (k *Knelpunten) heard(v *web.Visit) error {
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.mine"), k.hear(v.Ctx(), tx, v.Actor)
	})
}

// reopened opens a bottleneck again, by somebody who signalled it; for others it is not there.
func (k *Knelpunten) reopened(v *web.Visit) error {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return err
	}
	ok, err := k.signalled(v.Ctx(), k.db, v.Actor, b.ID)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Gone()
	}
	why := v.Value("waarom")
	var fs fault.Fields
	checkWords(&fs, "waarom", why, mostReason)
	look, err := checkWritten(&fs, k.mask, v.Value("nagekeken"), written{"waarom", "knelpunt.reopen.why", why})
	if err != nil {
		return err
	}
	if len(fs) > 0 {
		p, err := k.minePage(v)
		if err != nil {
			return err
		}
		p.Reopens, p.Why, p.Errors, p.Look = b.ID, strings.TrimSpace(why), fs, look
		return v.Invalid(pageMine(p))
	}
	v.Nobody() // the key against sending twice does not tell who signalled
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.one", "bottleneck", b.ID, "gezegd", "knelpunt.said.reopened"), k.reopen(v.Ctx(), tx, b, Step{Words: StepWords{Inside: why}})
	})
}

// toldTags are the languages in which something can be told beside Dutch.
var toldTags = func() []string {
	var out []string
	for _, l := range lang.Core {
		if !l.IsDutch() {
			out = append(out, l.Tag)
		}
	}
	return out
}()

// hears is in which of those languages somebody reads who speaks one; empty when that is Dutch, or when there is none near it.
func hears(tag string) string {
	l := lang.Find(tag)
	if slices.Contains(toldTags, l.Tag) {
		return l.Tag
	}
	if slices.Contains(toldTags, l.Base) {
		return l.Base
	}
	return ""
}

// unspoken are the languages of who signalled in which something that was told is not there, by name.
func unspoken(needed []string, in map[string]string) string {
	var out []string
	for _, tag := range needed {
		if in[tag] == "" {
			out = append(out, lang.Find(tag).Dutch)
		}
	}
	return strings.Join(out, ", ")
}

type toldInPage struct {
	B      Bottleneck
	Step   Step
	In     map[string]string
	Look   doubts
	Errors fault.Fields
}

// numbers refuses numbers and addresses of somebody.
func (k *Knelpunten) numbers(fs *fault.Fields, field, words string) error {
	r, err := k.mask(noneKnown, words)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "knelpunt: mask", err)
	}
	if words != "" && numbered(r) {
		fs.Add(field, "knelpunt.error.pattern")
	}
	return nil
}

// toldAt is a step of a bottleneck at which something was told, in all its languages.
func (k *Knelpunten) toldAt(v *web.Visit) (p toldInPage, err error) {
	if p.B, err = k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck")); err != nil {
		return p, err
	}
	if p.Step, err = db.First(k.steps(v.Ctx(), k.db, db.F(`id = ? AND bottleneck = ? AND told = TRUE`, v.Param("step"), p.B.ID))); err != nil {
		return p, err
	}
	in, err := k.toldIn(v.Ctx(), k.db, p.Step.ID)
	p.In = in[p.Step.ID]
	return p, err
}

func (k *Knelpunten) toldForm(v *web.Visit) error {
	p, err := k.toldAt(v)
	if err != nil {
		return err
	}
	return v.Page(pageToldIn(p))
}

// toldSave keeps what was told in other languages. Who translates is told to name nobody; numbers and addresses are refused.
func (k *Knelpunten) toldSave(v *web.Visit) error {
	p, err := k.toldAt(v)
	if err != nil {
		return err
	}
	p.In = map[string]string{}
	for _, tag := range toldTags {
		words := v.Value("in_" + tag)
		if p.In[tag] = words; words != "" {
			checkWords(&p.Errors, "in_"+tag, words, mostReason)
			if tag == "en" { // the detector reads Dutch and English: of another language it knows numbers and addresses only
				if p.Look, err = checkWritten(&p.Errors, k.mask, v.Value("nagekeken"), written{"in_" + tag, "knelpunt.told.in.title", words}); err != nil {
					return err
				}
			} else if err := k.numbers(&p.Errors, "in_"+tag, words); err != nil {
				return err
			}
		}
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageToldIn(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.one", "bottleneck", p.B.ID, "gezegd", "knelpunt.said.step"), k.tellIn(v.Ctx(), tx, v.Actor, p.Step, p.In)
	})
}
