package knelpunt

// This file is what bottlenecks lend to the rooms in which something is done about them, and what these show beside a bottleneck.
// Neither knows the other: the app hands over.

import (
	"context"
	"slices"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Beside is what another room shows on the page of a bottleneck: what it does about it, as this visitor may know of it, and how
// something is begun there. Rows is asked for a bottleneck and all that went on in it. Begin gives empty words when this visitor cannot.
type Beside struct {
	Rows  func(v *web.Visit, bottlenecks ...string) ([]ui.RowP, error)
	Begin func(v *web.Visit, bottleneck string) (label, url string)
}

// Warned is what the room lends that watches the numbers: the warnings that are taken up in a bottleneck and all that went on in it, and
// how one is taken up that somebody begins a bottleneck with.
type Warned struct {
	Rows  func(v *web.Visit, bottlenecks ...string) ([]ui.RowP, error)
	Begun func(ctx context.Context, tx *db.Tx, a access.Actor, warning, bottleneck string) error
}

// LendWarned hands that over; the app calls it once.
func (k *Knelpunten) LendWarned(w Warned) { k.warned = w }

// LendBeside hands over what stands beside a bottleneck; the app calls it once.
func (k *Knelpunten) LendBeside(bs ...Beside) { k.besides = bs }

// beside gathers it.
func (k *Knelpunten) beside(v *web.Visit, p *onePage) error {
	ids, err := k.wentOnIn(v.Ctx(), p.ID)
	if err != nil {
		return err
	}
	if p.Mediations, err = k.mediationRows(v, ids); err != nil {
		return err
	}
	if k.warned.Rows != nil {
		if p.Warned, err = k.warned.Rows(v, ids...); err != nil {
			return err
		}
	}
	for _, b := range k.besides {
		rows, err := b.Rows(v, ids...)
		if err != nil {
			return err
		}
		p.Done = append(p.Done, rows...)
		if label, url := b.Begin(v, p.ID); url != "" && p.State != Merged {
			p.Begin = append(p.Begin, ui.Option{Label: label, Value: url})
		}
	}
	return nil
}

// wentOnIn is a bottleneck and all that were merged into it, and into those.
func (k *Knelpunten) wentOnIn(ctx context.Context, id string) ([]string, error) {
	out, last := []string{id}, []string{id}
	for len(last) > 0 {
		more, err := db.Many[string](ctx, k.db, db.F(`SELECT id FROM knelpunt_bottleneck WHERE`).With(db.In("joined", last)).Then(`ORDER BY id`))
		if err != nil {
			return nil, err
		}
		out, last = append(out, more...), more
	}
	return out, nil
}

// Rows are bottlenecks by their ids, in that order; one that is not there is left out.
func (k *Knelpunten) Rows(v *web.Visit, ids []string) ([]ui.RowP, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	bs, err := k.bottlenecks(v.Ctx(), k.db, db.In("b.id", ids))
	if err != nil {
		return nil, err
	}
	names, err := k.ownersOf(v.Ctx(), bs)
	if err != nil {
		return nil, err
	}
	var out []ui.RowP
	for _, id := range ids {
		if i := slices.IndexFunc(bs, func(b Bottleneck) bool { return b.ID == id }); i >= 0 {
			r := bottleneckRow(v, bs[i], names)
			r.Due = nil // its own next day says nothing here
			out = append(out, r)
		}
	}
	return out, nil
}

// Choices are the bottlenecks that something can lean on: all but those that went on in another.
func (k *Knelpunten) Choices(v *web.Visit) ([]ui.Option, error) {
	bs, err := k.bottlenecks(v.Ctx(), k.db, db.F(`b.state <> 'merged'`).Then(dueFirst+` LIMIT ?`, bottlenecksShown))
	var out []ui.Option
	for _, b := range bs {
		out = append(out, ui.Option{Value: b.ID, Label: lang.Dots(b.Ask.Question, lang.T(v.Ctx(), "knelpunt.state."+b.State))})
	}
	return out, err
}

// MayTell says whether words may be told to whoever signalled: nothing in them leads to somebody.
func (k *Knelpunten) MayTell(words string) (bool, error) {
	var fs fault.Fields
	checkWords(&fs, "terug", words, mostReason)
	err := k.numbers(&fs, "terug", words)
	return len(fs) == 0, err
}

// Tell tells whoever signalled what came of it in another room. The bottleneck stays in its state.
func (k *Knelpunten) Tell(ctx context.Context, tx *db.Tx, a access.Actor, bottleneck, words string) error {
	b, err := k.bottleneck(ctx, tx, bottleneck)
	if err != nil {
		return err
	}
	if b.State == Merged { // it went on in another one
		return k.Tell(ctx, tx, a, b.Joined, words)
	}
	if err := put(ctx, tx, b, b.Version, true, false); err != nil {
		return err
	}
	return k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: Noted, State: b.State, Words: StepWords{Told: words}})
}
