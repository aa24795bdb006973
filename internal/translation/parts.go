package translation

// This file is what translation lends: its words, its migrations, and its place on Vandaag.

import (
	"embed"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of this capability.
//
//go:embed text/*.json
var Texts embed.FS

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// todayShown is how many proposals Vandaag shows.
const todayShown = 3

// Panels are for Vandaag: what waits for a second reader who reads the language.
func (t *Translation) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 64, Show: t.today}}
}

func (t *Translation) today(v *web.Visit) (ui.Part, error) {
	if !mayDecide.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	mine, err := t.mine(v)
	if err != nil || len(mine) == 0 {
		return ui.Part{}, err
	}
	ws, err := t.waiting(v.Ctx(), mine...)
	if err != nil {
		return ui.Part{}, err
	}
	cs, err := t.waitingClips(v.Ctx(), mine...)
	if err != nil {
		return ui.Part{}, err
	}
	rows := append(t.waitRows(v, ws, mine), t.clipRows(v, cs, mine)...)
	n := len(rows)
	if n == 0 {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partWaiting(rows[:min(n, todayShown)]), Count: n, Say: lang.T(v.Ctx(), "translation.say", "n", n, "word", lang.Words(v.Ctx(), n))}, nil
}
