package web

// This file makes a form write once, however often it is sent: after a double press, a retry or a lost answer.

import (
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// OnceField is the form field that carries the idempotency key.
const OnceField = "_once"

// Write runs fn in one transaction, once for the form's key, and answers 303 to the address that fn returns. A
// repeat answers the same address and writes nothing. The key is stored in the same transaction as the writing, so
// an unsure commit may be repeated without fear.
func (v *Visit) Write(fn func(tx *db.Tx) (to string, err error)) error {
	key := v.Value(OnceField)
	if len(key) < 16 || len(key) > 64 {
		return fault.New(fault.Conflict, "web.once.missing")
	}
	who := string(v.Actor.Kind) + ":" + v.Actor.ID
	var to string
	err := v.site.DB.Tx(v.ctx, func(tx *db.Tx) error {
		n, err := db.Do(v.ctx, tx, db.F(`INSERT INTO web_once (key, who, route, dest, at) VALUES (?,?,?,'',?) ON CONFLICT DO NOTHING`,
			key, who, v.Route.Name, tx.Now))
		if err != nil {
			return err
		}
		if n == 0 {
			to, err = db.One[string](v.ctx, tx, db.F(`SELECT dest FROM web_once WHERE key = ? AND who = ? AND route = ?`, key, who, v.Route.Name))
			return err
		}
		if to, err = fn(tx); err != nil {
			return err
		}
		_, err = db.Do(v.ctx, tx, db.F(`UPDATE web_once SET dest = ? WHERE key = ? AND who = ? AND route = ?`, to, key, who, v.Route.Name))
		return err
	})
	if err != nil {
		return err
	}
	return v.GoTo(to)
}

// Nobody lets what this visit writes from here on be of no one, so that an idempotency key does not tell afterwards who wrote
// something without a name, and when.
func (v *Visit) Nobody() { v.Actor = access.Actor{Kind: access.Guest} }
