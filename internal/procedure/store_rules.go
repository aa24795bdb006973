package procedure

// This file keeps the changes that an organisation makes to the rules, and hands out the rulebook that holds now.

import (
	"context"
	"fmt"
	"sync"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// shelf keeps the rulebook that holds now, so that it is built once on each node and not for every page.
type shelf struct {
	mu    sync.Mutex
	edge  edge
	book  *Rulebook
	unfit map[string]Faults
}

// edge is the newest row of the rulebooks. More than its number is compared: a number whose transaction was rolled back is
// given out again.
type edge struct {
	Number    int64
	Amendment string
	At        time.Time
}

// book is the rulebook that holds now: the rules of this program with every change in force on top. Its number is read
// from the database each time, so that every node has a new one as soon as it is decided.
func (p *Procedure) book(ctx context.Context, q db.Q) (*Rulebook, error) {
	b, _, err := p.bookAndUnfit(ctx, q)
	return b, err
}

// bookAndUnfit also tells which changes in force do not fit the rules of this program any more, by their ids. They are left
// out, and the page of the rules and Vandaag say so.
func (p *Procedure) bookAndUnfit(ctx context.Context, q db.Q) (*Rulebook, map[string]Faults, error) {
	es, err := web.OnPage(ctx, "procedure.edge", func() ([]edge, error) {
		return db.Many[edge](ctx, q, db.F(`SELECT number, amendment, at FROM procedure_rulebook ORDER BY number DESC LIMIT 1`).Often())
	})
	if err != nil {
		return nil, nil, err
	}
	if len(es) == 0 {
		return p.Book, nil, nil
	}
	e := es[0]
	p.shelf.mu.Lock()
	book, unfit, same := p.shelf.book, p.shelf.unfit, p.shelf.edge == e
	p.shelf.mu.Unlock()
	if same {
		return book, unfit, nil
	}
	as, err := inForce(ctx, q, e.Number)
	if err != nil {
		return nil, nil, err
	}
	book, unfit = p.Book.amended(as, e.Number)
	p.shelf.mu.Lock()
	defer p.shelf.mu.Unlock()
	p.shelf.edge, p.shelf.book, p.shelf.unfit = e, book, unfit
	return book, unfit, nil
}

// inForce are the changes that a rulebook has, in the order in which they came.
func inForce(ctx context.Context, q db.Q, number int64) ([]Amended, error) {
	return db.Many[Amended](ctx, q, db.F(amendedColumns).Then(`WHERE came <= ? AND (went IS NULL OR went > ?) ORDER BY came`, number, number))
}

// amended puts stored changes on top of a rulebook. One that does not fit is left out, with its faults.
func (b *Rulebook) amended(as []Amended, number int64) (*Rulebook, map[string]Faults) {
	unfit := map[string]Faults{}
	var in []*Amendment
	out := b
	for _, a := range as {
		c, faults := ReadAmendment(a.Body)
		if len(faults) == 0 {
			c.ID = a.ID
			var next *Rulebook
			if next, faults = b.With(append(in[:len(in):len(in)], c), fmt.Sprintf("+%d", number)); len(faults) == 0 {
				in, out = append(in, c), next
			}
		}
		if len(faults) > 0 {
			unfit[a.ID] = faults
		}
	}
	return out, unfit
}

// Amended is a change of the rules as it is stored.
type Amended struct {
	ID     string
	Title  string
	Body   string
	Reason string
	State  AmendmentState
	MadeBy string
	At     time.Time
	Came   int64
	Went   int64
}

const amendedColumns = `SELECT id, title, body, reason, state, made_by, at, came, went FROM procedure_amendment`

// AmendmentStep is what somebody said about a change.
type AmendmentStep struct {
	ID        string
	Amendment string
	Number    int64
	Kind      string
	Note      string
	MadeBy    string
	At        time.Time
}

const stepColumns = `SELECT id, amendment, number, kind, note, made_by, at FROM procedure_amendment_step`

func amendment(ctx context.Context, q db.Q, id string) (Amended, error) {
	return db.One[Amended](ctx, q, db.F(amendedColumns).Then(`WHERE id = ?`, id))
}

// amendments are those in one of these states, newest first.
func amendments(ctx context.Context, q db.Q, n int, states ...AmendmentState) ([]Amended, error) {
	return db.Many[Amended](ctx, q, db.F(amendedColumns+` WHERE`).With(db.In("state", states)).Then(`ORDER BY at DESC, id DESC LIMIT ?`, n))
}

func amendmentSteps(ctx context.Context, q db.Q, id string) ([]AmendmentStep, error) {
	return db.Many[AmendmentStep](ctx, q, db.F(stepColumns).Then(`WHERE amendment = ? ORDER BY number`, id))
}

// lastStep is who asked what is to be decided now.
func lastStep(ctx context.Context, q db.Q, id string) (AmendmentStep, error) {
	return db.One[AmendmentStep](ctx, q, db.F(stepColumns).Then(`WHERE amendment = ? ORDER BY number DESC LIMIT 1`, id))
}

// proposed stores a proposed change, and orders the count of what it would do.
func proposed(ctx context.Context, tx *db.Tx, a Amended, by access.Actor, rules string) (Amended, error) {
	a.ID, a.State, a.MadeBy, a.At = db.ID("wr", tx.Now), Proposed, by.ID, tx.Now
	if err := insertAmendment(ctx, tx, a); err != nil {
		return a, err
	}
	if err := sayStep(ctx, tx, a.ID, "proposed", a.Reason, by); err != nil {
		return a, err
	}
	return a, beginWalk(ctx, tx, Walk{Kind: "count", Amendment: a.ID, Rules: rules})
}

func insertAmendment(ctx context.Context, tx *db.Tx, a Amended) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO procedure_amendment (id, title, body, reason, state, made_by, at) VALUES (?,?,?,?,?,?,?)`,
		a.ID, a.Title, a.Body, a.Reason, string(a.State), a.MadeBy, a.At))
	return err
}

// sayStep appends a step, with its line in the log.
func sayStep(ctx context.Context, tx *db.Tx, id, kind, note string, by access.Actor) error {
	if err := insertStep(ctx, tx, AmendmentStep{Amendment: id, Kind: kind, Note: note, MadeBy: by.ID, At: tx.Now}); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "procedure.event.rules_" + kind, Actor: by.ID, ActorKind: string(by.Kind), Session: by.Session, Object: id})
}

func insertStep(ctx context.Context, tx *db.Tx, s AmendmentStep) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO procedure_amendment_step (id, amendment, number, kind, note, made_by, at)
		SELECT ?, ?, COALESCE(MAX(number), 0) + 1, ?, ?, ?, ? FROM procedure_amendment_step WHERE amendment = ?`,
		db.ID("ws", s.At), s.Amendment, s.Kind, s.Note, s.MadeBy, s.At, s.Amendment))
	return err
}

// decide does what somebody decided about a change. It reads everything inside the transaction: two people may decide at
// the same moment, and nobody may decide what they asked themselves.
func (p *Procedure) decide(ctx context.Context, tx *db.Tx, id string, d Decision, note string, by access.Actor) error {
	a, err := amendment(ctx, tx, id)
	if err != nil {
		return err
	}
	asked, err := lastStep(ctx, tx, id)
	if err != nil {
		return err
	}
	next, ok := a.State.after(d)
	if !ok {
		return fault.New(fault.Conflict, "procedure.rules.error.state")
	}
	if !d.allowed(by.ID, asked.MadeBy) {
		return fault.New(fault.Denied, "procedure.rules.error.own")
	}
	if d == Approve {
		if err := p.ripe(ctx, tx, a); err != nil {
			return err
		}
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE procedure_amendment SET state = ? WHERE id = ? AND state = ?`, string(next), id, string(a.State)))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "procedure.rules.error.state")
	}
	if err := sayStep(ctx, tx, id, string(d), note, by); err != nil {
		return err
	}
	switch d {
	case Approve:
		return turnPage(ctx, tx, id, db.F(`UPDATE procedure_amendment SET came = (SELECT MAX(number) FROM procedure_rulebook) WHERE id = ?`, id), by)
	case ApproveLeave:
		return turnPage(ctx, tx, id, db.F(`UPDATE procedure_amendment SET went = (SELECT MAX(number) FROM procedure_rulebook) WHERE id = ?`, id), by)
	}
	return nil
}

// ripe says whether a proposed change may come into force: what it does was counted, and it fits the rules that hold now,
// which may be others than when it was proposed.
func (p *Procedure) ripe(ctx context.Context, tx *db.Tx, a Amended) error {
	w, err := walkOf(ctx, tx, a.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if w.Ended.IsZero() {
		return fault.New(fault.Conflict, "procedure.rules.error.counting")
	}
	number, err := db.One[int64](ctx, tx, db.F(`SELECT COALESCE(MAX(number), 0) FROM procedure_rulebook`))
	if err != nil {
		return err
	}
	as, err := inForce(ctx, tx, number)
	if err != nil {
		return err
	}
	if _, unfit := p.Book.amended(append(as, a), number); unfit[a.ID] != nil {
		return fault.New(fault.Conflict, "procedure.rules.error.unfit")
	}
	return nil
}

// turnPage opens the next rulebook and writes its number on the change that came or went with it.
func turnPage(ctx context.Context, tx *db.Tx, id string, mark db.Frag, by access.Actor) error {
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO procedure_rulebook (number, amendment, at, made_by) SELECT COALESCE(MAX(number), 0) + 1, ?, ?, ? FROM procedure_rulebook`, id, tx.Now, by.ID)); err != nil {
		return err
	}
	_, err := db.Do(ctx, tx, mark)
	return err
}
