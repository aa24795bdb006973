package procedure

// This file is what an organisation may change in the rules by itself: a text in the form of the rule files, and the
// rulebook that comes of it. It only builds new rulebooks; one that is in use never changes.

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
)

// Amendment is one change of the rules. It names the rule file that it belongs to and brings any of: new versions of rules,
// the word of a lawyer for rules that are there, the day from which a law applies, and days of the table of equated days.
type Amendment struct {
	Pack     string         `yaml:"pack"`
	ReviewBy clock.Date     `yaml:"review_by"` // of the rules it brings; they become stale by themselves
	Sources  []Source       `yaml:"sources"`   // that sources.yaml does not have yet
	Terms    []AmendedRule  `yaml:"terms"`
	Confirm  []Confirmation `yaml:"confirm"`
	Regimes  []RegimeDay    `yaml:"regimes"`
	Days     []AmendedDay   `yaml:"days"`
	// Texts are the words of a question that the program does not know yet, by language and key: term.<key>,
	// term.<key>.means and note.<note>. Dutch and English are needed; another language falls to Dutch.
	Texts map[string]map[string]string `yaml:"texts"`

	ID    string          `yaml:"-"` // as it is stored
	spots map[string]spot // as those of a Pack
	file  string
}

// AmendedRule is a new version of a rule. The rule that it replaces ends the day before, and goes on after it when this
// one ends.
type AmendedRule struct {
	Rule     `yaml:",inline"`
	Replaces string `yaml:"replaces"` // the id; empty: a rule beside the others
}

// Confirmation is a lawyer's word for a rule that is there.
type Confirmation struct {
	ID        string `yaml:"id"` // of the rule
	Confirmed `yaml:",inline"`
}

// RegimeDay is the day from which a law applies; the one before it ends the day before.
type RegimeDay struct {
	ID   RegimeID   `yaml:"id"`
	From clock.Date `yaml:"from"`
}

// AmendedDay is a day that a decree equates with a holiday, or one that is to leave the table.
type AmendedDay struct {
	EquatedDay `yaml:",inline"`
	Drop       bool `yaml:"drop"`
}

// amendmentFile is what the text of a change is called where a fault points into it.
const amendmentFile = "voorstel"

// ReadAmendment reads the text of a change, or says every fault of its form.
func ReadAmendment(raw string) (*Amendment, Faults) {
	c := &Amendment{file: amendmentFile}
	if faults := strict(amendmentFile, []byte(raw), c); len(faults) > 0 {
		return nil, faults
	}
	c.spots = spotsOf(amendmentFile, []byte(raw))
	var faults Faults
	if len(c.Terms)+len(c.Confirm)+len(c.Regimes)+len(c.Days) == 0 {
		faults = append(faults, whole(amendmentFile, "changes_nothing"))
	}
	if len(c.Terms) > 0 && c.Pack == "" {
		faults = append(faults, whole(amendmentFile, "which_pack"))
	}
	if len(c.Terms) > 0 && c.ReviewBy.IsZero() {
		faults = append(faults, whole(amendmentFile, "review_by"))
	}
	return c, faults
}

func (c *Amendment) fault(at, key string, args ...any) Fault {
	return Fault{Pack{file: c.file, spots: func() map[string]spot { return c.spots }}.spot(at), key, args}
}

// With is the rulebook with changes on top, in the order in which they came into force. name is added to the versions, so
// that a derivation tells by which of them it was made. Faults are everything that is then unfit; the rulebook is not to be
// used when there are any.
func (b *Rulebook) With(changes []*Amendment, name string) (*Rulebook, Faults) {
	if len(changes) == 0 {
		return b, nil
	}
	out := *b
	out.Packs, out.Regimes, out.Sources, out.Days = slices.Clone(b.Packs), slices.Clone(b.Regimes), slices.Clone(b.Sources), slices.Clone(b.Days)
	out.Version += " " + name
	var faults Faults
	days := false
	for _, c := range changes {
		faults = append(faults, out.take(c)...)
		days = days || len(c.Days) > 0
	}
	if days {
		out.Calendar = NewCalendar(b.Calendar.Version+" "+name, out.Days)
	}
	faults = append(faults, out.check()...)
	faults.sort()
	return &out, faults
}

// take puts one change into a rulebook that nobody uses yet.
func (b *Rulebook) take(c *Amendment) (faults Faults) {
	for _, s := range c.Sources {
		switch {
		case s.ID == "" || s.Title == "" || !strings.HasPrefix(s.URL, "https://"):
			faults = append(faults, c.fault("sources/"+s.ID, "source_whole", "id", s.ID))
		case slices.ContainsFunc(b.Sources, func(x Source) bool { return x.ID == s.ID && x != s }):
			faults = append(faults, c.fault("sources/"+s.ID, "source_other", "id", s.ID))
		case !slices.Contains(b.Sources, s):
			b.Sources = append(b.Sources, s)
		}
	}
	faults = append(faults, b.takeTexts(c)...)
	for _, t := range c.Terms {
		faults = append(faults, b.takeRule(c, t)...)
	}
	for _, x := range c.Confirm {
		faults = append(faults, b.confirm(c, x)...)
	}
	for _, x := range c.Regimes {
		faults = append(faults, b.takeRegime(c, x)...)
	}
	for _, d := range c.Days {
		faults = append(faults, b.takeDay(c, d)...)
	}
	return faults
}

// takeRegime moves the day from which a law applies. The law before it ends the day before, and so do the rules that begin or end
// with either.
func (b *Rulebook) takeRegime(c *Amendment, x RegimeDay) Faults {
	k := slices.IndexFunc(b.Regimes, func(r Regime) bool { return r.ID == x.ID })
	if k < 0 || b.Regimes[k].From.IsZero() || x.From.IsZero() {
		return Faults{c.fault("regimes/"+string(x.ID), "regime_begins", "id", x.ID)}
	}
	was, until := b.Regimes[k].From, b.Regimes[k].From.AddDays(-1)
	b.Regimes[k].From = x.From
	b.turnWith(b.Regimes[k], func(v *Valid) {
		if v.From == was {
			v.From = x.From
		}
	})
	for i := range b.Regimes {
		if r := &b.Regimes[i]; r.Topic == b.Regimes[k].Topic && r.To == until {
			r.To = x.From.AddDays(-1)
			b.turnWith(*r, func(v *Valid) {
				if v.To == until {
					v.To = r.To
				}
			})
		}
	}
	return nil
}

// turnWith lets the rules of a law that hang on its own trigger go along with it.
func (b *Rulebook) turnWith(r Regime, turn func(*Valid)) {
	for i := range b.Packs {
		if b.Packs[i].Regime != r.ID {
			continue
		}
		p := b.own(i)
		for k := range p.Terms {
			if p.Terms[k].Valid.Trigger == r.Trigger {
				turn(&p.Terms[k].Valid)
			}
		}
	}
}

// longText is how many characters a text of a change may have.
const longText = 600

// takeTexts takes over the words of new questions. Another change may not say other words for the same thing.
func (b *Rulebook) takeTexts(c *Amendment) (faults Faults) {
	if len(c.Texts) == 0 {
		return nil
	}
	texts := map[string]map[string]string{}
	for tag, words := range b.Texts {
		texts[tag] = maps.Clone(words)
	}
	for _, tag := range slices.Sorted(maps.Keys(c.Texts)) {
		if _, ok := lang.Lookup(tag); !ok {
			faults = append(faults, c.fault("texts", "text_language", "language", tag))
			continue
		}
		if texts[tag] == nil {
			texts[tag] = map[string]string{}
		}
		for _, word := range slices.Sorted(maps.Keys(c.Texts[tag])) {
			text, key := strings.TrimSpace(c.Texts[tag][word]), "procedure."+word
			was, there := texts[tag][key]
			switch {
			case !strings.HasPrefix(word, "term.") && !strings.HasPrefix(word, "note."):
				faults = append(faults, c.fault("texts", "text_key", "key", word))
			case text == "" || utf8.RuneCountInString(text) > longText:
				faults = append(faults, c.fault("texts", "text_long", "key", word, "n", longText))
			case there && was != text:
				faults = append(faults, c.fault("texts", "text_other", "key", word))
			case tag != "nl" && c.Texts["nl"][word] == "":
				faults = append(faults, c.fault("texts", "text_dutch", "key", word))
			}
			texts[tag][key] = text
		}
	}
	b.Texts = texts
	return faults
}

// own gives a rule file terms and places of its own, so that they can be changed without changing another rulebook.
func (b *Rulebook) own(i int) *Pack {
	p := &b.Packs[i]
	p.Terms, p.moved = slices.Clone(p.Terms), maps.Clone(p.moved)
	if p.moved == nil {
		p.moved = map[string]spot{}
	}
	return p
}

// takeRule adds a rule, and makes room for it where it replaces another.
func (b *Rulebook) takeRule(c *Amendment, t AmendedRule) Faults {
	i := slices.IndexFunc(b.Packs, func(p Pack) bool { return p.Name == c.Pack })
	if i < 0 {
		return Faults{c.fault("", "no_pack", "pack", c.Pack)}
	}
	p, at := b.own(i), "terms/"+t.ID
	r := t.Rule
	r.brought = c
	for word, s := range c.spots {
		if word == at || strings.HasPrefix(word, at+"/") {
			p.moved[word] = s
		}
	}
	if t.Replaces == "" {
		p.Terms = append(p.Terms, r)
		return nil
	}
	k := slices.IndexFunc(p.Terms, func(x Rule) bool { return x.ID == t.Replaces })
	if k < 0 {
		return Faults{c.fault(at+"/replaces", "replaces_none", "id", r.ID, "old", t.Replaces, "pack", c.Pack)}
	}
	old := p.Terms[k]
	switch {
	case old.Key != r.Key:
		return Faults{c.fault(at+"/key", "replaces_key", "id", r.ID, "old", old.ID, "key", old.Key)}
	case old.Valid.Trigger != r.Valid.Trigger:
		return Faults{c.fault(at+"/valid", "replaces_trigger", "id", r.ID, "old", old.ID, "trigger", old.Valid.Trigger)}
	case !old.Valid.overlaps(r.Valid):
		return Faults{c.fault(at+"/valid", "replaces_never", "id", r.ID, "old", old.ID)}
	}
	before, after := cut(old, r.Valid)
	var in []Rule
	for _, piece := range []*Rule{before, &r, after} {
		if piece != nil {
			in = append(in, *piece)
		}
	}
	p.Terms = slices.Replace(p.Terms, k, k+1, in...)
	if after != nil {
		p.moved["terms/"+after.ID] = p.spot(at)
	}
	b.stand(p.Regime, old.ID, in)
	return nil
}

// cut is what is left of a rule before and after a period.
func cut(old Rule, v Valid) (before, after *Rule) {
	if old.Valid.From.Before(v.From) {
		x := old
		x.Valid.To, x.Ended = v.From.AddDays(-1), false
		before = &x
	}
	if !v.To.IsZero() && (old.Valid.To.IsZero() || v.To.Before(old.Valid.To)) {
		x := old
		x.Valid.From = v.To.AddDays(1)
		x.ID += "@" + x.Valid.From.String()
		after = &x
	}
	return before, after
}

// stand makes the rules that stand instead of a rule stand instead of its pieces and its new version too.
func (b *Rulebook) stand(regime RegimeID, old string, in []Rule) {
	for i := range b.Packs {
		if b.Packs[i].Regime != regime || !slices.ContainsFunc(b.Packs[i].Terms, func(r Rule) bool { return slices.Contains(r.Over, old) }) {
			continue
		}
		p := b.own(i)
		for k := range p.Terms {
			if !slices.Contains(p.Terms[k].Over, old) {
				continue
			}
			over := slices.DeleteFunc(slices.Clone(p.Terms[k].Over), func(id string) bool { return id == old })
			for _, piece := range in {
				if piece.ID != p.Terms[k].ID {
					over = join(over, []string{piece.ID})
				}
			}
			p.Terms[k].Over = over
		}
	}
}

// confirm writes a lawyer's word on a rule.
func (b *Rulebook) confirm(c *Amendment, x Confirmation) Faults {
	for i := range b.Packs {
		k := slices.IndexFunc(b.Packs[i].Terms, func(r Rule) bool { return r.ID == x.ID })
		if k < 0 {
			continue
		}
		if x.By == "" || x.On.IsZero() {
			return Faults{c.fault("confirm/"+x.ID, "confirm_who", "id", x.ID)}
		}
		word := x.Confirmed
		b.own(i).Terms[k].Confirmed = &word
		return nil
	}
	return Faults{c.fault("confirm/"+x.ID, "confirm_none", "id", x.ID)}
}

// takeDay puts a day into the table of equated days, changes it, or takes it out.
func (b *Rulebook) takeDay(c *Amendment, d AmendedDay) Faults {
	k := slices.IndexFunc(b.Days, func(x EquatedDay) bool { return x.Day == d.Day })
	switch {
	case !Covers(d.Day):
		return Faults{whole(c.file, "calendar", "from", FirstYear, "to", LastYear, "day", d.Day)}
	case d.Drop && k < 0:
		return Faults{whole(c.file, "drops", "day", d.Day)}
	case d.Drop:
		b.Days = slices.Delete(b.Days, k, k+1)
		return nil
	case d.Source == "" || !slices.Contains(confidences, d.Confidence):
		return Faults{whole(c.file, "day_source", "day", d.Day)}
	case k >= 0:
		b.Days[k] = d.EquatedDay
	default:
		b.Days = append(b.Days, d.EquatedDay)
		slices.SortFunc(b.Days, func(x, y EquatedDay) int { return compareDays(x.Day, y.Day) })
	}
	return nil
}

// stamp names the version of the rules that a rule came with, as derivations keep it.
func (r *Rule) stamp(p *Pack) string {
	if r.brought != nil {
		return p.Name + "@" + r.brought.ID
	}
	return p.named
}

// reviewBy is the day after which a rule counts as stale.
func (r *Rule) reviewBy(p *Pack) clock.Date {
	if r.brought != nil {
		return r.brought.ReviewBy
	}
	return p.ReviewBy
}
