package translation

// This file holds the doors, the overview of all languages, and the list of one language.

import (
	"net/http"
	"slices"
	"strconv"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/sound"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Routes are the doors.
func (t *Translation) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "translation.list", Method: get, Path: "/vertalen", May: mayLook, Do: t.list},
		{Name: "translation.lang", Method: get, Path: "/vertalen/{tongue}", May: mayLook, Do: t.language},
		{Name: "translation.text", Method: get, Path: "/vertalen/{tongue}/tekst/{textkey}", May: mayLook, Do: t.text},
		{Name: "translation.place", Method: get, Path: "/vertalen/{tongue}/pagina/{page}", May: mayLook, Do: t.place},
		{Name: "translation.propose", Method: post, Path: "/vertalen/{tongue}/tekst/{textkey}", May: mayPropose, Do: t.sent},
		{Name: "translation.decide", Method: post, Path: "/vertalen/{tongue}/tekst/{textkey}/besluit", May: mayDecide, Do: t.decide},
		{Name: "translation.export", Method: get, Path: "/vertalen/{tongue}/bestand", May: mayLook, Do: t.export},
		{Name: "translation.import", Method: get, Path: "/vertalen/{tongue}/inlezen", May: mayTake, Do: t.importForm},
		{Name: "translation.take", Method: post, Path: "/vertalen/{tongue}/inlezen", May: mayTake, Body: mostFile + 64<<10, Do: t.taken},
		{Name: "translation.sounds", Method: get, Path: "/vertalen/{tongue}/geluid", May: mayLook, Do: t.sounds},
		{Name: "translation.sound_add", Method: post, Path: "/vertalen/{tongue}/geluid", May: mayPropose, Body: 2 * sound.ForAll, Do: t.addSound},
		{Name: "translation.sound_hear", Method: get, Path: "/vertalen/{tongue}/geluid/{clip}", May: mayLook, Do: t.hear},
		{Name: "translation.sound_decide", Method: post, Path: "/vertalen/{tongue}/geluid/{clip}", May: mayDecide, Do: t.decideSound},
		{Name: "translation.listen", Method: get, Path: "/geluid/{tongue}/{clip}", May: mayListen, Do: t.listen},
		{Name: "translation.report", Method: get, Path: "/vertalen/{tongue}/inlezen/{bundle}", May: mayTake, Do: t.report},
	}
}

type listPage struct {
	Langs   []langRow
	Waiting []ui.RowP
	Needs   []ui.RowP
}

// langRow says how far a language is: how many of its texts it has, and how sure we are of them.
type langRow struct {
	lang.Lang
	URL     string
	All     int
	By      map[string]int // by state
	Waiting int
}

// Part is how much is there, of a hundred. Nothing missing is a hundred, and nothing else is.
func (r langRow) Part() string {
	if r.All == 0 {
		return "100"
	}
	return strconv.Itoa((r.All - r.By[Missing]) * 100 / r.All)
}

func (t *Translation) row(v *web.Visit, l lang.Lang) langRow {
	keys := Keys(t.texts, l.Tag)
	r := langRow{Lang: l, URL: v.URL("translation.lang", "tongue", l.Tag), All: len(keys), By: map[string]int{}}
	for _, k := range keys {
		r.By[StateOf(t.texts, l.Tag, k)]++
	}
	return r
}

// needsShown is how many missed texts the overview tells, waitingShown how many proposals.
const (
	needsShown   = 10
	waitingShown = 20
)

// mine are the languages that this colleague reads, of those we translate into.
func (t *Translation) mine(v *web.Visit) ([]string, error) {
	c, err := t.org.Colleague(v.Ctx(), v.Actor.ID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	var out []string
	for _, l := range lang.All {
		if l.Tag != "nl" && Reads(c.Languages, l.Tag) {
			out = append(out, l.Tag)
		}
	}
	return out, err
}

func (t *Translation) list(v *web.Visit) error {
	ctx := v.Ctx()
	mine, err := t.mine(v)
	if err != nil {
		return err
	}
	var p listPage
	var all []string
	for _, l := range lang.All {
		if l.Tag != "nl" {
			all = append(all, l.Tag)
			p.Langs = append(p.Langs, t.row(v, l))
		}
	}
	ws, err := t.waiting(ctx, all...)
	if err != nil {
		return err
	}
	for i := range p.Langs {
		for _, w := range ws {
			if w.Tag == p.Langs[i].Tag {
				p.Langs[i].Waiting++
			}
		}
	}
	// What somebody reads comes first: it is theirs to do.
	slices.SortStableFunc(p.Langs, func(a, b langRow) int {
		switch x, y := slices.Contains(mine, a.Tag), slices.Contains(mine, b.Tag); {
		case x && !y:
			return -1
		case y && !x:
			return 1
		}
		return 0
	})
	cs, err := t.waitingClips(ctx, all...)
	if err != nil {
		return err
	}
	p.Waiting = append(t.waitRows(v, ws, mine), t.clipRows(v, cs, mine)...)
	ns, err := t.needs(ctx, "", needsShown)
	if err != nil {
		return err
	}
	for _, n := range ns {
		p.Needs = append(p.Needs, ui.RowP{Href: v.URL("translation.text", "tongue", n.Tag, "textkey", n.Key), Title: t.short(n.Key),
			Sub: lang.Dots(lang.Find(n.Tag).Dutch, lang.T(ctx, "translation.times", "n", n.N), lang.T(ctx, "translation.since", "day", lang.Day(ctx, n.Since)))})
	}
	return v.Page(pageList(p))
}

// waitRows are the proposals for which this colleague can be the second reader.
func (t *Translation) waitRows(v *web.Visit, ws []Proposal, mine []string) []ui.RowP {
	var out []ui.RowP
	for _, w := range ws {
		if w.MayPass(v.Actor.ID, slices.Contains(mine, w.Tag)) && len(out) < waitingShown {
			out = append(out, ui.RowP{Href: v.URL("translation.text", "tongue", w.Tag, "textkey", w.Key), Title: t.short(w.Key), Sub: lang.Dots(lang.Find(w.Tag).Dutch, lang.When(v.Ctx(), w.At, v.Now))})
		}
	}
	return out
}

// short is the beginning of a Dutch text, for a list; a text that the program no longer has shows its key.
func (t *Translation) short(key string) string {
	i, ok := t.texts.Item("nl", key)
	if !ok {
		return key
	}
	s := []rune(source(i.Text))
	if len(s) > 90 {
		return string(s[:90]) + "…"
	}
	return string(s)
}

// tongue is the language of an address; Dutch is not translated into.
func tongue(v *web.Visit) (lang.Lang, error) {
	l, ok := lang.Lookup(v.Param("tongue"))
	if !ok || l.Tag == "nl" || l.Tag != v.Param("tongue") {
		return l, fault.Gone()
	}
	return l, nil
}

type langPage struct {
	langRow
	States      []ui.TabP
	Rooms       []ui.Option
	Room, State string
	Rows        []ui.RowP
	More        string
	Found       int
	Heard       int // parts of pages that are read aloud, of Sounds
	Sounds      int
}

// rowsShown is how many texts a page of the list holds.
const rowsShown = 50

// sifted are the keys of a language in a state and of a capability; empty means all.
func (t *Translation) sifted(tag, state, room string, waits map[string]bool) []string {
	var out []string
	for _, k := range Keys(t.texts, tag) {
		if (room == "" || Room(k) == room) && (state == "" || state == Waiting && waits[k] || state == StateOf(t.texts, tag, k)) {
			out = append(out, k)
		}
	}
	return out
}

func waits(ws []Proposal) map[string]bool {
	out := map[string]bool{}
	for _, w := range ws {
		out[w.Key] = true
	}
	return out
}

func (t *Translation) language(v *web.Visit) error {
	l, err := tongue(v)
	if err != nil {
		return err
	}
	ctx := v.Ctx()
	ws, err := t.waiting(ctx, l.Tag)
	if err != nil {
		return err
	}
	p := langPage{langRow: t.row(v, l), Room: v.Value("deel"), State: v.Value("stand"), Heard: t.heardOf(l.Tag), Sounds: len(t.passages)}
	p.Waiting, p.By[Waiting] = len(ws), len(ws)
	if !v.Has("stand") { // what there is most to do
		for _, s := range States {
			if p.By[s] > 0 {
				p.State = s
				break
			}
		}
	}
	for _, s := range States {
		p.States = append(p.States, ui.TabP{Label: lang.T(ctx, "translation.state."+s) + " (" + strconv.Itoa(p.By[s]) + ")", URL: v.URL("translation.lang", "tongue", l.Tag, "stand", s, "deel", p.Room), Current: s == p.State})
	}
	p.Rooms = t.rooms(v, l.Tag, p.State, waits(ws))
	keys := t.sifted(l.Tag, p.State, p.Room, waits(ws))
	p.Found = len(keys)
	from, _ := strconv.Atoi(v.Value("vanaf")) // none begins at the first
	from = max(0, min(from, len(keys)))
	for _, k := range keys[from:min(from+rowsShown, len(keys))] {
		r := ui.RowP{Href: v.URL("translation.text", "tongue", l.Tag, "textkey", k, "stand", p.State, "deel", p.Room), Title: t.short(k), Sub: t.room(v, Room(k))}
		if waits(ws)[k] && p.State != Waiting {
			r.Tag = lang.T(ctx, "translation.state.waiting")
		}
		p.Rows = append(p.Rows, r)
	}
	if from+rowsShown < len(keys) {
		p.More = v.URL("translation.lang", "tongue", l.Tag, "stand", p.State, "deel", p.Room, "vanaf", strconv.Itoa(from+rowsShown))
	}
	return v.Page(pageLang(p))
}

// rooms are the capabilities that have texts in a state, with how many.
func (t *Translation) rooms(v *web.Visit, tag, state string, waits map[string]bool) []ui.Option {
	n := map[string]int{}
	for _, k := range t.sifted(tag, state, "", waits) {
		n[Room(k)]++
	}
	out := []ui.Option{{Label: lang.T(v.Ctx(), "translation.rooms.all")}}
	for room, k := range n {
		out = append(out, ui.Option{Value: room, Label: t.room(v, room) + " (" + strconv.Itoa(k) + ")"})
	}
	slices.SortFunc(out[1:], func(a, b ui.Option) int {
		switch {
		case a.Label < b.Label:
			return -1
		case a.Label > b.Label:
			return 1
		}
		return 0
	})
	return out
}

// room is what colleagues call a capability.
func (t *Translation) room(v *web.Visit, room string) string {
	if key := "translation.room." + room; lang.Has(v.Ctx(), key) {
		return lang.T(v.Ctx(), key)
	}
	return room
}
