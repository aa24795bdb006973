package oversight

// This file holds the checks of the log: each walks the whole chain, and holds what earlier checks wrote down against it.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// rewritten is how a log is wrong that is whole in itself, but not the one that was checked before.
const rewritten = "rewritten"

// Check is one walk along the log.
type Check struct {
	ID     string
	At     time.Time
	MadeBy string // empty: by itself
	Seq    int64  // the last good entry
	Hash   string // of that entry
	Whole  bool
	Broken string // how it is wrong: one of audit's words, or rewritten
}

const checkColumns = `SELECT id, at, made_by, seq, hash, whole, broken FROM oversight_check`

// lastCheck is the newest walk, of two at one instant the one that found something; the zero Check when there was none.
func lastCheck(ctx context.Context, q db.Q) (Check, error) {
	c, err := db.One[Check](ctx, q, db.F(checkColumns).Then(`ORDER BY at DESC, whole, id DESC LIMIT 1`))
	if fault.Is(err, fault.NotFound) {
		return Check{}, nil
	}
	return c, err
}

// walk checks the log and keeps what it found. Two walks at once would only make both slow.
func (o *Oversight) walk(ctx context.Context, by string) (Check, error) {
	if !o.walking.TryLock() {
		return Check{}, fault.New(fault.TooMany, "oversight.check.busy")
	}
	defer o.walking.Unlock()
	c, err := look(ctx, o.db)
	if err != nil {
		return c, err
	}
	return c, o.db.Tx(ctx, func(tx *db.Tx) error {
		c.ID, c.At, c.MadeBy = db.ID("w", tx.Now), tx.Now, by
		_, err := db.Do(ctx, tx, db.F(`INSERT INTO oversight_check (id, at, made_by, seq, hash, whole, broken) VALUES (?,?,?,?,?,?,?)`,
			c.ID, c.At, c.MadeBy, c.Seq, c.Hash, c.Whole, c.Broken))
		return err
	})
}

// look walks the chain. A log that is not whole is an answer, not an error.
func look(ctx context.Context, q db.Q) (Check, error) {
	n, err := audit.Verify(ctx, q)
	if b := (*audit.Broken)(nil); errors.As(err, &b) {
		return Check{Seq: n, Broken: b.How}, nil
	}
	if err != nil {
		return Check{}, err
	}
	c := Check{Seq: n, Whole: true}
	if n == 0 {
		return c, nil
	}
	if c.Hash, err = audit.HashAt(ctx, q, n); err != nil {
		return c, err
	}
	earlier, err := db.Many[Check](ctx, q, db.F(checkColumns).Then(`WHERE whole = TRUE AND seq > 0 ORDER BY at DESC, id DESC LIMIT 400`))
	if err != nil {
		return c, err
	}
	for _, e := range earlier {
		h, err := audit.HashAt(ctx, q, e.Seq)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return c, err
		}
		if h != e.Hash {
			return Check{Seq: e.Seq - 1, Broken: rewritten}, nil
		}
	}
	return c, nil
}

// VerifyLog walks the log for an operator. A log that is not whole is an error, so that a script notices.
func (o *Oversight) VerifyLog(ctx context.Context, out io.Writer) error {
	c, err := o.walk(ctx, "")
	if err != nil {
		return err
	}
	if !c.Whole {
		return fmt.Errorf("the log is NOT whole: it is good up to entry %d, what follows is %s; keep this machine as it is and call the privacy officer", c.Seq, c.Broken)
	}
	_, err = fmt.Fprintf(out, "%d entries, the chain is whole.\nLast entry %d, hash %s. Write this line down outside this machine.\n", c.Seq, c.Seq, c.Hash)
	return err
}
