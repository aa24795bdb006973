package knelpunt

// This file is what signals lend to who watches them as numbers: counts by what is coarse already, of whole weeks that are over.

import (
	"context"
	"slices"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Alike is how many signals of a week say the same in everything that is coarse.
type Alike struct {
	Theme, Institution, Place, Phase, Nation string
	N                                        int
}

// Since is the first week in which a signal left its team; the zero date when none did.
func (k *Knelpunten) Since(ctx context.Context) (clock.Date, error) {
	w, err := db.One[clock.Date](ctx, k.db, db.F(`SELECT week FROM knelpunt_signal ORDER BY week LIMIT 1`))
	if fault.Is(err, fault.NotFound) {
		return clock.Date{}, nil
	}
	return w, err
}

// WeekCount counts the signals that left their teams in a week, and the colleagues who signalled; who took a report at
// the desk is none of them. One person counts once for a theme in a week, however many signals are about them.
// Raisers are those colleagues by the place that their signals are about, and in all with no place.
func (k *Knelpunten) WeekCount(ctx context.Context, week clock.Date) (out []Alike, raisers map[string]int, err error) {
	type row struct {
		Theme, Institution, Place, Phase, Nation string
		One, Raiser                              []byte
		Source                                   string
	}
	rows, err := db.Many[row](ctx, k.db, db.F(`SELECT theme, institution, place, phase, nation, one, raiser, source FROM knelpunt_signal WHERE week = ? ORDER BY theme, institution, place, phase, nation, id`, week))
	if err != nil {
		return nil, nil, err
	}
	seen, who, at := map[string]bool{}, map[[2]string]bool{}, map[Alike]int{}
	for _, r := range rows {
		if by := (Signal{Raiser: r.Raiser, Source: r.Source}).saw(); by != "" {
			who[[2]string{"", by}], who[[2]string{r.Place, by}] = true, true
		}
		if len(r.One) > 0 {
			if one := r.Theme + " " + string(r.One); seen[one] {
				continue
			} else {
				seen[one] = true
			}
		}
		key := Alike{Theme: r.Theme, Institution: r.Institution, Place: r.Place, Phase: r.Phase, Nation: r.Nation}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, key)
		}
		out[i].N++
	}
	raisers = map[string]int{}
	for x := range who {
		raisers[x[0]]++
	}
	return out, raisers, nil
}

// OpenAbout are the bottlenecks about a theme in which something can be taken up; of all themes when it is empty.
func (k *Knelpunten) OpenAbout(v *web.Visit, theme string) ([]ui.Option, error) {
	where := db.F(`b.state NOT IN ('closed','merged')`)
	if theme != "" {
		where = where.And(db.F(`b.theme = ?`, theme))
	}
	bs, err := k.bottlenecks(v.Ctx(), k.db, where.Then(dueFirst+` LIMIT ?`, bottlenecksShown))
	var out []ui.Option
	for _, b := range bs {
		out = append(out, ui.Option{Value: b.ID, Label: lang.Dots(b.Ask.Question, lang.T(v.Ctx(), "knelpunt.state."+b.State))})
	}
	return out, err
}

// ToldOf is what was told about a bottleneck to whoever signalled: words that were written to leave the house. English is the same in
// English, empty where nobody wrote it, and Asked the question; Signals is how many the bottleneck rests on.
type ToldOf struct {
	ID, Question, Asked, Theme, State string
	Told, English                     []string
	Signals                           int
}

// ToldAbout are the bottlenecks about which something was told from one day until before another, with what was told, the first first.
func (k *Knelpunten) ToldAbout(ctx context.Context, from, until clock.Date) ([]ToldOf, error) {
	steps, err := k.steps(ctx, k.db, db.F(`told = TRUE AND at >= ? AND at < ?`, from.In(clock.Netherlands), until.In(clock.Netherlands)))
	if err != nil || len(steps) == 0 {
		return nil, err
	}
	var ids []string
	all := make([]string, len(steps))
	for i, s := range steps {
		all[i] = s.ID
	}
	in, err := k.toldIn(ctx, k.db, all...)
	if err != nil {
		return nil, err
	}
	by, english := map[string][]string{}, map[string][]string{}
	for _, s := range slices.Backward(steps) {
		if len(by[s.Bottleneck]) == 0 {
			ids = append(ids, s.Bottleneck)
		}
		by[s.Bottleneck] = append(by[s.Bottleneck], s.Words.Told)
		english[s.Bottleneck] = append(english[s.Bottleneck], in[s.ID]["en"])
	}
	bs, err := k.bottlenecks(ctx, k.db, db.In("b.id", ids))
	if err != nil {
		return nil, err
	}
	rest, err := db.Many[string](ctx, k.db, db.F(`SELECT bottleneck FROM knelpunt_member WHERE`).With(db.In("bottleneck", ids)))
	if err != nil {
		return nil, err
	}
	n := map[string]int{}
	for _, id := range rest {
		n[id]++
	}
	var out []ToldOf
	for _, id := range ids {
		if i := slices.IndexFunc(bs, func(b Bottleneck) bool { return b.ID == id }); i >= 0 {
			out = append(out, ToldOf{id, bs[i].Ask.Question, bs[i].Ask.English, bs[i].Theme, bs[i].State, by[id], english[id], n[id]})
		}
	}
	return out, nil
}
