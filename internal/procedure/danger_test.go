package procedure

import (
	"slices"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

// What a group alarm asks of procedures is answered from the events that stand.
func TestWhoIsInDanger(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		n := 0
		at := d.Now()
		topic, route := "asylum", ""
		put := func(person, kind, day, outcome string, more ...string) (id string) {
			t.Helper()
			n++
			id = db.ID("e", at)
			var supersedes any
			void, root := false, id
			for _, m := range more {
				if m == "void" {
					void = true
				} else {
					supersedes, root = m, m
				}
			}
			var on any
			if day != "" {
				on = day
			}
			if err := d.Tx(t.Context(), func(tx *db.Tx) error {
				if _, err := db.Do(t.Context(), tx, db.F(`INSERT INTO procedure_track (id, person, topic, owner, team, opened, opened_by, version) VALUES (?,?,?,'','',?,'',0) ON CONFLICT DO NOTHING`, "t-"+topic+person, person, topic, tx.Now)); err != nil {
					return err
				}
				_, err := db.Do(t.Context(), tx, db.F(`INSERT INTO procedure_event (id, track, person, root, supersedes, void, kind, day_from, day_to, how, outcome, route, extend, at, made_by) VALUES (?,?,?,?,?,?,?,?,?,'',?,?,'',?,'')`,
					id, "t-"+topic+person, person, root, supersedes, void, kind, on, on, outcome, route, at.Add(time.Duration(n)*time.Second)))
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return id
		}
		put("p-early", "decision", "2026-09-01", "rejected")
		put("p-in", "decision", "2026-10-15", "rejected")
		put("p-granted", "decision", "2026-10-15", "granted")
		put("p-unknown", "decision", "", "rejected")
		wrong := put("p-corrected", "decision", "2026-10-15", "rejected")
		put("p-corrected", "decision", "2026-08-01", "rejected", wrong)
		back := put("p-back", "decision", "2026-10-15", "rejected")
		put("p-back", "decision", "2026-10-15", "rejected", back, "void")
		put("p-none", "appeal_lodged", "2026-10-15", "")
		put("p-leave", "return_decided", "2026-10-20", "at_once")
		put("p-left", "return_decided", "2026-10-20", "at_once")
		put("p-left", "departed", "2026-10-25", "")
		put("p-held", "detained", "2026-10-20", "")
		put("p-free", "detained", "2026-10-20", "")
		put("p-free", "released", "2026-10-22", "")
		put("p-again", "detained", "2026-10-20", "")
		put("p-again", "released", "2026-10-22", "")
		put("p-again", "detained", "2026-11-01", "")
		put("p-in", "return_decided", "2026-10-20", "at_once")
		put("p-won", "decision", "2026-10-15", "rejected")
		put("p-won", "judgment", "2026-11-10", "upheld")
		put("p-lost", "judgment", "2026-11-10", "upheld") // about an earlier refusal
		put("p-lost", "decision", "2026-11-20", "rejected")
		put("p-later", "decision", "2026-10-15", "rejected")
		put("p-later", "decision", "2026-11-10", "granted_refugee")
		put("p-withdrawn", "decision", "2026-09-10", "granted")
		put("p-withdrawn", "decision", "2026-10-15", "withdrawn_permit")
		put("p-dublin", "decision", "2026-10-15", "not_examined")
		put("p-away", "decision", "2026-10-15", "rejected")
		put("p-away", "departed", "2026-11-10", "")
		put("p-mixed", "released", "2026-10-22", "") // recorded before the detention that it ended
		put("p-mixed", "detained", "2026-10-20", "")
		put("p-mixed2", "detained", "2026-10-24", "")
		put("p-mixed2", "released", "2026-10-22", "") // recorded after a detention that came later
		put("p-came-back", "departed", "2026-08-01", "")
		topic = "return"
		put("p-came-back", "return_decided", "2026-10-20", "at_once")
		topic = "objection"
		put("p-benefit", "decision", "2026-10-15", "rejected")
		topic = "integration"
		put("p-fine", "decision", "2026-10-15", "rejected")
		topic = "permit"
		put("p-permit", "decision", "2026-10-15", "withdrawn_permit")
		route = "regular"
		put("p-work", "renewal_applied", "2026-08-15", "")
		route = ""
		put("p-work", "decision", "2026-10-15", "rejected")
		all := []string{"p-won", "p-lost", "p-later", "p-withdrawn", "p-dublin", "p-away", "p-mixed", "p-mixed2", "p-came-back", "p-benefit", "p-fine", "p-permit", "p-work",
			"p-early", "p-in", "p-granted", "p-unknown", "p-corrected", "p-back", "p-none", "p-leave", "p-left", "p-held", "p-free", "p-again", "p-nobody"}
		p := &Procedure{db: d}
		day := func(m time.Month, n int) clock.Date { return clock.On(2026, m, n) }
		for name, c := range map[string]struct {
			ask  dossier.LawAsk
			want []string
		}{
			"nothing asked": {dossier.LawAsk{}, all},
			"any refusal":   {dossier.LawAsk{Decided: true}, []string{"p-lost", "p-withdrawn", "p-dublin", "p-away", "p-permit", "p-early", "p-in", "p-unknown", "p-corrected"}},
			"from a day":    {dossier.LawAsk{Decided: true, DecidedFrom: day(10, 15)}, []string{"p-lost", "p-withdrawn", "p-dublin", "p-away", "p-permit", "p-in", "p-unknown"}},
			"the day after": {dossier.LawAsk{Decided: true, DecidedFrom: day(10, 16)}, []string{"p-lost", "p-unknown"}},
			"until a day":   {dossier.LawAsk{Decided: true, DecidedTo: day(9, 1)}, []string{"p-early", "p-unknown", "p-corrected"}},
			"between":       {dossier.LawAsk{Decided: true, DecidedFrom: day(8, 2), DecidedTo: day(9, 30)}, []string{"p-early", "p-unknown"}},
			"must leave":    {dossier.LawAsk{Removal: true}, []string{"p-lost", "p-withdrawn", "p-dublin", "p-mixed2", "p-came-back", "p-permit", "p-early", "p-in", "p-unknown", "p-corrected", "p-leave", "p-held", "p-again"}},
			"both":          {dossier.LawAsk{Decided: true, Removal: true}, []string{"p-lost", "p-withdrawn", "p-dublin", "p-permit", "p-early", "p-in", "p-unknown", "p-corrected"}},
		} {
			got, err := p.Danger(t.Context(), d, all, c.ask)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%s: %v %v, want %v", name, got, err, c.want)
			}
		}
		many := make([]string, 1200) // more than one statement takes
		for i := range many {
			many[i] = db.ID("p", at)
		}
		many[1150] = "p-in"
		if got, err := p.Danger(t.Context(), d, many, dossier.LawAsk{Decided: true}); err != nil || !slices.Equal(got, []string{"p-in"}) {
			t.Errorf("of many: %v %v", got, err)
		}
	})
}
