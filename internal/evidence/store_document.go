package evidence

// This file holds the SQL of documents and their scans.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

const documentColumns = `id, person, kind, expires, minded, own, made_by, at, checked, removed, removed_by, version, body`

func documents(ctx context.Context, q db.Q, k privacy.Key, of db.Frag) ([]Document, error) {
	ds, err := db.Many[Document](ctx, q, db.F(`SELECT `+documentColumns+` FROM evidence_document WHERE`).With(of).Then(`ORDER BY at DESC, id DESC`))
	return privacy.OpenAll(k, ds, err, func(x *Document) (string, []byte, any) { return documentPlace(x.ID), x.Body, &x.What })
}

func documentsOf(ctx context.Context, q db.Q, f dossier.File) ([]Document, error) {
	return documents(ctx, q, f.Key(), db.F(`person = ?`, f.ID()))
}

// document is one document of this person; another's is not there.
func document(ctx context.Context, q db.Q, f dossier.File, id string) (Document, error) {
	return db.First(documents(ctx, q, f.Key(), db.F(`person = ? AND id = ?`, f.ID(), id)))
}

const scanColumns = `id, document, person, n, type, size, preview, own, made_by, at`

// scans are those of one document, newest first.
func scans(ctx context.Context, q db.Q, document string) ([]Scan, error) {
	return db.Many[Scan](ctx, q, db.F(`SELECT `+scanColumns+` FROM evidence_scan WHERE document = ? ORDER BY n DESC`, document))
}

// scan is one scan of a document that was not taken back.
func scan(ctx context.Context, q db.Q, f dossier.File, document, id string) (Scan, error) {
	return db.One[Scan](ctx, q, db.F(`SELECT s.id, s.document, s.person, s.n, s.type, s.size, s.preview, s.own, s.made_by, s.at
		FROM evidence_scan s JOIN evidence_document d ON d.id = s.document WHERE s.id = ? AND s.document = ? AND s.person = ? AND d.removed IS NULL`, id, document, f.ID()))
}

// content opens the bytes of a scan; part is "whole" or "preview".
func content(ctx context.Context, q db.Q, f dossier.File, scan, part string) ([]byte, error) {
	sealed, err := db.One[[]byte](ctx, q, db.F(`SELECT body FROM evidence_content WHERE scan = ? AND part = ? AND person = ?`, scan, part, f.ID()))
	if err != nil {
		return nil, err
	}
	return f.Key().Open(contentPlace(scan, part), sealed)
}

// addDocument writes a document with its first scan.
func (e *Evidence) addDocument(ctx context.Context, tx *db.Tx, f dossier.File, in DocumentInput, expires clock.Date, p Paper) (string, error) {
	if n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM evidence_document WHERE person = ?`, f.ID())); err != nil || n >= documentsMost {
		return "", orMany(err)
	}
	d := Document{ID: db.ID("pd", tx.Now), Person: f.ID(), Kind: in.Kind, Expires: expires, Own: own(f), MadeBy: f.Who().ID, At: tx.Now, What: DocumentText{Title: in.Title}}
	if !d.Own {
		d.Checked = tx.Now
	}
	if err := putDocument(ctx, tx, f.Key(), d); err != nil {
		return "", err
	}
	id, n, err := addScan(ctx, tx, f, d.ID, p)
	if err != nil {
		return "", err
	}
	if err := tell(ctx, tx, f, d.ID, documentMade, Details{Kind: d.Kind, Title: in.Title, Expires: expires, Object: id, N: n}); err != nil {
		return "", err
	}
	if err := lay(ctx, tx, f, d.ID, in.Pieces); err != nil {
		return "", err
	}
	return d.ID, f.Log(ctx, tx, "evidence.event.added", d.ID)
}

func putDocument(ctx context.Context, tx *db.Tx, k privacy.Key, d Document) error {
	body, err := privacy.SealJSON(k, documentPlace(d.ID), d.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO evidence_document (id, person, kind, expires, minded, own, made_by, at, checked, removed_by, version, body) VALUES (?,?,?,?,0,?,?,?,?,'',1,?)`,
		d.ID, d.Person, d.Kind, d.Expires, d.Own, d.MadeBy, d.At, d.Checked, body))
	return err
}

// addScan writes a scan under the next number. A file that was held for its form is held no longer.
func addScan(ctx context.Context, tx *db.Tx, f dossier.File, document string, p Paper) (id string, n int, err error) {
	n, err = db.One[int](ctx, tx, db.F(`SELECT COALESCE(MAX(n), 0) + 1 FROM evidence_scan WHERE document = ?`, document))
	if err != nil || n > scansMost {
		return "", 0, orMany(err)
	}
	id = db.ID("sc", tx.Now)
	if err := putScan(ctx, tx, f.Key(), Scan{ID: id, Document: document, Person: f.ID(), N: n, Own: own(f), MadeBy: f.Who().ID, At: tx.Now}, p); err != nil {
		return "", 0, err
	}
	_, err = db.Do(ctx, tx, db.F(`DELETE FROM evidence_held WHERE person = ? AND actor = ?`, f.ID(), f.Who().ID))
	return id, n, err
}

// putScan writes a scan and its sealed bytes.
func putScan(ctx context.Context, tx *db.Tx, k privacy.Key, s Scan, p Paper) error {
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO evidence_scan (id, document, person, n, type, size, preview, own, made_by, at) VALUES (?,?,?,?,?,?,?,?,?,?)`,
		s.ID, s.Document, s.Person, s.N, string(p.Type), len(p.Bytes), len(p.Preview) > 0, s.Own, s.MadeBy, s.At)); err != nil {
		return err
	}
	for part, b := range map[string][]byte{"whole": p.Bytes, "preview": p.Preview} {
		if len(b) == 0 {
			continue
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO evidence_content (scan, part, person, body) VALUES (?,?,?,?)`, s.ID, part, s.Person, k.Seal(contentPlace(s.ID, part), b))); err != nil {
			return err
		}
	}
	return nil
}

func putProof(ctx context.Context, tx *db.Tx, person, document, piece string, at time.Time) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO evidence_proof (document, piece, person, at) VALUES (?,?,?,?) ON CONFLICT DO NOTHING`, document, piece, person, at))
	return err
}

// rescan adds a newer scan of the same document. A later last day silences the alarm that a colleague took on.
func (e *Evidence) rescan(ctx context.Context, tx *db.Tx, f dossier.File, d Document, expires clock.Date, p Paper) error {
	id, n, err := addScan(ctx, tx, f, d.ID, p)
	if err != nil {
		return err
	}
	if expires != d.Expires {
		if _, err := db.Do(ctx, tx, db.F(`UPDATE evidence_document SET expires = ?, minded = 0, version = version + 1 WHERE id = ? AND person = ?`, expires, d.ID, f.ID())); err != nil {
			return err
		}
	}
	if err := tell(ctx, tx, f, d.ID, documentScan, Details{Expires: expires, Object: id, N: n}); err != nil {
		return err
	}
	return f.Log(ctx, tx, "evidence.event.added", d.ID)
}

// describe changes what a document is and what it proves.
func (e *Evidence) describe(ctx context.Context, tx *db.Tx, f dossier.File, d Document, in DocumentInput, expires clock.Date) error {
	minded := d.Minded
	if expires != d.Expires {
		minded = 0
	}
	body, err := privacy.SealJSON(f.Key(), documentPlace(d.ID), DocumentText{Title: in.Title})
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE evidence_document SET kind = ?, expires = ?, minded = ?, body = ?, version = version + 1 WHERE id = ? AND person = ? AND version = ? AND removed IS NULL`,
		in.Kind, expires, minded, body, d.ID, f.ID(), d.Version))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "evidence.error.version")
	}
	if err != nil {
		return err
	}
	if in.Kind != d.Kind || in.Title != d.What.Title || expires != d.Expires {
		if err := tell(ctx, tx, f, d.ID, documentDetail, Details{Kind: in.Kind, Title: in.Title, Expires: expires}); err != nil {
			return err
		}
	}
	if err := lay(ctx, tx, f, d.ID, in.Pieces); err != nil {
		return err
	}
	return f.Log(ctx, tx, "evidence.event.changed", d.ID)
}

// proofs are the pieces that a document proves.
func proofs(ctx context.Context, q db.Q, document string) ([]string, error) {
	return db.Many[string](ctx, q, db.F(`SELECT piece FROM evidence_proof WHERE document = ? ORDER BY at, piece`, document))
}

// lay makes a document prove exactly these pieces. What the person sends waits for a colleague to look at it; what a
// colleague lays is there, unless the piece is being translated or disputed.
func lay(ctx context.Context, tx *db.Tx, f dossier.File, document string, ids []string) error {
	was, err := proofs(ctx, tx, document)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if slices.Contains(was, id) {
			continue
		}
		p, err := piece(ctx, tx, f, id)
		if err != nil {
			return err
		}
		if err := putProof(ctx, tx, f.ID(), document, id, tx.Now); err != nil {
			return err
		}
		if err := move(ctx, tx, f, p, laid(p.State, own(f)), pieceLaid, document); err != nil {
			return err
		}
	}
	for _, id := range was {
		if slices.Contains(ids, id) {
			continue
		}
		if _, err := db.Do(ctx, tx, db.F(`DELETE FROM evidence_proof WHERE document = ? AND piece = ?`, document, id)); err != nil {
			return err
		}
		if err := lose(ctx, tx, f, id, document, pieceTaken); err != nil {
			return err
		}
	}
	return nil
}

// lose tells a piece that a document no longer proves it. Without another one it is missing again.
func lose(ctx context.Context, tx *db.Tx, f dossier.File, id, document, kind string) error {
	p, err := piece(ctx, tx, f, id)
	if err != nil {
		return err
	}
	left, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM evidence_proof x JOIN evidence_document d ON d.id = x.document WHERE x.piece = ? AND x.document <> ? AND d.removed IS NULL`, id, document))
	if err != nil {
		return err
	}
	state := p.State
	if left == 0 && (state == There || state == Sent) {
		state = Missing
	}
	return move(ctx, tx, f, p, state, kind, document)
}

// takeBack takes a document back, or puts it back. Pressed twice it changes nothing.
func (e *Evidence) takeBack(ctx context.Context, tx *db.Tx, f dossier.File, d Document, undo bool) error {
	do, kind := db.F(`UPDATE evidence_document SET removed = ?, removed_by = ?, version = version + 1 WHERE id = ? AND person = ? AND removed IS NULL`, tx.Now, f.Who().ID, d.ID, f.ID()), documentGone
	if undo {
		if !d.Removed.IsZero() && !d.Restorable(tx.Now) {
			return fault.Gone()
		}
		do, kind = db.F(`UPDATE evidence_document SET removed = NULL, removed_by = '', version = version + 1 WHERE id = ? AND person = ? AND removed IS NOT NULL`, d.ID, f.ID()), documentBack
	}
	n, err := db.Do(ctx, tx, do)
	if err != nil || n == 0 {
		return err
	}
	if err := tell(ctx, tx, f, d.ID, kind, Details{}); err != nil {
		return err
	}
	ids, err := proofs(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !undo {
			err = lose(ctx, tx, f, id, d.ID, pieceLost)
		} else {
			var p Piece
			if p, err = piece(ctx, tx, f, id); err == nil {
				err = move(ctx, tx, f, p, laid(p.State, d.Own && d.Checked.IsZero()), pieceLaid, d.ID)
			}
		}
		if err != nil {
			return err
		}
	}
	event := "evidence.event.removed"
	if undo {
		event = "evidence.event.restored"
	}
	return f.Log(ctx, tx, event, d.ID)
}

// check notes that a colleague looked at what the person sent: it is what it should be. What it was sent for is there.
func (e *Evidence) check(ctx context.Context, tx *db.Tx, f dossier.File, d Document) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE evidence_document SET checked = ?, version = version + 1 WHERE id = ? AND person = ? AND checked IS NULL AND removed IS NULL`, tx.Now, d.ID, f.ID()))
	if err != nil || n == 0 {
		return err
	}
	if err := tell(ctx, tx, f, d.ID, documentSeen, Details{}); err != nil {
		return err
	}
	ids, err := proofs(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		p, err := piece(ctx, tx, f, id)
		if err != nil {
			return err
		}
		if p.State == Sent {
			if err := move(ctx, tx, f, p, There, pieceLaid, d.ID); err != nil {
				return err
			}
		}
	}
	return f.Log(ctx, tx, "evidence.event.checked", d.ID)
}

// mind notes that a colleague takes the alarm of today on; the next one rings again.
func (e *Evidence) mind(ctx context.Context, tx *db.Tx, f dossier.File, d Document, a Alarm) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE evidence_document SET minded = ?, version = version + 1 WHERE id = ? AND person = ? AND minded < ? AND removed IS NULL`, int(a), d.ID, f.ID(), int(a)))
	if err != nil || n == 0 {
		return err
	}
	if err := tell(ctx, tx, f, d.ID, documentMinded, Details{Alarm: a.String(), Expires: d.Expires}); err != nil {
		return err
	}
	return f.Log(ctx, tx, "evidence.event.changed", d.ID)
}

// sentToday counts what the person sent in the last day.
func sentToday(ctx context.Context, q db.Q, f dossier.File, now time.Time) (int, error) {
	return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM evidence_scan WHERE person = ? AND own = TRUE AND at > ?`, f.ID(), now.Add(-24*time.Hour)))
}

// Near is a document that asks for a colleague: its last day comes near, or the person sent it and nobody looked yet.
type Near struct {
	ID, Person string
	Kind       string
	Expires    clock.Date
	Minded     int
	Own        bool
	At         time.Time
	Checked    time.Time
}

// near are such documents of these people.
func (e *Evidence) near(ctx context.Context, people []string, now time.Time) ([]Near, error) {
	var out []Near
	for some := range slices.Chunk(people, 500) { // a statement takes a bounded number of values
		ns, err := db.Many[Near](ctx, e.db, db.F(`SELECT id, person, kind, expires, minded, own, at, checked FROM evidence_document WHERE`).With(db.In("person", some)).
			Then(`AND removed IS NULL AND (expires <= ? OR checked IS NULL)`, AlarmEdge(clock.Today(now))))
		if err != nil {
			return nil, err
		}
		out = append(out, ns...)
	}
	return out, nil
}

// hold keeps a file for a day, because the form around it had faults.
func (e *Evidence) hold(ctx context.Context, f dossier.File, p Paper) (string, error) {
	id := db.ID("hf", e.db.Now())
	return id, e.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Do(ctx, tx, db.F(`DELETE FROM evidence_held WHERE person = ? AND actor = ?`, f.ID(), f.Who().ID)); err != nil {
			return err
		}
		_, err := db.Do(ctx, tx, db.F(`INSERT INTO evidence_held (id, person, actor, type, body, preview, at) VALUES (?,?,?,?,?,?,?)`, id, f.ID(), f.Who().ID, string(p.Type),
			f.Key().Seal(heldPlace(id, "body"), p.Bytes), f.Key().Seal(heldPlace(id, "preview"), p.Preview), tx.Now))
		return err
	})
}

// held is a file that was kept for the same person and the same sender.
func (e *Evidence) held(ctx context.Context, f dossier.File, id string, now time.Time) (Paper, error) {
	type row struct {
		Type          string
		Body, Preview []byte
	}
	r, err := db.One[row](ctx, e.db, db.F(`SELECT type, body, preview FROM evidence_held WHERE id = ? AND person = ? AND actor = ? AND at > ?`, id, f.ID(), f.Who().ID, heldKept.Before(now)))
	if err != nil {
		return Paper{}, err
	}
	p := Paper{Type: Type(r.Type)}
	if p.Bytes, err = f.Key().Open(heldPlace(id, "body"), r.Body); err != nil {
		return p, err
	}
	p.Preview, err = f.Key().Open(heldPlace(id, "preview"), r.Preview)
	return p, err
}
