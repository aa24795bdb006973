package knelpunt

// This file holds the pages of bottlenecks: the list, the board of states, and one with everything that is known of it.

import (
	"context"
	"slices"
	"strconv"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// looks of the states: the kind and the icon of their tag.
var stateLooks = map[string][2]string{Fresh: {"brand", "flag-banner"}, Examined: {"", "magnifying-glass"}, Acting: {"warn", "megaphone"}, Settled: {"ok", "check"}, Parked: {"", "hourglass-medium"}, Closed: {"ok", "check-circle"}, Merged: {"", "arrow-right"}}

type bottlenecksPage struct {
	State, Theme, Whose string
	Rows                []ui.RowP
}

// bottleneckRow is one line of a list: how far off its next date is, and its state.
func bottleneckRow(v *web.Visit, b Bottleneck, names map[string]string) ui.RowP {
	ctx := v.Ctx()
	r := ui.RowP{Href: v.URL("knelpunt.one", "bottleneck", b.ID), Title: b.Ask.Question, Sub: lang.Dots(lang.T(ctx, "knelpunt.theme."+b.Theme), lang.T(ctx, "knelpunt.weight."+b.Weight), names[b.Owner]),
		Tag: lang.T(ctx, "knelpunt.state."+b.State), TagKind: stateLooks[b.State][0], TagIcon: stateLooks[b.State][1]}
	if !b.Next.IsZero() {
		r.Due = &ui.DueP{Days: clock.Today(v.Now).DaysUntil(b.Next), Until: lang.LongDay(ctx, b.Next)}
	}
	return r
}

func (k *Knelpunten) ownersOf(ctx context.Context, bs []Bottleneck) (map[string]string, error) {
	var ids []string
	for _, b := range bs {
		if b.Owner != "" {
			ids = append(ids, b.Owner)
		}
	}
	return k.org.NamesOf(ctx, ids...)
}

const bottlenecksShown = 200

func (k *Knelpunten) bottleneckList(v *web.Visit) error {
	p := bottlenecksPage{State: v.Value("stand"), Theme: v.Value("thema"), Whose: v.Value("wie")}
	where := db.F(`TRUE`)
	if slices.Contains(States, p.State) {
		where = where.And(db.F(`b.state = ?`, p.State))
	}
	if slices.Contains(lists["theme"], p.Theme) {
		where = where.And(db.F(`b.theme = ?`, p.Theme))
	}
	if p.Whose == "ik" {
		where = where.And(db.F(`b.owner = ?`, v.Actor.ID))
	}
	bs, err := k.bottlenecks(v.Ctx(), k.db, where.Then(dueFirst+` LIMIT ?`, bottlenecksShown))
	if err != nil {
		return err
	}
	names, err := k.ownersOf(v.Ctx(), bs)
	if err != nil {
		return err
	}
	for _, b := range bs {
		p.Rows = append(p.Rows, bottleneckRow(v, b, names))
	}
	return v.Page(pageBottlenecks(p))
}

type boardColumn struct {
	State string
	Rows  []ui.RowP
	More  int
}

// boardMost is how many bottlenecks one column of the board shows.
const boardMost = 20

func (k *Knelpunten) board(v *web.Visit) error {
	bs, err := k.bottlenecks(v.Ctx(), k.db, db.F(`b.state <> 'merged'`).Then(dueFirst))
	if err != nil {
		return err
	}
	names, err := k.ownersOf(v.Ctx(), bs)
	if err != nil {
		return err
	}
	var cs []boardColumn
	for _, s := range States {
		if s == Merged {
			continue
		}
		c := boardColumn{State: s}
		for _, b := range bs {
			if b.State != s {
				continue
			}
			if len(c.Rows) == boardMost {
				c.More++
				continue
			}
			r := bottleneckRow(v, b, names)
			r.Tag = ""
			c.Rows = append(c.Rows, r)
		}
		cs = append(cs, c)
	}
	return v.Page(pageBoard(cs))
}

type stepRow struct {
	Step
	Title, By, When, URL string
	In                   string // the page of what was told in other languages; empty for who may not
	Spoken               int    // in how many it is there
	Lacks                string // the languages of who signalled in which it is not
}

type onePage struct {
	Bottleneck
	Tally               Tally
	OwnerName           string
	Into                string // the question of the one in which it went on
	IntoURL             string
	Signals             []ui.RowP
	Members             []Signal
	Evidence            []Evidence
	Quotes              map[string]string // who wrote each down
	Photos              []Photo           // of its signals
	Steps               []stepRow
	Alike               []alikeRow
	Owners              []ui.Option
	Others              []ui.Option // in which it can go on
	Tends               bool
	In                  TurnInput
	Prove               EvidenceInput
	MergeInto, MergeWhy string
	LookTurn, LookProve doubts // the words of a form to look at once more
	LookMerge           doubts
	Unspoken            string // the languages of who signalled in which nothing was told, when it is closed
	Mediations          []ui.RowP
	Mediate             MediationInput
	Mediating           bool // its form came back
	LookMediate         doubts
	Warned              []ui.RowP   // the early warnings that are taken up in it
	Done                []ui.RowP   // what other rooms do about it
	Begin               []ui.Option // what can be begun there, with its address
	Errors              fault.Fields
}

// Details are what the structured forms of its signals say.
func (p onePage) Details() []Detail {
	var out []Detail
	for _, s := range p.Members {
		out = append(out, s.What)
	}
	return out
}

// Mine says whether this visitor wrote a quote down: somebody else lets others read it.
func (p onePage) Mine(ctx context.Context, e Evidence) bool {
	return web.From(ctx).Actor.ID == e.MadeBy
}

// alikeRow is something that may be about the same.
type alikeRow struct {
	Row  ui.RowP
	Post string // address that joins it
	ID   string // what the form sends
}

const alikeShown = 5

// owners are the colleagues who can own a bottleneck: oneself, who owns it, and who works in one's teams.
func (k *Knelpunten) owners(v *web.Visit, now string) ([]ui.Option, []string, error) {
	ids := []string{v.Actor.ID}
	if now != "" {
		ids = append(ids, now)
	}
	teams, err := k.teams(v)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range teams {
		ms, err := k.org.Members(v.Ctx(), t, v.Now)
		if err != nil {
			return nil, nil, err
		}
		ids = append(ids, ms...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	names, err := k.org.NamesOf(v.Ctx(), ids...)
	if err != nil {
		return nil, nil, err
	}
	var out []ui.Option
	for _, id := range ids {
		if names[id] != "" {
			out = append(out, ui.Option{Value: id, Label: names[id]})
		}
	}
	slices.SortStableFunc(out, func(a, b ui.Option) int {
		if a.Value == v.Actor.ID || b.Value == v.Actor.ID {
			return map[bool]int{true: -1, false: 1}[a.Value == v.Actor.ID]
		}
		return 0
	})
	return out, ids, nil
}

// page gathers everything that one page shows.
func (k *Knelpunten) page(v *web.Visit, b Bottleneck) (onePage, error) {
	ctx := v.Ctx()
	p := onePage{Bottleneck: b, Tends: mayTend.Allows(v.Actor), In: TurnInput{Owner: b.Owner, Next: b.Next.String(), Weight: b.Weight}}
	var err error
	if p.Members, err = k.members(ctx, k.db, b.ID); err != nil {
		return p, err
	}
	p.Tally = Count(p.Members, clock.Today(v.Now))
	for _, s := range p.Members {
		p.Signals = append(p.Signals, signalRow(v, s))
	}
	if p.Photos, err = photosOfMembers(ctx, k.db, b.ID); err != nil {
		return p, err
	}
	if p.Evidence, err = k.evidence(ctx, k.db, b.ID); err != nil {
		return p, err
	}
	p.Evidence = slices.DeleteFunc(p.Evidence, func(e Evidence) bool { return !e.Reads(p.Tends) })
	ss, err := k.steps(ctx, k.db, db.F(`bottleneck = ?`, b.ID))
	if err != nil {
		return p, err
	}
	ids := []string{}
	for _, x := range append([]string{b.Owner}, madeBy(ss, p.Evidence)...) {
		if x != "" {
			ids = append(ids, x)
		}
	}
	names, err := k.org.NamesOf(ctx, ids...)
	if err != nil {
		return p, err
	}
	p.OwnerName, p.Quotes = names[b.Owner], names
	said := make([]string, len(ss))
	for i, s := range ss {
		said[i] = s.ID
	}
	in, err := k.toldIn(ctx, k.db, said...)
	if err != nil {
		return p, err
	}
	need, err := k.needed(ctx, k.db, b.ID)
	if err != nil {
		return p, err
	}
	for _, s := range ss {
		r := stepRow{Step: s, By: names[s.MadeBy], When: lang.When(ctx, s.At, v.Now), Title: lang.T(ctx, "knelpunt.step."+s.Kind)}
		switch s.Kind {
		case Reopened:
			if s.About != "" {
				r.Title = lang.T(ctx, "knelpunt.step.reopened.why", "why", lang.T(ctx, "knelpunt.reason."+s.About))
			}
		case Turned:
			r.Title = lang.T(ctx, "knelpunt.state."+s.State)
		case JoinedOne, LeftOne:
			r.URL = v.URL("knelpunt.signal", "signal", s.About)
		case Mediated:
			r.URL = v.URL("knelpunt.mediation", "bottleneck", b.ID, "mediation", s.About)
		case MergedInto, MergedFrom, SplitInto, SplitFrom:
			r.URL = v.URL("knelpunt.one", "bottleneck", s.About)
		}
		if r.Spoken = len(in[s.ID]); s.Told && p.Tends {
			r.Lacks = unspoken(need, in[s.ID])
			r.In = v.URL("knelpunt.told", "bottleneck", b.ID, "step", s.ID)
		}
		p.Steps = append(p.Steps, r)
	}
	if b.Joined != "" {
		into, err := k.bottleneck(ctx, k.db, b.Joined)
		if err != nil {
			return p, err
		}
		p.Into, p.IntoURL = into.Ask.Question, v.URL("knelpunt.one", "bottleneck", into.ID)
	}
	if err := k.beside(v, &p); err != nil {
		return p, err
	}
	if p.Tends && b.State != Merged {
		return p, k.tending(v, &p)
	}
	return p, nil
}

func madeBy(ss []Step, es []Evidence) (out []string) {
	for _, s := range ss {
		out = append(out, s.MadeBy)
	}
	for _, e := range es {
		out = append(out, e.MadeBy)
	}
	return out
}

// tending adds what only those see who may change something.
func (k *Knelpunten) tending(v *web.Visit, p *onePage) error {
	ctx := v.Ctx()
	var err error
	if p.Owners, _, err = k.owners(v, p.Owner); err != nil {
		return err
	}
	others, err := k.bottlenecks(ctx, k.db, db.F(`b.state <> 'merged' AND b.id <> ?`, p.ID).Then(dueFirst+` LIMIT ?`, bottlenecksShown))
	if err != nil {
		return err
	}
	p.Others = []ui.Option{{Label: lang.T(ctx, "knelpunt.choose")}}
	for _, o := range others {
		p.Others = append(p.Others, ui.Option{Value: o.ID, Label: o.Ask.Question})
	}
	alike, err := k.alikeTo(ctx, v.Now, append(asText(p.Members), Text{Words: BagOf(p.Ask.Question + " " + p.Ask.Known), Facts: Facts{Theme: p.Theme}}))
	for _, s := range alike {
		p.Alike = append(p.Alike, alikeRow{Row: signalRow(v, s), Post: v.URL("knelpunt.join", "bottleneck", p.ID), ID: s.ID})
	}
	return err
}

func (k *Knelpunten) one(v *web.Visit) error {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return err
	}
	p, err := k.page(v, b)
	if err != nil {
		return err
	}
	return v.Page(pageOne(p))
}

func (k *Knelpunten) turnOne(v *web.Visit) error {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return err
	}
	_, owners, err := k.owners(v, b.Owner)
	if err != nil {
		return err
	}
	in := TurnInput{To: v.Value("naar"), Owner: v.Value("eigenaar"), Next: v.Value("volgende"), Weight: v.Value("ernst"), Inside: v.Value("woorden"), Told: v.Value("terug")}
	after, fs := in.Check(b, owners, clock.Today(v.Now))
	if b.State == Merged {
		fs.Add("naar", "knelpunt.error.merged")
	}
	look, err := checkWritten(&fs, k.mask, v.Value("nagekeken"), written{"woorden", "knelpunt.inside", in.Inside}, written{"terug", "knelpunt.told", in.Told})
	if err != nil {
		return err
	}
	lacks := ""
	if in.To == Closed && b.State != Closed {
		if lacks, err = k.unheardIn(v.Ctx(), b.ID, in.Told != ""); err != nil {
			return err
		}
		if lacks != "" && v.Value("zonder") != lacks {
			fs.Add("zonder", "knelpunt.error.unspoken", "langs", lacks)
		}
	}
	if len(fs) > 0 {
		p, err := k.page(v, b)
		if err != nil {
			return err
		}
		p.In, p.Errors, p.LookTurn, p.Unspoken = in, fs, look, lacks
		return v.Invalid(pageOne(p))
	}
	kind := Noted
	if in.To != "" {
		kind = Turned
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := put(v.Ctx(), tx, after, v.Number("versie"), in.Told != "", b.State == Closed && in.To != "" && in.Told == ""); err != nil {
			return "", err
		}
		return v.URL("knelpunt.one", "bottleneck", b.ID, "gezegd", "knelpunt.said.step"), k.step(v.Ctx(), tx, v.Actor, Step{Bottleneck: b.ID, Kind: kind, State: after.State, Words: StepWords{in.Inside, in.Told}})
	})
}

func tallyFacts(ctx context.Context, t Tally) []ui.FactP {
	n := func(key string, x int) ui.FactP {
		return ui.FactP{Label: lang.T(ctx, "knelpunt.tally."+key), Value: strconv.Itoa(x)}
	}
	least := func(key string, x int) ui.FactP {
		return ui.FactP{Label: lang.T(ctx, "knelpunt.tally."+key), Value: lang.T(ctx, "knelpunt.least", "n", x)}
	}
	people := least("people", t.People)
	if t.Unknown > 0 {
		people.Small = lang.T(ctx, "knelpunt.tally.unknown", "n", t.Unknown)
	}
	trend := ui.FactP{Label: lang.T(ctx, "knelpunt.tally.trend"), Value: lang.T(ctx, "knelpunt.trend."+t.Trend()), Small: lang.T(ctx, "knelpunt.trend.why", "recent", t.Recent, "before", t.Before)}
	return []ui.FactP{n("signals", t.Signals), people, least("seen", t.Seen), n("colleagues", t.Colleague), trend}
}
