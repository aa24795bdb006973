package briefing

// This file holds voorlichting on the file of one person, and the letter that invites them.

import (
	"context"
	"slices"
	"strconv"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

type heardRow struct {
	Invite
	Title, Sub, About  string
	TagKind, Tag       string
	Understood, Tongue string // in their own words; empty for who may not read it
	Questions, Why, By string
	SessionURL, Letter string
	Dir                string
}

type filePage struct {
	File    dossier.File
	Coming  []heardRow
	Past    []heardRow
	Missing []subjectRow
	None    bool // no subject was ever told
	Offers  []offer
	Record  string
	Invites bool
	PlanURL string
}

// fileOf gathers what one person heard and lacks. Own words are for who has the whole file.
func (b *Briefing) fileOf(v *web.Visit, f dossier.File) (filePage, error) {
	ctx := v.Ctx()
	p := filePage{File: f}
	is, ss, err := b.mine(ctx, f)
	if err != nil {
		return p, err
	}
	var ids, who, places []string
	for _, i := range is {
		s := ss[i.Session]
		ids, who, places = append(ids, s.ID), append(who, s.Leader), append(places, s.Location)
	}
	subs, err := subjects(ctx, b.db, ids)
	if err != nil {
		return p, err
	}
	cs, err := b.colleagues(ctx, who...)
	if err != nil {
		return p, err
	}
	at, err := b.org.LocationsBy(ctx, places)
	if err != nil {
		return p, err
	}
	ts, err := b.topics(ctx)
	if err != nil {
		return p, err
	}
	names := titles(ctx, ts)
	had := map[string]bool{}
	for _, i := range is {
		s := ss[i.Session]
		r := heardRow{Invite: i, Title: lang.T(ctx, "briefing.session.title", "language", tongue(ctx, s.Language), "day", lang.LongDay(ctx, s.Day())),
			Sub: lang.Dots(lang.Time(ctx, s.At), at[s.Location].Name, called(cs, s.Leader))}
		told := !s.Held.IsZero()
		var about []string
		for _, x := range subs[s.ID] {
			if told && !x.Told {
				continue
			}
			about = append(about, names[x.Topic])
			if told && i.State == Open && Heard(i.Came) && !i.Again {
				had[x.Topic] = true
			}
		}
		r.About = lang.Join(ctx, about)
		r.TagKind, r.Tag = comingTag(v, i)
		if f.Level() >= access.File {
			r.Understood, r.Questions = i.Said.Understood, i.Said.Questions
			if i.Said.Lang != "" {
				r.Tongue = tongue(ctx, i.Said.Lang)
			}
			if i.Said.Why != "" {
				r.Why = lang.T(ctx, "briefing.why."+i.Said.Why)
			}
		}
		if i.State == Withdrawn {
			continue
		}
		if s.Stands(v.Now) && i.State == Open {
			if mayLetter.Allows(v.Actor) && f.Level() >= access.File {
				r.Letter = v.URL("briefing.letter", "person", f.ID(), "invite", i.ID)
			}
			p.Coming = append(p.Coming, r)
			continue
		}
		p.Past = append(p.Past, r)
	}
	slices.Reverse(p.Coming)
	for _, t := range openTopics(ts, nil) {
		if !had[t.ID] {
			p.Missing = append(p.Missing, subjectRow{ID: t.ID, Title: names[t.ID], URL: v.URL("briefing.topic", "topic", t.ID)})
		}
	}
	p.None = len(had) == 0
	return p, nil
}

func (b *Briefing) file(v *web.Visit) error {
	f, err := b.files.Open(v, v.Param("person"), access.DeskLevel, "briefing.event.read")
	if err != nil {
		return err
	}
	p, err := b.fileOf(v, f)
	if err != nil {
		return err
	}
	if web.Known(v.Ctx(), "contact.record") {
		p.Record = v.URL("contact.record", "person", f.ID())
	}
	planner, err := b.planner(v, f.Team())
	if err != nil {
		return err
	}
	if planner && f.Level() >= mayInvite.Level && f.Lasting() == nil {
		p.Invites = true
		if p.Offers, err = b.offersFor(v, f); err != nil {
			return err
		}
		p.PlanURL = v.URL("briefing.new", "locatie", f.Location(), "taal", f.Profile().Language())
	}
	return v.Page(pageFile(p))
}

// offersMost is how many sessions are offered at once.
const offersMost = 5

// offersFor are the coming sessions that somebody can follow and is not invited to.
func (b *Briefing) offersFor(v *web.Visit, f dossier.File) ([]offer, error) {
	ctx := v.Ctx()
	ls, err := b.org.LocationsOf(ctx, f.Team())
	if err != nil {
		return nil, err
	}
	var ids []string
	names := map[string]string{}
	for _, l := range ls {
		if !l.Closed {
			ids, names[l.ID] = append(ids, l.ID), l.Name
		}
	}
	m, err := b.coming(ctx, ids, v.Now)
	if err != nil {
		return nil, err
	}
	all, err := tries(ctx, b.db, []string{f.ID()})
	if err != nil {
		return nil, err
	}
	var out []offer
	for _, s := range m.sessions {
		fits := slices.ContainsFunc(f.Profile().Languages, func(l dossier.Speech) bool { return Understands(s.Language, l.Tag) })
		on := slices.ContainsFunc(all[f.ID()], func(t Try) bool { return t.Session == s.ID && t.State == Open })
		if !fits || on || s.Kind != "group" || !s.Stands(v.Now) || s.At.Before(v.Now) || m.free[s.ID] < 1 || s.Interpreter == "out" || len(out) == offersMost {
			continue
		}
		out = append(out, offer{ID: s.ID, Label: lang.Dots(lang.ShortDay(ctx, s.Day())+" "+lang.Time(ctx, s.At), names[s.Location], tongue(ctx, s.Language))})
	}
	return out, nil
}

// letterPart is an invitation in one language.
type letterPart struct {
	Tag, Dir, Name         string
	Called, Day, From, To  string
	Where, Room, Speaks    string
	Interpreter            string
	Subjects               []letterSubject
	DutchDay, Leader, Says string
}

type letterSubject struct{ Title, Tag string }

type letterPage struct {
	File  dossier.File
	Parts []letterPart
	Back  string
}

// letterIn writes the invitation in a language.
func (b *Briefing) letterIn(v *web.Visit, f dossier.File, s Session, tag string) (letterPart, error) {
	ctx := lang.In(v.Ctx(), tag)
	l := lang.Find(tag)
	p := letterPart{Tag: tag, Dir: l.Dir(), Name: l.Name, Called: f.Called(), Day: lang.Capital(lang.LongDay(ctx, s.Day())), From: lang.Time(ctx, s.At), To: lang.Time(ctx, s.End()), Room: s.Room,
		Speaks: dossier.Tongue(s.Language), DutchDay: lang.DutchLongDay(s.Day())}
	if tag == "nl" || tag == "en" { // whoever reads it aloud must know which language it is
		p.Speaks = tongue(ctx, s.Language)
	}
	at, err := b.org.LocationsBy(ctx, []string{s.Location})
	if err != nil {
		return p, err
	}
	x := at[s.Location]
	p.Where = x.Name + ", " + x.Street + ", " + x.Town
	cs, err := b.colleagues(ctx, s.Leader)
	if err != nil {
		return p, err
	}
	p.Leader = called(cs, s.Leader)
	p.Interpreter = portalInterpreter(ctx, s)
	subs, err := subjects(ctx, b.db, []string{s.ID})
	if err != nil {
		return p, err
	}
	for _, x := range subs[s.ID] {
		t, err := b.topic(ctx, b.db, x.Topic, 0)
		if err != nil {
			return p, err
		}
		w, in := t.In(tag)
		p.Subjects = append(p.Subjects, letterSubject{w.Title, in})
	}
	return p, nil
}

// portalInterpreter is what a person reads about the interpreter.
func portalInterpreter(ctx context.Context, s Session) string {
	if s.Interpreter == "none" {
		return ""
	}
	return lang.T(ctx, "briefing.portal.interpreter."+s.Interpreter)
}

// letter is the invitation on paper, in the language of the person and in Dutch below it.
func (b *Briefing) letter(v *web.Visit) error {
	f, err := b.files.Open(v, v.Param("person"), mayLetter.Level, "briefing.event.letter")
	if err != nil {
		return err
	}
	i, err := inviteOf(v.Ctx(), b.db, f, v.Param("invite"))
	if err != nil {
		return err
	}
	s, err := session(v.Ctx(), b.db, i.Session)
	if err != nil {
		return err
	}
	p := letterPage{File: f, Back: v.URL("briefing.file", "person", f.ID())}
	tags := []string{dossier.PortalTag(f.Profile())}
	if tags[0] != "nl" {
		tags = append(tags, "nl")
	}
	for _, tag := range tags {
		x, err := b.letterIn(v, f, s, tag)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, x)
	}
	return v.Page(pageLetter(p))
}

func version(n int64) string { return strconv.FormatInt(n, 10) }
