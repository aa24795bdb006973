package briefing

// This file is what voorlichting gives when a person asks for everything, and what it erases.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// interpreterKept is how long it stays known who interpreted: for questions about the session, and no longer.
var interpreterKept = privacy.Class{Name: "briefing.keeps.interpreter", Tables: []string{"briefing_interpreter"}, From: privacy.LastTouched, Days: 90, Assumed: true, Job: "briefing.sweep"}

// Exported is what stands here of one person.
type Exported struct {
	Invitations []ExportedInvite `json:"invitations"`
}

// ExportedInvite is one invitation with its session and its story.
type ExportedInvite struct {
	Invite
	At       string        `json:"at"`
	Language string        `json:"language"`
	Where    string        `json:"location"`
	Subjects []string      `json:"subjects"` // what was told
	Story    []ExportedAct `json:"story"`
}

// ExportedAct is one thing that happened to an invitation; Before is what stood there until then.
type ExportedAct struct {
	ID     string
	Kind   string
	At     time.Time
	MadeBy string
	Body   []byte `json:"-"`
	Before Said   `db:"-"`
}

// Keeper exports and erases what stands here of a person. Sessions and what is told name nobody; they stay.
func (b *Briefing) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "briefing",
		Keeps: []privacy.Class{
			{Name: "briefing.keeps.invite", Tables: []string{"briefing_invite", "briefing_act"}, From: privacy.LastContact, Days: 730, Assumed: true},
			interpreterKept,
		},
		Export: export, Erase: erase}
}

func export(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
	k, err := vault.Key(ctx, subject)
	if err != nil {
		return nil, err
	}
	is, err := db.Many[Invite](ctx, q, db.F(`SELECT `+inviteColumns+` FROM briefing_invite WHERE person = ? ORDER BY made, id`, subject))
	is, err = privacy.OpenAll(k, is, err, func(i *Invite) (string, []byte, any) { return invitePlace(i.ID), i.Body, &i.Said })
	if err != nil {
		return nil, err
	}
	type actRow struct {
		ExportedAct
		Invite string
	}
	as, err := db.Many[actRow](ctx, q, db.F(`SELECT id, invite, kind, at, made_by, body FROM briefing_act WHERE person = ? ORDER BY at, id`, subject))
	as, err = privacy.OpenAll(k, as, err, func(a *actRow) (string, []byte, any) { return actPlace(a.ID), a.Body, &a.Before })
	if err != nil {
		return nil, err
	}
	var out Exported
	for _, i := range is {
		s, err := session(ctx, q, i.Session)
		if err != nil {
			return nil, err
		}
		subs, err := subjects(ctx, q, []string{s.ID})
		if err != nil {
			return nil, err
		}
		i.Body = nil
		x := ExportedInvite{Invite: i, At: s.At.UTC().Format(time.RFC3339), Language: s.Language, Where: s.Location}
		for _, t := range subs[s.ID] {
			if t.Told && i.State == Open && (Heard(i.Came) || i.Came == "left") {
				x.Subjects = append(x.Subjects, t.Topic+" v"+version(t.Version))
			}
		}
		for _, a := range as {
			if a.Invite == i.ID {
				a.Body = nil
				x.Story = append(x.Story, a.ExportedAct)
			}
		}
		out.Invitations = append(out.Invitations, x)
	}
	return out, nil
}

// erase forgets a person. The counts of closed sessions stay: they name nobody.
func erase(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx, db.F(`DELETE FROM briefing_act WHERE person = ?`, subject), db.F(`DELETE FROM briefing_invite WHERE person = ?`, subject))
	return err
}
