package translation

// This file holds the page of one text in one language: beside each other what it says, how well it reads and where it stands; a
// proposal, the second reader's decision, and its history.

import (
	"fmt"
	"slices"
	"strings"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type textPage struct {
	Lang           lang.Lang
	Key, Room      string
	Dutch, English []shownForm
	Ease           Ease
	Now            []lang.Form
	State, Checked string // Checked: by whom and when, when a proposal is shown
	Base           []lang.Form
	BaseLang       lang.Lang
	Where          []placeRow
	Waits          *Proposal
	WaitsBy        string
	WaitsOld       bool // the Dutch text changed since it was made
	Holes          []string
	Fields         []formField
	Reads          bool
	MayPass, Own   bool
	Undo           string // the proposal that is shown
	History        []histRow
	Next           string
	Sift           []string // state and capability of the list one came from
	Errors         fault.Fields
}

type shownForm struct {
	Category string
	Spans    []Span
}

// placeRow is a page on which a text stands: URL is what stands there, Look the page itself.
type placeRow struct{ Path, URL, Look string }

type formField struct {
	ui.F
}

type histRow struct {
	Line string
	Text []lang.Form
}

func shown(t lang.Text, dutch bool) []shownForm {
	var out []shownForm
	for _, f := range t.All() {
		x := shownForm{Category: f.Category, Spans: []Span{{Text: f.Text}}}
		if dutch {
			x.Spans = Marked(f.Text)
		}
		out = append(out, x)
	}
	return out
}

// textOf is the language and the text of an address.
func (t *Translation) textOf(v *web.Visit) (lang.Lang, string, error) {
	l, err := tongue(v)
	if err != nil {
		return l, "", err
	}
	key := v.Param("textkey")
	if t.texts.Source(key) == "" {
		return l, "", fault.Gone()
	}
	if slices.Contains(Keys(t.texts, l.Tag), key) {
		return l, key, nil
	}
	// No language has it yet, and somebody came upon it: then it is to be translated too.
	n, err := db.One[int](v.Ctx(), t.db, db.F(`SELECT COUNT(*) FROM translation_missed WHERE tag = ? AND key = ?`, l.Tag, key))
	if err == nil && n == 0 {
		err = fault.Gone()
	}
	return l, key, err
}

func (t *Translation) text(v *web.Visit) error {
	l, key, err := t.textOf(v)
	if err != nil {
		return err
	}
	p, err := t.textPage(v, l, key, nil)
	if err != nil {
		return err
	}
	return v.Page(pageText(p))
}

// textPage is a text as it is now, with what somebody typed when that was not right.
func (t *Translation) textPage(v *web.Visit, l lang.Lang, key string, typed *lang.Text) (textPage, error) {
	ctx := v.Ctx()
	p := textPage{Lang: l, Key: key, Room: t.room(v, Room(key)), State: StateOf(t.texts, l.Tag, key), Sift: []string{v.Value("stand"), v.Value("deel")}}
	nl, _ := t.texts.Item("nl", key)
	en, _ := t.texts.Item("en", key)
	p.Dutch, p.English, p.Holes, p.Ease = shown(nl.Text, true), shown(en.Text, false), nl.Holes(), Reading(source(nl.Text))
	now, there := t.texts.Item(l.Tag, key)
	if there {
		p.Now = now.All()
	}
	if b, ok := t.texts.Item(l.Base, key); ok && l.Base != "nl" {
		p.Base, p.BaseLang = b.All(), lang.Find(l.Base)
	}
	mine, err := t.mine(v)
	if err != nil {
		return p, err
	}
	p.Reads = slices.Contains(mine, l.Tag)
	all, err := t.of(ctx, l.Tag, key)
	if err != nil {
		return p, err
	}
	if err := t.history(v, &p, all); err != nil {
		return p, err
	}
	if p.Where, err = t.where(v, l.Tag, key); err != nil {
		return p, err
	}
	with := now.Text
	if p.Waits != nil {
		with = p.Waits.Text
	}
	if typed != nil {
		with = *typed
	}
	p.fields(v, l, nl.Text, with)
	return p, t.next(v, &p)
}

// fields are the boxes to type in: one, or one for each form of plural that whole numbers have.
func (p *textPage) fields(v *web.Visit, l lang.Lang, nl, with lang.Text) {
	ctx := v.Ctx()
	rows := 2 + len([]rune(source(nl)))/70
	if !nl.Plural() {
		p.Fields = []formField{{ui.F{Name: "tekst", Label: lang.T(ctx, "translation.field", "language", l.Dutch), Value: form(with, "other"), Rows: rows}}}
		return
	}
	for _, c := range lang.Counted(l.Tag) {
		p.Fields = append(p.Fields, formField{ui.F{Name: "tekst-" + c, Label: lang.T(ctx, "translation.field.form", "n", lang.Example(l.Tag, c)), Hint: c, Value: form(with, c), Rows: rows}})
	}
}

func (t *Translation) history(v *web.Visit, p *textPage, all []Proposal) error {
	ctx := v.Ctx()
	var ids []string
	for _, x := range all {
		ids = append(ids, x.MadeBy, x.PassedBy, x.ClosedBy)
	}
	names, err := t.org.Colleagues(ctx, ids)
	if err != nil {
		return err
	}
	var last *Proposal
	for i, x := range all {
		line := lang.Dots(names[x.MadeBy].Name, lang.T(ctx, "translation.via."+x.Via), lang.When(ctx, x.At, v.Now))
		if !x.Passed.IsZero() {
			line = lang.Dots(line, lang.T(ctx, "translation.passed", "name", names[x.PassedBy].Name, "when", lang.When(ctx, x.Passed, v.Now)))
		}
		if !x.Closed.IsZero() {
			line = lang.Dots(line, lang.T(ctx, "translation.close."+x.Close, "name", names[x.ClosedBy].Name, "when", lang.When(ctx, x.Closed, v.Now)))
		}
		p.History = append(p.History, histRow{line, x.Text.All()})
		switch {
		case x.Open():
			p.Waits, p.WaitsBy = &all[i], names[x.MadeBy].Name
			p.WaitsOld = x.MadeOf != t.texts.Source(p.Key)
			p.MayPass, p.Own = x.MayPass(v.Actor.ID, p.Reads) && !p.WaitsOld, x.MadeBy == v.Actor.ID
		case x.Shown() && (last == nil || x.Passed.After(last.Passed)):
			last = &all[i]
		}
	}
	if last != nil {
		p.Undo = last.ID
		p.Checked = lang.T(ctx, "translation.passed", "name", names[last.PassedBy].Name, "when", lang.When(ctx, last.Passed, v.Now))
	}
	return nil
}

// where are the pages on which a text was seen.
func (t *Translation) where(v *web.Visit, tag, key string) ([]placeRow, error) {
	at, err := t.places(v.Ctx(), key)
	if err != nil {
		return nil, err
	}
	var out []placeRow
	for _, route := range at[key] {
		r, ok := t.door(route)
		if !ok {
			continue
		}
		out = append(out, placeRow{Path: r.Path, URL: v.URL("translation.place", "tongue", tag, "page", route), Look: lookAt(v, r, tag)})
	}
	return out, nil
}

// next is the text after this one in the list one came from.
func (t *Translation) next(v *web.Visit, p *textPage) error {
	ws, err := t.waiting(v.Ctx(), p.Lang.Tag)
	if err != nil {
		return err
	}
	for _, k := range t.sifted(p.Lang.Tag, p.Sift[0], p.Sift[1], waits(ws)) {
		if k > p.Key {
			p.Next = v.URL("translation.text", "tongue", p.Lang.Tag, "textkey", k, "stand", p.Sift[0], "deel", p.Sift[1])
			return nil
		}
	}
	return nil
}

// typed is what somebody typed.
func (t *Translation) typed(v *web.Visit, tag, key string) lang.Text {
	nl, _ := t.texts.Item("nl", key)
	if !nl.Plural() {
		return Tidy(tag, lang.Text{One: v.Value("tekst")})
	}
	out := lang.Text{Forms: map[string]string{}}
	for _, c := range lang.Counted(tag) {
		out.Forms[c] = v.Value("tekst-" + c)
	}
	return Tidy(tag, out)
}

func (t *Translation) sent(v *web.Visit) error {
	l, key, err := t.textOf(v)
	if err != nil {
		return err
	}
	if err := t.mustRead(v, l); err != nil {
		return err
	}
	text := t.typed(v, l.Tag, key)
	bad := Check(t.texts, l.Tag, key, text)
	now, there := t.texts.Item(l.Tag, key)
	if len(bad) == 0 && there && now.Text.Same(text) && now.State == lang.Checked && l.Tag != "en" {
		bad = append(bad, lang.Misfit{Fault: "same"})
	}
	if len(bad) > 0 {
		p, err := t.textPage(v, l, key, &text)
		if err != nil {
			return err
		}
		p.blame(bad)
		return v.Invalid(pageText(p))
	}
	of := t.texts.Source(key)
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := t.propose(v.Ctx(), tx, v.Actor, l.Tag, key, of, ByHand, text)
		return v.URL("translation.text", "tongue", l.Tag, "textkey", key, "stand", v.Value("stand"), "deel", v.Value("deel"), "gezegd", "translation.said.proposed"), err
	})
}

// blame puts every fault at its field; one that belongs to no form of its own stands at the first.
func (p *textPage) blame(bad []lang.Misfit) {
	for _, m := range bad {
		field := p.Fields[0].Name
		for _, f := range p.Fields {
			if m.What != "" && (f.Hint == m.What || strings.HasSuffix(m.What, "("+f.Hint+")")) {
				field = f.Name
			}
		}
		p.Errors.Add(field, "translation.fault."+m.Fault, "what", m.What)
	}
	for i := range p.Fields {
		p.Fields[i].Err = ui.ErrAt(p.Errors, p.Fields[i].Name)
	}
}

func (t *Translation) mustRead(v *web.Visit, l lang.Lang) error {
	mine, err := t.mine(v)
	if err == nil && !slices.Contains(mine, l.Tag) {
		err = fault.New(fault.Denied, "translation.error.reads", "language", l.Dutch)
	}
	return err
}

// decide is what becomes of a proposal.
func (t *Translation) decide(v *web.Visit) error {
	l, key, err := t.textOf(v)
	if err != nil {
		return err
	}
	p, err := t.one(v.Ctx(), l.Tag, key, v.Value("voorstel"))
	if err != nil {
		return err
	}
	what := v.Value("besluit")
	if what != Withdrawn || p.MadeBy != v.Actor.ID { // what somebody made they may take back, also when they no longer read it
		if err := t.mustRead(v, l); err != nil {
			return err
		}
	}
	var do func(tx *db.Tx) error
	switch {
	case what == "passed" && p.MadeBy == v.Actor.ID:
		return fault.New(fault.Denied, "translation.error.own")
	case what == "passed" && p.MadeOf != t.texts.Source(key):
		return fault.New(fault.Conflict, "translation.error.older")
	case what == "passed":
		do = func(tx *db.Tx) error { return t.pass(v.Ctx(), tx, v.Actor, p.ID) }
	case what == Refused && p.MadeBy != v.Actor.ID, what == Withdrawn && p.MadeBy == v.Actor.ID:
		do = func(tx *db.Tx) error { return t.end(v.Ctx(), tx, v.Actor, p.ID, what) }
	case what == Undone:
		do = func(tx *db.Tx) error { return t.undo(v.Ctx(), tx, v.Actor, p.ID) }
	default:
		return fault.New(fault.Invalid, "")
	}
	if err := v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("translation.text", "tongue", l.Tag, "textkey", key, "stand", v.Value("stand"), "deel", v.Value("deel"), "gezegd", "translation.said."+what), do(tx)
	}); err != nil {
		return err
	}
	if err := t.Refresh(v.Ctx()); err != nil { // every other machine does so within seconds; this one at once
		return fmt.Errorf("show what was agreed to: %w", err)
	}
	return nil
}

// tagKind is how loud a state is.
func tagKind(state string) string {
	switch state {
	case Checked:
		return "ok"
	case Missing, Outdated:
		return "warn"
	}
	return ""
}
