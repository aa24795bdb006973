package feedback

// This file is what feedback lends: its places on Vandaag and on the person's first page, its job, and how what stands here is
// kept, exported and erased.

import (
	"context"
	"embed"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of this capability.
//
//go:embed text/*.json
var Texts embed.FS

// Panels are for Vandaag: complaints by what is due first, and what the team has not read yet.
func (f *Feedback) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 16, Show: f.todayComplaints}, {Place: "today", Order: 62, Show: f.todayHeard}}
}

// todayShown is how many complaints Vandaag shows.
const todayShown = 5

func (f *Feedback) todayComplaints(v *web.Visit) (ui.Part, error) {
	if !mayHandle.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	cs, err := f.handled(v.Ctx(), v.Actor, v.Now, true)
	n := len(cs)
	if err != nil || n == 0 {
		return ui.Part{}, err
	}
	rows, err := f.complaintRows(v, cs[:min(n, todayShown)])
	if err != nil {
		return ui.Part{}, err
	}
	return ui.Part{Body: partComplaints(rows), Count: n, Say: lang.T(v.Ctx(), "feedback.say.complaints", "n", n, "word", lang.Words(v.Ctx(), n))}, nil
}

func (f *Feedback) todayHeard(v *web.Visit) (ui.Part, error) {
	if !mayHear.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ctx := v.Ctx()
	ts, err := f.teams(v)
	if err != nil {
		return ui.Part{}, err
	}
	notes, err := f.unread(ctx, v.Actor, v.Now, teamIDs(ts))
	if err != nil {
		return ui.Part{}, err
	}
	offers := 0
	if mayInvite.Allows(v.Actor) {
		if offers, err = f.openOffers(ctx, v.Actor.At(access.Lead, access.Team)); err != nil {
			return ui.Part{}, err
		}
	}
	var rows []ui.RowP
	if notes > 0 {
		rows = append(rows, ui.RowP{Href: v.URL("feedback.notes"), Title: lang.T(ctx, "feedback.today.notes", "n", notes)})
	}
	if offers > 0 {
		rows = append(rows, ui.RowP{Href: v.URL("feedback.offers"), Title: lang.T(ctx, "feedback.today.offers", "n", offers)})
	}
	if len(rows) == 0 {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partHeard(rows), Count: notes + offers}, nil
}

// FilePanels is the way to all this on the person's own first page.
func (f *Feedback) FilePanels() []dossier.Panel {
	return []dossier.Panel{{Place: "home", Order: 90, Show: func(*web.Visit, dossier.File) (ui.Part, error) { return ui.Part{Body: partHome()}, nil }}}
}

// Jobs is the work that runs by itself.
func (f *Feedback) Jobs() []web.Job {
	return []web.Job{{Name: "feedback.sweep", Every: 24 * time.Hour, Run: f.sweep}}
}

var (
	notesKept      = privacy.Class{Name: "feedback.keeps.note", Tables: []string{"feedback_note", "feedback_voice"}, From: privacy.LastTouched, Days: 365, Assumed: true, Job: "feedback.sweep"}
	complaintsKept = privacy.Class{Name: "feedback.keeps.complaint", Tables: []string{"feedback_complaint", "feedback_step"}, From: privacy.LastTouched, Days: 730, Assumed: true, Job: "feedback.sweep"}
	offersKept     = privacy.Class{Name: "feedback.keeps.offer", Tables: []string{"feedback_offer"}, From: privacy.LastTouched, Days: 365, Assumed: true, Job: "feedback.sweep"}
)

// sweep removes what has had its time. A complaint that was not decided stays, however old.
func (f *Feedback) sweep(ctx context.Context, now time.Time) error {
	var all int64
	err := f.db.Tx(ctx, func(tx *db.Tx) error {
		over := clock.Today(complaintsKept.Before(now))
		n, err := db.DoAll(ctx, tx,
			db.F(`DELETE FROM feedback_note WHERE day <= ?`, clock.Today(notesKept.Before(now))),
			db.F(`DELETE FROM feedback_offer WHERE done IS NOT NULL AND done <= ?`, offersKept.Before(now)),
			db.F(`DELETE FROM feedback_step WHERE complaint IN (SELECT id FROM feedback_complaint WHERE decided IS NOT NULL AND decided <= ?)`, over),
			db.F(`DELETE FROM feedback_complaint WHERE decided IS NOT NULL AND decided <= ?`, over),
		)
		if err != nil {
			return err
		}
		m, err := sweepVoices(ctx, tx, now)
		all += n + m
		return err
	})
	if err != nil || all == 0 {
		return err
	}
	return f.db.Scrub(ctx)
}

// Exported is what stands here of one person. What they said without a name is nobody's, and so not among it.
type Exported struct {
	Notes      []ExportedNote      `json:"opinions"`
	Complaints []ExportedComplaint `json:"complaints"`
	Offers     []ExportedOffer     `json:"offers"`
	Voices     []ExportedVoice     `json:"files,omitempty"`
}

// ExportedNote is one opinion.
type ExportedNote struct {
	Day   clock.Date `json:"day"`
	How   string     `json:"how"`
	About string     `json:"about"`
	Text  string     `json:"text"`
}

// ExportedVoice is what was said aloud with an opinion or a complaint of that day.
type ExportedVoice struct {
	Day     clock.Date `json:"day"`
	Type    string     `json:"type"`
	Content []byte     `json:"content"`
}

// ExportedComplaint is one complaint with its steps.
type ExportedComplaint struct {
	Day     clock.Date     `json:"day"`
	Subject string         `json:"subject"`
	Text    string         `json:"text"`
	Decide  clock.Date     `json:"decideBy"`
	Outcome string         `json:"outcome"`
	Steps   []ExportedStep `json:"steps"`
}

// ExportedStep is one step of a complaint.
type ExportedStep struct {
	At   time.Time `json:"at"`
	Step string    `json:"step"`
	Text string    `json:"text"`
}

// ExportedOffer is one offer to join in.
type ExportedOffer struct {
	At time.Time `json:"at"`
	Said
}

// Keeper exports and erases what stands here of a person.
func (f *Feedback) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "feedback", Keeps: []privacy.Class{notesKept, complaintsKept, offersKept}, Export: export, Erase: erase}
}

func export(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
	k, err := vault.Key(ctx, subject)
	if err != nil {
		return nil, err
	}
	var out Exported
	ns, err := db.Many[Note](ctx, q, db.F(noteColumns).Then(`WHERE n.person = ? ORDER BY n.day, n.id`, subject))
	if err != nil {
		return nil, err
	}
	for _, n := range ns {
		x := ExportedNote{Day: n.Day, How: n.Feel, About: n.About}
		if n.Body != nil {
			b, err := k.Open(notePlace(n.ID), n.Body)
			if err != nil {
				return nil, err
			}
			x.Text = string(b)
		}
		out.Notes = append(out.Notes, x)
	}
	cs, err := ownComplaints(ctx, q, subject)
	if err != nil {
		return nil, err
	}
	for _, c := range cs {
		if err := openComplaint(k, &c); err != nil {
			return nil, err
		}
		ss, err := steps(ctx, q, k, c.ID)
		if err != nil {
			return nil, err
		}
		x := ExportedComplaint{Day: c.Day, Subject: c.Subject, Text: c.Text, Decide: c.Decide, Outcome: c.Outcome}
		for _, s := range ss {
			x.Steps = append(x.Steps, ExportedStep{s.At, s.Kind, s.Text})
		}
		out.Complaints = append(out.Complaints, x)
	}
	if out.Voices, err = exportVoices(ctx, q, k, subject); err != nil {
		return nil, err
	}
	os, err := db.Many[Offer](ctx, q, db.F(offerColumns).Then(`WHERE person = ? ORDER BY at, id`, subject))
	if err != nil {
		return nil, err
	}
	for _, o := range os {
		if err := openOffer(k, &o); err != nil {
			return nil, err
		}
		out.Offers = append(out.Offers, ExportedOffer{o.At, o.Said})
	}
	return out, nil
}

func erase(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx,
		db.F(`DELETE FROM feedback_voice WHERE person = ?`, subject),
		db.F(`DELETE FROM feedback_step WHERE complaint IN (SELECT id FROM feedback_complaint WHERE person = ?)`, subject),
		db.F(`DELETE FROM feedback_complaint WHERE person = ?`, subject),
		db.F(`DELETE FROM feedback_note WHERE person = ?`, subject),
		db.F(`DELETE FROM feedback_offer WHERE person = ?`, subject),
	)
	return err
}
