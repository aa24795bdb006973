package rights

// This file is what this capability lends: its places on Vandaag, in the file and on the person's first page, its job, and how
// what stands here is kept, exported and erased.

import (
	"context"
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

// Panels are for Vandaag: what the privacy desk must answer, and what helpers must put right in their files.
func (r *Rights) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 14, Show: r.todayDesk}, {Place: "today", Order: 18, Show: r.todayCarry}}
}

// todayShown is how many Vandaag shows.
const todayShown = 6

func (r *Rights) todayDesk(v *web.Visit) (ui.Part, error) {
	if !mayDecide.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	qs, err := r.desk(v.Ctx(), true)
	n := len(qs)
	if err != nil || n == 0 {
		return ui.Part{}, err
	}
	rows, err := r.rows(v, qs[:min(n, todayShown)])
	if err != nil {
		return ui.Part{}, err
	}
	return ui.Part{Body: partDesk(rows), Count: n, Say: lang.T(v.Ctx(), "rights.say.desk", "n", n, "word", lang.Words(v.Ctx(), n))}, nil
}

// Waiting counts what the privacy desk must do, for the menu.
func (r *Rights) Waiting(v *web.Visit) (int, error) {
	if !mayDecide.Allows(v.Actor) {
		return 0, nil
	}
	qs, err := r.desk(v.Ctx(), true)
	return len(qs), err
}

func (r *Rights) todayCarry(v *web.Visit) (ui.Part, error) {
	if !mayCarry.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ctx := v.Ctx()
	qs, err := r.carrying(ctx, v.Actor, v.Now)
	if err != nil || len(qs) == 0 {
		return ui.Part{}, err
	}
	var ids []string
	for _, q := range qs {
		ids = append(ids, q.Person)
	}
	names, err := r.files.Names(ctx, ids)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, q := range qs {
		rows = append(rows, ui.RowP{Href: v.URL("rights.file", "person", q.Person), Title: lang.T(ctx, "rights.carry."+q.Kind, "name", names[q.Person]), Sub: lang.T(ctx, "rights.carry.since", "day", lang.Day(ctx, q.Decided))})
	}
	return ui.Part{Body: partCarry(rows), Count: len(rows), Say: lang.T(ctx, "rights.say.carry", "n", len(rows), "word", lang.Words(ctx, len(rows)))}, nil
}

// FilePanels are the requests beside a file, and those on the person's own first page while something is still to come.
func (r *Rights) FilePanels() []dossier.Panel {
	return []dossier.Panel{{Place: "aside", Order: 85, Show: r.aside}, {Place: "home", Order: 85, Show: r.home}}
}

func (r *Rights) aside(v *web.Visit, f dossier.File) (ui.Part, error) {
	if !mayLodge.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	qs, err := ofPerson(v.Ctx(), r.db, f.ID())
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, q := range qs {
		if q.Turn() == Over {
			continue
		}
		row := ui.RowP{Title: lang.T(v.Ctx(), "rights.kind."+q.Kind), Sub: lang.T(v.Ctx(), "rights.stands."+q.State())}
		if q.Open() {
			row.Due = &ui.DueP{Days: clock.Today(v.Now).DaysUntil(q.Due), Until: lang.LongDay(v.Ctx(), q.Due)}
		}
		rows = append(rows, row)
	}
	return ui.Part{Body: partAside(f.ID(), rows), Count: len(rows)}, nil
}

func (r *Rights) home(v *web.Visit, f dossier.File) (ui.Part, error) {
	if v.Actor.Kind != access.IsSelf {
		return ui.Part{}, nil
	}
	qs, err := ofPerson(v.Ctx(), r.db, f.ID())
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, q := range qs {
		if q.Turn() != Over {
			rows = append(rows, mineRow(v, q))
		}
	}
	if len(rows) == 0 {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partHome(rows), Count: len(rows)}, nil
}

// Jobs is the work that runs by itself.
func (r *Rights) Jobs() []web.Job {
	return []web.Job{{Name: "rights.erase", Every: time.Hour, Run: r.eraseDue}}
}

// Exported is one request as the person gets it.
type Exported struct {
	Kind    string         `json:"kind"`
	How     string         `json:"how"`
	Day     clock.Date     `json:"day"`
	Due     clock.Date     `json:"due"`
	Text    string         `json:"text"`
	MadeBy  string         `json:"writtenBy"`
	Outcome string         `json:"outcome"`
	Ground  string         `json:"ground"`
	Decided clock.Date     `json:"decided"`
	Done    clock.Date     `json:"done"`
	Steps   []ExportedStep `json:"steps"`
}

// ExportedStep is one step of a request.
type ExportedStep struct {
	At      time.Time `json:"at"`
	Step    string    `json:"step"`
	Outcome string    `json:"outcome"`
	By      string    `json:"by"`
	Text    string    `json:"text"`
}

// Keeper exports and erases what stands here of a person. That somebody is being erased stays until the key is gone: see
// eraseOne.
func (r *Rights) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "rights",
		Keeps:  []privacy.Class{{Name: "rights.keeps", Tables: []string{"rights_request", "rights_step", "rights_erasing"}, From: privacy.WithFile}},
		Export: export, Erase: forget}
}

func export(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
	k, err := vault.Key(ctx, subject)
	if err != nil {
		return nil, err
	}
	rs, err := db.Many[Request](ctx, q, db.F(columns).Then(`WHERE r.person = ? ORDER BY r.day, r.id`, subject))
	if err != nil {
		return nil, err
	}
	out := []Exported{}
	for _, x := range rs {
		if err := x.open(k); err != nil {
			return nil, err
		}
		ss, err := steps(ctx, q, k, x.ID)
		if err != nil {
			return nil, err
		}
		e := Exported{Kind: x.Kind, How: x.How, Day: x.Day, Due: x.Due, Text: x.Words.Text, MadeBy: x.MadeBy, Outcome: x.Outcome, Ground: x.Ground, Decided: x.Decided, Done: x.Done}
		for _, s := range ss {
			e.Steps = append(e.Steps, ExportedStep{s.At, s.Kind, s.Outcome, s.MadeBy, s.Text})
		}
		out = append(out, e)
	}
	return out, nil
}

func forget(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx,
		db.F(`DELETE FROM rights_step WHERE request IN (SELECT id FROM rights_request WHERE person = ?)`, subject),
		db.F(`DELETE FROM rights_request WHERE person = ?`, subject),
	)
	return err
}
