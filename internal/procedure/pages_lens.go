package procedure

// This file turns records and dates into the words and rows of the pages.

import (
	"context"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// known says an outcome or a route; one that nobody knows yet says what it is that nobody knows.
func (l lens) known(what, value string) string {
	if value == NotKnown {
		return l.t("procedure.event.unknown_" + what)
	}
	return l.t("procedure." + what + "." + value)
}

// moment says a day as far as it is known.
func (l lens) moment(m Moment) string {
	switch {
	case m.Exact():
		return lang.Day(l.ctx, m.From)
	case m.From.IsZero() && m.To.IsZero():
		return l.t("procedure.day.unknown")
	case m.From.IsZero():
		return l.t("procedure.day.until", "day", lang.Day(l.ctx, m.To))
	case m.To.IsZero():
		return l.t("procedure.day.since", "day", lang.Day(l.ctx, m.From))
	}
	return l.t("procedure.day.between", "day", lang.Day(l.ctx, m.From), "to", lang.Day(l.ctx, m.To))
}

// readingView is one way to read the law and the facts.
type readingView struct {
	Regime, Article, Length string
	Safe, Last              string
	Chain                   []string
	Confidence, Confirmed   string
	Note                    string
	Source                  Source
	Pack                    string
	Counts                  bool
}

type versionView struct{ Version, Safe, Last, Made, State string }

type deadlineView struct {
	termView
	Kind, Calendar, Rules string
	Readings              []readingView
	Versions              []versionView
	Alarms                []string
	BackURL               string
	Old                   bool
	NewURL                string
	Hows                  []ui.Option
	Errors                fault.Fields
	HowValue, NoteValue   string
}

func (p *Procedure) showDeadline(v *web.Visit) error {
	f, err := p.Files.Open(v, v.Param("person"), access.DeskLevel, "procedure.event.looked")
	if err != nil {
		return err
	}
	view, err := p.deadlineView(v, f)
	if err != nil {
		return err
	}
	return v.Page(deadlinePage(f, view))
}

func (p *Procedure) deadlineView(v *web.Visit, f dossier.File) (deadlineView, error) {
	ctx := v.Ctx()
	var view deadlineView
	r, err := deadline(ctx, p.db, f.ID(), v.Param("deadline"))
	if err != nil {
		return view, err
	}
	t, err := track(ctx, p.db, f.ID(), r.Track)
	if err != nil {
		return view, err
	}
	if shut(t.Topic, f) {
		return view, fault.Gone()
	}
	version := int64(0)
	if r.State == "superseded" || r.State == "dropped" {
		// An old date shows the reasons it had, not those of the date that took its place.
		version = r.Derived
	}
	d, err := derivation(ctx, p.db, t, version)
	if err != nil {
		return view, err
	}
	book, err := p.book(ctx, p.db)
	if err != nil {
		return view, err
	}
	book.age(&d, clock.Today(v.Now))
	l := p.lens(v, f)
	x, _ := d.find(r.Name)
	view = deadlineView{termView: l.term(r, d), Kind: l.t("procedure.kind." + string(x.Kind)), Calendar: d.Calendar,
		BackURL: v.URL("procedure.file", "person", f.ID()), Old: r.State == "superseded" || r.State == "dropped", Hows: l.doneHows(r)}
	if l.f.Level() >= access.File {
		if view.Note, err = r.readNote(f.Key()); err != nil {
			return view, err
		}
	}
	if r.SupersededBy != "" {
		view.NewURL = v.URL("procedure.deadline", "person", f.ID(), "deadline", r.SupersededBy)
	}
	view.Readings, view.Rules = l.readings(book, x), strings.Join(x.packs(), ", ")
	vs, err := versions(ctx, p.db, r)
	if err != nil {
		return view, err
	}
	for _, o := range vs {
		vv := versionView{Version: lang.Number(ctx, int(o.Version)), Made: lang.When(ctx, o.Made, v.Now), State: l.t("procedure.state." + o.State), Safe: "–", Last: "–"}
		if !o.Safe.IsZero() {
			vv.Safe, vv.Last = lang.Day(ctx, o.Safe), lang.Day(ctx, o.Last)
		}
		view.Versions = append(view.Versions, vv)
	}
	raised, err := db.Many[Raised](ctx, p.db, db.F(raisedColumns).Then(`WHERE e.deadline = ? ORDER BY e.at, e.rung DESC, e.id`, r.ID))
	if err != nil {
		return view, err
	}
	for _, a := range raised {
		view.Alarms = append(view.Alarms, l.t("procedure.alarm", "n", a.Rung, "name", l.colleague(a.Holder), "role", l.t("procedure.alarm."+a.Role), "when", lang.When(ctx, a.At, v.Now)))
	}
	if l.mind && r.State == "open" {
		for _, kind := range book.endings(r.Term, d) {
			view.Records = append(view.Records, link{v.URL("procedure.record", "person", f.ID(), "kind", kind, "track", r.Track), l.t("procedure.record.this", "event", l.t("procedure.event."+kind))})
		}
	}
	return view, nil
}

// packs are the rule files, with their versions, that a deadline rests on.
func (d Deadline) packs() []string {
	var out []string
	for _, c := range d.Candidates {
		out = join(out, []string{c.Pack})
	}
	return out
}

// readings are all ways to read the law and the facts of one deadline.
func (l lens) readings(book *Rulebook, x Deadline) []readingView {
	var out []readingView
	for _, c := range x.Candidates {
		rv := readingView{Regime: l.regime(book, c.Regime), Article: c.Article, Length: l.length(c.Term), Confidence: l.t("procedure.confidence." + string(c.Confidence)),
			Confirmed: c.Confirmed, Source: book.Source(c.Source), Pack: c.Pack, Counts: c.Safe == x.Safe && !c.Safe.IsZero() && len(x.Candidates) > 1}
		if !c.Safe.IsZero() {
			rv.Safe, rv.Last = lang.Day(l.ctx, c.Safe), lang.Day(l.ctx, c.Last)
		}
		if c.Note != "" {
			rv.Note = l.t("procedure.note." + c.Note)
		}
		for _, reason := range c.Chain {
			rv.Chain = append(rv.Chain, l.voice.Say(reason))
		}
		out = append(out, rv)
	}
	return out
}

// regime is the name of a law, with the day from which it applies where another one did before.
func (l lens) regime(book *Rulebook, id RegimeID) string {
	name := l.t("procedure.regime." + string(id))
	if r, ok := book.regime(id); ok && !r.From.IsZero() {
		return l.t("procedure.regime.since", "regime", name, "day", lang.Day(l.ctx, r.From))
	}
	return name
}

// endings are the events that end a term.
func (b *Rulebook) endings(term string, d Derivation) []string {
	var out []string
	x := map[string]bool{}
	for _, dl := range d.Deadlines {
		if dl.Term == term {
			for _, c := range dl.Candidates {
				x[c.Rule] = true
			}
		}
	}
	for _, p := range b.Packs {
		for _, r := range p.Terms {
			if x[r.ID] && len(r.Done) > 0 {
				out = join(out, r.Done[:1])
			}
		}
	}
	return out
}

// doneHows are the ways in which a deadline can be dealt with outside what is recorded as an event.
func (l lens) doneHows(r Row) []ui.Option {
	keys := []string{"sent", "lawyer", "not_needed", "other"}
	if r.Waits {
		keys = []string{"notice", "discussed", "other"}
	}
	var out []ui.Option
	for _, k := range keys {
		out = append(out, ui.Option{Value: k, Label: lang.Capital(l.t("procedure.done." + k))})
	}
	return out
}

func (p *Procedure) done(v *web.Visit) error {
	f, err := p.Files.OpenToChange(v, v.Param("person"), mind)
	if err != nil {
		return err
	}
	r, err := deadline(v.Ctx(), p.db, f.ID(), v.Param("deadline"))
	if err != nil {
		return err
	}
	l := p.lens(v, f)
	var fs fault.Fields
	how, note := v.Value("what"), tidy(v.Value("note"))
	known := false
	for _, o := range l.doneHows(r) {
		known = known || o.Value == how
	}
	if !known {
		fs.Add("what", "procedure.error.what")
	}
	switch {
	case privacy.HasBSN(note):
		fs.Add("note", "procedure.error.bsn")
	case len(note) > 4000:
		fs.Add("note", "procedure.error.long")
	}
	if len(fs) > 0 {
		f, err := p.Files.Open(v, v.Param("person"), access.File, "procedure.event.looked")
		if err != nil {
			return err
		}
		view, err := p.deadlineView(v, f)
		if err != nil {
			return err
		}
		view.Errors, view.HowValue, view.NoteValue = fs, how, note
		return v.Invalid(deadlinePage(f, view))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		var sealed []byte
		if note != "" {
			sealed = f.Key().Seal(r.notePlace(), []byte(note))
		}
		if err := finish(v.Ctx(), tx, r, v.Actor.ID, how, sealed); err != nil {
			return "", err
		}
		return v.URL("procedure.file", "person", f.ID(), "gezegd", "procedure.said.done"), f.Log(v.Ctx(), tx, "procedure.event.deadline_done", r.ID)
	})
}

func (p *Procedure) reopen(v *web.Visit) error {
	f, err := p.Files.OpenToChange(v, v.Param("person"), mind)
	if err != nil {
		return err
	}
	r, err := deadline(v.Ctx(), p.db, f.ID(), v.Param("deadline"))
	if err != nil {
		return err
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		if err := reopen(v.Ctx(), tx, r); err != nil {
			return "", err
		}
		return v.URL("procedure.file", "person", f.ID(), "gezegd", "procedure.said.reopened"), f.Log(v.Ctx(), tx, "procedure.event.deadline_reopened", r.ID)
	})
	if err != nil {
		return err
	}
	// The alarms that ended with the deadline go off again at once: the days did not stand still meanwhile.
	return p.alarmNow(v.Ctx(), f.ID(), v.Now)
}

// alarmNow lets the alarms of one person climb without waiting for the job.
func (p *Procedure) alarmNow(ctx context.Context, person string, now time.Time) error {
	rows, err := deadlines(ctx, p.db, person)
	if err != nil {
		return err
	}
	today := clock.Today(now)
	for _, r := range rows {
		if len(r.rungs(today)) == 0 {
			continue
		}
		if r.Owner, err = p.ownerOf(ctx, p.db, person, r.Owner, now); err != nil {
			return err
		}
		who, err := p.around(ctx, r.Owner, r.Team, now)
		if err != nil {
			return err
		}
		if err := p.raise(ctx, r, who, today); err != nil {
			return err
		}
	}
	return nil
}
