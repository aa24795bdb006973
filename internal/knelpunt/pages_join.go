package knelpunt

// This file holds how bottlenecks are made and changed as wholes: begun from a signal, joined, split, merged, and given evidence.

import (
	"slices"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type startPage struct {
	In      StartInput
	Signal  string // with which it begins; empty when it begins with none
	Warning string // the early warning with which it begins, likewise
	Split   string // from which bottleneck
	Chosen  []string
	Members []Signal
	Owners  []ui.Option
	Look    doubts
	Errors  fault.Fields
}

// startOf reads the form and what it is about: a signal, or some signals of a bottleneck that is split.
func (k *Knelpunten) startOf(v *web.Visit) (startPage, []string, error) {
	p := startPage{Signal: v.Value("signaal"), Warning: v.Value("waarschuwing"), In: StartInput{v.Value("vraag"), v.Value("bekend"), v.Value("thema"), v.Value("ernst"), v.Value("eigenaar"), v.Value("volgende")}}
	var err error
	var ids []string
	if p.Owners, ids, err = k.owners(v, ""); err != nil {
		return p, nil, err
	}
	if p.In.Owner == "" {
		p.In.Owner = v.Actor.ID
	}
	if p.Signal != "" {
		s, err := k.signal(v.Ctx(), k.db, p.Signal)
		if err != nil {
			return p, nil, err
		}
		if p.In.Theme == "" {
			p.In.Theme = s.Theme
		}
		if p.In.Weight == "" {
			p.In.Weight = s.Weight
		}
		p.Members = []Signal{s}
	}
	return p, ids, nil
}

func (k *Knelpunten) startForm(v *web.Visit) error {
	p, _, err := k.startOf(v)
	if err != nil {
		return err
	}
	if p.In.Next == "" {
		p.In.Next = clock.Today(v.Now).AddDays(14).String()
	}
	return v.Page(pageStart(p))
}

func (k *Knelpunten) startSave(v *web.Visit) error {
	p, owners, err := k.startOf(v)
	if err != nil {
		return err
	}
	p.In.Owner = v.Value("eigenaar")
	b, fs := p.In.Check(owners, clock.Today(v.Now))
	if p.Look, err = checkWritten(&fs, k.mask, v.Value("nagekeken"), written{"vraag", "knelpunt.question", p.In.Question}, written{"bekend", "knelpunt.known", p.In.Known}); err != nil {
		return err
	}
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageStart(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := k.start(v.Ctx(), tx, v.Actor, b, Began, "")
		if err != nil {
			return "", err
		}
		if p.Warning != "" && k.warned.Begun != nil {
			if err := k.warned.Begun(v.Ctx(), tx, v.Actor, p.Warning, id); err != nil {
				return "", err
			}
		}
		if p.Signal != "" {
			b.ID = id
			if err := k.join(v.Ctx(), tx, v.Actor, b, p.Signal); err != nil {
				return "", err
			}
		}
		return v.URL("knelpunt.one", "bottleneck", id, "gezegd", "knelpunt.said.began"), nil
	})
}

// joinOne puts a signal to a bottleneck with one press, from either of their pages.
func (k *Knelpunten) joinOne(v *web.Visit) error {
	b, s, err := k.pair(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.one", "bottleneck", b.ID, "gezegd", "knelpunt.said.joined"), k.join(v.Ctx(), tx, v.Actor, b, s.ID)
	})
}

func (k *Knelpunten) leaveOne(v *web.Visit) error {
	b, s, err := k.pair(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.one", "bottleneck", b.ID, "gezegd", "knelpunt.said.left"), k.leave(v.Ctx(), tx, v.Actor, b, s.ID)
	})
}

func (k *Knelpunten) pair(v *web.Visit) (Bottleneck, Signal, error) {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return b, Signal{}, err
	}
	s, err := k.signal(v.Ctx(), k.db, v.Value("signaal"))
	return b, s, err
}

// mergeOne lets a bottleneck go on in another.
func (k *Knelpunten) mergeOne(v *web.Visit) error {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return err
	}
	var fs fault.Fields
	into, err := k.bottleneck(v.Ctx(), k.db, v.Value("in"))
	if fault.Is(err, fault.NotFound) || err == nil && into.ID == b.ID {
		fs.Add("in", "knelpunt.error.choose")
	} else if err != nil {
		return err
	}
	checkWords(&fs, "waarom", v.Value("waarom"), mostReason)
	look, err := checkWritten(&fs, k.mask, v.Value("nagekeken"), written{"waarom", "knelpunt.merge.why", v.Value("waarom")})
	if err != nil {
		return err
	}
	if len(fs) > 0 {
		p, err := k.page(v, b)
		if err != nil {
			return err
		}
		p.LookMerge, p.Errors, p.MergeInto, p.MergeWhy = look, fs, v.Value("in"), v.Value("waarom")
		return v.Invalid(pageOne(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.one", "bottleneck", into.ID, "gezegd", "knelpunt.said.merged"), k.merge(v.Ctx(), tx, v.Actor, b, into, v.Number("versie"), v.Value("waarom"))
	})
}

// splitForm asks what the chosen signals are about by themselves.
func (k *Knelpunten) splitOf(v *web.Visit) (Bottleneck, startPage, []string, error) {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return b, startPage{}, nil, err
	}
	p, owners, err := k.startOf(v)
	if err != nil {
		return b, p, nil, err
	}
	p.Split, p.Signal = b.ID, ""
	if p.Members, err = k.members(v.Ctx(), k.db, b.ID); err != nil {
		return b, p, nil, err
	}
	for _, s := range p.Members {
		if slices.Contains(v.Values("signalen"), s.ID) {
			p.Chosen = append(p.Chosen, s.ID)
		}
	}
	return b, p, owners, nil
}

func (k *Knelpunten) splitForm(v *web.Visit) error {
	b, p, _, err := k.splitOf(v)
	if err != nil {
		return err
	}
	p.In = StartInput{Theme: b.Theme, Weight: b.Weight, Owner: v.Actor.ID, Next: clock.Today(v.Now).AddDays(14).String()}
	return v.Page(pageStart(p))
}

func (k *Knelpunten) splitSave(v *web.Visit) error {
	b, p, owners, err := k.splitOf(v)
	if err != nil {
		return err
	}
	p.In.Owner = v.Value("eigenaar")
	fresh, fs := p.In.Check(owners, clock.Today(v.Now))
	if len(p.Chosen) == 0 || len(p.Chosen) == len(p.Members) {
		fs.Add("signalen", "knelpunt.error.split")
	}
	if p.Look, err = checkWritten(&fs, k.mask, v.Value("nagekeken"), written{"vraag", "knelpunt.question", p.In.Question}, written{"bekend", "knelpunt.known", p.In.Known}); err != nil {
		return err
	}
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageStart(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := k.split(v.Ctx(), tx, v.Actor, b, fresh, p.Chosen)
		return v.URL("knelpunt.one", "bottleneck", id, "gezegd", "knelpunt.said.split"), err
	})
}

// proveOne adds a source, or a quote that somebody agreed to. A quote is masked like a signal: what leads to somebody is refused.
func (k *Knelpunten) proveOne(v *web.Visit) error {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return err
	}
	in := EvidenceInput{Kind: v.Value("soort"), Title: v.Value("titel"), Link: v.Value("adres"), Quote: v.Value("citaat"), For: v.Value("voor"), How: v.Value("hoe"), Read: v.Has("voorgelezen")}
	what, fs := in.Check()
	said := written{"titel", "knelpunt.prove.title", in.Title}
	if in.Kind == "quote" {
		r, err := k.mask(noneKnown, in.Quote)
		if err != nil {
			return fault.Wrap(fault.Unavailable, "knelpunt: mask", err)
		}
		if said = (written{"citaat", "knelpunt.prove.quote", in.Quote}); Betrays(r) && !numbered(r) { // a day tells who said it, too
			fs.Add("citaat", "knelpunt.error.pattern")
		}
	}
	look, err := checkWritten(&fs, k.mask, v.Value("nagekeken"), said)
	if err != nil {
		return err
	}
	if len(fs) > 0 {
		p, err := k.page(v, b)
		if err != nil {
			return err
		}
		p.Prove, p.Errors, p.LookProve = in, fs, look
		return v.Invalid(pageOne(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		said := "knelpunt.said.proved"
		if secondReads(in.Kind, what) {
			said = "knelpunt.said.proved.waits"
		}
		return v.URL("knelpunt.one", "bottleneck", b.ID, "gezegd", said), k.prove(v.Ctx(), tx, v.Actor, b, in.Kind, what)
	})
}

// passOne lets others read a quote: a second colleague read it, and nobody can be recognised in it.
func (k *Knelpunten) passOne(v *web.Visit) error {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.one", "bottleneck", b.ID, "gezegd", "knelpunt.said.passed"), k.pass(v.Ctx(), tx, v.Actor, b, v.Param("evidence"))
	})
}

func (k *Knelpunten) unproveOne(v *web.Visit) error {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.one", "bottleneck", b.ID, "gezegd", "knelpunt.said.unproved"), k.unprove(v.Ctx(), tx, v.Actor, b, v.Param("evidence"))
	})
}
