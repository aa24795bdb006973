package dossier

// This file shows the whole timeline of one file: filtered, searched, page by page, and on paper.
//
// Filters are links, because they say nothing about anybody. Searched words do: they are sent with POST, and the answer is
// the address of a page in which they stand sealed with the key of the person, for this colleague only. So back and forward
// work, and neither the history of a shared machine nor any log knows what was searched for.

import (
	"context"
	"encoding/base64"
	"iter"
	"net/http"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

const (
	overviewSize = 20    // moments on the first page of a file
	storySize    = 50    // on a page of the timeline
	paperSize    = 400   // on one part of what is printed
	sourceMost   = 1000  // that a source is asked for at once
	walkMost     = 20000 // that one request looks through; what lies further is the next page
)

// tap is one source about one file that is read in pieces.
type tap struct {
	source Source
	file   *File
	before time.Time
	n      int
	held   []Moment
	dry    bool
}

// fill reads the next piece. A piece never ends between two moments of one instant: what shares the instant of the last one
// may go on behind it, so it is left for the next piece, or a larger one is read.
func (t *tap) fill(v *web.Visit) error {
	for len(t.held) == 0 && !t.dry {
		ms, err := t.source(v, *t.file, t.before, t.n+1)
		if err != nil {
			return err
		}
		if t.dry = len(ms) <= t.n; !t.dry {
			last := ms[len(ms)-1].At
			k := slices.IndexFunc(ms, func(m Moment) bool { return m.At.Equal(last) })
			if k == 0 {
				t.n *= 2 // a piece that holds one instant only
				continue
			}
			ms, t.before = ms[:k], last.Add(time.Millisecond)
			t.n = min(t.n*4, max(t.n, sourceMost))
		}
		slices.SortFunc(ms, inOrder)
		t.held = ms
	}
	return nil
}

// walk gives the moments of all sources after a place, in their order, with those of the records that are read along. It holds
// one piece of each source at a time.
func (s *Files) walk(v *web.Visit, f File, from spot, piece int) iter.Seq2[Moment, error] {
	return func(yield func(Moment, error) bool) {
		before := from.At.Add(time.Millisecond)
		var taps []*tap
		for _, one := range append([]File{f}, f.along...) {
			one.wanted = f.wanted
			for _, source := range s.sources {
				taps = append(taps, &tap{source: source, file: &one, before: before, n: piece})
			}
		}
		for {
			var next *tap
			for _, t := range taps {
				if err := t.fill(v); err != nil {
					yield(Moment{}, err)
					return
				}
				if len(t.held) > 0 && (next == nil || inOrder(t.held[0], next.held[0]) < 0) {
					next = t
				}
			}
			if next == nil {
				return
			}
			m := next.held[0]
			next.held = next.held[1:]
			if next.file.id != f.id {
				m.By = lang.Dots(m.By, lang.T(v.Ctx(), "dossier.together.from", "name", next.file.profile.Name()))
			}
			if m.after(from) && !yield(m, nil) {
				return
			}
		}
	}
}

// telling is one page of a timeline.
type telling struct {
	Moments []Moment
	Groups  []string // met on the way
	Next    spot     // where the next page begins; zero when this is the last
}

// tell reads one page of a part of the timeline, from a place on. What was found after a page is full is not shown; that it
// is there says that another page follows.
func (s *Files) tell(v *web.Visit, f File, sift Sift, from spot, n int) (telling, error) {
	end := spot{At: clock.Today(v.Now).AddDays(1).In(clock.Netherlands)}
	if !sift.To.IsZero() && sift.To.Before(clock.Today(v.Now)) {
		end.At = sift.To.AddDays(1).In(clock.Netherlands)
	}
	if from.zero() || from.At.After(end.At) {
		from = end
	}
	first := sift.From.In(clock.Netherlands)
	seek := NewSeeker(sift.Words)
	f.wanted = sift.Wanted
	out := telling{Moments: make([]Moment, 0, min(n, overviewSize))}
	looked := 0
	for m, err := range s.walk(v, f, from, n+1) { // the one behind the last is read along, or all sources would be asked again for it
		if err != nil || !sift.From.IsZero() && m.At.Before(first) {
			return out, err
		}
		looked++
		if !slices.Contains(out.Groups, m.Group) {
			out.Groups = append(out.Groups, m.Group)
		}
		if (sift.Group == "" || m.Group == sift.Group) && (sift.Author == "" || m.Author == sift.Author) &&
			(seek.Empty() || seek.Finds(append(m.Words, m.Title)...)) {
			if len(out.Moments) == n {
				last := out.Moments[n-1]
				out.Next = spot{last.At, last.ID}
				return out, nil
			}
			out.Moments = append(out.Moments, m)
		}
		if looked == walkMost {
			out.Next = spot{m.At, m.ID}
			return out, nil
		}
	}
	return out, nil
}

// monthsOf puts moments under the months in which they happened.
func monthsOf(v *web.Visit, ms []Moment) []month {
	var out []month
	items := make([]ui.MomentP, len(ms)) // of all months behind each other
	for i, m := range ms {
		here := m.At.In(clock.Netherlands)
		title := lang.MonthYear(v.Ctx(), clock.DateOf(here))
		if len(out) == 0 || out[len(out)-1].Title != title {
			out = append(out, month{Title: title, Items: items[i:i]})
		}
		last := &out[len(out)-1]
		last.Items = append(last.Items, ui.MomentP{Icon: m.Icon, Kind: m.Kind, Title: m.Title, By: m.By, Body: m.Body,
			When: lang.When(v.Ctx(), m.At, v.Now), DateTime: here.Format("2006-01-02T15:04")})
	}
	return out
}

// recent are the last moments, for the first page of a file. Older ones stand on the page of the timeline.
func (s *Files) recent(v *web.Visit, f File, p *firstPage) error {
	t, err := s.tell(v, f, Sift{Wanted: Wanted{Group: p.Filter}}, spot{}, overviewSize)
	if err != nil {
		return err
	}
	if p.Groups = t.Groups; p.Filter != "" {
		p.Groups = groups // a source may leave out what was not asked for, so nobody knows which others there are
	}
	slices.SortFunc(p.Groups, func(a, b string) int { return slices.Index(groups, a) - slices.Index(groups, b) })
	p.Months = monthsOf(v, t.Moments)
	if !t.Next.zero() {
		p.Older = s.storyURL(v, "dossier.story", f, Sift{Wanted: Wanted{Group: p.Filter}}, "voor", t.Next.String())
	}
	return nil
}

// storyPage is a part of a timeline.
type storyPage struct {
	File          File
	In            SiftInput
	Sift          Sift
	Errors        fault.Fields
	Authors       []ui.Option
	Months        []month
	Shown         int
	First         bool // the newest page
	Older, Newest string
	Paper         string // address of the part on paper; empty for who may not print
	Sealed        string // the searched words, for the form of the filter
	Limits        []string
	By, When      string // on paper
}

// authorsOf are who wrote what the timeline tells to this reader, by name.
func (s *Files) authorsOf(v *web.Visit, f File) ([]ui.Option, []string, error) {
	var ids []string
	for _, of := range s.authors {
		some, err := of(v, f)
		if err != nil {
			return nil, nil, err
		}
		ids = append(ids, some...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	names, err := s.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, nil, err
	}
	out := []ui.Option{{Label: lang.T(v.Ctx(), "dossier.story.anybody")}}
	for _, id := range ids {
		switch c, ok := names[id]; {
		case ok:
			out = append(out, ui.Option{Value: id, Label: c.Name})
		case id == f.id:
			out = append(out, ui.Option{Value: id, Label: f.Called()})
		}
	}
	slices.SortStableFunc(out[1:], func(a, b ui.Option) int { return strings.Compare(Fold(a.Label), Fold(b.Label)) })
	return out, ids, nil
}

// wordsPlace binds sealed words to one person and one reader.
func (f File) wordsPlace() string { return "dossier.story/" + f.id + "/" + f.who.ID }

func (f File) sealWords(words string) string {
	if words == "" {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(f.key.Seal(f.wordsPlace(), []byte(words)))
}

// openWords reads searched words out of an address. What somebody else sealed, or nobody, is absent.
func (f File) openWords(sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	b, err := base64.RawURLEncoding.DecodeString(sealed)
	if err == nil {
		b, err = f.key.Open(f.wordsPlace(), b)
	}
	if err != nil {
		return "", fault.Gone()
	}
	return string(b), nil
}

// storyURL is the address of a part of the timeline.
func (s *Files) storyURL(v *web.Visit, route string, f File, sift Sift, more ...string) string {
	args := []string{"person", f.id}
	add := func(name, value string) {
		if value != "" {
			args = append(args, name, value)
		}
	}
	add("wat", sift.Group)
	add("wie", sift.Author)
	if add("periode", sift.Period); sift.Period == "" {
		add("van", sift.From.String())
		add("tot", sift.To.String())
	}
	add("zoek", f.sealWords(sift.Words))
	if len(f.along) > 0 {
		add("samen", "1")
	}
	return v.URL(route, append(args, more...)...)
}

// readStory reads which part is asked for. The faults of the filter come back in the page.
func (s *Files) readStory(v *web.Visit, f File) (storyPage, error) {
	p := storyPage{File: f, In: SiftInput{Group: v.Value("wat"), Author: v.Value("wie"), Period: v.Value("periode"), From: v.Value("van"), To: v.Value("tot")}}
	options, ids, err := s.authorsOf(v, f)
	if err != nil {
		return p, err
	}
	p.Authors = options
	p.Sift, p.Errors = p.In.Check(ids)
	p.Sift.Words, err = f.openWords(v.Value("zoek"))
	return p, err
}

// openStory opens a file for its timeline, and the linked records with it when the visitor asks for them.
func (s *Files) openStory(v *web.Visit, event string) (File, error) {
	f, err := s.Open(v, v.Param("person"), access.DeskLevel, event)
	if err == nil && v.Value("samen") != "" {
		f.along, err = s.others(v, f)
	}
	return f, err
}

// story shows a page of the timeline.
func (s *Files) story(v *web.Visit) error {
	f, err := s.openStory(v, "dossier.event.story")
	if err != nil {
		return err
	}
	p, err := s.readStory(v, f)
	if err != nil {
		return err
	}
	return s.showStory(v, p)
}

func (s *Files) showStory(v *web.Visit, p storyPage) error {
	f := p.File
	if len(p.Errors) > 0 {
		return v.Invalid(pageStory(p))
	}
	from := readSpot(v.Value("voor"))
	t, err := s.tell(v, f, p.Sift, from, storySize)
	if err != nil {
		return err
	}
	p.Months, p.Shown, p.First = monthsOf(v, t.Moments), len(t.Moments), from.zero()
	if !t.Next.zero() {
		p.Older = s.storyURL(v, "dossier.story", f, p.Sift, "voor", t.Next.String())
	}
	if !p.First {
		p.Newest = s.storyURL(v, "dossier.story", f, p.Sift)
	}
	if mayPrint.Allows(v.Actor) && f.Level() >= access.File && f.Lasting() == nil {
		own := f
		own.along = nil // on paper stands one file only
		p.Paper = s.storyURL(v, "dossier.paper", own, p.Sift)
	}
	p.Sealed = f.sealWords(p.Sift.Words)
	markWords(v, p.Sift.Words)
	return v.Page(pageStory(p))
}

// markWords shows the searched words in everything that the page marks.
func markWords(v *web.Visit, words string) {
	if seek := NewSeeker(words); !seek.Empty() {
		v.SetCtx(ui.WithMarks(v.Ctx(), seek.Spans))
	}
}

// seekStory takes the words that were typed and leads to the page that answers them. That somebody searched is in the log,
// what they searched for is not.
func (s *Files) seekStory(v *web.Visit) error {
	f, err := s.openStory(v, "dossier.event.searched")
	if err != nil {
		return err
	}
	p, err := s.readStory(v, f)
	if err != nil {
		return err
	}
	p.Sift.Words = v.Value("woorden")
	if n := len([]rune(p.Sift.Words)); n > seekMost {
		p.Errors.Add("woorden", "dossier.story.error.long", "n", seekMost)
	} else if n > 0 && NewSeeker(p.Sift.Words).Empty() {
		p.Errors.Add("woorden", "dossier.story.error.letters")
	}
	if len(p.Errors) > 0 {
		return v.Status(http.StatusUnprocessableEntity, pageStory(p))
	}
	return v.GoTo(s.storyURL(v, "dossier.story", f, p.Sift))
}

// paper is a part of the timeline as it is printed, at most paperSize moments at a time. It is a look of its own in the log:
// what is on paper can no longer be called back.
func (s *Files) paper(v *web.Visit) error {
	f, err := s.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	if err := f.Lasting(); err != nil {
		return err
	}
	if err := f.look(v.Ctx(), "dossier.event.printed"); err != nil {
		return err
	}
	p, err := s.readStory(v, f)
	if err != nil {
		return err
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageStory(p))
	}
	from := readSpot(v.Value("voor"))
	t, err := s.tell(v, f, p.Sift, from, paperSize)
	if err != nil {
		return err
	}
	p.Months, p.Shown, p.First = monthsOf(v, t.Moments), len(t.Moments), from.zero()
	n := 0
	for _, m := range p.Months {
		for i := range m.Items { // "yesterday" says nothing on paper
			m.Items[i].When = lang.ShortDay(v.Ctx(), clock.DateOf(t.Moments[n].At.In(clock.Netherlands)))
			n++
		}
	}
	if !t.Next.zero() {
		p.Older = s.storyURL(v, "dossier.paper", f, p.Sift, "voor", t.Next.String())
	}
	p.By, p.When = v.Actor.Name, lang.FullDay(v.Ctx(), clock.Today(v.Now))+", "+lang.Time(v.Ctx(), v.Now)
	p.Limits = limits(v, p)
	if len(t.Moments) > 0 {
		newest, oldest := t.Moments[0].At, t.Moments[len(t.Moments)-1].At
		p.Limits = append(p.Limits, lang.T(v.Ctx(), "dossier.story.covers", "from", lang.FullDay(v.Ctx(), clock.DateOf(oldest.In(clock.Netherlands))), "to", lang.FullDay(v.Ctx(), clock.DateOf(newest.In(clock.Netherlands)))))
	}
	markWords(v, p.Sift.Words)
	p.Newest = s.storyURL(v, "dossier.story", f, p.Sift)
	return v.Page(pagePaper(p))
}

// limits says in words which part it is.
func limits(v *web.Visit, p storyPage) []string {
	ctx := v.Ctx()
	var out []string
	if p.Sift.Group != "" {
		out = append(out, lang.T(ctx, "dossier.filter."+p.Sift.Group))
	}
	for _, a := range p.Authors {
		if p.Sift.Author != "" && a.Value == p.Sift.Author {
			out = append(out, lang.T(ctx, "dossier.story.only", "name", a.Label))
		}
	}
	if p.Sift.Words != "" {
		out = append(out, lang.T(ctx, "dossier.story.about", "words", p.Sift.Words))
	}
	if !p.Sift.From.IsZero() {
		out = append(out, lang.T(ctx, "dossier.story.since", "day", lang.FullDay(ctx, p.Sift.From)))
	}
	if !p.Sift.To.IsZero() {
		out = append(out, lang.T(ctx, "dossier.story.until", "day", lang.FullDay(ctx, p.Sift.To)))
	}
	return out
}

// emptyStory says why nothing stands on the page.
func emptyStory(ctx context.Context, p storyPage) string {
	if p.Sift.Whole() && p.First {
		return lang.T(ctx, "dossier.timeline.empty")
	}
	return lang.T(ctx, "dossier.story.none")
}

func groupOptions(ctx context.Context) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "dossier.filter.all")}}, ui.Options(ctx, "dossier.filter.", groups)...)
}

// periodOptions are the months and years that may be chosen, and the one that was, however long ago.
func periodOptions(ctx context.Context, today clock.Date, chosen string) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "dossier.story.always")}}
	months, years := periods(today)
	if _, _, ok := period(chosen); ok && !slices.Contains(months, chosen) && !slices.Contains(years, chosen) {
		months = append([]string{chosen}, months...)
	}
	for _, m := range append(months, years...) {
		label := m
		if from, _, ok := period(m); ok && len(m) == 7 {
			label = lang.MonthYear(ctx, from)
		}
		out = append(out, ui.Option{Value: m, Label: label})
	}
	return out
}
