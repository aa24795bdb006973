package briefing

// This file holds the SQL of invitations: inviting, the pass by which a leader sees a name for one day, attendance, and what
// was understood.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

const inviteColumns = `id, session, person, state, came, again, explained, pass, body, version, made, made_by`

// folded is a name as it is compared.
func folded(s string) string { return dossier.Fold(s) }

// invitesOf are the invitations to a session in one state, without anything sealed being opened.
func invitesOf(ctx context.Context, q db.Q, session, state string) ([]Invite, error) {
	return db.Many[Invite](ctx, q, db.F(`SELECT `+inviteColumns+` FROM briefing_invite WHERE session = ? AND state = ? ORDER BY made, id`, session, state))
}

// seen are the invitations to a session of people whom the actor may see now, at this level; the rest is only counted.
func (b *Briefing) seen(ctx context.Context, a access.Actor, now time.Time, level access.Level, session string) ([]Invite, error) {
	return db.Many[Invite](ctx, b.db, db.F(`SELECT `+inviteColumns+` FROM briefing_invite i WHERE i.session = ? AND i.state <> 'withdrawn' AND`, session).
		With(access.Sees(a, now, level, "i.person")).Then(`ORDER BY i.made, i.id`))
}

// inviteOf is one invitation of an opened file.
func inviteOf(ctx context.Context, q db.Q, f dossier.File, id string) (Invite, error) {
	i, err := db.One[Invite](ctx, q, db.F(`SELECT `+inviteColumns+` FROM briefing_invite WHERE id = ? AND person = ?`, id, f.ID()))
	if err != nil {
		return i, err
	}
	return i, privacy.OpenJSON(f.Key(), invitePlace(i.ID), i.Body, &i.Said)
}

// personOf is whom an invitation to a session is about. The caller opens the file before anything is shown.
func personOf(ctx context.Context, q db.Q, session, invite string) (string, error) {
	return db.One[string](ctx, q, db.F(`SELECT person FROM briefing_invite WHERE id = ? AND session = ?`, invite, session))
}

// seated is how many seats of a session are taken.
func seated(ctx context.Context, q db.Q, session string) (int, error) {
	return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM briefing_invite WHERE session = ? AND state = 'open'`, session))
}

// elsewhere counts the other sessions to which somebody is invited from now on.
func elsewhere(ctx context.Context, q db.Q, person, session string, now time.Time) (int, error) {
	return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM briefing_invite i JOIN briefing_session s ON s.id = i.session WHERE i.person = ? AND i.session <> ? AND i.state = 'open' AND s.at > ? AND s.cancelled IS NULL`, person, session, now))
}

// act adds to the story of an invitation.
func act(ctx context.Context, tx *db.Tx, i Invite, kind, by string, body []byte) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO briefing_act (id, invite, person, kind, at, made_by, body) VALUES (?,?,?,?,?,?,?)`, db.ID("ba", tx.Now), i.ID, i.Person, kind, tx.Now, by, body))
	return err
}

// setState changes an invitation, ends the pass when it is no longer open, and tells the story.
func (b *Briefing) setState(ctx context.Context, tx *db.Tx, i Invite, state, kind, by string) error {
	if state != Open {
		if err := endPass(ctx, tx, i); err != nil {
			return err
		}
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE briefing_invite SET state = ?, version = version + 1 WHERE id = ?`, state, i.ID)); err != nil {
		return err
	}
	return act(ctx, tx, i, kind, by, nil)
}

// pass lets the leader of a session see, on its day, how somebody is called and which language they speak: a grant of the
// lowest level, which opens no page of the file. It is one more row that the one predicate reads.
func (b *Briefing) pass(ctx context.Context, tx *db.Tx, s Session, i Invite, by string) error {
	if err := endPass(ctx, tx, i); err != nil {
		return err
	}
	since, until := s.Pass()
	if !until.After(tx.Now) {
		return nil
	}
	id, err := access.Give(ctx, tx, access.Grant{Subject: i.Person, Holder: "user:" + s.Leader, Why: access.Presence, Level: access.Note, GivenBy: by, Place: s.Location, Since: since, Until: until})
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE briefing_invite SET pass = ? WHERE id = ?`, id, i.ID))
	return err
}

// endPass ends what an invitation opened, also one that begins later.
func endPass(ctx context.Context, tx *db.Tx, i Invite) error {
	pass, err := db.One[string](ctx, tx, db.F(`SELECT pass FROM briefing_invite WHERE id = ?`, i.ID))
	if err != nil || pass == "" {
		return err
	}
	if err := access.End(ctx, tx, pass); err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE briefing_invite SET pass = '' WHERE id = ?`, i.ID))
	return err
}

// renewPasses gives the passes of a session that changed to whom and for when it is now.
func (b *Briefing) renewPasses(ctx context.Context, tx *db.Tx, s Session, by access.Actor) error {
	is, err := invitesOf(ctx, tx, s.ID, Open)
	if err != nil {
		return err
	}
	for _, i := range is {
		if err := b.pass(ctx, tx, s, i, by.ID); err != nil {
			return err
		}
	}
	return nil
}

// invite invites the person of a file. A seat that is taken in this moment, or a session that does not go on any more, is
// refused here; the log comes first, so that two who invite at once see each other.
func (b *Briefing) invite(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	event := "briefing.event.invited"
	if f.Who().Kind == access.IsSelf {
		event = "briefing.event.chose"
	}
	if err := f.Log(ctx, tx, event, id); err != nil {
		return err
	}
	s, err := session(ctx, tx, id)
	if err != nil {
		return err
	}
	if !s.Stands(tx.Now) || !s.Held.IsZero() {
		return fault.New(fault.Conflict, "briefing.error.over")
	}
	by := f.Who().ID
	i, err := db.One[Invite](ctx, tx, db.F(`SELECT `+inviteColumns+` FROM briefing_invite WHERE session = ? AND person = ?`, id, f.ID()))
	switch {
	case err == nil && i.State == Open:
		return nil
	case err != nil && !fault.Is(err, fault.NotFound):
		return err
	}
	if f.Who().Kind != access.IsSelf {
		if err := b.news.Tell(ctx, tx, f.ID()); err != nil {
			return err
		}
	}
	taken, terr := seated(ctx, tx, id)
	if terr != nil {
		return terr
	}
	if taken >= s.Seats {
		return fault.New(fault.Conflict, "briefing.error.full")
	}
	if err == nil {
		if err := b.setState(ctx, tx, i, Open, "invited", by); err != nil {
			return err
		}
		return b.pass(ctx, tx, s, i, by)
	}
	i = Invite{ID: db.ID("bi", tx.Now), Session: id, Person: f.ID()}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO briefing_invite (id, session, person, state, came, again, pass, version, made, made_by) VALUES (?,?,?,'open','',FALSE,'',1,?,?)`, i.ID, id, f.ID(), tx.Now, by)); err != nil {
		return err
	}
	if err := act(ctx, tx, i, "invited", by, nil); err != nil {
		return err
	}
	return b.pass(ctx, tx, s, i, by)
}

// withdraw takes an invitation back, or decline does so for the person; both can be undone by inviting again.
func (b *Briefing) withdraw(ctx context.Context, tx *db.Tx, f dossier.File, i Invite, state string) error {
	if i.State != Open && i.State != Cancelled { // a no that was said while the session stood still holds when it comes back
		return nil
	}
	event := "briefing.event." + state
	if err := f.Log(ctx, tx, event, i.ID); err != nil {
		return err
	}
	return b.setState(ctx, tx, i, state, state, f.Who().ID)
}

// mark writes whether somebody came; empty takes it back.
func (b *Briefing) mark(ctx context.Context, tx *db.Tx, f dossier.File, i Invite, came string) error {
	if i.State != Open {
		return fault.Gone()
	}
	if i.Came == came {
		return nil
	}
	if err := f.Log(ctx, tx, "briefing.event.marked", i.ID); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE briefing_invite SET came = ?, version = version + 1 WHERE id = ?`, came, i.ID)); err != nil {
		return err
	}
	kind := came
	if kind == "" {
		kind = "unmarked"
	}
	if err := act(ctx, tx, i, kind, f.Who().ID, nil); err != nil {
		return err
	}
	return recount(ctx, tx, i.Session)
}

// say writes what somebody understood, or why they could not come. What stood there before goes into the story, sealed.
func (b *Briefing) say(ctx context.Context, tx *db.Tx, f dossier.File, i Invite, kind string, again, explained bool) error {
	if err := f.Log(ctx, tx, "briefing.event."+kind, i.ID); err != nil {
		return err
	}
	body, err := privacy.SealJSON(f.Key(), invitePlace(i.ID), i.Said)
	if err != nil {
		return err
	}
	before, err := f.Key().Open(invitePlace(i.ID), i.Body)
	if err != nil {
		return err
	}
	var explainedAt time.Time
	if explained {
		explainedAt = tx.Now
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE briefing_invite SET body = ?, again = ?, explained = COALESCE(?, explained), version = version + 1 WHERE id = ? AND version = ?`, body, again, explainedAt, i.ID, i.Version))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "briefing.error.version")
	}
	id := db.ID("ba", tx.Now)
	var old []byte
	if before != nil {
		old = f.Key().Seal(actPlace(id), before)
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO briefing_act (id, invite, person, kind, at, made_by, body) VALUES (?,?,?,?,?,?,?)`, id, i.ID, i.Person, kind, tx.Now, f.Who().ID, old))
	return err
}

// mine are all invitations of an opened file, newest session first.
func (b *Briefing) mine(ctx context.Context, f dossier.File) ([]Invite, map[string]Session, error) {
	type mine struct {
		is []Invite
		ss map[string]Session
	}
	m, err := web.OnPage(ctx, "briefing.mine."+f.ID(), func() (mine, error) {
		is, ss, err := b.readMine(ctx, f)
		return mine{is, ss}, err
	})
	return m.is, m.ss, err
}

func (b *Briefing) readMine(ctx context.Context, f dossier.File) ([]Invite, map[string]Session, error) {
	is, err := db.Many[Invite](ctx, b.db, db.F(`SELECT `+inviteColumns+` FROM briefing_invite WHERE person = ?`, f.ID()))
	is, err = privacy.OpenAll(f.Key(), is, err, func(i *Invite) (string, []byte, any) { return invitePlace(i.ID), i.Body, &i.Said })
	if err != nil {
		return nil, nil, err
	}
	var ids []string
	for _, i := range is {
		ids = append(ids, i.Session)
	}
	ss, err := sessionsBy(ctx, b.db, ids)
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(is, func(a, b Invite) int { return ss[b.Session].At.Compare(ss[a.Session].At) })
	return is, ss, nil
}

func sessionsBy(ctx context.Context, q db.Q, ids []string) (map[string]Session, error) {
	out := map[string]Session{}
	for some := range slices.Chunk(ids, 500) {
		ss, err := db.Many[Session](ctx, q, db.F(`SELECT `+sessionColumns+` FROM briefing_session WHERE`).With(db.In("id", some)))
		if err != nil {
			return nil, err
		}
		for _, s := range ss {
			out[s.ID] = s
		}
	}
	return out, nil
}

// heard says what people heard already: how many sessions, and of which subjects. Only what was told to who stayed counts.
func heard(ctx context.Context, q db.Q, people []string) (map[string]Candidate, error) {
	type row struct{ Person, Session, Topic string }
	out := map[string]Candidate{}
	for some := range slices.Chunk(people, 500) { // a statement takes a bounded number of values
		rs, err := db.Many[row](ctx, q, db.F(`SELECT i.person AS person, i.session AS session, COALESCE(x.topic, '') AS topic FROM briefing_invite i JOIN briefing_session s ON s.id = i.session
			LEFT JOIN briefing_subject x ON x.session = s.id AND x.told = TRUE
			WHERE i.state = 'open' AND i.came IN ('came','late') AND i.again = FALSE AND s.held IS NOT NULL AND`).With(db.In("i.person", some)).Then(`ORDER BY i.person, i.session`))
		if err != nil {
			return nil, err
		}
		last := ""
		for _, r := range rs {
			c := out[r.Person]
			if last != r.Person+r.Session {
				c.Sessions++
				last = r.Person + r.Session
			}
			if r.Topic != "" && !slices.Contains(c.Had, r.Topic) {
				c.Had = append(c.Had, r.Topic)
			}
			out[r.Person] = c
		}
	}
	return out, nil
}

// tries are all invitations of some people, with their sessions.
func tries(ctx context.Context, q db.Q, people []string) (map[string][]Try, error) {
	out := map[string][]Try{}
	for some := range slices.Chunk(people, 500) {
		ts, err := db.Many[Try](ctx, q, db.F(`SELECT i.id AS invite, i.session AS session, i.person AS person, s.team AS team, s.location AS location, s.language AS language, s.kind AS kind, s.at AS at, s.minutes AS minutes,
			i.state AS state, i.came AS came, i.again AS again, i.explained AS explained, s.held AS held, s.cancelled AS cancelled_at
			FROM briefing_invite i JOIN briefing_session s ON s.id = i.session WHERE`).With(db.In("i.person", some)).Then(`ORDER BY s.at, i.id`))
		if err != nil {
			return nil, err
		}
		for _, t := range ts {
			out[t.Person] = append(out[t.Person], t)
		}
	}
	return out, nil
}

// overlapping are the people among these who are invited elsewhere at that hour.
func overlapping(ctx context.Context, q db.Q, s Session, people []string) (map[string]bool, error) {
	type row struct {
		Person  string
		At      time.Time
		Minutes int
	}
	out := map[string]bool{}
	for some := range slices.Chunk(people, 500) {
		rs, err := db.Many[row](ctx, q, db.F(`SELECT i.person AS person, s.at AS at, s.minutes AS minutes FROM briefing_invite i JOIN briefing_session s ON s.id = i.session
			WHERE i.state = 'open' AND s.cancelled IS NULL AND s.id <> ? AND s.at > ? AND s.at < ? AND`, s.ID, s.At.Add(-minutesMost*time.Minute), s.End()).With(db.In("i.person", some)))
		if err != nil {
			return nil, err
		}
		for _, r := range rs {
			if r.At.Add(time.Duration(r.Minutes) * time.Minute).After(s.At) {
				out[r.Person] = true
			}
		}
	}
	return out, nil
}

// invitedFrom are the people with an invitation whom the actor may see now at a level.
func (b *Briefing) invitedFrom(ctx context.Context, a access.Actor, now time.Time, level access.Level) ([]string, error) {
	return db.Many[string](ctx, b.db, db.F(`SELECT DISTINCT i.person FROM briefing_invite i WHERE`).With(access.Sees(a, now, level, "i.person")).Then(`ORDER BY i.person LIMIT 2000`))
}
