package procedure

// This file records what happened: choose the event, say the day and the way, see the dates it gives, and only then keep
// it. A mistake is corrected by a newer event; taking back is one too.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type chooseView struct {
	Called, Topic string
	Likely, Other []link
	Which         bool // Other are tracks, and one must be chosen first
	BackURL       string
}

// place is where an event is to be recorded: a track with what is known of it, or a new one.
type place struct {
	book    *Rulebook // that holds now
	track   Track     // zero: a new one
	records []Record
	facts   Facts
	now     Derivation
}

// at finds the track that a request names, or the only one there is; with several and none named, the newest counts. A
// topic begins a track of its own, beside those that are there.
func (p *Procedure) at(ctx context.Context, q db.Q, f dossier.File, id string, topic Topic, v *web.Visit) (place, error) {
	var pl place
	var err error
	if pl.book, err = p.book(ctx, q); err != nil {
		return pl, err
	}
	if topic != "" {
		if !pl.book.begins(topic) || shut(topic, f) {
			return pl, fault.Gone()
		}
		pl.track = Track{Topic: topic}
		pl.facts = factsOf(pl.track, nil)
		pl.now = pl.book.Derive(pl.facts, v.Now)
		return pl, nil
	}
	ts, err := tracks(ctx, q, f.ID())
	if err != nil {
		return pl, err
	}
	ts = slices.DeleteFunc(ts, func(t Track) bool { return shut(t.Topic, f) })
	if len(ts) > 0 {
		pl.track = ts[len(ts)-1]
	}
	if id != "" {
		i := slices.IndexFunc(ts, func(t Track) bool { return t.ID == id })
		if i < 0 {
			return pl, fault.Gone()
		}
		pl.track = ts[i]
	}
	if pl.track.ID != "" {
		if pl.records, err = records(ctx, q, pl.track.ID); err != nil {
			return pl, err
		}
	}
	pl.facts = factsOf(pl.track, pl.records)
	pl.now = pl.book.Derive(pl.facts, v.Now)
	return pl, nil
}

// shut says whether a topic is closed to whoever opened this file: that somebody speaks of going back is for those who have the
// whole file, and a desk finds nothing of it.
func shut(t Topic, f dossier.File) bool { return t == Return && f.Level() < access.File }

// without is the place without one event: a correction is checked and previewed as if the old one were not there.
func (pl place) without(root string) Facts {
	var es []Event
	for _, e := range pl.facts.Events {
		if e.ID != root {
			es = append(es, e)
		}
	}
	return Facts{Topic: pl.facts.Topic, Events: es}
}

func (p *Procedure) choose(v *web.Visit) error {
	f, err := p.Files.OpenToFill(v, v.Param("person"), record, "procedure.event.looked")
	if err != nil {
		return err
	}
	view := chooseView{Called: f.Called(), BackURL: v.URL("procedure.file", "person", f.ID())}
	topic := Topic(v.Value("zaak"))
	of, err := p.tracksOf(v, f)
	ts := of.tracks
	if err != nil {
		return err
	}
	if len(ts) > 1 && topic == "" && v.Value("track") == "" {
		for _, t := range ts {
			view.Other = append(view.Other, link{v.URL("procedure.choose", "person", f.ID(), "track", t.ID, "day", dayOf(v)),
				lang.T(v.Ctx(), "procedure.choose.track", "topic", lang.T(v.Ctx(), "procedure.topic."+string(t.Topic)), "day", lang.Day(v.Ctx(), clock.Today(t.Opened)))})
		}
		view.Which = true
		return v.Page(choosePage(f, view))
	}
	pl, err := p.at(v.Ctx(), p.db, f, v.Value("track"), topic, v)
	if err != nil {
		return err
	}
	view.Topic = lang.T(v.Ctx(), "procedure.topic."+string(pl.facts.topic()))
	for _, d := range pl.book.Definitions(pl.now, pl.facts) {
		if d.Extends && len(d.Lengths) == 0 {
			continue // nothing runs that can be lengthened
		}
		args := []string{"person", f.ID(), "kind", d.ID}
		switch {
		case pl.track.ID != "":
			args = append(args, "track", pl.track.ID)
		case topic != "":
			args = append(args, "zaak", string(topic))
		}
		if day := dayOf(v); day != "" {
			args = append(args, "day", day)
		}
		x := link{v.URL("procedure.record", args...), lang.Capital(lang.T(v.Ctx(), "procedure.event."+d.ID))}
		if d.Likely {
			view.Likely = append(view.Likely, x)
		} else {
			view.Other = append(view.Other, x)
		}
	}
	return v.Page(choosePage(f, view))
}

type formView struct {
	Called, Kind, Title string
	In                  Input
	Def                 Definition
	AsksLodged          bool
	Hows                []ui.Option
	Outcomes            []ui.Option
	Routes              []ui.Option
	Lodgeds             []ui.Option
	When                whenView
	Extends             []ui.Option
	Errors              fault.Fields
	Preview             []previewView
	Questions           []string
	Previewed           bool
	Action, BackURL     string
	FileLevel           bool
}

// previewView is one deadline that saving would bring, change or end.
type previewView struct {
	termView
	Change string
	Was    string
	Gone   bool
}

// form is the page of one event. It needs no visitor's input yet; f was opened by the caller.
func (p *Procedure) form(v *web.Visit, f dossier.File, pl place, in Input) (formView, error) {
	ctx := v.Ctx()
	defs := pl.book.Definitions(pl.now, pl.facts)
	i := slices.IndexFunc(defs, func(d Definition) bool { return d.ID == in.Kind })
	if i < 0 {
		return formView{}, fault.Gone()
	}
	view := formView{Called: f.Called(), Kind: in.Kind, Title: lang.Capital(lang.T(ctx, "procedure.event."+in.Kind)), In: in, Def: defs[i],
		AsksLodged: asksLodged(in.Kind, pl.now), Action: v.URL("procedure.save", "person", f.ID(), "kind", in.Kind),
		BackURL: v.URL("procedure.file", "person", f.ID()), FileLevel: f.Level() >= access.File}
	l := p.lens(v, f)
	view.When = l.when(in, view.Def.Announced)
	view.Hows = l.hows()
	for _, x := range []string{"before", "after", "day", "unknown"} {
		view.Lodgeds = append(view.Lodgeds, ui.Option{Value: x, Label: lang.Capital(l.t("procedure.lodged."+x, "day", lang.Day(ctx, view.Def.Turn)))})
	}
	view.Outcomes, view.Routes = l.options("procedure.outcome.", known(view.Def.Outcomes)), l.options("procedure.route.", known(view.Def.Routes))
	view.Extends = []ui.Option{{Value: "", Label: "–"}}
	for _, t := range view.Def.Lengths {
		view.Extends = append(view.Extends, ui.Option{Value: t.String(), Label: l.length(t.String())})
	}
	view.Extends = append(view.Extends, ui.Option{Value: NotKnown, Label: lang.Capital(l.t("procedure.extend.unknown"))})
	return view, nil
}

// begin asks which other procedure begins. Returning is not among the others: nobody is asked about it, and it is opened
// only when the person speaks of it.
func (p *Procedure) begin(v *web.Visit) error {
	f, err := p.Files.OpenToFill(v, v.Param("person"), record, "procedure.event.looked")
	if err != nil {
		return err
	}
	view := beginView{Called: f.Called(), BackURL: v.URL("procedure.file", "person", f.ID())}
	book, err := p.book(v.Ctx(), p.db)
	if err != nil {
		return err
	}
	for _, t := range book.Topics {
		if !t.Track {
			continue
		}
		x := ui.RowP{Href: v.URL("procedure.choose", "person", f.ID(), "zaak", string(t.ID)), Title: lang.T(v.Ctx(), "procedure.topic."+string(t.ID)),
			Sub: lang.T(v.Ctx(), "procedure.begin."+string(t.ID))}
		if shut(t.ID, f) {
			continue
		}
		if t.ID == Return {
			view.Closed = append(view.Closed, x)
		} else {
			view.Topics = append(view.Topics, x)
		}
	}
	return v.Page(beginPage(f, view))
}

type beginView struct {
	Called, BackURL string
	Topics, Closed  []ui.RowP
}

// dayOf is the day with which a link comes from elsewhere, such as a letter that somebody read; empty when there is none.
func dayOf(v *web.Visit) string {
	d, err := clock.ParseDate(v.Value("day"))
	if err != nil {
		return ""
	}
	return d.String()
}

func (p *Procedure) showForm(v *web.Visit) error {
	f, err := p.Files.OpenToFill(v, v.Param("person"), record, "procedure.event.looked")
	if err != nil {
		return err
	}
	pl, err := p.at(v.Ctx(), p.db, f, v.Value("track"), Topic(v.Value("zaak")), v)
	if err != nil {
		return err
	}
	in := Input{Kind: v.Param("kind"), Track: pl.track.ID, Topic: Topic(v.Value("zaak")), Sure: "exact", Day: dayOf(v)}
	if id := v.Value("corrects"); id != "" {
		old, err := p.correctable(f, pl, id, in.Kind)
		if err != nil {
			return err
		}
		note, err := readNote(f.Key(), old)
		if err != nil {
			return err
		}
		in = old.input(note)
	}
	view, err := p.form(v, f, pl, in)
	if err != nil {
		return err
	}
	return v.Page(formPage(f, view))
}

// correctable is the event that may be corrected: of this track, of this kind, still standing, by somebody who minds the
// file.
func (p *Procedure) correctable(f dossier.File, pl place, id, kind string) (Record, error) {
	if !f.Changes(mind) || f.Level() < access.File {
		return Record{}, fault.Gone()
	}
	for _, r := range standing(pl.records) {
		if r.ID == id && r.Kind == kind {
			return r, nil
		}
	}
	for _, r := range pl.records {
		if r.ID == id {
			return Record{}, fault.New(fault.Conflict, "procedure.error.corrected")
		}
	}
	return Record{}, fault.Gone()
}

// input is a record as the form shows it.
func (r Record) input(note string) Input {
	in := Input{Kind: r.Kind, Track: r.Track, Corrects: r.ID, How: string(r.How), Outcome: r.Outcome, Route: r.Route, Extend: r.Extend, Letter: r.Letter.String(), Note: note}
	if r.Kind == "extended" && r.Extend == "" {
		in.Extend = NotKnown
	}
	m := Moment{r.DayFrom, r.DayTo}
	switch {
	case m.Exact():
		in.Sure, in.Day = "exact", r.DayFrom.String()
	case m.Unknown():
		in.Sure = "unknown"
	default:
		in.Sure, in.From, in.To = "between", r.DayFrom.String(), r.DayTo.String()
	}
	return in
}

// sent reads the form. A day of another calendar stands in ours from here on, when it is one.
func sent(v *web.Visit) Input {
	in := Input{Kind: v.Param("kind"), Topic: Topic(v.Value("zaak")), Track: v.Value("track"), Corrects: v.Value("corrects"), Sure: v.Value("sure"),
		How: v.Value("how"), Outcome: v.Value("outcome"), Route: v.Value("route"), Letter: v.Value("letter"), Extend: v.Value("extend"), Note: tidy(v.Value("note")),
		Lodged: v.Value("lodged"), Others: map[string]clock.Other{}}
	for name, at := range in.others() {
		*at, in.Others[name] = v.Day(name)
	}
	return in
}

// save shows what an event would bring (stap=bereken), or keeps it (stap=vastleggen).
func (p *Procedure) save(v *web.Visit) error {
	in := sent(v)
	// Kept is only what was previewed: a date that was changed afterwards is previewed again first.
	keep := v.Value("stap") == "vastleggen" && v.Value("seen") == in.Fingerprint()
	open := func() (dossier.File, error) {
		if keep {
			return p.Files.OpenToChange(v, v.Param("person"), record)
		}
		return p.Files.OpenToFill(v, v.Param("person"), record, "procedure.event.looked")
	}
	f, err := open()
	if err != nil {
		return err
	}
	pl, err := p.at(v.Ctx(), p.db, f, in.Track, in.Topic, v)
	if err != nil {
		return err
	}
	var old Record
	if in.Corrects != "" {
		if old, err = p.correctable(f, pl, in.Corrects, in.Kind); err != nil {
			return err
		}
	}
	view, err := p.form(v, f, pl, in)
	if err != nil {
		return err
	}
	if !view.AsksLodged {
		in.Lodged = ""
	}
	in.Was = Moment{old.DayFrom, old.DayTo}
	facts := pl.without(old.Root)
	e, lodged, fs := in.Check(view.Def, facts, clock.Today(v.Now), born(f))
	for i := range fs {
		fs[i].Args = say(v.Ctx(), fs[i].Args)
	}
	if len(fs) > 0 {
		view.Errors, view.When.Errors = fs, fs
		return v.Invalid(formPage(f, view))
	}
	if !keep {
		view.Previewed = true
		view.Preview, view.Questions = p.preview(v, f, pl, facts, old.Root, e, lodged)
		return v.Page(formPage(f, view))
	}
	var person string
	err = v.Write(func(tx *db.Tx) (string, error) {
		person = f.ID()
		return p.keep(v, tx, f, pl.track, old, e, lodged, in.Note)
	})
	if err != nil {
		return err
	}
	if person == "" {
		return nil // the form had been sent before; its alarms went off then
	}
	return p.alarmNow(v.Ctx(), person, v.Now)
}

// say puts the words of a fault's arguments into the visitor's language.
func say(ctx context.Context, args []any) []any {
	out := slices.Clone(args)
	for i := 1; i < len(out); i += 2 {
		switch x := out[i].(type) {
		case clock.Date:
			out[i] = lang.Day(ctx, x)
		case string:
			out[i] = lang.T(ctx, "procedure.event."+x)
		}
	}
	return out
}

// born is the first day that any source gives as the birth date, when one gives a whole day or year.
func born(f dossier.File) clock.Date {
	var first clock.Date
	for _, b := range f.Profile().Births {
		if b.Year == 0 || b.About {
			continue
		}
		d := clock.Date{Year: b.Year, Month: 1, Day: 1}
		if b.Month != 0 && b.Day != 0 {
			d = clock.On(b.Year, time.Month(b.Month), b.Day)
		}
		if first.IsZero() || d.Before(first) {
			first = d
		}
	}
	return first
}

// preview derives the track as it would be and tells what is new, changed, ended or gone.
func (p *Procedure) preview(v *web.Visit, f dossier.File, pl place, facts Facts, root string, e Event, lodged *Event) ([]previewView, []string) {
	l := p.lens(v, f)
	e.ID, e.At = "new", v.Now
	if root != "" {
		e.ID = root
	}
	es := append(slices.Clone(facts.Events), e)
	if lodged != nil {
		x := *lodged
		x.ID = "lodged"
		es = append(es, x)
	}
	d := pl.book.Derive(Sorted(es).About(facts.Topic), v.Now)
	t := Track{Person: f.ID(), Owner: pl.track.Owner, Team: f.Team()}
	was := map[string]Deadline{}
	for _, x := range pl.now.Deadlines {
		was[x.Key] = x
	}
	var out []previewView
	for _, x := range d.Deadlines {
		o, had := was[x.Key]
		delete(was, x.Key)
		r := rowOf(t, x)
		pv := previewView{termView: l.dates(r, x)}
		switch {
		case !had && !x.Open():
			continue
		case !had:
			pv.Change = l.t("procedure.preview.new")
		case o.Open() && !x.Open():
			pv.Change = l.t("procedure.preview.met")
			pv.DoneText, pv.State = l.met(x), "met"
		case rowOf(t, o).same(r):
			continue
		default:
			pv.Change = l.t("procedure.preview.changed")
			if !o.Safe.IsZero() {
				pv.Was = lang.Day(v.Ctx(), o.Safe)
			}
		}
		out = append(out, pv)
	}
	for _, x := range pl.now.Deadlines {
		if _, gone := was[x.Key]; gone && x.Open() {
			pv := previewView{termView: l.dates(rowOf(t, x), x), Change: l.t("procedure.preview.gone"), Gone: true}
			out = append(out, pv)
		}
	}
	var qs []string
	for _, q := range d.Questions {
		qs = append(qs, l.ask(q))
	}
	return out, qs
}

// keep writes the event and what follows from it, in the transaction of the form, and tells where to go from there.
func (p *Procedure) keep(v *web.Visit, tx *db.Tx, f dossier.File, t Track, old Record, e Event, lodged *Event, note string) (string, error) {
	said := "procedure.said.recorded"
	if old.ID != "" {
		said = "procedure.said.corrected"
	}
	_, err := p.keepEvent(v, tx, f, t, old, e, lodged, note)
	return v.URL("procedure.file", "person", f.ID(), "gezegd", said), err
}

// keepEvent writes the event and what follows from it.
func (p *Procedure) keepEvent(v *web.Visit, tx *db.Tx, f dossier.File, t Track, old Record, e Event, lodged *Event, note string) (Record, error) {
	ctx := v.Ctx()
	owner, err := p.ownerOf(ctx, p.db, f.ID(), t.Owner, v.Now)
	if err != nil {
		return Record{}, err
	}
	switch {
	case t.ID != "":
		if t, err = track(ctx, tx, f.ID(), t.ID); err != nil {
			return Record{}, err
		}
	case t.Topic != "":
		if t, err = openTrack(ctx, tx, Track{Person: f.ID(), Topic: t.Topic, Owner: owner, Team: f.Team(), OpenedBy: v.Actor.ID}); err != nil {
			return Record{}, err
		}
	default:
		// Two people may begin the first track at the same moment; the second one finds it here.
		ts, err := tracks(ctx, tx, f.ID())
		if err != nil {
			return Record{}, err
		}
		if len(ts) > 0 {
			t = ts[len(ts)-1]
		} else if t, err = openTrack(ctx, tx, Track{Person: f.ID(), Topic: Asylum, Owner: owner, Team: f.Team(), OpenedBy: v.Actor.ID}); err != nil {
			return Record{}, err
		}
	}
	t.Owner = owner
	if lodged != nil {
		if _, err := addEvent(ctx, tx, recordOf(t, *lodged, Record{}, v.Actor.ID), f.Key(), ""); err != nil {
			return Record{}, err
		}
	}
	r, err := addEvent(ctx, tx, recordOf(t, e, old, v.Actor.ID), f.Key(), note)
	if fault.Is(err, fault.Conflict) {
		return Record{}, fault.New(fault.Conflict, "procedure.error.corrected")
	}
	if err != nil {
		return Record{}, err
	}
	_, moved, err := p.derive(ctx, tx, t)
	if err != nil {
		return Record{}, err
	}
	if err := tell(ctx, tx, "fact", v.Actor.ID, moved); err != nil {
		return Record{}, err
	}
	event := "procedure.event.recorded"
	if old.ID != "" {
		event = "procedure.event.corrected"
	}
	return r, f.Log(ctx, tx, event, r.ID)
}

// recordOf is an event as a row.
func recordOf(t Track, e Event, old Record, by string) Record {
	r := Record{Track: t.ID, Person: t.Person, Root: old.Root, Supersedes: old.ID, Kind: e.Kind, DayFrom: e.On.From, DayTo: e.On.To, How: e.How, Outcome: e.Outcome,
		Route: e.Route, Letter: e.Letter, MadeBy: by}
	if e.Extend.N > 0 {
		r.Extend = e.Extend.String()
	}
	return r
}

// takeBack says that an event did not happen. It stays readable, struck through, and can be restored.
func (p *Procedure) takeBack(v *web.Visit) error { return p.turn(v, true) }

// restore takes a taking-back back.
func (p *Procedure) restore(v *web.Visit) error { return p.turn(v, false) }

func (p *Procedure) turn(v *web.Visit, void bool) error {
	f, err := p.Files.OpenToChange(v, v.Param("person"), mind)
	if err != nil {
		return err
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		r, err := db.One[Record](v.Ctx(), tx, db.F(eventColumns).Then(`WHERE person = ? AND id = ?`, f.ID(), v.Param("event")))
		if err != nil {
			return "", err
		}
		if r.Void == void {
			return "", fault.New(fault.Conflict, "procedure.error.corrected")
		}
		next := r
		next.Supersedes, next.Void, next.MadeBy, next.Note = r.ID, void, v.Actor.ID, nil
		note := ""
		if !void {
			// What is restored is the event that was taken back, with its note.
			was, err := db.One[Record](v.Ctx(), tx, db.F(eventColumns).Then(`WHERE person = ? AND id = ?`, f.ID(), r.Supersedes))
			if err != nil {
				return "", err
			}
			if note, err = readNote(f.Key(), was); err != nil {
				return "", err
			}
		}
		next, err = addEvent(v.Ctx(), tx, next, f.Key(), note)
		if fault.Is(err, fault.Conflict) {
			return "", fault.New(fault.Conflict, "procedure.error.corrected")
		}
		if err != nil {
			return "", err
		}
		t, err := track(v.Ctx(), tx, f.ID(), r.Track)
		if err != nil {
			return "", err
		}
		_, moved, err := p.derive(v.Ctx(), tx, t)
		if err != nil {
			return "", err
		}
		if err := tell(v.Ctx(), tx, "fact", v.Actor.ID, moved); err != nil {
			return "", err
		}
		event, said := "procedure.event.taken_back", "procedure.said.taken_back"
		if !void {
			event, said = "procedure.event.restored", "procedure.said.restored"
		}
		return v.URL("procedure.file", "person", f.ID(), "gezegd", said), f.Log(v.Ctx(), tx, event, next.ID)
	})
	if err != nil {
		return err
	}
	return p.alarmNow(v.Ctx(), f.ID(), v.Now)
}
