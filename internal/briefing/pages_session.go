package briefing

// This file holds one session: what it is, planning and changing it, and cancelling it.

import (
	"slices"
	"strconv"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

type guest struct {
	Invite
	Called, Language string
	URL              string // of the file, for who may open it
	Letter           string
	TagKind, Tag     string
	Marks            []string // on the attendance page
	Understood       string   // address of the form
	Noted            bool     // something was written down
	Removable        bool
}

type subjectRow struct {
	ID, Title, URL string
	Told           bool
}

type sessionPage struct {
	Session
	Title, Lead               string
	Facts                     []ui.FactP
	Subjects                  []subjectRow
	Guests                    []guest
	Others                    int // invited, but not to be named to this reader
	Lacks                     string
	Leads                     bool
	Plans                     bool
	InviteURL, AttendURL      string
	Full                      bool
	Reason                    string
	Undo                      bool
	Errors                    fault.Fields
	TagKind, TagIcon, State   string
	Came, Missed, Known, Seen int
}

// show is the page of one session. Names stand on it only of people whom this reader may see now.
func (b *Briefing) show(v *web.Visit) error {
	s, at, err := b.found(v, b.db)
	if err != nil {
		return err
	}
	p, err := b.sessionPage(v, s, at)
	if err != nil {
		return err
	}
	return v.Page(pageSession(p))
}

func (b *Briefing) sessionPage(v *web.Visit, s Session, at place) (sessionPage, error) {
	ctx := v.Ctx()
	p := sessionPage{Session: s, Leads: s.Leader == v.Actor.ID}
	cs, err := b.colleagues(ctx, s.Leader)
	if err != nil {
		return p, err
	}
	if p.Plans, err = b.planner(v, s.Team); err != nil {
		return p, err
	}
	people, err := livePeople(ctx, b.db, []string{s.ID})
	if err != nil {
		return p, err
	}
	t := people[s.ID]
	p.Title = lang.T(ctx, "briefing.session.title", "language", tongue(ctx, s.Language), "day", lang.LongDay(ctx, s.Day()))
	p.Lead = lang.Dots(lang.T(ctx, "briefing.session.time", "from", lang.Time(ctx, s.At), "to", lang.Time(ctx, s.End())), at.Name, s.Room)
	p.TagKind, p.TagIcon, p.State = stateTag(ctx, s, speaks(cs[s.Leader], s.Language), v)
	interpreter := lang.T(ctx, "briefing.interpreter."+s.Interpreter)
	how := ""
	if s.Interpreter != "none" && s.How != "" {
		how = lang.T(ctx, "briefing.how."+s.How)
	}
	who := ""
	if p.Plans || p.Leads {
		if who, err = b.interpreterOf(ctx, b.db, s.ID); err != nil {
			return p, err
		}
	}
	p.Facts = []ui.FactP{
		{Label: lang.T(ctx, "briefing.fact.leader"), Value: called(cs, s.Leader)},
		{Label: lang.T(ctx, "briefing.fact.interpreter"), Value: interpreter, Small: lang.Dots(who, how), Icon: "translate"},
		{Label: lang.T(ctx, "briefing.fact.seats"), Value: taken(ctx, s, t, at.Own)},
		{Label: lang.T(ctx, "briefing.fact.kind"), Value: lang.T(ctx, "briefing.kind."+s.Kind)},
	}
	if p.Subjects, err = b.subjectRows(v, s); err != nil {
		return p, err
	}
	if p.Guests, err = b.guests(v, s); err != nil {
		return p, err
	}
	shown := 0
	for _, g := range p.Guests {
		if g.State == Open {
			shown++
		}
	}
	p.Others = max(0, t.Invited-t.Declined-shown)
	if !at.Own {
		p.Others = 0 // the count above says what they may know
	}
	p.Full = t.Invited-t.Declined >= s.Seats
	if p.Plans && s.Stands(v.Now) && s.Held.IsZero() && mayInvite.Allows(v.Actor) {
		p.InviteURL = v.URL("briefing.invite", "briefing", s.ID)
	}
	if mayLead.Allows(v.Actor) && (p.Leads || p.Plans) && s.Open(v.Now) {
		p.AttendURL = v.URL("briefing.attend", "briefing", s.ID)
	}
	if p.Reason = s.Reason; p.Reason != "" {
		p.Reason = lang.T(ctx, "briefing.reason."+s.Reason)
	}
	p.Undo = p.Plans && s.Undoable(v.Now)
	return p, nil
}

// subjectRows are what a session is about, in the version that belongs to it.
func (b *Briefing) subjectRows(v *web.Visit, s Session) ([]subjectRow, error) {
	subs, err := subjects(v.Ctx(), b.db, []string{s.ID})
	if err != nil {
		return nil, err
	}
	var out []subjectRow
	for _, x := range subs[s.ID] {
		t, err := b.topic(v.Ctx(), b.db, x.Topic, x.Version)
		if err != nil {
			return nil, err
		}
		w, _ := t.In(lang.Of(v.Ctx()).Tag)
		out = append(out, subjectRow{ID: x.Topic, Title: w.Title, Told: x.Told, URL: v.URL("briefing.topic", "topic", x.Topic, "versie", strconv.FormatInt(x.Version, 10))})
	}
	return out, nil
}

// guests are the invited whom this reader may see: by their own grants, or by the pass of the day.
func (b *Briefing) guests(v *web.Visit, s Session) ([]guest, error) {
	ctx := v.Ctx()
	is, err := b.seen(ctx, v.Actor, v.Now, access.Note, s.ID)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, i := range is {
		ids = append(ids, i.Person)
	}
	cards, err := b.files.Cards(ctx, ids)
	if err != nil {
		return nil, err
	}
	files, err := db.Many[string](ctx, b.db, db.F(`SELECT DISTINCT i.person FROM briefing_invite i WHERE i.session = ? AND`, s.ID).With(access.Sees(v.Actor, v.Now, mayInvite.Level, "i.person")))
	if err != nil {
		return nil, err
	}
	var out []guest
	for _, i := range is {
		c, ok := cards[i.Person]
		if !ok {
			continue // erased in this moment
		}
		g := guest{Invite: i, Called: c.Called}
		if c.Language != "" {
			g.Language = tongue(ctx, c.Language)
		}
		g.TagKind, g.Tag = comingTag(v, i)
		if slices.Contains(files, i.Person) && mayInvite.Allows(v.Actor) {
			g.URL = v.URL("briefing.file", "person", i.Person)
			g.Letter = v.URL("briefing.letter", "person", i.Person, "invite", i.ID)
			g.Removable = i.State == Open && i.Came == "" && s.Stands(v.Now)
		}
		out = append(out, g)
	}
	return out, nil
}

func comingTag(v *web.Visit, i Invite) (kind, text string) {
	switch {
	case i.State != Open:
		return "warn", lang.T(v.Ctx(), "briefing.invite."+i.State)
	case i.Came == "missed":
		return "warn", lang.T(v.Ctx(), "briefing.came.missed")
	case Heard(i.Came):
		return "ok", lang.T(v.Ctx(), "briefing.came."+i.Came)
	case i.Came != "":
		return "", lang.T(v.Ctx(), "briefing.came."+i.Came)
	}
	return "", ""
}

type sessionForm struct {
	ID         string // empty: a new one
	In         SessionInput
	Errors     fault.Fields
	Places     []ui.Option
	Rooms      []ui.Option
	Leaders    []ui.Option
	Topics     []ui.Option
	NoMaterial bool
	MayStock   bool
	Theirs     *ui.VersionP
	Mine       *ui.VersionP
}

func (b *Briefing) newForm(v *web.Visit) error {
	in := SessionInput{Day: v.Value("dag"), Hour: "10:00", Minutes: "90", Seats: "12", Kind: "group", Interpreter: "asked", Location: v.Value("locatie"), Language: v.Value("taal"), Leader: v.Actor.ID}
	return b.sessionForm(v, sessionForm{In: in})
}

// planned are the places where the actor may plan.
func (b *Briefing) planned(v *web.Visit) ([]place, error) {
	ps, err := b.places(v)
	if err != nil {
		return nil, err
	}
	teams, err := b.teams(v.Ctx(), v.Actor, helping...)
	return slices.DeleteFunc(ps, func(p place) bool { return !slices.Contains(teams, p.Team) || p.Closed }), err
}

// leaders are the colleagues of some teams who may lead a session.
func (b *Briefing) leaders(v *web.Visit, ps []place) ([]ui.Option, error) {
	var out []ui.Option
	var teams []string
	for _, p := range ps {
		if slices.Contains(teams, p.Team) {
			continue
		}
		teams = append(teams, p.Team)
		cs, err := b.org.Search(v.Ctx(), "", p.Team, v.Now, 0, 300)
		if err != nil {
			return nil, err
		}
		for _, c := range cs {
			if !slices.ContainsFunc(out, func(o ui.Option) bool { return o.Value == c.ID }) {
				out = append(out, ui.Option{Value: c.ID, Label: c.Name})
			}
		}
	}
	return out, nil
}

func (b *Briefing) sessionForm(v *web.Visit, p sessionForm) error {
	ctx := v.Ctx()
	ps, err := b.planned(v)
	if err != nil {
		return err
	}
	p.Rooms = []ui.Option{{Label: lang.T(ctx, "briefing.form.noroom")}}
	var teams []string
	for _, x := range ps {
		p.Places = append(p.Places, ui.Option{Value: x.ID, Label: x.Name})
		if slices.Contains(teams, x.Team) {
			continue
		}
		teams = append(teams, x.Team)
		rooms, err := b.org.RoomsOf(ctx, x.Team)
		if err != nil {
			return err
		}
		for _, r := range rooms {
			if o := (ui.Option{Value: r.Name, Label: r.Name}); !slices.Contains(p.Rooms, o) {
				p.Rooms = append(p.Rooms, o)
			}
		}
	}
	if p.Leaders, err = b.leaders(v, ps); err != nil {
		return err
	}
	ts, err := b.topics(ctx)
	if err != nil {
		return err
	}
	for _, t := range openTopics(ts, p.In.Topics) {
		w, _ := t.In(lang.Of(ctx).Tag)
		p.Topics = append(p.Topics, ui.Option{Value: t.ID, Label: w.Title})
	}
	p.NoMaterial, p.MayStock = len(p.Topics) == 0, mayMaterial.Allows(v.Actor)
	switch {
	case p.Theirs != nil:
		return v.Status(409, pageSessionForm(p))
	case len(p.Errors) > 0:
		return v.Invalid(pageSessionForm(p))
	}
	return v.Page(pageSessionForm(p))
}

func readSession(v *web.Visit) SessionInput {
	version, _ := strconv.ParseInt(v.Value("version"), 10, 64) // what is no number is no version that exists
	return SessionInput{Day: v.Value("day"), Hour: v.Value("hour"), Minutes: v.Value("minutes"), Location: v.Value("location"), Room: v.Value("room"), Kind: v.Value("kind"),
		Language: v.Value("language"), Leader: v.Value("leader"), Interpreter: v.Value("interpreter"), How: v.Value("how"), Gender: v.Value("gender"), Who: v.Value("who"), Seats: v.Value("seats"),
		Topics: v.Values("topic"), Version: version}
}

func (b *Briefing) editForm(v *web.Visit) error {
	s, _, err := b.plans(v)
	if err != nil {
		return err
	}
	if !s.Stands(v.Now) || !s.Held.IsZero() {
		return fault.New(fault.Conflict, "briefing.error.over")
	}
	if s.Who, err = b.interpreterOf(v.Ctx(), b.db, s.ID); err != nil {
		return err
	}
	subs, err := subjects(v.Ctx(), b.db, []string{s.ID})
	if err != nil {
		return err
	}
	in := SessionInput{Day: s.Day().String(), Hour: lang.Time(v.Ctx(), s.At), Minutes: strconv.Itoa(s.Minutes), Location: s.Location, Room: s.Room, Kind: s.Kind, Language: s.Language, Leader: s.Leader,
		Interpreter: s.Interpreter, How: s.How, Gender: s.Gender, Who: s.Who, Seats: strconv.Itoa(s.Seats), Version: s.Version}
	for _, x := range subs[s.ID] {
		in.Topics = append(in.Topics, x.Topic)
	}
	return b.sessionForm(v, sessionForm{ID: s.ID, In: in})
}

func (b *Briefing) planForm(v *web.Visit) error { return b.write(v, Session{}) }

func (b *Briefing) changeForm(v *web.Visit) error {
	s, _, err := b.plans(v)
	if err != nil {
		return err
	}
	return b.write(v, s)
}

// write saves the form of a session, with everything wrong in it named at once.
func (b *Briefing) write(v *web.Visit, old Session) error {
	ctx := v.Ctx()
	in := readSession(v)
	s, fs := in.Check(v.Now)
	s.ID = old.ID
	ps, err := b.planned(v)
	if err != nil {
		return err
	}
	if at, ok := placeBy(ps, in.Location); ok {
		s.Team = at.Team
		rooms, err := b.org.RoomsOf(ctx, at.Team)
		if err != nil {
			return err
		}
		if in.Room != "" && in.Room != old.Room && !slices.ContainsFunc(rooms, func(r organisation.Room) bool { return r.Name == in.Room && r.Location == in.Location }) {
			fs.Add("room", "briefing.error.noroom")
		}
	} else if in.Location != "" {
		fs.Add("location", "briefing.error.location")
	}
	leaders, err := b.leaders(v, ps)
	if err != nil {
		return err
	}
	if in.Leader != "" && !slices.ContainsFunc(leaders, func(o ui.Option) bool { return o.Value == in.Leader }) {
		fs.Add("leader", "briefing.error.leader")
	}
	if in.Language != "" && !slices.ContainsFunc(languageOptions(ctx), func(o ui.Option) bool { return o.Value == in.Language }) {
		fs.Add("language", "briefing.error.language")
	}
	ts, err := b.topics(ctx)
	if err != nil {
		return err
	}
	for _, id := range in.Topics {
		if !slices.ContainsFunc(ts, func(t Topic) bool { return t.ID == id }) {
			fs.Add("topic", "briefing.error.topic")
			break
		}
	}
	if len(fs) == 0 {
		others, same, err := b.around(ctx, b.db, s)
		if err != nil {
			return err
		}
		Clash(s, others, same, &fs)
	}
	p := sessionForm{ID: s.ID, In: in, Errors: fs}
	if len(fs) > 0 {
		return b.sessionForm(v, p)
	}
	said := "briefing.said.planned"
	if s.ID != "" {
		said = "briefing.said.changed"
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		id, err := b.plan(ctx, tx, v.Actor, s, in.Topics)
		return v.URL("briefing.session", "briefing", id, "gezegd", said), err
	})
	switch {
	case fault.Is(err, fault.Invalid): // somebody planned there in this moment
		p.Errors = fault.As(err).Fields
		return b.sessionForm(v, p)
	case fault.Is(err, fault.Conflict) && fault.As(err).Key == "briefing.error.version" && s.ID != "":
		theirs, err := session(ctx, b.db, s.ID)
		if err != nil {
			return err
		}
		if !theirs.Held.IsZero() || !theirs.Cancelled.IsZero() {
			return fault.New(fault.Conflict, "briefing.error.over")
		}
		p.Theirs = &ui.VersionP{Title: lang.T(ctx, "briefing.theirs"), Facts: sessionFacts(v, theirs)}
		p.Mine = &ui.VersionP{Title: lang.T(ctx, "briefing.own"), Facts: sessionFacts(v, s)}
		p.In.Version = theirs.Version
		return b.sessionForm(v, p)
	}
	return err
}

func sessionFacts(v *web.Visit, s Session) []ui.FactP {
	ctx := v.Ctx()
	return []ui.FactP{
		{Label: lang.T(ctx, "briefing.form.day"), Value: lang.LongDay(ctx, s.Day())},
		{Label: lang.T(ctx, "briefing.form.hour"), Value: lang.Time(ctx, s.At.In(clock.Netherlands))},
		{Label: lang.T(ctx, "briefing.form.language"), Value: tongue(ctx, s.Language)},
		{Label: lang.T(ctx, "briefing.form.interpreter"), Value: lang.T(ctx, "briefing.interpreter."+s.Interpreter)},
		{Label: lang.T(ctx, "briefing.form.seats"), Value: strconv.Itoa(s.Seats)},
	}
}

// cancelForm cancels a session, or takes that back.
func (b *Briefing) cancelForm(v *web.Visit) error {
	s, at, err := b.plans(v)
	if err != nil {
		return err
	}
	if v.Value("undo") != "" {
		return v.Write(func(tx *db.Tx) (string, error) {
			return v.URL("briefing.session", "briefing", s.ID, "gezegd", "briefing.said.restored"), b.restore(v.Ctx(), tx, v.Actor, s)
		})
	}
	reason := v.Value("reason")
	if !slices.Contains(Reasons, reason) {
		p, err := b.sessionPage(v, s, at)
		if err != nil {
			return err
		}
		p.Errors.Add("reason", "briefing.error.reason")
		return v.Invalid(pageSession(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("briefing.session", "briefing", s.ID, "gezegd", "briefing.said.cancelled"), b.cancel(v.Ctx(), tx, v.Actor, s, reason)
	})
}
