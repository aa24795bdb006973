package post

// This file keeps messages until they are carried.

import (
	"context"
	"embed"
	"log/slog"
	"sync"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Message is what a telephone shows.
type Message struct {
	To   string    `json:"to"`
	Text string    `json:"text"`
	At   time.Time `json:"-"`
}

// Outbox takes messages and sees that they are carried.
type Outbox struct {
	db    *db.DB
	vault *privacy.Vault
	carry Carry
	log   *slog.Logger
	wake  chan struct{}
	demo  bool
	ended func(ctx context.Context, tx *db.Tx, id string, handed bool) error

	mu    sync.Mutex
	shown []Message // in a demonstration: the newest last
}

// mostShown is how many messages a demonstration shows.
const mostShown = 20

// New makes an outbox with a carrier; without one there is none, and Works says so.
func New(d *db.DB, v *privacy.Vault, carry Carry, log *slog.Logger) *Outbox {
	return &Outbox{db: d, vault: v, carry: carry, log: log, wake: make(chan struct{}, 1)}
}

// Show makes an outbox of a demonstration: nothing leaves the machine, and Shown tells what would have.
func Show(d *db.DB, v *privacy.Vault, log *slog.Logger) *Outbox {
	o := New(d, v, nil, log)
	o.demo = true
	o.carry = func(_ context.Context, to, text string) error {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.shown = append(o.shown, Message{To: to, Text: text, At: d.Now()})
		o.shown = o.shown[max(0, len(o.shown)-mostShown):]
		return nil
	}
	return o
}

// Works says whether messages can be sent at all.
func (o *Outbox) Works() bool { return o.carry != nil }

// Demo says whether this is the outbox of a demonstration.
func (o *Outbox) Demo() bool { return o.demo }

// Shown are the messages of a demonstration, newest first.
func (o *Outbox) Shown() []Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := make([]Message, 0, len(o.shown))
	for i := len(o.shown) - 1; i >= 0; i-- {
		out = append(out, o.shown[i])
	}
	return out
}

func place(id string) string { return "post_message.body/" + id }

// Told has somebody hear how it ended with each message: handed over to the carrier, or forgotten because it came too late. That a
// telephone showed it, nobody knows. It is called in the transaction in which the message goes.
func (o *Outbox) Told(ended func(ctx context.Context, tx *db.Tx, id string, handed bool) error) {
	o.ended = ended
}

// Send writes a message that is worth carrying for so long, and gives its sign. To nobody ("") it is written and forgotten.
func (o *Outbox) Send(ctx context.Context, tx *db.Tx, to, text string, worth time.Duration) (id string, err error) {
	id = db.Blind("m")
	body, err := privacy.SealJSON(o.vault.House("post"), place(id), Message{To: to, Text: text})
	if err != nil {
		return "", err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO post_message (id, body, at, until, next, tries) VALUES (?,?,?,?,?,0)`, id, body, tx.Now, tx.Now.Add(worth), tx.Now))
	return id, err
}

// Push has what was written carried now; it waits for nothing.
func (o *Outbox) Push() {
	select {
	case o.wake <- struct{}{}:
	default: // somebody is at it
	}
}

// Run carries messages until ctx ends.
func (o *Outbox) Run(ctx context.Context) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		if err := o.Deliver(ctx); err != nil && ctx.Err() == nil {
			o.log.Error("messages could not be carried", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-o.wake:
		case <-tick.C:
		}
	}
}

type row struct {
	ID    string
	Body  []byte
	Until time.Time
	Tries int
}

// atOnce is how many messages are taken in hand together, and held how long another node leaves them alone.
const (
	atOnce = 50
	held   = 2 * time.Minute
)

// Deliver carries what is due, once. A message is taken before it is carried, so that two nodes never both carry it; when the
// one that took it dies, the other takes it again: better twice than never.
func (o *Outbox) Deliver(ctx context.Context) error {
	var rows []row
	if err := o.db.Tx(ctx, func(tx *db.Tx) error {
		rows = nil
		due, err := db.Many[row](ctx, tx, db.F(`SELECT id, body, until, tries FROM post_message WHERE next <= ? ORDER BY next, id LIMIT ?`, tx.Now, atOnce))
		if err != nil {
			return err
		}
		for _, r := range due {
			n, err := db.Do(ctx, tx, db.F(`UPDATE post_message SET tries = tries + 1, next = ? WHERE id = ? AND tries = ?`, tx.Now.Add(held), r.ID, r.Tries))
			if err != nil {
				return err
			}
			if n == 1 {
				rows = append(rows, r)
			}
		}
		return nil
	}); err != nil {
		return err
	}
	for _, r := range rows {
		done, handed, err := o.one(ctx, r)
		if err != nil {
			o.log.Warn("a message was not carried", "tries", r.Tries+1, "err", err)
		}
		if err := o.db.Tx(ctx, func(tx *db.Tx) error {
			f := db.F(`DELETE FROM post_message WHERE id = ?`, r.ID)
			if !done {
				f = db.F(`UPDATE post_message SET next = ? WHERE id = ?`, tx.Now.Add(Wait(r.Tries+1)), r.ID)
			}
			if n, err := db.Do(ctx, tx, f); err != nil || n == 0 || !done || o.ended == nil {
				return err
			}
			return o.ended(ctx, tx, r.ID, handed)
		}); err != nil {
			return err
		}
	}
	return nil
}

// one carries a message; done means that nothing is left to do for it, handed that the carrier took it.
func (o *Outbox) one(ctx context.Context, r row) (done, handed bool, err error) {
	if o.carry == nil || !o.db.Now().Before(r.Until) {
		return true, false, nil
	}
	var m Message
	if err := privacy.OpenJSON(o.vault.House("post"), place(r.ID), r.Body, &m); err != nil {
		return true, false, fault.Wrap(fault.Unavailable, "open a message", err)
	}
	if m.To == "" {
		return true, false, nil
	}
	err = o.carry(ctx, m.To, m.Text)
	return err == nil, err == nil, err
}

// Wait is how long after so many tries the next one comes.
func Wait(tries int) time.Duration {
	return min(2*time.Minute, 5*time.Second<<min(tries, 10))
}
