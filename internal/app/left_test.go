package app

// This file looks whether anything stays with a colleague who left, by every column of every table that says whose something is.

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/organisation"
)

// minded are the columns that say who minds something, and what is still to be done of it: of nobody who left such a row may be
// there. An empty condition counts every row.
var minded = map[string]string{
	"access_grant.holder":           `ended IS NULL`,
	"advocacy_dossier.owner":        `state <> 'ended' OR closed = TRUE`,
	"alarm_taken.colleague":         `ended IS NULL`,
	"briefing_session.leader":       `held IS NULL AND cancelled IS NULL AND at > 1796770800000`, // after the test
	"contact_appointment.colleague": `cancelled IS NULL AND kept IS NULL AND at > 1796770800000`,
	"contact_draft.colleague":       ``,
	"contact_duty.colleague":        `ended IS NULL`,
	"contact_promise.owner":         `done_at IS NULL AND person <> ''`,
	"evidence_piece.owner":          `state IN ('missing','asked','sent','translating','disputed') AND claim NOT IN (SELECT id FROM evidence_claim WHERE closed IS NOT NULL)`,
	"feedback_complaint.handler":    `decided IS NULL`,
	"handover_offer.taker":          `state = 'open'`,
	"interview_companion.colleague": `state IN ('asked','yes') AND interview IN (SELECT id FROM interview_interview WHERE state = 'planned')`,
	"knelpunt_bottleneck.owner":     `state NOT IN ('closed','merged')`,
	"litigation_case.owner":         `state NOT IN ('closed','dropped')`,
	"oversight_glass.owner":         `state IN ('open','asked')`,
	"pilot_plan.owner":              `state IN ('drafted','running','evaluated')`,
	"procedure_deadline.owner":      `state = 'open'`,
	"procedure_move.owner":          `seen IS NULL`,
	"procedure_track.owner":         `ends = FALSE`,
	"question_ask.owner":            `since IS NOT NULL AND withdrawn IS NULL`,
	"question_draft.colleague":      ``,
	"rights_request.handler":        `done IS NULL`,
}

// notMinded are the columns that name a colleague and leave nothing behind, with the reason.
var notMinded = map[string]string{
	"account_invite.colleague":       "the way in of a colleague, who may not come in any more",
	"account_invite_all.colleague":   "the same",
	"account_login.colleague":        "the same",
	"account_login_all.colleague":    "the same",
	"account_passkey.colleague":      "the same",
	"account_passkey_all.colleague":  "the same",
	"account_recovery.colleague":     "the same",
	"account_recovery_all.colleague": "the same",
	"advocacy_knower.colleague":      "who may know; whose it is says owner, and that one is always among them",
	"alarm_count.colleague":          "who counted, which is over",
	"alarm_opening.colleague":        "who opened a list of names, which ends by itself within the hour",
	"care_reader.colleague":          "who may read a background: nothing is theirs to do, and it opens nothing without a post",
	"contact_try.colleague":          "how often somebody tried a name, for the brake on trying",
	"counsel_seat.colleague":         "who the person let sit at a talk: only the person lets somebody else sit there",
	"handover_fallen.colleague":      "from whom it fell",
	"handover_fallen.heir":           "the file itself goes on with everything else; the row says that it fell once",
	"handover_leaving.colleague":     "who leaves",
	"organisation_deputy.colleague":  "ends when either leaves",
	"organisation_deputy.deputy":     "ends when either leaves",
	"organisation_post.colleague":    "ends when the colleague leaves",
	"portal_climb.holder":            "who was warned; the next rung warns who is there then",
	"procedure_escalation.holder":    "who was warned; the next rung warns who is there then",
	"question_climb.holder":          "who was warned; the next rung warns who is there then",
}

// ofColleague finds columns by what they are called.
var ofColleague = regexp.MustCompile(`(?m)^\s+(owner|handler|holder|colleague|taker|heir|leader|assignee|deputy)\s+TEXT`)

func TestEveryColumnOfAColleagueIsLeftToSomebody(t *testing.T) {
	seen := map[string]bool{}
	for _, sql := range schemas(t) {
		for _, m := range created.FindAllStringSubmatch(sql, -1) {
			for _, c := range ofColleague.FindAllStringSubmatch(m[2], -1) {
				name := m[1] + "." + c[1]
				seen[name] = true
				if _, ok := minded[name]; ok == (notMinded[name] != "") {
					t.Errorf("%s: when a colleague leaves, who minds what is in it?", name)
				}
			}
		}
	}
	for _, m := range []map[string]string{minded, notMinded} {
		for name := range m {
			if !seen[name] {
				t.Errorf("%s is no such column", name)
			}
		}
	}
}

// leaveAll lets colleagues leave, and looks whether anything stays with them.
func leaveAll(t *testing.T, h *House, hands *clock.Manual, who ...string) {
	t.Helper()
	count := func(column, where, id string) int {
		table, col, _ := strings.Cut(column, ".")
		if column == "access_grant.holder" {
			id = "user:" + id
		}
		q := db.F(`SELECT`)
		q.SQL = `SELECT COUNT(*) FROM ` + table + ` WHERE ` + col + ` = '` + id + `'`
		if where != "" {
			q.SQL += ` AND (` + where + `)`
		}
		n, err := db.One[int](t.Context(), h.DB, q)
		if err != nil {
			t.Fatal(column, err)
		}
		return n
	}
	// A session and a companion of next week, who is going.
	if err := h.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.DoAll(t.Context(), tx, db.F(`UPDATE briefing_session SET leader = 'u-amira', at = 1796900000000 WHERE leader = 'u-jan' AND held IS NULL AND cancelled IS NULL`),
			db.F(`UPDATE interview_companion SET colleague = 'u-amira', state = 'yes' WHERE colleague = 'u-deniz'`))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	had := map[string]int{}
	for column, where := range minded {
		for _, id := range who {
			had[column] += count(column, where, id)
		}
	}
	for _, column := range []string{"advocacy_dossier.owner", "briefing_session.leader", "interview_companion.colleague", "knelpunt_bottleneck.owner", "litigation_case.owner", "pilot_plan.owner"} {
		if had[column] == 0 {
			t.Errorf("%s: nobody who leaves has anything in it, so this shows nothing", column)
		}
	}
	if err := h.DB.Tx(t.Context(), func(tx *db.Tx) error {
		for _, id := range who {
			if err := organisation.SetLastDay(t.Context(), tx, id, clock.Today(hands.Now()), "u-beheer"); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	hands.Set(hands.Now().Add(24 * time.Hour))
	h.RunJobs(t.Context())
	for column, where := range minded {
		for _, id := range who {
			if n := count(column, where, id); n > 0 {
				t.Errorf("%s: %d stay with %s", column, n, id)
			}
		}
	}
	// A confidential dossier is known to somebody who works here.
	n, err := db.One[int](t.Context(), h.DB, db.F(`SELECT COUNT(*) FROM advocacy_dossier d WHERE d.closed = TRUE AND NOT EXISTS (SELECT 1 FROM advocacy_knower k JOIN organisation_colleague c ON c.id = k.colleague WHERE k.dossier = d.id AND c.active = TRUE)`))
	if err != nil || n > 0 {
		t.Errorf("%d confidential dossiers are nobody's, %v", n, err)
	}
}

// leavePage looks at the page of who leaves: everything that is theirs stands on it, what is confidential only for who may know,
// and it goes to whom they choose.
func leavePage(t *testing.T, h *House, url string) {
	t.Helper()
	noor, root := browser(t, h, url, "u-noor"), browser(t, h, url, "u-beheer")
	closed, err := db.One[string](t.Context(), h.DB, db.F(`SELECT id FROM advocacy_dossier WHERE owner = 'u-noor' AND closed = TRUE`))
	if err != nil {
		t.Fatal(err)
	}
	code, body, _ := ask(t, noor, url, http.MethodGet, "/vertrek/u-noor", nil)
	if code != http.StatusOK || !strings.Contains(body, "advocacy.charges/"+closed) || !strings.Contains(body, "knelpunt.charges/") {
		t.Errorf("who leaves does not read what is theirs: %d", code)
	}
	if strings.Contains(body, "Alleen jij weet hiervan") {
		t.Error("two others may know of it")
	}
	if _, err := dbDo(t, h, `DELETE FROM advocacy_knower WHERE colleague <> 'u-noor' AND dossier = '`+closed+`'`); err != nil {
		t.Fatal(err)
	}
	if _, body, _ := ask(t, noor, url, http.MethodGet, "/vertrek/u-noor", nil); !strings.Contains(body, "Alleen jij weet hiervan") {
		t.Error("nobody else may know of it, and the page does not say so")
	}
	if _, body, _ := ask(t, root, url, http.MethodGet, "/vertrek/u-noor", nil); strings.Contains(body, closed) {
		t.Error("the page betrays a confidential dossier")
	}
	if code, _, _ := ask(t, root, url, http.MethodPost, "/vertrek/u-noor/werk", map[string][]string{"charge": {"advocacy.charges/" + closed}, "next": {"u-beheer"}}); code == http.StatusSeeOther {
		t.Error("who may not know of it gives it away")
	}
	code, body, _ = ask(t, noor, url, http.MethodPost, "/vertrek/u-noor/werk", map[string][]string{"charge": {"advocacy.charges/" + closed}})
	if code != http.StatusUnprocessableEntity || !strings.Contains(body, "Kies wie het overneemt") || !strings.Contains(body, "checked") {
		t.Errorf("nobody was chosen: %d", code)
	}
	if code, body, _ := ask(t, noor, url, http.MethodPost, "/vertrek/u-noor/werk", map[string][]string{"charge": {"advocacy.charges/" + closed}, "next": {"u-amira"}}); code != http.StatusSeeOther {
		t.Errorf("to Amira: %d %.300s", code, body)
	}
	who, err := db.One[int](t.Context(), h.DB, db.F(`SELECT COUNT(*) FROM advocacy_dossier d JOIN advocacy_knower k ON k.dossier = d.id AND k.colleague = d.owner WHERE d.id = ? AND d.owner = 'u-amira'`, closed))
	if err != nil || who != 1 {
		t.Errorf("it is not Amira's, %v", err)
	}
}

func dbDo(t *testing.T, h *House, sql string) (n int64, err error) {
	t.Helper()
	err = h.DB.Tx(t.Context(), func(tx *db.Tx) error {
		q := db.F(`DELETE`)
		q.SQL = sql
		n, err = db.Do(t.Context(), tx, q)
		return err
	})
	return n, err
}
