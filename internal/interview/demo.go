package interview

// This file makes the interviews of a demonstration: one to come with somebody who goes along, one with nobody yet, and two
// that were, with corrections and points of concern. The same person always gets the same; dates are relative to now.

import (
	"context"
	"strconv"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// demoInterview is one interview; days count from today.
type demoInterview struct {
	id        string
	kind      string
	day       int
	hour      string
	site      string
	plan      Plan
	state     string
	received  int // days before today on which the report came; 0 is not yet
	companion string
	answer    string
	prepared  []string
	report    *ReportText
	correct   []demoCorrection
	concerns  []demoConcern
	sent      int  // days before today on which the corrections went to the lawyer; 0 is not yet
	course    bool // it belongs to the person's first procedure
}

type demoCorrection struct {
	agreed string
	text   CorrectionText
}

type demoConcern struct{ kind, weight, words string }

var demoInterviews = map[string][]demoInterview{
	"p-selam": {
		{id: "selam-1", course: true, kind: "registration", day: -66, hour: "09:30", site: "terapel", state: Held, received: 64, sent: 62, companion: "u-ria", answer: Yes,
			plan:   Plan{Where: "balie 2, kamer 14", Language: "ti", Interpreter: "ind", Gender: "woman", Lawyer: "no"},
			report: &ReportText{Interpreter: "phone", Quality: "fair", Lawyer: "no", Hours: "9.40–11.15, één pauze", Text: "Selam was rustig. De tolk zat aan de telefoon en de lijn viel twee keer weg. Over de reis door Soedan is kort gevraagd."},
			correct: []demoCorrection{
				{agreed: "yes", text: CorrectionText{Page: "3", Line: "12", Says: "Zij vertrok in 2019 uit Keren.", Should: "Ik ben in 2018 uit Keren vertrokken, na de oogst.", By: "person"}},
				{agreed: "yes", text: CorrectionText{Page: "4", Should: "Mijn broer Yonas reisde tot Khartoem met mij mee.", By: "companion"}},
			},
			concerns: []demoConcern{
				{kind: "interpreter_quality", weight: "serious", words: "De lijn viel weg en de tolk vatte samen in plaats van te vertalen."},
				{kind: "interpreter_gender", weight: "small", words: "Er was om een vrouw gevraagd. De tolk was een man."},
			}},
		{id: "selam-2", course: true, kind: "substantive", day: 6, hour: "09:00", site: "denbosch", state: Planned, companion: "u-ria", answer: Yes, prepared: []string{"told", "rights", "papers"},
			plan: Plan{Where: "Magistratenlaan, kamer 3", Language: "ti", Interpreter: "ind", Gender: "woman", Dialect: "Tigrinya uit Eritrea", Lawyer: "unknown", Bring: "De oproep voor dienstplicht, het origineel."}},
	},
	"p-golnar": {{id: "golnar-1", kind: "personal", day: -6, hour: "10:00", site: "zevenaar", state: Held, received: 1, companion: "u-amira", answer: Yes,
		plan:   Plan{Language: "prs", Interpreter: "ind", Gender: "woman", Lawyer: "yes"},
		report: &ReportText{Interpreter: "room", Quality: "good", Lawyer: "yes", Hours: "10.05–13.30, twee pauzes", Text: "Golnar durfde vrij te praten: haar man was er niet bij."},
		correct: []demoCorrection{
			{agreed: "yes", text: CorrectionText{Page: "7", Line: "4", Says: "Mijn vader werkte voor de gemeente.", Should: "Mijn oom werkte voor de gemeente, mijn vader niet.", By: "person"}},
			{text: CorrectionText{Page: "9", Should: "Er kwamen in de winter twee keer mannen aan de deur.", By: "person"}},
		},
		concerns: []demoConcern{{kind: "duration", weight: "small", words: "Na twee uur was er pas de eerste pauze."}}}},
	"p-reem": {{id: "reem-1", course: true, kind: "additional", day: 12, hour: "13:00", site: "utrecht", state: Planned, companion: "u-deniz", answer: Asked, prepared: []string{"lawyer"},
		plan: Plan{Language: "ar", Interpreter: "ind", Lawyer: "yes"}}},
	"p-farzaneh": {{id: "farzaneh-1", course: true, kind: "personal", day: 4, hour: "10:00", site: "zevenaar", state: Planned, plan: Plan{Language: "prs", Interpreter: "ind", Lawyer: "yes"}}},
	"p-hamid":    {{id: "hamid-1", course: true, kind: "additional", day: 0, site: "utrecht", state: Planned, companion: "u-jan", answer: Asked, plan: Plan{Language: "prs", Interpreter: "ind", Lawyer: "unknown"}}},
}

// Demo writes the share of these people.
func (x *Interviews) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	for _, d := range batch {
		for _, di := range demoInterviews[d.ID] {
			if err := x.demoPut(ctx, tx, d, di, now); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *Interviews) demoPut(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, di demoInterview, now time.Time) error {
	today := clock.Today(now)
	i := Interview{ID: "iv-" + di.id, Person: d.ID, Team: d.Team, Kind: di.kind, State: di.state, Hour: di.hour, Minutes: wholeDay, Site: di.site, Company: true, MadeBy: d.Legal, Version: 1, What: di.plan}
	if di.course {
		i.Track = d.Course()
	}
	at := now.AddDate(0, 0, -10)
	if di.day != 0 {
		i.Day = today.AddDays(di.day)
	}
	step := 1
	if di.day < 0 {
		step = -1
	}
	for !i.Day.IsZero() && !x.works(i.Day) { // nobody is heard on a Sunday
		i.Day = i.Day.AddDays(step)
	}
	if di.day < 0 {
		at = i.Day.AddDays(-7).In(clock.Netherlands).Add(10 * time.Hour)
	}
	if di.received > 0 {
		i.Received = today.AddDays(-di.received)
		if di.course {
			i.Event = d.Report()
		}
	}
	i.At, i.Due = at, usual(d.Team).due(i, x.works)
	held := i.Day.In(clock.Netherlands).Add(16 * time.Hour)
	if di.report != nil {
		i.Reported = held.Add(time.Hour)
	}
	if err := putInterview(ctx, tx, d.Key, i); err != nil {
		return err
	}
	n := 0
	tells := func(kind, by string, at time.Time, w Details) error {
		n++
		return putEvent(ctx, tx, d.Key, Event{ID: "ie-" + di.id + "-" + strconv.Itoa(n), Interview: i.ID, Person: d.ID, Kind: kind, MadeBy: by, At: at, What: w})
	}
	if err := tells(didPlan, d.Legal, at, Details{Day: i.Day, Hour: i.Hour}); err != nil {
		return err
	}
	if di.companion != "" {
		if err := x.demoCompanion(ctx, tx, d, di, i, at, tells); err != nil {
			return err
		}
	}
	for k, item := range di.prepared {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO interview_prep (interview, item, person, done, done_by) VALUES (?,?,?,?,?)`, i.ID, item, d.ID, now.Add(-time.Duration(k+24)*time.Hour), d.Legal)); err != nil {
			return err
		}
	}
	if di.state == Planned {
		return nil
	}
	if err := tells(didHold, d.Legal, held, Details{}); err != nil {
		return err
	}
	if di.report != nil {
		if err := putReport(ctx, tx, d.Key, Report{Interview: i.ID, Version: 1, Person: d.ID, MadeBy: di.companion, At: i.Reported, What: *di.report}); err != nil {
			return err
		}
		if err := tells(didReport, di.companion, i.Reported, Details{N: 1}); err != nil {
			return err
		}
	}
	if !i.Received.IsZero() {
		if err := tells(didReceive, d.Legal, i.Received.In(clock.Netherlands).Add(15*time.Hour), Details{Day: i.Received}); err != nil {
			return err
		}
	}
	sending := ""
	if di.sent > 0 {
		one := Sending{ID: "is-" + di.id, Interview: i.ID, Person: d.ID, Recipient: "lawyer", Day: today.AddDays(-di.sent), MadeBy: d.Legal, At: today.AddDays(-di.sent).In(clock.Netherlands).Add(14 * time.Hour), What: SendingText{Proof: "e-mail, bevestigd door het kantoor"}}
		if err := putSending(ctx, tx, d.Key, one); err != nil {
			return err
		}
		if err := tells(didSend, d.Legal, one.At, Details{Day: one.Day, To: one.Recipient, N: len(di.correct)}); err != nil {
			return err
		}
		sending = one.ID
	}
	for k, c := range di.correct {
		one := Correction{ID: "ik-" + di.id + "-" + strconv.Itoa(k+1), Interview: i.ID, Person: d.ID, N: k + 1, Agreed: c.agreed, Sent: sending, MadeBy: d.Legal, At: i.Received.In(clock.Netherlands).Add(16 * time.Hour), Version: 1, What: c.text}
		if c.agreed != "" {
			one.AgreedOn, one.Interpreted = i.Received, true
		}
		if err := putCorrection(ctx, tx, d.Key, one); err != nil {
			return err
		}
	}
	for k, c := range di.concerns {
		if err := putConcern(ctx, tx, d.Key, Concern{ID: "in-" + di.id + "-" + strconv.Itoa(k+1), Interview: i.ID, Person: d.ID, Kind: c.kind, Weight: c.weight, MadeBy: di.companion, At: i.Reported, Version: 1, Words: c.words}); err != nil {
			return err
		}
	}
	return nil
}

func (x *Interviews) demoCompanion(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, di demoInterview, i Interview, at time.Time, tells func(string, string, time.Time, Details) error) error {
	c := Companion{ID: "ic-" + di.id, Interview: i.ID, Person: d.ID, Colleague: di.companion, State: di.answer, AskedBy: d.Legal, Asked: at.Add(time.Hour)}
	if di.answer != Asked {
		c.Answered = at.Add(5 * time.Hour)
	}
	if di.answer == Yes {
		var err error
		if c.Access, err = give(ctx, tx, i, c); err != nil {
			return err
		}
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO interview_companion (id, interview, person, colleague, state, access, asked_by, asked, answered) VALUES (?,?,?,?,?,?,?,?,?)`,
		c.ID, c.Interview, c.Person, c.Colleague, c.State, c.Access, c.AskedBy, c.Asked, c.Answered)); err != nil {
		return err
	}
	if err := tells(didAsk, d.Legal, c.Asked, Details{Colleague: c.Colleague}); err != nil || di.answer == Asked {
		return err
	}
	return tells(said[di.answer], c.Colleague, c.Answered, Details{Colleague: c.Colleague})
}
