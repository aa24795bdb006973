package translation

// This file holds the page on which parts of pages are read aloud in one language, and the door at which everybody hears them.

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/sound"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type soundsPage struct {
	Lang   lang.Lang
	Parts  []soundPart
	Reads  bool
	Errors fault.Fields
}

// soundPart is one part of a page: its words, what can be heard of it, and what waits.
type soundPart struct {
	Passage
	Title   string
	Words   []string // none when a text is missing in the language
	Clips   []clipRow
	Heard   bool // everybody hears the words that stand there now
	Waits   bool
	Speaker string // as it was typed when something was wrong
	Agreed  bool
}

type clipRow struct {
	Clip
	URL, Line, State, Look string
	MayPass, MayRefuse     bool
	Own, Undo              bool
}

// wrong says whether the form of this part has a fault, so that it opens.
func (x soundPart) wrong(p soundsPage) bool {
	return slices.ContainsFunc(p.Errors, func(e fault.Field) bool { return strings.HasSuffix(e.Name, "-"+x.ID) })
}

func soundAttrs(p soundsPage, x soundPart) templ.Attributes {
	id := "f-geluid-" + x.ID
	if ui.ErrAt(p.Errors, "geluid-"+x.ID) == nil {
		return templ.Attributes{"aria-describedby": id + "-h"}
	}
	return templ.Attributes{"aria-describedby": id + "-h " + id + "-e", "aria-invalid": "true"}
}

// clipsShown is how many recordings of one part the page tells; older ones stay kept.
const clipsShown = 4

func (t *Translation) soundsPage(v *web.Visit, l lang.Lang) (soundsPage, error) {
	ctx := v.Ctx()
	p := soundsPage{Lang: l}
	mine, err := t.mine(v)
	if err != nil {
		return p, err
	}
	p.Reads = slices.Contains(mine, l.Tag)
	cs, err := t.clipsOf(ctx, l.Tag)
	if err != nil {
		return p, err
	}
	var ids []string
	for _, c := range cs {
		ids = append(ids, c.MadeBy, c.PassedBy)
	}
	names, err := t.org.Colleagues(ctx, ids)
	if err != nil {
		return p, err
	}
	for _, r := range t.passages {
		x := soundPart{Passage: r, Title: lang.T(ctx, "translation.reading."+r.ID)}
		x.Words, _ = r.Text(t.texts, l.Tag)
		mark := r.Mark(t.texts, l.Tag)
		for _, c := range cs {
			if c.Part != r.ID || len(x.Clips) == clipsShown {
				continue
			}
			row := clipRow{Clip: c, URL: v.URL("translation.sound_hear", "tongue", l.Tag, "clip", c.ID), Own: c.MadeBy == v.Actor.ID}
			day, err := clock.ParseDate(c.Spoken)
			if err != nil {
				return p, fault.Wrap(fault.Internal, "read the day of "+c.ID, err)
			}
			row.Line = lang.Dots(lang.T(ctx, "translation.sound.by", "name", c.Speaker, "day", lang.Day(ctx, day)), names[c.MadeBy].Name)
			switch {
			case !c.Closed.IsZero():
				row.State = c.Close
			case c.Mark != mark:
				row.State, row.Look = Outdated, "warn"
			case c.Open():
				row.State, row.Look, x.Waits = Waiting, "brand", true
				row.MayPass = c.MayPass(v.Actor.ID, p.Reads)
			case x.Heard: // a newer one of the same words is heard
				row.State = Replaced
			default:
				row.State, row.Look, x.Heard = "heard", "ok", true
			}
			row.MayRefuse = c.Open() && p.Reads
			row.Undo = c.Shown() && p.Reads
			x.Clips = append(x.Clips, row)
		}
		p.Parts = append(p.Parts, x)
	}
	return p, nil
}

func (t *Translation) sounds(v *web.Visit) error {
	l, err := tongue(v)
	if err != nil {
		return err
	}
	p, err := t.soundsPage(v, l)
	if err != nil {
		return err
	}
	return v.Page(pageSounds(p))
}

// sentSound is the recording that was sent, or why it does not come in.
func sentSound(v *web.Visit) (sound.Sound, string, error) {
	_, f, _, err := v.File("geluid")
	if err != nil {
		return sound.Sound{}, sound.Empty, nil
	}
	defer f.Close()
	return sound.Take(f)
}

// addSound keeps a recording of the words that stand there now. It is of whoever reads the language, and heard by nobody else before
// a second colleague listened.
func (t *Translation) addSound(v *web.Visit) error {
	l, err := tongue(v)
	if err != nil {
		return err
	}
	p, err := t.soundsPage(v, l)
	if err != nil {
		return err
	}
	in := ClipInput{Part: v.Value("deel"), Speaker: tidy(v.Value("spreker-" + v.Value("deel"))), Agreed: v.Has("mag-" + v.Value("deel"))}
	i := slices.IndexFunc(p.Parts, func(x soundPart) bool { return x.ID == in.Part })
	if !p.Reads || i < 0 || len(p.Parts[i].Words) == 0 {
		return fault.Gone()
	}
	s, why, err := sentSound(v)
	if err != nil {
		return err
	}
	p.Errors = in.Check()
	if why != "" {
		p.Errors.Add("geluid-"+in.Part, "translation.error.sound."+why)
	}
	if len(p.Errors) > 0 {
		p.Parts[i].Speaker, p.Parts[i].Agreed = in.Speaker, in.Agreed
		return v.Invalid(pageSounds(p))
	}
	c := Clip{Part: in.Part, Tag: l.Tag, Mark: p.Parts[i].Mark(t.texts, l.Tag), Speaker: in.Speaker}
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := t.addClip(v.Ctx(), tx, v.Actor, c, s)
		return v.URL("translation.sounds", "tongue", l.Tag, "gezegd", "translation.said.clip"), err
	})
}

// hear lets a colleague hear any recording, before it is decided.
func (t *Translation) hear(v *web.Visit) error {
	l, err := tongue(v)
	if err != nil {
		return err
	}
	c, err := t.clip(v.Ctx(), t.db, l.Tag, v.Param("clip"))
	if err != nil {
		return err
	}
	if !c.Closed.IsZero() {
		return fault.Gone() // its voice is gone
	}
	b, err := t.clipBody(v.Ctx(), c.ID)
	if err != nil {
		return err
	}
	return v.Sound(c.Kind, b)
}

func (t *Translation) decideSound(v *web.Visit) error {
	l, err := tongue(v)
	if err != nil {
		return err
	}
	mine, err := t.mine(v)
	if err != nil {
		return err
	}
	c, err := t.clip(v.Ctx(), t.db, l.Tag, v.Param("clip"))
	if err != nil {
		return err
	}
	reads := slices.Contains(mine, l.Tag)
	what := v.Value("besluit")
	r, known := t.passage(c.Part)
	switch {
	case what == "passed" && (!c.MayPass(v.Actor.ID, reads) || !known || c.Mark != r.Mark(t.texts, l.Tag)),
		what == Refused && (!reads || c.MadeBy == v.Actor.ID), what == Undone && !reads, what == Withdrawn && c.MadeBy != v.Actor.ID:
		return fault.New(fault.Conflict, "translation.error.decided")
	case !slices.Contains([]string{"passed", Refused, Withdrawn, Undone}, what):
		return fault.Gone()
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		to := v.URL("translation.sounds", "tongue", l.Tag, "gezegd", "translation.said.clip_"+what)
		if what == "passed" {
			return to, t.passClip(v.Ctx(), tx, v.Actor, c.ID)
		}
		return to, t.endClip(v.Ctx(), tx, v.Actor, c.ID, what)
	})
	if err == nil {
		err = t.Refresh(v.Ctx())
	}
	return err
}

// listen is for everybody: only what a second reader agreed to, and only of the words that stand there now.
func (t *Translation) listen(v *web.Visit) error {
	l, err := tongue(v)
	if err != nil {
		return err
	}
	c, err := t.clip(v.Ctx(), t.db, l.Tag, v.Param("clip"))
	if err != nil {
		return err
	}
	if now, ok := t.Aloud(l.Tag, c.Part); !ok || now.ID != c.ID {
		return fault.Gone()
	}
	b, err := t.clipBody(v.Ctx(), c.ID)
	if err != nil {
		return err
	}
	if err := v.Static(c.Kind, b); err != nil {
		return err
	}
	v.Header().Set("Cache-Control", "public, max-age=86400") // who is heard may take it back: nobody keeps it longer than a day
	return nil
}

// Hears is the recording of a part of a page for this visitor. Without one it is the words, in the language of the page and whole: a
// voice that reads half a part, or in another language, is worse than none.
func (t *Translation) Hears(v *web.Visit) func(part string) ui.Recording {
	tag := lang.Of(v.Ctx()).Tag
	return func(part string) ui.Recording {
		if c, ok := t.Aloud(tag, part); ok {
			return ui.Recording{URL: v.URL("translation.listen", "tongue", tag, "clip", c.ID), KB: c.KB()}
		}
		p, _ := t.passage(part)
		words, ok := p.Text(t.texts, tag)
		if !ok {
			return ui.Recording{}
		}
		return ui.Recording{Words: spoken(words)}
	}
}

// heardOf counts the parts of pages that everybody can hear in a language.
func (t *Translation) heardOf(tag string) int {
	n := 0
	for _, p := range t.passages {
		if _, ok := t.Aloud(tag, p.ID); ok {
			n++
		}
	}
	return n
}

// clipRows are the recordings for which this colleague can be the second listener.
func (t *Translation) clipRows(v *web.Visit, cs []Clip, mine []string) []ui.RowP {
	var out []ui.RowP
	for _, c := range cs {
		if c.MayPass(v.Actor.ID, slices.Contains(mine, c.Tag)) && len(out) < waitingShown {
			out = append(out, ui.RowP{Href: v.URL("translation.sounds", "tongue", c.Tag) + "#g-" + c.Part, Title: lang.T(v.Ctx(), "translation.sound.play", "part", lang.T(v.Ctx(), "translation.reading."+c.Part)),
				Sub: lang.Dots(lang.Find(c.Tag).Dutch, lang.When(v.Ctx(), c.At, v.Now))})
		}
	}
	return out
}
