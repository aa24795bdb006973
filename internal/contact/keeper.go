package contact

// This file is what the contacts give when a person asks for everything, and what they erase.

import (
	"context"
	"net/url"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// Earlier is a version of a contact that was corrected.
type Earlier struct {
	Moment  string
	Version int64
	Visible string
	Body    []byte
	What    Body `db:"-"`
}

// draftsKept is how long a note that nobody finished waits.
var draftsKept = privacy.Class{Name: "contact.keeps.draft", Tables: []string{"contact_draft"}, From: privacy.LastTouched, Days: 30, Assumed: true, Job: "contact.sweep"}

// Keeper exports and erases what stands here of a person.
func (c *Contact) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "contact",
		Keeps: []privacy.Class{
			{Name: "contact.keeps.talk", Tables: []string{"contact_moment", "contact_moment_version", "contact_promise", "contact_appointment", "contact_visit"}, From: privacy.LastContact, Days: 730, Assumed: true},
			draftsKept,
		},
		Export: export, Erase: erase}
}

func export(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
	k, err := vault.Key(ctx, subject)
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	ms, err := db.Many[Moment](ctx, q, db.F(`SELECT `+momentColumns+` FROM contact_moment WHERE person = ? ORDER BY at, id`, subject))
	for i := range ms {
		if err == nil {
			err = privacy.OpenJSON(k, momentPlace(ms[i].ID), ms[i].Body, &ms[i].What)
		}
		ms[i].Body, ms[i].Form = nil, ""
	}
	if err != nil {
		return nil, err
	}
	es, err := db.Many[Earlier](ctx, q, db.F(`SELECT moment, version, visible, body FROM contact_moment_version WHERE person = ? ORDER BY moment, version`, subject))
	for i := range es {
		if err == nil {
			err = privacy.OpenJSON(k, versionPlace(es[i].Moment, es[i].Version), es[i].Body, &es[i].What)
		}
		es[i].Body = nil
	}
	if err != nil {
		return nil, err
	}
	ps, err := db.Many[Promise](ctx, q, db.F(`SELECT `+promiseColumns+` FROM contact_promise WHERE person = ? ORDER BY made_at, id`, subject))
	for i := range ps {
		var b []byte
		if err == nil {
			b, err = k.Open(promisePlace(ps[i].ID), ps[i].Body)
		}
		ps[i].Text, ps[i].Body = string(b), nil
	}
	if err != nil {
		return nil, err
	}
	as, err := db.Many[Appointment](ctx, q, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE person = ? ORDER BY at, id`, subject))
	for i := range as {
		if err == nil {
			err = privacy.OpenJSON(k, meetingPlace(as[i].ID), as[i].Body, &as[i].Meeting)
		}
		as[i].Body = nil
	}
	if err != nil {
		return nil, err
	}
	vs, err := db.Many[Visit](ctx, q, db.F(`SELECT `+visitColumns+` FROM contact_visit WHERE person = ? ORDER BY came, id`, subject))
	for i := range vs {
		vs[i].Body = nil // the name and language in it stand in the file itself
	}
	if err != nil {
		return nil, err
	}
	ds, err := drafted(ctx, q, k, subject)
	out["contacts"], out["corrected"], out["promises"], out["appointments"], out["visits"], out["drafts"] = ms, es, ps, as, vs, ds
	return out, err
}

// Drafted is a note that was begun and not saved: it is about the person too.
type Drafted struct {
	Colleague, About string
	Body             []byte
	What             Input `db:"-"`
}

func drafted(ctx context.Context, q db.Q, k privacy.Key, subject string) ([]Drafted, error) {
	ds, err := db.Many[Drafted](ctx, q, db.F(`SELECT colleague, about, body FROM contact_draft WHERE person = ? ORDER BY at`, subject))
	for i := range ds {
		var f url.Values
		if err == nil {
			err = privacy.OpenJSON(k, draftPlace(ds[i].Colleague, ds[i].About), ds[i].Body, &f)
		}
		ds[i].What, ds[i].Body = ReadInput(f), nil
	}
	return ds, err
}

func erase(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx, db.F(`DELETE FROM contact_moment_version WHERE person = ?`, subject), db.F(`DELETE FROM contact_moment WHERE person = ?`, subject),
		db.F(`DELETE FROM contact_promise WHERE person = ?`, subject), db.F(`DELETE FROM contact_appointment WHERE person = ?`, subject),
		db.F(`DELETE FROM contact_draft WHERE person = ?`, subject), db.F(`DELETE FROM contact_visit WHERE person = ?`, subject))
	return err
}
