package handover

// This file holds the SQL of offers: making one, taking it up, answering it, and taking it back.

import (
	"context"
	"embed"
	"slices"
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

// Handover is the capability.
type Handover struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	files *dossier.Files
	lent  []organisation.Charges
}

// New makes it.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files) *Handover {
	return &Handover{db: d, vault: v, org: org, files: files}
}

// LendCharges hands over which work belongs to no file and is somebody's to mind all the same; the app calls it once.
func (h *Handover) LendCharges(cs []organisation.Charges) { h.lent = cs }

func notePlace(id string) string { return "handover_offer.note/" + id }
func reasonPlace(offer, work, task string) string {
	return "handover_answer.reason/" + offer + "/" + work + "/" + task
}

const offerColumns = `SELECT o.id, o.person, o.giver, o.to_kind, o.to_id, o.taker, o.team, o.location, o.note, o.before, o.made, o.made_by, o.state, o.ended, o.ended_by, o.had, o.seen FROM handover_offer o`

func offer(ctx context.Context, q db.Q, id string) (Offer, error) {
	return db.One[Offer](ctx, q, db.F(offerColumns).Then(`WHERE o.id = ?`, id))
}

// note writes what happened to an offer into the log.
func note(ctx context.Context, tx *db.Tx, by access.Actor, event string, o Offer, whom string) error {
	role := ""
	for _, r := range []access.Role{access.Legal, access.Case, access.Lead, access.Region, access.Admin} {
		if role == "" && by.Has(r) {
			role = string(r)
		}
	}
	return audit.Append(ctx, tx, audit.Entry{Event: event, Subject: o.Person, Actor: by.ID, ActorKind: string(by.Kind), Role: role, OnBehalf: whom, Place: o.Team, Object: o.ID, Session: by.Session})
}

// give writes an offer. Of one file of one giver one offer is open at a time. Who it is offered to may read the file, for as
// long as the offer may be open.
func (h *Handover) give(ctx context.Context, tx *db.Tx, by access.Actor, o Offer, text string) (string, error) {
	o.ID, o.Made, o.State, o.MadeBy = db.ID("ho", tx.Now), tx.Now, Open, by.ID
	var err error
	if o.Team, o.Location, err = h.files.Place(ctx, tx, o.Person); err != nil {
		return "", err
	}
	if text != "" {
		k, err := h.vault.Key(ctx, o.Person)
		if err != nil {
			return "", err
		}
		o.Note = k.Seal(notePlace(o.ID), []byte(text))
	}
	if o.ToKind == "colleague" {
		o.Taker = o.ToID
	}
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM handover_offer WHERE person = ? AND giver = ? AND state = 'open'`, o.Person, o.Giver))
	if err == nil && n > 0 {
		err = fault.New(fault.Conflict, "handover.error.already")
	}
	if err != nil {
		return "", err
	}
	if err := putOffer(ctx, tx, o); err != nil {
		return "", err
	}
	if o.Taker != "" {
		if err := mayRead(ctx, tx, o); err != nil {
			return "", err
		}
	}
	return o.ID, note(ctx, tx, by, "handover.event.offered", o, o.Taker)
}

func putOffer(ctx context.Context, tx *db.Tx, o Offer) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO handover_offer (id, person, giver, to_kind, to_id, taker, team, location, note, before, made, made_by, state, ended_by, had) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,'',FALSE)`,
		o.ID, o.Person, o.Giver, o.ToKind, o.ToID, o.Taker, o.Team, o.Location, o.Note, o.Before, o.Made, o.MadeBy, o.State))
	return err
}

// mayRead lets the one who answers an offer read the file.
func mayRead(ctx context.Context, tx *db.Tx, o Offer) error {
	_, err := access.Give(ctx, tx, access.Grant{Subject: o.Person, Holder: "user:" + o.Taker, Why: access.Offered, Level: access.File, GivenBy: o.MadeBy, Place: o.Team,
		Until: o.Made.AddDate(0, 0, LapseDays)})
	return err
}

// take takes up an offer to a team or a region. Who comes second meets a conflict.
func (h *Handover) take(ctx context.Context, tx *db.Tx, by access.Actor, o Offer) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE handover_offer SET taker = ? WHERE id = ? AND state = 'open' AND taker = ''`, by.ID, o.ID))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "handover.error.taken")
	}
	if err != nil {
		return err
	}
	o.Taker = by.ID
	if err := mayRead(ctx, tx, o); err != nil {
		return err
	}
	return note(ctx, tx, by, "handover.event.taken", o, "")
}

// settle ends an open offer. An answer of two at once counts for the first.
func settle(ctx context.Context, tx *db.Tx, by access.Actor, o Offer, state string, had bool) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE handover_offer SET state = ?, ended = ?, ended_by = ?, had = ? WHERE id = ? AND state = 'open' AND taker = ?`, state, tx.Now, by.ID, had, o.ID, o.Taker))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "handover.error.changed")
	}
	if err != nil || o.Taker == "" {
		return err
	}
	return access.EndHeld(ctx, tx, o.Person, "user:"+o.Taker, access.Offered)
}

// refuse gives an offer back, with the reasons. Everything stays with the giver.
func (h *Handover) refuse(ctx context.Context, tx *db.Tx, by access.Actor, k privacy.Key, o Offer, ls []Line) error {
	if err := settle(ctx, tx, by, o, Refused, false); err != nil {
		return err
	}
	if err := putAnswers(ctx, tx, k, o, ls); err != nil {
		return err
	}
	return note(ctx, tx, by, "handover.event.refused", o, o.Giver)
}

// withdraw takes an offer back before it was answered.
func (h *Handover) withdraw(ctx context.Context, tx *db.Tx, by access.Actor, o Offer) error {
	if err := settle(ctx, tx, by, o, Withdrawn, false); err != nil {
		return err
	}
	return note(ctx, tx, by, "handover.event.withdrawn", o, o.Taker)
}

// accept moves a file. What has come to it since the list was read is not accepted, so then nothing moves.
func (h *Handover) accept(ctx context.Context, tx *db.Tx, by access.Actor, k privacy.Key, o Offer, ls []Line, to place) error {
	held, err := h.files.Helpers(ctx, tx, o.Person, tx.Now)
	if err != nil {
		return err
	}
	now, err := h.files.OpenWork(ctx, tx, o.Giver, o.Person, tx.Now)
	if err != nil {
		return err
	}
	for work, ts := range now {
		for _, t := range ts {
			if !slices.ContainsFunc(ls, func(l Line) bool { return l.Work == work && l.ID == t.ID && l.Answer == "yes" }) {
				return fault.New(fault.Conflict, "handover.error.changed")
			}
		}
	}
	if err := settle(ctx, tx, by, o, Accepted, slices.Contains(held, o.Taker)); err != nil {
		return err
	}
	if err := putAnswers(ctx, tx, k, o, ls); err != nil {
		return err
	}
	if err := h.files.HandOver(ctx, tx, dossier.Handing{Person: o.Person, From: o.Giver, To: o.Taker, Team: to.Team, Location: to.Location, By: by, Key: k}); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE handover_fallen SET settled = ? WHERE person = ? AND heir = ? AND settled IS NULL`, tx.Now, o.Person, o.Giver)); err != nil {
		return err
	}
	return note(ctx, tx, by, "handover.event.accepted", o, o.Giver)
}

// undo brings a file back to who gave it away: all that came along, and when the taker had nothing to do with the file
// before, all that came after it too.
func (h *Handover) undo(ctx context.Context, tx *db.Tx, by access.Actor, o Offer) error {
	if !o.Undoable(tx.Now) {
		return fault.New(fault.Conflict, "handover.error.late")
	}
	c, posts, err := organisation.Standing(ctx, tx, o.Giver, tx.Now)
	if err != nil {
		return err
	}
	if !c.Works(tx.Now) || len(posts) == 0 {
		return fault.New(fault.Conflict, "handover.error.gone")
	}
	held, err := h.files.Helpers(ctx, tx, o.Person, tx.Now)
	if err != nil {
		return err
	}
	if !slices.Contains(held, o.Taker) {
		return fault.New(fault.Conflict, "handover.error.further")
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE handover_offer SET state = 'undone', ended = ?, ended_by = ? WHERE id = ? AND state = 'accepted'`, tx.Now, by.ID, o.ID))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "handover.error.changed")
	}
	if err != nil {
		return err
	}
	back := dossier.Handing{Person: o.Person, From: o.Taker, To: o.Giver, Team: o.Team, Location: o.Location, By: by}
	if !o.Had {
		if err := h.files.HandOver(ctx, tx, back); err != nil {
			return err
		}
		return note(ctx, tx, by, "handover.event.undone", o, o.Giver)
	}
	if back.Only, err = db.Many[string](ctx, tx, db.F(`SELECT task FROM handover_answer WHERE offer = ? AND yes = TRUE`, o.ID)); err != nil {
		return err
	}
	if back.Only == nil {
		back.Only = []string{}
	}
	if err := h.files.MoveWork(ctx, tx, back); err != nil {
		return err
	}
	if err := h.files.Assign(ctx, tx, o.Person, o.Team, o.Giver, by, o.Team); err != nil {
		return err
	}
	return note(ctx, tx, by, "handover.event.undone", o, o.Giver)
}

// Work is no work of its own: it ends what somebody offered of a file that they no longer have.
func (h *Handover) Work() []dossier.Work {
	return []dossier.Work{{Name: "handover.title",
		Open: func(context.Context, db.Q, string, string, time.Time) ([]dossier.Task, error) { return nil, nil },
		Tell: func(*web.Visit, dossier.File, []dossier.Task) error { return nil },
		Move: func(ctx context.Context, tx *db.Tx, x dossier.Handing) error {
			if x.Only != nil {
				return nil
			}
			return h.lapseOf(ctx, tx, x.By, x.Person, x.From)
		}}}
}

// lapseOf ends the open offers that somebody made of a file, when they no longer have it.
func (h *Handover) lapseOf(ctx context.Context, tx *db.Tx, by access.Actor, person, giver string) error {
	os, err := db.Many[Offer](ctx, tx, db.F(offerColumns).Then(`WHERE o.person = ? AND o.giver = ? AND o.state = 'open'`, person, giver))
	if err != nil {
		return err
	}
	for _, o := range os {
		if err := settle(ctx, tx, by, o, Lapsed, false); err != nil {
			return err
		}
	}
	return nil
}

func putAnswers(ctx context.Context, tx *db.Tx, k privacy.Key, o Offer, ls []Line) error {
	for _, l := range ls {
		var reason any
		if l.Reason != "" {
			reason = k.Seal(reasonPlace(o.ID, l.Work, l.ID), []byte(l.Reason))
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO handover_answer (offer, person, work, task, kind, due, yes, reason) VALUES (?,?,?,?,?,?,?,?)`,
			o.ID, o.Person, l.Work, l.ID, l.Kind, l.Due, l.Answer == "yes", reason)); err != nil {
			return err
		}
	}
	return nil
}

// Answered is what was said of one piece of work.
type Answered struct {
	Offer, Work, Task, Kind string
	Due                     clock.Date
	Yes                     bool
	Reason                  []byte `json:"-"`
	Why                     string `db:"-"`
}

// answers are what was said of an offer.
func answers(ctx context.Context, q db.Q, k privacy.Key, offer string) ([]Answered, error) {
	as, err := db.Many[Answered](ctx, q, db.F(`SELECT offer, work, task, kind, due, yes, reason FROM handover_answer WHERE offer = ? ORDER BY work, task`, offer))
	for i := range as {
		if err == nil && len(as[i].Reason) > 0 {
			var b []byte
			if b, err = k.Open(reasonPlace(offer, as[i].Work, as[i].Task), as[i].Reason); err == nil {
				as[i].Why = string(b)
			}
		}
	}
	return as, err
}

// text opens the note of an offer.
func (o Offer) text(k privacy.Key) (string, error) {
	if len(o.Note) == 0 {
		return "", nil
	}
	b, err := k.Open(notePlace(o.ID), o.Note)
	return string(b), err
}

// place is where a file is worked on.
type place struct{ Team, Location string }

// reach is for which teams and regions somebody may take up what was offered to them.
type reach struct{ Teams, Regions []string }

// reachOf follows from the posts in which somebody has files.
func (h *Handover) reachOf(ctx context.Context, a access.Actor) (reach, error) {
	var r reach
	for _, p := range a.Posts {
		if p.Role != access.Case && p.Role != access.Legal {
			continue
		}
		w, err := h.org.Where(ctx, p.Scope)
		if err != nil {
			return r, err
		}
		if w.Team != "" && !slices.Contains(r.Teams, w.Team) {
			r.Teams = append(r.Teams, w.Team)
		}
		if w.Region != "" && !slices.Contains(r.Regions, w.Region) {
			r.Regions = append(r.Regions, w.Region)
		}
	}
	return r, nil
}

// covers says whether an offer that nobody took up is for somebody with this reach.
func (r reach) covers(o Offer) bool {
	return o.ToKind == "team" && slices.Contains(r.Teams, o.ToID) || o.ToKind == "region" && slices.Contains(r.Regions, o.ToID)
}

// toMe are the open offers that somebody has to answer, or may take up; the oldest first.
func (h *Handover) toMe(ctx context.Context, q db.Q, a access.Actor, r reach, n int) ([]Offer, error) {
	return db.Many[Offer](ctx, q, db.F(offerColumns).Then(`WHERE o.state = 'open' AND o.giver <> ? AND (o.taker = ? OR o.taker = '' AND (o.to_kind = 'team' AND`, a.ID, a.ID).With(db.In("o.to_id", r.Teams)).
		Then(`OR o.to_kind = 'region' AND`).With(db.In("o.to_id", r.Regions)).Then(`)) ORDER BY o.made, o.id LIMIT ?`, n))
}

// ofMine are the offers somebody made that are open, came back and were not seen, or were taken over since an instant; the
// newest first.
func ofMine(ctx context.Context, q db.Q, a access.Actor, since time.Time, n int) ([]Offer, error) {
	return db.Many[Offer](ctx, q, db.F(offerColumns).Then(`WHERE o.giver = ? AND (o.state = 'open' OR o.state IN ('refused','lapsed') AND o.seen IS NULL OR o.state = 'accepted' AND o.ended > ?) ORDER BY o.made DESC, o.id DESC LIMIT ?`,
		a.ID, since, n))
}

// waiting are the open offers in some teams that were made before an instant, or wanted before a day.
func waiting(ctx context.Context, q db.Q, teams []string, made time.Time, today clock.Date, n int) ([]Offer, error) {
	return db.Many[Offer](ctx, q, db.F(offerColumns).Then(`WHERE o.state = 'open' AND`).With(db.In("o.team", teams)).
		Then(`AND (o.made < ? OR o.before < ?) ORDER BY o.made, o.id LIMIT ?`, made, today, n))
}

// done are the handovers in some teams that can still be taken back.
func done(ctx context.Context, q db.Q, teams []string, since time.Time, n int) ([]Offer, error) {
	return db.Many[Offer](ctx, q, db.F(offerColumns).Then(`WHERE o.state = 'accepted' AND o.ended > ? AND`, since).With(db.In("o.team", teams)).Then(`ORDER BY o.ended DESC, o.id DESC LIMIT ?`, n))
}

// lapse gives back what nobody answered for too long. It is a job.
func (h *Handover) lapse(ctx context.Context, now time.Time) error {
	os, err := db.Many[Offer](ctx, h.db, db.F(offerColumns).Then(`WHERE o.state = 'open' AND o.made <= ? ORDER BY o.id LIMIT 500`, now.AddDate(0, 0, -LapseDays)))
	if err != nil {
		return err
	}
	for _, o := range os {
		err := h.db.Tx(ctx, func(tx *db.Tx) error {
			if err := settle(ctx, tx, machine, o, Lapsed, false); err != nil {
				return err
			}
			return note(ctx, tx, machine, "handover.event.lapsed", o, o.Giver)
		})
		if err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return nil
}

// machine is who acts in a job.
var machine = access.Actor{Kind: access.Machine, ID: "system"}
