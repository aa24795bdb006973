package knelpunt

// This file holds what the team does with a signal before it leaves: the author repairs, a second person reads it and lets it go.

import (
	"bytes"
	"context"
	"slices"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type waitingPage struct {
	Tabs []ui.TabP
	Rows []ui.RowP
}

// tabs are the pages of signals that this colleague may open.
func (k *Knelpunten) tabs(v *web.Visit, now string) []ui.TabP {
	var out []ui.TabP
	for _, t := range []struct {
		route string
		may   bool
	}{{"knelpunt.list", mayRead.Allows(v.Actor)}, {"knelpunt.waiting", mayRelease.Allows(v.Actor)}, {"knelpunt.desk", mayDesk.Allows(v.Actor)}, {"knelpunt.mine", mayRaise.Allows(v.Actor)}} {
		if t.may {
			out = append(out, ui.TabP{Label: lang.T(v.Ctx(), t.route), URL: v.URL(t.route), Current: t.route == now})
		}
	}
	return out
}

func (k *Knelpunten) waiting(v *web.Visit) error {
	teams, err := k.teams(v)
	if err != nil {
		return err
	}
	ds, err := k.drafts(v.Ctx(), k.db, k.toRelease(v.Actor, teams))
	if err != nil {
		return err
	}
	p := waitingPage{Tabs: k.tabs(v, "knelpunt.waiting")}
	for _, d := range ds {
		p.Rows = append(p.Rows, ui.RowP{Href: v.URL("knelpunt.draft", "draft", d.ID), Title: titleOf(v.Ctx(), d.Said.Facts), Sub: aboutOf(v.Ctx(), d.Said.Facts),
			Tag: lang.T(v.Ctx(), "knelpunt.weight."+d.Said.Facts.Weight), TagKind: weightLooks[d.Said.Facts.Weight][0], TagIcon: weightLooks[d.Said.Facts.Weight][1]})
	}
	return v.Page(pageWaiting(p))
}

type draftPage struct {
	Draft
	Pieces  []Piece
	Look    bool
	Betrays bool // it cannot leave as it is
	Photos  []Photo
	Sure    bool // the second reader looked at the photographs
	Do, Why string
	Errors  fault.Fields
}

// toJudge is a draft that this colleague may let go; every other one is not there.
func (k *Knelpunten) toJudge(v *web.Visit) (Draft, error) {
	teams, err := k.teams(v)
	if err != nil {
		return Draft{}, err
	}
	return db.First(k.drafts(v.Ctx(), k.db, db.F(`id = ? AND`, v.Param("draft")).With(k.toRelease(v.Actor, teams))))
}

// read marks what a second reader must look at.
func (k *Knelpunten) read(ctx context.Context, d Draft) (draftPage, error) {
	ps0, err := photosOfDraft(ctx, k.db, d.ID)
	if err != nil {
		return draftPage{}, err
	}
	r, err := k.mask(noneKnown, d.Said.Words)
	if err != nil {
		return draftPage{}, fault.Wrap(fault.Unavailable, "knelpunt: mask", err)
	}
	return draftPage{Draft: d, Photos: ps0, Pieces: MarkNew(marked(d.Said.Words, r), d.Said.New), Look: r.Look, Betrays: Betrays(r)}, nil
}

func (k *Knelpunten) oneDraft(v *web.Visit) error {
	d, err := k.toJudge(v)
	if err != nil {
		return err
	}
	p, err := k.read(v.Ctx(), d)
	if err != nil {
		return err
	}
	return v.Page(pageDraft(p))
}

// judge lets a draft go, or gives it back with a reason. The check runs once more: words that came in otherwise do not slip through.
func (k *Knelpunten) judge(v *web.Visit) error {
	d, err := k.toJudge(v)
	if err != nil {
		return err
	}
	p, err := k.read(v.Ctx(), d)
	if err != nil {
		return err
	}
	p.Do, p.Why, p.Sure = v.Value("besluit"), v.Value("waarom"), v.Has("fotos")
	switch p.Do {
	case "release":
		if p.Betrays {
			p.Errors.Add("besluit", "knelpunt.error.betrays.second")
		}
		if len(p.Photos) > 0 && !p.Sure {
			p.Errors.Add("fotos", "knelpunt.error.sure")
		}
	case "back":
		checkWords(&p.Errors, "waarom", p.Why, mostReason)
	default:
		p.Errors.Add("besluit", "knelpunt.error.choose")
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageDraft(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if p.Do == "release" {
			return v.URL("knelpunt.waiting", "gezegd", "knelpunt.said.released"), k.release(v.Ctx(), tx, v.Actor, d, v.Number("versie"))
		}
		s := d.Said
		s.Why = p.Why
		return v.URL("knelpunt.waiting", "gezegd", "knelpunt.said.back"), k.turn(v.Ctx(), tx, d, v.Number("versie"), Back, s)
	})
}

type repairPage struct {
	Draft
	From        string // the sealed file, when the author came from it
	In          Input
	Months      []clock.Date
	Photos      []Photo
	PhotoErrors fault.Fields
	Errors      fault.Fields
}

func (k *Knelpunten) repairPage(v *web.Visit, d Draft) (repairPage, error) {
	f := d.Said.Facts
	ps, err := photosOfDraft(v.Ctx(), k.db, d.ID)
	return repairPage{From: v.Value("van"), Photos: ps, Draft: d, Months: Months(clock.Today(v.Now)), In: Input{Theme: f.Theme, Institution: f.Institution, Place: f.Place, Phase: f.Phase, Nation: f.Nation,
		Month: MonthValue(f.Month), Weight: f.Weight, Seen: f.Seen, Open: d.open(), Detail: d.Said.Detail, Words: d.Said.Words}}, err
}

func (k *Knelpunten) repair(v *web.Visit) error {
	d, err := k.ownDraft(v.Ctx(), v.Actor, v.Param("draft"))
	if err != nil {
		return err
	}
	if _, err := k.behind(v, d); err != nil {
		return err
	}
	p, err := k.repairPage(v, d)
	if err != nil {
		return err
	}
	return v.Page(pageRepair(p))
}

// behind is what the file knows from which a draft came, when its author comes from that file: it is opened with its own access and its
// own log. A draft knows no file; that it is this one, its pseudonym says. Another file than that is not there.
func (k *Knelpunten) behind(v *web.Visit, d Draft) (deident.Known, error) {
	from := v.Value("van")
	if from == "" {
		return noneKnown, nil
	}
	o, err := k.files.OpenSignal(v, from)
	if err != nil {
		return noneKnown, err
	}
	one, err := k.pseudonym(v.Ctx(), o.File.ID())
	if err != nil {
		return noneKnown, err
	}
	if len(d.One) == 0 || !bytes.Equal(one, d.One) {
		return noneKnown, fault.Gone()
	}
	return k.files.Known(v, o.File)
}

// repaired keeps what the author changed, or withdraws it. What is new and no ordinary word is masked without asking, and what the file
// knows when the author comes from it; what was there stays as the author left it. Without the file every new word is marked for the
// second reader.
func (k *Knelpunten) repaired(v *web.Visit) error {
	d, err := k.ownDraft(v.Ctx(), v.Actor, v.Param("draft"))
	if err != nil {
		return err
	}
	if v.Has("weg") {
		return v.Write(func(tx *db.Tx) (string, error) {
			return v.URL("knelpunt.mine", "gezegd", "knelpunt.said.gone"), withdraw(v.Ctx(), tx, d.ID, v.Number("versie"))
		})
	}
	p, err := k.repairPage(v, d)
	if err != nil {
		return err
	}
	p.In = Input{Theme: v.Value("thema"), Institution: v.Value("instantie"), Place: v.Value("plek"), Phase: v.Value("fase"), Nation: v.Value("groep"),
		Month: v.Value("maand"), Weight: v.Value("ernst"), Seen: v.Value("gezien"), Open: d.open(), Detail: ReadDetail(d.Said.Detail.Form, v.Values), Words: v.Value("woorden")}
	facts, fs := p.In.Check(nil, clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageRepair(p))
	}
	known, err := k.behind(v, d)
	if err != nil {
		return err
	}
	words, err := Remask(known, d.Said.Words, p.In.Words, k.mask)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "knelpunt: mask", err)
	}
	said := Said{Facts: facts, Detail: p.In.Detail, Words: words, Lang: d.Said.Lang}
	if len(d.One) > 0 && p.From == "" {
		said.New = slices.Concat(d.Said.New, NewWords(d.Said.Words, words))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.mine", "gezegd", "knelpunt.said.given"), k.turn(v.Ctx(), tx, d, v.Number("versie"), Waiting, said)
	})
}
