package procedure

import (
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
)

func TestWhetherTheFirstInterviewIsToCome(t *testing.T) {
	each(t, func(b *bench) {
		want := func(what string, h dossier.Hearing) {
			b.t.Helper()
			got, err := b.p.Hearings(b.t.Context(), b.d, []string{"p-selam", "p-nobody"})
			if err != nil || got["p-selam"] != h || got["p-nobody"] != dossier.NoHearing {
				b.t.Errorf("%s: %v %v", what, got, err)
			}
		}
		want("before anything", dossier.NoHearing)
		b.record("p-selam", ev("lodged", "2026-10-20"))
		want("an application", dossier.HearingAhead)
		b.record("p-selam", ev("interview_report", "2026-11-20", route("va")))
		want("the report of the interview", dossier.HearingPast)
		var report string
		b.tx(func(tx *db.Tx) (err error) {
			report, err = db.One[string](b.t.Context(), tx, db.F(`SELECT id FROM procedure_event WHERE kind = 'interview_report'`))
			return err
		})
		// Taking it back is a row that supersedes it: it was about somebody else.
		b.tx(func(tx *db.Tx) error {
			_, err := db.Do(b.t.Context(), tx, db.F(`INSERT INTO procedure_event (id, track, person, root, supersedes, void, kind, day_from, day_to, how, outcome, route, letter, extend, note, at, made_by)
				SELECT 'e-back', track, person, root, id, TRUE, kind, day_from, day_to, how, outcome, route, letter, extend, note, at, made_by FROM procedure_event WHERE id = ?`, report))
			return err
		})
		want("after it was taken back", dossier.HearingAhead)
	})
}
