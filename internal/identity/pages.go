package identity

// This file holds the work list of pairs, and the parts on other pages.

import (
	"context"
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// work is what waits for one colleague.
type work struct {
	Mine     []Pair     // both records are open to them
	Sided    []sidePair // one record is of their side, and the other closed
	Requests []Request  // to answer
}

// sidePair is a pair as one side sees it.
type sidePair struct {
	Pair
	Own string // the record of the side
}

// work gathers it once for a page: the menu counts it too.
func (i *Identity) work(v *web.Visit) (work, error) {
	return web.Memo(v, "identity.work", func() (w work, err error) {
		seen, err := i.files.Held(v, access.DeskLevel)
		if err != nil {
			return w, err
		}
		whole, err := i.files.Held(v, access.File)
		if err != nil {
			return w, err
		}
		if w.Mine, err = i.mine(v.Ctx(), v.Actor, seen, v.Now); err != nil {
			return w, err
		}
		ps, err := i.sided(v.Ctx(), v.Actor, whole, v.Now)
		if err != nil {
			return w, err
		}
		told := map[string]bool{}
		for _, p := range ps { // the likeliest first: one for each person, whoever else there is
			own, err := i.ownSide(v, p)
			if err != nil {
				return w, err
			}
			if own != "" && !told[own] {
				told[own] = true
				w.Sided = append(w.Sided, sidePair{p, own})
			}
		}
		w.Requests, err = i.toAnswer(v.Ctx(), v.Actor, v.Now)
		return w, err
	})
}

// ownSide is the record of a pair for which somebody speaks who may not see both; empty when there is none. Where they
// speak for both, it is the one that has no yes, or the first.
func (i *Identity) ownSide(v *web.Visit, p Pair) (string, error) {
	own := ""
	for _, person := range []string{p.PersonA, p.PersonB} {
		ok, err := i.speaks(v.Ctx(), i.db, v.Actor, person, v.Now)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return "", err
		}
		if ok && (own == "" || p.Yes(own) != "" && p.Yes(person) == "") {
			own = person
		}
	}
	if own == "" || mayLead(v.Actor) {
		return own, nil
	}
	if p.State == Half && p.Yes(own) == "" {
		return own, nil // a caseworker hears of a closed record only when the other side asks for a yes
	}
	return "", nil
}

func mayLead(a access.Actor) bool { return len(a.At(access.Lead, access.Team)) > 0 }

// pairRow is one pair on the list.
type pairRow struct {
	URL, Title, Sub string
	Very, Half      bool
}

type pairsPage struct {
	Mine, Sided []pairRow
	Requests    int
}

func (i *Identity) pairs(v *web.Visit) error {
	ctx := v.Ctx()
	w, err := i.work(v)
	if err != nil {
		return err
	}
	p := pairsPage{Requests: len(w.Requests)}
	var ids []string
	for _, x := range w.Mine {
		ids = append(ids, x.PersonA, x.PersonB)
	}
	cards, err := i.files.Cards(ctx, ids)
	if err != nil {
		return err
	}
	for _, x := range w.Mine {
		l, err := i.like(ctx, x)
		if err != nil {
			return err
		}
		p.Mine = append(p.Mine, pairRow{URL: v.URL("identity.pair", "pair", x.ID), Very: l.Class == dossier.Very, Half: x.State == Half,
			Title: lang.T(ctx, "identity.row", "one", cards[x.PersonA].Name, "other", cards[x.PersonB].Name), Sub: grounds(ctx, first(l.For(), 3))})
	}
	for _, x := range w.Sided {
		who, err := i.who(v, x.Own)
		if err != nil {
			return err
		}
		p.Sided = append(p.Sided, pairRow{URL: v.URL("identity.pair", "pair", x.ID), Very: x.Class == dossier.Very, Half: x.State == Half,
			Title: lang.T(ctx, "identity.row.elsewhere", "who", who), Sub: lang.T(ctx, "identity.row.closed")})
	}
	return v.Page(pagePairs(p))
}

func first(gs []dossier.Ground, n int) []dossier.Ground { return gs[:min(n, len(gs))] }

// like judges a pair as its records are now.
func (i *Identity) like(ctx context.Context, p Pair) (dossier.Likeness, error) {
	ps, err := i.files.Profiles(ctx, i.db, []string{p.PersonA, p.PersonB})
	if err != nil {
		return dossier.Likeness{}, err
	}
	a, okA := ps[p.PersonA]
	b, okB := ps[p.PersonB]
	if !okA || !okB {
		return dossier.Likeness{}, fault.Gone()
	}
	kin, err := i.files.Kin(ctx, i.db, p.PersonA, p.PersonB)
	return i.judge(a, b, kin), err
}

// masked is what of a judgement may be told about a record that is closed: that things agree, and no value.
func masked(l dossier.Likeness) []dossier.Ground {
	var out []dossier.Ground
	for _, g := range l.For() {
		out = append(out, dossier.Ground{Key: g.Key + ".masked", Bits: g.Bits})
	}
	return out
}

// grounds are the words of some grounds, each once.
func grounds(ctx context.Context, gs []dossier.Ground) string {
	var out []string
	for _, g := range gs {
		if s := lang.T(ctx, g.Key, g.Args...); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, "; ")
}

// who tells which record is meant: by name to whom may see it, by the colleagues who carry it to a leader who may not.
func (i *Identity) who(v *web.Visit, person string) (string, error) {
	ctx := v.Ctx()
	see, err := visible(ctx, i.db, v.Actor, []string{person}, v.Now)
	if err != nil {
		return "", err
	}
	if see[person] {
		cards, err := i.files.Cards(ctx, []string{person})
		return cards[person].Name, err
	}
	ids, err := i.files.Helpers(ctx, i.db, person, v.Now)
	if err != nil {
		return "", err
	}
	called, err := i.called(ctx, ids)
	if err != nil {
		return "", err
	}
	var ns []string
	for _, id := range ids {
		ns = append(ns, called[id])
	}
	if len(ns) == 0 {
		return lang.T(ctx, "identity.who.nobody"), nil
	}
	return lang.T(ctx, "identity.who.of", "names", lang.Join(ctx, ns)), nil
}

// called are the names of colleagues; one who is not there any more keeps the id.
func (i *Identity) called(ctx context.Context, ids []string) (map[string]string, error) {
	cs, err := i.org.Colleagues(ctx, ids)
	out := make(map[string]string, len(ids))
	for _, id := range ids {
		out[id] = id
		if c, ok := cs[id]; ok {
			out[id] = c.Name
		}
	}
	return out, err
}

// wide puts a part above the two columns of the first page of a file.
const wide = -1

// notice is a link as it stands on the page of one of its records.
type notice struct {
	Since     string
	Main      bool // the work goes on here
	Name      string
	URL, Pair string // only for who may see the other record
}

// linkPanel says on a file that the person has another record, and where the work goes on. Who may not see the other one
// is told no more than that.
func (i *Identity) linkPanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	ctx := v.Ctx()
	ls, err := linksOf(ctx, i.db, f.ID())
	if err != nil || len(ls) == 0 {
		return ui.Part{}, err
	}
	var out []notice
	for _, l := range ls {
		o := l.other(f.ID())
		n := notice{Since: lang.Day(ctx, clock.DateOf(l.Since.In(clock.Netherlands))), Main: l.Main == f.ID()}
		see, err := visible(ctx, i.db, v.Actor, []string{o}, v.Now)
		if err != nil {
			return ui.Part{}, err
		}
		if see[o] {
			cards, err := i.files.Cards(ctx, []string{o})
			if err != nil {
				return ui.Part{}, err
			}
			n.Name, n.URL = cards[o].Name, v.URL("dossier.open", "person", o)
			if mayPair.Allows(v.Actor) {
				n.Pair = v.URL("identity.pair", "pair", l.Pair)
			}
		}
		out = append(out, n)
	}
	return ui.Part{Body: partLinks(out), Count: wide}, nil
}

// ownPanel tells the person that two records of them stand beside each other, and nothing of the other one.
func (i *Identity) ownPanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	ls, err := linksOf(v.Ctx(), i.db, f.ID())
	if err != nil || len(ls) == 0 {
		return ui.Part{}, err
	}
	return ui.Part{Body: partOwn(clock.DateOf(ls[len(ls)-1].Since.In(clock.Netherlands)))}, nil
}

// todayPanel shows what waits for an answer: requests to be let in, and pairs of which the other side said yes.
func (i *Identity) todayPanel(v *web.Visit) (ui.Part, error) {
	if !mayPair.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	w, err := i.work(v)
	if err != nil {
		return ui.Part{}, err
	}
	rows, err := i.requestRows(v, w.Requests, true)
	if err != nil {
		return ui.Part{}, err
	}
	for _, p := range w.Sided {
		if p.State != Half || p.Yes(p.Own) != "" {
			continue
		}
		who, err := i.who(v, p.Own)
		if err != nil {
			return ui.Part{}, err
		}
		rows = append(rows, requestRow{URL: v.URL("identity.pair", "pair", p.ID), Title: lang.T(v.Ctx(), "identity.today.yes", "who", who), Sub: lang.T(v.Ctx(), "identity.today.yes.sub")})
	}
	if len(rows) == 0 {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partToday(rows), Count: len(rows), Say: lang.T(v.Ctx(), "identity.today.say", "n", len(rows), "word", lang.Words(v.Ctx(), len(rows)))}, nil
}
