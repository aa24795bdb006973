package knelpunt

// This file holds the pages of mediations with the institution that a bottleneck is about.

import (
	"context"
	"net/http"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// mediationRoutes are the doors of mediations.
func (k *Knelpunten) mediationRoutes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "knelpunt.mediate", Method: post, Path: "/knelpunten/{bottleneck}/bemiddeling", May: mayTend, Body: bodyMost, Do: k.mediateOne},
		{Name: "knelpunt.mediation", Method: get, Path: "/knelpunten/{bottleneck}/bemiddeling/{mediation}", May: mayRead, Do: k.oneMediation},
		{Name: "knelpunt.mediated", Method: post, Path: "/knelpunten/{bottleneck}/bemiddeling/{mediation}", May: mayTend, Body: bodyMost, Do: k.mediationSave},
		{Name: "knelpunt.mediation_drop", Method: post, Path: "/knelpunten/{bottleneck}/bemiddeling/{mediation}/weg", May: mayTend, Do: func(v *web.Visit) error { return k.mediationDrop(v, true) }},
		{Name: "knelpunt.mediation_back", Method: post, Path: "/knelpunten/{bottleneck}/bemiddeling/{mediation}/terug", May: mayTend, Do: func(v *web.Visit) error { return k.mediationDrop(v, false) }},
	}
}

// looks of a mediation: the kind and the icon of its tag.
var mediationLooks = map[string][2]string{MAsked: {"", "chats-circle"}, Promised: {"warn", "hourglass-medium"}, MKept: {"ok", "check"}, MBroken: {"danger", "x"}, Refused: {"danger", "x"}}

// mediationRow is one in a list.
func mediationRow(v *web.Visit, m Mediation) ui.RowP {
	ctx := v.Ctx()
	sub := m.Said.Asked
	if m.Said.Promised != "" {
		sub = m.Said.Promised
	}
	r := ui.RowP{Href: v.URL("knelpunt.mediation", "bottleneck", m.Bottleneck, "mediation", m.ID), Title: lang.Dots(lang.T(ctx, "knelpunt.institution."+m.Institution), m.Said.With), Sub: lang.Dots(lang.LongDay(ctx, m.Day), sub),
		Tag: lang.T(ctx, "knelpunt.mediation.state."+m.State), TagKind: mediationLooks[m.State][0], TagIcon: mediationLooks[m.State][1]}
	if m.Waits() {
		r.Due = &ui.DueP{Days: clock.Today(v.Now).DaysUntil(m.Due), Until: lang.LongDay(ctx, m.Due)}
	}
	return r
}

// mediationRows are those of a bottleneck and of all that went on in it.
func (k *Knelpunten) mediationRows(v *web.Visit, bottlenecks []string) (rows []ui.RowP, err error) {
	ms, err := k.mediations(v.Ctx(), k.db, db.F(`gone IS NULL AND`).With(db.In("bottleneck", bottlenecks)))
	for _, m := range ms {
		rows = append(rows, mediationRow(v, m))
	}
	return rows, err
}

func (k *Knelpunten) mediateOne(v *web.Visit) error {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return err
	}
	if b.State == Merged {
		return fault.New(fault.Conflict, "knelpunt.error.merged")
	}
	in := MediationInput{v.Value("bem-instantie"), v.Value("bem-met"), v.Value("bem-vraag"), v.Value("bem-dag"), v.Value("bem-belofte"), v.Value("bem-voor"), v.Value("bem-adres")}
	m, fs := in.Check(clock.Today(v.Now))
	look, err := checkWritten(&fs, k.mask, v.Value("nagekeken"), written{"bem-met", "knelpunt.mediation.with", in.With}, written{"bem-vraag", "knelpunt.mediation.asked", in.Asked}, written{"bem-belofte", "knelpunt.mediation.promised", in.Promised})
	if err != nil {
		return err
	}
	if len(fs) > 0 {
		p, err := k.page(v, b)
		if err != nil {
			return err
		}
		p.Mediate, p.Mediating, p.LookMediate, p.Errors = in, true, look, fs
		return v.Invalid(pageOne(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.one", "bottleneck", b.ID, "gezegd", "knelpunt.said.step"), k.mediate(v.Ctx(), tx, v.Actor, b, m)
	})
}

type mediationPage struct {
	B      Bottleneck
	M      Mediation
	By     string
	Tends  bool
	In     OutcomeInput
	Look   doubts
	Errors fault.Fields
}

func (k *Knelpunten) mediationPage(v *web.Visit) (p mediationPage, err error) {
	ctx := v.Ctx()
	if p.B, err = k.bottleneck(ctx, k.db, v.Param("bottleneck")); err != nil {
		return p, err
	}
	if p.M, err = k.mediation(ctx, k.db, p.B.ID, v.Param("mediation")); err != nil {
		return p, err
	}
	names, err := k.org.NamesOf(ctx, p.M.MadeBy)
	p.By, p.Tends, p.In.Due = names[p.M.MadeBy], mayTend.Allows(v.Actor), p.M.Due.String()
	return p, err
}

func (k *Knelpunten) oneMediation(v *web.Visit) error {
	p, err := k.mediationPage(v)
	if err != nil {
		return err
	}
	return v.Page(pageMediation(p))
}

func (k *Knelpunten) mediationSave(v *web.Visit) error {
	p, err := k.mediationPage(v)
	if err != nil {
		return err
	}
	p.In = OutcomeInput{v.Value("naar"), v.Value("kwam"), v.Value("voor")}
	after, fs := p.In.Check(p.M, clock.Today(v.Now))
	if p.Look, err = checkWritten(&fs, k.mask, v.Value("nagekeken"), written{"kwam", "knelpunt.mediation.came", p.In.Words}); err != nil {
		return err
	}
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageMediation(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.mediation", "bottleneck", p.B.ID, "mediation", p.M.ID, "gezegd", "knelpunt.said.step"), k.outcome(v.Ctx(), tx, v.Actor, p.B, after, v.Number("versie"), p.In.Words)
	})
}

func (k *Knelpunten) mediationDrop(v *web.Visit, gone bool) error {
	p, err := k.mediationPage(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.mediation", "bottleneck", p.B.ID, "mediation", p.M.ID, "gezegd", "knelpunt.said.step"), k.dropMediation(v.Ctx(), tx, v.Actor, p.B, p.M.ID, gone)
	})
}

func mediationTurnOptions(ctx context.Context, state string) []ui.Option {
	return ui.Options(ctx, "knelpunt.mediation.state.", mediationTurns[state])
}
