package evidence

// This file holds the SQL of claims, pieces and their story.

import (
	"context"
	"embed"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Evidence is the capability.
type Evidence struct {
	db      *db.DB
	org     *organisation.Store
	files   *dossier.Files
	scan    Scanner // sees every file before anything else reads it
	news    dossier.News
	reading chan struct{} // one picture is decoded at a time: each may take much memory for a moment
}

// New makes the capability.
func New(d *db.DB, org *organisation.Store, files *dossier.Files, scan Scanner) *Evidence {
	return &Evidence{db: d, org: org, files: files, scan: scan, reading: make(chan struct{}, 1)}
}

// LendNews hands over how a person hears that a paper is asked of them. The app calls it once.
func (e *Evidence) LendNews(n dossier.News) { e.news = n }

// askOf tells the person that a paper is asked of them, when it was not before and somebody else wrote it.
func (e *Evidence) askOf(ctx context.Context, tx *db.Tx, f dossier.File, was, now Piece) error {
	if was.Yours() || !now.Yours() || own(f) {
		return nil
	}
	return e.news.Tell(ctx, tx, f.ID())
}

func claimPlace(id string) string    { return "evidence_claim.body/" + id }
func piecePlace(id string) string    { return "evidence_piece.body/" + id }
func documentPlace(id string) string { return "evidence_document.body/" + id }
func eventPlace(id string) string    { return "evidence_event.body/" + id }

func contentPlace(scan, part string) string { return "evidence_content.body/" + scan + "/" + part }
func heldPlace(id, part string) string      { return "evidence_held." + part + "/" + id }

// tell appends to the story of a claim, a piece or a document.
func tell(ctx context.Context, tx *db.Tx, f dossier.File, about, kind string, what Details) error {
	return putEvent(ctx, tx, f.Key(), Event{ID: db.ID("ee", tx.Now), Person: f.ID(), About: about, Kind: kind, Own: own(f), MadeBy: f.Who().ID, At: tx.Now, What: what})
}

// own says whether it is the person who does something.
func own(f dossier.File) bool { return f.Who().Kind == access.IsSelf }

func putEvent(ctx context.Context, tx *db.Tx, k privacy.Key, x Event) error {
	body, err := privacy.SealJSON(k, eventPlace(x.ID), x.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO evidence_event (id, person, about, kind, own, made_by, at, body) VALUES (?,?,?,?,?,?,?,?)`,
		x.ID, x.Person, x.About, x.Kind, x.Own, x.MadeBy, x.At, body))
	return err
}

const eventColumns = `id, person, about, kind, own, made_by, at, body`

// story is what happened to one thing, newest first.
func story(ctx context.Context, q db.Q, f dossier.File, about string) ([]Event, error) {
	return events(ctx, q, f.Key(), db.F(`SELECT `+eventColumns+` FROM evidence_event WHERE person = ? AND about = ? ORDER BY at DESC, id DESC LIMIT 500`, f.ID(), about))
}

func events(ctx context.Context, q db.Q, k privacy.Key, of db.Frag) ([]Event, error) {
	es, err := db.Many[Event](ctx, q, of)
	return privacy.OpenAll(k, es, err, func(x *Event) (string, []byte, any) { return eventPlace(x.ID), x.Body, &x.What })
}

const claimColumns = `id, person, kind, closed, made_by, at, version, body`

func claims(ctx context.Context, q db.Q, k privacy.Key, of db.Frag) ([]Claim, error) {
	cs, err := db.Many[Claim](ctx, q, db.F(`SELECT `+claimColumns+` FROM evidence_claim WHERE`).With(of).Then(`ORDER BY at, id`))
	return privacy.OpenAll(k, cs, err, func(x *Claim) (string, []byte, any) { return claimPlace(x.ID), x.Body, &x.What })
}

// claim is one claim of this person; another's is not there.
func claim(ctx context.Context, q db.Q, f dossier.File, id string) (Claim, error) {
	return db.First(claims(ctx, q, f.Key(), db.F(`person = ? AND id = ?`, f.ID(), id)))
}

const pieceColumns = `id, claim, person, kind, state, owner, due, at, changed, version, body`

func pieces(ctx context.Context, q db.Q, k privacy.Key, of db.Frag) ([]Piece, error) {
	ps, err := db.Many[Piece](ctx, q, db.F(`SELECT `+pieceColumns+` FROM evidence_piece WHERE`).With(of).Then(`ORDER BY at, id`))
	return privacy.OpenAll(k, ps, err, func(x *Piece) (string, []byte, any) { return piecePlace(x.ID), x.Body, &x.What })
}

// piecesOf are all pieces of a person.
func piecesOf(ctx context.Context, q db.Q, f dossier.File) ([]Piece, error) {
	return pieces(ctx, q, f.Key(), db.F(`person = ?`, f.ID()))
}

// piece is one piece of this person; another's is not there.
func piece(ctx context.Context, q db.Q, f dossier.File, id string) (Piece, error) {
	return db.First(pieces(ctx, q, f.Key(), db.F(`person = ? AND id = ?`, f.ID(), id)))
}

// most are how many claims and pieces one person may have: far more than anybody needs.
const (
	claimsMost = 60
	piecesMost = 400
)

// addClaim writes a claim and tells its id.
func addClaim(ctx context.Context, tx *db.Tx, f dossier.File, in ClaimInput) (string, error) {
	if n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM evidence_claim WHERE person = ?`, f.ID())); err != nil || n >= claimsMost {
		return "", orMany(err)
	}
	c := Claim{ID: db.ID("cl", tx.Now), Person: f.ID(), Kind: in.Kind, MadeBy: f.Who().ID, At: tx.Now, What: ClaimText{Title: in.Title, About: in.About}}
	if err := putClaim(ctx, tx, f.Key(), c); err != nil {
		return "", err
	}
	if err := tell(ctx, tx, f, c.ID, claimMade, Details{Kind: in.Kind, Title: in.Title, About: in.About}); err != nil {
		return "", err
	}
	return c.ID, f.Log(ctx, tx, "evidence.event.changed", c.ID)
}

func putClaim(ctx context.Context, tx *db.Tx, k privacy.Key, c Claim) error {
	body, err := privacy.SealJSON(k, claimPlace(c.ID), c.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO evidence_claim (id, person, kind, made_by, at, version, body) VALUES (?,?,?,?,?,1,?)`, c.ID, c.Person, c.Kind, c.MadeBy, c.At, body))
	return err
}

func orMany(err error) error {
	if err == nil {
		err = fault.New(fault.Invalid, "evidence.error.many")
	}
	return err
}

// closeClaim closes a claim, or opens it again. Pressed twice it changes nothing.
func closeClaim(ctx context.Context, tx *db.Tx, f dossier.File, id string, undo bool) error {
	do, kind := db.F(`UPDATE evidence_claim SET closed = ?, version = version + 1 WHERE id = ? AND person = ? AND closed IS NULL`, tx.Now, id, f.ID()), claimClosed
	if undo {
		do, kind = db.F(`UPDATE evidence_claim SET closed = NULL, version = version + 1 WHERE id = ? AND person = ? AND closed IS NOT NULL`, id, f.ID()), claimReopened
	}
	n, err := db.Do(ctx, tx, do)
	if err != nil || n == 0 {
		return err
	}
	if err := tell(ctx, tx, f, id, kind, Details{}); err != nil {
		return err
	}
	return f.Log(ctx, tx, "evidence.event.changed", id)
}

// detailsOf is how a piece stands, for its story.
func detailsOf(p Piece) Details {
	return Details{Kind: p.Kind, Title: p.What.Title, State: p.State, Owner: p.Owner, Who: p.What.Who, Due: p.Due}
}

// addPiece writes a piece of a claim.
func (e *Evidence) addPiece(ctx context.Context, tx *db.Tx, f dossier.File, claim string, in PieceInput, due clock.Date) (string, error) {
	if n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM evidence_piece WHERE person = ?`, f.ID())); err != nil || n >= piecesMost {
		return "", orMany(err)
	}
	p := Piece{ID: db.ID("pc", tx.Now), Claim: claim, Person: f.ID(), Kind: in.Kind, State: in.State, Owner: in.Owner, Due: due, At: tx.Now, What: PieceText{Title: in.Title, Who: in.Who}}
	if err := putPiece(ctx, tx, f.Key(), p); err != nil {
		return "", err
	}
	if err := e.askOf(ctx, tx, f, Piece{}, p); err != nil {
		return "", err
	}
	d := detailsOf(p)
	d.Note = in.Note
	if err := tell(ctx, tx, f, p.ID, pieceMade, d); err != nil {
		return "", err
	}
	return p.ID, f.Log(ctx, tx, "evidence.event.changed", p.ID)
}

func putPiece(ctx context.Context, tx *db.Tx, k privacy.Key, p Piece) error {
	body, err := privacy.SealJSON(k, piecePlace(p.ID), p.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO evidence_piece (id, claim, person, kind, state, owner, due, at, changed, version, body) VALUES (?,?,?,?,?,?,?,?,?,1,?)`,
		p.ID, p.Claim, p.Person, p.Kind, p.State, p.Owner, p.Due, p.At, p.At, body))
	return err
}

// changePiece writes how a piece stands now, and appends that to its story. Who changes what is no longer on the screen
// meets a conflict.
func (e *Evidence) changePiece(ctx context.Context, tx *db.Tx, f dossier.File, p Piece, in PieceInput, due clock.Date) error {
	was := p
	p.Kind, p.State, p.Owner, p.Due, p.What = in.Kind, in.State, in.Owner, due, PieceText{Title: in.Title, Who: in.Who}
	body, err := privacy.SealJSON(f.Key(), piecePlace(p.ID), p.What)
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE evidence_piece SET kind = ?, state = ?, owner = ?, due = ?, changed = ?, version = version + 1, body = ? WHERE id = ? AND person = ? AND version = ?`,
		p.Kind, p.State, p.Owner, p.Due, tx.Now, body, p.ID, f.ID(), p.Version))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "evidence.error.version")
	}
	if err != nil {
		return err
	}
	d := detailsOf(p)
	d.Note = in.Note
	if err := tell(ctx, tx, f, p.ID, pieceChanged, d); err != nil {
		return err
	}
	if err := e.askOf(ctx, tx, f, was, p); err != nil {
		return err
	}
	return f.Log(ctx, tx, "evidence.event.changed", p.ID)
}

// move sets the state of a piece because of a document, and tells so.
func move(ctx context.Context, tx *db.Tx, f dossier.File, p Piece, state, kind, document string) error {
	if state != p.State {
		if _, err := db.Do(ctx, tx, db.F(`UPDATE evidence_piece SET state = ?, changed = ?, version = version + 1 WHERE id = ? AND person = ?`, state, tx.Now, p.ID, f.ID())); err != nil {
			return err
		}
	}
	return tell(ctx, tx, f, p.ID, kind, Details{State: state, Object: document})
}

// Duty is a piece that a colleague would get, and its day has come near.
type Duty struct {
	ID, Person string
	Kind       string
	Due        clock.Date
}

// duties are the open pieces of a colleague, and of whom they stand in for, that are due before a day.
func (e *Evidence) duties(ctx context.Context, owners []string, a access.Actor, now time.Time, before clock.Date, n int) ([]Duty, error) {
	return db.Many[Duty](ctx, e.db, db.F(`SELECT p.id, p.person, p.kind, p.due FROM evidence_piece p WHERE`).With(db.In("p.owner", owners)).
		Then(`AND p.due IS NOT NULL AND p.due < ? AND p.state IN ('missing','asked','sent','translating','disputed') AND`, before).
		With(access.Sees(a, now, access.File, "p.person")).Then(`AND NOT EXISTS (SELECT 1 FROM evidence_claim c WHERE c.id = p.claim AND c.closed IS NOT NULL) ORDER BY p.due, p.id LIMIT ?`, n))
}
