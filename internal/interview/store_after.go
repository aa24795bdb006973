package interview

// This file holds the SQL of what was prepared, of our own report, and of corrections and where they were sent.

import (
	"context"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// prepared are the items that were done for an interview.
func prepared(ctx context.Context, q db.Q, interview string) ([]string, error) {
	return db.Many[string](ctx, q, db.F(`SELECT item FROM interview_prep WHERE interview = ?`, interview))
}

// prepare keeps which items are done; what was done before and is not any more is taken away.
func prepare(ctx context.Context, tx *db.Tx, f dossier.File, interview string, items []string) error {
	was, err := prepared(ctx, tx, interview)
	if err != nil {
		return err
	}
	changed := 0
	for _, item := range Items {
		switch had, has := slices.Contains(was, item), slices.Contains(items, item); {
		case has && !had:
			_, err = db.Do(ctx, tx, db.F(`INSERT INTO interview_prep (interview, item, person, done, done_by) VALUES (?,?,?,?,?)`, interview, item, f.ID(), tx.Now, f.Who().ID))
		case had && !has:
			_, err = db.Do(ctx, tx, db.F(`DELETE FROM interview_prep WHERE interview = ? AND item = ?`, interview, item))
		default:
			continue
		}
		if err != nil {
			return err
		}
		changed++
	}
	if changed == 0 {
		return nil
	}
	return tellAndLog(ctx, tx, f, interview, didPrepare, Details{N: len(items)}, interview)
}

func tellAndLog(ctx context.Context, tx *db.Tx, f dossier.File, interview, did string, d Details, object string) error {
	if err := tell(ctx, tx, f, interview, did, d); err != nil {
		return err
	}
	return f.Log(ctx, tx, "interview.event.changed", object)
}

func reports(ctx context.Context, q db.Q, k privacy.Key, where db.Frag) ([]Report, error) {
	rs, err := db.Many[Report](ctx, q, db.F(`SELECT interview, version, person, made_by, at, body FROM interview_report WHERE`).With(where).Then(`ORDER BY interview, version DESC`))
	return privacy.OpenAll(k, rs, err, func(x *Report) (string, []byte, any) { return reportPlace(*x), x.Body, &x.What })
}

// reportsOf are all versions of our own report, newest first.
func reportsOf(ctx context.Context, q db.Q, f dossier.File, interview string) ([]Report, error) {
	return reports(ctx, q, f.Key(), db.F(`person = ? AND interview = ?`, f.ID(), interview))
}

// report keeps a version of our own report. was is the version that was on the screen, 0 for none.
func (x *Interviews) report(ctx context.Context, tx *db.Tx, f dossier.File, i Interview, was int64, in ReportInput) error {
	r := Report{Interview: i.ID, Version: was + 1, Person: f.ID(), MadeBy: f.Who().ID, At: tx.Now,
		What: ReportText(in)}
	if err := putReport(ctx, tx, f.Key(), r); err != nil {
		if fault.Is(err, fault.Conflict) {
			err = fault.New(fault.Conflict, "interview.error.version")
		}
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE interview_interview SET reported = ?, version = version + 1 WHERE id = ? AND person = ? AND reported IS NULL`, tx.Now, i.ID, f.ID())); err != nil {
		return err
	}
	return tellAndLog(ctx, tx, f, i.ID, didReport, Details{N: int(r.Version)}, i.ID)
}

func putReport(ctx context.Context, tx *db.Tx, k privacy.Key, r Report) error {
	body, err := privacy.SealJSON(k, reportPlace(r), r.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO interview_report (interview, version, person, made_by, at, body) VALUES (?,?,?,?,?,?)`, r.Interview, r.Version, r.Person, r.MadeBy, r.At, body))
	return err
}

const correctionColumns = `SELECT id, interview, person, n, agreed, agreed_on, interpreted, sent, made_by, at, removed, version, body FROM interview_correction WHERE`

func corrections(ctx context.Context, q db.Q, k privacy.Key, where db.Frag) ([]Correction, error) {
	cs, err := db.Many[Correction](ctx, q, db.F(correctionColumns).With(where).Then(`ORDER BY n, id`))
	return privacy.OpenAll(k, cs, err, func(x *Correction) (string, []byte, any) { return correctionPlace(x.ID), x.Body, &x.What })
}

// correctionsOf are those of one interview, what was taken back too.
func correctionsOf(ctx context.Context, q db.Q, f dossier.File, interview string) ([]Correction, error) {
	return corrections(ctx, q, f.Key(), db.F(`person = ? AND interview = ?`, f.ID(), interview))
}

func correction(ctx context.Context, q db.Q, f dossier.File, interview, id string) (Correction, error) {
	return db.First(corrections(ctx, q, f.Key(), db.F(`person = ? AND interview = ? AND id = ?`, f.ID(), interview, id)))
}

// correctionsMost is how many corrections one interview may have.
const correctionsMost = 200

// correct keeps a new correction.
func correct(ctx context.Context, tx *db.Tx, f dossier.File, interview string, c Correction) error {
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM interview_correction WHERE interview = ?`, interview))
	if err != nil || n >= correctionsMost {
		return errMany(err)
	}
	c.ID, c.Interview, c.Person, c.N, c.MadeBy, c.At, c.Version = db.ID("ik", tx.Now), interview, f.ID(), n+1, f.Who().ID, tx.Now, 1
	if err := putCorrection(ctx, tx, f.Key(), c); err != nil {
		return err
	}
	return tellAndLog(ctx, tx, f, interview, didCorrect, Details{Object: c.ID, N: c.N}, c.ID)
}

func putCorrection(ctx context.Context, tx *db.Tx, k privacy.Key, c Correction) error {
	body, err := privacy.SealJSON(k, correctionPlace(c.ID), c.What)
	if err != nil {
		return err
	}
	var sent any
	if c.Sent != "" {
		sent = c.Sent
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO interview_correction (id, interview, person, n, agreed, agreed_on, interpreted, sent, made_by, at, version, body) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
		c.ID, c.Interview, c.Person, c.N, c.Agreed, c.AgreedOn, c.Interpreted, sent, c.MadeBy, c.At, c.Version, body))
	return err
}

// recorrect changes a correction. What has left the house is not changed any more: a new one is written.
func recorrect(ctx context.Context, tx *db.Tx, f dossier.File, was, c Correction) error {
	body, err := privacy.SealJSON(f.Key(), correctionPlace(was.ID), c.What)
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE interview_correction SET agreed = ?, agreed_on = ?, interpreted = ?, version = version + 1, body = ? WHERE id = ? AND person = ? AND version = ? AND sent IS NULL AND removed IS NULL`,
		c.Agreed, c.AgreedOn, c.Interpreted, body, was.ID, f.ID(), was.Version))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "interview.error.version")
	}
	if err != nil {
		return err
	}
	return tellAndLog(ctx, tx, f, was.Interview, didRecorrect, Details{Object: was.ID, N: was.N, Text: &was.What}, was.ID)
}

// uncorrect takes a correction back that was not sent, or puts it back. Pressed twice it changes nothing.
func uncorrect(ctx context.Context, tx *db.Tx, f dossier.File, c Correction, undo bool) error {
	do, did := db.F(`UPDATE interview_correction SET removed = ?, version = version + 1 WHERE id = ? AND person = ? AND removed IS NULL AND sent IS NULL`, tx.Now, c.ID, f.ID()), didUncorrect
	if undo {
		do, did = db.F(`UPDATE interview_correction SET removed = NULL, version = version + 1 WHERE id = ? AND person = ? AND removed IS NOT NULL`, c.ID, f.ID()), didCorrect
	}
	n, err := db.Do(ctx, tx, do)
	if err != nil || n == 0 {
		return err
	}
	return tellAndLog(ctx, tx, f, c.Interview, did, Details{Object: c.ID, N: c.N}, c.ID)
}

const sendingColumns = `SELECT id, interview, person, recipient, day, event, made_by, at, body FROM interview_sending WHERE`

func sendings(ctx context.Context, q db.Q, k privacy.Key, where db.Frag) ([]Sending, error) {
	ss, err := db.Many[Sending](ctx, q, db.F(sendingColumns).With(where).Then(`ORDER BY day, at, id`))
	return privacy.OpenAll(k, ss, err, func(x *Sending) (string, []byte, any) { return sendingPlace(x.ID), x.Body, &x.What })
}

func sendingsOf(ctx context.Context, q db.Q, f dossier.File, interview string) ([]Sending, error) {
	return sendings(ctx, q, f.Key(), db.F(`person = ? AND interview = ?`, f.ID(), interview))
}

// send keeps that what was not sent yet has left the house. keep writes that into the procedure, when it knows of it.
func send(ctx context.Context, tx *db.Tx, f dossier.File, interview string, s Sending, keep func(*db.Tx) (string, error)) error {
	if keep != nil {
		var err error
		if s.Event, err = keep(tx); err != nil {
			return err
		}
	}
	s.ID, s.Interview, s.Person, s.MadeBy, s.At = db.ID("is", tx.Now), interview, f.ID(), f.Who().ID, tx.Now
	if err := putSending(ctx, tx, f.Key(), s); err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE interview_correction SET sent = ?, version = version + 1 WHERE interview = ? AND person = ? AND sent IS NULL AND removed IS NULL`, s.ID, interview, f.ID()))
	if err != nil {
		return err
	}
	return tellAndLog(ctx, tx, f, interview, didSend, Details{Day: s.Day, To: s.Recipient, N: int(n)}, s.ID)
}

func putSending(ctx context.Context, tx *db.Tx, k privacy.Key, s Sending) error {
	body, err := privacy.SealJSON(k, sendingPlace(s.ID), s.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO interview_sending (id, interview, person, recipient, day, event, made_by, at, body) VALUES (?,?,?,?,?,?,?,?,?)`,
		s.ID, s.Interview, s.Person, s.Recipient, s.Day, s.Event, s.MadeBy, s.At, body))
	return err
}
