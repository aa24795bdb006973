package interview

// This file holds the SQL of interviews, of their story and of what a team set for itself.

import (
	"context"
	"embed"
	"strconv"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Interviews is the capability.
type Interviews struct {
	db     *db.DB
	org    *organisation.Store
	files  *dossier.Files
	works  Workday
	events dossier.Events
	news   dossier.News
}

// New makes the capability. The days on which people work and what happens in procedures are lent by others.
func New(d *db.DB, org *organisation.Store, files *dossier.Files, works Workday, events dossier.Events) *Interviews {
	return &Interviews{db: d, org: org, files: files, works: works, events: events}
}

// LendNews gives it who is told that an interview was planned, moved or called off.
func (x *Interviews) LendNews(n dossier.News) { x.news = n }

func interviewPlace(id string) string { return "interview_interview.body/" + id }
func reportPlace(r Report) string {
	return "interview_report.body/" + r.Interview + "/" + strconv.Itoa(int(r.Version))
}
func sendingPlace(id string) string    { return "interview_sending.body/" + id }
func correctionPlace(id string) string { return "interview_correction.body/" + id }
func concernPlace(id string) string    { return "interview_concern.body/" + id }
func eventPlace(id string) string      { return "interview_event.body/" + id }

const interviewColumns = `SELECT i.id, i.person, i.team, i.kind, i.state, i.track, i.day, i.hour, i.minutes, i.site, i.company, i.due, i.reported, i.received, i.event, i.made_by, i.at, i.version, i.body FROM interview_interview i`

func interviews(ctx context.Context, q db.Q, k privacy.Key, f db.Frag) ([]Interview, error) {
	is, err := db.Many[Interview](ctx, q, f)
	return privacy.OpenAll(k, is, err, func(x *Interview) (string, []byte, any) { return interviewPlace(x.ID), x.Body, &x.What })
}

// interviewsOf are all interviews of a person: what comes first, what has no day yet, and then what was, newest first.
func interviewsOf(ctx context.Context, q db.Q, f dossier.File) ([]Interview, error) {
	return web.OnPage(ctx, "interview.of."+f.ID(), func() ([]Interview, error) {
		return interviews(ctx, q, f.Key(), db.F(interviewColumns).Then(`WHERE i.person = ? ORDER BY CASE i.state WHEN 'planned' THEN 0 ELSE 1 END, COALESCE(i.day, '9999'), i.at, i.id`, f.ID()))
	})
}

// interview is one interview of this person; another's is not there.
func interview(ctx context.Context, q db.Q, f dossier.File, id string) (Interview, error) {
	return db.First(interviews(ctx, q, f.Key(), db.F(interviewColumns).Then(`WHERE i.person = ? AND i.id = ?`, f.ID(), id)))
}

// interviewsMost is how many interviews one person may have: far more than anybody has.
const interviewsMost = 60

func errMany(err error) error {
	if err == nil {
		err = fault.New(fault.Invalid, "interview.error.many")
	}
	return err
}

// add writes a new interview and tells its id.
func (x *Interviews) add(ctx context.Context, tx *db.Tx, f dossier.File, i Interview) (string, error) {
	if n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM interview_interview WHERE person = ?`, f.ID())); err != nil || n >= interviewsMost {
		return "", errMany(err)
	}
	set, err := setting(ctx, tx, f.Team())
	if err != nil {
		return "", err
	}
	i.ID, i.Person, i.Team, i.State, i.MadeBy, i.At, i.Version = db.ID("iv", tx.Now), f.ID(), f.Team(), Planned, f.Who().ID, tx.Now, 1
	i.Due = set.due(i, x.works)
	if err := putInterview(ctx, tx, f.Key(), i); err != nil {
		return "", err
	}
	if err := tell(ctx, tx, f, i.ID, didPlan, Details{Day: i.Day, Hour: i.Hour}); err != nil {
		return "", err
	}
	if err := x.news.Tell(ctx, tx, f.ID()); err != nil {
		return "", err
	}
	return i.ID, f.Log(ctx, tx, "interview.event.changed", i.ID)
}

func putInterview(ctx context.Context, tx *db.Tx, k privacy.Key, i Interview) error {
	body, err := privacy.SealJSON(k, interviewPlace(i.ID), i.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO interview_interview (id, person, team, kind, state, track, day, hour, minutes, site, company, due, reported, received, event, made_by, at, version, body) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		i.ID, i.Person, i.Team, i.Kind, i.State, i.Track, i.Day, i.Hour, i.Minutes, i.Site, i.Company, i.Due, i.Reported, i.Received, i.Event, i.MadeBy, i.At, i.Version, body))
	return err
}

// change writes how an interview stands now. What is no longer as it was on the screen is a conflict. A day that moved moves
// our own term, and with it the grants of who goes along.
func (x *Interviews) change(ctx context.Context, tx *db.Tx, f dossier.File, was, i Interview, did string, d Details) error {
	if i.Day != was.Day || i.Company != was.Company {
		set, err := setting(ctx, tx, was.Team)
		if err != nil {
			return err
		}
		i.Due = set.due(i, x.works)
	}
	body, err := privacy.SealJSON(f.Key(), interviewPlace(was.ID), i.What)
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE interview_interview SET kind = ?, state = ?, track = ?, day = ?, hour = ?, minutes = ?, site = ?, company = ?, due = ?, reported = ?, received = ?, event = ?, version = version + 1, body = ? WHERE id = ? AND person = ? AND version = ?`,
		i.Kind, i.State, i.Track, i.Day, i.Hour, i.Minutes, i.Site, i.Company, i.Due, i.Reported, i.Received, i.Event, body, was.ID, f.ID(), was.Version))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "interview.error.version")
	}
	if err != nil {
		return err
	}
	if i.Day != was.Day || i.Due != was.Due || (i.State == Cancelled) != (was.State == Cancelled) {
		if err := x.regrant(ctx, tx, f, i); err != nil {
			return err
		}
	}
	if err := tell(ctx, tx, f, was.ID, did, d); err != nil {
		return err
	}
	if i.Day != was.Day || i.Hour != was.Hour || i.Site != was.Site || (i.State == Cancelled) != (was.State == Cancelled) {
		if err := x.news.Tell(ctx, tx, f.ID()); err != nil {
			return err
		}
	}
	return f.Log(ctx, tx, "interview.event.changed", was.ID)
}

// Event is one line of the story of an interview.
type Event struct {
	ID        string
	Interview string
	Person    string
	Kind      string
	MadeBy    string
	At        time.Time
	Body      []byte  `json:"-"`
	What      Details `db:"-"`
}

// Details are what is sealed of a line.
type Details struct {
	Day       clock.Date `json:"day,omitzero"`
	Hour      string     `json:"hour,omitempty"`
	Colleague string     `json:"colleague,omitempty"`
	Object    string     `json:"object,omitempty"`
	To        string     `json:"to,omitempty"`
	N         int        `json:"n,omitempty"`
	// How it was before it was changed: nothing is lost.
	Plan *Plan           `json:"plan,omitempty"`
	Text *CorrectionText `json:"text,omitempty"`
}

// What happens to an interview.
const (
	didPlan      = "planned"
	didChange    = "changed"
	didMove      = "moved" // another day or hour
	didHold      = "held"
	didReopen    = "reopened" // back to where it was before
	didClose     = "closed"
	didCancel    = "cancelled"
	didAsk       = "asked"
	didYes       = "said_yes"
	didNo        = "said_no"
	didCannot    = "said_cannot"
	didRelease   = "released"
	didPrepare   = "prepared"
	didReport    = "reported"
	didReceive   = "received"
	didTrack     = "tracked" // the procedure heard of it later
	didCorrect   = "corrected"
	didRecorrect = "recorrected"
	didUncorrect = "uncorrected"
	didSend      = "sent"
	didConcern   = "concerned"
	didUnconcern = "unconcerned"
	didOffer     = "offered"
)

func tell(ctx context.Context, tx *db.Tx, f dossier.File, about, kind string, d Details) error {
	return putEvent(ctx, tx, f.Key(), Event{ID: db.ID("ie", tx.Now), Interview: about, Person: f.ID(), Kind: kind, MadeBy: f.Who().ID, At: tx.Now, What: d})
}

func putEvent(ctx context.Context, tx *db.Tx, k privacy.Key, e Event) error {
	body, err := privacy.SealJSON(k, eventPlace(e.ID), e.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO interview_event (id, interview, person, kind, made_by, at, body) VALUES (?,?,?,?,?,?,?)`, e.ID, e.Interview, e.Person, e.Kind, e.MadeBy, e.At, body))
	return err
}

func events(ctx context.Context, q db.Q, k privacy.Key, where db.Frag) ([]Event, error) {
	es, err := db.Many[Event](ctx, q, db.F(`SELECT id, interview, person, kind, made_by, at, body FROM interview_event WHERE`).With(where))
	return privacy.OpenAll(k, es, err, func(x *Event) (string, []byte, any) { return eventPlace(x.ID), x.Body, &x.What })
}

// story is what happened to one interview, newest first.
func story(ctx context.Context, q db.Q, f dossier.File, id string) ([]Event, error) {
	return events(ctx, q, f.Key(), db.F(`person = ? AND interview = ? ORDER BY at DESC, id DESC LIMIT 300`, f.ID(), id))
}

// setting is what a team agreed on; the usual until it did.
func setting(ctx context.Context, q db.Q, team string) (Setting, error) {
	s, err := db.One[Setting](ctx, q, db.F(`SELECT team, report, ahead, changed, changed_by FROM interview_setting WHERE team = ?`, team))
	if fault.Is(err, fault.NotFound) {
		return usual(team), nil
	}
	return s, err
}

// set keeps what a team agreed on. It holds for what is planned or moved from now on: a grant that was given keeps its end.
func (x *Interviews) set(ctx context.Context, tx *db.Tx, a access.Actor, s Setting) error {
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO interview_setting (team, report, ahead, changed, changed_by) VALUES (?,?,?,?,?)
		ON CONFLICT (team) DO UPDATE SET report = excluded.report, ahead = excluded.ahead, changed = excluded.changed, changed_by = excluded.changed_by`,
		s.Team, s.Report, s.Ahead, tx.Now, a.ID)); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "interview.event.set", Actor: a.ID, ActorKind: string(a.Kind), Place: s.Team, Session: a.Session})
}
