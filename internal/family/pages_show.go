package family

// This file turns a family into the words and rows of its pages.

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// person is how one relative is shown.
type person struct {
	ID, URL   string
	Name, Own string
	Role      string // "dochter" has no word here: what somebody is of the person
	Sure      string // how certain that is, when it is not documented
	Born      string
	Where     string
	State     string // of States
	Hidden    bool
	Verdict   string
	Step      string // what comes now, and who is to act
	Long      bool
	FileURL   string // only for who may see that file
	Over      bool
}

// role is what somebody is of another, with its sort: "pleegkind".
func role(ctx context.Context, k Kin) string {
	if k.Role == "" {
		return lang.T(ctx, "family.role.none")
	}
	return lang.T(ctx, "family.role."+k.Role+form(k.Tie))
}

func (r room) person(v *web.Visit, m Member) person {
	ctx := v.Ctx()
	k, _ := r.Bond(m.ID, r.Today)
	p := person{ID: m.ID, URL: v.URL("family.member", "person", r.ID(), "member", m.ID), Name: m.Name, Own: m.Own, Role: role(ctx, k), Born: bornText(ctx, m.Births, r.Today),
		Where: whereText(ctx, m.Where), State: m.Where.State, Hidden: r.Hidden(m.ID), Over: k.Tie.Over(r.Today)}
	if k.Role == "" {
		p.Role = r.around(ctx, m.ID)
	}
	if c := k.Tie.Certainty; c == "disputed" || c == "unknown" || c == "stated" {
		p.Sure = lang.T(ctx, "family.certainty."+c)
	}
	if other := r.links[m.ID]; other != "" {
		p.FileURL = v.URL("dossier.open", "person", other)
	}
	if m.Coming == "yes" {
		p.Verdict = Short(r.Count(m.ID, r.Sponsor, r.Today))
	}
	w := WayOf(m, r.Today)
	p.Step, p.Long = wayText(ctx, w), w.Long
	return p
}

// around is how somebody is bound who is bound only to another relative.
func (r room) around(ctx context.Context, id string) string {
	for _, k := range r.Kin(id) {
		if m, ok := r.Member(k.ID); ok {
			return lang.T(ctx, "family.role.of", "role", lang.T(ctx, "family.role."+Inverse(k.Role)+form(k.Tie)), "name", lang.Isolated(m.Name))
		}
	}
	return lang.T(ctx, "family.role.none")
}

// bornText is a birth as it is known, with the age that follows from it.
func bornText(ctx context.Context, bs []dossier.Birth, today clock.Date) string {
	var out []string
	for _, b := range bs {
		t := dossier.BirthText(b)
		if t != "" && b.About {
			t = lang.T(ctx, "family.about", "date", t)
		}
		if b.Words != "" {
			t = strings.TrimSpace("“" + b.Words + "” " + t)
		}
		if t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	born := strings.Join(out, " / ")
	if low, high, known := dossier.Age(bs, today); known {
		born = lang.Dots(born, lang.T(ctx, "family.age", "age", span{low, high}.String()))
	}
	return born
}

// String is an age as it is known: 17, or 17–18.
func (s span) String() string {
	if s.Low == s.High {
		return fmt.Sprint(s.Low)
	}
	return fmt.Sprintf("%d–%d", s.Low, s.High)
}

func whereText(ctx context.Context, w Where) string {
	place := strings.Join(slices.DeleteFunc([]string{w.Place, w.Country}, func(s string) bool { return s == "" }), ", ")
	if place != "" {
		place = lang.Isolated(place)
	}
	if w.With != "" {
		place = lang.Dots(place, lang.T(ctx, "family.with", "who", lang.Isolated(w.With)))
	}
	return place
}

// wayText is what comes now and whose turn it is.
func wayText(ctx context.Context, w Way) string {
	switch {
	case w.Ended == Arrival:
		return lang.T(ctx, "family.way.arrived")
	case w.Ended == Refused:
		return lang.T(ctx, "family.way.refused")
	case w.Next == "":
		return ""
	case !w.Planned.IsZero():
		return lang.T(ctx, "family.way.planned", "step", lang.T(ctx, "family.step."+w.Next), "day", lang.Day(ctx, w.Planned))
	}
	return lang.T(ctx, "family.way.next", "step", lang.T(ctx, "family.step."+w.Next), "who", lang.T(ctx, "family.actor."+w.Who))
}

// say is the one sentence above a family.
func (r room) say(ctx context.Context) string {
	var far, gone, here, coming int
	all := r.Living()
	for _, m := range all {
		switch {
		case m.Where.State == Died:
		case m.Where.State == Missing:
			gone++
		case m.Here():
			here++
		case m.Where.Country != "":
			far++
		}
		if w := WayOf(m, r.Today); w.Next != "" {
			coming++
		}
	}
	if len(all) == 0 {
		return lang.T(ctx, "family.say.none", "name", lang.Isolated(r.Called()))
	}
	parts := []string{lang.T(ctx, "family.say.all", "n", len(all), "word", lang.Capital(lang.Words(ctx, len(all))))}
	for _, x := range []struct {
		key string
		n   int
	}{{"here", here}, {"far", far}, {"missing", gone}, {"coming", coming}} {
		if x.n > 0 {
			parts = append(parts, lang.Capital(lang.T(ctx, "family.say."+x.key, "n", x.n, "word", lang.Words(ctx, x.n))))
		}
	}
	return strings.Join(parts, " ")
}

// also are the other ties of one in the tree, those of one sort in one line.
func (p overviewPage) also(ctx context.Context, n Node) []string {
	var out []string
	for i, k := range n.Also {
		what := lang.T(ctx, "family.role."+Inverse(k.Role)+form(k.Tie))
		if slices.ContainsFunc(n.Also[:i], func(x Kin) bool { return x.Role == k.Role && x.Tie.Form == k.Tie.Form }) {
			continue
		}
		var names []string
		for _, x := range n.Also[i:] {
			if m, ok := p.People[x.ID]; ok && x.Role == k.Role && x.Tie.Form == k.Tie.Form {
				names = append(names, lang.Isolated(m.Name))
			}
		}
		out = append(out, lang.T(ctx, "family.also", "role", what, "name", lang.Join(ctx, names)))
	}
	return out
}

// facts are what is known of one relative.
func (r room) facts(ctx context.Context, m Member) []ui.FactP {
	var out []ui.FactP
	add := func(key, value, small string) {
		if value != "" {
			out = append(out, ui.FactP{Label: lang.T(ctx, "family.fact."+key), Value: value, Small: small})
		}
	}
	k, _ := r.Bond(m.ID, r.Today)
	sure := ""
	if k.Role != "" {
		sure = lang.Dots(lang.T(ctx, "family.certainty."+k.Tie.Certainty), r.sourceText(ctx, k.Tie))
	}
	relation := role(ctx, k)
	if k.Role == "" {
		relation = r.around(ctx, m.ID)
	}
	add("role", relation, lang.Dots(sure, spanText(ctx, k.Tie.Since, k.Tie.Until)))
	add("born", bornText(ctx, m.Births, r.Today), "")
	if !r.Hidden(m.ID) {
		where := whereText(ctx, m.Where)
		if where == "" && m.Where.State != Died {
			where = lang.T(ctx, "family.where.unknown")
		}
		add("where", where, "")
		if !m.Where.Contact.IsZero() {
			add("contact", lang.FullDay(ctx, m.Where.Contact), "")
		}
		add("reach", m.Reach, "")
	}
	if m.Where.State != "" {
		add("state", lang.T(ctx, "family.state."+m.Where.State), "")
	}
	add("coming", lang.T(ctx, "family.coming."+known(m.Coming)), "")
	add("note", m.Note, "")
	return out
}

// known is a choice that was made, or unknown.
func known(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}

func (r room) sourceText(ctx context.Context, t Tie) string {
	if t.Source == "" {
		return t.Told
	}
	said := lang.T(ctx, "family.source."+t.Source)
	if t.Told != "" {
		said += ": " + lang.Isolated(t.Told)
	}
	return said
}

func spanText(ctx context.Context, since, until clock.Date) string {
	switch {
	case !since.IsZero() && !until.IsZero():
		return lang.T(ctx, "family.span", "since", lang.FullDay(ctx, since), "until", lang.FullDay(ctx, until))
	case !since.IsZero():
		return lang.T(ctx, "family.since", "day", lang.FullDay(ctx, since))
	case !until.IsZero():
		return lang.T(ctx, "family.until", "day", lang.FullDay(ctx, until))
	}
	return ""
}

// findingView is what one law says of one relative, in words.
type findingView struct {
	Finding
	Title, Says  string
	Reasons      []string
	Questions    []string // that are not asked on the page
	Confidence   string
	SourceURL    string
	VerdictTitle string
}

// askView is one question about a relative.
type askView struct{ Name, Label, Value string }

// verdictLook is kind and picture of the tag of a verdict.
var verdictLooks = map[string][2]string{Counts: {"ok", "check"}, Conditions: {"brand", "list-checks"}, Unknown: {"warn", "question"}, Depends: {"warn", "question"}, Elsewhere: {"", "signpost"}, Not: {"", ""}}

func (r room) findings(ctx context.Context, m Member) ([]findingView, []askView) {
	var out []findingView
	var asks []askView
	asked := map[string]bool{}
	for _, f := range r.Count(m.ID, r.Sponsor, r.Today) {
		w := findingView{Finding: f, Title: lang.T(ctx, "family.regime."+f.Regime), Says: lang.T(ctx, "family.rule."+f.ID),
			Confidence: lang.T(ctx, "family.confidence."+f.Confidence), VerdictTitle: lang.T(ctx, "family.verdict."+f.Verdict)}
		for _, x := range f.Why {
			w.Reasons = append(w.Reasons, reasonText(ctx, x))
		}
		for _, q := range f.Asks {
			if slices.Contains(Noted, q) {
				w.Questions = append(w.Questions, lang.T(ctx, "family.ask."+q, "name", lang.Isolated(r.Called())))
			} else if !asked[q] {
				asked[q] = true
				asks = append(asks, askView{"q_" + q, lang.T(ctx, "family.ask."+q, "name", lang.Isolated(r.Called())), known(m.Answers[q])})
			}
		}
		out = append(out, w)
	}
	return out, asks
}

// soon is within how many days a birthday that changes something is told on the page of a relative.
const soon = 2 * 366

// beforeText says by when somebody must be applied for, when that comes near.
func (r room) beforeText(ctx context.Context, fs []findingView) string {
	for _, f := range fs {
		if f.Before.After(r.Today) && r.Today.DaysUntil(f.Before) <= soon {
			return lang.T(ctx, "family.before", "day", lang.FullDay(ctx, f.Before), "n", r.Today.DaysUntil(f.Before))
		}
	}
	return ""
}

func reasonText(ctx context.Context, x Reason) string {
	args := make([]any, len(x.Args))
	for i, a := range x.Args {
		switch a := a.(type) {
		case clock.Date:
			args[i] = lang.FullDay(ctx, a)
		case span:
			args[i] = a.String()
		default:
			args[i] = a
		}
	}
	return lang.T(ctx, "family.why."+x.Key, args...)
}

// stepRow is one step of the way, told or still to come.
type stepRow struct {
	Title, Sub, Note string
	Tag, TagKind     string
	State            string // "done", "now" or ""
}

func (r room) stepRows(ctx context.Context, m Member) []stepRow {
	w := WayOf(m, r.Today)
	var out []stepRow
	for _, kind := range StepKinds {
		row := stepRow{Title: lang.T(ctx, "family.step."+kind)}
		s, told := w.Told(kind)
		switch {
		case told:
			row.Note = s.Note
			day := lang.T(ctx, "family.day.unknown")
			if !s.On.IsZero() {
				day = lang.Day(ctx, s.On)
			}
			row.Sub = lang.Dots(lang.T(ctx, "family.stepstate."+s.State), day)
			if s.State == Unneeded {
				row.Sub = lang.T(ctx, "family.stepstate."+s.State)
			}
			if !s.Until.IsZero() {
				row.Sub = lang.Dots(row.Sub, lang.T(ctx, "family.visa.until", "day", lang.FullDay(ctx, s.Until)))
			}
			if s.over() {
				row.State = "done"
			}
		case w.Next == "" && w.Ended == "":
			row.Sub = ""
		}
		if kind == w.Next {
			row.State = "now"
			row.Sub = lang.Dots(row.Sub, lang.T(ctx, "family.turn", "who", lang.T(ctx, "family.actor."+w.Who)))
			if !w.Since.IsZero() && w.Planned.IsZero() {
				row.Sub = lang.Dots(row.Sub, lang.T(ctx, "family.waits", "day", lang.Day(ctx, w.Since), "n", w.Since.DaysUntil(r.Today)))
			}
			if w.Long {
				row.Tag, row.TagKind = lang.T(ctx, "family.long"), "warn"
			}
		}
		out = append(out, row)
	}
	return out
}

// tieRow is one tie of a relative.
type tieRow struct {
	ID, Title, Sub string
	Own            bool // to the person; it is changed on the form of the relative
}

func (r room) tieRows(ctx context.Context, m Member) []tieRow {
	var out []tieRow
	for _, k := range r.Kin(m.ID) {
		name := r.Called()
		if other, ok := r.Member(k.ID); ok {
			name = other.Name
		}
		out = append(out, tieRow{ID: k.Tie.ID, Own: k.ID == Own, Title: lang.Capital(lang.T(ctx, "family.role.of", "role", lang.T(ctx, "family.role."+Inverse(k.Role)+form(k.Tie)), "name", lang.Isolated(name))),
			Sub: lang.Dots(lang.T(ctx, "family.certainty."+k.Tie.Certainty), r.sourceText(ctx, k.Tie), spanText(ctx, k.Tie.Since, k.Tie.Until))})
	}
	return out
}

// homeRow is one time of living together.
type homeRow struct {
	ID, Who, Sub string
	Entry        bool // it lasted when the person came here
}

func (r room) homeRows(v *web.Visit) []homeRow {
	ctx := v.Ctx()
	entry := r.Sponsor.Entered
	if entry.IsZero() {
		entry = r.Sponsor.Lodged
	}
	var out []homeRow
	for _, h := range r.Homes {
		var who []string
		for _, id := range h.Who {
			if id == Own {
				who = append(who, lang.Isolated(r.Called()))
			} else if m, ok := r.Member(id); ok {
				who = append(who, lang.Isolated(m.Name))
			}
		}
		when := spanText(ctx, h.Since, h.Until)
		if when == "" {
			when = lang.T(ctx, "family.day.unknown")
		}
		out = append(out, homeRow{ID: h.ID, Who: lang.Join(ctx, who), Sub: lang.Dots(whereText(ctx, Where{Country: h.Country, Place: h.Place}), when),
			Entry: !entry.IsZero() && !h.Since.IsZero() && !entry.Before(h.Since) && (h.Until.IsZero() || !h.Until.Before(entry)) && slices.Contains(h.Who, Own)})
	}
	return out
}

// dueRow is one thing that is worth a look. called is the person, where the page is about several.
func (r room) dueRow(v *web.Visit, d Due, called string) ui.RowP {
	return dueRow(v, r.ID(), r.Family, d, called, r.Called(), r.Today)
}

func dueRow(v *web.Visit, person string, f Family, d Due, called, self string, today clock.Date) ui.RowP {
	ctx := v.Ctx()
	name, href := self, v.URL("family.guardian", "person", person)
	if m, ok := f.Member(d.Member); ok {
		name, href = m.Name, v.URL("family.member", "person", person, "member", m.ID)
	}
	if d.Kind == DueGuardian && f.Guardian.Grown != d.On {
		d.Kind = "unsure"
	}
	row := ui.RowP{Href: href, Title: lang.T(ctx, "family.due."+d.Kind, "name", lang.Isolated(name), "step", known(stepWord(ctx, d.Step))), Sub: called}
	if called != "" && called != name {
		row.Sub = lang.T(ctx, "family.today.of", "name", lang.Isolated(called))
	} else {
		row.Sub = ""
	}
	days := today.DaysUntil(d.On)
	switch {
	case d.Kind == DueWait:
		row.Sub = lang.Dots(row.Sub, lang.T(ctx, "family.today.wait", "day", lang.Day(ctx, d.On)))
		row.TagKind, row.TagIcon, row.Tag = "warn", "clock", lang.T(ctx, "family.long")
	default:
		row.Sub = lang.Dots(row.Sub, lang.Capital(lang.FullDay(ctx, d.On)))
		row.Due = &ui.DueP{Days: days, Until: lang.Day(ctx, d.On)}
	}
	return row
}

func stepWord(ctx context.Context, kind string) string {
	if kind == "" {
		return ""
	}
	return lang.T(ctx, "family.step."+kind)
}

// told is one line of the story.
type told struct {
	When, Who, Did, Note string
	Details              []string
}

// told is the story of one of the family, as it may be shown.
func (x *Families) told(v *web.Visit, r room, about string) ([]told, error) {
	ctx := v.Ctx()
	es, err := story(ctx, x.db, r.Key(), r.ID(), about, storyMost)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range es {
		if !slices.Contains(ids, e.MadeBy) {
			ids = append(ids, e.MadeBy)
		}
	}
	names, err := x.org.Colleagues(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []told
	for _, e := range es {
		e = e.without(r.Veiled)
		t := told{When: lang.When(ctx, e.At, v.Now), Did: lang.T(ctx, "family.did."+e.Kind), Note: e.What.Note}
		if c, ok := names[e.MadeBy]; ok {
			t.Who = c.Name
		}
		w := e.What
		if w.Member != nil && (e.Kind == memberMade || e.Kind == memberChanged) {
			t.Details = append(t.Details, bornText(ctx, w.Member.Births, clock.Today(e.At)), whereText(ctx, w.Member.Where))
			if w.Member.Where.State != "" {
				t.Details = append(t.Details, lang.T(ctx, "family.state."+w.Member.Where.State))
			}
		}
		if w.Tie != nil {
			if other, what, ok := w.Tie.Of(e.About); ok {
				name := r.Called()
				if m, ok := r.Member(other); ok {
					name = m.Name
				}
				t.Details = append(t.Details, lang.T(ctx, "family.role.of", "role", lang.T(ctx, "family.role."+Inverse(what)+form(*w.Tie)), "name", lang.Isolated(name)), lang.T(ctx, "family.certainty."+w.Tie.Certainty))
			}
		}
		if w.Step != nil {
			t.Details = append(t.Details, lang.T(ctx, "family.step."+w.Step.Kind), lang.T(ctx, "family.stepstate."+w.Step.State))
			if !w.Step.On.IsZero() {
				t.Details = append(t.Details, lang.Day(ctx, w.Step.On))
			}
			t.Note = w.Step.Note
		}
		for _, q := range slices.Concat(Helpful, Harmful) {
			if a := w.Answers[q]; a != "" {
				t.Details = append(t.Details, lang.T(ctx, "family.ask."+q, "name", lang.Isolated(r.Called()))+" "+lang.T(ctx, "family.answer."+a))
			}
		}
		t.Details = slices.DeleteFunc(t.Details, func(s string) bool { return s == "" })
		out = append(out, t)
	}
	return out, nil
}
