package alarm

// This file holds the one press of the person on the own pages: somebody who has to go, or who is held, needs no colleague first.

import (
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// minePage is the form of the person. Nothing in it has to be filled in.
type minePage struct {
	In     Ask
	Runs   bool // help is on its way already
	Errors fault.Fields
}

// runs says whether an alarm about the person of a file runs, as the person may know: of one that is kept from them this page tells
// nothing, and pressing raises no second one.
func (a *Alarms) runs(v *web.Visit) (bool, error) {
	n, err := db.One[int](v.Ctx(), a.db, db.F(`SELECT COUNT(*) FROM alarm_alarm WHERE person = ? AND state = 'running' AND tell = TRUE`, v.Actor.ID))
	return n > 0, err
}

func (a *Alarms) help(v *web.Visit) error {
	runs, err := a.runs(v)
	if err != nil {
		return err
	}
	return v.Page(pageMine(minePage{In: Ask{Held: "unknown"}, Runs: runs}))
}

// call raises the alarm of the person who asks. Whoever asks reads along.
func (a *Alarms) call(v *web.Visit) error {
	f, err := a.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	in := Ask{Day: v.Value("day"), Held: v.Value("held")}
	d, fs := in.Check(v.Now)
	if len(fs) > 0 {
		return v.Invalid(pageMine(minePage{In: in, Errors: fs}))
	}
	defer a.board.forget()
	return v.Write(func(tx *db.Tx) (string, error) {
		n, err := db.One[int](v.Ctx(), tx, db.F(`SELECT COUNT(*) FROM alarm_alarm WHERE person = ? AND state = 'running'`, f.ID()))
		if err != nil {
			return "", err
		}
		id, err := raise(v.Ctx(), tx, f, "", d, true)
		if err == nil && n > 0 { // it ran already: who is on it reads that the person asks too, and what they read stays as it was
			err = addStep(v.Ctx(), tx, f, id, wants, "", "")
		}
		return v.URL("alarm.help", "gezegd", "alarm.said.called"), err
	})
}
